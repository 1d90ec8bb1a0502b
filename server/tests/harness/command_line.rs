//! The commands, run while a server uses the same data; and the binary without any other file.

use crate::program::{EMAIL, create_account_with_owner, program_folder, program_folder_with_owner};
use crate::requests::{Browser, Connector, key_fields, verify};
use std::fs;
use std::process::Output;
use test_support::{PASSWORD, ProgramFolder, wait_until_blocking};

/// Asserts the exit code, an empty standard output, and words on standard error.
fn assert_fails(output: &Output, code: i32, words: &[&str]) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{stderr}");
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    for word in words {
        assert!(stderr.contains(word), "{word:?} is not in {stderr}");
    }
}

/// The server is started in an empty folder; the commands run while it serves.
#[test]
fn a_running_server_sees_changes_by_commands_at_once() {
    let folder = program_folder();
    let mut server = folder.serve();
    let browser = Browser::new(&server);
    let path = server.set_up_path();
    assert!(browser.get(&path).unwrap().text().contains("Create account"));

    let account = create_account_with_owner(&folder);
    assert!(!browser.get(&path).unwrap().text().contains("Create account"), "an account exists");
    let below = folder.run_for_json(&["account", "create", "--name", "Below", "--parent", &account]);
    assert!(below["id"].as_str().unwrap().starts_with("acc_"));

    let mut owner = Browser::of_owner(&server);
    assert_eq!(owner.list_keys().1, 0);
    let create = ["key", "create", "--account", &account, "--name", "By command"];
    let more = ["--whitelist", "203.0.113.7", "--whitelist", "2001:db8::/32", "--privilege", "orders:write"];
    let key = folder.run_for_json(&[&create[..], &more].concat());
    let value = key["key"].as_str().unwrap();
    assert_eq!(owner.list_keys().0[0].id, key["id"]);
    for (ip, code) in [("203.0.113.7", "VALID"), ("2001:db8::9", "VALID"), ("203.0.113.8", "IP_NOT_ALLOWED")] {
        assert_eq!(verify(&server, value, ip)["code"], code, "{ip}");
    }

    // A viewer created by a command can list keys, but not create or delete them.
    folder.create_member(&account, "viewer@example.com", "viewer", PASSWORD);
    let viewer = Browser::signed_in(&server, "viewer@example.com");
    assert_eq!(viewer.list_keys().1, 1);
    assert_eq!(viewer.key_form(&key_fields("", "No", "")).unwrap().status, 403);
    assert_eq!(viewer.plain_key_form("?add", &key_fields("", "No", "")).unwrap().status, 403);
    let id = key["id"].as_str().unwrap();
    assert_eq!(viewer.delete_key(id, "By command").unwrap().status, 403);

    // The calls above have used it.
    assert_eq!(owner.delete_key(id, "").unwrap().status, 422);
    assert_eq!(owner.delete_key(id, "By command").unwrap().status, 200);
    assert_eq!(verify(&server, value, "203.0.113.7")["code"], "NOT_FOUND");
    let stderr = folder.run(&["audit", "verify"]);
    assert_eq!(String::from_utf8(stderr.stdout).unwrap(), "The audit is whole: 8 rows.\n");
    server.stop();

    // A restarted server sees the same.
    server = folder.serve();
    owner = Browser::of_owner(&server);
    assert_eq!(owner.list_keys().1, 0);
    assert_eq!(verify(&server, value, "203.0.113.7")["code"], "NOT_FOUND");
    server.stop();
    assert!(!server.printed().contains("/setup"), "the link is printed at the first start only");
}

#[test]
fn a_backup_with_its_pepper_can_be_served() {
    let (folder, account) = program_folder_with_owner();
    let _server = folder.serve();
    let create = ["key", "create", "--account", &account, "--name", "Kept"];
    let before = folder.run_for_json(&create);
    let done = folder.run(&["backup", "copy.db"]);
    assert!(done.status.success() && done.stdout.is_empty() && fs::read(folder.path().join("copy.db")).is_ok());
    let after = folder.run_for_json(&create);
    assert_fails(&folder.run(&["backup", "copy.db"]), 1, &["keyhatch: ", "copy.db"]);
    assert_fails(&folder.run(&["backup", "missing/copy.db"]), 1, &["keyhatch: "]);
    assert_fails(&folder.run(&["backup"]), 2, &["FILE"]);

    let other = program_folder();
    fs::create_dir(other.path().join("data")).unwrap();
    fs::rename(folder.path().join("copy.db"), other.data_file("keyhatch.db")).unwrap();
    // Without the pepper no key would work, so the server refuses to start instead of creating another one.
    assert_fails(
        &other.run(&["serve", "--console-addr", "127.0.0.1:0", "--gate-addr", "127.0.0.1:0"]),
        1,
        &["pepper", "missing"],
    );
    fs::copy(folder.data_file("pepper"), other.data_file("pepper")).unwrap();
    let restored = other.serve();
    assert_eq!(verify(&restored, before["key"].as_str().unwrap(), "203.0.113.7")["code"], "VALID");
    assert_eq!(verify(&restored, after["key"].as_str().unwrap(), "203.0.113.7")["code"], "NOT_FOUND");
    assert!(other.run(&["audit", "verify"]).status.success());
}

