//! `/auth/forward`: the profile for Traefik's `forwardAuth` and Caddy's `forward_auth`. Both let a call through on 2xx and
//! pass every other response on unchanged, 429, 503 and all headers included.

use http::{HeaderName, StatusCode};

use super::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    path: "/auth/forward",
    address_header: HeaderName::from_static("x-forwarded-for"),
    limited_status: StatusCode::TOO_MANY_REQUESTS,
};
