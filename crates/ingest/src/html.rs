//! Pages of the web: their encoding, the text of their article with its paragraphs, and what they say of themselves.
//!
//! The main text is found by `dom_smoothie` (Mozilla's Readability); its result is written out as text here, since the library
//! glues words around line breaks. What must not live here: how a page is fetched or stored.

use crate::{MAX_PAGE, dates};
use dom_query::Document as Dom;
use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;
use serde_json::Value;
use std::collections::HashMap;

/// What a page says.
#[derive(Debug, Default)]
pub struct Page {
    /// Headline first, then the paragraphs, an empty line between them.
    pub text: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub lang: Option<String>,
}

/// With less text than this the library has hardly found the article: then all of the page's body is taken that is no menu.
const TOO_LITTLE: usize = 120;
const NEXT_TO_NOTHING: usize = 40;
/// Elements inside one another, tags, and tags times the formatting that each has to open again: a page beyond these is made to
/// hurt, or no page at all.
const MOST_NESTED: usize = 400;
const MOST_TAGS: usize = 200_000;
const MOST_REOPENED: usize = 1_000_000;
/// A headline or name is not longer.
const MOST_NAME: usize = 1000;

/// The page's text. Bytes that are UTF-8 are UTF-8, whatever is said of them; else the label of the HTTP header, else that of
/// the page, else a guess. Also: did some bytes mean nothing?
pub fn decode(bytes: &[u8], header: Option<&str>) -> (String, bool) {
    let guessed = |bytes| {
        let d = sijill_text::decode(bytes);
        (d.text, d.broken)
    };
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return guessed(bytes);
    }
    // Latin-1 is what servers say that know nothing; no Arabic page is written in it.
    let label = |l: &str| Encoding::for_label(l.trim().as_bytes()).filter(|e| !e.is_single_byte() || *e != encoding_rs::WINDOWS_1252);
    match header.and_then(label).or_else(|| meta_charset(bytes).as_deref().and_then(label)) {
        Some(e) if e != encoding_rs::UTF_8 && e != encoding_rs::UTF_16LE && e != encoding_rs::UTF_16BE => {
            let (text, broken) = e.decode_without_bom_handling(bytes);
            (text.into_owned(), broken)
        }
        _ => guessed(bytes),
    }
}

/// What stands after the first `charset=` at the beginning of a page.
fn meta_charset(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(4096).map(|b| char::from(b.to_ascii_lowercase())).collect();
    charset_of(&head)
}

/// The value of `charset=` in a header or tag.
pub fn charset_of(s: &str) -> Option<String> {
    let after = s.get(s.to_ascii_lowercase().find("charset=")? + 8..)?.trim_start_matches(['"', '\'', ' ']);
    let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(after.len());
    Some(after[..end].to_owned()).filter(|l| !l.is_empty())
}

/// The article of a page and what the page says of itself. `address`: where it was fetched from.
pub fn page(html: &str, address: Option<&str>) -> Result<Page, String> {
    if html.len() > MAX_PAGE * 2 {
        return Err(format!("expected a page of at most {} MiB, found more", MAX_PAGE >> 20));
    }
    bearable(html)?;
    let dom = Dom::from(html);
    let mut page = about(&dom, address);
    let config = Config { disable_json_ld: true, max_elements_to_parse: MOST_TAGS * 2, ..Config::default() };
    let ld_body = std::mem::take(&mut page.ld_body);
    let main = Readability::with_document(dom, None, Some(config)).ok().and_then(|mut r| r.parse().ok());
    let mut text = main.as_ref().map(|a| text_of(&a.content)).unwrap_or_default();
    let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count();
    if letters(&text) < TOO_LITTLE {
        // What the page itself calls its article, else all of it.
        let whole = match ld_body.map(|b| text_of(&b)).filter(|b| letters(b) > letters(&text)) {
            Some(body) => body,
            None => dump(&Dom::from(html).html(), true),
        };
        // Less than the library found: it had taken the menus too. More: only where it found next to nothing.
        let (of_whole, of_text) = (letters(&whole), letters(&text));
        if of_text < NEXT_TO_NOTHING && of_whole > of_text || (1..of_text).contains(&of_whole) {
            text = whole;
        }
    }
    let mut page = page.page;
    if page.title.is_none() {
        page.title = main.and_then(|a| name(&a.title));
    }
    if let (Some(title), Some(outlet)) = (&mut page.title, &page.outlet) {
        let bare = [" - ", " | ", " – ", " — ", " :: "].iter().find_map(|s| title.strip_suffix(outlet.as_str())?.strip_suffix(s)).map(|b| b.trim().to_owned());
        if let Some(bare) = bare.filter(|b| !b.is_empty()) {
            *title = bare;
        }
    }
    if text.trim().is_empty() {
        return Err("expected an article in the page, found no text".into());
    }
    if let Some(title) = &page.title
        && !text.starts_with(title.as_str())
    {
        text = format!("{title}\n\n{text}");
    }
    page.text = text;
    Ok(page)
}

