//! A record as a person reads it: who did what with whom, when, where, and the words that say so.
//!
//! What must not live here: directions and wrapping (`layout`), words (`labels`).

use crate::args::{Lang, Look};
use crate::input::Loaded;
use crate::output::labels::Labels;
use crate::output::layout::{self, Bidi, QuoteStyle, Text};
use crate::output::style::{DIM, HEAD, KIND, NAME, SECTION, WARN, sign, status_style, styled};
use crate::terminal;
use anstyle::Style;
use sijill_extract::Engine;
use sijill_record::{Entity, EntityType, Event, Record, Span, Statement};
use std::fmt::Write;

const QUOTE: QuoteStyle = QuoteStyle { normal: Style::new(), marked: NAME };
/// Lines of evidence and of a quotation, where they are not asked for in full.
const EVIDENCE_LINES: usize = 3;

pub struct Human<'e> {
    labels: Labels<'e>,
    bidi: Bidi,
    width: usize,
    full: bool,
}

/// A page that is being written: lines, each begun in its direction.
struct Page<'a, 'e> {
    out: String,
    human: &'a Human<'e>,
    record: &'a Record,
    text: Text<'a>,
}

impl<'e> Human<'e> {
    pub fn new(engine: &'e Engine, look: &Look, full: bool) -> Self {
        let bidi = Bidi { lang: look.lang, on: terminal::isolates(look.isolates) };
        Self { labels: Labels { codes: &engine.lexicon().codes, lang: look.lang, bidi }, bidi, width: terminal::width(look.width), full }
    }

    pub fn record(&self, article: &Loaded, record: &Record) -> String {
        let mut page = Page { out: String::new(), human: self, record, text: Text::new(&article.text) };
        page.header(article);
        page.events();
        page.statements();
        page.relations();
        page.warnings();
        page.entities();
        page.out.push('\n');
        page.out
    }
}

/// How an event stands, at a glance and without colour.
impl Page<'_, '_> {
    fn line(&mut self, s: &str) {
        self.out.push_str(self.human.bidi.head());
        self.out.push_str(s);
        self.out.push('\n');
    }

    fn section(&mut self, id: &str) {
        self.out.push('\n');
        let label = self.human.labels.of("heading", id);
        self.line(&styled(SECTION, &label));
    }

    fn header(&mut self, article: &Loaded) {
        let bidi = self.human.bidi;
        let id = layout::clean(&article.id);
        let rule = self.human.width.saturating_sub(layout::columns(&id) + 4).min(60);
        self.line(&styled(DIM, &format!("── {} {}", bidi.isolate(&id), "─".repeat(rule))));
        // The title that the source gives, else the first line that is no junk.
        let title = article.title.clone().unwrap_or_else(|| {
            let mut at = 0;
            for line in article.text.split('\n') {
                let n = line.chars().count() as u32;
                let span = Span::new(at, at + n);
                let junk: u32 = self.record.boilerplate.iter().filter(|b| b.span.overlaps(span)).map(|b| b.span.end.min(span.end) - b.span.start.max(span.start)).sum();
                if !line.trim().is_empty() && junk * 2 < n {
                    return line.to_owned();
                }
                at += n + 1;
            }
            String::new()
        });
        let title = Text::new(&title);
        let style = QuoteStyle { normal: HEAD, marked: HEAD };
        for line in layout::quote(&title, Span::new(0, u32::MAX), &[], self.human.width, 2, &style, bidi) {
            self.line(&line);
        }
        let labels = self.human.labels;
        let mut facts = Vec::new();
        if let Some(p) = &self.record.published {
            facts.push(format!("{} {}", labels.short("heading", "published"), bidi.isolate(p)));
        }
        facts.extend(article.outlet.as_deref().map(|o| bidi.isolate(o)));
        if let Some(d) = &self.record.dateline {
            // The dateline's day is told only where it is another.
            let day = d.date.as_ref().filter(|x| self.record.published.as_ref() != Some(x));
            let parts: Vec<String> = [d.place.as_ref(), day, d.agency.as_ref()].into_iter().flatten().map(|x| bidi.isolate(x)).collect();
            facts.extend((!parts.is_empty()).then(|| parts.join(labels.comma())));
        }
        facts.extend(article.url.as_deref().map(layout::clean).map(|u| bidi.isolate(&u)));
        if !facts.is_empty() {
            let line = layout::flow(&facts, " · ", self.human.width, "");
            for l in line.lines() {
                self.line(&styled(DIM, l));
            }
        }
        if self.record.events.is_empty() && self.record.statements.is_empty() {
            let nothing = labels.of("heading", "nothing");
            self.line(&styled(DIM, &nothing));
        }
    }

