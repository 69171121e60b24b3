//! Whatever the bytes: no panic, bounded time and memory, and what is whole is not lost.

mod common;

use common::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Generous, for machines in a busy hour and builds without much optimisation: what is quadratic takes minutes.
const SOON: Duration = Duration::from_secs(30);

fn page_of(body: &str) -> String {
    format!("<html><body><p>{}</p>{body}</body></html>", PARAGRAPHS.join("</p><p>"))
}

#[test]
fn hostile_pages_end_soon() {
    let f = Folder::new("hostile-pages");
    let fonts: String = (0..300).map(|i| format!("<font size={i}>")).collect();
    for (name, html, read) in [
        ("deep", page_of(&"<div>".repeat(100_000)), false),
        ("deep but closed", page_of(&("<div>".repeat(5_000) + "نص" + &"</div>".repeat(5_000))), false),
        ("reopened", page_of(&(fonts + &"<p>نص".repeat(20_000))), false),
        ("many tags", page_of(&"<br>".repeat(300_000)), false),
        ("too big", page_of(&"نص ".repeat(3 << 20)), false),
        ("unclosed paragraphs", page_of(&"<p>نص قصير".repeat(3_000)), true),
        ("unclosed script", page_of("<script>if (a < b) {"), true),
        ("unclosed comment", page_of("<!-- <p>"), true),
        ("unclosed attribute", page_of("<a href=\"x>نص"), true),
        ("giant attribute", page_of(&format!("<a title=\"{}\">نص</a>", "x".repeat(2 << 20))), true),
        ("giant title", format!("<title>{}</title>{}", "ن".repeat(1 << 20), page_of("")), true),
        ("tables in tables", page_of(&("<table><tr><td>".repeat(90) + "نص")), true),
        ("script with tags", page_of(&format!("<script>document.write('{}')</script>", "<div>".repeat(10_000))), true),
        ("json-ld of brackets", page_of(&format!("<script type='application/ld+json'>{}</script>", "[".repeat(100_000))), true),
        ("nulls", page_of("\0\0\0<\0p>"), true),
        ("signs", page_of(&"< & &amp &#xFFFFFFF; &#0; </ <! <? <>".repeat(1000)), true),
        ("half a page", page()[..page().find("المشترك").unwrap()].to_owned(), true),
    ] {
        let start = Instant::now();
        let r = run(&f.file("a.html", &html));
        assert!(start.elapsed() < SOON, "{name}: {:?}", start.elapsed());
        assert_eq!(r.articles.len(), usize::from(read), "{name}: {:?}", r.rejected);
        assert!(read || r.rejected[0].starts_with("a.html: expected") && r.rejected[0].contains("found"), "{name}: {:?}", r.rejected);
        assert!(!read || r.texts()[0].contains("التقى وزير خارجية أيسلندا اليوم"), "{name}");
    }
}

#[test]
fn a_line_too_long_costs_itself() {
    let f = Folder::new("long-line");
    let line = |id: &str, text: &str| serde_json::json!({ "id": id, "text": text }).to_string() + "\n";
    let long = line("b", &"x".repeat(sijill_ingest::MAX_ARTICLE));
    let r = run(&f.file("a.jsonl", line("a", "نص") + &long + &line("c", "نص")));
    assert_eq!(r.ids(), ["a", "c"]);
    assert_eq!(r.rejected, ["a.jsonl:2: expected a line of at most 64 MiB, found a longer one"]);
}

