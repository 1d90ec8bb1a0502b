//! Keys as JSON, and their conversion to and from the forms of `domain`.

use domain::form::FieldErrors;
use domain::key::Environment;
use domain::limits::{Limits, LimitsForm, Refill};
use domain::privilege::Privileges;
use domain::time::Millis;
use domain::views::{KeyState, KeyView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{ApiResult, to_problem};
use crate::timestamp::format_timestamp;

/// A key without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = Key)]
pub(crate) struct KeyDto {
    /// Its id.
    #[schema(example = "key_4fT9sQ2mXa8rJ0kV")]
    pub id: String,
    /// The account that owns it.
    pub account: String,
    /// Its name.
    pub name: String,
    /// Its prefix and its last characters.
    #[schema(example = "kh_live_…9xQ2f")]
    pub masked: String,
    /// `live` or `sandbox`.
    pub environment: Environment,
    /// Its state.
    pub state: KeyStateDto,
    /// The addresses it may be used from; empty: any.
    pub whitelist: Vec<String>,
    /// Its privileges; `["*"]`: all.
    pub privileges: Vec<String>,
    /// Its limits.
    pub limits: LimitsDto,
    /// When it expires, RFC 3339, UTC.
    pub expires_at: Option<String>,
    /// Until when the previous secret works, if it still does, RFC 3339, UTC.
    pub old_secret_until: Option<String>,
    /// When it was created, RFC 3339, UTC.
    pub created_at: String,
    /// The creator.
    pub created_by: String,
    /// When it was last updated, RFC 3339, UTC.
    pub updated_at: String,
    /// Who updated it last.
    pub updated_by: String,
    /// When it was deleted, RFC 3339, UTC.
    pub deleted_at: Option<String>,
    /// The reason, if one was given.
    pub delete_reason: Option<String>,
    /// Its last use, delayed by at most a minute.
    pub last_use: Option<LastUseDto>,
}

/// A new or rotated key with its secret, which is shown only once.
#[derive(Serialize, ToSchema)]
#[schema(as = NewKey)]
pub(crate) struct CreatedKeyDto {
    /// The key.
    #[serde(flatten)]
    pub details: KeyDto,
    /// The secret. Store it: it cannot be read again. `null` if the request was replayed.
    #[schema(example = "kh_live_…")]
    pub key: Option<String>,
}

/// The state of a key. `deleted` takes precedence, then `disabled`.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = KeyState)]
#[serde(rename_all = "lowercase")]
pub(crate) enum KeyStateDto {
    /// It works.
    Active,
    /// It is disabled.
    Disabled,
    /// It has expired.
    Expired,
    /// It was deleted.
    Deleted,
}

impl KeyStateDto {
    fn from_view(view: &KeyView, now: Millis) -> Self {
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

impl From<KeyStateDto> for KeyState {
    fn from(state: KeyStateDto) -> Self {
        match state {
            KeyStateDto::Active => Self::Active,
            KeyStateDto::Disabled => Self::Disabled,
            KeyStateDto::Expired => Self::Expired,
            KeyStateDto::Deleted => Self::Deleted,
        }
    }
}

/// The limits of a key; `null` means unlimited.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = Limits)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LimitsDto {
    /// Calls in each second.
    pub second: Option<u64>,
    /// Calls in each minute.
    pub minute: Option<u64>,
    /// Calls in each hour.
    pub hour: Option<u64>,
    /// Calls in each day (UTC).
    pub day: Option<u64>,
    /// Uses until the next refill.
    pub uses: Option<u64>,
    /// When the uses are refilled.
    pub refill: Refill,
}

/// The last use of a key.
#[derive(Serialize, ToSchema)]
#[schema(as = Use)]
pub(crate) struct LastUseDto {
    /// When, RFC 3339, UTC.
    pub at: String,
    /// The caller's address, if known.
    pub address: Option<String>,
}

impl KeyDto {
    /// The view of a key in `account` as JSON, with its state at `now`.
    pub fn from_view(view: KeyView, account: &str, now: Millis) -> Self {
        Self {
            state: KeyStateDto::from_view(&view, now),
            old_secret_until: view.old_secret_until.map(format_timestamp),
            created_by: view.created_by,
            updated_by: view.updated_by,
            deleted_at: view.deleted_at.map(format_timestamp),
            delete_reason: view.delete_reason,
            id: view.id,
            account: account.to_owned(),
            name: view.name,
            masked: view.masked,
            environment: view.environment,
            whitelist: view.whitelist.lines().map(ToOwned::to_owned).collect(),
            privileges: view.privileges.split_ascii_whitespace().map(ToOwned::to_owned).collect(),
            limits: LimitsDto::from_stored(&view.limits),
            expires_at: view.expires_at.map(format_timestamp),
            created_at: format_timestamp(view.created_at),
            updated_at: format_timestamp(view.updated_at),
            last_use: view.last_use.map(|last| LastUseDto { at: format_timestamp(last.at), address: last.address }),
        }
    }
}

impl LimitsDto {
    fn from_stored(stored: &str) -> Self {
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

    /// As the domain's form, which validates it.
    pub fn to_form(&self) -> LimitsForm {
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

/// Whether the list is `["*"]`, which means all privileges, and the privileges otherwise.
pub(super) fn parse_privileges(listed: &[String]) -> (bool, Vec<String>) {
    match listed {
        [all] if *all == Privileges::all().to_stored() => (true, Vec::new()),
        listed => (false, listed.to_vec()),
    }
}

/// The entries as the form has them, one per line. The form ignores empty lines; here an empty entry is refused, because
/// ignoring it would leave the key open to every address.
pub(super) fn join_whitelist(entries: &[String]) -> ApiResult<String> {
    if let Some(bad) = entries.iter().position(|entry| entry.trim().is_empty() || entry.contains([',', '\n'])) {
        let message = format!("Entry {} must be one address, range or network. Leave it out, or send [].", bad + 1);
        return Err(to_problem(service::Error::Invalid(FieldErrors::one("whitelist", message))));
    }
    Ok(entries.join("\n"))
}
