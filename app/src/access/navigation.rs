//! Page navigation from an island.

/// Loads another page of the console.
pub fn load_page(path: &str) {
    if let Some(window) = web_sys::window() {
        // Fails only while the page is already unloading.
        let _ = window.location().assign(path);
    }
}
