//! `/auth/envoy`: the profile for Envoy's `ext_authz` over HTTP. Envoy lets a call through on 200, passes every other
//! status below 500 on, and treats 5xx as a failed check.
//!
//! Envoy appends the caller's whole request target to the configured `path_prefix`. The operator's query must therefore
//! end where the caller's target begins, which `path=` marks: `/auth/envoy?privilege=contacts:read&path=` arrives as
//! `/auth/envoy?privilege=contacts:read&path=/contacts?page=2`. Nothing after `path=` is read as a requirement.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderName, StatusCode, Uri};

use super::GateEndpoints;
use super::profile::{AuthOutcome, Profile, ProfileQuery};

/// Envoy appends its peer to this header before the check if `use_remote_address` is set.
pub(super) static PROFILE: Profile = Profile {
    path: "/auth/envoy",
    address_header: HeaderName::from_static("x-forwarded-for"),
    limited_status: StatusCode::TOO_MANY_REQUESTS,
};

pub(super) async fn authorize(State(endpoints): State<Arc<GateEndpoints>>, request: Request) -> Response {
    let request = request.into_parts().0;
    let outcome = match split_target(&request.uri) {
        Some(query) => endpoints.evaluate(&PROFILE, &request, &query).await,
        None => AuthOutcome::Unavailable,
    };
    endpoints.render(&PROFILE, outcome)
}

/// Separates the operator's query from the caller's target. `None` if that is ambiguous.
fn split_target(uri: &Uri) -> Option<ProfileQuery<'_>> {
    let query = uri.query().unwrap_or_default();
    if uri.path() == PROFILE.path {
        let Some(start) = find_path_parameter(query) else {
            return Some(ProfileQuery { requirement: query, caller_target: "" });
        };
        return Some(ProfileQuery {
            requirement: query[..start].trim_end_matches('&'),
            caller_target: &query[start + "path=".len()..],
        });
    }
    // A prefix without a query requires a valid key and nothing more. A requirement found in the query then comes from
    // the caller, or from the operator in the wrong place, where it must not be ignored silently.
    let has_requirement = query
        .split('&')
        .any(|pair| ["privilege", "channel", "cost", "path"].iter().any(|name| pair.split('=').next() == Some(*name)));
    let caller_target = uri.path_and_query()?.as_str().strip_prefix(PROFILE.path)?;
    (!has_requirement).then_some(ProfileQuery { requirement: "", caller_target })
}

fn find_path_parameter(query: &str) -> Option<usize> {
    if query.starts_with("path=") { Some(0) } else { query.find("&path=").map(|at| at + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caller_target_is_never_read_as_requirement() {
        for (uri, expected) in [
            ("/auth/envoy", Some(("", ""))),
            ("/auth/envoy?privilege=contacts:read", Some(("privilege=contacts:read", ""))),
            ("/auth/envoy?path=/a?privilege=x:y", Some(("", "/a?privilege=x:y"))),
            ("/auth/envoy?privilege=c:r&path=/a?cost=0&path=/b", Some(("privilege=c:r", "/a?cost=0&path=/b"))),
            ("/auth/envoy?privilege=c:r&cost=2&path=", Some(("privilege=c:r&cost=2", ""))),
            ("/auth/envoy/contacts?page=2", Some(("", "/contacts?page=2"))),
            ("/auth/envoy/", Some(("", "/"))),
            ("/auth/envoy/?privilege=c:r", None),
            ("/auth/envoy/contacts?page=2&cost=0", None),
            // A prefix without `path=`: the caller's target makes the requirement invalid, so every call is refused.
            ("/auth/envoy?privilege=c:r/contacts", Some(("privilege=c:r/contacts", ""))),
        ] {
            let uri: Uri = uri.parse().expect("an address");
            assert_eq!(split_target(&uri).map(|query| (query.requirement, query.caller_target)), expected, "{uri}");
        }
    }
}
