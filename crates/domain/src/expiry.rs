//! Parsing and limiting a key's expiry. Whether a key has expired is decided by `verdict`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::texts::fields as texts;
use crate::time::{DAY, Millis, date_time_utc, iso, parse_day, parse_digits};

const MINUTE: Millis = 60_000;

/// Why an expiry is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum ExpiryError {
    /// Not a date and time.
    #[error("{}", texts::expiry_malformed())]
    Malformed,
    /// The time has passed.
    #[error("{}", texts::expiry_past())]
    Past,
    /// After the year 9999.
    #[error("{}", texts::expiry_too_late())]
    TooLate,
    /// Later than the operator's policy allows, or never.
    #[error("{}", texts::expiry_beyond(*days, date_time_utc(*latest)))]
    Beyond {
        /// The longest lifetime of a key, in days.
        days: usize,
        /// The latest expiry that is allowed now.
        latest: Millis,
    },
}

/// Parses a lifetime of days (`30d`) or years of 365 days (`1y`), at least one. Returns days.
pub fn parse_lifetime(typed: &str) -> Option<usize> {
    let (number, days) = match typed.strip_suffix('d') {
        Some(number) => (number, 1),
        None => (typed.strip_suffix('y')?, 365),
    };
    let number = usize::try_from(parse_digits(number)?).ok()?;
    number.checked_mul(days).filter(|days| *days > 0)
}

/// When a lifetime that starts now ends, rounded up to whole minutes.
fn expiry_after(now: Millis, days: usize) -> Millis {
    let length = Millis::try_from(days).unwrap_or(Millis::MAX).saturating_mul(DAY);
    now.saturating_add(length).saturating_add(MINUTE - 1).div_euclid(MINUTE) * MINUTE
}

/// Checks an expiry against the longest lifetime, in days from now; `None` does not limit it.
///
/// # Errors
/// [`ExpiryError::Beyond`].
pub fn check_lifetime(end: Option<Millis>, now: Millis, days: Option<usize>) -> Result<Option<Millis>, ExpiryError> {
    let Some(days) = days else { return Ok(end) };
    let latest = expiry_after(now, days);
    if end.is_some_and(|end| end <= latest) { Ok(end) } else { Err(ExpiryError::Beyond { days, latest }) }
}

/// Parses an expiry: empty for never, a lifetime such as `30d` or `1y`, or a date and time in UTC as browsers write
/// them (`2027-12-31T18:00`, seconds and a `Z` allowed). The result is in whole minutes, so that a form shows it
/// exactly; a lifetime is rounded up.
///
/// `unchanged` is the key's current expiry. It is accepted even if it has passed, so that an expired key can be
/// renamed.
///
/// # Errors
/// See [`ExpiryError`].
pub fn parse_expiry(typed: &str, now: Millis, unchanged: Option<Millis>) -> Result<Option<Millis>, ExpiryError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let lifetime_end = parse_lifetime(typed).map(|days| expiry_after(now, days));
    let at = lifetime_end.or_else(|| parse_date_time(typed)).ok_or(ExpiryError::Malformed)?;
    if at > 253_402_300_799_999 {
        Err(ExpiryError::TooLate)
    } else if at <= now && unchanged.map(minute) != Some(minute(at)) {
        Err(ExpiryError::Past)
    } else {
        Ok(Some(at))
    }
}

/// Formats an expiry as a form shows it and [`parse_expiry`] parses it: `2027-12-31T18:00`.
pub fn format_expiry(at: Millis) -> String {
    iso(at).chars().take("2027-12-31T18:00".len()).collect()
}

fn minute(at: Millis) -> Millis {
    at.div_euclid(MINUTE)
}

