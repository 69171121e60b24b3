//! From paths and bytes to articles.
//!
//! One thread walks the paths and cuts JSONL into lines (`feed`); decoding and parsing are left to the threads that read
//! (`load`). What must not live here: output, and anything that looks into the language of a text.

use crate::args::Fields;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A chunk is full with this many bytes or articles: enough that threads seldom meet, few enough to keep memory small.
const CHUNK_BYTES: usize = 256 << 10;
const CHUNK_JOBS: usize = 64;

/// Where something stands: a file and, in JSONL, a line.
#[derive(Clone, Debug)]
pub struct Place {
    pub file: Arc<str>,
    pub line: Option<u64>,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        self.line.map_or(Ok(()), |n| write!(f, ":{n}"))
    }
}

/// One article that waits to be loaded.
#[derive(Debug)]
pub enum Job {
    /// A text file, opened by the thread that reads it.
    File(PathBuf, Place),
    Text(Vec<u8>, Place),
    Line(Vec<u8>, Place),
    /// What could not be read at all, in its turn among the others.
    Broken(String),
}

impl Job {
    /// Where it stands; none where it is no article at all.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::File(_, place) | Self::Text(_, place) | Self::Line(_, place) => Some(place),
            Self::Broken(_) => None,
        }
    }

    pub fn bytes(&self) -> usize {
        match self {
            Self::File(path, _) => std::fs::metadata(path).map_or(0, |m| m.len() as usize),
            Self::Text(b, _) | Self::Line(b, _) => b.len(),
            Self::Broken(_) => 0,
        }
    }
}

/// An article and what its source says of it.
#[derive(Debug, Default)]
pub struct Loaded {
    pub id: String,
    /// Does the source itself give the id? Else it is the place where the article stood.
    pub named: bool,
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
}

/// An input: a file with its kind, standard input, or what is wrong with the path.
#[derive(Debug)]
pub enum Input {
    Stdin,
    Text(PathBuf),
    Lines(PathBuf),
    Broken(String),
}

pub fn shown(path: &Path) -> String {
    let s = path.to_string_lossy().replace('\\', "/");
    s.strip_prefix("./").map_or_else(|| s.clone(), str::to_owned)
}

/// All inputs behind the paths, folders by the order of names, and the bytes of the files.
pub fn inputs(paths: &[PathBuf]) -> (Vec<Input>, u64) {
    let mut found = Vec::new();
    let mut bytes = 0;
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Input::Stdin);
        } else if path.is_dir() {
            let before = found.len();
            walk(path, &mut found, &mut bytes);
            if found.len() == before {
                found.push(Input::Broken(format!("{}: expected .txt or .jsonl files in the folder, found none", shown(path))));
            }
        } else {
            match std::fs::metadata(path) {
                Ok(m) => {
                    bytes += m.len();
                    found.push(kind(path));
                }
                Err(e) => found.push(Input::Broken(format!("{}: expected a file or folder, found: {e}", shown(path)))),
            }
        }
    }
    (found, bytes)
}

/// A file named by the user: by its extension, else by its first byte.
fn kind(path: &Path) -> Input {
    match extension(path).as_deref() {
        Some("txt") => Input::Text(path.to_owned()),
        Some("jsonl" | "ndjson") => Input::Lines(path.to_owned()),
        _ => match File::open(path).and_then(|f| first_byte(&mut BufReader::new(f))) {
            Ok((_, Some(b'{'))) => Input::Lines(path.to_owned()),
            _ => Input::Text(path.to_owned()),
        },
    }
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase())
}

fn walk(folder: &Path, found: &mut Vec<Input>, bytes: &mut u64) {
    let entries = match std::fs::read_dir(folder) {
        Ok(e) => e,
        Err(e) => return found.push(Input::Broken(format!("{}: expected a readable folder, found: {e}", shown(folder)))),
    };
    let mut entries: Vec<_> = entries.flatten().filter(|e| !e.file_name().to_string_lossy().starts_with('.')).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // Links to folders are not followed: they may lead back here.
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            walk(&path, found, bytes);
        } else if path.is_file() {
            let input = match extension(&path).as_deref() {
                Some("txt") => Input::Text(path.clone()),
                Some("jsonl" | "ndjson") => Input::Lines(path.clone()),
                _ => continue,
            };
            *bytes += entry.metadata().map_or(0, |m| m.len());
            found.push(input);
        }
    }
}

