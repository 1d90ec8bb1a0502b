//! Sign-in, sign-out, the session's cookie, and set-up.

use crate::support::{ConsoleApp, ConsoleResponse as _, PASSWORD, PASSWORD_FIELD, Way};
use domain::member::Role;

const SIGN_IN: &str = "/sign-in";

#[tokio::test]
async fn sign_in_form_opens_own_pages_only() {
    let console = ConsoleApp::start().await;
    console.create_owner_session().await;
    let good = format!("do=sign-in&email=owner@example.com&password={PASSWORD_FIELD}");
    for (next, location) in [
        ("", "/settings/api-keys"),
        ("/settings/members", "/settings/members"),
        ("/settings/api-keys?q=a%2520b%2Bc", "/settings/api-keys?q=a%20b+c"),
        ("https://evil.example/", "/settings/api-keys"),
        ("//evil.example", "/settings/api-keys"),
    ] {
        let response = console.post_form(SIGN_IN, "", &format!("{good}&next={next}")).await;
        assert_eq!(response.redirect(), (303, Some(location)), "{next}");
        assert_eq!(console.get("/settings/members", &response.cookie()).await.status, 200);
    }
}

#[tokio::test]
async fn refused_sign_in_keeps_the_email_and_the_next_page() {
    let console = ConsoleApp::start().await;
    console.create_owner_session().await;
    let next = "next=/settings/members";
    let page =
        console.post_form(SIGN_IN, "", &format!("do=sign-in&email=owner@example.com&password=canary-1&{next}")).await;
    let unknown =
        console.post_form(SIGN_IN, "", &format!("do=sign-in&email=nobody@example.com&password=canary-1&{next}")).await;
    for (response, email) in [(&page, "owner@example.com"), (&unknown, "nobody@example.com")] {
        assert_eq!(response.status, 401);
        assert!(response.text().contains("The email or the password is wrong."), "{}", response.text());
        assert!(response.text_between("id=\"sign-in-email\"", ">").contains(email));
        assert!(response.text().contains("value=\"/settings/members\"") && !response.text().contains("canary-1"));
        assert_eq!(response.header("cache-control"), Some("no-store"));
    }
    let empty = console.post_form(SIGN_IN, "", "do=sign-in&email=&password=&next=").await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Enter your email.") && empty.text().contains("Enter your password."));
    let page = console.get_text("/sign-in?problem=%3Cb%3EYou%20won", "").await;
    assert!(!page.contains("You won"), "text from a URL is on the page");
}

#[tokio::test]
async fn too_many_failed_sign_ins_get_429() {
    let console = ConsoleApp::start().await;
    console.create_owner_session().await;
    for _ in 0..10 {
        assert_eq!(console.sign_in("owner@example.com", "wrong", &[]).await.status, 401);
    }
    let response = console.sign_in("owner@example.com", PASSWORD, &[]).await;
    assert_eq!(response.status, 429);
    let seconds: u64 = response.header("retry-after").expect("a time").parse().expect("seconds");
    assert!((1..=900).contains(&seconds));
}

#[tokio::test]
async fn session_cookie_has_its_attributes() {
    for (url, begins, ends) in [
        ("http://127.0.0.1:3000", "keyhatch=", "; Path=/; HttpOnly; SameSite=Lax"),
        ("https://keys.example.com", "__Host-keyhatch=", "; Path=/; HttpOnly; SameSite=Lax; Secure"),
    ] {
        let console = ConsoleApp::start_at(url).await;
        console.create_member(&console.app.account, "a@b.example", Role::Owner).await;
        let response = console.sign_in("a@b.example", PASSWORD, &[]).await;
        let cookie = response.header("set-cookie").expect("a cookie");
        assert!(cookie.starts_with(begins) && cookie.ends_with(ends), "{cookie}");
    }
}

#[tokio::test]
async fn sign_out_ends_the_session() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let response = console.post_form("/sign-out", &cookie, "do=sign-out").await;
    assert_eq!(response.redirect(), (303, Some("/sign-in?signed-out")));
    assert!(response.header("set-cookie").expect("a cookie").contains("Max-Age=0"));
    let page = console.get_text("/sign-in?signed-out", "").await;
    assert!(page.contains("You are signed out.") && page.contains("href=\"/signed-out.css\""), "{page}");
    let style = console.get("/signed-out.css", "").await;
    assert_eq!((style.status.as_u16(), style.header("cache-control")), (200, Some("no-store")));
    assert_eq!(style.header("clear-site-data"), Some("\"cache\""), "Back shows nothing");
    assert!(!console.get_text(SIGN_IN, "").await.contains("signed-out.css"));
    assert_eq!(console.get("/settings/api-keys", &cookie).await.status, 303, "the session has ended");
    assert!(!console.get_text(SIGN_IN, &cookie).await.contains("owner@example.com"), "nor whose it was");
    let create = [("do", "create"), ("name", "New")];
    let response = console.send_key_form(Way::Function, &cookie, &create).await;
    assert_eq!(response.status_and_text(), (401, "\"SignedOut\""));
    assert_eq!(console.post_form("/sign-out", &cookie, "do=sign-out").await.status, 303);
}

/// The cookie of a session that timed out still tells whose it was; a shared machine forgets it by signing out.
#[tokio::test]
async fn email_of_a_timed_out_session_is_filled_in() {
    let console = ConsoleApp::start_with_manual_clock().await;
    let cookie = console.create_owner_session().await;
    console.app.clock.advance(12 * 60 * 60 * 1_000);
    assert_eq!(
        console.get("/settings/members", &cookie).await.redirect(),
        (303, Some("/sign-in?next=/settings/members"))
    );
    let page = console.get("/sign-in?next=/settings/members", &cookie).await;
    assert!(page.text_between("id=\"sign-in-email\"", ">").contains("value=\"owner@example.com\""), "{}", page.text());
    assert!(page.text_between("id=\"sign-in-password\"", ">").contains("autofocus"));
    assert!(page.text().contains("Your session has ended."));
    assert!(!console.get_text(SIGN_IN, "").await.contains("Your session has ended."));
}

#[tokio::test]
async fn set_up_is_closed_after_the_first_account() {
    let console = ConsoleApp::start().await;
    let page = console.get_text("/setup?token=guess", "").await;
    assert!(page.contains("Set-up is closed") && page.contains("This link has expired or is incomplete."), "{page}");
    let body = format!("do=set-up&token=guess&account_name=Evil&email=a@b.example&password={PASSWORD_FIELD}");
    let response = console.post_form("/setup", "", &body).await;
    assert_eq!(response.status, 403);
    assert!(response.text().contains("Set-up is closed") && response.header("set-cookie").is_none());
}
