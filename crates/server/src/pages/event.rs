//! `/events/ID`: one event with all that is reported of it.

use crate::ask::{Ask, Form};
use crate::shell::{Shell, html, json};
use crate::state::Desk;
use crate::twins;
use crate::view::{EventRow, Quote, When, Who, article, value};
use crate::words::Words;
use crate::{Problem, Result};
use askama::Template;
use axum::response::Response;
use serde_json::{Value, json};
use sijill_record::lists;
use sijill_store::Register;
use sijill_store::query::Page as Rows;
use sijill_store::query::event::{Happening, Report};

pub const FORMS: &[Form] = &[Form::Json, Form::Csv, Form::Ics];
const REPORTS: usize = 200;

/// A stage in the life of the event.
struct Stage {
    stage: String,
    text: String,
    when: Option<When>,
    href: String,
}

/// A value on which reports differ, with the articles that give it.
struct Said {
    value: String,
    by: Vec<(String, String)>,
}

struct Told {
    head: String,
    href: String,
    published: Option<When>,
    title: Option<String>,
    url: Option<String>,
    /// Where the report calls it otherwise than the event is called.
    kind: Option<String>,
    status: String,
    status_text: String,
    when: Option<When>,
    claimed_by: Vec<Who>,
    reprint: Option<String>,
    quotes: Vec<Quote>,
    entry: String,
    rule: String,
}

#[derive(Template)]
#[template(path = "event.html")]
struct Page<'a> {
    s: Shell<'a>,
    row: EventRow,
    id: String,
    roles: Vec<(String, Vec<(Who, Option<String>)>)>,
    attributes: Vec<(String, String)>,
    life: Vec<Stage>,
    differing: Vec<(String, Vec<Said>)>,
    codes: Vec<(&'static str, String)>,
    reports: Vec<Told>,
    independent: String,
    pair: Option<String>,
}

/// A value that may be somebody's id.
pub fn shown(register: &Register, w: Words, v: &Value) -> Result<String> {
    Ok(match v {
        Value::String(s) if s.contains(':') && !s.contains(' ') => register.name_of(s)?.map_or_else(|| s.clone(), |n| w.name(&n)),
        Value::String(s) if s.starts_with(|c: char| c.is_ascii_digit()) && !s.contains(' ') => w.date(s),
        // Each keeps its own direction: names of two scripts stand beside each other.
        Value::Array(list) => list.iter().map(|x| Ok(format!("\u{2068}{}\u{2069}", shown(register, w, x)?))).collect::<Result<Vec<_>>>()?.join(w.comma()),
        Value::Object(_) => v.to_string(),
        other => value(w, other),
    })
}

fn life(w: Words, e: &Happening) -> Vec<Stage> {
    let text = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    e.life
        .as_array()
        .map(|list| {
            list.iter()
                .map(|s| Stage {
                    text: w.of("stage", &text(s, "stage")),
                    stage: text(s, "stage"),
                    when: s.get("on").and_then(Value::as_str).map(|d| When::new(w, d)),
                    href: article(&text(s, "article"), None),
                })
                .collect()
        })
        .unwrap_or_default()
}

fn differing(register: &Register, w: Words, e: &Happening, reports: &[Report]) -> Result<Vec<(String, Vec<Said>)>> {
    let mut out = Vec::new();
    for d in e.differing.as_array().into_iter().flatten() {
        let field = d.get("field").and_then(Value::as_str).unwrap_or("");
        let mut values = Vec::new();
        for v in d.get("values").and_then(Value::as_array).into_iter().flatten() {
            let Some([value, articles]) = v.as_array().map(Vec::as_slice) else { continue };
            let by = articles
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|key| {
                    let source = reports.iter().find(|r| r.source.article == key).map(|r| &r.source);
                    let name = source.and_then(|s| s.outlet.clone().or_else(|| s.id.clone())).unwrap_or_else(|| key.to_owned());
                    // One outlet may have told it twice.
                    let on = source.and_then(|s| s.published.as_deref()).map(|p| format!(" {}", w.date(p))).unwrap_or_default();
                    (format!("{name}{on}"), article(key, None))
                })
                .collect();
            values.push(Said { value: if value.is_null() { w.t("not-said").to_owned() } else { shown(register, w, value)? }, by });
        }
        out.push((w.of("field", field), values));
    }
    Ok(out)
}

