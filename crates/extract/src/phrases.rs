//! Noun phrases: each stands for one entity or for several that are joined, with the preposition that governs it.
//!
//! Here capitals become city or government, lists become one phrase, and words that stand for somebody named before (`الجانبان`,
//! `بلاده`, `الجانب الصيني`) get their referent where the article decides it. What must not live here: verbs.

use crate::doc::*;
use rustc_hash::FxHashMap;
use sijill_grammar::Clitics;
use sijill_lexicon::{Clitic, Flag, Kind, Lexicon, Link, NONE, NameKind, Pos, Shape, Tag};

pub(crate) fn build(lex: &Lexicon, text: &str, s: &mut Scratch) {
    capitals(lex, s);
    let mut list = std::mem::take(&mut s.phrases);
    let d = Doc { lex, text, s };
    let mut covered = vec![false; d.len()];
    for p in &list {
        covered[p.start as usize..p.end as usize].fill(true);
    }
    list.extend(plain(&d, &covered));
    list.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
    list.dedup_by(|b, a| b.start < a.end);
    let list = join(&d, list);
    let officials = officials(&d, &list);
    s.phrases = with_heads(lex, text, s, list, officials);
    s.phrases.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
    index(s);
    referring(lex, text, s);
}

fn index(s: &mut Scratch) {
    s.phrase_of.fill(NONE);
    for (k, p) in s.phrases.iter().enumerate() {
        for t in p.start..p.end {
            s.phrase_of[t as usize] = k as u32;
        }
    }
}

/// A capital behind a preposition of place is the city, else the government.
fn capitals(lex: &Lexicon, s: &mut Scratch) {
    for k in 0..s.mentions.len() {
        let m = s.mentions[k];
        let i = m.start as usize;
        let ent = &s.ents[m.ent as usize];
        let Some(actor) = ent.actor.filter(|_| ent.kind == Kind::Country) else { continue };
        let here = s.matches_at(i).iter().filter(|x| x.end == m.end && x.letters == m.letters);
        let is = here.clone().any(|x| x.link == Link::Name(actor, NameKind::Capital)) && !here.clone().any(|x| x.link == Link::Name(actor, NameKind::Full));
        if !is {
            continue;
        }
        let place = here.clone().find_map(|x| match x.link {
            Link::Name(p, _) if lex.actors[p as usize].kind == Kind::Place => Some((p, x.proclitics)),
            _ => None,
        });
        let Some((place, clitics)) = place else { continue };
        let d = Doc { lex, text: "", s };
        let before = i.checked_sub(1);
        let visit = [1, 2]
            .into_iter()
            .filter_map(|n| i.checked_sub(n))
            .any(|b| d.readings(b).any(|(_, r)| lex.lemma(&r).links.iter().any(|l| matches!(l, Link::NounFrame(f) | Link::Frame(f) if lex.frames[*f as usize].kind == "visit"))));
        // `كل من نيروبي ومقديشو`: they act.
        let each = i > 1 && d.tag(i - 2, Tag::Each);
        // `العاصمة العمانية مسقط`.
        let capital = i > 1 && m.letters == 0 && d.flag(i - 1, Flag::Demonym) && d.flag(i - 2, Flag::PlaceHead);
        // `اجتماع الدوحة`: where they met.
        let next = m.end as usize;
        let talks = before.is_some_and(|b| m.letters == 0 && met(&d, b)) && !(d.tag(next, Tag::Preposition) && !d.tag(next, Tag::Locative) && !d.tag(next, Tag::Between));
        let city = clitics.has(Clitic::With)
            || clitics.has(Clitic::For) && visit
            || before.is_some_and(|b| !clitics.governs() && d.tag(b, Tag::Locative) || d.flag(b, Flag::PlaceHead))
            // `العاصمة الإيطالية روما`
            || before.is_some_and(|b| !clitics.governs() && b > 0 && d.flag(b, Flag::Demonym) && d.flag(b - 1, Flag::PlaceHead))
            || in_dateline(s, i)
            || clitics.joins()
                && !clitics.governs()
                && before.is_some_and(|b| s.mention_of[b] != NONE && s.ents[s.mentions[s.mention_of[b] as usize].ent as usize].kind == Kind::Place);
        // `سيطروا على صنعاء`, `قصف مدينة`: what is fought for is the city.
        let fought = before.is_some_and(|b| d.tag(b, Tag::Preposition) && !d.tag(b, Tag::Locative))
            && (i.saturating_sub(5)..i)
                .any(|b| d.readings(b).any(|(_, r)| lex.lemma(&r).links.iter().any(|l| matches!(l, Link::NounFrame(f) | Link::Frame(f) if seizes(&lex.frames[*f as usize])))));
        let city = city && !each || capital || talks || fought;
        if !city {
            continue;
        }
        let e = match s.ents.iter().position(|e| e.actor == Some(place)) {
            Some(e) => e as EntId,
            None => {
                let a = &lex.actors[place as usize];
                s.ents.push(Ent {
                    kind: Kind::Place,
                    actor: Some(place),
                    country: a.country.clone(),
                    label: a.ar.clone(),
                    roles: Vec::new(),
                    feminine: Some(true),
                    nameless: false,
                    merged: None,
                    why: (format!("place:{}", a.id), "capital-as-city"),
                });
                s.ents.len() as EntId - 1
            }
        };
        s.mentions[k].ent = e;
    }
}

