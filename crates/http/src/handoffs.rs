//! What visitors hand over to an official: kept in memory under a short code, and soon forgotten.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use motcua_domain::ProcedureCode;

/// A visitor waits for a counter no longer than a half day; then the code is worth nothing.
const KEPT_FOR: Duration = Duration::from_hours(2);
/// More than a centre's visitors of two hours; the oldest gives way.
const MOST: usize = 2_000;
/// So many wrong codes a minute are mistakes; more are guesses, and nobody gets an answer.
const MISTAKES: usize = 30;
const MINUTE: Duration = Duration::from_mins(1);

/// What one visitor hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Handoff {
    /// What it is about.
    pub(crate) procedure: Option<ProcedureCode>,
    /// What was asked, without numbers that name somebody.
    pub(crate) question: Option<String>,
    /// What was chosen about the case, as key and value.
    pub(crate) answers: Vec<(String, String)>,
}

/// A hand-off with its last moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) handoff: Handoff,
    pub(crate) expires_at: Timestamp,
    since: Instant,
}

/// A code is refused unread because too many wrong ones were tried.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooManyTries;

/// Hand-offs by their codes.
#[derive(Default)]
pub(crate) struct Handoffs(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    by_code: HashMap<String, Kept>,
    mistakes: Vec<Instant>,
}

impl Handoffs {
    /// Keeps a hand-off and returns its code of eight digits and its last moment; none where there
    /// is no randomness to make a code from.
    pub(crate) fn keep(&self, handoff: Handoff) -> Option<(String, Timestamp)> {
        let mut inner = self.lock();
        inner.by_code.retain(|_, kept| kept.since.elapsed() < KEPT_FOR);
        if inner.by_code.len() >= MOST {
            let oldest = inner.by_code.iter().min_by_key(|(_, kept)| kept.since);
            if let Some(code) = oldest.map(|(code, _)| code.clone()) {
                inner.by_code.remove(&code);
            }
        }
        let mut code = random_code()?;
        while inner.by_code.contains_key(&code) {
            code = random_code()?;
        }
        let expires_at = Timestamp::now().checked_add(KEPT_FOR).ok()?;
        inner.by_code.insert(code.clone(), Kept { handoff, expires_at, since: Instant::now() });
        Some((code, expires_at))
    }

    /// What was handed over under a code; `None` where nothing is, or no longer.
    pub(crate) fn open(&self, code: &str) -> Result<Option<Kept>, TooManyTries> {
        let mut inner = self.lock();
        inner.mistakes.retain(|at| at.elapsed() < MINUTE);
        if inner.mistakes.len() >= MISTAKES {
            return Err(TooManyTries);
        }
        let code = digits(code);
        let found = inner.by_code.get(&code).filter(|kept| kept.since.elapsed() < KEPT_FOR);
        let found = found.cloned();
        if found.is_none() {
            inner.mistakes.push(Instant::now());
        }
        Ok(found)
    }

    /// Forgets a hand-off; its visitor has changed their mind, or has been served.
    pub(crate) fn forget(&self, code: &str) {
        self.lock().by_code.remove(&digits(code));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A code as it was read out: in groups, with spaces or without.
fn digits(code: &str) -> String {
    code.chars().filter(char::is_ascii_digit).collect()
}

/// Eight digits that nobody can foresee.
fn random_code() -> Option<String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).ok()?;
    Some(format!("{:08}", u64::from_le_bytes(bytes) % 100_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handoff() -> Handoff {
        Handoff {
            procedure: None, question: Some("xin giấy gì".to_owned()), answers: Vec::new()
        }
    }

    #[test]
    fn a_code_opens_what_was_handed_over_until_it_is_forgotten() {
        let handoffs = Handoffs::default();
        let (code, _) = handoffs.keep(handoff()).expect("a code");
        assert_eq!(code.len(), 8);
        let (front, back) = code.split_at(4);
        let opened = handoffs.open(&format!(" {front} {back}")).expect("allowed");
        assert_eq!(opened.map(|kept| kept.handoff), Some(handoff()));
        handoffs.forget(&code);
        assert_eq!(handoffs.open(&code), Ok(None));
    }

    #[test]
    fn whoever_guesses_is_stopped() {
        let handoffs = Handoffs::default();
        let (code, _) = handoffs.keep(handoff()).expect("a code");
        for _ in 0..MISTAKES {
            assert_eq!(handoffs.open("không phải mã"), Ok(None));
        }
        assert_eq!(handoffs.open(&code), Err(TooManyTries));
    }

    #[test]
    fn the_oldest_gives_way() {
        let handoffs = Handoffs::default();
        let codes: Vec<String> =
            (0..=MOST).map(|_| handoffs.keep(handoff()).expect("a code").0).collect();
        assert_eq!(handoffs.open(&codes[0]), Ok(None));
        assert!(handoffs.open(&codes[MOST]).is_ok_and(|kept| kept.is_some()));
    }
}
