//! The columns of every table: name, kind, meaning, and where the value stands in the record.
//!
//! What must not live here: Arrow.

use crate::About;
use crate::cells::{Cell, Column, Kind};
use sijill_record::{Boilerplate, Entity, Event, Mention, Participant, Plover, Record, Relation, Role, Span, Statement, Time, Warning, Why};
use sijill_resolve::edtf;

/// The article whose rows are being made.
pub(crate) struct Article<'a> {
    record: &'a Record,
    about: About<'a>,
    /// Byte offsets of the text's code points, every `STRIDE`th: a quotation is then found without reading the text from its beginning.
    marks: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'a> Article<'a> {
    pub fn new(record: &'a Record, about: &About<'a>) -> Self {
        let marks = about.text.map_or_else(Vec::new, |t| t.char_indices().step_by(STRIDE).map(|(at, _)| at as u32).collect());
        Self { record, about: *about, marks }
    }

    fn offset(&self, text: &str, point: u32) -> usize {
        let point = point as usize;
        let Some(&mark) = self.marks.get(point / STRIDE) else { return text.len() };
        let mark = mark as usize;
        text[mark..].char_indices().nth(point % STRIDE).map_or(text.len(), |(at, _)| mark + at)
    }

    fn quote(&self, span: Span) -> Cell<'a> {
        match self.about.text {
            Some(text) if span.start < span.end => Cell::Text(&text[self.offset(text, span.start)..self.offset(text, span.end)]),
            _ => Cell::Null,
        }
    }

    fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.record.entities.iter().find(|e| e.id == id)
    }
}

/// What a row is made of. Each table has one kind of row.
pub(crate) enum Row<'a> {
    Article,
    Entity(&'a Entity),
    Mention(&'a Entity, &'a Mention),
    Role(&'a Entity, &'a Role),
    Time(&'a Time),
    Statement(&'a Statement),
    Event(&'a Event),
    Participant(&'a Event, &'a Participant),
    Relation(&'a Relation),
    Warning(&'a Warning),
    Boilerplate(&'a Boilerplate),
    Rejected(&'a str),
}

fn text(s: Option<&str>) -> Cell<'_> {
    s.map_or(Cell::Null, Cell::Text)
}

fn texts<S: AsRef<str>>(list: &[S]) -> Cell<'_> {
    Cell::Texts(list.iter().map(AsRef::as_ref).collect())
}

fn count(n: usize) -> Cell<'static> {
    Cell::Integer(n as i32)
}

/// A single-precision number as it is written, not as it is held: 3.4 and not 3.4000000954.
fn number(x: Option<f32>) -> Cell<'static> {
    x.and_then(|x| x.to_string().parse().ok()).map_or(Cell::Null, Cell::Number)
}

fn first(date: Option<&str>) -> Cell<'static> {
    date.and_then(edtf::days).and_then(|d| d.from).map_or(Cell::Null, Cell::Integer)
}

fn last(date: Option<&str>) -> Cell<'static> {
    date.and_then(edtf::days).and_then(|d| d.until).map_or(Cell::Null, Cell::Integer)
}

/// What entities, roles, and everything else with words and a reason have in common.
fn span(row: &Row) -> Option<Span> {
    match row {
        Row::Mention(_, m) => Some(m.span),
        Row::Role(_, r) => Some(r.span),
        Row::Time(t) => Some(t.span),
        Row::Statement(s) => Some(s.content),
        Row::Event(e) => e.evidence.first().copied(),
        Row::Relation(r) => Some(r.span),
        Row::Warning(w) => Some(w.span),
        Row::Boilerplate(b) => Some(b.span),
        _ => None,
    }
}

fn start<'a>(_: &Article<'a>, row: &Row<'a>) -> Cell<'a> {
    span(row).map_or(Cell::Null, |s| Cell::Integer(s.start as i32))
}

fn end<'a>(_: &Article<'a>, row: &Row<'a>) -> Cell<'a> {
    span(row).map_or(Cell::Null, |s| Cell::Integer(s.end as i32))
}

fn quote<'a>(a: &Article<'a>, row: &Row<'a>) -> Cell<'a> {
    span(row).map_or(Cell::Null, |s| a.quote(s))
}

fn why<'a>(row: &Row<'a>) -> Option<&'a Why> {
    match row {
        Row::Entity(e) => Some(&e.why),
        Row::Role(_, r) => Some(&r.why),
        Row::Time(t) => Some(&t.why),
        Row::Statement(s) => Some(&s.why),
        Row::Event(e) => Some(&e.why),
        Row::Relation(r) => Some(&r.why),
        Row::Boilerplate(b) => Some(&b.why),
        _ => None,
    }
}

