//! The plain data that resolution takes and gives.
//!
//! What must not live here: decisions.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// One actor as one article has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sighting {
    /// Key of the article (see [`Report::article`]).
    pub article: String,
    /// The entity's id in the article's record: `person:xi-jinping`.
    pub entity: String,
    /// `person`, `country`, `place`, `organization`, `forum`, `initiative`.
    pub kind: String,
    /// Does a register know it? Then its id is its identity.
    pub known: bool,
    pub label_ar: String,
    pub label_en: Option<String>,
    /// Distinct surface forms, in order of first occurrence.
    pub names: Vec<String>,
    /// Is every mention by office alone (`وزير الخارجية الكويتي` whose bearer the text never names)?
    pub unnamed: bool,
    pub roles: Vec<Held>,
    /// The article's date, EDTF.
    pub published: Option<String>,
}

/// A role as the article says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub title: String,
    /// Entity id of the state or body.
    pub of: Option<String>,
    /// ISO 3166-1 alpha-3 of the state, where `of` is one or belongs to one.
    pub country: Option<String>,
}

/// Who a sighting is, across articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub article: String,
    pub entity: String,
    /// The actor: a register's id, or one that the block makes from name and country. It names itself in no other block.
    pub actor: String,
    /// The rule that decided.
    pub rule: String,
}

/// One event as one article reports it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Key of the article: permanent, made of what identifies it, never of the order of arrival.
    pub article: String,
    /// Id within the article's record: `e3`.
    pub event: String,
    pub kind: String,
    pub status: String,
    pub parties: Vec<Party>,
    /// EDTF, as the article gives it.
    pub date: Option<String>,
    /// Actor id of the place.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 of the state in which the place lies, where known.
    pub place_country: Option<String>,
    /// The article's date, EDTF.
    pub published: Option<String>,
    pub outlet: Option<String>,
    /// Articles with the same text, but for a wire's house style, share this (see `reprints`).
    pub wire: Option<String>,
    /// Whose claim it is: actor ids of the speakers of the statement that reports it.
    pub claimed_by: Vec<String>,
    pub attributes: BTreeMap<String, Value>,
    pub code: Code,
    /// The first evidence, in code points of the article.
    pub start: u32,
    pub end: u32,
}

impl Report {
    /// What names this report for good: `article#event`.
    pub fn key(&self) -> String {
        format!("{}#{}", self.article, self.event)
    }
}

/// How the code books file an event or statement. All empty: they have no place for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Code {
    /// PLOVER 2.0 event type and mode.
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub quad: Option<u8>,
    pub cameo: Option<String>,
    pub goldstein: Option<f32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Party {
    /// Actor id, across articles (see [`Identity`]).
    pub actor: String,
    pub role: String,
    /// ISO 3166-1 alpha-3 of the state that the actor is, serves or comes from, where known.
    pub country: Option<String>,
}

/// One happening, with all its reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// `ev-` and twelve hexadecimal digits of the least report's hash; any member's hash finds the event, so that an address, once
    /// given, holds when more reports come.
    pub id: String,
    pub kind: String,
    /// As it stands after the latest word.
    pub status: String,
    pub parties: Vec<Party>,
    /// The most precise date that the reports agree on, else the one with the most independent sources.
    pub date: Option<String>,
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3 of the state in which the place lies, where known.
    pub place_country: Option<String>,
    pub attributes: BTreeMap<String, Value>,
    /// Of the status as it stands.
    pub code: Code,
    /// Announced, confirmed, happened, cancelled: in order of publication.
    pub life: Vec<Stage>,
    /// Where reports differ: field, values, and who says each.
    pub differing: Vec<Differing>,
    /// Keys of the reports (`article#event`), in order.
    pub reports: Vec<String>,
    /// Reports that are not reprints of each other.
    pub independent: u32,
}

/// A stage in the life of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// `proposed`, `announced`, `confirmed`, `ongoing`, `happened`, `cancelled`, `denied`.
    pub stage: String,
    /// When it was said: the date of the first article that says it.
    pub on: Option<String>,
    pub article: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Differing {
    pub field: String,
    /// Each value with the articles that give it, in order.
    pub values: Vec<(Value, Vec<String>)>,
}

/// What an article is, apart from its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Key of the article.
    pub article: String,
    pub outlet: Option<String>,
    /// The group of reprints to which it belongs; the article itself where it stands alone.
    pub wire: Option<String>,
}
