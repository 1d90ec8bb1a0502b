//! Every message of a refused entry, in one table, so that they can be compared.

use super::{Entry, Whitelist};

/// The typed entry, and its message.
const REFUSALS: &[(&str, &str)] = &[
    ("", "Enter an IP address, a range or a CIDR network."),
    ("0.0.0.0/0", "0.0.0.0/0 covers every address. To allow any address, leave the list empty."),
    ("10.1.2.3/0", "10.1.2.3/0 covers every address. To allow any address, leave the list empty."),
    (
        "0.0.0.0-255.255.255.255",
        "0.0.0.0-255.255.255.255 covers every address. To allow any address, leave the list empty.",
    ),
    (
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff covers every address. To allow any address, leave the list empty.",
    ),
    ("*", "* covers every address. To allow any address, leave the list empty."),
    ("0.0.0.0", "0.0.0.0 is the unspecified address. To allow any address, leave the list empty."),
    ("ff02::1", "ff02::1 is a multicast address. Enter the address that calls come from."),
    ("255.255.255.255", "255.255.255.255 is the broadcast address. Enter the address that calls come from."),
    ("203.0.113.07", "203.0.113.07 has a leading zero. Use 203.0.113.7 instead."),
    ("010.0.0.0/08", "010.0.0.0/08 has a leading zero. Use 10.0.0.0/8 instead."),
    ("::ffff:1.2.3.04", "::ffff:1.2.3.04 has a leading zero. Use 1.2.3.4 instead."),
    ("203.0.113.256", "203.0.113.256 is not an IPv4 address: 256 is more than 255."),
    ("127.1", "127.1 is not a complete IPv4 address. An IPv4 address has four numbers, e.g. 203.0.113.7."),
    ("2130706433", "2130706433 is not a complete IPv4 address. An IPv4 address has four numbers, e.g. 203.0.113.7."),
    ("300.1/16", "300.1/16 is not a complete IPv4 address. An IPv4 address has four numbers, e.g. 203.0.113.7."),
    ("0x7f.0.0.1", "0x7f.0.0.1 is not in decimal. An IPv4 address has four decimal numbers, e.g. 203.0.113.7."),
    ("1.2.3.4:80", "1.2.3.4:80 has a port. Use 1.2.3.4 instead."),
    ("[2001:db8::1]", "[2001:db8::1] has brackets. Use 2001:db8::1 instead."),
    ("[2001:db8::1]:443", "[2001:db8::1]:443 has brackets and a port. Use 2001:db8::1 instead."),
    ("[fe80::1%eth0]:443", "[fe80::1%eth0]:443 has brackets and a port. Use fe80::1 instead."),
    ("fe80::1%eth0", "fe80::1%eth0 has a zone, which is valid on one machine only. Use fe80::1 instead."),
    ("10.4.1.0/22", "10.4.1.0/22 is not a network address. Use 10.4.0.0/22 instead, or 10.4.1.0 for that one address."),
    (
        "10.1.2.3/255.255.255.0",
        "10.1.2.3/255.255.255.0 is not a network address. Use 10.1.2.0/24 instead, or 10.1.2.3 for that one address.",
    ),
    ("10.0.0.0/33", "10.0.0.0/33 needs a number from 1 to 32 after the slash."),
    ("10.0.0.0/+8", "10.0.0.0/+8 needs a number from 1 to 32 after the slash. Use 10.0.0.0/8 instead."),
    ("2001:db8::/ffff::", "2001:db8::/ffff:: needs a number from 1 to 128 after the slash."),
    (
        "10.0.0.0/255.0.255.0",
        "10.0.0.0/255.0.255.0 has no valid netmask: 255.0.255.0 does not begin with its ones, as 255.255.255.0 does.",
    ),
    (
        "10.0.0.0/0.255.255.255",
        "10.0.0.0/0.255.255.255 has no valid netmask: 0.255.255.255 does not begin with its ones, as 255.255.255.0 does. Use 10.0.0.0/8 instead.",
    ),
    ("10.0.0.9-10.0.0.1", "10.0.0.9-10.0.0.1 ends before it starts. Use 10.0.0.1-10.0.0.9 instead."),
    ("10.0.0.1-2001:db8::1", "10.0.0.1-2001:db8::1 mixes IPv4 and IPv6. Use two addresses of the same kind."),
    ("10.0.0.*", "10.0.0.* is not written in full. Use 10.0.0.0/24 instead."),
    ("10.*", "10.* is not written in full. Use 10.0.0.0/8 instead."),
    ("*.0.0.1", "*.0.0.1 is not written in full. Use a network, e.g. 10.0.0.0/24."),
    ("10.0.0.1-9", "10.0.0.1-9 is not written in full. Use 10.0.0.1-10.0.0.9 instead."),
    ("10.0.0.9 - 1", "10.0.0.9 - 1 is not written in full. Use 10.0.0.1-10.0.0.9 instead."),
    ("10.1/16", "10.1/16 is not written in full. Use 10.1.0.0/16 instead."),
    ("10.1.2/23", "10.1.2/23 is not written in full. Use 10.1.2.0/23 instead."),
    ("192.168.1.", "192.168.1. is not written in full. Use 192.168.1.0/24 instead."),
    ("::203.0.113.7", "::203.0.113.7 is an outdated way to write an IPv4 address. Use 203.0.113.7 instead."),
    ("2001:db8::1::2", "2001:db8::1::2 has :: twice; it can stand for zeros only once."),
    ("12345::", "12345:: is not an IPv6 address: 12345 has more than four digits."),
    ("1:2:3", "1:2:3 is not a complete IPv6 address. It has eight groups, or :: once in place of zeros."),
    (
        "1.2.3.4 5.6.7.8",
        "1.2.3.4 5.6.7.8 is more than one entry. Put each on its own line, or separate them with commas. Use 1.2.3.4, 5.6.7.8 instead.",
    ),
    (
        "1.2.3.4;10.1.2.3/24",
        "1.2.3.4;10.1.2.3/24 is more than one entry. Put each on its own line, or separate them with commas. Use 1.2.3.4, 10.1.2.0/24 instead.",
    ),
    (
        "1.2.3.4 5.6.7.8 office",
        "1.2.3.4 5.6.7.8 office is more than one entry. Put each on its own line, or separate them with commas.",
    ),
    ("1.2.3.4 # office", "1.2.3.4 # office has text that is not part of an entry. Use 1.2.3.4 instead."),
    ("10.0.0.0/24 (office)", "10.0.0.0/24 (office) has text that is not part of an entry. Use 10.0.0.0/24 instead."),
    (
        "10.0.0.1 - 10.0.0.9 # office",
        "10.0.0.1 - 10.0.0.9 # office has text that is not part of an entry. Use 10.0.0.1-10.0.0.9 instead.",
    ),
    ("10.0.0.1 - 10.0.0.9 office", "10.0.0.1 - 10.0.0.9 office has text that is not part of an entry."),
    ("1.2.3.4;", "1.2.3.4; has text that is not part of an entry. Use 1.2.3.4 instead."),
    ("10.0.0.0 /24", "10.0.0.0 /24 has text that is not part of an entry. Use 10.0.0.0/24 instead."),
    (
        "10.0.0.0 255.255.255.0",
        "10.0.0.0 255.255.255.0 has text that is not part of an entry. Use 10.0.0.0/24 instead.",
    ),
    ("10.0.0.0 0.0.0.255", "10.0.0.0 0.0.0.255 has text that is not part of an entry. Use 10.0.0.0/24 instead."),
    ("\"203.0.113.7\"", "\"203.0.113.7\" has text that is not part of an entry. Use 203.0.113.7 instead."),
    (
        "10.0.0.1–10.0.0.9",
        "10.0.0.1–10.0.0.9 contains – (U+2013), which is not used in addresses. Use 10.0.0.1-10.0.0.9 instead.",
    ),
    ("10.0.0.1\u{200b}", "10.0.0.1\u{fffd} contains an invisible character (U+200B). Use 10.0.0.1 instead."),
    ("١٢.0.0.1", "١٢.0.0.1 contains ١ (U+0661), which is not used in addresses."),
    ("localhost", "localhost is not an IP address. Host names are not looked up."),
    ("my-host.example", "my-host.example is not an IP address. Host names are not looked up."),
    ("https://203.0.113.7/", "https://203.0.113.7/ is not an IP address. Host names are not looked up."),
    ("1.2.3.4.", "1.2.3.4. is not an IP address. Host names are not looked up."),
];

