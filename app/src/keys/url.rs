//! The addresses of `/settings/api-keys`: which keys the list shows, and which dialog is open over it. The only place that
//! reads and writes them; what a dialog contains belongs in its own module.

use super::element_ids::menu_button_id;
use domain::key::Environment;
use domain::views::{KeyCursor, KeySort, KeyState};
use form_urlencoded::Serializer;

/// The path of the list.
pub const PATH: &str = "/settings/api-keys";
/// The most keys that one page of the list shows.
pub const SHOW_MAX: usize = 500;
/// The most characters of a search; names are far shorter.
const SEARCH_MAX: usize = 100;
/// The most characters of a key's id.
const ID_MAX: usize = 64;

/// Which keys the list shows, and in which order. Parameters that are absent or malformed have their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyQuery {
    /// `q`: part of a name, or the last characters of a key; empty for all keys. At most 100 characters.
    pub search: String,
    /// `environment`: only keys of this one.
    pub environment: Option<Environment>,
    /// `state`: only keys in this state.
    pub state: KeyState,
    /// `sort`: by which column.
    pub sort: KeySort,
    /// `show`: how many keys on one page, 1 to [`SHOW_MAX`]; `None` for the policy's page size.
    pub show: Option<usize>,
    /// `after`: the `next` of the page before.
    pub after: Option<KeyCursor>,
}

/// A dialog over the list. Its parameter is the dialog's name; the value is the key's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyDialog {
    /// `add`: creates a key.
    Add,
    /// `edit`: updates a key.
    Edit(String),
    /// `edit-for-test`: updates a key, and returns to its test.
    EditForTest(String),
    /// `rotate`: rotates a key.
    Rotate(String),
    /// `end-overlap`: ends a key's old secret early.
    EndOverlap(String),
    /// `disable`: disables a key.
    Disable(String),
    /// `enable`: enables a key.
    Enable(String),
    /// `delete`: deletes a key.
    Delete(String),
    /// `test`: explains how the gate answers a call with a key.
    Test(String),
}

/// A dialog that is about one key, by its parameter.
type KeyParameter = (&'static str, fn(String) -> KeyDialog);

/// Every dialog that is about one key.
const KEY_DIALOGS: [KeyParameter; 8] = [
    ("edit", KeyDialog::Edit),
    ("edit-for-test", KeyDialog::EditForTest),
    ("rotate", KeyDialog::Rotate),
    ("end-overlap", KeyDialog::EndOverlap),
    ("disable", KeyDialog::Disable),
    ("enable", KeyDialog::Enable),
    ("delete", KeyDialog::Delete),
    ("test", KeyDialog::Test),
];

impl KeyQuery {
    /// Parses a query string, with or without its leading `?`. Parameters of dialogs are ignored.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut parsed = Self::default();
        for (name, value) in parameters(query) {
            match &*name {
                "q" => parsed.search = value.trim().chars().take(SEARCH_MAX).collect(),
                "environment" => parsed.environment = Environment::parse(&value),
                "state" => parsed.state = KeyState::parse(&value).unwrap_or_default(),
                "sort" => parsed.sort = KeySort::parse(&value).unwrap_or_default(),
                "show" => parsed.show = value.parse().ok().filter(|count| (1..=SHOW_MAX).contains(count)),
                "after" => parsed.after = value.parse().ok(),
                _ => {}
            }
        }
        parsed
    }

    /// The address of the list.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_with(None)
    }

    /// The address of the list, with the focus on the menu button of this key.
    #[must_use]
    pub fn url_at_key(&self, id: &str) -> String {
        format!("{}#{}", self.url(), menu_button_id(id))
    }

    /// The address of a dialog over the list.
    #[must_use]
    pub fn dialog_url(&self, dialog: &KeyDialog) -> String {
        self.url_with(Some(dialog))
    }

    /// The address that closes this dialog.
    #[must_use]
    pub fn url_after(&self, dialog: Option<&KeyDialog>) -> String {
        match dialog {
            Some(KeyDialog::EditForTest(id)) => self.dialog_url(&KeyDialog::Test(id.clone())),
            _ => self.url(),
        }
    }

    /// The address with the path left out, which is shorter and valid in links on the page itself.
    pub(super) fn relative_url(&self, dialog: Option<&KeyDialog>) -> String {
        let url = self.url_with(dialog);
        url.strip_prefix(PATH).filter(|query| !query.is_empty()).map_or_else(|| PATH.to_owned(), str::to_owned)
    }

    /// The same filters and order from the first key on.
    #[must_use]
    pub fn from_start(&self) -> Self {
        Self { show: None, after: None, ..self.clone() }
    }

    /// Whether it shows a part of the keys only.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || self.environment.is_some() || self.state != KeyState::default()
    }

    /// Name and value of each parameter that differs from its default.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let state = Some(self.state).filter(|state| *state != KeyState::default());
        let sort = Some(self.sort).filter(|sort| *sort != KeySort::default());
        let all = [
            ("q", Some(self.search.clone()).filter(|search| !search.is_empty())),
            ("environment", self.environment.map(|environment| environment.to_string())),
            ("state", state.map(|state| state.to_string())),
            ("sort", sort.map(|sort| sort.to_string())),
            ("show", self.show.map(|count| count.to_string())),
            ("after", self.after.as_ref().map(ToString::to_string)),
        ];
        all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }

    fn url_with(&self, dialog: Option<&KeyDialog>) -> String {
        let mut query = Serializer::new(String::new());
        match dialog.map(KeyDialog::parameter) {
            Some((name, Some(id))) => drop(query.append_pair(name, id)),
            Some((name, None)) => drop(query.append_key_only(name)),
            None => {}
        }
        let query = query.extend_pairs(self.parameters()).finish();
        if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
    }
}

