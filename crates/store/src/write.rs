//! Articles into the register: one writer, transactions of some hundred articles, each with the checkpoint of its source.
//!
//! What must not live here: reading of texts, resolution (`settle`), which undoes and redoes what depends on other articles.

use crate::document::hash;
use crate::prepare::{Prepared, folded_name};
use crate::{Register, Result};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::json;
use sijill_record::lists;
use sijill_resolve::facts::Facts;
use sijill_resolve::model::{Code, Held, Sighting};
pub(crate) use sijill_resolve::reprints::{UNDATED as NO_DATE, windows};

/// How far a source has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub source: String,
    /// Another fingerprint is another content: the source is read from its beginning.
    pub fingerprint: String,
    /// What the reader of the source made of its own place.
    pub position: String,
    pub done: bool,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub source: String,
    pub place: String,
    pub reason: String,
}

/// What goes into the register in one transaction: all of it, or nothing.
#[derive(Debug, Default)]
pub struct Batch {
    pub articles: Vec<Prepared>,
    pub refused: Vec<Refused>,
    pub marks: Vec<Mark>,
}

/// What came of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    pub new: usize,
    /// Versions of articles that the register held in another.
    pub changed: usize,
    /// Held already, word for word.
    pub known: usize,
}

/// The kinds of `dirty`.
pub(crate) const WIRE: &str = "wire";
pub(crate) const ACTORS: &str = "actors";
pub(crate) const VOICES: &str = "voices";
pub(crate) const REPORTS: &str = "reports";
pub(crate) const EVENTS: &str = "events";
/// The findings (see `query::check`): addresses of events with several reports that changed, and 0 for any addition.
pub(crate) const CHECKS: &str = "checks";

/// Numbers of actors by their ids, for one run: the table is asked once for each.
#[derive(Default)]
pub(crate) struct Actors(FxHashMap<String, i64>);

impl Actors {
    /// The number of an actor, who gets a row where he has none.
    pub(crate) fn number(&mut self, db: &Connection, facts: &Facts, actor: &str, kind: &str, block: i64, country: Option<&str>) -> Result<i64> {
        if let Some(id) = self.0.get(actor) {
            return Ok(*id);
        }
        let found: Option<i64> = db.prepare_cached("SELECT actor_id FROM actor WHERE actor = ?1")?.query_row([actor], |r| r.get(0)).optional()?;
        let id = match found {
            Some(id) => id,
            None => {
                let labels = facts.labels.get(actor);
                let own = actor.strip_prefix("country:");
                // The lexicon's own are known by their ids, whichever block found them.
                let block = if labels.is_some() { crate::document::block_number(&format!("is {actor}")) } else { block };
                let country = if labels.is_some() { own.or_else(|| facts.country_of(actor)) } else { country };
                db.prepare_cached("INSERT INTO actor (actor, kind, known, country, block, label_ar, label_en) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
                    actor,
                    kind,
                    labels.is_some(),
                    country,
                    block,
                    labels.map(|l| &l.0),
                    labels.map(|l| &l.1)
                ])?;
                let id = db.last_insert_rowid();
                if let Some((ar, en)) = labels {
                    for name in [ar, en] {
                        db.prepare_cached("INSERT OR IGNORE INTO actor_name (folded, actor_id, name, articles) VALUES (?1, ?2, ?3, 0)")?.execute(params![
                            folded_name(name),
                            id,
                            name
                        ])?;
                    }
                }
                id
            }
        };
        if self.0.len() > 1 << 18 {
            self.0.clear();
        }
        self.0.insert(actor.to_owned(), id);
        Ok(id)
    }

    /// The number of a state.
    pub(crate) fn country(&mut self, db: &Connection, facts: &Facts, iso: &str) -> Result<i64> {
        let id = format!("country:{iso}");
        let block = crate::document::block_number(&format!("is {id}"));
        self.number(db, facts, &id, "country", block, Some(iso))
    }

    /// After a transaction that did not happen.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }
}

/// Which country an actor without a register has, where it can be said without looking at other articles.
pub(crate) fn lasting_country<'a>(actor: &'a str, own: Option<&'a str>) -> Option<&'a str> {
    if let Some(rest) = actor.strip_prefix("office:") {
        return rest.split(':').next();
    }
    if actor.contains('@') { own } else { None }
}

