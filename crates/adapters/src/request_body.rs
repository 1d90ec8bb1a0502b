//! The JSON request bodies of `POST /v1/verify` and `POST /v1/explain`: reading, parsing, and naming the invalid field.

use std::borrow::Cow;
use std::net::IpAddr;

use axum::body::Body;
use bytes::Bytes;
use domain::address::parse_client_address;
use domain::verdict::Channel;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Deserializer};

use super::requirement::{Requirement, RequirementError, check_cost, check_privilege, parse_channel};
use problem::Problem;
use problem::body::{self, BodyError};

const BODY_MAX: usize = 16 * 1024;

/// Reads a JSON body of at most [`BODY_MAX`] bytes.
pub(super) async fn read_json(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    if !body::has_content_type(headers, &["application/json"]) {
        let title = "The body must be application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title));
    }
    body::read_body(body, BODY_MAX, body::BODY_TIMEOUT).await.map_err(BodyError::into_problem)
}

/// Parses a body. `expected` names the fields: serde's own message would repeat what was sent, so only the position is
/// reported.
pub(super) fn parse_json<'a, T: Deserialize<'a>>(bytes: &'a [u8], expected: &str) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        let position = format!("line {}, column {}", error.line(), error.column());
        unreadable().detail(format!("Expected: {expected}. The error is at {position}."))
    })
}

/// Keeps a nullable field required: serde reads a missing `Option` as `None`.
pub(super) fn required_nullable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer)
}

/// Validates the requirement of the call.
pub(super) fn parse_requirement<'a>(
    privilege: Option<&'a str>,
    channel: Option<&str>,
    cost: Option<u32>,
) -> Result<Requirement<'a>, Problem> {
    let privilege = privilege.map(|text| check_privilege(Cow::Borrowed(text))).transpose();
    let channel: Result<Option<Channel>, _> = channel.map(parse_channel).transpose();
    Ok(Requirement {
        privilege: privilege.map_err(|error| invalid_field("privilege", error))?,
        channel: channel.map_err(|error| invalid_field("channel", error))?,
        cost: cost.map(check_cost).transpose().map_err(|error| invalid_field("cost", error))?,
    })
}

/// Parses the caller's address; an invalid one counts as unknown.
pub(super) fn parse_address(text: Option<&str>) -> Option<IpAddr> {
    text.and_then(|text| parse_client_address(text.as_bytes()).ok())
}

fn invalid_field(field: &str, error: RequirementError) -> Problem {
    unreadable().field(field, error.to_string())
}

fn unreadable() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "unreadable_body", "The body cannot be read")
}
