//! A day by any of its names: weekday, today, a date, or several that stand for one.

use super::parser::{Glue, MonthRef, Parser, Partial};
use super::value::{Value, day, days_between, month_number, plus, show, weekday, weekday_name};
use super::words::{Form, Sense};
use super::{Found, FoundKind};
use jiff::civil::Date;
use sijill_lexicon::calendar::{Role, Span};
use sijill_text::Kind;

impl<'a> Parser<'a> {
    /// A day by any of its names, or several that stand for one: part of the day, "day", today or yesterday, weekday,
    /// date, the same date in another calendar, with or without brackets.
    pub(super) fn day_expression(&self, i: usize) -> Option<Found> {
        let mut pos = i;
        let mut glue = Glue::Any;
        let (mut part, mut day_unit) = (false, false);
        let mut relative: Option<(i32, Option<i8>)> = None;
        let mut week: Option<i8> = None;
        let mut placing: Option<i32> = None;
        let mut greg: Option<(Value, bool)> = None;
        let mut hijr: Option<(Value, bool)> = None;
        let mut clock = None;
        let mut end = i;
        if let Some((_, n)) = self.get(pos, glue, |s, _| (s == Sense::Part).then_some(()))
            && self.get(pos, glue, |s, _| matches!(s, Sense::Day { .. }).then_some(())).is_none()
        {
            (part, pos, glue) = (true, n, Glue::None);
            if let Some(n) = self.role(pos, Glue::None, Role::Of) {
                pos = n;
            }
        }
        if let Some((_, n)) = self.get(pos, glue, |s, def| (s == Sense::Unit(Span::Day, Form::Singular) && !def).then_some(()))
            && self.get(pos, glue, |s, _| matches!(s, Sense::Day { .. }).then_some(())).is_none()
        {
            (day_unit, pos, glue) = (true, n, Glue::None);
        }
        for _ in 0..8 {
            let first = end == i;
            let mut at = pos;
            let mut open = None;
            if !first {
                if self.mark(at, &['(', '[']) {
                    open = Some([')', ']']);
                    at += 1;
                } else if self.mark(at, &['\u{AB}', '"', '\u{201C}']) {
                    open = Some(['\u{BB}', '"']);
                    at += 1;
                }
            }
            let mut same = false;
            let mut g = glue;
            if !first {
                if self.mark(at, &['\u{060C}', ',', '-', '\u{2013}', '/']) && open.is_none() {
                    // After a comma only a date goes on, and only after a weekday.
                    if week.is_some() || relative.is_some() || hijr.is_some() || greg.is_some() {
                        at += 1;
                        if !self.mark(at - 1, &['/', '-', '\u{2013}']) && self.day_number(at, Glue::None).is_none() && self.role(at, Glue::None, Role::Same).is_none() {
                            break;
                        }
                    }
                }
                if let Some(n) = self.role(at, Glue::Any, Role::Same) {
                    (at, same, g) = (n, true, Glue::For);
                    if self.mark(at, &[':']) {
                        at += 1;
                    }
                    if self.word_is(at, std::slice::from_ref(&self.c.to)) {
                        at += 1;
                    }
                    if open.is_none() && self.mark(at, &['(']) {
                        (open, at) = (Some([')', ']']), at + 1);
                    }
                    if let Some((_, n)) = self.get(at, g, |s, def| (s == Sense::Unit(Span::Day, Form::Singular) && !def).then_some(())) {
                        (at, g) = (n, Glue::None);
                    }
                }
            }
            let before = (relative, week, placing, greg, hijr);
            let mut next = None;
            // Today, yesterday.
            if relative.is_none()
                && week.is_none()
                && greg.is_none()
                && let Some(((offset, hour, doubtful), n)) =
                    self.get(at, g, |s, _| if let Sense::Day { offset, hour, doubtful } = s { Some((offset, hour, doubtful)) } else { None })
                && (!first || self.is_day_word(at, n, offset, doubtful, part || day_unit))
            {
                relative = Some((offset, hour));
                next = Some(n);
            }
            // Weekday.
            if next.is_none()
                && week.is_none()
                && let Some((w, n)) = self.get(at, g, |s, _| if let Sense::Weekday(w) = s { Some(w) } else { None })
                && (!first || part || day_unit || !self.before(i, Role::NotWeekdayAfter))
            {
                let mut n = n;
                if self.role(n, Glue::None, Role::Elsewhen).is_some() && relative.is_none() {
                    return None;
                }
                if let Some((q, after)) = self.placing(n) {
                    placing = Some(q);
                    n = after;
                }
                week = Some(w);
                next = Some(n);
            }
            // A date.
            if next.is_none()
                && let Some((d, time, is_hijri, n)) = self.stamp(at)
                && !self.broken_number_before(at)
            {
                let side = if is_hijri { &mut hijr } else { &mut greg };
                if side.is_none() {
                    *side = Some((Value::Day(d), false));
                    clock = clock.or(time);
                    next = Some(n);
                }
            }
            if next.is_none()
                && (first || open.is_some() || same || week.is_some() || hijr.is_some() || greg.is_some() || matches!(relative, Some((0, _))))
                && let Some(p) = self.day_of_month(at, g)
                && (first || relative.is_none() || self.digits(at, 2).is_some() || same)
            {
                let side = if matches!(p.month, MonthRef::Hijri(_)) { &mut hijr } else { &mut greg };
                if side.is_none()
                    && (p.year.is_some() || !self.named_thing(at, first, part || day_unit))
                    && let Some(v) = self.resolve_near(&p, hijr.map(|h| h.0))
                {
                    if p.days.is_none() {
                        break;
                    }
                    if matches!(p.month, MonthRef::Hijri(_)) {
                        hijr = Some(v)
                    } else {
                        greg = Some(v)
                    }
                    next = Some(p.next);
                }
            }
            // "Day 18" without a month.
            if next.is_none()
                && first
                && day_unit
                && let Some(d) = self.digits(at, 2)
                && (1..=31).contains(&d)
                && !self.broken_number(at)
                && self.followed_by_nothing_counted(at + 1)
                && let Some(v) = self.nearest_day_of_month(d as u8, d as u8)
            {
                greg = Some((v, true));
                next = Some(at + 1);
            }
            let Some(mut n) = next else { break };
            if let Some(close) = open {
                if !self.mark(n, &close) {
                    // What the bracket holds goes on: it is not a gloss of the day.
                    (relative, week, placing, greg, hijr) = before;
                    break;
                }
                n += 1;
            }
            end = n;
            pos = n;
            glue = Glue::None;
        }
        if end == i {
            return None;
        }
        // "The night of Saturday Sunday": from one day to the next.
        if part
            && placing.is_none()
            && relative.is_none()
            && greg.is_none()
            && hijr.is_none()
            && let Some(w) = week
            && let next = if self.mark(end, &['/', '-', '\u{2013}']) { end + 1 } else { end }
            && let Some((last, n)) = self.get(next, Glue::None, |s, _| if let Sense::Weekday(w) = s { Some(w) } else { None })
            && last == w % 7 + 1
        {
            let today = self.a.today?;
            let day = plus(today, -((weekday(today) - last).rem_euclid(7) as i32))?;
            return self.found(i, n, Value::Days(plus(day, -1)?, day), "weekdays", FoundKind::Range, false);
        }
        self.day_value(i, end, relative, week, placing, greg, hijr, clock)
    }

