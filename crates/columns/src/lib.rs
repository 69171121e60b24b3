//! Records as Arrow tables: one row for each article, entity, mention, role, time, statement, event, participant, relation, warning.
//!
//! Pure: records in, batches out. The columns of each table, with their meaning, stand in `tables`, how a row becomes cells in `cells`. Every
//! schema says which engine and which lexicon made it (metadata `sijill`, `lexicon`, `table`), every field what it means (`meaning`).
//! What must not live here: files, Parquet, Python, anything of a register of many articles (`sijill-export` has those columns).

#![forbid(unsafe_code)]

mod cells;
mod tables;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use cells::Sheet;
use sijill_record::Record;
use tables::{Article, Row};

/// The tables, in the order in which they are given.
pub const TABLES: [&str; 12] = ["articles", "entities", "mentions", "roles", "times", "statements", "events", "participants", "relations", "warnings", "boilerplate", "rejected"];

/// The version of this program, as it stands in every schema.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What a source says of an article, beside its record.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The article's text: quotations are cut out of it. Without it they are null.
    pub text: Option<&'a str>,
    pub outlet: Option<&'a str>,
    pub title: Option<&'a str>,
    pub url: Option<&'a str>,
}

/// Tables under construction.
pub struct Tables {
    sheets: Vec<Sheet>,
    /// Number of the one that is wanted, where not all are.
    only: Option<usize>,
}

impl Tables {
    /// Empty tables. `lexicon` is the version of the lexicon with which the records are made.
    pub fn new(lexicon: &str) -> Self {
        Self { sheets: TABLES.iter().zip(tables::columns()).map(|(name, columns)| Sheet::new(name, columns, lexicon)).collect(), only: None }
    }

    /// Tables of which only one gets rows; the others stay empty. A name that is none of [`TABLES`] leaves all of them empty.
    pub fn only(lexicon: &str, name: &str) -> Self {
        Self { only: Some(TABLES.iter().position(|t| *t == name).unwrap_or(usize::MAX)), ..Self::new(lexicon) }
    }

    /// The schema of each table, in the order of [`TABLES`].
    pub fn schemas(&self) -> Vec<SchemaRef> {
        self.sheets.iter().map(Sheet::schema).collect()
    }

    /// Adds the rows of one record.
    pub fn push(&mut self, record: &Record, about: &About) {
        let article = Article::new(record, about);
        let only = self.only;
        let mut row = |table: usize, row: Row| {
            if only.is_none_or(|o| o == table) {
                self.sheets[table].push(&article, &row);
            }
        };
        row(0, Row::Article);
        for e in &record.entities {
            row(1, Row::Entity(e));
            for m in &e.mentions {
                row(2, Row::Mention(e, m));
            }
            for r in &e.roles {
                row(3, Row::Role(e, r));
            }
        }
        for t in &record.times {
            row(4, Row::Time(t));
        }
        for s in &record.statements {
            row(5, Row::Statement(s));
        }
        for e in &record.events {
            row(6, Row::Event(e));
            for p in &e.participants {
                row(7, Row::Participant(e, p));
            }
        }
        for r in &record.relations {
            row(8, Row::Relation(r));
        }
        for w in &record.warnings {
            row(9, Row::Warning(w));
        }
        for b in &record.boilerplate {
            row(10, Row::Boilerplate(b));
        }
    }

    /// Adds an article that could not be read: its id, and why.
    pub fn reject(&mut self, id: &str, reason: &str) {
        if self.only.is_some_and(|o| o != 11) {
            return;
        }
        let record = Record { id: id.to_owned(), ..Record::default() };
        self.sheets[11].push(&Article::new(&record, &About::default()), &Row::Rejected(reason));
    }

    /// What was gathered, one batch a table in the order of [`TABLES`]; the tables are empty again.
    pub fn take(&mut self) -> Result<Vec<RecordBatch>, ArrowError> {
        self.sheets.iter_mut().map(Sheet::take).collect()
    }
}
