//! The state of the list: which keys are shown, what they were searched by, and what was said last.

use super::clock;
use super::place::{Narrowed, Navigator};
use super::row::menu_button_id;
use super::server::list_keys;
use crate::parts::focus_soon;
use domain::time::Millis;
use domain::views::{Cursor, KeyPage, KeyState, KeyView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The state of the list.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) keys: RwSignal<Vec<KeyView>>,
    pub(super) next: RwSignal<Option<Cursor>>,
    pub(super) total: RwSignal<usize>,
    pub(super) limit: RwSignal<usize>,
    pub(super) navigator: Navigator,
    /// The ids of those that are selected.
    pub(super) selected: RwSignal<Vec<String>>,
    pub(super) shown_search: RwSignal<String>,
    pub(super) now: StoredValue<Millis>,
    asked: StoredValue<u64>,
    pub(super) busy: RwSignal<bool>,
    pub(super) status: RwSignal<String>,
    pub(super) message: RwSignal<Option<String>>,
}

impl List {
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
            asked: StoredValue::new(0),
            busy: RwSignal::new(false),
            status: RwSignal::new(String::new()),
            message: RwSignal::new(message),
        };
        Effect::new(move |before: Option<Narrowed>| {
            let narrowed = navigator.narrowed.get();
            if before.is_some_and(|before| before != narrowed) {
                this.ask(None);
            }
            narrowed
        });
        this
    }

    pub(super) fn find(self, id: &str) -> Option<KeyView> {
        self.keys.with(|keys| keys.iter().find(|key| key.id == id).cloned())
    }

    pub(super) fn added(self, key: KeyView) {
        self.status.set(format!("{} was added.", key.name));
        self.total.update(|total| *total += 1);
        let chosen = self.navigator.narrowed.get_untracked().environment;
        if chosen.is_none_or(|environment| environment == key.environment) {
            self.update(|keys| keys.insert(0, key));
        }
    }

    /// Changes the keys that are shown, as the time is now.
    fn update(self, change: impl FnOnce(&mut Vec<KeyView>)) {
        self.now.set_value(clock::now());
        self.keys.update(change);
    }

    /// A key is as this is now, because it was `done`.
    pub(super) fn changed(self, key: KeyView, done: &str) {
        self.show_deed(vec![key], false, done);
    }

    /// Keys are as these are now, because something was `done` to them.
    pub(super) fn show_deed(self, changed: Vec<KeyView>, are_gone: bool, done: &str) {
        let said = match &*changed {
            [] => "No key had to be changed.".to_owned(),
            [key] => format!("{} was {done}", key.name),
            keys => format!("{} keys were {done}", keys.len()),
        };
        if are_gone {
            self.total.update(|total| *total = total.saturating_sub(changed.len()));
            self.selected.update(|selected| selected.retain(|id| changed.iter().all(|key| key.id != *id)));
        } else if self.navigator.narrowed.get_untracked().state != KeyState::Active {
            // They may belong to the list no more.
            return self.reload(said);
        }
        self.status.set(said);
        self.update(|keys| {
            for key in changed {
                if let Some(place) = keys.iter().position(|old| old.id == key.id) {
                    if are_gone {
                        keys.remove(place);
                    } else {
                        keys[place] = key;
                    }
                }
            }
        });
    }

    /// Asks for what the search box says. An answer that a later question overtook is dropped.
    pub(super) fn ask(self, after: Option<Cursor>) {
        self.ask_and_say(after, None);
    }

    /// Shows the list as it is now and says what was done to it.
    fn reload(self, said: String) {
        self.ask_and_say(None, Some(said));
    }

    fn ask_and_say(self, after: Option<Cursor>, said: Option<String>) {
        let number = self.asked.get_value() + 1;
        self.asked.set_value(number);
        self.busy.set(true);
        let search = self.navigator.search.get_untracked();
        let Narrowed { environment, state } = self.navigator.narrowed.get_untracked();
        spawn_local(async move {
            let outcome = list_keys(Some(search.clone()), environment, Some(state), after.clone()).await;
            if self.asked.get_value() != number {
                return;
            }
            self.busy.set(false);
            match outcome {
                Ok(page) => {
                    self.show(page, search, after.is_some());
                    if let Some(said) = said {
                        self.status.set(said);
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
            self.update(|keys| keys.extend(page.keys));
            if let Some(id) = first {
                focus_soon(menu_button_id(&id));
            }
        } else {
            // What is not shown must not be changed.
            self.selected.update(|selected| selected.retain(|id| page.keys.iter().any(|key| key.id == *id)));
            self.update(|keys| *keys = page.keys);
        }
    }
}
