//! How often one address may ask: a bucket for each that fills again with time.
//!
//! Addresses of this machine are not counted: they are its user's, or a proxy's, which has limits of its own. Of IPv6 the network counts, since one
//! house has a whole network of addresses. What must not live here: any other reason to refuse.

use crate::Problem;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Who asks, as the connection knows it.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Questions that may come at once after a pause, in seconds of the rate.
const BURST: f64 = 4.0;
/// Addresses that are remembered; when there are more, those that have waited long enough are forgotten.
const REMEMBERED: usize = 20_000;

pub struct Rates {
    each_second: f64,
    /// What is left to each, and when that was so.
    left: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => {
            let s = v6.segments();
            IpAddr::from([s[0], s[1], s[2], s[3], 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

impl Rates {
    pub fn new(each_second: u32) -> Self {
        Self { each_second: f64::from(each_second.max(1)), left: Mutex::default() }
    }

    /// May this address ask now?
    pub fn allows(&self, ip: IpAddr, now: Instant) -> bool {
        if ip.to_canonical().is_loopback() {
            return true;
        }
        let ip = network(ip);
        let most = self.each_second * BURST;
        let mut all = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED && !all.contains_key(&ip) {
            all.retain(|_, (left, then)| *left + now.saturating_duration_since(*then).as_secs_f64() * self.each_second < most);
            // So many at the same time: better to forget than to grow without end.
            if all.len() >= REMEMBERED {
                all.clear();
            }
        }
        let (left, then) = all.entry(ip).or_insert((most, now));
        *left = (*left + now.saturating_duration_since(*then).as_secs_f64() * self.each_second).min(most);
        *then = now;
        let may = *left >= 1.0;
        if may {
            *left -= 1.0;
        }
        may
    }
}

pub async fn limited(State(rates): State<Arc<Rates>>, request: Request, next: Next) -> Response {
    match request.extensions().get::<Peer>() {
        Some(peer) if !rates.allows(peer.0.ip(), Instant::now()) => Problem::too_many("this address asks too often: expected you to come back in a moment").into_response(),
        _ => next.run(request).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_bucket_empties_and_fills() {
        let rates = Rates::new(2);
        let (now, one, other): (_, IpAddr, IpAddr) = (Instant::now(), "192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        assert_eq!((0..20).filter(|_| rates.allows(one, now)).count(), 8);
        assert!(rates.allows(other, now));
        assert_eq!((0..20).filter(|_| rates.allows(one, now + Duration::from_secs(1))).count(), 2);
        assert_eq!((0..50).filter(|_| rates.allows(one, now + Duration::from_secs(60))).count(), 8);
    }

    #[test]
    fn a_network_counts_as_one_and_this_machine_not_at_all() {
        let rates = Rates::new(1);
        let now = Instant::now();
        let asked = (0..20).filter(|n| rates.allows(format!("2001:db8::{n:x}").parse().unwrap(), now)).count();
        assert_eq!(asked, 4);
        assert!((0..100).all(|_| rates.allows("127.0.0.1".parse().unwrap(), now) && rates.allows("::1".parse().unwrap(), now)));
        assert_eq!((0..20).filter(|_| rates.allows("::ffff:192.0.2.9".parse().unwrap(), now)).count(), 4);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let rates = Rates::new(1);
        let now = Instant::now();
        for n in 0..(REMEMBERED as u32 + 10) {
            rates.allows(IpAddr::from((0x0A00_0000 + n).to_be_bytes()), now);
        }
        assert!(rates.left.lock().unwrap().len() <= REMEMBERED);
    }
}
