//! What answers each address of the API, and how it is described. Every handler hands its question on and adds nothing.
//!
//! What must not live here: questions (`questions`), shapes.

use super::extract::{Id, Json, Params};
use super::intake;
use super::params::{Actors, Articles, Checks, Events, Nothing, Pair, Relations, Search, Statements};
use super::shapes::{About, ActorWhole, Additions, ArticleWhole, Event, EventWhole, Findings, Hit, Kept, List, Moment, Sources, StandingOf, ToRead};
use super::{Api, questions, token};
use crate::ask::{Form, address};
use crate::{Desk, Problem, Result, shell};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderValue, Uri, header};
use axum::response::Response;
use serde::Serialize;
use sijill_store::Register;
use sijill_store::query::desk::Known;
use sijill_store::query::statement::{Asserted, Said};
use sijill_store::query::{Page, Source};

/// Asks the register on a thread where that holds nobody up.
async fn asked<T: Serialize + Send + 'static>(api: Api, question: impl FnOnce(&Desk, &Register) -> Result<T> + Send + 'static) -> Result<Response> {
    api.desk.work(move |d, r| shell::json(&question(d, r)?)).await
}

/// The same for a list in pages: the way to the next one stands in a `Link` header, too.
async fn paged<T: Serialize + Send + 'static>(api: Api, uri: Uri, question: impl FnOnce(&Desk, &Register) -> Result<Page<T>> + Send + 'static) -> Result<Response> {
    api.desk
        .work(move |d, r| {
            let page = question(d, r)?;
            let mut answer = shell::json(&page)?;
            if let Some(next) = &page.next {
                let given: Vec<(String, String)> = form_urlencoded::parse(uri.query().unwrap_or("").as_bytes()).into_owned().collect();
                let kept = given.iter().filter(|p| p.0 != "after").map(|p| (p.0.as_str(), p.1.as_str()));
                let to = address(uri.path(), kept.chain([("after", next.as_str())]));
                if let Ok(value) = HeaderValue::from_str(&format!("<{to}>; rel=\"next\"")) {
                    answer.headers_mut().insert(header::LINK, value);
                }
            }
            Ok(answer)
        })
        .await
}

/// What the register is
///
/// Counts, versions, the latest day, how to cite it.
#[utoipa::path(get, path = "/api/about", tag = "register", params(Nothing), responses((status = 200, body = About)))]
pub async fn about(State(api): State<Api>, Params(_): Params<Nothing>) -> Result<Response> {
    asked(api, questions::about).await
}

/// Events
///
/// Who met, visited, phoned, signed, threatened; each with the report that shows it best, in the words of its article.
#[utoipa::path(get, path = "/api/events", tag = "events", params(Events), responses((status = 200, body = Page<Event>)))]
pub async fn events(State(api): State<Api>, uri: Uri, Params(p): Params<Events>) -> Result<Response> {
    paged(api, uri, move |d, r| questions::events(d, r, &p)).await
}

/// One event
///
/// With all that is reported of it. Ids are permanent: when two events turn out to be one, both ids lead to it.
#[utoipa::path(get, path = "/api/events/{id}", tag = "events", params(("id" = String, Path, description = "Id of an event, like ev-0123456789ab"), Nothing), responses((status = 200, body = EventWhole)))]
pub async fn event(State(api): State<Api>, Id(id): Id, Params(_): Params<Nothing>) -> Result<Response> {
    asked(api, move |_, r| questions::event(r, &id)).await
}

/// Timeline
///
/// Events in order of time, the earliest first; of two actors together, also the levels of their relation where they are first asserted.
#[utoipa::path(get, path = "/api/timeline", tag = "events", params(Events), responses((status = 200, body = Page<Moment>)))]
pub async fn timeline(State(api): State<Api>, uri: Uri, Params(p): Params<Events>) -> Result<Response> {
    paged(api, uri, move |d, r| questions::timeline(d, r, &p)).await
}

/// Statements
///
/// Who said what of whom, with what force, in which words.
#[utoipa::path(get, path = "/api/statements", tag = "events", params(Statements), responses((status = 200, body = Page<Said>)))]
pub async fn statements(State(api): State<Api>, uri: Uri, Params(p): Params<Statements>) -> Result<Response> {
    paged(api, uri, move |d, r| questions::statements(d, r, &p)).await
}

/// Actors
///
/// States, people, organizations, forums, places, initiatives: by the number of articles that name them, or by name.
#[utoipa::path(get, path = "/api/actors", tag = "actors", params(Actors), responses((status = 200, body = Page<Known>)))]
pub async fn actors(State(api): State<Api>, uri: Uri, Params(p): Params<Actors>) -> Result<Response> {
    paged(api, uri, move |d, r| questions::actors(d, r, &p)).await
}

