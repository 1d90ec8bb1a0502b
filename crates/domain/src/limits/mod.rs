//! How often a key may be used: rates, several at once, and a number of uses. What a call takes and what is left is
//! counted by `service`; here is what a limit is, how it is typed, and when its window begins and ends.
//!
//! Windows are fixed and begin on the clock, in UTC: "100 a minute" is 100 from :00 to :59, not 100 in any sixty
//! seconds. A person can check that by looking at a log, and it is exact.

mod form;
mod meter;

pub use form::{LimitsForm, Refill};
pub use meter::{Meter, Period};

use std::fmt;

/// The largest number that a limit can have; JavaScript still counts it exactly.
pub const LIMIT_MAX: u64 = 1_000_000_000_000;
/// The most that one call can cost.
pub const COST_MAX: u32 = 1_000_000;

/// One limit: so much in each window of its meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Allowance {
    /// What is counted.
    pub meter: Meter,
    /// How much of it a window has, at least 1 and at most [`LIMIT_MAX`].
    pub limit: u64,
}

/// The limits of a key, at most one for each meter and at most one number of uses; none: unlimited. In the order in
/// which a call asks them: rates before uses, short windows before long ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Limits(Box<[Allowance]>);

/// Limits that no version of Keyhatch writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the limits of a key")]
pub struct StoredLimitsError;

impl Limits {
    fn new(unordered: Vec<Allowance>) -> Option<Self> {
        // Put in their places one by one: there are a few, and a sort is large in the browser's half.
        let mut allowances: Vec<Allowance> = Vec::with_capacity(unordered.len());
        for allowance in unordered {
            let at = allowances.partition_point(|other| other.meter <= allowance.meter);
            allowances.insert(at, allowance);
        }
        let is_good = allowances.iter().all(|allowance| (1..=LIMIT_MAX).contains(&allowance.limit));
        let differ = allowances.windows(2).all(|pair| pair[0].meter != pair[1].meter);
        let uses = allowances.iter().filter(|allowance| allowance.meter.counts_uses()).count();
        (is_good && differ && uses <= 1).then(|| Self(allowances.into()))
    }

    /// Reads what [`Self::to_stored`] wrote.
    pub fn from_stored(text: &str) -> Result<Self, StoredLimitsError> {
        let read = |part: &str| {
            let (meter, limit) = part.split_once('=')?;
            Some(Allowance { meter: Meter::parse(meter)?, limit: limit.parse().ok()? })
        };
        let allowances: Option<Vec<_>> = text.split_ascii_whitespace().map(read).collect();
        allowances.and_then(Self::new).ok_or(StoredLimitsError)
    }

    /// `second=10 hour=1000 uses-month=50000`.
    pub fn to_stored(&self) -> String {
        self.to_string()
    }

    /// Every limit, in the order in which a call asks them.
    pub fn allowances(&self) -> &[Allowance] {
        &self.0
    }

    /// The number for a meter.
    pub fn get(&self, meter: Meter) -> Option<u64> {
        self.0.iter().find(|allowance| allowance.meter == meter).map(|allowance| allowance.limit)
    }

    /// Whether nothing is limited.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For people: `10 a second, 1,000 an hour, 50,000 uses every month`.
    pub fn summary(&self) -> String {
        self.0.iter().map(Allowance::describe).collect::<Vec<_>>().join(", ")
    }
}

impl Allowance {
    /// For people: `10 a second`.
    pub fn describe(&self) -> String {
        let number = crate::text::group_digits(u128::from(self.limit));
        match self.meter {
            Meter::Second => format!("{number} a second"),
            Meter::Minute => format!("{number} a minute"),
            Meter::Hour => format!("{number} an hour"),
            Meter::Day => format!("{number} a day"),
            Meter::Uses => format!("{number} uses"),
            Meter::UsesPerDay => format!("{number} uses every day"),
            Meter::UsesPerMonth => format!("{number} uses every month"),
        }
    }
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Allowance { meter, limit }) in self.0.iter().enumerate() {
            write!(f, "{}{}={limit}", if at == 0 { "" } else { " " }, meter.as_str())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_they_were_stored() {
        for text in ["", "second=10", "second=10 minute=100 hour=1000 day=5000 uses-month=50000", "uses=1"] {
            assert_eq!(Limits::from_stored(text).map(|limits| limits.to_stored()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_no_version_wrote_is_refused() {
        let too_many = format!("uses={}", LIMIT_MAX + 1);
        for text in [
            "second",
            "second=",
            "second=0",
            "second=-1",
            "week=1",
            "second=1 second=2",
            "uses=1 uses-day=2",
            &too_many,
        ] {
            assert_eq!(Limits::from_stored(text), Err(StoredLimitsError), "{text}");
        }
    }

    #[test]
    fn rates_are_asked_before_uses_and_short_windows_first() {
        let limits = Limits::from_stored("uses-day=9 hour=5 second=1").expect("good limits");
        assert_eq!(limits.to_stored(), "second=1 hour=5 uses-day=9");
        assert_eq!(limits.summary(), "1 a second, 5 an hour, 9 uses every day");
        assert_eq!((limits.get(Meter::Hour), limits.get(Meter::Minute)), (Some(5), None));
    }
}
