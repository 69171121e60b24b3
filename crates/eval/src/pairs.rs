//! Pairwise figures of resolution: of all pairs of articles, which tell of one event, which are prints of one text.
//!
//! An article counts for an event by kind and name, so the figure needs no alignment of records: a report that was not read is a
//! missed pair, a wrong kind both a missed and a wrong one. What must not live here: resolution, files.

use crate::figures::Tally;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A gold file: articles, each with the events it tells of and the text of which it is a print.
#[derive(Deserialize, Debug, Clone, Default)]
#[serde(deny_unknown_fields)]
pub struct Pairs {
    pub article: Vec<Marked>,
}

#[derive(Deserialize, Debug, Clone, Default)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    pub id: String,
    pub outlet: Option<String>,
    pub published: Option<String>,
    /// Articles with the same name here are reprints; without it the article stands alone.
    pub wire: Option<String>,
    /// `kind name`, one for each event.
    #[serde(default)]
    pub events: Vec<String>,
    pub text: String,
}

impl Pairs {
    pub fn parse(toml: &str) -> Result<Self, String> {
        toml::from_str(toml).map_err(|e| e.to_string())
    }
}

/// What resolution gave: kind of an event and the articles that report it; the group of each article.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    pub events: Vec<(String, BTreeSet<String>)>,
    pub groups: BTreeMap<String, String>,
}

/// The three figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PairFigures {
    pub articles: usize,
    /// Pairs of articles in all.
    pub pairs: usize,
    pub reprints: Tally,
    /// End to end.
    pub events: Tally,
    /// Only pairs in both of which an event of that kind was read at all: resolution alone.
    pub read: Tally,
}

/// A pair that is wrong: `event` or `reprint`, whether it was missed, the two articles, the kind.
pub type Wrong = (&'static str, bool, String, String, String);

/// Compares all pairs.
pub fn pairs(gold: &Pairs, found: &Resolved) -> (PairFigures, Vec<Wrong>) {
    let list = &gold.article;
    let mut f = PairFigures { articles: list.len(), pairs: list.len() * list.len().saturating_sub(1) / 2, ..PairFigures::default() };
    let mut wrong = Vec::new();
    let kinds: BTreeSet<&str> = list.iter().flat_map(|a| &a.events).filter_map(|e| e.split(' ').next()).chain(found.events.iter().map(|(k, _)| k.as_str())).collect();
    for (n, a) in list.iter().enumerate() {
        for b in &list[n + 1..] {
            let one = a.wire.is_some() && a.wire == b.wire;
            let said = found.groups.get(&a.id).is_some_and(|g| found.groups.get(&b.id) == Some(g));
            count(&mut f.reprints, usize::from(one), usize::from(said));
            if one != said {
                wrong.push(("reprint", one, a.id.clone(), b.id.clone(), String::new()));
            }
        }
    }
    for kind in kinds {
        let named = |a: &Marked| a.events.iter().filter(|e| e.split(' ').next() == Some(kind)).cloned().collect::<BTreeSet<String>>();
        let given: Vec<&BTreeSet<String>> = found.events.iter().filter(|(k, _)| k == kind).map(|(_, articles)| articles).collect();
        let read: BTreeSet<&str> = given.iter().flat_map(|articles| articles.iter()).map(String::as_str).collect();
        for (n, a) in list.iter().enumerate() {
            let mine = named(a);
            for b in &list[n + 1..] {
                let gold = mine.intersection(&named(b)).count();
                let pred = given.iter().filter(|articles| articles.contains(&a.id) && articles.contains(&b.id)).count();
                count(&mut f.events, gold, pred);
                if read.contains(a.id.as_str()) && read.contains(b.id.as_str()) {
                    count(&mut f.read, gold, pred);
                }
                if gold != pred {
                    wrong.push(("event", gold > pred, a.id.clone(), b.id.clone(), kind.to_owned()));
                }
            }
        }
    }
    (f, wrong)
}

fn count(t: &mut Tally, gold: usize, pred: usize) {
    t.gold += gold;
    t.pred += pred;
    t.found += gold.min(pred);
}

/// The figures as a table.
pub fn pairs_table(f: &PairFigures) -> String {
    let row = |name: &str, t: &Tally| format!("{name:<28} {:>6} {:>6} {:>6}   {:.3}     {:.3}  {:.3}\n", t.gold, t.pred, t.found, t.precision(), t.recall(), t.f1());
    let mut out = format!("{} articles, {} pairs\n{:<28} {:>6} {:>6} {:>6}   precision recall F1\n", f.articles, f.pairs, "", "gold", "given", "right");
    out += &row("reprints", &f.reprints);
    out += &row("one event, end to end", &f.events);
    out += &row("one event, where both read", &f.read);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_pairs_by_kind() {
        let gold = Pairs::parse(
            "[[article]]\nid = 'a'\ntext = ''\nwire = 'w'\nevents = ['visit x', 'meeting m']\n\
             [[article]]\nid = 'b'\ntext = ''\nwire = 'w'\nevents = ['visit x']\n\
             [[article]]\nid = 'c'\ntext = ''\nevents = ['visit x']\n[[article]]\nid = 'd'\ntext = ''\nevents = ['visit y']\n",
        )
        .expect("a gold file");
        let set = |ids: &[&str]| ids.iter().map(|s| (*s).to_owned()).collect::<BTreeSet<_>>();
        // c was not read; d is taken for x.
        let found = Resolved {
            events: vec![("visit".into(), set(&["a", "b", "d"])), ("meeting".into(), set(&["a"]))],
            groups: [("a", "a"), ("b", "a"), ("c", "c"), ("d", "d")].map(|(a, g)| (a.to_owned(), g.to_owned())).into(),
        };
        let (f, wrong) = pairs(&gold, &found);
        assert_eq!(f.pairs, 6);
        assert_eq!(f.reprints, Tally::new(1, 1, 1));
        assert_eq!(f.events, Tally::new(1, 3, 3));
        assert_eq!(f.read, Tally::new(1, 1, 3));
        assert_eq!(wrong.len(), 4);
    }

    #[test]
    fn a_wrong_key_is_refused() {
        assert!(Pairs::parse("[[article]]\nid = 'a'\ntext = ''\nevent = ['visit x']\n").is_err());
    }
}
