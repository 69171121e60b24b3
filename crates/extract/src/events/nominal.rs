//! Around a noun: its genitive, the light verb's subject, the owner of its pronoun, the clause behind it.
//! What must not live here: what stands behind both verbs and nouns (`around`).

use super::anchors::Anchor;
use super::around::*;
use super::doers::{addressed, carried, invited, leader, near_topic};
use super::states::{demonym, qualified};
use crate::clause::{self, Governor};
use crate::doc::*;
use crate::phrases::state_of;
use sijill_lexicon::inflect::{Gender, Number, Voice};
use sijill_lexicon::{Clitic, Flag, Kind, Link, Tag};

/// Around a noun: its genitive, the light verb's subject, the owner of its pronoun. Gives where the objects may begin.
pub(super) fn nominal(d: &Doc, a: &Anchor, (from, opens): (usize, usize), to: usize, topic: &[EntId], x: &mut Around) -> usize {
    let mut scan = a.end;
    if let Some((k, _)) = d.phrase_at(a.at).filter(|(_, p)| p.ents.iter().all(|&e| d.ent(e).kind != Kind::Initiative)) {
        x.genitive = Some(k);
    } else if let Some((k, p)) = d.phrase_at(a.end).or_else(|| d.phrase_at(a.end + 1).filter(|_| d.flag(a.end, Flag::PlaceHead) && !d.definite(a.end)))
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
                // `شهد القصر الرئاسي لقاء بين …`: a house takes no part in what it sees.
                Some(p)
                    if light.effect.as_deref() == Some("scene")
                        && a.any_of(d, &["meeting"])
                        && d.s.phrases[p as usize].ents.iter().all(|&e| d.ent(d.root(e)).kind == Kind::Organization) => {}
                Some(p) => {
                    x.subject.push(p);
                    // `أجرى وفد من … برئاسة فلان زيارة`: he travels with them.
                    let led = (d.s.phrases[p as usize].start..d.s.phrases[p as usize].end).any(|t| d.tagged(t as usize, Tag::Delegation));
                    if led && s.behind {
                        x.subject.extend(leader(d, l.at, a.at));
                    }
                }
                None if light.effect.as_deref() == Some("scene") => {}
                None if unsaid => {
                    x.pronoun = carried(d, l.at, &l.reading, if they(d, l.at) { from } else { opens });
                    let violent = a.all_of(d, &["attack", "coercion"]);
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
        collect(d, l.at + 1, a.at, x);
    }
    // `زيارة للرئيس`: the doer behind the preposition of belonging.
    let message = a.any_of(d, &["message"]);
    if x.genitive.is_none() && !message {
        // … of violence bodies and states as well (`غارات للتحالف`).
        let violent = a.any_of(d, &["attack"]);
        let doer = |e: EntId| d.ent(e).kind == Kind::Person || violent && d.ent(e).kind != Kind::Place;
        let owner = (a.end..(a.end + 2).min(to))
            .find_map(|t| d.phrase_at(t))
            .filter(|(_, p)| p.proclitics.has(Clitic::For) && p.ents.iter().all(|&e| doer(e)))
            // `الغزو الروسي لأوكرانيا`: the adjective tells who did it.
            .filter(|_| !violent || demonym(d, a.end).is_none());
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
    // `كان الوزير في استقبال ضيفه`
    if let Some(g) = x.genitive.filter(|_| !a.pronoun && x.subject.is_empty())
        && let Some(k) = awaits(d, a, (from, to), g)
    {
        x.subject.push(k);
        x.objects.push(g);
        x.genitive = None;
    }
    if a.pronoun && x.subject.is_empty() || set && a.light.is_none() && x.genitive.is_none() && !a.pronoun {
        // Of violence nobody is guilty by being spoken of.
        let violent = !a.pronoun && a.any_of(d, &["attack", "coercion"]);
        x.pronoun = if violent { Vec::new() } else { near_topic(d, a.at, from, topic) };
        // `طلبت الوكالة من فلان خلال زيارته`: a man travels and meets, where one is named near it.
        let masculine = of_a_man(d, a.at);
        if a.pronoun
            && masculine
            && a.any_of(d, &["visit", "meeting", "call"])
            && !x.pronoun.is_empty()
            && x.pronoun.iter().all(|&e| matches!(d.ent(e).kind, Kind::Organization | Kind::Forum | Kind::Country))
        {
            let man =
                (from.max(a.at.saturating_sub(30))..a.at).rev().filter_map(|t| d.phrase_at(t)).find(|(_, p)| p.ents.len() == 1 && d.ent(d.root(p.ents[0])).kind == Kind::Person);
            if let Some((_, p)) = man {
                x.pronoun = vec![d.root(p.ents[0])];
            }
        }
        let visit = a.any_of(d, &["visit"]);
        if visit && !a.pronoun && x.pronoun.iter().any(|&e| d.ent(e).kind == Kind::Country) {
            // States do not travel: the one of whom the sentence tells.
            x.pronoun = topic.iter().copied().filter(|&e| d.ent(e).kind == Kind::Person).collect();
        }
        // `حيث كان في زيارة رسمية`
        let been = visit && a.at >= 2 && d.tag(a.at - 2, Tag::Auxiliary) && !x.pronoun.is_empty();
        // `فلان، الذي كان في زيارة`: he whom the clause is about.
        let relative = (a.at >= 3 && been).then(|| a.at - 3).filter(|&t| d.tag(t, Tag::Relative) && t > from);
        let last = relative.map(|t| if d.comma(t - 1) { t.saturating_sub(2) } else { t - 1 });
        if let Some((_, p)) = last.and_then(|t| d.phrase(t)).filter(|(_, p)| p.ents.iter().all(|&e| d.ent(d.root(e)).kind == Kind::Person)) {
            x.pronoun = p.ents.iter().map(|&e| d.root(e)).collect();
        }
        x.weak = !a.pronoun && !been;
        if visit && a.pronoun {
            abroad(d, a, from, topic, x);
        }
    }
    // `الزيارة الثانية التي يجريها الرئيس إلى …`, `زيارة يبدأها الرئيس`.
    let impersonal = a.light.map(|l| &d.lex.lights[l.light as usize]).is_some_and(|l| l.impersonal || l.effect.as_deref() == Some("participation"));
    // `تصدى الجيش لهجوم شنه المتمردون`: the light verb's subject suffers, the clause behind the noun names who does it.
    if x.suffering
        && let Some((p, l)) = assailant(d, a, to)
    {
        x.prepositional.push((p, l));
    }
    let sponsor = sponsor(d, a, to);
    if let Some((p, l)) = sponsor {
        x.prepositional.push((p, l));
        scan = d.s.phrases[p as usize].end as usize;
    }
    if sponsor.is_none() && (a.light.is_none() || impersonal) && x.genitive.is_none() && x.subject.is_empty() {
        let verb = (a.end..(a.end + 10).min(to)).find(|&t| d.is_word(t) && clause::verb(d, t).is_some());
        // `تم رفع العقوبات التي فرضتها …`: the clause tells of another noun.
        let verb = verb.filter(|&v| !impersonal || !(a.end..v).any(|t| d.flag(t, Flag::NounFrame)));
        if let Some((v, (an, r))) = verb.and_then(|v| clause::verb(d, v).map(|y| (v, y))) {
            // `العقوبات التي فرضتها كندا`: a verb of the same kind does it.
            let kind = |f: u32| d.lex.frames[f as usize].kind.as_str();
            let akin = d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Frame(f) if !d.lex.frames[*f as usize].claim && a.frames.iter().any(|&g| kind(g) == kind(*f))));
            let forceful = a.frames.iter().any(|&f| matches!(kind(f), "attack" | "coercion" | "sanction" | "mobilisation" | "protest"));
            // `زيارة التقى خلالها …`: what happens on the visit is not the visit.
            let told = an.pronoun().is_some() && !forceful && !(a.end..v).any(|t| d.tag(t, Tag::Relative));
            let does = (an.pronoun().is_some() || v + 1 < to && d.tag(v + 1, Tag::Bound)) && (d.flag(v, Flag::Light) || akin || told);
            // `المفاوضات التي تجري في مسقط بين …`: what stands behind the verb belongs to the noun.
            let happens = d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Light(k) if d.lex.lights[*k as usize].impersonal))
                || d.flag(v, Flag::Light) && (r.voice() == Voice::Passive || d.tag(v + 1, Tag::Preposition) && !d.tag(v + 1, Tag::Bound) || d.time_at(v + 1).is_some());
            if happens && an.pronoun().is_none() && d.tag(v - 1, Tag::Relative) && (a.end..v).all(|t| d.phrase_at(t).is_none()) {
                scan = v + 1;
            }
            let s = clause::subject_behind(d, v, &r, to);
            // `على هامش زيارة يؤديها اليوم إلى …`: he of whom the sentence tells.
            let taken_up = an.pronoun().is_some() || d.tag(v + 1, Tag::Bound);
            let visit = does && d.flag(v, Flag::Light) && taken_up && s.phrase.is_none() && !s.unknown && a.any_of(d, &["visit"]);
            if visit && x.subject.is_empty() && x.pronoun.iter().all(|&e| d.ent(e).kind != Kind::Person) {
                x.pronoun = near_topic(d, a.at, from, topic).into_iter().filter(|&e| d.ent(e).kind == Kind::Person).collect();
                x.weak = false;
                collect(d, v + 1, to.min(v + 9), x);
            }
            // `القصف الذي تعرضت له المدينة`: who stands behind the verb suffers it.
            let suffers = v + 1 < to
                && d.tag(v + 1, Tag::Bound)
                && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Light(k) if d.lex.lights[*k as usize].effect.as_deref() == Some("suffering")));
            x.suffering |= suffers && s.phrase.is_some();
            if let Some(p) = s.phrase.filter(|_| does) {
                x.subject = vec![p];
                x.pronoun.clear();
                collect(d, s.end, to.min(s.end + 12), x);
            }
        }
    }
    let visit = a.any_of(d, &["visit"]);
    if visit
        && x.genitive.is_none_or(|k| d.s.phrases[k as usize].ents.iter().all(|&e| d.ent(d.root(e)).kind != Kind::Person))
        && let Some(k) = invited(d, a.at, from)
    {
        x.subject = vec![k];
        x.pronoun.clear();
    }
    let forceful = a.any_of(d, &["attack", "coercion", "sanction", "protest"]);
    if x.subject.is_empty() && x.pronoun.is_empty() && a.light.is_none() && !forceful {
        x.subject.extend(addressed(d, a.at, from));
    }
    scan
}

