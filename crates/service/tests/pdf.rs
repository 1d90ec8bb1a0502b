//! The key PDF as its readers see it: through poppler's `pdftotext`, `pdfinfo` and `pdffonts` (Debian: poppler-utils).

use domain::auth_header::AuthHeader;
use domain::form::KeyForm;
use domain::lifecycle::RotateForm;
use domain::limits::LimitsForm;
use domain::policy::Policy;
use domain::time::date_time_utc;
use service::actor::Actor;
use service::pdf::{KeyPdf, render};
use std::path::PathBuf;
use std::process::Command;
use test_support::{TestApp, unrestricted_key_form};

const KEY: &str = "kh_live_4fT9sQ2mXa_8rJ0kVbN3cPzL6yWd1uHgE7oSxAiQfT5mKnR2vBtCyUZ0Lq4D";
/// 18 Nov 2026, 09:04 UTC.
const CREATED_AT: i64 = 1_794_992_640_000;

fn strings(items: &[&str]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

/// A rendered PDF in a temporary file.
struct Rendered {
    bytes: Vec<u8>,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Rendered {
    fn new(content: &KeyPdf<'_>) -> Self {
        Self::from_bytes(render(content).expect("a PDF"))
    }

    fn from_bytes(bytes: Vec<u8>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("key.pdf");
        std::fs::write(&file, &bytes).expect("the file is written");
        Self { bytes, file, _folder: folder }
    }

    /// The standard output of a poppler tool for the file; its standard error must be empty.
    fn run_tool(&self, tool: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(tool);
        command.args(arguments).arg(&self.file);
        if tool == "pdftotext" {
            command.arg("-");
        }
        let output = command.output().unwrap_or_else(|e| panic!("{tool} (Debian: poppler-utils): {e}"));
        assert!(output.status.success(), "{tool} failed");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{tool} printed an error");
        // Not strictly UTF-8: poppler writes surrogates where a title has characters beyond U+FFFF.
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The text, without the invisible marks that pdftotext puts around right-to-left words.
    fn text(&self) -> String {
        self.run_tool("pdftotext", &[]).replace(['\u{202a}', '\u{202b}', '\u{202c}'], "")
    }

    fn pages(&self) -> usize {
        let info = self.run_tool("pdfinfo", &[]);
        let line = info.lines().find_map(|line| line.strip_prefix("Pages:")).expect("a number of pages");
        line.trim().parse().expect("a number")
    }

    /// Left and right edge of the leftmost and the rightmost word, and the lower edge of the lowest, in points.
    fn extent(&self) -> (f64, f64, f64) {
        let boxes = self.run_tool("pdftotext", &["-bbox"]);
        let edge = |name: &str| -> Vec<f64> {
            let start = format!("{name}=\"");
            boxes
                .split(&start)
                .skip(1)
                .map(|rest| rest.split('"').next().expect("a value").parse().expect("a number"))
                .collect()
        };
        let least = |values: Vec<f64>| values.into_iter().fold(f64::MAX, f64::min);
        let most = |values: Vec<f64>| values.into_iter().fold(f64::MIN, f64::max);
        (least(edge("xMin")), most(edge("xMax")), most(edge("yMax")))
    }
}

/// Ordinary content, which a test may change.
fn content<'a>(name: &'a str, whitelist: &'a [String], privileges: &'a [String]) -> KeyPdf<'a> {
    KeyPdf {
        product: "Acme Mail",
        account: "Müller & Søn Ωmega",
        name,
        key: KEY,
        created_at: CREATED_AT,
        whitelist,
        privileges,
        expires_at: None,
        limits: &[],
        example: "curl https://api.acme.example/v2 \\\n  -H \"Authorization: ApiKey $ACME_MAIL_KEY\"",
        variable: "ACME_MAIL_KEY",
    }
}

fn named(name: &str) -> Rendered {
    Rendered::new(&content(name, &[], &strings(&["Contacts: Read"])))
}

fn has_line(text: &str, line: &str) -> bool {
    text.lines().any(|candidate| candidate.trim() == line)
}

#[test]
fn pdf_shows_everything_needed_to_use_the_key() {
    let whitelist = strings(&["203.0.113.7", "10.4.0.0/22", "198.51.100.20-198.51.100.40", "2001:db8::/48"]);
    let privileges = strings(&["Contacts: Read", "Contacts: Write", "Orders: Read", "Reports: Read"]);
    let rendered = Rendered::new(&content("Warehouse sync", &whitelist, &privileges));
    let text = rendered.text();

    assert!(has_line(&text, KEY), "{text}");
    assert!(has_line(&text, "Warehouse sync"), "{text}");
    for entry in whitelist.iter().chain(&privileges) {
        assert!(text.contains(entry), "{entry} is missing in {text}");
    }
    for wanted in [
        "Acme Mail",
        "Müller & Søn Ωmega",
        "18 Nov 2026, 09:04 UTC",
        "curl https://api.acme.example/v2 \\",
        "-H \"Authorization: ApiKey $ACME_MAIL_KEY\"",
        "ACME_MAIL_KEY is an environment variable",
        "shown only here",
        "Page 1 of 1",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing in {text}");
    }
    assert!(!text.contains("Any address"));
}

#[test]
fn pdf_shows_the_secret_once() {
    let rendered = named("Once");
    let secret = KEY.rsplit('_').next().expect("a secret");
    for mode in ["-layout", "-raw"] {
        assert_eq!(rendered.run_tool("pdftotext", &[mode]).matches(secret).count(), 1);
    }
    for metadata in [
        rendered.run_tool("pdfinfo", &[]),
        rendered.run_tool("pdfinfo", &["-meta"]),
        rendered.run_tool("pdffonts", &[]),
    ] {
        assert!(!metadata.contains(secret));
    }
    let in_the_clear = |text: &[u8]| rendered.bytes.windows(text.len()).any(|window| window == text);
    let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(!in_the_clear(secret.as_bytes()));
    assert!(!in_the_clear(&utf16));
}

#[test]
fn pdf_says_when_any_address_may_use_the_key() {
    assert!(named("Open").text().contains("Any address"));
}

#[test]
fn pdf_shows_expiry_and_limits() {
    let limits = strings(&["600 a minute", "50,000 uses every month"]);
    let privileges = strings(&["Contacts: Read"]);
    let limited = KeyPdf {
        expires_at: Some(CREATED_AT + 30 * 86_400_000),
        limits: &limits,
        ..content("Limited", &[], &privileges)
    };
    let text = Rendered::new(&limited).run_tool("pdftotext", &["-layout"]);
    let value = |text: &str, label: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(label)).map(str::trim);
        line.unwrap_or_else(|| panic!("{label} is missing in {text}")).to_owned()
    };
    assert_eq!(value(&text, "Expires"), "18 Dec 2026, 09:04 UTC");
    assert_eq!(value(&text, "Limits"), "600 a minute, 50,000 uses every month");
    let unlimited = named("Unlimited").run_tool("pdftotext", &["-layout"]);
    assert_eq!((value(&unlimited, "Expires"), value(&unlimited, "Limits")), ("Never".to_owned(), "None".to_owned()));
}

