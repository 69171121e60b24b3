//! `sijill eval`: gold and texts from folders, records from a file or from the engine, figures to standard output.
//!
//! What must not live here: any rule of scoring, which is `sijill-eval`'s.

use super::{Done, read};
use crate::args::Eval;
use crate::input::Loaded;
use crate::sources;
use crate::terminal::{self, Failure};
use serde::Deserialize;
use sijill_eval::gold::Gold;
use sijill_eval::pred::Pred;
use sijill_eval::{Figures, Notes, Parts, Text, article_id, fixed, score};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;

struct Case {
    id: String,
    gold: Gold,
    text: String,
}

#[derive(Deserialize)]
struct Meta {
    id: String,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
}

fn text_of(path: &Path) -> Result<String, Failure> {
    std::fs::read(path).map_err(|e| Failure::new(format!("{}: expected a readable file, found: {e}", path.display()))).map(|b| sijill_text::decode(&b).text)
}

fn cases(a: &Eval) -> Result<Vec<Case>, Failure> {
    // The arguments ask for both, where resolution is not what is scored.
    let (Some(gold), Some(texts)) = (&a.gold, &a.text) else { return Ok(Vec::new()) };
    let folder = std::fs::read_dir(gold).map_err(|e| Failure::new(format!("{}: expected a folder of gold records, found: {e}", gold.display())))?;
    let mut names: Vec<String> = folder.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).filter(|n| n.ends_with(".json")).collect();
    names.sort();
    if names.is_empty() {
        return Err(Failure::new(format!("{}: expected gold records (ID.json), found none", gold.display())));
    }
    names
        .iter()
        .map(|name| {
            let path = gold.join(name);
            let json = text_of(&path)?;
            let gold = serde_json::from_str(&json).map_err(|e| Failure::new(format!("{}:{}: expected a gold record, found: {e}", path.display(), e.line())))?;
            let id = name.trim_end_matches(".json").to_owned();
            let text = text_of(&texts.join(format!("{id}.txt")))?;
            Ok(Case { id, gold, text })
        })
        .collect()
}

/// Records of a file, the last of each id.
fn given(path: &Path) -> Result<HashMap<String, Pred>, Failure> {
    let mut found = HashMap::new();
    for (n, line) in text_of(path)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let pred: Pred = serde_json::from_str(line).map_err(|e| Failure::new(format!("{}:{}: expected a record, found: {e}", path.display(), n + 1)))?;
        found.insert(article_id(&pred.id).to_owned(), pred);
    }
    Ok(found)
}

fn meta(path: &Path) -> Result<HashMap<String, Meta>, Failure> {
    let mut found = HashMap::new();
    for (n, line) in text_of(path)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let meta: Meta = serde_json::from_str(line).map_err(|e| Failure::new(format!("{}:{}: expected an object with an id, found: {e}", path.display(), n + 1)))?;
        found.insert(article_id(&meta.id).to_owned(), meta);
    }
    Ok(found)
}

/// The dates of a folder of texts, file stem → date; no such file, no dates.
fn dates(path: &Path) -> Result<HashMap<String, Meta>, Failure> {
    if !path.exists() {
        return Ok(HashMap::new());
    }
    let dates: BTreeMap<String, String> =
        toml::from_str(&text_of(path)?).map_err(|e| Failure::new(format!("{}: expected lines `\"ID\" = \"DATE\"`, found: {}", path.display(), e.message())))?;
    Ok(dates.into_iter().map(|(id, published)| (id.clone(), Meta { id, published: Some(published), outlet: None })).collect())
}

/// Records that the engine makes now.
fn made(a: &Eval, cases: &[Case]) -> Result<HashMap<String, Pred>, Failure> {
    let engine = sources::engine(&a.lexicon)?;
    let mut worker = engine.worker();
    let mut meta = match (&a.meta, &a.text) {
        (Some(file), _) => meta(file)?,
        (None, Some(texts)) => dates(&texts.join("published.toml"))?,
        (None, None) => HashMap::new(),
    };
    Ok(cases
        .iter()
        .map(|c| {
            let known = meta.remove(&c.id);
            let (published, outlet) = known.map_or((None, None), |m| (m.published, m.outlet));
            let article = Loaded { id: c.id.clone(), text: c.text.clone(), published, outlet, ..Loaded::default() };
            (c.id.clone(), Pred::from(&read::read_one(&mut worker, &article)))
        })
        .collect())
}

pub fn run(a: Eval) -> Done {
    if let Some(path) = &a.pairs {
        return super::pairs::run(&a, path);
    }
    let cases = cases(&a)?;
    let preds = match &a.pred {
        Some(path) => given(path)?,
        None => made(&a, &cases)?,
    };
    let nothing = Pred::default();
    let mut all = Figures::default();
    let mut per_doc = BTreeMap::new();
    let mut misses = Vec::new();
    let mut parts = Parts::new();
    for (n, c) in cases.iter().enumerate() {
        let mut here = Notes::default();
        let f = score(&c.gold, &Text::new(&c.text), preds.get(&c.id).unwrap_or(&nothing), &mut here);
        misses.extend(here.misses.into_iter().map(|m| (c.id.as_str(), m)));
        all += f;
        for (part, tally) in here.parts {
            *parts.entry(part).or_default() += tally;
        }
        per_doc.insert(n, (c.id.as_str(), f.record()));
    }
    let missing = cases.iter().filter(|c| !preds.contains_key(&c.id)).count();
    let mut out = terminal::raw_stdout();
    if a.json {
        out.write_all(sijill_eval::json(&all, cases.len(), missing, a.parts.then_some(&parts)).as_bytes())?;
    } else {
        out.write_all(sijill_eval::table(&all, cases.len(), missing).as_bytes())?;
        if a.parts {
            out.write_all(sijill_eval::parts_table(&parts).as_bytes())?;
        }
        if a.per_doc {
            for (id, record) in per_doc.values() {
                writeln!(out, "  {id}: {}", fixed(*record, 3))?;
            }
        }
        if a.errors {
            for (id, m) in misses {
                writeln!(out, "{id}\t{}\t{}", m.what, m.detail)?;
            }
        }
    }
    out.flush()?;
    Ok(0)
}
