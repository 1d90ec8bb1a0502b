//! `POST /accounts/{account}/keys`: the one answer that holds a key.

use axum::Json as Written;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::form::KeyForm;
use domain::key::Environment;
use http::header::{ETAG, LOCATION};
use http::{HeaderName, StatusCode};
use secrecy::ExposeSecret as _;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::{Key, LimitsShape, NewKey, privileges, whitelist};
use crate::problems::{Answer, Refusals, of};
use crate::read::{By, IdempotencyKeyHeader, Json, Path};
use crate::{Api, PREFIX, etag};

const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The key to create.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedKey {
    /// 1 to 32 characters (the most is the operator's policy).
    #[schema(example = "Warehouse sync")]
    name: String,
    /// Addresses, networks and ranges, IPv4 and IPv6; empty: from anywhere.
    #[serde(default)]
    #[schema(example = json!(["203.0.113.0/24"]))]
    whitelist: Vec<String>,
    /// `module:action` each; `["*"]`: everything; empty: nothing.
    #[serde(default)]
    #[schema(example = json!(["contacts:read"]))]
    privileges: Vec<String>,
    /// Cannot be changed afterwards.
    #[serde(default)]
    environment: Environment,
    /// `30d`, `90d`, `1y`, or a moment such as `2027-12-31T18:00Z` (UTC, whole minutes); none: never.
    #[serde(default)]
    expires_at: Option<String>,
    /// How often it may be used.
    #[serde(default)]
    limits: LimitsShape,
}

/// Create a key. With an `Idempotency-Key`, repeating the same request within 24 hours makes no second key: it answers
/// 200 with the first one, whose value is not revealed again. A key creates keys for accounts below its own, with
/// privileges that it has itself.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/keys", tag = "Keys", operation_id = "create_key",
    request_body = WantedKey,
    params(
        ("account" = String, Path, description = "The account's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "A name of your choice for this creation, 1 to 255 visible ASCII characters")
    ),
    responses(
        (status = 201, description = "Created", body = NewKey, headers(("Location" = String), ("ETag" = String))),
        (status = 200, description = "A repeat: created before", body = NewKey, headers(("Location" = String), ("ETag" = String), ("Idempotency-Replayed" = String))),
        Refusals
    ))]
pub(crate) async fn create(
    State(api): State<Api>,
    By(actor): By,
    Path(account): Path<String>,
    idempotency: IdempotencyKeyHeader,
    Json { value: wanted, bytes }: Json<WantedKey>,
) -> Answer<impl IntoResponse> {
    let (all_privileges, privileges) = privileges(&wanted.privileges);
    let form = KeyForm {
        name: wanted.name,
        whitelist: whitelist(&wanted.whitelist)?,
        all_privileges,
        privileges,
        environment: wanted.environment,
        expires: wanted.expires_at.unwrap_or_default(),
        limits: wanted.limits.form(),
    };
    let repeat = idempotency.repeat(&account, &bytes);
    let created = api.keyhatch.keys().create_idempotent(&actor, &account, &form, repeat).await.map_err(of)?;
    let headers = [
        (LOCATION, format!("{PREFIX}/accounts/{account}/keys/{}", created.key.id)),
        (REPLAYED, created.secret.is_none().to_string()),
    ];
    let status = if created.secret.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    let tag = [(ETAG, etag::tag(created.key.revision))];
    let key = created.secret.map(|secret| secret.expose_secret().to_owned());
    Ok((status, headers, tag, Written(NewKey { shown: Key::of(created.key, &account, api.keyhatch.now()), key })))
}
