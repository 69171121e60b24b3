//! From one point to another: the second gives the first what that leaves out.

use super::parser::{Glue, MonthRef, Parser, Partial, YearRef};
use super::value::{Value, plus, weekday};
use super::words::{Form, Lead, Sense};
use super::{Found, FoundKind};
use sijill_lexicon::calendar::{Role, Span};
use sijill_text::Kind;

impl<'a> Parser<'a> {
    /// "From 2 to 6 July", "between 3 and 5 May", "between the years 2003 and 2011", "the two days 18 and 19".
    pub(super) fn range(&self, i: usize) -> Option<Found> {
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
    pub(super) fn pair(&self, i: usize, at: usize, unit: Option<Span>) -> Option<Found> {
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
    pub(super) fn stroke(&self, i: usize) -> bool {
        i < self.end && self.t[i].kind == Kind::Word && self.t.fold(i).is_empty()
    }

    pub(super) fn followed_by_nothing_counted_after_pair(&self, i: usize) -> bool {
        i >= self.end || self.t[i].kind != Kind::Number
    }

    /// "The two days 18 and 19 May", where the second number was read with the first.
    pub(super) fn both_in_one(&self, i: usize, at: usize) -> Option<Found> {
        let p = self.day_of_month(at, Glue::None)?;
        let (a, b) = p.days?;
        if a == b {
            return None;
        }
        let (v, inferred) = self.resolve(&p)?;
        self.found(i, p.next, v, "days", FoundKind::Range, inferred)
    }
}
