//! `sijill standing`: how two states stand to each other by what articles say: levels, agreements, visits, positions, months.
//!
//! What must not live here: SQL; how the parts are put together (`sijill-resolve`).

use super::Done;
use super::add::failure;
use super::who::{Who, open};
use crate::args::{Shape, Standing};
use crate::output::register::Page;
use crate::output::style::{DIM, HEAD, KIND, NAME, sign, status_style, styled};
use crate::terminal::{self, Failure};
use sijill_store::Register;
use sijill_store::query::event::Happening;
use std::io::Write;

/// Articles that are quoted for one level.
const QUOTED: usize = 3;
const POSITIONS: usize = 40;

fn state(name: &sijill_store::query::Name) -> Result<String, Failure> {
    name.id.strip_prefix("country:").map(str::to_owned).ok_or_else(|| Failure::new(format!("{}: expected a state, found {}", name.id, name.kind)))
}

pub fn run(a: Standing) -> Done {
    let (register, engine) = open(&a.desk.register)?;
    let who = Who::new(&register, &engine);
    let (one, other) = (who.find(&a.one)?, who.find(&a.other)?);
    let (x, y) = (state(&one)?, state(&other)?);
    let Some(s) = register.standing(&x, &y).map_err(failure)? else {
        return Err(Failure::new(format!("{}: expected two states, found the same one twice", one.id)));
    };
    let mut out = terminal::stdout();
    match a.desk.format {
        Shape::Table => {}
        Shape::Json => {
            serde_json::to_writer_pretty(&mut out, &s)?;
            writeln!(out)?;
        }
        Shape::Jsonl => {
            serde_json::to_writer(&mut out, &s)?;
            writeln!(out)?;
        }
        Shape::Csv => {
            writeln!(out, "month,from,to,plover,acts,goldstein")?;
            for m in &s.months {
                writeln!(out, "{},{},{},{},{},{}", m.month, m.from, m.to, m.plover, m.acts, m.goldstein.map(|g| g.to_string()).unwrap_or_default())?;
            }
        }
    }
    if a.desk.format != Shape::Table {
        out.flush()?;
        return Ok(0);
    }
    let mut p = Page::new(&engine, &a.desk.look, a.full);
    let head = format!("{} — {}", styled(HEAD, &p.name(&one)), styled(HEAD, &p.name(&other)));
    p.line(&head);
    let name = |iso: &str| if iso == x { &one } else { &other };

    if !s.levels.is_empty() || !s.established.is_empty() {
        let label = p.labels.of("heading", "relations");
        p.section(&label);
        for (since, articles) in &s.established {
            let line = format!("≡ {} {}", p.labels.of("heading", "since"), p.bidi.isolate(since));
            p.line(&line);
            let all = register.relations(&one.id, Some(&other.id), Default::default(), 2_000).map_err(failure)?;
            for r in all.iter().filter(|r| r.established.as_ref() == Some(since) && articles.contains(&r.source.article)).take(QUOTED) {
                p.quote(4, &r.quote, 2);
                p.source(4, &r.source, &[]);
            }
        }
        for l in &s.levels {
            let mut facts = vec![styled(KIND, &p.labels.level(&l.level))];
            facts.extend(l.dated.iter().map(|d| format!("{} {}", p.labels.short("heading", "since"), p.bidi.isolate(d))));
            let line = format!("≡ {}", facts.join(" · "));
            p.line(&line);
            let all = register.relations(&one.id, Some(&other.id), Default::default(), 2_000).map_err(failure)?;
            for r in all.iter().filter(|r| r.level.as_deref() == Some(&l.level)).take(QUOTED) {
                p.quote(4, &r.quote, 2);
                p.source(4, &r.source, &[]);
            }
            if l.articles.len() > QUOTED {
                let more = format!("    {}", styled(DIM, &format!("{} {}", l.articles.len(), p.labels.short("desk", "articles"))));
                p.line(&more);
            }
        }
    }
    if !s.agreements.is_empty() {
        let label = p.labels.of("desk", "agreements");
        p.section(&label);
        for g in &s.agreements {
            if let Some(e) = register.event(&g.event).map_err(failure)? {
                event(&mut p, &register, &e)?;
            }
        }
    }
    if !s.visits.is_empty() {
        let label = p.labels.of("desk", "visits");
        p.section(&label);
        for v in &s.visits {
            if let Some(e) = register.event(&v.event).map_err(failure)? {
                event(&mut p, &register, &e)?;
            }
        }
    }
    if !s.positions.is_empty() {
        let label = p.labels.of("desk", "positions");
        p.section(&label);
        for q in s.positions.iter().take(POSITIONS) {
            let topic = match register.name_of(&q.topic).map_err(failure)? {
                Some(n) => p.name(&n),
                None => p.labels.of("desk", &q.topic),
            };
            let by: Vec<String> = q.by.iter().filter_map(|id| register.name_of(id).ok().flatten()).map(|n| p.name(&n)).collect();
            let stance = p.labels.of("force", &q.stance);
            let mut facts = vec![styled(NAME, &p.name(name(&q.of))), styled(KIND, &stance), topic];
            if !by.is_empty() && q.by.iter().all(|id| !id.starts_with("country:")) {
                facts.push(by.join(p.labels.comma()));
            }
            p.line(&facts.join(" · "));
            if let Some(proof) = register.words(&q.article, q.start, q.end).map_err(failure)? {
                p.quote(4, proof.quote.as_deref().unwrap_or(""), 2);
                p.source(4, &proof.source, &[]);
            }
        }
    }
    if a.months && !s.months.is_empty() {
        let label = p.labels.of("desk", "months");
        p.section(&label);
        for m in &s.months {
            let score = m.goldstein.map(|g| format!("{g:+.1}")).unwrap_or_default();
            let line = format!("{}  {} → {}  {:<12} {:>4}  {score:>6}", p.bidi.isolate(&m.month), p.name(name(&m.from)), p.name(name(&m.to)), m.plover, m.acts);
            p.line(&line);
        }
    }
    out.write_all(p.out.as_bytes())?;
    out.flush()?;
    Ok(0)
}

/// One event with its first words.
fn event(p: &mut Page, register: &Register, e: &Happening) -> Result<(), Failure> {
    let people: Vec<String> = e.participants.iter().map(|x| p.name(&x.name)).collect();
    let mut facts = vec![styled(KIND, &p.labels.of("kind", &e.kind)), styled(status_style(&e.status), &p.labels.of("status", &e.status))];
    facts.extend(e.date.as_deref().map(|d| p.bidi.isolate(d)));
    facts.push(people.join(p.labels.comma()));
    for key in ["ordinal", "level", "instrument", "subject"] {
        if let Some(v) = e.attributes.get(key) {
            facts.push(format!("{} {}", p.labels.short("attribute", key), p.value(v)));
        }
    }
    let facts = crate::output::layout::flow(&facts, " · ", p.width.saturating_sub(2), "  ");
    let line = format!("{} {facts}", styled(status_style(&e.status), sign(&e.status)));
    p.line(&line);
    if let Some(r) = sijill_ask::timeline::proof_of(register, e).map_err(failure)? {
        if let Some(q) = r.quotes.first() {
            p.quote(4, q, 2);
        }
        p.source(4, &r.source, std::slice::from_ref(&e.event));
    }
    Ok(())
}
