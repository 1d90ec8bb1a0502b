//! The wasm entry point: hydrates the islands that the server rendered. Nothing else belongs here.

// Otherwise the linker drops the islands' exports.
use app as _;

/// Smaller in wasm than the standard allocator, and as fast for the small, short-lived allocations of a page.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Called by the page's hydration script once the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    #[cfg(target_arch = "wasm32")]
    app::browser::install_texts();
    leptos::mount::hydrate_islands();
}
