//! Requests to a running program: what a browser sends to the console, and what a server sends to the gate.

use crate::program::EMAIL;
use serde_json::{Value, json};
use std::net::SocketAddr;
use test_support::reqwest::blocking::Client;
use test_support::reqwest::{Error, Method};
use test_support::{PASSWORD, RunningProgram, TestResponse, blocking_client};

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A client and the address of the listener that it sends to.
#[derive(Clone)]
pub struct Connector {
    client: Client,
    address: SocketAddr,
}

impl Connector {
    pub fn new(address: SocketAddr) -> Self {
        Self { client: blocking_client(), address }
    }

    /// Sends a request on a connection of its own; `line` is its method and path, such as `GET /healthz`.
    ///
    /// # Errors
    /// If the response did not arrive completely: then nothing was acknowledged.
    pub fn send(&self, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<TestResponse, Error> {
        let (method, path) = line.split_once(' ').unwrap();
        let url = format!("http://{}{path}", self.address);
        let mut request = self.client.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_empty() {
            request = request.body(body.to_vec());
        }
        let response = request.send()?;
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(TestResponse { status, headers, body: response.bytes()? })
    }

    pub fn get(&self, path: &str) -> Result<TestResponse, Error> {
        self.send(&format!("GET {path}"), &[], b"")
    }

    pub fn post_json(&self, path: &str, body: &Value) -> Result<TestResponse, Error> {
        let body = body.to_string();
        self.send(&format!("POST {path}"), &[("content-type", "application/json")], body.as_bytes())
    }

    /// The gate's decision about a call from `ip`.
    pub fn verify(&self, key: &str, ip: &str) -> Value {
        let response = self.post_json("/v1/verify", &json!({ "key": key, "ip": ip })).unwrap();
        assert_eq!(response.status, 200, "{}", response.text());
        response.json()
    }
}

/// [`Connector::verify`] for a few calls.
pub fn verify(server: &RunningProgram, key: &str, ip: &str) -> Value {
    Connector::new(server.gate).verify(key, ip)
}

/// A browser at the console, with a session or without.
#[derive(Clone)]
pub struct Browser {
    pub connector: Connector,
    pub session: String,
    /// The account that its pages show; empty until [`Browser::keep_account`].
    account: String,
}

/// A key as the list shows it. `whitelist` is its only address.
pub struct ListedKey {
    pub id: String,
    pub name: String,
    pub whitelist: String,
}

/// The page of the keys.
pub const KEYS: &str = "/settings/api-keys";

impl Browser {
    pub fn new(server: &RunningProgram) -> Self {
        Self { connector: Connector::new(server.console), session: String::new(), account: String::new() }
    }

    /// Signs in, which must succeed.
    pub fn signed_in(server: &RunningProgram, email: &str) -> Self {
        let mut browser = Self::new(server);
        let response = browser.sign_in(email, PASSWORD).unwrap();
        assert_eq!(response.status, 303, "{}", response.text());
        browser.keep_session(&response);
        let page = browser.get(KEYS).unwrap();
        browser.keep_account(&page);
        browser
    }

    /// [`Browser::signed_in`] as the account's owner.
    pub fn of_owner(server: &RunningProgram) -> Self {
        Self::signed_in(server, EMAIL)
    }

    /// The same browser with another session cookie.
    pub fn with_session(&self, session: &str) -> Self {
        Self { session: session.to_owned(), ..self.clone() }
    }

    pub fn keep_session(&mut self, response: &TestResponse) {
        let cookie = response.header("set-cookie").unwrap();
        let value = cookie.strip_prefix("keyhatch=").unwrap().split(';').next().unwrap();
        value.clone_into(&mut self.session);
    }

    /// Sends forms from this page on.
    pub fn keep_account(&mut self, page: &TestResponse) {
        let shown = page.text().split_once("data-account=\"").unwrap().1.split('"').next().unwrap();
        shown.clone_into(&mut self.account);
    }

    pub fn account(&self) -> &str {
        &self.account
    }

    pub fn get(&self, path: &str) -> Result<TestResponse, Error> {
        self.connector.send(&format!("GET {path}"), &[("cookie", &self.cookie()), ("accept", "text/html")], b"")
    }

