//! Hostile requests to the management interface: misplaced credentials, ambiguous values, and duplicate headers.

use domain::views::KeySort;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use service::actor::Actor;

use crate::support::{ConsoleApp, TestResponse};
use test_support::MINUTE;

struct ManagementClient {
    console: ConsoleApp,
    token: String,
}

impl ManagementClient {
    async fn start() -> Self {
        Self::around(ConsoleApp::start().await).await
    }

    async fn around(console: ConsoleApp) -> Self {
        let created = console.app.keyhatch.operator_tokens().create(&Actor::Operator, "Attack").await.expect("a token");
        Self { console, token: created.value.expose_secret().to_owned() }
    }

    /// Sends a request to a path below `/api/v1`, in which `{account}` is the test's account.
    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> TestResponse {
        let path = format!("/api/v1{}", path.replace("{account}", &self.console.app.account));
        self.console.send_json(method, &path, headers, body).await
    }

    async fn send_with_token(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> TestResponse {
        let bearer = format!("Bearer {}", self.token);
        self.send(method, path, &[&[("authorization", bearer.as_str())], headers].concat(), body).await
    }

    async fn create_key(&self, body: &Value) -> TestResponse {
        self.send_with_token("POST", "/accounts/{account}/keys", &[], Some(body)).await
    }
}

#[tokio::test]
async fn only_one_bearer_token_is_accepted() {
    let management = ManagementClient::start().await;
    let (token, path) = (management.token.as_str(), "/accounts/{account}/members");
    let bearer = format!("Bearer {token}");
    let other = format!("Bearer {}", token.replacen("kh_op_", "xx_op_", 1));
    let cut = format!("Bearer {}", &token[..token.len() - 1]);
    let upper = format!("Bearer {}", token.to_uppercase());
    let cookie = format!("keyhatch={token}");
    let query = format!("{path}?key={token}");
    let encoded = format!("{path}?a=kh%5Fop_{}", &token["kh_op_".len()..]);
    for (headers, path, status) in [
        (&[("authorization", bearer.as_str())][..], path, 200),
        (&[], path, 401),
        (&[("authorization", other.as_str())], path, 401),
        (&[("authorization", cut.as_str())], path, 401),
        (&[("authorization", upper.as_str())], path, 401),
        (&[("authorization", "Bearer kh_op_")], path, 401),
        (&[("cookie", cookie.as_str())], path, 401),
        (&[("authorization", bearer.as_str()), ("authorization", bearer.as_str())], path, 401),
        (&[("authorization", bearer.as_str()), ("x-api-key", token)], path, 401),
        (&[("authorization", bearer.as_str()), ("x-api-key", "")], path, 401),
        (&[("authorization", bearer.as_str())], query.as_str(), 400),
        (&[], query.as_str(), 400),
        (&[("authorization", bearer.as_str())], encoded.as_str(), 400),
    ] {
        let response = management.send("GET", path, headers, None).await;
        assert_eq!(response.status, status, "{headers:?} {path}: {}", response.text());
        assert!(!response.text().contains(token), "{headers:?}");
    }
}

#[tokio::test]
async fn blank_whitelist_entries_are_refused() {
    let management = ManagementClient::start().await;
    for whitelist in [json!([""]), json!([" "]), json!(["203.0.113.7", ""]), json!([","]), json!(["\n"]), json!(["\t"])]
    {
        let response = management.create_key(&json!({ "name": "x", "whitelist": whitelist })).await;
        assert_eq!(response.problem_code(), "invalid", "{whitelist}");
        assert_eq!(response.json()["errors"][0]["field"], "whitelist", "{whitelist}");
    }
    let created = management.create_key(&json!({ "name": "x", "whitelist": ["203.0.113.7"] })).await.json();
    let path = format!("/accounts/{{account}}/keys/{}", created["id"].as_str().expect("an id"));
    let response = management.send_with_token("PATCH", &path, &[], Some(&json!({ "whitelist": [""] }))).await;
    assert_eq!(response.problem_code(), "invalid");
    let kept = management.send_with_token("GET", &path, &[], None).await.json();
    assert_eq!(kept["whitelist"], json!(["203.0.113.7"]));
    let opened = management.send_with_token("PATCH", &path, &[], Some(&json!({ "whitelist": [] }))).await;
    assert_eq!(opened.json()["whitelist"], json!([]), "an explicit empty list");
}

#[tokio::test]
async fn if_match_takes_one_strong_tag_only() {
    let management = ManagementClient::start().await;
    let created = management.create_key(&json!({ "name": "x" })).await;
    let tag = created.header("etag").expect("a tag").to_owned();
    let path = format!("/accounts/{{account}}/keys/{}", created.json()["id"].as_str().expect("an id"));
    let (weak, list, twice) = (format!("W/{tag}"), format!("{tag}, \"9\""), format!("{tag}, {tag}"));
    for (headers, status) in [
        (&[("if-match", weak.as_str())][..], 400),
        (&[("if-match", list.as_str())], 400),
        (&[("if-match", twice.as_str())], 400),
        (&[("if-match", tag.as_str()), ("if-match", tag.as_str())], 400),
        (&[("if-match", "")], 400),
        (&[("if-match", "\"99999999999999999999\"")], 400),
        (&[("if-match", "\"-1\"")], 412),
        (&[("if-match", tag.as_str())], 200),
        (&[("if-match", tag.as_str())], 412),
        (&[("if-match", "*")], 200),
    ] {
        let response = management.send_with_token("PATCH", &path, headers, Some(&json!({ "name": "y" }))).await;
        assert_eq!(response.status, status, "{headers:?}: {}", response.text());
    }
}

#[tokio::test]
async fn idempotency_key_belongs_to_one_request() {
    let management = ManagementClient::start().await;
    let other = management.send_with_token("POST", "/accounts", &[], Some(&json!({ "name": "Other" }))).await.json();
    let other = format!("/accounts/{}/keys", other["id"].as_str().expect("an id"));
    let own = "/accounts/{account}/keys";
    let (body, changed) = (json!({ "name": "x" }), json!({ "name": "y" }));
    let named = [("idempotency-key", "one")];
    let long = "x".repeat(256);
    let first = management.send_with_token("POST", own, &named, Some(&body)).await;
    assert_eq!(first.status, 201);
    assert_eq!(management.send_with_token("POST", own, &named, Some(&body)).await.json()["key"], Value::Null);
    for (path, headers, body, status) in [
        (own, &named[..], &changed, 409),
        (other.as_str(), &named, &body, 409),
        (own, &[("idempotency-key", "one"), ("idempotency-key", "two")], &body, 400),
        (own, &[("idempotency-key", "")], &body, 400),
        (own, &[("idempotency-key", "a b")], &body, 400),
        (own, &[("idempotency-key", long.as_str())], &body, 400),
    ] {
        let response = management.send_with_token("POST", path, headers, Some(body)).await;
        assert_eq!(response.status, status, "{path} {headers:?}: {}", response.text());
    }
    let created = format!("{own}/{}", first.json()["id"].as_str().expect("an id"));
    assert_eq!(management.send_with_token("DELETE", &created, &[], None).await.status, 204);
    assert_eq!(
        management.send_with_token("POST", own, &named, Some(&body)).await.status,
        404,
        "a deleted key is not created again"
    );
}

#[tokio::test]
async fn hostile_values_are_no_internal_errors() {
    let management = ManagementClient::start().await;
    let long = "x".repeat(20_000);
    for (path, expected) in [
        ("/accounts?after=99999999999999999999.acc_x", 400),
        ("/accounts?after=9223372036854775807.acc_x", 200),
        ("/accounts?after=-9223372036854775808.acc_x", 200),
        ("/accounts?after=%00", 400),
        ("/accounts?after=1&after=2", 400),
        ("/accounts/{account}/activity?after=99999999999999999999", 400),
        ("/accounts/{account}/activity?after=-9223372036854775808", 200),
        ("/accounts/{account}/activity?actor=%00&key=%25%27", 200),
        ("/accounts/{account}/keys?search=%00%F0%9F%94%91", 200),
        ("/accounts/{account}/keys?state=gone", 400),
        ("/accounts/{account}/keys?sort=size", 400),
        ("/accounts/{account}/keys?sort=", 400),
        ("/accounts/{account}/keys?sort=name&sort=name", 400),
        ("/accounts/{account}/keys?after=-created.key_x.9223372036854775807", 200),
        ("/accounts/{account}/keys?after=-created.key_x.9223372036854775808", 400),
        ("/accounts/{account}/keys?sort=used&after=used.key_x.-9223372036854775808", 200),
        ("/accounts/{account}/keys?sort=-expires&after=-expires.key_x..1", 200),
        ("/accounts/{account}/keys?sort=name&after=name.key_x.2527", 200),
        ("/accounts/{account}/keys?sort=name&after=name.key_x.00", 400),
        // The first page instead would be returned again and again.
        ("/accounts/{account}/keys?sort=name&after=-created.key_x.1", 400),
        ("/accounts/{account}/keys?after=name.key_x.61", 400),
        ("/accounts/%00/keys", 404),
        ("/accounts/%FF/keys", 404),
        ("/accounts/..%2F..%2Fetc/keys", 404),
    ] {
        let response = management.send_with_token("GET", path, &[], None).await;
        assert_eq!(response.status, expected, "{path}: {}", response.text());
    }
    let response =
        management.send_with_token("GET", &format!("/accounts/{{account}}/keys?search={long}"), &[], None).await;
    assert!(matches!(response.status.as_u16(), 200 | 414), "{}", response.status);
}

#[tokio::test]
async fn keys_are_listed_in_every_order_page_by_page() {
    let management = ManagementClient::around(ConsoleApp::start_with_manual_clock().await).await;
    // Two pages.
    management.console.app.insert_keys(60).await;
    for name in ["alpha", "Zulu"] {
        management.console.app.clock.advance(MINUTE);
        management.create_key(&json!({ "name": name, "expires_at": "30d" })).await;
    }
    for (sort, first, last) in [
        ("created", "Inserted", "Zulu"),
        ("-created", "Zulu", "Inserted"),
        ("name", "alpha", "Zulu"),
        ("-name", "Zulu", "alpha"),
        ("expires", "alpha", "Inserted"),
        ("-expires", "Zulu", "Inserted"),
        ("used", "Zulu", "Inserted"),
        ("-used", "Zulu", "Inserted"),
    ] {
        let first_path = format!("/accounts/{{account}}/keys?sort={sort}");
        let (mut path, mut names) = (first_path.clone(), Vec::new());
        loop {
            let page = management.send_with_token("GET", &path, &[], None).await.json();
            assert_eq!((&page["matching"], &page["total"]), (&json!(62), &json!(62)), "{sort}");
            names.extend(page["keys"].as_array().unwrap().iter().map(|key| key["name"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("{first_path}&after={next}");
        }
        assert_eq!((names.len(), &*names[0], &*names[61]), (62, first, last), "{sort}");
    }
    let document = management.send("GET", "/openapi.json", &[], None).await.json();
    let parameters =
        document["paths"]["/api/v1/accounts/{account}/keys"]["get"]["parameters"].as_array().unwrap().clone();
    let sort = parameters.iter().find(|parameter| parameter["name"] == "sort").unwrap();
    assert_eq!(sort["schema"]["enum"], json!(KeySort::ALL.map(KeySort::as_str)));
    let searched = management.send_with_token("GET", "/accounts/{account}/keys?search=ZUL", &[], None).await.json();
    assert_eq!((&searched["matching"], &searched["total"]), (&json!(1), &json!(62)));
}

/// Names are shown in pages, titles, mails and files.
#[tokio::test]
async fn control_characters_in_names_are_refused() {
    let management = ManagementClient::start().await;
    for name in ["", " ", "a\u{0}b", "a\nb", "a\rb", "\u{1b}[31m", "a\u{202e}b", "\u{200b}", "a\u{2028}b", "\u{feff}x"]
    {
        let body = json!({ "name": name });
        assert_eq!(management.create_key(&body).await.problem_code(), "invalid", "{name:?}");
        let account = management.send_with_token("POST", "/accounts", &[], Some(&body)).await;
        assert_eq!(account.problem_code(), "invalid", "{name:?}");
        assert!(
            management.console.app.keyhatch.operator_tokens().create(&Actor::Operator, name).await.is_err(),
            "{name:?}"
        );
    }
    let name = "</title><script>x()</script>&amp;";
    let path = "/accounts/{account}";
    let renamed = management.send_with_token("PATCH", path, &[], Some(&json!({ "name": name }))).await;
    assert_eq!(renamed.json()["name"], name);
    management.create_key(&json!({ "name": name })).await;
    let cookie = management.console.create_owner_session().await;
    for page in ["api-keys", "members", "sub-accounts", "activity", "security"] {
        let text = management.console.get_text(&format!("/settings/{page}"), &cookie).await;
        assert!(!text.contains("<script>x()"), "{page}");
    }
}
