//! Input for rotating and deleting keys: how long the previous secret keeps working, the reason for a deletion, and the
//! name that confirms it. Carrying out either belongs to `service`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::evidence::Evidence;
use crate::expiry::{ExpiryError, parse_expiry, parse_lifetime};
use crate::field_error::FieldErrors;
use crate::text::is_invisible;
use crate::texts::lifecycle as texts;
use crate::time::{Millis, date_time_utc};
use crate::views::KeyView;

/// The most characters of the reason for a deletion.
pub const DELETE_REASON_MAX: usize = 200;
/// The most keys of one bulk action.
pub const BULK_MAX: usize = 500;
/// How long deleted keys stay visible, in milliseconds.
pub const DELETED_VISIBLE_FOR: Millis = 30 * 24 * HOUR;

const HOUR: Millis = 3_600_000;

/// The form for rotating a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RotateForm {
    /// How long the previous secret keeps working: `none`, `1h`, `24h`, `7d`, or a date and time in UTC such as
    /// `2027-12-31T18:00`.
    pub overlap: String,
}

impl Default for RotateForm {
    fn default() -> Self {
        Self { overlap: "24h".into() }
    }
}

/// Why an overlap is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OverlapError {
    /// None of the choices, and not a date and time.
    #[error("{}", texts::overlap_malformed())]
    Malformed,
    /// The time has passed.
    #[error("{}", texts::overlap_past())]
    Past,
    /// After the year 9999.
    #[error("{}", texts::overlap_too_late())]
    TooLate,
    /// After the key's own expiry.
    #[error("{}", texts::overlap_after_expiry(date_time_utc(*.0)))]
    AfterKeyExpiry(Millis),
    /// The key has expired.
    #[error("{}", texts::overlap_of_expired_key())]
    KeyExpired,
}

impl RotateForm {
    /// Until when the previous secret works; `now` for not at all. `expires_at` is the key's own expiry.
    ///
    /// # Errors
    /// A message for the field `overlap`.
    pub fn check(&self, now: Millis, expires_at: Option<Millis>) -> Result<Millis, FieldErrors> {
        parse_overlap(&self.overlap, now, expires_at).map_err(|error| FieldErrors::one("overlap", error))
    }
}

fn parse_overlap(typed: &str, now: Millis, expires_at: Option<Millis>) -> Result<Millis, OverlapError> {
    let until = match typed.trim() {
        "none" => return Ok(now),
        "1h" => now + HOUR,
        "24h" => now + 24 * HOUR,
        "7d" => now + 7 * 24 * HOUR,
        // The durations of an expiry, such as `30d`, are not accepted for an overlap.
        typed if typed.is_empty() || parse_lifetime(typed).is_some() => return Err(OverlapError::Malformed),
        typed => match parse_expiry(typed, now, None) {
            Ok(Some(at)) => at,
            Ok(None) | Err(ExpiryError::Malformed) => return Err(OverlapError::Malformed),
            Err(ExpiryError::Past) => return Err(OverlapError::Past),
            Err(ExpiryError::TooLate | ExpiryError::Beyond { .. }) => return Err(OverlapError::TooLate),
        },
    };
    match expires_at {
        Some(end) if end <= now => Err(OverlapError::KeyExpired),
        Some(end) if end < until => Err(OverlapError::AfterKeyExpiry(end)),
        _ => Ok(until),
    }
}

/// The form in which a person deletes a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeleteForm {
    /// The reason as typed; empty for none.
    pub reason: String,
    /// The key's name as typed; needed for a key that is in use.
    pub confirm_name: String,
}

impl DeleteForm {
    /// Checks both fields for this key at `now`, so that all messages appear at once.
    ///
    /// # Errors
    /// One message per invalid field, `reason` and `confirm_name`.
    pub fn check(&self, key: &KeyView, now: Millis) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.collect("reason", parse_delete_reason(&self.reason));
        errors.collect("confirm_name", confirm_delete(key, &self.confirm_name, now));
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// Why a deletion is not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DeleteConfirmationError {
    /// Nothing was typed.
    #[error("{}", texts::name_missing())]
    Missing,
    /// Not the key's name.
    #[error("{}", texts::other_name())]
    OtherName,
}

/// Whether a person deletes this key only after typing its name: it was used within the last 24 hours.
pub fn needs_delete_confirmation(key: &KeyView, now: Millis) -> bool {
    Evidence::of(key, now).is_in_use
}

/// Upper and lower case count, surrounding white space does not, and white space within the name counts as a page shows
/// it: one space.
fn confirm_delete(key: &KeyView, typed: &str, now: Millis) -> Result<(), DeleteConfirmationError> {
    if !needs_delete_confirmation(key, now) || typed.split_whitespace().eq(key.name.split_whitespace()) {
        Ok(())
    } else if typed.trim().is_empty() {
        Err(DeleteConfirmationError::Missing)
    } else {
        Err(DeleteConfirmationError::OtherName)
    }
}

/// Why the reason for a deletion is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DeleteReasonError {
    /// More characters than allowed.
    #[error("{}", texts::reason_too_long(*.0, DELETE_REASON_MAX))]
    TooLong(usize),
    /// A line break, another control character, or an invisible one.
    #[error("{}", texts::reason_control())]
    Control,
}

