//! The forms about keys, posted to their page and sent by the server function: what each does, with the same results.
//! Conflicting updates are in `key_conflicts`, the notice after an act in `key_notices`.

use std::collections::BTreeSet;

use domain::member::Role;
use domain::verdict::VerdictCode;

use crate::expired_forms::hidden_fields;
use crate::server_functions::key_forms;
use crate::support::{
    ConsoleApp, ConsoleResponse as _, FORM, KEYS, PASSWORD_FIELD, SAME_ORIGIN, TestResponse, UNKNOWN_SESSION, WAYS,
    Way, encode_form,
};

/// The page to which a form that was carried out leads.
pub fn location(way: Way, response: &TestResponse) -> String {
    match way {
        Way::Plain => {
            assert_eq!(response.status, 303, "{}", response.text());
            response.header("location").expect("a location").to_owned()
        }
        Way::Function => {
            assert_eq!(response.status, 200, "{}", response.text());
            response.json()["Done"]["location"].as_str().expect("a location").to_owned()
        }
    }
}

/// The key that the response reveals.
fn revealed(way: Way, response: &TestResponse) -> String {
    assert_eq!(response.status, 200, "{}", response.text());
    match way {
        Way::Plain => {
            response.text_between("id=\"api-key\"", "</textarea>").rsplit_once('>').expect("a key").1.to_owned()
        }
        Way::Function => response.json()["Revealed"]["secret"].as_str().expect("a key").to_owned(),
    }
}

/// The fields that have a message.
fn fields_with_errors(way: Way, response: &TestResponse) -> BTreeSet<String> {
    assert_eq!(response.status, 422, "{}", response.text());
    match way {
        Way::Plain => {
            let messages = response.text().split("<p id=\"").skip(1);
            let parts = messages.filter_map(|rest| rest.split_once("</p>")?.0.split_once("-error\" class=\"error\">"));
            // An empty text is rendered as a space.
            let has_message = |message: &str| !message.replace("<!>", "").trim().is_empty();
            parts.filter(|(_, message)| has_message(message)).map(|(field, _)| field.to_owned()).collect()
        }
        Way::Function => {
            let errors = response.json()["Invalid"].as_array().expect("errors").clone();
            errors.iter().map(|error| error["field"].as_str().expect("a field").to_owned()).collect()
        }
    }
}

/// The page that opens after an act, with the notice that its response set.
pub async fn page_after(console: &ConsoleApp, cookie: &str, response: &TestResponse) -> String {
    console.get_text(KEYS, &format!("{cookie}; {}", response.cookie())).await
}

#[tokio::test]
async fn new_key_is_revealed_in_one_response() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let account = console.app.account.clone();
    let fields = [("do", "create"), ("account", &account), ("name", "Shop"), ("next", KEYS)];
    let headers = [SAME_ORIGIN, FORM, ("cookie", &cookie), ("accept-encoding", "gzip, br")];
    let plain = console.post(&format!("{KEYS}?add"), &headers, encode_form(&fields)).await;
    let function = console.send_key_form(Way::Function, &cookie, &fields).await;
    // On the page: in the field, in the line for an `.env` file, and in the island's properties.
    for (way, response, times) in [(Way::Plain, plain, 3), (Way::Function, function, 1)] {
        let secret = revealed(way, &response);
        assert!(secret.starts_with("kh_live_") && secret.len() > 60, "{secret}");
        assert_eq!(response.text().matches(&secret).count(), times, "{way:?}");
        assert_eq!(response.header("cache-control"), Some("no-store"));
        assert_eq!(response.header("content-encoding"), None);
        assert!(response.headers.values().all(|value| !value.to_str().unwrap_or_default().contains(&secret[8..])));
        assert_eq!(console.decide(&secret, "203.0.113.7").await, VerdictCode::Valid);
        let page = page_after(&console, &cookie, &response).await;
        assert!(page.contains("Created Shop."), "{page}");
        let id = console.list_keys().await.first().expect("a key").id.clone();
        for address in [KEYS, &format!("{KEYS}?edit={id}"), &format!("{KEYS}/{id}"), "/settings/activity"] {
            assert!(!console.get_text(address, &cookie).await.contains(&secret), "{way:?} {address}");
        }
    }
    let done = console.post_form(KEYS, &cookie, &format!("do=done&next={KEYS}?q=shop")).await;
    assert_eq!(done.redirect(), (303, Some("/settings/api-keys?q=shop")));
    let away = console.post_form(KEYS, &cookie, "do=done&next=https://evil.example").await;
    assert_eq!(away.redirect(), (303, Some(KEYS)));
}

