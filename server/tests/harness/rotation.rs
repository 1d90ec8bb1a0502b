//! A key's secret is changed while it is in use, a thousand calls a second: nobody is refused as long as both secrets are
//! to work, and nobody gets in with the old one after it has ended, whether somebody ended it or its time was over.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::key::KeyFormat;
use serde_json::{Value, json};
use service::{Clock as _, SystemClock};
use store::Store;

use crate::client::{Answer, send};
use crate::console::verify;
use crate::program::{Place, Server, until};

const CALLERS: usize = 4;
/// Of each caller: together a thousand calls a second, or as many as the machine answers.
const PACE: Duration = Duration::from_millis(4);
/// How long each stage is looked at.
const STAGE: Duration = Duration::from_millis(800);
/// So many calls a stage has even on a machine that does much else.
const CALLS_MIN: usize = 100;

/// A server, an account, a token, and a key that is called with.
struct World {
    place: Place,
    server: Server,
    token: String,
    path: String,
    old: String,
}

impl World {
    fn new() -> Self {
        let place = Place::new();
        let account = place.account();
        let made = place.made(&["key", "create", "--account", &account, "--name", "Shop"]);
        let token = place.made(&["token", "create", "--name", "Rotation"])["token"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/accounts/{account}/keys/{}/secret", made["id"].as_str().unwrap());
        let old = made["key"].as_str().unwrap().to_owned();
        Self { server: place.serve(), place, token, path, old }
    }

    fn ask(&self, method: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let lines = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        send(self.server.console, &format!("{method} {}", self.path), &lines, body.to_string().as_bytes()).unwrap()
    }

    /// Changes the secret; both work for an hour. Answers the new one.
    fn rotate(&self) -> String {
        let answer = self.ask("POST", &json!({ "overlap": "1h" }));
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["key"].as_str().unwrap().to_owned()
    }
}

/// What the callers call with, and what came of it.
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

    /// Goes on until it is over, with each secret in turn.
    fn call(&self, server: &Server) {
        let mut next = Instant::now();
        for turn in 0.. {
            if self.is_over.load(Ordering::SeqCst) {
                return;
            }
            let secret = {
                let secrets = self.secrets.lock().unwrap();
                secrets[turn % secrets.len()].clone()
            };
            let verdict = verify(server, &secret, "203.0.113.7");
            self.calls.fetch_add(1, Ordering::SeqCst);
            if verdict["code"] != "VALID" {
                self.refused.lock().unwrap().push(verdict.to_string());
            }
            next += PACE;
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
        }
    }

    /// Looks on for a while, in which nobody may be refused.
    fn all_are_let_in(&self, stage: &str) {
        let before = self.calls.load(Ordering::SeqCst);
        std::thread::sleep(STAGE);
        let calls = self.calls.load(Ordering::SeqCst) - before;
        println!("{stage}: {calls} calls in {STAGE:?}");
        assert!(calls >= CALLS_MIN, "{stage}: {calls} calls only");
        assert!(self.refused.lock().unwrap().is_empty(), "{stage}: {:?}", self.refused.lock().unwrap());
    }
}

/// Ends the callers also when the test has failed, which otherwise would wait for them for ever.
struct Over<'a>(&'a Traffic);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::SeqCst);
    }
}

#[test]
fn a_rotation_under_load_refuses_nobody_until_the_old_secret_is_ended() {
    let world = World::new();
    let traffic = Traffic::with(&[&world.old]);
    // Somebody stays with the old secret whatever happens.
    let (ending, ended) = (AtomicBool::new(false), AtomicBool::new(false));
    let (early, late) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let over = Over(&traffic);
        for _ in 0..CALLERS {
            scope.spawn(|| traffic.call(&world.server));
        }
        traffic.all_are_let_in("before");
        let new = world.rotate();
        traffic.all_are_let_in("overlap, old secret");
        traffic.use_only(&[&world.old, &new]);
        traffic.all_are_let_in("overlap, both secrets");
        traffic.use_only(&[&new]);
        traffic.all_are_let_in("overlap, new secret");
        scope.spawn(|| {
            while !traffic.is_over.load(Ordering::SeqCst) {
                // Read before the call begins, and after its answer: one in between may be answered either way.
                let is_late = ended.load(Ordering::SeqCst);
                let is_let_in = verify(&world.server, &world.old, "203.0.113.7")["code"] == "VALID";
                assert!(!is_late || !is_let_in, "let in after the end");
                assert!(is_let_in || ending.load(Ordering::SeqCst), "refused during the overlap");
                if is_late { &late } else { &early }.fetch_add(1, Ordering::SeqCst);
            }
        });
        until("somebody stays with the old secret", || early.load(Ordering::SeqCst) > 20);
        ending.store(true, Ordering::SeqCst);
        assert_eq!(world.ask("DELETE", &Value::Null).status, 204);
        ended.store(true, Ordering::SeqCst);
        traffic.all_are_let_in("after, new secret");
        until("the old secret is tried after its end", || late.load(Ordering::SeqCst) > CALLS_MIN);
        drop(over);
    });
    println!("with the old secret: {early:?} calls before its end, {late:?} after");
    assert!(world.place.run(&["audit", "verify"]).status.success());
}

/// The overlap is shortened in the database, as another process would: those that can be chosen take a minute.
#[test]
fn the_old_secret_ends_by_its_time_under_load() {
    let world = World::new();
    let new = world.rotate();
    let traffic = Traffic::with(&[&new]);
    let end = now() + 2_000;
    shorten(&world, end);
    let (before, after) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let over = Over(&traffic);
        for _ in 0..CALLERS - 1 {
            scope.spawn(|| traffic.call(&world.server));
        }
        scope.spawn(|| {
            while now() < end + 1_500 {
                let began = now();
                let is_let_in = verify(&world.server, &world.old, "203.0.113.7")["code"] == "VALID";
                if now() < end {
                    assert!(is_let_in, "{} ms before its end", end - now());
                    before.fetch_add(1, Ordering::SeqCst);
                } else if began >= end {
                    assert!(!is_let_in, "{} ms after its end", began - end);
                    after.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        for stage in ["before the end", "around the end", "after the end"] {
            traffic.all_are_let_in(stage);
        }
        until("the time is over", || now() >= end + 1_500);
        drop(over);
    });
    println!("with the old secret: {before:?} calls before its end, {after:?} after");
    assert!(before.load(Ordering::SeqCst) > CALLS_MIN && after.load(Ordering::SeqCst) > CALLS_MIN);
}

fn shorten(world: &World, end: i64) {
    let public_id = KeyFormat::new("kh").unwrap().parse(&world.old).unwrap().public_id.as_str().to_owned();
    let url = format!("sqlite:{}", world.place.data("keyhatch.db").display());
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
