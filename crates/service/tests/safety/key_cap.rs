//! The most keys of an account: exactly as many, however many ask at once and in however many processes.

use crate::on_both;
use service::actor::Actor;
use service::{Error, Keyhatch};
use std::sync::Arc;
use test_support::{TestApp, repetitions, unrestricted_key_form};

const CAP: i64 = 100;
const RACERS: usize = 64;
/// Unless `KEYHATCH_KEY_CAP_ROUNDS` says otherwise; the promise is 200.
const ROUNDS: usize = 20;
/// Free places at the start of a round.
const FREE: usize = 5;

on_both!(key_beyond_the_cap_is_refused, concurrent_creations_stop_at_the_cap);

async fn issue(keyhatch: &Keyhatch, account: &str) -> Result<String, Error> {
    let form = unrestricted_key_form("Racer");
    let issued = keyhatch.keys().create(&Actor::Operator, account, &form).await?;
    Ok(issued.key.id)
}

/// As a program does it; a sheet for each racer would be most of the test's work.
async fn create(keyhatch: &Keyhatch, account: &str) -> Result<String, Error> {
    let created =
        keyhatch.keys().create_idempotent(&Actor::Operator, account, &unrestricted_key_form("Racer"), None).await?;
    Ok(created.key.id)
}

async fn key_beyond_the_cap_is_refused(app: TestApp) {
    app.insert_keys(99).await;
    let last = issue(&app.keyhatch, &app.account).await.unwrap();
    let full = Err(Error::TooManyKeys { limit: 100 });
    assert_eq!(issue(&app.keyhatch, &app.account).await, full);
    issue(&app.keyhatch, &app.foreign_account).await.unwrap();
    app.delete_key(&last).await.unwrap();
    issue(&app.keyhatch, &app.account).await.unwrap();
    assert_eq!(issue(&app.keyhatch, &app.account).await, full);
}

async fn concurrent_creations_stop_at_the_cap(app: TestApp) {
    let living = "SELECT COUNT(*) FROM keys WHERE deleted_at IS NULL";
    app.insert_keys(usize::try_from(CAP).unwrap() - FREE).await;
    let beside = Arc::new(app.open_second().await.unwrap());
    for round in 0..repetitions("KEYHATCH_KEY_CAP_ROUNDS", ROUNDS) {
        let mut racers = tokio::task::JoinSet::new();
        for racer in 0..RACERS {
            let keyhatch = if racer % 2 == 0 { app.keyhatch.clone() } else { Keyhatch::clone(&beside) };
            let account = app.account.clone();
            racers.spawn(async move { create(&keyhatch, &account).await });
        }
        let outcomes = racers.join_all().await;
        let (made, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(made.len(), FREE, "round {round}");
        assert!(refused.iter().all(|error| *error == Err(Error::TooManyKeys { limit: 100 })), "{refused:?}");
        assert_eq!(app.query_number(living).await, CAP);
        for id in made {
            app.delete_key(&id.unwrap()).await.unwrap();
        }
    }
}
