//! EDTF values as days in numbers (20240702), for ranges and order.
//!
//! What must not live here: what an EDTF value means (`sijill_resolve::edtf`).

use sijill_resolve::edtf;

/// A day as a number: 20240702. Zero: none is known.
pub type Day = i64;

/// The first and the last day that a value covers; none where it can not be read. An open end is far away.
pub fn bounds(edtf: &str) -> Option<(Day, Day)> {
    let d = edtf::days(edtf)?;
    let from = d.from.map_or(Some(0), number)?;
    let until = d.until.map_or(Some(99_991_231), number)?;
    Some((from, until))
}

/// A day as resolution counts it, as a number that people can read.
fn number(day: i32) -> Option<Day> {
    edtf::iso(day).replace('-', "").parse().ok()
}

/// The first day, 0 where there is none.
pub fn first(edtf: Option<&str>) -> Day {
    edtf.and_then(bounds).map_or(0, |b| b.0)
}

/// As a person writes it.
pub fn iso(day: Day) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cover_days() {
        for (edtf, expected) in [
            ("2024-07-02", Some((20_240_702, 20_240_702))),
            ("2024-07-02?", Some((20_240_702, 20_240_702))),
            ("2021-06-03T03:46", Some((20_210_603, 20_210_603))),
            ("2024-02", Some((20_240_201, 20_240_229))),
            ("2023", Some((20_230_101, 20_231_231))),
            ("2023-21", Some((20_230_301, 20_230_531))),
            ("2023-24", Some((20_231_201, 20_240_229))),
            ("199X", Some((19_900_101, 19_991_231))),
            ("2024-07-02/2024-07-06", Some((20_240_702, 20_240_706))),
            ("1992/..", Some((19_920_101, 99_991_231))),
            ("2023-02-29", None),
            ("2024-13", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(bounds(edtf), expected, "{edtf}");
        }
    }
}
