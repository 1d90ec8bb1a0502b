//! A model test of the cache: the production code runs under a model checker (shuttle) whose locks choose the schedule.
//! The invariant: a decision that starts after a change was acknowledged sees that change. To prove that the test can
//! fail, it must also find each of three planted faults.

use super::{KeyCache, Keyed, Lock, Shard};
use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler};
use shuttle::sync::atomic::{AtomicU32, Ordering};
use shuttle::sync::{Arc, Mutex, RwLock, RwLockReadGuard, RwLockWriteGuard};
use shuttle::{Config, FailurePersistence, Runner};

/// Schedules for each strategy (uniformly random, and few preemptions at chosen points) unless
/// `KEYHATCH_CACHE_SCHEDULES` says otherwise; the promise is 150,000.
const SCHEDULES: usize = 15_000;
const PREEMPTIONS: usize = 4;

struct CheckedShard(RwLock<Shard<CachedVersion>>);

impl From<Shard<CachedVersion>> for CheckedShard {
    fn from(shard: Shard<CachedVersion>) -> Self {
        Self(RwLock::new(shard))
    }
}

impl Lock<Shard<CachedVersion>> for CheckedShard {
    type ReadGuard<'a> = RwLockReadGuard<'a, Shard<CachedVersion>>;
    type WriteGuard<'a> = RwLockWriteGuard<'a, Shard<CachedVersion>>;

    fn read_guard(&self) -> Self::ReadGuard<'_> {
        self.0.read().unwrap()
    }

    fn write_guard(&self) -> Self::WriteGuard<'_> {
        self.0.write().unwrap()
    }
}

/// A planted fault: the counter never moves, so every ticket stays valid.
struct Stuck(RwLock<Shard<CachedVersion>>);

impl From<Shard<CachedVersion>> for Stuck {
    fn from(shard: Shard<CachedVersion>) -> Self {
        Self(RwLock::new(shard))
    }
}

impl Lock<Shard<CachedVersion>> for Stuck {
    type ReadGuard<'a> = RwLockWriteGuard<'a, Shard<CachedVersion>>;
    type WriteGuard<'a> = RwLockWriteGuard<'a, Shard<CachedVersion>>;

    fn read_guard(&self) -> Self::ReadGuard<'_> {
        self.write_guard()
    }

    fn write_guard(&self) -> Self::WriteGuard<'_> {
        let mut shard = self.0.write().unwrap();
        shard.changes = 0;
        shard
    }
}

/// How a caller uses the cache, correctly or with a planted fault.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CacheUsage {
    Correct,
    TicketAfterRead,
    EvictBeforeCommit,
}

/// Two shards: clearing locks one after the other, and each lock is a preemption point.
type TwoShardCache<L> = KeyCache<CachedVersion, L, 2>;

/// The only key.
#[derive(PartialEq, Eq, Hash)]
struct Key;

/// The version of the row that was read. Comparing keys is a preemption point, also in the middle of an insert.
#[derive(Clone, Copy)]
struct CachedVersion(u32);

impl Keyed for CachedVersion {
    type Key = Key;

    fn key(&self) -> &Key {
        shuttle::thread::yield_now();
        &Key
    }
}

struct CacheModel<L> {
    usage: CacheUsage,
    cache: TwoShardCache<L>,
    /// The row's version in the database.
    row: Mutex<u32>,
    /// The last version whose change was acknowledged.
    acknowledged: AtomicU32,
}

impl<L: Lock<Shard<CachedVersion>>> CacheModel<L> {
    fn decide(&self) {
        let acknowledged = self.acknowledged.load(Ordering::SeqCst);
        let version = self.cache.get(&Key).map_or_else(|| self.fetch(), |held| held.0);
        assert!(version >= acknowledged, "{STALE}");
    }

    fn fetch(&self) -> u32 {
        let before = self.cache.ticket(&Key);
        let version = *self.row.lock().unwrap();
        let late = self.usage == CacheUsage::TicketAfterRead;
        self.cache.insert(CachedVersion(version), if late { self.cache.ticket(&Key) } else { before });
        version
    }

    fn change(&self, evict: impl Fn(&TwoShardCache<L>)) {
        let early = self.usage == CacheUsage::EvictBeforeCommit;
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

/// Two readers, a change that evicts the key, a change that clears the cache, and a last reader at the end.
fn scenario<L: Lock<Shard<CachedVersion>> + Send + Sync + 'static>(usage: CacheUsage) {
    let model = Arc::new(CacheModel {
        usage,
        cache: KeyCache::with_locks(10),
        row: Mutex::new(0),
        acknowledged: AtomicU32::new(0),
    });
    let run = |work: fn(&CacheModel<L>)| {
        let model = Arc::clone(&model);
        shuttle::thread::spawn(move || work(&model))
    };
    let reading: fn(&CacheModel<L>) = |model| {
        model.decide();
        model.decide();
    };
    let all = [
        run(reading),
        run(reading),
        run(|model| model.change(|cache| _ = cache.evict(&Key))),
        run(|model| model.change(|cache| cache.clear(|_| ()))),
    ];
    for one in all {
        one.join().unwrap();
    }
    model.decide();
    assert_eq!(model.cache.get(&Key).map_or_else(|| model.fetch(), |held| held.0), 2);
}

fn schedules() -> usize {
    test_support::repetitions("KEYHATCH_CACHE_SCHEDULES", SCHEDULES)
}

fn run(scheduler: impl Scheduler + 'static, scenario: fn()) {
    let mut config = Config::default();
    // The library's default is too small for unoptimised code.
    config.stack_size = 256 * 1024;
    // Print the failing schedule instead of writing a file.
    config.failure_persistence = FailurePersistence::Print;
    Runner::new(scheduler, config).run(scenario);
}

fn is_caught(scenario: fn()) -> bool {
    match std::panic::catch_unwind(|| run(RandomScheduler::new(schedules()), scenario)) {
        Ok(()) => false,
        Err(panic) => panic.downcast_ref::<String>().map_or("", |message| message).contains(STALE),
    }
}

#[test]
fn random_schedules_serve_no_stale_key() {
    run(RandomScheduler::new(schedules()), || scenario::<CheckedShard>(CacheUsage::Correct));
}

#[test]
fn targeted_preemptions_serve_no_stale_key() {
    run(PctScheduler::new(PREEMPTIONS, schedules()), || scenario::<CheckedShard>(CacheUsage::Correct));
}

#[test]
fn unchecked_ticket_is_detected() {
    assert!(is_caught(|| scenario::<Stuck>(CacheUsage::Correct)));
}

#[test]
fn ticket_taken_too_late_is_detected() {
    assert!(is_caught(|| scenario::<CheckedShard>(CacheUsage::TicketAfterRead)));
}

#[test]
fn eviction_before_the_commit_is_detected() {
    assert!(is_caught(|| scenario::<CheckedShard>(CacheUsage::EvictBeforeCommit)));
}