fn entry<'a>(_: &Article<'a>, row: &Row<'a>) -> Cell<'a> {
    text(why(row).map(|w| w.entry.as_str()))
}

fn rule<'a>(_: &Article<'a>, row: &Row<'a>) -> Cell<'a> {
    text(why(row).map(|w| &*w.rule))
}

fn article<'a>(a: &Article<'a>, _: &Row<'a>) -> Cell<'a> {
    Cell::Text(&a.record.id)
}

fn plover<'a>(row: &Row<'a>) -> Option<&'a Plover> {
    match row {
        Row::Statement(s) => s.plover.as_ref(),
        Row::Event(e) => e.plover.as_ref(),
        _ => None,
    }
}

/// What the column `date` says.
fn date<'a>(row: &Row<'a>) -> Option<&'a str> {
    match row {
        Row::Statement(s) => s.date.as_deref(),
        Row::Event(e) => e.date.as_deref(),
        Row::Time(t) => Some(&t.edtf),
        _ => None,
    }
}

fn cameo<'a>(_: &Article<'a>, row: &Row<'a>) -> Cell<'a> {
    match row {
        Row::Statement(s) => text(s.cameo.as_deref()),
        Row::Event(e) => text(e.cameo.as_deref()),
        _ => Cell::Null,
    }
}

fn goldstein<'a>(_: &Article<'a>, row: &Row<'a>) -> Cell<'a> {
    match row {
        Row::Statement(s) => number(s.goldstein),
        Row::Event(e) => number(e.goldstein),
        _ => Cell::Null,
    }
}

/// One field of one kind of row; any other kind of row has none.
macro_rules! of {
    ($pattern:pat => $value:expr) => {
        |_, row| match row {
            $pattern => $value,
            _ => Cell::Null,
        }
    };
}

macro_rules! coded {
    ($p:ident => $value:expr) => {
        |_, row| plover(row).map_or(Cell::Null, |$p| $value)
    };
}

const fn column(name: &'static str, kind: Kind, meaning: &'static str, cell: for<'a> fn(&Article<'a>, &Row<'a>) -> Cell<'a>) -> Column {
    Column { name, kind, meaning, cell }
}

const ARTICLE: Column = column("article", Kind::Text, "Id of the article", article);
const START: Column = column("start", Kind::Integer, "Where the words begin in the article's text, in code points from 0", start);
const END: Column = column("end", Kind::Integer, "Where they end: the first code point after them", end);
const QUOTE: Column = column("quote", Kind::Text, "The words, as the article has them; null where the text was not at hand", quote);
const ENTRY: Column = column("entry", Kind::Text, "Entry of the lexicon that found it", entry);
const RULE: Column = column("rule", Kind::Text, "Rule of the engine that found it", rule);
const DATE_FROM: Column = column("date_from", Kind::Day, "First day that the date may mean", |_, row| first(date(row)));
const DATE_UNTIL: Column = column("date_until", Kind::Day, "Last day that the date may mean", |_, row| last(date(row)));
const CAMEO: Column = column("cameo", Kind::Text, "CAMEO code", cameo);
const GOLDSTEIN: Column = column("goldstein", Kind::Number, "Goldstein value of the CAMEO code, from -10 to 10", goldstein);
const PLOVER: Column = column("plover", Kind::Text, "PLOVER 2.0 event type; null: the code book has no place for it", coded!(p => Cell::Text(&p.kind)));
const MODE: Column = column("mode", Kind::Text, "PLOVER mode", coded!(p => text(p.mode.as_deref())));
const QUAD: Column = column(
    "quad",
    Kind::Integer,
    "PLOVER quad class: 1 and 2 verbal and material cooperation, 3 and 4 verbal and material conflict",
    coded!(p => p.quad.map_or(Cell::Null, |q| Cell::Integer(q.into()))),
);
const SCORE: Column = column("score", Kind::Number, "PLOVER's score, from -10 to 10; null for what did not happen", coded!(p => number(p.score)));
const AUX: Column = column("aux", Kind::Texts, "PLOVER's auxiliary modes: historical, future, hypothetical, negation", coded!(p => texts(&p.aux)));
const CONTEXTS: Column = column("contexts", Kind::Texts, "PLOVER's contexts: what it is about", coded!(p => texts(&p.contexts)));

