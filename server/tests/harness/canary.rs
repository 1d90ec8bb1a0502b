//! Known secrets go through every flow at log level `trace`. Then everything that the program wrote and every response is
//! searched for them: each secret appears only in the response that hands it out.

use crate::program::{EMAIL, program_folder};
use crate::requests::{Browser, Connector, KEYS, key_fields};
use crate::secret_search::Needles;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use test_support::reqwest::Error;
use test_support::{ProgramFolder, RunningProgram, TestResponse, wait_until_blocking};

const GATE_TOKEN: &str = "gate-token-canary-5d1c70ab";
const PASSWORD: &str = "owner-password-canary-3e8d";
const WRONG_PASSWORD: &str = "wrong-password-canary-91f3";
const COUNT: usize = 10;

struct Secret {
    what: String,
    /// How many responses, or outputs of commands, contain it.
    expected_outputs: usize,
}

/// Every response of the program and every output of its commands, with the secrets to search for.
#[derive(Default)]
struct Recorder {
    outputs: Vec<(String, Vec<u8>)>,
    /// Numbered as in `needles`.
    secrets: Vec<Secret>,
    needles: Needles,
}

impl Recorder {
    fn record(&mut self, what: &str, response: Result<TestResponse, Error>) -> TestResponse {
        let response = response.unwrap_or_else(|error| panic!("{what}: {error}"));
        let mut output = Vec::new();
        for (name, value) in &response.headers {
            output.extend_from_slice(&[name.as_str().as_bytes(), b": ", value.as_bytes(), b"\n"].concat());
        }
        output.extend_from_slice(&response.body);
        self.outputs.push((what.to_owned(), output));
        response
    }

    fn expect_secret(&mut self, what: &str, value: &str, expected_outputs: usize) {
        assert!(value.len() >= 16, "{what}: {value}");
        assert_eq!(self.needles.add(value), self.secrets.len());
        self.secrets.push(Secret { what: what.to_owned(), expected_outputs });
    }

    /// A whole key, and the random part of it alone.
    fn expect_key(&mut self, what: &str, value: &str) {
        self.expect_secret(what, value, 1);
        self.expect_secret(&format!("the secret part of {what}"), secret_part(value), 1);
    }

