use std::sync::{Arc, PoisonError, RwLock};

use jiff::{SignedDuration, Timestamp};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use motcua_kiosk::{
    ChangeSet, Kiosk,
    records::{Done, Store, StoreError},
};

use tokio::sync::Semaphore;

use crate::{
    dossiers::Dossiers, error::ApiError, handoffs::Handoffs, pace::Pace, sessions::Sessions,
    throttle::Throttle,
};

/// What every handler can reach. Clones share it.
#[derive(Clone)]
pub struct AppState(pub(crate) Arc<App>);

pub(crate) struct App {
    kiosk: RwLock<Kiosk>,
    pub(crate) dossiers: Dossiers,
    pub(crate) sessions: Sessions,
    pub(crate) handoffs: Handoffs,
    pub(crate) store: Store,
    pub(crate) throttle: Throttle,
    pub(crate) pace: Pace,
    /// Checking a password takes 19 MiB and a processor: two at a time, whoever else signs in waits.
    pub(crate) passwords: Semaphore,
    /// Readers that visitors may keep busy: all but one, if there are several.
    pub(crate) visitors_read: Semaphore,
    pub(crate) metrics: PrometheusHandle,
}

impl AppState {
    /// The state around a kiosk. The first call in a process also becomes its metrics recorder.
    /// `store` keeps what outlives a visit.
    pub fn new(kiosk: Kiosk, store: Store) -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // A second server in one process, as in tests, keeps the first one's recorder.
        let _ = metrics::set_global_recorder(recorder);
        let readers = kiosk.settings().limits.at_once;
        Self(Arc::new(App {
            visitors_read: Semaphore::new(readers.saturating_sub(1).max(1)),
            kiosk: RwLock::new(kiosk),
            dossiers: Dossiers::default(),
            sessions: Sessions::default(),
            handoffs: Handoffs::default(),
            store,
            throttle: Throttle::default(),
            pace: Pace::default(),
            passwords: Semaphore::new(2),
            metrics: handle,
        }))
    }

    /// The kiosk as it is now. A request takes it once and works with it to its end, whatever comes
    /// after.
    pub fn kiosk(&self) -> Kiosk {
        self.0.kiosk.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads or writes the store where it may block.
    pub(crate) async fn stored<T, E>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let state = self.clone();
        let working = tokio::task::spawn_blocking(move || work(&state.0.store));
        let worked = working.await.map_err(|error| ApiError::internal(&error.to_string()))?;
        worked.map_err(Into::into)
    }

    /// Erases what cases say of people in which nothing happened for so long; how many they were.
    ///
    /// # Errors
    /// When the store fails.
    pub fn erase_cases_older_than(&self, keep: SignedDuration) -> Result<usize, StoreError> {
        let now = Timestamp::now();
        let erased = self.0.store.erase_cases_before(now - keep, now)?;
        self.0.store.sweep_pictures()?;
        Ok(erased)
    }

    /// Remembers what changed in the corpus since this was last called, and writes down that it did.
    pub fn note_corpus_changes(&self) {
        let at = Timestamp::now();
        let noted = self.kiosk().note_changes(at);
        let set = match noted {
            Ok(set) => set,
            Err(error) => {
                tracing::error!(%error, "what changed in the corpus is not remembered");
                return;
            }
        };
        let Some(ChangeSet { new, gone, changed, .. }) = set else { return };
        let done = Done {
            at,
            official: String::new(),
            action: "corpus_changed".to_owned(),
            subject: "corpus".to_owned(),
            detail: format!(
                "{} mới, {} không còn, {} thay đổi",
                new.len(),
                gone.len(),
                changed.len()
            ),
        };
        if let Err(error) = self.0.store.add_done(&done) {
            tracing::error!(%error, "a change of the corpus is not written down");
        }
    }

    /// The office that is counted for; empty where it has no name.
    pub(crate) fn unit(&self) -> String {
        let kiosk = self.kiosk();
        let office = &kiosk.settings().office;
        office.authority.clone().or(office.name.clone()).unwrap_or_default()
    }

    /// Puts another kiosk in its place, for requests that come from now on.
    pub fn put(&self, kiosk: Kiosk) {
        *self.0.kiosk.write().unwrap_or_else(PoisonError::into_inner) = kiosk;
    }
}
