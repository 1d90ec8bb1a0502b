//! `keyhatch check --page`: the program itself, asked over HTTP as a browser would, and as nobody should.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::check::{careless, keys_left};
use crate::place::{Gateway, Place};

const OWN: &str = "Sec-Fetch-Site: same-origin";

/// The page's process; killed if a test fails before it is told to stop.
struct Page {
    child: Child,
    host: String,
    path: String,
}

impl Page {
    /// Starts it in the place's folder, for the gateway at `url`.
    async fn open(place: &Place, url: &str, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyhatch"));
        command.args(["check", url, "--page", "--account", &place.account, "--ca", "server.crt"]).args(more);
        command.current_dir(place.folder()).env_clear().stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdout = child.stdout.take().expect("a pipe");
        let lines = tokio::task::spawn_blocking(move || {
            BufReader::new(stdout).lines().map_while(Result::ok).take(2).collect::<Vec<_>>()
        });
        let lines = lines.await.expect("lines");
        let address = lines.last().and_then(|line| line.strip_prefix("http://")).expect("an address");
        let (host, secret) = address.split_once('/').expect("a path");
        assert!(host.starts_with("127.0.0.1:") && secret.len() == 32, "{address}");
        Self { child, host: host.to_owned(), path: format!("/{secret}") }
    }

