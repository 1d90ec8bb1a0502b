//! Members and invitations: what each role may do, and that an account keeps an owner.

use crate::on_both;
use domain::member::Role;
use domain::time::Millis;
use domain::two_factor_rule::RequireTwoFactorForm;
use service::actor::Actor;
use service::members::{InviteForm, NewInvitation};
use service::secrets::{ExposeSecret, SecretString};
use service::{ClosedInvitation, Error, Keyhatch};
use std::sync::Arc;
use test_support::{DAY, PASSWORD, TestApp, client_address};

on_both!(concurrent_changes_leave_one_owner, invitation_is_accepted_once_under_concurrency);

const WEEK: Millis = 7 * DAY;

fn form(email: &str, role: Role) -> InviteForm {
    InviteForm { email: email.to_owned(), role: role.as_str().to_owned() }
}

async fn create_invitation(app: &TestApp, email: &str) -> NewInvitation {
    app.keyhatch.members().create_invitation(&Actor::Operator, &app.account, &form(email, Role::Admin)).await.unwrap()
}

async fn join(keyhatch: &Keyhatch, invited: &NewInvitation) -> Result<SecretString, Error> {
    let password = SecretString::from(PASSWORD);
    Ok(keyhatch.members().join(&invited.token, &password, Some(client_address()), None).await?.token)
}

/// The id of the member with this email.
async fn member_id(app: &TestApp, email: &str) -> String {
    app.keyhatch.members().find_by_email(&Actor::Operator, email).await.unwrap().0
}

fn id(actor: &Actor) -> &str {
    match actor {
        Actor::Member(viewer) => &viewer.member_id,
        _ => panic!("no member"),
    }
}

#[tokio::test]
async fn accepted_invitation_creates_a_member_and_signs_in() {
    let app = TestApp::sqlite().await;
    let invited = create_invitation(&app, " New@Example.com").await;
    assert_eq!(invited.invitation.email, "new@example.com");
    assert_eq!(invited.invitation.expires_at, app.keyhatch.now() + WEEK);
    assert_eq!(invited.token.expose_secret().len(), 43, "256 bits");
    let offer = app.keyhatch.members().find_invitation(&invited.token).await.unwrap();
    assert_eq!(
        (offer.account_name.as_str(), offer.email.as_str(), offer.role),
        ("Acme", "new@example.com", Role::Admin)
    );

    let weak = SecretString::from("short");
    let refused = app.keyhatch.members().join(&invited.token, &weak, None, None).await.err();
    assert!(matches!(refused, Some(Error::Invalid(_))), "{refused:?}");
    let token = join(&app.keyhatch, &invited).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    assert_eq!(
        (viewer.email.as_str(), viewer.role, &viewer.account_id),
        ("new@example.com", Role::Admin, &app.account)
    );
    let list = app.keyhatch.members().list(&Actor::Operator, &app.account).await.unwrap();
    assert!(list.invitations.is_empty());
    assert_eq!(list.members[0].last_sign_in_at, Some(app.keyhatch.now()));
    assert_eq!(join(&app.keyhatch, &invited).await.err(), Some(Error::InvitationClosed(ClosedInvitation::Used)));
}

