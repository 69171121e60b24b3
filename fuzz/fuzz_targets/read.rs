//! Any bytes, decoded and read: no panic, and every promise of a record kept.
//!
//! ```text
//! cargo +nightly fuzz run read fuzz/corpus/read samples
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use sijill_extract::{Article, Engine};
use sijill_record::Record;
use std::cell::RefCell;
use std::sync::LazyLock;

#[path = "../../crates/extract/tests/common/mod.rs"]
mod common;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::embedded);

thread_local! {
    // One worker for the whole run: what it remembers must not show.
    static WORKER: RefCell<sijill_extract::Worker<'static>> = RefCell::new(ENGINE.worker());
}

fuzz_target!(|bytes: &[u8]| {
    let decoded = sijill_text::decode(bytes);
    // The first letter chooses a date, so that the input is nothing but the text.
    let published = [None, Some("2024-07-02"), Some("2021-06"), Some("1999")][usize::from(bytes.first().copied().unwrap_or(0) % 4)];
    let article = Article { id: "fuzz", text: &decoded.text, published, outlet: None };
    let record = WORKER.with(|w| w.borrow_mut().read(&article));
    if let Err(fault) = common::check(&decoded.text, &record) {
        panic!("{fault}");
    }
    // Now and then, for it doubles the cost.
    if bytes.len() % 8 == 0 {
        assert!(record == ENGINE.worker().read(&article), "a fresh worker reads it differently");
        let json = serde_json::to_string(&record).expect("a record is JSON");
        assert!(record == serde_json::from_str::<Record>(&json).expect("what was written can be read"), "JSON changes the record");
    }
});
