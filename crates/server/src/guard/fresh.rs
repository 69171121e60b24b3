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
    let held: Vec<String> = tags(request.headers());
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
        if held.iter().any(|h| *h == tag || h == "*") {
            parts.status = StatusCode::NOT_MODIFIED;
            parts.headers.remove(header::CONTENT_LENGTH);
            parts.headers.remove(header::CONTENT_TYPE);
            return Response::from_parts(parts, Body::empty());
        }
    }
    if head {
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// The tags of answers that the one who asks has already, without marks of weakness.
fn tags(headers: &HeaderMap) -> Vec<String> {
    let all = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(',')).map(|t| t.trim().trim_start_matches("W/").trim_matches('"').to_owned()).filter(|t| !t.is_empty()).collect()
}
