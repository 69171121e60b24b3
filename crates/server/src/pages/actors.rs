//! `/actors`: who is named, by how many articles; or whose name begins so.

use crate::ask::{Ask, Form};
use crate::filter::{self, Control, Filters, MOST, ROWS};
use crate::shell::{Shell, html};
use crate::state::Desk;
use crate::view::Who;
use crate::{Problem, Result, twins};
use askama::Template;
use axum::response::Response;
use sijill_store::Register;
use sijill_store::query::Page as Rows;
use sijill_store::query::desk::Known;

pub const FORMS: &[Form] = &[Form::Json, Form::Csv];

struct Row {
    who: Who,
    /// The name in the other script.
    other: Option<String>,
    kind: String,
    country: Option<String>,
    articles: String,
    timeline: String,
}

#[derive(Template)]
#[template(path = "actors.html")]
struct Page<'a> {
    s: Shell<'a>,
    filters: Filters,
    kinds: Vec<(String, String, String, bool)>,
    rows: Vec<Row>,
    next: Option<String>,
}

const TYPES: [&str; 6] = ["country", "person", "organization", "forum", "place", "initiative"];

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let kinds = filter::listed(ask, "type", &TYPES)?;
    let limit = ask.number("limit", 2 * ROWS, MOST)?;
    let found: Rows<Known> = match ask.get("name") {
        Some(name) => {
            let mut list = register.beginning(name, limit)?;
            let who = sijill_ask::who::Who::with(register, &desk.engine, &desk.facts);
            // A spelling that no article uses, or an English name.
            match who.find(name) {
                Ok(one) if !list.iter().any(|n| n.id == one.id) => list.insert(0, one),
                Err(sijill_ask::Fault::Ambiguous { who, .. }) => {
                    for n in who {
                        if !list.iter().any(|m| m.id == n.id) {
                            list.push(n);
                        }
                    }
                }
                Err(sijill_ask::Fault::Store(e)) => return Err(e.into()),
                _ => {}
            }
            list.retain(|n| kinds.is_empty() || kinds.contains(&n.kind));
            let items = list.into_iter().map(|name| Ok(Known { articles: register.named_by(&name.id)?, name })).collect::<Result<_>>()?;
            Rows { items, next: None }
        }
        None => register.known(kinds.first().map(String::as_str), limit, ask.get("after"))?,
    };
    match ask.form {
        Form::Html => {}
        Form::Json => return twins::json(ask, &found),
        Form::Csv => {
            let rows = found.items.iter().map(|k| register.listed_as(&k.name.id)).collect::<sijill_store::Result<Vec<_>>>()?;
            let rows: Vec<_> = rows.into_iter().flatten().collect();
            return twins::file(desk, register, ask, sijill_export::Rows::Actors(&rows), found.next.as_deref());
        }
        other => return Err(Problem::not_found(format!("expected this page as JSON or CSV, found {}", other.name()))),
    }
    let w = desk.words(ask.lang);
    let counts = register.actor_counts()?;
    let mut filters = Filters::new(w, ask, &["name"], &[], &[]);
    for c in &mut filters.controls {
        if let Control::Text { label, .. } = c {
            *label = w.t("name").to_owned();
        }
    }
    html(&Page {
        filters,
        kinds: TYPES
            .iter()
            .filter_map(|k| Some((w.of("type", k), w.number(*counts.get(*k)? as usize), ask.with(&[("type", Some(k))]), kinds.iter().any(|x| x == k))))
            .chain([(w.t("any").to_owned(), w.number(counts.values().sum::<u32>() as usize), ask.with(&[("type", None)]), kinds.is_empty())])
            .collect(),
        rows: found
            .items
            .iter()
            .map(|k| Row {
                other: Some(if w.lang == crate::words::Lang::En { k.name.ar.clone() } else { k.name.en.clone().unwrap_or_default() })
                    .filter(|o| !o.is_empty() && *o != w.name(&k.name)),
                who: Who::new(w, &k.name),
                kind: w.of("type", &k.name.kind),
                country: k.name.country.clone(),
                articles: w.number(k.articles as usize),
                timeline: crate::ask::address("/timeline", [("actor", k.name.id.as_str())]),
            })
            .collect(),
        next: found.next.map(|k| ask.next(&k)),
        s: Shell::new(desk, ask, "actors", FORMS),
    })
}
