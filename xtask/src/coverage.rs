//! What the engine does not understand, over articles without gold: ranked lists of suspicious places, each with a count and a snippet.
//!
//! ```text
//! cargo xtask coverage articles.jsonl --list titles --top 40
//! ```
//!
//! The lexicon is read from the checkout, so that a change of an entry shows at once. A list names no faults: most of what it holds is
//! rightly passed over, but what stands at its head and should not is the work that pays most. No Arabic stands here: titles, verbs,
//! months and complementisers are what the lexicon says they are.

use crate::root;
use sijill_extract::{Article, Engine};
use sijill_grammar::{Analyses, Match, Matches, Summary};
use sijill_lexicon::{Clitic, Count, Flag, Lexicon, Link, Shape, Sources, Tag};
use sijill_record::{EntityType, Record, Span};
use sijill_text::{Kind, Quote, Sentence, Tokens};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

/// The lists, in the order in which they are printed, and what each holds.
const LISTS: [(&str, &str); 8] = [
    ("titles", "words after a title that were not taken for a name"),
    ("given", "given names that are in no name"),
    ("bodies", "heads of bodies, and the word behind them, that were not taken for a body"),
    ("places", "heads of places, and the word behind them, that were not taken for a place"),
    ("that", "complementisers without a cue: the verb or word before them"),
    ("verbs", "verbs, and words that nothing explains, between two actors, without a frame"),
    ("months", "digits beside a month that are no time"),
    ("quotes", "sentences with a quotation and no statement: the verb or word before it"),
];

/// Tokens shown on each side of what a list is about.
const AROUND: usize = 7;
/// Tokens searched for an actor on each side of a verb, and for a verb before a complementiser.
const NEAR: usize = 10;
/// Quotations of fewer words are names and irony.
const SAID: usize = 5;

/// How the lists are asked for.
pub struct Options<'a> {
    pub top: usize,
    pub only: Option<&'a str>,
    pub json: bool,
}

/// One line of a list.
struct Entry {
    count: usize,
    /// Of the first article that has it.
    snippet: String,
    article: String,
}

type Lists = [BTreeMap<String, Entry>; LISTS.len()];

pub fn show(corpus: &Path, options: &Options) -> Result<bool, String> {
    if let Some(only) = options.only.filter(|o| !LISTS.iter().any(|(id, _)| id == o)) {
        return Err(format!("expected one of {}, found {only:?}", LISTS.map(|(id, _)| id).join(", ")));
    }
    let lexicon = root().join("lexicon");
    let sources = Sources::folder(&lexicon).map_err(|f| f.to_string())?;
    let engine = Engine::new(sijill_lexicon::compile(&sources).map_err(|f| f.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?);
    let articles = articles(corpus)?;
    let mut lists: Lists = Default::default();
    let mut worker = engine.worker();
    let mut view = View::new(engine.lexicon());
    for a in &articles {
        let record = worker.read(&Article { id: &a.id, text: &a.text, published: a.published.as_deref(), outlet: a.outlet.as_deref() });
        view.read(a, &record);
        view.gaps(&mut |list, key, at| {
            let entry = lists[list].entry(key).or_insert_with(|| Entry { count: 0, snippet: view.snippet(at), article: a.id.clone() });
            entry.count += 1;
        });
    }
    print!("{}", if options.json { as_json(&lists, options) } else { as_table(&lists, options, articles.len()) });
    Ok(true)
}

// --- articles ------------------------------------------------------------------------------------------------------

#[derive(Default)]
struct Source {
    id: String,
    text: String,
    published: Option<String>,
    outlet: Option<String>,
}

/// The articles of a `.jsonl` file, or the text files of a folder.
fn articles(path: &Path) -> Result<Vec<Source>, String> {
    let fault = |e: std::io::Error| format!("{}: {e}", path.display());
    if path.is_dir() {
        let mut files: Vec<_> = std::fs::read_dir(path).map_err(fault)?.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
        files.sort();
        return files
            .iter()
            .map(|p| {
                let text = std::fs::read_to_string(p).map_err(|e| format!("{}: {e}", p.display()))?;
                Ok(Source { id: p.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text, ..Source::default() })
            })
            .collect();
    }
    let mut out = Vec::new();
    for (n, line) in std::fs::read_to_string(path).map_err(fault)?.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let value: serde_json::Value = serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1))?;
        let field = |name: &str| value.get(name).and_then(|v| v.as_str()).map(str::to_owned);
        let text = field("text").ok_or_else(|| format!("{}:{}: expected a field \"text\", found none", path.display(), n + 1))?;
        out.push(Source { id: field("id").unwrap_or_else(|| (n + 1).to_string()), text, published: field("published"), outlet: field("outlet") });
    }
    Ok(out)
}

