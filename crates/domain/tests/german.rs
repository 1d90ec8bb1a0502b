//! The rules' messages in a language that counts, dates and orders words in its own way.

use domain::expiry::check_lifetime;
use domain::explain::{ExplainedKey, HypotheticalCall, explain};
use domain::lifecycle::{RotateForm, parse_delete_reason};
use domain::limits::{Limits, LimitsForm, Refill};
use domain::summary::{sentence, summarize};
use domain::time::{DAY, ago, date_time_utc, date_time_without_year_utc, date_utc, format_duration};
use domain::verdict::KeyRules;
use domain::whitelist::{CompiledWhitelist, feedback};
use domain::{
    Email, Entry, Environment, FieldErrors, KeyForm, KeyName, Millis, Policy, Privileges, VerdictCode, Whitelist,
    action_label, check_password,
};
use i18n::{Locale, MessageCatalogue, with_language};

/// 18 November 2026, 09:04:05.120 UTC.
const NOW: Millis = 1_794_992_645_120;

fn in_german<T>(work: impl FnOnce() -> T) -> T {
    with_language(MessageCatalogue::default().translations(Locale::parse("de").expect("German")), work)
}

fn message<T, E: std::fmt::Display>(refused: Result<T, E>) -> String {
    refused.err().map(|error| error.to_string()).unwrap_or_default()
}

#[test]
fn refusals_are_german_sentences() {
    let policy = Policy { environments: vec![Environment::Live], ..Policy::default() };
    let limits = LimitsForm { day: "9999999999999".into(), refill: Refill::Day, ..LimitsForm::default() };
    let mut errors = FieldErrors::default();
    let found = in_german(|| {
        limits.check(&mut errors);
        [
            message(KeyName::parse(&"ä".repeat(40), 32)),
            message(Email::parse("jo")),
            message(check_password("a")),
            message(policy.check_environment(Environment::Sandbox)),
            message(check_lifetime(None, NOW, Some(90))),
            message(parse_delete_reason(&"a".repeat(201))),
            message(RotateForm { overlap: "24h".into() }.check(NOW, Some(NOW + 60_000))),
            message(Privileges::from_typed(["mail:read"], &policy.catalogue().expect("modules"))),
            message(Entry::parse("10.1.2.3/24")),
            message(Entry::parse("10.0.0.1\u{200b}")),
            message(Whitelist::parse(&"x\n".repeat(6), 50)).lines().last().unwrap_or_default().to_owned(),
            message(Whitelist::parse("::1\n::2\n::3", 1)),
        ]
    });
    let expected = [
        "Der Name hat 40 Zeichen; kürzen Sie ihn auf 32.",
        "Das ist keine E-Mail-Adresse. Schreiben Sie sie wie name@example.com.",
        "Das Passwort hat 1 Zeichen; verwenden Sie mindestens 12.",
        "Hier gibt es keine Sandbox-Umgebung. Wählen Sie „Live“.",
        "Ein Schlüssel gilt hier höchstens 90 Tage. Wählen Sie ein Ende bis 16. Feb. 2027, 09:05 UTC.",
        "Der Grund hat 201 Zeichen; kürzen Sie ihn auf 200.",
        "overlap: Der Schlüssel selbst läuft am 18. Nov. 2026, 09:05 UTC ab. Wählen Sie einen Zeitpunkt bis dahin.",
        "Die Berechtigung mail:read gibt es nicht (mehr). Wählen Sie eine aus der Liste.",
        "10.1.2.3/24 ist keine Netzadresse. Verwenden Sie stattdessen 10.1.2.0/24, oder 10.1.2.3 für diese eine Adresse.",
        "10.0.0.1\u{fffd} enthält ein unsichtbares Zeichen (U+200B). Verwenden Sie stattdessen 10.0.0.1.",
        "1 weitere Zeile muss korrigiert werden.",
        "Die Liste hat 3 Einträge; ein Schlüssel kann höchstens 1 haben. Entfernen Sie 2, oder verwenden Sie Netze oder \
         Bereiche.",
    ];
    assert_eq!(found, expected);
    assert_eq!(errors.get("day"), Some("Geben Sie höchstens 1.000.000.000.000 ein."));
    assert_eq!(errors.get("uses"), Some("Geben Sie an, wie viele Nutzungen es jeweils gibt, oder wählen Sie „Nie“."));
}

