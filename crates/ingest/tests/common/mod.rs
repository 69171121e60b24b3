//! Folders, pages and runs for the tests.

#![allow(dead_code)]

use sijill_ingest::{Document, Fields, Mark, Outcome, feed_from, inputs, load};
use std::io::Write;
use std::path::{Path, PathBuf};

pub const TITLE: &str = "وزير خارجية أيسلندا يلتقي نظيره النرويجي في ريكيافيك";
pub const PARAGRAPHS: [&str; 4] = [
    "التقى وزير خارجية أيسلندا اليوم الثلاثاء نظيره النرويجي في العاصمة ريكيافيك، وبحث الجانبان سبل تعزيز التعاون في مجال الصيد البحري والطاقة المتجددة.",
    "وقال الوزير الأيسلندي في مؤتمر صحفي عقب اللقاء إن المحادثات كانت مفيدة، وإن البلدين اتفقا على مواصلة التشاور بشأن القضايا ذات الاهتمام المشترك.",
    "من جانبه أكد الوزير النرويجي أن بلاده حريصة على توسيع الشراكة مع أيسلندا، وأن زيارة ثانية مقررة في فصل الخريف المقبل على مستوى الخبراء.",
    "وكان الجانبان قد وقعا في وقت سابق مذكرة تفاهم بشأن تبادل الخبرات في مجال البحث العلمي، وفق ما جاء في بيان مشترك صدر في ختام الزيارة.",
];

/// A folder of its own for each test, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut e = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    e.write_all(bytes).unwrap();
    e.finish().unwrap()
}

pub fn zst(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Run {
    pub articles: Vec<Document>,
    pub rejected: Vec<String>,
    pub skipped: Vec<String>,
    pub warnings: Vec<String>,
    pub marks: Vec<Mark>,
    pub read: u64,
}

impl Run {
    pub fn ids(&self) -> Vec<&str> {
        self.articles.iter().map(|a| a.id.as_str()).collect()
    }
    pub fn texts(&self) -> Vec<&str> {
        self.articles.iter().map(|a| a.text.as_str()).collect()
    }
}

pub fn run(path: &Path) -> Run {
    run_with(path, &Fields::default(), &[], usize::MAX)
}

/// Reads a path from the marks on, and stops after some chunks.
pub fn run_with(path: &Path, fields: &Fields, from: &[Mark], chunks: usize) -> Run {
    let mut r = Run::default();
    let mut left = chunks;
    let folder = format!("{}/", path.parent().unwrap().display());
    let (inputs, _) = inputs(&[path.to_owned()]);
    let resume = |source: &str, fingerprint: &str| from.iter().rfind(|m| &*m.source == source && &*m.fingerprint == fingerprint).cloned();
    feed_from(inputs, fields, &resume, &mut |chunk| {
        r.read += chunk.read;
        r.marks.extend(chunk.marks);
        for job in chunk.jobs {
            let loaded = load(job, fields);
            r.warnings.extend(loaded.warnings);
            match loaded.outcome {
                Outcome::Article(mut a) => {
                    a.id = a.id.replace(&folder, "");
                    r.articles.push(a);
                }
                Outcome::Rejected(x) => r.rejected.push(x.to_string().replace(&folder, "")),
                Outcome::Skipped(place, why) => r.skipped.push(format!("{place}: {why}").replace(&folder, "")),
            }
        }
        left -= 1;
        left > 0
    });
    r
}

pub fn page() -> String {
    let paragraphs: String = PARAGRAPHS.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        r#"<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{TITLE} - جريدة الميناء</title>
<meta property="og:title" content="{TITLE} - جريدة الميناء"><meta property="og:site_name" content="جريدة الميناء">
<link rel="canonical" href="https://minaa.example/world/2024/iceland">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"x"}},{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"2024-07-02T09:30:00+03:00"}}]}}</script>
<script>if (a < b) document.write("<div><div><p>إعلان</p>");</script><style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/w">العالم</a></li><li><a href="/s">رياضة</a></li></ul></nav>
<div id="content"><article><h1>{TITLE}</h1><div class="story-body">{paragraphs}</div></article></div>
<div class="sidebar"><h3>الأكثر قراءة</h3><ul><li><a href="/1">خبر أول</a></li><li><a href="/2">خبر ثان</a></li></ul></div>
<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"#
    )
}

pub fn answer(body: &[u8], headers: &str) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
    out.extend(body);
    out
}

pub fn record(kind: &str, url: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-08-01T12:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    out.extend(body);
    out.extend(b"\r\n\r\n");
    out
}
