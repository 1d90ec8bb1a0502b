//! What this node may still let in for one key: a token bucket for each limit, filled by leases from the database. No
//! method waits for anything but the counter's own lock.

use domain::explain::LimitStatus;
use domain::limits::{Allowance, Limits, Meter, Period};
use domain::time::Millis;
use domain::verdict::VerdictCode;
use parking_lot::Mutex;
use store::QuotaGrant;

/// The largest lease, whatever the limit.
const MAX_LEASE: u64 = 10_000;
/// How long a limit counts as exhausted after the database had nothing left, in milliseconds. Then it is asked again,
/// because another node may have returned a lease.
const EXHAUSTED_FOR: Millis = 1_000;

/// Counts the calls of one key on this node.
pub(crate) struct QuotaCounter {
    pub(super) key_id: Box<str>,
    limits: Limits,
    buckets: Mutex<Buckets>,
    /// Held while a lease is being acquired, so that waiting calls share it.
    pub(super) acquiring: tokio::sync::Mutex<()>,
}

struct Buckets {
    each: Vec<Bucket>,
    is_closed: bool,
}

/// The lease of one limit.
#[derive(Clone, Copy)]
struct Bucket {
    allowance: Allowance,
    period: Period,
    /// Leased from the database and not used yet.
    available: u64,
    /// Leased by all nodes in this window, `available` included, as far as this node knows.
    leased: u64,
    /// When the database had nothing left.
    exhausted_at: Option<Millis>,
}

/// The result of charging a call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ChargeOutcome {
    /// The cost was charged to every limit.
    Charged(Vec<LimitStatus>),
    /// One limit has too little left; nothing was charged to any.
    Refused { code: VerdictCode, retry_at: Option<Millis>, limits: Vec<LimitStatus> },
    /// Too little is available here, and the database may have more.
    NeedsLease(Vec<LeaseRequest>),
    /// The key's limits changed, and another counter has replaced this one.
    Closed,
}

/// A lease to acquire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LeaseRequest {
    pub(crate) meter: Meter,
    pub(crate) period: Millis,
    pub(crate) amount: u64,
    pub(crate) limit: u64,
}

/// The unused rest of a lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnusedLease {
    pub(super) meter: Meter,
    pub(super) period: Millis,
    pub(super) amount: u64,
}

impl QuotaCounter {
    pub(super) fn new(key_id: &str, limits: Limits) -> Self {
        let empty = |allowance: &Allowance| Bucket {
            allowance: *allowance,
            period: Period { start: Millis::MIN, end: None },
            available: 0,
            leased: 0,
            exhausted_at: None,
        };
        let each = limits.allowances().iter().map(empty).collect();
        Self {
            key_id: key_id.into(),
            limits,
            buckets: Mutex::new(Buckets { each, is_closed: false }),
            acquiring: tokio::sync::Mutex::default(),
        }
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Charges the cost of a call to every limit, or to none.
    pub(super) fn charge(&self, cost: u32, now: Millis) -> ChargeOutcome {
        let cost = u64::from(cost);
        let mut buckets = self.buckets.lock();
        if buckets.is_closed {
            return ChargeOutcome::Closed;
        }
        buckets.each.iter_mut().for_each(|bucket| bucket.roll_over(now));
        if let Some(refusing) = buckets.each.iter().find(|bucket| bucket.refuses(cost, now)) {
            return ChargeOutcome::Refused {
                code: refusing.allowance.meter.refusal(),
                // A cost above the limit does not fit into any later window either.
                retry_at: refusing.period.end.filter(|_| cost <= refusing.allowance.limit),
                limits: buckets.status(),
            };
        }
        let requests: Vec<LeaseRequest> = buckets
            .each
            .iter()
            .filter(|bucket| bucket.available < cost)
            .map(|bucket| bucket.lease_request(cost))
            .collect();
        if !requests.is_empty() {
            return ChargeOutcome::NeedsLease(requests);
        }
        buckets.each.iter_mut().for_each(|bucket| bucket.available -= cost);
        ChargeOutcome::Charged(buckets.status())
    }

    /// Adds a grant of the database. Returns the part that cannot be used here any more.
    pub(super) fn deposit(&self, request: &LeaseRequest, grant: &QuotaGrant, now: Millis) -> Option<UnusedLease> {
        let granted = u64::try_from(grant.granted).unwrap_or(0);
        let mut buckets = self.buckets.lock();
        let is_closed = buckets.is_closed;
        let bucket = buckets.each.iter_mut().find(|bucket| bucket.allowance.meter == request.meter && !is_closed);
        let Some(bucket) = bucket.filter(|bucket| bucket.period.start <= grant.period) else {
            return Some(UnusedLease { meter: request.meter, period: grant.period, amount: granted });
        };
        if grant.period > bucket.period.start {
            bucket.start_window(bucket.allowance.meter.period(grant.period));
        }
        bucket.available += granted;
        bucket.leased = u64::try_from(grant.used).unwrap_or(0);
        bucket.exhausted_at = (granted < request.amount).then_some(now);
        None
    }

    /// What is leased in the current window and not used yet.
    pub(super) fn unused(&self, now: Millis) -> Vec<UnusedLease> {
        let mut buckets = self.buckets.lock();
        buckets.each.iter_mut().for_each(|bucket| bucket.roll_over(now));
        buckets.each.iter().map(Bucket::unused).collect()
    }

    /// Closes the counter, which charges nothing from then on. Returns the unused leases.
    pub(super) fn close(&self) -> Vec<UnusedLease> {
        let mut buckets = self.buckets.lock();
        buckets.is_closed = true;
        let unused = buckets.each.iter().map(Bucket::unused).filter(|unused| unused.amount > 0).collect();
        buckets.each.iter_mut().for_each(|bucket| bucket.available = 0);
        unused
    }
}

impl Buckets {
    fn status(&self) -> Vec<LimitStatus> {
        self.each.iter().map(Bucket::status).collect()
    }
}

impl Bucket {
    /// Starts the window of this moment, unless a later one has started: another node's clock may be ahead.
    fn roll_over(&mut self, now: Millis) {
        let period = self.allowance.meter.period(now);
        if period.start > self.period.start {
            self.start_window(period);
        }
    }

