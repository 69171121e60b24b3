//! `sijill export`: what a register holds, as a file for another program; beside it how to cite it and make it again.
//!
//! What must not live here: the forms of files, which are `sijill-export`'s; whole files and their citations, which are `sijill_app::export`'s.

use super::Done;
use super::who::{Who, open, range};
use crate::args::{Export, Exported, Foreign};
use crate::terminal::{self, Failure};
use sijill_app::export;
use sijill_export::{Format, What};
use std::io::Write;
use std::path::Path;

pub fn run(a: Export) -> Done {
    let to = match &a.what {
        Exported::Events(e) => &e.to,
        Exported::Statements(e) => &e.to,
        Exported::Relations(e) => &e.to,
        Exported::Actors(e) => e,
    };
    let (register, engine) = open(&to.register)?;
    let who = Who::new(&register, &engine);
    let (what, text, days) = match &a.what {
        Exported::Events(e) => (What::Events(who.events(&e.which)?), e.which.text.as_slice(), Some(&e.which.days)),
        Exported::Statements(e) => (What::Statements(who.statements(&e.which)?), [].as_slice(), Some(&e.which.days)),
        Exported::Relations(e) => {
            let actors = who.all(&e.actor)?;
            if actors.len() > 2 {
                return Err(Failure::new(format!("--actor: expected two actors at most, found {}", actors.len())));
            }
            (What::Relations(actors, range(&e.days)), [].as_slice(), Some(&e.days))
        }
        Exported::Actors(_) => (What::Actors, [].as_slice(), None),
    };
    let format = format(to.format);
    let codes = &engine.lexicon().codes;
    let made = match to.out.as_deref().filter(|p| *p != Path::new("-")) {
        Some(path) => {
            let asked = export::asked(&what, format, text, days.and_then(|d| d.from.as_deref()), days.and_then(|d| d.until.as_deref()));
            export::file(&register, codes, &what, format, &asked, path)?
        }
        None => {
            let mut out = terminal::raw_stdout();
            let made = sijill_export::write(&register, codes, &what, format, &mut out).map_err(|e| export::told(e, None))?;
            out.flush()?;
            made
        }
    };
    let left = if made.left_out > 0 { format!("; left out: {} {}", made.left_out, made.why) } else { String::new() };
    terminal::message(&format!("{} rows written{left}", made.rows));
    Ok(0)
}

fn format(f: Foreign) -> Format {
    match f {
        Foreign::Csv => Format::Csv,
        Foreign::Jsonl => Format::Jsonl,
        Foreign::Polecat => Format::Polecat,
        Foreign::Gdelt => Format::Gdelt,
        Foreign::GdeltMentions => Format::GdeltMentions,
        Foreign::Ics => Format::Ics,
        Foreign::Graphml => Format::Graphml,
        Foreign::Jsonld => Format::Jsonld,
        Foreign::Rdf => Format::Rdf,
        Foreign::Parquet => Format::Parquet,
    }
}
