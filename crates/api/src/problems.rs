//! How a use case's error is said over HTTP, and how refusals stand in the document.

use http::StatusCode;
use serde::Serialize;
use service::Error;
use utoipa::{IntoResponses, ToSchema};

use super::times;
use problem::Problem;

/// What went wrong, as `application/problem+json` (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct Described {
    /// A sentence for people.
    title: String,
    /// The status of the answer.
    status: u16,
    /// A word for programs; it stays as it is.
    #[schema(example = "too_many_keys")]
    code: String,
    /// A sentence about this very case.
    #[schema(nullable = false)]
    detail: Option<String>,
    /// One message a field.
    #[schema(nullable = false)]
    errors: Option<Vec<FieldDescribed>>,
}

/// What is wrong with one field.
#[derive(Serialize, ToSchema)]
#[schema(as = FieldProblem)]
pub(super) struct FieldDescribed {
    /// The field's name.
    field: String,
    /// What to write instead.
    message: String,
}

/// The refusals that every operation can answer.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers that several layers give")]
pub(super) enum Refusals {
    /// The request cannot be read: its body, a parameter, or a credential in its address.
    #[response(status = 400, content_type = "application/problem+json")]
    BadRequest(#[to_schema] Described),
    /// No credential, or one that nobody knows.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthenticated(#[to_schema] Described),
    /// Known, and not allowed to do this.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(#[to_schema] Described),
    /// There is no such thing, or it belongs to somebody else.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(#[to_schema] Described),
    /// The body did not arrive in time.
    #[response(status = 408, content_type = "application/problem+json")]
    TooSlow(#[to_schema] Described),
    /// The account is full, or the request contradicts an earlier one.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(#[to_schema] Described),
    /// Somebody changed it since it was read.
    #[response(status = 412, content_type = "application/problem+json")]
    Changed(#[to_schema] Described),
    /// The body is larger than 64 KiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] Described),
    /// The body is not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(#[to_schema] Described),
    /// Some fields need another value; `errors` has a message for each.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(#[to_schema] Described),
    /// The key that asks has used up one of its limits.
    #[response(status = 429, content_type = "application/problem+json")]
    Limited(#[to_schema] Described),
    /// The database does not answer. Nothing was changed; try again.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(#[to_schema] Described),
}

/// What every handler answers.
pub(super) type Answer<T> = Result<T, Problem>;

/// A use case's error. The names of fields are those of the forms; `field` gives those of the interface.
pub(super) fn of(error: Error) -> Problem {
    let new = |status, code, title| Problem::new(status, code, title);
    match error {
        Error::Unauthenticated | Error::WrongCredentials => {
            new(StatusCode::UNAUTHORIZED, "unauthenticated", "This credential is not known")
        }
        Error::Forbidden | Error::SetupClosed | Error::TwoFactorRequired | Error::OtherAccount => {
            new(StatusCode::FORBIDDEN, "forbidden", "This credential may not do this").detail(
                "A key manages the keys of accounts below its own, a sandbox key sandbox keys only. Anything else \
                     needs an operator token.",
            )
        }
        Error::NotFound => Problem::not_found().detail("It does not exist, was deleted, or belongs to somebody else."),
        Error::TooManyKeys { limit } => {
            new(StatusCode::CONFLICT, "too_many_keys", "The account has as many keys as it may have")
                .detail(format!("It has {limit}. Delete one that is not used, then create this one."))
        }
        Error::IdempotencyKeyReused => {
            new(StatusCode::CONFLICT, "idempotency_key_reused", "This Idempotency-Key was used for another request")
                .detail("Use a new one for each thing that you create, and the same one only to repeat a request.")
        }
        Error::EditConflict { by, at } => {
            new(StatusCode::PRECONDITION_FAILED, "changed_meanwhile", "Somebody changed this key since it was read")
                .detail(format!("{by} changed it at {}. Read it again, then change what you want.", times::written(at)))
        }
        Error::LastOwner => new(StatusCode::CONFLICT, "last_owner", "This is the account's last owner")
            .detail("Make another member an owner first."),
        Error::InvitationClosed(why) => {
            new(StatusCode::CONFLICT, "invitation_closed", "This invitation is over").detail(why.to_string())
        }
        Error::Invalid(errors) => {
            let problem = new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Some fields need another value");
            errors.0.into_iter().fold(problem, |problem, error| problem.field(field(&error.field), error.message))
        }
        Error::Limited { retry_after_seconds } => {
            new(StatusCode::TOO_MANY_REQUESTS, "limited", "Too many attempts").retry_after(retry_after_seconds)
        }
        Error::Unavailable => Problem::unavailable(),
        Error::Internal => Problem::internal(),
    }
}

/// The name of a form's field in this interface.
fn field(name: &str) -> String {
    match name {
        "account_name" => "name".into(),
        "expires" => "expires_at".into(),
        "second" | "minute" | "hour" | "day" | "uses" | "refill" => format!("limits.{name}"),
        other => other.into(),
    }
}
