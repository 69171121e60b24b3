//! Properties of resolution on made-up input: order, blocks and repetition change nothing.

use proptest::prelude::*;
use serde_json::Value;
use sijill_resolve::facts::Facts;
use sijill_resolve::model::{Held, Identity, Party, Report, Sighting};
use sijill_resolve::reprints::{Print, groups, signature};
use sijill_resolve::{actors, events};
use std::collections::{BTreeMap, BTreeSet};

const STATES: [&str; 4] = ["OMN", "BGR", "TUN", "PRT"];

fn pick<T: Clone + std::fmt::Debug + 'static>(list: &[T]) -> impl Strategy<Value = T> + use<T> {
    proptest::sample::select(list.to_vec())
}

fn date() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        3 => (1..13u32).prop_map(|d| Some(format!("2022-03-{d:02}"))),
        1 => pick(&["2022-03", "2022", "2022-03-02/2022-03-05", "2022-04", "2021-12-31", "2022-03-07?", "soon"]).prop_map(|d| Some(d.to_owned())),
        2 => Just(None),
    ]
}

fn party() -> impl Strategy<Value = Party> {
    (pick(&STATES), 0..5u8, pick(&["visitor", "host", "party", "actor", "target", "forum"])).prop_map(|(state, who, role)| {
        let actor = match who {
            0 => format!("country:{state}"),
            1 => format!("office:{state}:foreign-minister"),
            2 => format!("person:{}-minister", state.to_lowercase()),
            3 => format!("person:{state}:\u{0641}\u{0644}\u{0646}"),
            _ => "forum:gcc".to_owned(),
        };
        let country = (who < 4).then(|| state.to_owned());
        Party { actor, role: role.to_owned(), country }
    })
}

fn report() -> impl Strategy<Value = Report> {
    (
        (0..12u8, 0..3u8),
        pick(&["visit", "meeting", "call", "attack", "gathering", "office"]),
        pick(&["occurred", "planned", "cancelled", "ongoing"]),
        proptest::collection::vec(party(), 1..4),
        date(),
        proptest::option::of(pick(&["place:muscat", "place:sofia", "country:OMN"])),
        proptest::option::of(1..20u32),
        proptest::option::of(1..3u8),
        proptest::option::of(1..4i64),
    )
        .prop_map(|((article, event), kind, status, parties, date, place, published, wire, ordinal)| Report {
            article: format!("a{article:02}"),
            event: format!("e{event}"),
            kind: kind.into(),
            status: status.into(),
            parties,
            date,
            place: place.map(Into::into),
            published: published.map(|d| format!("2022-03-{d:02}")),
            wire: wire.map(|w| format!("w{w}")),
            attributes: ordinal.map(|n| ("ordinal".to_owned(), Value::from(n))).into_iter().collect(),
            ..Report::default()
        })
}

/// One report a key: an article has an event once.
fn reports() -> impl Strategy<Value = Vec<Report>> {
    proptest::collection::vec(report(), 0..40).prop_map(|list| list.into_iter().map(|r| (r.key(), r)).collect::<BTreeMap<_, _>>().into_values().collect())
}

fn sighting() -> impl Strategy<Value = Sighting> {
    let first = pick(&["\u{0647}\u{0644}\u{0627}\u{0644}", "\u{0633}\u{0627}\u{0644}\u{0645}", "\u{0633}\u{0644}\u{064A}\u{0645}"]);
    let last = pick(&["\u{0627}\u{0644}\u{0645}\u{0639}\u{0645}\u{0631}\u{064A}", "\u{0645}\u{0639}\u{0645}\u{0631}\u{064A}", "\u{0627}\u{0644}\u{0645}\u{0639}\u{0645}\u{0631}"]);
    let middle = proptest::option::of(pick(&["\u{0631}\u{0627}\u{0634}\u{062F}", "\u{062E}\u{0627}\u{0644}\u{062F}"]));
    (
        0..30u8,
        0..3u8,
        first,
        middle,
        last,
        proptest::option::of(pick(&STATES)),
        proptest::option::of(pick(&["minister", "ambassador", "foreign-minister"])),
        any::<bool>(),
        1990..2030i32,
    )
        .prop_map(|(article, entity, first, middle, last, state, title, unnamed, year)| Sighting {
            article: format!("a{article:02}"),
            entity: format!("person:p{entity}"),
            kind: "person".into(),
            label_ar: [Some(first), middle, Some(last)].into_iter().flatten().collect::<Vec<_>>().join(" "),
            unnamed: unnamed && entity == 0,
            roles: title.map(|t| Held { title: t.into(), of: state.map(|s| format!("country:{s}")), country: state.map(Into::into) }).into_iter().collect(),
            published: Some(format!("{year}-03-05")),
            ..Sighting::default()
        })
}

