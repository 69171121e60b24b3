//! Codes of other ontologies: PLOVER type, mode, auxiliary modes and contexts, CAMEO with Goldstein, sectors of actors.
//!
//! The tables are data (`lexicon/codes/`); here are the rules that choose among them. What must not live here: deciding what
//! happened or was said.

use crate::doc::*;
use crate::events::Happening;
use crate::statements::Said;
use sijill_lexicon::{Flag, Kind, Link};
use sijill_record::{ActorCode, Plover};
use std::borrow::Cow;

/// Days between an event and the article, from which on it is told as history.
const HISTORY: i32 = 31;

/// Words of a statement's content among which the act that it is about stands.
const OPENING: u32 = 4;

/// The codes of an event or a statement.
#[derive(Default)]
pub(crate) struct Coded {
    pub plover: Option<Plover>,
    pub cameo: Option<String>,
    pub goldstein: Option<f32>,
}

pub(crate) fn event(d: &Doc, h: &Happening) -> Coded {
    let codes = &d.lex.codes;
    let frame = &d.lex.frames[h.frame as usize];
    let (mut code, by_status) = codes.event(&h.kind, &h.status);
    if !by_status {
        // The frame knows better than its kind; a status knows better than both, for an act to come is another act.
        if frame.plover.is_some() {
            code.plover = frame.plover.clone();
            code.mode = frame.mode.clone();
        } else if frame.mode.is_some() {
            code.mode = frame.mode.clone();
        }
        if frame.cameo.is_some() {
            code.cameo = frame.cameo.clone();
        }
    }
    let denied = h.status == "denied";
    let mut aux: Vec<Cow<'static, str>> = Vec::new();
    if historical(d, h) {
        aux.push("historical".into());
    }
    if matches!(h.status.as_str(), "planned" | "proposed") {
        aux.push("future".into());
    }
    if h.status == "proposed" {
        aux.push("hypothetical".into());
    }
    if denied || h.status == "cancelled" {
        aux.push("negation".into());
    }
    let cameo = code.cameo.filter(|_| !denied);
    let contexts = contexts(d, Some(&h.kind), code.plover.as_ref().and(cameo.as_deref()), &h.evidence);
    Coded {
        plover: code.plover.map(|kind| Plover {
            quad: codes.quad(&kind),
            score: codes.score(&kind, code.mode.as_deref()).filter(|_| !denied),
            kind,
            mode: code.mode,
            aux,
            contexts,
        }),
        goldstein: cameo.as_deref().and_then(|c| codes.goldstein(c)),
        cameo,
    }
}

/// The code of statement number `k`. Acts that are yet to be done and stand in its content make it finer.
pub(crate) fn statement(d: &Doc, said: &Said, k: usize, happenings: &[Happening]) -> Coded {
    let codes = &d.lex.codes;
    let about = happenings
        .iter()
        .find(|h| h.within == Some(k) && matches!(h.status.as_str(), "planned" | "proposed" | "denied" | "cancelled"))
        .map(|h| h.kind.as_str())
        .or_else(|| opening_act(d, said.content));
    let entry = said.entry.strip_prefix("speech:").unwrap_or("");
    let code = codes.statement(&said.force, entry, about, about.is_some() && fights(d, said, happenings));
    let contexts = contexts(d, None, code.plover.as_ref().and(code.cameo.as_deref()), &[said.content]);
    Coded {
        plover: code.plover.map(|kind| Plover { quad: codes.quad(&kind), score: codes.score(&kind, code.mode.as_deref()), kind, mode: code.mode, aux: Vec::new(), contexts }),
        goldstein: code.cameo.as_deref().and_then(|c| codes.goldstein(c)),
        cameo: code.cameo,
    }
}

/// The kind of the act that content opens with, where nobody is named who would make an event of it (`طالب بعقد قمة`).
fn opening_act<'a>(d: &Doc<'a>, content: (u32, u32)) -> Option<&'a str> {
    let kind = |link: &Link| match *link {
        Link::Frame(f) | Link::NounFrame(f) => Some(d.lex.frames[f as usize].kind.as_str()),
        _ => None,
    };
    let at = |t: usize| {
        let phrase = d.links_at(t).find_map(|m| kind(&m.link));
        phrase.or_else(|| {
            let known = d.flag(t, Flag::Frame) || d.flag(t, Flag::NounFrame);
            known.then(|| d.readings(t).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(kind))).flatten()
        })
    };
    let found: Vec<(usize, &str)> = (content.0..content.1.min(content.0 + OPENING)).filter_map(|t| at(t as usize).map(|k| (t as usize, k))).collect();
    // A light verb's noun (`عقد قمة`) leaves the act to the next.
    let light = |t: usize| d.flag(t, Flag::Light);
    found.iter().find(|(t, _)| !light(*t)).or(found.first()).map(|&(_, k)| k)
}

