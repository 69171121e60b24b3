//! JSON-LD: events in the words of schema.org, with properties of Wikidata for what schema.org has no word for.
//!
//! One document, a Dataset whose parts are the events; each line of the file but the first and the last holds one event, so that it can be read line by line, too.
//! What must not live here: identifiers of Wikidata items that nobody has checked: actors keep the ids of the register.

use crate::rows::{self, Row};
use crate::{Export, Made, Result};
use serde_json::{Map, Value, json};
use sijill_store::query::Name;
use sijill_store::query::event::{EventQuery, Part, Report};
use std::io::Write;

/// Terms of an event, and what stands in them.
pub const TERMS: [(&str, &str); 15] = [
    ("@id", "urn:sijill: and the permanent id"),
    ("additionalType", "urn:sijill:kind: and the kind"),
    ("name", "Kind and participants, in Arabic and English"),
    ("startDate, endDate", "First and last day that the date may mean"),
    ("temporal", "The date itself, EDTF"),
    ("location", "The place, with the state in which it lies (`country`, wdt:P17)"),
    ("organizer", "Hosts"),
    ("attendee", "All other participants"),
    ("country", "wdt:P17, ISO 3166-1 alpha-3 code (wdt:P298) of the state for which one acts"),
    ("role", "Role of a participant in the event"),
    ("eventStatus", "EventScheduled: planned or proposed; EventCancelled: cancelled. schema.org has no word for what has happened"),
    ("status", "The status itself"),
    ("plover, cameo, goldstein", "Codes"),
    ("subjectOf", "Articles that report it, with outlet, date, address"),
    ("hasPart of an article", "Quotation: the words that prove it, with their place in the text (`start`, `end`, code points) and the status that this article gives"),
];

pub(crate) const SCHEMA: &str = "https://schema.org/";
pub(crate) const SIJILL: &str = "urn:sijill:term:";
const WDT: &str = "http://www.wikidata.org/prop/direct/";
/// Terms of our own, of others than schema.org, those whose values are ids, and those whose values are numbers that need not be whole.
pub(crate) const CODED: [&str; 12] = ["status", "role", "plover", "mode", "cameo", "goldstein", "reports", "independent", "start", "end", "lexicon", "wire"];
pub(crate) const TERMS_OF_OTHERS: [(&str, &str); 2] = [("country", "http://www.wikidata.org/prop/direct/P17"), ("iso3", "http://www.wikidata.org/prop/direct/P298")];
pub(crate) const IRIS: [&str; 3] = ["eventStatus", "additionalType", "url"];
pub(crate) const NUMBERS: [&str; 1] = ["goldstein"];

fn context() -> Value {
    let mut c = Map::new();
    c.insert("@vocab".into(), json!(SCHEMA));
    c.insert("wdt".into(), json!(WDT));
    c.insert("sijill".into(), json!(SIJILL));
    c.insert("xsd".into(), json!("http://www.w3.org/2001/XMLSchema#"));
    c.insert("name".into(), json!({ "@id": format!("{SCHEMA}name"), "@container": "@language" }));
    for (term, iri) in TERMS_OF_OTHERS {
        c.insert(term.into(), json!({ "@id": iri.replace(WDT, "wdt:") }));
    }
    for term in CODED {
        let id = format!("sijill:{term}");
        c.insert(term.into(), if NUMBERS.contains(&term) { json!({ "@id": id, "@type": "xsd:double" }) } else { json!(id) });
    }
    for term in IRIS {
        c.insert(term.into(), json!({ "@type": "@id" }));
    }
    c.into()
}

