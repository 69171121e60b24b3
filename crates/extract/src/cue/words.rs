//! What single words on the way from a cue to its content are: adverbs, offices, masdars, prepositions written with a word, and
//! where a noun phrase of common words ends.
//!
//! What must not live here: anything about cues or speakers.

use crate::clause::{self, Governor};
use crate::doc::*;
use sijill_grammar::Analysis;
use sijill_lexicon::{Clitic, Flag, Link, NONE, Pos, Shape, Speech, Tag};

/// Does the sentence or clause end at `t`?
pub(super) fn ends(d: &Doc, t: usize, to: usize) -> bool {
    t >= to || d.is_break(t) || d.mark(t) == Some('.') || d.comma(t)
}

/// A word that is neither phrase nor time nor word of grammar.
pub(super) fn plain(d: &Doc, t: usize) -> bool {
    d.is_word(t) && d.phrase(t).is_none() && d.time_at(t).is_none() && !d.tag(t, Tag::That) && !d.tag(t, Tag::Relative) && !d.tag(t, Tag::Preposition)
}

/// `بشكل`, `بصورة`: they take their adjective along.
pub(super) fn manner(d: &Doc, t: usize) -> bool {
    d.tag(t, Tag::Manner)
}

/// An indefinite accusative (`رسميا`), not a name or a word with a pronoun of the same ending (`رحيموفا`, `وقوفها`).
pub(super) fn adverbial(d: &Doc, t: usize) -> bool {
    let bare = d.readings(t).any(|(a, _)| a.pronoun().is_none());
    let pronoun = !bare && d.ends(t, Shape::Possessive);
    let name = d.readings(t).next().is_none() && d.tag(t + 1, Tag::That);
    d.ends(t, Shape::Accusative) && d.tokens().fold(t).chars().count() > 3 && !d.definite(t) && !pronoun && !name
}

/// A word for an office or a member of a group (`رئيس`, `أحد`).
pub(super) fn office(d: &Doc, t: usize) -> bool {
    d.tag(t, Tag::Quantifier)
        || d.links_at(t).any(|m| matches!(m.link, Link::Title(..)))
        || d.readings(t).any(|(_, r)| d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Title(..) | Link::UnnamedOfficial)))
}

/// A masdar with the pronoun of its doer (`استقباله`).
pub(super) fn owned(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(a, r)| r.pos() == Pos::Masdar && a.pronoun().is_some())
}

pub(super) fn masdar(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(_, r)| r.pos() == Pos::Masdar || d.lex.lemma(&r).has(Flag::Predicate) && !r.pos().finite())
}

/// An adjective of relation (`الايراني`): by its ending.
pub(super) fn relational(d: &Doc, t: usize) -> bool {
    d.flag(t, Flag::Demonym) || d.ends(t, Shape::Relational) || d.readings(t).any(|(_, r)| r.pos() == Pos::Adjective)
}

/// The token behind the noun phrase of common words that begins at `t`: its adjectives and what it governs.
pub(super) fn skip(d: &Doc, t: usize, to: usize) -> usize {
    // A quantifier is passed over with the noun it counts (`على أحد أسئلة الصحفيين`).
    let t = if d.tag(t, Tag::Quantifier) && t + 1 < to && plain(d, t + 1) && d.s.tags[t + 1] == 0 { t + 1 } else { t };
    let closed = |x: usize| d.definite(x) || d.readings(x).any(|(a, r)| !r.pos().finite() && a.pronoun().is_some());
    let mut last = t;
    let mut n = t + 1;
    while n < to {
        if let Some(time) = d.time_at(n) {
            n = (time.found.end as usize).max(n + 1);
            break;
        }
        if let Some((_, p)) = d.phrase_at(n) {
            if matches!(clause::governor(d, n, p.proclitics), Governor::Noun(_)) && !closed(last) {
                n = p.end as usize;
                continue;
            }
            break;
        }
        if !plain(d, n) || d.s.tags[n] != 0 || prefixed(d, n).is_some() || d.s.analyses_at(n).iter().all(|a| a.proclitics.joins()) && !d.s.analyses_at(n).is_empty() {
            break;
        }
        if clause::verb(d, n).is_some() && !d.definite(n) {
            break;
        }
        let takes = if d.definite(n) { !closed(last) || relational(d, n) || d.tag(n + 1, Tag::That) } else { !closed(last) && relational(d, n) };
        if !takes {
            break;
        }
        last = n;
        n += 1;
    }
    n
}

/// Behind the common noun at `t`: does one of the entry's prepositions follow, so that the noun is the addressee?
pub(super) fn chained_to(d: &Doc, t: usize, to: usize, s: &Speech) -> bool {
    let after = skip(d, t, to);
    plain(d, after) && masdar(d, after) && !d.definite(after) && d.definite(t)
        || clause::preposition(d, after).is_some_and(|l| s.prepositions.contains(&l))
        || prefixed(d, after).is_some_and(|(l, _)| s.prepositions.contains(&l))
}

/// In place of a count of letters: the preposition is a token of its own.
pub(super) const ALONE: u8 = u8::MAX;

/// The preposition written with the word at `t`, unless the whole word is a word of its own.
pub(super) fn prefixed(d: &Doc, t: usize) -> Option<(u32, u8)> {
    if !d.is_word(t) || d.phrase(t).is_some() {
        return None;
    }
    // A preposition of one letter written apart from a quotation or number (`بـ"فخر"`).
    let f = d.tokens().fold(t);
    if let Some(p) = d.lex.proclitics.iter().find(|p| f.strip_prefix(p.letter) == Some("")) {
        return Some((clause::clitic_preposition(d, sijill_grammar::Clitics::default().with(p.kind))?, ALONE));
    }
    let all = d.s.analyses_at(t);
    let read = |x: &Analysis| x.readings.0 != x.readings.1;
    let whole = all.iter().any(|x| x.letters == 0 && read(x) && !d.lex.reading_slice(x.readings).iter().all(|r| d.lex.lemma(r).has(Flag::Name)));
    if whole {
        return None;
    }
    let clitic = all.iter().filter(|x| x.proclitics.governs()).find(|x| read(x) || x.word != NONE).or_else(|| all.iter().find(|x| x.proclitics.governs()));
    let (c, letters) = clitic.map(|x| (x.proclitics, x.letters)).or_else(|| lettered(d, t))?;
    Some((clause::clitic_preposition(d, c)?, letters))
}

/// A preposition of one letter before a word that no entry knows.
pub(super) fn lettered(d: &Doc, t: usize) -> Option<(sijill_grammar::Clitics, u8)> {
    if d.s.summaries[t].range.0 != d.s.summaries[t].range.1 {
        return None;
    }
    let f = d.tokens().fold(t);
    for p in &d.lex.proclitics {
        if let Some(rest) = f.strip_prefix(p.letter) {
            let article = d.lex.begins(rest, Shape::Article) || (p.kind == Clitic::For && rest.starts_with(p.letter));
            if article && p.kind != Clitic::And && p.kind != Clitic::Then {
                return Some((sijill_grammar::Clitics::default().with(p.kind), 1));
            }
        }
    }
    None
}
