//! Two people edit one key: what only one of them changed is merged, and what both changed is asked about.

use domain::member::Role;
use domain::views::KeyView;

use crate::key_forms::{location, page_after};
use crate::support::{ConsoleApp, ConsoleResponse as _, KEYS, WAYS, Way, encode_form};

/// A key, and the slider that was opened over it before another member changes the key.
struct Editing {
    console: ConsoleApp,
    cookie: String,
    other: String,
    id: String,
}

/// The hidden fields of the opened slider.
struct Opened {
    revision: String,
    base: String,
}

impl Editing {
    async fn start() -> Self {
        let console = ConsoleApp::start().await;
        let cookie = console.create_owner_session().await;
        let other = console.create_session(&console.app.account, "ada@example.com", Role::Admin).await;
        let (id, _) = console.create_key("Shop", "203.0.113.7\n203.0.113.8", &["orders:write"]).await;
        Self { console, cookie, other, id }
    }

    async fn open(&self) -> Opened {
        let page = self.console.get(&format!("{KEYS}?edit={}", self.id), &self.cookie).await;
        let value = |name: &str| page.text_between(&format!("name=\"{name}\" value=\""), "\"").replace("&quot;", "\"");
        Opened { revision: value("revision"), base: value("base") }
    }

    /// Another member saves these values.
    async fn change(&self, name: &str, whitelist: &str, minute: &str) {
        let fields = [
            ("do", "update"),
            ("id", self.id.as_str()),
            ("name", name),
            ("whitelist", whitelist),
            ("privilege.orders:write", "on"),
            ("minute", minute),
        ];
        let response = self.console.send_key_form(Way::Function, &self.other, &fields).await;
        assert_eq!(response.status, 200, "{}", response.text());
    }

    /// The fields of the slider, with these values.
    fn fields<'a>(
        &'a self,
        form: &'a str,
        opened: &'a Opened,
        name: &'a str,
        whitelist: &'a str,
    ) -> Vec<(&'a str, &'a str)> {
        vec![
            ("do", form),
            ("id", &self.id),
            ("revision", &opened.revision),
            ("base", &opened.base),
            ("name", name),
            ("whitelist", whitelist),
            ("privilege.orders:write", "on"),
            ("next", KEYS),
        ]
    }

    async fn key(&self) -> KeyView {
        self.console.find_key(&self.id).await
    }
}

#[tokio::test]
async fn changes_of_different_fields_are_merged() {
    for way in WAYS {
        let editing = Editing::start().await;
        let opened = editing.open().await;
        editing.change("Web shop", "203.0.113.7\n203.0.113.8\n203.0.113.9", "600").await;
        let fields = editing.fields("update", &opened, "Shop", "203.0.113.7\n198.51.100.1");
        let saved = editing.console.send_key_form(way, &editing.cookie, &fields).await;
        assert_eq!(location(way, &saved), KEYS);
        let key = editing.key().await;
        assert_eq!((key.name.as_str(), key.limits.contains("600")), ("Web shop", true), "{way:?}: theirs");
        let entries: Vec<&str> = key.whitelist.lines().collect();
        assert_eq!(
            entries,
            ["203.0.113.7", "198.51.100.1", "203.0.113.9"],
            "one entry removed here, one added by each"
        );
        assert_eq!(key.updated_by, "owner@example.com");
        let page = page_after(&editing.console, &editing.cookie, &saved).await;
        assert!(page.contains("Updated Web shop."), "{page}");
    }
}

#[tokio::test]
async fn what_both_changed_is_asked_about() {
    for way in WAYS {
        for (answer, name) in [("update-mine", "Mine"), ("update-theirs", "Theirs")] {
            let editing = Editing::start().await;
            let opened = editing.open().await;
            editing.change("Theirs", "203.0.113.7\n203.0.113.8", "600").await;
            let whitelist = "203.0.113.7";
            let fields = editing.fields("update", &opened, "Mine", whitelist);
            match way {
                Way::Function => {
                    let refused = editing.console.send_key_form(way, &editing.cookie, &fields).await;
                    assert_eq!(refused.status, 409);
                    let conflict = &refused.json()["EditConflict"];
                    assert!(conflict["summary"].as_str().expect("a summary").contains("ada@example.com"), "{conflict}");
                    assert_eq!(
                        conflict["differences"],
                        serde_json::json!(["Name: saved as Theirs, you entered Mine."])
                    );
                }
                Way::Plain => {
                    let path = format!("{KEYS}?edit={}", editing.id);
                    let refused = editing.console.post_form(&path, &editing.cookie, &encode_form(&fields)).await;
                    assert_eq!(refused.status, 409);
                    let slider = refused.text_between("<dialog", "</dialog>");
                    for shown in [
                        "ada@example.com changed this key",
                        "Name: saved as Theirs, you entered Mine.",
                        "value=\"update-mine\"",
                        "value=\"update-theirs\"",
                        "value=\"Mine\"",
                    ] {
                        assert!(slider.contains(shown), "{shown}: {slider}");
                    }
                    assert!(!slider.contains("IP whitelist: saved"), "only what both changed");
                    // What was opened stays the base, so that the answer is merged with it.
                    assert!(slider.contains(&format!("name=\"revision\" value=\"{}\"", opened.revision)));
                    assert!(slider.contains(&opened.base.replace('"', "&quot;")));
                }
            }
            assert_eq!(editing.key().await.name, "Theirs", "nothing was saved");
            let fields = editing.fields(answer, &opened, "Mine", whitelist);
            location(way, &editing.console.send_key_form(way, &editing.cookie, &fields).await);
            let key = editing.key().await;
            assert_eq!((key.name.as_str(), key.whitelist.as_str()), (name, whitelist), "{way:?} {answer}");
            assert!(key.limits.contains("600"), "{way:?} {answer}: a change that only they made");
        }
    }
}

/// Without the values that were opened, or with unreadable ones, every difference is asked about, and nothing fails.
#[tokio::test]
async fn unreadable_base_asks_about_each_difference() {
    let editing = Editing::start().await;
    let opened = editing.open().await;
    editing.change("Theirs", "203.0.113.7\n203.0.113.8", "600").await;
    for base in ["", "{", "[]", "null", "{\"name\":1}"] {
        let unreadable = Opened { base: base.to_owned(), revision: opened.revision.clone() };
        let fields = editing.fields("update", &unreadable, "Mine", "203.0.113.7");
        for way in WAYS {
            let refused = editing.console.send_key_form(way, &editing.cookie, &fields).await;
            assert_eq!(refused.status, 409, "{way:?} {base} {}", refused.text());
        }
        let refused = editing.console.send_key_form(Way::Function, &editing.cookie, &fields).await;
        let differences = refused.json()["EditConflict"]["differences"].to_string();
        assert!(differences.contains("Name") && differences.contains("IP whitelist"), "{base}: {differences}");
    }
    let deep = Opened { base: "[".repeat(20_000), revision: opened.revision.clone() };
    let fields = editing.fields("update", &deep, "Mine", "203.0.113.7");
    for way in WAYS {
        assert_eq!(editing.console.send_key_form(way, &editing.cookie, &fields).await.status, 409, "{way:?}");
    }
    assert_eq!(editing.key().await.name, "Theirs");
}
