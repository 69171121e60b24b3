//! Files to entries, with every fault named by file and line.

use crate::entries::File;
use std::fmt;
use std::path::Path;
use unicode_normalization::is_nfc;

/// Something wrong in a lexicon file: what was expected, what was found, where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub file: String,
    /// From 1; 0 where the fault is the file's as a whole.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// One file's name (relative to the lexicon's folder) and text.
#[derive(Debug, Clone)]
pub struct Source {
    pub name: String,
    pub text: String,
}

/// All files of a lexicon, in the order of their names.
#[derive(Debug, Clone, Default)]
pub struct Sources(pub Vec<Source>);

impl Sources {
    /// Reads every `.toml` file below `folder`. Nothing is registered by hand: what lies there is the lexicon.
    pub fn folder(folder: &Path) -> Result<Self, Fault> {
        let mut found = Vec::new();
        let mut stack = vec![folder.to_owned()];
        while let Some(dir) = stack.pop() {
            let fault = |e: std::io::Error| Fault { file: dir.display().to_string(), line: 0, message: format!("expected a readable folder of .toml files, found: {e}") };
            for entry in std::fs::read_dir(&dir).map_err(fault)? {
                let path = entry.map_err(fault)?.path();
                if path.is_dir() {
                    stack.push(path);
                } else if path.extension().is_some_and(|e| e == "toml") {
                    let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    let text = std::fs::read_to_string(&path).map_err(|e| Fault { file: name.clone(), line: 0, message: format!("expected UTF-8 text, found: {e}") })?;
                    found.push(Source { name, text });
                }
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self(found))
    }

    /// The text of the file of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|s| s.name == name).map(|s| s.text.as_str())
    }

    /// Parses and checks all files except the paradigms, which `inflect` reads itself.
    pub fn parse(&self) -> Result<Vec<(String, File)>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut files = Vec::new();
        for source in &self.0 {
            check_letters(source, &mut faults);
            if crate::inflect::owns(&source.name) {
                continue;
            }
            match toml::from_str::<File>(&source.text) {
                Ok(file) => files.push((source.name.clone(), file)),
                Err(e) => {
                    let line = e.span().map_or(0, |s| source.text[..s.start.min(source.text.len())].matches('\n').count() + 1);
                    faults.push(Fault { file: source.name.clone(), line, message: e.message().to_owned() });
                }
            }
        }
        if faults.is_empty() { Ok(files) } else { Err(faults) }
    }
}

/// Characters that look right in an editor and match nothing: each is refused where it stands.
fn check_letters(source: &Source, faults: &mut Vec<Fault>) {
    for (n, line) in source.text.lines().enumerate() {
        let mut fault = |message: String| faults.push(Fault { file: source.name.clone(), line: n + 1, message });
        if !is_nfc(line) {
            fault("expected text in Unicode NFC, found a decomposed letter".into());
        }
        // A comment may speak of anything.
        let data = line.split('#').next().unwrap_or("");
        for c in data.chars() {
            match c {
                '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}' => fault(format!("expected plain letters, found the presentation form U+{:04X}", c as u32)),
                '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {
                    fault(format!("expected no invisible characters, found U+{:04X}", c as u32))
                }
                _ => {}
            }
        }
    }
}
