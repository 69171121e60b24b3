//! Who speaks: the subject beside a cue, or the one carried over from what was said before.
//!
//! What must not live here: where a content begins and ends.

use super::{Carried, Reader, Said};
use crate::clause;
use crate::cue::{Cue, CueKind, Doer, Way, actors};
use crate::doc::*;
use sijill_lexicon::inflect::{Gender, Number};
use sijill_lexicon::{Clitic, Kind, Link, Reading, Shape, Tag};

impl Reader<'_, '_> {
    /// The subject that stands before the verb at `i`, with an even number of commas between (an apposition).
    pub(super) fn topic(&self, i: usize, r: &Reading, from: usize) -> Option<u32> {
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
        let p = &d.s.phrases[k as usize];
        let marks = |f: &dyn Fn(usize) -> bool| (end..i).filter(|&t| f(t)).count();
        let commas = marks(&|t| d.comma(t));
        // The comma that closes one before the phrase, or within it (`رئيس الوزراء، فلان، هدد`).
        let opened = commas == 1 && (p.start > 0 && d.comma(p.start as usize - 1) || (p.start..p.end).any(|t| d.comma(t as usize)));
        ((commas + usize::from(opened)).is_multiple_of(2) && marks(&|t| d.dash(t)).is_multiple_of(2)).then_some(k)
    }

    /// Does a conjunction alone stand before the phrase, or before the one it is in apposition to?
    fn topicalised(&self, k: u32, from: usize) -> bool {
        let d = self.d;
        let opened = |k: usize| d.s.phrases[k].start as usize > from && d.tag(d.s.phrases[k].start as usize - 1, Tag::Conjunction);
        let k = k as usize;
        opened(k) || k > 0 && d.s.phrases[k - 1].end + 1 == d.s.phrases[k].start && d.comma(d.s.phrases[k - 1].end as usize) && opened(k - 1)
    }

    /// Remembers the subject of a verb that is no speech: it may speak in what follows (`توجه فلان بتهنئة … وقال`).
    pub(super) fn subject_of_act(&mut self, n: usize, i: usize, from: usize, to: usize) {
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

    /// Those who speak; `None` where nobody can be found.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn speakers(&self, n: usize, c: &Cue, w: &Way, doer: Doer, named: Vec<EntId>, from: usize, first: usize, nested: bool) -> Option<(Vec<EntId>, &'static str)> {
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
                // `الدبلوماسي الأمريكي`: the last speaker of that state.
                let state = d
                    .readings(t as usize + 1)
                    .find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Demonym(a) = l { d.lex.actors[*a as usize].country.clone() } else { None }));
                let compatriot =
                    |c: &&Carried| state.is_some() && c.at + 3 > n && matches!(c.who[..], [one] if d.ent(one).kind == Kind::Person && crate::phrases::state_of(d, one) == state);
                let named = self.past.iter().rev().find(unnamed).or_else(|| self.past.iter().rev().find(bears)).or_else(|| self.past.iter().rev().find(compatriot));
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
    pub(super) fn antecedent(&self, c: &Cue, from: usize) -> bool {
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
}

/// Is the cue a verdict with a pronoun for what it is passed on?
fn verdict_of(c: &Cue, d: &Doc) -> bool {
    c.speech.verdict && c.analysis.pronoun().is_some() && c.at > 0 && d.tag(c.at - 1, Tag::Relative)
}
