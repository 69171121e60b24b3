//! The lexicon: entry types, the TOML reader and its checks, inflection, and the compiled form that the engine runs on.
//!
//! The way of the data: files → `entries::File` → (`inflect`) → `Lexicon`. Everything the machinery knows of Arabic comes
//! through here as data. What must not live here: any reading of an article, any Arabic word in the code.

#![forbid(unsafe_code)]

pub mod calendar;
pub mod codes;
mod compile;
pub mod entries;
pub mod inflect;
pub mod junk;
mod model;
mod read;
mod table;

pub use compile::{compile, skeleton};
pub use entries::{Shape, Tag};
pub use model::*;
pub use read::{Fault, Source, Sources};
pub use table::{NONE, Table, Trie};
