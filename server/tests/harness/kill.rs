//! `kill -9` at a random moment while keys are created, updated, rotated and deleted: every acknowledged change is there
//! after the restart, what was deleted or replaced stays refused, and an unacknowledged change is there completely or not
//! at all.

use crate::kill_model::{Key, Model, Rules, Stage};
use crate::program::{create_account_with_owner, program_folder};
use crate::requests::{Browser, key_fields};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use test_support::reqwest::Error;
use test_support::{ProgramFolder, SeededRandom, repetitions};

const CLIENTS: usize = 3;
/// A client with this many living keys creates no more, so that the list fits on one page.
const LIVING_MAX: usize = 8;

#[test]
fn acknowledged_changes_survive_kill_9() {
    let rounds = repetitions("KEYHATCH_KILL_ROUNDS", 10);
    let began = Instant::now();
    let folder = folder_with_long_pages();
    let random = SeededRandom::new(0x6b69_6c6c);
    let mut model = Model::default();
    let mut server = folder.serve();
    let mut browser = Browser::of_owner(&server);
    for round in 0..rounds {
        let moment = Duration::from_millis(20 + random.below(280) as u64);
        let clients: Vec<Client> =
            (0..CLIENTS).map(|client| Client::new(client, round, random.below(usize::MAX), browser.clone())).collect();
        std::thread::scope(|scope| {
            let shares = model.split(clients.len());
            for (client, keys) in clients.into_iter().zip(shares) {
                scope.spawn(move || client.work(keys));
            }
            std::thread::sleep(moment);
            server.kill();
        });
        server = folder.serve();
        browser = Browser::of_owner(&server);
        // Keys of earlier rounds are all checked at the end, and a few of them in each round.
        let faults = model.check(&server, &browser, |position| position % 37 == round % 37);
        assert!(faults.is_empty(), "round {round}: {faults:#?}");
        if round % 20 == 0 {
            assert!(folder.run(&["audit", "verify"]).status.success(), "round {round}");
        }
    }
    let faults = model.check(&server, &browser, |_| true);
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(folder.run(&["audit", "verify"]).status.success());
    server.stop();
    println!("{rounds} kills in {:?}: {}", began.elapsed(), model.summary());
    assert!(model.acknowledged() > rounds && model.interrupted > rounds / 4, "{}", model.summary());
}

/// An account whose keys all fit on one page, and its owner.
pub fn folder_with_long_pages() -> ProgramFolder {
    let folder = program_folder();
    let limits = "[limits]\nkeys_per_account = 1000\npage_size = 500\n";
    std::fs::write(folder.path().join("keyhatch.toml"), limits).unwrap();
    create_account_with_owner(&folder);
    folder
}

/// Rules that no other key ever has, so that the gate's decision shows which ones apply.
pub fn next_rules() -> Rules {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let [.., high, middle, low] = number.to_be_bytes();
    Rules { name: format!("Key {number}"), ip: format!("10.{high}.{middle}.{low}") }
}

struct Client {
    random: SeededRandom,
    browser: Browser,
}

impl Client {
    fn new(client: usize, round: usize, seed: usize, browser: Browser) -> Self {
        Self { random: SeededRandom::new((seed ^ client ^ round << 8) as u64), browser }
    }

    /// Works until the server is killed. A change that is under way then stays recorded as begun.
    fn work(&self, keys: &mut Vec<Key>) {
        loop {
            let living: Vec<usize> = (0..keys.len()).filter(|position| keys[*position].is_settled()).collect();
            let choice = self.random.below(10);
            let done = if living.is_empty() || (choice < 4 && living.len() < LIVING_MAX) {
                create(&self.browser, keys)
            } else {
                let key = &mut keys[living[self.random.below(living.len())]];
                match choice {
                    ..6 => update(&self.browser, key),
                    6 => rotate(&self.browser, key),
                    _ => delete(&self.browser, key),
                }
            };
            if done.is_err() {
                return;
            }
        }
    }
}

/// Like the following functions, records the change as begun, makes it, and records it as acknowledged.
pub fn create(browser: &Browser, keys: &mut Vec<Key>) -> Result<(), Error> {
    let rules = next_rules();
    keys.push(Key::begun(rules.clone()));
    let response = browser.key_form(&key_fields("", &rules.name, &rules.ip))?;
    assert_eq!(response.status, 200, "{}", response.text());
    let created = &response.json()["Revealed"];
    let key = keys.last_mut().unwrap();
    created["key"]["id"].as_str().unwrap().clone_into(&mut key.id);
    created["secret"].as_str().unwrap().clone_into(&mut key.secret);
    key.stage = Stage::Living;
    Ok(())
}

pub fn update(browser: &Browser, key: &mut Key) -> Result<(), Error> {
    let rules = next_rules();
    key.stage = Stage::Updating(rules.clone());
    let response = browser.key_form(&key_fields(&key.id, &rules.name, &rules.ip))?;
    assert_eq!(response.status, 200, "{}", response.text());
    key.updates += 1;
    key.rules = rules;
    key.stage = Stage::Living;
    Ok(())
}

/// Without an overlap.
pub fn rotate(browser: &Browser, key: &mut Key) -> Result<(), Error> {
    key.stage = Stage::Rotating;
    let response = browser.key_form(&[("do", "rotate"), ("id", &key.id), ("overlap", "none")])?;
    assert_eq!(response.status, 200, "{}", response.text());
    let secret = response.json()["Revealed"]["secret"].as_str().unwrap().to_owned();
    key.retired.push(std::mem::replace(&mut key.secret, secret));
    key.stage = Stage::Living;
    Ok(())
}

pub fn delete(browser: &Browser, key: &mut Key) -> Result<(), Error> {
    key.stage = Stage::Deleting;
    let response = browser.delete_key(&key.id, &key.rules.name)?;
    assert_eq!(response.status, 200, "{}", response.text());
    key.stage = Stage::Deleted;
    key.was_delete_acknowledged = true;
    Ok(())
}
