//! Where the register contradicts itself: what disagrees, who says it, in which words; and all that is held of one pair of states.
//!
//! The decisions are `sijill_resolve`'s; here they get what they need, and their findings get the words that prove them.

use super::{Name, Names, SOURCE, Source, Where, source};
use crate::document::{event_address, event_id};
use crate::write::{CHECKS, number_of, seen};
use crate::{Register, Result};
use rusqlite::{OptionalExtension, Row, params};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;
use sijill_record::{Record, Span, Warning, lists};
use sijill_resolve::checks::{self, Check};
use sijill_resolve::facts::Facts;
use sijill_resolve::model::{Code, Event, Party, Report};
use sijill_resolve::standing::{self, Act, Level, Pair, Position, Standing};
use std::collections::{BTreeMap, BTreeSet};

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    pub code: String,
    /// An event, an actor, a pair (`CHN+TJK`), an article, a report (`article#event`).
    pub about: String,
    /// Kind of the event, where it is about one.
    pub kind: Option<String>,
    /// Whom it concerns.
    pub who: Vec<Name>,
    pub values: Vec<Differing>,
}

/// One of the values, with whoever says it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Differing {
    pub value: Value,
    pub by: Vec<Proof>,
}

/// The words that say it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proof {
    #[serde(flatten)]
    pub source: Source,
    pub quote: Option<String>,
}

/// Which findings.
#[derive(Clone, Debug, Default)]
pub struct CheckQuery {
    pub codes: Vec<String>,
    /// Ids; each must be concerned. A state is concerned where one of its people is.
    pub actors: Vec<String>,
    pub skip: usize,
    pub limit: usize,
    /// The findings as they were last kept will do, though articles were added since.
    pub kept: bool,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// From `skip` on, at most `limit`.
    pub items: Vec<Finding>,
    /// How many there are of each code, whatever codes were asked for.
    pub counts: BTreeMap<String, usize>,
    /// Articles were added since these findings were made.
    pub stale: bool,
}

/// Code, matter and number of a finding in the table.
type Kept = (String, String, i64);

/// Articles shown for one value.
const PROOFS: usize = 5;

const CODES: [&str; 11] = [
    "calendar",
    "date-disagrees",
    "level-disagrees",
    "ordinal-against-register",
    "ordinal-disagrees",
    "overdue",
    "participants-disagree",
    "place-disagrees",
    "relation-date",
    "status-disagrees",
    "title-not-held",
];

/// Those that the reports of one event decide, and the events that may have any.
const DISAGREEMENTS: [&str; 5] = ["date-disagrees", "place-disagrees", "participants-disagree", "ordinal-disagrees", "status-disagrees"];
const MAY_DISAGREE: &str = "reports > 1 AND (differing <> '[]' OR life LIKE '%\"happened\"%')";

/// The codes that a check may have.
pub fn codes() -> &'static [&'static str] {
    &CODES
}

impl Register {
    /// Findings, by code and what they are about: those that are kept, where they are of now or will do; else made anew.
    pub fn check(&self, q: &CheckQuery, facts: &Facts) -> Result<Found> {
        let stale = self.db.prepare_cached("SELECT 1 FROM dirty WHERE kind = ?1")?.exists([CHECKS])?;
        if !stale || q.kept && self.db.prepare_cached("SELECT 1 FROM finding")?.exists([])? {
            return Ok(Found { stale, ..self.kept_checks(q)? });
        }
        let mut names = Names::default();
        let mut out = Found::default();
        let mut behind = q.skip;
        for c in self.decide(&q.codes, facts)? {
            let f = self.finding(&c, &mut names)?;
            if !q.actors.iter().all(|id| f.who.iter().any(|n| concerns(n, id))) {
                continue;
            }
            *out.counts.entry(f.code.clone()).or_default() += 1;
            if behind > 0 {
                behind -= 1;
            } else if out.items.len() < q.limit {
                out.items.push(f);
            }
        }
        Ok(out)
    }

