//! Clauses: which words are verbs, what governs a noun phrase, who is the subject.
//!
//! Arabic puts the subject behind the verb or before it or leaves it out; here that is decided once for statements and events
//! alike. What must not live here: what a verb means.

use crate::doc::*;
use sijill_grammar::Analysis;
use sijill_lexicon::inflect::{Gender, Number};
use sijill_lexicon::{Clitic, Flag, Kind, Link, Pos, Reading, Shape, Tag};

/// What stands before a noun phrase and decides its case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Governor {
    Bare,
    /// Lemma of the preposition.
    Preposition(u32),
    /// Token of the noun in the construct state before it.
    Noun(usize),
}

/// The farthest a subject is looked for behind its verb, in tokens.
const REACH: usize = 30;

/// The finite reading of token `i`, if it is to be read as a verb.
pub(crate) fn verb(d: &Doc, i: usize) -> Option<(Analysis, Reading)> {
    match d.s.verbs.get(i) {
        Some(known) => *known,
        None => read_verb(d, i),
    }
}

/// The verbs of the article, for `verb`, once its noun phrases are known: the rules behind ask for each of them many times.
pub(crate) fn verbs(d: &Doc, out: &mut Vec<Option<(Analysis, Reading)>>) {
    out.clear();
    out.extend((0..d.len()).map(|i| read_verb(d, i)));
}

fn read_verb(d: &Doc, i: usize) -> Option<(Analysis, Reading)> {
    const VERBS: u32 = Flag::Frame as u32 | Flag::Speech as u32 | Flag::Light as u32 | Flag::Modal as u32 | Flag::Predicate as u32;
    if d.s.flags.get(i).is_none_or(|f| f & VERBS == 0) {
        return None;
    }
    if d.s.phrase_of[i] != sijill_lexicon::NONE || d.s.time_of[i] != sijill_lexicon::NONE {
        return None;
    }
    // A word of grammar of the same letters goes before (`إلى`, `بين`), unless a clause follows (`بين أن`).
    if d.s.tags[i] != 0 && !d.tag(i + 1, Tag::That) && !spelled_apart(d, i) {
        return None;
    }
    let mut finite = None;
    let mut nominal = false;
    for (a, r) in d.readings(i) {
        // `أمني`, `وزاري`: no verb takes this pronoun.
        let mine = a.pronoun().is_some_and(|p| d.lex.enclitics[p].person == 1 && d.lex.enclitics[p].form.chars().count() == 1);
        if mine && r.pos().finite() {
            continue;
        }
        if r.pos().finite() && r.pos() != Pos::Imperative {
            // The active before the passive: `ووصل` is "and he arrived" sooner than a passive of another verb.
            // `ودعا`: "and he called" sooner than "the two saw off", unless two stand before it.
            let two = |r: &Reading| r.number() == Number::Dual && !i.checked_sub(1).and_then(|b| d.phrase(b)).is_some_and(|(_, p)| p.plural || p.ents.len() > 1);
            let rank = |a: &Analysis, r: &Reading| (r.voice() == sijill_lexicon::inflect::Voice::Passive, two(r), a.letters);
            if finite.is_none_or(|(b, y): (Analysis, Reading)| rank(&a, &r) < rank(&b, &y)) {
                finite = Some((a, r));
            }
        } else if r.pos() != Pos::Imperative && (!r.construct() || a.pronoun().is_some()) {
            nominal = true;
        }
    }
    let (a, r) = finite?;
    // The ending of `قتلوا` is no noun's.
    let many = r.pos() == Pos::Perfect && r.person() == 3 && r.number() == Number::Plural && r.gender() == Gender::Masculine && a.pronoun().is_none();
    // … but for `عفوا`, whose own last letter it is.
    let many = many && !d.readings(i).any(|(_, y)| !y.pos().finite() && y.tanwin());
    if nominal && !many && !verbal_place(d, i, &a) {
        return None;
    }
    // `أبدت في أحاديثها تخوفا`: an accusative noun sooner than a dual verb, unless two stand before it.
    let dual = || d.readings(i).filter(|(_, r)| r.pos().finite()).all(|(_, r)| r.number() == Number::Dual);
    if nominal && r.number() == Number::Dual && dual() && d.ends(i, Shape::Accusative) && !i.checked_sub(1).and_then(|b| d.phrase(b)).is_some_and(|(_, p)| p.plural) {
        return None;
    }
    Some((a, r))
}

