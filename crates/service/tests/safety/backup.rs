//! A backup during changes is consistent, and with a copy of the pepper it opens as an installation.

use domain::verdict::VerdictCode;
use domain::views::KeyView;
use service::actor::Actor;
use service::audit::ChainCheck;
use service::keys::PageRequest;
use service::secrets::ExposeSecret;
use service::{Keyhatch, ManualClock};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use test_support::{START, TestApp, decide, test_options, unrestricted_key_form};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backup_is_consistent_during_changes() {
    let app = Arc::new(TestApp::sqlite().await);
    let before = app.create_key("Before").await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..3 {
        let (app, stop) = (Arc::clone(&app), Arc::clone(&stop));
        writers.spawn(async move {
            let mut round = 0;
            while !stop.load(Ordering::SeqCst) {
                let (name, again) = (format!("{writer} {round}"), format!("{writer} {round} again"));
                let id = app.create_key(&name).await.key.id;
                app.keyhatch
                    .keys()
                    .update(&Actor::Operator, &app.account, &id, &unrestricted_key_form(&again), None)
                    .await
                    .unwrap();
                app.delete_key(&id).await.unwrap();
                round += 1;
            }
            round
        });
    }
    for round in 0..5 {
        let copy = app.file(&format!("backup {round}.db"));
        app.keyhatch.backup(&copy).await.unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    let rounds: i32 = writers.join_all().await.into_iter().sum();
    assert!(rounds > 0, "no change was written meanwhile");

    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(app.file(&format!("backup {round}.db")), folder.path().join("keyhatch.db")).unwrap();
        fs::copy(app.file("pepper"), folder.path().join("pepper")).unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let copy = Keyhatch::open(test_options(folder.path(), &clock, 100)).await.unwrap();
        assert!(matches!(copy.audit().verify().await.unwrap(), ChainCheck::Intact { .. }));
        assert_eq!(decide(&copy, before.secret.expose_secret()).await, Ok(VerdictCode::Valid));
        let page = copy.keys().list(&Actor::Operator, &app.account, &PageRequest::default()).await.unwrap();
        assert_eq!(page.keys.len(), page.total, "each key has its secret");
        copy.keys().create(&Actor::Operator, &app.account, &unrestricted_key_form("In the copy")).await.unwrap();
    }
}

#[tokio::test]
async fn backup_overwrites_nothing_and_leaves_no_temporary_file() {
    let app = TestApp::sqlite().await;
    let created: KeyView = app.create_key("A").await.key;
    let copy = app.file("copy.db");
    fs::write(&copy, "precious").unwrap();
    assert!(app.keyhatch.backup(&copy).await.is_err());
    assert_eq!(fs::read(&copy).unwrap(), b"precious");
    assert!(app.keyhatch.backup(&app.file("missing/copy.db")).await.is_err());
    assert!(app.keyhatch.backup(&app.file("keyhatch.db")).await.is_err());
    let names: Vec<String> =
        fs::read_dir(app.data_dir()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.contains("part")), "{names:?}");
    assert_eq!(app.keyhatch.keys().find(&Actor::Operator, &app.account, &created.id).await, Ok(created));
}
