//! The entries for page junk and datelines.
//!
//! A pattern is a line of words, marks and named slots: `"Page {digits} of {digits}"`. The heads of
//! `lexicon/junk/navigation.toml` and `lexicon/junk/datelines.toml` list the slots. What must not live here: how a pattern is matched (`sijill-extract`).

use serde::{Deserialize, Serialize};

/// How much of a line a pattern takes.
#[derive(Deserialize, Serialize, Default, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    /// The whole line; stray marks at its ends (`...`, `*`, `:`) do not count.
    #[default]
    Line,
    /// The beginning of a line.
    Prefix,
    /// The end of a line.
    Suffix,
    /// Any part of a line; what comes after it to the end of the line only where the pattern says so (`{rest}`, `{tags}`).
    Anywhere,
}

/// In which part of the text the line stands.
#[derive(Deserialize, Serialize, Default, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum At {
    #[default]
    Any,
    /// The first line: the headline.
    First,
    /// The first lines.
    Head,
    /// Not the first line.
    Body,
    /// The last lines.
    Tail,
}

/// One family of page junk.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct Junk {
    pub id: String,
    pub gloss: String,
    #[serde(rename = "where")]
    pub place: Where,
    pub at: At,
    pub phrases: Vec<String>,
    /// The most tokens that `{words}`, `{rest}` and `{tags}` may take; 12 where nothing is said.
    pub max: Option<u32>,
    /// The pattern begins a line or a sentence, never the middle of one.
    pub fresh: bool,
    /// The line must not end in a full stop: a heading or a link, not a sentence.
    pub open: bool,
    /// The short lines without full stop which follow are junk too: the links under "Read also".
    pub follow: bool,
    /// Beginnings of other stories below the article.
    pub teasers: Option<Teasers>,
    /// Headlines of other stories between the paragraphs.
    pub strays: Option<Strays>,
    pub note: Option<String>,
    pub example: Vec<JunkExample>,
    pub counter: Vec<JunkCounter>,
}

/// The last `count` paragraphs of the text are beginnings of other stories where each is one sentence that goes on from
/// nothing.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct Teasers {
    /// How many the page shows.
    pub count: u32,
    /// Fewer count, down to this, where all are plain openings and one breaks off. 0: no fewer.
    pub fewest: u32,
    /// Words of the page or its dateline; one must stand in the text. Empty: any text.
    pub page: Vec<String>,
    /// Length of a teaser in characters.
    pub shortest: u32,
    pub longest: u32,
    /// Words that open a story.
    pub openers: Vec<String>,
    /// So many of the paragraphs must begin with an opener.
    pub least: u32,
    /// So many of the paragraphs must break off without a closing mark.
    pub cut: u32,
    /// So many of them may be other than one plain sentence (two sentences, a number first) where `least` + 1 others open
    /// a story.
    pub loose: u32,
    /// Letters that tie a paragraph to the one before, unless the word is an opener.
    pub ties: Vec<String>,
    /// Words that begin with such a letter of their own (`وزير`).
    pub untied: Vec<String>,
    /// Words that go on from what was said.
    pub continuers: Vec<String>,
}

/// A short line without a closing mark among paragraphs that have one is the headline of another story.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct Strays {
    /// Outlets that set such lines, as sources name them.
    pub outlets: Vec<String>,
    /// Wording of those outlets' pages, where the source names no outlet.
    pub page: Vec<String>,
    /// Words of such a line.
    pub least: u32,
    pub most: u32,
    /// Letters that tie a line to the one before.
    pub ties: Vec<String>,
    /// Words that begin with such a letter of their own (`وزير`).
    pub untied: Vec<String>,
}

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct JunkExample {
    pub text: String,
    /// The junk, in order.
    pub expect: Vec<String>,
    pub known_failure: Option<String>,
}

/// A text in which the entry finds nothing.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct JunkCounter {
    pub why: String,
    pub text: String,
    pub known_failure: Option<String>,
}

/// Shapes of the formula that opens an article.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct DatelinePattern {
    pub id: String,
    pub gloss: String,
    pub shapes: Vec<String>,
    /// Names that stand for an outlet or agency in a dateline, whatever they mean elsewhere.
    pub agencies: Vec<String>,
    /// What stands in the place of an agency and names none (`وكالات`).
    pub desks: Vec<String>,
    /// Words that join two dates of different calendars (`الموافق`).
    pub links: Vec<String>,
    /// Marks of era after a date (`هـ`).
    pub eras: Vec<String>,
    /// Words that are no part of a reporter's name.
    pub not_names: Vec<String>,
    pub note: Option<String>,
    pub example: Vec<DatelineExample>,
    pub counter: Vec<JunkCounter>,
}

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct DatelineExample {
    pub text: String,
    pub expect: DatelineExpect,
    pub known_failure: Option<String>,
}

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct DatelineExpect {
    pub dateline: String,
    pub place: Option<String>,
    pub agency: Option<String>,
    pub date: Option<String>,
}
