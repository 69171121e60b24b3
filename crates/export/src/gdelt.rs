//! GDELT 2.0: the tables of events (61 columns) and of mentions (16), separated by tabs, without a head, as GDELT has them; empty for what is not known.
//!
//! Left out: events without a CAMEO code, and so those that are denied. One row an event, with the first of each side, so that an id stays one row's; all participants are in the
//! table of events of our own. Empty are: tone (we measure none), FIPS codes and coordinates of places (the lexicon has none), ethnic and religious codes, whether an
//! event is the article's chief one. What must not live here: codes, which the register holds.

use crate::rows::{self, Row, english, plain, state};
use crate::{Export, Made, Result};
use sijill_store::days;
use sijill_store::document::event_address;
use sijill_store::query::event::{EventQuery, Part};
use sijill_store::query::whole::Seen;
use std::collections::BTreeSet;
use std::io::Write;

pub const EVENTS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

pub const MENTIONS: [&str; 16] = [
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

/// What stands in the columns that are filled.
pub const FILLED: [(&str, &str); 24] = [
    ("GLOBALEVENTID", "The number in the event's permanent id (its twelve hexadecimal digits)"),
    ("SQLDATE, MonthYear, Year", "First day of its date; without any date the day of its first report; empty as far as the date leaves it open"),
    ("FractionDate", "The year, and how much of it had passed"),
    ("Actor1Name, Actor2Name", "First who acts; first to whom it is done, else second of those side by side. English name in capitals, else the Arabic one"),
    ("Actor1CountryCode, Actor2CountryCode", "ISO 3166-1 alpha-3 code of the state for which they act"),
    ("Actor1Type1Code … Actor2Type3Code", "CAMEO types of their offices by the first report"),
    ("Actor1Code, Actor2Code", "Country and types in one"),
    ("EventCode, EventBaseCode, EventRootCode", "CAMEO code, its first three and first two digits"),
    ("QuadClass", "GDELT's class of the CAMEO root, 1 to 4"),
    ("GoldsteinScale", "Goldstein value of the CAMEO code"),
    ("NumMentions, NumArticles, NumSources", "Reports of it; articles; outlets"),
    ("ActionGeo_Type", "1: a state, 4: another place"),
    ("ActionGeo_FullName", "The place's English name, else its Arabic one"),
    ("DATEADDED", "Day of the first report's article, at midnight"),
    ("SOURCEURL", "Its address, else its key"),
    ("EventTimeDate, MentionTimeDate", "Day of the event, day of the article, at midnight"),
    ("MentionType", "1: the article has an address; 2: cited by name only"),
    ("MentionSourceName, MentionIdentifier", "Outlet; address, else key"),
    ("Actor1CharOffset, Actor2CharOffset", "-1: not said"),
    ("ActionCharOffset", "Where the words that prove it begin, in code points of the Arabic text (GDELT counts in its English translation)"),
    ("InRawText", "1: the words stand in the article"),
    ("MentionDocLen", "Length of the article, in code points"),
    ("MentionDocTranslationInfo", "srclc:ara; no engine, for nothing was translated"),
    ("Extras", "JSON: id and status of this report, its words, where they begin and end, program and lexicon"),
];

/// GDELT's class of a CAMEO code: by its root.
fn quad(cameo: &str) -> &'static str {
    match cameo.get(..2).and_then(|r| r.parse::<u8>().ok()) {
        Some(1..=5) => "1",
        Some(6..=8) => "2",
        Some(9..=13) => "3",
        Some(14..=20) => "4",
        _ => "",
    }
}

/// CAMEO calls the press and the physicians otherwise than PLOVER.
fn cameo_type(sector: &str) -> &str {
    match sector {
        "JRN" => "MED",
        "MED" => "HLH",
        other => other,
    }
}

/// The first day of a date as a point of time.
fn midnight(edtf: Option<&str>) -> String {
    edtf.and_then(days::bounds).filter(|b| b.0 > 0).map(|b| format!("{:08}000000", b.0)).unwrap_or_default()
}

fn fraction(day: &str) -> String {
    let Ok(date) = day.parse::<jiff::civil::Date>() else { return String::new() };
    let passed = f64::from(date.day_of_year() - 1) / f64::from(date.days_in_year());
    format!("{:.4}", f64::from(date.year()) + passed.min(0.9999))
}

/// Code, name, country, known group, ethnic, two religions, three types.
fn actor(x: &Export, part: Option<&Part>, seen: &[Seen]) -> [String; 10] {
    let Some(p) = part else { return Default::default() };
    let country = state(p).unwrap_or_default().to_owned();
    let roles = seen.iter().filter(|s| s.name.id == p.name.id).flat_map(|s| &s.roles);
    let mut types: Vec<&str> = Vec::new();
    for t in roles.filter_map(|r| x.codes.sector(&r.title)).map(cameo_type) {
        if !types.contains(&t) {
            types.push(t);
        }
    }
    types.truncate(3);
    let n = |at: usize| types.get(at).copied().unwrap_or_default().to_owned();
    let blank = String::new;
    [format!("{country}{}", types.concat()), plain(english(&p.name)).to_uppercase(), country, blank(), blank(), blank(), blank(), n(0), n(1), n(2)]
}

