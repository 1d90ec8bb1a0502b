//! Why a typed entry is refused, worded so that the reader knows what to write instead. The cause is found in
//! `diagnosis`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why an entry is refused; its message is shown as it is.
///
/// `typed` is the whole entry, sanitized; `instead` is an entry that would be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[expect(missing_docs, reason = "the fields are described above, and each message says what its variant means")]
pub enum EntryError {
    #[error("Type an address, a range or a network.")]
    Empty,
    #[error("An entry has at most {max} characters, this one has {len}. Write one entry a line.")]
    TooLong { len: usize, max: usize },
    #[error("The list is longer than {max} characters. Write networks or ranges instead of single addresses.")]
    TextTooLong { max: usize },
    #[error("{typed} is every address: leave the list empty to allow any address.")]
    AnyAddress { typed: String },
    #[error("{typed} {kind}")]
    NotASource { typed: String, kind: NotASource },
    #[error("{typed} has a leading zero.{}", write_instead(instead.as_ref()))]
    LeadingZero { typed: String, instead: Option<String> },
    #[error("{part} in {typed} is more than 255, the highest number in an IPv4 address.")]
    OctetTooBig { typed: String, part: String },
    #[error("{typed} does not have four parts. Write an IPv4 address as four numbers, such as 203.0.113.7.")]
    NotFourParts { typed: String },
    #[error("{typed} is not in decimal. Write an IPv4 address as four decimal numbers, such as 203.0.113.7.")]
    NotDecimal { typed: String },
    #[error("{typed} has a port. Remove the port{}", colon_instead(instead.as_ref()))]
    Port { typed: String, instead: Option<String> },
    #[error("Remove the brackets{}{}", if *port { " and the port" } else { "" }, colon_instead(instead.as_ref()))]
    Brackets { typed: String, port: bool, instead: Option<String> },
    #[error(
        "{typed} has a zone, which means something on one machine only. Remove the zone{}",
        colon_instead(instead.as_ref())
    )]
    Zone { typed: String, instead: Option<String> },
    #[error("{typed} has host bits set. Did you mean {network}, or the single address {address}?")]
    HostBits { typed: String, network: String, address: String },
    #[error(
        "{typed} needs a number from 1 to {max} after the slash.{}",
        write_instead(instead.as_ref())
    )]
    Prefix { typed: String, max: u8, instead: Option<String> },
    #[error(
        "{mask} is not a netmask: its ones must come first, as in 255.255.255.0.{}",
        write_instead(instead.as_ref())
    )]
    Netmask { typed: String, mask: String, instead: Option<String> },
    #[error("The range {typed} runs backwards.{}", write_instead(instead.as_ref()))]
    Backwards { typed: String, instead: Option<String> },
    #[error("{typed} begins with one kind of address and ends with another. Write both as IPv4 or both as IPv6.")]
    MixedFamilies { typed: String },
    #[error("Write {} instead of {typed}", instead.as_deref().unwrap_or("a network such as 10.0.0.0/24"))]
    Abbreviated { typed: String, instead: Option<String> },
    #[error(
        "{typed} is an outdated way to write an IPv4 address.{}",
        write_instead(instead.as_ref())
    )]
    V4Compatible { typed: String, instead: Option<String> },
    #[error("{typed} has :: twice; it can stand for zeros only once.")]
    DoubleColonTwice { typed: String },
    #[error("{part} in {typed} has more than four digits; a group of an IPv6 address has at most four.")]
    GroupTooLong { typed: String, part: String },
    #[error("{typed} is not a whole IPv6 address. Write eight groups, or :: once in place of zeros.")]
    NotIpv6 { typed: String },
    #[error("{typed} is more than one entry. Write one a line, or put commas between them.")]
    Several { typed: String },
    #[error("Write only {instead}: a line holds one entry and nothing else.")]
    Extra { typed: String, instead: String },
    #[error(
        "{typed} holds {found}, which does not belong in an address.{}",
        write_instead(instead.as_ref())
    )]
    NotPlain { typed: String, found: String, instead: Option<String> },
    #[error("{typed} is not an IP address. Write the address itself, such as 203.0.113.7; names are not looked up.")]
    NotAnAddress { typed: String },
}

/// Why an address cannot be the source of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[expect(missing_docs, reason = "each message says what its variant means")]
pub enum NotASource {
    #[error("is the unspecified address. To allow any address, leave the list empty.")]
    Unspecified,
    #[error("is for many receivers at once (multicast). Write the address that the calls come from.")]
    Multicast,
    #[error("is for all receivers at once (broadcast). Write the address that the calls come from.")]
    Broadcast,
}

impl EntryError {
    /// A correction, where one can be guessed; it is an entry that would be accepted.
    pub fn suggestion(&self) -> Option<String> {
        match self {
            Self::HostBits { network, .. } => Some(network.clone()),
            Self::Extra { instead, .. } => Some(instead.clone()),
            Self::LeadingZero { instead, .. }
            | Self::Port { instead, .. }
            | Self::Brackets { instead, .. }
            | Self::Zone { instead, .. }
            | Self::Prefix { instead, .. }
            | Self::Netmask { instead, .. }
            | Self::Backwards { instead, .. }
            | Self::Abbreviated { instead, .. }
            | Self::V4Compatible { instead, .. }
            | Self::NotPlain { instead, .. } => instead.clone(),
            _ => None,
        }
    }
}

fn write_instead(instead: Option<&String>) -> String {
    instead.map(|instead| format!(" Write {instead} instead.")).unwrap_or_default()
}

fn colon_instead(instead: Option<&String>) -> String {
    instead.map_or_else(|| ".".to_owned(), |instead| format!(": {instead}"))
}
