//! The console's real router: pages and server functions, what each role may do with them, and the traps of the
//! framework that renders them.

use std::collections::BTreeSet;

use app::App;
use axum::Router;
use axum::body::Body;
use console::PublicUrl;
use console::{Assets, ConsoleConfig};
use domain::member::Role;
use domain::policy::Policy;
use http::Request;
use mail::Mailer;
use service::actor::{Actor, Viewer};
use service::secrets::SecretString;

use crate::support::{Answer, Data, LOOPBACK, request, send};

pub const PASSWORD: &str = "correct horse battery";
const SCRIPT: &str = "</textarea><script>x()</script>";
pub const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");
const JSON: (&str, &str) = ("content-type", "application/json");
pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml");

pub struct Site {
    pub data: Data,
    pub router: Router,
}

impl Site {
    pub async fn new() -> Self {
        Self::at("http://127.0.0.1:3000").await
    }

    async fn at(public_url: &str) -> Self {
        Self::of(Data::new().await, public_url, None)
    }

    pub async fn with(policy: Policy) -> Self {
        Self::of(Data::with(policy).await, "http://127.0.0.1:3000", None)
    }

    pub async fn with_mail(public_url: &str, mailer: Option<Mailer>) -> Self {
        Self::of(Data::new().await, public_url, mailer)
    }

    fn of(data: Data, public_url: &str, mailer: Option<Mailer>) -> Self {
        let config = ConsoleConfig {
            public_url: PublicUrl::parse(public_url).expect("an origin"),
            trusted_proxies: Vec::new(),
            mailer,
        };
        let router = console::router(data.keyhatch.clone(), &config, &Assets::embedded());
        Self { data, router }
    }

    /// A member's cookie.
    pub async fn member(&self, account: &str, email: &str, role: Role) -> String {
        let password = SecretString::from(PASSWORD);
        let made = self.data.keyhatch.members().create(&Actor::Operator, account, email, role, &password).await;
        made.expect("a member");
        let answer = self.sign_in(email, PASSWORD, &[]).await;
        assert_eq!(answer.status, 200);
        let cookie = answer.header("set-cookie").expect("a cookie");
        cookie.split(';').next().expect("its value").to_owned()
    }

    /// Whoever has this cookie.
    pub async fn viewer(&self, cookie: &str) -> Viewer {
        let token = SecretString::from(cookie.rsplit_once('=').expect("a cookie").1);
        self.data.keyhatch.identity().viewer_of_own_security(&token, None).await.expect("a session")
    }

    pub async fn owner(&self) -> String {
        self.member(&self.data.account, "owner@example.com", Role::Owner).await
    }

    pub async fn sign_in(&self, email: &str, password: &str, lines: &[(&str, &str)]) -> Answer {
        let body = format!("email={email}&password={}", password.replace(' ', "+"));
        let lines = [&[SAME, FORM], lines].concat();
        self.post("/api/console/sign-in", &lines, body).await
    }

    pub async fn post(&self, path: &str, lines: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut asked: Request<Body> = request("POST", path, lines);
        *asked.body_mut() = body.into();
        send(&self.router, LOOPBACK, asked).await
    }

    pub async fn json(&self, path: &str, cookie: &str, body: &serde_json::Value) -> Answer {
        self.post(path, &[SAME, JSON, ("cookie", cookie)], body.to_string()).await
    }

    pub async fn page(&self, path: &str, cookie: &str) -> Answer {
        send(&self.router, LOOPBACK, request("GET", path, &[("cookie", cookie)])).await
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("UTF-8")
    }
}

fn form(name: &str, whitelist: &str) -> serde_json::Value {
    serde_json::json!({ "form": { "name": name, "whitelist": whitelist, "all_privileges": false, "privileges": [] } })
}

fn action(action: &str, key: &str) -> (&'static str, serde_json::Value) {
    ("/api/console/keys/action", serde_json::json!({ "action": action, "ids": [key], "reason": "" }))
}

/// Each server function with a body that would do something.
fn functions(key: &str) -> Vec<(&'static str, serde_json::Value)> {
    let mut change = form("Changed", "");
    change["id"] = key.into();
    vec![
        ("/api/console/keys/list", serde_json::json!({ "search": null, "after": null })),
        ("/api/console/keys/create", form("New", "")),
        ("/api/console/keys/update", change),
        ("/api/console/keys/explain", serde_json::json!({ "id": key, "form": { "cost": "1" } })),
        ("/api/console/keys/rotate", serde_json::json!({ "id": key, "form": { "overlap": "1h" } })),
        action("end-overlap", key),
        action("disable", key),
        action("enable", key),
        action("delete", key),
    ]
}

