//! Mail of invitations, with a small mail server that stands in for the operator's.

use mail::Mailer;
use secrecy::SecretString;
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::pages::Site;

/// Takes one mail and hands over what was said to it.
async fn mail_server() -> (SocketAddr, oneshot::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a caller");
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 mail.example ESMTP\r\n").await.expect("a greeting");
        let (mut said, mut line, mut in_data) = (String::new(), String::new(), false);
        loop {
            line.clear();
            if stream.read_line(&mut line).await.expect("a line") == 0 {
                break;
            }
            said.push_str(&line);
            let answer = match (in_data, line.trim_end()) {
                (true, ".") => {
                    in_data = false;
                    "250 taken\r\n"
                }
                (true, _) => continue,
                (false, "DATA") => {
                    in_data = true;
                    "354 go on\r\n"
                }
                (false, "QUIT") => break,
                (false, _) => "250 good\r\n",
            };
            stream.write_all(answer.as_bytes()).await.expect("an answer");
        }
        let _ = sender.send(said);
    });
    (address, receiver)
}

async fn site(smtp: SocketAddr) -> (Site, String) {
    let mailer = Mailer::new(&SecretString::from(format!("smtp://{smtp}")), None, "Keyhatch <keys@acme.example>");
    let site = Site::with_mail("http://127.0.0.1:3000", Some(mailer.expect("usable"))).await;
    let cookie = site.owner().await;
    (site, cookie)
}

/// Quoted-printable breaks lines and writes some characters as numbers.
fn plain(said: &str) -> String {
    said.replace("=\r\n", "").replace("=3D", "=")
}

#[tokio::test]
async fn an_invitation_is_mailed() {
    let (smtp, said) = mail_server().await;
    let (site, cookie) = site(smtp).await;
    let answer = site.form("/settings/members", &cookie, "do=invite&email=new@example.com&role=viewer").await;
    let page = answer.text();
    assert!(page.contains("It was mailed to new@example.com."), "{page}");
    let link = page.split_once("value=\"http://127.0.0.1:3000/invite?token=").expect("the link").1;
    let token = link.split('"').next().expect("its token");
    drop(site);
    let said = plain(&said.await.expect("a mail"));
    for words in [
        "MAIL FROM:<keys@acme.example>",
        "RCPT TO:<new@example.com>",
        "Subject: Join Acme on Keyhatch",
        &format!("http://127.0.0.1:3000/invite?token={token}"),
    ] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
}

#[tokio::test]
async fn an_invitation_does_not_fail_with_the_mail() {
    let gone = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    let (site, cookie) = site(gone).await;
    let answer = site.form("/settings/members", &cookie, "do=invite&email=new@example.com&role=viewer").await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("The mail to new@example.com could not be sent."));
    assert!(answer.text().contains("/invite?token="));
}

/// A mail server that takes the call and says nothing.
#[tokio::test]
async fn nobody_waits_long_for_a_mail_server() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let (site, cookie) = site(listener.local_addr().expect("an address")).await;
    let began = tokio::time::Instant::now();
    let answer = site.form("/settings/members", &cookie, "do=invite&email=new@example.com&role=viewer").await;
    assert!(answer.text().contains("could not be sent"));
    assert!(began.elapsed() < std::time::Duration::from_secs(8));
}
