//! What a register holds, as files for other programs.
//!
//! One stream of events (`rows`) feeds every format; each format stands in a module of its own and says in its head what it leaves out. The columns
//! of tables stand once, in code, and the data dictionary is made of them (`dictionary`). The same register gives the same bytes: rows come in a fixed order,
//! and nothing depends on the clock. What must not live here: SQL, reading of Arabic, arguments of a command line.

#![forbid(unsafe_code)]

pub mod calendar;
pub mod cite;
#[cfg(feature = "parquet")]
mod columnar;
pub mod dictionary;
pub mod gdelt;
pub mod graph;
pub mod linked;
pub mod polecat;
mod rows;
pub mod table;
mod triples;

use sijill_lexicon::codes::Codes;
use sijill_store::Register;
use sijill_store::query::check::Finding;
use sijill_store::query::desk::Outlet;
use sijill_store::query::event::{EventQuery, Happening};
use sijill_store::query::statement::{Asserted, Said, StatementQuery};
use sijill_store::query::whole::Listed;
use sijill_store::query::{Range, Source};
use std::fmt;
use std::io::{self, Write};

/// What is exported. Limits and keys of pages in a query are left aside: an export is whole.
#[derive(Clone, Debug)]
pub enum What {
    Events(EventQuery),
    Statements(StatementQuery),
    /// Of these actors (two at most, or none) each is one of the two parties.
    Relations(Vec<String>, Range),
    Actors,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Jsonl,
    Polecat,
    Gdelt,
    GdeltMentions,
    Ics,
    Graphml,
    Jsonld,
    /// N-Triples.
    Rdf,
    /// Needs the feature `parquet`.
    Parquet,
}

impl Format {
    /// All of them; what can not be written of something, or by this program, is told when it is asked for.
    pub const ALL: [Self; 10] = [Self::Csv, Self::Jsonl, Self::Polecat, Self::Gdelt, Self::GdeltMentions, Self::Ics, Self::Graphml, Self::Jsonld, Self::Rdf, Self::Parquet];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Polecat => "polecat",
            Self::Gdelt => "gdelt",
            Self::GdeltMentions => "gdelt-mentions",
            Self::Ics => "ics",
            Self::Graphml => "graphml",
            Self::Jsonld => "jsonld",
            Self::Rdf => "rdf",
            Self::Parquet => "parquet",
        }
    }
}

/// What came of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    pub rows: usize,
    /// Events that the format has no place for, and why.
    pub left_out: usize,
    pub why: &'static str,
    pub bytes: u64,
    /// XXH3, 64 bits, in hexadecimal digits: to see that two files are one.
    pub hash: String,
}

#[derive(Debug)]
pub enum Error {
    Store(sijill_store::Error),
    Io(io::Error),
    /// The format holds nothing of this kind.
    Unfit(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(e) => e.fmt(f),
            Self::Io(e) => e.fmt(f),
            Self::Unfit(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}

impl From<sijill_store::Error> for Error {
    fn from(e: sijill_store::Error) -> Self {
        Self::Store(e)
    }
}

impl From<io::Error> for Error {
    fn from(e: io::Error) -> Self {
        Self::Io(e)
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Self {
        Self::Io(e.into())
    }
}

impl From<csv::Error> for Error {
    fn from(e: csv::Error) -> Self {
        Self::Io(e.into())
    }
}

pub type Result<T> = std::result::Result<T, Error>;

/// What every format may ask for.
pub(crate) struct Export<'a> {
    pub register: &'a Register,
    pub codes: &'a Codes,
    pub maker: Maker,
}

/// Program and lexicon that made the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    pub sijill: String,
    pub lexicon: String,
}

impl Maker {
    pub fn of(register: &Register) -> Result<Self> {
        Ok(Self { sijill: env!("CARGO_PKG_VERSION").into(), lexicon: register.meta("lexicon")?.unwrap_or_default() })
    }
}

impl fmt::Display for Maker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sijill {} lexicon {}", self.sijill, self.lexicon)
    }
}

