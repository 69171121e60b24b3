//! Statements: who says what, with what force.
//!
//! Each cue of a sentence is judged by where it stands: outside any content it opens a statement; inside one it goes on with the
//! report, or reports another's speech, or is the content's own verb. A speaker carries over to cues without a subject. What must
//! not live here: how a cue leads to its content (`cue`), what decides the force (`force`), the events that statements speak of.
//! Who speaks is found in `speaker`; sentences that a closing attribution covers are in `attribution`.

mod attribution;
mod speaker;

use crate::clause;
use crate::cue::{self, Cue, CueKind, Doer, How, Way, actors};
use crate::doc::*;
use crate::force::force;
use sijill_lexicon::inflect::{Gender, Number};
use sijill_lexicon::{Flag, Kind, Link, NONE, Pos, Reading, Shape, Tag};
use sijill_text::Kind as TokenKind;

/// A statement as found: tokens, local entities.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub speakers: Vec<EntId>,
    pub force: String,
    pub cue: (u32, u32),
    pub cue_letters: u8,
    /// Tokens of the content, and letters before it that are not part of it.
    pub content: (u32, u32),
    pub content_letters: u8,
    pub direct: bool,
    pub targets: Vec<EntId>,
    pub entry: String,
    pub rule: &'static str,
    /// Where the subject stood, for events in the content that leave theirs out.
    pub times: (u32, u32),
}

/// One who may be meant by a later cue without subject.
#[derive(Clone, Debug)]
struct Carried {
    who: Vec<EntId>,
    /// What the verb beside the name said of its gender.
    gender: Option<Gender>,
    many: bool,
    /// Counts in this sentence only: the subject of a verb that is no speech, and no person.
    only: Option<usize>,
    /// The sentence it was told in.
    at: usize,
}

/// What a content is that is not yet closed.
struct Open {
    said: usize,
    cue_imperfect: bool,
    how: How,
}

/// What decides the force once the content is closed.
#[derive(Clone, Copy)]
struct Entry {
    speech: usize,
    how: How,
    /// A verdict in a clause that says more of its object: it blames, unless its words praise.
    verdict: bool,
}

struct Reader<'d, 'a> {
    d: &'d Doc<'a>,
    out: Vec<Said>,
    /// Speech entries of `out`, for the force once the content is closed.
    entries: Vec<Entry>,
    past: Vec<Carried>,
}

pub(crate) fn find(d: &Doc, headline_end: usize) -> Vec<Said> {
    let mut r = Reader { d, out: Vec::new(), entries: Vec::new(), past: Vec::new() };
    for (n, s) in d.s.sentences.iter().enumerate() {
        let (from, to) = (s.start as usize, s.end as usize);
        if !d.s.junk[from] && to > headline_end {
            r.sentence(n, from, to);
        }
    }
    let mut out = r.out;
    out.retain(|s| s.content.1 > s.content.0);
    dedup(&mut out);
    out
}

impl Reader<'_, '_> {
    fn sentence(&mut self, n: usize, from: usize, to: usize) {
        let first = self.out.len();
        let mut open: Vec<Open> = Vec::new();
        let mut i = from;
        while i < to {
            if open.last().is_some_and(|o| o.how == How::Noun && (self.out[o.said].content.0 as usize) < i) && i > from && self.turns(i) {
                self.close(&mut open, i);
            }
            // Nine words in ten are no cue and no verb and open no wording of attribution.
            if !self.d.flag(i, Flag::Speech) && !self.d.opens(i, Flag::Function) && clause::verb(self.d, i).is_none() {
                i += 1;
                continue;
            }
            let quoted = self.quoted(i, &open);
            if !quoted && let Some(end) = self.attribution(i, from, to, first, &mut open) {
                i = end;
                continue;
            }
            // `لكنه حمّل فلانا`: the pronoun is the subject.
            let pronoun = i > from
                && self.d.tag(i - 1, Tag::Conjunction)
                && self.d.ends(i - 1, Shape::Possessive)
                && self.d.tokens().fold(i - 1).chars().count() > 3
                && self.d.phrase_at(i + 1).is_some();
            // `أصدر بيانا اتهم فيه فلانا`: who issued it.
            let issued = i > from
                && cue::document(self.d, i - 1)
                && !self.d.definite(i - 1)
                && clause::preposition(self.d, i + 1).is_some()
                && self.d.readings(i + 1).any(|(a, r)| a.pronoun().is_some() && r.pos() == Pos::Function);
            let topic = |r: &Reading| pronoun || issued || self.topic(i, r, from).is_some();
            let Some((cue, way)) = cue::cue_at(self.d, i, &topic, from, to) else {
                if open.is_empty() && !quoted {
                    self.subject_of_act(n, i, from, to);
                }
                i += 1;
                continue;
            };
            match self.statement(n, &cue, &way, from, first, quoted, &mut open) {
                Some(end) => i = end.max(i + 1),
                None => {
                    if open.is_empty() && !quoted && cue.kind == CueKind::Verb {
                        self.subject_of_act(n, i, from, to);
                    }
                    i += 1;
                }
            }
        }
        self.close(&mut open, to);
    }

