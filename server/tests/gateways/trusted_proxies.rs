//! Behind a trusted proxy, the client's address is the one that this proxy saw; earlier entries are ignored.

use crate::deployment::{Deployment, Gateway, ROUTES};
use crate::for_each_gateway;

const PROXY: &str = "127.0.0.9";

async fn the_address_seen_by_a_trusted_proxy_is_used(gateway: Gateway) {
    let deployment = Deployment::behind(PROXY, gateway, ROUTES).await;
    let key = format!("X-Api-Key: {}", deployment.create_key("Office", "203.0.113.7", &["*"]).await);
    for (peer, lines, is_accepted) in [
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
        let mut headers = vec![key.as_str()];
        headers.extend(&lines);
        let response = deployment.client.call(peer, "GET /contacts", &headers).await;
        let reason = response.header("x-keyhatch-reason");
        let expected = if is_accepted { (200, None) } else { (403, Some("IP_NOT_ALLOWED")) };
        assert_eq!((response.status, reason), expected, "{peer} {lines:?} {response:?}");
    }
}

for_each_gateway!(the_address_seen_by_a_trusted_proxy_is_used);