#[test]
fn a_message_names_the_problem_and_the_remedy() {
    for (typed, message) in REFUSALS {
        let error = Entry::parse(typed).expect_err(typed);
        assert_eq!(error.to_string(), *message, "{typed}");
        // A message names its correction, and the correction is accepted.
        let is_named = |text: &String| message.contains(&format!(" Use {text} instead"));
        assert_eq!(error.suggestion().is_some_and(|text| is_named(&text)), message.contains(" instead"), "{typed}");
        assert!(error.suggestion().is_none_or(|text| Whitelist::parse(&text, 50).is_ok()), "{typed}");
    }
}

#[test]
fn an_overlong_entry_is_not_quoted() {
    let error = Entry::parse(&"1".repeat(101)).expect_err("101 characters");
    assert_eq!(
        error.to_string(),
        "An entry has at most 100 characters; this one has 101. Put each entry on its own line."
    );
}

#[test]
fn unusual_forms_are_accepted_and_canonicalized() {
    for (typed, canonical) in [
        (" 203.0.113.7 ", "203.0.113.7"),
        ("10.0.0.1 - 10.0.0.9", "10.0.0.1-10.0.0.9"),
        ("::ffff:10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.9"),
        ("::1", "::1"),
        ("::ffff:a00:1", "10.0.0.1"),
        ("fe80::1", "fe80::1"),
        ("0.0.0.0/1", "0.0.0.0/1"),
        ("128.0.0.0-255.255.255.255", "128.0.0.0/1"),
        ("10.0.0.0/255.255.255.255", "10.0.0.0"),
        ("2001:0db8:0000::/32", "2001:db8::/32"),
    ] {
        assert_eq!(Entry::parse(typed).map(|entry| entry.to_string()), Ok(canonical.to_owned()), "{typed}");
    }
}
