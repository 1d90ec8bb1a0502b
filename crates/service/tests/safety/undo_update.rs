//! Undoing an update: the old values return at once, by the rules for updates, and only if nothing came in between.

use domain::expiry::format_expiry;
use domain::form::KeyForm;
use domain::key::Environment;
use domain::limits::LimitsForm;
use domain::member::Role;
use domain::policy::Policy;
use domain::privilege::Privileges;
use domain::verdict::VerdictCode;
use domain::views::KeyView;
use service::actor::{Actor, KeyActor};
use service::secrets::ExposeSecret;
use service::{Error, Keyhatch, Options};
use std::sync::Arc;
use test_support::{DAY, START, TestApp, call_request, test_options, unrestricted_key_form};

crate::on_both![undone_update_restores_every_field_at_once, one_of_two_changes_at_once_wins];

async fn update(app: &TestApp, id: &str, form: &KeyForm) -> KeyView {
    app.keyhatch.keys().update(&Actor::Operator, &app.account, id, form, None).await.unwrap()
}

async fn undo(app: &TestApp, actor: &Actor, updated: &KeyView) -> Result<KeyView, Error> {
    app.keyhatch.keys().undo_update(actor, &app.account, &updated.id, updated.revision).await
}

fn is_conflict(outcome: &Result<KeyView, Error>) -> bool {
    matches!(outcome, Err(Error::EditConflict { .. }))
}

fn rules(view: &KeyView) -> [&str; 4] {
    [&view.name, &view.whitelist, &view.privileges, &view.limits]
}

async fn undone_update_restores_every_field_at_once(app: TestApp) {
    let form = KeyForm {
        name: "Web shop".to_owned(),
        whitelist: "203.0.113.7\n10.0.0.0/8".to_owned(),
        privileges: vec!["orders:read".to_owned(), "contacts:write".to_owned()],
        limits: LimitsForm { minute: "60".to_owned(), ..LimitsForm::default() },
        expires: "30d".to_owned(),
        ..KeyForm::default()
    };
    let owner = app.member(Role::Owner).await;
    let created = app.create_key_with(&form).await;
    let updated = update(&app, &created.key.id, &unrestricted_key_form("Shop")).await;
    // In the gate's cache with the new rules.
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::Valid));
    let undone = undo(&app, &owner, &updated).await.unwrap();
    assert_eq!((rules(&undone), undone.expires_at), (rules(&created.key), created.key.expires_at));
    assert!(undone.revision > updated.revision);
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::IpNotAllowed));

    let history = app.keyhatch.keys().history(&owner, &app.account, &created.key.id, None).await.unwrap();
    assert_eq!(history.entries[0].action, "key.update");
    assert_eq!(history.entries[0].actor, undone.updated_by);
    assert_eq!(history.entries[0].details["name"], serde_json::json!(["Shop", "Web shop"]));

    // The undoing is an update like any other.
    let redone = undo(&app, &owner, &undone).await.unwrap();
    assert_eq!((rules(&redone), redone.expires_at), (rules(&updated), None));
    let call = call_request(created.secret.expose_secret());
    assert_eq!(app.keyhatch.gate().decide(&call).await.unwrap().code, VerdictCode::Valid);
}

#[tokio::test]
async fn only_the_last_change_is_undone_and_only_if_it_is_an_update() {
    let app = TestApp::sqlite().await;
    let created = app.create_key("Before").await.key;
    assert!(is_conflict(&undo(&app, &Actor::Operator, &created).await), "a creation");
    let first = update(&app, &created.id, &unrestricted_key_form("First")).await;
    let second = update(&app, &created.id, &unrestricted_key_form("Second")).await;
    assert!(is_conflict(&undo(&app, &Actor::Operator, &first).await), "not the last update");
    assert!(is_conflict(&undo(&app, &Actor::Operator, &KeyView { revision: 0, ..second.clone() }).await));

    app.keyhatch.keys().disable(&Actor::Operator, &app.account, &created.id).await.unwrap();
    assert!(is_conflict(&undo(&app, &Actor::Operator, &second).await), "disabled since");
    let disabled = app.keyhatch.keys().find(&Actor::Operator, &app.account, &created.id).await.unwrap();
    assert!(is_conflict(&undo(&app, &Actor::Operator, &disabled).await), "a disabling");
    assert_eq!((disabled.name.as_str(), disabled.enabled), ("Second", false));

    app.delete_key(&created.id).await.unwrap();
    assert_eq!(undo(&app, &Actor::Operator, &disabled).await.err(), Some(Error::NotFound), "deleted");
}

/// An undoing and another update of the same revision.
async fn one_of_two_changes_at_once_wins(app: TestApp) {
    for round in 0..5 {
        let created = app.create_key(&format!("Before {round}")).await.key;
        let updated = update(&app, &created.id, &unrestricted_key_form("After")).await;
        let other = unrestricted_key_form("Other");
        let (undone, changed) = tokio::join!(
            undo(&app, &Actor::Operator, &updated),
            app.keyhatch.keys().update(&Actor::Operator, &app.account, &created.id, &other, Some(updated.revision)),
        );
        assert_ne!(is_conflict(&undone), is_conflict(&changed), "{undone:?} {changed:?}");
        let name = app.keyhatch.keys().find(&Actor::Operator, &app.account, &created.id).await.unwrap().name;
        assert_eq!(name, if undone.is_ok() { created.name } else { other.name });
    }
}

