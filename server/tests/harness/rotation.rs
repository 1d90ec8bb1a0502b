//! Rotation under load, a thousand calls a second: during the overlap every call with either secret is accepted; afterwards
//! every call with the old one is refused, whether it was deleted or expired.

use crate::program::program_folder_with_owner;
use crate::requests::Connector;
use domain::key::KeyFormat;
use serde_json::{Value, json};
use service::{Clock as _, SystemClock};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::Store;
use test_support::{ProgramFolder, RunningProgram, TestResponse, wait_until_blocking};

const CALLERS: usize = 4;
/// The interval between the calls of one caller: together a thousand calls a second, or as many as the machine serves.
const PACE: Duration = Duration::from_millis(4);
/// How long each stage is observed.
const STAGE: Duration = Duration::from_millis(800);
/// How many calls a stage must have, even on a busy machine.
const CALLS_MIN: usize = 100;

/// A server, an account with a key, and a token for the management interface.
struct Setup {
    folder: ProgramFolder,
    server: RunningProgram,
    token: String,
    /// The resource of the key's secret.
    path: String,
    old: String,
}

impl Setup {
    fn new() -> Self {
        let (folder, account) = program_folder_with_owner();
        let created = folder.run_for_json(&["key", "create", "--account", &account, "--name", "Shop"]);
        let token =
            folder.run_for_json(&["token", "create", "--name", "Rotation"])["token"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/accounts/{account}/keys/{}/secret", created["id"].as_str().unwrap());
        let old = created["key"].as_str().unwrap().to_owned();
        Self { server: folder.serve(), folder, token, path, old }
    }

    /// Sends a request about the secret to the management interface.
    fn send(&self, method: &str, body: &Value) -> TestResponse {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let (console, line) = (Connector::new(self.server.console), format!("{method} {}", self.path));
        console.send(&line, &headers, body.to_string().as_bytes()).unwrap()
    }

    /// Rotates with an overlap of an hour, and returns the new secret.
    fn rotate(&self) -> String {
        let response = self.send("POST", &json!({ "overlap": "1h" }));
        assert_eq!(response.status, 200, "{}", response.text());
        response.json()["key"].as_str().unwrap().to_owned()
    }
}

/// The secrets that the callers use, and the results.
#[derive(Default)]
struct Traffic {
    secrets: Mutex<Vec<String>>,
    is_over: AtomicBool,
    calls: AtomicUsize,
    refused: Mutex<Vec<String>>,
}

impl Traffic {
    fn with(secrets: &[&str]) -> Self {
        let traffic = Self::default();
        traffic.use_only(secrets);
        traffic
    }

    fn use_only(&self, secrets: &[&str]) {
        *self.secrets.lock().unwrap() = secrets.iter().map(ToString::to_string).collect();
    }

    /// Calls with each secret in turn until the test is over.
    fn call(&self, server: &RunningProgram) {
        let gate = Connector::new(server.gate);
        let mut next = Instant::now();
        for turn in 0.. {
            if self.is_over.load(Ordering::SeqCst) {
                return;
            }
            let secret = {
                let secrets = self.secrets.lock().unwrap();
                secrets[turn % secrets.len()].clone()
            };
            let verdict = gate.verify(&secret, "203.0.113.7");
            self.calls.fetch_add(1, Ordering::SeqCst);
            if verdict["code"] != "VALID" {
                self.refused.lock().unwrap().push(verdict.to_string());
            }
            next += PACE;
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
        }
    }

    /// Observes a stage, in which no call may be refused.
    fn assert_all_valid(&self, stage: &str) {
        let before = self.calls.load(Ordering::SeqCst);
        std::thread::sleep(STAGE);
        let calls = self.calls.load(Ordering::SeqCst) - before;
        println!("{stage}: {calls} calls in {STAGE:?}");
        assert!(calls >= CALLS_MIN, "{stage}: {calls} calls only");
        assert!(self.refused.lock().unwrap().is_empty(), "{stage}: {:?}", self.refused.lock().unwrap());
    }
}

/// Ends the callers when dropped, so that a failed test does not wait for them.
struct EndOfTraffic<'a>(&'a Traffic);

impl Drop for EndOfTraffic<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::SeqCst);
    }
}

