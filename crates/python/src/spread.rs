//! Resolution in pieces, for a cluster: each step takes a table and gives one, and is one of `sijill-resolve`'s functions of whole blocks, or what goes before
//! one. Between the steps the cluster brings the rows of a block together. What a register does step by step in its file is the same.
//!
//! | step | takes | gives |
//! | --- | --- | --- |
//! | `windows` | records | each article once for each window of days in which it may be a reprint |
//! | `twins` | whole windows | articles that are one text: the article, and the least of its group |
//! | `sightings` | records | actors as articles have them, with the block that decides who they are, or who they are |
//! | `identities` | whole blocks of sightings | who they are |
//! | `reports` | records with the identities of their actors and their group of reprints | reports of events, with their block |
//! | `events` | whole blocks of reports | events |
//! | `table NAME` | records | a table of `sijill-columns` |
//!
//! What must not live here: decisions, and how a cluster is asked.

use crate::arrow::Table;
use crate::engine::Engine;
use crate::errors::{InputError, fault};
use crate::source::{cell, column};
use arrow_array::builder::{BinaryBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_array::types::Int64Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use serde::de::DeserializeOwned;
use sijill_columns::{About, TABLES, Tables, VERSION};
use sijill_ingest::Document;
use sijill_record::Record;
use sijill_resolve::model::{Event, Identity, Report, Sighting, Source};
use sijill_resolve::reprints::{self, Print, Signature};
use sijill_resolve::{actors, edtf, events, from_record};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

// --- rows ------------------------------------------------------------------------------------------------------------------------

enum Values {
    Text(StringBuilder),
    Whole(Int64Builder),
    Number(Float64Builder),
    Bytes(BinaryBuilder),
    Texts(ListBuilder<StringBuilder>),
}

/// A table under construction. Rows are given value by value, in the order of the columns.
struct Rows {
    schema: SchemaRef,
    columns: Vec<Values>,
    next: usize,
}

impl Rows {
    fn new(name: &str, lexicon: &str, columns: &[(&str, DataType)]) -> Self {
        let about = [("sijill", VERSION), ("lexicon", lexicon), ("table", name)].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let fields: Vec<Field> = columns.iter().map(|(n, t)| Field::new(*n, t.clone(), true)).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, HashMap::from(about)));
        let values = |t: &DataType| match t {
            DataType::Int64 => Values::Whole(Int64Builder::new()),
            DataType::Float64 => Values::Number(Float64Builder::new()),
            DataType::Binary => Values::Bytes(BinaryBuilder::new()),
            DataType::List(f) => Values::Texts(ListBuilder::new(StringBuilder::new()).with_field(f.clone())),
            _ => Values::Text(StringBuilder::new()),
        };
        Self { columns: columns.iter().map(|(_, t)| values(t)).collect(), schema, next: 0 }
    }

    fn next(&mut self) -> &mut Values {
        let at = self.next;
        self.next = (at + 1) % self.columns.len();
        &mut self.columns[at]
    }
    /// A value of another kind than the column's is null; the tests read every column.
    fn text(&mut self, v: Option<impl AsRef<str>>) -> &mut Self {
        if let Values::Text(b) = self.next() {
            b.append_option(v);
        }
        self
    }
    fn whole(&mut self, v: Option<i64>) -> &mut Self {
        if let Values::Whole(b) = self.next() {
            b.append_option(v);
        }
        self
    }
    fn number(&mut self, v: Option<f64>) -> &mut Self {
        if let Values::Number(b) = self.next() {
            b.append_option(v);
        }
        self
    }
    fn bytes(&mut self, v: Option<&[u8]>) -> &mut Self {
        if let Values::Bytes(b) = self.next() {
            b.append_option(v);
        }
        self
    }
    fn texts<S: AsRef<str>>(&mut self, v: impl IntoIterator<Item = Option<S>>) -> &mut Self {
        if let Values::Texts(b) = self.next() {
            b.append_value(v);
        }
        self
    }

    fn take(&mut self) -> Result<RecordBatch, arrow_schema::ArrowError> {
        let arrays = self.columns.iter_mut().map(|c| -> ArrayRef {
            match c {
                Values::Text(b) => Arc::new(b.finish()),
                Values::Whole(b) => Arc::new(b.finish()),
                Values::Number(b) => Arc::new(b.finish()),
                Values::Bytes(b) => Arc::new(b.finish()),
                Values::Texts(b) => Arc::new(b.finish()),
            }
        });
        RecordBatch::try_new(self.schema.clone(), arrays.collect())
    }
}

fn list() -> DataType {
    DataType::List(Arc::new(Field::new("element", DataType::Utf8, true)))
}

// --- records ---------------------------------------------------------------------------------------------------------------------

