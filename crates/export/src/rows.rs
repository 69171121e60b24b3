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
            let first = x.register.reports(&event.event, 1)?.into_iter().next();
            let (recipients, actors) = event.participants.iter().cloned().partition(|p| x.codes.receives(&event.kind, &p.role));
            each(&Row { event, actors, recipients, first })?;
        }
        match page.next {
            Some(next) => q.after = Some(next),
            None => return Ok(()),
        }
    }
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
