//! An account with 10,000 keys: pagination, search, filters, and bulk actions on 500 of them.

use std::collections::BTreeSet;

use domain::policy::Policy;
use http::StatusCode;
use serde_json::{Value, json};
use store::KeyStamp;
use test_support::insert_keys;

use crate::support::{ConsoleApp, TestApp};

const COUNT: usize = 10_000;
const BULK: usize = 500;
/// 2026-01-01 UTC, in milliseconds.
const FIRST_CREATION: i64 = 1_767_225_600_000;

fn is_sandbox(number: usize) -> bool {
    number % 10 == 3
}

fn is_expired(number: usize) -> bool {
    number % 100 == 7
}

fn is_disabled(number: usize) -> bool {
    number % 8 == 1
}

/// The id that [`insert_keys`] gives to a number.
fn id(number: usize) -> String {
    format!("key_{number:016}")
}

/// Inserted as rows: creating so many through the service would take a minute.
async fn insert(app: &TestApp) {
    let store = app.store().await;
    insert_keys(&store, app.data_dir(), &app.account, 0..COUNT, |number, key, secret| {
        key.name = format!("Sync {number}");
        key.environment = String::from(if is_sandbox(number) { "sandbox" } else { "live" });
        key.privileges = String::new();
        key.created_at = FIRST_CREATION + i64::try_from(number / 3).expect("a number");
        key.expires_at = is_expired(number).then_some(FIRST_CREATION + 1);
        secret.created_at = key.created_at;
        secret.last_chars = format!("{number:05}");
    })
    .await;
    let mut tx = store.begin().await.expect("a transaction");
    let generation = tx.next_generation().await.expect("a generation");
    for number in (0..COUNT).filter(|number| is_disabled(*number)) {
        let (account_id, id) = (app.account.as_str(), &id(number));
        let stamp = KeyStamp { account_id, id, updated_at: FIRST_CREATION, updated_by: "operator", generation };
        assert!(tx.keys().update_enabled(&stamp, false).await.expect("a key"));
    }
    tx.commit().await.expect("a commit");
    store.close().await;
}

struct LargeAccount {
    console: ConsoleApp,
    cookie: String,
}

impl LargeAccount {
    async fn start() -> Self {
        let console = ConsoleApp::start_with_policy(Policy { keys_per_account: COUNT, ..Policy::default() }).await;
        insert(&console.app).await;
        let cookie = console.create_owner_session().await;
        Self { console, cookie }
    }

    async fn list_page(&self, mut filter: Value, after: &Value) -> Value {
        filter["after"] = after.clone();
        let response = self.console.post_json("/api/console/keys/list", &self.cookie, &filter).await;
        assert_eq!(response.status, StatusCode::OK, "{}", response.text());
        response.json()
    }

    /// The numbers of all keys that match the filter, in the order of the pages, and the number of pages.
    async fn list_all(&self, filter: &Value) -> (Vec<usize>, usize) {
        let (mut found, mut pages, mut after) = (Vec::new(), 0, Value::Null);
        loop {
            let page = self.list_page(filter.clone(), &after).await;
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
        let response = self.console.post_json("/api/console/keys/action", &self.cookie, &body).await;
        (response.status, response.json())
    }
}

fn number_of(key: &Value) -> usize {
    key["id"].as_str().expect("an id").trim_start_matches("key_").parse().expect("a number")
}

fn numbers(which: impl Fn(usize) -> bool) -> BTreeSet<usize> {
    (0..COUNT).filter(|number| which(*number)).collect()
}

#[tokio::test]
async fn pagination_search_and_filters_find_each_key_once() {
    let account = LargeAccount::start().await;
    let (found, pages) = account.list_all(&json!({})).await;
    assert_eq!(pages, COUNT / Policy::default().page_size);
    assert!(found.is_sorted_by(|newer, older| newer > older), "newest first, and each once");
    assert_eq!(found.len(), COUNT);
    for (filter, expected) in [
        (json!({ "environment": "sandbox" }), numbers(is_sandbox)),
        (json!({ "state": "disabled" }), numbers(is_disabled)),
        (json!({ "state": "expired" }), numbers(is_expired)),
        (json!({ "state": "disabled", "environment": "sandbox" }), numbers(|one| is_disabled(one) && is_sandbox(one))),
        (json!({ "search": "sYNC 123" }), numbers(|one| format!("Sync {one}").contains("Sync 123"))),
        (
            json!({ "search": "sync 12", "state": "expired" }),
            numbers(|one| is_expired(one) && format!("Sync {one}").contains("Sync 12")),
        ),
        (json!({ "search": "04711" }), BTreeSet::from([4711])),
        (json!({ "search": "nothing of the kind" }), BTreeSet::new()),
    ] {
        let (found, _) = account.list_all(&filter).await;
        assert_eq!(found.len(), expected.len(), "{filter}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{filter}");
    }
    let page = account.list_page(json!({ "search": "04711" }), &Value::Null).await;
    assert_eq!((page["total"].as_u64(), page["limit"].as_u64()), (Some(10_000), Some(10_000)));
    let form = json!({ "form": { "name": "One more", "all_privileges": true } });
    let refused = account.console.post_json("/api/console/keys/create", &account.cookie, &form).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text());
}

#[tokio::test]
async fn bulk_actions_take_500_keys_and_refuse_501() {
    let account = LargeAccount::start().await;
    let chosen: Vec<usize> = (2_000..2_000 + BULK).collect();
    let too_many: Vec<usize> = (2_000..=2_000 + BULK).collect();
    for action in ["disable", "enable", "delete"] {
        let (status, problem) = account.apply_action(action, &too_many).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{action}: {problem}");
        assert!(problem.to_string().contains("at most 500"), "{problem}");
    }
    assert_eq!(
        account.list_all(&json!({ "state": "disabled" })).await.0.len(),
        numbers(is_disabled).len(),
        "nothing was changed"
    );
    let rest = |which: fn(usize) -> bool| numbers(|one| which(one) && !chosen.contains(&one));
    let disabled =
        async || account.list_all(&json!({ "state": "disabled" })).await.0.into_iter().collect::<BTreeSet<_>>();

    assert_eq!(account.apply_action("disable", &chosen).await.0, StatusCode::OK);
    assert_eq!(disabled().await, rest(is_disabled).into_iter().chain(chosen.clone()).collect());
    assert_eq!(account.apply_action("enable", &chosen).await.0, StatusCode::OK);
    assert_eq!(disabled().await, rest(is_disabled));
    assert_eq!(account.apply_action("delete", &chosen).await.0, StatusCode::OK);
    let (kept, _) = account.list_all(&json!({})).await;
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), rest(|_| true));
    let (deleted, _) = account.list_all(&json!({ "state": "deleted" })).await;
    assert_eq!(deleted.into_iter().collect::<BTreeSet<_>>(), chosen.iter().copied().collect());
    assert_eq!(account.list_page(json!({}), &Value::Null).await["total"].as_u64(), Some((COUNT - BULK) as u64));
}
