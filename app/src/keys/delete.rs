//! The question before a key is deleted. It names the key and says what happens.

use super::server::delete_key;
use crate::Problem;
use crate::access::SignInAgain;
use crate::parts::{Alert, Dialog};
use domain::listing::KeyView;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Asks, deletes, and tells the id of what is gone.
#[component]
pub(super) fn DeleteDialog(
    key: KeyView,
    awake: Signal<bool>,
    #[prop(into)] on_deleted: Callback<KeyView>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let signed_out = RwSignal::new(false);
    let (name, masked) = (key.name.clone(), key.masked.clone());
    let key = StoredValue::new(key);
    let delete = move || {
        message.set(None);
        busy.set(true);
        spawn_local(async move {
            let Some(key) = key.try_get_value() else { return };
            let outcome = delete_key(key.id.clone()).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => on_deleted.run(key),
                Err(Problem::SignedOut) => drop(signed_out.try_set(true)),
                Err(problem) => drop(message.try_set(Some(problem.message()))),
            }
        });
    };
    view! {
        <Dialog title="Delete API key" class="dialog" on_close veil_closes=true>
            <Alert message />
            <p>
                <strong>{name}</strong> " (" <span class="mono">{masked}</span> ") stops working at once, everywhere. \
                This cannot be undone."
            </p>
            <div class="actions end">
                <a class="button" role="button" href="/settings/api-keys" autofocus
                    on:keydown=move |event| if event.key() == " " { event.prevent_default(); on_close.run(()); }
                    on:click=move |event| { event.prevent_default(); on_close.run(()); }>"Cancel"</a>
                <button class="button danger" type="button" disabled=move || !awake.get() || busy.get()
                    on:click=move |_| delete()>
                    {move || if busy.get() { "Deleting…" } else { "Delete Key" }}
                </button>
            </div>
        </Dialog>
        {move || signed_out.get().then(|| view! {
            <SignInAgain
                on_done=move |()| { signed_out.set(false); delete(); }
                on_cancel=move |()| signed_out.set(false) />
        })}
    }
}
