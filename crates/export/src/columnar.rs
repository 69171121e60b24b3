//! Parquet: the tables of our own, typed, with program, lexicon and the data dictionary in the file.
//!
//! In the file's metadata: `sijill`, `lexicon`, and `columns`, a JSON object that holds type, source and meaning of each column; each field carries its meaning, too. Days are days, lists are
//! lists, other dates are EDTF text. What must not live here: columns, which are `table`'s.

use crate::table::{Column, Feed, Kind};
use crate::{Error, Made, Maker, Result};
use arrow_array::builder::{ArrayBuilder, BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows held before they become columns, and rows of a row group: what bounds the memory.
const BATCH: usize = 4_096;
const GROUP: usize = 65_536;

impl From<ParquetError> for Error {
    fn from(e: ParquetError) -> Self {
        Self::Io(io::Error::other(e))
    }
}

/// A column while its rows come in.
enum Cells {
    Text(StringBuilder),
    Day(Date32Builder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    List(ListBuilder<StringBuilder>),
}

impl Cells {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Edtf | Kind::Json => Self::Text(StringBuilder::new()),
            Kind::Day => Self::Day(Date32Builder::new()),
            Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Boolean => Self::Boolean(BooleanBuilder::new()),
            Kind::List => Self::List(ListBuilder::new(StringBuilder::new())),
        }
    }

    /// What is not known, and what does not fit the column's type, is null.
    fn push(&mut self, value: &Value, kind: Kind) {
        match self {
            Self::Text(b) if kind == Kind::Json => b.append_option((!value.is_null()).then(|| value.to_string())),
            Self::Text(b) => b.append_option(value.as_str()),
            Self::Day(b) => b.append_option(value.as_str().and_then(day)),
            Self::Integer(b) => b.append_option(value.as_i64()),
            Self::Number(b) => b.append_option(value.as_f64()),
            Self::Boolean(b) => b.append_option(value.as_bool()),
            Self::List(b) => match value.as_array() {
                Some(items) => {
                    for item in items {
                        b.values().append_option(item.as_str());
                    }
                    b.append(true);
                }
                None => b.append(false),
            },
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(b) => ArrayBuilder::finish(b),
            Self::Day(b) => ArrayBuilder::finish(b),
            Self::Integer(b) => ArrayBuilder::finish(b),
            Self::Number(b) => ArrayBuilder::finish(b),
            Self::Boolean(b) => ArrayBuilder::finish(b),
            Self::List(b) => ArrayBuilder::finish(b),
        }
    }
}

/// Days since 1970.
fn day(iso: &str) -> Option<i32> {
    let date: jiff::civil::Date = iso.parse().ok()?;
    date.since(jiff::civil::date(1970, 1, 1)).ok().map(|s| s.get_days())
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Edtf | Kind::Json => DataType::Utf8,
        Kind::Day => DataType::Date32,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Boolean => DataType::Boolean,
        Kind::List => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
    }
}

