//! From an article and its record to the rows of the register. Done by the threads that read, so that the one that writes only writes.
//!
//! A pure function: nothing here knows what the register holds already. What must not live here: SQL.

use crate::days::{self, Day};
use crate::document::{Document, block_number, hash};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use sijill_record::{Plover, Record, Span};
use sijill_resolve::facts::Facts;
use sijill_resolve::model::{Code, Sighting, Source};
use sijill_resolve::reprints::Signature;
use sijill_resolve::{actors, from_record, reprints, standing};
use sijill_text::{fold, is_alphanumeric};

/// All that one article brings into the register.
#[derive(Debug, Default)]
pub struct Prepared {
    pub document: Document,
    pub key: String,
    pub version: String,
    pub published: Option<String>,
    pub day: Day,
    pub signature: Signature,
    pub words: String,
    pub tokens: String,
    pub sightings: Vec<Seen>,
    pub reports: Vec<Reported>,
    pub statements: Vec<Said>,
    pub relations: Vec<Standing>,
    pub positions: Vec<Held>,
    pub warnings: Vec<Warned>,
}

/// A sighting and, where no other article is needed to say it, who it is.
#[derive(Debug)]
pub struct Seen {
    pub sighting: Sighting,
    /// Actor and rule.
    pub identity: Option<(String, String)>,
    /// Number of the block that decides, or would.
    pub block: i64,
    pub country: Option<String>,
    /// Surface forms that name it, without those that give its office only.
    pub spelled: Vec<String>,
    pub mentions: u32,
    pub first: Span,
}

#[derive(Debug)]
pub struct Reported {
    pub n: String,
    pub address: i64,
    pub kind: String,
    pub status: String,
    pub date: Option<String>,
    pub place: Option<u32>,
    pub parties: Vec<(u32, String)>,
    pub claimed_by: Vec<u32>,
    pub attributes: String,
    pub evidence: String,
    pub span: Span,
    pub code: Code,
    pub entry: String,
    pub rule: String,
}

#[derive(Debug)]
pub struct Said {
    pub n: String,
    pub tie: i64,
    pub force: String,
    pub speakers: Vec<u32>,
    pub targets: Vec<u32>,
    pub about: Vec<u32>,
    pub cue: Span,
    pub content: Span,
    pub direct: bool,
    pub date: Option<String>,
    pub day: Day,
    pub within: Option<String>,
    pub code: Code,
}

#[derive(Debug)]
pub struct Standing {
    pub a: u32,
    pub b: u32,
    pub level: Option<String>,
    pub established: Option<String>,
    /// The date that the same statement gives for it.
    pub dated: Option<String>,
    /// The two states: `CHN+KAZ`.
    pub pair: Option<String>,
    pub span: Span,
}

/// A position of one state on another.
#[derive(Debug)]
pub struct Held {
    pub pair: String,
    pub topic: String,
    pub stance: String,
    pub by: Vec<u32>,
    pub of: String,
    pub span: Span,
}

#[derive(Debug)]
pub struct Warned {
    pub code: String,
    pub span: Span,
    pub message: String,
}

/// The word by which search knows the actors of a block.
pub fn token(block: i64) -> String {
    format!("{:016x}", block as u64)
}

