//! The list of keys as HTML: what it offers without any script, to whom, and how large it is.

use domain::member::Role;

use crate::support::{ConsoleApp, ConsoleResponse as _};

const PATH: &str = "/settings/api-keys";

#[tokio::test]
async fn rows_link_to_dialogs_and_submit_what_needs_no_confirmation() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    let (key, _) = console.create_key("Shop", "203.0.113.7", &["orders:write"]).await;
    let text = console.get_text(PATH, &cookie).await;
    for dialog in ["edit", "rotate", "test", "delete"] {
        assert!(text.contains(&format!("href=\"?{dialog}={key}\"")), "{dialog}: {text}");
    }
    assert!(text.contains(&format!("name=\"key.{key}\"")), "{text}");
    assert!(text.contains(&format!("form=\"row-action\" name=\"do\" value=\"disable:{key}\"")), "{text}");

    let account = &console.app.account;
    let body = format!("next=%2Fsettings%2Fapi-keys%3Fsort%3Dname&do=disable%3A{key}");
    let response = console.post_form(PATH, &cookie, &body).await;
    assert_eq!(response.redirect(), (303, Some("/settings/api-keys?sort=name")));
    let text = console.get_text(PATH, &cookie).await;
    assert!(text.contains("<tr class=\"off\">") && text.contains(&format!("value=\"enable:{key}\"")), "{text}");

    let viewer = console.create_session(account, "viewer@example.com", Role::Viewer).await;
    let text = console.get_text(PATH, &viewer).await;
    assert!(text.contains(&format!("?test={key}")) && !text.contains("?edit=") && !text.contains("form=\"bulk\""));
}

#[tokio::test]
async fn links_sort_filter_and_page_the_list() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    console.app.insert_keys(60).await;
    let text = console.get_text(PATH, &cookie).await;
    assert!(text.contains("60 of 100 keys") && text.contains("50 of 60 shown"), "{text}");
    assert!(text.contains("href=\"/settings/api-keys?show=100#row-51\""), "{text}");
    // The rows are in it once, as HTML alone.
    assert!(text.len() < 75_000, "{} bytes", text.len());
    assert_eq!(text.matches("aria-sort=\"descending\"").count(), 1);

    let text = console.get_text("/settings/api-keys?show=100&sort=name", &cookie).await;
    assert!(text.contains("id=\"row-51\"") && !text.contains("#row-101"));
    assert!(text.contains("aria-sort=\"ascending\"") && text.contains("href=\"?sort=-name\""), "{text}");
    // A dialog keeps what the list shows.
    assert!(text.contains("&amp;sort=name&amp;show=100\""), "{text}");

    let text = console.get_text("/settings/api-keys?q=zzzz", &cookie).await;
    assert!(text.contains("No keys match \"zzzz\".") && text.contains("0 of 60"), "{text}");
}
