//! The lexicon's examples as tests: one runner for `sijill lexicon test` and `cargo test`.
//!
//! Each example is a named test and runs several ways (`Variation`); what it expects is quoted, and found in the varied text
//! by a map of letters, so that offsets are proven too. What must not live here: files, output, any word of Arabic. The
//! neutral sentences around an example are data (`lexicon/codes/interface.toml`).

use crate::{Article, Engine, Worker};
use serde::Serialize;
use sijill_lexicon::entries::{self, File};
use sijill_lexicon::{Fault, Sources};
use sijill_record::{Entity, EntityType, Event, Record, Span, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// The day on which an example is taken to be written where it does not say.
const PUBLISHED: &str = "2024-07-02";

/// What came of all tests.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub passed: usize,
    pub failed: Vec<Outcome>,
    /// Fail as they are expected to.
    pub known: Vec<Outcome>,
    /// Were expected to fail and do not: `known_failure` is to be removed.
    pub mended: Vec<Outcome>,
    /// Tests that passed and tests in all, by table.
    pub tables: BTreeMap<&'static str, (usize, usize)>,
    /// The lexicon could not be read: nothing was tested.
    #[serde(skip)]
    pub faults: Vec<Fault>,
    /// Names of all tests that passed.
    #[serde(skip)]
    passed_names: BTreeSet<String>,
}

/// One test that needs attention.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Outcome {
    /// `frame:istaqbala-receive/example-1/shifted`
    pub name: String,
    pub file: String,
    pub line: usize,
    pub text: String,
    pub expected: String,
    pub found: String,
}

impl Report {
    pub fn total(&self) -> usize {
        self.passed + self.failed.len() + self.known.len() + self.mended.len()
    }
}

/// The ways in which an example is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variation {
    Alone,
    /// Between two neutral sentences, on lines of its own.
    Shifted,
    /// With vowel marks and tatweel inside its words.
    Marked,
    /// Without hamzas on alef, and final ya without its dots.
    Respelled,
    /// With Arabic-Indic digits.
    Digits,
}

impl Variation {
    const ALL: [Variation; 5] = [Self::Alone, Self::Shifted, Self::Marked, Self::Respelled, Self::Digits];

    pub fn name(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Shifted => "shifted",
            Self::Marked => "marked",
            Self::Respelled => "respelled",
            Self::Digits => "digits",
        }
    }
}

/// A text and the place of each letter of the original in it.
struct Varied {
    text: String,
    /// For each code point of the original and its end: its code point here.
    map: Vec<u32>,
}

const TATWEEL: char = '\u{0640}';
const FATHA: char = '\u{064E}';

fn vary(original: &str, how: Variation, around: (&str, &str)) -> Option<Varied> {
    let mut text = String::with_capacity(original.len() * 2);
    let mut map = Vec::with_capacity(original.len());
    let mut n = 0u32;
    let mut push = |text: &mut String, c: char| {
        text.push(c);
        n += 1;
        n
    };
    if how == Variation::Shifted {
        for c in around.0.chars().chain(['\n']) {
            push(&mut text, c);
        }
    }
    let chars: Vec<char> = original.chars().collect();
    let letter = |i: usize| chars.get(i).is_some_and(|c| sijill_text::is_arabic_letter(*c));
    let mut in_word = 0;
    for (i, &c) in chars.iter().enumerate() {
        in_word = if letter(i) { in_word + 1 } else { 0 };
        let written = match (how, c) {
            // Alef with hamza above, below, with madda: bare alef.
            (Variation::Respelled, '\u{0623}' | '\u{0625}' | '\u{0622}') => '\u{0627}',
            // Final ya: alef maqsura, as in Egypt.
            (Variation::Respelled, '\u{064A}') if !letter(i + 1) => '\u{0649}',
            (Variation::Digits, '0'..='9') => char::from_u32(0x0660 + (c as u32 - '0' as u32)).unwrap_or(c),
            _ => c,
        };
        let after = push(&mut text, written);
        map.push(after - 1);
        // Only between letters of a word: a mark at its end might belong to what follows.
        if how == Variation::Marked && letter(i + 1) {
            match in_word {
                1 => _ = push(&mut text, FATHA),
                3 => _ = push(&mut text, TATWEEL),
                _ => {}
            }
        }
    }
    map.push(text.chars().count() as u32);
    if how == Variation::Shifted {
        text.push('\n');
        text.push_str(around.1);
    }
    (how == Variation::Alone || text != original).then_some(Varied { text, map })
}