#[tokio::test]
async fn new_and_rotated_key_have_the_same_particulars_in_their_pdf() {
    let policy = Policy { product_name: "Acme Mail".into(), auth_header: AuthHeader::Basic, ..Policy::default() };
    let app = TestApp::with_policy(policy).await;
    let form = KeyForm {
        expires: "30d".into(),
        limits: LimitsForm { minute: "600".into(), ..LimitsForm::default() },
        ..unrestricted_key_form("Web shop")
    };
    let created = app.create_key_with(&form).await;
    let secrets = app.keyhatch.key_secrets();
    let at_once = RotateForm { overlap: "none".into() };
    let rotated = secrets.rotate(&Actor::Operator, &app.account, &created.key.id, &at_once).await.expect("rotated");
    let expires = date_time_utc(created.key.expires_at.expect("an expiry"));
    for issued in [created, rotated] {
        let text = Rendered::from_bytes(issued.pdf.clone()).text();
        for wanted in [expires.as_str(), "600 a minute", "-u 'Web shop':\"$ACME_MAIL_KEY\""] {
            assert!(text.contains(wanted), "{wanted} is missing in {text}");
        }
    }
}

#[test]
fn pdf_keeps_the_longest_key_on_one_line() {
    let key = KEY.replace("kh_", "abcdefghijklmnop_");
    let rendered = Rendered::new(&KeyPdf { key: &key, ..content("Long prefix", &[], &[]) });
    assert!(has_line(&rendered.text(), &key));
    assert!(rendered.extent().1 < 541.0);
}

