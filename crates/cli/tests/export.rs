//! Exports, each read back by a reader of its format: a register of the samples, and of articles of which one holds what breaks tables.

mod common;

use common::{good, text};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A folder with a register.
struct Folder(common::Folder);

impl Folder {
    fn new(name: &str) -> Self {
        let f = Self(common::Folder::new(&format!("export-{name}")));
        let line = |id: &str, outlet: &str, published: &str, text: &str| {
            serde_json::json!({ "id": id, "outlet": outlet, "published": published, "title": "عنوان \"بين\tعلامتين\", و;فاصلة", "url": format!("https://example.org/{id}?a=1&b=<2>"), "text": text }).to_string() + "\n"
        };
        // Quotation marks, a tab, commas and a semicolon in names of outlets, in titles and in the words themselves.
        let odd = "one\t\"first\", inc; & <co>";
        let lines = [
            line("1", odd, "2024-05-12", "التقى وزير خارجية أيسلندا نظيره النرويجي، بعد \"تأجيل\"; طال، في ريكيافيك يوم 12 مايو 2024.\n"),
            line("2", "two", "2024-05-13", "التقى وزير خارجية أيسلندا نظيره النرويجي في ريكيافيك يوم 12 مايو 2024، وفق بيان رسمي.\n"),
            line("3", "two", "2024-05-14", "من المقرر أن يزور وزير خارجية كازاخستان الصين في 3 يوليو 2024.\n"),
            line("4", odd, "2024-05-15", "ألغى رئيس وزراء اليابان زيارته إلى الهند المقررة في 20 مايو 2024.\n"),
        ];
        f.0.file("news.jsonl", lines.concat());
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        f.good(&["add", "news.jsonl", samples.to_str().unwrap(), "--published", "2022-03-01"]);
        f
    }

    fn good(&self, args: &[&str]) -> (Vec<u8>, String) {
        let out = self.0.run(args);
        good(&out);
        (out.stdout.clone(), text(&out.stderr).to_owned())
    }

    fn export(&self, what: &str, format: &str) -> String {
        let text = String::from_utf8(self.good(&["export", what, "--format", format]).0).unwrap();
        assert!(!text.contains('\u{FFFD}'));
        text
    }
}

fn table(text: &str) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let mut r = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = r.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = r.records().map(|row| head.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect()).collect();
    (head, rows)
}

fn tabbed(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|l| l.split('\t').collect()).collect()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn csv_and_json_lines_hold_the_same() {
    let f = Folder::new("tables");
    for what in ["events", "statements", "relations", "actors"] {
        let (head, rows) = table(&f.export(what, "csv"));
        let objects = lines(&f.export(what, "jsonl"));
        assert_eq!(rows.len(), objects.len(), "{what}");
        assert!(what == "relations" || rows.len() > 3, "{what}: {}", rows.len());
        for (row, object) in rows.iter().zip(&objects) {
            assert_eq!(object.as_object().unwrap().len(), head.len());
            for name in &head {
                let cell = match &object[name] {
                    Value::Null => String::new(),
                    Value::String(s) => s.clone(),
                    Value::Array(items) if items.iter().all(Value::is_string) && row[name] != "[]" => items.iter().map(|i| i.as_str().unwrap()).collect::<Vec<_>>().join(";"),
                    other => other.to_string(),
                };
                assert_eq!(row[name], cell, "{what} {name}");
            }
        }
    }
}

#[test]
fn events_carry_status_evidence_and_source() {
    let f = Folder::new("events");
    let objects = lines(&f.export("events", "jsonl"));
    let statuses: BTreeSet<&str> = objects.iter().filter_map(|o| o["status"].as_str()).collect();
    assert!(statuses.contains("occurred") && statuses.contains("planned"), "{statuses:?}");
    let mut days: Vec<(String, String)> = Vec::new();
    for o in &objects {
        // The words are the article's own, at the place that is named.
        let key = o["article"].as_str().unwrap();
        let shown: Value = serde_json::from_slice(&f.good(&["show", key, "--format", "json"]).0).unwrap();
        let (start, end) = (o["start"].as_u64().unwrap() as usize, o["end"].as_u64().unwrap() as usize);
        let words: String = shown["text"].as_str().unwrap().chars().skip(start).take(end - start).collect();
        assert_eq!(o["quote"], words.as_str());
        assert!(!words.is_empty() && !o["event"].as_str().unwrap().is_empty());
        days.push((o["day"].as_str().unwrap_or("").to_owned(), o["event"].as_str().unwrap().to_owned()));
    }
    assert!(days.is_sorted());
    let odd = objects.iter().find(|o| o["outlet"] == "one\t\"first\", inc; & <co>").expect("an event of the outlet with a strange name");
    assert_eq!(odd["title"], "عنوان \"بين\tعلامتين\", و;فاصلة");
    // A filter is that of the list.
    let some = lines(std::str::from_utf8(&f.good(&["export", "events", "--format", "jsonl", "--actor", "ISL"]).0).unwrap());
    assert!(!some.is_empty() && some.len() < objects.len());
    assert!(some.iter().all(|o| objects.contains(o)));
}

