//! The whole register in a fixed order, row by row: for exports, which no page could hold.
//!
//! What must not live here: formats of files.

use super::statement::Asserted;
use super::{Name, Names, Range, SOURCE, Where};
use crate::{Register, Result};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;
use sijill_resolve::model::Held;

/// Somebody, as a list of all holds him.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    #[serde(flatten)]
    pub name: Name,
    pub known: bool,
    /// Every spelling that articles use, the most used first.
    pub spellings: Vec<String>,
    pub articles: u32,
    pub events: u32,
    pub statements: u32,
}

/// An actor as one article has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seen {
    #[serde(flatten)]
    pub name: Name,
    pub names: Vec<String>,
    #[serde(skip)]
    pub roles: Vec<Held>,
}

impl Register {
    /// Does something with the register as it stands now, whatever others write meanwhile.
    pub fn steady<T>(&self, work: impl FnOnce() -> T) -> Result<T> {
        let held = self.db.unchecked_transaction()?;
        let done = work();
        held.finish()?;
        Ok(done)
    }

    /// Everybody whom an article names, by id.
    pub fn each_actor<E: From<crate::Error>>(&self, each: &mut dyn FnMut(Listed) -> std::result::Result<(), E>) -> std::result::Result<(), E> {
        let ids: Vec<i64> = self.actor_numbers()?;
        let mut names = Names::default();
        for id in ids {
            each(self.listed(id, &mut names)?)?;
        }
        Ok(())
    }

    fn actor_numbers(&self) -> Result<Vec<i64>> {
        let mut s = self.db.prepare("SELECT actor_id FROM actor a WHERE EXISTS (SELECT 1 FROM sighting s WHERE s.actor_id = a.actor_id) ORDER BY actor")?;
        Ok(s.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Somebody, as a list of all holds him.
    pub fn listed_as(&self, actor: &str) -> Result<Option<Listed>> {
        self.actor_number(actor)?.map(|id| self.listed(id, &mut Names::default())).transpose()
    }

    fn listed(&self, id: i64, names: &mut Names) -> Result<Listed> {
        let count = |sql: &str| -> Result<u32> { Ok(self.db.prepare_cached(sql)?.query_row([id], |r| r.get(0))?) };
        let known = self.db.prepare_cached("SELECT known FROM actor WHERE actor_id = ?1")?.query_row([id], |r| r.get(0))?;
        let mut s = self.db.prepare_cached("SELECT name FROM actor_name WHERE actor_id = ?1 AND articles > 0 ORDER BY articles DESC, name")?;
        let spellings = s.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Listed {
            name: names.of(self, id)?,
            known,
            spellings,
            articles: self.named_in(id)?,
            events: count("SELECT coalesce(sum(events), 0) FROM actor_events WHERE actor_id = ?1")?,
            statements: count("SELECT coalesce(sum(statements), 0) FROM actor_statements WHERE actor_id = ?1")?,
        })
    }

    /// What articles assert of the standing of two parties, in order of publication; of `actors` (two at most) each is one of the two.
    pub fn each_relation<E: From<crate::Error>>(
        &self,
        actors: &[String],
        range: Range,
        each: &mut dyn FnMut(Asserted) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let mut w = Where::default();
        w.and("1", []);
        for a in actors {
            let Some(n) = self.actor_number(a)? else { return Ok(()) };
            w.and("? IN (l.one_id, l.other_id)", [Value::Integer(n)]);
        }
        if let Some(from) = range.from {
            w.and("l.day >= ?", [Value::Integer(from)]);
        }
        if let Some(until) = range.until {
            w.and("l.day <= ?", [Value::Integer(until)]);
        }
        let sql = format!(
            "SELECT {SOURCE}, x.actor_id, y.actor_id, l.level, l.established, substr(t.text, l.start + 1, l.end - l.start), l.start, l.end
             FROM relation l JOIN article a USING (article_id) JOIN article_text t USING (article_id)
             JOIN sighting x ON x.article_id = l.article_id AND x.n = l.a JOIN sighting y ON y.article_id = l.article_id AND y.n = l.b
             WHERE {} ORDER BY l.day, a.article, l.n",
            w.sql
        );
        let mut names = Names::default();
        let mut s = self.db.prepare(&sql).map_err(crate::Error::from)?;
        let mut rows = s.query(params_from_iter(w.values)).map_err(crate::Error::from)?;
        while let Some(r) = rows.next().map_err(crate::Error::from)? {
            each(self.asserted(r, &mut names)?)?;
        }
        Ok(())
    }

    /// Who occurs in an article, in the order of its record.
    pub fn seen_in(&self, article: &str) -> Result<Vec<Seen>> {
        let mut s = self.db.prepare_cached(
            "SELECT s.actor_id, s.names, s.roles FROM sighting s JOIN article a USING (article_id) WHERE a.article = ?1 AND a.current = 1 AND s.actor_id IS NOT NULL ORDER BY s.n",
        )?;
        let mut rows = s.query([article])?;
        let mut names = Names::default();
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            out.push(Seen {
                name: names.of(self, r.get(0)?)?,
                names: serde_json::from_str(r.get_ref(1)?.as_str().unwrap_or("[]"))?,
                roles: crate::write::roles(r.get_ref(2)?.as_str().unwrap_or("[]"))?,
            });
        }
        Ok(out)
    }

    /// With which lexicons the articles were read, and how many with each.
    pub fn lexicons(&self) -> Result<Vec<(String, u32)>> {
        let mut s = self.db.prepare_cached("SELECT lexicon, sum(articles) FROM article_count GROUP BY lexicon HAVING sum(articles) > 0 ORDER BY lexicon")?;
        Ok(s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }
}
