//! The force of a statement: that of its cue, or of the first clause of its content that has one.
//!
//! What must not live here: which words have which force; that is data (`lexicon/speech/predicates.toml`).

use crate::clause::{self, Governor};
use crate::cue::How;
use crate::doc::*;
use crate::phrases::state_of;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, Pos, Reading, Shape, Speech, Tag};

/// A noun phrase is searched this far for the word that decides.
const HEAD: usize = 4;

/// The cue's own force; of a neutral cue that of the content's first main predicate that has one, else `default`.
pub(crate) fn force(d: &Doc, s: &Speech, default: &str, how: How, content: (usize, usize), speakers: &[EntId]) -> String {
    if !s.neutral {
        return s.force.clone();
    }
    let (start, end) = content;
    let found = match how {
        How::Noun => nominal(d, s, start, end, speakers),
        How::That | How::Quote(..) => clausal(d, start, end, speakers),
    };
    found.unwrap_or_else(|| default.to_owned())
}

fn predicate(d: &Doc, r: &Reading) -> Option<u32> {
    d.lex.lemma(r).links.iter().find_map(|l| if let Link::Predicate(p) = l { Some(*p) } else { None })
}

fn wording(d: &Doc, t: usize) -> Option<u32> {
    let led = |end: usize, p: u32| {
        // It opens a clause: a noun's own preposition does not (`الاتفاق على`).
        let opens = t == 0 || d.comma(t - 1) || d.mark(t - 1).is_some() || d.is_break(t - 1) || d.tag(t - 1, Tag::That) || d.begins(t, Shape::And);
        !d.lex.predicates[p as usize].clause
            || opens
                && (end + 1..d.len().min(end + 9)).take_while(|&x| !d.comma(x) && !d.is_break(x) && clause::verb(d, x).is_none()).any(|x| d.tag(x, Tag::That) && !pronominal(d, x))
    };
    d.longest(t, |l| if let Link::Predicate(p) = l { Some(p) } else { None }).filter(|(m, p)| d.s.phrase_of[t] == NONE && led(m.end as usize, *p)).map(|(_, p)| p)
}

/// The head of a noun phrase, or an adjective close to it (`موقف بلاده الداعم`, `عميق تقديره`).
fn nominal(d: &Doc, s: &Speech, start: usize, end: usize, speakers: &[EntId]) -> Option<String> {
    let force = |p: u32| Some(d.lex.predicates[p as usize].force.clone());
    for t in start..end.min(start + HEAD) {
        if let Some(p) = wording(d, t) {
            return force(p);
        }
        // A verdict on the object (`وصف الاتفاق بأنه`).
        if d.tag(t, Tag::That) && t > start {
            return clausal(d, t + 1, end, speakers);
        }
        if t > start && (d.comma(t) || d.tag(t, Tag::Preposition) || d.tag(t, Tag::Relative)) {
            return None;
        }
        if d.s.phrase_of[t] != NONE || !d.flag(t, Flag::Predicate) {
            continue;
        }
        let hit = d.readings(t).find_map(|(a, r)| {
            let head = !r.pos().finite() && !a.proclitics.has(Clitic::Like) && (t == start || !a.proclitics.governs() || s.verdict);
            head.then(|| predicate(d, &r)).flatten()
        });
        if let Some(p) = hit {
            return force(p);
        }
    }
    None
}

