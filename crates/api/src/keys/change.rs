//! `PATCH /accounts/{account}/keys/{key}`.

use axum::Json as Written;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::expiry::format_expiry;
use domain::form::KeyForm;
use domain::limits::{Limits, LimitsForm};
use domain::views::KeyView;
use http::header::ETAG;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::shape::{Key, LimitsShape, privileges, whitelist};
use crate::Api;
use crate::etag::{self, IfMatch};
use crate::problems::{Answer, Refusals, of};
use crate::read::{By, Json, Path};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyChange {
    /// 1 to 32 characters (the most is the operator's policy).
    #[serde(default)]
    #[schema(nullable = false)]
    name: Option<String>,
    /// Replaces the whole list.
    #[serde(default)]
    #[schema(nullable = false)]
    whitelist: Option<Vec<String>>,
    /// Replaces them all; `["*"]`: everything.
    #[serde(default)]
    #[schema(nullable = false)]
    privileges: Option<Vec<String>>,
    /// As when creating; `null`: never.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    expires_at: Expiry,
    /// Replaces them all.
    #[serde(default)]
    #[schema(nullable = false)]
    limits: Option<LimitsShape>,
}

/// Tells `null` from what is left out.
#[derive(Default)]
enum Expiry {
    /// Left out.
    #[default]
    AsItIs,
    /// A choice, or `null` for never.
    Chosen(Option<String>),
}

impl<'de> Deserialize<'de> for Expiry {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(Self::Chosen)
    }
}

/// Change a key. Its value and environment stay. With `If-Match`, a key that somebody changed since it was read is left
/// as it is (412).
#[utoipa::path(patch, path = "/api/v1/accounts/{account}/keys/{key}", tag = "Keys", operation_id = "change_key",
    request_body = KeyChange,
    params(
        ("account" = String, Path, description = "The account's id"),
        ("key" = String, Path, description = "The key's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the key as you read it")
    ),
    responses((status = 200, body = Key, headers(("ETag" = String))), Refusals))]
pub(crate) async fn change(
    State(api): State<Api>,
    By(actor): By,
    Path((account, key)): Path<(String, String)>,
    IfMatch(revision): IfMatch,
    Json { value: change, .. }: Json<KeyChange>,
) -> Answer<impl IntoResponse> {
    let before = api.keyhatch.keys().find(&actor, &account, &key).await.map_err(of)?;
    // What was left out is what was read just now, so a change in between must be noticed in any case.
    let revision = revision.or(Some(before.revision));
    let form = change.form(&before)?;
    let view = api.keyhatch.keys().update(&actor, &account, &key, &form, revision).await.map_err(of)?;
    Ok(([(ETAG, etag::tag(view.revision))], Written(Key::of(view, &account, api.keyhatch.now()))))
}

impl KeyChange {
    fn form(self, before: &KeyView) -> Answer<KeyForm> {
        let listed: Vec<String> = match self.privileges {
            Some(listed) => listed,
            None => before.privileges.split_ascii_whitespace().map(ToOwned::to_owned).collect(),
        };
        let (all_privileges, privileges) = privileges(&listed);
        let limits = match &self.limits {
            Some(limits) => limits.form(),
            None => LimitsForm::from_limits(&Limits::from_stored(&before.limits).unwrap_or_default()),
        };
        let expires = match self.expires_at {
            Expiry::Chosen(expires) => expires.unwrap_or_default(),
            Expiry::AsItIs => before.expires_at.map(format_expiry).unwrap_or_default(),
        };
        let whitelist = match &self.whitelist {
            Some(entries) => whitelist(entries)?,
            None => before.whitelist.clone(),
        };
        Ok(KeyForm {
            name: self.name.unwrap_or_else(|| before.name.clone()),
            whitelist,
            all_privileges,
            privileges,
            environment: before.environment,
            expires,
            limits,
        })
    }
}
