//! What resolution has to know of the world: registers and rules of spelling, as plain tables.
//!
//! They come from the lexicon and can be sent to another machine. What must not live here: decisions about an article.

use crate::edtf;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use sijill_lexicon::{Flag, Kind, Lexicon, Link, Shape};
use sijill_text::{fold, is_alphanumeric};

/// One term of an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Actor id of the holder.
    pub actor: String,
    pub title: String,
    pub country: String,
    pub from: Option<String>,
    pub until: Option<String>,
}

impl Term {
    /// Does the term cover the day: surely, perhaps (its bounds are known by month or year, or one is unknown), or not?
    pub fn covers(&self, day: i32) -> Cover {
        let from = self.from.as_deref().and_then(edtf::days);
        let until = self.until.as_deref().and_then(edtf::days);
        let after = match from {
            None => Cover::Perhaps,
            Some(d) if d.from.is_some_and(|f| day < f) => Cover::No,
            Some(d) if d.until.is_none_or(|u| day < u) => Cover::Perhaps,
            Some(_) => Cover::Surely,
        };
        let before = match (&self.until, until) {
            (None, _) => Cover::Surely,
            (Some(_), None) => Cover::Perhaps,
            (_, Some(d)) if d.until.is_some_and(|u| day > u) => Cover::No,
            (_, Some(d)) if d.from.is_none_or(|f| day > f) => Cover::Perhaps,
            _ => Cover::Surely,
        };
        after.min(before)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    No,
    Perhaps,
    Surely,
}

/// A name under comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Word {
    pub folded: String,
    /// Without the letters in which spellings of one name differ.
    pub skeleton: String,
    /// Is it listed as a given name? Then its vowels tell it from others.
    pub given: bool,
}

impl Word {
    /// May both be spellings of one name?
    pub fn same(&self, other: &Word) -> bool {
        self.folded == other.folded || self.skeleton == other.skeleton && !(self.given && other.given)
    }
}

/// The facts. Built from a lexicon; empty facts are allowed and know nothing.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    confusions: FxHashMap<char, char>,
    weak: Vec<char>,
    /// The article, which a name has or lacks from outlet to outlet.
    articles: Vec<String>,
    joins: FxHashSet<String>,
    given: FxHashSet<String>,
    particles: FxHashSet<String>,
    /// Folded words that name a state or its people.
    nations: FxHashMap<String, String>,
    /// Block key of a registered person's name to the names in it.
    people: FxHashMap<String, Vec<(Vec<Word>, String)>>,
    /// Actor id to the state that it is, serves or lies in.
    countries: FxHashMap<String, Vec<String>>,
    terms: Vec<Term>,
    /// Numbers in `terms`.
    by_office: FxHashMap<(String, String), Vec<u32>>,
    by_holder: FxHashMap<String, Vec<u32>>,
    /// Forum and edition to date and place.
    pub editions: FxHashMap<String, Vec<(u32, Option<String>, Option<String>)>>,
    /// Arabic and English label of register actors.
    pub labels: FxHashMap<String, (String, String)>,
}

fn id_of(kind: Kind, id: &str) -> String {
    let kind = match kind {
        Kind::Person => "person",
        Kind::Country => "country",
        Kind::Place => "place",
        Kind::Organization => "organization",
        Kind::Forum => "forum",
        Kind::Initiative => "initiative",
    };
    format!("{kind}:{id}")
}

