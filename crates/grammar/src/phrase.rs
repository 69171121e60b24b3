//! Phrases and names in a text: the trie walked over tokens.

use crate::analyze::{Analyses, Clitics, Summary};
use sijill_lexicon::{Lexicon, Link, NONE, Trie};
use sijill_text::{Kind, Tokens};

/// A phrase found: tokens `start..end`, what it is, and the clitics before its first word.
#[derive(Clone, Copy, Debug)]
pub struct Match {
    pub start: u32,
    pub end: u32,
    pub link: Link,
    pub proclitics: Clitics,
    /// Letters of the first word that do not belong to the phrase.
    pub letters: u8,
    /// Pronoun written with the last word, as in `Analysis`.
    pub pronoun: u8,
}

/// All phrases of a text, in order of their first token; of each kind of link at each token only the longest.
#[derive(Default)]
pub struct Matches {
    pub list: Vec<Match>,
}

impl Matches {
    pub fn read(&mut self, lex: &Lexicon, tokens: &Tokens, summaries: &[Summary], analyses: &Analyses) {
        self.list.clear();
        for i in 0..tokens.len() {
            if !matches!(tokens[i].kind, Kind::Word | Kind::Foreign | Kind::Number) {
                continue;
            }
            let from = self.list.len();
            if summaries[i].range.0 == summaries[i].range.1 {
                // Foreign words and numbers are analysed as they are.
                let w = summaries[i].word;
                if w != NONE {
                    self.walk(lex, tokens, summaries, analyses, i, w, Clitics::default(), 0);
                }
            } else if summaries[i].starts {
                let mut last = NONE;
                for a in analyses.get(summaries[i].range) {
                    if a.word != NONE && a.word != last && a.pronoun().is_none() {
                        last = a.word;
                        self.walk(lex, tokens, summaries, analyses, i, a.word, a.proclitics, a.letters);
                    }
                }
            }
            if self.list.len() > from {
                longest_of_each(&mut self.list, from);
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn walk(&mut self, lex: &Lexicon, tokens: &Tokens, summaries: &[Summary], analyses: &Analyses, i: usize, word: u32, proclitics: Clitics, letters: u8) {
        let Some(mut node) = lex.phrases.step(Trie::ROOT, word) else { return };
        let mut at = i + 1;
        self.collect(lex, node, i, at, proclitics, letters, u8::MAX);
        while at < tokens.len() {
            // Hyphens inside a name are white space, and so are the low lines of a hashtag.
            let mut next = at;
            while next < tokens.len() && (tokens[next].is_mark('-') || tokens[next].is_mark('_') && tokens[next].glued) {
                next += 1;
            }
            if next >= tokens.len() || tokens[next].kind == Kind::Break {
                return;
            }
            let exact = summaries[next].word;
            if let Some(n) = (exact != NONE).then(|| lex.phrases.step(node, exact)).flatten() {
                node = n;
                at = next + 1;
                self.collect(lex, node, i, at, proclitics, letters, u8::MAX);
                continue;
            }
            // The last word may carry a pronoun (`وزير خارجيته`) or be spelt another way.
            if summaries[next].range.0 != summaries[next].range.1 {
                for a in analyses.get(summaries[next].range) {
                    if a.word != NONE
                        && a.proclitics.0 == 0
                        && (a.pronoun().is_some() || a.word != exact)
                        && let Some(n) = lex.phrases.step(node, a.word)
                    {
                        self.collect(lex, n, i, next + 1, proclitics, letters, a.pronoun);
                        break;
                    }
                }
            }
            return;
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn collect(&mut self, lex: &Lexicon, node: u32, start: usize, end: usize, proclitics: Clitics, letters: u8, pronoun: u8) {
        for p in lex.phrases.payloads(node) {
            self.list.push(Match { start: start as u32, end: end as u32, link: lex.links[p as usize], proclitics, letters, pronoun });
        }
    }
}

/// Of the matches that begin at one token keeps, for each kind of link, the longest (all of that length).
fn longest_of_each(list: &mut Vec<Match>, from: usize) {
    if list.len() - from < 2 {
        return;
    }
    let found: Vec<Match> = list.drain(from..).collect();
    for m in &found {
        let same = |o: &&Match| std::mem::discriminant(&o.link) == std::mem::discriminant(&m.link);
        let longest = found.iter().filter(same).map(|o| o.end).max().unwrap_or(m.end);
        if m.end == longest {
            list.push(*m);
        }
    }
}
