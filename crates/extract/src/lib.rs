//! From one article to one record: Engine and Worker.

#![forbid(unsafe_code)]

mod engine;

pub use engine::{Article, Engine, Worker};
