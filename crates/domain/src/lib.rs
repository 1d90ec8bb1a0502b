//! The rules of Keyhatch: what a key, a whitelist, a privilege and a form is, and when a call is let in.
//!
//! Everything here is a pure function of its arguments: no files, no network, no clock, no randomness of its own. The
//! browser runs this same code, compiled to wasm, so a form is never judged by two sets of rules. What does not belong
//! here: rows, HTTP, hashing of secrets, rendering.

pub mod activity;
pub mod address;
pub mod expiry;
pub mod explain;
pub mod form;
pub mod key;
pub mod life;
pub mod limits;
pub mod listing;
pub mod member;
pub mod name;
pub mod policy;
pub mod privilege;
pub mod rights;
mod text;
pub mod time;
pub mod verdict;
pub mod whitelist;

pub use address::{
    SeenError, TrustedProxies, TrustedProxiesError, asked_address, canonical, client_address, parse_seen,
};
pub use form::{FieldError, FieldErrors, KeyDraft, KeyForm, SetupDraft, SetupForm, SignInForm};
pub use key::{Environment, KeyFormat, KeyParts, PrefixError, PublicId};
pub use member::{Email, EmailError, PasswordError, Role, check_password};
pub use name::{AccountName, KeyName, NameError, typed_len};
pub use policy::{Policy, PolicyError};
pub use privilege::{Catalogue, CatalogueError, Module, Privilege, PrivilegeError, Privileges, action_label};
pub use time::Millis;
pub use verdict::{Call, Channel, Code, Rules, decide};
pub use whitelist::{Entry, EntryError, Line, LineProblem, Understood, Whitelist, WhitelistError, count, read_lines};
