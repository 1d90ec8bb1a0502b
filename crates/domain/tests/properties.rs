//! Property tests. The module `naive` implements the tested rules a second time, bit by bit and without using the
//! crate.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use domain::whitelist::{WRONG_MAX, feedback};
use domain::{
    ClientAddressError, Email, Entry, Environment, KeyFormat, KeyName, KeyParts, LineReport, Privileges, PublicId,
    TrustedProxies, Whitelist, client_address, count_entries, parse_client_address, parse_lines, replace_entry,
};
use proptest::prelude::*;

mod naive {
    use super::*;

    /// An address as a list of numbers that are compared one by one: the family, then each bit.
    fn bits(address: IpAddr) -> Vec<u8> {
        let (family, octets) = match address {
            IpAddr::V4(address) => (4, address.octets().to_vec()),
            IpAddr::V6(address) => {
                let octets = address.octets();
                if octets[..10] == [0; 10] && octets[10..12] == [255; 2] {
                    (4, octets[12..].to_vec())
                } else {
                    (6, octets.to_vec())
                }
            }
        };
        let bits = octets.iter().flat_map(|octet| (0..8).rev().map(move |at| octet >> at & 1));
        std::iter::once(family).chain(bits).collect()
    }

    fn parse(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    /// Whether the address is in the entry, which is of the form `a`, `a/n` or `a-b`.
    pub fn contains(entry: &str, address: IpAddr) -> bool {
        let address = bits(address);
        if let Some((base, prefix)) = entry.split_once('/') {
            let (address_of_base, prefix) = (parse(base), prefix.parse::<usize>().expect("a prefix length"));
            let base = bits(address_of_base);
            // The prefix of an IPv4-mapped network includes the 96 bits before the IPv4 address.
            let prefix = if base[0] == 4 && address_of_base.is_ipv6() { prefix - 96 } else { prefix };
            base.len() == address.len() && base[..=prefix] == address[..=prefix]
        } else if let Some((first, last)) = entry.split_once('-') {
            let (first, last) = (bits(parse(first)), bits(parse(last)));
            first.len() == address.len() && first <= address && address <= last
        } else {
            bits(parse(entry)) == address
        }
    }
}

/// Addresses from a few networks, so that random addresses often fall into random entries.
fn address() -> impl Strategy<Value = IpAddr> {
    let near = prop_oneof![Just(0u32), Just(0x0a00_0000), Just(0xcb00_7100), Just(0x7fff_ff00), any::<u32>()];
    let v4 = (near, prop_oneof![0u32..8, 0u32..=255, any::<u32>()]).prop_map(|(near, host)| near ^ host);
    let v6 = prop_oneof![Just(0x2001_0db8u128 << 96), Just(0xfe80u128 << 112), any::<u128>()];
    let v6 = (v6, prop_oneof![0u128..8, 0u128..=0xffff, any::<u128>()]).prop_map(|(near, host)| near ^ host);
    prop_oneof![
        3 => v4.clone().prop_map(|bits| IpAddr::from(Ipv4Addr::from_bits(bits))),
        2 => v6.prop_map(|bits| IpAddr::from(Ipv6Addr::from_bits(bits))),
        1 => v4.prop_map(|bits| IpAddr::from(Ipv4Addr::from_bits(bits).to_ipv6_mapped())),
    ]
}

/// The text of an entry that is accepted.
fn entry() -> impl Strategy<Value = String> {
    let single = address().prop_map(|address| address.to_string());
    let network = (address(), any::<u8>()).prop_map(|(address, length)| match address {
        IpAddr::V4(address) => {
            let length = u32::from(length) % 32 + 1;
            format!("{}/{length}", Ipv4Addr::from_bits(address.to_bits() >> (32 - length) << (32 - length)))
        }
        IpAddr::V6(address) => {
            // A mapped network keeps at least its marker and one bit.
            let least = if address.to_ipv4_mapped().is_some() { 97 } else { 1 };
            let length = least + u32::from(length) % (129 - least);
            format!("{}/{length}", Ipv6Addr::from_bits(address.to_bits() >> (128 - length) << (128 - length)))
        }
    });
    let range = (address(), address()).prop_map(|(one, other)| {
        let (low, high) = if one.to_canonical() <= other.to_canonical() { (one, other) } else { (other, one) };
        format!("{low}-{high}")
    });
    prop_oneof![3 => single, 2 => network, 2 => range]
        .prop_filter("accepted entries only", |text| Entry::parse(text).is_ok())
}

/// Malformed input: pieces of addresses, separators, and arbitrary characters.
fn fragments() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,4}",
        "[0-9a-fA-F:]{1,6}",
        "[-./:*%\\[\\], ;+]",
        Just("::ffff:".to_owned()),
        Just("203.0.113.7".to_owned()),
        Just("10.0.0.0/8".to_owned()),
        Just("٣".to_owned()),
        Just("–".to_owned()),
        Just("\u{200b}".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// An entry with one of the mistakes for which a correction is known.
fn mistake() -> impl Strategy<Value = String> {
    let v4 = (1u8..=223, any::<[u8; 3]>()).prop_map(|(a, [b, c, d])| Ipv4Addr::new(a, b, c, d));
    (v4, address(), 0..14).prop_map(|(v4, address, kind)| {
        let [a, b, c, d] = v4.octets();
        match kind {
            0 => format!("{v4}/24"),
            1 => format!("{a}.{b}.{c}.255-{a}.{b}.{c}.0"),
            2 => format!("{a}.{b}.{c}.0{d}"),
            3 => format!("{v4}:{d}"),
            4 => format!("[2001:db8::{d:x}]:443"),
            5 => format!("{a}.{b}.{c}.*"),
            6 => format!("{a}.{b}.0.0 255.255.0.0"),
            7 => format!("{a}.{b}.0.0/0.0.255.255"),
            8 => format!("{a}.{b}/16"),
            9 => format!("{v4} # {address}"),
            10 => format!("{a}.{b}.{c}.0 / 24"),
            11 => format!("{a}.{b}.{c}.0\u{2013}{a}.{b}.{c}.255"),
            12 => format!("{v4} {v4};{v4}"),
            _ => format!("'{v4}'"),
        }
    })
}

/// A typed list: entries, mistakes and junk, separated in every accepted way.
fn list() -> impl Strategy<Value = String> {
    // Boxed, because the unboxed strategies overflow the stack.
    let typed = prop_oneof![3 => entry().boxed(), 2 => mistake().boxed(), 1 => fragments().boxed()];
    let separator = prop_oneof![Just("\n"), Just("\r\n"), Just(", "), Just(","), Just("\n\n \t"), Just(" ,\u{a0}")];
    prop::collection::vec((typed, separator), 0..8)
        .prop_map(|pieces| pieces.into_iter().map(|(typed, separator)| typed + separator).collect())
}

/// At least 2,000 cases per property; `PROPTEST_CASES` can raise it.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        cases: default.cases.max(2_000),
        max_local_rejects: u32::MAX,
        failure_persistence: None,
        ..default
    }
}

