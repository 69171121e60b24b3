//! Who stands between a cue and its content as the one who speaks: a phrase that is the verb's subject, a word for one named
//! before, the issuer of a document.
//!
//! What must not live here: speakers carried over from what was said before.

use super::way::objective;
use super::words::{masdar, plain, prefixed, relational, skip};
use super::{Cue, Doer, Way};
use crate::clause::{self, Governor};
use crate::doc::*;
use sijill_lexicon::inflect::{Gender, Number};
use sijill_lexicon::{Clitic, Flag, Kind, Link, Pos, Reading, Shape, Tag};

/// Is the phrase behind the verb its subject, rather than its object or addressee?
pub(super) fn subject_here(d: &Doc, c: &Cue, p: &Phrase, to: usize) -> bool {
    if !p.unnamed && !p.ents.iter().any(|&e| matches!(d.ent(e).kind, Kind::Person | Kind::Country | Kind::Organization | Kind::Forum)) {
        return false;
    }
    let first = p.start as usize;
    // Dual and sound plural in the accusative are objects (`الجانبين`).
    if p.plural && d.ends(first, Shape::Oblique) && d.tag(first, Tag::Pair) {
        return false;
    }
    if !objective(c.speech) {
        return true;
    }
    if p.plural && d.readings(first).any(|(_, r)| d.lex.lemma(&r).is(Tag::Pair)) && d.ends(first, Shape::Oblique) {
        return false;
    }
    if matches!(c.reading.number(), Number::Dual | Number::Plural) && c.reading.pos() == Pos::Perfect {
        return false;
    }
    // A second noun phrase makes the first the subject whatever its gender.
    let second = (p.end as usize..to.min(p.end as usize + 3))
        .find_map(|t| d.phrase_at(t))
        .is_some_and(|(_, q)| clause::governor(d, q.start as usize, q.proclitics) == Governor::Bare && !q.proclitics.joins() && !d.comma(q.start as usize - 1));
    // So does a clause, or a noun that is the verb's object.
    let next = p.end as usize;
    let clause = !c.speech.addressee_object
        && (d.tag(next, Tag::That) && !d.begins(next, Shape::With) || plain(d, next) && d.s.tags[next] == 0 && prefixed(d, next).is_none() && !relational(d, next));
    second || clause || fits(d, p, &c.reading)
}

/// Does the phrase agree in gender with the verb before it? States are feminine, bodies by their first word.
fn fits(d: &Doc, p: &Phrase, r: &Reading) -> bool {
    let Some(&e) = p.ents.first() else { return true };
    let ent = d.ent(e);
    let feminine = match ent.kind {
        Kind::Person => return ent.feminine.is_none_or(|f| f == (r.gender() == Gender::Feminine)) || r.gender() == Gender::Any,
        Kind::Country => true,
        // A feminine verb is content with a feminine adjective (`الأمم المتحدة`).
        _ if r.gender() == Gender::Feminine => (p.start..p.end).any(|t| ends_in_ta(d, t as usize)),
        _ => ends_in_ta(d, p.start as usize),
    };
    match r.gender() {
        Gender::Any => true,
        Gender::Feminine => feminine || ent.kind == Kind::Country || p.end - p.start == 1,
        Gender::Masculine => !feminine,
    }
}

fn ends_in_ta(d: &Doc, t: usize) -> bool {
    d.ends(t, Shape::Feminine)
}

/// A definite word for somebody named before: a title (`الوزير`), or the sort of a body (`الوكالة`).
pub(crate) fn stand_in(d: &Doc, t: usize) -> Option<Doer> {
    if !d.definite(t) {
        return if d.is_word(t) && d.begins(t, Shape::ForArticle) { first_word(d, t, true) } else { None };
    }
    if d.links_at(t).any(|m| matches!(m.link, Link::Title(..)))
        || d.readings(t).any(|(_, r)| d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Title(..) | Link::UnnamedOfficial)) && r.number() != Number::Plural)
    {
        return Some(Doer::Before);
    }
    // `الفرنسي`: by nationality.
    if d.flag(t, Flag::Demonym) {
        return Some(Doer::Before);
    }
    if let Some(b) = first_word(d, t, false) {
        return Some(b);
    }
    by_sort(d, t).or_else(|| first_word(d, t, true))
}

