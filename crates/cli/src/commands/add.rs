//! `sijill add`: articles in, into the register.
//!
//! What must not live here: how an input becomes an article (`input`), how the register keeps it (`sijill-store`).

use super::{Done, read, who};
use crate::args::Add;
use crate::input::{self, Chunk, Fields, Loaded, Outcome};
use crate::pipeline;
use crate::sources;
use crate::terminal::{self, Failure};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sijill_extract::{Engine, Worker};
use sijill_grammar::Stems;
use sijill_resolve::facts::Facts;
use sijill_store::{Batch, Document, Mark, Refused, Register};
use std::io::{self, IsTerminal};
use std::path::Path;

/// Articles of a transaction: enough that its cost is spread, few enough that little is done again after a cut.
const TRANSACTION: usize = 500;

/// What came of one chunk.
#[derive(Default)]
struct Output {
    batch: Batch,
    messages: Vec<String>,
    /// In the register already: not even read.
    known: usize,
    failed: usize,
    /// Records of crawls that are no pages, or not in Arabic.
    skipped: usize,
    bytes: u64,
}

/// The memory of one reading thread.
struct State<'e> {
    worker: Worker<'e>,
    stems: Stems,
    /// To ask what is there already; none where the file can not be opened once more, and then all is read.
    register: Option<Register>,
}

pub fn run(mut a: Add) -> Done {
    if a.paths.is_empty() && !io::stdin().is_terminal() && !a.settle {
        a.paths.push("-".into());
    }
    let threads = a.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let engine = sources::engine(&a.lexicon)?;
    let facts = Facts::new(engine.lexicon());
    let mut register = create(&a.register, &engine, !a.lexicon.is_empty())?;

    let (inputs, total) = input::inputs(&a.paths);
    let bar = if total < 4 << 20 { ProgressBar::hidden() } else { progress(total, "{bar:32} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} to go") };
    let asked = Register::open(&a.register).map_err(failure)?;
    let resume = move |source: &str, fingerprint: &str| {
        let (position, done) = asked.checkpoint(source, fingerprint).ok().flatten()?;
        let (bytes, lines) = position.split_once(' ')?;
        Some(input::Mark { source: source.into(), fingerprint: fingerprint.into(), bytes: bytes.parse().ok()?, lines: lines.parse().ok()?, done })
    };
    let mut sum = sijill_store::Added::default();
    let (mut known, mut passed, mut failed, mut skipped) = (0, 0, 0, 0);
    let fields = Fields::from(&a.fields);
    let given = &fields;
    let mut fault = None;
    {
        let mut writer = register.writer(&facts, &engine.lexicon().version);
        let mut waiting = Batch::default();
        let mut put = |batch: &mut Batch, fault: &mut Option<Failure>| -> io::Result<()> {
            match writer.write(batch) {
                Ok(added) => {
                    sum.new += added.new;
                    sum.changed += added.changed;
                    known += added.known;
                    *batch = Batch::default();
                    Ok(())
                }
                Err(e) => {
                    *fault = Some(failure(e));
                    Err(io::Error::other("the register can not be written"))
                }
            }
        };
        let mut sink = |o: Output| {
            for m in &o.messages {
                bar.suspend(|| terminal::message(m));
            }
            held(&mut waiting, o.batch);
            failed += o.failed;
            passed += o.known;
            skipped += o.skipped;
            bar.inc(o.bytes);
            if waiting.articles.len() + waiting.refused.len() >= TRANSACTION { put(&mut waiting, &mut fault) } else { Ok(()) }
        };
        let ended = pipeline::run(
            threads,
            move |hand| input::feed_from(inputs, given, &resume, hand),
            || State { worker: engine.worker(), stems: Stems::default(), register: Register::open(&a.register).ok() },
            |state, chunk: Chunk| chunk_of(&engine, &facts, state, chunk, &fields),
            &mut sink,
        );
        let ended = ended.and_then(|()| put(&mut waiting, &mut fault));
        if let Err(e) = ended {
            return Err(fault.unwrap_or_else(|| e.into()));
        }
    }
    bar.finish_and_clear();
    known += passed;
    settle(&mut register, &facts)?;
    if !a.no_checks {
        register.keep_checks(&facts).map_err(failure)?;
    }
    let mut parts = vec![format!("{} added", count(sum.new, "article", "articles"))];
    if sum.changed > 0 {
        parts.push(count(sum.changed, "new version", "new versions"));
    }
    if known > 0 {
        parts.push(format!("{known} known already"));
    }
    if failed > 0 {
        parts.push(format!("{failed} that could not be read (see the view `rejected`)"));
    }
    if skipped > 0 {
        parts.push(format!("{} passed over (no page, or not in Arabic)", count(skipped, "record", "records")));
    }
    let held = register.counts().map_err(failure)?;
    terminal::message(&format!("{}: {}", input::shown(&a.register), parts.join(", ")));
    terminal::message(&format!(
        "the register holds {}, {}, {}, {}",
        count(held.articles, "article", "articles"),
        count(held.events, "event", "events"),
        count(held.statements, "statement", "statements"),
        count(held.actors, "actor", "actors")
    ));
    who::age(&register, &engine).map_err(failure)?;
    Ok(match (sum.new + sum.changed + known, failed) {
        (0, 0) if !a.paths.is_empty() && total == 0 => 2,
        (0, f) if f > 0 => 2,
        (_, 0) => 0,
        _ => 1,
    })
}

