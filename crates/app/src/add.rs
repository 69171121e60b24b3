//! Articles of any source into a register: read on many threads, written by one, resolved at the end.
//!
//! What must not live here: how a source is cut into jobs (`sijill-ingest`), how the register keeps them (`sijill-store`), what a user is told.

use crate::{Error, Result, pipeline, read};
use sijill_extract::{Engine, Worker};
use sijill_ingest::{Chunk, Document as Loaded, Fields, Outcome, Place, load};
use sijill_resolve::facts::Facts;
use sijill_store::{Batch, Document, Mark, Progress, Refused, Register};
use std::io;
use std::path::Path;

/// Articles of a transaction, and bytes of their texts: enough that its cost is spread (a page of an index is written once for all of them), few enough that little is done again after a cut.
/// Small where tests run, so that there is something to cut between.
const TRANSACTION: usize = if cfg!(debug_assertions) { 100 } else { 2_000 };
const TEXT: usize = 32 << 20;

/// What came of one chunk.
#[derive(Default)]
pub struct Output {
    batch: Batch,
    pub messages: Vec<String>,
    /// Articles read, or found to be in the register already.
    pub done: usize,
    /// In the register already: not even read.
    known: usize,
    failed: usize,
    /// Records of crawls that are no pages, or not in Arabic.
    skipped: usize,
    /// Bytes of the sources that are behind.
    pub bytes: u64,
}

/// The memory of one reading thread.
struct State<'e> {
    worker: Worker<'e>,
    /// To ask what is there already; none where nothing is, or the file can not be opened once more, and then all is read.
    register: Option<Register>,
}

impl<'e> State<'e> {
    fn new(engine: &'e Engine, path: &Path, empty: bool) -> Self {
        Self { worker: engine.worker(), register: if empty { None } else { Register::open(path).ok() } }
    }
}

/// What came of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub new: usize,
    /// New versions of articles that the register held.
    pub changed: usize,
    pub known: usize,
    /// What could not be read: it stands in the register's view `rejected`.
    pub failed: usize,
    pub skipped: usize,
}

/// The register, made where there is none, with what this program and its lexicon call things. `own`: the lexicon has entries of the user's.
pub fn create(path: &Path, engine: &Engine, own: bool) -> Result<Register> {
    let mut register = Register::create(path)?;
    let labels: Vec<_> = engine.lexicon().codes.labels().map(|(g, i, ar, en)| (g.to_owned(), i.to_owned(), ar.to_owned(), en.to_owned())).collect();
    let about = [("sijill", env!("CARGO_PKG_VERSION")), ("lexicon", engine.lexicon().version.as_str()), ("own_entries", if own { "yes" } else { "no" })];
    register.describe(&about, &labels)?;
    Ok(register)
}

/// How far a source was read by the runs before.
pub fn resume(path: &Path) -> Result<impl Fn(&str, &str) -> Option<sijill_ingest::Mark> + use<>> {
    let asked = Register::open(path)?;
    Ok(move |source: &str, fingerprint: &str| {
        let (position, done) = asked.checkpoint(source, fingerprint).ok().flatten()?;
        let (bytes, lines) = position.split_once(' ')?;
        Some(sijill_ingest::Mark { source: source.into(), fingerprint: fingerprint.into(), bytes: bytes.parse().ok()?, lines: lines.parse().ok()?, done })
    })
}

/// Adds what `source` hands over, and hears of every chunk. What it leaves unresolved is `settle`'s.
pub fn add(
    register: &mut Register,
    engine: &Engine,
    facts: &Facts,
    threads: usize,
    source: impl FnOnce(&mut dyn FnMut(Chunk) -> bool) + Send,
    fields: &Fields,
    heard: &mut dyn FnMut(&Output) -> io::Result<()>,
) -> Result<Sum> {
    let mut sum = Sum::default();
    let mut fault = None;
    let path = register.path().to_owned();
    let empty = register.is_empty()?;
    let mut writer = register.writer(facts, &engine.lexicon().version);
    let mut waiting = Batch::default();
    let mut text = 0;
    let mut put = |batch: &mut Batch, sum: &mut Sum, fault: &mut Option<Error>| match writer.write(batch) {
        Ok(added) => {
            sum.new += added.new;
            sum.changed += added.changed;
            sum.known += added.known;
            *batch = Batch::default();
            Ok(())
        }
        Err(e) => {
            *fault = Some(e.into());
            Err(io::Error::other("the register can not be written"))
        }
    };
    let mut sink = |o: Output| {
        heard(&o)?;
        sum.failed += o.failed;
        sum.known += o.known;
        sum.skipped += o.skipped;
        text += o.batch.articles.iter().map(|p| p.document.text.len()).sum::<usize>();
        held(&mut waiting, o.batch);
        if waiting.articles.len() + waiting.refused.len() < TRANSACTION && text < TEXT {
            return Ok(());
        }
        text = 0;
        put(&mut waiting, &mut sum, &mut fault)
    };
    let ended = pipeline::run(threads, source, || State::new(engine, &path, empty), |state, chunk: Chunk| chunk_of(engine, facts, state, chunk, fields), &mut sink);
    let ended = ended.and_then(|()| put(&mut waiting, &mut sum, &mut fault));
    match ended {
        Ok(()) => Ok(sum),
        Err(e) => Err(fault.unwrap_or_else(|| e.into())),
    }
}

