//! Words of an article on one line, without characters that would harm whoever shows them.
//!
//! What must not live here: styles, widths.

/// Characters of the article that would move the cursor, change colours or turn the direction of what follows.
pub fn harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// On one line, and without harm.
pub fn clean(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut space = false;
    for c in s.chars() {
        if c.is_whitespace() {
            space = !out.is_empty();
        } else if !harmful(c) {
            if std::mem::take(&mut space) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    out
}
