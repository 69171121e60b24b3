//! The lexicon's files: those that the program carries, and folders of the user's own.
//!
//! What must not live here: parsing and compiling, which are `sijill-lexicon`'s.

use crate::{Error, Result};
use sijill_extract::Engine;
use sijill_lexicon::{Source, Sources};
use std::path::Path;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/sources.rs"));
}

/// A folder with this file is a lexicon of its own, not an addition.
const MARK: &str = "codes/kinds.toml";

pub fn embedded() -> Sources {
    Sources(embedded::FILES.iter().map(|(name, text)| Source { name: (*name).to_owned(), text: (*text).to_owned() }).collect())
}

pub fn whole(folder: &Path) -> bool {
    folder.join(MARK).is_file()
}

/// The files that the program carries, and the folders' added; a whole lexicon takes the place of all before it.
pub fn with<P: AsRef<Path>>(folders: &[P]) -> Result<Sources> {
    let mut all = embedded();
    for folder in folders {
        let folder = folder.as_ref();
        if !folder.is_dir() {
            return Err(Error::Lexicon(format!("{}: expected a folder of lexicon files, found {}", folder.display(), if folder.exists() { "a file" } else { "nothing" })));
        }
        let found = Sources::folder(folder).map_err(|f| Error::Lexicon(f.to_string()))?;
        if whole(folder) {
            all = found;
        } else {
            all.0.extend(found.0.into_iter().map(|s| Source { name: format!("{}/{}", folder.display().to_string().trim_end_matches('/'), s.name), text: s.text }));
        }
    }
    Ok(all)
}

/// An engine on these files.
pub fn compile(sources: &Sources) -> Result<Engine> {
    sijill_lexicon::compile(sources).map(Engine::new).map_err(|faults| {
        let list: Vec<String> = faults.iter().map(|f| format!("  {f}")).collect();
        Error::Lexicon(format!("the lexicon has {} faults:\n{}", list.len(), list.join("\n")))
    })
}

/// The engine that is built in where nothing is added, else one compiled now.
pub fn engine<P: AsRef<Path>>(folders: &[P]) -> Result<Engine> {
    if folders.is_empty() { Ok(Engine::embedded()) } else { compile(&with(folders)?) }
}