/// Does a hamza written at the end of the word tell it from the word of grammar that is folded alike (`هنأ`, `هنا`)?
fn spelled_apart(d: &Doc, i: usize) -> bool {
    let word = &d.text[d.tokens()[i].start as usize..d.tokens()[i].end as usize];
    let word = word.trim_end_matches(|c: char| ('\u{064B}'..='\u{0652}').contains(&c));
    word.ends_with(sijill_text::HAMZAS) && !d.readings(i).any(|(_, r)| r.pos() == Pos::Function && word.ends_with(d.lex.lemma(&r).text.as_str()))
}

/// Is this a place for a verb: no preposition or construct noun before the word?
fn verbal_place(d: &Doc, i: usize, a: &Analysis) -> bool {
    let Some(b) = i.checked_sub(1) else { return true };
    if a.proclitics.governs() {
        return false;
    }
    if d.is_break(b) || d.comma(b) || d.mark(b).is_some() {
        return true;
    }
    // `أنها قصفت`: the pronoun is the subject already, a verb follows.
    if (d.tag(b, Tag::ThatThey) || d.tag(b, Tag::ThatHe))
        && (!d.flag(i, Flag::Speech) || d.flag(i, Flag::Frame) || d.flag(i, Flag::Light))
        && !d.definite(i)
        && !a.proclitics.joins()
    {
        return true;
    }
    // Behind إن and أن a word of both kinds is a noun (`إن رحلته`), unless something before asks for a clause (`بعد أن زار`).
    // (`مؤكدا أن تعهد الرئيس كاف` alike.)
    if d.tag(b, Tag::That) && !d.readings(i).any(|(_, r)| matches!(r.pos(), Pos::Imperfect)) {
        return b > 0 && (d.tag(b - 1, Tag::Preposition) || d.tag(b - 1, Tag::Setting) || d.flag(b - 1, Flag::Modal));
    }
    // A clause behind an indefinite event noun (`لقاء جمعه`, `رسالة بعثها`).
    let noun = || {
        (b.saturating_sub(2)..=b)
            .rev()
            .take_while(|&n| d.is_word(n) && d.s.tags[n] == 0 && !d.definite(n) && d.phrase(n).is_none())
            .any(|n| d.flag(n, Flag::NounFrame) || d.flag(n, Flag::Class))
    };
    // `لقاء جمع ترامب وبوتين`: the noun is the subject that the verb's frame asks for.
    let asked = || {
        d.readings(i).any(|(_, r)| {
            d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Frame(f) if d.lex.frames[*f as usize].slots.iter().any(|s| s.subject && s.lexical() && s.role.is_none())))
        })
    };
    if d.is_word(b)
        && !d.definite(b)
        && d.s.tags[b] == 0
        && d.flag(b, Flag::NounFrame)
        && !d.flag(i, Flag::NounFrame)
        && !a.proclitics.governs()
        && !a.proclitics.joins()
        && asked()
    {
        return true;
    }
    // … also where a preposition behind it takes up the noun (`زيارة التقى خلالها`, `زيارة قام بها`).
    if (a.pronoun().is_some() && !d.flag(i, Flag::NounFrame) || d.tag(i + 1, Tag::Bound)) && !a.proclitics.governs() && noun() {
        return true;
    }
    if d.tag(b, Tag::That)
        || d.tag(b, Tag::Relative)
        || d.tag(b, Tag::VerbParticle)
        || d.tag(b, Tag::Auxiliary)
        || d.tag(b, Tag::NegationPast)
        || d.tag(b, Tag::NegationFuture)
        || d.tag(b, Tag::Conjunction)
        || d.tag(b, Tag::Subordinator) && !d.tag(b, Tag::Preposition)
        || d.tag(b, Tag::Conditional)
        || d.tag(b, Tag::Future)
        || fronted(d, i).is_some()
    {
        return true;
    }
    if d.tag(b, Tag::Preposition) || d.tag(b, Tag::Quantifier) {
        return false;
    }
    if a.proclitics.joins() || d.time_at(b).is_some() {
        return true;
    }
    if let Some((_, p)) = d.phrase(b) {
        // Behind verb and subject it is the object (`أعلنت واشنطن نشر قوات`), behind a topic the verb.
        let v = (p.start as usize).checked_sub(1);
        let claimed = v.is_some_and(|v| {
            d.is_word(v)
                && d.s.tags[v] == 0
                && (d.flag(v, Flag::Speech) || d.flag(v, Flag::Light) || d.flag(v, Flag::Frame) || d.flag(v, Flag::Modal) || d.flag(v, Flag::Verb))
                && d.readings(v).any(|(x, r)| (r.pos().finite() || d.lex.lemma(&r).has(Flag::Verb)) && !x.proclitics.governs())
        });
        return !claimed;
    }
    // A verb with a pronoun tells of the event or thing right before it (`هجوما شنته …`, `صواريخ أطلقتها …`).
    let told = |t: usize| d.is_word(t) && !d.definite(t) && d.s.tags[t] == 0 && (d.flag(t, Flag::NounFrame) || d.flag(t, Flag::Class));
    // … behind two adjectives at most (`غارات جوية يومية تقودها …`).
    let told_of = || (b.saturating_sub(2)..=b).rev().take_while(|&t| d.is_word(t) && !d.definite(t) && d.s.tags[t] == 0).any(told);
    if a.pronoun().is_some() && (d.flag(i, Flag::Light) || d.flag(i, Flag::Frame)) && told_of() {
        return true;
    }
    // Behind an indefinite noun a masdar is likelier, behind a definite word a verb.
    d.tag(b, Tag::Demonstrative) && !d.definite(i) || d.definite(b) || d.tag(b, Tag::Adverb) || d.readings(b).any(|(a, r)| a.pronoun().is_some() && !r.pos().finite())
}

