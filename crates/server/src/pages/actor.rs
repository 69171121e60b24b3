//! `/actors/ID`: names, offices, company, words of somebody.

use crate::ask::{Ask, Form, address};
use crate::draw::{Grid, shade};
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::view::{EventRow, StatementRow, When, Who, rows, said as said_rows};
use crate::words::{Lang, Words};
use crate::{Problem, Result};
use askama::Template;
use axum::response::Response;
use serde_json::json;
use sijill_record::lists;
use sijill_store::query::desk::Met;
use sijill_store::query::event::EventQuery;
use sijill_store::query::statement::StatementQuery;
use sijill_store::query::{Name, Range};
use sijill_store::{Register, days};

pub const FORMS: &[Form] = &[Form::Json];

struct Office {
    title: String,
    of: Option<Who>,
    articles: u32,
    first: Option<When>,
    last: Option<When>,
}

struct Addressee {
    who: Who,
    /// For each force its count, shade, and the way to the statements.
    forces: Vec<(u32, usize, String)>,
}

#[derive(Template)]
#[template(path = "actor.html")]
struct Page<'a> {
    s: Shell<'a>,
    id: String,
    kind: String,
    country: Option<Who>,
    other: Option<String>,
    known: bool,
    articles: String,
    spellings: Vec<(String, u32)>,
    offices: Vec<Office>,
    met: Option<Grid>,
    events: Vec<(String, String, String)>,
    forces: Vec<String>,
    addressed: Vec<Addressee>,
    latest: Vec<EventRow>,
    said: Vec<StatementRow>,
    timeline: String,
    all_events: String,
    all_statements: String,
}

/// Rows and columns of pictures and tables.
const COMPANY: usize = 14;
const YEARS: usize = 14;
const LATEST: usize = 8;

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let Some(p) = register.portrait(ask.id())? else {
        return Err(Problem::not_found(format!("expected the id of an actor, found {:?}", ask.id())));
    };
    let me = p.name.id.clone();
    let met = register.met(&me, COMPANY)?;
    let addressed = register.addressed(&me, COMPANY)?;
    // What is announced for later days is not the latest.
    let until = register.latest_day()?;
    let events = register.events(&EventQuery { actors: vec![me.clone()], range: Range { from: None, until }, limit: LATEST, newest: true, ..EventQuery::default() })?.items;
    let said = register.statements(&StatementQuery { speakers: vec![me.clone()], limit: LATEST, newest: true, ..StatementQuery::default() })?.items;
    if ask.form == Form::Json {
        return json(&json!({ "actor": p, "met": met, "addressed": addressed, "latest_events": events, "latest_statements": said }));
    }
    let w = desk.words(ask.lang);
    let most = addressed.iter().flat_map(|a| a.forces.values()).copied().max().unwrap_or(1);
    let day = |d: &Option<String>| d.as_deref().map(|d| When::new(w, d));
    let offices = p
        .offices
        .iter()
        .map(|o| {
            let of = o.of.as_deref().map(|id| register.name_of(id)).transpose()?.flatten();
            let last = if o.last == o.first { None } else { day(&o.last) };
            Ok(Office { title: w.of("title", &o.title), of: of.map(|n| Who::new(w, &n)), articles: o.articles, first: day(&o.first), last })
        })
        .collect::<Result<_>>()?;
    let country = p.name.country.as_ref().filter(|_| p.name.kind != "country").map(|c| register.name_of(&format!("country:{c}"))).transpose()?.flatten();
    let other = if w.lang == Lang::En { Some(p.name.ar.clone()) } else { p.name.en.clone() };
    let title = w.name(&p.name);
    html(&Page {
        id: me.clone(),
        kind: w.of("type", &p.name.kind),
        country: country.map(|n| Who::new(w, &n)),
        other: other.filter(|o| *o != title),
        known: p.known,
        articles: w.number(p.articles as usize),
        spellings: p.spellings.iter().take(24).cloned().collect(),
        offices,
        met: company(w, &p.name, &met),
        events: lists::KINDS
            .iter()
            .filter_map(|k| Some((w.of("kind", k), w.number(*p.events.get(*k)? as usize), address("/events", [("actor", me.as_str()), ("kind", k)]))))
            .collect(),
        forces: lists::FORCES.iter().map(|f| w.of("force", f)).collect(),
        addressed: addressed
            .iter()
            .map(|a| Addressee {
                who: Who::new(w, &a.name),
                forces: lists::FORCES
                    .iter()
                    .map(|f| {
                        let n = a.forces.get(*f).copied().unwrap_or(0);
                        (n, shade(n, most), address("/statements", [("speaker", me.as_str()), ("about", a.name.id.as_str()), ("force", f)]))
                    })
                    .collect(),
            })
            .collect(),
        latest: rows(register, w, &events)?,
        said: said_rows(register, w, &said)?,
        timeline: address("/timeline", [("actor", me.as_str())]),
        all_events: address("/events", [("actor", me.as_str())].into_iter().chain(until.map(days::iso).as_deref().map(|d| ("until", d)))),
        all_statements: address("/statements", [("speaker", me.as_str())]),
        s: Shell::new(desk, ask, "actors", FORMS).titled(title),
    })
}

/// Whom somebody met most, by year.
fn company(w: Words, me: &Name, met: &[Met]) -> Option<Grid> {
    let last = *met.iter().filter_map(|m| m.years.keys().next_back()).max()?;
    let first = (*met.iter().filter_map(|m| m.years.keys().next()).min()?).max(last - YEARS as i64 + 1);
    let years: Vec<i64> = (first..=last).collect();
    let every = years.len().div_ceil(12).max(1);
    let columns: Vec<(String, bool)> = years.iter().enumerate().map(|(n, y)| (y.to_string(), n % every == 0 || years.len() <= 14)).collect();
    let most = met.iter().flat_map(|m| m.years.values()).copied().max().unwrap_or(1);
    let rows = met
        .iter()
        .map(|m| {
            let name = w.name(&m.name);
            let both = [("actor", me.id.as_str()), ("actor", m.name.id.as_str())];
            let cells = years
                .iter()
                .map(|y| {
                    let n = m.years.get(y).copied().filter(|n| *n > 0)?;
                    let year = y.to_string();
                    let href = address("/timeline", both.into_iter().chain([("from", year.as_str()), ("until", year.as_str())]));
                    Some((format!("heat-{}", shade(n, most)), n.to_string(), format!("{name}, {year}: {n}"), href))
                })
                .collect();
            (name, address("/timeline", both), m.total.to_string(), cells)
        })
        .collect();
    Some(Grid::new("met", format!("{}: {}", w.t("most-met"), w.name(me)), w.t("most-met-desc").to_owned(), w.t("as-table").to_owned(), &columns, rows, w.lang == Lang::Ar))
}
