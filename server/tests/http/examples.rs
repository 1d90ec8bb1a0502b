//! The files in `examples/`: each loads, has the settings that its documentation promises, and yields a gateway's
//! configuration.

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::key::Environment;
use domain::policy::Policy;
use domain::verdict::Channel;
use gateway::print::Gateway;
use server::config::{Config, Sources};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

fn load(name: &str) -> Config {
    let file = folder().join(name);
    Config::load(&Sources { file: Some(&file), ..Sources::default() }).unwrap_or_else(|error| panic!("{error}"))
}

fn privileges(policy: &Policy) -> Vec<String> {
    let of = |module: &domain::privilege::Module| {
        let id = module.id.clone();
        module.actions.iter().map(move |action| format!("{id}:{action}")).collect::<Vec<_>>()
    };
    policy.modules.iter().flat_map(of).collect()
}

#[test]
fn each_example_loads_and_prints_a_gateway() {
    let files = std::fs::read_dir(folder()).expect("examples").map(|file| file.expect("a file").file_name());
    let names: BTreeSet<String> = files.map(|name| name.into_string().expect("text")).collect();
    let expected = ["elastic-email.toml", "mailchannels.toml", "mailtarget.toml", "maropost.toml", "smsportal.toml"];
    assert_eq!(names, BTreeSet::from(expected.map(ToOwned::to_owned)));
    for name in &names {
        let config = load(name);
        assert_eq!(config.policy.validate(), Ok(()), "{name}");
        assert_ne!(config.policy.product_name, Policy::default().product_name, "{name}");
        assert_ne!(config.policy.key_prefix, Policy::default().key_prefix, "{name}");
        assert!(config.policy.api_url.starts_with("https://") && !config.policy.api_url.contains("example"), "{name}");
        let gateway = &config.gateway;
        assert_eq!((gateway.concurrent_requests_per_address, gateway.timeout_seconds), (20, 600), "{name}");
        let files = Gateway::Nginx.files(&config.gateway_settings()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let text = &files.first().expect("a file").text;
        for route in &gateway.routes {
            let privilege = route.privilege.as_deref().expect("a privilege");
            assert!(text.contains(&format!("privilege={privilege}")), "{name}: {privilege}");
        }
        assert!(text.contains("600s") && text.contains("20"), "{name}");
    }
}

#[test]
fn each_example_has_its_own_starting_points_and_header() {
    for (name, header, variable, templates) in [
        ("elastic-email.toml", "X-Api-Key", "ELASTIC_EMAIL_API_KEY", "Read only, Full access, Sending only, Reporting"),
        ("mailchannels.toml", "X-Api-Key", "MAILCHANNELS_API_KEY", "Sending Email, Managing Inbound Filtering"),
        ("mailtarget.toml", "Bearer", "MAILTARGET_API_KEY", "Read only, Unrestricted, Restricted: Email"),
        ("maropost.toml", "ApiKey", "MAROPOST_API_KEY", "Read only, Full access, Contact sync, Relational DB"),
        ("smsportal.toml", "Basic", "SMSPORTAL_API_SECRET", "Read only, Full access, Send messages"),
    ] {
        let policy = load(name).policy;
        let labels: Vec<String> = policy.offered_templates().into_iter().map(|template| template.label).collect();
        assert_eq!((policy.auth_header.as_str(), policy.key_variable().as_str()), (header, variable), "{name}");
        assert_eq!(labels.join(", "), templates, "{name}");
    }
}

#[test]
fn elastic_email_allows_15_keys_and_shows_five_characters() {
    let policy = load("elastic-email.toml").policy;
    assert_eq!((policy.key_limit(false), policy.last_chars_shown), (15, 5));
    assert!(!policy.privileges_fixed && !policy.whitelist_required);
    assert!(privileges(&policy).len() > 5, "permissions to choose from");
}

#[test]
fn mailchannels_fixes_privileges_and_limits_sub_accounts_separately() {
    let policy = load("mailchannels.toml").policy;
    assert!(policy.privileges_fixed);
    assert_eq!((policy.key_limit(false), policy.keys_per_sub_account, policy.sub_account_depth), (100, Some(100), 1));
    assert_eq!(privileges(&policy), ["api:use", "inbound:use", "sub-accounts:read", "sub-accounts:write"]);
    assert_eq!(policy.modules[0].label, "Sending Email");
    assert_eq!(policy.modules[1].label, "Managing Inbound Filtering");
}

#[test]
fn other_examples_have_their_documented_settings() {
    let maropost = load("maropost.toml").policy;
    assert_eq!((maropost.name_max, maropost.whitelist_max), (32, 50));
    let mailtarget = load("mailtarget.toml").policy;
    assert_eq!(mailtarget.environments, [Environment::Live, Environment::Sandbox]);
    assert_eq!((mailtarget.lifetime_max, mailtarget.default_expiry), (Some(365), Some(90)));
    let smsportal = load("smsportal.toml").policy;
    let channels = [Channel::Ftp, Channel::Rest, Channel::Http, Channel::WebService, Channel::Email];
    assert_eq!(smsportal.channels, channels);
}
