//! Ids of elements that one component renders and another one moves the focus to.

/// The button that opens a key's menu.
pub(super) fn menu_button_id(key_id: &str) -> String {
    format!("menu-{key_id}-button")
}
