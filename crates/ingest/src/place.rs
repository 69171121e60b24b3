//! Where something stands in a source, what became of it, and how far a source has been read.
//!
//! Plain data, which a store can keep. What must not live here: how sources are opened or read.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Where something stands: a file and, if it holds many articles, the part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: Arc<str>,
    pub part: Part,
}

/// A part of a file. Lines, rows and items count from one; bytes are those of the unpacked file, from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Line(u64),
    Byte(u64),
    Row(u64),
    Item(u64),
}

impl Place {
    pub fn whole(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), part: Part::Whole }
    }
    pub fn new(file: &Arc<str>, part: Part) -> Self {
        Self { file: file.clone(), part }
    }
    /// The part as text, a line as its number alone: empty for the whole.
    pub fn part(&self) -> String {
        self.part.to_string().trim_start_matches(':').to_owned()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Line(n) => write!(f, ":{n}"),
            Self::Byte(n) => write!(f, "@{n}"),
            Self::Row(n) | Self::Item(n) => write!(f, "#{n}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.file, self.part)
    }
}

/// What could not be read: where, and what was expected and found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    pub place: Place,
    pub reason: String,
}

impl Rejected {
    pub fn new(place: Place, reason: impl Into<String>) -> Self {
        Self { place, reason: reason.into() }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// How far a source has been read. A later run goes on from here if the file is still the same; if not, it begins anew: a store
/// that knows its articles loses nothing but time by that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The file's full path.
    pub source: Arc<str>,
    /// Changes when the content does (size and time of change stand for it), and when the fields are other ones.
    pub fingerprint: Arc<str>,
    /// Bytes of the unpacked file that are behind.
    pub bytes: u64,
    /// Lines, rows or entries that are behind.
    pub lines: u64,
    /// Nothing is left.
    pub done: bool,
}

impl Mark {
    /// The beginning of a file.
    pub fn start(path: &Path, fields: &str) -> std::io::Result<Self> {
        let meta = std::fs::metadata(path)?;
        let changed = meta.modified()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let source = path.canonicalize()?.to_string_lossy().into_owned();
        Ok(Self { source: source.into(), fingerprint: format!("{} {}{fields}", meta.len(), changed.as_nanos()).into(), bytes: 0, lines: 0, done: false })
    }
}
