//! The questions of a check: a call each, and what should come of it.

use secrecy::ExposeSecret as _;
use service::Keyhatch;
use service::gate::Probe;

use super::client::Call;
use super::judge::Expected;
use super::keys::{Keys, NOWHERE};
use super::way::Way;
use crate::GatewayPolicy;

/// What a caller claims to be in these questions.
const CLAIM: &str = "keyhatch-check-claim";

/// What the questions are made of.
pub(super) struct Setting<'a> {
    pub keyhatch: &'a Keyhatch,
    pub keys: &'a Keys,
    pub way: &'a Way,
    pub gateway: &'a GatewayPolicy,
    pub has_echo: bool,
}

/// One question.
pub(super) struct Question {
    /// What it is about; questions about the same thing make one finding.
    pub about: &'static str,
    /// Tells it from the others about the same thing.
    label: String,
    /// `None` for a call that cannot be written.
    pub call: Option<Call>,
    pub expected: Expected,
}

impl Question {
    pub fn label(&self) -> &str {
        &self.label
    }
}

impl Setting<'_> {
    pub fn call(&self, headers: &[(&str, &str)]) -> Call {
        Call {
            method: self.way.method.clone(),
            target: self.way.path.clone(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }

    fn ask(&self, about: &'static str, label: &str, headers: &[(&str, &str)], expected: Expected) -> Question {
        Question { about, label: label.to_owned(), call: Some(self.call(headers)), expected }
    }

    fn with_query(&self, query: &str) -> Call {
        let mut call = self.call(&[("x-api-key", self.keys.open())]);
        let joint = if call.target.contains('?') { '&' } else { '?' };
        call.target = format!("{}{joint}{query}", call.target);
        call
    }
}

/// Whether a good key gets in, in each form.
pub(super) fn ways_in(setting: &Setting<'_>) -> Vec<Question> {
    let open = setting.keys.open();
    let (key, bearer) = (format!("ApiKey {open}"), format!("Bearer {open}"));
    let not_passed = "a good key does not get in this way; let the gateway pass the header on to the gate";
    vec![
        setting.ask("X-Api-Key", "", &[("x-api-key", open)], Expected::LetIn(not_passed)),
        setting.ask("Authorization", "ApiKey", &[("authorization", &key)], Expected::LetIn(not_passed)),
        setting.ask("Authorization", "Bearer", &[("authorization", &bearer)], Expected::LetIn(not_passed)),
    ]
}

/// Whether everything else is turned away, and how.
pub(super) fn ways_out(setting: &Setting<'_>) -> Vec<Question> {
    let mut questions = credentials(setting);
    questions.extend(addresses(setting));
    questions.extend(privileges(setting));
    questions.extend(upstream(setting));
    questions.extend(gate(setting));
    questions
}

/// With the gate stopped nobody gets in.
pub(super) fn gate_down(setting: &Setting<'_>) -> Vec<Question> {
    let open = setting.keys.open();
    vec![
        setting.ask("gate stopped", "a good key", &[("x-api-key", open)], Expected::CannotKnow),
        setting.ask("gate stopped", "no key", &[], Expected::CannotKnow),
        setting.ask("gate stopped", "junk", &[("authorization", "ApiKey junk")], Expected::CannotKnow),
    ]
}

fn credentials(setting: &Setting<'_>) -> Vec<Question> {
    let open = setting.keys.open();
    let bearer = format!("Bearer {open}");
    let asks_nobody = "the gateway does not ask the gate here";
    let twice = "a second credential must be refused, or two programs may count different ones";
    let query = "a key in an address ends up in logs; pass the caller's address to the gate as docs/GATE.md says";
    let mut questions = vec![
        setting.ask("no key", "", &[], Expected::Status(401, asks_nobody)),
        setting.ask("unknown key", "", &[("x-api-key", "junk")], Expected::Status(401, asks_nobody)),
        setting.ask("two keys", "twice", &[("x-api-key", open), ("x-api-key", open)], Expected::TurnedAway(twice)),
        setting.ask(
            "two keys",
            "in two headers",
            &[("x-api-key", open), ("authorization", &bearer)],
            Expected::TurnedAway(twice),
        ),
    ];
    for (label, text) in [("api_key", format!("api_key={open}")), ("token", format!("token={open}"))] {
        let call = Some(setting.with_query(&text));
        let (label, expected) = (label.to_owned(), Expected::TurnedAway(query));
        questions.push(Question { about: "key in the query", label, call, expected });
    }
    questions
}

fn addresses(setting: &Setting<'_>) -> Vec<Question> {
    let (nowhere, known) = (setting.keys.nowhere(), setting.keys.known());
    let unknown = "a key with a whitelist of every address does not get in; tell the gate the caller's address";
    let believed = "the caller's word about its address is believed; set the header from the connection instead";
    let mut questions = vec![
        setting.ask("caller's address", "", &[("x-api-key", known)], Expected::LetIn(unknown)),
        setting.ask("whitelist", "", &[("x-api-key", nowhere)], Expected::Status(403, "the whitelist is not asked")),
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
        questions.push(setting.ask("claimed address", name, &headers, Expected::TurnedAway(believed)));
    }
    questions
}

fn privileges(setting: &Setting<'_>) -> Vec<Question> {
    if !setting.way.needs_privilege {
        return Vec::new();
    }
    let weak = setting.keys.weak();
    let not_asked = "a key without the privilege gets in; let the gateway ask for the route's privilege";
    let mut questions = vec![setting.ask("privilege", "", &[("x-api-key", weak)], Expected::Status(403, not_asked))];
    for target in disguises(setting.way.path.split('?').next().unwrap_or_default()) {
        let mut call = setting.call(&[("x-api-key", weak)]);
        call.target.clone_from(&target);
        let expected = Expected::TurnedAway("this way of writing the path gets past its privilege");
        questions.push(Question { about: "disguised path", label: target, call: Some(call), expected });
    }
    questions
}

/// Other ways to write a path, which some servers take for the same.
fn disguises(path: &str) -> Vec<String> {
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

fn upstream(setting: &Setting<'_>) -> Vec<Question> {
    let open = setting.keys.open();
    let mut questions = Vec::new();
    for name in ["x-keyhatch-account", "X-KEYHATCH-KEY-ID", "x_keyhatch_account", "x-keyhatch_privileges"] {
        let expected = Expected::Identity { account: setting.keys.account().to_owned(), claim: CLAIM };
        questions.push(setting.ask("claimed name", name, &[("x-api-key", open), (name, CLAIM)], expected));
    }
    // Some gateways take out of a call whatever this header names, also what they have set themselves.
    let hop = [("x-api-key", open), ("connection", "x-keyhatch-account")];
    let expected = Expected::Identity { account: setting.keys.account().to_owned(), claim: CLAIM };
    questions.push(setting.ask("claimed name", "connection", &hop, expected));
    if !setting.gateway.pass_credential {
        questions.push(setting.ask("key at the upstream", "", &[("x-api-key", open)], Expected::NoCredential));
    }
    questions
}

/// How the gateway copes with answers that no key can cause on purpose.
fn gate(setting: &Setting<'_>) -> Vec<Question> {
    let probe = |about, probe, expected| {
        let credential = setting.keyhatch.gate().sign_probe(probe);
        setting.ask(about, "", &[("x-api-key", credential.expose_secret())], expected)
    };
    vec![
        probe("limit reached", Probe::Limited, Expected::Limit),
        probe("gate cannot know", Probe::Unavailable, Expected::CannotKnow),
        probe("gate silent", Probe::Silent, Expected::CannotKnow),
    ]
}
