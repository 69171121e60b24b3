//! `sijill watch`: articles of feeds, as they come: one a line on standard output, or into a register.
//!
//! What must not live here: how a feed is fetched and read (`sijill-ingest`), what an article says.

use super::Done;
use super::add::settle;
use crate::args::Watch;
use crate::input::{Chunk, Job, Place, shown};
use crate::sources;
use crate::terminal::{self, Failure};
use serde::Serialize;
use sijill_app::add::{create, keep};
use sijill_extract::Engine;
use sijill_ingest::Document;
use sijill_ingest::watch::{Feeds, Progress, Turn, Watcher};
use sijill_resolve::facts::Facts;
use sijill_store::Register;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What is known of each feed, by its address.
type State = BTreeMap<String, Progress>;

/// An article as `sijill read` and `sijill add` take it.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    published: Option<&'a str>,
    outlet: Option<&'a str>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    text: &'a str,
}

pub fn run(a: Watch) -> Done {
    let text = std::fs::read_to_string(&a.feeds).map_err(|e| Failure::new(format!("{}: expected a readable file of feeds, found: {e}", shown(&a.feeds))))?;
    let feeds = Feeds::parse(&text).map_err(|e| Failure::new(format!("{}:{e}", shown(&a.feeds))))?;
    let path = a.state.clone().unwrap_or_else(|| a.feeds.with_extension("state.json"));
    let mut state = load(&path)?;
    let mut keeper = a.register.as_deref().map(Keeper::new).transpose()?;
    let mut watcher = Watcher::new(Duration::from_secs(a.pause));
    let mut out = terminal::raw_stdout();
    let (mut read, mut failed) = (0, 0);
    loop {
        for feed in &feeds.feed {
            let progress = state.entry(feed.url.clone()).or_default();
            let now = now();
            if !(progress.is_due(now) || a.once && progress.failures == 0) {
                continue;
            }
            let mut jobs = Vec::new();
            let turn = watcher.read(feed, progress, now, &mut |found| match found {
                Ok(article) if keeper.is_none() => write(&mut out, &article),
                Ok(article) => {
                    jobs.push(Job::Document(Box::new(article), Place::whole(feed.url.as_str())));
                    Ok(())
                }
                Err(rejected) if keeper.is_none() => {
                    terminal::message(&rejected.to_string());
                    Ok(())
                }
                Err(rejected) => {
                    jobs.push(Job::Broken(rejected));
                    Ok(())
                }
            })?;
            // First the articles, then that they were handed on: a run that is cut off may repeat some, but loses none.
            match &mut keeper {
                Some(keeper) if !jobs.is_empty() => {
                    keeper.keep(jobs)?;
                }
                _ => out.flush()?,
            }
            match turn {
                Turn::Failed(rejected) => {
                    failed += 1;
                    terminal::message(&rejected.to_string());
                }
                Turn::Read { new } => {
                    read += 1;
                    if new > 0 {
                        terminal::message(&format!("{}: {new} new", feed.url));
                    }
                }
                Turn::Unchanged => read += 1,
            }
            save(&path, &state)?;
        }
        if a.once {
            break;
        }
        let next = feeds.feed.iter().filter_map(|f| state.get(&f.url)).map(|p| p.next).min().unwrap_or_default();
        std::thread::sleep(Duration::from_secs(u64::try_from(next - now()).unwrap_or(0).clamp(1, 60)));
    }
    Ok(match (read, failed) {
        (_, 0) => 0,
        (0, _) => 2,
        _ => 1,
    })
}

/// A register and what it takes to add to it.
struct Keeper {
    register: Register,
    engine: Engine,
    facts: Facts,
}

impl Keeper {
    fn new(path: &Path) -> Result<Self, Failure> {
        let engine = sources::engine::<&Path>(&[])?;
        let facts = Facts::new(engine.lexicon());
        Ok(Self { register: create(path, &engine, false)?, facts, engine })
    }
    fn keep(&mut self, jobs: Vec<Job>) -> Result<usize, Failure> {
        let chunk = Chunk { jobs, ..Chunk::default() };
        let new = keep(&mut self.register, &self.engine, &self.facts, chunk, &mut terminal::message)?;
        settle(&mut self.register, &self.facts)?;
        Ok(new)
    }
}

fn write(out: &mut impl Write, d: &Document) -> std::io::Result<()> {
    let published = d.published.as_deref().or(d.seen.as_deref());
    let line = Line { id: &d.id, published, outlet: d.outlet.as_deref(), url: d.url.as_deref(), title: d.title.as_deref(), text: &d.text };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64)
}

fn load(path: &Path) -> Result<State, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => serde_json::from_str(&text).map_err(|e| Failure::new(format!("{}: expected what an earlier run wrote of the feeds, found: {e}", shown(path)))),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(State::new()),
        Err(e) => Err(Failure::new(format!("{}: expected a readable file, found: {e}", shown(path)))),
    }
}

/// Written beside and moved into place: whoever is cut off leaves the old file or the new one.
fn save(path: &Path, state: &State) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let written = std::fs::File::create(&beside).and_then(|mut f| {
        serde_json::to_writer(&mut f, state)?;
        f.sync_all()?;
        std::fs::rename(&beside, path)
    });
    written.map_err(|e| Failure::new(format!("{}: expected to be able to write what is known of the feeds, found: {e}", shown(path))))
}
