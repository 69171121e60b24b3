//! `sijill reread`: the articles of a register, read again with the lexicon of this program.
//!
//! What must not live here: which articles those are, and how a reading takes the place of another (`sijill-store`).

use super::Done;
use super::add::{count, failure, progress, settle};
use crate::args::Reread;
use crate::pipeline;
use crate::sources;
use crate::terminal::{self, Failure};
use sijill_app::add::create;
use sijill_extract::{Article, Worker};
use sijill_resolve::facts::Facts;
use sijill_store::{Document, Prepared, Register};
use std::io;

/// Articles of a chunk, and of a transaction.
const CHUNK: usize = 25;
const TRANSACTION: usize = 500;

pub fn run(a: Reread) -> Done {
    let threads = a.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let asked = Register::open(&a.register).map_err(failure)?;
    let engine = sources::engine(&a.lexicon)?;
    let facts = Facts::new(engine.lexicon());
    let lexicon = engine.lexicon().version.clone();
    let mut register = create(&a.register, &engine, !a.lexicon.is_empty())?;
    let wanted = register.begin_again(&facts, &lexicon, a.all).map_err(failure)?;
    let bar = progress(wanted as u64, "{bar:32} {human_pos} of {human_len} articles, {eta} to go");
    let (mut done, mut faults) = (0, 0);
    let mut fault: Option<Failure> = None;
    {
        let mut writer = register.writer(&facts, &lexicon);
        let mut waiting: Vec<Vec<Prepared>> = Vec::new();
        let mut put = |waiting: &mut Vec<Vec<Prepared>>, fault: &mut Option<Failure>| -> io::Result<()> {
            let written = writer.reread(waiting).map_err(|e| {
                *fault = Some(failure(e));
                io::Error::other("the register can not be written")
            })?;
            done += written;
            waiting.clear();
            Ok(())
        };
        let of = &lexicon;
        let ended = pipeline::run(
            threads,
            move |hand| {
                let mut after = String::new();
                // What can not be read ends the run early; the register then says that articles are left.
                while let Ok(articles) = asked.to_reread(of, &after, CHUNK) {
                    let Some(last) = articles.last().and_then(|v| v.first()) else { return };
                    after = last.0.key();
                    if !hand(articles) {
                        return;
                    }
                }
            },
            || engine.worker(),
            |worker: &mut Worker, articles: Vec<Vec<(Document, Option<String>)>>| {
                let mut out: Vec<Option<Vec<Prepared>>> = Vec::with_capacity(articles.len());
                for versions in articles {
                    let mut read = || {
                        let one = |(d, settled): (Document, Option<String>)| {
                            let mut on = |day| worker.read(&Article { id: d.id.as_deref().unwrap_or(""), text: &d.text, published: day, outlet: d.outlet.as_deref() });
                            let mut record = on(d.published.as_deref());
                            if record.published.is_none() && settled.is_some() {
                                // The day on which it was fetched.
                                record = on(settled.as_deref());
                            }
                            let words = worker.words(d.untold_title());
                            sijill_store::prepare(d, &record, words, &facts)
                        };
                        versions.clone().into_iter().map(one).collect::<Vec<Prepared>>()
                    };
                    let prepared = pipeline::guarded(&mut read);
                    if prepared.is_none() {
                        *worker = engine.worker();
                    }
                    out.push(prepared);
                }
                out
            },
            &mut |articles: Vec<Option<Vec<Prepared>>>| {
                bar.inc(articles.len() as u64);
                faults += articles.iter().filter(|p| p.is_none()).count();
                waiting.extend(articles.into_iter().flatten());
                if waiting.len() >= TRANSACTION { put(&mut waiting, &mut fault) } else { Ok(()) }
            },
        );
        let ended = ended.and_then(|()| put(&mut waiting, &mut fault));
        if let Err(e) = ended {
            return Err(fault.unwrap_or_else(|| e.into()));
        }
    }
    bar.finish_and_clear();
    settle(&mut register, &facts)?;
    register.keep_checks(&facts).map_err(failure)?;
    let left = register.end_again(&lexicon).map_err(failure)?;
    let shown = crate::input::shown(&a.register);
    if wanted == 0 {
        terminal::message(&format!("{shown}: expected articles that another lexicon has read, found none"));
    } else {
        terminal::message(&format!("{shown}: {} read again", count(done, "article", "articles")));
    }
    if left > 0 {
        terminal::message(&format!("{} left as they were, {faults} of them because of a fault in the program", count(left, "article", "articles")));
    }
    Ok(u8::from(left > 0))
}