/// The pages; the forms that some of them take are in `forms`.
const LISTED: [&str; 9] = [
    "/invite",
    "/setup",
    "/sign-in",
    "/settings/activity",
    "/settings/api-keys",
    "/settings/api-keys/{id}",
    "/settings/members",
    "/settings/security",
    "/settings/sub-accounts",
];

#[tokio::test]
async fn every_route_is_known_to_these_tests() {
    let listed: BTreeSet<&str> = ["sign-in", "sign-out", "set-up"]
        .map(|name| Box::leak(format!("{}/{name}", app::FUNCTIONS).into_boxed_str()) as &str)
        .into_iter()
        .chain(functions("").into_iter().map(|(path, _)| path))
        .collect();
    let found: BTreeSet<&str> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
    assert_eq!(found, listed);
    let pages: BTreeSet<String> =
        leptos_axum::generate_route_list(App).iter().map(|route| route.path().to_owned()).collect();
    assert_eq!(pages, BTreeSet::from(LISTED.map(ToOwned::to_owned)));
}

#[tokio::test]
async fn what_each_role_may_do() {
    let site = Site::new().await;
    let foreign = site.data.keyhatch.accounts().create(&Actor::Operator, "Other", None).await.expect("an account");
    let own = site.data.account.clone();
    for (account, role, expected) in [
        (&own, Some(Role::Owner), [200; 9]),
        (&own, Some(Role::Admin), [200; 9]),
        (&own, Some(Role::Viewer), [200, 403, 403, 200, 403, 403, 403, 403, 403]),
        // Those that are not there are left out when many are enabled.
        (&foreign, Some(Role::Owner), [200, 200, 404, 404, 404, 404, 200, 200, 404]),
        (&foreign, Some(Role::Viewer), [200, 403, 403, 404, 403, 403, 403, 403, 403]),
        (&own, None, [401; 9]),
    ] {
        let (key, _) = site.data.key("Own", "", &[]).await;
        let cookie = match role {
            Some(role) => site.member(account, &format!("{}@{account}.example", role.as_str()), role).await,
            None => "keyhatch=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned(),
        };
        for ((path, body), status) in functions(&key).into_iter().zip(expected) {
            let answer = site.json(path, &cookie, &body).await;
            assert_eq!(answer.status, status, "{path} {role:?} {account} {}", answer.text());
            if account == &foreign && (path.ends_with("list") || path.ends_with("action")) {
                assert!(!answer.text().contains(&key), "{path}: a foreign key is told of");
            }
        }
    }
}

/// The page of a key is for its account alone, also for 30 days after the key was deleted.
#[tokio::test]
async fn the_page_of_a_key() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let foreign = site.data.keyhatch.accounts().create(&Actor::Operator, "Other", None).await.expect("an account");
    let stranger = site.member(&foreign, "stranger@example.com", Role::Owner).await;
    let viewer = site.member(&site.data.account, "viewer@example.com", Role::Viewer).await;
    let (key, secret) = site.data.key("Shop <b>", "203.0.113.7", &["orders:write"]).await;
    let path = format!("/settings/api-keys/{key}");
    let page = site.page(&path, &cookie).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for shown in ["Shop &lt;b&gt;", "203.0.113.7", "Orders: Write", "How to send it", "created this key", "Python"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    for place in ["edit", "rotate", "disable", "test", "delete"] {
        assert!(text.contains(&format!("/settings/api-keys?{place}={key}")), "{place}");
    }
    let text = site.page(&path, &viewer).await.text();
    assert!(text.contains(&format!("?test={key}")) && !text.contains(&format!("?edit={key}")));
    for (cookie, path) in [(&stranger, path.as_str()), (&cookie, "/settings/api-keys/key_none")] {
        let refused = site.page(path, cookie).await;
        assert_eq!(refused.status, 404);
        assert!(!refused.text().contains("203.0.113.7"));
    }
    assert_eq!(site.page(&path, "").await.status, 303);

    let body = serde_json::json!({ "id": key, "form": { "overlap": "7d" } });
    let changed = site.json("/api/console/keys/rotate", &cookie, &body).await;
    assert!(changed.text().contains("kh_live_") && !changed.text().contains(&secret));
    let text = site.page(&path, &cookie).await.text();
    assert!(text.contains("The old key works until") && text.contains(&format!("?end-overlap={key}")), "{text}");
    let (path_of_action, mut body) = action("delete", &key);
    body["reason"] = "It leaked".into();
    assert_eq!(site.json(path_of_action, &cookie, &body).await.status, 200);
    let page = site.page(&path, &cookie).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("It leaked") && !page.text().contains(&format!("?edit={key}")), "{}", page.text());
}

