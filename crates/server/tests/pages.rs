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
