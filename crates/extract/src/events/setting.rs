//! When and where: the nearest time and place in the clause, and what an event takes from its neighbours.
//! What must not live here: reading of time expressions (`calendar`).

use super::anchors::{Anchor, free_verb};
use super::merge::days;
use super::{Happening, NEAREST};
use crate::clause;
use crate::doc::*;
use crate::phrases::state_of;
use sijill_lexicon::{Clitic, Flag, Kind, NONE, Tag};

/// The time of the event: the nearest in its clause, behind the anchor rather than before it.
pub(super) fn time(d: &Doc, a: &Anchor, own: &[usize], lo: usize, hi: usize, outside: &[(usize, usize)]) -> Option<u32> {
    let start = a.light.map_or(a.at, |l| l.at);
    let mut best: Option<(usize, u32)> = None;
    for (k, t) in d.s.times.iter().enumerate() {
        let at = t.found.start as usize;
        if at < lo || at >= hi || outside.iter().any(|(f, e)| (*f..*e).contains(&at)) {
            continue;
        }
        let behind = at > start;
        // `وصل اليوم بعد أن أبرمت …`: the day of the other clause.
        if !behind && (t.found.end as usize..start).any(|x| d.tag(x, Tag::That)) {
            continue;
        }
        // `أول زيارة منذ سبعة أعوام`: since then it has not been.
        if t.found.kind == crate::calendar::FoundKind::Since && a.any_of(d, &["visit", "meeting", "call", "gathering", "signing", "message"]) {
            continue;
        }
        // No farther than this, whatever stands between.
        let reach = if behind { steps(d, start, at) } else { steps(d, at, start) };
        if reach >= 34 {
            continue;
        }
        // `ألمانيا، التي زارها في نيسان، قد سحبت …`: the time of the insertion.
        if !behind && inserted(d, t.found.start as usize, t.found.end as usize, lo, start) {
            continue;
        }
        // `كشف الرئيس أمس عن هجوم`: the day of the words, not of what they tell of.
        if !behind && a.noun && a.light.is_none() {
            let verb = (lo.max(at.saturating_sub(30))..at).rev().find(|&v| free_verb(d, v));
            let tells = verb.is_some_and(|v| d.flag(v, Flag::Speech) && !d.flag(v, Flag::Light) && !d.flag(v, Flag::Frame) && (v..a.at).all(|t| !d.comma(t) && !d.is_break(t)));
            if tells && (t.found.end as usize..a.at).all(|x| d.s.phrase_of[x] != NONE || !d.is_word(x) || clause::verb(d, x).is_none()) {
                continue;
            }
        }
        let distance = if behind { reach } else { reach + 6 };
        // Another clause's verb between shuts it out.
        let (p, q) = if behind { (a.end, at) } else { (t.found.end as usize, start) };
        // … but for the one that tells of the noun itself (`هجوم وقع أمس`, `الزيارة التي قام بها أمس`).
        let (p, tells) = if behind && a.noun { (own_clause(d, a, q), true) } else { (p, false) };
        let mut verbs = (p..q).filter(|&v| free_verb(d, v)).count();
        if behind && !tells {
            verbs += (p..q).filter(|&v| d.tag(v, Tag::Relative)).count();
        }
        // Another event's noun right before the time has it (`خلال لقائه اليوم`).
        let theirs =
            behind && at >= 1 && (at.saturating_sub(2)..at).any(|n| n >= a.end && !own.contains(&n) && d.s.phrase_of[n] == NONE && d.flag(n, Flag::NounFrame) && setting(d, n));
        let distance = distance + verbs * if behind { 26 } else { 18 } + if theirs { 18 } else { 0 };
        if distance < 34 && best.is_none_or(|(b, _)| distance < b) {
            best = Some((distance, k as u32));
        }
    }
    best.map(|(_, k)| k)
}

