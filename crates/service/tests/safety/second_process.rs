//! Changes by another process, such as the command line: the watcher finds them, and no decision uses a cache that is
//! older than two seconds without catching up.

use crate::on_both;
use domain::form::KeyForm;
use domain::verdict::VerdictCode;
use service::actor::Actor;
use std::time::{Duration, Instant};
use test_support::{TestApp, decide, unrestricted_key_form, wait_until};

on_both!(
    catch_up_finds_changes,
    watcher_finds_changes,
    stale_cache_catches_up_without_the_watcher,
    changes_beyond_one_page_are_all_found,
);

fn listed(name: &str) -> KeyForm {
    KeyForm { whitelist: "203.0.113.7".to_owned(), ..unrestricted_key_form(name) }
}

async fn catch_up_finds_changes(app: TestApp) {
    let other_process = app.open_second().await.unwrap();
    let keys = app.insert_keys(3).await;
    for key in &keys {
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
    }
    other_process.keys().update(&Actor::Operator, &app.account, &keys[0].id, &listed("Changed"), None).await.unwrap();
    other_process.keys().delete(&Actor::Operator, &app.account, &keys[1].id, "").await.unwrap();
    assert!(app.keyhatch.is_ready().await);
    assert_eq!(decide(&app.keyhatch, &keys[0].secret).await, Ok(VerdictCode::IpNotAllowed));
    assert_eq!(decide(&app.keyhatch, &keys[1].secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(decide(&app.keyhatch, &keys[2].secret).await, Ok(VerdictCode::Valid));
}

/// The watcher runs every quarter of a second. The clock does not move, so nothing else can find the change.
async fn watcher_finds_changes(app: TestApp) {
    let other_process = app.open_second().await.unwrap();
    app.keyhatch.start_background();
    let mut slowest = Duration::ZERO;
    for key in app.insert_keys(8).await {
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
        other_process.keys().delete(&Actor::Operator, &app.account, &key.id, "").await.unwrap();
        let began = Instant::now();
        wait_until("noticed", async || decide(&app.keyhatch, &key.secret).await == Ok(VerdictCode::NotFound)).await;
        slowest = slowest.max(began.elapsed());
    }
    assert!(slowest < Duration::from_secs(2), "{slowest:?}: one interval and some patience for a busy machine");
}

async fn stale_cache_catches_up_without_the_watcher(app: TestApp) {
    let other_process = app.open_second().await.unwrap();
    let key = app.insert_keys(1).await.remove(0);
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
    other_process.keys().delete(&Actor::Operator, &app.account, &key.id, "").await.unwrap();
    app.clock.advance(2_000);
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound));
}

/// Beyond a thousand changes, the whole cache is cleared.
async fn changes_beyond_one_page_are_all_found(app: TestApp) {
    let keys = app.insert_keys(1_200).await;
    for key in &keys {
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
    }
    let store = app.store().await;
    let mut tx = store.begin().await.unwrap();
    for key in &keys {
        let generation = tx.next_generation().await.unwrap();
        assert!(tx.keys().delete_by_public_id(&key.public_id, 1, "ledger", generation).await.unwrap());
    }
    tx.commit().await.unwrap();
    assert!(app.keyhatch.is_ready().await);
    for key in &keys {
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound));
    }
}
