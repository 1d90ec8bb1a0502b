//! The rules of Keyhatch: what a key, a whitelist, a privilege and a form is, and which calls are allowed.
//!
//! Every function is pure: no files, no network, no clock, no randomness of its own. The browser runs this same code,
//! compiled to wasm, so one set of rules validates a form on both sides. What does not belong here: rows, HTTP, hashing
//! of secrets, rendering.

pub mod activity;
pub mod address;
pub mod auth_header;
pub mod code_samples;
pub mod evidence;
pub mod expiry;
pub mod explain;
pub mod field_error;
pub mod first_call;
pub mod form;
pub mod key;
mod key_sort;
pub mod lifecycle;
pub mod limits;
pub mod lists;
pub mod member;
pub mod merge;
pub mod name;
pub mod permission;
pub mod policy;
pub mod privilege;
pub mod summary;
pub mod template;
mod text;
pub mod texts;
pub mod time;
pub mod two_factor_rule;
pub mod verdict;
pub mod views;
pub mod whitelist;
pub mod words;

pub use address::{
    ClientAddressError, TrustedProxies, TrustedProxiesError, client_address, forwarded_client_address,
    parse_client_address,
};
pub use field_error::{FieldError, FieldErrors};
pub use form::{KeyDraft, KeyForm, SetupDraft, SetupForm, SignInForm};
pub use key::{Environment, KeyFormat, KeyParts, PrefixError, PublicId};
pub use member::{Email, EmailError, PasswordError, Role, check_password};
pub use name::{AccountName, KeyName, NameError, name_len};
pub use policy::{Policy, PolicyError};
pub use privilege::{Catalogue, CatalogueError, Module, Privilege, PrivilegeError, Privileges, action_label};
pub use time::Millis;
pub use verdict::{CallRequest, Channel, KeyRules, VerdictClass, VerdictCode, decide};
pub use whitelist::{
    Entry, EntryError, LineError, LineReport, ParsedEntry, Whitelist, WhitelistError, WhitelistFeedback, count_entries,
    parse_lines, replace_entry,
};
