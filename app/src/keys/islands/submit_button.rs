//! The button that submits a form, busy while it is sent. It keeps the focus meanwhile, so it is not really disabled; a busy
//! form is not sent again.

use crate::keys::form_state::FormState;
use leptos::prelude::*;

/// The button, with the name of the form.
#[island]
pub fn SubmitButton(
    /// The value of the field `do`.
    form: String,
    /// Its text.
    label: String,
    /// Its text while the form is sent.
    busy_label: String,
    /// Its CSS class.
    class: String,
) -> impl IntoView {
    let state = use_context::<FormState>();
    let is_busy = Memo::new(move |_| state.is_some_and(|state| state.busy.get()));
    view! {
        <button class=class type="submit" name="do" value=form aria-disabled=move || is_busy.get().then_some("true")>
            {move || if is_busy.get() { busy_label.clone() } else { label.clone() }}
        </button>
    }
}
