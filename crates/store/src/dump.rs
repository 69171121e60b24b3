//! What a register says, as lines of text in order, without the numbers that join its tables: two registers of the same articles give the
//! same lines, whatever the order in which the articles came and however often the work was cut off.
//!
//! What must not live here: a format for exchange; this one serves tests and comparisons.

use crate::{Register, Result};
use rusqlite::types::ValueRef;
use std::fmt::Write;

/// Name and query of each part. Checkpoints say how the work went, not what the register holds.
const PARTS: [(&str, &str); 26] = [
    ("version", "SELECT article, version, current, id, url, outlet, title, given, published, day, made_with, text FROM article JOIN article_text USING (article_id)"),
    ("wire", "SELECT a.article, w.wire FROM wire w JOIN article a USING (article_id)"),
    ("actor", "SELECT actor, kind, known, country, block, label_ar, label_en FROM actor a WHERE EXISTS (SELECT 1 FROM sighting s WHERE s.actor_id = a.actor_id)"),
    ("spelling", "SELECT actor, name, folded, articles FROM actor_name JOIN actor USING (actor_id) WHERE articles <> 0"),
    (
        "sighting",
        "SELECT a.article, s.n, x.actor, s.entity, s.kind, s.known, s.block, s.label, s.label_en, s.names, s.spelled, s.unnamed, s.roles, s.country, s.mentions, s.start, s.end, s.rule
         FROM sighting s JOIN article a USING (article_id) LEFT JOIN actor x USING (actor_id)",
    ),
    (
        "report",
        "SELECT a.article, r.n, r.address, e.address, r.block, r.kind, r.status, r.date, r.place, r.parties, r.claimed_by, r.attributes, r.evidence, r.start, r.end, r.plover, r.mode, r.quad, r.cameo, r.goldstein, r.entry, r.rule
         FROM report r JOIN article a USING (article_id) LEFT JOIN event e USING (event_id)",
    ),
    (
        "event",
        "SELECT e.address, e.block, e.kind, e.status, e.date, e.day, e.from_day, e.until_day, p.actor, e.place_country, e.attributes, e.life, e.differing, e.reports, e.independent, e.plover, e.mode, e.quad, e.cameo, e.goldstein
         FROM event e LEFT JOIN actor p ON p.actor_id = e.place_id",
    ),
    ("participant", "SELECT e.address, p.n, a.actor, p.role, p.country FROM participant p JOIN event e USING (event_id) JOIN actor a USING (actor_id)"),
    ("event index", "SELECT a.actor, i.side, i.day, i.address, e.address, i.kind, i.status, i.until, i.how FROM event_index i JOIN actor a USING (actor_id) JOIN event e USING (event_id)"),
    (
        "statement",
        "SELECT a.article, s.n, s.force, s.speakers, s.targets, s.about, s.cue_start, s.cue_end, s.start, s.end, s.direct, s.date, s.day, s.tie, s.within, s.plover, s.mode, s.quad, s.cameo, s.goldstein
         FROM statement s JOIN article a USING (article_id)",
    ),
    ("statement index", "SELECT x.actor, i.side, i.day, i.tie, a.article, s.n, i.force, i.how FROM statement_index i JOIN actor x USING (actor_id) JOIN statement s USING (statement_id) JOIN article a USING (article_id)"),
    (
        "relation",
        "SELECT a.article, r.n, r.a, r.b, min(x.actor, y.actor), max(x.actor, y.actor), r.level, r.established, r.dated, r.pair, r.day, r.start, r.end
         FROM relation r JOIN article a USING (article_id) LEFT JOIN actor x ON x.actor_id = r.one_id LEFT JOIN actor y ON y.actor_id = r.other_id",
    ),
    (
        "position",
        "SELECT a.article, p.n, p.pair, p.topic, p.stance, p.by, p.of, p.start, p.end FROM position p JOIN article a USING (article_id)",
    ),
    ("warning", "SELECT a.article, w.n, w.code, w.start, w.end, w.message FROM warning w JOIN article a USING (article_id)"),
    ("check", "SELECT f.code, f.about, f.kind, f.who, f.states, v.n, v.value, a.article, v.quote FROM finding f JOIN finding_value v USING (finding_id) LEFT JOIN article a USING (article_id)"),
    ("pair", "SELECT i.pair, i.day, i.address, e.address, i.kind, i.status, i.until, i.states, i.score FROM pair_index i JOIN event e USING (event_id)"),
    ("tie", "SELECT pair, kind, events, scored, score FROM tie WHERE events <> 0"),
    ("tie by year", "SELECT one, kind, other, year, events FROM tie_year WHERE events <> 0"),
    ("month", "SELECT month, kind, status, events FROM month WHERE events <> 0"),
    ("events of", "SELECT a.actor, c.kind, c.status, c.events FROM actor_events c JOIN actor a USING (actor_id) WHERE c.events <> 0"),
    ("statements of", "SELECT a.actor, c.force, c.statements FROM actor_statements c JOIN actor a USING (actor_id) WHERE c.statements <> 0"),
    ("named by", "SELECT a.actor, c.articles FROM actor_articles c JOIN actor a USING (actor_id) WHERE c.articles <> 0"),
    ("early", "SELECT a.article, r.n FROM report_early e JOIN report r USING (report_id) JOIN article a USING (article_id)"),
    ("articles of", "SELECT outlet, year, lexicon, articles, reprints FROM article_count WHERE articles <> 0"),
    ("rejected", "SELECT source, place, reason FROM refused"),
    // What is to be looked at for contradictions holds also what was there for a while only.
    ("dirty", "SELECT kind, count(*) FILTER (WHERE kind <> 'checks') FROM dirty GROUP BY kind"),
];

/// The lines, ordered.
pub fn dump(register: &Register) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for (name, query) in PARTS {
        let mut s = register.db.prepare(query)?;
        let columns = s.column_count();
        let mut rows = s.query([])?;
        while let Some(r) = rows.next()? {
            let mut line = name.to_owned();
            for c in 0..columns {
                line.push('\t');
                let _ = match r.get_ref(c)? {
                    ValueRef::Null => Ok(()),
                    ValueRef::Integer(n) => write!(line, "{n}"),
                    ValueRef::Real(x) => write!(line, "{x}"),
                    ValueRef::Text(t) => write!(line, "{:?}", String::from_utf8_lossy(t)),
                    ValueRef::Blob(b) => write!(line, "{} bytes", b.len()),
                };
            }
            lines.push(line);
        }
    }
    lines.sort_unstable();
    Ok(lines)
}
