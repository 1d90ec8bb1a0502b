//! Decisions through each gateway: accepted calls with their identity headers, and refused calls with their reasons.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret as _;
use service::gate::Probe;

use crate::deployment::{Deployment, Gateway};
use crate::for_each_gateway;

const HERE: &str = "127.0.0.2";

async fn a_valid_key_is_accepted_and_identified_to_the_upstream(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let key = deployment.create_key("Büro", HERE, &["contacts:read", "orders:write"]).await;
    let basic = STANDARD.encode(format!("Büro:{key}"));
    for credential in [
        format!("Authorization: ApiKey {key}"),
        format!("authorization: Bearer {key}"),
        format!("X-Api-Key: {key}"),
        format!("x-api-KEY: {key}"),
        format!("Authorization: Basic {basic}"),
    ] {
        let spoofed = "X-Keyhatch-Account: acc_spoofed";
        let response = deployment.client.call(HERE, "GET /contacts/1?page=2&q=%2F..%2F", &[&credential, spoofed]).await;
        assert_eq!(response.status, 200, "{credential} {response:?}");
        assert!(response.body.starts_with("GET /contacts/1?page=2&q=%2F..%2F HTTP/1.1\r\n"), "{}", response.body);
        assert_eq!(response.upstream_header("x-keyhatch-key-name"), ["B%C3%BCro"]);
        assert_eq!(response.upstream_header("x-keyhatch-account"), [deployment.app.account.as_str()]);
        assert_eq!(response.upstream_header("x-keyhatch-environment"), ["live"]);
        assert_eq!(response.upstream_header("x-keyhatch-privileges"), ["contacts:read orders:write"]);
        assert_eq!(response.upstream_header("x-keyhatch-key-id").len(), 1);
        assert_eq!(response.upstream_header("x-forwarded-for"), [HERE]);
        assert!(!response.body.contains(&key) && !response.body.contains(&basic), "the upstream sees no secret");
        assert_eq!(response.header("x-keyhatch-reason"), None, "a reason of the upstream is removed");
    }
}

async fn privileges_depend_on_the_method_and_bodies_reach_the_upstream(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let reader = format!("X-Api-Key: {}", deployment.create_key("Reader", "", &["contacts:read"]).await);
    let writer = format!("X-Api-Key: {}", deployment.create_key("Writer", "", &["contacts:write"]).await);
    for (line, key, status) in [
        ("GET /contacts", &reader, 200),
        ("HEAD /contacts", &reader, 200),
        ("HEAD /contacts", &writer, 403),
        ("DELETE /contacts/1", &reader, 403),
        ("DELETE /contacts/1", &writer, 200),
        ("GET /contacts", &writer, 403),
        ("OPTIONS /contacts", &reader, 403),
        ("GET /hold-on", &reader, 403),
        ("GET /", &reader, 403),
    ] {
        let response = deployment.client.call(HERE, line, &[key.as_str(), "X-HTTP-Method-Override: DELETE"]).await;
        assert_eq!(response.status, status, "{line} {response:?}");
        assert!(response.upstream_header("x-http-method-override").is_empty());
    }
    let head = [writer.as_str(), "Content-Length: 5\r\n\r\nhello"];
    let response = deployment.client.call(HERE, "POST /contacts", &head).await;
    assert_eq!(response.status, 200, "{response:?}");
    assert_eq!(response.upstream_header("content-length"), ["5"]);
}

async fn refusals_keep_their_status_and_reason(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let key = deployment.create_key("Elsewhere", "127.0.0.9", &["*"]).await;
    let open = deployment.create_key("Open", "", &["contacts:read"]).await;
    let limited = deployment.app.keyhatch.gate().sign_probe(Probe::Limited);
    let unknowable = deployment.app.keyhatch.gate().sign_probe(Probe::Unavailable);
    let line = |name: &str, value: &str| format!("{name}: {value}");
    let api = |value: &str| line("X-Api-Key", value);
    let before = deployment.upstream.reached();
    for (request, lines, status, reason) in [
        ("GET /contacts", vec![], 401, None),
        ("GET /contacts", vec![api("kh_live_short")], 401, Some("MALFORMED")),
        ("GET /contacts", vec![api(&key)], 403, Some("IP_NOT_ALLOWED")),
        ("POST /contacts", vec![api(&open)], 403, Some("PRIVILEGE_MISSING")),
        ("GET /contacts", vec![api(&open), api(&open)], 403, Some("MALFORMED")),
        ("GET /contacts", vec![api(&open), line("Authorization", &format!("Bearer {open}"))], 403, Some("MALFORMED")),
        ("GET /contacts?api_key=1", vec![api(&open)], 403, Some("MALFORMED")),
        ("GET /contacts", vec![api(limited.expose_secret())], 429, Some("RATE_LIMITED")),
        ("GET /contacts", vec![api(unknowable.expose_secret())], 503, None),
    ] {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let response = deployment.client.call(HERE, request, &lines).await;
        assert_eq!((response.status, response.header("x-keyhatch-reason")), (status, reason), "{request} {response:?}");
        let challenge = response.header("www-authenticate").is_some_and(|value| value.starts_with("ApiKey "));
        assert_eq!(challenge, status == 401, "{response:?}");
        assert_eq!(response.header("retry-after").is_some(), matches!(status, 429 | 503), "{response:?}");
        assert!(!response.body.contains("kh_"), "a response must not contain the credential");
    }
    let query = format!("GET /contacts?key={open}");
    assert_eq!(deployment.client.call(HERE, &query, &[]).await.status, 403);
    assert_eq!(deployment.upstream.reached(), before, "a refused call reached the upstream");
    let messages = std::fs::read_to_string(deployment.folder().join("gateway.log")).unwrap_or_default()
        + &std::fs::read_to_string(deployment.folder().join("error.log")).unwrap_or_default();
    assert!(!messages.contains(&open), "the gateway logged a key: {messages}");
}

async fn the_credential_reaches_the_upstream_if_configured(gateway: Gateway) {
    let settings = "pass_credential = true\nunlisted = \"key\"";
    let deployment = Deployment::with(gateway, settings).await;
    let key = deployment.create_key("Any", "", &[]).await;
    let response = deployment.client.call(HERE, "GET /anything", &[&format!("X-Api-Key: {key}")]).await;
    assert_eq!((response.status, response.upstream_header("x-api-key")), (200, vec![key.as_str()]), "{response:?}");
    // nginx omits empty headers.
    assert_eq!(response.upstream_header("x-keyhatch-privileges").concat(), "");
    assert_eq!(deployment.client.call(HERE, "GET /anything", &[]).await.status, 401);
}

for_each_gateway!(
    a_valid_key_is_accepted_and_identified_to_the_upstream,
    privileges_depend_on_the_method_and_bodies_reach_the_upstream,
    refusals_keep_their_status_and_reason,
    the_credential_reaches_the_upstream_if_configured,
);
