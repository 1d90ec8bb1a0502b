//! Finds out why a text is not an entry, and what its author most likely meant. Runs only for texts that `parse`
//! refused, so a wrong guess never allows an address: every suggestion is made of entries that `parse` accepts.

use std::net::{IpAddr, Ipv4Addr};

use super::{Entry, EntryError, EntryProblem};
use crate::text::{is_invisible, is_joiner};

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
    let character = typed.chars().find(|c| !c.is_ascii()).unwrap_or_default();
    let is_seen =
        !(is_invisible(character) || is_joiner(character) || character.is_whitespace() || character.is_control());
    let problem = if is_seen {
        EntryProblem::UnusedCharacter { character }
    } else {
        EntryProblem::InvisibleCharacter { character }
    };
    // No suggestion if other non-ASCII characters remain; this also ends the recursion.
    let suggestion = if plain.is_ascii() { suggest(&plain) } else { None };
    EntryError::new(typed, problem).suggest(suggestion)
}

/// `10.0.0.1-9`, whose second half omits what it shares with the first.
pub(super) fn short_range(typed: &str, left: &str, right: &str) -> Option<EntryError> {
    let [a, b, c, _] = left.parse::<Ipv4Addr>().ok()?.octets();
    let last = right.parse::<u8>().ok().filter(|_| is_number(right))?;
    let suggestion = suggest(&format!("{left}-{a}.{b}.{c}.{last}"));
    Some(EntryError::new(typed, EntryProblem::Abbreviated).suggest(suggestion))
}

/// A range whose first address is the higher one.
pub(super) fn backwards(typed: &str, left: &str, right: &str) -> EntryError {
    EntryError::new(typed, EntryProblem::Backwards).suggest(suggest(&format!("{right}-{left}")))
}

/// The text after the slash is not a prefix length up to `max`.
pub(super) fn prefix(typed: &str, left: &str, right: &str, max: u8) -> EntryError {
    if right.contains(is_separator) {
        return several(typed);
    }
    let digits = right.trim_start_matches(['+', '0']);
    let suggestion = (is_number(digits) && digits != right).then(|| suggest(&format!("{left}/{digits}"))).flatten();
    EntryError::new(typed, EntryProblem::Prefix { max }).suggest(suggestion)
}

/// A non-contiguous netmask, or a wildcard mask, whose zeros come first.
pub(super) fn netmask(typed: &str, left: &str, mask: Ipv4Addr) -> EntryError {
    let ones = (!mask.to_bits()).leading_ones();
    let is_wildcard = (!mask.to_bits()).count_ones() == ones;
    let suggestion = is_wildcard.then(|| suggest(&format!("{left}/{ones}"))).flatten();
    EntryError::new(typed, EntryProblem::Netmask { mask: mask.to_string() }).suggest(suggestion)
}

/// An IPv4-compatible IPv6 address: an IPv4 address in the low bits of an otherwise zero IPv6 address.
pub(super) fn v4_compatible(typed: &str, entry: Entry) -> EntryError {
    let low = |address: IpAddr| match address {
        IpAddr::V6(address) => address.to_ipv4().map(|address| address.to_string()).unwrap_or_default(),
        IpAddr::V4(address) => address.to_string(),
    };
    let suggestion = suggest(&format!("{}-{}", low(entry.first()), low(entry.last())));
    EntryError::new(typed, EntryProblem::V4Compatible).suggest(suggestion)
}

/// `part` of the typed text should be an address and is not.
pub(super) fn not_an_address(typed: &str, part: &str) -> EntryError {
    if matches!(typed.to_ascii_lowercase().as_str(), "*" | "*.*.*.*" | "any" | "all") {
        return EntryError::new(typed, EntryProblem::AnyAddress);
    }
    if part.contains(is_separator) {
        return several(typed);
    }
    let unquoted = typed.trim_matches(['"', '\'', '`']);
    if unquoted != typed {
        return EntryError::new(typed, EntryProblem::Extra).suggest(suggest(unquoted));
    }
    if part.contains('*') {
        let suggestion = wildcard(part).and_then(|network| suggest(&network));
        return EntryError::new(typed, EntryProblem::Abbreviated).suggest(suggestion);
    }
    if let Some(inner) = part.strip_prefix('[') {
        return brackets(typed, part, inner);
    }
    if let Some((before, _)) = part.split_once('%') {
        return EntryError::new(typed, EntryProblem::Zone).suggest(corrected(typed, part, before));
    }
    if let Some(address) = before_port(part) {
        return EntryError::new(typed, EntryProblem::Port).suggest(corrected(typed, part, address));
    }
    let is_ipv6_like = part.contains(':') && part.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
    if is_ipv6_like { not_ipv6(typed, part) } else { not_ipv4(typed, part) }
}

/// What people put between entries besides line breaks and commas.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || c == ';'
}

/// Text with spaces or semicolons: an entry with a remark, an entry written with spaces, or several entries.
fn several(typed: &str) -> EntryError {
    let error = |problem, suggestion| EntryError::new(typed, problem).suggest(suggestion);
    let whole = spaced_network(typed).or_else(|| {
        let before_remark = typed.split(['#', '(']).next().unwrap_or_default().trim_end_matches(is_separator);
        // Only a shorter text, so that the recursion ends.
        (before_remark != typed).then(|| suggest(before_remark)).flatten()
    });
    // A dash between spaces is part of a range, and one end of it would be a wrong correction.
    if whole.is_some() || typed.contains(" -") || typed.contains("- ") {
        return error(EntryProblem::Extra, whole);
    }
    let pieces = typed.split(is_separator).filter(|piece| !piece.is_empty());
    let mut corrected: Vec<Option<String>> = pieces.map(suggest).collect();
    if corrected.len() > 1 && corrected.iter().all(Option::is_some) {
        let all: Vec<String> = corrected.into_iter().flatten().collect();
        return error(EntryProblem::Several, Some(all.join(", ")));
    }
    match corrected.split_first_mut() {
        Some((first @ Some(_), rest)) if rest.iter().all(Option::is_none) => error(EntryProblem::Extra, first.take()),
        _ => error(EntryProblem::Several, None),
    }
}

