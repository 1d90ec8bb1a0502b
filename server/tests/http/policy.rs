//! The policy, enforced by the server functions whatever the browser checked, and explained by the pages.

use domain::form::KeyForm;
use domain::key::Environment;
use domain::policy::Policy;
use domain::verdict::Channel;

use crate::support::{ConsoleApp, Way};

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

/// The fields of a key that the policy allows, with these changed or added.
fn fields_with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("name", "Shop"),
        ("whitelist", "203.0.113.7"),
        ("privilege.orders:write", "on"),
        ("environment", "live"),
        ("expires", "30d"),
    ];
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.extend(changes);
    fields
}

#[tokio::test]
async fn each_rule_is_enforced_and_reported_at_its_field() {
    let console = ConsoleApp::start_with_policy(strict()).await;
    let cookie = console.create_owner_session().await;
    let send =
        async |changes: &[(&str, &str)]| console.send_key_form(Way::Function, &cookie, &fields_with(changes)).await;
    let created = send(&[("do", "create")]).await;
    assert_eq!(created.status, 200, "{}", created.text());
    let created = &created.json()["Revealed"];
    let (id, secret) = (created["key"]["id"].as_str().expect("an id"), created["secret"].as_str().expect("a key"));
    assert_eq!(console.find_key(id).await.masked, format!("kh_live_…{}", &secret[secret.len() - 4..]));
    for (field, value, applies_to_updates) in
        [("whitelist", "", true), ("expires", "", true), ("expires", "91d", true), ("environment", "sandbox", false)]
    {
        let created = send(&[("do", "create"), (field, value)]).await;
        let updated = send(&[("do", "update"), ("id", id), (field, value)]).await;
        for response in if applies_to_updates { vec![created, updated] } else { vec![created] } {
            assert_eq!(response.status, 422, "{field}: {}", response.text());
            assert_eq!(response.json()["Invalid"][0]["field"], field);
        }
    }
    for (privileges, status) in [
        ([("privilege.orders:write", "")], 200),
        ([("privilege.orders:write", "on")], 200),
        ([("privilege.orders:read", "on")], 422),
        ([("all_privileges", "on")], 422),
    ] {
        let response = send(&[&[("do", "update"), ("id", id)], &privileges[..]].concat()).await;
        assert_eq!(response.status, status, "{privileges:?}: {}", response.text());
        assert_eq!(console.find_key(id).await.privileges, "orders:write");
        if status == 422 {
            assert_eq!(response.json()["Invalid"][0]["field"], "privileges");
        }
    }
    for (channel, status) in [("rest", 200), ("ftp", 422), ("smtp", 422), ("", 200)] {
        let test = [("do", "test"), ("id", id), ("channel", channel), ("cost", "1")];
        let response = console.send_key_form(Way::Function, &cookie, &test).await;
        assert_eq!(response.status, status, "{channel}: {}", response.text());
    }
}

/// What is on the page, without the texts in its head that islands may write.
async fn body_of(console: &ConsoleApp, query: &str, cookie: &str) -> String {
    let page = console.get_text(&format!("/settings/api-keys{query}"), cookie).await;
    page.split_once("<body").expect("a body").1.to_owned()
}

#[tokio::test]
async fn slider_explains_the_rules() {
    let console = ConsoleApp::start_with_policy(strict()).await;
    let cookie = console.create_owner_session().await;
    let form = KeyForm {
        name: "Shop".to_owned(),
        whitelist: "203.0.113.7".to_owned(),
        privileges: vec!["orders:write".to_owned()],
        expires: "30d".to_owned(),
        ..KeyForm::default()
    };
    let (key, _) = console.create_key_with(&form).await;
    let add = body_of(&console, "?add", &cookie).await;
    let edit = body_of(&console, &format!("?edit={key}"), &cookie).await;
    let test = body_of(&console, &format!("?test={key}"), &cookie).await;
    assert!(add.contains("privileges cannot be changed later"), "{add}");
    assert!(edit.contains("Privileges were set when the key was created and cannot be changed."), "{edit}");
    for page in [&add, &edit] {
        assert!(page.contains("List at least one.") && !page.contains("Any address may use this key."), "{page}");
        let expiry = page.split_once("id=\"expires\"").expect("a choice").1.split_once("</select>").expect("its end").0;
        assert!(page.contains("At most 90 days from now.") && !expiry.contains("Never"), "{expiry}");
        assert!(!page.contains("type=\"radio\" name=\"environment\"") && !page.contains("environment-title"), "{page}");
    }
    assert!(add.contains("<option selected value=\"30d\">30 days<"), "{add}");
    assert!(test.contains("value=\"rest\"") && !test.contains("value=\"ftp\""), "{test}");

    let open = ConsoleApp::start_with_policy(Policy::default()).await;
    let cookie = open.create_owner_session().await;
    open.create_key("Shop", "", &[]).await;
    let add = body_of(&open, "?add", &cookie).await;
    assert!(add.contains("Any address may use this key.") && add.contains("environment-title"), "{add}");
    assert!(add.contains("type=\"radio\" name=\"environment\"") && !add.contains("At most"), "{add}");
}
