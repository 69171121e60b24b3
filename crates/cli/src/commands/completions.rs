//! `sijill completions`: a shell's completion script, made from the same description as the help.

use super::Done;
use crate::args;
use clap::CommandFactory;
use std::io::Write;

pub fn run(a: args::Completions) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(a.shell, &mut args::Cli::command(), "sijill", &mut script);
    let mut out = crate::terminal::raw_stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(0)
}
