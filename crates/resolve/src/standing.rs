//! The register of relations: what the articles say of the standing of two states, over time.
//!
//! For each pair: levels of relation with who says them and when, dates of establishment, agreements with their subject, visits with
//! their ordinals, statements of position, and a monthly series of coded acts. What must not live here: judgement on what is true
//! (see `checks`), and how events were put together (`events`).

use crate::edtf;
use crate::facts::Facts;
use crate::from_record::{code, country};
use crate::model::{Code, Event, Identity, Party, Source};
use serde::{Deserialize, Serialize};
use sijill_record::{Entity, Record, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Frames that say that a state is recognised, or no longer.
const RECOGNITION: [(&str, &str); 2] = [("frame:itarafa-recognise", "recognised"), ("frame:sahaba-recognition", "withdrawn")];

/// Two states, ISO 3166-1 alpha-3, in alphabetical order.
pub type Pair = [String; 2];

pub fn pair(a: &str, b: &str) -> Option<Pair> {
    (a != b).then(|| if a < b { [a.to_owned(), b.to_owned()] } else { [b.to_owned(), a.to_owned()] })
}

/// A level of relation as one article has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Level {
    pub pair: Pair,
    /// The article's date.
    pub published: Option<String>,
    pub article: String,
    pub wire: Option<String>,
    pub level: Option<String>,
    /// Since when there are diplomatic relations, as the article has it.
    pub established: Option<String>,
    /// The date that the same statement gives before it, where it gives one: `in July of last year they raised …`.
    pub dated: Option<String>,
    pub start: u32,
    pub end: u32,
}

/// A statement of position: on a policy of another state, on recognition, in condemnation.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    pub pair: Pair,
    pub published: Option<String>,
    pub article: String,
    pub wire: Option<String>,
    /// `initiative:one-china` (any policy that a register has), `recognition`, `condemnation`.
    pub topic: String,
    /// The statement's force, or what is done.
    pub stance: String,
    /// Actor ids; a state where nobody is named.
    pub by: Vec<String>,
    /// The state whose position it is.
    pub of: String,
    pub start: u32,
    pub end: u32,
}

/// A coded act of one state towards another: what the monthly series counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Act {
    pub from: String,
    pub to: String,
    /// EDTF day or month.
    pub date: Option<String>,
    pub code: Code,
    /// Where it stands: an event's id, or article and statement.
    pub source: String,
    /// Reprints of one statement count once.
    pub wire: Option<String>,
}

/// Everything of one pair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub pair: Pair,
    pub levels: Vec<Held>,
    pub established: Vec<(String, Vec<String>)>,
    pub agreements: Vec<Agreement>,
    pub visits: Vec<Visit>,
    pub positions: Vec<Position>,
    pub months: Vec<Month>,
}

/// A level with the time for which it is attested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub level: String,
    /// First and last article's date that has it.
    pub first: Option<String>,
    pub last: Option<String>,
    /// Dates that articles give for it.
    pub dated: Vec<String>,
    pub articles: Vec<String>,
    /// Of them, how many are no reprints of each other.
    pub independent: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    pub event: String,
    pub kind: String,
    pub status: String,
    pub date: Option<String>,
    pub instrument: Option<String>,
    pub subject: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    pub event: String,
    pub status: String,
    pub date: Option<String>,
    pub visitor: String,
    /// Actor ids of those who travel.
    pub visitors: Vec<String>,
    pub host: String,
    pub place: Option<String>,
    pub level: Option<String>,
    pub ordinal: Option<i64>,
}

/// One month's acts of one type in one direction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Month {
    pub month: String,
    pub from: String,
    pub to: String,
    /// PLOVER event type; empty where the book has none.
    pub plover: String,
    pub acts: u32,
    /// Mean of the Goldstein scores, where there are any.
    pub goldstein: Option<f32>,
}

fn state<'a>(id: &str, record: &'a Record) -> Option<&'a Entity> {
    record.entities.iter().find(|e| e.id == id)
}

