//! What is shown, as the address bar says it: so Back closes a slider, and a click before wasm has arrived is a plain
//! navigation. What is open comes first, then what the list is narrowed to.

use super::server::Deed;
use domain::key::Environment;
use domain::views::{Cursor, KeyState};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

const PATH: &str = "/settings/api-keys";

/// What is open above the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// Nothing.
    #[default]
    List,
    /// The slider, empty.
    Add,
    /// The slider, with this key.
    Edit(String),
    /// The slider in which this key is tested.
    Test(String),
    /// The question how to change this key's secret.
    Change(String),
    /// The question whether to end this key's old secret.
    EndOld(String),
    /// The question whether to disable this key.
    Disable(String),
    /// The question whether to enable this key.
    Enable(String),
    /// The question whether to delete this key.
    Delete(String),
    /// The question about the selected keys, which no address names.
    Selected(Deed),
}

impl Place {
    /// The names by which a query says what is open.
    #[cfg(feature = "ssr")]
    pub const NAMES: [&str; 8] = ["add", "edit", "test", "change", "end-old", "disable", "enable", "delete"];

    /// Reads a query string, with or without its question mark.
    #[must_use]
    pub fn of_query(query: &str) -> Self {
        for (name, id) in pairs(query) {
            let of_key = match name {
                "add" => return Self::Add,
                "edit" => Self::Edit,
                "test" => Self::Test,
                "change" => Self::Change,
                "end-old" => Self::EndOld,
                "disable" => Self::Disable,
                "enable" => Self::Enable,
                "delete" => Self::Delete,
                _ => continue,
            };
            if is_id(id) {
                return of_key(id.to_owned());
            }
        }
        Self::List
    }

    fn query(&self) -> String {
        let (name, id) = match self {
            Self::List | Self::Selected(_) => return String::new(),
            Self::Add => return "add".to_owned(),
            Self::Edit(id) => ("edit", id),
            Self::Test(id) => ("test", id),
            Self::Change(id) => ("change", id),
            Self::EndOld(id) => ("end-old", id),
            Self::Disable(id) => ("disable", id),
            Self::Enable(id) => ("enable", id),
            Self::Delete(id) => ("delete", id),
        };
        format!("{name}={id}")
    }

    /// The key that it is about.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Edit(id)
            | Self::Test(id)
            | Self::Change(id)
            | Self::EndOld(id)
            | Self::Disable(id)
            | Self::Enable(id)
            | Self::Delete(id) => Some(id),
            Self::List | Self::Add | Self::Selected(_) => None,
        }
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.trim_start_matches('?').split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Puts the parts of a query together that are there.
fn address(parts: &[String]) -> String {
    let mut address = PATH.to_owned();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        address.push(if address.len() == PATH.len() { '?' } else { '&' });
        address.push_str(part);
    }
    address
}

/// A value as it may stand in a query.
pub fn encoded(value: &str) -> String {
    let mut encoded = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    encoded
}

/// Which keys the list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Narrowed {
    /// Only keys of this environment.
    pub(super) environment: Option<Environment>,
    /// Only keys in this state.
    pub(super) state: KeyState,
}

impl Narrowed {
    fn of_query(query: &str) -> Self {
        let mut narrowed = Self::default();
        for (name, value) in pairs(query) {
            match name {
                "environment" => narrowed.environment = Environment::parse(value),
                "state" => narrowed.state = KeyState::parse(value).unwrap_or_default(),
                _ => {}
            }
        }
        narrowed
    }

    /// Each part that narrows, by its name and value in an address.
    pub(super) fn parts(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let environment = self.environment.map(|environment| ("environment", environment.as_str()));
        let state = Some(("state", self.state.as_str())).filter(|_| self.state != KeyState::Active);
        environment.into_iter().chain(state)
    }
}

/// What is open and what the list is narrowed to, kept in step with the address bar.
#[derive(Clone, Copy)]
pub(super) struct Navigator {
    place: RwSignal<Place>,
    pushed: StoredValue<bool>,
    /// Only keys with this in their name or at their end.
    pub(super) search: RwSignal<String>,
    pub(super) narrowed: RwSignal<Narrowed>,
}

