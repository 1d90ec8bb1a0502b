//! What a filled form will make of a key, as data and as one sentence beside *Save*. Whether the form is valid is not said
//! here: an invalid part is left out.

use crate::expiry::parse_expiry;
use crate::field_error::FieldErrors;
use crate::form::KeyForm;
use crate::key::Environment;
use crate::limits::{Allowance, Limits};
use crate::lists::{and_list, comma_list};
use crate::privilege::Module;
use crate::texts::summary as texts;
use crate::time::{Millis, date_utc};
use crate::whitelist::WhitelistFeedback;
use i18n::TextPart;

/// What a key will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySummary {
    /// Live or sandbox.
    pub environment: Environment,
    /// What it may do.
    pub privileges: PrivilegeSummary,
    /// From where.
    pub sources: SourceSummary,
    /// Until when.
    pub expiry: ExpirySummary,
    /// How often; `None` if a limit is invalid.
    pub limits: Option<Limits>,
}

/// What a key may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivilegeSummary {
    /// Everything, also what is added to the product later.
    All,
    /// Nothing: it only identifies the caller.
    None,
    /// Some of the modules' actions.
    Groups(Vec<PrivilegeGroup>),
}

/// Modules of which the same actions are allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivilegeGroup {
    /// The actions' ids, at least one.
    pub actions: Vec<String>,
    /// The modules' labels, at least one.
    pub modules: Vec<String>,
}

/// From where a key may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceSummary {
    /// From any address.
    Any,
    /// From the valid entries of a whitelist. Both numbers are 0 if it has wrong entries only.
    Listed {
        /// How many networks and ranges.
        networks: usize,
        /// How many single addresses.
        addresses: usize,
    },
}

/// Until when a key may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpirySummary {
    /// Without an end.
    Never,
    /// Until this time.
    At(Millis),
    /// The typed expiry is invalid.
    Invalid,
}

/// Summarizes a form. `whitelist` is the [`feedback`](crate::whitelist::feedback) on its whitelist, which the field needs
/// as well; `modules` are those of the policy.
pub fn summarize(form: &KeyForm, whitelist: &WhitelistFeedback, modules: &[Module], now: Millis) -> KeySummary {
    let entries = whitelist.valid.entries();
    let addresses = entries.iter().filter(|entry| entry.is_single()).count();
    KeySummary {
        environment: form.environment,
        privileges: if form.all_privileges { PrivilegeSummary::All } else { grouped(&form.privileges, modules) },
        sources: if whitelist.count == 0 {
            SourceSummary::Any
        } else {
            SourceSummary::Listed { networks: entries.len() - addresses, addresses }
        },
        // The expiry of an expired key may be kept, so a time in the past is not invalid here.
        expiry: match parse_expiry(&form.expires, now, None).or_else(|_| parse_expiry(&form.expires, 0, None)) {
            Ok(Some(at)) => ExpirySummary::At(at),
            Ok(None) => ExpirySummary::Never,
            Err(_) => ExpirySummary::Invalid,
        },
        limits: form.limits.check(&mut FieldErrors::default()),
    }
}

fn grouped(chosen: &[String], modules: &[Module]) -> PrivilegeSummary {
    let mut groups: Vec<PrivilegeGroup> = Vec::new();
    let mut add = |actions: Vec<String>, module: &str| match groups.iter_mut().find(|group| group.actions == actions) {
        _ if actions.is_empty() => {}
        Some(group) => group.modules.push(module.to_owned()),
        None => groups.push(PrivilegeGroup { actions, modules: vec![module.to_owned()] }),
    };
    let is_in = |privilege: &str, module: &Module, action: &str| {
        privilege.split_once(':').is_some_and(|(id, rest)| id == module.id && rest == action)
    };
    for module in modules {
        let is_chosen = |action: &&String| chosen.iter().any(|privilege| is_in(privilege, module, action));
        add(module.actions.iter().filter(is_chosen).cloned().collect(), &module.label);
    }
    // A key keeps privileges that have left the catalogue.
    for privilege in chosen {
        let is_known =
            modules.iter().any(|module| module.actions.iter().any(|action| is_in(privilege, module, action)));
        if let Some((id, action)) = privilege.split_once(':').filter(|_| !is_known) {
            add(vec![action.to_owned()], id);
        }
    }
    if groups.is_empty() { PrivilegeSummary::None } else { PrivilegeSummary::Groups(groups) }
}

/// The sentence, its facts kept apart: "Live key: **reads and writes contacts, reads orders**, from **6 networks**, until **21
/// Dec 2026**."
pub fn sentence(summary: &KeySummary) -> Vec<TextPart> {
    // What the sentence leaves out.
    let none = || "none".to_owned();
    let privileges = match &summary.privileges {
        PrivilegeSummary::All => texts::all_privileges().to_owned(),
        PrivilegeSummary::None => texts::no_privileges().to_owned(),
        PrivilegeSummary::Groups(groups) => comma_list(&groups.iter().map(group).collect::<Vec<_>>()),
    };
    let sources = match summary.sources {
        SourceSummary::Any => texts::any_address().to_owned(),
        SourceSummary::Listed { networks: 0, addresses: 0 } => none(),
        SourceSummary::Listed { networks, addresses: 0 } => texts::networks(networks),
        SourceSummary::Listed { networks: 0, addresses } => texts::addresses(addresses),
        SourceSummary::Listed { networks, addresses } => {
            and_list(&[texts::networks(networks), texts::addresses(addresses)])
        }
    };
    let expiry = match summary.expiry {
        ExpirySummary::At(at) => date_utc(at),
        ExpirySummary::Never | ExpirySummary::Invalid => none(),
    };
    let limits = match &summary.limits {
        Some(limits) if !limits.is_empty() => {
            and_list(&limits.allowances().iter().map(Allowance::describe).collect::<Vec<_>>())
        }
        _ => none(),
    };
    texts::sentence(summary.environment.as_str(), privileges, sources, expiry, limits)
}

