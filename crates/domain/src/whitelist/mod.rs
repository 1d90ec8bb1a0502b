//! The addresses from which a key may be used: one entry, a list of entries, and the report on each line while the list
//! is edited. An empty list allows any address. Finding out where a call comes from belongs to `address`.

mod compiled;
mod diagnosis;
mod entry;
mod error;
#[cfg(test)]
mod error_messages;
mod feedback;
mod line_report;
mod list;
mod parse;
mod redundancy;

pub use compiled::CompiledWhitelist;
pub use entry::Entry;
pub use error::{EntryError, EntryProblem};
pub use feedback::{WRONG_MAX, WhitelistFeedback, feedback};
pub use line_report::{LineReport, ParsedEntry, count_entries, parse_lines, replace_entry};
pub use list::{AddAddressError, LineError, Whitelist, WhitelistError};

/// The most characters of one typed entry; the longest useful one, a range of two IPv6 addresses, has 81.
pub const ENTRY_LEN_MAX: usize = 100;

/// The most bytes of a whole typed list.
pub const TEXT_LEN_MAX: usize = 64 * 1024;
