//! The rows that formats are made of: events with their sides and their first report, statements; page by page, in a fixed order.
//!
//! What must not live here: the form of any file.

use crate::{Export, Result};
use sijill_store::days;
use sijill_store::query::Name;
use sijill_store::query::event::{EventQuery, Happening, Part, Report};
use sijill_store::query::statement::{Said, StatementQuery};

/// Rows asked for at once.
const PAGE: usize = 400;

/// An event, ready for a file.
pub struct Row {
    pub event: Happening,
    /// Who acts and who receives, by the code books' rules; where nobody receives, all stand side by side as actors.
    pub actors: Vec<Part>,
    pub recipients: Vec<Part>,
    /// What the first article says of it: that of the earliest publication.
    pub first: Option<Report>,
}

impl Row {
    /// First and last day, as ISO dates; none where the date leaves that end open or there is none.
    pub fn days(&self) -> (Option<String>, Option<String>) {
        let Some((from, until)) = self.event.date.as_deref().and_then(days::bounds) else { return (None, None) };
        ((from > 0).then(|| days::iso(from)), (until < 99_990_000).then(|| days::iso(until)))
    }

    /// The day on which lists place it: its first, else that of its first report.
    pub fn day(&self) -> Option<&str> {
        self.event.day.as_deref()
    }

    /// The day under which code books file it, `20240702`: its first day; without any date the day of its first report, as they do; none where only a month or a year is known.
    pub fn filed(&self) -> Option<String> {
        let Some(date) = self.event.date.as_deref() else { return self.day().map(|d| d.replace('-', "")) };
        whole_days(date).map(|d| format!("{:08}", d.0))
    }

    /// The same for coarser columns: as many digits of it as the date leaves no doubt of.
    pub fn filed_as(&self, digits: usize) -> String {
        let known = self.filed().or_else(|| {
            let (from, until) = self.event.date.as_deref().and_then(days::bounds)?;
            let (from, until) = (format!("{from:08}"), format!("{until:08}"));
            let same = from.get(..digits)? == until.get(..digits)?;
            same.then_some(from)
        });
        known.and_then(|d| d.get(..digits).map(str::to_owned)).unwrap_or_default()
    }

    /// The words of the first report.
    pub fn quote(&self) -> Option<&str> {
        self.first.as_ref()?.quotes.first().map(String::as_str)
    }
}

pub fn events(x: &Export, q: &EventQuery, each: &mut dyn FnMut(&Row) -> Result<()>) -> Result<()> {
    let mut q = EventQuery { limit: PAGE, after: None, newest: false, ..q.clone() };
    loop {
        let page = x.register.events(&q)?;
        for event in page.items {
            each(&row(x, event)?)?;
        }
        match page.next {
            Some(next) => q.after = Some(next),
            None => return Ok(()),
        }
    }
}

/// An event with its sides and its first report.
pub fn row(x: &Export, event: Happening) -> Result<Row> {
    let first = x.register.reports(&event.event, 1)?.into_iter().next();
    let (recipients, actors) = event.participants.iter().cloned().partition(|p| x.codes.receives(&event.kind, &p.role));
    Ok(Row { event, actors, recipients, first })
}

pub fn statements(x: &Export, q: &StatementQuery, each: &mut dyn FnMut(&Said) -> Result<()>) -> Result<()> {
    let mut q = StatementQuery { limit: PAGE, after: None, newest: false, ..q.clone() };
    loop {
        let page = x.register.statements(&q)?;
        for s in &page.items {
            each(s)?;
        }
        match page.next {
            Some(next) => q.after = Some(next),
            None => return Ok(()),
        }
    }
}

/// A name for programs that know no Arabic; the Arabic one where there is no other.
pub fn english(n: &Name) -> &str {
    n.en.as_deref().unwrap_or(&n.ar)
}

/// The state for which one acts here, else one's own.
pub fn state(p: &Part) -> Option<&str> {
    p.of.as_deref().or(p.name.country.as_deref())
}

/// Single numbers of the code books, freed of what a 32-bit number adds when it becomes one of 64.
pub fn score(n: f64) -> f64 {
    (n * 100.0).round() / 100.0
}

/// Text for a cell that knows no quotation marks: what would end it becomes a blank.
pub fn plain(s: &str) -> String {
    s.split(['\t', '\n', '\r']).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// First and last day of a date that names days on both sides.
pub fn whole_days(edtf: &str) -> Option<(i64, i64)> {
    let exact = |side: &str| {
        let rest = side.get(10..);
        side.get(..10).is_some_and(|d| d.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() }))
            && rest.is_some_and(|r| r.is_empty() || r.starts_with(['T', '?', '~', '%']))
    };
    if edtf.split('/').all(exact) { days::bounds(edtf).filter(|b| b.0 <= b.1) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_of_days_have_whole_days() {
        for (edtf, expected) in [
            ("2024-07-02", Some((20_240_702, 20_240_702))),
            ("2024-07-02?", Some((20_240_702, 20_240_702))),
            ("2024-07-02T10:30", Some((20_240_702, 20_240_702))),
            ("2024-07-02/2024-07-06", Some((20_240_702, 20_240_706))),
            ("2024-07", None),
            ("2024-07-02/2024-08", None),
            ("2024-07-02/..", None),
            ("2024-07-XX", None),
            ("", None),
        ] {
            assert_eq!(whole_days(edtf), expected, "{edtf}");
        }
    }

    #[test]
    fn no_day_is_made_of_a_year() {
        for (date, day, expected) in [
            (Some("2024-07-02"), "2024-07-02", ["20240702", "202407", "2024"]),
            (Some("2024-07-30/2024-08-02"), "2024-07-30", ["20240730", "202407", "2024"]),
            (Some("2024-07"), "2024-07-01", ["", "202407", "2024"]),
            (Some("1995"), "1995-01-01", ["", "", "1995"]),
            (Some("199X"), "1990-01-01", ["", "", ""]),
            (None, "2018-02-12", ["20180212", "201802", "2018"]),
        ] {
            let event: Happening = Happening { date: date.map(str::to_owned), day: Some(day.to_owned()), ..happening() };
            let row = Row { event, actors: Vec::new(), recipients: Vec::new(), first: None };
            assert_eq!([8, 6, 4].map(|n| row.filed_as(n)), expected, "{date:?}");
            assert_eq!(row.filed().unwrap_or_default(), expected[0]);
        }
    }

    fn happening() -> Happening {
        Happening {
            event: "ev-000000000001".into(),
            kind: "visit".into(),
            status: "occurred".into(),
            date: None,
            day: None,
            place: None,
            participants: Vec::new(),
            attributes: serde_json::Value::Null,
            life: serde_json::Value::Null,
            differing: serde_json::Value::Null,
            reports: 1,
            independent: 1,
            plover: None,
            mode: None,
            quad: None,
            cameo: None,
            goldstein: None,
        }
    }
}
