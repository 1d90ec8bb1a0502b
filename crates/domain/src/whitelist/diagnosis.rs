//! Finds out why a text is not an entry, and what its author most likely meant. Runs only for texts that `parse`
//! refused, so a wrong guess never allows an address: every suggestion is itself an entry that `parse` accepts.

use std::net::{IpAddr, Ipv4Addr};

use super::{Entry, EntryError};
use crate::text::{is_invisible, is_joiner, sanitize};

/// The entry that results from replacing `part` of the typed text with `fixed`.
fn corrected(typed: &str, part: &str, fixed: &str) -> Option<String> {
    suggest(&typed.replacen(part, fixed, 1))
}

/// The canonical form of a text, or of the correction of its own mistake.
fn suggest(text: &str) -> Option<String> {
    match Entry::parse(text) {
        Ok(entry) => Some(entry.to_string()),
        Err(error) => error.suggestion(),
    }
}

/// Non-ASCII text: look-alike dashes, invisible characters, digits of other scripts.
pub(super) fn not_ascii(typed: &str) -> EntryError {
    let dash = |c| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}');
    let plain: String = typed
        .chars()
        .filter(|c| !is_invisible(*c) && !is_joiner(*c))
        .map(|c| {
            if dash(c) {
                '-'
            } else if c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .collect();
    let offending = typed.chars().find(|c| !c.is_ascii()).unwrap_or_default();
    let found =
        if is_invisible(offending) || is_joiner(offending) || offending.is_whitespace() || offending.is_control() {
            format!("an invisible character (U+{:04X})", u32::from(offending))
        } else {
            format!("{offending} (U+{:04X})", u32::from(offending))
        };
    // No suggestion if other non-ASCII characters remain; this also ends the recursion.
    let instead = if plain.is_ascii() { suggest(&plain) } else { None };
    EntryError::NotPlain { typed: sanitize(typed), found, instead }
}

/// `10.0.0.1-9`, whose second half omits what it shares with the first.
pub(super) fn short_range(typed: &str, left: &str, right: &str) -> Option<EntryError> {
    let [a, b, c, _] = left.parse::<Ipv4Addr>().ok()?.octets();
    let last = right.parse::<u8>().ok().filter(|_| right.bytes().all(|b| b.is_ascii_digit()))?;
    let instead = suggest(&format!("{left}-{a}.{b}.{c}.{last}"));
    Some(EntryError::Abbreviated { typed: sanitize(typed), instead })
}

/// A range whose first address is the higher one.
pub(super) fn backwards(typed: &str, left: &str, right: &str) -> EntryError {
    EntryError::Backwards { typed: sanitize(typed), instead: suggest(&format!("{right}-{left}")) }
}

/// The text after the slash is not a prefix length up to `max`.
pub(super) fn prefix(typed: &str, left: &str, right: &str, max: u8) -> EntryError {
    let digits = right.trim().trim_start_matches(['+', '0']);
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let instead = (is_number && digits != right).then(|| suggest(&format!("{left}/{digits}"))).flatten();
    EntryError::Prefix { typed: sanitize(typed), max, instead }
}

/// A non-contiguous netmask, or a wildcard mask, whose zeros come first.
pub(super) fn netmask(typed: &str, left: &str, mask: Ipv4Addr) -> EntryError {
    let ones = (!mask.to_bits()).leading_ones();
    let is_wildcard = (!mask.to_bits()).count_ones() == ones;
    let instead = is_wildcard.then(|| suggest(&format!("{left}/{ones}"))).flatten();
    EntryError::Netmask { typed: sanitize(typed), mask: mask.to_string(), instead }
}

/// An IPv4-compatible IPv6 address: an IPv4 address in the low bits of an otherwise zero IPv6 address.
pub(super) fn v4_compatible(typed: &str, entry: Entry) -> EntryError {
    let low = |address: IpAddr| match address {
        IpAddr::V6(address) => address.to_ipv4().map(|address| address.to_string()).unwrap_or_default(),
        IpAddr::V4(address) => address.to_string(),
    };
    let instead = suggest(&format!("{}-{}", low(entry.first()), low(entry.last())));
    EntryError::V4Compatible { typed: sanitize(typed), instead }
}

/// `part` of the typed text should be an address and is not.
pub(super) fn not_an_address(typed: &str, part: &str) -> EntryError {
    let shown_typed = sanitize(typed);
    if matches!(typed.to_ascii_lowercase().as_str(), "*" | "*.*.*.*" | "any" | "all") {
        return EntryError::AnyAddress { typed: shown_typed };
    }
    if part.contains(|c: char| c.is_whitespace() || c == ';') {
        return several(typed);
    }
    if part.contains('*') {
        return EntryError::Abbreviated {
            typed: shown_typed,
            instead: wildcard(part).and_then(|network| suggest(&network)),
        };
    }
    if let Some(inner) = part.strip_prefix('[') {
        return brackets(typed, part, inner);
    }
    if let Some((before, _)) = part.split_once('%') {
        return EntryError::Zone { typed: shown_typed, instead: corrected(typed, part, before) };
    }
    if let Some(address) = before_port(part) {
        return EntryError::Port { typed: shown_typed, instead: corrected(typed, part, address) };
    }
    let is_ipv6_like = part.contains(':') && part.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
    if is_ipv6_like { not_ipv6(typed, part) } else { not_ipv4(typed, part) }
}

fn several(typed: &str) -> EntryError {
    let mut pieces = typed.split(|c: char| c.is_whitespace() || c == ';').filter(|piece| !piece.is_empty());
    let first = pieces.next().and_then(|piece| Entry::parse(piece).ok());
    match first {
        Some(entry) if pieces.clone().all(|piece| Entry::parse(piece).is_err()) => {
            EntryError::Extra { typed: sanitize(typed), instead: entry.to_string() }
        }
        _ => EntryError::Several { typed: sanitize(typed) },
    }
}

/// `10.0.*.*` as `10.0.0.0/16`.
fn wildcard(part: &str) -> Option<String> {
    let fixed: Vec<&str> = part.split('.').take_while(|label| *label != "*").collect();
    let stars = part.split('.').skip(fixed.len());
    if fixed.is_empty() || fixed.len() > 3 || !stars.clone().all(|label| label == "*") {
        return None;
    }
    let zeros = ".0".repeat(4 - fixed.len());
    Some(format!("{}{zeros}/{}", fixed.join("."), fixed.len() * 8))
}

fn brackets(typed: &str, part: &str, inner: &str) -> EntryError {
    let (address, rest) = inner.split_once(']').unwrap_or((inner, ""));
    let has_port = rest.starts_with(':');
    let instead = if rest.is_empty() || has_port { corrected(typed, part, address) } else { None };
    EntryError::Brackets { typed: sanitize(typed), port: has_port, instead }
}

/// The address before a port. IPv4 only: in IPv6 without brackets, a port looks like a group.
fn before_port(part: &str) -> Option<&str> {
    let (address, digits) = part.split_once(':')?;
    let is_port = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (is_port && address.contains('.')).then_some(address)
}

/// Searches bytes, because substring search is large in wasm.
fn has_two_double_colons(part: &[u8]) -> bool {
    let find = |part: &[u8]| part.windows(2).position(|pair| pair == b"::");
    find(part).is_some_and(|at| find(&part[at + 2..]).is_some())
}

fn not_ipv6(typed: &str, part: &str) -> EntryError {
    let shown_typed = sanitize(typed);
    if has_two_double_colons(part.as_bytes()) {
        return EntryError::DoubleColonTwice { typed: shown_typed };
    }
    let tail = part.rsplit(':').next().unwrap_or_default();
    if tail.contains('.') && tail.parse::<Ipv4Addr>().is_err() {
        return not_ipv4(typed, tail);
    }
    match part.split(':').find(|group| group.len() > 4 && !group.contains('.')) {
        Some(group) => EntryError::GroupTooLong { typed: shown_typed, part: group.to_owned() },
        None => EntryError::NotIpv6 { typed: shown_typed },
    }
}

fn not_ipv4(typed: &str, part: &str) -> EntryError {
    let shown_typed = sanitize(typed);
    let octets: Vec<&str> = part.split('.').collect();
    let is_hex = |octet: &&str| {
        let digits = octet.strip_prefix("0x").or_else(|| octet.strip_prefix("0X"));
        digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    if octets.iter().any(is_hex) {
        return EntryError::NotDecimal { typed: shown_typed };
    }
    if octets.iter().any(|octet| octet.is_empty() || !octet.bytes().all(|b| b.is_ascii_digit())) {
        return EntryError::NotAnAddress { typed: shown_typed };
    }
    if octets.len() != 4 {
        return EntryError::NotFourParts { typed: shown_typed };
    }
    let plain = |octet: &str| match octet.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    };
    if let Some(octet) = octets.iter().find(|octet| plain(octet).parse::<u8>().is_err()) {
        return EntryError::OctetTooBig { typed: shown_typed, part: (*octet).to_owned() };
    }
    let without_zeros: Vec<String> = octets.iter().map(|octet| plain(octet)).collect();
    EntryError::LeadingZero { typed: shown_typed, instead: corrected(typed, part, &without_zeros.join(".")) }
}
