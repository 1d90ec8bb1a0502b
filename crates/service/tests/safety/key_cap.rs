//! The cap on an account's keys is exact under concurrency, also across processes.

use crate::on_both;
use service::actor::Actor;
use service::{Error, Keyhatch};
use std::sync::Arc;
use test_support::{TestApp, repetitions, unrestricted_key_form};

const CAP: i64 = 100;
const RACERS: usize = 64;
/// Unless `KEYHATCH_KEY_CAP_ROUNDS` says otherwise; the promise is 200.
const ROUNDS: usize = 20;
/// Keys that may still be created at the start of a round.
const FREE: usize = 5;

on_both!(key_beyond_the_cap_is_refused, concurrent_creations_stop_at_the_cap);

async fn create_with_pdf(keyhatch: &Keyhatch, account: &str) -> Result<String, Error> {
    let form = unrestricted_key_form("Racer");
    let created = keyhatch.keys().create(&Actor::Operator, account, &form).await?;
    Ok(created.key.id)
}

/// Without a key PDF, as a program does it: drawing PDFs would take most of the test's time.
async fn create_idempotent_key(keyhatch: &Keyhatch, account: &str) -> Result<String, Error> {
    let created =
        keyhatch.keys().create_idempotent(&Actor::Operator, account, &unrestricted_key_form("Racer"), None).await?;
    Ok(created.key.id)
}

async fn key_beyond_the_cap_is_refused(app: TestApp) {
    app.insert_keys(99).await;
    let last = create_with_pdf(&app.keyhatch, &app.account).await.unwrap();
    let full = Err(Error::TooManyKeys { limit: 100 });
    assert_eq!(create_with_pdf(&app.keyhatch, &app.account).await, full);
    create_with_pdf(&app.keyhatch, &app.foreign_account).await.unwrap();
    app.delete_key(&last).await.unwrap();
    create_with_pdf(&app.keyhatch, &app.account).await.unwrap();
    assert_eq!(create_with_pdf(&app.keyhatch, &app.account).await, full);
}

async fn concurrent_creations_stop_at_the_cap(app: TestApp) {
    let living = "SELECT COUNT(*) FROM keys WHERE deleted_at IS NULL";
    app.insert_keys(usize::try_from(CAP).unwrap() - FREE).await;
    let other_process = Arc::new(app.open_second().await.unwrap());
    for round in 0..repetitions("KEYHATCH_KEY_CAP_ROUNDS", ROUNDS) {
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..RACERS {
            let keyhatch = if task % 2 == 0 { app.keyhatch.clone() } else { Keyhatch::clone(&other_process) };
            let account = app.account.clone();
            tasks.spawn(async move { create_idempotent_key(&keyhatch, &account).await });
        }
        let outcomes = tasks.join_all().await;
        let (created, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(created.len(), FREE, "round {round}");
        assert!(refused.iter().all(|error| *error == Err(Error::TooManyKeys { limit: 100 })), "{refused:?}");
        assert_eq!(app.query_number(living).await, CAP);
        for id in created {
            app.delete_key(&id.unwrap()).await.unwrap();
        }
    }
}
