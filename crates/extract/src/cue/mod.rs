//! Cues of speech: which words report, and as what.
//!
//! A cue is a verb, participle or noun that an entry of speech lists; `way` leads from it to the first word of the content,
//! `doer` finds who stands between as the one who speaks, `words` knows the words on that way. What must not live here: who
//! speaks where the cue has no subject, and where a content ends.

mod doer;
mod way;
mod words;

use crate::clause::{self, Governor};
use crate::doc::*;
use sijill_grammar::Analysis;
use sijill_lexicon::inflect::{Gender, Number, Voice};
use sijill_lexicon::{Clitic, Flag, Link, NONE, Pos, Reading, Shape, Speech, Tag};

pub(crate) use doer::{actors, document, issuer, stand_in};
use way::way;
use words::plain;

/// The cue at a token.
#[derive(Clone, Copy)]
pub(crate) struct Cue<'a> {
    pub at: usize,
    /// The token behind the cue (behind the noun where the entry asks for one).
    pub end: usize,
    pub analysis: Analysis,
    pub reading: Reading,
    pub speech: &'a Speech,
    pub kind: CueKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CueKind {
    Verb,
    /// Accusative participle: a further statement of the one whose speech it follows (`مضيفا أن`).
    Participle,
    /// Masdar or noun, with the speaker behind it or in its pronoun (`قوله إن`).
    Noun,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum How {
    That,
    /// A quotation, by the tokens of its marks.
    Quote(u32, u32),
    Noun,
}

/// Who stands between cue and content as the one who speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Doer {
    /// Nobody: the speaker stands elsewhere.
    None,
    Phrase(u32),
    /// Somebody who is no entity (`متظاهرون`).
    Unknown,
    /// A word for the one who spoke before (`المتحدث`, `سموه`).
    Before,
    /// An honorific with a pronoun (`سموه`): the one who spoke before, else whom the phrase was read as.
    Honoured(u32),
    /// A word for what one who spoke before has issued (`البيان`).
    Document,
    /// A word for an official who has no name in the article (`المسؤول`, `المصدر`).
    Official(u32),
    /// A word for a body named before (`الوكالة`).
    Body(EntId),
}

/// The way from a cue to its content.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// First token of the content, and the letters before it that are not part of it.
    pub start: usize,
    pub letters: u8,
    pub how: How,
    pub doer: Doer,
    /// The doer stands behind one of the entry's prepositions (`نقلت الوكالة عن الوزير`).
    pub behind_preposition: bool,
    pub addressed: Vec<EntId>,
    /// The last token that a bridge (`قائلا`) takes, or the cue's end.
    pub end: usize,
}

