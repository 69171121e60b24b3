//! Relations: what the text asserts of two parties' standing, and since when.
//!
//! What must not live here: events that change a standing (see `events`).

use crate::clause::{self, Governor};
use crate::doc::*;
use crate::phrases::{country_ent, state_of};
use crate::registers;
use crate::statements::Said;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, NameKind, Pos, Tag};

#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub parties: [EntId; 2],
    pub level: Option<String>,
    pub established: Option<String>,
    pub span: (u32, u32),
    pub entry: String,
}

/// Words between a head and the last of its level words.
const WIDTH: usize = 12;

pub(crate) fn find(d: &Doc, said: &[Said]) -> Vec<Standing> {
    let mut out: Vec<Standing> = Vec::new();
    for s in &d.s.sentences {
        let (from, to) = (s.start as usize, s.end as usize);
        if d.s.junk[from] {
            continue;
        }
        let mut i = from;
        while i < to {
            if let Some((id, end)) = head(d, i) {
                let h = &d.lex.relation_heads[id as usize];
                let (level, end) = level(d, i, end, &h.level, to);
                if (!hoped(d, i, from) || d.readings(i).any(|(a, r)| a.pronoun().is_some() && !r.pos().finite()))
                    && (worth(&h.level, &level) || asserted(d, i, end, from))
                    && let Some(parties) = allied(d, i, end, from, &h.level, said)
                        .or_else(|| withdrawn(d, i, end, from, &h.level))
                        .or_else(|| if h.level == "alliance" && !mutual(d, i, end, from) { None } else { parties(d, i, end, from, to, said) })
                {
                    push(&mut out, Standing { parties, level: Some(level), established: None, span: (i as u32, end as u32), entry: format!("relation_head:{}", h.id) });
                }
                i = end.max(i + 1);
                continue;
            }
            i += 1;
        }
        established(d, from, to, said, &mut out);
    }
    out
}

/// Bare diplomatic relations and bare partnership are in passing too often to be an assertion.
fn worth(head: &str, level: &str) -> bool {
    !matches!(head, "diplomatic-relations" | "good-neighbourliness") && !(head == "partnership" && level == "partnership")
}

/// Said of two by name (`العلاقات الدبلوماسية بين مصر وتركيا`, `تقيم مصر علاقات دبلوماسية مع تركيا`, `تركيا شريك لمصر`), not denied, and no
/// object of what is being done to it (`استئناف العلاقات الدبلوماسية بين`).
fn asserted(d: &Doc, i: usize, end: usize, from: usize) -> bool {
    let behind = |fits: &dyn Fn(usize) -> bool| (end..end + 3).take_while(|&t| !d.comma(t) && !d.is_break(t)).find(|&t| fits(t));
    let done = |t: usize| d.flag(t, Flag::NounFrame) || d.readings(t).any(|(_, r)| r.pos() == Pos::Masdar || r.pos().finite() && r.pos() != Pos::Imperfect);
    let denied = (from.max(i.saturating_sub(3))..i).any(|t| [Tag::Negation, Tag::NegationPast, Tag::NegationFuture].iter().any(|&n| d.tag(t, n)));
    if denied || i > from && d.phrase(i - 1).is_none() && done(i - 1) {
        return false;
    }
    // Who has them stands right before: the subject of a noun (`تركيا شريك`), or of a verb in the present (`تقيم تركيا علاقات`).
    let subject = i.checked_sub(1).filter(|&t| t >= from).and_then(|t| d.phrase(t)).map(|(_, p)| p.start as usize);
    let present = subject.is_some_and(|t| t == from || d.tag(t - 1, Tag::That) || d.readings(t - 1).any(|(_, r)| r.pos() == Pos::Imperfect) && !d.flag(t - 1, Flag::Modal));
    let named = |t: usize| d.phrase_at(t + 1).is_some();
    behind(&|t| d.tag(t, Tag::Between) && named(t)).is_some()
        || present && behind(&|t| d.tag(t, Tag::Preposition) && named(t) || d.phrase_at(t).is_some_and(|(_, p)| p.proclitics.has(Clitic::For))).is_some()
}