fn state_of(id: &str, record: &Record, facts: &Facts) -> Option<String> {
    state(id, record).and_then(|e| country(e, record, facts)).or_else(|| facts.country_of(id).map(str::to_owned))
}

/// The relations that an article asserts.
pub fn levels(record: &Record, source: &Source, facts: &Facts) -> Vec<Level> {
    let mut out = Vec::new();
    for r in &record.relations {
        let [a, b] = &r.parties[..] else { continue };
        let Some(pair) = state_of(a, record, facts).zip(state_of(b, record, facts)).and_then(|(a, b)| pair(&a, &b)) else { continue };
        // The innermost statement around it, and the one date that it gives before the words.
        let around = record.statements.iter().map(|s| s.content).filter(|c| c.contains(r.span)).min_by_key(|c| c.len());
        let before: BTreeSet<&str> =
            around.map_or_else(BTreeSet::new, |c| record.times.iter().filter(|t| c.contains(t.span) && t.span.end <= r.span.start).map(|t| t.edtf.as_str()).collect());
        let dated = if before.len() == 1 { before.first().map(|d| (*d).to_owned()) } else { None };
        out.push(Level {
            pair,
            published: record.published.clone(),
            article: source.article.clone(),
            wire: source.wire.clone(),
            level: r.level.clone(),
            established: r.established.clone(),
            dated,
            start: r.span.start,
            end: r.span.end,
        });
    }
    out
}

fn speakers(ids: &[String], record: &Record, identities: &[Identity], facts: &Facts) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in ids {
        if let Some(c) = state_of(id, record, facts) {
            let actor = identities.iter().find(|i| &i.entity == id).map_or_else(|| id.clone(), |i| i.actor.clone());
            let list = out.entry(c).or_default();
            if !list.contains(&actor) {
                list.push(actor);
            }
        }
    }
    out
}

/// The positions that an article reports. `identities` are those of this article's sightings.
pub fn positions(record: &Record, source: &Source, identities: &[Identity], facts: &Facts) -> Vec<Position> {
    let mut out: BTreeSet<Position> = BTreeSet::new();
    let mut add = |of: &str, to: &str, topic: &str, stance: &str, by: Vec<String>, span: Span| {
        if let Some(pair) = pair(of, to) {
            out.insert(Position {
                pair,
                published: record.published.clone(),
                article: source.article.clone(),
                wire: source.wire.clone(),
                topic: topic.to_owned(),
                stance: stance.to_owned(),
                by,
                of: of.to_owned(),
                start: span.start,
                end: span.end,
            });
        }
    };
    let mine: Vec<Identity> = identities.iter().filter(|i| i.article == source.article).cloned().collect();
    // A statement within another is the inner one's alone.
    let policies: Vec<&Entity> = record.entities.iter().filter(|e| e.known && e.id.starts_with("initiative:")).collect();
    for s in &record.statements {
        let who = speakers(&s.speakers, record, &mine, facts);
        for e in &policies {
            let Some(owner) = facts.country_of(&e.id) else { continue };
            let inner = |m: Span| record.statements.iter().any(|o| o.id != s.id && o.content.len() < s.content.len() && o.content.contains(m));
            if e.mentions.iter().any(|m| s.content.contains(m.span) && !inner(m.span)) {
                for (of, by) in &who {
                    add(of, owner, &e.id, &s.force, by.clone(), s.content);
                }
            }
        }
        if s.force == "criticise" {
            for target in &s.targets {
                if let Some(to) = state_of(target, record, facts) {
                    for (of, by) in &who {
                        add(of, &to, "condemnation", &s.force, by.clone(), s.content);
                    }
                }
            }
        }
    }
    for e in &record.events {
        let Some((_, stance)) = RECOGNITION.iter().find(|(frame, _)| *frame == e.why.entry) else { continue };
        let ids: Vec<String> = e.participants.iter().map(|p| p.entity.clone()).collect();
        let states = speakers(&ids, record, &mine, facts);
        let span = e.evidence.first().copied().unwrap_or_default();
        let first = ids.first().and_then(|id| state_of(id, record, facts));
        if let (Some(of), 2) = (first, states.len())
            && let Some(to) = states.keys().find(|c| **c != of)
        {
            add(&of, to, "recognition", if e.status == "occurred" { stance } else { &e.status }, states.get(&of).cloned().unwrap_or_default(), span);
        }
    }
    out.into_iter().collect()
}

