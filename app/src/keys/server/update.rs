//! `POST /api/console/keys/update`: changes a key's name, whitelist, privileges, limits and expiry.

use crate::AppError;
use crate::wire::JsonProtocol;
use domain::form::KeyForm;
use domain::views::KeyView;
use leptos::prelude::*;

/// Updates a key with the form, except its environment. `revision` is the one that the form was opened with; if the key
/// has another one by now, the answer is [`AppError::EditConflict`]. Without a revision nothing is compared.
#[server(prefix = "/api/console", endpoint = "keys/update", protocol = JsonProtocol)]
pub async fn update_key(id: String, form: KeyForm, revision: Option<i64>) -> Result<KeyView, AppError> {
    use super::EditConflict;
    use crate::context::{actor, app_state, fail};

    let (actor, account) = actor().map_err(fail)?;
    let keyhatch = app_state()?.keyhatch;
    match keyhatch.keys().update(&actor, &account, &id, &form, revision).await {
        Err(service::Error::EditConflict { .. }) => {
            let key = keyhatch.keys().find(&actor, &account, &id).await.map_err(fail)?;
            Err(fail(AppError::EditConflict(Box::new(EditConflict::compare(key, &form, keyhatch.now())))))
        }
        updated => updated.map_err(fail),
    }
}
