//! One module a command. What must not live here: argument parsing, and how a record looks on a screen.

pub mod actor;
pub mod add;
pub mod check;
pub mod completions;
pub mod eval;
pub mod explain;
pub mod export;
pub mod lexicon;
pub mod list;
pub mod mcp;
pub mod pairs;
pub mod read;
pub mod reread;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod show;
pub mod standing;
pub mod timeline;
#[cfg(feature = "watch")]
pub mod watch;
pub mod who;

/// A command's end: its exit status, or why there is none.
pub type Done = Result<u8, crate::terminal::Failure>;
