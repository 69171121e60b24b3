//! `sijill eval`: gold and texts from folders, records from a file or from the engine, figures to standard output.
//!
//! What must not live here: any rule of scoring, which is `sijill-eval`'s; the files, which are `sijill-app`'s.

use super::Done;
use crate::args::Eval;
use crate::sources;
use crate::terminal;
use sijill_app::score;
use sijill_eval::fixed;
use std::collections::HashMap;
use std::io::Write;

pub fn run(a: Eval) -> Done {
    if let Some(path) = &a.pairs {
        return super::pairs::run(&a, path);
    }
    let cases = match (&a.gold, &a.text) {
        (Some(gold), Some(texts)) => score::cases(gold, texts)?,
        // The arguments ask for both, where resolution is not what is scored.
        _ => Vec::new(),
    };
    let preds = match &a.pred {
        Some(path) => score::given(path)?,
        None => {
            let meta = match (&a.meta, &a.text) {
                (Some(file), _) => score::meta(file)?,
                (None, Some(texts)) => score::dates(texts)?,
                (None, None) => HashMap::new(),
            };
            score::made(&sources::engine(&a.lexicon)?, &cases, meta)
        }
    };
    let scored = score::scored(cases, &preds);
    let articles = scored.each.len();
    let mut out = terminal::raw_stdout();
    if a.json {
        out.write_all(sijill_eval::json(&scored.all, articles, scored.missing, a.parts.then_some(&scored.parts)).as_bytes())?;
    } else {
        out.write_all(sijill_eval::table(&scored.all, articles, scored.missing).as_bytes())?;
        if a.parts {
            out.write_all(sijill_eval::parts_table(&scored.parts).as_bytes())?;
        }
        if a.per_doc {
            for (id, f, _) in &scored.each {
                writeln!(out, "  {id}: {}", fixed(f.record(), 3))?;
            }
        }
        if a.errors {
            for (id, _, misses) in &scored.each {
                for m in misses {
                    writeln!(out, "{id}\t{}\t{}", m.what, m.detail)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(0)
}
