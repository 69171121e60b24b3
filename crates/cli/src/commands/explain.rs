//! `sijill explain`: a record as a list of derivations, each with its words, its entry and its rule.
//!
//! What must not live here: how a derivation is found (`sijill_extract::explain`).

use super::{Done, read};
use crate::args::{Explain, Lang};
use crate::input::{self, Fields, Loaded, Outcome};
use crate::output::layout::{self, Bidi, QuoteStyle, Text};
use crate::sources;
use crate::terminal::{self, Failure};
use anstyle::{AnsiColor, Style};
use sijill_extract::Engine;
use sijill_extract::explain::{Index, Step, steps};
use sijill_record::Record;
use std::io::Write;

const PARTS: [&str; 10] = ["published", "dateline", "boilerplate", "entity", "role", "time", "statement", "event", "relation", "warning"];
const PART: Style = AnsiColor::Cyan.on_default().bold();
const ENTRY: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();

pub fn run(a: Explain) -> Done {
    if let Some(wrong) = a.only.iter().find(|o| !PARTS.contains(&o.as_str())) {
        return Err(Failure::new(format!("--only: expected one of {}, found {wrong:?}", PARTS.join(", "))));
    }
    let sources = sources::with(&a.lexicon)?;
    let engine = if a.lexicon.is_empty() { Engine::embedded() } else { sources::compile(&sources)? };
    let index = Index::new(&sources);
    let mut worker = engine.worker();
    let (inputs, _) = input::inputs(&a.paths);
    let mut out = terminal::stdout();
    // Derivations are read by people: directions as in `read`, with English words for the fields.
    let bidi = Bidi { lang: Lang::En, on: terminal::isolates(a.look.isolates) };
    let width = terminal::width(a.look.width);
    let (mut done, mut failed) = (0usize, 0usize);
    let mut ended = Ok(());
    let fields = Fields::from(&a.fields);
    input::feed(inputs, &fields, &mut |chunk| {
        for job in chunk.jobs {
            let loaded = input::load(job, &fields);
            for w in &loaded.warnings {
                terminal::message(w);
            }
            match loaded.outcome {
                Outcome::Article(article) => {
                    let record = read::read_one(&mut worker, &article);
                    let page = page(&article, &record, &index, &a.only, bidi, width);
                    ended = out.write_all(page.as_bytes());
                    done += 1;
                }
                Outcome::Skipped(place, why) => terminal::message(&format!("{place}: passed over: {why}")),
                Outcome::Rejected(rejected) => {
                    terminal::message(&rejected.to_string());
                    failed += 1;
                }
            }
        }
        ended.is_ok()
    });
    ended?;
    out.flush()?;
    Ok(match (done, failed) {
        (0, _) => 2,
        (_, 0) => 0,
        _ => 1,
    })
}

fn page(article: &Loaded, record: &Record, index: &Index, only: &[String], bidi: Bidi, width: usize) -> String {
    let text = Text::new(&article.text);
    let mut out = format!("{DIM}── {}{DIM:#}\n", bidi.isolate(&article.id));
    let steps: Vec<Step> = steps(record).into_iter().filter(|s| only.is_empty() || only.iter().any(|o| o == s.part)).collect();
    if steps.is_empty() {
        out.push_str("nothing was derived\n");
    }
    for step in steps {
        out.push_str(&format!("{PART}{}{PART:#} {}\n", step.part, bidi.isolate(&step.id)));
        for (name, value) in &step.fields {
            out.push_str(&format!("  {DIM}{name:<12}{DIM:#} {}\n", bidi.isolate(value)));
        }
        const PLAIN: QuoteStyle = QuoteStyle { normal: Style::new(), marked: Style::new() };
        for (name, span) in &step.words {
            let place = format!("{}..{}", span.start, span.end);
            let words = layout::quote(&text, *span, &[], width.saturating_sub(30), 2, &PLAIN, bidi);
            for (n, line) in words.iter().enumerate() {
                let (name, place) = if n == 0 { (*name, place.as_str()) } else { ("", "") };
                out.push_str(&format!("  {DIM}{name:<12}{DIM:#} {DIM}{place:>11}{DIM:#}  {line}\n"));
            }
        }
        if !step.why.entry.is_empty() {
            let places = index.find(&step.why.entry);
            let place = places.first().map_or_else(|| "no entry of this name in the files".to_owned(), |p| format!("{}:{}", p.file, p.line));
            out.push_str(&format!("  {DIM}{:<12}{DIM:#} {ENTRY}{}{ENTRY:#}  {DIM}{place}{DIM:#}\n", "entry", bidi.isolate(&step.why.entry)));
        }
        if !step.why.rule.is_empty() {
            out.push_str(&format!("  {DIM}{:<12}{DIM:#} {}\n", "rule", step.why.rule));
        }
    }
    out.push('\n');
    out
}