/// Where the wording of several words begins that opens a clause and ends before token `i` (`في حين`, `من جانبه`).
pub(crate) fn fronted(d: &Doc, i: usize) -> Option<usize> {
    (2..=4)
        .filter_map(|n| i.checked_sub(n))
        .find(|&b| d.links_at(b).any(|m| m.link == Link::Fronting && m.end as usize == i))
        .filter(|_| !d.tag(i - 1, Tag::Preposition) && !d.tag(i - 1, Tag::That))
}

/// The lemma of the preposition at token `i`, if it is one.
pub(crate) fn preposition(d: &Doc, i: usize) -> Option<u32> {
    if !d.tag(i, Tag::Preposition) {
        return None;
    }
    d.readings(i).find(|(a, r)| r.pos() == Pos::Function && !a.proclitics.governs() && d.lex.lemma(r).is(Tag::Preposition)).map(|(_, r)| r.lemma)
}

/// The lemma of the preposition written with the first word of something.
pub(crate) fn clitic_preposition(d: &Doc, c: sijill_grammar::Clitics) -> Option<u32> {
    [Clitic::With, Clitic::For, Clitic::Like].into_iter().find(|k| c.has(*k)).and_then(|k| d.lex.clitic_prepositions.iter().find(|(x, _)| *x == k)).map(|(_, l)| *l)
}

