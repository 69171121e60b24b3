//! Who and what the text names: register names, bodies and places built by rule, people found by title and syntax.
//!
//! The order matters and is the order of the functions in `find`: what a later step builds rests on what an earlier one found.
//! Each step has a file: `register`, `bodies`, `places`, `initiatives`, `people` (with `titles`, `tails`, `roles`, `short`), `later`; `words` holds
//! their tests of single words. Here stands what they share: the entities and mentions under construction, and how they are entered.
//! What must not live here: who does what to whom (see `phrases`, `events`, `statements`).

use crate::doc::*;
use rustc_hash::{FxHashMap, FxHashSet};
use sijill_grammar::Clitics;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Clitic, Flag, Kind, Lexicon, Link, NONE, Shape};

mod bodies;
mod initiatives;
mod later;
mod people;
mod places;
mod register;
mod roles;
mod short;
mod tails;
mod titles;
mod words;

/// How far back a text is asked for what it is about. More names than any article has: the bound is for texts that are none.
const MANY: usize = 1000;
/// More phrases than fit into the few words within which one takes up another.
const NEAR: usize = 64;

pub(crate) struct Names<'a> {
    pub lex: &'a Lexicon,
    pub text: &'a str,
    pub s: &'a mut Scratch,
    /// Local entity of a register entry.
    by_actor: FxHashMap<u32, EntId>,
    /// The state the outlet or agency belongs to.
    pub home: Option<String>,
    /// Tokens that stand in a person's phrase.
    covered: Vec<bool>,
    /// States whose demonym the article has.
    demonyms: FxHashSet<u32>,
    /// Actors whose name of several words, or whose capital, the article has: those that cannot be another's.
    unmistaken: FxHashSet<u32>,
    /// Entities that no register knows, by their words or by what else tells them apart.
    by_words: FxHashMap<(Kind, String), EntId>,
    /// The town in the name of a body (`القنصلية السعودية في إسطنبول`).
    seats: FxHashMap<EntId, EntId>,
}

/// Finds all entities of the article.
pub(crate) fn find(lex: &Lexicon, text: &str, s: &mut Scratch, outlet: Option<&str>) {
    let tokens = s.tokens.len();
    let mut n = Names {
        lex,
        text,
        s,
        covered: vec![false; tokens],
        by_actor: FxHashMap::default(),
        home: None,
        demonyms: FxHashSet::default(),
        unmistaken: FxHashSet::default(),
        by_words: FxHashMap::default(),
        seats: FxHashMap::default(),
    };
    n.home(outlet);
    let names = n.register_names();
    n.bodies();
    n.places();
    n.initiatives();
    n.people(&names);
    n.later_names();
    n.unknown_places();
    n.bodies_of_people();
    n.unify_bodies();
    n.bare_bodies();
    n.s.mentions.retain(|m| m.end > m.start);
    n.reindex();
}

