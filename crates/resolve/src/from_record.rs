//! From the record of one article to what resolution compares: sightings, reports.
//!
//! What must not live here: anything that needs a second article.

use crate::edtf;
use crate::facts::{Cover, Facts};
use crate::model::{Code, Held, Identity, Party, Report, Sighting, Source};
use rustc_hash::FxHashMap;
use sijill_record::{Entity, EntityType, Plover, Record};
use std::collections::BTreeMap;

/// The state behind an entity id of the record: of a country itself, of a known body, of a ministry that names its nation.
fn state_of(id: &str, record: &Record, facts: &Facts) -> Option<String> {
    if let Some(iso) = id.strip_prefix("country:") {
        return Some(iso.to_owned());
    }
    if let Some(c) = facts.country_of(id) {
        return Some(c.to_owned());
    }
    if !id.starts_with("organization:") {
        return None;
    }
    let e = record.entities.iter().find(|e| e.id == id)?;
    facts.nation(&facts.name(&e.label_ar)).map(str::to_owned)
}

/// The state for which an actor of the record acts: what its roles say, else what a register knows of it on that day.
pub fn country(e: &Entity, record: &Record, facts: &Facts) -> Option<String> {
    if e.kind != EntityType::Person {
        return e.iso3.clone().or_else(|| state_of(&e.id, record, facts));
    }
    if let Some(c) = e.roles.iter().filter_map(|r| r.of.as_deref()).find_map(|of| state_of(of, record, facts)) {
        return Some(c);
    }
    // Whoever speaks for an international body here is nobody's minister, whatever he was before.
    if e.roles.iter().any(|r| r.of.as_deref().is_some_and(|of| of.starts_with("forum:"))) {
        return None;
    }
    let states = facts.countries_of(&e.id);
    let day = record.published.as_deref().and_then(edtf::day);
    let current = |c: &&String| day.is_some_and(|d| facts.terms_of(&e.id).any(|t| &t.country == *c && t.covers(d) != Cover::No));
    match states {
        [one] => Some(one.clone()),
        _ => states.iter().find(current).cloned(),
    }
}

/// The state that an actor's id names: other articles may know more of a person than this one says.
pub fn state_in_id(actor: &str) -> Option<String> {
    let state = actor.strip_prefix("office:").or_else(|| actor.strip_prefix("person:"))?.split(':').next()?;
    (state.len() == 3 && state.len() < actor.len() - "person:".len() && state.bytes().all(|b| b.is_ascii_uppercase())).then(|| state.to_owned())
}

/// The actors of an article.
pub fn sightings(record: &Record, source: &Source, facts: &Facts) -> Vec<Sighting> {
    record
        .entities
        .iter()
        .map(|e| {
            let mut names: Vec<String> = Vec::new();
            for m in &e.mentions {
                if !names.contains(&m.text) {
                    names.push(m.text.clone());
                }
            }
            let mut roles: Vec<Held> = Vec::new();
            for r in &e.roles {
                let held = Held { title: r.title.clone(), of: r.of.clone(), country: r.of.as_deref().and_then(|of| state_of(of, record, facts)) };
                if !roles.contains(&held) {
                    roles.push(held);
                }
            }
            Sighting {
                article: source.article.clone(),
                entity: e.id.clone(),
                kind: e.kind.as_str().to_owned(),
                known: e.known,
                label_ar: e.label_ar.clone(),
                label_en: e.label_en.clone(),
                names,
                unnamed: e.kind == EntityType::Person && !e.known && !e.mentions.is_empty() && e.mentions.iter().all(|m| m.by == "title"),
                roles,
                published: record.published.clone(),
            }
        })
        .collect()
}

/// The events of an article, with actors in place of its entities. `identities` are those of this article's sightings.
pub fn reports(record: &Record, source: &Source, identities: &[Identity], facts: &Facts) -> Vec<Report> {
    let actor: FxHashMap<&str, &str> = identities.iter().filter(|i| i.article == source.article).map(|i| (i.entity.as_str(), i.actor.as_str())).collect();
    let entity: FxHashMap<&str, &Entity> = record.entities.iter().map(|e| (e.id.as_str(), e)).collect();
    let name = |id: &str| actor.get(id).map_or_else(|| id.to_owned(), |a| (*a).to_owned());
    let state = |id: &str| actor.get(id).and_then(|a| state_in_id(a)).or_else(|| entity.get(id).and_then(|e| country(e, record, facts)));
    record
        .events
        .iter()
        .map(|e| {
            let mut parties: Vec<Party> = e.participants.iter().map(|p| Party { actor: name(&p.entity), role: p.role.clone(), country: state(&p.entity) }).collect();
            parties.sort();
            parties.dedup();
            let evidence = e.evidence.first().copied().unwrap_or_default();
            let claimed = e.within.as_ref().and_then(|w| record.statements.iter().find(|s| &s.id == w));
            Report {
                article: source.article.clone(),
                event: e.id.clone(),
                kind: e.kind.clone(),
                status: e.status.clone(),
                parties,
                date: e.date.clone(),
                place: e.place.as_deref().map(name),
                place_country: e.place.as_deref().and_then(|p| state_of(p, record, facts)),
                published: record.published.clone(),
                outlet: source.outlet.clone(),
                wire: source.wire.clone(),
                claimed_by: claimed.map_or_else(Vec::new, |s| s.speakers.iter().map(|p| name(p)).collect()),
                attributes: e.attributes.iter().map(|(k, v)| (k.clone(), v.clone())).collect::<BTreeMap<_, _>>(),
                code: code(e.plover.as_ref(), e.cameo.as_deref(), e.goldstein),
                start: evidence.start,
                end: evidence.end,
            }
        })
        .collect()
}

pub(crate) fn code(plover: Option<&Plover>, cameo: Option<&str>, goldstein: Option<f32>) -> Code {
    Code { plover: plover.map(|p| p.kind.clone()), mode: plover.and_then(|p| p.mode.clone()), quad: plover.and_then(|p| p.quad), cameo: cameo.map(str::to_owned), goldstein }
}
