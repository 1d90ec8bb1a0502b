//! What the whitelist field shows below the typed list: how many entries are valid, and each one that must be corrected.
//! Wording belongs to the page.

use super::line_report::{LineReport, ParsedEntry, count_entries, parse_lines};
use super::{Entry, Whitelist};

/// The most wrong entries of a [`WhitelistFeedback`]. Further ones appear when some of these are corrected.
pub const WRONG_MAX: usize = 100;

/// A typed list in numbers, and its wrong entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhitelistFeedback {
    /// The valid entries that add addresses. Empty does not mean that any address is allowed: there may be wrong ones.
    pub valid: Whitelist,
    /// How many valid entries repeat another one.
    pub duplicates: usize,
    /// How many valid entries lie inside another one.
    pub contained: usize,
    /// How many entries are refused.
    pub wrong_count: usize,
    /// The first [`WRONG_MAX`] refused entries, each with its error.
    pub wrong: Vec<LineReport>,
    /// How many entries count towards the limit, see [`count_entries`].
    pub count: usize,
}

/// Reports on a typed list, in O(n log n) for n entries.
pub fn feedback(text: &str) -> WhitelistFeedback {
    let mut feedback = WhitelistFeedback::default();
    let mut valid: Vec<Entry> = Vec::new();
    for line in parse_lines(text) {
        match line.parsed {
            Ok(ParsedEntry::Entry(entry)) => valid.push(entry),
            Ok(ParsedEntry::Duplicate { .. }) => feedback.duplicates += 1,
            Ok(ParsedEntry::Contained { .. }) => feedback.contained += 1,
            Err(_) => {
                feedback.wrong_count += 1;
                if feedback.wrong.len() < WRONG_MAX {
                    feedback.wrong.push(line);
                }
            }
        }
    }
    feedback.count = if feedback.is_too_long() { count_entries(text) } else { valid.len() + feedback.wrong_count };
    feedback.valid = Whitelist::from_distinct(valid);
    feedback
}

impl WhitelistFeedback {
    /// Whether nothing was parsed, because the text is too long. `wrong` then has one error about the whole list.
    pub fn is_too_long(&self) -> bool {
        self.wrong.first().is_some_and(|line| line.typed.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feedback_counts_valid_redundant_and_wrong_entries() {
        let typed = "203.0.113.0/24\n203.0.113.7, 10.0.0.1\n\n10.0.0.1\n10.1.2.3/24, x";
        let found = feedback(typed);
        assert_eq!(found.valid.to_stored(), "203.0.113.0/24\n10.0.0.1");
        assert_eq!((found.duplicates, found.contained, found.wrong_count, found.count), (1, 1, 2, 4));
        let wrong: Vec<(usize, &str, Option<String>)> = found
            .wrong
            .iter()
            .map(|line| (line.number, line.typed.as_str(), line.parsed.as_ref().expect_err("wrong").suggestion()))
            .collect();
        assert_eq!(wrong, [(5, "10.1.2.3/24", Some("10.1.2.0/24".to_owned())), (5, "x", None)]);
        assert_eq!(feedback(" \n, "), WhitelistFeedback::default());
    }

    #[test]
    fn wrong_entries_are_bounded_and_all_counted() {
        let found = feedback(&"x\n".repeat(500));
        assert_eq!((found.wrong.len(), found.wrong_count, found.count), (WRONG_MAX, 500, 500));
        assert!(!found.is_too_long());
    }

    #[test]
    fn an_overlong_text_gives_one_error() {
        let found = feedback(&"1.1.1.1\n".repeat(10_000));
        assert!(found.is_too_long());
        assert_eq!((found.wrong_count, found.count, found.valid.len()), (1, 10_000, 0));
    }
}
