//! Keeps the open overlay, the search and the filter in step with the address bar, so that Back closes a panel.

use super::list_filter::ListFilter;
use super::overlay::Overlay;
use super::query::{percent_encode, url};
use domain::views::KeyCursor;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The page's navigation state.
#[derive(Clone, Copy)]
pub(super) struct Navigator {
    overlay: RwSignal<Overlay>,
    /// Whether the overlay was opened on this page, so that Back leads to the list.
    pushed: StoredValue<bool>,
    /// Text that a key must have in its name or among its last characters.
    pub(super) search: RwSignal<String>,
    pub(super) filter: RwSignal<ListFilter>,
}

impl Navigator {
    pub(super) fn new(overlay: Overlay, search: String, filter: ListFilter) -> Self {
        let this = Self {
            overlay: RwSignal::new(overlay),
            pushed: StoredValue::new(false),
            search: RwSignal::new(search),
            filter: RwSignal::new(filter),
        };
        Effect::new(move |_| follow_back_button(this));
        this
    }

    pub(super) fn overlay(self) -> Overlay {
        self.overlay.get()
    }

    /// The URL that opens an overlay over the list as it is now.
    pub(super) fn overlay_url(self, overlay: &Overlay) -> String {
        self.url_with(overlay.query(), self.filter.get_untracked())
    }

    /// The URL of the list with another filter.
    pub(super) fn filter_url(self, filter: ListFilter) -> String {
        self.url_with(String::new(), filter)
    }

    /// The URL of the page of keys after this cursor.
    pub(super) fn next_page_url(self, after: &KeyCursor) -> String {
        self.url_with(format!("after={after}"), self.filter.get_untracked())
    }

    fn url_with(self, first: String, filter: ListFilter) -> String {
        let mut parameters = vec![first, self.search_query()];
        parameters.extend(filter.parameters().map(|(name, value)| format!("{name}={value}")));
        url(&parameters)
    }

    fn search_query(self) -> String {
        self.search.with_untracked(|search| match search.trim() {
            "" => String::new(),
            search => format!("q={}", percent_encode(search)),
        })
    }

    /// Opens an overlay and adds a history entry, so that Back closes it.
    pub(super) fn open(self, overlay: Overlay) {
        push_history(&self.overlay_url(&overlay));
        self.pushed.set_value(true);
        self.overlay.set(overlay);
    }

    /// Filters the list and adds a history entry, unless the filter is the same.
    pub(super) fn set_filter(self, filter: ListFilter) {
        if self.filter.get_untracked() != filter {
            push_history(&self.filter_url(filter));
            self.filter.set(filter);
        }
    }

    /// Closes the overlay. Goes back in the history only if opening it added an entry.
    pub(super) fn close(self) {
        let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
        if self.pushed.get_value() {
            self.pushed.set_value(false);
            let _ = history.back();
        } else {
            let list = self.overlay_url(&Overlay::Closed);
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&list));
        }
        self.overlay.set(Overlay::Closed);
    }
}

fn push_history(url: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(url));
    }
}

fn follow_back_button(navigator: Navigator) {
    let on_popstate = Closure::<dyn FnMut()>::new(move || {
        let query = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
        navigator.pushed.set_value(false);
        let (overlay, filter) = (Overlay::from_query(&query), ListFilter::from_query(&query));
        if navigator.filter.get_untracked() != filter {
            navigator.filter.set(filter);
        }
        if navigator.overlay.get_untracked() != overlay {
            navigator.overlay.set(overlay);
        }
    });
    if let Some(window) = web_sys::window() {
        let _ = window.add_event_listener_with_callback("popstate", on_popstate.as_ref().unchecked_ref());
    }
    // The island lives as long as the page, and so does its listener.
    on_popstate.forget();
}
