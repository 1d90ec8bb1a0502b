//! Accounts and sub-accounts: make, list, open, rename, close. One file a use case; their members are in `access`, their
//! keys in `keys`.

mod close;
mod create;
mod list;
mod open;
mod rename;
