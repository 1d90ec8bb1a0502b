//! Limits on guessing passwords and codes, in memory: failures in the last quarter of an hour, by client and by client and
//! person.
//!
//! A stranger who fails on purpose only ever uses up the tries of strangers: whoever signed in from the same network
//! before is counted apart. Codes are counted for a whole day: of a million, three are right at a time, so 50 tries a day
//! hit one in about 18 years. And only who has shown the right password gets to guess one at all.

use domain::time::Millis;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

/// Failures are forgotten after this many milliseconds.
const WINDOW: Millis = 15 * 60 * 1_000;
/// Failures of one network for one person.
const PER_CLIENT_AND_PERSON: u32 = 10;
/// Failures of one network for anybody.
const PER_CLIENT: u32 = 50;
/// Failures for one person from all networks that never signed in as that person.
const PER_PERSON_BY_STRANGERS: u32 = 100;
/// Wrong codes are forgotten after this many milliseconds.
const CODE_WINDOW: Millis = 24 * 60 * 60 * 1_000;
/// Wrong codes of one network for one person.
const CODES_PER_CLIENT_AND_PERSON: u32 = 50;
/// Wrong codes for one person from all networks that never signed in as that person.
const CODES_PER_PERSON_BY_STRANGERS: u32 = 50;
/// More counters than this are not kept; the oldest windows go first.
const COUNTERS: usize = 100_000;

#[derive(Clone, PartialEq, Eq, Hash)]
enum Counter {
    Client(Option<IpAddr>),
    ClientAndPerson(Option<IpAddr>, String),
    Strangers(String),
    Codes(Option<IpAddr>, String),
    CodesOfStrangers(String),
}

/// Counts failures.
#[derive(Default)]
pub(crate) struct Throttle {
    failures: Mutex<HashMap<Counter, (u32, Millis)>>,
}

/// A try that was counted as a failure before its outcome is known, so that tries at once cannot pass together.
pub(crate) struct Attempt(Vec<Counter>);

impl Throttle {
    /// Counts a try, or tells in how many seconds the next one is allowed.
    pub(crate) fn begin(
        &self,
        client: Option<IpAddr>,
        person: &str,
        is_known: bool,
        now: Millis,
    ) -> Result<Attempt, u64> {
        let client = client.map(network);
        let mut counters = vec![
            (Counter::Client(client), PER_CLIENT),
            (Counter::ClientAndPerson(client, person.to_owned()), PER_CLIENT_AND_PERSON),
        ];
        if !is_known {
            counters.push((Counter::Strangers(person.to_owned()), PER_PERSON_BY_STRANGERS));
        }
        self.count(counters, WINDOW, now)
    }

    /// The same for a code of somebody who has shown the right password.
    pub(crate) fn begin_code(
        &self,
        client: Option<IpAddr>,
        person: &str,
        is_known: bool,
        now: Millis,
    ) -> Result<Attempt, u64> {
        let client = client.map(network);
        let mut counters = vec![(Counter::Codes(client, person.to_owned()), CODES_PER_CLIENT_AND_PERSON)];
        if !is_known {
            counters.push((Counter::CodesOfStrangers(person.to_owned()), CODES_PER_PERSON_BY_STRANGERS));
        }
        self.count(counters, CODE_WINDOW, now)
    }

    fn count(&self, counters: Vec<(Counter, u32)>, window: Millis, now: Millis) -> Result<Attempt, u64> {
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

    /// Takes back an attempt that was no failure.
    pub(crate) fn succeeded(&self, attempt: Attempt) {
        let mut failures = self.failures.lock();
        for counter in attempt.0 {
            if matches!(counter, Counter::ClientAndPerson(..) | Counter::Codes(..)) {
                failures.remove(&counter);
            } else if let Some((count, _)) = failures.get_mut(&counter) {
                *count = count.saturating_sub(1);
            }
        }
    }
}

fn make_room(failures: &mut HashMap<Counter, (u32, Millis)>, now: Millis) {
    if failures.len() < COUNTERS {
        return;
    }
    failures.retain(|_, (_, until)| *until > now);
    if failures.len() >= COUNTERS {
        let middle = now + WINDOW / 2;
        failures.retain(|_, (_, until)| *until > middle);
    }
    if failures.len() >= COUNTERS {
        failures.clear();
    }
}

/// One customer holds a whole IPv6 /64; each of its addresses counting apart would be no limit.
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

    #[expect(clippy::unnecessary_wraps, reason = "as it is passed on")]
    fn client(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([203, 0, 113, last]))
    }

    #[test]
    fn the_eleventh_failure_for_one_person_waits() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            assert!(throttle.begin(client(1), "a@example.com", false, 0).is_ok());
        }
        assert_eq!(throttle.begin(client(1), "a@example.com", false, 0).err(), Some(900));
        assert!(throttle.begin(client(1), "b@example.com", false, 0).is_ok());
        assert!(throttle.begin(client(1), "a@example.com", false, WINDOW).is_ok());
    }

    #[test]
    fn the_fifty_first_failure_of_one_client_waits() {
        let throttle = Throttle::default();
        for person in 0..50 {
            assert!(throttle.begin(client(1), &format!("{person}@example.com"), false, 0).is_ok());
        }
        assert!(throttle.begin(client(1), "x@example.com", false, 0).is_err());
        assert!(throttle.begin(client(2), "x@example.com", false, 0).is_ok());
    }

    #[test]
    fn strangers_lock_out_strangers_only() {
        let throttle = Throttle::default();
        for last in 0..100 {
            assert!(throttle.begin(client(last), "a@example.com", false, 0).is_ok());
        }
        assert!(throttle.begin(client(200), "a@example.com", false, 0).is_err());
        assert!(throttle.begin(client(201), "a@example.com", true, 0).is_ok());
    }

    #[test]
    fn wrong_codes_are_counted_for_a_day_and_strangers_apart() {
        let throttle = Throttle::default();
        for last in 0..50 {
            assert!(throttle.begin_code(client(last), "a@example.com", false, 0).is_ok());
        }
        assert_eq!(throttle.begin_code(client(60), "a@example.com", false, 0).err(), Some(24 * 60 * 60));
        for _ in 0..50 {
            assert!(throttle.begin_code(client(60), "a@example.com", true, 0).is_ok(), "the person's own network");
        }
        assert!(throttle.begin_code(client(60), "a@example.com", true, 0).is_err());
        assert!(throttle.begin(client(60), "a@example.com", true, 0).is_ok(), "passwords are counted apart");
        assert!(throttle.begin_code(client(60), "a@example.com", false, CODE_WINDOW).is_ok());
    }

    #[test]
    fn a_success_is_not_counted() {
        let throttle = Throttle::default();
        for _ in 0..200 {
            let attempt = throttle.begin(client(1), "a@example.com", false, 0).ok().unwrap();
            throttle.succeeded(attempt);
        }
    }
}
