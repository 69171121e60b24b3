//! Actors: whom a name means, and what the register holds of somebody.

use super::{Name, Names};
use crate::prepare::folded_name;
use crate::{Register, Result};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use sijill_record::lists;
use std::collections::BTreeMap;

/// Somebody, with what the register holds of him.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Portrait {
    #[serde(flatten)]
    pub name: Name,
    pub known: bool,
    /// Spellings with the number of articles that use them.
    pub spellings: Vec<(String, u32)>,
    /// Offices that articles give: title, of whom, number of articles, first and last day. Of the latest articles only, where there are very many.
    pub offices: Vec<Office>,
    pub articles: u32,
    pub events: BTreeMap<String, u32>,
    pub statements: BTreeMap<String, u32>,
    /// Who takes part with him most often, of the latest events.
    pub with: Vec<(Name, u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Office {
    pub title: String,
    pub of: Option<String>,
    pub articles: u32,
    pub first: Option<String>,
    pub last: Option<String>,
}

/// Rows looked at for offices and company: a state may have hundreds of thousands.
const LOOK: i64 = 1_500;

impl Register {
    pub fn name_of(&self, actor: &str) -> Result<Option<Name>> {
        self.actor_number(actor)?.map(|n| Names::default().of(self, n)).transpose()
    }

    /// Everybody who bears exactly this name by any article, with the number of its articles; the most used first.
    pub fn bearers(&self, name: &str) -> Result<Vec<(Name, u32)>> {
        let mut s = self.db.prepare_cached("SELECT actor_id, sum(articles) FROM actor_name WHERE folded = ?1 GROUP BY actor_id ORDER BY 2 DESC, actor_id")?;
        let rows: Vec<(i64, u32)> = s.query_map([folded_name(name)], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut names = Names::default();
        let mut out = rows.into_iter().map(|(a, n)| Ok((names.of(self, a)?, n))).collect::<Result<Vec<_>>>()?;
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
        Ok(out)
    }

    /// Everybody with a name that begins like this one; for suggestions.
    pub fn beginning(&self, name: &str, limit: usize) -> Result<Vec<Name>> {
        let folded = folded_name(name);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        let mut s = self.db.prepare_cached(
            "SELECT actor_id FROM (SELECT actor_id, articles FROM actor_name WHERE folded >= ?1 AND folded < ?2 LIMIT 2000) GROUP BY actor_id ORDER BY sum(articles) DESC, actor_id LIMIT ?3",
        )?;
        let ids: Vec<i64> = s.query_map(params![folded, format!("{folded}\u{10FFFF}"), limit as i64], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut names = Names::default();
        ids.into_iter().map(|a| names.of(self, a)).collect()
    }

    /// Actors that were resolved in the block of this name.
    pub fn in_block(&self, block: i64) -> Result<Vec<Name>> {
        let mut s = self.db.prepare_cached("SELECT actor_id FROM actor WHERE block = ?1 ORDER BY actor LIMIT 20")?;
        let ids: Vec<i64> = s.query_map([block], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut names = Names::default();
        ids.into_iter().map(|a| names.of(self, a)).collect()
    }

    pub fn portrait(&self, actor: &str) -> Result<Option<Portrait>> {
        let Some(id) = self.actor_number(actor)? else { return Ok(None) };
        let mut names = Names::default();
        let name = names.of(self, id)?;
        let known = self.db.prepare_cached("SELECT known FROM actor WHERE actor_id = ?1")?.query_row([id], |r| r.get(0))?;
        let spellings = {
            let mut s = self.db.prepare_cached("SELECT name, articles FROM actor_name WHERE actor_id = ?1 AND articles > 0 ORDER BY articles DESC, name LIMIT 40")?;
            s.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?
        };
        let articles = self.named_in(id)?;
        let group = |sql: &str, list: &[&str]| -> Result<BTreeMap<String, u32>> {
            let mut tally = BTreeMap::new();
            let mut s = self.db.prepare_cached(sql)?;
            let mut rows = s.query([id])?;
            while let Some(r) = rows.next()? {
                let name = usize::try_from(r.get::<_, i64>(0)?).ok().and_then(|n| list.get(n)).copied().unwrap_or("other");
                *tally.entry(name.to_owned()).or_default() += r.get::<_, u32>(1)?;
            }
            Ok(tally)
        };
        let events = group("SELECT kind, sum(events) FROM actor_events WHERE actor_id = ?1 GROUP BY kind HAVING sum(events) > 0", &lists::KINDS)?;
        let statements = group("SELECT force, statements FROM actor_statements WHERE actor_id = ?1 AND statements > 0", &lists::FORCES)?;
        let offices = if name.kind == "person" { self.offices(id)? } else { Vec::new() };
        Ok(Some(Portrait { name, known, spellings, offices, articles, events, statements, with: self.company(id, &mut names)? }))
    }

    /// How many articles name somebody.
    pub(super) fn named_in(&self, id: i64) -> Result<u32> {
        Ok(self.db.prepare_cached("SELECT articles FROM actor_articles WHERE actor_id = ?1")?.query_row([id], |r| r.get(0)).optional()?.unwrap_or(0))
    }

    fn offices(&self, id: i64) -> Result<Vec<Office>> {
        let mut s = self.db.prepare_cached(
            "SELECT s.roles, a.published FROM (SELECT article_id, n FROM sighting WHERE actor_id = ?1 ORDER BY article_id DESC LIMIT ?2) i
             JOIN sighting s USING (article_id, n) JOIN article a USING (article_id) WHERE s.roles <> '[]'",
        )?;
        let mut rows = s.query([id, LOOK])?;
        let mut found: BTreeMap<(String, Option<String>), Office> = BTreeMap::new();
        while let Some(r) = rows.next()? {
            let published: Option<String> = r.get(1)?;
            for role in crate::write::roles(r.get_ref(0)?.as_str().unwrap_or("[]"))? {
                let o = found.entry((role.title.clone(), role.of.clone())).or_insert_with(|| Office {
                    title: role.title.clone(),
                    of: role.of.clone(),
                    articles: 0,
                    first: None,
                    last: None,
                });
                o.articles += 1;
                if let Some(p) = &published {
                    if o.first.as_ref().is_none_or(|f| p < f) {
                        o.first = Some(p.clone());
                    }
                    if o.last.as_ref().is_none_or(|l| p > l) {
                        o.last = Some(p.clone());
                    }
                }
            }
        }
        let mut out: Vec<Office> = found.into_values().collect();
        out.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| (&a.title, &a.of).cmp(&(&b.title, &b.of))));
        out.truncate(12);
        Ok(out)
    }

    fn company(&self, id: i64, names: &mut Names) -> Result<Vec<(Name, u32)>> {
        let mut s = self.db.prepare_cached(
            "SELECT p.actor_id, count(*) FROM (SELECT event_id FROM event_index WHERE actor_id = ?1 AND side = 0 ORDER BY day DESC, address DESC LIMIT ?2) e
             JOIN participant p USING (event_id) WHERE p.actor_id <> ?1 GROUP BY p.actor_id ORDER BY 2 DESC, p.actor_id LIMIT 60",
        )?;
        let rows: Vec<(i64, u32)> = s.query_map([id, LOOK], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut out = rows.into_iter().map(|(a, n)| Ok((names.of(self, a)?, n))).collect::<Result<Vec<_>>>()?;
        out.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
        out.truncate(12);
        Ok(out)
    }
}