    /// Does the reporter turn to something else at `i`, behind a nominal content (`، فيما تلقى`, `، ومن المتوقع`)?
    fn turns(&self, i: usize) -> bool {
        let d = self.d;
        d.comma(i - 1)
            && (d.tag(i, Tag::Apart)
                || d.tag(i, Tag::Relative) && d.tag(i + 1, Tag::Relative)
                || self.next_clause(i)
                || d.links_at(i).any(|m| m.link == Link::Fronting && m.end as usize > i + 1 && (m.proclitics.joins() || clause::verb(d, m.end as usize).is_some())))
    }

    /// The person whose name a relative at `b` goes back to, at once or behind a comma.
    fn told_of(&self, b: usize) -> Vec<EntId> {
        let d = self.d;
        let last = if b > 0 && d.comma(b - 1) { b.checked_sub(2) } else { b.checked_sub(1) };
        let person = |p: &Phrase| {
            let who = actors(d, p);
            if who.len() == 1 && who.iter().all(|&e| d.ent(e).kind == Kind::Person) { who } else { Vec::new() }
        };
        last.and_then(|t| d.phrase(t).filter(|(_, p)| p.end as usize == t + 1)).map_or(Vec::new(), |(_, p)| person(p))
    }

    /// Does a clause begin with token `b`: at the head of the sentence, behind a comma or a conjunction?
    fn opens_clause(&self, b: usize, from: usize) -> bool {
        let d = self.d;
        b == from
            || d.comma(b - 1)
            || [Tag::Conjunction, Tag::Subordinator, Tag::Apart].into_iter().any(|t| d.tag(b - 1, t))
            || d.s.analyses_at(b).iter().any(|a| a.proclitics.joins())
    }

    /// Does a clause with a subject of its own begin at `i` (`، وخفضت هندوراس تمثيلها`)?
    fn next_clause(&self, i: usize) -> bool {
        let d = self.d;
        let Some((_, r)) = clause::verb(d, i).filter(|(a, r)| a.proclitics.joins() && r.pos() == Pos::Perfect && r.person() == 3 && a.pronoun().is_none()) else { return false };
        let Some((_, p)) = d.phrase_at(i + 1).filter(|(_, p)| !p.proclitics.governs() && !p.proclitics.joins()) else { return false };
        let who = actors(d, p);
        !who.is_empty()
            && who.iter().all(|&e| d.ent(e).kind != Kind::Person || d.ent(e).feminine.is_none_or(|f| f == (r.gender() == Gender::Feminine)))
            && self.out.last().is_none_or(|s| s.speakers != who)
    }

    /// Is token `i` inside a quotation (that of a statement, or one within an open content)?
    fn quoted(&self, i: usize, open: &[Open]) -> bool {
        let i = i as u32;
        self.out.iter().zip(&self.entries).rev().take(20).any(|(s, e)| matches!(e.how, How::Quote(..)) && s.content.0 <= i && i < s.content.1)
            || self.d.s.quotes[..self.d.s.quotes.partition_point(|q| q.open < i)]
                .iter()
                .rev()
                .take(20)
                .any(|q| q.open < i && i < q.close && (!open.is_empty() || q.close - q.open < 40))
    }

