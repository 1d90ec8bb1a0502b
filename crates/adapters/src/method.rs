//! The methods that a call may have. Some gateways send the subrequest with the caller's method, so `WebDAV`'s and other
//! registered methods are accepted too; unregistered ones, `TRACE` and `CONNECT` are not.

use http::Method;

/// Registered with IANA, beyond those of RFC 9110.
const EXTENSIONS: [&str; 30] = [
    "ACL",
    "BASELINE-CONTROL",
    "BIND",
    "CHECKIN",
    "CHECKOUT",
    "COPY",
    "LABEL",
    "LINK",
    "LOCK",
    "MERGE",
    "MKACTIVITY",
    "MKCALENDAR",
    "MKCOL",
    "MKREDIRECTREF",
    "MKWORKSPACE",
    "MOVE",
    "ORDERPATCH",
    "PROPFIND",
    "PROPPATCH",
    "QUERY",
    "REBIND",
    "REPORT",
    "SEARCH",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UPDATE",
    "UPDATEREDIRECTREF",
    "VERSION-CONTROL",
];

pub(super) fn is_known(method: &Method) -> bool {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE | Method::OPTIONS => {
            true
        }
        Method::TRACE | Method::CONNECT => false,
        ref other => EXTENSIONS.contains(&other.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unregistered_methods_are_refused() {
        for (method, known) in [
            ("GET", true),
            ("OPTIONS", true),
            ("PROPFIND", true),
            ("TRACE", false),
            ("CONNECT", false),
            ("get", false),
            ("NONSENSE", false),
        ] {
            assert_eq!(is_known(&method.parse().expect("a method")), known, "{method}");
        }
    }
}
