//! Sub-accounts: their depth, opening them from the parent account, and deletion with all accounts below.

use crate::on_both;
use domain::form::FieldErrors;
use domain::member::Role;
use domain::policy::Policy;
use domain::verdict::VerdictCode;
use service::Error;
use service::actor::{Actor, Viewer};
use service::keys::PageRequest;
use test_support::{PASSWORD, TestApp, unrestricted_key_form};

const RACES: usize = 30;
const RACERS: usize = 16;

on_both!(
    deleting_an_account_deletes_all_below,
    creations_below_an_account_stop_at_its_deletion,
    account_switcher_offers_the_sub_accounts,
    actions_apply_to_the_open_account
);

async fn create_sub_account(app: &TestApp, parent: &str, name: &str) -> Result<String, Error> {
    app.keyhatch.accounts().create(&Actor::Operator, name, Some(parent)).await
}

fn viewer_of(actor: &Actor) -> &Viewer {
    let Actor::Member(viewer) = actor else { unreachable!("a member") };
    viewer
}

fn depth_error(refused: Result<String, Error>) -> String {
    let Err(Error::Invalid(FieldErrors(errors))) = refused else { panic!("not refused for a field: {refused:?}") };
    errors[0].message.clone()
}

#[tokio::test]
async fn policy_limits_the_depth_of_sub_accounts() {
    for (depth, messages) in [
        (0, vec!["There are no sub-accounts here."]),
        (1, vec!["A sub-account has no sub-accounts of its own. Make it below the main account."]),
        (2, vec!["No account can be made this far below the main account. Make it one level higher."]),
    ] {
        let app = TestApp::with_policy(Policy { sub_account_depth: depth, ..Policy::default() }).await;
        let mut parent = app.account.clone();
        for level in 0..depth {
            assert!(app.keyhatch.accounts().may_have_sub_accounts(&parent).await.unwrap());
            parent = create_sub_account(&app, &parent, &format!("Level {level}")).await.unwrap();
        }
        assert!(!app.keyhatch.accounts().may_have_sub_accounts(&parent).await.unwrap());
        assert_eq!(vec![depth_error(create_sub_account(&app, &parent, "Too deep").await)], messages, "{depth}");
    }
}

/// Accounts and keys are created in a sub-account during its deletion: each is either deleted with it or refused as
/// not found.
async fn creations_below_an_account_stop_at_its_deletion(app: TestApp) {
    let alive = "SELECT COUNT(*) FROM accounts a JOIN accounts p ON p.id = a.parent_id \
                 WHERE a.deleted_at IS NULL AND p.deleted_at IS NOT NULL";
    let usable = "SELECT COUNT(*) FROM keys k JOIN accounts a ON a.id = k.account_id \
                  WHERE k.deleted_at IS NULL AND a.deleted_at IS NOT NULL";
    let mut made = 0;
    for round in 0..RACES {
        let top = app.keyhatch.accounts().create(&Actor::Operator, "Top", None).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..RACERS {
            let (keyhatch, top) = (app.keyhatch.clone(), top.clone());
            tasks.spawn(async move {
                if task % 2 == 0 {
                    return keyhatch.accounts().create(&Actor::Operator, "Below", Some(&top)).await.map(drop);
                }
                keyhatch
                    .keys()
                    .create_idempotent(&Actor::Operator, &top, &unrestricted_key_form("Racer"), None)
                    .await
                    .map(drop)
            });
        }
        let (keyhatch, account) = (app.keyhatch.clone(), top.clone());
        // Later in each round, so that the deletion comes before some and after others.
        let closer = tokio::spawn(async move {
            for _ in 0..round * 8 {
                tokio::task::yield_now().await;
            }
            keyhatch.accounts().delete(&Actor::Operator, &account).await
        });
        for outcome in tasks.join_all().await {
            match outcome {
                Ok(()) => made += 1,
                Err(Error::NotFound) => {}
                Err(Error::Invalid(errors)) => assert_eq!(errors.0[0].message, format!("There is no account {top}.")),
                Err(other) => panic!("{other:?}"),
            }
        }
        closer.await.unwrap().unwrap();
        assert_eq!((app.query_number(alive).await, app.query_number(usable).await), (0, 0), "round {round}");
    }
    assert!(made > 0, "no creation ever came first");
}

async fn deleting_an_account_deletes_all_below(mut app: TestApp) {
    // The policy allows a depth of 1, set after these were created.
    let sub = create_sub_account(&app, &app.account, "North").await.unwrap();
    let member = app.member_of(&sub, Role::Owner).await;
    let owner = app.member(Role::Owner).await;
    let form = unrestricted_key_form("Till");
    let key = app.keyhatch.keys().create(&Actor::Operator, &sub, &form).await.unwrap();
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
    let (email, shown) = (viewer_of(&member).email.clone(), viewer_of(&owner).clone());

    assert_eq!(
        app.keyhatch.accounts().delete(&member, &sub).await,
        Err(Error::NotFound),
        "the sub-account's own owner cannot open it"
    );
    assert_eq!(app.keyhatch.accounts().delete(&owner, &sub).await, Ok(1));
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(app.keyhatch.accounts().delete(&owner, &sub).await, Err(Error::NotFound));
    assert_eq!(app.keyhatch.accounts().open(&shown, &sub).await, Err(Error::NotFound));
    assert_eq!(app.sign_in(&email, test_support::PASSWORD).await.err(), Some(Error::WrongCredentials));
    let page = app.keyhatch.accounts().list_sub_accounts(&owner, &app.account, None).await.unwrap();
    assert_eq!(page.accounts, []);
    let gone = app.keyhatch.keys().list(&Actor::Operator, &sub, &PageRequest::default()).await;
    assert_eq!(gone.err(), Some(Error::NotFound));
    assert!(app.keyhatch.keys().create(&Actor::Operator, &sub, &form).await.is_err());
    // Its email is free again, and the key stays refused after a restart.
    app.keyhatch
        .members()
        .create(&Actor::Operator, &app.account, &email, Role::Viewer, &"a long password".into())
        .await
        .unwrap();
    app.restart().await;
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::NotFound));
}

