use std::sync::{Arc, PoisonError, RwLock};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use motcua_kiosk::{Kiosk, records::Store};

use crate::{dossiers::Dossiers, sessions::Sessions};

/// What every handler can reach. Clones share it.
#[derive(Clone)]
pub struct AppState(pub(crate) Arc<App>);

pub(crate) struct App {
    kiosk: RwLock<Kiosk>,
    pub(crate) dossiers: Dossiers,
    pub(crate) sessions: Sessions,
    pub(crate) store: Store,
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
        Self(Arc::new(App {
            kiosk: RwLock::new(kiosk),
            dossiers: Dossiers::default(),
            sessions: Sessions::default(),
            store,
            metrics: handle,
        }))
    }

    /// The kiosk as it is now. A request takes it once and works with it to its end, whatever comes
    /// after.
    pub fn kiosk(&self) -> Kiosk {
        self.0.kiosk.read().unwrap_or_else(PoisonError::into_inner).clone()
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
