//! The island of the selection: counts the selected keys, and makes *Select all* and ranges with the shift key work. The
//! check boxes themselves are rendered by the server and sent by a plain form.

use crate::text::list_islands as text;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, MouseEvent};

/// The check boxes of the rows.
const BOXES: &str = ".key-list td.pick input";

/// How many keys are selected.
#[island]
pub fn Selection() -> impl IntoView {
    let count = RwSignal::new(0_usize);
    Effect::new(move |_| {
        let last = StoredValue::new(None::<usize>);
        let recount = move || count.set(count_selected());
        window_event_listener(ev::click, move |event| extend_range(&event, last));
        window_event_listener(ev::change, move |event| {
            select_all(&event);
            recount();
        });
        // Both change the boxes after the event: the form's reset, and a return to the page as it was left.
        window_event_listener(ev::reset, move |_| request_animation_frame(recount));
        window_event_listener_untyped("pageshow", move |_| request_animation_frame(recount));
        if let Some(all) = all_box() {
            all.set_disabled(false);
        }
        recount();
    });
    view! {
        <strong>
            {move || match count.get() {
                0 => text::selected_keys().to_owned(),
                count => text::selected(count),
            }}
        </strong>
    }
}

fn boxes() -> Vec<HtmlInputElement> {
    let Ok(found) = document().query_selector_all(BOXES) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
}

fn all_box() -> Option<HtmlInputElement> {
    document().get_element_by_id("select-all")?.dyn_into().ok()
}

/// Counts the selected keys, and shows in the head whether they are all.
fn count_selected() -> usize {
    let boxes = boxes();
    let count = boxes.iter().filter(|input| input.checked()).count();
    if let Some(all) = all_box() {
        all.set_checked(count > 0 && count == boxes.len());
        all.set_indeterminate(count > 0 && count < boxes.len());
    }
    count
}

/// Selects or clears every row after a change of the box in the head.
fn select_all(event: &Event) {
    let Some(all) = all_box().filter(|all| event.target().as_ref() == Some(all.as_ref())) else { return };
    for input in boxes() {
        input.set_checked(all.checked());
    }
}

/// Shift and a click give all rows since the last click the state of the clicked one.
fn extend_range(event: &MouseEvent, last: StoredValue<Option<usize>>) {
    let Some(clicked) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
    let boxes = boxes();
    let Some(index) = boxes.iter().position(|input| *input == clicked) else { return };
    if event.shift_key()
        && let Some(from) = last.get_value()
    {
        for input in boxes.iter().take(from.max(index) + 1).skip(from.min(index)) {
            input.set_checked(clicked.checked());
        }
    }
    last.set_value(Some(index));
}
