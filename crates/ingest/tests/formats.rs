//! Each format, plain and packed, gives the same articles; each broken one says where and why, and loses nothing else.

mod common;

use common::*;
use sijill_ingest::Fields;

fn lines(n: usize) -> String {
    (1..=n).map(|i| serde_json::json!({ "id": format!("n{i}"), "text": PARAGRAPHS[i % 4], "title": TITLE, "published": "2024-07-02" }).to_string() + "\n").collect()
}

#[test]
fn packing_changes_nothing() {
    let f = Folder::new("packing");
    let jsonl = lines(500);
    let csv: String = std::iter::once("id,published,text\n".to_owned()).chain((0..500).map(|i| format!("r{i},2024-07-02,\"{}\n«{i}»\"\n", PARAGRAPHS[i % 4]))).collect();
    let mut warc = Vec::new();
    for i in 0..20 {
        warc.extend(record("response", &format!("https://minaa.example/{i}"), "application/http; msgtype=response", &answer(page().as_bytes(), "Content-Type: text/html\r\n")));
    }
    let feed = format!("<rss><channel><title>وكالة</title><item><title>{TITLE}</title><guid>g</guid><description>{}</description></item></channel></rss>", PARAGRAPHS[0]);
    for (name, bytes, count) in [
        ("a.jsonl", jsonl.as_bytes(), 500),
        ("a.csv", csv.as_bytes(), 500),
        ("a.warc", &warc, 20),
        ("a.xml", feed.as_bytes(), 1),
        ("a.txt", PARAGRAPHS[0].as_bytes(), 1),
        ("a.html", page().as_bytes(), 1),
    ] {
        let plain = run(&f.file(name, bytes));
        assert_eq!((plain.articles.len(), plain.rejected.len()), (count, 0), "{name}: {:?}", plain.rejected);
        let half = bytes.len() / 2;
        let members = [gz(&bytes[..half]), gz(&bytes[half..])].concat();
        // Frames, with one between them that decoders must pass over.
        let frames = [zst(&bytes[..half]), vec![0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3], zst(&bytes[half..])].concat();
        for (ending, packed) in [(".gz", gz(bytes)), (".gz", members), (".zst", zst(bytes)), (".zst", frames)] {
            let r = run(&f.file(&format!("{name}{ending}"), &packed));
            assert_eq!(r.rejected, Vec::<String>::new(), "{name}{ending}");
            assert!(r.texts() == plain.texts(), "{name}{ending}");
            assert_eq!(r.read, packed.len() as u64, "{name}{ending}: bytes of the file itself are counted");
        }
        // Without an extension the first bytes tell. A table's tell nothing: it would be one text.
        if name != "a.csv" {
            assert!(run(&f.file("bare", gz(bytes))).texts() == plain.texts(), "{name} without extension");
        }
    }
}

#[test]
fn cut_off_files_keep_what_came_before() {
    let f = Folder::new("cut");
    let jsonl = lines(2000);
    for (name, packed) in [("a.jsonl.gz", gz(jsonl.as_bytes())), ("a.jsonl.zst", zst(jsonl.as_bytes()))] {
        let r = run(&f.file(name, &packed[..packed.len() / 2]));
        assert_eq!(r.rejected.len(), 1, "{name}: {:?}", r.rejected);
        let n = r.articles.len();
        assert!(name.ends_with("zst") || n > 100, "{name}: {n} articles");
        assert!(r.rejected[0].starts_with(&format!("{name}:{}: expected a readable line, found: the end of the packed file missing", n + 1)), "{:?}", r.rejected);
        assert!(r.marks.last().is_some_and(|c| c.done), "trying again is of no use");
    }
    let warc: Vec<u8> = (0..9)
        .flat_map(|i| gz(&record("response", &format!("https://minaa.example/{i}"), "application/http", &answer(page().as_bytes(), "Content-Type: text/html\r\n"))))
        .collect();
    let r = run(&f.file("a.warc.gz", &warc[..warc.len() - 700]));
    assert_eq!((r.articles.len(), r.rejected.len()), (8, 1));
    assert!(r.rejected[0].contains("expected a readable record, found: the end of the packed file missing"), "{:?}", r.rejected);
    // Half an article would pass for a whole one: it is rejected.
    let text = gz(PARAGRAPHS.concat().as_bytes());
    let r = run(&f.file("a.txt.gz", &text[..text.len() / 2]));
    assert_eq!((r.articles.len(), r.rejected.len()), (0, 1));
    // Bytes that are no gzip after its magic.
    let r = run(&f.file("b.jsonl.gz", b"\x1F\x8B\x08garbage that is no deflate stream at all"));
    assert_eq!((r.articles.len(), r.rejected.len()), (0, 1));
}