/// Refuses what would make the parser work without measure: deep nesting, and formatting that every later element opens again.
fn bearable(html: &str) -> Result<(), String> {
    let bytes = html.as_bytes();
    let (mut tags, mut nested, mut formatting, mut reopened) = (0usize, 0usize, 0usize, 0usize);
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut foreign = false;
    let mut i = 0;
    while let Some(at) = bytes[i..].iter().position(|b| *b == b'<') {
        i += at + 1;
        if html[i..].starts_with("!--") {
            i = html[i..].find("-->").map_or(html.len(), |e| i + e + 3);
            continue;
        }
        let closing = bytes.get(i) == Some(&b'/');
        let start = i + usize::from(closing);
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        if length == 0 || !bytes[start].is_ascii_alphabetic() {
            continue;
        }
        let tag = html[start..start + length.min(32)].to_ascii_lowercase();
        i = tag_end(html, start + length);
        tags += 1;
        if tags > MOST_TAGS {
            return Err(format!("expected a page of at most {MOST_TAGS} tags, found more"));
        }
        if matches!(tag.as_str(), "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes") && !closing {
            i = raw_end(html, i, &tag);
            continue;
        }
        let formats = matches!(tag.as_str(), "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u");
        foreign |= tag == "foreignobject";
        // Elements without content, and those that the next of their kind closes, do not nest by themselves.
        let flat = matches!(
            tag.as_str(),
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "param"
                | "source"
                | "track"
                | "wbr"
                | "p"
                | "li"
                | "td"
                | "tr"
                | "th"
                | "dt"
                | "dd"
                | "option"
                | "thead"
                | "tbody"
                | "tfoot"
                | "html"
                | "head"
                | "body"
        ) || (bytes[..i].ends_with(b"/>") && !foreign && open.get("svg").is_some_and(|n| *n > 0));
        if closing {
            if let Some(n) = open.get_mut(&tag)
                && *n > 0
            {
                *n -= 1;
                nested -= 1;
                formatting -= usize::from(formats);
            }
        } else {
            reopened += formatting;
            if !flat {
                *open.entry(tag).or_default() += 1;
                nested += 1;
                formatting += usize::from(formats);
            }
        }
        if nested > MOST_NESTED {
            return Err(format!("expected elements at most {MOST_NESTED} deep, found deeper ones in the page"));
        }
        if reopened > MOST_REOPENED {
            return Err("expected formatting elements with an end, found too many without one in the page".into());
        }
    }
    Ok(())
}

/// After the `>` of the tag whose name ends at `from`.
fn tag_end(html: &str, from: usize) -> usize {
    let bytes = html.as_bytes();
    let mut quote = None;
    // A quotation mark opens a value only after `=`.
    let mut after_equals = false;
    for (i, b) in bytes.iter().enumerate().skip(from) {
        match (quote, b) {
            (Some(q), b) if b == q => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(b),
            (None, b'>') => return i + 1,
            _ => {}
        }
        after_equals = *b == b'=' || (after_equals && b.is_ascii_whitespace());
    }
    html.len()
}

