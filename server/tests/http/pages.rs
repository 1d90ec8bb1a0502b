//! The console's pages: which need a session, who sees a key, and escaping and nonces in the HTML.

use std::collections::BTreeSet;

use crate::support::{ConsoleApp, ConsoleResponse as _, KEYS, Way};
use domain::member::Role;

const SCRIPT: &str = "</textarea><script>x()</script>";

#[tokio::test]
async fn settings_pages_need_a_session() {
    let console = ConsoleApp::start().await;
    for (path, location) in [
        ("/settings/api-keys", "/sign-in"),
        ("/settings/api-keys?edit=key_1", "/sign-in?next=/settings/api-keys?edit=key_1"),
        ("/settings/anything", "/sign-in?next=/settings/anything"),
    ] {
        let response = console.get(path, "").await;
        assert_eq!(response.redirect(), (303, Some(location)), "{path}");
    }
    let cookie = console.create_owner_session().await;
    assert_eq!(console.get("/sign-in", &cookie).await.header("location"), Some("/settings/api-keys"));
    assert_eq!(console.get("/", &cookie).await.header("location"), Some("/settings/api-keys"));
    let missing = console.get("/nowhere", &cookie).await;
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("Page not found"));
}

/// Also for 30 days after the key was deleted.
#[tokio::test]
async fn key_page_is_visible_to_its_account_only() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let foreign = console.create_account("Other", None).await;
    let foreign_owner = console.create_session(&foreign, "foreign@example.com", Role::Owner).await;
    let viewer = console.create_session(&console.app.account, "viewer@example.com", Role::Viewer).await;
    let (key, secret) = console.create_key("Shop <b>", "203.0.113.7", &["orders:write"]).await;
    let path = format!("/settings/api-keys/{key}");
    let page = console.get(&path, &cookie).await;
    assert_eq!(page.status, 200);
    let text = page.text();
    for shown in ["Shop &lt;b&gt;", "203.0.113.7", "Orders: Write", "How to send it", "created this key", "Python"] {
        assert!(text.contains(shown), "{shown}: {text}");
    }
    for place in ["edit", "rotate", "disable", "test", "delete"] {
        assert!(text.contains(&format!("/settings/api-keys?{place}={key}")), "{place}");
    }
    let text = console.get_text(&path, &viewer).await;
    assert!(text.contains(&format!("?test={key}")) && !text.contains(&format!("?edit={key}")));
    for (cookie, path) in [(&foreign_owner, path.as_str()), (&cookie, "/settings/api-keys/key_none")] {
        let refused = console.get(path, cookie).await;
        assert_eq!(refused.status, 404);
        assert!(!refused.text().contains("203.0.113.7"));
    }
    assert_eq!(console.get(&path, "").await.status, 303);

    let rotate = [("do", "rotate"), ("id", key.as_str()), ("overlap", "7d")];
    let changed = console.send_key_form(Way::Function, &cookie, &rotate).await;
    assert!(changed.text().contains("kh_live_") && !changed.text().contains(&secret));
    let text = console.get_text(&path, &cookie).await;
    assert!(text.contains("The old key works until") && text.contains(&format!("?end-overlap={key}")), "{text}");
    let delete = [("do", "delete"), ("id", key.as_str()), ("reason", "It leaked")];
    assert_eq!(console.send_key_form(Way::Function, &cookie, &delete).await.status, 200);
    let page = console.get(&path, &cookie).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("It leaked") && !page.text().contains(&format!("?edit={key}")), "{}", page.text());
}

/// The address of a dialog opens it only for whom its form would be accepted; the list is shown in any case.
#[tokio::test]
async fn dialogs_open_for_whom_may_use_them() {
    let console = ConsoleApp::start().await;
    let owner = console.create_owner_session().await;
    let viewer = console.create_session(&console.app.account, "viewer@example.com", Role::Viewer).await;
    let foreign = console.create_account("Other", None).await;
    let foreign_owner = console.create_session(&foreign, "foreign@example.com", Role::Owner).await;
    let (key, _) = console.create_key("Web shop", "203.0.113.7", &[]).await;
    for dialog in ["add", "edit", "rotate", "end-overlap", "disable", "enable", "delete", "test"] {
        let address = if dialog == "add" { "?add".to_owned() } else { format!("?{dialog}={key}") };
        let (of_viewer, of_foreign) = match dialog {
            "add" => (403, 200),
            "test" => (200, 404),
            _ => (403, 404),
        };
        for (cookie, status) in [(&owner, 200), (&viewer, of_viewer), (&foreign_owner, of_foreign)] {
            let page = console.get(&format!("{KEYS}{address}"), cookie).await;
            assert_eq!(page.status, status, "{dialog}");
            assert_eq!(page.text().contains("<dialog"), status == 200, "{dialog} {status}");
            assert!(cookie != &foreign_owner || !page.text().contains("Web shop"), "{dialog}");
            assert!(page.text().contains("<h1>API Keys"), "{dialog}");
        }
    }
    assert!(console.app.delete_key(&key).await.is_ok());
    for id in [key.as_str(), "key_none"] {
        let page = console.get(&format!("{KEYS}?edit={id}"), &owner).await;
        assert!(page.status == 404 && page.text().contains("This key no longer exists."), "{}", page.text());
    }
}