/// A frame of violence that asks for a place.
fn seizes(frame: &sijill_lexicon::Frame) -> bool {
    frame.kind == "attack" && frame.slots.iter().any(|s| s.role.is_none() && s.takes(Kind::Place) && !s.takes(Kind::Country))
}

/// A noun for talks or a gathering, and for nothing else.
fn met(d: &Doc, i: usize) -> bool {
    let kinds: Vec<&str> = d
        .readings(i)
        .filter(|(a, _)| a.pronoun().is_none())
        .flat_map(|(_, r)| d.lex.lemma(&r).links.iter())
        .filter_map(|l| match l {
            Link::NounFrame(f) | Link::Frame(f) => Some(d.lex.frames[*f as usize].kind.as_str()),
            _ => None,
        })
        .collect();
    !d.flag(i, Flag::OrgHead)
        && !d.flag(i, Flag::PlaceHead)
        && kinds.iter().any(|k| matches!(*k, "meeting" | "gathering"))
        && kinds.iter().all(|k| matches!(*k, "meeting" | "gathering" | "mediation"))
        && d.readings(i).all(|(_, r)| !r.pos().finite())
}

fn in_dateline(s: &Scratch, i: usize) -> bool {
    s.dateline.is_some_and(|(from, to)| (from..to).contains(&(i as u32)))
}

/// A phrase for each mention that stands in no person's phrase.
fn plain(d: &Doc, covered: &[bool]) -> Vec<Phrase> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < d.len() {
        let m = d.s.mention_of[i];
        if m == NONE || covered[i] {
            i += 1;
            continue;
        }
        let m = d.s.mentions[m as usize];
        if m.start as usize == i {
            let proclitics =
                d.s.matches_at(i)
                    .iter()
                    .find(|x| x.letters == m.letters)
                    .map(|x| x.proclitics)
                    .or_else(|| d.s.analyses_at(i).iter().find(|a| a.letters == m.letters).map(|a| a.proclitics))
                    .unwrap_or_default();
            out.push(Phrase { start: m.start, end: m.end, letters: m.letters, proclitics, ents: vec![d.root(m.ent)], unnamed: false, plural: false });
        }
        i = m.end as usize;
    }
    out
}

fn class(k: Kind) -> u8 {
    match k {
        Kind::Person | Kind::Country | Kind::Organization | Kind::Forum => 0,
        Kind::Place => 1,
        Kind::Initiative => 2,
    }
}