/// Where the content of an element ends that holds no tags: after its end tag.
fn raw_end(html: &str, from: usize, tag: &str) -> usize {
    let bytes = html.as_bytes();
    let mut i = from;
    while let Some(at) = html[i..].find("</") {
        i += at + 2;
        let end = i + tag.len();
        if bytes.get(i..end).is_some_and(|n| n.eq_ignore_ascii_case(tag.as_bytes())) && bytes.get(end).is_none_or(|b| !b.is_ascii_alphanumeric()) {
            return tag_end(html, i + tag.len());
        }
    }
    html.len()
}

/// A page's own data, and the body of the article where that data holds it.
struct About {
    page: Page,
    ld_body: Option<String>,
}

/// What a page says of itself: JSON-LD, OpenGraph, the tags `meta`, `time`, `link`, `html`.
fn about(dom: &Dom, address: Option<&str>) -> About {
    let mut meta: HashMap<String, String> = HashMap::new();
    for tag in dom.select("meta[content]").iter() {
        let Some(key) = ["property", "name", "itemprop"].iter().find_map(|k| tag.attr(k)) else { continue };
        let content = tag.attr_or("content", "");
        if !content.trim().is_empty() && key.len() < 100 {
            meta.entry(key.to_ascii_lowercase()).or_insert_with(|| content.trim().to_owned());
        }
    }
    let first = |keys: &[&str]| keys.iter().find_map(|k| meta.get(*k)).map(String::as_str);
    let ld = linked_data(dom);
    let ld_text = |path: &[&str]| ld.as_ref().and_then(|v| text_at(v, path));

    let time = || {
        [
            "time[itemprop='datePublished'][datetime]",
            "time[pubdate][datetime]",
            "article time[datetime]",
            "main time[datetime]",
            "time[datetime]",
            "[itemprop='datePublished'][content]",
        ]
        .iter()
        .find_map(|s| dom.select_single(s).iter().next().and_then(|t| dates::iso(&t.attr("datetime").or_else(|| t.attr("content"))?)))
    };
    const DATES: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "pubdate",
        "publishdate",
        "publish_date",
        "publish-date",
        "published_time",
        "parsely-pub-date",
        "sailthru.date",
        "dcterms.created",
        "dcterms.issued",
        "dc.date.issued",
        "dc.date.created",
        "dc.date",
        "dcterms.date",
        "cxenseparse:recs:publishtime",
        "date",
    ];
    let stated = |keys: &[&str]| keys.iter().find_map(|k| meta.get(*k).and_then(|d| dates::iso(d)));
    let published = ld_text(&["datePublished"])
        .and_then(|d| dates::iso(&d))
        .or_else(|| stated(&DATES[..3]))
        .or_else(time)
        .or_else(|| stated(&DATES[3..]))
        .or_else(|| ld_text(&["dateCreated"]).and_then(|d| dates::iso(&d)));

    let canonical = dom.select_single("link[rel='canonical'][href]").iter().next().and_then(|l| l.attr("href")).map(|h| h.trim().to_owned());
    let absolute = |u: &String| (u.starts_with("https://") || u.starts_with("http://")) && u.len() < 4096;
    // Some sites call their first page the address of every page.
    let deep = |u: &str| u.split('/').skip(3).any(|p| !p.is_empty());
    let url = [canonical, first(&["og:url"]).map(str::to_owned)]
        .into_iter()
        .flatten()
        .find(|u| absolute(u) && (deep(u) || !address.is_some_and(deep)))
        .or_else(|| address.map(str::to_owned));

    let host = || {
        let host = url.as_deref()?.split('/').nth(2)?.split(['@', ':']).next()?;
        name(host.strip_prefix("www.").unwrap_or(host))
    };
    let outlet = first(&["og:site_name"])
        .and_then(name)
        .or_else(|| ld_text(&["publisher", "name"]).as_deref().and_then(name))
        .or_else(|| first(&["application-name"]).and_then(name))
        .or_else(host);

    let h1 = || dom.select_single("h1").iter().next().and_then(|h| name(&text_of(&h.inner_html())));
    let title = first(&["og:title"]).and_then(name).or_else(|| ld_text(&["headline"]).as_deref().and_then(name)).or_else(h1);
    let lang = dom.select_single("html[lang]").iter().next().and_then(|h| h.attr("lang")).map(|l| l.to_ascii_lowercase());
    About { ld_body: ld_text(&["articleBody"]), page: Page { text: String::new(), title, published, outlet, url, lang } }
}

