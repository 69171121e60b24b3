//! Months, years and days of months, as far as they are written, and the value that they have by the anchor.
//!
//! What must not live here: days by other names (`day`), whole months and years (`units`), two points (`range`).

use super::Anchors;
use super::parser::{Glue, MonthRef, Parser, Partial, YearRef};
use super::value::{Value, day, days_between, hijri, month_number, plus, weekday};
use super::words::{Form, Lead, Sense};
use icu_calendar::cal::Hijri;
use jiff::civil::Date;
use sijill_lexicon::calendar::{Role, Span};
use sijill_text::Kind;

impl<'a> Parser<'a> {
    pub(super) fn named_month(&self, i: usize, glue: Glue) -> Option<(MonthRef, bool, usize)> {
        let read = |s: Sense, _: bool| match s {
            Sense::Month(n, d) => Some((MonthRef::Named(n), d)),
            Sense::Hijri(n, d) => Some((MonthRef::Hijri(n), d)),
            _ => None,
        };
        let ((month, mut doubtful), mut next) = self.get(i, glue, read)?;
        // The other name of the same month: after a stroke or in brackets.
        let second = |at: usize| self.get(at, Glue::None, read).filter(|((m, _), _)| *m == month).map(|(_, n)| n);
        if self.mark(next, &['/', '-', '\\', '\u{2044}'])
            && let Some(n) = second(next + 1)
        {
            (doubtful, next) = (false, n);
        } else if self.mark(next, &['(', '[', '\u{AB}'])
            && let Some(n) = second(next + 1)
            && self.mark(n, &[')', ']', '\u{BB}'])
        {
            (doubtful, next) = (false, n + 1);
        } else if let Some(n) = second(next) {
            (doubtful, next) = (false, n);
        }
        Some((month, doubtful, next))
    }

    /// A month: "month" and its name, the name alone, or "the coming month".
    pub(super) fn month(&self, i: usize, glue: Glue) -> Option<(MonthRef, bool, usize)> {
        if let Some(m) = self.named_month(i, glue) {
            return Some(m);
        }
        let unit = |s: Sense, def: bool| (s == Sense::Unit(Span::Month, Form::Singular) && !def).then_some(());
        if let Some((_, next)) = self.get(i, glue, unit)
            && let Some((m, _, n)) = self.named_month(next, Glue::None)
        {
            return Some((m, false, n));
        }
        let (span, from, to, next) = self.placed_unit(i, glue)?;
        let today = self.a.today?;
        (span == Span::Month && from == to).then_some((MonthRef::Exact(month_number(today) + from), false, next))
    }

    pub(super) fn year_number(&self, i: usize) -> Option<(YearRef, usize)> {
        if i < self.end && self.t[i].kind == Kind::Number && self.t.fold(i).len() != 4 {
            return None;
        }
        let n = self.digits(i, 4)?;
        if self.broken_number(i) {
            return None;
        }
        let after = i + 1;
        if let Some(next) = self.role(after, Glue::Any, Role::HijriMark) {
            return ((1..1600).contains(&n)).then_some((YearRef::Hijri(n), next));
        }
        if self.role(after, Glue::None, Role::BeforeChrist).is_some() {
            return None;
        }
        if let Some(next) = self.role(after, Glue::Any, Role::GregorianMark)
            && !self.mark(next, &['.'])
        {
            return Some((YearRef::Greg(n), next));
        }
        match n {
            1300..=1499 => Some((YearRef::Hijri(n), i + 1)),
            1500..=2199 | 1000..=1299 => Some((YearRef::Greg(n), i + 1)),
            _ => None,
        }
    }

    /// "Year" and its number.
    pub(super) fn numbered_year(&self, i: usize, glue: Glue) -> Option<(YearRef, usize)> {
        let unit = |s: Sense, _: bool| (s == Sense::Unit(Span::Year, Form::Singular)).then_some(());
        let (_, next) = self.get(i, glue, unit)?;
        self.year_number(self.role(next, Glue::None, Role::YearKind).unwrap_or(next))
    }

