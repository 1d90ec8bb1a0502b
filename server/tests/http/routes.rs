//! Every route and every form and function behind it, asked by everybody: who is let through, who is refused, and to whom
//! it does not exist. The routes are read off the router itself; one that stands in no table here fails the test.

use std::collections::BTreeSet;

use axum::body::Body;
use domain::form::KeyForm;
use domain::member::Role;
use domain::policy::Policy;
use domain::privilege::Module;
use http::Request;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use service::actor::Actor;
use service::members::InviteForm;

use crate::pages::Site;
use crate::support::{Answer, LOOPBACK, request, send};

/// The people who ask, in the order of the tables' columns: nobody; viewer, admin and owner of the account; owner, admin
/// and viewer of the account above it, who opened it if they could; the owner of that account who did not; the owners
/// of an account below it and of another one.
const PEOPLE: [&str; 10] = [
    "nobody",
    "viewer",
    "admin",
    "owner",
    "owner above, opened",
    "admin above, opened",
    "viewer above",
    "owner above, not opened",
    "owner below",
    "owner elsewhere",
];

/// The programs that ask: nobody; a token; a revoked token; a key of the account itself; keys of the account above that
/// may read and write, read, write, do neither; a key of an account below; a key of another account.
const PROGRAMS: [&str; 10] = [
    "nobody",
    "token",
    "revoked token",
    "own key",
    "key above",
    "key above, reads",
    "key above, writes",
    "key above, neither",
    "key below",
    "key elsewhere",
];

