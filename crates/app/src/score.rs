//! Scoring: gold and texts from folders, records from a file or from the engine.
//!
//! What must not live here: any rule of scoring, which is `sijill-eval`'s; printing.

use crate::{Error, Result, read};
use serde::Deserialize;
use sijill_eval::gold::Gold;
use sijill_eval::pred::Pred;
use sijill_eval::{Figures, Miss, Notes, Parts, Text, article_id, score};
use sijill_extract::Engine;
use sijill_ingest::Document;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A gold record with its text.
pub struct Case {
    pub id: String,
    gold: Gold,
    text: String,
}

/// What is known of a text beside its words.
#[derive(Deserialize)]
pub struct Meta {
    id: String,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
}

/// The figures of all articles, and of each.
#[derive(Default)]
pub struct Scored {
    pub all: Figures,
    pub parts: Parts,
    /// In order of id: the figures, and what was missed or given too much.
    pub each: Vec<(String, Figures, Vec<Miss>)>,
    /// Articles for which there is no record.
    pub missing: usize,
}

fn text_of(path: &Path) -> Result<String> {
    std::fs::read(path).map_err(|e| Error::Input(format!("{}: expected a readable file, found: {e}", path.display()))).map(|b| sijill_text::decode(&b).text)
}

/// Each line of a file that is not empty.
fn lines<T: serde::de::DeserializeOwned>(path: &Path, expected: &str, mut each: impl FnMut(T)) -> Result<()> {
    for (n, line) in text_of(path)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        each(serde_json::from_str(line).map_err(|e| Error::Input(format!("{}:{}: expected {expected}, found: {e}", path.display(), n + 1)))?);
    }
    Ok(())
}

/// The gold records of a folder (`ID.json`), with the texts of another (`ID.txt`).
pub fn cases(gold: &Path, texts: &Path) -> Result<Vec<Case>> {
    let folder = std::fs::read_dir(gold).map_err(|e| Error::Input(format!("{}: expected a folder of gold records, found: {e}", gold.display())))?;
    let mut names: Vec<String> = folder.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).filter(|n| n.ends_with(".json")).collect();
    names.sort();
    if names.is_empty() {
        return Err(Error::Input(format!("{}: expected gold records (ID.json), found none", gold.display())));
    }
    names
        .iter()
        .map(|name| {
            let path = gold.join(name);
            let json = text_of(&path)?;
            let gold = serde_json::from_str(&json).map_err(|e| Error::Input(format!("{}:{}: expected a gold record, found: {e}", path.display(), e.line())))?;
            let id = name.trim_end_matches(".json").to_owned();
            let text = text_of(&texts.join(format!("{id}.txt")))?;
            Ok(Case { id, gold, text })
        })
        .collect()
}

/// Records of a file, the last of each id.
pub fn given(path: &Path) -> Result<HashMap<String, Pred>> {
    let mut found = HashMap::new();
    lines(path, "a record", |pred: Pred| {
        found.insert(article_id(&pred.id).to_owned(), pred);
    })?;
    Ok(found)
}

/// What a JSONL file says of the texts.
pub fn meta(path: &Path) -> Result<HashMap<String, Meta>> {
    let mut found = HashMap::new();
    lines(path, "an object with an id", |m: Meta| {
        found.insert(article_id(&m.id).to_owned(), m);
    })?;
    Ok(found)
}

/// The dates that stand beside a folder of texts (`published.toml`: file stem to date); no such file, no dates.
pub fn dates(texts: &Path) -> Result<HashMap<String, Meta>> {
    let path = texts.join("published.toml");
    if !path.exists() {
        return Ok(HashMap::new());
    }
    let dates: BTreeMap<String, String> =
        toml::from_str(&text_of(&path)?).map_err(|e| Error::Input(format!("{}: expected lines `\"ID\" = \"DATE\"`, found: {}", path.display(), e.message())))?;
    Ok(dates.into_iter().map(|(id, published)| (id.clone(), Meta { id, published: Some(published), outlet: None })).collect())
}

/// Records that the engine makes now.
pub fn made(engine: &Engine, cases: &[Case], mut meta: HashMap<String, Meta>) -> HashMap<String, Pred> {
    let mut worker = engine.worker();
    let record = |c: &Case| {
        let (published, outlet) = meta.remove(&c.id).map_or((None, None), |m| (m.published, m.outlet));
        let article = Document { id: c.id.clone(), text: c.text.clone(), published, outlet, ..Document::default() };
        (c.id.clone(), Pred::from(&read::read(&mut worker, &article)))
    };
    cases.iter().map(record).collect()
}

/// Scores the records against the gold.
pub fn scored(cases: Vec<Case>, preds: &HashMap<String, Pred>) -> Scored {
    let nothing = Pred::default();
    let mut out = Scored::default();
    for c in cases {
        let mut notes = Notes::default();
        let f = score(&c.gold, &Text::new(&c.text), preds.get(&c.id).unwrap_or(&nothing), &mut notes);
        out.all += f;
        for (part, tally) in notes.parts {
            *out.parts.entry(part).or_default() += tally;
        }
        out.missing += usize::from(!preds.contains_key(&c.id));
        out.each.push((c.id, f, notes.misses));
    }
    out
}
