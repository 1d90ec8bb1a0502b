//! Every sentence that a person reads in the console and in its mails, one file per area. No markup and no logic beyond
//! putting values into a sentence, so that a translation replaces this folder alone.

pub mod access;
pub mod frame;
pub mod list;
pub mod mail;
pub mod members;
pub mod password_reset;
pub mod security;
pub mod sub_accounts;
pub mod two_factor;