/// The columns of each table, in the order of `TABLES`.
pub(crate) fn columns() -> [&'static [Column]; 12] {
    [ARTICLES, ENTITIES, MENTIONS, ROLES, TIMES, STATEMENTS, EVENTS, PARTICIPANTS, RELATIONS, WARNINGS, BOILERPLATE, REJECTED]
}

const ARTICLES: &[Column] = &[
    ARTICLE,
    column("published", Kind::Text, "When it was published, EDTF: as given, else as the article itself says", |a, _| text(a.record.published.as_deref())),
    column("published_from", Kind::Day, "First day that `published` may mean", |a, _| first(a.record.published.as_deref())),
    column("outlet", Kind::Text, "Its outlet, as given", |a, _| text(a.about.outlet)),
    column("title", Kind::Text, "Its title, as given", |a, _| text(a.about.title)),
    column("url", Kind::Text, "Its address, as given", |a, _| text(a.about.url)),
    column("dateline_place", Kind::Text, "Place of the dateline: entity id", |a, _| text(a.record.dateline.as_ref().and_then(|d| d.place.as_deref()))),
    column("dateline_date", Kind::Text, "Date of the dateline, EDTF", |a, _| text(a.record.dateline.as_ref().and_then(|d| d.date.as_deref()))),
    column("dateline_agency", Kind::Text, "Agency of the dateline: entity id", |a, _| text(a.record.dateline.as_ref().and_then(|d| d.agency.as_deref()))),
    column("characters", Kind::Integer, "Code points of its text; null where the text was not at hand", |a, _| a.about.text.map_or(Cell::Null, |t| count(t.chars().count()))),
    column("entities", Kind::Integer, "Entities in its record", |a, _| count(a.record.entities.len())),
    column("statements", Kind::Integer, "Statements in its record", |a, _| count(a.record.statements.len())),
    column("events", Kind::Integer, "Events in its record", |a, _| count(a.record.events.len())),
    column("relations", Kind::Integer, "Relations in its record", |a, _| count(a.record.relations.len())),
    column("warnings", Kind::Integer, "Warnings in its record", |a, _| count(a.record.warnings.len())),
];

const ENTITIES: &[Column] = &[
    ARTICLE,
    column("entity", Kind::Text, "Id: `type:slug`; one that is not known is minted from its first full name and holds for its article", of!(Row::Entity(e) => Cell::Text(&e.id))),
    column("type", Kind::Text, "person, country, place, organization, forum, initiative", of!(Row::Entity(e) => Cell::Text(e.kind.as_str()))),
    column("iso3", Kind::Text, "ISO 3166-1 alpha-3 code of a country", of!(Row::Entity(e) => text(e.iso3.as_deref()))),
    column("label_ar", Kind::Text, "Arabic name", of!(Row::Entity(e) => Cell::Text(&e.label_ar))),
    column("label_en", Kind::Text, "English name, where one is known", of!(Row::Entity(e) => text(e.label_en.as_deref()))),
    column("known", Kind::Boolean, "Does the lexicon's register hold it?", of!(Row::Entity(e) => Cell::Boolean(e.known))),
    column("country", Kind::Text, "ISO code of the state that it is, serves, belongs to or lies in, where known", of!(Row::Entity(e) => text(e.code.country.as_deref()))),
    column("sectors", Kind::Texts, "PLOVER sectors of the actor: GOV, MIL, and the like", of!(Row::Entity(e) => texts(&e.code.sectors))),
    column("mentions", Kind::Integer, "Times that the article mentions it", of!(Row::Entity(e) => count(e.mentions.len()))),
    ENTRY,
    RULE,
];

const MENTIONS: &[Column] = &[
    ARTICLE,
    column("entity", Kind::Text, "Id of the entity", of!(Row::Mention(e, _) => Cell::Text(&e.id))),
    START,
    END,
    column("text", Kind::Text, "The words", of!(Row::Mention(_, m) => Cell::Text(&m.text))),
    column("by", Kind::Text, "How they name it: name, title", of!(Row::Mention(_, m) => Cell::Text(&m.by))),
];

