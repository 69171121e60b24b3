//! The feeder: cuts the inputs into jobs, in order, and says how far each source is read.
//!
//! It runs on one thread and does little work for each job. What must not live here: decoding and parsing of articles (`load`).

use crate::input::{self, Format, Input};
use crate::lines::Lines;
use crate::load::{Document, Fields};
use crate::place::{Mark, Part, Place, Rejected};
use crate::stream::{self, Stream};
use crate::syndication::{self, Entry};
use crate::table::{self, Head};
use crate::warc;
use crate::{MAX_ARTICLE, MAX_PAGE};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A chunk is full with this many bytes or articles: enough that threads seldom meet, few enough to keep memory small.
const CHUNK_BYTES: usize = 256 << 10;
const CHUNK_JOBS: usize = 64;

/// One article that waits to be loaded.
#[derive(Debug)]
pub enum Job {
    /// A file with one article or page, opened by the thread that reads it.
    File(PathBuf, Format, Place),
    Text(Vec<u8>, Place),
    Html(Vec<u8>, Place),
    Line(Vec<u8>, Place),
    /// A row of a table: the bytes of its line or lines.
    Row(Vec<u8>, Arc<Head>, Place),
    /// A row whose values are known by the names of their columns.
    Values(Vec<(String, Option<String>)>, Place),
    Record(Box<warc::Record>, Place),
    Entry(Box<Entry>, Place),
    /// One that is read already: from a feed that is watched.
    Document(Box<Document>, Place),
    /// What could not be read at all, in its turn among the others.
    Broken(Rejected),
}

impl Job {
    pub fn bytes(&self) -> usize {
        match self {
            Self::File(path, ..) => std::fs::metadata(path).map_or(0, |m| m.len() as usize),
            Self::Text(b, _) | Self::Html(b, _) | Self::Line(b, _) | Self::Row(b, ..) => b.len(),
            Self::Values(v, _) => v.iter().map(|(_, v)| v.as_ref().map_or(0, String::len)).sum(),
            Self::Record(r, _) => r.body.len(),
            Self::Entry(e, _) => e.bytes(),
            Self::Document(d, _) => d.text.len(),
            Self::Broken(_) => 0,
        }
    }
    pub fn place(&self) -> &Place {
        match self {
            Self::File(.., p)
            | Self::Text(_, p)
            | Self::Html(_, p)
            | Self::Line(_, p)
            | Self::Row(.., p)
            | Self::Values(_, p)
            | Self::Record(_, p)
            | Self::Entry(_, p)
            | Self::Document(_, p) => p,
            Self::Broken(r) => &r.place,
        }
    }
}

/// Some jobs, and how far the sources are read when these are done with.
#[derive(Debug, Default)]
pub struct Chunk {
    pub jobs: Vec<Job>,
    /// One for each source that these jobs come from. To be kept together with what came of the jobs.
    pub marks: Vec<Mark>,
    /// Bytes of the files themselves (packed, if they are) read since the chunk before.
    pub read: u64,
}

/// Collects jobs and hands them on in chunks.
struct Chunker<'a> {
    jobs: Vec<Job>,
    bytes: usize,
    /// The source under reading, if it has a place to go on from.
    mark: Option<Mark>,
    moved: bool,
    ended: Vec<Mark>,
    count: Arc<AtomicU64>,
    hand: &'a mut dyn FnMut(Chunk) -> bool,
}

impl Chunker<'_> {
    /// A job, and where its source stands after it (bytes, entries).
    fn push(&mut self, job: Job, offset: u64, entry: u64) -> bool {
        self.bytes += job.bytes();
        self.jobs.push(job);
        self.reach(offset, entry);
        if self.bytes >= CHUNK_BYTES || self.jobs.len() >= CHUNK_JOBS { self.flush() } else { true }
    }
    fn reach(&mut self, offset: u64, entry: u64) {
        if let Some(c) = &mut self.mark {
            (c.bytes, c.lines) = (offset, entry);
            self.moved = true;
        }
    }
    fn refuse(&mut self, place: Place, reason: impl Into<String>) -> bool {
        self.alone(Job::Broken(Rejected::new(place, reason)))
    }
    /// A job that leaves its source where it stood.
    fn alone(&mut self, job: Job) -> bool {
        let (offset, entry) = self.mark.as_ref().map_or((0, 0), |c| (c.bytes, c.lines));
        self.push(job, offset, entry)
    }
    /// The source is read to its end, or to where nothing more can be read of it.
    fn end(&mut self) {
        if let Some(mut c) = self.mark.take() {
            c.done = true;
            self.ended.push(c);
        }
    }
    fn flush(&mut self) -> bool {
        self.bytes = 0;
        let mut marks = std::mem::take(&mut self.ended);
        if self.moved {
            marks.extend(self.mark.clone());
        }
        self.moved = false;
        let chunk = Chunk { jobs: std::mem::take(&mut self.jobs), marks, read: self.count.swap(0, Ordering::Relaxed) };
        (chunk.jobs.is_empty() && chunk.marks.is_empty()) || (self.hand)(chunk)
    }
}

