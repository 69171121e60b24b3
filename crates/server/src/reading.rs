//! An article as it was read: its text cut where something was found, and beside it the record, each part with the entry and rule that made it.
//!
//! Marks overlap: a sentence that tells of an event holds names and days. The text is cut at every border, and each piece bears the classes of all marks
//! over it; it leads to the nearest of them in the record. What must not live here: reading of Arabic.

use crate::view::{When, Who};
use crate::words::Words;
use askama::Template;
use askama::filters::HtmlSafe;
use sijill_extract::explain::{Index, Step, steps};
use sijill_record::{Record, Span};
use sijill_store::query::Name;
use std::collections::BTreeMap;

/// A stretch of the text under the same marks.
pub struct Piece {
    pub text: String,
    pub class: String,
    /// Ids of the parts of the record over it, the nearest first.
    pub marks: String,
    /// The nearest.
    pub to: Option<String>,
    /// Is this the first piece of its nearest mark? Only that one is a stop of the tab key.
    pub first: bool,
    /// Where a link from elsewhere leads.
    pub here: bool,
}

/// A part of the record.
pub struct Card {
    pub id: String,
    pub part: &'static str,
    pub class: String,
    pub head: String,
    pub status: Option<(String, String)>,
    pub fields: Vec<(String, Vec<Shown>)>,
    pub codes: Vec<String>,
    pub entry: String,
    pub place: Option<String>,
    pub rule: String,
    /// The page of the event in the register.
    pub href: Option<(String, String)>,
}

/// A value: somebody, or words.
pub enum Shown {
    Who(Who),
    Text(String),
}

#[derive(Template)]
#[template(path = "reading.html")]
pub struct Reading<'a> {
    pub w: Words<'a>,
    pub pieces: Vec<Piece>,
    pub groups: Vec<(String, Vec<Card>)>,
    pub published: Option<When>,
    pub empty: bool,
}

impl HtmlSafe for Reading<'_> {}

/// Parts of the record in the order in which a reader wants them.
const GROUPS: [(&str, &[&str]); 6] = [
    ("events", &["event"]),
    ("statements", &["statement"]),
    ("relations", &["relation"]),
    ("warnings", &["warning"]),
    ("entities", &["entity"]),
    ("times", &["time", "dateline", "boilerplate"]),
];

/// How marks look: the part of the record, by the field that the words prove.
fn class(part: &str, field: &str) -> &'static str {
    match (part, field) {
        ("entity", _) => "m-who",
        ("time", _) => "m-when",
        ("event", _) => "m-event",
        ("statement", "cue") => "m-cue",
        ("statement", _) => "m-say",
        ("relation", _) => "m-level",
        ("boilerplate", _) => "m-junk",
        ("dateline", _) => "m-dateline",
        ("warning", _) => "m-warn",
        _ => "m-other",
    }
}

/// What is known around the record: names across articles by entity, events of the register by their id in the record.
#[derive(Default)]
pub struct Around {
    pub names: BTreeMap<String, Name>,
    pub events: BTreeMap<String, String>,
    /// Where a link from elsewhere leads.
    pub at: Option<Span>,
}

pub fn reading<'a>(w: Words<'a>, text: &str, record: &Record, index: &Index, around: &Around) -> Reading<'a> {
    let all = steps(record);
    let name = |id: &str| -> Option<Who> {
        if let Some(n) = around.names.get(id) {
            return Some(Who::new(w, n));
        }
        let e = record.entities.iter().find(|e| e.id == id)?;
        let n = Name { id: e.id.clone(), kind: e.kind.as_str().to_owned(), ar: e.label_ar.clone(), en: e.label_en.clone(), country: e.iso3.clone() };
        Some(Who::new(w, &n))
    };
    let mut marks: Vec<(Span, &'static str, String)> = Vec::new();
    let mut cards: Vec<Card> = Vec::new();
    for (n, step) in all.iter().enumerate() {
        if step.part == "published" || step.part == "role" {
            continue;
        }
        let id = format!("r{n}");
        for (field, span) in &step.words {
            if !span.is_empty() {
                marks.push((*span, class(step.part, field), id.clone()));
            }
        }
        cards.push(card(w, step, id, record, index, around, &name));
    }
    let groups = GROUPS
        .iter()
        .filter_map(|(group, parts)| {
            let mut list = Vec::new();
            let mut rest = Vec::new();
            for c in cards.drain(..) {
                if parts.contains(&c.part) { list.push(c) } else { rest.push(c) }
            }
            cards = rest;
            (!list.is_empty()).then(|| (w.t_of(group), list))
        })
        .collect();
    Reading {
        w,
        pieces: pieces(text, &marks, around.at),
        groups,
        published: record.published.as_deref().map(|d| When::new(w, d)),
        empty: record.events.is_empty() && record.statements.is_empty(),
    }
}

