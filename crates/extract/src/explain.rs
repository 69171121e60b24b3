//! Where a field of a record comes from: the entry and rule it names, and where that entry stands in the lexicon's files.
//!
//! `steps` lays a record out as a list of derivations; `Index` finds entries in the files as they are written, comments and
//! all. What must not live here: how either is shown.

use sijill_lexicon::Sources;
use sijill_record::{Record, Span, Why};
use std::collections::BTreeMap;
use std::ops::Range;

/// One derived thing of a record, and why it is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// `entity`, `role`, `time`, `statement`, `event`, `relation`, `boilerplate`, `published`, `dateline`, `warning`.
    pub part: &'static str,
    /// Its id in the record, where it has one.
    pub id: String,
    /// What was derived, field by field.
    pub fields: Vec<(&'static str, String)>,
    /// The words that prove it, by the field that they prove.
    pub words: Vec<(&'static str, Span)>,
    pub why: Why,
}

/// Everything in the record, in its order.
pub fn steps(record: &Record) -> Vec<Step> {
    let mut out = Vec::new();
    if let Some(p) = &record.published {
        out.push(Step { part: "published", fields: vec![("edtf", p.clone())], ..Step::default() });
    }
    if let Some(d) = &record.dateline {
        let fields = [("place", &d.place), ("date", &d.date), ("agency", &d.agency)];
        out.push(Step { part: "dateline", fields: fields.into_iter().filter_map(|(n, v)| v.clone().map(|v| (n, v))).collect(), words: vec![("words", d.span)], ..Step::default() });
    }
    for b in &record.boilerplate {
        out.push(Step { part: "boilerplate", words: vec![("words", b.span)], why: b.why.clone(), ..Step::default() });
    }
    for e in &record.entities {
        let mut fields = vec![("type", e.kind.as_str().to_owned()), ("label", e.label_ar.clone())];
        fields.extend(e.label_en.clone().map(|l| ("english", l)));
        fields.push(("known", if e.known { "in a register" } else { "from this article" }.to_owned()));
        let words = e.mentions.iter().map(|m| (if m.by == "title" { "by title" } else { "mention" }, m.span)).collect();
        out.push(Step { part: "entity", id: e.id.clone(), fields, words, why: e.why.clone() });
        for r in &e.roles {
            let mut fields = vec![("title", r.title.clone())];
            fields.extend(r.of.clone().map(|o| ("of", o)));
            out.push(Step { part: "role", id: e.id.clone(), fields, words: vec![("words", r.span)], why: r.why.clone() });
        }
    }
    for t in &record.times {
        out.push(Step { part: "time", fields: vec![("edtf", t.edtf.clone())], words: vec![("words", t.span)], why: t.why.clone(), ..Step::default() });
    }
    for s in &record.statements {
        let mut fields = vec![("speakers", if s.speakers.is_empty() { "none".to_owned() } else { s.speakers.join(", ") }), ("force", s.force.clone())];
        if !s.targets.is_empty() {
            fields.push(("targets", s.targets.join(", ")));
        }
        fields.push(("direct", s.direct.to_string()));
        fields.extend(s.date.clone().map(|d| ("date", d)));
        fields.extend(s.within.clone().map(|w| ("within", w)));
        fields.extend(code(s.plover.as_ref(), s.cameo.as_ref(), s.goldstein));
        out.push(Step { part: "statement", id: s.id.clone(), fields, words: vec![("cue", s.cue), ("content", s.content)], why: s.why.clone() });
    }
    for e in &record.events {
        let mut fields = vec![("kind", e.kind.clone()), ("status", e.status.clone())];
        fields.extend(e.participants.iter().map(|p| (role(&p.role), p.entity.clone())));
        fields.extend(e.date.clone().map(|d| ("date", d)));
        fields.extend(e.place.clone().map(|p| ("place", p)));
        fields.extend(e.attributes.iter().map(|(k, v)| ("attribute", format!("{k} = {v}"))));
        fields.extend(e.within.clone().map(|w| ("within", w)));
        fields.extend(code(e.plover.as_ref(), e.cameo.as_ref(), e.goldstein));
        out.push(Step { part: "event", id: e.id.clone(), fields, words: e.evidence.iter().map(|s| ("evidence", *s)).collect(), why: e.why.clone() });
    }
    for r in &record.relations {
        let mut fields = vec![("parties", r.parties.join(", "))];
        fields.extend(r.level.clone().map(|l| ("level", l)));
        fields.extend(r.established.clone().map(|e| ("established", e)));
        out.push(Step { part: "relation", fields, words: vec![("words", r.span)], why: r.why.clone(), ..Step::default() });
    }
    for w in &record.warnings {
        out.push(Step { part: "warning", id: w.code.clone(), fields: vec![("message", w.message.clone())], words: vec![("words", w.span)], ..Step::default() });
    }
    out
}

/// The closed list's own name for a role: fields are named by what lives as long as the program.
fn role(r: &str) -> &'static str {
    sijill_record::lists::ROLES.iter().copied().find(|x| *x == r).unwrap_or("participant")
}

