//! What is typed into the slider of a key, and the form that it makes.

use super::limits::LimitsDraft;
use domain::form::KeyForm;
use domain::key::Environment;
use domain::policy::Policy;
use domain::views::KeyView;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What is typed into the slider.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) name: RwSignal<String>,
    pub(super) whitelist: RwSignal<String>,
    pub(super) all: RwSignal<bool>,
    pub(super) chosen: RwSignal<BTreeSet<String>>,
    pub(super) environment: RwSignal<Environment>,
    pub(super) limits: LimitsDraft,
}

impl Draft {
    /// As it is for a new key.
    pub(super) fn new(policy: &Policy) -> Self {
        Self {
            name: RwSignal::new(String::new()),
            whitelist: RwSignal::new(String::new()),
            all: RwSignal::new(false),
            chosen: RwSignal::new(BTreeSet::new()),
            environment: RwSignal::new(first(policy)),
            limits: LimitsDraft::new(policy),
        }
    }

    pub(super) fn of(key: &KeyView, policy: &Policy) -> Self {
        let this = Self::new(policy);
        this.load(key, policy);
        this
    }

    /// Takes what is stored.
    pub(super) fn load(self, key: &KeyView, policy: &Policy) {
        let all = key.privileges == "*";
        let chosen = if all { "" } else { &key.privileges };
        let mut ticked = BTreeSet::new();
        ticked.extend(chosen.split_whitespace().map(ToOwned::to_owned));
        self.name.set(key.name.clone());
        self.whitelist.set(key.whitelist.clone());
        self.all.set(all);
        self.chosen.set(ticked);
        self.environment.set(key.environment);
        self.limits.load(key, policy);
    }

    pub(super) fn clear(self, policy: &Policy) {
        self.name.set(String::new());
        self.whitelist.set(String::new());
        self.all.set(false);
        self.chosen.set(BTreeSet::new());
        self.environment.set(first(policy));
        self.limits.clear(policy);
    }

    pub(super) fn form(self) -> KeyForm {
        KeyForm {
            name: self.name.get_untracked(),
            whitelist: self.whitelist.get_untracked(),
            all_privileges: self.all.get_untracked(),
            privileges: self.chosen.get_untracked().into_iter().collect(),
            environment: self.environment.get_untracked(),
            expires: self.limits.expires(),
            limits: self.limits.form(),
        }
    }
}

fn first(policy: &Policy) -> Environment {
    policy.environments.first().copied().unwrap_or_default()
}
