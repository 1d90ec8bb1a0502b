//! Plain forms over the real router: refused submissions, what a refused form shows again, what each role may submit,
//! and invitations from page to page. Two-factor codes are in `two_factor`.

use domain::member::Role;
use service::actor::Actor;

use crate::support::{ConsoleApp, ConsoleResponse as _, FORM, PASSWORD_FIELD, SAME_ORIGIN};

const MEMBERS: &str = "/settings/members";
const SECURITY: &str = "/settings/security";

#[tokio::test]
async fn unknown_forms_and_fields_are_refused() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for (path, body, code) in [
        (MEMBERS, "", "unknown_form"),
        (MEMBERS, "do=steal", "unknown_form"),
        (MEMBERS, "do=invite&email=a@b.example&role=viewer&admin=1", "unknown_field"),
        (MEMBERS, "do=update-password&current=a&password=b", "unknown_form"),
        (MEMBERS, "do=invite&email=a@b.example&email=c@d.example", "doubled_parameter"),
        (MEMBERS, "do=invite&do=delete", "doubled_parameter"),
        (SECURITY, "do=delete&id=mem_1", "unknown_form"),
        ("/invite", "do=invite", "unknown_form"),
        ("/sign-in", "email=a&password=b", "unknown_form"),
    ] {
        let cookie = if path.starts_with("/settings") { cookie.as_str() } else { "" };
        let response = console.post_form(path, cookie, body).await;
        assert_eq!(response.status_and_problem(), (400, code.to_owned()), "{path} {body}");
    }
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=a"] {
        let headers = [SAME_ORIGIN, ("content-type", kind), ("cookie", cookie.as_str())];
        let response = console.post(MEMBERS, &headers, "do=require").await;
        assert_eq!(response.status_and_problem(), (415, "unsupported_media_type".to_owned()), "{kind}");
    }
    for headers in
        [vec![FORM], vec![FORM, ("sec-fetch-site", "cross-site")], vec![FORM, ("origin", "http://evil.example")]]
    {
        let headers = [&headers[..], &[("cookie", cookie.as_str())]].concat();
        let response = console.post(MEMBERS, &headers, "do=require").await;
        assert_eq!(response.status_and_problem(), (403, "foreign_request".to_owned()));
    }
    assert_eq!(console.get(MEMBERS, &cookie).await.status, 200, "nothing was changed");
}

#[tokio::test]
async fn refused_form_keeps_its_input_but_no_password() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let typed = "%22%3E%3Cscript%3Ex()%3C/script%3E";
    let response = console.post_form(MEMBERS, &cookie, &format!("do=invite&email={typed}&role=admin")).await;
    assert_eq!(response.status, 422);
    let page = response.text();
    assert!(page.contains("This is not an email address."), "{page}");
    assert!(page.contains("&lt;script") && !page.contains("<script>x()"), "{page}");
    assert!(response.text_between("id=\"invite-role\"", "</select>").contains("value=\"admin\" selected"));
    assert!(response.text_between("id=\"invite-email\"", ">").contains("aria-invalid=\"true\""));

    let response = console
        .post_form(SECURITY, &cookie, "do=update-password&current=canary-current-word&password=canary-new")
        .await;
    assert_eq!(response.status, 422);
    let page = response.text();
    assert!(page.contains("This is not your password.") && page.contains("12"), "{page}");
    assert!(!page.contains("canary"), "a password is on the page");
    assert!(response.header("content-encoding").is_none());
}

