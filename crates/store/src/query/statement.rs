//! Statements: who said what of whom; and what articles assert of the standing of two parties.

use super::{Name, Names, Page, Range, SOURCE, Source, Where, key, key_of, source};
use crate::write::number_of;
use crate::{Register, Result};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use serde::Serialize;
use sijill_record::lists;

/// Which statements. Of `speakers` each must speak, of `about` each must be addressed or mentioned; a state speaks where one of its people does.
#[derive(Clone, Debug, Default)]
pub struct StatementQuery {
    pub speakers: Vec<String>,
    pub about: Vec<String>,
    pub forces: Vec<String>,
    pub range: Range,
    /// It must stand in an article of this outlet.
    pub outlet: Option<String>,
    pub limit: usize,
    pub after: Option<String>,
    pub newest: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Said {
    #[serde(flatten)]
    pub source: Source,
    pub n: String,
    pub force: String,
    pub speakers: Vec<Name>,
    pub targets: Vec<Name>,
    pub date: Option<String>,
    pub cue: String,
    pub quote: String,
    pub start: u32,
    pub end: u32,
    pub direct: bool,
    pub plover: Option<String>,
    pub cameo: Option<String>,
}

/// What an article asserts of two parties.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Asserted {
    #[serde(flatten)]
    pub source: Source,
    pub one: Name,
    pub other: Name,
    pub level: Option<String>,
    pub established: Option<String>,
    pub quote: String,
    pub start: u32,
    pub end: u32,
}

/// Does the statement of this table's row stand in an article of the outlet?
fn of_outlet(w: &mut Where, table: &str, outlet: Option<&str>) {
    if let Some(o) = outlet {
        let sql = format!("EXISTS (SELECT 1 FROM statement s JOIN article a USING (article_id) WHERE s.statement_id = {table}.statement_id AND a.outlet = ?)");
        w.and(&sql, [Value::Text(o.to_owned())]);
    }
}

impl Register {
    pub fn statements(&self, q: &StatementQuery) -> Result<Page<Said>> {
        let mut keys: Vec<(i64, i64)> = Vec::new();
        for (side, list) in [(0, &q.speakers), (1, &q.about)] {
            for a in list {
                match self.actor_number(a)? {
                    Some(n) => keys.push((n, side)),
                    None => return Ok(Page { items: Vec::new(), next: None }),
                }
            }
        }
        let order = if q.newest { "DESC" } else { "ASC" };
        let after = key(q.after.as_deref())?;
        let mut w = Where::default();
        let sql = if keys.is_empty() {
            if let Some(until) = q.range.until {
                w.and("day <= ?", [Value::Integer(until)]);
            }
            if let Some(from) = q.range.from {
                w.and("day >= ?", [Value::Integer(from)]);
            }
            w.one_of("force", q.forces.iter().cloned());
            of_outlet(&mut w, "statement", q.outlet.as_deref());
            w.after("day", "tie", after, q.newest);
            let all = if w.sql.is_empty() { "1" } else { &w.sql };
            format!("SELECT day, tie, statement_id FROM statement INDEXED BY statement_day WHERE {all} ORDER BY day {order}, tie {order} LIMIT ?")
        } else {
            let keys = self.shortest_first("statement_index", &keys)?;
            let (n, side) = keys[0];
            w.and("i.actor_id = ? AND i.side = ?", [Value::Integer(n), Value::Integer(side)]);
            if let Some(until) = q.range.until {
                w.and("i.day <= ?", [Value::Integer(until)]);
            }
            if let Some(from) = q.range.from {
                w.and("i.day >= ?", [Value::Integer(from)]);
            }
            w.one_of("i.force", q.forces.iter().map(|f| number_of(&lists::FORCES, f)));
            for (n, side) in &keys[1..] {
                w.and(
                    "EXISTS (SELECT 1 FROM statement_index j WHERE j.actor_id = ? AND j.side = ? AND j.day = i.day AND j.tie = i.tie)",
                    [Value::Integer(*n), Value::Integer(*side)],
                );
            }
            of_outlet(&mut w, "i", q.outlet.as_deref());
            w.after("i.day", "i.tie", after, q.newest);
            format!("SELECT i.day, i.tie, i.statement_id FROM statement_index i WHERE {} ORDER BY i.day {order}, i.tie {order} LIMIT ?", w.sql)
        };
        w.values.push(Value::Integer(q.limit as i64 + 1));
        let rows: Vec<(i64, i64, i64)> = {
            let mut s = self.db.prepare_cached(&sql)?;
            s.query_map(params_from_iter(w.values), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?
        };
        let more = rows.len() > q.limit;
        let rows = &rows[..rows.len().min(q.limit)];
        let mut names = Names::default();
        let items = rows.iter().map(|r| self.said("s.statement_id = ?1", r.2, &mut names).map(|l| l.into_iter().next())).collect::<Result<Vec<_>>>()?;
        Ok(Page { items: items.into_iter().flatten().collect(), next: rows.last().filter(|_| more).map(|r| key_of(r.0, r.1)) })
    }

    /// What is said in one article.
    pub fn statements_in(&self, article: &str) -> Result<Vec<Said>> {
        use rusqlite::OptionalExtension;
        let id: Option<i64> = self.db.prepare_cached("SELECT article_id FROM article WHERE article = ?1 AND current = 1")?.query_row([article], |r| r.get(0)).optional()?;
        id.map_or(Ok(Vec::new()), |id| self.said("s.article_id = ?1", id, &mut Names::default()))
    }

    fn said(&self, condition: &str, value: i64, names: &mut Names) -> Result<Vec<Said>> {
        let mut s = self.db.prepare_cached(&format!(
            "SELECT {SOURCE}, s.n, s.force, s.speakers, s.targets, s.date, substr(t.text, s.cue_start + 1, s.cue_end - s.cue_start), substr(t.text, s.start + 1, s.end - s.start),
             s.start, s.end, s.direct, s.plover, s.cameo, s.article_id
             FROM statement s JOIN article a USING (article_id) JOIN article_text t USING (article_id) WHERE {condition} ORDER BY s.statement_id"
        ))?;
        let mut rows = s.query([value])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let article: i64 = r.get(18)?;
            let mut list = |at: usize| -> Result<Vec<Name>> {
                let numbers: Vec<i64> = serde_json::from_str(r.get_ref(at)?.as_str().unwrap_or("[]"))?;
                let mut found = Vec::new();
                for n in numbers {
                    let actor: Option<i64> = self.db.prepare_cached("SELECT actor_id FROM sighting WHERE article_id = ?1 AND n = ?2")?.query_row([article, n], |r| r.get(0))?;
                    if let Some(a) = actor {
                        found.push(names.of(self, a)?);
                    }
                }
                Ok(found)
            };
            out.push(Said {
                source: source(r, 0)?,
                n: r.get(6)?,
                force: r.get(7)?,
                speakers: list(8)?,
                targets: list(9)?,
                date: r.get(10)?,
                cue: r.get(11)?,
                quote: r.get(12)?,
                start: r.get(13)?,
                end: r.get(14)?,
                direct: r.get(15)?,
                plover: r.get(16)?,
                cameo: r.get(17)?,
            });
        }
        Ok(out)
    }

