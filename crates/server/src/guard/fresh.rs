//! ETag and If-None-Match: who has an answer already is told so. HEAD: the headers that GET would have.
//!
//! The tag is a hash of the answer, weak, since the same answer may go out compressed. What must not live here: how long an answer keeps.

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use xxhash_rust::xxh3::xxh3_128;

/// Longer answers go out without a tag.
const LONGEST: u64 = 16 << 20;

pub async fn fresh(mut request: Request, next: Next) -> Response {
    let head = request.method() == Method::HEAD;
    if !head && request.method() != Method::GET {
        return next.run(request).await;
    }
    let tags = held(request.headers());
    *request.method_mut() = Method::GET;
    let answer = next.run(request).await;
    let known = answer.body().size_hint().exact().is_some_and(|n| n <= LONGEST);
    let (mut parts, body) = answer.into_parts();
    if !known {
        return Response::from_parts(parts, if head { Body::empty() } else { body });
    }
    let Ok(bytes) = to_bytes(body, LONGEST as usize).await else {
        return Response::from_parts(parts, Body::empty());
    };
    if parts.status == StatusCode::OK {
        let tag = format!("{:032x}", xxh3_128(&bytes));
        if let Ok(value) = HeaderValue::from_str(&format!("W/\"{tag}\"")) {
            parts.headers.insert(header::ETAG, value);
        }
        parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    }
    let answer = same(Response::from_parts(parts, Body::from(bytes.clone())), &tags);
    if !head || answer.status() == StatusCode::NOT_MODIFIED {
        return answer;
    }
    let (mut parts, _) = answer.into_parts();
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Response::from_parts(parts, Body::empty())
}

/// The answer; or, to who has it already, word that it is the same.
pub fn same(answer: Response, tags: &[String]) -> Response {
    let own = answer.headers().get(header::ETAG).and_then(|t| t.to_str().ok()).map(bare);
    let known = answer.status() == StatusCode::OK && own.is_some_and(|own| tags.iter().any(|t| t == own || t == "*"));
    if !known {
        return answer;
    }
    let (mut parts, _) = answer.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
        parts.headers.remove(name);
    }
    Response::from_parts(parts, Body::empty())
}

/// A tag without marks of weakness.
fn bare(tag: &str) -> &str {
    tag.trim().trim_start_matches("W/").trim_matches('"')
}

/// The tags of answers that the one who asks has already.
pub fn held(headers: &HeaderMap) -> Vec<String> {
    let all = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(',')).map(|t| bare(t).to_owned()).filter(|t| !t.is_empty()).collect()
}