/// What governs the phrase that begins at token `start`.
pub(crate) fn governor(d: &Doc, start: usize, c: sijill_grammar::Clitics) -> Governor {
    if let Some(l) = clitic_preposition(d, c) {
        return Governor::Preposition(l);
    }
    if c.joins() {
        return Governor::Bare;
    }
    // Two lams: the preposition and the article (`للرئيس`), where the phrase itself was found by its later words.
    if d.begins(start, Shape::ForArticle)
        && let Some((_, l)) = d.lex.clitic_prepositions.iter().find(|(x, _)| *x == Clitic::For)
    {
        return Governor::Preposition(*l);
    }
    let Some(mut b) = start.checked_sub(1) else { return Governor::Bare };
    while b > 0 && (d.quote_mark(b) || d.mark(b) == Some('(')) {
        b -= 1;
    }
    // Prepositions of several words end here.
    for back in 1..=3usize {
        let Some(f) = (b + 1).checked_sub(back + 1) else { break };
        if let Some(l) = d.links_at(f).find_map(|m| if let Link::Preposition(l) = m.link { (m.end as usize == b + 1).then_some(l) } else { None }) {
            return Governor::Preposition(l);
        }
    }
    if let Some(l) = preposition(d, b) {
        // `كل من`: what governs the first word governs the list.
        if b > 0 && d.tag(b - 1, Tag::Each) {
            let c = d.s.analyses_at(b - 1).iter().find(|a| a.readings.0 != a.readings.1).map(|a| a.proclitics).unwrap_or_default();
            return governor(d, b - 1, c);
        }
        return Governor::Preposition(l);
    }
    if d.phrase(b).is_some() || d.time_at(b).is_some() || !d.is_word(b) || d.is_break(b) {
        return Governor::Bare;
    }
    if d.s.tags[b] != 0 && !d.tag(b, Tag::Quantifier) && !d.tag(b, Tag::Delegation) {
        return Governor::Bare;
    }
    // `العاصمة صنعاء`
    let apposed = d.definite(b) && d.phrase_at(start).is_some_and(|(_, p)| p.ents.first().is_some_and(|&e| d.ent(e).kind == Kind::Place));
    if d.tag(b, Tag::Quantifier) || d.flag(b, Flag::PlaceHead) && (!d.definite(b) || apposed) && d.readings(b).any(|(a, _)| a.pronoun().is_none()) {
        // Quantifiers and heads (`مدينة`) pass on what governs them.
        let c = d.s.analyses_at(b).first().map(|a| a.proclitics).unwrap_or_default();
        return governor(d, b, c);
    }
    // `إلى العاصمة العراقية بغداد`
    let place = || d.phrase_at(start).is_some_and(|(_, p)| p.ents.first().is_some_and(|&e| d.ent(e).kind == Kind::Place));
    if b > 0 && d.definite(b) && d.definite(b - 1) && d.flag(b - 1, Flag::PlaceHead) && place() {
        let c = d.s.analyses_at(b - 1).first().map(|a| a.proclitics).unwrap_or_default();
        return governor(d, b - 1, c);
    }
    // `مع دولة رئيس الوزراء`: a form of address that opens here passes on what governs it.
    if d.links_at(b).any(|m| m.link == Link::Honorific && m.end as usize > b + 1) {
        let c = d.s.analyses_at(b).first().map(|a| a.proclitics).unwrap_or_default();
        return governor(d, b, c);
    }
    // `لفخامة رئيس جمهورية …`, `من أخيه صاحب السمو أمير …`: so does one that ends here.
    let address = (0..=3).rev().filter_map(|n| b.checked_sub(n)).find(|&f| d.links_at(f).any(|m| m.link == Link::Honorific && m.end as usize == b + 1)).or_else(|| {
        let word = d.flag(b, Flag::Honorific) && d.readings(b).any(|(a, r)| a.pronoun().is_none() && d.lex.lemma(&r).has(Flag::Honorific));
        word.then_some(b)
    });
    if let Some(f) = address.filter(|&f| d.phrase(f).is_none()) {
        let c = d.s.analyses_at(f).iter().find(|a| a.readings.0 != a.readings.1).map(|a| a.proclitics).unwrap_or_default();
        return governor(d, f, c);
    }
    if verb(d, b).is_some() || d.flag(b, Flag::Verb) && !d.flag(b, Flag::Common) || d.definite(b) || adverbial(d, b) || d.flag(b, Flag::Honorific) {
        return Governor::Bare;
    }
    // `بحضور`, `لدعم`: a noun with a preposition of its own.
    Governor::Noun(b)
}

/// An indefinite accusative: it stands apart from what follows (`مساء`, `قائلا`).
fn adverbial(d: &Doc, i: usize) -> bool {
    d.ends(i, Shape::Accusative) && d.tokens().fold(i).chars().count() > 3 && !d.definite(i)
}

/// The clause's subject.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Subject {
    pub phrase: Option<u32>,
    /// Somebody is subject, but no entity of the article.
    pub unknown: bool,
    /// The token behind the subject (behind the verb where there is none).
    pub end: usize,
    /// Behind the verb, before it, or neither.
    pub behind: bool,
}

/// Could this phrase be the subject of a verb in this form?
fn agrees(d: &Doc, p: &Phrase, r: &Reading) -> bool {
    if r.person() != 3 {
        return false;
    }
    let [one] = p.ents[..] else { return true };
    let ent = d.ent(one);
    match (r.gender(), ent.kind) {
        (Gender::Feminine, Kind::Person) => ent.feminine != Some(false) || ent.actor.is_none(),
        (Gender::Masculine, Kind::Person) => ent.feminine != Some(true) || ent.actor.is_some(),
        _ => true,
    }
}

