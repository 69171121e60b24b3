//! A text searched and sliced by code points.

/// The text and where each of its code points begins.
pub struct Text<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

pub type Range = (usize, usize);

impl<'a> Text<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, starts: text.char_indices().map(|(b, _)| b).chain([text.len()]).collect() }
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn point(&self, byte: usize) -> usize {
        self.starts.binary_search(&byte).unwrap_or_else(|i| i)
    }

    /// The first place at or after `from` where `part` stands.
    pub fn find(&self, part: &str, from: usize) -> Option<Range> {
        let byte = *self.starts.get(from)?;
        let at = self.point(byte + self.text[byte..].find(part)?);
        Some((at, at + part.chars().count()))
    }

    /// The `nth` place, counted from 1, overlapping ones too.
    pub fn nth(&self, part: &str, nth: Option<usize>) -> Option<Range> {
        let mut from = 0;
        let mut found = None;
        for _ in 0..nth.filter(|n| *n > 0).unwrap_or(1) {
            let range = self.find(part, from)?;
            from = range.0 + 1;
            found = Some(range);
        }
        found
    }

    pub fn slice(&self, (a, b): Range) -> &'a str {
        let at = |i: usize| self.starts[i.min(self.len())];
        let (a, b) = (at(a), at(b));
        &self.text[a..b.max(a)]
    }

    pub fn char(&self, i: usize) -> Option<char> {
        self.text[*self.starts.get(i)?..].chars().next()
    }
}

/// How much of two ranges is common: intersection over the hull of both.
pub fn overlap(a: Range, b: Range) -> f64 {
    let common = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    let hull = a.1.max(b.1).saturating_sub(a.0.min(b.0));
    if hull == 0 { 0.0 } else { common as f64 / hull as f64 }
}