/// The second of two who edit a key is told who was first.
#[tokio::test]
async fn a_stale_form_is_told_from_a_bad_one() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let (key, _) = site.data.key("Shop", "", &[]).await;
    let list = site.json("/api/console/keys/list", &cookie, &serde_json::json!({})).await;
    let mut body = form("Renamed", "");
    body["id"] = key.as_str().into();
    body["revision"] = list.json()["keys"][0]["revision"].clone();
    assert_eq!(site.json("/api/console/keys/update", &cookie, &body).await.status, 200);
    let answer = site.json("/api/console/keys/update", &cookie, &body).await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    let stale = &answer.json()["EditConflict"];
    assert_eq!((&stale["key"]["updated_by"], &stale["key"]["name"]), (&"owner@example.com".into(), &"Renamed".into()));
}

#[tokio::test]
async fn a_page_of_the_settings_is_for_members() {
    let site = Site::new().await;
    for (path, location) in [
        ("/settings/api-keys", "/sign-in"),
        ("/settings/api-keys?edit=key_1", "/sign-in?next=/settings/api-keys?edit=key_1"),
        ("/settings/anything", "/sign-in?next=/settings/anything"),
    ] {
        let answer = site.page(path, "").await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, Some(location)), "{path}");
    }
    let cookie = site.owner().await;
    assert_eq!(site.page("/sign-in", &cookie).await.header("location"), Some("/settings/api-keys"));
    assert_eq!(site.page("/", &cookie).await.header("location"), Some("/settings/api-keys"));
    let missing = site.page("/nowhere", &cookie).await;
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("Page not found"));
}

#[tokio::test]
async fn arguments_that_cannot_be_read_are_400() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    for (path, body) in [
        ("/api/console/keys/create", "{}"),
        ("/api/console/keys/create", "not json"),
        ("/api/console/keys/create", r#"{"form":{"name":1}}"#),
        ("/api/console/keys/action", r#"{"action":"sing","ids":[],"reason":""}"#),
        ("/api/console/keys/update", ""),
        ("/api/console/keys/list", "[]"),
        ("/api/console/keys/rotate", r#"{"id":"key_1"}"#),
        ("/api/console/keys/action", r#"{"action":"delete","ids":"key_1","reason":""}"#),
    ] {
        let answer = site.post(path, &[SAME, JSON, ("cookie", &cookie)], body).await;
        assert_eq!((answer.status.as_u16(), answer.text().as_str()), (400, "\"BadRequest\""), "{path} {body}");
    }
    let answer = site.post("/api/console/sign-in", &[SAME, FORM], "email=a").await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (400, "\"BadRequest\""));
}

#[tokio::test]
async fn each_problem_has_its_status() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let answer = site.json("/api/console/keys/create", &cookie, &form("", "010.0.0.1")).await;
    assert_eq!(answer.status, 422);
    for field in ["name", "whitelist"] {
        assert!(answer.text().contains(&format!("\"field\":\"{field}\"")), "{}", answer.text());
    }
    let (path, body) = action("delete", "key_none");
    let answer = site.json(path, &cookie, &body).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (404, "\"NotFound\""));
    for number in 0..100 {
        let answer = site.json("/api/console/keys/create", &cookie, &form(&format!("{number}"), "")).await;
        assert_eq!(answer.status, 200);
    }
    let answer = site.json("/api/console/keys/create", &cookie, &form("one too many", "")).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (409, "{\"TooManyKeys\":100}"));
    let answer = site.sign_in("owner@example.com", "wrong", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (401, "\"WrongCredentials\""));
    let unknown = site.sign_in("nobody@example.com", "wrong", &[]).await;
    assert_eq!((unknown.status, unknown.body), (answer.status, answer.body));
}

