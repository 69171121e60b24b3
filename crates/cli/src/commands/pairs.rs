//! `sijill eval --pairs`: a gold file of articles and their events, read and resolved now, figures to standard output.
//!
//! What must not live here: any rule of scoring, which is `sijill-eval`'s, or of resolution, which is `sijill-resolve`'s.

use super::{Done, read};
use crate::args::Eval;
use crate::input::Loaded;
use crate::sources;
use crate::terminal::{self, Failure};
use sijill_eval::{Pairs, Resolved, pairs, pairs_table};
use sijill_resolve::facts::Facts;
use sijill_resolve::reprints;
use sijill_resolve::whole::{Read, register};
use std::io::Write;
use std::path::Path;

fn gold(path: &Path) -> Result<Pairs, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::new(format!("{}: expected a readable file, found: {e}", path.display())))?;
    Pairs::parse(&text).map_err(|e| Failure::new(format!("{}: expected a gold file of articles, found: {e}", path.display())))
}

pub fn run(a: &Eval, path: &Path) -> Done {
    let gold = gold(path)?;
    let engine = sources::engine(&a.lexicon)?;
    let facts = Facts::new(engine.lexicon());
    let mut worker = engine.worker();
    let articles: Vec<Read> = gold
        .article
        .iter()
        .map(|m| {
            let text = m.text.trim().to_owned();
            let signature = reprints::signature(&text);
            let loaded = Loaded { id: m.id.clone(), text, published: m.published.clone(), outlet: m.outlet.clone(), ..Loaded::default() };
            Read { article: m.id.clone(), outlet: m.outlet.clone(), record: read::read_one(&mut worker, &loaded), signature }
        })
        .collect();
    let whole = register(&articles, &facts);
    let events = whole.events.iter().map(|e| (e.kind.clone(), e.reports.iter().filter_map(|r| r.split('#').next()).map(str::to_owned).collect())).collect();
    let (figures, wrong) = pairs(&gold, &Resolved { events, groups: whole.wires });
    let mut out = terminal::raw_stdout();
    if a.json {
        let tally = |t: &sijill_eval::Tally| serde_json::json!({"gold": t.gold, "given": t.pred, "right": t.found, "precision": t.precision(), "recall": t.recall(), "f1": t.f1()});
        let all = serde_json::json!({"articles": figures.articles, "pairs": figures.pairs, "reprints": tally(&figures.reprints), "events": tally(&figures.events), "read": tally(&figures.read)});
        writeln!(out, "{all:#}")?;
    } else {
        out.write_all(pairs_table(&figures).as_bytes())?;
        if a.errors {
            for (what, missed, one, other, kind) in wrong {
                writeln!(out, "{}\t{what}\t{kind}\t{one}\t{other}", if missed { "missed" } else { "wrong" })?;
            }
        }
    }
    out.flush()?;
    Ok(0)
}
