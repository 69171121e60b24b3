//! Events: a verb or event noun with the right things around it.
//!
//! For each anchor every frame of its lemma is tried; the one with the most of its slots filled wins. Status, date and place come
//! from the words around. What must not live here: the codes of other ontologies (see `record`), who says so (`statements`).

use crate::clause::{self, Governor};
use crate::doc::*;
use crate::phrases::{country_ent, state_of};
use crate::statements::Said;
use sijill_lexicon::inflect::{Gender, Number, Voice};
use sijill_lexicon::{Clitic, Flag, Frame, Kind, Link, NONE, Pos, Reading, Shape, Slot, Tag};
use std::collections::BTreeMap;

/// The most events among which another report of one is looked for; no article has as many.
const NEAREST: usize = 100;

/// An event as found: tokens, local entities.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    pub frame: u32,
    pub kind: String,
    pub status: String,
    pub participants: Vec<(EntId, String)>,
    pub date: Option<String>,
    pub place: Option<EntId>,
    /// Several places of as many events.
    places: Vec<EntId>,
    /// Tokens of the class words that filled its slots.
    lexical: Vec<usize>,
    /// Who filled the subject's slot, and whether two in one phrase are both sides.
    side: Vec<EntId>,
    mutual: bool,
    /// Index of its sentence.
    sentence: usize,
    /// Its words tell of victims (`مقتل`, `أصيب`): the violence itself may be told beside it.
    victims: bool,
    /// Somebody takes part by name, not by a pronoun or a guess.
    sure: bool,
    /// Reported as a happening by its own words.
    firm: bool,
    /// Claims or is charged with violence told of elsewhere.
    claim: bool,
    pub evidence: Vec<(u32, u32)>,
    pub attributes: BTreeMap<String, serde_json::Value>,
    pub anchor: u32,
    /// In the headline.
    pub headline: bool,
    pub rule: &'static str,
    /// Index of the statement in whose content it stands.
    pub within: Option<usize>,
}

/// Things around an anchor that may fill slots.
struct Around {
    subject: Vec<u32>,
    /// Bare noun phrases behind the verb, behind the subject.
    objects: Vec<u32>,
    /// The construct's second part.
    genitive: Option<u32>,
    /// Phrase and lemma of its preposition.
    prepositional: Vec<(u32, u32)>,
    /// Who a pronoun on the anchor stands for.
    pronoun: Vec<EntId>,
    /// Whom a preposition with a pronoun means (`بينهما`, `معه`), and the preposition's lemma.
    bound: Vec<(Vec<EntId>, u32)>,
    /// The pronoun is not written: somebody else must take part, too.
    weak: bool,
    passive: bool,
    /// The state that an adjective names as the doer (`مقاتلات تركية`, `غارة أمريكية`).
    adjective: Option<EntId>,
    /// Two states whose adjectives follow the noun (`المحادثات الأمريكية الروسية`).
    both: Vec<EntId>,
    /// The object that a pronoun on the verb is taken for.
    near: Option<u32>,
    /// Who comes again as a pronoun behind the verb (`أفرجت عنه`).
    resumed: Vec<EntId>,
    /// The light verb's subject suffers what the noun names (`تعرض لهجوم`).
    suffering: bool,
    /// The state or place that saw it.
    scene: Option<EntId>,
    /// Where the words for its people or things may begin.
    people_from: usize,
    /// The two whom a dual pronoun on the verb means (`لقاء جمعهما`).
    met: Vec<EntId>,
    from: usize,
    to: usize,
}

#[derive(Clone)]
struct Anchor {
    at: usize,
    end: usize,
    noun: bool,
    reading: Option<Reading>,
    frames: Vec<u32>,
    /// Of a verb: the reading by which each frame is meant, where it is not `reading` (`تلقى`: he received, it is cast).
    readings: Vec<Reading>,
    pronoun: bool,
    light: Option<LightVerb>,
}

#[derive(Clone, Copy)]
struct LightVerb {
    at: usize,
    reading: Reading,
    light: u32,
    future: bool,
}

/// The statements by the words they hold: every event asks where it stands among them.
struct Spoken<'a> {
    said: &'a [Said],
    /// For each token the last statement whose content holds it, or `NONE`.
    holder: Vec<u32>,
    /// The statements by where their content begins.
    order: Vec<u32>,
}

impl<'a> Spoken<'a> {
    fn new(said: &'a [Said], tokens: usize) -> Self {
        let mut holder = vec![NONE; tokens];
        for (k, s) in said.iter().enumerate() {
            if let Some(content) = holder.get_mut(s.content.0 as usize..tokens.min(s.content.1 as usize)) {
                content.fill(k as u32);
            }
        }
        let mut order: Vec<u32> = (0..said.len() as u32).collect();
        order.sort_by_key(|&k| said[k as usize].content.0);
        Self { said, holder, order }
    }

    /// The statement whose content holds token `i`; of nested ones the last.
    fn holding(&self, i: usize) -> Option<usize> {
        self.holder.get(i).filter(|&&k| k != NONE).map(|&k| k as usize)
    }

    /// The contents that begin behind token `i` and before `to`, but for that of statement `but`.
    fn behind(&self, i: usize, to: usize, but: Option<usize>) -> Vec<(usize, usize)> {
        let from = self.order.partition_point(|&k| self.said[k as usize].content.0 as usize <= i);
        let contents = self.order[from..].iter().map(|&k| (k as usize, self.said[k as usize].content));
        contents.take_while(|(_, c)| (c.0 as usize) < to).filter(|(k, _)| Some(*k) != but).map(|(_, c)| (c.0 as usize, c.1 as usize)).collect()
    }
}

pub(crate) fn find(d: &Doc, said: &[Said], headline_end: usize) -> Vec<Happening> {
    let spoken = Spoken::new(said, d.len());
    let mut out = Vec::new();
    let mut topic: Vec<EntId> = Vec::new();
    // Tokens that an event has used as its class word are no events of their own.
    let mut used = vec![false; d.len()];
    for (k, s) in d.s.sentences.iter().enumerate() {
        let (from, to) = (s.start as usize, s.end as usize);
        if d.s.junk[from] {
            continue;
        }
        let own_topic = topic_of(d, from, to);
        let here = if own_topic.is_empty() { topic.clone() } else { own_topic.clone() };
        let mut i = from;
        while i < to {
            let Some(anchor) = anchor_at(d, i, from, to) else {
                i += 1;
                continue;
            };
            let next = anchor.end.max(i + 1);
            if used[i] {
                i += 1;
                continue;
            }
            if let Some(mut h) = read(d, &anchor, (from, to, headline_end), &here, &spoken) {
                for &t in &h.lexical {
                    let end = d.links_at(t).filter(|m| matches!(m.link, Link::Class(..) | Link::Words(_))).map(|m| m.end as usize).max().unwrap_or(t + 1);
                    used[t..end.clamp(t + 1, d.len())].fill(true);
                    // `برقيتي تهنئة`: its genitive is no message of its own.
                    if h.kind == "message" && t + 1 < to && d.flag(t + 1, Flag::NounFrame) && !d.definite(t) {
                        used[t + 1] = true;
                    }
                }
                h.headline = to <= headline_end;
                h.sentence = k;
                if split(d, &anchor, &h, from, to, &mut out) {
                    i = next;
                    continue;
                }
                // `مرتين في شيآن وبكين`: one event a place.
                for place in h.places.split_off(h.places.len().min(1)) {
                    out.push(Happening { place: Some(place), places: Vec::new(), ..h.clone() });
                }
                out.push(h);
            }
            i = next;
        }
        if !own_topic.is_empty() {
            topic = own_topic;
        }
    }
    let out = fuse(d, out);
    let mut out = merge(d, out);
    inherit(d, &mut out);
    settle(d, &mut out);
    out
}

/// Violence and its deaths told in one sentence are one attack (`قتل خمسة من … في غارة شنها …`). What has no participant of its own
/// only adds to its neighbour.
fn fuse(d: &Doc, list: Vec<Happening>) -> Vec<Happening> {
    let mut out: Vec<Happening> = Vec::new();
    for h in list {
        if h.kind == "attack"
            && let Some(o) = out.iter_mut().rev().take(4).find(|o| linked(d, o, &h) || again(d, o, &h))
        {
            join(d, o, h);
            continue;
        }
        out.push(h);
    }
    out.retain(|h| !h.participants.is_empty() && h.firm);
    out
}

fn linked(d: &Doc, a: &Happening, b: &Happening) -> bool {
    let (p, q) = (a.anchor as usize, b.anchor as usize);
    if a.kind != "attack" || a.sentence != b.sentence || q < p || q - p > 32 || a.within != b.within && !a.participants.is_empty() && !b.participants.is_empty() {
        return false;
    }
    if (p..q).any(|t| d.tag(t, Tag::Apart) || d.links_at(t).any(|m| matches!(m.link, Link::Tag(Tag::Apart))) || matches!(d.mark(t), Some('\u{061B}' | ';'))) {
        return false;
    }
    if a.status != b.status || !days(a, b) || !spots(d, a, b) {
        return false;
    }
    let has = |h: &Happening, role: &str| h.participants.iter().any(|(_, r)| r == role);
    let bare = a.participants.is_empty() || b.participants.is_empty();
    let noun = b.rule != "verb-frame";
    let victims = a.victims || b.victims;
    bare && (victims || noun) || victims && (noun || a.rule != "verb-frame") && !(has(a, "actor") && has(b, "actor"))
}

/// `وتبنى التنظيم الهجوم`, `أسفر القصف عن مقتل …`: the violence told of in the sentences before.
fn again(d: &Doc, a: &Happening, b: &Happening) -> bool {
    let known = b.rule != "verb-frame" && d.definite(b.anchor as usize) && d.flag(b.anchor as usize, Flag::NounFrame) || b.claim;
    let has = |h: &Happening, role: &str| h.participants.iter().any(|(_, r)| r == role);
    let apart = has(a, "actor") && has(b, "actor") || has(a, "target") && has(b, "target");
    known && a.kind == "attack" && b.sentence > a.sentence && b.sentence <= a.sentence + 3 && days(a, b) && spots(d, a, b) && !apart && a.status == "occurred"
}

fn join(d: &Doc, into: &mut Happening, h: Happening) {
    if !into.sure && h.sure {
        // A name goes before a guess.
        into.participants.retain(|(_, r)| !h.participants.iter().any(|(_, x)| x == r));
    }
    let (empty, guessed) = (into.participants.is_empty(), into.sure && !h.sure);
    for (e, r) in h.participants {
        if !guessed && !into.participants.iter().any(|(x, _)| *x == e) {
            into.participants.push((e, r));
        }
    }
    into.date = into.date.take().or(h.date);
    into.place = finer(d, into.place, h.place);
    for (k, v) in h.attributes {
        into.attributes.entry(k).or_insert(v);
    }
    // Two that are named, or deaths and their cause, are a report.
    into.firm |= h.firm || h.sure && into.sure || (into.victims || h.victims) && (h.sure || into.sure);
    into.sure |= h.sure;
    into.victims &= h.victims;
    // Evidence proves the participants first.
    if empty {
        into.evidence.splice(0..0, h.evidence);
    } else {
        into.evidence.extend(h.evidence);
    }
}

/// Do the dates agree, or is one open?
fn days(a: &Happening, b: &Happening) -> bool {
    let (Some(x), Some(y)) = (&a.date, &b.date) else { return true };
    let (x, y) = (x.trim_end_matches('?'), y.trim_end_matches('?'));
    x.starts_with(y) || y.starts_with(x) || x.contains('/') || y.contains('/')
}

/// Do the places agree, or is one open, or one in the other?
fn spots(d: &Doc, a: &Happening, b: &Happening) -> bool {
    let (Some(x), Some(y)) = (a.place, b.place) else { return true };
    let inside = |p: EntId, q: EntId| d.ent(q).kind == Kind::Country && d.ent(p).country == d.ent(q).country;
    x == y || inside(x, y) || inside(y, x)
}

