//! iCalendar (RFC 5545): one entry a visit, meeting or gathering whose days are known, whole days.
//!
//! Left out: other kinds, unless they are asked for, and events whose date is a month, a year or nothing: an entry that fills a month would be wrong. Planned is TENTATIVE,
//! cancelled and denied are CANCELLED; the status itself stands in X-SIJILL-STATUS. What must not live here: words in any language, which are the lexicon's.

use crate::rows::{self, Row, english, whole_days};
use crate::{Export, Made, Result};
use sijill_store::days;
use sijill_store::query::Name;
use sijill_store::query::event::EventQuery;
use std::io::Write;

/// What an entry is made of.
pub const FIELDS: [(&str, &str); 11] = [
    ("UID", "Permanent id of the event"),
    ("DTSTAMP", "Day of the first report, so that the same register gives the same bytes"),
    ("DTSTART, DTEND", "First day; the day after the last"),
    ("SUMMARY", "Kind and participants, in English where there are English names"),
    ("LOCATION", "The place"),
    ("STATUS", "CONFIRMED, TENTATIVE (planned, proposed), CANCELLED (cancelled, denied)"),
    ("CATEGORIES", "Kind of event"),
    ("DESCRIPTION", "The same in Arabic; the words of the first reports, each with its source"),
    ("URL", "Address of the first report's article"),
    ("X-SIJILL-STATUS", "The status itself"),
    ("X-SIJILL-REPORTS", "Number of reports"),
];

const KINDS: [&str; 3] = ["visit", "meeting", "gathering"];
/// Reports whose words stand in an entry.
const QUOTED: usize = 5;

/// The day after, as iCalendar writes days.
fn day_after(day: i64) -> Option<String> {
    let date: jiff::civil::Date = days::iso(day).parse().ok()?;
    Some(date.tomorrow().ok()?.to_string().replace('-', ""))
}

/// A value of type TEXT.
fn escaped(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line of content, folded: no piece is longer than 75 octets, no letter is cut through.
fn line(out: &mut dyn Write, name: &str, value: &str) -> Result<()> {
    let whole = format!("{name}:{value}");
    let mut rest = whole.as_str();
    let mut room = 75;
    loop {
        let mut cut = rest.len().min(room);
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let (piece, after) = rest.split_at(cut);
        write!(out, "{}{piece}\r\n", if room == 75 { "" } else { " " })?;
        if after.is_empty() {
            return Ok(());
        }
        (rest, room) = (after, 74);
    }
}

fn summary(kind: &str, r: &Row, name: fn(&Name) -> &str) -> String {
    let side = |parts: &[sijill_store::query::event::Part]| parts.iter().map(|p| name(&p.name).to_owned()).collect::<Vec<_>>().join(" / ");
    match (side(&r.actors), side(&r.recipients)) {
        (a, b) if b.is_empty() => format!("{kind}: {a}"),
        (a, b) => format!("{kind}: {a} \u{2013} {b}"),
    }
}

pub(crate) fn write(x: &Export, q: &EventQuery, out: &mut dyn Write) -> Result<Made> {
    let mut q = q.clone();
    if q.kinds.is_empty() {
        q.kinds = KINDS.map(str::to_owned).to_vec();
    }
    entries(x, out, &mut |each| rows::events(x, &q, each))
}

/// The calendar of the rows that it is fed.
pub(crate) fn entries(x: &Export, out: &mut dyn Write, feed: crate::table::Feed<Row>) -> Result<Made> {
    let mut made = Made { why: "events whose days are not known", ..Made::default() };
    line(out, "BEGIN", "VCALENDAR")?;
    line(out, "VERSION", "2.0")?;
    line(out, "PRODID", &format!("-//sijill//{}//AR", escaped(&x.maker.to_string())))?;
    line(out, "X-SIJILL-LEXICON", &escaped(&x.maker.lexicon))?;
    feed(&mut |r| {
        let e = &r.event;
        let days = e.date.as_deref().and_then(whole_days);
        let (Some((from, until)), Some(first)) = (days, &r.first) else {
            made.left_out += 1;
            return Ok(());
        };
        let Some(end) = day_after(until) else {
            made.left_out += 1;
            return Ok(());
        };
        let stamp = first.source.published.as_deref().and_then(days::bounds).map_or(from, |b| b.0).max(19_700_101);
        let (ar, en) = x.codes.label("kind", &e.kind).unwrap_or((&e.kind, &e.kind));
        let mut text = vec![summary(ar, r, |n| &n.ar)];
        for report in x.register.reports(&e.event, QUOTED)? {
            let from = [report.source.outlet.as_deref(), report.source.published.as_deref(), report.source.url.as_deref()];
            let from: Vec<&str> = from.into_iter().flatten().chain([report.source.article.as_str()]).collect();
            text.push(format!("\u{201C}{}\u{201D} ({})", report.quotes.first().map_or("", String::as_str), from.join(", ")));
        }
        text.push(x.maker.to_string());
        line(out, "BEGIN", "VEVENT")?;
        line(out, "UID", &e.event)?;
        line(out, "DTSTAMP", &format!("{stamp:08}T000000Z"))?;
        line(out, "DTSTART;VALUE=DATE", &format!("{from:08}"))?;
        line(out, "DTEND;VALUE=DATE", &end)?;
        line(out, "SUMMARY", &escaped(&summary(en, r, english)))?;
        if let Some(place) = &e.place {
            line(out, "LOCATION", &escaped(english(place)))?;
        }
        let status = match e.status.as_str() {
            "planned" | "proposed" => "TENTATIVE",
            "cancelled" | "denied" => "CANCELLED",
            _ => "CONFIRMED",
        };
        line(out, "STATUS", status)?;
        line(out, "CATEGORIES", &escaped(&e.kind))?;
        line(out, "DESCRIPTION", &escaped(&text.join("\n")))?;
        if let Some(url) = first.source.url.as_deref().filter(|u| !u.contains(char::is_whitespace)) {
            line(out, "URL", url)?;
        }
        line(out, "TRANSP", "TRANSPARENT")?;
        line(out, "X-SIJILL-STATUS", &e.status)?;
        line(out, "X-SIJILL-REPORTS", &e.reports.to_string())?;
        line(out, "END", "VEVENT")?;
        made.rows += 1;
        Ok(())
    })?;
    line(out, "END", "VCALENDAR")?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_after_goes_over_months_and_years() {
        assert_eq!(day_after(20_240_228).as_deref(), Some("20240229"));
        assert_eq!(day_after(20_231_231).as_deref(), Some("20240101"));
    }

    #[test]
    fn folding_cuts_no_letter_and_loses_none() {
        for pad in 0..8 {
            let value = escaped(&format!("{}{}", "x".repeat(pad), "لقاء، في \"الرباط\"; ثم\nسفر \\ ".repeat(30)));
            let mut out = Vec::new();
            line(&mut out, "DESCRIPTION", &value).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.split("\r\n").all(|l| l.len() <= 75), "{text}");
            assert_eq!(text.replace("\r\n ", ""), format!("DESCRIPTION:{value}\r\n"));
        }
    }
}
