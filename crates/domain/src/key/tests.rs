//! Tables of keys. The whole keys were computed by an independent program (Python's `zlib.crc32` and big integers).

use super::*;

const ZERO: &str = "kh_live_4fT9sQ2mXa_0000000000000000000000000000000000000000000437PTu";
const FULL: &str = "kh_test_0000000000_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp13feTvw";
const COUNTING: &str = "acme2_live_zzzzzzzzzz_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf3clHUF";

fn format(prefix: &str) -> KeyFormat {
    KeyFormat::new(prefix).expect("a good prefix")
}

fn id(text: &str) -> PublicId {
    PublicId::parse(text).expect("a good id")
}

#[test]
fn keys_match_an_independent_implementation() {
    let counting: [u8; 32] = std::array::from_fn(|at| u8::try_from(at).expect("below 32"));
    for (prefix, environment, public_id, secret, key) in [
        ("kh", Environment::Live, "4fT9sQ2mXa", [0; 32], ZERO),
        ("kh", Environment::Sandbox, "0000000000", [0xff; 32], FULL),
        ("acme2", Environment::Live, "zzzzzzzzzz", counting, COUNTING),
    ] {
        assert_eq!(format(prefix).compose(environment, &id(public_id), &secret), key);
        assert_eq!(format(prefix).len(environment), key.len());
        assert_eq!(format(prefix).parse(key), Some(KeyParts { environment, public_id: id(public_id) }));
    }
}

#[test]
fn malformed_keys_are_refused() {
    let secret_with_underscore = ZERO.replacen("_0", "_00_", 1);
    for text in [
        "",
        "kh",
        "kh_live_",
        "kh_live_4fT9sQ2mXa_",
        &ZERO[..ZERO.len() - 1],
        &format!("{ZERO}0"),
        &format!(" {ZERO}"),
        &format!("{ZERO}\n"),
        &ZERO.to_uppercase(),
        &ZERO.replace("live", "test"),
        &ZERO.replace("live", "sandbox"),
        &ZERO.replacen('0', "é", 1),
        &ZERO.replacen("00", "é", 1),
        &ZERO.replace("kh_", "kx_"),
        &secret_with_underscore,
        "é".repeat(34).as_str(),
        COUNTING,
    ] {
        assert_eq!(format("kh").parse(text), None, "{text:?}");
    }
    // One prefix can be the beginning of another.
    assert_eq!(format("k").parse(ZERO), None);
    assert_eq!(format("khx").parse(ZERO), None);
}

#[test]
fn a_prefix_needs_no_quoting_anywhere() {
    for prefix in ["kh", "a", "acme2", "a234567890123456"] {
        assert!(KeyFormat::new(prefix).is_ok(), "{prefix}");
    }
    for prefix in ["", "2a", "KH", "k_h", "k-h", "ké", "a2345678901234567", " kh"] {
        assert_eq!(KeyFormat::new(prefix), Err(PrefixError), "{prefix}");
    }
}

#[test]
fn a_masked_key_shows_only_its_last_characters() {
    assert_eq!(format("kh").mask(Environment::Live, "9xQ2f"), "kh_live_…9xQ2f");
    let format = format("kh");
    assert_eq!(format.mask(Environment::Sandbox, format.last_shown(FULL)), "kh_test_…feTvw");
    assert_eq!(format.last_shown(ZERO).len(), LAST_SHOWN);
    for short in ["", "abc", "aéééé"] {
        assert!(short.ends_with(format.last_shown(short)));
    }
    for shown in [4, 8] {
        assert_eq!(format.clone().with_last_shown(shown).last_shown(ZERO), &ZERO[ZERO.len() - shown..]);
    }
}

#[test]
fn every_character_of_an_id_is_equally_likely() {
    // A linear congruential generator: random enough to count characters, and reproducible.
    let mut state = 1u64;
    let mut fill = |bytes: &mut [u8]| {
        for byte in bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = state.to_be_bytes()[0];
        }
    };
    let ids: Vec<PublicId> = (0..20_000).map(|_| PublicId::from_random(&mut fill)).collect();
    let mut counts = std::collections::BTreeMap::new();
    for character in ids.iter().flat_map(|id| id.as_str().chars()) {
        *counts.entry(character).or_insert(0u32) += 1;
    }
    assert_eq!(counts.len(), 62);
    let (fewest, most) = (counts.values().min(), counts.values().max());
    assert!(fewest.zip(most).is_some_and(|(fewest, most)| most - fewest <= most / 5), "{counts:?}");
}

#[test]
fn ids_and_environments_round_trip() {
    assert_eq!(id("4fT9sQ2mXa").as_str(), "4fT9sQ2mXa");
    for text in ["", "4fT9sQ2mX", "4fT9sQ2mXaa", "4fT9sQ2m_a", "éééééé", "4fT9sQ2mé"] {
        assert_eq!(PublicId::parse(text), None, "{text}");
    }
    for environment in Environment::ALL {
        assert_eq!(Environment::parse(environment.as_str()), Some(environment));
    }
    assert_eq!(Environment::parse("test"), None);
}
