//! The few files that pages need: one style sheet, one script, one icon. They are part of the program; their address changes with their bytes.
//!
//! What must not live here: pages.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64;

struct Asset {
    name: &'static str,
    media: &'static str,
    bytes: &'static [u8],
}

const ASSETS: [Asset; 3] = [
    Asset { name: "desk.css", media: "text/css; charset=utf-8", bytes: include_bytes!("../assets/desk.css") },
    Asset { name: "desk.js", media: "text/javascript; charset=utf-8", bytes: include_bytes!("../assets/desk.js") },
    Asset { name: "icon.svg", media: "image/svg+xml", bytes: include_bytes!("../assets/icon.svg") },
];

/// Changes when any of the files does.
pub static VERSION: LazyLock<String> = LazyLock::new(|| {
    let all: Vec<u8> = ASSETS.iter().flat_map(|a| a.bytes.iter().copied()).collect();
    format!("{:08x}", xxh3_64(&all) as u32)
});

pub async fn get(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|a| a.name == name) {
        Some(a) => ([(header::CONTENT_TYPE, a.media), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")], a.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
