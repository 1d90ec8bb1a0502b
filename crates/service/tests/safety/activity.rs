//! Who did what, as the members of an account see it: only their own, newest first, narrowed as asked.

use crate::world::{DAY, START, World, open_form};
use domain::activity::{ActivityFilter, ActivityGroup};
use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use service::Error;
use service::actor::Actor;
use service::audit::{Activity, ActivityPage};

async fn list(world: &World, actor: &Actor, filter: ActivityFilter, after: Option<i64>) -> ActivityPage {
    world.keyhatch.audit().list(actor, &world.account, &filter, after).await.unwrap()
}

fn sentences(rows: &[Activity]) -> Vec<&str> {
    rows.iter().map(|row| row.sentence.as_str()).collect()
}

/// An account's owner, as the audit names them.
fn email(account: &str) -> String {
    format!("owner@{account}.example.com").to_lowercase()
}

#[tokio::test]
async fn each_member_sees_what_was_done_in_sentences() {
    let world = World::sqlite().await;
    let owner = world.member(Role::Owner).await;
    let viewer = world.member(Role::Viewer).await;
    world.clock.set(START + DAY);
    let key = world.keyhatch.keys().create(&owner, &world.account, &open_form("Web shop")).await.unwrap().key;
    let renamed = KeyForm { whitelist: "203.0.113.7".to_owned(), ..open_form("Shop") };
    world.keyhatch.keys().update(&owner, &world.account, &key.id, &renamed, None).await.unwrap();
    world.keyhatch.keys().delete(&owner, &world.account, &key.id, "").await.unwrap();
    for actor in [&owner, &viewer, &Actor::Operator] {
        let page = list(&world, actor, ActivityFilter::default(), None).await;
        let expected = [
            "Deleted the key “Shop”.",
            "Updated the key “Shop”: renamed from “Web shop”, from 203.0.113.7.",
            "Created the key “Web shop”: all privileges, from any address.",
            "Signed in.",
        ];
        assert_eq!(sentences(&page.rows)[..4], expected);
        assert_eq!(sentences(&page.rows).last(), Some(&"Made the account “Acme”."));
        let deleted = &page.rows[0];
        assert_eq!((deleted.at, deleted.actor.as_str()), (START + DAY, &*email(&world.account)));
        assert_eq!(deleted.address.as_deref(), Some("198.51.100.7"));
        let named = deleted.key.as_ref().map(|key| (key.id.as_str(), key.name.as_str()));
        assert_eq!(named, Some((key.id.as_str(), "Shop")), "what is deleted still has its name");
    }
    let people = world.keyhatch.audit().list_actors(&viewer, &world.account).await.unwrap();
    assert_eq!(people.len(), 3, "{people:?}");
}

#[tokio::test]
async fn a_foreign_accounts_rows_are_never_shown() {
    let world = World::sqlite().await;
    let own = world.member(Role::Owner).await;
    let foreign = world.member_of(&world.foreign, Role::Owner).await;
    let secret = world.keyhatch.keys().create(&foreign, &world.foreign, &open_form("Secret plan")).await.unwrap().key;
    world.issue("Own").await;
    let by_id = ActivityFilter { key: Some(secret.id.clone()), ..ActivityFilter::default() };
    let by_name = ActivityFilter { key: Some("Secret plan".to_owned()), ..ActivityFilter::default() };
    let by_person = ActivityFilter { actor: Some(email(&world.foreign)), ..ActivityFilter::default() };
    for filter in [by_id, by_name, by_person] {
        assert_eq!(list(&world, &own, filter.clone(), None).await.rows, [], "{filter:?}");
    }
    let all = list(&world, &own, ActivityFilter::default(), None).await;
    assert!(sentences(&all.rows).iter().all(|sentence| !sentence.contains("Secret plan")));
    let people = world.keyhatch.audit().list_actors(&own, &world.account).await.unwrap();
    assert!(!people.contains(&email(&world.foreign)), "{people:?}");
    let asked = world.keyhatch.audit().list(&own, &world.foreign, &ActivityFilter::default(), None).await;
    assert_eq!(asked, Err(Error::NotFound));
    assert_eq!(world.keyhatch.audit().list_actors(&own, &world.foreign).await, Err(Error::NotFound));
}

/// All of them at one moment: a page ends between two rows of the same time.
#[tokio::test]
async fn pages_have_no_gap_and_no_row_twice() {
    let world = World::with(Policy { keys_per_account: 1_000, ..Policy::default() }).await;
    for number in 0..60 {
        world.issue(&format!("Key {number}")).await;
    }
    world.clock.set(START + DAY);
    for number in 60..120 {
        world.issue(&format!("Key {number}")).await;
    }
    for (filter, count) in [
        (ActivityFilter::default(), 121_usize),
        (ActivityFilter { group: Some(ActivityGroup::Keys), ..ActivityFilter::default() }, 120),
        (ActivityFilter { from: Some(START + DAY), ..ActivityFilter::default() }, 60),
        (ActivityFilter { before: Some(START + DAY), ..ActivityFilter::default() }, 61),
    ] {
        let (mut seen, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = list(&world, &Actor::Operator, filter.clone(), after).await;
            assert!(page.rows.len() <= 50);
            seen.extend(page.rows.into_iter().map(|row| row.seq));
            // What is done meanwhile stands before the first page.
            world.keyhatch.accounts().create(&Actor::Operator, "Meanwhile", None).await.unwrap();
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
async fn filters_go_together() {
    let world = World::sqlite().await;
    let owner = world.member(Role::Owner).await;
    let shop = world.keyhatch.keys().create(&owner, &world.account, &open_form("Web shop")).await.unwrap().key;
    world.issue("Warehouse").await;
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
        let page = list(&world, &owner, filter.clone(), None).await;
        assert_eq!(page.rows.len(), count, "{filter:?} {:?}", sentences(&page.rows));
    }
}

#[tokio::test]
async fn no_secret_is_told() {
    use service::secrets::ExposeSecret;
    let world = World::sqlite().await;
    let issued = world.issue("Shop").await;
    let page = list(&world, &Actor::Operator, ActivityFilter::default(), None).await;
    let value = issued.secret.expose_secret();
    assert!(!format!("{page:?}").contains(&value[20..]));
}
