//! Components that several islands share. They know nothing of keys or members.

#[cfg(feature = "ssr")]
mod alert;
#[cfg(feature = "ssr")]
mod button;
#[cfg(feature = "ssr")]
mod dialog;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod focus;
#[cfg(feature = "ssr")]
mod menu;
mod menu_keys;
#[cfg(feature = "ssr")]
mod number_field;
#[cfg(feature = "ssr")]
mod select;
#[cfg(feature = "ssr")]
mod text_area;

#[cfg(feature = "ssr")]
pub use alert::alert;
#[cfg(feature = "ssr")]
pub use button::{button, link_button, submit};
#[cfg(feature = "ssr")]
pub use dialog::Dialog;
#[cfg(feature = "ssr")]
pub use field::{Field, counter, error_line, error_of, field, show_field_errors};
#[cfg(feature = "ssr")]
pub use focus::focus_soon;
#[cfg(feature = "ssr")]
pub use menu::{close_menu, menu};
pub use menu_keys::MenuKeys;
#[cfg(feature = "ssr")]
pub use number_field::number_field;
#[cfg(feature = "ssr")]
pub use select::select;
#[cfg(feature = "ssr")]
pub use text_area::text_area;