/// Adds a few articles at once, on this thread: those that came with the news. Says how many are new.
pub fn keep(register: &mut Register, engine: &Engine, facts: &Facts, chunk: Chunk, heard: &mut dyn FnMut(&str)) -> Result<usize> {
    let mut state = State::new(engine, register.path(), register.is_empty()?);
    let o = chunk_of(engine, facts, &mut state, chunk, &Fields::default());
    for m in &o.messages {
        heard(m);
    }
    let added = register.writer(facts, &engine.lexicon().version).write(&o.batch)?;
    Ok(added.new + added.changed)
}

/// Resolves what waits, and says in a word for people what is being done and how much of it is left.
pub fn settle(register: &mut Register, facts: &Facts, step: &mut dyn FnMut(&'static str, u64)) -> Result<()> {
    let mut told = |p: Progress| {
        let what = match p.stage {
            "wire" => "reprints",
            "actors" => "names",
            "voices" => "speakers",
            "reports" => "reports",
            _ => "events",
        };
        step(what, p.left);
    };
    Ok(register.settle(facts, &mut told)?)
}

fn held(all: &mut Batch, more: Batch) {
    all.articles.extend(more.articles);
    all.refused.extend(more.refused);
    // Of marks of one source the last one counts.
    for m in more.marks {
        all.marks.retain(|x| x.source != m.source);
        all.marks.push(m);
    }
}

fn chunk_of<'e>(engine: &'e Engine, facts: &Facts, state: &mut State<'e>, chunk: Chunk, fields: &Fields) -> Output {
    let mut o = Output { bytes: chunk.read, ..Output::default() };
    for job in chunk.jobs {
        o.done += 1;
        let place = job.place().clone();
        let loaded = load(job, fields);
        o.messages.extend(loaded.warnings);
        let article = match loaded.outcome {
            Outcome::Article(article) => article,
            Outcome::Rejected(rejected) => {
                refuse(&mut o, &rejected.place, rejected.reason);
                continue;
            }
            Outcome::Skipped(..) => {
                o.skipped += 1;
                continue;
            }
        };
        let document = document(&article);
        let (key, version) = (document.key(), document.version());
        if state.register.as_ref().is_some_and(|r| r.holds(&key, &version).unwrap_or(false)) {
            o.known += 1;
            continue;
        }
        match read::safely(engine, &mut state.worker, &article) {
            Ok(record) => {
                let words = state.worker.words(document.untold_title());
                o.batch.articles.push(sijill_store::prepare(document, &record, words, facts));
            }
            Err(reason) => refuse(&mut o, &place, format!("{}: {reason}", article.id)),
        }
    }
    o.batch.marks = chunk
        .marks
        .into_iter()
        .map(|m| Mark { source: m.source.to_string(), fingerprint: m.fingerprint.to_string(), position: format!("{} {}", m.bytes, m.lines), done: m.done })
        .collect();
    o
}

fn refuse(o: &mut Output, place: &Place, reason: String) {
    o.failed += 1;
    o.messages.push(format!("{place}: {reason}"));
    o.batch.refused.push(Refused { source: place.file.to_string(), place: place.part(), reason });
}

/// The article as the register knows it.
pub fn document(a: &Loaded) -> Document {
    Document { id: a.named.then(|| a.id.clone()), url: a.url.clone(), outlet: a.outlet.clone(), title: a.title.clone(), published: a.published.clone(), text: a.text.clone() }
}