/// Writes all rows of `what`. The register is read as it stands at the beginning, whatever others add meanwhile.
pub fn write(register: &Register, codes: &Codes, what: &What, format: Format, out: &mut dyn Write) -> Result<Made> {
    let x = Export { register, codes, maker: Maker::of(register)? };
    let mut out = Counted { out, bytes: 0, hash: xxhash_rust::xxh3::Xxh3::new() };
    let mut made = register.steady(|| match (what, format) {
        (What::Events(q), Format::Csv) => table::csv(&mut out, table::EVENTS, &mut |each| rows::events(&x, q, each)),
        (What::Events(q), Format::Jsonl) => table::jsonl(&mut out, table::EVENTS, &mut |each| rows::events(&x, q, each)),
        (What::Events(q), Format::Polecat) => polecat::write(&x, q, &mut out),
        (What::Events(q), Format::Gdelt) => gdelt::events(&x, q, &mut out),
        (What::Events(q), Format::GdeltMentions) => gdelt::mentions(&x, q, &mut out),
        (What::Events(q), Format::Ics) => calendar::write(&x, q, &mut out),
        (What::Events(q), Format::Graphml) => graph::write(&x, q, &mut out),
        (What::Events(q), Format::Jsonld) => linked::write(&x, q, &mut out),
        (What::Events(q), Format::Rdf) => triples::write(&x, q, &mut out),
        (what, Format::Parquet) => parquet(&x, what, &mut out),
        (What::Statements(q), Format::Csv) => table::csv(&mut out, table::STATEMENTS, &mut |each| rows::statements(&x, q, each)),
        (What::Statements(q), Format::Jsonl) => table::jsonl(&mut out, table::STATEMENTS, &mut |each| rows::statements(&x, q, each)),
        (What::Relations(actors, range), Format::Csv) => table::csv(&mut out, table::RELATIONS, &mut |each| register.each_relation(actors, *range, &mut |r| each(&r))),
        (What::Relations(actors, range), Format::Jsonl) => table::jsonl(&mut out, table::RELATIONS, &mut |each| register.each_relation(actors, *range, &mut |r| each(&r))),
        (What::Actors, Format::Csv) => table::csv(&mut out, table::ACTORS, &mut |each| register.each_actor(&mut |a| each(&a))),
        (What::Actors, Format::Jsonl) => table::jsonl(&mut out, table::ACTORS, &mut |each| register.each_actor(&mut |a| each(&a))),
        (_, format) => Err(Error::Unfit(format!("{}: expected csv, jsonl or parquet, for this format holds events only", format.name()))),
    })??;
    out.flush()?;
    made.bytes = out.bytes;
    made.hash = format!("{:016x}", out.hash.digest());
    Ok(made)
}

/// Rows that are at hand: a page of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Rows<'a> {
    Events(&'a [Happening]),
    Statements(&'a [Said]),
    Relations(&'a [Asserted]),
    Actors(&'a [Listed]),
    Articles(&'a [Source]),
    Outlets(&'a [Outlet]),
    Checks(&'a [Finding]),
}

/// Writes these rows, as CSV or (events) as a calendar.
pub fn write_rows(register: &Register, codes: &Codes, rows: Rows, format: Format, out: &mut dyn Write) -> Result<Made> {
    let x = Export { register, codes, maker: Maker::of(register)? };
    let feed = |list: &[Happening], each: &mut dyn FnMut(&rows::Row) -> Result<()>| list.iter().try_for_each(|e| each(&rows::row(&x, e.clone())?));
    match (rows, format) {
        (Rows::Events(list), Format::Csv) => table::csv(out, table::EVENTS, &mut |each| feed(list, each)),
        (Rows::Events(list), Format::Ics) => calendar::entries(&x, out, &mut |each| feed(list, each)),
        (Rows::Statements(list), Format::Csv) => table::csv(out, table::STATEMENTS, &mut |each| list.iter().try_for_each(each)),
        (Rows::Relations(list), Format::Csv) => table::csv(out, table::RELATIONS, &mut |each| list.iter().try_for_each(each)),
        (Rows::Actors(list), Format::Csv) => table::csv(out, table::ACTORS, &mut |each| list.iter().try_for_each(each)),
        (Rows::Articles(list), Format::Csv) => table::csv(out, table::ARTICLES, &mut |each| list.iter().try_for_each(each)),
        (Rows::Outlets(list), Format::Csv) => table::csv(out, table::OUTLETS, &mut |each| list.iter().try_for_each(each)),
        (Rows::Checks(list), Format::Csv) => table::csv(out, table::CHECKS, &mut |each| list.iter().try_for_each(each)),
        (_, format) => Err(Error::Unfit(format!("{}: expected csv, or ics for events", format.name()))),
    }
}

#[cfg(feature = "parquet")]
fn parquet(x: &Export, what: &What, out: &mut dyn Write) -> Result<Made> {
    match what {
        What::Events(q) => columnar::write(&x.maker, out, table::EVENTS, &mut |each| rows::events(x, q, each)),
        What::Statements(q) => columnar::write(&x.maker, out, table::STATEMENTS, &mut |each| rows::statements(x, q, each)),
        What::Relations(actors, range) => columnar::write(&x.maker, out, table::RELATIONS, &mut |each| x.register.each_relation(actors, *range, &mut |r| each(&r))),
        What::Actors => columnar::write(&x.maker, out, table::ACTORS, &mut |each| x.register.each_actor(&mut |a| each(&a))),
    }
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Export, _: &What, _: &mut dyn Write) -> Result<Made> {
    Err(Error::Unfit("parquet: expected a program built with `--features parquet`, found one without; DuckDB makes Parquet of csv".into()))
}

/// Counts and hashes what goes through.
struct Counted<'a> {
    out: &'a mut dyn Write,
    bytes: u64,
    hash: xxhash_rust::xxh3::Xxh3,
}

impl Write for Counted<'_> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let n = self.out.write(buf)?;
        self.bytes += n as u64;
        self.hash.update(&buf[..n]);
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
