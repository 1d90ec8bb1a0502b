//! Secrets put through every flow while the program says all it can say, and then searched for in all that it wrote
//! and answered: each is in the one answer that hands it out and nowhere else.

use std::fs;
use std::io;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::client::{Answer, send};
use crate::console::{Browser, key_form};
use crate::program::{EMAIL, PASSWORD, Place, Server};
use crate::search::Needles;

const GATE_TOKEN: &str = "gate-token-canary-5d1c70ab";
const WRONG_PASSWORD: &str = "wrong-password-canary-91f3";
const KEYS: usize = 10;

/// Something that nobody but its owner may see.
struct Secret {
    what: String,
    /// How many answers, or outputs of commands, hand it out.
    handed_out: usize,
}

/// All that came out of the program over sockets and from commands.
#[derive(Default)]
struct Seen {
    outputs: Vec<(String, Vec<u8>)>,
    /// Numbered as in `needles`.
    secrets: Vec<Secret>,
    needles: Needles,
}

impl Seen {
    fn answer(&mut self, what: &str, answer: io::Result<Answer>) -> Answer {
        let answer = answer.unwrap_or_else(|error| panic!("{what}: {error}"));
        // The body once more, without the marks between its pieces, which could part a secret.
        self.outputs.push((what.to_owned(), [&answer.raw[..], b"\n", &answer.body].concat()));
        answer
    }

    fn secret(&mut self, what: &str, value: &str, handed_out: usize) {
        assert!(value.len() >= 16, "{what}: {value}");
        assert_eq!(self.needles.add(value), self.secrets.len());
        self.secrets.push(Secret { what: what.to_owned(), handed_out });
    }

    /// A whole key, and the part of it that nobody can guess.
    fn key(&mut self, what: &str, value: &str) {
        self.secret(what, value, 1);
        self.secret(&format!("the secret part of {what}"), secret_part(value), 1);
    }

    fn run(&mut self, place: &Place, arguments: &[&str], input: &str) -> Vec<u8> {
        let output = place.run_with_input(arguments, input);
        let what = format!("command {arguments:?}");
        self.outputs.push((what.clone() + " stdout", output.stdout.clone()));
        self.outputs.push((what + " stderr", output.stderr));
        output.stdout
    }
}

/// `kh_live_<10>_<43><6>`
fn secret_part(key: &str) -> &str {
    key.rsplit_once('_').unwrap().1.get(..43).unwrap()
}

#[test]
fn a_secret_is_in_its_one_answer_only() {
    let mut place = Place::new();
    place.set("KEYHATCH_LOG", "trace");
    place.set("KEYHATCH_GATE_TOKEN", GATE_TOKEN);
    let mut server = place.serve();
    let mut seen = Seen::default();
    seen.secret("the password", PASSWORD, 0);
    seen.secret("a wrong password", WRONG_PASSWORD, 0);
    seen.secret("the gate token", GATE_TOKEN, 0);
    seen.secret("the pepper", fs::read_to_string(place.data("pepper")).unwrap().trim(), 0);

    let browser = set_up_and_sign_in(&server, &mut seen);
    let mut keys = Vec::new();
    for number in 0..KEYS {
        keys.push(issue(&browser, &mut seen, number));
    }
    console(&browser, &mut seen, &keys);
    for (name, id, key) in &keys {
        gate(&server, &mut seen, name, key);
        seen.answer("delete", browser.keys("action", &json!({ "action": "delete", "ids": [id], "reason": "" })));
        ask(&server, &mut seen, &format!("ApiKey {key}"), 401);
    }
    people(&browser, &mut seen);
    let kept = issue(&browser, &mut seen, KEYS);
    commands(&place, &mut seen);
    outage(&place, &server, &browser, &mut seen, &kept.2);
    seen.answer("metrics", send(server.gate, "GET /metrics", &[], b""));
    seen.answer("sign-out", browser.form("sign-out", &[]));

    // While it runs, with the log of the database beside it, and again after it has ended.
    let told = fs::read_to_string(place.path().join("stderr.log")).unwrap();
    assert!(told.contains("DEBUG") && told.contains("sqlx::query"), "it said little");
    let files = search(&place, &seen);
    assert!(["keyhatch.db-wal", "keyhatch.db-shm"].iter().all(|name| files.contains(&(*name).to_owned())), "{files:?}");
    server.stop();
    let files = search(&place, &seen);
    for name in ["keyhatch.db", "backup.db", "revocations.ledger", "stdout.log", "stderr.log"] {
        assert!(files.contains(&name.to_owned()), "{files:?}");
    }
    println!(
        "{} secrets searched for in {} outputs and {} files, {} bytes of log",
        seen.secrets.len(),
        seen.outputs.len(),
        files.len(),
        told.len()
    );
}

