//! The program's commands, also while a server runs on the same data, and its shutdown.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::Output;
use std::time::{Duration, Instant};

use test_support::{ProgramFolder, parse_output};

use crate::support::PASSWORD;

fn program_folder() -> ProgramFolder {
    ProgramFolder::new(env!("CARGO_BIN_EXE_keyhatch"))
}

/// Asserts the exit status, an empty standard output, and words on standard error.
fn assert_refused(output: &Output, code: i32, words: &[&str]) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{stderr}");
    assert!(output.stdout.is_empty());
    for word in words {
        assert!(stderr.contains(word), "{word:?} is not in {stderr}");
    }
}

#[test]
fn accounts_members_and_keys_are_created() {
    let folder = program_folder();
    let account = folder.create_account("Acme");
    assert!(
        parse_output(&folder.run(&["account", "create", "--name", "Below", "--parent", &account]))["id"].is_string()
    );
    let member = ["member", "create", "--account", &account, "--email", "Owner@Example.com", "--role", "owner"];
    assert!(parse_output(&folder.run_with_input(&member, &format!("{PASSWORD}\n")))["id"].is_string());
    let key = folder.run(&[
        "key",
        "create",
        "--account",
        &account,
        "--name",
        "Web shop",
        "--whitelist",
        "203.0.113.7",
        "--whitelist",
        "2001:db8::/32",
        "--privilege",
        "orders:write",
        "--environment",
        "sandbox",
    ]);
    assert!(parse_output(&key)["key"].as_str().expect("a key").starts_with("kh_test_"));
    assert!(folder.run(&["audit", "verify"]).status.success());
    assert!(folder.run(&["backup", "copy.db"]).status.success());
    assert!(folder.path().join("copy.db").is_file());
    assert_refused(&folder.run(&["backup", "copy.db"]), 1, &["copy.db"]);
}

#[test]
fn invalid_input_gets_a_line_for_each_field_and_exit_status_2() {
    let folder = program_folder();
    let account = folder.create_account("Acme");
    let bad_key =
        ["key", "create", "--account", &account, "--name", "", "--whitelist", "10.1.2.3/8", "--privilege", "a:b"];
    assert_refused(
        &folder.run(&bad_key),
        2,
        &["keyhatch: --name: ", "keyhatch: --whitelist: ", "10.0.0.0/8", "keyhatch: --privilege: "],
    );
    assert_refused(&folder.run(&["key", "create", "--account", "acc_none", "--name", "A"]), 2, &["--account"]);
    assert_refused(&folder.run(&["account", "create", "--name", " "]), 2, &["--name"]);
    assert_refused(&folder.run(&["account", "create", "--name", "A", "--parent", "acc_none"]), 2, &["--parent"]);
    let member = |email: &str, input: &str| {
        folder.run_with_input(&["member", "create", "--account", &account, "--email", email, "--role", "admin"], input)
    };
    assert_refused(&member("no address", PASSWORD), 2, &["--email"]);
    assert_refused(&member("a@example.com", "short\n"), 2, &["password"]);
    assert_refused(&member("a@example.com", ""), 2, &["password", "standard input"]);
    assert_refused(
        &folder.run(&["member", "create", "--account", &account, "--email", "a@b.c", "--role", "king"]),
        2,
        &["king"],
    );
    assert_refused(&folder.run(&["keys"]), 2, &["keys"]);
    assert_refused(&folder.run(&["serve", "--gate-addr", "0.0.0.0:0"]), 2, &["--gate-addr", "gate_token"]);
    let mut with_variable = program_folder();
    with_variable.set_variable("KEYHATCH_GATE_ADR", "x");
    assert_refused(&with_variable.run(&["serve"]), 2, &["KEYHATCH_GATE_ADR"]);
    std::fs::write(folder.path().join("keyhatch.toml"), "colour = 1").expect("a file");
    assert_refused(&folder.run(&["serve"]), 2, &["keyhatch.toml", "colour"]);
}

#[test]
fn link_for_a_new_password_is_printed() {
    let folder = program_folder();
    let (account, other) = (folder.create_account("Acme"), folder.create_account("Other"));
    folder.create_member(&account, "jo@example.com", "owner", PASSWORD);
    let link = ["member", "reset-password", "--account", &account, "--email", "jo@example.com", "--link"];
    let printed = folder.run_for_json(&link);
    let address = printed["link"].as_str().expect("a link");
    assert_eq!(
        address.split_once('=').map(|(path, token)| (path, token.len())),
        Some(("http://127.0.0.1:3000/reset-password?token", 43))
    );
    assert!(printed["expires"].as_str().is_some_and(|at| at.ends_with('Z')));
    let foreign = ["member", "reset-password", "--account", &other, "--email", "jo@example.com", "--link"];
    assert_refused(&folder.run(&foreign), 2, &["--email", "not a member of this account"]);
    assert_refused(
        &folder.run(&["member", "delete", "--account", &other, "--email", "jo@example.com"]),
        2,
        &["--email"],
    );
}

#[test]
fn help_lists_commands_and_settings() {
    let folder = program_folder();
    let help = String::from_utf8(folder.run(&["--help"]).stdout).expect("text");
    for word in
        ["serve", "account", "member", "key", "backup", "audit", "Examples:", "KEYHATCH_GATE_TOKEN", "keyhatch.toml"]
    {
        assert!(help.contains(word), "{word}");
    }
}

fn get(address: SocketAddr, path: &str, lines: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let head = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{lines}\r\n");
    stream.write_all(head.as_bytes()).expect("the request is written");
    let mut response = Vec::new();
    stream.read_to_end(&mut response).expect("a response");
    String::from_utf8_lossy(&response).into_owned()
}

#[test]
fn commands_take_effect_in_a_running_server_until_sigterm() {
    let folder = program_folder();
    let mut server = folder.serve();
    assert!(server.set_up_path().starts_with("/setup?token="), "{}", server.printed());
    assert!(get(server.gate, "/readyz", "").starts_with("HTTP/1.1 200"));
    assert!(get(server.console, "/nowhere", "").to_ascii_lowercase().contains("x-content-type-options: nosniff"));

    let account = folder.create_account("Acme");
    let created =
        parse_output(&folder.run(&["key", "create", "--account", &account, "--name", "A", "--all-privileges"]));
    let credential = format!("authorization: ApiKey {}\r\n", created["key"].as_str().expect("a key"));
    assert!(get(server.gate, "/auth/nginx", &credential).starts_with("HTTP/1.1 200"));
    assert!(folder.run(&["backup", "beside.db"]).status.success());

    let began = Instant::now();
    server.stop();
    assert!(began.elapsed() < Duration::from_secs(5));
}
