//! `/read`: paste an article, see its record at once. Nothing is stored.

use crate::ask::{Ask, Form};
use crate::reading::{Around, Reading, reading};
use crate::shell::{Shell, html};
use crate::state::Desk;
use crate::{Problem, Result};
use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use sijill_extract::Article;
use sijill_store::Register;

#[derive(Template)]
#[template(path = "read.html")]
struct Page<'a> {
    s: Shell<'a>,
    text: String,
    published: String,
    outlet: String,
    reading: Option<Reading<'a>>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Pasted {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub published: String,
    #[serde(default)]
    pub outlet: String,
}

/// Letters of an article that the form takes.
pub const LONGEST: usize = 200_000;

pub fn page(desk: &Desk, _: &Register, ask: &Ask) -> Result<Response> {
    let s = Shell::new(desk, ask, "read", &[]);
    html(&Page { s, text: String::new(), published: String::new(), outlet: String::new(), reading: None })
}

pub fn pasted(desk: &Desk, ask: &Ask, pasted: Pasted) -> Result<Response> {
    let text = pasted.text.replace("\r\n", "\n");
    if text.chars().count() > LONGEST {
        return Err(Problem::wrong(format!("text: expected at most {LONGEST} letters, found more")));
    }
    let w = desk.words(ask.lang);
    let given = |s: &str| Some(s.trim().to_owned()).filter(|s| !s.is_empty());
    let (published, outlet) = (given(&pasted.published), given(&pasted.outlet));
    let record = desk.read(&Article { id: "pasted", text: &text, published: published.as_deref(), outlet: outlet.as_deref() })?;
    let mut ask = ask.clone();
    ask.form = Form::Html;
    let reading = (!text.trim().is_empty()).then(|| reading(w, &text, &record, &desk.index, &Around::default()));
    html(&Page { s: Shell::new(desk, &ask, "read", &[]), text, published: published.unwrap_or_default(), outlet: outlet.unwrap_or_default(), reading })
}
