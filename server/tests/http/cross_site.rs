//! Cross-site request forgery: fourteen header combinations that another site's page or a program can send, with each
//! unsafe method.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::any;
use console::PublicUrl;
use console::{ConsoleConfig, layers};

use crate::support::request;

const OWN: &str = "https://keys.example.com";
const UNSAFE: [&str; 4] = ["POST", "PUT", "PATCH", "DELETE"];

/// A route behind the console's middleware, and how often it was reached.
fn counting_router(public_url: PublicUrl) -> (Router, Arc<AtomicUsize>) {
    let executed = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&executed);
    let routes = Router::new().route(
        "/api/console/keys/form",
        any(async move || {
            counter.fetch_add(1, Ordering::SeqCst);
        }),
    );
    (
        layers(
            routes,
            &ConsoleConfig {
                public_url,
                trusted_proxies: Vec::new(),
                mailer: None,
                texts: i18n::MessageCatalogue::default(),
            },
        ),
        executed,
    )
}

fn configured_url() -> PublicUrl {
    PublicUrl::parse(OWN).expect("an origin")
}

#[tokio::test]
async fn cross_site_requests_are_refused() {
    let headers_of_other_sites: [&[(&str, &str)]; 14] = [
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
    let (router, executed) = counting_router(configured_url());
    for method in UNSAFE {
        for headers in headers_of_other_sites {
            let mut all = vec![("host", "keys.example.com")];
            all.extend_from_slice(headers);
            let response = request(&router, method, "/api/console/keys/form", &all).await;
            assert_eq!(response.status, 403, "{method} {headers:?}");
            assert_eq!(response.problem_code(), "foreign_request");
        }
    }
    assert_eq!(executed.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn same_origin_requests_are_accepted() {
    let (router, executed) = counting_router(configured_url());
    for headers in [("sec-fetch-site", "same-origin"), ("origin", OWN)] {
        for method in UNSAFE {
            let response = request(&router, method, "/api/console/keys/form", &[headers]).await;
            assert_eq!(response.status, 200, "{method} {headers:?}");
        }
    }
    assert_eq!(executed.load(Ordering::SeqCst), 8);
}

#[tokio::test]
async fn safe_methods_need_no_origin() {
    let (router, _) = counting_router(configured_url());
    for method in ["GET", "HEAD"] {
        let all = [("sec-fetch-site", "cross-site")];
        assert_eq!(request(&router, method, "/api/console/keys/form", &all).await.status, 200);
    }
}

#[tokio::test]
async fn without_a_public_url_the_origin_must_match_the_host() {
    let (router, _) = counting_router(PublicUrl::of_listener("127.0.0.1:3000".parse().expect("an address")));
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
        let all = [("host", host), ("origin", origin)];
        let response = request(&router, "POST", "/api/console/keys/form", &all).await;
        assert_eq!(response.status, status, "{host} {origin}");
    }
}
