//! Whom a user means: an id, an ISO code, or a name in any spelling.
//!
//! What must not live here: a guess. Where a name fits two, or nobody, the user is told so, with what may have been meant.

use crate::{Fault, Result};
use sijill_extract::{Article, Engine};
use sijill_resolve::facts::Facts;
use sijill_store::Register;
use sijill_store::query::Name;
use std::cell::OnceCell;

/// The plain tables of the lexicon: made when first needed, or lent by who has them.
enum Tables<'r> {
    Own(OnceCell<Box<Facts>>),
    Lent(&'r Facts),
}

pub struct Who<'r> {
    register: &'r Register,
    engine: &'r Engine,
    tables: Tables<'r>,
}

/// How many are suggested.
const SUGGESTED: usize = 6;

impl<'r> Who<'r> {
    pub fn new(register: &'r Register, engine: &'r Engine) -> Self {
        Self { register, engine, tables: Tables::Own(OnceCell::new()) }
    }

    /// With tables that are at hand already.
    pub fn with(register: &'r Register, engine: &'r Engine, facts: &'r Facts) -> Self {
        Self { register, engine, tables: Tables::Lent(facts) }
    }

    pub fn all(&self, names: &[String]) -> Result<Vec<String>> {
        names.iter().map(|n| Ok(self.find(n)?.id)).collect()
    }

    pub fn find(&self, name: &str) -> Result<Name> {
        let name = name.trim();
        let by_id = |id: &str| self.register.name_of(id);
        if name.contains(':') {
            return by_id(name)?.ok_or_else(|| self.unknown(name, None));
        }
        if name.len() == 3 && name.bytes().all(|b| b.is_ascii_alphabetic()) {
            let id = format!("country:{}", name.to_ascii_uppercase());
            if let Some(found) = by_id(&id)? {
                return Ok(found);
            }
            if let Some((_, en)) = self.facts().labels.get(&id) {
                return Err(self.unknown(name, Some(en)));
            }
        }
        // As an article or the lexicon spells it.
        let bearers = self.register.bearers(name)?;
        let mut known: Vec<&Name> = bearers.iter().map(|b| &b.0).filter(|n| self.is_known(n)).collect();
        // A state before a city or a team of its name: that is what stands in news of states.
        if known.len() > 1 && known.iter().filter(|n| n.kind == "country").count() == 1 {
            known.retain(|n| n.kind == "country");
        }
        match (known.as_slice(), bearers.as_slice()) {
            ([one], _) => return Ok((*one).clone()),
            ([], [one]) => return Ok(one.0.clone()),
            ([], []) => {}
            _ => return Err(ambiguous(name, bearers.into_iter().map(|b| b.0))),
        }
        // As the engine reads it: other spellings of names that it knows.
        let mut worker = self.engine.worker();
        let record = worker.read(&Article { id: "", text: name, published: None, outlet: None });
        let whole = name.chars().count() as u32;
        if let Some(e) = record.entities.iter().find(|e| e.known && e.mentions.iter().any(|m| m.span.start == 0 && m.span.end == whole)) {
            return by_id(&e.id)?.ok_or_else(|| self.unknown(name, Some(e.label_en.as_deref().unwrap_or(&e.label_ar))));
        }
        // Part of an English name.
        let asked: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        let mut ids: Vec<&str> = self
            .facts()
            .labels
            .iter()
            .filter(|(_, (_, en))| {
                let en: Vec<String> = en.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').map(str::to_lowercase).collect();
                !asked.is_empty() && asked.iter().all(|a| en.contains(a))
            })
            .map(|(id, _)| id.as_str())
            .collect();
        ids.sort_unstable();
        let mut found: Vec<Name> = Vec::new();
        for id in &ids {
            found.extend(by_id(id)?);
        }
        // A spelling that differs from those of the articles.
        if found.is_empty()
            && let Some(key) = Facts::block(&self.facts().name(name))
        {
            found = self.register.in_block(sijill_store::document::block_number(&format!("name {key}")))?;
        }
        match found.len() {
            0 => Err(self.unknown(name, None)),
            1 => Ok(found.remove(0)),
            _ => Err(ambiguous(name, found)),
        }
    }

    fn is_known(&self, n: &Name) -> bool {
        self.facts().labels.contains_key(&n.id)
    }

    fn facts(&self) -> &Facts {
        match &self.tables {
            Tables::Own(cell) => cell.get_or_init(|| Box::new(Facts::new(self.engine.lexicon()))),
            Tables::Lent(facts) => facts,
        }
    }

    fn unknown(&self, name: &str, meant: Option<&str>) -> Fault {
        Fault::Unknown { name: name.to_owned(), meant: meant.map(str::to_owned), like: self.register.beginning(name, SUGGESTED).unwrap_or_default() }
    }
}

fn ambiguous(name: &str, who: impl IntoIterator<Item = Name>) -> Fault {
    Fault::Ambiguous { name: name.to_owned(), who: who.into_iter().take(SUGGESTED).collect() }
}
