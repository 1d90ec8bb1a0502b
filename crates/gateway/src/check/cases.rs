//! The cases of a check: a call each, and the expected observation.

use secrecy::ExposeSecret as _;
use service::Keyhatch;
use service::gate::Probe;

use super::client::Call;
use super::evaluate::Expectation;
use super::keys::{CheckKeys, NOWHERE};
use super::target::TargetRoute;
use crate::GatewayPolicy;

/// The identity that the caller claims in these cases.
const CLAIM: &str = "keyhatch-check-claim";

/// What the cases are built from.
pub(super) struct CaseContext<'a> {
    pub keyhatch: &'a Keyhatch,
    pub keys: &'a CheckKeys,
    pub target: &'a TargetRoute,
    pub gateway: &'a GatewayPolicy,
    pub has_echo: bool,
}

/// One case.
pub(super) struct CheckCase {
    /// Its subject; cases with the same subject are merged into one finding.
    pub subject: &'static str,
    /// Distinguishes it from others with the same subject.
    label: String,
    /// `None` if the call cannot be written.
    pub call: Option<Call>,
    pub expectation: Expectation,
}

impl CheckCase {
    pub fn label(&self) -> &str {
        &self.label
    }
}

impl CaseContext<'_> {
    pub fn call(&self, headers: &[(&str, &str)]) -> Call {
        Call {
            method: self.target.method.clone(),
            target: self.target.path.clone(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }

    fn case(
        &self,
        subject: &'static str,
        label: &str,
        headers: &[(&str, &str)],
        expectation: Expectation,
    ) -> CheckCase {
        CheckCase { subject, label: label.to_owned(), call: Some(self.call(headers)), expectation }
    }

    fn with_query(&self, query: &str) -> Call {
        let mut call = self.call(&[("x-api-key", self.keys.unrestricted())]);
        let joint = if call.target.contains('?') { '&' } else { '?' };
        call.target = format!("{}{joint}{query}", call.target);
        call
    }
}

/// A valid key is allowed in each form.
pub(super) fn allowed_cases(context: &CaseContext<'_>) -> Vec<CheckCase> {
    let open = context.keys.unrestricted();
    let (key, bearer) = (format!("ApiKey {open}"), format!("Bearer {open}"));
    let not_passed = "a good key does not get in this way; let the gateway pass the header on to the gate";
    vec![
        context.case("X-Api-Key", "", &[("x-api-key", open)], Expectation::Allowed(not_passed)),
        context.case("Authorization", "ApiKey", &[("authorization", &key)], Expectation::Allowed(not_passed)),
        context.case("Authorization", "Bearer", &[("authorization", &bearer)], Expectation::Allowed(not_passed)),
    ]
}

/// Everything else is refused with the right status.
pub(super) fn refused_cases(context: &CaseContext<'_>) -> Vec<CheckCase> {
    let mut cases = credential_cases(context);
    cases.extend(address_cases(context));
    cases.extend(privilege_cases(context));
    cases.extend(upstream_cases(context));
    cases.extend(gate_cases(context));
    cases
}

/// With the gate stopped every call is refused.
pub(super) fn gate_down_cases(context: &CaseContext<'_>) -> Vec<CheckCase> {
    let open = context.keys.unrestricted();
    vec![
        context.case("gate stopped", "a good key", &[("x-api-key", open)], Expectation::Unavailable),
        context.case("gate stopped", "no key", &[], Expectation::Unavailable),
        context.case("gate stopped", "junk", &[("authorization", "ApiKey junk")], Expectation::Unavailable),
    ]
}

fn credential_cases(context: &CaseContext<'_>) -> Vec<CheckCase> {
    let open = context.keys.unrestricted();
    let bearer = format!("Bearer {open}");
    let not_asked = "the gateway does not ask the gate here";
    let twice = "a second credential must be refused, or two programs may count different ones";
    let query = "a key in an address ends up in logs; pass the caller's address to the gate as docs/GATE.md says";
    let mut cases = vec![
        context.case("no key", "", &[], Expectation::Status(401, not_asked)),
        context.case("unknown key", "", &[("x-api-key", "junk")], Expectation::Status(401, not_asked)),
        context.case("two keys", "twice", &[("x-api-key", open), ("x-api-key", open)], Expectation::Refused(twice)),
        context.case(
            "two keys",
            "in two headers",
            &[("x-api-key", open), ("authorization", &bearer)],
            Expectation::Refused(twice),
        ),
    ];
    for (label, text) in [("api_key", format!("api_key={open}")), ("token", format!("token={open}"))] {
        let call = Some(context.with_query(&text));
        let (label, expectation) = (label.to_owned(), Expectation::Refused(query));
        cases.push(CheckCase { subject: "key in the query", label, call, expectation });
    }
    cases
}

fn address_cases(context: &CaseContext<'_>) -> Vec<CheckCase> {
    let (nowhere, known) = (context.keys.wrong_address(), context.keys.any_known_address());
    let unknown = "a key with a whitelist of every address does not get in; tell the gate the caller's address";
    let believed = "the caller's word about its address is believed; set the header from the connection instead";
    let mut cases = vec![
        context.case("caller's address", "", &[("x-api-key", known)], Expectation::Allowed(unknown)),
        context.case(
            "whitelist",
            "",
            &[("x-api-key", nowhere)],
            Expectation::Status(403, "the whitelist is not asked"),
        ),
    ];
    let forwarded = format!("for={NOWHERE}");
    let (twice, mapped) = (format!("{NOWHERE}, {NOWHERE}"), format!("::ffff:{NOWHERE}"));
    for (name, value) in [
        ("x-forwarded-for", NOWHERE),
        ("x-forwarded-for", &*twice),
        ("x-forwarded-for", &*mapped),
        ("x_forwarded_for", NOWHERE),
        ("x-real-ip", NOWHERE),
        ("forwarded", &*forwarded),
        ("true-client-ip", NOWHERE),
        ("cf-connecting-ip", NOWHERE),
        ("x-client-ip", NOWHERE),
        ("x-envoy-external-address", NOWHERE),
    ] {
        let headers = [("x-api-key", nowhere), (name, value)];
        cases.push(context.case("claimed address", name, &headers, Expectation::Refused(believed)));
    }
    cases
}

fn privilege_cases(context: &CaseContext<'_>) -> Vec<CheckCase> {
    if !context.target.requires_privilege {
        return Vec::new();
    }
    let weak = context.keys.without_privileges();
    let not_asked = "a key without the privilege gets in; let the gateway ask for the route's privilege";
    let mut cases = vec![context.case("privilege", "", &[("x-api-key", weak)], Expectation::Status(403, not_asked))];
    for target in equivalent_paths(context.target.path.split('?').next().unwrap_or_default()) {
        let mut call = context.call(&[("x-api-key", weak)]);
        call.target.clone_from(&target);
        let expectation = Expectation::Refused("this way of writing the path gets past its privilege");
        cases.push(CheckCase { subject: "disguised path", label: target, call: Some(call), expectation });
    }
    cases
}

/// Other spellings of a path that some servers treat as equal.
fn equivalent_paths(path: &str) -> Vec<String> {
    let Some(rest) = path.strip_prefix('/').filter(|rest| !rest.is_empty()) else { return Vec::new() };
    let first = rest.as_bytes().first().copied().unwrap_or_default();
    let encoded = format!("/%{first:02x}{}", &rest[rest.chars().next().map_or(0, char::len_utf8)..]);
    vec![
        format!("//{rest}"),
        format!("/./{rest}"),
        format!("/x/../{rest}"),
        format!("/x/%2e%2e/{rest}"),
        format!("/x/..%2f{rest}"),
        format!("/%2f{rest}"),
        format!("/;/{rest}"),
        format!("/x/..;/{rest}"),
        format!("{path};x"),
        encoded,
        path.to_ascii_uppercase(),
    ]
}

fn upstream_cases(context: &CaseContext<'_>) -> Vec<CheckCase> {
    let open = context.keys.unrestricted();
    let mut cases = Vec::new();
    for name in ["x-keyhatch-account", "X-KEYHATCH-KEY-ID", "x_keyhatch_account", "x-keyhatch_privileges"] {
        let expectation = Expectation::Identity { account: context.keys.account().to_owned(), claim: CLAIM };
        cases.push(context.case("claimed name", name, &[("x-api-key", open), (name, CLAIM)], expectation));
    }
    // Some gateways remove every header that `Connection` names, including those they set themselves.
    let hop = [("x-api-key", open), ("connection", "x-keyhatch-account")];
    let expectation = Expectation::Identity { account: context.keys.account().to_owned(), claim: CLAIM };
    cases.push(context.case("claimed name", "connection", &hop, expectation));
    if !context.gateway.pass_credential {
        cases.push(context.case("key at the upstream", "", &[("x-api-key", open)], Expectation::NoCredential));
    }
    cases
}

/// Verdicts that no key can provoke, simulated with signed probes.
fn gate_cases(context: &CaseContext<'_>) -> Vec<CheckCase> {
    let probe = |subject, probe, expectation| {
        let credential = context.keyhatch.gate().sign_probe(probe);
        context.case(subject, "", &[("x-api-key", credential.expose_secret())], expectation)
    };
    vec![
        probe("limit reached", Probe::Limited, Expectation::RateLimited),
        probe("gate cannot know", Probe::Unavailable, Expectation::Unavailable),
        probe("gate silent", Probe::Silent, Expectation::Unavailable),
    ]
}
