//! Sentences, as ranges of tokens.

use crate::token::{Kind, Token};

/// A sentence: token indices, half open, without the line break after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sentence {
    pub start: u32,
    pub end: u32,
}

/// The most tokens of a sentence. No sentence of news is as long; what is longer is a list or no language at all, and is cut, so
/// that what looks around within a sentence stays cheap on any input.
const LONGEST: usize = 512;

fn ends(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\u{061F}' | '\u{06D4}' | '\u{2026}')
}

/// Closing marks that still belong to the sentence whose full stop they follow.
fn trails(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{00BB}' | '\u{00AB}' | ')' | ']' | '\u{203A}') || ends(c)
}

/// Splits tokens into sentences. A line break always ends one; a full stop does unless it stands in an abbreviation
/// (`د. فلان`, `كي.سي.ان.ايه`), a number (`3.5`), or a run of three and more (an omission). Three dots end nothing,
/// two dots do: outlets use them as a dash between headline parts.
pub fn sentences(tokens: &[Token], out: &mut Vec<Sentence>) {
    out.clear();
    let mut start = 0usize;
    let mut i = 0usize;
    let push = |out: &mut Vec<Sentence>, mut start: usize, end: usize| {
        while end - start > LONGEST {
            out.push(Sentence { start: start as u32, end: (start + LONGEST) as u32 });
            start += LONGEST;
        }
        if tokens[start..end].iter().any(|t| matches!(t.kind, Kind::Word | Kind::Foreign | Kind::Number)) {
            out.push(Sentence { start: start as u32, end: end as u32 });
        }
    };
    while i < tokens.len() {
        let t = &tokens[i];
        if t.kind == Kind::Break {
            push(out, start, i);
            i += 1;
            start = i;
            continue;
        }
        if t.kind == Kind::Mark && ends(t.mark) {
            let mut run = 1;
            while tokens.get(i + run).is_some_and(|n| n.kind == Kind::Mark && n.mark == t.mark) {
                run += 1;
            }
            let breaks = match t.mark {
                '.' if run >= 3 => false,
                '.' if run == 1 => !abbreviation(tokens, i),
                '\u{2026}' => false,
                _ => true,
            };
            i += run;
            if breaks {
                while tokens.get(i).is_some_and(|n| n.kind == Kind::Mark && trails(n.mark) && n.glued) {
                    i += 1;
                }
                push(out, start, i);
                start = i;
            }
            continue;
        }
        i += 1;
    }
    push(out, start, tokens.len());
}

/// Is the single full stop at `i` part of an abbreviation or a number rather than an end?
fn abbreviation(tokens: &[Token], i: usize) -> bool {
    let letters = |t: &Token| t.to - t.from;
    let word = |t: &Token| matches!(t.kind, Kind::Word | Kind::Foreign);
    let Some(before) = i.checked_sub(1).map(|p| &tokens[p]).filter(|_| tokens[i].glued) else {
        return false;
    };
    let after = tokens.get(i + 1).filter(|n| n.glued);
    match (before.kind, after) {
        (Kind::Number, Some(n)) if n.kind == Kind::Number => true,
        // A letter or two on both sides: initials. One letter before a space: a title (`د. فلان`).
        _ if word(before) && letters(before) == 1 => true,
        (_, Some(n)) if word(before) && word(n) && letters(before) <= 3 && letters(n) <= 3 => true,
        // `site.com`
        (Kind::Foreign, Some(n)) if n.kind == Kind::Foreign => true,
        (Kind::Word, Some(n)) if word(n) && letters(before) <= 3 && i >= 2 && tokens[i - 2].is_mark('.') && tokens[i - 2].glued => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tokens;

    fn split(text: &str) -> Vec<&str> {
        let mut t = Tokens::default();
        t.read(text);
        let mut s = Vec::new();
        sentences(&t, &mut s);
        s.iter().map(|s| &text[t[s.start as usize].start as usize..t[s.end as usize - 1].end as usize]).collect()
    }

    #[test]
    fn stops_and_breaks() {
        assert_eq!(split("وصل الوفد. وغادر\nثم عاد؟ نعم"), ["وصل الوفد.", "وغادر", "ثم عاد؟", "نعم"]);
    }

    #[test]
    fn not_at_abbreviations_numbers_omissions() {
        assert_eq!(split("قال د. سالم إن 3.5 مليون... وصلوا."), ["قال د. سالم إن 3.5 مليون... وصلوا."]);
        assert_eq!(split("وكالة (كي.سي.ان.ايه) أعلنت."), ["وكالة (كي.سي.ان.ايه) أعلنت."]);
        assert_eq!(split("انتهى اللقاء.وبدأ الآخر"), ["انتهى اللقاء.", "وبدأ الآخر"]);
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        assert_eq!(split("قال \"نعم.\" وأضاف"), ["قال \"نعم.\"", "وأضاف"]);
    }
}
