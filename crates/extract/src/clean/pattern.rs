//! The lexicon's patterns laid out for matching: parts, slots, and the first words that call them up.
//!
//! What must not live here: the matching (`matcher`), what a match means (`mod`, `dateline`).

use super::lines::dash;
use rustc_hash::FxHashMap;
use sijill_lexicon::junk::{At, DatelinePattern, Junk, Where};
use sijill_text::{Kind, Tokens, fold};

/// What `{words}`, `{rest}` and `{tags}` take where the entry says nothing.
pub(super) const MAX: u32 = 12;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slot {
    Digits,
    Key,
    Clock,
    Date,
    Stamp,
    Url,
    Site,
    Email,
    Handle,
    Code,
    Initials,
    Marks,
    Words,
    Rest,
    Tags,
    Dash,
    Colon,
    Eol,
    // Of datelines only.
    Place,
    Somewhere,
    Town,
    Day,
    Agency,
    Desk,
    Byline,
}

impl Slot {
    pub(super) fn named(name: &str) -> Option<Self> {
        use Slot::*;
        Some(match name {
            "digits" => Digits,
            "key" => Key,
            "clock" => Clock,
            "numeric-date" => Date,
            "stamp" => Stamp,
            "url" => Url,
            "site" => Site,
            "email" => Email,
            "handle" => Handle,
            "code" => Code,
            "initials" => Initials,
            "marks" => Marks,
            "words" => Words,
            "rest" => Rest,
            "tags" => Tags,
            "dash" => Dash,
            "colon" => Colon,
            "eol" => Eol,
            "place" => Place,
            "somewhere" => Somewhere,
            "town" => Town,
            "date" => Day,
            "agency" => Agency,
            "desk" => Desk,
            "byline" => Byline,
            _ => return None,
        })
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Lit(Box<str>),
    Slot(Slot),
    Maybe(Slot),
}

/// Splits a pattern into words, marks and slots. A slot of unknown name stays the words it is made of and so matches
/// nothing; `slots_known` tells the data's tests.
pub(super) fn parts(pattern: &str, tokens: &mut Tokens) -> Vec<Part> {
    let mut out = Vec::new();
    let mut rest = pattern;
    let mut literal = |text: &str, out: &mut Vec<Part>| {
        tokens.read(text);
        for i in 0..tokens.len() {
            if tokens[i].kind != Kind::Break {
                out.push(Part::Lit(tokens.fold(i).into()));
            }
        }
    };
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|c| open + c) else { break };
        let Some(slot) = Slot::named(&rest[open + 1..close]) else { break };
        literal(&rest[..open], &mut out);
        rest = &rest[close + 1..];
        if let Some(after) = rest.strip_prefix('?') {
            rest = after;
            out.push(Part::Maybe(slot));
        } else {
            out.push(Part::Slot(slot));
        }
    }
    literal(rest, &mut out);
    out
}

pub(super) struct Pattern {
    pub(super) parts: Vec<Part>,
    pub(super) entry: u32,
    pub(super) place: Where,
    pub(super) at: At,
    pub(super) max: u32,
    pub(super) fresh: bool,
    pub(super) open: bool,
    pub(super) follow: bool,
}

pub(super) struct TeaserRule {
    pub(super) entry: u32,
    pub(super) count: usize,
    pub(super) fewest: usize,
    pub(super) page: Vec<String>,
    pub(super) shortest: u32,
    pub(super) longest: u32,
    pub(super) openers: Vec<String>,
    pub(super) least: usize,
    pub(super) cut: usize,
    pub(super) loose: usize,
    pub(super) ties: Vec<String>,
    pub(super) untied: Vec<String>,
    pub(super) continuers: Vec<String>,
}

pub(super) struct StrayRule {
    pub(super) entry: u32,
    pub(super) outlets: Vec<String>,
    pub(super) page: Vec<Vec<Box<str>>>,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) ties: Vec<String>,
    pub(super) untied: Vec<String>,
}

/// The patterns that a word or mark leads to.
#[derive(Default)]
pub(super) struct Leads {
    /// Those that begin with it.
    pub(super) first: Vec<u32>,
    /// Those that begin with a slot and are tried on the lines that have it.
    pub(super) within: Vec<u32>,
}

/// A form of dateline, and the marks without which no line has it (see `sign`).
pub(super) struct Formed {
    pub(super) parts: Vec<Part>,
    pub(super) signs: u64,
}

/// All patterns, laid out by a word that they cannot do without.
#[derive(Default)]
pub struct Compiled {
    pub(super) patterns: Vec<Pattern>,
    pub(super) words: FxHashMap<Box<str>, Leads>,
    /// Patterns of slots alone: they are tried on every line.
    pub(super) wordless: Vec<u32>,
    pub(super) teasers: Vec<TeaserRule>,
    pub(super) strays: Vec<StrayRule>,
    pub(super) shapes: Vec<Formed>,
    pub(super) agencies: Vec<Vec<Box<str>>>,
    pub(super) desks: Vec<Vec<Box<str>>>,
    pub(super) links: Vec<Box<str>>,
    pub(super) eras: Vec<Box<str>>,
    pub(super) not_names: Vec<Box<str>>,
}

