//! Feeds from a server on the loopback: asked politely, each article handed on once.

#![cfg(feature = "watch")]

mod common;

use common::*;
use sijill_ingest::Document;
use sijill_ingest::watch::{Feed, Feeds, Progress, Turn, Watcher};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Paths with their answers: status, headers, body. What was asked is written down, path and headers in small letters.
#[derive(Clone, Default)]
struct Site {
    answers: Arc<Mutex<HashMap<String, (u16, String, Vec<u8>)>>>,
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Site {
    fn put(&self, path: &str, status: u16, headers: &str, body: impl AsRef<[u8]>) {
        self.answers.lock().unwrap().insert(path.into(), (status, headers.into(), body.as_ref().to_vec()));
    }
    fn asked(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
    fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|(p, _)| p).collect()
    }
    /// Serves on a free port, one connection after the other, until the test ends.
    fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let site = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok).take_while(|l| !l.is_empty());
                let path = lines.next().unwrap_or_default().split(' ').nth(1).unwrap_or_default().to_owned();
                let headers = lines.collect::<Vec<_>>().join("\n").to_ascii_lowercase();
                let unchanged = headers.contains("if-none-match: \"v1\"");
                let (status, extra, body) = site.answers.lock().unwrap().get(&path).cloned().unwrap_or((404, String::new(), Vec::new()));
                let (status, body) = if unchanged && status == 200 { (304, Vec::new()) } else { (status, body) };
                site.asked.lock().unwrap().push((path, headers));
                let _ = stream.write_all(format!("HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {}\r\n{extra}\r\n", body.len()).as_bytes());
                let _ = stream.write_all(&body);
            }
        });
        base
    }
}

fn feed_of(base: &str, entries: &[(&str, &str)]) -> String {
    let items: String = entries.iter().map(|(id, title)| format!("<item><guid>{id}</guid><title>{title}</title><link>{base}/{id}.html</link><pubDate>Tue, 02 Jul 2024 10:00:00 +0300</pubDate><description>موجز {title}</description></item>")).collect();
    format!("<rss><channel><title>وكالة الساحل</title>{items}</channel></rss>")
}

fn of(base: &str, more: &str) -> Feed {
    Feeds::parse(&format!("[[feed]]\nurl = \"{base}/rss\"\ninterval = \"10m\"\n{more}")).unwrap().feed.remove(0)
}