    /// "Year" and its number, "last year", "this year".
    pub(super) fn year(&self, i: usize, glue: Glue) -> Option<(YearRef, usize)> {
        if let Some(found) = self.numbered_year(i, glue) {
            return Some(found);
        }
        let (span, from, to, next) = self.placed_unit(i, glue)?;
        let today = self.a.today?;
        (span == Span::Year && from == to).then_some((YearRef::Greg(today.year() as i32 + from), next))
    }

    /// The year that follows a month or a season.
    pub(super) fn year_tail(&self, i: usize, hijri_month: bool) -> Option<(YearRef, usize)> {
        let mut at = i;
        if let Some((y, n)) = self.year_number(at) {
            return match (y, hijri_month) {
                (YearRef::Hijri(_), true) | (YearRef::Greg(_), false) => Some((y, n)),
                // A Hijri year is the only one that a Hijri month can have.
                _ => None,
            };
        }
        if let Some(n) = self.role(at, Glue::None, Role::Of) {
            at = n;
        } else if self.mark(at, &['\u{060C}', ',', '/', '-'])
            && let Some((y, n)) = self.year_number(at + 1)
            && matches!(y, YearRef::Hijri(_)) == hijri_month
            && (hijri_month || matches!(y, YearRef::Greg(1900..2100)))
        {
            return Some((y, n));
        }
        if !hijri_month && let Some(n) = self.same_year(at) {
            return self.last_year.get().map(|y| (YearRef::Greg(y), n));
        }
        self.year(at, Glue::For).filter(|(y, _)| matches!(y, YearRef::Hijri(_)) == hijri_month)
    }

    /// "The same year": that of the time before.
    pub(super) fn same_year(&self, i: usize) -> Option<usize> {
        let unit = |s: Sense, def: bool| (def && s == Sense::Unit(Span::Year, Form::Singular)).then_some(());
        if let Some(n) = self.role(i, Glue::None, Role::ItselfBefore) {
            return self.get(n, Glue::None, unit).map(|x| x.1);
        }
        let (_, n) = self.get(i, Glue::None, unit)?;
        self.role(n, Glue::None, Role::Itself)
    }

    pub(super) fn placing(&self, i: usize) -> Option<(i32, usize)> {
        self.get(i, Glue::None, |s, _| if let Sense::Placing(n) = s { Some(n) } else { None })
    }

    /// "The past week", "the three coming months", "this year": the unit and its first and last offset.
    pub(super) fn placed_unit(&self, i: usize, glue: Glue) -> Option<(Span, i32, i32, usize)> {
        let unit = |s: Sense, def: bool| if let Sense::Unit(u, f) = s { Some((u, f, def)) } else { None };
        if let Some(n) = self.role(i, glue, Role::This)
            && let Some(((u, Form::Singular, true), next)) = self.get(n, Glue::None, unit)
        {
            return Some((u, 0, 0, next));
        }
        // The number before its noun: "the ten coming days".
        if let Some((n, true, after)) = self.cardinal(i, glue)
            && let Some(((u, Form::Plural | Form::Singular, _), next)) = self.get(after, Glue::None, unit)
            && let Some((p, end)) = self.placing(next)
        {
            return Self::counted(u, n, p).map(|(a, b)| (u, a, b, end));
        }
        let ((u, form, def), next) = self.get(i, glue, unit)?;
        if !def {
            return None;
        }
        match form {
            Form::Singular => {
                if let Some((p, end)) = self.placing(next) {
                    return Some((u, p, p, end));
                }
                self.role(next, Glue::None, Role::This).map(|end| (u, 0, 0, end))
            }
            Form::Dual => {
                let (p, end) = self.placing(next)?;
                Self::counted(u, 2, p).map(|(a, b)| (u, a, b, end))
            }
            Form::Plural => {
                let (n, def, after) = self.cardinal(next, Glue::None)?;
                let (p, end) = self.placing(after)?;
                if !def {
                    return None;
                }
                Self::counted(u, n, p).map(|(a, b)| (u, a, b, end))
            }
            Form::Both => None,
        }
    }

