//! A key that manages the keys of sub-accounts: it cannot gain more privileges than it has.

use domain::form::KeyForm;
use domain::key::Environment;
use domain::lifecycle::RotateForm;
use domain::privilege::Privileges;
use service::actor::{Actor, KeyActor};
use service::keys::IdempotencyKey;
use service::{Error, Keyhatch};
use std::sync::Arc;
use test_support::TestApp;

struct Below {
    app: TestApp,
    account: String,
}

impl Below {
    async fn new() -> Self {
        let app = TestApp::sqlite().await;
        let account = app.keyhatch.accounts().create(&Actor::Operator, "Sub", Some(&app.account)).await.unwrap();
        Self { app, account }
    }

    fn keyhatch(&self) -> &Keyhatch {
        &self.app.keyhatch
    }

    /// A key of the parent account with these privileges and all that it needs to manage keys.
    fn key(&self, environment: Environment, privileges: &str) -> Actor {
        let privileges = format!("{privileges} sub-accounts:read sub-accounts:write");
        Actor::Key(KeyActor {
            id: format!("key_{}_{privileges}", environment.as_str()),
            name: "Provisioning".to_owned(),
            account_id: self.app.account.clone(),
            privileges: Arc::new(Privileges::from_stored(&privileges).unwrap()),
            environment,
            about: Some(self.account.clone()),
            address: None,
        })
    }

    async fn create_key(&self, environment: Environment, privileges: &[&str]) -> String {
        let form = form(environment, privileges);
        self.keyhatch().keys().create(&Actor::Operator, &self.account, &form).await.unwrap().key.id
    }
}

fn form(environment: Environment, privileges: &[&str]) -> KeyForm {
    KeyForm {
        name: "Shop".to_owned(),
        all_privileges: privileges == ["*"],
        privileges: privileges.iter().filter(|one| **one != "*").map(ToString::to_string).collect(),
        environment,
        ..KeyForm::default()
    }
}

fn overlap() -> RotateForm {
    RotateForm { overlap: "none".to_owned() }
}

#[tokio::test]
async fn key_cannot_grant_more_than_it_has() {
    let below = Below::new().await;
    let asker = below.key(Environment::Live, "contacts:read");
    let (keyhatch, account) = (below.keyhatch(), below.account.as_str());
    for (privileges, is_given) in
        [(&["contacts:read"][..], true), (&[], true), (&["contacts:read", "orders:read"], false), (&["*"], false)]
    {
        let created =
            keyhatch.keys().create_idempotent(&asker, account, &form(Environment::Live, privileges), None).await;
        assert_eq!(created.is_ok(), is_given, "creating {privileges:?}");
        // The new secret of a stronger key would give its caller more privileges.
        let stronger = below.create_key(Environment::Live, privileges).await;
        let rotated = keyhatch.key_secrets().rotate(&asker, account, &stronger, &overlap()).await;
        assert_eq!(rotated.is_ok(), is_given, "rotating {privileges:?}");
        let weak = below.create_key(Environment::Live, &[]).await;
        let changed = keyhatch.keys().update(&asker, account, &weak, &form(Environment::Live, privileges), None).await;
        assert_eq!(changed.is_ok(), is_given, "changing to {privileges:?}");
    }
}

#[tokio::test]
async fn sandbox_key_cannot_manage_live_keys() {
    let below = Below::new().await;
    let asker = below.key(Environment::Sandbox, "contacts:read");
    let (keyhatch, account) = (below.keyhatch(), below.account.as_str());
    for (environment, is_let) in [(Environment::Sandbox, true), (Environment::Live, false)] {
        let key = below.create_key(environment, &["contacts:read"]).await;
        let form = form(environment, &["contacts:read"]);
        assert_eq!(
            keyhatch.keys().create_idempotent(&asker, account, &form, None).await.is_ok(),
            is_let,
            "{environment:?}"
        );
        assert_eq!(
            keyhatch.key_secrets().rotate(&asker, account, &key, &overlap()).await.is_ok(),
            is_let,
            "{environment:?}"
        );
        assert_eq!(keyhatch.key_secrets().end_overlap(&asker, account, &key).await.is_ok(), is_let, "{environment:?}");
        assert_eq!(keyhatch.keys().update(&asker, account, &key, &form, None).await.is_ok(), is_let, "{environment:?}");
        assert_eq!(keyhatch.keys().disable(&asker, account, &key).await.is_ok(), is_let, "{environment:?}");
        assert_eq!(keyhatch.keys().delete(&asker, account, &key, "").await.is_ok(), is_let, "{environment:?}");
        assert_eq!(keyhatch.keys().find(&Actor::Operator, account, &key).await.is_ok(), !is_let, "{environment:?}");
    }
}

#[tokio::test]
async fn idempotency_key_belongs_to_its_actor_and_request() {
    let below = Below::new().await;
    let (keyhatch, account) = (below.keyhatch(), below.account.as_str());
    let (one, other) = (below.key(Environment::Live, "contacts:read"), below.key(Environment::Live, "orders:read"));
    let form = form(Environment::Live, &[]);
    let create = async |asker: &Actor, account: &str, request: &[u8]| {
        keyhatch.keys().create_idempotent(asker, account, &form, Some(IdempotencyKey::new("name", request))).await
    };
    let first = create(&one, account, b"a").await.unwrap();
    assert!(first.secret.is_some());
    let again = create(&one, account, b"a").await.unwrap();
    assert_eq!((again.key.id.as_str(), again.secret.is_none()), (first.key.id.as_str(), true));
    assert_eq!(create(&one, account, b"b").await.err(), Some(Error::IdempotencyKeyReused));
    let foreign = create(&other, account, b"a").await.unwrap();
    assert_ne!(foreign.key.id, first.key.id, "another asker's names are their own");
    assert!(foreign.secret.is_some());
    // The same idempotency key for another account does not find this account's creation.
    let elsewhere = create(&Actor::Operator, account, b"a").await.unwrap();
    assert_eq!(create(&Actor::Operator, &below.app.foreign_account, b"a").await.err(), Some(Error::NotFound));
    keyhatch.keys().delete(&Actor::Operator, account, &first.key.id, "").await.unwrap();
    assert_eq!(create(&one, account, b"a").await.err(), Some(Error::NotFound), "a deleted key is not created again");
    assert_ne!(elsewhere.key.id, first.key.id);
}