/// `10.0.0.0 /24` or `10.0.0.0 255.255.255.0` as the network that it means.
fn spaced_network(typed: &str) -> Option<String> {
    let (left, right) = typed.split_once('/').or_else(|| typed.split_once(char::is_whitespace))?;
    let (left, right) = (left.trim_end(), right.trim_start());
    let is_network = if typed.contains('/') { is_number(right) } else { right.parse::<Ipv4Addr>().is_ok() };
    (is_network && !left.contains(is_separator)).then(|| suggest(&format!("{left}/{right}"))).flatten()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `10.0.*.*` as `10.0.0.0/16`.
fn wildcard(part: &str) -> Option<String> {
    let fixed: Vec<&str> = part.split('.').take_while(|label| *label != "*").collect();
    let stars = part.split('.').skip(fixed.len());
    if !stars.clone().all(|label| label == "*") {
        return None;
    }
    padded_network(&fixed)
}

/// The network that is given by one to three numbers: `10.1` is `10.1.0.0/16`.
fn padded_network(fixed: &[&str]) -> Option<String> {
    if fixed.is_empty() || fixed.len() > 3 {
        return None;
    }
    let zeros = ".0".repeat(4 - fixed.len());
    Some(format!("{}{zeros}/{}", fixed.join("."), fixed.len() * 8))
}

fn brackets(typed: &str, part: &str, inner: &str) -> EntryError {
    let (address, rest) = inner.split_once(']').unwrap_or((inner, ""));
    let has_port = rest.starts_with(':');
    let suggestion = if rest.is_empty() || has_port { corrected(typed, part, address) } else { None };
    let problem = if has_port { EntryProblem::BracketsAndPort } else { EntryProblem::Brackets };
    EntryError::new(typed, problem).suggest(suggestion)
}

/// The address before a port. IPv4 only: in IPv6 without brackets, a port looks like a group.
fn before_port(part: &str) -> Option<&str> {
    let (address, digits) = part.split_once(':')?;
    (is_number(digits) && address.contains('.')).then_some(address)
}

/// Searches bytes, because substring search is large in wasm.
fn has_two_double_colons(part: &[u8]) -> bool {
    let find = |part: &[u8]| part.windows(2).position(|pair| pair == b"::");
    find(part).is_some_and(|at| find(&part[at + 2..]).is_some())
}

fn not_ipv6(typed: &str, part: &str) -> EntryError {
    if has_two_double_colons(part.as_bytes()) {
        return EntryError::new(typed, EntryProblem::DoubleColonTwice);
    }
    let tail = part.rsplit(':').next().unwrap_or_default();
    if tail.contains('.') && tail.parse::<Ipv4Addr>().is_err() {
        return not_ipv4(typed, tail);
    }
    let problem = match part.split(':').find(|group| group.len() > 4 && !group.contains('.')) {
        Some(group) => EntryProblem::GroupTooLong { part: group.to_owned() },
        None => EntryProblem::NotIpv6,
    };
    EntryError::new(typed, problem)
}

fn not_ipv4(typed: &str, part: &str) -> EntryError {
    let octets: Vec<&str> = part.split('.').collect();
    let is_hex = |octet: &&str| {
        let digits = octet.strip_prefix("0x").or_else(|| octet.strip_prefix("0X"));
        digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    if octets.iter().any(is_hex) {
        return EntryError::new(typed, EntryProblem::NotDecimal);
    }
    // A point at the end, as in `10.1.`, says that the rest is left open.
    let (numbers, is_open) = match octets.as_slice() {
        [numbers @ .., ""] => (numbers, true),
        numbers => (numbers, false),
    };
    if numbers.is_empty() || !numbers.iter().all(|octet| is_number(octet)) || (is_open && numbers.len() > 3) {
        return EntryError::new(typed, EntryProblem::NotAnAddress);
    }
    if numbers.len() != 4 {
        return not_four_parts(typed, part, numbers, is_open);
    }
    let plain = |octet: &str| match octet.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    };
    if let Some(octet) = numbers.iter().find(|octet| plain(octet).parse::<u8>().is_err()) {
        return EntryError::new(typed, EntryProblem::OctetTooBig { part: (*octet).to_owned() });
    }
    let without_zeros: Vec<String> = numbers.iter().map(|octet| plain(octet)).collect();
    EntryError::new(typed, EntryProblem::LeadingZero).suggest(corrected(typed, part, &without_zeros.join(".")))
}

/// `10.1/16` and `10.1.` are networks in other programs. `10.1` alone has no suggestion: some read it as `10.0.0.1`,
/// others as `10.1.0.0/16`.
fn not_four_parts(typed: &str, part: &str, numbers: &[&str], is_open: bool) -> EntryError {
    let suggestion = match typed.split_once('/') {
        Some((left, length)) if left == part && numbers.len() < 4 => {
            suggest(&format!("{}{}/{length}", numbers.join("."), ".0".repeat(4 - numbers.len())))
        }
        None if is_open && typed == part => padded_network(numbers).and_then(|network| suggest(&network)),
        _ => None,
    };
    let problem = if suggestion.is_some() { EntryProblem::Abbreviated } else { EntryProblem::NotFourParts };
    EntryError::new(typed, problem).suggest(suggestion)
}
