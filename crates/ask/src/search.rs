//! Articles by their words, in any spelling, with the places where the words stand.
//!
//! What must not live here: SQL; how a word is known to search (`sijill_grammar::Stems`).

use crate::{Fault, Result, plain};
use serde::Serialize;
use sijill_grammar::Stems;
use sijill_lexicon::Lexicon;
use sijill_record::Span;
use sijill_store::Register;
use sijill_store::query::search::SearchQuery;
use sijill_store::query::{Page, Range, Source};

/// Code points shown before the first word that was found, and in all.
const BEFORE: u32 = 60;
const AROUND: u32 = 260;

#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    #[serde(flatten)]
    pub source: Source,
    pub snippet: String,
    /// Code points of the found words in the article.
    pub found: Vec<Span>,
    /// The stretch of the article that the snippet is cut from.
    #[serde(skip)]
    pub shown: Span,
    #[serde(skip)]
    pub text: String,
}

/// A query as phrases: what stands in quotation marks is one, any other word is one by itself.
pub fn phrases(words: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for arg in words {
        for (n, part) in arg.split(['"', '\u{AB}', '\u{BB}', '\u{201C}', '\u{201D}']).enumerate() {
            if n % 2 == 1 {
                out.push(part.to_owned());
            } else {
                out.extend(part.split_whitespace().map(str::to_owned));
            }
        }
    }
    out
}

/// The words of each phrase as search knows them.
pub fn asked(lexicon: &Lexicon, words: &[String]) -> Vec<Vec<String>> {
    let mut stems = Stems::default();
    let each = |p: &String| {
        let mut list = Vec::new();
        stems.words(lexicon, p, &mut |w, _, _| list.push(w.to_owned()));
        list
    };
    phrases(words).iter().map(each).filter(|l| !l.is_empty()).collect()
}

/// The same for a condition that a question may do without: words in which there is none are told, under the name of the condition.
pub fn condition(what: &str, lexicon: &Lexicon, words: &[String]) -> Result<Vec<Vec<String>>> {
    let found = asked(lexicon, words);
    if found.is_empty() && !words.is_empty() {
        return Err(Fault::Unreadable { what: what.to_owned(), expected: "a word", found: words.join(" ") });
    }
    Ok(found)
}

/// Articles in which all of it occurs, the newest first.
pub fn search(register: &Register, lexicon: &Lexicon, asked: &[Vec<String>], actors: Vec<String>, range: Range, limit: usize, after: Option<String>) -> Result<Page<Hit>> {
    let page = register.search(&SearchQuery { phrases: asked.to_vec(), actors, range, limit, after })?;
    let mut stems = Stems::default();
    let items = page
        .items
        .into_iter()
        .map(|f| {
            let mut found: Vec<Span> = Vec::new();
            stems.words(lexicon, &f.text, &mut |w, from, to| {
                if asked.iter().flatten().any(|x| x == w) {
                    found.push(Span::new(from, to));
                }
            });
            // A phrase's words are marked where they stand together.
            let best = best(&found, asked.iter().map(Vec::len).max().unwrap_or(1));
            let start = best.map_or(0, |s| s.start.saturating_sub(BEFORE));
            let snippet: String = f.text.chars().skip(start as usize).take(AROUND as usize).collect();
            Hit { source: f.source, snippet: plain::clean(&snippet), found, shown: Span::new(start, start + AROUND), text: f.text }
        })
        .collect();
    Ok(Page { items, next: page.next })
}

/// The first place where so many found words stand close together, else the first found word.
fn best(found: &[Span], together: usize) -> Option<Span> {
    found.windows(together.max(1)).find(|w| w.last().is_some_and(|l| l.end - w[0].start <= 16 * together as u32)).map(|w| w[0]).or_else(|| found.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_make_phrases() {
        assert_eq!(phrases(&["a \"b c\" d".to_owned(), "e".to_owned()]), ["a", "b c", "d", "e"]);
    }
}