fn code(plover: Option<&sijill_record::Plover>, cameo: Option<&String>, goldstein: Option<f32>) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    if let Some(p) = plover {
        out.push(("plover", p.mode.as_ref().map_or_else(|| p.kind.clone(), |m| format!("{} / {m}", p.kind))));
    }
    if let Some(c) = cameo {
        out.push(("cameo", goldstein.map_or_else(|| c.clone(), |g| format!("{c} (Goldstein {g})"))));
    }
    out
}

/// An entry as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    pub file: &'a str,
    /// Of its header, from 1.
    pub line: usize,
    pub table: &'a str,
    pub id: Option<&'a str>,
    /// The entry's own text, with the comments right above it.
    pub toml: &'a str,
}

/// All entries of a lexicon, by their headers. It keeps the files, so that who asks often makes it once.
pub struct Index {
    sources: Sources,
    entries: Vec<Entry>,
    by_id: BTreeMap<String, Vec<usize>>,
}

/// Where an entry stands in which of the files, in bytes.
struct Entry {
    file: usize,
    line: usize,
    table: Range<usize>,
    id: Option<Range<usize>>,
    toml: Range<usize>,
}

impl Index {
    pub fn new(sources: &Sources) -> Self {
        let mut entries = Vec::new();
        for (n, s) in sources.0.iter().enumerate() {
            let mut places = Vec::new();
            blocks(&s.name, &s.text, &mut places);
            // Every part is a slice of the file's text.
            let range = |part: &str| {
                let from = (part.as_ptr() as usize).saturating_sub(s.text.as_ptr() as usize);
                from..from + part.len()
            };
            entries.extend(places.iter().map(|p| Entry { file: n, line: p.line, table: range(p.table), id: p.id.map(range), toml: range(p.toml) }));
        }
        let mut index = Self { sources: sources.clone(), entries, by_id: BTreeMap::new() };
        let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, e) in index.entries.iter().enumerate() {
            if let Some(id) = index.place(e).id {
                by_id.entry(id.to_owned()).or_default().push(n);
            }
        }
        index.by_id = by_id;
        index
    }

    fn place(&self, e: &Entry) -> Place<'_> {
        let s = &self.sources.0[e.file];
        let part = |r: &Range<usize>| s.text.get(r.clone()).unwrap_or("");
        Place { file: &s.name, line: e.line, table: part(&e.table), id: e.id.as_ref().map(part), toml: part(&e.toml) }
    }

    /// The entries that `entry` may mean: `table:id`, or an id of any table. Where no entry has the id, those that hold the
    /// words between quotation marks.
    pub fn find(&self, entry: &str) -> Vec<Place<'_>> {
        let (table, id) = entry.split_once(':').map_or((None, entry), |(t, i)| (Some(t.replace('-', "_")), i));
        let right = |p: &Place| table.as_deref().is_none_or(|t| p.table == t || p.table.rsplit('.').next() == Some(t));
        let by_id: Vec<Place> = self.by_id.get(id).into_iter().flatten().map(|n| self.place(&self.entries[*n])).filter(right).collect();
        if !by_id.is_empty() {
            return by_id;
        }
        let quoted = format!("\"{id}\"");
        self.entries.iter().map(|e| self.place(e)).filter(right).filter(|p| !p.table.contains('.') && head(p.toml).contains(&quoted)).collect()
    }

    /// How many entries each table has.
    pub fn counts(&self) -> BTreeMap<&str, usize> {
        let mut out = BTreeMap::new();
        for e in &self.entries {
            *out.entry(self.place(e).table).or_default() += 1;
        }
        out
    }
}