#[tokio::test]
async fn closed_invitation_says_why() {
    let app = TestApp::sqlite().await;
    let closed = async |invited: &NewInvitation| match app.keyhatch.members().find_invitation(&invited.token).await {
        Err(Error::InvitationClosed(why)) => Some(why),
        _ => None,
    };
    let first = create_invitation(&app, "a@example.com").await;
    let second = create_invitation(&app, "a@example.com").await;
    assert_eq!(closed(&first).await, Some(ClosedInvitation::Deleted), "a newer invitation replaces it");
    assert_eq!(closed(&second).await, None);
    let withdraw = |id: String| {
        let (keyhatch, account) = (app.keyhatch.clone(), app.account.clone());
        async move { keyhatch.members().delete_invitation(&Actor::Operator, &account, &id).await }
    };
    withdraw(second.invitation.id.clone()).await.unwrap();
    assert_eq!(closed(&second).await, Some(ClosedInvitation::Deleted));
    assert_eq!(join(&app.keyhatch, &second).await.err(), Some(Error::InvitationClosed(ClosedInvitation::Deleted)));
    assert_eq!(withdraw(second.invitation.id).await, Err(Error::NotFound));

    let late = create_invitation(&app, "b@example.com").await;
    app.clock.advance(WEEK - 1);
    assert_eq!(closed(&late).await, None);
    app.clock.advance(1);
    assert_eq!(closed(&late).await, Some(ClosedInvitation::Expired));
    assert_eq!(join(&app.keyhatch, &late).await.err(), Some(Error::InvitationClosed(ClosedInvitation::Expired)));
    assert!(app.keyhatch.members().list(&Actor::Operator, &app.account).await.unwrap().invitations.is_empty());

    let there = create_invitation(&app, "c@example.com").await;
    let password = SecretString::from(PASSWORD);
    let created =
        app.keyhatch.members().create(&Actor::Operator, &app.foreign_account, "c@example.com", Role::Owner, &password);
    created.await.unwrap();
    assert_eq!(closed(&there).await, Some(ClosedInvitation::Member));
    assert_eq!(join(&app.keyhatch, &there).await.err(), Some(Error::InvitationClosed(ClosedInvitation::Member)));
    let again = app
        .keyhatch
        .members()
        .create_invitation(&Actor::Operator, &app.account, &form("C@example.com", Role::Admin))
        .await
        .err();
    assert!(matches!(again, Some(Error::Invalid(_))), "{again:?}");
    let forged = SecretString::from("A".repeat(43));
    assert_eq!(
        app.keyhatch.members().find_invitation(&forged).await.err(),
        Some(Error::InvitationClosed(ClosedInvitation::Unknown))
    );
}

#[tokio::test]
async fn each_role_may_manage_only_the_members_allowed_to_it() {
    let app = TestApp::sqlite().await;
    let (keyhatch, account) = (&app.keyhatch, &app.account);
    for (own, managed) in
        [(Role::Owner, &Role::ALL[..]), (Role::Admin, &[Role::Admin, Role::Viewer]), (Role::Viewer, &[])]
    {
        let actor = app.member(own).await;
        assert!(keyhatch.members().list(&actor, account).await.is_ok());
        for other in Role::ALL {
            let is_good = managed.contains(&other);
            let expected = if is_good { None } else { Some(Error::Forbidden) };
            let email = format!("{}-by-{}@example.com", other.as_str(), own.as_str());
            let invited = keyhatch.members().create_invitation(&actor, account, &form(&email, other)).await;
            assert_eq!(invited.as_ref().err(), expected.as_ref(), "{own:?} invites {other:?}");

            let password = SecretString::from(PASSWORD);
            let created =
                keyhatch.members().create(&Actor::Operator, account, &format!("x{email}"), other, &password).await;
            let created = created.unwrap();
            let to = if other == Role::Viewer { Role::Admin } else { Role::Viewer };
            let changed = keyhatch.members().update_role(&actor, account, &created, to).await.err();
            assert_eq!(changed, expected, "{own:?} changes {other:?}");
            let up = keyhatch.members().update_role(&actor, account, &created, Role::Owner).await.err();
            assert_eq!(up, if own == Role::Owner { None } else { Some(Error::Forbidden) }, "{own:?} makes an owner");
            keyhatch.members().update_role(&Actor::Operator, account, &created, other).await.unwrap();
            let removed = keyhatch.members().delete(&actor, account, &created).await.err();
            assert_eq!(removed, expected, "{own:?} removes {other:?}");
            if let Ok(invited) = invited {
                keyhatch.members().delete_invitation(&actor, account, &invited.invitation.id).await.unwrap();
            }
        }
        let rule = keyhatch.members().make_two_factor_optional(&actor, account).await.err();
        assert_eq!(rule, if own == Role::Owner { None } else { Some(Error::Forbidden) });
    }
}

