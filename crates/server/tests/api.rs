//! The API without a network: answers, errors of one shape, paging under inserts, tags, tokens; and askers who mean no good.

mod common;

use axum::body::Body;
use axum::http::Request;
use common::{Answer, ask, desk, desk_with, get};
use serde_json::{Value, json};
use sijill_server::api::token::Token;
use sijill_server::guard::Access;

const TOKEN: &str = "0123456789abcdef0123";

fn open() -> common::Opened {
    desk_with(Access { token: Some(Token::new(TOKEN).unwrap()), ..Access::default() })
}

fn value(a: &Answer) -> Value {
    serde_json::from_str(&a.text).unwrap_or_else(|e| panic!("{e}: {}", a.text))
}

/// A problem of this status, in the one shape.
fn problem(a: &Answer, status: u16) -> String {
    assert_eq!(a.status, status, "{}", a.text);
    assert_eq!(a.header("content-type"), "application/problem+json");
    let v = value(a);
    assert_eq!(v["status"], status);
    assert!(v["type"].is_string() && v["title"].is_string());
    v["detail"].as_str().unwrap().to_owned()
}

async fn post(at: &common::Opened, path: &str, token: Option<&str>, body: &str) -> Answer {
    let mut r = Request::post(path).header("content-type", "application/json");
    if let Some(t) = token {
        r = r.header("authorization", format!("Bearer {t}"));
    }
    ask(&at.router, r.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn every_address_answers_as_described() {
    let at = open();
    let description = value(&get(&at.router, "/openapi.json").await);
    assert_eq!(description["openapi"], "3.1.0");
    let events = value(&get(&at.router, "/api/events").await);
    let event = events["items"][0]["event"].as_str().unwrap();
    let article = events["items"][0]["proof"]["article"].as_str().unwrap();
    let paths = description["paths"].as_object().unwrap();
    assert!(paths.len() >= 14);
    for (path, methods) in paths {
        if methods["get"].is_null() {
            continue;
        }
        let asked = match path.as_str() {
            "/api/events/{id}" => format!("/api/events/{event}"),
            "/api/actors/{id}" => "/api/actors/CHN".into(),
            "/api/articles/{id}" => format!("/api/articles/{article}"),
            "/api/relations" => "/api/relations?one=CHN".into(),
            "/api/standing" => "/api/standing?one=CHN&other=KAZ".into(),
            "/api/search" => "/api/search?q=%D8%A7%D9%84%D8%B5%D9%8A%D9%86".into(),
            other => other.to_owned(),
        };
        let answer = get(&at.router, &asked).await;
        assert_eq!(answer.status, 200, "{asked}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "application/json", "{asked}");
        assert!(!answer.header("etag").is_empty() && answer.header("x-content-type-options") == "nosniff", "{asked}");
        assert!(methods["get"]["responses"]["default"]["content"]["application/problem+json"].is_object(), "{path}");
        // What is described is there: the required parts of the answer.
        let schema = &methods["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let name = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()).unwrap_or_else(|| panic!("{path}: expected a named schema, found {schema}"));
        for part in description["components"]["schemas"][name]["required"].as_array().into_iter().flatten() {
            assert!(value(&answer).get(part.as_str().unwrap()).is_some(), "{asked}: {part}");
        }
    }
}

#[tokio::test]
async fn an_event_comes_with_words_source_and_a_permanent_id() {
    let at = open();
    let found = value(&get(&at.router, "/api/events?actor=CHN&actor=KAZ&kind=meeting").await);
    let e = &found["items"][0];
    let quote = e["proof"]["quotes"][0].as_str().unwrap();
    let article = value(&get(&at.router, &format!("/api/articles/{}", e["proof"]["article"].as_str().unwrap())).await);
    assert!(article["text"].as_str().unwrap().contains(quote));
    assert_eq!(article["source"]["url"], e["proof"]["url"]);
    let whole = value(&get(&at.router, &format!("/api/events/{}", e["event"].as_str().unwrap())).await);
    assert_eq!(whole["event"]["kind"], "meeting");
    assert!(!whole["reports"].as_array().unwrap().is_empty());
    // Names in any spelling, and lists with commas, mean the same.
    for same in ["actor=CHN,KAZ&kind=meeting", "actor=China&actor=Kazakhstan&kind=meeting", "actor=%D8%A7%D9%84%D8%B5%D9%8A%D9%86&actor=country:KAZ&kind=meeting"] {
        assert_eq!(value(&get(&at.router, &format!("/api/events?{same}")).await), found, "{same}");
    }
}

#[tokio::test]
async fn whatever_is_wrong_is_named_in_one_shape() {
    let at = open();
    let r = &at.router;
    let colour = problem(&get(r, "/api/events?colour=red").await, 400);
    assert!(colour.contains("colour") && colour.contains("kind"), "{colour}");
    assert!(problem(&get(r, "/api/about?x=1").await, 400).contains('x'));
    assert!(problem(&get(r, "/api/events?limit=0").await, 400).contains("limit"));
    problem(&get(r, "/api/events?limit=201").await, 400);
    problem(&get(r, "/api/events?limit=-1").await, 400);
    problem(&get(r, "/api/events?limit=1&limit=2").await, 400);
    assert!(problem(&get(r, "/api/events?kind=party").await, 400).contains("visit"));
    for day in ["2024-13", "2024-02-30", "yesterday", "2024-5-1", "20240501"] {
        assert!(problem(&get(r, &format!("/api/events?from={day}")).await, 400).contains("from"));
    }
    for key in ["x", "1", "1.zz", "9999999999999999999999.1", "1.ffffffffffffffffff"] {
        problem(&get(r, &format!("/api/events?after={key}")).await, 400);
    }
    problem(&get(r, "/api/events?actor=%FF%FE").await, 400);
    problem(&get(r, "/api/events?actor=Atlantis").await, 404);
    problem(&get(r, "/api/standing?one=CHN").await, 400);
    problem(&get(r, "/api/standing?one=CHN&other=CHN").await, 400);
    problem(&get(r, "/api/search").await, 400);
    problem(&get(r, &format!("/api/search?q={}", "a".repeat(2_000))).await, 400);
    for nowhere in ["/api", "/api/", "/api/nothing", "/api/events/ev-000000000000", "/api/events/", "/api/articles/a%00", "/api/actors/%FF", "/api/events/%2e%2e%2f"] {
        problem(&get(r, nowhere).await, 404);
    }
    for (method, path) in
        [("DELETE", "/api/events"), ("POST", "/api/events"), ("PUT", "/api/read"), ("GET", "/api/read"), ("OPTIONS", "/api/about"), ("PATCH", "/events"), ("TRACE", "/api/about")]
    {
        let answer = ask(r, Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await;
        problem(&answer, 405);
        assert!(!answer.header("allow").is_empty(), "{method} {path}");
    }
}

#[tokio::test]
async fn head_has_the_headers_and_tags_spare_the_answer() {
    let at = open();
    for path in ["/api/events", "/openapi.json", "/events", "/events.json"] {
        let whole = get(&at.router, path).await;
        let head = ask(&at.router, Request::head(path).body(Body::empty()).unwrap()).await;
        assert_eq!((head.status, head.text.as_str()), (200, ""), "{path}");
        assert_eq!(head.header("etag"), whole.header("etag"), "{path}");
        assert_eq!(head.header("content-length"), whole.text.len().to_string(), "{path}");
        for (held, status) in [(whole.header("etag").to_owned(), 304), (format!("\"x\", {}", whole.header("etag")), 304), ("*".into(), 304), ("\"x\"".into(), 200)] {
            let answer = ask(&at.router, Request::get(path).header("if-none-match", held).body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, status, "{path}");
            assert_eq!(answer.text.is_empty(), status == 304, "{path}");
        }
    }
    let packed = ask(&at.router, Request::get("/openapi.json").header("accept-encoding", "gzip").body(Body::empty()).unwrap()).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.header("vary").contains("accept-encoding"));
}

/// An article of one sentence, different for each number.
/// Each of another meeting: receptions of one guest a day apart would be one.
fn article(n: u32) -> Value {
    let (month, name, day) = (5 + n / 14, if n < 14 { "مايو" } else { "يونيو" }, n % 14 * 2 + 1);
    json!({ "url": format!("https://new.example/{n}"), "outlet": "وكالة الشمال", "published": format!("2024-{month:02}-{day:02}"),
            "text": format!("استقبل الرئيس المصري عبد الفتاح السيسي في القاهرة يوم {day} {name} 2024 وزير الخارجية التركي هاكان فيدان.") })
}

#[tokio::test]
async fn articles_come_in_with_the_token_alone() {
    let at = open();
    let body = json!({ "articles": [article(1), article(2)] }).to_string();
    let before = value(&get(&at.router, "/api/about").await)["counts"]["articles"].as_u64().unwrap();
    for wrong in [None, Some(""), Some("0123456789abcdef012"), Some("0123456789abcdef01234")] {
        let answer = post(&at, "/api/articles", wrong, &body).await;
        problem(&answer, 401);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    problem(&post(&desk(), "/api/articles", Some(TOKEN), &body).await, 403);
    assert_eq!(value(&get(&at.router, "/api/about").await)["counts"]["articles"], before);

    let kept = value(&post(&at, "/api/articles", Some(TOKEN), &body).await);
    assert_eq!((&kept["new"], &kept["known"], kept["articles"].as_array().unwrap().len()), (&json!(2), &json!(0), 2));
    // There when the answer is there, and resolved.
    let key = kept["articles"][0].as_str().unwrap();
    let whole = value(&get(&at.router, &format!("/api/articles/{key}")).await);
    assert!(whole["reports"][0]["event"].as_str().unwrap().starts_with("ev-"));
    let again = value(&post(&at, "/api/articles", Some(TOKEN), &body).await);
    assert_eq!((&again["new"], &again["changed"], &again["known"]), (&json!(0), &json!(0), &json!(2)));
    assert_eq!(value(&get(&at.router, "/api/about").await)["counts"]["articles"], before + 2);
}

#[tokio::test]
async fn what_is_no_article_is_refused_whole() {
    let at = open();
    let refused = |body: String, status: u16| {
        let at = &at;
        async move { problem(&post(at, "/api/articles", Some(TOKEN), &body).await, status) }
    };
    refused("{".into(), 400).await;
    refused("[]".into(), 400).await;
    refused("{\"articles\": []}".into(), 400).await;
    refused(json!({ "articles": [{ "text": "" }] }).to_string(), 400).await;
    assert!(refused(json!({ "articles": [{ "text": "نص", "colour": "red" }] }).to_string(), 400).await.contains("colour"));
    assert!(refused(json!({ "articles": [article(1), { "text": "نص", "published": "soon" }] }).to_string(), 400).await.contains("published"));
    refused(json!({ "articles": vec![article(1); 101] }).to_string(), 400).await;
    // Nested beyond reason, and longer than is taken.
    refused(format!("{{\"articles\": {}{}}}", "[".repeat(50_000), "]".repeat(50_000)), 400).await;
    refused(json!({ "articles": [{ "text": "ا".repeat(5 << 20) }] }).to_string(), 413).await;
    let plain = Request::post("/api/read").header("content-type", "text/plain").body(Body::from("{}")).unwrap();
    problem(&ask(&at.router, plain).await, 415);
    let counts = value(&get(&at.router, "/api/articles?source=%D9%88%D9%83%D8%A7%D9%84%D8%A9%20%D8%A7%D9%84%D8%B4%D9%85%D8%A7%D9%84").await);
    assert_eq!(counts["items"], json!([]));
}

#[tokio::test]
async fn pages_stay_in_step_while_articles_come_in() {
    let at = open();
    let add = |from: u32, to: u32| {
        let body = json!({ "articles": (from..to).map(article).collect::<Vec<_>>() }).to_string();
        let at = &at;
        async move { assert_eq!(post(at, "/api/articles", Some(TOKEN), &body).await.status, 200) }
    };
    add(0, 12).await;
    let all = value(&get(&at.router, "/api/events?limit=200").await);
    let expected: Vec<String> = all["items"].as_array().unwrap().iter().map(|e| e["event"].as_str().unwrap().to_owned()).collect();
    assert!(expected.len() > 10);
    let mut seen: Vec<String> = Vec::new();
    let mut path = "/api/events?limit=3".to_owned();
    for turn in 0..50 {
        let answer = get(&at.router, &path).await;
        let page = value(&answer);
        seen.extend(page["items"].as_array().unwrap().iter().map(|e| e["event"].as_str().unwrap().to_owned()));
        if turn == 1 {
            // Newer ones, before what was read already.
            add(20, 26).await;
        }
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/events?limit=3&after={next}");
        assert_eq!(answer.header("link"), format!("<{path}>; rel=\"next\""));
    }
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_text_is_read_and_not_kept() {
    let at = open();
    let before = value(&get(&at.router, "/api/about").await);
    let text = "زار وزير الخارجية السعودي فيصل بن فرحان أمس أنقرة. <script>alert(1)</script>";
    let record = value(&post(&at, "/api/read", None, &json!({ "text": text, "published": "2024-05-02" }).to_string()).await);
    assert_eq!(record["events"][0]["kind"], "visit");
    for odd in ["\u{0}\u{FFFF}", "\u{202E}\u{2066}", "a", "\u{64B}\u{64B}\u{64B}", "((((((((((", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠"] {
        assert_eq!(post(&at, "/api/read", None, &json!({ "text": odd }).to_string()).await.status, 200, "{odd:?}");
    }
    assert_eq!(value(&get(&at.router, "/api/about").await), before);
}

#[tokio::test]
async fn what_looks_like_sql_or_markup_is_only_text() {
    let at = open();
    for odd in ["'%3B%20DROP%20TABLE%20event%3B--", "%22%20OR%201%3D1", "%00", "a%20NEAR%20b", "*", "%22", "%3Cscript%3E", "a%22*%22", "%D8%A7%20OR%20*", "words:x", "(((", "^a"] {
        let answer = get(&at.router, &format!("/api/search?q={odd}")).await;
        assert_eq!(answer.status, 200, "{odd}: {}", answer.text);
        for path in ["/api/actors?name=", "/api/articles?source=", "/api/events?source="] {
            assert_eq!(get(&at.router, &format!("{path}{odd}")).await.status, 200, "{path}{odd}");
        }
        problem(&get(&at.router, &format!("/api/events?actor={odd}")).await, 404);
    }
    assert_ne!(value(&get(&at.router, "/api/events").await)["items"], json!([]));
}

#[tokio::test]
async fn other_origins_and_other_names_only_as_allowed() {
    let asked = |origin: &'static str| Request::get("/api/about").header("origin", origin).body(Body::empty()).unwrap();
    let closed = open();
    assert_eq!(ask(&closed.router, asked("https://page.example")).await.header("access-control-allow-origin"), "");
    let at = desk_with(Access { origins: vec!["https://page.example".parse().unwrap()], hosts: Some(vec!["desk.example".into()]), ..Access::default() });
    assert_eq!(ask(&at.router, asked("https://page.example")).await.header("access-control-allow-origin"), "https://page.example");
    assert_eq!(ask(&at.router, asked("https://other.example")).await.header("access-control-allow-origin"), "");
    for (host, status) in
        [("127.0.0.1:7007", 200), ("[::1]:80", 200), ("LocalHost", 200), ("desk.example", 200), ("evil.example:7007", 421), ("127.0.0.1.evil.example", 421), ("192.0.2.1", 421)]
    {
        let answer = ask(&at.router, Request::get("/api/about").header("host", host).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, status, "{host}");
    }
}
