//! A quota while the program is killed again and again: it is never exceeded, and little of what was leased is lost.

use crate::program::program_folder_with_owner;
use crate::requests::Connector;
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering};
use test_support::wait_until_blocking;

const USES: usize = 1_000;
const KILLS: usize = 8;
const CALLERS: usize = 16;

#[test]
fn killing_the_server_never_exceeds_a_quota() {
    let (folder, account) = program_folder_with_owner();
    let uses = USES.to_string();
    let created = folder.run_for_json(&["key", "create", "--account", &account, "--name", "Quota", "--uses", &uses]);
    let key = created["key"].as_str().unwrap();
    let valid = AtomicUsize::new(0);
    for kill in 1..=KILLS {
        let mut server = folder.serve();
        let gate = Connector::new(server.gate);
        let enough = USES / (KILLS + 1) * kill;
        std::thread::scope(|scope| {
            for _ in 0..CALLERS {
                // Until the server is killed.
                scope.spawn(|| while call(&gate, key, &valid).is_some() {});
            }
            scope.spawn(|| {
                wait_until_blocking("enough calls were valid", || valid.load(Ordering::SeqCst) >= enough);
                let sent = std::process::Command::new("kill").args(["-KILL", &server.id()]).status();
                assert!(sent.unwrap().success());
            });
        });
        server.kill();
    }
    let before = valid.load(Ordering::SeqCst);
    let server = folder.serve();
    let gate = Connector::new(server.gate);
    std::thread::scope(|scope| {
        for _ in 0..CALLERS {
            scope.spawn(|| while call(&gate, key, &valid) == Some(true) {});
        }
    });
    let sum = valid.load(Ordering::SeqCst);
    assert!(before < sum && sum <= USES, "{before} and then {sum}");
    // Each crash loses its lease, a hundredth of the quota, and the responses that did not arrive.
    assert!(sum >= USES - KILLS * (USES / 100 + CALLERS), "{sum}");
}

/// Whether the call was valid; `None` without a response.
fn call(gate: &Connector, key: &str, valid: &AtomicUsize) -> Option<bool> {
    let verdict = gate.post_json("/v1/verify", &json!({ "key": key, "ip": null })).ok()?.json();
    // Counted before anything else can happen to this thread.
    let is_valid = verdict["code"] == "VALID";
    assert!(is_valid || verdict["code"] == "QUOTA_EXCEEDED", "{verdict}");
    valid.fetch_add(usize::from(is_valid), Ordering::SeqCst);
    Some(is_valid)
}
