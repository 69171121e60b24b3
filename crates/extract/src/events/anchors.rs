//! Where an event may begin: a verb with frames, an event noun, the light verb that a noun completes.
//! What must not live here: who takes part.

use super::status::modal;
use crate::clause;
use crate::doc::*;
use sijill_lexicon::inflect::{Number, Voice};
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, Pos, Reading, Tag};

#[derive(Clone)]
pub(super) struct Anchor {
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) noun: bool,
    pub(super) reading: Option<Reading>,
    pub(super) frames: Vec<u32>,
    /// Of a verb: the reading by which each frame is meant, where it is not `reading` (`تلقى`: he received, it is cast).
    pub(super) readings: Vec<Reading>,
    pub(super) pronoun: bool,
    pub(super) light: Option<LightVerb>,
}

impl Anchor {
    /// Is one of its frames of one of these kinds?
    pub(super) fn any_of(&self, d: &Doc, kinds: &[&str]) -> bool {
        self.frames.iter().any(|&f| kinds.contains(&d.lex.frames[f as usize].kind.as_str()))
    }

    /// Are all its frames of these kinds?
    pub(super) fn all_of(&self, d: &Doc, kinds: &[&str]) -> bool {
        self.frames.iter().all(|&f| kinds.contains(&d.lex.frames[f as usize].kind.as_str()))
    }
}

#[derive(Clone, Copy)]
pub(super) struct LightVerb {
    pub(super) at: usize,
    pub(super) reading: Reading,
    pub(super) light: u32,
    pub(super) future: bool,
}

