//! The console's server functions: who may call them, and their errors. What the forms about keys do, by the function or
//! without it, is in `key_forms`.

use std::collections::BTreeSet;

use app::App;
use domain::member::Role;
use domain::verdict::VerdictCode;
use serde_json::{Value, json};

use crate::support::{ConsoleApp, ConsoleResponse as _, FORM, HTML, JSON, KEY_FORM, SAME_ORIGIN, UNKNOWN_SESSION};
use crate::support::{WAYS, Way};

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

/// Each form about a key with fields that have an effect.
pub fn key_forms(key: &str) -> Vec<Vec<(&'static str, &str)>> {
    vec![
        vec![("do", "create"), ("name", "New")],
        vec![("do", "update"), ("id", key), ("name", "Changed")],
        vec![("do", "test"), ("id", key), ("cost", "1")],
        vec![("do", "rotate"), ("id", key), ("overlap", "1h")],
        vec![("do", "end-overlap"), ("id", key)],
        vec![("do", "disable"), ("id", key)],
        vec![("do", "enable"), ("id", key)],
        vec![("do", "delete"), ("id", key)],
    ]
}

#[tokio::test]
async fn every_server_function_and_page_is_tested() {
    let listed = ["sign-in", "sign-in-code", "keys/form", "keys/first-call", "keys/allow-address"];
    let listed = BTreeSet::from(listed.map(|name| format!("{}/{name}", app::FUNCTIONS)));
    let found: BTreeSet<String> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(found, listed);
    let pages: BTreeSet<String> =
        leptos_axum::generate_route_list(App).iter().map(|route| route.path().to_owned()).collect();
    assert_eq!(pages, BTreeSet::from(PAGES.map(ToOwned::to_owned)));
}

/// A form that redirects is answered with its result by the function.
fn status_of(way: Way, status: u16) -> u16 {
    if way == Way::Function && status == 303 { 200 } else { status }
}

#[tokio::test]
async fn each_role_may_send_its_forms_about_keys() {
    let console = ConsoleApp::start().await;
    let foreign = console.create_account("Other", None).await;
    let own = console.app.account.clone();
    for (account, role, expected) in [
        (&own, Some(Role::Owner), [200, 303, 200, 200, 303, 303, 303, 303]),
        (&own, Some(Role::Admin), [200, 303, 200, 200, 303, 303, 303, 303]),
        (&own, Some(Role::Viewer), [403, 403, 200, 403, 403, 403, 403, 403]),
        (&foreign, Some(Role::Owner), [200, 404, 404, 404, 404, 404, 404, 404]),
        (&foreign, Some(Role::Viewer), [403, 403, 404, 403, 403, 403, 403, 403]),
        (&own, None, [401; 8]),
    ] {
        let cookie = match role {
            Some(role) => console.create_session(account, &format!("{}@{account}.example", role.as_str()), role).await,
            None => UNKNOWN_SESSION.to_owned(),
        };
        for way in WAYS {
            let (key, secret) = console.create_key("Own", "", &[]).await;
            let before = console.find_key(&key).await;
            for (fields, status) in key_forms(&key).into_iter().zip(expected) {
                let response = console.send_key_form(way, &cookie, &fields).await;
                let what = format!("{fields:?} {way:?} {role:?} {account}");
                assert_eq!(response.status, status_of(way, status), "{what} {}", response.text());
                assert!(!response.text().contains(&secret), "{what}");
                assert!(account == &own || !response.text().contains("Own ("), "{what}: a foreign key is shown");
            }
            if account != &own || role != Some(Role::Owner) && role != Some(Role::Admin) {
                assert_eq!(console.find_key(&key).await, before, "{way:?} {role:?}: a refused form changed the key");
            }
        }
    }
}

