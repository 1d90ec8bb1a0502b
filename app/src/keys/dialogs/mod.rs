//! The dialogs that confirm an act on keys: disable, enable, end the old secret, delete; and the one that rotates a key.
//! Server only.

mod confirm;
mod evidence;
mod rotate;

pub use confirm::{Act, ConfirmActDialog};
pub use rotate::RotateDialog;
