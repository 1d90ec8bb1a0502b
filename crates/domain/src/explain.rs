//! Explains, check by check and in words for people, why a call would be allowed or refused. It agrees with
//! `verdict::decide`. The status of the limits is an input, counted by `service`.

use serde::{Deserialize, Serialize};

use std::net::IpAddr;

use crate::limits::{Allowance, COST_MAX};
use crate::lists::group_digits;
use crate::texts::explain_checks as texts;
use crate::time::{Millis, date_time_utc};
use crate::verdict::{Channel, KeyRules, VerdictCode};
use crate::whitelist::Whitelist;

/// The status of one limit of a key at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitStatus {
    /// The limit.
    pub allowance: Allowance,
    /// The amount left in this window.
    pub left: u64,
    /// When the next window begins; `None` for uses that are never refilled.
    pub resets_at: Option<Millis>,
}

impl LimitStatus {
    /// The amount left, with its digits grouped.
    pub fn left_text(&self) -> String {
        group_digits(u128::from(self.left))
    }
}

/// One check of a call, and its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// The check's name, such as `Address`.
    pub name: String,
    /// Whether the call passes it.
    pub passed: bool,
    /// What was found, as a sentence.
    pub finding: String,
}

/// The whole explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The verdict that the gate would give.
    pub code: VerdictCode,
    /// Every check, in the order in which the gate makes them; the first that failed decides.
    pub checks: Vec<CheckResult>,
    /// The one thing to change so that the call passes the check that decided; `None` for a valid call.
    pub advice: Option<String>,
}

/// The key that [`explain`] explains a call with.
#[derive(Clone, Copy, Debug)]
pub struct ExplainedKey<'a> {
    /// The key's rules.
    pub rules: KeyRules<'a>,
    /// The whitelist that is compiled in the rules; its entries are quoted.
    pub whitelist: &'a Whitelist,
    /// The status of its limits, in the order in which they are checked.
    pub limits: &'a [LimitStatus],
}

/// A call that is only imagined: what a [`CallRequest`](crate::verdict::CallRequest) carries besides its credential.
#[derive(Clone, Copy, Debug)]
pub struct HypotheticalCall<'a> {
    /// The caller's address; `None` if it is not known.
    pub address: Option<IpAddr>,
    /// The privilege that the call would need, if any.
    pub privilege: Option<&'a str>,
    /// The channel that the call would come through, if it is named.
    pub channel: Option<Channel>,
    /// How much of the key's limits the call would use; 1 is a plain call.
    pub cost: u32,
}

struct CheckOutcome {
    check: CheckResult,
    code: VerdictCode,
    advice: String,
}

/// Runs every check at the time `now`, including those after the first that fails.
pub fn explain(key: &ExplainedKey<'_>, call: &HypotheticalCall<'_>, now: Millis) -> Explanation {
    let mut outcomes = vec![
        check_enabled(&key.rules),
        check_expiry(&key.rules, now),
        check_channel(key.rules.channel, call.channel),
        check_address(key.whitelist, call.address),
        check_privilege(&key.rules, call.privilege),
    ];
    outcomes.extend(key.limits.iter().map(|status| check_limit(status, call.cost.min(COST_MAX))));
    let failed = outcomes.iter().find(|outcome| !outcome.check.passed);
    let (code, advice) =
        failed.map_or((VerdictCode::Valid, None), |outcome| (outcome.code, Some(outcome.advice.clone())));
    Explanation { code, advice, checks: outcomes.into_iter().map(|outcome| outcome.check).collect() }
}

fn outcome(
    name: &str,
    code: VerdictCode,
    passed: bool,
    finding: impl Into<String>,
    advice: impl Into<String>,
) -> CheckOutcome {
    let check = CheckResult { name: name.to_owned(), passed, finding: finding.into() };
    CheckOutcome { check, code, advice: advice.into() }
}

fn check_enabled(rules: &KeyRules<'_>) -> CheckOutcome {
    let finding = if rules.enabled { texts::is_enabled() } else { texts::is_disabled() };
    outcome(texts::enabled(), VerdictCode::Disabled, rules.enabled, finding, texts::enable())
}

