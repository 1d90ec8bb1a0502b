//! Each command beside a running server, whose answers show it; and the program alone, with nothing beside it.

use std::fs;
use std::process::Output;

use crate::client::send;
use crate::console::{Browser, key_form, verify};
use crate::program::{EMAIL, PASSWORD, Place, made, until};
use serde_json::json;

fn refused(output: &Output, code: i32, words: &[&str]) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    for word in words {
        assert!(told.contains(word), "{word:?} is not in {told}");
    }
}

/// The server is started first, in an empty folder; all else is done beside it.
#[test]
fn what_commands_make_is_there_at_once() {
    let place = Place::new();
    let mut server = place.serve();
    let browser = Browser::new(&server);
    let path = server.set_up_path();
    assert!(browser.get(&path).unwrap().text().contains("Create account"));

    let account = place.account();
    assert!(!browser.get(&path).unwrap().text().contains("Create account"), "there is an account now");
    let below = place.made(&["account", "create", "--name", "Below", "--parent", &account]);
    assert!(below["id"].as_str().unwrap().starts_with("acc_"));

    let mut owner = Browser::signed_in(&server, EMAIL, PASSWORD);
    assert_eq!(owner.list().1, 0);
    let create = ["key", "create", "--account", &account, "--name", "By command"];
    let more = ["--whitelist", "203.0.113.7", "--whitelist", "2001:db8::/32", "--privilege", "orders:write"];
    let key = place.made(&[&create[..], &more].concat());
    let value = key["key"].as_str().unwrap();
    assert_eq!(owner.list().0[0]["id"], key["id"]);
    for (ip, code) in [("203.0.113.7", "VALID"), ("2001:db8::9", "VALID"), ("203.0.113.8", "IP_NOT_ALLOWED")] {
        assert_eq!(verify(&server, value, ip)["code"], code, "{ip}");
    }

    // A viewer made by command looks, and is refused to change.
    place.member(&account, "viewer@example.com", "viewer");
    let viewer = Browser::signed_in(&server, "viewer@example.com", PASSWORD);
    assert_eq!(viewer.list().1, 1);
    assert_eq!(viewer.keys("create", &json!({ "form": key_form("No", "") })).unwrap().status, 403);
    assert_eq!(
        viewer.keys("action", &json!({ "action": "delete", "ids": [key["id"]], "reason": "" })).unwrap().status,
        403
    );

    // A command that runs while the server changes the same key, and the server's word is the last.
    assert_eq!(
        owner.keys("action", &json!({ "action": "delete", "ids": [key["id"]], "reason": "" })).unwrap().status,
        200
    );
    assert_eq!(verify(&server, value, "203.0.113.7")["code"], "NOT_FOUND");
    let told = place.run(&["audit", "verify"]);
    assert_eq!(String::from_utf8(told.stdout).unwrap(), "The audit is whole: 8 rows.\n");
    server.stop();

    // Nothing of it was only in memory.
    server = place.serve();
    owner = Browser::signed_in(&server, EMAIL, PASSWORD);
    assert_eq!(owner.list().1, 0);
    assert_eq!(verify(&server, value, "203.0.113.7")["code"], "NOT_FOUND");
    server.stop();
    assert!(!server.printed().contains("/setup"), "the link is for the first start");
}

#[test]
fn a_backup_is_a_keyhatch_of_its_own() {
    let place = Place::new();
    let account = place.account();
    let _server = place.serve();
    let create = ["key", "create", "--account", &account, "--name", "Kept"];
    let before = place.made(&create);
    let done = place.run(&["backup", "copy.db"]);
    assert!(done.status.success() && done.stdout.is_empty() && fs::read(place.path().join("copy.db")).is_ok());
    let after = place.made(&create);
    refused(&place.run(&["backup", "copy.db"]), 1, &["keyhatch: ", "copy.db"]);
    refused(&place.run(&["backup", "missing/copy.db"]), 1, &["keyhatch: "]);
    refused(&place.run(&["backup"]), 2, &["FILE"]);

    let other = Place::new();
    fs::create_dir(other.path().join("data")).unwrap();
    fs::rename(place.path().join("copy.db"), other.data("keyhatch.db")).unwrap();
    // Without the pepper it is worth nothing, and says so instead of making another one.
    refused(
        &other.run(&["serve", "--console-addr", "127.0.0.1:0", "--gate-addr", "127.0.0.1:0"]),
        1,
        &["pepper", "missing"],
    );
    fs::copy(place.data("pepper"), other.data("pepper")).unwrap();
    let restored = other.serve();
    assert_eq!(verify(&restored, before["key"].as_str().unwrap(), "203.0.113.7")["code"], "VALID");
    assert_eq!(verify(&restored, after["key"].as_str().unwrap(), "203.0.113.7")["code"], "NOT_FOUND");
    assert!(other.run(&["audit", "verify"]).status.success());
}