#[tokio::test]
async fn form_that_is_sent_again_creates_no_second_key() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for (count, (first, again)) in
        [(Way::Plain, Way::Plain), (Way::Function, Way::Function), (Way::Function, Way::Plain)].into_iter().enumerate()
    {
        let add = console.get(&format!("{KEYS}?add"), &cookie).await;
        let form_id = add.text_between("name=\"form_id\" value=\"", "\"");
        let fields = |name| [("do", "create"), ("form_id", form_id), ("name", name), ("next", KEYS)];
        let secret = revealed(first, &console.send_key_form(first, &cookie, &fields("Shop")).await);
        // Also if it was corrected before it was sent again.
        let repeated = console.send_key_form(again, &cookie, &fields("Web shop")).await;
        assert_eq!(location(again, &repeated), KEYS);
        assert!(!repeated.text().contains(&secret));
        let page = page_after(&console, &cookie, &repeated).await;
        assert!(page.contains("Shop was created already"), "{page}");
        assert_eq!(console.list_keys().await.len(), count + 1);
        assert_eq!(console.decide(&secret, "203.0.113.7").await, VerdictCode::Valid);
    }
}

#[tokio::test]
async fn rotate_form_that_is_sent_twice_rotates_once() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for way in WAYS {
        let (id, old) = console.create_key("Shop", "", &[]).await;
        let page = console.get(&format!("{KEYS}?rotate={id}"), &cookie).await;
        let dialog = page.text_between("<dialog", "</dialog>");
        let revision = dialog.split_once("name=\"revision\" value=\"").expect("a revision").1.split('"').next();
        let fields = [
            ("do", "rotate"),
            ("id", id.as_str()),
            ("revision", revision.expect("a revision")),
            ("overlap", "1h"),
            ("next", KEYS),
        ];
        let rotated = console.send_key_form(way, &cookie, &fields).await;
        let secret = revealed(way, &rotated);
        let again = console.send_key_form(way, &cookie, &fields).await;
        assert_eq!(location(way, &again), KEYS);
        assert!(page_after(&console, &cookie, &again).await.contains("so it was not rotated"));
        for key in [&old, &secret] {
            assert_eq!(console.decide(key, "203.0.113.7").await, VerdictCode::Valid, "{way:?}");
        }
        let end = [("do", "end-overlap"), ("id", id.as_str()), ("next", KEYS)];
        let ended = console.send_key_form(way, &cookie, &end).await;
        assert_eq!(location(way, &ended), KEYS);
        assert!(page_after(&console, &cookie, &ended).await.contains("Ended the old key of Shop."));
        assert_eq!(console.decide(&old, "203.0.113.7").await, VerdictCode::NotFound);
        assert_eq!(console.decide(&secret, "203.0.113.7").await, VerdictCode::Valid);
        for (overlap, date) in [("date", ""), ("date", "2020-01-01T00:00"), ("2h", ""), ("", "")] {
            let fields = [("do", "rotate"), ("id", id.as_str()), ("overlap", overlap), ("overlap_at", date)];
            let path = format!("{KEYS}?rotate={id}");
            let refused = match way {
                Way::Plain => console.post_form(&path, &cookie, &encode_form(&fields)).await,
                Way::Function => console.send_key_form(way, &cookie, &fields).await,
            };
            assert_eq!(fields_with_errors(way, &refused), BTreeSet::from(["overlap".to_owned()]), "{overlap} {date}");
        }
    }
}

