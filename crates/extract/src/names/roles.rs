//! The roles of a person: what several titles together say, and whose an office is where the words leave it out.

use super::Names;
use crate::doc::*;
use sijill_lexicon::{Kind, Link, NameKind, Of, Tag};

impl Names<'_> {
    pub(super) fn add_roles(&mut self, ent: EntId, mut roles: Vec<RoleFound>) {
        // Offices in a row are of one state, named once.
        let shared = roles.iter().find(|r| matches!(r.of, OfWhom::State(_))).map(|r| r.of.clone());
        if let Some(state) = shared {
            for r in roles.iter_mut().filter(|r| r.of == OfWhom::Nobody && (self.lex.titles[r.title_id as usize].of == Of::State || r.title == "military-officer") && !rank_only(r))
            {
                r.of = state.clone();
            }
        }
        for mut r in roles {
            if r.former {
                continue;
            }
            // `الوزير فلان` of a foreign minister.
            if r.title == "minister" && r.end - r.start == 1 {
                let own = self.s.ents[ent as usize].actor.and_then(|a| self.lex.actors[a as usize].offices.iter().rev().find(|o| broad("minister", &o.title)));
                if let Some(o) = own {
                    r.title = o.title.clone();
                    if let Some(state) = o.of.clone() {
                        r.of = OfWhom::State(state);
                    }
                }
            }
            // `الأمين العام` alone: of the one forum that the article names.
            if r.title == "forum-head" && r.of == OfWhom::Nobody {
                let mut forums = (0..self.s.ents.len()).filter(|&e| self.s.ents[e].kind == Kind::Forum && self.s.ents[e].merged.is_none());
                // Its meetings are forums too: the one that has a head's title of its own, else the first named.
                if let Some(first) = forums.next() {
                    r.of = OfWhom::Ent(first as EntId);
                }
            }
            // The leader of a movement is of that, known or not.
            let movement = r.title == "party-official";
            if r.of == OfWhom::Nobody && self.lex.titles[r.title_id as usize].of == Of::State && !rank_only(&r) && !movement {
                r.of = self.state_by_identity(ent, &r);
            }
            let known = self.s.ents[ent as usize].roles.iter_mut().find(|k| k.title == r.title && (k.of == r.of || k.of == OfWhom::Nobody || r.of == OfWhom::Nobody));
            match known {
                Some(k) => {
                    if k.of == OfWhom::Nobody {
                        k.of = r.of;
                    }
                }
                None => self.s.ents[ent as usize].roles.push(r),
            }
        }
        self.officer_state(ent);
    }

    /// The state of an office that the title leaves out: the one where this person held it.
    fn state_by_identity(&self, ent: EntId, r: &RoleFound) -> OfWhom {
        let offices = self.s.ents[ent as usize].actor.map(|a| &self.lex.actors[a as usize].offices);
        let state = offices.and_then(|o| o.iter().find(|o| o.title == r.title).and_then(|o| o.of.clone())).filter(|s| s.len() == 3 && s.chars().all(|c| c.is_ascii_uppercase()));
        if let Some(s) = state {
            return OfWhom::State(s);
        }
        // An office that the register does not know is of the state where he held all others.
        let mut states: Vec<&str> = offices.into_iter().flatten().filter_map(|o| o.of.as_deref()).filter(|s| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase())).collect();
        states.dedup();
        if let [one] = states[..] {
            return OfWhom::State(one.to_owned());
        }
        // Private persons belong to no state that their words do not name.
        if self.s.ents[ent as usize].actor.is_none()
            && matches!(
                self.lex.titles[r.title_id as usize].id.as_str(),
                "expert"
                    | "expert-body"
                    | "journalist"
                    | "activist"
                    | "lawyer"
                    | "official"
                    | "cleric"
                    | "royal-kin"
                    | "athlete-artist"
                    | "tribal-chief"
                    | "militant"
                    | "chief-executive"
            )
        {
            return OfWhom::Nobody;
        }
        // `حضر من الجانب السوداني …`: the side whose people the sentence lists.
        if let Some(state) = self.side(r.start as usize) {
            return OfWhom::State(state);
        }
        // The last state office named in the same sentence or list.
        let near = self
            .s
            .phrases
            .iter()
            .rev()
            .take(4)
            .filter_map(|p| p.ents.first())
            .find_map(|&e| self.s.ents[e as usize].roles.iter().find_map(|x| if let OfWhom::State(s) = &x.of { Some(s.clone()) } else { None }));
        // The outlet's own state, where the article has to do with it: names it or one of its officers.
        let named = |h: &String| self.s.ents.iter().any(|e| e.kind == Kind::Country && e.country.as_ref() == Some(h));
        let officer = |a: u32, h: &String| self.lex.actors[a as usize].kind == Kind::Person && self.lex.actors[a as usize].offices.iter().any(|o| o.of.as_ref() == Some(h));
        let served = |h: &String| r.title != "military-officer" && self.s.matches.list.iter().any(|m| matches!(m.link, Link::Name(a, NameKind::Full) if officer(a, h)));
        near.or_else(|| self.home.clone().filter(|h| named(h) || served(h))).or_else(|| self.main_state()).map_or(OfWhom::Nobody, OfWhom::State)
    }

    /// The state whose side was named last before token `i` in its paragraph.
    fn side(&self, i: usize) -> Option<String> {
        let from = (0..i).rev().take(120).find(|&k| self.doc().is_break(k)).unwrap_or(i.saturating_sub(120));
        (from..i).rev().find_map(|k| {
            if !self.doc().tagged(k, Tag::Side) {
                return None;
            }
            if let Some((c, _, _)) = self.demonym_at(k + 1) {
                return Some(self.iso(c));
            }
            self.named_at(k + 1, &[Kind::Country]).and_then(|(e, _)| self.s.ents[e as usize].country.clone())
        })
    }

    /// An officer whose words name no state is of the state of his other offices, of his side, or of the office named last.
    fn officer_state(&mut self, ent: EntId) {
        let Some(k) = self.s.ents[ent as usize].roles.iter().position(|r| r.title == "military-officer" && r.of == OfWhom::Nobody) else { return };
        let own = self.s.ents[ent as usize].roles.iter().find(|r| matches!(r.of, OfWhom::State(_))).map(|r| r.of.clone());
        let of = own.unwrap_or_else(|| {
            let r = self.s.ents[ent as usize].roles[k].clone();
            self.state_by_identity(ent, &r)
        });
        self.s.ents[ent as usize].roles[k].of = of;
    }
}

/// A title that the bare word may stand for (`الوزير` for any minister, `المسؤول` for anybody).
pub(super) fn broad(word: &str, held: &str) -> bool {
    word == "minister" && matches!(held, "foreign-minister" | "defence-minister") || word == "head-of-state" && held == "monarch"
}

/// `السفير` alone before a name is a rank: it does not say whose.
fn rank_only(r: &RoleFound) -> bool {
    r.title == "ambassador" && r.end - r.start == 1
}

pub(super) fn compatible(a: &OfWhom, b: &OfWhom) -> bool {
    a == b || matches!(a, OfWhom::Nobody) || matches!(b, OfWhom::Nobody)
}
