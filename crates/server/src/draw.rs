//! Pictures as SVG: geometry here, form in templates, colours in the style sheet. In a right-to-left page time runs from right to left.
//!
//! Each picture has a title, a description, and its numbers as a table beside it. What must not live here: questions to the register, words.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;
use sijill_store::days::Day;
use sijill_store::query::desk::Point;

/// A length, to a tenth of a unit.
fn tenth(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

/// A day as a count of days, for distances.
pub fn count(day: Day) -> i64 {
    let (y, m, d) = (day / 10_000, (day / 100 % 100).max(1), (day % 100).max(1));
    let date = Date::new(y as i16, m as i8, d as i8).unwrap_or(Date::ZERO);
    date.duration_since(Date::ZERO).as_secs() / 86_400
}

/// What one column of a picture stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    Year,
    Month,
    Day,
}

impl Zoom {
    pub const ALL: [Self; 3] = [Self::Year, Self::Month, Self::Day];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|z| z.name() == name)
    }
    /// What suits a stretch of so many days.
    pub const fn fitting(days: i64) -> Self {
        match days {
            ..=100 => Self::Day,
            101..=2_200 => Self::Month,
            _ => Self::Year,
        }
    }
    pub const fn finer(self) -> Option<Self> {
        match self {
            Self::Year => Some(Self::Month),
            Self::Month => Some(Self::Day),
            Self::Day => None,
        }
    }
    /// The column of a day, as EDTF.
    pub fn column(self, day: Day) -> String {
        let (y, m, d) = (day / 10_000, day / 100 % 100, day % 100);
        match self {
            Self::Year => format!("{y:04}"),
            Self::Month => format!("{y:04}-{m:02}"),
            Self::Day => format!("{y:04}-{m:02}-{d:02}"),
        }
    }
    /// First day of the column, and of the one after it.
    fn ends(self, day: Day) -> (i64, i64) {
        let (y, m) = (day / 10_000, day / 100 % 100);
        match self {
            Self::Year => (count(y * 10_000 + 101), count((y + 1) * 10_000 + 101)),
            Self::Month => (count(y * 10_000 + m * 100 + 1), if m == 12 { count((y + 1) * 10_000 + 101) } else { count(y * 10_000 + (m + 1) * 100 + 1) }),
            Self::Day => (count(day), count(day) + 1),
        }
    }
}

/// A stretch of the picture's width.
#[derive(Clone, Debug)]
pub struct Bar {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub class: &'static str,
}

#[derive(Clone, Debug)]
pub struct Column {
    /// The column as EDTF, and as people read it.
    pub edtf: String,
    pub label: String,
    pub href: String,
    pub x: f64,
    pub width: f64,
    pub parts: Vec<Bar>,
    pub counts: [usize; 3],
}

#[derive(Clone, Debug)]
pub struct Dot {
    pub x: f64,
    pub y: f64,
    pub r: f64,
    pub kind: String,
    pub status: String,
    pub href: String,
    pub title: String,
    /// Where the event ends, if it lasts longer than a dot is wide.
    pub until: Option<f64>,
}

#[derive(Clone, Debug)]
pub struct Lane {
    pub y: f64,
    pub height: f64,
    pub label: String,
    pub dots: Vec<Dot>,
}

/// A level of relation over the time for which it is attested.
#[derive(Clone, Debug)]
pub struct Band {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub label: String,
    pub text_x: f64,
}

#[derive(Clone, Debug)]
pub struct Tick {
    pub x: f64,
    pub label: String,
}

#[derive(Template)]
#[template(path = "svg-timeline.html")]
pub struct Timeline {
    pub title: String,
    pub desc: String,
    pub width: f64,
    pub height: f64,
    pub start: f64,
    pub end: f64,
    pub top: f64,
    pub columns: Vec<Column>,
    pub lanes: Vec<Lane>,
    pub bands: Vec<Band>,
    pub ticks: Vec<Tick>,
    pub label_x: f64,
    pub label_anchor: &'static str,
    pub labels: Labels,
}

impl HtmlSafe for Timeline {}

/// Words around a picture.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    pub table: String,
    pub period: String,
    pub happened: String,
    pub planned: String,
    pub off: String,
}

