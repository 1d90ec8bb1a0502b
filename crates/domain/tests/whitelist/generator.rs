//! Random entries of every accepted form, and random callers, most of them near an end of an entry: a uniformly random
//! caller would almost never be in a random entry.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// `SplitMix64`; the same seed gives the same run.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u32) -> u32 {
        u32::try_from(self.next() % u64::from(bound)).expect("below a u32")
    }

    fn wide(&mut self) -> u128 {
        u128::from(self.next()) << 64 | u128::from(self.next())
    }

    fn v4(&mut self) -> u32 {
        let near = [0x0a00_0000, 0xcb00_7100, 0x7fff_ff00, self.wide_low()][self.below(4) as usize];
        near ^ [self.below(8), self.below(256), self.below(65_536)][self.below(3) as usize]
    }

    fn v6(&mut self) -> u128 {
        let near = [0x2001_0db8 << 96, 0xfe80 << 112, 0xffff << 32, self.wide()][self.below(4) as usize];
        near ^ [u128::from(self.below(8)), u128::from(self.below(65_536)), self.wide() >> 60][self.below(3) as usize]
    }

    fn wide_low(&mut self) -> u32 {
        self.below(u32::MAX)
    }
}

/// An entry as it is typed, with its first and last address.
pub struct Typed {
    pub text: String,
    ends: [IpAddr; 2],
}

pub fn entry(rng: &mut Rng) -> Typed {
    if rng.below(5) < 3 { entry_v4(rng) } else { entry_v6(rng) }
}

fn entry_v4(rng: &mut Rng) -> Typed {
    let (one, other) = (rng.v4(), rng.v4());
    let length = 1 + rng.below(32);
    let host = u32::MAX.checked_shr(length).unwrap_or(0);
    let (first, last) = match rng.below(4) {
        0 => (one, one),
        1 => (one.min(other), one.max(other)),
        _ => (one & !host, one | host),
    };
    let ends = [first, last].map(|end| IpAddr::from(Ipv4Addr::from_bits(end)));
    let text = if first == last && rng.below(2) == 0 {
        format_address(ends[0], rng)
    } else if last - first == host {
        let mask = Ipv4Addr::from_bits(!host);
        match rng.below(4) {
            0 => format!("{}/{mask}", ends[0]),
            1 => format!("::ffff:{}/{}", ends[0], 96 + length),
            2 => format!("{}-{}", format_address(ends[0], rng), format_address(ends[1], rng)),
            _ => format!("{}/{length}", ends[0]),
        }
    } else {
        format!("{}-{}", format_address(ends[0], rng), format_address(ends[1], rng))
    };
    Typed { text, ends }
}

fn entry_v6(rng: &mut Rng) -> Typed {
    let (one, other) = (rng.v6(), rng.v6());
    let length = 1 + rng.below(128);
    let host = u128::MAX.checked_shr(length).unwrap_or(0);
    let (first, last, is_network) = match rng.below(3) {
        0 => (one, one, false),
        1 => (one.min(other), one.max(other), false),
        _ => (one & !host, one | host, true),
    };
    let ends = [first, last].map(|end| IpAddr::from(Ipv6Addr::from_bits(end)));
    let first = format_address(ends[0], rng);
    let text = if is_network {
        format!("{first}/{length}")
    } else if ends[0] == ends[1] {
        first
    } else {
        format!("{first}-{}", format_address(ends[1], rng))
    };
    Typed { text, ends }
}

/// A caller: at, just inside or just outside an end of an entry, or anywhere.
pub fn caller(rng: &mut Rng, entries: &[Typed]) -> String {
    let near = &entries[rng.below(u32::try_from(entries.len()).expect("few entries")) as usize];
    let end = near.ends[rng.below(2) as usize];
    let step = [0, 0, 1, -1, 2, rng.below(300).cast_signed()][rng.below(6) as usize];
    let address = match (rng.below(8), end) {
        (0, _) => IpAddr::from(Ipv4Addr::from_bits(rng.v4())),
        (1, _) => IpAddr::from(Ipv6Addr::from_bits(rng.v6())),
        (_, IpAddr::V4(end)) => Ipv4Addr::from_bits(end.to_bits().wrapping_add_signed(step)).into(),
        (_, IpAddr::V6(end)) => Ipv6Addr::from_bits(end.to_bits().wrapping_add_signed(step.into())).into(),
    };
    format_address(address, rng)
}

/// One of the notations of an address, at random.
fn format_address(address: IpAddr, rng: &mut Rng) -> String {
    match (address, rng.below(6)) {
        (IpAddr::V4(v4), 0) => format!("::ffff:{v4}"),
        (IpAddr::V4(v4), 1) => full_notation(v4.to_ipv6_mapped()),
        (IpAddr::V6(v6), 0) => full_notation(v6),
        (IpAddr::V6(v6), 1) => v6.to_string().to_uppercase(),
        _ => address.to_string(),
    }
}

/// All eight groups, without `::`.
fn full_notation(address: Ipv6Addr) -> String {
    address.segments().map(|segment| format!("{segment:x}")).join(":")
}
