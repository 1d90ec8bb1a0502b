//! The errors of the console: what is wrong, and what to do about it.

use crate::AppError;

i18n::texts! { "errors";
    signed_out,
    wrong_credentials,
    forbidden,
    two_factor_required,
    not_found,
    other_account,
    too_many_keys(limit),
    invalid,
    last_owner,
    setup_closed,
    limited_seconds(seconds),
    limited_minutes(minutes),
    bad_request,
    unavailable,
    unreachable,
    internal,
}

/// The message of an error.
pub fn message(error: &AppError) -> String {
    let text = match error {
        AppError::TooManyKeys(limit) => return too_many_keys(*limit),
        AppError::EditConflict(conflict) => return conflict.summary.clone(),
        AppError::LinkClosed(reason) => return reason.clone(),
        AppError::Limited(seconds) => return limited(*seconds),
        AppError::SignedOut => signed_out(),
        AppError::WrongCredentials => wrong_credentials(),
        AppError::Forbidden => forbidden(),
        AppError::TwoFactorRequired => two_factor_required(),
        AppError::NotFound => not_found(),
        AppError::OtherAccount => other_account(),
        AppError::Invalid(_) => invalid(),
        AppError::LastOwner => last_owner(),
        AppError::SetupClosed => setup_closed(),
        AppError::BadRequest => bad_request(),
        AppError::Unavailable => unavailable(),
        AppError::Unreachable => unreachable(),
        AppError::Internal => internal(),
    };
    text.to_owned()
}

fn limited(seconds: u64) -> String {
    match seconds {
        0..=90 => limited_seconds(seconds.max(1)),
        _ => limited_minutes(seconds.div_ceil(60)),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_seconds_or_in_whole_minutes() {
        for (seconds, wait) in [
            (0, "1 second"),
            (1, "1 second"),
            (2, "2 seconds"),
            (90, "90 seconds"),
            (91, "2 minutes"),
            (120, "2 minutes"),
            (121, "3 minutes"),
        ] {
            let expected = format!("Too many attempts. Try again in {wait}.");
            assert_eq!(message(&AppError::Limited(seconds)), expected);
        }
    }
}
