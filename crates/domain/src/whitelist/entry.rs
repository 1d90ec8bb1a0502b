//! One entry of a whitelist: a range of addresses and its canonical form. Parsing typed entries is in `parse`.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A single address, a network or a range: a first and a last address of the same family.
///
/// The kind follows from the addresses, so `10.0.0.0-10.0.0.255` and `10.0.0.0/24` are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry(Span);

/// IPv6 addresses are bytes rather than `u128`, whose alignment would need a third more memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Span {
    V4 { first: u32, last: u32 },
    V6 { first: [u8; 16], last: [u8; 16] },
}

impl Entry {
    /// The entry from `first` to `last`; `None` if their families differ or they are in the wrong order.
    pub(super) fn between(first: IpAddr, last: IpAddr) -> Option<Self> {
        match (first.to_canonical(), last.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(last)) if first <= last => {
                Some(Self(Span::V4 { first: first.to_bits(), last: last.to_bits() }))
            }
            (IpAddr::V6(first), IpAddr::V6(last)) if first <= last => {
                Some(Self(Span::V6 { first: first.octets(), last: last.octets() }))
            }
            _ => None,
        }
    }

    /// The lowest address.
    pub fn first(&self) -> IpAddr {
        match self.0 {
            Span::V4 { first, .. } => Ipv4Addr::from_bits(first).into(),
            Span::V6 { first, .. } => Ipv6Addr::from(first).into(),
        }
    }

    /// The highest address.
    pub fn last(&self) -> IpAddr {
        match self.0 {
            Span::V4 { last, .. } => Ipv4Addr::from_bits(last).into(),
            Span::V6 { last, .. } => Ipv6Addr::from(last).into(),
        }
    }

    /// The number of addresses in it.
    pub fn size(&self) -> u128 {
        let (first, last, _) = self.bounds();
        // Only the whole IPv6 space would overflow, and that is refused as an entry.
        (last - first).saturating_add(1)
    }

    /// Whether an address is in it. An IPv4-mapped IPv6 address is treated as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        match address.to_canonical() {
            IpAddr::V4(address) => self.contains_v4(address.to_bits()),
            IpAddr::V6(address) => self.contains_v6(&address.octets()),
        }
    }

    /// [`Self::contains`] for the bits of an IPv4 address, which a list extracts once for all its entries.
    #[inline]
    pub(super) fn contains_v4(&self, address: u32) -> bool {
        matches!(self.0, Span::V4 { first, last } if first <= address && address <= last)
    }

    /// [`Self::contains`] for the bytes of an IPv6 address.
    #[inline]
    pub(super) fn contains_v6(&self, address: &[u8; 16]) -> bool {
        matches!(&self.0, Span::V6 { first, last } if first <= address && address <= last)
    }

    /// Whether every address of `other` is in it.
    pub fn covers(&self, other: &Self) -> bool {
        self.contains(other.first()) && self.contains(other.last())
    }

    /// Whether it is a single address.
    pub fn is_single(&self) -> bool {
        self.size() == 1
    }

    /// The prefix length, if the addresses form exactly one network.
    pub(crate) fn prefix(&self) -> Option<u8> {
        let (first, last, width) = self.bounds();
        let differing = first ^ last;
        let is_network = differing & differing.wrapping_add(1) == 0 && first & differing == 0;
        let host_bits = u8::try_from(differing.count_ones()).ok()?;
        is_network.then(|| width - host_bits)
    }

    /// First and last as numbers, and the number of bits of an address of this family.
    pub(super) fn bounds(&self) -> (u128, u128, u8) {
        match self.0 {
            Span::V4 { first, last } => (u128::from(first), u128::from(last), 32),
            Span::V6 { first, last } => (u128::from_be_bytes(first), u128::from_be_bytes(last), 128),
        }
    }
}

/// The canonical form; parsing it gives an equal entry.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.prefix() {
            Some(_) if self.is_single() => write!(f, "{}", self.first()),
            Some(prefix) => write!(f, "{}/{prefix}", self.first()),
            None => write!(f, "{}-{}", self.first(), self.last()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(typed: &str) -> Entry {
        Entry::parse(typed).expect("a good entry")
    }

    #[test]
    fn the_canonical_form_follows_from_the_addresses() {
        for (typed, written) in [
            ("203.0.113.7", "203.0.113.7"),
            ("203.0.113.7/32", "203.0.113.7"),
            ("203.0.113.7-203.0.113.7", "203.0.113.7"),
            ("10.4.0.0/22", "10.4.0.0/22"),
            ("10.0.0.0-10.0.0.255", "10.0.0.0/24"),
            ("10.0.0.1-10.0.0.2", "10.0.0.1-10.0.0.2"),
            ("2001:db8::/64", "2001:db8::/64"),
            ("2001:db8::1/128", "2001:db8::1"),
            ("2001:db8::1-2001:db8:1::", "2001:db8::1-2001:db8:1::"),
        ] {
            assert_eq!(entry(typed).to_string(), written);
        }
    }

    #[test]
    fn an_entry_contains_its_ends_and_nothing_outside() {
        let range = entry("10.0.0.3-10.0.1.2");
        for (address, inside) in [
            ("10.0.0.2", false),
            ("10.0.0.3", true),
            ("10.0.0.255", true),
            ("10.0.1.2", true),
            ("10.0.1.3", false),
            ("::ffff:10.0.0.3", true),
            ("::10.0.0.3", false),
            ("2001:db8::", false),
        ] {
            assert_eq!(range.contains(address.parse().expect("an address")), inside, "{address}");
        }
    }

    #[test]
    fn an_entry_covers_only_entries_wholly_inside() {
        let network = entry("10.4.0.0/22");
        for (other, covered) in [
            ("10.4.0.0/22", true),
            ("10.4.3.255", true),
            ("10.4.3.255-10.4.4.0", false),
            ("10.0.0.0/8", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(network.covers(&entry(other)), covered, "{other}");
        }
    }

    #[test]
    fn an_entry_is_small() {
        assert!(size_of::<Entry>() <= 36);
    }
}