#[test]
fn pdf_text_of_many_scripts_is_extractable() {
    for name in [
        "Warehouse sync",
        "Zürich façade naïve Ægir",
        "Łódź Žižkov Őrség Ştefan",
        "Việt Nam Đồng bộ",
        "Αποθήκη συγχρονισμός",
        "Складская синхронизация №7",
        "Київ їжак ґанок",
        "Հայաստան",
        "საქართველო",
        "倉庫同期キー",
        "北京仓库同步密钥",
        "臺灣倉儲同步",
        "서울 창고 동기화",
        "株式会社　ＡＢＣ１２３",
        "مفتاح المستودع الرئيسي",
        "مفتاح الإنتاج للعملاء الآن",
        "فَاطِمَةُ كِتَابٌ مُحَمَّد",
        "پشتیبان گیری",
        "מפתח הגיבוי",
        "שָׁלוֹם",
        "Cafe\u{301} Vie\u{323}\u{302}t",
        "A/B \"c\" <d> & 'e' \\ (f) 100%",
        "Tōkyō 東京 → Köln",
        "emails@acme.example",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍龍",
        "Done ✓ 5 € ½≤★★ №7",
    ] {
        let rendered = named(name);
        let text = rendered.text();
        assert!(has_line(&text, name), "{name} is missing in {text}");
        assert!(has_line(&text, KEY), "the key next to {name}");
        assert_eq!(rendered.pages(), 1);
        let info = rendered.run_tool("pdfinfo", &[]);
        assert!(info.contains(&format!("API key: {name}\n")), "the title of {name}: {info}");
    }
}

#[test]
fn mixed_directions_lose_no_word() {
    // Readers order words of both directions on one line differently; the title contains the name unchanged.
    let rendered = named("مستودع (Berlin) 7");
    let text = rendered.text();
    for word in ["مستودع", "Berlin", "7"] {
        assert!(text.contains(word), "{word} is missing in {text}");
    }
    assert!(rendered.run_tool("pdfinfo", &[]).contains("API key: مستودع (Berlin) 7\n"));
}

#[test]
fn missing_glyphs_are_shown_as_code_points() {
    for (name, shown) in [
        ("Ops 🦀", "Ops U+1F980"),
        ("🦀", "U+1F980"),
        ("Team🦀🦞!", "Team U+1F980 U+1F99E !"),
        ("न", "U+0928"),
        ("ไทย", "U+0E44 U+0E17 U+0E22"),
        ("a\u{200b}b\u{202e}c", "a U+200B b U+202E c"),
        ("tab\tnul\0", "tab U+0009 nul U+0000"),
        ("\u{10ffff}", "U+10FFFF"),
        ("𠀀 rare", "U+20000 rare"),
    ] {
        let text = named(name).text();
        assert!(has_line(&text, shown), "{shown} is missing in {text}");
    }
}