fn card(w: Words, step: &Step, id: String, record: &Record, index: &Index, around: &Around, name: &dyn Fn(&str) -> Option<Who>) -> Card {
    let field = |key: &str| step.fields.iter().find(|f| f.0 == key).map(|f| f.1.as_str());
    let mut fields: Vec<(String, Vec<Shown>)> = Vec::new();
    let mut status = None;
    let mut codes = Vec::new();
    let people = |ids: &str| ids.split(", ").map(|id| name(id).map_or_else(|| Shown::Text(id.to_owned()), Shown::Who)).collect::<Vec<_>>();
    let text = |s: String| vec![Shown::Text(s)];
    let head = match step.part {
        "event" => w.of("kind", field("kind").unwrap_or("")),
        "statement" => w.of("force", field("force").unwrap_or("")),
        "entity" => match name(&step.id) {
            Some(n) => n.text,
            None => field("label").unwrap_or("").to_owned(),
        },
        "time" => w.date(field("edtf").unwrap_or("")),
        "relation" => field("level").map_or_else(|| w.t("relations").to_owned(), |l| w.level(l)),
        "warning" => w.of("warning", &step.id),
        other => w.t_of(other),
    };
    for (key, value) in &step.fields {
        match (step.part, *key) {
            ("event", "kind") | ("statement", "force") | ("entity", "label" | "english") | ("time", "edtf") | ("relation", "level") => {}
            ("event", "status") => status = Some((value.clone(), w.of("status", value))),
            ("event", "place") => fields.push((w.of("heading", "place"), people(value))),
            ("event", "attribute") => {
                let (k, v) = value.split_once(" = ").unwrap_or((value, ""));
                fields.push((w.of("attribute", k), text(crate::view::value(w, &serde_json::Value::String(v.trim_matches('"').to_owned())))));
            }
            ("event", role) if sijill_record::lists::ROLES.contains(&role) => match fields.iter_mut().find(|f| f.0 == w.of("role", role)) {
                Some(f) => f.1.extend(people(value)),
                None => fields.push((w.of("role", role), people(value))),
            },
            ("statement", "speakers") => {
                let who = if value == "none" { text(w.of("heading", "unnamed")) } else { people(value) };
                fields.push((w.t("speaker").to_owned(), who));
            }
            ("statement", "targets") => fields.push((w.of("heading", "to"), people(value))),
            ("statement", "direct") if value == "false" => {}
            ("statement", "direct") => fields.push((w.t("direct").to_owned(), Vec::new())),
            ("relation", "parties") => fields.push((w.of("role", "party"), people(value))),
            (_, "established") => fields.push((w.of("heading", "since"), text(w.date(value)))),
            (_, "date") => fields.push((w.of("field", "date"), text(w.date(value)))),
            (_, "type") => fields.push((w.t("type").to_owned(), text(w.of("type", value)))),
            (_, "known") => {}
            (_, key @ ("plover" | "cameo")) => codes.push(format!("{} {value}", key.to_uppercase())),
            (_, key) => fields.push((w.t_of(key), text(value.clone()))),
        }
    }
    if step.part == "entity"
        && let Some(e) = record.entities.iter().find(|e| e.id == step.id)
    {
        for r in &e.roles {
            let mut shown = text(w.of("title", &r.title));
            shown.extend(r.of.as_deref().and_then(name).map(Shown::Who));
            fields.push((w.t("office").to_owned(), shown));
        }
        if let Some(n) = name(&step.id) {
            fields.push((w.t("actor").to_owned(), vec![Shown::Who(n)]));
        }
    }
    let href = around.events.get(&step.id).filter(|_| step.part == "event").map(|e| (format!("/events/{e}"), w.t("in-the-register").to_owned()));
    let place = if step.why.entry.is_empty() { None } else { index.find(&step.why.entry).first().map(|p| format!("lexicon/{}:{}", p.file, p.line)) };
    let class = match step.part {
        "event" => field("kind").unwrap_or("").to_owned(),
        other => format!("part-{other}"),
    };
    Card { id, part: step.part, class, head, status, fields, codes, entry: step.why.entry.clone(), place, rule: step.why.rule.to_string(), href }
}

