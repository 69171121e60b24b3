//! `/relations`: pairs of states, by the level that articles assert, by what they do together, or by the monthly score of their acts; and one pair with
//! the words behind it.

use crate::ask::{Ask, Form, address};
use crate::draw::{Grid, shade, tone};
use crate::filter;
use crate::pages::event::shown;
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::view::{EventRow, Quote, RelationRow, When, Who, rows};
use crate::words::{Lang, Words};
use crate::{Problem, Result, twins};
use askama::Template;
use axum::response::Response;
use serde_json::{Value, json};
use sijill_export::Rows;
use sijill_record::Span;
use sijill_store::Register;
use sijill_store::days;
use sijill_store::query::desk::{LevelOf, Tie};
use sijill_store::query::statement::Asserted;
use sijill_store::query::{Name, Range};
use std::collections::{BTreeMap, BTreeSet};

pub const FORMS: &[Form] = &[Form::Json, Form::Csv];

struct Cell {
    class: String,
    text: String,
    title: String,
    href: String,
}

#[derive(Template)]
#[template(path = "relations.html")]
struct Page<'a> {
    s: Shell<'a>,
    by: Vec<(String, String, bool)>,
    states: Vec<(Who, String)>,
    cells: Vec<Vec<Option<Cell>>>,
    months: Option<Grid>,
    legend: Vec<(String, String)>,
}

/// States of the matrix, pairs and months of the picture.
const STATES: usize = 22;
const PAIRS: usize = 14;
const MONTHS: usize = 30;

/// How close a level is, for its shade.
fn rank(level: &str) -> &'static str {
    match level {
        "at-war" => "neg-3",
        "severed" => "neg-2",
        "chargé-level" => "neg-1",
        "diplomatic-relations" | "good-neighbourliness" => "heat-1",
        l if l.contains("strategic") && (l.contains("comprehensive") || l.contains("all-weather") || l.contains("permanent")) => "heat-5",
        "alliance" => "heat-5",
        l if l.contains("strategic") => "heat-4",
        l if l.contains("comprehensive") => "heat-3",
        _ => "heat-2",
    }
}

/// Why no more rows are wanted.
enum End {
    Enough,
    Fault(sijill_store::Error),
}

impl From<sijill_store::Error> for End {
    fn from(e: sijill_store::Error) -> Self {
        Self::Fault(e)
    }
}

/// What articles assert of the standing of these actors, in order of publication, as far as one answer goes.
fn asserted(register: &Register, actors: &[String], range: Range) -> Result<Vec<Asserted>> {
    let mut all = Vec::new();
    let done = register.each_relation(actors, range, &mut |r| {
        all.push(r);
        if all.len() < filter::MOST { Ok(()) } else { Err(End::Enough) }
    });
    match done {
        Err(End::Fault(e)) => Err(e.into()),
        Ok(()) | Err(End::Enough) => Ok(all),
    }
}

