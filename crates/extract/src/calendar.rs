//! Time expressions: what in a text stands on the calendar, and where.
//!
//! `Compiled` holds the words of the lexicon's calendar in all their spellings; `find` reads the tokens once, trying at each
//! token the few shapes an expression can have, each of bounded length. What must not live here: any Arabic word, any
//! decision that needs more than the expression and its next neighbours (whether a clause is planned: see
//! `weekday_forward`).

use icu_calendar::cal::{Hijri, Iso};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use sijill_lexicon::calendar::{Calendar, Role, Span};
use sijill_text::{Kind, Tokens, fold};
use std::cell::Cell;
use std::ops::Range;

/// The days from which relative expressions count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Anchors {
    pub published: Option<Date>,
    /// The day that "today" means in the body: the dateline's, else that of publication.
    pub today: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundKind {
    Absolute,
    Relative,
    Weekday,
    Since,
    Duration,
    Range,
}

/// One time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Token indices, half open.
    pub start: u32,
    pub end: u32,
    /// Leading letters of the first token that are outside the span.
    pub skip_letters: u8,
    pub edtf: String,
    pub rule: &'static str,
    pub kind: FoundKind,
    /// The first and the last day of it.
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// Code and message.
    pub warning: Option<(&'static str, String)>,
    /// The year is not written; it is the one nearest to the anchor.
    pub inferred_year: bool,
}

impl Found {
    /// Where the span begins: byte and code point. Marks on the letters left out are left out with them.
    pub fn from(&self, text: &str, tokens: &Tokens) -> (u32, u32) {
        let Some(t) = tokens.get(self.start as usize) else { return (0, 0) };
        if self.skip_letters == 0 {
            return (t.start, t.from);
        }
        let (mut letters, mut points) = (0u8, 0u32);
        for (at, c) in text[t.start as usize..t.end as usize].char_indices() {
            if sijill_text::is_arabic_letter(c) {
                if letters == self.skip_letters {
                    return (t.start + at as u32, t.from + points);
                }
                letters += 1;
            }
            points += 1;
        }
        (t.start, t.from)
    }

    /// Where the span ends: byte and code point.
    pub fn to(&self, tokens: &Tokens) -> (u32, u32) {
        (self.end as usize).checked_sub(1).and_then(|i| tokens.get(i)).map_or((0, 0), |t| (t.end, t.to))
    }
}

/// A bare weekday valued as the nearest coming one, for what is planned. None where the expression is no bare weekday.
pub fn weekday_forward(f: &Found, anchors: &Anchors) -> Option<String> {
    let (day, today) = (f.first?, anchors.today.or(anchors.published)?);
    if f.kind != FoundKind::Weekday || f.last != f.first {
        return None;
    }
    Some(show(if day < today { plus(day, 7)? } else { day }))
}

// --- the words ---------------------------------------------------------------------------------------------------

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Singular,
    Dual,
    Plural,
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sense {
    Month(u8, bool),
    Hijri(u8, bool),
    Weekday(i8),
    Cardinal(i32),
    Ordinal(i32),
    Season(u8),
    Decade(i32),
    Fraction(u8),
    Unit(Span, Form),
    Part,
    Day { offset: i32, hour: Option<i8>, doubtful: bool },
    Placing(i32),
    Role(Role),
}

#[derive(Clone, Debug)]
struct Entry {
    rest: Vec<String>,
    sense: Sense,
    definite: bool,
}

/// What is written in one word before the entry's own first letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Lead {
    #[default]
    None,
    And,
    /// The preposition that becomes one with the article.
    For,
    Other,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    entries: Vec<Entry>,
    skip: u8,
    lead: Lead,
    /// The shapes that can begin with the word.
    opens: u16,
}

/// The shapes of `Parser::at`, as bits: which are worth a try is known from the first word. Most words of a text begin none.
mod shape {
    pub const RANGE: u16 = 1;
    pub const PORTION: u16 = 1 << 1;
    pub const DAY: u16 = 1 << 2;
    pub const EDGE: u16 = 1 << 3;
    pub const MONTH: u16 = 1 << 4;
    pub const YEAR: u16 = 1 << 5;
    pub const UNIT: u16 = 1 << 6;
    pub const AGO: u16 = 1 << 7;
    pub const SEASON: u16 = 1 << 8;
    pub const DECADE: u16 = 1 << 9;
    pub const BARE_YEAR: u16 = 1 << 10;
    /// What can begin with a number, or with the article before one.
    pub const OF_NUMBERS: u16 = DAY | UNIT | BARE_YEAR;
}

impl Sense {
    /// The shapes whose first word may have this sense.
    fn opens(self) -> u16 {
        use shape::*;
        match self {
            Self::Month(..) | Self::Hijri(..) => MONTH,
            Self::Weekday(_) | Self::Ordinal(_) | Self::Day { .. } | Self::Part => DAY,
            Self::Cardinal(_) => UNIT,
            Self::Season(_) => SEASON,
            Self::Decade(_) => DECADE,
            Self::Fraction(_) => PORTION,
            Self::Unit(..) => RANGE | PORTION | DAY | MONTH | YEAR | UNIT,
            Self::Role(Role::Between | Role::From) => RANGE,
            Self::Role(Role::Edge) => EDGE,
            Self::Role(Role::This) => UNIT,
            Self::Role(Role::Since | Role::Ago) => AGO,
            Self::Placing(_) | Self::Role(_) => 0,
        }
    }
}

/// The calendar's words by their folded spelling. Built once.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    slots: FxHashMap<String, Slot>,
    article: String,
    and: Vec<String>,
    to: String,
}

impl Compiled {
    pub fn new(c: &Calendar) -> Self {
        let writing = c.writing.clone().unwrap_or_default();
        let mut b = Self { article: fold(&writing.article), and: writing.conjunctions.iter().take(1).map(|x| fold(x)).collect(), to: fold(&writing.to), ..Self::default() };
        for x in &c.month {
            b.add(&x.names, Sense::Month(x.n as u8, false), false);
            b.add(&x.doubtful, Sense::Month(x.n as u8, true), false);
        }
        for x in &c.hijri {
            b.add(&x.names, Sense::Hijri(x.n as u8, false), false);
            b.add(&x.doubtful, Sense::Hijri(x.n as u8, true), false);
        }
        for x in &c.weekday {
            b.add(&x.names, Sense::Weekday(x.n as i8), false);
        }
        for x in &c.cardinal {
            b.add(&x.names, Sense::Cardinal(x.n), true);
        }
        for x in &c.ordinal {
            b.add(&x.names, Sense::Ordinal(x.n), true);
        }
        for x in &c.season {
            b.add(&x.names, Sense::Season(x.n as u8), true);
        }
        for x in &c.decade {
            b.add(&x.names, Sense::Decade(x.n), true);
        }
        for x in &c.fraction {
            b.add(&x.names, Sense::Fraction(x.n as u8), true);
        }
        for x in &c.unit {
            b.add(&x.singular, Sense::Unit(x.of, Form::Singular), true);
            b.add(&x.dual, Sense::Unit(x.of, Form::Dual), true);
            b.add(&x.plural, Sense::Unit(x.of, Form::Plural), true);
            b.add(&x.both, Sense::Unit(x.of, Form::Both), false);
        }
        for x in &c.part {
            b.add(&x.names, Sense::Part, true);
        }
        for x in &c.day {
            b.add(&x.names, Sense::Day { offset: x.offset, hour: x.hour, doubtful: x.doubtful }, false);
        }
        for x in &c.placing {
            b.add(&x.names, Sense::Placing(x.offset), false);
        }
        for x in &c.word {
            b.add(&x.names, Sense::Role(x.role), false);
        }
        b.glue(&writing);
        for slot in b.slots.values_mut() {
            slot.entries.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
            slot.opens = slot.entries.iter().fold(0, |all, e| all | e.sense.opens());
        }
        b
    }

    fn add(&mut self, names: &[String], sense: Sense, article: bool) {
        for name in names {
            let mut tokens = Tokens::default();
            tokens.read(name);
            let mut words = (0..tokens.len()).map(|i| tokens.fold(i).to_owned());
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            if article {
                let with = format!("{}{first}", self.article);
                self.slots.entry(with).or_default().entries.push(Entry { rest: rest.clone(), sense, definite: true });
            }
            self.slots.entry(first).or_default().entries.push(Entry { rest, sense, definite: false });
        }
    }

    /// Adds every word with the letters that can be written before it. A word of its own goes before a composed one.
    fn glue(&mut self, w: &sijill_lexicon::calendar::Writing) {
        let base: Vec<(String, Vec<Entry>)> = self.slots.iter().map(|(k, s)| (k.clone(), s.entries.clone())).collect();
        let (article, to, to_article) = (fold(&w.article), fold(&w.to), fold(&w.to_article));
        let mut add = |key: String, entries: &[Entry], skip: usize, lead: Lead| {
            self.slots.entry(key).or_insert_with(|| Slot { entries: entries.to_vec(), skip: skip as u8, lead, opens: 0 });
        };
        let ands: Vec<String> = w.conjunctions.iter().map(|x| fold(x)).collect();
        for (key, entries) in &base {
            // With a letter before it a word of two letters is rather another word.
            if key.chars().count() < 3 {
                continue;
            }
            for (n, a) in std::iter::once("").chain(ands.iter().map(String::as_str)).enumerate() {
                let joined = a.chars().count();
                if n > 0 {
                    add(format!("{a}{key}"), entries, joined, if n == 1 { Lead::And } else { Lead::Other });
                }
                if !to_article.is_empty()
                    && let Some(rest) = key.strip_prefix(&article)
                {
                    add(format!("{a}{to_article}{rest}"), entries, joined, if n == 0 { Lead::For } else { Lead::Other });
                }
                for p in &w.prepositions {
                    let p = fold(p);
                    if p == to && key.starts_with(&article) && key.chars().count() > 4 {
                        continue;
                    }
                    let lead = if n == 0 && p == to { Lead::For } else { Lead::Other };
                    add(format!("{a}{p}{key}"), entries, joined + p.chars().count(), lead);
                }
            }
        }
    }
}

// --- values ------------------------------------------------------------------------------------------------------

fn show(d: Date) -> String {
    format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day())
}

fn day(y: i32, m: u8, d: u8) -> Option<Date> {
    Date::new(i16::try_from(y).ok()?, m as i8, d as i8).ok()
}

fn plus(d: Date, days: i32) -> Option<Date> {
    d.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Monday 1 to Sunday 7.
fn weekday(d: Date) -> i8 {
    d.weekday().to_monday_one_offset()
}

fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}

fn month_number(d: Date) -> i32 {
    d.year() as i32 * 12 + d.month() as i32 - 1
}

fn hijri(y: i32, m: u8, d: u8) -> Option<Date> {
    if !(1..=2000).contains(&y) {
        return None;
    }
    let iso = icu_calendar::Date::try_new_hijri_with_calendar(y, m, d, Hijri::new_umm_al_qura()).ok()?.to_calendar(Iso);
    day(iso.era_year().year, iso.month().ordinal, iso.day_of_month().0)
}

