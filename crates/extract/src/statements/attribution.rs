//! Attribution: `، وفقا لفلان`, `، حسبما ذكرت الوزارة`, and the same at a sentence's start, which cover the whole sentence.
//!
//! What must not live here: cues that lead to a content of their own.

use super::{Entry, Open, Reader, Said, trim};
use crate::clause;
use crate::cue::{self, Doer, How, actors};
use crate::doc::*;
use crate::force::clausal;
use sijill_lexicon::{Flag, Link, NONE, Shape, Tag};

impl Reader<'_, '_> {
    /// `، وفقا لفلان`, `، حسبما ذكرت الوزارة`, and the same at the sentence's start. Gives the token behind the attribution.
    pub(super) fn attribution(&mut self, i: usize, from: usize, to: usize, first: usize, open: &mut Vec<Open>) -> Option<usize> {
        let d = self.d;
        let mine = d.links_at(i).filter(|m| m.proclitics.0 == 0 || m.start as usize == from && m.proclitics.joins());
        let (m, id) = mine.filter_map(|m| if let Link::Attribution(a) = m.link { Some((m, a)) } else { None }).max_by_key(|(m, _)| (m.end, m.proclitics.0 == 0))?;
        let (mut t, behind) = (m.end as usize, m.end as usize);
        let mut speech = false;
        let mut found = None;
        let mut body = None;
        // Behind the phrase: the speaker, at once or behind a speech verb.
        while t < to && t < behind + 5 {
            // (`بحسب تقرير للأمم المتحدة`: whose it is, though reports speak without a name as well.)
            let named =
                d.phrase_at(t).filter(|(_, p)| !(p.unnamed && actors(d, p).is_empty() && p.end as usize == t + 1 && cue::document(d, t) && cue::issuer(d, t, to).is_some()));
            if let Some((_, p)) = named {
                found = Some(p);
                break;
            }
            if d.quote_mark(t) && d.phrase_at(t + 1).is_some() {
                t += 1;
                continue;
            }
            match cue::issuer(d, t, to) {
                Some((Doer::Phrase(k), _)) => {
                    found = Some(&d.s.phrases[k as usize]);
                    break;
                }
                Some((Doer::Body(e), next)) => {
                    (body, t) = (Some(e), next);
                    break;
                }
                _ => {}
            }
            // The sort of body, or one who works for it, before its name (`حسبما ذكرت وكالة رويترز`, `مراسل الوكالة`).
            let head = d.links_at(t).filter(|m| matches!(m.link, Link::OrgHead(_))).map(|m| m.end as usize).max().unwrap_or(t + 1);
            let named = d.phrase_at(head).is_some() || d.quote_mark(head) && d.phrase_at(head + 1).is_some();
            if d.is_word(t) && !d.definite(t) && named && (d.flag(t, Flag::OrgHead) || head > t + 1 || d.flag(t, Flag::Unnamed)) {
                t = head;
                continue;
            }
            if let Some(Doer::Body(e)) = cue::stand_in(d, t) {
                body = Some(e);
                t += 1;
                break;
            }
            // `وفق ما أعلن، اليوم الثلاثاء، فلان`
            if t > behind - 1 && clause::verb(d, behind - 1).is_some() && (d.comma(t) || d.time_at(t).is_some()) && t < behind + 4 {
                t = d.time_at(t).map_or(t + 1, |x| (x.found.end as usize).max(t + 1));
                continue;
            }
            let verb = d.flag(t, Flag::Speech) && clause::verb(d, t).is_some();
            speech |= verb;
            if !(verb || d.tag(t, Tag::Relative) || d.tag(t, Tag::VerbParticle) || d.is_word(t) && speech && !d.tag(t, Tag::That)) {
                break;
            }
            t += 1;
        }
        // `كما قال فلان في خطاب إن`: the phrase holds a verb that has its clause behind it.
        let led = clause::verb(d, behind - 1).is_some()
            && (t..to.min(t + 14))
                .take_while(|&x| !d.comma(x) && !d.is_break(x) && (x == t || clause::verb(d, x).is_none()))
                .any(|x| d.tag(x, Tag::That) && !d.tag(x - 1, Tag::Preposition));
        if led {
            return None;
        }
        // `نقلا عن فلان أن`: the cue before has its clause here.
        if i > from && found.is_some_and(|p| d.tag(p.end as usize, Tag::That)) && !d.comma(i - 1) {
            return None;
        }
        let own_word = m.pronoun != u8::MAX;
        let speakers = body.map_or_else(|| found.map(|p| actors(d, p)).unwrap_or_default(), |e| vec![e]);
        let unnamed = found.is_some_and(|p| p.unnamed) || d.links_at(behind).any(|m| m.link == Link::UnnamedSource) || speech && found.is_none();
        if speakers.is_empty() && !unnamed && !own_word {
            return None;
        }
        let end = found.map_or(t.max(behind), |p| p.end as usize);
        let opening = (from..i).all(|x| !d.is_word(x) || d.flag(x, Flag::Fronting) || d.s.phrase_of[x] != NONE && d.s.dateline.is_some_and(|(_, e)| x < e as usize));
        if !opening && !open.is_empty() {
            // Inside another's content it closes that, and passes on what was reported.
            let closing = d.comma(i - 1) || d.dash(i - 1) || to <= end + 12;
            if closing {
                self.close(open, i);
            }
            return Some(end);
        }
        if speakers.is_empty() {
            return Some(end);
        }
        let said = |start: usize, stop: usize| Said {
            speakers: speakers.clone(),
            force: "state".into(),
            cue: (m.start, (t.max(behind)) as u32),
            cue_letters: m.letters,
            content: (start as u32, stop as u32),
            content_letters: letters(d, start),
            direct: false,
            targets: Vec::new(),
            entry: format!("attribution:{}", d.lex.attributions[id as usize].id),
            rule: "attribution",
            times: (i as u32, end as u32),
        };
        if opening {
            let start = (end..to).find(|&x| !d.comma(x)).unwrap_or(end);
            // `ووفقا لموقع الوزارة على الإنترنت، فإن`: what is left of the attribution.
            let rest = |x: &usize| d.tag(*x, Tag::That) && d.begins(*x, Shape::AndThen) && !d.begins(*x, Shape::And);
            let start = (start..to.min(start + 8)).take_while(|&x| !d.is_break(x) && clause::verb(d, x).is_none()).find(rest).unwrap_or(start);
            // `وبحسب فلان، فإن`: the words begin behind the complementiser.
            let start = if start + 1 < to && d.tag(start, Tag::That) && d.begins(start, Shape::AndThen) { start + 1 } else { start };
            // Another's speech that follows at once has its own speaker.
            let passed = (start..to.min(start + 4)).any(|x| d.flag(x, Flag::Speech) && clause::verb(d, x).is_some());
            if passed || trim(d, start, to) < start + 3 {
                return Some(end);
            }
            let s = said(start, trim(d, start, to));
            self.attributed(s);
            return Some(end);
        }
        let mut stop = i;
        while stop > from && (d.comma(stop - 1) || d.dash(stop - 1)) {
            stop -= 1;
        }
        // Behind another statement in the sentence, the attribution covers what follows that.
        let done = self.out[first..].iter().map(|s| s.content.1 as usize).filter(|&e| e <= i).max();
        let start = match done {
            Some(e) if stop.saturating_sub(e) <= 3 => return Some(end),
            Some(e) => e,
            None => opening_of(d, from, stop),
        };
        if stop >= start + 2 {
            let s = said(start, stop);
            self.attributed(s);
        }
        Some(end)
    }

