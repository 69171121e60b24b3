//! What the pages of the desk ask beyond lists: points of a picture, ties of states, company by year, counts by month and outlet.
//!
//! What must not live here: words for people, pictures.

use super::event::EventQuery;
use super::{Name, Names, Page, Range, SOURCE, Source, Where, key, key_of, source};
use crate::days::Day;
use crate::document::event_id;
use crate::write::number_of;
use crate::{Register, Result};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use serde::Serialize;
use sijill_record::lists;
use std::collections::BTreeMap;

/// An event as a point of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    pub event: String,
    pub kind: String,
    pub status: String,
    pub day: Day,
    /// Its last day, where it lasts.
    pub until: Option<Day>,
}

/// What two states did together or to each other, by coded events.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Tie {
    /// ISO 3166-1 alpha-3, in order of the alphabet.
    pub pair: [String; 2],
    pub events: u32,
    /// Sum and number of the Goldstein values that the events have.
    pub score: f64,
    pub scored: u32,
    /// The same by month, `202405`.
    pub months: BTreeMap<i64, (u32, f64, u32)>,
    pub last: Day,
}

impl Tie {
    /// The mean of the values; none where no event has one.
    pub fn mean(&self) -> Option<f64> {
        (self.scored > 0).then(|| self.score / f64::from(self.scored))
    }
}

/// The latest level that articles assert of two states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LevelOf {
    pub pair: [String; 2],
    pub level: String,
    /// First day of the latest article that asserts it.
    pub day: Day,
    pub articles: u32,
}

/// Somebody met, by year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Met {
    #[serde(flatten)]
    pub name: Name,
    pub total: u32,
    pub years: BTreeMap<i64, u32>,
}

/// Statements to somebody, by force.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Addressed {
    #[serde(flatten)]
    pub name: Name,
    pub total: u32,
    pub forces: BTreeMap<String, u32>,
}

/// What comes from one outlet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outlet {
    pub outlet: Option<String>,
    pub articles: u32,
    /// Articles that print what another article printed.
    pub reprints: u32,
    pub first: Option<String>,
    pub last: Option<String>,
}

/// One text in several articles.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Wire {
    pub articles: u32,
    pub outlets: Vec<String>,
    /// The earliest.
    #[serde(flatten)]
    pub source: Source,
}

/// An actor in a list of all.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Known {
    #[serde(flatten)]
    pub name: Name,
    pub articles: u32,
}

/// Events by month: `202405`, all, and how many of them took place or are under way.
pub type Month = (i64, u32, u32);

/// Kinds in which people meet or speak to each other.
pub const MEETINGS: [&str; 3] = ["visit", "meeting", "call"];

/// Rows looked at for company and addressees, the latest: one who speaks every day has tens of thousands.
const LOOK: i64 = 1_500;
/// More states than this in one event are a gathering: it ties nobody to anybody.
const TIED: i64 = 4;

/// The two states of a pair.
fn two(pair: &str) -> [String; 2] {
    let (a, b) = pair.split_once('+').unwrap_or((pair, ""));
    [a.to_owned(), b.to_owned()]
}

fn iso(day: Option<Day>) -> Option<String> {
    day.filter(|d| *d > 0).map(crate::days::iso)
}

impl Register {
    /// The day of the latest article: the register's "now".
    pub fn latest_day(&self) -> Result<Option<Day>> {
        Ok(self.db.prepare_cached("SELECT day FROM article WHERE current = 1 AND day > 0 ORDER BY day DESC LIMIT 1")?.query_row([], |r| r.get(0)).optional()?)
    }

    /// The events of an answer as points, without its limit; at most `most`, the newest where there are more.
    pub fn points(&self, q: &EventQuery, most: usize) -> Result<Vec<Point>> {
        let q = EventQuery { limit: most, after: None, newest: true, ..q.clone() };
        let Some(asked) = self.event_question(&q)? else { return Ok(Vec::new()) };
        let columns = if asked.by_number { "i.address, i.kind, i.status, i.until, i.day" } else { "address, kind, status, until_day, day" };
        let word = |r: &Row, at: usize, list: &[&str]| -> rusqlite::Result<String> {
            Ok(match r.get_ref(at)? {
                ValueRef::Integer(n) => usize::try_from(n).ok().and_then(|n| list.get(n)).copied().unwrap_or("").to_owned(),
                other => other.as_str().unwrap_or("").to_owned(),
            })
        };
        let mut s = self.db.prepare_cached(&asked.sql(columns))?;
        let rows = s.query_map(params_from_iter(asked.values), |r| {
            let (until, day): (Option<Day>, Day) = (r.get(3)?, r.get(4)?);
            Ok(Point {
                event: event_id(r.get(0)?),
                kind: word(r, 1, &lists::KINDS)?,
                status: word(r, 2, &lists::STATUSES)?,
                day,
                until: until.filter(|u| *u > day && *u < 99_990_000),
            })
        })?;
        let mut out: Vec<Point> = rows.take(most).collect::<rusqlite::Result<_>>()?;
        out.reverse();
        Ok(out)
    }

