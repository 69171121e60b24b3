//! Articles that come in by the API: read, put into the register, resolved, before the answer goes out.
//!
//! One at a time writes; a few may wait, the others are told to come back. What is answered to is kept: the answer follows the commit, and a desk
//! that is asked to end finishes what it has begun. What must not live here: who may write (`token`), how the register keeps it (`sijill-store`).

use super::params::span;
use super::shapes::{Additions, Kept, ToAdd, ToRead};
use crate::{Desk, Problem, Result};
use sijill_extract::Article;
use sijill_record::Record;
use sijill_store::{Batch, Document, Register, prepare};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Requests that wait for their turn to write.
const WAITING: usize = 8;
/// Articles of one request.
const MOST: usize = 100;

pub struct Intake {
    /// The register open for writing, once it is needed.
    writer: Mutex<Option<Register>>,
    waiting: Arc<Semaphore>,
}

impl Default for Intake {
    fn default() -> Self {
        Self { writer: Mutex::new(None), waiting: Arc::new(Semaphore::new(WAITING)) }
    }
}

fn fitting(text: &str, published: Option<&str>) -> Result<()> {
    if text.is_empty() {
        return Err(Problem::wrong("text: expected an article, found nothing"));
    }
    span("published", published).map(|_| ())
}

/// The record of a text; nothing is kept.
pub fn read(desk: &Desk, asked: &ToRead) -> Result<Record> {
    fitting(&asked.text, asked.published.as_deref())?;
    let article = Article { id: asked.id.as_deref().unwrap_or(""), text: &asked.text, published: asked.published.as_deref(), outlet: asked.outlet.as_deref() };
    desk.read(&article)
}

impl Intake {
    /// Adds articles; when it answers they are in the register.
    pub async fn add(self: &Arc<Self>, desk: &Arc<Desk>, asked: Additions) -> Result<Kept> {
        if !(1..=MOST).contains(&asked.articles.len()) {
            return Err(Problem::wrong(format!("articles: expected 1 to {MOST}, found {}", asked.articles.len())));
        }
        for a in &asked.articles {
            fitting(&a.text, a.published.as_deref())?;
        }
        let turn = self.waiting.clone().try_acquire_owned().map_err(|_| Problem::unavailable("others are adding articles: expected you to come back in a moment"))?;
        let (intake, desk) = (Arc::clone(self), Arc::clone(desk));
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            intake.keep(&desk, asked.articles)
        });
        done.await.map_err(|_| Problem::internal("the program has a fault in reading one of these articles: please report it"))?
    }

    fn keep(&self, desk: &Desk, articles: Vec<ToAdd>) -> Result<Kept> {
        let lexicon = desk.engine.lexicon();
        let mut worker = desk.engine.worker();
        let mut batch = Batch::default();
        let mut keys = Vec::with_capacity(articles.len());
        for a in articles {
            let document = Document { id: a.id, url: a.url, outlet: a.outlet, title: a.title, published: a.published, text: a.text };
            let key = document.key();
            let name = document.url.as_deref().or(document.id.as_deref()).unwrap_or(&key);
            let record = worker.read(&Article { id: name, text: &document.text, published: document.published.as_deref(), outlet: document.outlet.as_deref() });
            let words = worker.words(document.untold_title());
            batch.articles.push(prepare(document, &record, words, &desk.facts));
            keys.push(key);
        }
        let mut held = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        // Taken out: one that fails is opened anew the next time.
        let mut register = match held.take() {
            Some(r) => r,
            None => Register::create(&desk.settings.register)?,
        };
        let added = register.writer(&desk.facts, &lexicon.version).write(&batch)?;
        register.settle(&desk.facts, &mut |_| {})?;
        *held = Some(register);
        Ok(Kept { new: added.new, changed: added.changed, known: added.known, articles: keys })
    }
}
