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

const SCHEMA: &str = "https://schema.org/";

fn context() -> Value {
    json!({
        "@vocab": SCHEMA,
        "wdt": "http://www.wikidata.org/prop/direct/",
        "sijill": "urn:sijill:term:",
        "name": { "@id": "https://schema.org/name", "@container": "@language" },
        "country": { "@id": "wdt:P17" },
        "iso3": { "@id": "wdt:P298" },
        "status": "sijill:status", "role": "sijill:role", "plover": "sijill:plover", "mode": "sijill:mode", "cameo": "sijill:cameo", "goldstein": "sijill:goldstein",
        "reports": "sijill:reports", "independent": "sijill:independent", "start": "sijill:start", "end": "sijill:end", "lexicon": "sijill:lexicon", "wire": "sijill:wire",
        "eventStatus": { "@type": "@id" }, "additionalType": { "@type": "@id" }, "url": { "@type": "@id" },
    })
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
    for (key, value) in [("headline", &r.source.title), ("datePublished", &r.source.published), ("url", &r.source.url), ("wire", &r.wire)] {
        if let Some(value) = value {
            v[key] = json!(value);
        }
    }
    v
}

fn event(x: &Export, r: &Row) -> Result<Value> {
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

pub(crate) fn write(x: &Export, q: &EventQuery, out: &mut dyn Write) -> Result<Made> {
    let mut made = Made::default();
    let head = json!({
        "@context": context(), "@type": "Dataset", "inLanguage": ["ar", "en"], "version": x.maker.to_string(), "lexicon": x.maker.lexicon,
        "creator": { "@type": "SoftwareApplication", "name": { "@none": "sijill" }, "softwareVersion": x.maker.sijill },
    });
    let head = head.to_string();
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
