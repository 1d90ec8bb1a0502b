//! Disabling, enabling and deleting, one key or many; the lists of each state; forms that are out of date; what is told
//! of a key afterwards.

use crate::on_both;
use crate::world::{DAY, MINUTE, START, World, open_form};
use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use domain::verdict::VerdictCode;
use domain::views::{KeyState, KeyView};
use service::Error;
use service::actor::Actor;
use service::audit::ChainCheck;
use service::keys::PageRequest;

on_both!(a_disabled_key_is_refused_at_once_and_comes_back, many_are_changed_together, a_stale_form_changes_nothing);

impl World {
    async fn enable(&self, id: &str, enabled: bool) -> Result<KeyView, Error> {
        let keys = self.keyhatch.keys();
        if enabled {
            keys.enable(&Actor::Operator, &self.account, id).await?;
        } else {
            keys.disable(&Actor::Operator, &self.account, id).await?;
        }
        keys.find(&Actor::Operator, &self.account, id).await
    }

    async fn names_of(&self, state: KeyState) -> Vec<String> {
        let request = PageRequest { state, ..PageRequest::default() };
        let page = self.keyhatch.keys().list(&Actor::Operator, &self.account, &request).await.unwrap();
        page.keys.into_iter().map(|key| key.name).collect()
    }

    async fn actions(&self, id: &str) -> Vec<String> {
        let history = self.keyhatch.keys().history(&Actor::Operator, &self.account, id, None).await.unwrap();
        history.entries.into_iter().map(|entry| entry.action).collect()
    }
}

async fn a_disabled_key_is_refused_at_once_and_comes_back(world: World) {
    let key = world.issue("Shop").await;
    let id = key.key.id.as_str();
    for _ in 0..3 {
        assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
        assert!(!world.enable(id, false).await.unwrap().enabled);
        assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Disabled));
        assert!(world.enable(id, true).await.unwrap().enabled);
    }
    let before = world.counts().await;
    assert!(world.enable(id, true).await.unwrap().enabled);
    assert_eq!(world.counts().await, before, "it is enabled already: no row");
    world.delete(id).await.unwrap();
    assert_eq!(world.enable(id, true).await.err(), Some(Error::NotFound));
    let expected = ["delete", "enable", "disable", "enable", "disable", "enable", "disable", "create"]
        .map(|word| format!("key.{word}"));
    assert_eq!(world.actions(id).await, expected);
}

async fn many_are_changed_together(world: World) {
    let planted = world.plant(6).await;
    let mut ids: Vec<String> = planted.iter().map(|key| key.id.clone()).collect();
    let foreign = world.keyhatch.keys().create(&Actor::Operator, &world.foreign, &open_form("Theirs")).await.unwrap();
    for key in &planted {
        assert_eq!(crate::world::ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
    }
    world.delete(&ids[0]).await.unwrap();
    world.enable(&ids[1], false).await.unwrap();
    ids.extend([foreign.key.id.clone(), "key_none".to_owned(), ids[2].clone()]);

    let viewer = world.member(Role::Viewer).await;
    let refused = world.keyhatch.keys().disable_many(&viewer, &world.account, &ids).await;
    assert_eq!(refused, Err(Error::Forbidden));
    let refused = world.keyhatch.keys().delete_many(&viewer, &world.account, &ids, "").await;
    assert_eq!(refused, Err(Error::Forbidden));

    let actor = &Actor::Operator;
    let done = world.keyhatch.keys().disable_many(actor, &world.account, &ids).await.unwrap();
    assert_eq!(done, ids[2..6], "the deleted, the disabled, the foreign and the double one are left out");
    for key in &planted[1..] {
        assert_eq!(crate::world::ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Disabled));
    }
    let done = world.keyhatch.keys().enable_many(actor, &world.account, &ids).await.unwrap();
    assert_eq!(done, ids[1..6]);
    let done = world.keyhatch.keys().delete_many(actor, &world.account, &ids, "Cleaned up").await.unwrap();
    assert_eq!(done, ids[1..6]);
    for key in &planted {
        assert_eq!(crate::world::ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::NotFound));
    }
    assert_eq!(world.ask(&foreign.secret).await, Ok(VerdictCode::Valid));
    assert!(world.keyhatch.keys().delete_many(actor, &world.account, &ids, "").await.unwrap().is_empty());
    assert!(matches!(world.keyhatch.audit().verify().await.unwrap(), ChainCheck::Intact { .. }));
    let count =
        async |action: &str| world.number(&format!("SELECT COUNT(*) FROM audit WHERE action = '{action}'")).await;
    assert_eq!((count("key.disable").await, count("key.enable").await, count("key.delete").await), (5, 5, 6));
}

#[tokio::test]
async fn too_many_at_once_are_refused() {
    let world = World::sqlite().await;
    let key = world.issue("Kept").await;
    let mut ids = vec!["key_none".to_owned(); 499];
    ids.push(key.key.id.clone());
    assert_eq!(world.keyhatch.keys().disable_many(&Actor::Operator, &world.account, &ids).await.unwrap().len(), 1);
    ids.push("key_none".to_owned());
    for refused in [
        world.keyhatch.keys().enable_many(&Actor::Operator, &world.account, &ids).await,
        world.keyhatch.keys().delete_many(&Actor::Operator, &world.account, &ids, "").await,
    ] {
        let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
        assert!(errors.get("ids").unwrap().contains("500"), "{errors}");
    }
    assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Disabled));
}