/// `أ وب`, `أ، وب`, `أ، ب وج`: one phrase.
fn join(d: &Doc, list: Vec<Phrase>) -> Vec<Phrase> {
    let mut out: Vec<Phrase> = Vec::with_capacity(list.len());
    let sort = |p: &Phrase| p.ents.first().map(|&e| class(d.ent(e).kind));
    let mut k = 0;
    while k < list.len() {
        let mut group = list[k].clone();
        let mut next = k + 1;
        while next < list.len() {
            let b = &list[next];
            // Parentheses behind a name (`شيآن (الصين)`) are skipped in lists.
            let gap = b.start as usize - group.end.min(b.start) as usize;
            let comma = gap >= 1 && d.comma(group.end as usize);
            // `و` written apart.
            let apart = (1..=2).contains(&gap) && d.lone_and(b.start as usize - 1) && (gap == 1 || comma);
            // `فلان وخصمه فلان`: a word of kinship or office with its pronoun between.
            let kin = gap == 1
                && b.proclitics.0 == 0
                && b.ents.iter().all(|&e| d.ent(e).kind == Kind::Person)
                && d.s.mention_of[group.end as usize] == NONE
                && d.s.analyses_at(group.end as usize).iter().any(|x| x.proclitics.joins() && !x.proclitics.governs() && x.pronoun().is_some())
                && !d.flag(group.end as usize, Flag::Speech)
                && !d.flag(group.end as usize, Flag::Frame);
            let adjacent = gap == 0 || comma && gap == 1 || apart || kin;
            let bare_join = (b.proclitics.joins() || apart || kin) && !b.proclitics.governs();
            // A comma without `و` joins only in a list that ends with one.
            let listed = comma
                && b.proclitics.0 & !(Clitic::Article as u8) == 0
                && list.get(next + 1).is_some_and(|c| {
                    let gap = c.start as usize - b.end.min(c.start) as usize;
                    (gap == 0 || gap == 1 && d.comma(b.end as usize)) && (c.proclitics.joins() || gap == 1) && sort(c) == sort(b)
                });
            if !(adjacent && (bare_join || listed) && sort(b) == sort(&group)) {
                break;
            }
            // `،` + `و` + a verb's subject begins a new clause rather than a list: a finite verb follows at once.
            if comma && d.readings(b.end as usize % d.len()).any(|(a, r)| r.pos().finite() && a.letters == 0) && (b.end as usize) < d.len() && group.ents.len() == 1 {
                break;
            }
            group.ents.extend(b.ents.iter().copied());
            group.end = b.end;
            group.plural = true;
            next += 1;
        }
        group.ents.dedup();
        out.push(group);
        k = next;
    }
    out
}

/// `مسؤول في البيت الأبيض`, `دبلوماسي مصري`: one official without a name, of a named body or state.
fn officials(d: &Doc, list: &[Phrase]) -> Vec<(u32, u32, u8, OfficialOf, bool)> {
    let mut out = Vec::new();
    // The list is in the order of the text, and nothing in it overlaps.
    let from = |i: usize| list.get(list.partition_point(|p| (p.end as usize) <= i));
    let starts = |i: usize| from(i).filter(|p| p.start as usize == i);
    let inside = |i: usize| from(i).is_some_and(|p| p.start as usize <= i);
    for i in 0..d.len() {
        if !d.flag(i, Flag::Unnamed) || d.s.junk[i] || inside(i) {
            continue;
        }
        // `وهو محلل أمني عراقي` is said of the one before.
        if i > 0 && d.tag(i - 1, Tag::Relative) && d.ends(i - 1, Shape::TakesUp) {
            continue;
        }
        let official = |r: &sijill_lexicon::Reading| d.lex.lemma(r).links.contains(&Link::UnnamedOfficial);
        let plural = d.readings(i).any(|(_, r)| official(&r) && matches!(r.number(), sijill_lexicon::inflect::Number::Plural | sijill_lexicon::inflect::Number::Dual))
            // A counted noun (`60 دبلوماسيا`).
            || i > 0 && d.tokens()[i - 1].kind == sijill_text::Kind::Number;
        let named = d.readings(i).find(|(a, r)| {
            let indefinite = !a.proclitics.has(Clitic::Article) && a.pronoun().is_none() && r.gender() != sijill_lexicon::inflect::Gender::Feminine;
            indefinite && !plural && official(r) && !matches!(crate::clause::governor(d, i, a.proclitics), crate::clause::Governor::Noun(_))
        });
        let letters = named.map(|(a, _)| a.letters);
        let mut end = i + 1;
        let mut of = None;
        // A source takes adjectives only (`مصدر أمني عراقي`, not `مصدر طاقة إيراني`).
        let source = d.readings(i).any(|(_, r)| d.lex.lemma(&r).links.contains(&Link::UnnamedSource));
        if let Some(letters) = letters {
            while end < d.len()
                && end - i < 3
                && d.is_word(end)
                && (d.flag(end, Flag::Common) && (!source || described(d, end)) || d.ends(end, Shape::Relational) && d.flag(end + 1, Flag::Demonym))
                && !d.flag(end, Flag::Demonym)
                && d.s.tags[end] == 0
                && !d.definite(end)
                && starts(end).is_none()
                && (!d.flag(end, Flag::Speech) || d.ends(end, Shape::Relational) && d.flag(end + 1, Flag::Demonym))
            {
                end += 1;
            }
            let demonym = d.readings(end.min(d.len() - 1)).find_map(|(_, r)| d.lex.lemma(&r).links.iter().find_map(|l| if let Link::Demonym(c) = l { Some(*c) } else { None }));
            if let Some(c) = demonym.filter(|_| end < d.len()) {
                of = Some(OfficialOf::State(c));
                end += 1;
                // `دبلوماسي مصري مسؤول`, `مصدر روسي مطلع`, `مسؤول أمريكي كبير`
                let mut more = 0;
                while more < 2 && (d.flag(end, Flag::Unnamed) || described(d, end) || ranked(d, end)) {
                    end += 1;
                    more += 1;
                }
            } else if d.tag(end, Tag::Locative) {
                if let Some(p) = starts(end + 1).filter(|p| p.letters == 0 && p.ents.len() == 1 && matches!(d.ent(p.ents[0]).kind, Kind::Organization | Kind::Forum)) {
                    of = Some(OfficialOf::Body(p.ents[0]));
                    end = p.end as usize;
                }
            } else if let Some(p) = starts(end).filter(|p| p.proclitics.has(Clitic::With) && p.ents.len() == 1 && matches!(d.ent(p.ents[0]).kind, Kind::Organization | Kind::Forum))
            {
                of = Some(OfficialOf::Body(p.ents[0]));
                end = p.end as usize;
            }
            if let Some(of) = of {
                out.push((i as u32, end as u32, letters, of, false));
                continue;
            }
        }
        out.push((i as u32, i as u32 + 1, letters.unwrap_or(0), OfficialOf::Nobody, true));
    }
    out
}