/// The statements of an article that one state aims at another.
pub fn acts(record: &Record, source: &Source, facts: &Facts) -> Vec<Act> {
    let mut out = Vec::new();
    for s in &record.statements {
        let from: BTreeSet<String> = s.speakers.iter().filter_map(|p| state_of(p, record, facts)).collect();
        let to: BTreeSet<String> = s.targets.iter().filter_map(|p| state_of(p, record, facts)).collect();
        for f in &from {
            for t in to.iter().filter(|t| *t != f) {
                out.push(Act {
                    from: f.clone(),
                    to: t.clone(),
                    date: s.date.clone().or_else(|| record.published.clone()),
                    code: code(s.plover.as_ref(), s.cameo.as_deref(), s.goldstein),
                    source: format!("{}#{}", source.article, s.id),
                    wire: source.wire.clone(),
                });
            }
        }
    }
    out
}

fn states(parties: &[Party], roles: &[&str]) -> BTreeSet<String> {
    parties.iter().filter(|p| roles.contains(&p.role.as_str())).filter_map(|p| p.country.clone()).collect()
}

/// The acts that an event amounts to: from who acts to whom it is done; both ways where all are parties.
pub fn event_acts(e: &Event) -> Vec<Act> {
    let from = states(&e.parties, &["visitor", "actor"]);
    let to = states(&e.parties, &["host", "recipient", "target"]);
    let both = states(&e.parties, &["party"]);
    // An event without a date of its own counts in the month of its first report.
    let date = e.date.clone().or_else(|| e.life.iter().filter_map(|s| s.on.clone()).min());
    let act = |f: &String, t: &String| Act { from: f.clone(), to: t.clone(), date: date.clone(), code: e.code.clone(), source: e.id.clone(), wire: None };
    let mut out: Vec<Act> = from.iter().flat_map(|f| to.iter().chain(&both).filter(move |t| *t != f).map(move |t| (f, t))).map(|(f, t)| act(f, t)).collect();
    out.extend(both.iter().flat_map(|f| both.iter().filter(move |t| *t != f).map(move |t| (f, t))).map(|(f, t)| act(f, t)));
    out
}

/// The pairs to which an event belongs.
pub fn pairs_of(e: &Event) -> Vec<Pair> {
    let all: BTreeSet<String> = e.parties.iter().filter_map(|p| p.country.clone()).chain(e.place_country.clone().filter(|_| e.kind == "visit")).collect();
    all.iter().enumerate().flat_map(|(n, a)| all.iter().skip(n + 1).filter_map(move |b| pair(a, b))).collect()
}

fn text(e: &Event, name: &str) -> Option<String> {
    e.attributes.get(name).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
}

/// The first day, for ordering; what has no date comes last.
fn first_day(date: Option<&str>) -> i32 {
    date.and_then(edtf::days).and_then(|d| d.from.or(d.until)).unwrap_or(i32::MAX)
}

