//! Cues of speech, and the way from a cue to what is reported.
//!
//! A cue is a verb, participle or noun that an entry of speech lists; the way runs over its subject, its addressee and whatever
//! else stands between (times, appositions, `في كلمة له`) to the first word of the content. What must not live here: who speaks
//! where the cue has no subject, and where a content ends.

use crate::clause::{self, Governor};
use crate::doc::*;
use sijill_grammar::Analysis;
use sijill_lexicon::inflect::{Gender, Number, Voice};
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, Pos, Reading, Shape, Speech, Tag};

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

/// The farthest a content may stand behind its cue, in tokens; subjects with titles and appositions are long.
const REACH: usize = 60;

/// The cue at token `i` and its way; of several readings the one that has a way, then the likelier.
pub(crate) fn cue_at<'a>(d: &Doc<'a>, i: usize, topic: &dyn Fn(&Reading) -> bool, from: usize, to: usize) -> Option<(Cue<'a>, Way)> {
    if !d.flag(i, Flag::Speech) || d.s.phrase_of[i] != NONE || d.s.junk[i] || d.s.time_of[i] != NONE {
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
    let disguised = !as_verb && opens && d.tag(i, Tag::Preposition);
    let mut best: Option<(u8, Cue, Way)> = None;
    for (a, r) in d.readings(i) {
        let Some(kind) = sort(d, i, from, &a, &r, as_verb || disguised) else { continue };
        for l in &d.lex.lemma(&r).links {
            let Link::Speech(id) = *l else { continue };
            let speech = &d.lex.speeches[id as usize];
            let Some(end) = head(d, i, speech, to) else { continue };
            let cue = Cue { at: i, end, analysis: a, reading: r, speech, kind };
            let Some(way) = way(d, &cue, topic(&r), to) else { continue };
            if kind == CueKind::Noun && !noun_counts(d, &cue, &way) {
                continue;
            }
            let led = way.how == How::Noun && clause::preposition(d, way.start - 1).is_some_and(|l| speech.prepositions.contains(&l))
                || way.how == How::That && matches!(way.doer, Doer::Phrase(_));
            if disguised && !led {
                continue;
            }
            let likely = match kind {
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
    if w.how == How::Noun && c.analysis.pronoun().is_some() && !word.ends_with(sijill_text::TA_MARBUTA) && quoted_act(d, c) {
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
    let passes_on = |t: usize| {
        d.flag(t, Flag::Speech)
            && clause::verb(d, t).is_some_and(|(_, r)| {
                d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Speech(s) if d.lex.speeches[*s as usize].speaker.contains(&from) && !d.lex.speeches[*s as usize].object))
            })
    };
    (p.start as usize).checked_sub(1).is_some_and(|last| (last.saturating_sub(12)..=last).rev().take_while(|&t| !d.is_break(t)).any(passes_on))
}

/// A participle or masdar of saying that only leads over to the quotation or clause behind it (`قائلا:`, `بقوله إن`).
fn bridge<'a>(d: &Doc<'a>, t: usize, to: usize) -> Option<Way> {
    if !d.flag(t, Flag::Speech) || d.s.phrase_of[t] != NONE {
        return None;
    }
    let (a, r, s) = d.readings(t).find_map(|(a, r)| {
        let leads = r.pos() == Pos::ActiveParticiple && !a.proclitics.has(Clitic::Article) || matches!(r.pos(), Pos::Masdar | Pos::Noun) && a.proclitics.has(Clitic::With);
        let s = d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Speech(s) = l { Some(&d.lex.speeches[*s as usize]) } else { None })?;
        (leads && s.neutral && s.that && s.quote && !s.object && s.prepositions.is_empty()).then_some((a, r, s))
    })?;
    let cue = Cue { at: t, end: t + 1, analysis: a, reading: r, speech: s, kind: CueKind::Participle };
    way(d, &cue, true, to.min(t + 24)).filter(|w| w.how != How::Noun)
}

/// Does a verb with no subject of its own have another reading of what follows than its subject?
fn objective(s: &Speech) -> bool {
    s.object || s.addressee_object
}

/// Finds the content of a cue. `topic`: its subject stands before it.
pub(crate) fn way(d: &Doc, c: &Cue, topic: bool, to: usize) -> Option<Way> {
    let s = c.speech;
    let verb = c.kind == CueKind::Verb;
    let mut w = Way { start: 0, letters: 0, how: How::Noun, doer: Doer::None, behind_preposition: false, addressed: Vec::new(), end: c.end };
    let to = to.min(c.at + REACH);
    let mut t = if s.words.is_empty() { c.end } else { c.at + 1 };
    let mut commas = 0;
    let mut apposed = false;
    let mut relative = false;
    let mut loose = 0;
    let mut gerund = false;
    let mut titled = false;
    // The relative clause has no pronoun before it and ends where a new noun stands.
    let mut attached = false;
    let found = |w: Way, start: usize, letters: u8, how: How| (start < to).then_some(Way { start, letters, how, ..w });
    while t < to {
        if d.s.junk[t] || d.is_break(t) {
            break;
        }
        // The noun that the entry asks for is the content itself, or is passed over.
        if !s.words.is_empty() && t >= c.end && s.object {
            let t = c.end;
            let letters = d.readings(t).find(|(_, r)| s.words.contains(&r.lemma)).map_or(0, |(a, _)| a.letters);
            return found(w, t, letters, How::Noun);
        }
        if !s.words.is_empty() && !s.object && t + 1 == c.end {
            // What a document says is its issuer's word (`جاء في بيان للوزارة`).
            if s.via.is_some() && w.doer == Doer::None {
                w.doer = Doer::Before;
                if let Some(b) = issuer(d, t, to) {
                    (w.doer, t) = b;
                    continue;
                }
            }
            t += 1;
            continue;
        }
        if let Some(time) = d.time_at(t) {
            let counted = t > c.end && d.tag(t - 1, Tag::Preposition);
            t = (time.found.end as usize).max(t + 1);
            // `في اليوم الأول من الزيارة`: which day it was.
            if counted && plain(d, t) && d.definite(t) && d.tag(t + 1, Tag::Preposition) {
                t += 1;
            }
            continue;
        }
        if d.mark(t) == Some('(') {
            t = (t..to.min(t + 20)).find(|&x| d.mark(x) == Some(')')).map_or(t + 1, |x| x + 1);
            continue;
        }
        if d.quote_mark(t) {
            let Some(q) = d.quote_at(t) else {
                if s.quote && !relative && t + 3 < to {
                    return found(w, t + 1, 0, How::That);
                }
                t += 1;
                continue;
            };
            let close = q.close as usize;
            let short = close - t <= 5;
            // The name of what a preposition governs (`لـ«الشرق الأوسط»، إن`, `على موقع "تويتر": `), or of the body whose head has spoken.
            let governed = t > c.end
                && (prefixed(d, t - 1).is_some()
                    || plain(d, t - 1) && !d.definite(t - 1) && d.tag(t - 2, Tag::Preposition)
                    || d.tag(t - 1, Tag::Preposition) && d.phrase(t + 1).is_some());
            let headed = t == c.end + 1 && d.links_at(c.end).any(|m| matches!(m.link, Link::Title(..)));
            if short && (headed || governed && !d.is_break(close + 1) && d.mark(close + 1) != Some('.')) {
                t = close + 1;
                continue;
            }
            let named = close - t <= 5
                && w.doer == Doer::None
                && !topic
                && verb
                && d.phrase(t + 1).is_some()
                && (d.tag(close + 1, Tag::That) || d.is_word(close + 1) || d.comma(close + 1));
            if named {
                w.doer = Doer::Phrase(d.s.phrase_of[t + 1]);
                t = close + 1;
                continue;
            }
            // The name of the body whose sort stands before it (`صحيفة "..."`).
            let long = close - t <= 14 && (close + 1..to.min(close + 9)).any(|x| d.tag(x, Tag::That));
            if (close - t <= 6 || long)
                && t == c.end + 1
                && verb
                && !topic
                && plain(d, c.end)
                && !d.definite(c.end)
                && w.doer != Doer::Before
                && (w.doer == Doer::None || w.doer == Doer::Unknown)
            {
                w.doer = d.phrase(t + 1).map_or(Doer::Unknown, |(k, _)| Doer::Phrase(k));
                t = close + 1;
                continue;
            }
            // A few quoted words that the sentence goes on from are an object's words.
            let partial = s.object && close - t <= 5 && d.is_word(close + 1) && !d.flag(close + 1, Flag::Speech);
            if s.quote && !partial && !(close - t <= 5 && d.tag(close + 1, Tag::That)) {
                return found(w, t + 1, 0, How::Quote(q.open, q.close));
            }
            if s.object && !relative {
                return found(w, t, 0, How::Noun);
            }
            // What the entry's preposition governs may be quoted along with the preposition.
            t = if close - t > 4 && !s.prepositions.is_empty() && w.doer != Doer::None { t + 1 } else { close + 1 };
            continue;
        }
        // `وقال إذا لم …`: words without a complementiser.
        if verb && s.that && s.quote && s.neutral && d.tag(t, Tag::Conditional) && (t == c.end || d.phrase(t - 1).is_some()) && !d.tag(t, Tag::That) {
            return found(w, t, 0, How::That);
        }
        if d.mark(t) == Some(':') {
            if !s.quote {
                break;
            }
            return match d.quote_at(t + 1) {
                Some(q) => found(w, t + 2, 0, How::Quote(q.open, q.close)),
                None => found(w, t + 1, 0, How::That),
            };
        }
        if d.tag(t, Tag::That) {
            // Behind a preposition that is none of the entry's it opens a clause of time or manner (`قبل أن`).
            // (`من قبل` ends a clause of its own.)
            // With a pronoun it has what it governs (`بيان أكدت فيه أن`).
            let foreign = t > c.end
                && clause::preposition(d, t - 1).is_some_and(|l| !s.prepositions.contains(&l))
                && !(t >= c.end + 2 && d.tag(t - 2, Tag::Preposition))
                && !d.readings(t - 1).any(|(a, r)| a.pronoun().is_some() && r.pos() == Pos::Function);
            if foreign {
                // Behind the cue at once it is this verb with another preposition: another entry's.
                if t == c.end + 1 {
                    break;
                }
                relative = true;
                t += 1;
                continue;
            }
            let with = d.begins(t, Shape::With) && d.lex.clitic_prepositions.iter().any(|(x, l)| *x == Clitic::With && s.prepositions.contains(l));
            if !s.that && !with {
                break;
            }
            return that(d, w, t, to, s);
        }
        if t > c.at + 1
            && let Some(b) = bridge(d, t, to)
        {
            return Some(Way { start: b.start, letters: b.letters, how: b.how, end: t + 1, ..w });
        }
        // Whom an outlet quotes before the clause (`أفادت الوكالة نقلا عن فلان بأن`).
        if verb
            && s.that
            && matches!(w.doer, Doer::Phrase(k) if actors(d, &d.s.phrases[k as usize]).iter().all(|&e| d.ent(e).actor.is_some_and(|a| d.lex.actors[a as usize].media)))
            && let Some(m) = d.links_at(t).filter(|m| matches!(m.link, Link::Attribution(_))).max_by_key(|m| m.end)
            && let Some((k, p)) = d.phrase_at(m.end as usize)
            && (d.tag(p.end as usize, Tag::That) || d.comma(p.end as usize) && d.tag(p.end as usize + 1, Tag::That))
        {
            w.doer = Doer::Phrase(k);
            w.behind_preposition = true;
            t = p.end as usize;
            continue;
        }
        // Words that may stand anywhere before a clause, with what they govern.
        if let Some((m, ())) = d.longest(t, |l| (l == Link::Fronting).then_some(())).filter(|(m, ())| {
            !(m.start..m.end).any(|x| d.tag(x as usize, Tag::That)) && !(m.end as usize == t + 1 && clause::preposition(d, t).is_some_and(|l| s.prepositions.contains(&l)))
        }) {
            // The noun that the entry asks for may stand in such wording (`جاء في بيان`).
            if !s.words.is_empty() && t + 1 < c.end && m.end as usize >= c.end {
                t = c.end - 1;
                continue;
            }
            let last = m.end as usize - 1;
            t = m.end as usize;
            gerund |= owned(d, last);
            if clause::preposition(d, last).is_some() && plain(d, t) {
                gerund |= owned(d, t);
                t = skip(d, t, to);
            }
            continue;
        }
        if let Some((k, p)) = d.phrase_at(t) {
            let next = p.end as usize;
            // What follows the cue at once is not governed by it, though its letters may be a preposition's.
            let governor = if t == c.end && verb && !p.proclitics.governs() { Governor::Bare } else { clause::governor(d, t, p.proclitics) };
            match governor {
                Governor::Preposition(l) if s.speaker.contains(&l) => {
                    w.doer = Doer::Phrase(k);
                    w.behind_preposition = true;
                    titled = false;
                }
                Governor::Preposition(l) if s.addressee.contains(&l) => w.addressed.extend(actors(d, p)),
                Governor::Preposition(l) if s.prepositions.contains(&l) && !relative => return found(w, t, p.letters, How::Noun),
                Governor::Bare if relative => {}
                // The object of `لقائه`, `استقباله`, whose pronoun is the speaker.
                Governor::Bare if gerund && w.doer == Doer::None && !d.comma(t - 1) && t > c.end => gerund = false,
                Governor::Bare if p.proclitics.joins() && w.doer == Doer::None => {
                    break;
                }
                // The name of the one whose title stood before, at once or between commas.
                Governor::Bare
                    if titled
                        && matches!(w.doer, Doer::Unknown | Doer::Before | Doer::Official(_))
                        && (!d.comma(t - 1) || d.comma(next) || d.tag(next, Tag::That))
                        && !p.proclitics.joins()
                        && actors(d, p).iter().any(|&e| d.ent(e).kind == Kind::Person) =>
                {
                    titled = false;
                    w.doer = Doer::Phrase(k);
                }
                // A name right behind a title that was taken for somebody of its own (`الأمين العام للمجلس فلان، أن`).
                Governor::Bare
                    if matches!(w.doer, Doer::Phrase(o) if d.s.phrases[o as usize].unnamed && (d.s.phrases[o as usize].end as usize) + 1 >= t)
                        && !p.proclitics.joins()
                        && actors(d, p).iter().any(|&e| d.ent(e).kind == Kind::Person) =>
                {
                    w.doer = Doer::Phrase(k);
                }
                Governor::Bare
                    if verb
                        && s.that
                        && !p.proclitics.joins()
                        && !d.comma(t - 1)
                        && (d.tag(next, Tag::That) || d.comma(next) && d.tag(next + 1, Tag::That))
                        && matches!(w.doer, Doer::Phrase(o) if actors(d, &d.s.phrases[o as usize]).iter().all(|&e| d.ent(e).kind == Kind::Person && d.ent(e).actor.is_none()))
                        && actors(d, p).iter().any(|&e| d.ent(e).kind == Kind::Person) =>
                {
                    w.doer = Doer::Phrase(k);
                }
                Governor::Bare if verb && w.doer == Doer::None && p.end as usize == t + 1 && d.flag(t, Flag::Honorific) && d.readings(t).any(|(a, _)| a.pronoun().is_some()) => {
                    w.doer = Doer::Honoured(k);
                }
                // `المسؤول`: the one who spoke before.
                Governor::Bare if verb && w.doer == Doer::None && p.unnamed && d.definite(t) && p.end as usize == t + 1 && singular_official(d, t) => {
                    w.doer = Doer::Official(t as u32);
                    titled = true;
                }
                Governor::Bare if verb && w.doer == Doer::None && (!topic || !objective(s) && t == c.end) && subject_here(d, c, p, to) => w.doer = Doer::Phrase(k),
                Governor::Bare if w.doer != Doer::None && !apposed && d.comma(t - 1) && (d.comma(next) || d.tag(next, Tag::That)) => apposed = true,
                Governor::Bare if s.addressee_object && w.addressed.is_empty() && !(s.object && ends(d, next, to)) => w.addressed.extend(actors(d, p)),
                Governor::Bare if s.object => return found(w, t, p.letters, How::Noun),
                _ => {}
            }
            t = next;
            continue;
        }
        if d.tag(t, Tag::Each) && d.tag(t + 1, Tag::Preposition) && d.phrase_at(t + 2).is_some() {
            t += 2;
            continue;
        }
        if d.comma(t) {
            commas += 1;
            relative = false;
            if commas > 4 {
                break;
            }
            // What stands between the speaker and the clause (`، فلان، أن`).
            if s.that
                && matches!(w.doer, Doer::Phrase(_) | Doer::Before | Doer::Body(_))
                && let Some(x) = clause_behind_comma(d, t, to)
            {
                t = x;
                continue;
            }
            t += 1;
            continue;
        }
        if !d.is_word(t) {
            t += 1;
            continue;
        }
        if let Some(l) = clause::preposition(d, t) {
            // A name between commas with the letters of a preposition (`، علي فلان، أن`).
            if s.that
                && t > c.end
                && d.comma(t - 1)
                && let Some(x) = (t + 2..to.min(t + 5)).find(|&x| d.comma(x)).filter(|&x| d.tag(x + 1, Tag::That))
            {
                t = x + 1;
                continue;
            }
            // `بمناسبة التوقيع على العقد، أن`: the noun's own preposition.
            if s.that
                && t > c.end
                && plain(d, t - 1)
                && !matches!(w.doer, Doer::None)
                && let Some(x) = clause_behind_comma(d, t, to)
            {
                t = x;
                continue;
            }
            if s.prepositions.contains(&l) && !relative && !(s.addressee.contains(&l) && d.phrase_at(t + 1).is_some()) && t + 1 < to && !d.is_break(t + 1) {
                if d.tag(t + 1, Tag::That) {
                    return that(d, w, t + 1, to, s);
                }
                return found(w, t + 1, 0, How::Noun);
            }
            // A preposition of the entry within one that is a word of its own (`رحب بمشاركة`).
            let within =
                d.s.analyses_at(t)
                    .iter()
                    .find(|a| a.proclitics.governs() && a.readings.0 != a.readings.1)
                    .and_then(|a| Some((clause::clitic_preposition(d, a.proclitics)?, a.letters)));
            if let Some((_, letters)) = within.filter(|(l, _)| s.prepositions.contains(l) && !relative) {
                return found(w, t, letters, How::Noun);
            }
            t += 1;
            // The noun that the entry asks for.
            if s.object && !s.words.is_empty() && t == c.end {
                continue;
            }
            if plain(d, t) {
                gerund |= owned(d, t);
                // Somebody quoted whose name, if any, comes later (`نقلت الوكالة عن كبير الباحثين فلان`).
                if s.speaker.contains(&l) {
                    w.doer = Doer::Unknown;
                    w.behind_preposition = true;
                    titled = true;
                }
                t = skip(d, t, to);
                // `في اليوم الأول من الزيارة`, `في الجلسة الثانية من`: which of them.
                if plain(d, t) && d.definite(t) && d.definite(t - 1) && d.phrase(t - 1).is_none() && clause::preposition(d, t + 1).is_some() {
                    t += 1;
                }
                // `من زيارة غير مسبوقة`
                let adjective = |x: usize| d.readings(x).any(|(_, r)| matches!(r.pos(), Pos::Adjective | Pos::ActiveParticiple | Pos::PassiveParticiple));
                if d.tag(t, Tag::Negation) && plain(d, t + 1) && !d.definite(t + 1) && adjective(t + 1) && !masdar(d, t + 1) {
                    t += 2;
                }
                // An unknown adjective of that noun (`في كلمة متلفزة`).
                if plain(d, t) && !d.definite(t) && d.readings(t).next().is_none() && d.ends(t, Shape::Feminine) {
                    t += 1;
                }
            }
            continue;
        }
        if d.tag(t, Tag::Relative) {
            if s.object && t == c.end && !relative {
                return found(w, t, 0, How::Noun);
            }
            relative = true;
            attached = false;
            t += 1;
            continue;
        }
        if d.tag(t, Tag::Adverb) || d.tag(t, Tag::VerbParticle) || d.tag(t, Tag::Auxiliary) || d.flag(t, Flag::Fronting) || d.tag(t, Tag::Bound) || manner(d, t) {
            t += if manner(d, t) && d.is_word(t + 1) && !d.definite(t + 1) { 2 } else { 1 };
            continue;
        }
        // The entry's one preposition right behind the cue goes before a word of the same letters (`متوعدة برد`).
        if t == c.end
            && !relative
            && !s.object
            && !s.addressee_object
            && !d.readings(t).any(|(x, r)| x.letters == 0 && r.pos() == Pos::Noun && d.lex.lemma(&r).has(Flag::Speech))
            && let Some(a) = d.s.analyses_at(t).iter().find(|a| {
                let noun = |r: &Reading| matches!(r.pos(), Pos::Masdar | Pos::Noun) && !d.lex.lemma(r).has(Flag::Name) && !d.lex.lemma(r).has(Flag::Given);
                a.letters == 1 && a.proclitics.governs() && d.lex.reading_slice(a.readings).iter().any(noun)
            })
            && clause::clitic_preposition(d, a.proclitics).is_some_and(|l| s.prepositions.contains(&l))
        {
            return found(w, t, a.letters, How::Noun);
        }
        // `أفاد الناطق باسم الوزارة بأن`: the clause behind the same preposition is what is said.
        let later = s.that
            && w.doer != Doer::None
            && prefixed(d, t).is_some_and(|(l, _)| s.prepositions.contains(&l))
            && (t + 1..to.min(t + 16)).take_while(|&x| !d.is_break(x) && clause::verb(d, x).is_none()).any(|x| d.tag(x, Tag::That) && d.begins(x, Shape::With));
        if later {
            t = skip(d, t, to);
            continue;
        }
        if let Some((l, letters)) = prefixed(d, t) {
            if s.prepositions.contains(&l) && !relative {
                return if letters == ALONE { found(w, t + 1, 0, How::Noun) } else { found(w, t, letters, How::Noun) };
            }
            t = if letters == ALONE { t + 1 } else { skip(d, t, to) };
            continue;
        }
        // Those who speak without a name.
        if let Some((m, ())) =
            d.longest(t, |l| matches!(l, Link::UnnamedSource).then_some(())).filter(|(m, ())| m.end as usize > t + 1 && verb && w.doer == Doer::None && !relative)
        {
            w.doer = Doer::Unknown;
            t = skip(d, m.end as usize - 1, to);
            continue;
        }
        if relative {
            let object = attached
                && s.object
                && matches!(w.doer, Doer::Phrase(_) | Doer::Body(_))
                && d.definite(t)
                && !relational(d, t)
                && (d.time_at(t - 1).is_some() || d.is_word(t - 1) && d.definite(t - 1) && d.phrase(t - 1).is_none());
            if object {
                return found(w, t, 0, How::Noun);
            }
            t += 1;
            continue;
        }
        // `اعتبرته استفزازا`: the verdict itself.
        if t == c.end && s.verdict && s.object && c.analysis.pronoun().is_some() && d.ends(t, Shape::Accusative) && !d.definite(t) {
            return found(w, t, 0, How::Noun);
        }
        // `مضى يقول`: the same act of speech.
        if t == c.end
            && verb
            && s.quote
            && d.flag(t, Flag::Speech)
            && clause::verb(d, t).is_some_and(|(a, r)| r.pos() == Pos::Imperfect && r.person() == 3 && !a.proclitics.joins())
        {
            t += 1;
            continue;
        }
        // Another cue of the same speaker begins (`ردت كمبالا …، معربة عن`).
        let participle = |(x, r): (Analysis, Reading)| {
            r.pos() == Pos::ActiveParticiple && !x.proclitics.has(Clitic::Article) && !x.proclitics.governs() && (r.tanwin() || r.gender() == Gender::Feminine)
        };
        if t > c.end && d.comma(t - 1) && d.flag(t, Flag::Speech) && d.readings(t).any(participle) && (d.tag(t + 1, Tag::That) || d.tag(t + 1, Tag::Preposition)) {
            break;
        }
        let nominal = || d.readings(t).any(|(a, r)| matches!(r.pos(), Pos::Masdar | Pos::Noun) && !a.proclitics.joins());
        let pronominal = d.readings(t - 1).any(|(x, r)| x.pronoun().is_some() && r.pos() == Pos::Function);
        let apart = (matches!(w.doer, Doer::Phrase(_) | Doer::Body(_)) && (d.comma(t - 1) || d.time_at(t - 1).is_some()) || pronominal && t == c.end + 1) && nominal();
        let beside = s.object && (w.doer != Doer::None && d.phrase(t - 1).is_some() || apart) && !d.s.analyses_at(t).iter().all(|a| a.proclitics.joins());
        if let Some((a, _)) = clause::verb(d, t).filter(|_| !beside) {
            if a.proclitics.joins() || t == c.end || d.flag(t, Flag::Speech) && (d.comma(t - 1) || d.tag(t - 1, Tag::Conjunction)) {
                break;
            }
            // A verb behind an indefinite noun says more of it, without a relative (`بعد اجتماع عقد في`).
            relative = true;
            attached = true;
            t += 1;
            continue;
        }
        let known = w.doer != Doer::None || topic || !verb;
        // Honorifics of the one who spoke before (`سموه`), adjectives behind a subject.
        if d.flag(t, Flag::Honorific) {
            // `أستاذ العلاقات الدولية في الجامعة، الدكتور فلان، أن`
            if !known
                && !d.definite(t)
                && let Some((k, next)) = apposed_name(d, t, to, !objective(s))
            {
                w.doer = Doer::Phrase(k);
                t = next;
                continue;
            }
            if !known && d.readings(t).any(|(a, _)| a.pronoun().is_some()) {
                w.doer = Doer::Before;
            }
            t += 1;
            continue;
        }
        let joined = d.s.analyses_at(t).iter().any(|a| a.proclitics.joins() && (a.readings.0 != a.readings.1))
            && !d.s.analyses_at(t).iter().any(|a| a.letters == 0 && a.readings.0 != a.readings.1);
        if joined || adverbial(d, t) && !masdar(d, t) {
            t += 1;
            continue;
        }
        if !known {
            if let Some((k, next)) = apposed_name(d, t, to, !objective(s)) {
                w.doer = Doer::Phrase(k);
                t = next;
                continue;
            }
            if let Some(b) = stand_in(d, t) {
                w.doer = b;
                titled = b == Doer::Before;
                t = skip(d, t, to);
                continue;
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
                continue;
            }
            // … or at once behind what the title is of (`زعيم تحالف كذا فلان`).
            if !d.definite(t) && d.links_at(t).any(|m| matches!(m.link, Link::Title(..))) {
                w.doer = Doer::Unknown;
                titled = true;
                t = skip(d, t, to);
                continue;
            }
            if let Some(b) = issuer(d, t, to) {
                (w.doer, t) = b;
                continue;
            }
            // The sort of body before its name (`وكالة رويترز`).
            if t == c.end
                && d.flag(t, Flag::OrgHead)
                && !d.definite(t)
                && let Some((k, p)) = d.phrase_at(t + 1)
                && !p.proclitics.governs()
                && !actors(d, p).is_empty()
                && actors(d, p).iter().all(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Forum))
            {
                w.doer = Doer::Phrase(k);
                t = p.end as usize;
                continue;
            }
            // The document of one who spoke before (`أضاف البيان`).
            if t == c.end && d.definite(t) && document(d, t) {
                w.doer = Doer::Document;
                t = skip(d, t, to);
                continue;
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
                continue;
            }
        }
        // A word that can only be a verb says more of the noun before it (`في بيان أصدرته`).
        if d.readings(t).next().is_some() && d.readings(t).all(|(_, r)| r.pos().finite()) {
            relative = true;
            attached = true;
            t += 1;
            continue;
        }
        // An office in apposition: behind the name, or between commas.
        if let Doer::Phrase(k) = w.doer {
            let end = d.s.phrases[k as usize].end as usize;
            let comma = (t + 1..to.min(t + 14)).find(|&x| d.comma(x));
            if d.comma(t - 1) && end + 1 == t && !apposed && comma.is_some() && office(d, t) {
                apposed = true;
                t = comma.unwrap_or(t);
                continue;
            }
            let clause =
                (t + 1..to.min(t + 25)).take_while(|&x| !d.comma(x) && !d.is_break(x)).any(|x| d.tag(x, Tag::That) && !d.tag(x - 1, Tag::Preposition) && !d.begins(x, Shape::With));
            if end == t && s.that && clause && d.definite(t) {
                t = skip(d, t, to);
                continue;
            }
        }
        if s.object && !(s.addressee_object && w.addressed.is_empty() && chained_to(d, t, to, s)) {
            // … unless nothing but its own adjective follows: then it is the noun itself (`القضية الفلسطينية`).
            let more = plain(d, t + 1) && !relational(d, t + 1) && prefixed(d, t + 1).is_none() || d.phrase_at(t + 1).is_some() || d.tag(t + 1, Tag::That);
            let adjective = w.doer != Doer::None && t > 0 && d.phrase(t - 1).is_some() && d.definite(t) && relational(d, t) && !masdar(d, t) && more;
            if !adjective {
                let letters = 0;
                return found(w, t, letters, How::Noun);
            }
            t += 1;
            continue;
        }
        if s.addressee_object && loose == 0 {
            loose += 1;
            t = skip(d, t, to);
            continue;
        }
        loose += 1;
        if loose > 6 || !s.that && s.prepositions.is_empty() {
            break;
        }
        t += 1;
    }
    None
}

