//! Articles that another lexicon read: which they are, and what has to be made ready before they are read again.
//!
//! A reading is replaced article by article (`write`), so that a run which is cut off is gone on with by the next: what it had done bears the new lexicon's version. What must not
//! live here: reading of texts.

use crate::document::{Document, block_number};
use crate::prepare::folded_name;
use crate::write::{read_with, set_read_with};
use crate::{Register, Result};
use rusqlite::{Connection, params};
use sijill_resolve::facts::Facts;

impl Register {
    /// The lexicons that read the articles, in the order in which they came.
    pub fn read_with(&self) -> Result<Vec<String>> {
        read_with(&self.db)
    }

    /// Makes ready for reading again: what the lexicon says of actors is put right. With `all`, every article counts as not read. How many articles another lexicon has read.
    pub fn begin_again(&mut self, facts: &Facts, lexicon: &str, all: bool) -> Result<usize> {
        let t = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        if all {
            t.execute("UPDATE article SET made_with = ''", [])?;
        }
        let count = |sql: &str| -> Result<i64> { Ok(t.query_row(sql, [lexicon], |r| r.get(0))?) };
        let left = count("SELECT count(DISTINCT article) FROM article WHERE made_with <> ?1")?;
        if left > 0 {
            relabel(&t, facts)?;
            // Words can not be taken out of search one by one, since it does not hold the texts. Where nothing in it is to stay, it is emptied; else old words stay beside the new,
            // under numbers that lead nowhere.
            if count("SELECT EXISTS (SELECT 1 FROM article WHERE made_with = ?1 AND current = 1)")? == 0 {
                t.execute("INSERT INTO search (search) VALUES ('delete-all')", [])?;
            }
        }
        t.commit()?;
        Ok(left as usize)
    }

    /// All versions of some articles that another lexicon has read, each with its publication date as it was settled; in the order of their keys, after the key `after`.
    pub fn to_reread(&self, lexicon: &str, after: &str, limit: usize) -> Result<Vec<Vec<(Document, Option<String>)>>> {
        let keys: Vec<String> = {
            let mut s = self.db.prepare_cached("SELECT DISTINCT article FROM article WHERE article > ?1 AND made_with <> ?2 ORDER BY article LIMIT ?3")?;
            s.query_map(params![after, lexicon, limit as i64], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
        };
        let mut s = self
            .db
            .prepare_cached("SELECT id, url, outlet, title, given, text, published FROM article JOIN article_text USING (article_id) WHERE article = ?1 ORDER BY version")?;
        let mut out = Vec::with_capacity(keys.len());
        for key in keys {
            let versions =
                s.query_map([&key], |r| Ok((Document { id: r.get(0)?, url: r.get(1)?, outlet: r.get(2)?, title: r.get(3)?, published: r.get(4)?, text: r.get(5)? }, r.get(6)?)))?;
            out.push(versions.collect::<rusqlite::Result<_>>()?);
        }
        Ok(out)
    }

    /// Notes that all is read with this lexicon. Says how many articles are not: those that somebody added meanwhile with another.
    pub fn end_again(&mut self, lexicon: &str) -> Result<usize> {
        let left: i64 = self.db.query_row("SELECT count(DISTINCT article) FROM article WHERE made_with <> ?1", [lexicon], |r| r.get(0))?;
        if left == 0 {
            set_read_with(&self.db, &[lexicon.to_owned()])?;
        }
        Ok(left as usize)
    }
}

/// Names, countries and blocks of actors as the lexicon has them now.
fn relabel(t: &Connection, facts: &Facts) -> Result<()> {
    type Held = (i64, String, Option<String>, Option<String>);
    let held: Vec<Held> = {
        let mut s = t.prepare("SELECT actor_id, actor, label_ar, label_en FROM actor")?;
        s.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?.collect::<rusqlite::Result<_>>()?
    };
    for (id, actor, ar, en) in held {
        let labels = facts.labels.get(&actor);
        for old in [&ar, &en].into_iter().flatten() {
            t.prepare_cached("DELETE FROM actor_name WHERE folded = ?1 AND actor_id = ?2 AND name = ?3 AND articles <= 0")?.execute(params![folded_name(old), id, old])?;
        }
        match labels {
            Some((ar, en)) => {
                let country = actor.strip_prefix("country:").or_else(|| facts.country_of(&actor));
                t.prepare_cached("UPDATE actor SET known = 1, label_ar = ?2, label_en = ?3, country = ?4, block = ?5 WHERE actor_id = ?1")?.execute(params![
                    id,
                    ar,
                    en,
                    country,
                    block_number(&format!("is {actor}"))
                ])?;
                for name in [ar, en] {
                    t.prepare_cached("INSERT OR IGNORE INTO actor_name (folded, actor_id, name, articles) VALUES (?1, ?2, ?3, 0)")?.execute(params![
                        folded_name(name),
                        id,
                        name
                    ])?;
                }
            }
            None if ar.is_some() => {
                t.prepare_cached("UPDATE actor SET known = 0, label_ar = NULL, label_en = NULL WHERE actor_id = ?1")?.execute([id])?;
            }
            None => {}
        }
    }
    Ok(())
}
