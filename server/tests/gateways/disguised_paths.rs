//! No spelling of a path bypasses the privilege of that path.

use futures_util::StreamExt as _;
use futures_util::stream;

use crate::deployment::{Deployment, Gateway};
use crate::for_each_gateway;

/// `/admin` requires another privilege than every other path.
const ROUTES: &str = r#"
    [[gateway.routes]]
    path = "/admin"
    privilege = "orders:write"
    [[gateway.routes]]
    path = "/"
    privilege = "contacts:read"
"#;

const SPELLINGS: [&str; 48] = [
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

async fn no_spelling_of_a_path_bypasses_its_privilege(gateway: Gateway) {
    let deployment = Deployment::with(gateway, ROUTES).await;
    let weak = format!("X-Api-Key: {}", deployment.create_key("Weak", "", &["contacts:read"]).await);
    let strong =
        format!("X-Api-Key: {}", deployment.create_key("Strong", "", &["contacts:read", "orders:write"]).await);
    let lines = SPELLINGS.iter().flat_map(|path| ["GET", "POST", "DELETE"].map(|method| format!("{method} {path}")));
    let calls = stream::iter(lines).map(async |line| {
        let response = deployment.client.call("127.0.0.2", &line, &[&weak]).await;
        assert!(matches!(response.status, 400 | 403), "{line} {response:?}");
    });
    calls.buffer_unordered(8).collect::<Vec<()>>().await;
    assert_eq!(deployment.upstream.reached(), 0);
    for path in [
        "/",
        "/contacts",
        "/administration",
        "/x/admin",
        "/contacts?/../admin",
        "/contacts?x=//admin%2f..",
        "/a%20b/%C3%BC",
    ] {
        let response = deployment.client.call("127.0.0.2", &format!("GET {path}"), &[&weak]).await;
        assert_eq!(response.status, 200, "{path} {response:?}");
        assert!(response.body.starts_with(&format!("GET {path} HTTP/1.")), "{path} arrives as {}", response.body);
    }
    for path in ["/admin", "/Admin/users", "/admin?x=1", "http://localhost/admin"] {
        let response = deployment.client.call("127.0.0.2", &format!("GET {path}"), &[&strong]).await;
        assert_eq!(response.status, 200, "{path} {response:?}");
    }
}

async fn lowercase_and_unknown_methods_are_refused(gateway: Gateway) {
    let deployment = Deployment::new(gateway).await;
    let reader = format!("X-Api-Key: {}", deployment.create_key("Reader", "", &["contacts:read"]).await);
    for method in ["get", "Get", "delete", "DELETE", "TRACE", "PROPFIND", "GET\tx", "CONNECT", "X"] {
        let response = deployment.client.call("127.0.0.2", &format!("{method} /contacts"), &[&reader]).await;
        assert_ne!(response.status, 200, "{method} {response:?}");
    }
    assert_eq!(deployment.upstream.reached(), 0);
}

for_each_gateway!(no_spelling_of_a_path_bypasses_its_privilege, lowercase_and_unknown_methods_are_refused);