    /// The same out of the table.
    fn kept_checks(&self, q: &CheckQuery) -> Result<Found> {
        let (found, counts) = if q.actors.is_empty() { self.kept_of_all(q)? } else { self.kept_of(q)? };
        let mut values = self.db.prepare_cached("SELECT v.value, a.article FROM finding_value v LEFT JOIN article a USING (article_id) WHERE v.finding_id = ?1 ORDER BY v.n")?;
        let mut decided: Vec<Check> = Vec::new();
        for (code, about, id) in found {
            let mut check = Check { code, about, values: Vec::new() };
            let mut rows = values.query([id])?;
            while let Some(r) = rows.next()? {
                let value: Value = serde_json::from_str(r.get_ref(0)?.as_str().unwrap_or("null"))?;
                if check.values.last().is_none_or(|(v, _)| *v != value) {
                    check.values.push((value, Vec::new()));
                }
                if let (Some((_, articles)), Some(article)) = (check.values.last_mut(), r.get(1)?) {
                    articles.push(article);
                }
            }
            decided.push(check);
        }
        let mut names = Names::default();
        let items = decided.iter().map(|c| self.finding(c, &mut names)).collect::<Result<_>>()?;
        Ok(Found { items, counts, stale: false })
    }

    /// Code, matter and number of the findings on a page, and how many there are of each code.
    fn kept_of_all(&self, q: &CheckQuery) -> Result<(Vec<Kept>, BTreeMap<String, usize>)> {
        let mut s = self.db.prepare_cached("SELECT code, count(*) FROM finding GROUP BY code")?;
        let counts = s.query_map([], |r| Ok((r.get(0)?, r.get::<_, u32>(1)? as usize)))?.collect::<rusqlite::Result<_>>()?;
        let mut s = self.db.prepare_cached(
            "SELECT code, about, finding_id FROM finding WHERE ?1 = '[]' OR code IN (SELECT value FROM json_each(?1)) ORDER BY code, about, finding_id LIMIT ?2 OFFSET ?3",
        )?;
        let page = params![serde_json::to_string(&q.codes)?, i64::try_from(q.limit).unwrap_or(i64::MAX), q.skip as i64];
        let found = s.query_map(page, |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
        Ok((found, counts))
    }

    /// The same of those that concern the actors: one walk through all findings. Lists are searched as they stand, since to take each apart would take ten times as long.
    fn kept_of(&self, q: &CheckQuery) -> Result<(Vec<Kept>, BTreeMap<String, usize>)> {
        let mut w = Where::default();
        for id in &q.actors {
            let state = serde_json::to_string(id.strip_prefix("country:").unwrap_or(id))?;
            w.and("(instr(who, ?) > 0 OR instr(states, ?) > 0)", [rusqlite::types::Value::Text(serde_json::to_string(id)?), rusqlite::types::Value::Text(state)]);
        }
        let mut s = self.db.prepare_cached(&format!("SELECT code, about, finding_id FROM finding WHERE {}", w.sql))?;
        let mut found: Vec<Kept> = s.query_map(rusqlite::params_from_iter(w.values), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (code, ..) in &found {
            *counts.entry(code.clone()).or_default() += 1;
        }
        found.retain(|f| q.codes.is_empty() || q.codes.contains(&f.0));
        found.sort();
        Ok((found.into_iter().skip(q.skip).take(q.limit).collect(), counts))
    }

    /// What contradicts, by code and what it is about.
    fn decide(&self, codes: &[String], facts: &Facts) -> Result<Vec<Check>> {
        let mut found = self.beyond_one_event(codes, facts)?;
        if DISAGREEMENTS.iter().any(|c| codes.is_empty() || codes.iter().any(|asked| asked == c)) {
            let events = self.numbers(&format!("SELECT event_id FROM event WHERE {MAY_DISAGREE}"))?;
            found.extend(self.disagreements(&events, facts)?);
            found.retain(|c| codes.is_empty() || codes.contains(&c.code));
        }
        Ok(ordered(found))
    }

    fn disagreements(&self, events: &[i64], facts: &Facts) -> Result<Vec<Check>> {
        let mut found = Vec::new();
        for id in events {
            found.extend(checks::disagreements(&self.model_event(*id)?, facts));
        }
        Ok(found)
    }

    /// What is decided by more than the reports of one event. It is little work, done anew each time.
    fn beyond_one_event(&self, codes: &[String], facts: &Facts) -> Result<Vec<Check>> {
        let wanted = |code: &str| codes.is_empty() || codes.iter().any(|c| c == code);
        let mut found: Vec<Check> = Vec::new();
        if wanted("ordinal-against-register") {
            let mut pairs: BTreeSet<Pair> = BTreeSet::new();
            for id in self.numbers("SELECT event_id FROM event INDEXED BY event_kind WHERE kind = 'visit' AND attributes LIKE '%\"ordinal\"%'")? {
                pairs.extend(standing::pairs_of(&self.model_event(id)?));
            }
            for pair in pairs {
                found.extend(checks::ordinals(&self.events_of_pair(&pair, &["visit"])?));
            }
        }
        if wanted("overdue") {
            let latest: Option<String> = self
                .db
                .prepare_cached("SELECT published FROM article WHERE current = 1 AND published IS NOT NULL ORDER BY day DESC LIMIT 1")?
                .query_row([], |r| r.get(0))
                .optional()?;
            if let Some(latest) = latest {
                for id in self.numbers("SELECT event_id FROM event INDEXED BY event_day WHERE status = 'planned' AND date IS NOT NULL ORDER BY address")? {
                    found.extend(checks::overdue(&[self.model_event(id)?], &latest));
                }
            }
        }
        if wanted("title-not-held") {
            found.extend(self.titles(facts)?);
        }
        if wanted("calendar") {
            found.extend(self.calendar()?);
        }
        if wanted("relation-date") || wanted("level-disagrees") {
            let pairs: Vec<String> = {
                let mut s = self.db.prepare("SELECT DISTINCT pair FROM relation WHERE dated IS NOT NULL AND pair IS NOT NULL ORDER BY pair")?;
                s.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
            };
            for p in pairs {
                let Some((a, b)) = p.split_once('+') else { continue };
                let pair = [a.to_owned(), b.to_owned()];
                let events = self.events_of_pair(&pair, &["visit", "meeting", "accord", "signing"])?;
                found.extend(checks::relation_dates(&self.levels_of(&pair)?, &events));
            }
        }
        found.retain(|c| wanted(&c.code));
        Ok(found)
    }

    /// Brings the findings that the register keeps, and its view `checks`, up to what was added since the last time. Says whether anything was.
    pub fn keep_checks(&mut self, facts: &Facts) -> Result<bool> {
        let changed: Vec<i64> = {
            let mut s = self.db.prepare_cached("SELECT block FROM dirty WHERE kind = ?1 ORDER BY block")?;
            s.query_map([CHECKS], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
        };
        if changed.is_empty() {
            return Ok(false);
        }
        let mut found = self.beyond_one_event(&[], facts)?;
        {
            let mut at = self.db.prepare_cached(&format!("SELECT event_id FROM event WHERE event_id IN (SELECT event_id FROM report WHERE address = ?1) AND {MAY_DISAGREE}"))?;
            let mut events = Vec::new();
            for address in &changed {
                events.extend(at.query_row([address], |r| r.get::<_, i64>(0)).optional()?);
            }
            events.sort_unstable();
            events.dedup();
            found.extend(self.disagreements(&events, facts)?);
        }
        let mut names = Names::default();
        let found = ordered(found).iter().map(|c| self.finding(c, &mut names)).collect::<Result<Vec<_>>>()?;

        let t = self.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        {
            let codes = serde_json::to_string(&DISAGREEMENTS)?;
            const CODES: &str = "(SELECT value FROM json_each(?1))";
            t.execute(&format!("DELETE FROM finding_value WHERE finding_id IN (SELECT finding_id FROM finding WHERE code NOT IN {CODES})"), [&codes])?;
            t.execute(&format!("DELETE FROM finding WHERE code NOT IN {CODES}"), [&codes])?;
            let mut values = t.prepare(&format!("DELETE FROM finding_value WHERE finding_id IN (SELECT finding_id FROM finding WHERE code IN {CODES} AND about = ?2)"))?;
            let mut whole = t.prepare(&format!("DELETE FROM finding WHERE code IN {CODES} AND about = ?2"))?;
            for address in &changed {
                let about = event_id(*address);
                values.execute([&codes, &about])?;
                whole.execute([&codes, &about])?;
            }
            let mut number = t.prepare("SELECT article_id FROM article WHERE article = ?1 AND current = 1")?;
            let mut put = t.prepare("INSERT INTO finding (code, about, kind, who, states) VALUES (?1, ?2, ?3, ?4, ?5)")?;
            let mut value = t.prepare("INSERT INTO finding_value (finding_id, n, value, article_id, quote) VALUES (?1, ?2, ?3, ?4, ?5)")?;
            for f in &found {
                let who = serde_json::to_string(&f.who.iter().map(|w| &w.id).collect::<Vec<_>>())?;
                let states = serde_json::to_string(&f.who.iter().filter_map(|w| w.country.as_ref()).collect::<BTreeSet<_>>())?;
                let id = put.insert(params![f.code, f.about, f.kind, who, states])?;
                let mut n = 0;
                for v in &f.values {
                    let proofs: Vec<Option<&Proof>> = if v.by.is_empty() { vec![None] } else { v.by.iter().map(Some).collect() };
                    for p in proofs {
                        let article: Option<i64> = p.and_then(|p| number.query_row([&p.source.article], |r| r.get(0)).optional().transpose()).transpose()?;
                        value.execute(params![id, n, v.value.to_string(), article, p.and_then(|p| p.quote.as_deref())])?;
                        n += 1;
                    }
                }
            }
        }
        t.execute("DELETE FROM dirty WHERE kind = ?1", [CHECKS])?;
        t.commit()?;
        Ok(true)
    }

    fn numbers(&self, sql: &str) -> Result<Vec<i64>> {
        let mut s = self.db.prepare(sql)?;
        Ok(s.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Titles, merged over articles: the check itself looks at one sighting at a time, so that a register of any size fits.
    fn titles(&self, facts: &Facts) -> Result<Vec<Check>> {
        let mut s = self.db.prepare(
            "SELECT a.article, s.entity, s.kind, s.known, s.label, s.label_en, s.names, s.unnamed, s.roles, a.published
             FROM sighting s INDEXED BY sighting_office JOIN article a USING (article_id) WHERE s.known = 1 AND s.kind = 'person' AND s.roles <> '[]' ORDER BY a.article",
        )?;
        let mut rows = s.query([])?;
        let mut merged: FxHashMap<(String, String), Check> = FxHashMap::default();
        while let Some(r) = rows.next()? {
            for c in checks::titles(&[seen(r)?], facts) {
                let key = (c.about.clone(), c.values.first().map(|v| v.0.to_string()).unwrap_or_default());
                match merged.get_mut(&key) {
                    Some(held) => {
                        if let (Some(a), Some(b)) = (held.values.first_mut(), c.values.into_iter().next()) {
                            a.1.extend(b.1);
                        }
                    }
                    None => {
                        merged.insert(key, c);
                    }
                }
            }
        }
        Ok(merged.into_values().collect())
    }

    fn calendar(&self) -> Result<Vec<Check>> {
        let mut out = Vec::new();
        {
            let mut s = self.db.prepare("SELECT a.article, w.code, w.message, w.start, w.end FROM warning w JOIN article a USING (article_id)")?;
            let mut rows = s.query([])?;
            while let Some(r) = rows.next()? {
                let article: String = r.get(0)?;
                let warning = Warning { code: r.get(1)?, message: r.get(2)?, span: Span::new(r.get(3)?, r.get(4)?) };
                out.extend(checks::calendar(&article, &Record { warnings: vec![warning], ..Record::default() }));
            }
        }
        let mut s = self.db.prepare("SELECT a.article, r.n, r.date, a.published FROM report_early e JOIN report r USING (report_id) JOIN article a USING (article_id)")?;
        let mut rows = s.query([])?;
        while let Some(r) = rows.next()? {
            let report = Report { article: r.get(0)?, event: r.get(1)?, status: "occurred".into(), date: r.get(2)?, published: r.get(3)?, ..Report::default() };
            out.extend(checks::impossible(&[report]));
        }
        Ok(out)
    }

    /// An event as resolution made it.
    pub(crate) fn model_event(&self, id: i64) -> Result<Event> {
        let mut e = self
            .db
            .prepare_cached(
                "SELECT e.address, e.kind, e.status, e.date, p.actor, e.place_country, e.attributes, e.life, e.differing, e.independent, e.plover, e.mode, e.quad, e.cameo, e.goldstein
                 FROM event e LEFT JOIN actor p ON p.actor_id = e.place_id WHERE e.event_id = ?1",
            )?
            .query_row([id], |r| Ok(model(r)))??;
        let mut s = self.db.prepare_cached("SELECT a.actor, p.role, p.country FROM participant p JOIN actor a USING (actor_id) WHERE p.event_id = ?1 ORDER BY p.n")?;
        e.parties = s.query_map([id], |r| Ok(Party { actor: r.get(0)?, role: r.get(1)?, country: r.get(2)? }))?.collect::<rusqlite::Result<_>>()?;
        let mut s = self.db.prepare_cached("SELECT a.article || '#' || r.n FROM report r JOIN article a USING (article_id) WHERE r.event_id = ?1 ORDER BY 1")?;
        e.reports = s.query_map([id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(e)
    }

    /// The events in which both states take part, of these kinds (of all, where none is named).
    fn events_of_pair(&self, pair: &Pair, kinds: &[&str]) -> Result<Vec<Event>> {
        let (Some(a), Some(b)) = (self.actor_number(&format!("country:{}", pair[0]))?, self.actor_number(&format!("country:{}", pair[1]))?) else { return Ok(Vec::new()) };
        // A visit that names no host is its place's.
        let mut ids: BTreeSet<i64> = BTreeSet::new();
        for (x, y, other) in [(a, b, 0), (a, b, 1), (b, a, 1)] {
            let keys = self.shortest_first("event_index", &[(x, 0), (y, other)])?;
            let ((x, side), (y, other)) = (keys[0], keys[1]);
            let mut s = self.db.prepare_cached(
                "SELECT i.event_id, i.kind FROM event_index i WHERE i.actor_id = ?1 AND i.side = ?2
                 AND EXISTS (SELECT 1 FROM event_index j WHERE j.actor_id = ?3 AND j.side = ?4 AND j.day = i.day AND j.address = i.address)",
            )?;
            let mut rows = s.query(params![x, side, y, other])?;
            let numbers: Vec<i64> = kinds.iter().map(|k| number_of(&lists::KINDS, k)).collect();
            while let Some(r) = rows.next()? {
                if numbers.is_empty() || numbers.contains(&r.get(1)?) {
                    ids.insert(r.get(0)?);
                }
            }
        }
        ids.into_iter().map(|id| self.model_event(id)).collect()
    }

    fn levels_of(&self, pair: &Pair) -> Result<Vec<Level>> {
        let mut s = self.db.prepare_cached(
            "SELECT a.published, a.article, coalesce(w.wire, a.article), l.level, l.established, l.dated, l.start, l.end
             FROM relation l JOIN article a USING (article_id) LEFT JOIN wire w USING (article_id) WHERE l.pair = ?1 ORDER BY a.article, l.n",
        )?;
        let rows = s.query_map([pair.join("+")], |r| {
            Ok(Level {
                pair: pair.clone(),
                published: r.get(0)?,
                article: r.get(1)?,
                wire: r.get(2)?,
                level: r.get(3)?,
                established: r.get(4)?,
                dated: r.get(5)?,
                start: r.get(6)?,
                end: r.get(7)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn positions_of(&self, pair: &Pair) -> Result<Vec<Position>> {
        let mut s = self.db.prepare_cached(
            "SELECT a.published, a.article, coalesce(w.wire, a.article), p.topic, p.stance, p.by, p.of, p.start, p.end, p.article_id
             FROM position p JOIN article a USING (article_id) LEFT JOIN wire w USING (article_id) WHERE p.pair = ?1 ORDER BY a.article, p.n",
        )?;
        let mut rows = s.query([pair.join("+")])?;
        let mut out = Vec::new();
        while let Some(r) = rows.next()? {
            let article: i64 = r.get(9)?;
            let numbers: Vec<i64> = serde_json::from_str(r.get_ref(5)?.as_str().unwrap_or("[]"))?;
            let mut by = Vec::new();
            for n in numbers {
                let actor: Option<Option<String>> = self
                    .db
                    .prepare_cached("SELECT a.actor FROM sighting s LEFT JOIN actor a USING (actor_id) WHERE s.article_id = ?1 AND s.n = ?2")?
                    .query_row([article, n], |r| r.get(0))
                    .optional()?;
                by.extend(actor.flatten());
            }
            out.push(Position {
                pair: pair.clone(),
                published: r.get(0)?,
                article: r.get(1)?,
                wire: r.get(2)?,
                topic: r.get(3)?,
                stance: r.get(4)?,
                by,
                of: r.get(6)?,
                start: r.get(7)?,
                end: r.get(8)?,
            });
        }
        Ok(out)
    }

    /// What one state says to the other, coded.
    fn acts_of(&self, pair: &Pair) -> Result<Vec<Act>> {
        let mut out = Vec::new();
        for (from, to) in [(&pair[0], &pair[1]), (&pair[1], &pair[0])] {
            let (Some(a), Some(b)) = (self.actor_number(&format!("country:{from}"))?, self.actor_number(&format!("country:{to}"))?) else { continue };
            let mut s = self.db.prepare_cached(
                "SELECT coalesce(s.date, a.published), s.plover, s.mode, s.quad, s.cameo, s.goldstein, a.article || '#' || s.n, coalesce(w.wire, a.article)
                 FROM statement_index i JOIN statement s USING (statement_id) JOIN article a USING (article_id) LEFT JOIN wire w USING (article_id)
                 WHERE i.actor_id = ?1 AND i.side = ?2 AND (i.side = 0 OR i.how <> 1)
                 AND EXISTS (SELECT 1 FROM statement_index j WHERE j.actor_id = ?3 AND j.side = ?4 AND (j.side = 0 OR j.how <> 1) AND j.day = i.day AND j.tie = i.tie)",
            )?;
            // Who speaks has side 0; whom the words are addressed to, not only mention, side 1.
            let keys = self.shortest_first("statement_index", &[(a, 0), (b, 1)])?;
            let rows = s.query_map([keys[0].0, keys[0].1, keys[1].0, keys[1].1], |r| {
                Ok(Act {
                    from: from.clone(),
                    to: to.clone(),
                    date: r.get(0)?,
                    code: Code { plover: r.get(1)?, mode: r.get(2)?, quad: r.get(3)?, cameo: r.get(4)?, goldstein: r.get(5)? },
                    source: r.get(6)?,
                    wire: r.get(7)?,
                })
            })?;
            for act in rows {
                out.push(act?);
            }
        }
        Ok(out)
    }

    /// All that is held of a pair of states (ISO codes, in any order).
    pub fn standing(&self, one: &str, other: &str) -> Result<Option<Standing>> {
        let Some(pair) = standing::pair(one, other) else { return Ok(None) };
        Ok(Some(standing::standing(&pair, &self.levels_of(&pair)?, &self.deeds_of(&pair)?, &self.positions_of(&pair)?, &self.acts_of(&pair)?)))
    }

    /// The events that belong to a pair, with no more of each than its standing is made of: there are hundreds.
    fn deeds_of(&self, pair: &Pair) -> Result<Vec<Event>> {
        let mut ids: BTreeSet<i64> = BTreeSet::new();
        let (Some(a), Some(b)) = (self.actor_number(&format!("country:{}", pair[0]))?, self.actor_number(&format!("country:{}", pair[1]))?) else { return Ok(Vec::new()) };
        let mut s = self.db.prepare_cached("SELECT event_id FROM pair_index WHERE pair = ?1")?;
        for id in s.query_map([pair.join("+")], |r| r.get(0))? {
            ids.insert(id?);
        }
        let mut s = self.db.prepare_cached(
            "SELECT c.event_id FROM pair_index c WHERE c.pair = ?1
             AND EXISTS (SELECT 1 FROM event_index i WHERE i.actor_id = ?2 AND i.side = 0 AND i.day = c.day AND i.address = c.address)
             AND EXISTS (SELECT 1 FROM event_index i WHERE i.actor_id = ?3 AND i.side = 0 AND i.day = c.day AND i.address = c.address)",
        )?;
        for id in s.query_map(params![super::CROWD, a, b], |r| r.get(0))? {
            ids.insert(id?);
        }
        // A visit that names no host is its place's.
        let mut s = self.db.prepare_cached(
            "SELECT i.event_id FROM event_index i WHERE i.actor_id = ?1 AND i.side = 1 AND i.kind = ?3
             AND EXISTS (SELECT 1 FROM event_index j WHERE j.actor_id = ?2 AND j.side = 0 AND j.day = i.day AND j.address = i.address)",
        )?;
        for (place, guest) in [(a, b), (b, a)] {
            for id in s.query_map([place, guest, number_of(&lists::KINDS, "visit")], |r| r.get(0))? {
                ids.insert(id?);
            }
        }
        let mut event =
            self.db.prepare_cached("SELECT address, kind, status, date, place_id, place_country, attributes, life, plover, cameo, goldstein FROM event WHERE event_id = ?1")?;
        let mut parties = self.db.prepare_cached("SELECT role, country, actor_id FROM participant WHERE event_id = ?1 ORDER BY n")?;
        let mut names = Names::default();
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            let mut rows = event.query([id])?;
            let Some(r) = rows.next()? else { continue };
            let json = |at: usize| r.get_ref(at).map(|v| v.as_str().unwrap_or("null").to_owned());
            let mut e = Event { id: event_id(r.get(0)?), kind: r.get(1)?, status: r.get(2)?, date: r.get(3)?, place_country: r.get(5)?, ..Event::default() };
            e.code = Code { plover: r.get(8)?, cameo: r.get(9)?, goldstein: r.get(10)?, ..Code::default() };
            let visit = e.kind == "visit";
            if visit || matches!(e.kind.as_str(), "signing" | "accord") {
                e.attributes = serde_json::from_str(&json(6)?)?;
            }
            if e.date.is_none() {
                e.life = serde_json::from_str(&json(7)?)?;
            }
            // Only visits name anybody but states.
            let mut named = |id: i64| -> Result<String> { if visit { Ok(names.of(self, id)?.id) } else { Ok(String::new()) } };
            e.place = r.get::<_, Option<i64>>(4)?.map(&mut named).transpose()?.filter(|p| !p.is_empty());
            let mut rows = parties.query([id])?;
            while let Some(p) = rows.next()? {
                e.parties.push(Party { role: p.get(0)?, country: p.get(1)?, actor: named(p.get(2)?)? });
            }
            out.push(e);
        }
        Ok(out)
    }

    /// The levels of relation that articles assert of a pair of states.
    pub fn levels_between(&self, one: &str, other: &str) -> Result<Vec<standing::Held>> {
        let Some(pair) = standing::pair(one, other) else { return Ok(Vec::new()) };
        Ok(standing::standing(&pair, &self.levels_of(&pair)?, &[], &[], &[]).levels)
    }

    /// An article's words.
    pub fn words(&self, article: &str, start: u32, end: u32) -> Result<Option<Proof>> {
        let mut s = self.db.prepare_cached(&format!(
            "SELECT {SOURCE}, substr(t.text, ?2 + 1, ?3 - ?2) FROM article a JOIN article_text t USING (article_id) WHERE a.article = ?1 AND a.current = 1"
        ))?;
        Ok(s.query_row(params![article, start, end], |r| Ok(Proof { source: source(r, 0)?, quote: r.get(6)? })).optional()?)
    }

    fn finding(&self, c: &Check, names: &mut Names) -> Result<Finding> {
        let mut who: Vec<Name> = Vec::new();
        let mut kind = None;
        let mut add = |n: Name| {
            if !who.contains(&n) {
                who.push(n);
            }
        };
        let event = event_address(&c.about);
        if let Some(e) = self.event(&c.about)? {
            kind = Some(e.kind.clone());
            for p in e.participants {
                add(Name { country: p.of.or(p.name.country.clone()), ..p.name });
            }
        } else if let Some((a, b)) = c.about.split_once('+') {
            for iso in [a, b] {
                if let Some(n) = self.name_of(&format!("country:{iso}"))? {
                    add(n);
                }
            }
        } else if c.about.contains(':') {
            if let Some(n) = self.name_of(&c.about)? {
                add(n);
            }
        } else {
            let article = c.about.split('#').next().unwrap_or("");
            let mut s = self.db.prepare_cached(
                "SELECT DISTINCT s.actor_id FROM sighting s JOIN article a USING (article_id) WHERE a.article = ?1 AND a.current = 1 AND s.actor_id IS NOT NULL AND s.kind IN ('person', 'country') ORDER BY s.n LIMIT 12",
            )?;
            let ids: Vec<i64> = s.query_map([article], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            for id in ids {
                add(names.of(self, id)?);
            }
        }
        let values = c
            .values
            .iter()
            .map(|(value, articles)| {
                let by = articles.iter().take(PROOFS).map(|a| self.prove(c, event, value, a)).collect::<Result<Vec<_>>>()?;
                Ok(Differing { value: value.clone(), by: by.into_iter().flatten().collect() })
            })
            .collect::<Result<_>>()?;
        Ok(Finding { code: c.code.clone(), about: c.about.clone(), kind, who, values })
    }

    /// The words of an article that a finding is about.
    fn prove(&self, c: &Check, event: Option<i64>, value: &Value, article: &str) -> Result<Option<Proof>> {
        let span: Option<(u32, u32)> = if let Some(address) = event {
            self.db
                .prepare_cached(
                    "SELECT r.start, r.end FROM report r JOIN article a USING (article_id)
                     WHERE a.article = ?1 AND a.current = 1 AND r.event_id IN (SELECT event_id FROM report WHERE address = ?2)
                     ORDER BY (r.date IS ?3) DESC,
                       ((SELECT x.actor FROM sighting s JOIN actor x USING (actor_id) WHERE s.article_id = r.article_id AND s.n = r.place) IS ?3) DESC, r.start LIMIT 1",
                )?
                .query_row(params![article, address, value.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()?
        } else if c.about.contains('+') {
            self.db
                .prepare_cached("SELECT l.start, l.end FROM relation l JOIN article a USING (article_id) WHERE a.article = ?1 AND a.current = 1 AND l.pair = ?2 ORDER BY (l.dated IS NOT NULL) DESC, l.start LIMIT 1")?
                .query_row([article, &c.about], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()?
        } else if let Some((_, n)) = c.about.split_once('#') {
            self.db
                .prepare_cached("SELECT r.start, r.end FROM report r JOIN article a USING (article_id) WHERE a.article = ?1 AND a.current = 1 AND r.n = ?2")?
                .query_row([article, n], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()?
        } else if c.code == "calendar" {
            self.db
                .prepare_cached("SELECT w.start, w.end FROM warning w JOIN article a USING (article_id) WHERE a.article = ?1 AND a.current = 1 AND w.message = ?2 LIMIT 1")?
                .query_row([Some(article), value.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()?
        } else {
            self.db
                .prepare_cached(
                    "SELECT s.start, s.end FROM sighting s JOIN article a USING (article_id) JOIN actor x USING (actor_id) WHERE a.article = ?1 AND a.current = 1 AND x.actor = ?2 LIMIT 1",
                )?
                .query_row([article, &c.about], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()?
        };
        let (start, end) = span.unwrap_or((0, 0));
        Ok(self.words(article, start, end)?.map(|p| Proof { quote: p.quote.filter(|q| !q.is_empty()), ..p }))
    }
}

fn ordered(mut found: Vec<Check>) -> Vec<Check> {
    found.sort_by(|a, b| (&a.code, &a.about).cmp(&(&b.code, &b.about)).then_with(|| format!("{:?}", a.values).cmp(&format!("{:?}", b.values))));
    found.dedup();
    found
}

/// A state is concerned where one of its people is.
fn concerns(name: &Name, id: &str) -> bool {
    name.id == id || name.country.as_deref().is_some_and(|c| id.strip_prefix("country:") == Some(c))
}

fn model(r: &Row) -> Result<Event> {
    let json = |at: usize| r.get_ref(at).map(|v| v.as_str().unwrap_or("null").to_owned());
    Ok(Event {
        id: event_id(r.get(0)?),
        kind: r.get(1)?,
        status: r.get(2)?,
        date: r.get(3)?,
        place: r.get(4)?,
        place_country: r.get(5)?,
        attributes: serde_json::from_str(&json(6)?)?,
        life: serde_json::from_str(&json(7)?)?,
        differing: serde_json::from_str(&json(8)?)?,
        independent: r.get(9)?,
        code: Code { plover: r.get(10)?, mode: r.get(11)?, quad: r.get(12)?, cameo: r.get(13)?, goldstein: r.get(14)? },
        ..Event::default()
    })
}
