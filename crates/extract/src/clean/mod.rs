//! Page junk and the dateline: what stands on the page around the article, and the formula that opens it.
//!
//! Patterns come from `lexicon/junk/`; here they are laid out for matching and matched. One pass over the lines; every
//! pattern is tried only where its first word stands, or on the lines that have its rarest word, and looks ahead by a bounded number of
//! tokens. What must not live here: any Arabic word, what a date or a name means.

mod dateline;
mod lines;
mod matcher;
mod pattern;
mod stories;

pub use dateline::dateline;
pub use pattern::Compiled;

use lines::{inner, lines, stamp};
use matcher::{Clues, Matcher};
use sijill_text::Tokens;
use stories::{strays, teasers};

/// Lines under a heading of links, and tokens in one of them.
const LINKS: usize = 8;
const LINK: usize = 18;

/// What a name at some token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NameSort {
    /// A state, a capital, a city, a region.
    Place,
    /// An outlet or an agency.
    Media,
}

/// Page junk: token indices half open, and the entry that found it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JunkSpan {
    pub start: u32,
    pub end: u32,
    /// Index of the `[[junk]]` entry.
    pub entry: u32,
}

/// The opening formula, all in token ranges.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dateline {
    pub start: u32,
    /// With the dash or colon that closes the formula.
    pub end: u32,
    pub place: Option<(u32, u32)>,
    pub agency: Option<(u32, u32)>,
    pub date: Option<(u32, u32)>,
}

/// Marks page junk. One pass over the lines; linear.
pub fn junk(c: &Compiled, tokens: &Tokens, outlet: Option<&str>, out: &mut Vec<JunkSpan>) {
    out.clear();
    let lines = lines(tokens);
    let m = Matcher { c, tokens };
    let mut clues = Clues::default();
    let mut follow: Option<(u32, usize)> = None; // entry, links still allowed
    for (n, &(start, end)) in lines.iter().enumerate() {
        if let Some((entry, left)) = follow.take()
            && left > 0
            && end - start <= LINK
            && !tokens[start..end].last().is_some_and(|t| t.is_mark('.'))
        {
            out.push(JunkSpan { start: start as u32, end: end as u32, entry });
            follow = Some((entry, left - 1));
            continue;
        }
        let inner = inner(tokens, (start, end));
        clues.read(c, tokens, (start, end));
        let mut i = start;
        while i < end {
            let found = m.at(i, (start, end), inner, n, lines.len(), &clues);
            match found {
                Some((stop, p)) => {
                    let p = &c.patterns[p];
                    out.push(JunkSpan { start: i as u32, end: stop as u32, entry: p.entry });
                    if p.follow {
                        follow = Some((p.entry, LINKS));
                    }
                    i = stop.max(i + 1);
                }
                None => i += 1,
            }
        }
    }
    if !c.teasers.is_empty() {
        teasers(c, tokens, &lines, out);
    }
    if !c.strays.is_empty() {
        strays(c, tokens, outlet, &lines, out);
    }
}

/// The timestamp of a junk header line, for the calendar to value.
pub fn header_stamp(tokens: &Tokens, junk: &[JunkSpan]) -> Option<(u32, u32)> {
    junk.iter().find_map(|j| (j.start..j.end).find_map(|i| stamp(tokens, i as usize, j.end as usize).map(|to| (i, to as u32))))
}

#[cfg(test)]
mod tests;
