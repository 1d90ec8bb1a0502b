//! `POST /accounts/{account}/keys`. The response is the only one with the key's secret.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::form::KeyForm;
use domain::key::Environment;
use http::header::{ETAG, LOCATION};
use http::{HeaderName, StatusCode};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::{CreatedKeyDto, KeyDto, LimitsDto, join_whitelist, parse_privileges};
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, IdempotencyKeyHeader, JsonBody, Path};
use crate::if_match::entity_tag;
use crate::{Api, PREFIX};

const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The key to create.
#[derive(Deserialize, ToSchema)]
#[schema(as = WantedKey)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateKeyRequest {
    /// 1 to 32 characters (the maximum is the operator's policy).
    #[schema(example = "Warehouse sync")]
    name: String,
    /// Addresses, networks and ranges, IPv4 and IPv6; empty: any address.
    #[serde(default)]
    #[schema(example = json!(["203.0.113.0/24"]))]
    whitelist: Vec<String>,
    /// `module:action` each; `["*"]`: all; empty: none.
    #[serde(default)]
    #[schema(example = json!(["contacts:read"]))]
    privileges: Vec<String>,
    /// Cannot be updated later.
    #[serde(default)]
    environment: Environment,
    /// `30d`, `90d`, `1y`, or a time such as `2027-12-31T18:00Z` (UTC, whole minutes); none: never.
    #[serde(default)]
    expires_at: Option<String>,
    /// Its limits.
    #[serde(default)]
    limits: LimitsDto,
}

/// Create a key. With an `Idempotency-Key`, repeating the same request within 24 hours creates no second key: the response
/// is 200 with the first one, without its secret. A key can create keys for sub-accounts of its own account, with privileges
/// that it has itself.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/keys", tag = "Keys", operation_id = "create_key",
    request_body = CreateKeyRequest,
    params(
        ("account" = String, Path, description = "The account's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "A unique key for this request, 1 to 255 visible ASCII characters")
    ),
    responses(
        (status = 201, description = "Created", body = CreatedKeyDto, headers(("Location" = String), ("ETag" = String))),
        (status = 200, description = "A replay: created before", body = CreatedKeyDto, headers(("Location" = String), ("ETag" = String), ("Idempotency-Replayed" = String))),
        ErrorResponses
    ))]
pub(crate) async fn create(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
    header: IdempotencyKeyHeader,
    JsonBody { value: wanted, bytes }: JsonBody<CreateKeyRequest>,
) -> ApiResult<impl IntoResponse> {
    let (all_privileges, privileges) = parse_privileges(&wanted.privileges);
    let form = KeyForm {
        name: wanted.name,
        whitelist: join_whitelist(&wanted.whitelist)?,
        all_privileges,
        privileges,
        environment: wanted.environment,
        expires: wanted.expires_at.unwrap_or_default(),
        limits: wanted.limits.to_form(),
    };
    let idempotency_key = header.for_request(&account, &bytes);
    let created =
        api.keyhatch.keys().create_idempotent(&actor, &account, &form, idempotency_key).await.map_err(to_problem)?;
    let headers = [
        (LOCATION, format!("{PREFIX}/accounts/{account}/keys/{}", created.key.id)),
        (REPLAYED, created.secret.is_none().to_string()),
    ];
    let status = if created.secret.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    let tag = [(ETAG, entity_tag(created.key.revision))];
    let key = created.secret.map(|secret| secret.expose_secret().to_owned());
    Ok((
        status,
        headers,
        tag,
        Json(CreatedKeyDto { details: KeyDto::from_view(created.key, &account, api.keyhatch.now()), key }),
    ))
}