/// The keys of the entry itself, before its first sub-table.
fn head(toml: &str) -> &str {
    let mut at = 0;
    let mut headers = 0;
    for line in toml.split_inclusive('\n') {
        if line.starts_with('[') {
            headers += 1;
            if headers == 2 {
                return &toml[..at];
            }
        }
        at += line.len();
    }
    toml
}

/// Cuts a file at its headers. An entry ends where a header begins that is no sub-table of its own; the comments right above
/// a header belong to it.
fn blocks<'a>(file: &'a str, text: &'a str, out: &mut Vec<Place<'a>>) {
    struct Header<'a> {
        /// Byte of the first comment above, byte and line of the header.
        from: usize,
        line: usize,
        table: &'a str,
        listed: bool,
    }
    let mut headers: Vec<Header> = Vec::new();
    let (mut at, mut comment) = (0, None);
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if let Some(table) = bare.strip_prefix("[[").and_then(|b| b.split("]]").next()) {
            headers.push(Header { from: comment.take().unwrap_or(at), line: n + 1, table: table.trim(), listed: true });
        } else if let Some(table) = bare.strip_prefix('[').and_then(|b| b.split(']').next()) {
            headers.push(Header { from: comment.take().unwrap_or(at), line: n + 1, table: table.trim(), listed: false });
        } else if bare.starts_with('#') {
            comment.get_or_insert(at);
        } else {
            comment = None;
        }
        at += line.len();
    }
    for (i, h) in headers.iter().enumerate() {
        // Sub-tables are entries only where they are lists with ids of their own: slots and expectations are not.
        if h.table.contains('.') && !h.listed {
            continue;
        }
        let own = |other: &Header| other.table.strip_prefix(h.table).is_some_and(|r| r.starts_with('.'));
        let end = headers[i + 1..].iter().find(|o| !own(o)).map_or(text.len(), |o| o.from);
        let toml = text[h.from..end].trim_end();
        let id = head(toml).lines().find_map(|l| l.strip_prefix("id")?.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?.split('"').next());
        out.push(Place { file, line: h.line, table: h.table, id, toml });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijill_lexicon::Source;

    #[test]
    fn entries_are_found_as_they_stand() {
        let text = "# a file of frames\n\n# one\n[[frame]]\nid   = \"go\"\nlemma = \"x\"\n[frame.slots.who]\nis = [\"subject\"]\n[[frame.example]]\ntext = \"y\"\n\n# two\n[[frame]]\nid = \"come\"\n[[org_head]]\nwords = [\"z\"]\n";
        let sources = Sources(vec![Source { name: "frames/a.toml".into(), text: text.into() }]);
        let index = Index::new(&sources);
        let go = index.find("frame:go");
        assert_eq!((go.len(), go[0].line, go[0].file), (1, 4, "frames/a.toml"));
        assert!(go[0].toml.starts_with("# one\n[[frame]]") && go[0].toml.ends_with("text = \"y\""));
        assert_eq!(index.find("come")[0].toml, "# two\n[[frame]]\nid = \"come\"");
        assert_eq!(index.find("org-head:z")[0].line, 15);
        assert!(index.find("frame:nothing").is_empty());
        assert_eq!(index.counts()["frame"], 2);
    }
}
