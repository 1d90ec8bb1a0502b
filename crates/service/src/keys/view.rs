//! Converting a key's row to what is shown of it, with uses that are not written yet. A row contains no secret.

use crate::context::Context;
use domain::key::Environment;
use domain::views::{KeyView, LastUse};
use gate::Gate;
use store::KeyRow;

/// The last use of a key's secrets, written or not.
pub(super) fn last_use(gate: &Gate, row: &KeyRow) -> Option<LastUse> {
    let written = row.last_used_at.map(|at| LastUse { at, address: row.last_used_from.clone() });
    [Some(row.public_id.as_str()), row.previous_public_id.as_deref()]
        .into_iter()
        .flatten()
        .filter_map(|public_id| gate.unwritten_use(public_id, &row.id))
        .chain(written)
        .max_by_key(|last| last.at)
}

/// What is shown of a key.
pub(super) fn to_view(context: &Context, gate: &Gate, row: KeyRow) -> KeyView {
    let environment = Environment::parse(&row.environment).unwrap_or(Environment::Live);
    let last_use = last_use(gate, &row);
    let now = context.now();
    let old = row.previous_public_id.zip(row.previous_retires_at).filter(|(_, until)| *until > now);
    let old_used_at = old.as_ref().and_then(|(id, _)| row.previous_used_at.max(gate.unwritten_retired_use(id)));
    KeyView {
        masked: context.key_format.mask(environment, &row.last_chars),
        id: row.id,
        name: row.name,
        environment,
        whitelist: row.whitelist,
        privileges: row.privileges,
        limits: row.limits,
        expires_at: row.expires_at,
        enabled: row.enabled,
        created_at: row.created_at,
        created_by: row.created_by,
        updated_at: row.updated_at,
        updated_by: row.updated_by,
        revision: row.generation,
        last_use,
        old_secret_until: old.map(|(_, until)| until),
        old_secret_used_at: old_used_at,
        needs_rotation: row.revoked_at.is_some_and(|at| at <= now),
        deleted_at: row.deleted_at,
        delete_reason: row.delete_reason,
    }
}
