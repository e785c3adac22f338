//! Dossiers being checked: kept in memory, forgotten soon, never written down.
//!
//! Only what was read of the papers is kept, not their bytes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use motcua_kiosk::{Check, Checked};

use crate::error::random_id;

/// A visit to a counter is over well within this time.
const KEPT_FOR: Duration = Duration::from_mins(30);
/// More dossiers than a centre has open at once; the oldest gives way.
const MOST: usize = 500;

/// A dossier on its way.
pub(crate) struct Dossier {
    pub(crate) check: Check,
    pub(crate) checked: Option<Checked>,
    touched: Instant,
}

#[derive(Default)]
pub(crate) struct Dossiers {
    by_id: Mutex<HashMap<String, Arc<Mutex<Dossier>>>>,
}

impl Dossiers {
    /// Opens a dossier and returns its identifier, which nobody can guess; none where there is no
    /// randomness to make one from.
    pub(crate) fn open(&self, check: Check) -> Option<String> {
        let id = random_id(16)?;
        let mut by_id = self.lock();
        let now = Instant::now();
        by_id.retain(|_, dossier| now.duration_since(lock(dossier).touched) < KEPT_FOR);
        if by_id.len() >= MOST {
            let oldest = by_id.iter().min_by_key(|(_, dossier)| lock(dossier).touched);
            if let Some(id) = oldest.map(|(id, _)| id.clone()) {
                by_id.remove(&id);
            }
        }
        let dossier = Dossier { check, checked: None, touched: now };
        by_id.insert(id.clone(), Arc::new(Mutex::new(dossier)));
        Some(id)
    }

    /// A dossier that is still kept.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<Mutex<Dossier>>> {
        let mut by_id = self.lock();
        let dossier = Arc::clone(by_id.get(id)?);
        let now = Instant::now();
        if now.duration_since(lock(&dossier).touched) >= KEPT_FOR {
            by_id.remove(id);
            return None;
        }
        lock(&dossier).touched = now;
        Some(dossier)
    }

    /// Forgets a dossier.
    pub(crate) fn close(&self, id: &str) -> bool {
        self.lock().remove(id).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Mutex<Dossier>>>> {
        self.by_id.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Plain data: whoever panicked while holding it left it whole.
pub(crate) fn lock(dossier: &Mutex<Dossier>) -> MutexGuard<'_, Dossier> {
    dossier.lock().unwrap_or_else(PoisonError::into_inner)
}
