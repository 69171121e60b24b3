//! Articles as Python has them (strings, mappings, tables, paths) to those of `sijill-ingest`, so that they are read as the command line reads a file.
//!
//! What must not live here: what a field means, which is `sijill-ingest`'s.

use crate::arrow;
use crate::errors::InputError;
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::ArrowArrayStreamReader;
use arrow_array::types::{Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType};
use arrow_array::{Array, RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, SchemaRef, TimeUnit};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyIterator, PyMapping, PyString};
use sijill_ingest::{Chunk, Fields, Job, Part, Place, Rejected, feed_from, inputs};
use sijill_resolve::edtf;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// Articles of one piece of work.
const CHUNK: usize = 64;
/// What stands for the file in the ids and places of articles that name none.
const PLACE: &str = "articles";

/// The usual names of the fields, in the order in which `Names` gives those of the source.
const USUAL: [&str; 6] = ["text", ID, "title", "published", "outlet", "url"];
pub const ID: &str = "id";

/// What the fields are called in the source, in the order of `USUAL`; true: the user said so, and the column must be there.
pub type Names = Vec<(String, bool)>;

pub enum Source {
    Arrow(ArrowArrayStreamReader),
    Items(Py<PyIterator>),
    Paths(Vec<PathBuf>),
}

impl Source {
    pub fn new(kind: &str, given: &Bound<'_, PyAny>) -> PyResult<Self> {
        match kind {
            "arrow" => Ok(Self::Arrow(arrow::import(given)?)),
            "paths" => Ok(Self::Paths(given.extract()?)),
            _ => Ok(Self::Items(given.try_iter()?.unbind())),
        }
    }

    /// Hands over every article, on whatever thread: Python is only entered to take the next ones. An error of Python's is left in `fault`.
    pub fn feed(self, names: &Names, fields: &Fields, fault: &Mutex<Option<PyErr>>, hand: &mut dyn FnMut(Chunk) -> bool) {
        let done = match self {
            Self::Arrow(stream) => tables(stream, names, hand),
            Self::Items(items) => listed(&items, names, hand),
            Self::Paths(paths) => {
                feed_from(inputs(&paths).0, fields, &|_, _| None, hand);
                Ok(())
            }
        };
        if let (Err(e), Ok(mut fault)) = (done, fault.lock()) {
            *fault = Some(e);
        }
    }
}

fn place(n: u64) -> Place {
    Place::new(&Arc::from(PLACE), Part::Item(n))
}

// --- items -----------------------------------------------------------------------------------------------------------------------

fn listed(items: &Py<PyIterator>, names: &Names, hand: &mut dyn FnMut(Chunk) -> bool) -> PyResult<()> {
    let mut n = 0;
    loop {
        let jobs = Python::attach(|py| -> PyResult<Vec<Job>> {
            let mut jobs = Vec::new();
            for item in items.bind(py).clone().take(CHUNK) {
                n += 1;
                jobs.push(job(&item?, n, names));
            }
            Ok(jobs)
        })?;
        let last = jobs.len() < CHUNK;
        if !jobs.is_empty() && !hand(Chunk { jobs, ..Chunk::default() }) || last {
            return Ok(());
        }
    }
}

/// One item: a text, or a mapping of fields. Anything else is rejected in its turn.
fn job(item: &Bound<'_, PyAny>, n: u64, names: &Names) -> Job {
    let values = || -> Result<Vec<(String, Option<String>)>, String> {
        if item.is_instance_of::<PyString>() {
            return Ok(vec![(USUAL[0].to_owned(), text(item, USUAL[0])?)]);
        }
        let Ok(fields) = item.cast::<PyMapping>() else { return Err(format!("expected a string or a mapping, found {}", kind(item))) };
        let mut out = Vec::new();
        for ((name, given), usual) in names.iter().zip(USUAL) {
            match fields.get_item(name) {
                Ok(value) => out.push((usual.to_owned(), text(&value, name)?)),
                Err(_) if *given || usual == USUAL[0] => return Err(format!("expected a field `{name}`, found none of that name")),
                Err(_) => {}
            }
        }
        Ok(out)
    };
    match values() {
        Ok(values) => Job::Values(values, place(n)),
        Err(reason) => Job::Broken(Rejected::new(place(n), reason)),
    }
}

fn kind(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "something else".to_owned(), |n| n.to_string())
}

