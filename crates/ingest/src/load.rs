//! From a job to an article: decoding, parsing, which field is what. Runs on the threads that read.
//!
//! What must not live here: the order of jobs, and anything that looks into what an article says.

use crate::feed::{Job, whole_of};
use crate::html::{self, Page};
use crate::input::Format;
use crate::place::{Place, Rejected};
use crate::syndication::Entry;
use crate::{MAX_ARTICLE, MAX_PAGE, dates, stream, table, warc};
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// An article and what its source says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub id: String,
    /// Does the source itself give the id? Else it is the place where the article stood.
    pub named: bool,
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    /// When somebody fetched it from the web. Where nothing tells when it was published, it was not later than this.
    pub seen: Option<String>,
}

/// The names of the fields or columns, where they are not the usual ones, and what is given for all articles.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// Of all articles that do not name one.
    pub published: Option<String>,
    pub outlet: Option<String>,
    /// Put the title of a line or row before its text.
    pub with_title: bool,
    pub text_field: Option<String>,
    pub id_field: Option<String>,
    pub title_field: Option<String>,
    pub published_field: Option<String>,
    pub outlet_field: Option<String>,
    pub url_field: Option<String>,
}

impl Fields {
    fn text(&self) -> &str {
        self.text_field.as_deref().unwrap_or("text")
    }
    /// The names in the order id, title, published, outlet, url; and whether the user gave them.
    fn others(&self) -> [(&str, bool); 5] {
        [(&self.id_field, "id"), (&self.title_field, "title"), (&self.published_field, "published"), (&self.outlet_field, "outlet"), (&self.url_field, "url")]
            .map(|(given, usual)| (given.as_deref().unwrap_or(usual), given.is_some()))
    }
    /// Tells these fields from others: what was read with other ones is to be read again. Empty for the usual ones.
    pub(crate) fn signature(&self) -> String {
        let given = [&self.published, &self.outlet, &self.text_field, &self.id_field, &self.title_field, &self.published_field, &self.outlet_field, &self.url_field];
        if given.iter().all(|g| g.is_none()) && !self.with_title {
            return String::new();
        }
        format!(" {}", serde_json::json!([given, self.with_title]))
    }
    /// Why columns of these names will not do: the text's is missing, or one that the user named.
    pub(crate) fn missing_in(&self, columns: &[String]) -> Option<String> {
        let named = self.others().into_iter().filter(|(_, given)| *given).map(|(n, _)| n);
        let wanted = std::iter::once(self.text()).chain(named).find(|n| !columns.iter().any(|c| c == n))?;
        Some(format!("expected a column `{wanted}`, found the columns {}", listed(columns)))
    }
    /// All names, the text's first.
    #[cfg(feature = "parquet")]
    pub(crate) fn all(&self) -> Vec<&str> {
        std::iter::once(self.text()).chain(self.others().map(|(n, _)| n)).collect()
    }
}

/// Names for a message: not more than fit in it.
fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let mut shown: Vec<String> = names.iter().take(20).map(|n| format!("`{}`", n.as_ref().chars().take(40).collect::<String>())).collect();
    if names.len() > shown.len() {
        shown.push(format!("and {} more", names.len() - shown.len()));
    }
    shown.join(", ")
}