/// Is a speaker, or his state, a party to an attack of which the article tells?
fn fights(d: &Doc, said: &Said, happenings: &[Happening]) -> bool {
    let of = |e: EntId| actor(d, d.ent(e)).country;
    let attacks = || happenings.iter().filter(|h| h.kind == "attack" && matches!(h.status.as_str(), "occurred" | "ongoing"));
    said.speakers.iter().any(|&s| {
        let country = of(s);
        attacks().flat_map(|h| &h.participants).any(|&(e, _)| d.root(e) == d.root(s) || country.is_some() && of(e) == country)
    })
}

/// Does the event lie well before the article?
fn historical(d: &Doc, h: &Happening) -> bool {
    let (Some(date), Some(published)) = (h.date.as_deref(), d.s.published) else { return false };
    // The end of an interval, the last day of a month or year.
    let last = date.rsplit('/').next().unwrap_or(date);
    let mut parts = last.split('-').map(|p| p.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<i16>());
    let (Some(Ok(year)), month, day) = (parts.next(), parts.next(), parts.next()) else { return false };
    let number = |x: Option<Result<i16, _>>, otherwise: i8| x.and_then(Result::ok).and_then(|n| i8::try_from(n).ok()).unwrap_or(otherwise);
    let first = jiff::civil::Date::new(year, number(month, 12), 1);
    let Ok(day) = first.and_then(|m| jiff::civil::Date::new(m.year(), m.month(), number(day, m.days_in_month()))) else { return false };
    published.since(day).is_ok_and(|s| s.get_days() > HISTORY)
}

/// The contexts by kind, by CAMEO code, and by words in the sentences of these tokens; in the order of the list.
fn contexts(d: &Doc, kind: Option<&str>, cameo: Option<&str>, places: &[(u32, u32)]) -> Vec<String> {
    let codes = &d.lex.codes;
    let implied = cameo.and_then(|c| codes.cameo_context(c));
    let mut named = 0u64;
    for &(from, to) in places {
        let (a, b) = d.s.sentences.get(d.s.sentences.partition_point(|s| s.end <= from)).map_or((from, to), |s| (s.start, s.end.max(to)));
        for t in a as usize..b as usize {
            if d.opens(t, Flag::Context) {
                for m in d.links_at(t) {
                    if let Link::Context(c) = m.link {
                        named |= 1 << c;
                    }
                }
            }
            if d.flag(t, Flag::Context) {
                for c in d.readings(t).flat_map(|(_, r)| &d.lex.lemma(&r).links) {
                    if let Link::Context(c) = c {
                        named |= 1 << c;
                    }
                }
            }
        }
    }
    codes
        .contexts
        .iter()
        .enumerate()
        .filter(|(i, c)| named & 1 << i != 0 || kind.is_some_and(|k| c.kinds.iter().any(|x| x == k)) || implied == Some(c.id.as_str()))
        .map(|(_, c)| c.id.clone())
        .collect()
}

/// Country and sectors of an entity, by the register, the words that head its name, and the offices it is given.
pub(crate) fn actor(d: &Doc, ent: &Ent) -> ActorCode {
    let known = ent.actor.map(|a| &d.lex.actors[a as usize]);
    let mut country = ent.country.clone().or_else(|| known.and_then(|a| a.country.clone()));
    let mut sectors: Vec<String> = Vec::new();
    let mut add = |s: Option<&str>| {
        if let Some(s) = s.filter(|s| !sectors.iter().any(|x| x == s)) {
            sectors.push(s.to_owned());
        }
    };
    match ent.kind {
        Kind::Person => {
            for r in &ent.roles {
                let body = match &r.of {
                    OfWhom::State(iso) => {
                        country.get_or_insert_with(|| iso.clone());
                        None
                    }
                    OfWhom::Ent(e) => Some(actor(d, d.ent(*e))),
                    OfWhom::Register(a) => {
                        let a = &d.lex.actors[*a as usize];
                        Some(ActorCode { country: a.country.clone(), sectors: a.sector.iter().cloned().collect() })
                    }
                    OfWhom::Nobody => None,
                };
                if let Some(iso) = body.as_ref().and_then(|b| b.country.clone()) {
                    country.get_or_insert(iso);
                }
                if r.former {
                    add(d.lex.codes.former_sector());
                } else if let Some(own) = d.lex.codes.sector(&r.title) {
                    add(Some(own));
                } else {
                    body.iter().flat_map(|b| &b.sectors).for_each(|s| add(Some(s)));
                }
            }
            if let Some(of) = known.filter(|_| country.is_none()).and_then(|a| a.offices.iter().rev().find_map(|o| o.of.clone())) {
                country = d.lex.actor_by_id(Kind::Country, &of).map(|_| of);
            }
        }
        Kind::Organization | Kind::Forum => {
            let head = ent.why.0.strip_prefix("org_head:").and_then(|id| d.lex.heads.iter().find(|h| h.id == id));
            add(known.and_then(|a| a.sector.as_deref()).or_else(|| head.and_then(|h| h.sector.as_deref())));
        }
        Kind::Country | Kind::Place | Kind::Initiative => {}
    }
    ActorCode { country, sectors }
}
