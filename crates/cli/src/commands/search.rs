//! `sijill search`: articles by their words, in any spelling, with the words marked where they stand.
//!
//! What must not live here: SQL; how articles are found (`sijill_ask::search`).

use super::Done;
use super::who::{Who, open, range};
use crate::args::{Search, Shape};
use crate::output::layout::{self, Bidi, QuoteStyle, Text};
use crate::output::register::Page;
use crate::output::style::{HEAD, NAME, styled};
use crate::output::table::{self, Column};
use crate::terminal::{self, Failure};
use anstyle::Style;
use sijill_ask::search::{Hit, asked, search};
use std::io::Write;

const QUOTE: QuoteStyle = QuoteStyle { normal: Style::new(), marked: NAME };

pub fn run(a: Search) -> Done {
    let (register, engine) = open(&a.desk.register)?;
    let asked = asked(engine.lexicon(), &a.words);
    if asked.is_empty() && a.actor.is_empty() {
        return Err(Failure::new("expected a word or an --actor to search for, found none (see `sijill search --help`)"));
    }
    let actors = Who::new(&register, &engine).all(&a.actor)?;
    let page = search(&register, engine.lexicon(), &asked, actors, range(&a.days), a.limit, a.after.clone())?;
    let mut out = terminal::stdout();
    let mut p = Page::new(&engine, &a.desk.look, false);
    for f in &page.items {
        if a.desk.format == Shape::Table {
            let text = Text::new(&f.text);
            let title = f.source.title.clone().unwrap_or_else(|| f.text.lines().find(|l| !l.trim().is_empty()).unwrap_or("").to_owned());
            let title = styled(HEAD, &p.bidi.isolate(&layout::clean(&title)));
            p.line(&title);
            for line in layout::quote(&text, f.shown, &f.found, p.width.saturating_sub(6), 3, &QUOTE, p.bidi) {
                p.line(&format!("  {line}"));
            }
            let more: Vec<String> = f.source.url.iter().map(|u| p.bidi.isolate(u)).collect();
            p.source(2, &f.source, &more);
            p.blank();
        }
    }
    if a.desk.format == Shape::Table {
        out.write_all(p.out.as_bytes())?;
    } else {
        let columns = ["published", "outlet", "title", "snippet", "url", "article"].map(|name| Column { name, wide: false });
        let cells = |h: &Hit| {
            let text = |s: &Option<String>| s.clone().unwrap_or_default();
            vec![text(&h.source.published), text(&h.source.outlet), text(&h.source.title), h.snippet.clone(), text(&h.source.url), h.source.article.clone()]
        };
        table::write(&mut out, a.desk.format, &columns, &page.items, cells, 0, Bidi { lang: a.desk.look.lang, on: false })?;
    }
    out.flush()?;
    if page.items.is_empty() {
        terminal::message("expected an article with all of this, found none");
    }
    if let Some(key) = page.next {
        terminal::message(&format!("there is more: --after {key}, or a greater --limit"));
    }
    Ok(0)
}