    /// Takes an attributed sentence: its force is that of its main predicate.
    fn attributed(&mut self, mut s: Said) {
        s.force = clausal(self.d, s.content.0 as usize, s.content.1 as usize, &s.speakers).unwrap_or(s.force);
        self.out.push(s);
        self.entries.push(Entry { speech: 0, how: How::That, verdict: false });
    }
}

/// Where a sentence's matter begins: behind the dateline, marks and fronting words.
fn opening_of(d: &Doc, from: usize, to: usize) -> usize {
    let mut t = from;
    if let Some((_, e)) = d.s.dateline.filter(|&(a, _)| (a as usize) >= from.saturating_sub(1) && (a as usize) < to) {
        t = t.max(e as usize).min(to);
    }
    loop {
        if t + 1 >= to {
            return from;
        }
        if let Some((m, ())) = d.longest(t, |l| (l == Link::Fronting).then_some(())).filter(|(m, ())| m.end as usize > t + 1) {
            t = m.end as usize;
            continue;
        }
        if d.comma(t) || d.dash(t) || matches!(d.mark(t), Some(')' | ':')) {
            t += 1;
            continue;
        }
        if d.mark(t) == Some('(')
            && let Some(e) = (t..to.min(t + 6)).find(|&x| d.mark(x) == Some(')'))
        {
            t = e + 1;
            continue;
        }
        return t;
    }
}

/// The conjunction written with the first word of a content.
fn letters(d: &Doc, t: usize) -> u8 {
    let all = d.s.analyses_at(t);
    let read = |a: &&sijill_grammar::Analysis| a.readings.0 != a.readings.1;
    if all.iter().any(|a| a.letters == 0 && read(&a)) {
        return 0;
    }
    all.iter().find(|a| a.proclitics.joins() && read(a)).map_or(0, |a| a.letters.min(1))
}
