//! The open connections, and which of them is evicted when there are too many: many clients that connect and send nothing
//! must not lock out the others.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// All connections of a listener.
#[derive(Debug)]
pub(super) struct Connections {
    list: Mutex<VecDeque<Arc<Connection>>>,
    max: usize,
    /// Counts accepted connections: a logical clock that costs a request one load.
    clock: Arc<AtomicU64>,
}

impl Connections {
    /// At most `max` connections at one time. Evicted ones that are still closing do not count.
    pub fn new(max: usize) -> Self {
        Self { list: Mutex::default(), max, clock: Arc::default() }
    }

    /// Adds a connection and evicts a waiting one if there are too many. `None` if all are busy.
    pub fn admit(self: &Arc<Self>) -> Option<ConnectionGuard> {
        let mut list = self.lock();
        if list.len() >= self.max && !evict_one(&mut list) {
            return None;
        }
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        let connection = Arc::new(Connection {
            in_flight: AtomicI32::new(0),
            has_completed: AtomicBool::new(false),
            last_request: AtomicU64::new(now),
            clock: Arc::clone(&self.clock),
            evict: Notify::new(),
        });
        list.push_back(Arc::clone(&connection));
        Some(ConnectionGuard { connections: Arc::clone(self), connection })
    }

    /// Evicts a waiting connection. `false` if all are busy.
    pub fn evict_one(&self) -> bool {
        evict_one(&mut self.lock())
    }

    fn remove(&self, connection: &Arc<Connection>) {
        let mut list = self.lock();
        if let Some(index) = list.iter().position(|other| Arc::ptr_eq(other, connection)) {
            list.remove(index);
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<Connection>>> {
        // Nothing panics while the lock is held, and the list is consistent after each operation.
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Evicts first the connections that never completed a request, then the least recently used. A new connection is spared
/// until half a list of others was accepted after it; otherwise many clients with one response each would lock out every
/// new one.
fn evict_one(list: &mut VecDeque<Arc<Connection>>) -> bool {
    let grace = list.len() as u64 / 2;
    let waiting = list.iter().enumerate().filter(|(_, connection)| connection.is_waiting());
    let Some((index, _)) = waiting.min_by_key(|(_, connection)| connection.eviction_rank(grace)) else {
        return false;
    };
    if let Some(connection) = list.remove(index) {
        connection.evict.notify_one();
    }
    true
}

/// One open connection, shared by its task and the list.
#[derive(Debug)]
pub(super) struct Connection {
    /// Requests that the server is busy with. One that waits for its own body is subtracted; this may happen after the
    /// request has ended, so the number can be negative.
    in_flight: AtomicI32,
    has_completed: AtomicBool,
    last_request: AtomicU64,
    clock: Arc<AtomicU64>,
    evict: Notify,
}

impl Connection {
    /// Marks a request as in flight until the guard is dropped.
    pub fn begin_request(self: &Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        self.last_request.store(self.clock.load(Ordering::Relaxed), Ordering::Relaxed);
        InFlight(Arc::clone(self))
    }

    /// Returns when this connection was evicted.
    pub async fn evicted(&self) {
        self.evict.notified().await;
    }

    /// The request in flight waits for the client.
    pub fn begin_waiting(&self) {
        self.in_flight.fetch_sub(1, Ordering::Relaxed);
    }

    /// The request in flight no longer waits for the client.
    pub fn end_waiting(&self) {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
    }

    fn is_waiting(&self) -> bool {
        self.in_flight.load(Ordering::Relaxed) <= 0
    }

    /// The lowest rank is evicted first. `grace` is how many connections must be accepted after this one before it ranks
    /// as one that never completed a request.
    fn eviction_rank(&self, grace: u64) -> (bool, u64) {
        let last_request = self.last_request.load(Ordering::Relaxed);
        let is_new = self.clock.load(Ordering::Relaxed).saturating_sub(last_request) < grace;
        (is_new || self.has_completed.load(Ordering::Relaxed), last_request)
    }
}

/// A request in flight.
pub(super) struct InFlight(Arc<Connection>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.has_completed.store(true, Ordering::Relaxed);
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Keeps a connection in the list until it is dropped.
pub(super) struct ConnectionGuard {
    connections: Arc<Connections>,
    pub connection: Arc<Connection>,
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.connections.remove(&self.connection);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Connections {
        fn holds(&self, guard: &ConnectionGuard) -> bool {
            self.lock().iter().any(|other| Arc::ptr_eq(other, &guard.connection))
        }
    }

    fn connections(max: usize) -> Arc<Connections> {
        Arc::new(Connections::new(max))
    }

    fn admit(connections: &Arc<Connections>) -> ConnectionGuard {
        connections.admit().expect("admitted")
    }

    #[test]
    fn least_recently_used_is_evicted_first() {
        let connections = connections(3);
        let all = [admit(&connections), admit(&connections), admit(&connections)];
        for guard in &all {
            drop(guard.connection.begin_request());
        }
        let newest = admit(&connections);
        drop(all[1].connection.begin_request());
        assert!(!connections.holds(&all[0]) && connections.holds(&newest));
        drop(newest.connection.begin_request());
        let another = admit(&connections);
        assert!(
            connections.holds(&all[1])
                && !connections.holds(&all[2])
                && connections.holds(&newest)
                && connections.holds(&another)
        );
    }

    #[test]
    fn connection_without_a_request_is_evicted_first() {
        let connections = connections(2);
        let (active, silent) = (admit(&connections), admit(&connections));
        drop(active.connection.begin_request());
        for _ in 0..10 {
            drop(admit(&connections));
        }
        assert!(connections.holds(&active) && !connections.holds(&silent));
    }

    #[test]
    fn new_connection_is_spared() {
        let connections = connections(8);
        let others: Vec<ConnectionGuard> = (0..8).map(|_| admit(&connections)).collect();
        for guard in &others {
            drop(guard.connection.begin_request());
        }
        let newest = admit(&connections);
        let next = admit(&connections);
        assert!(connections.holds(&newest) && connections.holds(&next));
        assert!(!connections.holds(&others[0]) && !connections.holds(&others[1]));
    }

    #[test]
    fn busy_connection_stays_unless_it_waits_for_its_client() {
        let connections = connections(2);
        let (first, second) = (admit(&connections), admit(&connections));
        let (busy, other) = (first.connection.begin_request(), second.connection.begin_request());
        assert!(connections.admit().is_none());
        first.connection.begin_waiting();
        let third = admit(&connections);
        assert!(!connections.holds(&first) && connections.holds(&second));
        // The request may end before or after its body is dropped: the count is the same.
        drop(busy);
        first.connection.end_waiting();
        assert!(first.connection.is_waiting());
        drop(other);
        drop((first, second, third));
        assert!(connections.lock().is_empty());
    }
}
