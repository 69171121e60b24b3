//! `sijill add`: articles in, into the register; how it went, on the terminal.
//!
//! What must not live here: how an article comes in (`sijill_app::add`), how the register keeps it (`sijill-store`).

use super::{Done, who};
use crate::args::Add;
use crate::input::{self, Fields};
use crate::sources;
use crate::terminal::{self, Failure};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sijill_app::add::{self, Output};
use sijill_resolve::facts::Facts;
use sijill_store::Register;
use std::io::{self, IsTerminal};

pub fn run(mut a: Add) -> Done {
    if a.paths.is_empty() && !io::stdin().is_terminal() && !a.settle {
        a.paths.push("-".into());
    }
    let threads = a.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let engine = sources::engine(&a.lexicon)?;
    let facts = Facts::new(engine.lexicon());
    let mut register = add::create(&a.register, &engine, !a.lexicon.is_empty())?;

    let (inputs, total) = input::inputs(&a.paths);
    let bar = if total < 4 << 20 { ProgressBar::hidden() } else { progress(total, "{bar:32} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} to go") };
    let fields = Fields::from(&a.fields);
    let resume = add::resume(&a.register)?;
    let mut heard = |o: &Output| {
        for m in &o.messages {
            bar.suspend(|| terminal::message(m));
        }
        bar.inc(o.bytes);
        Ok(())
    };
    let named = &fields;
    let source = move |hand: &mut dyn FnMut(input::Chunk) -> bool| input::feed_from(inputs, named, &resume, hand);
    let sum = add::add(&mut register, &engine, &facts, threads, source, &fields, &mut heard)?;
    bar.finish_and_clear();
    settle(&mut register, &facts)?;
    if !a.no_checks {
        register.keep_checks(&facts).map_err(failure)?;
    }
    let mut parts = vec![format!("{} added", count(sum.new, "article", "articles"))];
    if sum.changed > 0 {
        parts.push(count(sum.changed, "new version", "new versions"));
    }
    if sum.known > 0 {
        parts.push(format!("{} known already", sum.known));
    }
    if sum.failed > 0 {
        parts.push(format!("{} that could not be read (see the view `rejected`)", sum.failed));
    }
    if sum.skipped > 0 {
        parts.push(format!("{} passed over (no page, or not in Arabic)", count(sum.skipped, "record", "records")));
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
    Ok(match (sum.new + sum.changed + sum.known, sum.failed) {
        (0, 0) if !a.paths.is_empty() && total == 0 => 2,
        (0, f) if f > 0 => 2,
        (_, 0) => 0,
        _ => 1,
    })
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
    let done = add::settle(register, facts, &mut |what, left| {
        bar.set_message(format!("resolving {what}: {left} to go"));
        bar.tick();
    });
    bar.finish_and_clear();
    Ok(done?)
}

pub fn failure(e: sijill_store::Error) -> Failure {
    Failure::new(e.to_string())
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