/// Changes in the number of articles that use a spelling, gathered over a transaction.
#[derive(Default)]
pub(crate) struct Spellings(FxHashMap<(i64, String), i64>);

impl Spellings {
    pub(crate) fn count(&mut self, actor: i64, names: &[String], label: &str, by: i64) {
        if names.is_empty() {
            *self.0.entry((actor, label.to_owned())).or_default() += by;
        }
        for n in names {
            *self.0.entry((actor, n.clone())).or_default() += by;
        }
    }
    pub(crate) fn write(self, db: &Connection) -> Result<()> {
        let mut list: Vec<((i64, String), i64)> = self.0.into_iter().filter(|(_, by)| *by != 0).collect();
        list.sort();
        for ((actor, name), by) in list {
            let folded = folded_name(&name);
            db.prepare_cached(
                "INSERT INTO actor_name (folded, actor_id, name, articles) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
            )?
            .execute(params![folded, actor, name, by])?;
            if by < 0 {
                // What the lexicon itself says (articles 0 from the beginning) is a label of a known actor and stays.
                db.prepare_cached(
                    "DELETE FROM actor_name WHERE folded = ?1 AND actor_id = ?2 AND name = ?3 AND articles <= 0
                     AND NOT EXISTS (SELECT 1 FROM actor a WHERE a.actor_id = ?2 AND ?3 IN (a.label_ar, a.label_en))",
                )?
                .execute(params![folded, actor, name])?;
            }
        }
        Ok(())
    }
}

/// What a transaction leaves to be resolved.
#[derive(Default)]
pub(crate) struct Dirty(FxHashSet<(&'static str, i64)>);

impl Dirty {
    pub(crate) fn mark(&mut self, kind: &'static str, block: i64) {
        self.0.insert((kind, block));
    }
    /// Is it marked, here or by a transaction before?
    pub(crate) fn waits(&self, db: &Connection, kind: &'static str, block: i64) -> Result<bool> {
        Ok(self.0.contains(&(kind, block)) || db.prepare_cached("SELECT 1 FROM dirty WHERE kind = ?1 AND block = ?2")?.exists(params![kind, block])?)
    }
    pub(crate) fn write(self, db: &Connection) -> Result<()> {
        let mut list: Vec<_> = self.0.into_iter().collect();
        list.sort_unstable();
        for (kind, block) in list {
            db.prepare_cached("INSERT OR IGNORE INTO dirty (kind, block) VALUES (?1, ?2)")?.execute(params![kind, block])?;
        }
        Ok(())
    }
}

/// The one who writes, for the length of a run.
pub struct Writer<'r> {
    register: &'r mut Register,
    facts: &'r Facts,
    lexicon: String,
    actors: Actors,
    noted: bool,
}

/// Key of `meta` under which stands, as JSON, the list of the lexicons that read the articles.
const READ_WITH: &str = "read_with";

/// The lexicons that read the articles of a register.
pub(crate) fn read_with(db: &Connection) -> Result<Vec<String>> {
    let held: Option<String> = db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?.query_row([READ_WITH], |r| r.get(0)).optional()?;
    Ok(held.map(|h| serde_json::from_str(&h)).transpose()?.unwrap_or_default())
}

pub(crate) fn set_read_with(db: &Connection, lexicons: &[String]) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?.execute(params![READ_WITH, json!(lexicons).to_string()])?;
    Ok(())
}

impl Register {
    /// A writer. `lexicon` is the version that the records were made with.
    pub fn writer<'r>(&'r mut self, facts: &'r Facts, lexicon: &str) -> Writer<'r> {
        Writer { register: self, facts, lexicon: lexicon.to_owned(), actors: Actors::default(), noted: false }
    }

    /// Where a source was left, if its content is still the same: position and whether it was read to its end.
    pub fn checkpoint(&self, source: &str, fingerprint: &str) -> Result<Option<(String, bool)>> {
        let mut s = self.db.prepare_cached("SELECT position, done FROM checkpoint WHERE source = ?1 AND fingerprint = ?2")?;
        Ok(s.query_row([source, fingerprint], |r| Ok((r.get(0)?, r.get(1)?))).optional()?)
    }
}

