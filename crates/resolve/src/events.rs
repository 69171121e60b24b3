//! Events across articles: which reports tell of one happening, and what they say of it together.
//!
//! A report lies in exactly one block: its kind and its sides. Inside a block the reports with the surest dates come first and found
//! events; the others join an event if there is one, and only one, that they can mean. What must not live here: how likely a
//! single report is to be right, and contradictions as findings (`checks`).

use crate::edtf;
use crate::hash::event_id;
use crate::model::{Code, Differing, Event, Party, Report, Stage};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Days for which a happening is still spoken of as if it were of today, if both sides are named: `the call of the two presidents`.
const ECHO: i32 = 8;

/// More neighbours than this in time: a report without a day of its own cannot be told to belong to one of them.
const CROWD: usize = 256;

/// Sources from which on an event is one that everybody speaks of.
const FAMOUS: usize = 5;

/// How happenings of a kind lie in time.
struct Pace {
    /// Days by which two reports of one event may differ.
    slack: i32,
    /// Days before publication in which something reported as done without a date may have happened.
    back: i32,
}

fn pace(kind: &str) -> Pace {
    let (slack, back) = match kind {
        "visit" => (3, 5),
        "gathering" => (3, 4),
        "message" | "accord" | "office" => (2, 4),
        "aid" | "cooperation" | "mediation" | "sanction" => (2, 3),
        _ => (1, 3),
    };
    Pace { slack, back }
}

/// Days of a visit or gathering, as they come together from reports of its single days.
const LONGEST: i32 = 6;

/// Days within which what is announced without a date comes to pass, or does not.
const AHEAD: i32 = 60;

/// Whose side a participant is on: the state, else the body or registered person itself. Actors known in one article only are nobody's.
fn side(p: &Party) -> Option<&str> {
    p.country.as_deref().or_else(|| if p.actor.contains('@') || p.role == "forum" { None } else { Some(p.actor.as_str()) })
}

fn sides<'a>(r: &'a Report, roles: &[&str]) -> BTreeSet<&'a str> {
    r.parties.iter().filter(|p| roles.contains(&p.role.as_str())).filter_map(side).collect()
}

fn listed(set: &BTreeSet<&str>) -> String {
    set.iter().copied().collect::<Vec<_>>().join("+")
}

/// The year in which a report lies: of its date, else of its article.
fn year(r: &Report) -> String {
    r.date
        .as_deref()
        .and_then(edtf::days)
        .and_then(|d| d.from.or(d.until))
        .or_else(|| r.published.as_deref().and_then(edtf::days).and_then(|d| d.from))
        .map_or_else(|| "-".to_owned(), |d| edtf::year(d).to_string())
}

/// The block of a report. Reports of different blocks are never one event.
///
/// Kinds with two directions have both in it, gatherings their forum, what happens within one state its year as well.
pub fn block_of(r: &Report) -> String {
    let kind = r.kind.as_str();
    match kind {
        "gathering" => {
            let forums: BTreeSet<&str> = r.parties.iter().filter(|p| p.actor.starts_with("forum:")).map(|p| p.actor.as_str()).collect();
            if !forums.is_empty() {
                return format!("{kind} {}", listed(&forums));
            }
            let hosts = sides(r, &["host"]);
            match (hosts.iter().next(), &r.place_country) {
                (Some(host), _) => format!("{kind} @{host} {}", year(r)),
                (None, Some(c)) => format!("{kind} @{c} {}", year(r)),
                _ => format!("{kind} {} {}", listed(&sides(r, &["party"])), year(r)),
            }
        }
        "attack" | "coercion" | "protest" | "mobilisation" => {
            let target = sides(r, &["target"]);
            let land = r.place_country.as_deref().or(target.iter().next().copied()).or_else(|| r.parties.iter().find_map(side)).unwrap_or("-");
            format!("{kind} @{land} {}", year(r))
        }
        "office" => format!("{kind} {} {}", listed(&sides(r, &["actor"])), year(r)),
        _ => {
            let from = sides(r, &["visitor", "actor"]);
            let mut to = sides(r, &["host", "recipient", "target"]);
            let both = sides(r, &["party"]);
            if kind == "visit" && to.is_empty() {
                to.extend(r.place_country.as_deref());
            }
            if both.is_empty() && !from.is_empty() && !to.is_empty() {
                return format!("{kind} {}>{}", listed(&from), listed(&to));
            }
            let all: BTreeSet<&str> = from.iter().chain(&to).chain(&both).copied().collect();
            if all.len() > 1 { format!("{kind} {}", listed(&all)) } else { format!("{kind} {} {}", listed(&all), year(r)) }
        }
    }
}

/// What the clustering looks at.
struct Item<'a> {
    report: &'a Report,
    key: String,
    /// First and last day on which it can have been.
    window: Option<(i32, i32)>,
    /// How far the window is to be trusted, best first.
    class: u8,
    published: Option<i32>,
    /// Side to named people.
    named: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Everyone but states, and people known in this article only.
    actors: BTreeSet<&'a str>,
    /// Alike in date and people: how many sources say so.
    weight: usize,
}