    /// Takes the cue as a statement, if it is one where it stands; gives the token to go on from.
    #[allow(clippy::too_many_arguments)]
    fn statement(&mut self, n: usize, c: &Cue, w: &Way, from: usize, first: usize, quoted: bool, open: &mut Vec<Open>) -> Option<usize> {
        let d = self.d;
        let b = c.at.wrapping_sub(1);
        let after_start = c.at > from;
        let tagged = |t: Tag| after_start && d.tag(b, t);
        // `في ما اعتبرت أنه`: the reporter goes on, as with `فيما`.
        let aside = w.how == How::That && c.at > from + 1 && tagged(Tag::Relative) && d.tag(c.at - 2, Tag::Preposition) && c.analysis.pronoun().is_none();
        let relative = tagged(Tag::Relative) && !aside;
        let tagged_comma = after_start && d.comma(b);
        // A conjunction with a pronoun, as good as a name (`لكنه رفض`).
        let pronoun = after_start && (d.tag(b, Tag::Pronoun) || d.tag(b, Tag::Conjunction) && d.ends(b, Shape::Possessive) && d.tokens().fold(b).chars().count() > 3);
        // `تعتبر الدولة الحليفة الأولى`: it is deemed so, by nobody.
        if c.speech.verdict
            && w.how == How::Noun
            && c.kind == CueKind::Verb
            && c.reading.pos() == Pos::Imperfect
            && c.analysis.pronoun().is_none()
            && d.phrase_at(w.start).is_none()
            && !d.tag(w.start, Tag::Demonstrative)
        {
            return None;
        }
        // A name of judgement counts with a pronoun for what is so called.
        if c.speech.verdict && !c.speech.object && c.analysis.pronoun().is_none() {
            return None;
        }
        // What was denied was not said.
        if (tagged(Tag::NegationPast) || tagged(Tag::NegationFuture) || tagged(Tag::Negation)) && c.speech.force != "reject" && c.kind == CueKind::Verb {
            return None;
        }
        // `يُنتظر أن يشدد`: still to be said. `ما وصفه ب`: words of the reporter's choosing.
        // `ما وصف ب`: nobody's words.
        if c.speech.verdict
            && c.kind == CueKind::Verb
            && relative
            && c.analysis.pronoun().is_none()
            && w.doer == Doer::None
            && c.reading.pos() == Pos::Perfect
            && !self.antecedent(c, from)
        {
            return None;
        }
        // A verdict with a pronoun for what it is passed on, in a clause that says more of that (`الخطوة التي وصفها بالخطأ`).
        let verdict = c.speech.verdict && c.kind == CueKind::Verb && relative && c.analysis.pronoun().is_some() && c.reading.pos().finite();
        if c.kind == CueKind::Verb
            && (tagged(Tag::That) && c.reading.pos() == Pos::Imperfect && w.doer == Doer::None || relative && c.analysis.pronoun().is_some() && w.doer == Doer::None && !verdict)
        {
            return None;
        }
        let topic = if c.kind == CueKind::Verb && !verdict { self.topic(c.at, &c.reading, from) } else { None };
        let doer = match w.doer {
            Doer::None => topic.map_or(Doer::None, Doer::Phrase),
            x => x,
        };
        let named = match doer {
            Doer::Phrase(k) => actors(d, &d.s.phrases[k as usize]),
            Doer::Body(e) => vec![e],
            _ => Vec::new(),
        };
        // `والتقى الرئيس، الذي أكد أن`: of whom the clause is told, within another's report.
        let named = match named.is_empty() && relative && w.how == How::That && w.doer == Doer::None && !open.is_empty() && c.analysis.pronoun().is_none() {
            true => self.told_of(b),
            false => named,
        };
        // `لكن الحركة أكدت أن`: the body meant by the word before the verb.
        let meant = match c.kind == CueKind::Verb
            && doer == Doer::None
            && after_start
            && !relative
            && d.is_word(b)
            && d.phrase(b).is_none()
            && d.flag(b, Flag::OrgHead)
            && self.opens_clause(b, from)
        {
            true => cue::stand_in(d, b).and_then(|x| if let Doer::Body(e) = x { Some(e) } else { None }),
            false => None,
        };
        let named = meant.map_or(named, |e| vec![e]);
        let fronted = clause::fronted(d, c.at).or(aside.then_some(c.at.saturating_sub(2))).filter(|&f| f > from && d.comma(f - 1));
        let outlet = |&e: &EntId| d.ent(e).actor.is_some_and(|a| d.lex.actors[a as usize].media);
        if c.speech.media && !(c.kind == CueKind::Verb && named.first().is_some_and(outlet)) {
            return None;
        }
        // `في تصريحات نقلتها صحيفة`: she only passes them on.
        if c.kind == CueKind::Verb && !c.speech.verdict && after_start && c.analysis.pronoun().is_some() && !d.definite(b) && d.phrase(b).is_none() && cue::document(d, b) {
            return None;
        }
        // `أصدر بيانا أدان فيه`, `كلمة دعا فيها`: a clause on an indefinite noun, to which the preposition's pronoun goes back.
        let resumed = clause::preposition(d, c.end).is_some() && d.readings(c.end).any(|(a, r)| a.pronoun().is_some() && r.pos() == Pos::Function);
        let issued = c.kind == CueKind::Verb && after_start && resumed && d.is_word(b) && d.s.tags[b] == 0 && !d.definite(b) && d.phrase(b).is_none();
        // `أصدر المجلس قرارا يطلب من`: what somebody's document says.
        let issued = issued || imperfect_of_document(d, c, from);
        let joined = c.analysis.proclitics.joins()
            || after_start && d.lone_and(b)
            || fronted.is_some()
            || tagged(Tag::Conjunction)
            || tagged(Tag::Subordinator)
            || tagged(Tag::VerbParticle)
            || tagged(Tag::Auxiliary);
        let imperfect = c.reading.pos() == Pos::Imperfect;
        let object = w.how == How::Noun;
        // `، لكن الوزير أكد أن`: the reporter turns to another.
        let turned = topic.is_some_and(|k| {
            let first = d.s.phrases[k as usize].start as usize;
            first > from + 1 && d.comma(first - 2) && (d.tag(first - 1, Tag::Conjunction) || d.tag(first - 1, Tag::Subordinator) || d.tag(first - 1, Tag::Apart))
        });
        let joined = joined || turned && !object;
        if c.kind == CueKind::Verb {
            // With a pronoun the verb has its object; only what says of that object something more goes on (`تعتبرها تمرينا`).
            if c.analysis.pronoun().is_some()
                && object
                && !c.speech.verdict
                && !c.speech.addressee_object
                && !(c.speech.neutral && c.speech.object && w.start <= c.end + 1 && !relative_object(d, w.start))
            {
                return None;
            }
            // `وطلبت منه المغادرة`: with the one addressed in a pronoun the subject is the one spoken of.
            let addressed = c.analysis.proclitics.joins()
                && clause::preposition(d, c.end).is_some_and(|l| c.speech.addressee.contains(&l))
                && d.readings(c.end).any(|(a, _)| a.pronoun().is_some());
            let deems = c.speech.verdict && c.analysis.pronoun().is_some();
            if c.speech.act && !deems && object && named.is_empty() && doer != Doer::Before && !pronoun && !issued && !addressed {
                return None;
            }
        }
        let inside = !open.is_empty() || quoted;
        let mut nested = false;
        if inside {
            let container = open.last().map(|o| o.said).or_else(|| self.out.iter().rposition(|s| (s.content.0..s.content.1).contains(&(c.at as u32))));
            let another = !named.is_empty() && container.is_none_or(|k| named != self.out[k].speakers);
            let imperfect_report = open.last().is_some_and(|o| o.cue_imperfect);
            match c.kind {
                CueKind::Noun => return None,
                CueKind::Participle if quoted => return None,
                CueKind::Participle => {}
                CueKind::Verb if verdict && !quoted => nested = true,
                CueKind::Verb if quoted => {
                    if imperfect || !another || container.is_none() {
                        return None;
                    }
                    nested = true;
                }
                CueKind::Verb if imperfect => {
                    if pronoun {
                        // `لكنها ترفض`: the reporter goes on.
                    } else if joined && imperfect_report && !relative && (named.is_empty() || another) && !tagged(Tag::Auxiliary) {
                        // The report goes on in its own tense (`وتقول`).
                    } else if another && w.how == How::That && (relative || tagged(Tag::Conjunction) || tagged(Tag::Subordinator) || tagged_comma) {
                        nested = relative;
                    } else {
                        return None;
                    }
                }
                // The report goes on (`وأضاف`).
                CueKind::Verb if joined && !relative && !tagged(Tag::VerbParticle) && !tagged(Tag::Auxiliary) => {}
                CueKind::Verb => {
                    if !another || c.speech.act && object && !turned {
                        return None;
                    }
                    // Behind a comma a nominal content is over (`لوحت واشنطن بعقوبات، نسبت وكالة …`).
                    nested = !(tagged_comma && open.last().is_some_and(|o| o.how == How::Noun));
                }
            }
        } else if c.kind == CueKind::Verb && imperfect && (!joined || object) && doer == Doer::None && !relative && !issued {
            // `يعتقد أن`: nobody's belief.
            return None;
        }
        // A noun right before the verb is its subject: somebody, but nobody we know (`تقارير أفادت بأن`).
        if c.kind == CueKind::Verb
            && doer == Doer::None
            && !joined
            && !relative
            && after_start
            && d.is_word(b)
            && d.s.tags[b] == 0
            && d.s.phrase_of[b] == NONE
            && d.s.time_of[b] == NONE
            && !issued
            && meant.is_none()
            && !d.lone_and(b)
            && !d.flag(b, Flag::Fronting)
            && clause::verb(d, b).is_none()
        {
            return None;
        }
        let (speakers, rule) = self.speakers(n, c, w, doer, named, from, first, nested)?;
        let many = c.kind == CueKind::Verb && (speakers.len() > 1 || matches!(c.reading.number(), Number::Dual | Number::Plural));
        if !nested {
            let mut cut = c.at;
            // A subject before the cue goes with it.
            if let Some(k) = topic.filter(|_| !open.is_empty()) {
                cut = cut.min(d.s.phrases[k as usize].start as usize);
            }
            // … and wording that opens its clause.
            if let Some(f) = fronted {
                cut = cut.min(f);
            }
            self.close(open, cut);
            // What an attribution at the head of the sentence covers ends here.
            if let Some(s) = self.out[first..].last_mut().filter(|s| s.rule == "attribution" && (s.content.0 as usize) + 2 < cut && cut < s.content.1 as usize) {
                let mut end = cut;
                while end > s.content.0 as usize && (d.comma(end - 1) || [Tag::Conjunction, Tag::VerbParticle, Tag::Subordinator].into_iter().any(|t| d.tag(end - 1, t))) {
                    end -= 1;
                }
                s.content.1 = trim(d, s.content.0 as usize, end) as u32;
            }
        }
        // Who is carried over: the outer speaker; one quoted inside only after that.
        if c.kind == CueKind::Verb {
            let singular = matches!(c.reading.number(), Number::Singular | Number::Any);
            let carried = Carried { who: speakers.clone(), gender: (singular && w.doer != Doer::Unknown).then_some(c.reading.gender()), many, only: None, at: n };
            match self.past.len().checked_sub(1).filter(|_| nested) {
                Some(at) => self.past.insert(at, carried),
                None => self.past.push(carried),
            }
        }
        let mut start = w.start;
        let (mut direct, mut end) = (false, u32::MAX);
        let mut letters = w.letters;
        // What somebody unknown points at or clings to is seldom speech; it ends what went before all the same.
        if w.doer == Doer::Unknown && object {
            end = w.start as u32;
        }
        if let How::Quote(o, q) = w.how {
            (start, end, direct, letters) = (o as usize + 1, q, true, 0);
        }
        // A verdict in quotation marks ends with them (`ما وصفه بـ"سوء الفهم"`).
        let named_so = if c.speech.verdict && object { d.quote_at(start) } else { None };
        if let Some(q) = named_so {
            (start, end, direct, letters) = (q.open as usize + 1, q.close, true, 0);
        }
        while d.comma(start) || matches!(d.mark(start), Some('-' | ':')) {
            start += 1;
        }
        let targets = w.addressed.iter().map(|&e| d.root(e)).filter(|e| !speakers.contains(e)).collect();
        let next = if matches!(w.how, How::Quote(..)) { start } else { w.end.max(c.at + 1) };
        let adjacent = object && d.tag(c.at + 1, Tag::Preposition) && w.start == c.at + 2;
        self.out.push(Said {
            speakers,
            force: c.speech.force.clone(),
            cue: (c.at as u32, c.at as u32 + 1 + u32::from(adjacent)),
            cue_letters: c.analysis.letters,
            content: (start as u32, end),
            content_letters: letters,
            direct,
            targets,
            entry: format!("speech:{}", c.speech.id),
            rule,
            times: (c.at as u32, w.start as u32),
        });
        let entry = d.lex.speeches.iter().position(|s| std::ptr::eq(s, c.speech)).unwrap_or(0);
        self.entries.push(Entry { speech: entry, how: w.how, verdict });
        let said = self.out.len() - 1;
        if end == u32::MAX {
            open.push(Open { said, cue_imperfect: imperfect && c.kind == CueKind::Verb, how: w.how });
        } else {
            self.weigh(said);
        }
        Some(next)
    }

