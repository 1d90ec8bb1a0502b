//! `/auth/<profile>`: credentials, response headers, which gateways may ask, and the parameters that only the gateway's
//! configuration sets. Also health and metrics.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::support::{GATE_TOKEN, GateApp, REMOTE_PEER};

const PROFILES: [&str; 4] = ["/auth/nginx", "/auth/forward", "/auth/haproxy", "/auth/envoy"];
const IDENTITY: [&str; 5] = [
    "x-keyhatch-key-id",
    "x-keyhatch-key-name",
    "x-keyhatch-account",
    "x-keyhatch-environment",
    "x-keyhatch-privileges",
];

fn basic(name: &str, key: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{key}")))
}

#[tokio::test]
async fn each_credential_form_is_accepted_with_all_identity_headers() {
    let gate = GateApp::start().await;
    let (id, key) = gate.create_key("Büro: Berlin", "", &["contacts:read", "orders:write"]).await;
    for (name, value) in [
        ("authorization", format!("ApiKey {key}")),
        ("authorization", format!("Bearer {key}")),
        ("x-api-key", key.clone()),
        ("authorization", basic("Büro: Berlin", &key)),
    ] {
        for profile in PROFILES {
            for method in ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PROPFIND"] {
                let response = gate.request(method, profile, &[(name, &value)]).await;
                assert_eq!(response.status, 200, "{name} {method} {profile}");
                assert_eq!(response.header("x-keyhatch-key-id"), Some(id.as_str()));
                assert_eq!(response.header("x-keyhatch-key-name"), Some("B%C3%BCro: Berlin"));
                assert_eq!(response.header("x-keyhatch-account"), Some(gate.app.account.as_str()));
                assert_eq!(response.header("x-keyhatch-environment"), Some("live"));
                assert_eq!(response.header("x-keyhatch-privileges"), Some("contacts:read orders:write"));
            }
        }
    }
}

#[tokio::test]
async fn empty_identity_headers_are_sent() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Nothing", "", &[]).await;
    let response = gate.get("/auth/nginx", &[("x-api-key", &key)]).await;
    assert_eq!(response.status, 200);
    for name in IDENTITY {
        assert_eq!(response.headers.get_all(name).iter().count(), 1, "{name}");
    }
    assert_eq!(response.header("x-keyhatch-privileges"), Some(""));
}

#[tokio::test]
async fn missing_malformed_and_unknown_credentials_get_401() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Shop", "", &["*"]).await;
    let other = domain::KeyFormat::new("kh").expect("a prefix").compose(
        domain::Environment::Live,
        &domain::PublicId::from_random(&mut |bytes: &mut [u8]| bytes.fill(7)),
        &[7; 32],
    );
    let last = if key.ends_with('0') { "1" } else { "0" };
    let damaged = format!("{}{last}", &key[..key.len() - 1]);
    for (name, value, reason) in [
        ("user-agent", "curl".to_owned(), None),
        ("authorization", "ApiKey".to_owned(), Some("MALFORMED")),
        ("authorization", "ApiKey ".to_owned(), Some("MALFORMED")),
        ("authorization", "Bearer é".to_owned(), Some("MALFORMED")),
        ("authorization", format!("Bearer {key},"), Some("MALFORMED")),
        ("authorization", basic("Shop", ""), Some("MALFORMED")),
        ("x-api-key", String::new(), Some("MALFORMED")),
        ("x-api-key", format!("{key} {key}"), Some("MALFORMED")),
        ("authorization", format!("Digest {key}"), Some("MALFORMED")),
        ("authorization", "ApiKey kh_live_short".to_owned(), Some("MALFORMED")),
        ("authorization", format!("ApiKey {damaged}"), Some("MALFORMED")),
        ("authorization", format!("ApiKey {key}, ApiKey {key}"), Some("MALFORMED")),
        ("authorization", format!("Bearer {other}"), Some("NOT_FOUND")),
        ("authorization", basic("shop", &key), Some("NOT_FOUND")),
        ("authorization", basic("", &key), Some("NOT_FOUND")),
        ("authorization", format!("Basic {key}"), Some("MALFORMED")),
    ] {
        for profile in PROFILES {
            let response = gate.get(profile, &[(name, &value)]).await;
            assert_eq!(response.status, 401, "{value}");
            assert!(response.header("www-authenticate").is_some_and(|challenge| challenge.starts_with("ApiKey ")));
            assert_eq!(response.header("x-keyhatch-reason"), reason, "{value}");
            assert!(IDENTITY.iter().all(|name| response.headers.get(*name).is_none()));
        }
    }
}

