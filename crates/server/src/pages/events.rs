//! `/events`: events by who, what, when and where.

use crate::Result;
use crate::ask::{Ask, Form};
use crate::filter::{self, Filters};
use crate::shell::{Shell, html};
use crate::state::Desk;
use crate::view::{EventRow, by_year, rows};
use crate::{twins, words::Words};
use askama::Template;
use axum::response::Response;
use sijill_store::Register;
use sijill_store::query::Name;

pub const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Atom, Form::Ics];

#[derive(Template)]
#[template(path = "events.html")]
struct Page<'a> {
    s: Shell<'a>,
    filters: Filters,
    count: String,
    order: (String, String),
    events: Vec<(Option<String>, EventRow)>,
    next: Option<String>,
}

/// How far an answer is counted.
const COUNTED: usize = 10_000;

/// The names of outlets, the largest first: for the choice of one.
pub fn outlets(register: &Register) -> Result<Vec<String>> {
    Ok(register.outlet_names(200)?)
}

/// Whose events a page is of, for its title.
pub fn titled(w: Words, what: &str, who: &[Name]) -> String {
    if who.is_empty() { what.to_owned() } else { who.iter().map(|n| w.name(n)).collect::<Vec<_>>().join(" \u{2013} ") }
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let (q, who) = filter::events(desk, register, ask)?;
    let found = register.events(&q)?;
    let w = desk.words(ask.lang);
    let title = titled(w, w.t("events"), &who);
    if ask.form != Form::Html {
        return twins::events(desk, register, ask, &title, &found);
    }
    let n = register.count_events(&q, COUNTED)?;
    let order = if q.newest { (w.t("oldest-first").to_owned(), ask.with(&[("order", Some("oldest"))])) } else { (w.t("newest-first").to_owned(), ask.with(&[("order", None)])) };
    html(&Page {
        filters: Filters::new(w, ask, &["actor", "actor", "kind", "status", "place", "source", "from", "until"], &who, &outlets(register)?),
        count: format!("{}{} {}", w.number(n), if n >= COUNTED { "+" } else { "" }, w.t("events-counted")),
        order,
        events: by_year(rows(register, w, &found.items)?, |e| &e.year),
        next: found.next.map(|k| ask.next(&k)),
        s: Shell::new(desk, ask, "events", FORMS).titled(title),
    })
}
