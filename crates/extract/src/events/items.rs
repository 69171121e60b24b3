//! Lists of what was agreed or signed: one event an item. What must not live here: how the first of them is read (`report`).

use super::Happening;
use super::anchors::Anchor;
use crate::clause;
use crate::doc::*;
use sijill_lexicon::{Flag, Frame, NONE, Pos, Shape, Tag};

/// The most items that are taken for a list.
const MOST: usize = 12;

/// Where the items behind the first one end: `اتفقا على إنشاء لجنة، وفتح قنصلية`, `ثلاث مذكرات بشأن المياه، والطاقة، والتدريب`.
pub(super) fn more_items(d: &Doc, a: &Anchor, h: &Happening, to: usize) -> Vec<u32> {
    let frame = &d.lex.frames[h.frame as usize];
    match frame.kind.as_str() {
        "accord" if !frame.slots.iter().any(|s| s.required && s.lexical()) => agreed(d, a, frame, to),
        "signing" => signed(d, h, to),
        _ => Vec::new(),
    }
}

/// Is the word at `t` joined to what stands before it by "and"?
fn joined(d: &Doc, t: usize) -> bool {
    let known = d.s.analyses_at(t).iter().any(|y| y.readings.0 != y.readings.1);
    d.s.analyses_at(t).iter().any(|y| y.readings.0 != y.readings.1 && y.proclitics.joins()) || !known && d.begins(t, Shape::And)
}

/// Another thought begins: a clause, speech that goes on, the end of what is quoted.
fn closes(d: &Doc, t: usize) -> bool {
    d.is_break(t)
        || d.tag(t, Tag::That)
        || d.tag(t, Tag::Apart)
        || d.quote_mark(t)
        || d.is_word(t) && d.s.phrase_of[t] == NONE && clause::verb(d, t).is_some() && (joined(d, t) || d.flag(t, Flag::Speech))
        || d.comma(t.saturating_sub(1)) && d.flag(t, Flag::Speech) && d.readings(t).any(|(_, r)| r.pos() == Pos::ActiveParticiple && r.tanwin())
}

/// A noun of doing, as it heads an item.
fn deed(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(x, r)| r.pos() == Pos::Masdar && x.pronoun().is_none())
}

/// Where the matter of an accord begins (`اتفقا على عقد محادثات الشهر المقبل`): its times and places are not those of the accord.
pub(super) fn matter_of(d: &Doc, a: &Anchor, frame: &Frame, to: usize) -> Option<usize> {
    let on = |l: u32| frame.slots.iter().any(|s| s.role.is_none() && s.prepositions.contains(&l)) && !frame.slots.iter().any(|s| s.role.is_some() && s.prepositions.contains(&l));
    let plain = frame.kind == "accord" && !frame.slots.iter().any(|s| s.required && s.lexical());
    let governs = |t: usize| clause::preposition(d, t).is_some_and(on) && !d.tag(t + 1, Tag::Quantifier);
    (a.end..to.min(a.end + 30)).take_while(|&t| plain && !closes(d, t)).find(|&t| governs(t) && d.time_at(t + 1).is_none() && d.phrase_at(t + 1).is_none())
}

fn agreed(d: &Doc, a: &Anchor, frame: &Frame, to: usize) -> Vec<u32> {
    let on = |l: u32| frame.slots.iter().any(|s| s.role.is_none() && s.prepositions.contains(&l)) && !frame.slots.iter().any(|s| s.role.is_some() && s.prepositions.contains(&l));
    let governs = |t: usize| clause::preposition(d, t).is_some_and(on);
    let plain =
        |t: usize| t < to && d.is_word(t) && d.s.phrase_of[t] == NONE && d.s.time_of[t] == NONE && (d.s.tags[t] == 0 || d.tag(t, Tag::Quantifier)) && clause::verb(d, t).is_none();
    let Some(first) = (a.end..to.min(a.end + 30)).take_while(|&t| !closes(d, t)).find(|&t| governs(t)).map(|t| t + 1) else { return Vec::new() };
    if !plain(first) || d.definite(first) && !deed(d, first) {
        return Vec::new();
    }
    let mut ends: Vec<u32> = Vec::new();
    let mut head = first;
    for t in first + 1..to {
        if closes(d, t) {
            break;
        }
        let again = governs(t) && joined(d, t) && plain(t + 1);
        // `تعزيز وتطوير العلاقات` is one item.
        let filled = t > head + 1;
        let comma = d.comma(t - 1);
        let heads = filled
            && joined(d, t)
            && plain(t)
            && if d.definite(t) { deed(d, t) && !comma } else { deed(d, t) || comma && t + 1 < to && (d.definite(t + 1) || d.phrase_at(t + 1).is_some()) };
        let own = d.s.analyses_at(t).iter().any(|y| y.pronoun().is_some() && y.readings.0 != y.readings.1) && !deed(d, t);
        if (again || heads) && !own {
            ends.push(t as u32);
            head = if again { t + 1 } else { t };
        }
    }
    if ends.len() < MOST { ends } else { Vec::new() }
}

/// Items of a list in which each instrument that was counted has its matter.
fn signed(d: &Doc, h: &Happening, to: usize) -> Vec<u32> {
    let Some(&at) = h.lexical.first() else { return Vec::new() };
    let Some(&(_, _, n)) = d.s.counts.iter().find(|c| c.1 as usize == at) else { return Vec::new() };
    let n = n as usize;
    if !(2..=MOST).contains(&n) {
        return Vec::new();
    }
    let end = (at + 1..to).find(|&t| closes(d, t) || d.tag(t, Tag::Conjunction)).unwrap_or(to);
    let heads = |comma: bool| -> Vec<u32> { (at + 2..end).filter(|&t| d.is_word(t) && joined(d, t) && (!comma || d.comma(t - 1))).map(|t| t as u32).collect() };
    [true, false].into_iter().map(heads).find(|x| x.len() + 1 == n).unwrap_or_default()
}