/// The page shows a new key and waits for its first call.
#[tokio::test]
async fn first_call_and_its_address_are_for_members_of_the_account() {
    let console = ConsoleApp::start().await;
    let own = console.app.account.clone();
    let foreign = console.create_account("Other", None).await;
    for (account, role, first_call, allow) in [
        (&own, Role::Viewer, 200, 403),
        (&foreign, Role::Owner, 404, 404),
        (&foreign, Role::Viewer, 404, 403),
        (&own, Role::Owner, 200, 200),
    ] {
        let (key, secret) = console.create_key("Shop", "203.0.113.7", &[]).await;
        let cookie = console.create_session(account, &format!("{}@{account}.example", role.as_str()), role).await;
        assert_eq!(console.decide(&secret, "198.51.100.9").await, VerdictCode::IpNotAllowed);
        let asked = json!({ "account": account, "id": key });
        let response = console.post_json("/api/console/keys/first-call", &cookie, &asked).await;
        assert_eq!(response.status, first_call, "{role:?} {account} {}", response.text());
        assert_eq!(response.text().contains("198.51.100.9"), first_call == 200, "{}", response.text());
        let call = &response.json()["Refused"];
        assert_eq!(call["can_allow_address"].is_string(), allow == 200, "{call}");
        let address = json!({ "account": account, "id": key, "address": "198.51.100.9" });
        let response = console.post_json("/api/console/keys/allow-address", &cookie, &address).await;
        assert_eq!(response.status, allow, "{role:?} {account} {}", response.text());
        let expected = if allow == 200 { VerdictCode::Valid } else { VerdictCode::IpNotAllowed };
        assert_eq!(console.decide(&secret, "198.51.100.9").await, expected);
        if allow == 200 {
            let response = console.post_json("/api/console/keys/first-call", &cookie, &asked).await;
            assert!(response.json()["Allowed"].is_object(), "{}", response.text());
            let again = console.post_json("/api/console/keys/allow-address", &cookie, &address).await;
            assert_eq!((again.status.as_u16(), &again.json()["Invalid"][0]["field"]), (422, &"address".into()));
        }
    }
}

/// An old tab may show another account than the session has opened since.
#[tokio::test]
async fn functions_of_another_accounts_page_are_refused() {
    let console = ConsoleApp::start().await;
    let account = console.app.account.clone();
    let sub = console.create_account("Sub", Some(&account)).await;
    let cookie = console.create_owner_session().await;
    let (key, _) = console.create_key("Shop", "203.0.113.7", &[]).await;
    assert_eq!(console.post_form("/settings/sub-accounts", &cookie, &format!("do=open&id={sub}")).await.status, 303);
    for (function, body) in [
        ("first-call", json!({ "account": account, "id": key })),
        ("allow-address", json!({ "account": account, "id": key, "address": "198.51.100.9" })),
    ] {
        let response = console.post_json(&format!("/api/console/keys/{function}"), &cookie, &body).await;
        assert_eq!(response.status_and_text(), (409, "\"OtherAccount\""), "{function}");
    }
    assert_eq!(console.find_key(&key).await.whitelist, "203.0.113.7");
}

