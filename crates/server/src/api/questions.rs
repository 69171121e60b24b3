//! Questions to the register, asked with `params` and answered with rows and `shapes`: the same for the API and for assistants.
//!
//! What must not live here: HTTP, JSON-RPC, SQL.

use super::params::{Actors, Articles, Checks, Events, LONGEST, NAMES, Pair, Relations, Search, Statements, TYPES, limit, newest, range};
use super::shapes::{About, ActorWhole, ArticleWhole, Event, EventWhole, Hit, List, Moment, Reported, Sources, StandingOf};
use crate::{Desk, Problem, Result};
use sijill_ask::search::asked;
use sijill_ask::timeline::{Entry, proof_of};
use sijill_ask::who::Who;
use sijill_ask::{Fault, closed};
use sijill_record::lists;
use sijill_store::query::check::{CheckQuery, Finding};
use sijill_store::query::desk::Known;
use sijill_store::query::event::{EventQuery, Happening};
use sijill_store::query::statement::{Asserted, Said, StatementQuery};
use sijill_store::query::{Name, Page, Source, check};
use sijill_store::{Register, days};

/// Reports of one event that an answer holds.
const REPORTS: usize = 500;
/// What stands beside an actor.
const LATEST: usize = 10;
/// Assertions beside a standing.
const ASSERTED: usize = 200;
const WIRES: usize = 40;

/// The ids that names mean; a name may be a list with commas.
fn meant(desk: &Desk, register: &Register, names: &[String]) -> Result<Vec<String>> {
    let who = Who::with(register, &desk.engine, &desk.facts);
    let mut out = Vec::new();
    let each: Vec<&str> = names.iter().flat_map(|n| n.split([',', '\u{060C}'])).map(str::trim).filter(|n| !n.is_empty()).collect();
    if each.len() > NAMES {
        return Err(Problem::wrong(format!("expected at most {NAMES} names of actors, found {}", each.len())));
    }
    for name in each {
        let id = who.find(name)?.id;
        if !out.contains(&id) {
            out.push(id);
        }
    }
    Ok(out)
}

fn one(desk: &Desk, register: &Register, name: &str) -> Result<Name> {
    Ok(Who::with(register, &desk.engine, &desk.facts).find(name)?)
}

/// Values of a closed list; one may be a list with commas.
fn listed(what: &str, values: &[String], list: &[&str]) -> Result<Vec<String>> {
    let each: Vec<String> = values.iter().flat_map(|v| v.split(',')).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect();
    closed(what, &each, list)?;
    Ok(each)
}

fn event_query(desk: &Desk, register: &Register, p: &Events, newest_first: bool) -> Result<EventQuery> {
    Ok(EventQuery {
        kinds: listed("kind", &p.kind, &lists::KINDS)?,
        statuses: listed("status", &p.status, &lists::STATUSES)?,
        range: range(p.from.as_deref(), p.until.as_deref())?,
        limit: limit(p.limit)?,
        newest: newest(p.order.as_deref(), newest_first)?,
        actors: meant(desk, register, &p.actor)?,
        place: p.place.as_deref().map(|n| one(desk, register, n)).transpose()?.map(|n| n.id),
        outlet: p.source.clone(),
        text: asked(desk.engine.lexicon(), p.text.as_slice()),
        after: p.after.clone(),
    })
}

/// Each with the words that prove it.
fn proven(register: &Register, items: Vec<Happening>) -> Result<Vec<Event>> {
    items.into_iter().map(|event| Ok(Event { proof: proof_of(register, &event)?, event })).collect()
}

pub fn events(desk: &Desk, register: &Register, p: &Events) -> Result<Page<Event>> {
    let page = register.events(&event_query(desk, register, p, true)?)?;
    Ok(Page { items: proven(register, page.items)?, next: page.next })
}

pub fn event(register: &Register, id: &str) -> Result<EventWhole> {
    let event = register.event(id)?.ok_or_else(|| Problem::not_found(format!("expected the id of an event, found {id:?}")))?;
    Ok(EventWhole { reports: register.reports(&event.event, REPORTS)?, event })
}

pub fn timeline(desk: &Desk, register: &Register, p: &Events) -> Result<Page<Moment>> {
    let q = event_query(desk, register, p, false)?;
    let found = sijill_ask::timeline::timeline(register, &q)?;
    let mut items = found.entries.into_iter().map(|(on, what): (String, Entry)| Ok(Moment { on, what: serde_json::to_value(what)? })).collect::<Result<Vec<_>>>()?;
    if q.newest {
        items.reverse();
    }
    Ok(Page { items, next: found.next })
}

pub fn statements(desk: &Desk, register: &Register, p: &Statements) -> Result<Page<Said>> {
    Ok(register.statements(&StatementQuery {
        forces: listed("force", &p.force, &lists::FORCES)?,
        range: range(p.from.as_deref(), p.until.as_deref())?,
        limit: limit(p.limit)?,
        newest: newest(p.order.as_deref(), true)?,
        speakers: meant(desk, register, &p.speaker)?,
        about: meant(desk, register, &p.about)?,
        outlet: p.source.clone(),
        after: p.after.clone(),
    })?)
}

