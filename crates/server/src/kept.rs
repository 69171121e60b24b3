//! Answers that are kept: as long as the register's file does not change, the same question has the same answer.
//!
//! What is being added to changes many times a second; an answer may then be a second old, so that many readers of one page cost no more than one.
//! What must not live here: what an answer says, and anything that writes to the register.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// How the files of a register stand: lengths and times of the database and of its journal.
pub type Stamp = [Option<(u64, SystemTime)>; 2];

pub fn stamp(register: &Path) -> Stamp {
    let mut journal = register.as_os_str().to_owned();
    journal.push("-wal");
    [register.to_owned(), PathBuf::from(journal)].map(|p| std::fs::metadata(p).ok().and_then(|m| Some((m.len(), m.modified().ok()?))))
}

struct Answer {
    stamp: Stamp,
    at: Instant,
    headers: HeaderMap,
    bytes: Bytes,
}

#[derive(Default)]
pub struct Kept {
    answers: Mutex<HashMap<String, Answer>>,
}

/// So old may an answer be although the register has changed.
const FRESH: Duration = Duration::from_secs(1);
/// And so old where it has not: an unnoticed change does not last.
const LAST: Duration = Duration::from_secs(600);
const MOST: usize = 400;
/// Bytes of one answer, and of all.
const LONG: usize = 1 << 20;
const ALL: usize = 48 << 20;

impl Kept {
    fn answers(&self) -> MutexGuard<'_, HashMap<String, Answer>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, key: &str, stamp: &Stamp) -> Option<Response> {
        let answers = self.answers();
        let a = answers.get(key)?;
        let age = a.at.elapsed();
        if age > FRESH && (a.stamp != *stamp || age > LAST) {
            return None;
        }
        let mut answer = Response::new(Body::from(a.bytes.clone()));
        *answer.headers_mut() = a.headers.clone();
        Some(answer)
    }

    /// Keeps a good answer, and hands it on.
    pub async fn keep(&self, key: String, stamp: Stamp, answer: Response) -> Response {
        if answer.status() != StatusCode::OK {
            return answer;
        }
        let (head, body) = answer.into_parts();
        let Ok(bytes) = to_bytes(body, usize::MAX).await else {
            let mut broken = Response::new(Body::empty());
            *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return broken;
        };
        if bytes.len() <= LONG {
            let mut answers = self.answers();
            if answers.len() >= MOST || answers.values().map(|a| a.bytes.len()).sum::<usize>() + bytes.len() > ALL {
                answers.retain(|_, a| a.stamp == stamp);
                if answers.len() >= MOST / 2 {
                    answers.clear();
                }
            }
            answers.insert(key, Answer { stamp, at: Instant::now(), headers: head.headers.clone(), bytes: bytes.clone() });
        }
        Response::from_parts(head, Body::from(bytes))
    }
}