/// The two ends of an alliance, where grammar says them: the ally is who stands at the noun, the other is governed by it (`حليف لسوريا`,
/// `المتحالف مع الحوثيين`) or its pronoun (`حليفتنا كوريا`, `الحوثيون وحليفهم صالح`). Here parties and men have a standing too.
fn allied(d: &Doc, i: usize, end: usize, from: usize, level: &str, said: &[Said]) -> Option<[EntId; 2]> {
    if level != "alliance" {
        return None;
    }
    let stands = |e: EntId| matches!(d.ent(e).kind, Kind::Country | Kind::Organization | Kind::Person | Kind::Forum);
    let one = |p: &Phrase| Some(d.root(*p.ents.first()?)).filter(|&e| p.ents.len() == 1 && stands(e));
    let behind = || (end..end + 3).take_while(|&t| !d.comma(t) && !d.is_break(t)).find_map(|t| d.phrase_at(t)).map(|(_, p)| p);
    let before = || {
        (from..i)
            .rev()
            .take(3)
            .take_while(|&t| {
                d.phrase(t).is_some_and(|(_, p)| !matches!(clause::governor(d, p.start as usize, p.proclitics), Governor::Preposition(_)))
                    || d.comma(t)
                    || d.tag(t, Tag::Pronoun)
                    || d.readings(t).next().is_some_and(|(_, r)| !r.pos().finite())
            })
            .find_map(|t| d.phrase(t))
            .map(|(_, p)| p)
    };
    let pronoun = d.readings(i).find_map(|(a, r)| a.pronoun().filter(|_| !r.pos().finite())).map(|p| &d.lex.enclitics[p]);
    let pair = match pronoun {
        Some(p) if p.person == 1 => {
            let speaker = said.iter().rfind(|s| (s.content.0 as usize) <= i && i < s.content.1 as usize).and_then(|s| s.speakers.first().copied());
            let own = state_of(d, speaker?).and_then(|iso| country_ent(d, &iso))?;
            (own, one(behind()?)?)
        }
        Some(_) => (one(before()?)?, one(behind()?)?),
        None => {
            let other = behind()?;
            // `حليف لسوريا`, `متحالف مع الحوثيين`, `حليف روسيا`; what is joined or compared is no ally.
            if other.proclitics.joins() {
                return None;
            }
            (one(before()?)?, one(other)?)
        }
    };
    (pair.0 != pair.1).then(|| [pair.0.min(pair.1), pair.0.max(pair.1)])
}

/// Is the alliance one between two (`تحالف بين`, `شريكان وحليفان`), so that both are named near?
fn mutual(d: &Doc, i: usize, end: usize, from: usize) -> bool {
    let two = |t: usize| d.readings(t).any(|(_, r)| matches!(r.number(), Number::Dual | Number::Plural) && !r.pos().finite());
    // (`حليفتها اليابان`: hers who is told of.)
    let hers = || d.readings(i).any(|(a, r)| a.pronoun().is_some() && !r.pos().finite()) && d.phrase_at(end).is_some();
    hers() || (end..end + 3).any(|t| d.tag(t, Tag::Between)) || two(i) && i > from && d.phrase(i - 1).is_some_and(|(_, p)| p.ents.len() > 1 || p.plural)
}

/// Who severed or lowered relations, and with whom (`قطع علاقاتها الدبلوماسية مع نيكاراغوا`, `خفضت هندوراس تمثيلها في ماناغوا إلى مستوى …`):
/// the latest state that no preposition governs, and the one behind `مع` or whose capital stands behind `في`.
fn withdrawn(d: &Doc, i: usize, end: usize, from: usize, level: &str) -> Option<[EntId; 2]> {
    if !matches!(level, "severed" | "chargé-level") {
        return None;
    }
    let state = |p: &Phrase| {
        let &[e] = &p.ents[..] else { return None };
        let ent = d.ent(d.root(e));
        match ent.kind {
            Kind::Country => Some(d.root(e)),
            Kind::Place => {
                let capital = d.links_at(p.start as usize).any(|m| matches!(m.link, Link::Name(_, NameKind::Capital)));
                ent.country.as_ref().filter(|_| capital).and_then(|iso| country_ent(d, iso))
            }
            _ => None,
        }
    };
    let at = d.s.phrases.partition_point(|p| (p.start as usize) < from);
    let near: Vec<(bool, usize, EntId)> = d.s.phrases[at..]
        .iter()
        .take_while(|p| (p.start as usize) < end + 4)
        .filter_map(|p| Some((clause::governor(d, p.start as usize, p.proclitics) == Governor::Bare, p.start as usize, state(p)?)))
        .collect();
    let &(_, there, other) = near.iter().rev().find(|(bare, t, _)| !bare && *t > from && i.saturating_sub(6) < *t && clause::preposition(d, t - 1).is_some())?;
    let &(_, _, own) = near.iter().rev().find(|(bare, t, e)| *bare && *t < there && *e != other)?;
    Some([own.min(other), own.max(other)])
}