fn format() -> KeyFormat {
    KeyFormat::new("kh").expect("a good prefix")
}

prop_compose! {
    fn key()(live: bool, id in "[0-9A-Za-z]{10}", secret: [u8; 32]) -> (Environment, PublicId, String) {
        let environment = if live { Environment::Live } else { Environment::Sandbox };
        let id = PublicId::parse(&id).expect("ten characters");
        (environment, id, format().compose(environment, &id, &secret))
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_entry_round_trips_through_its_canonical_form(text in entry()) {
        let entry = Entry::parse(&text).expect("accepted");
        prop_assert_eq!(Entry::parse(&entry.to_string()), Ok(entry));
        prop_assert!(entry.contains(entry.first()) && entry.contains(entry.last()) && entry.covers(&entry));
    }

    #[test]
    fn a_whitelist_agrees_with_the_naive_implementation(texts in prop::collection::vec(entry(), 1..8), caller in address()) {
        let whitelist = Whitelist::parse(&texts.join("\n"), 50).expect("accepted");
        let naive = texts.iter().any(|text| naive::contains(text, caller));
        prop_assert_eq!(whitelist.allows(caller), naive, "{:?} {}", texts, caller);
    }

    #[test]
    fn the_neighbors_of_an_entry_s_ends_agree_with_the_naive_implementation(text in entry()) {
        let entry = Entry::parse(&text).expect("accepted");
        for end in [entry.first(), entry.last()] {
            let neighbors: Vec<IpAddr> = match end {
                IpAddr::V4(end) => [-1, 0, 1].map(|step| Ipv4Addr::from_bits(end.to_bits().wrapping_add_signed(step)).into()).into(),
                IpAddr::V6(end) => [-1, 0, 1].map(|step| Ipv6Addr::from_bits(end.to_bits().wrapping_add_signed(step)).into()).into(),
            };
            for caller in neighbors {
                prop_assert_eq!(entry.contains(caller), naive::contains(&text, caller), "{} {}", text, caller);
            }
        }
    }

    #[test]
    fn dropping_redundant_entries_allows_the_same_addresses(texts in prop::collection::vec(entry(), 0..12), caller in address()) {
        let text = texts.join(",");
        let merged = Whitelist::parse(&text, 50).expect("accepted");
        let separate = texts.iter().filter_map(|text| Entry::parse(text).ok()).any(|entry| entry.contains(caller));
        prop_assert_eq!(merged.contains(caller), separate);
        prop_assert!(merged.len() <= texts.len());
        prop_assert_eq!(merged.len(), count_entries(&text));
        for (at, entry) in merged.entries().iter().enumerate() {
            let others = merged.entries().iter().enumerate().filter(|(other, _)| *other != at);
            prop_assert!(others.into_iter().all(|(_, other)| !other.covers(entry)));
        }
        prop_assert_eq!(Whitelist::parse(&merged.to_stored(), 50), Ok(merged.clone()));
        prop_assert_eq!(Whitelist::from_stored(&merged.to_stored()), Ok(merged));
    }

    #[test]
    fn a_suggestion_is_always_accepted(text in prop_oneof![fragments(), mistake()]) {
        if let Err(error) = Entry::parse(&text) {
            prop_assert!(!error.to_string().is_empty());
            if let Some(instead) = error.suggestion() {
                let list = Whitelist::parse(&instead, 100);
                prop_assert!(list.is_ok_and(|list| !list.is_empty()), "{:?}: {}", text, error);
            }
        }
    }

    #[test]
    fn a_common_mistake_has_a_suggestion(text in mistake()) {
        let parsed = Entry::parse(&text);
        prop_assert!(parsed.as_ref().map_or_else(|error| error.suggestion().is_some(), |_| true), "{:?}: {:?}", text, parsed);
    }

    #[test]
    fn replacing_an_entry_changes_nothing_else(text in list(), at: prop::sample::Index, with in entry()) {
        let reports = parse_lines(&text);
        prop_assume!(!reports.is_empty());
        let report = &reports[at.index(reports.len())];
        let replaced = replace_entry(&text, report, &with);
        let (before, after) = (&text[..report.range().start], &text[report.range().end..]);
        prop_assert_eq!(&text[report.range()], &report.typed);
        prop_assert_eq!(&replaced, &format!("{before}{with}{after}"));
        // The other entries are read as before, on the same lines.
        let place = |report: &LineReport| (report.number, report.typed.clone());
        let mut expected: Vec<_> = reports.iter().map(place).collect();
        expected[at.index(reports.len())].1.clone_from(&with);
        prop_assert_eq!(parse_lines(&replaced).iter().map(place).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_line_of_an_entry_is_the_one_that_an_editor_shows(text in list()) {
        for report in parse_lines(&text) {
            let line = text.split('\n').nth(report.number - 1).expect("the line");
            prop_assert!(line.split(',').any(|typed| typed.trim() == report.typed));
            prop_assert_eq!(text[..report.start].matches('\n').count() + 1, report.number);
        }
    }

    #[test]
    fn accepting_every_suggestion_leaves_only_entries_without_one(text in list()) {
        let mut text = text;
        // From the last to the first, so that earlier entries stay in place.
        for report in parse_lines(&text).iter().rev() {
            if let Err(error) = &report.parsed && let Some(instead) = error.suggestion() {
                text = replace_entry(&text, report, &instead);
            }
        }
        prop_assert!(feedback(&text).wrong.iter().all(|line| matches!(&line.parsed, Err(error) if error.suggestion().is_none())));
    }

    #[test]
    fn the_feedback_agrees_with_the_reports(text in list()) {
        let (found, reports) = (feedback(&text), parse_lines(&text));
        let wrong: Vec<_> = reports.iter().filter(|line| line.parsed.is_err()).cloned().collect();
        prop_assert_eq!(found.count, count_entries(&text));
        prop_assert_eq!(found.wrong_count, wrong.len());
        prop_assert_eq!(&found.wrong[..], &wrong[..wrong.len().min(WRONG_MAX)]);
        prop_assert_eq!(found.valid.len() + found.duplicates + found.contained + wrong.len(), reports.len());
        prop_assert_eq!(Whitelist::parse(&text, usize::MAX).ok(), wrong.is_empty().then_some(found.valid));
    }

    #[test]
    fn no_input_makes_a_parser_panic(text in fragments(), bytes: Vec<u8>) {
        prop_assert_eq!(parse_lines(&text).iter().filter(|line| line.counts()).count(), count_entries(&text));
        let stored = Whitelist::parse(&text, 50).map(|list| list.to_stored());
        prop_assert!(stored.is_err() || Whitelist::from_stored(&stored.unwrap_or_default()).is_ok());
        let _ = (KeyName::parse(&text, 32), Email::parse(&text), Privileges::from_stored(&text));
        let _ = (TrustedProxies::parse(&text), parse_client_address(&bytes), format().parse(&text));
        let _ = format().parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_key_round_trips((environment, public_id, key) in key()) {
        prop_assert_eq!(format().parse(&key), Some(KeyParts { environment, public_id }));
        prop_assert_eq!(key.len(), format().len(environment));
        prop_assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
    }

    #[test]
    fn a_key_with_one_changed_character_is_refused((_, _, key) in key(), at: prop::sample::Index, to: char, plain in "[0-9A-Za-z_]") {
        let at = at.index(key.len());
        for to in [to.to_string(), plain] {
            let changed = format!("{}{to}{}", &key[..at], &key[at + 1..]);
            prop_assert_eq!(format().parse(&changed).is_none(), changed != key, "{}", changed);
        }
        prop_assert!(format().parse(&key[..at]).is_none());
    }

    #[test]
    fn text_that_begins_like_a_key_is_refused(rest in any::<String>(), junk in "\\PC{0,70}") {
        for text in [format!("kh_live_{rest}"), format!("kh_test_{junk}")] {
            prop_assert!(format().parse(&text).is_none());
        }
    }

    #[test]
    fn the_client_address_is_never_a_trusted_proxy(
        peer in address(),
        hops in prop::collection::vec(prop_oneof![
            3 => address().prop_map(|address| address.to_string()),
            1 => Just("10.0.0.1".to_owned()),
            1 => fragments(),
        ], 0..6),
        split: prop::sample::Index,
        networks in prop::collection::vec(entry(), 0..3),
    ) {
        let networks: Vec<String> = networks.into_iter().filter(|network| TrustedProxies::parse(network).is_ok()).collect();
        let trusted = TrustedProxies::parse(&format!("10.0.0.1,{}", networks.join(","))).expect("accepted");
        let is_trusted = |address: IpAddr| {
            naive::contains("10.0.0.1", address) || networks.iter().any(|network| naive::contains(network, address))
        };
        let joined = hops.join(", ");
        let found = client_address(peer, std::iter::once(joined.as_bytes()), &trusted);
        if is_trusted(peer) {
            prop_assert!(found.is_err() || joined.contains(|c: char| c.is_ascii_hexdigit()));
            // The same rule, implemented from the right and element by element.
            let naive = joined.rsplit(',').map(|hop| hop.trim_matches([' ', '\t']).parse::<IpAddr>()).find(|hop| !hop.as_ref().is_ok_and(|hop| is_trusted(*hop)));
            prop_assert_eq!(found.ok(), naive.and_then(Result::ok).map(|address| address.to_canonical()));
        } else {
            prop_assert_eq!(found, Ok(peer.to_canonical()));
        }
        prop_assert!(!found.is_ok_and(is_trusted));
        // A proxy may append to the header line or add another line.
        let at = split.index(hops.len() + 1);
        let lines = [hops[..at].join(", "), hops[at..].join(", ")];
        if hops.len() > at && at > 0 {
            prop_assert_eq!(client_address(peer, lines.iter().map(String::as_bytes), &trusted).ok(), found.ok());
        }
        if is_trusted(peer) {
            prop_assert_eq!(client_address(peer, [], &trusted), Err(ClientAddressError::Missing));
        }
    }
}
