//! The note in the editor when another member updated the key since the form was opened (optimistic locking).

use crate::keys::form_state::FormState;
use crate::keys::server::EditConflict;
use crate::text::editor as text;
use leptos::prelude::*;

/// The note. Its buttons send the form again with one side's values where both changed the same field.
#[island]
pub fn ConflictNote(
    /// The conflict of a plain form that was refused.
    conflict: Option<EditConflict>,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let found = move || match state {
        Some(state) if state.errors.with(Option::is_some) => state.conflict.get(),
        _ => conflict.clone(),
    };
    let note = move || {
        found().map(|EditConflict { summary, differences, .. }| {
            let lines: Vec<_> = differences.into_iter().map(|line| view! { <li>{line}</li> }).collect();
            view! {
                <div class="note warn conflict">
                    <p>{summary}</p>
                    <ul>{lines}</ul>
                    <div class="actions">
                        <button class="button" type="submit" name="do" value="update-theirs">{text::keep_theirs()}</button>
                        <button class="button" type="submit" name="do" value="update-mine">{text::use_mine()}</button>
                    </div>
                </div>
            }
        })
    };
    view! { <div role="alert">{note}</div> }
}
