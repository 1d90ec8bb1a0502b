//! The management interface under attack: credentials where they do not belong, values that mean something else than they
//! seem to, and headers that say two things.

use axum::body::Body;
use http::Request;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use service::actor::Actor;

use crate::pages::Site;
use crate::support::{Answer, LOOPBACK, request, send};

struct Management {
    site: Site,
    token: String,
}

impl Management {
    async fn new() -> Self {
        let site = Site::new().await;
        let made = site.data.keyhatch.identity().create_token(&Actor::Operator, "Attack").await.expect("a token");
        Self { site, token: made.value.expose_secret().to_owned() }
    }

    async fn ask(&self, method: &str, path: &str, lines: &[(&str, &str)], body: Option<&Value>) -> Answer {
        let path = format!("/api/v1{}", path.replace("{account}", &self.site.data.account));
        let mut lines = lines.to_vec();
        if body.is_some() {
            lines.push(("content-type", "application/json"));
        }
        let mut asked: Request<Body> = request(method, &path, &lines);
        if let Some(body) = body {
            *asked.body_mut() = body.to_string().into();
        }
        send(&self.site.router, LOOPBACK, asked).await
    }

    async fn with_token(&self, method: &str, path: &str, lines: &[(&str, &str)], body: Option<&Value>) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        self.ask(method, path, &[&[("authorization", bearer.as_str())], lines].concat(), body).await
    }

    async fn key(&self, body: &Value) -> Answer {
        self.with_token("POST", "/accounts/{account}/keys", &[], Some(body)).await
    }
}

#[tokio::test]
async fn one_credential_in_its_place_counts_and_nothing_else() {
    let management = Management::new().await;
    let (token, path) = (management.token.as_str(), "/accounts/{account}/members");
    let bearer = format!("Bearer {token}");
    let other = format!("Bearer {}", token.replacen("kh_op_", "xx_op_", 1));
    let cut = format!("Bearer {}", &token[..token.len() - 1]);
    let upper = format!("Bearer {}", token.to_uppercase());
    let cookie = format!("keyhatch={token}");
    let query = format!("{path}?key={token}");
    let encoded = format!("{path}?a=kh%5Fop_{}", &token["kh_op_".len()..]);
    for (lines, path, status) in [
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
        let answer = management.ask("GET", path, lines, None).await;
        assert_eq!(answer.status, status, "{lines:?} {path}: {}", answer.text());
        assert!(!answer.text().contains(token), "{lines:?}");
    }
}

#[tokio::test]
async fn a_whitelist_of_blanks_is_not_one_that_lets_everybody_in() {
    let management = Management::new().await;
    for whitelist in [json!([""]), json!([" "]), json!(["203.0.113.7", ""]), json!([","]), json!(["\n"]), json!(["\t"])]
    {
        let answer = management.key(&json!({ "name": "x", "whitelist": whitelist })).await;
        assert_eq!(answer.problem(), "invalid", "{whitelist}");
        assert_eq!(answer.json()["errors"][0]["field"], "whitelist", "{whitelist}");
    }
    let made = management.key(&json!({ "name": "x", "whitelist": ["203.0.113.7"] })).await.json();
    let path = format!("/accounts/{{account}}/keys/{}", made["id"].as_str().expect("an id"));
    let answer = management.with_token("PATCH", &path, &[], Some(&json!({ "whitelist": [""] }))).await;
    assert_eq!(answer.problem(), "invalid");
    let kept = management.with_token("GET", &path, &[], None).await.json();
    assert_eq!(kept["whitelist"], json!(["203.0.113.7"]));
    let opened = management.with_token("PATCH", &path, &[], Some(&json!({ "whitelist": [] }))).await;
    assert_eq!(opened.json()["whitelist"], json!([]), "said outright");
}

