//! The lexicon's own examples, as `sijill lexicon test` runs them.
//!
//! `known_failures.txt` lists those that fail and may: where it stands beside this file, a failure that it does not list fails
//! the test. `sijill lexicon test --accept` writes it anew.

use sijill_extract::{Engine, check};
use sijill_lexicon::Sources;
use std::path::Path;

#[test]
fn examples_and_counter_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources::folder(&root.join("../../lexicon")).expect("the lexicon is readable");
    let report = check::check(&Engine::embedded(), &sources, None);
    assert!(report.faults.is_empty(), "{:?}", report.faults);
    assert!(report.total() > 0, "no example was found");
    println!("{} of {} tests pass, {} known failures", report.passed, report.total(), report.known.len());
    for o in &report.mended {
        println!("{}:{}: {} passes: remove its known_failure", o.file, o.line, o.name);
    }
    let Ok(text) = std::fs::read_to_string(root.join("tests/known_failures.txt")) else { return };
    let baseline = check::Baseline::parse(&text);
    let compared = baseline.compare(&report);
    if !compared.mended.is_empty() {
        println!("{} tests of known_failures.txt pass now (`sijill lexicon test --accept` takes them out), the first: {}", compared.mended.len(), compared.mended[0]);
    }
    let list: Vec<String> =
        compared.new.iter().take(40).map(|o| format!("lexicon/{}:{}: {}\n    expected {}\n    found    {}", o.file, o.line, o.name, o.expected, o.found)).collect();
    assert!(compared.new.is_empty(), "{} tests fail that are not in known_failures.txt:\n{}", compared.new.len(), list.join("\n"));
}
