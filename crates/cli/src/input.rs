//! The flags that speak of inputs, as `sijill-ingest` wants them.
//!
//! What must not live here: formats, places, anything that reads: that is `sijill-ingest`'s.

use crate::args;
pub use sijill_ingest::{Chunk, Document as Loaded, Fields, Job, Outcome, Place, feed_from, inputs, load, shown};

impl From<&args::Fields> for Fields {
    fn from(f: &args::Fields) -> Self {
        Self {
            published: f.published.clone(),
            outlet: f.outlet.clone(),
            with_title: f.with_title,
            text_field: f.text_field.clone(),
            id_field: f.id_field.clone(),
            title_field: f.title_field.clone(),
            published_field: f.published_field.clone(),
            outlet_field: f.outlet_field.clone(),
            url_field: f.url_field.clone(),
        }
    }
}

/// Every article of the inputs, from their beginning.
pub fn feed(inputs: Vec<sijill_ingest::Input>, fields: &Fields, hand: &mut dyn FnMut(Chunk) -> bool) {
    feed_from(inputs, fields, &|_, _| None, hand);
}
