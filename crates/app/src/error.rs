//! Why something could not be done, told apart by whose matter it is.

use std::fmt;

#[derive(Debug)]
pub enum Error {
    /// A source, a file, or a question that does not say what it must.
    Input(String),
    /// The lexicon's files: with file and line of every fault.
    Lexicon(String),
    Register(sijill_store::Error),
    /// The other side stopped taking what was handed to it.
    Io(std::io::Error),
}

pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(what) | Self::Lexicon(what) => f.write_str(what),
            Self::Register(e) => e.fmt(f),
            Self::Io(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<sijill_store::Error> for Error {
    fn from(e: sijill_store::Error) -> Self {
        Self::Register(e)
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Self {
        Self::Io(e)
    }
}
