//! `/timeline`: what happened to one actor, or between two, in order of time; planned and happened told apart; what they say of each other.

use crate::ask::{Ask, Form};
use crate::draw::{self, Labels, Strip, Zoom};
use crate::filter::{self, Filters};
use crate::pages::events::{outlets, titled};
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::twins;
use crate::view::{EventRow, RelationRow, StatementRow, Who, by_year, said as said_rows};
use crate::words::{Lang, Words};
use crate::{Problem, Result};
use askama::Template;
use axum::response::Response;
use serde_json::json;
use sijill_ask::timeline::{Entry, timeline};
use sijill_record::lists;
use sijill_store::Register;
use sijill_store::days::{self, Day};
use sijill_store::query::desk::Point;
use sijill_store::query::event::EventQuery;
use sijill_store::query::statement::StatementQuery;
use sijill_store::query::{Name, Page as Rows};

pub const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Atom, Form::Ics];

enum Row {
    Event(Box<EventRow>),
    Relation(Box<RelationRow>),
}

impl Row {
    fn year(&self) -> &str {
        match self {
            Self::Event(e) => &e.year,
            Self::Relation(r) => &r.year,
        }
    }
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct Page<'a> {
    s: Shell<'a>,
    who: Vec<Who>,
    filters: Filters,
    zooms: Vec<(String, String, bool)>,
    wider: Option<String>,
    picture: Option<draw::Timeline>,
    left_out: Option<String>,
    rows: Vec<(Option<String>, Row)>,
    statements: Vec<StatementRow>,
    statements_more: String,
    suggested: Vec<(String, String)>,
    order: (String, String),
    next: Option<String>,
}

/// Events that one picture holds; statements beside it.
const POINTS: usize = 20_000;
const SAID: usize = 15;

/// Where nearly all of the points lie, so that an anniversary of long ago does not press the others together: a few at either end are left out
/// where that saves much of the width.
fn core(points: &[Point]) -> Option<(Day, Day)> {
    let days: Vec<Day> = points.iter().map(|p| p.day).filter(|d| *d > 101).collect();
    let (mut a, mut b) = (0, days.len().checked_sub(1)?);
    let few = days.len() / 10;
    let span = |a: usize, b: usize| draw::count(days[b]) - draw::count(days[a]);
    for n in 1..=few {
        if span(n, b) * 10 < span(a, b) * 7 {
            a = n;
        }
    }
    for n in 1..=few {
        let end = days.len() - 1 - n;
        if end > a && span(a, end) * 10 < span(a, b) * 7 {
            b = end;
        }
    }
    Some((days[a], days[b]))
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let (q, who) = filter::events(desk, register, ask)?;
    let w = desk.words(ask.lang);
    let title = titled(w, w.t("timeline"), &who);
    let told = timeline(register, &q)?;
    match ask.form {
        Form::Html => {}
        Form::Json => {
            let entries: Vec<&Entry> = told.entries.iter().map(|e| &e.1).collect();
            return json(&json!({ "actors": who, "entries": entries, "next": told.next }));
        }
        _ => {
            let items = told.entries.into_iter().filter_map(|(_, e)| if let Entry::Event { event, .. } = e { Some(*event) } else { None }).collect();
            return twins::events(desk, register, ask, &title, &Rows { items, next: told.next });
        }
    }
    let forces = filter::listed(ask, "force", &lists::FORCES)?;
    let statements = statements(register, &q, &who, forces)?;
    let points = register.points(&q, POINTS)?;
    let (picture, left_out, zoom) = picture(register, w, ask, &q, &who, &points, &title)?;
    let mut rows: Vec<Row> = told
        .entries
        .iter()
        .map(|(_, e)| match e {
            Entry::Event { event, proof } => Ok(Row::Event(Box::new(EventRow::new(w, register, event, proof.as_deref())?))),
            Entry::Relation { relation, articles } => Ok(Row::Relation(Box::new(RelationRow::new(w, register, relation, *articles)?))),
        })
        .collect::<Result<_>>()?;
    if q.newest {
        rows.reverse();
    }
    let order = if q.newest { (w.t("oldest-first").to_owned(), ask.with(&[("order", Some("oldest"))])) } else { (w.t("newest-first").to_owned(), ask.with(&[("order", None)])) };
    let said = {
        let mut params: Vec<(&str, &str)> = Vec::new();
        if let Some(a) = who.first() {
            params.push(("speaker", &a.id));
        }
        if let Some(b) = who.get(1) {
            params.push(("about", &b.id));
        }
        crate::ask::address("/statements", params)
    };
    html(&Page {
        who: who.iter().map(|n| Who::new(w, n)).collect(),
        filters: Filters::new(w, ask, &["actor", "actor", "kind", "status", "force", "source", "from", "until"], &who, &outlets(register)?),
        zooms: Zoom::ALL.into_iter().map(|z| (w.t(z.name()).to_owned(), ask.with(&[("zoom", Some(z.name()))]), Some(z) == zoom)).collect(),
        wider: (ask.get("from").is_some() || ask.get("until").is_some()).then(|| ask.with(&[("from", None), ("until", None), ("zoom", None)])),
        picture,
        left_out,
        rows: by_year(rows, Row::year),
        statements: said_rows(register, w, &statements)?,
        statements_more: said,
        suggested: if who.is_empty() { suggested(register, w)? } else { Vec::new() },
        order,
        next: told.next.map(|k| ask.next(&k)),
        s: Shell::new(desk, ask, "timeline", FORMS).titled(title),
    })
}

