//! Why a typed entry is refused, and what could be typed instead. The cause is found in `diagnosis`.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::sanitize;
use crate::texts::whitelist as texts;

/// A refused entry: what was typed, what is wrong with it, and a correction where one can be guessed.
///
/// Its message is one sentence or two about the typed entry and, if there is a correction, one that says it: `10.1.2.3/24 is not a network address. Use 10.1.2.0/24 instead.`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub struct EntryError {
    typed: String,
    problem: EntryProblem,
    suggestion: Option<String>,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "`sentence` says what each means")]
pub enum EntryProblem {
    Empty,
    /// So much text is not quoted.
    TooLong {
        len: usize,
        max: usize,
    },
    /// About the whole list.
    TextTooLong {
        max: usize,
    },
    AnyAddress,
    Unspecified,
    Multicast,
    Broadcast,
    LeadingZero,
    OctetTooBig {
        part: String,
    },
    NotFourParts,
    NotDecimal,
    Port,
    Brackets,
    BracketsAndPort,
    Zone,
    /// `address` is the part before the slash.
    HostBits {
        address: String,
    },
    Prefix {
        max: u8,
    },
    Netmask {
        mask: String,
    },
    Backwards,
    MixedFamilies,
    Abbreviated,
    V4Compatible,
    DoubleColonTwice,
    GroupTooLong {
        part: String,
    },
    NotIpv6,
    Several,
    Extra,
    /// The first character that no entry has and that cannot be seen.
    InvisibleCharacter {
        character: char,
    },
    /// The first character that no entry has.
    UnusedCharacter {
        character: char,
    },
    NotAnAddress,
}

impl EntryProblem {
    /// One or two sentences about the typed entry.
    fn sentence(&self, typed: &str) -> String {
        let code_point = |character: char| format!("{:04X}", u32::from(character));
        match self {
            Self::Empty => texts::empty().to_owned(),
            Self::TooLong { len, max } => texts::too_long(*len, *max),
            Self::TextTooLong { max } => texts::text_too_long(*max),
            Self::AnyAddress => texts::any_address(typed),
            Self::Unspecified => texts::unspecified(typed),
            Self::Multicast => texts::multicast(typed),
            Self::Broadcast => texts::broadcast(typed),
            Self::LeadingZero => texts::leading_zero(typed),
            Self::OctetTooBig { part } => texts::octet_too_big(typed, part),
            Self::NotFourParts => texts::not_four_parts(typed),
            Self::NotDecimal => texts::not_decimal(typed),
            Self::Port => texts::port(typed),
            Self::Brackets => texts::brackets(typed),
            Self::BracketsAndPort => texts::brackets_and_port(typed),
            Self::Zone => texts::zone(typed),
            Self::HostBits { .. } => texts::host_bits(typed),
            Self::Prefix { max } => texts::prefix(typed, *max),
            Self::Netmask { mask } => texts::netmask(typed, mask),
            Self::Backwards => texts::backwards(typed),
            Self::MixedFamilies => texts::mixed_families(typed),
            Self::Abbreviated => texts::abbreviated(typed),
            Self::V4Compatible => texts::v4_compatible(typed),
            Self::DoubleColonTwice => texts::double_colon_twice(typed),
            Self::GroupTooLong { part } => texts::group_too_long(typed, part),
            Self::NotIpv6 => texts::not_ipv6(typed),
            Self::Several => texts::several(typed),
            Self::Extra => texts::extra(typed),
            Self::InvisibleCharacter { character } => texts::invisible_character(typed, code_point(*character)),
            Self::UnusedCharacter { character } => {
                texts::unused_character(typed, character.to_string(), code_point(*character))
            }
            Self::NotAnAddress => texts::not_an_address(typed),
        }
    }
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

    /// The entry as typed, made safe to show. Empty if the problem is the length of the text.
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
        f.write_str(&self.problem.sentence(&self.typed))?;
        match (&self.suggestion, &self.problem) {
            (Some(network), EntryProblem::HostBits { address }) => {
                write!(f, " {}", texts::use_network_or_address(network, address))
            }
            (Some(suggestion), _) => write!(f, " {}", texts::use_instead(suggestion)),
            (None, EntryProblem::Abbreviated) => write!(f, " {}", texts::use_a_network()),
            (None, _) => Ok(()),
        }
    }
}