    pub(super) fn counted(u: Span, n: i32, placing: i32) -> Option<(i32, i32)> {
        let most = match u {
            Span::Day => 100,
            Span::Week | Span::Month => 60,
            Span::Year => 200,
            _ => return None,
        };
        match placing {
            _ if !(1..=most).contains(&n) => None,
            -1 => Some((-n, -1)),
            1 => Some((1, n)),
            _ => None,
        }
    }

    pub(super) fn unit_value(&self, u: Span, from: i32, to: i32) -> Option<Value> {
        let today = self.a.today?;
        Some(match u {
            Span::Day if from != to => Value::Days(plus(today, from)?, plus(today, to)?),
            Span::Week => {
                let monday = plus(today, 1 - weekday(today) as i32)?;
                Value::Days(plus(monday, 7 * from)?, plus(monday, 7 * to + 6)?)
            }
            Span::Month if from == to => Value::Month(month_number(today) + from),
            Span::Month => Value::Months(month_number(today) + from, month_number(today) + to),
            Span::Year if from == to => Value::Year(today.year() as i32 + from),
            Span::Year => Value::Years(today.year() as i32 + from, today.year() as i32 + to),
            _ => return None,
        })
    }

    /// What follows a month: its year, or an adjective that places it.
    pub(super) fn finish(&self, days: Option<(u8, u8)>, month: MonthRef, doubtful: bool, next: usize) -> Partial {
        let hijri_month = matches!(month, MonthRef::Hijri(_));
        let mut p = Partial { days, month, doubtful: doubtful && days.is_none(), year: None, placing: None, next };
        if let Some((y, n)) = self.year_tail(next, hijri_month) {
            (p.year, p.next, p.doubtful) = (Some(y), n, false);
        } else if let Some((q, n)) = self.placing(next) {
            (p.placing, p.next, p.doubtful) = (Some(q), n, false);
            // A year may still follow ("last May 2015"), which then decides.
            if let Some((y, n)) = self.year_tail(n, hijri_month) {
                (p.year, p.next) = (Some(y), n);
            }
        }
        if hijri_month && let Some(n) = self.role(p.next, Glue::None, Role::HijriMark) {
            (p.next, p.doubtful) = (n, false);
        }
        p
    }

    /// A second day number after the first: "18 and 19", "18-19".
    pub(super) fn second_day(&self, i: usize) -> Option<(u8, usize)> {
        if self.word_is(i, &self.c.and) {
            return self.day_number(i + 1, Glue::None);
        }
        if self.mark(i, &['-', '\u{2013}', '\u{2014}']) {
            return self.day_number(i + 1, Glue::None);
        }
        if let Some(n) = self.role(i, Glue::None, Role::To) {
            return self.day_number(n, Glue::None);
        }
        self.slot(i).lead.eq(&Lead::And).then(|| self.day_number(i, Glue::And)).flatten()
    }

