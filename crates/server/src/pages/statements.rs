//! `/statements`: who said what of whom.

use crate::Result;
use crate::ask::{Ask, Form};
use crate::filter::{self, Filters};
use crate::pages::events::outlets;
use crate::shell::{Shell, html};
use crate::state::Desk;
use crate::twins;
use crate::view::{StatementRow, said};
use askama::Template;
use axum::response::Response;
use sijill_store::Register;

pub const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Atom];

#[derive(Template)]
#[template(path = "statements.html")]
struct Page<'a> {
    s: Shell<'a>,
    filters: Filters,
    rows: Vec<StatementRow>,
    next: Option<String>,
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let q = filter::statements(desk, register, ask)?;
    let found = register.statements(&q)?;
    if ask.form != Form::Html {
        return twins::statements(desk, register, ask, &found);
    }
    let w = desk.words(ask.lang);
    html(&Page {
        filters: Filters::new(w, ask, &["speaker", "about", "force", "source", "from", "until"], &[], &outlets(register)?),
        rows: said(register, w, &found.items)?,
        next: found.next.map(|k| ask.next(&k)),
        s: Shell::new(desk, ask, "statements", FORMS),
    })
}
