//! Settings: the precedence of their sources, and the key and place that each error names.

use std::ffi::OsString;
use std::path::PathBuf;

use secrecy::ExposeSecret as _;
use server::config::{Config, ConfigError, ListenFlags, Sources, StoreFlags};
use tempfile::TempDir;

fn variables(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    pairs.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))).collect()
}

fn file(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keyhatch.toml");
    std::fs::write(&path, text).expect("a file");
    (folder, path)
}

fn load(text: &str, pairs: &[(&str, &str)], listen: &ListenFlags) -> Result<Config, ConfigError> {
    let (_folder, path) = file(text);
    let store = StoreFlags::default();
    Config::load(&Sources { file: Some(&path), variables: variables(pairs), store: Some(&store), listen: Some(listen) })
}

#[test]
fn defaults_are_usable() {
    let config = load("", &[], &ListenFlags::default()).expect("defaults are usable");
    assert!(config.data_dir.is_absolute() && config.data_dir.ends_with("data"));
    assert!(config.database_url.is_none() && config.gate_token.is_none() && config.trusted_proxies.is_empty());
    assert_eq!(config.console_addr.to_string(), "127.0.0.1:3000");
    assert_eq!(config.gate_addr.to_string(), "127.0.0.1:3100");
    assert_eq!(config.public_url.origin(), "http://127.0.0.1:3000");
    assert_eq!(config.policy, domain::policy::Policy::default());
}

#[test]
fn flags_override_variables_and_variables_the_file() {
    let text = "console_addr = \"127.0.0.1:1\"\ngate_addr = \"127.0.0.1:2\"\npublic_url = \"http://file\"\n";
    let pairs = [("KEYHATCH_GATE_ADDR", "127.0.0.1:3"), ("KEYHATCH_PUBLIC_URL", "http://variable"), ("OTHER", "x")];
    let flags = ListenFlags { public_url: Some("http://flag".to_owned()), ..ListenFlags::default() };
    let config = load(text, &pairs, &flags).expect("usable");
    assert_eq!(config.console_addr.port(), 1);
    assert_eq!(config.gate_addr.port(), 3);
    assert_eq!(config.public_url.origin(), "http://flag");
}

#[test]
fn policy_is_read() {
    let text = r#"
        product_name = "Acme"
        key_prefix = "acme"
        api_url = "https://api.acme.example"
        trusted_proxies = ["10.0.0.1", "10.1.0.0/16"]
        [limits]
        name_length = 20
        whitelist_entries = 5
        keys_per_account = 15
        [[modules]]
        id = "mail"
        label = "Mail"
        actions = ["send"]
    "#;
    let config = load(text, &[], &ListenFlags::default()).expect("usable");
    let policy = config.policy;
    assert_eq!((policy.product_name.as_str(), policy.key_prefix.as_str()), ("Acme", "acme"));
    assert_eq!((policy.name_max, policy.whitelist_max, policy.keys_per_account), (20, 5, 15));
    assert_eq!(policy.modules.len(), 1);
    assert_eq!(config.trusted_proxies.len(), 2);
}

#[test]
fn numeric_variables_stay_text() {
    let token = "01234567890123456789";
    let config = load("", &[("KEYHATCH_GATE_TOKEN", token)], &ListenFlags::default()).expect("usable");
    assert_eq!(config.gate_token.expect("a token").expose_secret(), token);
}

