//! Statements: who says what, with what force.
//!
//! Each cue of a sentence is judged by where it stands: outside any content it opens a statement; inside one it goes on with the
//! report, or reports another's speech, or is the content's own verb. A speaker carries over to cues without a subject. What must
//! not live here: how a cue leads to its content (`cue`), what decides the force (`force`), the events that statements speak of.

use crate::clause;
use crate::cue::{self, Cue, CueKind, Doer, How, Way, actors};
use crate::doc::*;
use crate::force::{clausal, force};
use sijill_lexicon::inflect::{Gender, Number};
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, Pos, Reading, Shape, Tag};
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
                || d.links_at(i).any(|m| m.link == Link::Fronting && m.end as usize > i + 1 && (m.proclitics.joins() || clause::verb(d, m.end as usize).is_some())))
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

    /// The subject that stands before the verb at `i`, with an even number of commas between (an apposition).
    fn topic(&self, i: usize, r: &Reading, from: usize) -> Option<u32> {
        let d = self.d;
        let joined = d.readings(i).any(|(a, x)| x == *r && a.proclitics.joins());
        let k = clause::subject_before(d, i, r, from)?;
        let end = d.s.phrases[k as usize].end as usize;
        // `أما فلان، فقد أكد`: the comma and `ف` set off the topic that a conjunction opened.
        let then = |t: usize| d.s.analyses_at(t).iter().any(|a| a.proclitics.has(Clitic::Then));
        let first = (end..i).find(|&t| !d.comma(t)).unwrap_or(i);
        if then(first) && (first == i || d.tag(first, Tag::VerbParticle)) && self.topicalised(k, from) {
            return Some(k);
        }
        if joined {
            return None;
        }
        let marks = |f: &dyn Fn(usize) -> bool| (end..i).filter(|&t| f(t)).count();
        ((marks(&|t| d.comma(t)) + usize::from(d.s.phrases[k as usize].start > 0 && d.comma(d.s.phrases[k as usize].start as usize - 1) && marks(&|t| d.comma(t)) == 1)) % 2 == 0
            && marks(&|t| d.dash(t)) % 2 == 0)
            .then_some(k)
    }

    /// Does a conjunction alone stand before the phrase, or before the one it is in apposition to?
    fn topicalised(&self, k: u32, from: usize) -> bool {
        let d = self.d;
        let opened = |k: usize| d.s.phrases[k].start as usize > from && d.tag(d.s.phrases[k].start as usize - 1, Tag::Conjunction);
        let k = k as usize;
        opened(k) || k > 0 && d.s.phrases[k - 1].end + 1 == d.s.phrases[k].start && d.comma(d.s.phrases[k - 1].end as usize) && opened(k - 1)
    }

    /// Remembers the subject of a verb that is no speech: it may speak in what follows (`توجه فلان بتهنئة … وقال`).
    fn subject_of_act(&mut self, n: usize, i: usize, from: usize, to: usize) {
        let d = self.d;
        let Some((_, r)) = clause::verb(d, i) else { return };
        if r.person() != 3 || i > from && (d.tag(i - 1, Tag::That) || d.tag(i - 1, Tag::Relative)) {
            return;
        }
        let s = clause::subject(d, i, &r, from, to);
        let Some(k) = s.phrase else { return };
        let p = &d.s.phrases[k as usize];
        let who = actors(d, p);
        if who.is_empty() {
            return;
        }
        let person = who.iter().all(|&e| d.ent(e).kind == Kind::Person);
        self.past.push(Carried { many: who.len() > 1, who, gender: Some(r.gender()), only: (!person).then_some(n), at: n });
    }

    /// The latest speaker whom a verb in this form can mean.
    fn carried(&self, r: Option<&Reading>, n: usize) -> Option<&Carried> {
        let d = self.d;
        self.past.iter().rev().filter(|c| c.only.is_none_or(|s| s == n)).find(|c| {
            let Some(r) = r else { return true };
            // Who is known for a woman is one whatever verb stood before her name.
            let woman = matches!(c.who[..], [one] if d.ent(one).kind == Kind::Person && d.ent(one).feminine == Some(true));
            let told = if woman { Some(Gender::Feminine) } else { c.gender.filter(|g| *g != Gender::Any) };
            let gender = told.or_else(|| {
                let ent = d.ent(*c.who.first()?);
                match ent.kind {
                    Kind::Person => ent.feminine.map(|f| if f { Gender::Feminine } else { Gender::Masculine }),
                    Kind::Country => Some(Gender::Feminine),
                    _ => None,
                }
            });
            let gender_fits = c.many || r.gender() == Gender::Any || gender.is_none_or(|g| g == r.gender());
            let number_fits = match r.number() {
                Number::Dual | Number::Plural => c.many,
                _ => !c.many || r.gender() == Gender::Feminine,
            };
            gender_fits && number_fits
        })
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
        let joined = c.analysis.proclitics.joins()
            || after_start && d.lone_and(b)
            || fronted.is_some()
            || tagged(Tag::Conjunction)
            || tagged(Tag::Subordinator)
            || tagged(Tag::VerbParticle)
            || tagged(Tag::Auxiliary);
        let imperfect = c.reading.pos() == Pos::Imperfect;
        let object = w.how == How::Noun;
        if c.kind == CueKind::Verb {
            // With a pronoun the verb has its object; only what says of that object something more goes on (`تعتبرها تمرينا`).
            if c.analysis.pronoun().is_some()
                && object
                && !c.speech.addressee_object
                && !(c.speech.neutral && c.speech.object && w.start <= c.end + 1 && !relative_object(d, w.start))
            {
                return None;
            }
            // `وطلبت منه المغادرة`: with the one addressed in a pronoun the subject is the one spoken of.
            let addressed = c.analysis.proclitics.joins()
                && clause::preposition(d, c.end).is_some_and(|l| c.speech.addressee.contains(&l))
                && d.readings(c.end).any(|(a, _)| a.pronoun().is_some());
            if c.speech.act && object && named.is_empty() && doer != Doer::Before && !pronoun && !issued && !addressed {
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
                    if !another || c.speech.act && object {
                        return None;
                    }
                    // Behind a comma a nominal content is over (`لوحت واشنطن بعقوبات، نسبت وكالة …`).
                    nested = !(tagged_comma && open.last().is_some_and(|o| o.how == How::Noun));
                }
            }
        } else if c.kind == CueKind::Verb && imperfect && (!joined || object) && doer == Doer::None && !relative {
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

    /// Those who speak; `None` where nobody can be found.
    #[allow(clippy::too_many_arguments)]
    fn speakers(&self, n: usize, c: &Cue, w: &Way, doer: Doer, named: Vec<EntId>, from: usize, first: usize, nested: bool) -> Option<(Vec<EntId>, &'static str)> {
        let d = self.d;
        if !named.is_empty() {
            let rule = if w.behind_preposition { "speaker-behind-preposition" } else { "cue-and-subject" };
            return Some((named, rule));
        }
        match (c.kind, doer) {
            (_, Doer::Phrase(_) | Doer::Unknown) => Some((Vec::new(), "cue-and-subject")),
            (_, Doer::Honoured(k)) => {
                let person = |c: &&Carried| matches!(c.who[..], [one] if d.ent(one).kind == Kind::Person);
                // The one introduced with that honorific, where the article names him.
                let introduced = actors(d, &d.s.phrases[k as usize]);
                let named = introduced.iter().any(|&e| !d.ent(e).nameless);
                let before = || self.past.iter().rev().find(person).map(|c| c.who.clone());
                Some((if named { introduced } else { before().unwrap_or(introduced) }, "carried-speaker"))
            }
            (_, Doer::Document) => self.carried(None, n).map(|x| (x.who.clone(), "carried-speaker")),
            (_, Doer::Official(t)) => {
                // One whose name begins with the same word (`مسؤول في وزارة` … `المسؤول`).
                let word = d.tokens().fold(t as usize);
                let word = d.lex.cut(word, Shape::Article).unwrap_or(word);
                let unnamed = |c: &&Carried| {
                    c.who.first().is_some_and(|&e| d.ent(e).kind == Kind::Person && d.ent(e).actor.is_none() && sijill_text::fold(&d.ent(e).label).starts_with(word))
                };
                // … or that bears the office (`المتحدث`).
                let titles: Vec<u32> =
                    d.readings(t as usize).flat_map(|(_, r)| d.lex.lemma(&r).links.iter().filter_map(|l| if let Link::Title(n, _) = l { Some(*n) } else { None })).collect();
                let titles: Vec<u32> = titles.into_iter().chain(d.links_at(t as usize).filter_map(|m| if let Link::Title(n, _) = m.link { Some(n) } else { None })).collect();
                let bears = |c: &&Carried| matches!(c.who[..], [one] if d.ent(one).roles.iter().any(|r| titles.iter().any(|&n| d.lex.titles[n as usize].title == r.title && r.title != "other")));
                let named = self.past.iter().rev().find(unnamed).or_else(|| self.past.iter().rev().find(bears));
                Some((named.map(|c| c.who.clone()).unwrap_or_default(), "carried-speaker"))
            }
            (CueKind::Noun, _) => {
                // The one behind the noun, or for its pronoun the last one named before.
                let behind = d.phrase_at(c.end).filter(|_| c.analysis.pronoun().is_none());
                let near = behind.or_else(|| (from..c.at).rev().take(14).find_map(|t| d.phrase(t).filter(|(_, p)| p.end as usize == t + 1)));
                let who = near.map(|(_, p)| actors(d, p)).unwrap_or_default();
                if who.is_empty() && c.analysis.pronoun().is_some() {
                    return self.carried(None, n).map(|x| (x.who.clone(), "noun-of-speech"));
                }
                Some((who, "noun-of-speech"))
            }
            (CueKind::Participle, _) => {
                // Behind what a state or body said within somebody's speech the participle goes on with him who tells it.
                let person = |s: &Said| s.speakers.iter().all(|&e| d.ent(e).kind == Kind::Person);
                let last = self.out[first..].last().map(|s| if person(s) { s } else { self.teller(first, s) }.speakers.clone());
                let feminine = c.reading.gender() == Gender::Feminine;
                let near = || {
                    (from..c.at).find_map(|t| {
                        let (_, p) = d.phrase_at(t).filter(|_| d.s.dateline.is_none_or(|(_, e)| t >= e as usize))?;
                        let bare = clause::governor(d, p.start as usize, p.proclitics) == clause::Governor::Bare;
                        let who = actors(d, p);
                        let agrees = who.first().is_some_and(|&e| d.ent(e).kind != Kind::Person || d.ent(e).feminine.is_none_or(|f| f == feminine));
                        (bare && agrees).then_some(who)
                    })
                };
                // One person is not spoken of in the plural, nor in another gender than that of the verb beside the name.
                let plural = matches!(c.reading.number(), Number::Dual | Number::Plural);
                let fits = |who: &Vec<EntId>| match who[..] {
                    [one] if d.ent(one).kind == Kind::Person => {
                        let told = self.past.iter().rev().find(|c| c.who == *who).and_then(|c| c.gender);
                        // The register knows women from men, an article's own words do not always.
                        let known = d.ent(one).feminine.filter(|_| d.ent(one).actor.is_some());
                        !plural && known.is_none_or(|f| f == feminine) && told.is_none_or(|g| g == Gender::Any || (g == Gender::Feminine) == feminine)
                    }
                    _ => true,
                };
                if last.as_ref().is_some_and(|w| !fits(w)) {
                    return Some((near().filter(fits).unwrap_or_default(), "carried-speaker"));
                }
                let who = last.or_else(near).or_else(|| self.carried(None, n).map(|x| x.who.clone()))?;
                Some((who, "carried-speaker"))
            }
            (CueKind::Verb, _) => {
                // A verdict within a clause is the sentence's speaker's.
                if verdict_of(c, d)
                    && let Some(last) = self.out[first..].last()
                {
                    return Some((last.speakers.clone(), "carried-speaker"));
                }
                // A relative clause or `وقد` may have its subject farther before.
                let before = clause::subject_before(d, c.at, &c.reading, from).map(|k| actors(d, &d.s.phrases[k as usize])).filter(|w| !w.is_empty() && !nested);
                if let Some(who) = before.filter(|_| !c.analysis.proclitics.joins()) {
                    return Some((who, "cue-and-subject"));
                }
                // A relative clause says something of the word before it, which is nobody.
                if c.at > from
                    && d.tag(c.at - 1, Tag::Relative)
                    && !c.analysis.proclitics.joins()
                    && !d.comma(c.at.saturating_sub(2))
                    && !d.tag(c.at.saturating_sub(2), Tag::Preposition)
                {
                    return None;
                }
                let carried = self.carried(Some(&c.reading), n);
                // Another whom this sentence opened with, as subject of a verb that no entry knows.
                let elsewhere = carried.is_none_or(|x| x.at != n) && doer == Doer::None && first == self.out.len();
                let opening = if elsewhere { self.opening(c, from) } else { None };
                if let Some(who) = opening {
                    return Some((who, "carried-speaker"));
                }
                if let Some(x) = carried {
                    return Some((x.who.clone(), "carried-speaker"));
                }
                if !self.past.is_empty() {
                    return None;
                }
                // The first subject of the sentence before the cue.
                let near = (from..c.at).filter(|&t| d.s.dateline.is_none_or(|(_, e)| t >= e as usize)).find_map(|t| {
                    d.phrase_at(t).map(|(_, p)| p).filter(|p| clause::governor(d, p.start as usize, p.proclitics) == clause::Governor::Bare && !actors(d, p).is_empty())
                });
                near.map(|p| (actors(d, p), "carried-speaker"))
            }
        }
    }

    /// The outermost statement of the sentence in whose content this one's cue stands, else itself.
    fn teller<'s>(&'s self, first: usize, s: &'s Said) -> &'s Said {
        self.out[first..].iter().find(|o| o.content.0 <= s.cue.0 && s.cue.0 < o.content.1 && o.content.1 != u32::MAX || o.content.1 == u32::MAX && o.cue.0 < s.cue.0).unwrap_or(s)
    }

    /// Has the relative clause of the cue somebody before it?
    fn antecedent(&self, c: &Cue, from: usize) -> bool {
        clause::subject_before(self.d, c.at, &c.reading, from).is_some()
    }

    /// The bare noun phrase behind the first word of the sentence, where it agrees with the verb.
    fn opening(&self, c: &Cue, from: usize) -> Option<Vec<EntId>> {
        let d = self.d;
        let at = (from..c.at.min(from + 3)).find(|&t| d.is_word(t))? + 1;
        let (_, p) = d.phrase_at(at)?;
        let who = actors(d, p);
        let ent = d.ent(*who.first()?);
        let feminine = c.reading.gender() == Gender::Feminine;
        let agrees = match ent.kind {
            Kind::Person => ent.feminine.unwrap_or(false) == feminine,
            Kind::Country => feminine,
            _ => true,
        };
        // An unknown word at the head of a sentence is a verb rather than a noun that governs the name.
        let bare = !p.proclitics.governs()
            && match clause::governor(d, at, p.proclitics) {
                clause::Governor::Bare => true,
                clause::Governor::Noun(b) => b + 1 == at && d.readings(b).next().is_none(),
                clause::Governor::Preposition(_) => false,
            };
        (who.len() == 1 && agrees && bare && clause::preposition(d, at - 1).is_none() && !d.tag(at - 1, Tag::That)).then_some(who)
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

    /// `، وفقا لفلان`, `، حسبما ذكرت الوزارة`, and the same at the sentence's start. Gives the token behind the attribution.
    fn attribution(&mut self, i: usize, from: usize, to: usize, first: usize, open: &mut Vec<Open>) -> Option<usize> {
        let d = self.d;
        let mine = d.links_at(i).filter(|m| m.proclitics.0 == 0 || m.start as usize == from && m.proclitics.joins());
        let (m, id) = mine.filter_map(|m| if let Link::Attribution(a) = m.link { Some((m, a)) } else { None }).max_by_key(|(m, _)| (m.end, m.proclitics.0 == 0))?;
        let (mut t, behind) = (m.end as usize, m.end as usize);
        let mut speech = false;
        let mut found = None;
        let mut body = None;
        // Behind the phrase: the speaker, at once or behind a speech verb.
        while t < to && t < behind + 5 {
            if let Some((_, p)) = d.phrase_at(t) {
                found = Some(p);
                break;
            }
            if d.quote_mark(t) && d.phrase_at(t + 1).is_some() {
                t += 1;
                continue;
            }
            if let Some((Doer::Phrase(k), _)) = cue::issuer(d, t, to) {
                found = Some(&d.s.phrases[k as usize]);
                break;
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

/// Is the cue a verdict with a pronoun for what it is passed on?
fn verdict_of(c: &Cue, d: &Doc) -> bool {
    c.speech.verdict && c.analysis.pronoun().is_some() && c.at > 0 && d.tag(c.at - 1, Tag::Relative)
}

/// Does a word stand at `t` that cannot say more of a pronoun's object: definite, or behind a preposition?
fn relative_object(d: &Doc, t: usize) -> bool {
    d.definite(t) || d.phrase(t).is_some()
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
