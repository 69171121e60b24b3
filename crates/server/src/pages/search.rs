//! `/search?q=`: articles by their words, in any spelling; and whoever bears the name.

use crate::ask::{Ask, Form};
use crate::filter::{self, Filters, MOST};
use crate::shell::{Shell, html};
use crate::state::Desk;
use crate::view::{When, Who, article};
use crate::{Problem, Result, twins};
use askama::Template;
use axum::response::Response;
use sijill_ask::plain::clean;
use sijill_ask::search::{Hit, asked, search};
use sijill_record::Span;
use sijill_store::Register;
use sijill_store::query::Page as Rows;

pub const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Atom];

struct Row {
    title: String,
    href: String,
    outlet: Option<String>,
    published: Option<When>,
    /// The snippet in pieces; the second says whether it is a word that was looked for.
    words: Vec<(String, bool)>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Page<'a> {
    s: Shell<'a>,
    filters: Filters,
    people: Vec<Who>,
    rows: Vec<Row>,
    asked: bool,
    next: Option<String>,
}

const ROWS: usize = 20;

/// The first line of an article where it has no title.
fn title(h: &Hit) -> String {
    clean(h.source.title.as_deref().unwrap_or_else(|| h.text.lines().find(|l| !l.trim().is_empty()).unwrap_or("")))
}

fn pieces(h: &Hit) -> Vec<(String, bool)> {
    let mut letters: Vec<char> = h.text.chars().skip(h.shown.start as usize).take(h.shown.len() as usize).collect();
    // Not the end of one word, nor the beginning of another.
    let from = if h.shown.start > 0 { letters.iter().position(|c| c.is_whitespace()).unwrap_or(0) } else { 0 };
    if letters.len() == h.shown.len() as usize {
        letters.truncate(letters.iter().rposition(|c| c.is_whitespace()).unwrap_or(letters.len()));
    }
    let mut out: Vec<(String, bool)> = Vec::new();
    for (n, c) in letters.into_iter().enumerate().skip(from) {
        let at = h.shown.start + n as u32;
        let marked = h.found.iter().any(|f| f.start <= at && at < f.end);
        let c = if c.is_whitespace() { ' ' } else { c };
        match out.last_mut() {
            Some(last) if last.1 == marked => last.0.push(c),
            _ => out.push((c.to_string(), marked)),
        }
    }
    out
}

fn row(w: crate::words::Words, h: &Hit) -> Row {
    let first = h.found.first().copied().map(|f| Span::new(f.start, f.end));
    Row {
        title: crate::view::short(&title(h), 160),
        href: article(&h.source.article, first),
        outlet: h.source.outlet.clone(),
        published: h.source.published.as_deref().map(|p| When::new(w, p)),
        words: pieces(h),
    }
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let words: Vec<String> = ask.get("q").map(str::to_owned).into_iter().collect();
    let lexicon = desk.engine.lexicon();
    let query = asked(lexicon, &words);
    let actors = filter::people(desk, register, ask, "actor")?;
    let ids: Vec<String> = actors.iter().map(|n| n.id.clone()).collect();
    let any = !query.is_empty() || !ids.is_empty();
    let found = if any {
        search(register, lexicon, &query, ids, filter::range(ask)?, ask.number("limit", ROWS, MOST)?, ask.get("after").map(str::to_owned))?
    } else {
        Rows { items: Vec::new(), next: None }
    };
    let w = desk.words(ask.lang);
    match ask.form {
        Form::Html => {}
        Form::Json => return twins::json(ask, &found),
        Form::Csv => {
            let rows: Vec<_> = found.items.iter().map(|h| h.source.clone()).collect();
            return twins::file(desk, register, ask, sijill_export::Rows::Articles(&rows), found.next.as_deref());
        }
        Form::Atom => {
            let entries = found
                .items
                .iter()
                .map(|h| twins::Entry { title: title(h), href: format!("/articles/{}", h.source.article), updated: h.source.published.clone(), summary: h.snippet.clone() })
                .collect();
            return twins::feed(desk, ask, w.t("search"), entries);
        }
        other => return Err(Problem::not_found(format!("expected this page as JSON, CSV or Atom, found {}", other.name()))),
    }
    // Whoever may be meant by name, before the articles.
    let mut people: Vec<Who> = Vec::new();
    if let Some(q) = ask.get("q").filter(|_| ask.get("after").is_none()) {
        let who = sijill_ask::who::Who::with(register, &desk.engine, &desk.facts);
        let mut list = match who.find(q) {
            Ok(one) => vec![one],
            Err(sijill_ask::Fault::Ambiguous { who, .. }) => who,
            Err(sijill_ask::Fault::Store(e)) => return Err(e.into()),
            Err(_) => Vec::new(),
        };
        for n in register.beginning(q, 6)? {
            if !list.iter().any(|m| m.id == n.id) {
                list.push(n);
            }
        }
        people = list.iter().take(8).map(|n| Who::new(w, n)).collect();
    }
    html(&Page {
        filters: Filters::new(w, ask, &["q", "actor", "from", "until"], &actors, &[]),
        people,
        rows: found.items.iter().map(|h| row(w, h)).collect(),
        asked: any,
        next: found.next.map(|k| ask.next(&k)),
        s: Shell::new(desk, ask, "search", FORMS),
    })
}
