//! Code samples: what each one sends, and that it is valid in its language as far as its tools are installed.

use std::io::Write as _;
use std::process::{Command, Stdio};

use domain::auth_header::AuthHeader;
use domain::code_samples::{Language, SampleCall, code_sample, code_samples, env_line};
use domain::policy::Policy;

/// A name that would end a literal or be interpolated if it were not escaped.
const NASTY: &str = "Bob's \"shop\" $HOME `id` #{x} \\ 東京";

fn call(header: AuthHeader) -> SampleCall<'static> {
    SampleCall { url: "https://api.acme.example/v1/contacts", header, variable: "ACME_MAIL_KEY", key_name: "Web shop" }
}

#[test]
fn every_language_sends_every_header() {
    use AuthHeader::{ApiKey, Basic, Bearer, XApiKey};
    use Language::{Curl, Go, JavaScript, Php, Python, Ruby};
    for (language, header, expected) in [
        (Curl, ApiKey, "curl https://api.acme.example/v1/contacts \\\n  -H \"Authorization: ApiKey $ACME_MAIL_KEY\""),
        (Curl, Bearer, "-H \"Authorization: Bearer $ACME_MAIL_KEY\""),
        (Curl, XApiKey, "-H \"X-Api-Key: $ACME_MAIL_KEY\""),
        (Curl, Basic, "-u 'Web shop':\"$ACME_MAIL_KEY\""),
        (Python, ApiKey, "headers={\"Authorization\": \"ApiKey \" + os.environ[\"ACME_MAIL_KEY\"]},"),
        (Python, Bearer, "headers={\"Authorization\": \"Bearer \" + os.environ[\"ACME_MAIL_KEY\"]},"),
        (Python, XApiKey, "headers={\"X-Api-Key\": os.environ[\"ACME_MAIL_KEY\"]},"),
        (Python, Basic, "auth=(\"Web shop\".encode(), os.environ[\"ACME_MAIL_KEY\"].encode()),"),
        (JavaScript, ApiKey, "headers: { Authorization: `ApiKey ${process.env.ACME_MAIL_KEY}` },"),
        (JavaScript, Bearer, "headers: { Authorization: `Bearer ${process.env.ACME_MAIL_KEY}` },"),
        (JavaScript, XApiKey, "headers: { \"X-Api-Key\": process.env.ACME_MAIL_KEY },"),
        (JavaScript, Basic, "Buffer.from(\"Web shop:\" + process.env.ACME_MAIL_KEY).toString(\"base64\");"),
        (Go, ApiKey, "request.Header.Set(\"Authorization\", \"ApiKey \"+os.Getenv(\"ACME_MAIL_KEY\"))"),
        (Go, Bearer, "request.Header.Set(\"Authorization\", \"Bearer \"+os.Getenv(\"ACME_MAIL_KEY\"))"),
        (Go, XApiKey, "request.Header.Set(\"X-Api-Key\", os.Getenv(\"ACME_MAIL_KEY\"))"),
        (Go, Basic, "request.SetBasicAuth(\"Web shop\", os.Getenv(\"ACME_MAIL_KEY\"))"),
        (Php, ApiKey, "CURLOPT_HTTPHEADER, ['Authorization: ApiKey ' . getenv('ACME_MAIL_KEY')]"),
        (Php, Bearer, "CURLOPT_HTTPHEADER, ['Authorization: Bearer ' . getenv('ACME_MAIL_KEY')]"),
        (Php, XApiKey, "CURLOPT_HTTPHEADER, ['X-Api-Key: ' . getenv('ACME_MAIL_KEY')]"),
        (Php, Basic, "CURLOPT_USERPWD, 'Web shop:' . getenv('ACME_MAIL_KEY')"),
        (Ruby, ApiKey, "request['Authorization'] = 'ApiKey ' + ENV.fetch('ACME_MAIL_KEY')"),
        (Ruby, Bearer, "request['Authorization'] = 'Bearer ' + ENV.fetch('ACME_MAIL_KEY')"),
        (Ruby, XApiKey, "request['X-Api-Key'] = ENV.fetch('ACME_MAIL_KEY')"),
        (Ruby, Basic, "request.basic_auth('Web shop', ENV.fetch('ACME_MAIL_KEY'))"),
    ] {
        let code = code_sample(language, &call(header));
        assert!(code.contains(expected), "{expected} is missing in {code}");
        assert!(code.contains("https://api.acme.example/v1/contacts") && !code.ends_with('\n'), "{code}");
    }
}

