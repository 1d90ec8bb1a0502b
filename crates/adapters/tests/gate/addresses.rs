//! Which client address the gate finds behind gateways and proxies.

use crate::support::{GATE_TOKEN, GateApp};

/// The gateway's peer, the `X-Forwarded-For` headers as they reached the gateway, and whether the call is accepted for
/// the whitelist 203.0.113.0/24 and the trusted proxy 10.0.0.1.
const HOPS: [(&str, &[&str], bool); 16] = [
    ("198.51.100.9", &["203.0.113.7"], false),
    ("10.0.0.1", &["203.0.113.7, 198.51.100.9"], false),
    ("10.0.0.1", &["203.0.113.7", "198.51.100.9"], false),
    ("10.0.0.1", &["198.51.100.9, 203.0.113.7"], true),
    ("10.0.0.1", &["198.51.100.9, 203.0.113.7, 10.0.0.1"], true),
    ("10.0.0.1", &[""], false),
    ("10.0.0.1", &[], false),
    ("10.0.0.1", &["unknown"], false),
    ("10.0.0.1", &["203.0.113.7, _hidden"], false),
    ("10.0.0.1", &["203.0.113.7:4711"], false),
    ("10.0.0.1", &["203.0.113.7%eth0"], false),
    ("::ffff:10.0.0.1", &["203.0.113.7"], true),
    ("10.0.0.1", &["::ffff:203.0.113.7"], true),
    ("10.0.0.1", &["64:ff9b::cb00:7107"], false),
    ("10.0.0.1", &["2002:cb00:7107::1"], false),
    ("10.0.0.1", &["10.0.0.1, 10.0.0.1"], false),
];

#[tokio::test]
async fn gateway_on_loopback_appends_its_peer() {
    let gate = GateApp::start_behind("10.0.0.1").await;
    let (_, key) = gate.create_key("Office", "203.0.113.0/24", &["*"]).await;
    for (peer, forwarded, accepted) in HOPS {
        let mut headers = vec![("x-api-key", key.as_str())];
        headers.extend(forwarded.iter().map(|value| ("x-forwarded-for", *value)));
        headers.push(("x-forwarded-for", peer));
        let response = gate.get("/auth/nginx", &headers).await;
        let expected = if accepted { (200, None) } else { (403, Some("IP_NOT_ALLOWED")) };
        assert_eq!((response.status.as_u16(), response.header("x-keyhatch-reason")), expected, "{peer} {forwarded:?}");
    }
}

#[tokio::test]
async fn trusted_proxy_with_the_gate_token_asks_directly() {
    let gate = GateApp::start_behind("10.0.0.1").await;
    let (_, key) = gate.create_key("Office", "203.0.113.0/24", &["*"]).await;
    for (peer, forwarded, accepted) in HOPS {
        let mut headers = vec![("x-api-key", key.as_str())];
        // Only the proxy knows the token; the first row's peer does not.
        if peer != "198.51.100.9" {
            headers.push(("x-keyhatch-gate-token", GATE_TOKEN));
        }
        headers.extend(forwarded.iter().map(|value| ("x-forwarded-for", *value)));
        let peer = if peer.contains(':') { format!("[{peer}]:1") } else { format!("{peer}:1") };
        let response = gate.get_from(&peer, "/auth/forward", &headers).await;
        assert_eq!(response.status == 200, accepted, "{peer} {forwarded:?}");
    }
}

#[tokio::test]
async fn without_a_whitelist_any_address_is_accepted() {
    let gate = GateApp::start().await;
    let (_, key) = gate.create_key("Anywhere", "", &["*"]).await;
    for forwarded in [None, Some("unknown"), Some("203.0.113.7, 198.51.100.9")] {
        let mut headers = vec![("x-api-key", key.as_str())];
        headers.extend(forwarded.map(|value| ("x-forwarded-for", value)));
        assert_eq!(gate.get("/auth/nginx", &headers).await.status, 200);
    }
}