const ROLES: &[Column] = &[
    ARTICLE,
    column("entity", Kind::Text, "Id of the person", of!(Row::Role(e, _) => Cell::Text(&e.id))),
    column("title", Kind::Text, "Office, of the closed list", of!(Row::Role(_, r) => Cell::Text(&r.title))),
    column("of", Kind::Text, "Id of the state or body in which the office is held", of!(Row::Role(_, r) => text(r.of.as_deref()))),
    START,
    END,
    QUOTE,
    ENTRY,
    RULE,
];

const TIMES: &[Column] = &[
    ARTICLE,
    START,
    END,
    column("text", Kind::Text, "The words", of!(Row::Time(t) => Cell::Text(&t.text))),
    column("edtf", Kind::Text, "What they mean, EDTF", of!(Row::Time(t) => Cell::Text(&t.edtf))),
    DATE_FROM,
    DATE_UNTIL,
    ENTRY,
    RULE,
];

const STATEMENTS: &[Column] = &[
    ARTICLE,
    column("statement", Kind::Text, "Id within the article", of!(Row::Statement(s) => Cell::Text(&s.id))),
    column("speakers", Kind::Texts, "Entity ids of the speakers; empty where nobody is named or nobody could be resolved", of!(Row::Statement(s) => texts(&s.speakers))),
    column("force", Kind::Text, "What is done by saying it: state, call-for, pledge, support, criticise, reject, warn", of!(Row::Statement(s) => Cell::Text(&s.force))),
    column("targets", Kind::Texts, "Entity ids of those to whom or against whom it is said", of!(Row::Statement(s) => texts(&s.targets))),
    column("direct", Kind::Boolean, "Is it a word-for-word quotation?", of!(Row::Statement(s) => Cell::Boolean(s.direct))),
    column("date", Kind::Text, "When it was said, EDTF", of!(Row::Statement(s) => text(s.date.as_deref()))),
    DATE_FROM,
    DATE_UNTIL,
    column("cue_start", Kind::Integer, "Where the words begin that introduce it, in code points", of!(Row::Statement(s) => Cell::Integer(s.cue.start as i32))),
    column("cue_end", Kind::Integer, "Where they end", of!(Row::Statement(s) => Cell::Integer(s.cue.end as i32))),
    column("cue", Kind::Text, "The words that introduce it", |a, row| match row {
        Row::Statement(s) => a.quote(s.cue),
        _ => Cell::Null,
    }),
    START,
    END,
    QUOTE,
    column("within", Kind::Text, "The statement in which this one is reported", of!(Row::Statement(s) => text(s.within.as_deref()))),
    PLOVER,
    MODE,
    QUAD,
    SCORE,
    AUX,
    CONTEXTS,
    CAMEO,
    GOLDSTEIN,
    ENTRY,
    RULE,
];

const EVENTS: &[Column] = &[
    ARTICLE,
    column("event", Kind::Text, "Id within the article", of!(Row::Event(e) => Cell::Text(&e.id))),
    column("kind", Kind::Text, "Kind of event, of the closed list", of!(Row::Event(e) => Cell::Text(&e.kind))),
    column("status", Kind::Text, "occurred, ongoing, planned, proposed, cancelled, denied", of!(Row::Event(e) => Cell::Text(&e.status))),
    column("date", Kind::Text, "When, EDTF", of!(Row::Event(e) => text(e.date.as_deref()))),
    DATE_FROM,
    DATE_UNTIL,
    column("place", Kind::Text, "Entity id of the place", of!(Row::Event(e) => text(e.place.as_deref()))),
    START,
    END,
    QUOTE,
    column(
        "evidence_start",
        Kind::Integers,
        "Where each piece of evidence begins, in code points",
        of!(Row::Event(e) => Cell::Integers(e.evidence.iter().map(|s| s.start as i32).collect())),
    ),
    column("evidence_end", Kind::Integers, "Where each piece of evidence ends", of!(Row::Event(e) => Cell::Integers(e.evidence.iter().map(|s| s.end as i32).collect()))),
    column(
        "attributes",
        Kind::Text,
        "Further things said of it, as a JSON object: ordinal, purpose, and the like",
        of!(Row::Event(e) => serde_json::to_string(&e.attributes).map_or(Cell::Null, Cell::Owned)),
    ),
    column("within", Kind::Text, "The statement that reports it, where it is somebody's claim", of!(Row::Event(e) => text(e.within.as_deref()))),
    PLOVER,
    MODE,
    QUAD,
    SCORE,
    AUX,
    CONTEXTS,
    CAMEO,
    GOLDSTEIN,
    ENTRY,
    RULE,
];