const DAY: u8 = 0;
const DAYS: u8 = 1;
/// No date, but reported as done: within days before publication.
const RECENT: u8 = 2;
const MONTH: u8 = 3;
/// No date, announced.
const AWAITED: u8 = 4;
const VAGUE: u8 = 5;

fn named(p: &Party) -> bool {
    p.actor.starts_with("person:") && !p.actor.contains('@')
}

fn item<'a>(r: &'a Report) -> Item<'a> {
    let published = r.published.as_deref().and_then(edtf::days).and_then(|d| d.from);
    let dated = r.date.as_deref().and_then(edtf::days).and_then(|d| match (d.from, d.until) {
        (Some(a), Some(b)) if a <= b => Some((a, b)),
        (Some(a), None) => Some((a, published.unwrap_or(a).max(a))),
        (None, Some(b)) => Some((b - 365, b)),
        _ => None,
    });
    let (window, class) = match dated {
        Some((a, b)) => (
            Some((a, b)),
            match b - a {
                0 => DAY,
                1..=10 => DAYS,
                11..=31 => MONTH,
                _ => VAGUE,
            },
        ),
        None => match (published, r.status.as_str()) {
            (None, _) => (None, VAGUE),
            (Some(p), "occurred" | "ongoing") => (Some((p - pace(&r.kind).back, p)), RECENT),
            (Some(p), "cancelled" | "denied") => (Some((p - 10, p + AHEAD)), AWAITED),
            // What is under way is often told in the future tense.
            (Some(p), _) => (Some((p - 1, p + AHEAD)), AWAITED),
        },
    };
    let mut by_side: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for p in r.parties.iter().filter(|p| named(p)) {
        if let Some(s) = side(p) {
            by_side.entry(s).or_default().insert(&p.actor);
        }
    }
    // A gathering's forum is in the name of its block already.
    let actors = r
        .parties
        .iter()
        .filter(|p| r.kind != "gathering" || p.role != "forum" && !p.actor.starts_with("forum:"))
        .map(|p| p.actor.as_str())
        .filter(|a| !a.contains('@') && !a.starts_with("country:") && !a.starts_with("office:"))
        .collect();
    Item { report: r, key: r.key(), window, class, published, named: by_side, actors, weight: 1 }
}

/// An event under construction.
struct Cluster<'a> {
    members: Vec<usize>,
    window: Option<(i32, i32)>,
    class: u8,
    named: BTreeMap<&'a str, BTreeSet<&'a str>>,
    actors: BTreeSet<&'a str>,
    places: BTreeSet<&'a str>,
    numbers: BTreeMap<&'static str, BTreeSet<String>>,
    /// Sides that act, and sides to which it is done.
    acting: BTreeSet<&'a str>,
    targets: BTreeSet<&'a str>,
}

const NUMBERS: [&str; 2] = ["edition", "ordinal"];

fn number(r: &Report, name: &str) -> Option<String> {
    r.attributes.get(name).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
}

/// A place that is more than the state.
fn spot(r: &Report) -> Option<&str> {
    r.place.as_deref().filter(|p| !p.starts_with("country:"))
}

fn source(r: &Report) -> &str {
    r.wire.as_deref().unwrap_or(&r.article)
}

fn apart(a: (i32, i32), b: (i32, i32)) -> i32 {
    (b.0 - a.1).max(a.0 - b.1).max(0)
}

impl<'a> Cluster<'a> {
    fn new(n: usize, i: &Item<'a>) -> Self {
        let mut c = Self {
            members: Vec::new(),
            window: i.window,
            class: i.class,
            named: BTreeMap::new(),
            actors: BTreeSet::new(),
            places: BTreeSet::new(),
            numbers: BTreeMap::new(),
            acting: BTreeSet::new(),
            targets: BTreeSet::new(),
        };
        c.take(n, i);
        c
    }

    fn take(&mut self, n: usize, i: &Item<'a>) {
        self.members.push(n);
        for (s, people) in &i.named {
            self.named.entry(s).or_default().extend(people);
        }
        self.actors.extend(&i.actors);
        self.places.extend(spot(i.report));
        self.acting.extend(sides(i.report, &["actor"]));
        self.targets.extend(sides(i.report, &["target"]));
        for name in NUMBERS {
            if let Some(v) = number(i.report, name) {
                self.numbers.entry(name).or_default().insert(v);
            }
        }
        // A day is not moved by what others say, but a visit lasts; a stretch is narrowed.
        if let (Some((a, b)), Some((c, d))) = (self.window, i.window)
            && self.class <= DAYS
            && i.class <= DAYS
            && matches!(i.report.kind.as_str(), "visit" | "gathering")
            && b.max(d) - a.min(c) < LONGEST
        {
            self.window = Some((a.min(c), b.max(d)));
        }
        if self.class > DAYS
            && let (Some((a, b)), Some((c, d))) = (self.window, i.window)
            && a.max(c) <= b.min(d)
        {
            self.window = Some((a.max(c), b.min(d)));
        }
    }
}