/// Fields of a new key, four of which are wrong.
const WRONG: [(&str, &str); 12] = [
    ("form_id", "form_typed"),
    ("name", "  "),
    ("whitelist", "203.0.113.300\r\n10.0.0.0/8 <b>"),
    ("privilege.contacts:read", "on"),
    ("environment", "sandbox"),
    ("expires", "date"),
    ("expires_at", "2020-01-01T00:00"),
    ("second", "ten"),
    ("minute", "600"),
    ("uses", "7,000"),
    ("refill", "month"),
    ("next", "/settings/api-keys?q=shop"),
];

#[tokio::test]
async fn refused_form_keeps_every_value_and_names_each_field() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (id, _) = console.create_key("Shop", "203.0.113.7", &[]).await;
    let wrong = BTreeSet::from(["name", "whitelist", "expires", "second"].map(ToOwned::to_owned));
    let update: Vec<(&str, &str)> =
        WRONG.into_iter().filter(|(name, _)| *name != "form_id").chain([("id", id.as_str())]).collect();
    for (form, path, fields) in
        [("create", format!("{KEYS}?add"), WRONG.to_vec()), ("update", format!("{KEYS}?edit={id}"), update)]
    {
        let fields: Vec<(&str, &str)> = [("do", form)].into_iter().chain(fields).collect();
        let refused = console.send_key_form(Way::Function, &cookie, &fields).await;
        assert_eq!(fields_with_errors(Way::Function, &refused), wrong, "{form}");
        let refused = console.post_form(&path, &cookie, &encode_form(&fields)).await;
        assert_eq!(fields_with_errors(Way::Plain, &refused), wrong, "{form}");
        let slider = refused.text_between("<dialog", "</dialog>");
        let tag =
            |before: &str| slider.split_once(before).expect(before).1.split('>').next().expect("a tag").to_owned();
        for (field, value) in
            [("expires_at", "2020-01-01T00:00"), ("second", "ten"), ("minute", "600"), ("uses", "7,000")]
        {
            assert!(
                tag(&format!("id=\"{field}\"")).contains(&format!("value=\"{value}\"")),
                "{form} {field}: {slider}"
            );
        }
        assert!(slider.contains("203.0.113.300") && slider.contains("10.0.0.0/8 &lt;b&gt;"), "{slider}");
        assert!(tag("name=\"privilege.contacts:read\"").contains("checked"), "{slider}");
        assert!(!tag("name=\"privilege.contacts:write\"").contains("checked"), "{slider}");
        for chosen in ["date", "month"] {
            assert!(slider.contains(&format!("<option selected value=\"{chosen}\"")), "{chosen}: {slider}");
        }
        assert!(tag("id=\"name\"").contains("aria-invalid=\"true\"") && !tag("id=\"minute\"").contains("aria-invalid"));
        assert_eq!(slider.contains("form_typed"), form == "create", "sending it again is still recognized");
    }
    assert_eq!(console.list_keys().await.len(), 1);
    assert_eq!(console.find_key(&id).await.whitelist, "203.0.113.7");
}

/// A starting point fills in privileges; the page keeps what was typed, and nothing is saved.
#[tokio::test]
async fn starting_point_fills_in_its_privileges() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let add = console.get(&format!("{KEYS}?add"), &cookie).await;
    assert!(add.text_between("<dialog", "</dialog>").contains("value=\"start:read-only\""));
    let fields =
        [("do", "start:read-only"), ("form_id", "form_1"), ("name", "Typed"), ("privilege.orders:write", "on")];
    let filled = console.post_form(&format!("{KEYS}?add"), &cookie, &encode_form(&fields)).await;
    assert_eq!(filled.status, 200);
    let slider = filled.text_between("<dialog", "</dialog>");
    let tag = |before: &str| slider.split_once(before).expect(before).1.split('>').next().expect("a tag").to_owned();
    assert!(tag("name=\"privilege.orders:read\"").contains("checked"), "{slider}");
    assert!(!tag("name=\"privilege.orders:write\"").contains("checked"), "{slider}");
    assert!(slider.contains("value=\"Typed\"") && slider.contains("value=\"form_1\""), "{slider}");
    assert_eq!(console.list_keys().await, []);
}