    /// A day of a month in words and numbers.
    pub(super) fn day_of_month(&self, i: usize, glue: Glue) -> Option<Partial> {
        let (d1, at) = self.day_number(i, glue)?;
        let mut days = (d1, d1);
        let month_after = |at: usize| {
            // "the 12th (of) May", "12/May", "12-May".
            let of = self.role(at, Glue::None, Role::Of).filter(|_| self.t.fold(at) != self.t.fold(i));
            if let Some(n) = of
                && let Some(m) = self.month(n, Glue::None)
            {
                return Some(m);
            }
            if self.mark(at, &['/', '-', '\u{060C}']) && self.t[at].glued {
                return self.named_month(at + 1, Glue::None);
            }
            self.month(at, Glue::None)
        };
        let month = match month_after(at) {
            Some(m) => m,
            None => {
                if let Some((q, n)) = self.placing(at)
                    && (-1..=1).contains(&q)
                    && self.digits(i, 2).is_some()
                    && !(i > self.begin && self.article_at(i - 1))
                {
                    // "the 15th of the current (month)".
                    let m = month_number(self.a.today?) + q;
                    return Some(Partial { days: Some(days), month: MonthRef::Exact(m), doubtful: false, year: None, placing: None, next: n });
                }
                let (d2, n) = self.second_day(at)?;
                if d2 <= d1 {
                    return None;
                }
                let (month, doubtful, next) = month_after(n)?;
                if d2 != d1 + 1 && (self.slot(at).lead == Lead::And || self.word_is(at, &self.c.and)) {
                    // Two days apart: the first has its month from the second, which is read by itself.
                    let whole = self.finish(Some((d1, d1)), month, doubtful, next);
                    return Some(Partial { next: at, ..whole });
                }
                days = (d1, d2);
                (month, doubtful, next)
            }
        };
        let (m, doubtful, next) = month;
        let p = self.finish(Some(days), m, doubtful, next);
        // "Two-nil" is a score.
        let name = next.checked_sub(1).filter(|&n| doubtful && n > i && p.next == next && self.is_number_word(n));
        if name.is_some() { None } else { Some(p) }
    }

