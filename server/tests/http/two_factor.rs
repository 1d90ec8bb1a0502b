//! Two-factor codes: the forms that enable them, sign-in with a code, and accounts that require them.

use domain::member::Role;
use domain::time::date_utc;
use domain::two_factor_rule::{choosable_days, date_field};
use service::code_at;

use crate::support::{ConsoleApp, ConsoleResponse as _, PASSWORD, PASSWORD_FIELD, WAYS, Way};

const MEMBERS: &str = "/settings/members";
const SECURITY: &str = "/settings/security";

/// Enables two-factor codes and returns the authenticator app's secret.
pub async fn enable_two_factor(console: &ConsoleApp, cookie: &str) -> String {
    let begun = console.post_form(SECURITY, cookie, &format!("do=begin-two-factor&password={PASSWORD_FIELD}")).await;
    assert_eq!(begun.redirect(), (303, Some(SECURITY)));
    let page = console.get(SECURITY, cookie).await;
    assert!(page.text().contains("<svg") && page.header("content-encoding").is_none());
    let shown = page.text_between("id=\"two-factor-secret\"", "</p>");
    let app: String =
        shown.split_once('>').expect("the secret").1.chars().filter(char::is_ascii_alphanumeric).collect();
    let code = code_at(&app, console.app.keyhatch.now()).expect("a code");
    let on = console.post_form(SECURITY, cookie, &format!("do=confirm-two-factor&code={code}")).await;
    assert_eq!(on.status, 200);
    assert_eq!(on.text_between("class=\"codes\"", "</ul>").matches("<li>").count(), 10);
    assert!(!console.get_text(SECURITY, cookie).await.contains("class=\"codes\""), "shown once");
    app
}

#[tokio::test]
async fn sign_in_with_a_two_factor_code() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let app = enable_two_factor(&console, &cookie).await;
    let first = console.sign_in("owner@example.com", PASSWORD, &[]).await;
    assert_eq!(first.status_and_text(), (200, "\"Code\""));
    let pending = first.cookie();
    assert_eq!(console.get(MEMBERS, &pending).await.redirect(), (303, Some("/sign-in?next=/settings/members")));
    for way in WAYS {
        assert_eq!(console.send_key_form(way, &pending, &[("do", "create"), ("name", "New")]).await.status, 401);
    }
    let page = console.get_text("/sign-in?next=/settings/members", &pending).await;
    assert!(page.contains("Enter your code") && page.contains("value=\"/settings/members\""), "{page}");
    assert!(console.get_text("/sign-in?again", &pending).await.contains("Sign in"));
    assert!(!console.get_text("/sign-in", "").await.contains("Enter your code"));

    let wrong = console.post_form("/sign-in", &pending, "do=code&code=000000&next=/settings/members").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("This code is wrong") && wrong.text().contains("value=\"/settings/members\""));
    // The next code is valid already; the present one was used to enable.
    let code = code_at(&app, console.app.keyhatch.now() + 30_000).expect("a code");
    let foreign = console.post_form("/sign-in", &pending, &format!("do=code&code={code}&next=//evil.example")).await;
    assert_eq!(foreign.redirect(), (303, Some("/settings/api-keys")));
    assert_eq!(console.get(MEMBERS, &foreign.cookie()).await.status, 200);
    let again = console.post_form("/sign-in", &pending, &format!("do=code&code={code}&next=/settings/members")).await;
    assert_eq!(again.redirect(), (303, Some("/sign-in?next=/settings/members&problem=start-again")));
    let page = console.get_text("/sign-in?next=/settings/members&problem=start-again", &pending).await;
    assert!(page.contains("Sign in again.") && page.contains("value=\"/settings/members\""), "{page}");
}

#[tokio::test]
async fn members_without_required_codes_are_redirected_to_set_up() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    assert_eq!(console.post_form(MEMBERS, &cookie, "do=require&start=now").await.status, 303);
    for path in [MEMBERS, "/settings/api-keys", "/settings/anything"] {
        assert_eq!(console.get(path, &cookie).await.redirect(), (303, Some(SECURITY)), "{path}");
    }
    assert_eq!(console.post_form(MEMBERS, &cookie, "do=do-not-require").await.redirect(), (303, Some(SECURITY)));
    let create = [("do", "create"), ("name", "New")];
    let response = console.send_key_form(Way::Function, &cookie, &create).await;
    assert_eq!(response.status_and_text(), (403, "\"TwoFactorRequired\""));
    assert_eq!(console.send_key_form(Way::Plain, &cookie, &create).await.redirect(), (303, Some(SECURITY)));
    assert_eq!(console.list_keys().await, []);
    assert!(console.get_text(SECURITY, &cookie).await.contains("Your account requires two-factor codes."));
    enable_two_factor(&console, &cookie).await;
    assert_eq!(console.get(MEMBERS, &cookie).await.status, 200);
    assert_eq!(console.post_form("/sign-out", &cookie, "do=sign-out").await.status, 303);
    assert_eq!(console.get(SECURITY, &cookie).await.status, 303);
}

#[tokio::test]
async fn requiring_codes_says_who_has_none_and_may_begin_later() {
    let console = ConsoleApp::start().await;
    let account = console.app.account.clone();
    let cookie = console.create_owner_session().await;
    let admin = console.create_session(&account, "ada@example.com", Role::Admin).await;
    let page = console.get(&format!("{MEMBERS}?require"), &cookie).await;
    let dialog = page.text_between("<dialog", "</dialog>");
    assert!(dialog.contains("2 of 2 members have no codes yet: ada@example.com, owner@example.com."), "{dialog}");
    assert!(!console.get_text(&format!("{MEMBERS}?require"), &admin).await.contains("<dialog"), "for owners only");
    let refused = console.post_form(MEMBERS, &cookie, "do=require&start=date&date=2020-01-01").await;
    assert_eq!(refused.status, 422);
    let dialog = refused.text_between("<dialog", "</dialog>");
    assert!(dialog.contains("Choose a day from") && dialog.contains("value=\"2020-01-01\""), "{dialog}");
    assert_eq!(console.post_form(MEMBERS, &cookie, "do=require&date=2020-01-01").await.status, 422);

    let (tomorrow, _) = choosable_days(console.app.keyhatch.now());
    let body = format!("do=require&start=date&date={}", date_field(tomorrow));
    let planned = console.post_form(MEMBERS, &cookie, &body).await;
    assert_eq!(planned.redirect(), (303, Some("/settings/members?done=planned")));
    let day = date_utc(tomorrow);
    for path in [MEMBERS, "/settings/api-keys", "/settings/activity", "/settings/sub-accounts", SECURITY] {
        let page = console.get_text(path, &admin).await;
        assert!(page.contains(&format!("Your account requires two-factor codes from {day}.")), "{path}: {page}");
    }
    assert!(console.get_text(MEMBERS, &admin).await.contains(&format!("Required from {day}")));
    enable_two_factor(&console, &admin).await;
    assert!(!console.get_text(MEMBERS, &admin).await.contains("Your account requires two-factor codes"));
    assert_eq!(console.post_form(MEMBERS, &cookie, "do=do-not-require").await.status, 303);
    assert!(!console.get_text(MEMBERS, &cookie).await.contains("Your account requires two-factor codes"));
}