/// A mean without decimals; nought has no sign.
fn signed(mean: f64) -> String {
    let n = mean.round() as i64;
    if n == 0 { "0".to_owned() } else { format!("{n:+}") }
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let who = filter::people(desk, register, ask, "actor")?;
    if ask.form == Form::Csv {
        let ids: Vec<String> = who.iter().map(|n| n.id.clone()).collect();
        let all = asserted(register, &ids, filter::range(ask)?)?;
        return twins::file(desk, register, ask, Rows::Relations(&all), None);
    }
    if let [one, other] = who.as_slice() {
        return pair(desk, register, ask, one, other);
    }
    let range = filter::range(ask)?;
    let whole = range == Range::default();
    let mut ties = if whole && ask.form == Form::Html { register.closest(&[])? } else { register.ties(range, &[])? };
    if whole {
        for t in ties.iter_mut().take(PAIRS) {
            register.by_month(t, &[])?;
        }
    }
    let levels = register.levels()?;
    if ask.form == Form::Json {
        return json(&json!({ "levels": levels, "ties": ties.iter().take(filter::MOST).collect::<Vec<_>>() }));
    }
    let w = desk.words(ask.lang);
    let by = match ask.get("by") {
        None | Some("level") => "level",
        Some("score") => "score",
        Some("events") => "events",
        Some(other) => return Err(Problem::wrong(format!("by: expected level, score or events, found {other:?}"))),
    };
    let isos = states(by, &ties, &levels, who.first());
    let mut names: BTreeMap<&str, Name> = BTreeMap::new();
    for iso in isos.iter().map(String::as_str).chain(ties.iter().take(PAIRS).flat_map(|t| t.pair.iter().map(String::as_str))) {
        if let Some(n) = register.name_of(&format!("country:{iso}"))? {
            names.insert(iso, n);
        }
    }
    let isos: Vec<&str> = isos.iter().map(String::as_str).filter(|i| names.contains_key(i)).collect();
    let cell = |a: &str, b: &str| -> Option<Cell> {
        let pair = if a < b { [a, b] } else { [b, a] };
        let said = format!("{} \u{2013} {}", w.name(names.get(a)?), w.name(names.get(b)?));
        let href = address("/relations", [("actor", a), ("actor", b)]);
        let tie = ties.iter().find(|t| t.pair == pair);
        match by {
            "level" => {
                let l = levels.iter().find(|l| l.pair == pair)?;
                let title = format!("{said}: {} ({}, {} {})", w.level(&l.level), w.date(&days::iso(l.day)), l.articles, w.of("desk", "articles"));
                Some(Cell { class: rank(&l.level).to_owned(), text: String::new(), title, href })
            }
            "score" => {
                let (t, mean) = tie.and_then(|t| Some((t, t.mean()?)))?;
                Some(Cell { class: tone(mean).to_owned(), text: signed(mean), title: format!("{said}: {mean:+.1}, {} {}", t.events, w.t("events-counted")), href })
            }
            _ => {
                let t = tie?;
                let most = ties.first().map_or(1, |t| t.events);
                Some(Cell { class: format!("heat-{}", shade(t.events, most)), text: t.events.to_string(), title: format!("{said}: {} {}", t.events, w.t("events-counted")), href })
            }
        }
    };
    let cells = isos.iter().map(|a| isos.iter().map(|b| if a == b { None } else { cell(a, b) }).collect()).collect();
    let legend = match by {
        "level" => [
            ("heat-5", "comprehensive-strategic-partnership"),
            ("heat-4", "strategic-partnership"),
            ("heat-2", "partnership"),
            ("heat-1", "diplomatic-relations"),
            ("neg-2", "severed"),
            ("neg-3", "at-war"),
        ]
        .into_iter()
        .map(|(c, l)| (c.to_owned(), if c == "heat-5" { format!("{}{}{}", w.level("alliance"), w.comma(), w.level(l)) } else { w.level(l) }))
        .collect(),
        "score" => [("neg-3", "\u{2212}10"), ("neg-2", "\u{2212}5"), ("neg-1", "\u{2212}1"), ("pos-1", "+1"), ("pos-2", "+3"), ("pos-3", "+7")]
            .into_iter()
            .map(|(c, l)| (c.to_owned(), l.to_owned()))
            .collect(),
        _ => Vec::new(),
    };
    html(&Page {
        by: ["level", "score", "events"].map(|b| (w.t_of(&format!("by-{b}")), ask.with(&[("by", Some(b))]), b == by)).to_vec(),
        states: isos.iter().map(|i| (Who::new(w, &names[i]), (*i).to_owned())).collect(),
        cells,
        months: months(w, &ties, &names),
        legend,
        s: Shell::new(desk, ask, "relations", FORMS),
    })
}

