//! The register for programs: REST under `/api`, described by `/openapi.json`, which is made from the code that answers.
//!
//! `params` has what may be asked, `shapes` what is answered, `questions` asks the register, `handlers` stands between them and HTTP, `intake` lets
//! articles in for who has the `token`. What must not live here: SQL, labels for people, pages.

mod extract;
mod handlers;
pub mod intake;
pub mod params;
pub mod questions;
pub mod shapes;
pub mod token;

use crate::{Desk, Problem};
use axum::Router;
use axum::routing::{any, get};
use std::sync::Arc;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the handlers share.
#[derive(Clone)]
pub struct Api {
    pub desk: Arc<Desk>,
    pub intake: Arc<intake::Intake>,
    description: Arc<Vec<u8>>,
}

fn described() -> OpenApi {
    let license = LicenseBuilder::new().name(env!("CARGO_PKG_LICENSE")).build();
    let info = InfoBuilder::new()
        .title("sijill")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "A register of diplomatic events, read from Arabic news. Lists come in pages: `next` of an answer is `after` of the next question, and rows that come in meanwhile move nothing. \
             Every error is a problem (RFC 9457). Answers carry an ETag.",
        ))
        .license(Some(license))
        .build();
    let mut api = OpenApiBuilder::new().info(info).build();
    let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("The token that the desk was opened with.")).build());
    api.components.get_or_insert_default().add_security_scheme("token", token);
    api
}

fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(described())
        .routes(routes!(handlers::about))
        .routes(routes!(handlers::events))
        .routes(routes!(handlers::event))
        .routes(routes!(handlers::timeline))
        .routes(routes!(handlers::statements))
        .routes(routes!(handlers::actors))
        .routes(routes!(handlers::actor))
        .routes(routes!(handlers::relations))
        .routes(routes!(handlers::standing))
        .routes(routes!(handlers::search))
        .routes(routes!(handlers::checks))
        .routes(routes!(handlers::articles, handlers::add))
        .routes(routes!(handlers::article))
        .routes(routes!(handlers::read))
        .routes(routes!(handlers::sources))
}

/// Every answer that is none has the one shape, whatever the address.
fn with_problems(mut api: OpenApi) -> OpenApi {
    let problem =
        || ResponseBuilder::new().description("No answer, and why").content("application/problem+json", Content::new(Some(Ref::from_schema_name(Problem::name())))).build();
    for path in api.paths.paths.values_mut() {
        for operation in [&mut path.get, &mut path.post].into_iter().flatten() {
            operation.responses.responses.insert("default".to_owned(), problem().into());
        }
    }
    let schemas = &mut api.components.get_or_insert_default().schemas;
    let mut more = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut more);
    for (name, schema) in more {
        schemas.entry(name).or_insert(schema);
    }
    api
}

/// The description by itself.
pub fn description() -> OpenApi {
    with_problems(routes().split_for_parts().1)
}

pub fn router(desk: Arc<Desk>) -> Router {
    let (routes, described) = routes().split_for_parts();
    let description = Arc::new(serde_json::to_vec(&with_problems(described)).unwrap_or_default());
    routes
        .route("/openapi.json", get(handlers::description))
        // Below /api nobody waits for a page.
        .route("/api", any(handlers::nowhere))
        .route("/api/", any(handlers::nowhere))
        .route("/api/{*rest}", any(handlers::nowhere))
        .with_state(Api { desk, intake: Arc::default(), description })
}
