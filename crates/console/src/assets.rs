//! The browser's files, embedded into the program. Their paths contain a common hash, so browsers may cache them forever
//! and never mix two builds.

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

/// Bytes of the hash in a path.
const HASH_BYTES: usize = 8;
/// The file name before the hash, and of the files as built.
const STEM: &str = "keyhatch";
const ICON: &str = "favicon.svg";

#[derive(RustEmbed)]
#[folder = "../../target/site"]
#[allow_missing = true]
struct EmbeddedSite;

/// All files with their common hash.
#[derive(Debug, Clone)]
pub struct Assets {
    output_name: String,
    files: Arc<HashMap<String, AssetFile>>,
}

#[derive(Debug, Clone)]
struct AssetFile {
    content_type: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Assets {
    /// The files of this build.
    pub fn embedded() -> Self {
        let files = EmbeddedSite::iter().filter_map(|name| Some((name.to_string(), EmbeddedSite::get(&name)?.data)));
        Self::new(files.map(|(name, data)| match data {
            Cow::Borrowed(bytes) => (name, Bytes::from_static(bytes)),
            Cow::Owned(bytes) => (name, Bytes::from(bytes)),
        }))
    }

    /// Files by name, such as `keyhatch.js` and, beside it, `keyhatch.js.br`.
    pub fn new(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let mut sorted: Vec<(String, Bytes)> = files.into_iter().collect();
        sorted.sort();
        let mut digest = Sha256::new();
        for (name, bytes) in &sorted {
            digest.update(name.as_bytes());
            digest.update([0]);
            digest.update(bytes);
        }
        let hash = digest.finalize().iter().take(HASH_BYTES).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        let output_name = format!("{STEM}-{hash:016x}");
        let by_name: HashMap<&str, &Bytes> = sorted.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
        let variant =
            |name: &str, ending: &str| by_name.get(format!("{name}{ending}").as_str()).map(|bytes| (*bytes).clone());
        let mut files = HashMap::new();
        for (name, bytes) in &sorted {
            let Some(content_type) = content_type(name) else { continue };
            let path = match name.strip_prefix(STEM) {
                Some(ending) => format!("{output_name}{ending}"),
                None => name.clone(),
            };
            let (brotli, gzip) = (variant(name, ".br"), variant(name, ".gz"));
            let file = AssetFile { content_type, plain: bytes.clone(), brotli, gzip };
            if name == ICON {
                files.insert(format!("{output_name}.svg"), file.clone());
            }
            files.insert(path, file);
        }
        Self { output_name, files: Arc::new(files) }
    }

    /// The stem of script, wasm, style and icon: `/pkg/<output name>.js` and so on.
    pub fn output_name(&self) -> &str {
        &self.output_name
    }

    /// Serves `/pkg/…` and the icon.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/pkg/{name}", get(serve_hashed))
            .route("/favicon.svg", get(serve_icon))
            .route("/favicon.ico", get(serve_icon))
            .with_state(self.clone())
    }
}

async fn serve_hashed(State(assets): State<Assets>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let file = name.starts_with(assets.output_name()).then(|| find_file(&assets, &name)).flatten();
    let Some(file) = file else { return Problem::not_found().into_response() };
    let mut response = file.respond(&headers);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

/// Without cargo-leptos in the build, leptos requests the wasm as `…_bg.wasm`.
fn find_file<'a>(assets: &'a Assets, name: &str) -> Option<&'a AssetFile> {
    assets
        .files
        .get(name)
        .or_else(|| assets.files.get(&name.strip_suffix("_bg.wasm").map(|stem| format!("{stem}.wasm"))?))
}

/// The icon at the paths that browsers request without being told. Pages link to the one with the hash.
async fn serve_icon(State(assets): State<Assets>, headers: HeaderMap) -> Response {
    match assets.files.get(ICON) {
        Some(file) => {
            let mut response = file.respond(&headers);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
            response
        }
        None => Problem::not_found().into_response(),
    }
}

impl AssetFile {
    fn respond(&self, headers: &HeaderMap) -> Response {
        let variants = [("br", &self.brotli), ("gzip", &self.gzip)];
        let any_variant = variants.into_iter().find_map(|(coding, bytes)| Some((coding, bytes.as_ref()?)));
        let chosen = variants
            .into_iter()
            .filter_map(|(coding, bytes)| Some((coding, bytes.as_ref()?)))
            .find(|(coding, _)| accepts_encoding(headers, coding));
        let bytes = chosen.map_or(&self.plain, |(_, bytes)| bytes);
        let mut response = Response::new(Body::from(bytes.clone()));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if any_variant.is_some() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some((coding, _)) = chosen {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }
}

fn accepts_encoding(headers: &HeaderMap, coding: &str) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|element| {
        let (name, quality) = element.split_once(';').unwrap_or((element, ""));
        let quality = quality.trim().trim_start_matches("q=");
        name.trim().eq_ignore_ascii_case(coding) && (quality.is_empty() || quality.parse().is_ok_and(|q: f32| q > 0.0))
    })
}

/// `None` for files that are not served under their own name, such as the compressed variants.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
