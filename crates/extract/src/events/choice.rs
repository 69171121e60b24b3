//! Which frame of an anchor is meant: each is tried, with the reading that it asks for, and the one with most of its slots filled wins.
//! What must not live here: the filling of one frame (`fill`).

use super::Spoken;
use super::anchors::Anchor;
use super::around::{Around, around, bare_end, begins};
use super::doers::{carried, doer, near_topic};
use super::fill::{Filled, fill};
use crate::clause;
use crate::doc::*;
use sijill_lexicon::inflect::Voice;
use sijill_lexicon::{Flag, Frame, Kind, Pos, Tag};

/// An anchor with what its best frame found.
pub(super) struct Attempt {
    pub(super) score: i32,
    pub(super) frame: u32,
    pub(super) filled: Filled,
    pub(super) around: Around,
    pub(super) anchor: Anchor,
}

/// The best frame of an anchor, each with the reading by which it is meant.
pub(super) fn best_of(d: &Doc, a: &Anchor, from: usize, to: usize, topic: &[EntId], spoken: &Spoken) -> Option<Attempt> {
    let mut groups: Vec<Anchor> = Vec::new();
    for (k, &f) in a.frames.iter().enumerate() {
        let reading = a.readings.get(k).copied().or(a.reading);
        match groups.iter_mut().find(|g| g.reading == reading) {
            Some(g) => g.frames.push(f),
            None => groups.push(Anchor { reading, frames: vec![f], ..a.clone() }),
        }
    }
    // `تسلم الرئيس`: he took over, where another reading would want a woman.
    let masculine = |g: &Anchor| g.reading.is_some_and(|r| r.person() == 3 && r.gender() != sijill_lexicon::inflect::Gender::Feminine);
    if !a.noun && groups.len() > 1 && groups.iter().any(masculine) {
        let man = groups.iter().filter(|g| masculine(g)).filter_map(|g| g.reading).find_map(|r| clause::subject_behind(d, a.at, &r, to).phrase).is_some_and(|k| {
            let p = &d.s.phrases[k as usize];
            p.ents.len() == 1 && d.ent(d.root(p.ents[0])).kind == Kind::Person && d.ent(d.root(p.ents[0])).feminine != Some(true)
        });
        if man {
            groups.retain(masculine);
        }
    }
    let mut best: Option<Attempt> = None;
    for g in groups {
        if let Some(x) = attempt(d, g, from, to, topic, spoken)
            && best.as_ref().is_none_or(|b| x.score > b.score)
        {
            best = Some(x);
        }
    }
    best
}

