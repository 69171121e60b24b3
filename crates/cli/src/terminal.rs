//! The terminal: its width, its colours, messages on standard error, and the ways in which writing may end.
//!
//! What must not live here: what is written.

use crate::args;
use std::fmt;
use std::io::{self, IsTerminal, Write};

/// Why a command could not do its work, and with which status it ends.
#[derive(Debug)]
pub struct Failure {
    pub message: String,
    pub status: u8,
    quiet: bool,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), status: 2, quiet: false }
    }
    /// The reader of our output has gone away: nothing is to be said.
    pub fn quiet(&self) -> bool {
        self.quiet
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// From an error in writing to standard output.
impl From<io::Error> for Failure {
    fn from(e: io::Error) -> Self {
        Self { message: format!("standard output: expected to be able to write, found: {e}"), status: 1, quiet: e.kind() == io::ErrorKind::BrokenPipe }
    }
}

impl From<sijill_app::Error> for Failure {
    fn from(e: sijill_app::Error) -> Self {
        match e {
            sijill_app::Error::Io(e) => e.into(),
            other => Self::new(other.to_string()),
        }
    }
}

/// The same, where JSON was being written.
impl From<serde_json::Error> for Failure {
    fn from(e: serde_json::Error) -> Self {
        io::Error::from(e).into()
    }
}

pub fn set_color(color: args::Color) {
    match color {
        args::Color::Auto => {}
        args::Color::Always => anstream::ColorChoice::Always.write_global(),
        args::Color::Never => anstream::ColorChoice::Never.write_global(),
    }
}

/// A message on standard error. That nobody reads it there is no fault.
pub fn message(text: &str) {
    let _ = writeln!(anstream::stderr(), "sijill: {text}");
}

/// Columns to fill: what was asked for, else the terminal's, else `COLUMNS`, else 100.
pub fn width(asked: Option<usize>) -> usize {
    let found = || {
        if io::stdout().is_terminal() { terminal_size::terminal_size().map(|(w, _)| usize::from(w.0)) } else { None }
    };
    let variable = || std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    asked.or_else(found).or_else(variable).unwrap_or(100).clamp(40, 400)
}

/// Should runs of Arabic be isolated? A terminal without any idea of Unicode would show boxes.
pub fn isolates(asked: args::Color) -> bool {
    match asked {
        args::Color::Always => true,
        args::Color::Never => false,
        args::Color::Auto => !(io::stdout().is_terminal() && matches!(std::env::var("TERM").as_deref(), Ok("dumb" | "linux"))),
    }
}

/// Standard output, through which styles pass only where they are wanted.
pub fn stdout() -> io::BufWriter<anstream::AutoStream<io::StdoutLock<'static>>> {
    io::BufWriter::with_capacity(1 << 16, anstream::AutoStream::auto(io::stdout().lock()))
}

/// Standard output as it is.
pub fn raw_stdout() -> io::BufWriter<io::StdoutLock<'static>> {
    io::BufWriter::with_capacity(1 << 16, io::stdout().lock())
}