/// A name or headline on one line; none if it is empty or no name by its length.
fn name(s: &str) -> Option<String> {
    let one_line = s.split_whitespace().collect::<Vec<_>>().join(" ");
    // Some sites escape twice.
    let one_line = unescape(&one_line);
    (!one_line.is_empty() && one_line.len() <= MOST_NAME).then_some(one_line)
}

/// The JSON-LD object that describes the page's article; else one that at least tells a date.
fn linked_data(dom: &Dom) -> Option<Value> {
    let mut dated = None;
    for script in dom.select("script[type='application/ld+json']").iter().take(50) {
        let text = script.text();
        let parsed = serde_json::from_str::<Value>(&text).or_else(|_| serde_json::from_str(&text.replace(char::is_control, " ")));
        let Ok(parsed) = parsed else { continue };
        let mut waiting = vec![parsed];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(all) => waiting.extend(all.into_iter().rev()),
                Value::Object(mut o) => {
                    let of_article = |t: &Value| t.as_str().is_some_and(|t| t.ends_with("Article") || t.ends_with("Posting") || t.ends_with("Report"));
                    let kind = o.get("@type");
                    if kind.is_some_and(|t| of_article(t) || t.as_array().is_some_and(|a| a.iter().any(of_article))) {
                        return Some(Value::Object(o));
                    }
                    waiting.extend(["mainEntity", "@graph"].iter().filter_map(|k| o.remove(*k)));
                    if dated.is_none() && o.contains_key("datePublished") {
                        dated = Some(Value::Object(o));
                    }
                }
                _ => {}
            }
        }
    }
    dated
}

/// The text at a path of keys. A list stands for its first element.
fn text_at(value: &Value, path: &[&str]) -> Option<String> {
    let mut value = value;
    for key in path {
        value = value.as_array().map_or(Some(value), |a| a.first())?.get(key)?;
    }
    value.as_array().map_or(Some(value), |a| a.first())?.as_str().map(str::to_owned)
}

/// The text of a piece of HTML: paragraphs with an empty line between them, lines as they are broken.
pub fn text_of(html: &str) -> String {
    dump(html, false)
}

