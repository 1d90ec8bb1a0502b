//! Our types as the browser reads them: by the names that serde writes.

use super::json::{Json, Read, readable};
use crate::AppError;
use crate::access::{SetUpInitialState, SignInInitialState};
use crate::keys::Start;
use crate::keys::server::{Issued, Stale};
use crate::layout::ProfileMenuInitialState;
use domain::explain::{CheckResult, Explanation};
use domain::form::{FieldError, FieldErrors};
use domain::key::Environment;
use domain::policy::Policy;
use domain::privilege::Module;
use domain::verdict::{Channel, VerdictCode};
use domain::views::{Cursor, KeyPage, KeyState, KeyView, LastUse};

readable!(ProfileMenuInitialState { email });
readable!(SignInInitialState { next problem });
readable!(SetUpInitialState { token problem });
readable!(Start { page search environment state now policy my_address may_manage place about message });
readable!(Policy {
    product_name key_prefix api_url name_max whitelist_max keys_per_account keys_per_sub_account sub_account_depth
    page_size privileges_fixed whitelist_required last_chars_shown lifetime_max default_expiry channels environments
    modules
});
readable!(Module { id label actions });
readable!(KeyPage { keys next total limit });
readable!(Cursor { created_at id });
readable!(LastUse { at address });
readable!(Stale { key said differences });
readable!(Issued { key secret pdf });
readable!(FieldError { field message });
readable!(Explanation { code checks advice });
readable!(CheckResult { name passed finding });
readable!(KeyView {
    id name masked environment whitelist privileges limits expires_at enabled created_at created_by updated_at updated_by
    revision last_use old_secret_until old_secret_used_at needs_rotation deleted_at delete_reason
});

impl Read for Environment {
    fn read(json: &Json) -> Option<Self> {
        Self::parse(&String::read(json)?)
    }
}

impl Read for Channel {
    fn read(json: &Json) -> Option<Self> {
        Self::parse(&String::read(json)?)
    }
}

impl Read for KeyState {
    fn read(json: &Json) -> Option<Self> {
        Self::parse(&String::read(json)?)
    }
}

impl Read for VerdictCode {
    fn read(json: &Json) -> Option<Self> {
        let word = String::read(json)?;
        Self::ALL.into_iter().find(|code| code.as_str() == word)
    }
}

impl Read for FieldErrors {
    fn read(json: &Json) -> Option<Self> {
        Read::read(json).map(Self)
    }
}

impl Read for AppError {
    fn read(json: &Json) -> Option<Self> {
        let Some(word) = String::read(json) else {
            return json
                .get("Invalid")
                .map(Self::Invalid)
                .or_else(|| json.get("TooManyKeys").map(Self::TooManyKeys))
                .or_else(|| json.get("Limited").map(Self::Limited))
                .or_else(|| json.get("Stale").map(|stale| Self::Stale(Box::new(stale))));
        };
        Some(match word.as_str() {
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
