//! Pages of plain forms over the real router: what is refused before anything is done, what a refused form shows again,
//! what each role may do, and the way of an invitation and of a two-factor code from page to page.

use domain::member::Role;
use service::actor::Actor;
use service::code_at;
use service::secrets::SecretString;

use crate::pages::{FORM, PASSWORD, SAME, Site};
use crate::support::Answer;

const MEMBERS: &str = "/settings/members";
const SECURITY: &str = "/settings/security";
const WORDS: &str = "correct+horse+battery";

impl Site {
    /// Sends a plain form, as a browser without wasm does: with the account that its page shows.
    pub async fn form(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let token = cookie.rsplit_once('=').map(|(_, token)| SecretString::from(token)).unwrap_or_default();
        let shown = self.data.keyhatch.identity().viewer_of_own_security(&token, None).await;
        let account = shown.map(|viewer| format!("&account={}", viewer.shown_account())).unwrap_or_default();
        self.post(path, &[SAME, FORM, ("cookie", cookie)], format!("{body}{account}")).await
    }
}

impl Answer {
    fn cookie(&self) -> String {
        self.header("set-cookie").expect("a cookie").split(';').next().expect("its value").to_owned()
    }

    /// What stands between two pieces of the page.
    fn between(&self, before: &str, after: &str) -> String {
        let text = self.text();
        let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} is not in {text}")).1;
        rest.split_once(after).expect(after).0.to_owned()
    }

    fn goes_to(&self) -> (u16, Option<&str>) {
        (self.status.as_u16(), self.header("location"))
    }
}

async fn id_of(site: &Site, email: &str) -> String {
    site.data.keyhatch.members().find_by_email(&Actor::Operator, email).await.expect("a member").0
}

#[tokio::test]
async fn what_is_no_form_of_the_page_is_refused() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    for (path, body, code) in [
        (MEMBERS, "", "unknown_form"),
        (MEMBERS, "do=steal", "unknown_form"),
        (MEMBERS, "do=invite&email=a@b.example&role=viewer&admin=1", "unknown_field"),
        (MEMBERS, "do=update-password&current=a&password=b", "unknown_form"),
        (MEMBERS, "do=invite&email=a@b.example&email=c@d.example", "doubled_parameter"),
        (MEMBERS, "do=invite&do=delete", "doubled_parameter"),
        (SECURITY, "do=delete&id=mem_1", "unknown_form"),
        ("/invite", "do=invite", "unknown_form"),
        ("/sign-in", "email=a&password=b", "unknown_form"),
    ] {
        let cookie = if path.starts_with("/settings") { cookie.as_str() } else { "" };
        let answer = site.form(path, cookie, body).await;
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (400, code), "{path} {body}");
    }
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=a"] {
        let lines = [SAME, ("content-type", kind), ("cookie", cookie.as_str())];
        let answer = site.post(MEMBERS, &lines, "do=require").await;
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (415, "unsupported_media_type"), "{kind}");
    }
    for lines in
        [vec![FORM], vec![FORM, ("sec-fetch-site", "cross-site")], vec![FORM, ("origin", "http://evil.example")]]
    {
        let lines = [&lines[..], &[("cookie", cookie.as_str())]].concat();
        let answer = site.post(MEMBERS, &lines, "do=require").await;
        assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (403, "foreign_request"));
    }
    assert_eq!(site.page(MEMBERS, &cookie).await.status, 200, "nothing of it was done");
    let signed_out = site.form(MEMBERS, "", "do=require").await;
    assert_eq!(signed_out.goes_to(), (303, Some("/sign-in?next=/settings/members")));
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_no_password() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let typed = "%22%3E%3Cscript%3Ex()%3C/script%3E";
    let answer = site.form(MEMBERS, &cookie, &format!("do=invite&email={typed}&role=admin")).await;
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("This is not an email address."), "{page}");
    assert!(page.contains("&lt;script") && !page.contains("<script>x()"), "{page}");
    assert!(answer.between("id=\"invite-role\"", "</select>").contains("value=\"admin\" selected"));
    assert!(answer.between("id=\"invite-email\"", ">").contains("aria-invalid=\"true\""));

    let answer =
        site.form(SECURITY, &cookie, "do=update-password&current=canary-current-word&password=canary-new").await;
    assert_eq!(answer.status, 422);
    let page = answer.text();
    assert!(page.contains("This is not your password.") && page.contains("12"), "{page}");
    assert!(!page.contains("canary"), "a password is on the page");
    assert!(answer.header("content-encoding").is_none());
}

