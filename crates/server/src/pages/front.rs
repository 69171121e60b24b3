//! `/`: what the register holds, its latest days, who met whom, what is announced.

use crate::Result;
use crate::ask::{Ask, Form, address};
use crate::draw::{Bars, Labels};
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::view::{EventRow, When, Who, rows};
use crate::words::{Lang, Words};
use askama::Template;
use axum::response::Response;
use serde_json::json;
use sijill_store::Register;
use sijill_store::days;
use sijill_store::query::desk::{MEETINGS, Tie};
use sijill_store::query::event::EventQuery;
use sijill_store::query::{Counts, Range};

pub const FORMS: &[Form] = &[Form::Json];

/// Two states, how often they met, the share of the most frequent in hundredths, the way to their timeline.
struct Pair {
    one: Who,
    other: Who,
    n: u32,
    share: u32,
    href: String,
    last: When,
}

#[derive(Template)]
#[template(path = "front.html")]
struct Page<'a> {
    s: Shell<'a>,
    counts: Vec<(&'a str, String)>,
    until: Option<When>,
    months: Option<Bars>,
    pairs: Vec<Pair>,
    latest: Vec<EventRow>,
    coming: Vec<EventRow>,
    all_latest: String,
    all_coming: String,
}

const SHOWN: usize = 12;
const PAIRS: usize = 10;
/// Months of the picture.
const MONTHS: usize = 48;

/// The great counts, with their labels.
pub fn numbers<'a>(w: Words<'a>, c: &Counts) -> Vec<(&'a str, String)> {
    [("articles", c.articles), ("events", c.events), ("statements", c.statements), ("actors", c.actors)].into_iter().map(|(l, n)| (w.t(l), w.number(n))).collect()
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let counts = register.counts()?;
    let today = register.latest_day()?;
    let happened = ["occurred", "ongoing"].map(str::to_owned).to_vec();
    let latest = register.events(&EventQuery { statuses: happened, range: Range { from: None, until: today }, limit: SHOWN, newest: true, ..EventQuery::default() })?.items;
    let planned = ["planned", "proposed"].map(str::to_owned).to_vec();
    let coming = register.events(&EventQuery { statuses: planned, range: Range { from: today, until: None }, limit: 10 * SHOWN, ..EventQuery::default() })?.items;
    // Days that are all to come stand before stretches that have begun already.
    let day = today.map(days::iso);
    let (mut ahead, begun): (Vec<_>, Vec<_>) = coming.into_iter().filter(|e| e.date.is_some()).partition(|e| e.day >= day);
    ahead.extend(begun);
    ahead.truncate(SHOWN);
    let coming = ahead;
    let mut ties = register.closest(&MEETINGS)?;
    ties.truncate(PAIRS);
    for t in &mut ties {
        register.by_month(t, &MEETINGS)?;
    }
    let months = register.months()?;
    if ask.form == Form::Json {
        return json(&json!({ "counts": counts, "until": today.map(days::iso), "latest": latest, "coming": coming, "met": ties, "months": months }));
    }
    let w = desk.words(ask.lang);
    html(&Page {
        s: Shell::new(desk, ask, "front", FORMS),
        counts: numbers(w, &counts),
        until: day.as_deref().map(|d| When::new(w, d)),
        months: bars(w, &months, today.map(|t| t / 100)),
        pairs: pairs(register, w, &ties)?,
        latest: rows(register, w, &latest)?,
        coming: rows(register, w, &coming)?,
        all_latest: address("/events", day.iter().map(|d| ("until", d.as_str())).chain([("status", "occurred,ongoing")])),
        all_coming: address("/events", day.iter().map(|d| ("from", d.as_str())).chain([("status", "planned,proposed"), ("order", "oldest")])),
    })
}

fn pairs(register: &Register, w: Words, ties: &[Tie]) -> Result<Vec<Pair>> {
    let most = ties.first().map_or(1, |t| t.events).max(1);
    let mut out = Vec::new();
    for t in ties {
        let [a, b] = &t.pair;
        let (Some(x), Some(y)) = (register.name_of(&format!("country:{a}"))?, register.name_of(&format!("country:{b}"))?) else { continue };
        let kinds = MEETINGS.join(",");
        let href = address("/timeline", [("actor", a.as_str()), ("actor", b.as_str()), ("kind", &kinds)]);
        out.push(Pair { one: Who::new(w, &x), other: Who::new(w, &y), n: t.events, share: t.events * 100 / most, href, last: When::new(w, &days::iso(t.last)) });
    }
    Ok(out)
}

/// Events of the latest months; months without any stand empty.
fn bars(w: Words, months: &[(i64, u32, u32)], now: Option<i64>) -> Option<Bars> {
    let now = now?;
    let first = months.iter().map(|m| m.0).filter(|m| *m > 0).find(|m| (now / 100 - m / 100) * 12 + now % 100 - m % 100 < MONTHS as i64)?;
    let (mut y, mut m) = (first / 100, (first % 100).max(1));
    let mut asked = Vec::new();
    while y * 100 + m <= now && asked.len() < MONTHS {
        let found = months.iter().find(|x| x.0 == y * 100 + m);
        let edtf = format!("{y:04}-{m:02}");
        let (all, done) = found.map_or((0, 0), |f| (f.1 as usize, f.2 as usize));
        asked.push((w.date(&edtf), address("/events", [("from", edtf.as_str()), ("until", edtf.as_str())]), [done, all.saturating_sub(done), 0]));
        (y, m) = if m == 12 { (y + 1, 1) } else { (y, m + 1) };
    }
    let labels = Labels {
        table: w.t("as-table").to_owned(),
        period: w.t("period").to_owned(),
        happened: w.t("happened").to_owned(),
        planned: w.t("announced").to_owned(),
        off: String::new(),
    };
    (asked.len() > 1).then(|| Bars::new("by-month", 1_120.0, w.t("events-by-month").to_owned(), w.t("events-by-month").to_owned(), labels, asked, w.lang == Lang::Ar))
}
