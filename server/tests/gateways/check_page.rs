//! `keyhatch check --page`: the page is requested as a browser does, and as an attacker could. Requests are raw bytes:
//! some have a wrong or a second `Host`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::check::{count_keys, misconfigured_nginx};
use crate::deployment::{Deployment, Gateway};

const OWN: &str = "Sec-Fetch-Site: same-origin";

/// The process that serves the page; killed when dropped.
struct Page {
    child: Child,
    host: String,
    path: String,
}

impl Page {
    /// Starts it for the gateway at `url`, with further arguments.
    async fn open(deployment: &Deployment, url: &str, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyhatch"));
        command.args(["check", url, "--page", "--account", &deployment.app.account, "--ca", "server.crt"]).args(more);
        command.current_dir(deployment.folder()).env_clear().stdout(Stdio::piped());
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
        stream.read_to_end(&mut got).await.expect("a response");
        // minijinja escapes slashes too, which browsers undo.
        String::from_utf8(got).expect("text").replace("&#x2f;", "/")
    }

    async fn get(&self) -> String {
        self.send("GET", &self.path, &[], "").await
    }

    /// Starts a check and reloads the page until it is done.
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
            assert!(began.elapsed() < Duration::from_mins(2), "the check does not end");
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
            assert!(began.elapsed() < Duration::from_secs(20), "the process does not end");
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

/// How many findings a group has, which its heading must agree with.
fn count_findings(page: &str, title: &str) -> usize {
    let Some((_, group)) = page.split_once(&format!("<h2>{title} (")) else { return 0 };
    let (number, rest) = group.split_once(')').expect("a number");
    let shown = rest.split("</section>").next().unwrap_or_default().matches("<li ").count();
    assert_eq!(number.parse(), Ok(shown), "{title}");
    shown
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correct_gateway_passes_every_check() {
    let mut deployment = Deployment::new(Gateway::Nginx).await;
    deployment.upstream.stop().await;
    let (url, echo) =
        (format!("https://localhost:{}", deployment.port), format!("127.0.0.1:{}", deployment.upstream.port));
    let page = Page::open(&deployment, &url, &["--echo", &echo]).await;
    let first = page.get().await;
    for word in [&*url, "Check the gateway", "Gateway check …", "deleted", "Stop the upstream first", &echo] {
        assert!(first.contains(word), "{word}: {first}");
    }
    assert_eq!(count_keys(&deployment).await, 0, "loading the page must not create keys");

    let output = page.check("running").await;
    assert!(output.contains("<p class=\"verdict ok\" role=\"status\">Nothing is wrong; 1 of "), "{output}");
    assert!(
        count_findings(&output, "Right") >= 18
            && count_findings(&output, "Not checked") == 1
            && count_findings(&output, "Wrong") == 0,
        "{output}"
    );
    assert!(output.contains("Check again") && !output.contains("kh_live"), "{output}");
    assert_eq!(count_keys(&deployment).await, 0);

    let output = page.check("stopped").await;
    assert!(output.contains("Nothing was checked") && output.contains("still answers"), "{output}");
    deployment.stop_gate().await;
    let output = page.check("stopped").await;
    assert!(
        output.contains("gate stopped")
            && count_findings(&output, "Wrong") == 0
            && count_findings(&output, "Right") > 0,
        "{output}"
    );
    assert_eq!(page.stop().await, Some(0));
    assert_eq!(count_keys(&deployment).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_a_misconfigured_gateway_are_shown() {
    let mut deployment = Deployment::new(Gateway::Nginx).await;
    deployment.replace_nginx(&misconfigured_nginx(&deployment));
    deployment.upstream.stop().await;
    let echo = format!("127.0.0.1:{}", deployment.upstream.port);
    let page = Page::open(&deployment, &format!("http://localhost:{}", deployment.port), &["--echo", &echo]).await;
    let output = page.check("running").await;
    let wrong = count_findings(&output, "Wrong");
    assert!(
        wrong == 12 && count_findings(&output, "Not checked") == 1 && count_findings(&output, "Right") >= 2,
        "{output}"
    );
    assert!(output.contains("<p class=\"verdict bad\"") && output.contains(&format!("{wrong} of ")), "{output}");
    for word in ["claimed address", "everybody on the way can read the keys", "set the header from the connection"] {
        assert!(output.contains(word), "{word}: {output}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupted_page_deletes_its_keys() {
    let deployment = Deployment::new(Gateway::Nginx).await;
    let page = Page::open(&deployment, &format!("https://localhost:{}", deployment.port), &[]).await;
    page.send("POST", &page.path, &[OWN], "").await;
    while deployment.upstream.reached() < 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(count_keys(&deployment).await > 0);
    assert_eq!(page.stop().await, Some(0));
    assert_eq!(count_keys(&deployment).await, 0);
}

/// Sends the same bytes on each connection.
async fn start_hostile_gateway(response: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(response.as_bytes()).await;
            });
        }
    });
    port
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn foreign_requests_are_refused_and_gateway_text_is_escaped() {
    let deployment = Deployment::new(Gateway::Nginx).await;
    let response =
        "HTTP/1.1 401 No\r\nX-Keyhatch-Reason: \"'></p><script>alert(1)</script>&amp;\r\nContent-Length: 0\r\n\r\n";
    let port = start_hostile_gateway(response).await;
    let page = Page::open(&deployment, &format!("http://127.0.0.1:{port}"), &["--path", "/?x='&b"]).await;

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
        let response = page.send(method, path, headers, "").await;
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{method} {path} {headers:?}: {response}");
        let response = response.to_ascii_lowercase();
        for header in ["cache-control: no-store", "x-content-type-options: nosniff", "content-security-policy: "] {
            assert!(response.contains(header), "{method} {path}: {response}");
        }
    }
    assert_eq!(count_keys(&deployment).await, 0, "a refused request began a check");

    let started = page.send("POST", &path, &[&own_origin], "gate=running").await;
    assert!(started.starts_with("HTTP/1.1 303 "), "{started}");
    let output = page.check("running").await;
    assert!(
        output.contains("401 &quot;&#x27;&gt;&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"),
        "{output}"
    );
    assert!(output.contains("/?x=&#x27;&amp;b"), "{output}");
    let (head, body) = output.split_once("\r\n\r\n").expect("a head");
    for word in ["<script", "style=", "javascript:", "\"'>"] {
        assert!(!body.contains(word), "{word}: {body}");
    }
    let policy = head.lines().find(|line| line.starts_with("content-security-policy")).expect("a policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("script-src"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invalid_arguments_fail_before_the_page_is_served() {
    let deployment = Deployment::new(Gateway::Nginx).await;
    for (arguments, word) in [
        (["ftp://localhost", "--account", &*deployment.app.account], "https://"),
        (["https://localhost/path", "--account", &*deployment.app.account], "--path"),
        (["https://localhost", "--gate-down", &*format!("--account={}", deployment.app.account)], "--gate-down"),
    ] {
        let done = deployment.program.run(&[&["check", "--page"][..], &arguments].concat());
        let output = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(2) && output.contains(word), "{output}");
    }
}