#[tokio::test]
async fn what_each_role_may_send() {
    let site = Site::new().await;
    let account = site.data.account.clone();
    let owner = site.owner().await;
    let admin = site.member(&account, "admin@example.com", Role::Admin).await;
    let viewer = site.member(&account, "viewer@example.com", Role::Viewer).await;
    let foreign = site.data.keyhatch.accounts().create(&Actor::Operator, "Other", None).await.expect("an account");
    let stranger = site.member(&foreign, "stranger@example.com", Role::Owner).await;
    let the_owner = id_of(&site, "owner@example.com").await;
    let the_viewer = id_of(&site, "viewer@example.com").await;
    let the_stranger = id_of(&site, "stranger@example.com").await;
    for (body, expected) in [
        ("do=invite&email=&role=viewer".to_owned(), [422, 422, 403]),
        ("do=invite&email=x@example.com&role=owner".to_owned(), [200, 403, 403]),
        ("do=invite&email=y@example.com&role=admin".to_owned(), [200, 200, 403]),
        (format!("do=update&id={the_viewer}&role=viewer"), [303, 303, 403]),
        (format!("do=update&id={the_viewer}&role=owner"), [303, 403, 403]),
        (format!("do=update&id={the_stranger}&role=viewer"), [404, 404, 403]),
        (format!("do=update&id={the_owner}&role=nonsense"), [404, 404, 404]),
        (format!("do=delete&id={the_stranger}"), [404, 404, 404]),
        (format!("do=delete-invitation&id={the_stranger}"), [404, 404, 404]),
        ("do=do-not-require".to_owned(), [303, 403, 403]),
    ] {
        for (cookie, status) in [&owner, &admin, &viewer].into_iter().zip(expected) {
            let answer = site.form(MEMBERS, cookie, &body).await;
            assert_eq!(answer.status, status, "{body}");
            site.data
                .keyhatch
                .members()
                .update_role(&Actor::Operator, &account, &the_viewer, Role::Viewer)
                .await
                .expect("a viewer again");
        }
    }
    let last = site.form(MEMBERS, &owner, &format!("do=delete&id={the_owner}")).await;
    assert_eq!(last.status, 409);
    assert!(last.text().contains("Make another member an owner first."));
    assert!(last.text().contains("<dialog"), "the question is still open");
    // A viewer sees the list and nothing to change it with.
    let page = site.page(MEMBERS, &viewer).await.text();
    assert!(page.contains("owner@example.com") && !page.contains("<select") && !page.contains("Delete"), "{page}");
    assert!(!site.page(MEMBERS, &stranger).await.text().contains("owner@example.com"));
    assert!(!site.page(&format!("{MEMBERS}?delete={the_owner}"), &stranger).await.text().contains("<dialog"));
}

