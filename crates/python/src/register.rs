//! The register from Python: adding, and the questions of the command line, by the same queries. Each call opens the file anew, so that it sees what
//! other processes have written meanwhile, and no call holds it from them.
//!
//! What must not live here: SQL, how a name is found and how answers are put together (`sijill-ask`).

use crate::engine::{Engine, ended_well, fields, look};
use crate::errors::{InputError, raise, store, unasked};
use crate::source::{Names, Source};
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sijill_app::{Error, Result, add, export};
use sijill_ask::{search, timeline, who};
use sijill_export::{Format, What};
use sijill_lexicon::Lexicon;
use sijill_record::lists;
use sijill_store::days::bounds;
use sijill_store::query::actor::Portrait;
use sijill_store::query::check::{CheckQuery, codes};
use sijill_store::query::event::{EventQuery, Happening, Report};
use sijill_store::query::statement::{Asserted, Said, StatementQuery};
use sijill_store::query::{Page, Range};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A register: a file, and the engine that finds whom a name means.
#[pyclass(frozen, module = "sijill._native")]
pub struct Register {
    path: PathBuf,
    engine: Py<Engine>,
}

/// A question. What it does not name is open.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    actors: Vec<String>,
    kinds: Vec<String>,
    statuses: Vec<String>,
    place: Option<String>,
    speakers: Vec<String>,
    about: Vec<String>,
    forces: Vec<String>,
    codes: Vec<String>,
    words: Vec<String>,
    text: Vec<String>,
    from: Option<String>,
    until: Option<String>,
    id: Option<String>,
    latest: usize,
    limit: Option<usize>,
    after: Option<String>,
    newest: bool,
    format: Option<String>,
    path: Option<PathBuf>,
}

/// As good as no limit, and one more is still a number to SQLite.
const ALL: usize = 1 << 40;

/// Straight to text, as the command line does it: numbers of single precision would come out of a `Value` with other digits.
fn json_of<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Error::Io(e.into()))
}

/// Rows, and the key after which there are more.
#[derive(Serialize)]
struct Rows<'a, T: Serialize> {
    items: &'a [T],
    next: Option<&'a str>,
    more: bool,
}

fn rows<T: Serialize>(items: &[T], next: Option<&str>) -> Result<String> {
    json_of(&Rows { items, next, more: next.is_some() })
}

fn page<T: Serialize>(p: &Page<T>) -> Result<String> {
    rows(&p.items, p.next.as_deref())
}

/// An event with all its reports.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    event: Happening,
    reported_by: Vec<Report>,
}

/// Somebody, with the latest of what he did and said.
#[derive(Serialize)]
struct Person {
    actor: Option<Portrait>,
    latest_events: Vec<Happening>,
    latest_statements: Vec<Said>,
}

/// Whom names mean.
struct Who<'r> {
    who: who::Who<'r>,
    lexicon: &'r Lexicon,
}

impl Who<'_> {
    fn find(&self, name: &str) -> Result<sijill_store::query::Name> {
        self.who.find(name).map_err(unasked)
    }
    fn all(&self, names: &[String]) -> Result<Vec<String>> {
        self.who.all(names).map_err(unasked)
    }
}

fn closed(what: &str, values: &[String], list: &[&str]) -> Result<()> {
    sijill_ask::closed(what, values, list).map_err(unasked)
}

impl Asked {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(ALL).min(ALL)
    }

    fn events(&self, who: &Who) -> Result<EventQuery> {
        closed("kinds", &self.kinds, &lists::KINDS)?;
        closed("statuses", &self.statuses, &lists::STATUSES)?;
        let place = self.place.as_deref().map(|p| who.find(p)).transpose()?.map(|n| n.id);
        Ok(EventQuery {
            actors: who.all(&self.actors)?,
            kinds: self.kinds.clone(),
            statuses: self.statuses.clone(),
            range: self.range()?,
            place,
            text: search::condition("text", who.lexicon, &self.text).map_err(unasked)?,
            limit: self.limit(),
            after: self.after.clone(),
            newest: self.newest,
            ..EventQuery::default()
        })
    }

    fn statements(&self, who: &Who) -> Result<StatementQuery> {
        closed("forces", &self.forces, &lists::FORCES)?;
        Ok(StatementQuery {
            speakers: who.all(&self.speakers)?,
            about: who.all(&self.about)?,
            forces: self.forces.clone(),
            range: self.range()?,
            limit: self.limit(),
            after: self.after.clone(),
            newest: self.newest,
            ..StatementQuery::default()
        })
    }

    fn range(&self) -> Result<Range> {
        for (name, date) in [("from_", &self.from), ("until", &self.until)] {
            if let Some(d) = date.as_deref().filter(|d| bounds(d).is_none()) {
                return Err(Error::Input(format!("{name}: expected a year, a month or a day such as 2024-03-05, found {d:?}")));
            }
        }
        let days = |date: &Option<String>| date.as_deref().and_then(bounds);
        Ok(Range { from: days(&self.from).map(|b| b.0), until: days(&self.until).map(|b| b.1) })
    }

    fn two(&self, who: &Who) -> Result<Vec<String>> {
        match self.actors.len() {
            0..=2 => who.all(&self.actors),
            n => Err(Error::Input(format!("actors: expected two at most, found {n}"))),
        }
    }
}