/// Of two places of one event the one inside the other.
fn finer(d: &Doc, a: Option<EntId>, b: Option<EntId>) -> Option<EntId> {
    match (a, b) {
        (Some(x), Some(y)) if d.ent(x).kind == Kind::Country && d.ent(y).kind == Kind::Place && d.ent(y).country == d.ent(x).country => Some(y),
        (a, b) => a.or(b),
    }
}

/// Two hosts are two visits; meetings "respectively" are one each.
fn split(d: &Doc, a: &Anchor, h: &Happening, from: usize, to: usize, out: &mut Vec<Happening>) -> bool {
    let hosts: Vec<EntId> = h.participants.iter().filter(|(e, r)| r == "host" && d.ent(*e).kind == Kind::Country).map(|p| p.0).collect();
    if h.kind == "visit" && hosts.len() > 1 {
        for host in hosts {
            let mut one = h.clone();
            one.participants.retain(|(e, r)| r != "host" || *e == host);
            one.place = Some(host);
            out.push(one);
        }
        return true;
    }
    // A call has two ends: `تلقى اتصالين من فلان وفلان`.
    if h.kind == "call" && h.participants.len() == 3 && !h.mutual {
        let people: Vec<EntId> = h.participants.iter().map(|p| p.0).filter(|&e| d.ent(e).kind == Kind::Person).collect();
        let states: Vec<Option<String>> = people.iter().map(|&e| state_of(d, e)).collect();
        if people.len() == 3
            && h.side.len() == 1
            && people.contains(&h.side[0])
            && states.iter().all(Option::is_some)
            && states[0] != states[1]
            && states[1] != states[2]
            && states[0] != states[2]
        {
            for (e, role) in h.participants.iter().filter(|(e, _)| *e != h.side[0]) {
                let mut one = h.clone();
                one.participants = vec![(h.side[0], role.clone()), (*e, role.clone())];
                out.push(one);
            }
            return true;
        }
    }
    let each = (from..to).any(|t| d.tag(t, Tag::Respectively) || d.links_at(t).any(|m| matches!(m.link, Link::Tag(Tag::Respectively))));
    if h.kind == "meeting" && each && !a.noun && h.participants.len() > 2 {
        let r = a.reading.unwrap_or_else(|| unreachable!("a verb anchor has its reading"));
        let Some(p) = clause::subject(d, a.at, &r, from, to).phrase else { return false };
        let own: Vec<EntId> = d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).collect();
        if own.len() != 1 {
            return false;
        }
        for (e, role) in h.participants.iter().filter(|(e, _)| !own.contains(e)) {
            let mut one = h.clone();
            one.participants = vec![(own[0], role.clone()), (*e, role.clone())];
            out.push(one);
        }
        return true;
    }
    false
}

/// What happens during or right after a dated event takes its date and place: an undated event of two parties that met in a dated
/// one, the nearest in the text.
fn inherit(d: &Doc, list: &mut [Happening]) {
    let sides = |h: &Happening| -> Vec<String> {
        let mut out: Vec<String> = h.participants.iter().map(|(e, _)| state_of(d, *e).unwrap_or_else(|| format!("#{e}"))).collect();
        out.sort();
        out.dedup();
        out
    };
    let phase = |h: &Happening| match h.status.as_str() {
        "planned" | "proposed" => 1,
        "cancelled" | "denied" => 2,
        _ => 0,
    };
    for k in 0..list.len() {
        if list[k].date.is_some() && list[k].place.is_some() || list[k].date.is_some() && list[k].kind == "visit" {
            continue;
        }
        if matches!(list[k].kind.as_str(), "attack" | "coercion" | "protest" | "office" | "sanction" | "mobilisation") {
            continue;
        }
        let own = sides(&list[k]);
        let best = (k.saturating_sub(NEAREST)..list.len().min(k + NEAREST))
            .filter(|&j| j != k && list[j].date.as_deref().is_some_and(|x| x.len() >= 10) && phase(&list[j]) == phase(&list[k]))
            .filter(|&j| {
                let other = sides(&list[j]);
                let common = own.iter().filter(|s| other.contains(s)).count();
                common >= 2 || common == 1 && own.len() == 1 && list[j].within == list[k].within && list[j].anchor.abs_diff(list[k].anchor) < 60
            })
            .min_by_key(|&j| list[j].anchor.abs_diff(list[k].anchor));
        if let Some(j) = best {
            let (date, place) = (list[j].date.clone(), list[j].place);
            let same_day = list[k].date.as_ref().is_none_or(|x| Some(x) == date.as_ref());
            if list[k].date.is_none() {
                list[k].date = date;
            }
            if list[k].place.is_none() && same_day {
                list[k].place = place;
            }
        }
    }
}

/// Who travels meets where he travels to: an event without a place takes that of the nearest visit of one who takes part, or of the
/// nearest meeting of the same parties.
fn settle(d: &Doc, list: &mut [Happening]) {
    let ahead = |h: &Happening| matches!(h.status.as_str(), "planned" | "proposed");
    for k in 0..list.len() {
        if list[k].place.is_some() || !matches!(list[k].kind.as_str(), "meeting" | "gathering" | "signing" | "accord") {
            continue;
        }
        let best = (k.saturating_sub(NEAREST)..list.len().min(k + NEAREST))
            .filter(|&j| j != k && list[j].place.is_some() && ahead(&list[j]) == ahead(&list[k]) && days(&list[j], &list[k]) && list[j].anchor.abs_diff(list[k].anchor) < 150)
            .filter(|&j| {
                let common = list[k].participants.iter().filter(|(e, _)| list[j].participants.iter().any(|(x, r)| x == e && r != "host")).count();
                if list[j].kind == "visit" { common >= 1 && list[k].kind != "accord" } else { common >= 2 && list[j].kind == "meeting" }
            })
            // A state is the place of what is told in the same breath only.
            .filter(|&j| list[j].place.is_some_and(|p| d.ent(p).kind == Kind::Place) || list[j].anchor.abs_diff(list[k].anchor) < 15)
            .min_by_key(|&j| list[j].anchor.abs_diff(list[k].anchor));
        if let Some(j) = best {
            list[k].place = list[j].place;
        }
    }
}

/// Whom the sentence is about: the subject of its first finite verb that has one.
fn topic_of(d: &Doc, from: usize, to: usize) -> Vec<EntId> {
    for i in from..to {
        let Some((_, r)) = clause::verb(d, i) else { continue };
        // Who acts in a relative clause is not the one of whom the sentence tells.
        if i > from && d.tag(i - 1, Tag::Relative) {
            continue;
        }
        let s = clause::subject(d, i, &r, from, to);
        if let Some(p) = s.phrase {
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
fn watcher(d: &Doc, e: EntId) -> bool {
    d.ent(e).actor.is_some_and(|a| matches!(d.lex.actors[a as usize].sector.as_deref(), Some("JRN" | "NGO")))
}

fn medium(d: &Doc, e: EntId) -> bool {
    d.ent(e).actor.is_some_and(|a| d.lex.actors[a as usize].sector.as_deref() == Some("JRN"))
}

/// The subject that a verb without its own goes on with: that of the nearest verb before it (`سيحضر الرئيس … وسيجري زيارة`).
fn carried(d: &Doc, at: usize, r: &Reading, from: usize) -> Vec<EntId> {
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
            return d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).filter(|&e| !medium(d, e)).collect();
        }
    }
    Vec::new()
}

/// The state whose adjective stands at token `t`, where the article names it.
fn demonym(d: &Doc, t: usize) -> Option<EntId> {
    if t >= d.len() || !d.flag(t, Flag::Demonym) && d.links_at(t).next().is_none() {
        return None;
    }
    let actor = d.links_at(t).find_map(|m| if let Link::Demonym(a) = m.link { Some(a) } else { None }).or_else(|| {
        if !d.flag(t, Flag::Demonym) {
            return None;
        }
        // `فلسطينيين` are people, not the adjective of something.
        d.readings(t)
            .filter(|(_, r)| r.number() == Number::Singular)
            .find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Demonym(a) = l { Some(*a) } else { None }))
    })?;
    d.s.ents.iter().position(|e| e.kind == Kind::Country && e.actor == Some(actor)).map(|e| d.root(e as EntId))
}

/// The two states whose adjectives stand behind a noun one after the other.
fn two_states(d: &Doc, from: usize) -> Vec<EntId> {
    let mut out = Vec::new();
    let mut t = from;
    while t < (from + 6).min(d.len()) && out.len() < 2 {
        if d.dash(t) {
            t += 1;
            continue;
        }
        let end = d.links_at(t).filter(|m| matches!(m.link, Link::Demonym(_))).map(|m| m.end as usize).max().unwrap_or(t + 1);
        match demonym(d, t) {
            Some(e) if !out.contains(&e) => out.push(e),
            // `الحوار الاستراتيجي المصري الأمريكي`: another adjective first.
            None if out.is_empty() && t < from + 2 && d.is_word(t) && d.s.tags[t] == 0 && d.phrase(t).is_none() && d.definite(t) == d.definite(from - 1) => {}
            _ => break,
        }
        t = end;
    }
    if out.len() < 2 {
        out.clear();
    }
    out
}

/// The state whose adjective follows an unnamed group, at once or behind another adjective.
fn nationality(d: &Doc, t: usize) -> Option<EntId> {
    (t..(t + 2).min(d.len())).take_while(|&t| d.is_word(t) && d.phrase_at(t).is_none()).find_map(|t| {
        let actor = d.readings(t).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Demonym(a) = l { Some(*a) } else { None }))?;
        d.s.ents.iter().position(|e| e.kind == Kind::Country && e.actor == Some(actor)).map(|e| d.root(e as EntId))
    })
}

/// The state whose adjective qualifies the unnamed subject at `from` (`مقاتلات تركية`).
fn qualified(d: &Doc, from: usize, to: usize) -> Option<EntId> {
    (from..(from + 3).min(to)).take_while(|&t| d.is_word(t) && d.phrase_at(t).is_none_or(|(_, p)| p.unnamed)).skip(1).find_map(|t| demonym(d, t))
}