/// An indefinite masculine adjective, and nothing else.
fn described(d: &Doc, i: usize) -> bool {
    d.is_word(i)
        && d.s.tags[i] == 0
        && !d.definite(i)
        && d.s.time_of[i] == NONE
        && d.s.mention_of[i] == NONE
        && d.readings(i).any(|(a, r)| matches!(r.pos(), Pos::Adjective | Pos::ActiveParticiple | Pos::PassiveParticiple) && a.letters == 0 && a.pronoun().is_none())
        && d.readings(i).all(|(_, r)| !r.pos().finite() && r.pos() != Pos::Masdar)
}

/// An indefinite word behind an adjective of nationality that is a noun by its form, and an adjective by its place (`كبير`).
fn ranked(d: &Doc, i: usize) -> bool {
    d.is_word(i)
        && d.flag(i, Flag::Common)
        && d.s.tags[i] == 0
        && !d.definite(i)
        && d.s.time_of[i] == NONE
        && d.s.mention_of[i] == NONE
        && !d.ends(i, Shape::Accusative)
        && !d.ends(i, Shape::Feminine)
        && d.readings(i).all(|(a, r)| a.letters == 0 && a.pronoun().is_none() && !r.pos().finite() && r.pos() != Pos::Masdar)
}

#[derive(Clone, Copy)]
enum OfficialOf {
    State(u32),
    Body(EntId),
    Nobody,
}

