//! Clients that disconnect during a deletion, concurrently: what was committed is refused.
//! One client after the other, on both databases: `deletion`.

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
const CONCURRENCY: u64 = 16;
/// Upper bounds for the number of polls before the client disconnects: mostly few, and at least one, so that the
/// deletion has started.
const POLLS: [usize; 6] = [1, 2, 8, 32, 128, 512];

#[derive(Default)]
struct Progress {
    next: AtomicUsize,
    replied: AtomicUsize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_disconnects_complete_their_deletions() {
    let app = Arc::new(TestApp::sqlite().await);
    let count = repetitions("KEYHATCH_HANG_UPS", HANG_UPS);
    let keys: Arc<[InsertedKey]> = app.insert_keys(count).await.into();
    let (store, progress) = (app.store().await, Arc::new(Progress::default()));
    let mut clients = tokio::task::JoinSet::new();
    for seed in 0..CONCURRENCY {
        let (app, keys, progress) = (Arc::clone(&app), Arc::clone(&keys), Arc::clone(&progress));
        let (store, random) = (store.clone(), SeededRandom::new(seed));
        clients.spawn(async move {
            while let Some(key) = keys.get(progress.next.fetch_add(1, Ordering::SeqCst)) {
                disconnect(&app, &store, key, &random, &progress).await;
            }
        });
    }
    clients.join_all().await;
    for key in keys.iter() {
        assert!(is_deleted(&store, &key.public_id).await);
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound));
    }
    let replied = progress.replied.load(Ordering::SeqCst);
    println!("{count} clients, {replied} of them left only after the reply");
    assert!(replied < keys.len() / 2);
}

/// No watcher runs and the clock does not move, so a cached key that was not evicted would stay valid for ever.
async fn disconnect(app: &TestApp, store: &Store, key: &InsertedKey, random: &SeededRandom, progress: &Progress) {
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
    let polls = 1 + random.below(POLLS[random.below(POLLS.len())]);
    let mut deletion = Box::pin(app.keyhatch.keys().delete(&Actor::Operator, &app.account, &key.id, ""));
    for _ in 0..polls {
        let polled = std::future::poll_fn(|context| Poll::Ready(deletion.as_mut().poll(context))).await;
        if let Poll::Ready(reply) = polled {
            reply.unwrap();
            progress.replied.fetch_add(1, Ordering::SeqCst);
            assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound), "acknowledged");
            break;
        }
        tokio::task::yield_now().await;
    }
    drop(deletion);
    let deadline = Instant::now() + Duration::from_secs(10);
    while !is_deleted(store, &key.public_id).await {
        assert!(Instant::now() < deadline, "a deletion that began was not completed");
        tokio::task::yield_now().await;
    }
    while decide(&app.keyhatch, &key.secret).await != Ok(VerdictCode::NotFound) {
        assert!(Instant::now() < deadline, "a committed deletion was not applied");
        tokio::task::yield_now().await;
    }
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound), "and stays so");
}
