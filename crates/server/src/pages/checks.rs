//! `/checks`: where the reports contradict each other, the registers, or the calendar; who says what, in which words.

use crate::ask::{Ask, Form};
use crate::filter::{self, Filters};
use crate::pages::event::shown;
use crate::shell::{Shell, html};
use crate::state::Desk;
use crate::view::{Quote, Who, article};
use crate::words::Words;
use crate::{Problem, Result, twins};
use askama::Template;
use axum::response::Response;
use sijill_store::Register;
use sijill_store::query::Page as Rows;
use sijill_store::query::check::{CheckQuery, Found, codes};

pub const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Atom];

struct Said {
    value: String,
    quotes: Vec<Quote>,
}

struct Row {
    code_text: String,
    kind: Option<String>,
    who: Vec<Who>,
    about: Option<String>,
    values: Vec<Said>,
}

#[derive(Template)]
#[template(path = "checks.html")]
struct Page<'a> {
    s: Shell<'a>,
    filters: Filters,
    counts: Vec<(String, usize, String, bool)>,
    rows: Vec<Row>,
    /// Articles were added since the findings were made.
    stale: bool,
    next: Option<String>,
}

const ROWS: usize = 60;

/// The page of what a finding is about.
fn page_of(about: &str) -> Option<String> {
    if about.starts_with("ev-") {
        Some(format!("/events/{about}"))
    } else if let Some((a, b)) = about.split_once('+') {
        Some(crate::ask::address("/relations", [("actor", a), ("actor", b)]))
    } else if about.contains(':') && !about.contains('#') {
        Some(format!("/actors/{}", crate::ask::escaped(about)))
    } else {
        Some(article(about.split('#').next().unwrap_or(about), None))
    }
}

/// On which weekday a day falls, as the engine warns of it: `2018-10-20 is a Saturday`.
fn weekday(w: Words, said: &str) -> Option<String> {
    let (day, name) = said.split_once(" is a ")?;
    (day.len() == 10 && name.ends_with("day")).then(|| format!("{}{}{}", w.of("weekday", name), w.comma(), w.date(day)))
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let asked = filter::listed(ask, "code", codes())?;
    let actors = filter::people(desk, register, ask, "actor")?;
    let ids: Vec<String> = actors.iter().map(|n| n.id.clone()).collect();
    let limit = ask.number("limit", ROWS, filter::MOST)?;
    let skip = match ask.get("after") {
        None => 0,
        Some(n) => n.parse::<usize>().map_err(|_| Problem::wrong(format!("after: expected a number, found {n:?}")))?,
    };
    let q = CheckQuery { codes: asked.clone(), actors: ids, skip, limit, kept: true };
    let Found { items, counts, stale } = register.check(&q, &desk.facts)?;
    let of_code: usize = counts.iter().filter(|(c, _)| asked.is_empty() || asked.contains(*c)).map(|(_, n)| n).sum();
    let next = (skip + items.len() < of_code).then(|| (skip + items.len()).to_string());
    let w = desk.words(ask.lang);
    match ask.form {
        Form::Html => {}
        Form::Json => return twins::json(ask, &Rows { items, next }),
        Form::Csv => return twins::file(desk, register, ask, sijill_export::Rows::Checks(&items), next.as_deref()),
        Form::Atom => {
            let entries = items
                .iter()
                .map(|f| twins::Entry {
                    title: format!("{}: {}", w.of("check", &f.code), f.who.iter().take(4).map(|n| w.name(n)).collect::<Vec<_>>().join(w.comma())),
                    href: page_of(&f.about).unwrap_or_default(),
                    updated: f.values.iter().flat_map(|v| &v.by).filter_map(|p| p.source.published.clone()).max(),
                    summary: f.values.iter().flat_map(|v| &v.by).find_map(|p| p.quote.clone()).unwrap_or_default(),
                })
                .collect();
            return twins::feed(desk, ask, w.t("checks"), entries);
        }
        other => return Err(Problem::not_found(format!("expected this page as JSON, CSV or Atom, found {}", other.name()))),
    }
    let mut rows = Vec::new();
    for f in &items {
        let mut values = Vec::new();
        for v in &f.values {
            let quotes = v.by.iter().take(3).map(|p| Quote::new(w, &p.source, p.quote.as_deref().unwrap_or(""), None)).collect();
            let value = v.value.as_str().and_then(|said| weekday(w, said)).map_or_else(|| shown(register, w, &v.value), Ok)?;
            values.push(Said { value, quotes });
        }
        rows.push(Row {
            code_text: w.of("check", &f.code),
            kind: f.kind.as_deref().map(|k| w.of("kind", k)),
            who: f.who.iter().take(6).map(|n| Who::new(w, n)).collect(),
            about: page_of(&f.about),
            values,
        });
    }
    html(&Page {
        filters: Filters::new(w, ask, &["actor"], &actors, &[]),
        counts: codes()
            .iter()
            .filter_map(|c| Some((w.of("check", c), *counts.get(*c)?, ask.with(&[("code", Some(c))]), asked.iter().any(|a| a == c))))
            .chain([(w.t("any").to_owned(), counts.values().sum(), ask.with(&[("code", None)]), asked.is_empty())])
            .collect(),
        rows,
        stale,
        next: next.map(|k| ask.next(&k)),
        s: Shell::new(desk, ask, "checks", FORMS),
    })
}