/// What the picture of a timeline is made of.
pub struct Strip<'a> {
    pub points: &'a [Point],
    /// First and last day shown.
    pub from: Day,
    pub until: Day,
    pub zoom: Zoom,
    pub right_to_left: bool,
    /// Level, first and last day.
    pub levels: Vec<(String, Day, Day)>,
}

/// Lanes: which kinds stand in which.
pub const LANES: [(&str, &[&str]); 5] = [
    ("lane-meet", &["visit", "meeting", "call", "gathering"]),
    ("lane-agree", &["signing", "accord", "aid", "cooperation"]),
    ("lane-words", &["message", "mediation", "concession", "retreat"]),
    ("lane-fight", &["sanction", "coercion", "protest", "mobilisation", "attack"]),
    ("lane-office", &["office"]),
];

const WIDTH: f64 = 1_120.0;
/// Room for the names of lanes.
const MARGIN: f64 = 104.0;
const BARS: f64 = 64.0;
const LANE: f64 = 40.0;
const BAND: f64 = 20.0;
/// More events than this are drawn as one circle for each column and lane.
const SINGLE: usize = 420;
/// Columns that can still be told apart.
const COLUMNS: usize = 420;

fn sort_of(status: &str) -> usize {
    match status {
        "occurred" | "ongoing" => 0,
        "planned" | "proposed" => 1,
        _ => 2,
    }
}

const SORTS: [&str; 3] = ["happened", "planned", "off"];

