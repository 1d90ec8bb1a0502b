//! `/auth/<profile>`: credentials, answers, who may ask, and what only the gateway's configuration may
//! say.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::support::{Data, LOOPBACK, TOKEN, request, send};

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
async fn the_four_credential_forms_let_in_with_every_identity_header() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (id, key) = data.key("Büro: Berlin", "", &["contacts:read", "orders:write"]).await;
    for (name, value) in [
        ("authorization", format!("ApiKey {key}")),
        ("authorization", format!("Bearer {key}")),
        ("x-api-key", key.clone()),
        ("authorization", basic("Büro: Berlin", &key)),
    ] {
        for profile in PROFILES {
            for method in ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PROPFIND"] {
                let answer = send(&gate, LOOPBACK, request(method, profile, &[(name, &value)])).await;
                assert_eq!(answer.status, 200, "{name} {method} {profile}");
                assert_eq!(answer.header("x-keyhatch-key-id"), Some(id.as_str()));
                assert_eq!(answer.header("x-keyhatch-key-name"), Some("B%C3%BCro: Berlin"));
                assert_eq!(answer.header("x-keyhatch-account"), Some(data.account.as_str()));
                assert_eq!(answer.header("x-keyhatch-environment"), Some("live"));
                assert_eq!(answer.header("x-keyhatch-privileges"), Some("contacts:read orders:write"));
            }
        }
    }
}

#[tokio::test]
async fn identity_headers_are_there_even_when_empty() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Nothing", "", &[]).await;
    let answer = send(&gate, LOOPBACK, request("GET", "/auth/nginx", &[("x-api-key", &key)])).await;
    assert_eq!(answer.status, 200);
    for name in IDENTITY {
        assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{name}");
    }
    assert_eq!(answer.header("x-keyhatch-privileges"), Some(""));
}

#[tokio::test]
async fn missing_malformed_and_unknown_credentials_are_401() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Shop", "", &["*"]).await;
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
            let answer = send(&gate, LOOPBACK, request("GET", profile, &[(name, &value)])).await;
            assert_eq!(answer.status, 401, "{value}");
            assert!(answer.header("www-authenticate").is_some_and(|challenge| challenge.starts_with("ApiKey ")));
            assert_eq!(answer.header("x-keyhatch-reason"), reason, "{value}");
            assert!(IDENTITY.iter().all(|name| answer.headers.get(*name).is_none()));
        }
    }
}

#[tokio::test]
async fn second_credentials_and_credentials_in_addresses_are_refused() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Shop", "", &["*"]).await;
    let bearer = format!("Bearer {key}");
    let original = format!("/contacts?token={key}");
    for lines in [
        vec![("authorization", bearer.as_str()), ("authorization", bearer.as_str())],
        vec![("authorization", bearer.as_str()), ("x-api-key", key.as_str())],
        vec![("x-api-key", key.as_str()), ("x-api-key", key.as_str())],
        vec![("x-api-key", key.as_str()), ("x-original-uri", "/contacts?api_key=1")],
        vec![("x-api-key", key.as_str()), ("x-forwarded-uri", original.as_str())],
        vec![("x-api-key", key.as_str()), ("x-original-uri", "/"), ("x-original-uri", original.as_str())],
    ] {
        for profile in PROFILES {
            let answer = send(&gate, LOOPBACK, request("GET", profile, &lines)).await;
            assert_eq!((answer.status.as_u16(), answer.header("x-keyhatch-reason")), (403, Some("MALFORMED")));
        }
    }
    let own = format!("/auth/nginx?api_key={key}");
    assert_eq!(send(&gate, LOOPBACK, request("GET", &own, &[("x-api-key", &key)])).await.status, 403);
    assert_eq!(send(&gate, LOOPBACK, request("GET", &own, &[])).await.status, 403);
    let harmless = [("x-api-key", key.as_str()), ("x-original-uri", "/contacts?key=colour&token=next")];
    assert_eq!(send(&gate, LOOPBACK, request("GET", "/auth/nginx", &harmless)).await.status, 200);
}

