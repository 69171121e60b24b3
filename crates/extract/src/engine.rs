//! `Engine` and `Worker`: the door to everything below.
//!
//! The engine is immutable and shared by all threads; a worker is one thread's memory, reused from article to article. What
//! must not live here: input and output, threads, clocks.

use crate::assemble::{self, Findings};
use crate::calendar::{self, Anchors, Found};
use crate::clean::{self, NameSort};
use crate::doc::{Doc, Scratch};
use crate::{clause, events, names, phrases, relations, statements};
use jiff::civil::Date;
use sijill_grammar::{Stems, search_word};
use sijill_lexicon::{Kind, Lexicon, Link, NameKind};
use sijill_record::Record;
use sijill_text::Kind as TokenKind;

/// Tokens of the opening lines, line breaks not counted, where a full date is the article's own.
const OPENING: usize = 60;

/// One article as it came in. `text` is the decoded text; its first line may be the headline.
#[derive(Clone, Copy, Debug, Default)]
pub struct Article<'a> {
    pub id: &'a str,
    pub text: &'a str,
    /// The publication date as the source gives it: EDTF, or anything that begins with `YYYY-MM-DD`.
    pub published: Option<&'a str>,
    pub outlet: Option<&'a str>,
}

/// The compiled lexicon and what is derived from it once.
pub struct Engine {
    pub(crate) lexicon: Lexicon,
    calendar: calendar::Compiled,
    clean: clean::Compiled,
}

impl Engine {
    /// The engine with the lexicon that is built into the binary.
    pub fn embedded() -> Self {
        let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
        Self::new(Lexicon::from_bytes(bytes).expect("the build wrote these bytes with the same types"))
    }

    pub fn new(lexicon: Lexicon) -> Self {
        let calendar = calendar::Compiled::new(&lexicon.calendar);
        let clean = clean::Compiled::new(&lexicon.junk, &lexicon.datelines);
        Self { lexicon, calendar, clean }
    }

    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    pub fn worker(&self) -> Worker<'_> {
        Worker { engine: self, s: Scratch::default(), titles: Stems::default() }
    }
}

/// The stages of reading, in their order, for who measures them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Tokens, readings, phrases of the lexicon, sentences, quotations.
    Words,
    Junk,
    /// Times, dateline and the day of publication.
    Times,
    Names,
    /// Noun phrases, referents and verbs.
    Phrases,
    Statements,
    Events,
    Relations,
    Record,
}

impl Stage {
    pub const ALL: [Self; 9] = [Self::Words, Self::Junk, Self::Times, Self::Names, Self::Phrases, Self::Statements, Self::Events, Self::Relations, Self::Record];
}

/// One thread's scratch memory.
pub struct Worker<'e> {
    engine: &'e Engine,
    s: Scratch,
    titles: Stems,
}

/// The header line with the article's day in words: junk near the beginning that begins with a whole date.
fn dated(junk: &[clean::JunkSpan], found: &[Found], opening: usize) -> Option<(u32, u32)> {
    let whole = |f: &Found| f.kind == calendar::FoundKind::Absolute && !f.inferred_year && f.edtf.len() >= 10 && f.first == f.last;
    junk.iter()
        .filter(|j| (j.start as usize) < opening)
        .find_map(|j| found.iter().find(|f| j.start <= f.start && f.start <= j.start + 1 && f.end <= j.end && whole(f)).map(|f| (f.start, f.end)))
}

