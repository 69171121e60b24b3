//! The machinery of grammar: clitics and inflected forms to readings, phrases to links.
//!
//! Not one Arabic word stands here. What must not live here: anything that knows what a record is.

#![forbid(unsafe_code)]

mod analyze;
mod phrase;
mod stem;

pub use analyze::{Analyses, Analysis, Clitics, Summary};
pub use phrase::{Match, Matches};
pub use stem::{Stems, search_word};
