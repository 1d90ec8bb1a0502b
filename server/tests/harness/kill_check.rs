//! What the clients were told, and whether the server that was started again keeps to it.

use std::collections::HashMap;

use serde_json::Value;

use crate::console::{Browser, verify};
use crate::program::Server;

/// What tells one version of a key from another: its name, and the only address that it is let in from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    pub name: String,
    pub ip: String,
}

/// How far a client got with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Asked for; no answer yet.
    Issuing,
    /// Acknowledged as it is.
    Living,
    /// A change to these rules was asked for; no answer yet.
    Changing(Rules),
    /// Another value was asked for; no answer yet.
    Rotating,
    /// Its deletion was asked for; no answer yet.
    Deleting,
    /// Its deletion was acknowledged, or was found done after a restart.
    Deleted,
    /// Nobody was told of it, and it is not there.
    Never,
}

#[derive(Debug)]
pub struct Key {
    pub id: String,
    /// Empty for a key that exists and whose answer was lost.
    pub value: String,
    /// The values before, which work no more.
    pub former: Vec<String>,
    pub rules: Rules,
    pub stage: Stage,
    pub changes: usize,
    pub was_acknowledged: bool,
    is_checked: bool,
}

impl Key {
    pub fn begun(rules: Rules) -> Self {
        let (id, value, former) = (String::new(), String::new(), Vec::new());
        Self { id, value, former, rules, stage: Stage::Issuing, changes: 0, was_acknowledged: false, is_checked: false }
    }

    /// Whether a client may go on with it.
    pub fn is_settled(&self) -> bool {
        self.stage == Stage::Living && !self.value.is_empty()
    }
}

/// What the server broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An acknowledged key is not there.
    LostKey(String),
    /// An acknowledged change does not count.
    LostChange(String),
    /// A deleted key is let in, or listed.
    Revived(String),
    /// The list and the gate, or two parts of one key, tell different things.
    Torn(String),
}

#[derive(Default)]
pub struct World {
    shares: Vec<Vec<Key>>,
    pub interrupted: usize,
}

impl World {
    /// The keys of each client.
    pub fn split(&mut self, clients: usize) -> impl Iterator<Item = &mut Vec<Key>> {
        self.shares.resize_with(clients, Vec::new);
        self.shares.iter_mut()
    }

    /// Compares everything that was touched since the last check, and those untouched that `too` picks.
    pub fn check(&mut self, server: &Server, browser: &Browser, too: impl Fn(usize) -> bool) -> Vec<Fault> {
        let (keys, total) = browser.list();
        let mut faults = Vec::new();
        if keys.len() != total {
            faults.push(Fault::Torn(format!("{total} keys, {} of them with a secret", keys.len())));
        }
        let mut listed: HashMap<String, Rules> = keys.iter().map(listed).collect();
        for (at, key) in self.shares.iter_mut().flatten().enumerate() {
            let known_as = if key.stage == Stage::Issuing { find(&listed, &key.rules) } else { Some(key.id.clone()) };
            let found = known_as.as_ref().and_then(|id| listed.remove(id));
            if !matches!(key.stage, Stage::Living | Stage::Deleted | Stage::Never) {
                self.interrupted += 1;
                key.is_checked = false;
            }
            if key.is_checked && key.stage != Stage::Living && found.is_none() && !too(at) {
                continue;
            }
            faults.extend(check(server, key, known_as, found));
            key.is_checked = true;
        }
        faults.extend(listed.values().map(|rules| Fault::Torn(format!("{rules:?} was never asked for"))));
        faults
    }

    pub fn acknowledged(&self) -> usize {
        let each = |key: &Key| {
            usize::from(!key.value.is_empty()) + key.changes + key.former.len() + usize::from(key.was_acknowledged)
        };
        self.shares.iter().flatten().map(each).sum()
    }

