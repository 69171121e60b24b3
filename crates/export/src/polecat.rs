//! POLECAT: its forty columns, separated by tabs, with its head; `None` for what is not known, `;` between the items of a list.
//!
//! Left out: events that PLOVER has no type for, and those that are denied, for the table has no column that would say so. Columns that we can not fill
//! from an article and the lexicon (Correlates of War numbers, Wikipedia, GeoNames, coordinates) say `None`. What must not live here: codes, which the register holds.

use crate::rows::{self, english, plain, state};
use crate::{Export, Made, Result};
use sijill_store::query::event::{EventQuery, Part};
use sijill_store::query::whole::Seen;
use std::io::Write;

/// Name of each column as POLECAT has it, and what stands in it here.
pub const COLUMNS: [(&str, &str); 40] = [
    ("Event ID", "Permanent id"),
    ("Event Date", "First day of its date; without any date the day of its first report; None where only a month or a year is known"),
    ("Event Type", "PLOVER type"),
    ("Event Mode", "PLOVER mode"),
    ("Intensity", "PLOVER's score of type and mode"),
    ("Quad Code", "PLOVER quad class, 1 to 4"),
    ("Contexts", "The context that the CAMEO code implies"),
    ("Actor Name", "Those who act, or stand side by side: English names, else Arabic ones"),
    ("Actor Country", "ISO 3166-1 alpha-3 codes of their states"),
    ("Actor COW", "None"),
    ("Primary Actor Sector", "PLOVER sector of the first whose office the first report names"),
    ("Actor Sectors", "All of them"),
    ("Actor Title", "Their offices by the first report, of the closed list"),
    ("Actor Name Raw", "Their names as the first report spells them"),
    ("Wikipedia Actor ID", "None"),
    ("Recipient Name", "Those to whom it is done, likewise"),
    ("Recipient Country", "ISO 3166-1 alpha-3 codes of their states"),
    ("Recipient COW", "None"),
    ("Primary Recipient Sector", "As for actors"),
    ("Recipient Sectors", "As for actors"),
    ("Recipient Title", "As for actors"),
    ("Recipient Name Raw", "As for actors"),
    ("Wikipedia Recipient ID", "None"),
    ("Placename", "The place's English name, else its Arabic one"),
    ("City", "None"),
    ("District", "None"),
    ("Province", "None"),
    ("Country", "ISO 3166-1 alpha-3 code of the place's state"),
    ("Latitude", "None"),
    ("Longitude", "None"),
    ("GeoNames ID", "None"),
    ("Raw Placename", "The place as the first report spells it"),
    ("Feature Type", "None"),
    ("Source", "Outlet of the first report"),
    ("Publication Date", "When it was published"),
    ("Story People", "Persons in its article"),
    ("Story Organizations", "Organizations and forums in its article"),
    ("Story Locations", "States and places in its article"),
    ("Language", "ARABIC"),
    ("Version", "Program and lexicon"),
];

const NONE: &str = "None";

/// A list for one cell, each item once; an item that would fall apart keeps together.
fn list<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let mut out: Vec<String> = Vec::new();
    for i in items {
        let i = plain(i).replace(';', ",");
        if !i.is_empty() && !out.contains(&i) {
            out.push(i);
        }
    }
    if out.is_empty() { NONE.into() } else { out.join(";") }
}

/// Name, country, COW, primary sector, sectors, title, raw name, Wikipedia.
fn side(x: &Export, parts: &[Part], seen: &[Seen]) -> [String; 8] {
    let of = |p: &Part| seen.iter().find(|s| s.name.id == p.name.id);
    let held: Vec<&Seen> = parts.iter().filter_map(of).collect();
    let titles: Vec<&str> = held.iter().flat_map(|s| s.roles.iter().map(|r| r.title.as_str())).collect();
    let sectors: Vec<&str> = titles.iter().filter_map(|t| x.codes.sector(t)).collect();
    [
        list(parts.iter().map(|p| english(&p.name))),
        list(parts.iter().filter_map(state)),
        NONE.into(),
        list(sectors.first().copied()),
        list(sectors),
        list(titles),
        list(held.iter().flat_map(|s| s.names.first().map(String::as_str))),
        NONE.into(),
    ]
}

pub(crate) fn write(x: &Export, q: &EventQuery, out: &mut dyn Write) -> Result<Made> {
    writeln!(out, "{}", COLUMNS.map(|c| c.0).join("\t"))?;
    let mut made = Made { why: "events that PLOVER has no type for, or that are denied", ..Made::default() };
    rows::events(x, q, &mut |r| {
        let e = &r.event;
        let (Some(plover), false) = (&e.plover, e.status == "denied") else {
            made.left_out += 1;
            return Ok(());
        };
        let day = r.filed().map_or(NONE.into(), |d| format!("{}-{}-{}", &d[..4], &d[4..6], &d[6..8]));
        let seen = r.first.as_ref().map(|f| x.register.seen_in(&f.source.article)).transpose()?.unwrap_or_default();
        let story = |kinds: &[&str]| list(seen.iter().filter(|s| kinds.contains(&s.name.kind.as_str())).map(|s| english(&s.name)));
        let place = e.place.as_ref();
        let raw_place = seen.iter().find(|s| Some(&s.name.id) == place.map(|p| &p.id)).and_then(|s| s.names.first());
        let source = r.first.as_ref().map(|f| &f.source);
        let mut cells: Vec<String> = vec![e.event.clone(), day, plover.clone(), list(e.mode.as_deref())];
        cells.push(x.codes.score(plover, e.mode.as_deref()).map_or(NONE.into(), |s| rows::score(f64::from(s)).to_string()));
        cells.push(e.quad.map_or(NONE.into(), |q| q.to_string()));
        cells.push(list(e.cameo.as_deref().and_then(|c| x.codes.cameo_context(c))));
        cells.extend(side(x, &r.actors, &seen));
        cells.extend(side(x, &r.recipients, &seen));
        cells.push(list(place.map(english)));
        cells.extend([NONE; 3].map(str::to_owned));
        cells.push(list(place.and_then(|p| p.country.as_deref())));
        cells.extend([NONE; 3].map(str::to_owned));
        cells.push(list(raw_place.map(String::as_str)));
        cells.push(NONE.into());
        cells.push(list(source.and_then(|s| s.outlet.as_deref())));
        cells.push(list(source.and_then(|s| s.published.as_deref())));
        cells.extend([story(&["person"]), story(&["organization", "forum"]), story(&["country", "place"])]);
        cells.extend(["ARABIC".to_owned(), x.maker.to_string()]);
        made.rows += 1;
        Ok(writeln!(out, "{}", cells.join("\t"))?)
    })?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells() {
        assert_eq!(list(["a\tb", "c;d", "a\nb", "a b", ""]), "a b;c,d");
        assert_eq!(list([]), "None");
    }
}
