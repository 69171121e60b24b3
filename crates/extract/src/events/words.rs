//! Slots that ask for words: nouns of a class, the bodies whose people or things they are.
//! What must not live here: entities that fill a slot by themselves (`fill`).

use super::anchors::{Anchor, free_verb};
use super::around::Around;
use super::doers::watcher;
use crate::clause::{self, Governor};
use crate::doc::*;
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, Slot, Tag};

/// The word that a lexical slot asks for: its token and gloss.
pub(super) fn lexical(d: &Doc, a: &Anchor, x: &Around, slot: &Slot) -> Option<(usize, String)> {
    let only_prepositions = !slot.subject && !slot.object;
    // Long subjects stand between verb and object.
    let open = x.subject.iter().map(|&k| d.s.phrases[k as usize].end as usize).max().unwrap_or(0).max(a.end);
    let hi = x.to.min(open + 18);
    let class = |link: Link| match link {
        Link::Words(l) if slot.words.contains(&l) => Some(String::new()),
        Link::Class(c, w) if slot.classes.contains(&c) => Some(d.lex.classes[c as usize].words[w as usize].1.clone()),
        _ => None,
    };
    let mut t = a.end;
    // The verb's own object is its pronoun, and stands before a prepositional phrase rather than behind it.
    let pronoun = a.pronoun && !a.noun && slot.object && !slot.subject && slot.prepositions.is_empty();
    let mut crossed = None;
    while t < hi && !pronoun {
        if d.tag(t, Tag::That) || t > a.end && free_verb(d, t) {
            break;
        }
        if crossed.is_none() && slot.object && !slot.subject && d.tag(t, Tag::Preposition) && !d.tag(t, Tag::Partitive) {
            crossed = Some(t);
        }
        if crossed.is_some_and(|c| t > c + 7) {
            break;
        }
        let governed = || {
            let c = d.s.analyses_at(t).iter().find(|x| x.proclitics.governs()).map(|x| x.proclitics).unwrap_or_default();
            // `على أربع شركات`: a count stands between.
            let counts = |b: usize| d.s.cardinal[b] || d.tag(b, Tag::Quantifier) || d.tokens()[b].kind == sijill_text::Kind::Number;
            let before = (a.end..t).rev().find(|&b| !counts(b)).or(t.checked_sub(1));
            // `بألف جندي`
            let first = before.map_or(t, |b| b + 1);
            let own = d.s.analyses_at(first).iter().find(|x| x.proclitics.governs()).map(|x| x.proclitics).unwrap_or_default();
            let own = if first < t { clause::clitic_preposition(d, own) } else { None };
            clause::clitic_preposition(d, c).or(own).or_else(|| before.and_then(|b| clause::preposition(d, b)))
        };
        let fits = |d: &Doc| {
            let g = governed();
            // The object itself stands near; farther on a word belongs to something else.
            if !only_prepositions && t > open + 10 && g.is_none() {
                return false;
            }
            // An object has no preposition written with it.
            let c = d.s.analyses_at(t).iter().find(|x| x.readings.0 != x.readings.1).map(|x| x.proclitics).unwrap_or_default();
            let clitic = clause::clitic_preposition(d, c);
            (!only_prepositions || g.is_some_and(|l| slot.prepositions.contains(&l))) && clitic.is_none_or(|l| slot.prepositions.contains(&l))
        };
        if let Some((_, g)) = d.longest(t, class)
            && fits(d)
        {
            return Some((t, g));
        }
        // An adjective of nationality is no people of it (`القوات الإسرائيلية`).
        let adjective = d.flag(t, Flag::Demonym) && d.definite(t) && t > 0 && d.definite(t - 1);
        if !adjective && (d.flag(t, Flag::Class) || !slot.words.is_empty()) {
            let hit = d.readings(t).find_map(|(_, r)| {
                let lemma = d.lex.lemma(&r);
                if slot.words.contains(&r.lemma) {
                    return Some(String::new());
                }
                lemma.links.iter().find_map(|l| class(*l))
            });
            if let Some(g) = hit
                && fits(d)
            {
                return Some((t, g));
            }
        }
        t += 1;
    }
    // What a pronoun on the verb stands for, before it (`الاتفاق الذي أبرمته إيران`, `رسالة بعثها`).
    // … or the pronoun of its preposition (`الاتفاق الذي توصلت إليه …`).
    // … or of a masdar with a light verb (`الاتفاق الذي تم التوصل إليه`).
    let told = a.light.filter(|l| a.noun && l.at > x.from && d.tag(l.at - 1, Tag::Relative) && d.tag(a.end, Tag::Bound) && !slot.prepositions.is_empty());
    let taken_up = !a.noun && !slot.prepositions.is_empty() && a.at > 0 && d.tag(a.at - 1, Tag::Relative) && d.tag(a.end, Tag::Bound);
    if told.is_some() || taken_up || slot.object && !a.noun && (a.pronoun || x.subject.is_empty() && a.at > 0 && d.tag(a.at - 1, Tag::Relative)) {
        let mut t = told.map_or(a.at, |l| l.at);
        while t > x.from.max(a.at.saturating_sub(7)) {
            t -= 1;
            if d.is_break(t) || d.s.phrase_of[t] == NONE && !d.tag(t, Tag::Relative) && clause::verb(d, t).is_some() {
                break;
            }
            let hit = d.longest(t, class).filter(|(m, _)| m.end as usize <= a.at).map(|(_, g)| g).or_else(|| {
                d.readings(t).find_map(|(_, r)| if slot.words.contains(&r.lemma) { Some(String::new()) } else { d.lex.lemma(&r).links.iter().find_map(|l| class(*l)) })
            });
            if let Some(g) = hit {
                return Some((t, g));
            }
        }
    }
    // The subject may stand before the verb (passive or intransitive: `الاتفاق وقع`).
    for b in (x.from..a.at).rev().take(if slot.subject { 3 } else { 0 }).take_while(|&b| d.is_word(b) && d.s.phrase_of[b] == NONE) {
        let hit = d.readings(b).find_map(|(_, r)| if slot.words.contains(&r.lemma) { Some(String::new()) } else { d.lex.lemma(&r).links.iter().find_map(|l| class(*l)) });
        if let Some(g) = hit {
            return Some((b, g));
        }
    }
    None
}

