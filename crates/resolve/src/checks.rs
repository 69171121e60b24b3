//! Checks across articles: where reports contradict each other, the register, or the calendar.
//!
//! A check never changes anything; it names what disagrees and who says it. What must not live here: how differing values were
//! merged (`events`), texts for people to read (a check has a code and values).

use crate::edtf;
use crate::facts::{Cover, Facts};
use crate::model::{Event, Report, Sighting};
use crate::standing::{Level, pair, pairs_of};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sijill_record::Record;
use std::collections::{BTreeMap, BTreeSet};

/// Something that does not agree.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// `date-disagrees`, `place-disagrees`, `participants-disagree`, `status-disagrees`, `ordinal-disagrees`, `ordinal-against-register`,
    /// `overdue`, `title-not-held`, `calendar`, `relation-date`, `level-disagrees`.
    pub code: String,
    /// What it is about: an event's id, an actor's id, a pair (`CHN+TJK`), an article.
    pub about: String,
    /// The values that disagree, with the articles that have them; the register's own without articles.
    pub values: Vec<(Value, Vec<String>)>,
}

fn sorted(mut list: Vec<Check>) -> Vec<Check> {
    list.sort_by(|a, b| (&a.code, &a.about).cmp(&(&b.code, &b.about)).then_with(|| format!("{:?}", a.values).cmp(&format!("{:?}", b.values))));
    list.dedup();
    list
}

/// Do two EDTF values exclude each other?
fn exclude(a: &str, b: &str) -> bool {
    match (edtf::days(a), edtf::days(b)) {
        (Some(x), Some(y)) => x.until.zip(y.from).is_some_and(|(u, f)| u < f) || y.until.zip(x.from).is_some_and(|(u, f)| u < f),
        _ => false,
    }
}

/// Does each of two values have an article that does not have the other? One article that has both does not contradict anybody: it tells of two places, or was misread.
fn apart(a: &[String], b: &[String]) -> bool {
    a.iter().any(|x| !b.contains(x)) && b.iter().any(|x| !a.contains(x))
}

/// Do two of the values of a field stand against each other?
fn clash<'v, T>(values: &'v [(Value, Vec<String>)], read: impl Fn(&'v Value) -> Option<T>, against: impl Fn(&T, &T) -> bool) -> bool {
    let list: Vec<(T, &[String])> = values.iter().filter_map(|(v, by)| Some((read(v)?, by.as_slice()))).collect();
    list.iter().enumerate().any(|(n, (a, x))| list[n + 1..].iter().any(|(b, y)| apart(x, y) && against(a, b)))
}

/// Reports of one event that contradict each other: on its date, place, people, number, and whether it happened. Values that only
/// differ in how much they say (a month and a day in it, a state and a town in it) do not.
pub fn disagreements(event: &Event, facts: &Facts) -> Vec<Check> {
    let mut out = Vec::new();
    for d in &event.differing {
        let code = match d.field.as_str() {
            "date" if clash(&d.values, Value::as_str, |a, b| exclude(a, b)) => "date-disagrees",
            "place" => {
                let land = |p: &str| p.strip_prefix("country:").map(str::to_owned).or_else(|| facts.country_of(p).map(str::to_owned));
                let against = |a: &&str, b: &&str| {
                    let (x, y) = (land(a), land(b));
                    let both = !a.starts_with("country:") && !b.starts_with("country:");
                    // Two unknown places may lie in each other.
                    x.is_some() && y.is_some() && (x != y || both)
                };
                if clash(&d.values, Value::as_str, against) { "place-disagrees" } else { continue }
            }
            "participants" => {
                let set = |v: &Value| v.as_array().map(|l| l.iter().filter_map(Value::as_str).map(str::to_owned).collect::<BTreeSet<String>>());
                if clash(&d.values, set, |a, b| !a.is_subset(b) && !b.is_subset(a)) { "participants-disagree" } else { continue }
            }
            "attributes.ordinal" | "attributes.edition" => "ordinal-disagrees",
            _ => continue,
        };
        out.push(Check { code: code.to_owned(), about: event.id.clone(), values: d.values.clone() });
    }
    let stages: BTreeMap<&str, Vec<String>> = event.life.iter().map(|s| (s.stage.as_str(), vec![s.article.clone()])).collect();
    if stages.contains_key("happened") && (stages.contains_key("cancelled") || stages.contains_key("denied")) {
        let values = stages.iter().filter(|(s, _)| matches!(**s, "happened" | "cancelled" | "denied")).map(|(s, a)| (Value::from(*s), a.clone())).collect();
        out.push(Check { code: "status-disagrees".into(), about: event.id.clone(), values });
    }
    sorted(out)
}

