//! No way of writing a path gets past the privilege of that path.

use crate::for_each_gateway;
use crate::place::{Gateway, Place};

/// `/admin` needs more than everything else does.
const ROUTES: &str = r#"
    [[gateway.routes]]
    path = "/admin"
    privilege = "orders:write"
    [[gateway.routes]]
    path = "/"
    privilege = "contacts:read"
"#;

const TRICKS: [&str; 48] = [
    "/admin",
    "/admin/",
    "/admin/users",
    "/ADMIN",
    "/Admin/users",
    "/admin?x=1",
    "/admin/?x",
    "//admin",
    "///admin",
    "/./admin",
    "/admin/.",
    "/x/../admin",
    "/x/./../admin",
    "/x//../admin",
    "/../admin",
    "/admin/../admin",
    "/%61dmin",
    "/%41dmin",
    "/adm%69n/users",
    "/%2e/admin",
    "/x/%2e%2e/admin",
    "/x/.%2E/admin",
    "/x/%2e%2e%2fadmin",
    "/%2fadmin",
    "/%2Fadmin",
    "/x/..%2fadmin",
    "/x%2f..%2fadmin",
    "/x/..%5cadmin",
    "/x\\..\\admin",
    "/\\admin",
    "\\admin",
    "/%5cadmin",
    "/admin;x",
    "/admin;x=1/users",
    "/;/admin",
    "/x/..;/admin",
    "/admin%3bx",
    "/%2561dmin",
    "/%252e%252e/admin",
    "/x/%252e%252e%252fadmin",
    "/admin%00",
    "/admin%2f",
    "/admin%0a",
    "/admin#x",
    "/x/../admin#",
    "http://localhost/admin",
    "http://localhost//admin",
    "http://localhost/x/../admin",
];

async fn no_writing_of_a_path_gets_past_its_privilege(gateway: Gateway) {
    let place = Place::with(gateway, ROUTES).await;
    let weak = format!("X-Api-Key: {}", place.key("Weak", "", &["contacts:read"]).await);
    let strong = format!("X-Api-Key: {}", place.key("Strong", "", &["contacts:read", "orders:write"]).await);
    for path in TRICKS {
        for method in ["GET", "POST", "DELETE"] {
            let answer = place.caller.call("127.0.0.2", &format!("{method} {path}"), &[&weak]).await;
            // nginx takes a hash for the end of the path, as browsers do.
            assert!(matches!(answer.status, 400 | 403), "{method} {path} {answer:?}");
        }
    }
    assert_eq!(place.upstream.reached(), 0);
    for path in [
        "/",
        "/contacts",
        "/administration",
        "/x/admin",
        "/contacts?/../admin",
        "/contacts?x=//admin%2f..",
        "/a%20b/%C3%BC",
    ] {
        let answer = place.caller.call("127.0.0.2", &format!("GET {path}"), &[&weak]).await;
        assert_eq!(answer.status, 200, "{path} {answer:?}");
        assert!(answer.body.starts_with(&format!("GET {path} HTTP/1.")), "{path} arrives as {}", answer.body);
    }
    for path in ["/admin", "/Admin/users", "/admin?x=1", "http://localhost/admin"] {
        let answer = place.caller.call("127.0.0.2", &format!("GET {path}"), &[&strong]).await;
        assert_eq!(answer.status, 200, "{path} {answer:?}");
    }
}

async fn methods_in_other_letters_are_no_other_methods(gateway: Gateway) {
    let place = Place::new(gateway).await;
    let reader = format!("X-Api-Key: {}", place.key("Reader", "", &["contacts:read"]).await);
    for method in ["get", "Get", "delete", "DELETE", "TRACE", "PROPFIND", "GET\tx", "CONNECT", "X"] {
        let answer = place.caller.call("127.0.0.2", &format!("{method} /contacts"), &[&reader]).await;
        assert_ne!(answer.status, 200, "{method} {answer:?}");
    }
    assert_eq!(place.upstream.reached(), 0);
}

for_each_gateway!(no_writing_of_a_path_gets_past_its_privilege, methods_in_other_letters_are_no_other_methods);
