//! The form under which full-text search knows a word: folded, without proclitics, article and pronoun.
//!
//! The same function makes the index and the query, so that both miss or meet together. What must not live here: the index.

use crate::analyze::{Analyses, Analysis};
use sijill_lexicon::{Clitic, Lexicon};
use sijill_text::{Kind, Tokens};

const ALEF: char = '\u{0627}';
const LAM: char = '\u{0644}';
const TA: char = '\u{062A}';
const HA: char = '\u{0647}';

/// One thread's memory of stems.
#[derive(Default)]
pub struct Stems {
    analyses: Analyses,
    tokens: Tokens,
}

impl Stems {
    /// The words of `text` as search knows them, each with its code points in the text.
    pub fn words(&mut self, lex: &Lexicon, text: &str, found: &mut dyn FnMut(&str, u32, u32)) {
        self.analyses.make_room();
        self.tokens.read(text);
        let (tokens, analyses) = (&self.tokens, &mut self.analyses);
        for i in 0..tokens.len() {
            let range = if tokens[i].kind == Kind::Word { analyses.of(lex, tokens.fold(i), tokens[i].closed).range } else { (0, 0) };
            search_word(lex, analyses, tokens, i, range, found);
        }
    }
}

/// One token as search knows it, with its code points in the text; nothing of marks and breaks. `range`: the analyses of a word.
pub fn search_word(lex: &Lexicon, analyses: &Analyses, tokens: &Tokens, i: usize, range: (u32, u32), found: &mut dyn FnMut(&str, u32, u32)) {
    let t = tokens[i];
    match t.kind {
        Kind::Word => {
            let (stem, tail) = stem(lex, analyses.get(range), tokens.fold(i));
            if tail {
                let mut changed = stem.to_owned();
                changed.pop();
                changed.push(HA);
                found(&changed, t.from, t.to);
            } else if !stem.is_empty() {
                found(stem, t.from, t.to);
            }
        }
        Kind::Foreign | Kind::Number => found(tokens.fold(i), t.from, t.to),
        Kind::Mark | Kind::Break => {}
    }
}

/// The stem, and whether its last letter is a ta marbuta that opened before a pronoun.
fn stem<'w>(lex: &Lexicon, analyses: &[Analysis], folded: &'w str) -> (&'w str, bool) {
    let Some(a) = analyses.first() else { return (unknown(lex, folded), false) };
    let mut rest = skip(folded, a.letters as usize);
    // The article that lost its alef after a preposition: two lams, of which the first was not counted.
    let taken = (a.proclitics.0 & !(Clitic::Article as u8)).count_ones();
    if a.proclitics.has(Clitic::For) && taken > u32::from(a.letters) {
        rest = strip_lams(rest).unwrap_or(rest);
    } else {
        rest = strip_article(rest).unwrap_or(rest);
    }
    if a.pronoun != Analysis::NO_PRONOUN
        && let Some(e) = lex.enclitics.get(a.pronoun as usize)
        && let Some(stem) = rest.strip_suffix(e.form.as_str())
    {
        if let Some(open) = stem.strip_suffix(TA) {
            let mut whole = open.to_owned();
            whole.push(HA);
            if lex.words.get(&whole).is_some() {
                return (stem, true);
            }
        }
        return (stem, false);
    }
    (rest, false)
}

/// A word that no entry explains: what can only be an article comes off, with the letters that may stand before it.
fn unknown<'w>(lex: &Lexicon, folded: &'w str) -> &'w str {
    let mut rest = folded;
    for _ in 0..3 {
        if let Some(bare) = strip_article(rest).filter(|b| b.chars().nth(2).is_some()) {
            return bare;
        }
        if let Some(bare) = strip_lams(rest).filter(|b| b.chars().nth(2).is_some()) {
            return bare;
        }
        let mut chars = rest.chars();
        match chars.next() {
            Some(c) if lex.proclitics.iter().any(|p| p.letter == c) => rest = chars.as_str(),
            _ => break,
        }
    }
    folded
}

fn skip(s: &str, n: usize) -> &str {
    s.char_indices().nth(n).map_or("", |(at, _)| &s[at..])
}

fn strip_article(s: &str) -> Option<&str> {
    s.strip_prefix(ALEF).and_then(|r| r.strip_prefix(LAM)).filter(|r| r.chars().nth(1).is_some())
}

fn strip_lams(s: &str) -> Option<&str> {
    s.strip_prefix(LAM).and_then(|r| r.strip_prefix(LAM)).filter(|r| r.chars().nth(1).is_some())
}