/// Visits whose number the register contradicts: an article calls it the fifth where the register holds five earlier ones of the same
/// visitor to the same host. That it holds fewer proves nothing. `events` are the visits of one pair.
pub fn ordinals(events: &[Event]) -> Vec<Check> {
    let mut out = Vec::new();
    let visits: Vec<&Event> = events.iter().filter(|e| e.kind == "visit" && e.status == "occurred").collect();
    for e in events.iter().filter(|e| e.kind == "visit") {
        let Some(n) = e.attributes.get("ordinal").and_then(Value::as_i64) else { continue };
        let Some(day) = e.date.as_deref().and_then(edtf::days).and_then(|d| d.from) else { continue };
        let who: BTreeSet<&str> = e.parties.iter().filter(|p| p.role == "visitor" && p.actor.starts_with("person:")).map(|p| p.actor.as_str()).collect();
        if who.is_empty() {
            continue;
        }
        let host = |e: &Event| e.parties.iter().find(|p| p.role == "host").and_then(|p| p.country.clone()).or_else(|| e.place_country.clone());
        let before: BTreeSet<&str> = visits
            .iter()
            .filter(|v| v.id != e.id && host(v).is_some() && host(v) == host(e) && v.parties.iter().any(|p| p.role == "visitor" && who.contains(p.actor.as_str())))
            .filter(|v| v.date.as_deref().and_then(edtf::days).and_then(|d| d.until).is_some_and(|u| u < day))
            .map(|v| v.id.as_str())
            .collect();
        if before.len() as i64 >= n {
            let said = e.reports.iter().map(|r| r.split('#').next().unwrap_or(r).to_owned()).collect::<BTreeSet<_>>().into_iter().collect();
            let mut values = vec![(Value::from(n), said), (Value::from(before.len() as i64 + 1), Vec::new())];
            values.extend(before.iter().map(|id| (Value::from(*id), Vec::new())));
            out.push(Check { code: "ordinal-against-register".into(), about: e.id.clone(), values });
        }
    }
    sorted(out)
}

/// Days after which a planned event should have been reported.
const GRACE: i32 = 7;

/// Planned events whose day has passed and of which no article says what became of it. `latest` is the date of the register's latest
/// article: a register never asks the clock.
pub fn overdue(events: &[Event], latest: &str) -> Vec<Check> {
    let Some(now) = edtf::days(latest).and_then(|d| d.until) else { return Vec::new() };
    let late = |e: &&Event| e.status == "planned" && e.date.as_deref().and_then(edtf::days).and_then(|d| d.until).is_some_and(|u| u + GRACE < now);
    sorted(
        events
            .iter()
            .filter(late)
            .map(|e| Check {
                code: "overdue".into(),
                about: e.id.clone(),
                values: vec![
                    (
                        Value::from(e.date.clone().unwrap_or_default()),
                        e.reports.iter().map(|r| r.split('#').next().unwrap_or(r).to_owned()).collect::<BTreeSet<_>>().into_iter().collect(),
                    ),
                    (Value::from(latest), Vec::new()),
                ],
            })
            .collect(),
    )
}

/// Titles that a known person did not hold on the article's day, by a register that knows his terms of that office.
pub fn titles(sightings: &[Sighting], facts: &Facts) -> Vec<Check> {
    let mut out: BTreeMap<(String, String, String), BTreeSet<String>> = BTreeMap::new();
    for s in sightings.iter().filter(|s| s.known && s.kind == "person") {
        let Some(day) = s.published.as_deref().and_then(edtf::day) else { continue };
        for r in &s.roles {
            // Only titles of the whole state: there are many ministers and ambassadors.
            if !matches!(r.title.as_str(), "head-of-state" | "head-of-government" | "foreign-minister" | "defence-minister" | "monarch" | "crown-prince") {
                continue;
            }
            let Some(country) = &r.country else { continue };
            let terms: Vec<_> = facts.terms_of(&s.entity).filter(|t| t.title == r.title && &t.country == country).collect();
            if !terms.is_empty() && terms.iter().all(|t| t.covers(day) == Cover::No) {
                let term = terms.iter().map(|t| format!("{}/{}", t.from.as_deref().unwrap_or(".."), t.until.as_deref().unwrap_or(".."))).collect::<Vec<_>>().join(", ");
                out.entry((s.entity.clone(), format!("{} {country}", r.title), term)).or_default().insert(s.article.clone());
            }
        }
    }
    sorted(
        out.into_iter()
            .map(|((about, title, term), articles)| Check {
                code: "title-not-held".into(),
                about,
                values: vec![(Value::from(title), articles.into_iter().collect()), (Value::from(term), Vec::new())],
            })
            .collect(),
    )
}

