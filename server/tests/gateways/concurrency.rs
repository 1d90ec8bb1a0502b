//! At most twenty concurrent requests of one address.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::deployment::{Deployment, Gateway};
use crate::for_each_gateway;

const CONCURRENT_MAX: usize = 20;

/// Caddy's nftables ruleset, loaded for the test's port alone and deleted when dropped.
pub struct Ruleset(String);

impl Ruleset {
    /// `None` if loading rules is not permitted.
    pub fn load(deployment: &Deployment) -> Option<Self> {
        let file = deployment.folder().join("keyhatch.nft").display().to_string();
        let done = Command::new("nft").args(["-f", &file]).output().ok()?;
        done.status.success().then(|| Self(format!("keyhatch_{}", deployment.port)))
    }
}

impl Drop for Ruleset {
    fn drop(&mut self) {
        let _ = Command::new("nft").args(["delete", "table", "inet", &self.0]).status();
    }
}

async fn the_twenty_first_concurrent_request_of_an_address_is_refused(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let ruleset = (gateway == Gateway::Caddy).then(|| Ruleset::load(&deployment));
    if matches!(ruleset, Some(None)) {
        eprintln!("skipped: nft may not load rules here, and Caddy cannot limit concurrency itself");
        return;
    }
    let key = format!("X-Api-Key: {}", deployment.create_key("Busy", "", &["*"]).await);
    let held: Vec<_> = (0..CONCURRENT_MAX)
        .map(|_| {
            let (caller, key) = (deployment.client.clone(), key.clone());
            tokio::spawn(async move { caller.call("127.0.0.2", "GET /hold", &[&key]).await })
        })
        .collect();
    let began = Instant::now();
    while deployment.upstream.held() < CONCURRENT_MAX {
        assert!(began.elapsed() < Duration::from_secs(10), "only {} reached the upstream", deployment.upstream.held());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for _ in 0..5 {
        let response = deployment.client.call("127.0.0.2", "GET /contacts", &[&key]).await;
        if gateway == Gateway::Caddy {
            // The kernel resets the connection, so there is no 429.
            assert_eq!(response.status, 0, "{response:?}");
        } else {
            assert_eq!(response.status, 429, "{response:?}");
            assert_eq!(response.header("x-keyhatch-reason"), Some("CONCURRENCY_LIMITED"));
            assert_eq!(response.header("retry-after"), Some("1"));
        }
        assert_eq!(
            deployment.client.call("127.0.0.3", "GET /contacts", &[&key]).await.status,
            200,
            "others are served"
        );
    }
    deployment.upstream.release();
    for one in held {
        assert_eq!(one.await.expect("a call").status, 200);
    }
    let began = Instant::now();
    while deployment.client.call("127.0.0.2", "GET /contacts", &[&key]).await.status != 200 {
        assert!(began.elapsed() < Duration::from_secs(5), "served again when the others are done");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

for_each_gateway!(the_twenty_first_concurrent_request_of_an_address_is_refused);
