//! The slots of one frame, filled with what stands around its anchor.
//! What must not live here: the choice between frames (`choice`).

use super::anchors::{Anchor, light_masdar};
use super::around::Around;
use super::doers::{purpose, sides, watcher};
use super::items::matter_of;
use super::states::{demonym, nationality};
use super::words::{belonging, lexical, open, owner};
use crate::clause::{self, Governor};
use crate::doc::*;
use crate::phrases::{country_ent, state_of};
use sijill_lexicon::{Clitic, Flag, Frame, Kind, Link, NONE, NameKind, Shape, Slot, Tag};
use std::collections::BTreeMap;

pub(super) struct Filled {
    /// Two in one phrase are both sides: a pair as subject, behind the noun or behind `بين`.
    pub(super) mutual: bool,
    /// Who stands in the subject's slot.
    pub(super) side: Vec<EntId>,
    /// The parties are told by adjectives only.
    pub(super) adjectives: bool,
    /// One phrase names them all.
    pub(super) single: bool,
    pub(super) score: i32,
    /// How many stand by their words, not by a pronoun or a guess.
    pub(super) named: usize,
    pub(super) participants: Vec<(EntId, String)>,
    pub(super) attributes: BTreeMap<String, serde_json::Value>,
    pub(super) place: Option<EntId>,
    pub(super) lexical: Vec<usize>,
    /// An object's word stands before the verb, whose pronoun takes it up.
    pub(super) taken_up: bool,
    pub(super) low: usize,
    pub(super) high: usize,
}

