//! `POST /v1/verify`.

use axum::Router;
use axum::body::Body;
use serde_json::json;

use crate::support::{Answer, Data, LOOPBACK, request, send};

const JSON: (&str, &str) = ("content-type", "application/json");

async fn verify(gate: &Router, body: impl Into<Body>) -> Answer {
    let mut asked = request("POST", "/v1/verify", &[JSON]);
    *asked.body_mut() = body.into();
    send(gate, LOOPBACK, asked).await
}

#[tokio::test]
async fn verdicts() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (id, key) = data.key("Büro", "203.0.113.0/24", &["contacts:read"]).await;
    let good = json!({ "key": key, "ip": "203.0.113.7", "privilege": "contacts:read", "cost": 1 });
    let answer = verify(&gate, good.to_string()).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, Some("application/json")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let caller = json!({
        "id": id, "name": "Büro", "account": data.account, "environment": "live", "privileges": ["contacts:read"]
    });
    assert_eq!(answer.json(), json!({ "valid": true, "code": "VALID", "key": caller }));
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
        let answer = verify(&gate, question.to_string()).await;
        assert_eq!(answer.status, 200, "{question}");
        let verdict = answer.json();
        assert_eq!((verdict["code"].as_str(), verdict["valid"].as_bool()), (Some(code), Some(code == "VALID")));
        assert_eq!(verdict.get("key").is_some(), code == "VALID");
    }
}

#[tokio::test]
async fn bodies_it_cannot_read() {
    let data = Data::new().await;
    let gate = data.gate("");
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
        let answer = verify(&gate, body).await;
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (400, "unreadable_body"), "{body}");
    }
    let not_utf8 = verify(&gate, &b"{\"key\":\"\xff\",\"ip\":\"b\"}"[..]).await;
    assert_eq!(not_utf8.status, 400);
    let echoed = verify(&gate, "{\"key\":\"a\",\"ip\":\"b\",\"kh_live_secret\":1}").await;
    assert!(!String::from_utf8_lossy(&echoed.body).contains("secret"));
    let large = format!("{{\"key\":\"{}\",\"ip\":\"b\"}}", "x".repeat(16 * 1024));
    assert_eq!(verify(&gate, large).await.problem(), "body_too_large");
}

#[tokio::test]
async fn only_json_is_read() {
    let data = Data::new().await;
    let gate = data.gate("");
    for content_type in
        [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("application/json; charset=latin1")]
    {
        let lines: Vec<_> = content_type.map(|value| ("content-type", value)).into_iter().collect();
        let mut asked = request("POST", "/v1/verify", &lines);
        *asked.body_mut() = Body::from("{\"key\":\"a\",\"ip\":\"b\"}");
        let answer = send(&gate, LOOPBACK, asked).await;
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (415, "unsupported_media_type"));
    }
}

#[tokio::test]
async fn it_says_when_it_cannot_know_and_whom_it_does_not_know() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Shop", "", &["*"]).await;
    let question = json!({ "key": key, "ip": "203.0.113.7" }).to_string();
    let mut asked = request("POST", "/v1/verify", &[JSON]);
    *asked.body_mut() = Body::from(question.clone());
    assert_eq!(send(&gate, "198.51.100.9:1", asked).await.problem(), "gate_token_required");
    data.keyhatch.close().await.expect("it closes");
    let answer = verify(&gate, question).await;
    assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (503, "unavailable"));
}