// --- one article ---------------------------------------------------------------------------------------------------

/// What a record says of a token.
mod said {
    pub const ENTITY: u8 = 1;
    /// A person, state, body or forum.
    pub const ACTOR: u8 = 2;
    pub const TIME: u8 = 4;
    pub const STATEMENT: u8 = 8;
    pub const EVENT: u8 = 16;
    pub const JUNK: u8 = 32;
}

/// An article, its words as the lexicon has them, and what its record covers.
struct View<'l> {
    lex: &'l Lexicon,
    /// Folded first words of the names of months.
    months: HashSet<String>,
    text: String,
    tokens: Tokens,
    analyses: Analyses,
    summaries: Vec<Summary>,
    matches: Matches,
    sentences: Vec<Sentence>,
    quotes: Vec<Quote>,
    covered: Vec<u8>,
}

impl<'l> View<'l> {
    fn new(lex: &'l Lexicon) -> Self {
        let months = lex.calendar.month.iter().chain(&lex.calendar.hijri).flat_map(|m| m.names.iter().chain(&m.doubtful));
        let months = months.filter_map(|n| sijill_text::fold(n).split(' ').next().map(str::to_owned)).collect();
        Self {
            lex,
            months,
            text: String::new(),
            tokens: Tokens::default(),
            analyses: Analyses::default(),
            summaries: Vec::new(),
            matches: Matches::default(),
            sentences: Vec::new(),
            quotes: Vec::new(),
            covered: Vec::new(),
        }
    }

    fn read(&mut self, article: &Source, record: &Record) {
        self.text.clone_from(&article.text);
        self.analyses.make_room();
        self.tokens.read(&self.text);
        self.summaries.clear();
        for i in 0..self.tokens.len() {
            let t = &self.tokens[i];
            let word = &self.text[t.start as usize..t.end as usize];
            let closed = word.trim_end_matches(|c| !sijill_text::is_arabic_letter(c)).ends_with(sijill_text::TA_MARBUTA);
            self.summaries.push(if t.kind == Kind::Word {
                self.analyses.of(self.lex, self.tokens.fold(i), closed)
            } else {
                Summary { word: sijill_lexicon::NONE, ..Summary::default() }
            });
        }
        self.matches.read(self.lex, &self.tokens, &self.summaries, &self.analyses);
        sijill_text::sentences(&self.tokens, &mut self.sentences);
        sijill_text::quotes(&self.tokens, &mut self.quotes);
        self.covered.clear();
        self.covered.resize(self.tokens.len(), 0);
        for e in &record.entities {
            let actor = if matches!(e.kind, EntityType::Place | EntityType::Initiative) { 0 } else { said::ACTOR };
            e.mentions.iter().map(|m| m.span).chain(e.roles.iter().map(|r| r.span)).for_each(|s| self.cover(s, said::ENTITY | actor));
        }
        record.times.iter().for_each(|t| self.cover(t.span, said::TIME));
        for s in &record.statements {
            // The complementiser between cue and content belongs to both.
            self.cover(Span::new(s.cue.start.min(s.content.start), s.cue.end.max(s.content.end)), said::STATEMENT);
        }
        record.events.iter().flat_map(|e| &e.evidence).for_each(|s| self.cover(*s, said::EVENT));
        record.boilerplate.iter().for_each(|b| self.cover(b.span, said::JUNK));
    }

