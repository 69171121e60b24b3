//! What stands beside an export: how to cite it, and what is needed to make it again byte for byte.
//!
//! Programs, lexicon, what was asked for, and how the file came out. No date and no name of a machine: both would make two equal exports differ.

use crate::{Format, Made, Maker, Result};
use serde_json::{Value, json};
use sijill_store::Register;

/// The contents of `FILE.cite.json`. `asked`: the arguments of the command, without the paths of register and file.
pub fn citation(register: &Register, file: &str, format: Format, asked: &[String], made: &Made) -> Result<Value> {
    let maker = Maker::of(register)?;
    let counts = register.counts()?;
    let lexicons: Vec<Value> = register.lexicons()?.into_iter().map(|(version, articles)| json!({ "version": version, "articles": articles })).collect();
    Ok(json!({
        "message": "If you use this dataset, please cite it by the program, the lexicon and the query that made it.",
        "type": "dataset",
        "title": format!("Register of diplomatic events, {} ({})", asked.join(" "), maker),
        "software": { "name": "sijill", "version": maker.sijill },
        "lexicon": maker.lexicon,
        "register": {
            "schema": sijill_store::VERSION, "made_with": register.meta("sijill")?, "lexicons": lexicons,
            "articles": counts.articles, "events": counts.events, "statements": counts.statements,
        },
        "query": asked,
        "file": { "name": file, "format": format.name(), "rows": made.rows, "left_out": made.left_out, "left_out_are": if made.left_out > 0 { made.why } else { "" }, "bytes": made.bytes, "xxh3": made.hash },
        "columns": "docs/reference/export.md",
    }))
}
