//! Surnames and by-names of the register: which bearer is meant, if that can be told.

use super::Names;
use super::people::remembered;
use crate::doc::*;
use sijill_grammar::Match;
use sijill_lexicon::{Flag, Kind, Link, NONE, NameKind};

impl Names<'_> {
    /// A short register name at `i`: which person it is, if that can be told.
    pub(super) fn short_at(&mut self, i: usize, short: &[Match], roles: &[RoleFound], titled: bool) -> Option<(Match, Option<EntId>)> {
        // `للشيخ`: the honorific behind a preposition.
        let several = remembered(short, i).is_some_and(|m| m.end as usize > i + 1);
        if self.s.tags[i] != 0 && !several || self.begins(i, sijill_lexicon::Shape::ForArticle) && self.doc().flag(i, Flag::Honorific) {
            return None;
        }
        let here: Vec<(Match, u32)> = self
            .s
            .matches_at(i)
            .iter()
            .filter_map(|m| if let Link::Name(a, NameKind::Short) = m.link { Some((*m, a)) } else { None })
            .filter(|(_, a)| self.lex.actors[*a as usize].kind == Kind::Person)
            .collect();
        let longest = here.iter().map(|(m, _)| m.end).max()?;
        let here: Vec<(Match, u32)> = here.into_iter().filter(|(m, _)| m.end == longest).collect();
        let m = here[0].0;
        if remembered(short, i).is_none() || self.s.mention_of[i] != NONE {
            return None;
        }
        // The name goes on: another person than the bearer of the short name (`هادي البحرة`).
        let goes_on = self.short_end(i, &m, short) > m.end as usize;
        // One who is named in full in this article.
        let named: Vec<u32> = here.iter().map(|x| x.1).filter(|a| self.by_actor.contains_key(a)).collect();
        // A surname that is a common word needs a verb of speech, a title or a beginning before it (`قال العربي`).
        if !titled && self.doc().definite(i) && self.reads_otherwise(i, &m) && !(i == 0 || self.doc().flag(i - 1, Flag::Speech) || self.doc().is_break(i - 1)) {
            return None;
        }
        if !goes_on {
            if let [one] = named[..] {
                return Some((m, self.by_actor.get(&one).copied()));
            }
            // A person found by rule whose name begins or ends with this word goes before the register.
            if named.is_empty() && self.found_by_word(&m) {
                return None;
            }
        }
        if titled && !goes_on {
            let fitting: Vec<u32> = here.iter().map(|x| x.1).filter(|a| roles.iter().any(|r| self.held(*a, r))).collect();
            if let [one, ..] = fitting[..] {
                let e = self.actor(one);
                return Some((m, Some(e)));
            }
            // `الأمير فيصل`: a given name alone is not the one whom the register has under it.
            if self.doc().flag(i, Flag::Given) {
                return None;
            }
            if let [(_, one)] = here[..] {
                let office_differs = !roles.is_empty() && roles.iter().all(|r| r.of != OfWhom::Nobody) && !self.lex.actors[one as usize].offices.is_empty();
                if !office_differs {
                    let e = self.actor(one);
                    return Some((m, Some(e)));
                }
            }
            return None;
        }
        // An office of the article without a name, which exactly one bearer of this name held.
        if !goes_on {
            let offices: Vec<RoleFound> =
                self.s.ents.iter().filter(|e| e.nameless && e.merged.is_none()).flat_map(|e| e.roles.iter().filter(|r| r.of != OfWhom::Nobody).cloned()).collect();
            let fitting: Vec<u32> = here.iter().map(|x| x.1).filter(|a| offices.iter().any(|r| self.held(*a, r))).collect();
            if let [one] = fitting[..] {
                let e = self.actor(one);
                return Some((m, Some(e)));
            }
        }
        if let [(_, one)] = here[..] {
            let a = &self.lex.actors[one as usize];
            let letters = self.fold(i).chars().count();
            // Only who was in the news for an office of his then, and whose name is no given name.
            if !a.ambiguous && !goes_on && letters >= 3 && !self.doc().flag(i, Flag::Given) && !self.reads_otherwise(i, &m) && self.prominent(one) {
                let e = self.actor(one);
                return Some((m, Some(e)));
            }
        }
        None
    }

    /// Where the name that begins with the short name `m` at `i` ends: before another's whom the article names in full (`هنأ شي بوتين`).
    pub(super) fn short_end(&self, i: usize, m: &Match, short: &[Match]) -> usize {
        let end = m.end as usize;
        let bearers = |t: usize| self.s.matches_at(t).iter().filter_map(|x| if let Link::Name(a, NameKind::Short) = x.link { Some(a) } else { None });
        let another = remembered(short, end).is_some_and(|x| x.letters == 0) && bearers(end).any(|a| self.by_actor.contains_key(&a) && bearers(i).all(|b| b != a));
        if another { end } else { self.name_end(i, end) }
    }

    /// Does a person hold one of the first offices of a state or body at the article's time?
    pub(super) fn prominent(&self, actor: u32) -> bool {
        let year = self.s.published.map(|d| d.year());
        let of = |s: &Option<String>, default: i16| s.as_deref().and_then(|s| s.get(..4)).and_then(|y| y.parse::<i16>().ok()).unwrap_or(default);
        self.lex.actors[actor as usize].offices.iter().any(|o| {
            matches!(
                o.title.as_str(),
                "head-of-state"
                    | "head-of-government"
                    | "monarch"
                    | "crown-prince"
                    | "foreign-minister"
                    | "defence-minister"
                    | "forum-head"
                    | "deputy-head-of-government"
                    | "speaker-of-parliament"
                    | "envoy"
                    | "spokesperson"
                    | "adviser"
            ) && year.is_none_or(|y| of(&o.from, 0) <= y + 1 && of(&o.until, i16::MAX) >= y - 3)
        })
    }

    /// Did this person ever hold an office of that title and state?
    pub(super) fn held(&self, actor: u32, role: &RoleFound) -> bool {
        self.lex.actors[actor as usize].offices.iter().any(|o| {
            o.title == role.title
                && match &role.of {
                    OfWhom::State(iso) => o.of.as_deref() == Some(iso.as_str()),
                    OfWhom::Ent(e) => self.s.ents[*e as usize].actor.is_some_and(|a| o.of.as_deref() == Some(self.lex.actors[a as usize].id.as_str())),
                    OfWhom::Register(a) => o.of.as_deref() == Some(self.lex.actors[*a as usize].id.as_str()),
                    OfWhom::Nobody => true,
                }
        })
    }
}