/// `reads and writes contacts and orders`.
fn group(group: &PrivilegeGroup) -> String {
    let actions: Vec<String> = group.actions.iter().map(|action| verb(action)).collect();
    let modules: Vec<String> = group.modules.iter().map(|label| mid_sentence(label)).collect();
    texts::group(and_list(&actions), and_list(&modules))
}

/// `read` as `reads`. An id of several words need not be a verb: `full-access` is `has "full access" to`.
fn verb(action: &str) -> String {
    // The catalogue has the usual actions. Only English can make a verb of any other.
    if i18n::current().language() == "en" && !action.contains('-') {
        third_person(action)
    } else {
        texts::action(action.replace('-', " "))
    }
}

fn third_person(action: &str) -> String {
    let is_vowel = |b: u8| b"aeiou".contains(&b);
    match action.as_bytes() {
        [.., b's' | b'x' | b'z' | b'o'] | [.., b'c' | b's', b'h'] => format!("{action}es"),
        [.., before, b'y'] if !is_vowel(*before) => format!("{}ies", &action[..action.len() - 1]),
        _ => format!("{action}s"),
    }
}

/// `Contacts` as `contacts`; `SMS` and `eCommerce` stay as they are, and so do all nouns in German.
fn mid_sentence(label: &str) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() && i18n::current().language() != "de" => {
            first.to_lowercase().chain([second]).chain(chars).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::{LimitsForm, Refill};
    use crate::policy::Policy;
    use crate::whitelist::feedback;

    /// 18 November 2026, 09:04:05.120 UTC.
    const NOW: Millis = 1_794_992_645_120;

    /// The sentence, with emphasis in asterisks.
    fn sentence(form: &KeyForm) -> String {
        let summary = summarize(form, &feedback(&form.whitelist), &Policy::default().modules, NOW);
        let mut said = String::new();
        for TextPart { text, is_argument } in super::sentence(&summary) {
            let star = if is_argument { "*" } else { "" };
            said += &[star, &text, star].concat();
        }
        said
    }

    fn form(privileges: &str) -> KeyForm {
        let privileges = privileges.split_whitespace().map(ToOwned::to_owned).collect();
        KeyForm { privileges, ..KeyForm::default() }
    }

    #[test]
    fn one_sentence_says_what_the_key_will_be() {
        let whole = KeyForm {
            whitelist: "203.0.113.0/24\n198.51.100.20-198.51.100.40\n10.4.0.0/22\n10.1.2.3/24\n192.0.2.7".into(),
            expires: "2026-12-21T12:00".into(),
            limits: LimitsForm {
                minute: "600".into(),
                uses: "50000".into(),
                refill: Refill::Month,
                ..LimitsForm::default()
            },
            ..form("contacts:write contacts:read orders:read")
        };
        assert_eq!(
            sentence(&whole),
            "Live key: *reads and writes contacts, reads orders*, from *3 networks and 1 address*, until *21 Dec \
             2026*, at most *600 a minute and 50,000 uses every month*."
        );
        assert_eq!(sentence(&KeyForm::default()), "Live key: *only identifies the caller*, from *any address*.");
        let sandbox = KeyForm { all_privileges: true, environment: Environment::Sandbox, ..form("contacts:read") };
        assert_eq!(sentence(&sandbox), "Sandbox key: *has all privileges*, from *any address*.");
    }

    #[test]
    fn modules_with_the_same_actions_are_named_together() {
        for (privileges, said) in [
            ("contacts:read orders:read reports:read", "reads contacts, orders and reports"),
            ("contacts:read campaigns:write orders:read", "reads contacts and orders, writes campaigns"),
            ("contacts:read contacts:write orders:read orders:write", "reads and writes contacts and orders"),
            ("reports:read gone:publish", "reads reports, publishes gone"),
        ] {
            assert_eq!(sentence(&form(privileges)), format!("Live key: *{said}*, from *any address*."));
        }
    }

    #[test]
    fn actions_are_verbs_and_labels_are_lower_case() {
        for (action, verb) in
            [("send", "sends"), ("modify", "modifies"), ("pay", "pays"), ("push", "pushes"), ("access", "accesses")]
        {
            assert_eq!(super::verb(action), verb);
        }
        assert_eq!(verb("full-access"), "has \"full access\" to");
        for (label, said) in [("Contacts", "contacts"), ("SMS", "SMS"), ("Relational DB", "relational DB"), ("", "")] {
            assert_eq!(mid_sentence(label), said);
        }
    }

    #[test]
    fn an_invalid_part_is_left_out_and_never_said_to_be_unlimited() {
        let typed = |whitelist: &str, expires: &str, second: &str| KeyForm {
            whitelist: whitelist.into(),
            expires: expires.into(),
            limits: LimitsForm { second: second.into(), ..LimitsForm::default() },
            ..KeyForm::default()
        };
        assert_eq!(sentence(&typed("10.0.0.*", "soon", "0")), "Live key: *only identifies the caller*.");
        assert_eq!(
            sentence(&typed("::1", "30d", "5")),
            "Live key: *only identifies the caller*, from *1 address*, until *18 Dec 2026*, at most *5 a second*."
        );
        // The expiry of a key that has expired.
        assert!(sentence(&typed("", "2026-11-01T00:00", "")).ends_with("until *1 Nov 2026*."));
    }
}