fn anchor_at(d: &Doc, i: usize, from: usize, to: usize) -> Option<Anchor> {
    if d.s.junk[i] || d.s.time_of[i] != NONE || !d.is_word(i) {
        return None;
    }
    if let Some((_, p)) = d.phrase(i).filter(|(_, p)| !p.unnamed) {
        // The name of a summit series is itself the event noun (`قمة مجموعة العشرين`).
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
        if frames.is_empty() || spoken.is_none() && !timed {
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

/// The light verb that this event noun completes (`أجرى الوزير أمس محادثات`).
fn light(d: &Doc, n: usize, from: usize) -> Option<LightVerb> {
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
                // `ستختتم بالتوقيع في نهاية الزيارة`: the visit is not what is concluded.
                let own = d.s.analyses_at(n).iter().find(|a| a.readings.0 != a.readings.1).map(|a| a.proclitics).unwrap_or_default();
                let behind = n > b + 1 && !d.tag(n - 1, Tag::Quantifier) && (d.tag(n - 1, Tag::Setting) || clause::preposition(d, n - 1).is_some());
                if (behind || own.governs()) && l.prepositions.is_empty() {
                    return None;
                }
                let with = d.s.analyses_at(n).iter().any(|a| a.readings.0 != a.readings.1 && a.proclitics.governs());
                let governs = (l.object || l.impersonal) && !with || {
                    let c = d.s.analyses_at(n).iter().find(|a| a.proclitics.governs()).map(|a| a.proclitics).unwrap_or_default();
                    clause::clitic_preposition(d, c).is_some_and(|p| l.prepositions.contains(&p))
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

/// An anchor with what its best frame found.
struct Attempt {
    score: i32,
    frame: u32,
    filled: Filled,
    around: Around,
    anchor: Anchor,
}

/// The best frame of an anchor, each with the reading by which it is meant.
fn best_of(d: &Doc, a: &Anchor, from: usize, to: usize, topic: &[EntId], spoken: &Spoken) -> Option<Attempt> {
    let mut groups: Vec<Anchor> = Vec::new();
    for (k, &f) in a.frames.iter().enumerate() {
        let reading = a.readings.get(k).copied().or(a.reading);
        match groups.iter_mut().find(|g| g.reading == reading) {
            Some(g) => g.frames.push(f),
            None => groups.push(Anchor { reading, frames: vec![f], ..a.clone() }),
        }
    }
    // `تسلم الرئيس`: he took over, where another reading would want a woman.
    let masculine = |g: &Anchor| g.reading.is_some_and(|r| r.person() == 3 && r.gender() != sijill_lexicon::inflect::Gender::Feminine);
    if !a.noun && groups.len() > 1 && groups.iter().any(masculine) {
        let man = groups.iter().filter(|g| masculine(g)).filter_map(|g| g.reading).find_map(|r| clause::subject_behind(d, a.at, &r, to).phrase).is_some_and(|k| {
            let p = &d.s.phrases[k as usize];
            p.ents.len() == 1 && d.ent(d.root(p.ents[0])).kind == Kind::Person && d.ent(d.root(p.ents[0])).feminine != Some(true)
        });
        if man {
            groups.retain(masculine);
        }
    }
    let mut best: Option<Attempt> = None;
    for g in groups {
        if let Some(x) = attempt(d, g, from, to, topic, spoken)
            && best.as_ref().is_none_or(|b| x.score > b.score)
        {
            best = Some(x);
        }
    }
    best
}

fn attempt(d: &Doc, a: Anchor, from: usize, to: usize, topic: &[EntId], spoken: &Spoken) -> Option<Attempt> {
    let said = spoken.said;
    let outer = spoken.holding(a.at).map(|k| &said[k]);
    // In direct speech the third person is not the one who speaks; within what is said the subjects of that come first.
    let others: Vec<EntId> = topic.iter().copied().filter(|e| !outer.is_some_and(|s| s.direct && s.speakers.contains(e))).collect();
    let opens = outer.map_or(from, |s| from.max(s.content.0 as usize));
    let mut around = around(d, &a, (from, opens), to, &others);
    let speakers = outer.map(|s| s.speakers.clone()).unwrap_or_default();
    if !a.noun && a.reading.is_some_and(|r| r.person() == 1) {
        // `التقيت`, `اتفقنا` in speech: the speaker. Elsewhere the letters mean something else (`أقلته`).
        let quoted = outer.is_some_and(|s| s.direct) || d.s.quotes.iter().any(|q| q.open as usize <= a.at && a.at < q.close as usize);
        if speakers.is_empty() || !quoted {
            return None;
        }
        around.subject.clear();
        around.pronoun = speakers.clone();
    }
    if a.noun && a.pronoun {
        // `زيارتك`: whom the speaker addresses; `زيارتي`: the speaker.
        let person = d.s.analyses_at(a.at).iter().find_map(|x| x.pronoun()).map_or(3, |p| d.lex.enclitics[p].person);
        match person {
            1 => around.pronoun = speakers.clone(),
            2 => around.pronoun = outer.map(|s| s.targets.clone()).unwrap_or_default(),
            _ => {}
        }
        // Somebody else must take part in what is done to somebody.
        around.weak |= a.frames.iter().any(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "attack" | "coercion" | "protest" | "sanction" | "mobilisation"));
    }
    if a.noun && around.subject.is_empty() && around.pronoun.is_empty() && a.light.is_none() {
        around.pronoun = doer(d, &a, from, said);
        if around.pronoun.is_empty()
            && a.at > from
            && d.flag(a.at - 1, Flag::Speech)
            && clause::verb(d, a.at - 1).is_some_and(|(_, r)| r.person() == 3 && r.voice() == Voice::Active)
        {
            // `أعلنت استدعاء سفيرها`: the one the text goes on speaking of.
            around.pronoun = others.clone();
        }
        around.weak = true;
    }
    let counterpart = a.noun
        && a.frames.iter().any(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "meeting" | "call"))
        && around.subject.is_empty()
        && around.genitive.is_none()
        && (around.pronoun.is_empty() || around.weak)
        && around.prepositional.iter().any(|&(k, _)| (d.s.phrases[k as usize].start..d.s.phrases[k as usize].end).take(2).any(|t| d.tag(t as usize, Tag::Counterpart)));
    if counterpart && others.len() == 1 && d.ent(others[0]).kind == Kind::Person {
        // `قبل لقاء مع نظيره`: he of whom the sentence tells.
        around.pronoun = others.clone();
    }
    let mut best: Option<(i32, u32, Filled)> = None;
    for &f in &a.frames {
        let frame = &d.lex.frames[f as usize];
        if frame.carried && a.noun && a.light.is_none() || otherwise(d, &a, frame, to) {
            continue;
        }
        if let Some(filled) = fill(d, &a, &around, frame) {
            // A summit of two is a meeting.
            let two = frame.kind == "gathering" && filled.participants.len() == 2 && filled.participants.iter().all(|(_, r)| r == "party");
            let score = filled.score - if two { 3 } else { 0 };
            if best.as_ref().is_none_or(|(s, _, _)| score > *s) {
                best = Some((score, f, filled));
            }
        }
    }
    if best.is_none() && !a.noun && around.pronoun.is_empty() && !around.passive {
        // `وصل فلان حيث يلتقي الوزير`: the one behind the verb is met by him of whom the sentence tells.
        let own: Vec<EntId> = around.subject.iter().flat_map(|&k| d.s.phrases[k as usize].ents.iter().map(|&e| d.root(e))).collect();
        let behind = around.subject.first().is_some_and(|&k| d.s.phrases[k as usize].start as usize > a.at);
        let topic = a.reading.and_then(|r| clause::subject_before(d, a.at, &r, opens)).map(|k| d.s.phrases[k as usize].ents.iter().map(|&e| d.root(e)).collect::<Vec<EntId>>());
        let before = topic.or_else(|| a.reading.map(|r| carried(d, a.at, &r, opens))).unwrap_or_default();
        // `أوفدت الحكومة فلانا … حيث التقى`: the nearest one named.
        let where_ = a.at > 0 && d.tag(a.at - 1, Tag::Subordinator);
        let who: Vec<EntId> = if where_ {
            near_topic(d, a.at, from, &others)
        } else if before.is_empty() {
            others.clone()
        } else {
            before
        };
        let met = around.subject.first().map_or(a.end, |&k| d.s.phrases[k as usize].end as usize);
        if behind && begins(d, a.at) && bare_end(d, met, to) && !who.is_empty() && !who.iter().any(|e| own.contains(e)) {
            let mut objects = std::mem::take(&mut around.subject);
            objects.append(&mut around.objects);
            around.objects = objects;
            around.pronoun = who;
            for &f in a.frames.iter().filter(|&&f| matches!(d.lex.frames[f as usize].kind.as_str(), "meeting" | "call" | "visit")) {
                if let Some(filled) = fill(d, &a, &around, &d.lex.frames[f as usize]) {
                    let score = filled.score - 1;
                    if best.as_ref().is_none_or(|(s, _, _)| score > *s) {
                        best = Some((score, f, filled));
                    }
                }
            }
        }
    }
    let (score, frame, filled) = best?;
    Some(Attempt { score, frame, filled, around, anchor: a })
}

fn read(d: &Doc, a: &Anchor, (from, to, headline_end): (usize, usize, usize), topic: &[EntId], spoken: &Spoken) -> Option<Happening> {
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
    let status = status(d, a, &around, frame, from, to <= headline_end)?;
    let within = spoken.holding(a.at);
    // A statement's content bounds where its events find time and place.
    let (lo, hi) = match within {
        Some(k) => (from.max(spoken.said[k].content.0 as usize), to.min(spoken.said[k].content.1 as usize)),
        None => (from, to),
    };
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
        place: filled.place.or_else(|| places.first().copied()).or(around.scene),
        places: if several { places } else { Vec::new() },
        lexical: filled.lexical,
        side: filled.side,
        mutual: filled.mutual,
        sentence: 0,
        victims: frame.kind == "attack" && (around.passive || victims(frame)),
        sure: filled.named > 0,
        claim: frame.claim,
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
        if h.status == "occurred" && found.first.zip(d.s.today).is_some_and(|(f, today)| f > today) {
            h.status = "planned".into();
        }
        if h.status == "planned"
            && let Some(v) = crate::calendar::weekday_forward(found, &d.s.anchors())
        {
            h.date = Some(v);
        }
    }
    if h.kind == "visit" && h.place.is_none() {
        h.place = h.participants.iter().find(|(_, r)| r == "host").map(|(e, _)| *e).filter(|&e| d.ent(e).kind == Kind::Country);
    }
    people_first(d, &mut h.participants, &h.kind);
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

/// The people where people are named, else the state: a state whose official takes part in the same role does not stand beside him.
fn people_first(d: &Doc, list: &mut Vec<(EntId, String)>, kind: &str) {
    if !matches!(kind, "meeting" | "call" | "message" | "signing" | "accord") {
        return;
    }
    let officials: Vec<(String, String)> = list.iter().filter(|(e, _)| d.ent(*e).kind == Kind::Person).filter_map(|(e, r)| Some((state_of(d, *e)?, r.clone()))).collect();
    let left = list.iter().filter(|(e, r)| !(d.ent(*e).kind == Kind::Country && officials.iter().any(|(iso, role)| role == r && Some(iso) == d.ent(*e).country.as_ref()))).count();
    if left >= 2 || left == list.len() {
        list.retain(|(e, r)| !(d.ent(*e).kind == Kind::Country && officials.iter().any(|(iso, role)| role == r && Some(iso) == d.ent(*e).country.as_ref())));
    }
}

/// Does a word near the anchor give it another meaning (`احتل المرتبة`)?
fn otherwise(d: &Doc, a: &Anchor, frame: &Frame, to: usize) -> bool {
    !frame.except.is_empty()
        && (a.at.saturating_sub(2)..to.min(a.end + 7))
            .filter(|&t| t < a.at || t >= a.end)
            .any(|t| d.is_word(t) && (a.end..t).all(|x| !d.is_break(x) && !d.comma(x)) && d.readings(t).any(|(_, r)| frame.except.contains(&r.lemma)))
}

/// `تخفيف العقوبات`: the masdar before the noun is the event.
fn eases(d: &Doc, t: usize) -> bool {
    d.flag(t, Flag::NounFrame)
        && d.readings(t).any(|(_, r)| d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::NounFrame(f) if d.lex.frames[*f as usize].kind == "concession")))
}

/// Who attends is a long list over commas, offices and blessings between the names: every person of it that nothing governs.
fn attendants(d: &Doc, a: &Anchor, frame: &Frame, to: usize, out: &mut Filled) {
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

/// Is it reported as a happening, not merely spoken of (`وقف الاعتداءات`, `وصول المساعدات`)? A noun alone needs a date, a place, a
/// number or two who are named; a verb of violence needs more than a subject carried over.
fn firm(d: &Doc, a: &Anchor, x: &Around, frame: &Frame, filled: &Filled, status: &str, set: bool) -> bool {
    if !a.noun {
        let alone = filled.participants.len() < 2 && filled.lexical.is_empty();
        let left = x.subject.is_empty() && filled.named == 0;
        return !(matches!(frame.kind.as_str(), "attack" | "coercion") && alone && (left || a.pronoun && !x.passive));
    }
    if a.light.is_some() || set || filled.named >= 2 || a.pronoun && filled.participants.len() >= 2 || filled.named >= 1 && !filled.lexical.is_empty() {
        return true;
    }
    if frame.kind == "attack" && victims(frame) && filled.named >= 1 {
        return true;
    }
    let counted = a.at > 0 && d.text[d.tokens()[a.at - 1].start as usize..d.tokens()[a.at - 1].end as usize].chars().all(char::is_numeric);
    let two = filled.named >= 1 && filled.participants.len() >= 2;
    match frame.kind.as_str() {
        "attack" | "coercion" | "protest" | "mobilisation" => counted,
        "sanction" | "aid" => counted || two,
        "accord" | "cooperation" | "gathering" | "concession" | "retreat" | "signing" => status != "occurred" || counted || two,
        _ => true,
    }
}

/// Is the word a thing that the verb's frames ask for as object, not somebody?
fn matter(d: &Doc, a: &Anchor, t: usize) -> bool {
    let asked = |l: &Link| {
        a.frames.iter().flat_map(|&f| &d.lex.frames[f as usize].slots).any(|s| s.object && matches!(l, Link::Class(c, _) if s.classes.contains(c)))
            || matches!(l, Link::Words(w) if a.frames.iter().flat_map(|&f| &d.lex.frames[f as usize].slots).any(|s| s.object && s.words.contains(w)))
    };
    let hit = || d.links_at(t).any(|m| asked(&m.link)) || d.readings(t).any(|(_, r)| d.lex.lemma(&r).links.iter().any(asked));
    d.is_word(t) && d.s.phrase_of[t] == NONE && !d.flag(t, Flag::OrgHead) && !d.flag(t, Flag::Unnamed) && d.s.tags[t] == 0 && hit() && begins(d, a.at)
}

/// Right behind a relative whose antecedent nobody knows: the subject is unknown, too (`الجماعة المتشددة التي شنت`).
fn orphan(d: &Doc, v: usize) -> bool {
    v > 0 && d.tag(v - 1, Tag::Relative) && !d.s.analyses_at(v).iter().any(|x| x.readings.0 != x.readings.1 && x.pronoun().is_some())
}

/// Does no other noun follow that could be the verb's object, before the clause ends?
fn bare_end(d: &Doc, from: usize, to: usize) -> bool {
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

/// Does the verb begin its clause, so that nobody unknown stands before it as its subject?
fn begins(d: &Doc, v: usize) -> bool {
    let joined = d.s.analyses_at(v).iter().any(|x| x.readings.0 != x.readings.1 && x.proclitics.joins());
    let Some(b) = v.checked_sub(1) else { return true };
    let opens = [Tag::That, Tag::Subordinator, Tag::Conjunction, Tag::VerbParticle, Tag::Setting, Tag::Auxiliary].into_iter().any(|t| d.tag(b, t));
    // `زيارة يلتقي خلالها`: a clause of that noun.
    let of_noun = d.tag(v + 1, Tag::Bound) && (b.saturating_sub(1)..=b).any(|n| d.is_word(n) && !d.definite(n) && d.flag(n, Flag::NounFrame));
    joined || d.is_break(b) || d.comma(b) || d.mark(b).is_some() || opens || of_noun
}

/// `عقد اجتماعا`, `يجري مباحثات`: somebody does it; `عقدت قمة` may as well be passive.
fn active(d: &Doc, l: LightVerb, a: &Anchor) -> bool {
    let accusative = d.ends(a.at, Shape::Accusative) && d.tokens().fold(a.at).chars().count() > 3 && !d.definite(a.at);
    let feminine = d.readings(a.at).any(|(_, r)| !r.pos().finite() && (r.gender() == sijill_lexicon::inflect::Gender::Feminine || r.number() == Number::Plural));
    let told = l.at > 0 && d.tag(l.at - 1, Tag::That) && !bare_that(d, l.at - 1);
    accusative || told || feminine != (l.reading.gender() == sijill_lexicon::inflect::Gender::Feminine)
}

/// The persons or states last listed before a token (`الرئيس فلان والرئيس فلان … جمعتهم`).
fn last_list(d: &Doc, at: usize, from: usize) -> Vec<EntId> {
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

/// Who leads the delegation spoken of between `from` and `to`.
fn leader(d: &Doc, from: usize, to: usize) -> Option<u32> {
    let delegation = (from..to).take_while(|&t| !d.comma(t) && !d.is_break(t)).find(|&t| d.tag(t, Tag::Delegation))?;
    let lead = (delegation + 1..to).take_while(|&t| !d.is_break(t) && !d.tag(t, Tag::Relative)).find(|&t| d.tag(t, Tag::Leading))?;
    let (k, p) = (lead + 1..(lead + 4).min(to)).find_map(|t| d.phrase_at(t))?;
    p.ents.iter().any(|&e| d.ent(d.root(e)).kind == Kind::Person).then_some(k)
}

/// Does the frame name its victim as the subject (`مقتل`, `استشهد`)?
fn victims(frame: &Frame) -> bool {
    frame.slots.iter().any(|s| s.subject && s.role.as_deref() == Some("target"))
}

/// Who does what the verb says. Behind `أنها`, and behind a relative to which the verb has no pronoun (`الضربة التي استهدفت …`), what
/// follows is no subject.
fn subject_of(d: &Doc, v: usize, r: &Reading, from: usize, to: usize) -> clause::Subject {
    let s = clause::subject(d, v, r, from, to);
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
    if !relative && !d.tag(b, Tag::ThatThey) {
        return s;
    }
    let phrase = clause::subject_before(d, v, r, from);
    clause::Subject { phrase, unknown: relative && phrase.is_none(), end: v + 1, behind: false }
}

/// The body behind its people or things: `22 متمردا من …`, `مواقع لتنظيم …`, `تجمعات …`, `قيادي في …`.
fn belonging(d: &Doc, from: usize, to: usize) -> Option<u32> {
    let body =
        |t: usize| d.phrase_at(t).filter(|(_, p)| p.ents.iter().any(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Forum) && !watcher(d, d.root(e)))).map(|(k, _)| k);
    let mut t = from;
    let mut people = false;
    while t < to.min(from + 12) {
        if d.is_break(t) || d.comma(t) || d.tag(t, Tag::That) || d.tag(t, Tag::Relative) || d.tag(t, Tag::Conjunction) {
            return None;
        }
        if let Some(k) = body(t).filter(|_| people) {
            let p = &d.s.phrases[k as usize];
            // A noun or a count right before it.
            let bare = t > from && p.letters == 0 && (d.is_word(t - 1) && !d.definite(t - 1) && d.s.tags[t - 1] == 0 || d.s.cardinal[t - 1]);
            // `من المتمردين الحوثيين`
            let apposed =
                t > from + 1 && p.letters > 0 && !p.proclitics.governs() && d.is_word(t - 1) && d.definite(t - 1) && (d.tag(t - 2, Tag::Partitive) || d.tag(t - 2, Tag::Locative));
            let of = p.proclitics.has(Clitic::For) || bare || apposed || matches!(clause::governor(d, t, p.proclitics), Governor::Noun(n) if n >= from);
            return of.then_some(k);
        }
        // Time and place may stand before them.
        if let Some(time) = d.time_at(t).filter(|_| !people) {
            t = (time.found.end as usize).max(t + 1);
            continue;
        }
        if !people && d.tag(t, Tag::Locative) && d.phrase_at(t + 1).is_some_and(|(_, p)| d.ent(p.ents.first().copied().unwrap_or(0)).kind == Kind::Place && !p.ents.is_empty()) {
            t = d.phrase_at(t + 1).map_or(t + 2, |(_, p)| p.end as usize);
            continue;
        }
        // Unnamed people are what is counted (`ثلاثة من القادة …`).
        if let Some((_, p)) = d.phrase_at(t).filter(|(_, p)| p.unnamed) {
            t = p.end as usize;
            people = true;
            continue;
        }
        if d.phrase(t).is_some() || d.time_at(t).is_some() || d.is_word(t) && clause::verb(d, t).is_some() {
            return None;
        }
        if people && d.tag(t, Tag::Partitive) && body(t + 1).is_some() {
            return body(t + 1);
        }
        if d.tag(t, Tag::Preposition) && !d.tag(t, Tag::Partitive) {
            // `قيادي في …`
            if d.tag(t, Tag::Locative) && !d.tag(t, Tag::Direction) && people && d.is_word(t - 1) && !d.definite(t - 1) && body(t + 1).is_some() {
                return body(t + 1);
            }
            // `على الأقل`
            if !(d.is_word(t + 1) && d.definite(t + 1) && d.phrase(t + 1).is_none() && !d.flag(t + 1, Flag::NounFrame)) || d.tag(t, Tag::Locative) {
                return None;
            }
            t += 1;
        } else if d.is_word(t) || d.tokens().get(t).is_some_and(|x| x.kind == sijill_text::Kind::Number) {
            people = true;
        }
        t += 1;
    }
    None
}

/// Whose people or things a target slot's words are: behind the verb or noun itself, or behind one of the slot's prepositions.
fn owner(d: &Doc, slot: &Slot, x: &Around) -> Option<u32> {
    if let Some(k) = belonging(d, x.people_from, x.to).filter(|_| slot.subject || slot.object) {
        return Some(k);
    }
    let hi = x.to.min(x.people_from + 16);
    let at = (x.people_from..hi).find(|&t| clause::preposition(d, t).is_some_and(|l| slot.prepositions.contains(&l)))?;
    let clear = (x.people_from..at).all(|t| !d.is_break(t) && !d.tag(t, Tag::That) && !d.tag(t, Tag::Relative) && (!d.is_word(t) || clause::verb(d, t).is_none()));
    belonging(d, at + 1, x.to.max(at + 9)).filter(|_| clear)
}

/// What stands around an anchor.
fn around(d: &Doc, a: &Anchor, (from, opens): (usize, usize), to: usize, topic: &[EntId]) -> Around {
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
        scene: None,
        people_from: a.end,
        met: Vec::new(),
        from,
        to,
    };
    let mut scan = a.end;
    if !a.noun {
        let r = a.reading.unwrap_or_else(|| unreachable!("a verb anchor has its reading"));
        let s = subject_of(d, a.at, &r, from, to);
        x.passive = r.voice() == Voice::Passive;
        // `وبحث العلاقات مع …`: a matter is talked of, it does not talk; a delegation is somebody, whoever leads it.
        let diplomatic = a.frames.iter().any(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "meeting" | "call" | "visit" | "signing" | "message"));
        let matter = diplomatic && s.unknown && s.phrase.is_none() && !x.passive && s.end == a.at + 1 && matter(d, a, s.end);
        let led = diplomatic && s.phrase.is_none() && (a.end..(a.end + 12).min(to)).take_while(|&t| !d.comma(t)).any(|t| d.tag(t, Tag::Delegation) && d.phrase(t).is_none());
        // `وصل وفد … برئاسة فلان`: he is the one who comes.
        let leader = if diplomatic { leader(d, a.end, (a.end + 24).min(to)) } else { None };
        if let Some(k) = leader.filter(|_| s.phrase.is_none_or(|p| d.s.phrases[p as usize].ents.iter().all(|&e| d.ent(d.root(e)).kind != Kind::Person))) {
            x.subject.push(k);
            scan = scan.max(d.s.phrases[k as usize].end as usize);
        } else if let Some(p) = s.phrase {
            x.subject.push(p);
            if s.behind {
                // What stands between verb and subject belongs to the verb (`وصل إلى … الوزير`).
                collect(d, a.end, d.s.phrases[p as usize].start as usize, &mut x);
                scan = s.end;
                x.people_from = s.end;
            }
        } else if (!s.unknown || matter) && !led && r.person() == 3 && !orphan(d, a.at) {
            // The last person named before it in the sentence, else the topic (`زيارة للرئيس … التقى خلالها`).
            let near =
                (from..a.at).rev().find_map(|t| d.phrase(t).map(|(_, p)| p)).filter(|p| p.ents.len() == 1 && d.ent(p.ents[0]).kind == Kind::Person).map(|p| d.root(p.ents[0]));
            let before = carried(d, a.at, &r, opens);
            // Of violence nobody is guilty by being spoken of.
            let violent = a.frames.iter().all(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "attack" | "coercion"));
            x.pronoun = if !before.is_empty() {
                before
            } else if violent {
                Vec::new()
            } else if topic.is_empty() {
                near.into_iter().collect()
            } else {
                topic.to_vec()
            };
            // `تشن` is not said of a man.
            if r.gender() == Gender::Feminine && r.number() == Number::Singular && x.pronoun.len() == 1 {
                x.pronoun.retain(|&e| d.ent(e).kind != Kind::Person || d.ent(e).feminine == Some(true));
            }
            // `وصلوا`: one alone is not many.
            if r.number() == Number::Plural && x.pronoun.len() == 1 && matches!(d.ent(x.pronoun[0]).kind, Kind::Person | Kind::Country) {
                x.pronoun.clear();
            }
        }
        if s.unknown && !matter {
            x.adjective = if s.behind { qualified(d, a.at + 1, to) } else { a.at.checked_sub(1).filter(|b| *b > from).and_then(|b| demonym(d, b)) };
        }
        // `كان خمسة من مقاتلي … قتلوا`
        let last =
            a.at.checked_sub(1)
                .filter(|b| *b > from)
                .and_then(|b| d.phrase(b))
                .filter(|(_, p)| p.end as usize == a.at && p.start > 1 && d.tag(p.start as usize - 1, Tag::Partitive));
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
            let near = (from..a.at).rev().find_map(told).filter(|&k| !d.s.phrases[k as usize].ents.iter().any(|&e| own.contains(&d.root(e))));
            x.near = near.filter(|_| x.met.is_empty());
            x.objects.extend(x.near);
        }
    } else {
        if let Some((k, _)) = d.phrase_at(a.at) {
            x.genitive = Some(k);
        } else if let Some((k, p)) = d.phrase_at(a.end)
            && (clause::governor(d, p.start as usize, p.proclitics) == Governor::Noun(a.end - 1)
                || p.letters == 0 && !p.proclitics.governs() && !p.proclitics.joins() && !d.definite(a.end - 1))
        {
            // `لقائه الرئيس`: the pronoun is the doer, what follows the object.
            if a.pronoun {
                x.objects.push(k);
            } else {
                x.genitive = Some(k);
            }
            scan = p.end as usize;
            x.people_from = scan;
        }
        if let Some(l) = a.light {
            let s = subject_of(d, l.at, &l.reading, from, to);
            let light = &d.lex.lights[l.light as usize];
            if !light.impersonal && l.reading.voice() != Voice::Passive {
                if s.unknown {
                    x.adjective = qualified(d, l.at + 1, a.at);
                }
                // `سيجري مباحثات`: the noun itself is no unnamed subject.
                let unsaid = !s.unknown && !orphan(d, l.at) || s.phrase.is_none() && s.end == a.at && light.object && begins(d, l.at) && active(d, l, a);
                // `شهدت فيينا مفاوضات`: where it took place.
                let scene = |p: u32| {
                    let e = d.s.phrases[p as usize].ents.first().map(|&e| d.root(e));
                    e.filter(|&e| light.effect.as_deref() == Some("scene") && matches!(d.ent(e).kind, Kind::Place | Kind::Country))
                };
                x.suffering = light.effect.as_deref() == Some("suffering");
                match s.phrase {
                    Some(p) if scene(p).is_some() => x.scene = scene(p),
                    Some(p) => x.subject.push(p),
                    None if light.effect.as_deref() == Some("scene") => {}
                    None if unsaid => {
                        x.pronoun = carried(d, l.at, &l.reading, opens);
                        let violent = a.frames.iter().all(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "attack" | "coercion"));
                        if x.pronoun.is_empty() && !violent {
                            x.pronoun = topic.to_vec();
                        }
                        if l.reading.number() == Number::Plural && x.pronoun.len() == 1 && d.ent(x.pronoun[0]).kind == Kind::Person {
                            x.pronoun.clear();
                        }
                        if l.reading.gender() == Gender::Feminine && l.reading.number() == Number::Singular && x.pronoun.len() == 1 {
                            x.pronoun.retain(|&e| d.ent(e).kind != Kind::Person || d.ent(e).feminine == Some(true));
                        }
                    }
                    None => {}
                }
            }
            // `فرضت عليها عقوبات`: the last state or body before that does not do it.
            if d.tag(l.at + 1, Tag::Bound) {
                let doers: Vec<EntId> = x.subject.iter().flat_map(|&p| d.s.phrases[p as usize].ents.clone()).map(|e| d.root(e)).chain(x.pronoun.iter().copied()).collect();
                x.resumed = (from..l.at)
                    .rev()
                    .filter_map(|t| d.phrase_at(t))
                    .find(|(_, p)| p.ents.len() == 1 && matches!(d.ent(p.ents[0]).kind, Kind::Country | Kind::Organization) && !doers.contains(&d.root(p.ents[0])))
                    .map(|(_, p)| vec![d.root(p.ents[0])])
                    .unwrap_or_default();
            }
            // What stands between the light verb and its noun belongs to both (`أجرى مع نظيره محادثات`).
            collect(d, l.at + 1, a.at, &mut x);
        }
        // `زيارة للرئيس`: the doer behind the preposition of belonging.
        let message = a.frames.iter().any(|&f| d.lex.frames[f as usize].kind == "message");
        if x.genitive.is_none() && !message {
            // … of violence bodies and states as well (`غارات للتحالف`).
            let violent = a.frames.iter().any(|&f| d.lex.frames[f as usize].kind == "attack");
            let doer = |e: EntId| d.ent(e).kind == Kind::Person || violent && d.ent(e).kind != Kind::Place;
            let owner = (a.end..(a.end + 2).min(to)).find_map(|t| d.phrase_at(t)).filter(|(_, p)| p.proclitics.has(Clitic::For) && p.ents.iter().all(|&e| doer(e)));
            if let Some((k, p)) = owner {
                x.genitive = Some(k);
                scan = p.end as usize;
            }
        }
        let set = a.at > from && d.tag(a.at - 1, Tag::Setting);
        // `كان في استقباله الوزير`: the pronoun is the guest, the host stands behind.
        let awaited = a.pronoun && a.light.is_none() && (from.max(a.at.saturating_sub(3))..a.at).any(|t| d.tag(t, Tag::Auxiliary));
        if awaited {
            let host = (a.end..(a.end + 3).min(to)).find_map(|t| d.phrase_at(t)).filter(|(_, p)| p.ents.iter().any(|&e| d.ent(d.root(e)).kind == Kind::Person));
            if let Some((k, p)) = host.filter(|(_, p)| clause::governor(d, p.start as usize, p.proclitics) == Governor::Bare) {
                x.subject.push(k);
                x.passive = false;
                scan = p.end as usize;
                let guest = near_topic(d, a.at, from, topic);
                let at = d.s.phrases[..k as usize].iter().rposition(|p| p.ents.len() == 1 && guest.contains(&d.root(p.ents[0])));
                x.objects.extend(at.map(|k| k as u32));
            }
        }
        if a.pronoun && x.subject.is_empty() || set && a.light.is_none() && x.genitive.is_none() && !a.pronoun {
            x.pronoun = near_topic(d, a.at, from, topic);
            let visit = a.frames.iter().any(|&f| d.lex.frames[f as usize].kind == "visit");
            if visit && !a.pronoun && x.pronoun.iter().any(|&e| d.ent(e).kind == Kind::Country) {
                // States do not travel: the one of whom the sentence tells.
                x.pronoun = topic.iter().copied().filter(|&e| d.ent(e).kind == Kind::Person).collect();
            }
            x.weak = !a.pronoun;
        }
        // `الزيارة الثانية التي يجريها الرئيس إلى …`, `زيارة يبدأها الرئيس`.
        if a.light.is_none() && x.genitive.is_none() {
            let verb = (a.end..(a.end + 10).min(to)).find(|&t| d.is_word(t) && clause::verb(d, t).is_some());
            if let Some((v, (an, r))) = verb.and_then(|v| clause::verb(d, v).map(|y| (v, y))) {
                // `العقوبات التي فرضتها كندا`: a verb of the same kind does it.
                let kind = |f: u32| d.lex.frames[f as usize].kind.as_str();
                let akin = d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Frame(f) if a.frames.iter().any(|&g| kind(g) == kind(*f))));
                let forceful = a.frames.iter().any(|&f| matches!(kind(f), "attack" | "coercion" | "sanction" | "mobilisation" | "protest"));
                let does = (an.pronoun().is_some() || v + 1 < to && d.tag(v + 1, Tag::Bound))
                    && (d.flag(v, Flag::Light) || akin || !forceful && !(a.end..v).any(|t| d.tag(t, Tag::Relative)));
                let s = clause::subject_behind(d, v, &r, to);
                if let Some(p) = s.phrase.filter(|_| does) {
                    x.subject = vec![p];
                    x.pronoun.clear();
                    collect(d, s.end, to.min(s.end + 12), &mut x);
                }
            }
        }
        let visit = a.frames.iter().any(|&f| d.lex.frames[f as usize].kind == "visit");
        if visit
            && x.genitive.is_none_or(|k| d.s.phrases[k as usize].ents.iter().all(|&e| d.ent(d.root(e)).kind != Kind::Person))
            && let Some(k) = invited(d, a.at, from)
        {
            x.subject = vec![k];
            x.pronoun.clear();
        }
        let forceful = a.frames.iter().any(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "attack" | "coercion" | "sanction" | "protest"));
        if x.subject.is_empty() && x.pronoun.is_empty() && a.light.is_none() && !forceful {
            x.subject.extend(addressed(d, a.at, from));
        }
    }
    if a.noun && !a.pronoun && x.adjective.is_none() && x.genitive.is_none() && d.phrase_at(a.end).is_none() {
        x.adjective = demonym(d, a.end).or_else(|| demonym(d, a.end + 1).filter(|_| d.is_word(a.end) && d.phrase_at(a.end + 1).is_none()));
    }
    if a.noun {
        x.both = two_states(d, a.end);
    }
    // `تم الاتفاق على …`: of those who were last named together.
    let agreed = a.frames.iter().any(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "accord" | "signing"));
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
        let released = a.frames.iter().any(|&f| d.lex.frames[f as usize].kind == "retreat");
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

