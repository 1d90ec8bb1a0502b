//! What the whitelist field reports about each line while it is edited. The list that results is in `list`.

use super::redundancy::{Redundancy, find_redundancies};
use super::{Entry, EntryError, TEXT_LEN_MAX};

/// One typed entry; several can share a line, separated by commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineReport {
    /// The line's number, from 1.
    pub number: usize,
    /// The entry as typed, without surrounding white space.
    pub typed: String,
    /// The parsed entry, or why it is refused.
    pub parsed: Result<ParsedEntry, EntryError>,
}

/// An accepted entry, compared with the others of its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParsedEntry {
    /// It adds addresses to the list, and counts.
    Entry(Entry),
    /// It repeats an earlier entry and does not count.
    Duplicate {
        /// What was typed.
        entry: Entry,
        /// The earlier line's number.
        line: usize,
    },
    /// It lies inside another entry and does not count.
    Contained {
        /// What was typed.
        entry: Entry,
        /// The entry that contains it.
        within: Entry,
    },
}

impl LineReport {
    /// Whether it counts towards the limit. A refused entry counts, because it will be corrected rather than dropped.
    pub fn counts(&self) -> bool {
        matches!(self.parsed, Ok(ParsedEntry::Entry(_)) | Err(_))
    }
}

/// Reports every entry of a typed list in its order; empty entries are skipped.
///
/// A text longer than [`TEXT_LEN_MAX`] is not parsed: it gives one report that says so.
pub fn parse_lines(text: &str) -> Vec<LineReport> {
    if text.len() > TEXT_LEN_MAX {
        let parsed = Err(EntryError::TextTooLong { max: TEXT_LEN_MAX });
        return vec![LineReport { number: 1, typed: String::new(), parsed }];
    }
    let typed_entries: Vec<(usize, &str, Result<Entry, EntryError>)> =
        split_entries(text).map(|(number, typed)| (number, typed, Entry::parse(typed))).collect();
    let accepted: Vec<(usize, Entry)> = typed_entries
        .iter()
        .filter_map(|(number, _, entry)| entry.as_ref().ok().map(|entry| (*number, *entry)))
        .collect();
    let entries: Vec<Entry> = accepted.iter().map(|(_, entry)| *entry).collect();
    let mut redundancies = find_redundancies(&entries).into_iter();
    let mut classify = |entry| match redundancies.next() {
        Some(Redundancy::DuplicateOf(at)) => ParsedEntry::Duplicate { entry, line: accepted[at].0 },
        Some(Redundancy::ContainedIn(at)) => ParsedEntry::Contained { entry, within: accepted[at].1 },
        Some(Redundancy::None) | None => ParsedEntry::Entry(entry),
    };
    typed_entries
        .into_iter()
        .map(|(number, typed, entry)| LineReport { number, typed: typed.to_owned(), parsed: entry.map(&mut classify) })
        .collect()
}

/// How many entries count towards the limit: accepted ones that add something, and refused ones.
pub fn count_entries(text: &str) -> usize {
    if text.len() > TEXT_LEN_MAX {
        return split_entries(text).count();
    }
    parse_lines(text).iter().filter(|line| line.counts()).count()
}

/// Each entry that is not empty, with the number of its line.
fn split_entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n')
        .enumerate()
        .flat_map(|(at, line)| line.split(',').map(move |typed| (at + 1, typed.trim())))
        .filter(|(_, typed)| !typed.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(typed: &str) -> Entry {
        Entry::parse(typed).expect("a good entry")
    }

    #[test]
    fn each_line_is_reported_relative_to_the_others() {
        let lines = parse_lines("203.0.113.7\n\n10.4.1.0/22, 203.0.113.7\n10.0.0.9\n10.0.0.0/24\r\n");
        let reported: Vec<_> =
            lines.iter().map(|line| (line.number, line.typed.as_str(), line.parsed.clone())).collect();
        let host_bits = EntryError::HostBits {
            typed: "10.4.1.0/22".into(),
            network: "10.4.0.0/22".into(),
            address: "10.4.1.0".into(),
        };
        assert_eq!(
            reported,
            [
                (1, "203.0.113.7", Ok(ParsedEntry::Entry(entry("203.0.113.7")))),
                (3, "10.4.1.0/22", Err(host_bits)),
                (3, "203.0.113.7", Ok(ParsedEntry::Duplicate { entry: entry("203.0.113.7"), line: 1 })),
                (4, "10.0.0.9", Ok(ParsedEntry::Contained { entry: entry("10.0.0.9"), within: entry("10.0.0.0/24") })),
                (5, "10.0.0.0/24", Ok(ParsedEntry::Entry(entry("10.0.0.0/24")))),
            ]
        );
    }

    #[test]
    fn duplicates_count_once_and_refused_entries_count() {
        for (text, counted) in [("", 0), (" , \n", 0), ("::1\n0:0:0:0:0:0:0:1", 1), ("::1\nx\nx", 3), ("::1,::2:1", 2)]
        {
            assert_eq!(count_entries(text), counted, "{text:?}");
        }
        assert_eq!(count_entries(&"x\n".repeat(40_000)), 40_000);
        assert_eq!(parse_lines(&"x\n".repeat(40_000)).len(), 1);
    }
}
