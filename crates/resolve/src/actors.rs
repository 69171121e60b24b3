//! Actors across articles: which sightings are one person, state or body.
//!
//! Registers first, then name, country, title and time. Whatever is not certain stays with its article, and says so in its id.
//! What must not live here: events, and how an article's own mentions became one entity (that is the engine's).

use crate::edtf;
use crate::facts::{Facts, Word};
use crate::model::{Identity, Sighting};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Offices that one person holds at a time: a title without a name means its holder, whoever that is.
const SINGLE: [&str; 8] = ["head-of-state", "head-of-government", "monarch", "crown-prince", "foreign-minister", "defence-minister", "speaker-of-parliament", "first-lady"];

/// Years after which one name with no title in common is another bearer's.
const LIFETIME: i32 = 25;

/// The state of a sighting: the first that its roles name, else the one its register knows.
pub fn country(s: &Sighting, facts: &Facts) -> Option<String> {
    if let Some(iso) = s.entity.strip_prefix("country:") {
        return Some(iso.to_owned());
    }
    s.roles.iter().find_map(|r| r.country.clone()).or_else(|| if s.known { facts.country_of(&s.entity).map(str::to_owned) } else { None })
}

/// Where a sighting is decided.
enum Place {
    /// It is this actor, by this rule.
    Is(String, &'static str),
    /// Its block decides: a person's name.
    Name(String),
}

fn place(s: &Sighting, facts: &Facts) -> Place {
    if s.known {
        return Place::Is(s.entity.clone(), "register");
    }
    let local = || Place::Is(format!("{}@{}", s.entity, s.article), "article-only");
    let name = facts.name(&s.label_ar);
    let slug = || name.iter().map(|w| w.folded.as_str()).collect::<Vec<_>>().join("-");
    match s.kind.as_str() {
        "person" if s.unnamed => {
            let Some((title, country)) = s.roles.iter().filter(|r| SINGLE.contains(&r.title.as_str())).find_map(|r| Some((r.title.as_str(), r.country.as_deref()?))) else {
                return local();
            };
            let held = s.published.as_deref().and_then(edtf::day).and_then(|day| facts.holder(country, title, day));
            match held {
                Some(person) => Place::Is(person.to_owned(), "holder-of-office"),
                None => Place::Is(format!("office:{country}:{title}"), "office"),
            }
        }
        "person" => match Facts::block(&name) {
            None => local(),
            Some(key) => match facts.person(&name, country(s, facts).as_deref(), &s.roles.iter().map(|r| r.title.as_str()).collect::<Vec<_>>()) {
                Some(person) => Place::Is(person.to_owned(), "register-spelling"),
                None => Place::Name(key),
            },
        },
        // Parliaments and ministries bear the same name everywhere: only one that names its nation is one body for all articles.
        "organization" if facts.nation(&name).is_none() && name.len() < 3 => local(),
        _ if name.is_empty() => local(),
        _ => Place::Is(format!("{}:{}", s.kind, slug()), "name"),
    }
}

/// The block in which a sighting is decided (see [`block_of`]); actor and rule, where no other article is needed to say it.
pub fn alone(s: &Sighting, facts: &Facts) -> (String, Option<(String, String)>) {
    match place(s, facts) {
        Place::Is(id, rule) => (format!("is {id}"), Some((id, rule.to_owned()))),
        Place::Name(key) => (format!("name {key}"), None),
    }
}

/// The block in which a sighting is decided. Two sightings of different blocks are never one actor by the rules of this module,
/// unless the ids that both are given are the same.
pub fn block_of(s: &Sighting, facts: &Facts) -> String {
    alone(s, facts).0
}

/// Who each sighting is. The answer for a sighting depends on its block alone, and not on the order of the input.
/// In order of article and entity.
pub fn resolve(sightings: &[Sighting], facts: &Facts) -> Vec<Identity> {
    let mut out: Vec<Identity> = Vec::with_capacity(sightings.len());
    let mut names: BTreeMap<String, Vec<&Sighting>> = BTreeMap::new();
    let give = |out: &mut Vec<Identity>, s: &Sighting, actor: String, rule: &str| {
        out.push(Identity { article: s.article.clone(), entity: s.entity.clone(), actor, rule: rule.to_owned() });
    };
    for s in sightings {
        match place(s, facts) {
            Place::Is(id, rule) => give(&mut out, s, id, rule),
            Place::Name(key) => names.entry(key).or_default().push(s),
        }
    }
    for (_, list) in names {
        for (s, actor, rule) in bearers(list, facts) {
            give(&mut out, s, actor, rule);
        }
    }
    out.sort_by(|a, b| (&a.article, &a.entity).cmp(&(&b.article, &b.entity)));
    out.dedup_by(|a, b| a.article == b.article && a.entity == b.entity);
    out
}

/// People under one first and last name.
struct Bearer {
    /// The longest form.
    head: Vec<Word>,
    country: Option<String>,
    titles: BTreeSet<String>,
    years: Option<(i32, i32)>,
}

struct Seen<'a> {
    sighting: &'a Sighting,
    name: Vec<Word>,
    country: Option<String>,
    titles: BTreeSet<String>,
    year: Option<i32>,
}

