//! Files as streams of unpacked bytes: gzip of many members, zstd of many frames, UTF-16 as UTF-8.
//!
//! Packing is told by the first bytes, never by the name. What must not live here: what the bytes mean.

use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const BUFFER: usize = 1 << 16;
const GZIP: &[u8] = &[0x1F, 0x8B];
const ZSTD: &[u8] = &[0x28, 0xB5, 0x2F, 0xFD];

pub type Stream = Box<dyn BufRead + Send>;

/// Counts the bytes that were read of the file itself, for whoever shows how far the work is.
struct Counting<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// A file from `offset` on, counted in unpacked bytes. A plain file is not read up to there, a packed one must be.
pub fn open(path: &Path, offset: u64, count: &Arc<AtomicU64>) -> io::Result<Stream> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    (&mut file).take(8).read_to_end(&mut head)?;
    let packed = is_packed(&head);
    file.seek(SeekFrom::Start(if packed { 0 } else { offset }))?;
    if !packed {
        count.fetch_add(offset, Ordering::Relaxed);
    }
    let raw = BufReader::with_capacity(BUFFER, Counting { inner: file, count: count.clone() });
    let mut stream = unpacked(raw)?;
    if packed {
        io::copy(&mut (&mut stream).take(offset), &mut io::sink())?;
    }
    Ok(stream)
}

/// The unpacked bytes of a stream. One that is not packed passes as it is.
pub fn unpacked(mut raw: impl BufRead + Send + 'static) -> io::Result<Stream> {
    let head = raw.fill_buf()?;
    Ok(if head.starts_with(GZIP) {
        Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(raw)))
    } else if is_packed(head) {
        Box::new(BufReader::with_capacity(BUFFER, Frames::Between(raw)))
    } else {
        Box::new(raw)
    })
}

fn is_packed(head: &[u8]) -> bool {
    head.starts_with(GZIP) || head.starts_with(ZSTD) || skippable(head)
}

fn skippable(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

/// Is what went wrong the fault of the file's bytes? Then trying again is of no use.
pub fn faulty_bytes(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other)
}

/// What went wrong with a stream, for people.
pub fn fault(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::UnexpectedEof => "the end of the packed file missing".into(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => format!("broken packed bytes ({e})"),
        _ => e.to_string(),
    }
}

/// The frames of a zstd file, one after the other.
enum Frames<R: BufRead> {
    Between(R),
    Within(Box<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
    End,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let broken = |e: &dyn std::fmt::Display, kind| io::Error::new(kind, e.to_string());
        loop {
            match std::mem::replace(self, Self::End) {
                Self::End => return Ok(0),
                Self::Between(mut source) => {
                    let mut magic = [0; 4];
                    let head = source.fill_buf()?;
                    if head.is_empty() {
                        return Ok(0);
                    }
                    let enough = head.len() >= 4;
                    let skip = if enough { skippable(head) } else { false };
                    if skip {
                        source.read_exact(&mut magic)?;
                        source.read_exact(&mut magic)?;
                        let length = u64::from(u32::from_le_bytes(magic));
                        if io::copy(&mut (&mut source).take(length), &mut io::sink())? < length {
                            return Err(io::ErrorKind::UnexpectedEof.into());
                        }
                        *self = Self::Between(source);
                    } else {
                        let decoder = ruzstd::decoding::StreamingDecoder::new(source).map_err(|e| broken(&e, io::ErrorKind::InvalidData))?;
                        *self = Self::Within(Box::new(decoder));
                    }
                }
                Self::Within(mut decoder) => match decoder.read(buf) {
                    Ok(0) if !buf.is_empty() => *self = Self::Between(decoder.into_inner()),
                    Ok(n) => {
                        *self = Self::Within(decoder);
                        return Ok(n);
                    }
                    // The decoder wraps whatever happens, an early end too, in an error of its own.
                    Err(e) => {
                        let text = e.to_string();
                        let early = e.kind() == io::ErrorKind::UnexpectedEof || text.contains("failed to fill whole buffer");
                        return Err(broken(&text, if early { io::ErrorKind::UnexpectedEof } else { io::ErrorKind::InvalidData }));
                    }
                },
            }
        }
    }
}

/// UTF-16 as UTF-8, piece by piece. A byte order mark decides which and is removed.
pub struct Wide<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    ready: String,
    given: usize,
    ended: bool,
}

/// Does UTF-16 begin here?
pub fn is_wide(head: &[u8]) -> bool {
    head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || head.iter().take(4).any(|b| *b == 0)
}

impl<R: BufRead> Wide<R> {
    pub fn new(mut inner: R) -> io::Result<Self> {
        let big = match inner.fill_buf()? {
            [0xFF, 0xFE, ..] => false,
            [0xFE, 0xFF, ..] => true,
            head => head.first() == Some(&0),
        };
        let decoder = if big { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE }.new_decoder_with_bom_removal();
        Ok(Self { inner, decoder, ready: String::new(), given: 0, ended: false })
    }
}

impl<R: BufRead> Read for Wide<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(buf.len());
        buf[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Wide<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.given == self.ready.len() && !self.ended {
            self.ready.clear();
            self.given = 0;
            let bytes = self.inner.fill_buf()?;
            self.ended = bytes.is_empty();
            // Enough for what these bytes can become, so that one call takes them all.
            self.ready.reserve(self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 4));
            let (_, read, _) = self.decoder.decode_to_string(bytes, &mut self.ready, self.ended);
            self.inner.consume(read);
        }
        Ok(&self.ready.as_bytes()[self.given..])
    }
    fn consume(&mut self, n: usize) {
        self.given += n;
    }
}