pub(super) fn anchor_at(d: &Doc, i: usize, from: usize, to: usize) -> Option<Anchor> {
    if !d.flag(i, Flag::Frame) && !d.flag(i, Flag::NounFrame) && !d.opens(i, Flag::NounFrame) {
        return None;
    }
    if d.s.junk[i] || d.s.time_of[i] != NONE || !d.is_word(i) {
        return None;
    }
    if let Some((_, p)) = d.phrase(i).filter(|(_, p)| !p.unnamed) {
        // The name of a summit series is itself the event noun (`قمة مجموعة العشرين`).
        // So is the name of an operation, where somebody leads it.
        let named = |l: &sijill_lexicon::Link| matches!(l, Link::NounFrame(_));
        if p.start as usize == i && p.ents.len() == 1 && d.ent(p.ents[0]).kind == Kind::Initiative {
            let frames: Vec<u32> =
                d.links_at(i).filter(|m| m.end == p.end && named(&m.link)).filter_map(|m| if let Link::NounFrame(f) = m.link { Some(f) } else { None }).collect();
            return (!frames.is_empty()).then(|| Anchor {
                at: i,
                end: p.end as usize,
                noun: true,
                reading: None,
                frames,
                readings: Vec::new(),
                pronoun: false,
                light: light(d, i, from),
            });
        }
        let forum = p.start as usize == i && p.ents.len() == 1 && d.ent(p.ents[0]).kind == Kind::Forum && d.flag(i, Flag::NounFrame);
        if !forum {
            return None;
        }
        let frames: Vec<u32> = d
            .readings(i)
            .flat_map(|(_, r)| d.lex.lemma(&r).links.clone())
            .filter_map(|l| if let Link::NounFrame(f) = l { Some(f) } else { None })
            .filter(|&f| d.lex.frames[f as usize].slots.iter().any(|s| s.role.as_deref() == Some("forum")))
            .collect();
        let spoken = light(d, i, from);
        let timed = (p.end..(p.end + 6).min(to as u32)).any(|t| d.s.time_of[t as usize] != NONE);
        // `تأجيل القمة`
        let changed = || modal(d, i, from, false).is_some_and(|effect| matches!(effect.as_str(), "cancelled" | "planned" | "proposed"));
        if frames.is_empty() || spoken.is_none() && !timed && !changed() {
            return None;
        }
        return Some(Anchor { at: i, end: p.end as usize, noun: true, reading: None, frames, readings: Vec::new(), pronoun: false, light: spoken });
    }
    // Event nouns of several words.
    let frames: Vec<u32> = d
        .links_at(i)
        .filter(|m| m.end as usize > i + 1 || !d.flag(i, Flag::NounFrame))
        .filter_map(|m| if let Link::NounFrame(f) = m.link { Some((m.end, f)) } else { None })
        .fold((0, Vec::new()), |(end, mut v), (e, f)| {
            if e > end {
                (e, vec![f])
            } else {
                if e == end {
                    v.push(f)
                }
                (end, v)
            }
        })
        .1;
    if !frames.is_empty() {
        let end = d.links_at(i).filter(|m| matches!(m.link, Link::NounFrame(_))).map(|m| m.end as usize).max().unwrap_or(i + 1);
        return Some(Anchor { at: i, end, noun: true, reading: None, frames, readings: Vec::new(), pronoun: false, light: light(d, i, from) });
    }
    if d.flag(i, Flag::Frame)
        && let Some((a, _)) = clause::verb(d, i)
    {
        let mut frames = Vec::new();
        let mut readings: Vec<Reading> = Vec::new();
        let mut reading = None;
        for (b, r) in d.readings(i) {
            // Where the word is a verb as it stands, no pronoun is cut off it (`يتوجه`).
            if r.pos().finite() && r.pos() != Pos::Imperative && b.letters == a.letters && (a.pronoun().is_some() || b.pronoun().is_none()) {
                let own: Vec<u32> = d.lex.lemma(&r).links.iter().filter_map(|l| if let Link::Frame(f) = l { Some(*f) } else { None }).collect();
                // `أصيب` is "was hurt" sooner than "I hit".
                if !own.is_empty() && (reading.is_none() || reading.is_some_and(|x: Reading| x.person() == 1 && x.pos() == Pos::Imperfect) && r.person() == 3) {
                    reading = Some(r);
                }
                // The third person and the active before others of the same letters.
                let rank = |r: &Reading| (r.person() != 3, r.voice() == Voice::Passive);
                for f in own {
                    match frames.iter().position(|&g| g == f) {
                        None => {
                            frames.push(f);
                            readings.push(r);
                        }
                        Some(k) if rank(&r) < rank(&readings[k]) => readings[k] = r,
                        Some(_) => {}
                    }
                }
            }
        }
        // `وزاري`: no verb takes this pronoun.
        let mine = a.pronoun().is_some_and(|p| d.lex.enclitics[p].person == 1 && d.lex.enclitics[p].form.chars().count() == 1);
        if let Some(r) = reading.filter(|_| !mine) {
            return Some(Anchor { at: i, end: i + 1, noun: false, reading: Some(r), frames, readings, pronoun: a.pronoun().is_some(), light: None });
        }
    }
    if d.flag(i, Flag::Frame)
        && let Some((reading, frames)) = concluded(d, i, from)
    {
        return Some(Anchor { at: i, end: i + 1, noun: true, reading: Some(reading), frames, readings: Vec::new(), pronoun: false, light: None });
    }
    if d.flag(i, Flag::NounFrame) && clause::verb(d, i).is_none() {
        let mut frames = Vec::new();
        let mut pronoun = false;
        let mut reading = None;
        // `زيارتي دولة`: two of them, in construct with a bare noun; not one that is mine.
        let n = i + 1;
        let two = n < d.len() && d.is_word(n) && !d.definite(n) && d.s.tags[n] == 0 && d.phrase_at(n).is_none() && d.s.time_of[n] == NONE && clause::verb(d, n).is_none();
        for (a, r) in d.readings(i) {
            if !matches!(r.pos(), Pos::Masdar | Pos::Noun) {
                continue;
            }
            for l in &d.lex.lemma(&r).links {
                if let Link::NounFrame(f) = l {
                    // `انتخابات` are no election of somebody, `اتصالات` no call.
                    if r.pos() == Pos::Masdar && r.number() == Number::Plural && matches!(d.lex.frames[*f as usize].kind.as_str(), "office" | "call") {
                        continue;
                    }
                    if !frames.contains(f) {
                        frames.push(*f);
                    }
                    pronoun |= a.pronoun().map(|p| &d.lex.enclitics[p]).is_some_and(|p| !(two && p.person == 1 && p.form.chars().count() == 1));
                    reading = reading.or(Some(r));
                }
            }
        }
        if !frames.is_empty() {
            let _ = to;
            return Some(Anchor { at: i, end: i + 1, noun: true, reading, frames, readings: Vec::new(), pronoun, light: light(d, i, from) });
        }
    }
    None
}

