//! A deleted key is refused at once: under load, and when its deleting client disconnected.

use crate::on_both;
use domain::verdict::VerdictCode;
use service::actor::Actor;
use service::{Error, Keyhatch};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::Poll;
use test_support::{InsertedKey, SeededRandom, TestApp, decide, is_deleted, repetitions, wait_until};

const READERS: usize = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verifications_after_a_deletion_are_refused_on_sqlite() {
    verify_after_deletions(TestApp::sqlite().await, verifications() / 200, 200).await;
}

/// A fifth of them: each verification after a deletion asks the server, over a socket.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn verifications_after_a_deletion_are_refused_on_postgres() {
    verify_after_deletions(TestApp::postgres().await, verifications() / 500, 100).await;
}

/// The promise is 100,000.
fn verifications() -> usize {
    repetitions("KEYHATCH_VERIFICATIONS", 10_000)
}

/// The keys, the one that all readers verify now, and what they observed.
struct Load {
    keyhatch: Keyhatch,
    keys: Vec<InsertedKey>,
    is_revoked: Vec<AtomicBool>,
    focus: AtomicUsize,
    before: AtomicUsize,
    after: AtomicUsize,
    allowed: AtomicUsize,
    is_over: AtomicBool,
}

impl Load {
    async fn read(&self) {
        while !self.is_over.load(Ordering::SeqCst) {
            let at = self.focus.load(Ordering::SeqCst);
            // Read before verifying: only a verification that began after the deletion was acknowledged counts.
            let was_revoked = self.is_revoked[at].load(Ordering::SeqCst);
            let code = decide(&self.keyhatch, &self.keys[at].secret).await.unwrap();
            if was_revoked {
                self.after.fetch_add(1, Ordering::SeqCst);
                if code != VerdictCode::NotFound {
                    self.allowed.fetch_add(1, Ordering::SeqCst);
                }
            } else if code == VerdictCode::Valid {
                self.before.fetch_add(1, Ordering::SeqCst);
            }
            tokio::task::yield_now().await;
        }
    }
}

async fn wait_for(counter: &AtomicUsize, at_least: usize) {
    while counter.load(Ordering::SeqCst) < at_least {
        tokio::task::yield_now().await;
    }
}

async fn verify_after_deletions(app: TestApp, keys: usize, verifications: usize) {
    let keys = app.insert_keys(keys).await;
    let count = keys.len();
    let load = Arc::new(Load {
        keyhatch: app.keyhatch.clone(),
        is_revoked: keys.iter().map(|_| AtomicBool::new(false)).collect(),
        keys,
        focus: AtomicUsize::new(0),
        before: AtomicUsize::new(0),
        after: AtomicUsize::new(0),
        allowed: AtomicUsize::new(0),
        is_over: AtomicBool::new(false),
    });
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..READERS {
        let load = Arc::clone(&load);
        readers.spawn(async move { load.read().await });
    }
    for at in 0..count {
        let seen = load.before.load(Ordering::SeqCst);
        load.focus.store(at, Ordering::SeqCst);
        // Every other key is cached when it is deleted; the others are just being read from the database.
        if at % 2 == 0 {
            wait_for(&load.before, seen + READERS).await;
        }
        app.delete_key(&load.keys[at].id).await.unwrap();
        load.is_revoked[at].store(true, Ordering::SeqCst);
        wait_for(&load.after, (at + 1) * verifications).await;
    }
    load.is_over.store(true, Ordering::SeqCst);
    readers.join_all().await;
    assert!(load.after.load(Ordering::SeqCst) >= count * verifications);
    assert!(load.before.load(Ordering::SeqCst) >= count / 2 * READERS, "too few calls were valid before");
    assert_eq!(load.allowed.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deletion_is_completed_after_its_client_disconnects_on_sqlite() {
    disconnect(TestApp::sqlite().await, disconnections() / 10).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deletion_is_completed_after_its_client_disconnects_on_postgres() {
    disconnect(TestApp::postgres().await, disconnections() / 25).await;
}

/// One client after the other; concurrent ones are in `client_disconnects`.
fn disconnections() -> usize {
    repetitions("KEYHATCH_HANG_UPS", 1_000)
}

/// The client disconnects at a random moment. No watcher runs and the clock does not move, so a cached key that was not
/// evicted would stay valid for ever.
async fn disconnect(app: TestApp, count: usize) {
    let (keys, store, random) = (app.insert_keys(count).await, app.store().await, SeededRandom::new(17));
    let (mut replied, mut committed, mut never_begun) = (0, 0, 0);
    for key in &keys {
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
        // From not polled at all to waiting for the reply.
        let polls = random.below([2, 20, 200, 2_000, usize::MAX][random.below(5)]);
        if let Some(reply) = poll_for_a_while(&app, key, polls).await {
            reply.unwrap();
            replied += 1;
            assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound), "acknowledged");
        }
        if polls == 0 {
            never_begun += 1;
            assert!(!is_deleted(&store, &key.public_id).await);
            continue;
        }
        // The deletion continues without its client. Once it is committed, the cache follows and never goes back.
        wait_until("a deletion that began was not completed", async || is_deleted(&store, &key.public_id).await).await;
        committed += 1;
        wait_until("refused", async || decide(&app.keyhatch, &key.secret).await == Ok(VerdictCode::NotFound)).await;
        for _ in 0..3 {
            assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound), "and stays so");
        }
    }
    for key in &keys {
        let code = if is_deleted(&store, &key.public_id).await { VerdictCode::NotFound } else { VerdictCode::Valid };
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(code));
    }
    println!("{count} hang-ups: {never_begun} before it began, {replied} after the reply, {committed} committed");
    let hung_up = committed - replied;
    assert!(
        [never_begun, replied, hung_up].into_iter().all(|moments| moments > count / 25),
        "the disconnects cover every stage"
    );
}

/// Polls the deletion up to `polls` times, then drops it.
async fn poll_for_a_while(app: &TestApp, key: &InsertedKey, polls: usize) -> Option<Result<(), Error>> {
    let mut deletion = Box::pin(app.keyhatch.keys().delete(&Actor::Operator, &app.account, &key.id, ""));
    for _ in 0..polls {
        let polled = std::future::poll_fn(|context| Poll::Ready(deletion.as_mut().poll(context))).await;
        if let Poll::Ready(reply) = polled {
            return Some(reply);
        }
        tokio::task::yield_now().await;
    }
    None
}

on_both!(concurrent_deletions_have_one_winner);

/// One deletion succeeds, the other finds no key, and both may rely on the key being refused.
async fn concurrent_deletions_have_one_winner(app: TestApp) {
    for key in app.insert_keys(20).await {
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
        let (one, other) = tokio::join!(app.delete_key(&key.id), app.delete_key(&key.id));
        assert!([&one, &other].contains(&&Ok(())));
        assert!([&one, &other].contains(&&Err(Error::NotFound)));
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound));
    }
    assert_eq!(app.query_number("SELECT COUNT(*) FROM audit WHERE action = 'key.delete'").await, 20);
}