/// The states that most pairs hold; of one, those with which it has a pair.
fn states(by: &str, ties: &[Tie], levels: &[LevelOf], one: Option<&Name>) -> Vec<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let one = one.and_then(|n| n.id.strip_prefix("country:"));
    let pairs: Vec<(&[String; 2], u32)> = if by == "level" { levels.iter().map(|l| (&l.pair, l.articles)).collect() } else { ties.iter().map(|t| (&t.pair, t.events)).collect() };
    for (pair, n) in pairs {
        if one.is_none_or(|o| pair.iter().any(|p| p == o)) {
            for p in pair {
                *counts.entry(p).or_default() += n;
            }
        }
    }
    let mut list: Vec<(&str, u32)> = counts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    list.into_iter().take(STATES).map(|s| s.0.to_owned()).collect()
}

/// The closest pairs by month: how many coded acts, and their mean score.
fn months(w: Words, ties: &[Tie], names: &BTreeMap<&str, Name>) -> Option<Grid> {
    let shown: Vec<&Tie> = ties.iter().take(PAIRS).collect();
    let all: BTreeSet<i64> = shown.iter().flat_map(|t| t.months.keys().copied()).collect();
    let last = *all.last()?;
    let mut months: Vec<i64> = Vec::new();
    let (mut y, mut m) = (last / 100, last % 100);
    let first = *all.first()?;
    while months.len() < MONTHS && y * 100 + m >= first {
        months.push(y * 100 + m);
        (y, m) = if m == 1 { (y - 1, 12) } else { (y, m - 1) };
    }
    months.reverse();
    let edtf = |m: i64| format!("{:04}-{:02}", m / 100, m % 100);
    let columns: Vec<(String, bool)> = months
        .iter()
        .enumerate()
        .map(|(n, m)| (if months.len() > 14 { (m / 100).to_string() } else { w.date(&edtf(*m)) }, if months.len() > 14 { m % 100 == 1 || n == 0 } else { n % 2 == 0 }))
        .collect();
    let rows = shown
        .iter()
        .filter_map(|t| {
            let [a, b] = &t.pair;
            let said = format!("{} \u{2013} {}", w.name(names.get(a.as_str())?), w.name(names.get(b.as_str())?));
            let cells = months
                .iter()
                .map(|m| {
                    let (n, sum, scored) = *t.months.get(m)?;
                    let mean = (scored > 0).then(|| sum / f64::from(scored));
                    let month = edtf(*m);
                    let score = mean.map(|s| format!(", {s:+.1}")).unwrap_or_default();
                    let href = address("/timeline", [("actor", a.as_str()), ("actor", b.as_str()), ("from", month.as_str()), ("until", month.as_str())]);
                    Some((mean.map_or("heat-1", tone).to_owned(), n.to_string(), format!("{said}, {}: {n} {}{score}", w.date(&month), w.t("events-counted")), href))
                })
                .collect();
            Some((said.clone(), address("/relations", [("actor", a.as_str()), ("actor", b.as_str())]), t.events.to_string(), cells))
        })
        .collect();
    Some(Grid::new("months", w.t("pairs-by-month").to_owned(), w.t("pairs-by-month-desc").to_owned(), w.t("as-table").to_owned(), &columns, rows, w.lang == Lang::Ar))
}

struct Stance {
    of: Who,
    stance: String,
    topic: String,
    by: Vec<Who>,
    quote: Option<Quote>,
}

struct MonthRow {
    month: String,
    from: String,
    to: String,
    plover: String,
    acts: usize,
    score: Option<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "pair.html")]
struct PairPage<'a> {
    s: Shell<'a>,
    one: Who,
    other: Who,
    levels: Vec<(String, Option<When>, Option<When>, usize, Vec<RelationRow>)>,
    established: Vec<(String, Vec<RelationRow>)>,
    agreements: Vec<EventRow>,
    visits: Vec<EventRow>,
    positions: Vec<Stance>,
    months: Vec<MonthRow>,
    timeline: String,
    matrix: &'static str,
}