fn sightings() -> impl Strategy<Value = Vec<Sighting>> {
    proptest::collection::vec(sighting(), 0..40)
        .prop_map(|list| list.into_iter().map(|s| ((s.article.clone(), s.entity.clone()), s)).collect::<BTreeMap<_, _>>().into_values().collect())
}

fn print() -> impl Strategy<Value = Print> {
    (0..20u8, 0..4usize, 0..30usize, proptest::option::of(1..9u32)).prop_map(|(article, text, cut, day)| {
        let words: Vec<String> = (0..60).map(|n| format!("w{}", (n * (text + 3)) % 71)).collect();
        Print { article: format!("a{article:02}"), published: day.map(|d| format!("2022-03-{d:02}")), signature: signature(&words[..60 - cut].join(" ")) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_reports_changes_nothing((list, mixed) in reports().prop_flat_map(|l| (Just(l.clone()), Just(l).prop_shuffle()))) {
        prop_assert_eq!(events::resolve(&list), events::resolve(&mixed));
    }

    #[test]
    fn blocks_of_reports_are_independent(list in reports()) {
        let mut blocks: BTreeMap<String, Vec<Report>> = BTreeMap::new();
        for r in &list {
            blocks.entry(events::block_of(r)).or_default().push(r.clone());
        }
        let mut apart: Vec<_> = blocks.values().flat_map(|b| events::resolve(b)).collect();
        apart.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(events::resolve(&list), apart);
    }

    #[test]
    fn reports_that_come_twice_count_once(list in reports()) {
        let twice: Vec<Report> = list.iter().chain(&list).cloned().collect();
        prop_assert_eq!(events::resolve(&list), events::resolve(&twice));
    }

    /// Each report is in one event, and an event is what its own reports say.
    #[test]
    fn every_report_has_one_event(list in reports()) {
        let all = events::resolve(&list);
        let keys: Vec<&String> = all.iter().flat_map(|e| &e.reports).collect();
        prop_assert_eq!(keys.len(), list.len());
        prop_assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), list.len());
        for e in &all {
            let mine: Vec<&Report> = list.iter().filter(|r| e.reports.contains(&r.key())).collect();
            prop_assert!(mine.iter().all(|r| r.kind == e.kind));
            prop_assert!(e.date.is_none() || mine.iter().any(|r| r.date == e.date));
            prop_assert!(e.independent as usize <= mine.len() && e.independent > 0);
        }
    }

    #[test]
    fn the_order_of_sightings_changes_nothing((list, mixed) in sightings().prop_flat_map(|l| (Just(l.clone()), Just(l).prop_shuffle()))) {
        prop_assert_eq!(actors::resolve(&list, &Facts::default()), actors::resolve(&mixed, &Facts::default()));
    }

    #[test]
    fn blocks_of_sightings_are_independent(list in sightings()) {
        let facts = Facts::default();
        let mut blocks: BTreeMap<String, Vec<Sighting>> = BTreeMap::new();
        for s in &list {
            blocks.entry(actors::block_of(s, &facts)).or_default().push(s.clone());
        }
        let mut apart: Vec<Identity> = blocks.values().flat_map(|b| actors::resolve(b, &facts)).collect();
        apart.sort_by(|a, b| (&a.article, &a.entity).cmp(&(&b.article, &b.entity)));
        prop_assert_eq!(actors::resolve(&list, &facts), apart);
    }

    /// Nobody is of two states, and one article's two people with different names stay two.
    #[test]
    fn states_stay_apart(list in sightings()) {
        let facts = Facts::default();
        let mut of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (s, i) in list.iter().zip(actors::resolve(&list, &facts)) {
            of.entry(i.actor).or_default().extend(actors::country(s, &facts));
        }
        prop_assert!(of.values().all(|c| c.len() < 2), "{of:?}");
    }

    #[test]
    fn the_order_of_prints_changes_nothing((list, mixed) in proptest::collection::vec(print(), 0..30).prop_map(|l| l.into_iter().map(|p| (p.article.clone(), p)).collect::<BTreeMap<_, _>>().into_values().collect::<Vec<_>>()).prop_flat_map(|l| (Just(l.clone()), Just(l).prop_shuffle()))) {
        let a = groups(&list);
        prop_assert_eq!(&a, &groups(&mixed));
        // A group bears the name of its least member.
        for (article, group) in &a {
            prop_assert!(group <= article);
            prop_assert_eq!(&a[group], group);
        }
    }
}
