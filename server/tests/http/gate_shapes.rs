//! The questions as Envoy, Traefik, Caddy and the printed HAProxy action ask them, header for header, and the answers
//! that each of them lets pass. Envoy and Traefik are not run in these tests: the shapes are those of their
//! documentation and source.

use axum::Router;
use secrecy::ExposeSecret as _;
use service::gate::Probe;

use crate::support::{Answer, Data, LOOPBACK, request, send};

/// What Envoy sends: the caller's address behind the prefix, the allowed headers, its peer appended, an empty body.
async fn envoy(gate: &Router, prefix: &str, path: &str, lines: &[(&str, &str)]) -> Answer {
    let mut all = vec![("host", "api.example.com"), ("content-length", "0"), ("x-envoy-internal", "true")];
    all.extend(lines);
    all.push(("x-forwarded-for", "203.0.113.7"));
    send(gate, LOOPBACK, request("POST", &format!("{prefix}{path}"), &all)).await
}

#[tokio::test]
async fn envoy_puts_the_callers_address_behind_the_need() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Shop", "203.0.113.0/24", &["contacts:read"]).await;
    let credential = [("x-api-key", key.as_str())];
    let read = "/auth/envoy?privilege=contacts:read&path=";
    let write = "/auth/envoy?privilege=contacts:write&cost=2&path=";
    for (prefix, path, status, reason) in [
        (read, "/contacts", 200, None),
        (read, "/contacts/1?page=2&sort=a", 200, None),
        (read, "/contacts?privilege=x:y&cost=0&path=/b", 200, None),
        (write, "/contacts", 403, Some("PRIVILEGE_MISSING")),
        (write, "/contacts?privilege=contacts:read", 403, Some("PRIVILEGE_MISSING")),
        ("/auth/envoy?path=", "/anything", 200, None),
        ("/auth/envoy", "/anything?page=2", 200, None),
        (read, "/contacts?api_key=1", 403, Some("MALFORMED")),
        ("/auth/envoy", "/contacts?x=kh_live_1", 403, Some("MALFORMED")),
        // The operator forgot `path=`.
        ("/auth/envoy?privilege=contacts:read", "/contacts", 503, None),
        ("/auth/envoy?privilege=contacts:read&", "/contacts", 503, None),
        ("/auth/envoy/?privilege=contacts:read", "/contacts", 503, None),
    ] {
        let answer = envoy(&gate, prefix, path, &credential).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-keyhatch-reason")), (status, reason), "{prefix} {path}");
    }
    // Envoy appends its peer to what the caller wrote, so the caller's word never counts.
    let (_, elsewhere) = data.key("Elsewhere", "192.0.2.1", &["*"]).await;
    let spoofed = [("x-api-key", elsewhere.as_str()), ("x-forwarded-for", "192.0.2.1")];
    assert_eq!(envoy(&gate, read, "/contacts", &spoofed).await.header("x-keyhatch-reason"), Some("IP_NOT_ALLOWED"));
    // Two lines of one header arrive as one, joined by a comma.
    let joined = format!("ApiKey {key},ApiKey {key}");
    assert_eq!(envoy(&gate, read, "/contacts", &[("authorization", &joined)]).await.status, 401);
    assert_eq!(envoy(&gate, read, "/contacts", &[]).await.status, 401);
}

/// What Traefik and Caddy send: GET, the call in `X-Forwarded-*`, the caller's own headers beside them.
async fn forward(gate: &Router, place: &str, lines: &[(&str, &str)]) -> Answer {
    let mut all = vec![
        ("host", "127.0.0.1:3100"),
        ("user-agent", "curl/8.0"),
        ("accept-encoding", "gzip"),
        ("x-forwarded-method", "DELETE"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "api.example.com"),
        ("x-forwarded-uri", "/contacts/1?page=2"),
        ("x-forwarded-server", "edge"),
        ("x-real-ip", "192.0.2.1"),
        ("forwarded", "for=192.0.2.1"),
    ];
    all.extend(lines);
    all.push(("x-forwarded-for", "203.0.113.7"));
    send(gate, LOOPBACK, request("GET", place, &all)).await
}

#[tokio::test]
async fn traefik_caddy_and_the_haproxy_action_ask_with_x_forwarded_headers() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, here) = data.key("Here", "203.0.113.7", &["*"]).await;
    let (_, elsewhere) = data.key("Elsewhere", "192.0.2.1", &["*"]).await;
    for profile in ["/auth/forward", "/auth/haproxy", "/auth/nginx"] {
        let place = format!("{profile}?privilege=contacts:write&channel=rest");
        assert_eq!(forward(&gate, &place, &[("x-api-key", &here)]).await.status, 200);
        let turned = forward(&gate, &place, &[("x-api-key", &elsewhere)]).await;
        assert_eq!((turned.status.as_u16(), turned.header("x-keyhatch-reason")), (403, Some("IP_NOT_ALLOWED")));
        for name in ["x-client-ip", "true-client-ip", "cf-connecting-ip", "x-envoy-external-address", "x_forwarded_for"]
        {
            let lines = [("x-api-key", elsewhere.as_str()), (name, "192.0.2.1")];
            assert_eq!(forward(&gate, &place, &lines).await.status, 403, "{profile} {name}");
        }
    }
}

#[tokio::test]
async fn a_reached_limit_is_429_where_the_gateway_passes_it_on() {
    let data = Data::new().await;
    let gate = data.gate("");
    let probe = data.keyhatch.gate().sign_probe(Probe::Limited);
    for (place, status) in [("nginx", 403), ("forward", 429), ("envoy", 429), ("haproxy", 429)] {
        let lines = [("x-api-key", probe.expose_secret())];
        let answer = send(&gate, LOOPBACK, request("GET", &format!("/auth/{place}"), &lines)).await;
        assert_eq!(answer.status, status, "{place}");
        assert_eq!(answer.header("x-keyhatch-reason"), Some("RATE_LIMITED"));
        assert!(answer.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok()), "{place}");
    }
}

#[tokio::test]
async fn a_checks_credential_only_ever_turns_away() {
    let data = Data::new().await;
    let gate = data.gate("");
    let unavailable = data.keyhatch.gate().sign_probe(Probe::Unavailable);
    let good = unavailable.expose_secret();
    for profile in ["nginx", "forward", "envoy", "haproxy"] {
        let place = format!("/auth/{profile}");
        assert_eq!(send(&gate, LOOPBACK, request("GET", &place, &[("x-api-key", good)])).await.status, 503);
    }
    let other = Data::new().await.keyhatch.gate().sign_probe(Probe::Unavailable);
    let last = if good.ends_with('0') { "1" } else { "0" };
    for bad in [
        other.expose_secret().to_owned(),
        format!("{}{last}", &good[..good.len() - 1]),
        good.replace("unavailable", "limited"),
        "kh_check_limited_99999999999999_".to_owned(),
        "kh_check_".to_owned(),
    ] {
        let answer = send(&gate, LOOPBACK, request("GET", "/auth/nginx", &[("x-api-key", &bad)])).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-keyhatch-reason")), (401, Some("MALFORMED")), "{bad}");
    }
}
