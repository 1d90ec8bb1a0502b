//! The connections that are open, and which of them has to go when there is no room: a crowd of clients that connect
//! and say nothing must not keep the others out.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// All connections of a listener.
#[derive(Debug, Default)]
pub(super) struct Open {
    list: Mutex<VecDeque<Arc<Connection>>>,
    /// Counts connections. It serves as a clock that costs a request one load.
    turn: Arc<AtomicU64>,
}

impl Open {
    pub fn enter(self: &Arc<Self>) -> Entered {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let connection = Arc::new(Connection {
            at_work: AtomicU32::new(0),
            last_turn: AtomicU64::new(turn),
            turn: Arc::clone(&self.turn),
            leave: Notify::new(),
        });
        self.lock().push_back(Arc::clone(&connection));
        Entered { open: Arc::clone(self), connection }
    }

    /// Tells the connection that has been without a request longest to leave. `false` when all are at work.
    pub fn make_room(&self) -> bool {
        let mut list = self.lock();
        let waiting = list.iter().enumerate().filter(|(_, connection)| connection.is_waiting());
        let Some((place, _)) = waiting.min_by_key(|(_, connection)| connection.last_turn.load(Ordering::Relaxed))
        else {
            return false;
        };
        if let Some(connection) = list.remove(place) {
            connection.leave.notify_one();
        }
        true
    }

    fn leave(&self, connection: &Arc<Connection>) {
        let mut list = self.lock();
        if let Some(place) = list.iter().position(|other| Arc::ptr_eq(other, connection)) {
            list.remove(place);
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<Connection>>> {
        // Nothing can panic between lock and unlock, and the list is whole after each of its operations.
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One open connection, shared by its task and the list.
#[derive(Debug)]
pub(super) struct Connection {
    at_work: AtomicU32,
    last_turn: AtomicU64,
    turn: Arc<AtomicU64>,
    leave: Notify,
}

impl Connection {
    /// Marks a request as under way until the guard is dropped.
    pub fn begin(self: &Arc<Self>) -> AtWork {
        self.at_work.fetch_add(1, Ordering::Relaxed);
        self.last_turn.store(self.turn.load(Ordering::Relaxed), Ordering::Relaxed);
        AtWork(Arc::clone(self))
    }

    /// Returns when this connection has been chosen to make room.
    pub async fn told_to_leave(&self) {
        self.leave.notified().await;
    }

    fn is_waiting(&self) -> bool {
        self.at_work.load(Ordering::Relaxed) == 0
    }
}

/// A request under way.
pub(super) struct AtWork(Arc<Connection>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.at_work.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A place in the list, given back when dropped.
pub(super) struct Entered {
    open: Arc<Open>,
    pub connection: Arc<Connection>,
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.open.leave(&self.connection);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Open {
        fn holds(&self, entered: &Entered) -> bool {
            self.lock().iter().any(|other| Arc::ptr_eq(other, &entered.connection))
        }
    }

    #[test]
    fn who_was_silent_longest_makes_room() {
        let open = Arc::new(Open::default());
        let (talker, silent, newest) = (open.enter(), open.enter(), open.enter());
        drop(talker.connection.begin());
        assert!(open.make_room());
        assert!(open.holds(&talker) && !open.holds(&silent) && open.holds(&newest));
    }

    #[test]
    fn who_is_at_work_stays() {
        let open = Arc::new(Open::default());
        let (first, second) = (open.enter(), open.enter());
        let busy = first.connection.begin();
        assert!(open.make_room());
        assert!(open.holds(&first) && !open.holds(&second));
        assert!(!open.make_room());
        drop(busy);
        assert!(open.make_room());
        drop((first, second));
        assert!(open.lock().is_empty());
    }
}
