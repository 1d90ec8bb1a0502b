//! What this node may still let in for one key: a purse for each limit, filled from the database. Nothing here waits
//! but for its own lock.

use domain::explain::LimitStatus;
use domain::limits::{Allowance, Limits, Meter, Period};
use domain::time::Millis;
use domain::verdict::VerdictCode;
use parking_lot::Mutex;
use store::QuotaGrant;

/// No more than this is taken in advance, whatever the limit.
const TAKEN_AT_MOST: u64 = 10_000;
/// A database that had nothing left is asked again after this time: another node may have given something back.
const EMPTY_FOR: Millis = 1_000;

/// Counts the calls of one key on this node.
pub(crate) struct Counter {
    pub(super) key_id: Box<str>,
    limits: Limits,
    purses: Mutex<Purses>,
    /// Held while the purses are being filled, so that waiting calls share what one of them asked for.
    pub(super) filling: tokio::sync::Mutex<()>,
}

struct Purses {
    each: Vec<Purse>,
    is_closed: bool,
}

#[derive(Clone, Copy)]
struct Purse {
    allowance: Allowance,
    period: Period,
    /// Taken from the database and not used yet.
    held: u64,
    /// What all nodes took in this window, `held` included, as far as is known here.
    taken: u64,
    /// When the database had nothing left.
    empty_at: Option<Millis>,
}

/// What became of a call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Its cost was taken from every limit.
    LetIn(Vec<LimitStatus>),
    /// One limit has too little left; nothing was taken from any.
    Refused { code: VerdictCode, retry_at: Option<Millis>, standings: Vec<LimitStatus> },
    /// Too little is held here, and the database may have more.
    Short(Vec<Wish>),
    /// The key's limits changed; it has another counter now.
    Closed,
}

/// What is wanted of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub meter: Meter,
    pub period: Millis,
    pub wanted: u64,
    pub limit: u64,
}

/// What was held and not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unused {
    pub meter: Meter,
    pub period: Millis,
    pub amount: u64,
}

impl Counter {
    pub fn new(key_id: &str, limits: Limits) -> Self {
        let unasked = |allowance: &Allowance| Purse {
            allowance: *allowance,
            period: Period { start: Millis::MIN, end: None },
            held: 0,
            taken: 0,
            empty_at: None,
        };
        let each = limits.allowances().iter().map(unasked).collect();
        Self {
            key_id: key_id.into(),
            limits,
            purses: Mutex::new(Purses { each, is_closed: false }),
            filling: tokio::sync::Mutex::default(),
        }
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Takes the cost of a call from every limit, or from none.
    pub fn take(&self, cost: u32, now: Millis) -> Taken {
        let cost = u64::from(cost);
        let mut purses = self.purses.lock();
        if purses.is_closed {
            return Taken::Closed;
        }
        purses.each.iter_mut().for_each(|purse| purse.turn(now));
        if let Some(refusing) = purses.each.iter().find(|purse| purse.refuses(cost, now)) {
            return Taken::Refused {
                code: refusing.allowance.meter.refusal(),
                // No later window has enough either.
                retry_at: refusing.period.end.filter(|_| cost <= refusing.allowance.limit),
                standings: purses.standings(),
            };
        }
        let wishes: Vec<Wish> =
            purses.each.iter().filter(|purse| purse.held < cost).map(|purse| purse.wish(cost)).collect();
        if !wishes.is_empty() {
            return Taken::Short(wishes);
        }
        purses.each.iter_mut().for_each(|purse| purse.held -= cost);
        Taken::LetIn(purses.standings())
    }

    /// Puts in what the database gave. What cannot be used here any more is returned.
    pub fn put(&self, wish: &Wish, grant: &QuotaGrant, now: Millis) -> Option<Unused> {
        let granted = u64::try_from(grant.granted).unwrap_or(0);
        let mut purses = self.purses.lock();
        let is_closed = purses.is_closed;
        let purse = purses.each.iter_mut().find(|purse| purse.allowance.meter == wish.meter && !is_closed);
        let Some(purse) = purse.filter(|purse| purse.period.start <= grant.period) else {
            return Some(Unused { meter: wish.meter, period: grant.period, amount: granted });
        };
        if grant.period > purse.period.start {
            purse.begin(purse.allowance.meter.period(grant.period));
        }
        purse.held += granted;
        purse.taken = u64::try_from(grant.used).unwrap_or(0);
        purse.empty_at = (granted < wish.wanted).then_some(now);
        None
    }

    /// What was taken in this window and not used yet.
    pub fn held(&self, now: Millis) -> Vec<Unused> {
        let mut purses = self.purses.lock();
        purses.each.iter_mut().for_each(|purse| purse.turn(now));
        purses.each.iter().map(Purse::unused).collect()
    }

    /// Ends it: no call is counted here any more. What was held is returned, to be given back.
    pub fn close(&self) -> Vec<Unused> {
        let mut purses = self.purses.lock();
        purses.is_closed = true;
        let unused: Vec<Unused> = purses.each.iter().map(Purse::unused).filter(|unused| unused.amount > 0).collect();
        purses.each.iter_mut().for_each(|purse| purse.held = 0);
        unused
    }
}

impl Purses {
    fn standings(&self) -> Vec<LimitStatus> {
        self.each.iter().map(Purse::standing).collect()
    }
}

impl Purse {
    /// Begins the window of this moment, unless a later one has begun: a clock may be behind another node's.
    fn turn(&mut self, now: Millis) {
        let period = self.allowance.meter.period(now);
        if period.start > self.period.start {
            self.begin(period);
        }
    }

