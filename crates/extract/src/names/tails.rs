//! What stands between a title and its bearer's name: the one whom he serves, the body or matter that the title goes on with, a
//! comma.
//!
//! What must not live here: what a title means and whose it is by its own words (`titles`), the noun phrase as a whole (`people`).

use super::Names;
use super::people::remembered;
use super::titles::serves;
use crate::doc::*;
use sijill_grammar::{Clitics, Match};
use sijill_lexicon::{Clitic, Count, Flag, Kind, Link, NONE, NameKind, Shape, Tag};
use sijill_text::Kind as TokenKind;

/// The most words of a body between a title and its bearer's name, and one.
const BODY_WORDS: usize = 8;

impl Names<'_> {
    /// `مستشار الرئيس فلان`, `محامي فلان`: the one whom a title's bearer serves is named with it. He gets his own office and phrase,
    /// the title the state he belongs to.
    pub(super) fn served_person(&mut self, at: usize, to: usize, e: EntId, roles: &mut [RoleFound]) -> bool {
        let Some(r) = roles.last_mut().filter(|r| r.end as usize == at) else { return false };
        let id = self.lex.titles.get(r.title_id as usize).map_or("", |t| t.id.as_str());
        if !serves(&r.title, id) || matches!(r.of, OfWhom::Ent(_)) {
            return false;
        }
        let Some(actor) = self.s.ents[e as usize].actor else { return false };
        let offices = &self.lex.actors[actor as usize].offices;
        // Who was such a one himself is the bearer.
        if offices.iter().any(|o| o.title == r.title) {
            return false;
        }
        let head = |title: &str| {
            matches!(
                title,
                "head-of-state" | "monarch" | "crown-prince" | "head-of-government" | "foreign-minister" | "defence-minister" | "minister" | "forum-head" | "party-official"
            )
        };
        let Some(office) = offices.iter().rev().find(|o| head(&o.title)) else { return false };
        // The office within the title (`مستشار الرئيس`), or a construct that ends in the name (`محامي فلان`).
        let inner = (r.start as usize + 1..at).find_map(|t| {
            let (m, which, _) = self.title_at(t).filter(|(m, _, c)| matches!(c, Count::One(_)) && (m.end as usize) <= at)?;
            let (role, _) = self.title(t, &m, which);
            (self.held(actor, &role) || role.of == OfWhom::Nobody && offices.iter().any(|o| o.title == role.title)).then_some(role)
        });
        if inner.is_none() && self.doc().definite(at - 1) {
            return false;
        }
        if r.of == OfWhom::Nobody
            && let Some(state) = office.of.clone().filter(|s| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase()))
        {
            r.of = OfWhom::State(state);
        }
        r.end = to as u32;
        let start = inner.as_ref().map_or(at as u32, |x| x.start);
        if let Some(role) = inner {
            self.add_roles(e, vec![RoleFound { end: at as u32, ..role }]);
        }
        self.mention(Mention { start: at as u32, end: to as u32, letters: 0, ent: e, by_title: false });
        self.phrase(Phrase { start, end: to as u32, letters: 0, proclitics: Clitics::default(), ents: vec![e], unnamed: false, plural: false });
        true
    }

    /// The by-name of one in a first office behind the title of one who serves, in construct.
    pub(super) fn served_short(&mut self, at: usize, short: &[Match], roles: &[RoleFound]) -> Option<(usize, EntId)> {
        let r = roles.last().filter(|r| r.end as usize == at && at > 0)?;
        let id = self.lex.titles.get(r.title_id as usize).map_or("", |t| t.id.as_str());
        if !serves(&r.title, id) || r.of != OfWhom::Nobody || self.doc().definite(at - 1) {
            return None;
        }
        let m = *remembered(short, at).filter(|m| m.letters == 0)?;
        let mut bearers = self.s.matches_at(at).iter().filter(|x| x.end == m.end && x.letters == 0).filter_map(|x| match x.link {
            Link::Name(a, NameKind::Short) if self.lex.actors[a as usize].kind == Kind::Person && self.prominent(a) => Some(a),
            _ => None,
        });
        let one = bearers.next().filter(|_| bearers.next().is_none())?;
        Some((m.end as usize, self.actor(one)))
    }

    /// `القيادي في نقابة عمال البناء فلان`, `مساعد الوزير لشؤون الجوار السفير فلان`: the name behind a body or a matter that the
    /// title goes on with, known or not, and the body if known.
    pub(super) fn behind_body(&self, at: usize, title_end: usize, roles: &[RoleFound], short: &[Match]) -> Option<(usize, Option<EntId>)> {
        let r = roles.last().filter(|r| r.end as usize == title_end)?;
        let at = if at < self.s.tokens.len() { at } else { return None };
        let bodies = matches!(r.title.as_str(), "other" | "executive" | "legislator" | "party-official" | "governor" | "spokesperson" | "expert" | "adviser" | "forum-head");
        // Officers of state go on with what they are charged with only (`لشؤون`, `للحريات`).
        let posted = matches!(r.title.as_str(), "ambassador" | "envoy");
        let charged = |t: usize| {
            t < self.s.tokens.len()
                && (self.s.analyses_at(t).iter().any(|a| a.proclitics.has(Clitic::For)) || self.begins(t, Shape::ForArticle))
                && !self.starts_title(t)
                && (self.s.mention_of[t] == NONE || posted)
        };
        let state = matches!(r.title.as_str(), "minister" | "deputy-minister" | "ambassador" | "envoy" | "foreign-minister");
        if !(bodies || state && (charged(at) || charged(at - 1) || self.plain_definite(at) && charged(at + 1))) {
            return None;
        }
        let mut body = None;
        for t in at..self.s.tokens.len().min(at + BODY_WORDS) {
            let known = self.named_at(t, &[Kind::Person]).is_some() && self.s.mentions[self.s.mention_of[t] as usize].letters == 0;
            if t > at && (known || self.doc().flag(t, Flag::Given) && self.unknown_name(t, true, false).0 >= t + 2) {
                return Some((t, body));
            }
            // … or between commas.
            if t > at && self.doc().comma(t) {
                // A rank or form of address may stand before the name (`، الأستاذ فلان،`).
                let name_at = (t + 1..self.s.tokens.len().min(t + 4)).find(|&x| !self.address(x)).unwrap_or(t + 1);
                return self.name_between_commas(name_at, short, roles).map(|_| (t, body));
            }
            // A rank or form of address before the name.
            if t > at && self.address(t) && self.names_somebody(t, short) {
                return Some((t, body));
            }
            // `الناطقة باسم المبعوث فلان` speaks for the man.
            let spoken_for = if t == at && at > title_end { self.named_at(t, &[Kind::Person]) } else { None };
            if let Some((e, _)) = self.named_at(t, &[Kind::Organization, Kind::Forum]).or(spoken_for) {
                body = Some(e);
            } else if t == at && body.is_none() {
                // `المتحدث باسم الحركة`: the one named before.
                body = self.body_meant(t);
            }
            let d = self.doc();
            let preposition = self.s.tags[t] != 0 && d.tag(t, Tag::Locative) && !d.tag(t, Tag::Direction);
            // (`الحركة` stands for a body, and is a noun.)
            let noun = self.s.tags[t] & !(1 << Tag::BareHead as u64) == 0
                && self.s.flags[t] & (Flag::Speech as u32 | Flag::Honorific as u32 | Flag::Given as u32 | Flag::Light as u32 | Flag::Modal as u32 | Flag::Verb as u32) == 0
                && !self.starts_title(t)
                && (self.s.mention_of[t] != NONE || d.readings(t).all(|(_, r)| !r.pos().finite()));
            if self.s.tokens[t].kind != TokenKind::Word || self.s.junk[t] || self.s.time_of[t] != NONE || !(preposition || noun) {
                return None;
            }
        }
        None
    }

    /// A rank of one word or a form of address, with nothing before it in its word (`السفير`, `الدكتور`, `اللواء`).
    pub(super) fn address(&self, t: usize) -> bool {
        let free = |c: Clitics| c.0 & !(Clitic::Article as u8) == 0;
        let rank = self.title_at(t).is_some_and(|(m, id, c)| {
            let kind = self.lex.titles[id as usize].title.as_str();
            free(m.proclitics) && m.end as usize == t + 1 && matches!(c, Count::One(_)) && self.doc().definite(t) && matches!(kind, "ambassador" | "military-officer" | "expert")
        });
        let honorific = !self.starts_title(t)
            && (self.s.matches_at(t).iter().any(|m| m.link == Link::Honorific && free(m.proclitics))
                || self.doc().readings(t).any(|(a, r)| free(a.proclitics) && a.pronoun().is_none() && self.lex.lemma(&r).has(Flag::Honorific)));
        rank || honorific
    }

    /// The name that a comma sets off from its title: a known person, or two words of a name before a comma or a stop.
    pub(super) fn name_between_commas(&self, at: usize, short: &[Match], roles: &[RoleFound]) -> Option<(usize, Option<EntId>)> {
        let n = self.s.tokens.len();
        if at >= n || self.s.junk[at] {
            return None;
        }
        if roles.iter().all(|r| r.of == OfWhom::Nobody && r.end - r.start < 2) {
            return None;
        }
        let closed = |to: usize| to >= n || self.doc().comma(to) || self.doc().dash(to) || self.doc().is_break(to) || self.doc().mark(to) == Some('.');
        if let Some((e, to)) = self.named_at(at, &[Kind::Person]) {
            let letters = self.s.mentions[self.s.mention_of[at] as usize].letters;
            let fits = letters == 0 && (closed(to) || self.s.ents[e as usize].actor.is_some_and(|a| roles.iter().any(|r| self.held(a, r))));
            return fits.then(|| (self.name_end(at, to), Some(e)));
        }
        let (to, letters) = self.unknown_name(at, true, false);
        if to >= at + 2 && letters == 0 && closed(to) && remembered(short, at).is_none_or(|m| m.end as usize <= to) {
            return Some((to, None));
        }
        None
    }
}
