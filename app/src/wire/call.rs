//! The browser's half of a call of a server function: one small `fetch` for all of them. The framework's own does more
//! (streams, sockets, abortion), and every function brought its own copy along.

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

/// A call with JSON as its arguments.
pub struct JsonProtocol;
/// A call with the fields of a form as its arguments.
pub struct FormProtocol;

/// The protocol of a server function whose arguments go as they are, or as `$body` makes them.
macro_rules! call {
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
                let answer = SendWrapper::new(post(path, $type, $body(&arguments)));
                async move { O::from_json(&*answer.await?).ok_or(AppError::Internal) }
            }
        }
    };
}
call!(JsonProtocol, "application/json", String::from);
call!(FormProtocol, "application/x-www-form-urlencoded", form);

async fn post(path: &str, content_type: &str, body: String) -> Result<SendWrapper<JsonValue>, AppError> {
    let unreachable = |_| AppError::Unreachable;
    let init = RequestInit::new();
    let headers = Headers::new().map_err(unreachable)?;
    headers.append("Content-Type", content_type).map_err(unreachable)?;
    // Which account the page shows; another may be open by now.
    let shown = window().document().and_then(|page| page.get_element_by_id("main")?.get_attribute("data-account"));
    if let Some(account) = shown {
        headers.append("X-Keyhatch-Account", &account).map_err(unreachable)?;
    }
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&body.into());
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await.map_err(unreachable)?;
    let answer: Response = answer.unchecked_into();
    let text = JsFuture::from(answer.text().map_err(unreachable)?).await.map_err(unreachable)?;
    let json = text.as_string().and_then(|text| JsonValue::parse(&text));
    match (answer.ok(), json) {
        (true, Some(json)) => Ok(SendWrapper::new(json)),
        // Not one of our functions: a layer of the server that did not let the request through to it.
        (_, json) => Err(json.and_then(|json| AppError::from_json(&json)).unwrap_or(AppError::BadRequest)),
    }
}

/// The arguments as a form sends them; a missing one is left out.
fn form(arguments: &str) -> String {
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
