//! Around a verb: its subject, or whom it takes up; whose its pronoun is. Gives where the objects may begin.
//! What must not live here: what stands behind both verbs and nouns (`around`).

use super::anchors::Anchor;
use super::around::*;
use super::doers::{carried, last_list, last_two, leader, medium, near_topic};
use super::fill::victims;
use super::states::{demonym, qualified};
use crate::clause::{self, Governor};
use crate::doc::*;
use sijill_lexicon::inflect::{Gender, Number, Voice};
use sijill_lexicon::{Flag, Kind, Tag};

/// Around a verb: its subject, behind it, before it or understood, and what its pronoun means. Gives where the objects may begin.
pub(super) fn verbal(d: &Doc, a: &Anchor, (from, opens): (usize, usize), to: usize, topic: &[EntId], x: &mut Around) -> usize {
    let mut scan = a.end;
    let r = a.reading.unwrap_or_else(|| unreachable!("a verb anchor has its reading"));
    let s = subject_of(d, a.at, &r, from, to);
    x.passive = r.voice() == Voice::Passive;
    // `وبحث العلاقات مع …`: a matter is talked of, it does not talk; a delegation is somebody, whoever leads it.
    let diplomatic = a.any_of(d, &["meeting", "call", "visit", "signing", "message"]);
    let matter = (diplomatic || they(d, a.at)) && s.unknown && s.phrase.is_none() && !x.passive && s.end == a.at + 1 && matter(d, a, s.end);
    let led = diplomatic && s.phrase.is_none() && (a.end..(a.end + 12).min(to)).take_while(|&t| !d.comma(t)).any(|t| d.tag(t, Tag::Delegation) && d.phrase(t).is_none());
    // `وصل وفد … برئاسة فلان`: he is the one who comes.
    let leader = if diplomatic { leader(d, a.end, (a.end + 24).min(to)) } else { None };
    if let Some(k) = leader.filter(|_| s.phrase.is_none_or(|p| d.s.phrases[p as usize].ents.iter().all(|&e| d.ent(d.root(e)).kind != Kind::Person))) {
        x.subject.push(k);
        // `يصل إلى القاهرة غدا وفد من … برئاسة فلان`
        collect(d, a.end, d.s.phrases[k as usize].start as usize, x);
        scan = scan.max(d.s.phrases[k as usize].end as usize);
    } else if let Some((place, k)) = inverted(d, a, &s, to) {
        x.subject.push(k);
        x.objects.push(place);
        collect(d, d.s.phrases[place as usize].end as usize, d.s.phrases[k as usize].start as usize, x);
        scan = d.s.phrases[k as usize].end as usize;
        x.people_from = scan;
    } else if let Some(p) = s.phrase {
        x.subject.push(p);
        if s.behind {
            // What stands between verb and subject belongs to the verb (`وصل إلى … الوزير`).
            collect(d, a.end, d.s.phrases[p as usize].start as usize, x);
            scan = s.end;
            x.people_from = s.end;
        }
    } else if (!s.unknown || matter) && !led && r.person() == 3 && !orphan(d, a.at) {
        // The last person named before it in the sentence, else the topic (`زيارة للرئيس … التقى خلالها`).
        let near = (from..a.at).rev().find_map(|t| d.phrase(t).map(|(_, p)| p)).filter(|p| p.ents.len() == 1 && d.ent(p.ents[0]).kind == Kind::Person).map(|p| d.root(p.ents[0]));
        // … or the last one whom nothing governs.
        let near = near.or_else(|| match near_topic(d, a.at, from, topic)[..] {
            [e] if diplomatic && topic.is_empty() && d.ent(e).kind == Kind::Person => Some(e),
            _ => None,
        });
        let before = carried(d, a.at, &r, if they(d, a.at) { from } else { opens });
        // Of violence nobody is guilty by being spoken of.
        let violent = a.all_of(d, &["attack", "coercion"]);
        x.pronoun = if !before.is_empty() {
            before
        } else if violent {
            Vec::new()
        } else if topic.is_empty() {
            near.into_iter().collect()
        } else {
            topic.to_vec()
        };
        // `ناقشا`: two, the last that were named together.
        if r.number() == Number::Dual && x.pronoun.len() != 2 && (begins(d, a.at) || !d.flag(a.at, Flag::NounFrame)) {
            x.pronoun = last_two(d, a.at);
        }
        // `تشن` is not said of a man.
        if r.gender() == Gender::Feminine && r.number() == Number::Singular && x.pronoun.len() == 1 {
            x.pronoun.retain(|&e| d.ent(e).kind != Kind::Person || d.ent(e).feminine == Some(true));
        }
        // `وصلوا`: one alone is not many.
        if r.number() == Number::Plural && x.pronoun.len() == 1 && matches!(d.ent(x.pronoun[0]).kind, Kind::Person | Kind::Country) {
            x.pronoun.clear();
        }
    }
    x.unnamed = s.unknown && s.behind && s.phrase.is_none() && !matter;
    if s.unknown && !matter {
        x.adjective = if s.behind { qualified(d, a.at + 1, to) } else { a.at.checked_sub(1).filter(|b| *b > from).and_then(|b| demonym(d, b)) };
    }
    // `كان خمسة من مقاتلي … قتلوا`
    let last =
        a.at.checked_sub(1).filter(|b| *b > from).and_then(|b| d.phrase(b)).filter(|(_, p)| p.end as usize == a.at && p.start > 1 && d.tag(p.start as usize - 1, Tag::Partitive));
    let either = d.readings(a.at).any(|(_, y)| y.voice() != Voice::Active && y.lemma == r.lemma && y.person() == 3);
    if let Some((k, p)) = last.filter(|_| x.subject.is_empty() && r.number() == Number::Plural && (either || a.frames.iter().any(|&f| victims(&d.lex.frames[f as usize])))) {
        let b = p.start as usize - 2;
        if d.s.cardinal.get(b).copied().unwrap_or(false) || d.is_word(b) {
            x.subject.push(k);
            x.pronoun.clear();
            x.passive = either;
        }
    }
    if a.pronoun {
        // The object is a pronoun: the last person or state before the verb that is not the subject.
        let own: Vec<EntId> = x.subject.iter().flat_map(|&p| d.s.phrases[p as usize].ents.clone()).map(|e| d.root(e)).collect();
        let dual = d.s.analyses_at(a.at).iter().filter(|y| y.readings.0 != y.readings.1).find_map(|y| y.pronoun()).is_some_and(|p| d.lex.enclitics[p].number == 2);
        if dual {
            let mut two = crate::phrases::pair(d, a.at, true, None);
            if two.len() != 2 {
                two = crate::phrases::pair(d, a.at, false, None);
            }
            x.met = two;
        }
        let many = d.s.analyses_at(a.at).iter().filter(|y| y.readings.0 != y.readings.1).find_map(|y| y.pronoun()).is_some_and(|p| d.lex.enclitics[p].number > 2);
        if many {
            x.met = last_list(d, a.at, from);
        }
        // Where somebody is quoted is not whom the pronoun means.
        let told = |t: usize| d.phrase(t).filter(|(_, p)| !p.ents.iter().all(|&e| medium(d, d.root(e)))).map(|(k, _)| k);
        // `لقاء جمعه مع نظيره`: a man, where one was named.
        let masculine = of_a_man(d, a.at);
        let person = |k: &u32| d.s.phrases[*k as usize].ents.iter().all(|&e| d.ent(d.root(e)).kind == Kind::Person);
        let man = (masculine && a.any_of(d, &["meeting", "call"])).then(|| (from..a.at).rev().filter_map(told).find(person)).flatten();
        let near = man.or_else(|| (from..a.at).rev().find_map(told)).filter(|&k| !d.s.phrases[k as usize].ents.iter().any(|&e| own.contains(&d.root(e))));
        x.near = near.filter(|_| x.met.is_empty());
        // … also of the sentences before, where this one names nobody.
        if x.near.is_none() && x.met.is_empty() && masculine && a.any_of(d, &["meeting", "call"]) {
            let told = |k: &u32| {
                let p = &d.s.phrases[*k as usize];
                p.ents.len() == 1 && person(k) && clause::governor(d, p.start as usize, p.proclitics) == Governor::Bare
            };
            let at = d.s.phrases.partition_point(|p| (p.end as usize) <= a.at) as u32;
            x.near = (0..at)
                .rev()
                .take(30)
                .find(told)
                .filter(|&k| d.s.phrases[k as usize].end as usize + 150 > a.at && !d.s.phrases[k as usize].ents.iter().any(|&e| own.contains(&d.root(e))));
            if x.near.is_some() {
                x.pronoun.clear();
            }
        }
        x.objects.extend(x.near);
    }
    scan
}

