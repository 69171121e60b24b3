//! What was added changes what is known: reprints, actors, events. Only what may have changed is resolved again, in blocks; each block's
//! result is committed together with the note that it was still to be done, so that a run that is cut off anywhere is simply gone on with.
//!
//! What must not live here: any decision (those are `sijill_resolve`'s pure functions).

use crate::document::{block_number, event_address};
use crate::write::{ACTORS, Actors, CHECKS, Dirty, EVENTS, NO_DATE, REPORTS, Spellings, VOICES, WIRE, lasting_country, number_of, seen, unvoice, voices};
use crate::{Error, Register, Result, days};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::json;
use sijill_record::lists;
use sijill_resolve::facts::Facts;
use sijill_resolve::model::{Code, Event, Party, Report};
use sijill_resolve::reprints::{self, Print, STEP, Signature};
use sijill_resolve::{actors, edtf, events, from_record};
use std::collections::BTreeSet;

/// How far resolution is: the stage, and how much of it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub stage: &'static str,
    pub left: u64,
}

/// Rows of `dirty` that are done in one transaction, at most, and the work after which it ends earlier. Blocks of names lie scattered over all articles: a page is written once for a
/// piece, however many of its rows change, so that large pieces write less. Small where tests run, so that there is something to cut between.
const PIECE: i64 = if cfg!(debug_assertions) { 200 } else { 20_000 };
const WORK: usize = 100_000;

pub fn settle(register: &mut Register, facts: &Facts, step: &mut dyn FnMut(Progress)) -> Result<()> {
    let mut actors = Actors::default();
    // In this order: a stage leaves work to those after it, never to those before.
    for stage in [WIRE, ACTORS, VOICES, REPORTS, EVENTS] {
        loop {
            let left: i64 = register.db.prepare_cached("SELECT count(*) FROM dirty WHERE kind = ?1")?.query_row([stage], |r| r.get(0))?;
            step(Progress { stage, left: left as u64 });
            if left == 0 {
                break;
            }
            let done = piece(register, facts, stage, &mut actors);
            if done.is_err() {
                actors.forget();
            }
            done?;
        }
    }
    Ok(())
}

