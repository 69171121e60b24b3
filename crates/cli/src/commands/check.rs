//! `sijill check`: where the reports contradict each other, the register, or the calendar.
//!
//! What must not live here: SQL; what counts as a contradiction (`sijill-resolve`).

use super::Done;
use super::add::failure;
use super::who::{Who, closed, open};
use crate::args::{Check, Shape};
use crate::output::layout::Bidi;
use crate::output::register::Page;
use crate::output::style::{DIM, KIND, WARN, styled};
use crate::output::table::{self, Column};
use crate::terminal;
use sijill_resolve::facts::Facts;
use sijill_store::query::check::{CheckQuery, Finding, codes};
use std::io::Write;

pub fn run(a: Check) -> Done {
    closed("code", &a.code, codes())?;
    let (register, engine) = open(&a.desk.register)?;
    let actors = Who::new(&register, &engine).all(&a.actor)?;
    let facts = Facts::new(engine.lexicon());
    let found = register.check(&CheckQuery { codes: a.code.clone(), actors, limit: a.limit, ..CheckQuery::default() }, &facts).map_err(failure)?.items;
    let mut out = terminal::stdout();
    if a.desk.format != Shape::Table {
        let columns = ["code", "about", "kind", "who", "values", "articles"].map(|name| Column { name, wide: false });
        let cells = |f: &Finding| {
            let plain = |v: &serde_json::Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
            vec![
                f.code.clone(),
                f.about.clone(),
                f.kind.clone().unwrap_or_default(),
                f.who.iter().map(|n| n.id.clone()).collect::<Vec<_>>().join("; "),
                f.values.iter().map(|v| plain(&v.value)).collect::<Vec<_>>().join(" | "),
                f.values.iter().map(|v| v.by.iter().map(|p| p.source.article.clone()).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(" | "),
            ]
        };
        table::write(&mut out, a.desk.format, &columns, &found, cells, 0, Bidi { lang: a.desk.look.lang, on: false })?;
        out.flush()?;
        return Ok(0);
    }
    let mut p = Page::new(&engine, &a.desk.look, a.full);
    for f in &found {
        let mut facts = vec![styled(WARN, &p.labels.of("check", &f.code))];
        facts.extend(f.kind.as_deref().map(|k| styled(KIND, &p.labels.of("kind", k))));
        let mut who: Vec<String> = f.who.iter().map(|n| p.name(n)).collect();
        who.truncate(6);
        facts.push(who.join(p.labels.comma()));
        facts.push(styled(DIM, &f.about));
        let line = crate::output::layout::flow(&facts, " · ", p.width.saturating_sub(2), "  ");
        let line = format!("{} {line}", styled(WARN, "!"));
        p.line(&line);
        for v in &f.values {
            // Ids among the values are somebody's.
            let text = match v.value.as_str().filter(|s| s.contains(':') && !s.contains(' ')).and_then(|id| register.name_of(id).ok().flatten()) {
                Some(n) => p.name(&n),
                None => p.value(&v.value),
            };
            p.line(&format!("    {}", styled(KIND, &text)));
            for proof in &v.by {
                if let Some(q) = &proof.quote {
                    p.quote(6, q, 2);
                }
                p.source(6, &proof.source, &[]);
            }
        }
        p.blank();
    }
    out.write_all(p.out.as_bytes())?;
    out.flush()?;
    if found.is_empty() {
        terminal::message("nothing that contradicts was found");
    } else if found.len() >= a.limit {
        terminal::message(&format!("the first {} are shown: a greater --limit shows more", a.limit));
    }
    Ok(0)
}
