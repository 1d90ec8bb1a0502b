//! The server side of a server-function call: JSON by serde.

use leptos::serde_json;
#[cfg(feature = "ssr")]
use leptos::server_fn::Http;
#[cfg(feature = "ssr")]
use leptos::server_fn::codec::{Post, PostUrl};
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The JSON encoding.
pub struct JsonCodec;

/// JSON arguments, which a plain HTML form cannot send.
#[cfg(feature = "ssr")]
pub type JsonProtocol = Http<Post<JsonCodec>, Post<JsonCodec>>;
/// URL-encoded arguments, which a plain HTML form can send too.
#[cfg(feature = "ssr")]
pub type FormProtocol = Http<PostUrl, Post<JsonCodec>>;

impl ContentType for JsonCodec {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonCodec {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonCodec {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_string(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonCodec {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_slice(&bytes)
    }
}
