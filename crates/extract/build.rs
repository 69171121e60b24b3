//! Compiles the lexicon into the binary, so that the program starts without reading a file.

use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let folder = Path::new(&root).join("../../lexicon");
    println!("cargo::rerun-if-changed={}", folder.display());
    let sources = sijill_lexicon::Sources::folder(&folder).unwrap_or_else(|fault| panic!("{fault}"));
    let lexicon = sijill_lexicon::compile(&sources).unwrap_or_else(|faults| {
        let list: Vec<String> = faults.iter().map(|f| format!("  lexicon/{f}")).collect();
        panic!("the lexicon has {} faults:\n{}", list.len(), list.join("\n"));
    });
    let bytes = lexicon.to_bytes().unwrap_or_else(|e| panic!("{e}"));
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    std::fs::write(Path::new(&out).join("lexicon.bin"), bytes).expect("OUT_DIR is writable");
}
