//! A quota in the real program, killed with no handler run while callers use it up: never more than allowed, and little
//! lost of what was held in advance.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::client::send;
use crate::program::Place;

const USES: usize = 1_000;
const KILLS: usize = 8;
const CALLERS: usize = 16;

#[test]
fn a_quota_is_never_exceeded_by_killing_the_server() {
    let place = Place::new();
    let account = place.account();
    let uses = USES.to_string();
    let made = place.made(&["key", "create", "--account", &account, "--name", "Quota", "--uses", &uses]);
    let key = made["key"].as_str().unwrap();
    let let_in = AtomicUsize::new(0);
    for kill in 1..=KILLS {
        let mut server = place.serve();
        let enough = USES / (KILLS + 1) * kill;
        std::thread::scope(|scope| {
            for _ in 0..CALLERS {
                // Until the server is gone.
                scope.spawn(|| while call(server.gate, key, &let_in).is_some() {});
            }
            scope.spawn(|| {
                crate::program::until("callers were let in", || let_in.load(Ordering::SeqCst) >= enough);
                let told = std::process::Command::new("kill").args(["-KILL", &server.id()]).status();
                assert!(told.unwrap().success());
            });
        });
        server.kill();
    }
    let before = let_in.load(Ordering::SeqCst);
    let server = place.serve();
    std::thread::scope(|scope| {
        for _ in 0..CALLERS {
            scope.spawn(|| while call(server.gate, key, &let_in) == Some(true) {});
        }
    });
    let sum = let_in.load(Ordering::SeqCst);
    assert!(before < sum && sum <= USES, "{before} and then {sum}");
    // Each crash loses what was taken in advance, a hundredth, and answers that did not arrive.
    assert!(sum >= USES - KILLS * (USES / 100 + CALLERS), "{sum}");
}

/// Whether the call was let in; nothing if no answer came.
fn call(gate: SocketAddr, key: &str, let_in: &AtomicUsize) -> Option<bool> {
    let body = json!({ "key": key, "ip": null }).to_string();
    let answer = send(gate, "POST /v1/verify", &[("content-type", "application/json")], body.as_bytes()).ok()?;
    // Counted before anything else can happen to this thread.
    let verdict = answer.json();
    let is_in = verdict["code"] == "VALID";
    assert!(is_in || verdict["code"] == "QUOTA_EXCEEDED", "{verdict}");
    let_in.fetch_add(usize::from(is_in), Ordering::SeqCst);
    Some(is_in)
}