pub(super) fn fill(d: &Doc, a: &Anchor, x: &Around, frame: &Frame) -> Option<Filled> {
    let mut out = Filled {
        mutual: false,
        side: Vec::new(),
        adjectives: false,
        single: false,
        score: 0,
        named: 0,
        participants: Vec::new(),
        attributes: BTreeMap::new(),
        place: None,
        lexical: Vec::new(),
        taken_up: false,
        low: a.light.map_or(a.at, |l| l.at.min(a.at)),
        high: a.end,
    };
    let mut used: Vec<u32> = Vec::new();
    // `منذ تعيينه`, `بعد إقالته`: the pronoun is whom it is done to.
    let given = frame.kind == "office"
        && a.noun
        && a.pronoun
        && a.light.is_none()
        && frame.slots.iter().any(|s| s.subject && s.role.is_none())
        && x.subject.is_empty()
        && !d.s.analyses_at(a.end).iter().any(|y| y.readings.0 != y.readings.1 && y.proclitics.has(Clitic::For));
    // `للقاء فلان`: the one met, where it is known who comes.
    let met_for = a.noun && x.weak && !x.pronoun.is_empty() && matches!(frame.kind.as_str(), "meeting" | "call") && purpose(d, a.at);
    let mut genitive_free = x.genitive;
    let mut pronoun_free = !x.pronoun.is_empty();
    let mut missing: Vec<&Slot> = Vec::new();
    let mut met: Vec<&str> = Vec::new();
    // Slots with listed words first, then those that only prepositions fill, then subjects and objects.
    let rank = |s: &Slot| u8::from(!s.lexical()) * 4 + u8::from(s.subject || s.object) * 2 + u8::from(!s.subject);
    for slot in (0..8).flat_map(|k| frame.slots.iter().filter(move |&s| rank(s) == k)) {
        let mut filled = false;
        if slot.lexical() {
            if let Some((t, gloss)) = lexical(d, a, x, slot) {
                filled = true;
                out.high = out.high.max(t + 1);
                out.low = out.low.min(t);
                out.lexical.push(t);
                out.taken_up |= t < a.at && slot.object;
                if let Some(attribute) = &slot.attribute
                    && !gloss.is_empty()
                {
                    out.attributes.insert(attribute.clone(), gloss.into());
                }
            } else if slot.required && !(frame.anaphoric && (a.pronoun || sided(d, a))) {
                return None;
            }
            if filled {
                met.push(slot.name.as_str());
            }
            if slot.accepts == 0 {
                out.score += if filled { 3 } else { 0 };
                continue;
            }
        }
        if slot.accepts == 0 {
            // Any phrase or clause of that construction.
            if slot.required && !open(d, a, slot) {
                return None;
            }
            continue;
        }
        let take = |k: u32, mutual: bool, out: &mut Filled, used: &mut Vec<u32>| -> bool {
            let p = &d.s.phrases[k as usize];
            if used.contains(&k) {
                return false;
            }
            // Who counts the dead is none of them.
            let watches = |e: EntId| frame.kind == "attack" && slot.role.as_deref() == Some("target") && watcher(d, e);
            // A delegation travels for those who sent it.
            let sent = frame.kind == "visit" && slot.role.as_deref() == Some("visitor") && (p.start..p.end).any(|t| d.tagged(t as usize, Tag::Delegation));
            let guest = frame.kind == "visit" && slot.role.as_deref() == Some("host") && (p.start..p.end).any(|t| d.tagged(t as usize, Tag::Delegation));
            if guest {
                return false;
            }
            let takes = |e: EntId| slot.takes(d.ent(e).kind) || sent && matches!(d.ent(e).kind, Kind::Country | Kind::Organization | Kind::Forum);
            let mut ents: Vec<EntId> = p.ents.iter().map(|&e| d.root(e)).filter(|&e| takes(e) && !watches(e)).collect();
            if p.unnamed && matches!(frame.kind.as_str(), "meeting" | "call") {
                // `مسؤولين عسكريين أمريكيين`: their state takes part.
                ents.extend(nationality(d, p.end as usize).filter(|&e| slot.takes(d.ent(e).kind)));
            }
            if ents.is_empty() {
                return false;
            }
            // `زار بكين`: the state is the host, its capital the place.
            if frame.kind == "visit" && slot.role.as_deref() == Some("host") && ents.len() == 1 {
                out.place = out.place.or_else(|| capital(d, p));
            }
            out.mutual |= mutual && ents.len() >= 2;
            used.push(k);
            out.low = out.low.min(p.start as usize);
            out.high = out.high.max(p.end as usize);
            out.named += ents.len();
            for e in ents {
                // `استدعت السفير الكويتي`: an envoy without a name stands for his state.
                let state = if frame.kind == "sanction" && d.ent(e).nameless {
                    state_of(d, e).filter(|iso| !out.participants.iter().any(|(x, _)| state_of(d, *x).as_ref() == Some(iso))).and_then(|iso| country_ent(d, &iso))
                } else {
                    None
                };
                add(d, out, state.unwrap_or(e), slot, frame.kind == "visit");
            }
            true
        };
        let suffers = x.suffering && slot.role.as_deref() == Some("target");
        if suffers {
            for &k in &x.subject {
                filled |= take(k, false, &mut out, &mut used);
            }
            for &e in x.pronoun.iter().filter(|&&e| !filled && slot.takes(d.ent(e).kind)) {
                add(d, &mut out, e, slot, false);
            }
            filled |= !x.pronoun.is_empty();
        }
        if matches!(slot.role.as_deref(), Some("target" | "recipient")) && !slot.prepositions.is_empty() {
            for &e in x.resumed.iter().filter(|&&e| slot.takes(d.ent(e).kind)) {
                add(d, &mut out, e, slot, false);
                filled = true;
            }
        }
        let done = x.passive || x.suffering;
        // The pronoun stands for the thing right before (`صاروخا أطلقته …`), not for somebody.
        let thing = out.taken_up && !a.noun;
        let behind: Vec<u32> = x.objects.iter().copied().filter(|&k| !(thing && x.near == Some(k))).collect();
        let (subjects, objects): (&[u32], &[u32]) = if x.passive {
            (&[], &x.subject)
        } else if x.suffering {
            (&[], &behind)
        } else {
            (&x.subject, &behind)
        };
        if slot.subject {
            for &k in subjects {
                filled |= take(k, true, &mut out, &mut used);
            }
            if !filled
                && a.noun
                && let Some(g) = genitive_free.filter(|&g| {
                    // `تعيين فلان`, `إقالة فلان`: whom the office is given to or taken from, where the frame knows both.
                    let given = frame.kind == "office" && slot.role.is_none() && frame.slots.iter().any(|s| s.object && s.role.is_some());
                    // `تعهدت برلين بتسليم كييف دبابات`: he who pledges gives; the genitive gets it.
                    let gets = frame.kind == "aid"
                        && out.lexical.iter().any(|&t| t >= d.s.phrases[g as usize].end as usize)
                        && x.weak
                        && !x.pronoun.is_empty()
                        && frame.slots.iter().any(|s| s.object && s.role.as_deref() == Some("recipient"));
                    prefers_subject(d, frame, slot, g) && !given && !gets && !(met_for && frame.slots.iter().any(|s| s.object && s.name != slot.name))
                })
                && take(g, true, &mut out, &mut used)
            {
                filled = true;
                genitive_free = None;
            }
            // Of violence and force an adjective tells the doer; a visit or talks so called may be of several.
            let forceful = matches!(frame.kind.as_str(), "attack" | "coercion" | "mobilisation" | "sanction" | "aid" | "mediation");
            if let Some(e) = x.adjective.filter(|&e| !filled && forceful && slot.role.as_deref() == Some("actor") && !x.passive && slot.takes(d.ent(e).kind)) {
                add(d, &mut out, e, slot, false);
                out.named += 1;
                filled = true;
            }
            // `أوقفت مفارز للجيش خمسة`, `انتشرت آليات تابعة للجيش`: the body whose people or things they are.
            let people = slot.role.as_deref() == Some("actor") && matches!(frame.kind.as_str(), "attack" | "coercion" | "mobilisation" | "protest" | "retreat" | "sanction");
            if !filled
                && people
                && x.unnamed
                && !done
                && x.pronoun.is_empty()
                && !a.noun
                && let Some(k) = belonging(d, a.end, x.to)
                && (frame.slots.iter().all(|s| !s.object) || {
                    // Where the verb has an object, it must stand behind them.
                    let end = d.s.phrases[k as usize].end as usize;
                    out.lexical.iter().any(|&t| t >= end) || behind.iter().any(|&o| d.s.phrases[o as usize].start as usize >= end)
                })
            {
                filled |= take(k, false, &mut out, &mut used);
            }
            // Who tells of victims is none of them (`أعلنت الشرطة مقتل …`).
            let teller = a.noun && !a.pronoun && slot.role.as_deref() == Some("target");
            if !filled && pronoun_free && !done && !x.weak && !teller && !given {
                for &e in x.pronoun.iter().filter(|&&e| slot.takes(d.ent(e).kind)) {
                    add(d, &mut out, e, slot, frame.kind == "visit");
                    filled = true;
                    pronoun_free = false;
                }
                if filled {
                    out.score -= 1;
                    out.mutual |= out.participants.len() >= 2;
                }
            }
        }
        if slot.subject && filled {
            out.side = out.participants.iter().map(|p| p.0).collect();
        }
        if slot.object && !filled && slot.role.is_some() && x.met.len() >= 2 {
            for &e in x.met.iter().filter(|&&e| slot.takes(d.ent(e).kind)) {
                add(d, &mut out, e, slot, false);
                filled = true;
            }
            out.mutual |= filled;
        }
        if slot.object && !filled {
            for &k in objects {
                if take(k, false, &mut out, &mut used) {
                    filled = true;
                    break;
                }
            }
            if !filled && given && slot.role.is_some() && pronoun_free && x.objects.is_empty() {
                for &e in x.pronoun.iter().filter(|&&e| slot.takes(d.ent(e).kind)) {
                    add(d, &mut out, e, slot, false);
                    filled = true;
                    pronoun_free = false;
                }
            }
            if !filled && a.noun {
                if let Some(g) = genitive_free
                    && take(g, true, &mut out, &mut used)
                {
                    filled = true;
                    genitive_free = None;
                }
                if !filled && a.light.is_none() && (frame.kind != "attack" || a.pronoun || x.genitive.is_some()) {
                    // A bare phrase behind noun and genitive is the masdar's object (`لقائه اليوم مبعوث`).
                    for &k in &x.objects {
                        if take(k, false, &mut out, &mut used) {
                            filled = true;
                            break;
                        }
                    }
                }
            }
        }
        // `عضوية سوريا`, `أوراق اعتماد سفير اليابان`: whose the thing is that the frame asks for.
        if slot.object
            && !filled
            && slot.role.is_some()
            && (!a.noun || frame.kind == "office")
            && let Some(&n) = out.lexical.iter().find(|&&n| n > a.at)
            && let Some((k, p)) = d.phrase_at(n + 1)
            && clause::governor(d, p.start as usize, p.proclitics) == Governor::Noun(n)
        {
            filled |= take(k, false, &mut out, &mut used);
        }
        if !filled {
            // `اتفق الرئيسان على ضبط الحدود مع …`: what is agreed on, where both are named.
            let matter = if out.mutual && frame.kind == "accord" { matter_of(d, a, frame, x.to) } else { None };
            for &(k, l) in x.prepositional.iter().filter(|(k, _)| matter.is_none_or(|m| (d.s.phrases[*k as usize].start as usize) < m)) {
                let between = d.lex.lemmas[l as usize].is(Tag::Between);
                if slot.prepositions.contains(&l) && take(k, between, &mut out, &mut used) {
                    filled = true;
                    // `بينه وبين فلان`
                    if let Some((ents, _)) = x.bound.iter().find(|(e, b)| *b == l && between && e.len() == 1) {
                        add(d, &mut out, ents[0], slot, false);
                        out.mutual = true;
                    }
                    break;
                }
            }
        }
        if !filled
            && matches!(frame.kind.as_str(), "meeting" | "call" | "accord" | "signing")
            && let Some((ents, _)) = x.bound.iter().find(|(_, l)| slot.prepositions.contains(l))
        {
            for &e in ents.iter().filter(|&&e| slot.takes(d.ent(e).kind)) {
                add(d, &mut out, e, slot, false);
                filled = true;
            }
            out.mutual |= ents.len() >= 2;
        }
        let symmetric = matches!(frame.kind.as_str(), "meeting" | "gathering" | "accord" | "cooperation" | "signing" | "mediation");
        if !filled
            && slot.role.as_deref() == Some("party")
            && symmetric
            && a.noun
            && !out.adjectives
            && out.participants.is_empty()
            && x.both.len() >= 2
            && slot.takes(Kind::Country)
        {
            for &e in &x.both {
                add(d, &mut out, e, slot, false);
            }
            out.adjectives = true;
            out.mutual = true;
            filled = true;
        }
        if slot.required && !filled && !slot.lexical() {
            // Two in one phrase are both sides of a symmetric event (`بحث الرئيسان`).
            // One receives, another is received: these are not the same.
            let one_way = slot.object && !slot.prepositions.iter().any(|&l| d.lex.lemmas[l as usize].is(Tag::Between));
            let both = slot.role.is_some() && out.mutual && !one_way && out.participants.iter().filter(|(_, r)| Some(r) == slot.role.as_ref()).count() >= 2;
            let understood = x.weak && slot.subject && x.pronoun.iter().any(|&e| slot.takes(d.ent(e).kind));
            // `الاتفاق الذي أبرمته القوى الكبرى مع …`: the article does not name the one side.
            let unsaid = x.unnamed && slot.subject && out.taken_up && frame.kind == "accord" && !out.participants.is_empty();
            if !both && !understood && !unsaid {
                missing.push(slot);
            }
        }
        if filled {
            out.score += if slot.required { 4 } else { 2 };
            met.push(slot.name.as_str());
        }
    }
    // `22 من مقاتلي …`: the body whose people they are.
    if matches!(frame.kind.as_str(), "attack" | "coercion" | "retreat" | "sanction")
        && !out.participants.iter().any(|(_, r)| r == "target" || r == "recipient")
        && let Some(slot) = frame.slots.iter().find(|s| matches!(s.role.as_deref(), Some("target" | "recipient")))
        && let Some(k) = owner(d, slot, x)
        && !used.contains(&k)
    {
        let p = &d.s.phrases[k as usize];
        for &e in p.ents.iter().filter(|&&e| slot.takes(d.ent(d.root(e)).kind)) {
            add(d, &mut out, d.root(e), slot, false);
            out.named += 1;
            missing.retain(|m| m.name != slot.name);
        }
        met.push(slot.name.as_str());
        out.high = out.high.max(p.end as usize);
    }
    // Whose the place is that was hit (`مواقع لتنظيم …`, `مواقع تنظيم …`).
    if matches!(frame.kind.as_str(), "attack" | "protest")
        && !out.participants.iter().any(|(_, r)| r == "target")
        && let (Some(slot), Some(&n)) = (frame.slots.iter().find(|s| s.role.as_deref() == Some("target")), out.lexical.first())
    {
        let owner = (n + 1..(n + 4).min(x.to)).take_while(|&t| d.is_word(t)).find_map(|t| d.phrase_at(t));
        if let Some((_, p)) = owner.filter(|(_, p)| {
            p.proclitics.has(Clitic::For)
                || p.start as usize == n + 1 && d.begins(n + 1, Shape::ForArticle)
                || clause::governor(d, p.start as usize, p.proclitics) == Governor::Noun(p.start as usize - 1)
        }) {
            for &e in p.ents.iter().filter(|&&e| matches!(d.ent(d.root(e)).kind, Kind::Organization | Kind::Person)) {
                add(d, &mut out, d.root(e), slot, false);
                out.named += 1;
            }
            out.high = out.high.max(p.end as usize);
        }
    }
    // `ضربات على مدينة لفيف`: a place that is hit is where it happened.
    if frame.kind == "attack" && out.place.is_none() {
        let hits = |l: u32| frame.slots.iter().any(|s| s.role.as_deref() == Some("target") && s.prepositions.contains(&l));
        let place = |k: u32| d.s.phrases[k as usize].ents.first().map(|&e| d.root(e)).filter(|&e| d.ent(e).kind == Kind::Place);
        out.place = x.prepositional.iter().filter(|(k, l)| hits(*l) && !used.contains(k)).find_map(|&(k, _)| place(k));
    }
    // `السماح لمواطني دول المجلس بالدخول`: whose people they are.
    if frame.kind == "concession"
        && !out.participants.iter().any(|(_, r)| r == "recipient")
        && let (Some(slot), Some(&n)) = (frame.slots.iter().find(|s| s.role.as_deref() == Some("recipient")), out.lexical.iter().find(|&&n| n > a.at))
        && let Some((_, p)) = (n + 1..(n + 3).min(x.to)).take_while(|&t| d.is_word(t)).find_map(|t| d.phrase_at(t))
        && matches!(clause::governor(d, p.start as usize, p.proclitics), Governor::Noun(g) if g >= n)
    {
        for &e in p.ents.iter().filter(|&&e| d.ent(d.root(e)).kind != Kind::Person) {
            add(d, &mut out, d.root(e), slot, false);
            out.named += 1;
        }
        out.high = out.high.max(p.end as usize);
    }
    // `سيطرت القوات على المدينة بعد معارك مع …`: who the clause is about fought, too.
    if frame.kind == "attack" && a.noun && a.light.is_none() && x.pronoun.is_empty() && x.subject.is_empty() && x.genitive.is_none() {
        let with = frame.slots.iter().any(|s| !s.subject && !s.object && s.role.as_deref() == Some("actor"));
        if with && out.participants.len() == 1 && used.len() == 1 {
            for e in sides(d, a.at, x.from, &out.participants) {
                out.participants.push((e, "actor".into()));
                out.named += 1;
            }
        }
    }
    // `الاتفاق النووي الإيراني`, `دبلوماسيين روسا`: whose the thing is that is cut.
    if frame.kind == "sanction"
        && !out.participants.iter().any(|(_, r)| r == "target")
        && let (Some(slot), Some(&n)) = (frame.slots.iter().find(|s| s.role.as_deref() == Some("target")), out.lexical.first())
        && let Some(e) = (n + 1..(n + 3).min(x.to)).take_while(|&t| d.is_word(t) && d.s.phrase_of[t] == NONE).find_map(|t| demonym(d, t))
    {
        add(d, &mut out, e, slot, false);
    }
    // `أفرجت عن أربعة جنود كينيين`, `ثلاثة ضباط من بنين`: people of another state that is known.
    if matches!(frame.kind.as_str(), "coercion" | "retreat")
        && !out.participants.iter().any(|(_, r)| r == "target" || r == "recipient")
        && let Some(slot) = frame.slots.iter().find(|s| matches!(s.role.as_deref(), Some("target" | "recipient")))
        && let Some(e) = strangers(d, x).filter(|&e| {
            let actors: Vec<Option<String>> = out.participants.iter().map(|(p, _)| state_of(d, *p)).collect();
            !actors.is_empty() && actors.iter().all(|s| s.is_some() && *s != d.ent(e).country)
        })
    {
        add(d, &mut out, e, slot, false);
    }
    // `أموال الرئيس اليمني فلان`: where he is named, his state does not stand beside him.
    if frame.kind == "sanction" {
        let people: Vec<Option<String>> = out.participants.iter().filter(|(e, _)| d.ent(*e).kind == Kind::Person).map(|(e, _)| state_of(d, *e)).collect();
        out.participants.retain(|(e, r)| r != "target" || d.ent(*e).kind != Kind::Country || d.ent(*e).country.is_none() || !people.contains(&d.ent(*e).country));
    }
    // The forum may stand deeper: `الاجتماع الـ24 لمجلس رؤساء دول منظمة …`.
    if frame.kind == "gathering" && !out.participants.iter().any(|(_, r)| r == "forum") {
        let noun = if a.noun { Some(a.end) } else { out.lexical.first().map(|&t| t + 1) };
        if let (Some(slot), Some(n)) = (frame.slots.iter().find(|s| s.role.as_deref() == Some("forum")), noun) {
            let mut t = n;
            while t < x.to.min(n + 9) {
                if let Some((_, p)) = d.phrase_at(t) {
                    let forum = p.ents.iter().map(|&e| d.root(e)).find(|&e| d.ent(e).kind == Kind::Forum);
                    if let Some(e) = forum.filter(|_| !p.proclitics.joins()) {
                        add(d, &mut out, e, slot, false);
                        out.named += 1;
                        out.high = out.high.max(p.end as usize);
                        missing.retain(|m| m.role.as_deref() != Some("forum"));
                    }
                    break;
                }
                if !d.is_word(t) && d.mark(t).is_some() || d.comma(t) || d.tag(t, Tag::That) || d.tag(t, Tag::Relative) || clause::verb(d, t).is_some() {
                    break;
                }
                t += 1;
            }
        }
    }
    if !frame.needs.is_empty() && a.light.is_none() && !frame.needs.iter().any(|n| met.contains(&n.as_str())) {
        return None;
    }
    let talks = matches!(frame.kind.as_str(), "meeting" | "call");
    let short = missing.iter().any(|slot| {
        let one_way = talks && (!out.mutual || slot.object && !slot.prepositions.iter().any(|&l| d.lex.lemmas[l as usize].is(Tag::Between)));
        out.participants.iter().filter(|(_, r)| Some(r) == slot.role.as_ref()).count() < 2 || slot.role.as_deref() != Some("party") || one_way && !x.weak
    });
    if short {
        return None;
    }
    // Symmetric frames whose parties stand in one phrase fill one slot only: that is enough.
    let min = if matches!(frame.kind.as_str(), "meeting" | "call" | "mediation") && a.noun && a.light.is_none() && !a.pronoun { 2 } else { 1 };
    // A doer who is only understood completes an event that has another party.
    if x.weak
        && pronoun_free
        && (out.participants.len() < 2 || talks && !out.mutual || frame.kind == "mediation" && out.participants.iter().all(|(_, r)| r == "party"))
        && (!out.participants.is_empty() || !out.lexical.is_empty() || matches!(frame.kind.as_str(), "coercion" | "protest") && a.at > 0 && light_masdar(d, a.at - 1))
        && let Some(slot) = frame.slots.iter().find(|s| s.subject && s.role.is_some())
        && (a.pronoun || slot.role.as_deref() != Some("target"))
    {
        for &e in x.pronoun.iter().filter(|&&e| slot.takes(d.ent(e).kind)) {
            let organ = d.ent(e).kind == Kind::Organization && d.ent(e).actor.is_some_and(|a| d.lex.actors[a as usize].sector.as_deref() == Some("GOV"));
            let who = if organ && frame.kind == "accord" { state_of(d, e).and_then(|iso| country_ent(d, &iso)).unwrap_or(e) } else { e };
            add(d, &mut out, who, slot, frame.kind == "visit");
        }
    }
    // `المحادثات مع فلان وفلان` alone does not say who talks with them.
    let one_sided = min == 2 && out.participants.len() >= 2 && used.len() == 1 && !out.mutual && (!x.weak || pronoun_free && x.pronoun.is_empty());
    // An attack may be named in one clause and its parties in the next.
    let told_elsewhere = frame.kind == "attack" && out.participants.is_empty();
    if out.participants.len() < min && !told_elsewhere || one_sided {
        return None;
    }
    // `اجتماع ضم الوزير`: one alone is no meeting.
    if frame.kind == "meeting" && !a.noun && out.participants.len() < 2 && frame.slots.iter().any(|s| s.subject && s.lexical()) {
        return None;
    }
    out.single = used.len() == 1;
    for (k, v) in &frame.attributes {
        out.attributes.insert(k.clone(), v.clone().into());
    }
    if frame.anaphoric {
        // Only where the meeting is known: `حضر الاجتماع فلان`, `حضره فلان`, not `حضر فلان الاجتماع الخامس`.
        let first = x.subject.first().map_or(0, |&k| d.s.phrases[k as usize].start as usize);
        let spoken = a.pronoun || sided(d, a) || out.lexical.first().is_some_and(|&t| t < first && d.definite(t)) || out.lexical.first().is_some_and(|&t| t < first && t == a.end);
        if !spoken {
            return None;
        }
        out.score += 3;
    }
    Some(out)
}

