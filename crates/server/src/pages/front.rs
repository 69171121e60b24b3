//! `/`: what the register holds, its latest days, what is announced.

use crate::Result;
use crate::ask::{Ask, Form};
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::view::{EventRow, rows};
use askama::Template;
use axum::response::Response;
use serde_json::json;
use sijill_store::Register;
use sijill_store::query::Range;
use sijill_store::query::event::EventQuery;

#[derive(Template)]
#[template(path = "front.html")]
struct Page<'a> {
    s: Shell<'a>,
    counts: Vec<(&'a str, String)>,
    latest: Vec<EventRow>,
    coming: Vec<EventRow>,
}

pub const FORMS: &[Form] = &[Form::Json];
const SHOWN: usize = 12;

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let counts = register.counts()?;
    let today = register.latest_day()?;
    let happened = ["occurred", "ongoing"].map(str::to_owned).to_vec();
    let latest = register.events(&EventQuery { statuses: happened, range: Range { from: None, until: today }, limit: SHOWN, newest: true, ..EventQuery::default() })?.items;
    let planned = ["planned", "proposed"].map(str::to_owned).to_vec();
    let coming = register.events(&EventQuery { statuses: planned, range: Range { from: today, until: None }, limit: SHOWN, ..EventQuery::default() })?.items;
    if ask.form == Form::Json {
        return json(&json!({ "counts": counts, "latest": latest, "coming": coming }));
    }
    let w = desk.words(ask.lang);
    let numbers = [("articles", counts.articles), ("events", counts.events), ("statements", counts.statements), ("actors", counts.actors)];
    html(&Page {
        s: Shell::new(desk, ask, "front", FORMS),
        counts: numbers.into_iter().map(|(l, n)| (w.t(l), w.number(n))).collect(),
        latest: rows(register, w, &latest)?,
        coming: rows(register, w, &coming)?,
    })
}
