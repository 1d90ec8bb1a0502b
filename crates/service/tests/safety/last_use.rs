//! When and from where a key was last used: known at once, and kept when the key leaves the cache.

use domain::verdict::{CallRequest, VerdictCode};
use domain::views::LastUse;
use service::actor::Actor;
use service::secrets::{ExposeSecret, SecretString};
use test_support::{MINUTE, START, TestApp, unrestricted_key_form};

crate::on_both![
    last_use_is_known_at_once_and_after_a_restart,
    last_use_survives_an_update_of_the_key,
    only_valid_calls_count_as_uses
];

async fn call_from(app: &TestApp, key: &SecretString, from: &str) -> VerdictCode {
    let address = from.parse().ok();
    let call =
        CallRequest { credential: key.expose_secret(), name: None, address, privilege: None, channel: None, cost: 1 };
    app.keyhatch.gate().decide(&call).await.unwrap().code
}

async fn last_use(app: &TestApp, id: &str) -> Option<(i64, Option<String>)> {
    let found = app.keyhatch.keys().find(&Actor::Operator, &app.account, id).await.unwrap();
    found.last_use.map(|LastUse { at, address }| (at, address))
}

fn at(address: &str) -> String {
    address.to_owned()
}

async fn last_use_is_known_at_once_and_after_a_restart(mut app: TestApp) {
    let created = app.create_key("Used").await;
    assert_eq!(last_use(&app, &created.key.id).await, None);
    assert_eq!(call_from(&app, &created.secret, "203.0.113.7").await, VerdictCode::Valid);
    assert_eq!(last_use(&app, &created.key.id).await, Some((START, Some(at("203.0.113.7")))));
    app.clock.advance(MINUTE);
    assert_eq!(call_from(&app, &created.secret, "2001:db8::7").await, VerdictCode::Valid);
    app.restart().await;
    assert_eq!(last_use(&app, &created.key.id).await, Some((START + MINUTE, Some(at("2001:db8::7")))));
    // Another use after the one that was written.
    app.clock.advance(MINUTE);
    assert_eq!(call_from(&app, &created.secret, "").await, VerdictCode::Valid);
    assert_eq!(last_use(&app, &created.key.id).await, Some((START + 2 * MINUTE, None)));
}

async fn last_use_survives_an_update_of_the_key(mut app: TestApp) {
    let created = app.create_key("Used").await;
    assert_eq!(call_from(&app, &created.secret, "203.0.113.7").await, VerdictCode::Valid);
    let (actor, account) = (Actor::Operator, app.account.clone());
    app.keyhatch
        .keys()
        .update(&actor, &account, &created.key.id, &unrestricted_key_form("Renamed"), None)
        .await
        .unwrap();
    let used = Some((START, Some(at("203.0.113.7"))));
    assert_eq!(last_use(&app, &created.key.id).await, used);
    app.restart().await;
    assert_eq!(last_use(&app, &created.key.id).await, used);
}

async fn only_valid_calls_count_as_uses(app: TestApp) {
    let mut form = unrestricted_key_form("Guarded");
    form.whitelist = "203.0.113.7".into();
    let created = app.create_key_with(&form).await;
    assert_eq!(call_from(&app, &created.secret, "198.51.100.9").await, VerdictCode::IpNotAllowed);
    assert_eq!(last_use(&app, &created.key.id).await, None);
}
