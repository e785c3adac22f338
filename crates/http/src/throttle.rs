//! Holds back those who guess passwords.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// A wrong password may be a slip so many times.
const SLIPS: u32 = 5;
/// How long each further one costs.
const PAUSE: Duration = Duration::from_mins(1);
/// After so long slips are forgotten.
const FORGOTTEN: Duration = Duration::from_mins(15);
/// Logins that are tried at once; more are an attack on memory.
const MOST: usize = 10_000;

/// Failed attempts by login.
#[derive(Default)]
pub(crate) struct Throttle(Mutex<HashMap<String, (u32, Instant)>>);

impl Throttle {
    /// How long a login must wait before the next attempt; none if it need not. Counts the attempt
    /// as failed until [`Self::succeeded`].
    pub(crate) fn attempt(&self, login: &str, now: Instant) -> Option<Duration> {
        let mut attempts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        attempts.retain(|_, (_, last)| now.duration_since(*last) < FORGOTTEN);
        if let Some((slips, last)) = attempts.get(login)
            && *slips >= SLIPS
            && now.duration_since(*last) < PAUSE
        {
            return Some(PAUSE.saturating_sub(now.duration_since(*last)));
        }
        if attempts.len() >= MOST && !attempts.contains_key(login) {
            // Names that somebody makes up must not keep anybody out.
            let oldest = attempts.iter().min_by_key(|(_, (_, last))| *last);
            if let Some(login) = oldest.map(|(login, _)| login.clone()) {
                attempts.remove(&login);
            }
        }
        let (slips, last) = attempts.entry(login.to_owned()).or_insert((0, now));
        *slips += 1;
        *last = now;
        None
    }

    /// Forgets the slips of a login.
    pub(crate) fn succeeded(&self, login: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(login);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_made_up_keep_nobody_out() {
        let throttle = Throttle::default();
        let start = Instant::now();
        for number in 0..MOST + 5 {
            assert_eq!(throttle.attempt(&format!("ma{number}"), start), None);
        }
        assert_eq!(throttle.attempt("lan", start), None);
        assert!(throttle.0.lock().expect("sound").len() <= MOST);
    }

    #[test]
    fn the_sixth_guess_waits_and_success_clears() {
        let throttle = Throttle::default();
        let start = Instant::now();
        for _ in 0..5 {
            assert_eq!(throttle.attempt("lan", start), None);
        }
        assert_eq!(throttle.attempt("lan", start), Some(PAUSE));
        assert_eq!(throttle.attempt("minh", start), None);
        assert_eq!(throttle.attempt("lan", start + PAUSE), None);
        assert!(throttle.attempt("lan", start + PAUSE).is_some());
        throttle.succeeded("lan");
        assert_eq!(throttle.attempt("lan", start + PAUSE), None);
    }
}
