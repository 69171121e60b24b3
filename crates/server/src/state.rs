//! What all requests share: the engine, its tables, and registers that are open for reading.
//!
//! A register is a file that others may write meanwhile; each answer reads it as it stands at one moment. What must not live here: anything that
//! a request changes.

use crate::guard::Access;
use crate::words::{Lang, Words};
use crate::{Problem, Result};
use sijill_extract::explain::Index;
use sijill_extract::{Article, Engine};
use sijill_lexicon::Sources;
use sijill_record::Record;
use sijill_resolve::facts::Facts;
use sijill_store::Register;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// What the one who starts the desk decides.
#[derive(Clone, Debug)]
pub struct Settings {
    pub register: PathBuf,
    /// What a reader sees as its name: never a path.
    pub name: String,
    pub access: Access,
}

pub struct Desk {
    pub engine: Engine,
    pub facts: Facts,
    /// Where an entry stands in the lexicon's files.
    pub index: Index,
    pub settings: Settings,
    idle: Mutex<Vec<Register>>,
    /// How many answers are worked on at a time; the others wait.
    permits: Arc<Semaphore>,
}

/// Answers at a time for each core: they hardly wait for anything but each other.
const EACH_CORE: usize = 4;

impl Desk {
    /// Opens the register once, so that a file that is none is refused at the start.
    pub fn new(engine: Engine, sources: &Sources, settings: Settings) -> sijill_store::Result<Self> {
        let first = Register::open(&settings.register)?;
        let facts = Facts::new(engine.lexicon());
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { engine, facts, index: Index::new(sources), settings, idle: Mutex::new(vec![first]), permits: Arc::new(Semaphore::new(cores * EACH_CORE)) })
    }

    pub fn words(&self, lang: Lang) -> Words<'_> {
        Words { codes: &self.engine.lexicon().codes, lang }
    }

    /// Does some work with a register, on a thread where waiting for the disk holds nobody up.
    pub async fn work<T: Send + 'static>(self: &Arc<Self>, work: impl FnOnce(&Self, &Register) -> Result<T> + Send + 'static) -> Result<T> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| Problem::unavailable("the desk is closing"))?;
        let desk = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            desk.with(|r| work(&desk, r))
        });
        done.await.map_err(|_| Problem::internal("the program has a fault: please report the address that led here"))?
    }

    /// Reads an article. What breaks the reader is the article's misfortune, not that of others.
    pub fn read(&self, article: &Article) -> Result<Record> {
        let read = std::panic::AssertUnwindSafe(|| self.engine.worker().read(article));
        std::panic::catch_unwind(read).map_err(|_| Problem::internal("the program has a fault: please report it with this article"))
    }

    /// Does some work with a register on this thread. The register is read as it stands at the beginning.
    pub fn with<T>(&self, work: impl FnOnce(&Register) -> Result<T>) -> Result<T> {
        let held = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let register = match held {
            Some(r) => r,
            None => Register::open(&self.settings.register)?,
        };
        let done = register.steady(|| work(&register))?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(register);
        done
    }
}
