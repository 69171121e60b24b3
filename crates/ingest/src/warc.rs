//! WARC: the borders of records, the HTTP answers in them.
//!
//! Written here and not taken from a library because a record must be passed over without being held in memory, its offset known,
//! and reading must go on behind a broken one. What must not live here: what a page says.

use crate::stream::{self, Stream};
use crate::{MAX_PAGE, html};
use std::io::{self, BufRead, Read};

/// A head of a record is not longer.
const MOST_HEAD: u64 = 1 << 18;

/// A record that may hold a page.
#[derive(Clone, Debug)]
pub struct Record {
    pub url: Option<String>,
    pub date: Option<String>,
    /// `response` holds an HTTP answer, the other kinds the bare document.
    pub http: bool,
    /// Of the bare document.
    pub content_type: Option<String>,
    pub body: Vec<u8>,
}

pub enum Found {
    Record(Record),
    /// A record of another kind.
    Other,
    Broken(String),
}

pub struct Reader {
    stream: Stream,
    offset: u64,
    start: u64,
}

impl Reader {
    pub fn new(stream: Stream, offset: u64) -> Self {
        Self { stream, offset, start: offset }
    }
    /// Where the next record begins, in unpacked bytes.
    pub fn offset(&self) -> u64 {
        self.offset
    }
    /// Where the last record began.
    pub fn start(&self) -> u64 {
        self.start
    }

    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.offset += (&mut self.stream).take(MOST_HEAD).read_until(b'\n', &mut line)? as u64;
        Ok(line)
    }

    /// The next record and its offset; none at the end.
    pub fn next(&mut self) -> io::Result<Option<(u64, Found)>> {
        let version = loop {
            self.start = self.offset;
            let line = self.line()?;
            if line.is_empty() {
                return Ok(None);
            }
            if !line.iter().all(u8::is_ascii_whitespace) {
                break line;
            }
        };
        let at = self.start;
        if !version.starts_with(b"WARC/") {
            self.resume()?;
            return Ok(Some((at, Found::Broken("expected a record that begins with `WARC/`, found other bytes; went on with the next record".into()))));
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        loop {
            let line = self.line()?;
            let text = String::from_utf8_lossy(&line);
            let trimmed = text.trim();
            if line.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if trimmed.is_empty() {
                break;
            }
            if self.offset - at > MOST_HEAD {
                self.resume()?;
                return Ok(Some((at, Found::Broken(format!("expected a head of at most {} KiB, found a longer one", MOST_HEAD >> 10)))));
            }
            match trimmed.split_once(':') {
                Some((k, v)) => fields.push((k.trim().to_ascii_lowercase(), v.trim().to_owned())),
                // A line that goes on.
                None => {
                    if let Some((_, v)) = fields.last_mut() {
                        v.push(' ');
                        v.push_str(trimmed);
                    }
                }
            }
        }
        let mut take = |key: &str| fields.iter_mut().find(|(k, _)| k == key).map(|(_, v)| std::mem::take(v));
        let Some(length) = take("content-length").and_then(|l| l.parse::<u64>().ok()) else {
            self.resume()?;
            return Ok(Some((at, Found::Broken("expected a record with its `Content-Length`, found none".into()))));
        };
        let kind = take("warc-type").unwrap_or_default();
        let content_type = take("content-type");
        let (url, date) = (take("warc-target-uri"), take("warc-date"));
        let of_type = |t: &str| content_type.as_deref().is_some_and(|c| c.to_ascii_lowercase().contains(t));
        let wanted = match kind.as_str() {
            "response" => !content_type.as_deref().is_some_and(|c| c.starts_with("text/dns")),
            "resource" => of_type("html"),
            "conversion" => of_type("text/plain") || of_type("html"),
            _ => false,
        };
        if !wanted || length > MAX_PAGE as u64 {
            let passed = io::copy(&mut (&mut self.stream).take(length), &mut io::sink())?;
            self.offset += passed;
            if passed < length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let too_long = format!("expected a page of at most {} MiB, found {length} bytes", MAX_PAGE >> 20);
            return Ok(Some((at, if wanted { Found::Broken(too_long) } else { Found::Other })));
        }
        let mut body = Vec::new();
        let read = (&mut self.stream).take(length).read_to_end(&mut body)? as u64;
        self.offset += read;
        if read < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // Some crawlers put the address in angle brackets.
        let url = url.map(|u| u.trim_matches(['<', '>']).to_owned()).filter(|u| u.starts_with("http"));
        Ok(Some((at, Found::Record(Record { url, date, http: kind == "response", content_type, body }))))
    }

    /// Stands before the next line that begins a record, or at the end.
    fn resume(&mut self) -> io::Result<()> {
        loop {
            let head = self.stream.fill_buf()?;
            // A line's first bytes may lie across two buffers: then the line is read as one that begins no record, and at most
            // that record is lost. `BufReader` gives whole lines but for that.
            if head.is_empty() || head.starts_with(b"WARC/") {
                return Ok(());
            }
            self.line()?;
        }
    }
}

