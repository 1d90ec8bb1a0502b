//! The language of the console: the member's choice, else the browser's; and the operator's own words.

use std::path::PathBuf;

use crate::support::{ConsoleApp, ConsoleResponse as _, KEYS, request};
use server::config::{Config, ConfigError, Sources};

const LANGUAGE: &str = "/settings/language";

async fn language_of(console: &ConsoleApp, path: &str, cookie: &str, accepted: &str) -> String {
    let headers = [("cookie", cookie), ("accept-language", accepted)];
    let response = request(&console.router, "GET", path, &headers).await;
    response.text_between("<html lang=\"", "\"").to_owned()
}

#[tokio::test]
async fn a_page_is_in_the_browsers_language_until_the_member_chooses_one() {
    let console = ConsoleApp::start().await;
    let cookie = console.create_owner_session().await;
    for (accepted, language) in [("", "en"), ("fr", "en"), ("de-AT,en;q=0.5", "de"), ("en-US,de;q=0.5", "en")] {
        assert_eq!(language_of(&console, "/sign-in", "", accepted).await, language, "{accepted}");
        assert_eq!(language_of(&console, KEYS, &cookie, accepted).await, language, "{accepted}");
    }
    let chosen = console.post_form(LANGUAGE, &cookie, "do=update-language&language=de&next=/settings/members").await;
    assert_eq!(chosen.redirect(), (303, Some("/settings/members")));
    assert_eq!(language_of(&console, KEYS, &cookie, "en").await, "de");
    let other_session = console.start_session("owner@example.com").await;
    assert_eq!(language_of(&console, KEYS, &other_session, "en").await, "de");
    assert_eq!(language_of(&console, "/sign-in", "", "en").await, "en", "nobody is signed in there");
    // A dialog that is rendered in answer to a form.
    let refused = console.post_form(KEYS, &cookie, "do=create&form_id=&name=&next=").await;
    assert_eq!(refused.text_between("<html lang=\"", "\""), "de");

    let undone = console.post_form(LANGUAGE, &cookie, "do=update-language&language=&next=https://evil.example").await;
    assert_eq!(undone.redirect(), (303, Some(KEYS)));
    assert_eq!(language_of(&console, KEYS, &cookie, "en").await, "en");
    let unknown = console.post_form(LANGUAGE, &cookie, "do=update-language&language=tlh&next=").await;
    assert_eq!(unknown.status, 422);
    assert_eq!(language_of(&console, KEYS, &cookie, "de").await, "de", "unchanged");
}

fn load(text: &str) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("keyhatch.toml");
    std::fs::write(&path, text).expect("a file");
    Config::load(&Sources { file: Some(&path), ..Sources::default() })
}

#[tokio::test]
async fn operators_words_are_on_the_page() {
    let texts = load(
        "[text.list]\nadd_key = \"+ Create API Key\"\nkeys_of_limit = \"{ $total } used\"\n\
         [text.de.list]\nadd_key = \"+ API-Schlüssel anlegen\"\n",
    )
    .expect("usable")
    .texts;
    let console = ConsoleApp::start_with_texts(texts).await;
    let cookie = console.create_owner_session().await;
    console.create_key("Shop", "", &[]).await;
    let english = console.get_text(KEYS, &cookie).await;
    assert!(english.contains("+ Create API Key") && english.contains("1 used"), "{english}");
    let headers = [("cookie", cookie.as_str()), ("accept-language", "de")];
    let german = request(&console.router, "GET", KEYS, &headers).await;
    assert!(german.text().contains("+ API-Schlüssel anlegen") && german.text().contains("1 used"));
}

/// Loading waits for the database, which must not lose the language.
#[tokio::test]
async fn every_dialog_is_in_the_language_of_its_request() {
    let texts = load(
        "[text.editor]\ncancel = \"Leave\"\n[text.dialogs]\ncancel = \"Leave\"\n[text.explain]\nedit_key = \"Leave\"\n\
         [text.frame]\nsign_out = \"Leave\"\n",
    )
    .expect("usable")
    .texts;
    let console = ConsoleApp::start_with_texts(texts).await;
    let cookie = console.create_owner_session().await;
    let (key, _) = console.create_key("Shop", "", &[]).await;
    for dialog in ["add", "edit", "rotate", "disable", "delete"] {
        let page = console.get_text(&format!("{KEYS}?{dialog}={key}"), &cookie).await;
        let body = page.split_once("<body").expect("a body").1;
        assert!(body.matches("Leave").count() >= 2, "{dialog}: {body}");
    }
}

#[test]
fn unusable_words_are_named_with_their_line() {
    for (text, key, line, words) in [
        ("\n[text.list]\nadd_keys = \"a\"", "text.list.add_keys", 3, "there is no text of this name"),
        (
            "[text.list]\nadd_key = \"{ $name }\"",
            "text.list.add_key",
            2,
            "it uses { $name }, but this text has no arguments",
        ),
        ("[text.list]\nadd_key = \"{\"", "text.list.add_key", 2, ""),
        ("[text.de.list]\nadd_keys = \"a\"", "text.de.list.add_keys", 2, "there is no text of this name"),
        ("[text]\nlist = \"a\"", "text.list", 2, "must be a table"),
        ("[text.de]\nlist = \"a\"", "text.de.list", 2, "must be a table of texts"),
        ("[text.list.add_key]\nshort = \"a\"", "text.list.add_key", 1, "must be a text"),
    ] {
        let error = load(text).expect_err(text).to_string();
        assert!(error.contains(key) && error.contains(words), "{text}: {error}");
        assert!(error.contains(&format!("line {line}")) || error.contains(&format!(":{line}")), "{text}: {error}");
    }
}
