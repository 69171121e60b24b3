//! Relations: what the text asserts of two parties' standing, and since when.
//!
//! What must not live here: events that change a standing (see `events`).

use crate::doc::*;
use crate::phrases::{country_ent, state_of};
use crate::statements::Said;
use sijill_lexicon::{Flag, Kind, Link, NONE, Tag};

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
                if !hoped(d, i, from)
                    && worth(&h.level, &level)
                    && let Some(parties) = parties(d, i, end, from, to, said)
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
        d.flag(t, Flag::Modal) && d.readings(t).any(|(_, r)| d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Modal(m) if d.lex.modals[*m as usize].effect != "occurred")))
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
            continue;
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
        let Some(time) = time else { continue };
        let Some(parties) = parties(d, i, end, from, to, said) else { continue };
        let year: String = time.found.edtf.chars().take(4).collect();
        match out.iter_mut().find(|s| s.parties == parties) {
            Some(s) => s.established = s.established.clone().or(Some(year)),
            None => out.push(Standing { parties, level: None, established: Some(year), span: (i as u32, time.found.end), entry: "establishing".into() }),
        }
    }
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
