//! Three-way merge of key forms: the form as it was opened, the key as another member stored it meanwhile, and what is
//! typed. Detecting that the key was updated (by its revision) belongs to `service`, asking about a conflict to the page.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::form::KeyForm;
use crate::limits::canonical_limit;
use crate::whitelist::{Entry, parse_lines};

/// A field of [`KeyForm`] that can be updated. The limit on uses and its refill are one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the fields of `KeyForm` and `LimitsForm` have these names")]
pub enum KeyField {
    Name,
    Whitelist,
    Privileges,
    Expires,
    Second,
    Minute,
    Hour,
    Day,
    Uses,
}

impl KeyField {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Whitelist,
        Self::Privileges,
        Self::Expires,
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Uses,
    ];

    /// The value in a form, so that equal values are equal texts: `*` for all privileges, `1000/month` for uses.
    pub fn value(self, form: &KeyForm) -> String {
        let limits = &form.limits;
        match self {
            Self::Name => form.name.trim().to_owned(),
            Self::Whitelist => listed(&form.whitelist).map(|(key, _)| key).collect::<Vec<_>>().join("\n"),
            Self::Privileges => match privileges(form) {
                Some(listed) => listed.into_iter().collect::<Vec<_>>().join(" "),
                None => "*".to_owned(),
            },
            Self::Expires => form.expires.trim().to_owned(),
            Self::Second => canonical_limit(&limits.second),
            Self::Minute => canonical_limit(&limits.minute),
            Self::Hour => canonical_limit(&limits.hour),
            Self::Day => canonical_limit(&limits.day),
            Self::Uses => match (canonical_limit(&limits.uses), limits.refill) {
                (uses, crate::limits::Refill::Never) => uses,
                (uses, refill) => format!("{uses}/{refill}"),
            },
        }
    }

    /// Sets the field of `form` to its value in `other`: how a conflict is resolved.
    pub fn copy(self, form: &mut KeyForm, other: &KeyForm) {
        let (to, from) = (&mut form.limits, &other.limits);
        match self {
            Self::Name => form.name.clone_from(&other.name),
            Self::Whitelist => form.whitelist.clone_from(&other.whitelist),
            Self::Privileges => {
                form.all_privileges = other.all_privileges;
                form.privileges.clone_from(&other.privileges);
            }
            Self::Expires => form.expires.clone_from(&other.expires),
            Self::Second => to.second.clone_from(&from.second),
            Self::Minute => to.minute.clone_from(&from.minute),
            Self::Hour => to.hour.clone_from(&from.hour),
            Self::Day => to.day.clone_from(&from.day),
            Self::Uses => {
                to.uses.clone_from(&from.uses);
                to.refill = from.refill;
            }
        }
    }

    fn is_same(self, one: &KeyForm, other: &KeyForm) -> bool {
        // The order of a whitelist's entries means nothing.
        match self {
            Self::Whitelist => entries(&one.whitelist) == entries(&other.whitelist),
            _ => self.value(one) == self.value(other),
        }
    }
}

/// A field that both sides changed, to different values that cannot be combined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeConflict {
    /// The field.
    pub field: KeyField,
    /// Its stored value, as [`KeyField::value`] writes it.
    pub theirs: String,
    /// Its typed value.
    pub mine: String,
}

/// The result of [`merge`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// Both sides' changes. A field in conflict has the typed value.
    pub form: KeyForm,
    /// The fields that took over a change of the stored key, alone or combined with a typed one.
    pub taken: Vec<KeyField>,
    /// The fields that a person must decide.
    pub conflicts: Vec<MergeConflict>,
}

/// Combines what changed from `base` (the form as it was opened) to `theirs` (the key stored now) and to `mine` (what is
/// typed), field by field.
///
/// A change that only one side made is applied. Whitelists and privileges are combined entry by entry, unless the result
/// could allow more than both sides intended.
pub fn merge(base: &KeyForm, theirs: &KeyForm, mine: &KeyForm) -> Merge {
    let environment = theirs.environment;
    let mut merged = Merge { form: KeyForm { environment, ..mine.clone() }, taken: Vec::new(), conflicts: Vec::new() };
    for field in KeyField::ALL {
        if field.is_same(base, theirs) || field.is_same(theirs, mine) {
            continue;
        }
        let is_combined = if field.is_same(base, mine) {
            field.copy(&mut merged.form, theirs);
            true
        } else {
            match field {
                KeyField::Whitelist => merge_whitelists(base, theirs, &mut merged.form),
                KeyField::Privileges => merge_privileges(base, theirs, &mut merged.form),
                _ => false,
            }
        };
        if is_combined {
            merged.taken.push(field);
        } else {
            let (theirs, mine) = (field.value(theirs), field.value(mine));
            merged.conflicts.push(MergeConflict { field, theirs, mine });
        }
    }
    merged
}

/// Combines the whitelists if no side emptied its list (which allows any address) and no entry was replaced by both.
fn merge_whitelists(base: &KeyForm, theirs: &KeyForm, mine: &mut KeyForm) -> bool {
    let [base, stored, typed] = [&base.whitelist, &theirs.whitelist, &mine.whitelist].map(|text| entries(text));
    let added =
        |to: &BTreeSet<String>, other: &BTreeSet<String>| to.iter().any(|x| !base.contains(x) && !other.contains(x));
    let is_replaced_by_both = base.iter().any(|entry| !stored.contains(entry) && !typed.contains(entry))
        && added(&stored, &typed)
        && added(&typed, &stored);
    if base.is_empty() || stored.is_empty() || typed.is_empty() || is_replaced_by_both {
        return false;
    }
    let is_kept = |entry: &String| stored.contains(entry) || !base.contains(entry);
    let is_new = |entry: &String| !base.contains(entry) && !typed.contains(entry);
    let kept = listed(&mine.whitelist).filter(|(key, _)| is_kept(key));
    let new = listed(&theirs.whitelist).filter(|(key, _)| is_new(key));
    let lines: Vec<String> = kept.chain(new).map(|(_, line)| line).collect();
    // Each side removed what the other left: the empty list would allow any address.
    if lines.is_empty() {
        return false;
    }
    mine.whitelist = lines.join("\n");
    true
}

/// Combines ticked privileges; `All privileges` is not combined with a list.
fn merge_privileges(base: &KeyForm, theirs: &KeyForm, mine: &mut KeyForm) -> bool {
    let (Some(base), Some(stored), Some(typed)) = (privileges(base), privileges(theirs), privileges(mine)) else {
        return false;
    };
    let all = stored.iter().chain(&typed).copied();
    // In one list and the base: the other side unticked it.
    let merged: BTreeSet<&str> =
        all.filter(|it| (stored.contains(it) && typed.contains(it)) || !base.contains(it)).collect();
    let merged = merged.into_iter().map(ToOwned::to_owned).collect();
    mine.privileges = merged;
    true
}

/// The ticked privileges; `None` for all.
fn privileges(form: &KeyForm) -> Option<BTreeSet<&str>> {
    (!form.all_privileges).then(|| form.privileges.iter().flat_map(|typed| typed.split_whitespace()).collect())
}

/// Each entry of a typed whitelist: its canonical form, or the text of a refused one, and the text as typed.
fn listed(text: &str) -> impl Iterator<Item = (String, String)> {
    parse_lines(text).into_iter().map(|line| {
        let key = Entry::parse(&line.typed).map_or_else(|_| line.typed.clone(), |entry| entry.to_string());
        (key, line.typed)
    })
}

fn entries(text: &str) -> BTreeSet<String> {
    listed(text).map(|(key, _)| key).collect()
}