const PARTICIPANTS: &[Column] = &[
    ARTICLE,
    column("event", Kind::Text, "Id of the event within the article", of!(Row::Participant(e, _) => Cell::Text(&e.id))),
    column("entity", Kind::Text, "Id of the entity", of!(Row::Participant(_, p) => Cell::Text(&p.entity))),
    column("role", Kind::Text, "visitor, host, party, forum, actor, recipient, target", of!(Row::Participant(_, p) => Cell::Text(&p.role))),
    column("side", Kind::Text, "actor or recipient, in PLOVER's terms", of!(Row::Participant(_, p) => if p.side.is_empty() { Cell::Null } else { Cell::Text(&p.side) })),
    column("type", Kind::Text, "Type of the entity", |a, row| of_entity(a, row, |e| Cell::Text(e.kind.as_str()))),
    column("country", Kind::Text, "ISO code of the state that the entity is, serves or lies in, where known", |a, row| of_entity(a, row, |e| text(e.code.country.as_deref()))),
    column("label_ar", Kind::Text, "Its Arabic name", |a, row| of_entity(a, row, |e| Cell::Text(&e.label_ar))),
    column("label_en", Kind::Text, "Its English name, where one is known", |a, row| of_entity(a, row, |e| text(e.label_en.as_deref()))),
];

fn of_entity<'a>(a: &Article<'a>, row: &Row<'a>, cell: fn(&'a Entity) -> Cell<'a>) -> Cell<'a> {
    match row {
        Row::Participant(_, p) => a.entity(&p.entity).map_or(Cell::Null, cell),
        _ => Cell::Null,
    }
}

const RELATIONS: &[Column] = &[
    ARTICLE,
    column("parties", Kind::Texts, "Entity ids of the parties", of!(Row::Relation(r) => texts(&r.parties))),
    column("level", Kind::Text, "Level of the relation, as the article asserts it", of!(Row::Relation(r) => text(r.level.as_deref()))),
    column("established", Kind::Text, "Since when, EDTF", of!(Row::Relation(r) => text(r.established.as_deref()))),
    START,
    END,
    QUOTE,
    ENTRY,
    RULE,
];

const WARNINGS: &[Column] = &[
    ARTICLE,
    column("code", Kind::Text, "Code of the warning", of!(Row::Warning(w) => Cell::Text(&w.code))),
    START,
    END,
    column("message", Kind::Text, "What is wrong", of!(Row::Warning(w) => Cell::Text(&w.message))),
];

const BOILERPLATE: &[Column] = &[ARTICLE, START, END, QUOTE, ENTRY, RULE];

const REJECTED: &[Column] = &[ARTICLE, column("reason", Kind::Text, "Why there is no record: what was expected, what was found", of!(Row::Rejected(why) => Cell::Text(why)))];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn columns_are_named_once_and_explained() {
        for (table, list) in crate::TABLES.iter().zip(columns()) {
            let names: HashSet<&str> = list.iter().map(|c| c.name).collect();
            assert_eq!(names.len(), list.len(), "{table}");
            assert!(list.iter().all(|c| c.meaning.len() > 3), "{table}");
            assert_eq!(list[0].name, "article", "{table}");
        }
    }

    #[test]
    fn quotations_are_cut_by_code_points() {
        let text = "a\u{0628}\u{1F600}c".repeat(50);
        let record = Record::default();
        let a = Article::new(&record, &About { text: Some(&text), ..About::default() });
        let points: Vec<char> = text.chars().collect();
        for (from, until) in [(0, 1), (0, 200), (63, 65), (64, 128), (127, 129), (198, 200)] {
            let Cell::Text(cut) = a.quote(Span::new(from, until)) else { panic!("no words at {from}") };
            assert_eq!(cut, points[from as usize..until as usize].iter().collect::<String>());
        }
        assert!(matches!(a.quote(Span::new(5, 5)), Cell::Null));
        // A span beyond the text, as only a record of another text has, gives what there is.
        assert!(matches!(a.quote(Span::new(500, 600)), Cell::Text("")));
    }
}
