//! With one more proxy in front, the address counts that this proxy saw; what stands before it does not.

use crate::for_each_gateway;
use crate::place::{Gateway, Place, ROUTES};

const PROXY: &str = "127.0.0.9";

async fn the_address_that_our_own_proxy_saw_counts(gateway: Gateway) {
    let place = Place::behind(PROXY, gateway, ROUTES).await;
    let key = format!("X-Api-Key: {}", place.key("Office", "203.0.113.7", &["*"]).await);
    for (peer, lines, let_in) in [
        (PROXY, vec!["X-Forwarded-For: 203.0.113.7"], true),
        (PROXY, vec!["X-Forwarded-For: 198.51.100.9, 203.0.113.7"], true),
        (PROXY, vec!["X-Forwarded-For: 198.51.100.9", "X-Forwarded-For: 203.0.113.7"], true),
        (PROXY, vec!["X-Forwarded-For: 203.0.113.7, 127.0.0.9"], true),
        (PROXY, vec!["X-Forwarded-For: 203.0.113.7, 198.51.100.9"], false),
        (PROXY, vec!["X-Forwarded-For: 203.0.113.7", "X-Forwarded-For: 198.51.100.9"], false),
        (PROXY, vec!["X-Forwarded-For: 203.0.113.7, unknown"], false),
        (PROXY, vec!["X-Forwarded-For: "], false),
        (PROXY, vec![], false),
        (PROXY, vec!["X-Real-IP: 203.0.113.7"], false),
        ("127.0.0.3", vec!["X-Forwarded-For: 203.0.113.7"], false),
        ("127.0.0.3", vec!["X-Forwarded-For: 203.0.113.7, 127.0.0.9"], false),
    ] {
        let mut all = vec![key.as_str()];
        all.extend(&lines);
        let answer = place.caller.call(peer, "GET /contacts", &all).await;
        let reason = answer.header("x-keyhatch-reason");
        let expected = if let_in { (200, None) } else { (403, Some("IP_NOT_ALLOWED")) };
        assert_eq!((answer.status, reason), expected, "{peer} {lines:?} {answer:?}");
    }
}

for_each_gateway!(the_address_that_our_own_proxy_saw_counts);
