//! The whitelist box: what it understood of each line while it is typed, with what to write instead. The judging is
//! the server's own code in `domain`.

use crate::parts::TextArea;
use domain::form::FieldErrors;
use domain::whitelist::{self, Line, Understood};
use leptos::prelude::*;

/// The box, its counter, and a line of feedback for each line typed.
#[component]
pub fn WhitelistBox(
    value: RwSignal<String>,
    limit: usize,
    my_address: Option<String>,
    errors: RwSignal<FieldErrors>,
) -> impl IntoView {
    let count = Memo::new(move |_| value.with(|text| whitelist::count(text)));
    let is_empty = Memo::new(move |_| value.with(|text| text.trim().is_empty()));
    let error = move || errors.with(|errors| errors.get("whitelist").map(ToOwned::to_owned));
    let is_wrong = Signal::derive(move || error().is_some() || count.get() > limit);
    view! {
        <div class="field">
            <div class="label-row">
                <label for="whitelist">"IP whitelist"</label>
                <span class="counter" class:bad=move || { count.get() > limit }>
                    {move || format!("{} of {limit}", count.get())}
                </span>
            </div>
            <TextArea id="whitelist" class="input mono" value rows=4 invalid=is_wrong
                described_by="whitelist-lines whitelist-error whitelist-hint" />
            <ul class="lines" id="whitelist-lines" aria-live="polite">
                {move || value.with(|text| whitelist::read_lines(text)).into_iter().map(feedback).collect_view()}
            </ul>
            <p class="error" id="whitelist-error">{move || shown_error(error())}</p>
            <p class="note warn" hidden=move || !is_empty.get()>"Any address may use this key."</p>
            <p class="hint" id="whitelist-hint">
                "One address, range or network a line. Leave empty to allow any address. "
                {my_address.map(|address| add_mine(value, address))}
            </p>
        </div>
    }
}

/// What each line says already is not said again below them.
fn shown_error(error: Option<String>) -> Option<String> {
    error.map(|message| match message.strip_prefix("Line ") {
        Some(_) => "Correct or remove each line marked ✕, then save.".to_owned(),
        None => message,
    })
}

fn feedback(line: Line) -> impl IntoView {
    let (class, text) = match line.understood {
        Ok(Understood::Entry(entry)) => ("ok", format!("✓ {}", entry.describe())),
        Ok(Understood::SameAs { entry, line }) => ("same", format!("= {entry} is on line {line} already and counts once")),
        Ok(Understood::Inside { entry, of }) => ("same", format!("= {entry} is inside {of} and counts once")),
        Err(error) => ("bad", format!("✕ {error}")),
    };
    view! { <li class=class>{text}</li> }
}

fn add_mine(value: RwSignal<String>, address: String) -> impl IntoView {
    let shown = address.clone();
    view! {
        <button class="link" type="button" on:click=move |_| value.update(|text| append(text, &address))>
            "Add my address"
        </button>
        {format!(" ({shown})")}
    }
}

fn append(text: &mut String, address: &str) {
    if text.lines().any(|line| line.trim() == address) {
        return;
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(address);
    text.push('\n');
}
