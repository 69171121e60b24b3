//! The comparison of one article's gold with its record.
//!
//! Pairs are made greedily, best first; of equals the one that comes first in gold, then in the record. That order is part
//! of the figures, and so is the order in which sums are taken.

use crate::figures::{Figures, Tally};
use crate::gold::{self, Gold};
use crate::norm::{compatible, day, edtf, norm, space};
use crate::pred::Pred;
use crate::text::{Range, Text, overlap};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Something missed or given too much, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    pub what: &'static str,
    pub detail: String,
}

/// Counts of parts of the layers: entities by type, statements by force, events by kind; by the layer and the name of the part.
pub type Parts = BTreeMap<(&'static str, String), Tally>;

/// What the comparison of articles leaves beside its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    pub misses: Vec<Miss>,
    /// A statement whose force
    /// was read wrongly counts as missed in the one and as too much in the other.
    pub parts: Parts,
}

impl Notes {
    fn miss(&mut self, what: &'static str, detail: String) {
        self.misses.push(Miss { what, detail });
    }

    /// Counts a layer by the parts to which its gold, its record and the pairs found belong.
    fn count<'a>(&mut self, layer: &'static str, gold: impl Iterator<Item = &'a str>, pred: impl Iterator<Item = &'a str>, found: impl Iterator<Item = &'a str>) {
        let mut part = |name: &str, more: Tally| *self.parts.entry((layer, name.to_owned())).or_default() += more;
        gold.for_each(|g| part(g, Tally::new(0, 1, 0)));
        pred.for_each(|p| part(p, Tally::new(0, 0, 1)));
        found.for_each(|f| part(f, Tally::new(1, 0, 0)));
    }
}

struct Pair {
    score: f64,
    gold: usize,
    pred: usize,
}

/// One-to-one pairs, best first.
fn greedy(mut pairs: Vec<Pair>) -> Vec<(usize, usize)> {
    // Stable: ties keep the order in which they were made.
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score));
    let (mut golds, mut preds) = (HashSet::new(), HashSet::new());
    let mut out = Vec::new();
    for p in pairs {
        if !golds.contains(&p.gold) && !preds.contains(&p.pred) {
            golds.insert(p.gold);
            preds.insert(p.pred);
            out.push((p.gold, p.pred));
        }
    }
    out
}

fn content(text: &Text, s: &gold::Statement, after: usize) -> Option<Range> {
    let (a, _) = text.find(&s.from, after).or_else(|| text.find(&s.from, 0))?;
    let (_, b) = text.find(&s.to, a)?;
    Some((a, b))
}

fn jaccard(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let all = a.union(b).count();
    if all == 0 { 0.0 } else { a.intersection(b).count() as f64 / all as f64 }
}

fn short(s: &str, n: usize) -> String {
    let mut out: String = s.chars().take(n).collect();
    if s.chars().nth(n).is_some() {
        out.push('…');
    }
    out.replace(['\n', '\t'], " ")
}

fn set(s: &BTreeSet<String>) -> String {
    s.iter().cloned().collect::<Vec<_>>().join(" ")
}

