//! Sources to articles: text, HTML, JSONL, CSV, Parquet, WARC and feeds, each plain or packed with gzip or zstd.
//!
//! One thread walks the sources and cuts them into cheap jobs in a fixed order (`feed`); decoding, parsing and the search for the
//! article in a page are left to the threads that read (`load`). Each job knows its place, each chunk of jobs how far the sources
//! are read when it is done with. What must not live here: anything that looks into what an article says, any store.

#![forbid(unsafe_code)]

mod dates;
mod feed;
mod html;
mod input;
mod lines;
mod load;
#[cfg(feature = "parquet")]
mod parquet;
mod place;
#[cfg(feature = "watch")]
mod robots;
mod stream;
mod syndication;
mod table;
mod warc;
#[cfg(feature = "watch")]
pub mod watch;

pub use feed::{Chunk, Job, feed_from};
pub use input::{Format, Input, inputs, shown};
pub use load::{Document, Fields, Load, Outcome, load};
pub use place::{Mark, Part, Place, Rejected};

/// An article, or a line that should hold one, has at most this many bytes: more is a fault of the source, and memory is finite.
pub const MAX_ARTICLE: usize = 64 << 20;
/// A page of the web has at most this many bytes.
pub const MAX_PAGE: usize = 8 << 20;