/// The city by whose name a state is called, where the article has it as a city, too.
fn capital(d: &Doc, p: &Phrase) -> Option<EntId> {
    let named = d.links_at(p.start as usize).any(|m| m.end == p.end && matches!(m.link, Link::Name(_, NameKind::Capital)));
    let word = |t: u32, letters: u8| d.tokens().fold(t as usize).chars().skip(letters as usize).collect::<String>();
    let city = |m: &&Mention| d.ent(d.root(m.ent)).kind == Kind::Place && m.end == m.start + 1 && word(m.start, m.letters) == word(p.start, p.letters);
    d.s.mentions.iter().filter(|_| named && p.end == p.start + 1).find(city).map(|m| d.root(m.ent))
}

/// The state whose people or things stand behind the anchor (`عسكريين جيبوتيين`, `ضباط من بنين`).
fn strangers(d: &Doc, x: &Around) -> Option<EntId> {
    let plain = |t: usize| d.is_word(t) && d.s.phrase_of[t] == NONE && d.s.time_of[t] == NONE;
    let counts = |t: usize| d.s.cardinal[t] || d.tag(t, Tag::Quantifier) || d.tag(t, Tag::Preposition) || !d.is_word(t) || d.s.time_of[t] != NONE;
    let n = (x.people_from..x.to.min(x.people_from + 8)).find(|&t| !counts(t)).filter(|&t| plain(t) && !d.definite(t) && d.flag(t, Flag::Class))?;
    let adjective = Some(n + 1).filter(|&t| plain(t) && !d.definite(t)).and_then(|t| nationality(d, t));
    adjective.or_else(|| {
        let (_, p) = d.phrase_at(n + 2).filter(|_| d.tag(n + 1, Tag::Partitive))?;
        p.ents.first().map(|&e| d.root(e)).filter(|&e| p.ents.len() == 1 && d.ent(e).kind == Kind::Country)
    })
}