/// A value as text: a string, a number that serves as an id, a date. Missing values are none.
fn text(value: &Bound<'_, PyAny>, field: &str) -> Result<Option<String>, String> {
    if value.is_none() || value.cast::<PyFloat>().is_ok_and(|f| f.extract::<f64>().is_ok_and(f64::is_nan)) {
        return Ok(None);
    }
    let wrong = || format!("expected a string in `{field}`, found {}", kind(value));
    if value.is_instance_of::<PyString>() {
        return value.extract().map(Some).map_err(|_| format!("expected Unicode in `{field}`, found half a surrogate pair"));
    }
    if value.is_instance_of::<PyInt>() {
        return value.str().and_then(|s| s.extract()).map(Some).map_err(|_| wrong());
    }
    // `datetime.date`, `datetime.datetime`, pandas' `Timestamp`, NumPy's through pandas.
    let date = value.call_method0("isoformat").and_then(|s| s.extract::<String>()).map_err(|_| wrong())?;
    Ok((date != "NaT").then_some(date))
}

// --- tables ----------------------------------------------------------------------------------------------------------------------

fn tables(stream: ArrowArrayStreamReader, names: &Names, hand: &mut dyn FnMut(Chunk) -> bool) -> PyResult<()> {
    let schema = stream.schema();
    let columns: Vec<(usize, &str)> = names
        .iter()
        .zip(USUAL)
        .filter_map(|((name, given), usual)| match schema.index_of(name) {
            Ok(at) => Some(Ok((at, usual))),
            Err(_) if *given || usual == USUAL[0] => Some(Err(missing(&schema, name))),
            Err(_) => None,
        })
        .collect::<PyResult<_>>()?;
    for &(at, _) in &columns {
        let field = schema.field(at);
        if !readable(field.data_type()) {
            return Err(InputError::new_err(format!("column `{}`: expected strings, dates or whole numbers, found {}", field.name(), field.data_type())));
        }
    }
    let mut n = 0;
    for batch in stream {
        let batch = batch.map_err(|e| InputError::new_err(format!("expected an Arrow stream, found: {e}")))?;
        for from in (0..batch.num_rows()).step_by(CHUNK) {
            let rows = from..(from + CHUNK).min(batch.num_rows());
            let row = |row: usize| {
                n += 1;
                Job::Values(columns.iter().map(|&(at, usual)| (usual.to_owned(), cell(batch.column(at), row))).collect(), place(n))
            };
            if !hand(Chunk { jobs: rows.map(row).collect(), ..Chunk::default() }) {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn missing(schema: &SchemaRef, name: &str) -> PyErr {
    let found: Vec<String> = schema.fields().iter().take(20).map(|f| format!("`{}`", f.name())).collect();
    InputError::new_err(format!("expected a column `{name}`, found the columns {}", found.join(", ")))
}

fn readable(t: &DataType) -> bool {
    matches!(t, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Date32 | DataType::Timestamp(..) | DataType::Int32 | DataType::Int64 | DataType::Null)
}

/// A value as text; days as ISO writes them. Kinds of column that are not readable give none.
pub fn cell(column: &dyn Array, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    let day = |ticks: i64, of_a_day: i64| i32::try_from(ticks.div_euclid(of_a_day)).ok().map(edtf::iso);
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(row).to_owned()),
        DataType::LargeUtf8 => Some(column.as_string::<i64>().value(row).to_owned()),
        DataType::Utf8View => Some(column.as_string_view().value(row).to_owned()),
        DataType::Int32 => Some(column.as_primitive::<Int32Type>().value(row).to_string()),
        DataType::Int64 => Some(column.as_primitive::<Int64Type>().value(row).to_string()),
        DataType::Date32 => Some(edtf::iso(column.as_primitive::<arrow_array::types::Date32Type>().value(row))),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => day(column.as_primitive::<TimestampSecondType>().value(row), 86_400),
            TimeUnit::Millisecond => day(column.as_primitive::<TimestampMillisecondType>().value(row), 86_400_000),
            TimeUnit::Microsecond => day(column.as_primitive::<TimestampMicrosecondType>().value(row), 86_400_000_000),
            TimeUnit::Nanosecond => day(column.as_primitive::<TimestampNanosecondType>().value(row), 86_400_000_000_000),
        },
        _ => None,
    }
}

/// A column of a batch by its name.
pub fn column<'b>(batch: &'b RecordBatch, name: &str) -> PyResult<&'b dyn Array> {
    batch.column_by_name(name).map(|c| c.as_ref()).ok_or_else(|| missing(&batch.schema(), name))
}
