//! The whitelist: a text area with feedback for each entry.

use super::EditorFields;
use crate::keys::dialog_context::DialogContext;
use crate::keys::islands::{FieldError, LastCaller, WhitelistCounter, WhitelistFeedback};
use crate::text::editor as text;
use domain::time::Millis;
use domain::views::KeyView;
use domain::whitelist::Whitelist;
use leptos::prelude::*;

/// The text area grows with its text up to this many lines.
const ROWS_MAX: usize = 12;

/// The field.
#[component]
pub fn WhitelistField(fields: EditorFields, context: DialogContext, key: Option<KeyView>) -> impl IntoView {
    let (typed, error) = (fields.values.get("whitelist").to_owned(), fields.error("whitelist"));
    let rows = (typed.lines().count() + 1).clamp(4, ROWS_MAX);
    let is_invalid = (!error.is_empty()).then_some("true");
    let last_caller = key.and_then(|key| last_caller(&key, context.now));
    view! {
        <div class="field whitelist">
            <div class="label-row">
                <label for="whitelist">{text::whitelist()}</label>
                <WhitelistCounter limit=context.policy.whitelist_max whitelist=typed.clone() />
            </div>
            <textarea
                class="input mono"
                id="whitelist"
                name="whitelist"
                rows=rows
                spellcheck="false"
                autocapitalize="none"
                autocomplete="off"
                aria-describedby="whitelist-lines whitelist-error whitelist-hint"
                aria-invalid=is_invalid
            >
                // The HTML parser drops a line break right after the tag.
                {format!("\n{typed}")}
            </textarea>
            <FieldError field="whitelist".to_owned() error />
            <WhitelistFeedback
                whitelist=typed
                required=context.policy.whitelist_required
                last_caller
                my_address=context.my_address
            />
        </div>
    }
}

/// The address that last used the key. None if the stored whitelist blocks it already.
fn last_caller(key: &KeyView, now: Millis) -> Option<LastCaller> {
    let last_use = key.last_use.as_ref()?;
    let address = last_use.address.clone()?;
    let parsed = address.parse().ok()?;
    let is_allowed = Whitelist::from_stored(&key.whitelist).is_ok_and(|whitelist| whitelist.allows(parsed));
    is_allowed.then_some(LastCaller { address, at: last_use.at, now })
}