#[tokio::test]
async fn too_many_attempts_wait() {
    let site = Site::new().await;
    site.owner().await;
    for _ in 0..10 {
        assert_eq!(site.sign_in("owner@example.com", "wrong", &[]).await.status, 401);
    }
    let answer = site.sign_in("owner@example.com", PASSWORD, &[]).await;
    assert_eq!(answer.status, 429);
    let seconds: u64 = answer.header("retry-after").expect("a time").parse().expect("seconds");
    assert!((1..=900).contains(&seconds));
}

#[tokio::test]
async fn a_plain_form_goes_to_our_own_pages_with_a_word_only() {
    let site = Site::new().await;
    site.owner().await;
    for referer in ["https://evil.example/collect", "http://127.0.0.1:3000/sign-in?__err=old", "//evil.example"] {
        let lines = [HTML, ("referer", referer), ("host", "127.0.0.1:3000")];
        let answer = site.sign_in("owner@example.com", "wrong", &lines).await;
        assert_eq!(answer.status, 303);
        assert_eq!(answer.header("location"), Some("/sign-in?problem=wrong-credentials"), "{referer}");
        let answer = site.post("/api/console/sign-in", &[&[SAME, FORM], &lines[..]].concat(), "email=a").await;
        let location = answer.header("location").unwrap_or_default();
        assert!(!location.contains("evil.example"), "{location}");
        assert!(!location.to_lowercase().contains("missing"), "{location}");
    }
    let good = site.sign_in("owner@example.com", PASSWORD, &[HTML, ("referer", "https://evil.example/")]).await;
    assert_eq!((good.status.as_u16(), good.header("location")), (303, Some("/settings/api-keys")));
    let page = site.page("/sign-in?problem=wrong-credentials", "").await.text();
    assert!(page.contains("The email or the password is wrong."));
    let page = site.page("/sign-in?problem=%3Cb%3EYou%20won", "").await.text();
    assert!(!page.contains("You won"), "text from an URL is on the page");
}

#[tokio::test]
async fn a_key_is_only_issued_to_who_can_show_it() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    for lines in
        [[SAME, FORM, ("cookie", cookie.as_str())], [SAME, ("content-type", "text/plain"), ("cookie", cookie.as_str())]]
    {
        let answer = site.post("/api/console/keys/create", &lines, form("Lost", "").to_string()).await;
        assert_eq!(answer.status, 415);
    }
    let lines = [SAME, JSON, HTML, ("cookie", cookie.as_str()), ("referer", "http://127.0.0.1:3000/")];
    let answer = site.post("/api/console/keys/create", &lines, form("Shown", "").to_string()).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (200, None));
    assert!(answer.text().contains("kh_live_"));
    let list =
        site.json("/api/console/keys/list", &cookie, &serde_json::json!({ "search": null, "after": null })).await;
    assert_eq!(list.json()["total"], 1, "a refused request made a key");
}

#[tokio::test]
async fn what_was_typed_stays_text_in_every_page() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let name = "</textarea><script>x()</script>";
    let (key, _) = site.data.key(name, "203.0.113.7", &[]).await;
    let escaped = "%3C/textarea%3E%3Cscript%3Ex()%3C/script%3E";
    for path in [
        "/settings/api-keys".to_owned(),
        "/settings/api-keys?add".to_owned(),
        format!("/settings/api-keys?edit={key}"),
        format!("/settings/api-keys?delete={key}"),
        format!("/settings/api-keys?rotate={key}"),
        format!("/settings/api-keys/{key}"),
        format!("/settings/api-keys?state={escaped}"),
        format!("/settings/api-keys?q={escaped}"),
        format!("/settings/api-keys?edit={escaped}"),
        format!("/settings/api-keys?after={escaped}"),
        format!("/sign-in?next={escaped}&problem={escaped}"),
        format!("/setup?token={escaped}&problem={escaped}"),
    ] {
        let cookie = if path.starts_with("/settings") { cookie.as_str() } else { "" };
        let page = site.page(&path, cookie).await.text();
        assert!(!page.contains(SCRIPT) && !page.contains("<script>x"), "{path}: {page}");
    }
    let edit = site.page(&format!("/settings/api-keys?edit={key}"), &cookie).await.text();
    let area = edit.split("<textarea").nth(1).expect("a whitelist box");
    let inside = area.split('>').nth(1).expect("its text");
    assert!(inside.starts_with("\n203.0.113.7"), "{inside}");
}