    /// Ties of states by events of these kinds (of all, where none is named), the closest first; without their months.
    pub fn closest(&self, kinds: &[&str]) -> Result<Vec<Tie>> {
        let mut w = Where::default();
        w.and("events > 0", []);
        w.one_of("kind", kinds.iter().map(|k| number_of(&lists::KINDS, k)));
        let mut s = self.db.prepare_cached(&format!("SELECT pair, sum(events), sum(scored), sum(score) FROM tie WHERE {} GROUP BY pair ORDER BY 2 DESC, 1", w.sql))?;
        let rows = s.query_map(params_from_iter(w.values), |r| {
            Ok(Tie { pair: two(r.get_ref(0)?.as_str().unwrap_or("")), events: r.get(1)?, scored: r.get(2)?, score: r.get::<_, i64>(3)? as f64 / 10.0, ..Tie::default() })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The months of a tie and its last day.
    pub fn by_month(&self, tie: &mut Tie, kinds: &[&str]) -> Result<()> {
        let found = self.tied(&Range::default(), kinds, Some(&tie.pair))?.pop();
        if let Some(t) = found {
            (tie.months, tie.last) = (t.months, t.last);
        }
        Ok(())
    }

    /// The same in a range of days, with their months.
    pub fn ties(&self, range: Range, kinds: &[&str]) -> Result<Vec<Tie>> {
        let mut out = self.tied(&range, kinds, None)?;
        out.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.pair.cmp(&b.pair)));
        Ok(out)
    }

    fn tied(&self, range: &Range, kinds: &[&str], pair: Option<&[String; 2]>) -> Result<Vec<Tie>> {
        let mut w = Where::default();
        w.and("states <= ? AND status < 2 AND day >= ?", [Value::Integer(TIED), Value::Integer(range.from.unwrap_or(1).max(1))]);
        if let Some(until) = range.until {
            w.and("day <= ?", [Value::Integer(until)]);
        }
        if let Some(pair) = pair {
            w.and("pair = ?", [Value::Text(pair.join("+"))]);
        }
        w.one_of("kind", kinds.iter().map(|k| number_of(&lists::KINDS, k)));
        let mut s = self.db.prepare_cached(&format!("SELECT pair, day, score FROM pair_index WHERE {} ORDER BY pair, day", w.sql))?;
        let mut rows = s.query(params_from_iter(w.values))?;
        let mut out: Vec<Tie> = Vec::new();
        let mut now = String::new();
        while let Some(r) = rows.next()? {
            let found = r.get_ref(0)?.as_str().unwrap_or("");
            if out.is_empty() || found != now {
                found.clone_into(&mut now);
                out.push(Tie { pair: two(found), ..Tie::default() });
            }
            let Some(t) = out.last_mut() else { continue };
            let (day, score): (Day, Option<i64>) = (r.get(1)?, r.get(2)?);
            let month = t.months.entry(day / 100).or_default();
            (t.events, t.last, month.0) = (t.events + 1, day, month.0 + 1);
            if let Some(g) = score.map(|tenths| tenths as f64 / 10.0) {
                (t.scored, t.score, month.1, month.2) = (t.scored + 1, t.score + g, month.1 + g, month.2 + 1);
            }
        }
        Ok(out)
    }

    /// The latest level of each pair of states of which articles assert one.
    pub fn levels(&self) -> Result<Vec<LevelOf>> {
        let mut s = self
            .db
            .prepare_cached("SELECT pair, level, max(day), count(*) FROM relation WHERE pair IS NOT NULL AND level IS NOT NULL GROUP BY pair, level ORDER BY pair, 3, level")?;
        let mut rows = s.query([])?;
        let mut out: Vec<LevelOf> = Vec::new();
        while let Some(r) = rows.next()? {
            let pair: String = r.get(0)?;
            let Some((a, b)) = pair.split_once('+') else { continue };
            let level = LevelOf { pair: [a.to_owned(), b.to_owned()], level: r.get(1)?, day: r.get(2)?, articles: r.get(3)? };
            match out.last_mut().filter(|l| l.pair == level.pair) {
                Some(last) => *last = level,
                None => out.push(level),
            }
        }
        Ok(out)
    }

    /// Whom somebody visits, meets and calls most, by year. Of a state: other states, of which it met one or one of their people.
    pub fn met(&self, actor: &str, most: usize) -> Result<Vec<Met>> {
        let Some(id) = self.actor_number(actor)? else { return Ok(Vec::new()) };
        let (kind, own): (String, Option<String>) =
            self.db.prepare_cached("SELECT kind, country FROM actor WHERE actor_id = ?1")?.query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let numbers = MEETINGS.map(|k| number_of(&lists::KINDS, k));
        let mut people: BTreeMap<i64, (u32, BTreeMap<i64, u32>)> = BTreeMap::new();
        if let Some(own) = own.filter(|_| kind == "country") {
            let mut s = self.db.prepare_cached(
                "SELECT a.actor_id, t.year, sum(t.events) FROM tie_year t JOIN actor a ON a.actor = 'country:' || t.other
                 WHERE t.one = ?1 AND t.kind IN (?2, ?3, ?4) AND t.events > 0 GROUP BY t.other, t.year",
            )?;
            let mut rows = s.query(params![own, numbers[0], numbers[1], numbers[2]])?;
            while let Some(r) = rows.next()? {
                let m = people.entry(r.get(0)?).or_default();
                let n: u32 = r.get(2)?;
                m.0 += n;
                m.1.insert(r.get(1)?, n);
            }
        } else {
            let mut s = self.db.prepare_cached(
                "SELECT DISTINCT e.event_id, e.day / 10000, p.actor_id FROM
                 (SELECT event_id, day FROM event_index WHERE actor_id = ?1 AND side = 0 AND kind IN (?2, ?3, ?4) AND status < 2 AND day > 0 ORDER BY day DESC, address DESC LIMIT ?5) e
                 JOIN participant p USING (event_id) WHERE p.actor_id <> ?1",
            )?;
            let mut rows = s.query(params![id, numbers[0], numbers[1], numbers[2], LOOK])?;
            while let Some(r) = rows.next()? {
                let m = people.entry(r.get(2)?).or_default();
                m.0 += 1;
                *m.1.entry(r.get(1)?).or_default() += 1;
            }
        }
        let mut list: Vec<(i64, (u32, BTreeMap<i64, u32>))> = people.into_iter().collect();
        list.sort_by_key(|(id, m)| (std::cmp::Reverse(m.0), *id));
        list.truncate(most);
        let mut names = Names::default();
        let mut out = list.into_iter().map(|(id, (total, years))| Ok(Met { name: names.of(self, id)?, total, years })).collect::<Result<Vec<_>>>()?;
        out.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.name.id.cmp(&b.name.id)));
        Ok(out)
    }

    /// To whom somebody speaks most, by force: of his latest statements.
    pub fn addressed(&self, actor: &str, most: usize) -> Result<Vec<Addressed>> {
        let Some(id) = self.actor_number(actor)? else { return Ok(Vec::new()) };
        const LOOK: i64 = 600;
        let mut s = self.db.prepare_cached(
            "SELECT g.actor_id, s.force, count(*) FROM (SELECT statement_id FROM statement_index WHERE actor_id = ?1 AND side = 0 ORDER BY day DESC, tie DESC LIMIT ?2) i
             JOIN statement s USING (statement_id) JOIN json_each(s.targets) j JOIN sighting g ON g.article_id = s.article_id AND g.n = j.value
             WHERE g.actor_id IS NOT NULL AND g.actor_id <> ?1 GROUP BY 1, 2",
        )?;
        let mut rows = s.query([id, LOOK])?;
        let mut found: BTreeMap<i64, BTreeMap<String, u32>> = BTreeMap::new();
        while let Some(r) = rows.next()? {
            found.entry(r.get(0)?).or_default().insert(r.get(1)?, r.get(2)?);
        }
        let mut names = Names::default();
        let mut out = found.into_iter().map(|(id, forces)| Ok(Addressed { name: names.of(self, id)?, total: forces.values().sum(), forces })).collect::<Result<Vec<_>>>()?;
        out.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.name.id.cmp(&b.name.id)));
        out.truncate(most);
        Ok(out)
    }

    /// Events by month over the whole register.
    pub fn months(&self) -> Result<Vec<Month>> {
        let mut s = self.db.prepare_cached(
            "SELECT month, sum(events), sum(iif(status IN ('occurred', 'ongoing'), events, 0)) FROM month WHERE month > 0 GROUP BY month HAVING sum(events) > 0 ORDER BY month",
        )?;
        Ok(s.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Articles by year of publication; 0: not known.
    pub fn article_years(&self) -> Result<Vec<(i64, u32)>> {
        let mut s = self.db.prepare_cached("SELECT year, sum(articles) FROM article_count GROUP BY year HAVING sum(articles) > 0 ORDER BY year")?;
        Ok(s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Counts of a column of the events: kinds, or statuses.
    pub fn event_counts(&self) -> Result<(BTreeMap<String, u32>, BTreeMap<String, u32>)> {
        let count = |column: &str| -> Result<BTreeMap<String, u32>> {
            let mut s = self.db.prepare_cached(&format!("SELECT {column}, sum(events) FROM month GROUP BY {column} HAVING sum(events) > 0"))?;
            Ok(s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
        };
        Ok((count("kind")?, count("status")?))
    }

    /// The names of outlets, the largest first.
    pub fn outlet_names(&self, most: usize) -> Result<Vec<String>> {
        let mut s =
            self.db.prepare_cached("SELECT outlet FROM article_count WHERE outlet <> '' GROUP BY outlet HAVING sum(articles) > 0 ORDER BY sum(articles) DESC, outlet LIMIT ?1")?;
        Ok(s.query_map([most as i64], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Outlets with their articles, the largest first.
    pub fn outlets(&self) -> Result<Vec<Outlet>> {
        let mut s = self.db.prepare_cached(
            "SELECT c.outlet, c.articles, c.reprints,
               (SELECT min(day) FROM article a WHERE a.outlet IS c.outlet AND a.current = 1 AND a.day > 0), (SELECT max(day) FROM article a WHERE a.outlet IS c.outlet AND a.current = 1 AND a.day > 0)
             FROM (SELECT nullif(outlet, '') AS outlet, sum(articles) AS articles, sum(reprints) AS reprints FROM article_count GROUP BY 1 HAVING sum(articles) > 0) c
             ORDER BY c.articles DESC, c.outlet",
        )?;
        let rows = s.query_map([], |r| Ok(Outlet { outlet: r.get(0)?, articles: r.get(1)?, reprints: r.get(2)?, first: iso(r.get(3)?), last: iso(r.get(4)?) }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Texts that most articles print.
    pub fn wires(&self, most: usize) -> Result<Vec<Wire>> {
        let mut s = self.db.prepare_cached("SELECT wire, count(*) FROM wire GROUP BY wire HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT ?1")?;
        let groups: Vec<(String, u32)> = s.query_map([most as i64], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut s = self
            .db
            .prepare_cached(&format!("SELECT {SOURCE} FROM wire w JOIN article a USING (article_id) WHERE w.wire = ?1 AND a.current = 1 ORDER BY a.day, a.article LIMIT 200"))?;
        let mut out = Vec::new();
        for (wire, articles) in groups {
            let all: Vec<Source> = s.query_map([&wire], |r| source(r, 0))?.collect::<rusqlite::Result<_>>()?;
            let mut outlets: Vec<String> = Vec::new();
            for o in all.iter().filter_map(|s| s.outlet.as_ref()) {
                if !outlets.contains(o) {
                    outlets.push(o.clone());
                }
            }
            if let Some(first) = all.into_iter().next() {
                out.push(Wire { articles, outlets, source: first });
            }
        }
        Ok(out)
    }

    /// Articles, the newest first; of one outlet, where one is named.
    pub fn articles(&self, outlet: Option<&str>, range: Range, limit: usize, after: Option<&str>) -> Result<Page<Source>> {
        let mut w = Where::default();
        w.and("a.current = 1", []);
        if let Some(o) = outlet {
            w.and("a.outlet = ?", [Value::Text(o.to_owned())]);
        }
        if let Some(from) = range.from {
            w.and("a.day >= ?", [Value::Integer(from)]);
        }
        if let Some(until) = range.until {
            w.and("a.day <= ?", [Value::Integer(until)]);
        }
        w.after("a.day", "a.search_id", key(after)?, true);
        w.values.push(Value::Integer(limit as i64 + 1));
        let mut s = self.db.prepare_cached(&format!("SELECT {SOURCE}, a.day, a.search_id FROM article a WHERE {} ORDER BY a.day DESC, a.search_id DESC LIMIT ?", w.sql))?;
        let mut rows: Vec<(Source, i64, i64)> = s.query_map(params_from_iter(w.values), |r| Ok((source(r, 0)?, r.get(6)?, r.get(7)?)))?.collect::<rusqlite::Result<_>>()?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|r| key_of(r.1, r.2));
        Ok(Page { items: rows.into_iter().map(|r| r.0).collect(), next })
    }

    /// Actors whom most articles name, of one type where one is given.
    pub fn known(&self, kind: Option<&str>, limit: usize, after: Option<&str>) -> Result<Page<Known>> {
        let mut w = Where::default();
        w.and("1", []);
        if let Some(k) = kind {
            w.and("a.kind = ?", [Value::Text(k.to_owned())]);
        }
        if let Some((n, id)) = key(after)? {
            w.and("(s.n < ? OR s.n = ? AND s.actor_id > ?)", [Value::Integer(n), Value::Integer(n), Value::Integer(id)]);
        }
        w.values.push(Value::Integer(limit as i64 + 1));
        let sql = format!(
            "SELECT s.actor_id, s.n FROM (SELECT actor_id, articles AS n FROM actor_articles WHERE articles > 0) s
             JOIN actor a USING (actor_id) WHERE {} ORDER BY s.n DESC, s.actor_id LIMIT ?",
            w.sql
        );
        let mut s = self.db.prepare_cached(&sql)?;
        let rows: Vec<(i64, i64)> = s.query_map(params_from_iter(w.values), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let more = rows.len() > limit;
        let rows = &rows[..rows.len().min(limit)];
        let mut names = Names::default();
        let items = rows.iter().map(|&(id, n)| Ok(Known { name: names.of(self, id)?, articles: n as u32 })).collect::<Result<_>>()?;
        Ok(Page { items, next: rows.last().filter(|_| more).map(|r| key_of(r.1, r.0)) })
    }

    /// How many actors of each type articles name.
    pub fn actor_counts(&self) -> Result<BTreeMap<String, u32>> {
        let mut s = self.db.prepare_cached("SELECT kind, count(*) FROM actor GROUP BY kind")?;
        Ok(s.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
    }

    /// What stands with an article apart from its text: the publication date as its source gave it, the lexicon that read it, and the text that it prints again.
    pub fn made(&self, article: &str) -> Result<Option<Made>> {
        let mut s = self.db.prepare_cached("SELECT a.given, a.made_with, w.wire FROM article a LEFT JOIN wire w USING (article_id) WHERE a.article = ?1 AND a.current = 1")?;
        Ok(s.query_row([article], |r| Ok(Made { given: r.get(0)?, lexicon: r.get(1)?, wire: r.get(2)? })).optional()?)
    }
}

/// How an article came to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Made {
    pub given: Option<String>,
    pub lexicon: String,
    pub wire: Option<String>,
}

impl Register {
    /// Who the entities of an article's record are, across articles.
    pub fn identities(&self, article: &str) -> Result<BTreeMap<String, Name>> {
        let mut s = self
            .db
            .prepare_cached("SELECT s.entity, s.actor_id FROM sighting s JOIN article a USING (article_id) WHERE a.article = ?1 AND a.current = 1 AND s.actor_id IS NOT NULL")?;
        let rows: Vec<(String, i64)> = s.query_map([article], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut names = Names::default();
        rows.into_iter().map(|(entity, id)| Ok((entity, names.of(self, id)?))).collect()
    }
}

impl Register {
    /// How many articles name somebody.
    pub fn named_by(&self, actor: &str) -> Result<u32> {
        let Some(id) = self.actor_number(actor)? else { return Ok(0) };
        self.named_in(id)
    }
}