/// The register, made where there is none, with what this program and its lexicon call things. `own`: the lexicon has entries of the user's.
pub fn create(path: &Path, engine: &Engine, own: bool) -> Result<Register, Failure> {
    let mut register = Register::create(path).map_err(failure)?;
    let labels: Vec<_> = engine.lexicon().codes.labels().map(|(g, i, ar, en)| (g.to_owned(), i.to_owned(), ar.to_owned(), en.to_owned())).collect();
    register
        .describe(&[("sijill", env!("CARGO_PKG_VERSION")), ("lexicon", &engine.lexicon().version), ("own_entries", if own { "yes" } else { "no" })], &labels)
        .map_err(failure)?;
    Ok(register)
}

/// Adds a few articles at once, on this thread: those that came with the news. Gives back how many are new.
#[cfg(feature = "watch")]
pub fn keep(register: &mut Register, path: &Path, engine: &Engine, facts: &Facts, jobs: Vec<input::Job>) -> Result<usize, Failure> {
    let mut state = State { worker: engine.worker(), stems: Stems::default(), register: Register::open(path).ok() };
    let o = chunk_of(engine, facts, &mut state, Chunk { jobs, ..Chunk::default() }, &Fields::default());
    for m in &o.messages {
        terminal::message(m);
    }
    let added = register.writer(facts, &engine.lexicon().version).write(&o.batch).map_err(failure)?;
    settle(register, facts)?;
    Ok(added.new + added.changed)
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

/// A number and its noun, with thousands told apart.
pub fn count(n: usize, one: &str, many: &str) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    format!("{out} {}", if n == 1 { one } else { many })
}

/// Resolves, and lets a watcher see how far it is.
pub fn settle(register: &mut Register, facts: &Facts) -> Result<(), Failure> {
    let bar = ProgressBar::with_draw_target(None, if io::stderr().is_terminal() { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() });
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    let done = register.settle(facts, &mut |p| {
        let what = match p.stage {
            "wire" => "reprints",
            "actors" => "names",
            "voices" => "speakers",
            "reports" => "reports",
            _ => "events",
        };
        bar.set_message(format!("resolving {what}: {} to go", p.left));
        bar.tick();
    });
    bar.finish_and_clear();
    done.map_err(failure)
}

pub fn failure(e: sijill_store::Error) -> Failure {
    Failure::new(e.to_string())
}

fn chunk_of<'e>(engine: &'e Engine, facts: &Facts, state: &mut State<'e>, chunk: Chunk, fields: &Fields) -> Output {
    let mut o = Output { bytes: chunk.read, ..Output::default() };
    for job in chunk.jobs {
        let place = job.place().clone();
        let loaded = input::load(job, fields);
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
        let id = article.id.clone();
        let document = document(&article);
        let (key, version) = (document.key(), document.version());
        if state.register.as_ref().is_some_and(|r| r.holds(&key, &version).unwrap_or(false)) {
            o.known += 1;
            continue;
        }
        let Some(record) = pipeline::guarded(|| read::read_one(&mut state.worker, &article)) else {
            state.worker = engine.worker();
            refuse(&mut o, &place, format!("expected a record of {id}, found a fault in the program: please report it with this article"));
            continue;
        };
        o.batch.articles.push(sijill_store::prepare(document, &record, engine.lexicon(), facts, &mut state.stems));
    }
    o.batch.marks = chunk
        .marks
        .into_iter()
        .map(|m| Mark { source: m.source.to_string(), fingerprint: m.fingerprint.to_string(), position: format!("{} {}", m.bytes, m.lines), done: m.done })
        .collect();
    o
}

fn refuse(o: &mut Output, place: &input::Place, reason: String) {
    o.failed += 1;
    o.messages.push(format!("{place}: {reason}"));
    o.batch.refused.push(Refused { source: place.file.to_string(), place: place.part(), reason });
}

fn document(a: &Loaded) -> Document {
    Document { id: a.named.then(|| a.id.clone()), url: a.url.clone(), outlet: a.outlet.clone(), title: a.title.clone(), published: a.published.clone(), text: a.text.clone() }
}

/// A bar where there is somebody to see it.
pub fn progress(length: u64, template: &str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
