//! The verdict on a call, as a pure function of the key's rules, the call and the time. Proving the credential,
//! counting limits and caching belong to the gate; rendering a verdict in a gateway's protocol belongs to the adapters.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::privilege::Privileges;
use crate::texts::verdicts as texts;
use crate::time::Millis;
use crate::whitelist::CompiledWhitelist;
use crate::words::impl_words;

/// The kind of interface that a call comes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the field's own")]
pub enum Channel {
    Rest,
    Http,
    WebService,
    Ftp,
    Email,
    Database,
}

impl_words!(Channel {
    Rest => "rest",
    Http => "http",
    WebService => "web-service",
    Ftp => "ftp",
    Email => "email",
    Database => "database",
});

/// The gate's answer: valid, or why the call is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "`explain` says what each means")]
pub enum VerdictCode {
    Valid,
    Malformed,
    NotFound,
    Disabled,
    Expired,
    ChannelNotAllowed,
    IpNotAllowed,
    PrivilegeMissing,
    ConcurrencyLimited,
    RateLimited,
    QuotaExceeded,
}

impl_words!(VerdictCode {
    Valid => "VALID",
    Malformed => "MALFORMED",
    NotFound => "NOT_FOUND",
    Disabled => "DISABLED",
    Expired => "EXPIRED",
    ChannelNotAllowed => "CHANNEL_NOT_ALLOWED",
    IpNotAllowed => "IP_NOT_ALLOWED",
    PrivilegeMissing => "PRIVILEGE_MISSING",
    ConcurrencyLimited => "CONCURRENCY_LIMITED",
    RateLimited => "RATE_LIMITED",
    QuotaExceeded => "QUOTA_EXCEEDED",
});

/// What a verdict means to the caller. Each protocol renders a class in one way, so that a new code needs no protocol to
/// change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictClass {
    /// The call may pass.
    Allowed,
    /// The credential proves nothing; another one may.
    Unauthorized,
    /// The key is known, and its rules refuse the call.
    Forbidden,
    /// A limit is reached; the same call may pass later.
    Limited,
}

impl VerdictCode {
    /// The class that decides how the verdict is rendered.
    pub const fn class(self) -> VerdictClass {
        match self {
            Self::Valid => VerdictClass::Allowed,
            Self::Malformed | Self::NotFound => VerdictClass::Unauthorized,
            Self::Disabled | Self::Expired | Self::ChannelNotAllowed | Self::IpNotAllowed | Self::PrivilegeMissing => {
                VerdictClass::Forbidden
            }
            Self::ConcurrencyLimited | Self::RateLimited | Self::QuotaExceeded => VerdictClass::Limited,
        }
    }

    /// A sentence for people.
    pub fn explain(self) -> &'static str {
        match self {
            Self::Valid => texts::valid(),
            Self::Malformed => texts::malformed(),
            Self::NotFound => texts::not_found(),
            Self::Disabled => texts::disabled(),
            Self::Expired => texts::expired(),
            Self::ChannelNotAllowed => texts::channel_not_allowed(),
            Self::IpNotAllowed => texts::ip_not_allowed(),
            Self::PrivilegeMissing => texts::privilege_missing(),
            Self::ConcurrencyLimited => texts::concurrency_limited(),
            Self::RateLimited => texts::rate_limited(),
            Self::QuotaExceeded => texts::quota_exceeded(),
        }
    }
}

/// The rules of one key.
#[derive(Clone, Copy, Debug)]
pub struct KeyRules<'a> {
    /// False if the key was disabled.
    pub enabled: bool,
    /// The time from which it no longer works; `None` for never.
    pub expires_at: Option<Millis>,
    /// The only channel that it may be used on; `None` for any.
    pub channel: Option<Channel>,
    /// The addresses from which it may be used.
    pub whitelist: CompiledWhitelist<'a>,
    /// What it may do.
    pub privileges: &'a Privileges,
}

/// One call, as a gateway or server describes it to the gate. Not `Debug`, because the credential must not reach a log.
#[derive(Clone, Copy)]
pub struct CallRequest<'a> {
    /// The whole key, as it was sent. Proving it is up to the gate.
    pub credential: &'a str,
    /// The user of a name-and-password credential; must be the key's name.
    pub name: Option<&'a str>,
    /// The caller's address; `None` if it is not known.
    pub address: Option<IpAddr>,
    /// The privilege that the call needs, if any.
    pub privilege: Option<&'a str>,
    /// The channel that the call comes through, if it was named.
    pub channel: Option<Channel>,
    /// How much of the key's limits the call uses; 1 is a plain call.
    pub cost: u32,
}

