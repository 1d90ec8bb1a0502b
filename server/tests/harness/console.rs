//! What a browser does in the console and a server asks at the gate, in one line each.

use std::io;
use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::client::{Answer, send};
use crate::program::Server;

/// A browser that is signed in, or not yet.
#[derive(Clone)]
pub struct Browser {
    pub to: SocketAddr,
    pub session: String,
}

impl Browser {
    pub fn new(server: &Server) -> Self {
        Self { to: server.console, session: String::new() }
    }

    /// Panics if it is refused: the process has just been started and nobody has killed it.
    pub fn signed_in(server: &Server, email: &str, password: &str) -> Self {
        let mut browser = Self::new(server);
        let answer = browser.form("sign-in", &[("email", email), ("password", password)]).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        browser.keep_session(&answer);
        browser
    }

    pub fn keep_session(&mut self, answer: &Answer) {
        let cookie = answer.header("set-cookie").unwrap();
        let value = cookie.strip_prefix("keyhatch=").unwrap().split(';').next().unwrap();
        value.clone_into(&mut self.session);
    }

    pub fn get(&self, path: &str) -> io::Result<Answer> {
        send(self.to, &format!("GET {path}"), &[("cookie", &self.cookie()), ("accept", "text/html")], b"")
    }

    /// A plain form, as the pages of signing in send it.
    pub fn form(&self, function: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.post(function, "application/x-www-form-urlencoded", body.join("&").as_bytes())
    }

    /// A form of one of the pages that take their own.
    pub fn page_form(&self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let cookie = self.cookie();
        let lines = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("accept", "text/html"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", cookie.as_str()),
        ];
        send(self.to, &format!("POST {path}"), &lines, body.join("&").as_bytes())
    }

    /// A function of keys.
    pub fn keys(&self, function: &str, arguments: &Value) -> io::Result<Answer> {
        self.post(&format!("keys/{function}"), "application/json", arguments.to_string().as_bytes())
    }

    pub fn post(&self, function: &str, content_type: &str, body: &[u8]) -> io::Result<Answer> {
        let cookie = self.cookie();
        let lines = [
            ("content-type", content_type),
            ("accept", "application/json"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", cookie.as_str()),
        ];
        send(self.to, &format!("POST /api/console/{function}"), &lines, body)
    }

    fn cookie(&self) -> String {
        format!("keyhatch={}", self.session)
    }

    /// Every key of the account, and how many the account says it has. Needs a page that holds all.
    pub fn list(&self) -> (Vec<Value>, usize) {
        let answer = self.keys("list", &json!({ "search": null, "after": null })).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page = answer.json();
        let total = usize::try_from(page["total"].as_u64().unwrap()).unwrap();
        (page["keys"].as_array().unwrap().clone(), total)
    }
}

/// What the slider posts.
pub fn key_form(name: &str, whitelist: &str) -> Value {
    json!({ "name": name, "whitelist": whitelist, "all_privileges": true, "privileges": [] })
}

/// Asks the gate about a call from `ip`.
pub fn verify(server: &Server, key: &str, ip: &str) -> Value {
    let question = json!({ "key": key, "ip": ip }).to_string();
    let answer = send(server.gate, "POST /v1/verify", &[("content-type", "application/json")], question.as_bytes());
    let answer = answer.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Every byte that is no letter or digit as `%XX`.
fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