#[test]
fn polecat_has_forty_columns() {
    let f = Folder::new("polecat");
    let text = f.export("events", "polecat");
    let rows = tabbed(&text);
    assert_eq!(rows[0][..7], ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"]);
    assert_eq!((rows[0][34], rows[0][39]), ("Publication Date", "Version"));
    assert!(rows.len() > 4);
    let types = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT";
    let types: BTreeSet<&str> = types.split(' ').collect();
    for r in &rows {
        assert_eq!(r.len(), 40, "{r:?}");
        assert!(r.iter().all(|c| !c.is_empty()));
    }
    for r in &rows[1..] {
        assert!(types.contains(r[2]), "{}", r[2]);
        assert!(r[1] == "None" || (r[1].len() == 10 && r[1].as_bytes()[4] == b'-'));
        assert!(r[4].parse::<f32>().is_ok_and(|i| (-10.0..=10.0).contains(&i)) && ["1", "2", "3", "4"].contains(&r[5]));
        assert!(r[7] != "None" || r[15] != "None");
        assert!(r[39].starts_with("sijill ") && r[39].contains(" lexicon "));
    }
    let met = rows.iter().find(|r| r[8].contains("ISL") && r[2] == "CONSULT").expect("the meeting of two ministers");
    assert!(met[8].contains("NOR") || met[16].contains("NOR"));
    assert_eq!((met[10], met[33]), ("GOV", "one \"first\", inc, & <co>"));
}

#[test]
fn gdelt_has_its_columns_and_mentions_belong_to_events() {
    let f = Folder::new("gdelt");
    let (events, mentions) = (f.export("events", "gdelt"), f.export("events", "gdelt-mentions"));
    let mut mentioned: BTreeMap<&str, usize> = BTreeMap::new();
    for m in tabbed(&mentions) {
        assert_eq!(m.len(), 16);
        *mentioned.entry(m[0]).or_default() += 1;
        let extras: Value = serde_json::from_str(m[15]).unwrap();
        assert!(extras["quote"].as_str().is_some_and(|q| !q.is_empty()) && extras["status"].is_string() && extras["lexicon"].is_string());
        assert_eq!(m[9], extras["start"].to_string());
        assert!(m[12].parse::<u64>().unwrap() >= extras["end"].as_u64().unwrap());
    }
    let events = tabbed(&events);
    assert!(events.len() > 3);
    for e in &events {
        assert_eq!(e.len(), 61);
        assert!(e[0].parse::<u64>().is_ok() && [0, 8].contains(&e[1].len()) && (e[1].is_empty() || e[1].starts_with(e[2])) && (e[2].is_empty() || e[2].starts_with(e[3])));
        assert!(e[26].starts_with(e[27]) && e[27].starts_with(e[28]) && e[28].len() == 2);
        assert!(["1", "2", "3", "4"].contains(&e[29]) && e[30].parse::<f32>().is_ok_and(|g| (-10.0..=10.0).contains(&g)));
        assert_eq!(mentioned.get(e[0]).map(usize::to_string).as_deref(), Some(e[31]));
        assert!(!e[60].is_empty());
    }
    assert_eq!(mentioned.len(), events.len());
    let met = events.iter().find(|e| (e[7], e[17]) == ("ISL", "NOR") || (e[7], e[17]) == ("NOR", "ISL")).expect("the meeting of two ministers");
    assert_eq!((met[1], met[28], met[29], met[60]), ("20240512", "04", "1", "https://example.org/1?a=1&b=<2>"));
}

#[test]
fn the_calendar_unfolds() {
    let f = Folder::new("calendar");
    let text = f.export("events", "ics");
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\n', '\r']));
    assert!(text.split("\r\n").all(|l| l.len() <= 75));
    let unfolded = text.replace("\r\n ", "");
    let mut entries: Vec<BTreeMap<&str, &str>> = Vec::new();
    let mut within = false;
    for l in unfolded.split_terminator("\r\n") {
        let (name, value) = l.split_once(':').unwrap();
        match (name, value) {
            ("BEGIN", "VEVENT") => {
                assert!(!within);
                (within, _) = (true, entries.push(BTreeMap::new()));
            }
            ("END", "VEVENT") => within = false,
            _ if within => assert!(entries.last_mut().unwrap().insert(name, value).is_none(), "{name} twice"),
            _ => {}
        }
    }
    assert!(unfolded.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") && unfolded.contains("\r\nX-SIJILL-LEXICON:"));
    let ids: BTreeSet<&str> = entries.iter().map(|e| e["UID"]).collect();
    assert_eq!(ids.len(), entries.len());
    for e in &entries {
        assert!(e["DTSTART;VALUE=DATE"].len() == 8 && e["DTSTART;VALUE=DATE"] < e["DTEND;VALUE=DATE"]);
        assert!(e["DTSTAMP"].len() == 16 && e["SUMMARY"].contains(": "));
        let expected = match e["X-SIJILL-STATUS"] {
            "planned" | "proposed" => "TENTATIVE",
            "cancelled" | "denied" => "CANCELLED",
            _ => "CONFIRMED",
        };
        assert_eq!(e["STATUS"], expected);
    }
    let met = entries.iter().find(|e| e["DTSTART;VALUE=DATE"] == "20240512").expect("the meeting of two ministers");
    assert_eq!((met["DTEND;VALUE=DATE"], met["STATUS"]), ("20240513", "CONFIRMED"));
    assert!(met["DESCRIPTION"].contains("\\n") && met["DESCRIPTION"].contains("\\, inc\\; & <co>") && met["DESCRIPTION"].contains("أيسلندا"));
    assert!(entries.iter().any(|e| e["DTSTART;VALUE=DATE"] == "20240520" && e["STATUS"] == "CANCELLED"));
    assert!(entries.iter().any(|e| e["DTSTART;VALUE=DATE"] == "20240703" && e["STATUS"] == "TENTATIVE"));
}

#[test]
fn the_network_is_well_formed() {
    use quick_xml::events::Event;
    let f = Folder::new("network");
    let text = f.export("events", "graphml");
    let mut r = quick_xml::Reader::from_str(&text);
    let (mut nodes, mut edges, mut keys, mut used) = (BTreeSet::new(), Vec::new(), BTreeSet::new(), BTreeSet::new());
    loop {
        match r.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(e) | Event::Empty(e) => {
                let of = |name: &str| e.try_get_attribute(name).unwrap().map(|a| a.value.into_owned()).unwrap_or_default();
                match e.name().as_ref() {
                    "node" => assert!(nodes.insert(of("id"))),
                    "edge" => edges.push((of("source"), of("target"))),
                    "key" => assert!(keys.insert(of("id"))),
                    "data" => _ = used.insert(of("key")),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    assert!(nodes.len() > 10 && edges.len() > 5);
    assert!(used.is_subset(&keys) && used.contains("version") && used.contains("evidence") && used.contains("kind-meeting"));
    assert!(edges.iter().all(|(a, b)| a < b && nodes.contains(a) && nodes.contains(b)));
    assert_eq!(edges.iter().collect::<BTreeSet<_>>().len(), edges.len());
}

#[test]
fn linked_data_names_its_terms() {
    let f = Folder::new("linked");
    let whole: Value = serde_json::from_str(&f.export("events", "jsonld")).unwrap();
    assert_eq!((&whole["@context"]["@vocab"], &whole["@type"]), (&Value::from("https://schema.org/"), &Value::from("Dataset")));
    assert!(whole["lexicon"].as_str().is_some_and(|l| !l.is_empty()) && whole["creator"]["softwareVersion"].is_string());
    let events = whole["hasPart"].as_array().unwrap();
    assert_eq!(events.len(), lines(&f.export("events", "jsonl")).len());
    for e in events {
        assert!(e["@id"].as_str().is_some_and(|i| i.starts_with("urn:sijill:ev-")) && e["@type"] == "Event" && e["status"].is_string());
        assert!(e["name"]["ar"].is_string() && e["name"]["en"].is_string());
        let articles = e["subjectOf"].as_array().unwrap();
        assert!(!articles.is_empty() && articles.iter().all(|a| a["hasPart"][0]["text"].as_str().is_some_and(|t| !t.is_empty())));
        let status = e["status"].as_str().unwrap();
        assert_eq!(e["eventStatus"].as_str().is_some_and(|s| s.ends_with("EventScheduled")), ["planned", "proposed"].contains(&status));
    }
    let met = events.iter().find(|e| e["startDate"] == "2024-05-12").expect("the meeting of two ministers");
    assert_eq!(met["subjectOf"].as_array().unwrap().len(), 2);
}

#[test]
fn the_same_register_gives_the_same_bytes_and_says_how_to_cite_it() {
    let f = Folder::new("cite");
    for (what, format) in [("events", "csv"), ("events", "ics"), ("events", "graphml"), ("events", "jsonld"), ("events", "rdf"), ("actors", "jsonl")] {
        f.good(&["export", what, "--format", format, "-o", "a.out"]);
        let (bytes, cite) = (std::fs::read(f.0.0.join("a.out")).unwrap(), std::fs::read(f.0.0.join("a.out.cite.json")).unwrap());
        f.good(&["export", what, "--format", format, "-o", "a.out"]);
        assert_eq!((&bytes, &cite), (&std::fs::read(f.0.0.join("a.out")).unwrap(), &std::fs::read(f.0.0.join("a.out.cite.json")).unwrap()), "{what} {format}");
        assert_eq!(bytes, f.good(&["export", what, "--format", format]).0);
        let cite: Value = serde_json::from_slice(&cite).unwrap();
        assert_eq!((&cite["file"]["bytes"], &cite["file"]["format"], &cite["file"]["name"]), (&Value::from(bytes.len()), &Value::from(format), &Value::from("a.out")));
        assert!(cite["lexicon"].as_str().is_some_and(|l| !l.is_empty()) && cite["software"]["version"].is_string());
        assert!(cite["register"]["lexicons"].as_array().is_some_and(|l| l.len() == 1));
        assert!(cite["file"]["xxh3"].as_str().is_some_and(|h| h.len() == 16));
    }
    assert!(!f.0.0.join("a.out.part").exists());
    let out = f.0.run(&["export", "actors", "--format", "ics", "-o", "b.ics"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(!f.0.0.join("b.ics").exists() && !f.0.0.join("b.ics.part").exists());
}

/// The two forms of linked data say the same: as many triples, and equal ones once nodes without a name have got one.
#[test]
fn triples_say_what_the_linked_data_say() {
    use oxrdf::{Dataset, GraphName, Quad, dataset::CanonicalizationAlgorithm};
    let f = Folder::new("triples");
    let canonical = |quads: Vec<Quad>| {
        let n = quads.len();
        let mut all: Dataset = quads.into_iter().collect();
        assert_eq!(all.len(), n, "a triple comes twice");
        all.canonicalize(CanonicalizationAlgorithm::Unstable);
        let mut lines: Vec<String> = all.iter().map(|q| q.to_string()).collect();
        lines.sort();
        lines
    };
    let triples = f.export("events", "rdf");
    let one: Vec<Quad> = oxttl::NTriplesParser::new().for_slice(triples.as_bytes()).map(|t| t.unwrap().in_graph(GraphName::DefaultGraph)).collect();
    let document = f.export("events", "jsonld");
    let mut other: Vec<Quad> = oxjsonld::JsonLdParser::new().for_slice(document.as_bytes()).map(Result::unwrap).collect();
    // The same article or person, said again in another event, is the same triple.
    let unique = |list: Vec<Quad>| list.into_iter().collect::<Dataset>().iter().map(|q| q.into_owned()).collect::<Vec<_>>();
    other = unique(other);
    let (one, other) = (canonical(unique(one)), canonical(other));
    assert!(one.len() > 200, "{}", one.len());
    let only = |a: &[String], b: &[String]| a.iter().filter(|l| b.binary_search(l).is_err()).take(5).cloned().collect::<Vec<_>>();
    assert!(one == other, "only as triples: {:#?}\nonly as JSON-LD: {:#?}", only(&one, &other), only(&other, &one));
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_so() {
    let f = Folder::new("without");
    let out = f.0.run(&["export", "events", "--format", "parquet", "-o", "e.parquet"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("--features parquet"), "{}", text(&out.stderr));
    assert!(!f.0.0.join("e.parquet").exists() && !f.0.0.join("e.parquet.part").exists());
}
