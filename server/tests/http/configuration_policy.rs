//! The policy's settings: each one reaches the rules, and an error names its key and line.

use std::path::PathBuf;

use domain::auth_header::AuthHeader;
use domain::key::Environment;
use domain::verdict::Channel;
use server::config::{Config, ConfigError, Sources};

fn load(text: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("keyhatch.toml");
    std::fs::write(&path, text).expect("a file");
    Config::load(&Sources { file: Some(&path), ..Sources::default() })
}

#[test]
fn every_setting_is_read() {
    let policy = load(
        r#"
        [limits]
        keys_per_account = 15
        keys_per_sub_account = 3
        sub_account_depth = 0
        [keys]
        privileges_fixed = true
        whitelist_required = true
        last_chars_shown = 8
        lifetime_max = "1y"
        default_expiry = "90d"
        channels = ["rest", "web-service"]
        environments = ["sandbox"]
        standard_templates = false
        [api]
        auth_header = "X-Api-Key"
        env_variable = "SHOP_TOKEN"
        [[templates]]
        id = "shop"
        label = "Shop plugin"
        privileges = ["contacts:read", "orders:write"]
        "#,
    )
    .expect("usable")
    .policy;
    assert_eq!((policy.key_limit(false), policy.key_limit(true), policy.sub_account_depth), (15, 3, 0));
    assert!(policy.privileges_fixed && policy.whitelist_required);
    assert_eq!((policy.last_chars_shown, policy.lifetime_max, policy.default_expiry), (8, Some(365), Some(90)));
    assert_eq!(policy.channels, [Channel::Rest, Channel::WebService]);
    assert_eq!(policy.environments, [Environment::Sandbox]);
    assert_eq!((policy.auth_header, policy.key_variable().as_str()), (AuthHeader::XApiKey, "SHOP_TOKEN"));
    let offered: Vec<String> = policy.offered_templates().into_iter().map(|template| template.id).collect();
    assert_eq!(offered, ["shop"]);
}

#[test]
fn examples_and_starting_points_have_defaults() {
    let policy = load("product_name = \"Acme Mail\"").expect("usable").policy;
    assert_eq!((policy.auth_header, policy.key_variable().as_str()), (AuthHeader::ApiKey, "ACME_MAIL_KEY"));
    let offered: Vec<String> = policy.offered_templates().into_iter().map(|template| template.id).collect();
    assert_eq!(offered, ["read-only", "full-access"]);
}

#[test]
fn invalid_template_is_named_with_its_line() {
    let first = "[[templates]]\nid = \"all\"\nlabel = \"All\"\nprivileges = [\"*\"]\n";
    for (second, key, line) in [
        ("id = \"b\"\nlabel = \"B\"\nprivileges = [\"stock:read\"]", "templates.1.privileges", 8),
        ("id = \"b\"\nlabel = \"B\"\nprivileges = [\"reports:write\"]", "templates.1.privileges", 8),
        ("id = \"all\"\nlabel = \"B\"\nprivileges = [\"*\"]", "templates.1.id", 6),
        ("id = \"b\"\nlabel = \"\"\nprivileges = [\"*\"]", "templates.1.label", 7),
    ] {
        let error = load(&format!("{first}[[templates]]\n{second}\n")).expect_err(second);
        assert_eq!((error.key.as_str(), error.line), (key, Some(line)), "{second}: {error}");
        assert!(error.origin.ends_with("keyhatch.toml"), "{second}: {error}");
    }
}

#[test]
fn default_expiry_follows_the_maximum_lifetime() {
    for (text, days) in [
        ("", None),
        ("[keys]\ndefault_expiry = \"never\"", None),
        ("[keys]\ndefault_expiry = \"1y\"", Some(365)),
        ("[keys]\nlifetime_max = \"7d\"", Some(7)),
        ("[keys]\nlifetime_max = \"90d\"\ndefault_expiry = \"30d\"", Some(30)),
    ] {
        assert_eq!(load(text).expect(text).policy.default_expiry, days, "{text}");
    }
}

#[test]
fn invalid_settings_are_named_with_their_line() {
    for (line, key) in [
        ("[limits]\nkeys_per_sub_account = 0", "limits.keys_per_sub_account"),
        ("[limits]\nsub_account_depth = 6", "limits.sub_account_depth"),
        ("[keys]\nprivileges_fixed = \"yes\"", "keys.privileges_fixed"),
        ("[keys]\nwhitelist_required = 1", "keys.whitelist_required"),
        ("[keys]\nlast_chars_shown = 3", "keys.last_chars_shown"),
        ("[keys]\nlast_chars_shown = 9", "keys.last_chars_shown"),
        ("[keys]\nlifetime_max = \"0d\"", "keys.lifetime_max"),
        ("[keys]\nlifetime_max = \"1 month\"", "keys.lifetime_max"),
        ("[keys]\nlifetime_max = \"101y\"", "keys.lifetime_max"),
        ("[keys]\nlifetime_max = 365", "keys.lifetime_max"),
        ("[keys]\ndefault_expiry = \"soon\"", "keys.default_expiry"),
        ("[keys]\nchannels = []", "keys.channels"),
        ("[keys]\nchannels = [\"rest\", \"rest\"]", "keys.channels"),
        ("[keys]\nchannels = [\"smtp\"]", "keys.channels"),
        ("[keys]\nenvironments = []", "keys.environments"),
        ("[keys]\nenvironments = [\"staging\"]", "keys.environments"),
        ("[keys]\nenvironments = [\"live\", \"live\"]", "keys.environments"),
        ("[keys]\nlifetime = \"1y\"", "keys.lifetime"),
        ("[keys]\nstandard_templates = 1", "keys.standard_templates"),
        ("[api]\nauth_header = \"Token\"", "api.auth_header"),
        ("[api]\nauth_header = \"apikey\"", "api.auth_header"),
        ("[api]\nenv_variable = \"ACME-KEY\"", "api.env_variable"),
        ("[api]\nurl = \"https://a.example\"", "api.url"),
    ] {
        let error = load(&format!("key_prefix = \"kh\"\n\n{line}\n")).expect_err(line);
        assert_eq!(error.key, key, "{line}: {error}");
        // An unknown key is reported at its table's line.
        assert!(matches!(error.line, Some(3 | 4)), "{line}: {error}");
        assert!(error.origin.ends_with("keyhatch.toml"), "{line}: {error}");
    }
    for (text, line) in [
        ("[keys]\nlifetime_max = \"30d\"\ndefault_expiry = \"90d\"\n", 3),
        ("[keys]\ndefault_expiry = \"never\"\nlifetime_max = \"30d\"\n", 2),
    ] {
        let error = load(text).expect_err(text);
        assert_eq!((error.key.as_str(), error.line), ("keys.default_expiry", Some(line)), "{error}");
        assert!(error.message.contains("at most 30d"), "{error}");
    }
}

#[test]
fn route_must_name_an_existing_channel() {
    let route = "[[gateway.routes]]\npath = \"/upload\"\nchannel = \"ftp\"\n";
    assert!(load(route).is_ok());
    let error = load(&format!("[keys]\nchannels = [\"rest\"]\n{route}")).expect_err("no FTP");
    assert_eq!(error.key, "gateway.routes");
    assert!(error.message.contains("/upload: There is no channel ftp here. Choose one of: rest."), "{error}");
}
