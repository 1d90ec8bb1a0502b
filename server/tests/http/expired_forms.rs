//! A form that is posted after its session has ended: sign-in carries it, and its page shows it again.

use domain::member::Role;
use test_support::TestResponse;

use crate::support::{
    ConsoleApp, ConsoleResponse as _, FORM, PASSWORD_FIELD, SAME_ORIGIN, UNKNOWN_SESSION, encode_form,
};

const MEMBERS: &str = "/settings/members";
const SECURITY: &str = "/settings/security";
const SUB_ACCOUNTS: &str = "/settings/sub-accounts";

/// Name and value of the hidden fields of the page's form, as a form's body.
pub fn hidden_fields(page: &TestResponse) -> String {
    let form = page.text_between("<form", "</form>").to_owned();
    let inputs = form.split("<input").filter(|input| input.contains("type=\"hidden\""));
    let attribute = |input: &str, name: &str| {
        let rest = input.split_once(&format!(" {name}=\"")).map(|(_, rest)| rest).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().replace("&quot;", "\"").replace("&lt;", "<").replace("&amp;", "&")
    };
    let body: Vec<(String, String)> =
        inputs.map(|input| (attribute(input, "name"), attribute(input, "value"))).collect();
    encode_form(&body.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
}

async fn post(console: &ConsoleApp, path: &str, cookie: &str, body: String) -> TestResponse {
    console.post(path, &[SAME_ORIGIN, FORM, ("cookie", cookie)], body).await
}

#[tokio::test]
async fn form_is_filled_in_again_after_signing_in() {
    let console = ConsoleApp::start().await;
    console.create_owner_session().await;
    let account = console.app.account.clone();
    let typed = format!("do=invite&email=%22%3Cbnew@example.com&role=admin&account={account}");
    let asked = post(&console, MEMBERS, UNKNOWN_SESSION, typed).await;
    assert_eq!((asked.status.as_u16(), asked.header("cache-control")), (401, Some("no-store")));
    assert!(asked.text().contains("nothing you typed is lost") && !asked.text().contains("<bnew"), "{}", asked.text());
    assert_eq!(asked.text_between("<form method=\"post\" action=\"", "\""), MEMBERS);

    let kept = hidden_fields(&asked);
    let wrong =
        post(&console, MEMBERS, "", format!("do=sign-in&email=owner%40example.com&password=wrong&{kept}")).await;
    assert_eq!(wrong.status, 401);
    assert!(wrong.text().contains("The email or the password is wrong."), "{}", wrong.text());
    assert_eq!(hidden_fields(&wrong), kept);
    let password = format!("do=sign-in&email=owner%40example.com&password={PASSWORD_FIELD}&{kept}");
    let restored = post(&console, MEMBERS, "", password).await;
    assert_eq!((restored.status.as_u16(), restored.header("cache-control")), (200, Some("no-store")));
    assert!(restored.text().contains("not saved yet"), "{}", restored.text());
    assert!(restored.text_between("id=\"invite-email\"", ">").contains("&quot;&lt;bnew@example.com"));
    assert!(restored.text_between("id=\"invite-role\"", "</select>").contains("value=\"admin\" selected"));
    let page = console.get_text(MEMBERS, &restored.cookie()).await;
    assert!(!page.contains("new@example.com"), "it was not submitted");
}

#[tokio::test]
async fn secrets_are_not_carried() {
    let console = ConsoleApp::start().await;
    let body = "do=update-password&current=canary-current&password=canary-new".to_owned();
    let asked = post(&console, SECURITY, "", body).await;
    assert_eq!(asked.status, 401);
    assert!(!asked.text().contains("canary"), "{}", asked.text());
    assert!(hidden_fields(&asked).contains("kept-do=update-password"));
}

#[tokio::test]
async fn two_factor_code_is_asked_for_without_losing_the_form() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let app = crate::two_factor::enable_two_factor(&console, &cookie).await;
    let account = console.app.account.clone();
    let asked =
        post(&console, MEMBERS, "", format!("do=invite&email=new@example.com&role=admin&account={account}")).await;
    let kept = hidden_fields(&asked);
    let password = format!("do=sign-in&email=owner%40example.com&password={PASSWORD_FIELD}&{kept}");
    let code_page = post(&console, MEMBERS, "", password).await;
    assert_eq!(code_page.status, 200);
    assert!(code_page.text().contains("Enter your code"), "{}", code_page.text());
    let (pending, kept) = (code_page.cookie(), hidden_fields(&code_page));
    assert_eq!(console.get(MEMBERS, &pending).await.status, 303, "not signed in yet");
    let wrong = post(&console, MEMBERS, &pending, format!("do=code&code=000000&{kept}")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("This code is wrong") && hidden_fields(&wrong) == kept, "{}", wrong.text());
    let code = service::code_at(&app, console.app.keyhatch.now() + 30_000).expect("a code");
    let restored = post(&console, MEMBERS, &pending, format!("do=code&code={code}&{kept}")).await;
    assert_eq!(restored.status, 200);
    assert!(restored.text_between("id=\"invite-email\"", ">").contains("new@example.com"));
    let again = post(&console, MEMBERS, &pending, format!("do=code&code={code}&{kept}")).await;
    assert_eq!(again.status, 401);
    assert!(again.text().contains("Sign in again.") && hidden_fields(&again) == kept, "{}", again.text());
}

