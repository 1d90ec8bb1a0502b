//! Every sentence that a person reads in the console, one file for each area, so that a translation replaces one folder.
//! A sentence with values is a function of them. Messages about typed values belong to the rules in `domain`.

pub mod editor;
pub mod explain;
#[cfg(feature = "ssr")]
pub mod dialogs;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
pub mod keys_page;
pub mod reveal;
