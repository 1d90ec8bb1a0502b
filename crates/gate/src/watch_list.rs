//! Watched secrets: for a few minutes after a secret was handed out, the last verdict on a call with it is kept, because
//! a page waits for its first call. Only calls that prove the secret count: the public id is not secret, and
//! knowing it must allow neither writing on that page nor detecting by timing that the secret is watched.
//!
//! The cost for calls: a cached key carries a flag, set while its secret is watched. Without it a call reads one byte
//! that shares a cache line with the fields it has just compared, with no ordering and no lock. With it, a call tries
//! two locks and drops the record if either is taken; it never waits.
//!
//! The bounds protect accounts from one another: an account that watches too many secrets forgets its own, and a full
//! list drops the oldest of the account that watches most. Each secret has a lock of its own, so that many calls with
//! one do not crowd out a call with another.

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

use crate::cached_key::CachedKey;
use domain::key::PublicId;
use domain::privilege::Privilege;
use domain::time::Millis;
use domain::verdict::{CallRequest, Channel, VerdictCode};
use parking_lot::{Mutex, RwLock};
use std::collections::HashMap;
use std::net::IpAddr;
use std::ops::{Deref, DerefMut};

/// How long a secret is watched, in milliseconds.
const WATCHED_FOR: Millis = 15 * 60 * 1_000;
/// The most secrets watched at a time.
const TOTAL_MAX: usize = 1_024;
/// The most secrets of one account watched at a time.
const ACCOUNT_MAX: usize = 16;

/// The last call with a watched secret, or the first one that was allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedCall {
    /// Why it was refused, or [`VerdictCode::Valid`]. [`VerdictCode::NotFound`] means that the secret was right and the
    /// name was not.
    pub code: VerdictCode,
    /// The caller's address, if it was known.
    pub address: Option<IpAddr>,
    /// The privilege that the call needed, if any.
    pub privilege: Option<Box<str>>,
    /// The channel that the call came through, if it was named.
    pub channel: Option<Channel>,
    /// How much of the key's limits the call would use.
    pub cost: u32,
    /// When it was decided.
    pub at: Millis,
    /// How many calls were recorded, this one included.
    pub count: u32,
}

/// A cached secret that can be flagged as watched.
pub(crate) trait Flagged {
    fn public_id(&self) -> &PublicId;
    fn set_watched(&self, watched: bool);
}

impl Flagged for CachedKey {
    fn public_id(&self) -> &PublicId {
        Self::public_id(self)
    }

    fn set_watched(&self, watched: bool) {
        Self::set_watched(self, watched);
    }
}

/// The list's lock. A type parameter so that `model` can run this code under a model checker.
pub(crate) trait ListLock: Default {
    fn read(&self) -> impl Deref<Target = Watches>;
    fn try_read(&self) -> Option<impl Deref<Target = Watches>>;
    fn write(&self) -> impl DerefMut<Target = Watches>;
}

impl ListLock for RwLock<Watches> {
    fn read(&self) -> impl Deref<Target = Watches> {
        Self::read(self)
    }

    fn try_read(&self) -> Option<impl Deref<Target = Watches>> {
        Self::try_read(self)
    }

    fn write(&self) -> impl DerefMut<Target = Watches> {
        Self::write(self)
    }
}

/// The watched secrets.
#[derive(Default)]
pub(crate) struct WatchList<L = RwLock<Watches>>(L);

/// The watched secrets by public id, and the number of watches that were ever started.
#[derive(Default)]
pub(crate) struct Watches {
    entries: HashMap<PublicId, Watch>,
    started: u64,
}

struct Watch {
    account: Box<str>,
    until: Millis,
    /// Grows with each watch; the smallest is the oldest.
    number: u64,
    seen: Mutex<Option<WatchedCall>>,
}

impl<L: ListLock> WatchList<L> {
    /// Watches a secret from `now` on, and forgets what was seen of it before. `cached` finds the cached secret, if
    /// there is one.
    pub(crate) fn watch<K: Flagged>(
        &self,
        id: &PublicId,
        account: &str,
        now: Millis,
        cached: impl FnOnce() -> Option<K>,
    ) {
        self.0.write().insert(id, account, now);
        // In this order: a secret that enters the cache after this look-up finds the watch in `flag`.
        if let Some(key) = cached() {
            key.set_watched(true);
        }
    }

