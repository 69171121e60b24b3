//! `sijill list`: rows of the register, as a table or for other programs.
//!
//! What must not live here: SQL.

use super::add::failure;
use super::who::{Who, open, range};
use super::{Done, who};
use crate::args::{Desk, Lang, List, ListEvents, ListRelations, ListStatements, Listed, Shape};
use crate::output::labels::Labels;
use crate::output::layout::Bidi;
use crate::output::register;
use crate::output::style::sign;
use crate::output::table::{self, Column};
use crate::terminal;
use sijill_extract::Engine;
use sijill_store::query::Name;
use sijill_store::query::event::{EventQuery, Happening};
use sijill_store::query::statement::{Asserted, Said, StatementQuery};
use std::io::Write;

pub fn run(a: List) -> Done {
    match a.what {
        Listed::Events(a) => events(&a),
        Listed::Statements(a) => statements(&a),
        Listed::Relations(a) => relations(&a),
    }
}

/// Labels for cells: without isolates, which the table puts around whole cells, and which a file can do without.
fn labels<'e>(engine: &'e Engine, d: &Desk) -> (Labels<'e>, Bidi) {
    let plain = Bidi { lang: d.look.lang, on: false };
    let shown = Bidi { lang: d.look.lang, on: d.format == Shape::Table && terminal::isolates(d.look.isolates) };
    // Both languages in one cell are for lines, not for columns.
    let lang = if d.look.lang == Lang::Both { Lang::En } else { d.look.lang };
    (Labels { codes: &engine.lexicon().codes, lang, bidi: plain }, shown)
}

fn names<'n>(labels: &Labels, list: impl IntoIterator<Item = &'n Name>) -> String {
    let mut out: Vec<String> = list.into_iter().map(|n| register::name(labels, n)).collect();
    out.dedup();
    out.join(if labels.lang == Lang::Ar { "\u{060C} " } else { "; " })
}

fn ended(rows: usize, next: Option<&str>) -> u8 {
    if rows == 0 {
        terminal::message("expected something that fits, found nothing");
    }
    if let Some(key) = next {
        terminal::message(&format!("there is more: --after {key}, or a greater --limit"));
    }
    0
}

const fn column(name: &'static str, wide: bool) -> Column {
    Column { name, wide }
}

fn events(a: &ListEvents) -> Done {
    let (register, engine) = open(&a.desk.register)?;
    let who = Who::new(&register, &engine);
    let q = EventQuery { limit: a.paging.limit, after: a.paging.after.clone(), newest: a.paging.newest, ..who.events(&a.which)? };
    let page = register.events(&q).map_err(failure)?;
    let (labels, bidi) = labels(&engine, &a.desk);
    let file = a.desk.format == Shape::Csv;
    let cells = |e: &Happening| {
        let mut row = vec![if file { e.date.clone() } else { register::when(e) }.unwrap_or_default()];
        row.push(if file { e.status.clone() } else { format!("{} {}", sign(&e.status), labels.of("status", &e.status)) });
        row.push(if file { e.kind.clone() } else { labels.of("kind", &e.kind) });
        row.push(names(&labels, e.participants.iter().map(|p| &p.name)));
        row.push(e.place.as_ref().map(|p| register::name(&labels, p)).unwrap_or_default());
        if file {
            row.push(e.participants.iter().map(|p| format!("{} ({})", p.name.id, p.role)).collect::<Vec<_>>().join("; "));
            row.extend([&e.plover, &e.cameo].into_iter().map(|c| c.clone().unwrap_or_default()));
            row.push(e.goldstein.map(|g| g.to_string()).unwrap_or_default());
            row.push(e.independent.to_string());
        }
        row.push(e.reports.to_string());
        row.push(e.event.clone());
        row
    };
    let mut columns = vec![column("date", false), column("status", false), column("kind", false), column("who", true), column("place", true)];
    if file {
        columns.extend([column("participants", true), column("plover", false), column("cameo", false), column("goldstein", false), column("independent", false)]);
    }
    columns.extend([column("reports", false), column("event", false)]);
    let mut out = terminal::stdout();
    table::write(&mut out, a.desk.format, &columns, &page.items, cells, terminal::width(a.desk.look.width), bidi)?;
    out.flush()?;
    Ok(ended(page.items.len(), page.next.as_deref()))
}

fn statements(a: &ListStatements) -> Done {
    let (register, engine) = open(&a.desk.register)?;
    let who = Who::new(&register, &engine);
    let q = StatementQuery { limit: a.paging.limit, after: a.paging.after.clone(), newest: a.paging.newest, ..who.statements(&a.which)? };
    let page = register.statements(&q).map_err(failure)?;
    let (labels, bidi) = labels(&engine, &a.desk);
    let file = a.desk.format == Shape::Csv;
    let cells = |s: &Said| {
        let date = if file { s.date.clone() } else { s.date.clone().or_else(|| s.source.published.as_ref().map(|p| format!("[{p}]"))) }.unwrap_or_default();
        let mut row = vec![date, if file { s.force.clone() } else { labels.of("force", &s.force) }, names(&labels, &s.speakers), names(&labels, &s.targets), s.quote.clone()];
        if file {
            row.extend([&s.source.outlet, &s.source.published, &s.source.url].into_iter().map(|x| x.clone().unwrap_or_default()));
        }
        row.push(s.source.article.clone());
        row
    };
    let mut columns = vec![column("date", false), column("force", false), column("speaker", true), column("to", true), column("words", true)];
    if file {
        columns.extend([column("outlet", false), column("published", false), column("url", false)]);
    }
    columns.push(column("article", false));
    let mut out = terminal::stdout();
    table::write(&mut out, a.desk.format, &columns, &page.items, cells, terminal::width(a.desk.look.width), bidi)?;
    out.flush()?;
    Ok(ended(page.items.len(), page.next.as_deref()))
}

fn relations(a: &ListRelations) -> Done {
    let (register, engine) = open(&a.desk.register)?;
    let who = who::Who::new(&register, &engine);
    let actors = who.all(&a.actor)?;
    let [one, rest @ ..] = actors.as_slice() else { return Ok(2) };
    if rest.len() > 1 {
        return Err(terminal::Failure::new(format!("--actor: expected one actor or two, found {}", actors.len())));
    }
    let rows = register.relations(one, rest.first().map(String::as_str), range(&a.days), a.limit).map_err(failure)?;
    let (labels, bidi) = labels(&engine, &a.desk);
    let file = a.desk.format == Shape::Csv;
    let cells = |r: &Asserted| {
        let level = r.level.as_deref().map(|l| if file { l.to_owned() } else { labels.level(l) }).unwrap_or_default();
        let mut row = vec![
            r.source.published.clone().unwrap_or_default(),
            register::name(&labels, &r.one),
            register::name(&labels, &r.other),
            level,
            r.established.clone().unwrap_or_default(),
            r.quote.clone(),
        ];
        if file {
            row.extend([&r.source.outlet, &r.source.url].into_iter().map(|x| x.clone().unwrap_or_default()));
        }
        row.push(r.source.article.clone());
        row
    };
    let mut columns = vec![column("published", false), column("one", false), column("other", false), column("level", true), column("since", false), column("words", true)];
    if file {
        columns.extend([column("outlet", false), column("url", false)]);
    }
    columns.push(column("article", false));
    let mut out = terminal::stdout();
    table::write(&mut out, a.desk.format, &columns, &rows, cells, terminal::width(a.desk.look.width), bidi)?;
    out.flush()?;
    Ok(ended(rows.len(), None))
}
