//! Events: lists by who, what and when; one event with all that is reported of it.

use super::search::words_match;
use super::{Name, Names, Page, Range, SOURCE, Source, Where, YEAR, key, key_of, source};
use crate::document::{event_address, event_id};
use crate::write::number_of;
use crate::{Register, Result};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params, params_from_iter};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use sijill_record::{Span, lists};
use std::collections::hash_map::Entry;

/// Which events. Empty lists leave the matter open; of actors, each must take part (a state takes part where one of its people does).
#[derive(Clone, Debug, Default)]
pub struct EventQuery {
    pub actors: Vec<String>,
    pub kinds: Vec<String>,
    pub statuses: Vec<String>,
    pub range: Range,
    /// A place, or the state in which it lies.
    pub place: Option<String>,
    /// An article of this outlet must report it.
    pub outlet: Option<String>,
    /// Words as search knows them (see `SearchQuery`): an article that reports the event has each of these phrases.
    pub text: Vec<Vec<String>>,
    pub limit: usize,
    pub after: Option<String>,
    /// The newest first.
    pub newest: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Part {
    #[serde(flatten)]
    pub name: Name,
    pub role: String,
    /// The state for which one acts here.
    pub of: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Happening {
    pub event: String,
    pub kind: String,
    pub status: String,
    pub date: Option<String>,
    /// Where it stands in a list.
    pub day: Option<String>,
    pub place: Option<Name>,
    pub participants: Vec<Part>,
    pub attributes: serde_json::Value,
    pub life: serde_json::Value,
    pub differing: serde_json::Value,
    pub reports: u32,
    pub independent: u32,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub quad: Option<u8>,
    pub cameo: Option<String>,
    pub goldstein: Option<f64>,
}

/// What one article says of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    #[serde(flatten)]
    pub source: Source,
    pub n: String,
    pub kind: String,
    pub status: String,
    pub date: Option<String>,
    /// The group of reprints to which the article belongs.
    pub wire: Option<String>,
    pub claimed_by: Vec<Name>,
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::Stretch>))]
    pub evidence: Vec<Span>,
    /// The words of each evidence.
    pub quotes: Vec<String>,
    pub entry: String,
    pub rule: String,
}

/// Does an article of the outlet report the event of this table's row?
fn of_outlet(w: &mut Where, table: &str, outlet: Option<&str>) {
    if let Some(o) = outlet {
        let sql = format!("EXISTS (SELECT 1 FROM report r JOIN article a USING (article_id) WHERE r.event_id = {table}.event_id AND a.outlet = ?)");
        w.and(&sql, [Value::Text(o.to_owned())]);
    }
}

/// The articles with some words, month by month of their publication, as they are asked for: to look each up in full text by itself would take longer than to read a month of them.
struct WithWords {
    words: String,
    months: FxHashMap<i64, FxHashSet<i64>>,
}

