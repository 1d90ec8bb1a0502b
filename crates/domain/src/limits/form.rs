//! Limits as people type them, with a message for every field.

use serde::{Deserialize, Serialize};

use super::{Allowance, LIMIT_MAX, Limits, Meter};
use crate::form::FieldErrors;
use crate::text::grouped;

/// When a number of uses starts anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// The fields under "Limits and expiry" that count calls. An empty field is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsForm {
    /// Calls in each second, as typed.
    pub second: String,
    /// Calls in each minute, as typed.
    pub minute: String,
    /// Calls in each hour, as typed.
    pub hour: String,
    /// Calls in each day, as typed.
    pub day: String,
    /// How many uses, as typed.
    pub uses: String,
    /// When the uses are refilled.
    pub refill: Refill,
}

impl LimitsForm {
    /// Reads every field and notes a message for each bad one, under the field's name.
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
        let before = errors.0.len();
        let mut allowances = Vec::new();
        for (field, typed, meter) in fields {
            match number(typed) {
                Ok(limit) => allowances.extend(limit.map(|limit| Allowance { meter, limit })),
                Err(message) => errors.0.extend(FieldErrors::one(field, message).0),
            }
        }
        if self.uses.trim().is_empty() && self.refill != Refill::Never {
            let message = "Write how many uses are refilled, or choose \"Never\".";
            errors.0.extend(FieldErrors::one("uses", message).0);
        }
        if errors.0.len() > before { None } else { Limits::new(allowances) }
    }

    /// The fields as they are filled for a key that has these limits.
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

/// None for an empty field. A comma or a blank between groups of digits is read as people mean it; a point is not, as
/// it means two things.
fn number(typed: &str) -> Result<Option<u64>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let digits: String = typed.chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '\u{a0}' | '\u{202f}')).collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.is_empty() {
        return Err("Write a whole number, such as 1000, or leave it empty for no limit.".to_owned());
    }
    match digits.parse() {
        Ok(0) => Err("0 would let nothing in. Write 1 or more, or leave it empty for no limit.".to_owned()),
        Ok(number @ 1..=LIMIT_MAX) => Ok(Some(number)),
        _ => Err(format!("Write at most {}.", grouped(u128::from(LIMIT_MAX)))),
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
    fn typed_limits_become_limits_and_back() {
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
    fn every_bad_field_has_its_message() {
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
    fn the_largest_number_is_a_limit() {
        let form = LimitsForm { day: "1000000000000".into(), ..LimitsForm::default() };
        assert_eq!(check(&form).as_deref(), Ok("day=1000000000000"));
        let form = LimitsForm { day: "99999999999999999999999999".into(), ..LimitsForm::default() };
        assert_eq!(check(&form).expect_err("a long number").get("day"), Some("Write at most 1,000,000,000,000."));
    }
}
