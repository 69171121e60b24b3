//! Names that come back: surnames, given names behind honorifics, offices whose bearer is named further on.

use super::Names;
use super::roles::broad;
use super::roles::compatible;
use super::strip;
use crate::doc::*;
use rustc_hash::FxHashMap;
use sijill_grammar::Clitics;
use sijill_lexicon::{Flag, Kind, Link, NONE};
use sijill_text::Kind as TokenKind;

/// More words than any title has.
const LONGEST_TITLE: usize = 40;

impl Names<'_> {
    /// Surnames and by-names of the people found, and titles whose bearer is named only later.
    pub(super) fn later_names(&mut self) {
        let mut by_word: FxHashMap<String, Option<EntId>> = FxHashMap::default();
        let mut given: FxHashMap<String, Option<EntId>> = FxHashMap::default();
        for m in self.s.mentions.clone() {
            let ent = self.doc().root(m.ent);
            let e = &self.s.ents[ent as usize];
            if e.kind != Kind::Person || m.by_title || e.nameless {
                continue;
            }
            let words: Vec<String> = (m.start..m.end).filter(|&t| self.s.tokens[t as usize].kind == TokenKind::Word).map(|t| self.fold(t as usize).to_owned()).collect();
            let add = |map: &mut FxHashMap<String, Option<EntId>>, w: &str| {
                map.entry(w.to_owned())
                    .and_modify(|x| {
                        if *x != Some(ent) {
                            *x = None
                        }
                    })
                    .or_insert(Some(ent));
            };
            if words.len() > 1 {
                if let Some(last) = words.last().filter(|w| e.actor.is_some() || w.chars().count() > 2) {
                    add(&mut by_word, last);
                }
                if let Some(first) = words.first() {
                    add(&mut given, first);
                }
            }
        }
        let n = self.s.tokens.len();
        for i in 0..n {
            if self.s.tokens[i].kind == TokenKind::Word && self.place_or_surname(i, &by_word) {
                continue;
            }
            if self.s.tokens[i].kind != TokenKind::Word || self.s.mention_of[i] != NONE || self.s.junk[i] || self.s.time_of[i] != NONE || self.covered(i) {
                continue;
            }
            // Words of grammar, and `عبد`, `الدين` of a given name in two words, are no surnames.
            if self.s.tags[i] != 0 && !self.dotted_ya(i) || self.doc().flag(i, Flag::Second) {
                continue;
            }
            let known_word = self.s.flags[i] & !(Flag::Given as u32 | Flag::Name as u32 | Flag::Particle as u32 | Flag::Second as u32) != 0 || self.s.tags[i] != 0;
            let hit = strip(self.lex, self.fold(i)).find_map(|(rest, letters, clitics)| {
                let titled = letters == 0 && i > 0 && (self.doc().flag(i - 1, Flag::Honorific) || self.s.titled[i]);
                // Foreign news calls people by their first names now and then (`وأضاف "كورت"`).
                let spoken = || {
                    let b = if i > 1 && self.doc().quote_mark(i - 1) { i - 2 } else { i.saturating_sub(1) };
                    letters == 0 && !known_word && self.doc().flag(b, Flag::Speech)
                };
                let ent = by_word.get(rest).copied().flatten().or_else(|| if titled || spoken() { given.get(rest).copied().flatten() } else { None })?;
                // A surname that is a common word counts behind a title or with its article.
                let common = known_word && !titled && self.s.flags[i] & (Flag::Common as u32 | Flag::Frame as u32 | Flag::Speech as u32 | Flag::NounFrame as u32) != 0;
                // `الشعب المصري` after `وليد المصري`: only where somebody speaks, or behind a title.
                let adjective = self.doc().flag(i, Flag::Demonym) && !titled && !(i > 0 && self.doc().flag(i - 1, Flag::Speech));
                // (`وقال فوزي`: behind a verb of speech nobody says "my victory".)
                let said = letters == 0
                    && i > 0
                    && self.doc().flag(i - 1, Flag::Speech)
                    && self.s.analyses_at(i).iter().all(|a| {
                        // A dual in construct has its second part behind it (`فوزي` is not "two victories of").
                        let named = || self.lex.reading_slice(a.readings).iter().all(|r| r.construct() || self.lex.lemma(r).flags & !(Flag::Given as u32 | Flag::Name as u32) == 0);
                        a.letters > 0 || a.readings.0 == a.readings.1 || a.pronoun().is_some() || named()
                    });
                let none = common && !self.doc().definite(i) && !said || adjective || rest.chars().count() < 2;
                (!none).then_some((ent, letters, clitics, titled))
            });
            if let Some((ent, letters, proclitics, titled)) = hit {
                let start = if titled { self.back_over_titles(i) } else { i };
                self.mention(Mention { start: i as u32, end: i as u32 + 1, letters, ent, by_title: false });
                self.phrase(Phrase { start: start as u32, end: i as u32 + 1, letters, proclitics, ents: vec![ent], unnamed: false, plural: false });
            }
        }
        self.bearers_named_later();
        self.given_names_alone();
    }

    /// A place of one word that is the surname of one person of the article (`ليون`) and stands where no place would: his.
    fn place_or_surname(&mut self, i: usize, by_word: &FxHashMap<String, Option<EntId>>) -> bool {
        let m = self.s.mention_of[i];
        if m == NONE || i == 0 {
            return false;
        }
        let m = m as usize;
        let mention = self.s.mentions[m];
        if mention.end != mention.start + 1 || mention.letters != 0 || self.s.ents[mention.ent as usize].kind != Kind::Place {
            return false;
        }
        let Some(ent) = by_word.get(self.fold(i)).copied().flatten() else { return false };
        if !self.doc().flag(i - 1, Flag::Speech) && !self.s.titled[i] {
            return false;
        }
        self.s.mentions[m].ent = ent;
        let start = self.back_over_titles(i);
        self.phrase(Phrase { start: start as u32, end: i as u32 + 1, letters: 0, proclitics: Clitics::default(), ents: vec![ent], unnamed: false, plural: false });
        true
    }

    /// `الأمير محمد` where one prince of that name is named in full is he.
    fn given_names_alone(&mut self) {
        for e in 0..self.s.ents.len() as u32 {
            let ent = &self.s.ents[e as usize];
            if ent.kind != Kind::Person || ent.actor.is_some() || ent.nameless || ent.merged.is_some() {
                continue;
            }
            let word = sijill_text::fold(&ent.label);
            if word.contains(' ') {
                continue;
            }
            let mut fits: Vec<EntId> = self
                .s
                .mentions
                .iter()
                .filter(|m| !m.by_title && m.end > m.start + 1 && self.fold(m.start as usize) == word)
                .map(|m| self.doc().root(m.ent))
                .filter(|&x| x != e && self.s.ents[x as usize].kind == Kind::Person)
                .collect();
            fits.sort_unstable();
            fits.dedup();
            if let [one] = fits[..] {
                self.merge(e, one);
                let roles = std::mem::take(&mut self.s.ents[one as usize].roles);
                let mut kept: Vec<RoleFound> = Vec::new();
                for r in roles {
                    if !kept.iter().any(|k| k.title == r.title && compatible(&k.of, &r.of)) {
                        kept.push(r);
                    }
                }
                self.s.ents[one as usize].roles = kept;
            }
        }
    }

    fn back_over_titles(&self, i: usize) -> usize {
        let ends_here = |t: &usize| self.s.matches_at(*t).iter().any(|m| m.end as usize == i && matches!(m.link, Link::Title(..) | Link::Honorific));
        (i.saturating_sub(LONGEST_TITLE)..i).find(ends_here).unwrap_or(i)
    }

    /// An office without a name whose only bearer is named further on is that person.
    fn bearers_named_later(&mut self) {
        for e in 0..self.s.ents.len() as u32 {
            if !self.s.ents[e as usize].nameless || self.s.ents[e as usize].merged.is_some() {
                continue;
            }
            let roles = self.s.ents[e as usize].roles.clone();
            // `معالي وزير الخارجية` … `وزير الخارجية فلان`: neither says whose; what was guessed for the first is no reason.
            let named = |t: u32| {
                let m = self.s.mention_of[t as usize];
                m != NONE && self.s.ents[self.s.mentions[m as usize].ent as usize].kind != Kind::Person
            };
            let unsaid = |r: &RoleFound| !(r.start..r.end).any(|t| named(t) || self.doc().flag(t as usize, Flag::Demonym));
            let titled_so = |m: &&Mention| m.ent == e && (m.start..m.end).any(|t| self.doc().flag(t as usize, Flag::Demonym));
            if roles.iter().all(unsaid) && !self.s.mentions.iter().any(|m| titled_so(&m)) {
                let same: Vec<EntId> = (0..self.s.ents.len() as u32)
                    .filter(|&x| {
                        let o = &self.s.ents[x as usize];
                        x != e
                            && o.kind == Kind::Person
                            && !o.nameless
                            && o.merged.is_none()
                            && o.roles.iter().any(|r| unsaid(r) && roles.iter().any(|q| q.title == r.title && q.title != "other"))
                    })
                    .collect();
                if let [one] = same[..] {
                    self.s.ents[e as usize].roles.clear();
                    self.merge(e, one);
                    continue;
                }
            }
            let fits: Vec<EntId> = (0..self.s.ents.len() as u32)
                .filter(|&x| {
                    let o = &self.s.ents[x as usize];
                    x != e
                        && o.kind == Kind::Person
                        && !o.nameless
                        && o.merged.is_none()
                        && (o.roles.iter().any(|r| roles.iter().any(|q| (r.title == q.title || broad(&q.title, &r.title)) && (r.of == q.of || q.of == OfWhom::Nobody)))
                            || (o.roles.is_empty() && o.actor.is_some_and(|a| roles.iter().any(|q| q.of != OfWhom::Nobody && self.held(a, q)))))
                })
                .collect();
            if let [one] = fits[..] {
                if self.s.ents[one as usize].roles.is_empty() {
                    self.s.ents[one as usize].roles = std::mem::take(&mut self.s.ents[e as usize].roles);
                }
                self.s.ents[e as usize].roles.clear();
                self.merge(e, one);
            }
        }
    }
}
