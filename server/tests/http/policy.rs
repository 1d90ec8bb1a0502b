//! The policy, enforced by the server functions whatever the browser checked, and explained by the pages.

use domain::key::Environment;
use domain::policy::Policy;
use domain::verdict::Channel;
use serde_json::{Value, json};

use crate::support::ConsoleApp;

fn strict() -> Policy {
    Policy {
        privileges_fixed: true,
        whitelist_required: true,
        lifetime_max: Some(90),
        default_expiry: Some(30),
        channels: vec![Channel::Rest],
        environments: vec![Environment::Live],
        last_chars_shown: 4,
        ..Policy::default()
    }
}

fn form_with(changes: &Value) -> Value {
    let mut form = json!({
        "name": "Shop", "whitelist": "203.0.113.7", "all_privileges": false, "privileges": ["orders:write"],
        "environment": "live", "expires": "30d",
    });
    for (field, value) in changes.as_object().expect("fields") {
        form[field] = value.clone();
    }
    form
}

#[tokio::test]
async fn each_rule_is_enforced_and_reported_at_its_field() {
    let console = ConsoleApp::start_with_policy(strict()).await;
    let cookie = console.create_owner_session().await;
    let created =
        console.post_json("/api/console/keys/create", &cookie, &json!({ "form": form_with(&json!({})) })).await;
    assert_eq!(created.status, 200, "{}", created.text());
    let (key, secret) = (created.json()["key"].clone(), created.json()["secret"].as_str().expect("a key").to_owned());
    assert_eq!(key["masked"], format!("kh_live_…{}", &secret[secret.len() - 4..]));
    let id = &key["id"];
    for (field, changes, applies_to_updates) in [
        ("whitelist", json!({ "whitelist": "" }), true),
        ("expires", json!({ "expires": "" }), true),
        ("expires", json!({ "expires": "91d" }), true),
        ("environment", json!({ "environment": "sandbox" }), false),
    ] {
        let created =
            console.post_json("/api/console/keys/create", &cookie, &json!({ "form": form_with(&changes) })).await;
        let update = json!({ "id": id, "form": form_with(&changes) });
        let updated = console.post_json("/api/console/keys/update", &cookie, &update).await;
        for response in if applies_to_updates { vec![created, updated] } else { vec![created] } {
            assert_eq!(response.status, 422, "{field}: {}", response.text());
            assert_eq!(response.json()["Invalid"][0]["field"], field);
        }
    }
    for (privileges, all, status) in [
        (json!([]), false, 200),
        (json!(["orders:write"]), false, 200),
        (json!(["orders:read"]), false, 422),
        (json!([]), true, 422),
    ] {
        let form = form_with(&json!({ "privileges": privileges, "all_privileges": all }));
        let response = console.post_json("/api/console/keys/update", &cookie, &json!({ "id": id, "form": form })).await;
        assert_eq!(response.status, status, "{privileges} {all}: {}", response.text());
        match status {
            200 => assert_eq!(response.json()["privileges"], "orders:write"),
            _ => assert_eq!(response.json()["Invalid"][0]["field"], "privileges"),
        }
    }
    for (channel, status) in [("rest", 200), ("ftp", 422), ("smtp", 422), ("", 200)] {
        let form = json!({ "channel": channel, "cost": "1" });
        let response =
            console.post_json("/api/console/keys/explain", &cookie, &json!({ "id": id, "form": form })).await;
        assert_eq!(response.status, status, "{channel}: {}", response.text());
    }
}

#[tokio::test]
async fn slider_explains_the_rules() {
    let console = ConsoleApp::start_with_policy(strict()).await;
    let cookie = console.create_owner_session().await;
    let (key, _) = console.create_key_with(&serde_json::from_value(form_with(&json!({}))).expect("a form")).await;
    let add = console.get_text("/settings/api-keys?add", &cookie).await;
    let edit = console.get_text(&format!("/settings/api-keys?edit={key}"), &cookie).await;
    let test = console.get_text(&format!("/settings/api-keys?test={key}"), &cookie).await;
    assert!(add.contains("privileges cannot be changed later"), "{add}");
    assert!(edit.contains("Privileges were set when the key was created and cannot be changed."), "{edit}");
    for page in [&add, &edit] {
        assert!(page.contains("List at least one.") && !page.contains("Any address may use this key."), "{page}");
        assert!(page.contains("At most 90 days from now.") && !page.contains(">Never</option><option value=\"30d\""));
        assert!(!page.contains("aria-label=\"Environment\"") && !page.contains("environment-title"), "{page}");
    }
    assert!(add.contains("<option selected=\"\" value=\"30d\">30 days</option>"), "{add}");
    assert!(test.contains("value=\"rest\"") && !test.contains("value=\"ftp\""), "{test}");

    let open = ConsoleApp::start_with_policy(Policy::default()).await;
    let cookie = open.create_owner_session().await;
    open.create_key("Shop", "", &[]).await;
    let add = open.get_text("/settings/api-keys?add", &cookie).await;
    assert!(add.contains("Any address may use this key.") && add.contains("environment-title"), "{add}");
    assert!(add.contains("aria-label=\"Environment\"") && !add.contains("At most"), "{add}");
}