impl Bearer {
    fn may_be(&self, s: &Seen) -> bool {
        let titles = self.titles.is_empty() || s.titles.is_empty() || !self.titles.is_disjoint(&s.titles);
        // Of another state, or of none that the article names, a short name with another title is a namesake's.
        let strict = common(&s.name) || s.name.len() == 2 && (s.country.is_none() || s.country != self.country);
        within(&s.name, &self.head) && self.in_time(s) && (!strict || titles)
    }

    fn in_time(&self, s: &Seen) -> bool {
        let far = match (self.years, s.year) {
            (Some((a, b)), Some(y)) => y < b - LIFETIME || y > a + LIFETIME,
            _ => false,
        };
        !far || !self.titles.is_disjoint(&s.titles)
    }

    fn take(&mut self, s: &Seen) {
        self.titles.extend(s.titles.iter().cloned());
        if let Some(y) = s.year {
            self.years = Some(self.years.map_or((y, y), |(a, b)| (a.min(y), b.max(y))));
        }
    }
}

/// Is the shorter name the longer one with words left out?
fn within(short: &[Word], long: &[Word]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|l| l.same(w)))
}

/// Two given names and nothing else (`محمد علي`): too many people bear it for the name to decide alone.
fn common(name: &[Word]) -> bool {
    name.len() == 2 && name.iter().all(|w| w.given)
}

fn bearers<'a>(list: Vec<&'a Sighting>, facts: &Facts) -> Vec<(&'a Sighting, String, &'static str)> {
    let mut seen: Vec<Seen> = list
        .into_iter()
        .map(|s| Seen {
            name: facts.name(&s.label_ar),
            country: country(s, facts),
            titles: s.roles.iter().map(|r| r.title.clone()).collect(),
            year: s.published.as_deref().and_then(edtf::days).and_then(|d| d.from).map(edtf::year),
            sighting: s,
        })
        .collect();
    // The longest names first, those with a state before those without: what comes later may only join what is settled.
    seen.sort_by(|a, b| {
        let key = |s: &Seen| (s.country.is_none(), s.country.clone(), std::cmp::Reverse(s.name.len()), s.titles.is_empty());
        key(a)
            .cmp(&key(b))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.titles.cmp(&b.titles))
            .then_with(|| a.year.cmp(&b.year))
            .then_with(|| (&a.sighting.article, &a.sighting.entity).cmp(&(&b.sighting.article, &b.sighting.entity)))
    });
    let mut found: Vec<Bearer> = Vec::new();
    let mut by_country: FxHashMap<Option<String>, Vec<usize>> = FxHashMap::default();
    let mut of: Vec<usize> = Vec::with_capacity(seen.len());
    for s in &seen {
        let mut fit: Vec<usize> = Vec::new();
        match &s.country {
            Some(_) => fit.extend(by_country.get(&s.country).into_iter().flatten().copied().filter(|&b| found[b].may_be(s))),
            None => fit.extend((0..found.len()).filter(|&b| found[b].may_be(s))),
        }
        // A name as long as the head's is a better claim than one with words left out.
        if fit.len() > 1 {
            let exact: Vec<usize> = fit.iter().copied().filter(|&b| found[b].head.len() == s.name.len()).collect();
            if exact.len() == 1 {
                fit = exact;
            }
        }
        let at = match fit[..] {
            [one] => one,
            _ => {
                let own = fit.iter().copied().find(|&b| found[b].head == s.name && found[b].country == s.country);
                own.unwrap_or_else(|| {
                    found.push(Bearer { head: s.name.clone(), country: s.country.clone(), titles: BTreeSet::new(), years: None });
                    by_country.entry(s.country.clone()).or_default().push(found.len() - 1);
                    found.len() - 1
                })
            }
        };
        found[at].take(s);
        of.push(at);
    }
    let ids = ids(&found);
    seen.iter()
        .zip(of)
        .map(|(s, b)| {
            let rule = if found[b].head.len() == s.name.len() { "name" } else { "name-in-part" };
            (s.sighting, ids[b].clone(), rule)
        })
        .collect()
}

