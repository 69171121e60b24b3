//! All of resolution on articles that lie in memory: reprints, then actors, then events.
//!
//! For evaluation, small collections, and as the order in which a database or a cluster does the same in pieces. What must not live
//! here: any decision.

use crate::facts::Facts;
use crate::model::{Event, Identity, Report, Sighting, Source};
use crate::reprints::{Print, Signature};
use crate::{actors, events, from_record, reprints};
use rustc_hash::FxHashMap;
use sijill_record::Record;
use std::collections::BTreeMap;

/// An article that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// Key of the article.
    pub article: String,
    pub outlet: Option<String>,
    pub record: Record,
    /// Of its text (see [`reprints::signature`]).
    pub signature: Signature,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// Article to its group of reprints.
    pub wires: BTreeMap<String, String>,
    pub sightings: Vec<Sighting>,
    pub identities: Vec<Identity>,
    pub reports: Vec<Report>,
    pub events: Vec<Event>,
}

/// The register of the articles, which may come in any order; one that comes twice counts once.
pub fn register(articles: &[Read], facts: &Facts) -> Register {
    let mut list: Vec<&Read> = articles.iter().collect();
    list.sort_by(|a, b| a.article.cmp(&b.article));
    list.dedup_by(|a, b| a.article == b.article);
    let prints: Vec<Print> = list.iter().map(|r| Print { article: r.article.clone(), published: r.record.published.clone(), signature: r.signature.clone() }).collect();
    let mut out = Register { wires: reprints::groups(&prints), ..Register::default() };
    let source = |r: &Read| Source { article: r.article.clone(), outlet: r.outlet.clone(), wire: out.wires.get(&r.article).cloned() };
    let sources: Vec<Source> = list.iter().map(|r| source(r)).collect();
    for (r, s) in list.iter().zip(&sources) {
        out.sightings.extend(from_record::sightings(&r.record, s, facts));
    }
    out.identities = actors::resolve(&out.sightings, facts);
    let mut of: FxHashMap<&str, Vec<Identity>> = FxHashMap::default();
    for i in &out.identities {
        of.entry(&i.article).or_default().push(i.clone());
    }
    let nobody = Vec::new();
    for (r, s) in list.iter().zip(&sources) {
        out.reports.extend(from_record::reports(&r.record, s, of.get(r.article.as_str()).unwrap_or(&nobody), facts));
    }
    out.events = events::resolve(&out.reports);
    out
}