fn told(register: &Register, w: Words, kind: &str, r: &Report, all: &[Report]) -> Result<Told> {
    let reprint = r.wire.as_ref().filter(|wire| **wire != r.source.article && all.iter().any(|o| o.source.article == **wire));
    Ok(Told {
        head: r.source.outlet.clone().or_else(|| r.source.id.clone()).unwrap_or_else(|| r.source.article.clone()),
        href: article(&r.source.article, r.evidence.first().copied()),
        published: r.source.published.as_deref().map(|p| When::new(w, p)),
        title: r.source.title.clone(),
        url: r.source.url.clone().filter(|u| u.starts_with("http://") || u.starts_with("https://")),
        kind: (r.kind != kind).then(|| w.of("kind", &r.kind)),
        status: r.status.clone(),
        status_text: w.of("status", &r.status),
        when: r.date.as_deref().map(|d| When::new(w, d)),
        claimed_by: r.claimed_by.iter().map(|n| Who::new(w, n)).collect(),
        reprint: reprint.map(|_| w.t("reprint").to_owned()),
        quotes: r
            .quotes
            .iter()
            .enumerate()
            .filter(|q| !q.1.trim().is_empty())
            .map(|(n, q)| Ok(Quote::new(w, &r.source, q, r.evidence.get(n).copied()).within(register, &r.source, r.evidence.get(n).copied())?.bare()))
            .collect::<Result<_>>()?,
        entry: r.entry.clone(),
        rule: r.rule.clone(),
    })
}

pub fn page(desk: &Desk, register: &Register, ask: &Ask) -> Result<Response> {
    let Some(event) = register.event(ask.id())? else {
        return Err(Problem::not_found(format!("expected the id of an event, found {:?}", ask.id())));
    };
    let reports = register.reports(&event.event, REPORTS)?;
    let w = desk.words(ask.lang);
    match ask.form {
        Form::Json => return json(&json!({ "event": event, "reports": reports })),
        Form::Html => {}
        _ => return twins::events(desk, register, ask, &event.event, &Rows { items: vec![event.clone()], next: None }),
    }
    let roles = lists::ROLES
        .iter()
        .filter_map(|role| {
            let list: Vec<_> = event.participants.iter().filter(|p| p.role == *role).map(|p| (Who::new(w, &p.name), p.of.clone().filter(|_| p.name.kind != "country"))).collect();
            (!list.is_empty()).then(|| (w.of("role", role), list))
        })
        .collect();
    let attributes = event.attributes.as_object().map(|m| m.iter().map(|(k, v)| Ok((w.of("attribute", k), shown(register, w, v)?))).collect::<Result<Vec<_>>>()).transpose()?;
    let mut codes = Vec::new();
    codes.extend(event.plover.as_ref().map(|p| ("PLOVER", event.mode.as_ref().map_or_else(|| p.clone(), |m| format!("{p} / {m}")))));
    codes.extend(event.quad.map(|q| ("Quad", q.to_string())));
    codes.extend(event.cameo.clone().map(|c| ("CAMEO", c)));
    codes.extend(event.goldstein.map(|g| ("Goldstein", format!("{g:+.1}"))));
    let row = EventRow::new(w, register, &event, None)?;
    // The two states between which it happened, for the way to their timeline.
    let mut states: Vec<&str> = event.participants.iter().filter_map(|p| p.of.as_deref().or(p.name.country.as_deref())).collect();
    states.sort_unstable();
    states.dedup();
    let pair = match states.as_slice() {
        [a, b] => Some(crate::ask::address("/timeline", [("actor", *a), ("actor", *b)])),
        _ => None,
    };
    let who = event.participants.iter().map(|p| w.name(&p.name)).collect::<Vec<_>>().join(w.comma());
    html(&Page {
        s: Shell::new(desk, ask, "events", FORMS).titled(format!("{}: {who}", row.kind_text)),
        row,
        id: event.event.clone(),
        roles,
        attributes: attributes.unwrap_or_default(),
        life: life(w, &event),
        differing: differing(register, w, &event, &reports)?,
        codes,
        independent: format!("{} {} \u{00B7} {} {}", w.t("reports-n"), event.reports, w.t("independent"), event.independent),
        reports: reports.iter().map(|r| told(register, w, &event.kind, r, &reports)).collect::<Result<_>>()?,
        pair,
    })
}
