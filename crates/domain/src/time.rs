//! The representation of time, and its formatting for people and programs. Reading the clock does not belong here: the
//! current time is always a parameter.

use ::time::{Date, Month, OffsetDateTime};

use crate::texts::time as texts;

/// Milliseconds since 1 January 1970, UTC.
pub type Millis = i64;

/// One day.
pub const DAY: Millis = 86_400_000;
const HOUR: Millis = 3_600_000;
const MINUTE: Millis = 60_000;

/// The first and the last time that has a four-digit year.
const FIRST: Millis = -62_135_596_800_000;
const LAST: Millis = 253_402_300_799_999;

/// Formats a date for people: `18 Nov 2026`.
pub fn date_utc(at: Millis) -> String {
    let time = date_time(at);
    texts::date(time.day(), u8::from(time.month()), time.year().unsigned_abs())
}

/// Formats a date for people, without its year if that is the year of `now`: `18 Nov`.
pub fn date_without_year_utc(at: Millis, now: Millis) -> String {
    let time = date_time(at);
    if time.year() == date_time(now).year() {
        texts::date_without_year(time.day(), u8::from(time.month()))
    } else {
        date_utc(at)
    }
}

/// Formats a date and time for people: `18 Nov 2026, 09:04 UTC`.
pub fn date_time_utc(at: Millis) -> String {
    texts::date_time(date_utc(at), clock_time(at))
}

/// Like [`date_time_utc`], without the year if that is the year of `now`: `18 Nov, 09:04 UTC`.
pub fn date_time_without_year_utc(at: Millis, now: Millis) -> String {
    texts::date_time(date_without_year_utc(at, now), clock_time(at))
}

/// The hour and minute, UTC: `09:04`.
fn clock_time(at: Millis) -> String {
    let time = date_time(at);
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Formats a time for programs, RFC 3339 in UTC with milliseconds: `2026-11-18T09:04:05.120Z`.
pub fn iso(at: Millis) -> String {
    let time = date_time(at);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        time.year(),
        u8::from(time.month()),
        time.day(),
        time.hour(),
        time.minute(),
        time.second(),
        time.millisecond()
    )
}

/// Parses a date such as `2026-11-18` as its midnight, UTC. The year has one to six digits.
pub fn parse_day(typed: &str) -> Option<Millis> {
    let mut parts = typed.splitn(3, '-').map(parse_digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    Some(date.midnight().assume_utc().unix_timestamp() * 1_000)
}

/// Parses a number of one to six ASCII digits.
pub(crate) fn parse_digits(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// Formats a time relative to `now`, for people: `just now`, `3 minutes ago`; after 30 days, the date.
pub fn ago(at: Millis, now: Millis) -> String {
    match now.saturating_sub(at) {
        ..MINUTE => texts::just_now().to_owned(),
        past if past > 30 * DAY => texts::on_date(date_utc(at)),
        past => match in_largest_unit(past) {
            (count, Unit::Day) => texts::days_ago(count),
            (count, Unit::Hour) => texts::hours_ago(count),
            (count, Unit::Minute) => texts::minutes_ago(count),
        },
    }
}

/// Formats a duration in its largest unit, rounded down: `5 days`, `1 hour`. For a sentence that says how much time is left.
pub fn format_duration(length: Millis) -> String {
    match in_largest_unit(length) {
        (count, Unit::Day) => texts::days(count),
        (count, Unit::Hour) => texts::hours(count),
        (count, Unit::Minute) => texts::minutes(count),
    }
}

enum Unit {
    Minute,
    Hour,
    Day,
}

fn in_largest_unit(length: Millis) -> (u64, Unit) {
    let (length, unit) = match length {
        DAY.. => (length / DAY, Unit::Day),
        HOUR.. => (length / HOUR, Unit::Hour),
        _ => (length / MINUTE, Unit::Minute),
    };
    (length.unsigned_abs(), unit)
}

/// Clamps to the years 1 to 9999, so that a wrong clock does not break a page.
fn date_time(at: Millis) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at.clamp(FIRST, LAST)) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_formatted_in_utc() {
        for (at, date, minute, exact) in [
            (0, "1 Jan 1970", "1 Jan 1970, 00:00 UTC", "1970-01-01T00:00:00.000Z"),
            (1_794_992_645_120, "18 Nov 2026", "18 Nov 2026, 09:04 UTC", "2026-11-18T09:04:05.120Z"),
            (1_709_164_800_000, "29 Feb 2024", "29 Feb 2024, 00:00 UTC", "2024-02-29T00:00:00.000Z"),
            (-1, "31 Dec 1969", "31 Dec 1969, 23:59 UTC", "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!((date_utc(at).as_str(), date_time_utc(at).as_str(), iso(at).as_str()), (date, minute, exact));
        }
    }

    #[test]
    fn the_year_is_left_out_if_it_is_this_year() {
        let now = 1_794_992_645_120;
        assert_eq!(date_time_without_year_utc(now, now), "18 Nov, 09:04 UTC");
        assert_eq!(date_without_year_utc(1_709_164_800_000, now), "29 Feb 2024");
    }

    #[test]
    fn durations_are_formatted_in_their_largest_unit() {
        let now = 1_794_992_645_120;
        for (past, text) in [
            (-5, "just now"),
            (59_999, "just now"),
            (60_000, "1 minute ago"),
            (3 * 60_000 + 59_000, "3 minutes ago"),
            (3_600_000, "1 hour ago"),
            (DAY - 1, "23 hours ago"),
            (DAY, "1 day ago"),
            (30 * DAY, "30 days ago"),
            (30 * DAY + 1, "on 19 Oct 2026"),
        ] {
            assert_eq!(ago(now - past, now), text);
        }
        assert_eq!(format_duration(0), "0 minutes");
    }

    #[test]
    fn a_date_is_its_midnight() {
        for (typed, at) in
            [("1970-01-01", 0), ("1970-01-02", DAY), ("2024-02-29", 1_709_164_800_000), ("1969-12-31", -DAY)]
        {
            assert_eq!(parse_day(typed), Some(at), "{typed}");
        }
        for typed in ["", "2026", "2026-11", "2026-11-31", "2026-13-01", "18.11.2026", "2026-11-18T09:04", "-1-01-01"] {
            assert_eq!(parse_day(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_time_beyond_the_calendar_is_clamped() {
        assert_eq!(iso(Millis::MAX), "9999-12-31T23:59:59.999Z");
        assert_eq!(iso(Millis::MIN), "0001-01-01T00:00:00.000Z");
    }
}
