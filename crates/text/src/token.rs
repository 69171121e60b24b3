//! Tokens: words, numbers, marks and line breaks, each with its place in the original text.

use crate::fold::{Folded, fold_char, is_arabic_letter, push_folded};

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    /// Letters of the Arabic script, with their diacritics and tatweel.
    Word,
    /// Letters of any other script.
    Foreign,
    /// Decimal digits of any script.
    Number,
    /// One mark of punctuation or one symbol.
    Mark,
    /// One or more line breaks, with the white space around them.
    Break,
}

/// One token. Byte offsets (`start..end`) slice the text; code-point offsets (`from..to`) go into records.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    pub from: u32,
    pub to: u32,
    fold: u32,
    fold_len: u32,
    pub kind: Kind,
    /// No white space stands between this token and the one before.
    pub glued: bool,
    /// The mark itself for `Kind::Mark`, the number of line breaks for `Kind::Break` (2 and more: a blank line).
    pub mark: char,
}

impl Token {
    pub fn is_mark(&self, c: char) -> bool {
        self.kind == Kind::Mark && self.mark == c
    }
}

/// The tokens of one text and the arena of their folded forms. Reused from text to text: `read` clears it.
#[derive(Default, Debug)]
pub struct Tokens {
    list: Vec<Token>,
    folds: String,
}

impl std::ops::Deref for Tokens {
    type Target = [Token];
    fn deref(&self) -> &[Token] {
        &self.list
    }
}

impl Tokens {
    /// The folded form of token `i`; empty for line breaks.
    #[inline]
    pub fn fold(&self, i: usize) -> &str {
        let t = &self.list[i];
        &self.folds[t.fold as usize..(t.fold + t.fold_len) as usize]
    }

    /// Splits `text` into tokens, forgetting those of the text before. One pass, linear, whatever the bytes.
    /// A text of 4 GiB or more is read up to that length only: offsets are 32 bits wide.
    pub fn read(&mut self, text: &str) {
        self.list.clear();
        self.folds.clear();
        let mut open: Option<Kind> = None; // the kind of the token that is being built
        let mut glued = false;
        let mut from = 0u32;
        for (at, c) in text.char_indices() {
            if at >= u32::MAX as usize - 8 {
                break;
            }
            let at = at as u32;
            let end = at + c.len_utf8() as u32;
            let kind = match c {
                '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Kind::Break),
                _ if c.is_whitespace() => None,
                _ if is_arabic_letter(c) => Some(Kind::Word),
                '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Some(Kind::Number),
                _ => match fold_char(c) {
                    Folded::Control => {
                        // Belongs to no token and separates none: `از<ZWNJ>بک` stays one word.
                        from += 1;
                        continue;
                    }
                    Folded::Mark => match open {
                        Some(Kind::Word | Kind::Foreign) => open,
                        _ => Some(Kind::Word),
                    },
                    _ if c.is_alphanumeric() => Some(Kind::Foreign),
                    _ => Some(Kind::Mark),
                },
            };
            let Some(kind) = kind else {
                // White space around a line break is part of the break.
                if open != Some(Kind::Break) {
                    open = None;
                }
                glued = false;
                from += 1;
                continue;
            };
            let joins = open == Some(kind) && kind != Kind::Mark;
            if joins {
                let folds = self.folds.len() as u32;
                if let Some(t) = self.list.last_mut() {
                    t.end = end;
                    t.to = from + 1;
                    if kind == Kind::Break {
                        if c != '\n' || !text[..at as usize].ends_with('\r') {
                            t.mark = char::from_u32(t.mark as u32 + 1).unwrap_or(t.mark);
                        }
                    } else {
                        push_folded(c, &mut self.folds);
                        t.fold_len += self.folds.len() as u32 - folds;
                    }
                }
            } else {
                let fold = self.folds.len() as u32;
                if kind != Kind::Break {
                    push_folded(c, &mut self.folds);
                }
                let fold_len = self.folds.len() as u32 - fold;
                let mark = if kind == Kind::Break { '\u{1}' } else { c };
                self.list.push(Token { start: at, end, from, to: from + 1, fold, fold_len, kind, glued, mark });
            }
            open = Some(kind);
            glued = true;
            from += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folds(text: &str) -> Vec<String> {
        let mut t = Tokens::default();
        t.read(text);
        (0..t.len()).map(|i| t.fold(i).to_owned()).collect()
    }

    #[test]
    fn words_numbers_marks() {
        assert_eq!(folds("الاجتماع الـ24، في 2024م."), ["الاجتماع", "ال", "24", "،", "في", "2024", "م", "."]);
        assert_eq!(folds("قاسم-جومارت"), ["قاسم", "-", "جومارت"]);
        assert_eq!(folds("وَقَّعَ\u{200F} اتفاقًا"), ["وقع", "اتفاقا"]);
    }

    #[test]
    fn crlf_is_one_line_break_and_a_blank_line_is_two() {
        let mut t = Tokens::default();
        t.read("أ\r\nب\n \n ج");
        let breaks: Vec<_> = t.iter().filter(|t| t.kind == Kind::Break).map(|t| t.mark as u32).collect();
        assert_eq!(breaks, [1, 2]);
    }

    proptest! {
        #[test]
        fn offsets_slice_the_text(text in "(\\PC|[اأإبتلسمو \u{0640}\u{064E}\u{200F}\r\n.،\"«»0-9٠-٩]){0,80}") {
            let mut t = Tokens::default();
            t.read(&text);
            let chars: Vec<char> = text.chars().collect();
            let mut last = 0;
            for k in t.iter() {
                prop_assert!(k.start >= last && k.end > k.start);
                last = k.end;
                let by_bytes = &text[k.start as usize..k.end as usize];
                let by_points: String = chars[k.from as usize..k.to as usize].iter().collect();
                prop_assert_eq!(by_bytes, by_points);
            }
        }
    }
}