    /// With a cookie beside the session.
    pub fn get_with_cookie(&self, path: &str, cookie: &str) -> Result<TestResponse, Error> {
        let cookies = format!("{}; {cookie}", self.cookie());
        self.connector.send(&format!("GET {path}"), &[("cookie", &cookies), ("accept", "text/html")], b"")
    }

    /// Posts the sign-in form.
    pub fn sign_in(&self, email: &str, password: &str) -> Result<TestResponse, Error> {
        self.page_form("/sign-in", &[("do", "sign-in"), ("email", email), ("password", password), ("next", "")])
    }

    pub fn sign_out(&self) -> Result<TestResponse, Error> {
        self.page_form("/sign-out", &[("do", "sign-out")])
    }

    /// Posts a form to its page.
    pub fn page_form(&self, path: &str, fields: &[(&str, &str)]) -> Result<TestResponse, Error> {
        self.send_as_browser(path, URL_ENCODED, "text/html", encode_form(fields).as_bytes())
    }

    /// Sends a form about keys by the server function.
    pub fn key_form(&self, fields: &[(&str, &str)]) -> Result<TestResponse, Error> {
        let fields = [&[("account", self.account.as_str())], fields].concat();
        self.keys("form", &json!({ "fields": fields }))
    }

    /// Posts a form about keys to its page, where `query` opens the dialog.
    pub fn plain_key_form(&self, query: &str, fields: &[(&str, &str)]) -> Result<TestResponse, Error> {
        self.page_form(&format!("{KEYS}{query}"), &[&[("account", self.account.as_str())], fields].concat())
    }

    /// Calls a server function of keys.
    pub fn keys(&self, function: &str, arguments: &Value) -> Result<TestResponse, Error> {
        self.post(&format!("keys/{function}"), "application/json", arguments.to_string().as_bytes())
    }

    /// Deletes a key as somebody who types its name.
    pub fn delete_key(&self, id: &str, name: &str) -> Result<TestResponse, Error> {
        self.key_form(&[("do", "delete"), ("id", id), ("confirm_name", name)])
    }

    pub fn post(&self, function: &str, content_type: &str, body: &[u8]) -> Result<TestResponse, Error> {
        self.send_as_browser(&format!("/api/console/{function}"), content_type, "application/json", body)
    }

    fn send_as_browser(&self, path: &str, kind: &str, accept: &str, body: &[u8]) -> Result<TestResponse, Error> {
        let cookie = self.cookie();
        let headers = [
            ("content-type", kind),
            ("accept", accept),
            ("sec-fetch-site", "same-origin"),
            ("cookie", cookie.as_str()),
        ];
        self.connector.send(&format!("POST {path}"), &headers, body)
    }

    fn cookie(&self) -> String {
        format!("keyhatch={}", self.session)
    }

    /// Every key of the account, and the total that the list reports. The page size must be large enough.
    pub fn list_keys(&self) -> (Vec<ListedKey>, usize) {
        let response = self.get(KEYS).unwrap();
        assert_eq!(response.status, 200, "{}", response.text());
        let page = response.text();
        let keys: Vec<ListedKey> = page.split("<th scope=\"row\">").skip(1).map(parse_row).collect();
        // An account without keys is shown without a count.
        let count = page.split_once("class=\"counter\">").map_or("0 of", |(_, count)| count);
        (keys, count.split(' ').next().unwrap().parse().unwrap())
    }
}

fn parse_row(row: &str) -> ListedKey {
    let between = |before: &str, after: char| row.split_once(before).unwrap().1.split(after).next().unwrap().to_owned();
    let name = between("href=\"/settings/api-keys/", '<');
    let (id, name) = name.split_once("\">").unwrap();
    ListedKey { id: id.to_owned(), name: name.to_owned(), whitelist: between("<td class=\"addresses\">", '<') }
}

/// The fields of a form that creates or updates a key, whose `id` is empty if it is new.
pub fn key_fields<'a>(id: &'a str, name: &'a str, whitelist: &'a str) -> Vec<(&'a str, &'a str)> {
    let form = if id.is_empty() { "create" } else { "update" };
    vec![("do", form), ("id", id), ("name", name), ("whitelist", whitelist), ("all_privileges", "on"), ("next", KEYS)]
}

fn encode_form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", percent_encode(value))).collect();
    pairs.join("&")
}

/// Every byte that is no letter or digit as `%XX`.
fn percent_encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
