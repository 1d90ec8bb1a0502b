//! Components that several pages share. They know nothing of keys or members.

mod copy_text;
#[cfg(feature = "ssr")]
mod emphasis;
mod menu_keys;

// The browser calls an island's hydration function only.
#[cfg(feature = "ssr")]
pub use copy_text::CopyText;
#[cfg(feature = "ssr")]
pub use emphasis::Emphasis;
#[cfg(feature = "ssr")]
pub use menu_keys::MenuKeys;