#[tokio::test]
async fn if_match_holds_for_one_strong_tag_only() {
    let management = Management::new().await;
    let made = management.key(&json!({ "name": "x" })).await;
    let tag = made.header("etag").expect("a tag").to_owned();
    let path = format!("/accounts/{{account}}/keys/{}", made.json()["id"].as_str().expect("an id"));
    let (weak, list, twice) = (format!("W/{tag}"), format!("{tag}, \"9\""), format!("{tag}, {tag}"));
    for (lines, status) in [
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
        let answer = management.with_token("PATCH", &path, lines, Some(&json!({ "name": "y" }))).await;
        assert_eq!(answer.status, status, "{lines:?}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_idempotency_key_is_one_name_for_one_thing() {
    let management = Management::new().await;
    let other = management.with_token("POST", "/accounts", &[], Some(&json!({ "name": "Other" }))).await.json();
    let other = format!("/accounts/{}/keys", other["id"].as_str().expect("an id"));
    let own = "/accounts/{account}/keys";
    let (body, changed) = (json!({ "name": "x" }), json!({ "name": "y" }));
    let named = [("idempotency-key", "one")];
    let long = "x".repeat(256);
    let first = management.with_token("POST", own, &named, Some(&body)).await;
    assert_eq!(first.status, 201);
    assert_eq!(management.with_token("POST", own, &named, Some(&body)).await.json()["key"], Value::Null);
    for (path, lines, body, status) in [
        (own, &named[..], &changed, 409),
        (other.as_str(), &named, &body, 409),
        (own, &[("idempotency-key", "one"), ("idempotency-key", "two")], &body, 400),
        (own, &[("idempotency-key", "")], &body, 400),
        (own, &[("idempotency-key", "a b")], &body, 400),
        (own, &[("idempotency-key", long.as_str())], &body, 400),
    ] {
        let answer = management.with_token("POST", path, lines, Some(body)).await;
        assert_eq!(answer.status, status, "{path} {lines:?}: {}", answer.text());
    }
    let made = format!("{own}/{}", first.json()["id"].as_str().expect("an id"));
    assert_eq!(management.with_token("DELETE", &made, &[], None).await.status, 204);
    assert_eq!(management.with_token("POST", own, &named, Some(&body)).await.status, 404, "deleted is not made again");
}

#[tokio::test]
async fn no_value_is_a_fault_of_ours() {
    let management = Management::new().await;
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
        ("/accounts/%00/keys", 404),
        ("/accounts/%FF/keys", 404),
        ("/accounts/..%2F..%2Fetc/keys", 404),
    ] {
        let answer = management.with_token("GET", path, &[], None).await;
        assert_eq!(answer.status, expected, "{path}: {}", answer.text());
    }
    let answer = management.with_token("GET", &format!("/accounts/{{account}}/keys?search={long}"), &[], None).await;
    assert!(matches!(answer.status.as_u16(), 200 | 414), "{}", answer.status);
}

/// Names reach pages, titles, mails and files.
#[tokio::test]
async fn a_name_carries_nothing_but_letters() {
    let management = Management::new().await;
    for name in ["", " ", "a\u{0}b", "a\nb", "a\rb", "\u{1b}[31m", "a\u{202e}b", "\u{200b}", "a\u{2028}b", "\u{feff}x"]
    {
        let body = json!({ "name": name });
        assert_eq!(management.key(&body).await.problem(), "invalid", "{name:?}");
        let account = management.with_token("POST", "/accounts", &[], Some(&body)).await;
        assert_eq!(account.problem(), "invalid", "{name:?}");
        assert!(
            management.site.data.keyhatch.identity().create_token(&Actor::Operator, name).await.is_err(),
            "{name:?}"
        );
    }
    let name = "</title><script>x()</script>&amp;";
    let path = "/accounts/{account}";
    let renamed = management.with_token("PATCH", path, &[], Some(&json!({ "name": name }))).await;
    assert_eq!(renamed.json()["name"], name);
    management.key(&json!({ "name": name })).await;
    let cookie = management.site.owner().await;
    for page in ["api-keys", "members", "sub-accounts", "activity", "security"] {
        let text = management.site.page(&format!("/settings/{page}"), &cookie).await.text();
        assert!(!text.contains("<script>x()"), "{page}");
    }
}