    /// What articles assert of the standing of two parties, in order of publication; with one actor, of his with anybody.
    pub fn relations(&self, one: &str, other: Option<&str>, range: Range, limit: usize) -> Result<Vec<Asserted>> {
        let Some(a) = self.actor_number(one)? else { return Ok(Vec::new()) };
        let mut w = Where::default();
        match other.map(|o| self.actor_number(o)).transpose()? {
            None => w.and("(l.one_id = ? OR l.other_id = ?)", [Value::Integer(a), Value::Integer(a)]),
            Some(None) => return Ok(Vec::new()),
            Some(Some(b)) => w.and("l.one_id = ? AND l.other_id = ?", [Value::Integer(a.min(b)), Value::Integer(a.max(b))]),
        }
        if let Some(from) = range.from {
            w.and("l.day >= ?", [Value::Integer(from)]);
        }
        if let Some(until) = range.until {
            w.and("l.day <= ?", [Value::Integer(until)]);
        }
        w.values.push(Value::Integer(limit as i64));
        let mut s = self.db.prepare_cached(&format!(
            "SELECT {SOURCE}, x.actor_id, y.actor_id, l.level, l.established, substr(t.text, l.start + 1, l.end - l.start), l.start, l.end
             FROM relation l JOIN article a USING (article_id) JOIN article_text t USING (article_id)
             JOIN sighting x ON x.article_id = l.article_id AND x.n = l.a JOIN sighting y ON y.article_id = l.article_id AND y.n = l.b
             WHERE {} ORDER BY l.day, a.article, l.n LIMIT ?",
            w.sql
        ))?;
        let mut names = Names::default();
        let mut rows = s.query(params_from_iter(w.values))?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            out.push(self.asserted(r, &mut names)?);
        }
        Ok(out)
    }

    /// An assertion out of its row: the columns of its source, two actors, level, since when, quotation, its place.
    pub(crate) fn asserted(&self, r: &rusqlite::Row, names: &mut Names) -> Result<Asserted> {
        Ok(Asserted {
            source: source(r, 0)?,
            one: names.of(self, r.get(6)?)?,
            other: names.of(self, r.get(7)?)?,
            level: r.get(8)?,
            established: r.get(9)?,
            quote: r.get(10)?,
            start: r.get(11)?,
            end: r.get(12)?,
        })
    }
}
