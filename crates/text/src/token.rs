//! Tokens: words, numbers, marks and line breaks, each with its place in the original text.

use crate::fold::{Folded, TA_MARBUTA, fold_char, is_arabic_letter, push_folded};
use std::sync::LazyLock;

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
    /// The last letter of the word, as written, is a ta marbuta.
    pub closed: bool,
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
    /// Bytes of all folded forms together.
    pub fn folded_len(&self) -> usize {
        self.folds.len()
    }
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
        let common = &*COMMON;
        let mut open: Option<Kind> = None; // the kind of the token that is being built
        let mut glued = false;
        let mut from = 0u32;
        for (at, c) in text.char_indices() {
            if at >= u32::MAX as usize - 8 {
                break;
            }
            let shape = common.get(c as usize).copied().unwrap_or_else(|| Shape::of(c));
            let kind = match shape.class {
                Class::Part(kind) => kind,
                Class::Space => {
                    // White space around a line break is part of the break.
                    if open != Some(Kind::Break) {
                        open = None;
                    }
                    glued = false;
                    from += 1;
                    continue;
                }
                Class::Control => {
                    // Belongs to no token and separates none: `از<ZWNJ>بک` stays one word.
                    from += 1;
                    continue;
                }
                // The sign of a hashtag within a sentence: the name goes on behind it.
                Class::Hash if !glued && self.list.last().is_some_and(|t| t.kind == Kind::Word) && text[at + 1..].starts_with(is_arabic_letter) => {
                    open = None;
                    glued = false;
                    from += 1;
                    continue;
                }
                Class::Hash => Kind::Mark,
                Class::Diacritic => open.filter(|k| matches!(k, Kind::Word | Kind::Foreign)).unwrap_or(Kind::Word),
            };
            let at = at as u32;
            let end = at + c.len_utf8() as u32;
            let fold = self.folds.len() as u32;
            if kind != Kind::Break {
                match shape.fold {
                    Folded::Char(f) => self.folds.push(f),
                    Folded::Mark | Folded::Control => {}
                    Folded::Compat => push_folded(c, &mut self.folds),
                }
            }
            let fold_len = self.folds.len() as u32 - fold;
            match self.list.last_mut() {
                Some(t) if open == Some(kind) && kind != Kind::Mark => {
                    t.end = end;
                    t.to = from + 1;
                    t.fold_len += fold_len;
                    if kind == Kind::Break && (c != '\n' || !text[..at as usize].ends_with('\r')) {
                        t.mark = char::from_u32(t.mark as u32 + 1).unwrap_or(t.mark);
                    }
                    if shape.letter {
                        t.closed = c == TA_MARBUTA;
                    }
                }
                _ => {
                    let mark = if kind == Kind::Break { '\u{1}' } else { c };
                    self.list.push(Token { start: at, end, from, to: from + 1, fold, fold_len, kind, glued, closed: c == TA_MARBUTA, mark });
                }
            }
            open = Some(kind);
            glued = true;
            from += 1;
        }
    }
}

/// What a character is to the tokens around it.
#[derive(Clone, Copy)]
enum Class {
    /// A part of a token of this kind.
    Part(Kind),
    /// Goes with the letters before it.
    Diacritic,
    Space,
    Control,
    Hash,
}

/// All that tokens need to know of a character.
#[derive(Clone, Copy)]
struct Shape {
    class: Class,
    fold: Folded,
    /// A letter of the Arabic script.
    letter: bool,
}

impl Shape {
    fn of(c: char) -> Self {
        let (letter, fold) = (is_arabic_letter(c), fold_char(c));
        let class = match c {
            '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Part(Kind::Break),
            '#' => Class::Hash,
            _ if c.is_whitespace() => Class::Space,
            _ if letter => Class::Part(Kind::Word),
            '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Class::Part(Kind::Number),
            _ => match fold {
                Folded::Control => Class::Control,
                Folded::Mark => Class::Diacritic,
                _ if c.is_alphanumeric() => Class::Part(Kind::Foreign),
                _ => Class::Part(Kind::Mark),
            },
        };
        Self { class, fold, letter }
    }
}

/// The shapes of all characters up to the end of the Arabic block: nearly all of a text. A look-up is several times cheaper than
/// the questions that `Shape::of` asks.
static COMMON: LazyLock<Vec<Shape>> = LazyLock::new(|| ('\0'..='\u{06FF}').map(Shape::of).collect());

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
