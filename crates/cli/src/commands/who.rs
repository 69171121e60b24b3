//! Whom a user means: an id, an ISO code, or a name in any spelling.
//!
//! What must not live here: a guess. Where a name fits two, or nobody, the user is told so, with what may have been meant.

use crate::args::{EventFilter, StatementFilter};
use crate::sources;
use crate::terminal::Failure;
use sijill_extract::{Article, Engine};
use sijill_record::lists;
use sijill_resolve::facts::Facts;
use sijill_store::query::event::EventQuery;
use sijill_store::query::statement::StatementQuery;
use sijill_store::query::{Name, Range};
use sijill_store::{Register, days};
use std::cell::OnceCell;

pub struct Who<'r> {
    register: &'r Register,
    engine: &'r Engine,
    facts: OnceCell<Facts>,
}

/// How many are suggested.
const SUGGESTED: usize = 6;

impl<'r> Who<'r> {
    pub fn new(register: &'r Register, engine: &'r Engine) -> Self {
        Self { register, engine, facts: OnceCell::new() }
    }

    pub fn all(&self, names: &[String]) -> Result<Vec<String>, Failure> {
        names.iter().map(|n| Ok(self.find(n)?.id)).collect()
    }

    /// The events that a user asks for, without a page.
    pub fn events(&self, f: &EventFilter) -> Result<EventQuery, Failure> {
        closed("kind", &f.kind, &lists::KINDS)?;
        closed("status", &f.status, &lists::STATUSES)?;
        let place = f.place.as_deref().map(|p| self.find(p)).transpose()?.map(|n| n.id);
        let text = super::search::words(self.engine.lexicon(), &f.text);
        if !f.text.is_empty() && text.is_empty() {
            return Err(Failure::new(format!("--text: expected a word, found {:?}", f.text.join(" "))));
        }
        Ok(EventQuery { actors: self.all(&f.actor)?, kinds: f.kind.clone(), statuses: f.status.clone(), range: range(&f.days), place, text, ..EventQuery::default() })
    }

    /// The statements that a user asks for, without a page.
    pub fn statements(&self, f: &StatementFilter) -> Result<StatementQuery, Failure> {
        closed("force", &f.force, &lists::FORCES)?;
        Ok(StatementQuery { speakers: self.all(&f.speaker)?, about: self.all(&f.about)?, forces: f.force.clone(), range: range(&f.days), ..StatementQuery::default() })
    }

    pub fn find(&self, name: &str) -> Result<Name, Failure> {
        let name = name.trim();
        let by_id = |id: &str| self.register.name_of(id).map_err(super::add::failure);
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
        let bearers = self.register.bearers(name).map_err(super::add::failure)?;
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
            found = self.register.in_block(sijill_store::document::block_number(&format!("name {key}"))).map_err(super::add::failure)?;
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
        self.facts.get_or_init(|| Facts::new(self.engine.lexicon()))
    }

    fn unknown(&self, name: &str, meant: Option<&str>) -> Failure {
        let mut message = match meant {
            Some(meant) => format!("{name}: expected somebody whom the register holds, found nothing of {meant} in it"),
            None => format!("{name}: expected the id or name of somebody whom the register holds, found nobody"),
        };
        let like = self.register.beginning(name, SUGGESTED).unwrap_or_default();
        if !like.is_empty() {
            message.push_str(&format!("; names that begin so:\n{}", listed(like)));
        }
        Failure::new(message)
    }
}

fn listed(names: impl IntoIterator<Item = Name>) -> String {
    let lines: Vec<String> = names.into_iter().take(SUGGESTED).map(|n| format!("  {}  {}{}", n.id, n.ar, n.en.map(|e| format!(" ({e})")).unwrap_or_default())).collect();
    lines.join("\n")
}

fn ambiguous(name: &str, who: impl IntoIterator<Item = Name>) -> Failure {
    Failure::new(format!("{name}: expected the name of one, found several; say which by its id:\n{}", listed(who)))
}

/// A range of days out of two flags.
pub fn range(d: &crate::args::Days) -> Range {
    Range { from: d.from.as_deref().and_then(days::bounds).map(|b| b.0), until: d.until.as_deref().and_then(days::bounds).map(|b| b.1) }
}

/// Each a member of the closed list, or a message that names the list.
pub fn closed(flag: &str, values: &[String], list: &[&str]) -> Result<(), Failure> {
    match values.iter().find(|v| !list.contains(&v.as_str())) {
        Some(wrong) => Err(Failure::new(format!("--{flag}: expected one of {}, found {wrong:?}", list.join(", ")))),
        None => Ok(()),
    }
}

/// A register and an engine, for commands that ask.
pub fn open(path: &std::path::Path) -> Result<(Register, Engine), Failure> {
    let register = Register::open(path).map_err(super::add::failure)?;
    let engine = sources::engine::<std::path::PathBuf>(&[])?;
    if register.unsettled().map_err(super::add::failure)? {
        crate::terminal::message("the register is being added to, or a run was cut off: `sijill add --settle` resolves what is left");
    }
    age(&register, &engine).map_err(super::add::failure)?;
    Ok((register, engine))
}

/// Tells the user where articles were read with another lexicon than this program's. One that was made throughout with entries of the user's own is as he wants it.
pub fn age(register: &Register, engine: &Engine) -> sijill_store::Result<()> {
    let lexicons = register.read_with()?;
    let own = register.meta("own_entries")?.as_deref() == Some("yes");
    if lexicons.len() > 1 {
        crate::terminal::message("the register's articles were read with several lexicons: `sijill reread` reads them with one");
    } else if lexicons.first().is_some_and(|l| !own && *l != engine.lexicon().version) {
        crate::terminal::message("the register's articles were read with another lexicon than this program's: `sijill reread` reads them again");
    }
    Ok(())
}