/// An address as an IRI: what an IRI can not hold is written in per cent. None for what is no address.
fn address(url: &str) -> Option<String> {
    let scheme = url.split_once(':')?.0;
    if scheme.is_empty() || !scheme.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.trim().chars() {
        if c <= ' ' || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`') {
            out.push_str(&format!("%{:02X}", c as u32));
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// An id as an IRI: what an IRI can not hold is written in per cent.
fn urn(id: &str) -> String {
    let mut out = String::from("urn:sijill:");
    for c in id.chars() {
        if c.is_alphanumeric() || matches!(c, ':' | '-' | '.' | '_' | '~' | '@' | '+') {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|b| format!("%{b:02X}")));
        }
    }
    out
}

fn names(n: &Name) -> Value {
    let mut both = Map::new();
    both.insert("ar".into(), json!(n.ar));
    if let Some(en) = &n.en {
        both.insert("en".into(), json!(en));
    }
    both.into()
}

fn of_state(iso: &str) -> Value {
    json!({ "@type": "Country", "@id": urn(&format!("country:{iso}")), "iso3": iso })
}

fn thing(n: &Name, of: Option<&str>) -> Value {
    let kind = match n.kind.as_str() {
        "person" => "Person",
        "country" => "Country",
        "place" => "Place",
        "organization" | "forum" => "Organization",
        _ => "Thing",
    };
    let mut v = json!({ "@type": kind, "@id": urn(&n.id), "name": names(n) });
    match of.or(n.country.as_deref()) {
        Some(iso) if n.kind == "country" => v["iso3"] = json!(iso),
        Some(iso) => v["country"] = of_state(iso),
        None => {}
    }
    v
}

fn part(p: &Part) -> Value {
    let mut v = thing(&p.name, p.of.as_deref());
    v["role"] = json!(p.role);
    v
}

fn article(r: &Report) -> Value {
    let quotes: Vec<Value> =
        r.quotes.iter().zip(&r.evidence).map(|(q, e)| json!({ "@type": "Quotation", "text": q, "inLanguage": "ar", "start": e.start, "end": e.end, "status": r.status })).collect();
    let mut v = json!({ "@type": "NewsArticle", "@id": urn(&r.source.article), "inLanguage": "ar", "hasPart": quotes });
    if let Some(outlet) = &r.source.outlet {
        v["publisher"] = json!({ "@type": "Organization", "name": { "@none": outlet } });
    }
    let url = r.source.url.as_deref().and_then(address);
    for (key, value) in [("headline", &r.source.title), ("datePublished", &r.source.published), ("url", &url), ("wire", &r.wire)] {
        if let Some(value) = value {
            v[key] = json!(value);
        }
    }
    v
}

pub(crate) fn event(x: &Export, r: &Row) -> Result<Value> {
    let e = &r.event;
    let (ar, en) = x.codes.label("kind", &e.kind).unwrap_or((&e.kind, &e.kind));
    let all = |name: fn(&Name) -> &str| e.participants.iter().map(|p| name(&p.name)).collect::<Vec<_>>().join(" / ");
    let mut v = json!({
        "@type": "Event", "@id": urn(&e.event), "additionalType": format!("urn:sijill:kind:{}", e.kind),
        "name": { "ar": format!("{ar}: {}", all(|n| &n.ar)), "en": format!("{en}: {}", all(rows::english)) },
        "status": e.status, "reports": e.reports, "independent": e.independent,
    });
    let (from, until) = r.days();
    let wanted = [
        ("startDate", from.map(Value::from)),
        ("endDate", until.map(Value::from)),
        ("temporal", e.date.clone().map(Value::from)),
        ("location", e.place.as_ref().map(|p| thing(p, None))),
        ("plover", e.plover.clone().map(Value::from)),
        ("mode", e.mode.clone().map(Value::from)),
        ("cameo", e.cameo.clone().map(Value::from)),
        ("goldstein", e.goldstein.map(|g| json!(rows::score(g)))),
        (
            "eventStatus",
            match e.status.as_str() {
                "planned" | "proposed" => Some(json!(format!("{SCHEMA}EventScheduled"))),
                "cancelled" => Some(json!(format!("{SCHEMA}EventCancelled"))),
                _ => None,
            },
        ),
    ];
    for (key, value) in wanted {
        if let Some(value) = value {
            v[key] = value;
        }
    }
    let (hosts, others): (Vec<&Part>, Vec<&Part>) = e.participants.iter().partition(|p| p.role == "host");
    for (key, list) in [("organizer", hosts), ("attendee", others)] {
        if !list.is_empty() {
            v[key] = list.into_iter().map(part).collect();
        }
    }
    v["subjectOf"] = x.register.reports(&e.event, i32::MAX as usize)?.iter().map(article).collect();
    Ok(v)
}

/// The Dataset, without its parts.
pub(crate) fn head(x: &Export) -> Value {
    json!({
        "@context": context(), "@type": "Dataset", "inLanguage": ["ar", "en"], "version": x.maker.to_string(), "lexicon": x.maker.lexicon,
        "creator": { "@type": "SoftwareApplication", "name": { "@none": "sijill" }, "softwareVersion": x.maker.sijill },
    })
}

pub(crate) fn write(x: &Export, q: &EventQuery, out: &mut dyn Write) -> Result<Made> {
    let mut made = Made::default();
    let head = head(x).to_string();
    // The list of parts goes on over the lines that follow.
    writeln!(out, "{},\"hasPart\":[", head.strip_suffix('}').unwrap_or(&head))?;
    rows::events(x, q, &mut |r| {
        write!(out, "{}{}", if made.rows == 0 { "" } else { ",\n" }, event(x, r)?)?;
        made.rows += 1;
        Ok(())
    })?;
    writeln!(out, "\n]}}")?;
    Ok(made)
}
