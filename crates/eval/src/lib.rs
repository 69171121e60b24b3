//! The scorer: records against gold articles, as section 8 of the standard lays gold down.
//!
//! The rules are those of the standard's `score.py`, to the last digit: what counts as the same entity, time, statement or
//! event, and in which order of ties they are paired. What must not live here: files, the engine, any printing.
//!
//! `gold` and `pred` are the two sides as they come from JSON, `norm` compares names and dates, `figures` adds up,
//! `score` is the comparison itself, `report` writes the figures.

#![forbid(unsafe_code)]

mod figures;
pub mod gold;
mod norm;
pub mod pairs;
pub mod pred;
mod report;
mod score;
mod text;

pub use figures::{Figures, Share, Tally};
pub use norm::{compatible, norm};
pub use pairs::{PairFigures, Pairs, Resolved, pairs, pairs_table};
pub use report::{fixed, json, parts_table, table};
pub use score::{Miss, Notes, Parts, score};
pub use text::Text;

/// The id under which a record and a gold article meet: `ID`, `ID.txt` and any path that ends in them are one.
pub fn article_id(id: &str) -> &str {
    let name = id.rsplit('/').next().unwrap_or(id);
    name.strip_suffix(".txt").unwrap_or(name)
}
