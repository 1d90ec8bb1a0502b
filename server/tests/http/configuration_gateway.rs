//! The `[gateway]` table: its defaults, and the key and file that each error names.

use gateway::{Route, Unlisted};
use server::config::{Config, ConfigError, Sources};

fn load(text: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("keyhatch.toml");
    std::fs::write(&path, text).expect("a file");
    Config::load(&Sources { file: Some(&path), ..Sources::default() })
}

#[test]
fn gateway_has_defaults() {
    let gateway = load("").expect("usable").gateway;
    assert_eq!((gateway.listen.to_string().as_str(), gateway.upstream.as_str()), ("0.0.0.0:8443", "127.0.0.1:8080"));
    assert_eq!((gateway.concurrent_requests_per_address, gateway.timeout_seconds), (20, 600));
    assert_eq!(gateway.unlisted, Unlisted::Key);
    assert!(!gateway.pass_credential && gateway.routes.is_empty());
    let policy = "[[gateway.routes]]\npath = \"/a\"\n";
    assert_eq!(load(policy).expect("usable").gateway.unlisted, Unlisted::Refuse);
}

#[test]
fn routes_keep_their_order() {
    let policy = r#"
        [gateway]
        unlisted = "reports:read"
        [[gateway.routes]]
        method = ["GET", "POST"]
        path = "/contacts"
        privilege = "contacts:read"
        [[gateway.routes]]
        path = "/contacts"
        channel = "rest"
        cost = 5
    "#;
    let gateway = load(policy).expect("usable").gateway;
    assert_eq!(gateway.unlisted, Unlisted::Privilege("reports:read".to_owned()));
    let [first, second] = gateway.routes.as_slice() else { panic!("two routes") };
    assert_eq!(first.methods, ["GET", "HEAD", "POST"]);
    assert_eq!((second.methods.len(), second.cost, second.privilege.as_ref()), (0, Some(5), None));
    let matches = |route: &Route, method: &str, path: &str| route.matches(method, path);
    assert!(
        matches(first, "HEAD", "/contacts")
            && matches(first, "GET", "/Contacts/1")
            && !matches(first, "PUT", "/contacts")
    );
    assert!(!matches(first, "GET", "/contacts-old") && !matches(first, "GET", "/contact"));
}

#[test]
fn errors_name_the_key_and_the_file() {
    let route = |lines: &str| format!("[[gateway.routes]]\n{lines}");
    for (text, key) in [
        ("[gateway]\nlisten = \"8443\"".to_owned(), "gateway.listen"),
        ("[gateway]\nlisten = \"0.0.0.0:0\"".to_owned(), "gateway.listen"),
        ("[gateway]\nlisten = 1".to_owned(), "gateway.listen"),
        ("[gateway]\ngate = \"gate:3100\"".to_owned(), "gateway.gate"),
        ("[gateway]\nupstream = \"http://127.0.0.1:8080\"".to_owned(), "gateway.upstream"),
        ("[gateway]\nupstream = \"a b:1\"".to_owned(), "gateway.upstream"),
        ("[gateway]\nupstream = \"app:0\"".to_owned(), "gateway.upstream"),
        ("[gateway]\ncertificate = \"server.crt\"".to_owned(), "gateway.certificate"),
        ("[gateway]\ncertificate_key = \"/a b\"".to_owned(), "gateway.certificate_key"),
        ("[gateway]\ncertificate_key = \"/a;\\n}\"".to_owned(), "gateway.certificate_key"),
        ("[gateway]\nconcurrent_requests_per_address = 0".to_owned(), "gateway.concurrent_requests_per_address"),
        ("[gateway]\ntimeout_seconds = 0".to_owned(), "gateway.timeout_seconds"),
        ("[gateway]\ngate_timeout_seconds = 31".to_owned(), "gateway.gate_timeout_seconds"),
        ("[gateway]\nunlisted = \"contacts:fly\"".to_owned(), "gateway.unlisted"),
        ("[gateway]\nunlisted = \"open\"".to_owned(), "gateway.unlisted"),
        ("[gateway]\ncolour = 1".to_owned(), "gateway.colour"),
        (route("method = \"GET\""), "gateway.routes"),
        (route("path = \"/a\"\nprivilege = \"contacts:fly\""), "gateway.routes"),
        (route("path = \"/a\"\nprivilege = \"contacts\""), "gateway.routes"),
        (route("path = \"/a\"\nchannel = \"telex\""), "gateway.routes"),
        (route("path = \"/a\"\ncost = 0"), "gateway.routes"),
        (route("path = \"/a\"\nmethod = \"get\""), "gateway.routes"),
        (route("path = \"/a\"\nmethod = []"), "gateway.routes"),
        (route("path = \"/a\"\nmethods = \"GET\""), "methods"),
        (route("path = \"a\""), "gateway.routes"),
        (route("path = \"/a/\""), "gateway.routes"),
        (route("path = \"/a//b\""), "gateway.routes"),
        (route("path = \"/a/../b\""), "gateway.routes"),
        (route("path = \"/a(b\""), "gateway.routes"),
        (route("path = \"/%61\""), "gateway.routes"),
        (route("path = \"/a\"\n[[gateway.routes]]\npath = \"/A/b\"\nprivilege = \"contacts:read\""), "gateway.routes"),
        (
            route("path = \"/\"\nmethod = \"GET\"\n[[gateway.routes]]\npath = \"/b\"\nmethod = \"HEAD\""),
            "gateway.routes",
        ),
    ] {
        let error = load(&text).expect_err(&text);
        assert!(error.origin.ends_with("keyhatch.toml"), "{text}: {error}");
        assert!(error.key.contains(key), "{text}: {error}");
    }
}
