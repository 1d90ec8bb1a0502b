//! What a watch keeps and for how long, its bounds, and calls on several threads.

use super::*;
use std::sync::atomic::{AtomicBool, Ordering};

const NOW: Millis = 1_794_992_640_000;

struct Secret {
    id: PublicId,
    is_watched: AtomicBool,
}

impl Secret {
    fn new(number: usize) -> Self {
        Self { id: id(number), is_watched: AtomicBool::new(false) }
    }

    fn is_watched(&self) -> bool {
        self.is_watched.load(Ordering::Relaxed)
    }
}

impl Flagged for &Secret {
    fn public_id(&self) -> &PublicId {
        &self.id
    }

    fn set_watched(&self, watched: bool) {
        self.is_watched.store(watched, Ordering::Relaxed);
    }
}

fn id(number: usize) -> PublicId {
    PublicId::parse(&format!("{number:010}")).expect("a public id")
}

fn list() -> WatchList {
    WatchList::default()
}

fn watch(list: &WatchList, number: usize, account: &str, now: Millis) {
    list.watch(&id(number), account, now, || None::<&Secret>);
}

fn call(address: &str) -> CallRequest<'_> {
    CallRequest { credential: "", name: None, address: address.parse().ok(), privilege: None, channel: None, cost: 1 }
}

/// How many of the first `count` secrets are watched, found by recording a call with each.
fn watched(list: &WatchList, count: usize) -> Vec<usize> {
    let is_watched = |number: &usize| {
        list.record(&&Secret::new(*number), &call(""), VerdictCode::Disabled, NOW);
        list.seen(&id(*number), NOW).is_some()
    };
    (0..count).filter(is_watched).collect()
}

#[test]
fn last_refusal_and_then_the_first_allowed_call_is_kept() {
    let (list, secret) = (list(), Secret::new(1));
    list.watch(&secret.id, "acme", NOW, || Some(&secret));
    assert!(secret.is_watched() && list.seen(&secret.id, NOW).is_none());
    let needs =
        CallRequest { privilege: Some("contacts:read"), channel: Some(Channel::Ftp), cost: 3, ..call("198.51.100.77") };
    list.record(&&secret, &call("203.0.113.7"), VerdictCode::IpNotAllowed, NOW);
    list.record(&&secret, &needs, VerdictCode::PrivilegeMissing, NOW + 1);
    let refused = WatchedCall {
        code: VerdictCode::PrivilegeMissing,
        address: "198.51.100.77".parse().ok(),
        privilege: Some("contacts:read".into()),
        channel: Some(Channel::Ftp),
        cost: 3,
        at: NOW + 1,
        count: 2,
    };
    assert_eq!(list.seen(&secret.id, NOW + 1), Some(refused));
    assert!(secret.is_watched());
    list.record(&&secret, &call("203.0.113.9"), VerdictCode::Valid, NOW + 2);
    assert!(!secret.is_watched(), "further calls cost nothing");
    list.record(&&secret, &call("203.0.113.7"), VerdictCode::Valid, NOW + 3);
    list.record(&&secret, &call("203.0.113.7"), VerdictCode::Disabled, NOW + 4);
    let allowed = list.seen(&secret.id, NOW + 4).expect("a call");
    assert_eq!(
        (allowed.code, allowed.address, allowed.at, allowed.count),
        (VerdictCode::Valid, "203.0.113.9".parse().ok(), NOW + 2, 3)
    );
}

#[test]
fn another_watch_begins_anew() {
    let (list, secret) = (list(), Secret::new(1));
    list.watch(&secret.id, "acme", NOW, || Some(&secret));
    list.record(&&secret, &call(""), VerdictCode::Valid, NOW);
    list.watch(&secret.id, "acme", NOW + WATCHED_FOR - 1, || Some(&secret));
    assert!(secret.is_watched() && list.seen(&secret.id, NOW).is_none());
    list.record(&&secret, &call(""), VerdictCode::Disabled, NOW + WATCHED_FOR);
    assert_eq!(list.seen(&secret.id, NOW + WATCHED_FOR).map(|seen| seen.count), Some(1));
}

#[test]
fn secret_is_watched_for_fifteen_minutes() {
    let (list, secret) = (list(), Secret::new(1));
    list.watch(&secret.id, "acme", NOW, || Some(&secret));
    let end = NOW + WATCHED_FOR;
    list.record(&&secret, &call(""), VerdictCode::Disabled, end - 1);
    assert_eq!(list.seen(&secret.id, end - 1).map(|seen| seen.at), Some(end - 1));
    assert_eq!(list.seen(&secret.id, end), None);
    assert!(secret.is_watched());
    list.record(&&secret, &call(""), VerdictCode::Disabled, end);
    assert!(!secret.is_watched(), "the flag of an ended watch is cleared");
    list.drop_ended(end - 1);
    assert_eq!(list.0.read().entries.len(), 1);
    list.drop_ended(end);
    assert_eq!(list.0.read().entries.len(), 0);
}

