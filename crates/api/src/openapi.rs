//! The OpenAPI document, generated from the handlers: `openapi.json` for programs and an HTML page for people.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::policy::Policy;
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use minijinja::{Environment, HtmlEscape, Value as Text, context};
use serde_json::Value;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{Components, Info, OpenApi, OpenApiBuilder};

use problem::Problem;

const TEMPLATE: &str = include_str!("openapi.html");
const STYLE: &str = include_str!("openapi.css");
const CONTENT_POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/// The document without its operations: title, description, security schemes.
pub(super) fn base_document() -> OpenApi {
    let mut info = Info::new("Keyhatch management interface", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Accounts, sub-accounts, keys, members and activity, for programs. Send an operator token (`keyhatch token create`), \
         which may do everything, or an account's own key that has `sub-accounts:read` or `sub-accounts:write`, for the \
         keys of accounts below its own and for nothing else; a sandbox key changes sandbox keys only. \
         Errors are `application/problem+json` with a stable `code`."
            .to_owned(),
    );
    let mut components = Components::new();
    let bearer =
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An operator token or a key")).build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let header = ApiKeyValue::with_description("X-Api-Key", "A key");
    components.add_security_scheme("key", SecurityScheme::ApiKey(ApiKey::Header(header)));
    let none: [String; 0] = [];
    let security = [SecurityRequirement::new("bearer", none.clone()), SecurityRequirement::new("key", none)];
    OpenApiBuilder::new().info(info).components(Some(components)).security(Some(security)).build()
}

/// Both representations, rendered once.
pub(super) struct Document {
    json: Vec<u8>,
    html: Option<String>,
}

impl Document {
    pub fn new(document: &OpenApi, policy: &Policy) -> Self {
        let value = serde_json::to_value(document).unwrap_or_default();
        let html = render_page(&value, policy);
        if let Err(error) = &html {
            tracing::error!(%error, "the page about the management interface cannot be rendered");
        }
        Self { json: serde_json::to_vec(&value).unwrap_or_default(), html: html.ok() }
    }
}

pub(super) async fn json(State(document): State<Arc<Document>>) -> Response {
    ([(CONTENT_TYPE, "application/json")], document.json.clone()).into_response()
}

pub(super) async fn html(State(document): State<Arc<Document>>) -> Response {
    let Some(html) = &document.html else { return Problem::internal().into_response() };
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, CONTENT_POLICY)];
    (headers, html.clone()).into_response()
}

pub(super) async fn style() -> impl IntoResponse {
    ([(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], STYLE)
}

fn render_page(document: &Value, policy: &Policy) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment
        .add_filter("schema_name", |reference: String| reference.rsplit('/').next().unwrap_or_default().to_owned());
    environment.add_filter("code", |text: String| Text::from_safe_string(render_code(&text)));
    environment.add_template("openapi.html", TEMPLATE)?;
    environment.get_template("openapi.html")?.render(context! { document, product => policy.product_name })
}

/// Renders text between backticks as code.
fn render_code(text: &str) -> String {
    let part = |(at, part): (usize, &str)| {
        let escaped = HtmlEscape(part);
        if at % 2 == 0 { escaped.to_string() } else { format!("<code>{escaped}</code>") }
    };
    text.split('`').enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::render_code;

    #[test]
    fn backticks_become_code_and_the_rest_is_escaped() {
        assert_eq!(render_code("Send `a<b` & <more>"), "Send <code>a&lt;b</code> &amp; &lt;more&gt;");
        assert_eq!(render_code("plain"), "plain");
    }
}