#[test]
fn samples_follow_the_policy() {
    let policy = Policy {
        product_name: "Acme Mail".into(),
        api_url: "https://api.acme.example".into(),
        auth_header: AuthHeader::Bearer,
        ..Policy::default()
    };
    let samples = code_samples(&policy, "Web shop");
    let labels: Vec<&str> = samples.iter().map(|(label, _)| *label).collect();
    assert_eq!(labels, ["curl", "Python", "JavaScript", "Go", "PHP", "Ruby"]);
    for (label, code) in samples {
        assert!(code.contains("Bearer ") && code.contains("ACME_MAIL_KEY"), "{label}: {code}");
    }
    let policy = Policy { env_variable: Some("TOKEN".into()), ..policy };
    assert!(code_samples(&policy, "").iter().all(|(_, code)| code.contains("TOKEN") && !code.contains("ACME_MAIL")));
}

#[test]
fn the_env_line_holds_the_key() {
    assert_eq!(*env_line("ACME_MAIL_KEY", "kh_live_abc"), "ACME_MAIL_KEY=kh_live_abc");
}

/// Runs a syntax check on the standard input of a program; `None` if it is not installed.
fn check(program: &[&str], code: &str) -> Option<(bool, String)> {
    let mut child = Command::new(program[0])
        .args(&program[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    child.stdin.take().expect("its input").write_all(code.as_bytes()).expect("the program reads");
    let output = child.wait_with_output().expect("an end");
    Some((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

#[test]
fn samples_are_valid_in_their_language() {
    let python = "import ast, sys; ast.parse(sys.stdin.read())";
    let mut checked = Vec::new();
    for header in AuthHeader::ALL {
        for (url, key_name) in
            [("https://api.acme.example", "Web shop"), ("https://a.example/$x?a=1&b=(2);#{y}", NASTY)]
        {
            let call = SampleCall { url, key_name, ..call(header) };
            for language in Language::ALL {
                let code = code_sample(language, &call);
                let (program, code) = match language {
                    Language::Curl => (&["bash", "-n"][..], code),
                    Language::Python => (&["python3", "-c", python][..], code),
                    // `await` at the top is allowed in modules only.
                    Language::JavaScript => (&["node", "--check", "-"][..], format!("async () => {{\n{code}\n}}")),
                    Language::Go => {
                        (&["gofmt"][..], format!("package main\n\nfunc call() error {{\n{code}\nreturn nil\n}}\n"))
                    }
                    Language::Php => (&["php", "-l"][..], format!("<?php\n{code}\n")),
                    Language::Ruby => (&["ruby", "-c"][..], code),
                };
                if let Some((is_valid, errors)) = check(program, &code) {
                    assert!(is_valid, "{errors}\n{code}");
                    checked.push(language);
                }
            }
        }
    }
    for needed in [Language::Curl, Language::Python, Language::JavaScript] {
        assert!(checked.contains(&needed), "{} was not checked", needed.label());
    }
}

#[test]
fn a_shell_passes_a_name_and_a_url_on_unchanged() {
    let call = SampleCall { url: "https://a.example/$x?a=1&b=(2)", key_name: NASTY, ..call(AuthHeader::Basic) };
    let code = code_sample(Language::Curl, &call);
    let script = format!("curl() {{ printf '%s\\n' \"$@\"; }}\n{code}\n");
    let output = Command::new("bash").args(["-c", &script]).env("ACME_MAIL_KEY", "kh_live_abc").output().expect("bash");
    let expected = format!("{}\n-u\n{NASTY}:kh_live_abc\n", call.url);
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}
