//! The same answer for programs: JSON, CSV, a feed, a calendar. Paged as the page is; the next page stands in a `Link` header.
//!
//! What must not live here: columns of tables and entries of calendars (`sijill-export`).

use crate::ask::{Ask, Form, address};
use crate::state::Desk;
use crate::view::EventRow;
use crate::words::Words;
use crate::{Problem, Result};
use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sijill_ask::plain::clean;
use sijill_ask::timeline::proof_of;
use sijill_export::{Format, Rows, write_rows};
use sijill_store::query::Page;
use sijill_store::query::event::Happening;
use sijill_store::query::statement::Said;
use sijill_store::{Register, days};

/// An entry of a feed.
pub struct Entry {
    pub title: String,
    pub href: String,
    /// A day or more of EDTF.
    pub updated: Option<String>,
    pub summary: String,
}

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed<'a> {
    lang: &'a str,
    title: &'a str,
    name: &'a str,
    origin: &'a str,
    this: String,
    page: String,
    updated: String,
    entries: Vec<Entry>,
}

/// A moment as Atom wants it: the first of what an EDTF value means.
fn moment(edtf: Option<&str>) -> String {
    let day = days::first(edtf);
    format!("{}T00:00:00Z", if day > 0 { days::iso(day) } else { "1970-01-01".to_owned() })
}

impl Entry {
    fn moment(&self) -> String {
        moment(self.updated.as_deref())
    }
}

/// A feed of these entries.
pub fn feed(desk: &Desk, ask: &Ask, title: &str, mut entries: Vec<Entry>) -> Result<Response> {
    for e in &mut entries {
        (e.title, e.summary) = (clean(&e.title), clean(&e.summary));
    }
    let updated = entries.iter().map(Entry::moment).max().unwrap_or_else(|| moment(None));
    let params = || ask.params.iter().map(|p| (p.0.as_str(), p.1.as_str()));
    let this = format!("{}{}", ask.origin, address(&format!("{}{}", ask.path, Form::Atom.suffix()), params()));
    let page = format!("{}{}", ask.origin, address(&ask.path, params()));
    let feed = Feed { lang: ask.lang.code(), title, name: &desk.settings.name, origin: &ask.origin, this, page, updated, entries };
    Ok(([(header::CONTENT_TYPE, Form::Atom.media())], feed.render()?).into_response())
}

/// A page of rows as JSON.
pub fn json<T: Serialize>(ask: &Ask, page: &Page<T>) -> Result<Response> {
    Ok(linked(crate::shell::json(page)?, ask, page.next.as_deref()))
}

/// The way to the next page, where programs look for it.
fn linked(mut answer: Response, ask: &Ask, next: Option<&str>) -> Response {
    if let Some(key) = next {
        let path = format!("{}{}", ask.path, ask.form.suffix());
        let kept = ask.params.iter().filter(|p| p.0 != "after").map(|p| (p.0.as_str(), p.1.as_str()));
        let to = address(&path, kept.chain([("after", key)]));
        if let Ok(value) = HeaderValue::from_str(&format!("<{to}>; rel=\"next\"")) {
            answer.headers_mut().insert(header::LINK, value);
        }
    }
    answer
}

/// Rows as a file of an export.
pub fn file(desk: &Desk, register: &Register, ask: &Ask, rows: Rows, next: Option<&str>) -> Result<Response> {
    let format = match ask.form {
        Form::Csv => Format::Csv,
        Form::Ics => Format::Ics,
        other => return Err(Problem::internal(format!("expected a form of files, found {}", other.name()))),
    };
    let mut out = Vec::new();
    write_rows(register, &desk.engine.lexicon().codes, rows, format, &mut out)?;
    let name = ask.path.rsplit('/').next().unwrap_or("sijill").chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let named = format!("inline; filename=\"{name}{}\"", ask.form.suffix());
    let answer = ([(header::CONTENT_TYPE, ask.form.media())], [(header::CONTENT_DISPOSITION, named)], out).into_response();
    Ok(linked(answer, ask, next))
}

/// Events in the form that is asked for.
pub fn events(desk: &Desk, register: &Register, ask: &Ask, title: &str, page: &Page<Happening>) -> Result<Response> {
    match ask.form {
        Form::Json => json(ask, page),
        Form::Atom => {
            let w = desk.words(ask.lang);
            let entries = page.items.iter().map(|e| entry(register, w, e)).collect::<Result<_>>()?;
            feed(desk, ask, title, entries)
        }
        _ => file(desk, register, ask, Rows::Events(&page.items), page.next.as_deref()),
    }
}

fn entry(register: &Register, w: Words, e: &Happening) -> Result<Entry> {
    let proof = proof_of(register, e)?;
    let row = EventRow::new(w, register, e, proof.as_ref())?;
    let side = |list: &[crate::view::Who]| list.iter().map(|n| n.text.clone()).collect::<Vec<_>>().join(w.comma());
    let (a, b) = (side(&row.actors), side(&row.recipients));
    let who = if b.is_empty() { a } else { format!("{a} \u{2013} {b}") };
    Ok(Entry {
        title: format!("{} ({}): {who}", row.kind_text, row.status_text),
        href: row.href,
        updated: proof.and_then(|p| p.source.published).or_else(|| e.day.clone()),
        summary: row.quote.map(|q| q.words).unwrap_or_default(),
    })
}

/// Statements in the form that is asked for.
pub fn statements(desk: &Desk, register: &Register, ask: &Ask, page: &Page<Said>) -> Result<Response> {
    if ask.form == Form::Atom {
        let w = desk.words(ask.lang);
        let entries = page
            .items
            .iter()
            .map(|s| Entry {
                title: format!("{}: {}", w.of("force", &s.force), s.speakers.iter().map(|n| w.name(n)).collect::<Vec<_>>().join(w.comma())),
                href: crate::view::article(&s.source.article, Some(sijill_record::Span::new(s.start, s.end))),
                updated: s.source.published.clone(),
                summary: s.quote.clone(),
            })
            .collect();
        return feed(desk, ask, w.t("statements"), entries);
    }
    if ask.form == Form::Json { json(ask, page) } else { file(desk, register, ask, Rows::Statements(&page.items), page.next.as_deref()) }
}