/// The cue at token `i` and its way; of several readings the one that has a way, then the likelier.
pub(crate) fn cue_at<'a>(d: &Doc<'a>, i: usize, topic: &dyn Fn(&Reading) -> bool, from: usize, to: usize) -> Option<(Cue<'a>, Way)> {
    if !d.flag(i, Flag::Speech) || d.s.phrase_of[i] != NONE || d.s.junk[i] || d.s.time_of[i] != NONE {
        return None;
    }
    // An adverb with the letters of a participle (`عادة`).
    if d.tag(i, Tag::Adverb) && d.s.analyses_at(i).iter().any(|a| a.letters == 0 && d.lex.reading_slice(a.readings).iter().any(|r| r.pos() == Pos::Function)) {
        return None;
    }
    // Impersonal wording (`يذكر أن`) is listed with the words that open a sentence.
    if d.longest(i, |l| (l == Link::Fronting).then_some(())).is_some() {
        return None;
    }
    let as_verb = clause::verb(d, i).is_some();
    // A verb with the letters of a preposition (`عبر عن`): where a clause begins and the verb's own preposition follows.
    let opens = i == from
        || d.comma(i - 1)
        || d.dash(i - 1)
        || d.mark(i - 1).is_some()
        || d.s.analyses_at(i).iter().any(|a| a.proclitics.joins())
        || d.tag(i - 1, Tag::VerbParticle)
        || (1..=4).filter_map(|n| i.checked_sub(n)).any(|b| d.links_at(b).any(|m| m.link == Link::Fronting && m.end as usize == i));
    // … or its subject right before (`لكن ترامب عبر عن تفاؤله`).
    let opens = opens || i > from && d.phrase(i - 1).is_some_and(|(_, p)| p.end as usize == i && !doer::actors(d, p).is_empty()) && clause::preposition(d, i + 1).is_some();
    let disguised = !as_verb && opens && d.tag(i, Tag::Preposition);
    let whole = d.readings(i).any(|(a, r)| a.letters == 0 && r.pos().finite() && d.lex.lemma(&r).has(Flag::Speech));
    let mut best: Option<(u8, Cue, Way)> = None;
    for (a, r) in d.readings(i) {
        let Some(kind) = sort(d, i, from, &a, &r, as_verb || disguised) else { continue };
        for l in &d.lex.lemma(&r).links {
            let Link::Speech(id) = *l else { continue };
            let speech = &d.lex.speeches[id as usize];
            // A verdict that is an act as well counts with a pronoun only; `وعد` is a promise before it is `و` and a verdict.
            let bare = speech.verdict && a.pronoun().is_none();
            if bare && (speech.act && kind == CueKind::Verb || a.letters > 0 && whole) {
                continue;
            }
            let Some(end) = head(d, i, speech, to) else { continue };
            let cue = Cue { at: i, end, analysis: a, reading: r, speech, kind };
            let Some(way) = way(d, &cue, topic(&r), to) else { continue };
            if kind == CueKind::Noun && !noun_counts(d, &cue, &way) {
                continue;
            }
            let led = way.how == How::Noun && clause::preposition(d, way.start - 1).is_some_and(|l| speech.prepositions.contains(&l))
                || way.how == How::That && matches!(way.doer, Doer::Phrase(_))
                // `وبين معاليه أن`
                || way.how == How::That && way.doer == Doer::Before && d.flag(i + 1, Flag::Honorific);
            if disguised && !led {
                continue;
            }
            let likely = match kind {
                CueKind::Noun if way.how == How::Noun => 3,
                CueKind::Verb => 2,
                CueKind::Participle => 1,
                CueKind::Noun => 0,
            } * 16
                + u8::from(!speech.words.is_empty()) * 8
                + u8::from(!matches!(way.doer, Doer::None | Doer::Unknown)) * 4
                + u8::from(speech.via.is_some()) * 2
                + u8::from(way.how != How::Noun);
            // Of two entries of equal standing the one whose content comes first.
            // A report tells in the past (`وتوعد` is "and he threatened").
            let past = |c: &Cue| c.reading.pos() == Pos::Perfect;
            let better = |(s, c, w): &(u8, Cue, Way)| (likely >> 1, std::cmp::Reverse(way.start), likely, past(&cue)) > (*s >> 1, std::cmp::Reverse(w.start), *s, past(c));
            if best.as_ref().is_none_or(better) {
                best = Some((likely, cue, way));
            }
        }
    }
    best.map(|(_, c, w)| (c, w))
}

/// As what a reading may be a cue here.
fn sort(d: &Doc, i: usize, from: usize, a: &Analysis, r: &Reading, as_verb: bool) -> Option<CueKind> {
    let article = a.proclitics.has(Clitic::Article);
    match r.pos() {
        // The first person reports nothing: it is inside somebody's speech.
        // `نُقل`, `قيل`: nobody's words.
        Pos::Perfect if r.voice() == Voice::Passive || damma(d, i, a) => None,
        Pos::Perfect | Pos::Imperfect => (as_verb && r.person() == 3 && !a.proclitics.has(Clitic::For)).then_some(CueKind::Verb),
        Pos::ActiveParticiple => {
            // Behind the article it is a noun (`المتحدث`); bare accusative it continues the speech. The tanwin shows that, or a
            // comma before the word.
            if article || a.proclitics.governs() || a.pronoun().is_some() {
                return None;
            }
            let apart = i > from && (d.comma(i - 1) || d.quote_mark(i - 1) || d.mark(i - 1) == Some(')'));
            let many = r.gender() == Gender::Feminine || matches!(r.number(), Number::Dual | Number::Plural);
            let led = i > from
                && plain(d, i - 1)
                && d.s.tags[i - 1] == 0
                && !d.definite(i - 1)
                && (d.tag(i + 1, Tag::That) || d.tag(i + 1, Tag::Bound) || clause::preposition(d, i + 1).is_some())
                // A definite word or a name takes no indefinite adjective: before a clause the participle is the speaker's.
                || i > from && (d.phrase(i - 1).is_some() || plain(d, i - 1) && d.definite(i - 1)) && d.tag(i + 1, Tag::That) && !d.begins(i + 1, Shape::With);
            let marked = r.tanwin() && !d.tag(i.wrapping_sub(1), Tag::Auxiliary);
            (marked || many && (apart || led && i > from && d.is_word(i - 1) && !d.tag(i - 1, Tag::Preposition)) && !d.flag(i, Flag::PlaceHead)).then_some(CueKind::Participle)
        }
        Pos::Masdar | Pos::Noun if !article => Some(CueKind::Noun),
        _ => None,
    }
}

