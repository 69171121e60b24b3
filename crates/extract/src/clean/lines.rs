//! Lines of a text, and the signs, clocks and dates that stand in them.

use sijill_text::{Kind, Tokens};

/// A line: token indices without its break.
pub(super) type Line = (usize, usize);

pub(super) fn lines(tokens: &Tokens) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    for (i, t) in tokens.iter().enumerate() {
        if t.kind == Kind::Break {
            if i > start {
                out.push((start, i));
            }
            start = i + 1;
        }
    }
    if tokens.len() > start {
        out.push((start, tokens.len()));
    }
    out
}

/// Marks that may stand around a line of page junk without meaning anything.
pub(super) fn stray(c: char) -> bool {
    matches!(c, '*' | '-' | '\u{2013}' | '\u{2014}' | '.' | '\u{2026}' | '|' | '\u{2022}' | '<' | '>' | ':' | '#' | '=' | '_' | '~' | '!' | '\u{BB}' | '\u{AB}')
}

pub(super) fn dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

pub(super) fn stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\u{061F}' | '\u{06D4}' | '\u{2026}')
}

pub(super) fn closing(c: char) -> bool {
    stop(c) || matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{AB}' | '\u{BB}' | ')' | ']' | ':' | '\u{060C}' | '\u{061B}')
}

/// The line without stray marks at its ends.
pub(super) fn inner(tokens: &Tokens, (start, end): Line) -> Line {
    let plain = |i: &usize| !(tokens[*i].kind == Kind::Mark && stray(tokens[*i].mark));
    let from = (start..end).find(plain).unwrap_or(start);
    let to = (start..end).rev().find(plain).map_or(end, |i| i + 1);
    (from, to)
}

/// `18:12`, `03:46:49`.
pub(super) fn clock(t: &Tokens, i: usize, end: usize) -> Option<usize> {
    let number = |i: usize, most: u32| i < end && t[i].kind == Kind::Number && t[i].to - t[i].from <= 2 && t.fold(i).parse::<u32>().is_ok_and(|n| n < most);
    let colon = |i: usize| i < end && t[i].is_mark(':');
    if !number(i, 25) || !colon(i + 1) || !number(i + 2, 60) {
        return None;
    }
    Some(if colon(i + 3) && t[i + 3].glued && number(i + 4, 60) { i + 5 } else { i + 3 })
}

/// `2024:12:02`, `3/6/2021`: three numbers with like marks between, one of them a year.
pub(super) fn numeric_date(t: &Tokens, i: usize, end: usize) -> Option<usize> {
    if i + 5 > end {
        return None;
    }
    let number = |i: usize| if t[i].kind == Kind::Number && t[i].to - t[i].from <= 4 { t.fold(i).parse::<u32>().ok() } else { None };
    let (a, b, c) = (number(i)?, number(i + 2)?, number(i + 4)?);
    let sign = |i: usize| t[i].kind == Kind::Mark && matches!(t[i].mark, '-' | '/' | '.' | ':');
    let year = |n: u32| (1900..2200).contains(&n);
    let valid = (year(a) && b <= 31 && c <= 31 || year(c) && a <= 31 && b <= 31) && sign(i + 1) && sign(i + 3) && t[i + 1].mark == t[i + 3].mark;
    valid.then_some(i + 5)
}

/// A numeric date, with a clock where one follows.
pub(super) fn stamp(t: &Tokens, i: usize, end: usize) -> Option<usize> {
    let date = numeric_date(t, i, end)?;
    let skip = |i: usize| i < end && ((t[i].kind == Kind::Mark && matches!(t[i].mark, '.' | ',' | '-' | '|')) || t.fold(i) == "t");
    Some(clock(t, date, end).or_else(|| if skip(date) { clock(t, date + 1, end) } else { None }).unwrap_or(date))
}
