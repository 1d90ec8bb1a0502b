//! The policy at the server functions, whatever a browser checked before, and what the pages say of it.

use domain::key::Environment;
use domain::policy::Policy;
use domain::verdict::Channel;
use serde_json::{Value, json};

use crate::pages::Site;

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

fn form(change: &Value) -> Value {
    let mut form = json!({
        "name": "Shop", "whitelist": "203.0.113.7", "all_privileges": false, "privileges": ["orders:write"],
        "environment": "live", "expires": "30d",
    });
    for (field, value) in change.as_object().expect("fields") {
        form[field] = value.clone();
    }
    form
}

#[tokio::test]
async fn each_rule_is_kept_and_told_at_its_field() {
    let site = Site::with(strict()).await;
    let cookie = site.owner().await;
    let issued = site.json("/api/console/keys/create", &cookie, &json!({ "form": form(&json!({})) })).await;
    assert_eq!(issued.status, 200, "{}", issued.text());
    let (key, secret) = (issued.json()["key"].clone(), issued.json()["secret"].as_str().expect("a key").to_owned());
    assert_eq!(key["masked"], format!("kh_live_…{}", &secret[secret.len() - 4..]));
    let id = &key["id"];
    for (field, change, is_for_both) in [
        ("whitelist", json!({ "whitelist": "" }), true),
        ("expires", json!({ "expires": "" }), true),
        ("expires", json!({ "expires": "91d" }), true),
        ("environment", json!({ "environment": "sandbox" }), false),
    ] {
        let issue = site.json("/api/console/keys/create", &cookie, &json!({ "form": form(&change) })).await;
        let changed = json!({ "id": id, "form": form(&change) });
        let change = site.json("/api/console/keys/update", &cookie, &changed).await;
        for answer in if is_for_both { vec![issue, change] } else { vec![issue] } {
            assert_eq!(answer.status, 422, "{field}: {}", answer.text());
            assert_eq!(answer.json()["Invalid"][0]["field"], field);
        }
    }
    for (privileges, all, status) in [
        (json!([]), false, 200),
        (json!(["orders:write"]), false, 200),
        (json!(["orders:read"]), false, 422),
        (json!([]), true, 422),
    ] {
        let form = form(&json!({ "privileges": privileges, "all_privileges": all }));
        let answer = site.json("/api/console/keys/update", &cookie, &json!({ "id": id, "form": form })).await;
        assert_eq!(answer.status, status, "{privileges} {all}: {}", answer.text());
        match status {
            200 => assert_eq!(answer.json()["privileges"], "orders:write"),
            _ => assert_eq!(answer.json()["Invalid"][0]["field"], "privileges"),
        }
    }
    for (channel, status) in [("rest", 200), ("ftp", 422), ("smtp", 422), ("", 200)] {
        let form = json!({ "channel": channel, "cost": "1" });
        let answer = site.json("/api/console/keys/explain", &cookie, &json!({ "id": id, "form": form })).await;
        assert_eq!(answer.status, status, "{channel}: {}", answer.text());
    }
}

#[tokio::test]
async fn the_slider_explains_the_rules() {
    let site = Site::with(strict()).await;
    let cookie = site.owner().await;
    let (key, _) = site.data.issue(&serde_json::from_value(form(&json!({}))).expect("a form")).await;
    let add = site.page("/settings/api-keys?add", &cookie).await.text();
    let edit = site.page(&format!("/settings/api-keys?edit={key}"), &cookie).await.text();
    let test = site.page(&format!("/settings/api-keys?test={key}"), &cookie).await.text();
    assert!(add.contains("privileges cannot be changed later"), "{add}");
    assert!(edit.contains("Privileges were set when the key was created and cannot be changed."), "{edit}");
    for page in [&add, &edit] {
        assert!(page.contains("List at least one.") && !page.contains("Any address may use this key."), "{page}");
        assert!(page.contains("At most 90 days from now.") && !page.contains(">Never</option><option value=\"30d\""));
        assert!(!page.contains("aria-label=\"Environment\"") && !page.contains("environment-title"), "{page}");
    }
    assert!(add.contains("<option selected=\"\" value=\"30d\">30 days</option>"), "{add}");
    assert!(test.contains("value=\"rest\"") && !test.contains("value=\"ftp\""), "{test}");

    let open = Site::with(Policy::default()).await;
    let cookie = open.owner().await;
    open.data.key("Shop", "", &[]).await;
    let add = open.page("/settings/api-keys?add", &cookie).await.text();
    assert!(add.contains("Any address may use this key.") && add.contains("environment-title"), "{add}");
    assert!(add.contains("aria-label=\"Environment\"") && !add.contains("At most"), "{add}");
}