impl Worker<'_> {
    /// Reads one article. A pure function of the article and the lexicon.
    pub fn read(&mut self, article: &Article) -> Record {
        self.read_by_stages(article, |_| ())
    }

    /// The words of the text that was read last, as full-text search knows them (`sijill_grammar::Stems`), a blank behind each; before them those of `title`. A by-product of reading: by itself the
    /// text would be taken apart once more.
    pub fn words(&mut self, title: Option<&str>) -> String {
        let lex = &self.engine.lexicon;
        let mut words = String::with_capacity(self.s.tokens.folded_len() + self.s.tokens.len());
        let mut push = |word: &str, _, _| {
            words.push_str(word);
            words.push(' ');
        };
        if let Some(title) = title {
            self.titles.words(lex, title, &mut push);
        }
        for (i, summary) in self.s.summaries.iter().enumerate() {
            search_word(lex, &self.s.analyses, &self.s.tokens, i, summary.range, &mut push);
        }
        words
    }

    /// `read`, with a call at the end of each stage.
    pub fn read_by_stages(&mut self, article: &Article, mut done: impl FnMut(Stage)) -> Record {
        let lex = &self.engine.lexicon;
        let text = article.text;
        let s = &mut self.s;
        s.prepare(lex, text);
        done(Stage::Words);
        let mut junk = Vec::new();
        clean::junk(&self.engine.clean, &s.tokens, article.outlet, &mut junk);
        for j in &junk {
            s.junk[j.start as usize..j.end as usize].fill(true);
        }
        done(Stage::Junk);
        // Times, once without anchors to see what the text itself dates, then with them.
        let given = article.published.and_then(date);
        let words = calendar::Words::new(&self.engine.calendar, &s.tokens);
        let mut found = Vec::new();
        let whole = 0..s.tokens.len();
        calendar::find(&self.engine.calendar, &words, &s.tokens, whole.clone(), &Anchors { published: given, today: given }, &mut found);
        let dateline = {
            let tokens = &s.tokens;
            let names = |i: usize| name_sort(lex, s, i);
            let months = |i: usize| found.iter().find(|f| f.start as usize == i).map(|f| f.end as usize);
            clean::dateline(&self.engine.clean, text, tokens, &junk, &names, &months)
        };
        let opening = (0..s.tokens.len()).filter(|&i| s.tokens[i].kind != TokenKind::Break).nth(OPENING).unwrap_or(s.tokens.len());
        let within = |range: Option<(u32, u32)>| range.and_then(|(a, b)| found.iter().find(|f| f.start >= a && f.start < b && !f.inferred_year).and_then(|f| f.first));
        let header = within(clean::header_stamp(&s.tokens, &junk)).or_else(|| within(dated(&junk, &found, opening)));
        let stamped = within(dateline.and_then(|x| x.date));
        let mut published = given.or(header).or(stamped);
        let mut published_text = article.published.map(|p| p.chars().take(10).collect::<String>()).filter(|_| given.is_some()).or(published.map(|p| p.to_string()));
        let today = stamped.or(published);
        let mut inferred = None;
        if published.is_none() {
            // A full date in the opening lines, in no formula that is known: the article's day, most likely, and said to be inferred.
            let first =
                found.iter().find(|f| f.kind == calendar::FoundKind::Absolute && !f.inferred_year && f.edtf.len() >= 10 && f.first == f.last && (f.start as usize) < opening);
            if let Some((f, day)) = first.and_then(|f| f.first.map(|d| (f, d))) {
                published = Some(day);
                published_text = Some(day.to_string());
                inferred = Some((f.start, f.end));
            }
        }
        if published.is_none() {
            let years = calendar::years(&self.engine.calendar, &words, &s.tokens);
            if let Some((year, span)) = infer(lex, s, &years, &found) {
                // The month is that of the first day named without its year, valued in the middle of that year.
                let middle = Date::new(year, 7, 1).ok();
                found.clear();
                calendar::find(&self.engine.calendar, &words, &s.tokens, whole.clone(), &Anchors { published: middle, today: middle }, &mut found);
                let first = found.iter().find(|f| f.inferred_year).and_then(|f| f.first).and_then(|d| Date::new(year, d.month(), d.day()).ok());
                published = first.or(middle);
                published_text = Some(first.map_or_else(|| format!("{year:04}"), |d| format!("{year:04}-{:02}", d.month())));
                inferred = Some(span);
            }
        }
        if today != given || published != given {
            found.clear();
            calendar::find(&self.engine.calendar, &words, &s.tokens, whole, &Anchors { published, today: today.or(published) }, &mut found);
        }
        s.ordinals = calendar::ordinals(&self.engine.calendar, &words, &s.tokens);
        s.counts = calendar::counts(&self.engine.calendar, &words, &s.tokens);
        s.cardinal.clear();
        s.cardinal.resize(s.tokens.len(), false);
        for &(a, b, _) in &s.counts {
            s.cardinal[a as usize..b as usize].fill(true);
        }
        s.published = published;
        s.today = today.or(published);
        s.dateline = dateline.map(|x| (x.start, x.end));
        let stamp = clean::header_stamp(&s.tokens, &junk).or_else(|| dated(&junk, &found, opening));
        found.retain(|f| !s.junk[f.start as usize] || stamp.is_some_and(|(a, b)| (a..b).contains(&f.start)));
        found.retain(|f| !personal(lex, s, f));
        assemble::times(s, found);
        done(Stage::Times);
        names::find(lex, text, s, article.outlet);
        done(Stage::Names);
        phrases::build(lex, text, s);
        let mut verbs = std::mem::take(&mut s.verbs);
        clause::verbs(&Doc { lex, text, s }, &mut verbs);
        s.verbs = verbs;
        let d = Doc { lex, text, s: &self.s };
        let headline = headline_end(&d);
        done(Stage::Phrases);
        let said = statements::find(&d, headline);
        done(Stage::Statements);
        let happenings = events::find(&d, &said, headline);
        done(Stage::Events);
        let standings = relations::find(&d, &said);
        done(Stage::Relations);
        let record = assemble::record(&d, article.id, Findings { said, happenings, standings, junk, dateline, published: published_text, inferred });
        done(Stage::Record);
        record
    }
}

