//! Several reports of one happening are one event; one sentence may tell of several.
//! What must not live here: events of other articles.

use super::anchors::Anchor;
use super::report::people_first;
use super::{Happening, NEAREST};
use crate::clause;
use crate::doc::*;
use crate::phrases::state_of;
use sijill_lexicon::{Flag, Kind, Link, Tag};

/// Violence and its deaths told in one sentence are one attack (`قتل خمسة من … في غارة شنها …`). What has no participant of its own
/// only adds to its neighbour.
pub(super) fn fuse(d: &Doc, list: Vec<Happening>) -> Vec<Happening> {
    let mut out: Vec<Happening> = Vec::new();
    for h in list {
        if h.kind == "attack"
            && let Some(o) = out.iter_mut().rev().take(4).find(|o| linked(d, o, &h) || again(d, o, &h))
        {
            join(d, o, h);
            continue;
        }
        out.push(h);
    }
    out.retain(|h| !h.participants.is_empty() && h.firm);
    out
}

pub(super) fn linked(d: &Doc, a: &Happening, b: &Happening) -> bool {
    let (p, q) = (a.anchor as usize, b.anchor as usize);
    if a.kind != "attack" || a.sentence != b.sentence || q < p || q - p > 32 || a.within != b.within && !a.participants.is_empty() && !b.participants.is_empty() {
        return false;
    }
    if (p..q).any(|t| d.tag(t, Tag::Apart) || d.links_at(t).any(|m| matches!(m.link, Link::Tag(Tag::Apart))) || matches!(d.mark(t), Some('\u{061B}' | ';'))) {
        return false;
    }
    if a.status != b.status || !days(a, b) || !spots(d, a, b) {
        return false;
    }
    let has = |h: &Happening, role: &str| h.participants.iter().any(|(_, r)| r == role);
    let bare = a.participants.is_empty() || b.participants.is_empty();
    // `غارات للجيش استهدفت قوات …`: the clause tells of the noun; one names the doer, the other whom it hit.
    let joins = d.s.analyses_at(q).iter().any(|y| y.readings.0 != y.readings.1 && y.proclitics.joins());
    let tells = b.rule == "verb-frame"
        && !joins
        && has(a, "actor") != has(b, "actor")
        && has(a, "target") != has(b, "target")
        && (q.saturating_sub(8)..q).any(|t| d.flag(t, Flag::NounFrame));
    let noun = b.rule != "verb-frame";
    let victims = a.victims || b.victims;
    tells || bare && (victims || noun) || victims && (noun || a.rule != "verb-frame") && !(has(a, "actor") && has(b, "actor"))
}

/// `وتبنى التنظيم الهجوم`, `أسفر القصف عن مقتل …`: the violence told of in the sentences before.
pub(super) fn again(d: &Doc, a: &Happening, b: &Happening) -> bool {
    let known = b.rule != "verb-frame" && d.definite(b.anchor as usize) && d.flag(b.anchor as usize, Flag::NounFrame) || b.claim;
    let has = |h: &Happening, role: &str| h.participants.iter().any(|(_, r)| r == role);
    let apart = has(a, "actor") && has(b, "actor") || has(a, "target") && has(b, "target");
    known && a.kind == "attack" && b.sentence > a.sentence && b.sentence <= a.sentence + 3 && days(a, b) && spots(d, a, b) && !apart && a.status == "occurred"
}

pub(super) fn join(d: &Doc, into: &mut Happening, h: Happening) {
    if !into.sure && h.sure {
        // A name goes before a guess.
        into.participants.retain(|(_, r)| !h.participants.iter().any(|(_, x)| x == r));
    }
    let (empty, guessed) = (into.participants.is_empty(), into.sure && !h.sure);
    for (e, r) in h.participants {
        if !guessed && !into.participants.iter().any(|(x, _)| *x == e) {
            into.participants.push((e, r));
        }
    }
    into.date = into.date.take().or(h.date);
    into.place = finer(d, into.place, h.place);
    for (k, v) in h.attributes {
        into.attributes.entry(k).or_insert(v);
    }
    // Two that are named, or deaths and their cause, are a report.
    into.firm |= h.firm || h.sure && into.sure || (into.victims || h.victims) && (h.sure || into.sure);
    into.sure |= h.sure;
    into.victims &= h.victims;
    // Evidence proves the participants first.
    if empty {
        into.evidence.splice(0..0, h.evidence);
    } else {
        into.evidence.extend(h.evidence);
    }
}

/// Do the dates agree, or is one open?
pub(super) fn days(a: &Happening, b: &Happening) -> bool {
    let (Some(x), Some(y)) = (&a.date, &b.date) else { return true };
    let (x, y) = (x.trim_end_matches('?'), y.trim_end_matches('?'));
    x.starts_with(y) || y.starts_with(x) || x.contains('/') || y.contains('/')
}

