//! An account with 10,000 keys: its pages, searches and filters are right, and so is what is done to 500 of them together.

use std::collections::BTreeSet;

use domain::key::PublicId;
use domain::policy::Policy;
use http::StatusCode;
use serde_json::{Value, json};
use service::{Random as _, SystemRandom};
use store::{KeySecretRow, KeyStamp, NewKey, Store};

use crate::pages::Site;
use crate::support::Data;

const COUNT: usize = 10_000;
const TOGETHER: usize = 500;
/// 1 January 2026.
const LONG_AGO: i64 = 1_767_225_600_000;

fn is_sandbox(number: usize) -> bool {
    number % 10 == 3
}

fn is_expired(number: usize) -> bool {
    number % 100 == 7
}

fn is_disabled(number: usize) -> bool {
    number % 8 == 1
}

fn id(number: usize) -> String {
    format!("key_{number:016}")
}

/// Written as rows: issuing so many would take a minute.
async fn insert(data: &Data) {
    let url = format!("sqlite:{}", data.path().join("keyhatch.db").display());
    let store = Store::open(&url, store::StoreOptions::default()).await.expect("opens");
    let mut tx = store.begin().await.expect("a transaction");
    let generation = tx.next_generation().await.expect("a generation");
    for number in 0..COUNT {
        let public_id = PublicId::from_random(&mut |buffer: &mut [u8]| SystemRandom.fill(buffer));
        let created_at = LONG_AGO + i64::try_from(number / 3).expect("a number");
        let key = NewKey {
            id: id(number),
            account_id: data.account.clone(),
            name: format!("Sync {number}"),
            environment: if is_sandbox(number) { "sandbox" } else { "live" }.to_owned(),
            channel: None,
            whitelist: String::new(),
            privileges: String::new(),
            limits: String::new(),
            created_at,
            created_by: "operator".to_owned(),
            expires_at: is_expired(number).then_some(LONG_AGO + 1),
            generation,
        };
        let secret = KeySecretRow {
            public_id: public_id.as_str().to_owned(),
            key_id: key.id.clone(),
            hash: vec![0; 32],
            last_chars: format!("{number:05}"),
            created_at,
            retires_at: None,
        };
        tx.keys().insert(&key, &secret).await.expect("a key");
        if is_disabled(number) {
            let (account_id, id) = (data.account.as_str(), key.id.as_str());
            let touch = KeyStamp { account_id, id, updated_at: created_at, updated_by: "operator", generation };
            assert!(tx.keys().update_enabled(&touch, false).await.expect("a key"));
        }
    }
    tx.commit().await.expect("a commit");
    store.close().await;
}

struct Console {
    site: Site,
    cookie: String,
}

impl Console {
    async fn new() -> Self {
        let site = Site::with(Policy { keys_per_account: COUNT, ..Policy::default() }).await;
        insert(&site.data).await;
        let cookie = site.owner().await;
        Self { site, cookie }
    }

