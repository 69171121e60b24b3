//! What changed between two files of records: the way to see what a change of the lexicon does.
//!
//! ```text
//! sijill read pool.jsonl --format jsonl > old.jsonl
//! (change the lexicon)
//! sijill read pool.jsonl --format jsonl > new.jsonl
//! cargo xtask diff old.jsonl new.jsonl --texts pool.jsonl
//! ```
//!
//! Parts are paired by what they rest on (an entity by its id, a statement by its cue, an event by its kind and evidence), so that a
//! changed part is one line and not two.

use sijill_record::{Entity, Event, Record, Span, Statement};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// Longer quotations are cut in the middle.
const SHOWN: usize = 90;

type Texts = HashMap<String, Vec<char>>;

pub fn show(old: &Path, new: &Path, texts: Option<&Path>) -> Result<bool, String> {
    let (old, new) = (records(old)?, records(new)?);
    let texts = texts.map_or(Ok(Texts::new()), read_texts)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut sums: BTreeMap<&'static str, [usize; 3]> = BTreeMap::new();
    let (mut changed, mut all) = (0, 0);
    let ids: Vec<&String> = new.1.iter().chain(old.1.iter().filter(|id| !new.0.contains_key(*id))).collect();
    for id in ids {
        all += 1;
        let lines = match (old.0.get(id), new.0.get(id)) {
            (Some(a), Some(b)) => lines(a, b, text_of(&texts, id)),
            (None, _) => vec![Line { sign: '+', part: "article", words: "only in the new file".into() }],
            (_, None) => vec![Line { sign: '-', part: "article", words: "only in the old file".into() }],
        };
        if lines.is_empty() {
            continue;
        }
        changed += 1;
        let mut block = format!("{id}\n");
        for l in lines {
            let which = "+-~".find(l.sign).unwrap_or(2);
            sums.entry(l.part).or_default()[which] += 1;
            let _ = writeln!(block, "  {} {:<9} {}", l.sign, l.part, l.words);
        }
        if out.write_all(block.as_bytes()).is_err() {
            // Whoever was reading has seen enough.
            return Ok(true);
        }
    }
    let mut end = format!("{changed} of {all} articles differ\n");
    for (part, [more, less, other]) in sums {
        let _ = writeln!(end, "  {part:<9} {more:>5} more {less:>5} less {other:>5} changed");
    }
    let _ = out.write_all(end.as_bytes());
    let _ = out.flush();
    Ok(true)
}

/// Records by id, and the ids in their order.
fn records(path: &Path) -> Result<(HashMap<String, Record>, Vec<String>), String> {
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let (mut map, mut order) = (HashMap::new(), Vec::new());
    for (n, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|e| format!("{}:{}: {e}", path.display(), n + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let r: Record = serde_json::from_str(&line).map_err(|e| format!("{}:{}: expected a record: {e}", path.display(), n + 1))?;
        order.push(r.id.clone());
        map.insert(r.id.clone(), r);
    }
    Ok((map, order))
}

fn read_texts(path: &Path) -> Result<Texts, String> {
    let fault = |e: std::io::Error| format!("{}: {e}", path.display());
    let mut out = Texts::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).map_err(fault)?.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|e| e == "txt") {
                let text = std::fs::read_to_string(&path).map_err(fault)?;
                let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
                out.insert(path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default(), text.chars().collect());
            }
        }
        return Ok(out);
    }
    for line in BufReader::new(std::fs::File::open(path).map_err(fault)?).lines() {
        let article: serde_json::Value = serde_json::from_str(&line.map_err(fault)?).map_err(|e| format!("{}: {e}", path.display()))?;
        if let (Some(id), Some(text)) = (article["id"].as_str(), article["text"].as_str()) {
            out.insert(id.to_owned(), text.chars().collect());
        }
    }
    Ok(out)
}

