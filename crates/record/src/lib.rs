//! The plain types of a record and their JSON form.
//!
//! A record is what one article yields. Here are its fields, their names in JSON, and the closed lists that some of
//! them draw on. What must not live here: how any of it is found, stored or shown.
//!
//! Offsets are Unicode code points into the article as decoded, half open.

#![forbid(unsafe_code)]

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A stretch of the article: code points, half open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    pub fn len(&self) -> u32 {
        self.end - self.start
    }
    pub fn is_empty(&self) -> bool {
        self.end == self.start
    }
}

/// Why a field says what it says: the lexicon entry and the rule of the machinery that used it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Kind and id of the entry, as `sijill lexicon show` takes it: `frame:istaqbala-receive`.
    pub entry: String,
    /// The rule, as `docs/record.md` lists them.
    pub rule: Cow<'static, str>,
}

impl Why {
    pub fn new(entry: impl Into<String>, rule: &'static str) -> Self {
        Self { entry: entry.into(), rule: Cow::Borrowed(rule) }
    }
}

/// What one article yields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub id: String,
    /// The article's own date, EDTF.
    pub published: Option<String>,
    pub dateline: Option<Dateline>,
    pub boilerplate: Vec<Boilerplate>,
    pub entities: Vec<Entity>,
    pub times: Vec<Time>,
    pub statements: Vec<Statement>,
    pub events: Vec<Event>,
    pub relations: Vec<Relation>,
    pub warnings: Vec<Warning>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    pub place: Option<String>,
    pub date: Option<String>,
    pub agency: Option<String>,
    #[serde(flatten)]
    pub span: Span,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Boilerplate {
    #[serde(flatten)]
    pub span: Span,
    #[serde(default)]
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityType {
    Person,
    Country,
    Place,
    Organization,
    Forum,
    Initiative,
}

impl EntityType {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Country => "country",
            Self::Place => "place",
            Self::Organization => "organization",
            Self::Forum => "forum",
            Self::Initiative => "initiative",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// `type:slug`; minted from the first full name where no register knows the entity.
    pub id: String,
    #[serde(rename = "type")]
    pub kind: EntityType,
    pub iso3: Option<String>,
    pub label_ar: String,
    pub label_en: Option<String>,
    /// Is it in a register?
    pub known: bool,
    pub mentions: Vec<Mention>,
    pub roles: Vec<Role>,
    /// Who acts, in the terms of PLOVER and CAMEO.
    #[serde(default)]
    pub code: ActorCode,
    #[serde(default)]
    pub why: Why,
}

/// Country and sectors of an actor, as PLOVER codes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorCode {
    /// ISO 3166-1 alpha-3 of the state that the actor is, serves, belongs to or lies in, where known.
    pub country: Option<String>,
    /// `GOV`, `MIL`, `UNO`…; empty where the article does not tell.
    pub sectors: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    #[serde(flatten)]
    pub span: Span,
    pub text: String,
    /// How the words name the entity: `name`, `title` (by office alone).
    #[serde(default)]
    pub by: Cow<'static, str>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    pub title: String,
    /// Entity id of the state or body.
    pub of: Option<String>,
    #[serde(flatten)]
    pub span: Span,
    #[serde(default)]
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    #[serde(flatten)]
    pub span: Span,
    pub text: String,
    pub edtf: String,
    #[serde(default)]
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    pub id: String,
    /// Entity ids; empty where the source is unnamed or not resolved.
    pub speakers: Vec<String>,
    pub force: String,
    pub cue: Span,
    pub content: Span,
    pub direct: bool,
    pub targets: Vec<String>,
    pub date: Option<String>,
    /// The statement within whose content this one is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plover: Option<Plover>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f32>,
    #[serde(default)]
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub id: String,
    pub kind: String,
    pub status: String,
    pub participants: Vec<Participant>,
    pub date: Option<String>,
    pub place: Option<String>,
    pub evidence: Vec<Span>,
    pub attributes: std::collections::BTreeMap<String, serde_json::Value>,
    pub plover: Option<Plover>,
    pub cameo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f32>,
    /// The statement that reports it, where it is somebody's claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    #[serde(default)]
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    pub entity: String,
    pub role: String,
    /// `actor` or `recipient`: the side in PLOVER's terms. Parties of equal standing are all actors.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub side: Cow<'static, str>,
}

/// A PLOVER 2.0 coding.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plover {
    #[serde(rename = "type")]
    pub kind: String,
    pub mode: Option<String>,
    /// Quad class: 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quad: Option<u8>,
    /// PLOVER's score, from -10 to 10; none for what did not happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// Auxiliary modes: `historical`, `future`, `hypothetical`, `negation`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aux: Vec<Cow<'static, str>>,
    /// What it is about, of PLOVER's 37 contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    pub parties: Vec<String>,
    pub level: Option<String>,
    pub established: Option<String>,
    #[serde(flatten)]
    pub span: Span,
    #[serde(default)]
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    pub code: String,
    #[serde(flatten)]
    pub span: Span,
    pub message: String,
}

/// The closed lists of the standard.
pub mod lists {
    pub const FORCES: [&str; 7] = ["state", "call-for", "pledge", "support", "criticise", "reject", "warn"];
    pub const STATUSES: [&str; 6] = ["occurred", "ongoing", "planned", "proposed", "cancelled", "denied"];
    pub const KINDS: [&str; 18] = [
        "visit",
        "meeting",
        "call",
        "gathering",
        "message",
        "mediation",
        "signing",
        "accord",
        "aid",
        "cooperation",
        "concession",
        "retreat",
        "sanction",
        "coercion",
        "protest",
        "mobilisation",
        "attack",
        "office",
    ];
    pub const ROLES: [&str; 7] = ["visitor", "host", "party", "forum", "actor", "recipient", "target"];
    pub const TITLES: [&str; 23] = [
        "head-of-state",
        "head-of-government",
        "deputy-head-of-government",
        "monarch",
        "crown-prince",
        "foreign-minister",
        "defence-minister",
        "minister",
        "deputy-minister",
        "spokesperson",
        "ambassador",
        "envoy",
        "legislator",
        "speaker-of-parliament",
        "party-official",
        "military-officer",
        "forum-head",
        "governor",
        "adviser",
        "first-lady",
        "expert",
        "executive",
        "other",
    ];
}