fn date(s: &str) -> Option<Date> {
    let day: String = s.chars().take(10).collect();
    if let Ok(d) = day.parse::<Date>() {
        return Some(d);
    }
    // A month or a year: its middle, for relative expressions.
    let mut parts = s.split('-').filter_map(|p| p.parse::<i16>().ok());
    let year = parts.next().filter(|y| (1000..3000).contains(y))?;
    Date::new(year, parts.next().map_or(7, |m| m as i8), 15).ok()
}

/// A month's name behind a given name is a name (`أحمد رمضان`).
fn personal(lex: &Lexicon, s: &Scratch, f: &calendar::Found) -> bool {
    let given = |i: usize| s.flags.get(i).is_some_and(|x| x & sijill_lexicon::Flag::Given as u32 != 0);
    let (a, b) = (f.start as usize, f.end as usize);
    // `تركيا الخميس`: the state, not the man.
    let state = |i: usize| s.matches_at(i).iter().any(|m| matches!(m.link, Link::Name(x, _) if lex.actors[x as usize].kind == Kind::Country));
    b == a + 1 && a > 0 && given(a) && given(a - 1) && !state(a - 1)
}

/// What name begins at token `i`, for the dateline.
fn name_sort(lex: &Lexicon, s: &Scratch, i: usize) -> Option<(usize, NameSort)> {
    s.matches_at(i)
        .iter()
        .filter(|m| m.letters == 0)
        .filter_map(|m| match m.link {
            Link::Name(a, k) => {
                let a = &lex.actors[a as usize];
                match a.kind {
                    Kind::Country | Kind::Place => Some((m.end as usize, NameSort::Place)),
                    Kind::Organization if a.media || k == NameKind::Full && a.sector.as_deref() == Some("JRN") => Some((m.end as usize, NameSort::Media)),
                    _ => None,
                }
            }
            _ => None,
        })
        .max_by_key(|(end, sort)| (*end, *sort == NameSort::Media))
}

/// The year of an article without a date, from its own words: a count of years since two states established relations, where a
/// register dates that; else the latest year it names. With the words that gave it.
fn infer(lex: &Lexicon, s: &Scratch, years: &[(u32, u32, i16)], found: &[calendar::Found]) -> Option<(i16, (u32, u32))> {
    for sentence in &s.sentences {
        let Some(&(a, b, n)) = years.iter().find(|y| sentence.start <= y.0 && y.1 <= sentence.end) else { continue };
        let mut states: Vec<&str> = Vec::new();
        for m in s.matches.list.iter().filter(|m| sentence.start <= m.start && m.end <= sentence.end) {
            if let Link::Name(x, NameKind::Full) = m.link {
                let actor = &lex.actors[x as usize];
                if actor.kind == Kind::Country && !states.contains(&actor.id.as_str()) {
                    states.push(&actor.id);
                }
            }
        }
        let pairs = states.iter().enumerate().flat_map(|(k, x)| states[k + 1..].iter().map(move |y| (*x, *y)));
        if let Some(year) = pairs.filter_map(|(x, y)| lex.founded(x, y)).map(|f| f + n).find(|y| (1950..2100).contains(y)) {
            return Some((year, (a, b)));
        }
    }
    let latest = found.iter().filter(|f| f.kind == calendar::FoundKind::Absolute && !f.inferred_year).filter_map(|f| f.first.map(|d| (d, f))).max_by_key(|(d, _)| *d)?;
    Some((latest.0.year(), (latest.1.start, latest.1.end)))
}

/// The token behind the headline: a first line without a full stop, with more lines behind it.
fn headline_end(d: &Doc) -> usize {
    let tokens = d.tokens();
    // Empty lines and page junk before it do not count.
    let Some(start) = (0..tokens.len()).find(|&i| tokens[i].kind != TokenKind::Break && !d.s.junk[i]) else { return 0 };
    let Some(first) = (start..tokens.len()).find(|&i| tokens[i].kind == TokenKind::Break) else { return 0 };
    let long = first - start > 40;
    let stopped = first > 0 && tokens[first - 1].is_mark('.');
    // Empty lines at the end are no more lines.
    let last = tokens.iter().rposition(|t| t.kind != TokenKind::Break).map_or(0, |t| t + 1);
    let more = last > first + 12;
    let blank = tokens[first].mark as u32 >= 2;
    // A first line that carries the dateline is the body's.
    let dated = d.s.dateline.is_some_and(|(a, _)| (a as usize) < first);
    if more && !dated && !long && (!stopped || blank) && (blank || first - start < 22) { first } else { 0 }
}
