//! From one article to one record: `Engine` and `Worker`.
//!
//! The stages, in the order of the data: `clean` (junk, dateline), `calendar` (times), `names` (entities), `phrases` (noun phrases),
//! `clause` (verbs and their subjects), `statements` (with `cue` and `force`), `events`, `relations`, `coding` (codes of other ontologies), `assemble`
//! (the record). What must not live here: input and output, threads, clocks, any Arabic word.

#![forbid(unsafe_code)]

mod assemble;
pub mod calendar;
pub mod check;
mod clause;
pub mod clean;
mod coding;
mod cue;
mod doc;
mod engine;
mod events;
pub mod explain;
mod force;
mod names;
mod phrases;

mod registers;
mod relations;
mod statements;

pub use engine::{Article, Engine, Stage, Worker};