/// A verb of violence or arrest whose letters may be active or passive (`قتل`, `اعتقل`): passive where nothing but its victims follow.
fn suffers(d: &Doc, a: &Anchor, x: &Around, to: usize) -> bool {
    let Some(r) = a.reading else { return false };
    let violent = a.frames.iter().any(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "attack" | "coercion"));
    let either = d.readings(a.at).any(|(_, y)| y.voice() != Voice::Active && y.lemma == r.lemma && y.person() == 3);
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
            (behind || p.end as usize == a.at) && (counted || p.ents.iter().all(|&e| d.ent(e).kind == Kind::Person)) && !object && !number
        }
    }
}

/// Who does what a masdar names, where it stands in the clause of another verb: that verb's subject (`بدأت مصر مناقشة …`, `وجه الرئيس
/// بإرسال …`, `فرض الاتحاد عقوبات على …`), or the one who congratulates.
fn doer(d: &Doc, a: &Anchor, from: usize, said: &[Said]) -> Vec<EntId> {
    let message = a.frames.iter().any(|&f| d.lex.frames[f as usize].kind == "message");
    if message {
        let own = said.iter().find(|s| s.content.0 as usize <= a.at && a.at <= s.content.0 as usize + 1);
        if let Some(s) = own {
            return s.speakers.clone();
        }
    }
    let purpose = purpose(d, a.at);
    if purpose {
        // `للمشاركة`: the subject of the verb that it serves.
        let verb = (from..a.at).rev().find_map(|v| if d.is_word(v) { clause::verb(d, v).map(|(_, r)| (v, r)) } else { None });
        let subject = verb.and_then(|(v, r)| clause::subject(d, v, &r, from, a.at).phrase);
        if let Some(p) = subject {
            return d.s.phrases[p as usize].ents.iter().map(|&e| d.root(e)).collect();
        }
    }
    // What stands behind `بسبب`, `إثر` or `خلال` is another's affair.
    let forceful = a.frames.iter().any(|&f| matches!(d.lex.frames[f as usize].kind.as_str(), "attack" | "coercion" | "protest" | "sanction" | "mobilisation"));
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
                return if blames { Vec::new() } else { p.ents.iter().map(|&e| d.root(e)).collect() };
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
fn purpose(d: &Doc, at: usize) -> bool {
    let meant = |t: usize| d.s.analyses_at(t).iter().any(|x| x.readings.0 != x.readings.1 && x.proclitics.has(Clitic::For));
    let light = |t: usize| d.readings(t).any(|(_, r)| r.pos() == Pos::Masdar && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Light(_))));
    meant(at) || at > 0 && d.is_word(at - 1) && light(at - 1) && meant(at - 1)
}

