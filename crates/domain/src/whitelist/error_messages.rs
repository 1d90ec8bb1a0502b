//! Every message of a refused entry, in one table, so that they can be compared.

use super::Entry;

/// The typed entry, and its message.
const REFUSALS: &[(&str, &str)] = &[
    ("", "Type an address, a range or a network."),
    ("0.0.0.0/0", "0.0.0.0/0 is every address: leave the list empty to allow any address."),
    ("10.1.2.3/0", "10.1.2.3/0 is every address: leave the list empty to allow any address."),
    ("0.0.0.0-255.255.255.255", "0.0.0.0-255.255.255.255 is every address: leave the list empty to allow any address."),
    (
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff is every address: leave the list empty to allow any address.",
    ),
    ("*", "* is every address: leave the list empty to allow any address."),
    ("0.0.0.0", "0.0.0.0 is the unspecified address. To allow any address, leave the list empty."),
    ("ff02::1", "ff02::1 is for many receivers at once (multicast). Write the address that the calls come from."),
    ("203.0.113.07", "203.0.113.07 has a leading zero. Write 203.0.113.7 instead."),
    ("010.0.0.0/08", "010.0.0.0/08 has a leading zero. Write 10.0.0.0/8 instead."),
    ("203.0.113.256", "256 in 203.0.113.256 is more than 255, the highest number in an IPv4 address."),
    ("127.1", "127.1 does not have four parts. Write an IPv4 address as four numbers, such as 203.0.113.7."),
    ("0x7f.0.0.1", "0x7f.0.0.1 is not in decimal. Write an IPv4 address as four decimal numbers, such as 203.0.113.7."),
    ("1.2.3.4:80", "1.2.3.4:80 has a port. Remove the port: 1.2.3.4"),
    ("[2001:db8::1]", "Remove the brackets: 2001:db8::1"),
    ("[2001:db8::1]:443", "Remove the brackets and the port: 2001:db8::1"),
    ("[fe80::1%eth0]:443", "Remove the brackets and the port: fe80::1"),
    ("fe80::1%eth0", "fe80::1%eth0 has a zone, which means something on one machine only. Remove the zone: fe80::1"),
    ("10.4.1.0/22", "10.4.1.0/22 has host bits set. Did you mean 10.4.0.0/22, or the single address 10.4.1.0?"),
    ("10.0.0.0/33", "10.0.0.0/33 needs a number from 1 to 32 after the slash."),
    ("10.0.0.0/+8", "10.0.0.0/+8 needs a number from 1 to 32 after the slash. Write 10.0.0.0/8 instead."),
    ("2001:db8::/ffff::", "2001:db8::/ffff:: needs a number from 1 to 128 after the slash."),
    ("10.0.0.0/255.0.255.0", "255.0.255.0 is not a netmask: its ones must come first, as in 255.255.255.0."),
    (
        "10.0.0.0/0.255.255.255",
        "0.255.255.255 is not a netmask: its ones must come first, as in 255.255.255.0. Write 10.0.0.0/8 instead.",
    ),
    ("10.0.0.9-10.0.0.1", "The range 10.0.0.9-10.0.0.1 runs backwards. Write 10.0.0.1-10.0.0.9 instead."),
    (
        "10.0.0.1-2001:db8::1",
        "10.0.0.1-2001:db8::1 begins with one kind of address and ends with another. Write both as IPv4 or both as IPv6.",
    ),
    ("10.0.0.*", "Write 10.0.0.0/24 instead of 10.0.0.*"),
    ("10.*", "Write 10.0.0.0/8 instead of 10.*"),
    ("*.0.0.1", "Write a network such as 10.0.0.0/24 instead of *.0.0.1"),
    ("10.0.0.1-9", "Write 10.0.0.1-10.0.0.9 instead of 10.0.0.1-9"),
    ("10.0.0.9 - 1", "Write 10.0.0.1-10.0.0.9 instead of 10.0.0.9 - 1"),
    ("::203.0.113.7", "::203.0.113.7 is an outdated way to write an IPv4 address. Write 203.0.113.7 instead."),
    ("2001:db8::1::2", "2001:db8::1::2 has :: twice; it can stand for zeros only once."),
    ("12345::", "12345 in 12345:: has more than four digits; a group of an IPv6 address has at most four."),
    ("1:2:3", "1:2:3 is not a whole IPv6 address. Write eight groups, or :: once in place of zeros."),
    ("::ffff:1.2.3.04", "::ffff:1.2.3.04 has a leading zero. Write 1.2.3.4 instead."),
    ("1.2.3.4 5.6.7.8", "1.2.3.4 5.6.7.8 is more than one entry. Write one a line, or put commas between them."),
    ("1.2.3.4;5.6.7.8", "1.2.3.4;5.6.7.8 is more than one entry. Write one a line, or put commas between them."),
    ("1.2.3.4 # office", "Write only 1.2.3.4: a line holds one entry and nothing else."),
    (
        "10.0.0.1–10.0.0.9",
        "10.0.0.1–10.0.0.9 holds – (U+2013), which does not belong in an address. Write 10.0.0.1-10.0.0.9 instead.",
    ),
    (
        "10.0.0.1\u{200b}",
        "10.0.0.1\u{fffd} holds an invisible character (U+200B), which does not belong in an address. Write 10.0.0.1 instead.",
    ),
    ("١٢.0.0.1", "١٢.0.0.1 holds ١ (U+0661), which does not belong in an address."),
    (
        "localhost",
        "localhost is not an IP address. Write the address itself, such as 203.0.113.7; names are not looked up.",
    ),
    (
        "my-host.example",
        "my-host.example is not an IP address. Write the address itself, such as 203.0.113.7; names are not looked up.",
    ),
    (
        "https://203.0.113.7/",
        "https://203.0.113.7/ is not an IP address. Write the address itself, such as 203.0.113.7; names are not looked up.",
    ),
];

#[test]
fn a_message_names_the_problem_and_the_remedy() {
    for (typed, message) in REFUSALS {
        assert_eq!(Entry::parse(typed).expect_err(typed).to_string(), *message, "{typed}");
    }
}

#[test]
fn an_overlong_entry_is_not_quoted() {
    let error = Entry::parse(&"1".repeat(101)).expect_err("101 characters");
    assert_eq!(error.to_string(), "An entry has at most 100 characters, this one has 101. Write one entry a line.");
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
