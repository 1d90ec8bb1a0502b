//! A key's limits through each gateway: the status, `Retry-After` and the rate-limit headers.

use domain::form::KeyForm;
use domain::limits::LimitsForm;

use crate::deployment::{Deployment, Gateway};
use crate::for_each_gateway;

const HERE: &str = "127.0.0.2";

async fn an_exhausted_limit_returns_429_with_retry_after(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let limits = LimitsForm { day: "3".to_owned(), ..LimitsForm::default() };
    let form = KeyForm { name: "Limited".to_owned(), all_privileges: true, limits, ..KeyForm::default() };
    let key = format!("X-Api-Key: {}", deployment.create_key_with(&form).await);
    let before = deployment.upstream.reached();
    for left in [2, 1, 0] {
        let response = deployment.client.call(HERE, "GET /contacts", &[&key]).await;
        assert_eq!(response.status, 200, "{response:?}");
        let state = response.header("ratelimit").unwrap_or_default();
        assert!(state.starts_with(&format!("\"day\";r={left};t=")), "{response:?}");
        assert_eq!(response.header("ratelimit-policy"), Some("\"day\";q=3;w=86400"), "{response:?}");
    }
    let response = deployment.client.call(HERE, "GET /contacts", &[&key]).await;
    assert_eq!((response.status, response.header("x-keyhatch-reason")), (429, Some("RATE_LIMITED")), "{response:?}");
    let seconds: u32 = response.header("retry-after").unwrap_or_default().parse().expect("seconds");
    assert!((1..=86_400).contains(&seconds), "{response:?}");
    assert!(response.header("ratelimit").is_some_and(|state| state.starts_with("\"day\";r=0")), "{response:?}");
    assert_eq!(deployment.upstream.reached() - before, 3);
}

for_each_gateway!(an_exhausted_limit_returns_429_with_retry_after);
