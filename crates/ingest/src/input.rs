//! From paths to inputs: which files there are, and of which format each is.
//!
//! What must not live here: reading them, beyond the first bytes.

use crate::place::{Place, Rejected};
use crate::stream;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Enough of a file to tell what it is.
const HEAD: usize = 1024;

/// What a file holds once it is unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article.
    Text,
    /// One page.
    Html,
    /// JSON, an object on each line.
    Lines,
    /// CSV and its like: a head line with the names of the columns.
    Table,
    Parquet,
    Warc,
    /// RSS or Atom.
    Feed,
}

/// An input: a file with its format, standard input, or what is wrong with the path.
#[derive(Debug)]
pub enum Input {
    Stdin,
    File(PathBuf, Format),
    Broken(Rejected),
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
                found.push(broken(path, "expected files with articles in the folder (.txt, .html, .jsonl, .csv, .parquet, .warc, .xml, also .gz and .zst), found none"));
            }
        } else {
            match std::fs::metadata(path) {
                Ok(m) => {
                    bytes += m.len();
                    found.push(Input::File(path.to_owned(), format(path)));
                }
                Err(e) => found.push(broken(path, format!("expected a file or folder, found: {e}"))),
            }
        }
    }
    (found, bytes)
}

fn broken(path: &Path, reason: impl Into<String>) -> Input {
    Input::Broken(Rejected::new(Place::whole(shown(path)), reason))
}

/// A file named by the user: by its extension, else by its first bytes. What cannot be opened is reported when it is read.
fn format(path: &Path) -> Format {
    let head = || -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        stream::open(path, 0, &Default::default())?.take(HEAD as u64).read_to_end(&mut head)?;
        Ok(head)
    };
    let by_name = by_extension(path);
    // A page and a feed may both be called .xml.
    if by_name == Some(Format::Feed) {
        return head().map_or(Format::Feed, |h| if tell(&h) == Format::Html { Format::Html } else { Format::Feed });
    }
    by_name.unwrap_or_else(|| head().map_or(Format::Text, |h| tell(&h)))
}

/// By the extension, below that of the packing.
fn by_extension(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let name = [".gz", ".zst", ".zstd"].iter().find_map(|e| name.strip_suffix(e)).unwrap_or(&name);
    Some(match name.rsplit_once('.')?.1 {
        "txt" => Format::Text,
        "html" | "htm" | "xhtml" => Format::Html,
        "jsonl" | "ndjson" => Format::Lines,
        "csv" | "tsv" => Format::Table,
        "parquet" => Format::Parquet,
        "warc" => Format::Warc,
        "xml" | "rss" | "atom" => Format::Feed,
        _ => return None,
    })
}

/// By the first bytes.
pub fn tell(head: &[u8]) -> Format {
    let start = first(head).unwrap_or(head.len());
    let rest = &head[start..];
    match rest.first() {
        Some(b'{') => Format::Lines,
        Some(b'<') => {
            let ascii: String = head.iter().filter(|b| **b != 0).map(|b| char::from(b.to_ascii_lowercase())).collect();
            if ["<rss", "<feed", "<rdf:rdf"].iter().any(|t| ascii.contains(t)) { Format::Feed } else { Format::Html }
        }
        _ if rest.starts_with(b"WARC/") => Format::Warc,
        _ if rest.starts_with(b"PAR1") => Format::Parquet,
        _ => Format::Text,
    }
}

/// The first byte that is neither white space nor a byte order mark nor half of a UTF-16 unit.
pub fn first(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| !(b.is_ascii_whitespace() || matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)))
}

fn walk(folder: &Path, found: &mut Vec<Input>, bytes: &mut u64) {
    let entries = match std::fs::read_dir(folder) {
        Ok(e) => e,
        Err(e) => return found.push(broken(folder, format!("expected a readable folder, found: {e}"))),
    };
    let mut entries: Vec<_> = entries.flatten().filter(|e| !e.file_name().to_string_lossy().starts_with('.')).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // Links to folders are not followed: they may lead back here.
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            walk(&path, found, bytes);
        } else if path.is_file() && by_extension(&path).is_some() {
            *bytes += entry.metadata().map_or(0, |m| m.len());
            let format = format(&path);
            found.push(Input::File(path, format));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_by_name_below_the_packing() {
        for (name, format) in [
            ("a.TXT", Some(Format::Text)),
            ("a.html.gz", Some(Format::Html)),
            ("a.ndjson.zst", Some(Format::Lines)),
            ("a.tsv", Some(Format::Table)),
            ("a.warc.gz", Some(Format::Warc)),
            ("a.gz", None),
            ("a.md", None),
            ("gz", None),
        ] {
            assert_eq!(by_extension(Path::new(name)), format, "{name}");
        }
    }

    #[test]
    fn told_by_the_first_bytes() {
        let wide: Vec<u8> = "\u{FEFF}{\"a\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (head, format) in [
            (&b"\xEF\xBB\xBF \n{\"a\""[..], Format::Lines),
            (&wide, Format::Lines),
            (b"WARC/1.0\r\n", Format::Warc),
            (b"PAR1", Format::Parquet),
            (b"<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", Format::Feed),
            (b"<?xml version=\"1.0\"?><html>", Format::Html),
            (b" <!doctype html>", Format::Html),
            (b" \n", Format::Text),
            (b"", Format::Text),
        ] {
            assert_eq!(tell(head), format, "{}", String::from_utf8_lossy(head));
        }
    }
}
