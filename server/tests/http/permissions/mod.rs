//! The permissions of every route and of every form and function behind it, for each kind of client. The routes are read
//! from the router itself: one without a row in the tables fails the test.

mod accounts;
mod tables;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use service::actor::Actor;

use crate::support::{ConsoleApp, ConsoleResponse as _, KEYS, PASSWORD_FIELD, TestResponse, encode_form, request};
use accounts::{AccountTree, Targets};
use tables::{CREDENTIALS, FORMS, FUNCTIONS, MEMBERS, OPERATIONS, PAGES, PUBLIC};

/// The row's statuses with the index and the name of their columns.
fn columns<'a>(row: &str, names: &'a [&'a str; 10]) -> impl Iterator<Item = (usize, &'a str, u16)> {
    let statuses: Vec<u16> = row.split(' ').map(|status| status.parse().expect("a status")).collect();
    assert_eq!(statuses.len(), names.len(), "{row}");
    names.iter().zip(statuses).enumerate().map(|(column, (name, status))| (column, *name, status))
}

/// Every path that the router serves, read from its debug output.
fn served_paths(console: &ConsoleApp) -> BTreeSet<String> {
    let text = format!("{:?}", console.router);
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.filter(|text| text.starts_with('/')).map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn every_route_form_and_operation_has_a_row() {
    let console = ConsoleApp::start().await;
    let paths = served_paths(&console);
    assert!(paths.len() > 30, "the router prints its routes: {paths:?}");
    let functions =
        FUNCTIONS.iter().map(|(name, _)| format!("{}/{}", app::FUNCTIONS, name.split(' ').next().unwrap_or_default()));
    let known: BTreeSet<String> = (PAGES.iter().map(|(path, _)| (*path).to_owned()))
        .chain(functions)
        .chain(FORMS.iter().map(|(form, _)| form.split(' ').next().unwrap_or_default().to_owned()))
        .chain(OPERATIONS.iter().filter_map(|(operation, _)| operation.split(' ').nth(1)).map(ToOwned::to_owned))
        .chain(PUBLIC.iter().map(ToString::to_string))
        .collect();
    assert_eq!(paths.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "routes without a row");
    assert_eq!(known.difference(&paths).collect::<Vec<_>>(), Vec::<&String>::new(), "rows without a route");
    let forms: BTreeSet<String> = console::form_names().iter().map(|(path, form)| format!("{path} {form}")).collect();
    assert_eq!(forms, FORMS.iter().map(|(form, _)| (*form).to_owned()).collect());
    let operations: BTreeSet<String> =
        api::operations().iter().map(|(method, path)| format!("{method} {path}")).collect();
    assert_eq!(operations, OPERATIONS.iter().map(|(operation, _)| (*operation).to_owned()).collect());
}

/// All differences from the tables, reported together.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn check(&mut self, request: &str, client: &str, response: &TestResponse, status: u16) {
        if response.status != status {
            self.0.push(format!("{request} by {client}: {} and not {status}", response.status));
        }
    }

    /// A key must not be in a successful response to a client that may not see it.
    fn check_hidden(&mut self, request: &str, client: &str, response: &TestResponse, key: &str) {
        if matches!(response.status.as_u16(), 200 | 201) && response.text().contains(key) {
            self.0.push(format!("{request} by {client} shows a foreign key"));
        }
    }

    fn expect_none(self) {
        assert!(self.0.is_empty(), "{:#?}", self.0);
    }
}

/// Whether the column of [`MEMBERS`] may see the account that the requests are about.
fn sees_account(column: usize) -> bool {
    (1..=5).contains(&column)
}

#[tokio::test]
async fn pages_have_the_statuses_of_the_table() {
    let mut differences = Differences::default();
    let tree = AccountTree::start().await;
    let (key, _) = tree.create_key(&tree.account, &[]).await;
    let cookies = tree.start_sessions(&tree.create_members().await).await;
    for (path, row) in PAGES {
        for (column, client, status) in columns(row, MEMBERS) {
            let response = tree.console.get(&path.replace("{id}", &key), &cookies[column]).await;
            differences.check(path, client, &response, status);
            if !sees_account(column) {
                differences.check_hidden(path, client, &response, &key);
            }
        }
    }
    differences.expect_none();
}

