//! Every sentence that a person reads in the console and in its mails, one file per area. No markup and no logic beyond
//! putting values into a sentence, so that a translation replaces this folder alone. Messages about typed values belong to
//! the rules in `domain`.

pub mod access;
#[cfg(feature = "ssr")]
pub mod dialogs;
pub mod editor;
pub mod explain;
pub mod frame;
#[cfg(feature = "ssr")]
pub mod key_details;
#[cfg(feature = "ssr")]
pub mod keys_page;
pub mod list;
pub mod mail;
pub mod members;
#[cfg(feature = "ssr")]
pub mod notices;
pub mod password_reset;
pub mod reveal;
pub mod security;
pub mod sub_accounts;
pub mod two_factor;