/// A record's id may be a path; texts go by the name of the file.
fn text_of<'a>(texts: &'a Texts, id: &str) -> Option<&'a [char]> {
    let name = id.rsplit('/').next().unwrap_or(id);
    texts.get(id).or_else(|| texts.get(name)).or_else(|| texts.get(name.strip_suffix(".txt")?)).map(Vec::as_slice)
}

struct Line {
    sign: char,
    part: &'static str,
    words: String,
}

/// The words of a span where the text is at hand, else its offsets.
fn words(text: Option<&[char]>, s: Span) -> String {
    let Some(chars) = text.and_then(|t| t.get(s.start as usize..s.end as usize)) else { return format!("{}..{}", s.start, s.end) };
    let plain = |c: &[char]| c.iter().map(|c| if c.is_whitespace() { ' ' } else { *c }).collect::<String>();
    // An isolate keeps the marks around in their place where lines are shown in both directions.
    if chars.len() <= SHOWN {
        format!("\u{2068}{}\u{2069}", plain(chars))
    } else {
        format!("\u{2068}{} … {}\u{2069}", plain(&chars[..SHOWN * 2 / 3]), plain(&chars[chars.len() - SHOWN / 3..]))
    }
}

fn lines(old: &Record, new: &Record, text: Option<&[char]>) -> Vec<Line> {
    let mut out = Vec::new();
    if old.published != new.published {
        out.push(Line { sign: '~', part: "published", words: format!("{:?} → {:?}", old.published, new.published) });
    }
    if old.dateline != new.dateline {
        let shown = |r: &Record| r.dateline.as_ref().map_or_else(|| "none".to_owned(), |d| words(text, d.span));
        out.push(Line { sign: '~', part: "dateline", words: format!("{} → {}", shown(old), shown(new)) });
    }
    pair("junk", &old.boilerplate, &new.boilerplate, |a, b| a.span == b.span, |b| words(text, b.span), |_| String::new(), &mut out);
    pair("entity", &old.entities, &new.entities, |a, b| a.id == b.id, entity, entity_parts, &mut out);
    pair("time", &old.times, &new.times, |a, b| a.span == b.span, |t| format!("\u{2068}{}\u{2069} = {}", t.text, t.edtf), |t| t.edtf.clone(), &mut out);
    let statement = |s: &Statement| format!("{} {} [{}] {}", s.speakers.join(" + "), statement_parts(s), words(text, s.cue), words(text, s.content));
    let says = |s: &Statement| format!("{} {} {}", s.speakers.join(" + "), statement_parts(s), words(text, s.content));
    pair("statement", &old.statements, &new.statements, |a, b| a.cue == b.cue, statement, says, &mut out);
    let event = |e: &Event| format!("{} {}", event_parts(e), e.evidence.first().map_or(String::new(), |s| words(text, *s)));
    let near = |a: &Event, b: &Event| a.kind == b.kind && a.evidence.iter().any(|x| b.evidence.iter().any(|y| x.overlaps(*y)));
    pair("event", &old.events, &new.events, near, event, event_parts, &mut out);
    let relation = |r: &sijill_record::Relation| format!("{} {} {}", r.parties.join(" + "), r.level.as_deref().unwrap_or("no level"), r.established.as_deref().unwrap_or(""));
    pair("relation", &old.relations, &new.relations, |a, b| a.span == b.span, |r| format!("{} {}", relation(r), words(text, r.span)), relation, &mut out);
    pair("warning", &old.warnings, &new.warnings, |a, b| a.span == b.span && a.code == b.code, |w| format!("{} {}", w.code, words(text, w.span)), |w| w.message.clone(), &mut out);
    out
}

