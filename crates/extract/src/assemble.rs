//! From what was found to the record: ids, spans in code points, codes, warnings.
//!
//! What must not live here: any search in the text.

use crate::calendar;
use crate::coding;
use crate::doc::*;
use crate::events::Happening;
use crate::registers;
use crate::relations::Standing;
use crate::statements::Said;
use sijill_lexicon::{Kind, NONE};
use sijill_record::{Boilerplate, Dateline, Entity, EntityType, Event, Participant, Record, Relation, Role, Statement, Time, Warning, Why};
use std::borrow::Cow;

pub(crate) struct Findings {
    pub said: Vec<Said>,
    pub happenings: Vec<Happening>,
    pub standings: Vec<Standing>,
    pub junk: Vec<crate::clean::JunkSpan>,
    pub dateline: Option<crate::clean::Dateline>,
    pub published: Option<String>,
    pub inferred: Option<(u32, u32)>,
}

pub(crate) fn record(d: &Doc, id: &str, f: Findings) -> Record {
    let mut out = Record { id: id.to_owned(), published: f.published.clone(), ..Record::default() };
    out.boilerplate = f
        .junk
        .iter()
        .map(|j| Boilerplate { span: d.span(j.start, j.end, 0), why: Why::new(format!("junk:{}", d.lex.junk.get(j.entry as usize).map_or("", |e| e.id.as_str())), "junk-pattern") })
        .collect();
    // Ids of all entities that are mentioned, in the order of their first mention.
    let n = d.s.ents.len();
    let mut mentions: Vec<Vec<crate::doc::Mention>> = vec![Vec::new(); n];
    for m in &d.s.mentions {
        mentions[d.root(m.ent) as usize].push(*m);
    }
    let ids: Vec<Option<String>> = ids(d, &mentions);
    let name = |e: EntId| ids[d.root(e) as usize].clone();
    let state = |iso: &str| format!("country:{iso}");
    let mut order: Vec<usize> = (0..n).filter(|&e| ids[e].is_some()).collect();
    order.sort_by_key(|&e| mentions[e].iter().map(|m| (m.start, m.end)).min());
    for e in order {
        let ent = &d.s.ents[e];
        let actor = ent.actor.map(|a| &d.lex.actors[a as usize]);
        let mut list: Vec<crate::doc::Mention> = mentions[e].clone();
        list.sort_by_key(|m| (m.start, m.end));
        list.dedup_by_key(|m| (m.start, m.end));
        let mentions = list
            .iter()
            .map(|m| sijill_record::Mention {
                span: d.span(m.start, m.end, m.letters),
                text: d.words(m.start, m.end, m.letters),
                by: Cow::Borrowed(if m.by_title { "title" } else { "name" }),
            })
            .collect();
        let roles = ent
            .roles
            .iter()
            .map(|r| Role {
                title: r.title.clone(),
                of: match &r.of {
                    // The speaker of a house that the words name is that house's, whose state he was known by.
                    OfWhom::State(iso) if r.title == "speaker-of-parliament" => house(d, r).and_then(name).or_else(|| Some(state(iso))),
                    OfWhom::State(iso) => Some(state(iso)),
                    OfWhom::Ent(b) => name(*b),
                    OfWhom::Register(a) => Some(format!("{}:{}", kind_of(d.lex.actors[*a as usize].kind).as_str(), d.lex.actors[*a as usize].id)),
                    OfWhom::Nobody => None,
                },
                span: d.span(r.start, r.end, 0),
                why: Why::new(d.lex.titles.get(r.title_id as usize).map_or_else(|| "unnamed_official".to_owned(), |t| format!("title:{}", t.id)), "title-phrase"),
            })
            .collect();
        out.entities.push(Entity {
            id: ids[e].clone().unwrap_or_default(),
            kind: kind_of(ent.kind),
            iso3: (ent.kind == Kind::Country).then(|| ent.country.clone()).flatten(),
            label_ar: actor.map_or_else(|| ent.label.clone(), |a| a.ar.clone()),
            label_en: actor.map(|a| a.en.clone()),
            known: actor.is_some(),
            mentions,
            roles,
            code: coding::actor(d, ent),
            why: Why::new(ent.why.0.clone(), ent.why.1),
        });
    }
    for t in &d.s.times {
        let span = d.span(t.found.start, t.found.end, t.found.skip_letters);
        out.times.push(Time { span, text: d.words(t.found.start, t.found.end, t.found.skip_letters), edtf: t.found.edtf.clone(), why: Why::new("calendar", t.found.rule) });
        if let Some((code, message)) = &t.found.warning {
            out.warnings.push(Warning { code: (*code).to_owned(), span, message: message.clone() });
        }
    }
    for (k, s) in f.said.iter().enumerate() {
        let within = (k.saturating_sub(20)..k).rev().find(|&w| f.said[w].content.0 <= s.cue.0 && s.cue.1 <= f.said[w].content.1).map(|w| format!("s{}", w + 1));
        let coded = coding::statement(d, s, k, &f.happenings);
        let content = d.span(s.content.0, s.content.1, s.content_letters);
        let date = d.s.times.iter().find(|t| t.found.start >= s.times.0 && t.found.start < s.times.1).map(|t| t.found.edtf.clone());
        out.statements.push(Statement {
            id: format!("s{}", k + 1),
            speakers: unique(s.speakers.iter().filter_map(|&e| name(e))),
            force: s.force.clone(),
            cue: d.span(s.cue.0, s.cue.1, s.cue_letters),
            content,
            direct: s.direct,
            targets: unique(s.targets.iter().filter_map(|&e| name(e))),
            date,
            within,
            plover: coded.plover,
            goldstein: coded.goldstein,
            cameo: coded.cameo,
            why: Why::new(s.entry.clone(), s.rule),
        });
    }
    for h in &f.happenings {
        let side = |role: &str| Cow::Borrowed(if d.lex.codes.receives(&h.kind, role) { "recipient" } else { "actor" });
        let participants: Vec<Participant> = h.participants.iter().filter_map(|(e, r)| name(*e).map(|entity| Participant { entity, role: r.clone(), side: side(r) })).collect();
        if participants.is_empty() {
            continue;
        }
        let coded = coding::event(d, h);
        out.events.push(Event {
            id: format!("e{}", out.events.len() + 1),
            kind: h.kind.clone(),
            status: h.status.clone(),
            participants,
            date: h.date.clone(),
            place: h.place.and_then(name),
            evidence: h.evidence.iter().map(|(a, b)| d.span(*a, *b, 0)).collect(),
            attributes: h.attributes.clone(),
            plover: coded.plover,
            goldstein: coded.goldstein,
            cameo: coded.cameo,
            within: h.within.map(|w| format!("s{}", w + 1)),
            why: Why::new(format!("frame:{}", d.lex.frames[h.frame as usize].id), h.rule),
        });
    }
    for s in &f.standings {
        if let (Some(a), Some(b)) = (name(s.parties[0]), name(s.parties[1])) {
            out.relations.push(Relation {
                parties: vec![a, b],
                level: s.level.clone(),
                established: s.established.clone(),
                span: d.span(s.span.0, s.span.1, 0),
                why: Why::new(s.entry.clone(), "level-words"),
            });
        }
    }
    if let Some(x) = f.dateline {
        let date = x.date.and_then(|(a, b)| d.s.times.iter().find(|t| t.found.start >= a && t.found.start < b).map(|t| t.found.edtf.clone()));
        out.dateline = Some(Dateline { place: x.place.map(|(a, b)| d.words(a, b, 0)), date, agency: x.agency.map(|(a, b)| d.words(a, b, 0)), span: d.span(x.start, x.end, 0) });
    }
    if let Some((a, b)) = f.inferred {
        out.warnings.push(Warning {
            code: "date-inferred".into(),
            span: d.span(a, b, 0),
            message: format!("the year {} is inferred from these words", f.published.as_deref().unwrap_or("")),
        });
    }
    registers::check(d, &f, &mut out);
    out.warnings.sort_by_key(|w| w.span);
    out
}

