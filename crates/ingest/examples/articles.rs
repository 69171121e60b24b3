//! Writes the articles of sources as JSON lines: what the program takes them for.
//!
//! `cargo run --release -p sijill-ingest --example articles -- crawl.warc.gz > articles.jsonl`

use sijill_ingest::{Fields, Outcome, feed_from, inputs, load};
use std::io::Write;

fn main() {
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let fields = Fields::default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    feed_from(inputs(&paths).0, &fields, &|_, _| None, &mut |chunk| {
        chunk.jobs.into_iter().all(|job| match load(job, &fields).outcome {
            Outcome::Article(a) => {
                let line = serde_json::json!({ "id": a.id, "published": a.published, "outlet": a.outlet, "url": a.url, "title": a.title, "text": a.text });
                writeln!(out, "{line}").is_ok()
            }
            Outcome::Rejected(r) => {
                eprintln!("{r}");
                true
            }
            Outcome::Skipped(place, why) => {
                eprintln!("{place}: passed over: {why}");
                true
            }
        })
    });
}