/// Pairs the parts of two lists: those that are the same say nothing, those that rest on the same words are changed.
fn pair<T>(part: &'static str, old: &[T], new: &[T], alike: impl Fn(&T, &T) -> bool, whole: impl Fn(&T) -> String, value: impl Fn(&T) -> String, out: &mut Vec<Line>) {
    let mut gone: Vec<&T> = old.iter().collect();
    let mut come: Vec<&T> = Vec::new();
    // Those wholly alike first: they must not be taken for a changed one of something else.
    for n in new {
        match gone.iter().position(|o| alike(o, n) && value(o) == value(n)) {
            Some(k) => {
                gone.remove(k);
            }
            None => come.push(n),
        }
    }
    for n in come {
        match gone.iter().position(|o| alike(o, n)) {
            Some(k) => {
                let o = gone.remove(k);
                out.push(Line { sign: '~', part, words: format!("{}\n{:14}now {}", whole(o), "", whole(n)) });
            }
            None => out.push(Line { sign: '+', part, words: whole(n) }),
        }
    }
    out.extend(gone.into_iter().map(|o| Line { sign: '-', part, words: whole(o) }));
}

fn entity(e: &Entity) -> String {
    format!("{} {}", e.id, entity_parts(e))
}

fn entity_parts(e: &Entity) -> String {
    let mut names: Vec<&str> = Vec::new();
    for m in &e.mentions {
        if !names.contains(&m.text.as_str()) {
            names.push(&m.text);
        }
    }
    let roles: Vec<String> = e.roles.iter().map(|r| format!("{} of {}", r.title, r.of.as_deref().unwrap_or("?"))).collect();
    format!("\u{2068}{}\u{2069} ({} mentions) {}", names.join(" / "), e.mentions.len(), roles.join(", "))
}

fn statement_parts(s: &Statement) -> String {
    let targets = if s.targets.is_empty() { String::new() } else { format!(" → {}", s.targets.join(" + ")) };
    format!("{}{targets}{}", s.force, if s.direct { " direct" } else { "" })
}

fn event_parts(e: &Event) -> String {
    let who: Vec<String> = e.participants.iter().map(|p| format!("{} {}", p.role, p.entity)).collect();
    let mut out = format!("{} {}: {}", e.kind, e.status, who.join(", "));
    for (what, value) in [("on", &e.date), ("in", &e.place)] {
        if let Some(v) = value {
            let _ = write!(out, " {what} {v}");
        }
    }
    for (k, v) in &e.attributes {
        let _ = write!(out, " {k}={v}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijill_record::{Participant, Time, Why};

    #[test]
    fn a_changed_part_is_one_line() {
        let time = |start, edtf: &str| Time { span: Span::new(start, start + 3), text: "abc".into(), edtf: edtf.into(), why: Why::default() };
        let old = Record { times: vec![time(0, "2024"), time(5, "2023"), time(9, "2022")], ..Record::default() };
        let new = Record { times: vec![time(0, "2024"), time(5, "2021"), time(20, "2020")], ..Record::default() };
        let found: Vec<(char, &str)> = lines(&old, &new, None).iter().map(|l| (l.sign, l.part)).collect();
        assert_eq!(found, [('~', "time"), ('+', "time"), ('-', "time")]);
        assert!(lines(&new, &new, None).is_empty());
    }

    #[test]
    fn events_are_paired_by_their_words() {
        let event = |status: &str, start| Event {
            id: "e1".into(),
            kind: "visit".into(),
            status: status.into(),
            participants: vec![Participant { entity: "country:KAZ".into(), role: "visitor".into(), side: Default::default() }],
            date: None,
            place: None,
            evidence: vec![Span::new(start, start + 5)],
            attributes: BTreeMap::new(),
            plover: None,
            cameo: None,
            goldstein: None,
            within: None,
            why: Why::default(),
        };
        let text: Vec<char> = "a visit was paid".chars().collect();
        let record = |e: Event| Record { events: vec![e], ..Record::default() };
        let changed = lines(&record(event("planned", 2)), &record(event("occurred", 2)), Some(&text));
        assert_eq!((changed.len(), changed[0].sign), (1, '~'));
        assert!(changed[0].words.contains("visit planned: visitor country:KAZ \u{2068}visit\u{2069}") && changed[0].words.contains("now visit occurred"));
        assert_eq!(lines(&record(event("planned", 2)), &record(event("planned", 10)), None).len(), 2);
    }
}
