//! `sijill read`: articles in, records out.
//!
//! What must not live here: how an input becomes an article, how a record is shown.

use super::Done;
use crate::args::{Format, Read};
use crate::input::{self, Chunk, Fields, Job, Outcome};
use crate::output::human::Human;
use crate::pipeline;
use crate::sources;
use crate::terminal::{self, Failure};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
pub use sijill_app::read::read as read_one;
use sijill_extract::{Engine, Worker};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

/// What came of one chunk.
#[derive(Default)]
pub struct Output {
    data: Vec<u8>,
    messages: Vec<String>,
    read: usize,
    failed: usize,
    skipped: usize,
    bytes: u64,
}

pub fn run(mut a: Read) -> Done {
    if a.paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Failure::new("expected a file, a folder, or - for standard input, found no path (see `sijill read --help`)"));
        }
        a.paths.push(PathBuf::from("-"));
    }
    let threads = a.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let engine = sources::engine(&a.lexicon)?;
    let (inputs, total) = input::inputs(&a.paths);
    let bar = progress(inputs.len(), total);
    let human = Human::new(&engine, &a.look, a.full);

    let mut out: Box<dyn Write> = if a.format == Format::Human { Box::new(terminal::stdout()) } else { Box::new(terminal::raw_stdout()) };
    let (mut read, mut failed, mut skipped) = (0, 0, 0);
    if a.format == Format::Json {
        out.write_all(b"[")?;
    }
    let mut sink = |o: Output| {
        for m in &o.messages {
            bar.suspend(|| terminal::message(m));
        }
        // Each record of an array brings the comma before it; the first has none.
        let data = if a.format == Format::Json && read == 0 { o.data.strip_prefix(b",").unwrap_or(&o.data) } else { &o.data };
        out.write_all(data)?;
        read += o.read;
        failed += o.failed;
        skipped += o.skipped;
        bar.inc(o.bytes);
        Ok(())
    };
    let engine = &engine;
    let fields = Fields::from(&a.fields);
    pipeline::run(
        threads,
        |hand| input::feed(inputs, &fields, hand),
        || engine.worker(),
        |worker, chunk: Chunk| {
            let mut o = Output { bytes: chunk.read, ..Output::default() };
            for job in chunk.jobs {
                one(engine, worker, job, &fields, &a, &human, &mut o);
            }
            o
        },
        &mut sink,
    )?;
    if a.format == Format::Json {
        out.write_all(if read == 0 { b"]\n" } else { b"\n]\n" })?;
    }
    out.flush()?;
    bar.finish_and_clear();
    if skipped > 0 {
        terminal::message(&format!("{skipped} records passed over: no pages, or not in Arabic"));
    }
    Ok(match (read, failed) {
        (0, 0) if skipped > 0 => 0,
        (0, 0) => {
            terminal::message("expected an article, found none in the input");
            2
        }
        (0, _) => 2,
        (_, 0) => 0,
        _ => 1,
    })
}

/// One article, from job to bytes.
fn one<'e>(engine: &'e Engine, worker: &mut Worker<'e>, job: Job, fields: &Fields, a: &Read, human: &Human, o: &mut Output) {
    let loaded = input::load(job, fields);
    o.messages.extend(loaded.warnings);
    let article = match loaded.outcome {
        Outcome::Article(article) => article,
        Outcome::Rejected(rejected) => {
            o.failed += 1;
            return o.messages.push(rejected.to_string());
        }
        Outcome::Skipped(..) => {
            o.skipped += 1;
            return;
        }
    };
    let Some(record) = pipeline::guarded(|| read_one(worker, &article)) else {
        *worker = engine.worker();
        o.failed += 1;
        return o.messages.push(format!("{}: expected a record, found a fault in the program: please report it with this article", article.id));
    };
    let written = match a.format {
        Format::Human => {
            o.data.extend_from_slice(human.record(&article, &record).as_bytes());
            Ok(())
        }
        Format::Jsonl => serde_json::to_writer(&mut o.data, &record).map(|()| o.data.push(b'\n')),
        Format::Json => serde_json::to_string_pretty(&record).map(|s| {
            // In an array, indented as one whole.
            o.data.extend_from_slice(b",\n  ");
            o.data.extend_from_slice(s.replace('\n', "\n  ").as_bytes());
        }),
    };
    match written {
        Ok(()) => o.read += 1,
        Err(e) => {
            o.failed += 1;
            o.messages.push(format!("{}: expected a record that JSON can hold, found: {e}", article.id));
        }
    }
}

/// A bar where there is enough to wait for and somebody to see it; none where it would stand among the records.
fn progress(inputs: usize, bytes: u64) -> ProgressBar {
    let wanted = (inputs > 32 || bytes > 4 << 20) && io::stderr().is_terminal() && !io::stdout().is_terminal();
    if !wanted {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(8));
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} to go") {
        bar.set_style(style);
    }
    bar
}