    /// A date in digits: 2021-06-03, 03/06/2021, 12/10/1436. The time of day where it follows.
    pub(super) fn stamp(&self, i: usize) -> Option<(Date, Option<(i8, i8)>, bool, usize)> {
        let a = self.digits(i, 4)?;
        let sep = i + 1;
        if !self.mark(sep, &['/', '-', '.', ':', '\u{2044}', '\u{2013}', '\\']) {
            return None;
        }
        let mark = self.t[sep].mark;
        let b = self.digits(i + 2, 2)?;
        if !self.mark(i + 3, &[mark]) {
            return None;
        }
        let c = self.digits(i + 4, 4)?;
        let tight = (1..=4).all(|k| self.t[i + k].glued);
        if !tight && mark != '/' {
            return None;
        }
        // A fourth number makes it an address or a version.
        if self.mark(i + 5, &[mark]) && self.t[i + 5].glued && self.digits(i + 6, 4).is_some() && mark != ':' {
            return None;
        }
        let (la, lc) = (self.t.fold(i).len(), self.t.fold(i + 4).len());
        let (y, m, d) = match (la, lc) {
            (4, 1..=2) => (a, b, c),
            (1..=2, 4) if mark != ':' => {
                // Day first; month first only where nothing else is possible.
                if b > 12 { (c, a, b) } else { (c, b, a) }
            }
            _ => return None,
        };
        if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
            return None;
        }
        let mut next = i + 5;
        let marked_hijri = self.role(next, Glue::Any, Role::HijriMark);
        let is_hijri = marked_hijri.is_some() || (1300..1500).contains(&y);
        let value = if is_hijri { hijri(y, m as u8, d as u8)? } else { (1500..2200).contains(&y).then(|| day(y, m as u8, d as u8)).flatten()? };
        if let Some(n) = marked_hijri.or_else(|| self.role(next, Glue::None, Role::GregorianMark)) {
            return Some((value, None, is_hijri, n));
        }
        let mut clock = None;
        let mut at = next;
        if self.mark(at, &['.', '-', '\u{060C}', ',', '|']) {
            at += 1;
        }
        if at < self.end && self.t[at].kind == Kind::Foreign && self.t.fold(at) == "t" {
            at += 1;
        }
        if let (Some(h), true, Some(min)) = (self.digits(at, 2), self.mark(at + 1, &[':']), self.digits(at + 2, 2))
            && h < 24
            && min < 60
            && self.t[at + 1].glued
            && self.t[at + 2].glued
        {
            clock = Some((h as i8, min as i8));
            next = at + 3;
            if self.mark(next, &[':']) && self.digits(next + 1, 2).is_some() {
                next += 2;
            }
        }
        Some((value, clock, is_hijri, next))
    }

    /// The value of a date as written, and whether the year was inferred.
    pub(super) fn resolve(&self, p: &Partial) -> Option<(Value, bool)> {
        let at = |m: MonthRef, y: i32, d: u8| match m {
            MonthRef::Named(n) => day(y, n, d),
            MonthRef::Hijri(n) => hijri(y, n, d),
            MonthRef::Exact(m) => day(m.div_euclid(12), m.rem_euclid(12) as u8 + 1, d),
        };
        let year = match (p.month, p.year) {
            (MonthRef::Exact(_), _) => 0,
            (_, Some(YearRef::Greg(y) | YearRef::Hijri(y))) => y,
            (m, None) => return self.infer(p, m).map(|v| (v, true)),
        };
        Some((self.of_year(p, year, at)?, false))
    }

    pub(super) fn of_year(&self, p: &Partial, year: i32, at: impl Fn(MonthRef, i32, u8) -> Option<Date>) -> Option<Value> {
        match (p.days, p.month) {
            (Some((a, b)), m) if a == b => Some(Value::Day(at(m, year, a)?)),
            (Some((a, b)), m) => Some(Value::Days(at(m, year, a)?, at(m, year, b)?)),
            (None, MonthRef::Named(n)) => Some(Value::Month(year * 12 + n as i32 - 1)),
            (None, MonthRef::Exact(m)) => Some(Value::Month(m)),
            (None, MonthRef::Hijri(n)) => {
                let first = hijri(year, n, 1)?;
                let last = hijri(year, n, 30).or_else(|| hijri(year, n, 29))?;
                Some(Value::Days(first, last))
            }
        }
    }

    /// The same text as read on another day.
    pub(super) fn beside(&self, day: Date) -> Self {
        Parser {
            c: self.c,
            t: self.t,
            slots: self.slots,
            begin: self.begin,
            end: self.end,
            a: Anchors { published: Some(day), today: Some(day) },
            last_year: self.last_year.clone(),
        }
    }

    /// The nearest such day or month; the past one of two equally near.
    pub(super) fn infer(&self, p: &Partial, m: MonthRef) -> Option<Value> {
        let anchor = self.a.published.or(self.a.today)?;
        let at = |m: MonthRef, y: i32, d: u8| match m {
            MonthRef::Named(n) => day(y, n, d),
            MonthRef::Hijri(n) => hijri(y, n, d),
            MonthRef::Exact(_) => None,
        };
        let base = match m {
            MonthRef::Hijri(_) => {
                let iso = icu_calendar::Date::try_new_iso(anchor.year() as i32, anchor.month() as u8, anchor.day() as u8).ok()?;
                iso.to_calendar(Hijri::new_umm_al_qura()).era_year().year
            }
            _ => anchor.year() as i32,
        };
        let mut best: Option<(i32, Value)> = None;
        for y in base - 2..=base + 2 {
            let Some(v) = self.of_year(p, y, at) else { continue };
            let Some((first, _)) = v.bounds() else { continue };
            // Months are compared with the anchor's month, days with its day.
            let distance = match v {
                Value::Month(x) => (x - month_number(anchor)) * 30,
                _ => days_between(anchor, first),
            };
            let fits = match p.placing {
                Some(q) if q < 0 => distance < 0,
                Some(q) if q > 0 => distance > 0,
                Some(_) => first.year() == anchor.year(),
                None => true,
            };
            // What is told is rather past: a coming day has to be clearly nearer.
            let far = if distance > 0 { distance * 3 + 1 } else { -distance * 2 };
            if fits && best.is_none_or(|(b, _)| far < b) {
                best = Some((far, v));
            }
        }
        best.map(|(_, v)| v)
    }
}
