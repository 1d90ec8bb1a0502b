//! The notice after an act on keys: a cookie that the next page shows once, with a button that undoes the act.

use domain::member::Role;
use test_support::TestResponse;

use crate::key_forms::{location, page_after};
use crate::support::{ConsoleApp, ConsoleResponse as _, FORM, KEYS, SAME_ORIGIN, WAYS, Way};

/// The body of the form behind *Undo*.
fn undo_form(page: &str) -> Option<String> {
    let toast = page.split_once("class=\"toast\"")?.1;
    let form = toast.split_once("<form")?.1.split_once("</form>")?.0;
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!(" {name}=\""))?.1;
        Some(rest.split('"').next()?.replace("&amp;", "&"))
    };
    let tags = form.split('<').filter(|tag| tag.starts_with("input") || tag.starts_with("button"));
    let fields: Vec<String> = tags
        .map(|tag| Some(format!("{}={}", attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect::<Option<_>>()?;
    Some(fields.join("&"))
}

async fn undo(console: &ConsoleApp, cookie: &str, page: &str) -> TestResponse {
    let body = undo_form(page).unwrap_or_else(|| panic!("nothing can be undone: {page}"));
    let response = console.post(KEYS, &[SAME_ORIGIN, FORM, ("cookie", cookie)], body).await;
    assert_eq!(response.redirect(), (303, Some(KEYS)), "{}", response.text());
    response
}

#[tokio::test]
async fn notice_is_shown_once_and_by_the_server_only() {
    for (url, secure) in [("http://127.0.0.1:3000", ""), ("https://keys.example.com", "; Secure")] {
        let console = ConsoleApp::start_at(url).await;
        let cookie = console.create_owner_session().await;
        let (id, _) = console.create_key("Shop <b>", "", &[]).await;
        for way in WAYS {
            let form = if way == Way::Plain { "disable" } else { "enable" };
            let done = console.send_key_form(way, &cookie, &[("do", form), ("id", &id)]).await;
            location(way, &done);
            let set = done.header("set-cookie").expect("a cookie");
            let attributes = format!("; Path=/settings; HttpOnly; SameSite=Lax; Max-Age=600{secure}");
            assert!(set.starts_with("keyhatch-notice=") && set.ends_with(&attributes), "{set}");
            assert!(!set.contains("Shop"), "names are looked up: {set}");
            let page = console.get(KEYS, &format!("{cookie}; {}", done.cookie())).await;
            assert!(page.text_between("role=\"status\" class=\"toast\"", "</p>").contains("abled Shop &lt;b&gt;."));
            let cleared = page.header("set-cookie").expect("a cookie");
            assert!(cleared.starts_with("keyhatch-notice=;") && cleared.contains("Max-Age=0"), "{cleared}");
            assert!(
                page.text().contains("class=\"changed\"") || page.text().contains(" changed\""),
                "the row is marked"
            );
            assert!(!console.get_text(KEYS, &cookie).await.contains("class=\"toast\""));
        }
    }
}

#[tokio::test]
async fn notice_tells_nothing_to_others() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let foreign = console.create_account("Other", None).await;
    let foreign_owner = console.create_session(&foreign, "foreign@example.com", Role::Owner).await;
    let viewer = console.create_session(&console.app.account, "viewer@example.com", Role::Viewer).await;
    let (id, _) = console.create_key("Shop", "", &[]).await;
    let done = console.send_key_form(Way::Plain, &cookie, &[("do", "disable"), ("id", &id)]).await;
    let page = page_after(&console, &foreign_owner, &done).await;
    assert!(!page.contains("Shop") && !page.contains("class=\"toast\"") && !page.contains(&id), "{page}");
    let page = page_after(&console, &viewer, &done).await;
    assert!(page.contains("Disabled Shop.") && undo_form(&page).is_none(), "a viewer undoes nothing");
    for value in [
        "disabled..1.key_none",
        "created..2.key_none.key_other",
        "disabled",
        "disabled..1.",
        "<script>x()</script>",
        "disabled..1.<script>",
        "disabled.1.99999999999999999999.key_1",
        "%22%3E",
        "\"",
    ] {
        let page = console.get(KEYS, &format!("{cookie}; keyhatch-notice={value}")).await;
        assert_eq!(page.status, 200, "{value}");
        assert!(!page.text().contains("class=\"toast\"") && !page.text().contains("<script>x"), "{value}");
        assert!(page.header("set-cookie").expect("a cookie").contains("Max-Age=0"), "{value}");
    }
}

/// Ids are any text that was sent, so a cookie names only keys that were found.
#[tokio::test]
async fn sent_text_is_in_no_cookie() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (own, secret) = console.create_key("Shop", "", &[]).await;
    for id in ["key_1; Path=/; Domain=example.com", "key_1\r\nx-y: z", "key_none", secret.as_str(), ""] {
        for (form, way) in [("disable", Way::Plain), ("enable", Way::Function), ("enable", Way::Plain)] {
            let response = console.send_key_form(way, &cookie, &[("do", form), ("id", id)]).await;
            assert_eq!((response.status.as_u16(), response.header("set-cookie")), (404, None), "{form} {id:?}");
        }
    }
    let fields = [("do", "enable"), ("key.key_1; Path=/", "on"), (&format!("key.{own}"), "on")];
    let response = console.send_key_form(Way::Plain, &cookie, &fields).await;
    assert_eq!(response.cookie(), format!("keyhatch-notice=nothing..1.{own}"));
}