/// `حضر من الجانب …`: the meeting goes without saying.
pub(super) fn sided(d: &Doc, a: &Anchor) -> bool {
    (a.end..(a.end + 3).min(d.len())).any(|t| d.tag(t, Tag::Side))
        || d.phrase_at(a.end + 1).is_some_and(|(_, p)| d.tag(a.end, Tag::Preposition) && d.tag(p.start as usize, Tag::Side))
}

/// Puts an entity into a role. A city that is host stands for its state.
pub(super) fn add(d: &Doc, out: &mut Filled, e: EntId, slot: &Slot, visit: bool) {
    let Some(role) = &slot.role else {
        if d.ent(e).kind == Kind::Place {
            out.place = out.place.or(Some(e));
        }
        return;
    };
    let who = if d.ent(e).kind == Kind::Place {
        out.place = out.place.or(Some(e));
        match d.ent(e).country.as_deref().and_then(|iso| country_ent(d, iso)) {
            Some(c) => c,
            None if role == "host" => return,
            None => e,
        }
    } else if role == "host" && d.ent(e).kind == Kind::Person && visit {
        state_of(d, e).and_then(|iso| country_ent(d, &iso)).unwrap_or(e)
    } else {
        e
    };
    if !out.participants.iter().any(|(x, _)| *x == who) {
        out.participants.push((who, role.clone()));
    }
}

