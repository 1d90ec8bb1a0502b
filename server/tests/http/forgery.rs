//! Forged requests: fourteen shapes that another site's page, or a program, can make, with each unsafe method.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::any;
use console::PublicUrl;
use console::{ConsoleConfig, layers};

use crate::support::{LOOPBACK, request, send};

const OWN: &str = "https://keys.example.com";
const UNSAFE: [&str; 4] = ["POST", "PUT", "PATCH", "DELETE"];

/// Counts what got through.
fn console(public_url: PublicUrl) -> (Router, Arc<AtomicUsize>) {
    let executed = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&executed);
    let routes = Router::new().route(
        "/api/console/keys/create",
        any(async move || {
            counter.fetch_add(1, Ordering::SeqCst);
        }),
    );
    (layers(routes, &ConsoleConfig { public_url, trusted_proxies: Vec::new(), mailer: None }), executed)
}

fn configured() -> PublicUrl {
    PublicUrl::parse(OWN).expect("an origin")
}

#[tokio::test]
async fn forged_shapes_are_refused() {
    let shapes: [&[(&str, &str)]; 14] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "cross-site"), ("origin", OWN)],
        &[("sec-fetch-site", ""), ("origin", OWN)],
        &[("sec-fetch-site", "same-origin, cross-site")],
        &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "same-origin")],
        &[("origin", "null")],
        &[("origin", "https://evil.example")],
        &[("origin", "http://keys.example.com")],
        &[("origin", "https://keys.example.com.evil.example")],
        &[("origin", OWN), ("origin", OWN)],
        &[("origin", "https://keys.example.com:8443"), ("referer", "https://keys.example.com/settings/api-keys")],
    ];
    let (console, executed) = console(configured());
    for method in UNSAFE {
        for shape in shapes {
            let mut lines = vec![("host", "keys.example.com")];
            lines.extend_from_slice(shape);
            let answer = send(&console, LOOPBACK, request(method, "/api/console/keys/create", &lines)).await;
            assert_eq!(answer.status, 403, "{method} {shape:?}");
            assert_eq!(answer.problem(), "foreign_request");
        }
    }
    assert_eq!(executed.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn the_consoles_own_pages_pass() {
    let (console, executed) = console(configured());
    for shape in [("sec-fetch-site", "same-origin"), ("origin", OWN)] {
        for method in UNSAFE {
            let answer = send(&console, LOOPBACK, request(method, "/api/console/keys/create", &[shape])).await;
            assert_eq!(answer.status, 200, "{method} {shape:?}");
        }
    }
    assert_eq!(executed.load(Ordering::SeqCst), 8);
}

#[tokio::test]
async fn reading_needs_no_proof() {
    let (console, _) = console(configured());
    for method in ["GET", "HEAD"] {
        let lines = [("sec-fetch-site", "cross-site")];
        assert_eq!(send(&console, LOOPBACK, request(method, "/api/console/keys/create", &lines)).await.status, 200);
    }
}

#[tokio::test]
async fn without_a_public_url_the_host_counts() {
    let (console, _) = console(PublicUrl::of_listener("127.0.0.1:3000".parse().expect("an address")));
    for (host, origin, status) in [
        ("localhost:3000", "http://localhost:3000", 200),
        ("127.0.0.1:3000", "http://127.0.0.1:3000", 200),
        ("Keys.Local", "http://keys.local", 200),
        ("localhost:3000", "http://127.0.0.1:3000", 403),
        ("localhost:3000", "https://localhost:3000", 403),
        ("localhost:3000", "http://localhost", 403),
        ("", "http://", 403),
        ("a@localhost", "http://localhost", 403),
        ("localhost/x", "http://localhost", 403),
    ] {
        let lines = [("host", host), ("origin", origin)];
        let answer = send(&console, LOOPBACK, request("POST", "/api/console/keys/create", &lines)).await;
        assert_eq!(answer.status, status, "{host} {origin}");
    }
}
