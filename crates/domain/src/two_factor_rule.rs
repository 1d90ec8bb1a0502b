//! The form with which an owner requires two-factor codes: from now on, or from a day within 90 days. Who still lacks
//! codes, and what that means for them, belongs to `service`.

use crate::field_error::FieldErrors;
use crate::texts::credentials as texts;
use crate::time::{DAY, Millis, date_utc, iso, parse_day};

/// How far ahead the day may be, in days.
pub const TWO_FACTOR_NOTICE_MAX: i64 = 90;

/// The form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequireTwoFactorForm {
    /// `now` or `date`.
    pub start: String,
    /// The first day on which codes are required, UTC, such as `2026-12-01`; read only if `start` is `date`.
    pub date: String,
}

impl RequireTwoFactorForm {
    /// From now on.
    #[must_use]
    pub fn now() -> Self {
        Self { start: "now".to_owned(), date: String::new() }
    }

    /// The time from which codes are required, in epoch milliseconds: `now`, or the midnight with which the day begins.
    ///
    /// # Errors
    /// A message for `start` or `date`.
    pub fn check(&self, now: Millis) -> Result<Millis, FieldErrors> {
        match self.start.as_str() {
            "now" => Ok(now),
            "date" => self.check_date(now),
            _ => Err(FieldErrors::one("start", texts::choose_start())),
        }
    }

    fn check_date(&self, now: Millis) -> Result<Millis, FieldErrors> {
        let (first, last) = choosable_days(now);
        let wrong = || FieldErrors::one("date", texts::choose_day(date_utc(first), date_utc(last)));
        parse_day(self.date.trim()).filter(|day| (first..=last).contains(day)).ok_or_else(wrong)
    }
}

/// The first and the last day that may be chosen, as their midnights in UTC: tomorrow, and 90 days from today.
#[must_use]
pub fn choosable_days(now: Millis) -> (Millis, Millis) {
    let today = now.div_euclid(DAY) * DAY;
    (today + DAY, today + TWO_FACTOR_NOTICE_MAX * DAY)
}

/// A day as a date field writes it: `2026-12-01`.
#[must_use]
pub fn date_field(day: Millis) -> String {
    iso(day).chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 18 Nov 2026, 09:04 UTC.
    const NOW: Millis = 1_794_992_645_120;

    #[test]
    fn a_day_begins_at_midnight_and_lies_within_90_days() {
        let check = |start: &str, date: &str| {
            RequireTwoFactorForm { start: start.to_owned(), date: date.to_owned() }.check(NOW)
        };
        assert_eq!(RequireTwoFactorForm::now().check(NOW), Ok(NOW));
        assert_eq!(check("now", "nonsense"), Ok(NOW), "the date is not read");
        for (date, expected) in [
            ("2026-11-17", None),
            ("2026-11-18", None),
            ("2026-11-19", Some(1_795_046_400_000)),
            (" 2026-12-01 ", Some(1_796_083_200_000)),
            ("2027-02-16", Some(1_802_736_000_000)),
            ("2027-02-17", None),
            ("", None),
            ("1 Dec", None),
        ] {
            let found = check("date", date);
            assert_eq!(found.clone().ok(), expected, "{date}");
            if let Err(errors) = found {
                assert_eq!(errors.get("date"), Some("Choose a day from 19 Nov 2026 to 16 Feb 2027."), "{date}");
            }
        }
        assert!(check("", "2026-12-01").is_err_and(|errors| errors.get("start").is_some()));
    }

    #[test]
    fn a_day_is_written_as_a_date_field_does() {
        let (first, last) = choosable_days(NOW);
        assert_eq!((date_field(first).as_str(), date_field(last).as_str()), ("2026-11-19", "2027-02-16"));
        assert_eq!(parse_day(&date_field(last)), Some(last));
    }
}
