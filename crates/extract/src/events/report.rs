//! From an anchor to an event: the best frame, then status, date, place and attributes, and whether the words report a happening at
//! all. What must not live here: how a frame is filled (`fill`), how two reports become one (`merge`).

use super::anchors::{Anchor, free_verb, light_masdar};
use super::around::Around;
use super::attributes::attributes;
use super::choice::{Attempt, best_of};
use super::doers::{medium, organ};
use super::fill::{Filled, add, victims};
use super::items::matter_of;
use super::setting::{here, places, time};
use super::status::status;
use super::{Happening, Spoken};
use crate::clause::{self, Governor};
use crate::doc::*;
use crate::phrases::state_of;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Flag, Frame, Kind, Link, Pos, Tag};

pub(super) fn read(d: &Doc, a: &Anchor, (from, to, headline_end): (usize, usize, usize), topic: &[EntId], spoken: &Spoken) -> Option<Happening> {
    let Attempt { frame: f, mut filled, around, anchor, .. } = best_of(d, a, from, to, topic, spoken)?;
    let a = &anchor;
    let frame = &d.lex.frames[f as usize];
    if frame.anaphoric {
        attendants(d, a, frame, to, &mut filled);
    }
    if frame.kind == "sanction" && a.noun && a.at > from && eases(d, a.at - 1) {
        return None;
    }
    // An interview is no meeting.
    if matches!(frame.kind.as_str(), "meeting" | "call") && filled.participants.iter().any(|(e, _)| medium(d, *e)) {
        return None;
    }
    // The sessions of a standing organ are its daily business.
    if let ("gathering", [(e, _)]) = (frame.kind.as_str(), &filled.participants[..])
        && organ(d, *e)
    {
        return None;
    }
    let status = status(d, a, &around, frame, from, to <= headline_end)?;
    let within = spoken.holding(a.at);
    // A statement's content bounds where its events find time and place.
    let (lo, hi) = match within {
        Some(k) => (from.max(spoken.said[k].content.0 as usize), to.min(spoken.said[k].content.1 as usize)),
        None => (from, to),
    };
    let hi = matter_of(d, a, frame, hi).unwrap_or(hi);
    let outside = spoken.behind(a.at, hi, within);
    let time = time(d, a, &filled.lexical, lo, hi, &outside);
    let places = places(d, a, lo, hi, &outside);
    let several = (a.at..hi.min(a.at + 30)).any(|t| d.tag(t, Tag::Twice));
    // A state that sees violence suffers it.
    if frame.kind == "attack"
        && filled.participants.is_empty()
        && let Some(e) = around.scene.filter(|&e| d.ent(e).kind == Kind::Country)
    {
        filled.participants.push((e, "target".into()));
        filled.named += 1;
    }
    let set = time.is_some() || filled.place.is_some() || !places.is_empty();
    // `الاتفاق الذي وقعته` one side only: a standing agreement that is merely mentioned.
    let alone = !a.noun && filled.participants.len() < 2 && filled.lexical.first().is_some_and(|&t| t < a.at);
    let standing = alone && (frame.kind == "signing" || frame.kind == "accord" && filled.participants.iter().all(|(e, _)| d.ent(*e).kind == Kind::Person));
    if standing {
        return None;
    }
    if filled.adjectives && a.light.is_none() && !set {
        return None;
    }
    // `اتفقنا`: with whom is not said.
    if let ("accord", [(e, _)]) = (frame.kind.as_str(), &filled.participants[..])
        && d.ent(*e).kind == Kind::Person
        && a.reading.is_some_and(|r| r.person() == 1)
        && !frame.slots.iter().any(|s| s.required && s.lexical())
    {
        return None;
    }
    let firm = firm(d, a, &around, frame, &filled, &status, set);
    // What is said of violence beside it may make it firm.
    if !firm && frame.kind != "attack" {
        return None;
    }
    let mut h = Happening {
        frame: f,
        kind: frame.kind.clone(),
        status,
        participants: filled.participants,
        date: time.map(|t| d.s.times[t as usize].found.edtf.clone()),
        place: filled.place.or_else(|| whither(d, &around, &frame.kind)).or_else(|| places.first().copied()).or(around.scene).or_else(|| here(d, a, lo, hi)),
        places: if several { places } else { Vec::new() },
        lexical: filled.lexical,
        side: filled.side,
        mutual: filled.mutual,
        item: 0,
        sentence: 0,
        victims: frame.kind == "attack" && (around.passive || victims(frame)),
        sure: filled.named > 0,
        claim: frame.claim,
        attended: frame.kind == "meeting" && d.definite(a.at) && a.light.is_some_and(|l| d.lex.lights[l.light as usize].effect.as_deref() == Some("participation")),
        firm,
        evidence: vec![(filled.low as u32, filled.high as u32)],
        attributes: filled.attributes,
        anchor: a.at as u32,
        headline: false,
        rule: if a.noun { if a.light.is_some() { "light-verb-and-noun" } else { "event-noun" } } else { "verb-frame" },
        within,
    };
    if let Some(t) = time {
        let found = &d.s.times[t as usize].found;
        // What lies ahead of the article is planned, whatever the tense.
        if matches!(h.status.as_str(), "occurred" | "ongoing") && found.first.zip(d.s.today).is_some_and(|(f, today)| f > today) {
            h.status = "planned".into();
        }
        // `يصل الجمعة`: the day to come, where it is not today.
        let ahead =
            a.light.map_or(a.reading, |l| Some(l.reading)).is_some_and(|r| r.pos() == Pos::Imperfect) && h.kind == "visit" && h.status == "ongoing" && found.first != d.s.today;
        if ahead && crate::calendar::weekday_forward(found, &d.s.anchors()).is_some() {
            h.status = "planned".into();
        }
        if h.status == "planned"
            && let Some(v) = crate::calendar::weekday_forward(found, &d.s.anchors())
        {
            h.date = Some(v);
        }
        // `سيزور باريس في أيلول`: the month to come, where the year is not written.
        let past = found.last.zip(d.s.today).is_some_and(|(last, today)| last < today);
        if matches!(h.status.as_str(), "planned" | "proposed")
            && found.inferred_year
            && past
            && let Some((year, rest)) = found.edtf.split_at_checked(4)
            && let Ok(year) = year.parse::<i32>()
            && !rest.contains('/')
        {
            h.date = Some(format!("{:04}{rest}", year + 1));
        }
    }
    // `العقوبات الأمريكية على إيران`: what a bare noun tells of without a day stands.
    if h.kind == "sanction"
        && h.status == "occurred"
        && h.date.is_none()
        && a.noun
        && a.light.is_none()
        && a.reading.is_some_and(|r| r.pos() == Pos::Noun && r.number() == Number::Plural)
    {
        h.status = "ongoing".into();
    }
    // `سلم الوزير رسالة إلى …`: where nobody else is said to send it, he who brings it.
    if h.kind == "message" && h.participants.iter().all(|(_, r)| r != "actor") {
        let bearers: Vec<EntId> = around.subject.iter().flat_map(|&k| d.s.phrases[k as usize].ents.iter().map(|&e| d.root(e))).chain(around.pronoun.iter().copied()).collect();
        for e in bearers {
            if d.ent(e).kind == Kind::Person && !h.participants.iter().any(|(x, _)| *x == e) {
                h.participants.push((e, "actor".into()));
            }
        }
    }
    if h.kind == "visit" && h.place.is_none() {
        h.place = h.participants.iter().find(|(_, r)| r == "host").map(|(e, _)| *e).filter(|&e| d.ent(e).kind == Kind::Country);
    }
    people_first(d, &mut h.participants, &h.kind);
    // `التقى نظراءه في مجلس التعاون`, `مع وزراء خارجية الجامعة`: the forum gathers.
    if h.kind == "meeting" {
        let group = |t: usize| d.flag(t, Flag::Group) || d.links_at(t).any(|m| matches!(m.link, Link::Group(_)));
        let gathers = |e: EntId| {
            d.ent(e).kind == Kind::Forum
                && d.s
                    .phrases
                    .iter()
                    .any(|p| p.plural && group(p.start as usize) && filled.low <= p.start as usize && (p.end as usize) <= filled.high && p.ents.iter().any(|&x| d.root(x) == e))
        };
        let forums: Vec<EntId> = h.participants.iter().map(|p| p.0).filter(|&e| gathers(e)).collect();
        for (e, role) in h.participants.iter_mut().filter(|_| !forums.is_empty()) {
            if forums.contains(e) {
                *role = "forum".into();
            }
        }
        if !forums.is_empty() {
            h.kind = "gathering".into();
        }
    }
    // Three states in one room are a gathering.
    if h.kind == "meeting" && h.mutual && filled.single {
        let mut states: Vec<String> = h.participants.iter().filter_map(|(e, _)| state_of(d, *e)).collect();
        states.sort();
        states.dedup();
        if states.len() >= 3 && states.len() == h.participants.len() {
            h.kind = "gathering".into();
        }
    }
    attributes(d, a, &mut h);
    Some(h)
}