/// Pages: the status for each of [`PEOPLE`]. A page of another account shows the own one.
const PAGES: &[(&str, &str)] = &[
    ("/", "303 303 303 303 303 303 303 303 303 303"),
    ("/settings", "303 303 303 303 303 303 303 303 303 303"),
    ("/sign-in", "200 303 303 303 303 303 303 303 303 303"),
    ("/setup", "200 200 200 200 200 200 200 200 200 200"),
    ("/invite", "403 403 403 403 403 403 403 403 403 403"),
    ("/settings/activity", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/activity.csv", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/api-keys", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/api-keys/{id}", "303 200 200 200 200 200 404 404 404 404"),
    ("/settings/members", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/security", "303 200 200 200 200 200 200 200 200 200"),
    ("/settings/sub-accounts", "303 200 200 200 200 200 200 200 200 200"),
];

/// Server functions, for each of [`PEOPLE`]. What takes no id works on the asker's own account.
const FUNCTIONS: &[(&str, &str)] = &[
    ("keys/list", "401 200 200 200 200 200 200 200 200 200"),
    ("keys/create", "401 403 200 200 200 200 403 200 200 200"),
    ("keys/update", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/explain", "401 200 200 200 200 200 404 404 404 404"),
    ("keys/rotate", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/action delete", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/action end-overlap", "401 403 200 200 200 200 403 404 404 404"),
    ("keys/action disable", "401 403 200 200 200 200 403 200 200 200"),
    ("keys/action enable", "401 403 200 200 200 200 403 200 200 200"),
    ("sign-in", "401 401 401 401 401 401 401 401 401 401"),
    ("set-up", "403 403 403 403 403 403 403 403 403 403"),
    ("sign-out", "200 200 200 200 200 200 200 200 200 200"),
];

/// Plain forms, for each of [`PEOPLE`].
const FORMS: &[(&str, &str)] = &[
    ("/settings/members invite", "303 403 200 200 200 200 403 200 200 200"),
    ("/settings/members delete-invitation", "303 403 303 303 303 303 404 404 404 404"),
    ("/settings/members update", "303 403 303 303 303 303 403 404 404 404"),
    ("/settings/members delete", "303 403 303 303 303 303 404 404 404 404"),
    ("/settings/members require", "303 403 403 303 303 403 403 303 303 303"),
    ("/settings/members do-not-require", "303 403 403 303 303 403 403 303 303 303"),
    ("/settings/sub-accounts create", "303 403 303 303 303 303 403 303 422 303"),
    ("/settings/sub-accounts open", "303 404 303 303 303 303 404 303 404 404"),
    ("/settings/sub-accounts update", "303 403 303 303 303 303 404 404 404 404"),
    ("/settings/sub-accounts delete", "303 403 303 303 303 303 404 404 404 404"),
    // One's own security: nothing of somebody else's can be named.
    ("/settings/security update-password", "303 422 422 422 422 422 422 422 422 422"),
    ("/settings/security begin-two-factor", "303 422 422 422 422 422 422 422 422 422"),
    ("/settings/security confirm-two-factor", "303 422 422 422 422 422 422 422 422 422"),
    ("/settings/security renew-recovery-codes", "303 422 422 422 422 422 422 422 422 422"),
    ("/settings/security disable-two-factor", "303 422 422 422 422 422 422 422 422 422"),
    ("/settings/security end-session", "303 404 404 404 404 404 404 404 404 404"),
    ("/settings/security end-other-sessions", "303 303 303 303 303 303 303 303 303 303"),
    ("/invite join", "403 403 403 403 403 403 403 403 403 403"),
    ("/sign-in code", "303 303 303 303 303 303 303 303 303 303"),
];

/// The management interface, for each of [`PROGRAMS`].
const OPERATIONS: &[(&str, &str)] = &[
    ("GET /api/v1/accounts", "401 200 401 403 403 403 403 403 403 403"),
    ("POST /api/v1/accounts", "401 201 401 403 403 403 403 403 403 403"),
    ("GET /api/v1/accounts/{account}", "401 200 401 403 403 403 403 403 404 404"),
    ("PATCH /api/v1/accounts/{account}", "401 200 401 404 403 403 403 403 404 404"),
    ("DELETE /api/v1/accounts/{account}", "401 200 401 404 403 403 403 403 404 404"),
    ("GET /api/v1/accounts/{account}/sub-accounts", "401 200 401 403 403 403 403 403 404 404"),
    ("GET /api/v1/accounts/{account}/keys", "401 200 401 403 200 200 403 403 404 404"),
    ("POST /api/v1/accounts/{account}/keys", "401 201 401 403 201 403 201 403 404 404"),
    ("GET /api/v1/accounts/{account}/keys/{key}", "401 200 401 403 200 200 403 403 404 404"),
    ("PATCH /api/v1/accounts/{account}/keys/{key}", "401 200 401 403 200 403 403 403 404 404"),
    ("DELETE /api/v1/accounts/{account}/keys/{key}", "401 204 401 403 204 403 204 403 404 404"),
    ("POST /api/v1/accounts/{account}/keys/{key}/secret", "401 200 401 403 200 403 200 403 404 404"),
    ("DELETE /api/v1/accounts/{account}/keys/{key}/secret", "401 204 401 403 204 403 204 403 404 404"),
    ("POST /api/v1/accounts/{account}/keys/{key}/disable", "401 204 401 403 204 403 204 403 404 404"),
    ("POST /api/v1/accounts/{account}/keys/{key}/enable", "401 204 401 403 204 403 204 403 404 404"),
    ("GET /api/v1/accounts/{account}/activity", "401 200 401 403 403 403 403 403 404 404"),
    ("GET /api/v1/accounts/{account}/members", "401 200 401 403 403 403 403 403 404 404"),
    ("POST /api/v1/accounts/{account}/invitations", "401 201 401 403 403 403 403 403 404 404"),
    ("DELETE /api/v1/accounts/{account}/invitations/{invitation}", "401 204 401 403 403 403 403 403 404 404"),
    ("PATCH /api/v1/accounts/{account}/members/{member}", "401 204 401 403 403 403 403 403 404 404"),
    ("DELETE /api/v1/accounts/{account}/members/{member}", "401 204 401 403 403 403 403 403 404 404"),
];

/// Routes that tell everybody the same: documents and files of the page.
const OPEN: &[&str] = &[
    "/api/v1/openapi.json",
    "/api/v1/docs",
    "/api/v1/docs.css",
    "/api/v1/{*rest}",
    "/favicon.ico",
    "/favicon.svg",
    "/pkg/{name}",
    // What is at no other address.
    "/{*__private__axum_fallback}",
];

/// Three accounts below one another, the middle one being asked about, and another one.
struct World {
    site: Site,
    above: String,
    account: String,
    below: String,
    elsewhere: String,
    count: std::cell::Cell<u32>,
}

impl World {
    async fn new() -> Self {
        let mut policy = Policy { sub_account_depth: 2, keys_per_account: 1_000, ..Policy::default() };
        let actions = vec!["read".to_owned(), "write".to_owned()];
        policy.modules.push(Module { id: "sub-accounts".to_owned(), label: "Sub-accounts".to_owned(), actions });
        let site = Site::with(policy).await;
        let above = site.data.account.clone();
        let make = async |name: &str, parent: Option<&str>| {
            site.data.keyhatch.accounts().create(&Actor::Operator, name, parent).await.expect("an account")
        };
        let account = make("Middle", Some(&above)).await;
        let (below, elsewhere) = (make("Below", Some(&account)).await, make("Elsewhere", None).await);
        Self { site, above, account, below, elsewhere, count: std::cell::Cell::new(0) }
    }

    fn number(&self) -> u32 {
        self.count.set(self.count.get() + 1);
        self.count.get()
    }

    async fn key_of(&self, account: &str, privileges: &[&str]) -> (String, String) {
        let form = KeyForm {
            name: format!("Key {}", self.number()),
            privileges: privileges.iter().map(ToString::to_string).collect(),
            ..KeyForm::default()
        };
        let issued = self.site.data.keyhatch.keys().create(&Actor::Operator, account, &form).await.expect("a key");
        (issued.key.id.clone(), issued.secret.expose_secret().to_owned())
    }

    /// A member who was not there before, by id.
    async fn member(&self) -> String {
        let email = format!("member{}@example.com", self.number());
        self.site.member(&self.account, &email, Role::Viewer).await;
        self.site.data.keyhatch.members().find_by_email(&Actor::Operator, &email).await.expect("a member").0
    }

    async fn invitation(&self) -> String {
        let form = InviteForm { email: format!("guest{}@example.com", self.number()), role: "viewer".to_owned() };
        let invited = self.site.data.keyhatch.members().create_invitation(&Actor::Operator, &self.account, &form).await;
        invited.expect("an invitation").invitation.id
    }

    async fn sub_account(&self) -> String {
        let name = format!("Sub {}", self.number());
        self.site
            .data
            .keyhatch
            .accounts()
            .create(&Actor::Operator, &name, Some(&self.account))
            .await
            .expect("an account")
    }

    /// The cookie of each of [`PEOPLE`].
    async fn people(&self) -> Vec<String> {
        let mut cookies = vec!["keyhatch=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned()];
        for (account, role, opens) in [
            (&self.account, Role::Viewer, false),
            (&self.account, Role::Admin, false),
            (&self.account, Role::Owner, false),
            (&self.above, Role::Owner, true),
            (&self.above, Role::Admin, true),
            (&self.above, Role::Viewer, true),
            (&self.above, Role::Owner, false),
            (&self.below, Role::Owner, false),
            (&self.elsewhere, Role::Owner, false),
        ] {
            let email = format!("asker{}@example.com", self.number());
            let cookie = self.site.member(account, &email, role).await;
            if opens {
                let answer =
                    self.site.form("/settings/sub-accounts", &cookie, &format!("do=open&id={}", self.account)).await;
                let expected = if role == Role::Viewer { 404 } else { 303 };
                assert_eq!(answer.status, expected, "{role:?} opens");
            }
            cookies.push(cookie);
        }
        cookies
    }

    /// The credential of each of [`PROGRAMS`].
    async fn programs(&self) -> Vec<String> {
        let keyhatch = &self.site.data.keyhatch;
        let token = keyhatch.identity().create_token(&Actor::Operator, "Good").await.expect("a token");
        let revoked = keyhatch.identity().create_token(&Actor::Operator, "Revoked").await.expect("a token");
        keyhatch.identity().delete_token(&Actor::Operator, &revoked.id).await.expect("revoked");
        let (read, write) = ("sub-accounts:read", "sub-accounts:write");
        let mut found = vec![String::new()];
        found.extend([&token, &revoked].map(|token| token.value.expose_secret().to_owned()));
        for (account, privileges) in [
            (&self.account, &[read, write][..]),
            (&self.above, &[read, write]),
            (&self.above, &[read]),
            (&self.above, &[write]),
            (&self.above, &["contacts:read"]),
            (&self.below, &[read, write]),
            (&self.elsewhere, &[read, write]),
        ] {
            found.push(self.key_of(account, privileges).await.1);
        }
        found
    }
}

fn columns(line: &str) -> Vec<u16> {
    line.split(' ').map(|status| status.parse().expect("a status")).collect()
}

/// Every path that the router answers, as it says itself.
fn paths_of(site: &Site) -> BTreeSet<String> {
    let text = format!("{:?}", site.router);
    let quoted = text.split('"').skip(1).step_by(2);
    quoted.filter(|text| text.starts_with('/')).map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn no_route_is_without_a_table() {
    let site = Site::new().await;
    let paths = paths_of(&site);
    assert!(paths.len() > 30, "the router tells of its routes: {paths:?}");
    let functions =
        FUNCTIONS.iter().map(|(name, _)| format!("{}/{}", app::FUNCTIONS, name.split(' ').next().unwrap_or_default()));
    let known: BTreeSet<String> = (PAGES.iter().map(|(path, _)| (*path).to_owned()))
        .chain(functions)
        .chain(FORMS.iter().map(|(form, _)| form.split(' ').next().unwrap_or_default().to_owned()))
        .chain(OPERATIONS.iter().filter_map(|(operation, _)| operation.split(' ').nth(1)).map(ToOwned::to_owned))
        .chain(OPEN.iter().map(ToString::to_string))
        .collect();
    assert_eq!(paths.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "routes without a table");
    assert_eq!(known.difference(&paths).collect::<Vec<_>>(), Vec::<&String>::new(), "tables without a route");
    let forms: BTreeSet<String> = console::form_names().iter().map(|(path, form)| format!("{path} {form}")).collect();
    assert_eq!(forms, FORMS.iter().map(|(form, _)| (*form).to_owned()).collect());
    let operations: BTreeSet<String> =
        api::operations().iter().map(|(method, path)| format!("{method} {path}")).collect();
    assert_eq!(operations, OPERATIONS.iter().map(|(operation, _)| (*operation).to_owned()).collect());
}

/// What is not as the tables say, all of it at once.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn check(&mut self, what: &str, who: &str, answer: &Answer, status: u16, hidden: &str) {
        if answer.status != status {
            self.0.push(format!("{what} by {who}: {} and not {status}", answer.status));
        }
        let is_told = matches!(status, 200 | 201) && !hidden.is_empty() && answer.text().contains(hidden);
        if is_told {
            self.0.push(format!("{what} by {who} tells of a foreign key"));
        }
    }

    fn expect_none(self) {
        assert!(self.0.is_empty(), "{:#?}", self.0);
    }
}

/// Whether one of [`PEOPLE`] is shown the account that is asked about.
fn is_shown(column: usize) -> bool {
    (1..=5).contains(&column)
}

#[tokio::test]
async fn pages() {
    let mut faults = Faults::default();
    let world = World::new().await;
    let (key, _) = world.key_of(&world.account, &[]).await;
    let people = world.people().await;
    for (path, line) in PAGES {
        for (column, status) in columns(line).into_iter().enumerate() {
            let hidden = if is_shown(column) { "" } else { &key };
            let answer = world.site.page(&path.replace("{id}", &key), &people[column]).await;
            faults.check(path, PEOPLE[column], &answer, status, hidden);
        }
    }
    faults.expect_none();
}

fn body_of(function: &str, key: &str) -> Value {
    let form = json!({ "name": "Changed", "whitelist": "", "all_privileges": false, "privileges": [] });
    match function.split_once(' ') {
        Some((_, action)) => json!({ "action": action, "ids": [key], "reason": "" }),
        None if function == "keys/explain" => json!({ "id": key, "form": { "cost": "1" } }),
        None if function == "keys/rotate" => json!({ "id": key, "form": { "overlap": "1h" } }),
        None if function == "keys/list" => json!({}),
        None => json!({ "id": key, "form": form }),
    }
}

#[tokio::test]
async fn functions() {
    let mut faults = Faults::default();
    let world = World::new().await;
    for (name, line) in FUNCTIONS {
        let people = world.people().await;
        let (key, _) = world.key_of(&world.account, &[]).await;
        let path = format!("{}/{}", app::FUNCTIONS, name.split(' ').next().unwrap_or_default());
        for (column, status) in columns(line).into_iter().enumerate() {
            let key = if name.ends_with("delete") { world.key_of(&world.account, &[]).await.0 } else { key.clone() };
            let answer = if name.starts_with("keys/") {
                world.site.json(&path, &people[column], &body_of(name, &key)).await
            } else {
                let body = "email=nobody@example.com&password=wrong&token=none&account_name=Acme";
                let body = if *name == "sign-out" { "" } else { body };
                let lines = [crate::pages::SAME, crate::pages::FORM, ("cookie", people[column].as_str())];
                world.site.post(&path, &lines, body).await
            };
            faults.check(name, PEOPLE[column], &answer, status, if is_shown(column) { "" } else { &key });
        }
    }
    faults.expect_none();
}

#[tokio::test]
async fn forms() {
    let mut faults = Faults::default();
    let world = World::new().await;
    for (name, line) in FORMS {
        let people = world.people().await;
        let (path, form) = name.split_once(' ').expect("a page and a form");
        for (column, status) in columns(line).into_iter().enumerate() {
            let fields = match (path, form) {
                (_, "invite") => format!("email=new{}@example.com&role=viewer", world.number()),
                (_, "delete-invitation") => format!("id={}", world.invitation().await),
                ("/settings/members", "update") => format!("id={}&role=admin", world.member().await),
                ("/settings/members", "delete") => format!("id={}", world.member().await),
                (_, "create") => "account_name=New".to_owned(),
                (_, "open" | "delete") => format!("id={}", world.sub_account().await),
                (_, "update") => format!("id={}&account_name=Renamed", world.sub_account().await),
                (_, "end-session") => "id=none".to_owned(),
                (_, "join") => "token=none&password=correct+horse+battery".to_owned(),
                _ => String::new(),
            };
            let body = format!("do={form}&{fields}");
            let answer = world.site.form(path, &people[column], body.trim_end_matches('&')).await;
            faults.check(name, PEOPLE[column], &answer, status, "");
            if form == "require" && status == 303 && column > 0 {
                // Or the next ones could do nothing but set up codes.
                let cookies = [&people[column]];
                for cookie in cookies {
                    let viewer = world.site.viewer(cookie).await;
                    let actor = Actor::Operator;
                    let done = world
                        .site
                        .data
                        .keyhatch
                        .members()
                        .require_two_factor(&actor, viewer.shown_account(), false)
                        .await;
                    done.expect("as before");
                }
            }
        }
    }
    faults.expect_none();
}

#[tokio::test]
async fn operations() {
    let mut faults = Faults::default();
    let world = World::new().await;
    let programs = world.programs().await;
    for (name, line) in OPERATIONS {
        let (method, path) = name.split_once(' ').expect("a method and a path");
        for (column, status) in columns(line).into_iter().enumerate() {
            let (key, _) = world.key_of(&world.account, &["contacts:read"][..0]).await;
            let mut path = path.replace("{account}", &world.account).replace("{key}", &key);
            if *name == "DELETE /api/v1/accounts/{account}" && programs[column].contains("_op_") {
                // An account of its own, or nothing would be left to ask about.
                let other = world.sub_account().await;
                path = path.replace(&world.account, &other);
            }
            if path.contains("{member}") {
                path = path.replace("{member}", &world.member().await);
            }
            if path.contains("{invitation}") {
                path = path.replace("{invitation}", &world.invitation().await);
            }
            let body = match (method, path.rsplit('/').next().unwrap_or_default()) {
                ("POST", "secret") => json!({ "overlap": "1h" }),
                ("POST", "invitations") => {
                    json!({ "email": format!("api{}@example.com", world.number()), "role": "viewer" })
                }
                ("PATCH", _) if path.contains("/members/") => json!({ "role": "admin" }),
                ("POST" | "PATCH", "enable" | "disable") => Value::Null,
                ("POST" | "PATCH", _) => json!({ "name": "New" }),
                _ => Value::Null,
            };
            let bearer = format!("Bearer {}", programs[column]);
            let mut lines = Vec::new();
            if column > 0 {
                lines.push(("authorization", bearer.as_str()));
            }
            let mut asked: Request<Body>;
            if body.is_null() {
                asked = request(method, &path, &lines);
            } else {
                lines.push(("content-type", "application/json"));
                asked = request(method, &path, &lines);
                *asked.body_mut() = body.to_string().into();
            }
            let answer = send(&world.site.router, LOOPBACK, asked).await;
            faults.check(name, PROGRAMS[column], &answer, status, "");
            if answer.status.as_u16() >= 400 {
                answer.problem();
            }
        }
    }
    faults.expect_none();
}

/// A session's cookie opens nothing of the management interface, nor a token anything of the console.
#[tokio::test]
async fn each_credential_has_its_own_house() {
    let world = World::new().await;
    let people = world.people().await;
    let answer = world.site.page(&format!("/api/v1/accounts/{}/keys", world.account), &people[3]).await;
    assert_eq!((answer.status.as_u16(), answer.problem().as_str()), (401, "unauthenticated"));
    let token = format!("Bearer {}", world.programs().await[1]);
    let asked = request("GET", "/settings/api-keys", &[("authorization", token.as_str())]);
    assert_eq!(send(&world.site.router, LOOPBACK, asked).await.status, 303);
}