/// The subject of the verb at `v` in the sentence `from..to`.
pub(crate) fn subject(d: &Doc, v: usize, r: &Reading, from: usize, to: usize) -> Subject {
    // A noun phrase right before the verb that no other word claims is its topic (`X يلتقي Y`, `X الذي يزور Y`).
    if let Some(p) = topic_at_once(d, v, r, from) {
        return Subject { phrase: Some(p), unknown: false, end: v + 1, behind: false };
    }
    // `أنها أبلغت السفير`: the pronoun is the subject, what follows the object.
    if v > from && d.tag(v - 1, Tag::ThatThey) {
        return Subject { phrase: None, unknown: false, end: v + 1, behind: false };
    }
    let behind = subject_behind(d, v, r, to);
    if behind.phrase.is_some() {
        return behind;
    }
    match subject_before(d, v, r, from).or_else(|| granted(d, v, r, from)) {
        Some(p) => Subject { phrase: Some(p), unknown: false, end: v + 1, behind: false },
        None => behind,
    }
}

/// `سبق للرئيس أن زار`, `يحق للوزير أن يوقع`: he whom the preposition of belonging names right before the complementiser.
fn granted(d: &Doc, v: usize, r: &Reading, from: usize) -> Option<u32> {
    let that = v.checked_sub(1).filter(|b| *b > from && d.tag(*b, Tag::That))?;
    let (k, p) = d.phrase(that - 1)?;
    let belongs = p.proclitics.has(Clitic::For) || d.begins(p.start as usize, Shape::ForArticle);
    (p.end as usize == that && belongs && is_actor(d, p) && agrees(d, p, r)).then_some(k)
}

fn topic_at_once(d: &Doc, v: usize, r: &Reading, from: usize) -> Option<u32> {
    let b = v.checked_sub(1).filter(|b| *b >= from)?;
    if d.tag(b, Tag::Relative) {
        // With a pronoun on the verb the relative is its object (`التي تستضيفها المغرب`).
        let object = d.readings(v).any(|(a, x)| x == *r && a.pronoun().is_some());
        return if object { None } else { subject_before(d, v, r, from) };
    }
    let particles = [Tag::VerbParticle, Tag::Adverb, Tag::Future, Tag::NegationPast, Tag::NegationFuture, Tag::Negation];
    let at = if d.s.phrase_of[b] == sijill_lexicon::NONE && particles.into_iter().any(|t| d.tag(b, t)) { b.checked_sub(1)? } else { b };
    let (k, p) = d.phrase(at)?;
    let start = p.start as usize;
    let claims = p.end as usize == at + 1 && governor(d, start, p.proclitics) == Governor::Bare && is_actor(d, p) && agrees(d, p, r) && start >= from;
    (claims && free(d, start, from)).then_some(k)
}

