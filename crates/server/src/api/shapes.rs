//! What the API answers beyond the register's own rows: an event with its proof, an article with all that was read in it.
//!
//! What must not live here: how an answer is found (`questions`).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sijill_record::Span;
use sijill_store::query::actor::Portrait;
use sijill_store::query::desk::{Outlet, Wire};
use sijill_store::query::event::{Happening, Report};
use sijill_store::query::statement::{Asserted, Said};
use sijill_store::query::whole::Seen;
use sijill_store::query::{Counts, Name, Source, Stretch};
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Schema, SchemaType, Type};

/// An event with the report that shows it best: its words, and where they stand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Event {
    #[serde(flatten)]
    pub event: Happening,
    pub proof: Option<Report>,
}

/// An event with all its reports.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EventWhole {
    pub event: Happening,
    /// In order of publication; the first hundreds, where there are very many.
    pub reports: Vec<Report>,
}

/// What stands in a timeline: an event, or a level of relation where it is first asserted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Moment {
    /// The day on which it stands; empty where none is known.
    pub on: String,
    /// `entry` says what it is: `event` (as in lists of events, with `proof`) or `relation` (as in lists of relations, with the number of `articles`).
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub what: Value,
}

/// Somebody, with what he did and said last.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActorWhole {
    pub actor: Portrait,
    pub latest_events: Vec<Event>,
    pub latest_statements: Vec<Said>,
}

/// How two states stand to each other.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StandingOf {
    pub one: Name,
    pub other: Name,
    /// Levels, agreements, visits, positions, and acts by month, with the ids of the articles and events behind each.
    #[schema(value_type = Object)]
    pub standing: Value,
    /// The words by which articles assert it, in order of publication.
    pub asserted: Vec<Asserted>,
}

/// An article in which the words were found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Hit {
    #[serde(flatten)]
    pub source: Source,
    pub snippet: String,
    /// The found words: code points of the article.
    #[schema(value_type = Vec<Stretch>)]
    pub found: Vec<Span>,
}

/// A list that has no further pages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct List<T> {
    pub items: Vec<T>,
}

/// What an article reports, and the event that it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Reported {
    /// Permanent id of the event.
    pub event: Option<String>,
    pub report: Report,
}

/// An article with all that was read in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArticleWhole {
    pub source: Source,
    pub text: String,
    /// The lexicon with which it was read.
    pub lexicon: Option<String>,
    /// The text that it prints, where others print it too.
    pub wire: Option<String>,
    pub actors: Vec<Seen>,
    pub reports: Vec<Reported>,
    pub statements: Vec<Said>,
}

/// Where the articles come from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Sources {
    pub outlets: Vec<Outlet>,
    /// The texts that most articles print.
    pub wires: Vec<Wire>,
}

/// What the register is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct About {
    pub name: String,
    pub counts: Counts,
    /// The latest day of publication.
    pub latest: Option<String>,
    /// Version of the program that answers.
    pub sijill: String,
    /// The lexicon with which the register was last described.
    pub lexicon: Option<String>,
    /// Lexicons with which articles were read, and how many with each.
    pub lexicons: Vec<(String, u32)>,
    pub cite: String,
    pub license_of_texts: String,
}

/// In a body a day that is not known may be left out or be null.
fn day_or_null() -> RefOr<Schema> {
    let mut day = super::params::day();
    if let RefOr::T(Schema::Object(o)) = &mut day {
        o.schema_type = SchemaType::from_iter([Type::String, Type::Null]);
    }
    day
}

/// A text to read.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToRead {
    /// An article in Arabic, as published.
    #[schema(min_length = 1)]
    pub text: String,
    /// Day of publication, from which "yesterday" is reckoned.
    #[schema(schema_with = day_or_null)]
    pub published: Option<String>,
    pub outlet: Option<String>,
    /// A name of your own for it; it comes back in the record.
    pub id: Option<String>,
}

/// An article to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToAdd {
    /// The article as published.
    #[schema(min_length = 1)]
    pub text: String,
    /// Its address. An article of an address that the register holds is a new version of it.
    pub url: Option<String>,
    /// The id that its source gives; with the outlet it identifies an article that has no address.
    pub id: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    /// Day of publication.
    #[schema(schema_with = day_or_null)]
    pub published: Option<String>,
}

/// Articles to add.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Additions {
    #[schema(min_items = 1, max_items = 100)]
    pub articles: Vec<ToAdd>,
}

/// What came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Kept {
    pub new: usize,
    /// New versions of articles that were known.
    pub changed: usize,
    pub known: usize,
    /// Permanent ids of the articles, in the order in which they came.
    pub articles: Vec<String>,
}
