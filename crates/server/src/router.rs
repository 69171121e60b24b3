//! Which function answers which address.
//!
//! What must not live here: what an answer says.

use crate::ask::{Ask, Form};
use crate::state::Desk;
use crate::{Problem, Result, assets, headers, pages};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use sijill_store::Register;
use std::sync::Arc;
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

/// A page, or its twin in another form: a plain function.
pub type Page = fn(&Desk, &Register, &Ask) -> Result<Response>;

/// No answer takes longer: what does is given up, so that it holds up nobody.
const PATIENCE: Duration = Duration::from_secs(30);

/// Addresses, the pages behind them, and the forms in which they answer.
pub const PAGES: &[(&str, Page, &[Form])] = &[
    ("/", pages::front::page, &[]),
    ("/index", pages::front::page, pages::front::FORMS),
    ("/timeline", pages::timeline::page, pages::timeline::FORMS),
    ("/events", pages::events::page, pages::events::FORMS),
    ("/events/{id}", pages::event::page, pages::event::FORMS),
    ("/statements", pages::statements::page, pages::statements::FORMS),
    ("/actors", pages::actors::page, pages::actors::FORMS),
    ("/actors/{id}", pages::actor::page, pages::actor::FORMS),
];

pub fn router(desk: Arc<Desk>) -> Router {
    let mut r = Router::new().route("/assets/{name}", get(assets::get));
    for &(path, page, forms) in PAGES {
        r = r.route(path, answering(page));
        // What a path names may end in a form by itself: `/events/ev-1.json` is one address of the page.
        if !path.ends_with('}') {
            for form in forms.iter() {
                r = r.route(&format!("{path}{}", form.suffix()), answering(page));
            }
        }
    }
    r.fallback(nowhere)
        .with_state(desk)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(tower_http::catch_panic::CatchPanicLayer::new())
        .layer(axum::middleware::from_fn(headers::safe))
}

fn answering(page: Page) -> MethodRouter<Arc<Desk>> {
    get(move |State(desk): State<Arc<Desk>>, ask: Ask| answer(desk, ask, page))
}

async fn answer(desk: Arc<Desk>, ask: Ask, page: Page) -> Response {
    let asked = ask.clone();
    let mut answer = match desk.work(move |d, r| page(d, r, &asked)).await {
        Ok(answer) => answer,
        Err(problem) => problem.answer(&desk, &ask),
    };
    let headers = answer.headers_mut();
    for cookie in &ask.remember {
        if let Ok(value) = HeaderValue::from_str(cookie) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept-language, cookie"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    answer
}

async fn nowhere(State(desk): State<Arc<Desk>>, ask: Ask) -> Response {
    Problem::not_found(format!("expected an address of the desk, found {:?}", ask.path)).answer(&desk, &ask).into_response()
}