/// Whence somebody withdraws, whither troops are moved.
fn whither(d: &Doc, x: &Around, kind: &str) -> Option<EntId> {
    let asked = |l: u32| {
        let lemma = &d.lex.lemmas[l as usize];
        match kind {
            "retreat" => lemma.is(Tag::Partitive),
            "mobilisation" => lemma.is(Tag::Direction) && !lemma.is(Tag::Partitive),
            _ => false,
        }
    };
    let place = |&(k, _): &(u32, u32)| d.s.phrases[k as usize].ents.first().map(|&e| d.root(e)).filter(|&e| matches!(d.ent(e).kind, Kind::Place | Kind::Country));
    x.prepositional.iter().filter(|(_, l)| asked(*l)).find_map(place)
}

/// The people where people are named, else the state: a state whose official takes part in the same role does not stand beside him.
pub(super) fn people_first(d: &Doc, list: &mut Vec<(EntId, String)>, kind: &str) {
    if !matches!(kind, "meeting" | "call" | "message" | "signing" | "accord") {
        return;
    }
    let officials: Vec<(String, String)> = list.iter().filter(|(e, _)| d.ent(*e).kind == Kind::Person).filter_map(|(e, r)| Some((state_of(d, *e)?, r.clone()))).collect();
    let left = list.iter().filter(|(e, r)| !(d.ent(*e).kind == Kind::Country && officials.iter().any(|(iso, role)| role == r && Some(iso) == d.ent(*e).country.as_ref()))).count();
    if left >= 2 || left == list.len() {
        list.retain(|(e, r)| !(d.ent(*e).kind == Kind::Country && officials.iter().any(|(iso, role)| role == r && Some(iso) == d.ent(*e).country.as_ref())));
    }
}