#[test]
fn packed_bombs_are_refused() {
    let f = Folder::new("bombs");
    let zeros = vec![b' '; sijill_ingest::MAX_ARTICLE + 2];
    let r = run(&f.file("a.txt.gz", gz(&zeros)));
    assert_eq!((r.articles.len(), r.rejected.len()), (0, 1));
    let body = answer(&gz(&zeros), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n");
    let r = run(&f.file(
        "a.warc",
        [
            record("response", "https://m.example/", "application/http", &body),
            record("response", "https://m.example/1", "application/http", &answer(page().as_bytes(), "Content-Type: text/html\r\n")),
        ]
        .concat(),
    ));
    assert_eq!((r.articles.len(), r.rejected.len()), (1, 1));
}

#[test]
fn a_length_that_lies() {
    let f = Folder::new("length");
    let good = record("response", "https://m.example/1", "application/http", &answer(page().as_bytes(), "Content-Type: text/html\r\n"));
    for length in ["18446744073709551615", "99999999999999999999", "-1", "9000000"] {
        let bad = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {length}\r\n\r\n");
        let r = run(&f.file("a.warc", [&good[..], bad.as_bytes(), &good].concat()));
        assert!(!r.articles.is_empty() && r.rejected.len() == 1, "{length}: {:?}", r.rejected);
    }
    // Too short: what follows the cut is no record, the next one is.
    let text = String::from_utf8(good.clone()).unwrap();
    let at = text.find("Content-Length: ").unwrap() + 16;
    let short = format!("{}100{}", &text[..at], &text[at + text[at..].find('\r').unwrap()..]);
    let r = run(&f.file("b.warc", [short.as_bytes(), &good].concat()));
    assert_eq!(r.articles.last().and_then(|a| a.title.as_deref()), Some(TITLE));
}

#[test]
fn a_run_goes_on_from_any_mark() {
    let f = Folder::new("resume");
    let jsonl: String =
        (0..400).map(|i| if i % 50 == 7 { "broken\n".into() } else { serde_json::json!({ "id": i.to_string(), "text": PARAGRAPHS[i % 4] }).to_string() + "\n" }).collect();
    let csv: String = std::iter::once("id,text\n".to_owned()).chain((0..400).map(|i| format!("{i},\"سطر\nثان {i}\"\n"))).collect();
    let warc: Vec<u8> = (0..150)
        .flat_map(|i| {
            record(
                "response",
                &format!("https://m.example/{i}"),
                "application/http",
                &answer(page().replace("<h1>", &format!("<h1>{i}")).as_bytes(), "Content-Type: text/html\r\n"),
            )
        })
        .collect();
    let feed: String = (0..200).map(|i| format!("<item><guid>{i}</guid><title>خبر {i}</title></item>")).collect();
    let feed = format!("<rss><channel>{feed}</channel></rss>");
    let wide: Vec<u8> = format!("\u{FEFF}{jsonl}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("a.jsonl", jsonl.as_bytes().to_vec()),
        ("a.jsonl.gz", gz(jsonl.as_bytes())),
        ("w.jsonl", wide),
        ("a.csv", csv.as_bytes().to_vec()),
        ("a.csv.zst", zst(csv.as_bytes())),
        ("a.warc", warc.clone()),
        ("a.warc.gz", gz(&warc)),
        ("a.xml", feed.into_bytes()),
    ] {
        let path = f.file(name, bytes);
        let fields = Default::default();
        let whole = run(&path);
        assert!(whole.articles.len() > 140 && whole.marks.last().is_some_and(|c| c.done), "{name}");
        for chunks in 1..4 {
            let before = run_with(&path, &fields, &[], chunks);
            let after = run_with(&path, &fields, &before.marks, usize::MAX);
            assert!([before.articles, after.articles].concat() == whole.articles, "{name} after {chunks} chunks");
            assert_eq!([before.rejected, after.rejected].concat(), whole.rejected, "{name} after {chunks} chunks");
        }
        // All was read: nothing is read again, but the bar is full.
        let again = run_with(&path, &fields, &whole.marks, usize::MAX);
        assert_eq!((again.articles.len(), again.rejected.len()), (0, 0), "{name}");
        // The file is another one now.
        let mut other = std::fs::read(&path).unwrap();
        other.extend(if name.ends_with("z") || name.ends_with("zst") { Vec::new() } else { b"\n".to_vec() });
        std::fs::write(&path, &other).unwrap();
        let later = std::time::SystemTime::now() + Duration::from_secs(5);
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        assert_eq!(run_with(&path, &fields, &whole.marks, usize::MAX).articles.len(), whole.articles.len(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes under any name: jobs and outcomes, no panic, the same twice.
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600), head in prop::sample::select(vec![&b""[..], b"{\"text\":", b"<html><p>", b"<rss><item>", b"WARC/1.0\r\nContent-Length: 9\r\n", b"\x1F\x8B\x08\x00", b"\x28\xB5\x2F\xFD", b"text,id\n\"", b"PAR1", b"\xFF\xFE"]), name in prop::sample::select(vec!["a", "a.txt", "a.html", "a.jsonl", "a.csv", "a.warc", "a.xml", "a.parquet", "a.jsonl.gz"])) {
        let f = Folder::new("any");
        let path = f.file(name, [head, &bytes].concat());
        let (one, two) = (run(&path), run(&path));
        prop_assert!(one.articles == two.articles && one.rejected == two.rejected);
        prop_assert!(one.rejected.iter().all(|r| !r.contains("fault in the program")), "{:?}", one.rejected);
    }

    /// Any soup of tags.
    #[test]
    fn any_tags(parts in prop::collection::vec(prop::sample::select(vec!["<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<a href='x'>", "</a>", "<b>", "<br>", "<article>", "</article>", "<script>", "</script>", "<svg/>", "<select>", "<template>", "<!--", "-->", "<meta charset=utf-8>", "<time datetime='2024-01-01'>", " ", "وصل الوزير إلى العاصمة في زيارة رسمية تستمر يومين.", "&amp;", "<", ">", "\"", "<li>", "<h1>", "</body>", "<frameset>", "<math>", "<noscript>"]), 0..120)) {
        let f = Folder::new("tags");
        let r = run(&f.file("a.html", parts.concat()));
        prop_assert!(r.rejected.iter().all(|r| !r.contains("fault in the program")), "{:?}", r.rejected);
        prop_assert_eq!(r.articles.len() + r.rejected.len(), 1);
    }
}