fn head(d: &Doc, i: usize) -> Option<(u32, usize)> {
    if !d.flag(i, Flag::RelationHead) && !d.opens(i, Flag::RelationHead) || d.s.phrase_of[i] != NONE || !d.is_word(i) {
        return None;
    }
    if let Some((m, h)) = d.longest(i, |l| if let Link::RelationHead(h) = l { Some(h) } else { None }) {
        return Some((h, m.end as usize));
    }
    if !d.flag(i, Flag::RelationHead) {
        return None;
    }
    d.readings(i).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::RelationHead(h) = l { Some(*h) } else { None })).map(|h| (h, i + 1))
}

/// The level's name out of the words around the head, in the standard's order, and the token behind the last of them.
fn level(d: &Doc, i: usize, end: usize, base: &str, to: usize) -> (String, usize) {
    let mut parts: Vec<&str> = Vec::new();
    let mut last = end;
    let mut t = i;
    let mut gap = 0;
    while t < to.min(end + WIDTH) && gap < 6 {
        let phrase = d.longest(t, |l| if let Link::Level(p) = l { Some(p) } else { None });
        let (part, next) = match phrase {
            Some((m, p)) => (Some(p), m.end as usize),
            None if d.flag(t, Flag::Level) => {
                (d.readings(t).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Level(p) = l { Some(*p) } else { None })), t + 1)
            }
            None => (None, t + 1),
        };
        if let Some(p) = part {
            parts.push(&d.lex.levels[p as usize].part);
            last = last.max(next);
            gap = 0;
        } else if t >= end {
            gap += 1;
            if matches!(d.mark(t), Some('.' | '\u{060C}' | ',')) || d.tag(t, Tag::That) {
                break;
            }
        }
        t = next;
    }
    let has = |p: &str| parts.contains(&p);
    let mut level = String::new();
    if base == "partnership" || base.ends_with("partnership") {
        if has("permanent") {
            level.push_str("permanent-");
        } else if has("all-weather") {
            level.push_str("all-weather-");
        }
        if has("comprehensive") {
            level.push_str("comprehensive-");
        }
        if has("strategic") || base.starts_with("strategic") {
            level.push_str("strategic-");
        }
        if has("cooperative") {
            level.push_str("cooperative-");
        }
        level.push_str("partnership");
        if has("in-the-new-era") {
            level.push_str("-in-the-new-era");
        }
    } else {
        level.push_str(base);
    }
    (level, last)
}

/// A hope or a plan asserts nothing.
fn hoped(d: &Doc, i: usize, from: usize) -> bool {
    (from.max(i.saturating_sub(4))..i).any(|t| {
        d.flag(t, Flag::Modal)
            && d.readings(t)
                .any(|(_, r)| d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Modal(m) if !matches!(d.lex.modals[*m as usize].effect.as_str(), "occurred" | "ongoing"))))
    })
}

