//! A backup while the database is written: whole, and with the pepper beside it a Keyhatch of its own.

use crate::world::{START, World, ask, open_form, options};
use domain::verdict::VerdictCode;
use domain::views::KeyView;
use service::actor::Actor;
use service::audit::ChainCheck;
use service::keys::PageRequest;
use service::secrets::ExposeSecret;
use service::{Keyhatch, ManualClock};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn is_whole_while_keys_change() {
    let world = Arc::new(World::sqlite().await);
    let before = world.issue("Before").await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..3 {
        let (world, stop) = (Arc::clone(&world), Arc::clone(&stop));
        writers.spawn(async move {
            let mut round = 0;
            while !stop.load(Ordering::SeqCst) {
                let (name, again) = (format!("{writer} {round}"), format!("{writer} {round} again"));
                let id = world.issue(&name).await.key.id;
                world
                    .keyhatch
                    .keys()
                    .update(&Actor::Operator, &world.account, &id, &open_form(&again), None)
                    .await
                    .unwrap();
                world.delete(&id).await.unwrap();
                round += 1;
            }
            round
        });
    }
    for round in 0..5 {
        let copy = world.file(&format!("backup {round}.db"));
        world.keyhatch.backup(&copy).await.unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    let rounds: i32 = writers.join_all().await.into_iter().sum();
    assert!(rounds > 0, "nothing was written meanwhile");

    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(world.file(&format!("backup {round}.db")), folder.path().join("keyhatch.db")).unwrap();
        fs::copy(world.file("pepper"), folder.path().join("pepper")).unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let copy = Keyhatch::open(options(folder.path(), &clock, &AtomicU64::new(100))).await.unwrap();
        assert!(matches!(copy.audit().verify().await.unwrap(), ChainCheck::Intact { .. }));
        assert_eq!(ask(&copy, before.secret.expose_secret()).await, Ok(VerdictCode::Valid));
        let page = copy.keys().list(&Actor::Operator, &world.account, &PageRequest::default()).await.unwrap();
        assert_eq!(page.keys.len(), page.total, "each key has its secret");
        copy.keys().create(&Actor::Operator, &world.account, &open_form("In the copy")).await.unwrap();
    }
}

#[tokio::test]
async fn overwrites_nothing_and_leaves_nothing_behind() {
    let world = World::sqlite().await;
    let issued: KeyView = world.issue("A").await.key;
    let copy = world.file("copy.db");
    fs::write(&copy, "precious").unwrap();
    assert!(world.keyhatch.backup(&copy).await.is_err());
    assert_eq!(fs::read(&copy).unwrap(), b"precious");
    assert!(world.keyhatch.backup(&world.file("missing/copy.db")).await.is_err());
    assert!(world.keyhatch.backup(&world.file("keyhatch.db")).await.is_err());
    let names: Vec<String> =
        fs::read_dir(world.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.contains("part")), "{names:?}");
    assert_eq!(world.keyhatch.keys().find(&Actor::Operator, &world.account, &issued.id).await, Ok(issued));
}
