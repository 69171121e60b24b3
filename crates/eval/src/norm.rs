//! When two names, and two dates, are the same to the scorer. What must not live here: what is compared with what.

use unicode_normalization::UnicodeNormalization;

/// A name as it is compared: NFKC, without marks, tatweel and controls, hamza carriers and final letters levelled, punctuation
/// as one space, and a leading double lam read as lam and article.
pub fn norm(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkc() {
        let c = match c {
            '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => continue,
            '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => '\u{0627}',
            '\u{0649}' | '\u{0626}' => '\u{064A}',
            '\u{0629}' => '\u{0647}',
            '\u{0624}' => '\u{0648}',
            c if space(c) => ' ',
            '-' | '\u{2013}' | '"' | '\'' | '\u{AB}' | '\u{BB}' | '\u{201C}' | '\u{201D}' | '(' | ')' | '[' | ']' | '.' | ',' | '\u{060C}' | '\u{061B}' | ':' => ' ',
            c => c,
        };
        if c == ' ' {
            gap = true;
        } else {
            if std::mem::take(&mut gap) && !out.is_empty() {
                out.push(' ');
            }
            out.push(c);
        }
    }
    // Lam and article written as one: the name counts as the one with its article.
    if out.starts_with("\u{0644}\u{0644}") {
        out.replace_range(.."\u{0644}".len(), "\u{0627}");
    }
    out
}

/// White space as Python's `str.isspace` has it: Unicode's, and the four information separators.
pub fn space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// A date without its marks of doubt.
pub fn edtf(v: Option<&str>) -> String {
    v.unwrap_or("").chars().filter(|c| !matches!(c, '?' | '~' | '%')).collect()
}

/// The same date, or one that holds the other at a coarser precision; of intervals, the same beginning.
pub fn compatible(gold: Option<&str>, pred: Option<&str>) -> bool {
    let (g, p) = (edtf(gold), edtf(pred));
    if g == p {
        return true;
    }
    if g.is_empty() || p.is_empty() {
        return false;
    }
    if g.contains('/') || p.contains('/') { g.split('/').next() == p.split('/').next() } else { g.starts_with(&p) || p.starts_with(&g) }
}

/// The first ten characters: a day without its time.
pub fn day(v: &str) -> &str {
    v.char_indices().nth(10).map_or(v, |(i, _)| &v[..i])
}