/// The content behind a complementiser; a quotation behind its colon is the content itself.
fn that(d: &Doc, w: Way, t: usize, to: usize, s: &Speech) -> Option<Way> {
    let mut start = t + 1;
    if d.mark(start) == Some(':') {
        start += 1;
        if s.quote
            && let Some(q) = d.quote_at(start)
        {
            return Some(Way { start: start + 1, how: How::Quote(q.open, q.close), ..w });
        }
    }
    // A quotation that runs over several sentences.
    if s.quote
        && let Some(q) = d.s.quotes.iter().find(|q| q.open as usize == start)
        && let at = d.s.sentences.partition_point(|x| (x.end as usize) <= start)
        && d.s.sentences.get(at).is_some_and(|x| q.close as usize > x.end as usize)
    {
        return Some(Way { start: start + 1, how: How::Quote(q.open, q.close), ..w });
    }
    (start < to).then_some(Way { start, letters: 0, how: How::That, ..w })
}

/// Is the phrase behind the verb its subject, rather than its object or addressee?
fn subject_here(d: &Doc, c: &Cue, p: &Phrase, to: usize) -> bool {
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

/// Does the sentence or clause end at `t`?
fn ends(d: &Doc, t: usize, to: usize) -> bool {
    t >= to || d.is_break(t) || d.mark(t) == Some('.') || d.comma(t)
}

/// A word that is neither phrase nor time nor word of grammar.
fn plain(d: &Doc, t: usize) -> bool {
    d.is_word(t) && d.phrase(t).is_none() && d.time_at(t).is_none() && !d.tag(t, Tag::That) && !d.tag(t, Tag::Relative) && !d.tag(t, Tag::Preposition)
}

/// `بشكل`, `بصورة`: they take their adjective along.
fn manner(d: &Doc, t: usize) -> bool {
    d.tag(t, Tag::Manner)
}

/// An indefinite accusative (`رسميا`), not a name or a word with a pronoun of the same ending (`رحيموفا`, `وقوفها`).
fn adverbial(d: &Doc, t: usize) -> bool {
    let bare = d.readings(t).any(|(a, _)| a.pronoun().is_none());
    let pronoun = !bare && d.ends(t, Shape::Possessive);
    let name = d.readings(t).next().is_none() && d.tag(t + 1, Tag::That);
    d.ends(t, Shape::Accusative) && d.tokens().fold(t).chars().count() > 3 && !d.definite(t) && !pronoun && !name
}

/// A word for an office or a member of a group (`رئيس`, `أحد`).
fn office(d: &Doc, t: usize) -> bool {
    d.tag(t, Tag::Quantifier)
        || d.links_at(t).any(|m| matches!(m.link, Link::Title(..)))
        || d.readings(t).any(|(_, r)| d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Title(..) | Link::UnnamedOfficial)))
}

