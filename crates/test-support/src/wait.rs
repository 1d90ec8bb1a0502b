//! Waiting for a condition, instead of for a time.

use std::time::{Duration, Instant};

/// Far longer than anything that a test waits for takes.
const TIMEOUT: Duration = Duration::from_secs(10);
const INTERVAL: Duration = Duration::from_millis(5);

/// Waits until `condition` holds, for at most ten seconds; `what` names it in the failure.
pub async fn wait_until(what: &str, mut condition: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    while !condition().await {
        assert!(Instant::now() < deadline, "timed out waiting until {what}");
        tokio::time::sleep(INTERVAL).await;
    }
}

/// [`wait_until`] for tests without a runtime.
pub fn wait_until_blocking(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    while !condition() {
        assert!(Instant::now() < deadline, "timed out waiting until {what}");
        std::thread::sleep(INTERVAL);
    }
}