impl Names<'_> {
    fn doc(&self) -> Doc<'_> {
        Doc { lex: self.lex, text: self.text, s: self.s }
    }

    fn fold(&self, i: usize) -> &str {
        self.s.tokens.fold(i)
    }

    fn begins(&self, i: usize, shape: Shape) -> bool {
        self.lex.begins(self.fold(i), shape)
    }

    fn ends(&self, i: usize, shape: Shape) -> bool {
        self.lex.ends(self.fold(i), shape)
    }

    fn patronymic(&self, i: usize) -> bool {
        self.lex.is_shape(self.fold(i), Shape::Patronymic)
    }

    /// The country of the outlet, or of the agency in the first lines.
    fn home(&mut self, outlet: Option<&str>) {
        let by_name = |name: &str| {
            let mut node = sijill_lexicon::Trie::ROOT;
            for word in name.split_whitespace() {
                node = self.lex.phrases.step(node, self.lex.words.get(&sijill_text::fold(word))?)?;
            }
            self.lex.phrases.payloads(node).find_map(|p| match self.lex.links[p as usize] {
                Link::Name(a, _) if self.lex.actors[a as usize].media => self.lex.actors[a as usize].country.clone(),
                _ => None,
            })
        };
        // Else the agency that the first lines name.
        let in_text = || {
            self.s.matches.list.iter().take_while(|m| m.start < 60).find_map(|m| match m.link {
                Link::Name(a, _) if self.lex.actors[a as usize].media && self.s.dateline.is_some_and(|(f, t)| (f..t).contains(&m.start)) => {
                    self.lex.actors[a as usize].country.clone()
                }
                _ => None,
            })
        };
        let home = outlet.and_then(by_name).or_else(in_text);
        self.home = home;
    }

    fn actor(&mut self, actor: u32) -> EntId {
        if let Some(&e) = self.by_actor.get(&actor) {
            return e;
        }
        let a = &self.lex.actors[actor as usize];
        let ent = self.s.ents.len() as EntId;
        self.s.ents.push(Ent {
            kind: a.kind,
            actor: Some(actor),
            country: a.country.clone(),
            label: a.ar.clone(),
            roles: Vec::new(),
            feminine: Some(a.feminine),
            nameless: false,
            merged: None,
            why: (format!("{}:{}", kind_name(a.kind), a.id), "register-name"),
        });
        self.by_actor.insert(actor, ent);
        ent
    }

    /// The entity that goes by `key`, and whether it is new. A new one takes the words `start..end`, without the first `letters`
    /// letters, for its label.
    fn entity(&mut self, kind: Kind, key: String, (start, end, letters): (usize, usize, u8), why: (String, &'static str)) -> (EntId, bool) {
        if let Some(&known) = self.by_words.get(&(kind, key.clone())) {
            return (known, false);
        }
        let label = self.doc().words(start as u32, end as u32, letters);
        let ent = self.s.ents.len() as EntId;
        self.s.ents.push(Ent { kind, actor: None, country: None, label, roles: Vec::new(), feminine: None, nameless: false, merged: None, why });
        self.by_words.insert((kind, key), ent);
        (ent, true)
    }

    /// The entity that goes by these words.
    fn entity_of_words(&mut self, kind: Kind, words: (usize, usize, u8), why: (String, &'static str)) -> (EntId, bool) {
        let key = self.words_key(words.0, words.1, words.2);
        self.entity(kind, key, words, why)
    }

    fn mention(&mut self, m: Mention) -> u32 {
        debug_assert!(m.start < m.end, "a mention has words: {m:?}");
        let id = self.s.mentions.len() as u32;
        for t in m.start..m.end {
            self.s.mention_of[t as usize] = id;
        }
        self.s.mentions.push(m);
        id
    }

    /// The entity of the mention that begins at token `i`, and the token after it.
    fn named_at(&self, i: usize, kinds: &[Kind]) -> Option<(EntId, usize)> {
        let m = *self.s.mention_of.get(i)?;
        if m == NONE {
            return None;
        }
        let m = self.s.mentions[m as usize];
        (m.start as usize == i && kinds.contains(&self.s.ents[m.ent as usize].kind)).then_some((m.ent, m.end as usize))
    }

    /// The country whose demonym stands at token `i`, the token after it, and its clitics.
    fn demonym_at(&self, i: usize) -> Option<(u32, usize, Clitics)> {
        let mut best: Option<(u32, usize, Clitics)> = None;
        for m in self.s.matches_at(i) {
            if let Link::Demonym(a) = m.link {
                let end = m.end as usize;
                if best.is_none_or(|(_, e, _)| end > e) {
                    best = Some((a, end, m.proclitics));
                }
            }
        }
        if best.is_some() || !self.doc().flag(i, Flag::Demonym) {
            return best;
        }
        for (a, r) in self.doc().readings(i) {
            if a.pronoun().is_some() {
                continue;
            }
            // `المالي` is of finance unless the article names the state.
            let common = self.lex.lemma(&r).has(Flag::Common);
            let found: Vec<u32> = self
                .lex
                .lemma(&r)
                .links
                .iter()
                .filter_map(|l| if let Link::Demonym(c) = l { Some(*c) } else { None })
                .filter(|c| !common || self.by_actor.contains_key(c))
                .collect();
            match found[..] {
                [] => {}
                [one] => return Some((one, i + 1, a.proclitics)),
                // Several states share the word: the one that the article names.
                ref many => {
                    let named = many.iter().find(|c| self.by_actor.contains_key(c)).or(many.first());
                    return named.map(|&c| (c, i + 1, a.proclitics));
                }
            }
        }
        None
    }

    fn iso(&self, actor: u32) -> String {
        self.lex.actors[actor as usize].id.clone()
    }

    /// The head links of a kind at token `i`: single nouns by their readings, phrases by the trie.
    fn head_at(&self, i: usize, flag: Flag) -> Option<(u32, usize, Clitics, u8)> {
        if !self.doc().flag(i, flag) && !self.doc().opens(i, flag) {
            return None;
        }
        let pick = |l: Link| match (l, flag) {
            (Link::OrgHead(h), Flag::OrgHead) | (Link::PlaceHead(h), Flag::PlaceHead) | (Link::InitiativeHead(h), Flag::InitiativeHead) => Some(h),
            _ => None,
        };
        if let Some((m, h)) = self.doc().longest(i, pick) {
            return Some((h, m.end as usize, m.proclitics, m.letters));
        }
        if !self.doc().flag(i, flag) {
            return None;
        }
        self.doc().readings(i).find_map(|(a, r)| {
            if a.pronoun().is_some() || r.tanwin() || flag as u32 != Flag::InitiativeHead as u32 && matches!(r.number(), Number::Dual | Number::Plural) {
                return None;
            }
            self.lex.lemma(&r).links.iter().find_map(|l| pick(*l)).map(|h| (h, i + 1, a.proclitics, a.letters))
        })
    }

    /// The state the article is about, if one is named clearly more than any other.
    fn main_state(&self) -> Option<String> {
        let mut count: FxHashMap<&str, usize> = FxHashMap::default();
        // The last of them are enough: an article has not so many.
        for m in self.s.mentions.iter().rev().take(MANY) {
            let e = self.doc().ent(m.ent);
            if let Some(c) = e.country.as_deref().filter(|_| m.end > m.start) {
                *count.entry(c).or_default() += 1;
            }
        }
        let mut list: Vec<(usize, &str)> = count.into_iter().map(|(c, n)| (n, c)).collect();
        list.sort_unstable_by(|a, b| b.cmp(a));
        match list[..] {
            [(_, one)] => Some(one.to_owned()),
            [(n, one), (m, _), ..] if n >= 2 * m => Some(one.to_owned()),
            _ => None,
        }
    }

    fn words_key(&self, start: usize, end: usize, letters: u8) -> String {
        sijill_text::fold(&self.doc().words(start as u32, end as u32, letters))
    }

    /// Mentions were dropped: points the tokens at them anew, shorter mentions giving way to longer ones.
    fn reindex(&mut self) {
        self.s.mention_of.fill(NONE);
        let mut order: Vec<usize> = (0..self.s.mentions.len()).collect();
        order.sort_by_key(|&k| self.s.mentions[k].end - self.s.mentions[k].start);
        for k in order {
            let m = self.s.mentions[k];
            for t in m.start..m.end {
                self.s.mention_of[t as usize] = k as u32;
            }
        }
    }

    fn merge(&mut self, from: EntId, into: EntId) {
        if from == into {
            return;
        }
        for m in self.s.mentions.iter_mut().filter(|m| m.ent == from) {
            m.ent = into;
        }
        let roles = std::mem::take(&mut self.s.ents[from as usize].roles);
        self.s.ents[into as usize].roles.extend(roles);
        self.s.ents[from as usize].merged = Some(into);
    }

    fn clitics_at(&self, i: usize, letters: u8) -> Clitics {
        self.s
            .analyses_at(i)
            .iter()
            .find(|a| a.letters == letters)
            .map(|a| a.proclitics)
            .unwrap_or_else(|| strip(self.lex, self.fold(i)).find(|(_, l, _)| *l == letters).map_or(Clitics::default(), |(_, _, c)| c))
    }

    fn phrase(&mut self, p: Phrase) {
        self.covered[p.start as usize..p.end as usize].fill(true);
        self.s.phrases.push(p);
    }

    /// The people's phrases that were found last: all that can stand close before the token that is read.
    fn latest(&self) -> &[Phrase] {
        &self.s.phrases[self.s.phrases.len().saturating_sub(NEAR)..]
    }

    fn covered(&self, i: usize) -> bool {
        self.covered.get(i).is_some_and(|c| *c)
    }
}

pub(crate) fn kind_name(k: Kind) -> &'static str {
    match k {
        Kind::Person => "person",
        Kind::Country => "country",
        Kind::Place => "place",
        Kind::Organization => "organization",
        Kind::Forum => "forum",
        Kind::Initiative => "initiative",
    }
}

/// The word without each possible row of proclitics, for words that no lexicon knows.
fn strip<'w>(lex: &Lexicon, folded: &'w str) -> impl Iterator<Item = (&'w str, u8, Clitics)> {
    let without = |(word, letters, before): (&'w str, u8, Clitics), kinds: &[Clitic]| {
        let mut rest = word.chars();
        let first = rest.next()?;
        lex.proclitics.iter().find(|p| p.letter == first && kinds.contains(&p.kind)).map(|p| (rest.as_str(), letters + 1, before.with(p.kind)))
    };
    let whole = (folded, 0, Clitics::default());
    let joined = without(whole, &[Clitic::And, Clitic::Then]);
    let governed = |word| without(word, &[Clitic::With, Clitic::For, Clitic::Like]);
    [Some(whole), joined, governed(whole), joined.and_then(governed)].into_iter().flatten()
}
