//! The activity page's data: only the own account's entries, newest first, filtered.

use domain::activity::{ActivityFilter, ActivityGroup};
use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use service::Error;
use service::actor::Actor;
use service::audit::{Activity, ActivityPage};
use test_support::{DAY, START, TestApp, unrestricted_key_form};

async fn list(app: &TestApp, actor: &Actor, filter: ActivityFilter, after: Option<i64>) -> ActivityPage {
    app.keyhatch.audit().list(actor, &app.account, &filter, after).await.unwrap()
}

fn sentences(rows: &[Activity]) -> Vec<&str> {
    rows.iter().map(|row| row.sentence.as_str()).collect()
}

/// An account's owner, as the audit names them.
fn email(account: &str) -> String {
    format!("owner@{account}.example.com").to_lowercase()
}

#[tokio::test]
async fn activity_is_shown_as_sentences() {
    let app = TestApp::sqlite().await;
    let owner = app.member(Role::Owner).await;
    let viewer = app.member(Role::Viewer).await;
    app.clock.set(START + DAY);
    let key = app.keyhatch.keys().create(&owner, &app.account, &unrestricted_key_form("Web shop")).await.unwrap().key;
    let renamed = KeyForm { whitelist: "203.0.113.7".to_owned(), ..unrestricted_key_form("Shop") };
    app.keyhatch.keys().update(&owner, &app.account, &key.id, &renamed, None).await.unwrap();
    app.keyhatch.keys().delete(&owner, &app.account, &key.id, "").await.unwrap();
    for actor in [&owner, &viewer, &Actor::Operator] {
        let page = list(&app, actor, ActivityFilter::default(), None).await;
        let expected = [
            "Deleted the key “Shop”.",
            "Updated the key “Shop”: renamed from “Web shop”, from 203.0.113.7.",
            "Created the key “Web shop”: all privileges, from any address.",
            "Signed in.",
        ];
        assert_eq!(sentences(&page.rows)[..4], expected);
        assert_eq!(sentences(&page.rows).last(), Some(&"Created the account “Acme”."));
        let deleted = &page.rows[0];
        assert_eq!((deleted.at, deleted.actor.as_str()), (START + DAY, &*email(&app.account)));
        assert_eq!(deleted.address.as_deref(), Some("198.51.100.7"));
        let named = deleted.key.as_ref().map(|key| (key.id.as_str(), key.name.as_str()));
        assert_eq!(named, Some((key.id.as_str(), "Shop")), "a deleted key keeps its name");
    }
    let actors = app.keyhatch.audit().list_actors(&viewer, &app.account).await.unwrap();
    assert_eq!(actors.len(), 3, "{actors:?}");
}

#[tokio::test]
async fn activity_of_a_foreign_account_is_not_shown() {
    let app = TestApp::sqlite().await;
    let own = app.member(Role::Owner).await;
    let foreign = app.member_of(&app.foreign_account, Role::Owner).await;
    let secret = app
        .keyhatch
        .keys()
        .create(&foreign, &app.foreign_account, &unrestricted_key_form("Secret plan"))
        .await
        .unwrap()
        .key;
    app.create_key("Own").await;
    let by_id = ActivityFilter { key: Some(secret.id.clone()), ..ActivityFilter::default() };
    let by_name = ActivityFilter { key: Some("Secret plan".to_owned()), ..ActivityFilter::default() };
    let by_person = ActivityFilter { actor: Some(email(&app.foreign_account)), ..ActivityFilter::default() };
    for filter in [by_id, by_name, by_person] {
        assert_eq!(list(&app, &own, filter.clone(), None).await.rows, [], "{filter:?}");
    }
    let all = list(&app, &own, ActivityFilter::default(), None).await;
    assert!(sentences(&all.rows).iter().all(|sentence| !sentence.contains("Secret plan")));
    let actors = app.keyhatch.audit().list_actors(&own, &app.account).await.unwrap();
    assert!(!actors.contains(&email(&app.foreign_account)), "{actors:?}");
    let listed = app.keyhatch.audit().list(&own, &app.foreign_account, &ActivityFilter::default(), None).await;
    assert_eq!(listed, Err(Error::NotFound));
    assert_eq!(app.keyhatch.audit().list_actors(&own, &app.foreign_account).await, Err(Error::NotFound));
}

/// All entries have the same time, so each page ends between two rows of the same time.
#[tokio::test]
async fn activity_pages_have_no_gap_and_no_duplicate() {
    let app = TestApp::with_policy(Policy { keys_per_account: 1_000, ..Policy::default() }).await;
    for number in 0..60 {
        app.create_key(&format!("Key {number}")).await;
    }
    app.clock.set(START + DAY);
    for number in 60..120 {
        app.create_key(&format!("Key {number}")).await;
    }
    for (filter, count) in [
        (ActivityFilter::default(), 121_usize),
        (ActivityFilter { group: Some(ActivityGroup::Keys), ..ActivityFilter::default() }, 120),
        (ActivityFilter { from: Some(START + DAY), ..ActivityFilter::default() }, 60),
        (ActivityFilter { before: Some(START + DAY), ..ActivityFilter::default() }, 61),
    ] {
        let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = list(&app, &Actor::Operator, filter.clone(), after).await;
            assert!(page.rows.len() <= 50);
            seen.extend(page.rows.into_iter().map(|row| row.seq));
            // Entries written meanwhile come before the first page.
            app.keyhatch.accounts().create(&Actor::Operator, "Meanwhile", None).await.unwrap();
            pages += 1;
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((seen.len(), pages), (count, count.div_ceil(50)), "{filter:?}");
        assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{filter:?}");
    }
}

#[tokio::test]
async fn activity_filters_combine() {
    let app = TestApp::sqlite().await;
    let owner = app.member(Role::Owner).await;
    let shop = app.keyhatch.keys().create(&owner, &app.account, &unrestricted_key_form("Web shop")).await.unwrap().key;
    app.create_key("Warehouse").await;
    let filter = |actor: Option<&str>, group, key: Option<&str>| ActivityFilter {
        actor: actor.map(ToOwned::to_owned),
        group,
        key: key.map(ToOwned::to_owned),
        ..ActivityFilter::default()
    };
    let last = shop.masked.split('…').nth(1).unwrap().to_owned();
    for (filter, count) in [
        (filter(Some("operator"), Some(ActivityGroup::Keys), None), 1),
        (filter(None, Some(ActivityGroup::Members), None), 2),
        (filter(None, Some(ActivityGroup::Account), None), 1),
        (filter(None, None, Some("SHOP")), 1),
        (filter(None, None, Some(&shop.id)), 1),
        (filter(None, None, Some(&last)), 1),
        (filter(Some("operator"), None, Some("shop")), 0),
        (filter(Some("oper"), None, None), 0),
        (filter(None, None, Some("100%")), 0),
    ] {
        let page = list(&app, &owner, filter.clone(), None).await;
        assert_eq!(page.rows.len(), count, "{filter:?} {:?}", sentences(&page.rows));
    }
}

#[tokio::test]
async fn activity_contains_no_secret() {
    use service::secrets::ExposeSecret;
    let app = TestApp::sqlite().await;
    let created = app.create_key("Shop").await;
    let page = list(&app, &Actor::Operator, ActivityFilter::default(), None).await;
    let value = created.secret.expose_secret();
    assert!(!format!("{page:?}").contains(&value[20..]));
}
