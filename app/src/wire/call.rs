//! The browser side of a server-function call: one small `fetch` for all of them. The client of `server_fn` supports
//! streams, sockets and abortion, and is compiled once per function.

use super::json::{FromJson, JsonValue};
use crate::AppError;
use http::Method;
use leptos::prelude::window;
use leptos::serde_json;
use leptos::server_fn::Protocol;
use leptos::server_fn::client::Client;
use leptos::server_fn::server::Server;
use send_wrapper::SendWrapper;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response, UrlSearchParams};

/// JSON arguments.
pub struct JsonProtocol;
/// URL-encoded arguments.
pub struct FormProtocol;

/// Implements the protocol of server functions with this content type; `$body` encodes the arguments' JSON.
macro_rules! impl_protocol {
    ($name:ident, $type:literal, $body:expr) => {
        impl<I, O, C, S> Protocol<I, O, C, S, AppError> for $name
        where
            I: Serialize,
            O: FromJson,
            C: Client<AppError>,
            S: Server<AppError>,
        {
            const METHOD: Method = Method::POST;

            async fn run_server<F, Fut>(_: S::Request, _: F) -> Result<S::Response, AppError>
            where
                F: Fn(I) -> Fut + Send,
                Fut: Future<Output = Result<O, AppError>> + Send,
            {
                Err(AppError::Internal)
            }

            fn run_client(path: &str, input: I) -> impl Future<Output = Result<O, AppError>> + Send {
                let arguments = serde_json::to_string(&input).unwrap_or_default();
                let response = SendWrapper::new(post(path, $type, $body(&arguments)));
                async move { O::from_json(&*response.await?).ok_or(AppError::Internal) }
            }
        }
    };
}
impl_protocol!(JsonProtocol, "application/json", String::from);
impl_protocol!(FormProtocol, "application/x-www-form-urlencoded", url_encode);

async fn post(path: &str, content_type: &str, body: String) -> Result<SendWrapper<JsonValue>, AppError> {
    let unreachable = |_| AppError::Unreachable;
    let init = RequestInit::new();
    let headers = Headers::new().map_err(unreachable)?;
    headers.append("Content-Type", content_type).map_err(unreachable)?;
    // The account that the page shows. The server refuses the call if another one is open by now.
    let shown = window().document().and_then(|page| page.get_element_by_id("main")?.get_attribute("data-account"));
    if let Some(account) = shown {
        headers.append("X-Keyhatch-Account", &account).map_err(unreachable)?;
    }
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body.into());
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await.map_err(unreachable)?;
    let response: Response = response.unchecked_into();
    let text = JsFuture::from(response.text().map_err(unreachable)?).await.map_err(unreachable)?;
    let json = text.as_string().and_then(|text| JsonValue::parse(&text));
    match (response.ok(), json) {
        (true, Some(json)) => Ok(SendWrapper::new(json)),
        // Not JSON of ours: a layer in front of the server function refused the request.
        (_, json) => Err(json.and_then(|json| AppError::from_json(&json)).unwrap_or(AppError::BadRequest)),
    }
}

/// URL-encodes the arguments as an HTML form does. Absent ones are left out.
fn url_encode(arguments: &str) -> String {
    let fields = || -> Result<String, JsValue> {
        let fields = UrlSearchParams::new()?;
        let arguments: js_sys::Object = js_sys::JSON::parse(arguments)?.unchecked_into();
        for field in js_sys::Object::entries(&arguments) {
            let field: js_sys::Array = field.unchecked_into();
            if let (Some(name), Some(value)) = (field.get(0).as_string(), field.get(1).as_string()) {
                fields.append(&name, &value);
            }
        }
        Ok(fields.to_string().into())
    };
    fields().unwrap_or_default()
}
