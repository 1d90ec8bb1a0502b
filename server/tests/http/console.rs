//! The console's layers over a small router: headers, limits, the foreign `Referer`, the client's address, compression
//! and panics.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::routing::{get, post};
use bytes::Bytes;
use console::PublicUrl;
use console::{ConsoleConfig, layers};
use http::header::CONTENT_SECURITY_POLICY;
use http_body::Frame;
use listener::ClientAddress;

use crate::support::{LOOPBACK, request, send};

const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn referer(request: Request) -> String {
    let referer = request.headers().get("referer").map(|value| value.to_str().expect("text").to_owned());
    referer.unwrap_or_else(|| "none".to_owned())
}

async fn client(request: Request) -> String {
    let ClientAddress(address) = request.extensions().get().copied().expect("a layer sets it");
    address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
}

fn console(public_url: &str, trusted: &str) -> Router {
    let routes = Router::new()
        .route("/", get(async || "x".repeat(2000)))
        .route("/page", get(async || ([(CONTENT_SECURITY_POLICY, "script-src 'nonce-a'")], "page")))
        .route("/panic", get(async |request: Request| assert!(request.uri().path().is_empty(), "kh_live_secret")))
        .route("/client", get(client))
        .route("/api/console/echo", post(referer).get(async || "x".repeat(2000)))
        .route("/api/console/length", post(async |body: String| body.len().to_string()));
    let config = ConsoleConfig {
        public_url: PublicUrl::parse(public_url).expect("an origin"),
        trusted_proxies: domain::TrustedProxies::parse(trusted).expect("proxies").to_vec(),
        mailer: None,
    };
    layers(routes, &config)
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let console = console("https://keys.example.com", "");
    for (method, path, status) in [
        ("GET", "/", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/panic", 500),
        ("POST", "/", 403),
        ("TRACE", "/", 405),
        ("PUT", "/", 403),
    ] {
        let answer = send(&console, LOOPBACK, request(method, path, &[])).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"));
        let policy = answer.header("content-security-policy").expect("a policy");
        for directive in ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(directive), "{policy}");
        }
        assert!(answer.header("x-request-id").is_some());
    }
}

#[tokio::test]
async fn a_page_sets_its_own_policy_and_http_has_no_hsts() {
    let console = console("http://127.0.0.1:3000", "");
    let answer = send(&console, LOOPBACK, request("GET", "/page", &[])).await;
    assert_eq!(answer.header("content-security-policy"), Some("script-src 'nonce-a'"));
    assert_eq!(answer.header("strict-transport-security"), None);
}

#[tokio::test]
async fn a_panic_tells_nothing() {
    let answer = send(&console("http://a", ""), LOOPBACK, request("GET", "/panic", &[])).await;
    assert_eq!(answer.problem(), "internal");
    assert!(!String::from_utf8_lossy(&answer.body).contains("secret"));
}

#[tokio::test]
async fn methods_nobody_knows_are_refused() {
    let console = console("http://a", "");
    for method in ["TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get"] {
        let answer = send(&console, LOOPBACK, request(method, "/", &[SAME])).await;
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (405, "method_not_allowed"), "{method}");
    }
    let answer = send(&console, LOOPBACK, request("DELETE", "/", &[SAME])).await;
    assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (405, "method_not_allowed"));
}

#[tokio::test]
async fn bodies_are_bounded() {
    let console = console("http://a", "");
    let post = async |content_type: Option<&str>, body: Body| {
        let mut lines = vec![SAME];
        lines.extend(content_type.map(|value| ("content-type", value)));
        let mut asked = request("POST", "/api/console/length", &lines);
        *asked.body_mut() = body;
        send(&console, LOOPBACK, asked).await
    };
    let endless = || Body::new(Endless);
    assert_eq!(post(Some(FORM.1), Body::from("a=b")).await.body, "3");
    assert_eq!(post(Some("application/json; charset=utf-8"), Body::from("x".repeat(65_536))).await.body, "65536");
    assert_eq!(post(None, Body::empty()).await.body, "0");
    for (content_type, body, status, code) in [
        (Some(FORM.1), Body::from("x".repeat(65_537)), 413, "body_too_large"),
        (Some(FORM.1), endless(), 413, "body_too_large"),
        (Some("text/plain"), Body::from("a=b"), 415, "unsupported_media_type"),
        (Some("multipart/form-data; boundary=a"), Body::from("a=b"), 415, "unsupported_media_type"),
        (Some("application/json; charset=utf-7"), Body::from("{}"), 415, "unsupported_media_type"),
        (None, Body::from("a=b"), 415, "unsupported_media_type"),
    ] {
        let answer = post(content_type, body).await;
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (status, code), "{content_type:?}");
    }
}

