//! A key's whitelist: parsing, storing and matching. The report on each line is in `line_report`.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::address::parse_client_address;
use crate::texts::{first_call, overview, whitelist as texts};

use super::line_report::{LineReport, ParsedEntry, parse_lines};
use super::{Entry, EntryError, TEXT_LEN_MAX};

/// How many lines a message quotes before it counts the rest.
const QUOTED: usize = 5;

/// The addresses from which a key may be used; empty allows any.
///
/// Entries keep the order in which they were typed; none contains another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whitelist(Box<[Entry]>);

/// Why a typed list is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum WhitelistError {
    /// More entries than the policy allows, duplicates not counted.
    #[error("{}", texts::too_many(*count, *max, count - max))]
    TooMany {
        /// Entries that count.
        count: usize,
        /// Entries allowed.
        max: usize,
    },
    /// A longer text than is parsed at all.
    #[error("{}", texts::text_too_long(*max))]
    TooLong {
        /// Bytes allowed.
        max: usize,
    },
    /// Empty, although the operator's policy requires a whitelist.
    #[error("{}", texts::missing())]
    Missing,
    /// Some entries are refused.
    #[error("{}", quote(.0))]
    Entries(Vec<LineError>),
}

/// Why one address is not added to a list.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddAddressError {
    /// Not exactly one address. What was sent is not repeated: it may be a secret in the wrong field.
    #[error("{}", first_call::not_an_address())]
    NotAnAddress,
    /// An address from which no call can come.
    #[error("{0}")]
    NotASource(#[from] EntryError),
    /// The list is empty; an entry would exclude all other addresses.
    #[error("{}", first_call::any_address_already())]
    AnyAddress,
    /// An entry contains it.
    #[error("{}", first_call::already_allowed(address.to_string()))]
    AlreadyAllowed {
        /// The address in its canonical form.
        address: IpAddr,
    },
    /// The policy allows no further entry.
    #[error("{}", first_call::whitelist_full(*count, *max))]
    Full {
        /// Entries in the list.
        count: usize,
        /// Entries allowed.
        max: usize,
    },
}

/// A refused entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineError {
    /// The line's number, from 1.
    pub line: usize,
    /// The entry as typed.
    pub typed: String,
    /// Why it is refused.
    pub error: EntryError,
}

impl Whitelist {
    /// Parses a typed list of at most `max` entries, separated by line breaks or commas.
    ///
    /// # Errors
    /// See [`WhitelistError`].
    pub fn parse(text: &str, max: usize) -> Result<Self, WhitelistError> {
        if text.len() > TEXT_LEN_MAX {
            return Err(WhitelistError::TooLong { max: TEXT_LEN_MAX });
        }
        let lines = parse_lines(text);
        let count = lines.iter().filter(|line| line.counts()).count();
        if count > max {
            return Err(WhitelistError::TooMany { count, max });
        }
        Self::from_lines(lines)
    }

    /// Parses [`Self::to_stored`], regardless of the current limit on entries.
    ///
    /// # Errors
    /// [`WhitelistError::Entries`].
    pub fn from_stored(text: &str) -> Result<Self, WhitelistError> {
        let parse = |(at, typed): (usize, &str)| {
            Entry::parse(typed).map_err(|error| {
                WhitelistError::Entries(vec![LineError { line: at + 1, typed: typed.to_owned(), error }])
            })
        };
        text.lines().enumerate().map(parse).collect::<Result<_, _>>().map(Self)
    }

    /// Adds one address to a list that restricts addresses; the result has at most `max` entries.
    ///
    /// # Errors
    /// See [`AddAddressError`].
    pub fn with_address(&self, typed: &str, max: usize) -> Result<Self, AddAddressError> {
        let address = parse_client_address(typed.trim()).map_err(|_| AddAddressError::NotAnAddress)?;
        let entry = Entry::parse(&address.to_string())?;
        if self.is_empty() {
            return Err(AddAddressError::AnyAddress);
        }
        if self.contains(address) {
            return Err(AddAddressError::AlreadyAllowed { address });
        }
        if self.len() >= max {
            return Err(AddAddressError::Full { count: self.len(), max });
        }
        // No entry contains it, and a single address contains no other entry: the list stays without redundancy.
        Ok(Self(self.0.iter().copied().chain([entry]).collect()))
    }