/// Can the report be of this event?
fn fits(i: &Item, c: &Cluster, items: &[Item], one_sided: bool) -> bool {
    let r = i.report;
    let (Some(mut w), Some(v)) = (i.window, c.window) else { return false };
    let shared = i.actors.intersection(&c.actors).count();
    // Of a visit the hosts are the block's: with the visitor both sides are named.
    if i.class == RECENT
        && (shared > 1 || shared == 1 && r.kind == "visit")
        && let Some(p) = i.published
    {
        w.0 = w.0.min(p - ECHO);
    }
    let slack = if i.class <= DAYS && c.class <= DAYS { pace(&r.kind).slack } else { i32::from(i.class == RECENT && c.class <= DAYS) };
    if apart(w, v) > slack {
        return false;
    }
    let same_day = i.class <= DAYS && c.class <= DAYS && apart(w, v) == 0;
    // Other people of the same state; but on one day, with the same person on the other side, somebody whom no register knows may be
    // another spelling of whom it knows.
    let unsure = |people: &BTreeSet<&str>| people.iter().all(|p| unregistered(p));
    let close = i.class <= RECENT && c.class <= RECENT && apart(w, v) == 0 && shared > 0;
    if i.named.iter().any(|(s, people)| c.named.get(s).is_some_and(|others| others.is_disjoint(people) && !(close && (unsure(people) || unsure(others))))) {
        return false;
    }
    // Nobody comes to the same hosts twice within some days: reports that number such a visit differently contradict each other.
    let stay = r.kind == "visit" && i.class <= DAYS && c.class <= DAYS && i.named.iter().any(|(s, people)| c.named.get(s).is_some_and(|others| !others.is_disjoint(people)));
    for name in NUMBERS {
        if let Some(v) = number(r, name)
            && c.numbers.get(name).is_some_and(|known| !known.contains(&v))
            && !((same_day || stay) && name == "ordinal")
        {
            return false;
        }
    }
    // Within one state much is done by many: others who do it, or those who do it to whom it is done, are another matter.
    if one_sided && r.kind != "gathering" {
        let (acting, targets) = (sides(r, &["actor"]), sides(r, &["target"]));
        let others = !acting.is_empty() && !c.acting.is_empty() && acting.is_disjoint(&c.acting);
        let turned = |a: &BTreeSet<&str>, b: &BTreeSet<&str>, c: &BTreeSet<&str>, d: &BTreeSet<&str>| a.iter().any(|x| b.contains(x) && !c.contains(x) && !d.contains(x));
        if others || turned(&acting, &c.targets, &c.acting, &targets) || turned(&targets, &c.acting, &c.targets, &acting) {
            return false;
        }
    }
    let same_wire = c.members.iter().any(|&m| items[m].report.article != r.article && r.wire.is_some() && items[m].report.wire == r.wire);
    // Without a day, another town is another event.
    if let Some(p) = spot(r)
        && !c.places.is_empty()
        && !c.places.contains(p)
        && (i.class >= MONTH || c.class >= MONTH || one_sided && !same_wire)
    {
        return false;
    }
    // What one article tells apart is apart.
    for &m in c.members.iter().filter(|&&m| items[m].report.article == r.article) {
        let o = &items[m];
        let lasts = if matches!(r.kind.as_str(), "visit" | "gathering") { slack } else { 0 };
        let days = i.class <= MONTH && o.class <= MONTH && i.class != RECENT && o.class != RECENT && o.window.zip(i.window).is_some_and(|(a, b)| apart(a, b) > lasts);
        // A stay has an airport, a palace and several towns.
        let towns = !stay && spot(r).zip(spot(o.report)).is_some_and(|(a, b)| a != b);
        let tense = i.class > DAYS && o.class > DAYS && (r.status == "occurred") != (o.report.status == "occurred");
        let people = i.named != o.named && !i.named.is_empty() && !o.named.is_empty() && i.named.iter().any(|(s, p)| o.named.get(s).is_some_and(|q| q != p));
        if days || towns || tense || people {
            return false;
        }
    }
    // Of what happens within one state, or under one roof, there is much: something has to tie the two.
    let roof = r.kind == "gathering" && i.class <= RECENT && c.class <= RECENT && (i.actors.is_empty() || c.actors.is_empty());
    if one_sided && !roof && (i.class.max(c.class) >= AWAITED) && r.kind != "gathering" {
        return c.members.iter().any(|&m| twin(i, &items[m]));
    }
    !one_sided
        || roof
        || NUMBERS.iter().any(|n| number(r, n).is_some_and(|v| c.numbers.get(n).is_some_and(|k| k.contains(&v))))
        || !i.actors.is_disjoint(&c.actors)
        || spot(r).is_some_and(|p| c.places.contains(p))
        || c.members.iter().any(|&m| twin(i, &items[m]))
}

/// A person whom only names of articles tell of: the id has a state or letters of the name in it, not a register's slug.
fn unregistered(actor: &str) -> bool {
    !actor.is_ascii()
}

/// The same report in a reprint of the same text.
fn twin(a: &Item, b: &Item) -> bool {
    let (x, y) = (a.report, b.report);
    x.article != y.article
        && x.wire.is_some()
        && x.wire == y.wire
        && x.status == y.status
        && x.place == y.place
        && x.parties.len() == y.parties.len()
        && x.parties.iter().zip(&y.parties).all(|(p, q)| p.role == q.role && p.country == q.country)
        && x.attributes == y.attributes
}

