//! Who does something where the words next to the anchor do not say: carried over from another verb, from the one invited, from the one
//! the sentence tells of. What must not live here: phrases that the anchor governs (`around`).

use super::anchors::{Anchor, light_masdar};
use super::states::demonym;
use crate::clause::{self, Governor};
use crate::doc::*;
use crate::statements::Said;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, Pos, Reading, Tag};

/// Whom the sentence is about: the subject of its first finite verb that has one.
pub(super) fn topic_of(d: &Doc, from: usize, to: usize) -> Vec<EntId> {
    for i in from..to {
        if clause::verb(d, i).is_none() {
            continue;
        }
        // Who acts in a relative clause is not the one of whom the sentence tells.
        if i > from && d.tag(i - 1, Tag::Relative) {
            continue;
        }
        if let Some(p) = anyone(d, i, from, to) {
            // Who passes on the news does nothing of what it tells.
            let ents: Vec<EntId> = d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).filter(|&e| !medium(d, e)).collect();
            if !ents.is_empty() {
                return ents;
            }
        }
    }
    Vec::new()
}

/// Does the body only tell of what happens: a medium, an observatory?
pub(super) fn watcher(d: &Doc, e: EntId) -> bool {
    d.ent(e).actor.is_some_and(|a| matches!(d.lex.actors[a as usize].sector.as_deref(), Some("JRN" | "NGO")))
}

/// Is it an organ of a world organisation, in session all the year?
pub(super) fn organ(d: &Doc, e: EntId) -> bool {
    d.ent(e).kind == Kind::Forum && d.ent(e).actor.is_some_and(|a| d.lex.actors[a as usize].sector.as_deref() == Some("UNO"))
}

pub(super) fn medium(d: &Doc, e: EntId) -> bool {
    d.ent(e).actor.is_some_and(|a| d.lex.actors[a as usize].sector.as_deref() == Some("JRN"))
}

/// The subject that a verb without its own goes on with: that of the nearest verb before it (`سيحضر الرئيس … وسيجري زيارة`).
pub(super) fn carried(d: &Doc, at: usize, r: &Reading, from: usize) -> Vec<EntId> {
    for v in (from..at).rev() {
        if !d.is_word(v) {
            continue;
        }
        let Some((_, y)) = clause::verb(d, v) else { continue };
        if y.person() != 3 || y.gender() != r.gender() || y.number() != r.number() && r.number() != Number::Singular {
            continue;
        }
        let s = clause::subject(d, v, &y, from, at);
        if let Some(p) = s.phrase.filter(|_| !s.unknown) {
            // `زار وفد برئاسة فلان … والتقى`: he meets.
            let sent = (d.s.phrases[p as usize].start..d.s.phrases[p as usize].end).any(|t| d.tagged(t as usize, Tag::Delegation));
            let p = sent.then(|| leader(d, d.s.phrases[p as usize].start as usize, at)).flatten().unwrap_or(p);
            return d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).filter(|&e| !medium(d, e)).collect();
        }
    }
    Vec::new()
}

/// The persons or states last listed before a token (`الرئيس فلان والرئيس فلان … جمعتهم`).
pub(super) fn last_list(d: &Doc, at: usize, from: usize) -> Vec<EntId> {
    let mut k = d.s.phrases.partition_point(|p| (p.end as usize) <= at);
    let mut out: Vec<EntId> = Vec::new();
    let mut start = None;
    while k > 0 {
        k -= 1;
        let p = &d.s.phrases[k];
        if (p.start as usize) < from || start.is_some_and(|s: usize| (p.end as usize) + 1 < s) {
            break;
        }
        let ents: Vec<EntId> = p.ents.iter().map(|&e| d.root(e)).filter(|&e| matches!(d.ent(e).kind, Kind::Person | Kind::Country)).collect();
        if ents.is_empty() {
            if start.is_some() {
                break;
            }
            continue;
        }
        out.extend(ents);
        if !p.proclitics.joins() {
            break;
        }
        start = Some(p.start as usize);
    }
    out
}

/// The two whom a dual verb means: those last named in one phrase, else the last two of different states.
pub(super) fn last_two(d: &Doc, at: usize) -> Vec<EntId> {
    let k = d.s.phrases.partition_point(|p| (p.end as usize) <= at);
    let people = |p: &Phrase| p.ents.len() == 2 && p.ents.iter().all(|&e| d.ent(d.root(e)).kind == Kind::Person);
    let together = d.s.phrases[..k].iter().rev().take(8).find(|p| people(p));
    let two = together.map_or_else(|| crate::phrases::pair(d, at, true, None), |p| p.ents.iter().map(|&e| d.root(e)).collect());
    if two.len() == 2 { two } else { Vec::new() }
}