/// A value: the days it spans and how it is written.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Value {
    Day(Date),
    Minute(Date, i8, i8),
    Month(i32),
    Year(i32),
    Decade(i32),
    Season(i32, u8),
    Days(Date, Date),
    Months(i32, i32),
    Years(i32, i32),
}

fn month_text(m: i32) -> String {
    format!("{:04}-{:02}", m.div_euclid(12), m.rem_euclid(12) + 1)
}

impl Value {
    fn text(self) -> String {
        match self {
            Value::Day(d) => show(d),
            Value::Minute(d, h, m) => format!("{}T{h:02}:{m:02}", show(d)),
            Value::Month(m) => month_text(m),
            Value::Year(y) => format!("{y:04}"),
            Value::Decade(y) => format!("{:03}X", y / 10),
            Value::Season(y, n) => format!("{y:04}-{n}"),
            Value::Days(a, b) => format!("{}/{}", show(a), show(b)),
            Value::Months(a, b) => format!("{}/{}", month_text(a), month_text(b)),
            Value::Years(a, b) => format!("{a:04}/{b:04}"),
        }
    }

    fn bounds(self) -> Option<(Date, Date)> {
        let first_of = |m: i32| day(m.div_euclid(12), m.rem_euclid(12) as u8 + 1, 1);
        let last_of = |m: i32| plus(first_of(m + 1)?, -1);
        match self {
            Value::Day(d) | Value::Minute(d, ..) => Some((d, d)),
            Value::Month(m) => Some((first_of(m)?, last_of(m)?)),
            Value::Year(y) => Some((day(y, 1, 1)?, day(y, 12, 31)?)),
            Value::Decade(y) => Some((day(y, 1, 1)?, day(y + 9, 12, 31)?)),
            Value::Season(y, n) => {
                let m = y * 12 + (n as i32 - 21) * 3 + 2;
                Some((first_of(m)?, last_of(m + 2)?))
            }
            Value::Days(a, b) => (a <= b).then_some((a, b)),
            Value::Months(a, b) => (a <= b).then_some((first_of(a)?, last_of(b)?)),
            Value::Years(a, b) => (a <= b).then_some((day(a, 1, 1)?, day(b, 12, 31)?)),
        }
    }
}

// --- the parser --------------------------------------------------------------------------------------------------

#[derive(Clone, Copy, PartialEq, Debug)]
enum MonthRef {
    Named(u8),
    Hijri(u8),
    /// Counted in months from year 0: a month whose year is known.
    Exact(i32),
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum YearRef {
    Greg(i32),
    Hijri(i32),
}

/// A day or days of a month, or a month alone, as written.
#[derive(Clone, Copy, Debug)]
struct Partial {
    days: Option<(u8, u8)>,
    month: MonthRef,
    /// The month's name is also another word and nothing beside it helps.
    doubtful: bool,
    year: Option<YearRef>,
    placing: Option<i32>,
    next: usize,
}

struct Parser<'a> {
    c: &'a Compiled,
    t: &'a Tokens,
    /// The calendar's entries for each token, looked up once.
    slots: &'a [&'a Slot],
    begin: usize,
    end: usize,
    a: Anchors,
    /// The year of the time before.
    last_year: Cell<Option<i32>>,
}

/// Which letters may be joined to the word.
#[derive(Clone, Copy, PartialEq)]
enum Glue {
    None,
    Any,
    And,
    /// None, or the preposition "for".
    For,
}

const EMPTY: &Slot = &Slot { entries: Vec::new(), skip: 0, lead: Lead::None, opens: 0 };

