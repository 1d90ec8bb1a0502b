//! The browser's files, carried inside the program. Their addresses hold a hash of all of them, so browsers may keep
//! them for ever and never mix two builds.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderValue};
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use problem::Problem;

/// Bytes of the hash that stand in an address.
const HASH_BYTES: usize = 8;
/// The name before the hash, and of the files as they are built.
const STEM: &str = "keyhatch";
const ICON: &str = "favicon.svg";

#[derive(RustEmbed)]
#[folder = "../../target/site"]
#[allow_missing = true]
struct Site;

/// All files and their common hash.
#[derive(Debug, Clone)]
pub struct Assets {
    output_name: String,
    files: Arc<HashMap<String, File>>,
}

#[derive(Debug)]
struct File {
    content_type: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Assets {
    /// The files of this build.
    pub fn embedded() -> Self {
        let files = Site::iter().filter_map(|name| Some((name.to_string(), Site::get(&name)?.data)));
        Self::new(files.map(|(name, data)| match data {
            Cow::Borrowed(bytes) => (name, Bytes::from_static(bytes)),
            Cow::Owned(bytes) => (name, Bytes::from(bytes)),
        }))
    }

    /// Files by name, such as `keyhatch.js` and, beside it, `keyhatch.js.br`.
    pub fn new(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let mut found: Vec<(String, Bytes)> = files.into_iter().collect();
        found.sort();
        let mut digest = Sha256::new();
        for (name, bytes) in &found {
            digest.update(name.as_bytes());
            digest.update([0]);
            digest.update(bytes);
        }
        let hash = digest.finalize().iter().take(HASH_BYTES).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        let output_name = format!("{STEM}-{hash:016x}");
        let by_name: HashMap<&str, &Bytes> = found.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
        let form =
            |name: &str, ending: &str| by_name.get(format!("{name}{ending}").as_str()).map(|bytes| (*bytes).clone());
        let mut files = HashMap::new();
        for (name, bytes) in &found {
            let Some(content_type) = content_type(name) else { continue };
            let address = match name.strip_prefix(STEM) {
                Some(ending) => format!("{output_name}{ending}"),
                None => name.clone(),
            };
            let (brotli, gzip) = (form(name, ".br"), form(name, ".gz"));
            files.insert(address, File { content_type, plain: bytes.clone(), brotli, gzip });
        }
        Self { output_name, files: Arc::new(files) }
    }

    /// What the addresses of script, wasm and style begin with: `/pkg/<output name>.js` and so on.
    pub fn output_name(&self) -> &str {
        &self.output_name
    }

    /// `/pkg/…` and the icon.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/pkg/{name}", get(hashed))
            .route("/favicon.svg", get(icon))
            .route("/favicon.ico", get(icon))
            .with_state(self.clone())
    }
}

async fn hashed(State(assets): State<Assets>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let file = name.starts_with(assets.output_name()).then(|| find(&assets, &name)).flatten();
    let Some(file) = file else { return Problem::not_found().into_response() };
    let mut response = file.answer(&headers);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

/// Without cargo-leptos in the build, leptos asks for the wasm as `…_bg.wasm`.
fn find<'a>(assets: &'a Assets, name: &str) -> Option<&'a File> {
    assets
        .files
        .get(name)
        .or_else(|| assets.files.get(&name.strip_suffix("_bg.wasm").map(|stem| format!("{stem}.wasm"))?))
}

async fn icon(State(assets): State<Assets>, headers: HeaderMap) -> Response {
    match assets.files.get(ICON) {
        Some(file) => file.answer(&headers),
        None => Problem::not_found().into_response(),
    }
}

impl File {
    fn answer(&self, headers: &HeaderMap) -> Response {
        let forms = [("br", &self.brotli), ("gzip", &self.gzip)];
        let form = forms.into_iter().find_map(|(coding, bytes)| Some((coding, bytes.as_ref()?)));
        let chosen = forms
            .into_iter()
            .filter_map(|(coding, bytes)| Some((coding, bytes.as_ref()?)))
            .find(|(coding, _)| accepts(headers, coding));
        let bytes = chosen.map_or(&self.plain, |(_, bytes)| bytes);
        let mut response = Response::new(Body::from(bytes.clone()));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if form.is_some() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some((coding, _)) = chosen {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }
}

fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|element| {
        let (name, quality) = element.split_once(';').unwrap_or((element, ""));
        let quality = quality.trim().trim_start_matches("q=");
        name.trim().eq_ignore_ascii_case(coding) && (quality.is_empty() || quality.parse().is_ok_and(|q: f32| q > 0.0))
    })
}

/// `None` for what is not served under its own name, such as the compressed forms.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