/// Parses the reason for a deletion; an empty field is none.
///
/// # Errors
/// See [`DeleteReasonError`].
pub fn parse_delete_reason(typed: &str) -> Result<Option<String>, DeleteReasonError> {
    let reason = typed.trim();
    let len = reason.chars().count();
    if len > DELETE_REASON_MAX {
        return Err(DeleteReasonError::TooLong(len));
    }
    if reason.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Err(DeleteReasonError::Control);
    }
    Ok(Some(reason.to_owned()).filter(|reason| !reason.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 18 November 2026, 09:04:05.120 UTC.
    const NOW: Millis = 1_794_992_645_120;

    #[test]
    fn durations_and_times_are_parsed() {
        for (typed, until) in [
            ("none", NOW),
            ("1h", NOW + HOUR),
            ("24h", NOW + 24 * HOUR),
            (" 7d ", NOW + 168 * HOUR),
            ("2026-11-18T09:05", 1_794_992_700_000),
        ] {
            assert_eq!(parse_overlap(typed, NOW, None), Ok(until), "{typed}");
            assert_eq!(parse_overlap(typed, NOW, Some(until + 1)), Ok(until), "{typed}");
        }
        assert_eq!(RotateForm::default().check(NOW, None), Ok(NOW + 24 * HOUR));
    }

    #[test]
    fn malformed_and_past_overlaps_are_refused() {
        for (typed, error) in [
            ("", OverlapError::Malformed),
            ("30d", OverlapError::Malformed),
            ("2h", OverlapError::Malformed),
            ("tomorrow", OverlapError::Malformed),
            ("2026-11-18T09:04", OverlapError::Past),
        ] {
            assert_eq!(parse_overlap(typed, NOW, None), Err(error), "{typed}");
        }
    }

    #[test]
    fn the_previous_secret_never_outlives_the_key() {
        let end = NOW + 2 * HOUR;
        assert_eq!(parse_overlap("1h", NOW, Some(end)), Ok(NOW + HOUR));
        assert_eq!(parse_overlap("24h", NOW, Some(end)), Err(OverlapError::AfterKeyExpiry(end)));
        assert_eq!(parse_overlap("1h", NOW, Some(NOW)), Err(OverlapError::KeyExpired));
        assert_eq!(parse_overlap("none", NOW, Some(NOW - 1)), Ok(NOW));
        let errors = RotateForm { overlap: "24h".into() }.check(NOW, Some(end)).expect_err("too long");
        let message = "The key itself expires on 18 Nov 2026, 11:04 UTC. Choose a moment up to then.";
        assert_eq!(errors.get("overlap"), Some(message));
    }

    #[test]
    fn a_key_in_use_is_deleted_only_with_its_name() {
        let key = |name: &str, past| crate::evidence::tests::named_key(name, NOW - past);
        let (missing, other) = (Err(DeleteConfirmationError::Missing), Err(DeleteConfirmationError::OtherName));
        for (name, past, typed, outcome) in [
            ("Web shop", 0, "Web shop", Ok(())),
            ("Web shop", 0, " Web  shop\n", Ok(())),
            ("Web  shop", 23 * HOUR, "Web shop", Ok(())),
            ("Web\u{a0}shop", 0, "Web shop", Ok(())),
            ("Web shop", 0, "", missing),
            ("Web shop", 23 * HOUR, " \t", missing),
            ("Web shop", 0, "web shop", other),
            ("Web shop", 0, "Webshop", other),
            ("Web shop", 0, "Web shop!", other),
            ("Café", 0, "Cafe", other),
            ("Web shop", 24 * HOUR, "", Ok(())),
            ("Web shop", 24 * HOUR, "anything", Ok(())),
        ] {
            let key = key(name, past);
            assert_eq!(confirm_delete(&key, typed, NOW), outcome, "{name:?} {typed:?}");
            assert_eq!(needs_delete_confirmation(&key, NOW), past < 24 * HOUR);
            let form = DeleteForm { confirm_name: typed.to_owned(), ..DeleteForm::default() };
            let checked = form.check(&key, NOW);
            let message = outcome.err().map(|error| error.to_string());
            assert_eq!(checked.err().and_then(|errors| errors.get("confirm_name").map(str::to_owned)), message);
        }
        let form = DeleteForm { reason: "a\nb".into(), confirm_name: "x".into() };
        let errors = form.check(&key("Web shop", 0), NOW).expect_err("two messages");
        assert!(errors.get("reason").is_some() && errors.get("confirm_name").is_some());
        assert_eq!(DeleteForm::default().check(&key("Web shop", 24 * HOUR), NOW), Ok(()));
    }

    #[test]
    fn a_delete_reason_is_one_short_line_or_none() {
        assert_eq!(parse_delete_reason("  "), Ok(None));
        assert_eq!(parse_delete_reason(" Leaked in a log "), Ok(Some("Leaked in a log".into())));
        assert_eq!(
            parse_delete_reason(&"ä".repeat(200)).map(|reason| reason.map(|text| text.chars().count())),
            Ok(Some(200))
        );
        assert_eq!(parse_delete_reason(&"a".repeat(201)), Err(DeleteReasonError::TooLong(201)));
        for typed in ["a\nb", "a\u{202e}b", "a\0b"] {
            assert_eq!(parse_delete_reason(typed), Err(DeleteReasonError::Control), "{typed:?}");
        }
    }
}
