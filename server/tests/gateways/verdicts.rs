//! Who is let in, and how each refusal reaches the caller.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret as _;
use service::gate::Probe;

use crate::for_each_gateway;
use crate::place::{Gateway, Place};

const HERE: &str = "127.0.0.2";

async fn a_good_key_is_let_in_and_named_to_the_upstream(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let key = place.key("Büro", HERE, &["contacts:read", "orders:write"]).await;
    let basic = STANDARD.encode(format!("Büro:{key}"));
    for credential in [
        format!("Authorization: ApiKey {key}"),
        format!("authorization: Bearer {key}"),
        format!("X-Api-Key: {key}"),
        format!("x-api-KEY: {key}"),
        format!("Authorization: Basic {basic}"),
    ] {
        let spoofed = "X-Keyhatch-Account: acc_spoofed";
        let answer = place.caller.call(HERE, "GET /contacts/1?page=2&q=%2F..%2F", &[&credential, spoofed]).await;
        assert_eq!(answer.status, 200, "{credential} {answer:?}");
        assert!(answer.body.starts_with("GET /contacts/1?page=2&q=%2F..%2F HTTP/1.1\r\n"), "{}", answer.body);
        assert_eq!(answer.arrived("x-keyhatch-key-name"), ["B%C3%BCro"]);
        assert_eq!(answer.arrived("x-keyhatch-account"), [place.account.as_str()]);
        assert_eq!(answer.arrived("x-keyhatch-environment"), ["live"]);
        assert_eq!(answer.arrived("x-keyhatch-privileges"), ["contacts:read orders:write"]);
        assert_eq!(answer.arrived("x-keyhatch-key-id").len(), 1);
        assert_eq!(answer.arrived("x-forwarded-for"), [HERE]);
        assert!(!answer.body.contains(&key) && !answer.body.contains(&basic), "the upstream sees no secret");
        assert_eq!(answer.header("x-keyhatch-reason"), None, "only the gate gives reasons");
    }
}

async fn methods_have_their_own_privilege_and_bodies_arrive(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let reader = format!("X-Api-Key: {}", place.key("Reader", "", &["contacts:read"]).await);
    let writer = format!("X-Api-Key: {}", place.key("Writer", "", &["contacts:write"]).await);
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
        let answer = place.caller.call(HERE, line, &[key.as_str(), "X-HTTP-Method-Override: DELETE"]).await;
        assert_eq!(answer.status, status, "{line} {answer:?}");
        assert!(answer.arrived("x-http-method-override").is_empty());
    }
    let head = [writer.as_str(), "Content-Length: 5\r\n\r\nhello"];
    let answer = place.caller.call(HERE, "POST /contacts", &head).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.arrived("content-length"), ["5"]);
}

async fn refusals_keep_their_status_and_say_why(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let key = place.key("Elsewhere", "127.0.0.9", &["*"]).await;
    let open = place.key("Open", "", &["contacts:read"]).await;
    let limited = place.keyhatch.gate().sign_probe(Probe::Limited);
    let unknowable = place.keyhatch.gate().sign_probe(Probe::Unavailable);
    let line = |name: &str, value: &str| format!("{name}: {value}");
    let api = |value: &str| line("X-Api-Key", value);
    let before = place.upstream.reached();
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
        let answer = place.caller.call(HERE, request, &lines).await;
        assert_eq!((answer.status, answer.header("x-keyhatch-reason")), (status, reason), "{request} {answer:?}");
        let challenge = answer.header("www-authenticate").is_some_and(|said| said.starts_with("ApiKey "));
        assert_eq!(challenge, status == 401, "{answer:?}");
        assert_eq!(answer.header("retry-after").is_some(), matches!(status, 429 | 503), "{answer:?}");
        assert!(!answer.body.contains("kh_"), "nothing repeats a credential");
    }
    let query = format!("GET /contacts?key={open}");
    assert_eq!(place.caller.call(HERE, &query, &[]).await.status, 403);
    assert_eq!(place.upstream.reached(), before, "nothing that was refused reached the upstream");
    let messages = std::fs::read_to_string(place.folder().join("gateway.log")).unwrap_or_default()
        + &std::fs::read_to_string(place.folder().join("error.log")).unwrap_or_default();
    assert!(!messages.contains(&open), "no gateway logs a key: {messages}");
}

async fn the_credential_reaches_the_upstream_where_policy_says_so(gateway: Gateway) {
    let settings = "pass_credential = true\nunlisted = \"key\"";
    let place = Place::with(gateway, settings).await;
    let key = place.key("Any", "", &[]).await;
    let answer = place.caller.call(HERE, "GET /anything", &[&format!("X-Api-Key: {key}")]).await;
    assert_eq!((answer.status, answer.arrived("x-api-key")), (200, vec![key.as_str()]), "{answer:?}");
    // nginx leaves out what is empty.
    assert_eq!(answer.arrived("x-keyhatch-privileges").concat(), "");
    assert_eq!(place.caller.call(HERE, "GET /anything", &[]).await.status, 401);
}

for_each_gateway!(
    a_good_key_is_let_in_and_named_to_the_upstream,
    methods_have_their_own_privilege_and_bodies_arrive,
    refusals_keep_their_status_and_say_why,
    the_credential_reaches_the_upstream_where_policy_says_so,
);
