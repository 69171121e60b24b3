//! The schema and its history. Each version is a file of SQL that brings the version before it forward.
//!
//! What must not live here: rows.

use crate::{Error, Result};
use rusqlite::Connection;
use std::path::Path;

/// "sijl": what SQLite files call an application id.
const APPLICATION: i32 = 0x7369_6A6C;

const STEPS: [&str; 3] = [include_str!("schema/0001.sql"), include_str!("schema/0002.sql"), include_str!("schema/0003.sql")];

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

#[cfg(test)]
mod tests {
    use super::*;

    fn memory() -> Connection {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db, Path::new("memory")).unwrap();
        db
    }

    #[test]
    fn every_step_leads_to_this_version_and_a_second_time_does_nothing() {
        let mut db = memory();
        assert_eq!(version(&db, Path::new("memory")).unwrap(), VERSION);
        migrate(&mut db, Path::new("memory")).unwrap();
        // From each released version on.
        for from in 1..=STEPS.len() {
            let mut db = Connection::open_in_memory().unwrap();
            for step in &STEPS[..from] {
                db.execute_batch(step).unwrap();
            }
            db.pragma_update(None, "application_id", APPLICATION).unwrap();
            db.pragma_update(None, "user_version", from as i64).unwrap();
            migrate(&mut db, Path::new("memory")).unwrap();
            assert_eq!(version(&db, Path::new("memory")).unwrap(), VERSION);
        }
    }

    #[test]
    fn others_are_refused() {
        let mut newer = memory();
        newer.pragma_update(None, "user_version", VERSION + 1).unwrap();
        assert!(migrate(&mut newer, Path::new("x")).unwrap_err().to_string().contains("newer"));
        let mut foreign = Connection::open_in_memory().unwrap();
        foreign.execute_batch("CREATE TABLE notes (text)").unwrap();
        assert!(migrate(&mut foreign, Path::new("x")).unwrap_err().to_string().contains("another database"));
    }

    /// Names as `docs/register.md` writes them: in backquotes. Parts of the full-text index are SQLite's own.
    #[test]
    fn the_documentation_names_every_table_and_view() {
        let page = include_str!("../../../docs/register.md");
        let db = memory();
        let mut s = db.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'").unwrap();
        let names: Vec<String> = s.query_map([], |r| r.get(0)).unwrap().map(rusqlite::Result::unwrap).collect();
        assert!(names.len() > 25);
        let missing: Vec<&String> = names.iter().filter(|n| !page.contains(&format!("`{n}`"))).collect();
        assert!(missing.is_empty(), "docs/register.md does not name {missing:?}");
    }

    /// A view with a mistake in it is only found out when it is asked.
    #[test]
    fn every_view_answers() {
        let db = memory();
        let mut s = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").unwrap();
        for view in s.query_map([], |r| r.get::<_, String>(0)).unwrap().map(rusqlite::Result::unwrap) {
            let n: i64 = db.query_row(&format!("SELECT count(*) FROM {view}"), [], |r| r.get(0)).unwrap();
            assert_eq!(n, 0, "{view}");
        }
    }
}
