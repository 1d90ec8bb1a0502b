//! A clock that is set back revives no session, no key and no cached verdict, also after a restart.

use crate::on_both;
use domain::member::Role;
use domain::verdict::VerdictCode;
use service::{Error, ManualClock};
use std::sync::Arc;
use test_support::{DAY, HOUR, MINUTE, PASSWORD, START, TestApp, decide};

on_both!(
    ended_session_stays_ended,
    expired_key_stays_expired,
    slower_machine_does_not_turn_time_back,
    cache_age_is_measured_while_the_clock_is_behind,
);

async fn ended_session_stays_ended(mut app: TestApp) {
    app.member(Role::Owner).await;
    let token = app.sign_in(&format!("owner@{}.example.com", app.account), PASSWORD).await.unwrap();
    app.clock.advance(12 * HOUR);
    assert_eq!(app.viewer(&token).await.err(), Some(Error::Unauthenticated));
    app.clock.set(START);
    assert_eq!(app.viewer(&token).await.err(), Some(Error::Unauthenticated));
    app.restart().await;
    assert_eq!(app.keyhatch.now(), START + 12 * HOUR);
    assert_eq!(app.viewer(&token).await.err(), Some(Error::Unauthenticated));
}

async fn expired_key_stays_expired(mut app: TestApp) {
    let key = app.insert_key(1, |row| row.expires_at = Some(START + DAY)).await;
    app.clock.set(START + DAY - 1);
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
    app.clock.set(START + DAY);
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Expired));
    for at in [START + DAY - 1, START, 0] {
        app.clock.set(at);
        assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Expired));
    }
    app.restart().await;
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Expired));
}

/// Two machines, one with a slower clock: what expired on the faster one stays expired after the slower one closed last.
async fn slower_machine_does_not_turn_time_back(mut app: TestApp) {
    let key = app.insert_key(1, |row| row.expires_at = Some(START + MINUTE)).await;
    let fast = Arc::new(ManualClock::at(START + HOUR));
    let other_process = app.open_second_with_clock(&fast).await.unwrap();
    assert_eq!(decide(&other_process, &key.secret).await, Ok(VerdictCode::Expired));
    other_process.close().await.unwrap();
    app.restart().await;
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Expired));
}

/// While the clock is behind the high-water mark, the service's time stands still. The age of the cache must not.
async fn cache_age_is_measured_while_the_clock_is_behind(app: TestApp) {
    let key = app.insert_keys(1).await.remove(0);
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));
    app.clock.set(START - HOUR);
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::Valid));

    let other_process = app.open_second().await.unwrap();
    other_process.keys().delete(&service::actor::Actor::Operator, &app.account, &key.id, "").await.unwrap();
    // No watcher runs; a cache that is two seconds old must catch up before it is used.
    app.clock.advance(2_000);
    assert_eq!(decide(&app.keyhatch, &key.secret).await, Ok(VerdictCode::NotFound));
}