/// Every file below the folder but the pepper, and every output. Answers the names of the files.
fn search(place: &Place, seen: &Seen) -> Vec<String> {
    let mut files = Vec::new();
    for folder in [place.path().to_owned(), place.path().join("data")] {
        files.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    }
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(seen.needles.find(&fs::read(place.data("pepper")).unwrap()).len(), 1, "what is there is found");
    for path in files.iter().filter(|path| !path.ends_with("data/pepper")) {
        for number in seen.needles.find(&fs::read(path).unwrap()) {
            // The one link that the first start prints.
            let what = &seen.secrets[number].what;
            assert!(what == "the set-up token" && path.ends_with("stdout.log"), "{what} is in {}", path.display());
        }
    }
    let mut holders = vec![Vec::new(); seen.secrets.len()];
    for (what, text) in &seen.outputs {
        seen.needles.find(text).into_iter().for_each(|number| holders[number].push(what));
    }
    for (secret, holders) in seen.secrets.iter().zip(holders) {
        assert_eq!(holders.len(), secret.handed_out, "{} is in {holders:?}", secret.what);
    }
    files.iter().map(|path| name(path)).collect()
}

fn set_up_and_sign_in(server: &Server, seen: &mut Seen) -> Browser {
    let mut browser = Browser::new(server);
    let path = server.set_up_path();
    let token = path.split_once("token=").unwrap().1;
    // The page hands it back in its form.
    seen.secret("the set-up token", token, 1);
    seen.answer("the set-up page", browser.get(&path));
    let fields =
        |email, password| [("token", token), ("account_name", "Acme"), ("email", email), ("password", password)];
    seen.answer("set-up refused", browser.form("set-up", &fields("nobody", WRONG_PASSWORD)));
    let done = seen.answer("set-up", browser.form("set-up", &fields(EMAIL, PASSWORD)));
    assert_eq!(done.status, 200, "{}", done.text());
    browser.keep_session(&done);
    seen.secret("the first session", &browser.session, 1);
    seen.answer("sign-out", browser.form("sign-out", &[]));
    for (email, password) in [(EMAIL, WRONG_PASSWORD), ("nobody@example.com", WRONG_PASSWORD), ("", WRONG_PASSWORD)] {
        let refused = browser.form("sign-in", &[("email", email), ("password", password)]);
        assert_eq!(seen.answer("sign-in refused", refused).status, 401);
    }
    let done = seen.answer("sign-in", browser.form("sign-in", &[("email", EMAIL), ("password", PASSWORD)]));
    assert_eq!(done.status, 200, "{}", done.text());
    browser.keep_session(&done);
    seen.secret("the second session", &browser.session, 1);
    browser
}

/// Somebody is invited, joins, sets up two-factor codes and signs in with a recovery code.
fn people(browser: &Browser, seen: &mut Seen) {
    const EMAIL: &str = "invited@example.com";
    const OWN: &str = "invited-password-canary-77c1";
    seen.secret("the invited member's password", OWN, 0);
    let page = seen.answer("the members", browser.get("/settings/members")).text();
    let account = page.split_once("data-account=\"").unwrap().1.split('"').next().unwrap();
    let invite = [("do", "invite"), ("email", EMAIL), ("role", "admin"), ("account", account)];
    let invited = seen.answer("invite", browser.page_form("/settings/members", &invite));
    let page = invited.text();
    let token = page.split_once("/invite?token=").unwrap().1.split('"').next().unwrap();
    // The page of the link hands it back in its form.
    seen.secret("the token of an invitation", token, 3);
    let mut member = Browser { session: String::new(), ..browser.clone() };
    seen.answer("the page of an invitation", member.get(&format!("/invite?token={token}")));
    let join = |password| [("do", "join"), ("token", token), ("password", password)];
    assert_eq!(seen.answer("join refused", member.page_form("/invite", &join("short"))).status, 422);
    let joined = seen.answer("join", member.page_form("/invite", &join(OWN)));
    assert_eq!(joined.status, 303, "{}", joined.text());
    member.keep_session(&joined);
    seen.secret("the session of who joined", &member.session, 1);

    let security = "/settings/security";
    seen.answer("begin", member.page_form(security, &[("do", "begin-two-factor"), ("password", OWN)]));
    let page = seen.answer("the page with the QR code", member.get(security)).text();
    let shown = page.split_once("two-factor-secret").unwrap().1.split('<').next().unwrap();
    let app: String = shown.split_once('>').unwrap().1.chars().filter(char::is_ascii_alphanumeric).collect();
    // The page shows it in groups, and as a drawing.
    seen.secret("the secret of a second factor", &app, 0);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
    let code = service::code_at(&app, i64::try_from(now).unwrap()).unwrap();
    let on = seen.answer("confirm", member.page_form(security, &[("do", "confirm-two-factor"), ("code", &code)]));
    let codes: Vec<String> = on
        .text()
        .split("<li>")
        .filter_map(|item| item.split('<').next())
        .filter(|code| code.len() == 19)
        .map(ToOwned::to_owned)
        .collect();
    assert_eq!(codes.len(), 10);
    for code in &codes {
        seen.secret("a recovery code", code, 1);
    }
    let first = seen.answer("first step", member.form("sign-in", &[("email", EMAIL), ("password", OWN)]));
    member.keep_session(&first);
    seen.secret("a pending sign-in", &member.session, 1);
    let wrong = [("do", "code"), ("code", "wrong-canary-code-1"), ("next", "")];
    assert_eq!(seen.answer("wrong code", member.page_form("/sign-in", &wrong)).status, 422);
    let second = seen.answer("second step", member.page_form("/sign-in", &[("do", "code"), ("code", &codes[0])]));
    assert_eq!(second.status, 303, "{}", second.text());
    member.keep_session(&second);
    seen.secret("the session of the second step", &member.session, 1);
    assert_eq!(seen.answer("its page", member.get(security)).status, 200);
}