    fn cover(&mut self, span: Span, what: u8) {
        let from = self.tokens.partition_point(|t| t.to <= span.start);
        for i in from..self.tokens.len() {
            if self.tokens[i].from >= span.end {
                break;
            }
            self.covered[i] |= what;
        }
    }

    fn has(&self, i: usize, what: u8) -> bool {
        self.covered.get(i).is_some_and(|c| c & what != 0)
    }

    fn flag(&self, i: usize, flag: Flag) -> bool {
        self.summaries.get(i).is_some_and(|s| s.flags & flag as u32 != 0)
    }

    fn tag(&self, i: usize, tag: Tag) -> bool {
        self.summaries.get(i).is_some_and(|s| s.tags & (1 << tag as u64) != 0)
    }

    fn word(&self, i: usize) -> &str {
        let t = &self.tokens[i];
        &self.text[t.start as usize..t.end as usize]
    }

    fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word)
    }

    fn words(&self, range: std::ops::Range<usize>) -> String {
        range.map(|i| self.word(i)).collect::<Vec<_>>().join(" ")
    }

    /// A finite verb by all its readings, or one of the listed forms of a common verb.
    fn verb(&self, i: usize) -> bool {
        let Some(s) = self.summaries.get(i) else { return false };
        if s.tags == 0 && self.flag(i, Flag::Verb) {
            return true;
        }
        let mut readings = self.analyses.get(s.range).iter().flat_map(|a| self.lex.reading_slice(a.readings)).peekable();
        s.tags == 0 && readings.peek().is_some() && readings.all(|r| r.pos().finite())
    }

    fn article(&self, i: usize) -> bool {
        self.summaries.get(i).is_some_and(|s| self.analyses.get(s.range).iter().any(|a| a.proclitics.has(Clitic::Article)))
    }

    /// Nothing but a name explains the word, or nothing at all.
    fn unexplained(&self, i: usize) -> bool {
        let names = Flag::Given as u32 | Flag::Name as u32 | Flag::Particle as u32 | Flag::Second as u32;
        // A letter or two are a proclitic set apart.
        self.is_word(i) && self.tokens.fold(i).chars().nth(2).is_some() && self.summaries[i].flags & !names == 0 && self.summaries[i].tags == 0
    }

    fn snippet(&self, at: usize) -> String {
        let from = (at.saturating_sub(AROUND)..at).rev().find(|&i| self.tokens[i].kind == Kind::Break).map_or(at.saturating_sub(AROUND), |i| i + 1);
        let to = (at..(at + AROUND).min(self.tokens.len())).find(|&i| self.tokens[i].kind == Kind::Break).unwrap_or((at + AROUND).min(self.tokens.len()));
        let (first, last) = (&self.tokens[from], &self.tokens[to.max(from + 1) - 1]);
        self.text[first.start as usize..last.end as usize].split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The nearest speech word or finite verb before token `i` in its sentence, else the word before.
    fn before(&self, i: usize, from: usize) -> Option<String> {
        let back = (from.max(i.saturating_sub(NEAR))..i).rev();
        let verb = back.clone().find(|&k| self.is_word(k) && !self.has(k, said::ENTITY) && (self.flag(k, Flag::Speech) || self.verb(k)));
        verb.or_else(|| back.clone().find(|&k| self.is_word(k))).map(|k| self.word(k).to_owned())
    }

    /// Calls `found` with the number of a list, the key of the line, and the token.
    fn gaps(&self, found: &mut impl FnMut(usize, String, usize)) {
        self.titles(found);
        self.heads(found);
        for s in &self.sentences {
            self.clauses(s.start as usize..s.end as usize, found);
        }
        self.months(found);
        self.quotations(found);
    }

    fn titles(&self, found: &mut impl FnMut(usize, String, usize)) {
        let title = |m: &&Match| matches!(m.link, Link::Title(_, Count::One(_)));
        for m in self.matches.list.iter().filter(title) {
            let mut at = m.end as usize;
            // Whose he is stands between.
            while at < self.tokens.len() && (self.flag(at, Flag::Demonym) || self.flag(at, Flag::Honorific) || self.has(at, said::ENTITY) && at < m.end as usize + 4) {
                at += 1;
            }
            let named = at > m.end as usize && self.has(at - 1, said::ENTITY) && !self.flag(at - 1, Flag::Demonym);
            if self.has(m.start as usize, said::JUNK) || named || self.has(at, said::ENTITY | said::TIME) || !self.unexplained(at) {
                continue;
            }
            let two = if self.unexplained(at + 1) && !self.has(at + 1, said::ENTITY) { at + 2 } else { at + 1 };
            found(0, self.words(at..two), at);
        }
        for i in 0..self.tokens.len() {
            let surely = self.flag(i, Flag::Given) && self.unexplained(i) && !self.article(i);
            if surely && !self.has(i, said::ENTITY | said::JUNK | said::TIME) {
                found(1, self.word(i).to_owned(), i);
            }
        }
    }

    fn heads(&self, found: &mut impl FnMut(usize, String, usize)) {
        for i in 0..self.tokens.len() {
            for (list, flag) in [(2, Flag::OrgHead), (3, Flag::PlaceHead)] {
                if self.flag(i, flag) && self.is_word(i + 1) && !self.article(i) && !self.has(i, said::ENTITY | said::JUNK) && !self.has(i + 1, said::ENTITY) {
                    found(list, self.words(i..i + 2), i);
                }
            }
        }
    }

    fn clauses(&self, sentence: std::ops::Range<usize>, found: &mut impl FnMut(usize, String, usize)) {
        for i in sentence.clone() {
            if self.has(i, said::JUNK) {
                continue;
            }
            if self.tag(i, Tag::That)
                && !self.has(i, said::STATEMENT)
                && let Some(key) = self.before(i, sentence.start)
            {
                found(4, key, i);
            }
            let uses = Flag::Frame as u32 | Flag::NounFrame as u32 | Flag::Speech as u32 | Flag::Light as u32 | Flag::Modal as u32 | Flag::Predicate as u32;
            let verb = self.verb(i) || self.unexplained(i) && !self.lex.begins(self.tokens.fold(i), Shape::Article);
            if verb && self.summaries[i].flags & uses == 0 && !self.has(i, said::EVENT | said::ENTITY | said::TIME) {
                let actor = |range: std::ops::Range<usize>| range.into_iter().any(|k| self.has(k, said::ACTOR));
                if actor(sentence.start.max(i.saturating_sub(NEAR))..i) && actor(i + 1..sentence.end.min(i + NEAR)) {
                    found(5, self.word(i).to_owned(), i);
                }
            }
        }
    }

    fn months(&self, found: &mut impl FnMut(usize, String, usize)) {
        for i in 0..self.tokens.len() {
            if self.tokens[i].kind != Kind::Number || self.has(i, said::TIME | said::JUNK) {
                continue;
            }
            let month = |k: &usize| self.is_word(*k) && !self.has(*k, said::TIME) && self.months.contains(self.tokens.fold(*k));
            if let Some(k) = [i + 1, i + 2].into_iter().find(month).or_else(|| [1, 2].into_iter().filter_map(|b| i.checked_sub(b)).find(month)) {
                found(6, if k > i { format!("0 {}", self.word(k)) } else { format!("{} 0", self.word(k)) }, i);
            }
        }
    }

    fn quotations(&self, found: &mut impl FnMut(usize, String, usize)) {
        for q in &self.quotes {
            let (open, close) = (q.open as usize, q.close as usize);
            let words = (open..close).filter(|&i| self.is_word(i)).count();
            let Some(s) = self.sentences.iter().find(|s| (s.start as usize..s.end as usize).contains(&open)) else { continue };
            if words >= SAID && !(s.start as usize..s.end as usize).chain(open..close).any(|i| self.has(i, said::STATEMENT | said::JUNK)) {
                found(7, self.before(open, s.start as usize).unwrap_or_else(|| self.word(open).to_owned()), open);
            }
        }
    }
}

