//! The caller's address over HTTP, with the whitelist 203.0.113.0/24 and the trusted proxy 10.0.0.1. The table's first
//! column is the hop before the caller; the asking gateway appends it, as gateways do.

use crate::support::{Data, LOOPBACK, TOKEN, request, send};

/// Peer, lines of `X-Forwarded-For` as they reached the gateway, and whether the call is let in.
const SEEN: [(&str, &[&str], bool); 16] = [
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
async fn a_gateway_on_loopback_that_appends_its_peer() {
    let data = Data::new().await;
    let gate = data.gate("10.0.0.1");
    let (_, key) = data.key("Office", "203.0.113.0/24", &["*"]).await;
    for (peer, forwarded, let_in) in SEEN {
        let mut lines = vec![("x-api-key", key.as_str())];
        lines.extend(forwarded.iter().map(|line| ("x-forwarded-for", *line)));
        lines.push(("x-forwarded-for", peer));
        let answer = send(&gate, LOOPBACK, request("GET", "/auth/nginx", &lines)).await;
        let expected = if let_in { (200, None) } else { (403, Some("IP_NOT_ALLOWED")) };
        assert_eq!((answer.status.as_u16(), answer.header("x-keyhatch-reason")), expected, "{peer} {forwarded:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_asks_by_itself() {
    let data = Data::new().await;
    let gate = data.gate("10.0.0.1");
    let (_, key) = data.key("Office", "203.0.113.0/24", &["*"]).await;
    for (peer, forwarded, let_in) in SEEN {
        let mut lines = vec![("x-api-key", key.as_str())];
        // Only the proxy knows the token; the stranger of the first line does not.
        if peer != "198.51.100.9" {
            lines.push(("x-keyhatch-gate-token", TOKEN));
        }
        lines.extend(forwarded.iter().map(|line| ("x-forwarded-for", *line)));
        let peer = if peer.contains(':') { format!("[{peer}]:1") } else { format!("{peer}:1") };
        let answer = send(&gate, &peer, request("GET", "/auth/forward", &lines)).await;
        assert_eq!(answer.status == 200, let_in, "{peer} {forwarded:?}");
    }
}

#[tokio::test]
async fn without_a_whitelist_the_address_does_not_matter() {
    let data = Data::new().await;
    let gate = data.gate("");
    let (_, key) = data.key("Anywhere", "", &["*"]).await;
    for forwarded in [None, Some("unknown"), Some("203.0.113.7, 198.51.100.9")] {
        let mut lines = vec![("x-api-key", key.as_str())];
        lines.extend(forwarded.map(|line| ("x-forwarded-for", line)));
        assert_eq!(send(&gate, LOOPBACK, request("GET", "/auth/nginx", &lines)).await.status, 200);
    }
}
