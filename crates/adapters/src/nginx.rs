//! `/auth/nginx`: the profile for nginx's `auth_request`. nginx lets a call through on 2xx, passes 401 and 403 on and turns
//! every other status into 500. A reached limit is therefore a 403 with reason and `Retry-After`, which the printed
//! configuration turns into 429; a 503 arrives there as 500, which the configuration turns back into 503.

use http::{HeaderName, StatusCode};

use super::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    path: "/auth/nginx",
    address_header: HeaderName::from_static("x-forwarded-for"),
    limited_status: StatusCode::FORBIDDEN,
};