/// Is a damma written on the first letter of the word behind its clitics? A perfect is passive then.
fn damma(d: &Doc, i: usize, a: &Analysis) -> bool {
    let word = &d.text[d.tokens()[i].start as usize..d.tokens()[i].end as usize];
    word.chars().skip_while(|c| !c.is_alphabetic()).skip(a.letters as usize).nth(1) == Some('\u{064F}')
}

/// Where an entry asks for a noun behind its verb: the token behind that noun, or the noun itself where it is the content.
fn head(d: &Doc, i: usize, s: &Speech, to: usize) -> Option<usize> {
    if s.words.is_empty() {
        return Some(i + 1);
    }
    for t in i + 1..to.min(i + 18) {
        if d.phrase(t).is_some() {
            continue;
        }
        if d.tag(t, Tag::That) || d.quote_mark(t) {
            return None;
        }
        let hit = d.readings(t).any(|(a, r)| {
            s.words.contains(&r.lemma)
                && (s.via.is_none() && !a.proclitics.governs()
                    || s.via.is_some() && (clause::clitic_preposition(d, a.proclitics) == s.via || clause::preposition(d, t - 1) == s.via))
        });
        if hit {
            return Some(if s.object { t } else { t + 1 });
        }
    }
    None
}

/// Nouns of speech count with a pronoun or a speaker, and with their clause or quotation at once.
fn noun_counts(d: &Doc, c: &Cue, w: &Way) -> bool {
    // A closing ta marbuta is no pronoun.
    let word = &d.text[d.tokens()[c.at].start as usize..d.tokens()[c.at].end as usize];
    if w.how == How::Noun && c.analysis.pronoun().is_some() && !word.ends_with(sijill_text::TA_MARBUTA) && quoted_act(d, c) || passed_on(d, c, w) {
        return true;
    }
    if w.how == How::Noun || word.ends_with(sijill_text::TA_MARBUTA) && c.analysis.pronoun().is_some() {
        return false;
    }
    let near = w.start <= c.end + 2;
    let behind = d.phrase_at(c.end).is_some_and(|(_, p)| w.start <= p.end as usize + 2 && p.letters == 0);
    c.analysis.pronoun().is_some() && near || behind
}

/// `نقلت الوكالة عن فلان نفيه أي لقاء`: the act of speech of the one quoted, right behind him.
fn quoted_act(d: &Doc, c: &Cue) -> bool {
    let Some((_, p)) = c.at.checked_sub(1).and_then(|b| d.phrase(b)).filter(|(_, p)| p.end as usize == c.at) else { return false };
    let Governor::Preposition(from) = clause::governor(d, p.start as usize, p.proclitics) else { return false };
    (p.start as usize).checked_sub(1).is_some_and(|last| passes_on(d, last, |l| l == from))
}

/// `نقلت الصحف تأكيد الملك على كذا`: the act of speech with its doer in construct, as what somebody passes on.
fn passed_on(d: &Doc, c: &Cue, w: &Way) -> bool {
    let named = || d.phrase_at(c.end).is_some_and(|(_, p)| !p.proclitics.governs() && !p.proclitics.joins() && !doer::actors(d, p).is_empty() && w.start > p.end as usize);
    w.how == How::Noun && c.analysis.pronoun().is_none() && c.analysis.letters == 0 && named() && c.at.checked_sub(1).is_some_and(|last| passes_on(d, last, |_| true))
}

/// Does a verb that passes on another's words, whom a preposition that `fits` tells, stand shortly before?
fn passes_on(d: &Doc, last: usize, fits: impl Fn(u32) -> bool) -> bool {
    let quotes = |s: &Speech| !s.object && s.speaker.iter().any(|&l| fits(l));
    let verb = |t: usize| {
        d.flag(t, Flag::Speech)
            && clause::verb(d, t).is_some_and(|(_, r)| d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Speech(s) if quotes(&d.lex.speeches[*s as usize]))))
    };
    (last.saturating_sub(12)..=last).rev().take_while(|&t| !d.is_break(t)).any(verb)
}
