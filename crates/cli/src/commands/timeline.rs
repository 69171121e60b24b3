//! `sijill timeline`: what happened between two actors, or to one, in order of time, planned and happened told apart, each with the
//! words that say so.
//!
//! What must not live here: SQL.

use super::Done;
use super::add::failure;
use super::who::{Who, closed, open, range};
use crate::args::{self, Shape};
use crate::output::register::Page;
use crate::output::style::{DIM, HEAD, KIND, styled};
use crate::output::table::{self, Column};
use crate::terminal;
use sijill_ask::timeline::{Entry, Timeline, timeline};
use sijill_record::lists;
use sijill_store::query::event::EventQuery;
use std::io::Write;

pub fn run(a: args::Timeline) -> Done {
    closed("kind", &a.kind, &lists::KINDS)?;
    let (register, engine) = open(&a.desk.register)?;
    let who = Who::new(&register, &engine);
    let named = a.actors.iter().map(|n| who.find(n)).collect::<Result<Vec<_>, _>>()?;
    let actors: Vec<String> = named.iter().map(|n| n.id.clone()).collect();
    let range = range(&a.days);
    let q = EventQuery { actors, kinds: a.kind.clone(), range, limit: a.limit, newest: true, ..EventQuery::default() };
    let Timeline { entries, next } = timeline(&register, &q).map_err(failure)?;

    let mut out = terminal::stdout();
    if a.desk.format != Shape::Table {
        let rows: Vec<Entry> = entries.into_iter().map(|e| e.1).collect();
        let columns = ["date", "entry", "kind", "status", "who", "words", "outlet", "published", "article", "event"].map(|name| Column { name, wide: false });
        let cells = |e: &Entry| match e {
            Entry::Event { event, proof } => {
                let who = event.participants.iter().map(|p| format!("{} ({})", p.name.id, p.role)).collect::<Vec<_>>().join("; ");
                let p = proof.as_deref();
                let text = |s: Option<&String>| s.cloned().unwrap_or_default();
                vec![
                    text(event.date.as_ref()),
                    "event".to_owned(),
                    event.kind.clone(),
                    event.status.clone(),
                    who,
                    text(p.and_then(|p| p.quotes.first())),
                    text(p.and_then(|p| p.source.outlet.as_ref())),
                    text(p.and_then(|p| p.source.published.as_ref())),
                    text(p.map(|p| &p.source.article)),
                    event.event.clone(),
                ]
            }
            Entry::Relation { relation: r, .. } => {
                let text = |s: &Option<String>| s.clone().unwrap_or_default();
                vec![
                    text(&r.established),
                    "relation".to_owned(),
                    text(&r.level),
                    String::new(),
                    format!("{}; {}", r.one.id, r.other.id),
                    r.quote.clone(),
                    text(&r.source.outlet),
                    text(&r.source.published),
                    r.source.article.clone(),
                    String::new(),
                ]
            }
        };
        let bidi = crate::output::layout::Bidi { lang: a.desk.look.lang, on: false };
        table::write(&mut out, a.desk.format, &columns, &rows, cells, 0, bidi)?;
        out.flush()?;
        return Ok(0);
    }

    let mut p = Page::new(&engine, &a.desk.look, a.full);
    let heads: Vec<String> = named.iter().map(|n| styled(HEAD, &p.name(n))).collect();
    p.line(&heads.join(" — "));
    if next.is_some() {
        let note = format!("{} {}", p.labels.short("desk", "latest"), a.limit);
        p.line(&styled(DIM, &note));
    }
    let mut year = String::new();
    for (day, entry) in &entries {
        let now = day.get(..4).unwrap_or("—");
        if now != year {
            now.clone_into(&mut year);
            p.section(now);
        }
        match entry {
            Entry::Event { event, proof } => {
                p.event_line(event, true);
                p.event_fields(4, event);
                if let Some(proof) = proof {
                    for q in proof.quotes.iter().take(if a.full { usize::MAX } else { 1 }) {
                        p.quote(4, q, 2);
                    }
                    let mut more = Vec::new();
                    if event.reports > 1 {
                        more.push(format!("{} {}", event.reports, p.labels.short("desk", "reports")));
                    }
                    if event.differing.as_array().is_some_and(|d| !d.is_empty()) {
                        more.push(p.labels.short("desk", "differing"));
                    }
                    more.push(event.event.clone());
                    p.source(4, &proof.source, &more);
                }
            }
            Entry::Relation { relation: r, articles } => {
                let mut facts = vec![styled(KIND, &p.labels.of("heading", "relations"))];
                facts.extend(r.level.as_deref().map(|l| p.labels.level(l)));
                facts.extend(r.established.as_deref().map(|y| format!("{} {}", p.labels.short("heading", "since"), p.bidi.isolate(y))));
                p.line(&format!("≡ {}", facts.join(" · ")));
                p.quote(4, &r.quote, 1);
                let more = if *articles > 1 { vec![format!("{articles} {}", p.labels.short("desk", "articles"))] } else { Vec::new() };
                p.source(4, &r.source, &more);
            }
        }
    }
    if entries.is_empty() {
        terminal::message("expected something that fits, found nothing");
    }
    out.write_all(p.out.as_bytes())?;
    out.flush()?;
    Ok(0)
}
