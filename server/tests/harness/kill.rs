//! `kill -9` at a random moment of issuing, changing, rotating and deleting keys: whatever was acknowledged is there
//! after the restart, whatever was deleted or replaced stays refused, and what was not acknowledged is wholly there or not at all.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::console::{Browser, key_form};
use crate::kill_check::{Key, Rules, Stage, World};
use crate::program::{EMAIL, PASSWORD, Place};
use crate::seeded::Seeded;

const CLIENTS: u64 = 3;
/// A client with so many living keys makes no more, so that the list stays on one page.
const LIVING_MAX: usize = 8;

/// So many times `keyhatch` is killed, unless the variable says otherwise.
const ROUNDS: &str = "KEYHATCH_KILL_ROUNDS";

#[test]
fn what_was_acknowledged_survives_kill_9() {
    let rounds: u64 = std::env::var(ROUNDS).map_or(100, |rounds| rounds.parse().unwrap());
    let began = Instant::now();
    let place = place();
    let mut chance = Seeded::new(0x6b69_6c6c);
    let mut world = World::default();
    let mut server = place.serve();
    let mut browser = Browser::signed_in(&server, EMAIL, PASSWORD);
    for round in 0..rounds {
        let moment = Duration::from_millis(20 + chance.below(280));
        let clients: Vec<Client> =
            (0..CLIENTS).map(|client| Client::new(client, round, chance.below(u64::MAX), browser.clone())).collect();
        std::thread::scope(|scope| {
            let shares = world.split(clients.len());
            for (mut client, keys) in clients.into_iter().zip(shares) {
                scope.spawn(move || client.work(keys));
            }
            std::thread::sleep(moment);
            server.kill();
        });
        server = place.serve();
        browser = Browser::signed_in(&server, EMAIL, PASSWORD);
        // Those of earlier rounds have their turn at the end, and a few of them in each round.
        let faults = world.check(&server, &browser, |at| at % 37 == usize::try_from(round).unwrap() % 37);
        assert!(faults.is_empty(), "round {round}: {faults:#?}");
        if round % 20 == 0 {
            assert!(place.run(&["audit", "verify"]).status.success(), "round {round}");
        }
    }
    let faults = world.check(&server, &browser, |_| true);
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(place.run(&["audit", "verify"]).status.success());
    server.stop();
    println!("{rounds} kills in {:?}: {}", began.elapsed(), world.told());
    assert!(world.acknowledged() as u64 > rounds && world.interrupted as u64 > rounds / 4, "{}", world.told());
}

/// An account, and one page that shows all of its keys.
pub fn place() -> Place {
    let place = Place::new();
    std::fs::write(place.path().join("keyhatch.toml"), "[limits]\nkeys_per_account = 1000\npage_size = 500\n").unwrap();
    place.account();
    place
}

/// Rules that no other key ever has, so that it can be told which ones count.
pub fn next_rules() -> Rules {
    static MADE: AtomicU64 = AtomicU64::new(1);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let [.., high, middle, low] = number.to_be_bytes();
    Rules { name: format!("Key {number}"), ip: format!("10.{high}.{middle}.{low}") }
}

struct Client {
    chance: Seeded,
    browser: Browser,
}

impl Client {
    fn new(client: u64, round: u64, seed: u64, browser: Browser) -> Self {
        Self { chance: Seeded::new(seed ^ client ^ round << 8), browser }
    }

    /// Until the server is gone. What is under way then stays written down as begun.
    fn work(&mut self, keys: &mut Vec<Key>) {
        loop {
            let living: Vec<usize> = (0..keys.len()).filter(|at| keys[*at].is_settled()).collect();
            let choice = self.chance.below(10);
            let done = if living.is_empty() || (choice < 4 && living.len() < LIVING_MAX) {
                issue(&self.browser, keys)
            } else {
                let at = living[usize::try_from(self.chance.below(living.len() as u64)).unwrap()];
                match choice {
                    ..6 => change(&self.browser, &mut keys[at]),
                    6 => rotate(&self.browser, &mut keys[at]),
                    _ => delete(&self.browser, &mut keys[at]),
                }
            };
            if done.is_err() {
                return;
            }
        }
    }
}

/// Each of these writes down what it is about to do, does it, and writes down that it was acknowledged.
pub fn issue(browser: &Browser, keys: &mut Vec<Key>) -> std::io::Result<()> {
    let rules = next_rules();
    keys.push(Key::begun(rules.clone()));
    let answer = browser.keys("create", &json!({ "form": key_form(&rules.name, &rules.ip) }))?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let issued = answer.json();
    let key = keys.last_mut().unwrap();
    issued["key"]["id"].as_str().unwrap().clone_into(&mut key.id);
    issued["secret"].as_str().unwrap().clone_into(&mut key.value);
    key.stage = Stage::Living;
    Ok(())
}

pub fn change(browser: &Browser, key: &mut Key) -> std::io::Result<()> {
    let rules = next_rules();
    key.stage = Stage::Changing(rules.clone());
    let form = key_form(&rules.name, &rules.ip);
    let answer = browser.keys("update", &json!({ "id": key.id, "form": form }))?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    key.changes += 1;
    key.rules = rules;
    key.stage = Stage::Living;
    Ok(())
}

/// The old value ends at once.
pub fn rotate(browser: &Browser, key: &mut Key) -> std::io::Result<()> {
    key.stage = Stage::Rotating;
    let answer = browser.keys("rotate", &json!({ "id": key.id, "form": { "overlap": "none" } }))?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let value = answer.json()["secret"].as_str().unwrap().to_owned();
    key.former.push(std::mem::replace(&mut key.value, value));
    key.stage = Stage::Living;
    Ok(())
}

pub fn delete(browser: &Browser, key: &mut Key) -> std::io::Result<()> {
    key.stage = Stage::Deleting;
    let answer = browser.keys("action", &json!({ "action": "delete", "ids": [key.id], "reason": "" }))?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    key.stage = Stage::Deleted;
    key.was_acknowledged = true;
    Ok(())
}
