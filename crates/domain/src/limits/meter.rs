//! Meters: what a limit counts, and in which time window.

use ::time::{Date, Month, OffsetDateTime};

use crate::time::Millis;
use crate::verdict::VerdictCode;
use crate::words::impl_words;

/// What a limit counts. Declared in the order in which limits are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meter {
    /// A rate: calls per second.
    Second,
    /// A rate: calls per minute.
    Minute,
    /// A rate: calls per hour.
    Hour,
    /// A rate: calls per day, UTC.
    Day,
    /// A quota that is never refilled.
    Uses,
    /// A quota refilled every day at 00:00 UTC.
    UsesPerDay,
    /// A quota refilled on the first of every month at 00:00 UTC.
    UsesPerMonth,
}

/// A window from `start` (inclusive) to `end` (exclusive); without an end for a quota that is never refilled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first millisecond.
    pub start: Millis,
    /// The start of the next window.
    pub end: Option<Millis>,
}

impl_words!(Meter {
    Second => "second",
    Minute => "minute",
    Hour => "hour",
    Day => "day",
    Uses => "uses",
    UsesPerDay => "uses-day",
    UsesPerMonth => "uses-month",
});

impl Meter {
    /// Whether it is a quota rather than a rate.
    pub fn counts_uses(self) -> bool {
        matches!(self, Self::Uses | Self::UsesPerDay | Self::UsesPerMonth)
    }

    /// The verdict on a call for which nothing is left.
    pub fn refusal(self) -> VerdictCode {
        if self.counts_uses() { VerdictCode::QuotaExceeded } else { VerdictCode::RateLimited }
    }

    /// The length of a window in seconds, with 30 days for a month. `None` if it never ends.
    pub fn seconds(self) -> Option<u32> {
        match self {
            Self::Second => Some(1),
            Self::Minute => Some(60),
            Self::Hour => Some(3_600),
            Self::Day | Self::UsesPerDay => Some(86_400),
            Self::Uses => None,
            Self::UsesPerMonth => Some(30 * 86_400),
        }
    }

    /// The window that contains `now`.
    pub fn period(self, now: Millis) -> Period {
        match self {
            Self::Uses => Period { start: 0, end: None },
            Self::UsesPerMonth => calendar_month(now),
            Self::Second => fixed_window(now, 1_000),
            Self::Minute => fixed_window(now, 60_000),
            Self::Hour => fixed_window(now, 3_600_000),
            Self::Day | Self::UsesPerDay => fixed_window(now, 86_400_000),
        }
    }
}

/// Unix time has no leap seconds, so all days are equally long and need no calendar.
fn fixed_window(now: Millis, length: Millis) -> Period {
    let start = now - now.rem_euclid(length);
    Period { start, end: Some(start + length) }
}

fn calendar_month(now: Millis) -> Period {
    let today = OffsetDateTime::from_unix_timestamp(now.div_euclid(1_000)).unwrap_or(OffsetDateTime::UNIX_EPOCH).date();
    let (year, month) = (today.year(), today.month());
    let next_year = if month == Month::December { year + 1 } else { year };
    Period { start: first_of(year, month), end: Some(first_of(next_year, month.next())) }
}

fn first_of(year: i32, month: Month) -> Millis {
    Date::from_calendar_date(year, month, 1)
        .map_or(Millis::MAX, |date| date.midnight().assume_utc().unix_timestamp() * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 18 November 2026, 09:04:05.120 UTC.
    const NOW: Millis = 1_794_992_645_120;

    #[test]
    fn windows_are_aligned_to_the_clock() {
        use crate::time::iso;
        for (meter, start, end) in [
            (Meter::Second, "2026-11-18T09:04:05.000Z", "2026-11-18T09:04:06.000Z"),
            (Meter::Minute, "2026-11-18T09:04:00.000Z", "2026-11-18T09:05:00.000Z"),
            (Meter::Hour, "2026-11-18T09:00:00.000Z", "2026-11-18T10:00:00.000Z"),
            (Meter::Day, "2026-11-18T00:00:00.000Z", "2026-11-19T00:00:00.000Z"),
            (Meter::UsesPerDay, "2026-11-18T00:00:00.000Z", "2026-11-19T00:00:00.000Z"),
            (Meter::UsesPerMonth, "2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"),
        ] {
            let period = meter.period(NOW);
            assert_eq!((iso(period.start).as_str(), period.end.map(iso).as_deref()), (start, Some(end)), "{meter:?}");
            // The start belongs to the window, the end to the next one.
            assert_eq!(meter.period(period.start), period);
            let end = period.end.expect("an end");
            assert_eq!(meter.period(end - 1), period);
            assert_eq!(meter.period(end).start, end);
        }
        assert_eq!(Meter::Uses.period(NOW), Period { start: 0, end: None });
    }

    #[test]
    fn month_windows_follow_the_calendar() {
        use crate::time::iso;
        for (now, end) in [
            (1_709_164_800_000, "2024-03-01T00:00:00.000Z"),
            (1_796_083_199_999, "2026-12-01T00:00:00.000Z"),
            (1_798_761_599_999, "2027-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(Meter::UsesPerMonth.period(now).end.map(iso).as_deref(), Some(end));
        }
    }

    #[test]
    fn meters_round_trip() {
        for meter in Meter::ALL {
            assert_eq!(Meter::parse(meter.as_str()), Some(meter));
        }
        assert_eq!(Meter::parse("week"), None);
    }
}
