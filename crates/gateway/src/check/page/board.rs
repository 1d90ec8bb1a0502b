//! What the page shows: nothing yet, a check under way, or what the last one found.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::check::Finding;

/// Which of the two checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// Everything, with the gate running.
    Running,
    /// What happens without it: `--gate-down`.
    Stopped,
}

#[derive(Debug)]
pub(super) enum Shown {
    Nothing,
    Checking { gate: Gate, since: Instant },
    Done { gate: Gate, took: Duration, found: Result<Vec<Finding>, String> },
}

/// Read by every request for the page, written by whoever checks.
#[derive(Debug)]
pub(super) struct Board {
    shown: Mutex<Shown>,
    wanted: mpsc::Sender<Gate>,
}

impl Board {
    /// Also where to learn which check is wanted next.
    pub fn new() -> (Self, mpsc::Receiver<Gate>) {
        let (wanted, asked) = mpsc::channel(1);
        (Self { shown: Mutex::new(Shown::Nothing), wanted }, asked)
    }

    pub fn read<T>(&self, view: impl FnOnce(&Shown) -> T) -> T {
        view(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Wants a check. One that is under way is not disturbed.
    pub fn want(&self, gate: Gate) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*shown, Shown::Checking { .. }) && self.wanted.try_send(gate).is_ok() {
            *shown = Shown::Checking { gate, since: Instant::now() };
        }
    }

    pub fn done(&self, gate: Gate, took: Duration, found: Result<Vec<Finding>, String>) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Shown::Done { gate, took, found };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_check_at_a_time() {
        let (board, mut asked) = Board::new();
        board.want(Gate::Running);
        board.want(Gate::Stopped);
        assert_eq!(asked.try_recv(), Ok(Gate::Running));
        board.want(Gate::Stopped);
        assert!(asked.try_recv().is_err());
        board.done(Gate::Running, Duration::ZERO, Ok(Vec::new()));
        board.want(Gate::Stopped);
        assert_eq!(asked.try_recv(), Ok(Gate::Stopped));
        assert!(board.read(|shown| matches!(shown, Shown::Checking { gate: Gate::Stopped, .. })));
    }
}
