//! Twenty requests of one address at a time, and not one more.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::for_each_gateway;
use crate::place::{Gateway, Place};

const AT_ONCE: usize = 20;

/// Caddy's ruleset is loaded into the machine's own packet filter, for the test's port alone, and taken out again.
pub struct Ruleset(String);

impl Ruleset {
    /// `None` where this is not allowed.
    pub fn load(place: &Place) -> Option<Self> {
        let file = place.folder().join("keyhatch.nft").display().to_string();
        let done = Command::new("nft").args(["-f", &file]).output().ok()?;
        done.status.success().then(|| Self(format!("keyhatch_{}", place.port)))
    }
}

impl Drop for Ruleset {
    fn drop(&mut self) {
        let _ = Command::new("nft").args(["delete", "table", "inet", &self.0]).status();
    }
}

async fn the_twenty_first_request_of_an_address_is_refused(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let ruleset = (gateway == Gateway::Caddy).then(|| Ruleset::load(&place));
    if matches!(ruleset, Some(None)) {
        eprintln!("not run: nft may not load rules here, and Caddy alone does not count");
        return;
    }
    let key = format!("X-Api-Key: {}", place.key("Busy", "", &["*"]).await);
    let held: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (caller, key) = (place.caller.clone(), key.clone());
            tokio::spawn(async move { caller.call("127.0.0.2", "GET /hold", &[&key]).await })
        })
        .collect();
    let began = Instant::now();
    while place.upstream.held() < AT_ONCE {
        assert!(began.elapsed() < Duration::from_secs(10), "only {} are served", place.upstream.held());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for _ in 0..5 {
        let answer = place.caller.call("127.0.0.2", "GET /contacts", &[&key]).await;
        if gateway == Gateway::Caddy {
            // The kernel resets the connection; nobody is there to say 429.
            assert_eq!(answer.status, 0, "{answer:?}");
        } else {
            assert_eq!(answer.status, 429, "{answer:?}");
            assert_eq!(answer.header("x-keyhatch-reason"), Some("CONCURRENCY_LIMITED"));
            assert_eq!(answer.header("retry-after"), Some("1"));
        }
        assert_eq!(place.caller.call("127.0.0.3", "GET /contacts", &[&key]).await.status, 200, "others are served");
    }
    place.upstream.let_go();
    for one in held {
        assert_eq!(one.await.expect("a call").status, 200);
    }
    let began = Instant::now();
    while place.caller.call("127.0.0.2", "GET /contacts", &[&key]).await.status != 200 {
        assert!(began.elapsed() < Duration::from_secs(5), "served again when the others are done");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

for_each_gateway!(the_twenty_first_request_of_an_address_is_refused);
