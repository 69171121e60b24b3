//! What the text says against a register: offices, editions, founding dates.
//!
//! A warning is given only where the register is sure and the text leaves no other reading; dates of lower precision count in favour of
//! the text. What must not live here: what the text contradicts by itself (see `calendar`), and any correction of it.

use crate::assemble::Findings;
use crate::doc::{Doc, OfWhom};
use sijill_lexicon::calendar::Span as Unit;
use sijill_lexicon::{Kind, Link};
use sijill_record::{Record, Span, Warning};

/// Tokens before "the establishing of relations" in which their age stands.
const AGE: usize = 5;

pub(crate) fn check(d: &Doc, f: &Findings, out: &mut Record) {
    offices(d, out);
    editions(d, f, out);
    anniversaries(d, f, out);
}

fn warn(out: &mut Record, code: &str, span: Span, message: String) {
    out.warnings.push(Warning { code: code.into(), span, message });
}

/// A title that its bearer did not hold on the article's date, by a register that knows his terms.
fn offices(d: &Doc, out: &mut Record) {
    let Some(day) = d.s.published.map(|p| p.to_string()) else { return };
    for ent in &d.s.ents {
        let Some(actor) = ent.actor.filter(|_| ent.kind == Kind::Person && ent.merged.is_none()) else { continue };
        let offices = &d.lex.actors[actor as usize].offices;
        for r in &ent.roles {
            let OfWhom::State(iso) = &r.of else { continue };
            if !matches!(r.title.as_str(), "head-of-state" | "head-of-government" | "foreign-minister" | "monarch" | "crown-prince") {
                continue;
            }
            let terms: Vec<_> = offices.iter().filter(|o| o.title == r.title && o.of.as_deref() == Some(iso.as_str())).collect();
            if terms.is_empty() {
                continue;
            }
            let held = terms.iter().any(|o| o.from.as_deref().is_none_or(|from| covers_from(from, &day)) && o.until.as_deref().is_none_or(|until| covers_until(until, &day)));
            if !held {
                let term = terms.iter().map(|o| format!("{}/{}", o.from.as_deref().unwrap_or(".."), o.until.as_deref().unwrap_or(".."))).collect::<Vec<_>>().join(", ");
                let who = &d.lex.actors[actor as usize].en;
                warn(out, "role-mismatch", d.span(r.start, r.end, 0), format!("{who} held this office {term}, the article is of {day}"));
            }
        }
    }
}

fn covers_from(from: &str, day: &str) -> bool {
    let n = from.len().min(day.len());
    from[..n] <= day[..n]
}

fn covers_until(until: &str, day: &str) -> bool {
    let n = until.len().min(day.len());
    until[..n] >= day[..n]
}

/// A numbered summit of a forum, dated by the text in a year that is not that edition's. Councils and committees have counts of their
/// own: only a frame says that its number is that of the register.
fn editions(d: &Doc, f: &Findings, out: &mut Record) {
    for h in f.happenings.iter().filter(|h| h.kind == "gathering" && d.lex.frames[h.frame as usize].numbered) {
        let (Some(n), Some(year)) = (h.attributes.get("edition").and_then(serde_json::Value::as_u64), h.date.as_deref().and_then(year_of)) else { continue };
        let forums: Vec<u32> = h.participants.iter().filter(|(_, role)| role == "forum").filter_map(|(e, _)| d.ent(*e).actor).collect();
        let [forum] = forums[..] else { continue };
        let forum = &d.lex.actors[forum as usize];
        let Some(held) = forum.editions.iter().find(|e| u64::from(e.n) == n).and_then(|e| e.date.as_deref()).and_then(year_of) else { continue };
        if held != year {
            let (from, to) = h.evidence[0];
            warn(out, "ordinal-mismatch", d.span(from, to, 0), format!("edition {n} of {} was in {held}, the text dates it {year}", forum.en));
        }
    }
}

/// The age of two states' relations, or the year in which they began, against the day on which they established them. An anniversary
/// may be spoken of in the year before and after.
fn anniversaries(d: &Doc, f: &Findings, out: &mut Record) {
    for s in &f.standings {
        let Some(said) = s.established.as_deref().and_then(year_of) else { continue };
        let Some((founded, names)) = founded(d, s.parties) else { continue };
        // Counted in years the text may be one off.
        let time = d.s.times.iter().find(|t| t.found.start >= s.span.0 && t.found.end <= s.span.1);
        let counted = time.is_none_or(|t| !(t.found.start..t.found.end).any(|k| d.tokens().fold(k as usize) == said.to_string()));
        if (founded - said).abs() > i16::from(counted) {
            warn(out, "anniversary-mismatch", d.span(s.span.0, s.span.1, 0), format!("{names} established relations in {founded}, the text says {said}"));
        }
    }
    let Some(now) = d.s.published.map(|p| p.year()) else { return };
    for s in &d.s.sentences {
        let (from, to) = (s.start as usize, s.end as usize);
        for i in from..to {
            let Some((m, _)) = d.longest(i, |l| matches!(l, Link::Establishing).then_some(())) else { continue };
            if d.s.junk[i] {
                continue;
            }
            let Some((at, age)) = age(d, i, from) else { continue };
            let Some(parties) = crate::relations::parties(d, i, m.end as usize, from, to, &f.said) else { continue };
            let Some((founded, names)) = founded(d, parties) else { continue };
            let span = d.span(at as u32, m.end, 0);
            let said = out.warnings.iter().any(|w| w.code == "anniversary-mismatch" && w.span.overlaps(span));
            if (now - founded - age).abs() > 1 && !said {
                warn(out, "anniversary-mismatch", span, format!("{names} established relations in {founded}, {age} years before {now} is {}", now - age));
            }
        }
    }
}

/// So many years, counted in figures right before token `i`.
pub(crate) fn age(d: &Doc, i: usize, from: usize) -> Option<(usize, i16)> {
    let years =
        |t: usize| d.lex.calendar.unit.iter().filter(|u| u.of == Unit::Year).any(|u| u.singular.iter().chain(&u.plural).any(|w| sijill_text::fold(w) == d.tokens().fold(t)));
    (from.max(i.saturating_sub(AGE))..i).rev().find_map(|t| {
        let n: i16 = d.tokens().get(t).filter(|k| k.kind == sijill_text::Kind::Number).and_then(|_| d.tokens().fold(t).parse().ok())?;
        (years(t + 1) && (2..200).contains(&n)).then_some((t, n))
    })
}

/// The year in which two states established relations, where the register has it, and their names.
fn founded(d: &Doc, parties: [u32; 2]) -> Option<(i16, String)> {
    let [a, b] = parties.map(|e| d.ent(e));
    let year = d.lex.founded(a.country.as_deref()?, b.country.as_deref()?)?;
    let name = |e: &crate::doc::Ent| e.actor.map_or_else(|| e.label.clone(), |x| d.lex.actors[x as usize].en.clone());
    Some((year, format!("{} and {}", name(a), name(b))))
}

fn year_of(edtf: &str) -> Option<i16> {
    edtf.get(..4)?.parse().ok()
}
