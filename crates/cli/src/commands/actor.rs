//! `sijill actor`: what the register holds of somebody.
//!
//! What must not live here: SQL.

use super::Done;
use super::add::failure;
use super::who::{Who, open};
use crate::args::{Actor, Shape};
use crate::output::register::Page;
use crate::output::style::{DIM, HEAD, styled};
use crate::terminal;
use serde_json::json;
use sijill_record::lists;
use sijill_store::query::event::EventQuery;
use sijill_store::query::statement::StatementQuery;
use std::io::Write;

/// How many of the latest events and statements are shown.
const LATEST: usize = 8;

pub fn run(a: Actor) -> Done {
    let (register, engine) = open(&a.desk.register)?;
    let found = Who::new(&register, &engine).find(&a.name)?;
    let Some(portrait) = register.portrait(&found.id).map_err(failure)? else { return Ok(2) };
    let events = register.events(&EventQuery { actors: vec![found.id.clone()], limit: LATEST, newest: true, ..EventQuery::default() }).map_err(failure)?;
    let said = register.statements(&StatementQuery { speakers: vec![found.id.clone()], limit: LATEST, newest: true, ..StatementQuery::default() }).map_err(failure)?;
    let mut out = terminal::stdout();
    if a.desk.format != Shape::Table {
        let all = json!({ "actor": portrait, "latest_events": events.items, "latest_statements": said.items });
        match a.desk.format {
            Shape::Json => serde_json::to_writer_pretty(&mut out, &all)?,
            Shape::Jsonl => serde_json::to_writer(&mut out, &all)?,
            _ => return Err(terminal::Failure::new("--format: expected table, json or jsonl for an actor, found csv")),
        }
        writeln!(out)?;
        out.flush()?;
        return Ok(0);
    }
    let mut p = Page::new(&engine, &a.desk.look, false);
    let head = format!("{}  {}", styled(HEAD, &p.name(&found)), styled(DIM, &format!("{} · {}", p.labels.short("type", &found.kind), p.bidi.isolate(&found.id))));
    p.line(&head);
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    let counted = |(name, n): (String, u32)| if n > 1 { format!("{name} {}", styled(DIM, &format!("×{n}"))) } else { name };
    rows.push((p.labels.short("desk", "spellings"), portrait.spellings.iter().map(|(s, n)| counted((p.bidi.isolate(s), *n))).collect()));
    let offices = portrait
        .offices
        .iter()
        .map(|o| {
            let of = o.of.as_deref().and_then(|id| register.name_of(id).ok().flatten().map(|n| p.name(&n)).or_else(|| Some(p.bidi.isolate(id))));
            let title = p.labels.short("title", &o.title);
            let what = of.map_or_else(|| title.clone(), |of| format!("{title} · {of}"));
            let when = match (&o.first, &o.last) {
                (Some(f), Some(l)) if f != l => format!(" {}", styled(DIM, &p.bidi.isolate(&format!("{f} … {l}")))),
                (Some(f), _) => format!(" {}", styled(DIM, &p.bidi.isolate(f))),
                _ => String::new(),
            };
            format!("{what}{when}")
        })
        .collect();
    rows.push((p.labels.short("desk", "offices"), offices));
    rows.push((p.labels.short("desk", "articles"), vec![portrait.articles.to_string()]));
    let by = |group: &str, list: &[&str], held: &std::collections::BTreeMap<String, u32>| {
        list.iter().filter_map(|k| held.get(*k).map(|n| format!("{} {n}", p.labels.short(group, k)))).collect::<Vec<_>>()
    };
    rows.push((p.labels.short("heading", "events"), by("kind", &lists::KINDS, &portrait.events)));
    rows.push((p.labels.short("heading", "statements"), by("force", &lists::FORCES, &portrait.statements)));
    rows.push((p.labels.short("desk", "with"), portrait.with.iter().map(|(n, k)| counted((p.name(n), *k))).collect()));
    rows.retain(|r| !r.1.is_empty());
    let wide = rows.iter().map(|r| crate::output::layout::columns(&r.0)).max().unwrap_or(0);
    for (label, values) in rows {
        p.field(2, &label, wide, &values);
    }
    if !events.items.is_empty() {
        let label = format!("{}, {}", p.labels.of("heading", "events"), p.labels.short("desk", "latest"));
        p.section(&label);
        for e in &events.items {
            p.event_line(e, true);
            let others: Vec<String> = e.participants.iter().filter(|x| x.name.id != found.id).map(|x| p.name(&x.name)).collect();
            if !others.is_empty() {
                let label = p.labels.short("desk", "with");
                p.field(4, &label, 0, &others);
            }
            p.line(&format!("    {}", styled(DIM, &e.event)));
        }
    }
    if !said.items.is_empty() {
        let label = format!("{}, {}", p.labels.of("heading", "statements"), p.labels.short("desk", "latest"));
        p.section(&label);
        for s in &said.items {
            let force = p.labels.of("force", &s.force);
            let speakers: Vec<String> = s.speakers.iter().map(|n| p.name(n)).collect();
            p.line(&format!("{} · {}", styled(crate::output::style::KIND, &force), speakers.join(p.labels.comma())));
            p.quote(4, &s.quote, 2);
            p.source(4, &s.source, &[]);
        }
    }
    out.write_all(p.out.as_bytes())?;
    out.flush()?;
    Ok(0)
}