impl Facts {
    pub fn new(lex: &Lexicon) -> Self {
        let mut f = Self {
            confusions: lex.confusions.iter().copied().collect(),
            weak: lex.weak.clone(),
            articles: lex.letters(Shape::Article).to_vec(),
            joins: lex.joins.iter().cloned().collect(),
            ..Self::default()
        };
        for w in 0..lex.words.len() as u32 {
            for r in lex.readings(w) {
                let lemma = lex.lemma(r);
                if lemma.has(Flag::Given) {
                    f.given.insert(lex.words.name(w).to_owned());
                }
                if lemma.has(Flag::Particle) {
                    f.particles.insert(lex.words.name(w).to_owned());
                }
                for link in &lemma.links {
                    if let Link::Demonym(a) = *link
                        && let Some(c) = &lex.actors[a as usize].country
                    {
                        f.nations.insert(lex.words.name(w).to_owned(), c.clone());
                    }
                }
            }
        }
        for a in &lex.actors {
            let id = id_of(a.kind, &a.id);
            f.labels.insert(id.clone(), (a.ar.clone(), a.en.clone()));
            let mut states: Vec<String> = a.country.iter().cloned().collect();
            for o in &a.offices {
                let Some(of) = o.of.as_deref() else { continue };
                if of.len() == 3 && of.bytes().all(|b| b.is_ascii_uppercase()) {
                    if !states.iter().any(|s| s == of) {
                        states.push(of.to_owned());
                    }
                    f.terms.push(Term { actor: id.clone(), title: o.title.clone(), country: of.to_owned(), from: o.from.clone(), until: o.until.clone() });
                }
            }
            if !states.is_empty() {
                f.countries.insert(id.clone(), states);
            }
            if !a.editions.is_empty() {
                f.editions.insert(id, a.editions.iter().map(|e| (e.n, e.date.clone(), e.place.clone())).collect());
            }
        }
        f.index();
        for (words, payloads) in lex.phrases.sequences() {
            let text = words.iter().map(|&w| lex.words.name(w)).collect::<Vec<_>>().join(" ");
            for p in payloads {
                let Link::Name(a, _) = lex.links[p as usize] else { continue };
                let actor = &lex.actors[a as usize];
                match actor.kind {
                    // Of two words or more any name will do: the article gives its own state.
                    Kind::Person => {
                        let name = f.name(&text);
                        if let Some(key) = Self::block(&name) {
                            let list = f.people.entry(key).or_default();
                            list.push((name, id_of(actor.kind, &actor.id)));
                        }
                    }
                    Kind::Country => {
                        if let (1, Some(c)) = (words.len(), &actor.country) {
                            f.nations.insert(text.clone(), c.clone());
                        }
                    }
                    _ => {}
                }
            }
        }
        f
    }

    /// The tables of offices, out of the list of terms.
    fn index(&mut self) {
        for (n, t) in self.terms.iter().enumerate() {
            self.by_office.entry((t.country.clone(), t.title.clone())).or_default().push(n as u32);
            self.by_holder.entry(t.actor.clone()).or_default().push(n as u32);
        }
    }

    /// Adds terms of office, for tests and for registers of one's own.
    #[must_use]
    pub fn with_terms(mut self, terms: Vec<Term>) -> Self {
        self.terms.extend(terms);
        self.by_office.clear();
        self.by_holder.clear();
        self.index();
        self
    }

    /// The words of a name: folded, joined where some write apart, without particles.
    pub fn name(&self, text: &str) -> Vec<Word> {
        let folded = fold(text);
        let mut out: Vec<String> = Vec::new();
        let mut open = false;
        for w in folded.split(|c: char| !is_alphanumeric(c)).filter(|w| !w.is_empty()) {
            match out.last_mut() {
                Some(last) if open => last.push_str(w),
                _ => out.push(w.to_owned()),
            }
            open = self.joins.contains(w);
        }
        let all = out.len();
        out.into_iter().enumerate().filter(|(n, w)| *n == 0 || *n + 1 == all || !self.particles.contains(w)).map(|(_, w)| self.word(w)).collect()
    }