/// What one article says against the calendar: the warnings of its record, by article.
pub fn calendar(article: &str, record: &Record) -> Vec<Check> {
    sorted(
        record
            .warnings
            .iter()
            .filter(|w| matches!(w.code.as_str(), "weekday-mismatch" | "anniversary-mismatch"))
            .map(|w| Check { code: "calendar".into(), about: article.to_owned(), values: vec![(Value::from(w.message.clone()), vec![article.to_owned()])] })
            .collect(),
    )
}

/// Reports dated after their article as if they had happened.
pub fn impossible(reports: &[Report]) -> Vec<Check> {
    let early = |r: &&Report| {
        r.status == "occurred"
            && r.date
                .as_deref()
                .and_then(edtf::days)
                .and_then(|d| d.from)
                .zip(r.published.as_deref().and_then(edtf::days).and_then(|d| d.until))
                .is_some_and(|(on, published)| on > published)
    };
    sorted(
        reports
            .iter()
            .filter(early)
            .map(|r| Check {
                code: "calendar".into(),
                about: r.key(),
                values: vec![
                    (Value::from(r.date.clone().unwrap_or_default()), vec![r.article.clone()]),
                    (Value::from(r.published.clone().unwrap_or_default()), vec![r.article.clone()]),
                ],
            })
            .collect(),
    )
}

/// What articles say of when a relation reached its level, against the rest of the register. `levels` and `events` are those of one pair.
///
/// - `relation-date`: the article dates it to a month in which the register has nothing of the pair, but a year later or earlier, in the
///   same month, their visit or meeting (`in July of last year` said of July of this year).
/// - `level-disagrees`: another article, published after that date, still has a lower level.
pub fn relation_dates(levels: &[Level], events: &[Event]) -> Vec<Check> {
    let mut out = Vec::new();
    for l in levels {
        let (Some(dated), Some(level)) = (l.dated.as_deref(), l.level.as_deref()) else { continue };
        let Some((from, until)) = edtf::days(dated).and_then(edtf::Days::closed).filter(|(a, b)| b - a <= 31) else { continue };
        let pair_name = l.pair.join("+");
        let mine: Vec<(&Event, i32)> = events
            .iter()
            // What the article itself dates to that month is the same claim once more.
            .filter(|e| e.reports.iter().any(|r| r.split('#').next() != Some(l.article.as_str())))
            .filter(|e| matches!(e.kind.as_str(), "visit" | "meeting" | "accord" | "signing") && matches!(e.status.as_str(), "occurred" | "ongoing" | "planned"))
            .filter(|e| pairs_of(e).iter().any(|p| pair(&p[0], &p[1]).as_ref() == Some(&l.pair)))
            .filter_map(|e| Some((e, edtf::days(e.date.as_deref()?)?.closed().filter(|(a, b)| b - a <= 31)?.0)))
            .collect();
        let month = |day: i32| edtf::iso(day)[5..7].to_owned();
        let near = mine.iter().any(|(_, d)| (from - 31..=until + 31).contains(d));
        let others: BTreeSet<(&str, &str)> = mine
            .iter()
            .filter(|(_, d)| (edtf::year(*d) - edtf::year(from)).abs() == 1 && month(*d) == month(from))
            .map(|(e, _)| (e.id.as_str(), e.date.as_deref().unwrap_or("")))
            .collect();
        if !near && !others.is_empty() {
            let mut values = vec![(Value::from(format!("{level} {dated}")), vec![l.article.clone()])];
            values.extend(others.iter().map(|(id, date)| (Value::from(format!("{id} {date}")), Vec::new())));
            out.push(Check { code: "relation-date".into(), about: pair_name.clone(), values });
        }
        let later: BTreeMap<&str, Vec<String>> = levels
            .iter()
            .filter(|o| o.pair == l.pair && o.article != l.article && o.published.as_deref().and_then(edtf::days).and_then(|d| d.from).is_some_and(|p| p > until))
            .filter(|o| o.published < l.published)
            .filter_map(|o| Some((o.level.as_deref()?, o.article.clone())))
            .filter(|(o, _)| *o != level && lower(o, level))
            .fold(BTreeMap::new(), |mut m, (o, a)| {
                m.entry(o).or_insert_with(Vec::new).push(a);
                m
            });
        if !later.is_empty() {
            let mut values = vec![(Value::from(format!("{level} {dated}")), vec![l.article.clone()])];
            values.extend(later.into_iter().map(|(o, a)| (Value::from(o), a)));
            out.push(Check { code: "level-disagrees".into(), about: pair_name, values });
        }
    }
    sorted(out)
}

