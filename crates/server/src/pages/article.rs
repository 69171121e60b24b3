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
use sijill_record::{Record, Span};
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

/// The first line of an article that is no page junk, for one without a title.
fn opening<'t>(text: &'t str, record: &Record) -> Option<&'t str> {
    let mut end = 0;
    text.split('\n').find_map(|line| {
        let start = end + (line.chars().count() - line.trim_start().chars().count()) as u32;
        end += line.chars().count() as u32 + 1;
        let words = line.trim();
        let junk = record.boilerplate.iter().any(|b| b.span.start <= start && start < b.span.end);
        (!words.is_empty() && !junk).then_some(words)
    })
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
    let title = found.source.title.clone().unwrap_or_else(|| opening(&found.text, &record).unwrap_or(&key).to_owned());
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

#[cfg(test)]
mod tests {
    use super::opening;
    use sijill_record::{Boilerplate, Record, Span};

    #[test]
    fn page_junk_is_no_title() {
        let text = "\u{0627}\u{0628} > \u{062A}\n\n  \u{062E}\u{0628}\u{0631}\n\u{0646}\u{0635}";
        let junk = |start, end| Boilerplate { span: Span { start, end }, ..Boilerplate::default() };
        let record = Record { boilerplate: vec![junk(0, 6)], ..Record::default() };
        assert_eq!(opening(text, &record), Some("\u{062E}\u{0628}\u{0631}"));
        assert_eq!(opening(text, &Record::default()), Some("\u{0627}\u{0628} > \u{062A}"));
        assert_eq!(opening(" \n", &record), None);
    }
}
