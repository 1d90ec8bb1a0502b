//! A model test of the flag: the production code runs under a model checker (shuttle) beside a cache that is filled and
//! emptied. The invariant: once a watch has begun and all is quiet, the cached secret is flagged, so no later call is
//! missed. To prove that the test can fail, it must also find each of two planted faults.

use super::{Flagged, ListLock, WATCHED_FOR, WatchList, Watches};
use domain::key::PublicId;
use domain::verdict::{CallRequest, VerdictCode};
use shuttle::scheduler::RandomScheduler;
use shuttle::sync::atomic::{AtomicBool, Ordering};
use shuttle::sync::{Arc, Mutex, RwLock};
use shuttle::{Config, FailurePersistence, Runner};
use std::ops::{Deref, DerefMut};

const SCHEDULES: usize = 5_000;
const MISSED: &str = "a cached secret is watched and not flagged";

#[derive(Default)]
struct CheckedWatches(RwLock<Watches>);

impl ListLock for CheckedWatches {
    fn read(&self) -> impl Deref<Target = Watches> {
        self.0.read().unwrap()
    }

    fn try_read(&self) -> Option<impl Deref<Target = Watches>> {
        self.0.try_read().ok()
    }

    fn write(&self) -> impl DerefMut<Target = Watches> {
        self.0.write().unwrap()
    }
}

/// The cached form of the only secret.
#[derive(Clone)]
struct Cached(Arc<AtomicBool>, PublicId);

impl Flagged for Cached {
    fn public_id(&self) -> &PublicId {
        &self.1
    }

    fn set_watched(&self, watched: bool) {
        self.0.store(watched, Ordering::SeqCst);
    }
}

fn id() -> PublicId {
    PublicId::parse("0123456789").unwrap()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WatchUsage {
    Correct,
    FlagBeforeInsert,
    LookUpBeforeWatch,
}

struct WatchModel {
    usage: WatchUsage,
    list: WatchList<CheckedWatches>,
    cache: Mutex<Option<Cached>>,
}

impl WatchModel {
    fn cached(&self) -> Option<Cached> {
        self.cache.lock().unwrap().clone()
    }

    fn watch(&self) {
        let early = (self.usage == WatchUsage::LookUpBeforeWatch).then(|| self.cached());
        self.list.watch(&id(), "acme", WATCHED_FOR, || early.unwrap_or_else(|| self.cached()));
    }

    fn fetch(&self) {
        let key = Cached(Arc::new(AtomicBool::new(false)), id());
        if self.usage == WatchUsage::FlagBeforeInsert {
            self.list.flag(&key);
        }
        *self.cache.lock().unwrap() = Some(key.clone());
        if self.usage != WatchUsage::FlagBeforeInsert {
            self.list.flag(&key);
        }
    }

    fn call(&self) {
        let Some(key) = self.cached() else { return self.fetch() };
        if key.0.load(Ordering::SeqCst) {
            let call =
                CallRequest { credential: "", name: None, address: None, privilege: None, channel: None, cost: 1 };
            self.list.record(&key, &call, VerdictCode::Disabled, WATCHED_FOR);
        }
    }

    fn evict(&self) {
        *self.cache.lock().unwrap() = None;
    }
}

/// A cached secret, possibly with an ended watch and its flag still set; then a new watch, two callers, and an eviction.
fn scenario(usage: WatchUsage, was_watched: bool) {
    let model = Arc::new(WatchModel { usage, list: WatchList::default(), cache: Mutex::new(None) });
    model.fetch();
    if was_watched {
        model.list.watch(&id(), "acme", 0, || model.cached());
    }
    let run = |work: fn(&WatchModel)| {
        let model = Arc::clone(&model);
        shuttle::thread::spawn(move || work(&model))
    };
    let calling: fn(&WatchModel) = |model| {
        model.call();
        model.call();
    };
    for one in [run(calling), run(calling), run(WatchModel::evict), run(WatchModel::watch)] {
        one.join().unwrap();
    }
    model.call();
    let key = model.cached().expect("a call caches the secret");
    assert!(key.0.load(Ordering::SeqCst), "{MISSED}");
}

fn run(scenario: fn()) {
    let mut config = Config::default();
    // The library's default is too small for unoptimised code.
    config.stack_size = 256 * 1024;
    // Print the failing schedule instead of writing a file.
    config.failure_persistence = FailurePersistence::Print;
    let schedules = test_support::repetitions("KEYHATCH_CACHE_SCHEDULES", SCHEDULES);
    Runner::new(RandomScheduler::new(schedules), config).run(scenario);
}

fn is_caught(scenario: fn()) -> bool {
    match std::panic::catch_unwind(|| run(scenario)) {
        Ok(()) => false,
        Err(panic) => panic.downcast_ref::<String>().map_or("", |message| message).contains(MISSED),
    }
}

#[test]
fn every_schedule_flags_a_watched_secret() {
    run(|| scenario(WatchUsage::Correct, false));
    run(|| scenario(WatchUsage::Correct, true));
}

#[test]
fn flag_before_the_insertion_is_detected() {
    assert!(is_caught(|| scenario(WatchUsage::FlagBeforeInsert, false)));
}

#[test]
fn look_up_before_the_watch_is_detected() {
    assert!(is_caught(|| scenario(WatchUsage::LookUpBeforeWatch, false)));
}