/// The body named last of the sort that the word at `t` tells (`الوكالة`).
fn by_sort(d: &Doc, t: usize) -> Option<Doer> {
    if !d.flag(t, Flag::OrgHead) {
        return None;
    }
    let (lemma, media) = d
        .readings(t)
        .find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::OrgHead(h) = l { Some((r.lemma, d.lex.heads[*h as usize].media)) } else { None }))?;
    let text = &d.lex.lemmas[lemma as usize].text;
    let at = d.s.phrases.partition_point(|p| (p.end as usize) <= t);
    d.s.phrases[..at]
        .iter()
        .rev()
        .flat_map(|p| p.ents.iter())
        .map(|&e| d.root(e))
        .find(|&e| {
            let ent = d.ent(e);
            matches!(ent.kind, Kind::Organization | Kind::Forum) && (ent.label.starts_with(text.as_str()) || media && ent.actor.is_some_and(|a| d.lex.actors[a as usize].media))
        })
        .map(Doer::Body)
}

/// The body whose longer name begins with the word at `t` (`المرصد السوري` … `المرصد`), with or without the article where `any`
/// (`برنامج الأغذية` … `للبرنامج`).
fn first_word(d: &Doc, t: usize, any: bool) -> Option<Doer> {
    let bare = |t: usize| {
        let word = d.tokens().fold(t);
        let cut = || d.lex.cut(word, Shape::ForArticle).or_else(|| d.lex.cut(word, Shape::Article));
        if any { cut().unwrap_or(word) } else { word }
    };
    let word = bare(t);
    let at = d.s.phrases.partition_point(|p| (p.end as usize) <= t);
    d.s.phrases[..at]
        .iter()
        .rev()
        .take(60)
        .filter(|p| p.end > p.start + 1 && p.letters == 0 && bare(p.start as usize) == word)
        .find_map(|p| p.ents.first().map(|&e| d.root(e)).filter(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Forum)))
        .map(Doer::Body)
}

/// Whose a document is that speaks (`بيان الوزارة`, `البيان الصادر عن الحكومة`), and the token behind.
pub(crate) fn issuer(d: &Doc, t: usize, to: usize) -> Option<(Doer, usize)> {
    if !document(d, t) {
        return None;
    }
    // (`بيان صادر عن`: a participle with the letters of a verb; `بيان صدر عن`, `بيان أصدرته`: who issued it.)
    let participle = |x: usize| x == t + 1 && d.readings(x).any(|(a, r)| a.letters == 0 && matches!(r.pos(), Pos::ActiveParticiple | Pos::PassiveParticiple | Pos::Adjective));
    let issues =
        |x: usize| clause::verb(d, x).is_some_and(|(a, r)| r.pos() == Pos::Perfect && !a.proclitics.joins() && (a.pronoun().is_some() || clause::preposition(d, x + 1).is_some()));
    let clear = |x: usize| clause::verb(d, x).is_none() || participle(x) || issues(x);
    (t + 1..to.min(t + 7)).take_while(|&x| clear(x) && !d.comma(x) && !d.tag(x, Tag::That) && !d.quote_mark(x)).find_map(|x| match d.phrase_at(x) {
        Some((k, p)) => {
            // A definite document has its issuer behind `ل` or a word for issuing; any other phrase is the verb's (`يطلب القرار من الأمين العام`).
            let issued =
                !d.definite(t) || p.proclitics.has(Clitic::For) || d.begins(x, Shape::ForArticle) || (t + 1..x).any(|y| d.is_word(y) && clause::preposition(d, y).is_none());
            (issued && !actors(d, p).is_empty()).then_some((Doer::Phrase(k), p.end as usize))
        }
        None => stand_in(d, x).filter(|b| matches!(b, Doer::Body(_))).map(|b| (b, x + 1)),
    })
}