#[tokio::test]
async fn the_pages_nonce_is_the_policys() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let mut nonces = BTreeSet::new();
    for (path, cookie) in [("/settings/api-keys?add", cookie.as_str()), ("/sign-in", ""), ("/nowhere", "")] {
        let answer = site.page(path, cookie).await;
        let policy = answer.header("content-security-policy").expect("a policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        let page = answer.text();
        let scripts: Vec<&str> = page.split("<script").skip(1).collect();
        assert!(!scripts.is_empty(), "{path}");
        for script in scripts {
            let tag = script.split('>').next().expect("a tag");
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: {tag}");
        }
        assert!(!page.contains(" style=\"") && !page.contains(" onclick="), "{path}");
        assert!(nonces.insert(nonce.to_owned()), "a nonce came twice");
    }
}

#[tokio::test]
async fn the_session_is_the_servers() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let answer = site.post("/api/console/sign-out", &[SAME, FORM, HTML, ("cookie", &cookie)], "").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, Some("/sign-in")));
    assert!(answer.header("set-cookie").expect("a cookie").contains("Max-Age=0"));
    assert_eq!(site.page("/settings/api-keys", &cookie).await.status, 303, "an ended session still opens a page");
    let (path, body) = functions("key_1").swap_remove(1);
    let answer = site.json(path, &cookie, &body).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (401, "\"SignedOut\""));
}

#[tokio::test]
async fn the_cookie_says_how_it_may_be_used() {
    for (url, begins, ends) in [
        ("http://127.0.0.1:3000", "keyhatch=", "; Path=/; HttpOnly; SameSite=Lax"),
        ("https://keys.example.com", "__Host-keyhatch=", "; Path=/; HttpOnly; SameSite=Lax; Secure"),
    ] {
        let site = Site::at(url).await;
        let password = SecretString::from(PASSWORD);
        let account = site.data.account.clone();
        let made =
            site.data.keyhatch.members().create(&Actor::Operator, &account, "a@b.example", Role::Owner, &password);
        made.await.expect("a member");
        let answer = site.sign_in("a@b.example", PASSWORD, &[]).await;
        let cookie = answer.header("set-cookie").expect("a cookie");
        assert!(cookie.starts_with(begins) && cookie.ends_with(ends), "{cookie}");
    }
}

#[tokio::test]
async fn set_up_happens_once() {
    let site = Site::new().await;
    let page = site.page("/setup?token=guess", "").await.text();
    assert!(page.contains("Set-up is closed"), "{page}");
    let body = "token=guess&account_name=Evil&email=a@b.example&password=correct+horse+battery";
    let answer = site.post("/api/console/set-up", &[SAME, FORM], body).await;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (403, "\"SetupClosed\""));
}

#[tokio::test]
async fn each_line_of_the_table_of_entries() {
    let site = Site::new().await;
    let cookie = site.owner().await;
    let (key, _) = site.data.key("Listed", "", &[]).await;
    let change = async |whitelist: &str| {
        let mut body = form("Listed", whitelist);
        body["id"] = key.as_str().into();
        site.json("/api/console/keys/update", &cookie, &body).await
    };
    let table = include_str!("../../../crates/domain/tests/cases/whitelist-entries.tsv");
    let mut lines = 0;
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut columns = line.split('\t');
        let (entry, outcome) = (columns.next().expect("an entry"), columns.next().expect("an outcome"));
        let says = columns.next().unwrap_or_default();
        let answer = change(entry).await;
        if outcome == "ok" {
            assert_eq!((answer.status.as_u16(), answer.json()["whitelist"].as_str()), (200, Some(says)), "{entry}");
        } else {
            assert_eq!(answer.status, 422, "{entry}");
            let error = &answer.json()["Invalid"][0];
            assert_eq!(error["field"], "whitelist", "{entry}");
            assert!(error["message"].as_str().expect("a message").contains(says), "{entry}: {error}");
        }
        lines += 1;
    }
    assert!(lines > 40, "{lines}");
    let addresses =
        |count: usize| (0..count).map(|number| format!("203.0.113.{number}")).collect::<Vec<_>>().join("\n");
    assert_eq!(change(&addresses(50)).await.status, 200);
    assert_eq!(change(&addresses(51)).await.status, 422);
}