const QUOTED: usize = 3;
const EVENTS: usize = 30;
const POSITIONS: usize = 24;

fn pair(desk: &Desk, register: &Register, ask: &Ask, one: &Name, other: &Name) -> Result<Response> {
    let iso = |n: &Name| n.id.strip_prefix("country:").map(str::to_owned).ok_or_else(|| Problem::wrong(format!("actor: expected two states, found {}", n.id)));
    let (x, y) = (iso(one)?, iso(other)?);
    let Some(held) = register.standing(&x, &y)? else {
        return Err(Problem::wrong("actor: expected two states, found one twice"));
    };
    let asserted = register.relations(&one.id, Some(&other.id), filter::range(ask)?, filter::MOST)?;
    if ask.form == Form::Json {
        return json(&json!({ "actors": [one, other], "standing": held, "relations": asserted }));
    }
    let w = desk.words(ask.lang);
    let name = |iso: &str| if iso == x { one } else { other };
    let events = |ids: Vec<&String>| -> Result<Vec<EventRow>> {
        let mut list = Vec::new();
        for id in ids.into_iter().take(EVENTS) {
            list.extend(register.event(id)?);
        }
        rows(register, w, &list)
    };
    let day = |d: &Option<String>| d.as_deref().map(|d| When::new(w, d));
    let levels = held
        .levels
        .iter()
        .map(|l| {
            let said = asserted.iter().filter(|r| r.level.as_deref() == Some(&l.level)).take(QUOTED).map(|r| RelationRow::new(w, register, r, 1)).collect::<Result<_>>()?;
            let last = if l.last == l.first { None } else { day(&l.last) };
            Ok((w.level(&l.level), day(&l.first), last, l.articles.len(), said))
        })
        .collect::<Result<_>>()?;
    let established = held
        .established
        .iter()
        .map(|(since, articles)| {
            let said = asserted.iter().filter(|r| r.established.as_ref() == Some(since) && articles.contains(&r.source.article)).take(QUOTED);
            Ok((w.date(since), said.map(|r| RelationRow::new(w, register, r, 1)).collect::<Result<_>>()?))
        })
        .collect::<Result<_>>()?;
    let mut positions = Vec::new();
    for p in held.positions.iter().rev().take(POSITIONS) {
        let quote = register.words(&p.article, p.start, p.end)?.and_then(|q| Some(Quote::new(w, &q.source, q.quote.as_deref()?, Some(Span::new(p.start, p.end)))));
        let mut by = Vec::new();
        for id in p.by.iter().filter(|id| !id.starts_with("country:")) {
            by.extend(register.name_of(id)?.map(|n| Who::new(w, &n)));
        }
        let topic = if p.topic.contains(':') { shown(register, w, &Value::String(p.topic.clone()))? } else { w.of("desk", &p.topic) };
        positions.push(Stance { of: Who::new(w, name(&p.of)), stance: w.of("force", &p.stance), topic, by, quote });
    }
    html(&PairPage {
        one: Who::new(w, one),
        other: Who::new(w, other),
        levels,
        established,
        agreements: events(held.agreements.iter().rev().map(|a| &a.event).collect())?,
        visits: events(held.visits.iter().rev().map(|v| &v.event).collect())?,
        positions,
        months: held
            .months
            .iter()
            .rev()
            .take(60)
            .map(|m| MonthRow {
                month: w.date(&m.month),
                from: w.name(name(&m.from)),
                to: w.name(name(&m.to)),
                plover: m.plover.clone(),
                acts: m.acts as usize,
                score: m.goldstein.map(|g| (format!("{g:+.1}"), tone(f64::from(g)))),
            })
            .collect(),
        timeline: address("/timeline", [("actor", x.as_str()), ("actor", y.as_str())]),
        matrix: "/relations",
        s: Shell::new(desk, ask, "relations", FORMS).titled(format!("{} \u{2013} {}", w.name(one), w.name(other))),
    })
}