    /// One canonical entry a line.
    pub fn to_stored(&self) -> String {
        self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    /// Compiles the list into bytes for [`CompiledWhitelist`](super::CompiledWhitelist).
    pub fn compile(&self) -> Vec<u8> {
        super::compiled::compile(&self.0)
    }

    /// The list of entries of which none contains another.
    pub(super) fn from_distinct(entries: Vec<Entry>) -> Self {
        Self(entries.into())
    }

    fn from_lines(lines: Vec<LineReport>) -> Result<Self, WhitelistError> {
        let mut entries = Vec::new();
        let mut errors = Vec::new();
        for line in lines {
            match line.parsed {
                Ok(ParsedEntry::Entry(entry)) => entries.push(entry),
                Ok(_) => {}
                Err(error) => errors.push(LineError { line: line.number, typed: line.typed, error }),
            }
        }
        if errors.is_empty() { Ok(Self(entries.into())) } else { Err(WhitelistError::Entries(errors)) }
    }

    /// Whether a call from this address is allowed: any address if the list is empty. Does not allocate.
    pub fn allows(&self, address: IpAddr) -> bool {
        self.is_empty() || self.contains(address)
    }

    /// Whether an entry contains this address; an empty list contains none.
    pub fn contains(&self, address: IpAddr) -> bool {
        match address.to_canonical() {
            IpAddr::V4(address) => {
                let address = address.to_bits();
                self.0.iter().any(|entry| entry.contains_v4(address))
            }
            IpAddr::V6(address) => {
                let address = address.octets();
                self.0.iter().any(|entry| entry.contains_v6(&address))
            }
        }
    }

    /// Whether any address may use the key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The entries, in the order in which they were typed.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// A summary for a table cell: `Any address`, `10.4.0.0/22`, `3 addresses`, `3 entries`.
    pub fn summary(&self) -> String {
        match &*self.0 {
            [] => overview::any_address().to_owned(),
            [entry] => entry.to_string(),
            entries if entries.iter().all(Entry::is_single) => overview::addresses(entries.len()),
            entries => overview::entries(entries.len()),
        }
    }
}

fn quote(errors: &[LineError]) -> String {
    let mut lines: Vec<String> =
        errors.iter().take(QUOTED).map(|error| texts::line(error.line, error.error.to_string())).collect();
    if errors.len() > QUOTED {
        lines.push(texts::more_lines(errors.len() - QUOTED));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Whitelist {
        Whitelist::parse(text, 50).expect("a good list")
    }

    #[test]
    fn an_empty_list_allows_any_address_and_contains_none() {
        let any = list(" \n , \r\n");
        let address = "203.0.113.7".parse().expect("an address");
        assert!(any.is_empty() && any.allows(address) && !any.contains(address));
        assert_eq!(any, Whitelist::default());
        assert_eq!(any.to_stored(), "");
        assert_eq!(Whitelist::from_stored(""), Ok(any));
    }

    #[test]
    fn a_list_keeps_its_order_and_drops_redundant_entries() {
        let read = list("10.0.0.9, 203.0.113.7\r\n10.0.0.0/24,2001:DB8::1\n203.0.113.7");
        assert_eq!(read.to_stored(), "203.0.113.7\n10.0.0.0/24\n2001:db8::1");
        assert_eq!(Whitelist::from_stored(&read.to_stored()), Ok(read));
    }

    #[test]
    fn the_limit_does_not_count_redundant_entries() {
        let fifty: Vec<String> = (1..=50).map(|n| format!("203.0.113.{n}")).collect();
        let text = format!("{}\n203.0.113.1", fifty.join("\n"));
        assert_eq!(list(&text).len(), 50);
        let error = Whitelist::parse(&format!("{text}\n10.0.0.1"), 50).expect_err("51 entries");
        assert_eq!(error, WhitelistError::TooMany { count: 51, max: 50 });
        assert_eq!(
            error.to_string(),
            "The list has 51 entries; a key can have at most 50. Remove 1, or use networks or ranges."
        );
    }

    #[test]
    fn every_refused_line_is_named() {
        let error = Whitelist::parse("203.0.113.7\n10.4.1.0/22\n1.2.3.4:80", 50).expect_err("two bad lines");
        assert_eq!(
            error.to_string(),
            "Line 2: 10.4.1.0/22 is not a network address. Use 10.4.0.0/22 instead, or 10.4.1.0 for that one address.\n\
             Line 3: 1.2.3.4:80 has a port. Use 1.2.3.4 instead."
        );
        let error = Whitelist::parse(&"x\n".repeat(7), 50).expect_err("seven bad lines");
        assert!(error.to_string().ends_with("\n2 more lines must be corrected."), "{error}");
    }

    #[test]
    fn an_overlong_text_is_refused_before_it_is_parsed() {
        let error = Whitelist::parse(&"1.1.1.1\n".repeat(10_000), usize::MAX).expect_err("80 kB");
        assert_eq!(error, WhitelistError::TooLong { max: 65_536 });
    }

    #[test]
    fn a_malformed_row_is_an_error_and_never_any_address() {
        for stored in ["\n", "10.0.0.1\n\n10.0.0.2", "0.0.0.0/0", "x"] {
            assert!(Whitelist::from_stored(stored).is_err(), "{stored:?}");
        }
    }

    #[test]
    fn one_address_is_added_if_it_is_new_and_there_is_room() {
        let three = list("203.0.113.7, 10.0.0.0/8, 2001:db8::/64");
        for (typed, stored) in [
            ("198.51.100.77", "203.0.113.7\n10.0.0.0/8\n2001:db8::/64\n198.51.100.77"),
            (" ::ffff:198.51.100.77 ", "203.0.113.7\n10.0.0.0/8\n2001:db8::/64\n198.51.100.77"),
            ("2001:DB8:1::7", "203.0.113.7\n10.0.0.0/8\n2001:db8::/64\n2001:db8:1::7"),
        ] {
            let added = three.with_address(typed, 4).expect("a new address");
            assert_eq!(added.to_stored(), stored, "{typed}");
            assert_eq!(Whitelist::parse(stored, 4), Ok(added), "no entry is redundant");
        }
        let said = |list: &Whitelist, typed: &str, max| list.with_address(typed, max).expect_err(typed).to_string();
        for (typed, message) in [
            ("10.1.2.3", "10.1.2.3 may use the key already."),
            ("::ffff:203.0.113.7", "203.0.113.7 may use the key already."),
            ("2001:db8::7", "2001:db8::7 may use the key already."),
        ] {
            assert_eq!(said(&three, typed, 50), message);
        }
        for typed in ["", "kh_live_x", "198.51.100.0/24", "198.51.100.77:80", "198.51.100.77, 198.51.100.78"] {
            assert_eq!(three.with_address(typed, 50), Err(AddAddressError::NotAnAddress), "{typed}");
        }
        for typed in ["224.0.0.1", "0.0.0.0", "255.255.255.255", "::", "ff02::1"] {
            assert!(matches!(three.with_address(typed, 50), Err(AddAddressError::NotASource(_))), "{typed}");
        }
        assert_eq!(
            said(&three, "198.51.100.77", 3),
            "The list has 3 entries; a key can have at most 3. Edit the key, and write networks or ranges instead of \
             single addresses."
        );
        assert_eq!(said(&list(""), "198.51.100.77", 50), "Any address may use the key already.");
    }

    #[test]
    fn the_summary_is_short() {
        for (text, summary) in [
            ("", "Any address"),
            ("10.4.0.0/22", "10.4.0.0/22"),
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7,203.0.113.8,::1", "3 addresses"),
            ("203.0.113.7,10.0.0.0/8", "2 entries"),
        ] {
            assert_eq!(list(text).summary(), summary);
        }
    }
}