/// A row an article: what its source says of it, its record as JSON, its signature for the search for reprints; or why there is none.
pub struct Records {
    rows: Rows,
    lexicon: String,
    texts: bool,
}

impl Records {
    pub fn new(lexicon: &str, texts: bool) -> Self {
        let text = || DataType::Utf8;
        let columns = [
            ("article", text()),
            ("version", text()),
            ("id", text()),
            ("url", text()),
            ("outlet", text()),
            ("title", text()),
            ("published", text()),
            ("month", text()),
            ("text", text()),
            ("record", text()),
            ("shingles", DataType::Int64),
            ("hashes", DataType::Binary),
            ("rejected", text()),
            ("sijill", text()),
            ("lexicon", text()),
        ];
        Self { rows: Rows::new("records", lexicon, &columns), lexicon: lexicon.to_owned(), texts }
    }

    pub fn schema(&self) -> SchemaRef {
        self.rows.schema.clone()
    }

    pub fn push(&mut self, article: &Document, record: &Record) {
        let document = sijill_app::add::document(article);
        let key = document.key();
        // A place among the articles is no name where they are spread over many machines.
        let id = if article.named { article.id.as_str() } else { key.as_str() };
        let renamed = (record.id != id).then(|| Record { id: id.to_owned(), ..record.clone() });
        let json = match serde_json::to_string(renamed.as_ref().unwrap_or(record)) {
            Ok(json) => json,
            Err(e) => return self.reject(&article.id, &format!("expected a record that JSON can hold, found: {e}")),
        };
        let signature = reprints::signature(&article.text);
        let hashes: Vec<u8> = signature.values.iter().flat_map(|v| v.to_le_bytes()).collect();
        let published = record.published.as_deref();
        let month = published.and_then(edtf::days).and_then(|d| d.from).map(|d| edtf::iso(d).chars().take(7).collect::<String>());
        self.rows
            .text(Some(&key))
            .text(Some(document.version()))
            .text(Some(id))
            .text(article.url.as_deref())
            .text(article.outlet.as_deref())
            .text(article.title.as_deref())
            .text(published)
            .text(month)
            .text(Some(&article.text).filter(|_| self.texts))
            .text(Some(json))
            .whole(Some(signature.shingles.into()))
            .bytes(Some(&hashes))
            .text(None::<&str>)
            .text(Some(VERSION))
            .text(Some(&self.lexicon));
    }

    pub fn reject(&mut self, id: &str, reason: &str) {
        let none = None::<&str>;
        let rows = self.rows.text(none).text(none).text(Some(id)).text(none).text(none).text(none).text(none).text(none).text(none).text(none);
        rows.whole(None).bytes(None).text(Some(reason)).text(Some(VERSION)).text(Some(&self.lexicon));
    }

    /// Columns of one table have one length: an error can not be.
    pub fn take(&mut self) -> Option<RecordBatch> {
        self.rows.take().ok()
    }
}

// --- steps -----------------------------------------------------------------------------------------------------------------------

/// A row of a batch, by the names of its columns.
struct In<'b> {
    batch: &'b RecordBatch,
    row: usize,
}

impl In<'_> {
    fn text(&self, name: &str) -> PyResult<Option<String>> {
        Ok(cell(column(self.batch, name)?, self.row))
    }
    fn some(&self, name: &str) -> PyResult<String> {
        self.text(name)?.ok_or_else(|| InputError::new_err(format!("column `{name}`: expected a value, found none")))
    }
    fn json<T: DeserializeOwned>(&self, name: &str) -> PyResult<T> {
        serde_json::from_str(&self.some(name)?).map_err(|e| InputError::new_err(format!("column `{name}`: expected what an earlier step wrote, found: {e}")))
    }
    fn print(&self) -> PyResult<Print> {
        let column = column(self.batch, "hashes")?;
        let bytes: &[u8] = match column.data_type() {
            DataType::Binary => column.as_binary::<i32>().value(self.row),
            DataType::LargeBinary => column.as_binary::<i64>().value(self.row),
            other => return Err(InputError::new_err(format!("column `hashes`: expected bytes, found {other}"))),
        };
        let values = bytes.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        let shingles = self.some("shingles")?.parse().unwrap_or(0);
        Ok(Print { article: self.some("article")?, published: self.text("published")?, signature: Signature { shingles, values } })
    }
    fn source(&self) -> PyResult<Source> {
        let article = self.some("article")?;
        let wire = if self.batch.column_by_name("wire").is_some() { self.text("wire")? } else { None };
        Ok(Source { article, outlet: self.text("outlet")?, wire })
    }
}

fn each(batches: &[RecordBatch], mut row: impl FnMut(&In) -> PyResult<()>) -> PyResult<()> {
    for batch in batches {
        for n in 0..batch.num_rows() {
            row(&In { batch, row: n })?;
        }
    }
    Ok(())
}

