//! Limits in responses: `RateLimit` and `Retry-After` headers, 429 where the gateway passes it on. Also `/v1/explain`,
//! which consumes no quota.

use domain::limits::LimitsForm;
use serde_json::json;

use crate::support::GateApp;

#[tokio::test]
async fn each_profile_sends_rate_limit_headers() {
    let gate = GateApp::start().await;
    for (profile, limited) in [("nginx", 403), ("forward", 429), ("haproxy", 429), ("envoy", 429)] {
        let (_, key) = gate.create_limited_key(LimitsForm { day: "3".into(), ..LimitsForm::default() }).await;
        let path = format!("/auth/{profile}");
        for left in [2, 1, 0] {
            let response = gate.get(&path, &[("x-api-key", &key)]).await;
            assert_eq!(response.status, 200, "{profile}");
            assert_eq!(response.header("ratelimit-policy"), Some("\"day\";q=3;w=86400"));
            let state = response.header("ratelimit").expect("a field");
            assert!(state.starts_with(&format!("\"day\";r={left};t=")), "{state}");
            assert_eq!(response.header("retry-after"), None);
        }
        let response = gate.get(&path, &[("x-api-key", &key)]).await;
        assert_eq!((response.status.as_u16(), response.header("x-keyhatch-reason")), (limited, Some("RATE_LIMITED")));
        let seconds: u32 = response.header("retry-after").expect("a field").parse().expect("a number");
        assert!((1..=86_400).contains(&seconds), "{seconds}");
        assert!(response.header("ratelimit").is_some_and(|state| state.starts_with("\"day\";r=0;t=")));
    }
}

#[tokio::test]
async fn call_consumes_its_cost() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_limited_key(LimitsForm { uses: "10".into(), ..LimitsForm::default() }).await;
    for (cost, code, left) in
        [(4, "VALID", 6), (4, "VALID", 2), (4, "QUOTA_EXCEEDED", 2), (0, "VALID", 2), (2, "VALID", 0)]
    {
        let response = gate.post_json("/v1/verify", &json!({ "key": key, "ip": null, "cost": cost })).await;
        let verdict = response.json();
        assert_eq!(verdict["code"], code);
        assert_eq!(verdict["limits"], json!([{ "name": "uses", "limit": 10, "remaining": left }]));
        assert_eq!(response.header("ratelimit"), Some(format!("\"uses\";r={left}").as_str()));
        // Waiting does not help: uses are never refilled.
        assert_eq!((verdict.get("retry_after"), response.header("retry-after")), (None, None));
    }
    let response = gate.post_json("/v1/verify", &json!({ "key": key, "ip": null, "cost": 1_000_001 })).await;
    assert_eq!((response.status.as_u16(), response.problem_code().as_str()), (400, "unreadable_body"));
    assert_eq!(response.json()["errors"][0]["field"], "cost");
}

#[tokio::test]
async fn key_without_limits_has_no_rate_limit_headers() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Free", "", &["*"]).await;
    let response = gate.post_json("/v1/verify", &json!({ "key": key, "ip": null })).await;
    assert!(response.json().get("limits").is_none() && response.header("ratelimit").is_none());
    let response = gate.get("/auth/forward", &[("x-api-key", &key)]).await;
    assert!(response.header("ratelimit-policy").is_none());
}

#[tokio::test]
async fn explanation_lists_every_check_and_consumes_no_quota() {
    let gate = GateApp::start().await;
    let (id, key) = gate.create_key("Explained", "203.0.113.0/24", &["contacts:read"]).await;
    let question = json!({ "key_id": id, "ip": "203.0.113.7", "privilege": "contacts:write" });
    let response = gate.post_json("/v1/explain", &question).await;
    assert_eq!((response.status.as_u16(), response.header("cache-control")), (200, Some("no-store")));
    let explanation = response.json();
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
    assert!(!response.text().contains(&key));

    let (id, key) = gate.create_limited_key(LimitsForm { uses: "1".into(), ..LimitsForm::default() }).await;
    for _ in 0..3 {
        let response = gate.post_json("/v1/explain", &json!({ "key_id": id, "ip": null })).await;
        assert_eq!(response.json()["code"], "VALID");
    }
    let verify = json!({ "key": key, "ip": null });
    assert_eq!(gate.post_json("/v1/verify", &verify).await.json()["code"], "VALID");
    let response = gate.post_json("/v1/explain", &json!({ "key_id": id, "ip": null })).await;
    assert_eq!(response.json()["code"], "QUOTA_EXCEEDED");
}

#[tokio::test]
async fn invalid_and_unknown_explanation_requests_are_refused() {
    let gate = GateApp::start().await;
    let response = gate.post_json("/v1/explain", &json!({ "key_id": "key_none", "ip": null })).await;
    assert_eq!((response.status.as_u16(), response.problem_code().as_str()), (404, "not_found"));
    for body in [json!({}), json!({ "key_id": "a" }), json!({ "key_id": "a", "ip": null, "key": "b" })] {
        assert_eq!(gate.post_json("/v1/explain", &body).await.status, 400, "{body}");
    }
    let response = gate.post_json("/v1/explain", &json!({ "key_id": "a", "ip": null, "channel": "fax" })).await;
    assert_eq!((response.status.as_u16(), &response.json()["errors"][0]["field"]), (400, &json!("channel")));
    let remote = gate.post_json_from_remote("/v1/explain", json!({ "key_id": "a", "ip": null })).await;
    assert_eq!(remote.status, 403);
}