/// Does any phrase or clause stand in an open slot's place, near the anchor?
pub(super) fn open(d: &Doc, a: &Anchor, slot: &Slot) -> bool {
    if slot.subject || slot.object {
        return true;
    }
    (a.end..(a.end + 12).min(d.len())).any(|t| {
        if d.is_break(t) {
            return false;
        }
        let c = d.s.analyses_at(t).iter().find(|x| x.proclitics.governs()).map(|x| x.proclitics).unwrap_or_default();
        clause::clitic_preposition(d, c).or_else(|| clause::preposition(d, t)).is_some_and(|l| slot.prepositions.contains(&l))
    })
}

/// The body behind its people or things: `22 متمردا من …`, `مواقع لتنظيم …`, `تجمعات …`, `قيادي في …`.
pub(super) fn belonging(d: &Doc, from: usize, to: usize) -> Option<u32> {
    let body =
        |t: usize| d.phrase_at(t).filter(|(_, p)| p.ents.iter().any(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Forum) && !watcher(d, d.root(e)))).map(|(k, _)| k);
    let mut t = from;
    let mut people = false;
    while t < to.min(from + 12) {
        if d.is_break(t) || d.comma(t) || d.tag(t, Tag::That) || d.tag(t, Tag::Relative) || d.tag(t, Tag::Conjunction) {
            return None;
        }
        if let Some(k) = body(t).filter(|_| people) {
            let p = &d.s.phrases[k as usize];
            // A noun or a count right before it.
            let bare = t > from && p.letters == 0 && (d.is_word(t - 1) && !d.definite(t - 1) && d.s.tags[t - 1] == 0 || d.s.cardinal[t - 1]);
            // `من المتمردين الحوثيين`
            let apposed =
                t > from + 1 && p.letters > 0 && !p.proclitics.governs() && d.is_word(t - 1) && d.definite(t - 1) && (d.tag(t - 2, Tag::Partitive) || d.tag(t - 2, Tag::Locative));
            let of = p.proclitics.has(Clitic::For) || bare || apposed || matches!(clause::governor(d, t, p.proclitics), Governor::Noun(n) if n >= from);
            return of.then_some(k);
        }
        // Time and place may stand before them.
        if let Some(time) = d.time_at(t).filter(|_| !people) {
            t = (time.found.end as usize).max(t + 1);
            continue;
        }
        if !people && d.tag(t, Tag::Locative) && d.phrase_at(t + 1).is_some_and(|(_, p)| d.ent(p.ents.first().copied().unwrap_or(0)).kind == Kind::Place && !p.ents.is_empty()) {
            t = d.phrase_at(t + 1).map_or(t + 2, |(_, p)| p.end as usize);
            continue;
        }
        // Unnamed people are what is counted (`ثلاثة من القادة …`).
        if let Some((_, p)) = d.phrase_at(t).filter(|(_, p)| p.unnamed) {
            t = p.end as usize;
            people = true;
            continue;
        }
        if d.phrase(t).is_some() || d.time_at(t).is_some() || d.is_word(t) && clause::verb(d, t).is_some() {
            return None;
        }
        if people && d.tag(t, Tag::Partitive) && body(t + 1).is_some() {
            return body(t + 1);
        }
        if d.tag(t, Tag::Preposition) && !d.tag(t, Tag::Partitive) {
            // `قيادي في …`
            if d.tag(t, Tag::Locative) && !d.tag(t, Tag::Direction) && people && d.is_word(t - 1) && !d.definite(t - 1) && body(t + 1).is_some() {
                return body(t + 1);
            }
            // `على الأقل`
            if !(d.is_word(t + 1) && d.definite(t + 1) && d.phrase(t + 1).is_none() && !d.flag(t + 1, Flag::NounFrame)) || d.tag(t, Tag::Locative) {
                return None;
            }
            t += 1;
        } else if d.is_word(t) || d.tokens().get(t).is_some_and(|x| x.kind == sijill_text::Kind::Number) {
            people = true;
        }
        t += 1;
    }
    None
}

/// Whose people or things a target slot's words are: behind the verb or noun itself, or behind one of the slot's prepositions.
pub(super) fn owner(d: &Doc, slot: &Slot, x: &Around) -> Option<u32> {
    if let Some(k) = belonging(d, x.people_from, x.to).filter(|_| slot.subject || slot.object) {
        return Some(k);
    }
    let hi = x.to.min(x.people_from + 16);
    let at = (x.people_from..hi).find(|&t| clause::preposition(d, t).is_some_and(|l| slot.prepositions.contains(&l)))?;
    let clear = (x.people_from..at).all(|t| !d.is_break(t) && !d.tag(t, Tag::That) && !d.tag(t, Tag::Relative) && (!d.is_word(t) || clause::verb(d, t).is_none()));
    belonging(d, at + 1, x.to.max(at + 9)).filter(|_| clear)
}
