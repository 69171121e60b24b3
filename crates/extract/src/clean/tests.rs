//! The lexicon's own examples of junk and datelines, and hostile texts.

use super::pattern::Slot;
use super::*;
use sijill_lexicon::Sources;
use sijill_lexicon::entries::File;
use sijill_lexicon::junk::{DatelinePattern, Junk};
use sijill_text::{Kind, fold};
use std::path::Path;

fn files(wanted: impl Fn(&str) -> bool) -> Vec<File> {
    let all = Sources::folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon")).unwrap();
    let some = Sources(all.0.into_iter().filter(|s| wanted(&s.name)).collect());
    some.parse().unwrap().into_iter().map(|(_, f)| f).collect()
}

struct Data {
    junk: Vec<Junk>,
    datelines: Vec<DatelinePattern>,
    compiled: Compiled,
}

fn data() -> Data {
    let files = files(|n| n.starts_with("junk/"));
    let junk: Vec<Junk> = files.iter().flat_map(|f| f.junk.clone()).collect();
    let datelines: Vec<DatelinePattern> = files.iter().flat_map(|f| f.dateline.clone()).collect();
    let compiled = Compiled::new(&junk, &datelines);
    Data { junk, datelines, compiled }
}

fn slice(text: &str, t: &Tokens, (a, b): (u32, u32)) -> String {
    text[t[a as usize].start as usize..t[b as usize - 1].end as usize].to_owned()
}

fn marks(d: &Data, text: &str) -> (Tokens, Vec<JunkSpan>) {
    let (mut t, mut out) = (Tokens::default(), Vec::new());
    t.read(text);
    junk(&d.compiled, &t, None, &mut out);
    (t, out)
}

fn kept<T>(known_failure: &Option<String>, id: &str, got: T, want: T)
where
    T: PartialEq + std::fmt::Debug,
{
    if known_failure.is_some() {
        assert_ne!(got, want, "{id}: works now, remove known_failure");
    } else {
        assert_eq!(got, want, "{id}");
    }
}

#[test]
fn slots_known() {
    let d = data();
    for pattern in d.junk.iter().flat_map(|j| &j.phrases).chain(d.datelines.iter().flat_map(|l| &l.shapes)) {
        let mut rest = pattern.as_str();
        while let Some((_, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or_else(|| panic!("expected a closing brace in {pattern}"));
            assert!(Slot::named(name).is_some(), "expected a slot, found {name} in {pattern}");
            rest = after;
        }
    }
}

#[test]
fn junk_examples() {
    let d = data();
    for j in &d.junk {
        assert!(!j.example.is_empty() && !j.counter.is_empty(), "expected an example and a counter for {}", j.id);
        for e in &j.example {
            let text = e.text.trim_start();
            let (t, out) = marks(&d, text);
            // Entries share the work (a closing formula before a signature), and two may know one line.
            let got: Vec<String> = out.iter().map(|s| slice(text, &t, (s.start, s.end))).collect();
            kept(&e.known_failure, &j.id, got, e.expect.clone());
        }
        for e in &j.counter {
            let text = e.text.trim_start();
            let (t, out) = marks(&d, text);
            let got: Vec<String> = out.iter().map(|s| slice(text, &t, (s.start, s.end))).collect();
            kept(&e.known_failure, &j.id, got, vec![]);
        }
    }
}

type Names = Vec<(Vec<String>, NameSort)>;

fn names() -> Names {
    let mut t = Tokens::default();
    let mut out = Vec::new();
    let mut add = |name: &str, sort| {
        t.read(name);
        out.push(((0..t.len()).map(|i| t.fold(i).to_owned()).collect(), sort));
    };
    for f in files(|n| n.starts_with("actors/") || n.starts_with("places/")) {
        f.country.iter().flat_map(|c| c.names.iter().chain(&c.capital)).for_each(|n| add(n, NameSort::Place));
        f.place.iter().flat_map(|p| &p.names).for_each(|n| add(n, NameSort::Place));
        f.organization.iter().filter(|o| o.media).flat_map(|o| &o.names).for_each(|n| add(n, NameSort::Media));
    }
    out
}

fn found(d: &Data, names: &Names, text: &str) -> Option<[Option<String>; 4]> {
    let (t, out) = marks(d, text);
    let name = |i: usize| {
        let hit = names.iter().filter(|(w, _)| w.iter().enumerate().all(|(k, w)| i + k < t.len() && t.fold(i + k) == w));
        hit.max_by_key(|(w, _)| w.len()).map(|(w, sort)| (i + w.len(), *sort))
    };
    let months: Vec<String> = ["يناير", "مايو", "يونيو", "يوليو", "أغسطس", "شوال"].iter().map(|m| fold(m)).collect();
    let day = |i: usize| {
        let month = t.len() > i + 2 && t[i].kind == Kind::Number && months.iter().any(|m| m == t.fold(i + 1));
        month.then(|| if t[i + 2].kind == Kind::Number { i + 3 } else { i + 2 })
    };
    let f = dateline(&d.compiled, text, &t, &out, &name, &day)?;
    let cut = |r: Option<(u32, u32)>| r.map(|r| slice(text, &t, r));
    Some([cut(Some((f.start, f.end))), cut(f.place), cut(f.agency), cut(f.date)])
}

#[test]
fn dateline_examples() {
    let (d, names) = (data(), names());
    for l in &d.datelines {
        for e in &l.example {
            let x = e.expect.clone();
            kept(&e.known_failure, &l.id, found(&d, &names, &e.text), Some([Some(x.dateline), x.place, x.agency, x.date]));
        }
        for e in &l.counter {
            kept(&e.known_failure, &l.id, found(&d, &names, &e.text), None);
        }
    }
}

#[test]
fn a_header_gives_its_stamp() {
    let d = data();
    for (text, stamp) in [("عنوان\n\n/مصدر: شينخوا/   2023:05:17.09:41\nنص", "2023:05:17.09:41"), ("عنوان\n2022-01-09 11:02:33|arabic.news.cn\nنص", "2022-01-09 11:02:33")]
    {
        let (t, out) = marks(&d, text);
        assert_eq!(header_stamp(&t, &out).map(|r| slice(text, &t, r)).as_deref(), Some(stamp));
    }
    let (t, out) = marks(&d, "عنوان\nفي 3/6/2021 بدأ العمل");
    assert_eq!(header_stamp(&t, &out), None);
}

#[test]
fn hostile_texts_stay_cheap_and_in_bounds() {
    let d = data();
    let names = Vec::new();
    for unit in ["سمات ", "رابط الخبر بصحيفة ", "المصدر : ", "/ ", "( ", "a@", "1:", "- ", "\n", "|\n", "للمزيد: ", "قال ب\n", "http://a.b/"] {
        let text = unit.repeat(20_000);
        let (t, out) = marks(&d, &text);
        assert!(out.windows(2).all(|w| w[0].end <= w[1].start) && out.iter().all(|s| s.start < s.end && s.end as usize <= t.len()), "{unit}");
        found(&d, &names, &text);
    }
    found(&d, &names, "");
}