/// Bytes up to and including the first that is neither white space nor a byte order mark, and that byte.
fn first_byte(reader: &mut impl Read) -> io::Result<(Vec<u8>, Option<u8>)> {
    let mut head = Vec::new();
    let mut one = [0u8];
    loop {
        match reader.read(&mut one) {
            Ok(0) => return Ok((head, None)),
            Ok(_) => {
                head.push(one[0]);
                if !(one[0].is_ascii_whitespace() || matches!(one[0], 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)) {
                    return Ok((head, Some(one[0])));
                }
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// How far a source was read when a chunk was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub source: Arc<str>,
    /// Changes when the content does.
    pub fingerprint: Arc<str>,
    /// Bytes and lines that are behind.
    pub bytes: u64,
    pub lines: u64,
    pub done: bool,
}

/// Articles in their order, and where their sources stand behind them.
#[derive(Debug, Default)]
pub struct Chunk {
    pub jobs: Vec<Job>,
    pub marks: Vec<Mark>,
}

/// Collects jobs and hands them on in chunks.
struct Chunker<'a> {
    chunk: Chunk,
    bytes: usize,
    /// Of the source that is being read.
    mark: Option<Mark>,
    hand: &'a mut dyn FnMut(Chunk) -> bool,
}

impl Chunker<'_> {
    fn push(&mut self, job: Job) -> bool {
        self.bytes += job.bytes();
        self.chunk.jobs.push(job);
        if self.bytes >= CHUNK_BYTES || self.chunk.jobs.len() >= CHUNK_JOBS { self.flush() } else { true }
    }
    fn flush(&mut self) -> bool {
        self.bytes = 0;
        self.chunk.marks.extend(self.mark.clone());
        (self.chunk.jobs.is_empty() && self.chunk.marks.is_empty()) || (self.hand)(std::mem::take(&mut self.chunk))
    }
    /// A source has come to its end.
    fn close(&mut self) {
        if let Some(mut mark) = self.mark.take() {
            mark.done = true;
            self.chunk.marks.push(mark);
        }
    }
}

/// Hands on every article of the inputs, in order, until nobody wants more.
pub fn feed(inputs: Vec<Input>, hand: &mut dyn FnMut(Vec<Job>) -> bool) {
    feed_from(inputs, &|_, _| None, &mut |chunk| chunk.jobs.is_empty() || hand(chunk.jobs));
}

/// The same, with marks by which reading can be taken up again. `resume` is asked for the mark at which a source of this name and
/// fingerprint was left.
pub fn feed_from(inputs: Vec<Input>, resume: &dyn Fn(&str, &str) -> Option<Mark>, hand: &mut dyn FnMut(Chunk) -> bool) {
    let mut out = Chunker { chunk: Chunk::default(), bytes: 0, mark: None, hand };
    for input in inputs {
        let go_on = match input {
            Input::Broken(message) => out.push(Job::Broken(message)),
            Input::Text(path) => {
                let place = Place { file: shown(&path).into(), line: None };
                out.push(Job::File(path, place))
            }
            Input::Lines(path) => {
                let file: Arc<str> = shown(&path).into();
                match File::open(&path) {
                    Ok(mut f) => {
                        let mark = mark(&path, &f).map(|m| resume(&m.source, &m.fingerprint).unwrap_or(m));
                        if mark.as_ref().is_some_and(|m| m.done) {
                            continue;
                        }
                        let behind = mark.as_ref().map_or(0, |m| m.bytes);
                        match if behind > 0 { f.seek(SeekFrom::Start(behind)).map(|_| ()) } else { Ok(()) } {
                            Ok(()) => {
                                out.mark = mark;
                                let go_on = lines(BufReader::with_capacity(1 << 16, f), &file, &mut out);
                                out.close();
                                go_on
                            }
                            Err(e) => out.push(Job::Broken(format!("{file}: expected a readable file, found: {e}"))),
                        }
                    }
                    Err(e) => out.push(Job::Broken(format!("{file}: expected a readable file, found: {e}"))),
                }
            }
            Input::Stdin => stdin(&mut out),
        };
        if !go_on {
            return;
        }
    }
    out.flush();
}

/// The beginning of a file, under its full name. Size and time of change stand for the content.
fn mark(path: &Path, file: &File) -> Option<Mark> {
    let source = path.canonicalize().ok()?.to_string_lossy().into_owned();
    let meta = file.metadata().ok()?;
    let changed = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Mark { source: source.into(), fingerprint: format!("{} {}", meta.len(), changed.as_nanos()).into(), bytes: 0, lines: 0, done: false })
}