impl Compiled {
    pub fn new(junk: &[Junk], datelines: &[DatelinePattern]) -> Self {
        let mut c = Self::default();
        let mut t = Tokens::default();
        for (n, j) in junk.iter().enumerate() {
            for phrase in &j.phrases {
                let parts = parts(phrase, &mut t);
                let number = c.patterns.len() as u32;
                match parts.first() {
                    Some(Part::Lit(word)) => c.words.entry(word.clone()).or_default().first.push(number),
                    // Of its words the longest is the rarest, most likely.
                    Some(_) => match parts.iter().filter_map(Part::literal).max_by_key(|w| w.len()) {
                        Some(word) => c.words.entry(word.into()).or_default().within.push(number),
                        None => c.wordless.push(number),
                    },
                    None => continue,
                }
                c.patterns.push(Pattern { parts, entry: n as u32, place: j.place, at: j.at, max: j.max.unwrap_or(MAX), fresh: j.fresh, open: j.open, follow: j.follow });
            }
            if let Some(r) = &j.teasers {
                let folded = |words: &[String]| words.iter().map(|w| fold(w)).collect();
                c.teasers.push(TeaserRule {
                    entry: n as u32,
                    count: r.count.max(1) as usize,
                    fewest: if r.fewest == 0 { r.count.max(1) as usize } else { r.fewest as usize },
                    page: folded(&r.page),
                    shortest: r.shortest,
                    longest: r.longest,
                    openers: folded(&r.openers),
                    least: r.least as usize,
                    cut: r.cut as usize,
                    loose: r.loose as usize,
                    ties: folded(&r.ties),
                    untied: folded(&r.untied),
                    continuers: folded(&r.continuers),
                });
            }
            if let Some(r) = &j.strays {
                let folded = |words: &[String]| words.iter().map(|w| fold(w)).collect();
                let page = r
                    .page
                    .iter()
                    .map(|w| {
                        t.read(w);
                        (0..t.len()).map(|i| t.fold(i).into()).collect()
                    })
                    .collect();
                c.strays.push(StrayRule {
                    entry: n as u32,
                    outlets: folded(&r.outlets),
                    page,
                    least: r.least as usize,
                    most: r.most as usize,
                    ties: folded(&r.ties),
                    untied: folded(&r.untied),
                });
            }
        }
        let mut words = |list: &[String]| -> Vec<Vec<Box<str>>> {
            list.iter()
                .map(|w| {
                    t.read(w);
                    (0..t.len()).map(|i| t.fold(i).into()).collect()
                })
                .collect()
        };
        for d in datelines {
            c.agencies.extend(words(&d.agencies));
            c.desks.extend(words(&d.desks));
            c.links.extend(d.links.iter().map(|w| fold(w).into()));
            c.eras.extend(d.eras.iter().map(|w| fold(w).into()));
            c.not_names.extend(d.not_names.iter().map(|w| fold(w).into()));
        }
        // The longest name first.
        c.agencies.sort_by_key(|w| std::cmp::Reverse(w.len()));
        c.desks.sort_by_key(|w| std::cmp::Reverse(w.len()));
        for d in datelines {
            c.shapes.extend(d.shapes.iter().map(|s| Formed::new(parts(s, &mut t))));
        }
        c
    }
}

impl Part {
    pub(super) fn literal(&self) -> Option<&str> {
        if let Part::Lit(word) = self { Some(word) } else { None }
    }
}

/// A mark as one bit of a set. Marks may share a bit: the set tells what a line has not, never what it has.
pub(super) fn sign(mark: char) -> u64 {
    1 << (if dash(mark) { '-' } else { mark } as u32 % 64)
}

impl Formed {
    pub(super) fn new(parts: Vec<Part>) -> Self {
        let of = |part: &Part| match part {
            Part::Lit(word) if !word.contains(char::is_alphanumeric) => word.chars().map(sign).fold(0, |a, b| a | b),
            Part::Slot(Slot::Dash) => sign('-'),
            Part::Slot(Slot::Colon) => sign(':'),
            _ => 0,
        };
        Self { signs: parts.iter().map(of).fold(0, |a, b| a | b), parts }
    }

    /// The marks of a line. A tatweel that stands alone is a dash too.
    pub(super) fn signs(tokens: &Tokens, from: usize, to: usize) -> u64 {
        (from..to)
            .map(|i| match tokens[i].kind {
                Kind::Mark => sign(tokens[i].mark),
                Kind::Word if tokens.fold(i).is_empty() => sign('-'),
                _ => 0,
            })
            .fold(0, |a, b| a | b)
    }
}
