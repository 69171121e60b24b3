//! Words for the closed lists, headings and names, in the language asked for.
//!
//! The words themselves are data: `lexicon/codes/`. What must not live here: any word of Arabic.

use crate::args::Lang;
use crate::output::layout::Bidi;
use sijill_lexicon::codes::Codes;
use sijill_record::{Entity, Record};

#[derive(Clone, Copy)]
pub struct Labels<'a> {
    pub codes: &'a Codes,
    pub lang: Lang,
    pub bidi: Bidi,
}

impl Labels<'_> {
    /// The label of a value of a closed list; the value itself where none is listed.
    pub fn of(&self, group: &str, id: &str) -> String {
        let Some((ar, en)) = self.codes.label(group, id) else { return id.to_owned() };
        match self.lang {
            Lang::En => en.to_owned(),
            Lang::Ar => ar.to_owned(),
            Lang::Both => format!("{en} {}", self.bidi.isolate(ar)),
        }
    }

    /// A label in one language only: for words that stand in a line with others.
    pub fn short(&self, group: &str, id: &str) -> String {
        let Some((ar, en)) = self.codes.label(group, id) else { return id.to_owned() };
        if self.lang == Lang::Ar { ar.to_owned() } else { en.to_owned() }
    }

    /// What stands between the items of a list.
    pub fn comma(&self) -> &'static str {
        if self.lang == Lang::Ar { "\u{060C} " } else { ", " }
    }

    /// An entity's name.
    pub fn entity(&self, e: &Entity) -> String {
        let ar = || self.bidi.isolate(&e.label_ar);
        match (self.lang, &e.label_en) {
            (Lang::En, Some(en)) => en.clone(),
            (Lang::Both, Some(en)) if *en != e.label_ar => format!("{en} {}", ar()),
            _ => ar(),
        }
    }

    pub fn name(&self, record: &Record, id: &str) -> String {
        record.entities.iter().find(|e| e.id == id).map_or_else(|| id.to_owned(), |e| self.entity(e))
    }

    /// The level of a relation, put together from its parts.
    pub fn level(&self, level: &str) -> String {
        let in_language = |arabic| sijill_ask::label::level(self.codes, level, arabic);
        match self.lang {
            Lang::En => in_language(false),
            Lang::Ar => in_language(true),
            Lang::Both => format!("{} {}", in_language(false), self.bidi.isolate(&in_language(true))),
        }
    }
}
