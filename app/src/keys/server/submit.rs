//! `POST /api/console/keys/form`: what the islands submit their forms with. A plain form posts the same fields to its page;
//! both end in [`answer_key_form`].

use super::KeyWithSecret;
use crate::AppError;
use crate::keys::form_fields::FormFields;
use domain::explain::Explanation;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use super::answer::{KeyFormRequest, answer_key_form};

/// The answer to a form about keys.
#[derive(Clone, Serialize, Deserialize)]
pub enum KeyFormAnswer {
    /// Done; the page to open, which says so.
    Done {
        /// Path and query.
        location: String,
    },
    /// A new secret, which only this answer contains.
    Revealed(Box<KeyWithSecret>),
    /// How the gate would answer the tested call.
    Explained(Explanation),
}

/// Carries out the form that the field `do` names.
#[server(prefix = "/api/console", endpoint = "keys/form", input = Json)]
pub async fn submit_key_form(fields: FormFields) -> Result<KeyFormAnswer, AppError> {
    use crate::context::{app_state, fail, visitor};
    use crate::keys::notice::set_notice;

    if fields.has_duplicate() {
        return Err(fail(AppError::BadRequest));
    }
    let (state, visitor) = (app_state()?, visitor()?);
    let viewer = visitor.viewer.map_err(fail)?;
    let request = KeyFormRequest { keyhatch: &state.keyhatch, viewer: &viewer, fields: &fields };
    let (answer, notice) = answer_key_form(request).await.map_err(fail)?;
    if let Some(notice) = notice {
        set_notice(state.is_https, &notice);
    }
    Ok(answer)
}
