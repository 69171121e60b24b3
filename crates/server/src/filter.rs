//! What a page's parameters ask of the register, and the form in which a reader changes them.
//!
//! The same names everywhere: `actor` (more than one: all of them), `kind`, `status`, `force`, `speaker`, `about`, `place`, `source` (an outlet), `from`, `until`,
//! `limit`, `after`. What must not live here: SQL.

use crate::ask::Ask;
use crate::state::Desk;
use crate::view::Who;
use crate::words::Words;
use crate::{Problem, Result};
use askama::Template;
use askama::filters::HtmlSafe;
use sijill_ask::closed;
use sijill_ask::search::asked;
use sijill_record::lists;
use sijill_store::query::event::EventQuery;
use sijill_store::query::statement::StatementQuery;
use sijill_store::query::{Name, Range};
use sijill_store::{Register, days};

/// Rows of a page of people; and the most that a program may ask for at once.
pub const ROWS: usize = 40;
pub const MOST: usize = 1_000;

/// The names that a parameter gives, each found.
pub fn people(desk: &Desk, register: &Register, ask: &Ask, param: &str) -> Result<Vec<Name>> {
    let who = sijill_ask::who::Who::with(register, &desk.engine, &desk.facts);
    let mut out: Vec<Name> = Vec::new();
    for name in ask.all(param) {
        let found = who.find(&name)?;
        if !out.contains(&found) {
            out.push(found);
        }
    }
    Ok(out)
}

/// Days from `from` to the end of `until`, each a day, month or year.
pub fn range(ask: &Ask) -> Result<Range> {
    let side = |name: &str| match ask.get(name) {
        None => Ok(None),
        Some(v) => {
            let shaped = matches!(v.len(), 4 | 7 | 10) && v.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
            let bounds = if shaped { days::bounds(v) } else { None };
            bounds.map(Some).ok_or_else(|| Problem::wrong(format!("{name}: expected a day, month or year like 2024-07-02, found {v:?}")))
        }
    };
    Ok(Range { from: side("from")?.map(|b| b.0), until: side("until")?.map(|b| b.1) })
}

/// Values of a closed list.
pub fn listed(ask: &Ask, param: &str, list: &[&str]) -> Result<Vec<String>> {
    let values = ask.all(param);
    closed(param, &values, list)?;
    Ok(values)
}

/// Events as asked for, with the names that were meant.
pub fn events(desk: &Desk, register: &Register, ask: &Ask) -> Result<(EventQuery, Vec<Name>)> {
    let actors = people(desk, register, ask, "actor")?;
    let place = people(desk, register, ask, "place")?.into_iter().next().map(|n| n.id);
    let q = EventQuery {
        actors: actors.iter().map(|n| n.id.clone()).collect(),
        kinds: listed(ask, "kind", &lists::KINDS)?,
        statuses: listed(ask, "status", &lists::STATUSES)?,
        range: range(ask)?,
        place,
        outlet: ask.get("source").map(str::to_owned),
        text: asked(desk.engine.lexicon(), &ask.all("text")),
        limit: ask.number("limit", ROWS, MOST)?,
        after: ask.get("after").map(str::to_owned),
        newest: ask.get("order") != Some("oldest"),
    };
    Ok((q, actors))
}

/// Statements as asked for: by `speaker`, of `about`.
pub fn statements(desk: &Desk, register: &Register, ask: &Ask) -> Result<StatementQuery> {
    let ids = |list: Vec<Name>| list.into_iter().map(|n| n.id).collect::<Vec<_>>();
    Ok(StatementQuery {
        speakers: ids(people(desk, register, ask, "speaker")?),
        about: ids(people(desk, register, ask, "about")?),
        forces: listed(ask, "force", &lists::FORCES)?,
        range: range(ask)?,
        outlet: ask.get("source").map(str::to_owned),
        limit: ask.number("limit", ROWS, MOST)?,
        after: ask.get("after").map(str::to_owned),
        newest: ask.get("order") != Some("oldest"),
    })
}

/// A control of a form.
pub enum Control {
    Text { name: &'static str, label: String, value: String, hint: &'static str },
    Choice { name: &'static str, label: String, any: String, options: Vec<(String, String, bool)> },
}

/// The form of a page. It works by GET: what it asks for is the address.
#[derive(Template)]
#[template(path = "filters.html")]
pub struct Filters {
    pub action: String,
    pub controls: Vec<Control>,
    /// Parameters that the form does not change.
    pub kept: Vec<(String, String)>,
    pub label: String,
    pub apply: String,
    /// The page without any filter, where there is one.
    pub clear: Option<(String, String)>,
}

impl HtmlSafe for Filters {}

impl Filters {
    /// With controls by the names of their parameters; `outlets` for `source`.
    pub fn new(w: Words, ask: &Ask, names: &[&'static str], actors: &[Name], outlets: &[String]) -> Self {
        let mut controls = Vec::new();
        let mut asked = actors.iter();
        for &name in names {
            let choice = |group: &'static str, list: &[&str]| {
                let now = ask.all(name);
                let options = list.iter().map(|v| ((*v).to_owned(), w.of(group, v), now.iter().any(|n| n == v))).collect();
                Control::Choice { name, label: w.t(name_of(name)).to_owned(), any: w.t("any").to_owned(), options }
            };
            controls.push(match name {
                "kind" => choice("kind", &lists::KINDS),
                "status" => choice("status", &lists::STATUSES),
                "force" => choice("force", &lists::FORCES),
                "type" => choice("type", &["person", "country", "place", "organization", "forum", "initiative"]),
                "code" => choice("check", sijill_store::query::check::codes()),
                "source" => {
                    let now = ask.get(name);
                    let options = outlets.iter().map(|o| (o.clone(), o.clone(), now == Some(o))).collect();
                    Control::Choice { name, label: w.t("outlet").to_owned(), any: w.t("any").to_owned(), options }
                }
                "actor" => Control::Text { name, label: w.t("actor").to_owned(), value: asked.next().map(|n| Who::new(w, n).text).unwrap_or_default(), hint: "" },
                "from" | "until" => Control::Text { name, label: w.t(name_of(name)).to_owned(), value: ask.get(name).unwrap_or("").to_owned(), hint: "2024-05" },
                _ => Control::Text { name, label: w.t(name_of(name)).to_owned(), value: ask.get(name).unwrap_or("").to_owned(), hint: "" },
            });
        }
        let kept = ask.params.iter().filter(|p| !names.contains(&p.0.as_str()) && p.0 != "after").cloned().collect();
        let filtered = ask.params.iter().any(|p| names.contains(&p.0.as_str()));
        let without: Vec<(&str, Option<&str>)> = names.iter().map(|n| (*n, None)).collect();
        Self {
            action: ask.path.clone(),
            controls,
            kept,
            label: w.t("filters").to_owned(),
            apply: w.t("apply").to_owned(),
            clear: filtered.then(|| (ask.with(&without), w.t("clear").to_owned())),
        }
    }
}

/// The label of a parameter.
fn name_of(param: &str) -> &str {
    match param {
        "from" => "from-day",
        "until" => "until-day",
        "about" => "of-whom",
        other => other,
    }
}