fn check_expiry(rules: &KeyRules<'_>, now: Millis) -> CheckOutcome {
    let passed = rules.expires_at.is_none_or(|end| now < end);
    let finding = match rules.expires_at {
        None => texts::never_expires().to_owned(),
        Some(end) if passed => texts::expires_on(date_time_utc(end)),
        Some(end) => texts::expired_on(date_time_utc(end)),
    };
    outcome(texts::expiry(), VerdictCode::Expired, passed, finding, texts::choose_later_expiry())
}

fn check_channel(required: Option<Channel>, named: Option<Channel>) -> CheckOutcome {
    let passed = required.is_none() || required == named;
    let finding = match (required, named) {
        (None, _) => texts::any_channel().to_owned(),
        (Some(required), _) if passed => texts::for_channel(required.as_str()),
        (Some(required), Some(named)) => texts::for_other_channel(required.as_str(), named.as_str()),
        (Some(required), None) => texts::for_unnamed_channel(required.as_str()),
    };
    let advice = match named {
        Some(named) => texts::use_key_for(named.as_str()),
        None => texts::configure_channel().to_owned(),
    };
    outcome(texts::channel(), VerdictCode::ChannelNotAllowed, passed, finding, advice)
}

fn check_address(whitelist: &Whitelist, address: Option<IpAddr>) -> CheckOutcome {
    let checked = |passed, finding: String, advice: String| {
        outcome(texts::address(), VerdictCode::IpNotAllowed, passed, finding, advice)
    };
    if whitelist.is_empty() {
        return checked(true, texts::any_address().to_owned(), String::new());
    }
    let Some(address) = address else {
        return checked(false, texts::address_unknown().to_owned(), texts::configure_address().to_owned());
    };
    let written = address.to_string();
    match whitelist.entries().iter().find(|entry| entry.contains(address)) {
        Some(entry) if entry.is_single() => checked(true, texts::address_listed(written), String::new()),
        Some(entry) => checked(true, texts::address_in(written, entry.to_string()), String::new()),
        None => {
            let finding = texts::address_not_listed(&written, whitelist.summary());
            checked(false, finding, texts::add_address(written))
        }
    }
}

fn check_privilege(rules: &KeyRules<'_>, needed: Option<&str>) -> CheckOutcome {
    let passed = needed.is_none_or(|needed| rules.privileges.allows(needed));
    let (finding, advice) = match needed {
        None => (texts::no_privilege_needed().to_owned(), String::new()),
        Some(needed) if passed => (texts::has_privilege(needed), String::new()),
        Some(needed) => (texts::lacks_privilege(needed), texts::tick_privilege(needed)),
    };
    outcome(texts::privilege(), VerdictCode::PrivilegeMissing, passed, finding, advice)
}

