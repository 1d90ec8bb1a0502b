//! The cache's rule in every order: this very code, with locks of a model checker that decides at each of them who goes
//! on. What must hold: an answer that began after a change was acknowledged knows that change. So that the model is
//! known to look in the right place, it must find each of three planted faults.

use super::{Cache, Keyed, Lock, Shard};
use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler};
use shuttle::sync::atomic::{AtomicU32, Ordering};
use shuttle::sync::{Arc, Mutex, RwLock, RwLockReadGuard, RwLockWriteGuard};
use shuttle::{Config, FailurePersistence, Runner};

/// Of each kind: wholly random orders, and few but well-placed interruptions.
const SCHEDULES: usize = 150_000;
const INTERRUPTIONS: usize = 4;

struct Checked(RwLock<Shard<Version>>);

impl From<Shard<Version>> for Checked {
    fn from(shard: Shard<Version>) -> Self {
        Self(RwLock::new(shard))
    }
}

impl Lock<Shard<Version>> for Checked {
    type Reading<'a> = RwLockReadGuard<'a, Shard<Version>>;
    type Writing<'a> = RwLockWriteGuard<'a, Shard<Version>>;

    fn reading(&self) -> Self::Reading<'_> {
        self.0.read().unwrap()
    }

    fn writing(&self) -> Self::Writing<'_> {
        self.0.write().unwrap()
    }
}

/// A planted fault: the counter never moves, so every ticket is good for ever.
struct Stuck(RwLock<Shard<Version>>);

impl From<Shard<Version>> for Stuck {
    fn from(shard: Shard<Version>) -> Self {
        Self(RwLock::new(shard))
    }
}

impl Lock<Shard<Version>> for Stuck {
    type Reading<'a> = RwLockWriteGuard<'a, Shard<Version>>;
    type Writing<'a> = RwLockWriteGuard<'a, Shard<Version>>;

    fn reading(&self) -> Self::Reading<'_> {
        self.writing()
    }

    fn writing(&self) -> Self::Writing<'_> {
        let mut shard = self.0.write().unwrap();
        shard.changes = 0;
        shard
    }
}

/// What a caller of the cache can do wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Caller {
    Right,
    TakesItsTicketAfterReading,
    EvictsBeforeTheCommit,
}

/// Few shards: emptying all of them is one step after the other, and each is a place to be interrupted.
type Memory<L> = Cache<Version, L, 2>;

/// The one key.
#[derive(PartialEq, Eq, Hash)]
struct Key;

/// The row as it was read. Others may go first while it is looked at, also in the middle of putting it in.
#[derive(Clone, Copy)]
struct Version(u32);

impl Keyed for Version {
    type Key = Key;

    fn key(&self) -> &Key {
        shuttle::thread::yield_now();
        &Key
    }
}

struct World<L> {
    caller: Caller,
    cache: Memory<L>,
    /// The row's version in the database.
    row: Mutex<u32>,
    /// The last version whose change was answered.
    acknowledged: AtomicU32,
}

impl<L: Lock<Shard<Version>>> World<L> {
    fn decide(&self) {
        let acknowledged = self.acknowledged.load(Ordering::SeqCst);
        let version = self.cache.get(&Key).map_or_else(|| self.fetch(), |held| held.0);
        assert!(version >= acknowledged, "{STALE}");
    }

    fn fetch(&self) -> u32 {
        let before = self.cache.ticket(&Key);
        let version = *self.row.lock().unwrap();
        let late = self.caller == Caller::TakesItsTicketAfterReading;
        self.cache.fill(Version(version), if late { self.cache.ticket(&Key) } else { before });
        version
    }

    fn change(&self, evict: impl Fn(&Memory<L>)) {
        let early = self.caller == Caller::EvictsBeforeTheCommit;
        if early {
            evict(&self.cache);
        }
        let version = {
            let mut row = self.row.lock().unwrap();
            *row += 1;
            *row
        };
        if !early {
            evict(&self.cache);
        }
        self.acknowledged.fetch_max(version, Ordering::SeqCst);
    }
}

const STALE: &str = "an acknowledged change was not seen";

/// Two readers, one change of the key, one of everything; and whoever asks at the end.
fn play<L: Lock<Shard<Version>> + Send + Sync + 'static>(caller: Caller) {
    let world =
        Arc::new(World { caller, cache: Cache::with_locks(10), row: Mutex::new(0), acknowledged: AtomicU32::new(0) });
    let run = |work: fn(&World<L>)| {
        let world = Arc::clone(&world);
        shuttle::thread::spawn(move || work(&world))
    };
    let reading: fn(&World<L>) = |world| {
        world.decide();
        world.decide();
    };
    let all = [
        run(reading),
        run(reading),
        run(|world| world.change(|cache| _ = cache.evict(&Key))),
        run(|world| world.change(|cache| cache.clear(|_| ()))),
    ];
    for one in all {
        one.join().unwrap();
    }
    world.decide();
    assert_eq!(world.cache.get(&Key).map_or_else(|| world.fetch(), |held| held.0), 2);
}

fn run(scheduler: impl Scheduler + 'static, play: fn()) {
    let mut config = Config::default();
    // The one of the library is for code that was optimised.
    config.stack_size = 256 * 1024;
    // Told in words, not written into a file.
    config.failure_persistence = FailurePersistence::Print;
    Runner::new(scheduler, config).run(play);
}

fn is_caught(play: fn()) -> bool {
    match std::panic::catch_unwind(|| run(RandomScheduler::new(SCHEDULES), play)) {
        Ok(()) => false,
        Err(panic) => panic.downcast_ref::<String>().map_or("", |said| said).contains(STALE),
    }
}

#[test]
fn no_order_at_random_serves_what_was_changed() {
    run(RandomScheduler::new(SCHEDULES), || play::<Checked>(Caller::Right));
}

#[test]
fn no_well_placed_interruption_serves_what_was_changed() {
    run(PctScheduler::new(INTERRUPTIONS, SCHEDULES), || play::<Checked>(Caller::Right));
}

#[test]
fn a_ticket_that_is_not_checked_is_noticed() {
    assert!(is_caught(|| play::<Stuck>(Caller::Right)));
}

#[test]
fn a_ticket_taken_too_late_is_noticed() {
    assert!(is_caught(|| play::<Checked>(Caller::TakesItsTicketAfterReading)));
}

#[test]
fn an_eviction_before_the_commit_is_noticed() {
    assert!(is_caught(|| play::<Checked>(Caller::EvictsBeforeTheCommit)));
}
