//! A small SMTP server for tests, and a console that sends its mail there.

use mail::Mailer;
use secrecy::SecretString;
use std::net::SocketAddr;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::support::ConsoleApp;

/// Starts a server that accepts every mail; the channel returns everything that a client wrote for each of them, decoded.
pub async fn mail_server() -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, receiver) = channel(32);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, sender.clone()));
        }
    });
    (address, receiver)
}

/// One connection. A client may keep it open for the next mail.
async fn serve(stream: TcpStream, mails: Sender<String>) {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.example ESMTP\r\n").await.expect("a greeting");
    let (mut transcript, mut line, mut in_data) = (String::new(), String::new(), false);
    loop {
        line.clear();
        if stream.read_line(&mut line).await.expect("a line") == 0 {
            return;
        }
        transcript.push_str(&line);
        let response = match (in_data, line.trim_end()) {
            (true, ".") => {
                in_data = false;
                mails.send(decode(&std::mem::take(&mut transcript))).await.expect("a test that waits");
                "250 accepted\r\n"
            }
            (true, _) => continue,
            (false, "DATA") => {
                in_data = true;
                "354 go on\r\n"
            }
            (false, "QUIT") => return,
            (false, _) => "250 ok\r\n",
        };
        stream.write_all(response.as_bytes()).await.expect("a response");
    }
}

/// Decodes quoted-printable as far as these mails need it: soft line breaks and equals signs.
fn decode(transcript: &str) -> String {
    transcript.replace("=\r\n", "").replace("=3D", "=")
}

/// A console that sends mail to this server, and the session of an owner of its account.
pub async fn start_with_smtp(smtp: SocketAddr) -> (ConsoleApp, String) {
    let mailer = Mailer::new(&SecretString::from(format!("smtp://{smtp}")), None, "Keyhatch <keys@acme.example>");
    let console = ConsoleApp::start_with_mailer(mailer.expect("usable")).await;
    let cookie = console.create_owner_session().await;
    (console, cookie)
}
