//! Rows of Parquet files, the columns that are asked for.
//!
//! By the row interface of the library, which needs nothing of Arrow. What must not live here: which column means what.

use crate::load::Fields;
use crate::stream;
use bytes::Bytes;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A packed file has to be unpacked in memory, since Parquet is read from its end.
const MOST_UNPACKED: usize = 256 << 20;

pub type Values = Vec<(String, Option<String>)>;

pub struct Rows {
    rows: RowIter<'static>,
    count: Arc<AtomicU64>,
    /// Bytes of the file for each row, and rows so far: what a bar shows.
    share: f64,
    behind: u64,
    broken: bool,
}

impl Rows {
    /// The rows of a file with the columns of `fields`, or why there are none.
    pub fn open(path: &Path, fields: &Fields, count: &Arc<AtomicU64>) -> Result<Self, String> {
        let unreadable = |e: std::io::Error| format!("expected a readable file, found: {}", stream::fault(&e));
        let mut file = File::open(path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        let mut magic = [0; 4];
        let plain = file.read_exact(&mut magic).is_ok() && &magic == b"PAR1";
        let guarded = catch_unwind(AssertUnwindSafe(|| -> Result<Self, String> {
            let faulty = |e| format!("expected a Parquet file, found: {e}");
            let reader: Box<dyn FileReader> = if plain {
                Box::new(SerializedFileReader::new(file).map_err(faulty)?)
            } else {
                let unpacked = stream::open(path, 0, &Default::default()).map_err(unreadable)?;
                let bytes = crate::feed::whole_of(unpacked, MOST_UNPACKED)?;
                Box::new(SerializedFileReader::new(Bytes::from(bytes)).map_err(faulty)?)
            };
            let meta = reader.metadata().file_metadata();
            let schema = meta.schema();
            let names: Vec<String> = schema.get_fields().iter().map(|f| f.name().to_owned()).collect();
            if let Some(reason) = fields.missing_in(&names) {
                return Err(reason);
            }
            let wanted = fields.all();
            let columns = schema.get_fields().iter().filter(|f| wanted.contains(&f.name())).cloned().collect();
            let projection = Type::group_type_builder(schema.name()).with_fields(columns).build().map_err(faulty)?;
            let share = size as f64 / meta.num_rows().max(1) as f64;
            let rows = RowIter::from_file_into(reader).project(Some(projection)).map_err(faulty)?;
            Ok(Self { rows, count: count.clone(), share, behind: 0, broken: false })
        }));
        guarded.unwrap_or_else(|_| Err("expected a Parquet file, found one that the library cannot bear".into()))
    }

    pub fn skip(&mut self, rows: u64) {
        for _ in 0..rows {
            if self.next().is_none() {
                return;
            }
        }
    }

    pub fn next(&mut self) -> Option<Result<Values, String>> {
        if self.broken {
            return None;
        }
        let rows = &mut self.rows;
        let row = match catch_unwind(AssertUnwindSafe(|| rows.next())) {
            Ok(row) => row?,
            Err(_) => {
                self.broken = true;
                return Some(Err("expected a row, found bytes that the library cannot bear; the rest of the file is lost".into()));
            }
        };
        let bytes = |n: u64| (n as f64 * self.share) as u64;
        self.count.fetch_add(bytes(self.behind + 1) - bytes(self.behind), Ordering::Relaxed);
        self.behind += 1;
        Some(match row {
            Ok(row) => Ok(row.get_column_iter().map(|(name, value)| (name.clone(), text(value))).collect()),
            Err(e) => {
                self.broken = true;
                Err(format!("expected a row, found: {e}; the rest of the file is lost"))
            }
        })
    }
}

/// A value as text; none for what has no plain form.
fn text(value: &Field) -> Option<String> {
    let at = |ns: i128| jiff::Timestamp::from_nanosecond(ns).ok().map(|t| t.to_string());
    match value {
        Field::Str(s) => Some(s.clone()),
        Field::Bytes(b) => Some(sijill_text::decode(b.data()).text),
        Field::Date(days) => at(i128::from(*days) * 86_400_000_000_000).map(|t| t[..10].to_owned()),
        Field::TimestampMillis(t) => at(i128::from(*t) * 1_000_000),
        Field::TimestampMicros(t) => at(i128::from(*t) * 1_000),
        Field::Byte(n) => Some(n.to_string()),
        Field::Short(n) => Some(n.to_string()),
        Field::Int(n) => Some(n.to_string()),
        Field::Long(n) => Some(n.to_string()),
        Field::UByte(n) => Some(n.to_string()),
        Field::UShort(n) => Some(n.to_string()),
        Field::UInt(n) => Some(n.to_string()),
        Field::ULong(n) => Some(n.to_string()),
        _ => None,
    }
}