/// The figures of one article; what was missed or too much, and the counts of the parts, are added to `notes`.
pub fn score(gold: &Gold, text: &Text, pred: &Pred, notes: &mut Notes) -> Figures {
    let mut f = Figures::default();
    let ids = entities(gold, text, pred, &mut f, notes);
    let id = |key: &str| ids.get(key).cloned().unwrap_or_else(|| format!("missing:{key}"));
    roles(gold, pred, &ids, &id, &mut f);
    times(gold, text, pred, &mut f, notes);
    statements(gold, text, pred, &id, &mut f, notes);
    events(gold, text, pred, &id, &mut f, notes);

    let relation = |parties: BTreeSet<String>, level: &Option<String>| (parties, level.clone());
    let wanted: BTreeSet<_> = gold.relations.iter().flatten().map(|r| relation(r.parties.iter().map(|k| id(k)).collect(), &r.level)).collect();
    let given: BTreeSet<_> = pred.relations.iter().map(|r| relation(r.parties.iter().cloned().collect(), &r.level)).collect();
    f.relations = Tally::new(wanted.intersection(&given).count(), wanted.len(), given.len());

    if let Some(p) = gold.published.as_deref().filter(|p| !p.is_empty()) {
        f.published.add(compatible(Some(day(p)), pred.published.as_deref().map(day)));
    }

    let solid = |i: &usize| !text.char(*i).is_some_and(space);
    let wanted: BTreeSet<usize> = gold.boilerplate.iter().flatten().filter_map(|b| text.nth(&b.text, b.nth)).flat_map(|(a, b)| a..b).filter(solid).collect();
    let given: BTreeSet<usize> = pred.boilerplate.iter().flat_map(|b| b.start..b.end).filter(solid).collect();
    f.boilerplate = Tally::new(wanted.intersection(&given).count(), wanted.len(), given.len());

    let wanted: BTreeSet<&str> = gold.warnings.iter().flatten().map(|w| w.code.as_str()).collect();
    let given: BTreeSet<&str> = pred.warnings.iter().map(|w| w.code.as_str()).collect();
    f.warnings = Tally::new(wanted.intersection(&given).count(), wanted.len(), given.len());
    f
}

/// Pairs entities; returns which record id stands for which gold key.
fn entities(gold: &Gold, text: &Text, pred: &Pred, f: &mut Figures, notes: &mut Notes) -> BTreeMap<String, String> {
    let wanted: Vec<BTreeSet<String>> = gold.entities.iter().map(|e| e.names.iter().map(|n| norm(n)).collect()).collect();
    let given: Vec<BTreeSet<String>> = pred
        .entities
        .iter()
        .map(|e| e.mentions.iter().map(|m| norm(m.text.as_deref().filter(|t| !t.is_empty()).unwrap_or_else(|| text.slice((m.start, m.end))))).collect())
        .collect();
    let mut pairs = Vec::new();
    for (i, e) in gold.entities.iter().enumerate() {
        for (j, p) in pred.entities.iter().enumerate() {
            if e.kind != p.kind {
                continue;
            }
            if e.kind == "country" {
                let iso = p.iso3.clone().filter(|s| !s.is_empty()).unwrap_or_else(|| p.id.rsplit(':').next().unwrap_or("").to_uppercase());
                if iso != e.key {
                    continue;
                }
            }
            let common = wanted[i].intersection(&given[j]).count();
            if common > 0 {
                let all = wanted[i].union(&given[j]).count();
                pairs.push(Pair { score: common as f64 / all as f64 + common as f64, gold: i, pred: j });
            }
        }
    }
    let matched = greedy(pairs);
    f.entities = Tally::new(matched.len(), gold.entities.len(), pred.entities.len());
    notes.count(
        "entities",
        gold.entities.iter().map(|e| e.kind.as_str()),
        pred.entities.iter().map(|e| e.kind.as_str()),
        matched.iter().map(|&(i, _)| gold.entities[i].kind.as_str()),
    );
    let common = matched.iter().map(|&(i, j)| wanted[i].intersection(&given[j]).count()).sum();
    f.names = Tally::new(common, wanted.iter().map(BTreeSet::len).sum(), given.iter().map(BTreeSet::len).sum());
    for (i, e) in gold.entities.iter().enumerate() {
        if !matched.iter().any(|m| m.0 == i) {
            notes.miss("entity missed", format!("{} {}", e.kind, e.names.join(" | ")));
        }
    }
    for (j, p) in pred.entities.iter().enumerate() {
        if !matched.iter().any(|m| m.1 == j) {
            let names: Vec<&str> = given[j].iter().take(3).map(String::as_str).collect();
            notes.miss("entity spurious", format!("{} {}", p.kind, names.join(" | ")));
        }
    }
    matched.into_iter().map(|(i, j)| (gold.entities[i].key.clone(), pred.entities[j].id.clone())).collect()
}