/// The subject of the verb at `v` by any of its readings (`توجه`: he set out, she directs).
fn anyone(d: &Doc, v: usize, from: usize, to: usize) -> Option<u32> {
    let (_, r) = clause::verb(d, v)?;
    clause::subject(d, v, &r, from, to).phrase.or_else(|| {
        d.readings(v).filter(|(_, y)| y.pos().finite() && y.pos() != Pos::Imperative && y.person() == 3 && *y != r).find_map(|(_, y)| clause::subject(d, v, &y, from, to).phrase)
    })
}

/// Who leads the delegation spoken of between `from` and `to`.
pub(super) fn leader(d: &Doc, from: usize, to: usize) -> Option<u32> {
    let delegation = (from..to).take_while(|&t| !d.comma(t) && !d.is_break(t)).find(|&t| d.tag(t, Tag::Delegation))?;
    let lead = (delegation + 1..to).take_while(|&t| !d.is_break(t) && !d.tag(t, Tag::Relative)).find(|&t| d.tag(t, Tag::Leading))?;
    let (k, p) = (lead + 1..(lead + 4).min(to)).find_map(|t| d.phrase_at(t))?;
    p.ents.iter().any(|&e| d.ent(d.root(e)).kind == Kind::Person).then_some(k)
}

/// Who does what a masdar names, where it stands in the clause of another verb: that verb's subject (`بدأت مصر مناقشة …`, `وجه الرئيس
/// بإرسال …`, `فرض الاتحاد عقوبات على …`), or the one who congratulates.
pub(super) fn doer(d: &Doc, a: &Anchor, from: usize, said: &[Said]) -> Vec<EntId> {
    let message = a.any_of(d, &["message"]);
    if message {
        let own = said.iter().find(|s| s.content.0 as usize <= a.at && a.at <= s.content.0 as usize + 1);
        if let Some(s) = own {
            return s.speakers.clone();
        }
    }
    // `فرض واشنطن عقوبات`: who stands between the light masdar and its noun.
    let between = a.at.checked_sub(1).and_then(|b| d.phrase(b)).filter(|(_, p)| p.end as usize == a.at && p.start > 0 && !p.proclitics.joins());
    if let Some((_, p)) = between.filter(|(_, p)| light_masdar(d, p.start as usize - 1) && clause::verb(d, p.start as usize - 1).is_none()) {
        return p.ents.iter().map(|&e| d.root(e)).filter(|&e| !medium(d, e)).collect();
    }
    let purpose = purpose(d, a.at);
    if purpose {
        // `للمشاركة`: the subject of the verb that it serves.
        let verb = (from..a.at).rev().take_while(|&v| !d.tag(v, Tag::That) && !d.tag(v, Tag::Auxiliary)).find(|&v| d.is_word(v) && clause::verb(d, v).is_some());
        let subject = verb.and_then(|v| anyone(d, v, from, a.at));
        if let Some(p) = subject {
            return d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).collect();
        }
    }
    // What stands behind `بسبب`, `إثر` or `خلال` is another's affair.
    let forceful = a.any_of(d, &["attack", "coercion", "protest", "sanction", "mobilisation"]);
    if forceful && a.at > from && (d.tag(a.at - 1, Tag::Setting) || d.tag(a.at - 1, Tag::Cause)) {
        return Vec::new();
    }
    // `إعادة فرض` before the noun changes nothing of who does it.
    let masdar = |t: usize| a.at - t <= 2 && d.is_word(t) && d.s.tags[t] == 0 && !d.definite(t) && d.s.phrase_of[t] == NONE && clause::verb(d, t).is_none();
    // The phrase right before the noun: times, adverbs and one prepositional phrase may stand between.
    let mut t = a.at;
    let mut steps = 0;
    while t > from && steps < if purpose { 14 } else { 8 } {
        let b = t - 1;
        if let Some(time) = d.time_at(b) {
            t = (time.found.start as usize).min(b);
            continue;
        }
        if let Some((_, p)) = d.phrase(b) {
            let start = p.start as usize;
            if clause::governor(d, start, p.proclitics) == Governor::Bare
                && p.ents.iter().any(|&e| matches!(d.ent(e).kind, Kind::Person | Kind::Country | Kind::Organization | Kind::Forum))
                // `إعلان واشنطن طرد …`, `تمسك أنقرة باعتقال …`: the one whose act governs the noun.
                || (b + 1..a.at).all(masdar) && steps == 0 && p.ents.iter().all(|&e| d.ent(e).kind != Kind::Place) && matches!(clause::governor(d, start, p.proclitics), Governor::Noun(_))
            {
                // Verbs of blame and of demand do not do what they speak of.
                let blames =
                    (from..start).rev().take(6).any(|v| {
                        clause::verb(d, v).is_some_and(|(_, r)| {
                            d.lex.lemma(&r).links.iter().any(
                                |l| matches!(l, Link::Speech(s) if matches!(d.lex.speeches[*s as usize].force.as_str(), "criticise" | "call-for" | "warn" | "reject" | "support")),
                            )
                        })
                    });
                // `اتهم فلان الجيش بقصف …`: the accused does it.
                let accused = blames
                    && a.any_of(d, &["attack", "coercion"])
                    && steps == 0
                    && d.s.analyses_at(a.at).iter().any(|y| y.readings.0 != y.readings.1 && y.proclitics.has(Clitic::With))
                    && (from..start).rev().take(12).find(|&v| clause::verb(d, v).is_some()).is_some_and(|v| anyone(d, v, from, start).is_some());
                return if blames && !accused { Vec::new() } else { p.ents.iter().map(|&e| d.root(e)).filter(|&e| !medium(d, e)).collect() };
            }
            t = start;
            steps += 1;
            continue;
        }
        // `القرار الأميركي بفرض …`
        if forceful && steps == 0 && (b + 1..a.at).all(masdar) && d.is_word(b) && d.definite(b) && d.flag(b, Flag::Demonym) && b > from && d.is_word(b - 1) && d.definite(b - 1) {
            return demonym(d, b).into_iter().collect();
        }
        if forceful && steps == 0 && b + 1 < a.at && masdar(b) {
            t = b;
            continue;
        }
        if d.comma(b) && !purpose || d.is_break(b) || d.tag(b, Tag::That) || d.tag(b, Tag::Relative) || d.mark(b).is_some() && !d.comma(b) {
            return Vec::new();
        }
        if d.is_word(b)
            && !purpose
            && let Some((_, r)) = clause::verb(d, b)
        {
            // `أعلنت استدعاء سفيرها`: who goes on speaking does it.
            let speaks = b + 1 == a.at && d.flag(b, Flag::Speech);
            return if speaks { carried(d, b, &r, from) } else { Vec::new() };
        }
        // Another noun between owns it (`بحث سبل دعم`), an event noun or an adjective may stand there.
        if d.is_word(b) && d.s.tags[b] == 0 && !d.definite(b) && !d.flag(b, Flag::NounFrame) && !d.flag(b, Flag::Class) && !purpose && b + 1 != a.at {
            return Vec::new();
        }
        t = b;
        steps += 1;
    }
    Vec::new()
}

