//! From a row to what is shown of a key. Never a secret: a row has none.

use crate::keyhatch::Keyhatch;
use domain::key::Environment;
use domain::listing::{KeyView, LastUse};
use store::KeyRow;

impl Keyhatch {
    pub(super) fn view(&self, row: KeyRow) -> KeyView {
        let environment = Environment::parse(&row.environment).unwrap_or(Environment::Live);
        let written = row.last_used_at.map(|at| LastUse { at, address: row.last_used_from });
        // What is not written yet is newer.
        let last_use = self.unwritten_use(&row.public_id, &row.id).or(written);
        KeyView {
            masked: self.format().mask(environment, &row.last_chars),
            id: row.id,
            name: row.name,
            environment,
            whitelist: row.whitelist,
            privileges: row.privileges,
            limits: row.limits,
            expires_at: row.expires_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            last_use,
        }
    }
}
