//! What stands between the network and every answer: limits on size, time, number and rate; who may ask under which name; ETag, compression, CORS.
//!
//! Whatever is refused here has the one shape of error. What must not live here: what an answer says; connections (`listen`).

pub mod fresh;
pub mod rate;

use crate::api::token::Token;
use crate::kept::{self, Kept};
use crate::{Problem, headers};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use rate::Rates;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::timeout::RequestBodyTimeoutLayer;

/// What the one who opens the desk decides about access.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// Who has it may add articles; without one nobody may.
    pub token: Option<Token>,
    /// Origins whose pages may ask: `https://example.org`. None: only the desk's own.
    pub origins: Vec<HeaderValue>,
    /// Names under which the desk may be asked besides addresses of this machine; none: any name. Protects a desk on the loopback from pages that
    /// give its address a name of theirs.
    pub hosts: Option<Vec<String>>,
    /// Questions a second from one address; those of this machine itself are not counted. None: any number.
    pub rate: Option<u32>,
}

/// Letters of a body: some hundred long articles.
const BODY: usize = 8 << 20;
/// Between two pieces of a body.
const PIECE: Duration = Duration::from_secs(10);
/// No answer takes longer: what does is given up, so that it holds up nobody.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// Questions under way at a time; more are told to come back.
const AT_A_TIME: usize = 512;

/// The router behind everything that protects it.
pub fn guarded(router: Router, access: &Access, kept: Kept) -> Router {
    let seats = Arc::new(Semaphore::new(AT_A_TIME));
    let hosts = access.hosts.clone().map(Arc::new);
    let mut r = router
        .layer(from_fn(fresh::fresh))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(RequestBodyTimeoutLayer::new(PIECE))
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(seats, seated))
        // The fastest: what it saves in size the finer ones do not save in time.
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(Arc::new(kept), kept::kept));
    if let Some(rate) = access.rate {
        r = r.layer(from_fn_with_state(Arc::new(Rates::new(rate)), rate::limited));
    }
    if let Some(hosts) = hosts {
        r = r.layer(from_fn_with_state(hosts, named));
    }
    if !access.origins.is_empty() {
        let cors = CorsLayer::new()
            .allow_origin(AllowOrigin::list(access.origins.clone()))
            .allow_methods([Method::GET, Method::HEAD, Method::POST])
            .allow_headers([header::CONTENT_TYPE, header::IF_NONE_MATCH, header::AUTHORIZATION])
            .expose_headers([header::ETAG, header::LINK, HeaderName::from_static("retry-after")])
            .max_age(Duration::from_secs(3_600));
        r = r.layer(cors);
    }
    r.layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| Problem::internal("the program has a fault: please report the address that led here").into_response()))
        .layer(from_fn(headers::safe))
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(answer) => answer,
        Err(_) => Problem::unavailable(format!("expected to find the answer within {} seconds", PATIENCE.as_secs())).into_response(),
    }
}

async fn seated(State(seats): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    let Ok(_seat) = seats.try_acquire() else {
        return Problem::unavailable("too many ask at the same time: expected you to come back in a moment").into_response();
    };
    next.run(request).await
}

/// Is the desk asked under a name of its own?
async fn named(State(hosts): State<Arc<Vec<String>>>, request: Request, next: Next) -> Response {
    let asked = request.headers().get(header::HOST).map(|h| h.to_str().unwrap_or("?"));
    let name = |h: &str| match h.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or("").to_owned(),
        None => h.split(':').next().unwrap_or("").to_ascii_lowercase(),
    };
    match asked.map(name) {
        None => next.run(request).await,
        Some(n) if n == "localhost" || n.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()) || hosts.contains(&n) => next.run(request).await,
        Some(n) => Problem::misdirected(format!("expected to be asked under a name of this desk (see --host), found {n:?}")).into_response(),
    }
}
