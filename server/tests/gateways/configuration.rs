//! The printed configurations as text, and settings that are refused. No gateway runs here.

use std::process::Output;

use test_support::ProgramFolder;

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

fn program_folder() -> ProgramFolder {
    ProgramFolder::new(env!("CARGO_BIN_EXE_keyhatch"))
}

fn print(folder: &ProgramFolder, policy: &str, arguments: &[&str]) -> Output {
    std::fs::write(folder.path().join("keyhatch.toml"), policy).expect("a file");
    folder.run(&[&["gateway"], arguments].concat())
}

/// All files of a gateway, concatenated.
fn print_all(gateway: &str, policy: &str) -> String {
    let folder = program_folder();
    let done = print(&folder, policy, &[gateway, "--output", "out"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let paths = String::from_utf8(done.stdout).expect("text");
    paths.lines().map(|path| std::fs::read_to_string(folder.path().join(path)).expect("a file")).collect()
}

#[test]
fn every_setting_appears_in_each_configuration() {
    for gateway in ALL {
        let text = print_all(gateway, POLICY);
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
            let is_split = part == "127.0.0.1:3111" && matches!(gateway, "haproxy" | "envoy");
            assert!(
                text.contains(part) || is_split || part == "10.1.0.0/16" && gateway == "envoy",
                "{gateway}: {part}\n{text}"
            );
        }
        assert!(!text.contains("{{") && !text.contains("{%"), "{gateway} has an unfilled placeholder");
        let lower = text.to_ascii_lowercase();
        assert!(
            lower.contains("tlsv1_2")
                || lower.contains("tls1.2")
                || lower.contains("tlsv1.2")
                || lower.contains("versiontls12")
        );
        let other = print_all(
            gateway,
            &POLICY
                .replace("\n    gate_token = \"a-token-of-the-tests/+=\"", "")
                .replace("0.0.0.0:3111", "127.0.0.1:3111"),
        );
        assert!(!other.contains("a-token"), "{gateway}");
    }
}

#[test]
fn the_main_file_goes_to_standard_output_and_others_by_name() {
    let folder = program_folder();
    for (arguments, begins) in [
        (&["nginx"][..], "# nginx"),
        (&["forward"], "# Caddy"),
        (&["caddy", "--part", "keyhatch.nft"], "# At most 20 connections"),
        (&["haproxy", "--part", "keyhatch.lua"], "-- Asks"),
    ] {
        let done = print(&folder, "", arguments);
        assert!(done.status.success() && done.stdout.starts_with(begins.as_bytes()), "{arguments:?} {done:?}");
    }
    let done = print(&folder, "", &["haproxy", "--part", "x"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("haproxy.cfg, keyhatch.lua"));
    assert!(!folder.path().join("data").exists(), "printing must not open a database");
}

#[test]
fn settings_a_gateway_cannot_express_are_refused() {
    let folder = program_folder();
    for (gateway, policy, words) in [
        ("nginx", "gate_token = \"0123456789abcdef$x\"", "gate_token"),
        ("haproxy", "[gateway]\ncertificate = \"/a/chain.pem\"\ncertificate_key = \"/b/key.pem\"", "/a/chain.pem.key"),
    ] {
        let done = print(&folder, policy, &[gateway]);
        let output = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{output}");
        assert!(output.contains(words) && done.stdout.is_empty(), "{output}");
    }
    let same = "[gateway]\ncertificate = \"/a/all.pem\"\ncertificate_key = \"/a/all.pem\"";
    assert!(print(&folder, same, &["haproxy"]).status.success());
}
