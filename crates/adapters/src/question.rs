//! Questions as JSON: reading the body of `POST /v1/verify` and `POST /v1/explain`, and saying which field is wrong.

use std::borrow::Cow;
use std::net::IpAddr;

use axum::body::Body;
use bytes::Bytes;
use domain::address::parse_client_address;
use domain::verdict::Channel;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Deserializer};

use super::need::{self, Need, NeedError};
use problem::Problem;
use problem::body::{self, BodyError};

const BODY_MAX: usize = 16 * 1024;

pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    if !body::is_of_type(headers, &["application/json"]) {
        let title = "The body must be application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title));
    }
    body::read(body, BODY_MAX, body::TIME).await.map_err(BodyError::problem)
}

/// `wanted` names the fields: the reader's own words repeat what was sent, so only the place is told.
pub(super) fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8], wanted: &str) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        unreadable().detail(format!("Wanted: {wanted}. The trouble is at {place}."))
    })
}

/// Keeps a field required: serde takes a missing `Option` for `None`.
pub(super) fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer)
}

/// Checks what the call needs.
pub(super) fn need<'a>(
    privilege: Option<&'a str>,
    channel: Option<&str>,
    cost: Option<u32>,
) -> Result<Need<'a>, Problem> {
    let privilege = privilege.map(|text| need::privilege(Cow::Borrowed(text))).transpose();
    let channel: Result<Option<Channel>, _> = channel.map(need::channel).transpose();
    Ok(Need {
        privilege: privilege.map_err(|error| faulty("privilege", error))?,
        channel: channel.map_err(|error| faulty("channel", error))?,
        cost: cost.map(need::cost).transpose().map_err(|error| faulty("cost", error))?,
    })
}

/// An address that is none counts as not known.
pub(super) fn address(text: Option<&str>) -> Option<IpAddr> {
    text.and_then(|text| parse_client_address(text.as_bytes()).ok())
}

fn faulty(field: &str, error: NeedError) -> Problem {
    unreadable().field(field, error.to_string())
}

fn unreadable() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "unreadable_body", "The body cannot be read")
}
