//! Mail for invitations, sent to a small SMTP server of the test.

use mail::Mailer;
use secrecy::SecretString;
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::support::ConsoleApp;

/// An SMTP server that accepts one mail; the channel returns everything that the client wrote.
async fn mail_server() -> (SocketAddr, oneshot::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a client");
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 mail.example ESMTP\r\n").await.expect("a greeting");
        let (mut transcript, mut line, mut in_data) = (String::new(), String::new(), false);
        loop {
            line.clear();
            if stream.read_line(&mut line).await.expect("a line") == 0 {
                break;
            }
            transcript.push_str(&line);
            let response = match (in_data, line.trim_end()) {
                (true, ".") => {
                    in_data = false;
                    "250 accepted\r\n"
                }
                (true, _) => continue,
                (false, "DATA") => {
                    in_data = true;
                    "354 go on\r\n"
                }
                (false, "QUIT") => break,
                (false, _) => "250 ok\r\n",
            };
            stream.write_all(response.as_bytes()).await.expect("a response");
        }
        let _ = sender.send(transcript);
    });
    (address, receiver)
}

async fn start_with_smtp(smtp: SocketAddr) -> (ConsoleApp, String) {
    let mailer = Mailer::new(&SecretString::from(format!("smtp://{smtp}")), None, "Keyhatch <keys@acme.example>");
    let console = ConsoleApp::start_with_mailer(mailer.expect("usable")).await;
    let cookie = console.create_owner_session().await;
    (console, cookie)
}

/// Decodes quoted-printable as far as these mails need it: soft line breaks and equals signs.
fn decode(transcript: &str) -> String {
    transcript.replace("=\r\n", "").replace("=3D", "=")
}

#[tokio::test]
async fn invitation_is_mailed() {
    let (smtp, transcript) = mail_server().await;
    let (console, cookie) = start_with_smtp(smtp).await;
    let response = console.post_form("/settings/members", &cookie, "do=invite&email=new@example.com&role=viewer").await;
    let page = response.text();
    assert!(page.contains("It was mailed to new@example.com."), "{page}");
    let link = page.split_once("value=\"http://127.0.0.1:3000/invite?token=").expect("the link").1;
    let token = link.split('"').next().expect("its token");
    drop(console);
    let transcript = decode(&transcript.await.expect("a mail"));
    for words in [
        "MAIL FROM:<keys@acme.example>",
        "RCPT TO:<new@example.com>",
        "Subject: Join Acme on Keyhatch",
        &format!("http://127.0.0.1:3000/invite?token={token}"),
    ] {
        assert!(transcript.contains(words), "{words} is not in {transcript}");
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
