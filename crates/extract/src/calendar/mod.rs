//! Time expressions: what in a text stands on the calendar, and where.
//!
//! `Compiled` holds the words of the lexicon's calendar in all their spellings; `find` reads the tokens once, trying at each
//! token the few shapes an expression can have, each of bounded length. What must not live here: any Arabic word, any
//! decision that needs more than the expression and its next neighbours (whether a clause is planned: see
//! `weekday_forward`).

mod date;
mod day;
mod parser;
mod range;
mod units;
mod value;
mod words;

pub use words::{Compiled, Words};

use jiff::civil::Date;
use parser::{Glue, Parser};
use sijill_lexicon::calendar::Span;
use sijill_text::{Kind, Tokens};
use std::cell::Cell;
use std::ops::Range;
use value::{days_between, plus, show};
use words::Sense;

/// The days from which relative expressions count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anchors {
    pub published: Option<Date>,
    /// The day that "today" means in the body: the dateline's, else that of publication.
    pub today: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundKind {
    Absolute,
    Relative,
    Weekday,
    Since,
    Duration,
    Range,
}

/// One time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Token indices, half open.
    pub start: u32,
    pub end: u32,
    /// Leading letters of the first token that are outside the span.
    pub skip_letters: u8,
    pub edtf: String,
    pub rule: &'static str,
    pub kind: FoundKind,
    /// The first and the last day of it.
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// Code and message.
    pub warning: Option<(&'static str, String)>,
    /// The year is not written; it is the one nearest to the anchor.
    pub inferred_year: bool,
}

impl Found {
    /// Where the span begins: byte and code point. Marks on the letters left out are left out with them.
    pub fn from(&self, text: &str, tokens: &Tokens) -> (u32, u32) {
        let Some(t) = tokens.get(self.start as usize) else { return (0, 0) };
        if self.skip_letters == 0 {
            return (t.start, t.from);
        }
        let (mut letters, mut points) = (0u8, 0u32);
        for (at, c) in text[t.start as usize..t.end as usize].char_indices() {
            if sijill_text::is_arabic_letter(c) {
                if letters == self.skip_letters {
                    return (t.start + at as u32, t.from + points);
                }
                letters += 1;
            }
            points += 1;
        }
        (t.start, t.from)
    }

    /// Where the span ends: byte and code point.
    pub fn to(&self, tokens: &Tokens) -> (u32, u32) {
        (self.end as usize).checked_sub(1).and_then(|i| tokens.get(i)).map_or((0, 0), |t| (t.end, t.to))
    }
}

/// A bare weekday valued as the nearest coming one, for what is planned. None where the expression is no bare weekday.
pub fn weekday_forward(f: &Found, anchors: &Anchors) -> Option<String> {
    let (day, today) = (f.first?, anchors.today.or(anchors.published)?);
    if f.kind != FoundKind::Weekday || f.last != f.first {
        return None;
    }
    Some(show(if day < today { plus(day, 7)? } else { day }))
}

/// Ordinals by their token: spelled out (`الخامسة`) or in digits behind the article (`الـ24`).
pub fn ordinals(c: &Compiled, words: &Words, tokens: &Tokens) -> Vec<(u32, u32)> {
    let p = Parser { c, t: tokens, slots: &words.slots, begin: 0, end: tokens.len(), a: Anchors::default(), last_year: Cell::new(None) };
    (0..tokens.len())
        .filter(|&i| words.opens[i] != 0)
        .filter_map(|i| match tokens[i].kind {
            Kind::Number => {
                let article = i > 0 && tokens[i].glued && tokens[i - 1].kind == Kind::Word && tokens.fold(i - 1).chars().count() == 2;
                tokens.fold(i).parse().ok().filter(|_| article).map(|n| (i as u32, n))
            }
            // Units and tens are one number (`الرابعة والعشرون`).
            Kind::Word => p.ordinal(i, Glue::None).map(|(n, ..)| (i as u32, n as u32)),
            _ => None,
        })
        .collect()
}

