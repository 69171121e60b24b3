//! Developer's commands: `cargo xtask gen`, `accuracy`, `diff`, `coverage`, `cost`, `tidy`.
//!
//! What must not live here: anything that a user needs.

#![forbid(unsafe_code)]

mod accuracy;
mod changes;
mod cost;
mod coverage;
mod reference;
mod synth;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  gen [--check]                        write the generated references below docs/reference; with --check, fail where they are not as generated
  accuracy [--check]                   write docs/accuracy.md, the figures on our own gold by layer and kind; with --check, fail where they are others
  diff OLD NEW [--texts PATH]          what changed from one records.jsonl to another, article by article; PATH (a folder of .txt files or
                                       a .jsonl file of articles) lets it show words in place of offsets
  synth N FILE                         write N lines of articles of our own making to FILE (JSONL), for measuring
  cost [N]...                          how long resolution takes on made-up reports, N of them (1000, 10000 and 100000)
  coverage CORPUS [--list LIST] [--top N] [--format json]
                                       over a corpus without gold (a folder of .txt files or a .jsonl file of articles), rank what the engine
                                       does not understand: titles given bodies places that verbs months quotes
  tidy                                 check what no compiler checks: module docs, no Arabic in machinery, no paths of somebody's machine";

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["gen"] => reference::write(),
        ["gen", "--check"] => reference::check(),
        ["accuracy"] => accuracy::page(false),
        ["accuracy", "--check"] => accuracy::page(true),
        ["diff", old, new] => changes::show(Path::new(old), Path::new(new), None),
        ["diff", old, new, "--texts", texts] => changes::show(Path::new(old), Path::new(new), Some(Path::new(texts))),
        ["synth", count, file] => match count.parse() {
            Ok(n) => synth::write(n, Path::new(file)),
            Err(_) => Err(format!("synth: expected a number of lines, found {count:?}")),
        },
        ["cost", sizes @ ..] => cost::show(sizes),
        ["coverage", corpus, rest @ ..] => match options(rest) {
            Some(options) => coverage::show(Path::new(corpus), &options),
            None => return usage(),
        },
        ["tidy"] => tidy::check(),
        ["--help" | "-h" | "help"] => {
            println!("{USAGE}");
            Ok(true)
        }
        _ => return usage(),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::from(2)
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}

fn options<'a>(mut args: &[&'a str]) -> Option<coverage::Options<'a>> {
    let mut options = coverage::Options { top: 25, only: None, json: false };
    while let [name, value, rest @ ..] = args {
        match *name {
            "--list" => options.only = Some(value),
            "--top" => options.top = value.parse().ok()?,
            "--format" => {
                options.json = match *value {
                    "json" => true,
                    "human" => false,
                    _ => return None,
                }
            }
            _ => return None,
        }
        args = rest;
    }
    args.is_empty().then_some(options)
}
