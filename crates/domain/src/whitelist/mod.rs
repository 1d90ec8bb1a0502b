//! The addresses from which a key may be used: one entry, a list of entries, and what the box on the page says about
//! each line while it is typed. An empty list means any address. Where a call comes from is `address`, not here.

mod entry;
mod error;
mod list;
mod merge;
#[cfg(test)]
mod messages;
mod packed;
mod parse;
mod reading;
mod refusal;

pub use entry::Entry;
pub use error::{EntryError, NoSource};
pub use list::{LineProblem, Whitelist, WhitelistError};
pub use packed::Packed;
pub use reading::{Line, Understood, count, read_lines};

/// The most characters one typed entry may have; the longest useful one, a range of two IPv6 addresses, has 81.
pub const ENTRY_LEN_MAX: usize = 100;

/// The most bytes a whole typed list may have.
pub const TEXT_LEN_MAX: usize = 64 * 1024;