/// Counts: tokens and value, in digits or in words (`22`, `1.5`, `سبعة`). Fractions are cut.
pub fn counts(c: &Compiled, words: &Words, tokens: &Tokens) -> Vec<(u32, u32, u64)> {
    let p = Parser { c, t: tokens, slots: &words.slots, begin: 0, end: tokens.len(), a: Anchors::default(), last_year: Cell::new(None) };
    let mut out: Vec<(u32, u32, u64)> = Vec::new();
    for i in 0..tokens.len() {
        if words.opens[i] == 0 || out.last().is_some_and(|l| i < l.1 as usize) {
            continue;
        }
        match tokens[i].kind {
            Kind::Number => {
                if let Ok(n) = tokens.fold(i).parse::<u64>() {
                    out.push((i as u32, i as u32 + 1, n));
                }
            }
            Kind::Word => {
                if let Some((n, _, end)) = p.cardinal(i, Glue::None)
                    && n > 0
                {
                    out.push((i as u32, end as u32, n as u64));
                }
            }
            _ => {}
        }
    }
    out
}

/// Counts of years (`32 عاما`): token range and count. No times by themselves; they date an article that has no date.
pub fn years(c: &Compiled, words: &Words, tokens: &Tokens) -> Vec<(u32, u32, i16)> {
    let p = Parser { c, t: tokens, slots: &words.slots, begin: 0, end: tokens.len(), a: Anchors::default(), last_year: Cell::new(None) };
    (0..tokens.len().saturating_sub(1))
        .filter_map(|i| {
            let (n, next) = match tokens[i].kind {
                Kind::Number => (tokens.fold(i).parse::<i32>().ok()?, i + 1),
                _ => p.get(i, Glue::Any, |s, _| if let Sense::Cardinal(n) = s { Some(n) } else { None })?,
            };
            let (_, end) = p.get(next, Glue::None, |s, _| matches!(s, Sense::Unit(Span::Year, _)).then_some(()))?;
            let from = if i > 0 && p.get(i - 1, Glue::Any, |s, _| matches!(s, Sense::Role(_)).then_some(())).is_some() { i - 1 } else { i };
            (2..200).contains(&n).then_some((from as u32, end as u32, n as i16))
        })
        .collect()
}

/// Appends the time expressions among the tokens of `range`, in order, none overlapping, of nested ones the longest.
/// Without any anchor the first full date of the text is the anchor of what is relative.
pub fn find(c: &Compiled, words: &Words, tokens: &Tokens, range: Range<usize>, anchors: &Anchors, out: &mut Vec<Found>) {
    let end = range.end.min(tokens.len());
    let begin = range.start.min(end);
    let mut a = Anchors { published: anchors.published.or(anchors.today), today: anchors.today.or(anchors.published) };
    let from = out.len();
    let run = |a: Anchors, out: &mut Vec<Found>| {
        let p = Parser { c, t: tokens, slots: &words.slots, begin, end, a, last_year: Cell::new(None) };
        let mut i = begin;
        while i < end {
            if words.opens[i] == 0 {
                i += 1;
                continue;
            }
            match p.at(i) {
                Some(f) => {
                    i = (f.end as usize).max(i + 1);
                    p.last_year.set(f.first.map(|d| d.year() as i32));
                    out.push(f);
                }
                None => i += 1,
            }
        }
    };
    run(a, out);
    // "Last Friday" beside "yesterday, Friday" is the one before.
    for k in from..out.len() {
        let f = &out[k];
        let yesterday = f.rule == "weekday" && f.kind == FoundKind::Relative && f.first.zip(a.today).is_some_and(|(d, t)| days_between(d, t) == 1);
        if yesterday
            && out[from..].iter().any(|g| g.rule == "relative-day" && g.end - g.start > 1 && g.first == f.first && g.last == f.last)
            && let Some(d) = f.first.and_then(|d| plus(d, -7))
        {
            (out[k].first, out[k].last, out[k].edtf) = (Some(d), Some(d), show(d));
        }
    }
    if a.today.is_none() {
        let full = out[from..].iter().find(|f| f.kind == FoundKind::Absolute && !f.inferred_year && f.first == f.last).and_then(|f| f.first);
        if full.is_some() {
            a = Anchors { published: full, today: full };
            out.truncate(from);
            run(a, out);
        }
    }
}

#[cfg(test)]
mod tests;