pub(crate) fn describe(register: &mut Register, meta: &[(&str, &str)], labels: &[(String, String, String, String)]) -> Result<()> {
    let t = register.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    for (key, value) in meta {
        t.prepare_cached("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value")?.execute([key, value])?;
    }
    let held: i64 = t.query_row("SELECT count(*) FROM label", [], |r| r.get(0))?;
    if held != labels.len() as i64 {
        t.execute("DELETE FROM label", [])?;
    }
    for (group, id, ar, en) in labels {
        t.prepare_cached(
            "INSERT INTO label (grp, id, ar, en) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET ar = excluded.ar, en = excluded.en WHERE ar <> excluded.ar OR en <> excluded.en",
        )?
        .execute([group, id, ar, en])?;
    }
    t.commit()?;
    Ok(())
}

impl Writer<'_> {
    pub fn holds(&self, key: &str, version: &str) -> Result<bool> {
        self.register.holds(key, version)
    }

    /// Puts a batch in, wholly or not at all.
    pub fn write(&mut self, batch: &Batch) -> Result<Added> {
        let done = self.try_write(batch);
        if done.is_err() {
            self.actors.forget();
            self.noted = false;
        }
        done
    }

    /// Puts new readings of articles in the place of the old ones, all of them or none. For each article, all versions that the register holds; one that has got another version
    /// meanwhile is left as it is. How many were replaced.
    pub fn reread(&mut self, articles: &[Vec<Prepared>]) -> Result<usize> {
        let done = self.try_reread(articles);
        if done.is_err() {
            self.actors.forget();
        }
        done
    }

    fn try_reread(&mut self, articles: &[Vec<Prepared>]) -> Result<usize> {
        let t = self.register.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut work = Work::new(&t, &mut self.actors, self.facts, &self.lexicon);
        let mut done = 0;
        for versions in articles {
            done += usize::from(again(&mut work, versions)?);
        }
        work.finish()?;
        t.commit()?;
        Ok(done)
    }

    fn try_write(&mut self, batch: &Batch) -> Result<Added> {
        let t = self.register.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut added = Added::default();
        let mut work = Work::new(&t, &mut self.actors, self.facts, &self.lexicon);
        for p in &batch.articles {
            article(&mut work, p, &mut added)?;
        }
        work.finish()?;
        if !self.noted && added.new + added.changed > 0 {
            let mut lexicons = read_with(&t)?;
            if !lexicons.contains(&self.lexicon) {
                lexicons.push(self.lexicon.clone());
                set_read_with(&t, &lexicons)?;
            }
        }
        for r in &batch.refused {
            t.prepare_cached("INSERT OR IGNORE INTO refused (source, place, reason) VALUES (?1, ?2, ?3)")?.execute([&r.source, &r.place, &r.reason])?;
        }
        for m in &batch.marks {
            t.prepare_cached("INSERT OR REPLACE INTO checkpoint (source, fingerprint, position, done) VALUES (?1, ?2, ?3, ?4)")?.execute(params![
                m.source,
                m.fingerprint,
                m.position,
                m.done
            ])?;
        }
        t.commit()?;
        self.noted |= added.new + added.changed > 0;
        Ok(added)
    }
}

/// A transaction under way: what it needs, and what it leaves to be written at its end.
struct Work<'w, 'p> {
    t: &'w Connection,
    actors: &'w mut Actors,
    facts: &'w Facts,
    lexicon: &'w str,
    dirty: Dirty,
    spellings: Spellings,
    searched: Vec<(i64, &'p Prepared)>,
}

impl<'w, 'p> Work<'w, 'p> {
    fn new(t: &'w Connection, actors: &'w mut Actors, facts: &'w Facts, lexicon: &'w str) -> Self {
        Self { t, actors, facts, lexicon, dirty: Dirty::default(), spellings: Spellings::default(), searched: Vec::new() }
    }

