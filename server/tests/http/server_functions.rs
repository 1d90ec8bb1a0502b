//! The console's server functions: who may call them, their errors, and optimistic locking.

use std::collections::BTreeSet;

use app::App;
use domain::member::Role;
use serde_json::{Value, json};

use crate::support::{ConsoleApp, ConsoleResponse as _, FORM, HTML, JSON, SAME_ORIGIN, UNKNOWN_SESSION};

/// Every page.
const PAGES: [&str; 11] = [
    "/forgot-password",
    "/reset-password",
    "/invite",
    "/setup",
    "/sign-in",
    "/settings/activity",
    "/settings/api-keys",
    "/settings/api-keys/{id}",
    "/settings/members",
    "/settings/security",
    "/settings/sub-accounts",
];

pub fn key_form(name: &str, whitelist: &str) -> Value {
    json!({ "form": { "name": name, "whitelist": whitelist, "all_privileges": false, "privileges": [] } })
}

pub fn key_action(action: &str, key: &str) -> (&'static str, Value) {
    ("/api/console/keys/action", json!({ "action": action, "ids": [key], "reason": "" }))
}

/// Each server function for keys, with a body that has an effect.
pub fn key_functions(key: &str) -> Vec<(&'static str, Value)> {
    let mut update = key_form("Changed", "");
    update["id"] = key.into();
    vec![
        ("/api/console/keys/list", json!({ "search": null, "after": null })),
        ("/api/console/keys/create", key_form("New", "")),
        ("/api/console/keys/update", update),
        ("/api/console/keys/explain", json!({ "id": key, "form": { "cost": "1" } })),
        ("/api/console/keys/first-call", json!({ "id": key })),
        ("/api/console/keys/allow-address", json!({ "id": key, "address": "203.0.113.7" })),
        ("/api/console/keys/rotate", json!({ "id": key, "form": { "overlap": "1h" } })),
        key_action("end-overlap", key),
        key_action("disable", key),
        key_action("enable", key),
        key_action("delete", key),
    ]
}

#[tokio::test]
async fn every_server_function_and_page_is_tested() {
    let listed: BTreeSet<&str> = ["sign-in", "sign-in-code"]
        .map(|name| Box::leak(format!("{}/{name}", app::FUNCTIONS).into_boxed_str()) as &str)
        .into_iter()
        .chain(key_functions("").into_iter().map(|(path, _)| path))
        .collect();
    let found: BTreeSet<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    assert_eq!(found, listed);
    let pages: BTreeSet<String> =
        leptos_axum::generate_route_list(App).iter().map(|route| route.path().to_owned()).collect();
    assert_eq!(pages, BTreeSet::from(PAGES.map(ToOwned::to_owned)));
}

#[tokio::test]
async fn each_role_may_call_its_server_functions() {
    let console = ConsoleApp::start().await;
    let foreign = console.create_account("Other", None).await;
    let own = console.app.account.clone();
    for (account, role, expected) in [
        // Any address may use the key already.
        (&own, Some(Role::Owner), [200, 200, 200, 200, 200, 422, 200, 200, 200, 200, 200]),
        (&own, Some(Role::Admin), [200, 200, 200, 200, 200, 422, 200, 200, 200, 200, 200]),
        (&own, Some(Role::Viewer), [200, 403, 403, 200, 200, 403, 403, 403, 403, 403, 403]),
        // Bulk actions skip keys that do not exist.
        (&foreign, Some(Role::Owner), [200, 200, 404, 404, 404, 404, 404, 404, 200, 200, 404]),
        (&foreign, Some(Role::Viewer), [200, 403, 403, 404, 404, 403, 403, 403, 403, 403, 403]),
        (&own, None, [401; 11]),
    ] {
        let (key, _) = console.create_key("Own", "", &[]).await;
        let cookie = match role {
            Some(role) => console.create_session(account, &format!("{}@{account}.example", role.as_str()), role).await,
            None => UNKNOWN_SESSION.to_owned(),
        };
        for ((path, body), status) in key_functions(&key).into_iter().zip(expected) {
            let response = console.post_json(path, &cookie, &body).await;
            assert_eq!(response.status, status, "{path} {role:?} {account} {}", response.text());
            if account == &foreign && (path.ends_with("list") || path.ends_with("action")) {
                assert!(!response.text().contains(&key), "{path}: a foreign key is in the response");
            }
        }
    }
}