#[tokio::test]
async fn each_role_may_submit_its_forms() {
    let console = ConsoleApp::start().await;
    let account = console.app.account.clone();
    let owner = console.create_owner_session().await;
    let admin = console.create_session(&account, "admin@example.com", Role::Admin).await;
    let viewer = console.create_session(&account, "viewer@example.com", Role::Viewer).await;
    let foreign = console.create_account("Other", None).await;
    let foreign_owner = console.create_session(&foreign, "foreign@example.com", Role::Owner).await;
    let owner_id = console.member_id("owner@example.com").await;
    let viewer_id = console.member_id("viewer@example.com").await;
    let foreign_id = console.member_id("foreign@example.com").await;
    for (body, expected) in [
        ("do=invite&email=&role=viewer".to_owned(), [422, 422, 403]),
        ("do=invite&email=x@example.com&role=owner".to_owned(), [200, 403, 403]),
        ("do=invite&email=y@example.com&role=admin".to_owned(), [200, 200, 403]),
        (format!("do=update&id={viewer_id}&role=viewer"), [303, 303, 403]),
        (format!("do=update&id={viewer_id}&role=owner"), [303, 403, 403]),
        (format!("do=update&id={foreign_id}&role=viewer"), [404, 404, 403]),
        (format!("do=update&id={owner_id}&role=nonsense"), [404, 404, 404]),
        (format!("do=delete&id={foreign_id}"), [404, 404, 404]),
        (format!("do=delete-invitation&id={foreign_id}"), [404, 404, 404]),
        ("do=do-not-require".to_owned(), [303, 403, 403]),
    ] {
        for (cookie, status) in [&owner, &admin, &viewer].into_iter().zip(expected) {
            let response = console.post_form(MEMBERS, cookie, &body).await;
            assert_eq!(response.status, status, "{body}");
            console
                .app
                .keyhatch
                .members()
                .update_role(&Actor::Operator, &account, &viewer_id, Role::Viewer)
                .await
                .expect("a viewer again");
        }
    }
    let last = console.post_form(MEMBERS, &owner, &format!("do=delete&id={owner_id}")).await;
    assert_eq!(last.status, 409);
    assert!(last.text().contains("Make another member an owner first."));
    assert!(last.text().contains("<dialog"), "the dialog is still open");
    // A viewer sees the list without controls.
    let page = console.get_text(MEMBERS, &viewer).await;
    assert!(page.contains("owner@example.com") && !page.contains("<select") && !page.contains("Delete"), "{page}");
    assert!(!console.get_text(MEMBERS, &foreign_owner).await.contains("owner@example.com"));
    assert!(!console.get_text(&format!("{MEMBERS}?delete={owner_id}"), &foreign_owner).await.contains("<dialog"));
}

#[tokio::test]
async fn invitation_link_is_shown_once_and_works_once() {
    let console = ConsoleApp::start().await;
    let owner = console.create_owner_session().await;
    let invited = console.post_form(MEMBERS, &owner, "do=invite&email=new@example.com&role=viewer").await;
    assert_eq!((invited.status.as_u16(), invited.header("cache-control")), (200, Some("no-store")));
    let link = invited.text_between("value=\"http://127.0.0.1:3000", "\"");
    assert!(link.starts_with("/invite?token=") && link.len() == "/invite?token=".len() + 43, "{link}");
    let token = link.split_once('=').expect("a token").1.to_owned();
    assert!(!console.get_text(MEMBERS, &owner).await.contains(&token));

    let page = console.get(link, "").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("new@example.com") && page.text().contains("Acme"));
    let weak = console.post_form("/invite", "", &format!("do=join&token={token}&password=short")).await;
    assert_eq!(weak.status, 422);
    assert!(weak.text().contains(&token), "the form can be submitted again");
    let joined =
        console.post_form("/invite", &owner, &format!("do=join&token={token}&password={PASSWORD_FIELD}")).await;
    assert_eq!(joined.redirect(), (303, Some("/settings/api-keys")));
    assert_eq!(console.get(MEMBERS, &joined.cookie()).await.status, 200);
    assert_eq!(console.get(MEMBERS, &owner).await.status, 303, "the browser's former session has ended");

    for again in [
        console.get(link, "").await,
        console.post_form("/invite", "", &format!("do=join&token={token}&password={PASSWORD_FIELD}")).await,
    ] {
        assert_eq!(again.status, 403);
        assert!(again.text().contains("This invitation has been used."), "{}", again.text());
    }
    assert_eq!(console.get("/invite?token=none", "").await.status, 403);
    assert_eq!(console.get("/invite", "").await.status, 403);
}

#[tokio::test]
async fn notice_comes_from_a_known_code_only() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let response = console.post_form(MEMBERS, &cookie, "do=do-not-require").await;
    assert_eq!(response.redirect(), (303, Some("/settings/members?done=not-required")));
    assert!(console.get_text("/settings/members?done=deleted", &cookie).await.contains("The member was deleted"));
    let page = console.get_text("/settings/members?done=You%20won", &cookie).await;
    assert!(!page.contains("You won"));
}