fn piece(register: &mut Register, facts: &Facts, stage: &'static str, actors: &mut Actors) -> Result<()> {
    let t = register.db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let blocks: Vec<i64> = {
        let mut s = t.prepare_cached("SELECT block FROM dirty WHERE kind = ?1 ORDER BY block LIMIT ?2")?;
        let rows = s.query_map(params![stage, PIECE], |r| r.get(0))?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    let (mut dirty, mut spellings) = (Dirty::default(), Spellings::default());
    let mut work = 0;
    for block in blocks {
        work += match stage {
            WIRE => wires(&t, block, &mut dirty)?,
            ACTORS => names(&t, facts, actors, block, &mut dirty, &mut spellings)?,
            VOICES => {
                voices(&t, actors, facts, block)?;
                1
            }
            REPORTS => place_reports(&t, block, &mut dirty)?,
            _ => happenings(&t, facts, actors, block, &mut dirty)?,
        };
        t.prepare_cached("DELETE FROM dirty WHERE kind = ?1 AND block = ?2")?.execute(params![stage, block])?;
        if work >= WORK {
            break;
        }
    }
    spellings.write(&t)?;
    dirty.write(&t)?;
    t.commit()?;
    Ok(())
}

// --- reprints --------------------------------------------------------------------------------------------------------------------

/// One window of days: which of its articles are one text. The answer depends on the window's articles alone; what hangs together over
/// windows is one group.
fn wires(t: &Connection, span: i64, dirty: &mut Dirty) -> Result<usize> {
    let (from, until) = if span == NO_DATE {
        (0, 0)
    } else {
        let day = |d: i64| days::first(Some(&edtf::iso(i32::try_from(d).unwrap_or(0))));
        (day(span * STEP), day(span * STEP + 2 * STEP - 1))
    };
    let mut ids: FxHashMap<String, i64> = FxHashMap::default();
    let mut prints: Vec<Print> = Vec::new();
    {
        let mut s = t.prepare_cached(
            "SELECT a.article_id, a.article, a.published, s.shingles, s.hashes FROM article a JOIN signature s USING (article_id) WHERE a.day BETWEEN ?1 AND ?2 AND a.current = 1",
        )?;
        let mut rows = s.query([from, until])?;
        while let Some(r) = rows.next()? {
            let hashes = r.get_ref(4)?.as_blob().unwrap_or(&[]);
            let values = hashes.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
            let article: String = r.get(1)?;
            ids.insert(article.clone(), r.get(0)?);
            prints.push(Print { article, published: r.get(2)?, signature: Signature { shingles: r.get(3)?, values } });
        }
    }
    let groups = reprints::groups(&prints);
    let mut found: FxHashMap<i64, i64> = groups.iter().filter(|(a, g)| a != g).map(|(a, g)| (ids[a], ids[g])).collect();
    let work = prints.len();
    drop(prints);
    // What changes, with all that hung and hangs on it.
    let mut touched: FxHashSet<i64> = FxHashSet::default();
    {
        let mut s = t.prepare_cached("SELECT article_id, with_id FROM twin WHERE span = ?1")?;
        let held: Vec<(i64, i64)> = s.query_map([span], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for (a, with) in held {
            if found.get(&a) == Some(&with) {
                found.remove(&a);
                continue;
            }
            touched.extend([a, with]);
            t.prepare_cached("DELETE FROM twin WHERE span = ?1 AND article_id = ?2")?.execute([span, a])?;
        }
    }
    for (a, with) in found {
        touched.extend([a, with]);
        t.prepare_cached("INSERT INTO twin (span, article_id, with_id) VALUES (?1, ?2, ?3)")?.execute([span, a, with])?;
    }
    let mut open: Vec<i64> = touched.into_iter().collect();
    open.sort_unstable();
    let mut seen: FxHashSet<i64> = FxHashSet::default();
    for start in open {
        if !seen.insert(start) {
            continue;
        }
        let mut group = vec![start];
        let mut at = 0;
        while at < group.len() {
            let mut s = t.prepare_cached("SELECT with_id FROM twin WHERE article_id = ?1 UNION SELECT article_id FROM twin WHERE with_id = ?1")?;
            let next: Vec<i64> = s.query_map([group[at]], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            group.extend(next.into_iter().filter(|n| seen.insert(*n)));
            at += 1;
        }
        regroup(t, &group, dirty)?;
    }
    Ok(work.max(1))
}

/// Gives a group of articles its name, and marks the events of those whose name changes.
fn regroup(t: &Connection, group: &[i64], dirty: &mut Dirty) -> Result<()> {
    let mut least: Option<String> = None;
    if group.len() > 1 {
        for id in group {
            let key: String = t.prepare_cached("SELECT article FROM article WHERE article_id = ?1")?.query_row([id], |r| r.get(0))?;
            if least.as_ref().is_none_or(|l| key < *l) {
                least = Some(key);
            }
        }
    }
    for id in group {
        let held: Option<String> = t.prepare_cached("SELECT wire FROM wire WHERE article_id = ?1")?.query_row([id], |r| r.get(0)).optional()?;
        if held == least {
            continue;
        }
        match &least {
            Some(wire) => t.prepare_cached("INSERT INTO wire (article_id, wire) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET wire = excluded.wire")?.execute(params![id, wire])?,
            None => t.prepare_cached("DELETE FROM wire WHERE article_id = ?1")?.execute([id])?,
        };
        let mut s = t.prepare_cached("SELECT DISTINCT block FROM report WHERE article_id = ?1 AND block IS NOT NULL")?;
        let mut rows = s.query([id])?;
        while let Some(r) = rows.next()? {
            dirty.mark(EVENTS, r.get(0)?);
        }
    }
    Ok(())
}

// --- actors ----------------------------------------------------------------------------------------------------------------------

/// One block of names: who bears them.
fn names(t: &Connection, facts: &Facts, numbers: &mut Actors, block: i64, dirty: &mut Dirty, spellings: &mut Spellings) -> Result<usize> {
    let mut held: FxHashMap<(String, String), (i64, i64, Option<i64>, Option<String>)> = FxHashMap::default();
    let mut spelled: FxHashMap<(i64, i64), Vec<String>> = FxHashMap::default();
    let mut list = Vec::new();
    {
        let mut s = t.prepare_cached(
            "SELECT a.article, s.entity, s.kind, s.known, s.label, s.label_en, s.names, s.unnamed, s.roles, a.published, s.article_id, s.n, s.actor_id, s.rule, coalesce(s.spelled, s.names)
             FROM sighting s JOIN article a USING (article_id) WHERE s.block = ?1",
        )?;
        let mut rows = s.query([block])?;
        while let Some(r) = rows.next()? {
            let sighting = seen(r)?;
            let (article, n): (i64, i64) = (r.get(10)?, r.get(11)?);
            held.insert((sighting.article.clone(), sighting.entity.clone()), (article, n, r.get(12)?, r.get(13)?));
            spelled.insert((article, n), serde_json::from_str(&r.get::<_, String>(14)?)?);
            list.push(sighting);
        }
    }
    let labels: FxHashMap<(String, String), String> = list.iter().map(|s| ((s.article.clone(), s.entity.clone()), s.label_ar.clone())).collect();
    // The country of an actor is what its sightings agree on.
    let mut countries: FxHashMap<String, Option<String>> = FxHashMap::default();
    let identities = actors::resolve(&list, facts);
    let by_key: FxHashMap<(&str, &str), &_> = list.iter().map(|s| ((s.article.as_str(), s.entity.as_str()), s)).collect();
    for i in &identities {
        let own = by_key.get(&(i.article.as_str(), i.entity.as_str())).and_then(|s| actors::country(s, facts));
        match (countries.get(&i.actor), own) {
            (_, None) => {}
            (None, own) => {
                countries.insert(i.actor.clone(), own);
            }
            (Some(Some(c)), Some(own)) if *c != own => {
                countries.insert(i.actor.clone(), None);
            }
            _ => {}
        }
    }
    let mut by_article: FxHashMap<i64, Vec<(i64, i64, &str, &str)>> = FxHashMap::default();
    let mut settled: FxHashSet<&str> = FxHashSet::default();
    for i in &identities {
        let key = (i.article.clone(), i.entity.clone());
        let Some((article, n, before, rule)) = held.get(&key) else { continue };
        let country = countries.get(&i.actor).cloned().flatten();
        let number = numbers.number(t, facts, &i.actor, "person", block, lasting_country(&i.actor, country.as_deref()).or(country.as_deref()))?;
        if settled.insert(&i.actor) {
            t.prepare_cached("UPDATE actor SET country = ?2 WHERE actor_id = ?1 AND known = 0 AND country IS NOT ?2")?.execute(params![number, country])?;
        }
        if *before == Some(number) {
            if rule.as_deref() != Some(i.rule.as_str()) {
                t.prepare_cached("UPDATE sighting SET rule = ?3 WHERE article_id = ?1 AND n = ?2")?.execute(params![article, n, i.rule])?;
            }
            continue;
        }
        let own = &spelled[&(*article, *n)];
        if let Some(before) = before {
            spellings.count(*before, own, &labels[&key], -1);
        }
        spellings.count(number, own, &labels[&key], 1);
        by_article.entry(*article).or_default().push((*n, number, i.rule.as_str(), i.actor.as_str()));
    }
    let mut changed: Vec<_> = by_article.into_iter().collect();
    changed.sort_unstable();
    for (article, list) in changed {
        // Out of the index under the old name, later in under the new. What waits to be put in is not in it.
        if !dirty.waits(t, VOICES, article)? {
            unvoice(t, numbers, facts, article)?;
        }
        for (n, number, rule, _) in list {
            t.prepare_cached("UPDATE sighting SET actor_id = ?3, rule = ?4 WHERE article_id = ?1 AND n = ?2")?.execute(params![article, n, number, rule])?;
        }
        dirty.mark(VOICES, article);
        if t.prepare_cached("SELECT 1 FROM report WHERE article_id = ?1")?.exists([article])? {
            dirty.mark(REPORTS, article);
        }
    }
    Ok(list.len().max(1))
}

// --- events ----------------------------------------------------------------------------------------------------------------------

/// Columns of a report, with those of its article, for `reports_of`.
const REPORT: &str =
    "SELECT r.report_id, r.article_id, a.article, r.n, r.kind, r.status, r.date, r.place, r.parties, r.claimed_by, r.attributes, r.start, r.end, a.published, a.outlet, w.wire,
        r.plover, r.mode, r.quad, r.cameo, r.goldstein, r.block, r.event_id
        FROM report r JOIN article a USING (article_id) LEFT JOIN wire w USING (article_id)";

struct Loaded {
    id: i64,
    block: Option<i64>,
    event: Option<i64>,
    report: Report,
}

/// Reports as resolution takes them, with the actors that their sightings are now.
fn reports_of(t: &Connection, by: &str, value: i64) -> Result<Vec<Loaded>> {
    let mut s = t.prepare_cached(&format!("{REPORT} WHERE r.{by} = ?1"))?;
    let mut who = t.prepare_cached("SELECT a.actor, s.country FROM sighting s LEFT JOIN actor a USING (actor_id) WHERE s.article_id = ?1 AND s.n = ?2")?;
    let mut rows = s.query([value])?;
    let mut out = Vec::new();
    while let Some(r) = rows.next()? {
        let article_id: i64 = r.get(1)?;
        let mut actor = |n: i64| -> Result<(String, Option<String>)> {
            let (actor, country): (Option<String>, Option<String>) = who.query_row([article_id, n], |r| Ok((r.get(0)?, r.get(1)?)))?;
            let actor = actor.ok_or_else(|| Error::Content(format!("expected every actor of article {article_id} to be settled, found {n} that is not")))?;
            let country = from_record::state_in_id(&actor).or(country);
            Ok((actor, country))
        };
        let parties: Vec<(i64, String)> = serde_json::from_str(r.get_ref(8)?.as_str().unwrap_or("[]"))?;
        let claimed: Vec<i64> = serde_json::from_str(r.get_ref(9)?.as_str().unwrap_or("[]"))?;
        let mut list = Vec::with_capacity(parties.len());
        for (n, role) in parties {
            let (actor, country) = actor(n)?;
            list.push(Party { actor, role, country });
        }
        list.sort();
        list.dedup();
        let place = r.get::<_, Option<i64>>(7)?.map(&mut actor).transpose()?;
        let claimed_by = claimed.into_iter().map(|n| Ok(actor(n)?.0)).collect::<Result<_>>()?;
        let (place, place_country) = place.map_or((None, None), |(a, c)| (Some(a), c));
        out.push(Loaded {
            id: r.get(0)?,
            block: r.get(21)?,
            event: r.get(22)?,
            report: Report {
                article: r.get(2)?,
                event: r.get(3)?,
                kind: r.get(4)?,
                status: r.get(5)?,
                parties: list,
                date: r.get(6)?,
                place,
                place_country,
                published: r.get(13)?,
                outlet: r.get(14)?,
                wire: r.get(15)?,
                claimed_by,
                attributes: serde_json::from_str(r.get_ref(10)?.as_str().unwrap_or("{}"))?,
                code: Code { plover: r.get(16)?, mode: r.get(17)?, quad: r.get(18)?, cameo: r.get(19)?, goldstein: r.get(20)? },
                start: r.get(11)?,
                end: r.get(12)?,
            },
        });
    }
    Ok(out)
}

/// Finds the blocks of an article's reports.
fn place_reports(t: &Connection, article: i64, dirty: &mut Dirty) -> Result<usize> {
    let list = reports_of(t, "article_id", article)?;
    for l in &list {
        let block = block_number(&events::block_of(&l.report));
        dirty.mark(EVENTS, block);
        if l.block != Some(block) {
            if let Some(old) = l.block {
                dirty.mark(EVENTS, old);
            }
            t.prepare_cached("UPDATE report SET block = ?2 WHERE report_id = ?1")?.execute([l.id, block])?;
        }
    }
    Ok(list.len().max(1))
}

/// One block of reports: what happened.
fn happenings(t: &Connection, facts: &Facts, numbers: &mut Actors, block: i64, dirty: &mut Dirty) -> Result<usize> {
    let list = reports_of(t, "block", block)?;
    let by_key: FxHashMap<String, &Loaded> = list.iter().map(|l| (l.report.key(), l)).collect();
    let reports: Vec<Report> = list.iter().map(|l| l.report.clone()).collect();
    let mut held: FxHashMap<i64, (i64, i64)> = {
        let mut s = t.prepare_cached("SELECT address, event_id, digest FROM event WHERE block = ?1")?;
        let rows = s.query_map([block], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))?;
        rows.collect::<rusqlite::Result<_>>()?
    };
    for e in events::resolve(&reports) {
        let address = event_address(&e.id).ok_or_else(|| Error::Content(format!("expected an event id like ev-0123456789ab, found {}", e.id)))?;
        let day = sort_day(&e, &by_key);
        let digest = (crate::document::hash(&[&serde_json::to_string(&e)?, &day.to_string()]) >> 1) as i64;
        let id = match held.remove(&address) {
            Some((id, same)) if same == digest => id,
            other => {
                if let Some((id, _)) = other {
                    unhappen(t, numbers, facts, id, dirty)?;
                }
                if e.reports.len() > 1 {
                    dirty.mark(CHECKS, address);
                }
                insert_event(t, numbers, facts, &e, address, block, digest, day)?
            }
        };
        for key in &e.reports {
            if let Some(l) = by_key.get(key)
                && l.event != Some(id)
            {
                t.prepare_cached("UPDATE report SET event_id = ?2 WHERE report_id = ?1")?.execute([l.id, id])?;
            }
        }
    }
    for (_, (id, _)) in held {
        unhappen(t, numbers, facts, id, dirty)?;
    }
    Ok(list.len().max(1))
}

/// Where an event stands in a list: its first day, else that of the first article that tells of it.
fn sort_day(e: &Event, reports: &FxHashMap<String, &Loaded>) -> i64 {
    if let Some((from, until)) = e.date.as_deref().and_then(days::bounds) {
        return if from == 0 { until } else { from };
    }
    e.reports.iter().filter_map(|k| reports.get(k)).map(|l| days::first(l.report.published.as_deref())).filter(|d| *d > 0).min().unwrap_or(0)
}

fn insert_event(t: &Connection, numbers: &mut Actors, facts: &Facts, e: &Event, address: i64, block: i64, digest: i64, day: i64) -> Result<i64> {
    let mut number = |actor: &str| numbers.number(t, facts, actor, actor.split(':').next().unwrap_or("person"), block_number(&format!("is {actor}")), None);
    let bounds = e.date.as_deref().and_then(days::bounds);
    let place = e.place.as_deref().map(&mut number).transpose()?;
    let Code { plover, mode, quad, cameo, goldstein } = &e.code;
    t.prepare_cached(
        "INSERT INTO event (address, block, digest, kind, status, date, day, from_day, until_day, place_id, attributes, life, differing, reports, independent, plover, mode, quad, cameo, goldstein, place_country)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
    )?
    .execute(params![
        address,
        block,
        digest,
        e.kind,
        e.status,
        e.date,
        day,
        bounds.map(|b| b.0),
        bounds.map(|b| b.1),
        place,
        json!(e.attributes).to_string(),
        json!(e.life).to_string(),
        json!(e.differing).to_string(),
        e.reports.len() as i64,
        e.independent,
        plover,
        mode,
        quad,
        cameo,
        goldstein,
        e.place_country
    ])?;
    let id = t.last_insert_rowid();
    for (n, p) in e.parties.iter().enumerate() {
        let actor = number(&p.actor)?;
        t.prepare_cached("INSERT INTO participant (event_id, n, actor_id, role, country) VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![id, n as i64, actor, p.role, p.country])?;
    }
    let (kind, status) = (number_of(&lists::KINDS, &e.kind), number_of(&lists::STATUSES, &e.status));
    let until = bounds.map_or(day, |b| b.1);
    for (actor, side, how) in index_rows(t, numbers, facts, id)? {
        t.prepare_cached("INSERT INTO event_index (actor_id, side, day, address, event_id, kind, status, until, how) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE SET event_id = excluded.event_id, kind = excluded.kind, status = excluded.status, until = excluded.until, how = excluded.how")?
            .execute(params![actor, side, day, address, id, kind, status, until, how])?;
    }
    let (states, pairs) = pairs_of(t, id)?;
    for pair in pairs {
        // As above, another event may have had the address; it is taken out first, since it is counted.
        t.prepare_cached("DELETE FROM pair_index WHERE pair = ?1 AND day = ?2 AND address = ?3")?.execute(params![pair, day, address])?;
        t.prepare_cached("INSERT INTO pair_index (pair, day, address, event_id, kind, status, until, states, score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
            .execute(params![pair, day, address, id, kind, status, until, states as i64, goldstein.map(|g| (f64::from(g) * 10.0).round() as i64)])?;
    }
    Ok(id)
}

/// More states than this in one event are told by one row.
const PAIRED: usize = 12;

/// How many states are in an event, and the pairs of them under which it stands.
fn pairs_of(t: &Connection, event: i64) -> Result<(usize, Vec<String>)> {
    let mut s = t.prepare_cached("SELECT p.country, a.actor FROM participant p JOIN actor a USING (actor_id) WHERE p.event_id = ?1")?;
    let mut rows = s.query([event])?;
    let mut states: BTreeSet<String> = BTreeSet::new();
    while let Some(r) = rows.next()? {
        states.extend(r.get::<_, Option<String>>(0)?);
        states.extend(r.get_ref(1)?.as_str().ok().and_then(|a| a.strip_prefix("country:")).map(str::to_owned));
    }
    states.retain(|s| s.len() == 3);
    let pairs = match states.len() {
        0..=1 => Vec::new(),
        2..=PAIRED => states.iter().enumerate().flat_map(|(n, a)| states.iter().skip(n + 1).map(move |b| format!("{a}+{b}"))).collect(),
        _ => vec![crate::query::CROWD.to_owned()],
    };
    Ok((states.len(), pairs))
}

/// Who stands in the index for an event: actor, side, how. The more direct way first, each actor once a side.
fn index_rows(t: &Connection, numbers: &mut Actors, facts: &Facts, event: i64) -> Result<Vec<(i64, i64, i64)>> {
    let mut out: Vec<(i64, i64, i64)> = Vec::new();
    let mut push = |row: (i64, i64, i64)| {
        if !out.iter().any(|o| o.0 == row.0 && o.1 == row.1) {
            out.push(row);
        }
    };
    let parties: Vec<(i64, Option<String>)> = {
        let mut s = t.prepare_cached("SELECT actor_id, country FROM participant WHERE event_id = ?1 ORDER BY n")?;
        s.query_map([event], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?
    };
    for (actor, _) in &parties {
        push((*actor, 0, 0));
    }
    for iso in parties.iter().filter_map(|p| p.1.as_deref()) {
        push((numbers.country(t, facts, iso)?, 0, 1));
    }
    let (place, state): (Option<i64>, Option<String>) =
        t.prepare_cached("SELECT place_id, place_country FROM event WHERE event_id = ?1")?.query_row([event], |r| Ok((r.get(0)?, r.get(1)?)))?;
    if let Some(place) = place {
        push((place, 1, 0));
    }
    if let Some(iso) = state {
        push((numbers.country(t, facts, &iso)?, 1, 1));
    }
    Ok(out)
}

fn unhappen(t: &Connection, numbers: &mut Actors, facts: &Facts, id: i64, dirty: &mut Dirty) -> Result<()> {
    let (day, address, reports): (i64, i64, i64) =
        t.prepare_cached("SELECT day, address, reports FROM event WHERE event_id = ?1")?.query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    if reports > 1 {
        dirty.mark(CHECKS, address);
    }
    for (actor, side, _) in index_rows(t, numbers, facts, id)? {
        // Another event may have the address by now: a report that went over to another block took it along.
        t.prepare_cached("DELETE FROM event_index WHERE actor_id = ?1 AND side = ?2 AND day = ?3 AND address = ?4 AND event_id = ?5")?.execute([actor, side, day, address, id])?;
    }
    for pair in pairs_of(t, id)?.1 {
        t.prepare_cached("DELETE FROM pair_index WHERE pair = ?1 AND day = ?2 AND address = ?3 AND event_id = ?4")?.execute(params![pair, day, address, id])?;
    }
    t.prepare_cached("DELETE FROM participant WHERE event_id = ?1")?.execute([id])?;
    t.prepare_cached("DELETE FROM event WHERE event_id = ?1")?.execute([id])?;
    Ok(())
}