    fn run(&mut self, folder: &ProgramFolder, arguments: &[&str], input: &str) -> Vec<u8> {
        let output = folder.run_with_input(arguments, input);
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
fn each_secret_appears_only_in_its_own_response() {
    let mut folder = program_folder();
    folder.set_variable("KEYHATCH_LOG", "trace");
    folder.set_variable("KEYHATCH_GATE_TOKEN", GATE_TOKEN);
    let mut server = folder.serve();
    let mut recorder = Recorder::default();
    recorder.expect_secret("the password", PASSWORD, 0);
    recorder.expect_secret("a wrong password", WRONG_PASSWORD, 0);
    recorder.expect_secret("the gate token", GATE_TOKEN, 0);
    recorder.expect_secret("the pepper", fs::read_to_string(folder.data_file("pepper")).unwrap().trim(), 0);

    let browser = set_up_and_sign_in(&server, &mut recorder);
    let mut keys = Vec::new();
    for number in 0..COUNT {
        keys.push(create_key(&browser, &mut recorder, number));
    }
    use_console(&browser, &mut recorder, &keys);
    search_for_key(&browser, &mut recorder);
    for (name, id, key) in &keys {
        await_first_call(&server, &browser, &mut recorder, (name, id, key));
        use_gate(&server, &mut recorder, name, key);
        rotate(&browser, &mut recorder, id);
        let delete = [("do", "delete"), ("id", id.as_str()), ("confirm_name", name), ("next", KEYS)];
        let deleted = recorder.record("delete", browser.plain_key_form(&format!("?delete={id}"), &delete));
        assert_eq!(deleted.status, 303, "{}", deleted.text());
        authorize(&server, &mut recorder, &format!("ApiKey {key}"), 401);
    }
    use_member_pages(&browser, &mut recorder);
    let kept = create_key(&browser, &mut recorder, COUNT);
    run_commands(&folder, &mut recorder);
    cause_outage(&folder, &server, &browser, &mut recorder, &kept.2);
    recorder.record("metrics", Connector::new(server.gate).get("/metrics"));
    recorder.record("sign-out", browser.sign_out());

    // While it runs, with the write-ahead log of the database, and again after it has stopped.
    let log = fs::read_to_string(folder.path().join("stderr.log")).unwrap();
    assert!(log.contains("DEBUG") && log.contains("sqlx::query"), "the log level is not trace");
    let files = search(&folder, &recorder);
    assert!(["keyhatch.db-wal", "keyhatch.db-shm"].iter().all(|name| files.contains(&(*name).to_owned())), "{files:?}");
    server.stop();
    let files = search(&folder, &recorder);
    for name in ["keyhatch.db", "backup.db", "revocations.ledger", "stdout.log", "stderr.log"] {
        assert!(files.contains(&name.to_owned()), "{files:?}");
    }
    println!(
        "{} secrets searched for in {} outputs and {} files, {} bytes of log",
        recorder.secrets.len(),
        recorder.outputs.len(),
        files.len(),
        log.len()
    );
}

/// Searches every file in the folder but the pepper, and every output. Returns the names of the files.
fn search(folder: &ProgramFolder, recorder: &Recorder) -> Vec<String> {
    let mut files = Vec::new();
    for folder in [folder.path().to_owned(), folder.path().join("data")] {
        files.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    }
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(
        recorder.needles.find(&fs::read(folder.data_file("pepper")).unwrap()).len(),
        1,
        "the search finds the pepper in its file"
    );
    for path in files.iter().filter(|path| !path.ends_with("data/pepper")) {
        for number in recorder.needles.find(&fs::read(path).unwrap()) {
            // In the link that the first start prints.
            let what = &recorder.secrets[number].what;
            assert!(what == "the set-up token" && path.ends_with("stdout.log"), "{what} is in {}", path.display());
        }
    }
    let mut holders = vec![Vec::new(); recorder.secrets.len()];
    for (what, text) in &recorder.outputs {
        recorder.needles.find(text).into_iter().for_each(|number| holders[number].push(what));
    }
    for (secret, holders) in recorder.secrets.iter().zip(holders) {
        assert_eq!(holders.len(), secret.expected_outputs, "{} is in {holders:?}", secret.what);
    }
    files.iter().map(|path| name(path)).collect()
}

fn set_up_and_sign_in(server: &RunningProgram, recorder: &mut Recorder) -> Browser {
    let mut browser = Browser::new(server);
    let path = server.set_up_path();
    let token = path.split_once("token=").unwrap().1;
    // In the form of the page, twice.
    recorder.expect_secret("the set-up token", token, 2);
    recorder.record("the set-up page", browser.get(&path));
    let fields = |email, password| {
        [("do", "set-up"), ("token", token), ("account_name", "Acme"), ("email", email), ("password", password)]
    };
    let refused = recorder.record("set-up refused", browser.page_form("/setup", &fields("nobody", WRONG_PASSWORD)));
    assert_eq!(refused.status, 422, "{}", refused.text());
    let done = recorder.record("set-up", browser.page_form("/setup", &fields(EMAIL, PASSWORD)));
    assert_eq!(done.status, 303, "{}", done.text());
    browser.keep_session(&done);
    recorder.expect_secret("the first session", &browser.session, 1);
    recorder.record("sign-out", browser.sign_out());
    for (email, status) in [(EMAIL, 401), ("nobody@example.com", 401), ("", 422)] {
        let refused = browser.sign_in(email, WRONG_PASSWORD);
        assert_eq!(recorder.record("sign-in refused", refused).status, status);
    }
    let done = recorder.record("sign-in", browser.sign_in(EMAIL, PASSWORD));
    assert_eq!(done.status, 303, "{}", done.text());
    browser.keep_session(&done);
    recorder.expect_secret("the second session", &browser.session, 1);
    let page = recorder.record("the first page", browser.get(KEYS));
    browser.keep_account(&page);
    browser
}

/// A member is invited, joins and uses two-factor codes.
fn use_member_pages(browser: &Browser, recorder: &mut Recorder) {
    const EMAIL: &str = "invited@example.com";
    const OWN: &str = "invited-password-canary-77c1";
    recorder.expect_secret("the invited member's password", OWN, 0);
    let page = recorder.record("the members", browser.get("/settings/members"));
    let account = page.text().split_once("data-account=\"").unwrap().1.split('"').next().unwrap();
    let invite = [("do", "invite"), ("email", EMAIL), ("role", "admin"), ("account", account)];
    let invited = recorder.record("invite", browser.page_form("/settings/members", &invite));
    let page = invited.text();
    let token = page.split_once("/invite?token=").unwrap().1.split('"').next().unwrap();
    // In the form of the link's page too.
    recorder.expect_secret("the token of an invitation", token, 3);
    let mut member = browser.with_session("");
    recorder.record("the page of an invitation", member.get(&format!("/invite?token={token}")));
    let join = |password| [("do", "join"), ("token", token), ("password", password)];
    assert_eq!(recorder.record("join refused", member.page_form("/invite", &join("short"))).status, 422);
    let joined = recorder.record("join", member.page_form("/invite", &join(OWN)));
    assert_eq!(joined.status, 303, "{}", joined.text());
    member.keep_session(&joined);
    recorder.expect_secret("the session of the invited member", &member.session, 1);

    use_two_factor(&mut member, recorder, (EMAIL, OWN));
    use_reset_link(browser, &member, recorder, account);
}

/// An owner makes a link with which the invited member chooses a new password.
fn use_reset_link(browser: &Browser, member: &Browser, recorder: &mut Recorder, account: &str) {
    const NEW: &str = "new-password-canary-51d9e2";
    recorder.expect_secret("the password chosen with a link", NEW, 0);
    let page = recorder.record("the members again", browser.get("/settings/members"));
    let id = page.text().split_once("?reset-password=").unwrap().1.split('"').next().unwrap();
    let form = [("do", "reset-password"), ("id", id), ("account", account)];
    let made = recorder.record("make a link", browser.page_form("/settings/members", &form));
    let token = made.text().split_once("/reset-password?token=").unwrap().1.split('"').next().unwrap();
    // In the form of the link's page too.
    recorder.expect_secret("the token for a new password", token, 3);
    recorder.record("the page of the link", member.get(&format!("/reset-password?token={token}")));
    let reset = |password| [("do", "reset"), ("token", token), ("password", password)];
    assert_eq!(recorder.record("reset refused", member.page_form("/reset-password", &reset("short"))).status, 422);
    assert_eq!(recorder.record("reset", member.page_form("/reset-password", &reset(NEW))).status, 303);
}

/// A member enables two-factor codes and signs in with a recovery code.
fn use_two_factor(member: &mut Browser, recorder: &mut Recorder, (email, password): (&str, &str)) {
    let security = "/settings/security";
    recorder.record("begin", member.page_form(security, &[("do", "begin-two-factor"), ("password", password)]));
    let page = recorder.record("the page with the QR code", member.get(security));
    let shown = page.text().split_once("two-factor-secret").unwrap().1.split('<').next().unwrap();
    let app: String = shown.split_once('>').unwrap().1.chars().filter(char::is_ascii_alphanumeric).collect();
    // The page shows it in groups, and as an image.
    recorder.expect_secret("the secret of a second factor", &app, 0);
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
    let code = service::code_at(&app, i64::try_from(now).unwrap()).unwrap();
    let on = recorder.record("confirm", member.page_form(security, &[("do", "confirm-two-factor"), ("code", &code)]));
    let codes: Vec<String> = on
        .text()
        .split("<li>")
        .filter_map(|item| item.split('<').next())
        .filter(|code| code.len() == 19)
        .map(ToOwned::to_owned)
        .collect();
    assert_eq!(codes.len(), 10);
    for code in &codes {
        recorder.expect_secret("a recovery code", code, 1);
    }
    let first = recorder.record("first step", member.with_session("").sign_in(email, password));
    member.keep_session(&first);
    recorder.expect_secret("a pending sign-in", &member.session, 1);
    let wrong = [("do", "code"), ("code", "wrong-canary-code-1"), ("next", "")];
    assert_eq!(recorder.record("wrong code", member.page_form("/sign-in", &wrong)).status, 422);
    let second = recorder.record("second step", member.page_form("/sign-in", &[("do", "code"), ("code", &codes[0])]));
    assert_eq!(second.status, 303, "{}", second.text());
    member.keep_session(&second);
    recorder.expect_secret("the session after the second step", &member.session, 1);
    assert_eq!(recorder.record("its page", member.get(security)).status, 200);
}

/// Creates a key by the function or by a plain form, and returns its name, id and secret.
fn create_key(browser: &Browser, recorder: &mut Recorder, number: usize) -> (String, String, String) {
    let name = format!("Canary {number}");
    let fields = key_fields("", &name, "203.0.113.0/24");
    let is_plain = number.is_multiple_of(2);
    let sent = if is_plain { browser.plain_key_form("?add", &fields) } else { browser.key_form(&fields) };
    let response = recorder.record("create", sent);
    assert_eq!(response.status, 200, "{}", response.text());
    let (id, value) = if is_plain { revealed_on_page(&response) } else { revealed_in_json(&response) };
    recorder.expect_key(&format!("key {number}"), &value);
    // What the browser shows after that answer: the page that *Done* opens with the notice, and a reload.
    let notice = response.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    assert!(notice.starts_with("keyhatch-notice=created."), "{notice}");
    let shown = recorder.record("the page after the reveal", browser.get_with_cookie(KEYS, &notice));
    assert!(shown.text().contains(&format!("Created {name}.")), "{}", shown.text());
    for path in [format!("{KEYS}?add"), format!("{KEYS}/{id}")] {
        recorder.record("a page after the reveal", browser.get(&path));
    }
    let done = browser.plain_key_form("", &[("do", "done"), ("next", KEYS)]);
    assert_eq!(recorder.record("done", done).status, 303);
    (name, id, value)
}

/// A whole key where part of a name is searched for. The page repeats what was typed; nothing else may keep it, although
/// it is in the address.
fn search_for_key(browser: &Browser, recorder: &mut Recorder) {
    let response = recorder.record("create", browser.key_form(&key_fields("", "Searched", "")));
    let (_, key) = revealed_in_json(&response);
    recorder.expect_secret("a key that is searched for", &key, 2);
    let found = recorder.record("search for a key", browser.get(&format!("{KEYS}?q={key}")));
    assert_eq!(found.status, 200);
    recorder.record("the list", browser.get(KEYS));
}

/// A plain form that replaces the key's secret, which ends the one that is used so far.
fn rotate(browser: &Browser, recorder: &mut Recorder, id: &str) {
    let fields = [("do", "rotate"), ("id", id), ("overlap", "none"), ("next", KEYS)];
    let response = recorder.record("rotate", browser.plain_key_form(&format!("?rotate={id}"), &fields));
    assert_eq!(response.status, 200, "{}", response.text());
    recorder.expect_key("a rotated key", &revealed_on_page(&response).1);
    recorder.record("the page after a rotation", browser.get(KEYS));
}

/// The id and the secret on the page that reveals a key.
fn revealed_on_page(response: &TestResponse) -> (String, String) {
    let field = response.text().split_once("id=\"api-key\"").unwrap().1.split_once("</textarea>").unwrap().0;
    let notice = response.header("set-cookie").unwrap();
    let id = notice.split(';').next().unwrap().rsplit('.').next().unwrap();
    (id.to_owned(), field.rsplit_once('>').unwrap().1.to_owned())
}

/// The id and the secret in the answer of the function.
fn revealed_in_json(response: &TestResponse) -> (String, String) {
    let revealed = &response.json()["Revealed"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&revealed["key"]["id"]), text(&revealed["secret"]))
}

/// Every function and page, with valid and invalid requests, some with a key where none belongs.
fn use_console(browser: &Browser, recorder: &mut Recorder, keys: &[(String, String, String)]) {
    for (name, id, key) in keys {
        let bad = key_fields(id, " ", "203.0.113.300");
        assert_eq!(recorder.record("update refused", browser.key_form(&bad)).status, 422);
        let query = format!("?edit={id}");
        assert_eq!(recorder.record("plain update refused", browser.plain_key_form(&query, &bad)).status, 422);
        let good = key_fields(id, name, "203.0.113.7");
        assert_eq!(recorder.record("update", browser.key_form(&good)).status, 200);
        assert_eq!(recorder.record("plain update", browser.plain_key_form(&query, &good)).status, 303);
        for form in ["delete", "disable", "enable"] {
            let fields = [("do", form), ("id", key.as_str())];
            assert_eq!(recorder.record("a key as an id", browser.key_form(&fields)).status, 404);
            assert_eq!(recorder.record("a key as an id, plain", browser.plain_key_form("", &fields)).status, 404);
        }
        let account = browser.account();
        let first_call = json!({ "account": account, "id": key });
        assert_eq!(recorder.record("a key as an id", browser.keys("first-call", &first_call)).status, 404);
        let other = json!({ "account": key, "id": id });
        assert_eq!(recorder.record("a key as an account", browser.keys("first-call", &other)).status, 409);
        let allow = json!({ "account": account, "id": id, "address": key });
        assert_eq!(recorder.record("a key as an address", browser.keys("allow-address", &allow)).status, 422);
        for path in ["", "?add", &format!("?edit={id}"), &format!("?delete={id}"), "?q=Canary"] {
            assert_eq!(recorder.record("page", browser.get(&format!("/settings/api-keys{path}"))).status, 200);
        }
        let broken = format!("{{\"form\": {{\"name\": \"{key}\", ");
        recorder.record("broken JSON", browser.post("keys/form", "application/json", broken.as_bytes()));
        recorder.record("wrong type", browser.post("keys/form", "text/plain", key.as_bytes()));
        recorder
            .record("a form for JSON", browser.post("keys/form", "application/x-www-form-urlencoded", key.as_bytes()));
        recorder.record("too large", browser.post("keys/form", "application/json", key.repeat(20_000).as_bytes()));
        let unknown = browser.plain_key_form("?add", &[("do", "create"), ("secret", key)]);
        assert_eq!(recorder.record("unknown field", unknown).status, 400);
        let doubled = browser.key_form(&[("do", "create"), ("name", key), ("name", key)]);
        assert_eq!(recorder.record("doubled field", doubled).status, 400);
        recorder.record("unknown function", browser.post("keys/steal", "application/json", key.as_bytes()));
        let forged =
            [("content-type", "application/json"), ("x-api-key", key.as_str()), ("sec-fetch-site", "cross-site")];
        for path in ["/api/console/keys/form", KEYS] {
            let sent = browser.connector.send(&format!("POST {path}"), &forged, b"{}");
            assert_eq!(recorder.record("forged", sent).status, 403);
        }
    }
    let signed_out = browser.with_session("not-a-session-of-anyone");
    let create = key_fields("", "Never", "");
    assert_eq!(recorder.record("signed out", signed_out.key_form(&create)).status, 401);
    assert_eq!(recorder.record("signed out, plain", signed_out.plain_key_form("?add", &create)).status, 401);
    recorder.record("signed-out page", signed_out.get("/settings/api-keys"));
    recorder.record("nowhere", browser.get("/nowhere"));
}

/// The page waits for the first call: refused for its name, for its address, and then allowed.
fn await_first_call(
    server: &RunningProgram,
    browser: &Browser,
    recorder: &mut Recorder,
    (name, id, key): (&str, &str, &str),
) {
    let mut awaited = |expected: &str| {
        let asked = json!({ "account": browser.account(), "id": id });
        let state = recorder.record("the first call", browser.keys("first-call", &asked));
        assert!(state.status == 200 && state.text().contains(expected), "{}", state.text());
    };
    let gate = Connector::new(server.gate);
    let call = |user: &str, address: &str| {
        let authorization = format!("Basic {}", STANDARD.encode(format!("{user}:{key}")));
        let headers = [("authorization", authorization.as_str()), ("x-forwarded-for", address)];
        gate.send("GET /auth/nginx?privilege=contacts:read", &headers, b"").unwrap()
    };
    awaited("Waiting");
    // A secret where the name belongs.
    assert_eq!(call(key, "203.0.113.7").status, 401);
    awaited("NOT_FOUND");
    assert_eq!(call(name, "198.51.100.1").status, 403);
    awaited("IP_NOT_ALLOWED");
    gate.send("GET /auth/nginx", &[("x-api-key", key), ("x-forwarded-for", "203.0.113.7")], b"").unwrap();
    awaited("Allowed");
}

fn authorize(server: &RunningProgram, recorder: &mut Recorder, authorization: &str, expected: u16) {
    let headers =
        [("authorization", authorization), ("x-forwarded-for", "203.0.113.7"), ("x-keyhatch-gate-token", GATE_TOKEN)];
    let gate = Connector::new(server.gate);
    for profile in ["nginx", "forward"] {
        let response = recorder.record("gate", gate.send(&format!("GET /auth/{profile}"), &headers, b""));
        assert_eq!(response.status, expected, "{profile}");
    }
}

/// The four ways to send a credential, and each way in which one can be invalid.
fn use_gate(server: &RunningProgram, recorder: &mut Recorder, name: &str, key: &str) {
    let basic = |user: &str, key: &str| format!("Basic {}", STANDARD.encode(format!("{user}:{key}")));
    let cut = &key[..key.len() - 1];
    // Still a secret: only its last character is wrong.
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
        authorize(server, recorder, &authorization, expected);
    }
    let gate = Connector::new(server.gate);
    let address = ("x-forwarded-for", "203.0.113.7");
    for (line, headers, expected) in [
        ("GET /auth/nginx".to_owned(), vec![("x-api-key", key), address], 200),
        ("GET /auth/nginx".to_owned(), vec![("x-api-key", key), ("authorization", key), address], 403),
        ("GET /auth/nginx".to_owned(), vec![("x-api-key", key), ("x-forwarded-for", key)], 403),
        (format!("GET /auth/nginx?api_key={key}"), vec![address], 403),
        (format!("GET /auth/forward?x={key}"), vec![address], 403),
        ("GET /auth/nginx".to_owned(), vec![("x-original-uri", key), address], 401),
        (format!("GET /auth/{key}"), vec![address], 404),
        ("GET /auth/nginx?privilege=nonsense".to_owned(), vec![("x-api-key", key), address], 503),
    ] {
        let response = recorder.record("gate", gate.send(&line, &headers, b""));
        assert_eq!(response.status, expected, "{}", line.replace(key, "…"));
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
        let response = recorder.record("verify", gate.send("POST /v1/verify", &json_type, body.as_bytes()));
        assert_eq!(response.status, expected, "{}", response.text());
    }
}

