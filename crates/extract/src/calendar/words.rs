//! The words of the lexicon's calendar in all their spellings, and what they are of a text's tokens.
//!
//! What must not live here: how words make an expression.

use rustc_hash::FxHashMap;
use sijill_lexicon::calendar::{Calendar, Role, Span};
use sijill_text::{Kind, Tokens, fold};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    Singular,
    Dual,
    Plural,
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sense {
    Month(u8, bool),
    Hijri(u8, bool),
    Weekday(i8),
    Cardinal(i32),
    Ordinal(i32),
    Season(u8),
    Decade(i32),
    Fraction(u8),
    Unit(Span, Form),
    Part,
    Day { offset: i32, hour: Option<i8>, doubtful: bool },
    Placing(i32),
    Role(Role),
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) rest: Vec<String>,
    pub(super) sense: Sense,
    pub(super) definite: bool,
}

/// What is written in one word before the entry's own first letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Lead {
    #[default]
    None,
    And,
    /// The preposition that becomes one with the article.
    For,
    Other,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    pub(super) entries: Vec<Entry>,
    pub(super) skip: u8,
    pub(super) lead: Lead,
    /// The shapes that can begin with the word.
    pub(super) opens: u16,
}

/// The shapes of `Parser::at`, as bits: which are worth a try is known from the first word. Most words of a text begin none.
pub(super) mod shape {
    pub const RANGE: u16 = 1;
    pub const PORTION: u16 = 1 << 1;
    pub const DAY: u16 = 1 << 2;
    pub const EDGE: u16 = 1 << 3;
    pub const MONTH: u16 = 1 << 4;
    pub const YEAR: u16 = 1 << 5;
    pub const UNIT: u16 = 1 << 6;
    pub const AGO: u16 = 1 << 7;
    pub const SEASON: u16 = 1 << 8;
    pub const DECADE: u16 = 1 << 9;
    pub const BARE_YEAR: u16 = 1 << 10;
    /// What can begin with a number, or with the article before one.
    pub const OF_NUMBERS: u16 = DAY | UNIT | BARE_YEAR;
}

impl Sense {
    /// The shapes whose first word may have this sense.
    pub(super) fn opens(self) -> u16 {
        use shape::*;
        match self {
            Self::Month(..) | Self::Hijri(..) => MONTH,
            Self::Weekday(_) | Self::Ordinal(_) | Self::Day { .. } | Self::Part => DAY,
            Self::Cardinal(_) => UNIT,
            Self::Season(_) => SEASON,
            Self::Decade(_) => DECADE,
            Self::Fraction(_) => PORTION,
            Self::Unit(..) => RANGE | PORTION | DAY | MONTH | YEAR | UNIT,
            Self::Role(Role::Between | Role::From) => RANGE,
            Self::Role(Role::Edge) => EDGE,
            Self::Role(Role::This) => UNIT,
            Self::Role(Role::Since | Role::Ago) => AGO,
            Self::Placing(_) | Self::Role(_) => 0,
        }
    }
}

/// The calendar's words by their folded spelling. Built once.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    pub(super) slots: FxHashMap<String, Slot>,
    pub(super) article: String,
    pub(super) and: Vec<String>,
    pub(super) to: String,
}

impl Compiled {
    pub fn new(c: &Calendar) -> Self {
        let writing = c.writing.clone().unwrap_or_default();
        let mut b = Self { article: fold(&writing.article), and: writing.conjunctions.iter().take(1).map(|x| fold(x)).collect(), to: fold(&writing.to), ..Self::default() };
        for x in &c.month {
            b.add(&x.names, Sense::Month(x.n as u8, false), false);
            b.add(&x.doubtful, Sense::Month(x.n as u8, true), false);
        }
        for x in &c.hijri {
            b.add(&x.names, Sense::Hijri(x.n as u8, false), false);
            b.add(&x.doubtful, Sense::Hijri(x.n as u8, true), false);
        }
        for x in &c.weekday {
            b.add(&x.names, Sense::Weekday(x.n as i8), false);
        }
        for x in &c.cardinal {
            b.add(&x.names, Sense::Cardinal(x.n), true);
        }
        for x in &c.ordinal {
            b.add(&x.names, Sense::Ordinal(x.n), true);
        }
        for x in &c.season {
            b.add(&x.names, Sense::Season(x.n as u8), true);
        }
        for x in &c.decade {
            b.add(&x.names, Sense::Decade(x.n), true);
        }
        for x in &c.fraction {
            b.add(&x.names, Sense::Fraction(x.n as u8), true);
        }
        for x in &c.unit {
            b.add(&x.singular, Sense::Unit(x.of, Form::Singular), true);
            b.add(&x.dual, Sense::Unit(x.of, Form::Dual), true);
            b.add(&x.plural, Sense::Unit(x.of, Form::Plural), true);
            b.add(&x.both, Sense::Unit(x.of, Form::Both), false);
        }
        for x in &c.part {
            b.add(&x.names, Sense::Part, true);
        }
        for x in &c.day {
            b.add(&x.names, Sense::Day { offset: x.offset, hour: x.hour, doubtful: x.doubtful }, false);
        }
        for x in &c.placing {
            b.add(&x.names, Sense::Placing(x.offset), false);
        }
        for x in &c.word {
            b.add(&x.names, Sense::Role(x.role), false);
        }
        b.glue(&writing);
        for slot in b.slots.values_mut() {
            slot.entries.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
            slot.opens = slot.entries.iter().fold(0, |all, e| all | e.sense.opens());
        }
        b
    }

