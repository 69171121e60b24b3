//! States told by their adjectives (`غارة أمريكية`, `المحادثات الأمريكية الروسية`). What must not live here: names of states (`phrases`).

use crate::doc::*;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Flag, Kind, Link};

/// The state or body whose adjective stands at token `t`, where the article names it.
pub(super) fn demonym(d: &Doc, t: usize) -> Option<EntId> {
    if t >= d.len() {
        return None;
    }
    // `قصف حوثي`: a body's.
    let body = || d.readings(t).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Adjective(a) = l { Some(*a) } else { None }));
    if let Some(body) = d.flag(t, Flag::Context).then(body).flatten() {
        return d.s.ents.iter().position(|e| e.actor == Some(body)).map(|e| d.root(e as EntId));
    }
    if !d.flag(t, Flag::Demonym) && d.links_at(t).next().is_none() {
        return None;
    }
    let actor = d.links_at(t).find_map(|m| if let Link::Demonym(a) = m.link { Some(a) } else { None }).or_else(|| {
        if !d.flag(t, Flag::Demonym) {
            return None;
        }
        // `فلسطينيين` are people, not the adjective of something.
        d.readings(t)
            .filter(|(_, r)| r.number() == Number::Singular)
            .find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Demonym(a) = l { Some(*a) } else { None }))
    })?;
    d.s.ents.iter().position(|e| e.kind == Kind::Country && e.actor == Some(actor)).map(|e| d.root(e as EntId))
}

/// The states whose adjectives stand behind a noun one after the other, two or more.
pub(super) fn two_states(d: &Doc, from: usize) -> Vec<EntId> {
    let mut out = Vec::new();
    let mut t = from;
    while t < (from + 9).min(d.len()) && out.len() < 5 {
        if d.dash(t) {
            t += 1;
            continue;
        }
        let end = d.links_at(t).filter(|m| matches!(m.link, Link::Demonym(_))).map(|m| m.end as usize).max().unwrap_or(t + 1);
        match demonym(d, t) {
            Some(e) if !out.contains(&e) => out.push(e),
            // `الحوار الاستراتيجي المصري الأمريكي`: another adjective first.
            None if out.is_empty() && t < from + 2 && d.is_word(t) && d.s.tags[t] == 0 && d.phrase(t).is_none() && d.definite(t) == d.definite(from - 1) => {}
            _ => break,
        }
        t = end;
    }
    if out.len() < 2 {
        out.clear();
    }
    out
}

/// The state whose adjective follows an unnamed group, at once or behind another adjective.
pub(super) fn nationality(d: &Doc, t: usize) -> Option<EntId> {
    (t..(t + 2).min(d.len())).take_while(|&t| d.is_word(t) && d.phrase_at(t).is_none()).find_map(|t| {
        let actor = d.readings(t).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Demonym(a) = l { Some(*a) } else { None }))?;
        d.s.ents.iter().position(|e| e.kind == Kind::Country && e.actor == Some(actor)).map(|e| d.root(e as EntId))
    })
}

/// The state whose adjective qualifies the unnamed subject at `from` (`مقاتلات تركية`).
pub(super) fn qualified(d: &Doc, from: usize, to: usize) -> Option<EntId> {
    (from..(from + 3).min(to)).take_while(|&t| d.is_word(t) && d.phrase_at(t).is_none_or(|(_, p)| p.unnamed)).skip(1).find_map(|t| demonym(d, t))
}
