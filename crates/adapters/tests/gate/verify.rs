//! `POST /v1/verify`: verdicts, and the bodies that it refuses.

use serde_json::json;

use crate::support::GateApp;

const PATH: &str = "/v1/verify";

#[tokio::test]
async fn each_call_gets_its_verdict() {
    let gate = GateApp::start().await;
    let (id, key) = gate.create_key("Büro", "203.0.113.0/24", &["contacts:read"]).await;
    let good = json!({ "key": key, "ip": "203.0.113.7", "privilege": "contacts:read", "cost": 1 });
    let response = gate.post_json(PATH, good).await;
    assert_eq!((response.status.as_u16(), response.header("content-type")), (200, Some("application/json")));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    let caller = json!({
        "id": id, "name": "Büro", "account": gate.app.account, "environment": "live", "privileges": ["contacts:read"]
    });
    assert_eq!(response.json(), json!({ "valid": true, "code": "VALID", "key": caller }));
    for (question, code) in [
        (json!({ "key": key, "ip": "::ffff:203.0.113.7" }), "VALID"),
        (json!({ "key": key, "ip": "198.51.100.9" }), "IP_NOT_ALLOWED"),
        (json!({ "key": key, "ip": "203.0.113.7:4711" }), "IP_NOT_ALLOWED"),
        (json!({ "key": key, "ip": "" }), "IP_NOT_ALLOWED"),
        (json!({ "key": key, "ip": null }), "IP_NOT_ALLOWED"),
        (json!({ "key": key, "ip": "203.0.113.7", "privilege": "orders:write" }), "PRIVILEGE_MISSING"),
        (json!({ "key": "", "ip": "203.0.113.7" }), "MALFORMED"),
        (json!({ "key": "kh_live_é", "ip": "203.0.113.7" }), "MALFORMED"),
        (json!({ "key": format!("{key}0"), "ip": "203.0.113.7" }), "MALFORMED"),
    ] {
        let response = gate.post_json(PATH, &question).await;
        assert_eq!(response.status, 200, "{question}");
        let verdict = response.json();
        assert_eq!((verdict["code"].as_str(), verdict["valid"].as_bool()), (Some(code), Some(code == "VALID")));
        assert_eq!(verdict.get("key").is_some(), code == "VALID");
    }
}

#[tokio::test]
async fn unreadable_bodies_get_400() {
    let gate = GateApp::start().await;
    for body in [
        "",
        "{}",
        "null",
        "[]",
        "{\"key\":\"a\"}",
        "{\"ip\":\"203.0.113.7\"}",
        "{\"key\":\"a\",\"ip\":\"b\",}",
        "{\"key\":\"a\",\"ip\":\"b\"} x",
        "{\"key\":\"a\",\"key\":\"a\",\"ip\":\"b\"}",
        "{\"key\":\"a\",\"ip\":\"b\",\"extra\":1}",
        "{\"key\":1,\"ip\":\"b\"}",
        "{\"key\":\"a\",\"ip\":1}",
        "{\"key\":\"a\",\"ip\":\"b\",\"cost\":-1}",
        "{\"key\":\"a\",\"ip\":\"b\",\"privilege\":\"contacts\"}",
        "{\"key\":\"a\",\"ip\":\"b\",\"channel\":\"telex\"}",
        "{\"key\":\"\\ud800\",\"ip\":\"b\"}",
    ] {
        let response = gate.post_json(PATH, body).await;
        assert_eq!((response.status.as_u16(), response.problem_code().as_str()), (400, "unreadable_body"), "{body}");
    }
    let not_utf8 =
        gate.post(PATH, &[("content-type", "application/json")], &b"{\"key\":\"\xff\",\"ip\":\"b\"}"[..]).await;
    assert_eq!(not_utf8.status, 400);
    let echoed = gate.post_json(PATH, "{\"key\":\"a\",\"ip\":\"b\",\"kh_live_secret\":1}").await;
    assert!(!echoed.text().contains("secret"));
    let large = format!("{{\"key\":\"{}\",\"ip\":\"b\"}}", "x".repeat(16 * 1024));
    assert_eq!(gate.post_json(PATH, large).await.problem_code(), "body_too_large");
}

#[tokio::test]
async fn other_content_types_get_415() {
    let gate = GateApp::start().await;
    for content_type in
        [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application/json; charset=latin1")]
    {
        let headers: Vec<_> = content_type.map(|value| ("content-type", value)).into_iter().collect();
        let response = gate.post(PATH, &headers, "{\"key\":\"a\",\"ip\":\"b\"}").await;
        assert_eq!((response.status.as_u16(), response.problem_code().as_str()), (415, "unsupported_media_type"));
    }
}

#[tokio::test]
async fn unknown_gateways_get_403_and_a_closed_database_503() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Shop", "", &["*"]).await;
    let question = json!({ "key": key, "ip": "203.0.113.7" });
    let remote = gate.post_json_from_remote(PATH, &question).await;
    assert_eq!(remote.problem_code(), "gate_token_required");
    gate.app.keyhatch.close().await.expect("it closes");
    let response = gate.post_json(PATH, question).await;
    assert_eq!((response.status.as_u16(), response.problem_code().as_str()), (503, "unavailable"));
}
