//! Which function answers which address.
//!
//! What must not live here: what an answer says.

use crate::ask::{Ask, Form};
use crate::guard::guarded;
use crate::kept::Kept;
use crate::pages::read::Pasted;
use crate::state::Desk;
use crate::{Problem, Result, api, assets, pages};
use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, Form as Sent, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use sijill_store::Register;
use std::sync::Arc;

/// A page, or its twin in another form: a plain function.
pub type Page = fn(&Desk, &Register, &Ask) -> Result<Response>;

/// Bytes of a pasted article, as a form encodes it: six for each Arabic letter.
const BODY: usize = 2 << 20;

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
    ("/articles/{id}", pages::article::page, pages::article::FORMS),
    ("/relations", pages::relations::page, pages::relations::FORMS),
    ("/search", pages::search::page, pages::search::FORMS),
    ("/checks", pages::checks::page, pages::checks::FORMS),
    ("/sources", pages::sources::page, pages::sources::FORMS),
    ("/about", pages::about::page, pages::about::FORMS),
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
    let (access, kept) = (desk.settings.access.clone(), Kept::of(desk.settings.register.clone()));
    let pages = r.route("/read", answering(pages::read::page).post(pasted).layer(DefaultBodyLimit::max(BODY))).fallback(nowhere).with_state(Arc::clone(&desk));
    guarded(pages.merge(api::router(desk)).method_not_allowed_fallback(not_so), &access, kept)
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

/// The form of `/read`. It writes nothing, but reading takes as long as the text is.
async fn pasted(State(desk): State<Arc<Desk>>, ask: Ask, form: std::result::Result<Sent<Pasted>, FormRejection>) -> Response {
    let form = match form {
        Ok(Sent(form)) => form,
        Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => return Problem::too_large(format!("expected at most {BODY} bytes, found more")).answer(&desk, &ask),
        Err(e) => return Problem::wrong(format!("expected the fields of the form, found: {}", e.body_text())).answer(&desk, &ask),
    };
    let asked = ask.clone();
    match desk.work(move |d, _| pages::read::pasted(d, &asked, form)).await {
        Ok(answer) => answer,
        Err(problem) => problem.answer(&desk, &ask),
    }
}

async fn nowhere(State(desk): State<Arc<Desk>>, ask: Ask) -> Response {
    Problem::not_found(format!("expected an address of the desk, found {:?}", ask.path)).answer(&desk, &ask).into_response()
}

async fn not_so(method: Method) -> Problem {
    Problem::not_allowed(format!("expected a method that this address allows, found {method}"))
}
