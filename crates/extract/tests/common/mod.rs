//! What holds of every record, whatever the article. Shared by the tests of this crate and by the fuzz targets.

use sijill_record::{Record, Span, lists};
use std::collections::HashSet;

/// Checks all that a record promises: spans lie within the text, quotes are their slices, ids are unique, references resolve,
/// closed lists are kept to. The first broken promise, in words.
pub fn check(text: &str, record: &Record) -> Result<(), String> {
    let offsets: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let slice = |what: &str, s: Span| {
        let (start, end) = (s.start as usize, s.end as usize);
        if start < end && end < offsets.len() {
            Ok(&text[offsets[start]..offsets[end]])
        } else {
            Err(format!("{what}: expected a span within 0..{}, found {start}..{end}", offsets.len() - 1))
        }
    };
    let quote = |what: &str, s: Span, words: &str| {
        let found = slice(what, s)?;
        if found == words { Ok(()) } else { Err(format!("{what}: expected the slice {found:?}, found the quote {words:?}")) }
    };
    let one_of = |what: &str, value: &str, list: &[&str]| if list.contains(&value) { Ok(()) } else { Err(format!("{what}: expected one of {list:?}, found {value:?}")) };

    let mut ids = HashSet::new();
    for e in &record.entities {
        if !ids.insert(e.id.as_str()) {
            return Err(format!("expected each entity once, found {} again", e.id));
        }
        if e.id.strip_prefix(e.kind.as_str()).and_then(|r| r.strip_prefix(':')).is_none_or(str::is_empty) {
            return Err(format!("expected an id like {}:slug, found {:?}", e.kind.as_str(), e.id));
        }
    }
    let known = |what: &str, id: &str| if ids.contains(id) { Ok(()) } else { Err(format!("{what}: expected an entity of the record, found {id:?}")) };

    if let Some(d) = &record.dateline {
        let words = slice("dateline", d.span)?;
        for part in [&d.place, &d.agency].into_iter().flatten() {
            if !words.contains(part.as_str()) {
                return Err(format!("dateline: expected a part of {words:?}, found {part:?}"));
            }
        }
    }
    let mut last = 0;
    for b in &record.boilerplate {
        slice("boilerplate", b.span)?;
        if b.span.start < last {
            return Err(format!("boilerplate: expected stretches in order and apart, found one from {} behind one to {last}", b.span.start));
        }
        last = b.span.end;
    }
    for e in &record.entities {
        if e.mentions.is_empty() {
            return Err(format!("{}: expected a mention, found none", e.id));
        }
        for m in &e.mentions {
            quote(&format!("mention of {}", e.id), m.span, &m.text)?;
        }
        if !e.mentions.is_sorted_by(|a, b| a.span < b.span) {
            return Err(format!("{}: expected its mentions in order, each once", e.id));
        }
        for r in &e.roles {
            slice(&format!("role of {}", e.id), r.span)?;
            one_of("title", &r.title, &lists::TITLES)?;
            // A state or body may be named by an adjective alone: then the reference names it, and the record has no entity of it.
            if let Some(of) = &r.of
                && !of.contains(':')
            {
                return Err(format!("role of {}: expected an entity id, found {of:?}", e.id));
            }
        }
    }
    for t in &record.times {
        quote("time", t.span, &t.text)?;
        if t.edtf.is_empty() {
            return Err(format!("time {:?}: expected a value, found none", t.text));
        }
    }
    let mut said = HashSet::new();
    for s in &record.statements {
        slice(&format!("cue of {}", s.id), s.cue)?;
        slice(&format!("content of {}", s.id), s.content)?;
        one_of("force", &s.force, &lists::FORCES)?;
        for id in s.speakers.iter().chain(&s.targets) {
            known(&s.id, id)?;
        }
        // Only an earlier statement can hold this one: no circles.
        if let Some(w) = &s.within
            && !said.contains(w.as_str())
        {
            return Err(format!("{}: expected an earlier statement around it, found {w:?}", s.id));
        }
        if !said.insert(s.id.as_str()) {
            return Err(format!("expected each statement id once, found {} again", s.id));
        }
    }
    let mut happened = HashSet::new();
    for e in &record.events {
        if !happened.insert(e.id.as_str()) {
            return Err(format!("expected each event id once, found {} again", e.id));
        }
        one_of("kind", &e.kind, &lists::KINDS)?;
        one_of("status", &e.status, &lists::STATUSES)?;
        if e.participants.is_empty() || e.evidence.is_empty() {
            return Err(format!("{}: expected participants and evidence, found {} and {}", e.id, e.participants.len(), e.evidence.len()));
        }
        for p in &e.participants {
            known(&e.id, &p.entity)?;
            one_of("role", &p.role, &lists::ROLES)?;
        }
        if let Some(p) = &e.place {
            known(&e.id, p)?;
        }
        for &s in &e.evidence {
            slice(&format!("evidence of {}", e.id), s)?;
        }
        if let Some(w) = &e.within
            && !said.contains(w.as_str())
        {
            return Err(format!("{}: expected a statement around it, found {w:?}", e.id));
        }
    }
    for r in &record.relations {
        slice("relation", r.span)?;
        for p in &r.parties {
            known("relation", p)?;
        }
    }
    for w in &record.warnings {
        slice(&w.code, w.span)?;
    }
    Ok(())
}
