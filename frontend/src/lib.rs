//! The wasm entry point: wakes the islands that the server rendered. Nothing else belongs here.

// Without this the linker drops the islands' exports.
use app as _;

/// A page makes small, short-lived allocations; this one is smaller than the standard library's and as quick.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Called by the page's script once the module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