/// Hands on every article of the inputs, in order, until nobody wants more. `resume` is asked for the mark at which a source of
/// this name and fingerprint was left; what is behind it is passed over.
pub fn feed_from(inputs: Vec<Input>, fields: &Fields, resume: &dyn Fn(&str, &str) -> Option<Mark>, hand: &mut dyn FnMut(Chunk) -> bool) {
    let mut out = Chunker { jobs: Vec::new(), bytes: 0, mark: None, moved: false, ended: Vec::new(), count: Arc::default(), hand };
    for input in inputs {
        let go_on = match input {
            Input::Broken(rejected) => out.alone(Job::Broken(rejected)),
            Input::File(path, format) => file(&path, format, fields, resume, &mut out),
            Input::Stdin => stdin(fields, &mut out),
        };
        if !go_on {
            return;
        }
        // A source whose reading failed for now is not at its end.
        out.mark = None;
        out.moved = false;
    }
    out.flush();
}

fn file(path: &Path, format: Format, fields: &Fields, resume: &dyn Fn(&str, &str) -> Option<Mark>, out: &mut Chunker) -> bool {
    let name: Arc<str> = input::shown(path).into();
    let size = std::fs::metadata(path).map_or(0, |m| m.len());
    let from = Mark::start(path, &fields.signature()).ok().map(|start| resume(&start.source, &start.fingerprint).unwrap_or(start));
    if from.as_ref().is_some_and(|m| m.done) {
        out.count.fetch_add(size, Ordering::Relaxed);
        return true;
    }
    let (offset, entry) = from.as_ref().map_or((0, 0), |c| (c.bytes, c.lines));
    out.mark = from;
    match format {
        Format::Text | Format::Html => {
            out.count.fetch_add(size, Ordering::Relaxed);
            // The mark goes with the job: both, or neither.
            out.bytes += size as usize;
            out.jobs.push(Job::File(path.to_owned(), format, Place::whole(name)));
            out.end();
            if out.bytes >= CHUNK_BYTES || out.jobs.len() >= CHUNK_JOBS { out.flush() } else { true }
        }
        Format::Parquet => rows_of_parquet(path, &name, fields, entry, out),
        Format::Lines | Format::Table | Format::Warc | Format::Feed => match stream::open(path, 0, &out.count) {
            Err(e) => out.refuse(Place::whole(name), format!("expected a readable file, found: {}", stream::fault(&e))),
            Ok(stream) => {
                let count = out.count.clone();
                let reopen = |offset| stream::open(path, offset, &count);
                body(stream, format, &name, fields, (offset, entry), Some(&reopen), out)
            }
        },
    }
}

type Reopen<'a> = &'a dyn Fn(u64) -> io::Result<Stream>;

/// A stream of many articles, from (`offset`, `entry`) on.
fn body(stream: Stream, format: Format, name: &Arc<str>, fields: &Fields, (offset, entry): (u64, u64), reopen: Option<Reopen>, out: &mut Chunker) -> bool {
    // A stream that stands at the offset; the head of a table is read before.
    let at = |mut stream: Stream, wide: bool| -> io::Result<Stream> {
        match reopen {
            _ if offset == 0 => Ok(stream),
            Some(reopen) if !wide => reopen(offset),
            _ => {
                io::copy(&mut (&mut stream).take(offset), &mut io::sink())?;
                Ok(stream)
            }
        }
    };
    let opened = narrowed(stream).and_then(|(mut stream, wide)| match format {
        Format::Table => {
            let encoding = table::legacy(stream.fill_buf()?);
            let mut lines = Lines::new(stream, 0, 0);
            let head = table::head(&mut lines, encoding)?;
            Ok((lines, head))
        }
        _ => Ok((Lines::new(at(stream, wide)?, offset, entry), None)),
    });
    let (lines, head) = match opened {
        Ok(o) => o,
        Err(e) => return stopped(&e, Place::new(name, Part::Line(1)), "a readable line", out),
    };
    match (format, head) {
        (Format::Table, head) => rows(lines, head, name, fields, offset, out),
        (Format::Warc, _) => records(lines.into_inner(), name, offset, out),
        (Format::Feed, _) => entries(lines.into_inner(), name, entry, out),
        _ => each_line(lines, name, out),
    }
}