/// `الاتفاق المبرم بين …`, `المعاهدة الموقعة مع …`: the participle behind its instrument tells that it was concluded.
fn concluded(d: &Doc, i: usize, from: usize) -> Option<(Reading, Vec<u32>)> {
    let plain = |t: usize| d.is_word(t) && d.s.phrase_of[t] == NONE && d.s.time_of[t] == NONE;
    if !plain(i) || !d.definite(i) || clause::verb(d, i).is_some() {
        return None;
    }
    let instrument = (from.max(i.saturating_sub(3))..i).rev().take_while(|&t| plain(t) && d.s.tags[t] == 0).any(|t| d.flag(t, Flag::Class));
    let (_, r) = d.readings(i).find(|(a, r)| r.pos() == Pos::PassiveParticiple && a.pronoun().is_none()).filter(|_| instrument)?;
    let asks = |f: u32| d.lex.frames[f as usize].slots.iter().any(|s| s.required && s.lexical());
    let own = |l: &Link| if let Link::Frame(f) = l { Some(*f).filter(|&f| asks(f) && matches!(d.lex.frames[f as usize].kind.as_str(), "accord" | "signing")) } else { None };
    let frames: Vec<u32> = d.lex.lemma(&r).links.iter().filter_map(own).collect();
    (!frames.is_empty()).then_some((r, frames))
}

/// The light verb that this event noun completes (`أجرى الوزير أمس محادثات`).
pub(super) fn light(d: &Doc, n: usize, from: usize) -> Option<LightVerb> {
    let mut t = n;
    let lo = from.max(n.saturating_sub(28));
    let mut nested = 0;
    while t > lo {
        let b = t - 1;
        // Two prepositional phrases of common nouns between: it stands inside one of them.
        let common = d.tag(b, Tag::Preposition) && d.phrase_at(t).is_none() && d.time_at(t).is_none() && t < n && d.is_word(t);
        nested += usize::from(common);
        if nested > 1 {
            return None;
        }
        if d.flag(b, Flag::Light)
            && let Some((a, _)) = clause::verb(d, b)
        {
            let hit = d
                .readings(b)
                .filter(|(x, r)| r.pos().finite() && x.letters == a.letters)
                .find_map(|(x, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Light(k) = l { Some((x, r, *k)) } else { None }));
            if let Some((x, r, k)) = hit {
                let l = &d.lex.lights[k as usize];
                // `أدى الهجوم إلى …`: no visit that is paid.
                if !l.kinds.is_empty() && !carries(d, n, &l.kinds) {
                    return None;
                }
                // `ستختتم بالتوقيع في نهاية الزيارة`: the visit is not what is concluded.
                let own = d.s.analyses_at(n).iter().find(|a| a.readings.0 != a.readings.1).map(|a| a.proclitics).unwrap_or_default();
                let behind = n > b + 1 && !d.tag(n - 1, Tag::Quantifier) && (d.tag(n - 1, Tag::Setting) || clause::preposition(d, n - 1).is_some());
                if (behind || own.governs()) && l.prepositions.is_empty() {
                    return None;
                }
                let own_of = construct(d, n);
                // `قام بإجراء محادثات`, not `نجح في احتواء التظاهرات`.
                if own_of.is_some_and(|p| !l.prepositions.contains(&p) || !(light_masdar(d, n - 1) || d.s.ordinals.iter().any(|&(t, _)| t as usize == n - 1))) {
                    return None;
                }
                let with = d.s.analyses_at(n).iter().any(|a| a.readings.0 != a.readings.1 && a.proclitics.governs());
                let governs = own_of.is_some() || (l.object || l.impersonal) && !with || {
                    let c = d.s.analyses_at(n).iter().find(|a| a.proclitics.governs()).map(|a| a.proclitics).unwrap_or_default();
                    // The first word behind the verb with its preposition: `تقدم باستقالة`, not what follows farther on.
                    let taken = |p: u32| {
                        (b + 1..n).any(|t| {
                            let own = |y: &sijill_grammar::Analysis| y.readings.0 != y.readings.1 && clause::clitic_preposition(d, y.proclitics) == Some(p);
                            d.phrase(t).is_none() && d.time_at(t).is_none() && !d.tag(t, Tag::Bound) && d.s.analyses_at(t).iter().any(own)
                        })
                    };
                    clause::clitic_preposition(d, c).is_some_and(|p| l.prepositions.contains(&p) && !taken(p))
                        || n > 0 && clause::preposition(d, n - 1).is_some_and(|p| l.prepositions.contains(&p))
                        // `شارك في توجيه ضربات`
                        || n > 1 && d.is_word(n - 1) && !d.definite(n - 1) && d.s.tags[n - 1] == 0 && clause::preposition(d, n - 2).is_some_and(|p| l.prepositions.contains(&p))
                };
                return governs.then_some(LightVerb { at: b, reading: r, light: k, future: x.proclitics.has(Clitic::Future) || b > 0 && d.tag(b - 1, Tag::Future) });
            }
        }
        if let Some((_, p)) = d.phrase(b) {
            t = p.start as usize;
            continue;
        }
        if let Some(time) = d.time_at(b) {
            t = (time.found.start as usize).min(b);
            continue;
        }
        // `خلال زيارته التي تستغرق يومين محادثات`: the relative clause belongs to another noun.
        if b > lo && d.tag(b - 1, Tag::Relative) && !d.flag(b, Flag::Light) && clause::verb(d, b).is_some() && n - b < 8 {
            t = b - 1;
            continue;
        }
        // Another verb or clause between: not its noun.
        if d.tag(b, Tag::That) || d.tag(b, Tag::Relative) || clause::verb(d, b).is_some() {
            return None;
        }
        t = b;
    }
    None
}

