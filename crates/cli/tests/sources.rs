//! Sources of every format through the binary: the same records from each, and from a register that was cut off on the way.

mod common;

use common::{Folder, text};
use std::io::Write;
use std::process::{Command, Output, Stdio};

const ARTICLE: &str = "التقى وزير خارجية أيسلندا نظيره النرويجي في ريكيافيك\nريكيافيك 12 مايو 2024\nقال الوزير إن المحادثات كانت مفيدة، وأضاف أن زيارة ثانية مقررة في الخريف.";

fn records(out: &Output) -> Vec<serde_json::Value> {
    text(&out.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn page(body: &str) -> String {
    format!("<html><head><title>خبر</title></head><body><article>{}</article></body></html>", body.lines().map(|l| format!("<p>{l}</p>")).collect::<String>())
}

fn warc(pages: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    for (i, p) in pages.iter().enumerate() {
        let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{p}");
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://m.example/{i}\r\nWARC-Date: 2024-05-14T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        out.extend(format!("{head}{body}\r\n\r\n").into_bytes());
    }
    out
}

#[test]
fn a_table_gives_the_records_of_its_lines() {
    let f = Folder::new("sources-table");
    let line = |id: &str| serde_json::json!({ "id": id, "text": ARTICLE, "published": "2024-05-13" }).to_string() + "\n";
    f.file("a.jsonl", line("1") + &line("2"));
    f.file("a.csv", format!("nr,day,body\n1,2024-05-13,\"{ARTICLE}\"\n2,2024-05-13,\"{ARTICLE}\"\n"));
    let lines = f.run(&["read", "a.jsonl", "-f", "jsonl"]);
    let table = f.run(&["read", "a.csv", "-f", "jsonl", "--text-field", "body", "--id-field", "nr", "--published-field", "day"]);
    assert_eq!((table.status.code(), text(&table.stderr)), (Some(0), ""));
    assert_eq!(records(&lines), records(&table));
    let wrong = f.run(&["read", "a.csv"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("a.csv:1: expected a column `text`, found the columns `nr`, `day`, `body`"), "{}", text(&wrong.stderr));
}

#[test]
fn standard_input_is_told_by_its_first_bytes() {
    let f = Folder::new("sources-stdin");
    let whole = page(&ARTICLE.replace('\n', "\n\n"));
    let feed = format!("<?xml version='1.0'?><rss><channel><item><title>خبر</title><description>{ARTICLE}</description></item></channel></rss>");
    for (input, id) in [(whole.clone().into_bytes(), "-"), (warc(&[whole]), "-@0"), (feed.into_bytes(), "-#1")] {
        let out = f.with_input(&["read", "-", "-f", "jsonl"], &input);
        assert_eq!((out.status.code(), text(&out.stderr)), (Some(0), ""));
        assert_eq!(records(&out)[0]["id"], id);
    }
    let out = f.with_input(&["read", "-"], b"PAR1....");
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("found Parquet, which must be a file"));
}

#[test]
fn the_day_of_the_crawl_only_where_nothing_else_tells() {
    let f = Folder::new("sources-crawl");
    let dated = page(ARTICLE);
    let silent = page("قال وزير خارجية أيسلندا أمس إن الاجتماع انتهى دون اتفاق بين الجانبين حول مسألة الصيد.");
    let english = page("The ministers met in Reykjavik and spoke of many things that matter to both.");
    f.file("c.warc", warc(&[dated, silent, english]));
    let out = f.run(&["read", "c.warc", "-f", "jsonl"]);
    assert_eq!(out.status.code(), Some(0));
    assert!(text(&out.stderr).contains("1 records passed over"), "{}", text(&out.stderr));
    let days: Vec<_> = records(&out).iter().map(|r| r["published"].clone()).collect();
    assert_eq!(days, ["2024-05-12", "2024-05-14"]);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_named_where_it_is_missing() {
    let f = Folder::new("sources-parquet");
    f.file("a.parquet", b"PAR1");
    let out = f.run(&["read", "a.parquet"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("--features parquet"), "{}", text(&out.stderr));
}

#[test]
fn a_register_takes_every_format_and_nothing_twice() {
    let f = Folder::new("sources-register");
    f.file("a.csv", format!("id,text\n1,\"{ARTICLE}\"\n2\n"));
    f.file("c.warc", warc(&[page(ARTICLE)]));
    let add = |paths: &[&str]| f.run(&[&["add", "--register", "r.db"], paths].concat());
    let out = add(&["a.csv", "c.warc"]);
    assert_eq!(out.status.code(), Some(1), "{}", text(&out.stderr));
    assert!(text(&out.stderr).contains("r.db: 2 articles added, 1 that could not be read"), "{}", text(&out.stderr));
    let again = add(&["a.csv", "c.warc"]);
    assert!(text(&again.stderr).contains("r.db: 0 articles added"), "{}", text(&again.stderr));
    // Other fields: the table is another source.
    let other = add(&["a.csv", "--outlet", "وكالة"]);
    assert!(!text(&other.stderr).contains("0 articles added\n") && text(&other.stderr).contains("could not be read"), "{}", text(&other.stderr));
}

/// Serves one feed with whole articles, and nothing else, until the test ends.
#[cfg(feature = "watch")]
fn serve() -> String {
    use std::io::{BufRead, BufReader};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok).take_while(|l| !l.is_empty());
            let feed = lines.next().is_some_and(|l| l.starts_with("GET /rss "));
            lines.for_each(drop);
            let item = |n: u8| {
                format!("<item><guid>n{n}</guid><title>خبر {n}</title><pubDate>Mon, 13 May 2024 10:00:00 GMT</pubDate><content><![CDATA[<p>{ARTICLE}</p>]]></content></item>")
            };
            let (status, body) =
                if feed { ("200 OK", format!("<rss><channel><title>وكالة</title>{}{}</channel></rss>", item(2), item(1))) } else { ("404 Not Found", String::new()) };
            let _ = (&stream).write_all(format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        }
    });
    base
}

#[cfg(feature = "watch")]
#[test]
fn watched_feeds_become_lines_or_a_register() {
    let f = Folder::new("sources-watch");
    f.file("feeds.toml", format!("[[feed]]\nurl = \"{}/rss\"\n", serve()));
    let watch = |args: &[&str]| {
        let mut c = Command::new(env!("CARGO_BIN_EXE_sijill"));
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            c.env_remove(name).env_remove(name.to_ascii_lowercase());
        }
        c.args(["watch", "feeds.toml", "--once", "--pause", "0"]).args(args).current_dir(&f.0).stdin(Stdio::null()).output().unwrap()
    };
    let out = watch(&[]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let found = records(&out);
    assert_eq!(found.iter().map(|a| a["id"].as_str().unwrap()).collect::<Vec<_>>(), ["n1", "n2"]);
    assert!(found[0]["text"].as_str().unwrap().starts_with("خبر 1\n\n") && found[0]["outlet"] == "وكالة");
    // Another run hands nothing on again; another state does.
    assert_eq!(text(&watch(&[]).stdout), "");
    let kept = watch(&["--register", "r.db", "--state", "other.json"]);
    assert_eq!((kept.status.code(), text(&kept.stdout)), (Some(0), ""), "{}", text(&kept.stderr));
    let held = f.run(&["add", "--register", "r.db", "--settle"]);
    assert!(text(&held.stderr).contains("the register holds 2 articles"), "{}", text(&held.stderr));
    // A file of feeds that is none.
    f.file("feeds.toml", "[[feed]]\nadress = \"x\"\n");
    let wrong = watch(&[]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("feeds.toml:2: expected tables `[[feed]]`"), "{}", text(&wrong.stderr));
}
