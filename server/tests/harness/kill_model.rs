//! The model of `kill`: which changes were begun and acknowledged, and whether the restarted server agrees.

use crate::requests::{Browser, Connector, ListedKey};
use std::collections::HashMap;
use test_support::RunningProgram;

/// What distinguishes one version of a key from another: its name, and the only address on its whitelist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    pub name: String,
    pub ip: String,
}

/// How far a client got with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Requested without a response yet.
    Creating,
    /// Acknowledged as it is.
    Living,
    /// An update to these rules was requested without a response yet.
    Updating(Rules),
    /// A rotation was requested without a response yet.
    Rotating,
    /// Its deletion was requested without a response yet.
    Deleting,
    /// Its deletion was acknowledged, or turned out to be done after a restart.
    Deleted,
    /// Its creation was not acknowledged and did not happen.
    NeverCreated,
}

#[derive(Debug)]
pub struct Key {
    pub id: String,
    /// Empty for a key that exists but whose response was lost.
    pub secret: String,
    /// Rotated secrets, which must be refused.
    pub retired: Vec<String>,
    pub rules: Rules,
    pub stage: Stage,
    pub updates: usize,
    pub was_delete_acknowledged: bool,
    is_checked: bool,
}

impl Key {
    pub fn begun(rules: Rules) -> Self {
        Self {
            id: String::new(),
            secret: String::new(),
            retired: Vec::new(),
            rules,
            stage: Stage::Creating,
            updates: 0,
            was_delete_acknowledged: false,
            is_checked: false,
        }
    }

    /// Whether a client can make another change to it.
    pub fn is_settled(&self) -> bool {
        self.stage == Stage::Living && !self.secret.is_empty()
    }
}

/// How the server disagrees with the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An acknowledged key is missing.
    LostKey(String),
    /// An acknowledged update has no effect.
    LostUpdate(String),
    /// A deleted key or a rotated secret is accepted, or a deleted key is listed.
    Revived(String),
    /// The list and the gate, or two parts of one key, disagree.
    Torn(String),
}

#[derive(Default)]
pub struct Model {
    /// The keys of each client.
    shares: Vec<Vec<Key>>,
    /// How many requests were cut off.
    pub interrupted: usize,
}

impl Model {
    /// The keys of each client.
    pub fn split(&mut self, clients: usize) -> impl Iterator<Item = &mut Vec<Key>> {
        self.shares.resize_with(clients, Vec::new);
        self.shares.iter_mut()
    }

    /// Checks every key that was changed since the last check, and of the others those whose position `selects` picks.
    pub fn check(&mut self, server: &RunningProgram, browser: &Browser, selects: impl Fn(usize) -> bool) -> Vec<Fault> {
        let gate = Connector::new(server.gate);
        let (keys, total) = browser.list_keys();
        let mut faults = Vec::new();
        if keys.len() != total {
            faults.push(Fault::Torn(format!("{total} keys, {} of them with a secret", keys.len())));
        }
        let mut listed: HashMap<String, Rules> = keys.into_iter().map(parse_listed).collect();
        for (position, key) in self.shares.iter_mut().flatten().enumerate() {
            let id = if key.stage == Stage::Creating { find_id(&listed, &key.rules) } else { Some(key.id.clone()) };
            let found = id.as_ref().and_then(|id| listed.remove(id));
            if !matches!(key.stage, Stage::Living | Stage::Deleted | Stage::NeverCreated) {
                self.interrupted += 1;
                key.is_checked = false;
            }
            if key.is_checked && key.stage != Stage::Living && found.is_none() && !selects(position) {
                continue;
            }
            faults.extend(check_key(&gate, key, id, found));
            key.is_checked = true;
        }
        faults.extend(listed.values().map(|rules| Fault::Torn(format!("{rules:?} was never requested"))));
        faults
    }

    /// How many changes were acknowledged.
    pub fn acknowledged(&self) -> usize {
        let each = |key: &Key| {
            let (is_created, is_deleted) = (!key.secret.is_empty(), key.was_delete_acknowledged);
            usize::from(is_created) + key.updates + key.retired.len() + usize::from(is_deleted)
        };
        self.shares.iter().flatten().map(each).sum()
    }

