//! A desk over a few articles of our own, and a reader without a network.

// Each suite uses a part of it.
#![allow(dead_code)]

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use sijill_extract::{Article, Engine};
use sijill_lexicon::Sources;
use sijill_resolve::facts::Facts;
use sijill_server::guard::Access;
use sijill_server::{Desk, Settings, router};
use sijill_store::{Batch, Document, Register, prepare};
use std::sync::Arc;
use tower::ServiceExt;

pub struct Opened {
    pub router: Router,
    /// Holds the register's folder.
    _folder: tempfile::TempDir,
}

/// Address, outlet, day, text. The last one tries to be markup.
const ARTICLES: [(&str, &str, &str, &str); 5] = [
    ("https://one.example/1", "وكالة الشرق", "2024-05-02", "استقبل الرئيس الكازاخستاني قاسم جومارت توكاييف اليوم في أستانا وزير الخارجية الصيني وانغ يي."),
    (
        "https://two.example/7",
        "صحيفة الغد",
        "2024-05-03",
        "التقى الرئيس الكازاخستاني قاسم جومارت توكاييف أمس في أستانا وزير الخارجية الصيني وانغ يي، وأكد وانغ يي دعم الصين لسيادة كازاخستان.",
    ),
    (
        "https://one.example/2",
        "وكالة الشرق",
        "2024-05-04",
        "يقوم الرئيس الصيني شي جين بينغ بزيارة دولة إلى كازاخستان يوم 20 مايو 2024. والصين وكازاخستان شريكان استراتيجيان شاملان دائمان.",
    ),
    ("https://one.example/3", "وكالة الشرق", "2024-05-05", "قالت المتحدثة باسم وزارة الخارجية الصينية ماو نينغ إن الصين تدين بشدة الهجوم على السفارة."),
    (
        "https://bad.example/x",
        "<script>alert(1)</script>",
        "2024-05-06",
        "<script>alert('x')</script> التقى وزير الخارجية المصري سامح شكري \"><img src=x onerror=alert(2)> في القاهرة نظيره الصيني وانغ يي. </mark></title><svg onload=alert(3)>",
    ),
];

pub fn desk() -> Opened {
    desk_with(Access::default())
}

pub fn desk_with(access: Access) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.db");
    let engine = Engine::embedded();
    let facts = Facts::new(engine.lexicon());
    let mut register = Register::create(&path).unwrap();
    let mut worker = engine.worker();
    let mut batch = Batch::default();
    for (url, outlet, published, text) in ARTICLES {
        let record = worker.read(&Article { id: url, text, published: Some(published), outlet: Some(outlet) });
        let own = |s: &str| Some(s.to_owned());
        let document =
            Document { url: own(url), outlet: own(outlet), published: own(published), title: own(&format!("{outlet} {published}")), text: text.to_owned(), ..Document::default() };
        let words = worker.words(document.untold_title());
        batch.articles.push(prepare(document, &record, words, &facts));
    }
    let version = engine.lexicon().version.clone();
    register.describe(&[("sijill", "test"), ("lexicon", &version)], &[]).unwrap();
    register.writer(&facts, &version).write(&batch).unwrap();
    register.settle(&facts, &mut |_| {}).unwrap();
    drop(worker);
    let desk = Desk::new(engine, &Sources(Vec::new()), Settings { register: path, name: "desk.db".into(), access }).unwrap();
    Opened { router: router::router(Arc::new(desk)), _folder: folder }
}

pub struct Answer {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

pub async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let answer = router.clone().oneshot(request).await.unwrap();
    let (head, body) = answer.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer { status: head.status.as_u16(), headers: head.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

pub async fn get(router: &Router, address: &str) -> Answer {
    ask(router, Request::get(address).body(Body::empty()).unwrap()).await
}
