//! The way from a cue to what is reported: over its subject, its addressee and whatever else stands between (times, appositions,
//! `في كلمة له`) to the first word of the content.
//!
//! What must not live here: what counts as a cue, and who a speaker is that is no phrase.

use super::doer::{actors, apposed_name, clause_behind_comma, document, nameless, singular_official, subject_here};
use super::words::*;
use super::{Cue, CueKind, Doer, How, Way, issuer};
use crate::clause::{self, Governor};
use crate::doc::*;
use sijill_grammar::Analysis;
use sijill_lexicon::inflect::Gender;
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, Pos, Reading, Shape, Speech, Tag};

/// The farthest a content may stand behind its cue, in tokens; subjects with titles and appositions are long.
const REACH: usize = 60;

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
pub(super) fn objective(s: &Speech) -> bool {
    s.object || s.addressee_object
}

/// Finds the content of a cue. `topic`: its subject stands before it.
pub(crate) fn way(d: &Doc, c: &Cue, topic: bool, to: usize) -> Option<Way> {
    let s = c.speech;
    let verb = c.kind == CueKind::Verb;
    let deems = verb && s.verdict && c.analysis.pronoun().is_some();
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
            // `في بيان منفصل أن`
            if document(d, last) && !d.definite(last) && plain(d, t) && !d.definite(t) && d.tag(t + 1, Tag::That) && clause::preposition(d, t).is_none() {
                t += 1;
            }
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
            let lam = sijill_grammar::Clitics::default().with(Clitic::For);
            let governor = match t == c.end && verb && !p.proclitics.governs() {
                // `أعرب للرئيس عن`: the letters of `ل` and the article are no part of a name.
                true if d.begins(t, Shape::ForArticle) => clause::clitic_preposition(d, lam).map_or(Governor::Bare, Governor::Preposition),
                true => Governor::Bare,
                false => clause::governor(d, t, p.proclitics),
            };
            match governor {
                Governor::Preposition(l) if s.speaker.contains(&l) => {
                    w.doer = Doer::Phrase(k);
                    w.behind_preposition = true;
                    titled = false;
                }
                Governor::Preposition(l) if s.addressee.contains(&l) => w.addressed.extend(actors(d, p)),
                Governor::Preposition(l) if s.prepositions.contains(&l) && !relative => return found(w, t, p.letters, How::Noun),
                Governor::Bare if relative => {}
                // `تعتبره تركيا والغرب منظمة إرهابية`: the pronoun is the object, so that the phrase is the subject.
                Governor::Bare if deems && w.doer == Doer::None && !topic && !actors(d, p).is_empty() => w.doer = Doer::Phrase(k),
                Governor::Bare if deems && p.proclitics.joins() && d.phrase(t - 1).is_some() => {}
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
                if d.tag(t, Tag::Negation) && plain(d, t + 1) && !d.definite(t + 1) && (adjective(t + 1) || d.readings(t + 1).next().is_none()) && !masdar(d, t + 1) {
                    t += 2;
                }
                // An unknown adjective of that noun (`في كلمة متلفزة`).
                let closed = || d.tag(t + 1, Tag::That) || d.comma(t + 1) || d.quote_mark(t + 1) || d.mark(t + 1) == Some(':');
                let qualified = || document(d, t - 1) && (d.readings(t).next().is_none() || adjective(t) || closed()) && clause::preposition(d, t).is_none();
                if plain(d, t) && !d.definite(t) && (d.readings(t).next().is_none() && d.ends(t, Shape::Feminine) || qualified()) {
                    t += 1;
                }
            }
            continue;
        }
        if d.tag(t, Tag::Relative) {
            // (`نفى الوزير ما أعلنته القناة`: what is no adjective may stand behind the subject, too.)
            let whatever = matches!(w.doer, Doer::Phrase(_) | Doer::Body(_)) && !d.definite(t) && !d.begins(t, Shape::And) && !d.tag(t - 1, Tag::Preposition);
            if s.object && !relative && (t == c.end || verb && whatever) {
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
            let office = d.definite(t) && t == c.end && (d.tag(t + 1, Tag::That) || d.quote_mark(t + 1) || d.mark(t + 1) == Some(':'));
            if !known && (office || d.readings(t).any(|(a, _)| a.pronoun().is_some())) {
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
        if !known && let Some(next) = nameless(d, c, &mut w, &mut titled, t, to) {
            t = next;
            continue;
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
        // `وصفتها السعودية حينها بأنها كذا`: the pronoun is the object, the verdict stands behind the preposition.
        if deems && !s.prepositions.is_empty() && loose < 3 {
            loose += 1;
            t += 1;
            continue;
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
