//! From an article as a source gives it to its record.
//!
//! What must not live here: how sources are opened, what is done with the record.

use crate::pipeline::guarded;
use sijill_extract::{Article, Engine, Worker};
use sijill_ingest::Document;
use sijill_record::Record;

/// Reads one article.
pub fn read(worker: &mut Worker, article: &Document) -> Record {
    let mut read = |published: Option<&str>| worker.read(&Article { id: &article.id, text: &article.text, published, outlet: article.outlet.as_deref() });
    let record = read(article.published.as_deref());
    // Neither source nor text tells when it was published: the day on which it was fetched is the best that is known.
    match &article.seen {
        Some(seen) if record.published.is_none() => read(Some(seen)),
        _ => record,
    }
}

/// The same; an article at which the program fails takes no other down with it: the worker is a new one then, and the message says what to do.
pub fn safely<'e>(engine: &'e Engine, worker: &mut Worker<'e>, article: &Document) -> Result<Record, String> {
    guarded(|| read(worker, article)).ok_or_else(|| {
        *worker = engine.worker();
        "expected a record, found a fault in the program: please report it with this article".to_owned()
    })
}
