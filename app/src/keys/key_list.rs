//! The state of the list: the keys that are shown, the selection, and the status line. Rendering belongs in
//! `key_table`.

use super::clock;
use super::element_ids::menu_button_id;
use super::list_filter::ListFilter;
use super::navigator::Navigator;
use super::server::list_keys;
use crate::components::focus_soon;
use domain::time::Millis;
use domain::views::{KeyCursor, KeyPage, KeyState, KeyView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The signals of the list.
#[derive(Clone, Copy)]
pub(super) struct KeyList {
    pub(super) keys: RwSignal<Vec<KeyView>>,
    /// Where the next page starts; none on the last one.
    pub(super) next: RwSignal<Option<KeyCursor>>,
    /// How many keys the account has.
    pub(super) total: RwSignal<usize>,
    /// How many keys the account may have.
    pub(super) limit: RwSignal<usize>,
    pub(super) navigator: Navigator,
    /// The ids of the selected keys.
    pub(super) selected: RwSignal<Vec<String>>,
    /// The search text that the shown keys match.
    pub(super) shown_search: RwSignal<String>,
    /// When the keys were last loaded or updated.
    pub(super) now: StoredValue<Millis>,
    /// Number of the latest request; the answer to an earlier one is dropped.
    latest_request: StoredValue<u64>,
    pub(super) busy: RwSignal<bool>,
    /// The status line, announced by screen readers.
    pub(super) status: RwSignal<String>,
    /// Why the last request failed.
    pub(super) message: RwSignal<Option<String>>,
}

impl KeyList {
    pub(super) fn new(page: KeyPage, navigator: Navigator, now: Millis, message: Option<String>) -> Self {
        let this = Self {
            navigator,
            selected: RwSignal::new(Vec::new()),
            keys: RwSignal::new(page.keys),
            next: RwSignal::new(page.next),
            total: RwSignal::new(page.total),
            limit: RwSignal::new(page.limit),
            shown_search: RwSignal::new(navigator.search.get_untracked()),
            now: StoredValue::new(now),
            latest_request: StoredValue::new(0),
            busy: RwSignal::new(false),
            status: RwSignal::new(String::new()),
            message: RwSignal::new(message),
        };
        Effect::new(move |before: Option<ListFilter>| {
            let filter = navigator.filter.get();
            if before.is_some_and(|before| before != filter) {
                this.load(None);
            }
            filter
        });
        this
    }

    pub(super) fn find_key(self, id: &str) -> Option<KeyView> {
        self.keys.with(|keys| keys.iter().find(|key| key.id == id).cloned())
    }

    /// Adds a key that was just created.
    pub(super) fn apply_created(self, key: KeyView) {
        self.status.set(format!("{} was added.", key.name));
        self.total.update(|total| *total += 1);
        let filtered = self.navigator.filter.get_untracked().environment;
        if filtered.is_none_or(|environment| environment == key.environment) {
            self.modify(|keys| keys.insert(0, key));
        }
    }

    /// Modifies the shown keys and the time that their ages are relative to.
    fn modify(self, change: impl FnOnce(&mut Vec<KeyView>)) {
        self.now.set_value(clock::now());
        self.keys.update(change);
    }

    /// Replaces a key that was updated. `done` completes the sentence "<name> was".
    pub(super) fn apply_update(self, key: KeyView, done: &str) {
        self.apply_updates(vec![key], false, done);
    }

    /// Replaces keys that were updated, or removes them if they `are_deleted`.
    pub(super) fn apply_updates(self, updated: Vec<KeyView>, are_deleted: bool, done: &str) {
        let announcement = match &*updated {
            [] => "No key needed this action.".to_owned(),
            [key] => format!("{} was {done}", key.name),
            keys => format!("{} keys were {done}", keys.len()),
        };
        if are_deleted {
            self.total.update(|total| *total = total.saturating_sub(updated.len()));
            self.selected.update(|selected| selected.retain(|id| updated.iter().all(|key| key.id != *id)));
        } else if self.navigator.filter.get_untracked().state != KeyState::Active {
            // The keys may no longer match the filter.
            return self.load_and_announce(None, Some(announcement));
        }
        self.status.set(announcement);
        self.modify(|keys| {
            for key in updated {
                if let Some(index) = keys.iter().position(|old| old.id == key.id) {
                    if are_deleted {
                        keys.remove(index);
                    } else {
                        keys[index] = key;
                    }
                }
            }
        });
    }

    /// Loads the keys that match the search box and the filter, from `after` on.
    pub(super) fn load(self, after: Option<KeyCursor>) {
        self.load_and_announce(after, None);
    }

    fn load_and_announce(self, after: Option<KeyCursor>, announcement: Option<String>) {
        let request = self.latest_request.get_value() + 1;
        self.latest_request.set_value(request);
        self.busy.set(true);
        let search = self.navigator.search.get_untracked();
        let ListFilter { environment, state } = self.navigator.filter.get_untracked();
        spawn_local(async move {
            let outcome = list_keys(Some(search.clone()), environment, Some(state), after.clone()).await;
            if self.latest_request.get_value() != request {
                return;
            }
            self.busy.set(false);
            match outcome {
                Ok(page) => {
                    self.show(page, search, after.is_some());
                    if let Some(announcement) = announcement {
                        self.status.set(announcement);
                    }
                }
                Err(problem) => self.message.set(Some(problem.message())),
            }
        });
    }

    fn show(self, page: KeyPage, search: String, is_more: bool) {
        self.message.set(None);
        self.next.set(page.next);
        self.total.set(page.total);
        self.limit.set(page.limit);
        self.status.set(match (is_more, page.keys.len()) {
            (true, count) => format!("{count} more keys."),
            (false, 1) => "1 key found.".to_owned(),
            (false, count) => format!("{count} keys found."),
        });
        self.shown_search.set(search);
        if is_more {
            let first = page.keys.first().map(|key| key.id.clone());
            self.modify(|keys| keys.extend(page.keys));
            if let Some(id) = first {
                focus_soon(menu_button_id(&id));
            }
        } else {
            // A bulk action must not affect keys that are not shown.
            self.selected.update(|selected| selected.retain(|id| page.keys.iter().any(|key| key.id == *id)));
            self.modify(|keys| *keys = page.keys);
        }
    }
}
