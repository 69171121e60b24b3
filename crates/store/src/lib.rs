//! The register: an SQLite file, its schema and migrations, adding records, resolving what they changed, and queries.
//!
//! `document` says what an article's identity is, `prepare` makes rows of a record (pure, on any thread), `write` puts them in, `settle`
//! resolves what they changed, `query` answers. What must not live here: reading of Arabic (that is `extract`'s), decisions on what is
//! one event (`resolve`'s), pages and terminals. SQL stands in this crate and nowhere else.

#![forbid(unsafe_code)]

pub mod days;
pub mod document;
pub mod dump;
pub mod prepare;
pub mod query;
mod reread;
mod schema;
mod settle;
mod write;

pub use document::Document;
pub use prepare::{Prepared, prepare};
pub use schema::VERSION;
pub use settle::Progress;
pub use write::{Added, Batch, Mark, Refused};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use sijill_resolve::facts::Facts;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why the register could not do what was asked.
#[derive(Debug)]
pub enum Error {
    /// The file is no register, or one that this program can not use.
    File(PathBuf, String),
    /// SQLite could not do it: full disk, locked file, damaged file.
    Sqlite(rusqlite::Error),
    /// The register holds what this program did not write.
    Content(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, what) => write!(f, "{}: {what}", path.display()),
            Self::Sqlite(e) => write!(f, "register: expected to be able to read and write it, found: {e}"),
            Self::Content(what) => write!(f, "register: {what}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Self::Sqlite(e)
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Self {
        Self::Content(format!("expected a list in JSON, found {e}"))
    }
}

pub type Result<T> = std::result::Result<T, Error>;

/// Bytes of words that full text gathers in memory at most.
const GATHERED: i64 = 32 << 20;

/// An open register.
pub struct Register {
    pub(crate) db: Connection,
    path: PathBuf,
}

impl Register {
    /// For adding. Makes the file where there is none, and brings an older schema up to this version.
    pub fn create(path: &Path) -> Result<Self> {
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|e| unopened(path, &e))?;
        let mut register = Self { db, path: path.to_owned() };
        register.db.busy_timeout(std::time::Duration::from_secs(20))?;
        steady_plans(&register.db)?;
        schema::migrate(&mut register.db, path)?;
        // The journal is kept beside the file while it is written, so that others can read meanwhile.
        register.db.pragma_update(None, "journal_mode", "WAL")?;
        register.db.pragma_update(None, "synchronous", "NORMAL")?;
        register.db.pragma_update(None, "cache_size", -200_000)?;
        register.db.pragma_update(None, "temp_store", "MEMORY")?;
        register.db.pragma_update(None, "mmap_size", 1 << 30)?;
        register.db.pragma_update(None, "journal_size_limit", 64 << 20)?;
        // In pages of 8 KB. What stands in the journal is written to the file once, however often it has changed meanwhile; with SQLite's own thousand the file was written over and over.
        register.db.pragma_update(None, "wal_autocheckpoint", 8_000)?;
        register.db.set_prepared_statement_cache_capacity(128);
        // Words are gathered in memory and written at the end of a transaction, not several times in it: what is written in pieces has to be merged again.
        let gathered: Option<i64> = register.db.query_row("SELECT v FROM search_config WHERE k = 'hashsize'", [], |r| r.get(0)).optional()?;
        if gathered != Some(GATHERED) {
            register.db.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?1)", [GATHERED])?;
        }
        Ok(register)
    }

    /// For reading only; others may write meanwhile.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(Error::File(path.to_owned(), "expected a register, found no file (make one with `sijill add`)".into()));
        }
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|e| unopened(path, &e))?;
        let register = Self { db, path: path.to_owned() };
        register.db.busy_timeout(std::time::Duration::from_secs(20))?;
        steady_plans(&register.db)?;
        let found = schema::version(&register.db, path)?;
        if found != VERSION {
            let how = if found > VERSION { "made by a newer sijill: use that one" } else { "made by an older sijill: `sijill add --settle` brings it up to date" };
            return Err(Error::File(path.to_owned(), format!("expected a register of schema {VERSION}, found schema {found}, {how}")));
        }
        register.db.pragma_update(None, "cache_size", -64_000)?;
        register.db.pragma_update(None, "mmap_size", 1 << 30)?;
        register.db.set_prepared_statement_cache_capacity(256);
        Ok(register)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does the register hold no article?
    pub fn is_empty(&self) -> Result<bool> {
        Ok(!self.db.prepare_cached("SELECT 1 FROM article")?.exists([])?)
    }

    /// Does the register hold this version of this article?
    pub fn holds(&self, key: &str, version: &str) -> Result<bool> {
        let mut s = self.db.prepare_cached("SELECT 1 FROM article WHERE article = ?1 AND version = ?2")?;
        Ok(s.exists((key, version))?)
    }

    /// Resolves all that was added since the last time, or was left undone when a run was cut off. `step` hears how far it is.
    pub fn settle(&mut self, facts: &Facts, step: &mut dyn FnMut(Progress)) -> Result<()> {
        settle::settle(self, facts, step)
    }

    /// Facts for whoever opens the file: which engine and lexicon, and the words of the closed lists.
    pub fn describe(&mut self, meta: &[(&str, &str)], labels: &[(String, String, String, String)]) -> Result<()> {
        write::describe(self, meta, labels)
    }

    pub fn meta(&self, key: &str) -> Result<Option<String>> {
        Ok(self.db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?.query_row([key], |r| r.get(0)).optional()?)
    }
}

/// A statement keeps its plan whatever it is asked with. SQLite would else prepare many anew each time another value is bound, all that have `LIMIT ?` among them: a quarter of what an
/// answer took, a tenth of an addition.
fn steady_plans(db: &Connection) -> Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn unopened(path: &Path, e: &rusqlite::Error) -> Error {
    Error::File(path.to_owned(), format!("expected a register, found: {e}"))
}
