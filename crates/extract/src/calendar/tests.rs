//! The lexicon's own examples of times, in several dresses, and any text at all.

use super::words::Sense;
use super::*;
use sijill_lexicon::Sources;
use sijill_lexicon::calendar::{Calendar, Example};
use sijill_text::fold;
use std::path::Path;

struct Data {
    c: Compiled,
    examples: Vec<Example>,
    counters: Vec<(String, String, Option<String>)>,
    words: Vec<String>,
}

fn data() -> Data {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon/calendar");
    let sources = Sources::folder(&folder).unwrap();
    let files = sources.parse().unwrap_or_else(|faults| panic!("{faults:?}"));
    let mut all = Calendar::default();
    let (mut examples, mut counters) = (Vec::new(), Vec::new());
    for c in files.iter().filter_map(|(_, f)| f.calendar.as_ref()) {
        assert!(!c.example.is_empty() && !c.counter.is_empty(), "every file has examples and counters");
        all.extend(c);
        examples.extend(c.example.iter().cloned());
        counters.extend(c.counter.iter().map(|x| (x.why.clone(), x.text.clone(), x.published.clone())));
    }
    let c = Compiled::new(&all);
    let mut words: Vec<String> = c.slots.keys().cloned().collect();
    words.sort();
    Data { c, examples, counters, words }
}

fn read(c: &Compiled, text: &str, published: Option<&str>, today: Option<&str>) -> Vec<(String, String)> {
    let date = |s: Option<&str>| s.map(|s| s.parse().unwrap());
    let mut tokens = Tokens::default();
    tokens.read(text);
    let mut out = Vec::new();
    find(c, &Words::new(c, &tokens), &tokens, 0..tokens.len(), &Anchors { published: date(published), today: date(today) }, &mut out);
    out.iter().map(|f| (fold(&text[f.from(text, &tokens).0 as usize..f.to(&tokens).0 as usize]), f.edtf.clone())).collect()
}

/// The text in digits of the Arabic script.
fn arabic_digits(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).map_or(c, |d| char::from_u32(0x0660 + d).unwrap())).collect()
}

/// The text with a vowel mark on every letter and the words drawn out.
fn dressed(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        if sijill_text::is_arabic_letter(c) {
            out.push_str("\u{0640}\u{064E}");
        }
    }
    out
}

#[test]
fn calendar_examples() {
    let d = data();
    let mut wrong = Vec::new();
    for (k, x) in d.examples.iter().enumerate() {
        let around = |n: usize| &d.counters[(k + n) % d.counters.len()].1;
        let shapes =
            [x.text.clone(), format!("{}\n{}\n{}", around(0), x.text, around(1)), format!("{} {} {}", around(2), x.text, around(3)), arabic_digits(&x.text), dressed(&x.text)];
        let expect: Vec<(String, String)> = x.expect.iter().map(|(a, b)| (fold(a), b.clone())).collect();
        let fits = |s: &String| read(&d.c, s, x.published.as_deref(), x.today.as_deref()) == expect;
        match (&x.known_failure, shapes.iter().all(fits)) {
            (None, false) => wrong.extend(shapes.iter().filter(|s| !fits(s)).map(|s| format!("{s}: {:?}", read(&d.c, s, x.published.as_deref(), x.today.as_deref())))),
            (Some(why), true) => wrong.push(format!("{} works now: {why}", x.text)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn calendar_counters() {
    let d = data();
    for (why, text, published) in &d.counters {
        for shape in [text.clone(), arabic_digits(text), dressed(text)] {
            assert_eq!(read(&d.c, &shape, published.as_deref(), None), [], "{why}: {shape}");
        }
    }
}

#[test]
fn calendar_takes_any_text() {
    let d = data();
    let marks = ["/", "-", ":", "(", ")", ".", ",", "\u{060C}", "\n", "1", "12", "31", "99", "1436", "2015", "9999", "00", "\u{AB}", "\u{BB}"];
    let mut seed = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 33) as usize
    };
    let mut tokens = Tokens::default();
    for published in [None, Some(Date::constant(2024, 7, 2)), Some(Date::MIN), Some(Date::MAX)] {
        for _ in 0..300 {
            let mut text = String::new();
            for _ in 0..40 {
                text.push_str(if next() % 2 == 0 { marks[next() % marks.len()] } else { &d.words[next() % d.words.len()] });
                if next() % 3 > 0 {
                    text.push(' ');
                }
            }
            tokens.read(&text);
            let mut out = Vec::new();
            let anchors = Anchors { published, today: None };
            find(&d.c, &Words::new(&d.c, &tokens), &tokens, 0..tokens.len(), &anchors, &mut out);
            let mut last = 0;
            for f in &out {
                assert!(f.start >= last && f.end > f.start && f.end as usize <= tokens.len(), "{text}");
                last = f.end;
                let (a, b) = (f.from(&text, &tokens).0, f.to(&tokens).0);
                assert!(text.get(a as usize..b as usize).is_some_and(|s| !s.is_empty()), "{text}");
                assert!(f.first <= f.last && f.first.is_some());
                weekday_forward(f, &anchors);
            }
        }
    }
}

#[test]
fn calendar_weekday_of_what_is_planned() {
    let d = data();
    let name = &d.words.iter().find(|w| matches!(d.c.slots[*w].entries[0].sense, Sense::Weekday(1)) && d.c.slots[*w].skip == 0).unwrap();
    let mut tokens = Tokens::default();
    tokens.read(name);
    let anchors = Anchors { published: Some(Date::constant(2018, 4, 22)), today: None };
    let mut out = Vec::new();
    find(&d.c, &Words::new(&d.c, &tokens), &tokens, 0..tokens.len(), &anchors, &mut out);
    assert_eq!(out[0].edtf, "2018-04-16");
    assert_eq!(weekday_forward(&out[0], &anchors).as_deref(), Some("2018-04-23"));
}