#[test]
fn columns_of_other_names() {
    let f = Folder::new("columns");
    let fields = Fields {
        text_field: Some("body".into()),
        id_field: Some("guid".into()),
        published_field: Some("date".into()),
        title_field: Some("head".into()),
        with_title: true,
        ..Fields::default()
    };
    let csv = format!("guid;date;head;body\n7;2024-07-02;{TITLE};\"قال \"\"نعم\"\"; ثم\nعاد\"\n\n8;;;نص\n9;x\n");
    let r = run_with(&f.file("a.csv", &csv), &fields, &[], usize::MAX);
    assert_eq!(r.ids(), ["7", "8"]);
    assert_eq!(r.articles[0].text, format!("{TITLE}\n\nقال \"نعم\"; ثم\nعاد"));
    assert_eq!((r.articles[0].published.as_deref(), &r.articles[1].title), (Some("2024-07-02"), &None));
    assert_eq!(r.rejected, ["a.csv:6: expected 4 values in the row, found 2"]);
    let tsv = csv.replace(';', "\t");
    assert_eq!(run_with(&f.file("a.tsv", &tsv), &fields, &[], usize::MAX).ids(), ["7", "8"]);
    // The encodings of spreadsheets.
    let wide: Vec<u8> = csv.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xFF, 0xFE][..], &wide].concat();
    let legacy = encoding_rs::WINDOWS_1256.encode(&csv).0.into_owned();
    for bytes in [marked, legacy, format!("\u{FEFF}{csv}").into_bytes()] {
        let again = run_with(&f.file("b.csv", bytes), &fields, &[], usize::MAX);
        assert_eq!(again.articles, r.articles);
    }
    let r = run(&f.file("a.csv", &csv));
    assert_eq!(r.rejected, ["a.csv:1: expected a column `text`, found the columns `guid`, `date`, `head`, `body`"]);
    assert!(r.marks.iter().all(|c| !c.done), "the next run may name other columns");
    let r = run(&f.file("a.jsonl", "{\"body\":\"x\"}\n"));
    assert_eq!(r.rejected, ["a.jsonl:1: expected the text in the field `text`, found no such field among `body`"]);
}

#[test]
fn a_quotation_mark_too_many_costs_its_row_alone() {
    let f = Folder::new("quote");
    let r = run(&f.file("a.csv", "id,text\n1,أول\n2,\"ثان\n3,ثالث\n4,رابع\n"));
    assert_eq!(r.ids(), ["1", "3", "4"]);
    assert_eq!(r.rejected.len(), 1);
    assert!(r.rejected[0].starts_with("a.csv:3: expected a closing quotation mark"));
}

#[test]
fn pages() {
    let f = Folder::new("pages");
    let r = run(&f.file("a.html", page()));
    let a = &r.articles[0];
    assert_eq!(a.text, format!("{TITLE}\n\n{}", PARAGRAPHS.join("\n\n")));
    assert_eq!(a.title.as_deref(), Some(TITLE), "the outlet's name is taken off");
    assert_eq!(a.published.as_deref(), Some("2024-07-02T09:30:00+03:00"));
    assert_eq!((a.outlet.as_deref(), a.url.as_deref()), (Some("جريدة الميناء"), Some("https://minaa.example/world/2024/iceland")));
    // Lines that are broken stay apart, in pages without paragraphs too.
    let old =
        format!("<html><body><table><tr><td><font size=4>{TITLE}</font><br><br>{}<br>{}<br><br>{}</td></tr></table></body></html>", PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[2]);
    let a = &run(&f.file("old.html", old)).articles[0];
    for p in &PARAGRAPHS[..3] {
        assert!(a.text.lines().any(|l| l == *p), "{:?}", a.text);
    }
    // A short item is all there is of text.
    let a = &run(&f.file("short.html", "<html><body><nav><a href=/>الرئيسية</a></nav><div>وصل الوزير<br>إلى العاصمة</div></body></html>")).articles[0];
    assert_eq!(a.text, "وصل الوزير\nإلى العاصمة");
}

