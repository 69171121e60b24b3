//! `/articles/ID`: the text as published, with all that was read in it, and why.

use crate::ask::{Ask, Form};
use crate::reading::{Around, Reading, reading};
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::view::When;
use crate::{Problem, Result};
use askama::Template;
use axum::response::Response;
use serde_json::json;
use sijill_extract::Article;
use sijill_record::Span;
use sijill_store::Register;

pub const FORMS: &[Form] = &[Form::Json];

#[derive(Template)]
#[template(path = "article.html")]
struct Page<'a> {
    s: Shell<'a>,
    outlet: Option<String>,
    outlet_href: String,
    published: Option<When>,
    url: Option<String>,
    id: String,
    reading: Reading<'a>,
    /// It was read with another lexicon when it was added.
    older: bool,
    reprint: Option<String>,
}

/// `at=START-END`, in code points.
fn place(ask: &Ask) -> Option<Span> {
    let (a, b) = ask.get("at")?.split_once('-')?;
    let (a, b) = (a.parse().ok()?, b.parse().ok()?);
    (a < b).then(|| Span::new(a, b))
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let Some(found) = register.article(ask.id())? else {
        return Err(Problem::not_found(format!("expected the key of an article, found {:?}", ask.id())));
    };
    let key = found.source.article.clone();
    let made = register.made(&key)?;
    let given = made.as_ref().and_then(|m| m.given.clone());
    let id = found.source.id.clone().unwrap_or_else(|| key.clone());
    let record = desk.read(&Article { id: &id, text: &found.text, published: given.as_deref(), outlet: found.source.outlet.as_deref() })?;
    if ask.form == Form::Json {
        return json(&json!({ "source": found.source, "made": made, "text": found.text, "record": record }));
    }
    let w = desk.words(ask.lang);
    let events = register.reports_in(&key)?.into_iter().filter_map(|(r, e)| Some((r.n, e?))).collect();
    let around = Around { names: register.identities(&key)?, events, at: place(ask) };
    let title = found.source.title.clone().unwrap_or_else(|| found.text.lines().find(|l| !l.trim().is_empty()).unwrap_or(&key).trim().to_owned());
    html(&Page {
        outlet_href: found.source.outlet.as_deref().map(|o| crate::ask::address("/events", [("source", o)])).unwrap_or_default(),
        outlet: found.source.outlet.clone(),
        published: found.source.published.as_deref().map(|p| When::new(w, p)),
        url: found.source.url.clone().filter(|u| u.starts_with("http://") || u.starts_with("https://")),
        id,
        // Its date stands in the head already.
        reading: Reading { published: None, ..reading(w, &found.text, &record, &desk.index, &around) },
        older: made.as_ref().is_some_and(|m| m.lexicon != desk.engine.lexicon().version),
        reprint: made.and_then(|m| m.wire).filter(|wire| *wire != key).map(|wire| crate::view::article(&wire, None)),
        s: Shell::new(desk, ask, "articles", FORMS).titled(crate::view::short(&title, 160)),
    })
}
