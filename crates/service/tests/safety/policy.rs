//! What the operator's policy refuses when a key is created or updated.

use domain::explain::HypotheticalCall;
use domain::form::KeyForm;
use domain::key::Environment;
use domain::policy::Policy;
use domain::verdict::Channel;
use service::Error;
use service::actor::Actor;
use service::keys::PageRequest;
use service::secrets::ExposeSecret;
use test_support::{DAY, START, TestApp, unrestricted_key_form};

fn field_error<T: std::fmt::Debug>(outcome: Result<T, Error>, field: &str) -> String {
    match outcome {
        Err(Error::Invalid(errors)) if errors.0.len() == 1 => errors.get(field).expect("this field").to_owned(),
        other => panic!("{field}: {other:?}"),
    }
}

async fn create(app: &TestApp, form: &KeyForm) -> Result<String, Error> {
    let created = app.keyhatch.keys().create(&Actor::Operator, &app.account, form).await?;
    Ok(created.key.id.clone())
}

async fn update(app: &TestApp, id: &str, form: &KeyForm) -> Result<String, Error> {
    let changed = app.keyhatch.keys().update(&Actor::Operator, &app.account, id, form, None).await?;
    Ok(changed.privileges)
}

fn with(privileges: &[&str]) -> KeyForm {
    KeyForm {
        name: "Shop".to_owned(),
        privileges: privileges.iter().map(ToString::to_string).collect(),
        ..KeyForm::default()
    }
}

#[tokio::test]
async fn fixed_privileges_cannot_be_updated() {
    let app = TestApp::with_policy(Policy { privileges_fixed: true, ..Policy::default() }).await;
    let id = create(&app, &with(&["orders:write"])).await.unwrap();
    for kept in [with(&["orders:write"]), with(&[])] {
        let form = KeyForm { whitelist: "203.0.113.7".to_owned(), ..kept };
        assert_eq!(update(&app, &id, &form).await, Ok("orders:write".to_owned()));
    }
    for other in [with(&["orders:read"]), with(&["orders:write", "orders:read"]), unrestricted_key_form("Shop")] {
        let error = field_error(update(&app, &id, &other).await, "privileges");
        assert!(error.contains("cannot be changed afterwards"), "{error}");
    }
    assert_eq!(update(&app, &id, &with(&["orders:write"])).await, Ok("orders:write".to_owned()));
}

#[tokio::test]
async fn empty_whitelist_is_refused_where_one_is_required() {
    let app = TestApp::with_policy(Policy { whitelist_required: true, ..Policy::default() }).await;
    let listed = KeyForm { whitelist: "203.0.113.0/24".to_owned(), ..unrestricted_key_form("Shop") };
    let id = create(&app, &listed).await.unwrap();
    for empty in
        [unrestricted_key_form("Shop"), KeyForm { whitelist: " \n,\n".to_owned(), ..unrestricted_key_form("Shop") }]
    {
        for error in [
            field_error(create(&app, &empty).await, "whitelist"),
            field_error(update(&app, &id, &empty).await, "whitelist"),
        ] {
            assert!(error.starts_with("Enter at least one IP, range or CIDR"), "{error}");
        }
    }
}

#[tokio::test]
async fn expiry_is_limited_by_the_maximum_lifetime() {
    let policy = Policy { lifetime_max: Some(90), default_expiry: Some(90), ..Policy::default() };
    let app = TestApp::with_policy(policy).await;
    let until = |expires: &str| KeyForm { expires: expires.to_owned(), ..unrestricted_key_form("Shop") };
    for expires in ["", "91d", "1y", "2027-02-16T09:06"] {
        let error = field_error(create(&app, &until(expires)).await, "expires");
        assert_eq!(error, "A key lasts at most 90 days here. Choose an end up to 16 Feb 2027, 09:05 UTC.", "{expires}");
    }
    let id = create(&app, &until("2027-02-16T09:05")).await.unwrap();
    // The lifetime counts from the update, not from the creation.
    assert!(update(&app, &id, &until("2027-02-17T09:05")).await.is_err());
    app.clock.set(START + DAY);
    assert!(update(&app, &id, &until("2027-02-17T09:05")).await.is_ok());
    assert!(field_error(update(&app, &id, &until("")).await, "expires").contains("17 Feb 2027"));
    // An expired key can still be renamed.
    app.clock.set(START + 200 * DAY);
    assert!(update(&app, &id, &until("2027-02-17T09:05")).await.is_ok());
}

#[tokio::test]
async fn unknown_choices_are_refused_by_name() {
    let policy = Policy {
        environments: vec![Environment::Live],
        channels: vec![Channel::Rest, Channel::Email],
        ..Policy::default()
    };
    let app = TestApp::with_policy(policy).await;
    let sandbox = KeyForm { environment: Environment::Sandbox, ..unrestricted_key_form("Shop") };
    let error = field_error(create(&app, &sandbox).await, "environment");
    assert_eq!(error, "There is no sandbox environment here. Choose live.");
    let id = create(&app, &unrestricted_key_form("Shop")).await.unwrap();
    // An update does not change the environment.
    assert!(update(&app, &id, &sandbox).await.is_ok());
    let ask = async |channel| {
        let question = HypotheticalCall { address: None, privilege: None, channel: Some(channel), cost: 1 };
        app.keyhatch.key_calls().explain(&Actor::Operator, &app.account, &id, &question).await
    };
    assert!(ask(Channel::Email).await.is_ok());
    let error = field_error(ask(Channel::Ftp).await, "channel");
    assert_eq!(error, "There is no channel ftp here. Choose one of: rest, email.");
}

#[tokio::test]
async fn policy_sets_the_number_of_visible_characters() {
    for shown in [4, 5, 8] {
        let app = TestApp::with_policy(Policy { last_chars_shown: shown, ..Policy::default() }).await;
        let created = app.create_key("Shop").await;
        let value = created.secret.expose_secret();
        assert_eq!(created.key.masked, format!("kh_live_…{}", &value[value.len() - shown..]));
        // A later change of the policy does not change what is shown.
        assert_eq!(app.key_without_last_use(&created.key.id).await.unwrap().masked, created.key.masked);
    }
}

#[tokio::test]
async fn sub_accounts_have_their_own_key_cap() {
    let policy = Policy { keys_per_account: 2, keys_per_sub_account: Some(1), ..Policy::default() };
    let app = TestApp::with_policy(policy).await;
    let sub = app.keyhatch.accounts().create(&Actor::Operator, "North", Some(&app.account)).await.unwrap();
    for (account, cap) in [(&sub, 1), (&app.account, 2)] {
        for _ in 0..cap {
            app.keyhatch.keys().create(&Actor::Operator, account, &unrestricted_key_form("Shop")).await.unwrap();
        }
        let refused = app.keyhatch.keys().create(&Actor::Operator, account, &unrestricted_key_form("Shop")).await;
        assert_eq!(refused.err(), Some(Error::TooManyKeys { limit: cap }));
        let page = app.keyhatch.keys().list(&Actor::Operator, account, &PageRequest::default()).await.unwrap();
        assert_eq!((page.total, page.limit), (cap, cap));
    }
}
