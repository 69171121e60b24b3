//! Answers that are kept, whole and compressed, so that many readers of one page cost little more than one.
//!
//! As long as the register's file does not change, the same question has the same answer. While it is being added to it changes many times a second: an
//! answer may then be as old as `FRESH`, and no older. Who asks what somebody else is being answered waits for that answer. What is added through this
//! desk is seen at once. What must not live here: what an answer says, and anything that writes to the register.

use crate::Problem;
use crate::ask::Ask;
use crate::guard::fresh::{held, same};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// How the files of a register stand: lengths and times of the database and of its journal.
type Stamp = [Option<(u64, SystemTime)>; 2];

/// So old may an answer be although the register has changed.
pub const FRESH: Duration = Duration::from_secs(2);
/// And so old where it has not: an unnoticed change does not last.
const LAST: Duration = Duration::from_secs(600);
const MOST: usize = 4_096;
/// Bytes of one answer, and of all.
const LONG: usize = 1 << 20;
const ALL: usize = 48 << 20;
/// A longer address is asked by nobody else.
const ADDRESS: usize = 2_048;

struct Answer {
    stamp: Stamp,
    at: Instant,
    headers: HeaderMap,
    bytes: Bytes,
}

impl Answer {
    fn response(&self) -> Response {
        let mut answer = Response::new(Body::from(self.bytes.clone()));
        *answer.headers_mut() = self.headers.clone();
        answer
    }
}

#[derive(Default)]
struct Answers {
    by_question: HashMap<String, Answer>,
    bytes: usize,
    /// How often all were forgotten: what was asked before that is not kept after it.
    age: u64,
}

impl Answers {
    fn put(&mut self, question: String, answer: Answer) {
        if self.by_question.len() >= MOST || self.bytes + answer.bytes.len() > ALL {
            // The older half goes.
            let mut times: Vec<Instant> = self.by_question.values().map(|a| a.at).collect();
            times.sort_unstable();
            let middle = times.get(times.len() / 2).copied();
            self.by_question.retain(|_, a| middle.is_some_and(|m| a.at > m));
            self.bytes = self.by_question.values().map(|a| a.bytes.len()).sum();
        }
        self.bytes += answer.bytes.len();
        if let Some(old) = self.by_question.insert(question, answer) {
            self.bytes -= old.bytes.len();
        }
    }
}

pub struct Kept {
    database: PathBuf,
    journal: PathBuf,
    answers: Mutex<Answers>,
    /// Questions that are being answered, each held by who answers it.
    turns: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

impl Kept {
    pub fn of(register: PathBuf) -> Self {
        let mut journal = register.as_os_str().to_owned();
        journal.push("-wal");
        Self { database: register, journal: journal.into(), answers: Mutex::default(), turns: Mutex::default() }
    }

    fn stamp(&self) -> Stamp {
        [&self.database, &self.journal].map(|p| std::fs::metadata(p).ok().and_then(|m| Some((m.len(), m.modified().ok()?))))
    }

    fn answers(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, question: &str) -> Option<Response> {
        let stamp = self.stamp();
        let answers = self.answers();
        let a = answers.by_question.get(question)?;
        let age = a.at.elapsed();
        (age <= FRESH || age <= LAST && a.stamp == stamp).then(|| a.response())
    }

    fn forget(&self) {
        let mut answers = self.answers();
        *answers = Answers { age: answers.age + 1, ..Answers::default() };
    }

    fn turn(&self, question: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.len() > MOST {
            turns.retain(|_, t| Arc::strong_count(t) > 1);
        }
        Arc::clone(turns.entry(question.to_owned()).or_default())
    }

    fn done(&self, question: &str) {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner).remove(question);
    }

    /// Keeps a good answer, and hands it on.
    async fn keep(&self, question: String, (age, stamp): (u64, Stamp), answer: Response) -> Response {
        if answer.status() != StatusCode::OK {
            return answer;
        }
        let (mut head, body) = answer.into_parts();
        let Ok(bytes) = to_bytes(body, usize::MAX).await else {
            return Problem::internal("the answer broke off").into_response();
        };
        head.headers.remove(header::TRANSFER_ENCODING);
        let mut answers = self.answers();
        if bytes.len() <= LONG && answers.age == age {
            answers.put(question, Answer { stamp, at: Instant::now(), headers: head.headers.clone(), bytes: bytes.clone() });
        }
        drop(answers);
        Response::from_parts(head, Body::from(bytes))
    }
}

/// What makes two requests the same question: the address as it was asked for, and what of the headers an answer depends on.
fn question(request: &Request) -> Option<String> {
    let address = request.uri().path_and_query()?.as_str();
    if request.method() != Method::GET || address.len() > ADDRESS || address.starts_with("/assets/") {
        return None;
    }
    let headers = request.headers();
    let ask = Ask::new("/", "", headers, None);
    let packed = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok()).collect::<Vec<_>>().join(",");
    Some(format!("{} {} {} {packed} {address}", ask.origin, ask.lang.code(), ask.theme.map_or("auto", crate::ask::Theme::name)))
}

/// The answer that is kept, where there is one; else it is made, and kept.
pub async fn kept(State(kept): State<Arc<Kept>>, mut request: Request, next: Next) -> Response {
    let Some(question) = question(&request) else {
        let adds = request.method() == Method::POST && request.uri().path() == "/api/articles";
        let answer = next.run(request).await;
        if adds && answer.status() == StatusCode::OK {
            kept.forget();
        }
        return answer;
    };
    // Whether he has it already is found out here.
    let tags = held(request.headers());
    request.headers_mut().remove(header::IF_NONE_MATCH);
    if let Some(answer) = kept.find(&question) {
        return same(answer, &tags);
    }
    let turn = kept.turn(&question).lock_owned().await;
    if let Some(answer) = kept.find(&question) {
        return same(answer, &tags);
    }
    // It is made to its end although he who asked may go away: others may wait for it.
    let made = tokio::spawn(async move {
        let _turn = turn;
        let asked = (kept.answers().age, kept.stamp());
        let answer = next.run(request).await;
        let answer = kept.keep(question.clone(), asked, answer).await;
        kept.done(&question);
        answer
    });
    match made.await {
        Ok(answer) => same(answer, &tags),
        Err(_) => Problem::internal("the program has a fault: please report the address that led here").into_response(),
    }
}