/// What one says, or what two say of each other, the newest first.
fn statements(register: &Register, q: &EventQuery, who: &[Name], forces: Vec<String>) -> Result<Vec<sijill_store::query::statement::Said>> {
    let ask = |speaker: &Name, about: Option<&Name>| {
        let q = StatementQuery {
            speakers: vec![speaker.id.clone()],
            about: about.iter().map(|n| n.id.clone()).collect(),
            forces: forces.clone(),
            range: q.range,
            outlet: q.outlet.clone(),
            limit: SAID,
            newest: true,
            ..StatementQuery::default()
        };
        register.statements(&q)
    };
    let mut all = match who {
        [] => Vec::new(),
        [one] => ask(one, None)?.items,
        [one, other, ..] => {
            let mut both = ask(one, Some(other))?.items;
            both.extend(ask(other, Some(one))?.items);
            both
        }
    };
    all.sort_by(|a, b| b.date.as_ref().or(b.source.published.as_ref()).cmp(&a.date.as_ref().or(a.source.published.as_ref())));
    all.dedup_by(|a, b| (&a.source.article, &a.n) == (&b.source.article, &b.n));
    all.truncate(SAID);
    Ok(all)
}

fn picture(
    register: &Register,
    w: Words,
    ask: &Ask,
    q: &EventQuery,
    who: &[Name],
    points: &[Point],
    title: &str,
) -> Result<(Option<draw::Timeline>, Option<String>, Option<Zoom>)> {
    let Some((first, last)) = core(points) else { return Ok((None, None, None)) };
    let from = q.range.from.unwrap_or(first);
    let until = q.range.until.unwrap_or(last).max(from);
    let zoom = match ask.get("zoom") {
        None => Zoom::fitting(draw::count(until) - draw::count(from)),
        Some(z) => Zoom::of(z).ok_or_else(|| Problem::wrong(format!("zoom: expected year, month or day, found {z:?}")))?,
    };
    // As many columns as can be told apart: the latest.
    let from = if zoom == Zoom::Day && draw::count(until) - draw::count(from) > 400 {
        points.iter().rev().map(|p| p.day).find(|d| draw::count(until) - draw::count(*d) > 400).unwrap_or(from)
    } else {
        from
    };
    let mut levels = Vec::new();
    if let [a, b] = who
        && let (Some(x), Some(y)) = (a.id.strip_prefix("country:"), b.id.strip_prefix("country:"))
    {
        for l in register.levels_between(x, y)? {
            let day = |d: &Option<String>| d.as_deref().and_then(days::bounds).map(|b| b.0);
            if let Some(first) = day(&l.first) {
                levels.push((w.level(&l.level), first, day(&l.last).unwrap_or(first)));
            }
        }
        levels.sort_by_key(|l| l.1);
    }
    let finer = zoom.finer();
    let link = |edtf: &str| {
        let kinder = finer.map(Zoom::name);
        ask.with(&[("from", Some(edtf)), ("until", Some(edtf)), ("zoom", kinder)])
    };
    let shown = points.iter().filter(|p| (from..=until).contains(&p.day)).count();
    let strip = Strip { points, from, until, zoom, right_to_left: w.lang == Lang::Ar, levels };
    let labels = Labels {
        table: w.t("as-table").to_owned(),
        period: w.t("period").to_owned(),
        happened: w.t("happened").to_owned(),
        planned: w.t("announced").to_owned(),
        off: w.t("off").to_owned(),
    };
    let tell = |p: &Point| format!("{} ({}), {}", w.of("kind", &p.kind), w.of("status", &p.status), w.date(&days::iso(p.day)));
    let desc = format!("{}: {} \u{2013} {}. {} {}.", w.t("timeline-desc"), w.date(&zoom.column(from)), w.date(&zoom.column(until)), w.number(shown), w.t("events-counted"));
    let drawn = draw::Timeline::new(&strip, &link, &|e| w.date(e), &|id| w.t_of(id), &tell, title.to_owned(), desc, labels);
    let out = points.len() - shown;
    let left_out = (out > 0).then(|| format!("{} {}", w.number(out), w.t("outside-picture")));
    Ok((Some(drawn), left_out, Some(zoom)))
}

/// Pairs of states to begin with.
fn suggested(register: &Register, w: Words) -> Result<Vec<(String, String)>> {
    let mut out = Vec::new();
    for t in register.closest(&[])?.into_iter().take(14) {
        let [a, b] = &t.pair;
        let (Some(x), Some(y)) = (register.name_of(&format!("country:{a}"))?, register.name_of(&format!("country:{b}"))?) else { continue };
        out.push((format!("{} \u{2013} {}", w.name(&x), w.name(&y)), crate::ask::address("/timeline", [("actor", a.as_str()), ("actor", b.as_str())])));
    }
    Ok(out)
}
