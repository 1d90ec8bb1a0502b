//! Limits as the gate says them: `RateLimit` fields, `Retry-After`, 429 where a gateway passes it on; and the
//! explanation, which takes nothing from them.

use axum::body::Body;
use domain::limits::LimitsForm;
use serde_json::{Value, json};

use crate::support::{Answer, Data, LOOPBACK, request, send};

const JSON: (&str, &str) = ("content-type", "application/json");

async fn post(gate: &axum::Router, path: &str, body: &Value) -> Answer {
    let mut asked = request("POST", path, &[JSON]);
    *asked.body_mut() = Body::from(body.to_string());
    send(gate, LOOPBACK, asked).await
}

fn limits(change: impl FnOnce(&mut LimitsForm)) -> LimitsForm {
    let mut limits = LimitsForm::default();
    change(&mut limits);
    limits
}

#[tokio::test]
async fn every_profile_tells_how_the_limits_stand() {
    let data = Data::new().await;
    let gate = data.gate("");
    for (profile, limited) in [("nginx", 403), ("forward", 429), ("haproxy", 429), ("envoy", 429)] {
        let (_, key) = data.limited_key(limits(|limits| limits.day = "3".into())).await;
        let path = format!("/auth/{profile}");
        for left in [2, 1, 0] {
            let answer = send(&gate, LOOPBACK, request("GET", &path, &[("x-api-key", &key)])).await;
            assert_eq!(answer.status, 200, "{profile}");
            assert_eq!(answer.header("ratelimit-policy"), Some("\"day\";q=3;w=86400"));
            let state = answer.header("ratelimit").expect("a field");
            assert!(state.starts_with(&format!("\"day\";r={left};t=")), "{state}");
            assert_eq!(answer.header("retry-after"), None);
        }
        let answer = send(&gate, LOOPBACK, request("GET", &path, &[("x-api-key", &key)])).await;
        assert_eq!((answer.status.as_u16(), answer.header("x-keyhatch-reason")), (limited, Some("RATE_LIMITED")));
        let seconds: u32 = answer.header("retry-after").expect("a field").parse().expect("a number");
        assert!((1..=86_400).contains(&seconds), "{seconds}");
        assert!(answer.header("ratelimit").is_some_and(|state| state.starts_with("\"day\";r=0;t=")));
    }
}

#[tokio::test]
async fn a_call_takes_its_cost() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.limited_key(limits(|limits| limits.uses = "10".into())).await;
    for (cost, code, left) in
        [(4, "VALID", 6), (4, "VALID", 2), (4, "QUOTA_EXCEEDED", 2), (0, "VALID", 2), (2, "VALID", 0)]
    {
        let answer = post(&gate, "/v1/verify", &json!({ "key": key, "ip": null, "cost": cost })).await;
        let verdict = answer.json();
        assert_eq!(verdict["code"], code);
        assert_eq!(verdict["limits"], json!([{ "name": "uses", "limit": 10, "remaining": left }]));
        assert_eq!(answer.header("ratelimit"), Some(format!("\"uses\";r={left}").as_str()));
        // Waiting does not help: the uses are never refilled.
        assert_eq!((verdict.get("retry_after"), answer.header("retry-after")), (None, None));
    }
    let answer = post(&gate, "/v1/verify", &json!({ "key": key, "ip": null, "cost": 1_000_001 })).await;
    assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (400, "unreadable_body"));
    assert_eq!(answer.json()["errors"][0]["field"], "cost");
}

#[tokio::test]
async fn a_key_without_limits_says_nothing_of_them() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Free", "", &["*"]).await;
    let answer = post(&gate, "/v1/verify", &json!({ "key": key, "ip": null })).await;
    assert!(answer.json().get("limits").is_none() && answer.header("ratelimit").is_none());
    let answer = send(&gate, LOOPBACK, request("GET", "/auth/forward", &[("x-api-key", &key)])).await;
    assert!(answer.header("ratelimit-policy").is_none());
}

#[tokio::test]
async fn an_explanation_names_every_check_and_takes_nothing() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (id, key) = data.key("Explained", "203.0.113.0/24", &["contacts:read"]).await;
    let question = json!({ "key_id": id, "ip": "203.0.113.7", "privilege": "contacts:write" });
    let answer = post(&gate, "/v1/explain", &question).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, Some("no-store")));
    let explanation = answer.json();
    assert_eq!(explanation["code"], "PRIVILEGE_MISSING");
    assert_eq!(explanation["advice"], "Edit the key and tick contacts:write.");
    let checks: Vec<(&str, bool)> = explanation["checks"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|check| (check["name"].as_str().expect("a name"), check["passed"].as_bool().expect("a verdict")))
        .collect();
    let expected = [("Enabled", true), ("Expiry", true), ("Channel", true), ("Address", true), ("Privilege", false)];
    assert_eq!(checks, expected);
    assert!(!String::from_utf8_lossy(&answer.body).contains(&key));

    let (id, key) = data.limited_key(limits(|limits| limits.uses = "1".into())).await;
    for _ in 0..3 {
        let answer = post(&gate, "/v1/explain", &json!({ "key_id": id, "ip": null })).await;
        assert_eq!(answer.json()["code"], "VALID");
    }
    let verify = json!({ "key": key, "ip": null });
    assert_eq!(post(&gate, "/v1/verify", &verify).await.json()["code"], "VALID");
    let answer = post(&gate, "/v1/explain", &json!({ "key_id": id, "ip": null })).await;
    assert_eq!(answer.json()["code"], "QUOTA_EXCEEDED");
}

#[tokio::test]
async fn what_cannot_be_explained() {
    let data = Data::new().await;
    let gate = data.gate("");
    let answer = post(&gate, "/v1/explain", &json!({ "key_id": "key_none", "ip": null })).await;
    assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (404, "not_found"));
    for body in [json!({}), json!({ "key_id": "a" }), json!({ "key_id": "a", "ip": null, "key": "b" })] {
        assert_eq!(post(&gate, "/v1/explain", &body).await.status, 400, "{body}");
    }
    let answer = post(&gate, "/v1/explain", &json!({ "key_id": "a", "ip": null, "channel": "fax" })).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (400, &json!("channel")));
    let mut asked = request("POST", "/v1/explain", &[JSON]);
    *asked.body_mut() = Body::from(json!({ "key_id": "a", "ip": null }).to_string());
    assert_eq!(send(&gate, "203.0.113.7:4711", asked).await.status, 403);
}