#[test]
fn secret_that_is_read_again_is_flagged_while_its_call_is_awaited() {
    let (list, other) = (list(), Secret::new(2));
    watch(&list, 1, "acme", NOW);
    let flagged = || {
        let secret = Secret::new(1);
        list.flag(&&secret);
        secret.is_watched()
    };
    assert!(flagged());
    list.flag(&&other);
    assert!(!other.is_watched());
    list.record(&&other, &call(""), VerdictCode::Disabled, NOW);
    assert_eq!(list.seen(&other.id, NOW), None, "a call with an unwatched secret is not kept");
    list.record(&&Secret::new(1), &call(""), VerdictCode::Disabled, NOW);
    assert!(flagged());
    list.record(&&Secret::new(1), &call(""), VerdictCode::Valid, NOW);
    assert!(!flagged());
}

#[test]
fn account_forgets_its_own_oldest_watch() {
    let list = list();
    watch(&list, 100, "other", NOW);
    for number in 0..ACCOUNT_MAX {
        watch(&list, number, "acme", NOW);
    }
    assert_eq!(watched(&list, ACCOUNT_MAX), (0..ACCOUNT_MAX).collect::<Vec<_>>());
    // Not the oldest any more.
    watch(&list, 0, "acme", NOW);
    assert_eq!(watched(&list, ACCOUNT_MAX).len(), ACCOUNT_MAX);
    watch(&list, ACCOUNT_MAX, "acme", NOW);
    let expected: Vec<usize> = (0..=ACCOUNT_MAX).filter(|number| *number != 1).collect();
    assert_eq!(watched(&list, ACCOUNT_MAX + 1), expected);
    list.record(&&Secret::new(100), &call(""), VerdictCode::Disabled, NOW);
    assert!(list.seen(&id(100), NOW).is_some());
}

#[test]
fn full_list_forgets_a_watch_of_the_account_with_the_most() {
    let list = list();
    // The oldest watch, of an account with no other.
    watch(&list, TOTAL_MAX, "small", NOW);
    for number in 0..TOTAL_MAX - 1 {
        watch(&list, number, &format!("account {}", number / ACCOUNT_MAX), NOW);
    }
    assert_eq!(watched(&list, TOTAL_MAX + 1).len(), TOTAL_MAX);
    watch(&list, TOTAL_MAX + 1, "new", NOW);
    let forgotten: Vec<usize> = {
        let held = watched(&list, TOTAL_MAX + 2);
        (0..TOTAL_MAX - 1).chain([TOTAL_MAX, TOTAL_MAX + 1]).filter(|number| !held.contains(number)).collect()
    };
    assert_eq!(forgotten, [0], "the oldest of the largest accounts");
    assert_eq!(list.0.read().entries.len(), TOTAL_MAX);
    // Ended watches make room before any other is forgotten.
    watch(&list, 5_000, "late", NOW + WATCHED_FOR);
    assert_eq!(list.0.read().entries.len(), 1);
}

#[test]
fn malformed_privilege_is_not_kept() {
    let (list, secret) = (list(), Secret::new(1));
    watch(&list, 1, "acme", NOW);
    let long = "a".repeat(1_000_000);
    let call = CallRequest { privilege: Some(&long), ..call("") };
    list.record(&&secret, &call, VerdictCode::PrivilegeMissing, NOW);
    assert_eq!(list.seen(&secret.id, NOW).expect("a call").privilege, None);
}

#[test]
fn record_never_waits() {
    let (list, secret) = (list(), Secret::new(1));
    list.watch(&secret.id, "acme", NOW, || Some(&secret));
    {
        let _locked = list.0.write();
        list.record(&&secret, &call(""), VerdictCode::Disabled, NOW);
    }
    assert!(list.seen(&secret.id, NOW).is_none());
    {
        let watches = list.0.read();
        let _locked = watches.entries[&secret.id].seen.lock();
        list.record(&&secret, &call(""), VerdictCode::Disabled, NOW);
    }
    assert!(list.seen(&secret.id, NOW).is_none() && secret.is_watched());
    list.record(&&secret, &call(""), VerdictCode::Disabled, NOW);
    assert!(list.seen(&secret.id, NOW).is_some());
}

/// Threads that watch and call at once: the bounds hold at every moment, and a call after all of it is kept.
#[test]
fn racing_watches_and_calls_stay_within_the_bounds() {
    const THREADS: usize = 4;
    let (list, secrets) = (list(), (0..2_000).map(Secret::new).collect::<Vec<_>>());
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (list, secrets) = (&list, &secrets);
            scope.spawn(move || {
                for (number, secret) in secrets.iter().enumerate() {
                    let account = format!("account {}", (number * THREADS + thread) % 100);
                    list.watch(&secret.id, &account, NOW, || Some(secret));
                    list.record(&secret, &call(""), VerdictCode::Disabled, NOW);
                    let watches = list.0.read();
                    let of_account = watches.entries.values().filter(|watch| *watch.account == *account).count();
                    assert!(of_account <= ACCOUNT_MAX && watches.entries.len() <= TOTAL_MAX);
                }
            });
        }
    });
    let late = Secret::new(5_000);
    list.watch(&late.id, "late", NOW, || Some(&late));
    list.record(&&late, &call(""), VerdictCode::Valid, NOW);
    assert_eq!(list.seen(&late.id, NOW).map(|seen| seen.code), Some(VerdictCode::Valid));
}
