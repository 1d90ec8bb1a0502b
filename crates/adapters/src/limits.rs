//! How a key's limits stand, as HTTP says it: `RateLimit-Policy`, `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10)
//! and `Retry-After`.

use std::fmt::Write as _;

use domain::explain::LimitStatus;
use domain::time::Millis;
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, HeaderValue};
use service::gate::Decision;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

/// What is told of a key's limits; nothing for a key without any.
#[derive(Debug, Default)]
pub(super) struct Told {
    fields: Option<(HeaderValue, HeaderValue)>,
    retry_after: Option<u64>,
}

impl Told {
    pub fn of(decision: &Decision) -> Self {
        if decision.limits.is_empty() {
            return Self::default();
        }
        let text = |text: String| HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
        let fields = (text(policy(&decision.limits)), text(state(&decision.limits, decision.now)));
        Self { fields: Some(fields), retry_after: retry_after(decision) }
    }

    /// Only when to try again.
    pub fn retry_after(seconds: u64) -> Self {
        Self { fields: None, retry_after: Some(seconds) }
    }

    pub fn put(self, headers: &mut HeaderMap) {
        if let Some((policy, state)) = self.fields {
            headers.insert(POLICY, policy);
            headers.insert(STATE, state);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

/// Says how a key's limits stand after a decision.
pub fn put(decision: &Decision, headers: &mut HeaderMap) {
    Told::of(decision).put(headers);
}

/// In how many seconds a refused call may be tried again; none if it was let in or waiting does not help.
pub fn retry_after(decision: &Decision) -> Option<u64> {
    decision.retry_at.map(|at| seconds(at - decision.now))
}

/// The name in the fields and in JSON.
pub(super) fn name(standing: &LimitStatus) -> &'static str {
    standing.allowance.meter.as_str()
}

/// Whole seconds until a moment, rounded up, so that whoever waits for them does not come too early.
pub(super) fn seconds(until: Millis) -> u64 {
    u64::try_from(until.max(0)).unwrap_or(0).div_ceil(1_000)
}

/// `"second";q=10;w=1, "uses";q=1000`
fn policy(limits: &[LimitStatus]) -> String {
    list(limits, |text, standing| {
        let _ = write!(text, ";q={}", standing.allowance.limit);
        if let Some(window) = standing.allowance.meter.seconds() {
            let _ = write!(text, ";w={window}");
        }
    })
}

/// `"second";r=9;t=1, "uses";r=999`
fn state(limits: &[LimitStatus], now: Millis) -> String {
    list(limits, |text, standing| {
        let _ = write!(text, ";r={}", standing.left);
        if let Some(at) = standing.resets_at {
            let _ = write!(text, ";t={}", seconds(at - now));
        }
    })
}

/// A list of structured fields (RFC 9651): a quoted name and its parameters each.
fn list(limits: &[LimitStatus], parameters: impl Fn(&mut String, &LimitStatus)) -> String {
    let mut text = String::with_capacity(limits.len() * 40);
    for standing in limits {
        if !text.is_empty() {
            text.push_str(", ");
        }
        let _ = write!(text, "\"{}\"", name(standing));
        parameters(&mut text, standing);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::limits::Limits;

    #[test]
    fn limits_are_told_as_the_draft_writes_them() {
        let now = 1_794_992_645_120;
        let limits = Limits::from_stored("second=10 hour=1000 uses=5").expect("good limits");
        let standing = |allowance: &domain::limits::Allowance| LimitStatus {
            allowance: *allowance,
            left: 4,
            resets_at: allowance.meter.period(now).end,
        };
        let limits: Vec<_> = limits.allowances().iter().map(standing).collect();
        assert_eq!(policy(&limits), "\"second\";q=10;w=1, \"hour\";q=1000;w=3600, \"uses\";q=5");
        assert_eq!(state(&limits, now), "\"second\";r=4;t=1, \"hour\";r=4;t=3355, \"uses\";r=4");
    }
}
