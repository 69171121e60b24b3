//! Questions to a register as people put them, for the terminal and the desk alike: whom a name means (`who`), articles by their words (`search`),
//! what happened in order of time (`timeline`), words of articles on one line (`plain`), labels put together from parts (`label`).
//!
//! What must not live here: SQL (that is `sijill-store`'s), words of an interface, how an answer is shown.

#![forbid(unsafe_code)]

pub mod label;
pub mod plain;
pub mod search;
pub mod timeline;
pub mod who;

use sijill_store::query::Name;
use std::fmt;

/// Why a question could not be asked.
#[derive(Debug)]
pub enum Fault {
    Store(sijill_store::Error),
    /// Nobody bears the name; those whose names begin so may be meant.
    Unknown {
        name: String,
        meant: Option<String>,
        like: Vec<Name>,
    },
    /// More than one bear it.
    Ambiguous {
        name: String,
        who: Vec<Name>,
    },
    /// A value that is not of the closed list.
    NotListed {
        what: String,
        found: String,
        list: Vec<String>,
    },
    /// A value that can not be read.
    Unreadable {
        what: String,
        expected: &'static str,
        found: String,
    },
}

pub type Result<T> = std::result::Result<T, Fault>;

impl From<sijill_store::Error> for Fault {
    fn from(e: sijill_store::Error) -> Self {
        Self::Store(e)
    }
}

fn listed(names: &[Name]) -> String {
    let lines: Vec<String> = names.iter().map(|n| format!("  {}  {}{}", n.id, n.ar, n.en.as_ref().map(|e| format!(" ({e})")).unwrap_or_default())).collect();
    lines.join("\n")
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(e) => e.fmt(f),
            Self::Unknown { name, meant, like } => {
                match meant {
                    Some(meant) => write!(f, "{name}: expected somebody whom the register holds, found nothing of {meant} in it")?,
                    None => write!(f, "{name}: expected the id or name of somebody whom the register holds, found nobody")?,
                }
                if like.is_empty() { Ok(()) } else { write!(f, "; names that begin so:\n{}", listed(like)) }
            }
            Self::Ambiguous { name, who } => write!(f, "{name}: expected the name of one, found several; say which by its id:\n{}", listed(who)),
            Self::NotListed { what, found, list } => write!(f, "{what}: expected one of {}, found {found:?}", list.join(", ")),
            Self::Unreadable { what, expected, found } => write!(f, "{what}: expected {expected}, found {found:?}"),
        }
    }
}

impl std::error::Error for Fault {}

/// Each a member of the closed list.
pub fn closed(what: &str, values: &[String], list: &[&str]) -> Result<()> {
    match values.iter().find(|v| !list.contains(&v.as_str())) {
        Some(wrong) => Err(Fault::NotListed { what: what.to_owned(), found: wrong.clone(), list: list.iter().map(|l| (*l).to_owned()).collect() }),
        None => Ok(()),
    }
}
