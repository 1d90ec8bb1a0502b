//! The one mapping of service errors to `application/problem+json`, and the error responses in the OpenAPI document.

use http::StatusCode;
use serde::Serialize;
use service::Error;
use utoipa::{IntoResponses, ToSchema};

use super::timestamp::format_timestamp;
use problem::Problem;

/// An error as `application/problem+json` (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemDto {
    /// A sentence for people.
    title: String,
    /// The HTTP status.
    status: u16,
    /// A stable code for programs.
    #[schema(example = "too_many_keys")]
    code: String,
    /// Details of this occurrence.
    #[schema(nullable = false)]
    detail: Option<String>,
    /// One message for each invalid field.
    #[schema(nullable = false)]
    errors: Option<Vec<FieldProblemDto>>,
}

/// The error of one field.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub(super) struct FieldProblemDto {
    /// The field's name.
    field: String,
    /// What is expected.
    message: String,
}

/// The error responses that every operation can have.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "documents responses of several layers")]
pub(super) enum ErrorResponses {
    /// The request cannot be read: its body, a parameter, or a credential in its address.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(#[to_schema] ProblemDto),
    /// The credential is missing or unknown.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(#[to_schema] ProblemDto),
    /// The credential does not permit this.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(#[to_schema] ProblemDto),
    /// The resource does not exist or belongs to another account.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] ProblemDto),
    /// The body did not arrive in time.
    #[response(status = 408, content_type = "application/problem+json")]
    TooSlow(#[to_schema] ProblemDto),
    /// The account has no room, or the request conflicts with an earlier one.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] ProblemDto),
    /// It was changed since it was read.
    #[response(status = 412, content_type = "application/problem+json")]
    Changed(#[to_schema] ProblemDto),
    /// The body is larger than 64 KiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] ProblemDto),
    /// The body is not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(#[to_schema] ProblemDto),
    /// Some fields need another value; `errors` has a message for each.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(#[to_schema] ProblemDto),
    /// The calling key has reached one of its limits.
    #[response(status = 429, content_type = "application/problem+json")]
    Limited(#[to_schema] ProblemDto),
    /// The database is unavailable. Nothing was changed; retry.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(#[to_schema] ProblemDto),
}

/// The result of every handler.
pub(super) type ApiResult<T> = Result<T, Problem>;

/// Maps a service error. It names fields as the forms do; [`field_name`] gives their names in this interface.
pub fn to_problem(error: Error) -> Problem {
    let new = |status, code, title| Problem::new(status, code, title);
    match error {
        Error::Unauthenticated | Error::WrongCredentials => {
            new(StatusCode::UNAUTHORIZED, "unauthenticated", "This credential is not known")
        }
        Error::Forbidden | Error::SetupClosed | Error::TwoFactorRequired | Error::OtherAccount => {
            new(StatusCode::FORBIDDEN, "forbidden", "This credential may not do this").detail(
                "A member's role, or for a key its account and environment, does not allow this. An operator token \
                 allows everything.",
            )
        }
        Error::NotFound => {
            Problem::not_found().detail("It does not exist, was deleted, or belongs to another account.")
        }
        Error::TooManyKeys { limit } => {
            new(StatusCode::CONFLICT, "too_many_keys", "The account has as many keys as it may have")
                .detail(format!("It has {limit}. Delete one that is not used, then create this one."))
        }
        Error::IdempotencyKeyReused => {
            new(StatusCode::CONFLICT, "idempotency_key_reused", "This Idempotency-Key was used for another request")
                .detail("Use a new one for each thing that you create, and the same one only to repeat a request.")
        }
        Error::EditConflict { by, at } => {
            new(StatusCode::PRECONDITION_FAILED, "changed_meanwhile", "This key was changed since it was read").detail(
                format!("{by} changed it at {}. Read it again, then change what you want.", format_timestamp(at)),
            )
        }
        Error::LastOwner => new(StatusCode::CONFLICT, "last_owner", "This is the account's last owner")
            .detail("Make another member an owner first."),
        Error::InvitationClosed(why) => {
            new(StatusCode::CONFLICT, "invitation_closed", "This invitation is over").detail(why.to_string())
        }
        // Links for a new password exist only in the console.
        Error::PasswordResetClosed => Problem::not_found(),
        Error::Invalid(errors) => {
            let problem = new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Some fields need another value");
            errors.0.into_iter().fold(problem, |problem, error| problem.field(field_name(&error.field), error.message))
        }
        Error::Limited { retry_after_seconds } => {
            new(StatusCode::TOO_MANY_REQUESTS, "limited", "Too many attempts").retry_after(retry_after_seconds)
        }
        Error::Unavailable => Problem::unavailable(),
        Error::Internal => Problem::internal(),
    }
}

/// The name of a form's field in this interface.
fn field_name(name: &str) -> String {
    match name {
        "account_name" => "name".into(),
        "expires" => "expires_at".into(),
        "second" | "minute" | "hour" | "day" | "uses" | "refill" => format!("limits.{name}"),
        other => other.into(),
    }
}