fn stdin(out: &mut Chunker) -> bool {
    let file: Arc<str> = "-".into();
    let mut reader = io::stdin().lock();
    let broken = |e: io::Error| Job::Broken(format!("-: expected to read standard input, found: {e}"));
    match first_byte(&mut reader) {
        Err(e) => out.push(broken(e)),
        Ok((_, None)) => out.push(Job::Broken("-: expected an article on standard input, found nothing".into())),
        Ok((head, Some(b'{'))) => lines(BufReader::with_capacity(1 << 16, head.as_slice().chain(reader)), &file, out),
        Ok((mut head, _)) => match reader.read_to_end(&mut head) {
            Ok(_) => out.push(Job::Text(head, Place { file, line: None })),
            Err(e) => out.push(broken(e)),
        },
    }
}

/// Cuts JSONL into lines. UTF-16 is decoded as a whole first: its line ends are no single bytes.
fn lines(mut reader: impl BufRead, file: &Arc<str>, out: &mut Chunker) -> bool {
    let broken = |n: u64, e: io::Error| Job::Broken(format!("{file}:{n}: expected a readable line, found: {e}"));
    let wide = match reader.fill_buf() {
        Ok(b) => b.starts_with(&[0xFF, 0xFE]) || b.starts_with(&[0xFE, 0xFF]) || b.iter().take(4).any(|x| *x == 0),
        Err(e) => return out.push(broken(1, e)),
    };
    if wide {
        let mut all = Vec::new();
        if let Err(e) = reader.read_to_end(&mut all) {
            return out.push(broken(1, e));
        }
        let text = sijill_text::decode(&all).text;
        // Bytes of the decoded text are none of the file: such a file is taken up from its beginning.
        let mark = out.mark.take();
        let go_on = each_line(text.as_bytes(), file, out, &broken);
        out.mark = mark;
        return go_on;
    }
    each_line(reader, file, out, &broken)
}

fn each_line(mut reader: impl BufRead, file: &Arc<str>, out: &mut Chunker, broken: &dyn Fn(u64, io::Error) -> Job) -> bool {
    let mut n = out.mark.as_ref().map_or(0, |m| m.lines);
    loop {
        n += 1;
        let mut line = Vec::new();
        let got = reader.read_until(b'\n', &mut line);
        if let (Ok(bytes), Some(m)) = (&got, &mut out.mark) {
            m.bytes += *bytes as u64;
            m.lines = n;
        }
        match got {
            Ok(0) => return n > 1 || out.push(Job::Broken(format!("{file}: expected a JSON object on each line, found an empty file"))),
            Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
            Ok(_) => {
                if !out.push(Job::Line(line, Place { file: file.clone(), line: Some(n) })) {
                    return false;
                }
            }
            Err(e) => return out.push(broken(n, e)),
        }
    }
}

/// What came of a job: the article, or why there is none; and warnings that do not keep it from being read.
pub struct Load {
    pub article: Result<Loaded, String>,
    pub warnings: Vec<String>,
}

/// Reads, decodes and parses one article.
pub fn load(job: Job, fields: &Fields) -> Load {
    let mut warnings = Vec::new();
    let article = match job {
        Job::Broken(message) => Err(message),
        Job::File(path, place) => match std::fs::read(&path) {
            Ok(bytes) => plain(&bytes, &place, &mut warnings),
            Err(e) => Err(format!("{place}: expected a readable file, found: {e}")),
        },
        Job::Text(bytes, place) => plain(&bytes, &place, &mut warnings),
        Job::Line(bytes, place) => object(&bytes, &place, fields, &mut warnings),
    };
    let article = article.map(|mut a| {
        a.published = a.published.or_else(|| fields.published.clone());
        a.outlet = a.outlet.or_else(|| fields.outlet.clone());
        a
    });
    Load { article, warnings }
}

fn decoded(bytes: &[u8], place: &Place, warnings: &mut Vec<String>) -> String {
    let d = sijill_text::decode(bytes);
    if d.broken {
        warnings.push(format!("{place}: expected {}, found bytes that mean nothing in it: read as U+FFFD", d.encoding));
    }
    d.text
}

