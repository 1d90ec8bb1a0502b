//! Tenancy: every use case and every role, on the own account and on a foreign one.

use domain::lifecycle::RotateForm;
use domain::member::Role;
use domain::verdict::VerdictCode;
use service::Error;
use service::actor::Actor;
use service::keys::PageRequest;
use test_support::{PASSWORD, ROLES, TestApp, unrestricted_key_form};

const USE_CASES: [&str; 13] = [
    "list",
    "find",
    "history",
    "old secret uses",
    "first call",
    "watch first call",
    "create",
    "update",
    "allow address",
    "rotate",
    "end overlap",
    "disable",
    "delete",
];
/// Use cases that change nothing.
const LOOKS: [&str; 6] = ["list", "find", "history", "old secret uses", "first call", "watch first call"];

/// Attempts a use case on a key of `account` and returns how it failed.
async fn attempt(app: &TestApp, actor: &Actor, account: &str, id: &str, use_case: &str) -> Option<Error> {
    let (keyhatch, form) = (&app.keyhatch, unrestricted_key_form("Taken over"));
    match use_case {
        "list" => keyhatch.keys().list(actor, account, &PageRequest::default()).await.err(),
        "find" => keyhatch.keys().find(actor, account, id).await.err(),
        "history" => keyhatch.keys().history(actor, account, id, None).await.err(),
        "old secret uses" => keyhatch.key_secrets().list_old_secret_uses(actor, account, id).await.err(),
        "first call" => keyhatch.key_calls().first_call(actor, account, id).await.err(),
        "watch first call" => keyhatch.key_calls().watch_first_call(actor, account, id).await.err(),
        "allow address" => {
            let allowed = keyhatch.keys().allow_address(actor, account, id, "203.0.113.7", None).await;
            // Any address may use these keys already; only authorized actors are told so.
            allowed.err().filter(|error| !matches!(error, Error::Invalid(_)))
        }
        "rotate" => keyhatch.key_secrets().rotate(actor, account, id, &RotateForm::default()).await.err(),
        "end overlap" => keyhatch.key_secrets().end_overlap(actor, account, id).await.err(),
        "disable" => keyhatch.keys().disable(actor, account, id).await.err(),
        "create" => keyhatch.keys().create(actor, account, &form).await.err(),
        "update" => keyhatch.keys().update(actor, account, id, &form, None).await.err(),
        "delete" => keyhatch.keys().delete(actor, account, id, "").await.err(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn foreign_account_is_not_found_for_any_role() {
    let app = TestApp::sqlite().await;
    let key = app.create_key("Ours").await;
    for role in ROLES {
        let foreign_member = app.member_of(&app.foreign_account, role).await;
        for use_case in USE_CASES {
            // The foreign account itself, and the member's own account with the id of a foreign key.
            let named = attempt(&app, &foreign_member, &app.account, &key.key.id, use_case).await;
            assert_eq!(named, Some(Error::NotFound), "{role:?} {use_case}");
            if !["list", "create"].contains(&use_case) {
                let smuggled = attempt(&app, &foreign_member, &app.foreign_account, &key.key.id, use_case).await;
                let expected =
                    if role == Role::Viewer && !LOOKS.contains(&use_case) { Error::Forbidden } else { Error::NotFound };
                assert_eq!(smuggled, Some(expected), "{role:?} {use_case}");
            }
        }
    }
    assert_eq!(app.decide(&key.secret).await, Ok(VerdictCode::Valid));
    assert_eq!(app.key_without_last_use(&key.key.id).await.unwrap(), key.key);
}

#[tokio::test]
async fn unknown_account_is_not_found() {
    let app = TestApp::sqlite().await;
    for role in ROLES {
        let member = app.member(role).await;
        for use_case in USE_CASES {
            let refused = attempt(&app, &member, "acc_none", "key_none", use_case).await;
            assert_eq!(refused, Some(Error::NotFound), "{role:?} {use_case}");
        }
    }
    for use_case in USE_CASES.into_iter().filter(|use_case| *use_case != "list") {
        let refused = attempt(&app, &Actor::Operator, "acc_none", "key_none", use_case).await;
        assert_eq!(refused, Some(Error::NotFound), "{use_case}");
    }
}

#[tokio::test]
async fn viewers_read_and_other_roles_change() {
    let app = TestApp::sqlite().await;
    for role in ROLES {
        let key = app.create_key("Ours").await;
        let member = app.member(role).await;
        for use_case in USE_CASES {
            let refused = attempt(&app, &member, &app.account, &key.key.id, use_case).await;
            let changes = !LOOKS.contains(&use_case);
            let expected = (role == Role::Viewer && changes).then_some(Error::Forbidden);
            assert_eq!(refused, expected, "{role:?} {use_case}");
        }
        let expected = if role == Role::Viewer { VerdictCode::Valid } else { VerdictCode::NotFound };
        assert_eq!(app.decide(&key.secret).await, Ok(expected), "{role:?}");
    }
}

/// Keys of another account are neither counted, nor found, nor listed.
#[tokio::test]
async fn lists_contain_only_keys_of_the_account() {
    let app = TestApp::sqlite().await;
    let ours = app.create_key("Ours").await.key;
    let foreign_member = app.member_of(&app.foreign_account, Role::Owner).await;
    let after = Some(format!("-created.{}.{}", ours.id, i64::MAX).parse().unwrap());
    for request in [
        PageRequest::default(),
        PageRequest { search: Some("Ours".to_owned()), after: None, ..PageRequest::default() },
        PageRequest { search: None, after, ..PageRequest::default() },
    ] {
        let page = app.keyhatch.keys().list(&foreign_member, &app.foreign_account, &request).await.unwrap();
        assert_eq!((page.keys.len(), page.total), (0, 0));
    }
}

#[tokio::test]
async fn demoted_viewer_leaves_the_open_sub_account() {
    let app = TestApp::sqlite().await;
    let sub = app.keyhatch.accounts().create(&Actor::Operator, "Sub", Some(&app.account)).await.unwrap();
    let Actor::Member(admin) = app.member(Role::Admin).await else { unreachable!("a member") };
    let token = app.sign_in(&admin.email, PASSWORD).await.unwrap();
    app.keyhatch.accounts().open(&app.viewer(&token).await.unwrap(), &sub).await.unwrap();
    assert_eq!(app.viewer(&token).await.unwrap().shown_account(), sub);
    app.keyhatch.members().update_role(&Actor::Operator, &app.account, &admin.member_id, Role::Viewer).await.unwrap();
    let viewer = app.viewer(&token).await.unwrap();
    assert_eq!(viewer.shown_account(), app.account);
    assert_eq!(app.keyhatch.accounts().open(&viewer, &sub).await.err(), Some(Error::NotFound));
    let viewer = Actor::Member(viewer);
    for use_case in ["list", "create"] {
        assert_eq!(attempt(&app, &viewer, &sub, "", use_case).await, Some(Error::NotFound), "{use_case}");
    }
}
