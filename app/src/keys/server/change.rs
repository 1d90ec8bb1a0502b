//! `POST /api/console/keys/change`.

use crate::AppError;
use crate::wire::JsonCall;
use domain::form::KeyForm;
use domain::views::KeyView;
use leptos::prelude::*;

/// Changes what a key's form says, but for its environment. `revision` is that of the key when the form was opened; if
/// it has another one by now, the answer tells so.
#[server(prefix = "/api/console", endpoint = "keys/change", protocol = JsonCall)]
pub async fn change_key(id: String, form: KeyForm, revision: Option<i64>) -> Result<KeyView, AppError> {
    use super::Stale;
    use crate::context::{actor, app_state, fail};

    let (actor, account) = actor().map_err(fail)?;
    let keyhatch = app_state()?.keyhatch;
    match keyhatch.change_key(&actor, &account, &id, &form, revision).await {
        Err(service::Error::Stale { .. }) => {
            let key = keyhatch.find_key(&actor, &account, &id).await.map_err(fail)?;
            Err(fail(AppError::Stale(Box::new(Stale::of(key, &form, keyhatch.now())))))
        }
        changed => changed.map_err(fail),
    }
}