fn parse_date_time(typed: &str) -> Option<Millis> {
    let (date, time) = typed.strip_suffix('Z').unwrap_or(typed).split_once(['T', ' '])?;
    let mut time = time.splitn(3, ':').map(parse_digits);
    let (hour, minute) = (time.next()??, time.next()??);
    // Seconds are checked and dropped.
    let second = time.next().unwrap_or(Some(0))?;
    let minutes = (hour < 24 && minute < 60 && second < 60).then_some(hour * 60 + minute)?;
    Some(parse_day(date)? + Millis::from(minutes) * MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 18 November 2026, 09:04:05.120 UTC.
    const NOW: Millis = 1_794_992_645_120;

    #[test]
    fn lifetimes_and_times_are_parsed() {
        for (typed, at) in [
            ("", None),
            ("30d", Some("2026-12-18T09:05:00.000Z")),
            ("90d", Some("2027-02-16T09:05:00.000Z")),
            ("1y", Some("2027-11-18T09:05:00.000Z")),
            ("365d", Some("2027-11-18T09:05:00.000Z")),
            ("7d", Some("2026-11-25T09:05:00.000Z")),
            ("2027-12-31T18:00", Some("2027-12-31T18:00:00.000Z")),
            (" 2027-12-31 18:00:59Z ", Some("2027-12-31T18:00:00.000Z")),
            ("2028-02-29T00:00", Some("2028-02-29T00:00:00.000Z")),
            ("2026-11-18T09:05", Some("2026-11-18T09:05:00.000Z")),
            ("9999-12-31T23:59", Some("9999-12-31T23:59:00.000Z")),
        ] {
            assert_eq!(parse_expiry(typed, NOW, None).map(|at| at.map(iso)), Ok(at.map(str::to_owned)), "{typed}");
        }
    }

    #[test]
    fn malformed_and_past_expiries_are_refused() {
        for typed in [
            "tomorrow",
            "2027-12-31",
            "2027-02-29T00:00",
            "2027-13-01T00:00",
            "2027-12-31T24:00",
            "31.12.2027 18:00",
            "-1-1-1T0:0",
            "0d",
            "-1d",
            "d",
            "1w",
        ] {
            assert_eq!(parse_expiry(typed, NOW, None), Err(ExpiryError::Malformed), "{typed}");
        }
        for typed in ["2026-11-18T09:04", "1999-01-01T00:00"] {
            assert_eq!(parse_expiry(typed, NOW, None), Err(ExpiryError::Past), "{typed}");
        }
    }

    #[test]
    fn a_lifetime_is_days_or_years() {
        for (typed, days) in [("1d", Some(1)), ("90d", Some(90)), ("1y", Some(365)), ("10y", Some(3_650))] {
            assert_eq!(parse_lifetime(typed), days, "{typed}");
        }
        for typed in ["", "0d", "0y", "1", "1m", "1 d", "d", "-1d", "1.5y", "1D", "9999999d"] {
            assert_eq!(parse_lifetime(typed), None, "{typed}");
        }
        assert_eq!(parse_expiry("999999y", NOW, None), Err(ExpiryError::TooLate));
    }

    #[test]
    fn no_expiry_exceeds_the_longest_lifetime() {
        let latest = parse_expiry("90d", NOW, None).expect("a length");
        for end in [latest, Some(NOW + 1), Some(NOW - DAY)] {
            assert_eq!(check_lifetime(end, NOW, Some(90)), Ok(end), "{end:?}");
        }
        for end in [None, latest.map(|end| end + MINUTE)] {
            let refused = check_lifetime(end, NOW, Some(90)).expect_err("too long");
            let message = "A key lasts at most 90 days here. Choose an end up to 16 Feb 2027, 09:05 UTC.";
            assert_eq!(refused.to_string(), message, "{end:?}");
            assert_eq!(check_lifetime(end, NOW, None), Ok(end));
        }
    }

    #[test]
    fn an_unchanged_expiry_is_accepted_even_if_it_has_passed() {
        let end = NOW - 5 * DAY;
        let kept = parse_expiry(&format_expiry(end), NOW, Some(end)).expect("the same end").expect("an end");
        assert_eq!(format_expiry(kept), format_expiry(end));
        assert_eq!(parse_expiry(&format_expiry(end - MINUTE), NOW, Some(end)), Err(ExpiryError::Past));
    }
}