/// `دعا الرئيس المبعوث إلى زيارة عدن`: the one who is called on would do it.
fn addressed(d: &Doc, at: usize, from: usize) -> Option<u32> {
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
fn invited(d: &Doc, at: usize, from: usize) -> Option<u32> {
    let offers = |t: usize| {
        d.flag(t, Flag::Modal)
            && d.readings(t).any(|(_, r)| !r.pos().finite() && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Modal(k) if d.lex.modals[*k as usize].effect == "proposed")))
    };
    let n = (from.max(at.saturating_sub(14))..at).rev().take_while(|&t| !d.is_break(t) && !d.comma(t)).find(|&t| d.s.phrase_of[t] == NONE && offers(t))?;
    (n + 1..at)
        .filter_map(|t| d.phrase_at(t))
        .filter(|(_, p)| p.ents.iter().any(|&e| d.ent(d.root(e)).kind == Kind::Person))
        .find(|(_, p)| matches!(clause::governor(d, p.start as usize, p.proclitics), Governor::Preposition(_)) || p.start as usize == n + 1)
        .map(|(k, _)| k)
}

/// Whom `لقائه` means: the subject of the verb before it in the sentence, else the sentence's topic.
fn near_topic(d: &Doc, at: usize, from: usize, topic: &[EntId]) -> Vec<EntId> {
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
            if clause::governor(d, t, p.proclitics) == Governor::Bare
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

/// The clause of an anchor ends at the next clause.
fn region_end(d: &Doc, a: &Anchor, from: usize, to: usize) -> usize {
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
            let close = (t + 1..hi.min(t + 12)).find(|&c| d.comma(c)).filter(|_| !a.noun && d.comma(t - 1));
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

fn collect(d: &Doc, from: usize, to: usize, x: &mut Around) {
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
            match clause::governor(d, t, p.proclitics) {
                Governor::Bare if headed && clause::preposition(d, t - 2).is_some() => x.prepositional.extend(clause::preposition(d, t - 2).map(|l| (k, l))),
                Governor::Bare if !p.proclitics.joins() => x.objects.push(k),
                Governor::Preposition(l) => x.prepositional.push((k, l)),
                _ => {}
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
fn bound(d: &Doc, t: usize, x: &Around) -> Option<(Vec<EntId>, u32)> {
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

struct Filled {
    /// Two in one phrase are both sides: a pair as subject, behind the noun or behind `بين`.
    mutual: bool,
    /// Who stands in the subject's slot.
    side: Vec<EntId>,
    /// The parties are told by adjectives only.
    adjectives: bool,
    /// One phrase names them all.
    single: bool,
    score: i32,
    /// How many stand by their words, not by a pronoun or a guess.
    named: usize,
    participants: Vec<(EntId, String)>,
    attributes: BTreeMap<String, serde_json::Value>,
    place: Option<EntId>,
    lexical: Vec<usize>,
    low: usize,
    high: usize,
}

fn fill(d: &Doc, a: &Anchor, x: &Around, frame: &Frame) -> Option<Filled> {
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
        low: a.light.map_or(a.at, |l| l.at.min(a.at)),
        high: a.end,
    };
    let mut used: Vec<u32> = Vec::new();
    // `للقاء فلان`: the one met, where it is known who comes.
    let met_for = a.noun && x.weak && !x.pronoun.is_empty() && matches!(frame.kind.as_str(), "meeting" | "call") && purpose(d, a.at);
    let mut genitive_free = x.genitive;
    let mut pronoun_free = !x.pronoun.is_empty();
    let mut missing: Vec<&Slot> = Vec::new();
    let mut met: Vec<&str> = Vec::new();
    // Slots with listed words first, then those that only prepositions fill, then subjects and objects.
    let mut order: Vec<&Slot> = frame.slots.iter().collect();
    order.sort_by_key(|s| (!s.lexical(), s.subject || s.object, !s.subject));
    for slot in order {
        let mut filled = false;
        if slot.lexical() {
            if let Some((t, gloss)) = lexical(d, a, x, slot) {
                filled = true;
                out.high = out.high.max(t + 1);
                out.low = out.low.min(t);
                out.lexical.push(t);
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
            let mut ents: Vec<EntId> = p.ents.iter().map(|&e| d.root(e)).filter(|&e| slot.takes(d.ent(e).kind) && !watches(e)).collect();
            if p.unnamed && matches!(frame.kind.as_str(), "meeting" | "call") {
                // `مسؤولين عسكريين أمريكيين`: their state takes part.
                ents.extend(nationality(d, p.end as usize).filter(|&e| slot.takes(d.ent(e).kind)));
            }
            if ents.is_empty() {
                return false;
            }
            out.mutual |= mutual && ents.len() >= 2;
            used.push(k);
            out.low = out.low.min(p.start as usize);
            out.high = out.high.max(p.end as usize);
            out.named += ents.len();
            for e in ents {
                add(d, out, e, slot, frame.kind == "visit");
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
        let thing = out.lexical.iter().any(|&t| t < a.at) && !a.noun;
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
                    prefers_subject(d, frame, slot, g) && !given && !(met_for && frame.slots.iter().any(|s| s.object && s.name != slot.name))
                })
                && take(g, true, &mut out, &mut used)
            {
                filled = true;
                genitive_free = None;
            }
            // Of violence and force an adjective tells the doer; a visit or talks so called may be of several.
            let forceful = matches!(frame.kind.as_str(), "attack" | "coercion" | "mobilisation" | "sanction" | "aid");
            if let Some(e) = x.adjective.filter(|&e| !filled && forceful && slot.role.as_deref() == Some("actor") && !x.passive && slot.takes(d.ent(e).kind)) {
                add(d, &mut out, e, slot, false);
                out.named += 1;
                filled = true;
            }
            // Who tells of victims is none of them (`أعلنت الشرطة مقتل …`).
            let teller = a.noun && !a.pronoun && slot.role.as_deref() == Some("target");
            if !filled && pronoun_free && !done && !x.weak && !teller {
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
        if !filled {
            for &(k, l) in &x.prepositional {
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
            && x.both.len() == 2
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
            if !both && !understood {
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
    if frame.kind == "attack"
        && !out.participants.iter().any(|(_, r)| r == "target")
        && let (Some(slot), Some(&n)) = (frame.slots.iter().find(|s| s.role.as_deref() == Some("target")), out.lexical.first())
    {
        let owner = (n + 1..(n + 4).min(x.to)).take_while(|&t| d.is_word(t)).find_map(|t| d.phrase_at(t));
        if let Some((_, p)) = owner.filter(|(_, p)| p.proclitics.has(Clitic::For) || clause::governor(d, p.start as usize, p.proclitics) == Governor::Noun(p.start as usize - 1)) {
            for &e in p.ents.iter().filter(|&&e| matches!(d.ent(d.root(e)).kind, Kind::Organization | Kind::Person)) {
                add(d, &mut out, d.root(e), slot, false);
                out.named += 1;
            }
            out.high = out.high.max(p.end as usize);
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
        && (out.participants.len() < 2 || talks && !out.mutual)
        && (!out.participants.is_empty() || !out.lexical.is_empty())
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

/// `حضر من الجانب …`: the meeting goes without saying.
fn sided(d: &Doc, a: &Anchor) -> bool {
    (a.end..(a.end + 3).min(d.len())).any(|t| d.tag(t, Tag::Side))
        || d.phrase_at(a.end + 1).is_some_and(|(_, p)| d.tag(a.end, Tag::Preposition) && d.tag(p.start as usize, Tag::Side))
}

/// Puts an entity into a role. A city that is host stands for its state.
fn add(d: &Doc, out: &mut Filled, e: EntId, slot: &Slot, visit: bool) {
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
fn prefers_subject(d: &Doc, frame: &Frame, slot: &Slot, k: u32) -> bool {
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

/// The word that a lexical slot asks for: its token and gloss.
fn lexical(d: &Doc, a: &Anchor, x: &Around, slot: &Slot) -> Option<(usize, String)> {
    let only_prepositions = !slot.subject && !slot.object;
    // Long subjects stand between verb and object.
    let open = x.subject.iter().map(|&k| d.s.phrases[k as usize].end as usize).max().unwrap_or(0).max(a.end);
    let hi = x.to.min(open + 18);
    let class = |link: Link| match link {
        Link::Words(l) if slot.words.contains(&l) => Some(String::new()),
        Link::Class(c, w) if slot.classes.contains(&c) => Some(d.lex.classes[c as usize].words[w as usize].1.clone()),
        _ => None,
    };
    let mut t = a.end;
    // The verb's own object is its pronoun, and stands before a prepositional phrase rather than behind it.
    let pronoun = a.pronoun && !a.noun && slot.object && !slot.subject && slot.prepositions.is_empty();
    let mut crossed = None;
    while t < hi && !pronoun {
        if d.tag(t, Tag::That) || t > a.end && d.is_word(t) && d.s.phrase_of[t] == NONE && clause::verb(d, t).is_some() {
            break;
        }
        if crossed.is_none() && slot.object && !slot.subject && d.tag(t, Tag::Preposition) && !d.tag(t, Tag::Partitive) {
            crossed = Some(t);
        }
        if crossed.is_some_and(|c| t > c + 7) {
            break;
        }
        let governed = || {
            let c = d.s.analyses_at(t).iter().find(|x| x.proclitics.governs()).map(|x| x.proclitics).unwrap_or_default();
            clause::clitic_preposition(d, c).or_else(|| t.checked_sub(1).and_then(|b| clause::preposition(d, b)))
        };
        let fits = |d: &Doc| {
            let g = governed();
            // The object itself stands near; farther on a word belongs to something else.
            if !only_prepositions && t > open + 10 && g.is_none() {
                return false;
            }
            // An object has no preposition written with it.
            let c = d.s.analyses_at(t).iter().find(|x| x.readings.0 != x.readings.1).map(|x| x.proclitics).unwrap_or_default();
            let clitic = clause::clitic_preposition(d, c);
            (!only_prepositions || g.is_some_and(|l| slot.prepositions.contains(&l))) && clitic.is_none_or(|l| slot.prepositions.contains(&l))
        };
        if let Some((_, g)) = d.longest(t, class)
            && fits(d)
        {
            return Some((t, g));
        }
        // An adjective of nationality is no people of it (`القوات الإسرائيلية`).
        let adjective = d.flag(t, Flag::Demonym) && d.definite(t) && t > 0 && d.definite(t - 1);
        if !adjective && (d.flag(t, Flag::Class) || !slot.words.is_empty()) {
            let hit = d.readings(t).find_map(|(_, r)| {
                let lemma = d.lex.lemma(&r);
                if slot.words.contains(&r.lemma) {
                    return Some(String::new());
                }
                lemma.links.iter().find_map(|l| class(*l))
            });
            if let Some(g) = hit
                && fits(d)
            {
                return Some((t, g));
            }
        }
        t += 1;
    }
    // What a pronoun on the verb stands for, before it (`الاتفاق الذي أبرمته إيران`, `رسالة بعثها`).
    if slot.object && !a.noun && (a.pronoun || x.subject.is_empty() && a.at > 0 && d.tag(a.at - 1, Tag::Relative)) {
        let mut t = a.at;
        while t > x.from.max(a.at.saturating_sub(7)) {
            t -= 1;
            if d.is_break(t) || d.s.phrase_of[t] == NONE && !d.tag(t, Tag::Relative) && clause::verb(d, t).is_some() {
                break;
            }
            let hit = d.longest(t, class).filter(|(m, _)| m.end as usize <= a.at).map(|(_, g)| g).or_else(|| {
                d.readings(t).find_map(|(_, r)| if slot.words.contains(&r.lemma) { Some(String::new()) } else { d.lex.lemma(&r).links.iter().find_map(|l| class(*l)) })
            });
            if let Some(g) = hit {
                return Some((t, g));
            }
        }
    }
    // The subject may stand before the verb (passive or intransitive: `الاتفاق وقع`).
    for b in (x.from..a.at).rev().take(if slot.subject { 3 } else { 0 }).take_while(|&b| d.is_word(b) && d.s.phrase_of[b] == NONE) {
        let hit = d.readings(b).find_map(|(_, r)| if slot.words.contains(&r.lemma) { Some(String::new()) } else { d.lex.lemma(&r).links.iter().find_map(|l| class(*l)) });
        if let Some(g) = hit {
            return Some((b, g));
        }
    }
    None
}

/// Does any phrase or clause stand in an open slot's place, near the anchor?
fn open(d: &Doc, a: &Anchor, slot: &Slot) -> bool {
    if slot.subject || slot.object {
        return true;
    }
    (a.end..(a.end + 12).min(d.len())).any(|t| {
        if d.is_break(t) {
            return false;
        }
        let c = d.s.analyses_at(t).iter().find(|x| x.proclitics.governs()).map(|x| x.proclitics).unwrap_or_default();
        clause::clitic_preposition(d, c).or_else(|| clause::preposition(d, t)).is_some_and(|l| slot.prepositions.contains(&l))
    })
}

// --- status ------------------------------------------------------------------------------------------------------

/// The status of the event, or none where the words do not report it as an event at all.
fn status(d: &Doc, a: &Anchor, x: &Around, frame: &Frame, from: usize, headline: bool) -> Option<String> {
    let verb_at = if a.noun { a.light.map(|l| l.at) } else { Some(a.at) };
    let mut status = String::from("occurred");
    if let Some(v) = verb_at {
        let r = a.light.map(|l| l.reading).or(a.reading)?;
        let future = a.light.map_or_else(|| clause::verb(d, v).is_some_and(|(an, _)| an.proclitics.has(Clitic::Future)) || v > 0 && d.tag(v - 1, Tag::Future), |l| l.future);
        let b = v.checked_sub(1);
        if b.is_some_and(|b| d.tag(b, Tag::NegationPast) || d.tag(b, Tag::NegationFuture) || d.tag(b, Tag::Negation)) {
            return None;
        }
        if b.is_some_and(|b| d.tag(b, Tag::Conditional) && !d.tag(b, Tag::That)) {
            return None;
        }
        if future {
            status = "planned".into();
        } else if r.pos() == Pos::Imperfect {
            // `قد يزور`: may visit.
            if b.is_some_and(|b| d.tag(b, Tag::VerbParticle)) {
                return None;
            }
            // `أن يزور`, `ليزور`: no report by itself; what governs it decides below.
            let purpose = clause::verb(d, v).is_some_and(|(an, _)| an.proclitics.has(Clitic::For));
            if purpose || b.is_some_and(|b| d.tag(b, Tag::That) && bare_that(d, b)) {
                match modal(d, v, from, true) {
                    Some(effect) if effect != "hypothetical" => return Some(effect),
                    _ => return None,
                }
            }
            // The imperfect tells what goes on; a headline has it for what happened.
            let lasting = matches!(frame.kind.as_str(), "attack" | "coercion" | "aid" | "mobilisation" | "sanction") && !headline;
            let told = b.is_some_and(|b| d.tag(b, Tag::Auxiliary)) || clause::verb(d, v).is_some_and(|(an, _)| an.proclitics.has(Clitic::For));
            if frame.kind == "visit" && !a.noun || lasting && !told {
                status = "ongoing".into();
            }
        }
        if let Some(effect) = a.light.and_then(|l| d.lex.lights[l.light as usize].effect.clone())
            && (STATUSES.contains(&effect.as_str()) || effect == "begun")
            && status == "occurred"
        {
            // `بدأت حملة قصف`: told of the past, what was begun has happened.
            let begun = r.pos() == Pos::Perfect && matches!(frame.kind.as_str(), "attack" | "coercion" | "meeting" | "protest");
            if effect != "begun" {
                status = effect;
            } else if !begun {
                status = "ongoing".into();
            }
        }
        // `دعا … خلال لقاء جمعهما`: the clause belongs to its noun, not to what governs that.
        let told = !a.noun && a.pronoun && v > from && d.is_word(v - 1) && (d.flag(v - 1, Flag::NounFrame) || d.flag(v - 1, Flag::Class));
        if let Some(effect) = modal(d, v, from, true).filter(|_| !told) {
            if effect == "hypothetical" || effect == "denied" {
                return None;
            }
            status = effect;
        }
    }
    if a.noun {
        // Purpose (`لبحث`, `لعقد`): not yet.
        let first = d.s.analyses_at(a.at).iter().find(|y| y.readings.0 != y.readings.1);
        let doer = frame.kind == "visit" && x.genitive.is_some_and(|g| d.s.phrases[g as usize].ents.iter().all(|&e| d.ent(e).kind == Kind::Person));
        let purpose = (first.is_some_and(|y| y.proclitics.has(Clitic::For)) || purpose(d, a.at) && purpose(d, a.at - 1)) && a.light.is_none() && !doer;
        // `ستكون هذه هي الزيارة الخامسة`
        if (from.max(a.at.saturating_sub(5))..a.at).any(|t| d.tag(t, Tag::Future)) && a.light.is_none() {
            status = "planned".into();
        }
        if let Some(effect) = modal(d, a.at, a.light.map_or(from, |l| from.max(l.at + 1)), false).or_else(|| adjective(d, a, x)) {
            // A call for force or for its end is a demand, no offer.
            let forceful = matches!(frame.kind.as_str(), "attack" | "coercion" | "protest" | "sanction" | "mobilisation" | "retreat" | "concession");
            if effect == "hypothetical" || effect == "denied" || effect == "proposed" && forceful {
                return None;
            }
            if !(effect == "occurred" && status == "planned") {
                status = effect;
            }
        } else if purpose && !a.pronoun && !(a.end..(a.end + 3).min(x.to)).any(|t| d.tag(t, Tag::Relative)) {
            // What violence and force are meant for is no report of them; an accord or an office that is striven for is none yet. What a visit
            // or a session is for may happen.
            if matches!(frame.kind.as_str(), "attack" | "coercion" | "protest" | "retreat" | "sanction" | "mobilisation" | "concession" | "accord" | "office" | "cooperation") {
                return None;
            }
            status = "planned".into();
        }
    }
    if let Some(s) = &frame.status
        && status == "occurred"
    {
        status = s.clone();
    }
    Some(status)
}

const STATUSES: [&str; 6] = ["occurred", "ongoing", "planned", "proposed", "cancelled", "denied"];

/// `أن` rather than `أنه`/`إن`: it makes a subjunctive.
fn bare_that(d: &Doc, i: usize) -> bool {
    d.tokens().fold(i).chars().count() <= 3
}

/// The effect of the modal word that governs a verb (or noun): the nearest one before it in its clause.
fn modal(d: &Doc, at: usize, from: usize, verb: bool) -> Option<String> {
    let mut t = at;
    let lo = from.max(at.saturating_sub(10));
    while t > lo {
        let b = t - 1;
        let usable = |m: u32| {
            let m = &d.lex.modals[m as usize];
            (if verb { m.verb } else { m.noun }).then(|| m.effect.clone())
        };
        // Phrases that end here or before.
        for f in b.saturating_sub(3)..=b {
            let hit = d.links_at(f).filter(|m| m.end as usize == b + 1 && m.end as usize > f).find_map(|m| if let Link::Modal(k) = m.link { usable(k) } else { None });
            if hit.is_some() {
                return hit;
            }
        }
        if d.flag(b, Flag::Modal) && d.s.phrase_of[b] == NONE {
            // A noun governs what stands beside it, a verb what its clause tells.
            let near = |r: &Reading| r.pos().finite() || at - b <= 3 && !(b + 1..at).any(|t| d.tag(t, Tag::Setting));
            let hit = d.readings(b).filter(|(_, r)| near(r)).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Modal(k) = l { usable(*k) } else { None }));
            if hit.is_some() {
                return hit;
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
        // Other verbs and clause borders shut the view.
        if d.comma(b) || d.tag(b, Tag::Relative) || clause::verb(d, b).is_some() || d.tag(b, Tag::That) && !bare_that(d, b) {
            return None;
        }
        t = b;
    }
    None
}

/// An adjective behind the noun that tells when (`المرتقبة`, `المقبل`).
fn adjective(d: &Doc, a: &Anchor, x: &Around) -> Option<String> {
    let end = x.genitive.map_or(a.end, |g| d.s.phrases[g as usize].end as usize);
    for t in [a.end, a.end + 1, end, end + 1] {
        if t >= x.to || !d.flag(t, Flag::Modal) {
            continue;
        }
        let hit = d.readings(t).find_map(|(_, r)| {
            // `التوصل إلى الاتفاق`: a masdar there is no adjective.
            let nominal = !r.pos().finite() && r.pos() != Pos::Masdar;
            d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Modal(k) = l { nominal.then(|| d.lex.modals[*k as usize].effect.clone()) } else { None })
        });
        if hit.is_some() {
            return hit;
        }
    }
    None
}

// --- time and place ----------------------------------------------------------------------------------------------

/// The time of the event: the nearest in its clause, behind the anchor rather than before it.
fn time(d: &Doc, a: &Anchor, own: &[usize], lo: usize, hi: usize, outside: &[(usize, usize)]) -> Option<u32> {
    let start = a.light.map_or(a.at, |l| l.at);
    let mut best: Option<(usize, u32)> = None;
    for (k, t) in d.s.times.iter().enumerate() {
        let at = t.found.start as usize;
        if at < lo || at >= hi || outside.iter().any(|(f, e)| (*f..*e).contains(&at)) {
            continue;
        }
        let behind = at > start;
        // No farther than this, whatever stands between.
        if at.abs_diff(start) >= 34 {
            continue;
        }
        // `كشف الرئيس أمس عن هجوم`: the day of the words, not of what they tell of.
        if !behind && a.noun && a.light.is_none() {
            let verb = (lo.max(at.saturating_sub(30))..at).rev().find(|&v| d.is_word(v) && d.s.phrase_of[v] == NONE && clause::verb(d, v).is_some());
            let tells = verb.is_some_and(|v| d.flag(v, Flag::Speech) && !d.flag(v, Flag::Light) && !d.flag(v, Flag::Frame) && (v..a.at).all(|t| !d.comma(t) && !d.is_break(t)));
            if tells && (t.found.end as usize..a.at).all(|x| d.s.phrase_of[x] != NONE || !d.is_word(x) || clause::verb(d, x).is_none()) {
                continue;
            }
        }
        let distance = if behind { at - start } else { (start - at) + 6 };
        // Another clause's verb between shuts it out.
        let (p, q) = if behind { (a.end, at) } else { (t.found.end as usize, start) };
        // … but for the one that tells of the noun itself (`هجوم وقع أمس`, `الزيارة التي قام بها أمس`).
        let (p, tells) = if behind && a.noun { (own_clause(d, a, q), true) } else { (p, false) };
        let mut verbs = (p..q).filter(|&v| d.is_word(v) && d.s.phrase_of[v] == NONE && clause::verb(d, v).is_some()).count();
        if behind && !tells {
            verbs += (p..q).filter(|&v| d.tag(v, Tag::Relative)).count();
        }
        // Another event's noun right before the time has it (`خلال لقائه اليوم`).
        let theirs =
            behind && at >= 1 && (at.saturating_sub(2)..at).any(|n| n >= a.end && !own.contains(&n) && d.s.phrase_of[n] == NONE && d.flag(n, Flag::NounFrame) && setting(d, n));
        let distance = distance + verbs * 18 + if theirs { 18 } else { 0 };
        if distance < 34 && best.is_none_or(|(b, _)| distance < b) {
            best = Some((distance, k as u32));
        }
    }
    best.map(|(_, k)| k)
}

/// Does the noun at `n` set the scene (`خلال لقائه`)?
fn setting(d: &Doc, n: usize) -> bool {
    n > 0 && d.tag(n - 1, Tag::Setting) || d.s.analyses_at(n).iter().any(|a| a.pronoun().is_some())
}

/// Where the search begins behind a noun that a verb of its own follows at once, with a relative or without (`هجوم وقع`, `الغارة التي
/// شنها`): behind that verb.
fn own_clause(d: &Doc, a: &Anchor, q: usize) -> usize {
    let adjectives = (a.end..q.min(a.end + 3)).take_while(|&t| d.is_word(t) && !d.tag(t, Tag::Preposition) && clause::verb(d, t).is_none() && d.s.phrase_of[t] == NONE).count();
    (a.end..q.min(a.end + adjectives + 2)).find(|&t| d.is_word(t) && d.s.phrase_of[t] == NONE && clause::verb(d, t).is_some()).map_or(a.end, |v| v + 1)
}

/// The places of the event: the nearest phrase behind a preposition of place.
fn places(d: &Doc, a: &Anchor, lo: usize, hi: usize, outside: &[(usize, usize)]) -> Vec<EntId> {
    let mut best: Option<(usize, Vec<EntId>)> = None;
    for p in &d.s.phrases {
        let at = p.start as usize;
        if at < lo || at >= hi || outside.iter().any(|(f, e)| (*f..*e).contains(&at)) {
            continue;
        }
        let ents: Vec<EntId> = p.ents.iter().map(|&e| d.root(e)).collect();
        let Some(kind) = ents.first().map(|&e| d.ent(e).kind) else { continue };
        if !matches!(kind, Kind::Place | Kind::Country) || kind == Kind::Country && ents.len() > 1 {
            continue;
        }
        if !(p.proclitics.has(Clitic::With) || located(d, at, kind == Kind::Place)) {
            continue;
        }
        let behind = at > a.at;
        if at.abs_diff(a.at) >= 60 {
            continue;
        }
        let (p0, q0) = if behind { (if a.noun { own_clause(d, a, at) } else { a.end }, at) } else { (p.end as usize, a.at) };
        let verbs = (p0..q0).filter(|&v| d.is_word(v) && d.s.phrase_of[v] == NONE && (d.tag(v, Tag::That) || clause::verb(d, v).is_some())).count()
            + if p0 == a.end || !behind { (p0..q0).filter(|&v| d.tag(v, Tag::Relative)).count() } else { 0 };
        // What opens the sentence holds for all of it (`وفي محافظة لحج، …`).
        let opens = !behind && at <= lo + 3 && verbs == 0;
        let distance = (if behind {
            at - a.at
        } else if opens {
            8
        } else {
            a.at - at + 6
        }) + verbs * 14
            + if kind == Kind::Country { 6 } else { 0 };
        if distance < 30 && best.as_ref().is_none_or(|(b, _)| distance < *b) {
            best = Some((distance, ents));
        }
    }
    best.map(|(_, e)| e).unwrap_or_default()
}

/// Does a preposition say that something is in the place at token `at`: right before it, or before nouns that it completes (`في ريف …`,
/// `بمنطقة …`)?
fn located(d: &Doc, at: usize, chain: bool) -> bool {
    let mut t = at;
    for step in 0..4 {
        let Some(b) = t.checked_sub(1) else { return false };
        if locative_in(d, b) {
            return true;
        }
        let noun = d.is_word(b) && d.s.phrase_of[b] == NONE && d.s.time_of[b] == NONE && !d.definite(b) && clause::verb(d, b).is_none();
        let head = d.flag(b, Flag::PlaceHead);
        // `في العاصمة الإيطالية روما`
        if d.is_word(b) && d.definite(b) && (head || d.flag(b, Flag::Demonym) && b > 0 && d.flag(b - 1, Flag::PlaceHead)) {
            t = b;
            continue;
        }
        if !noun || !(head || chain) || d.s.tags[b] != 0 && !d.tag(b, Tag::Quantifier) || step > 2 {
            return false;
        }
        if d.s.analyses_at(b).iter().any(|x| x.proclitics.has(Clitic::With)) {
            return head;
        }
        t = b;
    }
    false
}

/// A preposition that says where, not whence or whither.
fn locative_in(d: &Doc, i: usize) -> bool {
    d.tag(i, Tag::Locative) && !d.tag(i, Tag::Direction)
}

// --- attributes --------------------------------------------------------------------------------------------------

fn attributes(d: &Doc, a: &Anchor, h: &mut Happening) {
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
fn sum(d: &Doc, a: &Anchor) -> Option<String> {
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

// --- merging -----------------------------------------------------------------------------------------------------

/// Several reports of one event in an article are one event.
fn merge(d: &Doc, list: Vec<Happening>) -> Vec<Happening> {
    let mut out: Vec<Happening> = Vec::new();
    for h in list {
        if d.lex.frames[h.frame as usize].anaphoric
            && let Some(o) = out.iter_mut().rev().find(|o| o.kind == h.kind && o.status == h.status || matches!(o.kind.as_str(), "meeting" | "gathering") && o.anchor < h.anchor)
        {
            absorb(d, o, h);
            continue;
        }
        let near = out.len().saturating_sub(NEAREST);
        match out[near..].iter().position(|o| same(d, o, &h)).map(|k| near + k) {
            Some(k) => absorb(d, &mut out[k], h),
            None => out.push(h),
        }
    }
    // What only the headline says is kept where the body reports nothing of the kind.
    let body: Vec<(String, Vec<EntId>)> = out.iter().filter(|h| !h.headline).map(|h| (h.kind.clone(), h.participants.iter().map(|p| p.0).collect())).collect();
    out.retain(|h| !h.headline || !body.iter().any(|(k, p)| *k == h.kind && h.participants.iter().any(|x| p.contains(&x.0))));
    out
}

fn same(d: &Doc, a: &Happening, b: &Happening) -> bool {
    if a.kind != b.kind {
        return false;
    }
    let statuses = a.status == b.status || matches!((a.status.as_str(), b.status.as_str()), ("occurred", "ongoing") | ("ongoing", "occurred")) || a.headline || b.headline;
    let mention = |h: &Happening| h.rule == "event-noun" && h.date.is_none() && h.status == "occurred";
    // `زيارته` without a host tells of a visit told of elsewhere.
    let hostless = |h: &Happening| h.kind == "visit" && h.rule == "event-noun" && h.participants.len() == 1 && h.participants[0].1 == "visitor";
    if (hostless(a) || hostless(b)) && a.participants.iter().any(|p| p.1 == "visitor" && b.participants.contains(p)) {
        return true;
    }
    if !statuses && !mention(a) && !mention(b) {
        return false;
    }
    if !days(a, b) || !spots(d, a, b) {
        return false;
    }
    if a.attributes.get("ordinal") != b.attributes.get("ordinal") && a.attributes.contains_key("ordinal") && b.attributes.contains_key("ordinal") {
        return false;
    }
    let set = |h: &Happening| -> Vec<EntId> { h.participants.iter().map(|p| p.0).collect() };
    let (x, y) = (set(a), set(b));
    // A person and the state that he speaks for meet in one event.
    let covers = |x: &[EntId], y: &[EntId]| {
        y.iter().all(|e| {
            x.contains(e)
                || x.iter().any(|f| {
                    matches!(d.ent(*f).kind, Kind::Person | Kind::Organization) && d.ent(*e).kind == Kind::Country && state_of(d, *f) == d.ent(*e).country && x.len() >= y.len()
                })
        })
    };
    // Police, authorities and their state arrest the same people.
    if matches!(a.kind.as_str(), "coercion" | "mobilisation") {
        let side = |h: &Happening, role: &str| -> Vec<String> {
            let mut out: Vec<String> = h
                .participants
                .iter()
                .filter(|(_, r)| (r == "actor") == (role == "actor"))
                .map(|(e, _)| state_of(d, *e).filter(|_| role == "actor").unwrap_or_else(|| format!("#{e}")))
                .collect();
            out.sort();
            out.dedup();
            out
        };
        let (p, q) = (side(a, "target"), side(b, "target"));
        if side(a, "actor") == side(b, "actor") && !side(a, "actor").is_empty() && (p == q || p.is_empty() || q.is_empty()) {
            return true;
        }
        if p == q && !p.is_empty() && p.iter().any(|t| t.starts_with('#')) && a.date == b.date {
            return true;
        }
    }
    covers(&x, &y) || covers(&y, &x)
}

fn absorb(d: &Doc, into: &mut Happening, h: Happening) {
    let bodies = matches!(into.kind.as_str(), "coercion" | "mobilisation") && into.participants.iter().any(|(_, r)| r == "actor");
    if bodies && into.headline && !h.headline && h.participants.iter().any(|(_, r)| r == "actor") {
        into.participants.retain(|(_, r)| r != "actor");
    }
    let closer = bodies && h.participants.iter().any(|(e, r)| r == "actor" && d.ent(*e).kind == Kind::Organization);
    if closer && into.participants.iter().all(|(e, r)| r != "actor" || d.ent(*e).kind == Kind::Country) {
        // The body that acts rather than its state.
        into.participants.retain(|(_, r)| r != "actor");
    }
    let bodies = bodies && into.participants.iter().any(|(_, r)| r == "actor");
    for (e, r) in h.participants {
        if bodies && r == "actor" {
            continue;
        }
        if !into.participants.iter().any(|(x, _)| *x == e) {
            into.participants.push((e, r));
        }
    }
    people_first(d, &mut into.participants, &into.kind);
    if into.date.is_none() {
        into.date = h.date;
    }
    into.place = finer(d, into.place, h.place);
    into.sure |= h.sure;
    for (k, v) in h.attributes {
        into.attributes.entry(k).or_insert(v);
    }
    if into.rule == "event-noun" && h.rule != "event-noun" && into.status == "occurred" {
        into.status = h.status.clone();
        into.rule = h.rule;
    }
    if into.headline && !h.headline {
        into.headline = false;
        into.evidence = h.evidence;
        into.status = h.status;
        into.frame = h.frame;
        into.anchor = h.anchor;
        into.within = h.within;
    } else if into.evidence.len() < 4 {
        into.evidence.extend(h.evidence);
    }
}