/// The person whose name stands behind the noun phrase at `t`: between commas, or at once before the clause
/// (`منسقة البرنامج في البلاد فلانة إن`, `والي الإقليم، الأستاذ فلان، `). `said`: the verb has no object, so that a comma
/// behind the name is enough.
pub(super) fn apposed_name(d: &Doc, t: usize, to: usize, said: bool) -> Option<(u32, usize)> {
    if masdar(d, t) || d.links_at(t).any(|m| m.link == Link::UnnamedSource) {
        return None;
    }
    let person = |x: usize| {
        d.phrase_at(x).filter(|(_, p)| !p.proclitics.governs() && !p.proclitics.joins() && !actors(d, p).is_empty() && actors(d, p).iter().all(|&e| d.ent(e).kind == Kind::Person))
    };
    let honoured = |x: usize| person(x).or_else(|| person(x + 1).filter(|_| d.flag(x, Flag::Honorific)));
    let mut x = t + 1;
    while x < to.min(t + 14) {
        if d.is_break(x) || d.quote_mark(x) || d.tag(x, Tag::That) || d.tag(x, Tag::Relative) || d.mark(x) == Some(':') || d.is_word(x) && clause::verb(d, x).is_some() {
            return None;
        }
        if d.comma(x) {
            return honoured(x + 1).filter(|(_, p)| d.comma(p.end as usize)).map(|(k, p)| (k, p.end as usize + 1));
        }
        if x > t + 1
            && let Some((k, p)) = person(x).filter(|(_, p)| clause::governor(d, x, p.proclitics) == Governor::Bare)
            && (d.tag(p.end as usize, Tag::That) || d.comma(p.end as usize) && (said || d.tag(p.end as usize + 1, Tag::That)))
        {
            return Some((k, p.end as usize));
        }
        x = d.phrase_at(x).map_or(x + 1, |(_, p)| p.end as usize);
    }
    None
}

/// The complementiser behind the next comma, with neither verb nor quotation before it.
pub(super) fn clause_behind_comma(d: &Doc, t: usize, to: usize) -> Option<usize> {
    let clear = |x: &usize| {
        !d.is_break(*x) && !d.quote_mark(*x) && !d.tag(*x, Tag::That) && !d.tag(*x, Tag::Relative) && d.mark(*x) != Some(':') && (!d.is_word(*x) || clause::verb(d, *x).is_none())
    };
    let comma = (t + 1..to.min(t + 10)).take_while(clear).find(|&x| d.comma(x))?;
    (comma + 1 < to && d.tag(comma + 1, Tag::That) && !d.begins(comma + 1, Shape::And)).then_some(comma + 1)
}

/// An office or a source in the singular.
pub(super) fn singular_official(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(_, r)| r.number() != Number::Plural && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Title(..) | Link::UnnamedOfficial | Link::UnnamedSource)))
}

/// A noun for what somebody wrote or said (`بيان`).
pub(crate) fn document(d: &Doc, t: usize) -> bool {
    // (`تقرير` is the masdar of another verb as well.)
    let entry = |l: &Link| matches!(l, Link::Speech(s) if d.lex.speeches[*s as usize].noun);
    d.readings(t).any(|(_, r)| !r.pos().finite() && d.lex.lemma(&r).has(Flag::Speech) && (r.pos() == Pos::Noun || d.lex.lemma(&r).links.iter().any(entry)))
}

/// The entities of a phrase that can speak.
pub(crate) fn actors(d: &Doc, p: &Phrase) -> Vec<EntId> {
    p.ents.iter().map(|&e| d.root(e)).filter(|&e| matches!(d.ent(e).kind, Kind::Person | Kind::Country | Kind::Organization | Kind::Forum)).collect()
}