pub enum Body {
    /// Bytes and the label of their encoding.
    Page(Vec<u8>, Option<String>),
    Text(Vec<u8>),
    Other(&'static str),
}

/// The document in a record, or why there is none for us.
pub fn body(record: &Record) -> Result<Body, String> {
    if !record.http {
        let kind = record.content_type.as_deref().unwrap_or_default();
        let charset = html::charset_of(kind);
        return Ok(if kind.to_ascii_lowercase().contains("html") { Body::Page(record.body.clone(), charset) } else { Body::Text(record.body.clone()) });
    }
    let mut headers = [httparse::EMPTY_HEADER; 256];
    let mut answer = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    config.allow_spaces_after_header_name_in_responses(true).allow_obsolete_multiline_headers_in_responses(true).ignore_invalid_headers_in_responses(true);
    let start = match config.parse_response(&mut answer, &record.body) {
        Ok(httparse::Status::Complete(n)) => n,
        Ok(httparse::Status::Partial) => return Err("expected an HTTP answer, found only a part of its head".into()),
        Err(e) => return Err(format!("expected an HTTP answer, found: {e}")),
    };
    let header = |name: &str| answer.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name)).map(|h| String::from_utf8_lossy(h.value).to_ascii_lowercase());
    if answer.code != Some(200) {
        return Ok(Body::Other("an answer without a page"));
    }
    let kind = header("content-type").unwrap_or_default();
    let rest = &record.body[start..];
    if !(kind.contains("html") || (kind.is_empty() && crate::input::tell(rest) == crate::input::Format::Html)) {
        return Ok(Body::Other("not a page"));
    }
    // Many crawlers keep these headers but store the plain bytes: what the bytes are decides.
    let chunked = header("transfer-encoding").is_some_and(|t| t.contains("chunked"));
    let rest = chunked.then(|| unchunked(rest)).flatten().unwrap_or_else(|| rest.to_vec());
    let bytes = unpacked(rest, &header("content-encoding").unwrap_or_default())?;
    Ok(Body::Page(bytes, html::charset_of(&kind)))
}

/// The bytes without the borders of chunks; none if these are no chunks. What a cut off end leaves is kept.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut first = true;
    loop {
        match httparse::parse_chunk_size(rest) {
            Ok(httparse::Status::Complete((_, 0))) => return Some(out),
            Ok(httparse::Status::Complete((start, length))) => {
                let end = usize::try_from(length).ok().and_then(|l| start.checked_add(l));
                let Some(chunk) = end.and_then(|e| rest.get(start..e)) else {
                    if first {
                        return None;
                    }
                    out.extend_from_slice(rest.get(start..).unwrap_or_default());
                    return Some(out);
                };
                out.extend_from_slice(chunk);
                rest = &rest[start + chunk.len()..];
                rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
                first = false;
            }
            _ if first => return None,
            _ => return Some(out),
        }
    }
}

/// A body without its packing.
pub fn unpacked(bytes: Vec<u8>, encoding: &str) -> Result<Vec<u8>, String> {
    let most = |r: &mut dyn Read| crate::feed::whole_of(r, MAX_PAGE);
    match encoding {
        e if e.contains("gzip") || e.contains("zstd") => most(&mut stream::unpacked(io::Cursor::new(bytes)).map_err(|e| format!("expected a page, found: {}", stream::fault(&e)))?),
        e if e.contains("deflate") => {
            let raw = |b: &[u8]| most(&mut flate2::read::DeflateDecoder::new(b));
            most(&mut flate2::read::ZlibDecoder::new(&bytes[..])).or_else(|_| raw(&bytes)).or(Ok(bytes))
        }
        e if e.contains("br") && std::str::from_utf8(&bytes).is_err() && !bytes.contains(&b'<') => {
            Err("expected a page that is plain or packed with gzip, deflate or zstd, found one packed with brotli".into())
        }
        _ => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks() {
        assert_eq!(unchunked(b"3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n").as_deref(), Some(&b"abcde"[..]));
        assert_eq!(unchunked(b"3\r\nabc\r\n9\r\nde").as_deref(), Some(&b"abcde"[..]));
        assert_eq!(unchunked(b"<html>"), None);
        assert_eq!(unchunked(b"fffffffffffffff\r\nabc"), None);
    }
}