// --- output --------------------------------------------------------------------------------------------------------

/// The lines of a list, the most frequent first.
fn ranked(list: &BTreeMap<String, Entry>) -> Vec<(&String, &Entry)> {
    let mut lines: Vec<_> = list.iter().collect();
    lines.sort_by(|a, b| b.1.count.cmp(&a.1.count).then(a.0.cmp(b.0)));
    lines
}

fn wanted<'l>(lists: &'l Lists, options: &Options) -> Vec<(&'static str, &'static str, &'l BTreeMap<String, Entry>)> {
    LISTS.iter().zip(lists).filter(|((id, _), _)| options.only.is_none_or(|o| o == *id)).map(|((id, what), list)| (*id, *what, list)).collect()
}

fn as_table(lists: &Lists, options: &Options, articles: usize) -> String {
    let mut out = format!("{articles} articles\n");
    for (id, what, list) in wanted(lists, options) {
        let all: usize = list.values().map(|e| e.count).sum();
        let _ = writeln!(out, "\n{id}: {what} ({all}, {} different)", list.len());
        for (key, e) in ranked(list).into_iter().take(options.top) {
            // Isolates keep each right-to-left part in its column.
            let _ = writeln!(out, "{:>7}  \u{2068}{key}\u{2069}  \u{2068}{}\u{2069}  {}", e.count, e.snippet, e.article);
        }
    }
    out
}

