//! `/about`: what the register holds, what made it, how good it is, how to cite it.

use crate::ask::{Ask, Form, address};
use crate::draw::{Bars, Labels};
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::words::Lang;
use crate::{Problem, Result};
use askama::Template;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sijill_record::lists;
use sijill_store::Register;
use std::sync::LazyLock;

/// How well the program reads, as `cargo xtask accuracy` last measured it.
#[derive(Deserialize, Serialize)]
struct Accuracy {
    /// Articles measured on; none of them was tuned on.
    articles: usize,
    /// Layer and F1.
    f1: Vec<(String, String)>,
    /// The mean of entities, times, statements and events.
    record: String,
}

static ACCURACY: LazyLock<Option<Accuracy>> = LazyLock::new(|| serde_json::from_str(include_str!("../../assets/accuracy.json")).ok());

pub const FORMS: &[Form] = &[Form::Json];

#[derive(Template)]
#[template(path = "about.html")]
struct Page<'a> {
    s: Shell<'a>,
    counts: Vec<(&'a str, String)>,
    made: Vec<(&'a str, String)>,
    lexicons: Vec<(String, String)>,
    kinds: Vec<(String, String, String)>,
    statuses: Vec<(String, String, String, String)>,
    years: Option<Bars>,
    cite: String,
    accuracy: Option<(String, Vec<(String, &'a str)>)>,
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let counts = register.counts()?;
    let lexicons = register.lexicons()?;
    let (kinds, statuses) = register.event_counts()?;
    let years = register.article_years()?;
    let made = register.meta("sijill")?.unwrap_or_default();
    let cite = format!(
        "{}: a register of diplomatic events read from Arabic news by sijill {} (lexicon {}). {} articles, {} events, {} statements.",
        desk.settings.name,
        made,
        desk.engine.lexicon().version,
        counts.articles,
        counts.events,
        counts.statements
    );
    match ask.form {
        Form::Html => {}
        Form::Json => {
            return json(&json!({
                "name": desk.settings.name, "counts": counts, "kinds": kinds, "statuses": statuses, "articles_by_year": years,
                "sijill": env!("CARGO_PKG_VERSION"), "made_with": made, "schema": sijill_store::VERSION, "lexicon": desk.engine.lexicon().version, "lexicons": lexicons, "cite": cite, "accuracy": &*ACCURACY,
            }));
        }
        other => return Err(Problem::not_found(format!("expected this page as JSON, found {}", other.name()))),
    }
    let w = desk.words(ask.lang);
    let labels = Labels {
        table: w.t("as-table").to_owned(),
        period: w.t("period").to_owned(),
        happened: w.t("articles").to_owned(),
        planned: w.t("announced").to_owned(),
        off: String::new(),
    };
    let bars: Vec<_> = years
        .iter()
        .filter(|y| y.0 > 0)
        .map(|(y, n)| (y.to_string(), address("/sources", [("from", y.to_string().as_str()), ("until", y.to_string().as_str())]), [*n as usize, 0, 0]))
        .collect();
    html(&Page {
        counts: crate::pages::front::numbers(w, &counts),
        made: vec![
            (w.t("program"), format!("sijill {}", env!("CARGO_PKG_VERSION"))),
            (w.t("made-with"), format!("sijill {made}")),
            (w.t("schema"), sijill_store::VERSION.to_string()),
            (w.t("lexicon"), desk.engine.lexicon().version.clone()),
        ],
        lexicons: lexicons.into_iter().map(|(v, n)| (v, w.number(n as usize))).collect(),
        kinds: lists::KINDS.iter().filter_map(|k| Some((w.of("kind", k), w.number(*kinds.get(*k)? as usize), address("/events", [("kind", *k)])))).collect(),
        statuses: lists::STATUSES
            .iter()
            .filter_map(|k| Some(((*k).to_owned(), w.of("status", k), w.number(*statuses.get(*k)? as usize), address("/events", [("status", *k)]))))
            .collect(),
        years: (bars.len() > 1).then(|| Bars::new("years", 640.0, w.t("articles-by-year").to_owned(), w.t("articles-by-year").to_owned(), labels, bars, w.lang == Lang::Ar)),
        cite,
        accuracy: ACCURACY.as_ref().map(|a| {
            let named = a.f1.iter().map(|(layer, f1)| (w.of("layer", layer), f1.as_str()));
            (w.number(a.articles), named.chain([(w.of("layer", "record"), a.record.as_str())]).collect())
        }),
        s: Shell::new(desk, ask, "about", FORMS),
    })
}
