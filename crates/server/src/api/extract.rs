//! How questions arrive: parameters, ids in paths, bodies. Whatever is wrong with them becomes the one shape of error.
//!
//! What must not live here: what a question means.

use crate::Problem;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// Parameters behind the question mark.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or("");
        // Bytes that are no UTF-8 would silently become other letters.
        if percent_encoding::percent_decode_str(query).decode_utf8().is_err() {
            return Err(Problem::wrong("expected parameters in UTF-8, found other bytes"));
        }
        serde_html_form::from_str(query).map(Self).map_err(|e| Problem::wrong(format!("parameters: {e}")))
    }
}

/// The id in a path.
pub struct Id(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = Path::<String>::from_request_parts(parts, state).await;
        found.map(|Path(id)| Self(id)).map_err(|_| Problem::not_found("expected an id in UTF-8, found other bytes"))
    }
}

/// A body in JSON.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        axum::Json::<T>::from_request(request, state).await.map(|j| Self(j.0)).map_err(|e| match &e {
            JsonRejection::MissingJsonContentType(_) => Problem::unsupported("expected a body of the type application/json"),
            JsonRejection::JsonSyntaxError(e) => Problem::wrong(format!("expected JSON, found otherwise: {}", last(e))),
            JsonRejection::JsonDataError(e) => Problem::wrong(format!("body: {}", last(e))),
            // Too long, too slow, or broken off.
            other if other.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large("the body is longer than this desk takes"),
            _ => Problem::wrong("expected a whole body, found a part of one"),
        })
    }
}

/// What lies at the ground of an error.
fn last(e: &dyn std::error::Error) -> String {
    let mut e = e;
    while let Some(source) = e.source() {
        e = source;
    }
    e.to_string()
}
