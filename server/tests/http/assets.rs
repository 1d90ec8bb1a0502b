//! Static files: URLs with the build's hash, precompressed variants, and caching.

use axum::Router;
use bytes::Bytes;
use console::PublicUrl;
use console::{Assets, ConsoleConfig, layers};

use crate::support::request;

fn assets_with_script(script: &'static str) -> Assets {
    let file = |name: &str, bytes: &'static str| (name.to_owned(), Bytes::from_static(bytes.as_bytes()));
    Assets::new([
        file("keyhatch.js", script),
        file("keyhatch.js.br", "brotli"),
        file("keyhatch.js.gz", "gzip"),
        file("keyhatch.wasm", "wasm"),
        file("keyhatch.css", "style"),
        file("favicon.svg", "<svg/>"),
        file("stray.txt", "stray"),
    ])
}

fn assets_router(assets: &Assets) -> Router {
    let public_url = PublicUrl::parse("http://127.0.0.1:3000").expect("an origin");
    layers(
        assets.router(),
        &ConsoleConfig {
            public_url,
            trusted_proxies: Vec::new(),
            mailer: None,
            texts: i18n::MessageCatalogue::default(),
        },
    )
}

#[tokio::test]
async fn file_urls_contain_the_builds_hash() {
    let assets = assets_with_script("script");
    let name = assets.output_name().to_owned();
    assert_eq!(name.len(), "keyhatch-".len() + 16);
    assert_eq!(name, assets_with_script("script").output_name());
    assert_ne!(name, assets_with_script("another script").output_name());
    let router = assets_router(&assets);
    for (path, content_type, body) in [
        (format!("/pkg/{name}.js"), "text/javascript; charset=utf-8", "script"),
        (format!("/pkg/{name}.wasm"), "application/wasm", "wasm"),
        (format!("/pkg/{name}_bg.wasm"), "application/wasm", "wasm"),
        (format!("/pkg/{name}.css"), "text/css; charset=utf-8", "style"),
        (format!("/pkg/{name}.svg"), "image/svg+xml", "<svg/>"),
    ] {
        let response = request(&router, "GET", &path, &[]).await;
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.header("content-type"), Some(content_type));
        assert_eq!(response.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.body, body);
    }
    for path in [
        "/pkg/keyhatch.js",
        "/pkg/keyhatch-0123456789abcdef.js",
        "/pkg/stray.txt",
        "/pkg/favicon.svg",
        "/pkg/",
        "/pkg/..%2fCargo.toml",
    ] {
        let response = request(&router, "GET", path, &[]).await;
        assert_eq!(response.status, 404, "{path}");
        assert_eq!(response.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test]
async fn precompressed_variant_is_negotiated() {
    let assets = assets_with_script("script");
    let router = assets_router(&assets);
    let script = format!("/pkg/{}.js", assets.output_name());
    for (accepted, coding, body) in [
        ("gzip, deflate, br, zstd", Some("br"), "brotli"),
        ("gzip;q=1.0, br;q=0", Some("gzip"), "gzip"),
        ("gzip; q=0.5", Some("gzip"), "gzip"),
        ("identity", None, "script"),
        ("", None, "script"),
    ] {
        let response = request(&router, "GET", &script, &[("accept-encoding", accepted)]).await;
        assert_eq!(
            (response.header("content-encoding"), response.body.as_ref()),
            (coding, body.as_bytes()),
            "{accepted}"
        );
        assert!(response.headers.get_all("vary").iter().any(|vary| vary == "accept-encoding"));
    }
}

#[tokio::test]
async fn icon_may_be_cached_without_a_hash() {
    let router = assets_router(&assets_with_script("script"));
    for path in ["/favicon.svg", "/favicon.ico"] {
        let response = request(&router, "GET", path, &[]).await;
        assert_eq!((response.status.as_u16(), response.header("content-type")), (200, Some("image/svg+xml")));
        assert_eq!(response.header("cache-control"), Some("public, max-age=86400"));
    }
}
