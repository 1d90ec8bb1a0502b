//! `GET /accounts/{account}/activity`.

use axum::Json;
use axum::extract::State;
use domain::activity::ActivityFilter;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use service::audit::Activity;
use utoipa::{IntoParams, ToSchema};

use super::Api;
use super::error::{ApiResult, ErrorResponses, to_problem};
use super::extract::{Authenticated, Path, Query};
use super::timestamp::format_timestamp;
use problem::Problem;

/// The filter.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListActivityQuery {
    /// Only the actions of this actor.
    actor: Option<String>,
    /// Only the actions on this key, by its id.
    key: Option<String>,
    /// The `next` of the previous page.
    after: Option<String>,
}

/// One entry of the activity log.
#[derive(Serialize, ToSchema)]
#[schema(as = Activity)]
pub(super) struct ActivityDto {
    /// Its number; a later entry has a greater one.
    number: i64,
    /// When, RFC 3339, UTC.
    at: String,
    /// The actor.
    actor: String,
    /// The client's address, if the action came over the network.
    address: Option<String>,
    /// A stable code for programs.
    #[schema(example = "key.update")]
    action: String,
    /// The id of the key concerned.
    key: Option<String>,
    /// A sentence for people.
    sentence: String,
}

/// A page of the activity log, newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = Activities)]
pub(super) struct ActivityListDto {
    /// The entries of this page.
    activity: Vec<ActivityDto>,
    /// For the next page: send it as `after`. `null` on the last one.
    next: Option<String>,
}

impl From<Activity> for ActivityDto {
    fn from(row: Activity) -> Self {
        Self {
            number: row.seq,
            at: format_timestamp(row.at),
            actor: row.actor,
            address: row.address,
            action: row.action,
            key: row.key.map(|key| key.id),
            sentence: row.sentence,
        }
    }
}

/// The activity log of an account, newest first. For operator tokens.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/activity", tag = "Activity", operation_id = "list_activity",
    params(("account" = String, Path, description = "The account's id"), ListActivityQuery),
    responses((status = 200, body = ActivityListDto), ErrorResponses))]
pub(super) async fn list(
    State(api): State<Api>,
    Authenticated(actor): Authenticated,
    Path(account): Path<String>,
    Query(query): Query<ListActivityQuery>,
) -> ApiResult<Json<ActivityListDto>> {
    let after = query.after.as_deref().map(str::parse).transpose().map_err(|_| {
        let title = "after must be the next of the page before";
        Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", title)
    })?;
    let filter = ActivityFilter { actor: query.actor, key: query.key, ..ActivityFilter::default() };
    let page = api.keyhatch.audit().list(&actor, &account, &filter, after).await.map_err(to_problem)?;
    Ok(Json(ActivityListDto {
        activity: page.rows.into_iter().map(ActivityDto::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}