fn run_commands(folder: &ProgramFolder, recorder: &mut Recorder) {
    let account = recorder.run(folder, &["account", "create", "--name", "By command"], "");
    let account: Value = serde_json::from_slice(&account).unwrap();
    let account = account["id"].as_str().unwrap();
    let member = ["member", "create", "--account", account, "--email", "by-command@example.com", "--role", "admin"];
    recorder.run(folder, &member, PASSWORD);
    recorder.run(folder, &member, PASSWORD);
    let created = recorder.run(folder, &["key", "create", "--account", account, "--name", "By command"], "");
    let created: Value = serde_json::from_slice(&created).unwrap();
    recorder.expect_key("the key by command", created["key"].as_str().unwrap());
    recorder.run(folder, &["audit", "verify"], "");
    recorder.run(folder, &["backup", "backup.db"], "");
    assert!(folder.path().join("backup.db").is_file());
}

/// Errors are logged in most detail.
fn cause_outage(
    folder: &ProgramFolder,
    server: &RunningProgram,
    browser: &Browser,
    recorder: &mut Recorder,
    key: &str,
) {
    fs::rename(folder.data_file("keyhatch.db"), folder.data_file("away.db")).unwrap();
    let create = key_fields("", "Never", "");
    assert_eq!(recorder.record("create in an outage", browser.key_form(&create)).status, 503);
    recorder.record("create in an outage, plain", browser.plain_key_form("?add", &create));
    let gate = Connector::new(server.gate);
    wait_until_blocking("the gate has no fresh data", || {
        let headers = [("x-api-key", key), ("x-forwarded-for", "203.0.113.7")];
        recorder.record("gate in an outage", gate.send("GET /auth/nginx", &headers, b"")).status == 503
    });
    fs::rename(folder.data_file("away.db"), folder.data_file("keyhatch.db")).unwrap();
    authorize(server, recorder, &format!("ApiKey {key}"), 200);
}
