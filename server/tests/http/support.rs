//! The console and the management interface for one test: their real router over an empty data directory, and requests
//! to it without a socket.

use axum::Router;
use axum::body::Body;
use console::{Assets, ConsoleConfig, PublicUrl};
use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use domain::verdict::{CallRequest, VerdictCode};
use domain::views::KeyView;
use i18n::MessageCatalogue;
use mail::Mailer;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use service::actor::{Actor, Viewer};
use service::keys::{CreatedKey, PageRequest};
use test_support::call_request;
pub use test_support::{LOOPBACK_PEER, PASSWORD, TestApp, TestResponse, build_request, send_request};

/// [`PASSWORD`] as a field of a form.
pub const PASSWORD_FIELD: &str = "correct+horse+battery+staple";
/// A session's cookie that no session has.
pub const UNKNOWN_SESSION: &str = "keyhatch=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What a browser sends with a request from the console's own pages.
pub const SAME_ORIGIN: (&str, &str) = ("sec-fetch-site", "same-origin");
pub const JSON: (&str, &str) = ("content-type", "application/json");
pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
/// What a browser without WebAssembly sends when it submits a form.
pub const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml");

/// The page of the keys, to which their forms are posted.
pub const KEYS: &str = "/settings/api-keys";
/// The server function that takes the same forms.
pub const KEY_FORM: &str = "/api/console/keys/form";

/// How a form about keys is sent. Both ways have the same results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Posted to its page, as by a browser without WebAssembly.
    Plain,
    /// As arguments of the server function, as by the page's island.
    Function,
}

pub const WAYS: [Way; 2] = [Way::Plain, Way::Function];

const PUBLIC_URL: &str = "http://127.0.0.1:3000";

