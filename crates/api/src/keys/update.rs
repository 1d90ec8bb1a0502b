//! `PATCH /accounts/{account}/keys/{key}`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::expiry::format_expiry;
use domain::form::KeyForm;
use domain::limits::{Limits, LimitsForm};
use domain::views::KeyView;
use http::header::ETAG;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::dto::{KeyDto, LimitsDto, join_whitelist, parse_privileges};
use crate::Api;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, JsonBody, Path};
use crate::if_match::{IfMatch, entity_tag};

/// The fields to update; an absent one keeps its value.
#[derive(Deserialize, ToSchema)]
#[schema(as = KeyChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateKeyRequest {
    /// 1 to 32 characters (the maximum is the operator's policy).
    #[serde(default)]
    #[schema(nullable = false)]
    name: Option<String>,
    /// Replaces the whole list.
    #[serde(default)]
    #[schema(nullable = false)]
    whitelist: Option<Vec<String>>,
    /// Replaces all of them; `["*"]`: all.
    #[serde(default)]
    #[schema(nullable = false)]
    privileges: Option<Vec<String>>,
    /// As in create; `null`: never.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    expires_at: ExpiryUpdate,
    /// Replaces all of them.
    #[serde(default)]
    #[schema(nullable = false)]
    limits: Option<LimitsDto>,
}

/// Distinguishes `null` from an absent field.
#[derive(Default)]
enum ExpiryUpdate {
    /// Absent.
    #[default]
    Keep,
    /// A value, or `null` for never.
    Set(Option<String>),
}

impl<'de> Deserialize<'de> for ExpiryUpdate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::Set)
    }
}

/// Update a key. Its secret and environment stay. With `If-Match`, a key that was changed since it was read is not updated
/// (412).
#[utoipa::path(patch, path = "/api/v1/accounts/{account}/keys/{key}", tag = "Keys", operation_id = "update_key",
    request_body = UpdateKeyRequest,
    params(
        ("account" = String, Path, description = "The account's id"),
        ("key" = String, Path, description = "The key's id"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the key as you read it")
    ),
    responses((status = 200, body = KeyDto, headers(("ETag" = String))), ErrorResponses))]
pub(crate) async fn update(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path((account, key)): Path<(String, String)>,
    IfMatch(revision): IfMatch,
    JsonBody { value: request, .. }: JsonBody<UpdateKeyRequest>,
) -> ApiResult<impl IntoResponse> {
    let before = api.keyhatch.keys().find(&actor, &account, &key).await.map_err(to_problem)?;
    // Absent fields keep the values read just now, so a concurrent update must be detected even without `If-Match`.
    let revision = revision.or(Some(before.revision));
    let form = request.into_form(&before)?;
    let view = api.keyhatch.keys().update(&actor, &account, &key, &form, revision).await.map_err(to_problem)?;
    Ok(([(ETAG, entity_tag(view.revision))], Json(KeyDto::from_view(view, &account, api.keyhatch.now()))))
}

impl UpdateKeyRequest {
    fn into_form(self, before: &KeyView) -> ApiResult<KeyForm> {
        let listed: Vec<String> = match self.privileges {
            Some(listed) => listed,
            None => before.privileges.split_ascii_whitespace().map(ToOwned::to_owned).collect(),
        };
        let (all_privileges, privileges) = parse_privileges(&listed);
        let limits = match &self.limits {
            Some(limits) => limits.to_form(),
            None => LimitsForm::from_limits(&Limits::from_stored(&before.limits).unwrap_or_default()),
        };
        let expires = match self.expires_at {
            ExpiryUpdate::Set(expires) => expires.unwrap_or_default(),
            ExpiryUpdate::Keep => before.expires_at.map(format_expiry).unwrap_or_default(),
        };
        let whitelist = match &self.whitelist {
            Some(entries) => join_whitelist(entries)?,
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