/// The first main predicate with a force. Relative clauses, what a preposition governs and what is denied say nothing.
pub(crate) fn clausal(d: &Doc, start: usize, end: usize, speakers: &[EntId]) -> Option<String> {
    let force = |p: u32| Some(d.lex.predicates[p as usize].force.clone());
    let mut relative = false;
    for t in start..end {
        if d.comma(t) || d.mark(t) == Some('.') {
            relative = false;
            continue;
        }
        if let Some(p) = wording(d, t).filter(|_| !relative) {
            let fits = !d.lex.predicates[p as usize].own || own(d, t, start, None, speakers);
            if fits {
                // `على فلان أن يفعل وإلا`: the threat behind the duty.
                let threat = |q: u32| d.lex.predicates[q as usize].force == "warn";
                if d.lex.predicates[p as usize].clause
                    && let Some(q) = (t + 1..end).find_map(|x| wording(d, x).filter(|&q| threat(q)))
                {
                    return force(q);
                }
                return force(p);
            }
        }
        if d.tag(t, Tag::Relative) {
            // `وهو`, `وهي` begin a clause of their own.
            relative = !d.begins(t, Shape::And);
            continue;
        }
        // The future of the speaker's own side, with a word of its own (`سوف`).
        if !relative && d.tag(t, Tag::Future) && own(d, t, start, None, speakers) {
            return Some("pledge".to_owned());
        }
        // `لا تفعلوا`: said to others.
        if !relative
            && d.tag(t, Tag::Negation)
            && d.readings(t + 1).any(|(_, r)| r.pos() == Pos::Imperfect && r.person() == 2)
            && !d.readings(t + 1).any(|(_, r)| r.pos().finite() && r.person() == 3)
        {
            return Some("call-for".to_owned());
        }
        // What one's own side will never do is promised.
        if !relative && d.tag(t, Tag::NegationFuture) && own(d, t, start, None, speakers) {
            return Some("pledge".to_owned());
        }
        if relative || d.s.phrase_of[t] != NONE || denied(d, t, start) {
            continue;
        }
        // The future of the speaker's own act.
        let future =
            d.s.analyses_at(t)
                .iter()
                .find(|a| a.proclitics.has(Clitic::Future) && a.readings.0 != a.readings.1)
                .and_then(|a| d.lex.reading_slice(a.readings).iter().find(|r| r.pos() == Pos::Imperfect))
                // `سيتم الإعلان`, `سيكون`: what will be, not what one will do.
                .filter(|r| {
                    let impersonal = d.lex.lemma(r).links.iter().any(|l| matches!(l, Link::Light(l) if d.lex.lights[*l as usize].impersonal));
                    r.person() == 1 || !(impersonal || d.lex.lemma(r).is(Tag::Auxiliary))
                })
                // One man's own acts are not told in the plural.
                .filter(|r| r.person() != 3 || r.number() != Number::Plural || speakers.len() != 1 || d.ent(speakers[0]).kind != Kind::Person)
                .filter(|r| own(d, t, start, Some(r), speakers));
        if future.is_some() {
            return Some("pledge".to_owned());
        }
        if !d.flag(t, Flag::Predicate) || d.flag(t, Flag::PlaceHead) {
            continue;
        }
        let verb = clause::verb(d, t);
        let hit = d.readings(t).find_map(|(a, r)| {
            let p = predicate(d, &r)?;
            let main = if r.pos().finite() {
                verb.is_some() && !(t > start && d.tag(t - 1, Tag::That) && !d.is_break(t - 1) && t - 1 > start && clause::preposition(d, t.saturating_sub(2)).is_some())
            } else {
                let bare = !a.proclitics.has(Clitic::Article) && !a.proclitics.governs();
                bare && matches!(r.pos(), Pos::Adjective | Pos::ActiveParticiple | Pos::PassiveParticiple | Pos::Noun) && predicative(d, t, start)
            };
            (main && (!d.lex.predicates[p as usize].own || own(d, t, start, r.pos().finite().then_some(&r), speakers))).then_some(p)
        });
        if let Some(p) = hit {
            return force(p);
        }
    }
    None
}

fn denied(d: &Doc, t: usize, start: usize) -> bool {
    t > start && (d.tag(t - 1, Tag::NegationPast) || d.tag(t - 1, Tag::NegationFuture) || d.tag(t - 1, Tag::Negation))
}