/// UTF-16 becomes UTF-8: its line ends are no single bytes.
fn narrowed(mut stream: Stream) -> io::Result<(Stream, bool)> {
    let wide = stream::is_wide(stream.fill_buf()?);
    Ok(if wide { (Box::new(stream::Wide::new(stream)?), true) } else { (stream, false) })
}

/// Nothing more can be read of a source: what came before stands, the rest is one rejection. The source is done with only if its
/// bytes are at fault; a disk may be well again tomorrow.
fn stopped(e: &io::Error, place: Place, expected: &str, out: &mut Chunker) -> bool {
    let go_on = out.refuse(place, format!("expected {expected}, found: {}", stream::fault(e)));
    if stream::faulty_bytes(e) {
        out.end();
    }
    go_on
}

fn stdin(fields: &Fields, out: &mut Chunker) -> bool {
    let name: Arc<str> = "-".into();
    let whole = || Place::whole(name.clone());
    let expected = "to read standard input";
    let mut raw = BufReader::with_capacity(1 << 16, io::stdin());
    let head = match head_of(&mut raw) {
        Ok(h) => h,
        Err(e) => return stopped(&e, whole(), expected, out),
    };
    let opened = stream::unpacked(io::Cursor::new(head).chain(raw)).and_then(|mut s| head_of(&mut s).map(|head| (head, s)));
    let (head, rest) = match opened {
        Ok(o) => o,
        Err(e) => return stopped(&e, whole(), expected, out),
    };
    if input::first(&head).is_none() {
        return out.refuse(whole(), "expected an article on standard input, found nothing");
    }
    let format = input::tell(&head);
    let stream: Stream = Box::new(io::Cursor::new(head).chain(rest));
    match format {
        Format::Text | Format::Html => {
            let most = if format == Format::Html { MAX_PAGE } else { MAX_ARTICLE };
            match whole_of(stream, most) {
                Ok(bytes) => out.alone(if format == Format::Html { Job::Html(bytes, whole()) } else { Job::Text(bytes, whole()) }),
                Err(reason) => out.refuse(whole(), reason),
            }
        }
        Format::Parquet => out.refuse(whole(), "expected text, HTML, JSONL, WARC or a feed on standard input, found Parquet, which must be a file"),
        _ => body(stream, format, &name, fields, (0, 0), None, out),
    }
}

