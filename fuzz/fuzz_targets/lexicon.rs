//! Any text as a lexicon file, beside the whole lexicon: it compiles, or its faults are named, and what compiles reads. No panic.
//!
//! ```text
//! cargo +nightly fuzz run lexicon fuzz/corpus/lexicon lexicon/frames lexicon/titles
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use sijill_extract::{Article, Engine};
use sijill_lexicon::{Source, Sources, compile};
use std::path::Path;
use std::sync::LazyLock;

/// What any entry needs beside it: letters, declension, codes, words of grammar. Not the registers, whose compilation takes long.
static BASE: LazyLock<Sources> = LazyLock::new(|| {
    let mut all = Sources::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../lexicon")).expect("the lexicon is readable");
    all.0.retain(|s| ["grammar/", "codes/", "spelling/"].iter().any(|f| s.name.starts_with(f)));
    all
});

const TEXT: &str = "القاهرة 3 مايو 2023 (وكالة) -- استقبل وزير الخارجية نظيره في العاصمة يوم الأحد، وقال إن \"العلاقات جيدة\".";

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let alone = Sources(vec![Source { name: "fuzz.toml".into(), text: text.into() }]);
    // Most inputs are no entries: parsed alone first, for that is cheap.
    if alone.parse().is_err() {
        return;
    }
    let mut sources = BASE.clone();
    sources.0.push(Source { name: "fuzz.toml".into(), text: text.into() });
    match compile(&sources) {
        Ok(lexicon) => {
            let back = sijill_lexicon::Lexicon::from_bytes(&lexicon.to_bytes().expect("a lexicon has bytes")).expect("what was written can be read");
            Engine::new(back).worker().read(&Article { id: "fuzz", text: TEXT, ..Article::default() });
        }
        Err(faults) => assert!(!faults.is_empty(), "expected faults, found a failure without one"),
    }
});