/// Name, id and value of a new key.
fn issue(browser: &Browser, seen: &mut Seen, number: usize) -> (String, String, String) {
    let name = format!("Canary {number}");
    let answer = seen.answer("issue", browser.keys("create", &json!({ "form": key_form(&name, "203.0.113.0/24") })));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let issued = answer.json();
    let value = issued["secret"].as_str().unwrap();
    seen.key(&format!("key {number}"), value);
    (name, issued["key"]["id"].as_str().unwrap().to_owned(), value.to_owned())
}

/// Every function and page, in good and in bad, some with a key where none belongs.
fn console(browser: &Browser, seen: &mut Seen, keys: &[(String, String, String)]) {
    for (name, id, key) in keys {
        let bad = json!({ "id": id, "form": key_form("", "203.0.113.300") });
        assert_eq!(seen.answer("change refused", browser.keys("update", &bad)).status, 422);
        let good = json!({ "id": id, "form": key_form(name, "203.0.113.7") });
        assert_eq!(seen.answer("change", browser.keys("update", &good)).status, 200);
        seen.answer("list", browser.keys("list", &json!({ "search": null, "after": null })));
        seen.answer("search for a key", browser.keys("list", &json!({ "search": key, "after": null })));
        seen.answer(
            "a key as an id",
            browser.keys("action", &json!({ "action": "delete", "ids": [key], "reason": "" })),
        );
        for path in ["", "?add", &format!("?edit={id}"), &format!("?delete={id}"), "?q=Canary"] {
            assert_eq!(seen.answer("page", browser.get(&format!("/settings/api-keys{path}"))).status, 200);
        }
        let broken = format!("{{\"form\": {{\"name\": \"{key}\", ");
        seen.answer("broken JSON", browser.post("keys/create", "application/json", broken.as_bytes()));
        seen.answer("wrong type", browser.post("keys/create", "text/plain", key.as_bytes()));
        seen.answer(
            "a form for JSON",
            browser.post("keys/create", "application/x-www-form-urlencoded", key.as_bytes()),
        );
        seen.answer("too large", browser.post("keys/create", "application/json", key.repeat(20_000).as_bytes()));
        seen.answer("unknown function", browser.post("keys/steal", "application/json", key.as_bytes()));
        let forged =
            [("content-type", "application/json"), ("x-api-key", key.as_str()), ("sec-fetch-site", "cross-site")];
        let sent = send(browser.to, "POST /api/console/keys/list", &forged, b"{}");
        assert_eq!(seen.answer("forged", sent).status, 403);
    }
    let stranger = Browser { session: "no-session-of-anybody".to_owned(), ..browser.clone() };
    assert_eq!(seen.answer("signed out", stranger.keys("list", &json!({}))).status, 401);
    seen.answer("signed-out page", stranger.get("/settings/api-keys"));
    seen.answer("nowhere", browser.get("/nowhere"));
}

fn ask(server: &Server, seen: &mut Seen, authorization: &str, expected: u16) {
    let lines =
        [("authorization", authorization), ("x-forwarded-for", "203.0.113.7"), ("x-keyhatch-gate-token", GATE_TOKEN)];
    for profile in ["nginx", "forward"] {
        let answer = seen.answer("gate", send(server.gate, &format!("GET /auth/{profile}"), &lines, b""));
        assert_eq!(answer.status, expected, "{profile}");
    }
}

