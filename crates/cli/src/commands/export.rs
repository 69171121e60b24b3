//! `sijill export`: what a register holds, as a file for another program; beside it how to cite it and make it again.
//!
//! What must not live here: the forms of files, which are `sijill-export`'s.

use super::Done;
use super::add::failure;
use super::who::{Who, open, range};
use crate::args::{Export, Exported, Foreign};
use crate::terminal::{self, Failure};
use sijill_export::{Error, Format, What, cite};
use std::io::{self, Write};
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
    let mut asked: Vec<String> = Vec::new();
    let mut ask = |flag: &str, values: &[String]| asked.extend(values.iter().flat_map(|v| [format!("--{flag}"), v.clone()]));
    let what = match &a.what {
        Exported::Events(e) => {
            let q = who.events(&e.which)?;
            ask("actor", &q.actors);
            ask("kind", &q.kinds);
            ask("status", &q.statuses);
            ask("place", q.place.as_slice());
            ask("text", &e.which.text);
            ask("from", e.which.days.from.as_slice());
            ask("until", e.which.days.until.as_slice());
            What::Events(q)
        }
        Exported::Statements(e) => {
            let q = who.statements(&e.which)?;
            ask("speaker", &q.speakers);
            ask("about", &q.about);
            ask("force", &q.forces);
            ask("from", e.which.days.from.as_slice());
            ask("until", e.which.days.until.as_slice());
            What::Statements(q)
        }
        Exported::Relations(e) => {
            let actors = who.all(&e.actor)?;
            if actors.len() > 2 {
                return Err(Failure::new(format!("--actor: expected two actors at most, found {}", actors.len())));
            }
            ask("actor", &actors);
            ask("from", e.days.from.as_slice());
            ask("until", e.days.until.as_slice());
            What::Relations(actors, range(&e.days))
        }
        Exported::Actors(_) => What::Actors,
    };
    let name = match &what {
        What::Events(_) => "events",
        What::Statements(_) => "statements",
        What::Relations(..) => "relations",
        What::Actors => "actors",
    };
    let format = format(to.format);
    asked.splice(0..0, ["export", name, "--format", format.name()].map(str::to_owned));
    let codes = &engine.lexicon().codes;
    let Some(path) = to.out.as_deref().filter(|p| *p != Path::new("-")) else {
        let mut out = terminal::raw_stdout();
        let made = sijill_export::write(&register, codes, &what, format, &mut out).map_err(|e| told(e, None))?;
        out.flush()?;
        said(&made);
        return Ok(0);
    };
    // Beside its place first, so that a run that is cut off leaves no half file under the name.
    let part = beside(path, ".part");
    let written = |path: &Path, e: &io::Error| Failure::new(format!("{}: expected to be able to write, found: {e}", path.display()));
    let file = std::fs::File::create(&part).map_err(|e| written(&part, &e))?;
    let mut out = io::BufWriter::with_capacity(1 << 16, file);
    let made = match sijill_export::write(&register, codes, &what, format, &mut out) {
        Ok(made) => made,
        Err(e) => {
            // What is left of it is of no use to anybody; the fault itself is what is told.
            let _ = std::fs::remove_file(&part);
            return Err(told(e, Some(path)));
        }
    };
    drop(out);
    std::fs::rename(&part, path).map_err(|e| written(path, &e))?;
    let shown = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let citation = cite::citation(&register, &shown, format, &asked, &made).map_err(|e| told(e, Some(path)))?;
    let sidecar = beside(path, ".cite.json");
    std::fs::write(&sidecar, format!("{citation:#}\n")).map_err(|e| written(&sidecar, &e))?;
    said(&made);
    Ok(0)
}

fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn told(e: Error, path: Option<&Path>) -> Failure {
    match (e, path) {
        (Error::Store(e), _) => failure(e),
        (Error::Io(e), None) => e.into(),
        (Error::Io(e), Some(path)) => Failure::new(format!("{}: expected to be able to write, found: {e}", path.display())),
        (Error::Unfit(what), _) => Failure::new(format!("--format {what}")),
    }
}

fn said(made: &sijill_export::Made) {
    let left = if made.left_out > 0 { format!("; left out: {} {}", made.left_out, made.why) } else { String::new() };
    terminal::message(&format!("{} rows written{left}", made.rows));
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