fn answer(engine: &Engine, register: &sijill_store::Register, what: &str, q: &Asked) -> Result<String> {
    let who = Who { who: who::Who::with(register, &engine.engine, engine.facts()), lexicon: engine.engine.lexicon() };
    match what {
        "events" => page(&register.events(&q.events(&who)?)?),
        "statements" => page(&register.statements(&q.statements(&who)?)?),
        "relations" => {
            let actors = q.two(&who)?;
            let mut found: Vec<Asserted> = Vec::new();
            register.each_relation(&actors, q.range()?, &mut |r| {
                if found.len() < q.limit() {
                    found.push(r);
                }
                Ok::<(), Error>(())
            })?;
            rows(&found, None)
        }
        "timeline" => {
            let t = timeline::timeline(register, &EventQuery { newest: true, ..q.events(&who)? }).map_err(Error::from)?;
            let items: Vec<_> = t.entries.iter().map(|e| &e.1).collect();
            json_of(&Rows { items: &items, next: None, more: t.next.is_some() })
        }
        "standing" => {
            let states = who.all(&q.actors)?;
            let iso: Vec<&str> = states.iter().filter_map(|s| s.strip_prefix("country:")).collect();
            let [one, other] = iso.as_slice() else { return Err(Error::Input(format!("standing: expected two states, found {}", states.join(", ")))) };
            let found = register.standing(one, other)?.ok_or_else(|| Error::Input(format!("country:{one}: expected two states, found the same one twice")))?;
            json_of(&found)
        }
        "actor" => {
            let found = who.find(q.id.as_deref().unwrap_or_default())?;
            let actor = register.portrait(&found.id)?;
            let events = register.events(&EventQuery { actors: vec![found.id.clone()], limit: q.latest, newest: true, ..EventQuery::default() })?;
            let said = register.statements(&StatementQuery { speakers: vec![found.id], limit: q.latest, newest: true, ..StatementQuery::default() })?;
            json_of(&Person { actor, latest_events: events.items, latest_statements: said.items })
        }
        "event" => {
            let id = q.id.as_deref().unwrap_or_default();
            let event = register.event(id)?.ok_or_else(|| Error::Input(format!("{id}: expected the id of an event that the register holds, found none")))?;
            let reported_by = register.reports(&event.event, ALL)?;
            json_of(&Whole { event, reported_by })
        }
        "search" => {
            let lexicon = engine.engine.lexicon();
            let asked = search::asked(lexicon, &q.words);
            if asked.is_empty() && q.actors.is_empty() {
                return Err(Error::Input("search: expected a word or an actor to search for, found none".into()));
            }
            page(&search::search(register, lexicon, &asked, who.all(&q.actors)?, q.range()?, q.limit(), q.after.clone()).map_err(unasked)?)
        }
        "check" => {
            closed("codes", &q.codes, codes())?;
            let found = register.check(&CheckQuery { codes: q.codes.clone(), actors: who.all(&q.actors)?, limit: q.limit(), ..CheckQuery::default() }, engine.facts())?;
            rows(&found.items, None)
        }
        "counts" => json_of(&register.counts()?),
        "export" => exported(engine, register, &who, q),
        other => Err(Error::Input(format!("expected a question, found {other:?}"))),
    }
}

