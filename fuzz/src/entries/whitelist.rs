//! The whitelist as typed.

use domain::whitelist::{ENTRY_LEN_MAX, Entry, ParsedEntry, TEXT_LEN_MAX};
use domain::{Whitelist, count_entries, parse_lines};

pub fn whitelist(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let lines = parse_lines(&text);
    assert_eq!(lines.iter().filter(|line| line.counts()).count(), count_entries(&text));
    for line in &lines {
        match &line.parsed {
            Ok(ParsedEntry::Entry(entry)) => check_entry(entry),
            Ok(_) => {}
            Err(error) => {
                assert!(!error.to_string().is_empty());
                let instead = error.suggestion();
                assert!(
                    instead.as_deref().is_none_or(|instead| Whitelist::parse(instead, ENTRY_LEN_MAX).is_ok()),
                    "{instead:?}"
                );
            }
        }
    }
    let Ok(list) = Whitelist::parse(&text, usize::MAX) else { return };
    assert!(text.len() <= TEXT_LEN_MAX && list.len() <= lines.len());
    assert_eq!(Whitelist::from_stored(&list.to_stored()), Ok(list.clone()));
    for entry in list.entries() {
        assert!(list.allows(entry.first()) && list.allows(entry.last()));
    }
}

fn check_entry(entry: &Entry) {
    assert_eq!(Entry::parse(&entry.to_string()), Ok(*entry));
    assert!(entry.first() <= entry.last() && entry.size() > 0 && entry.covers(entry));
}
