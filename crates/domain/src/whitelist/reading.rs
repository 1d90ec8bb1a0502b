//! What the whitelist box says about each line while somebody types. The list that results is in `list`.

use super::merge::{Fate, fates};
use super::{Entry, EntryError, TEXT_LEN_MAX};

/// One typed entry; several can stand on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line's number, from 1.
    pub number: usize,
    /// The entry as typed, without white space around it.
    pub typed: String,
    /// What it means, or why it means nothing.
    pub understood: Result<Understood, EntryError>,
}

/// What a typed entry means beside the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Understood {
    /// It counts.
    Entry(Entry),
    /// It stands in an earlier line already and does not count again.
    SameAs {
        /// What was typed.
        entry: Entry,
        /// The earlier line's number.
        line: usize,
    },
    /// It lies inside another entry and does not count.
    Inside {
        /// What was typed.
        entry: Entry,
        /// The entry that allows it anyway.
        of: Entry,
    },
}

impl Line {
    /// Whether it counts towards the limit. A bad entry does: it is going to be corrected, not dropped.
    pub fn counts(&self) -> bool {
        matches!(self.understood, Ok(Understood::Entry(_)) | Err(_))
    }
}

/// Every entry of a typed list in its order; blanks between separators are skipped.
///
/// A text longer than 64 KiB is not read: it gives one line that says so.
pub fn read_lines(text: &str) -> Vec<Line> {
    if text.len() > TEXT_LEN_MAX {
        let understood = Err(EntryError::TextTooLong { max: TEXT_LEN_MAX });
        return vec![Line { number: 1, typed: String::new(), understood }];
    }
    let read: Vec<(usize, &str, Result<Entry, EntryError>)> =
        pieces(text).map(|(number, typed)| (number, typed, Entry::parse(typed))).collect();
    let good: Vec<(usize, Entry)> =
        read.iter().filter_map(|(number, _, entry)| entry.as_ref().ok().map(|entry| (*number, *entry))).collect();
    let entries: Vec<Entry> = good.iter().map(|(_, entry)| *entry).collect();
    let mut fates = fates(&entries).into_iter();
    let mut understand = |entry| match fates.next() {
        Some(Fate::SameAs(at)) => Understood::SameAs { entry, line: good[at].0 },
        Some(Fate::Inside(at)) => Understood::Inside { entry, of: good[at].1 },
        Some(Fate::Kept) | None => Understood::Entry(entry),
    };
    read.into_iter()
        .map(|(number, typed, entry)| Line { number, typed: typed.to_owned(), understood: entry.map(&mut understand) })
        .collect()
}

/// How many entries count towards the limit: good ones that add something, and bad ones.
pub fn count(text: &str) -> usize {
    if text.len() > TEXT_LEN_MAX {
        return pieces(text).count();
    }
    read_lines(text).iter().filter(|line| line.counts()).count()
}

fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
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
    fn each_line_says_what_it_means_beside_the_others() {
        let lines = read_lines("203.0.113.7\n\n10.4.1.0/22, 203.0.113.7\n10.0.0.9\n10.0.0.0/24\r\n");
        let meant: Vec<_> =
            lines.iter().map(|line| (line.number, line.typed.as_str(), line.understood.clone())).collect();
        let host_bits = EntryError::HostBits {
            typed: "10.4.1.0/22".into(),
            network: "10.4.0.0/22".into(),
            address: "10.4.1.0".into(),
        };
        assert_eq!(
            meant,
            [
                (1, "203.0.113.7", Ok(Understood::Entry(entry("203.0.113.7")))),
                (3, "10.4.1.0/22", Err(host_bits)),
                (3, "203.0.113.7", Ok(Understood::SameAs { entry: entry("203.0.113.7"), line: 1 })),
                (4, "10.0.0.9", Ok(Understood::Inside { entry: entry("10.0.0.9"), of: entry("10.0.0.0/24") })),
                (5, "10.0.0.0/24", Ok(Understood::Entry(entry("10.0.0.0/24")))),
            ]
        );
    }

    #[test]
    fn duplicates_count_once_and_bad_lines_count() {
        for (text, counted) in [("", 0), (" , \n", 0), ("::1\n0:0:0:0:0:0:0:1", 1), ("::1\nx\nx", 3), ("::1,::2:1", 2)]
        {
            assert_eq!(count(text), counted, "{text:?}");
        }
        assert_eq!(count(&"x\n".repeat(40_000)), 40_000);
        assert_eq!(read_lines(&"x\n".repeat(40_000)).len(), 1);
    }
}
