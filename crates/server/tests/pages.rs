//! Each page in both languages, over a register of articles made for the purpose.

mod common;

use common::{desk, get};

#[tokio::test]
async fn the_front_page_speaks_both_languages() {
    let desk = desk();
    for (lang, dir) in [("ar", "rtl"), ("en", "ltr")] {
        let page = get(&desk.router, &format!("/?lang={lang}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains(&format!(r#"<html lang="{lang}" dir="{dir}""#)));
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
        assert!(page.header("set-cookie").starts_with(&format!("lang={lang};")));
    }
}

#[tokio::test]
async fn an_event_is_reached_from_the_list_and_proves_itself() {
    let desk = desk();
    let list: serde_json::Value = serde_json::from_str(&get(&desk.router, "/events.json").await.text).unwrap();
    let id = list["items"][0]["event"].as_str().unwrap();
    let page = get(&desk.router, &format!("/events/{id}?lang=en")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("<blockquote lang=\"ar\" dir=\"rtl\">"));
    let twin: serde_json::Value = serde_json::from_str(&get(&desk.router, &format!("/events/{id}.json")).await.text).unwrap();
    assert_eq!(twin["event"]["event"], id);
}

#[tokio::test]
async fn what_is_not_there_has_one_shape() {
    let desk = desk();
    let page = get(&desk.router, "/events/ev-000000000000").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    let twin = get(&desk.router, "/events/ev-000000000000.json").await;
    assert_eq!((twin.status, twin.header("content-type")), (404, "application/problem+json"));
    assert_eq!(get(&desk.router, "/nowhere").await.status, 404);
}

/// Every page that a reader may open, on this register.
async fn addresses(desk: &common::Opened) -> Vec<String> {
    let list: serde_json::Value = serde_json::from_str(&get(&desk.router, "/events.json").await.text).unwrap();
    let event = list["items"][0]["event"].as_str().unwrap().to_owned();
    let sources: serde_json::Value = serde_json::from_str(&get(&desk.router, "/sources.json").await.text).unwrap();
    let mut all: Vec<String> = [
        "/",
        "/timeline",
        "/timeline?actor=KAZ",
        "/timeline?actor=KAZ&actor=CHN",
        "/timeline?actor=KAZ&actor=CHN&zoom=day&from=2024-05&until=2024-05&kind=meeting&status=occurred&force=support",
        "/events",
        "/events?actor=CHN&kind=meeting&order=oldest&limit=1",
        "/statements",
        "/statements?speaker=CHN&force=support",
        "/actors",
        "/actors?type=country",
        "/actors?name=Wang",
        "/actors/country:CHN",
        "/relations",
        "/relations?by=score",
        "/relations?by=events",
        "/relations?actor=KAZ&actor=CHN",
        "/search",
        "/search?q=%D8%A3%D8%B3%D8%AA%D8%A7%D9%86%D8%A7",
        "/checks",
        "/sources",
        "/about",
        "/read",
    ]
    .map(str::to_owned)
    .to_vec();
    all.push(format!("/events/{event}"));
    for a in sources["articles"]["items"].as_array().unwrap() {
        all.push(format!("/articles/{}?at=0-20", a["article"].as_str().unwrap()));
    }
    all
}

#[tokio::test]
async fn every_page_answers_in_both_languages_and_without_markup_of_articles() {
    let desk = desk();
    for address in addresses(&desk).await {
        for (lang, dir, front) in [("ar", "rtl", "\u{627}\u{644}\u{623}\u{62D}\u{62F}\u{627}\u{62B}"), ("en", "ltr", "Events")] {
            let to = if address.contains('?') { format!("{address}&lang={lang}") } else { format!("{address}?lang={lang}") };
            let page = get(&desk.router, &to).await;
            assert_eq!(page.status, 200, "{to}: {}", page.text);
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{to}");
            assert!(page.text.contains(&format!(r#"<html lang="{lang}" dir="{dir}""#)), "{to}");
            assert!(page.text.contains(front), "{to}");
            assert_eq!(page.text.matches("<h1").count(), 1, "{to}");
            // Of scripts there is one, of ours; nothing of an article is markup.
            assert_eq!(page.text.matches("<script").count(), 1, "{to}");
            for bad in ["<script>", "<img", "<svg onload", " style=", "javascript:", "onerror=alert(2)>", "<style"] {
                assert!(!page.text.contains(bad), "{to} holds {bad}");
            }
        }
    }
}

#[tokio::test]
async fn links_lead_somewhere() {
    let desk = desk();
    let mut seen = std::collections::BTreeSet::new();
    for address in addresses(&desk).await {
        let page = get(&desk.router, &address).await;
        for part in page.text.split("href=\"").skip(1) {
            let href = part.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
            let to = href.split('#').next().unwrap().to_owned();
            if to.starts_with('/') && to != "/openapi.json" && seen.len() < 400 {
                seen.insert(to);
            }
        }
    }
    assert!(seen.len() > 100);
    for to in seen {
        let page = get(&desk.router, &to).await;
        assert_eq!(page.status, 200, "{to}: {}", page.text);
    }
}

#[tokio::test]
async fn twins_say_the_same_in_other_forms() {
    let desk = desk();
    let csv = get(&desk.router, "/events.csv?kind=meeting").await;
    assert!(csv.text.starts_with("event,kind,status,date,"));
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let json: serde_json::Value = serde_json::from_str(&get(&desk.router, "/events.json?kind=meeting").await.text).unwrap();
    let ids: Vec<&str> = json["items"].as_array().unwrap().iter().map(|e| e["event"].as_str().unwrap()).collect();
    assert!(!ids.is_empty());
    for id in &ids {
        assert!(csv.text.contains(id));
    }
    let first = get(&desk.router, "/events.json?limit=1").await;
    assert!(first.header("link").contains("rel=\"next\""), "{}", first.header("link"));
    let atom = get(&desk.router, "/events.atom").await;
    assert!(atom.text.starts_with("<?xml") && atom.text.contains("<entry>"));
    assert!(!atom.text.contains("<script"));
    let ics = get(&desk.router, "/timeline.ics?actor=KAZ&kind=visit").await;
    assert!(ics.text.starts_with("BEGIN:VCALENDAR\r\n") && ics.text.contains("DTSTART;VALUE=DATE:20240520"), "{}", ics.text);
    for (address, head) in [
        ("/actors.csv", "actor,type,name_ar"),
        ("/statements.csv?speaker=CHN", "article,statement,force"),
        ("/search.csv?q=%D8%A3%D8%B3%D8%AA%D8%A7%D9%86%D8%A7", "article,outlet,published"),
        ("/checks.csv", "code,about,kind"),
        ("/sources.csv", "outlet,articles,reprints"),
        ("/relations.csv?actor=KAZ", "one,one_ar"),
    ] {
        let file = get(&desk.router, address).await;
        assert!(file.status == 200 && file.text.starts_with(head), "{address}: {}", file.text);
    }
    assert_eq!(get(&desk.router, "/about.csv").await.status, 404);
}

/// The figures are made by `cargo xtask accuracy`; that they are those of this commit is its own check.
#[tokio::test]
async fn the_page_about_the_data_says_how_well_it_reads() {
    let desk = desk();
    let json: serde_json::Value = serde_json::from_str(&get(&desk.router, "/about.json").await.text).unwrap();
    assert!(json["accuracy"]["articles"].as_u64().unwrap() >= 20);
    for lang in ["ar", "en"] {
        let page = get(&desk.router, &format!("/about?lang={lang}")).await;
        for layer in json["accuracy"]["f1"].as_array().unwrap() {
            assert!(page.text.contains(&format!("<dd>{}</dd>", layer[1].as_str().unwrap())), "{layer}");
        }
    }
}

#[tokio::test]
async fn what_can_not_be_asked_is_said_so() {
    let desk = desk();
    for (address, status) in [
        ("/events.json?kind=party", 400),
        ("/events.json?from=yesterday", 400),
        ("/events.json?limit=0", 400),
        ("/events.json?after=x", 400),
        ("/events.json?actor=Nobody+At+All", 404),
        ("/timeline?zoom=week", 400),
        ("/articles/a0000000000000000.json", 404),
        ("/actors/person:nobody.json", 404),
        ("/relations?actor=KAZ&actor=country:KAZ&by=x", 400),
    ] {
        let page = get(&desk.router, address).await;
        assert_eq!(page.status, status, "{address}: {}", page.text);
    }
}

#[tokio::test]
async fn a_pasted_article_is_read_and_escaped() {
    let desk = desk();
    let form = |text: &str| {
        let body: String = form_urlencoded::Serializer::new(String::new()).append_pair("text", text).append_pair("published", "2024-05-02").finish();
        axum::http::Request::post("/read?lang=en").header("content-type", "application/x-www-form-urlencoded").body(axum::body::Body::from(body)).unwrap()
    };
    let page = common::ask(&desk.router, form("التقى وزير الخارجية المصري سامح شكري اليوم في القاهرة نظيره الصيني وانغ يي. <script>alert(1)</script>")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains("data-marks=") && page.text.contains("2 May 2024") && page.text.contains("frame:"));
    assert!(!page.text.contains("<script>"));
    let long = common::ask(&desk.router, form(&"س".repeat(300_000))).await;
    assert_eq!(long.status, 400);
    let huge = common::ask(&desk.router, form(&"س".repeat(600_000))).await;
    assert!(huge.status == 400 || huge.status == 413, "{}", huge.status);
}

/// The words of pages are data: each that a template or a page asks for stands in the lexicon.
#[test]
fn every_label_is_in_the_lexicon() {
    let engine = sijill_extract::Engine::embedded();
    let codes = &engine.lexicon().codes;
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut asked = 0;
    for folder in ["templates", "src", "src/pages"] {
        for file in std::fs::read_dir(root.join(folder)).unwrap().flatten().filter(|f| f.path().is_file()) {
            let text = std::fs::read_to_string(file.path()).unwrap();
            for call in ["w.t(\"", "w.t_of(\""] {
                for part in text.split(call).skip(1) {
                    let id = part.split('"').next().unwrap();
                    asked += 1;
                    assert!(codes.label("page", id).is_some(), "{}: {id}", file.path().display());
                }
            }
        }
    }
    assert!(asked > 100);
}