    fn events(&mut self) {
        if self.record.events.is_empty() {
            return;
        }
        self.section("events");
        for event in &self.record.events {
            self.event(event);
        }
    }

    fn event(&mut self, e: &Event) {
        let (labels, bidi) = (self.human.labels, self.human.bidi);
        let mut facts = vec![styled(KIND, &labels.of("kind", &e.kind)), styled(status_style(&e.status), &labels.of("status", &e.status))];
        facts.extend(e.date.as_deref().map(|d| bidi.isolate(d)));
        facts.extend(e.place.as_deref().map(|p| labels.name(self.record, p)));
        let facts = layout::flow(&facts, " · ", self.human.width.saturating_sub(2), "  ");
        self.line(&format!("{} {facts}", styled(status_style(&e.status), sign(&e.status))));
        // Who acts before who is acted on.
        let roles: Vec<&str> = sijill_record::lists::ROLES.iter().copied().filter(|r| e.participants.iter().any(|p| p.role == *r)).collect();
        let told = e.within.as_ref().and_then(|id| self.record.statements.iter().find(|s| s.id == *id)).filter(|s| !s.speakers.is_empty());
        let words =
            roles.iter().map(|r| labels.short("role", r)).chain(e.attributes.keys().map(|k| labels.short("attribute", k))).chain(told.map(|_| labels.short("heading", "said-by")));
        let wide = words.map(|w| layout::columns(&w)).max().unwrap_or(0);
        for role in roles {
            let names: Vec<String> = e.participants.iter().filter(|p| p.role == role).map(|p| styled(NAME, &labels.name(self.record, &p.entity))).collect();
            let label = labels.short("role", role);
            self.field(&label, wide, &names);
        }
        for (key, value) in &e.attributes {
            let value = match value {
                serde_json::Value::String(s) => bidi.isolate(s),
                other => other.to_string(),
            };
            let label = labels.short("attribute", key);
            self.field(&label, wide, &[value]);
        }
        if let Some(told) = told {
            let names: Vec<String> = told.speakers.iter().map(|s| labels.name(self.record, s)).collect();
            let label = labels.short("heading", "said-by");
            self.field(&label, wide, &names);
        }
        let marked: Vec<Span> = self
            .record
            .entities
            .iter()
            .filter(|x| e.participants.iter().any(|p| p.entity == x.id))
            .flat_map(|x| x.mentions.iter().map(|m| m.span).chain(x.roles.iter().map(|r| r.span)))
            .collect();
        for span in &e.evidence {
            self.quote(*span, &marked, EVIDENCE_LINES);
        }
    }

    fn field(&mut self, label: &str, wide: usize, values: &[String]) {
        let pad = " ".repeat(wide.saturating_sub(layout::columns(label)));
        let indent = " ".repeat(wide + 4);
        let values = layout::flow(values, self.human.labels.comma(), self.human.width, &indent);
        self.line(&format!("  {}{pad}  {values}", styled(DIM, label)));
    }

    fn quote(&mut self, span: Span, marked: &[Span], lines: usize) {
        let lines = if self.human.full { usize::MAX } else { lines };
        for line in layout::quote(&self.text, span, marked, self.human.width.saturating_sub(6), lines, &QUOTE, self.human.bidi) {
            self.line(&format!("  {} {line}", styled(DIM, "│")));
        }
    }

    fn statements(&mut self) {
        if self.record.statements.is_empty() {
            return;
        }
        self.section("statements");
        // By speaker, in the order in which they first speak.
        let mut groups: Vec<(&[String], Vec<&Statement>)> = Vec::new();
        for s in &self.record.statements {
            match groups.iter_mut().find(|g| g.0 == s.speakers.as_slice()) {
                Some(g) => g.1.push(s),
                None => groups.push((&s.speakers, vec![s])),
            }
        }
        let labels = self.human.labels;
        let wide = self.record.statements.iter().map(|s| layout::columns(&labels.of("force", &s.force))).max().unwrap_or(0);
        for (speakers, said) in groups {
            let names: Vec<String> = speakers.iter().map(|id| labels.name(self.record, id)).collect();
            let names = if names.is_empty() { vec![labels.of("heading", "unnamed")] } else { names };
            let names: Vec<String> = names.iter().map(|n| styled(NAME, n)).collect();
            let names = layout::flow(&names, " + ", self.human.width, "");
            self.line(&names);
            for s in said {
                self.said(s, wide);
            }
        }
    }

