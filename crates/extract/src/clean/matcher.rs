//! A pattern against the tokens of a line: how far it reaches, within bounds.

use super::lines::{Line, clock, closing, dash, numeric_date, stamp};
use super::pattern::{Compiled, Leads, Part, Pattern, Slot};
use sijill_lexicon::junk::{At, Where};
use sijill_text::{Kind, Tokens};

/// Lines from the beginning that count as head, from the end that count as tail.
pub(super) const HEAD: usize = 8;
pub(super) const TAIL: usize = 10;
/// A digit run of this length is a key, never a number of the text.
pub(super) const KEY: u32 = 12;

/// Which patterns a line may have, by its words.
#[derive(Default)]
pub(super) struct Clues<'c> {
    /// For each token of the line.
    pub(super) leads: Vec<Option<&'c Leads>>,
    /// Patterns that begin with a slot, in the order of the entries: only where the line begins, and anywhere.
    pub(super) opening: Vec<u32>,
    pub(super) loose: Vec<u32>,
}

impl<'c> Clues<'c> {
    pub(super) fn read(&mut self, c: &'c Compiled, tokens: &Tokens, (start, end): Line) {
        self.leads.clear();
        self.opening.clear();
        self.opening.extend(&c.wordless);
        for i in start..end {
            let leads = c.words.get(tokens.fold(i));
            self.opening.extend(leads.iter().flat_map(|l| &l.within));
            self.leads.push(leads);
        }
        self.opening.sort_unstable();
        self.opening.dedup();
        self.loose.clear();
        self.loose.extend(self.opening.iter().filter(|&&p| !matches!(c.patterns[p as usize].place, Where::Line | Where::Prefix)));
    }
}

pub(super) struct Matcher<'a> {
    pub(super) c: &'a Compiled,
    pub(super) tokens: &'a Tokens,
}

