//! Occurred, going on, planned, proposed, cancelled, denied, or no report of an event at all.
//! What must not live here: dates (`setting`).

use super::anchors::Anchor;
use super::around::Around;
use super::doers::purpose;
use crate::clause;
use crate::doc::*;
use sijill_lexicon::{Clitic, Flag, Frame, Kind, Link, NONE, Pos, Reading, Tag};

/// The status of the event, or none where the words do not report it as an event at all.
pub(super) fn status(d: &Doc, a: &Anchor, x: &Around, frame: &Frame, from: usize, headline: bool) -> Option<String> {
    let verb_at = if a.noun { a.light.map(|l| l.at) } else { Some(a.at) };
    // `الاتفاق المبرم بين …`: what it is told of for may not be, it is.
    if a.noun && a.reading.is_some_and(|r| r.pos() == Pos::PassiveParticiple) {
        return Some("occurred".into());
    }
    let mut status = String::from("occurred");
    if let Some(v) = verb_at {
        let r = a.light.map(|l| l.reading).or(a.reading)?;
        let future = a.light.map_or_else(|| clause::verb(d, v).is_some_and(|(an, _)| an.proclitics.has(Clitic::Future)) || v > 0 && d.tag(v - 1, Tag::Future), |l| l.future);
        let b = v.checked_sub(1);
        if b.is_some_and(|b| d.tag(b, Tag::NegationPast) || d.tag(b, Tag::NegationFuture) || d.tag(b, Tag::Negation)) {
            return None;
        }
        if b.is_some_and(|b| d.tag(b, Tag::Conditional) && !d.tag(b, Tag::That)) {
            return None;
        }
        if future {
            status = "planned".into();
        } else if r.pos() == Pos::Imperfect {
            // `قد يزور`: may visit.
            if b.is_some_and(|b| d.tag(b, Tag::VerbParticle)) {
                return None;
            }
            // `أن يزور`, `ليزور`: no report by itself; what governs it decides below.
            let purpose = clause::verb(d, v).is_some_and(|(an, _)| an.proclitics.has(Clitic::For));
            if purpose || b.is_some_and(|b| d.tag(b, Tag::That) && bare_that(d, b)) {
                // `…، على أن يتوجه بعد ذلك إلى …`: what is to follow.
                let next = b.is_some_and(|b| b >= from + 2 && d.tag(b - 1, Tag::Preposition) && d.comma(b - 2));
                match modal(d, v, from, true) {
                    Some(effect) if effect != "hypothetical" => return Some(effect),
                    None if next && matches!(frame.kind.as_str(), "visit" | "meeting" | "gathering" | "signing" | "call") => return Some("planned".into()),
                    _ => return None,
                }
            }
            // The imperfect tells what goes on; a headline has it for what happened.
            let lasting = matches!(frame.kind.as_str(), "attack" | "coercion" | "aid" | "mobilisation" | "sanction") && !headline;
            let told = b.is_some_and(|b| d.tag(b, Tag::Auxiliary)) || clause::verb(d, v).is_some_and(|(an, _)| an.proclitics.has(Clitic::For));
            // `مواقع تتمركز فيها القوات`, `مدينة تسيطر عليها`: how things stand, not what is done.
            let state = frame.kind == "mobilisation" || frame.kind == "attack" && b.is_some_and(|b| d.tag(b, Tag::Relative));
            if state && b.is_some_and(|b| d.is_word(b)) && d.tag(v + 1, Tag::Bound) {
                return None;
            }
            if frame.kind == "visit" || lasting && !told {
                status = "ongoing".into();
            } else if matches!(frame.kind.as_str(), "meeting" | "call" | "gathering" | "signing")
                && !headline
                && !told
                && r.person() == 3
                && (!a.noun || a.light.is_some_and(|l| personal(d, l.light)))
            {
                // In the body of the news it tells what is to come.
                status = "planned".into();
            }
        }
        if let Some(effect) = a.light.and_then(|l| d.lex.lights[l.light as usize].effect.clone())
            && (STATUSES.contains(&effect.as_str()) || effect == "begun")
            && status == "occurred"
        {
            // `بدأت حملة قصف`: told of the past, what was begun has happened.
            let begun = r.pos() == Pos::Perfect && matches!(frame.kind.as_str(), "attack" | "coercion" | "meeting" | "protest");
            if effect != "begun" {
                status = effect;
            } else if !begun {
                status = "ongoing".into();
            }
        }
        // `دعا … خلال لقاء جمعهما`: the clause belongs to its noun, not to what governs that.
        let told = !a.noun && a.pronoun && v > from && d.is_word(v - 1) && (d.flag(v - 1, Flag::NounFrame) || d.flag(v - 1, Flag::Class));
        if let Some(effect) = modal(d, v, from, true).filter(|_| !told) {
            if effect == "hypothetical" || effect == "denied" && !deniable(frame) {
                return None;
            }
            status = effect;
        }
    }
    if a.noun {
        // `إذا قررت لندن تجديد العقوبات`: no report.
        let mut clause = (from.max(a.at.saturating_sub(6))..a.at).rev().take_while(|&t| !d.comma(t) && !d.is_break(t));
        if clause.any(|t| d.tag(t, Tag::Conditional) && !d.tag(t, Tag::That)) {
            return None;
        }
        // Purpose (`لبحث`, `لعقد`): not yet.
        let first = d.s.analyses_at(a.at).iter().find(|y| y.readings.0 != y.readings.1);
        let doer = frame.kind == "visit" && x.genitive.is_some_and(|g| d.s.phrases[g as usize].ents.iter().all(|&e| d.ent(e).kind == Kind::Person));
        let purpose = (first.is_some_and(|y| y.proclitics.has(Clitic::For)) || purpose(d, a.at) && purpose(d, a.at - 1)) && a.light.is_none() && !doer;
        // `ستكون هذه هي الزيارة الخامسة`
        if (from.max(a.at.saturating_sub(5))..a.at).any(|t| d.tag(t, Tag::Future)) && a.light.is_none() {
            status = "planned".into();
        }
        if let Some(effect) = modal(d, a.at, a.light.map_or(from, |l| from.max(l.at + 1)), false).or_else(|| adjective(d, a, x)) {
            // A call for force or for its end is a demand, no offer.
            let forceful = matches!(frame.kind.as_str(), "attack" | "coercion" | "protest" | "sanction" | "mobilisation" | "retreat" | "concession");
            if effect == "hypothetical" && !told_of(d, a)
                || effect == "denied" && !(deniable(frame) && (a.at.saturating_sub(6)..a.at).any(|t| d.flag(t, Flag::Modal)))
                || effect == "proposed" && forceful
            {
                return None;
            }
            if effect != "hypothetical" && !(effect == "occurred" && status == "planned") {
                status = effect;
            }
        } else if purpose && !a.pronoun && !told_of(d, a) && !(a.end..(a.end + 3).min(x.to)).any(|t| d.tag(t, Tag::Relative)) {
            // What violence and force are meant for is no report of them; an accord or an office that is striven for is none yet. What a visit
            // or a session is for may happen.
            if matches!(frame.kind.as_str(), "attack" | "coercion" | "protest" | "retreat" | "sanction" | "mobilisation" | "concession" | "accord" | "office" | "cooperation") {
                return None;
            }
            status = "planned".into();
        }
    }
    if let Some(s) = &frame.status
        && status == "occurred"
    {
        status = s.clone();
    }
    Some(status)
}

