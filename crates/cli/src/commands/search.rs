//! `sijill search`: articles by their words, in any spelling, with the words marked where they stand.
//!
//! What must not live here: SQL; how a word is known to search (`sijill_grammar::Stems`).

use super::Done;
use super::add::failure;
use super::who::{Who, open, range};
use crate::args::{Search, Shape};
use crate::output::layout::{self, Bidi, QuoteStyle, Text};
use crate::output::register::Page;
use crate::output::style::{HEAD, NAME, styled};
use crate::output::table::{self, Column};
use crate::terminal::{self, Failure};
use anstyle::Style;
use serde::Serialize;
use sijill_grammar::Stems;
use sijill_lexicon::Lexicon;
use sijill_record::Span;
use sijill_store::query::Source;
use sijill_store::query::search::SearchQuery;
use std::io::Write;

const QUOTE: QuoteStyle = QuoteStyle { normal: Style::new(), marked: NAME };
/// Code points shown before the first word that was found, and in all.
const BEFORE: u32 = 60;
const AROUND: u32 = 260;

#[derive(Serialize)]
struct Hit {
    #[serde(flatten)]
    source: Source,
    snippet: String,
    /// Code points of the found words in the article.
    found: Vec<Span>,
}

/// The query as phrases: what stands in quotation marks is one, any other word is one by itself.
fn phrases(words: &[String]) -> Vec<String> {
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

/// The phrases of a query as search knows their words.
pub fn words(lex: &Lexicon, asked: &[String]) -> Vec<Vec<String>> {
    let mut stems = Stems::default();
    let mut known = |p: &String| {
        let mut list = Vec::new();
        stems.words(lex, p, &mut |w, _, _| list.push(w.to_owned()));
        list
    };
    phrases(asked).iter().map(&mut known).filter(|l| !l.is_empty()).collect()
}

pub fn run(a: Search) -> Done {
    let (register, engine) = open(&a.desk.register)?;
    let lex = engine.lexicon();
    let mut stems = Stems::default();
    let asked = words(lex, &a.words);
    if asked.is_empty() && a.actor.is_empty() {
        return Err(Failure::new("expected a word or an --actor to search for, found none (see `sijill search --help`)"));
    }
    let actors = Who::new(&register, &engine).all(&a.actor)?;
    let page = register.search(&SearchQuery { phrases: asked.clone(), actors, range: range(&a.days), limit: a.limit, after: a.after.clone() }).map_err(failure)?;
    let mut out = terminal::stdout();
    let mut p = Page::new(&engine, &a.desk.look, false);
    let mut hits: Vec<Hit> = Vec::new();
    for f in &page.items {
        let mut found: Vec<Span> = Vec::new();
        stems.words(lex, &f.text, &mut |w, from, to| {
            if asked.iter().flatten().any(|x| x == w) {
                found.push(Span::new(from, to));
            }
        });
        // A phrase's words are marked where they stand together.
        let best = best(&found, asked.iter().map(Vec::len).max().unwrap_or(1));
        let start = best.map_or(0, |s| s.start.saturating_sub(BEFORE));
        let text = Text::new(&f.text);
        let span = Span::new(start, start + AROUND);
        if a.desk.format == Shape::Table {
            let title = f.source.title.clone().unwrap_or_else(|| f.text.lines().find(|l| !l.trim().is_empty()).unwrap_or("").to_owned());
            let title = styled(HEAD, &p.bidi.isolate(&layout::clean(&title)));
            p.line(&title);
            for line in layout::quote(&text, span, &found, p.width.saturating_sub(6), 3, &QUOTE, p.bidi) {
                p.line(&format!("  {line}"));
            }
            let more: Vec<String> = f.source.url.iter().map(|u| p.bidi.isolate(u)).collect();
            p.source(2, &f.source, &more);
            p.blank();
        }
        hits.push(Hit { source: f.source.clone(), snippet: layout::clean(text.slice(span)), found });
    }
    if a.desk.format == Shape::Table {
        out.write_all(p.out.as_bytes())?;
    } else {
        let columns = ["published", "outlet", "title", "snippet", "url", "article"].map(|name| Column { name, wide: false });
        let cells = |h: &Hit| {
            let text = |s: &Option<String>| s.clone().unwrap_or_default();
            vec![text(&h.source.published), text(&h.source.outlet), text(&h.source.title), h.snippet.clone(), text(&h.source.url), h.source.article.clone()]
        };
        table::write(&mut out, a.desk.format, &columns, &hits, cells, 0, Bidi { lang: a.desk.look.lang, on: false })?;
    }
    out.flush()?;
    if hits.is_empty() {
        terminal::message("expected an article with all of this, found none");
    }
    if let Some(key) = page.next {
        terminal::message(&format!("there is more: --after {key}, or a greater --limit"));
    }
    Ok(0)
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
