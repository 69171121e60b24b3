//! The formula that opens an article: place, agency, date, and the dash or colon that closes it.

use super::lines::dash;
use super::matcher::Matcher;
use super::pattern::{Compiled, Formed, MAX, Part, Slot};
use super::{Dateline, JunkSpan, NameSort};
use sijill_text::{Kind, Tokens};

/// A dateline shows itself within so many tokens.
pub(super) const NEAR: usize = 24;

/// The dateline, in the first three lines that are not junk.
pub fn dateline(
    c: &Compiled,
    _text: &str,
    tokens: &Tokens,
    junk: &[JunkSpan],
    names: &dyn Fn(usize) -> Option<(usize, NameSort)>,
    months: &dyn Fn(usize) -> Option<usize>,
) -> Option<Dateline> {
    let f = Formula { c, m: Matcher { c, tokens }, names, months };
    let mut start = 0;
    let mut seen = 0;
    let mut marks = junk.iter().peekable();
    while start < tokens.len() && seen < 3 {
        let end = (start..tokens.len()).find(|&i| tokens[i].kind == Kind::Break).unwrap_or(tokens.len());
        let (mut from, mut to) = (start, end);
        while let Some(s) = marks.peek() {
            let (a, b) = (s.start as usize, s.end as usize);
            if a > from || a >= end {
                break;
            }
            from = from.max(b);
            marks.next();
        }
        if let Some(s) = marks.peek() {
            to = to.min(s.start as usize).max(from);
        }
        while marks.peek().is_some_and(|s| (s.start as usize) < end) {
            marks.next();
        }
        start = end + 1;
        if from >= to {
            continue;
        }
        // Every shape holds a mark soon or ends its line soon.
        if to - from > NEAR && !tokens[from..from + NEAR].iter().any(|t| t.kind == Kind::Mark && (dash(t.mark) || matches!(t.mark, '(' | '/' | ':'))) {
            seen += 1;
            continue;
        }
        let signs = Formed::signs(tokens, from, to);
        let may = c.shapes.iter().filter(|s| s.signs & !signs == 0);
        let best = may.filter_map(|s| f.shape(&s.parts, from, to, seen == 0)).max_by_key(|d| (d.end, d.agency.is_some(), d.place.is_some()));
        if best.is_some() {
            return best;
        }
        seen += 1;
    }
    None
}

pub(super) struct Formula<'a> {
    c: &'a Compiled,
    m: Matcher<'a>,
    names: &'a dyn Fn(usize) -> Option<(usize, NameSort)>,
    months: &'a dyn Fn(usize) -> Option<usize>,
}

