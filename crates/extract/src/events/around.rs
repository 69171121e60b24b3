//! What stands around an anchor: subject, objects, genitive, prepositional phrases, pronouns.
//! What must not live here: which of these fills which slot (`fill`).

use super::anchors::{Anchor, LightVerb};
use super::nominal::nominal;
use super::states::{demonym, two_states};
use super::status::bare_that;
use super::verbal::verbal;
use crate::clause::{self, Governor};
use crate::doc::*;
use sijill_lexicon::inflect::{Gender, Number, Voice};
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, Pos, Reading, Shape, Tag};

/// Things around an anchor that may fill slots.
pub(super) struct Around {
    pub(super) subject: Vec<u32>,
    /// Bare noun phrases behind the verb, behind the subject.
    pub(super) objects: Vec<u32>,
    /// The construct's second part.
    pub(super) genitive: Option<u32>,
    /// Phrase and lemma of its preposition.
    pub(super) prepositional: Vec<(u32, u32)>,
    /// Who a pronoun on the anchor stands for.
    pub(super) pronoun: Vec<EntId>,
    /// Whom a preposition with a pronoun means (`بينهما`, `معه`), and the preposition's lemma.
    pub(super) bound: Vec<(Vec<EntId>, u32)>,
    /// The pronoun is not written: somebody else must take part, too.
    pub(super) weak: bool,
    pub(super) passive: bool,
    /// The state that an adjective names as the doer (`مقاتلات تركية`, `غارة أمريكية`).
    pub(super) adjective: Option<EntId>,
    /// Two states whose adjectives follow the noun (`المحادثات الأمريكية الروسية`).
    pub(super) both: Vec<EntId>,
    /// The object that a pronoun on the verb is taken for.
    pub(super) near: Option<u32>,
    /// Who comes again as a pronoun behind the verb (`أفرجت عنه`).
    pub(super) resumed: Vec<EntId>,
    /// The light verb's subject suffers what the noun names (`تعرض لهجوم`).
    pub(super) suffering: bool,
    /// Somebody stands behind the verb as its subject whom the article does not name.
    pub(super) unnamed: bool,
    /// The state or place that saw it.
    pub(super) scene: Option<EntId>,
    /// Where the words for its people or things may begin.
    pub(super) people_from: usize,
    /// The two whom a dual pronoun on the verb means (`لقاء جمعهما`).
    pub(super) met: Vec<EntId>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What stands around an anchor.
pub(super) fn around(d: &Doc, a: &Anchor, (from, opens): (usize, usize), to: usize, topic: &[EntId]) -> Around {
    let mut x = Around {
        subject: Vec::new(),
        objects: Vec::new(),
        genitive: None,
        prepositional: Vec::new(),
        bound: Vec::new(),
        pronoun: Vec::new(),
        weak: false,
        passive: false,
        adjective: None,
        both: Vec::new(),
        near: None,
        resumed: Vec::new(),
        suffering: false,
        unnamed: false,
        scene: None,
        people_from: a.end,
        met: Vec::new(),
        from,
        to,
    };
    let scan = if a.noun { nominal(d, a, (from, opens), to, topic, &mut x) } else { verbal(d, a, (from, opens), to, topic, &mut x) };
    if a.noun && !a.pronoun && x.adjective.is_none() && x.genitive.is_none() && d.phrase_at(a.end).is_none() {
        x.adjective = demonym(d, a.end).or_else(|| demonym(d, a.end + 1).filter(|_| d.is_word(a.end) && d.phrase_at(a.end + 1).is_none()));
    }
    if a.noun {
        x.both = two_states(d, a.end);
    }
    // `تم الاتفاق على …`: of those who were last named together.
    let agreed = a.any_of(d, &["accord", "signing"]);
    let unsaid = a.noun && a.light.is_some_and(|l| d.lex.lights[l.light as usize].impersonal || l.reading.voice() == Voice::Passive);
    if agreed && unsaid && x.pronoun.is_empty() && x.genitive.is_none() && x.subject.is_empty() {
        let at = d.s.phrases.partition_point(|p| (p.end as usize) <= a.at);
        let group = d.s.phrases[..at]
            .iter()
            .rev()
            .take_while(|p| p.start as usize + 150 > a.at)
            .find(|p| p.ents.len() >= 2 && p.ents.iter().all(|&e| d.ent(d.root(e)).kind == Kind::Country));
        x.pronoun = group.map(|p| p.ents.iter().map(|&e| d.root(e)).collect()).unwrap_or_default();
    }
    collect(d, scan, region_end(d, a, scan, to), &mut x);
    let used: Vec<u32> = x.subject.iter().copied().chain(x.genitive).collect();
    x.objects.retain(|p| !used.contains(p));
    // Who comes again as a pronoun behind a preposition.
    if !a.noun && d.tag(a.end, Tag::Bound) {
        x.resumed = if a.at > from && d.tag(a.at - 1, Tag::Relative) {
            (from..a.at - 1).rev().take(3).find_map(|t| d.phrase(t)).map(|(_, p)| p.ents.iter().map(|&e| d.root(e)).collect()).unwrap_or_default()
        } else {
            Vec::new()
        };
        let released = a.any_of(d, &["retreat"]);
        if released && x.subject.is_empty() && a.reading.is_some_and(|r| d.readings(a.at).any(|(_, y)| y.voice() != Voice::Active && y.lemma == r.lemma)) {
            // `أفرج عنه`: nobody is said to do it.
            if x.resumed.is_empty() {
                x.resumed = x.pronoun.clone();
            }
            x.pronoun.clear();
        }
    }
    if !a.noun && !x.passive && suffers(d, a, &x, to) {
        x.passive = true;
        x.pronoun.clear();
        x.adjective = None;
    }
    x
}

/// Does the pronoun written on the word mean one man?
pub(super) fn of_a_man(d: &Doc, at: usize) -> bool {
    let pronoun = d.s.analyses_at(at).iter().filter(|y| y.readings.0 != y.readings.1).find_map(|y| y.pronoun());
    pronoun.is_some_and(|p| d.lex.enclitics[p].number == 1 && !d.lex.enclitics[p].feminine)
}

pub(super) fn collect(d: &Doc, from: usize, to: usize, x: &mut Around) {
    let mut t = from;
    while t < to {
        if let Some((k, p)) = d.phrase_at(t) {
            // `وفق المرصد`: who says it takes no part.
            let source = (t.saturating_sub(3)..t).any(|f| d.links_at(f).any(|m| m.end as usize == t && matches!(m.link, Link::Attribution(_))));
            if source {
                t = p.end as usize;
                continue;
            }
            // `في العاصمة تونس`: the preposition governs both.
            let headed = t >= 2 && d.flag(t - 1, Flag::PlaceHead) && d.definite(t - 1) && p.ents.iter().all(|&e| matches!(d.ent(d.root(e)).kind, Kind::Country | Kind::Place));
            // `التقى عددا من المسؤولين بينهم الوزير فلان`: one of them.
            let named = t > from && clause::among(d, t);
            if named {
                x.objects.push(k);
                t = p.end as usize;
                continue;
            }
            match clause::governor(d, t, p.proclitics) {
                Governor::Bare if headed && clause::preposition(d, t - 2).is_some() => x.prepositional.extend(clause::preposition(d, t - 2).map(|l| (k, l))),
                Governor::Bare if !p.proclitics.joins() => x.objects.push(k),
                Governor::Preposition(l) => x.prepositional.push((k, l)),
                // `بين متظاهرين وقوات الأمن`: the first of the two is nobody whom the article names.
                Governor::Bare => {
                    let near = (from.max(t.saturating_sub(4))..t).rev().take_while(|&b| d.is_word(b) && d.phrase(b).is_none()).find(|&b| d.tag(b, Tag::Between));
                    x.prepositional.extend(near.and_then(|b| clause::preposition(d, b)).map(|l| (k, l)));
                }
                Governor::Noun(_) => {}
            }
            t = p.end as usize;
        } else {
            if d.tag(t, Tag::Bound)
                && let Some(b) = bound(d, t, x)
            {
                x.bound.push(b);
            }
            t += 1;
        }
    }
}

/// `بينهما`: the last two named; `معه`, `به`: the last person named who is not the clause's own subject.
pub(super) fn bound(d: &Doc, t: usize, x: &Around) -> Option<(Vec<EntId>, u32)> {
    let (a, _) = d.readings(t).find(|(_, r)| d.lex.lemma(r).is(Tag::Bound))?;
    let fold = d.tokens().fold(t);
    let word = fold.char_indices().nth(a.letters as usize).map_or(fold, |(i, _)| &fold[i..]);
    // The longest pronoun that leaves a preposition.
    let (p, lemma) = d
        .lex
        .enclitics
        .iter()
        .filter_map(|e| {
            let stem = word.strip_suffix(e.form.as_str())?;
            let mut letters = stem.chars();
            let lemma = match (letters.next()?, letters.next()) {
                (c, None) => {
                    let kind = d.lex.proclitics.iter().find(|p| p.letter == c)?.kind;
                    d.lex.clitic_prepositions.iter().find(|(k, _)| *k == kind)?.1
                }
                _ => d.lex.reading_slice(d.lex.reading_range(d.lex.words.get(stem)?)).iter().find(|r| r.pos() == Pos::Function && d.lex.lemma(r).is(Tag::Preposition))?.lemma,
            };
            Some((e, lemma))
        })
        .max_by_key(|(e, _)| e.form.len())?;
    if p.person != 3 {
        return None;
    }
    if d.lex.lemmas[lemma as usize].is(Tag::Between) {
        let mut two = crate::phrases::pair(d, t, true, None);
        if two.len() != 2 {
            two = crate::phrases::pair(d, t, false, None);
        }
        if p.number == 2 {
            return (two.len() == 2).then_some((two, lemma));
        }
    }
    if p.number != 1 || p.feminine {
        return None;
    }
    let own: Vec<EntId> = x.subject.iter().flat_map(|&k| d.s.phrases[k as usize].ents.iter().map(|&e| d.root(e))).chain(x.pronoun.iter().copied()).collect();
    if own.is_empty() {
        return None;
    }
    let at = d.s.phrases.partition_point(|p| (p.end as usize) <= t);
    let near = d.s.phrases[..at].iter().rev().take_while(|p| p.end as usize + 60 > t).find_map(|p| {
        let [e] = p.ents[..] else { return None };
        let e = d.root(e);
        (d.ent(e).kind == Kind::Person && d.ent(e).feminine != Some(true) && !own.contains(&e)).then_some(e)
    })?;
    Some((vec![near], lemma))
}

/// The clause of an anchor ends at the next clause.
pub(super) fn region_end(d: &Doc, a: &Anchor, from: usize, to: usize) -> usize {
    let mut t = from;
    let hi = to.min(from + 45);
    while t < hi {
        if let Some((_, p)) = d.phrase_at(t) {
            t = p.end as usize;
            continue;
        }
        if d.tag(t, Tag::That) && t > a.end {
            return t;
        }
        if d.tag(t, Tag::Relative) && t > a.end && !d.tag(t, Tag::Preposition) {
            // `أدى فلان، وهو نائب سابق، اليمين`: an insertion between commas.
            let close = (t + 1..hi.min(t + 12)).take_while(|&c| !d.tag(c, Tag::That)).find(|&c| d.comma(c)).filter(|_| !a.noun && d.comma(t - 1));
            match close {
                Some(c) => {
                    t = c + 1;
                    continue;
                }
                None => return t,
            }
        }
        if matches!(d.mark(t), Some('\u{061B}' | ';' | ':')) || d.quote_mark(t) && t > a.end + 8 {
            return t;
        }
        if t > a.at && d.is_word(t) && clause::verb(d, t).is_some() {
            return t;
        }
        // A participle that goes on with speech.
        if t > a.end && d.flag(t, Flag::Speech) && d.comma(t - 1) && d.readings(t).any(|(_, r)| r.pos() == Pos::ActiveParticiple && r.tanwin()) {
            return t;
        }
        t += 1;
    }
    hi
}

/// A verb of violence or arrest whose letters may be active or passive (`قتل`, `اعتقل`): passive where nothing but its victims follow.
pub(super) fn suffers(d: &Doc, a: &Anchor, x: &Around, to: usize) -> bool {
    let Some(r) = a.reading else { return false };
    let violent = a.any_of(d, &["attack", "coercion"]);
    let either = d.readings(a.at).any(|(_, y)| y.voice() != Voice::Active && y.lemma == r.lemma && y.person() == 3);
    // `عين فلان وزيرا`: a man without a title, and what he is made behind him.
    if a.any_of(d, &["office"])
        && either
        && !a.pronoun
        && x.objects.is_empty()
        && let [k] = x.subject[..]
    {
        let p = &d.s.phrases[k as usize];
        let name = d.s.mentions.get(d.s.mention_of[p.start as usize] as usize).filter(|m| m.start == p.start && p.ents.len() == 1);
        let made = name.is_some_and(|m| (m.end as usize) < to && d.is_word(m.end as usize) && d.ends(m.end as usize, Shape::Accusative) && !d.definite(m.end as usize));
        // `وكان فلان قد انتخب رئيسا`: he stands before the verb.
        let given = a.frames.iter().all(|&f| d.lex.frames[f as usize].slots.iter().any(|s| s.subject && s.role.is_none()));
        let before = given && (p.end as usize) <= a.at && p.ents.len() == 1 && d.phrase_at(a.end).is_none();
        return (p.start as usize == a.end && made || before) && d.ent(d.root(p.ents[0])).kind == Kind::Person;
    }
    let takes_object = a.frames.iter().any(|&f| d.lex.frames[f as usize].slots.iter().any(|s| s.object && s.role.as_deref() == Some("target")));
    if !violent || !either || !takes_object || a.pronoun || r.person() != 3 || !x.objects.is_empty() {
        return false;
    }
    // The token behind the verb or behind its subject: does an object begin there?
    let people = |t: usize| {
        d.tokens().get(t).is_some_and(|k| k.kind == sijill_text::Kind::Number)
            || d.is_word(t) && !d.definite(t) && (d.flag(t, Flag::Class) || d.tag(t, Tag::Quantifier) || d.s.cardinal.get(t).copied().unwrap_or(false)) && d.s.phrase_of[t] == NONE
    };
    let next = x.people_from;
    match x.subject.first() {
        None => {
            let mut t = a.end;
            while let Some(end) = d.time_at(t).map(|x| (x.found.end as usize).max(t + 1)).or_else(|| d.tag(t, Tag::Bound).then_some(t + 1)) {
                t = end;
            }
            r.gender() != Gender::Feminine && people(t) && d.phrase_at(t).is_none()
        }
        Some(&k) => {
            let p = &d.s.phrases[k as usize];
            let behind = p.start as usize >= a.end;
            let object = next < to
                && d.is_word(next)
                && !d.tag(next, Tag::Preposition)
                && d.s.time_of[next] == NONE
                && !d.tag(next, Tag::Adverb)
                && !d.tag(next, Tag::Conjunction)
                && clause::verb(d, next).is_none()
                && d.phrase_at(next).is_none_or(|(_, q)| !q.proclitics.governs() && !q.proclitics.joins())
                && !d.s.analyses_at(next).iter().any(|y| y.proclitics.governs() || y.proclitics.joins());
            let number = people(next);
            let counted = (a.end..p.start as usize).any(|t| d.s.cardinal[t]);
            (behind || (p.end as usize..a.at).all(|t| d.tag(t, Tag::VerbParticle) || d.tag(t, Tag::Auxiliary) || d.tag(t, Tag::Relative)))
                && (counted || p.ents.iter().all(|&e| d.ent(e).kind == Kind::Person))
                && !object
                && !number
        }
    }
}

/// Is the word a thing that the verb's frames ask for as object, not somebody?
pub(super) fn matter(d: &Doc, a: &Anchor, t: usize) -> bool {
    let asked = |l: &Link| {
        a.frames.iter().flat_map(|&f| &d.lex.frames[f as usize].slots).any(|s| s.object && matches!(l, Link::Class(c, _) if s.classes.contains(c)))
            || matches!(l, Link::Words(w) if a.frames.iter().flat_map(|&f| &d.lex.frames[f as usize].slots).any(|s| s.object && s.words.contains(w)))
    };
    let hit = || d.links_at(t).any(|m| asked(&m.link)) || d.readings(t).any(|(_, r)| d.lex.lemma(&r).links.iter().any(asked));
    d.is_word(t) && d.s.phrase_of[t] == NONE && !d.flag(t, Flag::OrgHead) && !d.flag(t, Flag::Unnamed) && d.s.tags[t] == 0 && hit() && begins(d, a.at)
}

/// Right behind a relative whose antecedent nobody knows: the subject is unknown, too (`الجماعة المتشددة التي شنت`).
pub(super) fn orphan(d: &Doc, v: usize) -> bool {
    v > 0 && d.tag(v - 1, Tag::Relative) && !d.s.analyses_at(v).iter().any(|x| x.readings.0 != x.readings.1 && x.pronoun().is_some())
}

/// Does no other noun follow that could be the verb's object, before the clause ends?
pub(super) fn bare_end(d: &Doc, from: usize, to: usize) -> bool {
    let mut t = from;
    while t < to.min(from + 8) {
        if let Some(time) = d.time_at(t) {
            t = (time.found.end as usize).max(t + 1);
        } else if d.comma(t)
            || d.is_break(t)
            || d.mark(t).is_some()
            || d.tag(t, Tag::That)
            || d.tag(t, Tag::Relative)
            || d.tag(t, Tag::Subordinator)
            || clause::verb(d, t).is_some()
        {
            return true;
        } else if let Some((_, p)) = d.phrase_at(t) {
            if !p.proclitics.governs() {
                return false;
            }
            t = p.end as usize;
        } else if clause::preposition(d, t).is_some() {
            t += 1;
            t = d.phrase_at(t).map_or(t + 1, |(_, p)| p.end as usize);
        } else if d.is_word(t) && d.s.tags[t] == 0 && !d.definite(t) && !d.s.analyses_at(t).iter().any(|x| x.proclitics.governs()) {
            return d.s.analyses_at(t).iter().any(|x| x.readings.0 != x.readings.1 && x.proclitics.joins());
        } else {
            t += 1;
        }
    }
    true
}

/// `أنه قصف`, `أنها قد قصفت`: who is meant was named before what is said.
pub(super) fn they(d: &Doc, v: usize) -> bool {
    let t = v.checked_sub(1).filter(|&b| d.tag(b, Tag::VerbParticle) || d.tag(b, Tag::Future) || d.tag(b, Tag::Adverb)).unwrap_or(v);
    t > 0 && (d.tag(t - 1, Tag::ThatThey) || d.tag(t - 1, Tag::ThatHe))
}

/// Does the verb begin its clause, so that nobody unknown stands before it as its subject?
pub(super) fn begins(d: &Doc, v: usize) -> bool {
    let joined = d.s.analyses_at(v).iter().any(|x| x.readings.0 != x.readings.1 && x.proclitics.joins());
    let Some(b) = v.checked_sub(1) else { return true };
    let opens = [Tag::That, Tag::Subordinator, Tag::Conjunction, Tag::VerbParticle, Tag::Setting, Tag::Auxiliary].into_iter().any(|t| d.tag(b, t));
    // `زيارة يلتقي خلالها`: a clause of that noun.
    let of_noun = d.tag(v + 1, Tag::Bound) && (b.saturating_sub(1)..=b).any(|n| d.is_word(n) && !d.definite(n) && d.flag(n, Flag::NounFrame));
    joined || d.is_break(b) || d.comma(b) || d.mark(b).is_some() || opens || of_noun
}

/// `عقد اجتماعا`, `يجري مباحثات`: somebody does it; `عقدت قمة` may as well be passive.
pub(super) fn active(d: &Doc, l: LightVerb, a: &Anchor) -> bool {
    let accusative = d.ends(a.at, Shape::Accusative) && d.tokens().fold(a.at).chars().count() > 3 && !d.definite(a.at);
    let feminine = d.readings(a.at).any(|(_, r)| !r.pos().finite() && (r.gender() == sijill_lexicon::inflect::Gender::Feminine || r.number() == Number::Plural));
    let told = l.at > 0 && d.tag(l.at - 1, Tag::That) && !bare_that(d, l.at - 1);
    accusative || told || feminine != (l.reading.gender() == sijill_lexicon::inflect::Gender::Feminine)
}

/// `هجوم استهدف الجيش`, `لقاء جمع فلانا وفلانا`: the verb's subject is the event noun right before it.
pub(super) fn of_noun(d: &Doc, v: usize, r: &Reading) -> bool {
    let Some(b) = v.checked_sub(1) else { return false };
    let noun = d.is_word(b) && !d.definite(b) && d.s.tags[b] == 0 && d.s.phrase_of[b] == NONE && d.s.time_of[b] == NONE && d.flag(b, Flag::NounFrame);
    let joins = d.s.analyses_at(v).iter().any(|x| x.readings.0 != x.readings.1 && (x.proclitics.joins() || x.proclitics.has(Clitic::Future)));
    noun && !joins
        && d.lex.lemma(r).links.iter().any(|l| {
            matches!(l, Link::Frame(f) if {
                let frame = &d.lex.frames[*f as usize];
                frame.kind == "attack" || frame.slots.iter().any(|s| s.subject && s.lexical() && s.role.is_none())
            })
        })
}

/// Who does what the verb says. Behind `أنها`, and behind a relative to which the verb has no pronoun (`الضربة التي استهدفت …`), what
/// follows is no subject.
pub(super) fn subject_of(d: &Doc, v: usize, r: &Reading, from: usize, to: usize) -> clause::Subject {
    let s = clause::subject(d, v, r, from, to);
    // `واعتقلت أربعة مشتبه بهم`: a count of men is no subject of a feminine verb.
    let counts = |t: usize| d.s.cardinal.get(t).copied().unwrap_or(false) || d.tokens().get(t).is_some_and(|k| k.kind == sijill_text::Kind::Number);
    if s.unknown && s.phrase.is_none() && r.gender() == Gender::Feminine && r.number() == Number::Singular && r.voice() == Voice::Active && counts(v + 1) && begins(d, v) {
        return clause::Subject { unknown: false, behind: false, end: v + 1, ..s };
    }
    // `القس الذي أفرجت عنه السلطات`: the antecedent comes again as a pronoun, the subject behind it.
    if v > from && d.tag(v - 1, Tag::Relative) && d.tag(v + 1, Tag::Bound) {
        let behind = clause::subject_behind(d, v, r, to);
        return if behind.phrase.is_some() { behind } else { clause::Subject { unknown: true, ..behind } };
    }
    // `أن القوات سيطرت`: somebody whom no register knows stands right before the verb.
    if s.phrase.is_none() && !s.unknown && v > from {
        let b = v - 1;
        let somebody = d.is_word(b) && d.definite(b) && d.s.tags[b] == 0 && d.s.phrase_of[b] == NONE && d.s.time_of[b] == NONE;
        // A count is somebody, too (`لقي 13 …`).
        let counted = d.s.cardinal.get(v + 1).copied().unwrap_or(false);
        // `المشاكل التي تجتاح …`: the antecedent is no actor.
        let bound = d.readings(v).any(|(a, x)| x == *r && a.pronoun().is_some()) || (v + 1..v + 4).any(|t| d.tag(t, Tag::Bound));
        let somebody = somebody || d.tag(b, Tag::Relative) && d.tokens().fold(b).chars().count() > 3 && !bound;
        return clause::Subject { unknown: somebody || counted, behind: s.behind && !somebody, ..s };
    }
    let Some(b) = v.checked_sub(1).filter(|_| s.phrase.is_some() && s.behind) else { return s };
    let bound = d.readings(v).any(|(a, x)| x == *r && a.pronoun().is_some()) || (v + 1..v + 4).any(|t| d.tag(t, Tag::Bound));
    let relative = d.tag(b, Tag::Relative) && d.tokens().fold(b).chars().count() > 3 && !bound;
    let told = !bound && of_noun(d, v, r);
    if !relative && !told && !d.tag(b, Tag::ThatThey) {
        return s;
    }
    let phrase = if told { None } else { clause::subject_before(d, v, r, from) };
    clause::Subject { phrase, unknown: (relative || told) && phrase.is_none(), end: v + 1, behind: false }
}
