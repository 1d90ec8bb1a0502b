//! The types that cross from server to browser, by the field names that serde writes.

use super::json::{FromJson, JsonValue, impl_from_json};
use crate::AppError;
use crate::keys::KeysInitialState;
use crate::keys::server::{EditConflict, KeyWithSecret};
use domain::auth_header::AuthHeader;
use domain::explain::{CheckResult, Explanation};
use domain::first_call::FirstCall;
use domain::form::{FieldError, FieldErrors};
use domain::key::Environment;
use domain::policy::Policy;
use domain::privilege::Module;
use domain::template::Template;
use domain::verdict::{Channel, VerdictCode};
use domain::views::{KeyCursor, KeyPage, KeyState, KeyView, LastUse};

impl_from_json!(KeysInitialState { page search environment state now policy my_address may_manage overlay overlay_key message });
impl_from_json!(Policy {
    product_name key_prefix api_url name_max whitelist_max keys_per_account keys_per_sub_account sub_account_depth
    page_size privileges_fixed whitelist_required last_chars_shown lifetime_max default_expiry channels environments
    modules standard_templates templates auth_header env_variable
});
impl_from_json!(Template { id label description privileges });
impl_from_json!(Module { id label actions });
impl_from_json!(KeyPage { keys next matching total limit });
impl_from_json!(LastUse { at address });
impl_from_json!(EditConflict { key summary differences });
impl_from_json!(KeyWithSecret { key secret pdf });
impl_from_json!(FieldError { field message });
impl_from_json!(Explanation { code checks advice });
impl_from_json!(CheckResult { name passed finding });
impl_from_json!(KeyView {
    id name masked environment whitelist privileges limits expires_at enabled created_at created_by updated_at updated_by
    revision last_use old_secret_until old_secret_used_at needs_rotation deleted_at delete_reason
});

/// The fields of a refused first call.
struct RefusedCall {
    at: i64,
    address: Option<String>,
    code: VerdictCode,
    privilege: Option<String>,
    channel: Option<Channel>,
    advice: String,
    can_allow_address: Option<String>,
}
impl_from_json!(RefusedCall { at address code privilege channel advice can_allow_address });

impl FromJson for FirstCall {
    fn from_json(json: &JsonValue) -> Option<Self> {
        if String::from_json(json).is_some_and(|state| state == "Waiting") {
            return Some(Self::Waiting);
        }
        let allowed = json.get("Allowed").map(|LastUse { at, address }| Self::Allowed { at, address });
        allowed.or_else(|| {
            let RefusedCall { at, address, code, privilege, channel, advice, can_allow_address } =
                json.get("Refused")?;
            Some(Self::Refused { at, address, code, privilege, channel, advice, can_allow_address })
        })
    }
}

impl FromJson for KeyCursor {
    fn from_json(json: &JsonValue) -> Option<Self> {
        String::from_json(json)?.parse().ok()
    }
}

impl FromJson for AuthHeader {
    fn from_json(json: &JsonValue) -> Option<Self> {
        Self::parse(&String::from_json(json)?)
    }
}

impl FromJson for Environment {
    fn from_json(json: &JsonValue) -> Option<Self> {
        Self::parse(&String::from_json(json)?)
    }
}

impl FromJson for Channel {
    fn from_json(json: &JsonValue) -> Option<Self> {
        Self::parse(&String::from_json(json)?)
    }
}

impl FromJson for KeyState {
    fn from_json(json: &JsonValue) -> Option<Self> {
        Self::parse(&String::from_json(json)?)
    }
}

impl FromJson for VerdictCode {
    fn from_json(json: &JsonValue) -> Option<Self> {
        let text = String::from_json(json)?;
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }
}

impl FromJson for FieldErrors {
    fn from_json(json: &JsonValue) -> Option<Self> {
        FromJson::from_json(json).map(Self)
    }
}

impl FromJson for AppError {
    fn from_json(json: &JsonValue) -> Option<Self> {
        let Some(name) = String::from_json(json) else {
            return json
                .get("Invalid")
                .map(Self::Invalid)
                .or_else(|| json.get("TooManyKeys").map(Self::TooManyKeys))
                .or_else(|| json.get("Limited").map(Self::Limited))
                .or_else(|| json.get("EditConflict").map(|conflict| Self::EditConflict(Box::new(conflict))));
        };
        Some(match name.as_str() {
            "SignedOut" => Self::SignedOut,
            "WrongCredentials" => Self::WrongCredentials,
            "Forbidden" => Self::Forbidden,
            "TwoFactorRequired" => Self::TwoFactorRequired,
            "OtherAccount" => Self::OtherAccount,
            "NotFound" => Self::NotFound,
            "SetupClosed" => Self::SetupClosed,
            "BadRequest" => Self::BadRequest,
            "Unavailable" => Self::Unavailable,
            _ => Self::Internal,
        })
    }
}