/// `أهمية الزيارة التي قام بها`: a clause in the past tells that it took place, whatever governs the noun.
fn told_of(d: &Doc, a: &Anchor) -> bool {
    let Some(v) = (a.end..(a.end + 4).min(d.len())).find(|&t| d.is_word(t) && clause::verb(d, t).is_some()) else { return false };
    let taken_up = d.tag(v + 1, Tag::Bound) || clause::verb(d, v).is_some_and(|(y, _)| y.pronoun().is_some());
    a.light.is_none() && taken_up && clause::verb(d, v).is_some_and(|(_, r)| r.pos() == Pos::Perfect) && (a.end..v).all(|t| d.s.phrase_of[t] == NONE && !d.comma(t))
}

/// Is it of a kind that is news where it is denied? Talks and visits that somebody denies are his statement.
fn deniable(frame: &Frame) -> bool {
    matches!(frame.kind.as_str(), "attack" | "coercion" | "mobilisation" | "retreat" | "meeting" | "visit" | "call" | "mediation")
}

/// Does somebody do what the light verb says, and does it say no more than that?
fn personal(d: &Doc, light: u32) -> bool {
    let light = &d.lex.lights[light as usize];
    !light.impersonal && light.effect.as_deref().is_none_or(|e| e == "participation")
}

