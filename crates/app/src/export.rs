//! Exports as files: the file whole or not at all, beside it how to cite it and make it again.
//!
//! What must not live here: the forms of files, which are `sijill-export`'s.

use crate::{Error, Result};
use sijill_export::{Format, Made, What, cite};
use sijill_lexicon::codes::Codes;
use sijill_store::Register;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// What was asked for, as the arguments of the command line that asks the same, without the paths of register and file. `text`, `from` and `until` as the user
/// wrote them.
pub fn asked(what: &What, format: Format, text: &[String], from: Option<&str>, until: Option<&str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut ask = |flag: &str, values: &[String]| out.extend(values.iter().flat_map(|v| [format!("--{flag}"), v.clone()]));
    let name = match what {
        What::Events(q) => {
            ask("actor", &q.actors);
            ask("kind", &q.kinds);
            ask("status", &q.statuses);
            ask("place", q.place.as_slice());
            ask("text", text);
            "events"
        }
        What::Statements(q) => {
            ask("speaker", &q.speakers);
            ask("about", &q.about);
            ask("force", &q.forces);
            "statements"
        }
        What::Relations(actors, _) => {
            ask("actor", actors);
            "relations"
        }
        What::Actors => "actors",
    };
    if !matches!(what, What::Actors) {
        ask("from", from.map(str::to_owned).as_slice());
        ask("until", until.map(str::to_owned).as_slice());
    }
    out.splice(0..0, ["export", name, "--format", format.name()].map(str::to_owned));
    out
}

/// Writes the export to `path`, and its citation to `path.cite.json`.
pub fn file(register: &Register, codes: &Codes, what: &What, format: Format, asked: &[String], path: &Path) -> Result<Made> {
    // Beside its place first, so that a run that is cut off leaves no half file under the name.
    let part = beside(path, ".part");
    let unwritten = |path: &Path, e: &io::Error| Error::Input(format!("{}: expected to be able to write, found: {e}", path.display()));
    let out = std::fs::File::create(&part).map_err(|e| unwritten(&part, &e))?;
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let made = match sijill_export::write(register, codes, what, format, &mut out) {
        Ok(made) => made,
        Err(e) => {
            // What is left of it is of no use to anybody; the fault itself is what is told.
            let _ = std::fs::remove_file(&part);
            return Err(told(e, Some(path)));
        }
    };
    drop(out);
    std::fs::rename(&part, path).map_err(|e| unwritten(path, &e))?;
    let shown = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let citation = cite::citation(register, &shown, format, asked, &made).map_err(|e| told(e, Some(path)))?;
    let sidecar = beside(path, ".cite.json");
    std::fs::write(&sidecar, format!("{citation:#}\n")).map_err(|e| unwritten(&sidecar, &e))?;
    Ok(made)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// An export's error, with the file that it could not write.
pub fn told(e: sijill_export::Error, path: Option<&Path>) -> Error {
    match (e, path) {
        (sijill_export::Error::Store(e), _) => e.into(),
        (sijill_export::Error::Io(e), None) => e.into(),
        (sijill_export::Error::Io(e), Some(path)) => Error::Input(format!("{}: expected to be able to write, found: {e}", path.display())),
        (sijill_export::Error::Unfit(what), _) => Error::Input(format!("--format {what}")),
    }
}