impl Timeline {
    /// `link` makes the address of a column, `say` the words of a column, `name` those of a lane, `tell` those of an event.
    pub fn new(
        s: &Strip,
        link: &dyn Fn(&str) -> String,
        say: &dyn Fn(&str) -> String,
        name: &dyn Fn(&str) -> String,
        tell: &dyn Fn(&Point) -> String,
        title: String,
        desc: String,
        labels: Labels,
    ) -> Self {
        let (from, until) = (s.zoom.ends(s.from).0, s.zoom.ends(s.until).1);
        let span = (until - from).max(1) as f64;
        let inner = WIDTH - MARGIN - 8.0;
        let at = |day: i64| {
            let x = (day - from) as f64 / span * inner;
            tenth(if s.right_to_left { WIDTH - MARGIN - x } else { MARGIN + x })
        };
        // Left edge and width of a stretch of days.
        let stretch = |a: i64, b: i64| {
            let (p, q) = (at(a), at(b));
            (p.min(q), (p - q).abs())
        };
        let mut top = 8.0;
        let mut bands: Vec<Band> = Vec::new();
        for (label, first, last) in &s.levels {
            let (a, b) = (count(*first).max(from), (count(*last) + 1).min(until));
            if a >= until || b <= from {
                continue;
            }
            let (x, w) = stretch(a, b);
            let width = w.max(6.0);
            // The words begin at the band and go on where there is room.
            let room = if s.right_to_left { x + width > WIDTH / 2.0 } else { x < WIDTH / 2.0 };
            let text_x = if room == s.right_to_left { x + width - 6.0 } else { x + 6.0 };
            bands.push(Band { x, y: top, width, label: label.clone(), text_x: tenth(text_x) });
            top += BAND + 3.0;
        }
        if !bands.is_empty() {
            top += 6.0;
        }
        let shown: Vec<&Point> = s.points.iter().filter(|p| (from..until).contains(&count(p.day))).collect();
        let mut columns: Vec<Column> = Vec::new();
        for p in &shown {
            let edtf = s.zoom.column(p.day);
            let at = match columns.iter().rposition(|c| c.edtf == edtf) {
                Some(n) => n,
                None => {
                    let (a, b) = s.zoom.ends(p.day);
                    let (x, w) = stretch(a, b);
                    columns.push(Column { label: say(&edtf), href: link(&edtf), edtf, x, width: tenth(w.max(1.0)), parts: Vec::new(), counts: [0; 3] });
                    columns.len() - 1
                }
            };
            columns[at].counts[sort_of(&p.status)] += 1;
        }
        columns.truncate(COLUMNS);
        let most = columns.iter().map(|c| c.counts.iter().sum::<usize>()).max().unwrap_or(1).max(1) as f64;
        let floor = top + BARS;
        for c in &mut columns {
            let mut y = floor;
            let gap = if c.width > 6.0 { 1.0 } else { 0.0 };
            for (n, class) in c.counts.iter().zip(SORTS) {
                if *n > 0 {
                    let height = (*n as f64 / most * (BARS - 6.0)).max(1.5);
                    y -= height;
                    c.parts.push(Bar { x: c.x + gap, y: tenth(y), width: tenth((c.width - 2.0 * gap).clamp(1.0, 46.0)), height: tenth(height), class });
                }
            }
        }
        let mut y = floor + 10.0;
        let mut lanes = Vec::new();
        for (id, kinds) in LANES {
            let here: Vec<&&Point> = shown.iter().filter(|p| kinds.contains(&p.kind.as_str())).collect();
            if here.is_empty() {
                continue;
            }
            let middle = y + LANE / 2.0;
            let mut dots: Vec<Dot> = Vec::new();
            if shown.len() <= SINGLE {
                let mut stacked: Vec<(i64, usize)> = Vec::new();
                for p in here {
                    let x = at(count(p.day));
                    // Neighbours that would hide each other are moved up and down in turn.
                    let slot = (x / 7.0) as i64;
                    let turn = match stacked.iter_mut().find(|t| t.0 == slot) {
                        Some(t) => {
                            t.1 += 1;
                            t.1
                        }
                        None => {
                            stacked.push((slot, 0));
                            0
                        }
                    };
                    let step = [0.0, -8.0, 8.0, -14.0, 14.0][turn.min(4)];
                    let until = p
                        .until
                        .map(|u| at(count(u) + 1).clamp(if s.right_to_left { 8.0 } else { MARGIN }, if s.right_to_left { WIDTH - MARGIN } else { WIDTH - 8.0 }))
                        .filter(|u| (u - x).abs() > 9.0);
                    dots.push(Dot { x, y: middle + step, r: 4.2, kind: p.kind.clone(), status: p.status.clone(), href: format!("/events/{}", p.event), title: tell(p), until });
                }
            } else {
                let mut heaps: Vec<(String, Day, usize, &str)> = Vec::new();
                for p in here {
                    let edtf = s.zoom.column(p.day);
                    match heaps.iter_mut().find(|h| h.0 == edtf) {
                        Some(h) => h.2 += 1,
                        None => heaps.push((edtf, p.day, 1, p.kind.as_str())),
                    }
                }
                let most = heaps.iter().map(|h| h.2).max().unwrap_or(1) as f64;
                for (edtf, day, n, kind) in heaps {
                    let (a, b) = s.zoom.ends(day);
                    let x = tenth((at(a) + at(b)) / 2.0);
                    let r = tenth((n as f64 / most).sqrt() * 13.0 + 1.5);
                    dots.push(Dot { x, y: middle, r, kind: kind.to_owned(), status: "occurred".to_owned(), href: link(&edtf), title: format!("{}: {n}", say(&edtf)), until: None });
                }
            }
            lanes.push(Lane { y, height: LANE, label: name(id), dots });
            y += LANE;
        }
        let ticks = ticks(s, from, until, &at, say);
        let (label_x, label_anchor) = if s.right_to_left { (WIDTH - 4.0, "end") } else { (4.0, "start") };
        let (start, end) = if s.right_to_left { (8.0, WIDTH - MARGIN) } else { (MARGIN, WIDTH - 8.0) };
        Self { title, desc, width: WIDTH, height: y + 26.0, start, end, top: floor, columns, lanes, bands, ticks, label_x, label_anchor, labels }
    }
}

