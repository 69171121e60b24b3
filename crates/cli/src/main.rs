//! The command line of sijill: what a user types, and what comes of it.
//!
//! Here: the start, the choice of the command, the exit status. Arguments are described in `args`, inputs become articles in
//! `input`, threads and order are `sijill_app::pipeline`'s, each command stands in `commands`, each form of output in `output`.
//! What must not live here: any reading of Arabic, any Arabic word, any rule of the standard.
//!
//! Exit status: 0 all was read; 1 something could not be read, or a test failed; 2 wrong usage, or nothing could be read.

#![forbid(unsafe_code)]

mod args;
mod commands;
mod input;
mod output;
mod terminal;

use clap::Parser;
use mimalloc::MiMalloc;
use sijill_app::{pipeline, sources};
use std::process::ExitCode;

/// Reading makes many small things on several threads; this one serves them faster than the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    terminal::set_color(cli.color);
    let done = match cli.command {
        args::Command::Read(a) => commands::read::run(a),
        args::Command::Explain(a) => commands::explain::run(a),
        #[cfg(feature = "watch")]
        args::Command::Watch(a) => commands::watch::run(a),
        args::Command::Add(a) => commands::add::run(a),
        args::Command::Reread(a) => commands::reread::run(a),
        args::Command::List(a) => commands::list::run(a),
        args::Command::Timeline(a) => commands::timeline::run(a),
        args::Command::Actor(a) => commands::actor::run(a),
        args::Command::Show(a) => commands::show::run(a),
        args::Command::Check(a) => commands::check::run(a),
        args::Command::Standing(a) => commands::standing::run(a),
        args::Command::Export(a) => commands::export::run(a),
        args::Command::Search(a) => commands::search::run(a),
        #[cfg(feature = "serve")]
        args::Command::Serve(a) => commands::serve::run(a),
        args::Command::Mcp(a) => commands::mcp::run(a),
        args::Command::Lexicon(a) => commands::lexicon::run(a),
        args::Command::Eval(a) => commands::eval::run(a),
        args::Command::Completions(a) => commands::completions::run(a),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(failure) if failure.quiet() => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::message(&failure.to_string());
            ExitCode::from(failure.status)
        }
    }
}