/// The time stands still, so the clock jumps to whatever is waited for.
#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let console = console("http://a", "");
    let began = tokio::time::Instant::now();
    let mut asked = request("POST", "/api/console/length", &[SAME, FORM]);
    *asked.body_mut() = Body::new(Never);
    let answer = send(&console, LOOPBACK, asked).await;
    assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (408, "body_too_slow"));
    assert!(began.elapsed() < std::time::Duration::from_secs(10));
}

#[tokio::test]
async fn what_stands_there_twice_is_refused() {
    let console = console("http://a", "");
    let post = async |body: &str| {
        let mut asked = request("POST", "/api/console/length", &[SAME, FORM]);
        *asked.body_mut() = Body::from(body.to_owned());
        send(&console, LOOPBACK, asked).await
    };
    assert_eq!(post("email=a&password=b").await.body, "18");
    for answer in [
        post("email=a&email=b").await,
        post("email=a&e%6Dail=a").await,
        send(&console, LOOPBACK, request("GET", "/?add&add", &[])).await,
        send(&console, LOOPBACK, request("GET", "/", &[("host", "a"), ("host", "a")])).await,
    ] {
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (400, "doubled_parameter"));
    }
}

/// A body of which nothing ever comes.
struct Never;

impl http_body::Body for Never {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}

/// A body without a length and without an end.
struct Endless;

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b'x'; 1024])))))
    }
}

#[tokio::test]
async fn a_foreign_referer_is_replaced() {
    let console = console("https://keys.example.com", "");
    for (referer, seen) in [
        (None, "none"),
        (Some("https://keys.example.com/settings/api-keys?add"), "https://keys.example.com/settings/api-keys?add"),
        (Some("https://keys.example.com/"), "https://keys.example.com/"),
        (Some("https://evil.example/collect?x=1"), "https://keys.example.com/"),
        (Some("http://keys.example.com/"), "https://keys.example.com/"),
        (Some("https://keys.example.com@evil.example/"), "https://keys.example.com/"),
        (Some("https://keys.example.com.evil.example/"), "https://keys.example.com/"),
        (Some("//evil.example/"), "https://keys.example.com/"),
        (Some("/settings/api-keys"), "https://keys.example.com/"),
        (Some("javascript:alert(1)"), "https://keys.example.com/"),
        (Some(""), "https://keys.example.com/"),
        (Some("\u{e9}"), "https://keys.example.com/"),
    ] {
        let mut lines = vec![SAME];
        lines.extend(referer.map(|referer| ("referer", referer)));
        let answer = send(&console, LOOPBACK, request("POST", "/api/console/echo", &lines)).await;
        assert_eq!(answer.body, seen, "{referer:?}");
    }
    let own = ("referer", "https://keys.example.com/");
    let answer = send(
        &console,
        LOOPBACK,
        request("POST", "/api/console/echo", &[SAME, own, ("referer", "https://evil.example/")]),
    )
    .await;
    assert_eq!(answer.body, "https://keys.example.com/");
}

#[tokio::test]
async fn the_clients_address() {
    let plain = console("http://a", "");
    let proxied = console("http://a", "10.0.0.1, 10.0.1.0/24");
    for (console, peer, lines, seen) in [
        (&plain, "198.51.100.9:1", &[("x-forwarded-for", "203.0.113.7")][..], "198.51.100.9"),
        (&plain, "[::ffff:198.51.100.9]:1", &[], "198.51.100.9"),
        (&proxied, "198.51.100.9:1", &[("x-forwarded-for", "203.0.113.7")], "198.51.100.9"),
        (&proxied, "10.0.0.1:1", &[("x-forwarded-for", "203.0.113.7")], "203.0.113.7"),
        (
            &proxied,
            "10.0.0.1:1",
            &[("x-forwarded-for", "203.0.113.7"), ("x-forwarded-for", "198.51.100.9, 10.0.1.4")],
            "198.51.100.9",
        ),
        (&proxied, "10.0.0.1:1", &[], "unknown"),
        (&proxied, "10.0.0.1:1", &[("x-forwarded-for", "203.0.113.7, unknown")], "unknown"),
    ] {
        let answer = send(console, peer, request("GET", "/client", lines)).await;
        assert_eq!(answer.body, seen, "{peer} {lines:?}");
    }
}

#[tokio::test]
async fn pages_are_compressed_and_functions_are_not() {
    let console = console("http://a", "");
    for (encodings, coding) in [("gzip, br", "br"), ("gzip", "gzip")] {
        let lines = [("accept-encoding", encodings)];
        assert_eq!(
            send(&console, LOOPBACK, request("GET", "/", &lines)).await.header("content-encoding"),
            Some(coding)
        );
        let function = send(&console, LOOPBACK, request("GET", "/api/console/echo", &lines)).await;
        assert_eq!(function.header("content-encoding"), None);
        assert_eq!(function.body.len(), 2000);
    }
}