    /// A word without its article.
    fn bare<'a>(&self, word: &'a str) -> Option<&'a str> {
        self.articles.iter().find_map(|a| word.strip_prefix(a.as_str()))
    }

    fn word(&self, folded: String) -> Word {
        let bare = self.bare(&folded).filter(|rest| rest.chars().count() > 2).unwrap_or(&folded);
        let skeleton = bare.chars().enumerate().filter(|(n, c)| *n == 0 || !self.weak.contains(c)).map(|(_, c)| self.confusions.get(&c).copied().unwrap_or(c)).collect();
        Word { given: self.given.contains(&folded) || self.given.contains(bare), skeleton, folded }
    }

    /// First and last word of a name of two words or more: what all forms of a full name share.
    pub fn block(name: &[Word]) -> Option<String> {
        match name {
            [first, .., last] => Some(format!("{} {}", first.skeleton, last.skeleton)),
            _ => None,
        }
    }

    /// The registered person whom a name spells in another way; the country, where known, must be one that he served. Where he held
    /// there one of the titles, the vowels of given names may differ too.
    pub fn person(&self, name: &[Word], country: Option<&str>, titles: &[&str]) -> Option<&str> {
        let list = self.people.get(&Self::block(name)?)?;
        let mut found: Option<&str> = None;
        for (known, id) in list {
            let held = || country.is_some_and(|c| self.terms_of(id).any(|t| t.country == c && titles.contains(&t.title.as_str())));
            let spelt = known.len() == name.len() && (known.iter().zip(name).all(|(a, b)| a.same(b)) || known.iter().zip(name).all(|(a, b)| a.skeleton == b.skeleton) && held());
            let fits = spelt && country.is_none_or(|c| self.countries_of(id).iter().any(|x| x == c));
            if fits && found.is_some_and(|f| f != id) {
                return None;
            }
            if fits {
                found = Some(id);
            }
        }
        found
    }

    /// States that a registered actor is, serves or lies in.
    pub fn countries_of(&self, actor: &str) -> &[String] {
        self.countries.get(actor).map_or(&[], Vec::as_slice)
    }

    /// The state of a registered actor, where it is one.
    pub fn country_of(&self, actor: &str) -> Option<&str> {
        match self.countries_of(actor) {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The state whose name or demonym is among the words.
    pub fn nation(&self, name: &[Word]) -> Option<&str> {
        name.iter().find_map(|w| self.nations.get(&w.folded).or_else(|| self.bare(&w.folded).and_then(|b| self.nations.get(b)))).map(String::as_str)
    }

    /// The one person who surely held the office on that day, where nobody else may have held it.
    pub fn holder(&self, country: &str, title: &str, day: i32) -> Option<&str> {
        let list = self.by_office.get(&(country.to_owned(), title.to_owned()))?;
        let mut found: Option<&Term> = None;
        for &n in list {
            let t = &self.terms[n as usize];
            match t.covers(day) {
                Cover::No => {}
                Cover::Perhaps => return None,
                Cover::Surely if found.is_some_and(|f| f.actor != t.actor) => return None,
                Cover::Surely => found = Some(t),
            }
        }
        found.map(|t| t.actor.as_str())
    }

    /// The terms of a registered person.
    pub fn terms_of(&self, actor: &str) -> impl Iterator<Item = &Term> {
        self.by_holder.get(actor).into_iter().flatten().map(|&n| &self.terms[n as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(from: Option<&str>, until: Option<&str>) -> Term {
        Term { actor: "person:a".into(), title: "foreign-minister".into(), country: "KWT".into(), from: from.map(Into::into), until: until.map(Into::into) }
    }

    #[test]
    fn terms_cover_by_their_precision() {
        let day = |s: &str| edtf::day(s).unwrap();
        assert_eq!(term(Some("2019-12"), Some("2021")).covers(day("2020-05-01")), Cover::Surely);
        assert_eq!(term(Some("2019-12"), Some("2021")).covers(day("2019-12-10")), Cover::Perhaps);
        assert_eq!(term(Some("2019-12"), Some("2021")).covers(day("2021-03-01")), Cover::Perhaps);
        assert_eq!(term(Some("2019-12"), Some("2021")).covers(day("2022-01-01")), Cover::No);
        assert_eq!(term(Some("2019-12-17"), None).covers(day("2030-01-01")), Cover::Surely);
        assert_eq!(term(None, None).covers(day("2030-01-01")), Cover::Perhaps);
    }
}
