//! Questions to the register, typed: what is asked and what is answered are plain data, for a terminal, a web desk or another language.
//!
//! Pages go by a key of the last row (`after`), so that rows which come in meanwhile move nothing. Every parameter is bound, none is
//! written into SQL. What must not live here: words for people, colours.

pub mod actor;
pub mod check;
pub mod desk;
pub mod event;
pub mod search;
pub mod statement;
pub mod whole;

use crate::days::Day;
use crate::{Error, Register, Result};
use rusqlite::{OptionalExtension, Row, types::Value};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// Some rows, and the key after which the next are.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// Somebody, as lists name him.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Name {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub ar: String,
    pub en: Option<String>,
    pub country: Option<String>,
}

/// Where words stand: the article, and what its source says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Source {
    pub article: String,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    /// The id that the source gives.
    pub id: Option<String>,
}

/// What a `Span` looks like: code points of an article, half open.
#[cfg(feature = "openapi")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = Span)]
pub struct Stretch {
    pub start: u32,
    pub end: u32,
}

/// A stretch of days; either end may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    pub from: Option<Day>,
    pub until: Option<Day>,
}

/// How many of each the register holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    pub articles: usize,
    pub events: usize,
    pub statements: usize,
    pub actors: usize,
}

/// A condition under construction: text with question marks, and what they stand for.
#[derive(Default)]
pub(crate) struct Where {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Where {
    pub fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(if self.sql.is_empty() { "" } else { " AND " });
        self.sql.push_str(sql);
        self.values.extend(values);
    }
    /// Is the column one of these? An empty list asks for nothing.
    pub fn one_of<V: Into<Value>>(&mut self, column: &str, values: impl ExactSizeIterator<Item = V>) {
        if values.len() > 0 {
            let marks = vec!["?"; values.len()].join(", ");
            self.and(&format!("{column} IN ({marks})"), values.map(Into::into));
        }
    }
    /// Is the row after the key (before it, where the newest come first)?
    pub fn after(&mut self, day: &str, tie: &str, after: Option<(i64, i64)>, newest: bool) {
        if let Some((d, t)) = after {
            let sign = if newest { "<" } else { ">" };
            self.and(&format!("({day}, {tie}) {sign} (?, ?)"), [Value::Integer(d), Value::Integer(t)]);
        }
    }
}

/// Under which `pair_index` has the events of more states than it pairs.
pub(crate) const CROWD: &str = "*";

/// A year in days as they are numbered: what began longer before the range than this is not looked for.
pub(crate) const YEAR: Day = 10_000;

/// At most this many rows are counted to see which list is the shorter.
const LOOK: i64 = 10_000;

/// The key of a page: two numbers.
pub(crate) fn key(after: Option<&str>) -> Result<Option<(i64, i64)>> {
    let Some(after) = after else { return Ok(None) };
    let wrong = || Error::Content(format!("expected a key as a page before gave it, found {after:?}"));
    let (a, b) = after.split_once('.').ok_or_else(wrong)?;
    Ok(Some((a.parse().map_err(|_| wrong())?, i64::from_str_radix(b, 16).map_err(|_| wrong())?)))
}

pub(crate) fn key_of(day: i64, tie: i64) -> String {
    format!("{day}.{tie:x}")
}

/// Columns of an article in the order that `source` takes.
pub(crate) const SOURCE: &str = "a.article, a.outlet, a.published, a.title, a.url, a.id";

pub(crate) fn source(r: &Row, at: usize) -> rusqlite::Result<Source> {
    Ok(Source { article: r.get(at)?, outlet: r.get(at + 1)?, published: r.get(at + 2)?, title: r.get(at + 3)?, url: r.get(at + 4)?, id: r.get(at + 5)? })
}

/// Names by number, each asked for once.
#[derive(Default)]
pub(crate) struct Names(FxHashMap<i64, Name>);

impl Names {
    pub fn of(&mut self, register: &Register, id: i64) -> Result<Name> {
        if let Some(n) = self.0.get(&id) {
            return Ok(n.clone());
        }
        let mut s = register.db.prepare_cached(
            "SELECT actor, kind, coalesce(label_ar, (SELECT name FROM actor_name n WHERE n.actor_id = a.actor_id ORDER BY articles DESC, name LIMIT 1), actor), label_en, country
             FROM actor a WHERE actor_id = ?1",
        )?;
        let name = s.query_row([id], |r| Ok(Name { id: r.get(0)?, kind: r.get(1)?, ar: r.get(2)?, en: r.get(3)?, country: r.get(4)? }))?;
        self.0.insert(id, name.clone());
        Ok(name)
    }
}

impl Register {
    /// Actor and side of each list of an index, the shortest first: it leads, and the others are asked for each of its rows.
    pub(crate) fn shortest_first(&self, index: &str, keys: &[(i64, i64)]) -> Result<Vec<(i64, i64)>> {
        let mut lengths = Vec::new();
        for &(actor, side) in keys {
            // Of those who act and speak the numbers are kept.
            let length: i64 = match (index, side) {
                ("event_index", 0) => self.db.prepare_cached("SELECT coalesce(sum(events), 0) FROM actor_events WHERE actor_id = ?1")?.query_row([actor], |r| r.get(0))?,
                ("statement_index", 0) => {
                    self.db.prepare_cached("SELECT coalesce(sum(statements), 0) FROM actor_statements WHERE actor_id = ?1")?.query_row([actor], |r| r.get(0))?
                }
                _ => {
                    let mut count = self.db.prepare_cached(&format!("SELECT count(*) FROM (SELECT 1 FROM {index} WHERE actor_id = ?1 AND side = ?2 LIMIT ?3)"))?;
                    count.query_row([actor, side, LOOK], |r| r.get(0))?
                }
            };
            lengths.push((length, actor, side));
        }
        lengths.sort_unstable();
        Ok(lengths.into_iter().map(|(_, actor, side)| (actor, side)).collect())
    }

    /// The number of an actor, where the register holds him.
    pub(crate) fn actor_number(&self, actor: &str) -> Result<Option<i64>> {
        Ok(self.db.prepare_cached("SELECT actor_id FROM actor WHERE actor = ?1")?.query_row([actor], |r| r.get(0)).optional()?)
    }

    pub fn counts(&self) -> Result<Counts> {
        let n = |sql: &str| -> Result<usize> { Ok(self.db.prepare_cached(sql)?.query_row([], |r| r.get::<_, i64>(0))? as usize) };
        Ok(Counts {
            articles: n("SELECT coalesce(sum(articles), 0) FROM article_count")?,
            events: n("SELECT count(*) FROM event")?,
            statements: n("SELECT count(*) FROM statement")?,
            actors: n("SELECT count(*) FROM actor")?,
        })
    }

    /// Is there work that a run which was cut off has left?
    pub fn unsettled(&self) -> Result<bool> {
        Ok(self.db.prepare_cached("SELECT 1 FROM dirty WHERE kind <> ?1 LIMIT 1")?.exists([crate::write::CHECKS])?)
    }
}