fn function_body(function: &str, account: &str, key: &str) -> Value {
    match function.split_once(' ') {
        Some((_, form)) => {
            let mut fields = vec![("do".to_owned(), form.to_owned()), ("account".to_owned(), account.to_owned())];
            fields.extend(key_fields(form, key));
            json!({ "fields": fields })
        }
        None if function == "keys/first-call" => json!({ "account": account, "id": key }),
        None if function == "keys/allow-address" => json!({ "account": account, "id": key, "address": "203.0.113.7" }),
        None if function == "sign-in" => json!({ "email": "nobody@example.com", "password": "wrong" }),
        None => json!({ "code": "000000" }),
    }
}

/// The fields of a form about keys.
fn key_fields(form: &str, key: &str) -> Vec<(String, String)> {
    let fields: Vec<(&str, &str)> = match form {
        "create" => vec![("name", "New")],
        "update" | "update-mine" | "update-theirs" => vec![("id", key), ("name", "Changed")],
        // The key has another revision, so nothing is undone.
        "undo-update" => vec![("id", key), ("revision", "0")],
        "rotate" => vec![("id", key), ("overlap", "1h")],
        "test" => vec![("id", key), ("cost", "1")],
        "done" => Vec::new(),
        form if form.starts_with("review-") => return vec![(format!("key.{key}"), "on".to_owned())],
        _ => vec![("id", key)],
    };
    fields.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[tokio::test]
async fn server_functions_have_the_statuses_of_the_table() {
    let mut differences = Differences::default();
    let tree = AccountTree::start().await;
    let cookies = tree.start_sessions(&tree.create_members().await).await;
    for (name, row) in FUNCTIONS {
        let mut targets = Targets::new(&tree);
        let path = format!("{}/{}", app::FUNCTIONS, name.split(' ').next().unwrap_or_default());
        for (column, client, status) in columns(row, MEMBERS) {
            let key = targets.key().await;
            let viewer = tree.console.find_viewer(&cookies[column]).await;
            let account = viewer.map(|viewer| viewer.shown_account().to_owned()).unwrap_or_default();
            let body = function_body(name, &account, &key);
            let response = tree.console.post_json(&path, &cookies[column], &body).await;
            differences.check(name, client, &response, status);
            if !sees_account(column) {
                differences.check_hidden(name, client, &response, &key);
            }
            if name.ends_with("delete") {
                targets.renew_after(response.status.as_u16());
            }
        }
    }
    differences.expect_none();
}

async fn form_fields(path: &str, form: &str, targets: &mut Targets<'_>, number: u32) -> String {
    match (path, form) {
        (KEYS, form) => {
            let key = targets.key().await;
            let fields = key_fields(form, &key);
            encode_form(&fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>())
        }
        (_, "invite") => format!("email=new{number}@example.com&role=viewer"),
        (_, "delete-invitation") => format!("id={}", targets.invitation().await),
        ("/settings/members", "update") => format!("id={}&role=admin", targets.member().await),
        ("/settings/members", "delete" | "reset-password") => format!("id={}", targets.member().await),
        ("/settings/members", "require") => "start=now".to_owned(),
        (_, "request") => "email=nobody@example.com".to_owned(),
        (_, "create") => "account_name=New".to_owned(),
        (_, "open" | "delete") => format!("id={}", targets.sub_account().await),
        (_, "update") => format!("id={}&account_name=Renamed", targets.sub_account().await),
        (_, "end-session") => "id=none".to_owned(),
        (_, "join" | "reset") => format!("token=none&password={PASSWORD_FIELD}"),
        _ => String::new(),
    }
}

/// Otherwise the account's members could do nothing but set up two-factor codes.
async fn undo_require_two_factor(console: &ConsoleApp, cookie: &str) {
    if let Some(viewer) = console.find_viewer(cookie).await {
        let members = console.app.keyhatch.members();
        members.make_two_factor_optional(&Actor::Operator, viewer.shown_account()).await.expect("as before");
    }
}

#[tokio::test]
async fn forms_have_the_statuses_of_the_table() {
    let mut differences = Differences::default();
    let tree = AccountTree::start().await;
    let members = tree.create_members().await;
    let mut cookies = tree.start_sessions(&members).await;
    for (name, row) in FORMS {
        let (path, form) = name.split_once(' ').expect("a page and a form");
        let mut targets = Targets::new(&tree);
        for (column, client, status) in columns(row, MEMBERS) {
            let fields = form_fields(path, form, &mut targets, tree.next_number()).await;
            let body = format!("do={form}&{fields}");
            let response = tree.console.post_form(path, &cookies[column], body.trim_end_matches('&')).await;
            differences.check(name, client, &response, status);
            targets.renew_after(response.status.as_u16());
            if form == "require" {
                undo_require_two_factor(&tree.console, &cookies[column]).await;
            }
        }
        // Some sessions have opened another account now, or have ended.
        if ["open", "sign-out"].contains(&form) {
            cookies = tree.start_sessions(&members).await;
        }
    }
    differences.expect_none();
}

async fn operation_path(template: &str, tree: &AccountTree, targets: &mut Targets<'_>) -> String {
    let mut path = template.replace("{account}", &tree.account);
    if path.contains("{key}") {
        path = path.replace("{key}", &targets.key().await);
    }
    if path.contains("{member}") {
        path = path.replace("{member}", &targets.member().await);
    }
    if path.contains("{invitation}") {
        path = path.replace("{invitation}", &targets.invitation().await);
    }
    path
}

fn operation_body(method: &str, path: &str, number: u32) -> Option<Value> {
    match (method, path.rsplit('/').next().unwrap_or_default()) {
        ("POST", "secret") => Some(json!({ "overlap": "1h" })),
        ("POST", "invitations") => Some(json!({ "email": format!("api{number}@example.com"), "role": "viewer" })),
        ("PATCH", _) if path.contains("/members/") => Some(json!({ "role": "admin" })),
        ("POST" | "PATCH", "enable" | "disable") => None,
        ("POST" | "PATCH", _) => Some(json!({ "name": "New" })),
        _ => None,
    }
}

#[tokio::test]
async fn operations_have_the_statuses_of_the_table() {
    let mut differences = Differences::default();
    let tree = AccountTree::start().await;
    let credentials = tree.create_credentials().await;
    for (name, row) in OPERATIONS {
        let (method, template) = name.split_once(' ').expect("a method and a path");
        let mut targets = Targets::new(&tree);
        for (column, client, status) in columns(row, CREDENTIALS) {
            let mut path = operation_path(template, &tree, &mut targets).await;
            if *name == "DELETE /api/v1/accounts/{account}" && credentials[column].contains("_op_") {
                // Another account: the one that the requests are about must remain.
                path = path.replace(&tree.account, &targets.sub_account().await);
            }
            let bearer = format!("Bearer {}", credentials[column]);
            let headers = [("authorization", bearer.as_str())];
            let headers = if column == 0 { &[][..] } else { &headers };
            let body = operation_body(method, &path, tree.next_number());
            let response = tree.console.send_json(method, &path, headers, body.as_ref()).await;
            differences.check(name, client, &response, status);
            if response.status.as_u16() >= 400 {
                response.problem_code();
            }
            targets.renew_after(response.status.as_u16());
        }
    }
    differences.expect_none();
}

/// A cookie is no credential of the management interface, and a token none of the console.
#[tokio::test]
async fn cookies_and_tokens_are_not_interchangeable() {
    let tree = AccountTree::start().await;
    let cookies = tree.start_sessions(&tree.create_members().await).await;
    let response = tree.console.get(&format!("/api/v1/accounts/{}/keys", tree.account), &cookies[3]).await;
    assert_eq!(response.status_and_problem(), (401, "unauthenticated".to_owned()));
    let bearer = format!("Bearer {}", tree.create_credentials().await[1]);
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(request(&tree.console.router, "GET", "/settings/api-keys", &headers).await.status, 303);
}