/// How far it is from one token to another, names and titles counted as one word each.
fn steps(d: &Doc, from: usize, to: usize) -> usize {
    let at = d.s.phrases.partition_point(|p| (p.start as usize) < from);
    let mut end = from;
    let mut long = 0;
    for p in d.s.phrases[at..].iter().take_while(|p| (p.end as usize) <= to) {
        long += (p.end as usize).saturating_sub(end.max(p.start as usize) + 1);
        end = end.max(p.end as usize);
    }
    (to - from) - long
}

/// Does the time at `from..to` stand in a relative clause of its own that a comma closes before the anchor?
fn inserted(d: &Doc, from: usize, to: usize, lo: usize, start: usize) -> bool {
    let closed = (to..start).any(|t| d.comma(t));
    let open = (lo..from).rev().take(14).take_while(|&t| !d.is_break(t)).find(|&t| d.tag(t, Tag::Relative) && !d.tag(t, Tag::Preposition));
    closed && open.is_some_and(|o| o > lo && d.comma(o - 1) && (o..from).any(|v| free_verb(d, v)))
}

/// Does the noun at `n` set the scene (`خلال لقائه`)?
pub(super) fn setting(d: &Doc, n: usize) -> bool {
    n > 0 && d.tag(n - 1, Tag::Setting) || d.s.analyses_at(n).iter().any(|a| a.pronoun().is_some())
}

/// Where the search begins behind a noun that a verb of its own follows at once, with a relative or without (`هجوم وقع`, `الغارة التي
/// شنها`): behind that verb.
pub(super) fn own_clause(d: &Doc, a: &Anchor, q: usize) -> usize {
    let adjectives = (a.end..q.min(a.end + 3)).take_while(|&t| d.is_word(t) && !d.tag(t, Tag::Preposition) && clause::verb(d, t).is_none() && d.s.phrase_of[t] == NONE).count();
    (a.end..q.min(a.end + adjectives + 2)).find(|&t| free_verb(d, t)).map_or(a.end, |v| v + 1)
}

/// The places of the event: the nearest phrase behind a preposition of place.
pub(super) fn places(d: &Doc, a: &Anchor, lo: usize, hi: usize, outside: &[(usize, usize)]) -> Vec<EntId> {
    let mut best: Option<(usize, Vec<EntId>)> = None;
    for p in &d.s.phrases {
        let at = p.start as usize;
        if at < lo || at >= hi || outside.iter().any(|(f, e)| (*f..*e).contains(&at)) {
            continue;
        }
        let ents: Vec<EntId> = p.ents.iter().map(|&e| d.root(e)).collect();
        let Some(kind) = ents.first().map(|&e| d.ent(e).kind) else { continue };
        if !matches!(kind, Kind::Place | Kind::Country) || kind == Kind::Country && ents.len() > 1 {
            continue;
        }
        if !(p.proclitics.has(Clitic::With) || located(d, at, kind == Kind::Place)) {
            continue;
        }
        let behind = at > a.at;
        let reach = if behind { steps(d, a.at, at) } else { steps(d, at, a.at) };
        if reach >= 60 {
            continue;
        }
        let (p0, q0) = if behind { (if a.noun { own_clause(d, a, at) } else { a.end }, at) } else { (p.end as usize, a.at) };
        let verbs = (p0..q0).filter(|&v| d.is_word(v) && d.s.phrase_of[v] == NONE && (d.tag(v, Tag::That) || clause::verb(d, v).is_some())).count()
            + if p0 == a.end || !behind { (p0..q0).filter(|&v| d.tag(v, Tag::Relative)).count() } else { 0 };
        // What opens the sentence holds for all of it (`وفي محافظة لحج، …`).
        let opens = !behind && at <= lo + 3 && verbs == 0;
        let distance = (if behind {
            reach
        } else if opens {
            8
        } else {
            reach + 6
        }) + verbs * 14
            + if kind == Kind::Country { 6 } else { 0 };
        if distance < 30 && best.as_ref().is_none_or(|(b, _)| distance < *b) {
            best = Some((distance, ents));
        }
    }
    if best.is_none() {
        // `أمام السفارة الأمريكية في تونس`: the town in a body's name.
        let inside = |m: &&Mention| {
            let at = m.start as usize;
            (lo..hi).contains(&at)
                && matches!(d.ent(m.ent).kind, Kind::Place | Kind::Country)
                && d.phrase(at).is_some_and(|(_, p)| p.start < m.start && m.end == p.end)
                && located(d, at, true)
        };
        return d.s.mentions.iter().find(inside).map(|m| vec![d.root(m.ent)]).unwrap_or_default();
    }
    best.map(|(_, e)| e).unwrap_or_default()
}

