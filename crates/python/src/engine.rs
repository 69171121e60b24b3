//! Reading from Python: one article, or very many on all cores.
//!
//! What must not live here: threads and order (`sijill_app::pipeline`), columns (`sijill-columns`).

use crate::arrow::Table;
use crate::errors::{Error, InputError, fault, raise};
use crate::source::{ID, Names, Source};
use crate::spread;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use pyo3::prelude::*;
use sijill_app::{pipeline, read, score, sources};
use sijill_columns::{About, Tables};
use sijill_extract::{Article, Worker};
use sijill_ingest::{Chunk, Document, Fields, Job, Outcome, load};
use sijill_resolve::facts::Facts;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Between two looks at Python: for the bar, and for whoever wants to stop.
const LOOK: Duration = Duration::from_millis(100);

/// The engine with one lexicon. Immutable, for all threads.
#[pyclass(frozen, module = "sijill._native")]
pub struct Engine {
    pub engine: Arc<sijill_extract::Engine>,
    facts: OnceLock<Arc<Facts>>,
    /// Has it entries of the user's?
    pub own: bool,
}

impl Engine {
    /// What resolution has to know of the world: made when first asked for.
    pub fn facts(&self) -> &Arc<Facts> {
        self.facts.get_or_init(|| Arc::new(Facts::new(self.engine.lexicon())))
    }
}

/// What came of some articles: rows, and how many articles were read and rejected.
struct Output {
    batches: Vec<RecordBatch>,
    done: usize,
    rejected: usize,
}

/// The memory of one thread.
struct State<'e> {
    worker: Worker<'e>,
    sheets: Sheets,
}

/// What is written down of the articles.
enum Sheets {
    /// The tables of `sijill-columns`.
    Tables(Tables),
    /// A row an article, for a cluster.
    Records(spread::Records),
}

impl Sheets {
    fn new(form: &str, engine: &sijill_extract::Engine, texts: bool) -> Self {
        match form {
            "records" => Self::Records(spread::Records::new(&engine.lexicon().version, texts)),
            _ => Self::Tables(Tables::new(&engine.lexicon().version)),
        }
    }
    fn schemas(&self) -> Vec<(String, SchemaRef)> {
        match self {
            Self::Tables(t) => sijill_columns::TABLES.iter().map(|t| (*t).to_owned()).zip(t.schemas()).collect(),
            Self::Records(r) => vec![("records".to_owned(), r.schema())],
        }
    }
    fn push(&mut self, article: &Document, record: &sijill_record::Record) {
        match self {
            Self::Tables(t) => {
                let about = About { text: Some(&article.text), outlet: article.outlet.as_deref(), title: article.title.as_deref(), url: article.url.as_deref() };
                t.push(record, &about);
            }
            Self::Records(r) => r.push(article, record),
        }
    }
    fn reject(&mut self, id: &str, reason: &str) {
        match self {
            Self::Tables(t) => t.reject(id, reason),
            Self::Records(r) => r.reject(id, reason),
        }
    }
    /// Columns of one table have one length: an error can not be.
    fn take(&mut self) -> Vec<RecordBatch> {
        match self {
            Self::Tables(t) => t.take().unwrap_or_default(),
            Self::Records(r) => r.take().into_iter().collect(),
        }
    }
}

/// What an article is called that can not be read: by the id that it brings, else by its place.
fn called(job: &Job) -> String {
    let given = match job {
        Job::Values(values, _) => values.iter().find(|(name, _)| name == ID).and_then(|(_, value)| value.clone()),
        _ => None,
    };
    given.filter(|id| !id.is_empty()).unwrap_or_else(|| job.place().to_string())
}

fn chunk_of<'e>(engine: &'e sijill_extract::Engine, state: &mut State<'e>, chunk: Chunk, fields: &Fields) -> Output {
    let (mut done, mut rejected) = (0, 0);
    for job in chunk.jobs {
        done += 1;
        let place = called(&job);
        let mut reject = |sheets: &mut Sheets, id: &str, reason: &str| {
            rejected += 1;
            sheets.reject(id, reason);
        };
        match load(job, fields).outcome {
            Outcome::Article(article) => match read::safely(engine, &mut state.worker, &article) {
                Ok(record) => state.sheets.push(&article, &record),
                Err(reason) => reject(&mut state.sheets, &article.id, &reason),
            },
            Outcome::Rejected(r) => reject(&mut state.sheets, &place, &r.reason),
            Outcome::Skipped(_, why) => reject(&mut state.sheets, &place, why),
        }
    }
    Output { batches: state.sheets.take(), done, rejected }
}

