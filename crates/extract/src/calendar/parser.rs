//! The reader of one text: what stands at a token, and which shape of expression begins there.
//!
//! The shapes themselves are in `day`, `units` and `range`; months, years and dates, of which they are made, in `date`.

use super::value::Value;
use super::words::{Compiled, EMPTY, Lead, Sense, Slot, shape};
use super::{Anchors, Found, FoundKind};
use sijill_lexicon::calendar::Role;
use sijill_text::{Kind, Tokens};
use std::cell::Cell;

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum MonthRef {
    Named(u8),
    Hijri(u8),
    /// Counted in months from year 0: a month whose year is known.
    Exact(i32),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum YearRef {
    Greg(i32),
    Hijri(i32),
}

/// A day or days of a month, or a month alone, as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partial {
    pub(super) days: Option<(u8, u8)>,
    pub(super) month: MonthRef,
    /// The month's name is also another word and nothing beside it helps.
    pub(super) doubtful: bool,
    pub(super) year: Option<YearRef>,
    pub(super) placing: Option<i32>,
    pub(super) next: usize,
}

pub(super) struct Parser<'a> {
    pub(super) c: &'a Compiled,
    pub(super) t: &'a Tokens,
    /// The calendar's entries for each token, looked up once.
    pub(super) slots: &'a [&'a Slot],
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) a: Anchors,
    /// The year of the time before.
    pub(super) last_year: Cell<Option<i32>>,
}

/// Which letters may be joined to the word.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Glue {
    None,
    Any,
    And,
    /// None, or the preposition "for".
    For,
}