/// The first bytes of a stream: up to the first that tells what it is, and some more where one is not enough. A line that
/// somebody types is not waited for longer than that.
fn head_of(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut one = [0];
    loop {
        match reader.read(&mut one) {
            Ok(0) => return Ok(head),
            Ok(_) => head.push(one[0]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
        match input::first(&head).map(|at| head[at]) {
            Some(b'<') if head.len() < 1024 => {}
            Some(b'W' | b'P' | 0x28 | 0x1F | 0x50..=0x5F) if head.len() < 8 => {}
            Some(_) => return Ok(head),
            None => {}
        }
    }
}

/// All of a stream, if it is not more than `most` bytes.
pub fn whole_of(stream: impl Read, most: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match stream.take(most as u64 + 1).read_to_end(&mut bytes) {
        Err(e) => Err(format!("expected a readable file, found: {}", stream::fault(&e))),
        Ok(n) if n > most => Err(format!("expected at most {} MiB in one article, found more", most >> 20)),
        Ok(_) => Ok(bytes),
    }
}

fn each_line(mut lines: Lines<Stream>, name: &Arc<str>, out: &mut Chunker) -> bool {
    let fresh = lines.number() == 0;
    loop {
        let place = |n| Place::new(name, Part::Line(n));
        let line = match lines.next() {
            Ok(Some(line)) => line,
            Ok(None) => {
                let empty = fresh && lines.number() == 1;
                let go_on = !empty || out.refuse(Place::whole(name.clone()), "expected a JSON object on each line, found an empty file");
                out.end();
                return go_on;
            }
            Err(e) => return stopped(&e, place(lines.number()), "a readable line", out),
        };
        let (end, n) = (line.end, line.number);
        let go_on = if line.too_long {
            let reason = format!("expected a line of at most {} MiB, found a longer one", MAX_ARTICLE >> 20);
            out.push(Job::Broken(Rejected::new(place(n), reason)), end, n)
        } else if line.bytes.iter().all(u8::is_ascii_whitespace) {
            out.reach(end, n);
            true
        } else {
            out.push(Job::Line(line.bytes, place(n)), end, n)
        };
        if !go_on {
            return false;
        }
    }
}

fn rows(lines: Lines<Stream>, head: Option<Head>, name: &Arc<str>, fields: &Fields, from: u64, out: &mut Chunker) -> bool {
    let Some(head) = head else {
        let go_on = out.refuse(Place::whole(name.clone()), "expected a line with the names of the columns, found an empty file");
        out.end();
        return go_on;
    };
    if let Some(reason) = fields.missing_in(&head.names) {
        // Not done with: the next run may name other columns.
        return out.refuse(Place::new(name, Part::Line(head.line)), reason);
    }
    let head = Arc::new(head);
    let mut rows = table::Rows::new(lines, head.delimiter);
    loop {
        match rows.next() {
            Ok(None) => {
                out.end();
                return true;
            }
            // Rows that an earlier run is done with are passed over: only reading them tells where one ends.
            Ok(Some(row)) if row.end <= from => {}
            Ok(Some(row)) => {
                let place = Place::new(name, Part::Line(row.line));
                let job = match row.bytes {
                    Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {
                        out.reach(row.end, row.line);
                        continue;
                    }
                    Ok(bytes) => Job::Row(bytes, head.clone(), place),
                    Err(reason) => Job::Broken(Rejected::new(place, reason)),
                };
                if !out.push(job, row.end, row.line) {
                    return false;
                }
            }
            Err((line, e)) => return stopped(&e, Place::new(name, Part::Line(line)), "a readable line", out),
        }
    }
}

fn records(stream: Stream, name: &Arc<str>, offset: u64, out: &mut Chunker) -> bool {
    let mut reader = warc::Reader::new(stream, offset);
    loop {
        let (at, found) = match reader.next() {
            Ok(None) => {
                out.end();
                return true;
            }
            Ok(Some(found)) => found,
            Err(e) => return stopped(&e, Place::new(name, Part::Byte(reader.start())), "a readable record", out),
        };
        let place = Place::new(name, Part::Byte(at));
        let end = reader.offset();
        let go_on = match found {
            warc::Found::Record(record) => out.push(Job::Record(Box::new(record), place), end, 0),
            warc::Found::Broken(reason) => out.push(Job::Broken(Rejected::new(place, reason)), end, 0),
            warc::Found::Other => {
                out.reach(end, 0);
                true
            }
        };
        if !go_on {
            return false;
        }
    }
}

fn entries(stream: Stream, name: &Arc<str>, from: u64, out: &mut Chunker) -> bool {
    let parsed = whole_of(stream, MAX_ARTICLE).and_then(|bytes| syndication::parse(&bytes));
    let (found, fault) = match parsed {
        Ok(found) => found,
        Err(reason) => {
            let go_on = out.refuse(Place::whole(name.clone()), reason);
            out.end();
            return go_on;
        }
    };
    let count = found.len() as u64;
    for (n, entry) in (1..).zip(found).filter(|(n, _)| *n > from) {
        if !out.push(Job::Entry(Box::new(entry), Place::new(name, Part::Item(n))), 0, n) {
            return false;
        }
    }
    let go_on = fault.is_none_or(|reason| out.refuse(Place::new(name, Part::Item(count + 1)), reason));
    out.end();
    go_on
}

#[cfg(not(feature = "parquet"))]
fn rows_of_parquet(_: &Path, name: &Arc<str>, _: &Fields, _: u64, out: &mut Chunker) -> bool {
    out.refuse(Place::whole(name.clone()), "expected a format that this program was built with, found Parquet: build with `--features parquet`")
}

#[cfg(feature = "parquet")]
fn rows_of_parquet(path: &Path, name: &Arc<str>, fields: &Fields, from: u64, out: &mut Chunker) -> bool {
    let mut rows = match crate::parquet::Rows::open(path, fields, &out.count) {
        Ok(rows) => rows,
        Err(reason) => return out.refuse(Place::whole(name.clone()), reason),
    };
    rows.skip(from);
    let mut n = from;
    while let Some(row) = rows.next() {
        n += 1;
        let place = Place::new(name, Part::Row(n));
        let (job, last) = match row {
            Ok(values) => (Job::Values(values, place), false),
            Err(reason) => (Job::Broken(Rejected::new(place, reason)), true),
        };
        if !out.push(job, 0, n) {
            return false;
        }
        if last {
            break;
        }
    }
    out.end();
    true
}
