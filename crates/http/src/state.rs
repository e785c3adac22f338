use std::sync::Arc;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use motcua_kiosk::Kiosk;

use crate::dossiers::Dossiers;

/// What every handler can reach. Clones share it.
#[derive(Clone)]
pub struct AppState(pub(crate) Arc<App>);

pub(crate) struct App {
    pub(crate) kiosk: Kiosk,
    pub(crate) dossiers: Dossiers,
    pub(crate) metrics: PrometheusHandle,
}

impl AppState {
    /// The state around a kiosk. The first call in a process also becomes its metrics recorder.
    pub fn new(kiosk: Kiosk) -> Self {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // A second server in one process, as in tests, keeps the first one's recorder.
        let _ = metrics::set_global_recorder(recorder);
        Self(Arc::new(App { kiosk, dossiers: Dossiers::default(), metrics: handle }))
    }
}