/// Years, months or days under a picture: as many as there is room for.
fn ticks(s: &Strip, from: i64, until: i64, at: &dyn Fn(i64) -> f64, say: &dyn Fn(&str) -> String) -> Vec<Tick> {
    let mut all: Vec<(i64, String)> = Vec::new();
    let (mut y, mut m) = (s.from / 10_000, s.from / 100 % 100);
    match s.zoom {
        Zoom::Year => {
            while count(y * 10_000 + 101) < until {
                all.push((count(y * 10_000 + 101), format!("{y:04}")));
                y += 1;
            }
        }
        Zoom::Month => {
            while count(y * 10_000 + m * 100 + 1) < until {
                all.push((count(y * 10_000 + m * 100 + 1), format!("{y:04}-{m:02}")));
                (y, m) = if m == 12 { (y + 1, 1) } else { (y, m + 1) };
            }
        }
        Zoom::Day => {
            for d in from..until {
                let date = Date::ZERO.saturating_add(jiff::SignedDuration::from_hours(24 * d));
                all.push((d, date.to_string()));
            }
        }
    }
    let room = if s.zoom == Zoom::Year { 16 } else { 11 };
    let step = all.len().div_ceil(room).max(1);
    all.into_iter().step_by(step).map(|(d, edtf)| Tick { x: at(d), label: say(&edtf) }).collect()
}

/// One cell of a grid.
#[derive(Clone, Debug)]
pub struct Cell {
    pub x: f64,
    pub y: f64,
    pub class: String,
    pub text: String,
    pub title: String,
    pub href: String,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub y: f64,
    pub label: String,
    pub href: String,
    pub total: String,
    /// One for each column; none where there is nothing.
    pub cells: Vec<Option<Cell>>,
}

/// Rows and columns of shaded squares: who by year, pairs by month.
#[derive(Template)]
#[template(path = "svg-grid.html")]
pub struct Grid {
    pub id: &'static str,
    pub title: String,
    pub desc: String,
    pub width: f64,
    pub height: f64,
    pub size: f64,
    pub tall: f64,
    pub rows: Vec<Row>,
    pub heads: Vec<Tick>,
    pub names: Vec<String>,
    pub label_x: f64,
    pub label_anchor: &'static str,
    pub total_x: f64,
    pub total_anchor: &'static str,
    pub table: String,
}

impl HtmlSafe for Grid {}

/// A row as it is asked for: label, address, total, and for each column its class, text, title and address.
pub type Asked = (String, String, String, Vec<Option<(String, String, String, String)>>);

impl Grid {
    pub fn new(id: &'static str, title: String, desc: String, table: String, columns: &[(String, bool)], asked: Vec<Asked>, right_to_left: bool) -> Self {
        let n = columns.len().max(1) as f64;
        let label = asked.iter().map(|a| a.0.chars().count()).max().unwrap_or(0).clamp(14, 46) as f64 * 6.7 + 12.0;
        let total = 44.0;
        let size = ((WIDTH - label - total) / n).clamp(9.0, 54.0);
        let tall = 24.0;
        let width = label + total + size * n;
        let at = |c: usize| tenth(if right_to_left { width - label - size * (c + 1) as f64 } else { label + size * c as f64 });
        let heads = columns.iter().enumerate().filter(|(_, c)| c.1).map(|(n, c)| Tick { x: tenth(at(n) + size / 2.0), label: c.0.clone() }).collect();
        let rows: Vec<Row> = asked
            .into_iter()
            .enumerate()
            .map(|(r, (label, href, total, cells))| {
                let y = 22.0 + tall * r as f64;
                let cells = cells
                    .into_iter()
                    .enumerate()
                    .map(|(c, cell)| cell.map(|(class, text, title, href)| Cell { x: at(c), y, class, text: if size >= 20.0 { text } else { String::new() }, title, href }))
                    .collect();
                Row { y, label, href, total, cells }
            })
            .collect();
        let height = 26.0 + tall * rows.len() as f64;
        let (label_x, label_anchor) = if right_to_left { (width - 2.0, "end") } else { (2.0, "start") };
        let (total_x, total_anchor) = if right_to_left { (4.0, "start") } else { (width - 4.0, "end") };
        Self {
            id,
            title,
            desc,
            width: tenth(width),
            height,
            size: tenth(size - 2.0),
            tall: tall - 3.0,
            rows,
            heads,
            names: columns.iter().map(|c| c.0.clone()).collect(),
            label_x: tenth(label_x),
            label_anchor,
            total_x: tenth(total_x),
            total_anchor,
            table,
        }
    }
}

