//! The state of the page's run: idle, a check in progress, or the last result.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use crate::check::Finding;

/// Which of the two checks to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CheckMode {
    /// All cases, with the gate running.
    GateRunning,
    /// The cases with the gate stopped: `--gate-down`.
    GateStopped,
}

#[derive(Debug)]
pub(super) enum RunStatus {
    Idle,
    Running { mode: CheckMode, since: Instant },
    Finished { mode: CheckMode, took: Duration, result: Result<Vec<Finding>, String> },
}

/// Shared by the page's handlers and the task that runs the checks.
#[derive(Debug)]
pub(super) struct RunState {
    status: Mutex<RunStatus>,
    requests: mpsc::Sender<CheckMode>,
}

impl RunState {
    /// Also returns the receiver of requested checks.
    pub fn new() -> (Self, mpsc::Receiver<CheckMode>) {
        let (requests, receiver) = mpsc::channel(1);
        (Self { status: Mutex::new(RunStatus::Idle), requests }, receiver)
    }

    /// Passes the current status to `view`.
    pub fn with_status<T>(&self, view: impl FnOnce(&RunStatus) -> T) -> T {
        view(&self.status.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Requests a check. Ignored while one is running.
    pub fn request(&self, mode: CheckMode) {
        let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*status, RunStatus::Running { .. }) && self.requests.try_send(mode).is_ok() {
            *status = RunStatus::Running { mode, since: Instant::now() };
        }
    }

    /// Stores the result of a check.
    pub fn finish(&self, mode: CheckMode, took: Duration, result: Result<Vec<Finding>, String>) {
        *self.status.lock().unwrap_or_else(PoisonError::into_inner) = RunStatus::Finished { mode, took, result };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_check_runs_at_a_time() {
        let (state, mut requests) = RunState::new();
        state.request(CheckMode::GateRunning);
        state.request(CheckMode::GateStopped);
        assert_eq!(requests.try_recv(), Ok(CheckMode::GateRunning));
        state.request(CheckMode::GateStopped);
        assert!(requests.try_recv().is_err());
        state.finish(CheckMode::GateRunning, Duration::ZERO, Ok(Vec::new()));
        state.request(CheckMode::GateStopped);
        assert_eq!(requests.try_recv(), Ok(CheckMode::GateStopped));
        assert!(state.with_status(|status| matches!(status, RunStatus::Running { mode: CheckMode::GateStopped, .. })));
    }
}
