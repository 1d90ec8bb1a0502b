//! Why a typed entry is refused, and what could be typed instead. The cause is found in `diagnosis`.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::sanitize;

/// A refused entry: what was typed, what is wrong with it, and a correction where one can be guessed.
///
/// Its message has these three parts in this order: `10.1.2.3/24 is not a network address. Use 10.1.2.0/24 instead.`
/// A form that offers the correction as a button shows the parts itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub struct EntryError {
    typed: String,
    problem: EntryProblem,
    suggestion: Option<String>,
}

/// What is wrong with an entry. The message continues the sentence that begins with the typed entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[expect(missing_docs, reason = "each message says what its variant means")]
pub enum EntryProblem {
    /// A sentence of its own.
    #[error("Enter an IP address, a range or a CIDR network.")]
    Empty,
    /// A sentence of its own: so much text is not quoted.
    #[error("An entry has at most {max} characters; this one has {len}. Put each entry on its own line.")]
    TooLong { len: usize, max: usize },
    /// A sentence of its own about the whole list.
    #[error("The list is longer than {max} characters. Use networks or ranges instead of single addresses.")]
    TextTooLong { max: usize },
    #[error("covers every address. To allow any address, leave the list empty.")]
    AnyAddress,
    #[error("is the unspecified address. To allow any address, leave the list empty.")]
    Unspecified,
    #[error("is a multicast address. Enter the address that calls come from.")]
    Multicast,
    #[error("is the broadcast address. Enter the address that calls come from.")]
    Broadcast,
    #[error("has a leading zero.")]
    LeadingZero,
    #[error("is not an IPv4 address: {part} is more than 255.")]
    OctetTooBig { part: String },
    #[error("is not a complete IPv4 address. An IPv4 address has four numbers, e.g. 203.0.113.7.")]
    NotFourParts,
    #[error("is not in decimal. An IPv4 address has four decimal numbers, e.g. 203.0.113.7.")]
    NotDecimal,
    #[error("has a port.")]
    Port,
    #[error("has brackets.")]
    Brackets,
    #[error("has brackets and a port.")]
    BracketsAndPort,
    #[error("has a zone, which is valid on one machine only.")]
    Zone,
    /// `address` is the part before the slash.
    #[error("is not a network address.")]
    HostBits { address: String },
    #[error("needs a number from 1 to {max} after the slash.")]
    Prefix { max: u8 },
    #[error("has no valid netmask: {mask} does not begin with its ones, as 255.255.255.0 does.")]
    Netmask { mask: String },
    #[error("ends before it starts.")]
    Backwards,
    #[error("mixes IPv4 and IPv6. Use two addresses of the same kind.")]
    MixedFamilies,
    #[error("is not written in full.")]
    Abbreviated,
    #[error("is an outdated way to write an IPv4 address.")]
    V4Compatible,
    #[error("has :: twice; it can stand for zeros only once.")]
    DoubleColonTwice,
    #[error("is not an IPv6 address: {part} has more than four digits.")]
    GroupTooLong { part: String },
    #[error("is not a complete IPv6 address. It has eight groups, or :: once in place of zeros.")]
    NotIpv6,
    #[error("is more than one entry. Put each on its own line, or separate them with commas.")]
    Several,
    #[error("has text that is not part of an entry.")]
    Extra,
    /// `found` is the character and its code point.
    #[error("contains {found}.")]
    NotPlain { found: String },
    #[error("is not an IP address. Host names are not looked up.")]
    NotAnAddress,
}

impl EntryError {
    /// An error about `typed`, which is sanitized, without a correction.
    pub(super) fn new(typed: &str, problem: EntryProblem) -> Self {
        Self { typed: sanitize(typed), problem, suggestion: None }
    }

    /// Adds the correction: accepted entries, separated by a comma and a space if they are several.
    pub(super) fn suggest(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }

    /// The entry as typed, made safe to show. Empty if the problem is a sentence of its own.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What is wrong with it.
    pub fn problem(&self) -> &EntryProblem {
        &self.problem
    }

    /// What to type instead, where it can be guessed: an entry that is accepted, or several, separated by commas, if
    /// several were typed as one.
    pub fn suggestion(&self) -> Option<String> {
        self.suggestion.clone()
    }
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let space = if self.typed.is_empty() { "" } else { " " };
        write!(f, "{}{space}{}", self.typed, self.problem)?;
        match (&self.suggestion, &self.problem) {
            (Some(network), EntryProblem::HostBits { address }) => {
                write!(f, " Use {network} instead, or {address} for that one address.")
            }
            (Some(suggestion), _) => write!(f, " Use {suggestion} instead."),
            (None, EntryProblem::Abbreviated) => f.write_str(" Use a network, e.g. 10.0.0.0/24."),
            (None, _) => Ok(()),
        }
    }
}