/// `للقاء`, `لإجراء لقاء`: what somebody comes for.
pub(super) fn purpose(d: &Doc, at: usize) -> bool {
    let meant = |t: usize| d.s.analyses_at(t).iter().any(|x| x.readings.0 != x.readings.1 && x.proclitics.has(Clitic::For));
    meant(at) || at > 0 && d.is_word(at - 1) && light_masdar(d, at - 1) && meant(at - 1)
}

/// `دعا الرئيس المبعوث إلى زيارة عدن`: the one who is called on would do it.
pub(super) fn addressed(d: &Doc, at: usize, from: usize) -> Option<u32> {
    let lo = from.max(at.saturating_sub(30));
    let v = (lo..at).rev().find(|&t| d.is_word(t) && clause::verb(d, t).is_some())?;
    let (_, r) = clause::verb(d, v)?;
    let calls =
        d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Speech(s) if d.lex.speeches[*s as usize].addressee_object && !d.lex.speeches[*s as usize].prepositions.is_empty()));
    if !calls {
        return None;
    }
    let subject = clause::subject(d, v, &r, from, at);
    (subject.end.max(v + 1)..at)
        .filter_map(|t| d.phrase_at(t))
        .find(|(k, p)| subject.phrase != Some(*k) && clause::governor(d, p.start as usize, p.proclitics) == Governor::Bare)
        .map(|(k, _)| k)
}

