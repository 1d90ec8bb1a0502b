//! Counting calls against the limits of keys: exact in each window, for all nodes together, and never more than
//! allowed after a crash.
//!
//! A node takes some of a limit from the database in advance, counts in memory while that lasts, and gives back what is
//! left when it stops or the key changes. What it held when it crashed stays counted. What a limit is belongs to
//! `domain::limits`; asking is the gate's.

mod counter;
mod counters;
mod takings;

pub(crate) use counter::{Counter, Taken};
pub(crate) use counters::Counters;
pub(crate) use takings::Takings;