async fn actions_apply_to_the_open_account(app: TestApp) {
    let sub = create_sub_account(&app, &app.account, "North").await.unwrap();
    let other = create_sub_account(&app, &app.foreign_account, "Not ours").await.unwrap();
    app.member(Role::Owner).await;
    let email = format!("owner@{}.example.com", app.account);
    let token = app.sign_in(&email, test_support::PASSWORD).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    let own = Actor::Member(viewer.clone());
    let request = PageRequest::default();
    assert_eq!(app.keyhatch.keys().list(&own, &sub, &request).await.err(), Some(Error::NotFound), "not opened");
    for account in [other.as_str(), &app.foreign_account, "acc_none", ""] {
        assert_eq!(app.keyhatch.accounts().open(&viewer, account).await, Err(Error::NotFound), "{account}");
    }
    app.keyhatch.accounts().open(&viewer, &sub).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    assert_eq!((viewer.shown_account(), viewer.shown_account_name()), (sub.as_str(), "North"));
    let opened = Actor::Member(viewer.clone());
    app.keyhatch.keys().create(&opened, &sub, &unrestricted_key_form("Till")).await.unwrap();
    app.keyhatch.accounts().update(&own, &sub, "Northern").await.unwrap();
    assert_eq!(app.viewer(&token).await.unwrap().shown_account_name(), "Northern");

    // A demoted viewer sees the own account again.
    let id = viewer.member_id.clone();
    app.keyhatch
        .members()
        .create(&Actor::Operator, &app.account, "two@example.com", Role::Owner, &"a long password".into())
        .await
        .unwrap();
    app.keyhatch.members().update_role(&Actor::Operator, &app.account, &id, Role::Viewer).await.unwrap();
    let lowered = app.viewer(&token).await.unwrap();
    assert_eq!(lowered.shown_account(), app.account);
    let lowered = Actor::Member(lowered);
    assert_eq!(app.keyhatch.keys().list(&lowered, &sub, &request).await.err(), Some(Error::NotFound));
    assert_eq!(app.keyhatch.accounts().open(viewer_of(&lowered), &sub).await, Err(Error::NotFound));
}

async fn account_switcher_offers_the_sub_accounts(app: TestApp) {
    async fn names(app: &TestApp, actor: &Actor) -> Vec<String> {
        let Actor::Member(viewer) = actor else { unreachable!("a member") };
        let token = app.sign_in(&viewer.email, PASSWORD).await.unwrap();
        let viewer = app.viewer(&token).await.unwrap();
        let offered = app.keyhatch.accounts().list_switchable(&viewer).await.unwrap();
        offered.into_iter().map(|account| account.name).collect()
    }
    let (owner, viewer) = (app.member(Role::Owner).await, app.member(Role::Viewer).await);
    let foreign_member = app.member_of(&app.foreign_account, Role::Owner).await;
    assert!(names(&app, &owner).await.is_empty(), "one account alone is not offered");
    let north = create_sub_account(&app, &app.account, "North").await.unwrap();
    create_sub_account(&app, &app.account, "South").await.unwrap();
    let inside = app.member_of(&north, Role::Owner).await;
    let mut offered = names(&app, &owner).await;
    offered[1..].sort();
    assert_eq!(offered[1..], ["North", "South"]);
    assert_eq!(offered.len(), 3);
    for other in [&viewer, &foreign_member, &inside] {
        assert!(names(&app, other).await.is_empty());
    }
    app.keyhatch.accounts().delete(&owner, &north).await.unwrap();
    assert_eq!(names(&app, &owner).await[1..], ["South"]);
}

/// The open account is offered even if many accounts are newer.
#[tokio::test]
async fn open_account_is_offered_once() {
    let app = TestApp::sqlite().await;
    let oldest = create_sub_account(&app, &app.account, "Oldest").await.unwrap();
    for number in 0..20 {
        create_sub_account(&app, &app.account, &format!("Sub {number}")).await.unwrap();
    }
    let owner = app.member(Role::Owner).await;
    let token = app.sign_in(&viewer_of(&owner).email, PASSWORD).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    let newest = app.keyhatch.accounts().list_switchable(&viewer).await.unwrap();
    assert_eq!(newest.len(), 13);
    assert!(newest.iter().all(|account| account.id != oldest));
    for open in [oldest, newest[5].id.clone()] {
        app.keyhatch.accounts().open(&viewer, &open).await.unwrap();
        let viewer = app.viewer(&token).await.unwrap();
        let offered = app.keyhatch.accounts().list_switchable(&viewer).await.unwrap();
        assert_eq!(offered[0].id, app.account);
        assert_eq!(offered.iter().filter(|account| account.id == open).count(), 1);
    }
}