pub(super) const STATUSES: [&str; 6] = ["occurred", "ongoing", "planned", "proposed", "cancelled", "denied"];

/// `أن` rather than `أنه`/`إن`: it makes a subjunctive.
pub(super) fn bare_that(d: &Doc, i: usize) -> bool {
    d.tokens().fold(i).chars().count() <= 3
}

/// The effect of the modal word that governs a verb (or noun): the nearest one before it in its clause.
pub(super) fn modal(d: &Doc, at: usize, from: usize, verb: bool) -> Option<String> {
    let mut t = at;
    let lo = from.max(at.saturating_sub(30));
    // Long names on the way count once.
    let mut steps = 0;
    while t > lo && steps < 10 {
        steps += 1;
        let b = t - 1;
        let usable = |m: u32| {
            let m = &d.lex.modals[m as usize];
            (if verb { m.verb } else { m.noun }).then(|| m.effect.clone())
        };
        // Phrases that end here or before.
        for f in b.saturating_sub(3)..=b {
            let hit = d.links_at(f).filter(|m| m.end as usize == b + 1 && m.end as usize > f).find_map(|m| if let Link::Modal(k) = m.link { usable(k) } else { None });
            if hit.is_some() {
                return hit;
            }
        }
        if d.flag(b, Flag::Modal) && d.s.phrase_of[b] == NONE {
            // A noun governs what stands beside it, a verb what its clause tells.
            let near = |r: &Reading| r.pos().finite() || at - b <= 3 && !(b + 1..at).any(|t| d.tag(t, Tag::Setting));
            let hit = d.readings(b).filter(|(_, r)| near(r)).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Modal(k) = l { usable(*k) } else { None }));
            if hit.is_some() {
                return hit;
            }
        }
        if let Some((_, p)) = d.phrase(b) {
            t = p.start as usize;
            continue;
        }
        if let Some(time) = d.time_at(b) {
            t = (time.found.start as usize).min(b);
            continue;
        }
        // Other verbs and clause borders shut the view.
        if d.comma(b) || d.tag(b, Tag::Relative) || clause::verb(d, b).is_some() || d.tag(b, Tag::That) && !bare_that(d, b) {
            return None;
        }
        t = b;
    }
    None
}

/// An adjective behind the noun that tells when (`المرتقبة`, `المقبل`).
pub(super) fn adjective(d: &Doc, a: &Anchor, x: &Around) -> Option<String> {
    let end = x.genitive.map_or(a.end, |g| d.s.phrases[g as usize].end as usize);
    for t in [a.end, a.end + 1, end, end + 1] {
        if t >= x.to || !d.flag(t, Flag::Modal) || d.s.phrase_of[t] != NONE {
            continue;
        }
        let hit = d.readings(t).find_map(|(_, r)| {
            // `التوصل إلى الاتفاق`: a masdar there is no adjective.
            let nominal = !r.pos().finite() && r.pos() != Pos::Masdar;
            d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Modal(k) = l { nominal.then(|| d.lex.modals[*k as usize].effect.clone()) } else { None })
        });
        if hit.is_some() {
            return hit;
        }
    }
    None
}