/// Heads before a phrase that belong to it: `كلا من`, `زعماء`, `وفد`, and officials without a name.
fn with_heads(lex: &Lexicon, text: &str, s: &mut Scratch, list: Vec<Phrase>, officials: Vec<(u32, u32, u8, OfficialOf, bool)>) -> Vec<Phrase> {
    let mut out = list;
    for p in &mut out {
        let d = Doc { lex, text, s };
        let first = p.start as usize;
        if first == 0 || p.letters > 0 && !p.proclitics.joins() {
            continue;
        }
        let mut at = first;
        // `من` behind the head, `دول`, `بلدان` between.
        let of = d.tag(at - 1, Tag::Partitive) || d.tag(at - 1, Tag::Locative) && !d.tag(at - 1, Tag::Direction);
        if d.tag(at - 1, Tag::Preposition) && at >= 2 && (d.tag(at - 2, Tag::Each) || of && (d.flag(at - 2, Flag::Group) || d.tag(at - 2, Tag::Members))) {
            at -= 1;
        }
        let head = at - 1;
        let member = |d: &Doc, i: usize| d.readings(i).find(|(a, r)| !a.proclitics.has(Clitic::Article) && d.lex.lemma(r).is(Tag::Members)).map(|(a, _)| a);
        if let Some(a) = member(&d, head).filter(|_| p.ents.iter().any(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Country | Kind::Forum))) {
            p.start = head as u32;
            p.proclitics = a.proclitics;
            p.letters = a.letters;
            p.plural = true;
            continue;
        }
        // `وفد من جماعة …`, `وفد الجماعة`: the body by its delegates.
        let bodies = p.ents.iter().all(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Forum | Kind::Country));
        let from = head >= 1 && d.links_at(head - 1).any(|m| m.link == Link::Tag(Tag::Delegation) && m.end as usize == first);
        let sent = if from { head - 1 } else { head };
        if let Some(a) = d.readings(sent).find(|(a, r)| !a.proclitics.has(Clitic::Article) && d.lex.lemma(r).is(Tag::Delegation)).map(|(a, _)| a).filter(|_| bodies) {
            p.start = sent as u32;
            p.proclitics = a.proclitics;
            p.letters = a.letters;
            continue;
        }
        let each = d.tag(head, Tag::Each) || d.readings(head).any(|(a, r)| a.proclitics.governs() && lex.lemma(&r).is(Tag::Each));
        let group = d.flag(head, Flag::Group) || d.links_at(head).any(|m| matches!(m.link, Link::Group(_)));
        // A group's head may be of several words (`وزراء خارجية`, `وزراء خارجية دول`).
        let words = (1..=2).filter_map(|n| head.checked_sub(n)).find(|&h| d.links_at(h).any(|m| matches!(m.link, Link::Group(_)) && m.end as usize == at));
        let two = words.is_some();
        let states = p.ents.iter().all(|&e| matches!(d.ent(e).kind, Kind::Country | Kind::Forum));
        if each && (at < first || p.plural) || (group || two) && states {
            let start = words.unwrap_or(head);
            p.start = start as u32;
            let a = d.s.analyses_at(start).first().copied();
            let with = d.s.analyses_at(start).iter().find(|a| a.readings.0 != a.readings.1).copied().or(a);
            p.proclitics = with.map_or_else(Clitics::default, |a| a.proclitics);
            p.letters = with.map_or(0, |a| a.letters);
            p.plural = true;
            // `رئيسا كازاخستان والصين` are the two presidents, where the article names them.
            let title = d.links_at(start).find_map(|m| if let Link::Title(t, sijill_lexicon::Count::Two) = m.link { Some(lex.titles[t as usize].title.clone()) } else { None });
            if let Some(title) = title {
                let bearers: Vec<EntId> = p
                    .ents
                    .iter()
                    .filter_map(|&e| {
                        let iso = d.ent(e).country.clone()?;
                        d.s.ents
                            .iter()
                            .position(|x| x.kind == Kind::Person && x.merged.is_none() && x.roles.iter().any(|r| r.title == title && r.of == OfWhom::State(iso.clone())))
                            .map(|x| x as EntId)
                    })
                    .collect();
                if bearers.len() == p.ents.len() && bearers.len() == 2 {
                    p.ents = bearers;
                }
            }
        }
    }
    // What stands inside the words for an official is no phrase by itself. Officials come in the order of the text.
    let mut reach = Vec::with_capacity(officials.len());
    for (start, end, .., unnamed) in &officials {
        let last = reach.last().map_or(0, |(_, end)| *end);
        reach.push((*start, if *unnamed { last } else { last.max(*end) }));
    }
    out.retain(|p| reach[..reach.partition_point(|(start, _)| *start <= p.start)].last().is_none_or(|(_, end)| p.end > *end));
    let named = out.len();
    let mut nameless: FxHashMap<String, EntId> = FxHashMap::default();
    for (e, ent) in s.ents.iter().enumerate().filter(|(_, e)| e.nameless && e.merged.is_none()) {
        nameless.entry(sijill_text::fold(&ent.label)).or_insert(e as EntId);
    }
    for (start, end, letters, of, unnamed) in officials {
        let (proclitics, words) = {
            let d = Doc { lex, text, s };
            (d.s.analyses_at(start as usize).iter().find(|a| a.letters == letters).map(|a| a.proclitics).unwrap_or_default(), d.words(start, end, letters))
        };
        if unnamed {
            // `مقاتلات التحالف`: the head of a phrase is nobody apart from it.
            let heads = |k: usize| out[..named].get(k).is_some_and(|p| p.start <= start && start < p.end);
            if heads(out[..named].partition_point(|p| p.end <= start)) {
                continue;
            }
            out.push(Phrase { start, end, letters, proclitics, ents: Vec::new(), unnamed: true, plural: true });
            continue;
        }
        let folded = sijill_text::fold(&words);
        let ent = match nameless.get(&folded) {
            Some(&e) => e,
            None => {
                let of = match of {
                    OfficialOf::State(c) => OfWhom::State(lex.actors[c as usize].id.clone()),
                    OfficialOf::Body(e) => OfWhom::Ent(e),
                    OfficialOf::Nobody => OfWhom::Nobody,
                };
                let role = RoleFound { title: "other".into(), title_id: u32::MAX, of, start, end, former: false };
                s.ents.push(Ent {
                    kind: Kind::Person,
                    actor: None,
                    country: None,
                    label: words,
                    roles: vec![role],
                    feminine: None,
                    nameless: true,
                    merged: None,
                    why: ("unnamed_official".into(), "official-of-body"),
                });
                let e = s.ents.len() as EntId - 1;
                nameless.insert(folded, e);
                e
            }
        };
        s.mentions.push(Mention { start, end, letters, ent, by_title: true });
        out.push(Phrase { start, end, letters, proclitics, ents: vec![ent], unnamed: false, plural: false });
    }
    out
}

