//! Sign-in, sign-out, the session's cookie, and set-up.

use crate::server_functions::key_functions;
use crate::support::{ConsoleApp, ConsoleResponse as _, FORM, HTML, PASSWORD, PASSWORD_FIELD, SAME_ORIGIN};
use domain::member::Role;

#[tokio::test]
async fn plain_sign_in_form_redirects_to_own_pages_only() {
    let console = ConsoleApp::start().await;
    console.create_owner_session().await;
    for referer in ["https://evil.example/collect", "http://127.0.0.1:3000/sign-in?__err=old", "//evil.example"] {
        let headers = [HTML, ("referer", referer), ("host", "127.0.0.1:3000")];
        let response = console.sign_in("owner@example.com", "wrong", &headers).await;
        assert_eq!(response.status, 303);
        assert_eq!(response.header("location"), Some("/sign-in?problem=wrong-credentials"), "{referer}");
        let response =
            console.post("/api/console/sign-in", &[&[SAME_ORIGIN, FORM], &headers[..]].concat(), "email=a").await;
        let location = response.header("location").unwrap_or_default();
        assert!(!location.contains("evil.example"), "{location}");
        assert!(!location.to_lowercase().contains("missing"), "{location}");
    }
    let good = console.sign_in("owner@example.com", PASSWORD, &[HTML, ("referer", "https://evil.example/")]).await;
    assert_eq!(good.redirect(), (303, Some("/settings/api-keys")));
    let page = console.get_text("/sign-in?problem=wrong-credentials", "").await;
    assert!(page.contains("The email or the password is wrong."));
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
    let response = console.post("/api/console/sign-out", &[SAME_ORIGIN, FORM, HTML, ("cookie", &cookie)], "").await;
    assert_eq!(response.redirect(), (303, Some("/sign-in")));
    assert!(response.header("set-cookie").expect("a cookie").contains("Max-Age=0"));
    assert_eq!(console.get("/settings/api-keys", &cookie).await.status, 303, "the session has ended");
    let (path, body) = key_functions("key_1").swap_remove(1);
    let response = console.post_json(path, &cookie, &body).await;
    assert_eq!(response.status_and_text(), (401, "\"SignedOut\""));
}

#[tokio::test]
async fn set_up_is_closed_after_the_first_account() {
    let console = ConsoleApp::start().await;
    let page = console.get_text("/setup?token=guess", "").await;
    assert!(page.contains("Set-up is closed"), "{page}");
    let body = format!("token=guess&account_name=Evil&email=a@b.example&password={PASSWORD_FIELD}");
    let response = console.post("/api/console/set-up", &[SAME_ORIGIN, FORM], body).await;
    assert_eq!(response.status_and_text(), (403, "\"SetupClosed\""));
}
