//! What may be asked of the API: one struct for each question, which is also its description (OpenAPI's, and that of the assistants' tools).
//!
//! An unknown parameter is an error that names it. What must not live here: answers; how parameters come (`extract`).

use crate::{Problem, Result};
use serde::Deserialize;
use sijill_record::lists;
use sijill_store::days;
use sijill_store::query::{Range, check};
use utoipa::IntoParams;
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, SchemaType, Type};

/// Rows where no number is asked for, and the most of one page.
pub const ROWS: u32 = 40;
pub const MOST: u32 = 200;

/// Values of a closed list, any number of them.
fn any_of(list: &[&str]) -> ArrayBuilder {
    ArrayBuilder::new().items(ObjectBuilder::new().schema_type(SchemaType::Type(Type::String)).enum_values(Some(list.iter().map(|s| (*s).to_owned()))))
}
fn kinds() -> ArrayBuilder {
    any_of(&lists::KINDS)
}
fn statuses() -> ArrayBuilder {
    any_of(&lists::STATUSES)
}
fn forces() -> ArrayBuilder {
    any_of(&lists::FORCES)
}
fn codes() -> ArrayBuilder {
    any_of(check::codes())
}
fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}
fn types() -> Object {
    text().enum_values(Some(TYPES)).build()
}
fn order() -> Object {
    text().enum_values(Some(ORDERS)).build()
}
pub fn day() -> Object {
    let pattern = "^[12][0-9]{3}(-(0[1-9]|1[0-2])|-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31|-02-29)?$";
    text().pattern(Some(pattern)).examples(["2024-05-02", "2024-05", "2024"]).build()
}
fn cursor() -> Object {
    text().pattern(Some("^[0-9]{1,12}\\.[0-9a-f]{1,15}$")).build()
}
/// Of a search, whose rows are in one order only.
fn place() -> Object {
    text().pattern(Some("^[0-9a-f]{1,15}$")).build()
}
fn rows() -> Object {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer)).minimum(Some(1)).maximum(Some(MOST)).default(Some(ROWS.into())).build()
}
fn words() -> Object {
    text().min_length(Some(1)).max_length(Some(LONGEST)).build()
}

pub const TYPES: [&str; 6] = ["country", "person", "organization", "forum", "place", "initiative"];
pub const ORDERS: [&str; 2] = ["newest", "oldest"];
/// Characters of what is searched for.
pub const LONGEST: usize = 400;

/// Which events.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Events {
    /// Who takes part: an id, an ISO 3166-1 alpha-3 code, or a name in any spelling. Of several, each must. A state takes part where one of its people does.
    #[param(required = false, max_items = 8)]
    pub actor: Vec<String>,
    /// What happened; one of these.
    #[param(required = false, schema_with = kinds)]
    pub kind: Vec<String>,
    /// Whether it happened; one of these.
    #[param(required = false, schema_with = statuses)]
    pub status: Vec<String>,
    /// Where: a place, or the state in which it lies.
    pub place: Option<String>,
    /// The outlet whose article must report it.
    pub source: Option<String>,
    /// Words that an article which reports it must hold, in any spelling; a phrase in quotation marks.
    pub text: Option<String>,
    /// The first day: a day, month or year.
    #[param(required = false, schema_with = day)]
    pub from: Option<String>,
    /// The last day: a day, or the end of a month or year.
    #[param(required = false, schema_with = day)]
    pub until: Option<String>,
    /// Which come first; by default the newest (of timelines: the oldest).
    #[param(required = false, schema_with = order)]
    pub order: Option<String>,
    /// How many.
    #[param(required = false, schema_with = rows)]
    pub limit: Option<u32>,
    /// `next` of the page before. Its form may change: take it as it is given.
    #[param(required = false, schema_with = cursor)]
    pub after: Option<String>,
}

/// Which statements.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Statements {
    /// Who speaks: an id, an ISO 3166-1 alpha-3 code, or a name in any spelling. A state speaks where one of its people does.
    #[param(required = false, max_items = 8)]
    pub speaker: Vec<String>,
    /// To whom, or about whom.
    #[param(required = false, max_items = 8)]
    pub about: Vec<String>,
    /// With what force; one of these.
    #[param(required = false, schema_with = forces)]
    pub force: Vec<String>,
    /// The outlet in whose article it stands.
    pub source: Option<String>,
    /// The first day: a day, month or year.
    #[param(required = false, schema_with = day)]
    pub from: Option<String>,
    /// The last day: a day, or the end of a month or year.
    #[param(required = false, schema_with = day)]
    pub until: Option<String>,
    /// Which come first; by default the newest.
    #[param(required = false, schema_with = order)]
    pub order: Option<String>,
    /// How many.
    #[param(required = false, schema_with = rows)]
    pub limit: Option<u32>,
    /// `next` of the page before. Its form may change: take it as it is given.
    #[param(required = false, schema_with = cursor)]
    pub after: Option<String>,
}

