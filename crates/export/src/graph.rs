//! GraphML: who took part in events with whom. Actors are nodes, an edge says in how many events of each kind two took part together.
//!
//! Edges count what happened or goes on by kind, and apart from it what is planned or proposed; cancelled and denied events are left out. The whole network is held in memory: it
//! grows with the pairs of actors, not with the events.

use crate::rows::{self, state};
use crate::{Export, Made, Result};
use sijill_record::lists::KINDS;
use sijill_store::query::Name;
use sijill_store::query::event::EventQuery;
use std::collections::BTreeMap;
use std::io::Write;

/// Data of nodes and edges, besides one count for each kind of event.
pub const FIELDS: [(&str, &str, &str, &str); 12] = [
    ("node", "actor", "string", "Id across articles"),
    ("node", "type", "string", "person, country, place, organization, forum, initiative"),
    ("node", "name_ar", "string", "Arabic name"),
    ("node", "name_en", "string", "English name, where one is known"),
    ("node", "country", "string", "ISO 3166-1 alpha-3 code of its state; of the latest event, where it acts for another than its own"),
    ("node", "events", "int", "Events in which it takes part, of those that are counted here"),
    ("edge", "weight", "int", "Events in which both took part, that happened or go on"),
    ("edge", "planned", "int", "Events in which both are to take part: planned or proposed"),
    ("edge", "first", "string", "Day of the first"),
    ("edge", "last", "string", "Day of the last"),
    ("edge", "evidence", "string", "Ids of the first events, at most five: `sijill show` gives their words and sources"),
    ("graph", "version", "string", "Program and lexicon"),
];

const SHOWN: usize = 5;

#[derive(Default)]
struct Edge {
    kinds: [u32; KINDS.len()],
    weight: u32,
    planned: u32,
    first: String,
    last: String,
    evidence: Vec<String>,
}

struct Node {
    name: Name,
    country: Option<String>,
    events: u32,
}

/// Text for XML 1.0: what it has no place for is left out.
fn xml(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c < ' ' => {}
            c => out.push(c),
        }
    }
    out
}

fn data(out: &mut dyn Write, key: &str, value: &str) -> Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    Ok(writeln!(out, "      <data key=\"{key}\">{}</data>", xml(value))?)
}

pub(crate) fn write(x: &Export, q: &EventQuery, out: &mut dyn Write) -> Result<Made> {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let mut edges: BTreeMap<(String, String), Edge> = BTreeMap::new();
    let mut made = Made { why: "events that are cancelled or denied", ..Made::default() };
    rows::events(x, q, &mut |r| {
        let e = &r.event;
        if matches!(e.status.as_str(), "cancelled" | "denied") {
            made.left_out += 1;
            return Ok(());
        }
        let mut with: Vec<&str> = Vec::new();
        for p in &e.participants {
            if with.contains(&p.name.id.as_str()) {
                continue;
            }
            with.push(&p.name.id);
            let node = nodes.entry(p.name.id.clone()).or_insert_with(|| Node { name: p.name.clone(), country: None, events: 0 });
            node.events += 1;
            if let Some(s) = state(p) {
                node.country = Some(s.to_owned());
            }
        }
        with.sort_unstable();
        let kind = KINDS.iter().position(|k| *k == e.kind);
        let day = r.day().unwrap_or_default();
        for (n, a) in with.iter().enumerate() {
            for b in &with[n + 1..] {
                let edge = edges.entry(((*a).to_owned(), (*b).to_owned())).or_default();
                if matches!(e.status.as_str(), "planned" | "proposed") {
                    edge.planned += 1;
                } else {
                    edge.weight += 1;
                    if let Some(k) = kind {
                        edge.kinds[k] += 1;
                    }
                }
                if edge.first.is_empty() {
                    day.clone_into(&mut edge.first);
                }
                day.clone_into(&mut edge.last);
                if edge.evidence.len() < SHOWN {
                    edge.evidence.push(e.event.clone());
                }
            }
        }
        Ok(())
    })?;

    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    let kinds: Vec<String> = KINDS.iter().map(|k| format!("kind-{k}")).collect();
    for (of, id, kind, _) in FIELDS {
        writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{id}\" attr.type=\"{kind}\"/>")?;
    }
    for k in &kinds {
        writeln!(out, "  <key id=\"{k}\" for=\"edge\" attr.name=\"{k}\" attr.type=\"int\"/>")?;
    }
    writeln!(out, "  <graph id=\"actors\" edgedefault=\"undirected\">")?;
    data(out, "version", &x.maker.to_string())?;
    for (id, n) in &nodes {
        writeln!(out, "    <node id=\"{}\">", xml(id))?;
        for (key, value) in [("actor", Some(id)), ("type", Some(&n.name.kind)), ("name_ar", Some(&n.name.ar)), ("name_en", n.name.en.as_ref()), ("country", n.country.as_ref())] {
            data(out, key, value.map_or("", String::as_str))?;
        }
        data(out, "events", &n.events.to_string())?;
        writeln!(out, "    </node>")?;
    }
    for ((a, b), e) in &edges {
        writeln!(out, "    <edge source=\"{}\" target=\"{}\">", xml(a), xml(b))?;
        data(out, "weight", &e.weight.to_string())?;
        data(out, "planned", &e.planned.to_string())?;
        data(out, "first", &e.first)?;
        data(out, "last", &e.last)?;
        data(out, "evidence", &e.evidence.join(" "))?;
        for (k, n) in kinds.iter().zip(e.kinds).filter(|(_, n)| *n > 0) {
            data(out, k, &n.to_string())?;
        }
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")?;
    made.rows = edges.len();
    Ok(made)
}
