//! Cells to Arrow arrays: the few kinds of column that the tables have.
//!
//! What must not live here: what a column means.

use crate::VERSION;
use crate::tables::{Article, Row};
use arrow_array::builder::{BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    /// Days since 1970-01-01.
    Day,
    Texts,
    Integers,
}

impl Kind {
    fn data_type(self) -> DataType {
        let list = |t| DataType::List(Arc::new(Field::new("element", t, true)));
        match self {
            Self::Text => DataType::Utf8,
            Self::Integer => DataType::Int32,
            Self::Number => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Day => DataType::Date32,
            Self::Texts => list(DataType::Utf8),
            Self::Integers => list(DataType::Int32),
        }
    }
}

/// One value of one row.
pub(crate) enum Cell<'a> {
    Null,
    Text(&'a str),
    Owned(String),
    Integer(i32),
    Number(f64),
    Boolean(bool),
    Texts(Vec<&'a str>),
    Integers(Vec<i32>),
}

/// A column: what it is called, what it holds, where the value comes from.
pub(crate) struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub meaning: &'static str,
    pub cell: for<'a> fn(&Article<'a>, &Row<'a>) -> Cell<'a>,
}

enum Builder {
    Text(StringBuilder),
    Integer(Int32Builder),
    Number(Float64Builder),
    Boolean(BooleanBuilder),
    Day(Date32Builder),
    Texts(ListBuilder<StringBuilder>),
    Integers(ListBuilder<Int32Builder>),
}

impl Builder {
    fn new(kind: Kind) -> Self {
        let element = |t| Field::new("element", t, true);
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Integer => Self::Integer(Int32Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Boolean => Self::Boolean(BooleanBuilder::new()),
            Kind::Day => Self::Day(Date32Builder::new()),
            Kind::Texts => Self::Texts(ListBuilder::new(StringBuilder::new()).with_field(element(DataType::Utf8))),
            Kind::Integers => Self::Integers(ListBuilder::new(Int32Builder::new()).with_field(element(DataType::Int32))),
        }
    }

    /// A value of another kind than the column's is null: the tables are made so that there is none, and a test says so.
    fn push(&mut self, cell: Cell) {
        match (self, cell) {
            (Self::Text(b), Cell::Text(s)) => b.append_value(s),
            (Self::Text(b), Cell::Owned(s)) => b.append_value(s),
            (Self::Text(b), _) => b.append_null(),
            (Self::Integer(b), Cell::Integer(n)) => b.append_value(n),
            (Self::Integer(b), _) => b.append_null(),
            (Self::Number(b), Cell::Number(x)) => b.append_value(x),
            (Self::Number(b), _) => b.append_null(),
            (Self::Boolean(b), Cell::Boolean(x)) => b.append_value(x),
            (Self::Boolean(b), _) => b.append_null(),
            (Self::Day(b), Cell::Integer(n)) => b.append_value(n),
            (Self::Day(b), _) => b.append_null(),
            (Self::Texts(b), Cell::Texts(list)) => b.append_value(list.into_iter().map(Some)),
            (Self::Texts(b), _) => b.append_null(),
            (Self::Integers(b), Cell::Integers(list)) => b.append_value(list.into_iter().map(Some)),
            (Self::Integers(b), _) => b.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(b) => Arc::new(b.finish()),
            Self::Integer(b) => Arc::new(b.finish()),
            Self::Number(b) => Arc::new(b.finish()),
            Self::Boolean(b) => Arc::new(b.finish()),
            Self::Day(b) => Arc::new(b.finish()),
            Self::Texts(b) => Arc::new(b.finish()),
            Self::Integers(b) => Arc::new(b.finish()),
        }
    }
}

/// One table under construction.
pub(crate) struct Sheet {
    columns: &'static [Column],
    schema: SchemaRef,
    builders: Vec<Builder>,
}

impl Sheet {
    pub fn new(name: &str, columns: &'static [Column], lexicon: &str) -> Self {
        let field = |c: &Column| Field::new(c.name, c.kind.data_type(), true).with_metadata(HashMap::from([("meaning".to_owned(), c.meaning.to_owned())]));
        let about = [("sijill", VERSION), ("lexicon", lexicon), ("table", name)].map(|(k, v)| (k.to_owned(), v.to_owned()));
        let schema = Arc::new(Schema::new_with_metadata(columns.iter().map(field).collect::<Vec<_>>(), HashMap::from(about)));
        Self { columns, schema, builders: columns.iter().map(|c| Builder::new(c.kind)).collect() }
    }

    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    pub fn push(&mut self, article: &Article, row: &Row) {
        for (c, b) in self.columns.iter().zip(&mut self.builders) {
            b.push((c.cell)(article, row));
        }
    }

    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(self.schema.clone(), self.builders.iter_mut().map(Builder::finish).collect())
    }
}