    /// Ends all open contents before token `at`.
    fn close(&mut self, open: &mut Vec<Open>, at: usize) {
        let d = self.d;
        for o in open.drain(..) {
            let start = self.out[o.said].content.0 as usize;
            let mut end = at;
            // The conjunction before a cue goes with the cue.
            while end > start
                && end < d.len()
                && (d.comma(end - 1) || at < d.len() && !d.is_break(at) && [Tag::Conjunction, Tag::VerbParticle, Tag::Subordinator].into_iter().any(|t| d.tag(end - 1, t)))
            {
                end -= 1;
            }
            end = trim(d, start, end);
            let s = &mut self.out[o.said];
            s.content.1 = end as u32;
            // One quotation that is the whole content.
            if o.how == How::That
                && let Some(q) = d.quote_at(start).filter(|q| q.close as usize + 2 >= end && q.close as usize <= end)
            {
                s.direct = true;
                s.content = (q.open + 1, q.close);
            }
            self.weigh(o.said);
        }
    }

    /// The force of a statement whose content is known.
    fn weigh(&mut self, k: usize) {
        let Entry { speech: entry, how, verdict } = self.entries[k];
        let s = &self.out[k];
        // Behind a cue of another the words are that one's.
        let nested = self.out[k + 1..].iter().filter(|n| s.content.0 <= n.cue.0 && n.cue.1 <= s.content.1 && n.speakers != s.speakers).map(|n| n.cue.0).min().unwrap_or(u32::MAX);
        let content = (s.content.0 as usize, s.content.1.min(s.content.0 + 60).min(nested.max(s.content.0 + 1)) as usize);
        let speech = &self.d.lex.speeches[entry];
        let default = if verdict { "criticise" } else { &speech.force };
        let force = force(self.d, speech, default, how, content, &s.speakers);
        self.out[k].force = force;
    }
}