/// The first noun phrase behind the verb that no preposition governs.
pub(crate) fn subject_behind(d: &Doc, v: usize, r: &Reading, to: usize) -> Subject {
    let none = Subject { phrase: None, unknown: false, end: v + 1, behind: true };
    if r.person() != 3 {
        return none;
    }
    let mut t = v + 1;
    let stop = to.min(v + REACH);
    // Behind `خلال لقائه` a bare phrase is the masdar's object.
    let mut masdar = false;
    let mut passed = false;
    while t < stop {
        masdar |= d.flag(t, Flag::NounFrame) && d.s.analyses_at(t).iter().any(|a| a.pronoun().is_some() && a.readings.0 != a.readings.1) && t > v + 1;
        if let Some(time) = d.time_at(t) {
            t = (time.found.end as usize).max(t + 1);
            continue;
        }
        if among(d, t) {
            return none;
        }
        if let Some((k, p)) = d.phrase_at(t) {
            match governor(d, t, p.proclitics) {
                Governor::Bare if p.proclitics.joins() || masdar => return none,
                Governor::Bare if p.unnamed => return Subject { phrase: Some(k), unknown: true, end: p.end as usize, behind: true },
                Governor::Bare if is_actor(d, p) && agrees(d, p, r) => return Subject { phrase: Some(k), unknown: false, end: p.end as usize, behind: true },
                Governor::Bare => return none,
                Governor::Noun(n) if n > v => return Subject { phrase: None, unknown: true, end: t, behind: true },
                _ => {}
            }
            t = p.end as usize;
            continue;
        }
        if d.tag(t, Tag::That) || d.tag(t, Tag::Relative) || d.quote_mark(t) || d.mark(t) == Some(':') {
            return none;
        }
        if d.is_word(t) && verb(d, t).is_some() {
            return none;
        }
        // `اجتمع أصحاب السمو والمعالي وزراء خارجية …`: forms of address before those who bear them.
        let address = d.links_at(t).filter(|m| m.link == Link::Honorific && m.end as usize > t + 1 && !m.proclitics.governs()).map(|m| m.end as usize).max();
        if let Some(end) = address.filter(|&end| (t..end).all(|x| d.phrase(x).is_none())) {
            t = end;
            continue;
        }
        // A preposition takes its noun along.
        if d.tag(t, Tag::Preposition) {
            t += 1;
            passed = true;
            masdar |= d.flag(t, Flag::NounFrame) && t < stop && d.s.analyses_at(t).iter().any(|a| a.pronoun().is_some() && a.readings.0 != a.readings.1);
            if d.phrase_at(t).is_none() && d.time_at(t).is_none() && d.is_word(t) && t < stop {
                t += 1;
                // … and what the noun governs.
                while t < stop && d.is_word(t) && d.phrase_at(t).is_none() && d.time_at(t).is_none() && d.definite(t) && !d.tag(t, Tag::Relative) {
                    t += 1;
                }
            }
            continue;
        }
        // An event noun or class word before the subject is the object (`حضر اللقاء وزير العدل`).
        let eventful = |t: usize| d.is_word(t) && (d.flag(t, Flag::NounFrame) || d.flag(t, Flag::Class)) && !d.flag(t, Flag::OrgHead);
        if t == v + 1 && eventful(t) && d.definite(t) {
            t += 1;
            continue;
        }
        // … also of two words (`حضر جلسة المباحثات وزير العدل`).
        if t == v + 1 && t + 1 < stop && d.is_word(t) && !d.definite(t) && eventful(t + 1) && d.definite(t + 1) && d.phrase(t).is_none() && d.phrase(t + 1).is_none() {
            t += 2;
            continue;
        }
        let people = d.tag(t, Tag::Members);
        if d.is_word(t) && (d.s.tags[t] == 0 || people) && !adverbial(d, t) && !d.flag(t, Flag::Fronting) {
            let governs = d.s.analyses_at(t).iter().any(|a| a.proclitics.governs() && (a.readings.0 != a.readings.1 || a.word != sijill_lexicon::NONE));
            if !governs {
                // Behind a prepositional phrase an unknown noun says nothing of the subject.
                return if passed { none } else { Subject { phrase: None, unknown: true, end: t, behind: true } };
            }
        }
        t += 1;
    }
    none
}

/// Does a word right before token `t` say that who follows is one of those just spoken of (`التقى مسؤولين بينهم الوزير`)?
pub(crate) fn among(d: &Doc, t: usize) -> bool {
    t > 0 && d.tag(t - 1, Tag::Among) || (t.saturating_sub(3)..t).any(|f| d.links_at(f).any(|m| m.end as usize == t && m.link == Link::Tag(Tag::Among)))
}

fn is_actor(d: &Doc, p: &Phrase) -> bool {
    // The agency and place of the dateline do nothing in the sentence behind it.
    !d.s.dateline.is_some_and(|(a, b)| a <= p.start && p.start < b)
        && p.ents.iter().any(|&e| matches!(d.ent(e).kind, Kind::Person | Kind::Country | Kind::Organization | Kind::Forum))
}

