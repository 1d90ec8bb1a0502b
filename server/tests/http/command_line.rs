//! The program itself: its commands, also beside a running server, and how it stops.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PASSWORD: &str = "correct horse battery staple";

fn keyhatch(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyhatch"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    keyhatch(folder).args(arguments).output().expect("the program starts")
}

fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = keyhatch(folder);
    let mut child = command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may end without reading.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn json(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

fn refused(output: &Output, code: i32, words: &[&str]) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(output.stdout.is_empty());
    for word in words {
        assert!(told.contains(word), "{word:?} is not in {told}");
    }
}

fn account(folder: &Path) -> String {
    let made = json(&run(folder, &["account", "create", "--name", "Acme"]));
    made["id"].as_str().expect("an id").to_owned()
}

#[test]
fn accounts_members_and_keys_are_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let account = account(folder);
    assert!(json(&run(folder, &["account", "create", "--name", "Below", "--parent", &account]))["id"].is_string());
    let member = ["member", "create", "--account", &account, "--email", "Owner@Example.com", "--role", "owner"];
    assert!(json(&run_with_input(folder, &member, &format!("{PASSWORD}\n")))["id"].is_string());
    let key = run(
        folder,
        &[
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
        ],
    );
    assert!(json(&key)["key"].as_str().expect("a key").starts_with("kh_test_"));
    assert!(run(folder, &["audit", "verify"]).status.success());
    assert!(run(folder, &["backup", "copy.db"]).status.success());
    assert!(folder.join("copy.db").is_file());
    refused(&run(folder, &["backup", "copy.db"]), 1, &["copy.db"]);
}

#[test]
fn bad_input_gets_a_line_for_each_field_and_code_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let account = account(folder);
    let bad_key =
        ["key", "create", "--account", &account, "--name", "", "--whitelist", "10.1.2.3/8", "--privilege", "a:b"];
    refused(
        &run(folder, &bad_key),
        2,
        &["keyhatch: --name: ", "keyhatch: --whitelist: ", "10.0.0.0/8", "keyhatch: --privilege: "],
    );
    refused(&run(folder, &["key", "create", "--account", "acc_none", "--name", "A"]), 2, &["--account"]);
    refused(&run(folder, &["account", "create", "--name", " "]), 2, &["--name"]);
    refused(&run(folder, &["account", "create", "--name", "A", "--parent", "acc_none"]), 2, &["--parent"]);
    let member = |email: &str, input: &str| {
        run_with_input(folder, &["member", "create", "--account", &account, "--email", email, "--role", "admin"], input)
    };
    refused(&member("no address", PASSWORD), 2, &["--email"]);
    refused(&member("a@example.com", "short\n"), 2, &["password"]);
    refused(&member("a@example.com", ""), 2, &["password", "standard input"]);
    refused(
        &run(folder, &["member", "create", "--account", &account, "--email", "a@b.c", "--role", "king"]),
        2,
        &["king"],
    );
    refused(&run(folder, &["keys"]), 2, &["keys"]);
    refused(&run(folder, &["serve", "--gate-addr", "0.0.0.0:0"]), 2, &["--gate-addr", "gate_token"]);
    let variable = keyhatch(folder).env("KEYHATCH_GATE_ADR", "x").arg("serve").output().expect("the program starts");
    refused(&variable, 2, &["KEYHATCH_GATE_ADR"]);
    std::fs::write(folder.join("keyhatch.toml"), "colour = 1").expect("a file");
    refused(&run(folder, &["serve"]), 2, &["keyhatch.toml", "colour"]);
}

#[test]
fn help_explains() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = String::from_utf8(run(folder.path(), &["--help"]).stdout).expect("text");
    for word in
        ["serve", "account", "member", "key", "backup", "audit", "Examples:", "KEYHATCH_GATE_TOKEN", "keyhatch.toml"]
    {
        assert!(help.contains(word), "{word}");
    }
}

/// A running server, ended when this is dropped.
struct Serving {
    child: Child,
    console: SocketAddr,
    gate: SocketAddr,
    greeting: String,
}

impl Serving {
    fn start(folder: &TempDir) -> Self {
        let mut child = keyhatch(folder.path())
            .args(["serve", "--console-addr", "127.0.0.1:0", "--gate-addr", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        let mut address = |name: &str| {
            let line = lines.next().expect("a line");
            assert!(line.starts_with(name), "{line}");
            line.rsplit("http://").next().and_then(|address| address.parse().ok()).expect("an address")
        };
        let (console, gate) = (address("Console"), address("Gate"));
        let greeting = lines.take(3).collect::<Vec<_>>().join("\n");
        Self { child, console, gate, greeting }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn get(address: SocketAddr, path: &str, lines: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let head = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{lines}\r\n");
    stream.write_all(head.as_bytes()).expect("a request is taken");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn commands_take_effect_in_a_running_server_and_it_stops_when_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut serving = Serving::start(&folder);
    assert!(serving.greeting.contains(&format!("http://{}/setup?token=", serving.console)), "{}", serving.greeting);
    assert!(get(serving.gate, "/readyz", "").starts_with("HTTP/1.1 200"));
    assert!(get(serving.console, "/nowhere", "").to_ascii_lowercase().contains("x-content-type-options: nosniff"));

    let account = account(folder.path());
    let made = json(&run(folder.path(), &["key", "create", "--account", &account, "--name", "A", "--all-privileges"]));
    let credential = format!("authorization: ApiKey {}\r\n", made["key"].as_str().expect("a key"));
    assert!(get(serving.gate, "/auth/nginx", &credential).starts_with("HTTP/1.1 200"));
    assert!(run(folder.path(), &["backup", "beside.db"]).status.success());

    let began = Instant::now();
    let told = Command::new("kill").args(["-TERM", &serving.child.id().to_string()]).status().expect("kill runs");
    assert!(told.success());
    let status = serving.child.wait().expect("it ends");
    assert!(status.success(), "{status}");
    assert!(began.elapsed() < Duration::from_secs(5));
}