/// Is the adjective at `t` where a predicate stands: behind its subject, a complementiser or the verb to be?
fn predicative(d: &Doc, t: usize, start: usize) -> bool {
    if t == start {
        return true;
    }
    let b = t - 1;
    d.phrase(b).is_some()
        || d.tag(b, Tag::Auxiliary)
        || d.tag(b, Tag::Adverb)
        || d.tag(b, Tag::Pronoun)
        || d.tag(b, Tag::Relative)
        || d.tag(b, Tag::OwnCountry)
        || d.definite(b)
        || d.quote_mark(b)
        || d.comma(b)
}

/// Is the subject of the predicate at `t` the speaker or the speaker's own side?
fn own(d: &Doc, t: usize, start: usize, verb: Option<&Reading>, speakers: &[EntId]) -> bool {
    if verb.is_some_and(|r| r.person() == 1) {
        return true;
    }
    // The body that the speaker speaks for.
    let heads = |e: EntId| speakers.iter().any(|&s| d.ent(s).roles.iter().any(|r| matches!(&r.of, OfWhom::Ent(b) if d.root(*b) == e)));
    let ours = |p: &Phrase| {
        p.ents.iter().map(|&e| d.root(e)).any(|e| {
            speakers.contains(&e) || heads(e) || d.ent(e).kind == Kind::Country && d.ent(e).country.is_some() && speakers.iter().any(|&s| state_of(d, s) == d.ent(e).country)
        }) || (p.start..p.end).any(|t| first_person(d, t as usize))
    };
    if verb.is_some()
        && let Some((_, p)) = d.phrase_at(t + 1).filter(|(_, p)| clause::governor(d, t + 1, p.proclitics) == Governor::Bare && !p.proclitics.joins())
        && p.ents.iter().any(|&e| !matches!(d.ent(e).kind, Kind::Place | Kind::Initiative))
        && d.s.phrase_of.get(t.wrapping_sub(1)).is_none_or(|&p| p == NONE)
    {
        return ours(p);
    }
    let mut b = t;
    while b > start {
        b -= 1;
        // Whatever state it was taken for, `بلاده` is the speaker's.
        if d.tag(b, Tag::OwnCountry) || d.phrase(b).is_none() && (first_person(d, b) || national(d, b, speakers)) {
            return true;
        }
        if let Some((_, p)) = d.phrase(b) {
            let first = p.start as usize;
            if clause::governor(d, first, p.proclitics) == Governor::Bare {
                return ours(p);
            }
            b = first;
            continue;
        }
        if d.tag(b, Tag::Pronoun) {
            return d.begins(b, Shape::FirstPerson);
        }
        if d.tag(b, Tag::That) {
            return pronominal(d, b);
        }
    }
    // Nothing before it in the clause: a pronoun on the complementiser means the speaker, mostly; bare, the verb has its subject
    // behind it, and nobody else was named.
    start > 0 && pronominal(d, start - 1) || verb.is_none() && t == start
}

/// An adjective of the speaker's own state (`القوات التركية`).
fn national(d: &Doc, t: usize, speakers: &[EntId]) -> bool {
    d.flag(t, Flag::Demonym)
        && d.readings(t).any(|(_, r)| {
            d.lex.lemma(&r).links.iter().any(|l| match l {
                Link::Demonym(a) => {
                    let country = &d.lex.actors[*a as usize].country;
                    country.is_some() && speakers.iter().any(|&s| state_of(d, s) == *country)
                }
                _ => false,
            })
        })
}

/// A noun with the pronoun of the first person (`وكالتنا`).
fn first_person(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(a, r)| !r.pos().finite() && a.pronoun().is_some_and(|p| d.lex.enclitics[p].person == 1)) && !d.readings(t).any(|(a, _)| a.pronoun().is_none())
}

/// A complementiser with a pronoun (`إنه`, `أننا`).
fn pronominal(d: &Doc, t: usize) -> bool {
    let mut word = d.tokens().fold(t);
    while let Some(rest) = d.lex.cut(word, Shape::BeforeThat) {
        word = rest;
    }
    d.tag(t, Tag::That) && word.chars().count() > 2
}