    pub(super) fn add(&mut self, names: &[String], sense: Sense, article: bool) {
        for name in names {
            let mut tokens = Tokens::default();
            tokens.read(name);
            let mut words = (0..tokens.len()).map(|i| tokens.fold(i).to_owned());
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            if article {
                let with = format!("{}{first}", self.article);
                self.slots.entry(with).or_default().entries.push(Entry { rest: rest.clone(), sense, definite: true });
            }
            self.slots.entry(first).or_default().entries.push(Entry { rest, sense, definite: false });
        }
    }

    /// Adds every word with the letters that can be written before it. A word of its own goes before a composed one.
    pub(super) fn glue(&mut self, w: &sijill_lexicon::calendar::Writing) {
        let base: Vec<(String, Vec<Entry>)> = self.slots.iter().map(|(k, s)| (k.clone(), s.entries.clone())).collect();
        let (article, to, to_article) = (fold(&w.article), fold(&w.to), fold(&w.to_article));
        let mut add = |key: String, entries: &[Entry], skip: usize, lead: Lead| {
            self.slots.entry(key).or_insert_with(|| Slot { entries: entries.to_vec(), skip: skip as u8, lead, opens: 0 });
        };
        let ands: Vec<String> = w.conjunctions.iter().map(|x| fold(x)).collect();
        for (key, entries) in &base {
            // With a letter before it a word of two letters is rather another word.
            if key.chars().count() < 3 {
                continue;
            }
            for (n, a) in std::iter::once("").chain(ands.iter().map(String::as_str)).enumerate() {
                let joined = a.chars().count();
                if n > 0 {
                    add(format!("{a}{key}"), entries, joined, if n == 1 { Lead::And } else { Lead::Other });
                }
                if !to_article.is_empty()
                    && let Some(rest) = key.strip_prefix(&article)
                {
                    add(format!("{a}{to_article}{rest}"), entries, joined, if n == 0 { Lead::For } else { Lead::Other });
                }
                for p in &w.prepositions {
                    let p = fold(p);
                    if p == to && key.starts_with(&article) && key.chars().count() > 4 {
                        continue;
                    }
                    let lead = if n == 0 && p == to { Lead::For } else { Lead::Other };
                    add(format!("{a}{p}{key}"), entries, joined + p.chars().count(), lead);
                }
            }
        }
    }
}

pub(super) const EMPTY: &Slot = &Slot { entries: Vec::new(), skip: 0, lead: Lead::None, opens: 0 };

/// What the calendar knows of each token of a text. Looked up once, then read as often as anchors change.
pub struct Words<'c> {
    pub(super) slots: Vec<&'c Slot>,
    /// The shapes and numbers that may begin at each token: none at nineteen of twenty.
    pub(super) opens: Vec<u16>,
}

impl<'c> Words<'c> {
    pub fn new(c: &'c Compiled, tokens: &Tokens) -> Self {
        let (mut slots, mut opens) = (Vec::with_capacity(tokens.len()), Vec::with_capacity(tokens.len()));
        for (i, t) in tokens.iter().enumerate() {
            let slot = if t.kind == Kind::Word { c.slots.get(tokens.fold(i)).unwrap_or(EMPTY) } else { EMPTY };
            let number = match t.kind {
                Kind::Number => true,
                // The article of a number in digits.
                Kind::Word => tokens.get(i + 1).is_some_and(|n| n.kind == Kind::Number) && tokens.fold(i) == c.article,
                _ => false,
            };
            slots.push(slot);
            opens.push(slot.opens | if number { shape::OF_NUMBERS } else { 0 });
        }
        Self { slots, opens }
    }
}
