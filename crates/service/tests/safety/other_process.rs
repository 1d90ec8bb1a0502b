//! A change by another process, as the command line is one: noticed by the watcher, and never decided without asking
//! for longer than two seconds.

use crate::on_both;
use crate::world::{World, ask, open_form, until};
use domain::form::KeyForm;
use domain::verdict::VerdictCode;
use service::actor::Actor;
use std::time::{Duration, Instant};

on_both!(
    a_question_for_changes_finds_them,
    the_watcher_finds_them_by_itself,
    without_a_watcher_memory_is_asked_about,
    more_changes_than_a_page_are_all_found,
);

fn listed(name: &str) -> KeyForm {
    KeyForm { whitelist: "203.0.113.7".to_owned(), ..open_form(name) }
}

async fn a_question_for_changes_finds_them(world: World) {
    let beside = world.open_beside().await.unwrap();
    let keys = world.plant(3).await;
    for key in &keys {
        assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
    }
    beside.keys().update(&Actor::Operator, &world.account, &keys[0].id, &listed("Changed"), None).await.unwrap();
    beside.keys().delete(&Actor::Operator, &world.account, &keys[1].id, "").await.unwrap();
    assert!(world.keyhatch.is_ready().await);
    assert_eq!(ask(&world.keyhatch, &keys[0].value).await, Ok(VerdictCode::IpNotAllowed));
    assert_eq!(ask(&world.keyhatch, &keys[1].value).await, Ok(VerdictCode::NotFound));
    assert_eq!(ask(&world.keyhatch, &keys[2].value).await, Ok(VerdictCode::Valid));
}

/// Every quarter of a second. The clock stands, so it is the watcher that finds the change and nothing else.
async fn the_watcher_finds_them_by_itself(world: World) {
    let beside = world.open_beside().await.unwrap();
    world.keyhatch.start_background();
    let mut slowest = Duration::ZERO;
    for key in world.plant(8).await {
        assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
        beside.keys().delete(&Actor::Operator, &world.account, &key.id, "").await.unwrap();
        let began = Instant::now();
        until("noticed", async || ask(&world.keyhatch, &key.value).await == Ok(VerdictCode::NotFound)).await;
        slowest = slowest.max(began.elapsed());
    }
    assert!(slowest < Duration::from_secs(2), "{slowest:?}: one interval and some patience for a busy machine");
}

async fn without_a_watcher_memory_is_asked_about(world: World) {
    let beside = world.open_beside().await.unwrap();
    let key = world.plant(1).await.remove(0);
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
    beside.keys().delete(&Actor::Operator, &world.account, &key.id, "").await.unwrap();
    world.clock.advance(2_000);
    assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::NotFound));
}

/// Past a thousand changes everything in memory is forgotten instead of a part of it.
async fn more_changes_than_a_page_are_all_found(world: World) {
    let keys = world.plant(1_200).await;
    for key in &keys {
        assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::Valid));
    }
    let store = world.store().await;
    let mut tx = store.begin().await.unwrap();
    for key in &keys {
        let generation = tx.next_generation().await.unwrap();
        assert!(tx.keys().delete_by_public_id(&key.public_id, 1, "ledger", generation).await.unwrap());
    }
    tx.commit().await.unwrap();
    assert!(world.keyhatch.is_ready().await);
    for key in &keys {
        assert_eq!(ask(&world.keyhatch, &key.value).await, Ok(VerdictCode::NotFound));
    }
}