    /// One statement: its force, and as much of it as fits beside.
    fn said(&mut self, s: &Statement, wide: usize) {
        let (labels, bidi) = (self.human.labels, self.human.bidi);
        let label = labels.of("force", &s.force);
        let pad = " ".repeat(wide.saturating_sub(layout::columns(&label)));
        let room = self.human.width.saturating_sub(wide + 6).max(20);
        let lines = if self.human.full { usize::MAX } else { 1 };
        let quote = layout::quote(&self.text, s.content, &[], room, lines, &QUOTE, bidi);
        let indent = " ".repeat(wide);
        for n in 0..quote.len().max(1) {
            let head = if n == 0 { format!("{}{pad}", styled(KIND, &label)) } else { indent.clone() };
            self.line(&format!("  {head} {} {}", styled(DIM, "│"), quote.get(n).map_or("", String::as_str)));
        }
        let mut facts = Vec::new();
        if !s.targets.is_empty() {
            let targets: Vec<String> = s.targets.iter().map(|t| labels.name(self.record, t)).collect();
            facts.push(format!("{} {}", labels.short("heading", "to"), targets.join(labels.comma())));
        }
        facts.extend(s.date.as_ref().filter(|d| self.record.published.as_ref() != Some(d)).map(|d| bidi.isolate(d)));
        if !facts.is_empty() {
            self.line(&format!("  {indent} {} {}", styled(DIM, "│"), styled(DIM, &facts.join(" · "))));
        }
    }

    fn relations(&mut self) {
        if self.record.relations.is_empty() {
            return;
        }
        self.section("relations");
        let labels = self.human.labels;
        for r in &self.record.relations {
            let parties: Vec<String> = r.parties.iter().map(|p| styled(NAME, &labels.name(self.record, p))).collect();
            let mut facts = vec![parties.join(" — ")];
            facts.extend(r.level.as_deref().map(|l| labels.level(l)));
            facts.extend(r.established.as_deref().map(|y| format!("{} {}", labels.short("heading", "since"), self.human.bidi.isolate(y))));
            let facts = layout::flow(&facts, " · ", self.human.width, "  ");
            self.line(&facts);
            self.quote(r.span, &[], 1);
        }
    }

    fn warnings(&mut self) {
        if self.record.warnings.is_empty() {
            return;
        }
        self.section("warnings");
        for w in &self.record.warnings {
            let label = self.human.labels.of("warning", &w.code);
            let message = self.human.bidi.isolate(&w.message);
            self.line(&format!("{} {label}: {message}", styled(WARN, "!")));
            self.quote(w.span, &[], 1);
        }
    }

    fn entities(&mut self) {
        if self.record.entities.is_empty() {
            return;
        }
        self.section("entities");
        let labels = self.human.labels;
        use EntityType::{Country, Forum, Initiative, Organization, Person, Place};
        let kinds = [Person, Country, Organization, Forum, Initiative, Place];
        let wide = kinds.iter().filter(|k| self.record.entities.iter().any(|e| e.kind == **k)).map(|k| layout::columns(&labels.short("type", k.as_str()))).max().unwrap_or(0);
        for kind in kinds {
            let all: Vec<&Entity> = self.record.entities.iter().filter(|e| e.kind == kind).collect();
            if all.is_empty() {
                continue;
            }
            let shown: Vec<String> = all.iter().map(|e| self.entity(e)).collect();
            let label = labels.short("type", kind.as_str());
            if kind == Person {
                // Each with what he is: a line of his own.
                for (i, s) in shown.iter().enumerate() {
                    self.field(if i == 0 { &label } else { "" }, wide, std::slice::from_ref(s));
                }
            } else {
                self.field(&label, wide, &shown);
            }
        }
    }

    fn entity(&self, e: &Entity) -> String {
        let labels = self.human.labels;
        let mut s = labels.entity(e);
        let mut roles: Vec<String> = Vec::new();
        for r in &e.roles {
            let title = labels.short("title", &r.title);
            let of =
                r.of.as_deref()
                    .and_then(|id| self.record.entities.iter().find(|e| e.id == id))
                    .map(|e| if labels.lang == Lang::Ar { labels.bidi.isolate(&e.label_ar) } else { e.label_en.clone().unwrap_or_else(|| labels.bidi.isolate(&e.label_ar)) });
            let role = of.map_or_else(|| title.clone(), |of| format!("{title}, {of}"));
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        if !roles.is_empty() {
            let _ = write!(s, " ({})", roles.join("; "));
        }
        if e.mentions.len() > 1 {
            s.push_str(&styled(DIM, &format!(" ×{}", e.mentions.len())));
        }
        s
    }
}