impl Matcher<'_> {
    /// The longest junk that begins at token `i` of a line, and its pattern.
    pub(super) fn at(&self, i: usize, line: Line, inner: Line, n: usize, count: usize, clues: &Clues) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        let mut consider = |list: &[u32], from: usize| {
            for &p in list {
                let pattern = &self.c.patterns[p as usize];
                if let Some(stop) = self.pattern(pattern, i, from, line, inner, n, count)
                    && best.is_none_or(|(b, _)| stop > b)
                {
                    best = Some((stop, p as usize));
                }
            }
        };
        if let Some(leads) = clues.leads[i - line.0] {
            consider(&leads.first, i);
        }
        if i == line.0 {
            consider(&clues.opening, i);
        } else if self.tokens[i].kind != Kind::Word {
            consider(&clues.loose, i);
        }
        // A whole line behind stray marks.
        if i == line.0 && inner.0 > i && inner.0 < line.1 {
            if let Some(leads) = clues.leads[inner.0 - line.0] {
                consider(&leads.first, inner.0);
            }
            consider(&clues.opening, inner.0);
        }
        best
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn pattern(&self, p: &Pattern, i: usize, from: usize, line: Line, inner: Line, n: usize, count: usize) -> Option<usize> {
        let stands = match p.at {
            At::Any => true,
            At::First => n == 0,
            At::Head => n < HEAD,
            At::Body => n > 0,
            At::Tail => n + TAIL >= count && n > 0,
        };
        let starts = i == line.0;
        if !stands || (from != i && p.place != Where::Line) || (matches!(p.place, Where::Line | Where::Prefix) && !starts) {
            return None;
        }
        if p.open && self.tokens[line.1 - 1].is_mark('.') && !(line.1 >= 2 && self.tokens[line.1 - 2].is_mark('.')) {
            return None;
        }
        if p.fresh && !starts {
            let before = &self.tokens[i - 1];
            if before.kind != Kind::Mark || !closing(before.mark) {
                return None;
            }
        }
        let whole = matches!(p.place, Where::Line | Where::Suffix);
        let stop = self.run(&p.parts, from, line.1, p.max, if whole { Some(inner.1) } else { None })?;
        Some(if whole { line.1 } else { stop })
    }

    /// Matches `parts` from token `i`; with `whole`, the match must reach that token (stray marks may follow).
    pub(super) fn run(&self, parts: &[Part], i: usize, end: usize, max: u32, whole: Option<usize>) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else {
            return match whole {
                Some(to) if i < to => None,
                _ => Some(i),
            };
        };
        match part {
            Part::Lit(word) => (i < end && self.tokens.fold(i) == &**word).then(|| self.run(rest, i + 1, end, max, whole)).flatten(),
            Part::Slot(Slot::Words) => (1..=max as usize).take_while(|n| i + n <= end).find_map(|n| self.run(rest, i + n, end, max, whole)),
            Part::Slot(slot) => self.slot(*slot, i, end, max).and_then(|j| self.run(rest, j, end, max, whole)),
            Part::Maybe(slot) => self.slot(*slot, i, end, max).and_then(|j| self.run(rest, j, end, max, whole)).or_else(|| self.run(rest, i, end, max, whole)),
        }
    }

    pub(super) fn slot(&self, slot: Slot, i: usize, end: usize, max: u32) -> Option<usize> {
        let t = self.tokens;
        let get = |i: usize| (i < end).then(|| &t[i]);
        // The end of the run of tokens from `i` on that no white space parts.
        let glued = |i: usize| (i + 1..end).find(|&k| !t[k].glued || t[k].kind == Kind::Word).unwrap_or(end);
        match slot {
            Slot::Digits => get(i).filter(|k| k.kind == Kind::Number).map(|_| i + 1),
            Slot::Key => get(i).filter(|k| k.kind == Kind::Number && k.to - k.from >= KEY).map(|_| i + 1),
            Slot::Clock => clock(t, i, end),
            Slot::Date => numeric_date(t, i, end),
            Slot::Stamp => stamp(t, i, end),
            Slot::Url => {
                let first = get(i).filter(|k| k.kind == Kind::Foreign)?;
                let to = glued(i);
                let scheme = matches!(t.fold(i), "http" | "https") && get(i + 1).is_some_and(|k| k.is_mark(':'));
                let path = first.to > first.from
                    && (i + 1..to).any(|k| t[k].is_mark('/'))
                    && get(i + 1).is_some_and(|k| k.is_mark('.') && k.glued)
                    && get(i + 2).is_some_and(|k| k.kind == Kind::Foreign && k.glued);
                (scheme || path).then_some(to)
            }
            Slot::Site => {
                get(i).filter(|k| k.kind == Kind::Foreign)?;
                let mut j = i + 1;
                while get(j).is_some_and(|k| k.is_mark('.') && k.glued) && get(j + 1).is_some_and(|k| k.kind == Kind::Foreign && k.glued) {
                    j += 2;
                }
                (j > i + 1).then_some(j)
            }
            Slot::Email => {
                get(i).filter(|k| matches!(k.kind, Kind::Foreign))?;
                let to = glued(i);
                let sign = (i..to).find(|&k| t[k].is_mark('@'))?;
                (sign > i && (sign..to).any(|k| t[k].is_mark('.'))).then_some(to)
            }
            Slot::Handle => {
                get(i).filter(|k| k.is_mark('@'))?;
                let to = (i + 1..end).find(|&k| !t[k].glued || !(matches!(t[k].kind, Kind::Foreign | Kind::Number) || t[k].is_mark('_'))).unwrap_or(end);
                (to > i + 1).then_some(to)
            }
            Slot::Code => {
                let part = |k: usize| k < end && matches!(t[k].kind, Kind::Foreign | Kind::Number) && t[k].glued;
                let to = i + (i..end).take_while(|&k| part(k)).count();
                (to > i).then_some(to)
            }
            // One to eight short words, with points and strokes between.
            Slot::Initials => {
                let short = |k: usize| t[k].kind == Kind::Word && t.fold(k).chars().count() <= 3;
                let to = (i..end).find(|&k| !short(k) && !t[k].is_mark('.') && !t[k].is_mark('/')).unwrap_or(end);
                let words = (i..to).filter(|&k| short(k)).count();
                (i < end && short(i) && words <= 8).then_some(to)
            }
            Slot::Marks => (i < end && t[i..end].iter().all(|k| k.kind == Kind::Mark)).then_some(end),
            Slot::Words => None, // taken apart in `run`
            Slot::Rest => (i < end && end - i <= max as usize).then_some(end),
            Slot::Tags => {
                let tag =
                    |k: &sijill_text::Token| k.kind != Kind::Mark || dash(k.mark) || matches!(k.mark, '_' | '"' | '\'' | '\u{AB}' | '\u{BB}' | '\u{201C}' | '\u{201D}' | '#' | '&');
                (i < end && end - i <= max as usize && t[i..end].iter().all(tag)).then_some(end)
            }
            Slot::Dash => {
                let mut j = i;
                while get(j).is_some_and(|k| k.kind == Kind::Mark && dash(k.mark)) {
                    j += 1;
                }
                // A tatweel that stands alone is a dash too.
                if j == i && get(i).is_some_and(|k| k.kind == Kind::Word && t.fold(i).is_empty()) {
                    j += 1;
                }
                (j > i).then_some(j)
            }
            Slot::Colon => get(i).filter(|k| k.is_mark(':')).map(|_| i + 1),
            Slot::Eol => (i >= end).then_some(i),
            Slot::Place | Slot::Somewhere | Slot::Town | Slot::Day | Slot::Agency | Slot::Desk | Slot::Byline => None,
        }
    }
}
