//! "Waiting for the first call…": asks the server every few seconds whether the new secret was used, and explains a
//! refusal. Without wasm it is not shown; the key's page tells the same.

use crate::keys::server::{allow_address, find_first_call};
use crate::text::reveal as text;
use domain::first_call::FirstCall;
use domain::verdict::VerdictCode;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How long to wait between two questions.
const INTERVAL: Duration = Duration::from_secs(2);
/// How often to ask: for as long as the gate watches, 15 minutes.
const ATTEMPTS: u32 = 450;

/// The state of the first call.
#[component]
pub fn FirstCallStatus(
    /// The id of the key.
    id: String,
    /// The account that the page shows.
    account: String,
) -> impl IntoView {
    let call = RwSignal::new(FirstCall::Waiting);
    let key = StoredValue::new((account, id));
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| {
        hydrated.set(true);
        ask(key, call, ATTEMPTS);
    });
    let allow = move |address: String| {
        let (account, id) = key.get_value();
        spawn_local(async move {
            if allow_address(account, id, address).await.is_ok() {
                let _ = call.try_set(FirstCall::Waiting);
            }
        });
    };
    let shown = move || match call.get() {
        FirstCall::Waiting => view! { <p class="first-call waiting">{text::waiting()}</p> }.into_any(),
        FirstCall::Allowed { address, .. } => {
            view! { <p class="first-call ok">{text::first_call_allowed(address.as_deref())}</p> }.into_any()
        }
        FirstCall::Refused { address, code, advice, can_allow_address, .. } => {
            refusal(code, address.as_deref(), advice, can_allow_address, allow)
        }
    };
    view! { <div role="status" hidden=move || !hydrated.get()>{shown}</div> }
}

/// A refused call, its remedy, and the button that allows its address.
fn refusal(
    code: VerdictCode,
    address: Option<&str>,
    advice: String,
    can_allow: Option<String>,
    allow: impl Fn(String) + Send + 'static,
) -> AnyView {
    let button = can_allow.map(|address| {
        let label = text::allow(&address);
        view! { <button class="button" type="button" on:click=move |_| allow(address.clone())>{label}</button> }
    });
    view! {
        <div class="first-call bad">
            <p><strong>{text::first_call_refused(code, address)}</strong></p>
            <p>{advice}</p>
            {button}
        </div>
    }
    .into_any()
}

/// Asks until a call was allowed, the dialog is closed, or the time is over.
fn ask(key: StoredValue<(String, String)>, call: RwSignal<FirstCall>, attempts: u32) {
    let Some((account, id)) = key.try_get_value().filter(|_| attempts > 0) else { return };
    spawn_local(async move {
        // An error, such as a lost connection, is asked again.
        if let Ok(found) = find_first_call(account, id).await {
            let is_over = matches!(found, FirstCall::Allowed { .. });
            let is_closed = call.try_set(found).is_some();
            if is_over || is_closed {
                return;
            }
        }
        set_timeout(move || ask(key, call, attempts - 1), INTERVAL);
    });
}
