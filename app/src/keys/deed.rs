//! What is done to one key or to several at once: disabling, enabling, deleting, ending the old secret. The question
//! before it is done names the keys and says what happens.

use super::around::Around;
use super::ask::{Ask, ask, doing, named};
use super::environment::mark;
use super::list::List;
use super::row::menu_button_id;
use super::server::{Deed, do_deed};
use crate::AppError;
use crate::dom::{Element, el};
use crate::parts::field;
use domain::form::FieldErrors;
use domain::lifecycle::DELETE_REASON_MAX;
use domain::time::date_time_utc;
use domain::views::KeyView;
use leptos::prelude::*;

/// So many are named in the question.
const NAMED: usize = 3;

impl Deed {
    /// The title, the button, what happens, and what is said when it was done.
    fn words(self) -> [&'static str; 4] {
        match self {
            Self::Disable => {
                ["Disable API key", "Disable Key", "refused at once, until somebody enables it again.", "disabled."]
            }
            Self::Enable => {
                ["Enable API key", "Enable Key", "let in again at once, by the rules that it has.", "enabled."]
            }
            Self::EndOld => ["End old API key", "End old key now", "", "left with its new key alone."],
            Self::Delete => {
                ["Delete API key", "Delete Key", "refused at once, everywhere. This cannot be undone.", "deleted."]
            }
        }
    }
}

/// Does it, and shows the list as it is then.
pub(super) async fn perform(deed: Deed, ids: Vec<String>, reason: String, list: List) -> Result<(), AppError> {
    let keys = do_deed(deed, ids, reason).await?;
    list.show_deed(keys, deed == Deed::Delete, deed.words()[3]);
    Ok(())
}

/// Asks, and does it.
pub(super) fn deed_dialog(deed: Deed, keys: &[KeyView], around: Around, list: List) -> Element {
    let navigator = around.navigator;
    let [title, label, ..] = deed.words();
    let reason = RwSignal::new(String::new());
    let errors = RwSignal::new(FieldErrors::default());
    let ids = StoredValue::new(keys.iter().map(|key| key.id.clone()).collect::<Vec<_>>());
    let act = Callback::new(move |()| {
        doing(async move {
            perform(deed, ids.get_value(), reason.get_untracked(), list).await?;
            navigator.close();
            Ok(())
        })
    });
    let mut body = vec![question(deed, keys)];
    if deed == Deed::Delete {
        body.push(reason_box(reason, errors));
    }
    let first = keys.first();
    ask(
        Ask {
            title,
            mark: first.filter(|_| keys.len() == 1).and_then(|key| mark(key.environment)),
            home: first.map(|key| menu_button_id(&key.id)).unwrap_or_default(),
            body,
            errors,
            label,
            is_final: matches!(deed, Deed::Delete | Deed::EndOld),
            act,
        },
        around,
    )
}

fn question(deed: Deed, keys: &[KeyView]) -> Element {
    let [_, _, happens, _] = deed.words();
    let question = el("p");
    let [key] = keys else {
        let names: Vec<&str> = keys.iter().take(NAMED).map(|key| key.name.as_str()).collect();
        let more = match keys.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        return question
            .child(el("strong").child(format!("{} keys", keys.len())))
            .child(format!(" ({}{more}), each is ", names.join(", ")))
            .child(happens);
    };
    let question = named(question, key);
    match key.old_secret_until.filter(|_| deed == Deed::EndOld) {
        Some(until) => question.child(format!(
            " goes on working. Its old key, which would work until {}, is refused at once. From where it is still used \
             stands on the page of the key.",
            date_time_utc(until)
        )),
        None => question.child(" is ").child(happens),
    }
}

/// Why. Nobody must say.
fn reason_box(reason: RwSignal<String>, errors: RwSignal<FieldErrors>) -> Element {
    let input = el("input")
        .class("input")
        .attr("id", "reason")
        .attr("type", "text")
        .attr("maxlength", DELETE_REASON_MAX.to_string())
        .attr("autocomplete", "off")
        .typed(reason);
    let label = el("label").attr("for", "reason").child("Reason");
    field(label, input, "reason", "Optional. Kept with the key's history.", errors)
}
