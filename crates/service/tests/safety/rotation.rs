//! Rotating a key: the old secret works exactly as long as its overlap, also under load and in other processes, and its
//! uses are listed.

use crate::on_both;
use domain::form::KeyForm;
use domain::lifecycle::RotateForm;
use domain::verdict::{CallRequest, VerdictCode};
use domain::views::{KeyView, LastUse};
use service::actor::Actor;
use service::keys::CreatedKey;
use service::secrets::{ExposeSecret, SecretString};
use service::{Error, Keyhatch};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use test_support::{DAY, HOUR, MINUTE, START, TestApp, call_request, decide, unrestricted_key_form};

on_both!(
    old_secret_ends_at_once_without_overlap,
    old_secret_works_until_the_overlap_ends,
    overlap_can_be_ended_early,
    second_rotation_ends_the_older_secret,
    uses_of_the_old_secret_are_listed_while_it_works,
    other_processes_notice_the_rotation,
);

pub async fn rotate(app: &TestApp, id: &str, overlap: &str) -> Result<CreatedKey, Error> {
    let form = RotateForm { overlap: overlap.to_owned() };
    app.keyhatch.key_secrets().rotate(&Actor::Operator, &app.account, id, &form).await
}

pub async fn end_overlap(app: &TestApp, id: &str) -> Result<KeyView, Error> {
    app.keyhatch.key_secrets().end_overlap(&Actor::Operator, &app.account, id).await
}

async fn call_from(app: &TestApp, key: &SecretString, from: &str) {
    let call = CallRequest { address: from.parse().ok(), ..call_request(key.expose_secret()) };
    assert_eq!(app.keyhatch.gate().decide(&call).await.unwrap().code, VerdictCode::Valid);
}

async fn old_secret_uses(app: &TestApp, id: &str) -> Vec<(i64, Option<String>)> {
    let uses = app.keyhatch.key_secrets().list_old_secret_uses(&Actor::Operator, &app.account, id).await.unwrap();
    uses.into_iter().map(|LastUse { at, address }| (at, address)).collect()
}

