//! What is printed, and what is refused to be printed, without running it.

use std::path::Path;
use std::process::{Command, Output};

const POLICY: &str = r#"
    gate_addr = "0.0.0.0:3111"
    gate_token = "a-token-of-the-tests/+="
    trusted_proxies = ["10.0.0.1", "10.1.0.0/16"]
    [gateway]
    listen = "[::]:443"
    upstream = "app.internal:8080"
    concurrent_requests_per_address = 7
    timeout_seconds = 123
    gate_timeout_seconds = 4
    [[gateway.routes]]
    method = "GET"
    path = "/contacts"
    privilege = "contacts:read"
    [[gateway.routes]]
    path = "/v1.0/orders"
    privilege = "orders:write"
    channel = "rest"
    cost = 3
"#;

const ALL: [&str; 5] = ["nginx", "caddy", "traefik", "envoy", "haproxy"];

fn run(folder: &Path, policy: &str, arguments: &[&str]) -> Output {
    std::fs::write(folder.join("keyhatch.toml"), policy).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyhatch"));
    command.arg("gateway").args(arguments).current_dir(folder).env_clear().output().expect("the program starts")
}

/// Every file of a gateway, one behind the other.
fn printed(gateway: &str, policy: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let done = run(folder.path(), policy, &[gateway, "--output", "out"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let paths = String::from_utf8(done.stdout).expect("text");
    paths.lines().map(|path| std::fs::read_to_string(folder.path().join(path)).expect("a file")).collect()
}

#[test]
fn every_number_and_name_of_the_policy_is_in_it() {
    for gateway in ALL {
        let text = printed(gateway, POLICY);
        for part in [
            "127.0.0.1:3111",
            "app.internal",
            "a-token-of-the-tests/+=",
            "10.1.0.0/16",
            "123s",
            "7",
            "privilege=contacts:read",
            "privilege=orders:write&channel=rest&cost=3",
            "/v1[.]0/orders",
            "/etc/keyhatch/tls/server.crt",
        ] {
            let apart = part == "127.0.0.1:3111" && matches!(gateway, "haproxy" | "envoy");
            assert!(
                text.contains(part) || apart || part == "10.1.0.0/16" && gateway == "envoy",
                "{gateway}: {part}\n{text}"
            );
        }
        assert!(!text.contains("{{") && !text.contains("{%"), "{gateway} has an unfilled place");
        let lower = text.to_ascii_lowercase();
        assert!(
            lower.contains("tlsv1_2")
                || lower.contains("tls1.2")
                || lower.contains("tlsv1.2")
                || lower.contains("versiontls12")
        );
        let other = printed(
            gateway,
            &POLICY
                .replace("\n    gate_token = \"a-token-of-the-tests/+=\"", "")
                .replace("0.0.0.0:3111", "127.0.0.1:3111"),
        );
        assert!(!other.contains("a-token"), "{gateway}");
    }
}

#[test]
fn one_file_goes_to_standard_output_and_the_others_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    for (arguments, begins) in [
        (&["nginx"][..], "# nginx"),
        (&["forward"], "# Caddy"),
        (&["caddy", "--part", "keyhatch.nft"], "# At most 20 connections"),
        (&["haproxy", "--part", "keyhatch.lua"], "-- Asks"),
    ] {
        let done = run(folder.path(), "", arguments);
        assert!(done.status.success() && done.stdout.starts_with(begins.as_bytes()), "{arguments:?} {done:?}");
    }
    let done = run(folder.path(), "", &["haproxy", "--part", "x"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("haproxy.cfg, keyhatch.lua"));
    assert!(!folder.path().join("data").exists(), "printing opens no database");
}

#[test]
fn what_a_gateway_cannot_say_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for (gateway, policy, words) in [
        ("nginx", "gate_token = \"0123456789abcdef$x\"", "gate_token"),
        ("haproxy", "[gateway]\ncertificate = \"/a/chain.pem\"\ncertificate_key = \"/b/key.pem\"", "/a/chain.pem.key"),
    ] {
        let done = run(folder.path(), policy, &[gateway]);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{told}");
        assert!(told.contains(words) && done.stdout.is_empty(), "{told}");
    }
    let same = "[gateway]\ncertificate = \"/a/all.pem\"\ncertificate_key = \"/a/all.pem\"";
    assert!(run(folder.path(), same, &["haproxy"]).status.success());
}
