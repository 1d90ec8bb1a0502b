//! The tables of addresses in `cases/`, row by row. They are the contract: changing the rules starts with changing
//! them.

use std::net::IpAddr;

use domain::{Entry, TrustedProxies, Whitelist, client_address, parse_lines};

/// The columns of each row that is not a comment; a missing column is empty.
fn rows(table: &str) -> Vec<[&str; 3]> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut columns = line.split('\t');
            std::array::from_fn(|_| columns.next().unwrap_or_default())
        })
        .collect()
}

#[test]
fn entries_are_accepted_or_refused_as_the_table_specifies() {
    let rows = rows(include_str!("cases/whitelist-entries.tsv"));
    assert_eq!(rows.len(), 48);
    for [typed, outcome, expected] in rows {
        match (outcome, Entry::parse(typed)) {
            ("ok", Ok(entry)) => assert_eq!(entry.to_string(), expected, "{typed}"),
            ("refused", Err(error)) => {
                let (message, suggestion) = (error.to_string(), error.suggestion().unwrap_or_default());
                assert!(message.contains(expected) || suggestion.contains(expected), "{typed}: {message} {suggestion}");
            }
            (_, result) => panic!("{typed}: {outcome} expected, found {result:?}"),
        }
    }
}

#[test]
fn line_reports_and_lists_agree_with_single_entries() {
    for [typed, outcome, _] in rows(include_str!("cases/whitelist-entries.tsv")) {
        let lines = parse_lines(typed);
        assert_eq!(lines.len(), 1, "{typed}");
        assert_eq!(lines[0].parsed.is_ok(), outcome == "ok", "{typed}");
        assert_eq!(Whitelist::parse(typed, 50).is_ok(), outcome == "ok", "{typed}");
    }
}

#[test]
fn client_addresses_are_allowed_or_refused_as_the_table_specifies() {
    let whitelist = Whitelist::parse("203.0.113.0/24", 50).expect("the table's whitelist");
    let trusted = TrustedProxies::parse("10.0.0.1").expect("the table's proxy");
    let rows = rows(include_str!("cases/client-addresses.tsv"));
    assert_eq!(rows.len(), 15);
    for [peer, lines, outcome] in rows {
        let peer: IpAddr = peer.parse().expect("a peer's address");
        let lines = lines.split('|').filter(|line| !line.is_empty()).map(str::as_bytes);
        let is_allowed = client_address(peer, lines, &trusted).is_ok_and(|address| whitelist.allows(address));
        assert_eq!(is_allowed, outcome == "yes", "{peer}");
    }
}