/// The noun phrase before the verb that is its topic (`الرئيس هادي أعرب`, `وكان ترامب أعلن`, `X الذي يزور`).
pub(crate) fn subject_before(d: &Doc, v: usize, r: &Reading, from: usize) -> Option<u32> {
    let mut t = v;
    let mut commas = 0;
    while t > from {
        let b = t - 1;
        if let Some(time) = d.time_at(b) {
            t = (time.found.start as usize).min(b);
            continue;
        }
        if let Some((k, p)) = d.phrase(b) {
            let start = p.start as usize;
            match governor(d, start, p.proclitics) {
                Governor::Bare if is_actor(d, p) && agrees(d, p, r) && free(d, start, from) => return Some(k),
                Governor::Preposition(_) => {
                    // The antecedent of a relative clause may be governed by a preposition.
                    if t < v && d.tag(t, Tag::Relative) && is_actor(d, p) && agrees(d, p, r) {
                        return Some(k);
                    }
                    t = start;
                    if t > from && d.tag(t - 1, Tag::Preposition) {
                        t -= 1;
                    }
                    continue;
                }
                // `مسلحو التنظيم انسحبوا`: its people act.
                Governor::Noun(n) if d.tag(n, Tag::Members) && is_actor(d, p) && free(d, n, from) => return Some(k),
                Governor::Bare if t < v && d.tag(t, Tag::Relative) && is_actor(d, p) && agrees(d, p, r) => return Some(k),
                _ => return None,
            }
        }
        if d.tag(b, Tag::That) {
            return None;
        }
        if d.comma(b) {
            // `ألمانيا، التي زارها …، قد سحبت`, `فلان، 58 عاما، قد استقال`: an insertion between commas.
            let open = (from.max(b.saturating_sub(24))..b)
                .rev()
                .take_while(|&o| !d.is_break(o))
                .find(|&o| d.comma(o) && (d.tag(o + 1, Tag::Relative) || b - o <= 4 && d.tokens()[o + 1].kind == sijill_text::Kind::Number));
            if let Some(o) = open.filter(|_| t == v || (t..v).all(|x| d.tag(x, Tag::VerbParticle) || d.tag(x, Tag::Auxiliary) || d.tag(x, Tag::Adverb))).filter(|&o| o > from) {
                t = o;
                continue;
            }
            commas += 1;
            if commas > 2 {
                return None;
            }
            t = b;
            continue;
        }
        if matches!(d.mark(b), Some('(' | ')')) || d.quote_mark(b) || d.dash(b) {
            t = b;
            continue;
        }
        let skip = d.tag(b, Tag::VerbParticle)
            || d.tag(b, Tag::Auxiliary)
            || d.tag(b, Tag::Adverb)
            || d.tag(b, Tag::NegationPast)
            || d.tag(b, Tag::NegationFuture)
            || d.tag(b, Tag::Negation)
            || d.tag(b, Tag::Future)
            || d.tag(b, Tag::Relative)
            || d.tag(b, Tag::Pronoun);
        if skip {
            // A relative pronoun must follow its antecedent at once.
            if d.tag(b, Tag::Relative) {
                let a = b.checked_sub(1)?;
                let near = d.phrase(a).or_else(|| if d.comma(a) { a.checked_sub(1).and_then(|x| d.phrase(x)) } else { None });
                return near.filter(|(_, p)| is_actor(d, p) && agrees(d, p, r)).map(|(k, _)| k);
            }
            t = b;
            continue;
        }
        // A definite adjective between (`الرئيس فلان الحالي`).
        if d.is_word(b) && d.definite(b) && t == v {
            t = b;
            continue;
        }
        return None;
    }
    None
}

/// Is the phrase at `start` free to be a topic: at the start of a clause, not the subject or object of a verb before it?
fn free(d: &Doc, start: usize, from: usize) -> bool {
    if start <= from {
        return true;
    }
    let b = start - 1;
    if d.tag(b, Tag::That) || d.tag(b, Tag::Conjunction) || d.tag(b, Tag::Auxiliary) || d.tag(b, Tag::Subordinator) || d.tag(b, Tag::VerbParticle) {
        return true;
    }
    if d.is_break(b) || d.comma(b) || d.mark(b).is_some() || d.time_at(b).is_some() {
        return true;
    }
    // An apposition (`زعيم كوريا الشمالية` + name) is as free as what it follows.
    if let Some((_, before)) = d.phrase(b) {
        let at = before.start as usize;
        if before.end as usize == start && at < start && !d.phrase(start).is_some_and(|(_, p)| p.proclitics.joins()) {
            return free(d, at, from);
        }
    }
    d.phrase(start).is_some_and(|(_, p)| p.start as usize == start && p.proclitics.joins())
}
