//! What resolution costs on reports of many sizes: `cargo run --release -p xtask -- cost`.
//!
//! The reports are made up by a fixed rule, so that two machines measure the same: a news year has a few pairs of states that are
//! spoken of all the time and many that hardly are, an event has one to eight reports, a third of them reprints, some without a date,
//! some with a month only, some with the state in place of the person. What must not live here: the texts of articles.

use sijill_resolve::facts::Facts;
use sijill_resolve::model::{Held, Party, Report, Sighting};
use sijill_resolve::reprints::{Print, groups, signature};
use sijill_resolve::{actors, edtf, events};
use std::time::Instant;

/// A row of numbers without chance: the same on every machine.
struct Row(u64);

impl Row {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n.max(1)
    }
    /// Small numbers far more often than large ones.
    fn skewed(&mut self, n: u64) -> u64 {
        let a = self.below(n) + 1;
        self.below(a)
    }
}

const KINDS: [&str; 8] = ["meeting", "visit", "call", "gathering", "attack", "sanction", "accord", "message"];

fn state(n: u64) -> String {
    let letter = |k: u64| char::from(b'A' + (k % 26) as u8);
    [letter(n / 26), letter(n), letter(n * 7 + 3)].iter().collect()
}

fn made(n: usize) -> (Vec<Report>, Vec<Sighting>, Vec<Print>) {
    let mut row = Row(20_240_701);
    let (mut reports, mut sightings, mut prints) = (Vec::with_capacity(n), Vec::with_capacity(2 * n), Vec::with_capacity(n));
    // Five hundred articles a day, however many there are.
    let first = edtf::day("2015-01-01").unwrap_or(0);
    let days = (n as u64 / 500).max(20);
    let mut number = 0;
    while reports.len() < n {
        let kind = KINDS[row.skewed(KINDS.len() as u64) as usize];
        let (a, b) = (row.skewed(120), row.skewed(120));
        let day = first + row.below(days) as i32;
        let minister = row.below(3);
        let many = 1 + row.skewed(8);
        let body: Vec<String> = (0..80).map(|k| format!("w{}", (number * 97 + k * 13) % 5000)).collect();
        for copy in 0..many {
            let published = day + row.below(3) as i32;
            let article = format!("a{number:08}-{copy}");
            let person = |s: u64| format!("person:{}-{minister}", state(s).to_lowercase());
            let vague = row.below(8) == 0;
            let party = |s: u64, role: &str| Party { actor: if vague { format!("country:{}", state(s)) } else { person(s) }, role: role.into(), country: Some(state(s)) };
            let (from, to) = match kind {
                "visit" => ("visitor", "host"),
                "attack" | "sanction" => ("actor", "target"),
                "message" => ("actor", "recipient"),
                _ => ("party", "party"),
            };
            let mut parties = vec![party(a, from), party(b, to)];
            if kind == "gathering" {
                parties.push(Party { actor: format!("forum:f{}", a % 12), role: "forum".into(), country: None });
            }
            let date = match row.below(10) {
                0..=2 => None,
                3 => Some(edtf::iso(day)[..7].to_owned()),
                4 => Some(edtf::iso(day + 1)),
                _ => Some(edtf::iso(day)),
            };
            let reprint = copy > 0 && row.below(3) == 0;
            let wire = if reprint { format!("a{number:08}-0") } else { article.clone() };
            let text = if reprint { body.join(" ") } else { body.iter().map(|w| format!("{w}x{copy}")).collect::<Vec<_>>().join(" ") };
            for (k, s) in [a, b].iter().enumerate() {
                sightings.push(Sighting {
                    article: article.clone(),
                    entity: format!("person:p{k}"),
                    kind: "person".into(),
                    label_ar: format!("n{} m{} l{}", s % 40, row.below(2), s),
                    roles: vec![Held { title: "minister".into(), of: None, country: (row.below(4) > 0).then(|| state(*s)) }],
                    published: Some(edtf::iso(published)),
                    ..Sighting::default()
                });
            }
            prints.push(Print { article: article.clone(), published: Some(edtf::iso(published)), signature: signature(&text) });
            reports.push(Report {
                article,
                event: "e1".into(),
                kind: kind.into(),
                status: if row.below(6) == 0 { "planned".into() } else { "occurred".into() },
                parties,
                date,
                place: (row.below(2) == 0).then(|| format!("place:p{}", b * 3 + row.below(3))),
                place_country: Some(state(b)),
                published: Some(edtf::iso(published)),
                wire: Some(wire),
                ..Report::default()
            });
        }
        number += 1;
    }
    reports.truncate(n);
    sightings.truncate(2 * n);
    prints.truncate(n);
    (reports, sightings, prints)
}

/// A table: seconds and reports a second for each size and part.
pub fn show(sizes: &[&str]) -> Result<bool, String> {
    let given: Result<Vec<usize>, String> = sizes.iter().map(|s| s.parse().map_err(|_| format!("expected a number of reports, found {s:?}"))).collect();
    let given = given?;
    let sizes = if given.is_empty() { vec![1_000, 10_000, 100_000] } else { given };
    println!("| reports | events | groups of prints | prints, s | actors, s | events, s | reports a second |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    let facts = Facts::default();
    for n in sizes {
        let (reports, sightings, prints) = made(n);
        let start = Instant::now();
        let wires = groups(&prints);
        let one = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let who = actors::resolve(&sightings, &facts);
        let two = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let what = events::resolve(&reports);
        let three = start.elapsed().as_secs_f64();
        let alone: std::collections::BTreeSet<&String> = wires.values().collect();
        if who.len() != sightings.len() {
            return Err(format!("expected {} identities, found {}", sightings.len(), who.len()));
        }
        println!("| {n} | {} | {} | {one:.3} | {two:.3} | {three:.3} | {:.0} |", what.len(), alone.len(), n as f64 / (one + two + three));
    }
    Ok(true)
}