fn second(r: &Row) -> Option<&Part> {
    r.recipients.first().or_else(|| r.actors.get(1))
}

const WHY: &str = "events that CAMEO has no code for, or that are denied";

pub(crate) fn events(x: &Export, q: &EventQuery, out: &mut dyn Write) -> Result<Made> {
    let mut made = Made { why: WHY, ..Made::default() };
    rows::events(x, q, &mut |r| {
        let e = &r.event;
        let (Some(cameo), Some(id)) = (&e.cameo, event_address(&e.event)) else {
            made.left_out += 1;
            return Ok(());
        };
        let reports = x.register.reports(&e.event, i32::MAX as usize)?;
        let articles: BTreeSet<&str> = reports.iter().map(|r| r.source.article.as_str()).collect();
        let outlets: BTreeSet<&str> = reports.iter().filter_map(|r| r.source.outlet.as_deref()).collect();
        let source = r.first.as_ref().map(|f| &f.source);
        let seen = source.map(|s| x.register.seen_in(&s.article)).transpose()?.unwrap_or_default();
        let mut cells: Vec<String> = vec![id.to_string(), r.filed_as(8), r.filed_as(6), r.filed_as(4), r.filed().map(|d| fraction(&d)).unwrap_or_default()];
        cells.extend(actor(x, r.actors.first(), &seen));
        cells.extend(actor(x, second(r), &seen));
        cells.extend([String::new(), cameo.clone(), cameo.get(..3).unwrap_or(cameo).into(), cameo.get(..2).unwrap_or(cameo).into(), quad(cameo).into()]);
        cells.push(e.goldstein.map(|g| rows::score(g).to_string()).unwrap_or_default());
        cells.extend([reports.len(), outlets.len(), articles.len()].map(|n| n.to_string()));
        cells.extend(vec![String::new(); 1 + 8 + 8]);
        let kind = e.place.as_ref().map(|p| if p.kind == "country" { "1" } else { "4" });
        cells.extend([kind.unwrap_or("0").to_owned(), e.place.as_ref().map(|p| plain(english(p))).unwrap_or_default()]);
        cells.extend(vec![String::new(); 6]);
        cells.push(midnight(source.and_then(|s| s.published.as_deref())));
        cells.push(source.map(|s| plain(s.url.as_deref().unwrap_or(&s.article))).unwrap_or_default());
        made.rows += 1;
        Ok(writeln!(out, "{}", cells.join("\t"))?)
    })?;
    Ok(made)
}

pub(crate) fn mentions(x: &Export, q: &EventQuery, out: &mut dyn Write) -> Result<Made> {
    let mut made = Made { why: WHY, ..Made::default() };
    rows::events(x, q, &mut |r| {
        let (Some(_), Some(id)) = (&r.event.cameo, event_address(&r.event.event)) else {
            made.left_out += 1;
            return Ok(());
        };
        for m in x.register.reports(&r.event.event, i32::MAX as usize)? {
            let length = x.register.article(&m.source.article)?.map_or(0, |a| a.text.chars().count());
            let span = m.evidence.first();
            let extras = serde_json::json!({
                "report": format!("{}#{}", m.source.article, m.n), "status": m.status, "quote": m.quotes.first(), "start": span.map(|s| s.start), "end": span.map(|s| s.end),
                "sijill": x.maker.sijill, "lexicon": x.maker.lexicon,
            });
            let cells = [
                id.to_string(),
                r.filed().map(|d| d + "000000").unwrap_or_default(),
                midnight(m.source.published.as_deref()),
                if m.source.url.is_some() { "1" } else { "2" }.into(),
                plain(m.source.outlet.as_deref().unwrap_or_default()),
                plain(m.source.url.as_deref().unwrap_or(&m.source.article)),
                String::new(),
                "-1".into(),
                "-1".into(),
                span.map_or(-1, |s| i64::from(s.start)).to_string(),
                "1".into(),
                String::new(),
                length.to_string(),
                String::new(),
                "srclc:ara".into(),
                plain(&extras.to_string()),
            ];
            made.rows += 1;
            writeln!(out, "{}", cells.join("\t"))?;
        }
        Ok(())
    })?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_classes() {
        assert_eq!(fraction("20240101"), "2024.0000");
        assert_eq!(fraction("20230702"), "2023.4986");
        assert_eq!(fraction("20231231"), "2023.9973");
        assert_eq!(fraction("soon"), "");
        assert_eq!(midnight(Some("2024-07")), "20240701000000");
        assert_eq!(midnight(None), "");
        assert_eq!(["010", "057", "0871", "125", "203", ""].map(quad), ["1", "1", "2", "3", "4", ""]);
    }
}