/// What an entry promises of the record of its examples, and denies of its counter-examples.
enum Goal<'a> {
    Frame(&'a entries::Frame),
    Speech(&'a str),
    Title(&'a str),
    OrgHead(String),
    PlaceHead,
    Initiative,
    Light,
    Modal(&'a str),
    Predicate(&'a str),
    Attribution(&'a str),
    Attribute(&'a entries::Attribute),
    Relation,
    UnnamedSource,
    UnnamedOfficial,
    Fronting,
}

struct Case<'a> {
    table: &'static str,
    id: String,
    file: &'a str,
    goal: Goal<'a>,
    examples: &'a [entries::Example],
    counters: &'a [entries::Counter],
}

fn cases(files: &[(String, File)]) -> Vec<Case<'_>> {
    let mut out = Vec::new();
    for (file, f) in files {
        let mut push = |table, id: String, goal, examples, counters| out.push(Case { table, id, file, goal, examples, counters });
        for x in &f.frame {
            push("frame", x.id.clone(), Goal::Frame(x), &x.example[..], &x.counter[..]);
        }
        for x in &f.speech {
            push("speech", x.id.clone(), Goal::Speech(&x.id), &x.example, &x.counter);
        }
        for x in &f.title {
            push("title", x.id.clone(), Goal::Title(&x.id), &x.example, &x.counter);
        }
        let first = |id: &Option<String>, words: &[String]| id.clone().or_else(|| words.first().cloned()).unwrap_or_default();
        for x in &f.org_head {
            let id = first(&x.id, &x.words);
            push("org_head", id.clone(), Goal::OrgHead(id), &x.example, &x.counter);
        }
        for x in &f.place_head {
            push("place_head", first(&x.id, &x.words), Goal::PlaceHead, &x.example, &x.counter);
        }
        for x in &f.initiative_pattern {
            push("initiative_pattern", first(&x.id, &x.words), Goal::Initiative, &x.example, &x.counter);
        }
        for x in &f.light {
            push("light", first(&x.id, std::slice::from_ref(&x.lemma)), Goal::Light, &x.example, &x.counter);
        }
        for x in &f.modal {
            push("modal", first(&x.id, &x.phrases), Goal::Modal(&x.effect), &x.example, &x.counter);
        }
        for x in &f.predicate {
            push("predicate", x.id.clone(), Goal::Predicate(&x.force), &x.example, &x.counter);
        }
        for x in &f.attribution {
            push("attribution", x.id.clone(), Goal::Attribution(&x.id), &x.example, &x.counter);
        }
        for x in &f.attribute {
            push("attribute", first(&x.id, &x.words), Goal::Attribute(x), &x.example, &x.counter);
        }
        for x in &f.level_part {
            push("level_part", x.part.clone(), Goal::Relation, &x.example, &x.counter);
        }
        for x in &f.relation_head {
            push("relation_head", x.id.clone(), Goal::Relation, &x.example, &x.counter);
        }
        for x in &f.establishing {
            push("establishing", x.id.clone(), Goal::Relation, &x.example, &x.counter);
        }
        for x in &f.unnamed_source {
            push("unnamed_source", first(&x.id, &x.words), Goal::UnnamedSource, &x.example, &x.counter);
        }
        for x in &f.unnamed_official {
            push("unnamed_official", first(&x.id, &x.words), Goal::UnnamedOfficial, &x.example, &x.counter);
        }
        for x in &f.fronting {
            push("fronting", first(&x.id, &x.phrases), Goal::Fronting, &x.example, &x.counter);
        }
    }
    out
}

/// Runs the examples and counter-examples of the entries whose file begins with `filter`, or whose id (`frame:x`, or `x`) it
/// is; of all entries without one.
pub fn check(engine: &Engine, sources: &Sources, filter: Option<&str>) -> Report {
    let mut report = Report::default();
    let files = match sources.parse() {
        Ok(files) => files,
        Err(faults) => {
            report.faults = faults;
            return report;
        }
    };
    let sentence = |id: &str| engine.lexicon().codes.label("check", id).map_or("...", |(ar, _)| ar);
    let around = (sentence("before"), sentence("after"));
    let mut worker = engine.worker();
    for case in cases(&files) {
        let entry = format!("{}:{}", case.table, case.id);
        let wanted = filter.is_none_or(|f| f == entry || f == case.id || case.file == f || case.file.strip_prefix(f).is_some_and(|r| f.ends_with('/') || r.starts_with('/')));
        if !wanted {
            continue;
        }
        let source = sources.get(case.file).unwrap_or("");
        let tests = case.examples.iter().enumerate().map(|(n, e)| Test {
            name: format!("{entry}/example-{}", n + 1),
            text: &e.text,
            published: e.published.as_deref().unwrap_or(PUBLISHED),
            expect: Some(&e.expect),
            known_failure: e.known_failure.as_deref(),
        });
        let tests = tests.chain(case.counters.iter().enumerate().map(|(n, c)| Test {
            name: format!("{entry}/counter-{}", n + 1),
            text: &c.text,
            published: PUBLISHED,
            expect: None,
            known_failure: c.known_failure.as_deref(),
        }));
        for test in tests {
            run(&mut worker, &case, &test, around, source, &mut report);
        }
    }
    report
}

struct Test<'a> {
    name: String,
    text: &'a str,
    published: &'a str,
    /// None for a counter-example.
    expect: Option<&'a BTreeMap<String, toml::Value>>,
    known_failure: Option<&'a str>,
}

fn run(worker: &mut Worker, case: &Case, test: &Test, around: (&str, &str), source: &str, report: &mut Report) {
    let line = || source.find(test.text).map_or(0, |at| source[..at].matches('\n').count() + 1);
    // An example that is known to fail need not fail in every variation: it fails where one of them does.
    let mut known: Option<Outcome> = None;
    let mut last = None;
    for how in Variation::ALL {
        let Some(varied) = vary(test.text, how, around) else { continue };
        let record = worker.read(&Article { id: &test.name, text: &varied.text, published: Some(test.published), outlet: None });
        let view = View { record: &record, original: test.text, varied: &varied };
        let mismatch = match test.expect {
            Some(expect) => view.example(case, expect),
            None => view.counter(case),
        };
        let name = format!("{}/{}", test.name, how.name());
        let outcome = |expected, found| Outcome { name: name.clone(), file: case.file.to_owned(), line: line(), text: test.text.to_owned(), expected, found };
        if test.known_failure.is_some() {
            match mismatch {
                Some((expected, found)) => known = known.or(Some(outcome(expected, found))),
                None => last = Some(outcome(String::new(), String::new())),
            }
            continue;
        }
        let count = report.tables.entry(case.table).or_default();
        count.1 += 1;
        match mismatch {
            Some((expected, found)) => report.failed.push(outcome(expected, found)),
            None => {
                count.0 += 1;
                report.passed += 1;
                report.passed_names.insert(name);
            }
        }
    }
    if let Some(reason) = test.known_failure {
        match (known, last) {
            (Some(o), _) => report.known.push(Outcome { name: test.name.clone(), ..o }),
            (None, Some(o)) => {
                report.mended.push(Outcome { name: test.name.clone(), expected: format!("a failure: {reason}"), found: "it passes: remove known_failure".into(), ..o })
            }
            (None, None) => {}
        }
    }
}

type Mismatch = Option<(String, String)>;

fn mismatch(expected: impl Into<String>, found: impl Into<String>) -> Mismatch {
    Some((expected.into(), found.into()))
}

/// The record of a varied text, asked in terms of the original.
struct View<'a> {
    record: &'a Record,
    original: &'a str,
    varied: &'a Varied,
}

impl<'a> View<'a> {
    /// Where the words stand in the varied text: every occurrence.
    fn places(&self, words: &str) -> Vec<Span> {
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(at) = self.original[from..].find(words).filter(|_| !words.is_empty()) {
            let byte = from + at;
            let start = self.original[..byte].chars().count();
            let end = start + words.chars().count();
            // The end is that of the last letter, without marks that were put behind it.
            out.push(Span::new(self.varied.map[start], self.varied.map[end - 1] + 1));
            from = byte + words.chars().next().map_or(1, char::len_utf8);
        }
        out
    }

    fn words(&self, span: Span) -> String {
        self.varied.text.chars().skip(span.start as usize).take(span.len() as usize).collect()
    }

    /// The span without marks and spaces at its ends.
    fn trim(&self, span: Span) -> Span {
        let words: Vec<char> = self.words(span).chars().collect();
        let solid = |c: &char| c.is_alphanumeric();
        match (words.iter().position(solid), words.iter().rposition(solid)) {
            (Some(a), Some(b)) => Span::new(span.start + a as u32, span.start + b as u32 + 1),
            _ => span,
        }
    }

    fn same(&self, span: Span, words: &str) -> bool {
        let span = self.trim(span);
        self.places(words).iter().any(|p| self.trim(*p) == span)
    }

    fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.record.entities.iter().find(|e| e.id == id)
    }

    /// Is the entity named, or its title said, within these words?
    fn named_in(&self, id: &str, words: &str) -> bool {
        let places = self.places(words);
        self.entity(id).is_some_and(|e| e.mentions.iter().map(|m| m.span).chain(e.roles.iter().map(|r| r.span)).any(|s| places.iter().any(|p| p.overlaps(s))))
    }

    fn example(&self, case: &Case, expect: &BTreeMap<String, toml::Value>) -> Mismatch {
        for (key, value) in expect {
            if let toml::Value::String(words) = value
                && quoted(key, &case.goal)
                && self.places(words).is_empty()
            {
                return mismatch(format!("{key} = {words:?}, quoted from the text"), "no such words in the text");
            }
        }
        let expect = Expect(expect);
        match &case.goal {
            Goal::Frame(frame) => self.frame(frame, &expect),
            Goal::Speech(id) => {
                let entry = format!("speech:{id}");
                let found: Vec<&Statement> = self.record.statements.iter().filter(|s| s.why.entry == entry || expect.get("cue").is_some_and(|c| self.same(s.cue, c))).collect();
                self.statement(&format!("a statement by {entry}"), &found, &expect)
            }
            Goal::Attribution(id) => {
                let entry = format!("attribution:{id}");
                let found: Vec<&Statement> = self.record.statements.iter().filter(|s| s.why.entry == entry).collect();
                self.statement(&format!("a statement by {entry}"), &found, &expect)
            }
            Goal::Fronting | Goal::UnnamedOfficial => {
                let found: Vec<&Statement> = self.record.statements.iter().collect();
                self.statement("a statement", &found, &expect)
            }
            Goal::Predicate(_) => match (self.record.statements.first(), expect.get("force")) {
                (None, _) => mismatch("a statement", "none"),
                (Some(s), Some(force)) if s.force != force => mismatch(format!("force = {force}"), &s.force),
                _ => None,
            },
            Goal::UnnamedSource => match self.record.statements.iter().find(|s| !s.speakers.is_empty()) {
                Some(s) => mismatch("no speaker", s.speakers.join(", ")),
                None => None,
            },
            Goal::Title(_) => self.title(&expect),
            // What two states have together is a forum (`مجلس التنسيق السعودي العراقي`).
            Goal::OrgHead(_) => self.span_of(EntityType::Organization, "phrase", &expect).filter(|_| self.span_of(EntityType::Forum, "phrase", &expect).is_some()),
            Goal::PlaceHead => self.span_of(EntityType::Place, "place", &expect),
            Goal::Initiative => self.span_of(EntityType::Initiative, "phrase", &expect),
            Goal::Light => {
                let noun = expect.get("noun")?;
                let places = self.places(noun);
                let found: Vec<&Event> = self.record.events.iter().filter(|e| e.evidence.iter().any(|s| places.iter().any(|p| p.overlaps(*s)))).collect();
                self.status(&format!("an event of {noun:?}"), &found, &expect)
            }
            Goal::Modal(_) => self.status("an event", &self.record.events.iter().collect::<Vec<_>>(), &expect),
            Goal::Attribute(a) => {
                if self.record.events.iter().any(|e| e.attributes.get(&a.name).is_some_and(|v| v.as_str() == expect.get(&a.name))) {
                    None
                } else {
                    mismatch(format!("an event with {} = {}", a.name, expect.get(&a.name).unwrap_or("?")), self.events())
                }
            }
            Goal::Relation => self.relation(&expect),
        }
    }

    fn counter(&self, case: &Case) -> Mismatch {
        let entry = |e: &str| format!("{}:{e}", case.table);
        let event = |bad: &dyn Fn(&Event) -> bool| self.record.events.iter().find(|e| bad(e)).and_then(|e| mismatch("no such event", self.event(e)));
        let statement = |bad: &dyn Fn(&Statement) -> bool| self.record.statements.iter().find(|s| bad(s)).and_then(|s| mismatch("no such statement", self.said(s)));
        match &case.goal {
            Goal::Frame(f) => event(&|e| e.why.entry == entry(&f.id)),
            Goal::Speech(id) | Goal::Attribution(id) => statement(&|s| s.why.entry == entry(id)),
            Goal::Fronting => statement(&|_| true),
            Goal::Predicate(force) => statement(&|s| s.force == *force),
            Goal::UnnamedSource => {
                if self.record.statements.iter().any(|s| !s.speakers.is_empty()) {
                    None
                } else {
                    mismatch("a statement with a speaker", self.statements())
                }
            }
            Goal::UnnamedOfficial => self.record.entities.iter().find(|e| e.kind == EntityType::Person).and_then(|e| mismatch("no person", &e.id)),
            Goal::Title(id) => self.record.entities.iter().flat_map(|e| &e.roles).find(|r| r.why.entry == entry(id)).and_then(|r| mismatch("no such title", self.words(r.span))),
            Goal::OrgHead(id) => self.record.entities.iter().find(|e| e.why.entry == entry(id)).and_then(|e| mismatch("no organization", &e.id)),
            Goal::PlaceHead => self.record.entities.iter().find(|e| e.kind == EntityType::Place).and_then(|e| mismatch("no place", &e.id)),
            Goal::Initiative => self.record.entities.iter().find(|e| e.kind == EntityType::Initiative).and_then(|e| mismatch("no initiative", &e.id)),
            Goal::Light => event(&|_| true),
            Goal::Modal(effect) => event(&|e| e.status == *effect),
            Goal::Attribute(a) => event(&|e| e.attributes.get(&a.name).is_some_and(|v| v.as_str() == Some(&a.value))),
            Goal::Relation => self.record.relations.first().and_then(|r| mismatch("no relation", format!("{} {}", r.parties.join(" "), r.level.as_deref().unwrap_or("")))),
        }
    }

    fn frame(&self, frame: &entries::Frame, expect: &Expect) -> Mismatch {
        let entry = format!("frame:{}", frame.id);
        let found: Vec<&Event> = self.record.events.iter().filter(|e| e.why.entry == entry).collect();
        if found.is_empty() {
            return mismatch(format!("an event by {entry}"), self.events());
        }
        let mut first = None;
        for e in found {
            match self.fits(frame, e, expect) {
                None => return None,
                wrong => first = first.or(wrong),
            }
        }
        first
    }

    fn fits(&self, frame: &entries::Frame, e: &Event, expect: &Expect) -> Mismatch {
        for (key, value) in expect.0 {
            let Some(words) = value.as_str() else { continue };
            let wrong = || mismatch(format!("{key} = {words}"), self.event(e));
            match (key.as_str(), frame.slots.get(key)) {
                // A slot may bear the name of a field.
                (_, Some(slot)) => {
                    if slot.role.is_some() && !e.participants.iter().any(|p| self.named_in(&p.entity, words)) {
                        return wrong();
                    }
                }
                ("status", None) if e.status != words => return wrong(),
                ("time", None) if e.date.is_none() || !self.record.times.iter().any(|t| self.same(t.span, words)) => return wrong(),
                ("place", None) if !e.place.as_deref().is_some_and(|p| self.named_in(p, words)) => return wrong(),
                ("status" | "time" | "place", None) => {}
                (other, None) => return mismatch(format!("a slot of the frame, status, time or place, not {other}"), "an expectation of nothing"),
            }
        }
        None
    }

    fn statement(&self, what: &str, found: &[&Statement], expect: &Expect) -> Mismatch {
        if found.is_empty() {
            return mismatch(what, self.statements());
        }
        let mut first = None;
        for s in found {
            let wrong = expect.0.iter().find_map(|(key, value)| {
                let words = value.as_str()?;
                let right = match key.as_str() {
                    "cue" => self.trim(s.cue).overlaps(self.places(words).first().copied().unwrap_or_default()),
                    "speaker" => s.speakers.iter().any(|id| self.named_in(id, words)),
                    "content" => self.same(s.content, words),
                    "force" => s.force == words,
                    "target" => s.targets.iter().any(|id| self.named_in(id, words)),
                    _ => true,
                };
                if right { None } else { mismatch(format!("{key} = {words}"), self.said(s)) }
            });
            match wrong {
                None => return None,
                wrong => first = first.or(wrong),
            }
        }
        first
    }

    fn title(&self, expect: &Expect) -> Mismatch {
        let phrase = expect.get("phrase").unwrap_or("");
        let people = || self.record.entities.iter().filter(|e| e.kind == EntityType::Person);
        // A title without a name is itself the name of its bearer.
        let bearers: Vec<&Entity> = people()
            .filter(|e| e.roles.iter().any(|r| self.same(r.span, phrase)) || (expect.get("name").is_none() && e.mentions.iter().any(|m| self.same(m.span, phrase))))
            .collect();
        let found = || people().map(|e| format!("{} ({})", e.label_ar, e.roles.iter().map(|r| self.words(r.span)).collect::<Vec<_>>().join("; "))).collect::<Vec<_>>().join(", ");
        if bearers.is_empty() {
            return mismatch(format!("the title {phrase}"), found());
        }
        if let Some(name) = expect.get("name")
            && !bearers.iter().any(|e| e.mentions.iter().any(|m| self.same(m.span, name)))
        {
            return mismatch(format!("{phrase} {name}"), found());
        }
        if let Some(of) = expect.get("of")
            && !bearers.iter().any(|e| e.roles.iter().any(|r| r.of.as_deref().is_some_and(|id| id.rsplit(':').next() == Some(of))))
        {
            return mismatch(format!("{phrase} of {of}"), bearers.iter().flat_map(|e| &e.roles).map(|r| r.of.as_deref().unwrap_or("nobody")).collect::<Vec<_>>().join(", "));
        }
        None
    }

    fn span_of(&self, kind: EntityType, key: &str, expect: &Expect) -> Mismatch {
        let words = expect.get(key)?;
        let of_kind = || self.record.entities.iter().filter(move |e| e.kind == kind);
        if of_kind().any(|e| e.mentions.iter().any(|m| self.same(m.span, words))) {
            None
        } else {
            mismatch(format!("{} {words}", kind.as_str()), of_kind().map(|e| e.label_ar.as_str()).collect::<Vec<_>>().join(", "))
        }
    }

    fn status(&self, what: &str, found: &[&Event], expect: &Expect) -> Mismatch {
        match expect.get("status") {
            // What is hypothetical is no event at all.
            Some("hypothetical") if found.is_empty() => None,
            Some("hypothetical") => mismatch("no event", self.events()),
            _ if found.is_empty() => mismatch(what, self.events()),
            Some(status) if !found.iter().any(|e| e.status == status) => mismatch(format!("{what}, {status}"), self.events()),
            _ => None,
        }
    }

    fn relation(&self, expect: &Expect) -> Mismatch {
        let last = |id: &str| id.rsplit(':').next().unwrap_or(id).to_owned();
        let parties: BTreeSet<String> = expect.0.get("parties").and_then(|p| p.as_array()).into_iter().flatten().filter_map(|p| p.as_str()).map(last).collect();
        let right = self.record.relations.iter().any(|r| {
            (parties.is_empty() || r.parties.iter().map(|p| last(p)).collect::<BTreeSet<_>>() == parties)
                && expect.get("level").is_none_or(|l| r.level.as_deref() == Some(l))
                && expect.get("established").is_none_or(|y| r.established.as_deref() == Some(y))
        });
        if right {
            return None;
        }
        let wanted: Vec<&str> = ["level", "established"].iter().filter_map(|k| expect.get(k)).collect();
        let found = self
            .record
            .relations
            .iter()
            .map(|r| format!("{} {} {}", r.parties.join(" "), r.level.as_deref().unwrap_or("-"), r.established.as_deref().unwrap_or("")))
            .collect::<Vec<_>>()
            .join("; ");
        mismatch(format!("{} {}", parties.into_iter().collect::<Vec<_>>().join(" "), wanted.join(" ")), found)
    }

    fn events(&self) -> String {
        if self.record.events.is_empty() { "no event".into() } else { self.record.events.iter().map(|e| self.event(e)).collect::<Vec<_>>().join("; ") }
    }

    fn event(&self, e: &Event) -> String {
        let who: Vec<String> = e.participants.iter().map(|p| format!("{} {}", p.role, p.entity)).collect();
        format!("{} {} [{}] date {} place {} by {}", e.kind, e.status, who.join(", "), e.date.as_deref().unwrap_or("-"), e.place.as_deref().unwrap_or("-"), e.why.entry)
    }

    fn statements(&self) -> String {
        if self.record.statements.is_empty() { "no statement".into() } else { self.record.statements.iter().map(|s| self.said(s)).collect::<Vec<_>>().join("; ") }
    }

    fn said(&self, s: &Statement) -> String {
        format!("{} [{}] {:?} by {}", s.force, s.speakers.join(", "), self.words(s.content), s.why.entry)
    }
}

/// The expectations of an example.
struct Expect<'a>(&'a BTreeMap<String, toml::Value>);

