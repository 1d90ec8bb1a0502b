//! Requests as Envoy, Traefik, Caddy and the printed HAProxy action send them, header for header, and the statuses that
//! each of them passes on. Envoy and Traefik do not run here: the requests follow their documentation and source.

use secrecy::ExposeSecret as _;
use service::gate::Probe;

use test_support::TestResponse;

use crate::support::GateApp;

/// What Envoy sends: the call's path after the prefix, the allowed headers, its peer appended, an empty body.
async fn send_as_envoy(gate: &GateApp, prefix: &str, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    let mut all = vec![("host", "api.example.com"), ("content-length", "0"), ("x-envoy-internal", "true")];
    all.extend(headers);
    all.push(("x-forwarded-for", "203.0.113.7"));
    gate.request("POST", &format!("{prefix}{path}"), &all).await
}

#[tokio::test]
async fn envoy_appends_the_path_to_the_requirement() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Shop", "203.0.113.0/24", &["contacts:read"]).await;
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
        let response = send_as_envoy(&gate, prefix, path, &credential).await;
        assert_eq!(
            (response.status.as_u16(), response.header("x-keyhatch-reason")),
            (status, reason),
            "{prefix} {path}"
        );
    }
    // Envoy appends its peer to the caller's header, so the caller's entry is never used.
    let (_, elsewhere) = gate.create_key("Elsewhere", "192.0.2.1", &["*"]).await;
    let spoofed = [("x-api-key", elsewhere.as_str()), ("x-forwarded-for", "192.0.2.1")];
    assert_eq!(
        send_as_envoy(&gate, read, "/contacts", &spoofed).await.header("x-keyhatch-reason"),
        Some("IP_NOT_ALLOWED")
    );
    // Envoy joins repeated headers with a comma.
    let joined = format!("ApiKey {key},ApiKey {key}");
    assert_eq!(send_as_envoy(&gate, read, "/contacts", &[("authorization", &joined)]).await.status, 401);
    assert_eq!(send_as_envoy(&gate, read, "/contacts", &[]).await.status, 401);
}

/// What Traefik and Caddy send: GET, the call in `X-Forwarded-*`, and the caller's own headers.
async fn send_as_traefik(gate: &GateApp, path: &str, headers: &[(&str, &str)]) -> TestResponse {
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
    all.extend(headers);
    all.push(("x-forwarded-for", "203.0.113.7"));
    gate.get(path, &all).await
}

#[tokio::test]
async fn forwarded_headers_of_traefik_caddy_and_haproxy_are_read() {
    let gate = GateApp::start().await;
    let (_, here) = gate.create_key("Here", "203.0.113.7", &["*"]).await;
    let (_, elsewhere) = gate.create_key("Elsewhere", "192.0.2.1", &["*"]).await;
    for profile in ["/auth/forward", "/auth/haproxy", "/auth/nginx"] {
        let path = format!("{profile}?privilege=contacts:write&channel=rest");
        assert_eq!(send_as_traefik(&gate, &path, &[("x-api-key", &here)]).await.status, 200);
        let refused = send_as_traefik(&gate, &path, &[("x-api-key", &elsewhere)]).await;
        assert_eq!((refused.status.as_u16(), refused.header("x-keyhatch-reason")), (403, Some("IP_NOT_ALLOWED")));
        for name in ["x-client-ip", "true-client-ip", "cf-connecting-ip", "x-envoy-external-address", "x_forwarded_for"]
        {
            let headers = [("x-api-key", elsewhere.as_str()), (name, "192.0.2.1")];
            assert_eq!(send_as_traefik(&gate, &path, &headers).await.status, 403, "{profile} {name}");
        }
    }
}

#[tokio::test]
async fn reached_limit_is_429_where_the_gateway_passes_it_on() {
    let gate = GateApp::start().await;
    let probe = gate.app.keyhatch.gate().sign_probe(Probe::Limited);
    for (profile, status) in [("nginx", 403), ("forward", 429), ("envoy", 429), ("haproxy", 429)] {
        let headers = [("x-api-key", probe.expose_secret())];
        let response = gate.get(&format!("/auth/{profile}"), &headers).await;
        assert_eq!(response.status, status, "{profile}");
        assert_eq!(response.header("x-keyhatch-reason"), Some("RATE_LIMITED"));
        assert!(response.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok()), "{profile}");
    }
}

#[tokio::test]
async fn probe_credential_is_never_accepted() {
    let gate = GateApp::start().await;
    let unavailable = gate.app.keyhatch.gate().sign_probe(Probe::Unavailable);
    let good = unavailable.expose_secret();
    for profile in ["nginx", "forward", "envoy", "haproxy"] {
        let path = format!("/auth/{profile}");
        assert_eq!(gate.get(&path, &[("x-api-key", good)]).await.status, 503);
    }
    let other = GateApp::start().await.app.keyhatch.gate().sign_probe(Probe::Unavailable);
    let last = if good.ends_with('0') { "1" } else { "0" };
    for bad in [
        other.expose_secret().to_owned(),
        format!("{}{last}", &good[..good.len() - 1]),
        good.replace("unavailable", "limited"),
        "kh_check_limited_99999999999999_".to_owned(),
        "kh_check_".to_owned(),
    ] {
        let response = gate.get("/auth/nginx", &[("x-api-key", &bad)]).await;
        assert_eq!((response.status.as_u16(), response.header("x-keyhatch-reason")), (401, Some("MALFORMED")), "{bad}");
    }
}