#[tokio::test]
async fn a_link_is_shown_once_and_works_once() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let invited = site.form(MEMBERS, &owner, "do=invite&email=new@example.com&role=viewer").await;
    assert_eq!((invited.status.as_u16(), invited.header("cache-control")), (200, Some("no-store")));
    let link = invited.between("value=\"http://127.0.0.1:3000", "\"");
    assert!(link.starts_with("/invite?token=") && link.len() == "/invite?token=".len() + 43, "{link}");
    let token = link.split_once('=').expect("a token").1.to_owned();
    assert!(!site.page(MEMBERS, &owner).await.text().contains(&token));

    let page = site.page(&link, "").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("new@example.com") && page.text().contains("Acme"));
    let weak = site.form("/invite", "", &format!("do=join&token={token}&password=short")).await;
    assert_eq!(weak.status, 422);
    assert!(weak.text().contains(&token), "the form can be sent again");
    let joined = site.form("/invite", &owner, &format!("do=join&token={token}&password={WORDS}")).await;
    assert_eq!(joined.goes_to(), (303, Some("/settings/api-keys")));
    assert_eq!(site.page(MEMBERS, &joined.cookie()).await.status, 200);
    assert_eq!(site.page(MEMBERS, &owner).await.status, 303, "the session that the browser held before has ended");

    for again in
        [site.page(&link, "").await, site.form("/invite", "", &format!("do=join&token={token}&password={WORDS}")).await]
    {
        assert_eq!(again.status, 403);
        assert!(again.text().contains("This invitation has been used."), "{}", again.text());
    }
    assert_eq!(site.page("/invite?token=none", "").await.status, 403);
    assert_eq!(site.page("/invite", "").await.status, 403);
}

#[tokio::test]
async fn what_was_done_is_told_by_a_word_only() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let answer = site.form(MEMBERS, &cookie, "do=do-not-require").await;
    assert_eq!(answer.goes_to(), (303, Some("/settings/members?done=not-required")));
    assert!(site.page("/settings/members?done=deleted", &cookie).await.text().contains("The member was deleted"));
    let page = site.page("/settings/members?done=You%20won", &cookie).await.text();
    assert!(!page.contains("You won"));
}

#[tokio::test]
async fn a_new_password_renews_the_cookie() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let body = format!("do=update-password&current={WORDS}&password=another+long+password");
    let answer = site.form(SECURITY, &cookie, &body).await;
    assert_eq!(answer.goes_to(), (303, Some("/settings/security?done=password-updated")));
    let renewed = answer.cookie();
    assert_ne!(renewed, cookie);
    assert_eq!(site.page(SECURITY, &cookie).await.status, 303);
    assert_eq!(site.page(SECURITY, &renewed).await.status, 200);
}

/// Sets up two-factor codes; the secret of the app.
async fn turn_on(site: &Site, cookie: &str) -> String {
    let begun = site.form(SECURITY, cookie, &format!("do=begin-two-factor&password={WORDS}")).await;
    assert_eq!(begun.goes_to(), (303, Some(SECURITY)));
    let page = site.page(SECURITY, cookie).await;
    assert!(page.text().contains("<svg") && page.header("content-encoding").is_none());
    let shown = page.between("id=\"two-factor-secret\"", "</p>");
    let app: String =
        shown.split_once('>').expect("the secret").1.chars().filter(char::is_ascii_alphanumeric).collect();
    let code = code_at(&app, site.data.keyhatch.now()).expect("a code");
    let on = site.form(SECURITY, cookie, &format!("do=confirm-two-factor&code={code}")).await;
    assert_eq!(on.status, 200);
    assert_eq!(on.between("class=\"codes\"", "</ul>").matches("<li>").count(), 10);
    assert!(!site.page(SECURITY, cookie).await.text().contains("class=\"codes\""), "shown once");
    app
}

