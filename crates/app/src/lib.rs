//! What every door of sijill does: the command line, Python, and whatever comes next.
//!
//! `sources` (which lexicon), `pipeline` (threads, order), `read` (a source's article to its record), `add` (articles into a register), `export` (a register to files),
//! `score` (records against gold, from files). Questions are `sijill-ask`'s. What must not live here: flags, terminals, Python, SQL, any reading of Arabic or decision on it.

#![forbid(unsafe_code)]

pub mod add;
mod error;
pub mod export;
pub mod pipeline;
pub mod read;
pub mod score;
pub mod sources;

pub use error::{Error, Result};
