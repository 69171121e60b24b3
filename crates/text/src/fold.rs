//! Folding: one spelling for matching out of the many that writers use.
//!
//! The folded form is for comparison only; nothing folded is ever shown. Hamza carriers become their bare
//! letter, final ya and alef maqsura meet, ta marbuta becomes ha, diacritics, tatweel, bidi controls and
//! zero-width characters vanish, digits become ASCII, presentation forms their letters, Latin lower case.

use unicode_normalization::char::decompose_compatible;

/// Folding makes these two meet others; where a text's own spelling decides, they are asked for by name.
pub const TA_MARBUTA: char = '\u{0629}';
pub const DOTTED_YA: char = '\u{064A}';
/// A hamza, alone or on its seat.
pub const HAMZAS: [char; 4] = ['\u{0621}', '\u{0623}', '\u{0624}', '\u{0626}'];
/// Alef with hamza above, below, with madda: letters of a stem, never of the article.
pub const HAMZAS_ON_ALEF: [char; 3] = ['\u{0623}', '\u{0625}', '\u{0622}'];

/// What one character becomes when folded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Folded {
    /// It vanishes but belongs to its word: diacritics, tatweel.
    Mark,
    /// It vanishes and belongs to nothing: bidi controls, zero-width characters.
    Control,
    /// It stays as this character.
    Char(char),
    /// A presentation form or ligature: its compatibility decomposition has to be folded letter by letter.
    Compat,
}

/// Folds one character. The table is ordered by how often the rows are met in news text.
#[inline]
pub fn fold_char(c: char) -> Folded {
    use Folded::*;
    match c {
        // Alef with hamza above, below, madda, wasla.
        '\u{0623}' | '\u{0625}' | '\u{0622}' | '\u{0671}' | '\u{0672}' | '\u{0673}' => Char('\u{0627}'),
        '\u{0629}' | '\u{06BE}' | '\u{06C1}' | '\u{06D5}' => Char('\u{0647}'), // ta marbuta and foreign ha to ha
        '\u{0649}' | '\u{06CC}' | '\u{0626}' | '\u{06D0}' => Char('\u{064A}'), // alef maqsura, Farsi ya, ya with hamza
        '\u{0624}' => Char('\u{0648}'),                                        // waw with hamza
        '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' => Char(c),
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}' => Mark,
        '0'..='9' | 'a'..='z' => Char(c),
        'A'..='Z' => Char(c.to_ascii_lowercase()),
        '\u{0660}'..='\u{0669}' => Char(char::from(b'0' + (c as u32 - 0x0660) as u8)),
        '\u{06F0}'..='\u{06F9}' => Char(char::from(b'0' + (c as u32 - 0x06F0) as u8)),
        '\u{06A9}' | '\u{06AA}' => Char('\u{0643}'), // Farsi kaf
        '\u{06AF}' => Char('\u{063A}'),              // gaf, written ghayn in most outlets
        '\u{067E}' => Char('\u{0628}'),              // peh
        '\u{0686}' | '\u{0698}' => Char('\u{062C}'), // cheh, zheh
        '\u{06A4}' => Char('\u{0641}'),              // veh
        '\u{06A8}' => Char('\u{0642}'),              // qaf with three dots, Maghrebi
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}' | '\u{00AD}' => Control,
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => Compat,
        '\u{0300}'..='\u{036F}' => Mark,
        _ if c.is_uppercase() => Char(c.to_lowercase().next().unwrap_or(c)),
        _ => Char(c),
    }
}

/// Appends the folded form of `c` to `out`.
#[inline]
pub fn push_folded(c: char, out: &mut String) {
    match fold_char(c) {
        Folded::Char(f) => out.push(f),
        Folded::Mark | Folded::Control => {}
        Folded::Compat => decompose_compatible(c, |d| {
            if let Folded::Char(f) = fold_char(d)
                && !f.is_whitespace()
            {
                out.push(f);
            }
        }),
    }
}

/// Appends the folded form of `s` to `out`.
pub fn fold_into(s: &str, out: &mut String) {
    for c in s.chars() {
        push_folded(c, out);
    }
}

/// The folded form of `s`.
pub fn fold(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    fold_into(s, &mut out);
    out
}

/// Is this a letter or a digit of any script? The letters of nearly every text come first, so that the table of the world's letters need not be asked.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    ('\u{0621}'..='\u{064A}').contains(&c) || c.is_alphanumeric()
}

/// Is this a letter of the Arabic script (any language that writes with it)?
#[inline]
pub fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' | '\u{066E}'..='\u{06D3}' | '\u{06D5}' | '\u{06EE}'..='\u{06EF}' | '\u{06FA}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08C7}' | '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}')
        && !matches!(c, '\u{FD3E}' | '\u{FD3F}' | '\u{06D4}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_variants_meet() {
        for (a, b) in [
            ("أعلن", "اعلن"),
            ("إلى", "الي"),
            ("مبادرة", "مبادره"),
            ("مُؤتَمَر", "موتمر"),
            ("الـــسلام", "السلام"),
            ("٢٠٢٤", "2024"),
            ("۱۴۰۳", "1403"),
            ("ﻣﺼﺮ", "مصر"),
            ("ﷲ", "الله"),
            ("\u{200F}قمة\u{200E}", "قمه"),
            ("CNN", "cnn"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (a, b) in [("علم", "عمل"), ("قمة", "قيمة"), ("دولة", "دول")] {
            assert_ne!(fold(a), fold(b));
        }
    }
}