/// `words`: title and text as search knows them (`sijill_extract::Worker::words`).
pub fn prepare(document: Document, record: &Record, words: String, facts: &Facts) -> Prepared {
    let key = document.key();
    let published = record.published.clone();
    let day = days::first(published.as_deref());
    let numbers: FxHashMap<&str, u32> = record.entities.iter().enumerate().map(|(n, e)| (e.id.as_str(), n as u32)).collect();
    let number = |id: &str| numbers.get(id).copied();
    let all = |ids: &[String]| ids.iter().filter_map(|id| number(id)).collect::<Vec<u32>>();

    let sightings: Vec<Seen> = sightings(&key, record, facts);
    let mut tokens: Vec<String> = Vec::new();
    for s in &sightings {
        tokens.push(token(s.block));
        tokens.extend(s.country.iter().map(|c| token(block_number(&format!("is country:{c}")))));
    }
    tokens.sort_unstable();
    tokens.dedup();

    let reports = record
        .events
        .iter()
        .map(|e| Reported {
            n: e.id.clone(),
            address: crate::document::report_address(&key, &e.id),
            kind: e.kind.clone(),
            status: e.status.clone(),
            date: e.date.clone(),
            place: e.place.as_deref().and_then(number),
            parties: e.participants.iter().filter_map(|p| Some((number(&p.entity)?, p.role.clone()))).collect(),
            claimed_by: e.within.as_ref().and_then(|w| record.statements.iter().find(|s| s.id == *w)).map_or_else(Vec::new, |s| all(&s.speakers)),
            attributes: json!(e.attributes).to_string(),
            evidence: Value::Array(e.evidence.iter().map(|s| json!([s.start, s.end])).collect()).to_string(),
            span: e.evidence.first().copied().unwrap_or_default(),
            code: coded(&e.plover, &e.cameo, e.goldstein),
            entry: e.why.entry.clone(),
            rule: e.why.rule.to_string(),
        })
        .collect();

    let statements = record
        .statements
        .iter()
        .map(|s| {
            let (speakers, targets) = (all(&s.speakers), all(&s.targets));
            let about = record
                .entities
                .iter()
                .enumerate()
                .map(|(n, e)| (n as u32, e))
                .filter(|(n, e)| !speakers.contains(n) && !targets.contains(n) && e.mentions.iter().any(|m| s.content.contains(m.span)))
                .map(|(n, _)| n)
                .collect();
            Said {
                n: s.id.clone(),
                tie: (hash(&[&key, &s.id]) >> 16) as i64,
                force: s.force.clone(),
                speakers,
                targets,
                about,
                cue: s.cue,
                content: s.content,
                direct: s.direct,
                date: s.date.clone(),
                day: s.date.as_deref().and_then(days::bounds).map_or(day, |b| b.0),
                within: s.within.clone(),
                code: coded(&s.plover, &s.cameo, s.goldstein),
            }
        })
        .collect();

    let source = Source { article: key.clone(), outlet: document.outlet.clone(), wire: None };
    let levels = standing::levels(record, &source, facts);
    let relations = record
        .relations
        .iter()
        .filter_map(|r| {
            let [a, b] = r.parties.as_slice() else { return None };
            let level = levels.iter().find(|l| (l.start, l.end) == (r.span.start, r.span.end) && l.level == r.level && l.established == r.established);
            Some(Standing {
                a: number(a)?,
                b: number(b)?,
                level: r.level.clone(),
                established: r.established.clone(),
                dated: level.and_then(|l| l.dated.clone()),
                pair: level.map(|l| l.pair.join("+")),
                span: r.span,
            })
        })
        .collect();
    // Without identities the speakers keep the names that the record gives them: those are this article's sightings.
    let positions = standing::positions(record, &source, &[], facts)
        .into_iter()
        .map(|p| Held { pair: p.pair.join("+"), topic: p.topic, stance: p.stance, by: all(&p.by), of: p.of, span: Span::new(p.start, p.end) })
        .collect();
    let warnings = record.warnings.iter().map(|w| Warned { code: w.code.clone(), span: w.span, message: w.message.clone() }).collect();
    Prepared {
        version: document.version(),
        signature: reprints::signature(&document.text),
        key,
        published,
        day,
        words,
        tokens: tokens.join(" "),
        sightings,
        reports,
        statements,
        relations,
        positions,
        warnings,
        document,
    }
}

fn coded(plover: &Option<Plover>, cameo: &Option<String>, goldstein: Option<f32>) -> Code {
    Code {
        plover: plover.as_ref().map(|p| p.kind.clone()),
        mode: plover.as_ref().and_then(|p| p.mode.clone()),
        quad: plover.as_ref().and_then(|p| p.quad),
        cameo: cameo.clone(),
        goldstein,
    }
}

fn sightings(key: &str, record: &Record, facts: &Facts) -> Vec<Seen> {
    let source = Source { article: key.to_owned(), ..Source::default() };
    from_record::sightings(record, &source, facts)
        .into_iter()
        .zip(&record.entities)
        .map(|(sighting, e)| {
            let (block, identity) = actors::alone(&sighting, facts);
            let mut spelled: Vec<String> = Vec::new();
            for m in e.mentions.iter().filter(|m| m.by == "name") {
                if !spelled.contains(&m.text) {
                    spelled.push(m.text.clone());
                }
            }
            Seen {
                country: from_record::country(e, record, facts),
                block: block_number(&block),
                identity,
                spelled,
                mentions: e.mentions.len() as u32,
                first: e.mentions.first().map(|m| m.span).unwrap_or_default(),
                sighting,
            }
        })
        .collect()
}

/// A spelling as look-ups compare it.
pub fn folded_name(name: &str) -> String {
    fold(name).split(|c: char| !is_alphanumeric(c)).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}