impl WithWords {
    /// Does an article with the words report this event?
    fn report(&mut self, register: &Register, event: i64) -> Result<bool> {
        let mut s = register.db.prepare_cached("SELECT a.search_id FROM report r JOIN article a USING (article_id) WHERE r.event_id = ?1")?;
        let mut rows = s.query([event])?;
        while let Some(r) = rows.next()? {
            // Day and a hash: see `write::search_number`.
            let article: i64 = r.get(0)?;
            let month = (article >> 24) / 100;
            let found = match self.months.entry(month) {
                Entry::Occupied(held) => held.into_mut(),
                Entry::Vacant(empty) => {
                    let mut s = register.db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3")?;
                    let rows = s.query_map(params![self.words, (month * 100) << 24, ((month + 1) * 100) << 24], |r| r.get(0))?;
                    empty.insert(rows.collect::<rusqlite::Result<_>>()?)
                }
            };
            if found.contains(&article) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A question to one of the lists of events: all but its columns. `by_number`: the list is called `i` and has numbers for kind and status.
pub(super) struct Question {
    sql: String,
    pub values: Vec<Value>,
    pub by_number: bool,
}

impl Question {
    pub fn sql(&self, columns: &str) -> String {
        format!("SELECT {columns} {}", self.sql)
    }
}

impl Register {
    pub fn events(&self, q: &EventQuery) -> Result<Page<Happening>> {
        let rows = self.event_rows(q)?;
        let more = rows.len() > q.limit;
        let rows = &rows[..rows.len().min(q.limit)];
        let mut names = Names::default();
        let items = rows.iter().map(|r| self.happening(r.2, &mut names)).collect::<Result<Vec<_>>>()?;
        let next = rows.last().filter(|_| more).map(|r| key_of(r.0, r.1));
        Ok(Page { items, next })
    }

    /// How many events an answer without limit would have, counted up to `most`.
    pub fn count_events(&self, q: &EventQuery, most: usize) -> Result<usize> {
        // What is counted already: the events of one actor, or of all, by kinds and statuses.
        if q.actors.len() < 2 && q.place.is_none() && q.outlet.is_none() && q.text.is_empty() && q.range == super::Range::default() {
            let mut w = Where::default();
            w.and("1", []);
            let sql = match q.actors.first() {
                Some(actor) => {
                    let Some(id) = self.actor_number(actor)? else { return Ok(0) };
                    w.and("actor_id = ?", [Value::Integer(id)]);
                    w.one_of("kind", q.kinds.iter().map(|k| number_of(&lists::KINDS, k)));
                    w.one_of("status", q.statuses.iter().map(|s| number_of(&lists::STATUSES, s)));
                    format!("SELECT coalesce(sum(events), 0) FROM actor_events WHERE {}", w.sql)
                }
                None => {
                    w.one_of("kind", q.kinds.iter().cloned());
                    w.one_of("status", q.statuses.iter().cloned());
                    format!("SELECT coalesce(sum(events), 0) FROM month WHERE {}", w.sql)
                }
            };
            let n: i64 = self.db.prepare_cached(&sql)?.query_row(params_from_iter(w.values), |r| r.get(0))?;
            return Ok((n as usize).min(most));
        }
        let q = EventQuery { limit: most.saturating_sub(1), after: None, ..q.clone() };
        if !self.few_with(&q.text)? {
            return Ok(self.event_rows(&q)?.len());
        }
        let Some(asked) = self.event_question(&q)? else { return Ok(0) };
        let sql = format!("SELECT count(*) FROM ({})", asked.sql("1"));
        let n: i64 = self.db.prepare_cached(&sql)?.query_row(params_from_iter(asked.values), |r| r.get(0))?;
        Ok(n as usize)
    }

    /// Day, address and number, one more than the limit.
    fn event_rows(&self, q: &EventQuery) -> Result<Vec<(i64, i64, i64)>> {
        // Few articles with the words lead to their events; where there are many, events are gone through until the page is full.
        let many = if self.few_with(&q.text)? { None } else { words_match(&q.text) };
        let every = many.as_ref().map(|_| EventQuery { text: Vec::new(), limit: i64::MAX as usize - 1, ..q.clone() });
        let Some(asked) = self.event_question(every.as_ref().unwrap_or(q))? else { return Ok(Vec::new()) };
        let sql = asked.sql(if asked.by_number { "i.day, i.address, i.event_id" } else { "day, address, event_id" });
        let mut s = self.db.prepare_cached(&sql)?;
        let rows = s.query_map(params_from_iter(asked.values), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
        let Some(words) = many else { return Ok(rows.collect::<rusqlite::Result<_>>()?) };
        let mut told = WithWords { words, months: FxHashMap::default() };
        let mut out = Vec::new();
        for row in rows {
            let row: (i64, i64, i64) = row?;
            if told.report(self, row.2)? {
                out.push(row);
                if out.len() > q.limit {
                    break;
                }
            }
        }
        Ok(out)
    }

    /// Are the articles with these words so few that going through them is less work than going through events, of which a page may need as many as there are articles to one with the words?
    fn few_with(&self, text: &[Vec<String>]) -> Result<bool> {
        let Some(m) = words_match(text) else { return Ok(true) };
        let articles: i64 = self.db.prepare_cached("SELECT coalesce(max(article_id), 0) FROM article")?.query_row([], |r| r.get(0))?;
        let few = (60 * articles).isqrt();
        let n: i64 = self.db.prepare_cached("SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)")?.query_row(params![m, few], |r| r.get(0))?;
        Ok(n < few)
    }

    /// The question behind a query; none where somebody is asked for whom the register does not hold.
    pub(super) fn event_question(&self, q: &EventQuery) -> Result<Option<Question>> {
        let mut keys: Vec<(i64, i64)> = Vec::new();
        for a in &q.actors {
            match self.actor_number(a)? {
                Some(n) => keys.push((n, 0)),
                None => return Ok(None),
            }
        }
        if let Some(place) = &q.place {
            match self.actor_number(place)? {
                Some(n) => keys.push((n, 1)),
                None => return Ok(None),
            }
        }
        let order = if q.newest { "DESC" } else { "ASC" };
        let after = key(q.after.as_deref())?;
        let mut w = Where::default();
        let words = words_match(&q.text).map(Value::Text);
        let by_words = words.is_some();
        if let Some(m) = words {
            let event = if keys.is_empty() { "event.event_id" } else { "i.event_id" };
            let which = format!(
                "{event} IN (SELECT r.event_id FROM search s JOIN article a ON a.search_id = s.rowid JOIN report r USING (article_id) WHERE s.search MATCH ? AND a.current = 1)"
            );
            w.and(&which, [m]);
        }
        let numbered = !keys.is_empty();
        let sql = if !numbered {
            if let Some(until) = q.range.until {
                w.and("day <= ?", [Value::Integer(until)]);
            }
            if let Some(from) = q.range.from {
                w.and("day >= ?", [Value::Integer(from - YEAR)]);
                w.and("coalesce(until_day, day) >= ?", [Value::Integer(from)]);
            }
            for (column, list) in [("kind", &q.kinds), ("status", &q.statuses)] {
                w.one_of(column, list.iter().cloned());
            }
            of_outlet(&mut w, "event", q.outlet.as_deref());
            w.after("day", "address", after, q.newest);
            let index = match (by_words, q.kinds.len()) {
                (true, _) => "",
                (false, 1) => "INDEXED BY event_kind",
                (false, _) => "INDEXED BY event_day",
            };
            let all = if w.sql.is_empty() { "1" } else { &w.sql };
            format!("FROM event {index} WHERE {all} ORDER BY day {order}, address {order} LIMIT ?")
        } else {
            let pair = if q.place.is_none() { self.pair_of(&q.actors)? } else { None };
            let index = if pair.is_some() { "pair_index" } else { "event_index" };
            if let Some(pair) = pair {
                keys.clear();
                w.and("i.pair = ?", [Value::Text(pair)]);
            } else {
                keys = self.shortest_first("event_index", &keys)?;
                let (n, side) = keys.remove(0);
                w.and("i.actor_id = ? AND i.side = ?", [Value::Integer(n), Value::Integer(side)]);
            }
            if let Some(until) = q.range.until {
                w.and("i.day <= ?", [Value::Integer(until)]);
            }
            if let Some(from) = q.range.from {
                w.and("i.day >= ?", [Value::Integer(from - YEAR)]);
                w.and("i.until >= ?", [Value::Integer(from)]);
            }
            let numbers = |list: &[&str], asked: &[String]| asked.iter().map(|a| number_of(list, a)).collect::<Vec<_>>();
            w.one_of("i.kind", numbers(&lists::KINDS, &q.kinds).into_iter());
            w.one_of("i.status", numbers(&lists::STATUSES, &q.statuses).into_iter());
            for (n, side) in &keys {
                w.and(
                    "EXISTS (SELECT 1 FROM event_index j WHERE j.actor_id = ? AND j.side = ? AND j.day = i.day AND j.address = i.address)",
                    [Value::Integer(*n), Value::Integer(*side)],
                );
            }
            of_outlet(&mut w, "i", q.outlet.as_deref());
            w.after("i.day", "i.address", after, q.newest);
            format!("FROM {index} i WHERE {} ORDER BY i.day {order}, i.address {order} LIMIT ?", w.sql)
        };
        w.values.push(Value::Integer(q.limit as i64 + 1));
        Ok(Some(Question { sql, values: w.values, by_number: numbered }))
    }

    /// The pair of these actors where they are two states that share no event which is too large to stand under its pairs.
    fn pair_of(&self, actors: &[String]) -> Result<Option<String>> {
        let states: Vec<&str> = actors.iter().filter_map(|a| a.strip_prefix("country:")).filter(|s| s.len() == 3).collect();
        let ([a, b], 2) = (states.as_slice(), actors.len()) else { return Ok(None) };
        let (Some(x), Some(y)) = (self.actor_number(&actors[0])?, self.actor_number(&actors[1])?) else { return Ok(None) };
        let mut crowded = self.db.prepare_cached(
            "SELECT 1 FROM pair_index c WHERE c.pair = ?1
             AND EXISTS (SELECT 1 FROM event_index i WHERE i.actor_id = ?2 AND i.side = 0 AND i.day = c.day AND i.address = c.address)
             AND EXISTS (SELECT 1 FROM event_index i WHERE i.actor_id = ?3 AND i.side = 0 AND i.day = c.day AND i.address = c.address)",
        )?;
        if a == b || crowded.exists(params![super::CROWD, x, y])? {
            return Ok(None);
        }
        Ok(Some(format!("{}+{}", a.min(b), a.max(b))))
    }

    fn happening(&self, id: i64, names: &mut Names) -> Result<Happening> {
        let mut s = self.db.prepare_cached(
            "SELECT address, kind, status, date, day, place_id, attributes, life, differing, reports, independent, plover, mode, quad, cameo, goldstein FROM event WHERE event_id = ?1",
        )?;
        let mut rows = s.query([id])?;
        let r = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        let place: Option<i64> = r.get(5)?;
        let json = |at: usize| -> Result<serde_json::Value> { Ok(serde_json::from_str(r.get_ref(at)?.as_str().unwrap_or("null"))?) };
        let day: i64 = r.get(4)?;
        let parties: Vec<(i64, String, Option<String>)> = {
            let mut s = self.db.prepare_cached("SELECT actor_id, role, country FROM participant WHERE event_id = ?1 ORDER BY n")?;
            s.query_map([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?
        };
        let participants = parties.into_iter().map(|(a, role, of)| Ok(Part { name: names.of(self, a)?, role, of })).collect::<Result<_>>()?;
        Ok(Happening {
            event: event_id(r.get(0)?),
            kind: r.get(1)?,
            status: r.get(2)?,
            date: r.get(3)?,
            day: (day > 0).then(|| crate::days::iso(day)),
            place: place.map(|p| names.of(self, p)).transpose()?,
            participants,
            attributes: json(6)?,
            life: json(7)?,
            differing: json(8)?,
            reports: r.get(9)?,
            independent: r.get(10)?,
            plover: r.get(11)?,
            mode: r.get(12)?,
            quad: r.get(13)?,
            cameo: r.get(14)?,
            goldstein: r.get(15)?,
        })
    }

    /// The event behind an id: its own, or one that any of its reports had when it stood alone.
    pub fn event(&self, id: &str) -> Result<Option<Happening>> {
        let Some(address) = event_address(id) else { return Ok(None) };
        let found: Option<i64> = self
            .db
            .prepare_cached("SELECT event_id FROM report WHERE address = ?1 AND event_id IS NOT NULL ORDER BY event_id LIMIT 1")?
            .query_row([address], |r| r.get(0))
            .optional()?;
        found.map(|id| self.happening(id, &mut Names::default())).transpose()
    }

    /// All reports of an event, in order of publication; at most `limit`.
    pub fn reports(&self, event: &str, limit: usize) -> Result<Vec<Report>> {
        let Some(address) = event_address(event) else { return Ok(Vec::new()) };
        self.reports_where("r.event_id IN (SELECT event_id FROM report WHERE address = ?1)", Value::Integer(address), limit)
    }

    /// The report that shows an event best: one of its own status, where such a one quotes anything; of these the first. Of the first `look` of them.
    pub fn proof(&self, event: &str, status: &str, look: usize) -> Result<Option<Report>> {
        let Some(address) = event_address(event) else { return Ok(None) };
        let mut s = self.db.prepare_cached(
            "SELECT r.report_id FROM report r JOIN article a USING (article_id) WHERE r.event_id = (SELECT event_id FROM report WHERE address = ?1 AND event_id IS NOT NULL ORDER BY event_id LIMIT 1)
             ORDER BY r.status = ?2 DESC, a.day, a.article, r.start, r.n LIMIT ?3",
        )?;
        let ids: Vec<i64> = s.query_map(params![address, status, look as i64], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for id in ids {
            let found = self.reports_where("r.report_id = ?1", Value::Integer(id), 1)?.pop();
            if found.as_ref().is_some_and(|r| r.quotes.iter().any(|q| !q.trim().is_empty())) {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// What one article reports.
    pub fn reports_in(&self, article: &str) -> Result<Vec<(Report, Option<String>)>> {
        let list = self.reports_where("a.article = ?1 AND a.current = 1", Value::Text(article.to_owned()), 10_000)?;
        list.into_iter()
            .map(|r| {
                let address = crate::document::report_address(article, &r.n);
                let event: Option<i64> =
                    self.db.prepare_cached("SELECT e.address FROM report r JOIN event e USING (event_id) WHERE r.address = ?1")?.query_row([address], |r| r.get(0)).optional()?;
                Ok((r, event.map(event_id)))
            })
            .collect()
    }

    fn reports_where(&self, condition: &str, value: Value, limit: usize) -> Result<Vec<Report>> {
        let mut names = Names::default();
        let mut s = self.db.prepare_cached(&format!(
            "SELECT {SOURCE}, r.n, r.kind, r.status, r.date, w.wire, r.claimed_by, r.evidence, r.entry, r.rule, t.text, r.article_id
             FROM report r JOIN article a USING (article_id) JOIN article_text t USING (article_id) LEFT JOIN wire w USING (article_id)
             WHERE {condition} ORDER BY a.day, a.article, r.start, r.n LIMIT ?2"
        ))?;
        let mut rows = s.query(rusqlite::params![value, limit as i64])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let spans: Vec<(u32, u32)> = serde_json::from_str(r.get_ref(12)?.as_str().unwrap_or("[]"))?;
            let claimed: Vec<i64> = serde_json::from_str(r.get_ref(11)?.as_str().unwrap_or("[]"))?;
            let article: i64 = r.get(16)?;
            let text = r.get_ref(15)?.as_str().unwrap_or("");
            let claimed_by = claimed
                .into_iter()
                .map(|n| {
                    let actor: Option<i64> = self.db.prepare_cached("SELECT actor_id FROM sighting WHERE article_id = ?1 AND n = ?2")?.query_row([article, n], |r| r.get(0))?;
                    actor.map(|a| names.of(self, a)).transpose()
                })
                .collect::<Result<Vec<_>>>()?;
            out.push(Report {
                source: source(r, 0)?,
                n: r.get(6)?,
                kind: r.get(7)?,
                status: r.get(8)?,
                date: r.get(9)?,
                wire: r.get(10)?,
                claimed_by: claimed_by.into_iter().flatten().collect(),
                quotes: spans.iter().map(|(a, b)| text.chars().skip(*a as usize).take(b.saturating_sub(*a) as usize).collect()).collect(),
                evidence: spans.into_iter().map(|(a, b)| Span::new(a, b)).collect(),
                entry: r.get(13)?,
                rule: r.get(14)?,
            });
        }
        Ok(out)
    }
}
