//! Which procedure each visitor talks of, in memory only.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use motcua_domain::ProcedureCode;

/// A visitor who says nothing for so long has left.
const FORGOTTEN: Duration = Duration::from_mins(10);
/// More visits than a province has kiosks are not kept; the oldest goes first.
const MOST: usize = 10_000;
/// The longest name of a session.
pub(crate) const LONGEST: usize = 64;

/// Procedures in hand, by the names that clients give their visits.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, (ProcedureCode, Instant)>>);

impl Sessions {
    /// The procedure that a visit was last answered about.
    pub(crate) fn in_hand(&self, session: &str) -> Option<ProcedureCode> {
        let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (code, since) = sessions.get(session)?;
        (since.elapsed() < FORGOTTEN).then(|| code.clone())
    }

    /// Notes what a visit was answered about.
    pub(crate) fn take_in_hand(&self, session: &str, code: ProcedureCode) {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, (_, since)| since.elapsed() < FORGOTTEN);
        if sessions.len() >= MOST
            && let Some(oldest) =
                sessions.iter().min_by_key(|(_, (_, since))| *since).map(|(name, _)| name.clone())
        {
            sessions.remove(&oldest);
        }
        sessions.insert(session.to_owned(), (code, Instant::now()));
    }

    /// Forgets a visit.
    pub(crate) fn forget(&self, session: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(session);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_holds_its_procedure_until_it_is_forgotten() {
        let sessions = Sessions::default();
        let code: ProcedureCode = "1.001193".parse().expect("a code");
        assert_eq!(sessions.in_hand("a"), None);
        sessions.take_in_hand("a", code.clone());
        assert_eq!(sessions.in_hand("a"), Some(code));
        assert_eq!(sessions.in_hand("b"), None);
        sessions.forget("a");
        assert_eq!(sessions.in_hand("a"), None);
    }
}