/// The events of the reports. Reports are sorted into their blocks first, so that any union of whole blocks gives the union of their
/// events; the order of the input does not matter; a report that comes twice counts once. In order of id.
pub fn resolve(reports: &[Report]) -> Vec<Event> {
    let mut blocks: BTreeMap<String, Vec<&Report>> = BTreeMap::new();
    for r in reports {
        blocks.entry(block_of(r)).or_default().push(r);
    }
    let mut out: Vec<Event> = Vec::new();
    for (_, list) in blocks {
        out.extend(block(list));
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

fn block(mut list: Vec<&Report>) -> Vec<Event> {
    list.sort_by_cached_key(|r| r.key());
    list.dedup_by(|a, b| a.article == b.article && a.event == b.event);
    let settled = still_to_come(&list);
    let list: Vec<&Report> = settled.iter().map(Cow::as_ref).collect();
    let all: BTreeSet<&str> = list.iter().flat_map(|r| r.parties.iter().filter_map(side)).collect();
    let one_sided = matches!(list[0].kind.as_str(), "attack" | "coercion" | "protest" | "mobilisation" | "office")
        || all.len() < 2 && (list[0].kind != "visit" || list.iter().all(|r| sides(r, &["visitor"]).is_empty()));
    let mut items: Vec<Item> = list.iter().map(|r| item(r)).collect();
    let mut weights: FxHashMap<(Option<(i32, i32)>, Vec<&str>), BTreeSet<&str>> = FxHashMap::default();
    for i in &items {
        weights.entry((i.window, i.actors.iter().copied().collect())).or_default().insert(source(i.report));
    }
    for i in &mut items {
        i.weight = weights.get(&(i.window, i.actors.iter().copied().collect())).map_or(1, BTreeSet::len);
    }
    // The surest first: by date, by people, by the number of sources that agree.
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |i: &Item| (i.class, i.named.is_empty(), std::cmp::Reverse(i.weight), i.window, spot(i.report).is_none());
        key(&items[a]).cmp(&key(&items[b])).then_with(|| items[a].key.cmp(&items[b].key))
    });
    let mut clusters: Vec<Cluster> = Vec::new();
    // Clusters of a few days by their first day; the wider ones apart.
    let mut by_day: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    let mut wide: Vec<usize> = Vec::new();
    for n in order {
        let i = &items[n];
        let mut near: Vec<usize> = Vec::new();
        if let Some((from, until)) = i.window {
            let reach = 11 + pace(&i.report.kind).slack.max(ECHO);
            near.extend(by_day.range(from.saturating_sub(reach)..=until.saturating_add(reach)).flat_map(|(_, c)| c).take(CROWD + 1));
            near.extend(wide.iter().take(CROWD + 1));
        }
        let crowd = i.class > DAYS && near.len() > CROWD;
        if !crowd {
            near.retain(|&c| fits(i, &clusters[c], &items, one_sided));
        }
        match if crowd { None } else { choose(i, &near, &clusters, &items) } {
            Some(c) => clusters[c].take(n, i),
            None => {
                let c = clusters.len();
                clusters.push(Cluster::new(n, i));
                match i.window {
                    Some((a, b)) if b - a <= 10 => by_day.entry(a).or_default().push(c),
                    Some(_) => wide.push(c),
                    None => {}
                }
            }
        }
    }
    clusters
        .into_iter()
        .map(|mut c| {
            c.members.sort_unstable();
            let reports: Vec<&Report> = c.members.iter().map(|&m| items[m].report).collect();
            merge(&reports)
        })
        .collect()
}

/// An article that announces something also speaks of it without saying that it is to come (`on the two visits of the president`). What it tells of the same people, without a day that
/// is past, before the first day of what it announces, it announces, too.
fn still_to_come<'a>(reports: &[&'a Report]) -> Vec<Cow<'a, Report>> {
    let day = |date: &Option<String>| date.as_deref().and_then(edtf::days);
    let ahead = |r: &Report| {
        let first = day(&r.date).filter(|d| d.width().is_some_and(|w| w <= 10)).and_then(|d| d.from);
        r.status == "planned" && day(&r.published).and_then(|p| p.from).zip(first).is_some_and(|(p, d)| p < d)
    };
    let people = |r: &'a Report| r.parties.iter().filter(|p| named(p)).map(|p| p.actor.as_str()).collect::<BTreeSet<_>>();
    let mut announced: FxHashMap<&str, Vec<&'a Report>> = FxHashMap::default();
    for &r in reports {
        if ahead(r) {
            announced.entry(&r.article).or_default().push(r);
        }
    }
    let settled = |r: &'a Report| {
        let past = day(&r.date).and_then(|d| d.from).zip(day(&r.published).and_then(|p| p.from)).is_some_and(|(d, p)| d < p);
        let told = matches!(r.status.as_str(), "occurred" | "ongoing") && !past;
        let plan = announced.get(r.article.as_str()).filter(|_| told)?.iter().find(|plan| !people(plan).is_disjoint(&people(r)))?;
        Some(Report { status: plan.status.clone(), code: plan.code.clone(), ..r.clone() })
    };
    reports.iter().map(|&r| settled(r).map_or(Cow::Borrowed(r), Cow::Owned)).collect()
}

