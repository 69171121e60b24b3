//! `sijill show`: an event with all its reports, or an article with all that it says.
//!
//! What must not live here: SQL.

use super::Done;
use super::add::failure;
use super::who::open;
use crate::args::{Shape, Show};
use crate::output::register::Page;
use crate::output::style::{DIM, HEAD, KIND, NAME, WARN, sign, status_style, styled};
use crate::terminal::{self, Failure};
use serde_json::{Value, json};
use sijill_extract::Engine;
use sijill_store::Register;
use std::io::Write;

/// Reports of one event that are shown; a great event may have thousands.
const REPORTS: usize = 400;

pub fn run(a: Show) -> Done {
    let (register, engine) = open(&a.desk.register)?;
    let mut out = terminal::stdout();
    let data = if a.id.starts_with("ev-") { event_json(&register, &a.id)? } else { article_json(&register, &a.id)? };
    let Some(data) = data else {
        return Err(Failure::new(format!("{}: expected an event (ev-…) or an article (a…) of the register, found nothing under this id", a.id)));
    };
    match a.desk.format {
        Shape::Json => {
            serde_json::to_writer_pretty(&mut out, &data)?;
            writeln!(out)?;
        }
        Shape::Jsonl => {
            serde_json::to_writer(&mut out, &data)?;
            writeln!(out)?;
        }
        Shape::Csv => return Err(Failure::new("--format: expected table, json or jsonl for one event, found csv")),
        Shape::Table => {
            let page = if a.id.starts_with("ev-") { event_page(&register, &engine, &a)? } else { article_page(&register, &engine, &a)? };
            out.write_all(page.as_bytes())?;
        }
    }
    out.flush()?;
    Ok(0)
}

fn event_json(register: &Register, id: &str) -> Result<Option<Value>, Failure> {
    let Some(event) = register.event(id).map_err(failure)? else { return Ok(None) };
    let reports = register.reports(id, REPORTS).map_err(failure)?;
    let mut v = json!(event);
    v["reports"] = json!(reports);
    Ok(Some(v))
}

fn article_json(register: &Register, id: &str) -> Result<Option<Value>, Failure> {
    let Some(article) = register.article(id).map_err(failure)? else { return Ok(None) };
    let reports: Vec<Value> = register
        .reports_in(id)
        .map_err(failure)?
        .into_iter()
        .map(|(r, event)| {
            let mut v = json!(r);
            v["event"] = json!(event);
            v
        })
        .collect();
    let statements = register.statements_in(id).map_err(failure)?;
    Ok(Some(json!({ "article": article.source, "text": article.text, "reports": reports, "statements": statements })))
}