/// `يزور القاهرة غدا الرئيس فلان`: the place before him who travels. Gives both.
fn inverted(d: &Doc, a: &Anchor, s: &clause::Subject, to: usize) -> Option<(u32, u32)> {
    let kind = |k: u32, kinds: &[Kind]| {
        let ents = &d.s.phrases[k as usize].ents;
        !ents.is_empty() && ents.iter().all(|&e| kinds.contains(&d.ent(d.root(e)).kind))
    };
    let goes = a.frames.iter().any(|&f| d.lex.frames[f as usize].kind == "visit" && d.lex.frames[f as usize].slots.iter().any(|s| s.object && s.role.as_deref() == Some("host")));
    let first = s.phrase.filter(|_| s.behind).or_else(|| d.phrase_at(a.end).map(|(k, _)| k))?;
    let p = &d.s.phrases[first as usize];
    let place = goes && p.start as usize == a.end && p.ents.len() == 1 && kind(first, &[Kind::Country, Kind::Place]);
    if !place || clause::governor(d, a.end, p.proclitics) != Governor::Bare {
        return None;
    }
    let mut t = p.end as usize;
    while t < to.min(p.end as usize + 8) {
        if let Some(time) = d.time_at(t) {
            t = (time.found.end as usize).max(t + 1);
        } else if let Some((k, q)) = d.phrase_at(t) {
            let guest = kind(k, &[Kind::Person]) || (q.start..q.end).any(|t| d.tagged(t as usize, Tag::Delegation));
            match clause::governor(d, t, q.proclitics) {
                Governor::Bare => return (guest && !q.proclitics.joins()).then_some((first, k)),
                _ => t = q.end as usize,
            }
        } else if d.is_break(t) || d.comma(t) || d.tag(t, Tag::That) || d.is_word(t) && clause::verb(d, t).is_some() {
            return None;
        } else {
            t += 1;
        }
    }
    None
}
