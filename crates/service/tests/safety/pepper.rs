//! The pepper is created once, and a pepper that the keys were not hashed with prevents the start.

use crate::on_both;
use domain::verdict::VerdictCode;
use service::actor::Actor;
use service::secrets::{ExposeSecret, SecretString};
use service::{Keyhatch, ManualClock, OpenError};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use test_support::PostgresDatabase;
use test_support::{START, TestApp, decide, test_options, unrestricted_key_form};

on_both!(missing_pepper_is_not_recreated, pepper_of_another_installation_is_refused, malformed_pepper_is_refused);

async fn pepper_error(app: &TestApp) -> String {
    match app.open_second().await {
        Err(OpenError::Pepper(message)) => message,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("started"),
    }
}

async fn missing_pepper_is_not_recreated(mut app: TestApp) {
    let created = app.create_key("Kept").await;
    app.keyhatch.close().await.unwrap();
    let file = app.file("pepper");
    let pepper = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    for _ in 0..2 {
        let message = pepper_error(&app).await;
        assert!(message.contains(&file.display().to_string()) && message.contains("backup"), "{message}");
        assert!(!file.exists(), "a second pepper was created");
    }
    fs::write(&file, &pepper).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    app.start().await.unwrap();
    assert_eq!(app.decide(&created.secret).await, Ok(VerdictCode::Valid));
}

async fn pepper_of_another_installation_is_refused(app: TestApp) {
    let file = app.file("pepper");
    let pepper = fs::read_to_string(&file).unwrap();
    let mut other = pepper.clone().into_bytes();
    other[63] = if other[63] == b'0' { b'1' } else { b'0' };
    fs::write(&file, &other).unwrap();
    let message = pepper_error(&app).await;
    assert!(message.contains("not the one") && !message.contains(pepper.trim()), "{message}");
}

async fn malformed_pepper_is_refused(app: TestApp) {
    let file = app.file("pepper");
    let pepper = fs::read_to_string(&file).unwrap();
    for damaged in ["", "\n", "00", &pepper[..63], &format!("{}0", pepper.trim()), &pepper.replace(|_: char| true, "g")]
    {
        fs::write(&file, damaged).unwrap();
        let message = pepper_error(&app).await;
        assert!(message.contains("damaged"), "{damaged}: {message}");
    }
    fs::write(&file, &pepper).unwrap();
    for mode in [0o640, 0o604, 0o660, 0o666, 0o601] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let message = pepper_error(&app).await;
        assert!(message.contains("chmod 600"), "{message}");
        assert!(!message.contains(pepper.trim()));
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    app.open_second().await.unwrap();
}

/// Concurrent first starts in one folder: the later ones read the pepper that the first created.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_first_starts_create_one_pepper() {
    for round in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let (clock, seeds) = (Arc::new(ManualClock::at(START)), AtomicU64::new(round * 100));
        let mut starts = tokio::task::JoinSet::new();
        for _ in 0..6 {
            starts.spawn(Keyhatch::open(test_options(folder.path(), &clock, seeds.fetch_add(1, Ordering::Relaxed))));
        }
        let started: Vec<Keyhatch> = starts.join_all().await.into_iter().map(Result::unwrap).collect();
        let account = started[0].accounts().create(&Actor::Operator, "Acme", None).await.unwrap();
        for (at, keyhatch) in started.iter().enumerate() {
            let form = unrestricted_key_form(&at.to_string());
            let created = keyhatch.keys().create(&Actor::Operator, &account, &form).await.unwrap();
            for other in &started {
                assert_eq!(
                    decide(other, created.secret.expose_secret()).await,
                    Ok(VerdictCode::Valid),
                    "round {round}"
                );
            }
        }
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!left.iter().any(|name| name.to_string_lossy().contains("new")), "{left:?}");
    }
}

/// Two machines, each with its own folder, share a database: only one pepper may belong to it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_starts_on_two_machines_share_a_pepper_or_stop() {
    let (clock, seeds) = (Arc::new(ManualClock::at(START)), AtomicU64::new(1));
    for _ in 0..5 {
        let database = PostgresDatabase::create();
        let mut starts = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let folder = tempfile::tempdir().unwrap();
            let mut options = test_options(folder.path(), &clock, seeds.fetch_add(1, Ordering::Relaxed));
            options.database_url = Some(SecretString::from(database.url()));
            starts.spawn(async move { (Keyhatch::open(options).await, folder) });
        }
        let (started, stopped): (Vec<_>, Vec<_>) =
            starts.join_all().await.into_iter().partition(|(outcome, _)| outcome.is_ok());
        assert_eq!(started.len(), 1);
        for (outcome, _) in stopped {
            assert!(matches!(outcome, Err(OpenError::Pepper(_))));
        }
    }
}

#[tokio::test]
async fn configured_pepper_needs_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let (clock, seeds) = (Arc::new(ManualClock::at(START)), AtomicU64::new(1));
    let open = async |pepper: &str| {
        let mut options = test_options(folder.path(), &clock, seeds.fetch_add(1, Ordering::Relaxed));
        options.pepper = Some(SecretString::from(pepper));
        Keyhatch::open(options).await
    };
    open(&"0a".repeat(32)).await.unwrap().close().await.unwrap();
    assert!(!folder.path().join("pepper").exists());
    assert!(matches!(open(&"0b".repeat(32)).await, Err(OpenError::Pepper(_))));
    assert!(matches!(open("0a").await, Err(OpenError::Pepper(_))));
    assert!(matches!(
        Keyhatch::open(test_options(folder.path(), &clock, seeds.fetch_add(1, Ordering::Relaxed))).await,
        Err(OpenError::Pepper(_))
    ));
    open(&"0A".repeat(32)).await.unwrap();
}
