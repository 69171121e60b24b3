//! What an analyst asks of a handful of articles that hang together, added in any order: each answer comes by one query, with the words that prove it.
//!
//! The articles are our own, their events invented. In them: a spokeswoman who announces two visits and errs in the weekday; a week with a summit and meetings apart; a call in which each
//! side pledges something; two ministers who back positions of a third state; a signing, and levels of relation with dates; visits that are counted; reports that contradict each other.

mod common;

use common::{Folder, good, json};
use serde_json::Value;

struct Asked(Folder);

impl Asked {
    /// A register of the articles, turned round from `from` on.
    fn new(name: &str, from: usize) -> Self {
        let f = Folder::new(name);
        let all: Vec<&str> = include_str!("data/questions.jsonl").lines().collect();
        let turned: Vec<&str> = (0..all.len()).map(|n| all[(n * 5 + from) % all.len()]).collect();
        assert_eq!(turned.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
        for (n, line) in turned.iter().enumerate() {
            f.file(&format!("{n}.jsonl"), line);
            good(&f.run(&["add", &format!("{n}.jsonl")]));
        }
        Self(f)
    }

    fn list(&self, args: &[&str]) -> Vec<Value> {
        let answer = json(&self.0.run(&[args, &["--format", "json"]].concat()));
        answer.as_array().unwrap_or_else(|| panic!("{args:?}: {answer}")).clone()
    }

    fn one(&self, args: &[&str]) -> Value {
        let list = self.list(args);
        assert_eq!(list.len(), 1, "{args:?}: {list:#?}");
        list[0].clone()
    }

    /// The words that prove an event.
    fn quotes(&self, event: &Value) -> Vec<String> {
        let shown = json(&self.0.run(&["show", event["event"].as_str().unwrap(), "--format", "json"]));
        shown["reports"].as_array().unwrap().iter().flat_map(|r| r["quotes"].as_array().unwrap()).map(|q| q.as_str().unwrap().to_owned()).collect()
    }

    fn checks(&self, code: &str) -> Vec<Value> {
        self.list(&["check", "--code", code])
    }
}

fn people(event: &Value) -> Vec<&str> {
    event["participants"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).filter(|id| id.starts_with("person:")).collect()
}

fn each_order(name: &str, ask: impl Fn(&Asked)) {
    for from in [0, 3] {
        ask(&Asked::new(&format!("questions-{name}-{from}"), from));
    }
}

#[test]
fn what_is_planned_who_announced_it_and_what_is_wrong_with_the_date() {
    each_order("planned", |a| {
        let visits = a.list(&["list", "events", "--kind", "visit", "--status", "planned", "--from", "2024-03-10", "--until", "2024-03-14"]);
        let hosts: Vec<&str> = visits.iter().map(|v| v["place"]["id"].as_str().unwrap()).collect();
        assert_eq!(hosts.len(), 2, "{visits:#?}");
        assert!(hosts.contains(&"country:KAZ") && hosts.contains(&"country:UZB"), "{hosts:?}");
        for v in &visits {
            // He travels, not she who announces it.
            assert_eq!((people(v), &v["date"]), (vec!["person:tamim-bin-hamad"], &Value::from("2024-03-10/2024-03-14")));
            let shown = json(&a.0.run(&["show", v["event"].as_str().unwrap(), "--format", "json"]));
            let told: Vec<&Value> = shown["reports"].as_array().unwrap().iter().flat_map(|r| r["claimed_by"].as_array().unwrap()).collect();
            assert!(told.iter().any(|p| p["ar"].as_str().is_some_and(|n| n.contains("المطيري"))), "{told:?}");
            assert!(a.quotes(v).iter().any(|q| q.contains("زيارتي دولة")));
        }
        let wrong = a.checks("calendar");
        assert!(wrong.iter().any(|c| c["values"][0]["by"][0]["quote"].as_str().is_some_and(|q| q.contains("الاثنين (5 مارس)"))), "{wrong:#?}");
    });
}

#[test]
fn who_came_to_the_summit_and_whom_the_host_met_apart() {
    each_order("summit", |a| {
        let week = ["--from", "2022-08-19", "--until", "2022-08-21", "--status", "occurred"];
        let summit = a.one(&[&["list", "events", "--kind", "gathering", "--place", "سمرقند"], &week[..]].concat());
        let states: Vec<&str> = summit["participants"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
        for state in ["KAZ", "KGZ", "TJK", "TKM", "UZB"] {
            assert!(states.contains(&format!("country:{state}").as_str()), "{state} in {states:?}");
        }
        let meetings = a.list(&[&["list", "events", "--kind", "meeting", "--actor", "Shavkat Mirziyoyev"], &week[..]].concat());
        let with: Vec<(&str, Vec<&str>)> = meetings.iter().map(|m| (m["date"].as_str().unwrap(), people(m).into_iter().filter(|p| !p.contains("mirziyoyev")).collect())).collect();
        assert_eq!(with, [("2022-08-19", vec!["person:kassym-jomart-tokayev"]), ("2022-08-21", vec!["person:sadyr-japarov"])]);
        assert!(meetings.iter().all(|m| !a.quotes(m).is_empty()));
    });
}

#[test]
fn what_each_side_pledged_in_the_call() {
    each_order("call", |a| {
        let call = a.one(&["list", "events", "--kind", "call", "--from", "2021-04", "--until", "2021-04"]);
        assert_eq!(people(&call).len(), 2);
        let pledges = |who: &str| -> Vec<String> {
            a.list(&["list", "statements", "--speaker", who, "--force", "pledge", "--from", "2021-04", "--until", "2021-04"])
                .iter()
                .map(|s| s["quote"].as_str().unwrap().to_owned())
                .collect()
        };
        let (omani, egyptian) = (pledges("OMN"), pledges("EGY"));
        assert!(omani.len() == 2 && omani.iter().any(|q| q.contains("الموانئ")) && omani.iter().any(|q| q.contains("تسهيلات")), "{omani:?}");
        assert!(egyptian.len() == 1 && egyptian[0].contains("المحافل الدولية"), "{egyptian:?}");
    });
}

#[test]
fn who_backs_which_position_and_what_was_signed() {
    each_order("positions", |a| {
        let standing = |state: &str| json(&a.0.run(&["standing", "CHN", state, "--format", "json"]));
        let topics = |v: &Value| -> Vec<(String, String)> {
            v["positions"].as_array().unwrap().iter().map(|p| (p["topic"].as_str().unwrap().to_owned(), p["stance"].as_str().unwrap().to_owned())).collect()
        };
        let (tkm, kgz) = (standing("TKM"), standing("KGZ"));
        assert!(topics(&tkm).contains(&("initiative:one-china".into(), "pledge".into())), "{tkm:#}");
        assert!(topics(&kgz).contains(&("initiative:belt-and-road".into(), "support".into())), "{kgz:#}");
        let signed = a.one(&["list", "events", "--kind", "signing", "--actor", "CHN", "--from", "2024-12-01", "--until", "2024-12-01"]);
        assert!(a.quotes(&signed).iter().any(|q| q.contains("التأشيرات") || q.contains("الإعفاء")), "{signed:#}");
        // All agreements of the year, and the level with the date that the minister gives for it.
        assert_eq!(a.list(&["list", "events", "--kind", "signing", "--actor", "TKM", "--actor", "CHN", "--from", "2024", "--until", "2024"]).len(), 2);
        let level = &tkm["levels"][0];
        assert_eq!((level["level"].as_str(), level["dated"][0].as_str()), (Some("comprehensive-strategic-partnership"), Some("2023-09")), "{tkm:#}");
    });
}

#[test]
fn how_often_and_where_the_reports_contradict_each_other() {
    each_order("contradict", |a| {
        // One visit, of which one report says the second and one the third.
        let visit = a.one(&["list", "events", "--kind", "visit", "--actor", "Xi Jinping", "--actor", "TKM"]);
        assert_eq!(visit["reports"], 2);
        let ordinal = a.checks("ordinal-disagrees");
        let values: Vec<&Value> = ordinal[0]["values"].as_array().unwrap().iter().map(|v| &v["value"]).collect();
        assert_eq!((ordinal.len(), values), (1, vec![&Value::from(2), &Value::from(3)]));
        assert!(ordinal[0]["values"].as_array().unwrap().iter().all(|v| v["by"][0]["quote"].as_str().is_some_and(|q| !q.is_empty())));
        // The relation is said to have been raised in September of the year before; the register's visit is of September 2024.
        let relation = a.checks("relation-date");
        assert!(relation.iter().any(|c| c["about"] == "CHN+TKM"), "{relation:#?}");
        // The same is in the file, for any SQLite.
        let db = a.0.0.join("sijill.db");
        let register = sijill_store::Register::open(&db).unwrap();
        let kept = sijill_store::dump::dump(&register).unwrap();
        assert!(kept.iter().any(|l| l.starts_with("check\t") && l.contains("ordinal-disagrees")));
    });
}

#[test]
fn one_actor_under_all_spellings() {
    each_order("spellings", |a| {
        let ids = |name: &str| a.list(&["list", "events", "--actor", name]);
        let expected = ids("person:kassym-jomart-tokayev");
        assert!(!expected.is_empty());
        for name in ["توكاييف", "قاسم جومارت توكاييف", "قاسم-جومارت توكاييف", "Tokayev"] {
            assert_eq!(ids(name), expected, "{name}");
        }
        assert_eq!(ids("قازاقستان"), ids("KAZ"));
    });
}

/// Words in any spelling narrow a list to events that an article with these words reports.
#[test]
fn events_are_found_by_words() {
    each_order("text", |a| {
        let signed = a.list(&["list", "events", "--text", "للاعفاء", "--kind", "signing"]);
        assert_eq!(signed.len(), 1, "{signed:#?}");
        assert_eq!(signed[0]["date"], "2024-12-01");
        assert_eq!(a.list(&["list", "events", "--text", "الإعفاء \"الاعفاء المتبادل\"", "--actor", "TKM", "--kind", "signing"]), signed);
        assert!(a.list(&["list", "events", "--text", "\"المتبادل الإعفاء\""]).is_empty());
        let out = a.0.run(&["list", "events", "--text", "«»"]);
        assert_eq!(out.status.code(), Some(2));
    });
}