/// Who speaks where no phrase of names stands before the content: somebody without a name, in another's words or named behind a
/// comma. Gives the token to go on from; `w` and `titled` are told.
pub(super) fn nameless(d: &Doc, c: &Cue, w: &mut Way, titled: &mut bool, mut t: usize, to: usize) -> Option<usize> {
    let s = c.speech;
    if let Some((k, next)) = apposed_name(d, t, to, !objective(s)) {
        w.doer = Doer::Phrase(k);
        t = next;
        return Some(t);
    }
    if let Some(b) = stand_in(d, t) {
        w.doer = b;
        *titled = b == Doer::Before;
        t = skip(d, t, to);
        return Some(t);
    }
    // A title whose bearer is named behind a comma (`زعيم البلاد، فلان، `).
    if d.links_at(t).any(|m| matches!(m.link, Link::Title(..)))
        && let Some((_, p)) = d.phrase_at(t + 1)
        && d.comma(p.end as usize)
        && let Some((k, q)) = d.phrase_at(p.end as usize + 1)
        && actors(d, q).iter().any(|&e| d.ent(e).kind == Kind::Person)
    {
        w.doer = Doer::Phrase(k);
        t = q.end as usize;
        return Some(t);
    }
    // … or at once behind what the title is of (`زعيم تحالف كذا فلان`).
    if !d.definite(t) && d.links_at(t).any(|m| matches!(m.link, Link::Title(..))) {
        w.doer = Doer::Unknown;
        *titled = true;
        t = skip(d, t, to);
        return Some(t);
    }
    if let Some(b) = issuer(d, t, to) {
        (w.doer, t) = b;
        return Some(t);
    }
    // The sort of body before its name (`وكالة رويترز`).
    if t == c.end
        && d.flag(t, Flag::OrgHead)
        && !d.definite(t)
        && let head = d.links_at(t).filter(|m| matches!(m.link, Link::OrgHead(_))).map(|m| m.end as usize).max().unwrap_or(t + 1)
        && let named = head + usize::from(d.quote_mark(head))
        && let Some((k, p)) = d.phrase_at(named)
        && !p.proclitics.governs()
        && !actors(d, p).is_empty()
        && actors(d, p).iter().all(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Forum))
    {
        w.doer = Doer::Phrase(k);
        t = p.end as usize + usize::from(named > head && d.quote_mark(p.end as usize));
        // Its state may follow (`وكالة أنباء "يونهاب" الكورية`).
        while plain(d, t) && d.definite(t) && d.flag(t, Flag::Demonym) && named > head {
            t += 1;
        }
        return Some(t);
    }
    // The document of one who spoke before (`أضاف البيان`).
    if t == c.end && d.definite(t) && document(d, t) {
        w.doer = Doer::Document;
        t = skip(d, t, to);
        return Some(t);
    }
    let after = skip(d, t, to);
    let chained = d.tag(after, Tag::That)
        || d.comma(after) && (after..to.min(after + 14)).any(|x| d.tag(x, Tag::That))
        || (after..to.min(after + 14))
            .take_while(|&x| !d.is_break(x) && !d.quote_mark(x) && !d.tag(x, Tag::Relative) && clause::verb(d, x).is_none())
            .any(|x| d.tag(x, Tag::That) && !d.begins(x, Shape::And))
        || s.quote && d.quote_mark(after)
        || clause::preposition(d, after).is_some_and(|l| s.prepositions.contains(&l))
        || prefixed(d, after).is_some_and(|(l, _)| s.prepositions.contains(&l));
    let pronoun = d.readings(t).any(|(a, r)| a.pronoun().is_some() && !r.pos().finite());
    if !objective(s) || chained && !s.addressee_object && !pronoun && !masdar(d, t) {
        (w.doer, t) = (Doer::Unknown, after);
        return Some(t);
    }
    None
}