    fn start_window(&mut self, period: Period) {
        (self.period, self.available, self.leased, self.exhausted_at) = (period, 0, 0, None);
    }

    fn refuses(&self, cost: u64, now: Millis) -> bool {
        let is_exhausted = self.exhausted_at.is_some_and(|at| (0..EXHAUSTED_FOR).contains(&(now - at)));
        cost > self.allowance.limit || (self.available < cost && is_exhausted)
    }

    /// The size of a lease: a quarter of a rate, because its window is short and several nodes share it; a hundredth of
    /// a quota, because a crash may lose the lease.
    fn lease_request(&self, cost: u64) -> LeaseRequest {
        let Allowance { meter, limit } = self.allowance;
        let share = if meter.counts_uses() { limit / 100 } else { limit.div_ceil(4) };
        let amount = (cost - self.available).max(share.min(MAX_LEASE));
        LeaseRequest { meter, period: self.period.start, amount, limit }
    }

    fn unused(&self) -> UnusedLease {
        UnusedLease { meter: self.allowance.meter, period: self.period.start, amount: self.available }
    }

    fn status(&self) -> LimitStatus {
        let used = self.leased.saturating_sub(self.available);
        let left = self.allowance.limit.saturating_sub(used);
        LimitStatus { allowance: self.allowance, left, resets_at: self.period.end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_794_992_645_120;

    fn counter(limits: &str) -> QuotaCounter {
        QuotaCounter::new("k1", Limits::from_stored(limits).expect("good limits"))
    }

    /// A database that grants what is requested, up to the limit.
    fn grant_all(counter: &QuotaCounter, requests: &[LeaseRequest], used: &mut i64, now: Millis) {
        for request in requests {
            let limit = i64::try_from(request.limit).expect("a small limit");
            let granted = i64::try_from(request.amount).expect("a small lease").min(limit - *used);
            *used += granted;
            assert_eq!(
                counter.deposit(request, &QuotaGrant { period: request.period, used: *used, granted }, now),
                None
            );
        }
    }

    /// Charges calls until one is refused; returns how many were charged.
    fn exhaust(counter: &QuotaCounter, used: &mut i64, now: Millis) -> u64 {
        for count in 0.. {
            match counter.charge(1, now) {
                ChargeOutcome::Charged(_) => {}
                ChargeOutcome::NeedsLease(requests) => {
                    grant_all(counter, &requests, used, now);
                    if !matches!(counter.charge(1, now), ChargeOutcome::Charged(_)) {
                        return count;
                    }
                }
                _ => return count,
            }
        }
        unreachable!()
    }

    #[test]
    fn window_admits_exactly_its_limit() {
        let counter = counter("minute=100");
        for window in 0..3 {
            assert_eq!(exhaust(&counter, &mut 0, NOW + window * 60_000), 100);
        }
    }

    #[test]
    fn refusal_by_one_limit_charges_no_other() {
        let counter = counter("second=1000 minute=1000 hour=3 uses=1000");
        let ChargeOutcome::NeedsLease(requests) = counter.charge(1, NOW) else { panic!("nothing is leased yet") };
        assert_eq!(requests.iter().map(|request| request.amount).collect::<Vec<_>>(), [250, 250, 1, 10]);
        for request in &requests {
            let limit = i64::try_from(request.limit).unwrap();
            counter.deposit(request, &QuotaGrant { period: request.period, used: limit, granted: limit }, NOW);
        }
        for left in [2, 1, 0] {
            let ChargeOutcome::Charged(limits) = counter.charge(1, NOW) else { panic!("there is enough") };
            assert_eq!(limits[2].left, left);
        }
        let ChargeOutcome::NeedsLease(requests) = counter.charge(1, NOW) else { panic!("the hour is used up here") };
        assert_eq!(requests.len(), 1);
        assert_eq!(
            counter.deposit(&requests[0], &QuotaGrant { period: requests[0].period, used: 3, granted: 0 }, NOW),
            None
        );
        for _ in 0..5 {
            let ChargeOutcome::Refused { code, retry_at, limits } = counter.charge(1, NOW) else {
                panic!("nothing is left")
            };
            assert_eq!((code, retry_at), (VerdictCode::RateLimited, Meter::Hour.period(NOW).end));
            assert_eq!(limits.iter().map(|one| one.left).collect::<Vec<_>>(), [997, 997, 0, 997]);
        }
    }

    #[test]
    fn costly_call_needs_its_whole_cost() {
        let counter = counter("uses=10");
        let mut used = 0;
        let ChargeOutcome::NeedsLease(requests) = counter.charge(7, NOW) else { panic!("nothing is leased yet") };
        grant_all(&counter, &requests, &mut used, NOW);
        assert!(matches!(counter.charge(7, NOW), ChargeOutcome::Charged(_)));
        let ChargeOutcome::NeedsLease(requests) = counter.charge(4, NOW) else { panic!("nothing is available") };
        grant_all(&counter, &requests, &mut used, NOW);
        let refused = |cost| {
            matches!(
                counter.charge(cost, NOW),
                ChargeOutcome::Refused { code: VerdictCode::QuotaExceeded, retry_at: None, .. }
            )
        };
        assert!(refused(4));
        assert!(refused(11));
        // The remaining three are still available, and a call of cost 0 always passes.
        assert!(matches!(counter.charge(3, NOW), ChargeOutcome::Charged(_)));
        assert!(matches!(counter.charge(0, NOW), ChargeOutcome::Charged(_)));
    }

    #[test]
    fn exhausted_limit_is_requested_again_after_a_second() {
        let counter = counter("uses=10");
        let ChargeOutcome::NeedsLease(requests) = counter.charge(1, NOW) else { panic!("nothing is leased yet") };
        counter.deposit(&requests[0], &QuotaGrant { period: 0, used: 10, granted: 0 }, NOW);
        assert!(matches!(counter.charge(1, NOW + EXHAUSTED_FOR - 1), ChargeOutcome::Refused { .. }));
        assert!(matches!(counter.charge(1, NOW + EXHAUSTED_FOR), ChargeOutcome::NeedsLease(_)));
    }

    #[test]
    fn grant_for_a_later_window_starts_it_and_one_for_an_earlier_is_returned() {
        let counter = counter("minute=100");
        let ChargeOutcome::NeedsLease(requests) = counter.charge(1, NOW) else { panic!("nothing is leased yet") };
        let later = requests[0].period + 60_000;
        assert_eq!(counter.deposit(&requests[0], &QuotaGrant { period: later, used: 100, granted: 2 }, NOW), None);
        let late = QuotaGrant { period: requests[0].period, used: 25, granted: 25 };
        let unused = UnusedLease { meter: Meter::Minute, period: requests[0].period, amount: 25 };
        assert_eq!(counter.deposit(&requests[0], &late, NOW), Some(unused));
        assert!(matches!(counter.charge(2, NOW), ChargeOutcome::Charged(_)));
    }

    #[test]
    fn closed_counter_returns_its_unused_leases() {
        let counter = counter("minute=100 uses=1000");
        let ChargeOutcome::NeedsLease(requests) = counter.charge(1, NOW) else { panic!("nothing is leased yet") };
        for request in &requests {
            let wanted = i64::try_from(request.amount).unwrap();
            counter.deposit(request, &QuotaGrant { period: request.period, used: wanted, granted: wanted }, NOW);
        }
        assert!(matches!(counter.charge(1, NOW), ChargeOutcome::Charged(_)));
        let unused = counter.close();
        assert_eq!(unused.iter().map(|one| one.amount).collect::<Vec<_>>(), [24, 9]);
        assert_eq!(counter.charge(1, NOW), ChargeOutcome::Closed);
        assert_eq!(counter.close(), []);
        let grant = QuotaGrant { period: requests[0].period, used: 50, granted: 25 };
        assert_eq!(counter.deposit(&requests[0], &grant, NOW).map(|unused| unused.amount), Some(25));
    }
}
