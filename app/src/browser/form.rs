//! Reading and filling the fields of a form element.

use crate::keys::FormFields;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlButtonElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

/// The form's fields, with the button that submitted it if there is one.
pub fn read_form(form: &HtmlFormElement, event: Option<&SubmitEvent>) -> FormFields {
    let mut fields = Vec::new();
    let entries = FormData::new_with_form(form).ok().and_then(|data| js_sys::try_iter(&data).ok().flatten());
    for entry in entries.into_iter().flatten().flatten() {
        let entry: js_sys::Array = entry.unchecked_into();
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            fields.push((name, value));
        }
    }
    let button = event.and_then(SubmitEvent::submitter).and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    fields.extend(button.map(|button| (button.name(), button.value())));
    FormFields(fields)
}

/// Whether the person has changed none of the form's text fields.
pub fn is_pristine(form: &HtmlFormElement) -> bool {
    // A button or a field set has no default value.
    controls(form).all(|control| !is_text(&control) || control.default_value() == control.value())
}

/// Fills the form with these fields; hidden ones stay.
pub fn fill_form(form: &HtmlFormElement, fields: &FormFields) {
    for control in controls(form) {
        let name = control.name();
        match &*control.type_() {
            "hidden" | "submit" | "button" | "fieldset" => {}
            "checkbox" => control.set_checked(fields.is_ticked(&name)),
            "radio" => control.set_checked(fields.get(&name) == control.value()),
            _ => control.set_value(fields.get(&name)),
        }
    }
}

/// Disables the controls whose names begin with `prefix`, or enables them.
pub fn set_disabled(form: &HtmlFormElement, prefix: &str, is_disabled: bool) {
    for control in controls(form).filter(|control| control.name().starts_with(prefix)) {
        control.set_disabled(is_disabled);
    }
}

/// Marks the controls whose names have a message, and no others. A radio button cannot be invalid, only its group.
pub fn mark_invalid(form: &HtmlFormElement, is_invalid: impl Fn(&str) -> bool) {
    for control in controls(form).filter(|control| control.type_() != "radio") {
        // Neither fails for a constant attribute.
        let _ = if is_invalid(&control.name()) {
            control.set_attribute("aria-invalid", "true")
        } else {
            control.remove_attribute("aria-invalid")
        };
    }
}

fn is_text(control: &HtmlInputElement) -> bool {
    matches!(&*control.type_(), "text" | "textarea")
}

/// The form's controls. Text areas and select boxes have the same properties as inputs, besides `default_value`; a set of
/// fields has none of them and is left out.
fn controls(form: &HtmlFormElement) -> impl Iterator<Item = HtmlInputElement> {
    let elements = form.elements();
    (0..elements.length())
        .filter_map(move |index| elements.item(index))
        .filter(|element| element.tag_name() != "FIELDSET")
        .map(JsCast::unchecked_into)
}

/// Edits the text of the control with this id as if it were typed, so that its form reacts.
pub fn edit_text(id: &str, edit: impl FnOnce(&str) -> String) {
    let Some(control) = document().get_element_by_id(id) else { return };
    let control: HtmlInputElement = control.unchecked_into();
    control.set_value(&edit(&control.value()));
    let options = web_sys::EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &options) {
        // Fails only for an event that is being dispatched already.
        let _ = control.dispatch_event(&event);
    }
}
