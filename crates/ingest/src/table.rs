//! CSV and its like: the head line, the borders of rows, the values of a row.
//!
//! A row may go over several lines, inside quotation marks. A mark that is never closed must not swallow the file: then its first
//! line is rejected and reading goes on with the second. What must not live here: which column means what.

use crate::lines::{Line, Lines};
use encoding_rs::Encoding;
use std::collections::VecDeque;
use std::io::{self, BufRead};

/// A quoted value may go on over lines for this many bytes; after that the quotation mark counts as one too many.
const MOST_QUOTED: usize = 8 << 20;

/// The names of the columns.
#[derive(Debug)]
pub struct Head {
    pub names: Vec<String>,
    pub delimiter: u8,
    pub line: u64,
    /// The legacy encoding of the file, if it is in one. A row alone may be too short to guess from.
    pub encoding: Option<&'static Encoding>,
}

/// The legacy encoding that the beginning of a file is in; none if it is in UTF-8.
pub fn legacy(start: &[u8]) -> Option<&'static Encoding> {
    if std::str::from_utf8(start).is_ok() {
        return None;
    }
    Encoding::for_label(sijill_text::decode(start).encoding.as_bytes()).filter(|e| *e != encoding_rs::UTF_8)
}

/// The first line that is not empty. The delimiter is that which it holds most of.
pub fn head(lines: &mut Lines<impl BufRead>, encoding: Option<&'static Encoding>) -> io::Result<Option<Head>> {
    loop {
        let Some(line) = lines.next()? else { return Ok(None) };
        if line.bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let count = |d: u8| line.bytes.iter().filter(|b| **b == d).count();
        let delimiter = *b",;\t|".iter().rev().max_by_key(|d| count(**d)).unwrap_or(&b',');
        let (values, _) = values(&line.bytes, delimiter, encoding);
        let names = values.into_iter().map(|n| n.trim().trim_start_matches('\u{FEFF}').to_owned()).collect();
        return Ok(Some(Head { names, delimiter, line: line.number, encoding }));
    }
}

/// The values of a row, and whether some bytes meant nothing in its encoding.
pub fn values(row: &[u8], delimiter: u8, encoding: Option<&'static Encoding>) -> (Vec<String>, bool) {
    let (text, broken) = match encoding {
        Some(e) if std::str::from_utf8(row).is_err() => {
            let (text, broken) = e.decode_without_bom_handling(row);
            (text.into_owned(), broken)
        }
        _ => {
            let d = sijill_text::decode(row);
            (d.text, d.broken)
        }
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).buffer_capacity(1 << 10).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    // In memory and valid UTF-8: the one error left is none.
    let _ = reader.read_record(&mut record);
    (record.iter().map(str::to_owned).collect(), broken)
}

#[derive(Debug)]
pub struct Row {
    pub line: u64,
    /// Where the next row begins.
    pub end: u64,
    pub bytes: Result<Vec<u8>, String>,
}

pub struct Rows<R> {
    lines: Lines<R>,
    /// Lines that were taken for parts of a row which has no end.
    again: VecDeque<Line>,
    delimiter: u8,
    ended: Option<(u64, io::Error)>,
}

impl<R: BufRead> Rows<R> {
    pub fn new(lines: Lines<R>, delimiter: u8) -> Self {
        Self { lines, again: VecDeque::new(), delimiter, ended: None }
    }

    /// The next row; none at the end. An error comes with its line, after all rows before it.
    pub fn next(&mut self) -> Result<Option<Row>, (u64, io::Error)> {
        let Some(first) = self.line() else { return self.ended.take().map_or(Ok(None), Err) };
        let (line, end) = (first.number, first.end);
        if first.too_long {
            let reason = format!("expected a row of at most {} MiB, found a longer one", crate::MAX_ARTICLE >> 20);
            return Ok(Some(Row { line, end, bytes: Err(reason) }));
        }
        let mut open = still_open(&first.bytes, false, self.delimiter);
        let mut size = first.bytes.len();
        let mut parts = vec![first];
        while open {
            match self.line() {
                Some(next) if size + next.bytes.len() <= MOST_QUOTED && !next.too_long => {
                    open = still_open(&next.bytes, true, self.delimiter);
                    size += next.bytes.len();
                    parts.push(next);
                }
                other => {
                    self.again.extend(other);
                    let tail = parts.split_off(1);
                    for part in tail.into_iter().rev() {
                        self.again.push_front(part);
                    }
                    let reason = "expected a closing quotation mark, found none in the lines that follow";
                    return Ok(Some(Row { line, end, bytes: Err(reason.into()) }));
                }
            }
        }
        let end = parts.last().map_or(end, |p| p.end);
        let bytes = if parts.len() == 1 { parts.swap_remove(0).bytes } else { parts.iter().flat_map(|p| &p.bytes).copied().collect() };
        Ok(Some(Row { line, end, bytes: Ok(bytes) }))
    }

    fn line(&mut self) -> Option<Line> {
        if let Some(line) = self.again.pop_front() {
            return Some(line);
        }
        if self.ended.is_some() {
            return None;
        }
        match self.lines.next() {
            Ok(line) => line,
            Err(e) => {
                self.ended = Some((self.lines.number(), e));
                None
            }
        }
    }
}

/// Does a quoted value go on after this line? `open`: it came from the line before. A mark counts at the start of a value only.
fn still_open(line: &[u8], mut open: bool, delimiter: u8) -> bool {
    let mut at_start = !open;
    let mut i = 0;
    while i < line.len() {
        let b = line[i];
        if open {
            if b == b'"' {
                if line.get(i + 1) == Some(&b'"') {
                    i += 1;
                } else {
                    open = false;
                }
            }
        } else if b == b'"' && at_start {
            open = true;
        }
        at_start = !open && (b == delimiter || (at_start && line.starts_with(&[0xEF, 0xBB, 0xBF]) && i < 3));
        i += 1;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(s: &str) -> Vec<(u64, Result<String, ()>)> {
        let mut rows = Rows::new(Lines::new(s.as_bytes(), 0, 0), b',');
        std::iter::from_fn(|| rows.next().unwrap()).map(|r| (r.line, r.bytes.map(|b| String::from_utf8(b).unwrap()).map_err(|_| ()))).collect()
    }

    #[test]
    fn a_row_may_span_lines() {
        assert_eq!(rows("a,\"b\nc\"\"\n\",d\ne\n"), [(1, Ok("a,\"b\nc\"\"\n\",d\n".into())), (4, Ok("e\n".into()))]);
        // Inside a value a mark is a letter like others.
        assert_eq!(rows("a \"b\nc"), [(1, Ok("a \"b\n".into())), (2, Ok("c".into()))]);
    }

    #[test]
    fn a_mark_that_is_never_closed_costs_one_line() {
        assert_eq!(rows("a,\"b\nc,d\ne\n"), [(1, Err(())), (2, Ok("c,d\n".into())), (3, Ok("e\n".into()))]);
    }

    #[test]
    fn the_head_tells_the_delimiter() {
        for (s, d) in [("id,text\n", b','), ("\n\u{FEFF}id;text;title, long\n", b';'), ("id\ttext", b'\t'), ("text", b',')] {
            let head = head(&mut Lines::new(s.as_bytes(), 0, 0), None).unwrap().unwrap();
            assert_eq!(head.delimiter, d, "{s}");
            assert!(head.names.iter().all(|n| !n.starts_with('\u{FEFF}')));
        }
        assert!(head(&mut Lines::new(&b"\n\n"[..], 0, 0), None).unwrap().is_none());
    }
}
