//! Which entries of a list add nothing: those that are there already, and those that lie inside another one.

use super::Entry;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What becomes of one entry of a list; the number is the position of the entry that makes it superfluous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Kept,
    SameAs(usize),
    Inside(usize),
}

/// The fate of every entry, in their order. Sorted once, so that a pasted list of thousands is judged while it is typed.
pub(super) fn fates(entries: &[Entry]) -> Vec<Fate> {
    // A heap sorts in a fraction of the bytes that a sort takes in the browser's half.
    let order: BinaryHeap<_> = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| {
            let (first, last, width) = entry.bounds();
            (width, first, Reverse(last), at)
        })
        .collect();
    let mut fates = vec![Fate::Kept; entries.len()];
    let mut widest: Option<usize> = None;
    for (.., at) in order.into_sorted_vec() {
        // Sorted like this, the last kept entry reaches furthest of all that begin before this one.
        match widest {
            Some(kept) if entries[kept] == entries[at] => fates[at] = Fate::SameAs(kept),
            Some(kept) if entries[kept].covers(&entries[at]) => fates[at] = Fate::Inside(kept),
            _ => widest = Some(at),
        }
    }
    fates
}

#[cfg(test)]
mod tests {
    use super::Fate::{Inside, Kept, SameAs};
    use super::*;

    #[test]
    fn superfluous_entries_are_found_in_any_order() {
        for (list, expected) in [
            (&["10.0.0.1", "10.0.0.1"][..], &[Kept, SameAs(0)][..]),
            (&["10.0.0.1", "10.0.0.0/24"], &[Inside(1), Kept]),
            (&["10.0.0.0/24", "10.0.0.1", "10.0.0.1"], &[Kept, Inside(0), Inside(0)]),
            (&["10.0.0.0/25", "10.0.0.0/24", "10.0.0.0/23"], &[Inside(2), Inside(2), Kept]),
            (&["10.0.0.1-10.0.0.5", "10.0.0.4-10.0.0.9"], &[Kept, Kept]),
            (&["::1", "0.0.0.0-127.255.255.255"], &[Kept, Kept]),
        ] {
            let entries: Vec<Entry> = list.iter().map(|typed| Entry::parse(typed).expect("a good entry")).collect();
            assert_eq!(fates(&entries), expected, "{list:?}");
        }
    }
}
