//! A key that was deleted is refused at once: under load, and when whoever deleted it has hung up.

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

/// The keys, which of them everybody hammers now, and what the readers saw.
struct Hammered {
    keyhatch: Keyhatch,
    keys: Vec<InsertedKey>,
    is_revoked: Vec<AtomicBool>,
    focus: AtomicUsize,
    before: AtomicUsize,
    after: AtomicUsize,
    let_in: AtomicUsize,
    is_over: AtomicBool,
}

impl Hammered {
    async fn read(&self) {
        while !self.is_over.load(Ordering::SeqCst) {
            let at = self.focus.load(Ordering::SeqCst);
            // Looked at before asking: only a verification that began after the revocation was acknowledged counts.
            let was_revoked = self.is_revoked[at].load(Ordering::SeqCst);
            let code = decide(&self.keyhatch, &self.keys[at].secret).await.unwrap();
            if was_revoked {
                self.after.fetch_add(1, Ordering::SeqCst);
                if code != VerdictCode::NotFound {
                    self.let_in.fetch_add(1, Ordering::SeqCst);
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
    let hammered = Arc::new(Hammered {
        keyhatch: app.keyhatch.clone(),
        is_revoked: keys.iter().map(|_| AtomicBool::new(false)).collect(),
        keys,
        focus: AtomicUsize::new(0),
        before: AtomicUsize::new(0),
        after: AtomicUsize::new(0),
        let_in: AtomicUsize::new(0),
        is_over: AtomicBool::new(false),
    });
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..READERS {
        let hammered = Arc::clone(&hammered);
        readers.spawn(async move { hammered.read().await });
    }
    for at in 0..count {
        let seen = hammered.before.load(Ordering::SeqCst);
        hammered.focus.store(at, Ordering::SeqCst);
        // One key is revoked out of everybody's memory, the next while everybody is just reading it from the database.
        if at % 2 == 0 {
            wait_for(&hammered.before, seen + READERS).await;
        }
        app.delete_key(&hammered.keys[at].id).await.unwrap();
        hammered.is_revoked[at].store(true, Ordering::SeqCst);
        wait_for(&hammered.after, (at + 1) * verifications).await;
    }
    hammered.is_over.store(true, Ordering::SeqCst);
    readers.join_all().await;
    assert!(hammered.after.load(Ordering::SeqCst) >= count * verifications);
    assert!(hammered.before.load(Ordering::SeqCst) >= count / 2 * READERS, "they were let in before");
    assert_eq!(hammered.let_in.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deletion_is_completed_after_its_client_disconnects_on_sqlite() {
    hang_up(TestApp::sqlite().await, disconnections() / 10).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deletion_is_completed_after_its_client_disconnects_on_postgres() {
    hang_up(TestApp::postgres().await, disconnections() / 25).await;
}

/// These follow one client after the other; all at once are in `hang_ups`.
fn disconnections() -> usize {
    repetitions("KEYHATCH_HANG_UPS", 1_000)
}

/// The client goes away at a random moment. Nobody watches for changes here and the clock stands, so a cached key whose
/// eviction was forgotten would be let in for ever.
async fn hang_up(app: TestApp, count: usize) {
    let (keys, store, random) = (app.insert_keys(count).await, app.store().await, SeededRandom::new(17));
    let (mut replied, mut committed, mut never_begun) = (0, 0, 0);
    for key in &keys {
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
        // From "not even polled" to "stays for the reply".
        let patience = random.below([2, 20, 200, 2_000, usize::MAX][random.below(5)]);
        if let Some(reply) = poll_for_a_while(&app, key, patience).await {
            reply.unwrap();
            replied += 1;
            assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound), "acknowledged");
        }
        if patience == 0 {
            never_begun += 1;
            assert!(!is_deleted(&store, &key.public_id).await);
            continue;
        }
        // It goes on alone. Once the store has it, memory follows, and never goes back.
        wait_until("what was begun is done", async || is_deleted(&store, &key.public_id).await).await;
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
    assert!([never_begun, replied, hung_up].into_iter().all(|moments| moments > count / 25), "they are spread");
}

/// Polls the deletion as long as `patience` yields last, then drops it.
async fn poll_for_a_while(app: &TestApp, key: &InsertedKey, patience: usize) -> Option<Result<(), Error>> {
    let mut deletion = Box::pin(app.keyhatch.keys().delete(&Actor::Operator, &app.account, &key.id, ""));
    for _ in 0..patience {
        let polled = std::future::poll_fn(|context| Poll::Ready(deletion.as_mut().poll(context))).await;
        if let Poll::Ready(reply) = polled {
            return Some(reply);
        }
        tokio::task::yield_now().await;
    }
    None
}

on_both!(concurrent_deletions_have_one_winner);

/// One of them did it. The other is told that there is no such key, and both may rely on it.
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
