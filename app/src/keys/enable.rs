//! The questions whether to disable a key, to enable it, and to end its old secret: for addresses that lead to them.
//! The menu of a row disables without a question, because it can be undone.

use super::around::Around;
use super::ask::{Ask, about, ask, doing, sentence};
use super::server::{enable_key, end_old_key};
use crate::dom::Element;
use domain::listing::KeyView;
use domain::time::date_time_utc;
use leptos::prelude::*;

/// Asks, disables or enables, and hands on the key as it is then.
pub(super) fn enable_dialog(key: &KeyView, enabled: bool, around: Around, on_done: Callback<KeyView>) -> Element {
    let id = StoredValue::new(key.id.clone());
    let act = Callback::new(move |()| {
        doing(async move {
            on_done.run(enable_key(id.get_value(), enabled).await?);
            Ok(())
        })
    });
    let question = about(key, around, act);
    let (title, title_id, label, happens) = if enabled {
        ("Enable API key", "enable-api-key", "Enable Key", "works again at once, by the rules that it has.")
    } else {
        ("Disable API key", "disable-api-key", "Disable Key", "is refused at once, until somebody enables it again.")
    };
    ask(Ask { title, title_id, label, body: vec![sentence(key, happens)], ..question }, around)
}

/// Asks, ends the old secret, and hands on the key as it is then.
pub(super) fn end_old_dialog(key: &KeyView, around: Around, on_done: Callback<KeyView>) -> Element {
    let id = StoredValue::new(key.id.clone());
    let act = Callback::new(move |()| {
        doing(async move {
            on_done.run(end_old_key(id.get_value()).await?);
            Ok(())
        })
    });
    let question = about(key, around, act);
    let happens = match (key.old_secret_until, key.old_secret_used_at) {
        (Some(until), Some(used)) => format!(
            "goes on working. Its old key, which would work until {}, is refused at once. It was used last on {}.",
            date_time_utc(until),
            date_time_utc(used)
        ),
        (Some(until), None) => format!(
            "goes on working. Its old key, which would work until {}, is refused at once. Nothing used it since.",
            date_time_utc(until)
        ),
        (None, _) => "has no old key that works any more.".to_owned(),
    };
    ask(
        Ask {
            title: "End old API key",
            title_id: "end-old-api-key",
            label: "End old key now",
            is_final: true,
            body: vec![sentence(key, happens)],
            ..question
        },
        around,
    )
}
