//! Lines of a stream, each with its number and the offset of its end, none longer than memory allows.
//!
//! What must not live here: what a line holds.

use crate::MAX_ARTICLE;
use std::io::{self, BufRead, Read};

#[derive(Debug)]
pub struct Line {
    pub number: u64,
    /// With the line end, if there is one.
    pub bytes: Vec<u8>,
    /// Where the next line begins, in unpacked bytes.
    pub end: u64,
    /// More bytes than an article may have: they were passed over, and `bytes` is empty.
    pub too_long: bool,
}

pub struct Lines<R> {
    reader: R,
    number: u64,
    offset: u64,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a reader that stands at `offset`, after `number` lines.
    pub fn new(reader: R, offset: u64, number: u64) -> Self {
        Self { reader, number, offset }
    }
    /// The next line; none at the end. The number of an error's line is `number`.
    pub fn next(&mut self) -> io::Result<Option<Line>> {
        self.number += 1;
        let mut bytes = Vec::new();
        let read = (&mut self.reader).take(MAX_ARTICLE as u64).read_until(b'\n', &mut bytes)?;
        self.offset += read as u64;
        if read == 0 {
            return Ok(None);
        }
        let too_long = read == MAX_ARTICLE && bytes.last() != Some(&b'\n');
        if too_long {
            self.offset += self.reader.skip_until(b'\n')? as u64;
            bytes = Vec::new();
        }
        Ok(Some(Line { number: self.number, bytes, end: self.offset, too_long }))
    }
    /// The number of the line that was read last, or failed.
    pub fn number(&self) -> u64 {
        self.number
    }
    pub fn into_inner(self) -> R {
        self.reader
    }
}
