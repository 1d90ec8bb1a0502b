//! Mail for invitations.

use tokio::net::TcpListener;

use crate::mail_server::{mail_server, start_with_smtp};

#[tokio::test]
async fn invitation_is_mailed() {
    let (smtp, mut mails) = mail_server().await;
    let (console, cookie) = start_with_smtp(smtp).await;
    let response = console.post_form("/settings/members", &cookie, "do=invite&email=new@example.com&role=viewer").await;
    let page = response.text();
    assert!(page.contains("We mailed it to new@example.com."), "{page}");
    let link = page.split_once("value=\"http://127.0.0.1:3000/invite?token=").expect("the link").1;
    let token = link.split('"').next().expect("its token");
    let mail = mails.recv().await.expect("a mail");
    for words in [
        "MAIL FROM:<keys@acme.example>",
        "RCPT TO:<new@example.com>",
        "Subject: Join Acme on Keyhatch",
        &format!("http://127.0.0.1:3000/invite?token={token}"),
    ] {
        assert!(mail.contains(words), "{words} is not in {mail}");
    }
}

#[tokio::test]
async fn invitation_is_created_when_the_mail_fails() {
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let (console, cookie) = start_with_smtp(closed).await;
    let response = console.post_form("/settings/members", &cookie, "do=invite&email=new@example.com&role=viewer").await;
    assert_eq!(response.status, 200);
    assert!(response.text().contains("The mail to new@example.com could not be sent."));
    assert!(response.text().contains("/invite?token="));
}

/// The mail server accepts the connection and sends nothing.
#[tokio::test]
async fn silent_mail_server_times_out() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let (console, cookie) = start_with_smtp(listener.local_addr().expect("an address")).await;
    let began = tokio::time::Instant::now();
    let response = console.post_form("/settings/members", &cookie, "do=invite&email=new@example.com&role=viewer").await;
    assert!(response.text().contains("could not be sent"));
    assert!(began.elapsed() < std::time::Duration::from_secs(8));
}