fn plain(bytes: &[u8], place: &Place, warnings: &mut Vec<String>) -> Result<Loaded, String> {
    let text = decoded(bytes, place, warnings);
    if text.trim().is_empty() {
        return Err(format!("{place}: expected an article, found an empty text"));
    }
    Ok(Loaded { id: place.to_string(), text, ..Loaded::default() })
}

fn object(bytes: &[u8], place: &Place, fields: &Fields, warnings: &mut Vec<String>) -> Result<Loaded, String> {
    let line = decoded(bytes, place, warnings);
    let parsed = serde_json::from_str::<Value>(&line).or_else(|e| match mend_surrogates(&line) {
        Some(mended) => {
            let again = serde_json::from_str(&mended);
            if again.is_ok() {
                warnings.push(format!("{place}: expected surrogates in pairs, found one alone: read as U+FFFD"));
            }
            again
        }
        None => Err(e),
    });
    let mut object = match parsed {
        Ok(Value::Object(o)) => o,
        Ok(other) => return Err(format!("{place}: expected a JSON object, found {}", name(&other))),
        Err(e) => return Err(format!("{place}: expected a JSON object, found {} at column {}", without_place(&e), e.column())),
    };
    let mut take = |field: &str| match object.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) => Ok(Some(s)),
        Some(Value::Number(n)) if field == fields.id_field => Ok(Some(n.to_string())),
        Some(other) => Err(format!("{place}: expected a string in `{field}`, found {}", name(&other))),
    };
    let text = take(&fields.text_field)?.ok_or_else(|| format!("{place}: expected the text in the field `{}`, found no such field", fields.text_field))?;
    let given = take(&fields.id_field)?.filter(|id| !id.trim().is_empty());
    let named = given.is_some();
    let id = given.unwrap_or_else(|| place.to_string());
    let filled = |s: Option<String>| s.filter(|s| !s.trim().is_empty());
    let mut loaded = Loaded {
        id,
        named,
        text,
        title: filled(take(&fields.title_field)?),
        published: filled(take(&fields.published_field)?),
        outlet: filled(take(&fields.outlet_field)?),
        url: filled(take(&fields.url_field)?),
    };
    if fields.with_title
        && let Some(title) = &loaded.title
        && !loaded.text.trim_start().starts_with(title.trim())
    {
        loaded.text = format!("{}\n\n{}", title.trim(), loaded.text);
    }
    if loaded.text.trim().is_empty() {
        return Err(format!("{place}: expected an article, found an empty text"));
    }
    Ok(loaded)
}

fn name(v: &Value) -> &'static str {
    match v {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// serde's message, without the line that is always 1.
fn without_place(e: &serde_json::Error) -> String {
    let s = e.to_string();
    s.split(" at line ").next().unwrap_or(&s).to_owned()
}

/// The line with each `\uD800`..`\uDFFF` that has no partner as `\uFFFD`; none where all have partners.
fn mend_surrogates(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let unit = |at: usize| {
        let escape = bytes.get(at..at + 6)?;
        (escape.starts_with(b"\\u")).then(|| std::str::from_utf8(&escape[2..]).ok().and_then(|h| u16::from_str_radix(h, 16).ok())).flatten()
    };
    let mut out = String::new();
    let (mut kept, mut i) = (0, 0);
    while i < bytes.len() {
        if bytes[i] != b'\\' {
            i += 1;
            continue;
        }
        match (unit(i), unit(i + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => i += 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str(&line[kept..i]);
                out.push_str("\\uFFFD");
                i += 6;
                kept = i;
            }
            (Some(_), _) => i += 6,
            // An escaped backslash or quotation mark: both are passed over.
            (None, _) => i += 2,
        }
    }
    (kept > 0).then(|| out + &line[kept..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_are_mended_and_pairs_kept() {
        assert_eq!(mend_surrogates(r#"{"text":"a\ud83d\ude00b"}"#), None);
        assert_eq!(mend_surrogates(r#"{"text":"a\ud83db\\ud800 \udc00"}"#).as_deref(), Some(r#"{"text":"a\uFFFDb\\ud800 \uFFFD"}"#));
    }

    #[test]
    fn first_byte_skips_marks_and_space() {
        assert_eq!(first_byte(&mut &b"\xEF\xBB\xBF \n{\"a\""[..]).unwrap().1, Some(b'{'));
        assert_eq!(first_byte(&mut &b" \n"[..]).unwrap().1, None);
    }
}
