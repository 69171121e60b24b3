//! Months, years, weeks, seasons, decades, their parts, and how long ago.

use super::parser::{Glue, MonthRef, Parser, Partial, YearRef};
use super::value::{Value, hijri, month_number, plus};
use super::words::{Form, Lead, Sense};
use super::{Found, FoundKind};
use sijill_lexicon::calendar::{Role, Span};
use sijill_text::Kind;

impl<'a> Parser<'a> {
    /// A month with or without its year.
    pub(super) fn month_expression(&self, i: usize) -> Option<Found> {
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
    pub(super) fn is_number_word(&self, i: usize) -> bool {
        self.get(i, Glue::Any, |s, _| matches!(s, Sense::Cardinal(_)).then_some(())).is_some()
    }

    pub(super) fn after_number(&self, i: usize) -> bool {
        i > self.begin && self.t[i - 1].kind == Kind::Number
    }

    pub(super) fn year_value(&self, y: YearRef) -> Option<Value> {
        match y {
            YearRef::Greg(y) => Some(Value::Year(y)),
            YearRef::Hijri(y) => Some(Value::Days(hijri(y, 1, 1)?, plus(hijri(y + 1, 1, 1)?, -1)?)),
        }
    }

    pub(super) fn year_expression(&self, i: usize) -> Option<Found> {
        let (y, next) = self.numbered_year(i, Glue::Any)?;
        self.found(i, next, self.year_value(y)?, "year", FoundKind::Absolute, false)
    }

    /// A year without the word: after a preposition of time, with nothing after it that it could count.
    pub(super) fn bare_year(&self, i: usize) -> Option<Found> {
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

    pub(super) fn unit_expression(&self, i: usize) -> Option<Found> {
        let (u, from, to, next) = self.placed_unit(i, Glue::Any)?;
        self.found(i, next, self.unit_value(u, from, to)?, "relative-unit", FoundKind::Relative, false)
    }

    /// "Seven years ago", "since two months".
    pub(super) fn ago(&self, i: usize) -> Option<Found> {
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

    pub(super) fn begins_time(&self, i: usize) -> bool {
        self.digits(i, 4).is_some()
            || self.get(i, Glue::None, |s, _| matches!(s, Sense::Month(..) | Sense::Hijri(..) | Sense::Weekday(_) | Sense::Day { .. } | Sense::Placing(_)).then_some(())).is_some()
            || (i < self.end && self.t[i].kind == Kind::Word && self.t.fold(i).starts_with(&self.c.article))
    }

    /// Beginning, middle or end of something.
    pub(super) fn edge(&self, i: usize) -> Option<Found> {
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
    pub(super) fn bare_unit(&self, i: usize) -> Option<Found> {
        let (u, next) = self.get(i, Glue::None, |s, def| if let Sense::Unit(u @ (Span::Month | Span::Year), Form::Singular) = s { def.then_some(u) } else { None })?;
        let goes_on = next < self.end && (self.t[next].kind == Kind::Number || (self.t[next].kind == Kind::Word && self.t.fold(next).starts_with(&self.c.article)));
        if goes_on || self.get(next, Glue::Any, |s, _| matches!(s, Sense::Role(Role::Elsewhen | Role::Itself | Role::Of)).then_some(())).is_some() {
            return None;
        }
        self.found(i, next, self.unit_value(u, 0, 0)?, "relative-unit", FoundKind::Relative, false)
    }

    /// The first quarter of a year, the last week of a month, the first five months of a year.
    pub(super) fn portion(&self, i: usize) -> Option<Found> {
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

    pub(super) fn month_partial(&self, i: usize) -> Option<Partial> {
        let (m, doubtful, next) = self.month(i, Glue::None)?;
        Some(self.finish(None, m, doubtful, next))
    }

    pub(super) fn season(&self, i: usize) -> Option<Found> {
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

    pub(super) fn decade(&self, i: usize) -> Option<Found> {
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
}