/// `المحادثات التي ترعاها قطر بين …`, `مفاوضات قادها المبعوث`: a verb of mediation names who brings them together. Gives him and the
/// preposition by which the noun's frame asks for him.
fn sponsor(d: &Doc, a: &Anchor, to: usize) -> Option<(u32, u32)> {
    let mediation = |f: u32| d.lex.frames[f as usize].kind == "mediation";
    let slots = a.frames.iter().filter(|&&f| mediation(f)).flat_map(|&f| &d.lex.frames[f as usize].slots);
    let under = slots.filter(|s| !s.subject && s.role.as_deref() == Some("actor")).find_map(|s| s.prepositions.first())?;
    let v = (a.end..(a.end + 4).min(to)).find(|&t| d.is_word(t) && clause::verb(d, t).is_some())?;
    let (an, r) = clause::verb(d, v)?;
    let leads = an.pronoun().is_some() && d.lex.lemma(&r).links.iter().any(|l| matches!(l, Link::Frame(f) if mediation(*f)));
    let p = clause::subject_behind(d, v, &r, to).phrase.filter(|_| leads && (a.end..v).all(|t| d.phrase(t).is_none() && !d.comma(t)))?;
    Some((p, *under))
}

/// Who does what the noun names, by the verb of a clause behind it (`هجوم شنه المتمردون`), and a preposition by which its frame asks
/// for him.
fn assailant(d: &Doc, a: &Anchor, to: usize) -> Option<(u32, u32)> {
    let slots = a.frames.iter().flat_map(|&f| &d.lex.frames[f as usize].slots);
    let by = slots.filter(|s| s.subject && s.role.as_deref() == Some("actor")).find_map(|s| s.prepositions.first())?;
    let v = (a.end..(a.end + 4).min(to)).find(|&t| d.is_word(t) && clause::verb(d, t).is_some())?;
    let (an, r) = clause::verb(d, v)?;
    let does = an.pronoun().is_some() && d.flag(v, Flag::Light) && (a.end..v).all(|t| d.phrase(t).is_none() && !d.comma(t));
    clause::subject_behind(d, v, &r, to).phrase.filter(|_| does).map(|p| (p, *by))
}

