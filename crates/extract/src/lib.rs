//! From one article to one record: Engine and Worker.

#![forbid(unsafe_code)]

pub mod calendar;
pub mod clean;
mod engine;

pub use engine::{Article, Engine, Worker};