/// The shade of a count among counts up to `most`: 1 to 5.
pub fn shade(n: u32, most: u32) -> usize {
    if n == 0 { 0 } else { ((f64::from(n) / f64::from(most.max(1))).sqrt() * 5.0).ceil().clamp(1.0, 5.0) as usize }
}

/// The shade of a value on the scale from -10 to 10.
pub fn tone(score: f64) -> &'static str {
    match score {
        s if s >= 4.0 => "pos-3",
        s if s >= 1.5 => "pos-2",
        s if s >= 0.0 => "pos-1",
        s if s > -3.0 => "neg-1",
        s if s > -6.0 => "neg-2",
        _ => "neg-3",
    }
}

/// Columns over time, each an address.
#[derive(Template)]
#[template(path = "svg-bars.html")]
pub struct Bars {
    pub id: &'static str,
    pub title: String,
    pub desc: String,
    pub width: f64,
    pub height: f64,
    pub floor: f64,
    pub columns: Vec<Column>,
    pub ticks: Vec<Tick>,
    pub labels: Labels,
}

impl HtmlSafe for Bars {}

impl Bars {
    /// As wide as the place for it. Label, address, and how many happened, are planned, are off; in order of time.
    pub fn new(id: &'static str, width: f64, title: String, desc: String, labels: Labels, asked: Vec<(String, String, [usize; 3])>, right_to_left: bool) -> Self {
        let floor = 92.0;
        let n = asked.len().max(1) as f64;
        let step = (width / n).min(64.0);
        let most = asked.iter().map(|a| a.2.iter().sum::<usize>()).max().unwrap_or(1).max(1) as f64;
        let every = asked.len().div_ceil((width / 92.0) as usize).max(1);
        let mut columns = Vec::new();
        let mut ticks = Vec::new();
        for (c, (label, href, counts)) in asked.into_iter().enumerate() {
            let left = step * c as f64;
            let x = tenth(if right_to_left { width - left - step } else { left });
            let mut y = floor;
            let mut parts = Vec::new();
            for (n, class) in counts.iter().zip(SORTS) {
                if *n > 0 {
                    let height = (*n as f64 / most * (floor - 8.0)).max(1.5);
                    y -= height;
                    parts.push(Bar { x: tenth(x + 1.0), y: tenth(y), width: tenth((step - 2.0).max(1.0)), height: tenth(height), class });
                }
            }
            if c % every == 0 {
                ticks.push(Tick { x: tenth((x + step / 2.0).clamp(30.0, width - 30.0)), label: label.clone() });
            }
            columns.push(Column { edtf: String::new(), label, href, x, width: tenth(step), parts, counts });
        }
        Self { id, title, desc, width, height: floor + 22.0, floor, columns, ticks, labels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_years() {
        assert_eq!(count(20_240_301) - count(20_240_228), 2);
        assert_eq!(count(20_240_101) - count(20_231_231), 1);
        assert_eq!(Zoom::Month.ends(20_241_215).1, count(20_250_101));
    }

    #[test]
    fn time_runs_as_the_page_does() {
        let points: Vec<Point> = [20_240_110, 20_240_310]
            .iter()
            .enumerate()
            .map(|(n, d)| Point { event: format!("ev-{n:012}"), kind: "visit".into(), status: "occurred".into(), day: *d, until: None })
            .collect();
        let draw = |right_to_left| {
            let s = Strip { points: &points, from: 20_240_110, until: 20_240_310, zoom: Zoom::Month, right_to_left, levels: Vec::new() };
            let plain = |s: &str| s.to_owned();
            Timeline::new(&s, &plain, &plain, &plain, &|p| p.event.clone(), String::new(), String::new(), Labels::default())
        };
        let (ltr, rtl) = (draw(false), draw(true));
        assert!(ltr.lanes[0].dots[0].x < ltr.lanes[0].dots[1].x);
        assert!(rtl.lanes[0].dots[0].x > rtl.lanes[0].dots[1].x);
        assert_eq!(ltr.columns.iter().map(|c| c.counts[0]).collect::<Vec<_>>(), [1, 1]);
    }
}
