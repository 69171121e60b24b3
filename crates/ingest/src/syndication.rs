//! RSS (0.9 to 2.0, RDF too) and Atom: the entries of a feed.
//!
//! Elements are known by their local names, as all readers of feeds do: prefixes differ. What must not live here: fetching.

use crate::dates;
use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An entry of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub id: Option<String>,
    pub link: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    /// What the feed holds of the article, as HTML.
    pub html: String,
    /// Is that the article and not its beginning alone?
    pub full: bool,
    /// The feed's own name.
    pub outlet: Option<String>,
}

impl Entry {
    pub fn bytes(&self) -> usize {
        self.html.len() + self.title.as_ref().map_or(0, String::len)
    }
}

/// More entries than this are not taken from one feed.
const MOST_ENTRIES: usize = 100_000;
/// Elements inside one another.
const MOST_NESTED: usize = 256;

/// The entries of a feed and, if the feed broke off, why.
pub fn parse(bytes: &[u8]) -> Result<(Vec<Entry>, Option<String>), String> {
    let text = decode(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut outlet = None;
    let mut found: Vec<Entry> = Vec::new();
    // Names of the elements we are in, and the text of the innermost that is of interest.
    let mut path: Vec<String> = Vec::new();
    let mut entry: Option<Entry> = None;
    let mut value = String::new();
    // Atom may hold XHTML in its content: written out again as HTML.
    let mut markup: Option<usize> = None;
    let mut is_feed = false;
    let fault = loop {
        let event = match reader.read_event() {
            Ok(e) => e,
            Err(e) => break Some(format!("expected a feed in XML, found: {e}")),
        };
        match event {
            Event::Eof => {
                break if path.is_empty() { None } else { Some("expected the end of the feed, found the file cut off".into()) };
            }
            Event::Start(tag) => {
                let name = local(&tag);
                if markup.is_some() {
                    value.push_str(&format!("<{name}>"));
                } else {
                    if !is_feed {
                        is_feed = matches!(name.as_str(), "rss" | "rdf" | "feed");
                        if !is_feed {
                            return Err(format!("expected a feed (rss, rdf or feed), found the element `{}`", name.chars().take(40).collect::<String>()));
                        }
                    }
                    if matches!(name.as_str(), "item" | "entry") && entry.is_none() {
                        entry = Some(Entry::default());
                    }
                    if name == "link"
                        && let Some(e) = &mut entry
                    {
                        href(&tag, e);
                    }
                    if attribute(&tag, "type").is_some_and(|t| t == "xhtml") {
                        markup = Some(path.len());
                    }
                    value.clear();
                }
                path.push(name);
                if path.len() > MOST_NESTED {
                    break Some(format!("expected elements at most {MOST_NESTED} deep, found deeper ones"));
                }
            }
            Event::Empty(tag) => {
                let name = local(&tag);
                if markup.is_some() {
                    value.push_str(&format!("<{name}/>"));
                } else if name == "link"
                    && let Some(e) = &mut entry
                {
                    href(&tag, e);
                }
            }
            Event::Text(t) => value.push_str(&t),
            Event::GeneralRef(r) => {
                // In XHTML the reference stays one: it is resolved with the rest of the HTML.
                let name = r.to_string();
                let reference = format!("&{name};");
                value.push_str(&if markup.is_some() { reference } else { resolved(&name).map_or(reference, String::from) });
            }
            Event::CData(t) => value.push_str(&t),
            Event::End(_) => {
                let Some(name) = path.pop() else { continue };
                if markup.is_some_and(|depth| path.len() > depth) {
                    value.push_str(&format!("</{name}>"));
                    continue;
                }
                markup = None;
                let text = std::mem::take(&mut value);
                if matches!(name.as_str(), "item" | "entry") {
                    if let Some(mut e) = entry.take() {
                        e.outlet = outlet.clone();
                        found.push(e);
                    }
                    if found.len() >= MOST_ENTRIES {
                        break Some(format!("expected at most {MOST_ENTRIES} entries, found more"));
                    }
                    continue;
                }
                let parent = path.last().map_or("", String::as_str);
                match &mut entry {
                    Some(e) if matches!(parent, "item" | "entry") => fill(e, &name, text),
                    None if name == "title" && matches!(parent, "channel" | "feed") => outlet = Some(crate::html::text_of(&text)).filter(|t| !t.is_empty()),
                    _ => {}
                }
            }
            _ => {}
        }
    };
    if !is_feed {
        return Err(fault.unwrap_or_else(|| "expected a feed in XML, found none".into()));
    }
    Ok((found, fault))
}

fn fill(e: &mut Entry, name: &str, text: String) {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return;
    }
    match name {
        "title" => e.title = Some(crate::html::text_of(trimmed)).filter(|t| !t.is_empty()),
        "link" => e.link = Some(trimmed.to_owned()),
        "guid" | "id" => {
            // In RSS an id that is an address is the article's, unless another is given.
            if name == "guid" && e.link.is_none() && trimmed.starts_with("http") {
                e.link = Some(trimmed.to_owned());
            }
            e.id = Some(trimmed.to_owned());
        }
        "pubdate" | "published" | "issued" => e.published = dates::iso(trimmed).or(e.published.take()),
        "date" | "updated" | "modified" => e.published = e.published.take().or_else(|| dates::iso(trimmed)),
        // The whole article, in RSS as in Atom.
        "encoded" | "content" => (e.html, e.full) = (text, true),
        "description" | "summary" if !e.full => e.html = text,
        _ => {}
    }
}