impl<'a> Parser<'a> {
    fn slot(&self, i: usize) -> &'a Slot {
        if i >= self.end || i < self.begin || self.t[i].kind != Kind::Word {
            return EMPTY;
        }
        self.slots[i]
    }

    /// The longest entry at `i` for which `f` gives something, and the token after it.
    fn get<T>(&self, i: usize, glue: Glue, f: impl Fn(Sense, bool) -> Option<T>) -> Option<(T, usize)> {
        let slot = self.slot(i);
        let fits = match glue {
            Glue::Any => true,
            Glue::None => slot.lead == Lead::None,
            Glue::And => slot.lead == Lead::And,
            Glue::For => matches!(slot.lead, Lead::None | Lead::For),
        };
        if !fits {
            return None;
        }
        slot.entries.iter().find_map(|e| {
            let end = i + 1 + e.rest.len();
            let here = end <= self.end && e.rest.iter().enumerate().all(|(k, w)| self.t.fold(i + 1 + k) == w);
            if here { f(e.sense, e.definite).map(|x| (x, end)) } else { None }
        })
    }

    fn role(&self, i: usize, glue: Glue, role: Role) -> Option<usize> {
        self.get(i, glue, |s, _| (s == Sense::Role(role)).then_some(())).map(|(_, n)| n)
    }

    /// Does the token before `i` end a word of this role (single words only), whatever is joined to it?
    fn before(&self, i: usize, role: Role) -> bool {
        i > self.begin && self.slot(i - 1).entries.iter().any(|e| e.rest.is_empty() && e.sense == Sense::Role(role))
    }

    fn mark(&self, i: usize, marks: &[char]) -> bool {
        i < self.end && i >= self.begin && self.t[i].kind == Kind::Mark && marks.contains(&self.t[i].mark)
    }

    fn word_is(&self, i: usize, words: &[String]) -> bool {
        i < self.end && self.t[i].kind == Kind::Word && words.iter().any(|w| w == self.t.fold(i))
    }

    fn digits(&self, i: usize, most: usize) -> Option<i32> {
        if i >= self.end || i < self.begin || self.t[i].kind != Kind::Number {
            return None;
        }
        let f = self.t.fold(i);
        if f.len() > most { None } else { f.parse().ok() }
    }

    /// Is the number at `i` a part of a longer one (decimals, thousands, a clock, a score)?
    fn broken_number(&self, i: usize) -> bool {
        let joint = ['.', ',', '\u{066B}', '\u{066C}', ':', '%', '\u{066A}'];
        let before = i >= self.begin + 2 && self.t[i].glued && self.mark(i - 1, &joint) && self.t[i - 1].glued && self.t[i - 2].kind == Kind::Number;
        let after = (i + 2 < self.end && self.mark(i + 1, &joint) && self.t[i + 1].glued && self.t[i + 2].glued && self.t[i + 2].kind == Kind::Number)
            || self.mark(i + 1, &['%', '\u{066A}']);
        before || after
    }

    /// Is the token the article alone, joined to a number: "the 12"?
    fn article_at(&self, i: usize) -> bool {
        if i + 1 >= self.end || self.t[i + 1].kind != Kind::Number || !self.word_is(i, std::slice::from_ref(&self.c.article)) {
            return false;
        }
        // Drawn out, the article may stand apart from its number.
        let drawn = self.t[i].end - self.t[i].start > self.t.fold(i).len() as u32;
        self.t[i + 1].glued || drawn
    }

    // --- numbers ---

    /// A counting number, in digits or in words.
    fn cardinal(&self, i: usize, glue: Glue) -> Option<(i32, bool, usize)> {
        if self.article_at(i) {
            return self.digits(i + 1, 4).map(|n| (n, true, i + 2));
        }
        if let Some(n) = self.digits(i, 4) {
            return (!self.broken_number(i)).then_some((n, false, i + 1));
        }
        let read = |s: Sense, def: bool| if let Sense::Cardinal(n) = s { Some((n, def)) } else { None };
        let ((n, def), next) = self.get(i, glue, read)?;
        if n < 10
            && let Some(((tens, _), after)) = self.get(next, Glue::And, read)
            && (20..100).contains(&tens)
        {
            return Some((n + tens, def, after));
        }
        Some((n, def, next))
    }

    fn ordinal(&self, i: usize, glue: Glue) -> Option<(i32, bool, usize)> {
        let read = |s: Sense, def: bool| if let Sense::Ordinal(n) = s { Some((n, def)) } else { None };
        let ((n, def), next) = self.get(i, glue, read)?;
        if (1..10).contains(&n)
            && let Some(((tens, true), after)) = self.get(next, Glue::And, read)
            && (20..100).contains(&tens)
        {
            return Some((n + tens, def, after));
        }
        Some((n, def, next))
    }

    /// The number of a day in its month.
    fn day_number(&self, i: usize, glue: Glue) -> Option<(u8, usize)> {
        if let Some(n) = self.digits(i, 2) {
            return ((1..=31).contains(&n) && !self.broken_number(i)).then_some((n as u8, i + 1));
        }
        if self.article_at(i) {
            return self.digits(i + 1, 2).filter(|n| (1..=31).contains(n)).map(|n| (n as u8, i + 2));
        }
        let (n, def, next) = self.ordinal(i, glue)?;
        ((def && (1..=31).contains(&n)) || n == 1).then_some((n as u8, next))
    }

    // --- months and years ---

    fn named_month(&self, i: usize, glue: Glue) -> Option<(MonthRef, bool, usize)> {
        let read = |s: Sense, _: bool| match s {
            Sense::Month(n, d) => Some((MonthRef::Named(n), d)),
            Sense::Hijri(n, d) => Some((MonthRef::Hijri(n), d)),
            _ => None,
        };
        let ((month, mut doubtful), mut next) = self.get(i, glue, read)?;
        // The other name of the same month: after a stroke or in brackets.
        let second = |at: usize| self.get(at, Glue::None, read).filter(|((m, _), _)| *m == month).map(|(_, n)| n);
        if self.mark(next, &['/', '-', '\\', '\u{2044}'])
            && let Some(n) = second(next + 1)
        {
            (doubtful, next) = (false, n);
        } else if self.mark(next, &['(', '[', '\u{AB}'])
            && let Some(n) = second(next + 1)
            && self.mark(n, &[')', ']', '\u{BB}'])
        {
            (doubtful, next) = (false, n + 1);
        } else if let Some(n) = second(next) {
            (doubtful, next) = (false, n);
        }
        Some((month, doubtful, next))
    }

    /// A month: "month" and its name, the name alone, or "the coming month".
    fn month(&self, i: usize, glue: Glue) -> Option<(MonthRef, bool, usize)> {
        if let Some(m) = self.named_month(i, glue) {
            return Some(m);
        }
        let unit = |s: Sense, def: bool| (s == Sense::Unit(Span::Month, Form::Singular) && !def).then_some(());
        if let Some((_, next)) = self.get(i, glue, unit)
            && let Some((m, _, n)) = self.named_month(next, Glue::None)
        {
            return Some((m, false, n));
        }
        let (span, from, to, next) = self.placed_unit(i, glue)?;
        let today = self.a.today?;
        (span == Span::Month && from == to).then_some((MonthRef::Exact(month_number(today) + from), false, next))
    }

    fn year_number(&self, i: usize) -> Option<(YearRef, usize)> {
        if i < self.end && self.t[i].kind == Kind::Number && self.t.fold(i).len() != 4 {
            return None;
        }
        let n = self.digits(i, 4)?;
        if self.broken_number(i) {
            return None;
        }
        let after = i + 1;
        if let Some(next) = self.role(after, Glue::Any, Role::HijriMark) {
            return ((1..1600).contains(&n)).then_some((YearRef::Hijri(n), next));
        }
        if self.role(after, Glue::None, Role::BeforeChrist).is_some() {
            return None;
        }
        if let Some(next) = self.role(after, Glue::Any, Role::GregorianMark)
            && !self.mark(next, &['.'])
        {
            return Some((YearRef::Greg(n), next));
        }
        match n {
            1300..=1499 => Some((YearRef::Hijri(n), i + 1)),
            1500..=2199 | 1000..=1299 => Some((YearRef::Greg(n), i + 1)),
            _ => None,
        }
    }

    /// "Year" and its number.
    fn numbered_year(&self, i: usize, glue: Glue) -> Option<(YearRef, usize)> {
        let unit = |s: Sense, _: bool| (s == Sense::Unit(Span::Year, Form::Singular)).then_some(());
        let (_, next) = self.get(i, glue, unit)?;
        self.year_number(self.role(next, Glue::None, Role::YearKind).unwrap_or(next))
    }

    /// "Year" and its number, "last year", "this year".
    fn year(&self, i: usize, glue: Glue) -> Option<(YearRef, usize)> {
        if let Some(found) = self.numbered_year(i, glue) {
            return Some(found);
        }
        let (span, from, to, next) = self.placed_unit(i, glue)?;
        let today = self.a.today?;
        (span == Span::Year && from == to).then_some((YearRef::Greg(today.year() as i32 + from), next))
    }

    /// The year that follows a month or a season.
    fn year_tail(&self, i: usize, hijri_month: bool) -> Option<(YearRef, usize)> {
        let mut at = i;
        if let Some((y, n)) = self.year_number(at) {
            return match (y, hijri_month) {
                (YearRef::Hijri(_), true) | (YearRef::Greg(_), false) => Some((y, n)),
                // A Hijri year is the only one that a Hijri month can have.
                _ => None,
            };
        }
        if let Some(n) = self.role(at, Glue::None, Role::Of) {
            at = n;
        } else if self.mark(at, &['\u{060C}', ',', '/', '-'])
            && let Some((y, n)) = self.year_number(at + 1)
            && matches!(y, YearRef::Hijri(_)) == hijri_month
            && (hijri_month || matches!(y, YearRef::Greg(1900..2100)))
        {
            return Some((y, n));
        }
        if !hijri_month && let Some(n) = self.same_year(at) {
            return self.last_year.get().map(|y| (YearRef::Greg(y), n));
        }
        self.year(at, Glue::For).filter(|(y, _)| matches!(y, YearRef::Hijri(_)) == hijri_month)
    }

    /// "The same year": that of the time before.
    fn same_year(&self, i: usize) -> Option<usize> {
        let unit = |s: Sense, def: bool| (def && s == Sense::Unit(Span::Year, Form::Singular)).then_some(());
        if let Some(n) = self.role(i, Glue::None, Role::ItselfBefore) {
            return self.get(n, Glue::None, unit).map(|x| x.1);
        }
        let (_, n) = self.get(i, Glue::None, unit)?;
        self.role(n, Glue::None, Role::Itself)
    }

    fn placing(&self, i: usize) -> Option<(i32, usize)> {
        self.get(i, Glue::None, |s, _| if let Sense::Placing(n) = s { Some(n) } else { None })
    }

    /// "The past week", "the three coming months", "this year": the unit and its first and last offset.
    fn placed_unit(&self, i: usize, glue: Glue) -> Option<(Span, i32, i32, usize)> {
        let unit = |s: Sense, def: bool| if let Sense::Unit(u, f) = s { Some((u, f, def)) } else { None };
        if let Some(n) = self.role(i, glue, Role::This)
            && let Some(((u, Form::Singular, true), next)) = self.get(n, Glue::None, unit)
        {
            return Some((u, 0, 0, next));
        }
        // The number before its noun: "the ten coming days".
        if let Some((n, true, after)) = self.cardinal(i, glue)
            && let Some(((u, Form::Plural | Form::Singular, _), next)) = self.get(after, Glue::None, unit)
            && let Some((p, end)) = self.placing(next)
        {
            return Self::counted(u, n, p).map(|(a, b)| (u, a, b, end));
        }
        let ((u, form, def), next) = self.get(i, glue, unit)?;
        if !def {
            return None;
        }
        match form {
            Form::Singular => {
                if let Some((p, end)) = self.placing(next) {
                    return Some((u, p, p, end));
                }
                self.role(next, Glue::None, Role::This).map(|end| (u, 0, 0, end))
            }
            Form::Dual => {
                let (p, end) = self.placing(next)?;
                Self::counted(u, 2, p).map(|(a, b)| (u, a, b, end))
            }
            Form::Plural => {
                let (n, def, after) = self.cardinal(next, Glue::None)?;
                let (p, end) = self.placing(after)?;
                if !def {
                    return None;
                }
                Self::counted(u, n, p).map(|(a, b)| (u, a, b, end))
            }
            Form::Both => None,
        }
    }

    fn counted(u: Span, n: i32, placing: i32) -> Option<(i32, i32)> {
        let most = match u {
            Span::Day => 100,
            Span::Week | Span::Month => 60,
            Span::Year => 200,
            _ => return None,
        };
        match placing {
            _ if !(1..=most).contains(&n) => None,
            -1 => Some((-n, -1)),
            1 => Some((1, n)),
            _ => None,
        }
    }

    fn unit_value(&self, u: Span, from: i32, to: i32) -> Option<Value> {
        let today = self.a.today?;
        Some(match u {
            Span::Day if from != to => Value::Days(plus(today, from)?, plus(today, to)?),
            Span::Week => {
                let monday = plus(today, 1 - weekday(today) as i32)?;
                Value::Days(plus(monday, 7 * from)?, plus(monday, 7 * to + 6)?)
            }
            Span::Month if from == to => Value::Month(month_number(today) + from),
            Span::Month => Value::Months(month_number(today) + from, month_number(today) + to),
            Span::Year if from == to => Value::Year(today.year() as i32 + from),
            Span::Year => Value::Years(today.year() as i32 + from, today.year() as i32 + to),
            _ => return None,
        })
    }

    // --- days of months ---

    /// What follows a month: its year, or an adjective that places it.
    fn finish(&self, days: Option<(u8, u8)>, month: MonthRef, doubtful: bool, next: usize) -> Partial {
        let hijri_month = matches!(month, MonthRef::Hijri(_));
        let mut p = Partial { days, month, doubtful: doubtful && days.is_none(), year: None, placing: None, next };
        if let Some((y, n)) = self.year_tail(next, hijri_month) {
            (p.year, p.next, p.doubtful) = (Some(y), n, false);
        } else if let Some((q, n)) = self.placing(next) {
            (p.placing, p.next, p.doubtful) = (Some(q), n, false);
            // A year may still follow ("last May 2015"), which then decides.
            if let Some((y, n)) = self.year_tail(n, hijri_month) {
                (p.year, p.next) = (Some(y), n);
            }
        }
        if hijri_month && let Some(n) = self.role(p.next, Glue::None, Role::HijriMark) {
            (p.next, p.doubtful) = (n, false);
        }
        p
    }

    /// A second day number after the first: "18 and 19", "18-19".
    fn second_day(&self, i: usize) -> Option<(u8, usize)> {
        if self.word_is(i, &self.c.and) {
            return self.day_number(i + 1, Glue::None);
        }
        if self.mark(i, &['-', '\u{2013}', '\u{2014}']) {
            return self.day_number(i + 1, Glue::None);
        }
        if let Some(n) = self.role(i, Glue::None, Role::To) {
            return self.day_number(n, Glue::None);
        }
        self.slot(i).lead.eq(&Lead::And).then(|| self.day_number(i, Glue::And)).flatten()
    }

    /// A day of a month in words and numbers.
    fn day_of_month(&self, i: usize, glue: Glue) -> Option<Partial> {
        let (d1, at) = self.day_number(i, glue)?;
        let mut days = (d1, d1);
        let month_after = |at: usize| {
            // "the 12th (of) May", "12/May", "12-May".
            let of = self.role(at, Glue::None, Role::Of).filter(|_| self.t.fold(at) != self.t.fold(i));
            if let Some(n) = of
                && let Some(m) = self.month(n, Glue::None)
            {
                return Some(m);
            }
            if self.mark(at, &['/', '-', '\u{060C}']) && self.t[at].glued {
                return self.named_month(at + 1, Glue::None);
            }
            self.month(at, Glue::None)
        };
        let month = match month_after(at) {
            Some(m) => m,
            None => {
                if let Some((q, n)) = self.placing(at)
                    && (-1..=1).contains(&q)
                    && self.digits(i, 2).is_some()
                    && !(i > self.begin && self.article_at(i - 1))
                {
                    // "the 15th of the current (month)".
                    let m = month_number(self.a.today?) + q;
                    return Some(Partial { days: Some(days), month: MonthRef::Exact(m), doubtful: false, year: None, placing: None, next: n });
                }
                let (d2, n) = self.second_day(at)?;
                if d2 <= d1 {
                    return None;
                }
                let (month, doubtful, next) = month_after(n)?;
                if d2 != d1 + 1 && (self.slot(at).lead == Lead::And || self.word_is(at, &self.c.and)) {
                    // Two days apart: the first has its month from the second, which is read by itself.
                    let whole = self.finish(Some((d1, d1)), month, doubtful, next);
                    return Some(Partial { next: at, ..whole });
                }
                days = (d1, d2);
                (month, doubtful, next)
            }
        };
        let (m, doubtful, next) = month;
        let p = self.finish(Some(days), m, doubtful, next);
        // "Two-nil" is a score.
        let name = next.checked_sub(1).filter(|&n| doubtful && n > i && p.next == next && self.is_number_word(n));
        if name.is_some() { None } else { Some(p) }
    }

    /// A date in digits: 2021-06-03, 03/06/2021, 12/10/1436. The time of day where it follows.
    fn stamp(&self, i: usize) -> Option<(Date, Option<(i8, i8)>, bool, usize)> {
        let a = self.digits(i, 4)?;
        let sep = i + 1;
        if !self.mark(sep, &['/', '-', '.', ':', '\u{2044}', '\u{2013}', '\\']) {
            return None;
        }
        let mark = self.t[sep].mark;
        let b = self.digits(i + 2, 2)?;
        if !self.mark(i + 3, &[mark]) {
            return None;
        }
        let c = self.digits(i + 4, 4)?;
        let tight = (1..=4).all(|k| self.t[i + k].glued);
        if !tight && mark != '/' {
            return None;
        }
        // A fourth number makes it an address or a version.
        if self.mark(i + 5, &[mark]) && self.t[i + 5].glued && self.digits(i + 6, 4).is_some() && mark != ':' {
            return None;
        }
        let (la, lc) = (self.t.fold(i).len(), self.t.fold(i + 4).len());
        let (y, m, d) = match (la, lc) {
            (4, 1..=2) => (a, b, c),
            (1..=2, 4) if mark != ':' => {
                // Day first; month first only where nothing else is possible.
                if b > 12 { (c, a, b) } else { (c, b, a) }
            }
            _ => return None,
        };
        if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return None;
        }
        let mut next = i + 5;
        let marked_hijri = self.role(next, Glue::Any, Role::HijriMark);
        let is_hijri = marked_hijri.is_some() || (1300..1500).contains(&y);
        let value = if is_hijri { hijri(y, m as u8, d as u8)? } else { (1500..2200).contains(&y).then(|| day(y, m as u8, d as u8)).flatten()? };
        if let Some(n) = marked_hijri.or_else(|| self.role(next, Glue::None, Role::GregorianMark)) {
            return Some((value, None, is_hijri, n));
        }
        let mut clock = None;
        let mut at = next;
        if self.mark(at, &['.', '-', '\u{060C}', ',', '|']) {
            at += 1;
        }
        if at < self.end && self.t[at].kind == Kind::Foreign && self.t.fold(at) == "t" {
            at += 1;
        }
        if let (Some(h), true, Some(min)) = (self.digits(at, 2), self.mark(at + 1, &[':']), self.digits(at + 2, 2))
            && h < 24
            && min < 60
            && self.t[at + 1].glued
            && self.t[at + 2].glued
        {
            clock = Some((h as i8, min as i8));
            next = at + 3;
            if self.mark(next, &[':']) && self.digits(next + 1, 2).is_some() {
                next += 2;
            }
        }
        Some((value, clock, is_hijri, next))
    }

    /// The value of a date as written, and whether the year was inferred.
    fn resolve(&self, p: &Partial) -> Option<(Value, bool)> {
        let at = |m: MonthRef, y: i32, d: u8| match m {
            MonthRef::Named(n) => day(y, n, d),
            MonthRef::Hijri(n) => hijri(y, n, d),
            MonthRef::Exact(m) => day(m.div_euclid(12), m.rem_euclid(12) as u8 + 1, d),
        };
        let year = match (p.month, p.year) {
            (MonthRef::Exact(_), _) => 0,
            (_, Some(YearRef::Greg(y) | YearRef::Hijri(y))) => y,
            (m, None) => return self.infer(p, m).map(|v| (v, true)),
        };
        Some((self.of_year(p, year, at)?, false))
    }

    fn of_year(&self, p: &Partial, year: i32, at: impl Fn(MonthRef, i32, u8) -> Option<Date>) -> Option<Value> {
        match (p.days, p.month) {
            (Some((a, b)), m) if a == b => Some(Value::Day(at(m, year, a)?)),
            (Some((a, b)), m) => Some(Value::Days(at(m, year, a)?, at(m, year, b)?)),
            (None, MonthRef::Named(n)) => Some(Value::Month(year * 12 + n as i32 - 1)),
            (None, MonthRef::Exact(m)) => Some(Value::Month(m)),
            (None, MonthRef::Hijri(n)) => {
                let first = hijri(year, n, 1)?;
                let last = hijri(year, n, 30).or_else(|| hijri(year, n, 29))?;
                Some(Value::Days(first, last))
            }
        }
    }

    /// The same text as read on another day.
    fn beside(&self, day: Date) -> Self {
        Parser {
            c: self.c,
            t: self.t,
            slots: self.slots,
            begin: self.begin,
            end: self.end,
            a: Anchors { published: Some(day), today: Some(day) },
            last_year: self.last_year.clone(),
        }
    }

    /// The nearest such day or month; the past one of two equally near.
    fn infer(&self, p: &Partial, m: MonthRef) -> Option<Value> {
        let anchor = self.a.published.or(self.a.today)?;
        let at = |m: MonthRef, y: i32, d: u8| match m {
            MonthRef::Named(n) => day(y, n, d),
            MonthRef::Hijri(n) => hijri(y, n, d),
            MonthRef::Exact(_) => None,
        };
        let base = match m {
            MonthRef::Hijri(_) => {
                let iso = icu_calendar::Date::try_new_iso(anchor.year() as i32, anchor.month() as u8, anchor.day() as u8).ok()?;
                iso.to_calendar(Hijri::new_umm_al_qura()).era_year().year
            }
            _ => anchor.year() as i32,
        };
        let mut best: Option<(i32, Value)> = None;
        for y in base - 2..=base + 2 {
            let Some(v) = self.of_year(p, y, at) else { continue };
            let Some((first, _)) = v.bounds() else { continue };
            // Months are compared with the anchor's month, days with its day.
            let distance = match v {
                Value::Month(x) => (x - month_number(anchor)) * 30,
                _ => days_between(anchor, first),
            };
            let fits = match p.placing {
                Some(q) if q < 0 => distance < 0,
                Some(q) if q > 0 => distance > 0,
                Some(_) => first.year() == anchor.year(),
                None => true,
            };
            // What is told is rather past: a coming day has to be clearly nearer.
            let far = if distance > 0 { distance * 3 + 1 } else { -distance * 2 };
            if fits && best.is_none_or(|(b, _)| far < b) {
                best = Some((far, v));
            }
        }
        best.map(|(_, v)| v)
    }

    // --- a day ---

    /// A day by any of its names, or several that stand for one: part of the day, "day", today or yesterday, weekday,
    /// date, the same date in another calendar, with or without brackets.
    fn day_expression(&self, i: usize) -> Option<Found> {
        let mut pos = i;
        let mut glue = Glue::Any;
        let (mut part, mut day_unit) = (false, false);
        let mut relative: Option<(i32, Option<i8>)> = None;
        let mut week: Option<i8> = None;
        let mut placing: Option<i32> = None;
        let mut greg: Option<(Value, bool)> = None;
        let mut hijr: Option<(Value, bool)> = None;
        let mut clock = None;
        let mut end = i;
        if let Some((_, n)) = self.get(pos, glue, |s, _| (s == Sense::Part).then_some(()))
            && self.get(pos, glue, |s, _| matches!(s, Sense::Day { .. }).then_some(())).is_none()
        {
            (part, pos, glue) = (true, n, Glue::None);
            if let Some(n) = self.role(pos, Glue::None, Role::Of) {
                pos = n;
            }
        }
        if let Some((_, n)) = self.get(pos, glue, |s, def| (s == Sense::Unit(Span::Day, Form::Singular) && !def).then_some(()))
            && self.get(pos, glue, |s, _| matches!(s, Sense::Day { .. }).then_some(())).is_none()
        {
            (day_unit, pos, glue) = (true, n, Glue::None);
        }
        for _ in 0..8 {
            let first = end == i;
            let mut at = pos;
            let mut open = None;
            if !first {
                if self.mark(at, &['(', '[']) {
                    open = Some([')', ']']);
                    at += 1;
                } else if self.mark(at, &['\u{AB}', '"', '\u{201C}']) {
                    open = Some(['\u{BB}', '"']);
                    at += 1;
                }
            }
            let mut same = false;
            let mut g = glue;
            if !first {
                if self.mark(at, &['\u{060C}', ',', '-', '\u{2013}', '/']) && open.is_none() {
                    // After a comma only a date goes on, and only after a weekday.
                    if week.is_some() || relative.is_some() || hijr.is_some() || greg.is_some() {
                        at += 1;
                        if !self.mark(at - 1, &['/', '-', '\u{2013}']) && self.day_number(at, Glue::None).is_none() && self.role(at, Glue::None, Role::Same).is_none() {
                            break;
                        }
                    }
                }
                if let Some(n) = self.role(at, Glue::Any, Role::Same) {
                    (at, same, g) = (n, true, Glue::For);
                    if self.mark(at, &[':']) {
                        at += 1;
                    }
                    if self.word_is(at, std::slice::from_ref(&self.c.to)) {
                        at += 1;
                    }
                    if open.is_none() && self.mark(at, &['(']) {
                        (open, at) = (Some([')', ']']), at + 1);
                    }
                    if let Some((_, n)) = self.get(at, g, |s, def| (s == Sense::Unit(Span::Day, Form::Singular) && !def).then_some(())) {
                        (at, g) = (n, Glue::None);
                    }
                }
            }
            let before = (relative, week, placing, greg, hijr);
            let mut next = None;
            // Today, yesterday.
            if relative.is_none()
                && week.is_none()
                && greg.is_none()
                && let Some(((offset, hour, doubtful), n)) =
                    self.get(at, g, |s, _| if let Sense::Day { offset, hour, doubtful } = s { Some((offset, hour, doubtful)) } else { None })
                && (!first || self.is_day_word(at, n, offset, doubtful, part || day_unit))
            {
                relative = Some((offset, hour));
                next = Some(n);
            }
            // Weekday.
            if next.is_none()
                && week.is_none()
                && let Some((w, n)) = self.get(at, g, |s, _| if let Sense::Weekday(w) = s { Some(w) } else { None })
                && (!first || part || day_unit || !self.before(i, Role::NotWeekdayAfter))
            {
                let mut n = n;
                if self.role(n, Glue::None, Role::Elsewhen).is_some() && relative.is_none() {
                    return None;
                }
                if let Some((q, after)) = self.placing(n) {
                    placing = Some(q);
                    n = after;
                }
                week = Some(w);
                next = Some(n);
            }
            // A date.
            if next.is_none()
                && let Some((d, time, is_hijri, n)) = self.stamp(at)
                && !self.broken_number_before(at)
            {
                let side = if is_hijri { &mut hijr } else { &mut greg };
                if side.is_none() {
                    *side = Some((Value::Day(d), false));
                    clock = clock.or(time);
                    next = Some(n);
                }
            }
            if next.is_none()
                && (first || open.is_some() || same || week.is_some() || hijr.is_some() || greg.is_some() || matches!(relative, Some((0, _))))
                && let Some(p) = self.day_of_month(at, g)
                && (first || relative.is_none() || self.digits(at, 2).is_some() || same)
            {
                let side = if matches!(p.month, MonthRef::Hijri(_)) { &mut hijr } else { &mut greg };
                if side.is_none()
                    && (p.year.is_some() || !self.named_thing(at, first, part || day_unit))
                    && let Some(v) = self.resolve_near(&p, hijr.map(|h| h.0))
                {
                    if p.days.is_none() {
                        break;
                    }
                    if matches!(p.month, MonthRef::Hijri(_)) {
                        hijr = Some(v)
                    } else {
                        greg = Some(v)
                    }
                    next = Some(p.next);
                }
            }
            // "Day 18" without a month.
            if next.is_none()
                && first
                && day_unit
                && let Some(d) = self.digits(at, 2)
                && (1..=31).contains(&d)
                && !self.broken_number(at)
                && self.followed_by_nothing_counted(at + 1)
                && let Some(v) = self.nearest_day_of_month(d as u8, d as u8)
            {
                greg = Some((v, true));
                next = Some(at + 1);
            }
            let Some(mut n) = next else { break };
            if let Some(close) = open {
                if !self.mark(n, &close) {
                    // What the bracket holds goes on: it is not a gloss of the day.
                    (relative, week, placing, greg, hijr) = before;
                    break;
                }
                n += 1;
            }
            end = n;
            pos = n;
            glue = Glue::None;
        }
        if end == i {
            return None;
        }
        // "The night of Saturday Sunday": from one day to the next.
        if part
            && placing.is_none()
            && relative.is_none()
            && greg.is_none()
            && hijr.is_none()
            && let Some(w) = week
            && let next = if self.mark(end, &['/', '-', '\u{2013}']) { end + 1 } else { end }
            && let Some((last, n)) = self.get(next, Glue::None, |s, _| if let Sense::Weekday(w) = s { Some(w) } else { None })
            && last == w % 7 + 1
        {
            let today = self.a.today?;
            let day = plus(today, -((weekday(today) - last).rem_euclid(7) as i32))?;
            return self.found(i, n, Value::Days(plus(day, -1)?, day), "weekdays", FoundKind::Range, false);
        }
        self.day_value(i, end, relative, week, placing, greg, hijr, clock)
    }

    fn broken_number_before(&self, i: usize) -> bool {
        i >= self.begin + 2 && self.t[i].glued && self.t[i - 1].glued && self.t[i - 1].kind == Kind::Mark && self.t[i - 2].kind == Kind::Number
    }

    /// Is what follows no noun that the number would count?
    fn followed_by_nothing_counted(&self, i: usize) -> bool {
        if i >= self.end {
            return true;
        }
        match self.t[i].kind {
            Kind::Word => self.get(i, Glue::None, |s, _| matches!(s, Sense::Role(Role::In | Role::Of | Role::To)).then_some(())).is_some(),
            Kind::Number | Kind::Foreign => false,
            Kind::Mark => !self.mark(i, &['%', '\u{066A}', '/', '-']),
            Kind::Break => true,
        }
    }

    /// Does a word before the date make it a name (of a war, a town, a square)?
    fn named_thing(&self, i: usize, first: bool, headed: bool) -> bool {
        first && !headed && self.before(i, Role::NameHead)
    }

    fn is_day_word(&self, i: usize, next: usize, offset: i32, doubtful: bool, headed: bool) -> bool {
        if doubtful && !headed {
            return false;
        }
        if offset != 0 || next > i + 1 {
            return true;
        }
        // Other readings of the word with the article: "on the day of", "that day".
        if !headed && self.slot(i).skip == 0 && self.before(i, Role::NotTodayAfter) {
            return false;
        }
        let next = if self.mark(next, &['"', '\u{AB}', '\u{201C}']) { next + 1 } else { next };
        let follows = self.get(next, Glue::None, |s, def| match s {
            Sense::Role(Role::NotTodayBefore) | Sense::Placing(_) => Some(()),
            Sense::Ordinal(_) if def => Some(()),
            _ => None,
        });
        let counted = self.article_at(next) && self.digits(next + 1, 4).is_some();
        follows.is_none() && !counted
    }

    fn nearest_day_of_month(&self, a: u8, b: u8) -> Option<Value> {
        let anchor = self.a.published.or(self.a.today)?;
        let mut best: Option<(i32, Value)> = None;
        for m in month_number(anchor) - 1..=month_number(anchor) + 1 {
            let (y, n) = (m.div_euclid(12), m.rem_euclid(12) as u8 + 1);
            let (Some(first), Some(last)) = (day(y, n, a), day(y, n, b)) else { continue };
            let distance = days_between(anchor, first);
            let far = distance.abs() * 2 + i32::from(distance > 0);
            if best.is_none_or(|(d, _)| far < d) {
                best = Some((far, if a == b { Value::Day(first) } else { Value::Days(first, last) }));
            }
        }
        best.map(|(_, v)| v)
    }

    /// A date without a year beside its equivalent in the other calendar takes the year nearest to that.
    fn resolve_near(&self, p: &Partial, other: Option<Value>) -> Option<(Value, bool)> {
        if p.year.is_none()
            && let Some((near, _)) = other.and_then(Value::bounds)
        {
            return self.beside(near).resolve(p);
        }
        self.resolve(p)
    }

    #[allow(clippy::too_many_arguments)]
    fn day_value(
        &self,
        i: usize,
        end: usize,
        relative: Option<(i32, Option<i8>)>,
        week: Option<i8>,
        placing: Option<i32>,
        greg: Option<(Value, bool)>,
        hijr: Option<(Value, bool)>,
        clock: Option<(i8, i8)>,
    ) -> Option<Found> {
        let mut warning = None;
        let mut sure = true;
        let mut wrong = |d: Date| {
            sure = false;
            warning = Some(("weekday-mismatch", format!("{} is a {}", show(d), weekday_name(d))));
        };
        let (value, rule, kind, inferred) = if let Some((v, inferred)) = greg.or(hijr) {
            // A gloss of today by a date: the date decides. A weekday beside it is checked.
            if let (Some(w), Some((d, last))) = (week, v.bounds())
                && d == last
                && weekday(d) != w
            {
                wrong(d);
            }
            let v = match (v, clock) {
                (Value::Day(d), Some((h, m))) => Value::Minute(d, h, m),
                _ => v,
            };
            (v, if greg.is_some() { "day-month-year" } else { "hijri" }, if matches!(v, Value::Days(..)) { FoundKind::Range } else { FoundKind::Absolute }, inferred)
        } else if let Some((offset, hour)) = relative {
            let mut d = plus(self.a.today?, offset)?;
            if let Some(w) = week
                && weekday(d) != w
            {
                wrong(d);
                let forward = (w - weekday(d)).rem_euclid(7) as i32;
                d = plus(d, if forward <= 3 { forward } else { forward - 7 })?;
            }
            (hour.map_or(Value::Day(d), |h| Value::Minute(d, h, 0)), "relative-day", FoundKind::Relative, false)
        } else {
            let today = self.a.today?;
            let back = (weekday(today) - week?).rem_euclid(7) as i32;
            let (offset, kind) = match placing {
                Some(q) if q < 0 => (if back == 0 { -7 } else { -back } + 7 * (q + 1), FoundKind::Relative),
                Some(q) if q > 0 => (7 - back + 7 * (q - 1), FoundKind::Relative),
                _ if self.before(i, Role::Coming) || (i > self.begin && self.before(i - 1, Role::Coming)) => ((7 - back) % 7, FoundKind::Weekday),
                _ => (-back, FoundKind::Weekday),
            };
            (Value::Day(plus(today, offset)?), "weekday", kind, false)
        };
        self.found(i, end, value, rule, kind, inferred).map(|mut f| {
            if !sure {
                f.edtf.push('?');
            }
            f.warning = warning;
            f
        })
    }

    // --- the other shapes ---

    fn found(&self, start: usize, end: usize, value: Value, rule: &'static str, kind: FoundKind, inferred_year: bool) -> Option<Found> {
        let (first, last) = value.bounds()?;
        if first.year() < 1 || end <= start {
            return None;
        }
        Some(Found {
            start: start as u32,
            end: end as u32,
            skip_letters: self.slot(start).skip,
            edtf: value.text(),
            rule,
            kind,
            first: Some(first),
            last: Some(last),
            warning: None,
            inferred_year,
        })
    }

    /// A month with or without its year.
    fn month_expression(&self, i: usize) -> Option<Found> {
        let unit = |s: Sense, def: bool| (s == Sense::Unit(Span::Month, Form::Singular) && !def).then_some(());
        let (at, headed, glue) = match self.get(i, Glue::Any, unit) {
            Some((_, n)) => (n, true, Glue::None),
            None => (i, false, Glue::Any),
        };
        let (month, doubtful, next) = self.named_month(at, glue)?;
        let p = self.finish(None, month, doubtful && !headed, next);
        if p.doubtful && !self.before(i, Role::In) && self.slot(i).lead == Lead::None {
            return None;
        }
        if p.doubtful && matches!(month, MonthRef::Hijri(_)) && p.placing.is_none() && !(self.before(i, Role::In) && doubtful) {
            return None;
        }
        let alone = p.year.is_none() && p.placing.is_none() && !headed && p.next == at + 1;
        if alone && (self.t.fold(at).chars().count() < 3 || self.is_number_word(at)) {
            return None;
        }
        if p.year.is_none() && p.placing.is_none() && !headed && (self.before(i, Role::NameHead) || self.after_number(i)) {
            return None;
        }
        let (value, inferred) = self.resolve(&p)?;
        self.found(i, p.next, value, "month-year", FoundKind::Absolute, inferred)
    }

    /// Is the month's name also a number ("nil")?
    fn is_number_word(&self, i: usize) -> bool {
        self.get(i, Glue::Any, |s, _| matches!(s, Sense::Cardinal(_)).then_some(())).is_some()
    }

    fn after_number(&self, i: usize) -> bool {
        i > self.begin && self.t[i - 1].kind == Kind::Number
    }

    fn year_value(&self, y: YearRef) -> Option<Value> {
        match y {
            YearRef::Greg(y) => Some(Value::Year(y)),
            YearRef::Hijri(y) => Some(Value::Days(hijri(y, 1, 1)?, plus(hijri(y + 1, 1, 1)?, -1)?)),
        }
    }

    fn year_expression(&self, i: usize) -> Option<Found> {
        let (y, next) = self.numbered_year(i, Glue::Any)?;
        self.found(i, next, self.year_value(y)?, "year", FoundKind::Absolute, false)
    }

    /// A year without the word: after a preposition of time, with nothing after it that it could count.
    fn bare_year(&self, i: usize) -> Option<Found> {
        if self.digits(i, 4).is_none() || self.broken_number(i) || self.broken_number_before(i) {
            return None;
        }
        let (year, next) = self.year_number(i)?;
        // A mark of the calendar, joined to the number, makes it a year wherever it stands.
        if next > i + 1 && self.t[i + 1].glued && !self.mark(i.wrapping_sub(1), &['/', '-']) {
            match year {
                YearRef::Hijri(1200..=1500) => return self.found(i, next, self.year_value(year)?, "hijri-year", FoundKind::Absolute, false),
                YearRef::Greg(1900..=2060) if self.digits(i, 4).is_some_and(|n| n % 100 != 0) => {
                    return self.found(i, next, self.year_value(year)?, "year", FoundKind::Absolute, false);
                }
                _ => {}
            }
        }
        let both = |s: Sense, _: bool| if let Sense::Unit(Span::Year, Form::Both) = s { Some(()) } else { None };
        let second = |at: usize| at >= 2 && self.digits(at - 1, 4).is_some() && self.get(at - 2, Glue::Any, both).is_some();
        let paired = second(i) && self.slot(i).lead == Lead::And || i >= 3 && self.word_is(i - 1, &self.c.and) && second(i - 1);
        if !paired && (!self.before(i, Role::In) || self.t[i].glued) {
            return None;
        }
        let YearRef::Greg(y) = year else { return None };
        if !(1900..=2060).contains(&y) {
            return None;
        }
        if self.mark(next, &['%', '/', '\u{066A}', '\'', '+']) {
            return None;
        }
        if self.mark(next, &['-', '\u{2013}']) {
            let (YearRef::Greg(z), after) = self.year_number(next + 1)? else { return None };
            return (z > y).then(|| self.found(i, after, Value::Years(y, z), "years", FoundKind::Range, false)).flatten();
        }
        if self.role(next, Glue::None, Role::Counted).is_some() {
            return None;
        }
        // A round number before a noun counts it.
        if y % 100 == 0 && !self.followed_by_nothing_counted(next) {
            return None;
        }
        self.found(i, next, Value::Year(y), "bare-year", FoundKind::Absolute, false)
    }

    fn unit_expression(&self, i: usize) -> Option<Found> {
        let (u, from, to, next) = self.placed_unit(i, Glue::Any)?;
        self.found(i, next, self.unit_value(u, from, to)?, "relative-unit", FoundKind::Relative, false)
    }

    /// "Seven years ago", "since two months".
    fn ago(&self, i: usize) -> Option<Found> {
        let since = self.role(i, Glue::Any, Role::Since);
        let mut at = since.or_else(|| self.role(i, Glue::Any, Role::Ago))?;
        if let Some(n) = self.role(at, Glue::None, Role::Approximate) {
            at = n;
        }
        let unit = |s: Sense, def: bool| if let Sense::Unit(u, f) = s { (!def && f != Form::Both).then_some((u, f)) } else { None };
        let (n, u, next) = if let Some((n, def, after)) = self.cardinal(at, Glue::None) {
            let ((u, _), next) = self.get(after, Glue::None, unit)?;
            if def {
                return None;
            }
            (n, u, next)
        } else {
            let ((u, form), next) = self.get(at, Glue::None, unit)?;
            let n = match form {
                Form::Singular => 1,
                Form::Dual => 2,
                _ => return None,
            };
            // "Since the month of May", "before the year 2015", "before the day of".
            if n == 1 && (u == Span::Day || self.begins_time(next)) {
                return None;
            }
            (n, u, next)
        };
        if self.get(next, Glue::Any, |s, _| matches!(s, Sense::Role(Role::Half)).then_some(())).is_some() {
            return None;
        }
        if since.is_none() && self.role(next, Glue::None, Role::CountedFrom).is_some() {
            return None;
        }
        let today = self.a.published.or(self.a.today)?;
        let value = match u {
            Span::Day => Value::Day(plus(today, -n)?),
            // Counted to the day: not the calendar's week.
            Span::Week => Value::Day(plus(today, -7 * n)?),
            Span::Month => Value::Month(month_number(today) - n),
            Span::Year => Value::Year(today.year() as i32 - n),
            _ => return None,
        };
        self.found(i, next, value, "ago", if since.is_some() { FoundKind::Since } else { FoundKind::Duration }, false)
    }

    fn begins_time(&self, i: usize) -> bool {
        self.digits(i, 4).is_some()
            || self.get(i, Glue::None, |s, _| matches!(s, Sense::Month(..) | Sense::Hijri(..) | Sense::Weekday(_) | Sense::Day { .. } | Sense::Placing(_)).then_some(())).is_some()
            || (i < self.end && self.t[i].kind == Kind::Word && self.t.fold(i).starts_with(&self.c.article))
    }

    /// Beginning, middle or end of something.
    fn edge(&self, i: usize) -> Option<Found> {
        let at = self.role(i, Glue::Any, Role::Edge)?;
        if self.slot(at).skip > 0 {
            return None;
        }
        let inner = self
            .month_expression(at)
            .or_else(|| self.year_expression(at))
            .or_else(|| self.unit_expression(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.season(at))
            .or_else(|| self.bare_year(at))
            .or_else(|| self.bare_unit(at))?;
        Some(Found { start: i as u32, skip_letters: self.slot(i).skip, rule: "edge", ..inner })
    }

    /// "The year", "the month" after its beginning or end: the current one.
    fn bare_unit(&self, i: usize) -> Option<Found> {
        let (u, next) = self.get(i, Glue::None, |s, def| if let Sense::Unit(u @ (Span::Month | Span::Year), Form::Singular) = s { def.then_some(u) } else { None })?;
        let goes_on = next < self.end && (self.t[next].kind == Kind::Number || (self.t[next].kind == Kind::Word && self.t.fold(next).starts_with(&self.c.article)));
        if goes_on || self.get(next, Glue::Any, |s, _| matches!(s, Sense::Role(Role::Elsewhen | Role::Itself | Role::Of)).then_some(())).is_some() {
            return None;
        }
        self.found(i, next, self.unit_value(u, 0, 0)?, "relative-unit", FoundKind::Relative, false)
    }

    /// The first quarter of a year, the last week of a month, the first five months of a year.
    fn portion(&self, i: usize) -> Option<Found> {
        let ordinal = |at: usize| self.ordinal(at, Glue::None).filter(|x| x.1);
        let fraction = |s: Sense, def: bool| if let Sense::Fraction(n) = s { def.then_some(n as i32) } else { None };
        let of = |at: usize| self.role(at, Glue::None, Role::Of).or((self.slot(at).lead == Lead::For).then_some(at));
        if let Some((parts, n)) = self.get(i, Glue::Any, fraction) {
            let (k, _, n) = ordinal(n)?;
            let k = if k == -1 { parts } else { k };
            if k > parts {
                return None;
            }
            let n = of(n)?;
            if let Some((YearRef::Greg(y), next)) = self.year(n, Glue::For).or_else(|| self.year_number(n)) {
                let size = 12 / parts;
                return self.found(i, next, Value::Months(y * 12 + size * (k - 1), y * 12 + size * k - 1), "portion", FoundKind::Range, false);
            }
            let p = self.month_partial(n)?;
            let (month, inferred) = self.resolve(&p)?;
            if parts != 2 {
                return None;
            }
            let (first, last) = month.bounds()?;
            let value = if k == 1 { Value::Days(first, plus(first, 14)?) } else { Value::Days(plus(first, 15)?, last) };
            return self.found(i, p.next, value, "portion", FoundKind::Range, inferred);
        }
        let unit = |s: Sense, def: bool| if let Sense::Unit(u, f) = s { def.then_some((u, f)) } else { None };
        let ((u, form), n) = self.get(i, Glue::Any, unit)?;
        match (u, form) {
            (Span::Week, Form::Singular) => {
                let (k, _, n) = ordinal(n)?;
                let p = self.month_partial(of(n)?)?;
                let (v, inferred) = self.resolve(&p)?;
                let (first, last) = v.bounds()?;
                let value = match k {
                    -1 => Value::Days(plus(last, -6)?, last),
                    1..=4 => Value::Days(plus(first, 7 * (k - 1))?, plus(first, 7 * k - 1)?),
                    _ => return None,
                };
                self.found(i, p.next, value, "portion", FoundKind::Range, inferred)
            }
            (Span::Month, Form::Plural) => {
                let (count, _, n) = self.cardinal(n, Glue::None)?;
                let (k, _, n) = ordinal(n)?;
                let n = of(n)?;
                let (YearRef::Greg(y), next) = self.year(n, Glue::For).or_else(|| self.year_number(n))? else { return None };
                let value = match k {
                    _ if !(1..=12).contains(&count) => return None,
                    1 => Value::Months(y * 12, y * 12 + count - 1),
                    -1 => Value::Months(y * 12 + 12 - count, y * 12 + 11),
                    _ => return None,
                };
                self.found(i, next, value, "portion", FoundKind::Range, false)
            }
            _ => None,
        }
    }

    fn month_partial(&self, i: usize) -> Option<Partial> {
        let (m, doubtful, next) = self.month(i, Glue::None)?;
        Some(self.finish(None, m, doubtful, next))
    }

    fn season(&self, i: usize) -> Option<Found> {
        let (n, next) = self.get(i, Glue::Any, |s, _| if let Sense::Season(n) = s { Some(n) } else { None })?;
        if let Some((YearRef::Greg(y), end)) = self.year_tail(next, false) {
            return self.found(i, end, Value::Season(y, n), "season", FoundKind::Absolute, false);
        }
        let (q, end) = self.placing(next)?;
        let today = self.a.today?;
        // The season's middle month decides which one is past and which is coming.
        let middle = |y: i32| y * 12 + (n as i32 - 21) * 3 + 3;
        let now = month_number(today);
        let y = today.year() as i32;
        let year = match q {
            -1 => (y - 2..=y).rev().find(|&y| middle(y) + 1 < now)?,
            0 => y,
            1 => (y - 1..=y + 1).find(|&y| middle(y) - 1 > now)?,
            _ => return None,
        };
        self.found(i, end, Value::Season(year, n), "season", FoundKind::Relative, false)
    }

    fn decade(&self, i: usize) -> Option<Found> {
        let (n, next) = self.get(i, Glue::Any, |s, _| if let Sense::Decade(n) = s { Some(n) } else { None })?;
        if self.role(next, Glue::Any, Role::Age).is_some() {
            return None;
        }
        let century = |s: Sense, def: bool| (def && s == Sense::Unit(Span::Century, Form::Singular)).then_some(());
        if let Some((_, at)) = self.get(next, Glue::None, century) {
            if let Some((q, end)) = self.placing(at) {
                return self.found(i, end, Value::Decade(2000 + 100 * q + n), "decade", FoundKind::Absolute, false);
            }
            if let Some((k, _, end)) = self.ordinal(at, Glue::None)
                && (1..=21).contains(&k)
            {
                return self.found(i, end, Value::Decade((k - 1) * 100 + n), "decade", FoundKind::Absolute, false);
            }
            // "the twentieth" is a ten, not an ordinal below it.
            return None;
        }
        // The thirties and those before are rather ages or counts when nothing is said.
        (n >= 40 && (self.before(i, Role::In) || self.before(i, Role::Edge) || self.slot(i).entries.iter().any(|e| e.definite)))
            .then(|| self.found(i, next, Value::Decade(1900 + n), "decade", FoundKind::Absolute, false))
            .flatten()
    }

    /// "From 2 to 6 July", "between 3 and 5 May", "between the years 2003 and 2011", "the two days 18 and 19".
    fn range(&self, i: usize) -> Option<Found> {
        let both = |s: Sense, _: bool| if let Sense::Unit(u, Form::Both) = s { Some(u) } else { None };
        if let Some((u, next)) = self.get(i, Glue::Any, both) {
            // Two years joined by "and" are two times; the second is found by itself.
            if u == Span::Year
                && let Some((YearRef::Greg(a), n)) = self.year_number(next)
                && (self.word_is(n, &self.c.and) || self.slot(n).lead == Lead::And)
            {
                return self.found(i, n, Value::Year(a), "year", FoundKind::Absolute, false);
            }
            return self.pair(i, next, Some(u));
        }
        if let Some(mut next) = self.role(i, Glue::Any, Role::Between) {
            let mut unit = None;
            if let Some((u, n)) = self.get(next, Glue::None, both) {
                (unit, next) = (Some(u), n);
            } else if let Some((u, n)) = self.get(next, Glue::None, |s, _| if let Sense::Unit(u, Form::Singular) = s { Some(u) } else { None }) {
                (unit, next) = (Some(u), n);
            }
            return self.pair(i, next, unit);
        }
        let next = self.role(i, Glue::Any, Role::From)?;
        let unit = self.get(next, Glue::None, |s, def| if let Sense::Unit(u @ (Span::Day | Span::Year), Form::Singular) = s { (!def).then_some(u) } else { None });
        let (unit, at) = unit.map_or((None, next), |(u, n)| (Some(u), n));
        self.pair(i, at, unit)
    }

    /// Two points: the second gives the first what that leaves out.
    fn pair(&self, i: usize, at: usize, unit: Option<Span>) -> Option<Found> {
        let joint = |at: usize| -> Option<(usize, Glue)> {
            if let Some(n) = self.role(at, Glue::Any, Role::To) {
                return Some((n, Glue::None));
            }
            if self.word_is(at, &self.c.and) {
                return Some((at + 1, Glue::None));
            }
            if self.mark(at, &['-', '\u{2013}', '/']) || self.stroke(at) {
                return Some((at + 1, Glue::None));
            }
            (self.slot(at).lead == Lead::And).then_some((at, Glue::And))
        };
        let skip_unit = |at: usize, g: Glue| {
            self.get(at, g, |s, def| matches!(s, Sense::Unit(Span::Day | Span::Month | Span::Year, Form::Singular) if !def).then_some(())).map_or((at, g), |(_, n)| (n, Glue::None))
        };
        // Years; without the word only such numbers as count nothing.
        let bare = |n: i32| (1900..=2060).contains(&n);
        if matches!(unit, Some(Span::Year) | None)
            && let Some((YearRef::Greg(a), n)) = self.year_number(at)
            && let Some((n, g)) = joint(n)
            && let Some((YearRef::Greg(b), end)) = self.year_number(skip_unit(n, g).0)
            && a < b
            && (unit.is_some() || bare(a) && bare(b) && self.digits(at, 4).is_some() && self.followed_by_nothing_counted(end))
        {
            return self.found(i, end, Value::Years(a, b), "years", FoundKind::Range, false);
        }
        // Weekdays.
        let week = |s: Sense, _: bool| if let Sense::Weekday(w) = s { Some(w) } else { None };
        if let Some((a, n)) = self.get(at, Glue::None, week) {
            let (n, g) = joint(n)?;
            let (n, g) = skip_unit(n, g);
            let (b, end) = self.get(n, g, week)?;
            let today = self.a.today?;
            let placed = self.placing(end);
            let end = placed.map_or(end, |p| p.1);
            let width = (b - a).rem_euclid(7) as i32;
            let back = (weekday(today) - b).rem_euclid(7) as i32;
            let last = match placed.map(|p| p.0) {
                Some(q) if q > 0 => 7 - back,
                Some(q) if q < 0 && back == 0 => -7,
                _ => -back,
            };
            let last = plus(today, last)?;
            return self.found(i, end, Value::Days(plus(last, -width)?, last), "weekdays", FoundKind::Range, false);
        }
        // Dates in digits, of which the first may be only its day.
        if let Some((first, None, _, n)) = self.stamp(at)
            && let Some((n, g)) = joint(n)
            && let Some((last, None, _, end)) = self.stamp(skip_unit(n, g).0)
            && first < last
        {
            return self.found(i, end, Value::Days(first, last), "days", FoundKind::Range, false);
        }
        if let Some(d1) = self.digits(at, 2)
            && let Some((n, g)) = joint(at + 1)
            && !self.mark(at + 1, &['/'])
            && let Some((last, None, is_hijri, end)) = self.stamp(skip_unit(n, g).0)
        {
            let own = self.digits(skip_unit(n, g).0, 2)?;
            // Days of one month lie as far apart in any calendar.
            return (d1 >= 1 && d1 < own && (is_hijri || own == last.day() as i32))
                .then(|| self.found(i, end, Value::Days(plus(last, d1 - own)?, last), "days", FoundKind::Range, false))
                .flatten();
        }
        // Days of months.
        if let Some((d1, n)) = self.day_number(at, Glue::None) {
            let own = self.day_of_month(at, Glue::None).filter(|p| p.days == Some((d1, d1)));
            let after = own.map_or(n, |p| p.next);
            let Some((n, g)) = joint(after) else { return self.both_in_one(i, at) };
            let (n, g) = skip_unit(n, g);
            if let Some(p2) = self.day_of_month(n, g)
                && let Some((d2, _)) = p2.days
            {
                let (last, inferred) = self.resolve(&Partial { days: Some((d2, d2)), ..p2 })?;
                let (last, _) = last.bounds()?;
                let first = match own {
                    Some(p) if p.year.is_some() || matches!(p.month, MonthRef::Exact(_)) => self.resolve(&p)?.0,
                    Some(p) => {
                        // The last such day before the end.
                        let q = Partial { placing: Some(-1), ..p };
                        self.beside(plus(last, 1)?).resolve(&q)?.0
                    }
                    None => self.resolve(&Partial { days: Some((d1, d1)), next: 0, year: p2.year, ..p2 })?.0,
                };
                let (first, _) = first.bounds()?;
                return (first < last).then(|| self.found(i, p2.next, Value::Days(first, last), "days", FoundKind::Range, inferred)).flatten();
            }
            let (d2, end) = self.day_number(n, g)?;
            if let Some(p) = own {
                // "from 2 July to 6".
                let (first, inferred) = self.resolve(&p)?;
                let (last, _) = self.resolve(&Partial { days: Some((d2, d2)), ..p })?;
                let (a, b) = (first.bounds()?.0, last.bounds()?.0);
                return (a < b && unit == Some(Span::Day)).then(|| self.found(i, end, Value::Days(a, b), "days", FoundKind::Range, inferred)).flatten();
            }
            if unit == Some(Span::Day)
                && d1 < d2
                && self.get(i, Glue::Any, |s, _| matches!(s, Sense::Unit(_, Form::Both)).then_some(())).is_some()
                && self.followed_by_nothing_counted_after_pair(end)
            {
                return self.found(i, end, self.nearest_day_of_month(d1, d2)?, "days", FoundKind::Range, true);
            }
            return None;
        }
        // Months.
        let (m1, _, n) = self.named_month(at, Glue::None)?;
        let own_year = self.year_tail(n, matches!(m1, MonthRef::Hijri(_)));
        let after = own_year.map_or(n, |y| y.1);
        let (n, g) = joint(after)?;
        let (n, g) = skip_unit(n, g);
        let (m2, _, n) = self.named_month(n, g)?;
        let p2 = self.finish(None, m2, false, n);
        let (Value::Month(b), inferred) = self.resolve(&p2)? else { return None };
        let MonthRef::Named(x) = m1 else { return None };
        let a = match own_year {
            Some((YearRef::Greg(y), _)) => y * 12 + x as i32 - 1,
            _ => {
                let same = b.div_euclid(12) * 12 + x as i32 - 1;
                if same > b { same - 12 } else { same }
            }
        };
        (a < b).then(|| self.found(i, p2.next, Value::Months(a, b), "months", FoundKind::Range, inferred)).flatten()
    }

    /// A tatweel by itself, written for a dash.
    fn stroke(&self, i: usize) -> bool {
        i < self.end && self.t[i].kind == Kind::Word && self.t.fold(i).is_empty()
    }

    fn followed_by_nothing_counted_after_pair(&self, i: usize) -> bool {
        i >= self.end || self.t[i].kind != Kind::Number
    }

    /// "The two days 18 and 19 May", where the second number was read with the first.
    fn both_in_one(&self, i: usize, at: usize) -> Option<Found> {
        let p = self.day_of_month(at, Glue::None)?;
        let (a, b) = p.days?;
        if a == b {
            return None;
        }
        let (v, inferred) = self.resolve(&p)?;
        self.found(i, p.next, v, "days", FoundKind::Range, inferred)
    }

    /// The longest expression that begins at `i`, of any shape.
    fn at(&self, i: usize) -> Option<Found> {
        use shape::*;
        let opens = match self.t[i].kind {
            Kind::Number => OF_NUMBERS,
            Kind::Word => self.slot(i).opens | if self.article_at(i) { OF_NUMBERS } else { 0 },
            _ => 0,
        };
        if opens == 0 {
            return None;
        }
        let shapes: [(u16, fn(&Self, usize) -> Option<Found>); 11] = [
            (RANGE, Self::range),
            (PORTION, Self::portion),
            (DAY, Self::day_expression),
            (EDGE, Self::edge),
            (MONTH, Self::month_expression),
            (YEAR, Self::year_expression),
            (UNIT, Self::unit_expression),
            (AGO, Self::ago),
            (SEASON, Self::season),
            (DECADE, Self::decade),
            (BARE_YEAR, Self::bare_year),
        ];
        let mut best: Option<Found> = None;
        for f in shapes.iter().filter(|(bit, _)| opens & bit != 0).filter_map(|(_, read)| read(self, i)) {
            if best.as_ref().is_none_or(|b| f.end > b.end) {
                best = Some(f);
            }
        }
        best
    }
}

