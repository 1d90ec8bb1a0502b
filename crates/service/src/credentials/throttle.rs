//! Throttling of attempts to guess passwords and codes, in memory: failures are counted by network, and by network and
//! email. Requests for a new password are counted here as well.
//!
//! Networks from which a person has signed in before are counted apart, so that an attacker who fails on purpose cannot
//! lock that person out. Codes are counted for a whole day: three of a million are valid at a time, so 50 attempts a day
//! hit one in about 18 years. Codes can only be guessed after the right password.

use domain::time::Millis;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

/// How long failures count, in milliseconds: 15 minutes.
const WINDOW: Millis = 15 * 60 * 1_000;
/// Failures from one network for one email.
const PER_CLIENT_AND_EMAIL: u32 = 10;
/// Failures from one network for any email.
const PER_CLIENT: u32 = 50;
/// Failures for one email from all unknown networks.
const PER_EMAIL_FROM_UNKNOWN: u32 = 100;
/// How long wrong codes count, in milliseconds: one day.
const CODE_WINDOW: Millis = 24 * 60 * 60 * 1_000;
/// Wrong codes from one network for one email.
const CODES_PER_CLIENT_AND_EMAIL: u32 = 50;
/// Wrong codes for one email from all unknown networks.
const CODES_PER_EMAIL_FROM_UNKNOWN: u32 = 50;
/// How long requests for a new password count, in milliseconds: one hour.
const RESET_WINDOW: Millis = 60 * 60 * 1_000;
/// Requests for a new password from one network.
const RESETS_PER_CLIENT: u32 = 20;
/// Requests for a new password for one email, from all networks.
const RESETS_PER_EMAIL: u32 = 5;
/// The most counters that are kept; the oldest windows are evicted first.
const CAPACITY: usize = 100_000;

/// What failures are counted by.
#[derive(Clone, PartialEq, Eq, Hash)]
enum FailureKey {
    Client(Option<IpAddr>),
    ClientAndEmail(Option<IpAddr>, String),
    UnknownNetworks(String),
    Codes(Option<IpAddr>, String),
    CodesFromUnknownNetworks(String),
    ResetsByClient(Option<IpAddr>),
    ResetsOfEmail(String),
}

/// Counts failed attempts.
#[derive(Default)]
pub(crate) struct Throttle {
    failures: Mutex<HashMap<FailureKey, (u32, Millis)>>,
}

/// An attempt that is counted as a failure before its outcome is known, so that concurrent attempts cannot all pass.
pub(crate) struct Attempt(Vec<FailureKey>);

impl Throttle {
    /// Counts an attempt. `is_known` if the person has signed in from this network before.
    ///
    /// # Errors
    /// The seconds until the next attempt is allowed.
    pub(crate) fn begin_password(
        &self,
        client: Option<IpAddr>,
        email: &str,
        is_known: bool,
        now: Millis,
    ) -> Result<Attempt, u64> {
        let client = client.map(network);
        let mut counters = vec![
            (FailureKey::Client(client), PER_CLIENT),
            (FailureKey::ClientAndEmail(client, email.to_owned()), PER_CLIENT_AND_EMAIL),
        ];
        if !is_known {
            counters.push((FailureKey::UnknownNetworks(email.to_owned()), PER_EMAIL_FROM_UNKNOWN));
        }
        self.count(counters, WINDOW, now)
    }

    /// As [`Self::begin_password`], for a code after the right password.
    pub(crate) fn begin_code(
        &self,
        client: Option<IpAddr>,
        email: &str,
        is_known: bool,
        now: Millis,
    ) -> Result<Attempt, u64> {
        let client = client.map(network);
        let mut counters = vec![(FailureKey::Codes(client, email.to_owned()), CODES_PER_CLIENT_AND_EMAIL)];
        if !is_known {
            counters.push((FailureKey::CodesFromUnknownNetworks(email.to_owned()), CODES_PER_EMAIL_FROM_UNKNOWN));
        }
        self.count(counters, CODE_WINDOW, now)
    }

    /// Counts a request for a new password, alike for every email, whether it belongs to a member or not.
    ///
    /// # Errors
    /// The seconds until the next request is allowed.
    pub(crate) fn begin_reset(&self, client: Option<IpAddr>, email: &str, now: Millis) -> Result<Attempt, u64> {
        let counters = vec![
            (FailureKey::ResetsByClient(client.map(network)), RESETS_PER_CLIENT),
            (FailureKey::ResetsOfEmail(email.to_owned()), RESETS_PER_EMAIL),
        ];
        self.count(counters, RESET_WINDOW, now)
    }

