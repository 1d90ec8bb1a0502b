//! `POST /accounts`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use http::header::LOCATION;
use serde::Deserialize;
use utoipa::ToSchema;

use super::dto::AccountDto;
use crate::error::{ApiResult, ErrorResponses, to_problem};
use crate::extract::{Authenticated, JsonBody};
use crate::{Api, PREFIX};

/// The account to create.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewAccount)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateAccountRequest {
    /// 1 to 64 characters.
    #[schema(example = "Acme", min_length = 1)]
    name: String,
    /// The parent account; without one it is a main account.
    #[serde(default)]
    parent: Option<String>,
}

/// Create an account, or a sub-account. For operator tokens.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "Accounts", operation_id = "create_account", request_body = CreateAccountRequest,
    responses((status = 201, body = AccountDto, headers(("Location" = String))), ErrorResponses))]
pub(crate) async fn create(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    JsonBody { value, .. }: JsonBody<CreateAccountRequest>,
) -> ApiResult<impl IntoResponse> {
    let id = api.keyhatch.accounts().create(&actor, &value.name, value.parent.as_deref()).await.map_err(to_problem)?;
    let made = api.keyhatch.accounts().find(&actor, &id).await.map_err(to_problem)?;
    let location = format!("{PREFIX}/accounts/{id}");
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(AccountDto::from(made))))
}
