//! Going to another page from an island.

/// Loads another page.
pub fn go(path: &str) {
    if let Some(window) = web_sys::window() {
        // A page that cannot be left is being closed anyway.
        let _ = window.location().assign(path);
    }
}
