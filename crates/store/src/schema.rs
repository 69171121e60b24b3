//! The schema and its history. Each version is a file of SQL that brings the version before it forward.
//!
//! What must not live here: rows.

use crate::{Error, Result};
use rusqlite::Connection;
use std::path::Path;

/// "sijl": what SQLite files call an application id.
const APPLICATION: i32 = 0x7369_6A6C;

const STEPS: [&str; 1] = [include_str!("schema/0001.sql")];

/// The schema that this program reads and writes.
pub const VERSION: u32 = STEPS.len() as u32;

/// The schema of a file; 0 for an empty one.
pub fn version(db: &Connection, path: &Path) -> Result<u32> {
    let number = |pragma: &str| db.pragma_query_value(None, pragma, |r| r.get::<_, i32>(0));
    let wrong = |what: String| Error::File(path.to_owned(), what);
    let application = number("application_id").map_err(|e| wrong(format!("expected a register, found: {e}")))?;
    let version = number("user_version")?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    match (application, tables) {
        (APPLICATION, _) => Ok(version as u32),
        (0, 0) => Ok(0),
        _ => Err(wrong("expected a register, found another database".into())),
    }
}

/// Brings a file to the schema of this program, one transaction a step.
pub fn migrate(db: &mut Connection, path: &Path) -> Result<()> {
    let mut found = version(db, path)?;
    if found > VERSION {
        return Err(Error::File(path.to_owned(), format!("expected a register of schema {VERSION} or older, found schema {found}: made by a newer sijill")));
    }
    if found == 0 {
        // Rows of articles are long: larger pages keep them in one piece.
        db.pragma_update(None, "page_size", 8192)?;
    }
    while found < VERSION {
        let step = db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have been first.
        found = version(&step, path)?;
        if let Some(sql) = STEPS.get(found as usize) {
            step.execute_batch(sql)?;
            found += 1;
            step.pragma_update(None, "application_id", APPLICATION)?;
            step.pragma_update(None, "user_version", found)?;
        }
        step.commit()?;
    }
    Ok(())
}