#[tokio::test]
async fn undoing_needs_the_authority_to_update() {
    let app = TestApp::sqlite().await;
    let created = app.create_key("Before").await.key;
    let updated = update(&app, &created.id, &unrestricted_key_form("After")).await;
    let (viewer, foreigner) = (app.member(Role::Viewer).await, app.member_of(&app.foreign_account, Role::Owner).await);
    assert_eq!(undo(&app, &viewer, &updated).await.err(), Some(Error::Forbidden));
    assert_eq!(undo(&app, &foreigner, &updated).await.err(), Some(Error::NotFound));
    let keys = app.keyhatch.keys();
    let through_own = keys.undo_update(&foreigner, &app.foreign_account, &updated.id, updated.revision).await;
    assert_eq!(through_own.err(), Some(Error::NotFound));
    let unchanged = keys.find(&Actor::Operator, &app.account, &created.id).await.unwrap();
    assert_eq!((unchanged.name.as_str(), unchanged.revision), ("After", updated.revision));
    assert!(undo(&app, &app.member(Role::Admin).await, &updated).await.is_ok());
}

/// A key that narrowed another one cannot give back what it lacks itself.
#[tokio::test]
async fn key_gives_back_only_privileges_that_it_has() {
    let app = TestApp::sqlite().await;
    let sub = app.keyhatch.accounts().create(&Actor::Operator, "Sub", Some(&app.account)).await.unwrap();
    let actor = |privileges: &str| {
        Actor::Key(KeyActor {
            id: "key_1".to_owned(),
            name: "Provisioning".to_owned(),
            account_id: app.account.clone(),
            privileges: Arc::new(Privileges::from_stored(privileges).unwrap()),
            environment: Environment::Live,
            about: Some(sub.clone()),
            address: None,
        })
    };
    let with = |privilege: &str| KeyForm {
        name: "Shop".to_owned(),
        privileges: vec![privilege.to_owned()],
        ..KeyForm::default()
    };
    let keys = app.keyhatch.keys();
    let created = keys.create(&Actor::Operator, &sub, &with("orders:write")).await.unwrap().key;
    let updated = keys.update(&Actor::Operator, &sub, &created.id, &with("orders:read"), None).await.unwrap();
    let lacks = actor("orders:read sub-accounts:read sub-accounts:write");
    let refused = keys.undo_update(&lacks, &sub, &created.id, updated.revision).await;
    assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors.get("privileges").is_some()), "{refused:?}");
    let has = actor("orders:write sub-accounts:read sub-accounts:write");
    let undone = keys.undo_update(&has, &sub, &created.id, updated.revision).await.unwrap();
    assert_eq!(undone.privileges, "orders:write");
}

#[tokio::test]
async fn expiry_that_has_passed_meanwhile_is_refused() {
    let app = TestApp::sqlite().await;
    let until = |expires: &str| KeyForm { expires: expires.to_owned(), ..unrestricted_key_form("Shop") };
    let created = app.create_key_with(&until("1d")).await.key;
    let extended = update(&app, &created.id, &until("30d")).await;
    app.clock.set(START + 2 * DAY);
    let refused = undo(&app, &Actor::Operator, &extended).await;
    let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
    assert!(errors.get("expires").unwrap().starts_with("This moment has passed"), "{errors}");

    // One that was not changed is kept, even if it has passed.
    app.clock.set(START + 40 * DAY);
    let same = until(&format_expiry(extended.expires_at.unwrap()));
    let renamed = update(&app, &created.id, &KeyForm { name: "Renamed".to_owned(), ..same }).await;
    let undone = undo(&app, &Actor::Operator, &renamed).await.unwrap();
    assert_eq!((undone.name.as_str(), undone.expires_at), ("Shop", extended.expires_at));
}

#[tokio::test]
async fn old_values_that_a_narrower_policy_forbids_are_refused() {
    let app = TestApp::sqlite().await;
    let wide = KeyForm { name: "A name of 22 characters".to_owned(), ..unrestricted_key_form("") };
    let created = app.create_key_with(&wide).await.key;
    let narrow = KeyForm {
        name: "Shop".to_owned(),
        whitelist: "203.0.113.7".to_owned(),
        expires: "30d".to_owned(),
        ..KeyForm::default()
    };
    let updated = update(&app, &created.id, &narrow).await;
    let policy = Policy {
        name_max: 10,
        whitelist_required: true,
        privileges_fixed: true,
        lifetime_max: Some(90),
        default_expiry: Some(90),
        ..Policy::default()
    };
    let narrowed = Keyhatch::open(Options { policy, ..test_options(app.data_dir(), &app.clock, 99) }).await.unwrap();
    let refused = narrowed.keys().undo_update(&Actor::Operator, &app.account, &created.id, updated.revision).await;
    let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
    let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["name", "whitelist", "privileges", "expires"]);
    let unchanged = app.keyhatch.keys().find(&Actor::Operator, &app.account, &created.id).await.unwrap();
    assert_eq!(unchanged, updated);
}