/// Words that stand for somebody named before.
fn referring(lex: &Lexicon, text: &str, s: &mut Scratch) {
    let tags = [Tag::Pair, Tag::Assembly, Tag::BareHead, Tag::OwnCountry, Tag::Side, Tag::Delegation];
    let stand_in = tags.into_iter().fold(0, |all, t| all | 1u64 << t as u64);
    let mut more = Vec::new();
    {
        let d = Doc { lex, text, s };
        for i in 0..d.len() {
            if d.s.summaries[i].any_tags & stand_in == 0 && !d.flag(i, Flag::Honorific) || d.s.junk[i] || !d.is_word(i) {
                continue;
            }
            let unnamed = d.phrase(i).is_some_and(|(_, p)| p.unnamed);
            if d.s.phrase_of[i] != NONE && !unnamed {
                continue;
            }
            let tagged = |t: Tag| if d.tagged(i, t) { d.readings(i).find(|(_, r)| lex.lemma(r).is(t)).map(|(a, _)| a) } else { None };
            if let Some(a) = tagged(Tag::Pair) {
                let office = d.links_at(i).find_map(|m| if let Link::Title(t, sijill_lexicon::Count::Two) = m.link { Some(t) } else { None });
                // `الرئيسان`: two of that office sooner than any two persons.
                // `المسؤولان الأميركيان`: the last two persons of that state.
                let next = (i + 1 < d.len() && d.definite(i + 1)).then_some(i + 1);
                let state = next.and_then(|t| {
                    d.readings(t).find_map(|(_, r)| {
                        let dual = r.number() == sijill_lexicon::inflect::Number::Dual;
                        lex.lemma(&r).links.iter().find_map(|l| if let Link::Demonym(c) = l { dual.then(|| lex.actors[*c as usize].id.clone()) } else { None })
                    })
                });
                let of_state = state.map(|iso| compatriots(&d, i, &iso)).filter(|e| e.len() == 2);
                if unnamed && of_state.is_none() {
                    continue;
                }
                let ents = of_state.or_else(|| office.map(|t| pair(&d, i, true, Some(t))).filter(|e| e.len() == 2)).unwrap_or_else(|| pair(&d, i, office.is_some(), None));
                if ents.len() == 2 {
                    // `رئيسا البلدين`: their states.
                    let head = i.checked_sub(1).filter(|&h| d.flag(h, Flag::Group) && d.s.phrase_of[h] == NONE && !a.proclitics.governs());
                    let with = head.and_then(|h| d.s.analyses_at(h).iter().find(|x| x.readings.0 != x.readings.1).copied());
                    let (start, a) = head.zip(with).unwrap_or((i, a));
                    more.push(Phrase { start: start as u32, end: i as u32 + 1, letters: a.letters, proclitics: a.proclitics, ents, unnamed: false, plural: true });
                }
            } else if unnamed {
                continue;
            } else if let Some(a) = tagged(Tag::Assembly) {
                // The last list of three states or more.
                let at = d.s.phrases.partition_point(|p| (p.end as usize) <= i);
                let group = d.s.phrases[..at].iter().rev().find(|p| p.ents.len() >= 3 && p.ents.iter().all(|&e| d.ent(e).kind == Kind::Country));
                if let Some(g) = group {
                    more.push(Phrase { start: i as u32, end: i as u32 + 1, letters: a.letters, proclitics: a.proclitics, ents: g.ents.clone(), unnamed: false, plural: true });
                }
            } else if let Some(a) = tagged(Tag::BareHead) {
                // Not the head of a longer name that no register knows (`المقاومة الشعبية`).
                let longer =
                    d.is_word(i + 1) && d.definite(i + 1) && d.s.phrase_of[i + 1] == NONE && d.s.tags[i + 1] == 0 && !d.flag(i + 1, Flag::Demonym) && d.flag(i + 1, Flag::Common);
                let word = |t: usize, letters: u8| -> String { d.tokens().fold(t).chars().skip(letters as usize).collect() };
                let bare = |w: &str| d.lex.cut(w, Shape::Article).unwrap_or(w).to_owned();
                let head = bare(&word(i, a.letters));
                let known = d.s.mentions.iter().rev().filter(|m| (m.start as usize) < i && m.end > m.start + 1).find(|m| bare(&word(m.start as usize, m.letters)) == head);
                let body = known.map(|m| d.root(m.ent)).filter(|&e| !longer && matches!(d.ent(e).kind, Kind::Organization | Kind::Forum));
                if let Some(e) = body {
                    more.push(Phrase { start: i as u32, end: i as u32 + 1, letters: a.letters, proclitics: a.proclitics, ents: vec![e], unnamed: false, plural: false });
                }
            } else if let Some(a) = tagged(Tag::OwnCountry) {
                let state = before(&d, i).find_map(|e| state_of(&d, e)).and_then(|iso| country_ent(&d, &iso));
                if let Some(e) = state {
                    more.push(Phrase { start: i as u32, end: i as u32 + 1, letters: a.letters, proclitics: a.proclitics, ents: vec![e], unnamed: false, plural: false });
                }
            } else if let Some((a, e)) = honoured(&d, i) {
                more.push(Phrase { start: i as u32, end: i as u32 + 1, letters: a.letters, proclitics: a.proclitics, ents: vec![e], unnamed: false, plural: false });
            } else if let Some(a) = tagged(Tag::Side).or_else(|| tagged(Tag::Delegation)) {
                let named = |t: usize| {
                    d.readings(t.min(d.len() - 1))
                        .find_map(|(_, r)| lex.lemma(&r).links.iter().find_map(|l| if let Link::Demonym(c) = l { Some(lex.actors[*c as usize].id.clone()) } else { None }))
                };
                // `وفدا برلمانيا تونسيا`: another adjective may stand between.
                let between = i + 2 < d.len()
                    && d.is_word(i + 1)
                    && d.s.tags[i + 1] == 0
                    && d.s.phrase_of[i + 1] == NONE
                    && d.definite(i + 1) == d.definite(i)
                    && d.definite(i + 2) == d.definite(i);
                let (state, last) = match named(i + 1) {
                    Some(c) => (Some(c), 1),
                    None if between => (named(i + 2), 2),
                    None => (None, 1),
                };
                // `الوفد` alone: the one last spoken of.
                let alone = state.is_none() && d.definite(i) && !tagged(Tag::Side).is_some() && !(d.is_word(i + 1) && d.definite(i + 1));
                let known = |p: &&Phrase| (p.end as usize) <= i && (p.start..p.end).any(|t| d.tagged(t as usize, Tag::Delegation));
                let sent = more.iter().chain(&d.s.phrases).filter(known).filter(|_| alone).max_by_key(|p| p.start).map(|p| p.ents.clone());
                if let Some(ents) = sent {
                    more.push(Phrase { start: i as u32, end: i as u32 + 1, letters: a.letters, proclitics: a.proclitics, ents, unnamed: false, plural: false });
                } else if let Some(e) = state.and_then(|iso| country_ent(&d, &iso)) {
                    more.push(Phrase { start: i as u32, end: (i + last) as u32 + 1, letters: a.letters, proclitics: a.proclitics, ents: vec![e], unnamed: false, plural: false });
                }
            }
        }
    }
    s.phrases.extend(more);
    s.phrases.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
    index(s);
}

