//! Answers of a register as a person reads them: events in order of time, each with its sources and the words that say so.
//!
//! What must not live here: directions and wrapping (`layout`), words (`labels`), questions (`sijill-store`).

use crate::args::{Lang, Look};
use crate::output::labels::Labels;
use crate::output::layout::{self, Bidi, QuoteStyle, Text};
use crate::output::style::{DIM, KIND, NAME, SECTION, sign, status_style, styled};
use crate::terminal;
use anstyle::Style;
use sijill_extract::Engine;
use sijill_record::Span;
use sijill_store::query::event::Happening;
use sijill_store::query::{Name, Source};

const QUOTE: QuoteStyle = QuoteStyle { normal: Style::new(), marked: NAME };

/// A page that is being written.
pub struct Page<'e> {
    pub out: String,
    pub labels: Labels<'e>,
    pub bidi: Bidi,
    pub width: usize,
    pub full: bool,
}

impl<'e> Page<'e> {
    pub fn new(engine: &'e Engine, look: &Look, full: bool) -> Self {
        let bidi = Bidi { lang: look.lang, on: terminal::isolates(look.isolates) };
        Self { out: String::new(), labels: Labels { codes: &engine.lexicon().codes, lang: look.lang, bidi }, bidi, width: terminal::width(look.width), full }
    }

    pub fn line(&mut self, s: &str) {
        self.out.push_str(self.bidi.head());
        self.out.push_str(s);
        self.out.push('\n');
    }

    pub fn blank(&mut self) {
        self.out.push('\n');
    }

    pub fn section(&mut self, label: &str) {
        self.blank();
        let label = styled(SECTION, label);
        self.line(&label);
    }

    /// A name in the language asked for.
    pub fn name(&self, n: &Name) -> String {
        name(&self.labels, n)
    }

    pub fn field(&mut self, indent: usize, label: &str, wide: usize, values: &[String]) {
        let pad = " ".repeat(wide.saturating_sub(layout::columns(label)));
        let inner = " ".repeat(indent + wide + 2);
        let values = layout::flow(values, self.labels.comma(), self.width, &inner);
        let line = format!("{}{}{pad}  {values}", " ".repeat(indent), styled(DIM, label));
        self.line(&line);
    }

    /// Words of an article, behind a bar.
    pub fn quote(&mut self, indent: usize, words: &str, lines: usize) {
        let text = Text::new(words);
        let lines = if self.full { usize::MAX } else { lines };
        let all = Span::new(0, words.chars().count() as u32);
        for line in layout::quote(&text, all, &[], self.width.saturating_sub(indent + 4), lines, &QUOTE, self.bidi) {
            let line = format!("{}{} {line}", " ".repeat(indent), styled(DIM, "│"));
            self.line(&line);
        }
    }

    /// Where words stand, on one line.
    pub fn source(&mut self, indent: usize, s: &Source, more: &[String]) {
        let mut facts: Vec<String> = Vec::new();
        facts.extend(s.outlet.as_deref().map(|o| self.bidi.isolate(o)));
        facts.extend(s.published.as_deref().map(|p| self.bidi.isolate(p)));
        facts.extend(more.iter().cloned());
        facts.push(self.bidi.isolate(&s.article));
        let facts = layout::flow(&facts, " · ", self.width.saturating_sub(indent + 2), &" ".repeat(indent + 2));
        let line = format!("{}{} {}", " ".repeat(indent), styled(DIM, "╰"), styled(DIM, &facts));
        self.line(&line);
    }

    /// Kind, status, date, place of an event, on one line.
    pub fn event_line(&mut self, e: &Happening, dated: bool) {
        let mut facts = vec![styled(KIND, &self.labels.of("kind", &e.kind)), styled(status_style(&e.status), &self.labels.of("status", &e.status))];
        if dated {
            facts.extend(when(e).map(|d| self.bidi.isolate(&d)));
        }
        facts.extend(e.place.as_ref().map(|p| self.name(p)));
        let facts = layout::flow(&facts, " · ", self.width.saturating_sub(2), "  ");
        let line = format!("{} {facts}", styled(status_style(&e.status), sign(&e.status)));
        self.line(&line);
    }

    /// Participants by role, and what else is said of the event.
    pub fn event_fields(&mut self, indent: usize, e: &Happening) {
        let roles: Vec<&str> = sijill_record::lists::ROLES.iter().copied().filter(|r| e.participants.iter().any(|p| p.role == *r)).collect();
        let empty = serde_json::Map::new();
        let attributes = e.attributes.as_object().unwrap_or(&empty);
        let words = roles.iter().map(|r| self.labels.short("role", r)).chain(attributes.keys().map(|k| self.labels.short("attribute", k)));
        let wide = words.map(|w| layout::columns(&w)).max().unwrap_or(0);
        for role in roles {
            let names: Vec<String> = e.participants.iter().filter(|p| p.role == role).map(|p| styled(NAME, &self.name(&p.name))).collect();
            let label = self.labels.short("role", role);
            self.field(indent, &label, wide, &names);
        }
        for (key, value) in attributes {
            let label = self.labels.short("attribute", key);
            let value = self.value(value);
            self.field(indent, &label, wide, &[value]);
        }
    }

    pub fn value(&self, v: &serde_json::Value) -> String {
        match v {
            serde_json::Value::Null => "—".to_owned(),
            serde_json::Value::String(s) => self.bidi.isolate(s),
            serde_json::Value::Array(list) => list.iter().map(|x| self.value(x)).collect::<Vec<_>>().join(self.labels.comma()),
            other => other.to_string(),
        }
    }
}

/// The date of an event; where it has none, the day by which it was told of, in brackets.
pub fn when(e: &Happening) -> Option<String> {
    e.date.clone().or_else(|| e.day.as_ref().map(|d| format!("[{d}]")))
}

pub fn name(labels: &Labels, n: &Name) -> String {
    let ar = || labels.bidi.isolate(&n.ar);
    match (labels.lang, &n.en) {
        (Lang::En, Some(en)) => en.clone(),
        (Lang::Both, Some(en)) if *en != n.ar => format!("{en} {}", ar()),
        _ => ar(),
    }
}