/// What came of a job.
#[derive(Clone, Debug)]
pub enum Outcome {
    Article(Document),
    Rejected(Rejected),
    /// Nothing is wrong with it, but it is not for us: a page in another language, a picture.
    Skipped(Place, &'static str),
}

/// What came of a job, and warnings that do not keep it from being read.
#[derive(Clone, Debug)]
pub struct Load {
    pub outcome: Outcome,
    pub warnings: Vec<String>,
}

/// Why there is no article.
enum No {
    Rejected(String),
    Skipped(&'static str),
}

impl From<String> for No {
    fn from(reason: String) -> Self {
        Self::Rejected(reason)
    }
}

/// Reads, decodes and parses one article.
pub fn load(job: Job, fields: &Fields) -> Load {
    let place = job.place().clone();
    let mut warnings = Vec::new();
    // A page that makes a library panic must not take the others down with it.
    let done = catch_unwind(AssertUnwindSafe(|| document(job, fields, &mut warnings)));
    let done = done.unwrap_or_else(|_| Err(No::Rejected("expected an article, found a fault in the program: please report it".into())));
    let outcome = match done {
        Ok(mut d) => {
            d.published = d.published.or_else(|| fields.published.clone());
            d.outlet = d.outlet.or_else(|| fields.outlet.clone());
            Outcome::Article(d)
        }
        Err(No::Rejected(reason)) => Outcome::Rejected(Rejected { place, reason }),
        Err(No::Skipped(why)) => Outcome::Skipped(place, why),
    };
    Load { outcome, warnings }
}

fn document(job: Job, fields: &Fields, warnings: &mut Vec<String>) -> Result<Document, No> {
    match job {
        Job::Broken(rejected) => Err(No::Rejected(rejected.reason)),
        Job::File(path, Format::Html, place) => Ok(page(&bytes_of(&path, MAX_PAGE)?, &place, warnings)?),
        Job::File(path, _, place) => Ok(plain(&bytes_of(&path, MAX_ARTICLE)?, &place, warnings)?),
        Job::Text(bytes, place) => Ok(plain(&bytes, &place, warnings)?),
        Job::Html(bytes, place) => Ok(page(&bytes, &place, warnings)?),
        Job::Line(bytes, place) => Ok(object(&bytes, &place, fields, warnings)?),
        Job::Row(bytes, head, place) => {
            let (values, broken) = table::values(&bytes, head.delimiter, head.encoding);
            if broken {
                warnings.push(format!("{place}: expected text in one encoding, found bytes that mean nothing in it: read as U+FFFD"));
            }
            if values.len() < head.names.len() || values.iter().skip(head.names.len()).any(|v| !v.trim().is_empty()) {
                return Err(No::Rejected(format!("expected {} values in the row, found {}", head.names.len(), values.len())));
            }
            Ok(row(head.names.iter().cloned().zip(values.into_iter().map(Some)).collect(), &place, fields)?)
        }
        Job::Values(values, place) => Ok(row(values, &place, fields)?),
        Job::Record(record, place) => of_record(*record, &place, warnings),
        Job::Document(document, _) => Ok(*document),
        Job::Entry(entry, place) => Ok(of_entry(*entry, &place)?),
    }
}

fn bytes_of(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let stream = stream::open(path, 0, &Default::default()).map_err(|e| format!("expected a readable file, found: {}", stream::fault(&e)))?;
    whole_of(stream, most)
}

fn decoded(bytes: &[u8], place: &Place, warnings: &mut Vec<String>) -> String {
    let d = sijill_text::decode(bytes);
    if d.broken {
        warnings.push(format!("{place}: expected {}, found bytes that mean nothing in it: read as U+FFFD", d.encoding));
    }
    d.text
}

fn not_empty(text: &str) -> Result<(), String> {
    if text.trim().is_empty() { Err("expected an article, found an empty text".into()) } else { Ok(()) }
}

fn filled(s: Option<String>) -> Option<String> {
    s.filter(|s| !s.trim().is_empty())
}

fn plain(bytes: &[u8], place: &Place, warnings: &mut Vec<String>) -> Result<Document, String> {
    let text = decoded(bytes, place, warnings);
    not_empty(&text)?;
    Ok(Document { id: place.to_string(), text, ..Document::default() })
}

fn page(bytes: &[u8], place: &Place, warnings: &mut Vec<String>) -> Result<Document, String> {
    let (text, broken) = html::decode(bytes, None);
    if broken {
        warnings.push(format!("{place}: expected a page in one encoding, found bytes that mean nothing in it: read as U+FFFD"));
    }
    Ok(of_page(html::page(&text, None)?, place))
}

fn of_page(p: Page, place: &Place) -> Document {
    Document { id: place.to_string(), named: false, text: p.text, title: p.title, published: p.published, outlet: p.outlet, url: p.url, seen: None }
}

fn of_record(record: warc::Record, place: &Place, warnings: &mut Vec<String>) -> Result<Document, No> {
    let body = match warc::body(&record)? {
        warc::Body::Page(bytes, charset) => (bytes, charset),
        warc::Body::Text(bytes) => {
            let mut d = plain(&bytes, place, warnings)?;
            if !html::is_arabic(&d.text, None) {
                return Err(No::Skipped("not in Arabic"));
            }
            (d.url, d.seen) = (record.url, record.date.as_deref().and_then(dates::iso));
            return Ok(d);
        }
        warc::Body::Other(why) => return Err(No::Skipped(why)),
    };
    let (text, broken) = html::decode(&body.0, body.1.as_deref());
    if !html::may_be_arabic(&text) {
        return Err(No::Skipped("not in Arabic"));
    }
    let found = html::page(&text, record.url.as_deref())?;
    if !html::is_arabic(&found.text, found.lang.as_deref()) {
        return Err(No::Skipped("not in Arabic"));
    }
    if broken {
        warnings.push(format!("{place}: expected a page in one encoding, found bytes that mean nothing in it: read as U+FFFD"));
    }
    let mut d = of_page(found, place);
    d.url = d.url.or(record.url);
    d.seen = record.date.as_deref().and_then(dates::iso);
    Ok(d)
}

pub(crate) fn of_entry(e: Entry, place: &Place) -> Result<Document, String> {
    let title = filled(e.title);
    let mut text = html::text_of(&e.html);
    if let Some(t) = &title
        && !text.starts_with(t.trim())
    {
        text = format!("{}\n\n{text}", t.trim());
    }
    let text = text.trim_end().to_owned();
    not_empty(&text)?;
    let given = e.id.or_else(|| e.link.clone());
    Ok(Document { named: given.is_some(), id: given.unwrap_or_else(|| place.to_string()), text, title, published: e.published, outlet: filled(e.outlet), url: e.link, seen: None })
}

fn object(bytes: &[u8], place: &Place, fields: &Fields, warnings: &mut Vec<String>) -> Result<Document, String> {
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
        Ok(other) => return Err(format!("expected a JSON object, found {}", name(&other))),
        Err(e) => return Err(format!("expected a JSON object, found no JSON: {} at column {}", without_place(&e), e.column())),
    };
    if !object.contains_key(fields.text()) {
        let keys: Vec<&String> = object.keys().collect();
        return Err(format!("expected the text in the field `{}`, found no such field among {}", fields.text(), if keys.is_empty() { "none".into() } else { listed(&keys) }));
    }
    let id_field = fields.others()[0].0;
    build(place, fields, |field| match object.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) => Ok(Some(s)),
        Some(Value::Number(n)) if field == id_field => Ok(Some(n.to_string())),
        Some(other) => Err(format!("expected a string in `{field}`, found {}", name(&other))),
    })
}