/// The id of a bearer: state and skeleton, so that another spelling does not change it; where two bearers would share it, the
/// words as they are written, then the titles and the first year.
fn ids(found: &[Bearer]) -> Vec<String> {
    let join = |b: &Bearer, f: fn(&Word) -> &str| b.head.iter().map(f).collect::<Vec<_>>().join("-");
    let state = |b: &Bearer| b.country.as_ref().map_or(String::new(), |c| format!("{c}:"));
    let forms = |b: &Bearer| {
        let plain = format!("person:{}{}", state(b), join(b, |w| &w.skeleton));
        let spelt = format!("person:{}{}", state(b), join(b, |w| &w.folded));
        let titled = format!("{spelt}:{}", b.titles.iter().cloned().collect::<Vec<_>>().join("+"));
        let dated = format!("{titled}:{}", b.years.map_or(0, |y| y.0));
        [plain, spelt, titled, dated]
    };
    let all: Vec<[String; 4]> = found.iter().map(forms).collect();
    let mut count: FxHashMap<&str, u32> = FxHashMap::default();
    for f in &all {
        for (n, id) in f.iter().enumerate() {
            if !f[..n].contains(id) {
                *count.entry(id).or_default() += 1;
            }
        }
    }
    all.iter().enumerate().map(|(n, f)| f.iter().find(|id| count[id.as_str()] == 1).cloned().unwrap_or_else(|| format!("{}:{n}", f[3]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Term;
    use crate::model::Held;

    fn seen(article: &str, name: &str, country: Option<&str>, title: &str) -> Sighting {
        Sighting {
            article: article.into(),
            entity: format!("person:{}", name.replace(' ', "-")),
            kind: "person".into(),
            label_ar: name.into(),
            roles: if title.is_empty() { Vec::new() } else { vec![Held { title: title.into(), of: None, country: country.map(Into::into) }] },
            published: Some("2022-03-05".into()),
            ..Sighting::default()
        }
    }

    fn ids(list: &[Sighting], facts: &Facts) -> Vec<String> {
        let found = resolve(list, facts);
        list.iter().map(|s| found.iter().find(|i| i.article == s.article && i.entity == s.entity).map(|i| i.actor.clone()).unwrap_or_default()).collect()
    }

    #[test]
    fn long_and_short_form_of_one_name() {
        let all = [seen("a", "هلال بن راشد المعمري", Some("OMN"), "minister"), seen("b", "هلال المعمري", Some("OMN"), "minister"), seen("c", "هلال المعمري", Some("ARE"), "minister")];
        let found = ids(&all, &Facts::default());
        assert_eq!(found[0], found[1]);
        assert_ne!(found[0], found[2]);
    }

    #[test]
    fn a_short_form_that_may_be_two_people_stays_alone() {
        let all = [seen("a", "هلال راشد المعمري", Some("OMN"), ""), seen("b", "هلال سعيد المعمري", Some("OMN"), ""), seen("c", "هلال المعمري", Some("OMN"), "")];
        let found = ids(&all, &Facts::default());
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 3);
    }

    #[test]
    fn one_word_is_no_name_beyond_its_article() {
        let found = ids(&[seen("a", "هلال", Some("OMN"), "minister"), seen("b", "هلال", Some("OMN"), "minister")], &Facts::default());
        assert_eq!(found, ["person:هلال@a", "person:هلال@b"]);
    }

    #[test]
    fn a_title_is_its_holder_where_the_register_is_sure() {
        let term = |actor: &str, from: &str, until: Option<&str>| Term {
            actor: actor.into(),
            title: "foreign-minister".into(),
            country: "OMN".into(),
            from: Some(from.into()),
            until: until.map(Into::into),
        };
        let facts = Facts::default().with_terms(vec![term("person:a", "2010-01-01", Some("2022-02-28")), term("person:b", "2022-03-01", None)]);
        let mut s = seen("a", "وزير الخارجية العماني", Some("OMN"), "foreign-minister");
        s.unnamed = true;
        assert_eq!(ids(&[s.clone()], &facts), ["person:b"]);
        s.published = Some("2022".into());
        assert_eq!(ids(&[s.clone()], &facts), ["office:OMN:foreign-minister"]);
        s.roles[0].title = "minister".into();
        assert!(ids(&[s], &facts)[0].ends_with("@a"));
    }

    #[test]
    fn a_namesake_with_another_office_and_no_state_stays_apart() {
        let all = [seen("a", "سالم أحمد الرفاعي", Some("JOR"), "minister"), seen("b", "سالم الرفاعي", None, "ambassador"), seen("c", "سالم الرفاعي", None, "minister")];
        let found = ids(&all, &Facts::default());
        assert_ne!(found[0], found[1]);
        assert_eq!(found[0], found[2]);
    }
}