fn read(w: &mut Watcher, feed: &Feed, p: &mut Progress, now: i64) -> (Turn, Vec<Document>, Vec<String>) {
    let (mut found, mut rejected) = (Vec::new(), Vec::new());
    let turn = w.read(feed, p, now, &mut |d| {
        match d {
            Ok(d) => found.push(d),
            Err(r) => rejected.push(r.to_string()),
        }
        Ok(())
    });
    (turn.unwrap(), found, rejected)
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

#[test]
fn each_article_once_and_nothing_sent_twice() {
    let site = Site::default();
    let base = site.serve();
    let mut w = Watcher::direct(Duration::ZERO);
    let feed = of(&base, "");
    let mut p = Progress::default();
    site.put("/rss", 200, "ETag: \"v1\"\r\n", feed_of(&base, &[("b", "ثان"), ("a", "أول")]));
    site.put("/a.html", 200, HTML, page());
    site.put("/b.html", 200, HTML, format!("<html><body><p>{}</p></body></html>", PARAGRAPHS.join("</p><p>")));
    let (turn, found, rejected) = read(&mut w, &feed, &mut p, 1_720_000_000);
    assert_eq!((turn, rejected.len()), (Turn::Read { new: 2 }, 0), "{rejected:?}");
    // The oldest first, which stands last in a feed.
    assert_eq!(found.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(found[0].text, format!("{TITLE}\n\n{}", PARAGRAPHS.join("\n\n")));
    assert_eq!((found[0].published.as_deref(), found[0].outlet.as_deref()), (Some("2024-07-02T09:30:00+03:00"), Some("جريدة الميناء")));
    // What the page does not say the feed says.
    assert_eq!(
        (found[1].title.as_deref(), found[1].published.as_deref(), found[1].url.as_deref()),
        (Some("ثان"), Some("2024-07-02T10:00:00+03:00"), Some(format!("{base}/b.html").as_str()))
    );
    let asked = site.asked();
    assert_eq!(asked.iter().map(|(p, _)| p.as_str()).collect::<Vec<_>>(), ["/robots.txt", "/rss", "/a.html", "/b.html"]);
    assert!(asked.iter().all(|(_, h)| h.contains("user-agent: sijill/")));
    assert_eq!(p.next, 1_720_000_600);
    assert!(!p.is_due(1_720_000_599) && p.is_due(1_720_000_600));

    // Unchanged: one question, no answer to read. What is known outlives the program as plain data.
    let mut p: Progress = serde_json::from_str(&serde_json::to_string(&p).unwrap()).unwrap();
    assert_eq!(read(&mut w, &feed, &mut p, 1_720_000_600).0, Turn::Unchanged);
    assert_eq!(site.paths(), ["/rss"]);
    // Changed, with one entry more.
    site.put("/rss", 200, "ETag: \"v2\"\r\n", feed_of(&base, &[("c", "ثالث"), ("b", "ثان")]));
    p.etag = Some("\"old\"".into());
    let (turn, found, _) = read(&mut w, &feed, &mut p, 1_720_001_200);
    assert_eq!((turn, found[0].id.as_str()), (Turn::Read { new: 1 }, "c"));
    // Its page is gone: the feed's own words.
    assert_eq!(found[0].text, "ثالث\n\nموجز ثالث");
    assert_eq!(found[0].outlet.as_deref(), Some("وكالة الساحل"));
}

#[test]
fn errors_double_the_wait() {
    let site = Site::default();
    let base = site.serve();
    let mut w = Watcher::direct(Duration::ZERO);
    let feed = of(&base, "");
    let mut p = Progress::default();
    site.put("/rss", 500, "", "");
    for (n, wait) in [(1, 1200), (2, 2400), (3, 4800)] {
        let (turn, _, _) = read(&mut w, &feed, &mut p, 0);
        assert!(matches!(&turn, Turn::Failed(r) if r.to_string().contains("expected a feed, found the answer 500")), "{turn:?}");
        assert_eq!((p.failures, p.next), (n, wait));
    }
    // What the site asks for, if it is more.
    site.put("/rss", 429, "Retry-After: 50000\r\n", "");
    read(&mut w, &feed, &mut p, 0);
    assert_eq!(p.next, 50_000);
    site.put("/rss", 200, HTML, "<html><p>لا شيء</p></html>");
    assert!(matches!(read(&mut w, &feed, &mut p, 0).0, Turn::Failed(r) if r.reason.contains("found the element `html`")));
    site.put("/rss", 200, "", feed_of(&base, &[]));
    assert_eq!(read(&mut w, &feed, &mut p, 0).0, Turn::Read { new: 0 });
    assert_eq!((p.failures, p.next), (0, 600));
    // Nobody there at all.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(matches!(read(&mut w, &of(&format!("http://{gone}"), ""), &mut Progress::default(), 0).0, Turn::Failed(_)));
}

#[test]
fn rules_of_the_site_are_kept() {
    let site = Site::default();
    let base = site.serve();
    let mut w = Watcher::direct(Duration::ZERO);
    site.put("/robots.txt", 200, "", "User-agent: *\nDisallow: /a.html\nCrawl-delay: 1\n");
    site.put("/rss", 200, "", feed_of(&base, &[("a", "أول")]));
    site.put("/a.html", 200, HTML, page());
    let start = std::time::Instant::now();
    let (_, found, _) = read(&mut w, &of(&base, "outlet = \"وكالة\""), &mut Progress::default(), 0);
    assert_eq!((found[0].text.as_str(), found[0].outlet.as_deref()), ("أول\n\nموجز أول", Some("وكالة")));
    assert_eq!(site.paths(), ["/robots.txt", "/rss"]);
    assert!(start.elapsed() >= Duration::from_millis(900), "the pause that the site asks for");
    // A site that cannot even say what it forbids is left alone, and asked again the next time.
    let troubled = Site::default();
    let base = troubled.serve();
    troubled.put("/robots.txt", 503, "", "");
    for _ in 0..2 {
        assert!(matches!(read(&mut w, &of(&base, ""), &mut Progress::default(), 0).0, Turn::Failed(_)));
    }
    assert_eq!(troubled.paths(), ["/robots.txt", "/robots.txt"]);
}

#[test]
fn a_page_in_trouble_is_asked_for_again() {
    let site = Site::default();
    let base = site.serve();
    let mut w = Watcher::direct(Duration::ZERO);
    let (feed, mut p) = (of(&base, ""), Progress::default());
    site.put("/rss", 200, "ETag: \"v1\"\r\n", feed_of(&base, &[("a", "أول"), ("b", "ثان")]));
    site.put("/a.html", 503, "", "");
    site.put("/b.html", 503, "", "");
    assert_eq!(read(&mut w, &feed, &mut p, 0).0, Turn::Read { new: 0 });
    site.put("/a.html", 200, HTML, page());
    let (turn, found, _) = read(&mut w, &feed, &mut p, 600);
    assert_eq!((turn, found[0].id.as_str()), (Turn::Read { new: 1 }, "a"));
    // The third time the feed's words must do.
    let (turn, found, _) = read(&mut w, &feed, &mut p, 1200);
    assert_eq!((turn, found[0].text.as_str()), (Turn::Read { new: 1 }, "ثان\n\nموجز ثان"));
    assert_eq!((p.etag.as_deref(), p.tries.len(), p.seen.len()), (Some("\"v1\""), 0, 2));
}

#[test]
fn whole_articles_in_the_feed_need_no_page() {
    let site = Site::default();
    let base = site.serve();
    site.put(
        "/rss",
        200,
        "",
        format!("<rss><channel><item><guid>a</guid><link>{base}/a.html</link><title>أول</title><content><![CDATA[<p>النص</p>]]></content></item></channel></rss>"),
    );
    let (_, found, _) = read(&mut Watcher::direct(Duration::ZERO), &of(&base, ""), &mut Progress::default(), 0);
    assert_eq!(found[0].text, "أول\n\nالنص");
    assert_eq!(site.paths(), ["/robots.txt", "/rss"]);
}
