//! The words of pages: labels of the lexicon in the reader's language, names, days.
//!
//! What must not live here: any word of Arabic, and none of English that a reader sees.

use sijill_lexicon::codes::Codes;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Ar,
    En,
}

impl Lang {
    pub fn of(code: &str) -> Option<Self> {
        [Self::Ar, Self::En].into_iter().find(|l| l.code() == code)
    }
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::En => "en",
        }
    }
    pub const fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            Self::En => "ltr",
        }
    }
    pub const fn other(self) -> Self {
        match self {
            Self::Ar => Self::En,
            Self::En => Self::Ar,
        }
    }
}

/// Labels in one language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub codes: &'a Codes,
    pub lang: Lang,
}

impl<'a> Words<'a> {
    /// A label of the pages.
    pub fn t(&self, id: &'a str) -> &'a str {
        self.codes.label("page", id).map_or(id, |(ar, en)| if self.lang == Lang::Ar { ar } else { en })
    }

    /// The same for an id that is made while a page is drawn.
    pub fn t_of(&self, id: &str) -> String {
        self.of("page", id)
    }

    /// The label of a value of a closed list; the value itself where none is listed.
    pub fn of(&self, group: &str, id: &str) -> String {
        self.codes.label(group, id).map_or(id, |(ar, en)| if self.lang == Lang::Ar { ar } else { en }).to_owned()
    }

    /// The level of a relation, put together from its parts.
    pub fn level(&self, level: &str) -> String {
        sijill_ask::label::level(self.codes, level, self.lang == Lang::Ar)
    }

    /// A name as plain text.
    pub fn name(&self, n: &sijill_store::query::Name) -> String {
        match (self.lang, &n.en) {
            (Lang::En, Some(en)) => en.clone(),
            _ => n.ar.clone(),
        }
    }

    pub fn comma(&self) -> &'static str {
        if self.lang == Lang::Ar { "\u{060C} " } else { ", " }
    }

    /// A number with its thousands told apart.
    pub fn number(&self, n: usize) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(c);
        }
        out
    }

    /// A date as people write it; what is no date that we know how to write stays as it is.
    pub fn date(&self, edtf: &str) -> String {
        match edtf.split_once('/') {
            Some((from, "..")) => format!("{} {}", self.t("since"), self.side(from)),
            Some(("..", until)) => format!("{} {}", self.t("until"), self.side(until)),
            Some((from, until)) => {
                // What both ends share is said once: `20–21 Mar 2023`.
                let (a, b) = (from.get(..10), until.get(..10));
                if let (Some(a), Some(b), 10, 10) = (a, b, from.len(), until.len()) {
                    if a.get(..7) == b.get(..7) {
                        return format!("{}\u{2013}{}", number(a.get(8..10)), self.side(b));
                    }
                    if a.get(..4) == b.get(..4) {
                        return format!("{} {} \u{2013} {}", number(a.get(8..10)), self.month(a.get(5..7)), self.side(b));
                    }
                }
                format!("{} \u{2013} {}", self.side(from), self.side(until))
            }
            None => self.side(edtf),
        }
    }

    fn month(&self, number: Option<&str>) -> String {
        self.of("month", number.unwrap_or(""))
    }

    fn side(&self, edtf: &str) -> String {
        let bare = edtf.trim_end_matches(['?', '~', '%']);
        let doubt = if bare.len() < edtf.len() { "?" } else { "" };
        let (day, time) = bare.split_once('T').unwrap_or((bare, ""));
        let parts: Vec<&str> = day.split('-').collect();
        let digits = |p: &str, n: usize| p.len() == n && p.bytes().all(|b| b.is_ascii_digit());
        let text = match parts.as_slice() {
            [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2) => format!("{} {} {y}", number(Some(d)), self.month(Some(m))),
            [y, m] if digits(y, 4) && digits(m, 2) => format!("{} {y}", self.month(Some(m))),
            _ => day.to_owned(),
        };
        if time.is_empty() { format!("{text}{doubt}") } else { format!("{text}{} {}{doubt}", self.comma().trim_end(), time.get(..5).unwrap_or(time)) }
    }
}

/// Two digits without the nought before them.
fn number(digits: Option<&str>) -> &str {
    digits.unwrap_or("").trim_start_matches('0')
}
