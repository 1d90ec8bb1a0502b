//! `/auth/haproxy`: the profile for the Lua action that `keyhatch gateway haproxy` prints, since HAProxy has no such
//! subrequest of its own. The action lets a call through on 200 only, passes 401, 403 and 429 on and turns the rest into 503.

use http::{HeaderName, StatusCode};

use super::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    path: "/auth/haproxy",
    address_header: HeaderName::from_static("x-forwarded-for"),
    limited_status: StatusCode::TOO_MANY_REQUESTS,
};