fn weekday_name(d: Date) -> &'static str {
    match weekday(d) {
        1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        5 => "Friday",
        6 => "Saturday",
        _ => "Sunday",
    }
}

/// What the calendar knows of each token of a text. Looked up once, then read as often as anchors change.
pub struct Words<'c> {
    slots: Vec<&'c Slot>,
    /// The shapes and numbers that may begin at each token: none at nineteen of twenty.
    opens: Vec<u16>,
}

impl<'c> Words<'c> {
    pub fn new(c: &'c Compiled, tokens: &Tokens) -> Self {
        let (mut slots, mut opens) = (Vec::with_capacity(tokens.len()), Vec::with_capacity(tokens.len()));
        for (i, t) in tokens.iter().enumerate() {
            let slot = if t.kind == Kind::Word { c.slots.get(tokens.fold(i)).unwrap_or(EMPTY) } else { EMPTY };
            let number = match t.kind {
                Kind::Number => true,
                // The article of a number in digits.
                Kind::Word => tokens.get(i + 1).is_some_and(|n| n.kind == Kind::Number) && tokens.fold(i) == c.article,
                _ => false,
            };
            slots.push(slot);
            opens.push(slot.opens | if number { shape::OF_NUMBERS } else { 0 });
        }
        Self { slots, opens }
    }
}

