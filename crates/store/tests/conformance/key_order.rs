//! The orders of the list of keys, page by page, against a model; and the counts of the keys that match.

use crate::test_store::{TestStore, account, new_key, secret, stamp};
use std::cmp::{Ordering, Reverse};
use store::{KeyFilter, KeyOrder, KeyOrderBy, KeyOrderPosition, KeyRow, KeyStateFilter, NewKey};

crate::on_both![
    every_order_is_exact_page_by_page,
    names_are_ordered_by_code_points_ignoring_case,
    position_in_another_order_is_ignored,
    matching_keys_are_counted,
];

const BY: [KeyOrderBy; 4] = [KeyOrderBy::Created, KeyOrderBy::Name, KeyOrderBy::Used, KeyOrderBy::Expires];
const STATES: [KeyStateFilter; 4] = [
    KeyStateFilter::NotDeleted,
    KeyStateFilter::Disabled,
    KeyStateFilter::ExpiredAt(5_001),
    KeyStateFilter::DeletedAfter(7_000),
];

/// 48 keys in which every value occurs several times, and every combination of states occurs.
async fn insert_keys(db: &TestStore) {
    db.with_acme().await;
    let mut tx = db.store.begin().await.unwrap();
    tx.accounts().insert(&account("rival")).await.unwrap();
    let letters = ('A'..='X').chain('a'..='x');
    for (letter, number) in letters.zip(0_i64..) {
        // A foreign key beside each: it must never be listed.
        for account_id in ["acme", "rival"] {
            // Neither the insertion nor the creation time gives the order of the ids.
            let id = format!("{letter}_{account_id}");
            let key = NewKey {
                name: ["beta", "Alpha", "ALPHA", "Ärger", "Zeta"][usize::try_from(number % 5).unwrap()].to_owned(),
                environment: if number % 7 == 0 { "sandbox" } else { "live" }.to_owned(),
                created_at: 1_000 + number * 11 % 9,
                expires_at: (number % 3 != 0).then_some(5_000 + number % 4),
                ..new_key(&id, account_id)
            };
            tx.keys().insert(&key, &secret(&id)).await.unwrap();
            if number % 4 != 1 {
                tx.last_uses().upsert(&id, 6_000 + number % 6, None).await.unwrap();
            }
            if number % 5 == 2 {
                tx.keys().update_enabled(&stamp(account_id, &id, 6_500, 2), false).await.unwrap();
            }
            if number % 6 == 3 {
                tx.keys().delete(&stamp(account_id, &id, 7_000 + number % 2, 3), None).await.unwrap();
            }
        }
    }
    tx.commit().await.unwrap();
}

async fn every_order_is_exact_page_by_page(db: &TestStore) {
    insert_keys(db).await;
    let all: Vec<KeyRow> = find_all(db).await;
    for (by, is_descending) in BY.into_iter().flat_map(|by| [(by, false), (by, true)]) {
        for state in STATES {
            let expected = model(&all, state, by, is_descending);
            assert!(expected.len() > 3, "{state:?}");
            for size in [1, 2, 5, 100] {
                let filter = KeyFilter { state, ..KeyFilter::default() };
                let listed = list_all_pages(db, filter, (by, is_descending), size).await;
                assert_eq!(listed, expected, "{state:?} by {by:?}, descending: {is_descending}, pages of {size}");
            }
        }
    }
}

/// Every key of the account in any state.
async fn find_all(db: &TestStore) -> Vec<KeyRow> {
    let mut all = Vec::new();
    for letter in ('A'..='X').chain('a'..='x') {
        all.push(db.store.keys().find_or_deleted("acme", &format!("{letter}_acme"), 0).await.unwrap().unwrap());
    }
    all
}

async fn list_all_pages(
    db: &TestStore,
    filter: KeyFilter<'_>,
    (by, is_descending): (KeyOrderBy, bool),
    size: usize,
) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    let mut last: Option<(KeyOrderPosition, String)> = None;
    loop {
        let after = last.as_ref().map(|(position, id)| (position, id.as_str()));
        let order = KeyOrder { by, is_descending, after };
        let page = db.store.keys().list("acme", filter, order, i64::try_from(size).unwrap()).await.unwrap();
        assert!(page.len() <= size);
        let Some(key) = page.last() else { return seen };
        last = Some((key.position(by), key.id.clone()));
        seen.extend(page.into_iter().map(|key| key.id));
    }
}