/// All that is known of one pair, out of what belongs to it: its levels, its events, its positions, acts of its statements. Anything
/// of other pairs is passed over. The order of the input does not matter.
pub fn standing(of: &Pair, levels: &[Level], events: &[Event], positions: &[Position], acts: &[Act]) -> Standing {
    let mut out = Standing { pair: of.clone(), ..Standing::default() };
    let mut by_level: BTreeMap<&str, Vec<&Level>> = BTreeMap::new();
    let mut established: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for l in levels.iter().filter(|l| &l.pair == of) {
        if let Some(level) = &l.level {
            by_level.entry(level).or_default().push(l);
        }
        if let Some(e) = &l.established {
            established.entry(e).or_default().insert(&l.article);
        }
    }
    for (level, list) in by_level {
        let dates: BTreeSet<&String> = list.iter().filter_map(|l| l.published.as_ref()).collect();
        let wires: BTreeSet<&str> = list.iter().map(|l| l.wire.as_deref().unwrap_or(&l.article)).collect();
        out.levels.push(Held {
            level: level.to_owned(),
            first: dates.first().map(|d| (*d).clone()),
            last: dates.last().map(|d| (*d).clone()),
            dated: list.iter().filter_map(|l| l.dated.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
            articles: list.iter().map(|l| l.article.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
            independent: wires.len() as u32,
        });
    }
    out.levels.sort_by(|a, b| (first_day(a.first.as_deref()), &a.level).cmp(&(first_day(b.first.as_deref()), &b.level)));
    out.established = established.into_iter().map(|(e, a)| (e.to_owned(), a.into_iter().map(str::to_owned).collect())).collect();

    let mut mine: Vec<&Event> = events.iter().filter(|e| pairs_of(e).contains(of)).collect();
    mine.sort_by(|a, b| (first_day(a.date.as_deref()), &a.id).cmp(&(first_day(b.date.as_deref()), &b.id)));
    mine.dedup_by(|a, b| a.id == b.id);
    for e in &mine {
        match e.kind.as_str() {
            "signing" | "accord" => out.agreements.push(Agreement {
                event: e.id.clone(),
                kind: e.kind.clone(),
                status: e.status.clone(),
                date: e.date.clone(),
                instrument: text(e, "instrument"),
                subject: text(e, "subject"),
            }),
            "visit" => {
                let visitors = states(&e.parties, &["visitor"]);
                let mut hosts = states(&e.parties, &["host"]);
                if hosts.is_empty() {
                    hosts.extend(e.place_country.clone());
                }
                for visitor in visitors.iter().filter(|v| of.contains(v)) {
                    for host in hosts.iter().filter(|h| of.contains(h) && *h != visitor) {
                        out.visits.push(Visit {
                            event: e.id.clone(),
                            status: e.status.clone(),
                            date: e.date.clone(),
                            visitor: visitor.clone(),
                            visitors: e.parties.iter().filter(|p| p.role == "visitor" && p.country.as_ref() == Some(visitor)).map(|p| p.actor.clone()).collect(),
                            host: host.clone(),
                            place: e.place.clone(),
                            level: text(e, "level"),
                            ordinal: e.attributes.get("ordinal").and_then(serde_json::Value::as_i64),
                        });
                    }
                }
            }
            _ => {}
        }
    }
    out.positions = positions.iter().filter(|p| &p.pair == of).cloned().collect::<BTreeSet<_>>().into_iter().collect();
    out.positions.sort_by(|a, b| first_day(a.published.as_deref()).cmp(&first_day(b.published.as_deref())).then_with(|| a.cmp(b)));

    // Reprints of a statement are one act.
    let mut seen: BTreeSet<(String, String, String, String, String)> = BTreeSet::new();
    let mut all: Vec<Act> = mine.iter().flat_map(|e| event_acts(e)).collect();
    let mut said: Vec<&Act> = acts.iter().collect();
    said.sort_by(|a, b| (&a.source, &a.from, &a.to).cmp(&(&b.source, &b.from, &b.to)));
    all.extend(said.into_iter().cloned());
    let mut months: BTreeMap<(String, String, String, String), (u32, f64, u32)> = BTreeMap::new();
    for a in all {
        if pair(&a.from, &a.to).as_ref() != Some(of) {
            continue;
        }
        let Some(month) = a.date.as_deref().and_then(edtf::days).and_then(|d| d.from).map(|d| edtf::iso(d)[..7].to_owned()) else { continue };
        let plover = a.code.plover.clone().unwrap_or_default();
        let once = match &a.wire {
            Some(w) => (w.clone(), a.from.clone(), a.to.clone(), plover.clone(), format!("{month} {:?} {:?}", a.code.cameo, a.source.rsplit('#').next())),
            None => (a.source.clone(), a.from.clone(), a.to.clone(), plover.clone(), month.clone()),
        };
        if !seen.insert(once) {
            continue;
        }
        let m = months.entry((month, a.from, a.to, plover)).or_default();
        m.0 += 1;
        if let Some(g) = a.code.goldstein {
            m.1 += f64::from(g);
            m.2 += 1;
        }
    }
    out.months = months
        .into_iter()
        .map(|((month, from, to, plover), (acts, sum, scored))| Month { month, from, to, plover, acts, goldstein: (scored > 0).then(|| (sum / f64::from(scored)) as f32) })
        .collect();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn event(id: &str, kind: &str, date: &str, parties: &[(&str, &str)], attributes: &[(&str, Value)]) -> Event {
        Event {
            id: id.into(),
            kind: kind.into(),
            status: "occurred".into(),
            parties: parties.iter().map(|(state, role)| Party { actor: format!("person:of-{state}"), role: (*role).into(), country: Some((*state).into()) }).collect(),
            date: Some(date.into()),
            attributes: attributes.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect(),
            code: Code { plover: Some("CONSULT".into()), goldstein: Some(if kind == "visit" { 1.9 } else { 2.5 }), ..Code::default() },
            ..Event::default()
        }
    }

    #[test]
    fn a_pair_over_time() {
        let of = pair("OMN", "BGR").expect("two states");
        let level = |article: &str, published: &str, wire: &str, level: &str| Level {
            pair: of.clone(),
            article: article.into(),
            published: Some(published.into()),
            wire: Some(wire.into()),
            level: Some(level.into()),
            ..Level::default()
        };
        let levels = [
            level("c", "2023-05-01", "c", "strategic-partnership"),
            level("a", "2020-01-01", "a", "partnership"),
            level("b", "2021-06-01", "b", "partnership"),
            level("d", "2021-06-02", "b", "partnership"),
        ];
        let events = [
            event("v2", "visit", "2022-11-14", &[("OMN", "visitor"), ("BGR", "host")], &[("ordinal", Value::from(2))]),
            event("s", "signing", "2022-03-06", &[("OMN", "party"), ("BGR", "party")], &[("subject", Value::from("ports"))]),
            event("v1", "visit", "2022-03-05", &[("OMN", "visitor"), ("BGR", "host")], &[]),
            event("x", "visit", "2022-03-05", &[("OMN", "visitor"), ("TUN", "host")], &[]),
        ];
        let s = standing(&of, &levels, &events, &[], &[]);
        assert_eq!(s.levels.iter().map(|l| (l.level.as_str(), l.independent, l.articles.len())).collect::<Vec<_>>(), [("partnership", 2, 3), ("strategic-partnership", 1, 1)]);
        assert_eq!(s.visits.iter().map(|v| (v.event.as_str(), v.ordinal)).collect::<Vec<_>>(), [("v1", None), ("v2", Some(2))]);
        assert_eq!(s.agreements.iter().map(|a| a.subject.as_deref()).collect::<Vec<_>>(), [Some("ports")]);
        // A visit is one act of the visitor's state, a signing one of each.
        let march: Vec<(&str, u32)> = s.months.iter().filter(|m| m.month == "2022-03").map(|m| (m.from.as_str(), m.acts)).collect();
        assert_eq!(march, [("BGR", 1), ("OMN", 2)]);
        let mean = s.months.iter().find(|m| m.month == "2022-03" && m.from == "OMN").and_then(|m| m.goldstein);
        assert!(mean.is_some_and(|g| (g - 2.2).abs() < 1e-6));
    }

    #[test]
    fn reprints_of_a_statement_are_one_act() {
        let of = pair("OMN", "BGR").expect("two states");
        let act = |source: &str, wire: &str| Act {
            from: "OMN".into(),
            to: "BGR".into(),
            date: Some("2022-03-05".into()),
            source: source.into(),
            wire: Some(wire.into()),
            ..Act::default()
        };
        let s = standing(&of, &[], &[], &[], &[act("a#s1", "w"), act("b#s1", "w"), act("c#s1", "c")]);
        assert_eq!(s.months.iter().map(|m| m.acts).collect::<Vec<_>>(), [2]);
    }
}