impl<'a> Expect<'a> {
    fn get(&self, key: &str) -> Option<&'a str> {
        self.0.get(key).and_then(toml::Value::as_str)
    }
}

/// Is this expectation a quotation from the text (and not a code)?
fn quoted(key: &str, goal: &Goal) -> bool {
    match goal {
        Goal::Frame(_) => key != "status",
        Goal::Attribute(_) | Goal::Relation => false,
        _ => !matches!(key, "status" | "force" | "of"),
    }
}

/// Tests that are known to fail: one name a line, of a variation or of an example as a whole.
#[derive(Debug, Default)]
pub struct Baseline(BTreeSet<String>);

/// A report against a baseline.
#[derive(Debug, Default)]
pub struct Compared<'a> {
    /// Fail, and are not in the baseline.
    pub new: Vec<&'a Outcome>,
    /// Are in the baseline, and pass.
    pub mended: Vec<&'a str>,
}

impl Baseline {
    pub fn parse(text: &str) -> Self {
        Self(text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect())
    }

    /// The failures of this report. An example that fails in every way is one line.
    pub fn of(report: &Report) -> Self {
        let whole = |name: &str| name.rsplit_once('/').map_or(name, |n| n.0).to_owned();
        let some_pass: BTreeSet<String> = report.passed_names.iter().map(|n| whole(n)).collect();
        Self(report.failed.iter().map(|o| if some_pass.contains(&whole(&o.name)) { o.name.clone() } else { whole(&o.name) }).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn text(&self) -> String {
        let mut out = String::from("# Tests of the lexicon that are known to fail. Written by `sijill lexicon test --accept`; the test fails where another fails.\n");
        for name in &self.0 {
            out.push_str(name);
            out.push('\n');
        }
        out
    }

    pub fn compare<'a>(&'a self, report: &'a Report) -> Compared<'a> {
        let holds = |name: &str| self.0.contains(name) || name.rsplit_once('/').is_some_and(|(whole, _)| self.0.contains(whole));
        let failing: BTreeSet<&str> = report.failed.iter().flat_map(|o| [o.name.as_str(), o.name.rsplit_once('/').map_or("", |n| n.0)]).collect();
        let ran: BTreeSet<&str> = report.passed_names.iter().flat_map(|n| [n.as_str(), n.rsplit_once('/').map_or("", |x| x.0)]).collect();
        Compared {
            new: report.failed.iter().filter(|o| !holds(&o.name)).collect(),
            mended: self.0.iter().map(String::as_str).filter(|n| ran.contains(n) && !failing.contains(n)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijill_record::{Mention, Participant, Why};

    const AROUND: (&str, &str) = ("before.", "after.");

    #[test]
    fn variations_keep_the_map() {
        let original = "زار أمير قطر الأردن في 12 مايو";
        for how in Variation::ALL {
            let varied = vary(original, how, AROUND).expect("each changes something");
            let view = View { record: &Record::default(), original, varied: &varied };
            for words in ["أمير قطر", "الأردن", "12 مايو"] {
                let [place] = view.places(words)[..] else { panic!("one place of {words}") };
                assert_eq!(sijill_text::fold(&view.words(place)), sijill_text::fold(words), "{how:?}");
            }
        }
        assert!(vary("abc", Variation::Digits, AROUND).is_none());
    }

    #[test]
    fn marks_stand_inside_words() {
        let varied = vary("وصل إلى", Variation::Marked, AROUND).unwrap();
        assert_eq!(varied.text, "و\u{064E}صل إ\u{064E}لى");
        assert!(vary("سلامات", Variation::Marked, AROUND).unwrap().text.contains(TATWEEL));
    }

    fn frame() -> entries::Frame {
        toml::from_str("id = 'visit'\nlemma = 'x'\ngloss = 'x'\nkind = 'visit'\n[slots.visitor]\nrole = 'visitor'\nis = ['subject']\n").unwrap()
    }

    /// What an engine would give for the text, at its own offsets.
    fn record(text: &str, name: &str, entry: &str) -> Record {
        let start = text[..text.find(name).unwrap()].chars().count() as u32;
        let span = Span::new(start, start + name.chars().count() as u32);
        Record {
            entities: vec![Entity {
                id: "person:a".into(),
                kind: EntityType::Person,
                iso3: None,
                label_ar: name.into(),
                label_en: None,
                known: false,
                mentions: vec![Mention { span, text: name.into(), by: "name".into() }],
                roles: vec![],
                code: Default::default(),
                why: Why::default(),
            }],
            events: vec![Event {
                id: "e1".into(),
                kind: "visit".into(),
                status: "occurred".into(),
                participants: vec![Participant { entity: "person:a".into(), role: "visitor".into(), side: "actor".into() }],
                date: None,
                place: None,
                evidence: vec![span],
                attributes: Default::default(),
                plover: None,
                cameo: None,
                goldstein: None,
                within: None,
                why: Why::new(entry, "test"),
            }],
            ..Record::default()
        }
    }

    #[test]
    fn frames_are_compared_by_entry_and_participants() {
        let original = "زار الأمير المدينة";
        let varied = vary(original, Variation::Shifted, AROUND).unwrap();
        let f = frame();
        let case = Case { table: "frame", id: "visit".into(), file: "f", goal: Goal::Frame(&f), examples: &[], counters: &[] };
        let expect = |t: &str| toml::from_str::<BTreeMap<String, toml::Value>>(t).unwrap();
        let test = |name: &str, entry: &str, e: &str| {
            let r = record(&varied.text, name, entry);
            let view = View { record: &r, original, varied: &varied };
            (view.example(&case, &expect(e)), view.counter(&case).is_some())
        };
        assert_eq!(test("الأمير", "frame:visit", "visitor = 'الأمير'\nstatus = 'occurred'"), (None, true));
        assert!(test("الأمير", "frame:other", "visitor = 'الأمير'").0.is_some());
        assert!(!test("الأمير", "frame:other", "").1);
        assert!(test("المدينة", "frame:visit", "visitor = 'الأمير'").0.is_some());
        assert!(test("الأمير", "frame:visit", "status = 'planned'").0.is_some());
        assert!(test("الأمير", "frame:visit", "visitor = 'الوزير'").0.is_some());
        assert!(test("الأمير", "frame:visit", "place = 'المدينة'").0.is_some());
        assert!(test("الأمير", "frame:visit", "guest = 'الأمير'").0.is_some());
    }

    #[test]
    fn a_baseline_knows_old_failures_from_new() {
        let failed = |name: &str| Outcome { name: name.into(), ..Outcome::default() };
        let mut report = Report { failed: vec![failed("frame:a/example-1/alone"), failed("frame:a/example-1/shifted"), failed("frame:b/example-1/marked")], ..Report::default() };
        report.passed_names = ["frame:b/example-1/alone".to_owned()].into();
        let baseline = Baseline::of(&report);
        let text = baseline.text();
        assert!(text.ends_with("\nframe:a/example-1\nframe:b/example-1/marked\n"));
        let baseline = Baseline::parse(&text);
        assert!(baseline.compare(&report).new.is_empty());
        report.failed = vec![failed("frame:c/counter-1/alone")];
        report.passed_names.extend(["frame:a/example-1/alone".to_owned()]);
        let compared = baseline.compare(&report);
        assert_eq!((compared.new.len(), compared.mended), (1, vec!["frame:a/example-1"]));
    }
}
