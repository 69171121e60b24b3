//! EDTF values as stretches of days.
//!
//! What must not live here: what a date means for an event (`events`), how dates are found in texts.

use edtf_core::{Bound, BoundDate, Edtf};
use jiff::civil::Date;

/// The first and the last day that a value may mean, counted from 1970-01-01. `None`: open or unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days {
    pub from: Option<i32>,
    pub until: Option<i32>,
}

impl Days {
    /// Both ends, where neither is open.
    pub fn closed(self) -> Option<(i32, i32)> {
        Some((self.from?, self.until?))
    }

    /// How many days it spans; a day is 1.
    pub fn width(self) -> Option<i32> {
        self.closed().map(|(a, b)| b - a + 1)
    }
}

fn day_of(date: Date) -> i32 {
    date.since(Date::constant(1970, 1, 1)).map_or(0, |s| s.get_days())
}

fn bound(b: Bound) -> Option<i32> {
    let Bound::Date(BoundDate { year, month, day }) = b else { return None };
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(day_of)
}

/// The days of an EDTF value, `None` where it is none. A time of day is left off: it never moves a day.
pub fn days(value: &str) -> Option<Days> {
    let dated: Vec<&str> = value.split('/').map(|side| if side.len() > 10 && side.as_bytes().get(10) == Some(&b'T') { &side[..10] } else { side }).collect();
    let b = Edtf::parse(&dated.join("/")).ok()?.bounds();
    Some(Days { from: bound(b.earliest), until: bound(b.latest) })
}

/// The one day that a value means.
pub fn day(value: &str) -> Option<i32> {
    days(value)?.closed().filter(|(a, b)| a == b).map(|(a, _)| a)
}

/// `2024-07-02` of a number of days.
pub fn iso(day: i32) -> String {
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(i64::from(day.clamp(-4_000_000, 2_900_000)))).map_or_else(|_| String::new(), |d| d.to_string())
}

/// First and last day as ISO dates, for storage and queries.
pub fn iso_days(value: &str) -> (Option<String>, Option<String>) {
    days(value).map_or((None, None), |d| (d.from.map(iso), d.until.map(iso)))
}

/// The year of a day.
pub fn year(day: i32) -> i32 {
    iso(day).get(..4).and_then(|y| y.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_what_the_record_holds() {
        for (value, from, until) in [
            ("2024-07-02", Some("2024-07-02"), Some("2024-07-02")),
            ("2024-07", Some("2024-07-01"), Some("2024-07-31")),
            ("2024-02", Some("2024-02-01"), Some("2024-02-29")),
            ("2023", Some("2023-01-01"), Some("2023-12-31")),
            ("199X", Some("1990-01-01"), Some("1999-12-31")),
            ("2024-07-02/2024-07-06", Some("2024-07-02"), Some("2024-07-06")),
            ("2013/..", Some("2013-01-01"), None),
            ("../2013-05", None, Some("2013-05-31")),
            ("2021-06-03T03:46", Some("2021-06-03"), Some("2021-06-03")),
            ("2018-04-26?", Some("2018-04-26"), Some("2018-04-26")),
            ("2023-21", Some("2023-03-01"), Some("2023-05-31")),
        ] {
            assert_eq!(iso_days(value), (from.map(str::to_owned), until.map(str::to_owned)), "{value}");
        }
        assert_eq!(days("soon"), None);
        assert_eq!(days(""), None);
        assert_eq!(day("2024-07"), None);
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(day("1970-01-01"), Some(0));
        assert_eq!(day("1969-12-31"), Some(-1));
        assert_eq!(day("2000-03-01"), Some(11017));
        assert_eq!(iso(11017), "2000-03-01");
        assert_eq!(year(-1), 1969);
    }
}
