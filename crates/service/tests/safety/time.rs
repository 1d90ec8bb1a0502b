//! A clock that stepped back revives nothing: no session, no key, no cached verdict; not after a restart either.

use crate::on_both;
use crate::world::{DAY, HOUR, MINUTE, PASSWORD, START, World, ask};
use domain::member::Role;
use domain::verdict::VerdictCode;
use service::{Error, ManualClock};
use std::sync::Arc;

on_both!(
    an_ended_session_stays_ended,
    an_expired_key_stays_expired,
    a_slower_machine_does_not_turn_time_back,
    memory_is_not_trusted_for_longer,
);

async fn an_ended_session_stays_ended(mut world: World) {
    world.member(Role::Owner).await;
    let token = world.sign_in(&format!("owner@{}.example.com", world.account), PASSWORD).await.unwrap();
    world.clock.advance(12 * HOUR);
    assert_eq!(world.viewer(&token).await.err(), Some(Error::Unauthenticated));
    world.clock.set(START);
    assert_eq!(world.viewer(&token).await.err(), Some(Error::Unauthenticated));
    world.reopen().await;
    assert_eq!(world.keyhatch.now(), START + 12 * HOUR);
    assert_eq!(world.viewer(&token).await.err(), Some(Error::Unauthenticated));
}

async fn an_expired_key_stays_expired(mut world: World) {
    let key = world.plant_one(1, |row| row.expires_at = Some(START + DAY)).await;
    world.clock.set(START + DAY - 1);
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
    world.clock.set(START + DAY);
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Expired));
    for at in [START + DAY - 1, START, 0] {
        world.clock.set(at);
        assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Expired));
    }
    world.reopen().await;
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Expired));
}

/// Two machines, one of them behind: what the faster one saw end stays ended after the slower one closed last.
async fn a_slower_machine_does_not_turn_time_back(mut world: World) {
    let key = world.plant_one(1, |row| row.expires_at = Some(START + MINUTE)).await;
    let fast = Arc::new(ManualClock::at(START + HOUR));
    let beside = world.open_with_clock(&fast).await.unwrap();
    assert_eq!(ask(&beside, &key.value).await, Ok(VerdictCode::Expired));
    beside.close().await.unwrap();
    world.reopen().await;
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Expired));
}

/// While the clock is behind the mark, the time as everything sees it stands still. How old the cache is must not.
async fn memory_is_not_trusted_for_longer(world: World) {
    let key = world.plant(1).await.remove(0);
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
    world.clock.set(START - HOUR);
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));

    let beside = world.open_beside().await.unwrap();
    beside.keys().delete(&service::actor::Actor::Operator, &world.account, &key.id, "").await.unwrap();
    // Nobody watches for changes here; a cache of two seconds must be asked about before it is believed.
    world.clock.advance(2_000);
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::NotFound));
}