/// The text of HTML in one pass. `bare`: without what is menu, form or margin by its tag.
fn dump(html: &str, bare: bool) -> String {
    let bytes = html.as_bytes();
    let mut out = String::new();
    // Line ends that wait for the next word, and whether a space does.
    let (mut ends, mut space) = (0, false);
    let mut i = 0;
    while i < html.len() {
        let next = bytes[i..].iter().position(|b| *b == b'<').map_or(html.len(), |at| i + at);
        for c in unescape(&html[i..next]).chars() {
            if c.is_whitespace() || c == '\u{A0}' {
                space = true;
                continue;
            }
            if !out.is_empty() {
                if ends > 0 {
                    out.extend(std::iter::repeat_n('\n', ends));
                } else if space {
                    out.push(' ');
                }
            }
            (ends, space) = (0, false);
            out.push(c);
        }
        if next == html.len() {
            break;
        }
        i = next + 1;
        if html[i..].starts_with("!--") {
            i = html[i..].find("-->").map_or(html.len(), |e| i + e + 3);
            continue;
        }
        let closing = bytes.get(i) == Some(&b'/');
        let start = i + usize::from(closing);
        let length = bytes[start.min(html.len())..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == 0 {
            match bytes.get(start) {
                Some(b'!' | b'?') => i = tag_end(html, start),
                // A sign, not a tag.
                _ => {
                    if space && !out.is_empty() && ends == 0 {
                        out.push(' ');
                        space = false;
                    }
                    out.push('<');
                }
            }
            continue;
        }
        let tag = html[start..start + length].to_ascii_lowercase();
        i = tag_end(html, start + length);
        match tag.as_str() {
            "script" | "style" | "noscript" | "template" | "svg" | "head" | "iframe" | "title" | "textarea" | "select" | "button" if !closing => {
                i = raw_end(html, i, &tag);
                ends = ends.max(usize::from(tag == "head"));
            }
            "nav" | "header" | "footer" | "aside" | "form" | "menu" if bare && !closing => {
                i = element_end(html, i, &tag);
                ends = 2;
            }
            "br" => ends = (ends + 1).min(2),
            "li" | "tr" | "td" | "th" | "dt" | "dd" | "option" => ends = ends.max(1),
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "nav" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl"
            | "table" | "blockquote" | "figure" | "figcaption" | "pre" | "hr" | "body" | "html" | "address" | "center" => ends = 2,
            _ => {}
        }
    }
    out
}

/// After the end tag of an element that may hold others of its name.
fn element_end(html: &str, from: usize, tag: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut depth, mut i) = (1, from);
    while let Some(at) = html[i..].find('<') {
        i += at + 1;
        let closing = bytes.get(i) == Some(&b'/');
        let start = i + usize::from(closing);
        let named =
            bytes.get(start..start + tag.len()).is_some_and(|n| n.eq_ignore_ascii_case(tag.as_bytes())) && bytes.get(start + tag.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        if named {
            depth = if closing { depth - 1 } else { depth + 1 };
            if depth == 0 {
                return tag_end(html, start + tag.len());
            }
        }
    }
    html.len()
}

/// Text with the references that writers of HTML and XML need; other names stay as they are.
pub fn unescape(s: &str) -> String {
    if !s.contains('&') {
        return s.to_owned();
    }
    let mut out = String::with_capacity(s.len());
    let mut rest = s;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let found = end.and_then(|e| {
            let name = &rest[1..e];
            let number = name.strip_prefix('#').map(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            });
            match (number, name) {
                (Some(code), _) => char::from_u32(code?),
                (_, "amp") => Some('&'),
                (_, "lt") => Some('<'),
                (_, "gt") => Some('>'),
                (_, "quot") => Some('"'),
                (_, "apos") => Some('\''),
                (_, "nbsp") => Some('\u{A0}'),
                (_, "laquo") => Some('«'),
                (_, "raquo") => Some('»'),
                (_, "ldquo") => Some('“'),
                (_, "rdquo") => Some('”'),
                (_, "lsquo") => Some('‘'),
                (_, "rsquo") => Some('’'),
                (_, "ndash") => Some('–'),
                (_, "mdash") => Some('—'),
                (_, "hellip") => Some('…'),
                _ => None,
            }
        });
        match (found, end) {
            (Some(c), Some(e)) => {
                out.push(c);
                rest = &rest[e + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Can this page hold an Arabic article? Asked of the raw page, before work is spent on it: letters, or numbers that may be such.
pub fn may_be_arabic(html: &str) -> bool {
    html.chars().filter(|c| ('\u{0621}'..='\u{064A}').contains(c)).nth(19).is_some() || html.contains("&#1") || html.contains("&#x6")
}

/// Is this Arabic, by its letters and by what the page says? Persian, Urdu and their neighbours share the script: they are known
/// by letters that Arabic does not have, where the one is rare that they lack.
pub fn is_arabic(text: &str, lang: Option<&str>) -> bool {
    if lang.is_some_and(|l| ["fa", "ur", "ps", "ckb", "ku", "ug", "sd"].contains(&l.split('-').next().unwrap_or(l))) {
        return false;
    }
    let (mut letters, mut arabic, mut foreign, mut marbuta) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        letters += usize::from(c.is_alphabetic());
        match c {
            '\u{0629}' => (arabic, marbuta) = (arabic + 1, marbuta + 1),
            '\u{0621}'..='\u{064A}' => arabic += 1,
            '\u{0679}' | '\u{067E}' | '\u{0686}' | '\u{0688}' | '\u{0691}' | '\u{0698}' | '\u{06A9}' | '\u{06AF}' | '\u{06BA}'..='\u{06D2}' => foreign += 1,
            _ => {}
        }
    }
    arabic >= 20 && arabic * 2 > letters && (foreign * 20 < arabic || marbuta * 200 > arabic)
}
