//! Ordinals, editions, counts, sums and what adjectives tell of an event.
//! What must not live here: attributes that a slot gives (`fill`).

use super::Happening;
use super::anchors::Anchor;
use crate::clause;
use crate::doc::*;
use sijill_lexicon::{Flag, Link, NONE, Tag};

pub(super) fn attributes(d: &Doc, a: &Anchor, h: &mut Happening) {
    // `الزيارة الخامسة`, `الاجتماع الـ24`
    let name = match h.kind.as_str() {
        "visit" => Some("ordinal"),
        "gathering" => Some("edition"),
        _ => None,
    };
    if let Some(name) = name {
        let noun = if a.noun { Some(a.at) } else { h.lexical.first().copied() };
        let found = noun.and_then(|n| {
            d.s.ordinals.iter().find(|(t, _)| (*t as usize) > n && (*t as usize) <= n + 3 && (n + 1..*t as usize).all(|x| d.is_word(x) && (d.definite(x) || x + 1 == *t as usize)))
        });
        if let Some((_, n)) = found {
            h.attributes.insert(name.into(), (*n).into());
        }
    }
    // How many died, were hurt, arrested, released: the count behind the word, before the clause ends.
    if let Some(key) = &d.lex.frames[h.frame as usize].count {
        let clear = |t: usize| {
            !d.is_break(t) && !d.comma(t) && !d.tag(t, Tag::Relative) && !d.tag(t, Tag::That) && (!d.is_word(t) || d.s.phrase_of[t] != NONE || clause::verb(d, t).is_none())
        };
        let end = (a.end..(a.end + 9).min(d.len())).take_while(|&t| clear(t)).count() + a.end;
        let found = d.s.counts.iter().find(|&&(s, e, _)| {
            let (s, e) = (s as usize, e as usize);
            s >= a.end && e < end && d.s.time_of[s] == NONE && d.is_word(e) && d.s.time_of[e] == NONE && !d.tag(e, Tag::Preposition)
        });
        if let Some(&(_, _, n)) = found {
            h.attributes.insert(key.clone(), n.into());
        }
    }
    if matches!(h.kind.as_str(), "aid" | "accord" | "signing" | "sanction" | "concession")
        && let Some(sum) = sum(d, a)
    {
        h.attributes.insert("sum".into(), sum.into());
    }
    // Level and the like stand right behind the noun or its genitive.
    let hi = (h.evidence[0].1 as usize + 3).min(d.len());
    for t in a.at..hi.min(a.at + 12) {
        if d.is_break(t) {
            break;
        }
        let hit = d.longest(t, |l| if let Link::Attribute(k) = l { Some(k) } else { None }).map(|(_, k)| k).or_else(|| {
            if d.flag(t, Flag::Attribute) {
                d.readings(t).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Attribute(k) = l { Some(*k) } else { None }))
            } else {
                None
            }
        });
        if let Some(k) = hit {
            let attribute = &d.lex.attributes[k as usize];
            if attribute.kinds.is_empty() || attribute.kinds.contains(&h.kind) {
                h.attributes.entry(attribute.name.clone()).or_insert_with(|| attribute.value.clone().into());
            }
        }
    }
}

/// A sum of money near the anchor: count, scale and currency (`150 million dollar`).
pub(super) fn sum(d: &Doc, a: &Anchor) -> Option<String> {
    let gloss = |t: usize, class: &str| {
        let id = d.lex.classes.iter().position(|c| c.id == class)? as u32;
        d.readings(t).find_map(|(_, r)| {
            d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Class(c, w) = l { (*c == id).then(|| d.lex.classes[id as usize].words[*w as usize].1.clone()) } else { None })
        })
    };
    let clear = |t: usize| !d.is_break(t) && !d.tag(t, Tag::That);
    let hi = (a.end..(a.end + 22).min(d.len())).take_while(|&t| clear(t)).count() + a.end;
    let lo = a.at - (a.at.saturating_sub(10)..a.at).rev().take_while(|&t| clear(t)).count();
    d.s.counts.iter().filter(|c| c.0 as usize >= lo && (c.1 as usize) < hi).find_map(|&(s, e, n)| {
        let mut t = e as usize;
        // `1.5`, `1,5`
        let mut number = n.to_string();
        if matches!(d.mark(t), Some('.' | ',' | '\u{066B}')) && d.tokens().get(t + 1).is_some_and(|x| x.kind == sijill_text::Kind::Number) {
            number = format!("{n}.{}", d.tokens().fold(t + 1));
            t += 2;
        } else if d.mark(s.checked_sub(1)? as usize).is_some_and(|c| matches!(c, '.' | ',')) {
            return None;
        }
        let scale = gloss(t, "scale");
        if scale.is_some() {
            t += 1;
        }
        let currency = gloss(t, "currency")?;
        Some([Some(number), scale, Some(currency)].into_iter().flatten().collect::<Vec<_>>().join(" "))
    })
}