/// Is it reported as a happening, not merely spoken of (`وقف الاعتداءات`, `وصول المساعدات`)? A noun alone needs a date, a place, a
/// number or two who are named; a verb of violence needs more than a subject carried over.
pub(super) fn firm(d: &Doc, a: &Anchor, x: &Around, frame: &Frame, filled: &Filled, status: &str, set: bool) -> bool {
    if !a.noun {
        let alone = filled.participants.len() < 2 && filled.lexical.is_empty();
        let left = x.subject.is_empty() && filled.named == 0;
        // `المناطق التي احتلها التنظيم`: what it did to it, and who.
        let relative = a.at > 0 && d.tag(a.at - 1, Tag::Relative) && filled.named >= 1 && a.reading.is_some_and(|r| r.pos() == Pos::Perfect);
        return !(matches!(frame.kind.as_str(), "attack" | "coercion") && alone && (left || a.pronoun && !x.passive && !relative));
    }
    // `ضمان وصول المساعدات لغزة`: aid without a giver or a day is wished for.
    if frame.kind == "aid" && a.light.is_none() && filled.participants.iter().all(|(_, r)| r != "actor") {
        return set && status == "occurred";
    }
    // `العقوبات المفروضة على إيران`: imposed by whomever.
    if frame.kind == "sanction"
        && filled.named >= 1
        && (a.end..(a.end + 3).min(d.len()))
            .any(|t| d.readings(t).any(|(_, r)| r.pos() == Pos::PassiveParticiple && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Light(_)))))
    {
        return true;
    }
    if a.light.is_some() || set || filled.named >= 2 || a.pronoun && filled.participants.len() >= 2 || filled.named >= 1 && !filled.lexical.is_empty() {
        return true;
    }
    if frame.kind == "attack" && victims(frame) && filled.named >= 1 {
        return true;
    }
    // `بعد فرض واشنطن عقوبات على …`: who does it stands between the light masdar and its noun.
    let between = a.at.checked_sub(1).and_then(|b| d.phrase(b)).filter(|(_, p)| p.end as usize == a.at);
    let carried = between.is_some_and(|(_, p)| p.start > 0 && !p.proclitics.joins() && light_masdar(d, p.start as usize - 1));
    // `عقوبات فرضتها كندا`: a clause in the past tells of the noun.
    let told_of = !x.subject.is_empty()
        && a.light.is_none()
        && !a.pronoun
        && (a.end..(a.end + 6).min(d.len())).any(|t| clause::verb(d, t).is_some_and(|(y, r)| y.pronoun().is_some() && (r.pos() == Pos::Perfect || frame.kind == "attack")));
    if (carried || told_of) && !filled.participants.is_empty() && matches!(frame.kind.as_str(), "attack" | "coercion" | "sanction" | "protest" | "mobilisation" | "mediation") {
        return true;
    }
    let counted = a.at > 0 && d.text[d.tokens()[a.at - 1].start as usize..d.tokens()[a.at - 1].end as usize].chars().all(char::is_numeric);
    let two = filled.named >= 1 && filled.participants.len() >= 2;
    // `أعلنت الشرطة توقيف خمسة …`, `قررت لندن طرد دبلوماسيين`: who announces or decides what he does himself.
    let told = x.weak
        && !x.pronoun.is_empty()
        && !filled.participants.is_empty()
        && (!filled.lexical.is_empty()
            || filled.named >= 1 && filled.participants.len() >= 2
            || (a.end..(a.end + 4).min(d.len())).any(|t| d.s.cardinal[t])
            || a.at > 0 && light_masdar(d, a.at - 1))
        && (a.at.saturating_sub(8)..a.at).any(|v| (d.flag(v, Flag::Speech) || d.flag(v, Flag::Modal)) && free_verb(d, v));
    match frame.kind.as_str() {
        "attack" | "coercion" | "protest" | "mobilisation" => counted || told,
        "sanction" | "aid" => counted || two || told,
        "concession" | "retreat" => status != "occurred" || counted || two || told,
        "accord" | "cooperation" | "gathering" | "signing" => status != "occurred" || counted || two || told && frame.kind == "accord" && filled.participants.len() >= 2,
        _ => true,
    }
}

/// `تخفيف العقوبات`: the masdar before the noun is the event.
pub(super) fn eases(d: &Doc, t: usize) -> bool {
    d.flag(t, Flag::NounFrame)
        && d.readings(t).any(|(_, r)| d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::NounFrame(f) if d.lex.frames[*f as usize].kind == "concession")))
}

/// Who attends is a long list over commas, offices and blessings between the names: every person of it that nothing governs.
pub(super) fn attendants(d: &Doc, a: &Anchor, frame: &Frame, to: usize, out: &mut Filled) {
    let Some(slot) = frame.slots.iter().find(|s| s.subject && s.role.is_some()) else { return };
    let mut t = a.end;
    while t < to {
        if let Some((_, p)) = d.phrase_at(t) {
            if clause::governor(d, t, p.proclitics) == Governor::Bare {
                for &e in p.ents.iter().filter(|&&e| d.ent(d.root(e)).kind == Kind::Person) {
                    add(d, out, d.root(e), slot, false);
                }
                out.high = out.high.max(p.end as usize);
            }
            t = p.end as usize;
            continue;
        }
        if d.tag(t, Tag::That) || d.is_word(t) && clause::verb(d, t).is_some() {
            break;
        }
        t += 1;
    }
}
