//! Components that several pages share. They know nothing of keys or members.

mod menu_keys;

pub use menu_keys::MenuKeys;
