//! What is known of the use of keys before something that their callers would notice: disabling, deleting, rotating,
//! narrowing. Only the facts; the sentences belong to the pages.

use crate::time::{DAY, Millis};
use crate::views::{KeyView, LastUse};
use serde::{Deserialize, Serialize};

/// How recently a key was used that counts as in use, in milliseconds: 24 hours.
pub const IN_USE_WITHIN: Millis = DAY;

/// What is known of the use of one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Whether the key was used within the last 24 hours, with its secret or with the old one.
    pub is_in_use: bool,
    /// Its last use with any secret, at most a minute behind; `None` if it was never used.
    pub last_use: Option<LastUse>,
    /// The old secret, while it still works.
    pub old_secret: Option<OldSecretEvidence>,
}

/// What is known of the use of an old secret during its overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldSecretEvidence {
    /// When it stops working.
    pub until: Millis,
    /// When it was last used since it was replaced; `None` if it was not.
    pub used_at: Option<Millis>,
    /// Whether it was used within the last 24 hours.
    pub is_in_use: bool,
}

impl Evidence {
    /// The evidence about a key at `now`.
    pub fn of(key: &KeyView, now: Millis) -> Self {
        let old_secret = key.old_secret_until.filter(|until| *until > now).map(|until| OldSecretEvidence {
            until,
            used_at: key.old_secret_used_at,
            is_in_use: key.old_secret_used_at.is_some_and(|at| is_recent(at, now)),
        });
        let is_recently_used = key.last_use.as_ref().is_some_and(|last| is_recent(last.at, now));
        Self {
            is_in_use: is_recently_used || old_secret.as_ref().is_some_and(|old| old.is_in_use),
            last_use: key.last_use.clone(),
            old_secret,
        }
    }
}

/// What is known of the use of several keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkEvidence {
    /// How many keys there are.
    pub keys: usize,
    /// How many of them were used within the last 24 hours.
    pub in_use: usize,
    /// The key that was used last, if any was used.
    pub latest: Option<LatestUse>,
}

/// The last use among several keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestUse {
    /// The key's name.
    pub name: String,
    /// Its last use.
    pub last_use: LastUse,
}

impl BulkEvidence {
    /// The evidence about keys at `now`.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a KeyView>, now: Millis) -> Self {
        let mut evidence = Self::default();
        for key in keys {
            let of_key = Evidence::of(key, now);
            evidence.keys += 1;
            evidence.in_use += usize::from(of_key.is_in_use);
            if let Some(last_use) = of_key.last_use
                && evidence.latest.as_ref().is_none_or(|latest| latest.last_use.at < last_use.at)
            {
                evidence.latest = Some(LatestUse { name: key.name.clone(), last_use });
            }
        }
        evidence
    }
}

/// Whether a use counts as recent; so does one in the future, after the clock was set back.
fn is_recent(at: Millis, now: Millis) -> bool {
    now.saturating_sub(at) < IN_USE_WITHIN
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::key::Environment;

    /// 18 November 2026, 09:04:05.120 UTC.
    const NOW: Millis = 1_794_992_645_120;
    const HOUR: Millis = 3_600_000;

    /// A key that was last used, and whose old secret was last used, this long ago.
    fn key(used: Option<Millis>, old_secret: Option<(Millis, Option<Millis>)>) -> KeyView {
        KeyView {
            id: "key_1".into(),
            name: "Shop".into(),
            masked: "kh_live_…9xQ2f".into(),
            environment: Environment::Live,
            whitelist: String::new(),
            privileges: "*".into(),
            limits: String::new(),
            expires_at: None,
            enabled: true,
            created_at: 0,
            created_by: "jo".into(),
            updated_at: 0,
            updated_by: "jo".into(),
            revision: 1,
            last_use: used.map(|past| LastUse { at: NOW - past, address: Some("203.0.113.9".into()) }),
            old_secret_until: old_secret.map(|(left, _)| NOW + left),
            old_secret_used_at: old_secret.and_then(|(_, used)| used).map(|past| NOW - past),
            needs_rotation: false,
            deleted_at: None,
            delete_reason: None,
        }
    }

    /// A key that was last used at this time.
    pub(crate) fn named_key(name: &str, used_at: Millis) -> KeyView {
        KeyView { name: name.into(), ..key(Some(NOW - used_at), None) }
    }

    #[test]
    fn a_key_is_in_use_for_24_hours_after_its_last_use() {
        for (used, old_secret, is_in_use) in [
            (None, None, false),
            (Some(0), None, true),
            (Some(2 * 60_000), None, true),
            (Some(DAY - 1), None, true),
            (Some(DAY), None, false),
            (Some(-HOUR), None, true),
            (Some(Millis::MAX - NOW), None, false),
            (None, Some((HOUR, None)), false),
            (None, Some((HOUR, Some(DAY - 1))), true),
            (Some(9 * DAY), Some((HOUR, Some(HOUR))), true),
            (Some(9 * DAY), Some((HOUR, Some(DAY))), false),
            // The overlap has ended, so only the key's own last use counts.
            (Some(9 * DAY), Some((0, Some(HOUR))), false),
        ] {
            let evidence = Evidence::of(&key(used, old_secret), NOW);
            assert_eq!(evidence.is_in_use, is_in_use, "{used:?} {old_secret:?}");
        }
    }

    #[test]
    fn the_evidence_says_when_from_where_and_with_which_secret() {
        let evidence = Evidence::of(&key(Some(60_000), Some((HOUR, Some(2 * DAY)))), NOW);
        let last_use = LastUse { at: NOW - 60_000, address: Some("203.0.113.9".into()) };
        let old = OldSecretEvidence { until: NOW + HOUR, used_at: Some(NOW - 2 * DAY), is_in_use: false };
        assert_eq!(evidence, Evidence { is_in_use: true, last_use: Some(last_use), old_secret: Some(old) });
        assert_eq!(Evidence::of(&key(None, Some((0, Some(0)))), NOW).old_secret, None);
    }

    #[test]
    fn several_keys_are_counted_and_the_latest_use_is_named() {
        assert_eq!(BulkEvidence::of(&[], NOW), BulkEvidence::default());
        let named = |name: &str, used| KeyView { name: name.into(), ..key(used, None) };
        let keys = [
            named("Unused", None),
            named("Old", Some(3 * DAY)),
            named("Latest", Some(HOUR)),
            named("Recent", Some(2 * HOUR)),
            named("Recent too", Some(23 * HOUR)),
        ];
        let evidence = BulkEvidence::of(&keys, NOW);
        assert_eq!((evidence.keys, evidence.in_use), (5, 3));
        assert_eq!(
            evidence.latest.map(|latest| (latest.name, latest.last_use.at)),
            Some(("Latest".into(), NOW - HOUR))
        );
        assert_eq!(BulkEvidence::of(&keys[..1], NOW), BulkEvidence { keys: 1, in_use: 0, latest: None });
    }
}
