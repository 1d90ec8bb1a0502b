//! Keys as JSON, and what the forms of `domain` make of it.

use domain::form::FieldErrors;
use domain::key::Environment;
use domain::limits::{Limits, LimitsForm, Refill};
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::views::{KeyState, KeyView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problems::{Answer, of};
use crate::times;

/// A key. Its value is not in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Key {
    /// Its id.
    #[schema(example = "key_4fT9sQ2mXa8rJ0kV")]
    pub id: String,
    /// The account that owns it.
    pub account: String,
    /// Its name.
    pub name: String,
    /// Its beginning and its last characters.
    #[schema(example = "kh_live_…9xQ2f")]
    pub masked: String,
    /// `live` or `sandbox`.
    pub environment: Environment,
    /// In which state it is.
    pub state: State,
    /// From where it may be used; empty: from anywhere.
    pub whitelist: Vec<String>,
    /// What it may do; `["*"]`: everything.
    pub privileges: Vec<String>,
    /// How often it may be used.
    pub limits: LimitsShape,
    /// The first moment at which it no longer works, RFC 3339, UTC.
    pub expires_at: Option<String>,
    /// Until when the secret before the current one works, if it still does, RFC 3339, UTC.
    pub old_secret_until: Option<String>,
    /// When it was created, RFC 3339, UTC.
    pub created_at: String,
    /// By whom.
    pub created_by: String,
    /// When it was changed last, RFC 3339, UTC.
    pub updated_at: String,
    /// By whom.
    pub updated_by: String,
    /// When it was deleted, RFC 3339, UTC.
    pub deleted_at: Option<String>,
    /// Why, if somebody said.
    pub delete_reason: Option<String>,
    /// Its last use, at most a minute behind.
    pub last_use: Option<Use>,
}

/// A key that was created just now, with its value, which is shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewKey {
    /// What can be read of it later.
    #[serde(flatten)]
    pub shown: Key,
    /// The whole key. Keep it: it cannot be read again. `null` if the request was a repeat.
    #[schema(example = "kh_live_…")]
    pub key: Option<String>,
}

/// In which state a key is: one that is deleted is nothing else, one that is disabled may have expired too.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = KeyState)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    /// It works.
    Active,
    /// Somebody disabled it.
    Disabled,
    /// Its time is over.
    Expired,
    /// It was deleted.
    Deleted,
}

impl State {
    fn of(view: &KeyView, now: Millis) -> Self {
        if view.deleted_at.is_some() {
            Self::Deleted
        } else if !view.enabled {
            Self::Disabled
        } else if view.expires_at.is_some_and(|end| end <= now) {
            Self::Expired
        } else {
            Self::Active
        }
    }
}

impl From<State> for KeyState {
    fn from(state: State) -> Self {
        match state {
            State::Active => Self::Active,
            State::Disabled => Self::Disabled,
            State::Expired => Self::Expired,
            State::Deleted => Self::Deleted,
        }
    }
}

/// How often a key may be used. What is `null` is not limited.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = Limits)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LimitsShape {
    /// Calls in each second.
    pub second: Option<u64>,
    /// Calls in each minute.
    pub minute: Option<u64>,
    /// Calls in each hour.
    pub hour: Option<u64>,
    /// Calls in each day (UTC).
    pub day: Option<u64>,
    /// How many uses.
    pub uses: Option<u64>,
    /// When the uses start anew.
    pub refill: Refill,
}

/// One use of a key.
#[derive(Serialize, ToSchema)]
pub(crate) struct Use {
    /// When, RFC 3339, UTC.
    pub at: String,
    /// The caller's address, if it was known.
    pub address: Option<String>,
}

impl Key {
    pub fn of(view: KeyView, account: &str, now: Millis) -> Self {
        Self {
            state: State::of(&view, now),
            old_secret_until: view.old_secret_until.map(times::written),
            created_by: view.created_by,
            updated_by: view.updated_by,
            deleted_at: view.deleted_at.map(times::written),
            delete_reason: view.delete_reason,
            id: view.id,
            account: account.to_owned(),
            name: view.name,
            masked: view.masked,
            environment: view.environment,
            whitelist: view.whitelist.lines().map(ToOwned::to_owned).collect(),
            privileges: view.privileges.split_ascii_whitespace().map(ToOwned::to_owned).collect(),
            limits: LimitsShape::of_stored(&view.limits),
            expires_at: view.expires_at.map(times::written),
            created_at: times::written(view.created_at),
            updated_at: times::written(view.updated_at),
            last_use: view.last_use.map(|seen| Use { at: times::written(seen.at), address: seen.address }),
        }
    }
}

impl LimitsShape {
    fn of_stored(stored: &str) -> Self {
        let form = LimitsForm::from_limits(&Limits::from_stored(stored).unwrap_or_default());
        let number = |typed: &str| typed.parse().ok();
        Self {
            second: number(&form.second),
            minute: number(&form.minute),
            hour: number(&form.hour),
            day: number(&form.day),
            uses: number(&form.uses),
            refill: form.refill,
        }
    }

    /// As the form has it, whose checks are the only ones.
    pub fn form(&self) -> LimitsForm {
        let typed = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        LimitsForm {
            second: typed(self.second),
            minute: typed(self.minute),
            hour: typed(self.hour),
            day: typed(self.day),
            uses: typed(self.uses),
            refill: self.refill,
        }
    }
}

/// Whether `["*"]` stands for all privileges, and the privileges otherwise.
pub(super) fn privileges(listed: &[String]) -> (bool, Vec<String>) {
    match listed {
        [all] if *all == Privileges::all().to_stored() => (true, Vec::new()),
        listed => (false, listed.to_vec()),
    }
}

/// The entries as the form has them, one a line. The form skips blanks, as people leave empty lines; a program that sends
/// `[""]` had an address in mind, and skipping it would leave the key open to all.
pub(super) fn whitelist(entries: &[String]) -> Answer<String> {
    if let Some(bad) = entries.iter().position(|entry| entry.trim().is_empty() || entry.contains([',', '\n'])) {
        let message = format!("Entry {} must be one address, range or network. Leave it out, or send [].", bad + 1);
        return Err(of(service::Error::Invalid(FieldErrors::one("whitelist", message))));
    }
    Ok(entries.join("\n"))
}