/// The page's account is open in the new session, or the form belongs to somebody else.
#[tokio::test]
async fn form_returns_to_its_own_account_only() {
    let console = ConsoleApp::start().await;
    let account = console.app.account.clone();
    let sub = console.create_account("Sub", Some(&account)).await;
    console.create_owner_session().await;
    let other = console.create_account("Other", None).await;
    console.create_member(&other, "other@example.com", Role::Owner).await;
    let asked = post(&console, MEMBERS, "", format!("do=invite&email=new@example.com&role=admin&account={sub}")).await;
    let kept = hidden_fields(&asked);
    let sign_in = |email: &str| format!("do=sign-in&email={email}&password={PASSWORD_FIELD}&{kept}");
    let restored = post(&console, MEMBERS, "", sign_in("owner%40example.com")).await;
    assert_eq!(restored.status, 200);
    assert!(
        restored.text().contains(&format!("data-account=\"{sub}\"")) && restored.text().contains("new@example.com")
    );
    let foreign = post(&console, MEMBERS, "", sign_in("other%40example.com")).await;
    assert_eq!(foreign.redirect(), (303, Some(MEMBERS)));
    assert!(!console.get_text(MEMBERS, &foreign.cookie()).await.contains("new@example.com"));
}

#[tokio::test]
async fn carried_form_must_be_one_of_the_page() {
    let console = ConsoleApp::start().await;
    console.create_owner_session().await;
    let step = format!("do=sign-in&email=owner%40example.com&password={PASSWORD_FIELD}");
    for (path, kept, code) in [
        (MEMBERS, "kept-do=steal", "unknown_form"),
        (MEMBERS, "kept-do=invite&kept-admin=1", "unknown_field"),
        (SUB_ACCOUNTS, "kept-do=invite", "unknown_form"),
        ("/invite", "kept-do=join", "unknown_form"),
        ("/sign-in", "kept-do=sign-in", "unknown_field"),
    ] {
        let response = post(&console, path, "", format!("{step}&{kept}")).await;
        assert_eq!(response.status_and_problem(), (400, code.to_owned()), "{path} {kept}");
        assert!(response.header("set-cookie").is_none());
    }
    let cross_site = [FORM, ("sec-fetch-site", "cross-site")];
    let response = console.post(MEMBERS, &cross_site, format!("{step}&kept-do=require")).await;
    assert_eq!(response.status_and_problem(), (403, "foreign_request".to_owned()));
}