#[tokio::test]
async fn unreadable_arguments_get_400() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for (path, body) in [
        ("/api/console/keys/create", "{}"),
        ("/api/console/keys/create", "not json"),
        ("/api/console/keys/create", r#"{"form":{"name":1}}"#),
        ("/api/console/keys/action", r#"{"action":"sing","ids":[],"reason":""}"#),
        ("/api/console/keys/update", ""),
        ("/api/console/keys/list", "[]"),
        ("/api/console/keys/rotate", r#"{"id":"key_1"}"#),
        ("/api/console/keys/action", r#"{"action":"delete","ids":"key_1","reason":""}"#),
    ] {
        let response = console.post(path, &[SAME_ORIGIN, JSON, ("cookie", &cookie)], body).await;
        assert_eq!(response.status_and_text(), (400, "\"BadRequest\""), "{path} {body}");
    }
    let response = console.post("/api/console/sign-in", &[SAME_ORIGIN, JSON], r#"{"email":"a"}"#).await;
    assert_eq!(response.status_and_text(), (400, "\"BadRequest\""));
}

#[tokio::test]
async fn each_error_has_its_status() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let response = console.post_json("/api/console/keys/create", &cookie, &key_form("", "010.0.0.1")).await;
    assert_eq!(response.status, 422);
    for field in ["name", "whitelist"] {
        assert!(response.text().contains(&format!("\"field\":\"{field}\"")), "{}", response.text());
    }
    let (path, body) = key_action("delete", "key_none");
    let response = console.post_json(path, &cookie, &body).await;
    assert_eq!(response.status_and_text(), (404, "\"NotFound\""));
    // All but one of the 100 keys that an account may have.
    console.app.insert_keys(99).await;
    let response = console.post_json("/api/console/keys/create", &cookie, &key_form("the last one", "")).await;
    assert_eq!(response.status, 200);
    let response = console.post_json("/api/console/keys/create", &cookie, &key_form("one too many", "")).await;
    assert_eq!(response.status_and_text(), (409, "{\"TooManyKeys\":100}"));
    let response = console.sign_in("owner@example.com", "wrong", &[]).await;
    assert_eq!(response.status_and_text(), (401, "\"WrongCredentials\""));
    let unknown = console.sign_in("nobody@example.com", "wrong", &[]).await;
    assert_eq!((unknown.status, unknown.body), (response.status, response.body));
}

/// Optimistic locking: the second of two editors gets the version of the first.
#[tokio::test]
async fn update_of_a_stale_revision_is_an_edit_conflict() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (key, _) = console.create_key("Shop", "", &[]).await;
    let list = console.post_json("/api/console/keys/list", &cookie, &json!({})).await;
    let mut body = key_form("Renamed", "");
    body["id"] = key.as_str().into();
    body["revision"] = list.json()["keys"][0]["revision"].clone();
    assert_eq!(console.post_json("/api/console/keys/update", &cookie, &body).await.status, 200);
    let response = console.post_json("/api/console/keys/update", &cookie, &body).await;
    assert_eq!(response.status, 409, "{}", response.text());
    let conflict = &response.json()["EditConflict"];
    assert_eq!(
        (&conflict["key"]["updated_by"], &conflict["key"]["name"]),
        (&"owner@example.com".into(), &"Renamed".into())
    );
}

#[tokio::test]
async fn key_is_created_for_json_requests_only() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for headers in [
        [SAME_ORIGIN, FORM, ("cookie", cookie.as_str())],
        [SAME_ORIGIN, ("content-type", "text/plain"), ("cookie", cookie.as_str())],
    ] {
        let response = console.post("/api/console/keys/create", &headers, key_form("Lost", "").to_string()).await;
        assert_eq!(response.status, 415);
    }
    let headers = [SAME_ORIGIN, JSON, HTML, ("cookie", cookie.as_str()), ("referer", "http://127.0.0.1:3000/")];
    let response = console.post("/api/console/keys/create", &headers, key_form("Shown", "").to_string()).await;
    assert_eq!(response.redirect(), (200, None));
    assert!(response.text().contains("kh_live_"));
    let list = console.post_json("/api/console/keys/list", &cookie, &json!({ "search": null, "after": null })).await;
    assert_eq!(list.json()["total"], 1, "a refused request created a key");
}

#[tokio::test]
async fn each_whitelist_entry_of_the_table_has_its_outcome() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (key, _) = console.create_key("Listed", "", &[]).await;
    let update = async |whitelist: &str| {
        let mut body = key_form("Listed", whitelist);
        body["id"] = key.as_str().into();
        console.post_json("/api/console/keys/update", &cookie, &body).await
    };
    let table = include_str!("../../../crates/domain/tests/cases/whitelist-entries.tsv");
    let mut lines = 0;
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut columns = line.split('\t');
        let (entry, outcome) = (columns.next().expect("an entry"), columns.next().expect("an outcome"));
        let expected = columns.next().unwrap_or_default();
        let response = update(entry).await;
        if outcome == "ok" {
            assert_eq!(
                (response.status.as_u16(), response.json()["whitelist"].as_str()),
                (200, Some(expected)),
                "{entry}"
            );
        } else {
            assert_eq!(response.status, 422, "{entry}");
            let error = &response.json()["Invalid"][0];
            assert_eq!(error["field"], "whitelist", "{entry}");
            assert!(error["message"].as_str().expect("a message").contains(expected), "{entry}: {error}");
        }
        lines += 1;
    }
    assert!(lines > 40, "{lines}");
    let addresses =
        |count: usize| (0..count).map(|number| format!("203.0.113.{number}")).collect::<Vec<_>>().join("\n");
    assert_eq!(update(&addresses(50)).await.status, 200);
    assert_eq!(update(&addresses(51)).await.status, 422);
}