#[test]
fn dates_of_pages_in_the_order_of_trust() {
    let f = Folder::new("dates");
    let body = format!("<body><article><p>{}</p></article></body>", PARAGRAPHS.join("</p><p>"));
    for (head, expected) in [
        ("<meta property='article:published_time' content='2024-05-01T10:00:00Z'><meta name='date' content='2020-01-01'>", Some("2024-05-01T10:00:00Z")),
        (
            "<script type='application/ld+json'>[{\"@type\":[\"NewsArticle\"],\"datePublished\":\"2024-05-02\"}]</script><meta property='article:published_time' content='2024-05-01'>",
            Some("2024-05-02"),
        ),
        ("<meta name='pubdate' content='Wed, 01 May 2024 08:00:00 GMT'>", Some("2024-05-01T08:00:00+00:00")),
        ("<meta name='date' content='01/05/2024'>", None),
        ("<script type='application/ld+json'>{ not json </script>", None),
    ] {
        let a = run(&f.file("a.html", format!("<html><head>{head}</head>{body}"))).articles.remove(0);
        assert_eq!(a.published.as_deref(), expected, "{head}");
    }
    let timed = body.replace("<article>", "<article><time datetime='2024-05-03T11:00+03:00'>أمس</time>");
    assert_eq!(run(&f.file("a.html", timed)).articles[0].published.as_deref(), Some("2024-05-03T11:00+03:00"));
}