/// Ordinals by their token: spelled out (`الخامسة`) or in digits behind the article (`الـ24`).
pub fn ordinals(c: &Compiled, words: &Words, tokens: &Tokens) -> Vec<(u32, u32)> {
    let p = Parser { c, t: tokens, slots: &words.slots, begin: 0, end: tokens.len(), a: Anchors::default(), last_year: Cell::new(None) };
    (0..tokens.len())
        .filter(|&i| words.opens[i] != 0)
        .filter_map(|i| match tokens[i].kind {
            Kind::Number => {
                let article = i > 0 && tokens[i].glued && tokens[i - 1].kind == Kind::Word && tokens.fold(i - 1).chars().count() == 2;
                tokens.fold(i).parse().ok().filter(|_| article).map(|n| (i as u32, n))
            }
            // Units and tens are one number (`الرابعة والعشرون`).
            Kind::Word => p.ordinal(i, Glue::None).map(|(n, ..)| (i as u32, n as u32)),
            _ => None,
        })
        .collect()
}

/// Counts: tokens and value, in digits or in words (`22`, `1.5`, `سبعة`). Fractions are cut.
pub fn counts(c: &Compiled, words: &Words, tokens: &Tokens) -> Vec<(u32, u32, u64)> {
    let p = Parser { c, t: tokens, slots: &words.slots, begin: 0, end: tokens.len(), a: Anchors::default(), last_year: Cell::new(None) };
    let mut out: Vec<(u32, u32, u64)> = Vec::new();
    for i in 0..tokens.len() {
        if words.opens[i] == 0 || out.last().is_some_and(|l| i < l.1 as usize) {
            continue;
        }
        match tokens[i].kind {
            Kind::Number => {
                if let Ok(n) = tokens.fold(i).parse::<u64>() {
                    out.push((i as u32, i as u32 + 1, n));
                }
            }
            Kind::Word => {
                if let Some((n, _, end)) = p.cardinal(i, Glue::None)
                    && n > 0
                {
                    out.push((i as u32, end as u32, n as u64));
                }
            }
            _ => {}
        }
    }
    out
}

