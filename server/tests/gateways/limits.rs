//! A key's limits through each gateway: the true status, when to come back, and how the limits stand.

use domain::form::KeyForm;
use domain::limits::LimitsForm;

use crate::for_each_gateway;
use crate::place::{Gateway, Place};

const HERE: &str = "127.0.0.2";

async fn a_used_up_limit_is_429_and_says_when_to_come_back(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let limits = LimitsForm { day: "3".to_owned(), ..LimitsForm::default() };
    let form = KeyForm { name: "Limited".to_owned(), all_privileges: true, limits, ..KeyForm::default() };
    let key = format!("X-Api-Key: {}", place.issue(&form).await);
    let before = place.upstream.reached();
    for left in [2, 1, 0] {
        let answer = place.caller.call(HERE, "GET /contacts", &[&key]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let state = answer.header("ratelimit").unwrap_or_default();
        assert!(state.starts_with(&format!("\"day\";r={left};t=")), "{answer:?}");
        assert_eq!(answer.header("ratelimit-policy"), Some("\"day\";q=3;w=86400"), "{answer:?}");
    }
    let answer = place.caller.call(HERE, "GET /contacts", &[&key]).await;
    assert_eq!((answer.status, answer.header("x-keyhatch-reason")), (429, Some("RATE_LIMITED")), "{answer:?}");
    let seconds: u32 = answer.header("retry-after").unwrap_or_default().parse().expect("seconds");
    assert!((1..=86_400).contains(&seconds), "{answer:?}");
    assert!(answer.header("ratelimit").is_some_and(|state| state.starts_with("\"day\";r=0")), "{answer:?}");
    assert_eq!(place.upstream.reached() - before, 3);
}

for_each_gateway!(a_used_up_limit_is_429_and_says_when_to_come_back);
