//! What is left of an account that was closed: nothing that anybody can use, neither what it had nor what somebody was
//! about to add to it.

use crate::on_both;
use crate::world::{PASSWORD, World, home, open_form};
use domain::activity::ActivityFilter;
use domain::member::Role;
use service::access::Actor;
use service::keys::PageRequest;
use service::members::InviteForm;
use service::secrets::SecretString;
use service::{Closed, Error};
use std::sync::Arc;

on_both!(nothing_of_it_can_be_used, its_links_open_nothing, who_joins_meanwhile_is_no_member, no_text_is_too_odd);

fn invite_form(email: &str) -> InviteForm {
    InviteForm { email: email.to_owned(), role: Role::Owner.as_str().to_owned() }
}

async fn nothing_of_it_can_be_used(world: World) {
    let keyhatch = &world.keyhatch;
    let sub = keyhatch.create_account(&Actor::Operator, "Sub", Some(&world.account)).await.unwrap();
    let Actor::Member(above) = world.member(Role::Owner).await else { unreachable!("a member") };
    let Actor::Member(inside) = world.member_of(&sub, Role::Owner).await else { unreachable!("a member") };
    let issued = keyhatch.issue_key(&Actor::Operator, &sub, &open_form("Shop")).await.unwrap();
    keyhatch.open_account(&above, &sub).await.unwrap();
    assert_eq!(keyhatch.close_account(&Actor::Operator, &world.account).await.unwrap(), 1);

    assert_eq!(world.ask(&issued.secret).await.unwrap(), domain::verdict::VerdictCode::NotFound);
    for email in [&above.email, &inside.email] {
        assert_eq!(world.sign_in(email, PASSWORD).await.err(), Some(Error::WrongCredentials));
    }
    assert_eq!(keyhatch.open_account(&above, &sub).await.err(), Some(Error::NotFound), "a request on its way");
    for (who, account) in
        [(Actor::Member(above), &world.account), (Actor::Member(inside), &sub), (Actor::Operator, &sub)]
    {
        let key = issued.key.id.as_str();
        let listed = keyhatch.list_keys(&who, account, &PageRequest::default()).await.err();
        assert_eq!(listed, Some(Error::NotFound), "{account}");
        assert_eq!(keyhatch.issue_key(&who, account, &open_form("x")).await.err(), Some(Error::NotFound));
        assert_eq!(keyhatch.enable_key(&who, account, key, true).await.err(), Some(Error::NotFound));
        assert_eq!(keyhatch.find_account(&who, account).await.err(), Some(Error::NotFound));
        assert_eq!(keyhatch.list_members(&who, account).await.err(), Some(Error::NotFound));
        assert_eq!(keyhatch.invite(&who, account, &invite_form("a@example.com")).await.err(), Some(Error::NotFound));
        assert!(keyhatch.create_account(&who, "x", Some(account)).await.is_err());
    }
    // What was done stays, for the operator.
    let activity = keyhatch.list_activity(&Actor::Operator, &sub, &ActivityFilter::default(), None).await.unwrap();
    assert!(activity.rows.iter().any(|row| row.action == "key.issue"));
}

async fn its_links_open_nothing(world: World) {
    let keyhatch = &world.keyhatch;
    let invited = keyhatch.invite(&Actor::Operator, &world.account, &invite_form("new@example.com")).await.unwrap();
    keyhatch.close_account(&Actor::Operator, &world.account).await.unwrap();
    let withdrawn = Some(Error::InvitationClosed(Closed::Withdrawn));
    assert_eq!(keyhatch.find_offer(&invited.token).await.err(), withdrawn);
    let joined = keyhatch.join(&invited.token, &SecretString::from(PASSWORD), Some(home()), None).await;
    assert_eq!(joined.err(), withdrawn);
    // The email is as free as before.
    keyhatch.invite(&Actor::Operator, &world.foreign, &invite_form("new@example.com")).await.unwrap();
}

/// Passwords are hashed before the transaction, which takes long enough for the account to be closed.
async fn who_joins_meanwhile_is_no_member(world: World) {
    let keyhatch = Arc::new(world.keyhatch.clone());
    let invited = keyhatch.invite(&Actor::Operator, &world.account, &invite_form("new@example.com")).await.unwrap();
    let joins = tokio::spawn({
        let (keyhatch, token) = (Arc::clone(&keyhatch), invited.token.clone());
        async move { keyhatch.join(&token, &SecretString::from(PASSWORD), Some(home()), None).await.map(drop) }
    });
    let is_made = tokio::spawn({
        let (keyhatch, account) = (Arc::clone(&keyhatch), world.account.clone());
        let password = SecretString::from(PASSWORD);
        async move {
            let email = "made@example.com";
            keyhatch.create_member(&Actor::Operator, &account, email, Role::Owner, &password).await.map(drop)
        }
    });
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    keyhatch.close_account(&Actor::Operator, &world.account).await.unwrap();
    // Whether they were in time or not: nobody is a member of what is closed, and their emails are free.
    let (_, _) = (joins.await.unwrap(), is_made.await.unwrap());
    for email in ["new@example.com", "made@example.com"] {
        let made = keyhatch
            .create_member(&Actor::Operator, &world.foreign, email, Role::Viewer, &SecretString::from(PASSWORD))
            .await;
        assert!(made.is_ok(), "{email}: {made:?}");
    }
}

/// PostgreSQL takes no NUL, and neither database finds anything by one: it is no fault of ours.
async fn no_text_is_too_odd(world: World) {
    let keyhatch = &world.keyhatch;
    let key = world.issue("Shop").await.key.id;
    let long = "x".repeat(100_000);
    for odd in ["\0", "a\0b", "\u{202e}", "%", "\u{10ffff}", long.as_str()] {
        let shown = odd.chars().take(5).collect::<String>();
        let found = keyhatch.find_key(&Actor::Operator, &world.account, odd).await.err();
        assert_eq!(found, Some(Error::NotFound), "{shown:?}");
        let deleted = keyhatch.delete_key(&Actor::Operator, &world.account, odd, "").await.err();
        assert_eq!(deleted, Some(Error::NotFound), "{shown:?}");
        let renamed = keyhatch.rename_account(&Actor::Operator, odd, "x").await.err();
        assert_eq!(renamed, Some(Error::NotFound), "{shown:?}");
        let below = keyhatch.create_account(&Actor::Operator, "x", Some(odd)).await.err();
        assert!(matches!(below, Some(Error::NotFound | Error::Invalid(_))), "{shown:?}: {below:?}");
        let searched = PageRequest { search: Some(odd.to_owned()), ..PageRequest::default() };
        let listed = keyhatch.list_keys(&Actor::Operator, &world.account, &searched).await.unwrap();
        assert!(listed.keys.is_empty(), "{shown:?}");
        let filter = ActivityFilter { actor: Some(odd.to_owned()), ..ActivityFilter::default() };
        let activity = keyhatch.list_activity(&Actor::Operator, &world.account, &filter, None).await;
        assert!(activity.as_ref().map_or_else(|error| *error == Error::NotFound, |page| page.rows.is_empty()));
    }
    keyhatch.find_key(&Actor::Operator, &world.account, &key).await.unwrap();
}