pub fn actors(desk: &Desk, register: &Register, p: &Actors) -> Result<Page<Known>> {
    if let Some(kind) = &p.kind {
        closed("type", std::slice::from_ref(kind), &TYPES)?;
    }
    let limit = limit(p.limit)?;
    let Some(name) = &p.name else { return Ok(register.known(p.kind.as_deref(), limit, p.after.as_deref())?) };
    let mut list = register.beginning(name, limit)?;
    // A spelling that no article uses, or an English name.
    let meant = match Who::with(register, &desk.engine, &desk.facts).find(name) {
        Ok(one) => vec![one],
        Err(Fault::Ambiguous { who, .. }) => who,
        Err(Fault::Store(e)) => return Err(e.into()),
        Err(_) => Vec::new(),
    };
    for n in meant.into_iter().rev() {
        list.retain(|m| m.id != n.id);
        list.insert(0, n);
    }
    list.retain(|n| p.kind.as_ref().is_none_or(|k| *k == n.kind));
    list.truncate(limit);
    let items = list.into_iter().map(|name| Ok(Known { articles: register.named_by(&name.id)?, name })).collect::<Result<_>>()?;
    Ok(Page { items, next: None })
}

/// By id, code or name.
pub fn actor(desk: &Desk, register: &Register, name: &str) -> Result<ActorWhole> {
    let id = one(desk, register, name)?.id;
    let actor = register.portrait(&id)?.ok_or_else(|| Problem::not_found(format!("expected the id of an actor, found {id:?}")))?;
    let events = register.events(&EventQuery { actors: vec![id.clone()], limit: LATEST, newest: true, ..EventQuery::default() })?.items;
    let said = register.statements(&StatementQuery { speakers: vec![id], limit: LATEST, newest: true, ..StatementQuery::default() })?.items;
    Ok(ActorWhole { actor, latest_events: proven(register, events)?, latest_statements: said })
}

pub fn relations(desk: &Desk, register: &Register, p: &Relations) -> Result<List<Asserted>> {
    let range = range(p.from.as_deref(), p.until.as_deref())?;
    let limit = limit(p.limit)?;
    let a = one(desk, register, &p.one)?;
    let b = p.other.as_deref().map(|n| one(desk, register, n)).transpose()?;
    Ok(List { items: register.relations(&a.id, b.as_ref().map(|b| b.id.as_str()), range, limit)? })
}

pub fn standing(desk: &Desk, register: &Register, p: &Pair) -> Result<StandingOf> {
    let state = |name: &str| -> Result<(Name, String)> {
        let n = one(desk, register, name)?;
        let iso = n.id.strip_prefix("country:").map(str::to_owned).ok_or_else(|| Problem::wrong(format!("expected a state, found {:?} ({})", n.id, n.kind)))?;
        Ok((n, iso))
    };
    let ((a, x), (b, y)) = (state(&p.one)?, state(&p.other)?);
    let standing = register.standing(&x, &y)?.ok_or_else(|| Problem::wrong(format!("expected two states, found {:?} twice", a.id)))?;
    let asserted = register.relations(&a.id, Some(&b.id), Default::default(), ASSERTED)?;
    Ok(StandingOf { one: a, other: b, standing: serde_json::to_value(standing)?, asserted })
}

pub fn search(desk: &Desk, register: &Register, p: &Search) -> Result<Page<Hit>> {
    if p.q.is_empty() || p.q.chars().count() > LONGEST {
        return Err(Problem::wrong(format!("q: expected 1 to {LONGEST} characters, found {}", p.q.chars().count())));
    }
    let range = range(p.from.as_deref(), p.until.as_deref())?;
    let limit = limit(p.limit)?;
    let actors = meant(desk, register, &p.actor)?;
    let lexicon = desk.engine.lexicon();
    let asked = sijill_ask::search::asked(lexicon, std::slice::from_ref(&p.q));
    // Signs without a word, and nobody named: nothing is found by them.
    if asked.is_empty() && actors.is_empty() {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let found = sijill_ask::search::search(register, lexicon, &asked, actors, range, limit, p.after.clone())?;
    let items = found.items.into_iter().map(|h| Hit { source: h.source, snippet: h.snippet, found: h.found }).collect();
    Ok(Page { items, next: found.next })
}

pub fn checks(desk: &Desk, register: &Register, p: &Checks) -> Result<List<Finding>> {
    let q = CheckQuery { codes: listed("code", &p.code, check::codes())?, limit: limit(p.limit)?, actors: meant(desk, register, &p.actor)?, kept: true, ..CheckQuery::default() };
    Ok(List { items: register.check(&q, &desk.facts)?.items })
}

pub fn articles(register: &Register, p: &Articles) -> Result<Page<Source>> {
    Ok(register.articles(p.source.as_deref(), range(p.from.as_deref(), p.until.as_deref())?, limit(p.limit)?, p.after.as_deref())?)
}

pub fn article(register: &Register, key: &str) -> Result<ArticleWhole> {
    let found = register.article(key)?.ok_or_else(|| Problem::not_found(format!("expected the id of an article, found {key:?}")))?;
    let made = register.made(key)?;
    Ok(ArticleWhole {
        source: found.source,
        text: found.text,
        lexicon: made.as_ref().map(|m| m.lexicon.clone()),
        wire: made.and_then(|m| m.wire),
        actors: register.seen_in(key)?,
        reports: register.reports_in(key)?.into_iter().map(|(report, event)| Reported { event, report }).collect(),
        statements: register.statements_in(key)?,
    })
}

pub fn sources(register: &Register) -> Result<Sources> {
    Ok(Sources { outlets: register.outlets()?, wires: register.wires(WIRES)? })
}

pub fn about(desk: &Desk, register: &Register) -> Result<About> {
    let maker = sijill_export::Maker::of(register)?;
    Ok(About {
        name: desk.settings.name.clone(),
        counts: register.counts()?,
        latest: register.latest_day()?.map(days::iso),
        cite: format!("Register of diplomatic events {:?} ({maker})", desk.settings.name),
        sijill: maker.sijill,
        lexicon: register.meta("lexicon")?,
        lexicons: register.lexicons()?,
        license_of_texts: "Articles belong to their outlets; the register quotes them as evidence.".to_owned(),
    })
}
