//! Tables of our own: their columns, each with type, meaning and source, and two of the forms in which they are written (CSV, JSON Lines; Parquet is `columnar`).
//!
//! The columns are what the data dictionary is made of. What must not live here: columns that other projects have laid down.

use crate::rows::{Row, score};
use crate::{Made, Result};
use serde::Serializer;
use serde::ser::SerializeMap;
use serde_json::{Value, json};
use sijill_store::query::check::Finding;
use sijill_store::query::desk::Outlet;
use sijill_store::query::event::Part;
use sijill_store::query::statement::{Asserted, Said};
use sijill_store::query::whole::Listed;
use sijill_store::query::{Name, Source};
use std::io::Write;

/// Type of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// `YYYY-MM-DD`.
    Day,
    /// EDTF: may be a month, a year, a range, uncertain.
    Edtf,
    Integer,
    Number,
    Boolean,
    /// In JSON a list, in CSV its items with `;` between them; one within an item becomes a comma.
    List,
    /// In JSON as it is, in CSV as JSON text.
    Json,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Day => "day",
            Self::Edtf => "EDTF date",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "true/false",
            Self::List => "list",
            Self::Json => "JSON",
        }
    }
}

/// A column: what it is called, what it means, where it comes from (`article`: said by it; `lexicon`, `resolution`, `code book`, `source`: given with the article).
pub struct Column<T: 'static> {
    pub name: &'static str,
    pub kind: Kind,
    pub meaning: &'static str,
    pub source: &'static str,
    pub cell: fn(&T) -> Value,
}

fn ids<'a>(list: impl IntoIterator<Item = &'a Name>) -> Value {
    list.into_iter().map(|n| n.id.clone()).collect::<Vec<_>>().into()
}

fn arabic<'a>(list: impl IntoIterator<Item = &'a Name>) -> Value {
    list.into_iter().map(|n| n.ar.clone()).collect::<Vec<_>>().into()
}

fn english<'a>(list: impl IntoIterator<Item = &'a Name>) -> Value {
    list.into_iter().map(|n| n.en.clone().unwrap_or_default()).collect::<Vec<_>>().into()
}

fn names(list: &[Part]) -> impl Iterator<Item = &Name> {
    list.iter().map(|p| &p.name)
}

fn states(list: &[Part]) -> Value {
    list.iter().map(|p| crate::rows::state(p).unwrap_or_default().to_owned()).collect::<Vec<_>>().into()
}

macro_rules! columns {
    ($($name:ident $kind:ident $source:literal $meaning:literal $cell:expr;)*) => {
        &[$(Column { name: stringify!($name), kind: Kind::$kind, meaning: $meaning, source: $source, cell: $cell }),*]
    };
}

pub const EVENTS: &[Column<Row>] = columns! {
    event Text "resolution" "Permanent id; ids that its reports had when they stood alone lead to it, too" |r| json!(r.event.event);
    kind Text "article" "Kind of event, of the closed list" |r| json!(r.event.kind);
    status Text "article" "How it stands after the latest report: occurred, ongoing, planned, proposed, cancelled, denied" |r| json!(r.event.status);
    date Edtf "article" "When, as precisely as the reports agree; empty: no report says" |r| json!(r.event.date);
    date_from Day "article" "First day that `date` may mean" |r| json!(r.days().0);
    date_until Day "article" "Last day that `date` may mean" |r| json!(r.days().1);
    day Day "resolution" "Where it stands in this file: its first day, else the day of its first report" |r| json!(r.day());
    place Text "article" "Id of the place" |r| json!(r.event.place.as_ref().map(|p| &p.id));
    place_ar Text "lexicon" "Its Arabic name" |r| json!(r.event.place.as_ref().map(|p| &p.ar));
    place_en Text "lexicon" "Its English name, where one is known" |r| json!(r.event.place.as_ref().and_then(|p| p.en.as_ref()));
    place_country Text "lexicon" "ISO 3166-1 alpha-3 code of the state in which it lies, where known" |r| json!(r.event.place.as_ref().and_then(|p| p.country.as_ref()));
    actors List "article" "Ids of those who act, or who stand side by side" |r| ids(names(&r.actors));
    actors_ar List "lexicon" "Their Arabic names, in the same order" |r| arabic(names(&r.actors));
    actors_en List "lexicon" "Their English names, in the same order; an empty item where none is known" |r| english(names(&r.actors));
    actors_country List "article" "ISO codes of the states for which they act, in the same order" |r| states(&r.actors);
    actors_role List "article" "Their roles, in the same order" |r| r.actors.iter().map(|p| p.role.clone()).collect::<Vec<_>>().into();
    recipients List "article" "Ids of those to whom it is done: hosts, recipients, targets" |r| ids(names(&r.recipients));
    recipients_ar List "lexicon" "Their Arabic names, in the same order" |r| arabic(names(&r.recipients));
    recipients_en List "lexicon" "Their English names, in the same order; an empty item where none is known" |r| english(names(&r.recipients));
    recipients_country List "article" "ISO codes of the states for which they act, in the same order" |r| states(&r.recipients);
    recipients_role List "article" "Their roles, in the same order" |r| r.recipients.iter().map(|p| p.role.clone()).collect::<Vec<_>>().into();
    attributes Json "article" "Further things said of it: ordinal, purpose, and the like" |r| r.event.attributes.clone();
    life Json "resolution" "Its stages in order of publication, each with the article that says it" |r| r.event.life.clone();
    differing Json "resolution" "Fields on which reports differ: each value with the articles that give it" |r| r.event.differing.clone();
    reports Integer "resolution" "Reports of it" |r| json!(r.event.reports);
    independent Integer "resolution" "Reports that are no reprints of each other" |r| json!(r.event.independent);
    plover Text "code book" "PLOVER 2.0 event type; empty: the code book has no place for it" |r| json!(r.event.plover);
    mode Text "code book" "PLOVER mode" |r| json!(r.event.mode);
    quad Integer "code book" "PLOVER quad class: 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict" |r| json!(r.event.quad);
    cameo Text "code book" "CAMEO code" |r| json!(r.event.cameo);
    goldstein Number "code book" "Goldstein value of the CAMEO code, from -10 to 10" |r| json!(r.event.goldstein.map(score));
    article Text "source" "Key of the article of the first report" |r| json!(r.first.as_ref().map(|f| &f.source.article));
    outlet Text "source" "Its outlet" |r| json!(r.first.as_ref().and_then(|f| f.source.outlet.as_ref()));
    published Edtf "source" "When it was published" |r| json!(r.first.as_ref().and_then(|f| f.source.published.as_ref()));
    title Text "source" "Its title" |r| json!(r.first.as_ref().and_then(|f| f.source.title.as_ref()));
    url Text "source" "Its address" |r| json!(r.first.as_ref().and_then(|f| f.source.url.as_ref()));
    quote Text "article" "Its words that prove the event" |r| json!(r.quote());
    start Integer "article" "Where they begin in the article's text, in code points from 0" |r| json!(r.first.as_ref().and_then(|f| f.evidence.first()).map(|e| e.start));
    end Integer "article" "Where they end: the first code point after them" |r| json!(r.first.as_ref().and_then(|f| f.evidence.first()).map(|e| e.end));
    entry Text "lexicon" "Entry of the lexicon that found it" |r| json!(r.first.as_ref().map(|f| &f.entry));
    rule Text "resolution" "Rule that found it" |r| json!(r.first.as_ref().map(|f| &f.rule));
};