/// `دعوة فلان لزيارة …`, `دعوة إلى فلان لزيارة …`: the one invited would come.
pub(super) fn invited(d: &Doc, at: usize, from: usize) -> Option<u32> {
    let offers = |t: usize| {
        d.flag(t, Flag::Modal)
            && d.readings(t).any(|(_, r)| !r.pos().finite() && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Modal(k) if d.lex.modals[*k as usize].effect == "proposed")))
    };
    let n = (from.max(at.saturating_sub(14))..at).rev().take_while(|&t| !d.is_break(t) && !d.comma(t)).find(|&t| d.s.phrase_of[t] == NONE && offers(t))?;
    (n + 1..at)
        .filter_map(|t| d.phrase_at(t))
        .filter(|(_, p)| p.ents.iter().any(|&e| d.ent(d.root(e)).kind == Kind::Person))
        // `دعوة من فلان إلى فلان`: not the one who invites.
        .filter(|(_, p)| p.start == 0 || !d.tag(p.start as usize - 1, Tag::Partitive))
        .find(|(_, p)| matches!(clause::governor(d, p.start as usize, p.proclitics), Governor::Preposition(_)) || p.start as usize == n + 1)
        .map(|(k, _)| k)
}

/// Whom `لقائه` means: the subject of the verb before it in the sentence, else the sentence's topic.
pub(super) fn near_topic(d: &Doc, at: usize, from: usize, topic: &[EntId]) -> Vec<EntId> {
    let number = d.s.analyses_at(at).iter().find_map(|a| a.pronoun()).map_or(1, |p| d.lex.enclitics[p].number);
    if number > 1 {
        // `لقائهما`, `زيارتهم`: one alone is not many.
        let mut many = if number == 2 { crate::phrases::pair(d, at, true, None) } else { last_list(d, at, from) };
        if number == 2 && many.len() != 2 {
            many = crate::phrases::pair(d, at, false, None);
        }
        return if many.len() >= 2 {
            many
        } else if topic.len() >= 2 {
            topic.to_vec()
        } else {
            Vec::new()
        };
    }
    // The nearest phrase before it that no preposition governs.
    let feminine = d.s.analyses_at(at).iter().find_map(|a| a.pronoun()).map(|p| d.lex.enclitics[p].feminine);
    let mut t = at;
    while t > from {
        t -= 1;
        if let Some((_, p)) = d.phrase(t) {
            t = p.start as usize;
            let [e] = p.ents[..] else { continue };
            let e = d.root(e);
            let person = d.ent(e).kind == Kind::Person;
            // `زيارة فلان لباريس ولقائه بالرئيس`: he who visits.
            let doer = |n: usize| person && d.flag(n, Flag::NounFrame);
            let free = match clause::governor(d, t, p.proclitics) {
                Governor::Bare => true,
                Governor::Noun(n) => doer(n),
                Governor::Preposition(_) => false,
            };
            if free
                && (person && (feminine != Some(true) || d.ent(e).feminine == Some(true)) && !(feminine == Some(false) && d.ent(e).feminine == Some(true))
                    || matches!(d.ent(e).kind, Kind::Country | Kind::Organization | Kind::Forum) && feminine != Some(false)
                    || d.ent(e).kind == Kind::Organization)
            {
                return vec![e];
            }
        }
    }
    for t in (from..at).rev() {
        if let Some((_, r)) = clause::verb(d, t) {
            let s = clause::subject_behind(d, t, &r, at);
            let p = s.phrase.or_else(|| clause::subject_before(d, t, &r, from));
            if let Some(p) = p {
                let ents: Vec<EntId> = d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).collect();
                if ents.len() == 1 {
                    return ents;
                }
            }
        }
    }
    topic.to_vec()
}

/// The bodies that the verb before a noun is about, those aside who take part in it already (`سيطرت القوات على … بعد معارك مع …`).
pub(super) fn sides(d: &Doc, at: usize, from: usize, known: &[(EntId, String)]) -> Vec<EntId> {
    let Some(v) = (from..at).rev().find(|&v| d.is_word(v) && clause::verb(d, v).is_some()) else { return Vec::new() };
    let Some((_, r)) = clause::verb(d, v).filter(|_| !d.flag(v, Flag::Speech) && !d.flag(v, Flag::Modal)) else { return Vec::new() };
    let subject = clause::subject(d, v, &r, from, at).phrase;
    let ents = subject.map(|p| d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).collect::<Vec<_>>()).unwrap_or_default();
    let body = |&e: &EntId| d.ent(e).kind == Kind::Organization && !watcher(d, e) && !known.iter().any(|(k, _)| *k == e);
    if !ents.is_empty() && ents.iter().all(body) { ents } else { Vec::new() }
}