/// Sends a request without a body from [`LOOPBACK_PEER`].
pub async fn request(router: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> TestResponse {
    send_request(router, LOOPBACK_PEER, build_request(method, path, headers)).await
}

/// Sends a POST request from [`LOOPBACK_PEER`].
pub async fn post(router: &Router, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> TestResponse {
    send_request(router, LOOPBACK_PEER, build_request("POST", path, headers).map(|_| body.into())).await
}

pub struct ConsoleApp {
    pub app: TestApp,
    pub router: Router,
}

impl ConsoleApp {
    pub async fn start() -> Self {
        Self::start_with_policy(Policy::default()).await
    }

    pub async fn start_with_policy(policy: Policy) -> Self {
        Self::start_with(policy, PUBLIC_URL, None).await
    }

    pub async fn start_at(public_url: &str) -> Self {
        Self::start_with(Policy::default(), public_url, None).await
    }

    pub async fn start_with_mailer(mailer: Mailer) -> Self {
        Self::start_with(Policy::default(), PUBLIC_URL, Some(mailer)).await
    }

    /// With a clock that only the test moves.
    pub async fn start_with_manual_clock() -> Self {
        Self::around(TestApp::builder().build().await, PUBLIC_URL, None, MessageCatalogue::default())
    }

    /// With the operator's own words.
    pub async fn start_with_texts(texts: MessageCatalogue) -> Self {
        let app = TestApp::builder().system_clock_and_randomness().build().await;
        Self::around(app, PUBLIC_URL, None, texts)
    }

    async fn start_with(policy: Policy, public_url: &str, mailer: Option<Mailer>) -> Self {
        let app = TestApp::builder().system_clock_and_randomness().policy(policy).build().await;
        Self::around(app, public_url, mailer, MessageCatalogue::default())
    }

    fn around(app: TestApp, public_url: &str, mailer: Option<Mailer>, texts: MessageCatalogue) -> Self {
        let public_url = PublicUrl::parse(public_url).expect("an origin");
        let config = ConsoleConfig { public_url, trusted_proxies: Vec::new(), mailer, texts };
        let router = console::router(app.keyhatch.clone(), &config, &Assets::embedded());
        Self { app, router }
    }

    /// The id and the secret of a new key of the account; `["*"]` means all privileges.
    pub async fn create_key(&self, name: &str, whitelist: &str, privileges: &[&str]) -> (String, String) {
        id_and_secret(&self.app.create_restricted_key(name, whitelist, privileges).await)
    }

    /// The id and the secret of a new key of the account.
    pub async fn create_key_with(&self, form: &KeyForm) -> (String, String) {
        id_and_secret(&self.app.create_key_with(form).await)
    }

    pub async fn create_account(&self, name: &str, parent: Option<&str>) -> String {
        self.app.keyhatch.accounts().create(&Actor::Operator, name, parent).await.expect("an account")
    }

    /// Creates a member with [`PASSWORD`].
    pub async fn create_member(&self, account: &str, email: &str, role: Role) {
        let password = SecretString::from(PASSWORD);
        let created = self.app.keyhatch.members().create(&Actor::Operator, account, email, role, &password).await;
        created.expect("a member");
    }

    /// Creates a member, signs in, and returns the session's cookie.
    pub async fn create_session(&self, account: &str, email: &str, role: Role) -> String {
        self.create_member(account, email, role).await;
        self.start_session(email).await
    }

    /// Creates an owner of the account, signs in, and returns the session's cookie.
    pub async fn create_owner_session(&self) -> String {
        self.create_session(&self.app.account, "owner@example.com", Role::Owner).await
    }

    /// Signs in with [`PASSWORD`] and returns the session's cookie.
    pub async fn start_session(&self, email: &str) -> String {
        let response = self.sign_in(email, PASSWORD, &[]).await;
        assert_eq!(response.status, 200);
        response.cookie()
    }

    /// Signs in as the dialog above an open form does.
    pub async fn sign_in(&self, email: &str, password: &str, headers: &[(&str, &str)]) -> TestResponse {
        let body = serde_json::json!({ "email": email, "password": password });
        self.post("/api/console/sign-in", &[&[SAME_ORIGIN, JSON], headers].concat(), body.to_string()).await
    }

    /// The member whom a cookie belongs to.
    pub async fn find_viewer(&self, cookie: &str) -> Option<Viewer> {
        let token = SecretString::from(cookie.rsplit_once('=')?.1);
        self.app.keyhatch.identity().viewer_of_own_security(&token, None).await.ok()
    }

    pub async fn member_id(&self, email: &str) -> String {
        self.app.keyhatch.members().find_by_email(&Actor::Operator, email).await.expect("a member").0
    }

    pub async fn get(&self, path: &str, cookie: &str) -> TestResponse {
        request(&self.router, "GET", path, &[("cookie", cookie)]).await
    }

    pub async fn get_text(&self, path: &str, cookie: &str) -> String {
        self.get(path, cookie).await.text().to_owned()
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> TestResponse {
        post(&self.router, path, headers, body).await
    }

    /// Sends a request with a JSON body, or without one.
    pub async fn send_json(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> TestResponse {
        let Some(body) = body else { return request(&self.router, method, path, headers).await };
        let request = build_request(method, path, &[headers, &[JSON]].concat()).map(|_| body.to_string().into());
        send_request(&self.router, LOOPBACK_PEER, request).await
    }

    /// Calls a server function as the page's WebAssembly does.
    pub async fn post_json(&self, path: &str, cookie: &str, body: &Value) -> TestResponse {
        self.post(path, &[SAME_ORIGIN, JSON, ("cookie", cookie)], body.to_string()).await
    }

    /// Sends a form about keys, with the account that its page shows.
    pub async fn send_key_form(&self, way: Way, cookie: &str, fields: &[(&str, &str)]) -> TestResponse {
        let viewer = self.find_viewer(cookie).await;
        let account = viewer.map(|viewer| viewer.shown_account().to_owned()).unwrap_or_default();
        let mut fields = fields.to_vec();
        if !fields.iter().any(|(name, _)| *name == "account") {
            fields.push(("account", &account));
        }
        match way {
            Way::Plain => self.post(KEYS, &[SAME_ORIGIN, FORM, ("cookie", cookie)], encode_form(&fields)).await,
            Way::Function => self.post_json(KEY_FORM, cookie, &json!({ "fields": fields })).await,
        }
    }

    /// A key of the account as it is stored.
    pub async fn find_key(&self, id: &str) -> KeyView {
        self.app.keyhatch.keys().find(&Actor::Operator, &self.app.account, id).await.expect("a key")
    }

    /// Every key of the account that is not deleted, newest first; 500 at most.
    pub async fn list_keys(&self) -> Vec<KeyView> {
        let all = PageRequest { size: Some(500), ..PageRequest::default() };
        self.app.keyhatch.keys().list(&Actor::Operator, &self.app.account, &all).await.expect("a list").keys
    }

    /// The gate's decision about a call from this address that needs nothing.
    pub async fn decide(&self, key: &str, address: &str) -> VerdictCode {
        let call = CallRequest { address: address.parse().ok(), ..call_request(key) };
        self.app.keyhatch.gate().decide(&call).await.expect("a decision").code
    }

    /// Submits a plain form as a browser without WebAssembly does: with the account that its page shows.
    pub async fn post_form(&self, path: &str, cookie: &str, body: &str) -> TestResponse {
        let viewer = self.find_viewer(cookie).await;
        let account = viewer.map(|viewer| format!("&account={}", viewer.shown_account())).unwrap_or_default();
        self.post(path, &[SAME_ORIGIN, FORM, ("cookie", cookie)], format!("{body}{account}")).await
    }
}

/// The body of a form.
pub fn encode_form(fields: &[(&str, &str)]) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let encode = |text: &str| text.bytes().map(byte).collect::<String>();
    fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

fn id_and_secret(created: &CreatedKey) -> (String, String) {
    (created.key.id.clone(), created.secret.expose_secret().to_owned())
}

/// What only the console's responses have.
pub trait ConsoleResponse {
    /// The name and value of the cookie that the response sets.
    fn cookie(&self) -> String;
    /// The text between two pieces of the page.
    fn text_between(&self, before: &str, after: &str) -> &str;
    /// The status and `Location`.
    fn redirect(&self) -> (u16, Option<&str>);
    /// The status and the body.
    fn status_and_text(&self) -> (u16, &str);
    /// The status and the code of the problem.
    fn status_and_problem(&self) -> (u16, String);
}

impl ConsoleResponse for TestResponse {
    fn cookie(&self) -> String {
        self.header("set-cookie").expect("a cookie").split(';').next().expect("its value").to_owned()
    }

    fn text_between(&self, before: &str, after: &str) -> &str {
        let text = self.text();
        let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} is not in {text}")).1;
        rest.split_once(after).expect(after).0
    }

    fn redirect(&self) -> (u16, Option<&str>) {
        (self.status.as_u16(), self.header("location"))
    }

    fn status_and_text(&self) -> (u16, &str) {
        (self.status.as_u16(), self.text())
    }

    fn status_and_problem(&self) -> (u16, String) {
        (self.status.as_u16(), self.problem_code())
    }
}