#[test]
fn errors_name_the_key_and_the_file() {
    for (text, key) in [
        ("gate_adr = \"127.0.0.1:1\"", "gate_adr"),
        ("[limits]\nname_len = 3", "limits.name_len"),
        ("[policy]\nx = 1", "policy"),
        ("[[modules]]\nid = \"a\"\nlabel = \"A\"\nactions = [\"read\"]\ncolour = 1", "colour"),
        ("console_addr = 3000", "console_addr"),
        ("console_addr = \"3000\"", "console_addr"),
        ("console_addr = \"localhost:3000\"", "console_addr"),
        ("gate_addr = \"0.0.0.0:3100\"", "gate_addr"),
        ("gate_addr = \"[::]:3100\"", "gate_addr"),
        ("gate_addr = \"127.0.0.1:3000\"", "gate_addr"),
        ("gate_token = \"\"", "gate_token"),
        ("gate_token = \"short\"", "gate_token"),
        ("gate_token = \"has a space in it, and more\"", "gate_token"),
        ("public_url = \"keys.example.com\"", "public_url"),
        ("public_url = \"ftp://keys.example.com\"", "public_url"),
        ("public_url = \"https://keys.example.com/console\"", "public_url"),
        ("trusted_proxies = \"10.0.0.0/33\"", "trusted_proxies"),
        ("trusted_proxies = \"proxy.local\"", "trusted_proxies"),
        ("trusted_proxies = [\"0.0.0.0/0\"]", "trusted_proxies"),
        ("trusted_proxies = 4", "trusted_proxies"),
        ("database_url = \"mysql://localhost\"", "database_url"),
        ("data_dir = \"\"", "data_dir"),
        ("log = \"server=loudly\"", "log"),
        ("pepper = \"00\"", "pepper"),
        ("key_prefix = \"KH\"", "key_prefix"),
        ("product_name = \"\"", "product_name"),
        ("modules = []", "modules"),
        ("[limits]\nname_length = 0", "limits.name_length"),
        ("[limits]\nname_length = -1", "limits.name_length"),
        ("[limits]\nwhitelist_entries = \"50\"", "limits.whitelist_entries"),
        ("[limits]\nkeys_per_account = 0", "limits.keys_per_account"),
        ("not toml", ""),
    ] {
        let error = load(text, &[], &ListenFlags::default()).expect_err(text);
        assert!(error.origin.ends_with("keyhatch.toml"), "{text}: {error}");
        assert!(error.key.contains(key), "{text}: {error}");
    }
}

#[test]
fn limit_error_names_its_line() {
    let text = "key_prefix = \"kh\"\n\n[limits]\nwhitelist_entries = 50\nname_length = 0\n";
    let error = load(text, &[], &ListenFlags::default()).expect_err("a name of no characters");
    assert_eq!((error.line, error.key.as_str()), (Some(5), "limits.name_length"));
    assert!(error.to_string().contains("keyhatch.toml, line 5: limits.name_length: "), "{error}");
}

#[test]
fn errors_name_the_variable_or_the_flag() {
    for (name, value) in [
        ("KEYHATCH_CONSOLE_ADDR", "nowhere"),
        ("KEYHATCH_GATE_ADDR", "0.0.0.0:3100"),
        ("KEYHATCH_GATE_TOKEN", "short"),
        ("KEYHATCH_PUBLIC_URL", "x"),
        ("KEYHATCH_TRUSTED_PROXIES", "10.0.0.0-10.0.0.9"),
        ("KEYHATCH_DATABASE_URL", "keyhatch.db"),
        ("KEYHATCH_LOG", "a=b=c=d"),
        ("KEYHATCH_PEPPER", "abc"),
    ] {
        let error = load("", &[(name, value)], &ListenFlags::default()).expect_err(name);
        assert_eq!(error.origin, name, "{error}");
    }
    for name in ["KEYHATCH_GATEADDR", "KEYHATCH_", "KEYHATCH_gate_addr", "KEYHATCH_KEY_PREFIX"] {
        let error = load("", &[(name, "x")], &ListenFlags::default()).expect_err(name);
        assert_eq!((error.origin.as_str(), error.key.as_str()), ("environment", name));
    }
    let flags = ListenFlags { gate_addr: Some("0.0.0.0:1".to_owned()), ..ListenFlags::default() };
    assert_eq!(load("", &[], &flags).expect_err("no token").origin, "--gate-addr");
}

#[test]
fn errors_do_not_repeat_secrets() {
    for text in [
        "gate_token = 7777777",
        "gate_token = \"7777777\"",
        "database_url = \"7777777\"",
        "database_url = [\"7777777\"]",
    ] {
        let error = load(text, &[], &ListenFlags::default()).expect_err(text);
        assert!(!error.to_string().contains("7777777"), "{error}");
    }
}

#[test]
fn gate_beyond_loopback_needs_a_token() {
    let text = "gate_addr = \"0.0.0.0:3100\"\ngate_token = \"0123456789abcdef\"";
    assert!(load(text, &[], &ListenFlags::default()).is_ok());
    assert!(load("gate_addr = \"127.0.0.9:3100\"", &[], &ListenFlags::default()).is_ok());
    assert!(load("gate_addr = \"[::1]:3100\"", &[], &ListenFlags::default()).is_ok());
}

#[test]
fn named_configuration_file_must_exist() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in [folder.path().join("missing.toml"), folder.path().to_owned()] {
        let error = Config::load(&Sources { file: Some(&path), ..Sources::default() }).expect_err("no file");
        assert_eq!(error.origin, path.display().to_string());
    }
}
