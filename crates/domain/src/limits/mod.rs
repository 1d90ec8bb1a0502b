//! Rate limits and quotas: what a limit is, its form, and when its window begins and ends. Counting calls belongs to
//! the gate.
//!
//! Windows are fixed and aligned to the clock, in UTC: "100 a minute" is 100 from :00 to :59, not 100 in any sixty
//! seconds. That is exact, and a person can verify it in a log.

mod form;
mod meter;

pub(crate) use form::canonical_limit;
pub use form::{LimitsForm, Refill};
pub use meter::{Meter, Period};

use std::fmt;

use crate::lists::{comma_list, group_digits};
use crate::texts::limits as texts;

/// The largest limit; JavaScript represents it exactly.
pub const LIMIT_MAX: u64 = 1_000_000_000_000;
/// The largest cost of one call.
pub const COST_MAX: u32 = 1_000_000;

/// One limit: an amount per window of its meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Allowance {
    /// What is counted.
    pub meter: Meter,
    /// The amount per window, from 1 to [`LIMIT_MAX`].
    pub limit: u64,
}

/// The limits of a key, at most one per meter and at most one quota; empty for unlimited. In the order in which they
/// are checked: rates before quotas, short windows before long ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Limits(Box<[Allowance]>);

/// Stored limits that no version of Keyhatch writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the limits of a key")]
pub struct StoredLimitsError;

impl Limits {
    fn new(unordered: Vec<Allowance>) -> Option<Self> {
        // Insertion sort: there are at most seven, and a slice sort is large in wasm.
        let mut allowances: Vec<Allowance> = Vec::with_capacity(unordered.len());
        for allowance in unordered {
            let at = allowances.partition_point(|other| other.meter <= allowance.meter);
            allowances.insert(at, allowance);
        }
        let in_range = allowances.iter().all(|allowance| (1..=LIMIT_MAX).contains(&allowance.limit));
        let distinct = allowances.windows(2).all(|pair| pair[0].meter != pair[1].meter);
        let uses = allowances.iter().filter(|allowance| allowance.meter.counts_uses()).count();
        (in_range && distinct && uses <= 1).then(|| Self(allowances.into()))
    }

    /// Parses [`Self::to_stored`].
    ///
    /// # Errors
    /// [`StoredLimitsError`] for any other text.
    pub fn from_stored(text: &str) -> Result<Self, StoredLimitsError> {
        let parse = |part: &str| {
            let (meter, limit) = part.split_once('=')?;
            Some(Allowance { meter: Meter::parse(meter)?, limit: limit.parse().ok()? })
        };
        let allowances: Option<Vec<_>> = text.split_ascii_whitespace().map(parse).collect();
        allowances.and_then(Self::new).ok_or(StoredLimitsError)
    }

    /// `second=10 hour=1000 uses-month=50000`.
    pub fn to_stored(&self) -> String {
        self.to_string()
    }

    /// Every limit, in the order in which they are checked.
    pub fn allowances(&self) -> &[Allowance] {
        &self.0
    }

    /// The limit of a meter.
    pub fn get(&self, meter: Meter) -> Option<u64> {
        self.0.iter().find(|allowance| allowance.meter == meter).map(|allowance| allowance.limit)
    }

    /// Whether nothing is limited.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For people: `10 a second, 1,000 an hour, 50,000 uses every month`.
    pub fn summary(&self) -> String {
        comma_list(&self.0.iter().map(Allowance::describe).collect::<Vec<_>>())
    }
}

impl Allowance {
    /// For people: `10 a second`.
    pub fn describe(&self) -> String {
        let number = group_digits(u128::from(self.limit));
        match self.meter {
            Meter::Second => texts::per_second(number),
            Meter::Minute => texts::per_minute(number),
            Meter::Hour => texts::per_hour(number),
            Meter::Day => texts::per_day(number),
            Meter::Uses => texts::uses(self.limit, number),
            Meter::UsesPerDay => texts::uses_per_day(self.limit, number),
            Meter::UsesPerMonth => texts::uses_per_month(self.limit, number),
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
    fn stored_limits_round_trip() {
        for text in ["", "second=10", "second=10 minute=100 hour=1000 day=5000 uses-month=50000", "uses=1"] {
            assert_eq!(Limits::from_stored(text).map(|limits| limits.to_stored()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn malformed_stored_limits_are_refused() {
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
    fn rates_come_before_quotas_and_short_windows_first() {
        let limits = Limits::from_stored("uses-day=9 hour=5 second=1").expect("good limits");
        assert_eq!(limits.to_stored(), "second=1 hour=5 uses-day=9");
        assert_eq!(limits.summary(), "1 a second, 5 an hour, 9 uses every day");
        assert_eq!((limits.get(Meter::Hour), limits.get(Meter::Minute)), (Some(5), None));
    }
}
