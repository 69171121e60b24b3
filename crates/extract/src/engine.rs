//! `Engine` and `Worker`: the door to everything below.
//!
//! The engine is immutable and shared by all threads; a worker is one thread's memory, reused from article to article. What
//! must not live here: input and output, threads, clocks.

use sijill_lexicon::Lexicon;
use sijill_record::Record;

/// One article as it came in. `text` is the decoded text; its first line may be the headline.
#[derive(Clone, Copy, Debug, Default)]
pub struct Article<'a> {
    pub id: &'a str,
    pub text: &'a str,
    /// The publication date as the source gives it: EDTF, or anything that begins with `YYYY-MM-DD`.
    pub published: Option<&'a str>,
    pub outlet: Option<&'a str>,
}

/// The compiled lexicon and what is derived from it once.
pub struct Engine {
    pub(crate) lexicon: Lexicon,
}

impl Engine {
    /// The engine with the lexicon that is built into the binary.
    pub fn embedded() -> Self {
        let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
        Self::new(Lexicon::from_bytes(bytes).expect("the build wrote these bytes with the same types"))
    }

    pub fn new(lexicon: Lexicon) -> Self {
        Self { lexicon }
    }

    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub fn worker(&self) -> Worker<'_> {
        Worker { engine: self }
    }
}

/// One thread's scratch memory.
pub struct Worker<'e> {
    engine: &'e Engine,
}

impl Worker<'_> {
    /// Reads one article. A pure function of the article and the lexicon.
    pub fn read(&mut self, article: &Article) -> Record {
        let _ = self.engine;
        Record { id: article.id.to_owned(), ..Record::default() }
    }
}
