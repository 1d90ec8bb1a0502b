//! Parses one entry, strictly. Every form that another program might interpret differently (octal, hexadecimal, short
//! forms, names) is refused, so that the page shows exactly what the gate compares. The reason for a refusal is found
//! in `diagnosis`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{ENTRY_LEN_MAX, Entry, EntryError, EntryProblem, diagnosis};

impl Entry {
    /// Parses an entry as people type it; surrounding white space is dropped.
    ///
    /// # Errors
    /// See [`EntryError`].
    pub fn parse(typed: &str) -> Result<Self, EntryError> {
        parse_entry(typed.trim())
    }
}

fn parse_entry(typed: &str) -> Result<Entry, EntryError> {
    let len = typed.chars().count();
    if len == 0 {
        return Err(EntryError::new("", EntryProblem::Empty));
    }
    if len > ENTRY_LEN_MAX {
        return Err(EntryError::new("", EntryProblem::TooLong { len, max: ENTRY_LEN_MAX }));
    }
    if !typed.is_ascii() {
        return Err(diagnosis::not_ascii(typed));
    }
    if let Some((left, right)) = split_network(typed) {
        parse_network(typed, left, right)
    } else if let Some((left, right)) = typed.split_once('-') {
        parse_range(typed, left.trim(), right.trim())
    } else {
        let address = parse_address(typed, typed)?;
        check_usable(typed, Entry::between(address, address))
    }
}

/// Splits at the slash, unless it is in the second half of a range.
fn split_network(typed: &str) -> Option<(&str, &str)> {
    typed.split_once('/').filter(|(left, _)| !left.contains('-'))
}

/// Parses one address in `typed`; the whole entry is needed for the error only.
fn parse_address(typed: &str, part: &str) -> Result<IpAddr, EntryError> {
    part.parse().map_err(|_| diagnosis::not_an_address(typed, part))
}

fn parse_range(typed: &str, left: &str, right: &str) -> Result<Entry, EntryError> {
    if let Some(short) = diagnosis::short_range(typed, left, right) {
        return Err(short);
    }
    let (first, last) = (parse_address(typed, left)?.to_canonical(), parse_address(typed, right)?.to_canonical());
    if first.is_ipv4() != last.is_ipv4() {
        return Err(EntryError::new(typed, EntryProblem::MixedFamilies));
    }
    if first > last {
        return Err(diagnosis::backwards(typed, left, right));
    }
    check_usable(typed, Entry::between(first, last))
}

fn parse_network(typed: &str, left: &str, right: &str) -> Result<Entry, EntryError> {
    let base = parse_address(typed, left)?;
    let (address, prefix) = match base {
        IpAddr::V4(_) => (base, parse_prefix_v4(typed, left, right)?),
        IpAddr::V6(v6) => {
            let prefix = parse_number(right, 128).ok_or_else(|| diagnosis::prefix(typed, left, right, 128))?;
            match (v6.to_ipv4_mapped(), prefix.checked_sub(96)) {
                (Some(v4), Some(prefix)) => (v4.into(), prefix),
                _ => (base, prefix),
            }
        }
    };
    let (first, last) = network_ends(address, prefix);
    let entry = check_usable(typed, Entry::between(first, last))?;
    if first == address {
        Ok(entry)
    } else {
        let problem = EntryProblem::HostBits { address: address.to_canonical().to_string() };
        Err(EntryError::new(typed, problem).suggest(Some(entry.to_string())))
    }
}

fn parse_prefix_v4(typed: &str, left: &str, right: &str) -> Result<u8, EntryError> {
    match right.parse::<Ipv4Addr>() {
        Ok(mask) => {
            let ones = mask.to_bits().leading_ones();
            if mask.to_bits().count_ones() == ones {
                u8::try_from(ones).map_err(|_| diagnosis::prefix(typed, left, right, 32))
            } else {
                Err(diagnosis::netmask(typed, left, mask))
            }
        }
        Err(_) => parse_number(right, 32).ok_or_else(|| diagnosis::prefix(typed, left, right, 32)),
    }
}

/// A plain decimal number up to `max`: no sign, no leading zero.
fn parse_number(text: &str, max: u8) -> Option<u8> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|number| plain && *number <= max)
}

/// The first and the last address of the network of `address`.
fn network_ends(address: IpAddr, prefix: u8) -> (IpAddr, IpAddr) {
    match address {
        IpAddr::V4(address) => {
            let host = u32::MAX.checked_shr(prefix.into()).unwrap_or(0);
            let bits = address.to_bits();
            (Ipv4Addr::from_bits(bits & !host).into(), Ipv4Addr::from_bits(bits | host).into())
        }
        IpAddr::V6(address) => {
            let host = u128::MAX.checked_shr(prefix.into()).unwrap_or(0);
            let bits = address.to_bits();
            (Ipv6Addr::from_bits(bits & !host).into(), Ipv6Addr::from_bits(bits | host).into())
        }
    }
}

/// Refuses an entry of all addresses, and one from which no call can come. A larger network that contains such
/// addresses is accepted.
fn check_usable(typed: &str, entry: Option<Entry>) -> Result<Entry, EntryError> {
    let Some(entry) = entry else {
        return Err(EntryError::new(typed, EntryProblem::NotAnAddress));
    };
    let (first, last, width) = entry.bounds();
    let is_within = |low: u128, high: u128| low <= first && last <= high;
    let refused = |problem| Err(EntryError::new(typed, problem));
    if first == 0 && last == u128::MAX >> (128 - width) {
        return refused(EntryProblem::AnyAddress);
    }
    match width {
        32 if is_within(0, 0x00ff_ffff) => refused(EntryProblem::Unspecified),
        32 if is_within(0xe000_0000, 0xefff_ffff) => refused(EntryProblem::Multicast),
        32 if is_within(0xffff_ffff, 0xffff_ffff) => refused(EntryProblem::Broadcast),
        128 if (first, last) == (0, 0) => refused(EntryProblem::Unspecified),
        128 if is_within(0xff << 120, u128::MAX) => refused(EntryProblem::Multicast),
        128 if is_within(0, u128::from(u32::MAX)) && (first, last) != (1, 1) => {
            Err(diagnosis::v4_compatible(typed, entry))
        }
        _ => Ok(entry),
    }
}
