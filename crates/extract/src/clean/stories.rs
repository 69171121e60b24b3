//! Other stories on the page: their headlines between the paragraphs, their beginnings at the end.

use super::JunkSpan;
use super::lines::{Line, closing, stop};
use super::pattern::{Compiled, TeaserRule};
use sijill_text::{Kind, Tokens, fold};

/// Beginnings of other stories in the last paragraphs.
pub(super) fn teasers(c: &Compiled, tokens: &Tokens, lines: &[Line], out: &mut Vec<JunkSpan>) {
    // The body: lines that are not junk already.
    let mut spans = out.iter().peekable();
    let mut body: Vec<Line> = Vec::with_capacity(lines.len());
    for &(start, end) in lines {
        while spans.peek().is_some_and(|s| (s.end as usize) <= start) {
            spans.next();
        }
        if !spans.peek().is_some_and(|s| s.start as usize <= start && end <= s.end as usize) {
            body.push((start, end));
        }
    }
    for rule in &c.teasers {
        let page = rule.page.is_empty() || (0..tokens.len()).any(|i| tokens[i].kind == Kind::Foreign && rule.page.iter().any(|w| w == tokens.fold(i)));
        if !page {
            continue;
        }
        for count in (rule.fewest..=rule.count).rev() {
            // The headline and a paragraph remain at least.
            if body.len() < count + 2 {
                continue;
            }
            let last = &body[body.len() - count..];
            if last.iter().any(|&l| rule.ties_on(tokens, l)) {
                continue;
            }
            let loose = last.iter().filter(|&&l| !rule.plain(tokens, l)).count();
            let openers = last.iter().filter(|&&l| rule.opener(tokens, l)).count();
            let cut = last.iter().filter(|l| !(tokens[l.1 - 1].kind == Kind::Mark && closing(tokens[l.1 - 1].mark))).count();
            let fits = if count == rule.count {
                loose <= rule.loose && openers >= rule.least + usize::from(loose > 0) && cut >= rule.cut
            } else {
                loose == 0 && openers + 1 >= count && cut > 0
            };
            if fits {
                out.extend(last.iter().map(|&(start, end)| JunkSpan { start: start as u32, end: end as u32, entry: rule.entry }));
                out.sort_by_key(|s| s.start);
                return;
            }
        }
    }
}

impl TeaserRule {
    pub(super) fn first(tokens: &Tokens, (start, end): Line) -> Option<usize> {
        (start..end).find(|&i| tokens[i].kind != Kind::Mark)
    }

    pub(super) fn opener(&self, tokens: &Tokens, line: Line) -> bool {
        Self::first(tokens, line).is_some_and(|i| self.openers.iter().any(|w| w == tokens.fold(i)))
    }

    /// Does the paragraph go on from the one before, or is it too long or too short for a teaser?
    pub(super) fn ties_on(&self, tokens: &Tokens, line: Line) -> bool {
        let Some(first) = Self::first(tokens, line) else { return true };
        let word = tokens.fold(first);
        let has = |list: &[String]| list.iter().any(|w| w == word);
        let tied = self.ties.iter().any(|p| word.starts_with(p.as_str())) && !has(&self.openers) && !has(&self.untied);
        let length = tokens[line.1 - 1].to - tokens[line.0].from;
        let quoted = tokens[line.0].kind == Kind::Mark;
        tied || has(&self.continuers) && !quoted || length > self.longest || length < self.shortest
    }

    /// One sentence, without a number or a sign of a list before it.
    pub(super) fn plain(&self, tokens: &Tokens, line: Line) -> bool {
        let (start, end) = line;
        let Some(first) = Self::first(tokens, line) else { return false };
        if tokens[first].kind != Kind::Word || tokens[start..first].iter().any(|t| !closing(t.mark)) {
            return false;
        }
        // A second sentence: a single stop with a word after a space.
        !(first + 1..end - 1).any(|i| {
            let t = &tokens[i];
            t.kind == Kind::Mark
                && stop(t.mark)
                && !tokens[i + 1].glued
                && tokens[i + 1].kind == Kind::Word
                && !tokens[i - 1].is_mark('.')
                && tokens[i - 1].to - tokens[i - 1].from > 1
        })
    }
}

/// Headlines of other stories between the paragraphs.
pub(super) fn strays(c: &Compiled, tokens: &Tokens, outlet: Option<&str>, lines: &[Line], out: &mut Vec<JunkSpan>) {
    let words = |&(start, end): &Line| tokens[start..end].iter().filter(|t| t.kind != Kind::Mark).count();
    let last = |&(_, end): &Line| tokens[end - 1].mark;
    let marked = |l: &Line| tokens[l.1 - 1].kind == Kind::Mark;
    for rule in &c.strays {
        let page = match outlet {
            Some(o) => rule.outlets.contains(&fold(o)),
            None => rule.page.iter().any(|p| (0..tokens.len()).any(|i| p.iter().enumerate().all(|(n, w)| i + n < tokens.len() && tokens.fold(i + n) == &**w))),
        };
        // The other paragraphs close with a mark, so that its absence says something.
        let long: Vec<&Line> = lines.iter().skip(1).filter(|l| words(l) > rule.most).collect();
        if !page || long.len() < 2 || long.iter().filter(|l| marked(l) && closing(last(l))).count() * 4 < long.len() * 3 {
            continue;
        }
        let known = out.len();
        for (n, l) in lines.iter().enumerate().skip(1) {
            let first = tokens[l.0].kind;
            let fold = tokens.fold(l.0);
            let open = !marked(l) || matches!(last(l), '?' | '\u{061F}' | '"' | '\u{BB}' | '\u{201D}') && !tokens[l.0].is_mark('"');
            let tied = rule.ties.iter().any(|p| fold.starts_with(p.as_str())) && !rule.untied.iter().any(|w| w == fold);
            let listed = matches!(tokens[lines[n - 1].1 - 1].mark, ':' | '\u{060C}') && tokens[lines[n - 1].1 - 1].kind == Kind::Mark;
            let length = words(l);
            if !open || tied || listed || first != Kind::Word && !tokens[l.0].is_mark('"') || length < rule.least || length > rule.most {
                continue;
            }
            if out[..known].iter().all(|s| s.end as usize <= l.0 || s.start as usize >= l.1) {
                out.push(JunkSpan { start: l.0 as u32, end: l.1 as u32, entry: rule.entry });
            }
        }
        out.sort_by_key(|s| s.start);
    }
}