/// Which actors.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Actors {
    /// Whose name begins so, in any spelling, or is meant by this. Without it: all, by the number of articles that name them.
    pub name: Option<String>,
    /// Of this type.
    #[serde(rename = "type")]
    #[param(required = false, schema_with = types)]
    pub kind: Option<String>,
    /// How many.
    #[param(required = false, schema_with = rows)]
    pub limit: Option<u32>,
    /// `next` of the page before. Its form may change: take it as it is given.
    #[param(required = false, schema_with = cursor)]
    pub after: Option<String>,
}

/// Two states.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Pair {
    /// A state: ISO 3166-1 alpha-3 code, id, or name in any spelling.
    pub one: String,
    /// Another state.
    pub other: String,
}

/// What articles assert of the standing of an actor with others.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Relations {
    /// An actor: id, ISO 3166-1 alpha-3 code, or name in any spelling.
    pub one: String,
    /// The other of the two; without it, anybody.
    #[serde(default)]
    pub other: Option<String>,
    /// The first day of publication: a day, month or year.
    #[serde(default)]
    #[param(required = false, schema_with = day)]
    pub from: Option<String>,
    /// The last day of publication.
    #[serde(default)]
    #[param(required = false, schema_with = day)]
    pub until: Option<String>,
    /// How many, the earliest first.
    #[serde(default)]
    #[param(required = false, schema_with = rows)]
    pub limit: Option<u32>,
}

/// Which articles, by their words.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Words, in any spelling and inflection that the engine knows; what stands in quotation marks stands together. All must occur.
    #[param(schema_with = words)]
    pub q: String,
    /// Who must be named: an id, an ISO 3166-1 alpha-3 code, or a name.
    #[serde(default)]
    #[param(required = false, max_items = 8)]
    pub actor: Vec<String>,
    /// The first day of publication: a day, month or year.
    #[serde(default)]
    #[param(required = false, schema_with = day)]
    pub from: Option<String>,
    /// The last day of publication.
    #[serde(default)]
    #[param(required = false, schema_with = day)]
    pub until: Option<String>,
    /// How many.
    #[serde(default)]
    #[param(required = false, schema_with = rows)]
    pub limit: Option<u32>,
    /// `next` of the page before. Its form may change: take it as it is given.
    #[serde(default)]
    #[param(required = false, schema_with = place)]
    pub after: Option<String>,
}

/// Which contradictions.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Checks {
    /// What does not agree; one of these.
    #[param(required = false, schema_with = codes)]
    pub code: Vec<String>,
    /// Whom it concerns; of several, each.
    #[param(required = false, max_items = 8)]
    pub actor: Vec<String>,
    /// How many.
    #[param(required = false, schema_with = rows)]
    pub limit: Option<u32>,
}

/// Which articles.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Articles {
    /// Of this outlet.
    pub source: Option<String>,
    /// The first day of publication: a day, month or year.
    #[param(required = false, schema_with = day)]
    pub from: Option<String>,
    /// The last day of publication.
    #[param(required = false, schema_with = day)]
    pub until: Option<String>,
    /// How many, the newest first.
    #[param(required = false, schema_with = rows)]
    pub limit: Option<u32>,
    /// `next` of the page before. Its form may change: take it as it is given.
    #[param(required = false, schema_with = cursor)]
    pub after: Option<String>,
}

/// No parameters at all.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Nothing {}

/// The number of rows of a page.
pub fn limit(asked: Option<u32>) -> Result<usize> {
    match asked.unwrap_or(ROWS) {
        n @ 1..=MOST => Ok(n as usize),
        n => Err(Problem::wrong(format!("limit: expected a number from 1 to {MOST}, found {n}"))),
    }
}

/// Do the newest come first?
pub fn newest(asked: Option<&str>, otherwise: bool) -> Result<bool> {
    match asked {
        None => Ok(otherwise),
        Some("newest") => Ok(true),
        Some("oldest") => Ok(false),
        Some(other) => Err(Problem::wrong(format!("order: expected one of {}, found {other:?}", ORDERS.join(", ")))),
    }
}

/// The first and the last day of a day, month or year.
pub fn span(name: &str, value: Option<&str>) -> Result<Option<(days::Day, days::Day)>> {
    let Some(v) = value else { return Ok(None) };
    let shaped = matches!(v.len(), 4 | 7 | 10) && v.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    let bounds = if shaped { days::bounds(v) } else { None };
    bounds.map(Some).ok_or_else(|| Problem::wrong(format!("{name}: expected a day, month or year like 2024-07-02, found {v:?}")))
}

/// Days from `from` to the end of `until`.
pub fn range(from: Option<&str>, until: Option<&str>) -> Result<Range> {
    Ok(Range { from: span("from", from)?.map(|b| b.0), until: span("until", until)?.map(|b| b.1) })
}