#[tokio::test]
async fn needs_come_from_the_gateways_query() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Shop", "", &["contacts:read"]).await;
    let (_, all) = data.key("All", "", &["*"]).await;
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
            let answer = send(&gate, LOOPBACK, request("GET", &uri, &[("x-api-key", key)])).await;
            assert_eq!((answer.status.as_u16(), answer.header("x-keyhatch-reason")), (status, reason), "{uri}");
        }
    }
    let callers_word = [("x-api-key", key.as_str()), ("x-original-uri", "/?privilege=contacts:read")];
    let answer = send(&gate, LOOPBACK, request("GET", "/auth/nginx?privilege=contacts:write", &callers_word)).await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn strangers_may_not_ask() {
    let data = Data::new().await;
    let gate = data.gate("10.0.0.1");
    let (_, key) = data.key("Shop", "", &["*"]).await;
    let credential = ("x-api-key", key.as_str());
    let token = ("x-keyhatch-gate-token", TOKEN);
    for (peer, lines, status) in [
        ("127.0.0.1:1", vec![credential], 200),
        ("127.8.8.8:1", vec![credential], 200),
        ("[::1]:1", vec![credential], 200),
        ("[::ffff:127.0.0.1]:1", vec![credential], 200),
        ("10.0.0.1:1", vec![credential], 403),
        ("198.51.100.9:1", vec![credential], 403),
        ("198.51.100.9:1", vec![credential, ("x-keyhatch-gate-token", "a-token-for-the-test")], 403),
        ("198.51.100.9:1", vec![credential, ("x-keyhatch-gate-token", "")], 403),
        ("198.51.100.9:1", vec![credential, token, token], 403),
        ("198.51.100.9:1", vec![credential, token], 200),
    ] {
        let answer = send(&gate, peer, request("GET", "/auth/nginx", &lines)).await;
        assert_eq!(answer.status, status, "{peer}");
        if status == 403 {
            assert_eq!(answer.problem(), "gate_token_required");
        }
    }
    for (path, status) in [("/healthz", 200), ("/readyz", 200), ("/metrics", 403)] {
        assert_eq!(send(&gate, "198.51.100.9:1", request("GET", path, &[])).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn health_and_metrics() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Shop", "203.0.113.7", &["*"]).await;
    send(&gate, LOOPBACK, request("GET", "/auth/nginx", &[("x-api-key", &key)])).await;
    send(&gate, LOOPBACK, request("GET", "/auth/nginx", &[])).await;
    let metrics = send(&gate, LOOPBACK, request("GET", "/metrics", &[])).await;
    let text = String::from_utf8_lossy(&metrics.body).into_owned();
    assert!(text.contains("keyhatch_gate_answers_total{code=\"IP_NOT_ALLOWED\"} 1\n"), "{text}");
    assert!(text.contains("keyhatch_gate_answers_total{code=\"NO_CREDENTIAL\"} 1\n"), "{text}");
    assert!(!text.contains(&key));
    assert_eq!(send(&gate, LOOPBACK, request("TRACE", "/auth/nginx", &[("x-api-key", &key)])).await.status, 405);
    assert_eq!(send(&gate, LOOPBACK, request("GET", "/auth/apache", &[])).await.problem(), "not_found");
    assert_eq!(send(&gate, LOOPBACK, request("GET", "/v1/verify", &[])).await.problem(), "method_not_allowed");
}

#[tokio::test]
async fn a_gate_that_cannot_know_lets_nobody_in() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Shop", "", &["*"]).await;
    data.keyhatch.close().await.expect("it closes");
    for profile in PROFILES {
        assert_eq!(send(&gate, LOOPBACK, request("GET", profile, &[("x-api-key", &key)])).await.status, 503);
    }
    assert_eq!(send(&gate, LOOPBACK, request("GET", "/readyz", &[])).await.status, 503);
    assert_eq!(send(&gate, LOOPBACK, request("GET", "/healthz", &[])).await.status, 200);
}