/// For another account's owner, neither the account nor its members and invitations are found.
#[tokio::test]
async fn foreign_members_are_not_found() {
    let app = TestApp::sqlite().await;
    let own = app.member(Role::Admin).await;
    let invited = create_invitation(&app, "new@example.com").await;
    let foreign_member = app.member_of(&app.foreign_account, Role::Owner).await;
    let (keyhatch, account) = (&app.keyhatch, &app.account);
    assert_eq!(keyhatch.members().list(&foreign_member, account).await.err(), Some(Error::NotFound));
    let invitation = keyhatch
        .members()
        .create_invitation(&foreign_member, account, &form("x@example.com", Role::Viewer))
        .await
        .err();
    assert_eq!(invitation, Some(Error::NotFound));
    let required = keyhatch.members().require_two_factor(&foreign_member, account, &RequireTwoFactorForm::now()).await;
    assert_eq!(required, Err(Error::NotFound));
    // Also when a request for the own account names an id of the foreign one.
    for account in [account, &app.foreign_account] {
        assert_eq!(
            keyhatch.members().update_role(&foreign_member, account, id(&own), Role::Viewer).await,
            Err(Error::NotFound)
        );
        assert_eq!(keyhatch.members().delete(&foreign_member, account, id(&own)).await, Err(Error::NotFound));
        let withdrawn = keyhatch.members().delete_invitation(&foreign_member, account, &invited.invitation.id).await;
        assert_eq!(withdrawn, Err(Error::NotFound));
    }
    assert_eq!(keyhatch.members().list(&own, account).await.unwrap().members.len(), 1);
}

#[tokio::test]
async fn last_owner_cannot_be_removed() {
    let app = TestApp::sqlite().await;
    let owner = app.member(Role::Owner).await;
    let (keyhatch, account) = (&app.keyhatch, &app.account);
    for actor in [&owner, &Actor::Operator] {
        let made_less = keyhatch.members().update_role(actor, account, id(&owner), Role::Viewer).await;
        assert_eq!(made_less, Err(Error::LastOwner));
        assert_eq!(keyhatch.members().delete(actor, account, id(&owner)).await, Err(Error::LastOwner));
    }
    keyhatch.members().update_role(&owner, account, id(&owner), Role::Owner).await.unwrap();
    let admin = app.member(Role::Admin).await;
    keyhatch.members().update_role(&owner, account, id(&admin), Role::Owner).await.unwrap();
    keyhatch.members().update_role(&owner, account, id(&owner), Role::Viewer).await.unwrap();
    assert_eq!(
        keyhatch.members().delete(&admin, account, id(&admin)).await.err(),
        Some(Error::Forbidden),
        "an old role"
    );
    let token = app.sign_in(&format!("admin@{account}.example.com"), PASSWORD).await.unwrap();
    let again = Actor::Member(app.viewer(&token).await.unwrap());
    assert_eq!(keyhatch.members().delete(&again, account, id(&again)).await, Err(Error::LastOwner));
}

/// Two owners demote or delete each other, or delete themselves, concurrently.
async fn concurrent_changes_leave_one_owner(app: TestApp) {
    let other_process = Arc::new(app.open_second().await.unwrap());
    let password = SecretString::from(PASSWORD);
    for round in 0..20 {
        let mut owners = Vec::new();
        for number in 0..2 {
            let email = format!("owner{round}-{number}@example.com");
            let created = app.keyhatch.members().create(&Actor::Operator, &app.account, &email, Role::Owner, &password);
            owners.push(created.await.unwrap());
        }
        let mut tasks = tokio::task::JoinSet::new();
        for (number, owner) in owners.iter().enumerate() {
            let keyhatch = if number == 0 { app.keyhatch.clone() } else { Keyhatch::clone(&other_process) };
            let (account, owner) = (app.account.clone(), owner.clone());
            tasks.spawn(async move {
                if round % 2 == 0 {
                    keyhatch.members().delete(&Actor::Operator, &account, &owner).await
                } else {
                    keyhatch.members().update_role(&Actor::Operator, &account, &owner, Role::Admin).await
                }
            });
        }
        let mut outcomes = tasks.join_all().await;
        outcomes.sort_by_key(Result::is_err);
        assert_eq!(outcomes, [Ok(()), Err(Error::LastOwner)], "round {round}");
        let list = app.keyhatch.members().list(&Actor::Operator, &app.account).await.unwrap().members;
        let left: Vec<_> = list.iter().filter(|member| member.role == Role::Owner).collect();
        assert_eq!(left.len(), 1, "round {round}");
        // Empties the account for the next round.
        let remaining = left[0].id.clone();
        app.run_sql(&format!("DELETE FROM members WHERE id = '{remaining}'")).await;
    }
}

async fn invitation_is_accepted_once_under_concurrency(app: TestApp) {
    let other_process = app.open_second().await.unwrap();
    for round in 0..5 {
        let invited = create_invitation(&app, &format!("new{round}@example.com")).await;
        let (first, second) = tokio::join!(join(&app.keyhatch, &invited), join(&other_process, &invited));
        let late = match (first, second) {
            (Ok(_), Err(error)) | (Err(error), Ok(_)) => error,
            (first, second) => panic!("{:?} {:?}", first.err(), second.err()),
        };
        assert!(matches!(late, Error::InvitationClosed(ClosedInvitation::Used | ClosedInvitation::Member)), "{late:?}");
    }
}