impl<'a> Parser<'a> {
    pub(super) fn slot(&self, i: usize) -> &'a Slot {
        if i >= self.end || i < self.begin || self.t[i].kind != Kind::Word {
            return EMPTY;
        }
        self.slots[i]
    }

    /// The longest entry at `i` for which `f` gives something, and the token after it.
    pub(super) fn get<T>(&self, i: usize, glue: Glue, f: impl Fn(Sense, bool) -> Option<T>) -> Option<(T, usize)> {
        let slot = self.slot(i);
        let fits = match glue {
            Glue::Any => true,
            Glue::None => slot.lead == Lead::None,
            Glue::And => slot.lead == Lead::And,
            Glue::For => matches!(slot.lead, Lead::None | Lead::For),
        };
        if !fits {
            return None;
        }
        slot.entries.iter().find_map(|e| {
            let end = i + 1 + e.rest.len();
            let here = end <= self.end && e.rest.iter().enumerate().all(|(k, w)| self.t.fold(i + 1 + k) == w);
            if here { f(e.sense, e.definite).map(|x| (x, end)) } else { None }
        })
    }

    pub(super) fn role(&self, i: usize, glue: Glue, role: Role) -> Option<usize> {
        self.get(i, glue, |s, _| (s == Sense::Role(role)).then_some(())).map(|(_, n)| n)
    }

    /// Does the token before `i` end a word of this role (single words only), whatever is joined to it?
    pub(super) fn before(&self, i: usize, role: Role) -> bool {
        i > self.begin && self.slot(i - 1).entries.iter().any(|e| e.rest.is_empty() && e.sense == Sense::Role(role))
    }

    pub(super) fn mark(&self, i: usize, marks: &[char]) -> bool {
        i < self.end && i >= self.begin && self.t[i].kind == Kind::Mark && marks.contains(&self.t[i].mark)
    }

    pub(super) fn word_is(&self, i: usize, words: &[String]) -> bool {
        i < self.end && self.t[i].kind == Kind::Word && words.iter().any(|w| w == self.t.fold(i))
    }

    pub(super) fn digits(&self, i: usize, most: usize) -> Option<i32> {
        if i >= self.end || i < self.begin || self.t[i].kind != Kind::Number {
            return None;
        }
        let f = self.t.fold(i);
        if f.len() > most { None } else { f.parse().ok() }
    }

    /// Is the number at `i` a part of a longer one (decimals, thousands, a clock, a score)?
    pub(super) fn broken_number(&self, i: usize) -> bool {
        let joint = ['.', ',', '\u{066B}', '\u{066C}', ':', '%', '\u{066A}'];
        let before = i >= self.begin + 2 && self.t[i].glued && self.mark(i - 1, &joint) && self.t[i - 1].glued && self.t[i - 2].kind == Kind::Number;
        let after = (i + 2 < self.end && self.mark(i + 1, &joint) && self.t[i + 1].glued && self.t[i + 2].glued && self.t[i + 2].kind == Kind::Number)
            || self.mark(i + 1, &['%', '\u{066A}']);
        before || after
    }

    /// Is the token the article alone, joined to a number: "the 12"?
    pub(super) fn article_at(&self, i: usize) -> bool {
        if i + 1 >= self.end || self.t[i + 1].kind != Kind::Number || !self.word_is(i, std::slice::from_ref(&self.c.article)) {
            return false;
        }
        // Drawn out, the article may stand apart from its number.
        let drawn = self.t[i].end - self.t[i].start > self.t.fold(i).len() as u32;
        self.t[i + 1].glued || drawn
    }

    // --- numbers ---

    /// A counting number, in digits or in words.
    pub(super) fn cardinal(&self, i: usize, glue: Glue) -> Option<(i32, bool, usize)> {
        if self.article_at(i) {
            return self.digits(i + 1, 4).map(|n| (n, true, i + 2));
        }
        if let Some(n) = self.digits(i, 4) {
            return (!self.broken_number(i)).then_some((n, false, i + 1));
        }
        let read = |s: Sense, def: bool| if let Sense::Cardinal(n) = s { Some((n, def)) } else { None };
        let ((n, def), next) = self.get(i, glue, read)?;
        if n < 10
            && let Some(((tens, _), after)) = self.get(next, Glue::And, read)
            && (20..100).contains(&tens)
        {
            return Some((n + tens, def, after));
        }
        Some((n, def, next))
    }

    pub(super) fn ordinal(&self, i: usize, glue: Glue) -> Option<(i32, bool, usize)> {
        let read = |s: Sense, def: bool| if let Sense::Ordinal(n) = s { Some((n, def)) } else { None };
        let ((n, def), next) = self.get(i, glue, read)?;
        if (1..10).contains(&n)
            && let Some(((tens, true), after)) = self.get(next, Glue::And, read)
            && (20..100).contains(&tens)
        {
            return Some((n + tens, def, after));
        }
        Some((n, def, next))
    }

    /// The number of a day in its month.
    pub(super) fn day_number(&self, i: usize, glue: Glue) -> Option<(u8, usize)> {
        if let Some(n) = self.digits(i, 2) {
            return ((1..=31).contains(&n) && !self.broken_number(i)).then_some((n as u8, i + 1));
        }
        if self.article_at(i) {
            return self.digits(i + 1, 2).filter(|n| (1..=31).contains(n)).map(|n| (n as u8, i + 2));
        }
        let (n, def, next) = self.ordinal(i, glue)?;
        ((def && (1..=31).contains(&n)) || n == 1).then_some((n as u8, next))
    }

    pub(super) fn found(&self, start: usize, end: usize, value: Value, rule: &'static str, kind: FoundKind, inferred_year: bool) -> Option<Found> {
        let (first, last) = value.bounds()?;
        if first.year() < 1 || end <= start {
            return None;
        }
        Some(Found {
            start: start as u32,
            end: end as u32,
            skip_letters: self.slot(start).skip,
            edtf: value.text(),
            rule,
            kind,
            first: Some(first),
            last: Some(last),
            warning: None,
            inferred_year,
        })
    }

    /// The longest expression that begins at `i`, of any shape.
    pub(super) fn at(&self, i: usize) -> Option<Found> {
        use shape::*;
        let opens = match self.t[i].kind {
            Kind::Number => OF_NUMBERS,
            Kind::Word => self.slot(i).opens | if self.article_at(i) { OF_NUMBERS } else { 0 },
            _ => 0,
        };
        if opens == 0 {
            return None;
        }
        let shapes: [(u16, fn(&Self, usize) -> Option<Found>); 11] = [
            (RANGE, Self::range),
            (PORTION, Self::portion),
            (DAY, Self::day_expression),
            (EDGE, Self::edge),
            (MONTH, Self::month_expression),
            (YEAR, Self::year_expression),
            (UNIT, Self::unit_expression),
            (AGO, Self::ago),
            (SEASON, Self::season),
            (DECADE, Self::decade),
            (BARE_YEAR, Self::bare_year),
        ];
        let mut best: Option<Found> = None;
        for f in shapes.iter().filter(|(bit, _)| opens & bit != 0).filter_map(|(_, read)| read(self, i)) {
            if best.as_ref().is_none_or(|b| f.end > b.end) {
                best = Some(f);
            }
        }
        best
    }
}