/// The cluster that a report joins, out of those that it fits.
fn choose(i: &Item, near: &[usize], clusters: &[Cluster], items: &[Item]) -> Option<usize> {
    let rank = |c: usize| {
        let k = &clusters[c];
        let wire = k.members.iter().any(|&m| items[m].report.wire.is_some() && source(items[m].report) == source(i.report) && items[m].report.article != i.report.article);
        (i.actors.intersection(&k.actors).count(), spot(i.report).is_some_and(|p| k.places.contains(p)), wire)
    };
    let best = near.iter().map(|&c| rank(c)).max()?;
    let mut left: Vec<usize> = near.iter().copied().filter(|&c| rank(c) == best).collect();
    if left.len() > 1 && i.class == AWAITED {
        // Announced: the next to come, if the one after is far off.
        let gap = |c: usize| i.published.zip(clusters[c].window).map_or(i32::MAX, |(p, w)| apart((p, p), w));
        let mut gaps: Vec<(i32, usize)> = left.iter().map(|&c| (gap(c), c)).collect();
        gaps.sort_unstable();
        if gaps[0].0 <= 10 && gaps[1].0 >= 2 * gaps[0].0 + 7 {
            return Some(gaps[0].1);
        }
    }
    if left.len() > 1 && i.class <= RECENT {
        // Something recent or dated: the nearest in time.
        let target = if i.class == RECENT { i.published.map(|p| (p, p)) } else { i.window };
        let gap = |c: usize| target.zip(clusters[c].window).map_or(i32::MAX, |(a, b)| apart(a, b));
        let least = left.iter().map(|&c| gap(c)).min()?;
        left.retain(|&c| gap(c) == least);
        if i.class <= DAYS {
            left.truncate(1);
        }
    }
    if left.len() > 1 && i.class > RECENT && i.actors.len() > 1 {
        // What is spoken of without a day is what everybody speaks of, where that is clear.
        let sources = |c: usize| clusters[c].members.iter().map(|&m| source(items[m].report)).collect::<BTreeSet<_>>().len();
        let mut known: Vec<(usize, usize)> = left.iter().map(|&c| (sources(c), c)).collect();
        known.sort_unstable_by_key(|&(n, c)| (std::cmp::Reverse(n), c));
        if known[0].0 >= FAMOUS && known[0].0 >= 3 * known[1].0 {
            return Some(known[0].1);
        }
    }
    match left[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// A value, who says it, and how many of them are independent.
struct Said<'a> {
    value: Value,
    articles: BTreeSet<&'a str>,
    sources: BTreeSet<&'a str>,
    done: bool,
}

fn values<'a>(reports: &[&'a Report], of: impl Fn(&'a Report) -> Option<Value>) -> Vec<Said<'a>> {
    let mut out: BTreeMap<String, Said> = BTreeMap::new();
    for r in reports {
        if let Some(value) = of(r) {
            let s = out.entry(value.to_string()).or_insert_with(|| Said { value, articles: BTreeSet::new(), sources: BTreeSet::new(), done: false });
            s.articles.insert(&r.article);
            s.sources.insert(source(r));
            s.done |= r.status == "occurred";
        }
    }
    out.into_values().collect()
}

fn differing(field: &str, list: &[Said]) -> Option<Differing> {
    (list.len() > 1).then(|| Differing { field: field.to_owned(), values: list.iter().map(|s| (s.value.clone(), s.articles.iter().map(|a| (*a).to_owned()).collect())).collect() })
}

/// One event out of its reports, which come in the order of their keys.
fn merge(reports: &[&Report]) -> Event {
    let first = reports[0];
    let mut e = Event { id: event_id(&first.key()), kind: first.kind.clone(), reports: reports.iter().map(|r| r.key()).collect(), ..Event::default() };
    e.independent = reports.iter().map(|r| source(r)).collect::<BTreeSet<_>>().len() as u32;
    e.life = life(reports);
    e.status = status(reports);
    let mut differ = Vec::new();

    let dates = values(reports, |r| r.date.clone().map(Value::from));
    let width = |s: &Said| s.value.as_str().and_then(edtf::days).and_then(edtf::Days::width).unwrap_or(i32::MAX);
    // A stretch that is certain says more than a day that is not.
    let unsure = |s: &Said| s.value.as_str().is_some_and(|d| d.ends_with(['?', '~', '%']));
    let fine = |s: &Said| match width(s) {
        1..=10 if unsure(s) => 2,
        1 => 0,
        2..=10 => 1,
        w => w,
    };
    e.date = dates.iter().min_by_key(|s| (fine(s), !s.done, std::cmp::Reverse(s.sources.len()))).and_then(|s| s.value.as_str()).map(str::to_owned);
    differ.extend(differing("date", &dates));

    let places = values(reports, |r| r.place.clone().map(Value::from));
    let country = |s: &Said| s.value.as_str().is_some_and(|p| p.starts_with("country:"));
    e.place = places.iter().min_by_key(|s| (country(s), std::cmp::Reverse(s.sources.len()))).and_then(|s| s.value.as_str()).map(str::to_owned);
    e.place_country = reports.iter().filter(|r| r.place == e.place).find_map(|r| r.place_country.clone());
    differ.extend(differing("place", &places));

    e.parties = parties(reports);
    let people = values(reports, |r| {
        let list: BTreeSet<&str> = r.parties.iter().filter(|p| named(p)).map(|p| p.actor.as_str()).collect();
        (!list.is_empty()).then(|| Value::from(list.into_iter().collect::<Vec<_>>()))
    });
    differ.extend(differing("participants", &people));

    let names: BTreeSet<&String> = reports.iter().flat_map(|r| r.attributes.keys()).collect();
    for name in names {
        let said = values(reports, |r| r.attributes.get(name).cloned());
        if let Some(s) = said.iter().min_by_key(|s| std::cmp::Reverse(s.sources.len())) {
            e.attributes.insert(name.clone(), s.value.clone());
        }
        differ.extend(differing(&format!("attributes.{name}"), &said));
    }
    e.differing = differ;
    e.code = code(reports, &e.status);
    e
}

/// The code that most sources give for the status as it stands.
fn code(reports: &[&Report], status: &str) -> Code {
    let mut count: BTreeMap<String, (BTreeSet<&str>, &Code)> = BTreeMap::new();
    for r in reports.iter().filter(|r| r.status == status) {
        count.entry(format!("{:?}", r.code)).or_insert_with(|| (BTreeSet::new(), &r.code)).0.insert(source(r));
    }
    count.into_values().min_by_key(|(s, _)| std::cmp::Reverse(s.len())).map(|(_, c)| c.clone()).unwrap_or_default()
}

/// Everyone who took part by any report: people in place of the state or the office that others name.
fn parties(reports: &[&Report]) -> Vec<Party> {
    let mut roles: BTreeMap<(&str, Option<&str>), BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for r in reports {
        for p in &r.parties {
            roles.entry((&p.actor, p.country.as_deref())).or_default().entry(&p.role).or_default().insert(source(r));
        }
    }
    let people: BTreeSet<&str> = reports.iter().flat_map(|r| &r.parties).filter(|p| named(p)).filter_map(side).collect();
    let settled: BTreeSet<&str> = reports.iter().flat_map(|r| &r.parties).filter(|p| !p.actor.contains('@')).filter_map(side).collect();
    let mut out: Vec<Party> = Vec::new();
    // Of those whom only their article knows, one article's.
    let mut local: BTreeMap<&str, &str> = BTreeMap::new();
    for ((actor, country), list) in roles {
        let Some((role, _)) = list.into_iter().min_by_key(|(_, s)| std::cmp::Reverse(s.len())) else { continue };
        let stand_in = actor.starts_with("country:") || actor.starts_with("office:");
        if country.is_some_and(|c| stand_in && people.contains(c) || actor.contains('@') && settled.contains(c)) {
            continue;
        }
        if let Some((_, article)) = actor.split_once('@')
            && *local.entry(country.unwrap_or("")).or_insert(article) != article
        {
            continue;
        }
        if let Some(known) = out.iter_mut().find(|p| p.actor == actor) {
            known.country = known.country.take().or_else(|| country.map(str::to_owned));
            continue;
        }
        out.push(Party { actor: actor.to_owned(), role: role.to_owned(), country: country.map(str::to_owned) });
    }
    // The office gives way to the state only where nobody is named: of the two the office says more.
    let offices: BTreeSet<String> = out.iter().filter(|p| p.actor.starts_with("office:")).filter_map(|p| p.country.clone()).collect();
    out.retain(|p| !(p.actor.starts_with("country:") && p.country.as_ref().is_some_and(|c| offices.contains(c))));
    out.sort();
    out
}

/// What has become of it: done is done; before that the latest word counts.
fn status(reports: &[&Report]) -> String {
    let sources = |s: &str| reports.iter().filter(|r| r.status == s).map(|r| source(r)).collect::<BTreeSet<_>>().len();
    let last = |s: &str| reports.iter().filter(|r| r.status == s).filter_map(|r| r.published.as_deref().and_then(edtf::days).and_then(|d| d.from)).max();
    let done = sources("occurred");
    let off = sources("cancelled").max(sources("denied"));
    if done > 0 && !(off > done && last("cancelled").max(last("denied")) >= last("occurred")) {
        return "occurred".to_owned();
    }
    if sources("ongoing") > 0 && last("ongoing") >= last("cancelled") {
        return "ongoing".to_owned();
    }
    // Of one day the word that goes furthest.
    const FURTHER: [&str; 4] = ["proposed", "planned", "denied", "cancelled"];
    FURTHER.iter().enumerate().filter(|(_, s)| sources(s) > 0).max_by_key(|(n, s)| (last(s), *n)).map_or_else(|| reports[0].status.clone(), |(_, s)| (*s).to_owned())
}

/// The stages, each with the first article that tells of it. `confirmed`: a second source, which is no reprint of the first, announces
/// it and names who says so.
fn life(reports: &[&Report]) -> Vec<Stage> {
    let mut list: Vec<&&Report> = reports.iter().collect();
    list.sort_by_key(|r| (r.published.as_deref().and_then(edtf::days).and_then(|d| d.from).unwrap_or(i32::MAX), &r.article, &r.event));
    let mut out: Vec<Stage> = Vec::new();
    let mut announced: Option<&Report> = None;
    for r in list {
        let stage = match r.status.as_str() {
            "proposed" => "proposed",
            "planned" => match announced {
                None => {
                    announced = Some(r);
                    "announced"
                }
                Some(a) if source(a) != source(r) && !r.claimed_by.is_empty() && r.claimed_by != a.claimed_by => "confirmed",
                Some(_) => continue,
            },
            "ongoing" => "ongoing",
            "cancelled" => "cancelled",
            "denied" => "denied",
            _ => "happened",
        };
        if !out.iter().any(|s| s.stage == stage) {
            out.push(Stage { stage: stage.to_owned(), on: r.published.clone(), article: r.article.clone() });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(state: &str, name: &str, role: &str) -> Party {
        Party { actor: format!("person:{name}"), role: role.into(), country: Some(state.into()) }
    }

    fn visit(article: &str, published: &str, status: &str, date: Option<&str>) -> Report {
        Report {
            article: article.into(),
            event: "e1".into(),
            kind: "visit".into(),
            status: status.into(),
            parties: vec![person("OMN", "hilal", "visitor"), Party { actor: "country:BGR".into(), role: "host".into(), country: Some("BGR".into()) }],
            date: date.map(Into::into),
            place: Some("place:sofia".into()),
            place_country: Some("BGR".into()),
            published: Some(published.into()),
            wire: Some(article.into()),
            ..Report::default()
        }
    }

    fn meeting(article: &str, published: &str, date: Option<&str>, people: [&str; 2]) -> Report {
        Report {
            kind: "meeting".into(),
            place: None,
            place_country: None,
            parties: vec![person("OMN", people[0], "party"), person("BGR", people[1], "party")],
            ..visit(article, published, "occurred", date)
        }
    }

    #[test]
    fn the_life_of_a_visit() {
        let mut confirmed = visit("b", "2022-03-03", "planned", Some("2022-03-05"));
        confirmed.claimed_by = vec!["person:speaker".into()];
        let mut reprint = visit("d", "2022-03-06", "occurred", Some("2022-03-05"));
        reprint.wire = Some("c".into());
        let all = [
            visit("a", "2022-03-01", "planned", None),
            confirmed,
            visit("c", "2022-03-05", "occurred", Some("2022-03-05")),
            reprint,
            visit("e", "2022-05-20", "occurred", Some("2022-03")),
        ];
        let events = resolve(&all);
        assert_eq!(events.len(), 1);
        let e = &events[0];
        assert_eq!((e.status.as_str(), e.date.as_deref(), e.independent), ("occurred", Some("2022-03-05"), 4));
        assert_eq!(e.life.iter().map(|s| (s.stage.as_str(), s.article.as_str())).collect::<Vec<_>>(), [("announced", "a"), ("confirmed", "b"), ("happened", "c")]);
        assert_eq!(e.id, event_id("a#e1"));
    }

    #[test]
    fn what_an_article_announces_it_does_not_report_as_done() {
        let bare = visit("a", "2022-03-01", "occurred", Some("2022-03-05"));
        let plan = Report { event: "e2".into(), ..visit("a", "2022-03-01", "planned", Some("2022-03-05")) };
        let events = resolve(&[bare.clone(), plan.clone()]);
        assert_eq!(events.iter().map(|e| (e.status.as_str(), e.reports.len())).collect::<Vec<_>>(), [("planned", 2)]);
        // Without a day, too; not what is past, and not on the day itself or later.
        let undated = Report { date: None, ..bare.clone() };
        assert_eq!(resolve(&[undated, plan.clone()]).iter().map(|e| (e.status.as_str(), e.reports.len())).collect::<Vec<_>>(), [("planned", 2)]);
        let before = Report { date: Some("2022-02-01".into()), ..bare.clone() };
        assert_eq!(resolve(&[before, plan.clone()]).len(), 2);
        let late = |r: &Report| Report { published: Some("2022-03-06".into()), ..r.clone() };
        assert_eq!(resolve(&[late(&bare), late(&plan)])[0].status, "occurred");
    }

    #[test]
    fn a_certain_stretch_goes_before_an_uncertain_day() {
        let events = resolve(&[visit("a", "2022-03-01", "planned", Some("2022-03-05?")), visit("b", "2022-03-02", "planned", Some("2022-03-05/2022-03-07"))]);
        assert_eq!(events.iter().map(|e| e.date.as_deref()).collect::<Vec<_>>(), [Some("2022-03-05/2022-03-07")]);
    }

    #[test]
    fn one_stay_has_one_number() {
        let numbered = |article: &str, day: &str, n: i64| {
            let mut r = visit(article, day, "occurred", Some(day));
            r.attributes.insert("ordinal".into(), Value::from(n));
            r
        };
        let events = resolve(&[numbered("a", "2022-03-05", 2), numbered("b", "2022-03-06", 3)]);
        assert_eq!(events.len(), 1);
        assert!(events[0].differing.iter().any(|d| d.field == "attributes.ordinal"));
        assert_eq!(resolve(&[numbered("a", "2022-03-05", 2), numbered("b", "2022-06-06", 3)]).len(), 2);
    }

    #[test]
    fn called_off_after_being_announced() {
        let events = resolve(&[visit("a", "2022-03-01", "planned", Some("2022-03-15")), visit("b", "2022-03-12", "cancelled", None)]);
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].status, "cancelled");
        assert_eq!(events[0].life.last().map(|s| s.stage.as_str()), Some("cancelled"));
    }

    #[test]
    fn a_month_with_two_visits_does_not_say_which() {
        let both = [visit("a", "2022-03-05", "occurred", Some("2022-03-05")), visit("b", "2022-03-25", "occurred", Some("2022-03-25"))];
        assert_eq!(resolve(&both).len(), 2);
        let mut list = both.to_vec();
        list.push(visit("c", "2022-06-01", "occurred", Some("2022-03")));
        assert_eq!(resolve(&list).len(), 3);
    }

    #[test]
    fn differing_values_are_all_kept() {
        let mut other = visit("b", "2022-03-07", "occurred", Some("2022-03-06"));
        other.place = Some("place:varna".into());
        let events = resolve(&[visit("a", "2022-03-05", "occurred", Some("2022-03-05")), other]);
        assert_eq!(events.len(), 1);
        let fields: Vec<&str> = events[0].differing.iter().map(|d| d.field.as_str()).collect();
        assert_eq!(fields, ["date", "place"]);
        assert!(events[0].differing.iter().all(|d| d.values.len() == 2 && d.values.iter().all(|(_, who)| who.len() == 1)));
    }

    #[test]
    fn other_people_meet_apart() {
        let all = [
            meeting("a", "2022-03-05", Some("2022-03-05"), ["hilal", "boyan"]),
            meeting("b", "2022-03-05", Some("2022-03-05"), ["salim", "ivan"]),
            meeting("c", "2022-03-06", Some("2022-03-05"), ["hilal", "boyan"]),
        ];
        let mut events = resolve(&all);
        events.sort_by_key(|e| e.reports.len());
        assert_eq!(events.iter().map(|e| e.reports.len()).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn the_office_stands_for_its_holder() {
        let mut office = meeting("b", "2022-03-06", Some("2022-03-05"), ["hilal", "boyan"]);
        office.parties[0].actor = "office:OMN:foreign-minister".into();
        office.parties[1].actor = "country:BGR".into();
        let events = resolve(&[meeting("a", "2022-03-05", Some("2022-03-05"), ["hilal", "boyan"]), office]);
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].parties.iter().map(|p| p.actor.as_str()).collect::<Vec<_>>(), ["person:boyan", "person:hilal"]);
    }

    #[test]
    fn one_article_tells_two_calls_apart() {
        let mut a = meeting("a", "2022-03-07", Some("2022-03-05"), ["hilal", "boyan"]);
        a.kind = "call".into();
        let mut b = a.clone();
        b.event = "e2".into();
        b.date = Some("2022-03-06".into());
        assert_eq!(resolve(&[a.clone(), b.clone()]).len(), 2);
        b.article = "b".into();
        assert_eq!(resolve(&[a, b]).len(), 1);
    }

    #[test]
    fn within_one_state_something_has_to_tie_reports() {
        let attack = |article: &str, place: Option<&str>| Report {
            article: article.into(),
            event: "e1".into(),
            kind: "attack".into(),
            status: "occurred".into(),
            parties: vec![Party { actor: "country:MLI".into(), role: "target".into(), country: Some("MLI".into()) }],
            date: Some("2020-02-12".into()),
            place: place.map(Into::into),
            place_country: place.map(|_| "MLI".to_owned()),
            published: Some("2020-02-13".into()),
            ..Report::default()
        };
        assert_eq!(resolve(&[attack("a", Some("place:mopti")), attack("b", Some("place:mopti"))]).len(), 1);
        assert_eq!(resolve(&[attack("a", Some("place:mopti")), attack("b", Some("place:gao"))]).len(), 2);
        assert_eq!(resolve(&[attack("a", None), attack("b", None)]).len(), 2);
    }

    #[test]
    fn both_ways_are_two_messages() {
        let message = |article: &str, from: &str, to: &str| Report {
            kind: "message".into(),
            parties: vec![person(from, &format!("king-{from}"), "actor"), person(to, &format!("king-{to}"), "recipient")],
            place: None,
            place_country: None,
            ..visit(article, "2021-05-26", "occurred", Some("2021-05-25"))
        };
        assert_eq!(resolve(&[message("a", "JOR", "MAR"), message("b", "MAR", "JOR"), message("c", "JOR", "MAR")]).len(), 2);
    }
}