    pub(super) fn broken_number_before(&self, i: usize) -> bool {
        i >= self.begin + 2 && self.t[i].glued && self.t[i - 1].glued && self.t[i - 1].kind == Kind::Mark && self.t[i - 2].kind == Kind::Number
    }

    /// Is what follows no noun that the number would count?
    pub(super) fn followed_by_nothing_counted(&self, i: usize) -> bool {
        if i >= self.end {
            return true;
        }
        match self.t[i].kind {
            Kind::Word => self.get(i, Glue::None, |s, _| matches!(s, Sense::Role(Role::In | Role::Of | Role::To)).then_some(())).is_some(),
            Kind::Number | Kind::Foreign => false,
            Kind::Mark => !self.mark(i, &['%', '\u{066A}', '/', '-']),
            Kind::Break => true,
        }
    }

    /// Does a word before the date make it a name (of a war, a town, a square)?
    pub(super) fn named_thing(&self, i: usize, first: bool, headed: bool) -> bool {
        first && !headed && self.before(i, Role::NameHead)
    }

    pub(super) fn is_day_word(&self, i: usize, next: usize, offset: i32, doubtful: bool, headed: bool) -> bool {
        if doubtful && !headed {
            return false;
        }
        if offset != 0 || next > i + 1 {
            return true;
        }
        // Other readings of the word with the article: "on the day of", "that day".
        if !headed && self.slot(i).skip == 0 && self.before(i, Role::NotTodayAfter) {
            return false;
        }
        let next = if self.mark(next, &['"', '\u{AB}', '\u{201C}']) { next + 1 } else { next };
        let follows = self.get(next, Glue::None, |s, def| match s {
            Sense::Role(Role::NotTodayBefore) | Sense::Placing(_) => Some(()),
            Sense::Ordinal(_) if def => Some(()),
            _ => None,
        });
        let counted = self.article_at(next) && self.digits(next + 1, 4).is_some();
        follows.is_none() && !counted
    }