#[tokio::test]
async fn unreadable_arguments_get_400() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let account = console.app.account.clone();
    let form = |fields: Value| json!({ "fields": fields }).to_string();
    for (function, body) in [
        ("form", "{}".to_owned()),
        ("form", "not json".to_owned()),
        ("form", String::new()),
        ("form", "[]".to_owned()),
        ("form", form(json!([["do", "create"], ["name", 1]]))),
        ("form", form(json!({ "do": "create" }))),
        ("form", form(json!([["do", "create", "name"]]))),
        ("form", form(json!([["do", "sing"], ["account", account]]))),
        ("form", form(json!([["account", account]]))),
        ("form", form(json!([["do", "create"], ["account", account], ["name", "a"], ["name", "b"]]))),
        ("form", form(json!([["do", "rotate"], ["account", account], ["id", "key_1"], ["revision", "x"]]))),
        ("form", form(json!([["do", "undo-update"], ["account", account], ["id", "key_1"]]))),
        ("first-call", r#"{"id":"key_1"}"#.to_owned()),
        ("allow-address", r#"{"account":"acc_1","id":["key_1"],"address":""}"#.to_owned()),
    ] {
        let headers = [SAME_ORIGIN, JSON, ("cookie", &cookie)];
        let response = console.post(&format!("/api/console/keys/{function}"), &headers, body.clone()).await;
        assert_eq!(response.status_and_text(), (400, "\"BadRequest\""), "{function} {body}");
    }
    let response = console.post("/api/console/sign-in", &[SAME_ORIGIN, JSON], r#"{"email":"a"}"#).await;
    assert_eq!(response.status_and_text(), (400, "\"BadRequest\""));
    assert_eq!(console.list_keys().await, []);
}

#[tokio::test]
async fn each_error_has_its_status() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let create = async |name: &str, whitelist: &str| {
        let fields = [("do", "create"), ("name", name), ("whitelist", whitelist)];
        console.send_key_form(Way::Function, &cookie, &fields).await
    };
    let response = create("", "010.0.0.1").await;
    assert_eq!(response.status, 422);
    for field in ["name", "whitelist"] {
        assert!(response.text().contains(&format!("\"field\":\"{field}\"")), "{}", response.text());
    }
    let response = console.send_key_form(Way::Function, &cookie, &[("do", "delete"), ("id", "key_none")]).await;
    assert_eq!(response.status_and_text(), (404, "\"NotFound\""));
    // All but one of the 100 keys that an account may have.
    console.app.insert_keys(99).await;
    assert_eq!(create("the last one", "").await.status, 200);
    assert_eq!(create("one too many", "").await.status_and_text(), (409, "{\"TooManyKeys\":100}"));
    let plain = [("do", "create"), ("name", "one too many")];
    let response = console.send_key_form(Way::Plain, &cookie, &plain).await;
    assert_eq!(response.status, 409);
    assert!(response.text().contains("limit of 100 keys"), "{}", response.text());
    let response = console.sign_in("owner@example.com", "wrong", &[]).await;
    assert_eq!(response.status_and_text(), (401, "\"WrongCredentials\""));
    let unknown = console.sign_in("nobody@example.com", "wrong", &[]).await;
    assert_eq!((unknown.status, unknown.body), (response.status, response.body));
}

#[tokio::test]
async fn functions_of_keys_take_and_answer_json_only() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let form = |name: &str| {
        json!({ "fields": [["do", "create"], ["account", console.app.account], ["name", name]] }).to_string()
    };
    for headers in [
        [SAME_ORIGIN, FORM, ("cookie", cookie.as_str())],
        [SAME_ORIGIN, ("content-type", "text/plain"), ("cookie", cookie.as_str())],
    ] {
        assert_eq!(console.post(KEY_FORM, &headers, form("Lost")).await.status, 415);
    }
    let headers = [SAME_ORIGIN, JSON, HTML, ("cookie", cookie.as_str()), ("referer", "http://127.0.0.1:3000/")];
    let response = console.post(KEY_FORM, &headers, form("Shown")).await;
    assert_eq!(response.redirect(), (200, None));
    assert!(response.text().contains("kh_live_"));
    assert_eq!(console.list_keys().await.len(), 1, "a refused request created a key");
}

#[tokio::test]
async fn each_whitelist_entry_of_the_table_has_its_outcome() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (key, _) = console.create_key("Listed", "", &[]).await;
    let update = async |whitelist: &str| {
        let fields = [("do", "update"), ("id", key.as_str()), ("name", "Listed"), ("whitelist", whitelist)];
        console.send_key_form(Way::Function, &cookie, &fields).await
    };
    let table = include_str!("../../../crates/domain/tests/cases/whitelist-entries.tsv");
    let mut lines = 0;
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut columns = line.split('\t');
        let (entry, outcome) = (columns.next().expect("an entry"), columns.next().expect("an outcome"));
        let expected = columns.next().unwrap_or_default();
        let response = update(entry).await;
        if outcome == "ok" {
            assert_eq!(response.status, 200, "{entry} {}", response.text());
            assert_eq!(console.find_key(&key).await.whitelist, expected, "{entry}");
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
