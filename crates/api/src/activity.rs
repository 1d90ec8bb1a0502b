//! `GET /accounts/{account}/activity`.

use axum::Json as Written;
use axum::extract::State;
use domain::activity::ActivityFilter;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use service::audit::Activity;
use utoipa::{IntoParams, ToSchema};

use super::problems::{Answer, Refusals, of};
use super::read::{By, Path, Query};
use super::{Api, times};
use problem::Problem;

/// Which rows.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Only what this actor did.
    actor: Option<String>,
    /// Only what was done to this key, by its id.
    key: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// One thing that was done.
#[derive(Serialize, ToSchema)]
pub(super) struct Done {
    /// Its number; greater numbers are later.
    number: i64,
    /// When, RFC 3339, UTC.
    at: String,
    /// Who did it.
    actor: String,
    /// From where, if it came over the network.
    address: Option<String>,
    /// A word for programs.
    #[schema(example = "key.update")]
    action: String,
    /// The id of the key that it was done to.
    key: Option<String>,
    /// What was done, for people.
    sentence: String,
}

/// What was done, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct Activities {
    /// The page.
    activity: Vec<Done>,
    /// For the next page: send it as `after`. `null` on the last one.
    next: Option<String>,
}

impl From<Activity> for Done {
    fn from(row: Activity) -> Self {
        Self {
            number: row.seq,
            at: times::written(row.at),
            actor: row.actor,
            address: row.address,
            action: row.action,
            key: row.key.map(|key| key.id),
            sentence: row.sentence,
        }
    }
}

/// Who did what in an account, newest first. For operator tokens.
#[utoipa::path(get, path = "/api/v1/accounts/{account}/activity", tag = "Activity", operation_id = "list_activity",
    params(("account" = String, Path, description = "The account's id"), Which),
    responses((status = 200, body = Activities), Refusals))]
pub(super) async fn list(
    State(api): State<Api>,
    By(actor): By,
    Path(account): Path<String>,
    Query(which): Query<Which>,
) -> Answer<Written<Activities>> {
    let after = which.after.as_deref().map(str::parse).transpose().map_err(|_| {
        let title = "after must be the next of the page before";
        Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", title)
    })?;
    let filter = ActivityFilter { actor: which.actor, key: which.key, ..ActivityFilter::default() };
    let page = api.keyhatch.audit().list(&actor, &account, &filter, after).await.map_err(of)?;
    Ok(Written(Activities {
        activity: page.rows.into_iter().map(Done::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}