    async fn send(&self, method: &str, path: &str, headers: &[&str], body: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).await.expect("a connection");
        let mut lines = String::new();
        for header in headers {
            lines.push_str(header);
            lines.push_str("\r\n");
        }
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            lines.push_str("Host: ");
            lines.push_str(&self.host);
            lines.push_str("\r\n");
        }
        if method == "POST" {
            lines.push_str("Content-Type: application/x-www-form-urlencoded\r\n");
        }
        let length = body.len();
        let text =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n{lines}\r\n{body}");
        stream.write_all(text.as_bytes()).await.expect("it takes the request");
        let mut got = Vec::new();
        stream.read_to_end(&mut got).await.expect("an answer");
        // minijinja escapes slashes too, which browsers undo.
        String::from_utf8(got).expect("text").replace("&#x2f;", "/")
    }

    async fn get(&self) -> String {
        self.send("GET", &self.path, &[], "").await
    }

    /// Presses a button and follows the page until it is done.
    async fn check(&self, gate: &str) -> String {
        let started = self.send("POST", &self.path, &[OWN], &format!("gate={gate}")).await;
        assert!(started.starts_with("HTTP/1.1 303 ") && started.contains(&self.path), "{started}");
        let began = Instant::now();
        loop {
            let page = self.get().await;
            if !page.contains("http-equiv=\"refresh\"") {
                return page;
            }
            assert!(page.contains("Checking…") && !page.contains("<form"), "{page}");
            assert!(began.elapsed() < Duration::from_mins(2), "it never ends");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Ctrl-C.
    async fn stop(mut self) -> Option<i32> {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kill is there");
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a status") {
                return status.code();
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it does not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How many lines a group of findings has; its heading says the same.
fn lines(page: &str, title: &str) -> usize {
    let Some((_, group)) = page.split_once(&format!("<h2>{title} (")) else { return 0 };
    let (number, rest) = group.split_once(')').expect("a number");
    let shown = rest.split("</section>").next().unwrap_or_default().matches("<li ").count();
    assert_eq!(number.parse(), Ok(shown), "{title}");
    shown
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_good_gateway_is_told_so() {
    let mut place = Place::new(Gateway::Nginx).await;
    place.upstream.stop().await;
    let (url, echo) = (format!("https://localhost:{}", place.port), format!("127.0.0.1:{}", place.upstream.port));
    let page = Page::open(&place, &url, &["--echo", &echo]).await;
    let first = page.get().await;
    for word in [&*url, "Check the gateway", "Gateway check …", "deleted", "Stop the upstream first", &echo] {
        assert!(first.contains(word), "{word}: {first}");
    }
    assert_eq!(keys_left(&place).await, 0, "looking makes no keys");

    let told = page.check("running").await;
    assert!(told.contains("<p class=\"verdict ok\" role=\"status\">Nothing is wrong; 1 of "), "{told}");
    assert!(lines(&told, "Right") >= 18 && lines(&told, "Not checked") == 1 && lines(&told, "Wrong") == 0, "{told}");
    assert!(told.contains("Check again") && !told.contains("kh_live"), "{told}");
    assert_eq!(keys_left(&place).await, 0);

    let told = page.check("stopped").await;
    assert!(told.contains("Nothing was checked") && told.contains("still answers"), "{told}");
    place.stop_gate().await;
    let told = page.check("stopped").await;
    assert!(told.contains("gate stopped") && lines(&told, "Wrong") == 0 && lines(&told, "Right") > 0, "{told}");
    assert_eq!(page.stop().await, Some(0));
    assert_eq!(keys_left(&place).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_faults_of_a_careless_gateway_are_told() {
    let mut place = Place::new(Gateway::Nginx).await;
    place.replace_nginx(&careless(&place));
    place.upstream.stop().await;
    let echo = format!("127.0.0.1:{}", place.upstream.port);
    let page = Page::open(&place, &format!("http://localhost:{}", place.port), &["--echo", &echo]).await;
    let told = page.check("running").await;
    let wrong = lines(&told, "Wrong");
    assert!(wrong == 12 && lines(&told, "Not checked") == 1 && lines(&told, "Right") >= 2, "{told}");
    assert!(told.contains("<p class=\"verdict bad\"") && told.contains(&format!("{wrong} of ")), "{told}");
    for word in ["claimed address", "everybody on the way can read the keys", "set the header from the connection"] {
        assert!(told.contains(word), "{word}: {told}");
    }
}

/// Stopped in the middle, it deletes the keys too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_ended_cleans_up() {
    let place = Place::new(Gateway::Nginx).await;
    let page = Page::open(&place, &format!("https://localhost:{}", place.port), &[]).await;
    page.send("POST", &page.path, &[OWN], "").await;
    while place.upstream.reached() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(keys_left(&place).await > 0);
    assert_eq!(page.stop().await, Some(0));
    assert_eq!(keys_left(&place).await, 0);
}

/// Answers each call with the same bytes.
async fn hostile(answer: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut asked = [0; 4096];
                let _ = stream.read(&mut asked).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    port
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_is_for_its_own_reader_and_shows_text_only() {
    let place = Place::new(Gateway::Nginx).await;
    let answer =
        "HTTP/1.1 401 No\r\nX-Keyhatch-Reason: \"'></p><script>alert(1)</script>&amp;\r\nContent-Length: 0\r\n\r\n";
    let port = hostile(answer).await;
    let page = Page::open(&place, &format!("http://127.0.0.1:{port}"), &["--path", "/?x='&b"]).await;

    let own_origin = format!("Origin: http://{}", page.host);
    let foreign_host = format!("Host: localhost:{}", page.host.rsplit(':').next().unwrap_or_default());
    let wrong = format!("/{}", "0".repeat(32));
    let (path, style) = (page.path.clone(), format!("{}x", page.path));
    for (method, path, headers, status) in [
        ("GET", "/", &[][..], 404),
        ("GET", &wrong, &[], 404),
        ("GET", "/favicon.svg", &[], 404),
        ("GET", &style, &[], 404),
        ("POST", &wrong, &[OWN], 404),
        ("GET", &path, &[&*foreign_host], 404),
        ("GET", &path, &["Host: rebound.example"], 404),
        ("POST", &path, &["Host: rebound.example", OWN], 404),
        ("GET", &path, &["Host: rebound.example", &format!("Host: {}", page.host)], 400),
        ("POST", &path, &[], 403),
        ("POST", &path, &["Sec-Fetch-Site: cross-site", &own_origin], 403),
        ("POST", &path, &["Sec-Fetch-Site: same-site"], 403),
        ("POST", &path, &["Origin: null"], 403),
        ("POST", &path, &["Origin: http://rebound.example"], 403),
        ("PUT", &path, &[OWN], 405),
        ("GET", &path, &[], 200),
    ] {
        let answer = page.send(method, path, headers, "").await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{method} {path} {headers:?}: {answer}");
        let answer = answer.to_ascii_lowercase();
        for header in ["cache-control: no-store", "x-content-type-options: nosniff", "content-security-policy: "] {
            assert!(answer.contains(header), "{method} {path}: {answer}");
        }
    }
    assert_eq!(keys_left(&place).await, 0, "none of them began a check");

    let started = page.send("POST", &path, &[&own_origin], "gate=running").await;
    assert!(started.starts_with("HTTP/1.1 303 "), "{started}");
    let told = page.check("running").await;
    assert!(told.contains("401 &quot;&#x27;&gt;&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"), "{told}");
    assert!(told.contains("/?x=&#x27;&amp;b"), "{told}");
    let (head, body) = told.split_once("\r\n\r\n").expect("a head");
    for word in ["<script", "style=", "javascript:", "\"'>"] {
        assert!(!body.contains(word), "{word}: {body}");
    }
    let policy = head.lines().find(|line| line.starts_with("content-security-policy")).expect("a policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("script-src"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_of_no_use_is_said_before_there_is_a_page() {
    let place = Place::new(Gateway::Nginx).await;
    for (arguments, word) in [
        (["ftp://localhost", "--account", &*place.account], "https://"),
        (["https://localhost/path", "--account", &*place.account], "--path"),
        (["https://localhost", "--gate-down", &*format!("--account={}", place.account)], "--gate-down"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyhatch"));
        command.args(["check", "--page"]).args(arguments).current_dir(place.folder()).env_clear();
        let done = tokio::task::spawn_blocking(move || command.output().expect("the program starts")).await;
        let done = done.expect("it ends");
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(2) && told.contains(word), "{told}");
    }
}
