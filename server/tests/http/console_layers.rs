//! The console's middleware over a small router: security headers, body limits, the `Referer` of other sites, the
//! client's address, compression, and panics.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::routing::{self, get};
use bytes::Bytes;
use console::PublicUrl;
use console::{ConsoleConfig, layers};
use http::header::CONTENT_SECURITY_POLICY;
use http_body::Frame;
use listener::ClientAddress;

use test_support::{build_request, send_request};

use crate::support::{ConsoleResponse as _, FORM, SAME_ORIGIN, post, request};

async fn echo_referer(request: Request) -> String {
    let referer = request.headers().get("referer").map(|value| value.to_str().expect("text").to_owned());
    referer.unwrap_or_else(|| "none".to_owned())
}

async fn echo_client_address(request: Request) -> String {
    let ClientAddress(address) = request.extensions().get().copied().expect("a layer sets it");
    address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
}

fn layered_router(public_url: &str, trusted: &str) -> Router {
    let routes = Router::new()
        .route("/", get(async || "x".repeat(2000)))
        .route("/page", get(async || ([(CONTENT_SECURITY_POLICY, "script-src 'nonce-a'")], "page")))
        .route("/panic", get(async |request: Request| assert!(request.uri().path().is_empty(), "kh_live_secret")))
        .route("/client", get(echo_client_address))
        .route("/api/console/echo", routing::post(echo_referer).get(async || "x".repeat(2000)))
        .route("/api/console/length", routing::post(async |body: String| body.len().to_string()));
    let config = ConsoleConfig {
        public_url: PublicUrl::parse(public_url).expect("an origin"),
        trusted_proxies: domain::TrustedProxies::parse(trusted).expect("proxies").to_vec(),
        mailer: None,
        texts: i18n::MessageCatalogue::default(),
    };
    layers(routes, &config)
}

#[tokio::test]
async fn every_response_has_the_security_headers() {
    let router = layered_router("https://keys.example.com", "");
    for (method, path, status) in [
        ("GET", "/", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/panic", 500),
        ("POST", "/", 403),
        ("TRACE", "/", 405),
        ("PUT", "/", 403),
    ] {
        let response = request(&router, method, path, &[]).await;
        assert_eq!(response.status, status, "{method} {path}");
        assert_eq!(response.header("cache-control"), Some("no-store"));
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("referrer-policy"), Some("same-origin"));
        assert_eq!(response.header("cross-origin-opener-policy"), Some("same-origin"));
        assert_eq!(response.header("strict-transport-security"), Some("max-age=31536000"));
        let policy = response.header("content-security-policy").expect("a policy");
        for directive in ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(directive), "{policy}");
        }
        assert!(response.header("x-request-id").is_some());
    }
}

#[tokio::test]
async fn page_keeps_its_own_policy_and_plain_http_has_no_hsts() {
    let router = layered_router("http://127.0.0.1:3000", "");
    let response = request(&router, "GET", "/page", &[]).await;
    assert_eq!(response.header("content-security-policy"), Some("script-src 'nonce-a'"));
    assert_eq!(response.header("strict-transport-security"), None);
}

#[tokio::test]
async fn panic_message_is_not_sent() {
    let response = request(&layered_router("http://a", ""), "GET", "/panic", &[]).await;
    assert_eq!(response.problem_code(), "internal");
    assert!(!String::from_utf8_lossy(&response.body).contains("secret"));
}

#[tokio::test]
async fn unsupported_methods_are_refused() {
    let router = layered_router("http://a", "");
    for method in ["TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get"] {
        let response = request(&router, method, "/", &[SAME_ORIGIN]).await;
        assert_eq!(response.status_and_problem(), (405, "method_not_allowed".to_owned()), "{method}");
    }
    let response = request(&router, "DELETE", "/", &[SAME_ORIGIN]).await;
    assert_eq!(response.status_and_problem(), (405, "method_not_allowed".to_owned()));
}