async fn old_secret_ends_at_once_without_overlap(app: TestApp) {
    let form = KeyForm { whitelist: "203.0.113.7".into(), ..unrestricted_key_form("Shop") };
    let old = app.create_key_with(&form).await;
    call_from(&app, &old.secret, "203.0.113.7").await;
    app.clock.advance(MINUTE);
    let new = rotate(&app, &old.key.id, "none").await.unwrap();
    assert_eq!(app.decide(&old.secret).await, Ok(VerdictCode::NotFound));
    call_from(&app, &new.secret, "203.0.113.7").await;
    assert!(new.pdf.starts_with(b"%PDF-"));
    let value = new.secret.expose_secret();
    assert_eq!(new.key.masked, format!("kh_live_…{}", &value[value.len() - 5..]));
    assert!(new.key.revision > old.key.revision);
    // Everything else is unchanged.
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

async fn old_secret_works_until_the_overlap_ends(app: TestApp) {
    let old = app.create_key("Shop").await;
    assert_eq!(app.decide(&old.secret).await, Ok(VerdictCode::Valid), "it is cached");
    let new = rotate(&app, &old.key.id, "1h").await.unwrap();
    assert_eq!(new.key.old_secret_until, Some(START + HOUR));
    for moment in [START, START + HOUR - 1] {
        app.clock.set(moment);
        assert_eq!(app.decide(&old.secret).await, Ok(VerdictCode::Valid));
        assert_eq!(app.decide(&new.secret).await, Ok(VerdictCode::Valid));
    }
    app.clock.set(START + HOUR);
    assert_eq!(app.decide(&old.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(app.decide(&new.secret).await, Ok(VerdictCode::Valid));
    assert_eq!(app.key_without_last_use(&old.key.id).await.unwrap().old_secret_until, None);
}

async fn overlap_can_be_ended_early(app: TestApp) {
    let old = app.create_key("Shop").await;
    let new = rotate(&app, &old.key.id, "7d").await.unwrap();
    assert_eq!(app.decide(&old.secret).await, Ok(VerdictCode::Valid));
    let view = end_overlap(&app, &old.key.id).await.unwrap();
    assert_eq!(view.old_secret_until, None);
    assert_eq!(app.decide(&old.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(app.decide(&new.secret).await, Ok(VerdictCode::Valid));
    // A repetition has nothing to end and writes nothing.
    let before = app.row_counts().await;
    end_overlap(&app, &old.key.id).await.unwrap();
    assert_eq!(app.row_counts().await, before);
    assert_eq!(end_overlap(&app, "key_none").await.err(), Some(Error::NotFound));
}

async fn second_rotation_ends_the_older_secret(app: TestApp) {
    let first = app.create_key("Shop").await;
    let second = rotate(&app, &first.key.id, "24h").await.unwrap();
    assert_eq!(app.decide(&first.secret).await, Ok(VerdictCode::Valid));
    let third = rotate(&app, &first.key.id, "7d").await.unwrap();
    assert_eq!(app.decide(&first.secret).await, Ok(VerdictCode::NotFound));
    assert_eq!(app.decide(&second.secret).await, Ok(VerdictCode::Valid));
    assert_eq!(app.decide(&third.secret).await, Ok(VerdictCode::Valid));
    app.delete_key(&first.key.id).await.unwrap();
    for created in [first, second, third] {
        assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::NotFound));
    }
}

async fn uses_of_the_old_secret_are_listed_while_it_works(mut app: TestApp) {
    let old = app.create_key("Shop").await;
    call_from(&app, &old.secret, "203.0.113.1").await;
    let new = rotate(&app, &old.key.id, "24h").await.unwrap();
    assert!(old_secret_uses(&app, &old.key.id).await.is_empty(), "what came before the change does not count");
    for (minute, from) in [(1, "203.0.113.7"), (2, "198.51.100.2"), (3, "203.0.113.7"), (4, "")] {
        app.clock.set(START + minute * MINUTE);
        call_from(&app, &old.secret, from).await;
    }
    call_from(&app, &new.secret, "203.0.113.99").await;
    let expected = [(4, None), (3, Some("203.0.113.7")), (2, Some("198.51.100.2"))]
        .map(|(minute, from)| (START + minute * MINUTE, from.map(str::to_owned)));
    assert_eq!(old_secret_uses(&app, &old.key.id).await, expected, "before it is written");
    app.restart().await;
    assert_eq!(old_secret_uses(&app, &old.key.id).await, expected, "after it was written");
    assert_eq!(app.key_without_last_use(&old.key.id).await.unwrap().old_secret_used_at, Some(START + 4 * MINUTE));
    app.clock.set(START + 5 * MINUTE);
    call_from(&app, &old.secret, "198.51.100.2").await;
    assert_eq!(old_secret_uses(&app, &old.key.id).await[0].0, START + 5 * MINUTE, "both together");
    app.clock.set(START + DAY);
    assert!(old_secret_uses(&app, &old.key.id).await.is_empty(), "it is no longer valid");
}

async fn other_processes_notice_the_rotation(app: TestApp) {
    let old = app.create_key("Shop").await;
    let other_process = app.open_second().await.unwrap();
    assert_eq!(decide(&other_process, old.secret.expose_secret()).await, Ok(VerdictCode::Valid));
    let new = rotate(&app, &old.key.id, "none").await.unwrap();
    // Until its cache is too old to be used without catching up.
    app.clock.advance(2_000);
    assert_eq!(decide(&other_process, old.secret.expose_secret()).await, Ok(VerdictCode::NotFound));
    assert_eq!(decide(&other_process, new.secret.expose_secret()).await, Ok(VerdictCode::Valid));
}

#[tokio::test]
async fn invalid_overlap_is_refused_at_its_field() {
    let app = TestApp::sqlite().await;
    let form = KeyForm { expires: "30d".into(), ..unrestricted_key_form("Shop") };
    let created = app.create_key_with(&form).await;
    for (overlap, part) in [
        ("2h", "Choose how long"),
        ("1999-12-31T18:00", "has passed"),
        ("2027-12-31T18:00", "The key itself expires on 18 Dec 2026"),
    ] {
        let Err(Error::Invalid(errors)) = rotate(&app, &created.key.id, overlap).await else { panic!("{overlap}") };
        assert!(errors.get("overlap").unwrap().contains(part), "{errors}");
    }
    app.clock.advance(31 * DAY);
    let Err(Error::Invalid(errors)) = rotate(&app, &created.key.id, "1h").await else { panic!("expired") };
    assert!(errors.get("overlap").unwrap().starts_with("The key itself has expired"));
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::Expired), "nothing happened");
    let new = rotate(&app, &created.key.id, "none").await.unwrap();
    assert_eq!(app.decide(&new.secret).await, Ok(VerdictCode::Expired));
}

/// Counts are kept across a rotation and shared by both secrets.
#[tokio::test]
async fn both_secrets_share_the_limits() {
    let app = TestApp::sqlite().await;
    let mut form = unrestricted_key_form("Metered");
    form.limits.uses = "4".into();
    let old = app.create_key_with(&form).await;
    assert_eq!(app.decide(&old.secret).await, Ok(VerdictCode::Valid));
    let new = rotate(&app, &old.key.id, "24h").await.unwrap();
    for secret in [&new.secret, &old.secret, &new.secret] {
        assert_eq!(app.decide(secret).await, Ok(VerdictCode::Valid));
    }
    assert_eq!(app.decide(&new.secret).await, Ok(VerdictCode::QuotaExceeded));
    assert_eq!(app.decide(&old.secret).await, Ok(VerdictCode::QuotaExceeded));
}

const READERS: usize = 32;
const ROUNDS: usize = 40;

/// Concurrent calls with the old secret during one rotation.
struct OldSecretCalls {
    keyhatch: Keyhatch,
    secret: SecretString,
    has_overlap: bool,
    /// The rotation was acknowledged, and the secret has no overlap.
    has_ended: AtomicBool,
    is_over: AtomicBool,
    counted: AtomicUsize,
}

impl OldSecretCalls {
    /// Calls until [`Self::is_over`]; returns the number of wrong verdicts and that of calls after the end.
    async fn read(&self) -> (usize, usize) {
        let (mut wrong, mut late) = (0, 0);
        while !self.is_over.load(Ordering::SeqCst) {
            // Read before calling: only a call that began after the reply counts as late.
            let must_be_refused = self.has_ended.load(Ordering::SeqCst);
            let code = decide(&self.keyhatch, self.secret.expose_secret()).await.unwrap();
            self.counted.fetch_add(1, Ordering::SeqCst);
            late += usize::from(must_be_refused);
            wrong += usize::from(must_be_refused && code != VerdictCode::NotFound);
            wrong += usize::from(self.has_overlap && !must_be_refused && code != VerdictCode::Valid);
            tokio::task::yield_now().await;
        }
        (wrong, late)
    }

    async fn wait_for(&self, calls: usize) {
        let from = self.counted.load(Ordering::SeqCst);
        while self.counted.load(Ordering::SeqCst) < from + calls {
            tokio::task::yield_now().await;
        }
    }
}

/// Concurrent callers with the old secret during rotations, every other one of which has no overlap.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rotation_is_exact_under_load() {
    let app = TestApp::sqlite().await;
    let mut current = app.create_key("Hammered").await;
    let (mut total, mut after) = (0, 0);
    for round in 0..ROUNDS {
        let has_overlap = round % 2 == 0;
        let calls = Arc::new(OldSecretCalls {
            keyhatch: app.keyhatch.clone(),
            secret: current.secret.clone(),
            has_overlap,
            has_ended: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            counted: AtomicUsize::new(0),
        });
        let mut readers = tokio::task::JoinSet::new();
        for _ in 0..READERS {
            let calls = Arc::clone(&calls);
            readers.spawn(async move { calls.read().await });
        }
        calls.wait_for(READERS).await;
        let id = current.key.id.clone();
        current = rotate(&app, &id, if has_overlap { "24h" } else { "none" }).await.unwrap();
        assert_eq!(
            app.decide(&current.secret).await,
            Ok(VerdictCode::Valid),
            "the new secret works once it was returned"
        );
        calls.has_ended.store(!has_overlap, Ordering::SeqCst);
        calls.wait_for(10 * READERS).await;
        // The old secret is valid during an overlap, which ends after the readers stopped, so none of them is late.
        calls.is_over.store(true, Ordering::SeqCst);
        for (wrong, late) in readers.join_all().await {
            assert_eq!(wrong, 0, "round {round}");
            after += late;
        }
        total += calls.counted.load(Ordering::SeqCst);
        if has_overlap {
            end_overlap(&app, &id).await.unwrap();
            assert_eq!(app.decide(&calls.secret).await, Ok(VerdictCode::NotFound));
        }
    }
    assert!(after >= ROUNDS / 2 * 9 * READERS && total > after, "{total} calls, {after} after the end");
}