pub const STATEMENTS: &[Column<Said>] = columns! {
    article Text "source" "Key of the article" |s| json!(s.source.article);
    statement Text "article" "Id of the statement within its article" |s| json!(s.n);
    force Text "article" "What is done by saying it: state, call-for, pledge, support, criticise, reject, warn" |s| json!(s.force);
    speakers List "article" "Ids of the speakers" |s| ids(&s.speakers);
    speakers_ar List "lexicon" "Their Arabic names, in the same order" |s| arabic(&s.speakers);
    speakers_en List "lexicon" "Their English names, in the same order; an empty item where none is known" |s| english(&s.speakers);
    targets List "article" "Ids of those to whom or against whom it is said" |s| ids(&s.targets);
    targets_ar List "lexicon" "Their Arabic names, in the same order" |s| arabic(&s.targets);
    targets_en List "lexicon" "Their English names, in the same order; an empty item where none is known" |s| english(&s.targets);
    date Edtf "article" "When it was said, where the article says so" |s| json!(s.date);
    direct Boolean "article" "Is it a word-for-word quotation?" |s| json!(s.direct);
    cue Text "article" "The words that introduce it" |s| json!(s.cue);
    quote Text "article" "What is said, in the article's words" |s| json!(s.quote);
    start Integer "article" "Where it begins in the article's text, in code points from 0" |s| json!(s.start);
    end Integer "article" "Where it ends: the first code point after it" |s| json!(s.end);
    plover Text "code book" "PLOVER 2.0 event type; empty: the code book has no place for it" |s| json!(s.plover);
    cameo Text "code book" "CAMEO code" |s| json!(s.cameo);
    outlet Text "source" "Outlet of the article" |s| json!(s.source.outlet);
    published Edtf "source" "When it was published" |s| json!(s.source.published);
    title Text "source" "Its title" |s| json!(s.source.title);
    url Text "source" "Its address" |s| json!(s.source.url);
};

pub const RELATIONS: &[Column<Asserted>] = columns! {
    one Text "article" "Id of one party" |r| json!(r.one.id);
    one_ar Text "lexicon" "Its Arabic name" |r| json!(r.one.ar);
    one_en Text "lexicon" "Its English name, where one is known" |r| json!(r.one.en);
    other Text "article" "Id of the other party" |r| json!(r.other.id);
    other_ar Text "lexicon" "Its Arabic name" |r| json!(r.other.ar);
    other_en Text "lexicon" "Its English name, where one is known" |r| json!(r.other.en);
    level Text "article" "Level of the relation, as the article asserts it" |r| json!(r.level);
    established Edtf "article" "Since when, as the article asserts it" |r| json!(r.established);
    quote Text "article" "The words that assert it" |r| json!(r.quote);
    start Integer "article" "Where they begin in the article's text, in code points from 0" |r| json!(r.start);
    end Integer "article" "Where they end: the first code point after them" |r| json!(r.end);
    article Text "source" "Key of the article" |r| json!(r.source.article);
    outlet Text "source" "Its outlet" |r| json!(r.source.outlet);
    published Edtf "source" "When it was published" |r| json!(r.source.published);
    title Text "source" "Its title" |r| json!(r.source.title);
    url Text "source" "Its address" |r| json!(r.source.url);
};

