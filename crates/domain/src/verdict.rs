//! Whether a call is let in, as a function of the key's rules and the call. Reading keys and calls, counting calls and
//! keeping time belong to `service`; saying the verdict in a gateway's protocol belongs to the gate.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::privilege::Privileges;
use crate::time::Millis;
use crate::whitelist::Packed;

/// The way by which a call comes.
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

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 6] = [Self::Rest, Self::Http, Self::WebService, Self::Ftp, Self::Email, Self::Database];

    /// The word in rows, in configuration and over HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Http => "http",
            Self::WebService => "web-service",
            Self::Ftp => "ftp",
            Self::Email => "email",
            Self::Database => "database",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

/// The gate's answer: let in, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "`explain` says what each means")]
pub enum Code {
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

impl Code {
    /// Every code.
    pub const ALL: [Self; 11] = [
        Self::Valid,
        Self::Malformed,
        Self::NotFound,
        Self::Disabled,
        Self::Expired,
        Self::ChannelNotAllowed,
        Self::IpNotAllowed,
        Self::PrivilegeMissing,
        Self::ConcurrencyLimited,
        Self::RateLimited,
        Self::QuotaExceeded,
    ];

    /// The word over HTTP.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "VALID",
            Self::Malformed => "MALFORMED",
            Self::NotFound => "NOT_FOUND",
            Self::Disabled => "DISABLED",
            Self::Expired => "EXPIRED",
            Self::ChannelNotAllowed => "CHANNEL_NOT_ALLOWED",
            Self::IpNotAllowed => "IP_NOT_ALLOWED",
            Self::PrivilegeMissing => "PRIVILEGE_MISSING",
            Self::ConcurrencyLimited => "CONCURRENCY_LIMITED",
            Self::RateLimited => "RATE_LIMITED",
            Self::QuotaExceeded => "QUOTA_EXCEEDED",
        }
    }

    /// A sentence for people.
    pub fn explain(self) -> &'static str {
        match self {
            Self::Valid => "The call is let in.",
            Self::Malformed => "This is not an API key: it is cut off, mistyped or from another system.",
            Self::NotFound => "There is no such key, or it was deleted or changed.",
            Self::Disabled => "The key is disabled.",
            Self::Expired => "The key has expired.",
            Self::ChannelNotAllowed => "The key may not be used on this channel.",
            Self::IpNotAllowed => "The key may not be used from this address.",
            Self::PrivilegeMissing => "The key lacks the privilege that this call needs.",
            Self::ConcurrencyLimited => "Too many calls at the same time.",
            Self::RateLimited => "Too many calls in a short time.",
            Self::QuotaExceeded => "The key's quota is used up.",
        }
    }
}

/// What a key allows.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Whether its owner has not switched it off.
    pub enabled: bool,
    /// The first moment at which it no longer works; never if absent.
    pub expires_at: Option<Millis>,
    /// The only channel it may be used on; any if absent.
    pub channel: Option<Channel>,
    /// From where it may be used.
    pub whitelist: Packed<'a>,
    /// What it may do.
    pub privileges: &'a Privileges,
}

/// What a caller wants.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// Where it comes from, if that is known.
    pub address: Option<IpAddr>,
    /// What it needs, if the asker named something.
    pub privilege: Option<&'a str>,
    /// How it comes, if the asker named something.
    pub channel: Option<Channel>,
    /// When it comes.
    pub now: Millis,
}

/// Decides a call by its key's rules. What is not known is refused where a rule asks for it. Does not allocate.
///
/// The order is part of the contract: a disabled key answers `DISABLED` wherever it is used from.
pub fn decide(rules: &Rules<'_>, call: &Call<'_>) -> Code {
    if !rules.enabled {
        return Code::Disabled;
    }
    if rules.expires_at.is_some_and(|end| call.now >= end) {
        return Code::Expired;
    }
    if rules.channel.is_some() && rules.channel != call.channel {
        return Code::ChannelNotAllowed;
    }
    let from_allowed = call.address.map_or(rules.whitelist.is_empty(), |address| rules.whitelist.allows(address));
    if !from_allowed {
        return Code::IpNotAllowed;
    }
    if call.privilege.is_some_and(|asked| !rules.privileges.allows(asked)) {
        return Code::PrivilegeMissing;
    }
    Code::Valid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whitelist::Whitelist;

    const NOW: Millis = 1_794_992_645_120;

    /// What a line of the table changes in a key and a call that are let in.
    type Change = fn(&mut Rules<'_>, &mut Call<'_>);

    #[test]
    fn each_rule_refuses_with_its_own_code() {
        let listed = Whitelist::parse("203.0.113.0/24", 50).expect("a good list").pack();
        let reads = Privileges::from_stored("contacts:read").expect("stored privileges");
        let rules = Rules {
            enabled: true,
            expires_at: Some(NOW + 1),
            channel: Some(Channel::Rest),
            whitelist: Packed::new(&listed),
            privileges: &reads,
        };
        let call = Call {
            address: "203.0.113.7".parse().ok(),
            privilege: Some("contacts:read"),
            channel: Some(Channel::Rest),
            now: NOW,
        };
        let table: &[(Change, Code)] = &[
            (|_, _| {}, Code::Valid),
            (|_, c| c.privilege = None, Code::Valid),
            (|_, c| c.address = "::ffff:203.0.113.7".parse().ok(), Code::Valid),
            (|r, c| (r.expires_at, c.now) = (None, Millis::MAX), Code::Valid),
            (|r, _| r.channel = None, Code::Valid),
            (|r, c| (r.channel, c.channel) = (None, None), Code::Valid),
            (|r, _| r.enabled = false, Code::Disabled),
            (|r, c| (r.enabled, c.now, c.address) = (false, NOW + 1, None), Code::Disabled),
            (|_, c| c.now = NOW + 1, Code::Expired),
            (|_, c| (c.now, c.channel) = (NOW + 1, None), Code::Expired),
            (|_, c| c.channel = None, Code::ChannelNotAllowed),
            (|_, c| (c.channel, c.address) = (Some(Channel::Ftp), None), Code::ChannelNotAllowed),
            (|_, c| c.address = None, Code::IpNotAllowed),
            (|_, c| c.address = "198.51.100.9".parse().ok(), Code::IpNotAllowed),
            (|_, c| (c.address, c.privilege) = (None, Some("x:y")), Code::IpNotAllowed),
            (|_, c| c.privilege = Some("contacts:write"), Code::PrivilegeMissing),
            (|_, c| c.privilege = Some(""), Code::PrivilegeMissing),
        ];
        for (change, code) in table {
            let (mut rules, mut call) = (rules, call);
            change(&mut rules, &mut call);
            assert_eq!(decide(&rules, &call), *code, "{rules:?} {call:?}");
        }
    }

    #[test]
    fn without_a_whitelist_an_unknown_address_is_fine() {
        let (any, all) = (Packed::new(&[]), Privileges::all());
        let rules = Rules { enabled: true, expires_at: None, channel: None, whitelist: any, privileges: &all };
        let call = Call { address: None, privilege: Some("contacts:read"), channel: None, now: NOW };
        assert_eq!(decide(&rules, &call), Code::Valid);
    }

    #[test]
    fn words_are_read_back() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.as_str()), Some(channel));
        }
        assert_eq!(Channel::parse("REST"), None);
        assert!(Code::ALL.iter().all(|code| code.explain().ends_with('.')));
        assert_eq!(Code::ALL.map(Code::as_str).iter().collect::<std::collections::BTreeSet<_>>().len(), 11);
    }
}