/// Of a masdar's genitive: is it the doer? A state behind a visit is the host, a person the visitor.
pub(super) fn prefers_subject(d: &Doc, frame: &Frame, slot: &Slot, k: u32) -> bool {
    let p = &d.s.phrases[k as usize];
    let Some(&e) = p.ents.first() else { return false };
    let kind = d.ent(e).kind;
    if !slot.takes(kind) {
        return false;
    }
    let object = frame.slots.iter().any(|s| s.object && s.takes(kind));
    // `اعتقال فلان`, `إغلاق القنصلية`: with nothing behind it the genitive is what is done away with.
    if object && matches!(frame.kind.as_str(), "coercion" | "sanction") || object && frame.kind == "attack" && kind == Kind::Person {
        let next = p.end as usize;
        let follows = d.is_word(next)
            && !d.tag(next, Tag::Preposition)
            && !d.tag(next, Tag::Adverb)
            && !d.tag(next, Tag::Conjunction)
            && d.s.time_of[next] == NONE
            && !d.definite(next)
            && !d.s.analyses_at(next).iter().any(|y| y.proclitics.governs() || y.proclitics.joins())
            && clause::verb(d, next).is_none()
            || d.s.cardinal.get(next).copied().unwrap_or(false);
        if !follows {
            return false;
        }
    }
    !(object && frame.kind == "visit" && matches!(kind, Kind::Country | Kind::Place))
}

/// Does the frame name its victim as the subject (`مقتل`, `استشهد`)?
pub(super) fn victims(frame: &Frame) -> bool {
    frame.slots.iter().any(|s| s.subject && s.role.as_deref() == Some("target"))
}