/// The address of an Atom entry: of the page, not of comments, pictures or the entry's own XML.
fn href(tag: &BytesStart, e: &mut Entry) {
    if let Some(href) = attribute(tag, "href")
        && attribute(tag, "rel").is_none_or(|r| r == "alternate")
    {
        e.link = Some(href.trim().to_owned());
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(crate::html::unescape(&found.value))
}

fn local(tag: &BytesStart) -> String {
    tag.local_name().as_ref().to_ascii_lowercase()
}

fn resolved(name: &str) -> Option<char> {
    crate::html::unescape(&format!("&{name};")).chars().next().filter(|c| *c != '&' || name == "amp" || name == "#38")
}

/// The declaration's encoding, where the bytes are not UTF-8 anyway.
fn decode(bytes: &[u8]) -> String {
    if Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() {
        let head: String = bytes.iter().take(200).map(|b| char::from(*b)).collect();
        let label = head.split_once("encoding=").and_then(|(_, l)| l.get(1..)?.split(['"', '\'']).next().map(str::to_owned));
        if let Some(e) = label.and_then(|l| Encoding::for_label(l.as_bytes())).filter(|e| *e != encoding_rs::UTF_8) {
            return e.decode_without_bom_handling(bytes).0.into_owned();
        }
    }
    sijill_text::decode(bytes).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rss() {
        let feed = "<?xml version='1.0'?><rss xmlns:content='c' xmlns:dc='d'><channel><title>وكالة الساحل</title><link>https://sahil.example/</link>
            <item><title>وصول الوزير &amp; الوفد</title><link>https://sahil.example/1</link><guid isPermaLink='false'>n-1</guid>
            <pubDate>Tue, 02 Jul 2024 10:00:00 +0300</pubDate><description>&lt;p&gt;موجز&lt;/p&gt;</description>
            <content:encoded><![CDATA[<p>النص &amp; كله</p>]]></content:encoded></item>
            <item><title>ثان</title><guid>https://sahil.example/2</guid><dc:date>2024-07-03</dc:date></item></channel></rss>";
        let (entries, fault) = parse(feed.as_bytes()).unwrap();
        assert_eq!(fault, None);
        let first = Entry {
            id: Some("n-1".into()),
            link: Some("https://sahil.example/1".into()),
            title: Some("وصول الوزير & الوفد".into()),
            published: Some("2024-07-02T10:00:00+03:00".into()),
            html: "<p>النص &amp; كله</p>".into(),
            full: true,
            outlet: Some("وكالة الساحل".into()),
        };
        assert_eq!(entries[0], first);
        assert_eq!((entries[1].link.as_deref(), entries[1].published.as_deref()), (Some("https://sahil.example/2"), Some("2024-07-03")));
    }

    #[test]
    fn atom_with_xhtml() {
        let feed = "<feed xmlns='http://www.w3.org/2005/Atom'><title>صحيفة الميناء</title><entry><id>urn:1</id><title type='html'>خبر &amp;lt;عاجل</title>
            <link rel='edit' href='https://m.example/e'/><link href='https://m.example/a?x=1&amp;y=2'/><updated>2024-07-04T00:00:00Z</updated><published>2024-07-03T08:00:00Z</published>
            <content type='xhtml'><div><p>فقرة أولى</p><p>ثانية<br/>سطر</p></div></content></entry></feed>";
        let (entries, fault) = parse(feed.as_bytes()).unwrap();
        assert_eq!(fault, None);
        let e = &entries[0];
        assert_eq!((e.id.as_deref(), e.link.as_deref(), e.published.as_deref()), (Some("urn:1"), Some("https://m.example/a?x=1&y=2"), Some("2024-07-03T08:00:00Z")));
        assert_eq!(crate::html::text_of(&e.html), "فقرة أولى\n\nثانية\nسطر");
        assert_eq!(e.outlet.as_deref(), Some("صحيفة الميناء"));
    }

    #[test]
    fn what_is_whole_before_the_end_is_kept() {
        let (entries, fault) = parse("<rss><channel><item><title>أول</title></item><item><title>ثا".as_bytes()).unwrap();
        assert_eq!(entries.len(), 1);
        assert!(fault.is_some_and(|f| f.contains("cut off")));
        assert!(parse(b"<html><p>").is_err());
        assert!(parse(b"").is_err());
    }

    #[test]
    fn declared_encoding() {
        let feed = "<?xml version=\"1.0\" encoding=\"windows-1256\"?><rss><channel><title>وكالة</title><item><title>خبر</title></item></channel></rss>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(feed);
        let (entries, _) = parse(&bytes).unwrap();
        assert_eq!(entries[0].title.as_deref(), Some("خبر"));
    }
}