/// Counts of years (`32 عاما`): token range and count. No times by themselves; they date an article that has no date.
pub fn years(c: &Compiled, words: &Words, tokens: &Tokens) -> Vec<(u32, u32, i16)> {
    let p = Parser { c, t: tokens, slots: &words.slots, begin: 0, end: tokens.len(), a: Anchors::default(), last_year: Cell::new(None) };
    (0..tokens.len().saturating_sub(1))
        .filter_map(|i| {
            let (n, next) = match tokens[i].kind {
                Kind::Number => (tokens.fold(i).parse::<i32>().ok()?, i + 1),
                _ => p.get(i, Glue::Any, |s, _| if let Sense::Cardinal(n) = s { Some(n) } else { None })?,
            };
            let (_, end) = p.get(next, Glue::None, |s, _| matches!(s, Sense::Unit(Span::Year, _)).then_some(()))?;
            let from = if i > 0 && p.get(i - 1, Glue::Any, |s, _| matches!(s, Sense::Role(_)).then_some(())).is_some() { i - 1 } else { i };
            (2..200).contains(&n).then_some((from as u32, end as u32, n as i16))
        })
        .collect()
}

/// Appends the time expressions among the tokens of `range`, in order, none overlapping, of nested ones the longest.
/// Without any anchor the first full date of the text is the anchor of what is relative.
pub fn find(c: &Compiled, words: &Words, tokens: &Tokens, range: Range<usize>, anchors: &Anchors, out: &mut Vec<Found>) {
    let end = range.end.min(tokens.len());
    let begin = range.start.min(end);
    let mut a = Anchors { published: anchors.published.or(anchors.today), today: anchors.today.or(anchors.published) };
    let from = out.len();
    let run = |a: Anchors, out: &mut Vec<Found>| {
        let p = Parser { c, t: tokens, slots: &words.slots, begin, end, a, last_year: Cell::new(None) };
        let mut i = begin;
        while i < end {
            if words.opens[i] == 0 {
                i += 1;
                continue;
            }
            match p.at(i) {
                Some(f) => {
                    i = (f.end as usize).max(i + 1);
                    p.last_year.set(f.first.map(|d| d.year() as i32));
                    out.push(f);
                }
                None => i += 1,
            }
        }
    };
    run(a, out);
    // "Last Friday" beside "yesterday, Friday" is the one before.
    for k in from..out.len() {
        let f = &out[k];
        let yesterday = f.rule == "weekday" && f.kind == FoundKind::Relative && f.first.zip(a.today).is_some_and(|(d, t)| days_between(d, t) == 1);
        if yesterday
            && out[from..].iter().any(|g| g.rule == "relative-day" && g.end - g.start > 1 && g.first == f.first && g.last == f.last)
            && let Some(d) = f.first.and_then(|d| plus(d, -7))
        {
            (out[k].first, out[k].last, out[k].edtf) = (Some(d), Some(d), show(d));
        }
    }
    if a.today.is_none() {
        let full = out[from..].iter().find(|f| f.kind == FoundKind::Absolute && !f.inferred_year && f.first == f.last).and_then(|f| f.first);
        if full.is_some() {
            a = Anchors { published: full, today: full };
            out.truncate(from);
            run(a, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijill_lexicon::Sources;
    use sijill_lexicon::calendar::Example;
    use std::path::Path;

    struct Data {
        c: Compiled,
        examples: Vec<Example>,
        counters: Vec<(String, String, Option<String>)>,
        words: Vec<String>,
    }

    fn data() -> Data {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon/calendar");
        let sources = Sources::folder(&folder).unwrap();
        let files = sources.parse().unwrap_or_else(|faults| panic!("{faults:?}"));
        let mut all = Calendar::default();
        let (mut examples, mut counters) = (Vec::new(), Vec::new());
        for c in files.iter().filter_map(|(_, f)| f.calendar.as_ref()) {
            assert!(!c.example.is_empty() && !c.counter.is_empty(), "every file has examples and counters");
            all.extend(c);
            examples.extend(c.example.iter().cloned());
            counters.extend(c.counter.iter().map(|x| (x.why.clone(), x.text.clone(), x.published.clone())));
        }
        let c = Compiled::new(&all);
        let mut words: Vec<String> = c.slots.keys().cloned().collect();
        words.sort();
        Data { c, examples, counters, words }
    }

    fn read(c: &Compiled, text: &str, published: Option<&str>, today: Option<&str>) -> Vec<(String, String)> {
        let date = |s: Option<&str>| s.map(|s| s.parse().unwrap());
        let mut tokens = Tokens::default();
        tokens.read(text);
        let mut out = Vec::new();
        find(c, &Words::new(c, &tokens), &tokens, 0..tokens.len(), &Anchors { published: date(published), today: date(today) }, &mut out);
        out.iter().map(|f| (fold(&text[f.from(text, &tokens).0 as usize..f.to(&tokens).0 as usize]), f.edtf.clone())).collect()
    }

    /// The text in digits of the Arabic script.
    fn arabic_digits(text: &str) -> String {
        text.chars().map(|c| c.to_digit(10).map_or(c, |d| char::from_u32(0x0660 + d).unwrap())).collect()
    }

    /// The text with a vowel mark on every letter and the words drawn out.
    fn dressed(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            out.push(c);
            if sijill_text::is_arabic_letter(c) {
                out.push_str("\u{0640}\u{064E}");
            }
        }
        out
    }

    #[test]
    fn calendar_examples() {
        let d = data();
        let mut wrong = Vec::new();
        for (k, x) in d.examples.iter().enumerate() {
            let around = |n: usize| &d.counters[(k + n) % d.counters.len()].1;
            let shapes =
                [x.text.clone(), format!("{}\n{}\n{}", around(0), x.text, around(1)), format!("{} {} {}", around(2), x.text, around(3)), arabic_digits(&x.text), dressed(&x.text)];
            let expect: Vec<(String, String)> = x.expect.iter().map(|(a, b)| (fold(a), b.clone())).collect();
            let fits = |s: &String| read(&d.c, s, x.published.as_deref(), x.today.as_deref()) == expect;
            match (&x.known_failure, shapes.iter().all(fits)) {
                (None, false) => wrong.extend(shapes.iter().filter(|s| !fits(s)).map(|s| format!("{s}: {:?}", read(&d.c, s, x.published.as_deref(), x.today.as_deref())))),
                (Some(why), true) => wrong.push(format!("{} works now: {why}", x.text)),
                _ => {}
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn calendar_counters() {
        let d = data();
        for (why, text, published) in &d.counters {
            for shape in [text.clone(), arabic_digits(text), dressed(text)] {
                assert_eq!(read(&d.c, &shape, published.as_deref(), None), [], "{why}: {shape}");
            }
        }
    }

    #[test]
    fn calendar_takes_any_text() {
        let d = data();
        let marks = ["/", "-", ":", "(", ")", ".", ",", "\u{060C}", "\n", "1", "12", "31", "99", "1436", "2015", "9999", "00", "\u{AB}", "\u{BB}"];
        let mut seed = 0x9E37_79B9_7F4A_7C15u64;
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 33) as usize
        };
        let mut tokens = Tokens::default();
        for published in [None, Some(Date::constant(2024, 7, 2)), Some(Date::MIN), Some(Date::MAX)] {
            for _ in 0..300 {
                let mut text = String::new();
                for _ in 0..40 {
                    text.push_str(if next() % 2 == 0 { marks[next() % marks.len()] } else { &d.words[next() % d.words.len()] });
                    if next() % 3 > 0 {
                        text.push(' ');
                    }
                }
                tokens.read(&text);
                let mut out = Vec::new();
                let anchors = Anchors { published, today: None };
                find(&d.c, &Words::new(&d.c, &tokens), &tokens, 0..tokens.len(), &anchors, &mut out);
                let mut last = 0;
                for f in &out {
                    assert!(f.start >= last && f.end > f.start && f.end as usize <= tokens.len(), "{text}");
                    last = f.end;
                    let (a, b) = (f.from(&text, &tokens).0, f.to(&tokens).0);
                    assert!(text.get(a as usize..b as usize).is_some_and(|s| !s.is_empty()), "{text}");
                    assert!(f.first <= f.last && f.first.is_some());
                    weekday_forward(f, &anchors);
                }
            }
        }
    }

    #[test]
    fn calendar_weekday_of_what_is_planned() {
        let d = data();
        let name = &d.words.iter().find(|w| matches!(d.c.slots[*w].entries[0].sense, Sense::Weekday(1)) && d.c.slots[*w].skip == 0).unwrap();
        let mut tokens = Tokens::default();
        tokens.read(name);
        let anchors = Anchors { published: Some(Date::constant(2018, 4, 22)), today: None };
        let mut out = Vec::new();
        find(&d.c, &Words::new(&d.c, &tokens), &tokens, 0..tokens.len(), &anchors, &mut out);
        assert_eq!(out[0].edtf, "2018-04-16");
        assert_eq!(weekday_forward(&out[0], &anchors).as_deref(), Some("2018-04-23"));
    }
}