/// The four forms of a credential, and everything that is wrong with one.
fn gate(server: &Server, seen: &mut Seen, name: &str, key: &str) {
    let basic = |user: &str, key: &str| format!("Basic {}", STANDARD.encode(format!("{user}:{key}")));
    let cut = &key[..key.len() - 1];
    // Still a secret: most of it is right.
    let swapped = format!("{}{}", cut, if key.ends_with('0') { '1' } else { '0' });
    for (authorization, expected) in [
        (format!("ApiKey {key}"), 200),
        (format!("Bearer {key}"), 200),
        (basic(name, key), 200),
        (basic("Other", key), 401),
        (basic("", key), 401),
        (format!("ApiKey {cut}"), 401),
        (format!("ApiKey {swapped}"), 401),
        (format!("ApiKey {key}, {key}"), 401),
        (format!("Digest {key}"), 401),
        (key.to_owned(), 401),
        (format!("Basic {key}"), 401),
        (basic(&format!("{key}\n"), key), 401),
    ] {
        ask(server, seen, &authorization, expected);
    }
    let address = ("x-forwarded-for", "203.0.113.7");
    for (head, lines, expected) in [
        ("GET /auth/nginx".to_owned(), vec![("x-api-key", key), address], 200),
        ("GET /auth/nginx".to_owned(), vec![("x-api-key", key), ("authorization", key), address], 403),
        ("GET /auth/nginx".to_owned(), vec![("x-api-key", key), ("x-forwarded-for", key)], 403),
        (format!("GET /auth/nginx?api_key={key}"), vec![address], 403),
        (format!("GET /auth/forward?x={key}"), vec![address], 403),
        ("GET /auth/nginx".to_owned(), vec![("x-original-uri", key), address], 401),
        (format!("GET /auth/{key}"), vec![address], 404),
        ("GET /auth/nginx?privilege=nonsense".to_owned(), vec![("x-api-key", key), address], 503),
    ] {
        let answer = seen.answer("gate", send(server.gate, &head, &lines, b""));
        assert_eq!(answer.status, expected, "{}", head.replace(key, "…"));
    }
    let json_type = [("content-type", "application/json")];
    for (body, expected) in [
        (json!({ "key": key, "ip": "203.0.113.7" }).to_string(), 200),
        (json!({ "key": key, "ip": "198.51.100.1" }).to_string(), 200),
        (json!({ "key": swapped, "ip": "203.0.113.7" }).to_string(), 200),
        (json!({ "key": key, "ip": key, "privilege": key }).to_string(), 400),
        (json!({ "key": key, "ip": null, "channel": key }).to_string(), 400),
        (json!({ "key": key, "ip": null, key: 1 }).to_string(), 400),
        (json!({ "key": [key], "ip": null }).to_string(), 400),
        (format!("{{\"key\": \"{key}"), 400),
        (json!({ "key": key.repeat(1_000), "ip": null }).to_string(), 413),
    ] {
        let answer = seen.answer("verify", send(server.gate, "POST /v1/verify", &json_type, body.as_bytes()));
        assert_eq!(answer.status, expected, "{}", answer.text());
    }
}

fn commands(place: &Place, seen: &mut Seen) {
    let account = seen.run(place, &["account", "create", "--name", "By command"], "");
    let account: serde_json::Value = serde_json::from_slice(&account).unwrap();
    let account = account["id"].as_str().unwrap();
    let member = ["member", "create", "--account", account, "--email", "by-command@example.com", "--role", "admin"];
    seen.run(place, &member, PASSWORD);
    seen.run(place, &member, PASSWORD);
    let created = seen.run(place, &["key", "create", "--account", account, "--name", "By command"], "");
    let created: serde_json::Value = serde_json::from_slice(&created).unwrap();
    seen.key("the key by command", created["key"].as_str().unwrap());
    seen.run(place, &["audit", "verify"], "");
    seen.run(place, &["backup", "backup.db"], "");
    assert!(place.path().join("backup.db").is_file());
}

/// Errors are where a program says most.
fn outage(place: &Place, server: &Server, browser: &Browser, seen: &mut Seen, key: &str) {
    fs::rename(place.data("keyhatch.db"), place.data("away.db")).unwrap();
    let form = key_form("Never", "");
    assert_eq!(seen.answer("issue in an outage", browser.keys("create", &json!({ "form": form }))).status, 503);
    crate::program::until("the gate cannot know any more", || {
        let lines = [("x-api-key", key), ("x-forwarded-for", "203.0.113.7")];
        seen.answer("gate in an outage", send(server.gate, "GET /auth/nginx", &lines, b"")).status == 503
    });
    fs::rename(place.data("away.db"), place.data("keyhatch.db")).unwrap();
    ask(server, seen, &format!("ApiKey {key}"), 200);
}
