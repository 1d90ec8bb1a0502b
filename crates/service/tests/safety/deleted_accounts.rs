//! A deleted account: nothing of it can be used, neither what it had nor what was being added during the deletion.

use crate::on_both;
use domain::activity::ActivityFilter;
use domain::member::Role;
use service::actor::Actor;
use service::keys::PageRequest;
use service::members::InviteForm;
use service::secrets::SecretString;
use service::{ClosedInvitation, Error};
use std::sync::Arc;
use test_support::{PASSWORD, TestApp, client_address, unrestricted_key_form};

on_both!(
    deleted_account_cannot_be_used,
    links_of_a_deleted_account_do_not_work,
    joining_during_the_deletion_creates_no_member,
    control_characters_in_ids_are_not_found
);

fn invite_form(email: &str) -> InviteForm {
    InviteForm { email: email.to_owned(), role: Role::Owner.as_str().to_owned() }
}

async fn deleted_account_cannot_be_used(app: TestApp) {
    let keyhatch = &app.keyhatch;
    let sub = keyhatch.accounts().create(&Actor::Operator, "Sub", Some(&app.account)).await.unwrap();
    let Actor::Member(parent_owner) = app.member(Role::Owner).await else { unreachable!("a member") };
    let Actor::Member(sub_account_owner) = app.member_of(&sub, Role::Owner).await else { unreachable!("a member") };
    let created = keyhatch.keys().create(&Actor::Operator, &sub, &unrestricted_key_form("Shop")).await.unwrap();
    keyhatch.accounts().open(&parent_owner, &sub).await.unwrap();
    assert_eq!(keyhatch.accounts().delete(&Actor::Operator, &app.account).await.unwrap(), 1);

    assert_eq!(app.decide(&created.secret).await.unwrap(), domain::verdict::VerdictCode::NotFound);
    for email in [&parent_owner.email, &sub_account_owner.email] {
        assert_eq!(app.sign_in(email, PASSWORD).await.err(), Some(Error::WrongCredentials));
    }
    assert_eq!(
        keyhatch.accounts().open(&parent_owner, &sub).await.err(),
        Some(Error::NotFound),
        "a request that was already running"
    );
    for (actor, account) in
        [(Actor::Member(parent_owner), &app.account), (Actor::Member(sub_account_owner), &sub), (Actor::Operator, &sub)]
    {
        let key = created.key.id.as_str();
        let listed = keyhatch.keys().list(&actor, account, &PageRequest::default()).await.err();
        assert_eq!(listed, Some(Error::NotFound), "{account}");
        assert_eq!(
            keyhatch.keys().create(&actor, account, &unrestricted_key_form("x")).await.err(),
            Some(Error::NotFound)
        );
        assert_eq!(keyhatch.keys().enable(&actor, account, key).await.err(), Some(Error::NotFound));
        assert_eq!(keyhatch.accounts().find(&actor, account).await.err(), Some(Error::NotFound));
        assert_eq!(keyhatch.members().list(&actor, account).await.err(), Some(Error::NotFound));
        assert_eq!(
            keyhatch.members().create_invitation(&actor, account, &invite_form("a@example.com")).await.err(),
            Some(Error::NotFound)
        );
        assert!(keyhatch.accounts().create(&actor, "x", Some(account)).await.is_err());
    }
    // The audit log remains, for the operator.
    let activity = keyhatch.audit().list(&Actor::Operator, &sub, &ActivityFilter::default(), None).await.unwrap();
    assert!(activity.rows.iter().any(|row| row.action == "key.create"));
}