#[pymethods]
impl Engine {
    /// The built-in lexicon, or one with the entries of these folders added.
    #[new]
    fn new(py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<Self> {
        let engine = py.detach(|| sources::engine(&paths)).map_err(raise)?;
        Ok(Self { engine: Arc::new(engine), facts: OnceLock::new(), own: !paths.is_empty() })
    }

    /// The version of the lexicon: a hash of all its sources.
    #[getter]
    fn version(&self) -> &str {
        &self.engine.lexicon().version
    }

    /// Arabic and English label of a value of a closed list.
    fn label(&self, group: &str, id: &str) -> Option<(&str, &str)> {
        self.engine.lexicon().codes.label(group, id)
    }

    /// One article to its record, JSON.
    fn read(&self, py: Python<'_>, text: &str, published: Option<&str>, id: &str, outlet: Option<&str>) -> PyResult<String> {
        if text.trim().is_empty() {
            return Err(InputError::new_err("text: expected an article, found an empty text"));
        }
        if let Some(p) = published.filter(|p| sijill_resolve::edtf::days(p).is_none()) {
            return Err(InputError::new_err(format!("published: expected a date such as 2024-03-05, found {p:?}")));
        }
        let article = Article { id, text, published, outlet };
        let record = py.detach(|| pipeline::guarded(|| self.engine.worker().read(&article)));
        let record = record.ok_or_else(|| Error::new_err("expected a record, found a fault in the program: please report it with this article"))?;
        serde_json::to_string(&record).map_err(fault)
    }

    /// Very many articles to tables. `step` hears how many are read and how many of them were rejected; what it raises ends the work.
    #[allow(clippy::needless_pass_by_value)]
    fn read_many(
        &self,
        py: Python<'_>,
        kind: &str,
        given: &Bound<'_, PyAny>,
        names: Names,
        with_title: bool,
        threads: usize,
        form: &str,
        texts: bool,
        step: Option<Py<PyAny>>,
    ) -> PyResult<Vec<Table>> {
        let source = Source::new(kind, given)?;
        let fields = fields(kind, &names, with_title);
        let stopped: Mutex<Option<PyErr>> = Mutex::new(None);
        let engine = &*self.engine;
        let sheets = Sheets::new(form, engine, texts);
        let schemas = sheets.schemas();
        let mut all: Vec<Vec<RecordBatch>> = vec![Vec::new(); schemas.len()];
        let (mut done, mut rejected, mut looked) = (0, 0, Instant::now());
        let ended = py.detach(|| {
            let mut sink = |o: Output| {
                for (list, b) in all.iter_mut().zip(o.batches) {
                    if b.num_rows() > 0 {
                        list.push(b);
                    }
                }
                done += o.done;
                rejected += o.rejected;
                if looked.elapsed() >= LOOK {
                    looked = Instant::now();
                    look(&stopped, step.as_ref(), done, rejected)?;
                }
                Ok(())
            };
            pipeline::run(
                threads.max(1),
                |hand| source.feed(&names, &fields, &stopped, hand),
                || State { worker: engine.worker(), sheets: Sheets::new(form, engine, texts) },
                |state, chunk| chunk_of(engine, state, chunk, &fields),
                &mut sink,
            )
        });
        ended_well(&stopped)?;
        ended.map_err(|e| raise(e.into()))?;
        if let Some(step) = &step {
            step.call1(py, (done, rejected))?;
        }
        Ok(schemas.into_iter().zip(all).map(|((name, schema), batches)| Table { name, schema, batches }).collect())
    }

    /// One step of resolution on a cluster: a table in, a table out (see `spread`).
    fn spread(&self, py: Python<'_>, step: &str, given: &Bound<'_, PyAny>) -> PyResult<Table> {
        let stream = crate::arrow::import(given)?;
        py.detach(|| spread::step(self, step, stream))
    }
}

/// Lets Python have a look: at the bar, and whether somebody wants to stop.
pub fn look(stopped: &Mutex<Option<PyErr>>, step: Option<&Py<PyAny>>, done: usize, rejected: usize) -> io::Result<()> {
    let told = Python::attach(|py| {
        py.check_signals()?;
        step.map_or(Ok(()), |s| s.call1(py, (done, rejected)).map(|_| ()))
    });
    told.map_err(|e| {
        if let Ok(mut stopped) = stopped.lock() {
            *stopped = Some(e);
        }
        io::Error::other("stopped from Python")
    })
}

/// What Python raised on the way, if it did.
pub fn ended_well(stopped: &Mutex<Option<PyErr>>) -> PyResult<()> {
    stopped.lock().ok().and_then(|mut s| s.take()).map_or(Ok(()), Err)
}

/// The fields for `sijill-ingest`: values of Python come under their usual names, files have the names that the user gives.
pub fn fields(kind: &str, names: &Names, with_title: bool) -> Fields {
    let given = |n: usize| if kind == "paths" { names.get(n).filter(|n| n.1).map(|n| n.0.clone()) } else { None };
    Fields {
        with_title,
        text_field: given(0),
        id_field: given(1),
        title_field: given(2),
        published_field: given(3),
        outlet_field: given(4),
        url_field: given(5),
        ..Fields::default()
    }
}

/// Figures of records against gold, JSON: as `sijill eval` has them.
#[pyfunction]
pub fn evaluate(py: Python<'_>, engine: &Engine, gold: PathBuf, texts: PathBuf, pred: Option<PathBuf>, meta: Option<PathBuf>) -> PyResult<String> {
    py.detach(|| {
        let cases = score::cases(&gold, &texts)?;
        let preds = match &pred {
            Some(path) => score::given(path)?,
            None => score::made(&engine.engine, &cases, meta.as_deref().map_or_else(|| score::dates(&texts), score::meta)?),
        };
        let scored = score::scored(cases, &preds);
        let tally = |t: &sijill_eval::Tally| serde_json::json!({"gold": t.gold, "given": t.pred, "right": t.found, "precision": t.precision(), "recall": t.recall(), "f1": t.f1()});
        let figures: serde_json::Map<String, serde_json::Value> = scored.all.tallies().iter().map(|(n, t)| ((*n).to_owned(), tally(t))).collect();
        let shares: serde_json::Map<String, serde_json::Value> =
            scored.all.shares().iter().map(|(n, s)| ((*n).to_owned(), serde_json::json!({"right": s.right, "all": s.all, "share": s.value()}))).collect();
        let each: Vec<serde_json::Value> = scored
            .each
            .iter()
            .map(|(id, f, misses)| serde_json::json!({"id": id, "record": f.record(), "misses": misses.iter().map(|m| [m.what, m.detail.as_str()]).collect::<Vec<_>>()}))
            .collect();
        Ok(serde_json::json!({"record": scored.all.record(), "figures": figures, "shares": shares, "articles": each.len(), "missing": scored.missing, "each": each}).to_string())
    })
    .map_err(raise)
}
