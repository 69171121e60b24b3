//! What an answer says that is no answer: one shape for programs (RFC 9457, `application/problem+json`) and one page for people.
//!
//! What must not live here: when something is a problem.

use crate::ask::{Ask, Form};
use crate::state::Desk;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sijill_ask::Fault;
use sijill_store::query::Name;
use utoipa::ToSchema;

/// Why there is no answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: &'static str,
    pub status: u16,
    /// What was expected, what was found.
    pub detail: String,
    /// Who may have been meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub like: Vec<Name>,
}

pub type Result<T> = std::result::Result<T, Problem>;

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { kind: "about:blank", title: status.canonical_reason().unwrap_or("Error"), status: status.as_u16(), detail: detail.into(), like: Vec::new() }
    }
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }
    pub fn wrong(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, detail)
    }
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }
    pub fn not_allowed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, detail)
    }
    pub fn ambiguous(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail)
    }
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    }
    pub fn unsupported(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
    }
    pub fn misdirected(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::MISDIRECTED_REQUEST, detail)
    }
    pub fn too_many(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail)
    }
    pub fn internal(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }
    pub fn unavailable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
    }

    pub fn code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// As the one who asked reads it.
    pub fn answer(self, desk: &Desk, ask: &Ask) -> Response {
        if ask.form == Form::Html {
            let status = self.code();
            match crate::pages::problem::page(desk, ask, &self) {
                Ok(page) => (status, page).into_response(),
                Err(_) => self.into_response(),
            }
        } else {
            self.into_response()
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let code = self.code();
        let mut answer = (code, [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")], body).into_response();
        let more = match code {
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "2")),
            _ => None,
        };
        if let Some((name, value)) = more {
            answer.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        answer
    }
}

impl From<sijill_store::Error> for Problem {
    /// What a file is called on this machine is nobody's business.
    fn from(e: sijill_store::Error) -> Self {
        match e {
            sijill_store::Error::Content(what) => Self::wrong(what),
            sijill_store::Error::File(_, what) => Self::unavailable(format!("register: {what}")),
            sijill_store::Error::Sqlite(_) => Self::unavailable("the register can not be read at the moment"),
        }
    }
}

impl From<sijill_export::Error> for Problem {
    fn from(e: sijill_export::Error) -> Self {
        match e {
            sijill_export::Error::Store(e) => e.into(),
            sijill_export::Error::Unfit(what) => Self::wrong(what),
            sijill_export::Error::Io(_) => Self::internal("the answer could not be written"),
        }
    }
}

impl From<Fault> for Problem {
    fn from(f: Fault) -> Self {
        match f {
            Fault::Store(e) => e.into(),
            Fault::Unknown { name, like, .. } => Self { like, ..Self::not_found(format!("expected the id or name of somebody whom the register holds, found {name:?}")) },
            Fault::Ambiguous { name, who } => Self { like: who, ..Self::ambiguous(format!("expected the name of one, found that of several: {name:?}")) },
            other => Self::wrong(other.to_string()),
        }
    }
}

impl From<askama::Error> for Problem {
    fn from(_: askama::Error) -> Self {
        Self::internal("the page could not be written")
    }
}

impl From<serde_json::Error> for Problem {
    fn from(_: serde_json::Error) -> Self {
        Self::internal("the answer could not be written")
    }
}