/// `سموه`, `معاليه`: the last person before it who was introduced with that honorific.
fn honoured(d: &Doc, i: usize) -> Option<(sijill_grammar::Analysis, EntId)> {
    if !d.flag(i, Flag::Honorific) {
        return None;
    }
    let (a, r) = d.readings(i).find(|(a, r)| a.pronoun().is_some_and(|p| d.lex.enclitics[p].person == 3) && d.lex.lemma(r).has(Flag::Honorific))?;
    let at = d.s.phrases.partition_point(|p| (p.end as usize) <= i);
    let person = d.s.phrases[..at].iter().rev().take(60).find_map(|p| {
        let e = p.ents.iter().map(|&e| d.root(e)).find(|&e| d.ent(e).kind == Kind::Person)?;
        // The honorific stands before the phrase or among its titles.
        let start = p.start as usize;
        let from = start - (start.saturating_sub(5)..start).rev().take_while(|&t| d.is_word(t) && !d.tag(t, Tag::Preposition) && d.phrase(t).is_none()).count();
        (from..p.end as usize).any(|t| d.readings(t).any(|(_, y)| y.lemma == r.lemma)).then_some(e)
    })?;
    Some((a, person))
}

/// Entities of the phrases before token `i`, the nearest first.
fn before<'a>(d: &Doc<'a>, i: usize) -> impl Iterator<Item = EntId> + 'a {
    let d = *d;
    let at = d.s.phrases.partition_point(|p| (p.end as usize) <= i);
    d.s.phrases[..at].iter().rev().take(40).flat_map(|p| p.ents.iter().rev()).map(move |&e| d.root(e))
}

