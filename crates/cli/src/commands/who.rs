//! What flags ask of a register: names to ids, filters to queries; and how a register is opened to be asked.
//!
//! Whom a name means is `sijill-ask`'s. What must not live here: SQL.

use crate::args::{EventFilter, StatementFilter};
use crate::sources;
use crate::terminal::Failure;
use sijill_extract::Engine;
use sijill_record::lists;
use sijill_store::query::event::EventQuery;
use sijill_store::query::statement::StatementQuery;
use sijill_store::query::{Name, Range};
use sijill_store::{Register, days};

impl From<sijill_ask::Fault> for Failure {
    fn from(fault: sijill_ask::Fault) -> Self {
        Self::new(fault.to_string())
    }
}

pub struct Who<'r> {
    who: sijill_ask::who::Who<'r>,
    engine: &'r Engine,
}

impl<'r> Who<'r> {
    pub fn new(register: &'r Register, engine: &'r Engine) -> Self {
        Self { who: sijill_ask::who::Who::new(register, engine), engine }
    }

    pub fn all(&self, names: &[String]) -> Result<Vec<String>, Failure> {
        Ok(self.who.all(names)?)
    }

    pub fn find(&self, name: &str) -> Result<Name, Failure> {
        Ok(self.who.find(name)?)
    }

    /// The events that a user asks for, without a page.
    pub fn events(&self, f: &EventFilter) -> Result<EventQuery, Failure> {
        closed("kind", &f.kind, &lists::KINDS)?;
        closed("status", &f.status, &lists::STATUSES)?;
        let place = f.place.as_deref().map(|p| self.find(p)).transpose()?.map(|n| n.id);
        let text = sijill_ask::search::condition("--text", self.engine.lexicon(), &f.text)?;
        Ok(EventQuery { actors: self.all(&f.actor)?, kinds: f.kind.clone(), statuses: f.status.clone(), range: range(&f.days), place, text, ..EventQuery::default() })
    }

    /// The statements that a user asks for, without a page.
    pub fn statements(&self, f: &StatementFilter) -> Result<StatementQuery, Failure> {
        closed("force", &f.force, &lists::FORCES)?;
        Ok(StatementQuery { speakers: self.all(&f.speaker)?, about: self.all(&f.about)?, forces: f.force.clone(), range: range(&f.days), ..StatementQuery::default() })
    }
}

/// A range of days out of two flags.
pub fn range(d: &crate::args::Days) -> Range {
    Range { from: d.from.as_deref().and_then(days::bounds).map(|b| b.0), until: d.until.as_deref().and_then(days::bounds).map(|b| b.1) }
}

/// Each a member of the closed list, or a message that names the list.
pub fn closed(flag: &str, values: &[String], list: &[&str]) -> Result<(), Failure> {
    Ok(sijill_ask::closed(&format!("--{flag}"), values, list)?)
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
