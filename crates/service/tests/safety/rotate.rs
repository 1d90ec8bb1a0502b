//! Changing a key's secret: the old one works exactly as long as was said, under load and after an old database is put
//! back, and whoever still uses it is known.

use crate::on_both;
use crate::world::{DAY, HOUR, MINUTE, START, World, ask, call, open_form};
use domain::form::KeyForm;
use domain::lifecycle::RotateForm;
use domain::verdict::{CallRequest, VerdictCode};
use domain::views::{KeyView, LastUse};
use service::Error;
use service::actor::Actor;
use service::keys::CreatedKey;
use service::secrets::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

on_both!(
    the_old_secret_ends_at_once,
    the_old_secret_works_until_the_overlap_is_over,
    the_overlap_is_ended_early,
    a_second_change_ends_the_older_secret,
    its_users_are_known_while_it_works,
    other_processes_notice,
);

impl World {
    pub async fn rotate(&self, id: &str, overlap: &str) -> Result<CreatedKey, Error> {
        let form = RotateForm { overlap: overlap.to_owned() };
        self.keyhatch.keys().rotate(&Actor::Operator, &self.account, id, &form).await
    }

    pub async fn end_overlap(&self, id: &str) -> Result<KeyView, Error> {
        self.keyhatch.keys().end_overlap(&Actor::Operator, &self.account, id).await
    }

    async fn call_from(&self, key: &SecretString, from: &str) {
        let asked = CallRequest { address: from.parse().ok(), ..call(key.expose_secret()) };
        assert_eq!(self.keyhatch.gate().decide(&asked).await.unwrap().code, VerdictCode::Valid);
    }

    async fn old_users(&self, id: &str) -> Vec<(i64, Option<String>)> {
        let uses = self.keyhatch.keys().list_old_secret_uses(&Actor::Operator, &self.account, id).await.unwrap();
        uses.into_iter().map(|LastUse { at, address }| (at, address)).collect()
    }
}

async fn the_old_secret_ends_at_once(world: World) {
    let form = KeyForm { whitelist: "203.0.113.7".into(), ..open_form("Shop") };
    let old = world.issue_form(&form).await;
    world.call_from(&old.secret, "203.0.113.7").await;
    world.clock.advance(MINUTE);
    let new = world.rotate(&old.key.id, "none").await.unwrap();
    assert_eq!(world.ask(&old.secret).await, Ok(VerdictCode::NotFound));
    world.call_from(&new.secret, "203.0.113.7").await;
    assert!(new.pdf.starts_with(b"%PDF-"));
    let value = new.secret.expose_secret();
    assert_eq!(new.key.masked, format!("kh_live_…{}", &value[value.len() - 5..]));
    assert!(new.key.revision > old.key.revision);
    // All else stays as it was.
    let like_before = KeyView {
        masked: old.key.masked.clone(),
        revision: old.key.revision,
        updated_at: START,
        last_use: None,
        ..new.key.clone()
    };
    assert_eq!(like_before, old.key);
    assert_eq!((new.key.old_secret_until, new.key.updated_at), (None, START + MINUTE));
}