/// Do the places agree, or is one open, or one in the other?
pub(super) fn spots(d: &Doc, a: &Happening, b: &Happening) -> bool {
    let (Some(x), Some(y)) = (a.place, b.place) else { return true };
    let inside = |p: EntId, q: EntId| d.ent(q).kind == Kind::Country && d.ent(p).country == d.ent(q).country;
    x == y || inside(x, y) || inside(y, x)
}

/// Of two places of one event the one inside the other.
pub(super) fn finer(d: &Doc, a: Option<EntId>, b: Option<EntId>) -> Option<EntId> {
    match (a, b) {
        (Some(x), Some(y)) if d.ent(x).kind == Kind::Country && d.ent(y).kind == Kind::Place && d.ent(y).country == d.ent(x).country => Some(y),
        (a, b) => a.or(b),
    }
}

/// Two hosts are two visits; meetings "respectively" are one each.
pub(super) fn split(d: &Doc, a: &Anchor, h: &Happening, from: usize, to: usize, out: &mut Vec<Happening>) -> bool {
    let hosts: Vec<EntId> = h.participants.iter().filter(|(e, r)| r == "host" && d.ent(*e).kind == Kind::Country).map(|p| p.0).collect();
    if h.kind == "visit" && hosts.len() > 1 {
        for host in hosts {
            let mut one = h.clone();
            one.participants.retain(|(e, r)| r != "host" || *e == host);
            one.place = Some(host);
            out.push(one);
        }
        return true;
    }
    // A call has two ends: `تلقى اتصالين من فلان وفلان`.
    if h.kind == "call" && h.participants.len() == 3 && !h.mutual {
        let people: Vec<EntId> = h.participants.iter().map(|p| p.0).filter(|&e| d.ent(e).kind == Kind::Person).collect();
        let states: Vec<Option<String>> = people.iter().map(|&e| state_of(d, e)).collect();
        if people.len() == 3
            && h.side.len() == 1
            && people.contains(&h.side[0])
            && states.iter().all(Option::is_some)
            && states[0] != states[1]
            && states[1] != states[2]
            && states[0] != states[2]
        {
            for (e, role) in h.participants.iter().filter(|(e, _)| *e != h.side[0]) {
                let mut one = h.clone();
                one.participants = vec![(h.side[0], role.clone()), (*e, role.clone())];
                out.push(one);
            }
            return true;
        }
    }
    let each = || (from..to).any(|t| d.tag(t, Tag::Respectively) || d.links_at(t).any(|m| matches!(m.link, Link::Tag(Tag::Respectively))));
    // `التقى الوزير كلا من العاهل الأردني وأمير الكويت`: those of several states are met one by one.
    if h.kind == "meeting" && !a.noun && !each() && !h.side.is_empty() && (a.end..to.min(a.end + 12)).any(|t| d.tag(t, Tag::Each)) {
        let met: Vec<(EntId, String)> = h.participants.iter().filter(|(e, _)| !h.side.contains(e)).cloned().collect();
        let mut states: Vec<Option<String>> = met.iter().map(|(e, _)| state_of(d, *e)).collect();
        states.sort();
        states.dedup();
        let apart = met.len() >= 2 && states.len() == met.len() && states.iter().all(Option::is_some);
        for m in met.iter().filter(|_| apart) {
            let mut one = h.clone();
            one.participants.retain(|p| h.side.contains(&p.0) || p == m);
            out.push(one);
        }
        return apart;
    }
    if h.kind == "meeting" && !a.noun && h.participants.len() > 2 && each() {
        let r = a.reading.unwrap_or_else(|| unreachable!("a verb anchor has its reading"));
        let Some(p) = clause::subject(d, a.at, &r, from, to).phrase else { return false };
        let own: Vec<EntId> = d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).collect();
        if own.len() != 1 {
            return false;
        }
        for (e, role) in h.participants.iter().filter(|(e, _)| !own.contains(e)) {
            let mut one = h.clone();
            one.participants = vec![(own[0], role.clone()), (*e, role.clone())];
            out.push(one);
        }
        return true;
    }
    false
}

/// Several reports of one event in an article are one event.
pub(super) fn merge(d: &Doc, list: Vec<Happening>) -> Vec<Happening> {
    let mut out: Vec<Happening> = Vec::new();
    for h in list {
        if (d.lex.frames[h.frame as usize].anaphoric || h.attended)
            && let Some(o) = out.iter_mut().rev().find(|o| o.kind == h.kind && o.status == h.status || matches!(o.kind.as_str(), "meeting" | "gathering") && o.anchor < h.anchor)
        {
            absorb(d, o, h);
            continue;
        }
        let near = out.len().saturating_sub(NEAREST);
        match out[near..].iter().position(|o| same(d, o, &h)).map(|k| near + k) {
            Some(k) => absorb(d, &mut out[k], h),
            None => out.push(h),
        }
    }
    // What only the headline says is kept where the body reports nothing of the kind.
    let body: Vec<(String, Vec<EntId>)> = out.iter().filter(|h| !h.headline).map(|h| (h.kind.clone(), h.participants.iter().map(|p| p.0).collect())).collect();
    out.retain(|h| !h.headline || !body.iter().any(|(k, p)| *k == h.kind && h.participants.iter().any(|x| p.contains(&x.0))));
    out
}

