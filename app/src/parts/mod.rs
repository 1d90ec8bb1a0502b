//! Small components that several pages share. They know nothing of keys or members.

mod alert;
mod dialog;
mod field;
mod focus;
mod menu;
mod text_area;
mod typed;

pub use alert::Alert;
pub use dialog::Dialog;
pub use field::{Field, show_field_errors};
pub use focus::focus_soon;
pub use menu::{Menu, close_menu};
pub use text_area::TextArea;
pub use typed::keep_typed;