/// Is the cue the verb of a clause on an indefinite document in the accusative, or its adjective (`قرارا بالإجماع يطلب`)?
fn imperfect_of_document(d: &Doc, c: &Cue, from: usize) -> bool {
    let document = |t: usize| cue::document(d, t) && !d.definite(t) && d.ends(t, Shape::Accusative);
    c.kind == CueKind::Verb
        && c.reading.pos() == Pos::Imperfect
        && !c.analysis.proclitics.joins()
        && c.analysis.pronoun().is_none()
        && (1..=3)
            .filter_map(|n| c.at.checked_sub(n))
            .take_while(|&t| t >= from && d.is_word(t) && d.phrase(t).is_none() && !d.tag(t, Tag::That) && !d.tag(t, Tag::Relative))
            .any(document)
}

/// Does a word stand at `t` that cannot say more of a pronoun's object: definite, or behind a preposition?
fn relative_object(d: &Doc, t: usize) -> bool {
    d.definite(t) || d.phrase(t).is_some()
}

/// Without the marks at the end.
fn trim(d: &Doc, start: usize, mut end: usize) -> usize {
    while end > start && matches!(d.tokens()[end - 1].kind, TokenKind::Mark | TokenKind::Break) {
        let m = d.tokens()[end - 1].mark;
        // A closing bracket or quotation mark whose opening is inside stays.
        if m == ')' {
            break;
        }
        if d.quote_mark(end - 1) && (start + 1..end).any(|open| d.quote_at(open).is_some_and(|q| q.close as usize == end - 1)) {
            break;
        }
        end -= 1;
    }
    end
}

/// Two cues for one content by one speaker are one statement; the first stays.
fn dedup(out: &mut Vec<Said>) {
    let mut k = 0;
    while k < out.len() {
        let dup = out[..k].iter().any(|o| o.content == out[k].content && (o.speakers == out[k].speakers || out[k].rule == "carried-speaker"));
        if dup {
            out.remove(k);
        } else {
            k += 1;
        }
    }
}