#[tokio::test]
async fn bodies_are_bounded() {
    let router = layered_router("http://a", "");
    let post_body = async |content_type: Option<&str>, body: Body| {
        let mut headers = vec![SAME_ORIGIN];
        headers.extend(content_type.map(|value| ("content-type", value)));
        post(&router, "/api/console/length", &headers, body).await
    };
    let endless = || Body::new(Endless);
    assert_eq!(post_body(Some(FORM.1), Body::from("a=b")).await.body, "3");
    assert_eq!(post_body(Some("application/json; charset=utf-8"), Body::from("x".repeat(65_536))).await.body, "65536");
    assert_eq!(post_body(None, Body::empty()).await.body, "0");
    for (content_type, body, status, code) in [
        (Some(FORM.1), Body::from("x".repeat(65_537)), 413, "body_too_large"),
        (Some(FORM.1), endless(), 413, "body_too_large"),
        (Some("text/plain"), Body::from("a=b"), 415, "unsupported_media_type"),
        (Some("multipart/form-data; boundary=a"), Body::from("a=b"), 415, "unsupported_media_type"),
        (Some("application/json; charset=utf-7"), Body::from("{}"), 415, "unsupported_media_type"),
        (None, Body::from("a=b"), 415, "unsupported_media_type"),
    ] {
        let response = post_body(content_type, body).await;
        assert_eq!(response.status_and_problem(), (status, code.to_owned()), "{content_type:?}");
    }
}

/// With paused time, the clock jumps to the next timer.
#[tokio::test(start_paused = true)]
async fn missing_body_times_out() {
    let router = layered_router("http://a", "");
    let began = tokio::time::Instant::now();
    let response = post(&router, "/api/console/length", &[SAME_ORIGIN, FORM], Body::new(Never)).await;
    assert_eq!(response.status_and_problem(), (408, "body_too_slow".to_owned()));
    assert!(began.elapsed() < std::time::Duration::from_secs(10));
}

#[tokio::test]
async fn duplicate_parameters_and_headers_are_refused() {
    let router = layered_router("http://a", "");
    let post_body =
        async |body: &str| post(&router, "/api/console/length", &[SAME_ORIGIN, FORM], body.to_owned()).await;
    assert_eq!(post_body("email=a&password=b").await.body, "18");
    for response in [
        post_body("email=a&email=b").await,
        post_body("email=a&e%6Dail=a").await,
        request(&router, "GET", "/?add&add", &[]).await,
        request(&router, "GET", "/", &[("host", "a"), ("host", "a")]).await,
    ] {
        assert_eq!(response.status_and_problem(), (400, "doubled_parameter".to_owned()));
    }
}

/// A body that sends nothing.
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
async fn referer_of_another_site_is_replaced() {
    let router = layered_router("https://keys.example.com", "");
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
        let mut headers = vec![SAME_ORIGIN];
        headers.extend(referer.map(|referer| ("referer", referer)));
        let response = request(&router, "POST", "/api/console/echo", &headers).await;
        assert_eq!(response.body, seen, "{referer:?}");
    }
    let own = ("referer", "https://keys.example.com/");
    let headers = [SAME_ORIGIN, own, ("referer", "https://evil.example/")];
    let response = request(&router, "POST", "/api/console/echo", &headers).await;
    assert_eq!(response.body, "https://keys.example.com/");
}

#[tokio::test]
async fn client_address_is_resolved_behind_trusted_proxies() {
    let direct = layered_router("http://a", "");
    let proxied = layered_router("http://a", "10.0.0.1, 10.0.1.0/24");
    for (router, peer, headers, seen) in [
        (&direct, "198.51.100.9:1", &[("x-forwarded-for", "203.0.113.7")][..], "198.51.100.9"),
        (&direct, "[::ffff:198.51.100.9]:1", &[], "198.51.100.9"),
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
        let response = send_request(router, peer, build_request("GET", "/client", headers)).await;
        assert_eq!(response.body, seen, "{peer} {headers:?}");
    }
}

#[tokio::test]
async fn pages_are_compressed_but_server_functions_are_not() {
    let router = layered_router("http://a", "");
    for (encodings, coding) in [("gzip, br", "br"), ("gzip", "gzip")] {
        let headers = [("accept-encoding", encodings)];
        assert_eq!(request(&router, "GET", "/", &headers).await.header("content-encoding"), Some(coding));
        let function = request(&router, "GET", "/api/console/echo", &headers).await;
        assert_eq!(function.header("content-encoding"), None);
        assert_eq!(function.body.len(), 2000);
    }
}