    pub fn summary(&self) -> String {
        let keys: Vec<&Key> = self.shares.iter().flatten().collect();
        let count = |holds: fn(&Key) -> bool| keys.iter().filter(|key| holds(key)).count();
        format!(
            "acknowledged {} creates, {} updates, {} rotations, {} deletes; {} requests cut off, of which {} creates never happened",
            count(|key| !key.secret.is_empty()),
            keys.iter().map(|key| key.updates).sum::<usize>(),
            keys.iter().map(|key| key.retired.len()).sum::<usize>(),
            count(|key| key.was_delete_acknowledged),
            self.interrupted,
            count(|key| key.stage == Stage::NeverCreated),
        )
    }
}

fn parse_listed(key: ListedKey) -> (String, Rules) {
    (key.id, Rules { name: key.name, ip: key.whitelist })
}

fn find_id(listed: &HashMap<String, Rules>, rules: &Rules) -> Option<String> {
    listed.iter().find(|(_, found)| found.name == rules.name).map(|(id, _)| id.clone())
}

/// Checks one key against the list and the gate. Its stage becomes what was found: no request outlives the process.
fn check_key(gate: &Connector, key: &mut Key, id: Option<String>, found: Option<Rules>) -> Vec<Fault> {
    let name = key.rules.name.clone();
    match (key.stage.clone(), found) {
        (Stage::Creating, None) => key.stage = Stage::NeverCreated,
        (Stage::Creating, Some(rules)) if rules == key.rules => {
            // Created, but the response with its secret was lost.
            key.id = id.unwrap_or_default();
            key.stage = Stage::Living;
        }
        (Stage::Living, Some(rules)) if rules == key.rules => {}
        (Stage::Updating(new), Some(rules)) if rules == new || rules == key.rules => {
            key.rules = rules;
            key.stage = Stage::Living;
        }
        (Stage::Rotating, Some(rules)) if rules == key.rules => {
            key.stage = Stage::Living;
            if gate.verify(&key.secret, &key.rules.ip)["code"] == "NOT_FOUND" {
                // Rotated, but the response with the new secret was lost.
                key.retired.push(std::mem::take(&mut key.secret));
            }
        }
        (Stage::Deleting, Some(rules)) if rules == key.rules => key.stage = Stage::Living,
        (Stage::Deleting | Stage::Deleted, None) => key.stage = Stage::Deleted,
        (Stage::NeverCreated, None) => {}
        (Stage::Living | Stage::Updating(_) | Stage::Rotating, None) => return vec![Fault::LostKey(name)],
        (Stage::Living, Some(_)) => return vec![Fault::LostUpdate(name)],
        (Stage::Deleted, Some(_)) => return vec![Fault::Revived(name)],
        (stage, Some(rules)) => return vec![Fault::Torn(format!("{stage:?} is {rules:?}"))],
    }
    check_decisions(gate, key)
}

/// The gate must agree with the list.
fn check_decisions(gate: &Connector, key: &Key) -> Vec<Fault> {
    if key.retired.iter().any(|retired| gate.verify(retired, &key.rules.ip)["code"] != "NOT_FOUND") {
        return vec![Fault::Revived(format!("a rotated secret of {}", key.rules.name))];
    }
    if key.secret.is_empty() {
        return Vec::new();
    }
    let allowed = gate.verify(&key.secret, &key.rules.ip);
    let refused = gate.verify(&key.secret, "203.0.113.7");
    let codes = (allowed["code"].as_str().unwrap(), refused["code"].as_str().unwrap());
    let fault = match (&key.stage, codes) {
        (Stage::Deleted, ("NOT_FOUND", "NOT_FOUND")) => return Vec::new(),
        (Stage::Deleted, _) => Fault::Revived(key.rules.name.clone()),
        (_, ("VALID", "IP_NOT_ALLOWED")) if allowed["key"]["name"] == key.rules.name.as_str() => return Vec::new(),
        (_, ("NOT_FOUND", _)) => Fault::LostKey(key.rules.name.clone()),
        (_, ("IP_NOT_ALLOWED", _)) => Fault::LostUpdate(key.rules.name.clone()),
        _ => Fault::Torn(format!("{key:?}: {allowed} {refused}")),
    };
    vec![fault]
}
