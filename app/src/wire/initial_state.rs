//! What the server tells an island: it stands as JSON in an attribute of the island's root. Nothing secret belongs in
//! it. The framework's own way, properties, needs serde's readers in the browser.

/// What the island with this root starts with, and what its root must hold in `data-start`. The page provides it.
#[cfg(feature = "ssr")]
pub fn initial_state<T: Clone + serde::Serialize + Send + Sync + 'static>(_root: &str) -> (T, String) {
    let start: T = leptos::prelude::expect_context();
    let text = leptos::serde_json::to_string(&start).expect("what an island starts with is plain data");
    (start, text)
}

/// What the island with this root starts with.
#[cfg(not(feature = "ssr"))]
pub fn initial_state<T: super::json::FromJson>(root: &str) -> (T, String) {
    use super::json::JsonValue;
    let root = leptos::prelude::document().get_element_by_id(root);
    let text = root.and_then(|root| root.get_attribute("data-initial-state")).unwrap_or_default();
    let start = JsonValue::parse(&text).and_then(|json| T::from_json(&json));
    (start.expect("the server wrote what this island starts with"), String::new())
}