    fn finish(mut self) -> Result<()> {
        if !self.searched.is_empty() {
            self.dirty.mark(CHECKS, 0);
        }
        // The index is written out whenever a number is less than the one before.
        self.searched.sort_by_key(|s| s.0);
        for (id, p) in self.searched {
            self.t.prepare_cached("INSERT INTO search (rowid, words, actors) VALUES (?1, ?2, ?3)")?.execute(params![id, p.words, p.tokens])?;
        }
        self.spellings.write(self.t)?;
        self.dirty.write(self.t)
    }
}

/// Where an article stands in search: in the order of days; within a day by a hash, so that the order of arrival leaves no trace. What search has once had under a number stays there.
fn search_number(t: &Connection, p: &Prepared) -> Result<i64> {
    let mut id = (p.day << 24) | (hash(&[&p.key, &p.version]) >> 40) as i64;
    while t.prepare_cached("SELECT 1 FROM article WHERE search_id = ?1")?.exists([id])? || t.prepare_cached("SELECT 1 FROM search_docsize WHERE id = ?1")?.exists([id])? {
        id += 1;
    }
    Ok(id)
}

/// Another reading of an article: of all its versions, of which another may stand now. Says whether it was put in.
fn again<'p>(work: &mut Work<'_, 'p>, versions: &'p [Prepared]) -> Result<bool> {
    let t = work.t;
    let Some(newest) = versions.iter().max_by(|a, b| (a.day, &a.version).cmp(&(b.day, &b.version))) else { return Ok(false) };
    let held: Vec<(i64, String, i64, i64, bool)> = {
        let mut s = t.prepare_cached("SELECT article_id, version, day, search_id, current FROM article WHERE article = ?1")?;
        s.query_map([&newest.key], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?.collect::<rusqlite::Result<_>>()?
    };
    if held.len() != versions.len() || !versions.iter().all(|p| held.iter().any(|h| h.1 == p.version)) {
        return Ok(false);
    }
    for (id, ..) in held.iter().filter(|h| h.4) {
        remove(t, *id, &mut work.dirty, &mut work.spellings)?;
    }
    for p in versions {
        let Some((id, _, day, number, _)) = held.iter().find(|h| h.1 == p.version) else { continue };
        let current = p.version == newest.version;
        let searched = t.prepare_cached("SELECT 1 FROM search_docsize WHERE id = ?1")?.exists([number])?;
        let number = if *day == p.day && !(current && searched) { *number } else { search_number(t, p)? };
        t.prepare_cached("UPDATE article SET current = ?2, published = ?3, day = ?4, search_id = ?5, made_with = ?6 WHERE article_id = ?1")?.execute(params![
            id,
            current,
            p.published,
            p.day,
            number,
            work.lexicon
        ])?;
        if current {
            work.searched.push((number, p));
            contents(work, *id, p)?;
        }
    }
    Ok(true)
}

fn article<'p>(work: &mut Work<'_, 'p>, p: &'p Prepared, added: &mut Added) -> Result<()> {
    let t = work.t;
    if t.prepare_cached("SELECT 1 FROM article WHERE article = ?1 AND version = ?2")?.exists([&p.key, &p.version])? {
        added.known += 1;
        return Ok(());
    }
    let before: Option<(i64, i64, String)> = t
        .prepare_cached("SELECT article_id, day, version FROM article WHERE article = ?1 AND current = 1")?
        .query_row([&p.key], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        .optional()?;
    // The later published, then the greater hash: whichever comes first, the same one stands.
    let current = before.as_ref().is_none_or(|(_, day, version)| (p.day, &p.version) > (*day, version));
    if before.is_some() {
        added.changed += 1;
    } else {
        added.new += 1;
    }
    if let Some((id, ..)) = before
        && current
    {
        remove(t, id, &mut work.dirty, &mut work.spellings)?;
        t.prepare_cached("UPDATE article SET current = 0 WHERE article_id = ?1")?.execute([id])?;
    }
    let search_id = search_number(t, p)?;
    let d = &p.document;
    t.prepare_cached(
        "INSERT INTO article (article, version, current, id, url, outlet, title, given, published, day, search_id, made_with) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![p.key, p.version, current, d.id, d.url, d.outlet, d.title, d.published, p.published, p.day, search_id, work.lexicon])?;
    let id = t.last_insert_rowid();
    t.prepare_cached("INSERT INTO article_text (article_id, text) VALUES (?1, ?2)")?.execute(params![id, d.text])?;
    if !current {
        return Ok(());
    }
    work.searched.push((search_id, p));
    contents(work, id, p)
}

/// All that a version which stands says.
fn contents(work: &mut Work, id: i64, p: &Prepared) -> Result<()> {
    let Work { t, actors, facts, dirty, spellings, .. } = work;
    let (t, facts) = (*t, *facts);
    if p.signature.shingles > 0 {
        let hashes: Vec<u8> = p.signature.values.iter().flat_map(|v| v.to_le_bytes()).collect();
        t.prepare_cached("INSERT INTO signature (article_id, shingles, hashes) VALUES (?1, ?2, ?3)")?.execute(params![id, p.signature.shingles, hashes])?;
    }
    for w in windows(p.published.as_deref()) {
        dirty.mark(WIRE, w);
    }
    // Whose name is still to be settled, and does anything hang on it?
    let mut numbers: Vec<Option<i64>> = Vec::with_capacity(p.sightings.len());
    for (n, s) in p.sightings.iter().enumerate() {
        let number = match &s.identity {
            Some((actor, _)) => Some(actors.number(t, facts, actor, &s.sighting.kind, s.block, lasting_country(actor, s.country.as_deref()))?),
            None => {
                dirty.mark(ACTORS, s.block);
                None
            }
        };
        numbers.push(number);
        if let Some(number) = number {
            spellings.count(number, &s.spelled, &s.sighting.label_ar, 1);
        }
        sighting(t, id, n as i64, number, s)?;
    }
    for r in &p.reports {
        let Code { plover, mode, quad, cameo, goldstein } = &r.code;
        t.prepare_cached(
            "INSERT INTO report (article_id, n, address, kind, status, date, place, parties, claimed_by, attributes, evidence, start, end, plover, mode, quad, cameo, goldstein, entry, rule)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )?
        .execute(params![
            id,
            r.n,
            r.address,
            r.kind,
            r.status,
            r.date,
            r.place,
            json!(r.parties).to_string(),
            json!(r.claimed_by).to_string(),
            r.attributes,
            r.evidence,
            r.span.start,
            r.span.end,
            plover,
            mode,
            quad,
            cameo,
            goldstein,
            r.entry,
            r.rule
        ])?;
    }
    if !p.reports.is_empty() {
        dirty.mark(REPORTS, id);
    }
    for s in &p.statements {
        let Code { plover, mode, quad, cameo, goldstein } = &s.code;
        t.prepare_cached(
            "INSERT INTO statement (article_id, n, force, speakers, targets, about, cue_start, cue_end, start, end, direct, date, day, tie, within, plover, mode, quad, cameo, goldstein)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )?
        .execute(params![
            id,
            s.n,
            s.force,
            json!(s.speakers).to_string(),
            json!(s.targets).to_string(),
            json!(s.about).to_string(),
            s.cue.start,
            s.cue.end,
            s.content.start,
            s.content.end,
            s.direct,
            s.date,
            s.day,
            s.tie,
            s.within,
            plover,
            mode,
            quad,
            cameo,
            goldstein
        ])?;
    }
    for (n, r) in p.relations.iter().enumerate() {
        t.prepare_cached("INSERT INTO relation (article_id, n, a, b, level, established, day, start, end, dated, pair) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?
            .execute(params![id, n as i64, r.a, r.b, r.level, r.established, p.day, r.span.start, r.span.end, r.dated, r.pair])?;
    }
    for (n, h) in p.positions.iter().enumerate() {
        t.prepare_cached("INSERT INTO position (article_id, n, pair, topic, stance, by, of, start, end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?.execute(params![
            id,
            n as i64,
            h.pair,
            h.topic,
            h.stance,
            json!(h.by).to_string(),
            h.of,
            h.span.start,
            h.span.end
        ])?;
        // Both can be asked for, even where the article names only a policy of one.
        for iso in h.pair.split('+') {
            actors.country(t, facts, iso)?;
        }
    }
    if !p.statements.is_empty() || !p.relations.is_empty() {
        let settled = |n: &u32| numbers.get(*n as usize).is_some_and(Option::is_some);
        let all = p.statements.iter().flat_map(|s| s.speakers.iter().chain(&s.targets).chain(&s.about)).all(settled) && p.relations.iter().all(|r| settled(&r.a) && settled(&r.b));
        if all {
            voices(t, actors, facts, id)?;
        } else {
            dirty.mark(VOICES, id);
        }
    }
    for (n, w) in p.warnings.iter().enumerate() {
        t.prepare_cached("INSERT INTO warning (article_id, n, code, start, end, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
            id,
            n as i64,
            w.code,
            w.span.start,
            w.span.end,
            w.message
        ])?;
    }
    Ok(())
}

fn sighting(t: &Connection, article: i64, n: i64, actor: Option<i64>, s: &crate::prepare::Seen) -> Result<()> {
    let roles: Vec<_> = s.sighting.roles.iter().map(|r| json!([r.title, r.of, r.country])).collect();
    t.prepare_cached(
        "INSERT INTO sighting (article_id, n, actor_id, entity, kind, known, block, label, label_en, names, spelled, unnamed, roles, country, mentions, start, end, rule)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    )?
    .execute(params![
        article,
        n,
        actor,
        s.sighting.entity,
        s.sighting.kind,
        s.sighting.known,
        s.identity.is_none().then_some(s.block),
        s.sighting.label_ar,
        s.sighting.label_en.as_deref(),
        json!(s.sighting.names).to_string(),
        (s.spelled != s.sighting.names).then(|| json!(s.spelled).to_string()),
        s.sighting.unnamed,
        if roles.is_empty() { "[]".to_owned() } else { json!(roles).to_string() },
        s.country,
        s.mentions,
        s.first.start,
        s.first.end,
        s.identity.as_ref().map(|i| &i.1),
    ])?;
    Ok(())
}

/// The roles of a sighting, back from their row.
pub(crate) fn roles(json: &str) -> Result<Vec<Held>> {
    let list: Vec<(String, Option<String>, Option<String>)> = serde_json::from_str(json)?;
    Ok(list.into_iter().map(|(title, of, country)| Held { title, of, country }).collect())
}

/// A sighting, back from its row: `article, entity, kind, known, label, label_en, names, unnamed, roles, published`.
pub(crate) fn seen(r: &rusqlite::Row) -> Result<Sighting> {
    Ok(Sighting {
        article: r.get(0)?,
        entity: r.get(1)?,
        kind: r.get(2)?,
        known: r.get(3)?,
        label_ar: r.get(4)?,
        label_en: r.get(5)?,
        names: serde_json::from_str(&r.get::<_, String>(6)?)?,
        unnamed: r.get(7)?,
        roles: roles(&r.get::<_, String>(8)?)?,
        published: r.get(9)?,
    })
}

/// One row of `statement_index`.
pub(crate) type Voice = (i64, i64, i64, i64, i64, i64, i64);

/// The rows of an article's statements as its sightings stand now. Countries are created where they have no row.
pub(crate) fn voice_rows(t: &Connection, actors: &mut Actors, facts: &Facts, article: i64) -> Result<Vec<Voice>> {
    let mut who: FxHashMap<i64, (Option<i64>, Option<String>)> = FxHashMap::default();
    let mut s = t.prepare_cached("SELECT n, actor_id, country FROM sighting WHERE article_id = ?1")?;
    let mut rows = s.query([article])?;
    while let Some(r) = rows.next()? {
        who.insert(r.get(0)?, (r.get(1)?, r.get(2)?));
    }
    let mut out: Vec<Voice> = Vec::new();
    let mut s = t.prepare_cached("SELECT statement_id, speakers, targets, about, day, tie, force FROM statement WHERE article_id = ?1 ORDER BY statement_id")?;
    let mut rows = s.query([article])?;
    while let Some(r) = rows.next()? {
        let (id, day, tie): (i64, i64, i64) = (r.get(0)?, r.get(4)?, r.get(5)?);
        let force = number_of(&lists::FORCES, r.get_ref(6)?.as_str().unwrap_or(""));
        let list = |at: usize| -> Result<Vec<i64>> { Ok(serde_json::from_str(r.get_ref(at)?.as_str().unwrap_or("[]"))?) };
        // The more direct way first: it is the one that stays.
        for (side, how, from, states) in [(0, 0, list(1)?, false), (0, 1, list(1)?, true), (1, 0, list(2)?, false), (1, 1, list(3)?, false), (1, 2, list(2)?, true)] {
            for n in from {
                let Some((actor, country)) = who.get(&n) else { continue };
                let actor = match (states, country) {
                    (false, _) => *actor,
                    (true, Some(iso)) => Some(actors.country(t, facts, iso)?),
                    (true, None) => None,
                };
                if let Some(actor) = actor
                    && !out.iter().any(|o| o.0 == actor && o.1 == side && o.4 == id)
                {
                    out.push((actor, side, day, tie, id, force, how));
                }
            }
        }
    }
    Ok(out)
}

/// Tells an article's statements and relations who their actors are.
pub(crate) fn voices(t: &Connection, actors: &mut Actors, facts: &Facts, article: i64) -> Result<()> {
    for v in voice_rows(t, actors, facts, article)? {
        t.prepare_cached("INSERT OR IGNORE INTO statement_index (actor_id, side, day, tie, statement_id, force, how) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(v)?;
    }
    t.prepare_cached(
        "UPDATE relation SET (one_id, other_id) =
           (SELECT min(x.actor_id, y.actor_id), max(x.actor_id, y.actor_id) FROM sighting x, sighting y
            WHERE x.article_id = relation.article_id AND x.n = relation.a AND y.article_id = relation.article_id AND y.n = relation.b)
         WHERE article_id = ?1",
    )?
    .execute([article])?;
    Ok(())
}

/// Takes an article's statements out of the index, as its sightings stand now.
pub(crate) fn unvoice(t: &Connection, actors: &mut Actors, facts: &Facts, article: i64) -> Result<()> {
    for v in voice_rows(t, actors, facts, article)? {
        t.prepare_cached("DELETE FROM statement_index WHERE actor_id = ?1 AND side = ?2 AND day = ?3 AND tie = ?4")?.execute((v.0, v.1, v.2, v.3))?;
    }
    Ok(())
}

/// Number in a closed list; past its end for what is in none.
pub(crate) fn number_of(list: &[&str], value: &str) -> i64 {
    list.iter().position(|x| *x == value).unwrap_or(list.len()) as i64
}

/// Takes a version that is no longer current out of everything but `article` and its text.
fn remove(t: &Connection, id: i64, dirty: &mut Dirty, spellings: &mut Spellings) -> Result<()> {
    let published: Option<String> = t.prepare_cached("SELECT published FROM article WHERE article_id = ?1")?.query_row([id], |r| r.get(0))?;
    for w in windows(published.as_deref()) {
        dirty.mark(WIRE, w);
    }
    unvoice(t, &mut Actors::default(), &Facts::default(), id)?;
    {
        let mut s = t.prepare_cached("SELECT block, actor_id, coalesce(spelled, names), label FROM sighting WHERE article_id = ?1")?;
        let mut rows = s.query([id])?;
        while let Some(r) = rows.next()? {
            if let Some(block) = r.get::<_, Option<i64>>(0)? {
                dirty.mark(ACTORS, block);
            }
            if let Some(actor) = r.get::<_, Option<i64>>(1)? {
                let names: Vec<String> = serde_json::from_str(&r.get::<_, String>(2)?)?;
                spellings.count(actor, &names, &r.get::<_, String>(3)?, -1);
            }
        }
        let mut s = t.prepare_cached("SELECT DISTINCT block FROM report WHERE article_id = ?1 AND block IS NOT NULL")?;
        let mut rows = s.query([id])?;
        while let Some(r) = rows.next()? {
            dirty.mark(EVENTS, r.get(0)?);
        }
        // The words that prove it may be others in the next version, though it stays the same event.
        let mut s = t.prepare_cached("SELECT DISTINCT e.address FROM report r JOIN event e USING (event_id) WHERE r.article_id = ?1 AND e.reports > 1")?;
        let mut rows = s.query([id])?;
        while let Some(r) = rows.next()? {
            dirty.mark(CHECKS, r.get(0)?);
        }
    }
    for table in ["signature", "sighting", "report", "statement", "relation", "position", "warning"] {
        t.prepare_cached(&format!("DELETE FROM {table} WHERE article_id = ?1"))?.execute([id])?;
    }
    t.prepare_cached("DELETE FROM dirty WHERE kind IN ('voices', 'reports') AND block = ?1")?.execute([id])?;
    Ok(())
}