/// One actor
///
/// Names, spellings, offices, company, and what he did and said last.
#[utoipa::path(get, path = "/api/actors/{id}", tag = "actors", params(("id" = String, Path, description = "Id of an actor, ISO 3166-1 alpha-3 code of a state, or a name"), Nothing), responses((status = 200, body = ActorWhole)))]
pub async fn actor(State(api): State<Api>, Id(id): Id, Params(_): Params<Nothing>) -> Result<Response> {
    asked(api, move |d, r| questions::actor(d, r, &id)).await
}

/// Relations
///
/// What articles assert of the standing of an actor with others: level, since when, in which words.
#[utoipa::path(get, path = "/api/relations", tag = "relations", params(Relations), responses((status = 200, body = List<Asserted>)))]
pub async fn relations(State(api): State<Api>, Params(p): Params<Relations>) -> Result<Response> {
    asked(api, move |d, r| questions::relations(d, r, &p)).await
}

/// How two states stand to each other
///
/// Levels, agreements, visits, positions and acts by month, with what proves them.
#[utoipa::path(get, path = "/api/standing", tag = "relations", params(Pair), responses((status = 200, body = StandingOf)))]
pub async fn standing(State(api): State<Api>, Params(p): Params<Pair>) -> Result<Response> {
    asked(api, move |d, r| questions::standing(d, r, &p)).await
}

/// Search
///
/// Articles in which all of the words occur, in any spelling; the newest first.
#[utoipa::path(get, path = "/api/search", tag = "articles", params(Search), responses((status = 200, body = Page<Hit>)))]
pub async fn search(State(api): State<Api>, uri: Uri, Params(p): Params<Search>) -> Result<Response> {
    paged(api, uri, move |d, r| questions::search(d, r, &p)).await
}

/// Contradictions
///
/// Where the register contradicts itself or its tables: what disagrees, and who says which.
#[utoipa::path(get, path = "/api/checks", tag = "register", params(Checks), responses((status = 200, body = Findings)))]
pub async fn checks(State(api): State<Api>, Params(p): Params<Checks>) -> Result<Response> {
    asked(api, move |d, r| questions::checks(d, r, &p)).await
}

/// Articles
///
/// The newest first.
#[utoipa::path(get, path = "/api/articles", tag = "articles", params(Articles), responses((status = 200, body = Page<Source>)))]
pub async fn articles(State(api): State<Api>, uri: Uri, Params(p): Params<Articles>) -> Result<Response> {
    paged(api, uri, move |_, r| questions::articles(r, &p)).await
}

/// One article
///
/// Its text, and all that was read in it.
#[utoipa::path(get, path = "/api/articles/{id}", tag = "articles", params(("id" = String, Path, description = "Id of an article, like a0123456789abcdef"), Nothing), responses((status = 200, body = ArticleWhole)))]
pub async fn article(State(api): State<Api>, Id(id): Id, Params(_): Params<Nothing>) -> Result<Response> {
    asked(api, move |_, r| questions::article(r, &id)).await
}

/// Add articles
///
/// They are read, kept and resolved before the answer comes. Needs the token that the desk was opened with; adding what is known changes nothing.
#[utoipa::path(post, path = "/api/articles", tag = "articles", params(Nothing), request_body = Additions, security(("token" = [])), responses((status = 200, body = Kept)))]
pub async fn add(State(api): State<Api>, Params(_): Params<Nothing>, request: Request) -> Result<Response> {
    // Before the body is taken: who may not write sends nothing.
    token::allowed(api.desk.settings.access.token.as_ref(), request.headers())?;
    let Json(asked) = Json::<Additions>::from_request(request, &()).await?;
    let kept: Kept = api.intake.add(&api.desk, asked).await?;
    shell::json(&kept)
}

/// Read a text
///
/// Its record: who, what, when, where, each with the letters that prove it. Nothing is kept.
#[utoipa::path(post, path = "/api/read", tag = "articles", params(Nothing), request_body = ToRead, responses((status = 200, description = "A record, as docs/record.md describes it", body = Object)))]
pub async fn read(State(api): State<Api>, Params(_): Params<Nothing>, Json(text): Json<ToRead>) -> Result<Response> {
    api.desk.work(move |d, _| shell::json(&intake::read(d, &text)?)).await
}

/// Where articles come from
///
/// Outlets with the number of their articles and reprints, and the texts that most articles print.
#[utoipa::path(get, path = "/api/sources", tag = "register", params(Nothing), responses((status = 200, body = Sources)))]
pub async fn sources(State(api): State<Api>, Params(_): Params<Nothing>) -> Result<Response> {
    asked(api, |_, r| questions::sources(r)).await
}

/// The description of all this.
pub async fn description(State(api): State<Api>, Params(_): Params<Nothing>) -> Response {
    use axum::response::IntoResponse;
    ([(header::CONTENT_TYPE, Form::Json.media())], api.description.as_ref().clone()).into_response()
}

pub async fn nowhere(uri: Uri) -> Problem {
    Problem::not_found(format!("expected an address of the API (see /openapi.json), found {:?}", uri.path()))
}