/// The state whose official or government an entity is.
pub(crate) fn state_of(d: &Doc, e: EntId) -> Option<String> {
    let ent = d.ent(e);
    match ent.kind {
        Kind::Country => ent.country.clone(),
        Kind::Person => ent
            .roles
            .iter()
            .find_map(|r| match &r.of {
                OfWhom::State(s) => Some(s.clone()),
                OfWhom::Ent(b) => d.ent(*b).country.clone(),
                OfWhom::Register(a) => d.lex.actors[*a as usize].country.clone(),
                OfWhom::Nobody => None,
            })
            .or_else(|| {
                let a = &d.lex.actors[ent.actor? as usize];
                a.offices.iter().rev().find_map(|o| o.of.clone()).filter(|s| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase()))
            }),
        Kind::Organization => ent.country.clone(),
        _ => None,
    }
}

/// The entity of a state, if the article names it.
pub(crate) fn country_ent(d: &Doc, iso: &str) -> Option<EntId> {
    d.s.ents.iter().position(|e| e.kind == Kind::Country && e.country.as_deref() == Some(iso)).map(|e| e as EntId)
}

/// The last two persons of one state named before token `i`.
fn compatriots(d: &Doc, i: usize, iso: &str) -> Vec<EntId> {
    let mut out: Vec<EntId> = Vec::new();
    for e in before(d, i).filter(|&e| d.ent(e).kind == Kind::Person && state_of(d, e).as_deref() == Some(iso)) {
        if !out.contains(&e) {
            out.push(e);
        }
        if out.len() == 2 {
            break;
        }
    }
    out.sort_unstable();
    out
}

/// The two that are meant: the last two persons of different states, or the last two states.
pub(crate) fn pair(d: &Doc, i: usize, persons: bool, office: Option<u32>) -> Vec<EntId> {
    let mut out: Vec<EntId> = Vec::new();
    let mut states: Vec<String> = Vec::new();
    for e in before(d, i) {
        let kind = d.ent(e).kind;
        if persons && kind != Kind::Person || !matches!(kind, Kind::Person | Kind::Country) {
            continue;
        }
        if office.is_some_and(|t| !d.ent(e).roles.iter().any(|r| r.title_id == t)) {
            continue;
        }
        let Some(state) = state_of(d, e) else { continue };
        if states.contains(&state) {
            continue;
        }
        let who = if persons { Some(e) } else { country_ent(d, &state) };
        if let Some(who) = who {
            states.push(state);
            out.push(who);
        }
        if out.len() == 2 {
            break;
        }
    }
    out.sort_unstable();
    out
}