#[test]
fn encodings_of_pages() {
    let f = Folder::new("charsets");
    let utf8 = page();
    let plain = run(&f.file("a.html", &utf8)).articles.remove(0);
    let legacy = |label: &str| encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(&utf8.replace("utf-8", label)).0.into_owned();
    let silent = encoding_rs::WINDOWS_1256.encode(&utf8.replace("<meta charset=\"utf-8\">", "")).0.into_owned();
    let lying = utf8.replace("utf-8", "windows-1256").into_bytes();
    let wide: Vec<u8> = format!("\u{FEFF}{utf8}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (name, bytes) in [("windows-1256", legacy("windows-1256")), ("iso-8859-6", legacy("iso-8859-6")), ("silent", silent), ("lying", lying), ("utf-16", wide)] {
        let r = run(&f.file("a.html", bytes));
        let (found, expected) = if name == "iso-8859-6" { (r.articles[0].text.replace('؟', "?"), plain.text.clone()) } else { (r.articles[0].text.clone(), plain.text.clone()) };
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn warc_records() {
    let f = Folder::new("warc");
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let http = "application/http; msgtype=response";
    let bare = format!("<html><body><p>{}</p></body></html>", PARAGRAPHS.join("</p><p>"));
    let english = "<html><body><p>The ministers met in Reykjavik on Tuesday and spoke of fishing, of energy and of many other things that are of interest.</p></body></html>";
    let chunked: Vec<u8> = bare.as_bytes().chunks(100).flat_map(|c| [format!("{:x}\r\n", c.len()).as_bytes(), c, b"\r\n"].concat()).chain(*b"0\r\n\r\n").collect();
    let parts = [
        record("warcinfo", "", "application/warc-fields", b"software: test"),
        record("request", "https://m.example/1", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://m.example/1", http, &answer(page().as_bytes(), html)),
        record("response", "<https://m.example/2>", http, &answer(&chunked, &format!("{html}Transfer-Encoding: chunked\r\n"))),
        record("response", "https://m.example/3", http, &answer(&gz(bare.as_bytes()), &format!("{html}Content-Encoding: gzip\r\n"))),
        // Headers that the crawler kept though it stored the plain page.
        record("response", "https://m.example/4", http, &answer(bare.as_bytes(), &format!("{html}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"))),
        record("response", "https://m.example/5", http, &answer(english.as_bytes(), html)),
        record("response", "https://m.example/6.png", http, &answer(b"\x89PNG", "Content-Type: image/png\r\n")),
        record("response", "https://m.example/7", http, b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>"),
        record("response", "https://m.example/8", http, b"no answer at all"),
        b"garbage between records\nand more\n".to_vec(),
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(),
        record("resource", "https://m.example/9", "text/html", bare.as_bytes()),
        record("conversion", "https://m.example/10", "text/plain", PARAGRAPHS.join("\n").as_bytes()),
    ];
    let warc = parts.concat();
    let packed: Vec<u8> = parts.iter().flat_map(|p| gz(p)).collect();
    let plain = run(&f.file("a.warc", &warc));
    let urls: Vec<&str> = plain.articles.iter().filter_map(|a| a.url.as_deref()).collect();
    assert_eq!(
        urls,
        ["https://minaa.example/world/2024/iceland", "https://m.example/2", "https://m.example/3", "https://m.example/4", "https://m.example/9", "https://m.example/10"]
    );
    assert!(plain.articles.iter().all(|a| a.seen.as_deref() == Some("2024-08-01T12:00:00Z")));
    assert!(
        plain.articles[1..5].iter().all(|a| a.text == PARAGRAPHS.join("\n\n") && a.published.is_none() && a.outlet.as_deref() == Some("m.example")),
        "{:#?}",
        &plain.articles[1..5]
    );
    assert_eq!(plain.skipped.len(), 3, "{:?}", plain.skipped);
    assert_eq!(plain.rejected.len(), 3, "{:?}", plain.rejected);
    for what in ["expected an HTTP answer", "expected a record that begins with `WARC/`", "its `Content-Length`, found none"] {
        assert!(plain.rejected.iter().any(|r| r.starts_with("a.warc@") && r.contains(what)), "{what}: {:?}", plain.rejected);
    }
    // The place is the record's offset.
    let at: usize = plain.articles[0].id.strip_prefix("a.warc@").unwrap().parse().unwrap();
    assert!(warc[at..].starts_with(&parts[2]));
    let again = run(&f.file("a.warc.gz", packed));
    assert!(again.texts() == plain.texts() && again.rejected.len() == 3);
}

#[test]
fn persian_and_urdu_are_passed_over() {
    let f = Folder::new("languages");
    let persian = "وزیر امور خارجه ایران روز سه‌شنبه در تهران با همتای نروژی خود دیدار و گفتگو کرد و دو طرف درباره همکاری‌های اقتصادی و گسترش روابط پایدار گفتگو کردند. ".repeat(4);
    let body = format!("<html><body><p>{persian}</p></body></html>");
    let r = run(&f.file("a.warc", record("response", "https://m.example/", "application/http", &answer(body.as_bytes(), "Content-Type: text/html\r\n"))));
    assert_eq!((r.articles.len(), r.skipped.len()), (0, 1));
}

#[test]
fn feeds_are_sources_too() {
    let f = Folder::new("feed");
    let item = |n: usize| {
        format!(
            "<item><title>{TITLE} {n}</title><link>https://m.example/{n}</link><pubDate>Tue, 02 Jul 2024 10:00:00 +0300</pubDate><description>&lt;p&gt;{}&lt;/p&gt;&lt;p&gt;ثان&lt;/p&gt;</description></item>",
            PARAGRAPHS[0]
        )
    };
    let feed = format!("<rss><channel><title>وكالة</title>{}{}</channel></rss>", item(1), item(2));
    let r = run(&f.file("a.xml", &feed));
    assert_eq!(r.ids(), ["https://m.example/1", "https://m.example/2"]);
    let a = &r.articles[0];
    assert_eq!(a.text, format!("{TITLE} 1\n\n{}\n\nثان", PARAGRAPHS[0]));
    assert_eq!((a.outlet.as_deref(), a.published.as_deref(), a.url.as_deref()), (Some("وكالة"), Some("2024-07-02T10:00:00+03:00"), Some("https://m.example/1")));
    let cut = run(&f.file("cut.xml", &feed[..feed.len() - 60]));
    assert_eq!((cut.articles.len(), cut.rejected.len()), (1, 1));
    assert!(cut.rejected[0].starts_with("cut.xml#2: expected"), "{:?}", cut.rejected);
}