fn roles(gold: &Gold, pred: &Pred, ids: &BTreeMap<String, String>, id: &dyn Fn(&str) -> String, f: &mut Figures) {
    // A bearer is compared by the last part of his id, so that `country:CHN` and a bare `CHN` are one.
    let last = |of: Option<&str>| of.filter(|s| !s.is_empty()).unwrap_or("None").rsplit(':').next().unwrap_or("").to_lowercase();
    let mut wanted = BTreeSet::new();
    for e in &gold.entities {
        for r in e.roles.iter().flatten() {
            let of = r.of.as_ref().map(|k| ids.get(k).unwrap_or(k));
            wanted.insert((id(&e.key), r.title.clone(), last(of.map(String::as_str))));
        }
    }
    let mut given = BTreeSet::new();
    for e in &pred.entities {
        for r in &e.roles {
            given.insert((e.id.clone(), r.title.clone(), last(r.of.as_deref())));
        }
    }
    f.roles = Tally::new(wanted.intersection(&given).count(), wanted.len(), given.len());
}

fn times(gold: &Gold, text: &Text, pred: &Pred, f: &mut Figures, notes: &mut Notes) {
    let wanted: Vec<Option<Range>> = gold.times.iter().map(|t| text.nth(&t.text, t.nth)).collect();
    let mut pairs = Vec::new();
    for (i, g) in gold.times.iter().enumerate() {
        for (j, p) in pred.times.iter().enumerate() {
            let Some(range) = wanted[i] else { continue };
            let score = overlap(range, (p.start, p.end));
            if score > 0.0 && edtf(Some(&g.edtf)) == edtf(Some(&p.edtf)) {
                pairs.push(Pair { score, gold: i, pred: j });
            }
        }
    }
    let matched = greedy(pairs);
    f.times = Tally::new(matched.len(), gold.times.len(), pred.times.len());
    for (i, g) in gold.times.iter().enumerate() {
        if !matched.iter().any(|m| m.0 == i) {
            let near: Vec<&str> = pred.times.iter().filter(|p| wanted[i].is_some_and(|r| overlap(r, (p.start, p.end)) > 0.0)).map(|p| p.edtf.as_str()).collect();
            notes.miss("time missed", format!("{} = {}, got {}", g.text, g.edtf, if near.is_empty() { "none".to_owned() } else { near.join(" ") }));
        }
    }
    for (j, p) in pred.times.iter().enumerate() {
        if !matched.iter().any(|m| m.1 == j) {
            notes.miss("time spurious", format!("{} = {}", short(text.slice((p.start, p.end)), 60), p.edtf));
        }
    }
}

fn statements(gold: &Gold, text: &Text, pred: &Pred, id: &dyn Fn(&str) -> String, f: &mut Figures, notes: &mut Notes) {
    struct Side<'a, S> {
        span: Option<Range>,
        speakers: BTreeSet<String>,
        of: &'a S,
    }
    // Gold lists statements in text order: each is looked for from the one before.
    let mut at = 0;
    let mut wanted = Vec::new();
    for s in &gold.statements {
        let span = content(text, s, at);
        at = span.map_or(at, |r| r.0);
        if !s.speaker.is_empty() {
            wanted.push(Side { span, speakers: s.speaker.iter().map(|k| id(k)).collect(), of: s });
        }
    }
    let given: Vec<_> = pred
        .statements
        .iter()
        .filter(|s| !s.speakers.is_empty())
        .map(|s| Side { span: Some((s.content.start, s.content.end)), speakers: s.speakers.iter().cloned().collect(), of: s })
        .collect();
    let near = |same_speakers: bool| {
        let mut pairs = Vec::new();
        for (i, g) in wanted.iter().enumerate() {
            for (j, p) in given.iter().enumerate() {
                let (Some(a), Some(b)) = (g.span, p.span) else { continue };
                let score = overlap(a, b);
                if score >= 0.5 && (!same_speakers || g.speakers == p.speakers) {
                    pairs.push(Pair { score, gold: i, pred: j });
                }
            }
        }
        greedy(pairs)
    };
    let matched = near(true);
    f.statements = Tally::new(matched.len(), wanted.len(), given.len());
    f.content = Tally::new(near(false).len(), wanted.len(), given.len());
    let right = matched.iter().filter(|&&(i, j)| wanted[i].of.force == given[j].of.force);
    notes.count("statements", wanted.iter().map(|s| s.of.force.as_str()), given.iter().map(|s| s.of.force.as_str()), right.map(|&(i, _)| wanted[i].of.force.as_str()));
    for &(i, j) in &matched {
        f.force.add(wanted[i].of.force == given[j].of.force);
    }
    for (i, g) in wanted.iter().enumerate() {
        if !matched.iter().any(|m| m.0 == i) {
            notes.miss("statement missed", format!("{} {} {}", set(&g.speakers), g.of.cue, short(&g.of.from, 50)));
        }
    }
    for (j, p) in given.iter().enumerate() {
        if !matched.iter().any(|m| m.1 == j) {
            notes.miss("statement spurious", format!("{} {}", set(&p.speakers), short(text.slice((p.of.content.start, p.of.content.end)), 60)));
        }
    }
}