#[tokio::test]
async fn signing_in_with_a_code() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let app = turn_on(&site, &cookie).await;
    let first = site.sign_in("owner@example.com", PASSWORD, &[]).await;
    assert_eq!((first.status.as_u16(), first.text().as_str()), (200, "false"));
    let pending = first.cookie();
    assert_eq!(site.page(MEMBERS, &pending).await.goes_to(), (303, Some("/sign-in?next=/settings/members")));
    let list = serde_json::json!({ "search": null, "after": null });
    assert_eq!(site.json("/api/console/keys/list", &pending, &list).await.status, 401);
    let page = site.page("/sign-in?next=/settings/members", &pending).await.text();
    assert!(page.contains("Enter your code") && page.contains("value=\"/settings/members\""), "{page}");
    assert!(site.page("/sign-in?again", &pending).await.text().contains("Sign in"));
    assert!(!site.page("/sign-in", "").await.text().contains("Enter your code"));

    let wrong = site.form("/sign-in", &pending, "do=code&code=000000&next=/settings/members").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("This code is wrong") && wrong.text().contains("value=\"/settings/members\""));
    // The code of the next step is good already, and not the one that turned it on.
    let code = code_at(&app, site.data.keyhatch.now() + 30_000).expect("a code");
    let evil = site.form("/sign-in", &pending, &format!("do=code&code={code}&next=//evil.example")).await;
    assert_eq!(evil.goes_to(), (303, Some("/settings/api-keys")));
    assert_eq!(site.page(MEMBERS, &evil.cookie()).await.status, 200);
    let again = site.form("/sign-in", &pending, &format!("do=code&code={code}&next=")).await;
    assert_eq!(again.goes_to(), (303, Some("/sign-in?problem=start-again")));
}

#[tokio::test]
async fn who_owes_codes_is_led_to_set_them_up() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    assert_eq!(site.form(MEMBERS, &cookie, "do=require").await.status, 303);
    for path in [MEMBERS, "/settings/api-keys", "/settings/anything"] {
        assert_eq!(site.page(path, &cookie).await.goes_to(), (303, Some(SECURITY)), "{path}");
    }
    assert_eq!(site.form(MEMBERS, &cookie, "do=do-not-require").await.goes_to(), (303, Some(SECURITY)));
    let list = serde_json::json!({ "search": null, "after": null });
    let answer = site.json("/api/console/keys/list", &cookie, &list).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (403, "\"TwoFactorRequired\""));
    assert!(site.page(SECURITY, &cookie).await.text().contains("Your account requires two-factor codes."));
    turn_on(&site, &cookie).await;
    assert_eq!(site.page(MEMBERS, &cookie).await.status, 200);
    let out = site.post("/api/console/sign-out", &[SAME, FORM, ("cookie", &cookie)], "").await;
    assert_eq!(out.status, 200);
    assert_eq!(site.page(SECURITY, &cookie).await.status, 303);
}

/// A tab of long ago shows another account than the one that is open by now; what is sent from there must not happen here.
#[tokio::test]
async fn a_form_of_another_accounts_page_does_nothing() {
    let site = Site::new().await;
    let (keyhatch, account) = (&site.data.keyhatch, site.data.account.as_str());
    let sub = keyhatch.accounts().create(&Actor::Operator, "Sub", Some(account)).await.expect("an account");
    let cookie = site.owner().await;
    assert_eq!(site.form("/settings/sub-accounts", &cookie, &format!("do=open&id={sub}")).await.status, 303);
    for field in [
        String::new(),
        "&account=".to_owned(),
        format!("&account={account}"),
        "&account=acc_x".to_owned(),
        format!("&account=%20{sub}"),
    ] {
        for (path, form) in [
            (MEMBERS, "do=invite&email=a@b.example&role=owner"),
            (MEMBERS, "do=require"),
            ("/settings/sub-accounts", "do=create&account_name=x"),
            ("/settings/sub-accounts", &format!("do=delete&id={sub}")),
        ] {
            let answer = site.post(path, &[SAME, FORM, ("cookie", &cookie)], format!("{form}{field}")).await;
            assert_eq!(answer.status, 409, "{form}{field}");
        }
    }
    for doubled in [format!("&account={sub}&account={account}"), format!("&account={account}&account={sub}")] {
        let form = format!("do=require{doubled}");
        assert_eq!(site.post(MEMBERS, &[SAME, FORM, ("cookie", &cookie)], form).await.status, 400);
    }
    for one in [account, &sub] {
        let members = keyhatch.members().list(&Actor::Operator, one).await.expect("members");
        assert!(members.invitations.is_empty() && !members.requires_two_factor, "{one}");
    }
    assert_eq!(site.form(MEMBERS, &cookie, "do=require").await.status, 303, "from the page that is open");
}