    fn count(&self, counters: Vec<(FailureKey, u32)>, window: Millis, now: Millis) -> Result<Attempt, u64> {
        let mut failures = self.failures.lock();
        make_room(&mut failures, now);
        for (counter, limit) in &counters {
            if let Some((count, until)) = failures.get(counter)
                && *until > now
                && count >= limit
            {
                return Err(u64::try_from((until - now + 999) / 1_000).unwrap_or(1).max(1));
            }
        }
        for (counter, _) in &counters {
            let entry = failures.entry(counter.clone()).or_insert((0, now + window));
            if entry.1 <= now {
                *entry = (0, now + window);
            }
            entry.0 += 1;
        }
        Ok(Attempt(counters.into_iter().map(|(counter, _)| counter).collect()))
    }

    /// Takes back an attempt that succeeded.
    pub(crate) fn succeeded(&self, attempt: Attempt) {
        let mut failures = self.failures.lock();
        for counter in attempt.0 {
            if matches!(counter, FailureKey::ClientAndEmail(..) | FailureKey::Codes(..)) {
                failures.remove(&counter);
            } else if let Some((count, _)) = failures.get_mut(&counter) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

fn make_room(failures: &mut HashMap<FailureKey, (u32, Millis)>, now: Millis) {
    if failures.len() < CAPACITY {
        return;
    }
    failures.retain(|_, (_, until)| *until > now);
    if failures.len() >= CAPACITY {
        let middle = now + WINDOW / 2;
        failures.retain(|_, (_, until)| *until > middle);
    }
    if failures.len() >= CAPACITY {
        failures.clear();
    }
}

/// The network of an address. One customer holds a whole IPv6 /64, so its addresses share their counters.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "the parameter type of the throttle")]
    fn client(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([203, 0, 113, last]))
    }

    #[test]
    fn eleventh_failure_for_one_email_is_limited() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            assert!(throttle.begin_password(client(1), "a@example.com", false, 0).is_ok());
        }
        assert_eq!(throttle.begin_password(client(1), "a@example.com", false, 0).err(), Some(900));
        assert!(throttle.begin_password(client(1), "b@example.com", false, 0).is_ok());
        assert!(throttle.begin_password(client(1), "a@example.com", false, WINDOW).is_ok());
    }

    #[test]
    fn fifty_first_failure_of_one_network_is_limited() {
        let throttle = Throttle::default();
        for person in 0..50 {
            assert!(throttle.begin_password(client(1), &format!("{person}@example.com"), false, 0).is_ok());
        }
        assert!(throttle.begin_password(client(1), "x@example.com", false, 0).is_err());
        assert!(throttle.begin_password(client(2), "x@example.com", false, 0).is_ok());
    }

    #[test]
    fn unknown_networks_do_not_lock_out_known_ones() {
        let throttle = Throttle::default();
        for last in 0..100 {
            assert!(throttle.begin_password(client(last), "a@example.com", false, 0).is_ok());
        }
        assert!(throttle.begin_password(client(200), "a@example.com", false, 0).is_err());
        assert!(throttle.begin_password(client(201), "a@example.com", true, 0).is_ok());
    }

    #[test]
    fn wrong_codes_count_for_a_day_and_unknown_networks_apart() {
        let throttle = Throttle::default();
        for last in 0..50 {
            assert!(throttle.begin_code(client(last), "a@example.com", false, 0).is_ok());
        }
        assert_eq!(throttle.begin_code(client(60), "a@example.com", false, 0).err(), Some(24 * 60 * 60));
        for _ in 0..50 {
            assert!(throttle.begin_code(client(60), "a@example.com", true, 0).is_ok(), "a known network");
        }
        assert!(throttle.begin_code(client(60), "a@example.com", true, 0).is_err());
        assert!(throttle.begin_password(client(60), "a@example.com", true, 0).is_ok(), "passwords are counted apart");
        assert!(throttle.begin_code(client(60), "a@example.com", false, CODE_WINDOW).is_ok());
    }

    #[test]
    fn requests_for_a_new_password_are_counted_by_network_and_by_email() {
        let throttle = Throttle::default();
        for last in 0..5 {
            assert!(throttle.begin_reset(client(last), "a@example.com", 0).is_ok());
        }
        assert_eq!(throttle.begin_reset(client(9), "a@example.com", 0).err(), Some(60 * 60));
        for person in 0..20 {
            assert!(throttle.begin_reset(client(9), &format!("{person}@example.com"), 0).is_ok());
        }
        assert!(throttle.begin_reset(client(9), "x@example.com", 0).is_err());
        assert!(throttle.begin_password(client(9), "a@example.com", false, 0).is_ok(), "passwords are counted apart");
        assert!(throttle.begin_reset(client(9), "a@example.com", RESET_WINDOW).is_ok());
    }

    #[test]
    fn success_is_not_counted() {
        let throttle = Throttle::default();
        for _ in 0..200 {
            let attempt = throttle.begin_password(client(1), "a@example.com", false, 0).ok().unwrap();
            throttle.succeeded(attempt);
        }
    }
}
