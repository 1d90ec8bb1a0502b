//! Finds the entries of a list that add nothing: duplicates, and entries that another one contains.

use super::Entry;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Whether another entry makes this one redundant; the number is that entry's position in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Redundancy {
    None,
    DuplicateOf(usize),
    ContainedIn(usize),
}

/// The redundancy of every entry, in their order. One sort makes it O(n log n), so that a pasted list of thousands can
/// be checked on every keystroke.
pub(super) fn find_redundancies(entries: &[Entry]) -> Vec<Redundancy> {
    // A binary heap compiles to a fraction of the wasm bytes of a slice sort.
    let order: BinaryHeap<_> = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| {
            let (first, last, width) = entry.bounds();
            (width, first, Reverse(last), at)
        })
        .collect();
    let mut redundancies = vec![Redundancy::None; entries.len()];
    let mut widest: Option<usize> = None;
    for (.., at) in order.into_sorted_vec() {
        // In this order the last entry that was kept reaches furthest of all that begin before this one.
        match widest {
            Some(kept) if entries[kept] == entries[at] => redundancies[at] = Redundancy::DuplicateOf(kept),
            Some(kept) if entries[kept].covers(&entries[at]) => redundancies[at] = Redundancy::ContainedIn(kept),
            _ => widest = Some(at),
        }
    }
    redundancies
}

#[cfg(test)]
mod tests {
    use super::Redundancy::{ContainedIn, DuplicateOf, None};
    use super::*;

    #[test]
    fn redundant_entries_are_found_in_any_order() {
        for (list, expected) in [
            (&["10.0.0.1", "10.0.0.1"][..], &[None, DuplicateOf(0)][..]),
            (&["10.0.0.1", "10.0.0.0/24"], &[ContainedIn(1), None]),
            (&["10.0.0.0/24", "10.0.0.1", "10.0.0.1"], &[None, ContainedIn(0), ContainedIn(0)]),
            (&["10.0.0.0/25", "10.0.0.0/24", "10.0.0.0/23"], &[ContainedIn(2), ContainedIn(2), None]),
            (&["10.0.0.1-10.0.0.5", "10.0.0.4-10.0.0.9"], &[None, None]),
            (&["::1", "0.0.0.0-127.255.255.255"], &[None, None]),
        ] {
            let entries: Vec<Entry> = list.iter().map(|typed| Entry::parse(typed).expect("a good entry")).collect();
            assert_eq!(find_redundancies(&entries), expected, "{list:?}");
        }
    }
}