/// `هنا`: the place of the dateline.
pub(super) fn here(d: &Doc, a: &Anchor, lo: usize, hi: usize) -> Option<EntId> {
    let (from, to) = d.s.dateline?;
    let said = (lo.max(a.at.saturating_sub(20))..hi.min(a.at + 20)).any(|t| d.tag(t, Tag::Here));
    let place = |p: &Phrase| p.ents.first().map(|&e| d.root(e)).filter(|&e| d.ent(e).kind == Kind::Place);
    d.s.phrases.iter().filter(|p| said && from <= p.start && p.start < to).find_map(place)
}

/// Does a preposition say that something is in the place at token `at`: right before it, or before nouns that it completes (`في ريف …`,
/// `بمنطقة …`)?
pub(super) fn located(d: &Doc, at: usize, chain: bool) -> bool {
    let mut t = at;
    for step in 0..4 {
        let Some(b) = t.checked_sub(1) else { return false };
        if locative_in(d, b) {
            return true;
        }
        let noun = d.is_word(b) && d.s.phrase_of[b] == NONE && d.s.time_of[b] == NONE && !d.definite(b) && clause::verb(d, b).is_none();
        let head = d.flag(b, Flag::PlaceHead);
        // `في العاصمة الإيطالية روما`, `في العاصمة المؤقتة عدن`
        if d.is_word(b) && d.definite(b) && (head || b > 0 && d.definite(b - 1) && d.flag(b - 1, Flag::PlaceHead) && (d.flag(b, Flag::Demonym) || d.s.tags[b] == 0)) {
            t = b;
            continue;
        }
        if !noun || !(head || chain) || d.s.tags[b] != 0 && !d.tag(b, Tag::Quantifier) || step > 2 {
            return false;
        }
        if d.s.analyses_at(b).iter().any(|x| x.proclitics.has(Clitic::With)) {
            return head;
        }
        t = b;
    }
    false
}

/// A preposition that says where, not whence or whither.
pub(super) fn locative_in(d: &Doc, i: usize) -> bool {
    d.tag(i, Tag::Locative) && !d.tag(i, Tag::Direction)
}

/// The states of those who take part, or they themselves where they speak for none.
fn sides(d: &Doc, h: &Happening) -> Vec<String> {
    let mut out: Vec<String> = h.participants.iter().map(|(e, _)| state_of(d, *e).unwrap_or_else(|| format!("#{e}"))).collect();
    out.sort();
    out.dedup();
    out
}