/// Is the first level part of the second, which says more? Levels are named by their parts, in a fixed order.
fn lower(a: &str, b: &str) -> bool {
    let mut rest = b.split('-');
    a.len() < b.len() && a.split('-').all(|part| rest.any(|p| p == part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Term;
    use crate::model::{Differing, Held, Party, Stage};

    fn visit(id: &str, date: &str, ordinal: Option<i64>) -> Event {
        Event {
            id: id.into(),
            kind: "visit".into(),
            status: "occurred".into(),
            parties: vec![
                Party { actor: "person:a".into(), role: "visitor".into(), country: Some("OMN".into()) },
                Party { actor: "country:BGR".into(), role: "host".into(), country: Some("BGR".into()) },
            ],
            date: Some(date.into()),
            attributes: ordinal.map(|n| ("ordinal".to_owned(), Value::from(n))).into_iter().collect(),
            reports: vec![format!("{id}#e1")],
            ..Event::default()
        }
    }

    #[test]
    fn the_fifth_visit_where_the_register_holds_six() {
        let mut all: Vec<Event> = (1..=5).map(|n| visit(&format!("v{n}"), &format!("201{n}-04-02"), None)).collect();
        all.push(visit("v6", "2018-09-10", Some(5)));
        let found = ordinals(&all);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].about.as_str(), &found[0].values[0].0, &found[0].values[1].0), ("v6", &Value::from(5), &Value::from(6)));
        all[5].attributes.insert("ordinal".into(), Value::from(6));
        assert!(ordinals(&all).is_empty());
        // Fewer in the register than the article counts: the register is not complete.
        all[5].attributes.insert("ordinal".into(), Value::from(9));
        assert!(ordinals(&all).is_empty());
    }

    #[test]
    fn a_plan_is_overdue_by_the_latest_article() {
        let mut e = visit("v", "2020-06-15", None);
        e.status = "planned".into();
        assert!(overdue(&[e.clone()], "2020-06-18").is_empty());
        assert_eq!(overdue(&[e.clone()], "2020-07-01").len(), 1);
        e.status = "cancelled".into();
        assert!(overdue(&[e], "2020-07-01").is_empty());
    }

    #[test]
    fn precision_is_no_disagreement() {
        let mut e = visit("v", "2020-06-15", None);
        let differ = |a: &str, b: &str| vec![Differing { field: "date".into(), values: vec![(Value::from(a), vec!["a".into()]), (Value::from(b), vec!["b".into()])] }];
        e.differing = differ("2020-06-15", "2020-06");
        assert!(disagreements(&e, &Facts::default()).is_empty());
        e.differing = differ("2020-06-15", "2020-06-16");
        assert_eq!(disagreements(&e, &Facts::default())[0].code, "date-disagrees");
    }

    #[test]
    fn done_and_called_off_at_once() {
        let mut e = visit("v", "2020-06-15", None);
        e.life = ["happened", "cancelled"].iter().map(|s| Stage { stage: (*s).into(), on: None, article: format!("a-{s}") }).collect();
        assert_eq!(disagreements(&e, &Facts::default())[0].code, "status-disagrees");
    }

    #[test]
    fn a_title_of_another_time() {
        let facts = Facts::default().with_terms(vec![Term {
            actor: "person:a".into(),
            title: "foreign-minister".into(),
            country: "OMN".into(),
            from: Some("2007".into()),
            until: Some("2012-03".into()),
        }]);
        let s = |published: &str| Sighting {
            article: "x".into(),
            entity: "person:a".into(),
            kind: "person".into(),
            known: true,
            roles: vec![Held { title: "foreign-minister".into(), of: Some("country:OMN".into()), country: Some("OMN".into()) }],
            published: Some(published.into()),
            ..Sighting::default()
        };
        assert!(titles(&[s("2012-03-20"), s("2007-01-01")], &facts).is_empty());
        assert_eq!(titles(&[s("2012-04-01")], &facts).len(), 1);
    }

    #[test]
    fn the_upgrade_of_last_july() {
        let pair = ["BGR".to_owned(), "OMN".to_owned()];
        let l = |article: &str, published: &str, level: &str, dated: Option<&str>| Level {
            pair: pair.clone(),
            article: article.into(),
            published: Some(published.into()),
            level: Some(level.into()),
            dated: dated.map(Into::into),
            ..Level::default()
        };
        let levels = [l("late", "2022-12-02", "comprehensive-strategic-partnership", Some("2021-07")), l("early", "2022-07-01", "strategic-partnership", None)];
        let found = relation_dates(&levels, &[visit("v", "2022-07-04", None)]);
        assert_eq!(found.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(), ["level-disagrees", "relation-date"]);
        // A visit of the month that the article names: nothing is wrong.
        let found = relation_dates(&levels[..1], &[visit("v", "2022-07-04", None), visit("w", "2021-07-10", None)]);
        assert!(found.is_empty());
    }
}