#[tokio::test]
async fn user_input_is_escaped_in_every_page() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let name = "</textarea><script>x()</script>";
    let (key, _) = console.create_key(name, "203.0.113.7", &[]).await;
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
        let page = console.get_text(&path, cookie).await;
        assert!(!page.contains(SCRIPT) && !page.contains("<script>x"), "{path}: {page}");
    }
    let edit = console.get_text(&format!("/settings/api-keys?edit={key}"), &cookie).await;
    let area = edit.split("<textarea").nth(1).expect("a whitelist box");
    let inside = area.split('>').nth(1).expect("its text");
    assert!(inside.starts_with("\n203.0.113.7"), "{inside}");
}

#[tokio::test]
async fn script_nonces_match_the_content_security_policy() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let mut nonces = BTreeSet::new();
    for path in ["/settings/api-keys?add", "/settings/api-keys", "/settings/nowhere"] {
        let response = console.get(path, &cookie).await;
        let policy = response.header("content-security-policy").expect("a policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        let page = response.text();
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

/// Rows are rendered once, as HTML: neither the keys nor the policy are in the page a second time as properties of an
/// island. Those belong to an open slider alone.
#[tokio::test]
async fn list_of_50_keys_is_small() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for number in 0..50 {
        let whitelist = "203.0.113.7\n2001:db8:1234::/48";
        console.create_key(&format!("Nightly report {number:02}"), whitelist, &["contacts:read", "orders:write"]).await;
    }
    let page = console.get(KEYS, &cookie).await;
    let text = page.text();
    assert_eq!(text.matches("aria-label=\"Actions for Nightly report 07\"").count(), 2, "a button and its menu");
    assert!(text.len() < 70_000, "{} bytes", text.len());
    for of_island in ["key_prefix", "whitelist_max", "masked&quot;", "created_by"] {
        assert!(!text.contains(of_island), "{of_island}: {text}");
    }
    let slider = console.get_text(&format!("{KEYS}?add"), &cookie).await;
    assert!(slider.contains("whitelist_max"), "the slider checks by the policy");
}

/// Only the settings have islands; every other page is complete without a script.
#[tokio::test]
async fn pages_without_islands_load_no_script() {
    let console = ConsoleApp::start().await;
    for path in ["/sign-in", "/setup?token=guess", "/invite?token=guess", "/nowhere"] {
        let page = console.get_text(path, "").await;
        assert!(page.contains("</html>") && !page.contains(".js") && !page.contains(".wasm"), "{path}: {page}");
    }
}

#[tokio::test]
async fn document_names_its_language_description_and_icon() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for (path, cookie, title) in
        [("/sign-in", "", "Sign in · Keyhatch"), ("/settings/members", cookie.as_str(), "Members · Keyhatch")]
    {
        let page = console.get(path, cookie).await;
        let head = page.text_between("<head>", "</head>");
        assert!(page.text().contains("<html lang=\"en\">"), "{path}");
        assert!(head.contains(&format!("<title>{title}</title>")), "{head}");
        assert!(head.contains("name=\"description\" content=\"Keyhatch: "), "{head}");
        assert!(head.contains(".svg\"") && head.contains("href=\"/pkg/keyhatch-"), "{head}");
    }
}

/// `no-store` would keep a page out of the back/forward cache.
#[tokio::test]
async fn pages_without_secrets_may_be_shown_by_back() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for (path, caching) in [
        ("/settings/api-keys", "private, no-cache"),
        ("/settings/members", "private, no-cache"),
        ("/settings/activity", "private, no-cache"),
        ("/settings/security", "no-store"),
        ("/settings/activity.csv", "no-store"),
        ("/settings/nowhere", "no-store"),
        ("/setup?token=guess", "no-store"),
        ("/invite?token=guess", "no-store"),
    ] {
        let response = console.get(path, &cookie).await;
        assert_eq!(response.header("cache-control"), Some(caching), "{path}");
    }
    let refused = console.post_form("/settings/members", &cookie, "do=invite&email=&role=viewer").await;
    assert_eq!(refused.header("cache-control"), Some("no-store"), "the answer to a form");
    let signed_out = console.get("/settings/members", "").await;
    assert_eq!((signed_out.status.as_u16(), signed_out.header("cache-control")), (303, Some("no-store")));
    let vary = console.get("/settings/members", &cookie).await;
    assert!(vary.headers.get_all("vary").iter().any(|value| value == "cookie"), "another session is another page");
}
