//! Components that several pages share. They know nothing of keys or members.

mod copy_text;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
mod emphasis;
mod menu_keys;

// The browser calls an island's hydration function only.
#[cfg(feature = "ssr")]
pub use copy_text::CopyText;
#[cfg(any(feature = "ssr", feature = "dialogs"))]
pub use emphasis::Emphasis;
#[cfg(feature = "ssr")]
pub use menu_keys::MenuKeys;