/// A masdar with the pronoun of its doer (`استقباله`).
fn owned(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(a, r)| r.pos() == Pos::Masdar && a.pronoun().is_some())
}

fn masdar(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(_, r)| r.pos() == Pos::Masdar || d.lex.lemma(&r).has(Flag::Predicate) && !r.pos().finite())
}

/// An adjective of relation (`الايراني`): by its ending.
fn relational(d: &Doc, t: usize) -> bool {
    d.flag(t, Flag::Demonym) || d.ends(t, Shape::Relational) || d.readings(t).any(|(_, r)| r.pos() == Pos::Adjective)
}

/// The token behind the noun phrase of common words that begins at `t`: its adjectives and what it governs.
fn skip(d: &Doc, t: usize, to: usize) -> usize {
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
fn chained_to(d: &Doc, t: usize, to: usize, s: &Speech) -> bool {
    let after = skip(d, t, to);
    plain(d, after) && masdar(d, after) && !d.definite(after) && d.definite(t)
        || clause::preposition(d, after).is_some_and(|l| s.prepositions.contains(&l))
        || prefixed(d, after).is_some_and(|(l, _)| s.prepositions.contains(&l))
}

/// In place of a count of letters: the preposition is a token of its own.
const ALONE: u8 = u8::MAX;

/// The preposition written with the word at `t`, unless the whole word is a word of its own.
fn prefixed(d: &Doc, t: usize) -> Option<(u32, u8)> {
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
fn lettered(d: &Doc, t: usize) -> Option<(sijill_grammar::Clitics, u8)> {
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

/// A definite word for somebody named before: a title (`الوزير`), or the sort of a body (`الوكالة`).
pub(crate) fn stand_in(d: &Doc, t: usize) -> Option<Doer> {
    if !d.definite(t) {
        return None;
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
    // The first word of a longer name (`المرصد السوري` … `المرصد`).
    let word = d.tokens().fold(t);
    let at = d.s.phrases.partition_point(|p| (p.end as usize) <= t);
    let named = d.s.phrases[..at]
        .iter()
        .rev()
        .take(60)
        .filter(|p| p.end > p.start + 1 && p.letters == 0 && d.tokens().fold(p.start as usize) == word)
        .find_map(|p| p.ents.first().map(|&e| d.root(e)).filter(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Forum)));
    if let Some(e) = named {
        return Some(Doer::Body(e));
    }
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

/// Whose a document is that speaks (`بيان الوزارة`, `البيان الصادر عن الحكومة`), and the token behind.
pub(crate) fn issuer(d: &Doc, t: usize, to: usize) -> Option<(Doer, usize)> {
    if !document(d, t) {
        return None;
    }
    (t + 1..to.min(t + 7)).take_while(|&x| clause::verb(d, x).is_none() && !d.comma(x) && !d.tag(x, Tag::That) && !d.quote_mark(x)).find_map(|x| match d.phrase_at(x) {
        Some((k, p)) => (!actors(d, p).is_empty()).then_some((Doer::Phrase(k), p.end as usize)),
        None => stand_in(d, x).filter(|b| matches!(b, Doer::Body(_))).map(|b| (b, x + 1)),
    })
}

/// The person whose name stands behind the noun phrase at `t`: between commas, or at once before the clause
/// (`منسقة البرنامج في البلاد فلانة إن`, `والي الإقليم، الأستاذ فلان، `). `said`: the verb has no object, so that a comma
/// behind the name is enough.
fn apposed_name(d: &Doc, t: usize, to: usize, said: bool) -> Option<(u32, usize)> {
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
fn clause_behind_comma(d: &Doc, t: usize, to: usize) -> Option<usize> {
    let clear = |x: &usize| {
        !d.is_break(*x) && !d.quote_mark(*x) && !d.tag(*x, Tag::That) && !d.tag(*x, Tag::Relative) && d.mark(*x) != Some(':') && (!d.is_word(*x) || clause::verb(d, *x).is_none())
    };
    let comma = (t + 1..to.min(t + 10)).take_while(clear).find(|&x| d.comma(x))?;
    (comma + 1 < to && d.tag(comma + 1, Tag::That) && !d.begins(comma + 1, Shape::And)).then_some(comma + 1)
}

/// An office or a source in the singular.
fn singular_official(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(_, r)| r.number() != Number::Plural && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Title(..) | Link::UnnamedOfficial | Link::UnnamedSource)))
}

/// A noun for what somebody wrote or said (`بيان`).
pub(crate) fn document(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(_, r)| r.pos() == Pos::Noun && d.lex.lemma(&r).has(Flag::Speech))
}

/// The entities of a phrase that can speak.
pub(crate) fn actors(d: &Doc, p: &Phrase) -> Vec<EntId> {
    p.ents.iter().map(|&e| d.root(e)).filter(|&e| matches!(d.ent(e).kind, Kind::Person | Kind::Country | Kind::Organization | Kind::Forum)).collect()
}