#[tokio::test]
async fn one_key_or_several_are_disabled_enabled_and_deleted() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for way in WAYS {
        let mut keys = Vec::new();
        for name in ["One", "Two", "Three"] {
            keys.push(console.create_key(name, "", &[]).await);
        }
        let boxes: Vec<String> = keys.iter().map(|(id, _)| format!("key.{id}")).collect();
        let ids = [("id", keys[0].0.as_str())];
        let ticked = [(boxes[1].as_str(), "on"), (boxes[2].as_str(), "on")];
        let send = async |form: &str, fields: &[(&str, &str)]| {
            let next = "/settings/api-keys?q=sync";
            let response =
                console.send_key_form(way, &cookie, &[&[("do", form), ("next", next)], fields].concat()).await;
            assert_eq!(location(way, &response), next, "{way:?} {form}");
            page_after(&console, &cookie, &response).await
        };
        for (form, one, several, verdict) in [
            ("disable", "Disabled One.", "Disabled 2 keys.", VerdictCode::Disabled),
            ("disable", "One needed no change.", "2 keys needed no change.", VerdictCode::Disabled),
            ("enable", "Enabled One.", "Enabled 2 keys.", VerdictCode::Valid),
            ("enable", "One needed no change.", "2 keys needed no change.", VerdictCode::Valid),
        ] {
            assert!(send(form, &ids).await.contains(one), "{way:?} {form}");
            assert!(send(form, &ticked).await.contains(several), "{way:?} {form}");
            for (_, key) in &keys {
                assert_eq!(console.decide(key, "203.0.113.7").await, verdict, "{way:?} {form}");
            }
        }
        // The calls above have used them.
        assert!(send("delete", &[&ids[..], &[("confirm_name", "One")]].concat()).await.contains("Deleted One."));
        assert!(send("delete", &ticked).await.contains("Deleted 2 keys."));
        for (id, key) in &keys {
            assert_eq!(console.decide(key, "203.0.113.7").await, VerdictCode::NotFound);
            let again = console.send_key_form(way, &cookie, &[("do", "delete"), ("id", id)]).await;
            assert_eq!(again.status, 404, "{way:?}");
        }
    }
}

/// The bulk bar posts the ticked rows; the answer is the page with the dialog that confirms the act.
#[tokio::test]
async fn bulk_acts_are_reviewed_in_a_dialog() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let foreign = console.create_account("Other", None).await;
    let foreign_owner = console.create_session(&foreign, "foreign@example.com", Role::Owner).await;
    let (used, secret) = console.create_key("Web shop", "", &[]).await;
    let (unused, _) = console.create_key("Newsletter", "", &[]).await;
    assert_eq!(console.decide(&secret, "203.0.113.7").await, VerdictCode::Valid);
    let ticked = [(format!("key.{used}"), "on"), (format!("key.{unused}"), "on")];
    let fields = |form: &'static str| {
        let ticked = ticked.iter().map(|(name, value)| (name.as_str(), *value));
        [("do", form)].into_iter().chain(ticked).collect::<Vec<_>>()
    };
    for (form, title) in [("disable", "Disable API key"), ("enable", "Enable API key"), ("delete", "Delete API key")] {
        let review: &'static str = match form {
            "disable" => "review-disable",
            "enable" => "review-enable",
            _ => "review-delete",
        };
        let page = console.send_key_form(Way::Plain, &cookie, &fields(review)).await;
        assert_eq!((page.status.as_u16(), page.header("set-cookie")), (200, None));
        let dialog = page.text_between("<dialog", "</dialog>");
        assert!(dialog.contains(title) && dialog.contains("2 keys") && dialog.contains("Newsletter"), "{dialog}");
        for (name, _) in &ticked {
            assert!(dialog.contains(&format!("name=\"{name}\" value=\"on\"")), "{dialog}");
        }
        assert_eq!(dialog.contains("1 of 2 was used in the last 24 hours."), form != "enable", "{dialog}");
        let foreign = console.send_key_form(Way::Plain, &foreign_owner, &fields(review)).await;
        assert!(!foreign.text().contains("<dialog") && !foreign.text().contains("Newsletter"));
    }
    assert!(console.find_key(&used).await.enabled && console.find_key(&unused).await.enabled, "nothing was done yet");
    // A refused act opens its dialog again, with the message at its field and what was typed.
    let long = "x".repeat(201);
    let refused =
        console.send_key_form(Way::Plain, &cookie, &[fields("delete"), vec![("reason", &long)]].concat()).await;
    assert_eq!(fields_with_errors(Way::Plain, &refused), BTreeSet::from(["reason".to_owned()]));
    let dialog = refused.text_between("<dialog", "</dialog>");
    assert!(dialog.contains(&long) && dialog.contains(&ticked[0].0) && dialog.contains(&ticked[1].0), "{dialog}");
    let nothing = console.send_key_form(Way::Plain, &cookie, &[("do", "review-delete")]).await;
    assert!(nothing.status == 200 && !nothing.text().contains("<dialog"));
}