/// The row is edited in the database file itself.
#[test]
fn audit_verify_detects_an_edited_row() {
    let (folder, account) = program_folder_with_owner();
    folder.run_for_json(&["key", "create", "--account", &account, "--name", "Canary in the audit"]);
    let file = folder.data_file("keyhatch.db");
    let mut bytes = fs::read(&file).unwrap();
    let name = b"\"name\":\"Canary in the audit\"";
    let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
    bytes[at + 8] = b'K';
    fs::write(&file, bytes).unwrap();
    assert_fails(&folder.run(&["audit", "verify"]), 1, &["keyhatch: ", "row 3"]);
}

#[test]
fn errors_go_to_standard_error_with_an_exit_code() {
    let (folder, account) = program_folder_with_owner();
    let server = folder.serve();
    let taken = server.console.to_string();
    let member = ["member", "create", "--account", &account, "--email", EMAIL, "--role", "owner"];
    assert_fails(&folder.run_with_input(&member, PASSWORD), 2, &["--email", "member already"]);
    let many: Vec<String> = (0..51).map(|last| format!("203.0.113.{last}")).collect();
    let mut key = vec!["key", "create", "--account", &account, "--name", "Many"];
    key.extend(many.iter().flat_map(|entry| ["--whitelist", entry]));
    assert_fails(&folder.run(&key), 2, &["--whitelist", "50"]);
    assert_fails(
        &folder.run(&["serve", "--console-addr", &taken, "--gate-addr", "127.0.0.1:0"]),
        1,
        &["console_addr", &taken],
    );
    assert_fails(
        &folder.run(&["account", "create", "--name", "A", "--data-dir", "/proc/nowhere"]),
        1,
        &["/proc/nowhere"],
    );
    assert_fails(
        &folder.run(&["account", "create", "--name", "A", "--database-url", "postgres://127.0.0.1:1/none"]),
        1,
        &["database"],
    );
    assert_fails(
        &folder.run(&["account", "create", "--name", "A", "--database-url", "mysql://x"]),
        2,
        &["--database-url"],
    );
    assert_fails(&folder.run(&[]), 2, &["Usage"]);
    fs::write(folder.data_file("revocations.ledger"), "rubbish\nmore\n").unwrap();
    assert_fails(&folder.run(&["audit", "verify"]), 1, &["Line 1", "revocations.ledger"]);
}

/// A copy creates its data in an empty folder and serves the console with the embedded assets.
#[test]
fn the_binary_runs_without_any_other_file() {
    let home = tempfile::tempdir().unwrap();
    let copy = home.path().join("elsewhere");
    fs::copy(env!("CARGO_BIN_EXE_keyhatch"), &copy).unwrap();
    let folder = ProgramFolder::new(&copy);
    let mut server = folder.serve();
    let browser = Browser::new(&server);
    let page = browser.get(&server.set_up_path()).unwrap();
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Create account"), "{text}");
    let mut fetched = Vec::new();
    for part in text.split("/pkg/").skip(1) {
        let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
        let file = browser.get(&format!("/pkg/{name}")).unwrap();
        assert_eq!(file.status, 200, "/pkg/{name}; has `node scripts/web.mjs` built the frontend?");
        assert!(file.header("cache-control").unwrap().contains("immutable"));
        assert!(!file.body.is_empty());
        fetched.push(name);
    }
    // This page needs no script. Pages of the settings load these beside the style, which has the same stem.
    let stem = fetched.iter().find_map(|name| name.strip_suffix(".css")).expect("a style");
    for ending in [".js", "_bg.wasm", "-dialogs.js", "-dialogs_bg.wasm"] {
        let name = format!("{stem}{ending}");
        let file = browser.get(&format!("/pkg/{name}")).unwrap();
        assert_eq!(file.status, 200, "/pkg/{name}");
        assert!(!file.body.is_empty(), "/pkg/{name}");
    }
    let gate = Connector::new(server.gate);
    wait_until_blocking("the gate is ready", || gate.get("/readyz").unwrap().status == 200);
    server.stop();
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["data", "stderr.log", "stdout.log"], "it creates its data directory and nothing else");

    assert!(!folder.create_account("Acme").is_empty());
}