pub(super) fn same(d: &Doc, a: &Happening, b: &Happening) -> bool {
    if a.kind != b.kind || a.item != b.item {
        return false;
    }
    let statuses = a.status == b.status || matches!((a.status.as_str(), b.status.as_str()), ("occurred", "ongoing") | ("ongoing", "occurred")) || a.headline || b.headline;
    let mention = |h: &Happening| h.rule == "event-noun" && h.date.is_none() && h.status == "occurred";
    // `زيارته` without a host tells of a visit told of elsewhere.
    let hostless = |h: &Happening| h.kind == "visit" && h.rule == "event-noun" && h.participants.len() == 1 && h.participants[0].1 == "visitor";
    if (hostless(a) || hostless(b)) && a.participants.iter().any(|p| p.1 == "visitor" && b.participants.contains(p)) {
        return true;
    }
    if !statuses && !mention(a) && !mention(b) {
        return false;
    }
    if !days(a, b) || !spots(d, a, b) {
        return false;
    }
    if a.attributes.get("ordinal") != b.attributes.get("ordinal") && a.attributes.contains_key("ordinal") && b.attributes.contains_key("ordinal") {
        return false;
    }
    let set = |h: &Happening| -> Vec<EntId> { h.participants.iter().map(|p| p.0).collect() };
    let (x, y) = (set(a), set(b));
    // A person and the state that he speaks for meet in one event.
    let covers = |x: &[EntId], y: &[EntId]| {
        y.iter().all(|e| {
            x.contains(e)
                || x.iter().any(|f| {
                    matches!(d.ent(*f).kind, Kind::Person | Kind::Organization) && d.ent(*e).kind == Kind::Country && state_of(d, *f) == d.ent(*e).country && x.len() >= y.len()
                })
        })
    };
    // Police, authorities and their state arrest the same people.
    if matches!(a.kind.as_str(), "coercion" | "mobilisation") {
        let side = |h: &Happening, role: &str| -> Vec<String> {
            let mut out: Vec<String> = h
                .participants
                .iter()
                .filter(|(_, r)| (r == "actor") == (role == "actor"))
                .map(|(e, _)| state_of(d, *e).filter(|_| role == "actor").unwrap_or_else(|| format!("#{e}")))
                .collect();
            out.sort();
            out.dedup();
            out
        };
        let (p, q) = (side(a, "target"), side(b, "target"));
        if side(a, "actor") == side(b, "actor") && !side(a, "actor").is_empty() && (p == q || p.is_empty() || q.is_empty()) {
            return true;
        }
        if p == q && !p.is_empty() && p.iter().any(|t| t.starts_with('#')) && a.date == b.date {
            return true;
        }
    }
    covers(&x, &y) || covers(&y, &x)
}

pub(super) fn absorb(d: &Doc, into: &mut Happening, h: Happening) {
    let bodies = matches!(into.kind.as_str(), "coercion" | "mobilisation") && into.participants.iter().any(|(_, r)| r == "actor");
    if bodies && into.headline && !h.headline && h.participants.iter().any(|(_, r)| r == "actor") {
        into.participants.retain(|(_, r)| r != "actor");
    }
    let closer = bodies && h.participants.iter().any(|(e, r)| r == "actor" && d.ent(*e).kind == Kind::Organization);
    if closer && into.participants.iter().all(|(e, r)| r != "actor" || d.ent(*e).kind == Kind::Country) {
        // The body that acts rather than its state.
        into.participants.retain(|(_, r)| r != "actor");
    }
    let bodies = bodies && into.participants.iter().any(|(_, r)| r == "actor");
    for (e, r) in h.participants {
        if bodies && r == "actor" {
            continue;
        }
        if !into.participants.iter().any(|(x, _)| *x == e) {
            into.participants.push((e, r));
        }
    }
    people_first(d, &mut into.participants, &into.kind);
    if into.date.is_none() {
        into.date = h.date;
    }
    into.place = finer(d, into.place, h.place);
    into.sure |= h.sure;
    for (k, v) in h.attributes {
        into.attributes.entry(k).or_insert(v);
    }
    if into.rule == "event-noun" && h.rule != "event-noun" && into.status == "occurred" {
        into.status = h.status.clone();
        into.rule = h.rule;
    }
    if into.headline && !h.headline {
        into.headline = false;
        into.evidence = h.evidence;
        into.status = h.status;
        into.frame = h.frame;
        into.anchor = h.anchor;
        into.within = h.within;
    } else if into.evidence.len() < 4 {
        into.evidence.extend(h.evidence);
    }
}