fn as_json(lists: &Lists, options: &Options) -> String {
    let mut out = String::new();
    for (id, _, list) in wanted(lists, options) {
        for (key, e) in ranked(list).into_iter().take(options.top) {
            let line = serde_json::json!({"list": id, "key": key, "count": e.count, "snippet": e.snippet, "article": e.article});
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a list over one text, read with the embedded lexicon.
    fn keys(list: &str, text: &str) -> Vec<String> {
        let engine = Engine::embedded();
        let source = Source { id: "a".into(), text: text.into(), published: Some("2024-07-02".into()), outlet: None };
        let record = engine.worker().read(&Article { id: "a", text, published: Some("2024-07-02"), outlet: None });
        let mut view = View::new(engine.lexicon());
        view.read(&source, &record);
        let mut out = Vec::new();
        view.gaps(&mut |n, key, _| {
            if LISTS[n].0 == list {
                out.push(key);
            }
        });
        out
    }

    #[test]
    fn what_is_understood_is_in_no_list() {
        let text = "قال وزير الخارجية الكيني موساليا مودافادي يوم 12 مايو إن بلاده ترحب بالحوار.";
        for (id, _) in LISTS {
            assert_eq!(keys(id, text), Vec::<String>::new(), "{id}");
        }
    }

    #[test]
    fn a_complementiser_without_a_cue_is_listed_by_its_verb() {
        assert_eq!(keys("that", "يبدو أن الطريق طويل."), ["يبدو"]);
    }

    #[test]
    fn the_same_places_rank_by_count_then_key() {
        let entry = |count| Entry { count, snippet: String::new(), article: String::new() };
        let list = BTreeMap::from([("b".to_owned(), entry(2)), ("a".to_owned(), entry(2)), ("c".to_owned(), entry(3))]);
        assert_eq!(ranked(&list).iter().map(|(k, _)| k.as_str()).collect::<Vec<_>>(), ["c", "a", "b"]);
    }
}