fn event_page(register: &Register, engine: &Engine, a: &Show) -> Result<String, Failure> {
    let mut p = Page::new(engine, &a.desk.look, a.full);
    let Some(e) = register.event(&a.id).map_err(failure)? else { return Ok(String::new()) };
    p.event_line(&e, true);
    p.event_fields(2, &e);
    p.line(&format!("  {}", styled(DIM, &e.event)));
    let life: Vec<Value> = e.life.as_array().cloned().unwrap_or_default();
    if !life.is_empty() {
        let label = p.labels.of("desk", "life");
        p.section(&label);
        for s in &life {
            let stage = s["stage"].as_str().unwrap_or("");
            let label = p.labels.of("stage", stage);
            let on = s["on"].as_str().unwrap_or("—");
            let line = format!("  {}  {label}  {}", p.bidi.isolate(on), styled(DIM, s["article"].as_str().unwrap_or("")));
            p.line(&line);
        }
    }
    let differing: Vec<Value> = e.differing.as_array().cloned().unwrap_or_default();
    if !differing.is_empty() {
        let label = p.labels.of("desk", "differing");
        p.section(&label);
        for d in &differing {
            let field = d["field"].as_str().unwrap_or("");
            let field = match field.strip_prefix("attributes.") {
                Some(name) => p.labels.short("attribute", name),
                None => p.labels.short("field", field),
            };
            p.line(&format!("{} {field}", styled(WARN, "!")));
            for v in d["values"].as_array().into_iter().flatten() {
                let value = match v[0].as_str().filter(|s| s.contains(':')).map(|id| register.name_of(id).map_err(failure)).transpose()?.flatten() {
                    Some(n) => p.name(&n),
                    None => p.value(&v[0]),
                };
                let by: Vec<&str> = v[1].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                let line = format!("    {value}  {}", styled(DIM, &by.join(" ")));
                p.line(&line);
            }
        }
    }
    let reports = register.reports(&a.id, REPORTS).map_err(failure)?;
    let label = format!("{} · {} · {} {}", p.labels.of("desk", "reports"), e.reports, e.independent, p.labels.short("desk", "independent"));
    p.section(&label);
    for r in &reports {
        let mut facts = vec![styled(status_style(&r.status), &p.labels.of("status", &r.status))];
        facts.extend(r.date.as_deref().map(|d| p.bidi.isolate(d)));
        facts.extend(r.source.title.as_deref().map(|t| p.bidi.isolate(t)));
        let line = format!("{} {}", styled(status_style(&r.status), sign(&r.status)), facts.join(" · "));
        p.line(&line);
        if !r.claimed_by.is_empty() {
            let names: Vec<String> = r.claimed_by.iter().map(|n| styled(NAME, &p.name(n))).collect();
            let label = p.labels.short("heading", "said-by");
            p.field(4, &label, 0, &names);
        }
        for q in &r.quotes {
            p.quote(4, q, 3);
        }
        let mut more = Vec::new();
        more.extend(r.source.url.as_deref().map(|u| p.bidi.isolate(u)));
        if let Some(w) = r.wire.as_deref().filter(|w| *w != r.source.article) {
            more.push(format!("{} {w}", p.labels.short("desk", "reprint")));
        }
        p.source(4, &r.source, &more);
    }
    Ok(p.out)
}

fn article_page(register: &Register, engine: &Engine, a: &Show) -> Result<String, Failure> {
    let mut p = Page::new(engine, &a.desk.look, a.full);
    let Some(article) = register.article(&a.id).map_err(failure)? else { return Ok(String::new()) };
    let title = article.source.title.clone().unwrap_or_else(|| article.text.lines().find(|l| !l.trim().is_empty()).unwrap_or("").to_owned());
    let title = styled(HEAD, &p.bidi.isolate(&title));
    p.line(&title);
    let more: Vec<String> = article.source.url.iter().map(|u| p.bidi.isolate(u)).collect();
    p.source(0, &article.source, &more);
    let reports = register.reports_in(&a.id).map_err(failure)?;
    if !reports.is_empty() {
        let label = p.labels.of("heading", "events");
        p.section(&label);
        for (r, event) in &reports {
            let e = event.as_deref().map(|id| register.event(id).map_err(failure)).transpose()?.flatten();
            let mut facts = vec![styled(KIND, &p.labels.of("kind", &r.kind)), styled(status_style(&r.status), &p.labels.of("status", &r.status))];
            facts.extend(r.date.as_deref().map(|d| p.bidi.isolate(d)));
            facts.extend(event.clone());
            if let Some(e) = e.as_ref().filter(|e| e.reports > 1) {
                facts.push(format!("{} {}", e.reports, p.labels.short("desk", "reports")));
            }
            let line = format!("{} {}", styled(status_style(&r.status), sign(&r.status)), facts.join(" · "));
            p.line(&line);
            for q in &r.quotes {
                p.quote(4, q, 2);
            }
        }
    }
    let statements = register.statements_in(&a.id).map_err(failure)?;
    if !statements.is_empty() {
        let label = p.labels.of("heading", "statements");
        p.section(&label);
        for s in &statements {
            let names: Vec<String> = s.speakers.iter().map(|n| styled(NAME, &p.name(n))).collect();
            let line = format!("{} · {}", styled(KIND, &p.labels.of("force", &s.force)), names.join(p.labels.comma()));
            p.line(&line);
            p.quote(4, &s.quote, 2);
        }
    }
    Ok(p.out)
}