    pub fn told(&self) -> String {
        let keys: Vec<&Key> = self.shares.iter().flatten().collect();
        let count = |holds: fn(&Key) -> bool| keys.iter().filter(|key| holds(key)).count();
        format!(
            "acknowledged {} creates, {} changes, {} rotations, {} deletes; {} requests cut off, of which {} creates were never made",
            count(|key| !key.value.is_empty()),
            keys.iter().map(|key| key.changes).sum::<usize>(),
            keys.iter().map(|key| key.former.len()).sum::<usize>(),
            count(|key| key.was_acknowledged),
            self.interrupted,
            count(|key| key.stage == Stage::Never),
        )
    }
}

fn listed(key: &Value) -> (String, Rules) {
    let text = |field: &str| key[field].as_str().unwrap().to_owned();
    (text("id"), Rules { name: text("name"), ip: text("whitelist") })
}

fn find(listed: &HashMap<String, Rules>, rules: &Rules) -> Option<String> {
    listed.iter().find(|(_, found)| found.name == rules.name).map(|(id, _)| id.clone())
}

/// One key against the list; afterwards it stands as it was found, since no request outlives the process.
fn check(server: &Server, key: &mut Key, id: Option<String>, found: Option<Rules>) -> Vec<Fault> {
    let name = key.rules.name.clone();
    match (key.stage.clone(), found) {
        (Stage::Issuing, None) => key.stage = Stage::Never,
        (Stage::Issuing, Some(rules)) if rules == key.rules => {
            // Wholly there; but whoever asked never saw its value.
            key.id = id.unwrap_or_default();
            key.stage = Stage::Living;
        }
        (Stage::Living, Some(rules)) if rules == key.rules => {}
        (Stage::Changing(new), Some(rules)) if rules == new || rules == key.rules => {
            key.rules = rules;
            key.stage = Stage::Living;
        }
        (Stage::Rotating, Some(rules)) if rules == key.rules => {
            key.stage = Stage::Living;
            if verify(server, &key.value, &key.rules.ip)["code"] == "NOT_FOUND" {
                // Wholly done; but whoever asked never saw the new value.
                key.former.push(std::mem::take(&mut key.value));
            }
        }
        (Stage::Deleting, Some(rules)) if rules == key.rules => key.stage = Stage::Living,
        (Stage::Deleting | Stage::Deleted, None) => key.stage = Stage::Deleted,
        (Stage::Never, None) => {}
        (Stage::Living | Stage::Changing(_) | Stage::Rotating, None) => return vec![Fault::LostKey(name)],
        (Stage::Living, Some(_)) => return vec![Fault::LostChange(name)],
        (Stage::Deleted, Some(_)) => return vec![Fault::Revived(name)],
        (stage, Some(rules)) => return vec![Fault::Torn(format!("{stage:?} is {rules:?}"))],
    }
    ask(server, key)
}

/// The gate must say what the list says.
fn ask(server: &Server, key: &Key) -> Vec<Fault> {
    if key.former.iter().any(|former| verify(server, former, &key.rules.ip)["code"] != "NOT_FOUND") {
        return vec![Fault::Revived(format!("a former value of {}", key.rules.name))];
    }
    if key.value.is_empty() {
        return Vec::new();
    }
    let inside = verify(server, &key.value, &key.rules.ip);
    let outside = verify(server, &key.value, "203.0.113.7");
    let codes = (inside["code"].as_str().unwrap(), outside["code"].as_str().unwrap());
    let fault = match (&key.stage, codes) {
        (Stage::Deleted, ("NOT_FOUND", "NOT_FOUND")) => return Vec::new(),
        (Stage::Deleted, _) => Fault::Revived(key.rules.name.clone()),
        (_, ("VALID", "IP_NOT_ALLOWED")) if inside["key"]["name"] == key.rules.name.as_str() => return Vec::new(),
        (_, ("NOT_FOUND", _)) => Fault::LostKey(key.rules.name.clone()),
        (_, ("IP_NOT_ALLOWED", _)) => Fault::LostChange(key.rules.name.clone()),
        _ => Fault::Torn(format!("{key:?}: {inside} {outside}")),
    };
    vec![fault]
}
