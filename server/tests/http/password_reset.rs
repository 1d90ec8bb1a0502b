//! Lost passwords, from page to page: with a mail server, without one, and by a link that an owner makes.

use std::collections::BTreeSet;
use std::time::Duration;

use test_support::TestResponse;
use tokio::net::TcpListener;

use crate::mail_server::{mail_server, start_with_smtp};
use crate::support::{ConsoleApp, ConsoleResponse as _, PASSWORD, PASSWORD_FIELD};

const FORGOT: &str = "/forgot-password";
const RESET: &str = "/reset-password";
const MEMBERS: &str = "/settings/members";
const ORIGIN: &str = "http://127.0.0.1:3000";

/// The status, every header and the body: all that a client sees, except what differs between any two responses.
fn seen(response: &TestResponse) -> (u16, BTreeSet<String>, String) {
    let headers = response.headers.iter().filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()));
    let headers = headers.map(|(name, value)| format!("{name}: {value:?}")).collect();
    (response.status.as_u16(), headers, response.text().to_owned())
}

/// The one-time token in a mail or on a page.
fn token_in(text: &str) -> String {
    let rest = text.split_once(&format!("{ORIGIN}{RESET}?token=")).unwrap_or_else(|| panic!("no link in {text}")).1;
    rest.chars().take(43).collect()
}

#[tokio::test]
async fn a_mailed_link_leads_to_a_new_password() {
    let (smtp, mut mails) = mail_server().await;
    let (console, cookie) = start_with_smtp(smtp).await;
    assert!(console.get_text("/sign-in", "").await.contains("href=\"/forgot-password\""));
    assert!(console.get_text(FORGOT, "").await.contains("name=\"email\""));
    let asked = console.post_form(FORGOT, "", "do=request&email=Owner@example.com").await;
    assert_eq!(asked.redirect(), (303, Some("/forgot-password?sent")));
    assert!(console.get_text("/forgot-password?sent", "").await.contains("If there is a member with that address"));

    let mail = mails.recv().await.expect("a mail");
    assert!(mail.contains("RCPT TO:<owner@example.com>") && mail.contains("for one hour"), "{mail}");
    let token = token_in(&mail);
    let page = console.get(&format!("{RESET}?token={token}"), "").await;
    assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, Some("no-store")));
    assert_eq!(page.header("referrer-policy"), Some("same-origin"));
    assert!(page.text().contains("owner@example.com"));
    let weak = console.post_form(RESET, "", &format!("do=reset&token={token}&password=short")).await;
    assert_eq!(weak.status, 422);
    assert!(weak.text().contains(&token) && !weak.text().contains("short\""), "the form can be submitted again");

    let done = console.post_form(RESET, "", &format!("do=reset&token={token}&password=another+long+password")).await;
    assert_eq!(done.redirect(), (303, Some("/reset-password?done")));
    assert!(done.header("set-cookie").is_none(), "nobody is signed in");
    assert!(console.get_text("/reset-password?done", "").await.contains("Your password was changed"));
    assert_eq!(console.get(MEMBERS, &cookie).await.status, 303, "signed out everywhere");
    assert_eq!(console.sign_in("owner@example.com", PASSWORD, &[]).await.status, 401);
    assert_eq!(console.sign_in("owner@example.com", "another long password", &[]).await.status, 200);
    let mail = mails.recv().await.expect("a mail");
    assert!(mail.contains("Subject: Your password for Keyhatch was changed"), "{mail}");
    assert!(mail.contains(&format!("{ORIGIN}/forgot-password")) && !mail.contains(&token), "{mail}");

    for again in [
        console.get(&format!("{RESET}?token={token}"), "").await,
        console.post_form(RESET, "", &format!("do=reset&token={token}&password={PASSWORD_FIELD}")).await,
        console.get(RESET, "").await,
    ] {
        assert_eq!(again.status, 403);
        assert!(again.text().contains("This link has expired or is incomplete."), "{}", again.text());
    }
}

/// The responses are equal byte by byte, and come before the mail server has answered.
#[tokio::test]
async fn the_response_does_not_show_whether_there_is_such_a_member() {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let (console, _) = start_with_smtp(silent.local_addr().expect("an address")).await;
    let began = tokio::time::Instant::now();
    let known = console.post_form(FORGOT, "", "do=request&email=owner@example.com").await;
    let unknown = console.post_form(FORGOT, "", "do=request&email=nobody@example.com").await;
    assert!(began.elapsed() < Duration::from_secs(2));
    assert_eq!(seen(&known), seen(&unknown));
    let mut limited = Vec::new();
    for email in ["owner@example.com", "nobody@example.com"] {
        let mut last = None;
        for _ in 0..5 {
            last = Some(console.post_form(FORGOT, "", &format!("do=request&email={email}")).await);
        }
        let last = last.expect("a response");
        assert_eq!(last.status, 429, "{email}");
        assert!(last.header("retry-after").is_some());
        limited.push(last.text_between("<h1", "role=\"alert\"").to_owned());
    }
    assert_eq!(limited[0], limited[1]);
    let typed = console.post_form(FORGOT, "", "do=request&email=nobody").await;
    assert_eq!(typed.status, 422);
    assert!(typed.text().contains("This is not an email address."));
}

#[tokio::test]
async fn without_a_mail_server_an_owner_makes_the_link() {
    let console = ConsoleApp::start().await;
    let owner = console.create_owner_session().await;
    let account = console.app.account.clone();
    console.create_session(&account, "ada@example.com", domain::Role::Admin).await;
    let page = console.get_text(FORGOT, "").await;
    assert!(page.contains("Ask an owner of your account") && !page.contains("<form"), "{page}");
    let id = console.member_id("ada@example.com").await;
    let dialog = console.get(&format!("{MEMBERS}?reset-password={id}"), &owner).await;
    assert!(dialog.text_between("<dialog", "</dialog>").contains("ada@example.com"));

    let made = console.post_form(MEMBERS, &owner, &format!("do=reset-password&id={id}")).await;
    assert_eq!((made.status.as_u16(), made.header("cache-control")), (200, Some("no-store")));
    assert!(made.header("content-encoding").is_none());
    let token = token_in(made.text());
    assert!(!console.get_text(MEMBERS, &owner).await.contains(&token), "shown once");
    let body = format!("do=reset&token={token}&password=another+long+password");
    assert_eq!(console.post_form(RESET, "", &body).await.redirect(), (303, Some("/reset-password?done")));
    assert_eq!(console.sign_in("ada@example.com", "another long password", &[]).await.status, 200);
}

#[tokio::test]
async fn pages_with_a_token_are_not_compressed() {
    let (smtp, mut mails) = mail_server().await;
    let (console, _) = start_with_smtp(smtp).await;
    console.post_form(FORGOT, "", "do=request&email=owner@example.com").await;
    let token = token_in(&mails.recv().await.expect("a mail"));
    let encodings = [("accept-encoding", "br, gzip")];
    let get = async |path: &str| crate::support::request(&console.router, "GET", path, &encodings).await;
    assert!(get(&format!("{RESET}?token={token}")).await.header("content-encoding").is_none());
    assert!(get(FORGOT).await.header("content-encoding").is_some(), "others are");
}