/// Two people open the same form; the second to save is told who was first, and may save over it knowingly.
async fn a_stale_form_changes_nothing(world: World) {
    let admin = world.member(Role::Admin).await;
    let opened = world.issue("Shop").await.key;
    world.clock.advance(MINUTE);
    let (keyhatch, account, id) = (&world.keyhatch, world.account.as_str(), opened.id.as_str());
    let first = keyhatch.keys().update(&admin, account, id, &open_form("Theirs"), Some(opened.revision)).await.unwrap();
    assert!(first.revision > opened.revision);
    let mine = open_form("Mine");
    let stale = keyhatch.keys().update(&Actor::Operator, account, id, &mine, Some(opened.revision)).await;
    let by = format!("admin@{account}.example.com").to_lowercase();
    assert_eq!((first.updated_by.as_str(), first.created_by.as_str()), (by.as_str(), "operator"));
    assert_eq!(stale, Err(Error::EditConflict { by, at: START + MINUTE }));
    assert_eq!(world.unused_view(id).await.unwrap(), first);
    let over = keyhatch.keys().update(&Actor::Operator, account, id, &mine, Some(first.revision)).await.unwrap();
    assert_eq!(over.name, "Mine");
    keyhatch.keys().update(&Actor::Operator, account, id, &mine, None).await.unwrap();
}

/// Calls of a key with limits are written to the database, but are no change of the key.
#[tokio::test]
async fn counting_calls_makes_no_form_stale() {
    let mut world = World::sqlite().await;
    let mut form = open_form("Metered");
    form.limits.hour = "100".into();
    let issued = world.issue_form(&form).await;
    for _ in 0..10 {
        assert_eq!(world.ask(&issued.secret).await, Ok(VerdictCode::Valid));
    }
    world.reopen().await;
    let (keyhatch, account) = (&world.keyhatch, world.account.as_str());
    let revision = Some(issued.key.revision);
    assert!(keyhatch.keys().update(&Actor::Operator, account, &issued.key.id, &form, revision).await.is_ok());
}

#[tokio::test]
async fn each_state_is_a_list_of_its_own() {
    let world = World::with(Policy { page_size: 2, ..Policy::default() }).await;
    for name in ["Plain", "Off", "Gone"] {
        world.issue(name).await;
    }
    world.issue_form(&KeyForm { expires: "2026-11-18T12:00".into(), ..open_form("Short") }).await;
    world.clock.advance(DAY);
    let all = world.names_of(KeyState::Active).await;
    assert_eq!(all.len(), 2, "a page");
    let request = PageRequest { search: Some("Gone".into()), ..PageRequest::default() };
    let page = world.keyhatch.keys().list(&Actor::Operator, &world.account, &request).await.unwrap();
    let gone = page.keys[0].id.clone();
    let request = PageRequest { search: Some("Off".into()), ..PageRequest::default() };
    let page = world.keyhatch.keys().list(&Actor::Operator, &world.account, &request).await.unwrap();
    world.enable(&page.keys[0].id, false).await.unwrap();
    let reason = " It leaked ";
    world.keyhatch.keys().delete(&Actor::Operator, &world.account, &gone, reason).await.unwrap();
    assert_eq!(world.names_of(KeyState::Disabled).await, ["Off"]);
    assert_eq!(world.names_of(KeyState::Expired).await, ["Short"]);
    assert_eq!(world.names_of(KeyState::Deleted).await, ["Gone"]);

    let found = world.keyhatch.keys().find_including_deleted(&Actor::Operator, &world.account, &gone).await.unwrap();
    assert_eq!((found.deleted_at, found.delete_reason.as_deref()), (Some(START + DAY), Some("It leaked")));
    let history = world.keyhatch.keys().history(&Actor::Operator, &world.account, &gone, None).await.unwrap();
    assert_eq!(history.entries[0].details["reason"], "It leaked");
    world.clock.advance(30 * DAY);
    assert!(world.names_of(KeyState::Deleted).await.is_empty());
    let found = world.keyhatch.keys().find_including_deleted(&Actor::Operator, &world.account, &gone).await;
    assert_eq!(found.err(), Some(Error::NotFound));
    let history = world.keyhatch.keys().history(&Actor::Operator, &world.account, &gone, None).await;
    assert_eq!(history.err(), Some(Error::NotFound));
}

#[tokio::test]
async fn a_reason_that_cannot_be_stored_deletes_nothing() {
    let world = World::sqlite().await;
    let key = world.issue("Kept").await;
    for reason in ["x".repeat(201), "two\nlines".to_owned(), "nul\0".to_owned()] {
        let refused = world.keyhatch.keys().delete(&Actor::Operator, &world.account, &key.key.id, &reason).await;
        let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
        assert!(errors.get("reason").is_some());
    }
    assert_eq!(world.ask(&key.secret).await, Ok(VerdictCode::Valid));
}

#[tokio::test]
async fn the_history_is_paged_and_the_own_account_s() {
    let world = World::sqlite().await;
    let id = world.issue("Shop").await.key.id;
    for round in 0..25 {
        world.enable(&id, round % 2 == 1).await.unwrap();
    }
    let (keyhatch, account) = (&world.keyhatch, world.account.as_str());
    let first = keyhatch.keys().history(&Actor::Operator, account, &id, None).await.unwrap();
    let second = keyhatch.keys().history(&Actor::Operator, account, &id, first.next).await.unwrap();
    assert_eq!((first.entries.len(), second.entries.len(), second.next), (20, 6, None));
    assert!(first.entries.iter().chain(&second.entries).is_sorted_by(|one, other| one.seq > other.seq));
    let stranger = world.member_of(&world.foreign, Role::Owner).await;
    for account in [account, world.foreign.as_str()] {
        let refused = keyhatch.keys().history(&stranger, account, &id, None).await;
        assert_eq!(refused.err(), Some(Error::NotFound));
    }
}
