//! Lines on a screen: direction, width, wrapping, quotation with highlights.
//!
//! Each line keeps one base direction. Labels in English make it left to right, and every run of Arabic in it is isolated
//! (U+2068 … U+2069), so that a terminal or editor that knows the bidirectional algorithm does not let it swallow numbers and
//! marks around it; labels in Arabic make it right to left, said by a mark (U+200F) at its head. Piped output is the same:
//! editors and browsers need the isolates as much. What must not live here: what a record means.

use crate::args::Lang;
pub use sijill_ask::plain::{clean, harmful};
use sijill_record::Span;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const ISOLATE: char = '\u{2068}';
const END: char = '\u{2069}';
const RTL_MARK: char = '\u{200F}';

/// How mixed lines are kept in order.
#[derive(Clone, Copy)]
pub struct Bidi {
    pub lang: Lang,
    pub on: bool,
}

impl Bidi {
    /// `s` as an island of its own. In a right-to-left line dates and Latin names need it too.
    pub fn isolate(&self, s: &str) -> String {
        let s = clean(s);
        if self.on && !s.is_empty() && (self.lang == Lang::Ar || s.chars().any(right_to_left)) { format!("{ISOLATE}{s}{END}") } else { s }
    }

    /// What a line begins with.
    pub fn head(&self) -> &'static str {
        if self.on && self.lang == Lang::Ar { "\u{200F}" } else { "" }
    }
}

fn right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// Columns that `s` takes, without its styles.
pub fn columns(s: &str) -> usize {
    if !s.contains('\u{1b}') {
        return s.chars().filter(|c| !invisible(*c)).collect::<String>().width();
    }
    let mut plain = String::new();
    let mut chars = s.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            for c in chars.by_ref() {
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
        } else if !invisible(c) {
            plain.push(c);
        }
    }
    plain.width()
}

fn invisible(c: char) -> bool {
    matches!(c, ISOLATE | END | RTL_MARK)
}

/// An article, indexed by code points.
pub struct Text<'a> {
    text: &'a str,
    /// The byte at which each 64th code point begins.
    marks: Vec<usize>,
}

impl<'a> Text<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, marks: text.char_indices().step_by(64).map(|(b, _)| b).collect() }
    }
    fn byte(&self, at: u32) -> usize {
        let at = at as usize;
        let Some(&from) = self.marks.get(at / 64) else { return self.text.len() };
        self.text[from..].char_indices().nth(at % 64).map_or(self.text.len(), |(b, _)| from + b)
    }
    pub fn slice(&self, span: Span) -> &'a str {
        let (a, b) = (self.byte(span.start), self.byte(span.end));
        &self.text[a..b.max(a)]
    }
}

/// Styles of a quotation.
pub struct QuoteStyle {
    pub normal: anstyle::Style,
    pub marked: anstyle::Style,
}