/// The two states of which a standing is said: those of one phrase near the head, or one before and one behind.
pub(crate) fn parties(d: &Doc, i: usize, end: usize, from: usize, to: usize, said: &[Said]) -> Option<[EntId; 2]> {
    let mut near: Vec<(usize, EntId)> = Vec::new();
    for p in &d.s.phrases {
        let (a, b) = (p.start as usize, p.end as usize);
        if a < from || b > to {
            continue;
        }
        let distance = if b <= i {
            i - b
        } else if a >= end {
            (a - end) + 1
        } else {
            // Among the words of the level (`شريكة استراتيجية للصين في جميع الأحوال`).
            1
        };
        if distance > 24 {
            continue;
        }
        for &e in &p.ents {
            let e = d.root(e);
            let kind = d.ent(e).kind;
            if kind == Kind::Country {
                near.push((distance, e));
            } else if kind == Kind::Person && p.ents.len() == 1 {
                // `حليفتنا`: the speaker's own state is the other party.
                continue;
            }
        }
    }
    near.sort_by_key(|(n, _)| *n);
    let mut states: Vec<EntId> = Vec::new();
    for (_, e) in near {
        if !states.contains(&e) {
            states.push(e);
        }
    }
    if states.len() < 2 {
        // The speaker's state completes the pair.
        let speaker = said.iter().rfind(|s| (s.content.0 as usize) <= i && i < s.content.1 as usize).and_then(|s| s.speakers.first().copied());
        let own = speaker.and_then(|e| state_of(d, e)).and_then(|iso| country_ent(d, &iso));
        if let Some(own) = own.filter(|o| !states.contains(o)) {
            states.push(own);
        }
    }
    match states[..] {
        [a, b, ..] => Some([a.min(b), a.max(b)]),
        _ => None,
    }
}

/// `منذ إقامة العلاقات الدبلوماسية قبل 32 عاما`: the year, also when derived.
fn established(d: &Doc, from: usize, to: usize, said: &[Said], out: &mut Vec<Standing>) {
    for i in (from..to).filter(|&i| d.opens(i, Flag::Function)) {
        let Some((m, _)) = d.longest(i, |l| matches!(l, Link::Establishing).then_some(())) else { continue };
        let end = m.end as usize;
        let time = d.s.times.iter().find(|t| (t.found.start as usize) >= i && (t.found.start as usize) < (end + 8).min(to));
        let (year, last) = match anniversary(d, i, from, to) {
            Some(year) => (year.to_string(), m.end),
            None => {
                let Some(time) = time else { continue };
                (time.found.edtf.chars().take(4).collect(), time.found.end)
            }
        };
        let Some(parties) = parties(d, i, end, from, to, said) else { continue };
        match out.iter_mut().find(|s| s.parties == parties) {
            Some(s) => s.established = s.established.clone().or(Some(year)),
            None => out.push(Standing { parties, level: None, established: Some(year), span: (i as u32, last), entry: "establishing".into() }),
        }
    }
}

/// The year that an anniversary right before `i` counts from (`الذكرى الثلاثين لإقامة العلاقات`, `مرور 30 عاما على إقامة العلاقات`): back
/// from the year that the sentence names, else from the article's.
fn anniversary(d: &Doc, i: usize, from: usize, to: usize) -> Option<i16> {
    let ordinal = || {
        let t = i.checked_sub(1).filter(|&t| t > from && d.definite(t))?;
        d.s.ordinals.iter().find(|o| o.0 as usize == t).and_then(|o| i16::try_from(o.1).ok()).filter(|n| (2..200).contains(n))
    };
    let age = ordinal().or_else(|| registers::age(d, i, from).filter(|(t, _)| t + 2 == i).map(|(_, n)| n))?;
    let named = d.s.times.iter().filter(|t| (from..to).contains(&(t.found.start as usize))).find_map(|t| t.found.edtf.get(..4)?.parse::<i16>().ok());
    named.or_else(|| d.s.published.map(|p| p.year())).map(|now| now - age)
}

fn push(out: &mut Vec<Standing>, s: Standing) {
    match out.iter_mut().find(|o| o.parties == s.parties && (o.level == s.level || o.level.is_none())) {
        Some(o) => o.level = s.level,
        None => {
            // One entry a pair and level: the fuller wording of the same level wins.
            if let Some(o) =
                out.iter_mut().find(|o| o.parties == s.parties && o.level.as_deref().is_some_and(|l| s.level.as_deref().is_some_and(|m| m.contains(l) || l.contains(m))))
            {
                if s.level.as_deref().map_or(0, str::len) > o.level.as_deref().map_or(0, str::len) {
                    o.level = s.level;
                    o.span = s.span;
                }
            } else {
                out.push(s);
            }
        }
    }
}