/// Records only: rows of rejected articles have none.
fn records(batches: &[RecordBatch], mut row: impl FnMut(&In, Record) -> PyResult<()>) -> PyResult<()> {
    each(batches, |i| match i.text("record")? {
        Some(_) => row(i, i.json("record")?),
        None => Ok(()),
    })
}

pub fn step(engine: &Engine, name: &str, stream: ArrowArrayStreamReader) -> PyResult<Table> {
    let batches: Vec<RecordBatch> = stream.collect::<Result<_, _>>().map_err(|e| InputError::new_err(format!("expected an Arrow stream, found: {e}")))?;
    let lexicon = &engine.engine.lexicon().version;
    if let Some(table) = name.strip_prefix("table ") {
        return columns(lexicon, table, &batches);
    }
    let text = || DataType::Utf8;
    let rows = |columns: &[(&str, DataType)]| Rows::new(name, lexicon, columns);
    let mut out = match name {
        "windows" => {
            let mut out = rows(&[("window", DataType::Int64), ("article", text()), ("published", text()), ("shingles", DataType::Int64), ("hashes", DataType::Binary)]);
            records(&batches, |i, _| {
                let print = i.print()?;
                let hashes: Vec<u8> = print.signature.values.iter().flat_map(|v| v.to_le_bytes()).collect();
                let [one, other] = reprints::windows(print.published.as_deref());
                for window in [Some(one), Some(other).filter(|o| *o != one)].into_iter().flatten() {
                    out.whole(Some(window)).text(Some(&print.article)).text(print.published.as_deref()).whole(Some(print.signature.shingles.into())).bytes(Some(&hashes));
                }
                Ok(())
            })?;
            out
        }
        "twins" => {
            let mut out = rows(&[("article", text()), ("with", text())]);
            let mut windows: BTreeMap<i64, Vec<Print>> = BTreeMap::new();
            each(&batches, |i| {
                let window = column(i.batch, "window")?.as_primitive_opt::<Int64Type>().map(|c| c.value(i.row)).unwrap_or_default();
                windows.entry(window).or_default().push(i.print()?);
                Ok(())
            })?;
            for prints in windows.values() {
                for (article, with) in reprints::groups(prints).into_iter().filter(|(a, w)| a != w) {
                    out.text(Some(article)).text(Some(with));
                }
            }
            out
        }
        "sightings" => {
            let mut out = rows(&["block", "article", "entity", "actor", "rule", "sighting"].map(|n| (n, text())));
            records(&batches, |i, record| {
                for s in from_record::sightings(&record, &i.source()?, engine.facts()) {
                    let block = actors::block_of(&s, engine.facts());
                    // Where no other sighting is needed to say who it is, it is said here, and nothing has to travel.
                    let identity = (!block.starts_with("name ")).then(|| actors::resolve(std::slice::from_ref(&s), engine.facts()).pop()).flatten();
                    let json = if identity.is_none() { Some(serde_json::to_string(&s).map_err(fault)?) } else { None };
                    let (actor, rule) = identity.map_or((None, None), |i| (Some(i.actor), Some(i.rule)));
                    out.text(Some(block)).text(Some(&s.article)).text(Some(&s.entity)).text(actor).text(rule).text(json);
                }
                Ok(())
            })?;
            out
        }
        "identities" => {
            let mut out = rows(&["article", "entity", "actor", "rule"].map(|n| (n, text())));
            let mut sightings: Vec<Sighting> = Vec::new();
            each(&batches, |i| {
                sightings.push(i.json("sighting")?);
                Ok(())
            })?;
            for i in actors::resolve(&sightings, engine.facts()) {
                out.text(Some(i.article)).text(Some(i.entity)).text(Some(i.actor)).text(Some(i.rule));
            }
            out
        }
        "reports" => {
            let mut out = rows(&["block", "article", "report"].map(|n| (n, text())));
            records(&batches, |i, record| {
                let source = i.source()?;
                let named: Vec<(String, String)> = match i.text("identities")? {
                    Some(_) => i.json::<Vec<(String, String)>>("identities")?,
                    None => Vec::new(),
                };
                let identities: Vec<Identity> = named.into_iter().map(|(entity, actor)| Identity { article: source.article.clone(), entity, actor, rule: String::new() }).collect();
                for r in from_record::reports(&record, &source, &identities, engine.facts()) {
                    out.text(Some(events::block_of(&r))).text(Some(&r.article)).text(Some(serde_json::to_string(&r).map_err(fault)?));
                }
                Ok(())
            })?;
            out
        }
        "events" => {
            let mut reports: Vec<Report> = Vec::new();
            each(&batches, |i| {
                reports.push(i.json("report")?);
                Ok(())
            })?;
            happenings(rows(EVENTS.map(|(n, t)| (n, t())).as_slice()), &reports)?
        }
        other => return Err(InputError::new_err(format!("expected a step of resolution, found {other:?}"))),
    };
    let batch = out.take().map_err(fault)?;
    Ok(Table { name: name.to_owned(), schema: out.schema.clone(), batches: vec![batch] })
}