impl KeyDialog {
    /// The dialog that a query string opens, with or without its leading `?`.
    #[must_use]
    pub fn parse(query: &str) -> Option<Self> {
        parameters(query).find_map(|(name, value)| {
            if name == "add" {
                return Some(Self::Add);
            }
            let (_, about) = KEY_DIALOGS.into_iter().find(|(known, _)| *known == name)?;
            is_key_id(&value).then(|| about(value.into_owned()))
        })
    }

    /// The id of the key that it is about.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.parameter().1
    }

    fn parameter(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Add => ("add", None),
            Self::Edit(id) => ("edit", Some(id)),
            Self::EditForTest(id) => ("edit-for-test", Some(id)),
            Self::Rotate(id) => ("rotate", Some(id)),
            Self::EndOverlap(id) => ("end-overlap", Some(id)),
            Self::Disable(id) => ("disable", Some(id)),
            Self::Enable(id) => ("enable", Some(id)),
            Self::Delete(id) => ("delete", Some(id)),
            Self::Test(id) => ("test", Some(id)),
        }
    }
}

fn parameters(query: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query.trim_start_matches('?').as_bytes())
}

fn is_key_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= ID_MAX && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::views::KeySortBy;

    fn full() -> KeyQuery {
        KeyQuery {
            search: "a&b=c d/é?add".to_owned(),
            environment: Some(Environment::Sandbox),
            state: KeyState::Deleted,
            sort: KeySort::first(KeySortBy::Name),
            show: Some(100),
            after: None,
        }
    }

    #[test]
    fn a_query_and_a_dialog_round_trip() {
        let about_a_key = KEY_DIALOGS.map(|(name, dialog)| (name, dialog("key_1".to_owned())));
        for query in [KeyQuery::default(), full()] {
            assert_eq!(KeyQuery::parse(query.url().trim_start_matches(PATH)), query);
            assert_eq!(KeyDialog::parse(query.url().trim_start_matches(PATH)), None);
            for (name, dialog) in about_a_key.iter().cloned().chain([("add", KeyDialog::Add)]) {
                let url = query.dialog_url(&dialog);
                let written = url.strip_prefix(PATH).expect("the page's path");
                assert!(written.starts_with(&format!("?{name}")), "{url}");
                assert_eq!((KeyQuery::parse(written), KeyDialog::parse(written)), (query.clone(), Some(dialog)));
            }
        }
    }

    #[test]
    fn defaults_are_not_written() {
        assert_eq!(KeyQuery::default().url(), PATH);
        assert_eq!(KeyQuery::default().relative_url(None), PATH);
        assert_eq!(KeyQuery::default().dialog_url(&KeyDialog::Add), format!("{PATH}?add"));
        assert_eq!(KeyQuery::default().relative_url(Some(&KeyDialog::Edit("key_1".into()))), "?edit=key_1");
        assert_eq!(KeyQuery::default().url_at_key("key_1"), format!("{PATH}#{}", menu_button_id("key_1")));
        let edit = KeyDialog::EditForTest("key_1".into());
        assert_eq!(KeyQuery::default().url_after(Some(&edit)), format!("{PATH}?test=key_1"));
        let first = full().from_start().url();
        assert_eq!(first, format!("{PATH}?q=a%26b%3Dc+d%2F%C3%A9%3Fadd&environment=sandbox&state=deleted&sort=name"));
    }

    #[test]
    fn malformed_parameters_have_their_defaults() {
        for query in [
            "?",
            "",
            "?state=all",
            "?environment=add",
            "?sort=1",
            "?show=0",
            "?show=501",
            "?show=x",
            "?after=1",
            "?q=+",
        ] {
            assert_eq!(KeyQuery::parse(query), KeyQuery::default(), "{query}");
        }
        assert_eq!(KeyQuery::parse(&format!("q={}", "é".repeat(101))).search.chars().count(), SEARCH_MAX);
    }

    #[test]
    fn malformed_ids_open_nothing() {
        for query in ["?edit=", "?edit=a/b", "?edit=%3Cscript%3E", "?q=add", "?environment=add", "?"] {
            assert_eq!(KeyDialog::parse(query), None, "{query}");
        }
        assert_eq!(KeyDialog::parse(&format!("delete={}", "a".repeat(65))), None);
    }
}
