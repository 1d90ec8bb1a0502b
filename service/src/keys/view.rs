//! From a row to what is shown of a key. Never a secret: a row has none.

use crate::keyhatch::Keyhatch;
use domain::key::Environment;
use domain::listing::KeyView;
use store::KeyRow;

impl Keyhatch {
    pub(super) fn view(&self, row: KeyRow) -> KeyView {
        let environment = Environment::parse(&row.environment).unwrap_or(Environment::Live);
        KeyView {
            masked: self.format().mask(environment, &row.last_chars),
            id: row.id,
            name: row.name,
            environment,
            whitelist: row.whitelist,
            privileges: row.privileges,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
