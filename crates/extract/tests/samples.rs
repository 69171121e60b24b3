//! The samples and their accepted records: whatever changes what is read of them shows here as a difference.
//!
//! `SIJILL_ACCEPT=1 cargo test -p sijill-extract --test samples` writes the records as they are now; read the difference before
//! committing it.

use sijill_extract::{Article, Engine};
use std::path::{Path, PathBuf};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

#[test]
fn records_are_as_accepted() {
    let folder = samples();
    let published: toml::Table = std::fs::read_to_string(folder.join("published.toml")).expect("samples/published.toml").parse().expect("a table of names and dates");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).expect("samples").filter_map(|e| e.ok()?.file_name().into_string().ok()?.strip_suffix(".txt").map(str::to_owned)).collect();
    names.sort();
    assert!(names.len() >= 20, "expected at least 20 samples, found {}", names.len());
    let engine = Engine::embedded();
    let mut worker = engine.worker();
    let accept = std::env::var_os("SIJILL_ACCEPT").is_some();
    let mut changed = Vec::new();
    for name in &names {
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("a sample is UTF-8");
        let date = published.get(name).and_then(|d| d.as_str());
        let record = worker.read(&Article { id: name, text: &text, published: date, outlet: None });
        let now = serde_json::to_string_pretty(&record).expect("a record is JSON") + "\n";
        let file = folder.join("records").join(format!("{name}.json"));
        if accept {
            std::fs::create_dir_all(folder.join("records")).expect("samples/records");
            std::fs::write(&file, &now).expect("samples/records is writable");
        }
        let accepted = std::fs::read_to_string(&file).unwrap_or_default();
        if accepted != now {
            let line = accepted.lines().zip(now.lines()).position(|(a, b)| a != b).unwrap_or(0);
            changed.push(format!("{name}, line {}: accepted {:?}, found {:?}", line + 1, accepted.lines().nth(line), now.lines().nth(line)));
        }
    }
    assert!(changed.is_empty(), "records differ from samples/records (accept with SIJILL_ACCEPT=1):\n{}", changed.join("\n"));
}
