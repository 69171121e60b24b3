//! Dates as sources write them, in the form that the record knows: `2024-07-02`, with a time of day where there is one.
//!
//! What must not live here: dates in running text, which are the engine's.

/// A date in ISO 8601 (or with slashes), or in the form of e-mail and RSS. A date in another form is no date: to guess whether
/// 02/07 is in July or February is not for us.
pub fn iso(s: &str) -> Option<String> {
    let s = s.trim();
    if let Some(date) = s.get(..10).and_then(calendar_day) {
        // A time of day is taken along where it is one: `T10:00:00+03:00`, ` 10:00`.
        let time = s[10..].trim();
        let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'+' | b'-' | b'Z'));
        let time = time.strip_prefix('T').unwrap_or(time);
        return Some(if time.len() >= 5 && plain(time) && time.as_bytes()[2] == b':' { format!("{date}T{time}") } else { date });
    }
    let zoned = jiff::fmt::rfc2822::parse(s).or_else(|_| jiff::fmt::rfc2822::parse(&s.replace(" UTC", " GMT"))).ok()?;
    // Of most names of zones nobody knows what they mean ("AST"): the day is still certain.
    let zone = s.rsplit(' ').next().unwrap_or_default();
    let known = zone.starts_with(['+', '-']) || matches!(zone, "GMT" | "UT" | "UTC" | "Z");
    Some(if known { zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string() } else { zoned.date().to_string() })
}

/// Ten bytes that are a day of the calendar, with hyphens.
fn calendar_day(s: &str) -> Option<String> {
    let b = s.as_bytes();
    let sep = *b.get(4)?;
    if !(sep == b'-' || sep == b'/') || b[7] != sep {
        return None;
    }
    let number = |range: std::ops::Range<usize>| s.get(range).filter(|p| p.bytes().all(|c| c.is_ascii_digit()))?.parse::<i16>().ok();
    let (y, m, d) = (number(0..4)?, number(5..7)?, number(8..10)?);
    jiff::civil::Date::new(y, m as i8, d as i8).ok().filter(|_| y > 1900).map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (found, expected) in [
            ("2024-07-02", Some("2024-07-02")),
            (" 2024-07-02T10:00:00+03:00 ", Some("2024-07-02T10:00:00+03:00")),
            ("2024-07-02 10:05", Some("2024-07-02T10:05")),
            ("2024/07/02", Some("2024-07-02")),
            ("2024-07-02 at ten", Some("2024-07-02")),
            ("Tue, 02 Jul 2024 10:00:00 +0300", Some("2024-07-02T10:00:00+03:00")),
            ("Tue, 02 Jul 2024 10:00:00 AST", Some("2024-07-02")),
            ("2024-02-30", None),
            ("02/07/2024", None),
            ("0000-01-01", None),
            ("", None),
            ("٢٠٢٤-٠٧-٠٢", None),
        ] {
            assert_eq!(iso(found).as_deref(), expected, "{found:?}");
        }
    }
}