#[test]
fn dates_and_durations_are_german() {
    in_german(|| {
        assert_eq!((date_utc(NOW).as_str(), date_utc(0).as_str()), ("18. Nov. 2026", "1. Jan. 1970"));
        assert_eq!(date_time_utc(NOW), "18. Nov. 2026, 09:04 UTC");
        assert_eq!(date_time_without_year_utc(NOW, NOW), "18. Nov., 09:04 UTC");
        for (past, text) in [
            (0, "gerade eben"),
            (60_000, "vor 1 Minute"),
            (3 * 60_000, "vor 3 Minuten"),
            (5 * 3_600_000, "vor 5 Stunden"),
            (DAY, "vor 1 Tag"),
            (30 * DAY, "vor 30 Tagen"),
            (31 * DAY, "am 18. Okt. 2026"),
        ] {
            assert_eq!(ago(NOW - past, NOW), text);
        }
        assert_eq!((format_duration(DAY).as_str(), format_duration(5 * DAY).as_str()), ("1 Tag", "5 Tage"));
    });
}

#[test]
fn the_sentence_about_a_key_is_german_and_keeps_the_operators_words() {
    let said = |form: &KeyForm| {
        let summary = summarize(form, &feedback(&form.whitelist), &Policy::default().modules, NOW);
        let mark = |part: i18n::TextPart| if part.is_argument { format!("*{}*", part.text) } else { part.text };
        in_german(|| sentence(&summary)).into_iter().map(mark).collect::<String>()
    };
    let form = KeyForm {
        privileges: ["contacts:read", "contacts:write", "orders:read", "orders:publish"].map(ToOwned::to_owned).into(),
        whitelist: "10.0.0.0/8\n172.16.0.0/12\n203.0.113.7".into(),
        expires: "2026-12-21T09:00".into(),
        limits: LimitsForm {
            minute: "600".into(),
            uses: "50000".into(),
            refill: Refill::Month,
            ..LimitsForm::default()
        },
        ..KeyForm::default()
    };
    assert_eq!(
        said(&form),
        "Live-Schlüssel: *liest und schreibt Contacts, liest Orders, hat „publish“ für orders*, von *2 Netzen und 1 \
         Adresse*, bis *21. Dez. 2026*, höchstens *600 pro Minute und 50.000 Nutzungen pro Monat*."
    );
    let sandbox = KeyForm { all_privileges: true, environment: Environment::Sandbox, ..KeyForm::default() };
    assert_eq!(said(&sandbox), "Sandbox-Schlüssel: *hat alle Berechtigungen*, von *jeder Adresse*.");
    assert_eq!(
        in_german(|| (action_label("read"), action_label("full-access"))),
        ("Lesen".into(), "Full access".into())
    );
}

#[test]
fn an_explanation_is_german() {
    let whitelist = Whitelist::parse("203.0.113.0/24", 50).expect("a list");
    let (compiled, privileges) = (whitelist.compile(), Privileges::all());
    let compiled = CompiledWhitelist::new(&compiled);
    let rules = KeyRules {
        enabled: true,
        expires_at: Some(NOW + 1),
        channel: None,
        whitelist: compiled,
        privileges: &privileges,
    };
    let call = HypotheticalCall { address: "198.51.100.9".parse().ok(), privilege: None, channel: None, cost: 1 };
    let key = ExplainedKey { rules, whitelist: &whitelist, limits: &[] };
    let explained = in_german(|| explain(&key, &call, NOW));
    assert_eq!(explained.code, VerdictCode::IpNotAllowed);
    assert_eq!(
        explained.advice.as_deref(),
        Some("Bearbeiten Sie den Schlüssel, und fügen Sie 198.51.100.9 zu seiner IP-Whitelist hinzu.")
    );
    let found: Vec<String> = explained.checks.into_iter().map(|check| [check.name, check.finding].join(": ")).collect();
    assert_eq!(found[1], "Ablauf: Der Schlüssel läuft am 18. Nov. 2026, 09:04 UTC ab.");
    assert_eq!(found[3], "Adresse: 198.51.100.9 steht nicht auf der IP-Whitelist: 203.0.113.0/24.");
}

/// What programs parse is the same in every language.
#[test]
fn stored_forms_and_words_have_no_language() {
    let limits = Limits::from_stored("minute=600 uses-month=50000").expect("limits");
    let list = Whitelist::parse("10.0.0.0/8, ::1", 50).expect("a list");
    let stored = || (limits.to_stored(), list.to_stored(), LimitsForm::from_limits(&limits).minute);
    assert_eq!(in_german(stored), stored());
    assert_eq!(in_german(|| domain::time::iso(NOW)), "2026-11-18T09:04:05.120Z");
    assert_eq!(in_german(|| domain::expiry::format_expiry(NOW)), "2026-11-18T09:04");
}