/// A row of a table: columns of an empty value say nothing.
fn row(mut values: Vec<(String, Option<String>)>, place: &Place, fields: &Fields) -> Result<Document, String> {
    build(place, fields, |field| Ok(values.iter_mut().find(|(n, _)| n == field).and_then(|(_, v)| filled(v.take()))))
}

/// An article from named values.
fn build(place: &Place, fields: &Fields, mut take: impl FnMut(&str) -> Result<Option<String>, String>) -> Result<Document, String> {
    let text = take(fields.text())?.ok_or_else(|| "expected an article, found an empty text".to_owned())?;
    let [id, title, published, outlet, url] = fields.others().map(|(n, _)| n);
    let given = filled(take(id)?);
    let mut d = Document {
        named: given.is_some(),
        id: given.unwrap_or_else(|| place.to_string()),
        text,
        title: filled(take(title)?),
        published: filled(take(published)?),
        outlet: filled(take(outlet)?),
        url: filled(take(url)?),
        seen: None,
    };
    if fields.with_title
        && let Some(title) = &d.title
        && !d.text.trim_start().starts_with(title.trim())
    {
        d.text = format!("{}\n\n{}", title.trim(), d.text);
    }
    not_empty(&d.text)?;
    Ok(d)
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
    fn missing_columns_are_named_with_those_there_are() {
        let columns = ["id".to_owned(), "body".to_owned()];
        assert_eq!(Fields::default().missing_in(&columns).as_deref(), Some("expected a column `text`, found the columns `id`, `body`"));
        let body = Fields { text_field: Some("body".into()), ..Fields::default() };
        assert_eq!(body.missing_in(&columns), None);
        assert!(Fields { url_field: Some("link".into()), ..body }.missing_in(&columns).is_some_and(|m| m.contains("`link`")));
    }
}