fn exported(engine: &Engine, register: &sijill_store::Register, who: &Who, q: &Asked) -> Result<String> {
    let asked = q.format.as_deref().unwrap_or("csv");
    closed("format", &[asked.to_owned()], &Format::ALL.map(Format::name))?;
    let format = Format::ALL.into_iter().find(|f| f.name() == asked).unwrap_or(Format::Csv);
    let what = match q.id.as_deref().unwrap_or_default() {
        "events" => What::Events(q.events(who)?),
        "statements" => What::Statements(q.statements(who)?),
        "relations" => What::Relations(q.two(who)?, q.range()?),
        "actors" => What::Actors,
        other => return Err(Error::Input(format!("what: expected events, statements, relations or actors, found {other:?}"))),
    };
    let codes = &engine.engine.lexicon().codes;
    let (made, text) = match &q.path {
        Some(path) => {
            let asked = export::asked(&what, format, &q.text, q.from.as_deref(), q.until.as_deref());
            (export::file(register, codes, &what, format, &asked, path)?, None)
        }
        None if format == Format::Parquet => return Err(Error::Input("path: expected one, for parquet is no text, found none".into())),
        None => {
            let mut out: Vec<u8> = Vec::new();
            let made = sijill_export::write(register, codes, &what, format, &mut out).map_err(|e| export::told(e, None))?;
            (made, Some(String::from_utf8_lossy(&out).into_owned()))
        }
    };
    Ok(json!({ "rows": made.rows, "left_out": made.left_out, "why": made.why, "bytes": made.bytes, "xxh3": made.hash, "text": text }).to_string())
}

#[pymethods]
impl Register {
    #[new]
    fn new(path: PathBuf, engine: Py<Engine>) -> Self {
        Self { path, engine }
    }

    /// Adds articles and resolves what they change: counts, JSON.
    #[allow(clippy::needless_pass_by_value)]
    fn add(&self, py: Python<'_>, kind: &str, given: &Bound<'_, PyAny>, names: Names, with_title: bool, threads: usize, step: Option<Py<PyAny>>) -> PyResult<String> {
        let source = Source::new(kind, given)?;
        let fields = fields(kind, &names, with_title);
        let engine = self.engine.get();
        let stopped: Mutex<Option<PyErr>> = Mutex::new(None);
        let (mut done, mut looked) = (0, Instant::now());
        let mut messages: Vec<String> = Vec::new();
        let added = py.detach(|| {
            let facts = engine.facts().clone();
            let mut register = add::create(&self.path, &engine.engine, engine.own)?;
            let mut heard = |o: &add::Output| {
                done += o.done;
                messages.extend(o.messages.iter().cloned());
                if looked.elapsed() >= Duration::from_millis(100) {
                    looked = Instant::now();
                    look(&stopped, step.as_ref(), done, messages.len())?;
                }
                Ok(())
            };
            let feed = |hand: &mut dyn FnMut(sijill_ingest::Chunk) -> bool| source.feed(&names, &fields, &stopped, hand);
            let sum = add::add(&mut register, &engine.engine, &facts, threads.max(1), feed, &fields, &mut heard)?;
            add::settle(&mut register, &facts, &mut |_, _| {})?;
            register.keep_checks(&facts)?;
            Ok(sum)
        });
        ended_well(&stopped)?;
        let s = added.map_err(raise)?;
        if let Some(step) = &step {
            step.call1(py, (done, s.failed))?;
        }
        Ok(json!({ "new": s.new, "changed": s.changed, "known": s.known, "rejected": s.failed, "skipped": s.skipped, "messages": messages }).to_string())
    }

    /// Resolves what a run that was cut off has left.
    fn settle(&self, py: Python<'_>) -> PyResult<()> {
        let engine = self.engine.get();
        py.detach(|| {
            let mut register = add::create(&self.path, &engine.engine, engine.own)?;
            add::settle(&mut register, engine.facts(), &mut |_, _| {})?;
            register.keep_checks(engine.facts())?;
            Ok(())
        })
        .map_err(raise)
    }

    /// A question in JSON to an answer in JSON.
    fn ask(&self, py: Python<'_>, what: &str, question: &str) -> PyResult<String> {
        let q: Asked = serde_json::from_str(question).map_err(|e| InputError::new_err(format!("{what}: expected a question, found: {e}")))?;
        let engine = self.engine.get();
        let found = py.detach(|| {
            let register = sijill_store::Register::open(&self.path)?;
            answer(engine, &register, what, &q)
        });
        found.map_err(raise)
    }

    /// What the register says, as lines in order: for comparison.
    fn dump(&self) -> PyResult<Vec<String>> {
        let register = sijill_store::Register::open(&self.path).map_err(store)?;
        sijill_store::dump::dump(&register).map_err(store)
    }
}