#[tokio::test]
async fn deleted_member_is_signed_out_and_their_keys_stay() {
    let app = TestApp::sqlite().await;
    let invited = create_invitation(&app, "gone@example.com").await;
    let token = join(&app.keyhatch, &invited).await.unwrap();
    let actor = Actor::Member(app.viewer(&token).await.unwrap());
    let form = test_support::unrestricted_key_form("Stays");
    let created = app.keyhatch.keys().create(&actor, &app.account, &form).await.unwrap();
    app.keyhatch.members().delete(&Actor::Operator, &app.account, id(&actor)).await.unwrap();
    assert_eq!(app.viewer(&token).await.err(), Some(Error::Unauthenticated));
    assert_eq!(app.sign_in("gone@example.com", PASSWORD).await.err(), Some(Error::WrongCredentials));
    assert_eq!(app.decide(&created.secret).await, Ok(domain::verdict::VerdictCode::Valid));
    assert_eq!(app.query_number("SELECT COUNT(*) FROM keys WHERE created_by = 'gone@example.com'").await, 1);
    assert_eq!(app.keyhatch.members().delete(&Actor::Operator, &app.account, id(&actor)).await, Err(Error::NotFound));
    // The email is free again.
    create_invitation(&app, "gone@example.com").await;
}

#[tokio::test]
async fn role_change_applies_to_the_next_request() {
    let app = TestApp::sqlite().await;
    app.member(Role::Owner).await;
    let invited = create_invitation(&app, "admin@example.com").await;
    let token = join(&app.keyhatch, &invited).await.unwrap();
    let member = member_id(&app, "admin@example.com").await;
    app.keyhatch.members().update_role(&Actor::Operator, &app.account, &member, Role::Viewer).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    assert_eq!(viewer.role, Role::Viewer);
    let created = app
        .keyhatch
        .keys()
        .create(&Actor::Member(viewer), &app.account, &test_support::unrestricted_key_form("No"))
        .await;
    assert_eq!(created.err(), Some(Error::Forbidden));
}

#[tokio::test]
async fn member_changes_are_audited_without_secrets() {
    let app = TestApp::sqlite().await;
    let owner = app.member(Role::Owner).await;
    let (keyhatch, account) = (&app.keyhatch, &app.account);
    let withdrawn =
        keyhatch.members().create_invitation(&owner, account, &form("a@example.com", Role::Viewer)).await.unwrap();
    keyhatch.members().delete_invitation(&owner, account, &withdrawn.invitation.id).await.unwrap();
    let invited =
        keyhatch.members().create_invitation(&owner, account, &form("b@example.com", Role::Viewer)).await.unwrap();
    join(keyhatch, &invited).await.unwrap();
    let member = member_id(&app, "b@example.com").await;
    keyhatch.members().update_role(&owner, account, &member, Role::Admin).await.unwrap();
    keyhatch
        .members()
        .reset_password(&Actor::Operator, "b@example.com", &SecretString::from("another password"))
        .await
        .unwrap();
    keyhatch.members().delete(&owner, account, &member).await.unwrap();
    keyhatch.members().require_two_factor(&owner, account, &RequireTwoFactorForm::now()).await.unwrap();
    let store = app.store().await;
    let rows = store.audit().list(1, 100).await.unwrap();
    let actions: Vec<&str> = rows.iter().map(|row| row.action.as_str()).skip(4).collect();
    assert_eq!(
        actions,
        [
            "invitation.create",
            "invitation.delete",
            "invitation.create",
            "member.join",
            "member.update",
            "password.reset",
            "member.delete",
            "account.require_two_factor"
        ]
    );
    let details: String = rows.iter().map(|row| row.details.clone()).collect();
    for secret in [withdrawn.token.expose_secret(), invited.token.expose_secret(), PASSWORD, "another password"] {
        assert!(!details.contains(secret));
    }
    for file in ["keyhatch.db", "keyhatch.db-wal"] {
        let bytes = std::fs::read(app.file(file)).unwrap();
        let token = invited.token.expose_secret().as_bytes();
        assert!(!bytes.windows(token.len()).any(|window| window == token), "{file}");
    }
}