#[tokio::test]
async fn password_update_replaces_the_session() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let body = format!("do=update-password&current={PASSWORD_FIELD}&password=another+long+password");
    let response = console.post_form(SECURITY, &cookie, &body).await;
    assert_eq!(response.redirect(), (303, Some("/settings/security?done=password-updated")));
    let renewed = response.cookie();
    assert_ne!(renewed, cookie);
    assert_eq!(console.get(SECURITY, &cookie).await.status, 303);
    assert_eq!(console.get(SECURITY, &renewed).await.status, 200);
}

/// An old tab may show another account than the session has opened since: its forms must not change the opened account.
#[tokio::test]
async fn form_of_another_accounts_page_is_refused() {
    let console = ConsoleApp::start().await;
    let account = console.app.account.as_str();
    let sub = console.create_account("Sub", Some(account)).await;
    let cookie = console.create_owner_session().await;
    assert_eq!(console.post_form("/settings/sub-accounts", &cookie, &format!("do=open&id={sub}")).await.status, 303);
    for field in [
        String::new(),
        "&account=".to_owned(),
        format!("&account={account}"),
        "&account=acc_x".to_owned(),
        format!("&account=%20{sub}"),
    ] {
        for (path, form) in [
            (MEMBERS, "do=invite&email=a@b.example&role=owner"),
            (MEMBERS, "do=require&start=now"),
            ("/settings/sub-accounts", "do=create&account_name=x"),
            ("/settings/sub-accounts", &format!("do=delete&id={sub}")),
        ] {
            let response =
                console.post(path, &[SAME_ORIGIN, FORM, ("cookie", &cookie)], format!("{form}{field}")).await;
            assert_eq!(response.status, 409, "{form}{field}");
        }
    }
    for doubled in [format!("&account={sub}&account={account}"), format!("&account={account}&account={sub}")] {
        let form = format!("do=require&start=now{doubled}");
        assert_eq!(console.post(MEMBERS, &[SAME_ORIGIN, FORM, ("cookie", &cookie)], form).await.status, 400);
    }
    for one in [account, &sub] {
        let members = console.app.keyhatch.members().list(&Actor::Operator, one).await.expect("members");
        assert!(members.invitations.is_empty() && !members.requires_two_factor, "{one}");
    }
    assert_eq!(
        console.post_form(MEMBERS, &cookie, "do=require&start=now").await.status,
        303,
        "from the opened account's page"
    );
}

/// The dialog says what the new role may do, and opens only for whom it can be confirmed by.
#[tokio::test]
async fn role_is_changed_after_a_dialog() {
    let console = ConsoleApp::start().await;
    let account = console.app.account.clone();
    let owner = console.create_owner_session().await;
    let admin = console.create_session(&account, "ada@example.com", Role::Admin).await;
    let owner_id = console.member_id("owner@example.com").await;
    let admin_id = console.member_id("ada@example.com").await;
    let dialog = async |cookie: &str, id: &str, role: &str| {
        let page = console.get(&format!("{MEMBERS}?update={id}&role={role}"), cookie).await;
        page.text().contains("<dialog").then(|| page.text_between("<dialog", "</dialog>").to_owned())
    };
    let shown = dialog(&owner, &admin_id, "viewer").await.expect("a dialog");
    for words in ["ada@example.com", "A viewer can", "test keys", "A viewer cannot", "create or change keys"] {
        assert!(shown.contains(words), "{words} is not in {shown}");
    }
    assert!(!shown.contains("This is your own role."));
    assert!(dialog(&owner, &owner_id, "admin").await.is_some_and(|shown| shown.contains("You will lose owner rights")));
    assert!(dialog(&admin, &admin_id, "viewer").await.is_some_and(|shown| shown.contains("This is your own role.")));
    for (cookie, id, role) in [
        (&owner, &admin_id, "admin"),
        (&owner, &admin_id, "king"),
        (&admin, &admin_id, "owner"),
        (&admin, &owner_id, "viewer"),
    ] {
        assert!(dialog(cookie, id, role).await.is_none(), "{role}");
    }
    let refused = console.post_form(MEMBERS, &owner, &format!("do=update&id={owner_id}&role=admin")).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text_between("<dialog", "</dialog>").contains("Make another member an owner first."));
}
