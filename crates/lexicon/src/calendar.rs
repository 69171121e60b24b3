//! The calendar's entries: months, weekdays, units, numbers, relative words.
//!
//! Several files hold parts of one calendar; `extend` puts them together. What must not live here: any reading of a text
//! (that is `sijill_extract::calendar`), any Arabic word.

use serde::{Deserialize, Serialize};

/// One table of words for all that time expressions are made of.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {
    pub writing: Option<Writing>,
    /// Gregorian months, 1 to 12.
    pub month: Vec<Numbered>,
    /// Months of the Hijri year, 1 to 12.
    pub hijri: Vec<Numbered>,
    /// Days of the week, Monday 1 to Sunday 7.
    pub weekday: Vec<Numbered>,
    /// Counting numbers; the machinery joins units and tens with "and".
    pub cardinal: Vec<Numbered>,
    /// Ordinal numbers without the article; the machinery joins units and tens with "and". Last: -1.
    pub ordinal: Vec<Numbered>,
    /// Seasons by their EDTF numbers: spring 21, summer 22, autumn 23, winter 24.
    pub season: Vec<Numbered>,
    /// Decades by their first year within the century: the nineties 90.
    pub decade: Vec<Numbered>,
    /// Parts of a year or a month by their number: half 2, quarter 4.
    pub fraction: Vec<Numbered>,
    pub unit: Vec<Unit>,
    /// Parts of the day: morning, evening, night.
    pub part: Vec<Words>,
    /// Words for a day seen from today.
    pub day: Vec<DayWord>,
    /// Adjectives that place a unit or weekday: last -1, current 0, next 1.
    pub placing: Vec<Placing>,
    /// Words with a role in time expressions.
    pub word: Vec<RoleWords>,
    pub example: Vec<Example>,
    pub counter: Vec<Counter>,
}

/// The letters that are written in one word with what follows.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Writing {
    pub conjunctions: Vec<String>,
    pub prepositions: Vec<String>,
    pub article: String,
    /// The preposition that swallows the first letter of the article, and what both become.
    pub to: String,
    pub to_article: String,
}

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Numbered {
    pub n: i32,
    #[serde(default)]
    pub names: Vec<String>,
    /// Names which are also something else (a surname, a verb, a car): they count only beside a number, another name of
    /// the same month, a placing adjective, or after a preposition of time.
    #[serde(default)]
    pub doubtful: Vec<String>,
}

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub id: String,
    pub names: Vec<String>,
}

/// What a unit measures.
#[derive(Deserialize, Serialize, Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

/// A unit of time, without the article.
#[derive(Deserialize, Serialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub of: Span,
    pub singular: Vec<String>,
    #[serde(default)]
    pub dual: Vec<String>,
    #[serde(default)]
    pub plural: Vec<String>,
    /// Forms of the dual before its complement, which name two: "the two days, the 18th and the 19th".
    #[serde(default)]
    pub both: Vec<String>,
}

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct DayWord {
    pub names: Vec<String>,
    /// Days from today.
    pub offset: i32,
    /// Names that stand for the day only after a preposition of time or after a part of the day.
    #[serde(default)]
    pub doubtful: bool,
    /// The hour that the words name.
    #[serde(default)]
    pub hour: Option<i8>,
}

#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Placing {
    pub offset: i32,
    pub names: Vec<String>,
}

/// What a word does in or beside a time expression.
#[derive(Deserialize, Serialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A preposition or noun after which a time is to be expected.
    In,
    From,
    To,
    Between,
    And,
    Of,
    Since,
    Ago,
    This,
    /// The second date of a pair is the same day in another calendar.
    Same,
    HijriMark,
    GregorianMark,
    /// The word between "year" and its number.
    YearKind,
    /// Beginning, middle, end.
    Edge,
    /// About.
    Approximate,
    /// And a half.
    Half,
    /// The era before this: a year with it is not valued.
    BeforeChrist,
    /// After a duration: it is counted from something else, or is a measure.
    CountedFrom,
    /// Names of wars, towns, papers are made of such a word and a date.
    NameHead,
    /// After such a word, or before it, "today" does not mean today.
    NotTodayAfter,
    NotTodayBefore,
    /// After such a word a weekday does not mean the day.
    NotWeekdayAfter,
    /// A word that makes what goes before unknown: "the following", "that same".
    Elsewhen,
    /// After a year-like number: it is a count.
    Counted,
    /// After a decade: it is an age.
    Age,
    /// "Itself", "the same" after or before a unit: that of the time named before.
    Itself,
    ItselfBefore,
    /// Before a weekday: it is a coming one.
    Coming,
}

#[derive(Deserialize, Serialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RoleWords {
    pub role: Role,
    pub names: Vec<String>,
}

/// A sentence with the times in it: pairs of span and value.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    pub published: Option<String>,
    pub today: Option<String>,
    pub expect: Vec<(String, String)>,
    pub known_failure: Option<String>,
}

/// A sentence that holds no time.
#[derive(Deserialize, Serialize, Default, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    pub why: String,
    pub text: String,
    pub published: Option<String>,
    pub known_failure: Option<String>,
}

impl Calendar {
    /// Adds another file's part. Examples are for tests and stay behind.
    pub fn extend(&mut self, more: &Calendar) {
        if more.writing.is_some() {
            self.writing.clone_from(&more.writing);
        }
        self.month.extend_from_slice(&more.month);
        self.hijri.extend_from_slice(&more.hijri);
        self.weekday.extend_from_slice(&more.weekday);
        self.cardinal.extend_from_slice(&more.cardinal);
        self.ordinal.extend_from_slice(&more.ordinal);
        self.season.extend_from_slice(&more.season);
        self.decade.extend_from_slice(&more.decade);
        self.fraction.extend_from_slice(&more.fraction);
        self.unit.extend_from_slice(&more.unit);
        self.part.extend_from_slice(&more.part);
        self.day.extend_from_slice(&more.day);
        self.placing.extend_from_slice(&more.placing);
        self.word.extend_from_slice(&more.word);
    }
}