impl Formula<'_> {
    pub(super) fn shape(&self, shape: &[Part], from: usize, to: usize, first: bool) -> Option<Dateline> {
        // A headline may look like place and name; an agency and an end make it a dateline.
        let agency = shape.iter().any(|p| matches!(p, Part::Slot(Slot::Agency)));
        if first && (!agency || matches!(shape.last(), Some(Part::Slot(Slot::Place | Slot::Town | Slot::Agency)))) {
            return None;
        }
        let mut d = Dateline { start: from as u32, end: 0, place: None, agency: None, date: None };
        let end = self.run(shape, from, to, &mut d)?;
        d.end = end as u32;
        (d.place.is_some() || d.agency.is_some()).then_some(d)
    }

    pub(super) fn run(&self, parts: &[Part], i: usize, end: usize, d: &mut Dateline) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else { return Some(i) };
        let tokens = self.m.tokens;
        match part {
            Part::Lit(word) => {
                if i < end && tokens.fold(i) == &**word {
                    self.run(rest, i + 1, end, d)
                } else {
                    None
                }
            }
            Part::Slot(slot) => self.filled(*slot, rest, i, end, d),
            Part::Maybe(slot) => self.filled(*slot, rest, i, end, d).or_else(|| self.run(rest, i, end, d)),
        }
    }

    /// Fills `slot` from token `i` on and goes on with `rest`; where that fails, `d` is as before.
    pub(super) fn filled(&self, slot: Slot, rest: &[Part], i: usize, end: usize, d: &mut Dateline) -> Option<usize> {
        let tokens = self.m.tokens;
        let before = *d;
        let go = |j: usize, d: &mut Dateline| {
            let range = Some((i as u32, j as u32));
            match slot {
                Slot::Place | Slot::Somewhere | Slot::Town if d.place.is_none() => d.place = range,
                Slot::Agency => d.agency = range,
                Slot::Day => d.date = range,
                _ => {}
            }
            let found = self.run(rest, j, end, d);
            if found.is_none() {
                *d = before;
            }
            found
        };
        match slot {
            Slot::Place => {
                let j = self.name(i, end, NameSort::Place)?;
                go(j, d)
            }
            Slot::Agency => {
                let j = self.agency(i, end)?;
                go(j, d)
            }
            Slot::Desk => {
                let j = self.listed(&self.c.desks, i, end)?;
                go(j, d)
            }
            Slot::Day => {
                let j = self.day(i, end)?;
                go(j, d)
            }
            Slot::Somewhere if self.listed(&self.c.desks, i, end).is_some() => None,
            Slot::Town => {
                let word = i < end && tokens[i].kind == Kind::Word && !tokens.fold(i).is_empty() && (self.names)(i).is_none() && self.listed(&self.c.desks, i, end).is_none();
                if word { go(i + 1, d) } else { None }
            }
            Slot::Somewhere => (1..=4).take_while(|n| i + n <= end && tokens[i + n - 1].kind == Kind::Word).find_map(|n| go(i + n, d)),
            Slot::Byline => {
                // Two to five words, none a name of another sort, none that opens a sentence.
                let word = |k: usize| k < end && tokens[k].kind == Kind::Word && !self.c.not_names.iter().any(|w| **w == *tokens.fold(k)) && !tokens.fold(k).is_empty();
                let name = (self.names)(i).map_or(i, |(j, _)| j);
                let most = (0..5).take_while(|n| word(i + n)).count();
                (2..=most).filter(|n| i + n != name).find_map(|n| go(i + n, d))
            }
            _ => {
                let j = self.m.slot(slot, i, end, MAX)?;
                go(j, d)
            }
        }
    }

    pub(super) fn name(&self, i: usize, end: usize, sort: NameSort) -> Option<usize> {
        (i < end).then(|| (self.names)(i)).flatten().filter(|&(j, s)| s == sort && j <= end).map(|(j, _)| j)
    }

    pub(super) fn agency(&self, i: usize, end: usize) -> Option<usize> {
        let known = self.name(i, end, NameSort::Media);
        known.max(self.listed(&self.c.agencies, i, end))
    }

    pub(super) fn listed(&self, list: &[Vec<Box<str>>], i: usize, end: usize) -> Option<usize> {
        let t = self.m.tokens;
        list.iter().find(|words| i + words.len() <= end && words.iter().enumerate().all(|(k, w)| t.fold(i + k) == &**w)).map(|w| i + w.len())
    }

    /// A calendar expression with its era, and the same day in another calendar where one follows.
    pub(super) fn day(&self, i: usize, end: usize) -> Option<usize> {
        let t = self.m.tokens;
        let one = |list: &[Box<str>], i: usize| i < end && list.iter().any(|w| **w == *t.fold(i));
        let mut j = (self.months)(i).filter(|&j| j <= end && j > i)?;
        for _ in 0..2 {
            if one(&self.c.eras, j) {
                j += 1;
            }
            let Some(next) = (one(&self.c.links, j) && j + 1 < end).then(|| (self.months)(j + 1)).flatten().filter(|&n| n <= end) else { break };
            j = next;
        }
        Some(j)
    }
}