#[tokio::test]
async fn disabling_and_enabling_are_undone() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (one, _) = console.create_key("One", "", &[]).await;
    let (two, _) = console.create_key("Two", "", &[]).await;
    let ticked = [format!("key.{one}"), format!("key.{two}")];
    let fields = [("do", "disable"), (ticked[0].as_str(), "on"), (ticked[1].as_str(), "on")];
    let done = console.send_key_form(Way::Plain, &cookie, &fields).await;
    let page = page_after(&console, &cookie, &done).await;
    assert!(!console.find_key(&one).await.enabled && !console.find_key(&two).await.enabled);
    let undone = undo(&console, &cookie, &page).await;
    assert!(console.find_key(&one).await.enabled && console.find_key(&two).await.enabled);
    let page = page_after(&console, &cookie, &undone).await;
    assert!(page.contains("Enabled 2 keys."), "{page}");
    undo(&console, &cookie, &page).await;
    assert!(!console.find_key(&one).await.enabled && !console.find_key(&two).await.enabled, "and undone again");
    for fields in [vec![("do", "delete"), ("id", &one)], vec![("do", "rotate"), ("id", &two), ("overlap", "1h")]] {
        let done = console.send_key_form(Way::Plain, &cookie, &fields).await;
        assert_eq!(undo_form(&page_after(&console, &cookie, &done).await), None, "{fields:?}");
    }
}

#[tokio::test]
async fn update_is_undone_unless_the_key_was_changed_again() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (id, _) = console.create_key("Shop", "203.0.113.7", &["orders:write"]).await;
    let before = console.find_key(&id).await;
    let update = async |name: &str| {
        let fields = [("do", "update"), ("id", id.as_str()), ("name", name), ("whitelist", "198.51.100.1")];
        let done = console.send_key_form(Way::Plain, &cookie, &fields).await;
        page_after(&console, &cookie, &done).await
    };
    let page = update("Web shop").await;
    assert!(page.contains("Updated Web shop."), "{page}");
    let undone = undo(&console, &cookie, &page).await;
    let key = console.find_key(&id).await;
    assert_eq!(
        (&key.name, &key.whitelist, &key.privileges),
        (&before.name, &before.whitelist, &before.privileges),
        "every field"
    );
    assert!(page_after(&console, &cookie, &undone).await.contains("Undid the update of Shop."));
    let page = update("First").await;
    update("Second").await;
    let late = undo(&console, &cookie, &page).await;
    assert_eq!(console.find_key(&id).await.name, "Second");
    assert!(page_after(&console, &cookie, &late).await.contains("so the update was not undone"));
}