#[test]
fn rotation_under_load_refuses_no_call_during_the_overlap() {
    let setup = Setup::new();
    let traffic = Traffic::with(&[&setup.old]);
    // One caller keeps using the old secret.
    let gate = Connector::new(setup.server.gate);
    let (ending, ended) = (AtomicBool::new(false), AtomicBool::new(false));
    let (early, late) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let end_of_traffic = EndOfTraffic(&traffic);
        for _ in 0..CALLERS {
            scope.spawn(|| traffic.call(&setup.server));
        }
        traffic.assert_all_valid("before");
        let new = setup.rotate();
        traffic.assert_all_valid("overlap, old secret");
        traffic.use_only(&[&setup.old, &new]);
        traffic.assert_all_valid("overlap, both secrets");
        traffic.use_only(&[&new]);
        traffic.assert_all_valid("overlap, new secret");
        scope.spawn(|| {
            while !traffic.is_over.load(Ordering::SeqCst) {
                // Read before the request and after the response: a call during the deletion may be accepted or refused.
                let is_late = ended.load(Ordering::SeqCst);
                let is_valid = gate.verify(&setup.old, "203.0.113.7")["code"] == "VALID";
                assert!(!is_late || !is_valid, "accepted after the end");
                assert!(is_valid || ending.load(Ordering::SeqCst), "refused during the overlap");
                if is_late { &late } else { &early }.fetch_add(1, Ordering::SeqCst);
            }
        });
        wait_until_blocking("the old secret is used", || early.load(Ordering::SeqCst) > 20);
        ending.store(true, Ordering::SeqCst);
        assert_eq!(setup.send("DELETE", &Value::Null).status, 204);
        ended.store(true, Ordering::SeqCst);
        traffic.assert_all_valid("after, new secret");
        wait_until_blocking("the old secret is tried after its end", || late.load(Ordering::SeqCst) > CALLS_MIN);
        drop(end_of_traffic);
    });
    println!("with the old secret: {early:?} calls before its end, {late:?} after");
    assert!(setup.folder.run(&["audit", "verify"]).status.success());
}

/// The overlap is shortened in the database, as another process could do: the shortest that can be chosen is a minute.
#[test]
fn the_old_secret_expires_on_time_under_load() {
    let setup = Setup::new();
    let new = setup.rotate();
    let traffic = Traffic::with(&[&new]);
    let end = now() + 2_000;
    shorten_overlap(&setup, end);
    let gate = Connector::new(setup.server.gate);
    let (before, after) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let end_of_traffic = EndOfTraffic(&traffic);
        for _ in 0..CALLERS - 1 {
            scope.spawn(|| traffic.call(&setup.server));
        }
        scope.spawn(|| {
            while now() < end + 1_500 {
                let began = now();
                let is_valid = gate.verify(&setup.old, "203.0.113.7")["code"] == "VALID";
                if now() < end {
                    assert!(is_valid, "{} ms before its end", end - now());
                    before.fetch_add(1, Ordering::SeqCst);
                } else if began >= end {
                    assert!(!is_valid, "{} ms after its end", began - end);
                    after.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        for stage in ["before the end", "around the end", "after the end"] {
            traffic.assert_all_valid(stage);
        }
        wait_until_blocking("the observed time is over", || now() >= end + 1_500);
        drop(end_of_traffic);
    });
    println!("with the old secret: {before:?} calls before its end, {after:?} after");
    assert!(before.load(Ordering::SeqCst) > CALLS_MIN && after.load(Ordering::SeqCst) > CALLS_MIN);
}

fn shorten_overlap(setup: &Setup, end: i64) {
    let public_id = KeyFormat::new("kh").unwrap().parse(&setup.old).unwrap().public_id.as_str().to_owned();
    let url = format!("sqlite:{}", setup.folder.data_file("keyhatch.db").display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url, store::StoreOptions::default()).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let generation = tx.next_generation().await.unwrap();
        assert!(tx.key_secrets().revoke(&public_id, end, generation).await.unwrap().is_some());
        tx.commit().await.unwrap();
        store.close().await;
    });
}

/// Milliseconds since 1970, as the server counts them.
fn now() -> i64 {
    SystemClock.now()
}
