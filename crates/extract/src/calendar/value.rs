//! Days and spans of days: the arithmetic of both calendars, and how a value is written (EDTF).
//!
//! What must not live here: words.

use icu_calendar::cal::{Hijri, Iso};
use jiff::civil::Date;

pub(super) fn show(d: Date) -> String {
    format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day())
}

pub(super) fn day(y: i32, m: u8, d: u8) -> Option<Date> {
    Date::new(i16::try_from(y).ok()?, m as i8, d as i8).ok()
}

pub(super) fn plus(d: Date, days: i32) -> Option<Date> {
    d.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Monday 1 to Sunday 7.
pub(super) fn weekday(d: Date) -> i8 {
    d.weekday().to_monday_one_offset()
}

pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}

pub(super) fn month_number(d: Date) -> i32 {
    d.year() as i32 * 12 + d.month() as i32 - 1
}

pub(super) fn hijri(y: i32, m: u8, d: u8) -> Option<Date> {
    if !(1..=2000).contains(&y) {
        return None;
    }
    let iso = icu_calendar::Date::try_new_hijri_with_calendar(y, m, d, Hijri::new_umm_al_qura()).ok()?.to_calendar(Iso);
    day(iso.era_year().year, iso.month().ordinal, iso.day_of_month().0)
}

/// A value: the days it spans and how it is written.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Value {
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

pub(super) fn month_text(m: i32) -> String {
    format!("{:04}-{:02}", m.div_euclid(12), m.rem_euclid(12) + 1)
}

impl Value {
    pub(super) fn text(self) -> String {
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

    pub(super) fn bounds(self) -> Option<(Date, Date)> {
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

pub(super) fn weekday_name(d: Date) -> &'static str {
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
