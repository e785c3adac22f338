//! Holds back a visitor who asks or hands in far more than people at a screen do.
//!
//! A visitor is an address: that of the other end, or, where a proxy of this machine speaks for others, the one it
//! names. A screen of the machine itself is never held back, and neither is an official who is signed in.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{extract::ConnectInfo, http::request::Parts};

/// What costs more than a look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Costly {
    /// A question may keep the model busy.
    Question,
    /// An upload: each of its files keeps a processor busy for seconds.
    Upload,
    /// A password is made slow to compare.
    SignIn,
}

impl Costly {
    /// So many a minute, all at once or one after the other. A person asks a few; a centre whose forty screens
    /// share one address asks two hundred and hands in a hundred.
    fn a_minute(self) -> f64 {
        match self {
            Self::Question => 600.0,
            Self::Upload => 300.0,
            Self::SignIn => 120.0,
        }
    }
}

const MINUTE: f64 = 60.0;
/// Addresses that are remembered; more are an attack on memory.
const MOST: usize = 10_000;

/// How much each visitor has left.
#[derive(Default)]
pub(crate) struct Pace(Mutex<HashMap<(Costly, IpAddr), Left>>);

struct Left {
    times: f64,
    at: Instant,
}

impl Pace {
    /// Takes one; how long a visitor must wait who has none left.
    pub(crate) fn take(&self, what: Costly, visitor: IpAddr, now: Instant) -> Option<Duration> {
        let most = what.a_minute();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            // Whoever did nothing for a minute has all of it again.
            all.retain(|_, left| now.duration_since(left.at).as_secs_f64() < MINUTE);
        }
        if all.len() >= MOST {
            all.clear();
        }
        let left = all.entry((what, visitor)).or_insert(Left { times: most, at: now });
        let since = now.saturating_duration_since(left.at).as_secs_f64();
        left.times = (left.times + since / MINUTE * most).min(most);
        left.at = now;
        if left.times >= 1.0 {
            left.times -= 1.0;
            return None;
        }
        Some(Duration::from_secs_f64((1.0 - left.times) / most * MINUTE))
    }
}

/// Who asks; none for a screen of this machine.
pub(crate) fn visitor(parts: &Parts) -> Option<IpAddr> {
    let ConnectInfo(peer) = parts.extensions.get::<ConnectInfo<SocketAddr>>()?;
    let peer = peer.ip().to_canonical();
    if !peer.is_loopback() {
        return Some(household(peer));
    }
    // The last name is the proxy's own word; those before it anybody may have written.
    let named = parts.headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let named: IpAddr = named.rsplit(',').next()?.trim().parse().ok()?;
    Some(household(named.to_canonical()))
}

/// Of the newer addresses whoever has one has a great many that begin alike.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn a_flood_is_held_back_and_a_busy_screen_is_not() {
        let pace = Pace::default();
        let start = Instant::now();
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let take =
            |who, after| pace.take(Costly::Upload, who, start + Duration::from_millis(after));
        assert!((0..300).all(|_| take(one, 0).is_none()));
        let wait = take(one, 0).expect("held back");
        assert!(wait <= Duration::from_millis(200), "{wait:?}");
        assert!(take(other, 0).is_none(), "somebody else");
        assert!(pace.take(Costly::Question, one, start).is_none(), "something else");
        assert!(take(one, 201).is_none(), "after a moment");
        // A question every second, all day.
        let busy = |second| pace.take(Costly::Question, other, start + Duration::from_secs(second));
        assert!((1..10_000).all(|second| busy(second).is_none()));
    }

    fn seen(peer: &str, forwarded: Option<&str>) -> Option<String> {
        let mut request = Request::builder();
        if let Some(forwarded) = forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        let (mut parts, ()) = request.body(()).expect("a request").into_parts();
        parts.extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().expect("an address")));
        visitor(&parts).map(|address| address.to_string())
    }

    #[test]
    fn a_visitor_is_whom_the_other_end_or_the_own_proxy_names() {
        assert_eq!(seen("192.0.2.7:5000", None).as_deref(), Some("192.0.2.7"));
        assert_eq!(seen("192.0.2.7:5000", Some("198.51.100.1")).as_deref(), Some("192.0.2.7"));
        assert_eq!(seen("127.0.0.1:5000", None), None, "a screen of the machine itself");
        let forwarded = Some("10.9.9.9, 198.51.100.1");
        assert_eq!(seen("127.0.0.1:5000", forwarded).as_deref(), Some("198.51.100.1"));
        assert_eq!(seen("[2001:db8:1:2:3::9]:80", None).as_deref(), Some("2001:db8:1:2::"));
        assert_eq!(seen("[::ffff:192.0.2.7]:80", None).as_deref(), Some("192.0.2.7"));
    }
}
