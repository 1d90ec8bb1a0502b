//! The signals behind the editor's fields, and the form that is sent.

use super::limits_section::LimitsDraft;
use domain::form::KeyForm;
use domain::key::Environment;
use domain::policy::Policy;
use domain::views::KeyView;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What is typed into the editor.
#[derive(Clone, Copy)]
pub(super) struct KeyFormState {
    pub(super) name: RwSignal<String>,
    pub(super) whitelist: RwSignal<String>,
    pub(super) all_privileges: RwSignal<bool>,
    pub(super) privileges: RwSignal<BTreeSet<String>>,
    pub(super) environment: RwSignal<Environment>,
    pub(super) limits: LimitsDraft,
}

impl KeyFormState {
    /// The fields of a new key.
    pub(super) fn new(policy: &Policy) -> Self {
        Self {
            name: RwSignal::new(String::new()),
            whitelist: RwSignal::new(String::new()),
            all_privileges: RwSignal::new(false),
            privileges: RwSignal::new(BTreeSet::new()),
            environment: RwSignal::new(default_environment(policy)),
            limits: LimitsDraft::new(policy),
        }
    }

    /// The fields of a key that exists.
    pub(super) fn from_key(key: &KeyView, policy: &Policy) -> Self {
        let this = Self::new(policy);
        this.load(key, policy);
        this
    }

    /// Replaces what is typed with the stored key.
    pub(super) fn load(self, key: &KeyView, policy: &Policy) {
        let all = key.privileges == "*";
        let chosen = if all { "" } else { &key.privileges };
        let mut ticked = BTreeSet::new();
        ticked.extend(chosen.split_whitespace().map(ToOwned::to_owned));
        self.name.set(key.name.clone());
        self.whitelist.set(key.whitelist.clone());
        self.all_privileges.set(all);
        self.privileges.set(ticked);
        self.environment.set(key.environment);
        self.limits.load(key, policy);
    }

    /// Resets the fields to those of a new key.
    pub(super) fn clear(self, policy: &Policy) {
        self.name.set(String::new());
        self.whitelist.set(String::new());
        self.all_privileges.set(false);
        self.privileges.set(BTreeSet::new());
        self.environment.set(default_environment(policy));
        self.limits.clear(policy);
    }

    /// The form, as the server functions take it.
    pub(super) fn form(self) -> KeyForm {
        KeyForm {
            name: self.name.get_untracked(),
            whitelist: self.whitelist.get_untracked(),
            all_privileges: self.all_privileges.get_untracked(),
            privileges: self.privileges.get_untracked().into_iter().collect(),
            environment: self.environment.get_untracked(),
            expires: self.limits.expires(),
            limits: self.limits.form(),
        }
    }
}

fn default_environment(policy: &Policy) -> Environment {
    policy.environments.first().copied().unwrap_or_default()
}