#[tokio::test]
async fn key_in_use_is_deleted_only_with_its_name() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for way in WAYS {
        let (id, secret) = console.create_key("Web shop", "", &[]).await;
        let path = format!("{KEYS}?delete={id}");
        let dialog = async || console.get(&path, &cookie).await.text_between("<dialog", "</dialog>").to_owned();
        assert!(!dialog().await.contains("Type Web shop to confirm"), "it was never used");
        assert_eq!(console.decide(&secret, "203.0.113.7").await, VerdictCode::Valid);
        let shown = dialog().await;
        for words in ["Type Web shop to confirm", "from 203.0.113.7", "Disable it instead"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let send = async |fields: &[(&str, &str)]| {
            let fields = [&[("do", "delete"), ("id", id.as_str()), ("next", KEYS)], fields].concat();
            match way {
                Way::Plain => console.post_form(&path, &cookie, &encode_form(&fields)).await,
                Way::Function => console.send_key_form(way, &cookie, &fields).await,
            }
        };
        let long = "x".repeat(201);
        for (fields, wrong) in [
            (vec![], vec!["confirm_name"]),
            (vec![("confirm_name", "web shop")], vec!["confirm_name"]),
            (vec![("confirm_name", ""), ("reason", &long)], vec!["confirm_name", "reason"]),
        ] {
            let refused = send(&fields).await;
            let wrong = wrong.into_iter().map(ToOwned::to_owned).collect();
            assert_eq!(fields_with_errors(way, &refused), wrong, "{way:?} {fields:?}");
        }
        assert_eq!(console.decide(&secret, "203.0.113.7").await, VerdictCode::Valid);
        let deleted = send(&[("confirm_name", " Web shop "), ("reason", "It leaked")]).await;
        assert_eq!(location(way, &deleted), KEYS);
        assert_eq!(console.decide(&secret, "203.0.113.7").await, VerdictCode::NotFound);
    }
}

#[tokio::test]
async fn call_with_a_key_is_explained() {
    let console = ConsoleApp::start().await;
    let viewer = console.create_session(&console.app.account, "viewer@example.com", Role::Viewer).await;
    let (id, _) = console.create_key("Shop", "203.0.113.7", &["orders:write"]).await;
    let path = format!("{KEYS}?test={id}");
    for (address, privilege, expected) in [
        ("203.0.113.7", "orders:write", "Allowed"),
        ("198.51.100.9", "orders:write", "IP_NOT_ALLOWED"),
        ("203.0.113.7", "contacts:read", "PRIVILEGE_MISSING"),
    ] {
        let fields =
            [("do", "test"), ("id", id.as_str()), ("address", address), ("privilege", privilege), ("cost", "1")];
        let plain = console.post_form(&path, &viewer, &encode_form(&fields)).await;
        assert_eq!(plain.status, 200);
        let slider = plain.text_between("<dialog", "</dialog>");
        assert!(slider.contains(expected) && slider.contains(&format!("value=\"{address}\"")), "{slider}");
        let function = console.send_key_form(Way::Function, &viewer, &fields).await;
        let code = if expected == "Allowed" { "VALID" } else { expected };
        assert_eq!((function.status.as_u16(), &function.json()["Explained"]["code"]), (200, &code.into()));
    }
    let wrong = [("do", "test"), ("id", id.as_str()), ("address", "203.0.113.7:80"), ("cost", "1")];
    let address = BTreeSet::from(["address".to_owned()]);
    let refused = console.send_key_form(Way::Function, &viewer, &wrong).await;
    assert_eq!(fields_with_errors(Way::Function, &refused), address);
    let refused = console.post_form(&path, &viewer, &encode_form(&wrong)).await;
    assert_eq!(fields_with_errors(Way::Plain, &refused), address);
    assert!(refused.text().contains("value=\"203.0.113.7:80\"") && !refused.text().contains("class=\"verdict"));
}

