//! A whitelist compiled into bytes: a gate that caches a million keys needs them small and contiguous, to avoid cache
//! misses. It answers only whether an address is allowed; everything else is in [`Whitelist`](super::Whitelist).

use std::net::IpAddr;

use super::Entry;

/// Bytes of an IPv4 entry: first and last address.
const V4_LEN: usize = 8;
/// Bytes of an IPv6 entry.
const V6_LEN: usize = 32;

/// The bytes from [`compile`](super::Whitelist::compile). No bytes are an empty list, which allows any address.
///
/// Layout: the number of IPv4 entries in two bytes, then their ends in four bytes each, then the ends of the IPv6
/// entries in sixteen bytes each, all big-endian, so that comparing bytes compares addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompiledWhitelist<'a>(&'a [u8]);

pub(super) fn compile(entries: &[Entry]) -> Vec<u8> {
    if entries.is_empty() {
        return Vec::new();
    }
    let (mut four, mut six) = (Vec::new(), Vec::new());
    for entry in entries {
        match (entry.first(), entry.last()) {
            (IpAddr::V4(first), IpAddr::V4(last)) => four.extend([first.octets(), last.octets()].concat()),
            (IpAddr::V6(first), IpAddr::V6(last)) => six.extend([first.octets(), last.octets()].concat()),
            // Both ends of an entry are of one family.
            _ => {}
        }
    }
    // A list has at most 500 entries, by `Policy::validate`.
    let count = u16::try_from(four.len() / V4_LEN).unwrap_or(u16::MAX);
    [&count.to_be_bytes()[..], &four, &six].concat()
}

impl<'a> CompiledWhitelist<'a> {
    /// Wraps bytes from [`compile`](super::Whitelist::compile). Truncated or damaged bytes never match by accident.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether a call from this address is allowed: any address if the list is empty. Does not allocate.
    pub fn allows(&self, address: IpAddr) -> bool {
        self.is_empty() || self.contains(address)
    }

    /// Whether any address may use the key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn contains(&self, address: IpAddr) -> bool {
        let Some((count, spans)) = self.0.split_first_chunk() else { return false };
        let (four, six) = spans.split_at_checked(usize::from(u16::from_be_bytes(*count)) * V4_LEN).unwrap_or_default();
        match address.to_canonical() {
            IpAddr::V4(address) => any_span_contains::<4>(four.chunks_exact(V4_LEN), address.octets()),
            IpAddr::V6(address) => any_span_contains::<16>(six.chunks_exact(V6_LEN), address.octets()),
        }
    }
}

fn any_span_contains<'a, const N: usize>(mut spans: impl Iterator<Item = &'a [u8]>, address: [u8; N]) -> bool {
    spans.any(|span| span[..N] <= address[..] && address[..] <= span[N..])
}

#[cfg(test)]
mod tests {
    use super::super::Whitelist;
    use super::*;
    use proptest::prelude::*;

    fn list(text: &str) -> Whitelist {
        Whitelist::from_stored(text).expect("a good list")
    }

    #[test]
    fn an_empty_list_compiles_to_no_bytes_and_allows_any_address() {
        let bytes = list("").compile();
        assert!(bytes.is_empty() && CompiledWhitelist::new(&bytes).allows("203.0.113.7".parse().expect("an address")));
    }

    #[test]
    fn damaged_bytes_allow_nothing() {
        for bytes in [&[0][..], &[0, 0], &[0, 1], &[0, 1, 203, 0, 113, 0], &[255, 255, 0, 0, 0, 0, 255, 255, 255, 255]]
        {
            assert!(!CompiledWhitelist::new(bytes).allows("203.0.113.7".parse().expect("an address")), "{bytes:?}");
        }
    }

    fn entry() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<(u32, u8)>().prop_map(|(bits, length)| {
                let length = 1 + u32::from(length) % 32;
                let network = bits & u32::MAX.checked_shl(32 - length).unwrap_or(0);
                format!("{}/{length}", std::net::Ipv4Addr::from_bits(network))
            }),
            (0xcb00_7100_u32..0xcb00_7200, 0_u32..300).prop_map(|(first, more)| {
                format!("{}-{}", std::net::Ipv4Addr::from_bits(first), std::net::Ipv4Addr::from_bits(first + more))
            }),
            (0_u128..300, 0_u128..300).prop_map(|(first, more)| {
                let first = (0x2001_0db8 << 96) + first;
                format!("{}-{}", std::net::Ipv6Addr::from_bits(first), std::net::Ipv6Addr::from_bits(first + more))
            }),
        ]
    }

    fn address() -> impl Strategy<Value = IpAddr> {
        prop_oneof![
            any::<u32>().prop_map(|bits| std::net::Ipv4Addr::from_bits(bits).into()),
            (0xcb00_70f0_u32..0xcb00_7340).prop_map(|bits| std::net::Ipv4Addr::from_bits(bits).into()),
            (0xcb00_70f0_u32..0xcb00_7340).prop_map(|bits| std::net::Ipv4Addr::from_bits(bits).to_ipv6_mapped().into()),
            (0_u128..700).prop_map(|low| std::net::Ipv6Addr::from_bits((0x2001_0db8 << 96) + low).into()),
        ]
    }

    proptest! {
        #[test]
        fn a_compiled_list_agrees_with_its_source(
            entries in prop::collection::vec(entry(), 0..8),
            addresses in prop::collection::vec(address(), 50),
        ) {
            let read = entries.iter().filter(|text| Entry::parse(text).is_ok()).cloned().collect::<Vec<_>>().join("\n");
            let whole = list(&read);
            let bytes = whole.compile();
            for address in addresses {
                prop_assert_eq!(CompiledWhitelist::new(&bytes).allows(address), whole.allows(address), "{} in {}", address, read);
            }
        }
    }
}