    pub(super) fn nearest_day_of_month(&self, a: u8, b: u8) -> Option<Value> {
        let anchor = self.a.published.or(self.a.today)?;
        let mut best: Option<(i32, Value)> = None;
        for m in month_number(anchor) - 1..=month_number(anchor) + 1 {
            let (y, n) = (m.div_euclid(12), m.rem_euclid(12) as u8 + 1);
            let (Some(first), Some(last)) = (day(y, n, a), day(y, n, b)) else { continue };
            let distance = days_between(anchor, first);
            let far = distance.abs() * 2 + i32::from(distance > 0);
            if best.is_none_or(|(d, _)| far < d) {
                best = Some((far, if a == b { Value::Day(first) } else { Value::Days(first, last) }));
            }
        }
        best.map(|(_, v)| v)
    }

    /// A date without a year beside its equivalent in the other calendar takes the year nearest to that.
    pub(super) fn resolve_near(&self, p: &Partial, other: Option<Value>) -> Option<(Value, bool)> {
        if p.year.is_none()
            && let Some((near, _)) = other.and_then(Value::bounds)
        {
            return self.beside(near).resolve(p);
        }
        self.resolve(p)
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn day_value(
        &self,
        i: usize,
        end: usize,
        relative: Option<(i32, Option<i8>)>,
        week: Option<i8>,
        placing: Option<i32>,
        greg: Option<(Value, bool)>,
        hijr: Option<(Value, bool)>,
        clock: Option<(i8, i8)>,
    ) -> Option<Found> {
        let mut warning = None;
        let mut sure = true;
        let mut wrong = |d: Date| {
            sure = false;
            warning = Some(("weekday-mismatch", format!("{} is a {}", show(d), weekday_name(d))));
        };
        let (value, rule, kind, inferred) = if let Some((v, inferred)) = greg.or(hijr) {
            // A gloss of today by a date: the date decides. A weekday beside it is checked.
            if let (Some(w), Some((d, last))) = (week, v.bounds())
                && d == last
                && weekday(d) != w
            {
                wrong(d);
            }
            let v = match (v, clock) {
                (Value::Day(d), Some((h, m))) => Value::Minute(d, h, m),
                _ => v,
            };
            (v, if greg.is_some() { "day-month-year" } else { "hijri" }, if matches!(v, Value::Days(..)) { FoundKind::Range } else { FoundKind::Absolute }, inferred)
        } else if let Some((offset, hour)) = relative {
            let mut d = plus(self.a.today?, offset)?;
            if let Some(w) = week
                && weekday(d) != w
            {
                wrong(d);
                let forward = (w - weekday(d)).rem_euclid(7) as i32;
                d = plus(d, if forward <= 3 { forward } else { forward - 7 })?;
            }
            (hour.map_or(Value::Day(d), |h| Value::Minute(d, h, 0)), "relative-day", FoundKind::Relative, false)
        } else {
            let today = self.a.today?;
            let back = (weekday(today) - week?).rem_euclid(7) as i32;
            let (offset, kind) = match placing {
                Some(q) if q < 0 => (if back == 0 { -7 } else { -back } + 7 * (q + 1), FoundKind::Relative),
                Some(q) if q > 0 => (7 - back + 7 * (q - 1), FoundKind::Relative),
                _ if self.before(i, Role::Coming) || (i > self.begin && self.before(i - 1, Role::Coming)) => ((7 - back) % 7, FoundKind::Weekday),
                _ => (-back, FoundKind::Weekday),
            };
            (Value::Day(plus(today, offset)?), "weekday", kind, false)
        };
        self.found(i, end, value, rule, kind, inferred).map(|mut f| {
            if !sure {
                f.edtf.push('?');
            }
            f.warning = warning;
            f
        })
    }
}