    async fn page(&self, mut filter: Value, after: &Value) -> Value {
        filter["after"] = after.clone();
        let answer = self.site.json("/api/console/keys/list", &self.cookie, &filter).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// The numbers of all keys that the filter finds, as the pages give them, and how many pages there were.
    async fn found(&self, filter: &Value) -> (Vec<usize>, usize) {
        let (mut found, mut pages, mut after) = (Vec::new(), 0, Value::Null);
        loop {
            let page = self.page(filter.clone(), &after).await;
            pages += 1;
            found.extend(page["keys"].as_array().expect("keys").iter().map(number_of));
            after = page["next"].clone();
            if after.is_null() {
                return (found, pages);
            }
        }
    }

    async fn apply_action(&self, action: &str, numbers: &[usize]) -> (StatusCode, Value) {
        let ids: Vec<String> = numbers.iter().map(|number| id(*number)).collect();
        let body = json!({ "action": action, "ids": ids, "reason": "" });
        let answer = self.site.json("/api/console/keys/action", &self.cookie, &body).await;
        (answer.status, answer.json())
    }
}

fn number_of(key: &Value) -> usize {
    key["id"].as_str().expect("an id").trim_start_matches("key_").parse().expect("a number")
}

fn all(which: impl Fn(usize) -> bool) -> BTreeSet<usize> {
    (0..COUNT).filter(|number| which(*number)).collect()
}

#[tokio::test]
async fn pages_searches_and_filters_find_each_once() {
    let console = Console::new().await;
    let (found, pages) = console.found(&json!({})).await;
    assert_eq!(pages, COUNT / Policy::default().page_size);
    assert!(found.is_sorted_by(|newer, older| newer > older), "newest first, and each once");
    assert_eq!(found.len(), COUNT);
    for (filter, expected) in [
        (json!({ "environment": "sandbox" }), all(is_sandbox)),
        (json!({ "state": "disabled" }), all(is_disabled)),
        (json!({ "state": "expired" }), all(is_expired)),
        (json!({ "state": "disabled", "environment": "sandbox" }), all(|one| is_disabled(one) && is_sandbox(one))),
        (json!({ "search": "sYNC 123" }), all(|one| format!("Sync {one}").contains("Sync 123"))),
        (
            json!({ "search": "sync 12", "state": "expired" }),
            all(|one| is_expired(one) && format!("Sync {one}").contains("Sync 12")),
        ),
        (json!({ "search": "04711" }), BTreeSet::from([4711])),
        (json!({ "search": "nothing of the kind" }), BTreeSet::new()),
    ] {
        let (found, _) = console.found(&filter).await;
        assert_eq!(found.len(), expected.len(), "{filter}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{filter}");
    }
    let page = console.page(json!({ "search": "04711" }), &Value::Null).await;
    assert_eq!((page["total"].as_u64(), page["limit"].as_u64()), (Some(10_000), Some(10_000)));
    let (status, problem) = {
        let form = json!({ "form": { "name": "One more", "all_privileges": true } });
        let answer = console.site.json("/api/console/keys/create", &console.cookie, &form).await;
        (answer.status, answer.text())
    };
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
}

#[tokio::test]
async fn five_hundred_are_done_together_and_one_more_is_refused() {
    let console = Console::new().await;
    let chosen: Vec<usize> = (2_000..2_000 + TOGETHER).collect();
    let too_many: Vec<usize> = (2_000..=2_000 + TOGETHER).collect();
    for action in ["disable", "enable", "delete"] {
        let (status, problem) = console.apply_action(action, &too_many).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{action}: {problem}");
        assert!(problem.to_string().contains("at most 500"), "{problem}");
    }
    assert_eq!(
        console.found(&json!({ "state": "disabled" })).await.0.len(),
        all(is_disabled).len(),
        "nothing was done"
    );
    let rest = |which: fn(usize) -> bool| all(|one| which(one) && !chosen.contains(&one));
    let disabled = async || console.found(&json!({ "state": "disabled" })).await.0.into_iter().collect::<BTreeSet<_>>();

    assert_eq!(console.apply_action("disable", &chosen).await.0, StatusCode::OK);
    assert_eq!(disabled().await, rest(is_disabled).into_iter().chain(chosen.clone()).collect());
    assert_eq!(console.apply_action("enable", &chosen).await.0, StatusCode::OK);
    assert_eq!(disabled().await, rest(is_disabled));
    assert_eq!(console.apply_action("delete", &chosen).await.0, StatusCode::OK);
    let (kept, _) = console.found(&json!({})).await;
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), rest(|_| true));
    let (deleted, _) = console.found(&json!({ "state": "deleted" })).await;
    assert_eq!(deleted.into_iter().collect::<BTreeSet<_>>(), chosen.iter().copied().collect());
    assert_eq!(console.page(json!({}), &Value::Null).await["total"].as_u64(), Some((COUNT - TOGETHER) as u64));
}