pub(crate) fn write<T>(maker: &Maker, out: &mut dyn Write, columns: &[Column<T>], feed: Feed<T>) -> Result<Made> {
    let about = |c: &Column<T>| HashMap::from([("meaning".to_owned(), c.meaning.to_owned())]);
    let schema = Arc::new(Schema::new(columns.iter().map(|c| Field::new(c.name, data_type(c.kind), true).with_metadata(about(c))).collect::<Vec<_>>()));
    let dictionary: Map<String, Value> = columns.iter().map(|c| (c.name.to_owned(), json!({ "type": c.kind.name(), "source": c.source, "meaning": c.meaning }))).collect();
    let said = [("sijill", maker.sijill.clone()), ("lexicon", maker.lexicon.clone()), ("columns", Value::Object(dictionary).to_string())];
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP))
        .set_key_value_metadata(Some(said.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value)).collect()))
        .build();
    // The library asks for more than a plain writer gives; so it fills a buffer, which is emptied as it goes on.
    let mut w = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties))?;
    let mut cells: Vec<Cells> = columns.iter().map(|c| Cells::new(c.kind)).collect();
    let (mut rows, mut held) = (0, 0);
    let mut put = |cells: &mut [Cells], w: &mut ArrowWriter<Vec<u8>>| -> Result<()> {
        let batch = RecordBatch::try_new(schema.clone(), cells.iter_mut().map(Cells::finish).collect()).map_err(io::Error::other)?;
        w.write(&batch)?;
        Ok(out.write_all(&std::mem::take(w.inner_mut()))?)
    };
    feed(&mut |row| {
        for (c, b) in columns.iter().zip(&mut cells) {
            b.push(&(c.cell)(row), c.kind);
        }
        rows += 1;
        held += 1;
        if held == BATCH {
            held = 0;
            put(&mut cells, &mut w)?;
        }
        Ok(())
    })?;
    if held > 0 {
        put(&mut cells, &mut w)?;
    }
    out.write_all(&w.into_inner()?)?;
    Ok(Made { rows, ..Made::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field as Found;

    const COLUMNS: &[Column<Value>] = &[
        Column { name: "text", kind: Kind::Text, meaning: "a", source: "article", cell: |v| v["text"].clone() },
        Column { name: "day", kind: Kind::Day, meaning: "b", source: "article", cell: |v| v["day"].clone() },
        Column { name: "edtf", kind: Kind::Edtf, meaning: "c", source: "article", cell: |v| v["edtf"].clone() },
        Column { name: "whole", kind: Kind::Integer, meaning: "d", source: "article", cell: |v| v["whole"].clone() },
        Column { name: "number", kind: Kind::Number, meaning: "e", source: "article", cell: |v| v["number"].clone() },
        Column { name: "yes", kind: Kind::Boolean, meaning: "f", source: "article", cell: |v| v["yes"].clone() },
        Column { name: "list", kind: Kind::List, meaning: "g", source: "article", cell: |v| v["list"].clone() },
        Column { name: "json", kind: Kind::Json, meaning: "h", source: "article", cell: |v| v["json"].clone() },
    ];

    fn written(rows: &[Value]) -> Vec<u8> {
        let maker = Maker { sijill: "0".into(), lexicon: "l".into() };
        let mut out = Vec::new();
        let made = write(&maker, &mut out, COLUMNS, &mut |each| rows.iter().try_for_each(|r| each(r))).unwrap();
        assert_eq!(made.rows, rows.len());
        out
    }

    #[test]
    fn every_type_reads_back() {
        let full = json!({ "text": "نص", "day": "2024-07-02", "edtf": "2024-07?", "whole": 3, "number": 2.8, "yes": true, "list": ["أ", "ب;ج"], "json": { "a": [1] } });
        let none = json!({ "text": null, "day": null, "edtf": null, "whole": null, "number": null, "yes": null, "list": [], "json": null });
        // More than one batch.
        let rows: Vec<Value> = (0..BATCH + 10).map(|n| if n % 3 == 0 { none.clone() } else { full.clone() }).collect();
        let bytes = written(&rows);
        assert_eq!(bytes, written(&rows));
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let said: HashMap<String, String> =
            reader.metadata().file_metadata().key_value_metadata().unwrap().iter().map(|k| (k.key.clone(), k.value.clone().unwrap_or_default())).collect();
        assert_eq!((said["sijill"].as_str(), said["lexicon"].as_str()), ("0", "l"));
        let dictionary: Value = serde_json::from_str(&said["columns"]).unwrap();
        assert_eq!((&dictionary["edtf"]["type"], &dictionary["list"]["meaning"]), (&Value::from("EDTF date"), &Value::from("g")));
        let mut read = 0;
        for (row, expected) in reader.get_row_iter(None).unwrap().map(|r| r.unwrap()).zip(&rows) {
            read += 1;
            for (name, field) in row.get_column_iter() {
                let found = match field {
                    Found::Null => Value::Null,
                    Found::Str(s) if name == "json" => serde_json::from_str(s).unwrap(),
                    Found::Str(s) => Value::from(s.as_str()),
                    Found::Date(n) => Value::from(if *n == 19_906 { "2024-07-02" } else { "another" }),
                    Found::Long(n) => Value::from(*n),
                    Found::Double(n) => Value::from(*n),
                    Found::Bool(b) => Value::from(*b),
                    Found::ListInternal(l) => l.elements().iter().map(|e| if let Found::Str(s) = e { s.clone() } else { String::new() }).collect::<Vec<_>>().into(),
                    other => panic!("{name}: {other}"),
                };
                assert_eq!(found, expected[name], "{name}");
            }
        }
        assert_eq!(read, rows.len());
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("1969-12-31"), Some(-1));
        assert_eq!(day("2024-07-02"), Some(19_906));
        assert_eq!(day("2024-07"), None);
    }
}