/// `كان الوزير في استقبال ضيفه`, `وكان في استقبال الضيف الوزير`: who awaits him, before the noun or behind the guest.
fn awaits(d: &Doc, a: &Anchor, (from, to): (usize, usize), guest: u32) -> Option<u32> {
    let in_it = a.at > from && d.tag(a.at - 1, Tag::Locative) && a.light.is_none() && a.any_of(d, &["meeting"]);
    let was = (from.max(a.at.saturating_sub(16))..a.at).rev().find(|&t| d.tag(t, Tag::Auxiliary)).filter(|_| in_it)?;
    let somebody = |p: &Phrase| p.ents.iter().all(|&e| d.ent(d.root(e)).kind == Kind::Person) && clause::governor(d, p.start as usize, p.proclitics) == Governor::Bare;
    let behind = d.s.phrases[guest as usize].end as usize;
    let before = (was + 1..a.at).filter_map(|t| d.phrase_at(t)).find(|(_, p)| somebody(p));
    let before = before.or_else(|| was.checked_sub(1).filter(|&b| b >= from).and_then(|b| d.phrase(b)).filter(|(_, p)| somebody(p)));
    before.or_else(|| (behind..(behind + 12).min(to)).filter_map(|t| d.phrase_at(t)).find(|(_, p)| somebody(p))).map(|(k, _)| k).filter(|&k| k != guest)
}

/// `التقى كارتر بارزاني خلال زيارته للعراق`: nobody visits his own state; another whom the sentence names does.
fn abroad(d: &Doc, a: &Anchor, from: usize, topic: &[EntId], x: &mut Around) {
    let to = (a.end..(a.end + 5).min(d.len())).take_while(|&t| !d.comma(t)).find_map(|t| d.phrase_at(t)).and_then(|(_, p)| d.ent(d.root(*p.ents.first()?)).country.clone());
    let home = |e: EntId| to.is_some() && state_of(d, e) == to;
    let [e] = x.pronoun[..] else { return };
    if !home(e) {
        return;
    }
    let other = |e: &EntId| d.ent(*e).kind == Kind::Person && !home(*e);
    let bare = (from..a.at).rev().filter_map(|t| d.phrase_at(t)).filter(|(_, p)| p.ents.len() == 1 && clause::governor(d, p.start as usize, p.proclitics) == Governor::Bare);
    if let Some(e) = topic.iter().copied().find(|_| topic.len() == 1).filter(other).or_else(|| bare.map(|(_, p)| d.root(p.ents[0])).find(other)) {
        x.pronoun = vec![e];
    }
}