    /// Flags a secret that was read from the database, if it is watched. To be called after its insertion into the
    /// cache: a watch that begins before this sees it here, a later one finds it cached.
    pub(crate) fn flag(&self, key: &impl Flagged) {
        if self.0.read().entries.get(key.public_id()).is_some_and(Watch::is_pending) {
            key.set_watched(true);
        }
    }

    /// Records the verdict on a call that proved a flagged secret; never waits. Clears the flag if the secret is not
    /// watched any more, or if its first allowed call has arrived.
    #[cold]
    pub(crate) fn record(&self, key: &impl Flagged, call: &CallRequest<'_>, code: VerdictCode, now: Millis) {
        // If the list is locked, a watch is just beginning.
        let Some(watches) = self.0.try_read() else { return };
        let is_pending = match watches.entries.get(key.public_id()) {
            Some(watch) if now < watch.until => watch.record(call, code, now),
            _ => false,
        };
        if !is_pending {
            key.set_watched(false);
        }
    }

    /// The last call with a secret that is watched at `now`, or the first that was allowed.
    pub(crate) fn seen(&self, id: &PublicId, now: Millis) -> Option<WatchedCall> {
        let watches = self.0.read();
        let watch = watches.entries.get(id).filter(|watch| now < watch.until)?;
        let seen = watch.seen.lock();
        seen.clone()
    }

    /// Forgets the calls with secrets that are not watched any more at `now`.
    pub(crate) fn drop_ended(&self, now: Millis) {
        self.0.write().drop_ended(now);
    }
}

impl Watches {
    fn insert(&mut self, id: &PublicId, account: &str, now: Millis) {
        self.drop_ended(now);
        self.entries.remove(id);
        let of_account = self.entries.values().filter(|watch| &*watch.account == account).count();
        if of_account >= ACCOUNT_MAX {
            self.drop_oldest(account);
        } else if self.entries.len() >= TOTAL_MAX {
            let largest = self.largest_account();
            self.drop_oldest(&largest);
        }
        self.started += 1;
        let watch =
            Watch { account: account.into(), until: now + WATCHED_FOR, number: self.started, seen: Mutex::default() };
        self.entries.insert(*id, watch);
    }

    fn drop_ended(&mut self, now: Millis) {
        self.entries.retain(|_, watch| now < watch.until);
    }

    fn drop_oldest(&mut self, account: &str) {
        let watches = self.entries.iter().filter(|(_, watch)| &*watch.account == account);
        if let Some(id) = watches.min_by_key(|(_, watch)| watch.number).map(|(id, _)| *id) {
            self.entries.remove(&id);
        }
    }

    /// The account with the most watches; of several, the one with the oldest.
    fn largest_account(&self) -> Box<str> {
        let mut accounts: HashMap<&str, (usize, u64)> = HashMap::new();
        for watch in self.entries.values() {
            let (count, oldest) = accounts.entry(&watch.account).or_insert((0, u64::MAX));
            *count += 1;
            *oldest = watch.number.min(*oldest);
        }
        let largest = accounts.iter().max_by_key(|(_, (count, oldest))| (*count, std::cmp::Reverse(*oldest)));
        largest.map(|(account, _)| (*account).into()).unwrap_or_default()
    }
}

impl Watch {
    /// Whether the first allowed call is still awaited.
    fn is_pending(&self) -> bool {
        !self.seen.lock().as_ref().is_some_and(|seen| seen.code == VerdictCode::Valid)
    }

    /// Returns whether the first allowed call is still awaited.
    fn record(&self, call: &CallRequest<'_>, code: VerdictCode, now: Millis) -> bool {
        // If the lock is taken, a concurrent call is recording a verdict of the same moment.
        let Some(mut seen) = self.seen.try_lock() else { return true };
        if seen.as_ref().is_some_and(|seen| seen.code == VerdictCode::Valid) {
            return false;
        }
        *seen = Some(WatchedCall {
            code,
            address: call.address,
            // Bounds its length.
            privilege: call.privilege.filter(|text| Privilege::is_well_formed(text)).map(Into::into),
            channel: call.channel,
            cost: call.cost,
            at: now,
            count: seen.as_ref().map_or(0, |seen| seen.count).saturating_add(1),
        });
        code != VerdictCode::Valid
    }
}