/// Evaluates a key's rules for a call at the time `now`. An unknown address or channel is refused where a rule
/// restricts it. The credential must have been proved already, and limits are counted afterwards. Does not allocate.
///
/// The order is part of the contract: a disabled key answers `DISABLED` wherever it is used from.
pub fn decide(rules: &KeyRules<'_>, request: &CallRequest<'_>, now: Millis) -> VerdictCode {
    if !rules.enabled {
        return VerdictCode::Disabled;
    }
    if rules.expires_at.is_some_and(|end| now >= end) {
        return VerdictCode::Expired;
    }
    if rules.channel.is_some() && rules.channel != request.channel {
        return VerdictCode::ChannelNotAllowed;
    }
    let address_allowed = request.address.map_or(rules.whitelist.is_empty(), |address| rules.whitelist.allows(address));
    if !address_allowed {
        return VerdictCode::IpNotAllowed;
    }
    if request.privilege.is_some_and(|needed| !rules.privileges.allows(needed)) {
        return VerdictCode::PrivilegeMissing;
    }
    VerdictCode::Valid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whitelist::Whitelist;

    const NOW: Millis = 1_794_992_645_120;

    /// What a row of the table changes in a key and a call that is valid.
    type Change = fn(&mut KeyRules<'_>, &mut CallRequest<'_>, &mut Millis);

    /// A call without a credential, which this function does not look at.
    fn request() -> CallRequest<'static> {
        CallRequest { credential: "", name: None, address: None, privilege: None, channel: None, cost: 1 }
    }

    #[test]
    fn each_rule_refuses_with_its_own_code() {
        let listed = Whitelist::parse("203.0.113.0/24", 50).expect("a good list").compile();
        let reads = Privileges::from_stored("contacts:read").expect("stored privileges");
        let rules = KeyRules {
            enabled: true,
            expires_at: Some(NOW + 1),
            channel: Some(Channel::Rest),
            whitelist: CompiledWhitelist::new(&listed),
            privileges: &reads,
        };
        let request = CallRequest {
            address: "203.0.113.7".parse().ok(),
            privilege: Some("contacts:read"),
            channel: Some(Channel::Rest),
            ..request()
        };
        let table: &[(Change, VerdictCode)] = &[
            (|_, _, _| {}, VerdictCode::Valid),
            (|_, c, _| c.privilege = None, VerdictCode::Valid),
            (|_, c, _| c.address = "::ffff:203.0.113.7".parse().ok(), VerdictCode::Valid),
            (|r, _, now| (r.expires_at, *now) = (None, Millis::MAX), VerdictCode::Valid),
            (|r, _, _| r.channel = None, VerdictCode::Valid),
            (|r, c, _| (r.channel, c.channel) = (None, None), VerdictCode::Valid),
            (|r, _, _| r.enabled = false, VerdictCode::Disabled),
            (|r, c, now| (r.enabled, *now, c.address) = (false, NOW + 1, None), VerdictCode::Disabled),
            (|_, _, now| *now = NOW + 1, VerdictCode::Expired),
            (|_, c, now| (*now, c.channel) = (NOW + 1, None), VerdictCode::Expired),
            (|_, c, _| c.channel = None, VerdictCode::ChannelNotAllowed),
            (|_, c, _| (c.channel, c.address) = (Some(Channel::Ftp), None), VerdictCode::ChannelNotAllowed),
            (|_, c, _| c.address = None, VerdictCode::IpNotAllowed),
            (|_, c, _| c.address = "198.51.100.9".parse().ok(), VerdictCode::IpNotAllowed),
            (|_, c, _| (c.address, c.privilege) = (None, Some("x:y")), VerdictCode::IpNotAllowed),
            (|_, c, _| c.privilege = Some("contacts:write"), VerdictCode::PrivilegeMissing),
            (|_, c, _| c.privilege = Some(""), VerdictCode::PrivilegeMissing),
        ];
        for (row, (change, code)) in table.iter().enumerate() {
            let (mut rules, mut request, mut now) = (rules, request, NOW);
            change(&mut rules, &mut request, &mut now);
            assert_eq!(decide(&rules, &request, now), *code, "row {row}: {rules:?}");
        }
    }

    #[test]
    fn an_unknown_address_is_allowed_without_a_whitelist() {
        let (any, all) = (CompiledWhitelist::new(&[]), Privileges::all());
        let rules = KeyRules { enabled: true, expires_at: None, channel: None, whitelist: any, privileges: &all };
        let request = CallRequest { privilege: Some("contacts:read"), ..request() };
        assert_eq!(decide(&rules, &request, NOW), VerdictCode::Valid);
    }

    #[test]
    fn only_valid_is_in_the_allowed_class() {
        for code in VerdictCode::ALL {
            assert_eq!(code.class() == VerdictClass::Allowed, code == VerdictCode::Valid, "{code}");
        }
    }

    #[test]
    fn channels_and_codes_round_trip() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.as_str()), Some(channel));
        }
        assert_eq!(Channel::parse("REST"), None);
        assert!(VerdictCode::ALL.iter().all(|code| code.explain().ends_with('.')));
        assert_eq!(
            VerdictCode::ALL.map(VerdictCode::as_str).iter().collect::<std::collections::BTreeSet<_>>().len(),
            11
        );
    }
}
