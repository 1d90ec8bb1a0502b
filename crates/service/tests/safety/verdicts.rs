//! The gate's verdicts: each code, their precedence, and that unreadable rows are refused.

use domain::address::{TrustedProxies, client_address};
use domain::form::KeyForm;
use domain::verdict::{CallRequest, Channel, VerdictCode};
use service::secrets::ExposeSecret;
use std::net::IpAddr;
use test_support::{START, TestApp, call_request};

async fn code(app: &TestApp, call: CallRequest<'_>) -> VerdictCode {
    let decision = app.keyhatch.gate().decide(&call).await.unwrap();
    assert_eq!(decision.key.is_some(), decision.code == VerdictCode::Valid);
    decision.code
}

/// A call that breaks every rule, repaired one by one: the verdict names the first rule that is still broken.
#[tokio::test]
async fn first_broken_rule_determines_the_verdict() {
    let mut app = TestApp::sqlite().await;
    let key = app
        .insert_key(1, |row| {
            row.channel = Some("ftp".to_owned());
            row.whitelist = "203.0.113.0/24".to_owned();
            row.privileges = "contacts:read".to_owned();
            row.expires_at = Some(START);
        })
        .await;
    app.run_sql("UPDATE keys SET enabled = FALSE").await;
    let other = app.insert_key(2, |_| ()).await;
    let mut damaged = key.secret.clone();
    damaged.pop();
    let wrong = format!("{}{}", &key.secret[..20], &other.secret[20..]);
    let outside = Some(IpAddr::from([198, 51, 100, 9]));
    let all_wrong = CallRequest {
        credential: &damaged,
        name: Some("Other"),
        address: outside,
        privilege: Some("orders:write"),
        channel: None,
        cost: 1,
    };
    assert_eq!(code(&app, all_wrong).await, VerdictCode::Malformed);
    assert_eq!(
        code(&app, CallRequest { credential: &wrong, ..all_wrong }).await,
        VerdictCode::Malformed,
        "its checksum is wrong"
    );
    let named = CallRequest { credential: &key.secret, ..all_wrong };
    assert_eq!(code(&app, named).await, VerdictCode::NotFound, "the key has another name");
    let mut call = CallRequest { name: Some("Inserted"), ..named };
    assert_eq!(code(&app, call).await, VerdictCode::Disabled);

    // The gate does not see rows that the test changes; a new start reads them again.
    app.run_sql("UPDATE keys SET enabled = TRUE").await;
    app.start().await.unwrap();
    assert_eq!(code(&app, call).await, VerdictCode::Expired);
    app.run_sql("UPDATE keys SET expires_at = expires_at + 1").await;
    app.start().await.unwrap();
    assert_eq!(code(&app, call).await, VerdictCode::ChannelNotAllowed);
    call.channel = Some(Channel::Rest);
    assert_eq!(code(&app, call).await, VerdictCode::ChannelNotAllowed);
    call.channel = Some(Channel::Ftp);
    assert_eq!(code(&app, call).await, VerdictCode::IpNotAllowed);
    call.address = Some(IpAddr::from([203, 0, 113, 9]));
    assert_eq!(code(&app, call).await, VerdictCode::PrivilegeMissing);
    call.privilege = Some("contacts:read");
    assert_eq!(code(&app, call).await, VerdictCode::Valid);
}

/// Well-formed but never created: another secret, another id, another environment, another prefix.
#[tokio::test]
async fn forged_key_is_not_found() {
    use domain::key::{Environment, KeyFormat, PublicId};
    let app = TestApp::sqlite().await;
    let key = app.insert_keys(1).await.remove(0);
    let format = KeyFormat::new("kh").unwrap();
    let id = PublicId::parse(&key.public_id).unwrap();
    let unknown = PublicId::parse("Unknown001").unwrap();
    let mut secret = [7; 32];
    secret[..4].copy_from_slice(&0_u32.to_le_bytes());
    assert_eq!(format.compose(Environment::Live, &id, &secret), key.secret);
    for forged in [
        format.compose(Environment::Live, &id, &[0; 32]),
        format.compose(Environment::Live, &unknown, &secret),
        format.compose(Environment::Sandbox, &id, &secret),
    ] {
        assert_eq!(code(&app, call_request(&forged)).await, VerdictCode::NotFound, "{forged}");
    }
    for malformed in [
        KeyFormat::new("xy").unwrap().compose(Environment::Live, &id, &secret),
        key.secret.to_uppercase(),
        format!(" {}", key.secret),
        format!("{}\n", key.secret),
        format!("{}{}", key.secret, key.secret),
        "é".repeat(key.secret.len() / 2),
        "x".repeat(1_000_000),
        String::new(),
    ] {
        assert_eq!(code(&app, call_request(&malformed)).await, VerdictCode::Malformed);
    }
    assert_eq!(code(&app, call_request(&key.secret)).await, VerdictCode::Valid);
}