#[test]
fn long_whitelist_continues_on_the_next_pages() {
    let whitelist: Vec<String> = (0..50)
        .map(|n| format!("2001:db8:aaaa:bbbb:cccc:dddd:1{n:03x}:1111-2001:db8:aaaa:bbbb:cccc:dddd:1{n:03x}:ffff"))
        .collect();
    let rendered = Rendered::new(&content("Nightly report", &whitelist, &strings(&["All privileges"])));
    let text = rendered.text();
    let pages = rendered.pages();
    assert!(pages > 1);
    for page in 1..=pages {
        assert!(text.contains(&format!("Page {page} of {pages}")), "{text}");
    }
    let mut rest = text.as_str();
    for entry in &whitelist {
        let at = rest.find(entry.as_str()).unwrap_or_else(|| panic!("{entry} is missing or out of order in {text}"));
        rest = &rest[at..];
    }
    let later = rendered.run_tool("pdftotext", &["-f", "2"]);
    assert!(later.contains("API key: Nightly report") && later.contains("Whitelist"));
    assert!(!later.contains("kh_live"));
}

#[test]
fn text_of_every_length_stays_within_the_margins() {
    let whitelist: Vec<String> = (0..50).map(|n| format!("{n}.").repeat(60)).collect();
    let privileges: Vec<String> = (0..200).map(|n| format!("Module number {n}: Some-long-action")).collect();
    let (long_name, long_account) = ("Ŵ🦀".repeat(120), "長い名前の会社 GmbH ".repeat(20));
    let limits = strings(&["1,000,000,000,000 a second"; 7]);
    let long = KeyPdf {
        account: &long_account,
        example: "curl https://a-very-long-host-name-that-goes-on-and-on.example.com/with/a/path/that/never/ends/at/all/really \\
  -u 'A name of many words that is much longer than any line of this page can be, as names of 200 characters are':$KEY",
        limits: &limits,
        ..content(&long_name, &whitelist, &privileges)
    };
    let rendered = Rendered::new(&long);
    let (left, right, bottom) = rendered.extent();
    assert!(left >= 55.5 && right <= 540.0 && bottom <= 820.0, "{left} {right} {bottom}");
    let text = rendered.text();
    for privilege in &privileges {
        assert!(text.contains(privilege.as_str()), "{privilege} is split");
    }
}

#[test]
fn pdf_is_dated_by_the_key_and_reproducible() {
    let first = named("Stable");
    assert_eq!(first.bytes, named("Stable").bytes);
    let info = first.run_tool("pdfinfo", &["-isodates"]);
    for wanted in ["API key: Stable", "Müller & Søn Ωmega", "Acme Mail", "Keyhatch", "2026-11-18T09:04:00", "A4"] {
        assert!(info.contains(wanted), "{wanted} is missing in {info}");
    }
    assert!(!first.bytes.windows(4).any(|window| window == b"/ID["));
}

#[test]
fn pdf_embeds_font_subsets() {
    let latin = named("Warehouse sync");
    assert!(latin.bytes.len() < 60 * 1024, "{} bytes", latin.bytes.len());
    let many = named("倉庫 مفتاح Склад Αθήνα 🦀");
    assert!(many.bytes.len() < 80 * 1024, "{} bytes", many.bytes.len());
    for rendered in [latin, many] {
        let fonts = rendered.run_tool("pdffonts", &[]);
        for line in fonts.lines().skip(2) {
            assert!(line.contains("CID TrueType") && line.contains("yes yes yes"), "{fonts}");
        }
    }
}

#[test]
fn pdf_accepts_every_character() {
    // Ideographs and syllables behave alike: of those, and of the planes beyond, a sample is enough.
    let all = (0..0x3400_u32)
        .chain((0x3400..0xd800).step_by(97))
        .chain(0xe000..0x1_0000)
        .chain((0x1_0000..=0x10_ffff).step_by(997));
    let all: Vec<char> = all.filter_map(char::from_u32).filter(|c| !('\u{e000}'..'\u{f900}').contains(c)).collect();
    for chunk in all.chunks(4096) {
        let name: String = chunk.iter().collect();
        let pdf = render(&content(&name, &[], &[])).expect("every text is accepted");
        assert!(pdf.starts_with(b"%PDF-1.7"));
    }
}
