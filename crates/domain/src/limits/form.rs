//! The form for limits: numbers as people type them, with a message for every field.

use serde::{Deserialize, Serialize};

use super::{Allowance, LIMIT_MAX, Limits, Meter};
use crate::field_error::FieldErrors;
use crate::lists::group_digits;
use crate::texts::fields as texts;
use crate::words::impl_words;

/// When uses start anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Refill {
    /// Not at all.
    #[default]
    Never,
    /// Every day at 00:00 UTC.
    Day,
    /// On the first of every month at 00:00 UTC.
    Month,
}

impl_words!(Refill { Never => "never", Day => "day", Month => "month" });

/// The fields under "Limits and expiry" that limit calls. An empty field is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsForm {
    /// Calls per second, as typed.
    pub second: String,
    /// Calls per minute, as typed.
    pub minute: String,
    /// Calls per hour, as typed.
    pub hour: String,
    /// Calls per day, as typed.
    pub day: String,
    /// The number of uses, as typed.
    pub uses: String,
    /// When the uses are refilled.
    pub refill: Refill,
}

impl LimitsForm {
    /// Parses every field and adds a message for each invalid one, under the field's name. `None` if any is invalid.
    pub fn check(&self, errors: &mut FieldErrors) -> Option<Limits> {
        let uses = match self.refill {
            Refill::Never => Meter::Uses,
            Refill::Day => Meter::UsesPerDay,
            Refill::Month => Meter::UsesPerMonth,
        };
        let fields = [
            ("second", &self.second, Meter::Second),
            ("minute", &self.minute, Meter::Minute),
            ("hour", &self.hour, Meter::Hour),
            ("day", &self.day, Meter::Day),
            ("uses", &self.uses, uses),
        ];
        let errors_before = errors.0.len();
        let mut allowances = Vec::new();
        for (field, typed, meter) in fields {
            match parse_limit(typed) {
                Ok(limit) => allowances.extend(limit.map(|limit| Allowance { meter, limit })),
                Err(message) => errors.0.extend(FieldErrors::one(field, message).0),
            }
        }
        if self.uses.trim().is_empty() && self.refill != Refill::Never {
            errors.0.extend(FieldErrors::one("uses", texts::refill_without_uses()).0);
        }
        if errors.0.len() > errors_before { None } else { Limits::new(allowances) }
    }

    /// The form filled with the limits that a key has.
    pub fn from_limits(limits: &Limits) -> Self {
        let text = |meter| limits.get(meter).map(|limit| limit.to_string()).unwrap_or_default();
        let (uses, refill) = [(Meter::UsesPerDay, Refill::Day), (Meter::UsesPerMonth, Refill::Month)]
            .into_iter()
            .find(|(meter, _)| limits.get(*meter).is_some())
            .unwrap_or((Meter::Uses, Refill::Never));
        Self {
            second: text(Meter::Second),
            minute: text(Meter::Minute),
            hour: text(Meter::Hour),
            day: text(Meter::Day),
            uses: text(uses),
            refill,
        }
    }
}

/// Parses a limit; an empty field is none. Commas, spaces and underscores may group the digits; a point may not,
/// because it is ambiguous.
fn parse_limit(typed: &str) -> Result<Option<u64>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let digits: String = typed.chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '\u{a0}' | '\u{202f}')).collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.is_empty() {
        return Err(texts::limit_malformed().to_owned());
    }
    match digits.parse() {
        Ok(0) => Err(texts::limit_zero().to_owned()),
        Ok(number @ 1..=LIMIT_MAX) => Ok(Some(number)),
        _ => Err(texts::limit_too_large(group_digits(u128::from(LIMIT_MAX)))),
    }
}

/// A typed limit without grouping and zeros, so that equal limits are equal texts; what is not a limit, as typed.
pub(crate) fn canonical_limit(typed: &str) -> String {
    match parse_limit(typed) {
        Ok(limit) => limit.map(|limit| limit.to_string()).unwrap_or_default(),
        Err(_) => typed.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &LimitsForm) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        form.check(&mut errors).map(|limits| limits.to_stored()).ok_or(errors)
    }

    #[test]
    fn typed_limits_round_trip() {
        let form = LimitsForm {
            second: " 10 ".into(),
            hour: "1,000".into(),
            uses: "50 000".into(),
            refill: Refill::Month,
            ..LimitsForm::default()
        };
        assert_eq!(check(&form).as_deref(), Ok("second=10 hour=1000 uses-month=50000"));
        for stored in ["", "second=1 minute=2 hour=3 day=4 uses=5", "uses-day=1", "uses-month=1000000000000"] {
            let limits = Limits::from_stored(stored).expect("good limits");
            assert_eq!(check(&LimitsForm::from_limits(&limits)).as_deref(), Ok(stored));
        }
    }

    #[test]
    fn every_invalid_field_has_its_message() {
        let form = LimitsForm {
            second: "0".into(),
            minute: "1.5".into(),
            hour: "-1".into(),
            day: "1000000000001".into(),
            uses: String::new(),
            refill: Refill::Day,
        };
        let errors = check(&form).expect_err("five bad fields");
        for (field, message) in [
            ("second", "0 would let nothing in. Write 1 or more, or leave it empty for no limit."),
            ("minute", "Write a whole number, such as 1000, or leave it empty for no limit."),
            ("hour", "Write a whole number, such as 1000, or leave it empty for no limit."),
            ("day", "Write at most 1,000,000,000,000."),
            ("uses", "Write how many uses are refilled, or choose \"Never\"."),
        ] {
            assert_eq!(errors.get(field), Some(message));
        }
    }

    #[test]
    fn the_largest_limit_is_accepted() {
        let form = LimitsForm { day: "1000000000000".into(), ..LimitsForm::default() };
        assert_eq!(check(&form).as_deref(), Ok("day=1000000000000"));
        let form = LimitsForm { day: "99999999999999999999999999".into(), ..LimitsForm::default() };
        assert_eq!(check(&form).expect_err("a long number").get("day"), Some("Write at most 1,000,000,000,000."));
    }
}