fn check_limit(status: &LimitStatus, cost: u32) -> CheckOutcome {
    let LimitStatus { allowance, left, resets_at } = status;
    let passed = *left >= u64::from(cost);
    let until = resets_at.map(date_time_utc);
    let (left, limit) = (status.left_text(), allowance.describe());
    let finding = match &until {
        _ if passed => texts::left(left, limit),
        Some(until) => texts::too_little_left_until(left, limit, until, cost),
        None => texts::too_little_left(left, limit, cost),
    };
    let advice = match until {
        _ if u64::from(cost) > allowance.limit => texts::raise_above_cost().to_owned(),
        Some(until) => texts::wait_until(until),
        None => texts::raise_uses().to_owned(),
    };
    let name = if allowance.meter.counts_uses() { texts::quota() } else { texts::rate() };
    outcome(name, allowance.meter.refusal(), passed, finding, advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::privilege::Privileges;
    use crate::verdict::{CallRequest, decide};
    use crate::whitelist::CompiledWhitelist;
    use proptest::prelude::*;

    const NOW: Millis = 1_794_992_645_120;

    fn statuses(stored: &str, left: u64) -> Vec<LimitStatus> {
        let limits = Limits::from_stored(stored).expect("good limits");
        let at = |allowance: &Allowance| allowance.meter.period(NOW).end;
        limits.allowances().iter().map(|one| LimitStatus { allowance: *one, left, resets_at: at(one) }).collect()
    }

    /// Explains a call that differs from a valid one by `change`.
    fn explain_changed(change: impl FnOnce(&mut HypotheticalCall<'_>)) -> Explanation {
        let whitelist = Whitelist::parse("203.0.113.0/24", 50).expect("a good list");
        let (compiled, reads) = (whitelist.compile(), Privileges::from_stored("contacts:read").expect("privileges"));
        let rules = KeyRules {
            enabled: true,
            expires_at: Some(NOW + 1),
            channel: Some(Channel::Rest),
            whitelist: CompiledWhitelist::new(&compiled),
            privileges: &reads,
        };
        let limits = statuses("second=10 uses=1000", 7);
        let mut call = HypotheticalCall {
            address: "203.0.113.7".parse().ok(),
            privilege: Some("contacts:read"),
            channel: Some(Channel::Rest),
            cost: 1,
        };
        change(&mut call);
        explain(&ExplainedKey { rules, whitelist: &whitelist, limits: &limits }, &call, NOW)
    }

    #[test]
    fn each_passed_check_reports_what_it_found() {
        let valid = explain_changed(|_| {});
        let findings: Vec<&str> = valid.checks.iter().map(|check| check.finding.as_str()).collect();
        assert_eq!(
            findings,
            [
                "The key is enabled.",
                "The key expires on 18 Nov 2026, 09:04 UTC.",
                "The key is for the channel rest.",
                "203.0.113.7 is in 203.0.113.0/24.",
                "The key has contacts:read.",
                "7 left of 10 a second.",
                "7 left of 1,000 uses.",
            ]
        );
        assert_eq!((valid.code, valid.advice), (VerdictCode::Valid, None));
    }

    #[test]
    fn each_failed_check_reports_what_it_found_and_the_first_decides() {
        let refused = explain_changed(|call| {
            (call.address, call.privilege, call.cost) = ("198.51.100.9".parse().ok(), Some("contacts:write"), 8);
        });
        assert_eq!(refused.code, VerdictCode::IpNotAllowed);
        assert_eq!(refused.advice.as_deref(), Some("Edit the key and add 198.51.100.9 to its IP whitelist."));
        let failed: Vec<&str> =
            refused.checks.iter().filter(|check| !check.passed).map(|check| check.finding.as_str()).collect();
        assert_eq!(
            failed,
            [
                "198.51.100.9 is not on the IP whitelist: 203.0.113.0/24.",
                "The key lacks contacts:write.",
                "7 left of 10 a second until 18 Nov 2026, 09:04 UTC; the call costs 8.",
                "7 left of 1,000 uses; the call costs 8.",
            ]
        );
        let costly = explain_changed(|call| call.cost = 11);
        assert_eq!(costly.code, VerdictCode::RateLimited);
        assert_eq!(costly.advice.as_deref(), Some("Edit the key and raise the limit above the cost of the call."));
    }

    proptest! {
        /// The explanation and the gate always agree.
        #[test]
        fn the_first_failed_check_is_the_verdict(
            enabled: bool,
            end in prop::option::of(-1_i64..2),
            key_channel in prop::option::of(0_usize..2),
            call_channel in prop::option::of(0_usize..2),
            list in prop::sample::select(vec!["", "203.0.113.7", "10.0.0.0/8\n2001:db8::/32"]),
            caller in prop::option::of(prop::sample::select(vec!["203.0.113.7", "10.1.2.3", "2001:db8::1"])),
            stored in prop::sample::select(vec!["", "*", "a:b c:d"]),
            needed in prop::option::of(prop::sample::select(vec!["a:b", "x:y"])),
        ) {
            let whitelist = Whitelist::from_stored(list).expect("a good list");
            let compiled = whitelist.compile();
            let privileges = Privileges::from_stored(stored).expect("privileges");
            let rules = KeyRules {
                enabled,
                expires_at: end.map(|end| NOW + end),
                channel: key_channel.map(|at| Channel::ALL[at]),
                whitelist: CompiledWhitelist::new(&compiled),
                privileges: &privileges,
            };
            let address = caller.map(|caller| caller.parse().expect("an address"));
            let channel = call_channel.map(|at| Channel::ALL[at]);
            let call = HypotheticalCall { address, privilege: needed, channel, cost: 1 };
            let request = CallRequest { credential: "", name: None, address, privilege: needed, channel, cost: 1 };
            let explained = explain(&ExplainedKey { rules, whitelist: &whitelist, limits: &[] }, &call, NOW);
            prop_assert_eq!(explained.code, decide(&rules, &request, NOW));
            prop_assert_eq!(explained.advice.is_none(), explained.code == VerdictCode::Valid);
        }
    }
}