pub const ACTORS: &[Column<Listed>] = columns! {
    actor Text "resolution" "Id across articles; `…@article` where nothing tells who it is beyond that article" |a| json!(a.name.id);
    type Text "article" "person, country, place, organization, forum, initiative" |a| json!(a.name.kind);
    name_ar Text "lexicon" "Arabic name: the lexicon's, else the spelling that most articles use" |a| json!(a.name.ar);
    name_en Text "lexicon" "English name, where one is known" |a| json!(a.name.en);
    country Text "resolution" "ISO 3166-1 alpha-3 code of the state that it is, serves or lies in, where known" |a| json!(a.name.country);
    known Boolean "lexicon" "Does the lexicon's register hold it?" |a| json!(a.known);
    spellings List "article" "Every spelling, the most used first" |a| json!(a.spellings);
    articles Integer "resolution" "Articles that name it" |a| json!(a.articles);
    events Integer "resolution" "Events in which it, or one of its people, takes part" |a| json!(a.events);
    statements Integer "resolution" "Statements of its own, or of one of its people" |a| json!(a.statements);
};

/// Of the desk: articles that a search finds, or that an outlet printed.
pub const ARTICLES: &[Column<Source>] = columns! {
    article Text "source" "Key of the article" |a| json!(a.article);
    outlet Text "source" "Its outlet" |a| json!(a.outlet);
    published Edtf "source" "When it was published" |a| json!(a.published);
    title Text "source" "Its title" |a| json!(a.title);
    url Text "source" "Its address" |a| json!(a.url);
    id Text "source" "Id that its source gives it" |a| json!(a.id);
};

/// Of the desk: outlets.
pub const OUTLETS: &[Column<Outlet>] = columns! {
    outlet Text "source" "Outlet, as its articles name it; empty: none is named" |o| json!(o.outlet);
    articles Integer "resolution" "Articles" |o| json!(o.articles);
    reprints Integer "resolution" "Of them, those that print what another article printed" |o| json!(o.reprints);
    first Day "source" "Day of the first" |o| json!(o.first);
    last Day "source" "Day of the last" |o| json!(o.last);
};

/// Of the desk: where something contradicts.
pub const CHECKS: &[Column<Finding>] = columns! {
    code Text "resolution" "What does not agree" |f| json!(f.code);
    about Text "resolution" "An event, an actor, a pair of states, an article, a report" |f| json!(f.about);
    kind Text "article" "Kind of the event, where it is about one" |f| json!(f.kind);
    who List "resolution" "Ids of those whom it concerns" |f| ids(&f.who);
    values Json "article" "The values that contradict each other, each with the articles and words that say it" |f| json!(f.values);
};

/// Hands every row to what it is given.
pub(crate) type Feed<'f, T> = &'f mut dyn FnMut(&mut dyn FnMut(&T) -> Result<()>) -> Result<()>;

fn cell(value: &Value, kind: Kind) -> String {
    match (value, kind) {
        (Value::Null, _) => String::new(),
        (Value::String(s), Kind::Text | Kind::Day | Kind::Edtf) => s.clone(),
        (Value::Array(items), Kind::List) => items.iter().map(|i| i.as_str().unwrap_or_default().replace(';', ",")).collect::<Vec<_>>().join(";"),
        _ => value.to_string(),
    }
}

/// RFC 4180 as R and pandas read it: a head, commas, UTF-8 without a byte order mark, lines that end in LF, quotation marks only where they are needed.
pub(crate) fn csv<T>(out: &mut dyn Write, columns: &[Column<T>], feed: Feed<T>) -> Result<Made> {
    let mut w = csv::WriterBuilder::new().from_writer(out);
    w.write_record(columns.iter().map(|c| c.name))?;
    let mut rows = 0;
    feed(&mut |row| {
        rows += 1;
        Ok(w.write_record(columns.iter().map(|c| cell(&(c.cell)(row), c.kind)))?)
    })?;
    w.flush()?;
    Ok(Made { rows, ..Made::default() })
}

/// One object a line, its fields in the order of the columns; what is not known is null.
pub(crate) fn jsonl<T>(out: &mut dyn Write, columns: &[Column<T>], feed: Feed<T>) -> Result<Made> {
    let mut rows = 0;
    feed(&mut |row| {
        rows += 1;
        let mut line = serde_json::Serializer::new(&mut *out);
        let mut map = line.serialize_map(Some(columns.len()))?;
        for c in columns {
            map.serialize_entry(c.name, &(c.cell)(row))?;
        }
        map.end()?;
        Ok(out.write_all(b"\n")?)
    })?;
    Ok(Made { rows, ..Made::default() })
}