fn events(gold: &Gold, text: &Text, pred: &Pred, id: &dyn Fn(&str) -> String, f: &mut Figures, notes: &mut Notes) {
    let wanted: Vec<BTreeSet<String>> = gold.events.iter().map(|e| e.participants.iter().map(|(k, _)| id(k)).collect()).collect();
    let given: Vec<BTreeSet<String>> = pred.events.iter().map(|e| e.participants.iter().map(|p| p.entity.clone()).collect()).collect();
    let same_place = |g: &gold::Event, p: &crate::pred::Event| g.place.as_deref().filter(|k| !k.is_empty()).map(|k| Some(id(k)) == p.place);
    let mut pairs = Vec::new();
    for (i, g) in gold.events.iter().enumerate() {
        for (j, p) in pred.events.iter().enumerate() {
            let share = jaccard(&wanted[i], &given[j]);
            if g.kind == p.kind && share >= 0.5 {
                let unit = |b: bool| f64::from(u8::from(b));
                let score = share + 0.3 * unit(g.status == p.status) + 0.3 * unit(compatible(g.date.as_deref(), p.date.as_deref())) + 0.1 * unit(same_place(g, p) == Some(true));
                pairs.push(Pair { score, gold: i, pred: j });
            }
        }
    }
    let matched = greedy(pairs);
    f.events = Tally::new(matched.len(), gold.events.len(), pred.events.len());
    notes.count("events", gold.events.iter().map(|e| e.kind.as_str()), pred.events.iter().map(|e| e.kind.as_str()), matched.iter().map(|&(i, _)| gold.events[i].kind.as_str()));
    let mut strict = 0;
    for &(i, j) in &matched {
        let (g, p) = (&gold.events[i], &pred.events[j]);
        let (status, date) = (g.status == p.status, compatible(g.date.as_deref(), p.date.as_deref()));
        f.status.add(status);
        f.date.add(date);
        if let Some(same) = same_place(g, p) {
            f.place.add(same);
        }
        strict += usize::from(status && date && wanted[i] == given[j]);
    }
    f.strict = Tally::new(strict, gold.events.len(), pred.events.len());
    for (i, g) in gold.events.iter().enumerate() {
        if !matched.iter().any(|m| m.0 == i) {
            notes.miss("event missed", format!("{} {} {}", g.kind, set(&wanted[i]), short(&g.evidence, 80)));
        }
    }
    for (j, p) in pred.events.iter().enumerate() {
        if !matched.iter().any(|m| m.1 == j) {
            let proof = p.evidence.first().map_or("", |s| text.slice((s.start, s.end)));
            notes.miss("event spurious", format!("{} {} {}", p.kind, set(&given[j]), short(proof, 80)));
        }
    }
}