/// A row of the audit edited in the file itself, past every program.
#[test]
fn an_edited_audit_is_found_and_told() {
    let place = Place::new();
    let account = place.account();
    place.made(&["key", "create", "--account", &account, "--name", "Canary in the audit"]);
    let file = place.data("keyhatch.db");
    let mut bytes = fs::read(&file).unwrap();
    let name = b"\"name\":\"Canary in the audit\"";
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes[at + 8] = b'K';
    fs::write(&file, bytes).unwrap();
    refused(&place.run(&["audit", "verify"]), 1, &["keyhatch: ", "row 3"]);
}

#[test]
fn what_is_wrong_is_told_on_standard_error() {
    let place = Place::new();
    let account = place.account();
    let server = place.serve();
    let taken = server.console.to_string();
    let member = ["member", "create", "--account", &account, "--email", EMAIL, "--role", "owner"];
    refused(&place.run_with_input(&member, PASSWORD), 2, &["--email", "member already"]);
    let many: Vec<String> = (0..51).map(|last| format!("203.0.113.{last}")).collect();
    let mut key = vec!["key", "create", "--account", &account, "--name", "Many"];
    key.extend(many.iter().flat_map(|entry| ["--whitelist", entry]));
    refused(&place.run(&key), 2, &["--whitelist", "50"]);
    refused(
        &place.run(&["serve", "--console-addr", &taken, "--gate-addr", "127.0.0.1:0"]),
        1,
        &["console_addr", &taken],
    );
    refused(&place.run(&["account", "create", "--name", "A", "--data-dir", "/proc/nowhere"]), 1, &["/proc/nowhere"]);
    refused(
        &place.run(&["account", "create", "--name", "A", "--database-url", "postgres://127.0.0.1:1/none"]),
        1,
        &["database"],
    );
    refused(&place.run(&["account", "create", "--name", "A", "--database-url", "mysql://x"]), 2, &["--database-url"]);
    refused(&place.run(&[]), 2, &["Usage"]);
    fs::write(place.data("revocations.ledger"), "rubbish\nmore\n").unwrap();
    refused(&place.run(&["audit", "verify"]), 1, &["Line 1", "revocations.ledger"]);
}

/// Copied to an empty folder it makes its data there, answers, and carries the browser's half in itself.
#[test]
fn the_program_alone_is_enough() {
    let home = tempfile::tempdir().unwrap();
    let copy = home.path().join("elsewhere");
    fs::copy(env!("CARGO_BIN_EXE_keyhatch"), &copy).unwrap();
    let place = Place::with_program(&copy);
    let mut server = place.serve();
    let browser = Browser::new(&server);
    let page = browser.get(&server.set_up_path()).unwrap();
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Create account"), "{text}");
    let mut fetched = Vec::new();
    for part in text.split("/pkg/").skip(1) {
        let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
        let file = browser.get(&format!("/pkg/{name}")).unwrap();
        assert_eq!(file.status, 200, "/pkg/{name}; are the browser's files built (node scripts/web.mjs)?");
        assert!(file.header("cache-control").unwrap().contains("immutable"));
        assert!(!file.body.is_empty());
        fetched.push(name);
    }
    for ending in [".js", ".wasm", ".css"] {
        assert!(fetched.iter().any(|name| name.ends_with(ending)), "{ending} is not in {fetched:?}");
    }
    until("it is ready", || send(server.gate, "GET /readyz", &[], b"").unwrap().status == 200);
    server.stop();
    let mut names: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["data", "stderr.log", "stdout.log"], "it makes its data directory and nothing else");

    let made = made(&place.run(&["account", "create", "--name", "Acme"]));
    assert!(made["id"].is_string());
}
