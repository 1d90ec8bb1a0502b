//! An account with 10,000 keys: pagination, search, filters, and bulk actions on 500 of them.

use std::collections::BTreeSet;

use domain::policy::Policy;
use http::StatusCode;
use store::KeyStamp;
use test_support::insert_keys;

use crate::support::{ConsoleApp, ConsoleResponse as _, KEYS, TestApp, TestResponse, WAYS, Way};

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

    async fn get(&self, address: &str) -> String {
        let response = self.console.get(address, &self.cookie).await;
        assert_eq!(response.status, StatusCode::OK, "{}", response.text());
        response.text().to_owned()
    }

    /// The numbers of all keys that match the filter, in the order of the pages, and the number of pages.
    async fn list_all(&self, filter: &str) -> (Vec<usize>, usize) {
        let (mut found, mut pages) = (Vec::new(), 0);
        let mut next = Some(format!("{KEYS}?{filter}&show=500"));
        while let Some(address) = next {
            let page = self.get(&address).await;
            pages += 1;
            found.extend(listed_numbers(&page));
            next = next_page(&page);
        }
        (found, pages)
    }

    async fn apply_action(&self, action: &str, numbers: &[usize]) -> TestResponse {
        let boxes: Vec<String> = numbers.iter().map(|number| format!("key.{}", id(*number))).collect();
        let ticked = boxes.iter().map(|name| (name.as_str(), "on"));
        let fields: Vec<(&str, &str)> = [("do", action)].into_iter().chain(ticked).collect();
        self.console.send_key_form(Way::Plain, &self.cookie, &fields).await
    }
}

/// The numbers of the keys in the rows of a list.
fn listed_numbers(page: &str) -> impl Iterator<Item = usize> {
    let links = page.split("href=\"/settings/api-keys/key_").skip(1);
    links.map(|rest| rest.split('"').next().expect("an id").parse().expect("a number"))
}

/// The address behind *Next page*.
fn next_page(page: &str) -> Option<String> {
    let before = page.split_once(">Next page<")?.0;
    let address = before.rsplit_once("href=\"")?.1.split('"').next()?;
    Some(address.replace("&amp;", "&"))
}

fn numbers(which: impl Fn(usize) -> bool) -> BTreeSet<usize> {
    (0..COUNT).filter(|number| which(*number)).collect()
}

#[tokio::test]
async fn pagination_search_and_filters_find_each_key_once() {
    let account = LargeAccount::start().await;
    let (found, pages) = account.list_all("").await;
    assert_eq!(pages, COUNT / 500);
    assert!(found.is_sorted_by(|newer, older| newer > older), "newest first, and each once");
    assert_eq!(found.len(), COUNT);
    for (filter, expected) in [
        ("environment=sandbox", numbers(is_sandbox)),
        ("state=disabled", numbers(is_disabled)),
        ("state=expired", numbers(is_expired)),
        ("state=disabled&environment=sandbox", numbers(|one| is_disabled(one) && is_sandbox(one))),
        ("q=sYNC+123", numbers(|one| format!("Sync {one}").contains("Sync 123"))),
        ("q=sync+12&state=expired", numbers(|one| is_expired(one) && format!("Sync {one}").contains("Sync 12"))),
        ("q=04711", BTreeSet::from([4711])),
        ("q=nothing+of+the+kind", BTreeSet::new()),
    ] {
        let (found, _) = account.list_all(filter).await;
        assert_eq!(found.len(), expected.len(), "{filter}");
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{filter}");
    }
    let first = account.get(KEYS).await;
    assert_eq!(listed_numbers(&first).count(), Policy::default().page_size);
    assert!(first.contains("10000 of 10000 keys") && first.contains("50 of 10000 shown"), "{first}");
    let create = [("do", "create"), ("name", "One more"), ("all_privileges", "on")];
    for way in WAYS {
        let refused = account.console.send_key_form(way, &account.cookie, &create).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text());
    }
}

#[tokio::test]
async fn bulk_actions_take_500_keys_and_refuse_501() {
    let account = LargeAccount::start().await;
    let chosen: Vec<usize> = (2_000..2_000 + BULK).collect();
    let too_many: Vec<usize> = (2_000..=2_000 + BULK).collect();
    for action in ["disable", "enable", "delete"] {
        let refused = account.apply_action(action, &too_many).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{action}: {}", refused.text());
        assert!(refused.text().contains("at most 500"), "{}", refused.text());
    }
    let disabled = async || account.list_all("state=disabled").await.0.into_iter().collect::<BTreeSet<_>>();
    assert_eq!(disabled().await, numbers(is_disabled), "nothing was changed");
    let rest = |which: fn(usize) -> bool| numbers(|one| which(one) && !chosen.contains(&one));

    let review = account.apply_action("review-delete", &chosen).await;
    assert_eq!(review.status, StatusCode::OK);
    assert!(review.text_between("<dialog", "</dialog>").contains("500 keys"));
    for (action, done) in
        [("disable", "Disabled 437 keys."), ("enable", "Enabled 500 keys."), ("delete", "Deleted 500 keys.")]
    {
        let applied = account.apply_action(action, &chosen).await;
        assert_eq!(applied.redirect(), (303, Some(KEYS)), "{}", applied.text());
        let cookie = format!("{}; {}", account.cookie, applied.cookie());
        let page = account.console.get_text(KEYS, &cookie).await;
        // A cookie is too small for 500 ids, and without them nothing can be undone.
        assert!(page.contains(done) && !page.contains(">Undo<"), "{page}");
        let expected = match action {
            "disable" => rest(is_disabled).into_iter().chain(chosen.clone()).collect(),
            _ => rest(is_disabled),
        };
        assert_eq!(disabled().await, expected, "{action}");
    }
    let (kept, _) = account.list_all("").await;
    assert_eq!(kept.into_iter().collect::<BTreeSet<_>>(), rest(|_| true));
    let (deleted, _) = account.list_all("state=deleted").await;
    assert_eq!(deleted.into_iter().collect::<BTreeSet<_>>(), chosen.iter().copied().collect());
    assert!(account.get(KEYS).await.contains(&format!("{} of 10000 keys", COUNT - BULK)));
}
