//! The connections that are open, and which of them has to go when there is no room: a crowd of clients that connect
//! and say nothing must not keep the others out.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// All connections of a listener.
#[derive(Debug)]
pub(super) struct Open {
    list: Mutex<VecDeque<Arc<Connection>>>,
    most: usize,
    /// Counts connections. It serves as a clock that costs a request one load.
    turn: Arc<AtomicU64>,
}

impl Open {
    /// At most `most` connections at one time. Those that were told to leave and are about to do not count.
    pub fn new(most: usize) -> Self {
        Self { list: Mutex::default(), most, turn: Arc::default() }
    }

    /// Takes a connection in, in the place of a silent one if need be. `None` when all are at work.
    pub fn enter(self: &Arc<Self>) -> Option<Entered> {
        let mut list = self.lock();
        if list.len() >= self.most && !make_room(&mut list) {
            return None;
        }
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        let connection = Arc::new(Connection {
            at_work: AtomicI32::new(0),
            was_answered: AtomicBool::new(false),
            last_turn: AtomicU64::new(turn),
            turn: Arc::clone(&self.turn),
            leave: Notify::new(),
        });
        list.push_back(Arc::clone(&connection));
        Some(Entered { open: Arc::clone(self), connection })
    }

    /// Tells a silent connection to leave. `false` when all are at work.
    pub fn make_room(&self) -> bool {
        make_room(&mut self.lock())
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

/// Who let half a houseful of others pass without getting as far as an answer goes first, then who has been without a
/// request longest. Newcomers are spared: otherwise a crowd that got one answer each would keep everybody out.
fn make_room(list: &mut VecDeque<Arc<Connection>>) -> bool {
    let patience = list.len() as u64 / 2;
    let waiting = list.iter().enumerate().filter(|(_, connection)| connection.is_waiting());
    let Some((place, _)) = waiting.min_by_key(|(_, connection)| connection.merit(patience)) else { return false };
    if let Some(connection) = list.remove(place) {
        connection.leave.notify_one();
    }
    true
}

/// One open connection, shared by its task and the list.
#[derive(Debug)]
pub(super) struct Connection {
    /// Requests that the server is busy with. Those that wait for their own body are taken off, which may happen after
    /// they ended, hence the sign.
    at_work: AtomicI32,
    was_answered: AtomicBool,
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

    /// The request under way waits for the client.
    pub fn rest(&self) {
        self.at_work.fetch_sub(1, Ordering::Relaxed);
    }

    /// It goes on.
    pub fn resume(&self) {
        self.at_work.fetch_add(1, Ordering::Relaxed);
    }

    fn is_waiting(&self) -> bool {
        self.at_work.load(Ordering::Relaxed) <= 0
    }

    fn merit(&self, patience: u64) -> (bool, u64) {
        let last_turn = self.last_turn.load(Ordering::Relaxed);
        let is_new = self.turn.load(Ordering::Relaxed).saturating_sub(last_turn) < patience;
        (is_new || self.was_answered.load(Ordering::Relaxed), last_turn)
    }
}

/// A request under way.
pub(super) struct AtWork(Arc<Connection>);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.was_answered.store(true, Ordering::Relaxed);
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

    fn open(most: usize) -> Arc<Open> {
        Arc::new(Open::new(most))
    }

    fn enter(open: &Arc<Open>) -> Entered {
        open.enter().expect("a place")
    }

    #[test]
    fn who_was_silent_longest_makes_room() {
        let open = open(3);
        let all = [enter(&open), enter(&open), enter(&open)];
        for entered in &all {
            drop(entered.connection.begin());
        }
        let newest = enter(&open);
        drop(all[1].connection.begin());
        assert!(!open.holds(&all[0]) && open.holds(&newest));
        drop(newest.connection.begin());
        let another = enter(&open);
        assert!(open.holds(&all[1]) && !open.holds(&all[2]) && open.holds(&newest) && open.holds(&another));
    }

    #[test]
    fn who_never_asked_goes_before_who_did() {
        let open = open(2);
        let (regular, silent) = (enter(&open), enter(&open));
        drop(regular.connection.begin());
        for _ in 0..10 {
            drop(enter(&open));
        }
        assert!(open.holds(&regular) && !open.holds(&silent));
    }

    #[test]
    fn a_newcomer_is_spared_by_a_crowd_that_was_answered() {
        let open = open(8);
        let crowd: Vec<Entered> = (0..8).map(|_| enter(&open)).collect();
        for entered in &crowd {
            drop(entered.connection.begin());
        }
        let newcomer = enter(&open);
        let next = enter(&open);
        assert!(open.holds(&newcomer) && open.holds(&next));
        assert!(!open.holds(&crowd[0]) && !open.holds(&crowd[1]));
    }

    #[test]
    fn who_is_at_work_stays_unless_it_waits_for_its_client() {
        let open = open(2);
        let (first, second) = (enter(&open), enter(&open));
        let (busy, other) = (first.connection.begin(), second.connection.begin());
        assert!(open.enter().is_none());
        first.connection.rest();
        let third = enter(&open);
        assert!(!open.holds(&first) && open.holds(&second));
        // It ends before its body is dropped, or after: both come out even.
        drop(busy);
        first.connection.resume();
        assert!(first.connection.is_waiting());
        drop(other);
        drop((first, second, third));
        assert!(open.lock().is_empty());
    }
}
