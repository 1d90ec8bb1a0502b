//! The initial state of an island: JSON in the `data-initial-state` attribute of its root element. It is part of the page,
//! so no secret belongs in it. Leptos' island props would need serde's deserializers in the browser.

/// The state that the page provided as context, and its JSON for the root's `data-initial-state`.
#[cfg(feature = "ssr")]
pub fn initial_state<T: Clone + serde::Serialize + Send + Sync + 'static>(_root: &str) -> (T, String) {
    let state: T = leptos::prelude::expect_context();
    let text = leptos::serde_json::to_string(&state).expect("initial state is plain data");
    (state, text)
}

/// The state in the island's root element, found by its id.
#[cfg(not(feature = "ssr"))]
pub fn initial_state<T: super::json::FromJson>(root: &str) -> (T, String) {
    use super::json::JsonValue;
    let root = leptos::prelude::document().get_element_by_id(root);
    let text = root.and_then(|root| root.get_attribute("data-initial-state")).unwrap_or_default();
    let state = JsonValue::parse(&text).and_then(|json| T::from_json(&json));
    (state.expect("the server rendered the initial state"), String::new())
}