pub(super) fn attempt(d: &Doc, a: Anchor, from: usize, to: usize, topic: &[EntId], spoken: &Spoken) -> Option<Attempt> {
    let said = spoken.said;
    let outer = spoken.holding(a.at).map(|k| &said[k]);
    // In direct speech the third person is not the one who speaks; within what is said the subjects of that come first.
    let others: Vec<EntId> = topic.iter().copied().filter(|e| !outer.is_some_and(|s| s.direct && s.speakers.contains(e))).collect();
    let opens = outer.map_or(from, |s| from.max(s.content.0 as usize));
    let mut around = around(d, &a, (from, opens), to, &others);
    let speakers = outer.map(|s| s.speakers.clone()).unwrap_or_default();
    if !a.noun && a.reading.is_some_and(|r| r.person() == 1) {
        // `التقيت`, `اتفقنا` in speech: the speaker. Elsewhere the letters mean something else (`أقلته`).
        let quoted = outer.is_some_and(|s| s.direct) || d.s.quotes.iter().any(|q| q.open as usize <= a.at && a.at < q.close as usize);
        if speakers.is_empty() || !quoted {
            return None;
        }
        around.subject.clear();
        around.pronoun = speakers.clone();
    }
    // `أعلن فلان أنه توصل إلى …`: he who says it, at the head of what he says.
    if let Some(s) = outer.filter(|s| !s.direct && s.speakers.len() == 1 && !a.noun && a.at <= s.content.0 as usize + 2 && from <= s.cue.0 as usize)
        && around.subject.is_empty()
        && !around.pronoun.is_empty()
        && a.reading.is_some_and(|r| r.person() == 3 && r.number() == sijill_lexicon::inflect::Number::Singular)
        && a.at > 0
        && d.tag(a.at - 1, Tag::That)
        && !super::status::bare_that(d, a.at - 1)
    {
        around.pronoun = s.speakers.clone();
    }
    if a.noun && a.pronoun {
        // `زيارتك`: whom the speaker addresses; `زيارتي`: the speaker.
        let person = d.s.analyses_at(a.at).iter().find_map(|x| x.pronoun()).map_or(3, |p| d.lex.enclitics[p].person);
        match person {
            1 => around.pronoun = speakers.clone(),
            2 => around.pronoun = outer.map(|s| s.targets.clone()).unwrap_or_default(),
            _ => {}
        }
        // Somebody else must take part in what is done to somebody.
        around.weak |= a.any_of(d, &["attack", "coercion", "protest", "sanction", "mobilisation"]);
    }
    let concluded = a.noun && a.reading.is_some_and(|r| r.pos() == Pos::PassiveParticiple);
    if a.noun && around.subject.is_empty() && around.pronoun.is_empty() && a.light.is_none() && !concluded {
        around.pronoun = doer(d, &a, from, said);
        if around.pronoun.is_empty()
            && a.at > from
            && d.flag(a.at - 1, Flag::Speech)
            && clause::verb(d, a.at - 1).is_some_and(|(_, r)| r.person() == 3 && r.voice() == Voice::Active)
        {
            // `أعلنت استدعاء سفيرها`: the one the text goes on speaking of.
            around.pronoun = others.clone();
        }
        around.weak = true;
    }
    let counterpart = a.noun
        && a.any_of(d, &["meeting", "call"])
        && around.subject.is_empty()
        && around.genitive.is_none()
        && (around.pronoun.is_empty() || around.weak)
        && around.prepositional.iter().any(|&(k, _)| (d.s.phrases[k as usize].start..d.s.phrases[k as usize].end).take(2).any(|t| d.tagged(t as usize, Tag::Counterpart)));
    if counterpart && others.len() == 1 && d.ent(others[0]).kind == Kind::Person {
        // `قبل لقاء مع نظيره`: he of whom the sentence tells.
        around.pronoun = others.clone();
    }
    // `أبلغ فلان فلانا في اتصال هاتفي أن …`: who speaks and whom he tells.
    let alone = a.noun && around.subject.is_empty() && around.genitive.is_none() && !a.pronoun && around.bound.is_empty() && (around.pronoun.is_empty() || around.weak);
    if alone
        && a.light.is_none()
        && a.any_of(d, &["meeting", "call"])
        && around.prepositional.iter().all(|&(k, _)| d.s.phrases[k as usize].ents.iter().all(|&e| d.ent(e).kind == Kind::Place))
    {
        let person = |e: &[EntId]| e.len() == 1 && d.ent(d.root(e[0])).kind == Kind::Person;
        let told = said.iter().filter(|s| from <= s.cue.0 as usize && person(&s.speakers) && person(&s.targets)).find(|s| {
            let (cue, content) = (s.cue.0 as usize, s.content.0 as usize);
            // `وفي مكالمة هاتفية، أبلغ فلان فلانا أن …`: at the head of the sentence.
            let opens = a.at <= from + 2 && !d.definite(a.at) && cue > a.at && cue < a.at + 10 && (a.end..cue).all(|t| d.phrase(t).is_none());
            cue < a.at && a.at < content || opens
        });
        if let Some(s) = told.filter(|s| d.root(s.speakers[0]) != d.root(s.targets[0])) {
            around.pronoun = vec![d.root(s.speakers[0]), d.root(s.targets[0])];
            around.weak = false;
        }
    }
    let mut best: Option<(i32, u32, Filled)> = None;
    for &f in &a.frames {
        let frame = &d.lex.frames[f as usize];
        // What needs a verb to carry it may instead name who does it to whom (`حرب روسيا على أوكرانيا`).
        let loose = frame.carried && a.noun && a.light.is_none();
        let between = around.prepositional.iter().any(|&(k, l)| d.lex.lemmas[l as usize].is(Tag::Between) && (a.end..d.s.phrases[k as usize].start as usize).all(|t| !d.comma(t)));
        if loose && around.subject.is_empty() && around.genitive.is_none() && around.adjective.is_none() && !between || otherwise(d, &a, frame, to) {
            continue;
        }
        if let Some(filled) = fill(d, &a, &around, frame).filter(|f| !loose || f.participants.len() >= 2) {
            // A summit of two is a meeting.
            let two = frame.kind == "gathering" && filled.participants.len() == 2 && filled.participants.iter().all(|(_, r)| r == "party");
            // What names nobody is read where nothing else is.
            let score = filled.score - if two || filled.participants.is_empty() { 3 } else { 0 };
            if best.as_ref().is_none_or(|(s, _, _)| score > *s) {
                best = Some((score, f, filled));
            }
        }
    }
    if best.is_none() && !a.noun && around.pronoun.is_empty() && !around.passive {
        // `وصل فلان حيث يلتقي الوزير`: the one behind the verb is met by him of whom the sentence tells.
        let own: Vec<EntId> = around.subject.iter().flat_map(|&k| d.s.phrases[k as usize].ents.iter().map(|&e| d.root(e))).collect();
        let behind = around.subject.first().is_some_and(|&k| d.s.phrases[k as usize].start as usize > a.at);
        let topic = a.reading.and_then(|r| clause::subject_before(d, a.at, &r, opens)).map(|k| d.s.phrases[k as usize].ents.iter().map(|&e| d.root(e)).collect::<Vec<EntId>>());
        let before = topic.or_else(|| a.reading.map(|r| carried(d, a.at, &r, opens))).unwrap_or_default();
        // `أوفدت الحكومة فلانا … حيث التقى`: the nearest one named.
        let where_ = a.at > 0 && d.tag(a.at - 1, Tag::Subordinator);
        let near = if where_ { near_topic(d, a.at, from, &others) } else { Vec::new() };
        // `زار فلان بكين حيث التقى …`: a state that was visited meets nobody.
        let somebody = |list: &[EntId]| !list.is_empty() && list.iter().all(|&e| d.ent(e).kind == Kind::Person);
        let who: Vec<EntId> = if where_ && !(somebody(&before) && !somebody(&near)) {
            near
        } else if before.is_empty() {
            others.clone()
        } else {
            before
        };
        let met = around.subject.first().map_or(a.end, |&k| d.s.phrases[k as usize].end as usize);
        if behind && begins(d, a.at) && bare_end(d, met, to) && !who.is_empty() && !who.iter().any(|e| own.contains(e)) {
            let mut objects = std::mem::take(&mut around.subject);
            objects.append(&mut around.objects);
            around.objects = objects;
            around.pronoun = who;
            for &f in a.frames.iter().filter(|&&f| matches!(d.lex.frames[f as usize].kind.as_str(), "meeting" | "call" | "visit")) {
                if let Some(filled) = fill(d, &a, &around, &d.lex.frames[f as usize]) {
                    let score = filled.score - 1;
                    if best.as_ref().is_none_or(|(s, _, _)| score > *s) {
                        best = Some((score, f, filled));
                    }
                }
            }
        }
    }
    let (score, frame, filled) = best?;
    Some(Attempt { score, frame, filled, around, anchor: a })
}

/// Does a word near the anchor give it another meaning (`احتل المرتبة`)?
pub(super) fn otherwise(d: &Doc, a: &Anchor, frame: &Frame, to: usize) -> bool {
    !frame.except.is_empty()
        && (a.at.saturating_sub(2)..to.min(a.end + 7))
            .filter(|&t| t < a.at || t >= a.end)
            .any(|t| d.is_word(t) && (a.end..t).all(|x| !d.is_break(x) && !d.comma(x)) && d.readings(t).any(|(_, r)| frame.except.contains(&r.lemma)))
}