#[tokio::test]
async fn named_key_must_match() {
    let app = TestApp::sqlite().await;
    let created = app.create_key("Büro").await;
    let value = created.secret.expose_secret();
    for (name, expected) in [
        (Some("Büro"), VerdictCode::Valid),
        (None, VerdictCode::Valid),
        (Some(""), VerdictCode::NotFound),
        (Some("büro"), VerdictCode::NotFound),
        (Some("Büro "), VerdictCode::NotFound),
        (Some("Bu\u{308}ro"), VerdictCode::NotFound),
    ] {
        assert_eq!(code(&app, CallRequest { name, ..call_request(value) }).await, expected, "{name:?}");
    }
}

/// A retired secret works until its overlap ends.
#[tokio::test]
async fn retired_secret_is_not_found() {
    let app = TestApp::sqlite().await;
    let key = app.insert_keys(1).await.remove(0);
    app.run_sql(&format!("UPDATE key_secrets SET retires_at = {}", START + 10)).await;
    assert_eq!(code(&app, call_request(&key.secret)).await, VerdictCode::Valid);
    app.clock.advance(9);
    assert_eq!(code(&app, call_request(&key.secret)).await, VerdictCode::Valid);
    app.clock.advance(1);
    assert_eq!(code(&app, call_request(&key.secret)).await, VerdictCode::NotFound);
}

/// An unknown address is in no whitelist; known ones follow the shared cases.
#[tokio::test]
async fn client_addresses_are_matched_in_every_notation() {
    let app = TestApp::sqlite().await;
    let form = KeyForm { name: "Listed".to_owned(), whitelist: "203.0.113.0/24".to_owned(), ..KeyForm::default() };
    let created = app.create_key_with(&form).await;
    let value = created.secret.expose_secret();
    assert_eq!(code(&app, call_request(value)).await, VerdictCode::IpNotAllowed, "unknown address");

    let trusted = TrustedProxies::parse("10.0.0.1").unwrap().to_vec();
    let cases = include_str!("../../../domain/tests/cases/client-addresses.tsv");
    let mut counted = 0;
    for line in cases.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [peer, lines, is_allowed] = fields[..] else { panic!("{line}") };
        let address = client_address(peer.parse().unwrap(), lines.split('|').map(str::as_bytes), &trusted).ok();
        let expected = if is_allowed == "yes" { VerdictCode::Valid } else { VerdictCode::IpNotAllowed };
        assert_eq!(code(&app, CallRequest { address, ..call_request(value) }).await, expected, "{line}");
        counted += 1;
    }
    assert_eq!(counted, 15);
}

/// Values that no version of Keyhatch writes are refused and not interpreted: an empty whitelist would allow everyone.
#[tokio::test]
async fn unreadable_row_is_refused() {
    for (number, damage) in [
        "whitelist = '203.0.113.300'",
        "whitelist = '0.0.0.0/0 ' || char(0)",
        "whitelist = 'any'",
        "privileges = '**'",
        "privileges = 'contacts'",
        "privileges = 'CONTACTS:READ'",
        "channel = 'carrier-pigeon'",
        "channel = ''",
    ]
    .into_iter()
    .enumerate()
    {
        let app = TestApp::sqlite().await;
        let key = app.insert_key(number, |_| ()).await;
        app.run_sql(&format!("UPDATE keys SET {damage}")).await;
        assert_eq!(code(&app, call_request(&key.secret)).await, VerdictCode::NotFound, "{damage}");
    }
    for damage in ["x''", "x'00'", "zeroblob(31)", "zeroblob(33)", "zeroblob(32)"] {
        let app = TestApp::sqlite().await;
        let key = app.insert_keys(1).await.remove(0);
        app.run_sql(&format!("UPDATE key_secrets SET hash = {damage}")).await;
        assert_eq!(code(&app, call_request(&key.secret)).await, VerdictCode::NotFound, "{damage}");
    }
}