#[tokio::test]
async fn unknown_and_doubled_fields_are_refused() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (id, _) = console.create_key("Shop", "", &[]).await;
    for (body, code) in [
        (String::new(), "unknown_form"),
        ("do=steal".to_owned(), "unknown_form"),
        ("do=".to_owned(), "unknown_form"),
        ("name=Shop".to_owned(), "unknown_form"),
        ("do=create&name=Shop&admin=1".to_owned(), "unknown_field"),
        ("do=create&name=Shop&secret=kh_live_1".to_owned(), "unknown_field"),
        ("do=create&name=Shop&confirm_name=Shop".to_owned(), "unknown_field"),
        (format!("do=rotate&id={id}&name=Shop"), "unknown_field"),
        (format!("do=disable&id={id}&reason=x"), "unknown_field"),
        (format!("do=delete&id={id}&revision=1"), "unknown_field"),
        (format!("do=review-delete&id={id}"), "unknown_field"),
        ("do=create&name=Shop&name=Other".to_owned(), "doubled_parameter"),
        (format!("do=delete&id={id}&do=enable"), "doubled_parameter"),
        (format!("do=delete&id={id}&i%64={id}"), "doubled_parameter"),
    ] {
        let response = console.post_form(KEYS, &cookie, &body).await;
        assert_eq!(response.status_and_problem(), (400, code.to_owned()), "{body}");
    }
    for body in [format!("do=update&id={id}&name=Shop&revision=x"), format!("do=undo-update&id={id}")] {
        assert_eq!(console.post_form(KEYS, &cookie, &body).await.status, 400, "{body}");
    }
    let unescaped = format!("do=delete&id={id}&account=%FF%FE");
    assert_eq!(console.post(KEYS, &[SAME_ORIGIN, FORM, ("cookie", &cookie)], unescaped).await.status, 409);
    assert_eq!(console.list_keys().await.len(), 1);
}

#[tokio::test]
async fn largest_form_is_read_and_a_larger_one_is_refused() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let start = format!("do=create&account={}&name=Shop&whitelist=", console.app.account);
    for (length, status) in [(64 * 1024, 422), (64 * 1024 + 1, 413)] {
        let body = format!("{start}{}", "x".repeat(length - start.len()));
        let response = console.post(&format!("{KEYS}?add"), &[SAME_ORIGIN, FORM, ("cookie", &cookie)], body).await;
        assert_eq!(response.status, status, "{length}");
    }
    assert_eq!(console.list_keys().await, []);
}

/// An old tab may show another account than the session has opened since: its forms must not change the opened account.
#[tokio::test]
async fn form_of_another_accounts_page_is_refused() {
    let console = ConsoleApp::start().await;
    let account = console.app.account.clone();
    let sub = console.create_account("Sub", Some(&account)).await;
    let cookie = console.create_owner_session().await;
    let (id, _) = console.create_key("Shop", "", &[]).await;
    let before = console.find_key(&id).await;
    assert_eq!(console.post_form("/settings/sub-accounts", &cookie, &format!("do=open&id={sub}")).await.status, 303);
    let ticked = format!("key.{id}");
    let mut forms = key_forms(&id);
    forms.extend(
        ["review-disable", "review-enable", "review-delete"].map(|form| vec![("do", form), (ticked.as_str(), "on")]),
    );
    for form in forms {
        for shown in [account.as_str(), "", "acc_none"] {
            let fields = [&form[..], &[("account", shown)]].concat();
            let response = console.send_key_form(Way::Plain, &cookie, &fields).await;
            assert_eq!(response.status, 409, "{fields:?}");
            assert!(!response.text().contains("<dialog") && response.text().contains("nothing was changed"));
            if !form[0].1.starts_with("review") {
                let response = console.send_key_form(Way::Function, &cookie, &fields).await;
                assert_eq!(response.status_and_text(), (409, "\"OtherAccount\""), "{fields:?}");
            }
        }
    }
    assert_eq!(console.list_keys().await, [before]);
}

