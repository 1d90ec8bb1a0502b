//! Components that several islands share. They know nothing of keys or members.

mod alert;
mod button;
mod dialog;
mod field;
mod focus;
mod menu;
mod menu_keys;
mod number_field;
mod select;
mod text_area;

pub use alert::alert;
pub use button::{button, link_button, submit};
pub use dialog::Dialog;
pub use field::{Field, counter, error_line, error_of, field, show_field_errors};
pub use focus::focus_soon;
pub use menu::{close_menu, menu};
pub use menu_keys::MenuKeys;
pub use number_field::number_field;
pub use select::select;
pub use text_area::text_area;