/// The words of `span`, wrapped to `width` columns and at most `lines` lines, the parts in `marked` in another style. Where it
/// had to be cut, it ends in an ellipsis, at a border of words.
pub fn quote(text: &Text, span: Span, marked: &[Span], width: usize, lines: usize, style: &QuoteStyle, bidi: Bidi) -> Vec<String> {
    // Enough for the lines that will be shown, however long the span.
    let most = width.saturating_mul(lines).saturating_mul(4);
    let mut words: Vec<Vec<(char, bool)>> = vec![Vec::new()];
    let mut taken = 0usize;
    let slice = text.slice(span);
    for (i, c) in slice.chars().enumerate() {
        let at = span.start + i as u32;
        if c.is_whitespace() {
            if !words.last().is_some_and(Vec::is_empty) {
                words.push(Vec::new());
            }
        } else if !harmful(c)
            && let Some(word) = words.last_mut()
        {
            word.push((c, marked.iter().any(|m| m.start <= at && at < m.end)));
        }
        taken += 1;
        if taken > most {
            break;
        }
    }
    if words.last().is_some_and(Vec::is_empty) {
        words.pop();
    }
    let mut out: Vec<Vec<(char, bool)>> = vec![Vec::new()];
    let mut used = 0;
    let mut cut = taken > most;
    for word in words {
        let mut word = word;
        let mut wide: usize = word.iter().map(|(c, _)| c.width().unwrap_or(0)).sum();
        if wide > width {
            // Longer than a line: no border to cut it at.
            let mut sum = 0;
            word.retain(|(c, _)| {
                sum += c.width().unwrap_or(0);
                sum < width
            });
            word.push(('…', false));
            wide = width;
        }
        let gap = usize::from(used > 0);
        if used + gap + wide > width {
            if out.len() >= lines {
                cut = true;
                break;
            }
            out.push(Vec::new());
            used = 0;
        }
        if let Some(line) = out.last_mut() {
            if used > 0 {
                // A space between two highlighted words is highlighted with them.
                let both = line.last().is_some_and(|l| l.1) && word.first().is_some_and(|f| f.1);
                line.push((' ', both));
                used += 1;
            }
            line.extend(word);
            used += wide;
        }
    }
    if cut && let Some(line) = out.last_mut() {
        line.extend([(' ', false), ('…', false)]);
    }
    out.into_iter()
        .filter(|l| !l.is_empty())
        .map(|line| {
            let mut s = String::new();
            if bidi.on {
                s.push(ISOLATE);
            }
            let mut now = None;
            for (c, mark) in line {
                if now != Some(mark) {
                    if now.is_some() {
                        s.push_str(&anstyle::Reset.render().to_string());
                    }
                    s.push_str(&if mark { style.marked.render().to_string() } else { style.normal.render().to_string() });
                    now = Some(mark);
                }
                s.push(c);
            }
            s.push_str(&anstyle::Reset.render().to_string());
            if bidi.on {
                s.push(END);
            }
            s
        })
        .collect()
}

/// Joins `parts` with `between` into lines of at most `width` columns, each after `indent`; the first has it already.
pub fn flow(parts: &[String], between: &str, width: usize, indent: &str) -> String {
    let mut out = String::new();
    let mut used = 0;
    let room = width.saturating_sub(columns(indent));
    for (i, part) in parts.iter().enumerate() {
        let wide = columns(part);
        if i > 0 {
            let gap = columns(between);
            out.push_str(between.trim_end());
            if used + gap + wide > room {
                out.push('\n');
                out.push_str(indent);
                used = 0;
            } else {
                out.push(' ');
                used += gap;
            }
        }
        out.push_str(part);
        used += wide;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: QuoteStyle = QuoteStyle { normal: anstyle::Style::new(), marked: anstyle::Style::new() };
    const ON: Bidi = Bidi { lang: Lang::Both, on: true };

    #[test]
    fn quotes_wrap_by_columns_and_end_at_words() {
        let s = "وصل الوفد إلى المدينة ثم غادر";
        let text = Text::new(s);
        let all = Span::new(0, s.chars().count() as u32);
        for width in 8..40 {
            for line in quote(&text, all, &[], width, 99, &PLAIN, ON) {
                assert!(columns(&line) <= width, "{width}: {line}");
            }
        }
        let one = quote(&text, all, &[], 14, 1, &PLAIN, ON);
        assert_eq!(one.len(), 1);
        assert!(one[0].contains("…"));
    }

    #[test]
    fn a_text_can_not_turn_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\nd"), "a[31mbc d");
    }

    #[test]
    fn slices_are_code_points() {
        let s = "م".repeat(200);
        assert_eq!(Text::new(&s).slice(Span::new(130, 133)), "ممم");
        assert_eq!(Text::new(&s).slice(Span::new(199, 900)), "م");
        assert_eq!(Text::new(&s).slice(Span::new(900, 901)), "");
    }
}