/// Another site cannot send them, whatever it writes into them.
#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let body = format!("do=create&account={}&name=Shop", console.app.account);
    for headers in [
        vec![],
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("origin", "null")],
    ] {
        let headers = [&headers[..], &[FORM, ("cookie", cookie.as_str())]].concat();
        let response = console.post(KEYS, &headers, body.clone()).await;
        assert_eq!(response.status_and_problem(), (403, "foreign_request".to_owned()), "{headers:?}");
    }
    assert_eq!(console.list_keys().await, []);
}

#[tokio::test]
async fn expired_session_loses_nothing_that_was_typed() {
    let console = ConsoleApp::start().await;
    let owner = console.create_owner_session().await;
    let (id, _) = console.create_key("Web shop", "", &[]).await;
    let (other, _) = console.create_key("Newsletter", "", &[]).await;
    let account = console.app.account.clone();
    let ticked = [format!("key.{id}"), format!("key.{other}")];
    let new = [("form_id", "form_1"), ("name", "Typed \"name\""), ("whitelist", "203.0.113.9"), ("minute", "600")];
    for (path, form, fields, shown) in [
        (
            "?add".to_owned(),
            "create",
            new.to_vec(),
            vec!["Typed &quot;name&quot;", "203.0.113.9", "value=\"600\"", "form_1"],
        ),
        (format!("?edit={id}"), "update", [&[("id", id.as_str())], &new[1..]].concat(), vec!["203.0.113.9"]),
        (format!("?rotate={id}"), "rotate", vec![("id", &id), ("overlap", "7d")], vec!["value=\"7d\" checked"]),
        (format!("?delete={id}"), "delete", vec![("id", &id), ("reason", "It leaked")], vec!["It leaked", "Web shop"]),
        (
            String::new(),
            "delete",
            vec![(&ticked[0], "on"), (&ticked[1], "on"), ("reason", "Two leaked")],
            vec!["2 keys", "Two leaked", &ticked[0], &ticked[1]],
        ),
        (String::new(), "disable", vec![("id", &id)], vec!["Disable API key", "Web shop"]),
    ] {
        let path = format!("{KEYS}{path}");
        let body = encode_form(&[&[("do", form), ("account", account.as_str())], &fields[..]].concat());
        let post = async |cookie: &str, body: String| {
            console.post(&path, &[SAME_ORIGIN, FORM, ("cookie", cookie)], body).await
        };
        let asked = post(UNKNOWN_SESSION, body.clone()).await;
        assert_eq!((asked.status.as_u16(), asked.header("cache-control")), (401, Some("no-store")), "{form}");
        let kept = hidden_fields(&asked);
        let sign_in = format!("do=sign-in&email=owner%40example.com&password={PASSWORD_FIELD}&{kept}");
        let restored = post("", sign_in).await;
        assert_eq!(restored.status, 200, "{form}");
        let dialog = restored.text_between("<dialog", "</dialog>");
        for value in shown.iter().chain(&["not saved yet"]) {
            assert!(dialog.contains(value), "{form}: {value} is not in {dialog}");
        }
    }
    let names: Vec<String> = console.list_keys().await.into_iter().map(|key| key.name).collect();
    assert_eq!(names, ["Newsletter", "Web shop"], "nothing was submitted");
    assert!(console.find_key(&id).await.enabled);
    let create = [("do", "create"), ("name", "Typed")];
    let refused = console.send_key_form(Way::Function, UNKNOWN_SESSION, &create).await;
    assert_eq!(refused.status_and_text(), (401, "\"SignedOut\""));
    assert_eq!(console.send_key_form(Way::Function, &owner, &create).await.status, 200, "sent again after signing in");
}