async fn links_of_a_deleted_account_do_not_work(app: TestApp) {
    let keyhatch = &app.keyhatch;
    let invited = keyhatch
        .members()
        .create_invitation(&Actor::Operator, &app.account, &invite_form("new@example.com"))
        .await
        .unwrap();
    keyhatch.accounts().delete(&Actor::Operator, &app.account).await.unwrap();
    let withdrawn = Some(Error::InvitationClosed(ClosedInvitation::Deleted));
    assert_eq!(keyhatch.members().find_invitation(&invited.token).await.err(), withdrawn);
    let joined =
        keyhatch.members().join(&invited.token, &SecretString::from(PASSWORD), Some(client_address()), None).await;
    assert_eq!(joined.err(), withdrawn);
    // The email is still free.
    keyhatch
        .members()
        .create_invitation(&Actor::Operator, &app.foreign_account, &invite_form("new@example.com"))
        .await
        .unwrap();
}

/// Passwords are hashed before the transaction, which takes long enough for the account to be deleted meanwhile.
async fn joining_during_the_deletion_creates_no_member(app: TestApp) {
    let keyhatch = Arc::new(app.keyhatch.clone());
    let invited = keyhatch
        .members()
        .create_invitation(&Actor::Operator, &app.account, &invite_form("new@example.com"))
        .await
        .unwrap();
    let joins = tokio::spawn({
        let (keyhatch, token) = (Arc::clone(&keyhatch), invited.token.clone());
        async move {
            keyhatch.members().join(&token, &SecretString::from(PASSWORD), Some(client_address()), None).await.map(drop)
        }
    });
    let is_made = tokio::spawn({
        let (keyhatch, account) = (Arc::clone(&keyhatch), app.account.clone());
        let password = SecretString::from(PASSWORD);
        async move {
            let email = "made@example.com";
            keyhatch.members().create(&Actor::Operator, &account, email, Role::Owner, &password).await.map(drop)
        }
    });
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    keyhatch.accounts().delete(&Actor::Operator, &app.account).await.unwrap();
    // In either order, a deleted account has no members, and their emails are free.
    let (_, _) = (joins.await.unwrap(), is_made.await.unwrap());
    for email in ["new@example.com", "made@example.com"] {
        let created = keyhatch
            .members()
            .create(&Actor::Operator, &app.foreign_account, email, Role::Viewer, &SecretString::from(PASSWORD))
            .await;
        assert!(created.is_ok(), "{email}: {created:?}");
    }
}

/// PostgreSQL accepts no NUL in text: such an id is unknown, not an internal error.
async fn control_characters_in_ids_are_not_found(app: TestApp) {
    let keyhatch = &app.keyhatch;
    let key = app.create_key("Shop").await.key.id;
    let long = "x".repeat(100_000);
    for odd in ["\0", "a\0b", "\u{202e}", "%", "\u{10ffff}", long.as_str()] {
        let shown = odd.chars().take(5).collect::<String>();
        let found = keyhatch.keys().find(&Actor::Operator, &app.account, odd).await.err();
        assert_eq!(found, Some(Error::NotFound), "{shown:?}");
        let deleted = keyhatch.keys().delete(&Actor::Operator, &app.account, odd, "").await.err();
        assert_eq!(deleted, Some(Error::NotFound), "{shown:?}");
        let renamed = keyhatch.accounts().update(&Actor::Operator, odd, "x").await.err();
        assert_eq!(renamed, Some(Error::NotFound), "{shown:?}");
        let below = keyhatch.accounts().create(&Actor::Operator, "x", Some(odd)).await.err();
        assert!(matches!(below, Some(Error::NotFound | Error::Invalid(_))), "{shown:?}: {below:?}");
        let searched = PageRequest { search: Some(odd.to_owned()), ..PageRequest::default() };
        let listed = keyhatch.keys().list(&Actor::Operator, &app.account, &searched).await.unwrap();
        assert!(listed.keys.is_empty(), "{shown:?}");
        let filter = ActivityFilter { actor: Some(odd.to_owned()), ..ActivityFilter::default() };
        let activity = keyhatch.audit().list(&Actor::Operator, &app.account, &filter, None).await;
        assert!(activity.as_ref().map_or_else(|error| *error == Error::NotFound, |page| page.rows.is_empty()));
    }
    keyhatch.keys().find(&Actor::Operator, &app.account, &key).await.unwrap();
}