/// Is the event noun at `n` of one of these kinds?
fn carries(d: &Doc, n: usize, kinds: &[String]) -> bool {
    let of = |l: &Link| matches!(l, Link::NounFrame(f) if kinds.contains(&d.lex.frames[*f as usize].kind));
    d.readings(n).any(|(_, r)| d.lex.lemma(&r).links.iter().any(of)) || d.links_at(n).any(|m| of(&m.link))
}

/// The preposition of the nouns whose genitive the event noun at `n` is (`في ذكرى اغتيال`, `بإجراء محادثات`, `إلى تغيير كفة الحرب`).
fn construct(d: &Doc, n: usize) -> Option<u32> {
    let clitics = |t: usize| d.s.analyses_at(t).iter().filter(|y| y.readings.0 != y.readings.1).map(|y| y.proclitics).find(|c| c.governs() || c.joins());
    if clitics(n).is_some() {
        return None;
    }
    let noun =
        |b: usize| d.is_word(b) && !d.definite(b) && d.s.tags[b] == 0 && d.s.phrase_of[b] == NONE && d.s.time_of[b] == NONE && !d.s.cardinal[b] && clause::verb(d, b).is_none();
    let mut b = n.checked_sub(1).filter(|&b| noun(b))?;
    for _ in 0..3 {
        if let Some(p) = clitics(b).and_then(|c| clause::clitic_preposition(d, c)) {
            return Some(p);
        }
        let before = b.checked_sub(1)?;
        if let Some(p) = clause::preposition(d, before) {
            return Some(p);
        }
        if !noun(before) {
            return None;
        }
        b = before;
    }
    None
}

/// Is the word the masdar of a light verb (`إجراء`, `شن`)?
pub(super) fn light_masdar(d: &Doc, t: usize) -> bool {
    d.readings(t).any(|(_, r)| r.pos() == Pos::Masdar && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Light(_))))
}

/// A finite verb that is no part of a name.
pub(super) fn free_verb(d: &Doc, t: usize) -> bool {
    d.is_word(t) && d.s.phrase_of[t] == NONE && clause::verb(d, t).is_some()
}