/// The ids in the order that is promised.
fn model(all: &[KeyRow], state: KeyStateFilter, by: KeyOrderBy, is_descending: bool) -> Vec<String> {
    let is_listed = |key: &&KeyRow| match state {
        KeyStateFilter::NotDeleted => key.deleted_at.is_none(),
        KeyStateFilter::Disabled => key.deleted_at.is_none() && !key.enabled,
        KeyStateFilter::ExpiredAt(now) => key.deleted_at.is_none() && key.expires_at.is_some_and(|at| at <= now),
        KeyStateFilter::DeletedAfter(time) => key.deleted_at.is_some_and(|at| at > time),
    };
    let mut keys: Vec<&KeyRow> = all.iter().filter(is_listed).collect();
    keys.sort_by(|left, right| compare(left, right, by, is_descending));
    keys.into_iter().map(|key| key.id.clone()).collect()
}

fn compare(left: &KeyRow, right: &KeyRow, by: KeyOrderBy, is_descending: bool) -> Ordering {
    let time = |key: &KeyRow| match by {
        KeyOrderBy::Used => key.last_used_at,
        KeyOrderBy::Expires => key.expires_at,
        KeyOrderBy::Created | KeyOrderBy::Name => Some(key.created_at),
    };
    let newest_first = |key: &KeyRow| Reverse((key.created_at, key.id.clone()));
    let ordering = match (time(left), time(right)) {
        (None, None) => return newest_first(left).cmp(&newest_first(right)),
        (None, Some(_)) => return Ordering::Greater,
        (Some(_), None) => return Ordering::Less,
        _ if by == KeyOrderBy::Name => left.name.to_lowercase().cmp(&right.name.to_lowercase()),
        (left, right) => left.cmp(&right),
    };
    let ordering = ordering.then_with(|| left.id.cmp(&right.id));
    if is_descending { ordering.reverse() } else { ordering }
}

/// A locale would put "_x" and the accented names elsewhere.
async fn names_are_ordered_by_code_points_ignoring_case(db: &TestStore) {
    db.with_acme().await;
    let names = ["10", "2", "_x", "apple", "Apple pie", "apple-pie", "Banana", "ZEBRA", "Äpfel", "Жук", "ёлка", "東京"];
    for (name, at) in names.iter().rev().zip(1..) {
        db.add_key(&format!("k{at}"), name, at).await;
    }
    for is_descending in [false, true] {
        let order = KeyOrder { by: KeyOrderBy::Name, is_descending, after: None };
        let listed = db.store.keys().list("acme", KeyFilter::default(), order, 50).await.unwrap();
        let mut listed: Vec<&str> = listed.iter().map(|key| key.name.as_str()).collect();
        if is_descending {
            listed.reverse();
        }
        assert_eq!(listed, names);
    }
}

async fn position_in_another_order_is_ignored(db: &TestStore) {
    insert_keys(db).await;
    let positions = [
        KeyOrderPosition::At(6_002),
        KeyOrderPosition::Named("beta".to_owned()),
        KeyOrderPosition::WithoutTime { created_at: 1_003 },
    ];
    for (by, ignored) in [
        (KeyOrderBy::Created, &positions[1..]),
        (KeyOrderBy::Used, &positions[1..2]),
        (KeyOrderBy::Expires, &positions[1..2]),
        (KeyOrderBy::Name, &positions[..1]),
        (KeyOrderBy::Name, &positions[2..]),
    ] {
        for is_descending in [false, true] {
            let first = KeyOrder { by, is_descending, after: None };
            let expected = db.store.keys().list("acme", KeyFilter::default(), first, 5).await.unwrap();
            for position in ignored {
                let order = KeyOrder { after: Some((position, "m")), ..first };
                let listed = db.store.keys().list("acme", KeyFilter::default(), order, 5).await.unwrap();
                assert_eq!(listed, expected, "{by:?} {position:?}");
            }
        }
    }
}

async fn matching_keys_are_counted(db: &TestStore) {
    insert_keys(db).await;
    for state in STATES {
        for search in [None, Some("ALPH"), Some("9xq2f"), Some("ärger"), Some("nothing")] {
            for environment in [None, Some("live"), Some("sandbox")] {
                let filter = KeyFilter { search, environment, state };
                let listed = db.store.keys().list("acme", filter, KeyOrder::default(), 100).await.unwrap();
                let counted = db.store.keys().count_matching("acme", filter).await.unwrap();
                assert_eq!(usize::try_from(counted).unwrap(), listed.len(), "{filter:?}");
            }
        }
    }
    let alpha = KeyFilter { search: Some("alpha"), ..KeyFilter::default() };
    assert!(db.store.keys().count_matching("acme", alpha).await.unwrap() > 9);
    assert_eq!(db.store.keys().count_matching("unknown", alpha).await.unwrap(), 0);
}
