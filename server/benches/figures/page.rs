//! The list of keys and creating one, as a browser requests them.

use std::time::Instant;

use crate::client::Client;
use crate::data::{Dataset, EMAIL, PASSWORD};
use crate::serve::ServerProcess;
use crate::{median, number, report};

const LISTS: usize = 300;
const MANY: usize = 10_000;
/// The list as it opens, and searches by name: all keys, every hundredth and one match.
const FIRST_PAGES: [&str; 4] = ["", "?q=warehouse", "?q=sync+99", "?q=sync+9999"];
const CREATES: usize = 100;

pub fn measure() {
    let dataset = Dataset::with_keys(100);
    let child = ServerProcess::start(&dataset);
    let mut client = Client::connect(child.console);
    let cookie = sign_in(&mut client);
    report("index_ms", list_ms(&mut client, &cookie, ""), "ms");
    report("first_page_kib", number(cold_bytes(&mut client, &cookie)) / 1024.0, "KiB");
    let account = dataset.account();
    let times = (0..CREATES).map(|number| {
        let body = format!(
            r#"{{"fields":[["do","create"],["account","{account}"],["name","Nightly report {number}"],["whitelist","203.0.113.7\n10.4.0.0/22"],["privilege.contacts:read","on"]]}}"#
        );
        let request = post("/api/console/keys/form", "application/json", &cookie, &body);
        let began = Instant::now();
        let response = client.send(request.as_bytes());
        let time = began.elapsed().as_secs_f64() * 1e3;
        assert_eq!(response.status, 200, "{}", response.head);
        time
    });
    report("create_ms", median(times.collect()), "ms");
}

/// With 10,000 keys in the account: the slowest of the first pages.
pub fn measure_many() {
    let dataset = Dataset::with_keys(MANY);
    let child = ServerProcess::start(&dataset);
    let mut client = Client::connect(child.console);
    let cookie = sign_in(&mut client);
    let slowest = FIRST_PAGES.map(|query| list_ms(&mut client, &cookie, query)).into_iter().fold(0.0, f64::max);
    report("index_10k_ms", slowest, "ms");
}

/// The median.
fn list_ms(client: &mut Client, cookie: &str, query: &str) -> f64 {
    let list = get(&format!("/settings/api-keys{query}"), cookie, "br");
    let times = (0..LISTS).map(|_| {
        let began = Instant::now();
        assert_eq!(client.send(list.as_bytes()).status, 200);
        began.elapsed().as_secs_f64() * 1e3
    });
    median(times.collect())
}

fn sign_in(client: &mut Client) -> String {
    let body = format!("do=sign-in&email={EMAIL}&password={}", PASSWORD.replace(' ', "+"));
    let request = post("/sign-in", "application/x-www-form-urlencoded", "", &body);
    let response = client.send(request.as_bytes());
    assert_eq!(response.status, 303, "{}", response.head);
    let cookie = response.head.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    cookie.and_then(|cookie| cookie.split(';').next()).expect("a session").to_owned()
}

/// Heads and bodies of the page and of everything that it loads, as they come from the server, brotli.
fn cold_bytes(client: &mut Client, cookie: &str) -> usize {
    let page = client.send(get("/settings/api-keys", cookie, "br").as_bytes());
    let readable = client.send(get("/settings/api-keys", cookie, "identity").as_bytes());
    let html = String::from_utf8_lossy(&readable.body).into_owned();
    let mut addresses: Vec<&str> = html.split('"').filter(|part| part.starts_with("/pkg/")).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert!(addresses.iter().any(|address| address.contains(".wasm")), "{addresses:?}");
    let mut total = page.wire_bytes;
    report("first_page_html_kib", number(page.wire_bytes) / 1024.0, "KiB");
    for address in addresses {
        let response = client.send(get(address, cookie, "br").as_bytes());
        assert_eq!(response.status, 200, "{address}");
        total += response.wire_bytes;
    }
    total
}

fn get(path: &str, cookie: &str, coding: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: {coding}\r\nCookie: {cookie}\r\n\r\n"
    )
}

fn post(path: &str, kind: &str, cookie: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nCookie: {cookie}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
