//! Clients that go away in the middle of a revocation, many of them and many at once: what was committed is refused.
//! One at a time, on both databases, with all that follows: `revoke`.

use domain::verdict::VerdictCode;
use service::actor::Actor;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};
use store::Store;
use test_support::{InsertedKey, SeededRandom, TestApp, decide, is_deleted, repetitions};

/// Scaled by `KEYHATCH_HANG_UPS`; the promise is 10,000.
const HANG_UPS: usize = 1_000;
const AT_ONCE: u64 = 16;
/// How many times a deletion is looked after before its client goes: mostly soon, and never before it began.
const PATIENCE: [usize; 6] = [1, 2, 8, 32, 128, 512];

#[derive(Default)]
struct Seen {
    next: AtomicUsize,
    replied: AtomicUsize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_disconnects_complete_their_deletions() {
    let app = Arc::new(TestApp::sqlite().await);
    let count = repetitions("KEYHATCH_HANG_UPS", HANG_UPS);
    let keys: Arc<[InsertedKey]> = app.insert_keys(count).await.into();
    let (store, seen) = (app.store().await, Arc::new(Seen::default()));
    let mut clients = tokio::task::JoinSet::new();
    for seed in 0..AT_ONCE {
        let (app, keys, seen) = (Arc::clone(&app), Arc::clone(&keys), Arc::clone(&seen));
        let (store, chance) = (store.clone(), SeededRandom::new(seed));
        clients.spawn(async move {
            while let Some(key) = keys.get(seen.next.fetch_add(1, Ordering::SeqCst)) {
                hang_up(&app, &store, key, &chance, &seen).await;
            }
        });
    }
    clients.join_all().await;
    for key in keys.iter() {
        assert!(is_deleted(&store, &key.public_id).await);
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound));
    }
    let replied = seen.replied.load(Ordering::SeqCst);
    println!("{count} clients, {replied} of them left only after the reply");
    assert!(replied < keys.len() / 2);
}

/// Nobody watches for changes here and the clock stands, so a cached key whose eviction was forgotten would be let in
/// for ever.
async fn hang_up(app: &TestApp, store: &Store, key: &InsertedKey, chance: &SeededRandom, seen: &Seen) {
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
    let patience = 1 + chance.below(PATIENCE[chance.below(PATIENCE.len())]);
    let mut deletion = Box::pin(app.keyhatch.keys().delete(&Actor::Operator, &app.account, &key.id, ""));
    for _ in 0..patience {
        let polled = std::future::poll_fn(|context| Poll::Ready(deletion.as_mut().poll(context))).await;
        if let Poll::Ready(reply) = polled {
            reply.unwrap();
            seen.replied.fetch_add(1, Ordering::SeqCst);
            assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound), "acknowledged");
            break;
        }
        tokio::task::yield_now().await;
    }
    drop(deletion);
    let deadline = Instant::now() + Duration::from_secs(10);
    while !is_deleted(store, &key.public_id).await {
        assert!(Instant::now() < deadline, "what was begun is done");
        tokio::task::yield_now().await;
    }
    while decide(&app.keyhatch, &key.secret).await != Ok(VerdictCode::NotFound) {
        assert!(Instant::now() < deadline, "what was committed is refused");
        tokio::task::yield_now().await;
    }
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound), "and stays so");
}