fn unique(list: impl Iterator<Item = String>) -> Vec<String> {
    let mut out = Vec::new();
    for x in list {
        if !out.contains(&x) {
            out.push(x);
        }
    }
    out
}

fn kind_of(k: Kind) -> EntityType {
    match k {
        Kind::Person => EntityType::Person,
        Kind::Country => EntityType::Country,
        Kind::Place => EntityType::Place,
        Kind::Organization => EntityType::Organization,
        Kind::Forum => EntityType::Forum,
        Kind::Initiative => EntityType::Initiative,
    }
}

/// Register ids, or minted ones: the words of the first mention, hyphenated, made unique.
fn ids(d: &Doc, mentions: &[Vec<crate::doc::Mention>]) -> Vec<Option<String>> {
    let mut out: Vec<Option<String>> = Vec::with_capacity(mentions.len());
    let mut given: rustc_hash::FxHashMap<String, u32> = rustc_hash::FxHashMap::default();
    for (e, ent) in d.s.ents.iter().enumerate() {
        if ent.merged.is_some() || mentions[e].is_empty() {
            out.push(None);
            continue;
        }
        let kind = kind_of(ent.kind).as_str();
        let id = match ent.actor {
            Some(a) => format!("{kind}:{}", d.lex.actors[a as usize].id),
            None => {
                // Most are plain letters, and the tables of Unicode are dear to ask.
                let inner = |c: char| sijill_text::is_arabic_letter(c) || c.is_alphanumeric();
                let slug: Vec<String> = sijill_text::fold(&ent.label).split(|c: char| !inner(c)).filter(|w| !w.is_empty()).map(str::to_owned).collect();
                let base = format!("{kind}:{}", slug.join("-"));
                let n = given.entry(base.clone()).and_modify(|n| *n += 1).or_insert(1);
                if *n == 1 { base } else { format!("{base}-{n}") }
            }
        };
        out.push(Some(id));
    }
    out
}

/// Puts the times into the scratch, in order.
pub(crate) fn times(s: &mut Scratch, found: Vec<calendar::Found>) {
    s.time_of.fill(NONE);
    s.times.clear();
    for f in found {
        let k = s.times.len() as u32;
        for t in f.start..f.end {
            if let Some(slot) = s.time_of.get_mut(t as usize) {
                *slot = k;
            }
        }
        s.times.push(TimeFound { found: f });
    }
}

/// The body whose name stands within the words of a role.
fn house(d: &Doc, r: &RoleFound) -> Option<EntId> {
    (r.start + 1..r.end).find_map(|t| {
        let m = d.s.mentions.get(*d.s.mention_of.get(t as usize)? as usize)?;
        (m.start == t && m.end <= r.end && d.ent(m.ent).kind == Kind::Organization).then_some(m.ent)
    })
}