/// What happens during or right after a dated event takes its date and place: an undated event of two parties that met in a dated
/// one, the nearest in the text.
pub(super) fn inherit(d: &Doc, list: &mut [Happening]) {
    let sides = |h: &Happening| sides(d, h);
    let phase = |h: &Happening| match h.status.as_str() {
        "planned" | "proposed" => 1,
        "cancelled" | "denied" => 2,
        _ => 0,
    };
    // What is planned for a visit of today or later happens on it.
    let today = d.s.today.map(|t| t.to_string());
    let coming = |h: &Happening| h.kind == "visit" && today.as_deref().zip(h.date.as_deref().and_then(|x| x.get(..10))).is_some_and(|(today, day)| day >= today);
    let year = |x: &str| x.get(..4).and_then(|y| y.parse::<i32>().ok());
    let this_year = today.as_deref().and_then(year);
    let long_ago = |h: &Happening| this_year.zip(h.date.as_deref().and_then(year)).is_some_and(|(now, then)| then + 1 < now);
    for k in 0..list.len() {
        if list[k].date.is_some() && list[k].place.is_some() || list[k].date.is_some() && list[k].kind == "visit" {
            continue;
        }
        if matches!(list[k].kind.as_str(), "attack" | "coercion" | "protest" | "office" | "sanction" | "mobilisation") {
            continue;
        }
        let own = sides(&list[k]);
        let best = (k.saturating_sub(NEAREST)..list.len().min(k + NEAREST))
            .filter(|&j| j != k && list[j].date.as_deref().is_some_and(|x| x.len() >= 10))
            // What happened years ago dates only what is told in the same breath.
            .filter(|&j| !long_ago(&list[j]) || list[j].sentence == list[k].sentence)
            .filter(|&j| phase(&list[j]) == phase(&list[k]) || phase(&list[k]) == 1 && phase(&list[j]) == 0 && coming(&list[j]))
            .filter(|&j| {
                let other = sides(&list[j]);
                let common = own.iter().filter(|s| other.contains(s)).count();
                common >= 2 || common == 1 && own.len() == 1 && list[j].within == list[k].within && list[j].anchor.abs_diff(list[k].anchor) < 60
            })
            .min_by_key(|&j| list[j].anchor.abs_diff(list[k].anchor));
        if let Some(j) = best {
            let (date, place) = (list[j].date.clone(), list[j].place);
            let same_day = list[k].date.as_ref().is_none_or(|x| Some(x) == date.as_ref());
            if list[k].date.is_none() {
                list[k].date = date;
            }
            if list[k].place.is_none() && same_day {
                list[k].place = place;
            }
        }
    }
}

/// Who travels meets where he travels to: an event without a place takes that of the nearest visit of one who takes part, or of the
/// nearest meeting of the same parties.
pub(super) fn settle(d: &Doc, list: &mut [Happening]) {
    let ahead = |h: &Happening| matches!(h.status.as_str(), "planned" | "proposed");
    for k in 0..list.len() {
        if list[k].place.is_some() || !matches!(list[k].kind.as_str(), "meeting" | "gathering" | "signing" | "accord") {
            continue;
        }
        let best = (k.saturating_sub(NEAREST)..list.len().min(k + NEAREST))
            .filter(|&j| j != k && list[j].place.is_some() && ahead(&list[j]) == ahead(&list[k]) && days(&list[j], &list[k]) && list[j].anchor.abs_diff(list[k].anchor) < 150)
            .filter(|&j| {
                let common = list[k].participants.iter().filter(|(e, _)| list[j].participants.iter().any(|(x, r)| x == e && r != "host")).count();
                // Two states agree where their ministers met, where the one visits the other.
                let agreed = || {
                    matches!(list[k].kind.as_str(), "accord" | "signing") && matches!(list[j].kind.as_str(), "visit" | "meeting" | "gathering") && {
                        let (own, other) = (sides(d, &list[k]), sides(d, &list[j]));
                        own.len() >= 2 && own.iter().all(|s| other.contains(s))
                    }
                };
                if list[j].kind == "visit" { common >= 1 && list[k].kind != "accord" || agreed() } else { common >= 2 && list[j].kind == "meeting" || agreed() }
            })
            // A state is the place of what is told in the same breath only.
            .filter(|&j| list[j].place.is_some_and(|p| d.ent(p).kind == Kind::Place) || list[j].anchor.abs_diff(list[k].anchor) < 15)
            .min_by_key(|&j| list[j].anchor.abs_diff(list[k].anchor));
        if let Some(j) = best {
            list[k].place = list[j].place;
        }
    }
}
