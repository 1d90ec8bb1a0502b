//! What is known of each entry of a typed list while it is edited, and where in the text it is. The list that results is
//! in `list`, the report for the field in `feedback`.

use std::ops::Range;

use super::redundancy::{Redundancy, find_redundancies};
use super::{Entry, EntryError, EntryProblem, TEXT_LEN_MAX};

/// One typed entry; several can share a line, separated by commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineReport {
    /// The line's number, from 1.
    pub number: usize,
    /// The byte at which the entry begins in the text.
    pub start: usize,
    /// The entry as typed, without surrounding white space. Empty only if the whole text is too long.
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

    /// The bytes of the entry in the text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.typed.len()
    }
}

/// Reports every entry of a typed list in its order; empty entries are skipped.
///
/// A text longer than [`TEXT_LEN_MAX`] is not parsed: it gives one report that says so.
pub fn parse_lines(text: &str) -> Vec<LineReport> {
    if text.len() > TEXT_LEN_MAX {
        let parsed = Err(EntryError::new("", EntryProblem::TextTooLong { max: TEXT_LEN_MAX }));
        return vec![LineReport { number: 1, start: 0, typed: String::new(), parsed }];
    }
    let typed_entries: Vec<(TypedEntry<'_>, Result<Entry, EntryError>)> =
        split_entries(text).map(|entry| (entry, Entry::parse(entry.typed))).collect();
    let accepted: Vec<(usize, Entry)> = typed_entries
        .iter()
        .filter_map(|(typed, entry)| entry.as_ref().ok().map(|entry| (typed.number, *entry)))
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
        .map(|(TypedEntry { number, start, typed }, entry)| LineReport {
            number,
            start,
            typed: typed.to_owned(),
            parsed: entry.map(&mut classify),
        })
        .collect()
}

/// How many entries count towards the limit: accepted ones that add something, and refused ones.
pub fn count_entries(text: &str) -> usize {
    if text.len() > TEXT_LEN_MAX {
        return split_entries(text).count();
    }
    parse_lines(text).iter().filter(|line| line.counts()).count()
}

/// The text with one entry of its report replaced, and nothing else changed. A text in which this entry is no longer at
/// its place is returned as it is.
pub fn replace_entry(text: &str, report: &LineReport, with: &str) -> String {
    let range = report.range();
    if range.is_empty() || text.get(range.clone()) != Some(&report.typed) {
        return text.to_owned();
    }
    [&text[..range.start], with, &text[range.end..]].concat()
}

/// An entry that is not empty, and its place.
#[derive(Clone, Copy)]
struct TypedEntry<'a> {
    number: usize,
    start: usize,
    typed: &'a str,
}

fn split_entries(text: &str) -> impl Iterator<Item = TypedEntry<'_>> {
    let (mut number, mut start) = (1, 0);
    text.split_inclusive(['\n', ',']).filter_map(move |piece| {
        let blank = piece.len() - piece.trim_start().len();
        let entry = TypedEntry { number, start: start + blank, typed: piece.trim_end_matches(['\n', ',']).trim() };
        start += piece.len();
        number += usize::from(piece.ends_with('\n'));
        (!entry.typed.is_empty()).then_some(entry)
    })
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
        let host_bits = Entry::parse("10.4.1.0/22").expect_err("host bits");
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
    fn one_entry_of_the_text_is_replaced() {
        let text = " 10.1.2.3/24 ,10.1.2.3/24\r\n\t10.1.2.3/24";
        for (at, replaced) in [
            " 10.1.2.0/24 ,10.1.2.3/24\r\n\t10.1.2.3/24",
            " 10.1.2.3/24 ,10.1.2.0/24\r\n\t10.1.2.3/24",
            " 10.1.2.3/24 ,10.1.2.3/24\r\n\t10.1.2.0/24",
        ]
        .into_iter()
        .enumerate()
        {
            assert_eq!(replace_entry(text, &parse_lines(text)[at], "10.1.2.0/24"), replaced);
        }
    }

    #[test]
    fn a_report_on_another_text_replaces_nothing() {
        let report = &parse_lines("1.1.1.1, 2.2.2.2")[1];
        for text in ["1.1.1.1", "1.1.1.1, 3.3.3.3", "2.2.2.2", "1.1.1.1,\u{2003}2.2.2.2"] {
            assert_eq!(replace_entry(text, report, "x"), text);
        }
        let too_long = "1.1.1.1\n".repeat(10_000);
        assert_eq!(replace_entry(&too_long, &parse_lines(&too_long)[0], "x"), too_long);
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