/// The text, cut at the borders of all marks.
fn pieces(text: &str, marks: &[(Span, &'static str, String)], at: Option<Span>) -> Vec<Piece> {
    // Byte of each code point that is a border.
    let mut borders: Vec<u32> = marks.iter().flat_map(|m| [m.0.start, m.0.end]).chain(at.iter().flat_map(|s| [s.start, s.end])).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut bytes: Vec<(u32, usize)> = Vec::with_capacity(borders.len() + 2);
    let mut next = borders.iter().peekable();
    for (n, (b, _)) in text.char_indices().enumerate() {
        while next.peek().is_some_and(|x| **x as usize == n) {
            bytes.push((n as u32, b));
            next.next();
        }
    }
    let length = text.chars().count() as u32;
    if bytes.first().is_none_or(|b| b.0 > 0) {
        bytes.insert(0, (0, 0));
    }
    bytes.push((length, text.len()));
    // The shortest mark is the nearest: a name before the sentence that it stands in.
    let mut order: Vec<&(Span, &'static str, String)> = marks.iter().collect();
    order.sort_by_key(|m| (m.0.len(), m.0.start));
    let mut out: Vec<Piece> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for pair in bytes.windows(2) {
        let ((a, from), (b, to)) = (pair[0], pair[1]);
        if from == to {
            continue;
        }
        let over: Vec<&&(Span, &'static str, String)> = order.iter().filter(|m| m.0.start <= a && b <= m.0.end).collect();
        let mut classes: Vec<&str> = over.iter().map(|m| m.1).collect();
        classes.sort_unstable();
        classes.dedup();
        let here = at.is_some_and(|s| s.start <= a && b <= s.end);
        let to_id = over.first().map(|m| m.2.clone());
        let first = over.first().is_some_and(|m| !seen.contains(&m.2.as_str()) || m.0.start == a);
        if let Some(m) = over.first() {
            seen.push(&m.2);
        }
        let mut marks: Vec<&str> = Vec::new();
        for m in &over {
            if !marks.contains(&m.2.as_str()) {
                marks.push(&m.2);
            }
        }
        out.push(Piece { text: text[from..to].to_owned(), class: classes.join(" "), marks: marks.join(" "), to: to_id, first, here });
    }
    // Only the first piece of the place that a link leads to bears its name.
    let mut found = false;
    for p in &mut out {
        p.here &= !found;
        found |= p.here;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_text() {
        let text = "\u{645}\u{62F} a\u{1F600}b\nlast";
        let marks = vec![(Span::new(0, 4), "m-event", "r1".to_owned()), (Span::new(3, 6), "m-who", "r2".to_owned()), (Span::new(8, 12), "m-when", "r3".to_owned())];
        let cut = pieces(text, &marks, Some(Span::new(3, 4)));
        assert_eq!(cut.iter().map(|p| p.text.as_str()).collect::<String>(), text);
        let both = cut.iter().find(|p| p.text == "a").unwrap();
        assert_eq!((both.class.as_str(), both.to.as_deref(), both.here), ("m-event m-who", Some("r2"), true));
        assert!(pieces("", &[], None).is_empty());
    }
}