    fn begin(&mut self, period: Period) {
        (self.period, self.held, self.taken, self.empty_at) = (period, 0, 0, None);
    }

    fn refuses(&self, cost: u64, now: Millis) -> bool {
        let is_known_empty = self.empty_at.is_some_and(|at| (0..EMPTY_FOR).contains(&(now - at)));
        cost > self.allowance.limit || (self.held < cost && is_known_empty)
    }

    /// A quarter of a rate at once, as its window is short and several nodes share it; a hundredth of a quota, as a
    /// crash may lose that much of it.
    fn wish(&self, cost: u64) -> Wish {
        let Allowance { meter, limit } = self.allowance;
        let share = if meter.counts_uses() { limit / 100 } else { limit.div_ceil(4) };
        let wanted = (cost - self.held).max(share.min(TAKEN_AT_MOST));
        Wish { meter, period: self.period.start, wanted, limit }
    }

    fn unused(&self) -> Unused {
        Unused { meter: self.allowance.meter, period: self.period.start, amount: self.held }
    }

    fn standing(&self) -> LimitStatus {
        let used = self.taken.saturating_sub(self.held);
        let left = self.allowance.limit.saturating_sub(used);
        LimitStatus { allowance: self.allowance, left, resets_at: self.period.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_794_992_645_120;

    fn counter(limits: &str) -> Counter {
        Counter::new("k1", Limits::from_stored(limits).expect("good limits"))
    }

    /// A database that gives what it is asked for, up to the limit.
    fn fill(counter: &Counter, wishes: &[Wish], used: &mut i64, now: Millis) {
        for wish in wishes {
            let limit = i64::try_from(wish.limit).expect("a small limit");
            let granted = i64::try_from(wish.wanted).expect("a small wish").min(limit - *used);
            *used += granted;
            assert_eq!(counter.put(wish, &QuotaGrant { period: wish.period, used: *used, granted }, now), None);
        }
    }

    /// Calls until one is refused; how many were let in.
    fn exhaust(counter: &Counter, used: &mut i64, now: Millis) -> u64 {
        for count in 0.. {
            match counter.take(1, now) {
                Taken::LetIn(_) => {}
                Taken::Short(wishes) => {
                    fill(counter, &wishes, used, now);
                    if !matches!(counter.take(1, now), Taken::LetIn(_)) {
                        return count;
                    }
                }
                _ => return count,
            }
        }
        unreachable!()
    }

    #[test]
    fn a_window_has_exactly_its_limit() {
        let counter = counter("minute=100");
        for window in 0..3 {
            assert_eq!(exhaust(&counter, &mut 0, NOW + window * 60_000), 100);
        }
    }

    #[test]
    fn one_denial_takes_nothing_from_the_others() {
        let counter = counter("second=1000 minute=1000 hour=3 uses=1000");
        let Taken::Short(wishes) = counter.take(1, NOW) else { panic!("nothing is held yet") };
        assert_eq!(wishes.iter().map(|wish| wish.wanted).collect::<Vec<_>>(), [250, 250, 1, 10]);
        for wish in &wishes {
            let limit = i64::try_from(wish.limit).unwrap();
            counter.put(wish, &QuotaGrant { period: wish.period, used: limit, granted: limit }, NOW);
        }
        for left in [2, 1, 0] {
            let Taken::LetIn(standings) = counter.take(1, NOW) else { panic!("there is enough") };
            assert_eq!(standings[2].left, left);
        }
        let Taken::Short(wishes) = counter.take(1, NOW) else { panic!("the hour is used up here") };
        assert_eq!(wishes.len(), 1);
        assert_eq!(counter.put(&wishes[0], &QuotaGrant { period: wishes[0].period, used: 3, granted: 0 }, NOW), None);
        for _ in 0..5 {
            let Taken::Refused { code, retry_at, standings } = counter.take(1, NOW) else { panic!("nothing is left") };
            assert_eq!((code, retry_at), (VerdictCode::RateLimited, Meter::Hour.period(NOW).end));
            assert_eq!(standings.iter().map(|one| one.left).collect::<Vec<_>>(), [997, 997, 0, 997]);
        }
    }

    #[test]
    fn a_costly_call_needs_enough_at_once() {
        let counter = counter("uses=10");
        let mut used = 0;
        let Taken::Short(wishes) = counter.take(7, NOW) else { panic!("nothing is held yet") };
        fill(&counter, &wishes, &mut used, NOW);
        assert!(matches!(counter.take(7, NOW), Taken::LetIn(_)));
        let Taken::Short(wishes) = counter.take(4, NOW) else { panic!("nothing is held") };
        fill(&counter, &wishes, &mut used, NOW);
        let refused = |cost| {
            matches!(counter.take(cost, NOW), Taken::Refused { code: VerdictCode::QuotaExceeded, retry_at: None, .. })
        };
        assert!(refused(4));
        assert!(refused(11));
        // The three that are left are still there, and a call that costs nothing always passes.
        assert!(matches!(counter.take(3, NOW), Taken::LetIn(_)));
        assert!(matches!(counter.take(0, NOW), Taken::LetIn(_)));
    }

    #[test]
    fn an_empty_database_is_asked_again_after_a_second() {
        let counter = counter("uses=10");
        let Taken::Short(wishes) = counter.take(1, NOW) else { panic!("nothing is held yet") };
        counter.put(&wishes[0], &QuotaGrant { period: 0, used: 10, granted: 0 }, NOW);
        assert!(matches!(counter.take(1, NOW + EMPTY_FOR - 1), Taken::Refused { .. }));
        assert!(matches!(counter.take(1, NOW + EMPTY_FOR), Taken::Short(_)));
    }

    #[test]
    fn a_grant_of_a_later_window_begins_it_and_one_of_an_earlier_is_returned() {
        let counter = counter("minute=100");
        let Taken::Short(wishes) = counter.take(1, NOW) else { panic!("nothing is held yet") };
        let later = wishes[0].period + 60_000;
        assert_eq!(counter.put(&wishes[0], &QuotaGrant { period: later, used: 100, granted: 2 }, NOW), None);
        let late = QuotaGrant { period: wishes[0].period, used: 25, granted: 25 };
        let unused = Unused { meter: Meter::Minute, period: wishes[0].period, amount: 25 };
        assert_eq!(counter.put(&wishes[0], &late, NOW), Some(unused));
        assert!(matches!(counter.take(2, NOW), Taken::LetIn(_)));
    }

    #[test]
    fn closing_returns_what_was_not_used() {
        let counter = counter("minute=100 uses=1000");
        let Taken::Short(wishes) = counter.take(1, NOW) else { panic!("nothing is held yet") };
        for wish in &wishes {
            let wanted = i64::try_from(wish.wanted).unwrap();
            counter.put(wish, &QuotaGrant { period: wish.period, used: wanted, granted: wanted }, NOW);
        }
        assert!(matches!(counter.take(1, NOW), Taken::LetIn(_)));
        let unused = counter.close();
        assert_eq!(unused.iter().map(|one| one.amount).collect::<Vec<_>>(), [24, 9]);
        assert_eq!(counter.take(1, NOW), Taken::Closed);
        assert_eq!(counter.close(), []);
        let grant = QuotaGrant { period: wishes[0].period, used: 50, granted: 25 };
        assert_eq!(counter.put(&wishes[0], &grant, NOW).map(|unused| unused.amount), Some(25));
    }
}
