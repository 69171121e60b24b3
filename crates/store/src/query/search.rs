//! Full text: articles by words, actors and days, the newest first.

use super::{Page, Range, SOURCE, Source, source};
use crate::document::block_number;
use crate::prepare::token;
use crate::{Error, Register, Result};
use rusqlite::{OptionalExtension, params_from_iter, types::Value};
use serde::Serialize;

/// Which articles. The words come as search knows them (`sijill_grammar::Stems`).
#[derive(Clone, Debug, Default)]
pub struct SearchQuery {
    /// Each must occur; the words of one stand next to each other.
    pub phrases: Vec<Vec<String>>,
    /// Ids; each must occur. A state occurs where one of its people does.
    pub actors: Vec<String>,
    pub range: Range,
    pub limit: usize,
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    #[serde(flatten)]
    pub source: Source,
    #[serde(skip)]
    pub text: String,
}

/// What the full-text index is asked, for phrases of which each must occur; none where there are none.
pub(crate) fn words_match(phrases: &[Vec<String>]) -> Option<String> {
    // Letters and digits only: quotation marks can not occur in them, and are doubled all the same.
    let parts: Vec<String> = phrases.iter().filter(|p| !p.is_empty()).map(|p| format!("words : \"{}\"", p.join(" ").replace('"', "\"\""))).collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

impl Register {
    pub fn search(&self, q: &SearchQuery) -> Result<Page<Found>> {
        let mut parts: Vec<String> = words_match(&q.phrases).into_iter().collect();
        // Those whose identity only other articles settle are looked up once more.
        let mut exact: Vec<i64> = Vec::new();
        for a in &q.actors {
            let Some((id, block)): Option<(i64, i64)> =
                self.db.prepare_cached("SELECT actor_id, block FROM actor WHERE actor = ?1")?.query_row([a], |r| Ok((r.get(0)?, r.get(1)?))).optional()?
            else {
                return Ok(Page { items: Vec::new(), next: None });
            };
            parts.push(format!("actors : \"{}\"", token(block)));
            if block != block_number(&format!("is {a}")) {
                exact.push(id);
            }
        }
        if parts.is_empty() {
            return Err(Error::Content("expected a word or an actor to search for, found none".into()));
        }
        let mut sql = "search MATCH ?".to_owned();
        let mut values = vec![Value::Text(parts.join(" AND "))];
        if let Some(from) = q.range.from {
            sql.push_str(" AND rowid >= ?");
            values.push(Value::Integer(from << 24));
        }
        let mut last = q.range.until.map(|u| ((u + 1) << 24) - 1);
        if let Some(after) = &q.after {
            let after = i64::from_str_radix(after, 16).map_err(|_| Error::Content(format!("expected a key as a page before gave it, found {after:?}")))?;
            last = Some(last.map_or(after - 1, |l| l.min(after - 1)));
        }
        if let Some(last) = last {
            sql.push_str(" AND rowid <= ?");
            values.push(Value::Integer(last));
        }
        let mut s = self.db.prepare_cached(&format!("SELECT rowid FROM search WHERE {sql} ORDER BY rowid DESC"))?;
        let mut rows = s.query(params_from_iter(values))?;
        let mut items = Vec::new();
        let mut next = None;
        let mut key = 0;
        while let Some(r) = rows.next()? {
            let search_id: i64 = r.get(0)?;
            let mut s = self
                .db
                .prepare_cached(&format!("SELECT {SOURCE}, t.text, a.article_id FROM article a JOIN article_text t USING (article_id) WHERE a.search_id = ?1 AND a.current = 1"))?;
            let Some((found, id)) = s.query_row([search_id], |r| Ok((Found { source: source(r, 0)?, text: r.get(6)? }, r.get::<_, i64>(7)?))).optional()? else { continue };
            let mut meant = true;
            for actor in &exact {
                meant &= self.db.prepare_cached("SELECT 1 FROM sighting WHERE actor_id = ?1 AND article_id = ?2")?.exists([*actor, id])?;
            }
            if !meant {
                continue;
            }
            if items.len() == q.limit {
                next = Some(format!("{key:x}"));
                break;
            }
            key = search_id;
            items.push(found);
        }
        Ok(Page { items, next })
    }

    /// An article by its key.
    pub fn article(&self, key: &str) -> Result<Option<Found>> {
        let mut s = self.db.prepare_cached(&format!("SELECT {SOURCE}, t.text FROM article a JOIN article_text t USING (article_id) WHERE a.article = ?1 AND a.current = 1"))?;
        Ok(s.query_row([key], |r| Ok(Found { source: source(r, 0)?, text: r.get(6)? })).optional()?)
    }
}