#[tokio::test]
async fn second_credentials_and_credentials_in_urls_are_refused() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Shop", "", &["*"]).await;
    let bearer = format!("Bearer {key}");
    let original = format!("/contacts?token={key}");
    for headers in [
        vec![("authorization", bearer.as_str()), ("authorization", bearer.as_str())],
        vec![("authorization", bearer.as_str()), ("x-api-key", key.as_str())],
        vec![("x-api-key", key.as_str()), ("x-api-key", key.as_str())],
        vec![("x-api-key", key.as_str()), ("x-original-uri", "/contacts?api_key=1")],
        vec![("x-api-key", key.as_str()), ("x-forwarded-uri", original.as_str())],
        vec![("x-api-key", key.as_str()), ("x-original-uri", "/"), ("x-original-uri", original.as_str())],
    ] {
        for profile in PROFILES {
            let response = gate.get(profile, &headers).await;
            assert_eq!((response.status.as_u16(), response.header("x-keyhatch-reason")), (403, Some("MALFORMED")));
        }
    }
    let in_query = format!("/auth/nginx?api_key={key}");
    assert_eq!(gate.get(&in_query, &[("x-api-key", &key)]).await.status, 403);
    assert_eq!(gate.get(&in_query, &[]).await.status, 403);
    let other_parameters = [("x-api-key", key.as_str()), ("x-original-uri", "/contacts?key=colour&token=next")];
    assert_eq!(gate.get("/auth/nginx", &other_parameters).await.status, 200);
}

#[tokio::test]
async fn requirements_come_from_the_gateways_query_only() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Shop", "", &["contacts:read"]).await;
    let (_, all) = gate.create_key("All", "", &["*"]).await;
    for (query, key, status, reason) in [
        ("", &key, 200, None),
        ("?privilege=contacts:read", &key, 200, None),
        ("?privilege=contacts%3Aread&cost=2", &key, 200, None),
        ("?privilege=contacts:write", &key, 403, Some("PRIVILEGE_MISSING")),
        ("?privilege=contacts:write", &all, 200, None),
        ("?privilege=contacts:read&privilege=contacts:read", &key, 503, None),
        ("?priviledge=contacts:read", &key, 503, None),
        ("?privilege=", &all, 503, None),
        ("?channel=telex", &all, 503, None),
        ("?cost=many", &all, 503, None),
    ] {
        for profile in PROFILES {
            let uri = format!("{profile}{query}");
            let response = gate.get(&uri, &[("x-api-key", key)]).await;
            assert_eq!((response.status.as_u16(), response.header("x-keyhatch-reason")), (status, reason), "{uri}");
        }
    }
    let forged = [("x-api-key", key.as_str()), ("x-original-uri", "/?privilege=contacts:read")];
    let response = gate.get("/auth/nginx?privilege=contacts:write", &forged).await;
    assert_eq!(response.status, 403);
}

#[tokio::test]
async fn remote_gateway_without_the_token_gets_403() {
    let gate = GateApp::start_behind("10.0.0.1").await;
    let (_, key) = gate.create_key("Shop", "", &["*"]).await;
    let credential = ("x-api-key", key.as_str());
    let token = ("x-keyhatch-gate-token", GATE_TOKEN);
    for (peer, headers, status) in [
        ("127.0.0.1:1", vec![credential], 200),
        ("127.8.8.8:1", vec![credential], 200),
        ("[::1]:1", vec![credential], 200),
        ("[::ffff:127.0.0.1]:1", vec![credential], 200),
        ("10.0.0.1:1", vec![credential], 403),
        (REMOTE_PEER, vec![credential], 403),
        (REMOTE_PEER, vec![credential, ("x-keyhatch-gate-token", "a-token-for-the-test")], 403),
        (REMOTE_PEER, vec![credential, ("x-keyhatch-gate-token", "")], 403),
        (REMOTE_PEER, vec![credential, token, token], 403),
        (REMOTE_PEER, vec![credential, token], 200),
    ] {
        let response = gate.get_from(peer, "/auth/nginx", &headers).await;
        assert_eq!(response.status, status, "{peer}");
        if status == 403 {
            assert_eq!(response.problem_code(), "gate_token_required");
        }
    }
    for (path, status) in [("/healthz", 200), ("/readyz", 200), ("/metrics", 403)] {
        assert_eq!(gate.get_from(REMOTE_PEER, path, &[]).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn metrics_count_verdicts_and_unknown_routes_are_refused() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Shop", "203.0.113.7", &["*"]).await;
    gate.get("/auth/nginx", &[("x-api-key", &key)]).await;
    gate.get("/auth/nginx", &[]).await;
    let metrics = gate.get("/metrics", &[]).await;
    let text = metrics.text();
    assert!(text.contains("keyhatch_gate_answers_total{code=\"IP_NOT_ALLOWED\"} 1\n"), "{text}");
    assert!(text.contains("keyhatch_gate_answers_total{code=\"NO_CREDENTIAL\"} 1\n"), "{text}");
    assert!(!text.contains(&key));
    assert_eq!(gate.request("TRACE", "/auth/nginx", &[("x-api-key", &key)]).await.status, 405);
    assert_eq!(gate.get("/auth/apache", &[]).await.problem_code(), "not_found");
    assert_eq!(gate.get("/v1/verify", &[]).await.problem_code(), "method_not_allowed");
}

#[tokio::test]
async fn gate_without_a_database_answers_503() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Shop", "", &["*"]).await;
    gate.app.keyhatch.close().await.expect("it closes");
    for profile in PROFILES {
        assert_eq!(gate.get(profile, &[("x-api-key", &key)]).await.status, 503);
    }
    assert_eq!(gate.get("/readyz", &[]).await.status, 503);
    assert_eq!(gate.get("/healthz", &[]).await.status, 200);
}
