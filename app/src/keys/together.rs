//! Several keys at once: which are selected, the bar with what can be done to them, and the question before it is done.

use super::around::Around;
use super::ask::{Ask, ask, doing};
use super::delete::reason_box;
use super::list::List;
use super::place::Place;
use super::server::{delete_keys, enable_keys};
use crate::dom::{Element, el};
use crate::parts::button;
use domain::form::FieldErrors;
use leptos::prelude::*;

/// So many are named in the question.
const NAMED: usize = 3;

/// What can be done to many.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Together {
    Disable,
    Enable,
    Delete,
}

impl Together {
    fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Disable => {
                ("Disable", "Disable API keys", "are refused at once, until somebody enables them.", "disabled")
            }
            Self::Enable => {
                ("Enable", "Enable API keys", "work again at once, by the rules that they have.", "enabled")
            }
            Self::Delete => {
                ("Delete", "Delete API keys", "stop working at once, everywhere. This cannot be undone.", "deleted")
            }
        }
    }
}

/// The box that selects one key.
pub(super) fn select_one(list: List, id: &str, name: &str) -> Element {
    let (held, id) = (id.to_owned(), id.to_owned());
    let choose = move |is_on: bool| {
        list.selected.update(|selected| {
            selected.retain(|one| *one != id);
            if is_on {
                selected.push(id.clone());
            }
        });
    };
    el("input")
        .attr("type", "checkbox")
        .attr("aria-label", format!("Select {name}"))
        .checked(move || list.selected.with(|selected| selected.contains(&held)), choose)
}

/// The box that selects all that are shown.
pub(super) fn select_all(list: List) -> Element {
    let all = move || list.keys.with(|keys| keys.iter().map(|key| key.id.clone()).collect::<Vec<_>>());
    let is_all = move || {
        let count = list.keys.with(Vec::len);
        count > 0 && list.selected.with(Vec::len) == count
    };
    let choose = move |is_on: bool| list.selected.set(if is_on { untrack(all) } else { Vec::new() });
    el("label")
        .class("check")
        .child(el("input").attr("type", "checkbox").checked(is_all, choose))
        .child(el("span").class("select-all").child("Select all on this page"))
}

/// What can be done to the selected keys, while there are some.
pub(super) fn bar(list: List, asked: RwSignal<Option<Together>>) -> Element {
    let action = move |together: Together| {
        let class = if together == Together::Delete { "button danger" } else { "button" };
        button(class).on_click(move || asked.set(Some(together))).child(together.words().0)
    };
    let shown = move || {
        let count = list.selected.with(Vec::len);
        (count > 0).then(|| {
            el("div")
                .class("bar")
                .attr("role", "group")
                .attr("aria-label", "Selected keys")
                .child(el("span").child(format!("{count} selected")))
                .child(el("span").class("space"))
                .children([Together::Disable, Together::Enable, Together::Delete].map(action))
        })
    };
    el("div").class("contents").live_if(shown)
}

/// Says how many and names the first, then does it.
pub(super) fn together_dialog(
    together: Together,
    list: List,
    around: Around,
    asked: RwSignal<Option<Together>>,
) -> Element {
    let (label, title, happens, done) = together.words();
    let reason = RwSignal::new(String::new());
    let errors = RwSignal::new(FieldErrors::default());
    let ids = untrack(|| list.selected.get());
    let mut names: Vec<String> = ids.iter().filter_map(|id| untrack(|| list.find(id))).map(|key| key.name).collect();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let mut listed = names.join(", ");
    if more > 0 {
        listed = format!("{listed} and {more} more");
    }
    let count = ids.len();
    let counted = format!("{count} key{}", if count == 1 { "" } else { "s" });
    let mut body = vec![el("p").child(el("strong").child(counted)).child(format!(" ({listed}) {happens}"))];
    if together == Together::Delete {
        body.push(reason_box(reason, errors));
    }
    let ids = StoredValue::new(ids);
    let act = Callback::new(move |()| {
        let (ids, reason) = (ids.get_value(), reason.get_untracked());
        doing(async move {
            let changed = match together {
                Together::Delete => delete_keys(ids, Some(reason)).await?,
                _ => enable_keys(ids, together == Together::Enable).await?,
            };
            asked.set(None);
            let count = changed.len();
            let s = if count == 1 { " was" } else { "s were" };
            list.reload(format!("{count} key{s} {done}."));
            Ok(())
        })
    });
    ask(
        Ask {
            title,
            title_id: "together",
            mark: None,
            home: "search".to_owned(),
            body,
            errors,
            label,
            is_final: together == Together::Delete,
            back: around.navigator.address(&Place::List),
            on_close: Callback::new(move |()| asked.set(None)),
            act,
        },
        around,
    )
}