async fn the_old_secret_works_until_the_overlap_is_over(world: World) {
    let old = world.issue("Shop").await;
    assert_eq!(world.ask(&old.secret).await, Ok(VerdictCode::Valid), "it is in memory");
    let new = world.rotate(&old.key.id, "1h").await.unwrap();
    assert_eq!(new.key.old_secret_until, Some(START + HOUR));
    for moment in [START, START + HOUR - 1] {
        world.clock.set(moment);
        assert_eq!(world.ask(&old.secret).await, Ok(VerdictCode::Valid));
        assert_eq!(world.ask(&new.secret).await, Ok(VerdictCode::Valid));
    }
    world.clock.set(START + HOUR);
    assert_eq!(world.ask(&old.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(world.ask(&new.secret).await, Ok(VerdictCode::Valid));
    assert_eq!(world.unused_view(&old.key.id).await.unwrap().old_secret_until, None);
}

async fn the_overlap_is_ended_early(world: World) {
    let old = world.issue("Shop").await;
    let new = world.rotate(&old.key.id, "7d").await.unwrap();
    assert_eq!(world.ask(&old.secret).await, Ok(VerdictCode::Valid));
    let view = world.end_overlap(&old.key.id).await.unwrap();
    assert_eq!(view.old_secret_until, None);
    assert_eq!(world.ask(&old.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(world.ask(&new.secret).await, Ok(VerdictCode::Valid));
    // Again: nothing is left to end, and nothing is written.
    let before = world.counts().await;
    world.end_overlap(&old.key.id).await.unwrap();
    assert_eq!(world.counts().await, before);
    assert_eq!(world.end_overlap("key_none").await.err(), Some(Error::NotFound));
}

async fn a_second_change_ends_the_older_secret(world: World) {
    let first = world.issue("Shop").await;
    let second = world.rotate(&first.key.id, "24h").await.unwrap();
    assert_eq!(world.ask(&first.secret).await, Ok(VerdictCode::Valid));
    let third = world.rotate(&first.key.id, "7d").await.unwrap();
    assert_eq!(world.ask(&first.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(world.ask(&second.secret).await, Ok(VerdictCode::Valid));
    assert_eq!(world.ask(&third.secret).await, Ok(VerdictCode::Valid));
    world.delete(&first.key.id).await.unwrap();
    for issued in [first, second, third] {
        assert_eq!(world.ask(&issued.secret).await, Ok(VerdictCode::NotFound));
    }
}

async fn its_users_are_known_while_it_works(mut world: World) {
    let old = world.issue("Shop").await;
    world.call_from(&old.secret, "203.0.113.1").await;
    let new = world.rotate(&old.key.id, "24h").await.unwrap();
    assert!(world.old_users(&old.key.id).await.is_empty(), "what came before the change does not count");
    for (minute, from) in [(1, "203.0.113.7"), (2, "198.51.100.2"), (3, "203.0.113.7"), (4, "")] {
        world.clock.set(START + minute * MINUTE);
        world.call_from(&old.secret, from).await;
    }
    world.call_from(&new.secret, "203.0.113.99").await;
    let expected = [(4, None), (3, Some("203.0.113.7")), (2, Some("198.51.100.2"))]
        .map(|(minute, from)| (START + minute * MINUTE, from.map(str::to_owned)));
    assert_eq!(world.old_users(&old.key.id).await, expected, "before it is written");
    world.reopen().await;
    assert_eq!(world.old_users(&old.key.id).await, expected, "after it was written");
    assert_eq!(world.unused_view(&old.key.id).await.unwrap().old_secret_used_at, Some(START + 4 * MINUTE));
    world.clock.set(START + 5 * MINUTE);
    world.call_from(&old.secret, "198.51.100.2").await;
    assert_eq!(world.old_users(&old.key.id).await[0].0, START + 5 * MINUTE, "both together");
    world.clock.set(START + DAY);
    assert!(world.old_users(&old.key.id).await.is_empty(), "it works no more");
}

async fn other_processes_notice(world: World) {
    let old = world.issue("Shop").await;
    let beside = world.open_beside().await.unwrap();
    assert_eq!(ask(&beside, old.secret.expose_secret()).await, Ok(VerdictCode::Valid));
    let new = world.rotate(&old.key.id, "none").await.unwrap();
    // As long as it may trust what it knows.
    world.clock.advance(2_000);
    assert_eq!(ask(&beside, old.secret.expose_secret()).await, Ok(VerdictCode::NotFound));
    assert_eq!(ask(&beside, new.secret.expose_secret()).await, Ok(VerdictCode::Valid));
}

#[tokio::test]
async fn an_overlap_that_cannot_be_is_refused_at_its_field() {
    let world = World::sqlite().await;
    let form = KeyForm { expires: "30d".into(), ..open_form("Shop") };
    let issued = world.issue_form(&form).await;
    for (overlap, part) in [
        ("2h", "Choose how long"),
        ("1999-12-31T18:00", "has passed"),
        ("2027-12-31T18:00", "The key itself expires on 18 Dec 2026"),
    ] {
        let Err(Error::Invalid(errors)) = world.rotate(&issued.key.id, overlap).await else { panic!("{overlap}") };
        assert!(errors.get("overlap").unwrap().contains(part), "{errors}");
    }
    world.clock.advance(31 * DAY);
    let Err(Error::Invalid(errors)) = world.rotate(&issued.key.id, "1h").await else { panic!("expired") };
    assert!(errors.get("overlap").unwrap().starts_with("The key itself has expired"));
    assert_eq!(world.ask(&issued.secret).await, Ok(VerdictCode::Expired), "nothing happened");
    let new = world.rotate(&issued.key.id, "none").await.unwrap();
    assert_eq!(world.ask(&new.secret).await, Ok(VerdictCode::Expired));
}

/// What the limits have counted stays counted, for both secrets together.
#[tokio::test]
async fn both_secrets_draw_from_the_same_limit() {
    let world = World::sqlite().await;
    let mut form = open_form("Metered");
    form.limits.uses = "4".into();
    let old = world.issue_form(&form).await;
    assert_eq!(world.ask(&old.secret).await, Ok(VerdictCode::Valid));
    let new = world.rotate(&old.key.id, "24h").await.unwrap();
    for secret in [&new.secret, &old.secret, &new.secret] {
        assert_eq!(world.ask(secret).await, Ok(VerdictCode::Valid));
    }
    assert_eq!(world.ask(&new.secret).await, Ok(VerdictCode::QuotaExceeded));
    assert_eq!(world.ask(&old.secret).await, Ok(VerdictCode::QuotaExceeded));
}

const READERS: usize = 32;
const ROUNDS: usize = 40;

/// Callers with the old secret and then the new one, while the key is changed: in every other round without an overlap.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_race_with_changes() {
    let world = World::sqlite().await;
    let mut current = world.issue("Hammered").await;
    let (mut calls, mut after) = (0, 0);
    for round in 0..ROUNDS {
        let has_overlap = round % 2 == 0;
        let old = current.secret.clone();
        let (is_over, has_ended) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let counted = Arc::new(AtomicUsize::new(0));
        let mut readers = tokio::task::JoinSet::new();
        for _ in 0..READERS {
            let (keyhatch, old) = (world.keyhatch.clone(), old.clone());
            let (is_over, has_ended, counted) = (is_over.clone(), has_ended.clone(), counted.clone());
            readers.spawn(async move {
                let (mut wrong, mut late) = (0, 0);
                while !is_over.load(Ordering::SeqCst) {
                    // Looked at before asking: only a call that began after the reply counts as late.
                    let must_be_refused = has_ended.load(Ordering::SeqCst);
                    let code = ask(&keyhatch, old.expose_secret()).await.unwrap();
                    counted.fetch_add(1, Ordering::SeqCst);
                    late += usize::from(must_be_refused);
                    wrong += usize::from(must_be_refused && code != VerdictCode::NotFound);
                    wrong += usize::from(has_overlap && !must_be_refused && code != VerdictCode::Valid);
                    tokio::task::yield_now().await;
                }
                (wrong, late)
            });
        }
        let enough = async |more: usize| {
            let from = counted.load(Ordering::SeqCst);
            while counted.load(Ordering::SeqCst) < from + more {
                tokio::task::yield_now().await;
            }
        };
        enough(READERS).await;
        let id = current.key.id.clone();
        current = world.rotate(&id, if has_overlap { "24h" } else { "none" }).await.unwrap();
        assert_eq!(world.ask(&current.secret).await, Ok(VerdictCode::Valid), "the new one works from the reply on");
        if has_overlap {
            // The readers are all let in meanwhile. One that asked before may be answered after the end.
            enough(10 * READERS).await;
            is_over.store(true, Ordering::SeqCst);
        } else {
            has_ended.store(true, Ordering::SeqCst);
            enough(10 * READERS).await;
            is_over.store(true, Ordering::SeqCst);
        }
        for (wrong, late) in readers.join_all().await {
            assert_eq!(wrong, 0, "round {round}");
            after += late;
        }
        calls += counted.load(Ordering::SeqCst);
        if has_overlap {
            world.end_overlap(&id).await.unwrap();
            assert_eq!(world.ask(&old).await, Ok(VerdictCode::NotFound));
        }
    }
    assert!(after >= ROUNDS / 2 * 9 * READERS && calls > after, "{calls} calls, {after} after the end");
}