impl Navigator {
    pub(super) fn new(place: Place, search: String, narrowed: Narrowed) -> Self {
        let this = Self {
            place: RwSignal::new(place),
            pushed: StoredValue::new(false),
            search: RwSignal::new(search),
            narrowed: RwSignal::new(narrowed),
        };
        Effect::new(move |_| follow_back_button(this));
        this
    }

    pub(super) fn place(self) -> Place {
        self.place.get()
    }

    /// The address of a place above the list as it is now.
    pub(super) fn address(self, place: &Place) -> String {
        self.address_with(place.query(), self.narrowed.get_untracked())
    }

    /// The address of the list narrowed in another way.
    pub(super) fn address_of(self, narrowed: Narrowed) -> String {
        self.address_with(String::new(), narrowed)
    }

    /// The address of a further page of the list.
    pub(super) fn address_after(self, after: &Cursor) -> String {
        self.address_with(format!("after={after}"), self.narrowed.get_untracked())
    }

    fn address_with(self, first: String, narrowed: Narrowed) -> String {
        let mut parts = vec![first, self.search_query()];
        parts.extend(narrowed.parts().map(|(name, value)| format!("{name}={value}")));
        address(&parts)
    }

    fn search_query(self) -> String {
        self.search.with_untracked(|search| match search.trim() {
            "" => String::new(),
            search => format!("q={}", encoded(search)),
        })
    }

    /// Opens a place; Back leads to where the person was.
    pub(super) fn open(self, place: Place) {
        push(&self.address(&place));
        self.pushed.set_value(true);
        self.place.set(place);
    }

    /// Shows other keys.
    pub(super) fn choose(self, narrowed: Narrowed) {
        if self.narrowed.get_untracked() != narrowed {
            push(&self.address_of(narrowed));
            self.narrowed.set(narrowed);
        }
    }

    /// Goes back to the list, without leaving an entry to go forward into where there was none.
    pub(super) fn close(self) {
        let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
        if self.pushed.get_value() {
            self.pushed.set_value(false);
            let _ = history.back();
        } else {
            let list = self.address(&Place::List);
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&list));
        }
        self.place.set(Place::List);
    }
}

fn push(address: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    }
}

fn follow_back_button(navigator: Navigator) {
    let follow = Closure::<dyn FnMut()>::new(move || {
        let query = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
        navigator.pushed.set_value(false);
        let (place, narrowed) = (Place::of_query(&query), Narrowed::of_query(&query));
        if navigator.narrowed.get_untracked() != narrowed {
            navigator.narrowed.set(narrowed);
        }
        if navigator.place.get_untracked() != place {
            navigator.place.set(place);
        }
    });
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("popstate", follow.as_ref().unchecked_ref());
    }
    // The island lives as long as the page, and so does its listener.
    follow.forget();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_its_address() {
        let of_key =
            [Place::Edit, Place::Test, Place::Change, Place::EndOld, Place::Disable, Place::Enable, Place::Delete];
        let of_key = of_key.map(|place| place("key_1".into()));
        for place in [Place::List, Place::Add].into_iter().chain(of_key) {
            let address =
                address(&[place.query(), "q=edit%3D".into(), "environment=sandbox".into(), "state=deleted".into()]);
            let query = address.strip_prefix(PATH).unwrap();
            assert_eq!(Place::of_query(query), place);
            let narrowed = Narrowed { environment: Some(Environment::Sandbox), state: KeyState::Deleted };
            assert_eq!(Narrowed::of_query(query), narrowed);
            let parts: Vec<_> = narrowed.parts().collect();
            assert_eq!(parts, [("environment", "sandbox"), ("state", "deleted")]);
        }
    }

    #[test]
    fn rubbish_is_the_list() {
        for query in ["?edit=", "?edit=a/b", "?edit=%3Cscript%3E", "?q=add", "?environment=add", "?"] {
            assert_eq!(Place::of_query(query), Place::List, "{query}");
            assert_eq!(Narrowed::of_query(query), Narrowed::default(), "{query}");
        }
    }

    #[test]
    fn what_was_searched_for_stays_one_value() {
        assert_eq!(encoded("a&b=c d/é"), "a%26b%3Dc%20d%2F%C3%A9");
        assert_eq!(
            address(&[String::new(), "q=x".into(), "environment=live".into()]),
            format!("{PATH}?q=x&environment=live")
        );
        assert_eq!(address(&[]), PATH);
    }
}
