//! A timeline: events of one actor or of several together, and levels of relation of two, each where it is first asserted, in order of time.
//!
//! What must not live here: how it is shown.

use serde::Serialize;
use sijill_store::query::event::{EventQuery, Happening, Report};
use sijill_store::query::statement::Asserted;
use sijill_store::{Register, Result};

/// One entry: an event with the report that shows it best, or a level of relation where it is first asserted.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "entry", rename_all = "lowercase")]
pub enum Entry {
    Event {
        #[serde(flatten)]
        event: Box<Happening>,
        proof: Option<Box<Report>>,
    },
    Relation {
        #[serde(flatten)]
        relation: Box<Asserted>,
        /// Articles of the range that assert the same.
        articles: usize,
    },
}

/// Entries with the day on which each stands; and the key after which the next events are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Timeline {
    pub entries: Vec<(String, Entry)>,
    pub next: Option<String>,
}

/// Reports looked through for the best one.
const LOOK: usize = 12;
const RELATIONS: usize = 400;

/// The report that shows an event best.
pub fn proof_of(register: &Register, e: &Happening) -> Result<Option<Report>> {
    register.proof(&e.event, &e.status, LOOK)
}

/// The levels of relation of two actors, each once, with the number of articles that assert it.
fn levels(register: &Register, q: &EventQuery) -> Result<Vec<(Asserted, usize)>> {
    let ([one, other], true) = (q.actors.as_slice(), q.kinds.is_empty()) else { return Ok(Vec::new()) };
    let all = register.relations(one, Some(other), q.range, RELATIONS)?;
    let mut told: Vec<(Asserted, usize)> = Vec::new();
    for r in all {
        match told.iter_mut().find(|(t, _)| (&t.level, &t.established) == (&r.level, &r.established)) {
            Some((_, n)) => *n += 1,
            None => told.push((r, 1)),
        }
    }
    Ok(told)
}

/// The timeline of an answer to a query. Relations are told where it names two actors and no kind, on its first page.
pub fn timeline(register: &Register, q: &EventQuery) -> Result<Timeline> {
    let page = register.events(q)?;
    let mut entries: Vec<(String, Entry)> = Vec::new();
    for event in page.items {
        let proof = proof_of(register, &event)?.map(Box::new);
        entries.push((event.day.clone().unwrap_or_default(), Entry::Event { event: Box::new(event), proof }));
    }
    if q.after.is_none() {
        for (relation, articles) in levels(register, q)? {
            entries.push((relation.source.published.clone().unwrap_or_default(), Entry::Relation { relation: Box::new(relation), articles }));
        }
    }
    entries.sort_by(|x, y| x.0.cmp(&y.0));
    Ok(Timeline { entries, next: page.next })
}