const EVENTS: [(&str, fn() -> DataType); 26] = {
    const fn text() -> DataType {
        DataType::Utf8
    }
    const fn whole() -> DataType {
        DataType::Int64
    }
    const fn number() -> DataType {
        DataType::Float64
    }
    [
        ("event", text),
        ("block", text),
        ("kind", text),
        ("status", text),
        ("date", text),
        ("day", text),
        ("month", text),
        ("place", text),
        ("place_country", text),
        ("actors", list),
        ("roles", list),
        ("countries", list),
        ("attributes", text),
        ("life", text),
        ("differing", text),
        ("reports", list),
        ("articles", whole),
        ("independent", whole),
        ("plover", text),
        ("mode", text),
        ("quad", whole),
        ("cameo", text),
        ("goldstein", number),
        ("first_published", text),
        ("sijill", text),
        ("lexicon", text),
    ]
};

fn happenings(mut out: Rows, reports: &[Report]) -> PyResult<Rows> {
    let by_key: HashMap<String, &Report> = reports.iter().map(|r| (r.key(), r)).collect();
    let lexicon = out.schema.metadata().get("lexicon").cloned().unwrap_or_default();
    for e in events::resolve(reports) {
        let mine: Vec<&Report> = e.reports.iter().filter_map(|k| by_key.get(k).copied()).collect();
        let block = mine.first().map(|r| events::block_of(r));
        let published = mine.iter().filter_map(|r| r.published.as_deref()).min();
        let first = |date: Option<&str>| date.and_then(edtf::days).and_then(|d| d.from.or(d.until));
        // Where it stands in a list: its first day, else that of the first article that tells of it.
        let day = first(e.date.as_deref()).or_else(|| mine.iter().filter_map(|r| first(r.published.as_deref())).min()).map(edtf::iso);
        let articles: std::collections::BTreeSet<&str> = mine.iter().map(|r| r.article.as_str()).collect();
        let Event { code, .. } = &e;
        out.text(Some(&e.id)).text(block).text(Some(&e.kind)).text(Some(&e.status)).text(e.date.as_deref());
        out.text(day.as_deref()).text(day.as_deref().and_then(|d| d.get(..7))).text(e.place.as_deref()).text(e.place_country.as_deref());
        out.texts(e.parties.iter().map(|p| Some(&p.actor))).texts(e.parties.iter().map(|p| Some(&p.role))).texts(e.parties.iter().map(|p| p.country.as_ref()));
        out.text(Some(serde_json::to_string(&e.attributes).map_err(fault)?)).text(Some(serde_json::to_string(&e.life).map_err(fault)?));
        out.text(Some(serde_json::to_string(&e.differing).map_err(fault)?)).texts(e.reports.iter().map(Some));
        out.whole(Some(articles.len() as i64)).whole(Some(e.independent.into()));
        out.text(code.plover.as_deref()).text(code.mode.as_deref()).whole(code.quad.map(i64::from)).text(code.cameo.as_deref());
        out.number(code.goldstein.and_then(|g| g.to_string().parse().ok())).text(published).text(Some(VERSION)).text(Some(&lexicon));
    }
    Ok(out)
}

/// A table of `sijill-columns`, made of records.
fn columns(lexicon: &str, table: &str, batches: &[RecordBatch]) -> PyResult<Table> {
    let at = TABLES.iter().position(|t| *t == table).ok_or_else(|| InputError::new_err(format!("table: expected one of {}, found {table:?}", TABLES.join(", "))))?;
    let mut tables = Tables::only(lexicon, table);
    each(batches, |i| {
        if i.text("record")?.is_none() {
            tables.reject(&i.text("id")?.unwrap_or_default(), &i.text("rejected")?.unwrap_or_default());
            return Ok(());
        }
        let record: Record = i.json("record")?;
        let (text, outlet, title, url) = (i.text("text")?, i.text("outlet")?, i.text("title")?, i.text("url")?);
        tables.push(&record, &About { text: text.as_deref(), outlet: outlet.as_deref(), title: title.as_deref(), url: url.as_deref() });
        Ok(())
    })?;
    let schema = tables.schemas().swap_remove(at);
    let batch = tables.take().map_err(fault)?.swap_remove(at);
    Ok(Table { name: table.to_owned(), schema, batches: vec![batch] })
}
