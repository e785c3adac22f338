//! Dossiers being checked: kept in memory and forgotten soon. One that belongs to a case is written down at
//! each check by whoever checks it (`routes/counter/cases.rs`); of a citizen's own nothing is.
//!
//! Only what was read of the papers is kept, not their bytes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use motcua_domain::{DossierReport, Severity};
use motcua_kiosk::{Check, Checked, overrule};

use crate::error::random_id;

/// A visit to a counter is over well within this time.
const KEPT_FOR: Duration = Duration::from_mins(30);
/// More dossiers than a centre has open at once; the oldest gives way.
const MOST: usize = 500;

/// A dossier on its way.
pub(crate) struct Dossier {
    pub(crate) check: Check,
    pub(crate) checked: Option<Checked>,
    /// How often it was checked.
    pub(crate) checks: usize,
    /// The papers that were last checked, and how that check was counted.
    pub(crate) screened: Option<Screened>,
    /// What an official decided on findings of the last check, by their places.
    pub(crate) decisions: BTreeMap<usize, Decided>,
    /// The case it belongs to, when an official receives it.
    pub(crate) case: Option<CaseInHand>,
    touched: Instant,
}

/// Papers that were checked and counted. While no other papers come, a further check is the same screening, with the
/// case made clearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Screened {
    /// Name and content of each paper.
    pub(crate) papers: Vec<(String, String)>,
    /// The number under which it is counted, where it could be.
    pub(crate) counted: Option<i64>,
}

/// The case that a dossier belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaseInHand {
    /// Its code.
    pub(crate) code: String,
    /// The version that the last check became; 0 before.
    pub(crate) version: usize,
}

/// How a case was left.
pub(crate) struct Left {
    pub(crate) check: Check,
    pub(crate) checked: Option<Checked>,
    pub(crate) decisions: BTreeMap<usize, Decided>,
}

/// What an official decided on a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decided {
    pub(crate) accepted: bool,
    pub(crate) reason: String,
}

impl Dossier {
    /// The last report as decisions have left it.
    pub(crate) fn decided(&self) -> Option<DossierReport> {
        let rejected = self.decisions.iter().filter(|(_, decided)| !decided.accepted);
        let rejected = rejected.map(|(at, _)| *at).collect();
        self.checked.as_ref().map(|checked| overrule(&checked.report, &rejected))
    }

    /// How many findings of the last check that a letter would tell of nobody has decided on.
    pub(crate) fn undecided(&self) -> usize {
        let Some(checked) = &self.checked else { return 0 };
        let told = checked.report.findings.iter().enumerate();
        told.filter(|(at, finding)| {
            finding.severity >= Severity::Warning && !self.decisions.contains_key(at)
        })
        .count()
    }
}

#[derive(Default)]
pub(crate) struct Dossiers {
    by_id: Mutex<HashMap<String, Arc<Mutex<Dossier>>>>,
}

impl Dossiers {
    /// Opens a dossier and returns its identifier, which nobody can guess; none where there is no
    /// randomness to make one from.
    pub(crate) fn open(&self, check: Check) -> Option<String> {
        self.put(Dossier {
            check,
            checked: None,
            checks: 0,
            screened: None,
            decisions: BTreeMap::new(),
            case: None,
            touched: Instant::now(),
        })
    }

    /// Opens a dossier of a case, as it was left.
    pub(crate) fn open_case(&self, left: Left, case: CaseInHand) -> Option<String> {
        let Left { check, checked, decisions } = left;
        let checks = usize::from(checked.is_some());
        let touched = Instant::now();
        self.put(Dossier {
            check,
            checked,
            checks,
            screened: None,
            decisions,
            case: Some(case),
            touched,
        })
    }

    fn put(&self, dossier: Dossier) -> Option<String> {
        let id = random_id(16)?;
        let mut by_id = self.lock();
        let now = Instant::now();
        by_id.retain(|_, dossier| now.duration_since(lock(dossier).touched) < KEPT_FOR);
        if by_id.len() >= MOST {
            // Whoever opens one after the other takes no place from people who have begun.
            let oldest = by_id.iter().min_by_key(|(_, dossier)| {
                let dossier = lock(dossier);
                (dossier.case.is_some(), !dossier.check.documents.is_empty(), dossier.touched)
            });
            if let Some(id) = oldest.map(|(id, _)| id.clone()) {
                by_id.remove(&id);
            }
        }
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

    /// Forgets all dossiers of a case.
    pub(crate) fn close_case(&self, code: &str) {
        let of_case = |dossier: &Mutex<Dossier>| {
            lock(dossier).case.as_ref().is_some_and(|case| case.code == code)
        };
        self.lock().retain(|_, dossier| !of_case(dossier));
    }

    /// Forgets a dossier.
    pub(crate) fn close(&self, id: &str) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Mutex<Dossier>>>> {
        self.by_id.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Plain data: whoever panicked while holding it left it whole.
pub(crate) fn lock(dossier: &Mutex<Dossier>) -> MutexGuard<'_, Dossier> {
    dossier.lock().unwrap_or_else(PoisonError::into_inner)
}
