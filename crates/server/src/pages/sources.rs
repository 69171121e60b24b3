//! `/sources`: outlets with what comes from them; texts that many print; the latest articles.

use crate::ask::{Ask, Form, address};
use crate::filter;
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::view::{When, article};
use crate::{Problem, Result};
use askama::Template;
use axum::response::Response;
use serde_json::json;
use sijill_store::Register;

pub const FORMS: &[Form] = &[Form::Json, Form::Csv];

struct Outlet {
    name: Option<String>,
    articles: String,
    /// Of the largest, in hundredths.
    share: u32,
    reprints: String,
    first: Option<When>,
    last: Option<When>,
    list: String,
    events: String,
}

struct Wire {
    articles: u32,
    outlets: String,
    title: String,
    href: String,
    published: Option<When>,
}

struct Line {
    title: String,
    href: String,
    outlet: Option<String>,
    published: Option<When>,
}

#[derive(Template)]
#[template(path = "sources.html")]
struct Page<'a> {
    s: Shell<'a>,
    outlets: Vec<Outlet>,
    wires: Vec<Wire>,
    chosen: Option<String>,
    articles: Vec<Line>,
    next: Option<String>,
}

const WIRES: usize = 12;
const ARTICLES: usize = 30;

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let chosen = ask.get("source");
    let outlets = register.outlets()?;
    let wires = register.wires(WIRES)?;
    let articles = register.articles(chosen, filter::range(ask)?, ask.number("limit", ARTICLES, filter::MOST)?, ask.get("after"))?;
    match ask.form {
        Form::Html => {}
        Form::Csv => return crate::twins::file(desk, register, ask, sijill_export::Rows::Outlets(&outlets), None),
        Form::Json => return json(&json!({ "outlets": outlets, "reprinted": wires, "articles": articles })),
        other => return Err(Problem::not_found(format!("expected this page as JSON or CSV, found {}", other.name()))),
    }
    let w = desk.words(ask.lang);
    let most = outlets.first().map_or(1, |o| o.articles).max(1);
    let day = |d: &Option<String>| d.as_deref().map(|d| When::new(w, d));
    html(&Page {
        outlets: outlets
            .iter()
            .take(100)
            .map(|o| {
                let link = |path: &str| o.outlet.as_deref().map(|n| address(path, [("source", n)])).unwrap_or_else(|| path.to_owned());
                Outlet {
                    articles: w.number(o.articles as usize),
                    share: o.articles * 100 / most,
                    reprints: w.number(o.reprints as usize),
                    first: day(&o.first),
                    last: day(&o.last),
                    list: link("/sources"),
                    events: link("/events"),
                    name: o.outlet.clone(),
                }
            })
            .collect(),
        wires: wires
            .iter()
            .map(|x| Wire {
                articles: x.articles,
                outlets: x.outlets.join(w.comma()),
                title: x.source.title.clone().or_else(|| x.source.id.clone()).unwrap_or_else(|| x.source.article.clone()),
                href: article(&x.source.article, None),
                published: day(&x.source.published),
            })
            .collect(),
        chosen: chosen.map(str::to_owned),
        articles: articles
            .items
            .iter()
            .map(|a| Line {
                title: a.title.clone().or_else(|| a.id.clone()).unwrap_or_else(|| a.article.clone()),
                href: article(&a.article, None),
                outlet: a.outlet.clone(),
                published: day(&a.published),
            })
            .collect(),
        next: articles.next.map(|k| ask.next(&k)),
        s: Shell::new(desk, ask, "sources", FORMS),
    })
}
