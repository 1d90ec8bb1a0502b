//! The rate-limit headers of a response: `RateLimit-Policy`, `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10) and
//! `Retry-After`.

use std::fmt::Write as _;

use domain::explain::LimitStatus;
use domain::time::Millis;
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, HeaderValue};
use service::gate::Decision;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

/// The rate-limit headers of one decision; empty for a key without limits.
#[derive(Debug, Default)]
pub(super) struct RateLimitHeaders {
    fields: Option<(HeaderValue, HeaderValue)>,
    retry_after: Option<u64>,
}

impl RateLimitHeaders {
    pub fn from_decision(decision: &Decision) -> Self {
        if decision.limits.is_empty() {
            return Self::default();
        }
        let text = |text: String| HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
        let fields = (text(policy_value(&decision.limits)), text(state_value(&decision.limits, decision.now)));
        Self { fields: Some(fields), retry_after: retry_after_secs(decision) }
    }

    /// `Retry-After` alone.
    pub fn retry_after(seconds: u64) -> Self {
        Self { fields: None, retry_after: Some(seconds) }
    }

    pub fn insert_into(self, headers: &mut HeaderMap) {
        if let Some((policy, state)) = self.fields {
            headers.insert(POLICY, policy);
            headers.insert(STATE, state);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

/// Adds the rate-limit headers of a decision to a response.
pub fn insert_rate_limit_headers(decision: &Decision, headers: &mut HeaderMap) {
    RateLimitHeaders::from_decision(decision).insert_into(headers);
}

/// Seconds until a refused call may be retried. `None` if the call was allowed or a retry cannot succeed.
pub fn retry_after_secs(decision: &Decision) -> Option<u64> {
    decision.retry_at.map(|at| whole_seconds(at - decision.now))
}

/// A limit's name in the headers and in JSON.
pub(super) fn limit_name(status: &LimitStatus) -> &'static str {
    status.allowance.meter.as_str()
}

/// Milliseconds as whole seconds, rounded up so that a client that waits as long does not retry too early.
pub(super) fn whole_seconds(until: Millis) -> u64 {
    u64::try_from(until.max(0)).unwrap_or(0).div_ceil(1_000)
}

/// `"second";q=10;w=1, "uses";q=1000`
fn policy_value(limits: &[LimitStatus]) -> String {
    structured_list(limits, |text, status| {
        let _ = write!(text, ";q={}", status.allowance.limit);
        if let Some(window) = status.allowance.meter.seconds() {
            let _ = write!(text, ";w={window}");
        }
    })
}

/// `"second";r=9;t=1, "uses";r=999`
fn state_value(limits: &[LimitStatus], now: Millis) -> String {
    structured_list(limits, |text, status| {
        let _ = write!(text, ";r={}", status.left);
        if let Some(at) = status.resets_at {
            let _ = write!(text, ";t={}", whole_seconds(at - now));
        }
    })
}

/// A list of structured fields (RFC 9651): for each limit a quoted name and its parameters.
fn structured_list(limits: &[LimitStatus], parameters: impl Fn(&mut String, &LimitStatus)) -> String {
    let mut text = String::with_capacity(limits.len() * 40);
    for status in limits {
        if !text.is_empty() {
            text.push_str(", ");
        }
        let _ = write!(text, "\"{}\"", limit_name(status));
        parameters(&mut text, status);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::limits::Limits;

    #[test]
    fn headers_follow_the_ietf_draft() {
        let now = 1_794_992_645_120;
        let limits = Limits::from_stored("second=10 hour=1000 uses=5").expect("good limits");
        let status = |allowance: &domain::limits::Allowance| LimitStatus {
            allowance: *allowance,
            left: 4,
            resets_at: allowance.meter.period(now).end,
        };
        let limits: Vec<_> = limits.allowances().iter().map(status).collect();
        assert_eq!(policy_value(&limits), "\"second\";q=10;w=1, \"hour\";q=1000;w=3600, \"uses\";q=5");
        assert_eq!(state_value(&limits, now), "\"second\";r=4;t=1, \"hour\";r=4;t=3355, \"uses\";r=4");
    }
}
