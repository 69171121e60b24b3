//! People: noun phrases of titles, honorifics and a name, and titles that stand alone.
//!
//! What must not live here: what a title means and whose it is (`titles`), what a bearer's roles come to (`roles`), which words may
//! be part of a name (`words`), what stands between title and name (`tails`), names that come back (`later`).

use super::Names;
use super::roles::broad;
use super::roles::compatible;
use crate::doc::*;
use sijill_grammar::{Clitics, Match};
use sijill_lexicon::{Clitic, Count, Flag, Kind, Link, NONE, NameKind, Shape, Tag};

/// The most entities among which a person is looked for under other words.
const NEAREST: usize = 400;

impl Names<'_> {
    pub(super) fn people(&mut self, short: &[Match]) {
        // Full register names first: they tell which short names count.
        let n = self.s.tokens.len();
        let mut i = 0;
        while i < n {
            if self.s.junk[i] || self.s.time_of[i] != NONE {
                i += 1;
                continue;
            }
            let end = if self.may_open(i) { self.person(i, short) } else { None };
            i = end.unwrap_or(i + 1).max(i + 1);
        }
    }

    /// Can a person's phrase begin at `i` by any of the ways of `person`? Three words in four tell at a glance that none does.
    fn may_open(&self, i: usize) -> bool {
        !self.s.matches_at(i).is_empty()
            || self.s.mention_of[i] != NONE
            || self.s.flags[i] & (Flag::Honorific as u32 | Flag::Given as u32 | Flag::Particle as u32) != 0
            || self.doc().tagged(i, Tag::Counterpart)
            || i + 1 < self.s.tokens.len() && self.patronymic(i + 1)
    }

    /// A person's noun phrase that begins at `i`: titles and honorifics, name, titles after the name.
    fn person(&mut self, i: usize, short: &[Match]) -> Option<usize> {
        let mut roles: Vec<RoleFound> = Vec::new();
        let mut at = i;
        let mut letters = 0;
        let mut honorific = false;
        let mut feminine = None;
        let mut plural = false;
        let mut name: Option<(usize, usize, Option<EntId>)> = None;
        let mut counterpart: Option<(usize, usize)> = None;
        let n = self.s.tokens.len();
        for _ in 0..12 {
            if at >= n {
                break;
            }
            let first = at == i;
            let free = |c: Clitics, first: bool| first || c.0 & !(Clitic::Article as u8) == 0;
            // `أمام`, `إمام`: a word of grammar unless its title has more words.
            // `والي` is written with its dots, `وإلى` without.
            let grammar = self.doc().tag(at, Tag::Preposition) && !(self.dotted_ya(at) && self.title_at(at).is_some_and(|(m, ..)| m.letters == 0));
            if let Some((m, _)) =
                self.doc().longest(at, |l| matches!(l, Link::Honorific | Link::Blessing).then_some(())).filter(|(m, _)| free(m.proclitics, first)).map(|(m, x)| (*m, x))
            {
                let title_longer = self.s.matches_at(at).iter().any(|t| matches!(t.link, Link::Title(..)) && t.end > m.end);
                if !title_longer {
                    if first {
                        letters = m.letters;
                    }
                    honorific = true;
                    at = m.end as usize;
                    feminine = feminine.or(self.lady(at - 1));
                    continue;
                }
            } else if !grammar && self.doc().flag(at, Flag::Honorific) && !self.starts_title(at) && self.s.mention_of[at] == NONE {
                let hit = self.doc().readings(at).find(|(a, r)| free(a.proclitics, first) && a.pronoun().is_none() && self.lex.lemma(r).has(Flag::Honorific)).map(|(a, _)| a);
                if let Some(a) = hit {
                    if first {
                        letters = a.letters;
                    }
                    honorific = true;
                    feminine = feminine.or(self.lady(at));
                    at = self.behind_abbreviation(at);
                    continue;
                }
            }
            if self.doc().tagged(at, Tag::Counterpart) && first {
                letters = self.doc().readings(at).find(|(_, r)| self.lex.lemma(r).is(Tag::Counterpart)).map_or(0, |(a, _)| a.letters);
                counterpart = Some((at, at + 1));
                let mut end = at + 1;
                if let Some((c, next, _)) = self.demonym_at(end) {
                    end = next;
                    // `نظيريه الروسي والتركي` are two: left open.
                    if let Some(title) = self.counterpart_title(i) {
                        roles.push(RoleFound { title: title.0, title_id: title.1, of: OfWhom::State(self.iso(c)), start: at as u32, end: end as u32, former: false });
                    }
                }
                // Without a state it is the one whose office the person named behind it held.
                else if let Some((e, _)) = self.named_at(end, &[Kind::Person])
                    && let Some(title) =
                        self.counterpart_title(i).filter(|t| self.s.ents[e as usize].actor.is_some_and(|a| self.lex.actors[a as usize].offices.iter().any(|o| o.title == t.0)))
                {
                    roles.push(RoleFound { title: title.0, title_id: title.1, of: OfWhom::Nobody, start: at as u32, end: end as u32, former: false });
                }
                counterpart = counterpart.map(|(s, _)| (s, end));
                at = end;
                continue;
            }
            // A title that is a given name as well (`الدكتور مساعد العيبان`) is one behind an honorific and in a known name.
            let given_name = |m: &Match| {
                self.doc().flag(at, Flag::Given)
                    && m.end as usize == at + 1
                    && (self.named_at(at, &[Kind::Person]).is_some_and(|(_, to)| to > at + 1)
                        || honorific && roles.is_empty() && !self.doc().definite(at) && self.name_word(at + 1, false))
            };
            let governorate = |m: &Match, c: Count| m.end as usize == at + 1 && matches!(c, Count::One(true)) && self.doc().flag(at, Flag::PlaceHead);
            if let Some((m, title, count)) = self.title_at(at).filter(|(m, _, c)| !governorate(m, *c)).filter(|(m, _, _)| (!grammar || m.end as usize > at + 1) && !given_name(m)) {
                if !free(m.proclitics, first) {
                    break;
                }
                if first {
                    letters = m.letters;
                }
                if matches!(count, Count::Two | Count::Many) {
                    plural = true;
                    break;
                }
                if let Count::One(f) = count {
                    feminine = feminine.or(f.then_some(true));
                }
                self.forget_places(at, m.end as usize);
                let (role, end) = self.title(at, &m, title);
                // Offices of two states are two men (`قلد رئيس النيجر خادم الحرمين`).
                if let (Some(OfWhom::State(a)), OfWhom::State(b)) = (roles.last().map(|r| &r.of), &role.of)
                    && a != b
                {
                    break;
                }
                roles.push(role);
                at = end;
                continue;
            }
            // The name itself.
            if let Some((e, to)) = self.named_at(at, &[Kind::Person]) {
                let own = self.s.mentions[self.s.mention_of[at] as usize].letters;
                if own == 0 && self.served_person(at, to, e, &mut roles) {
                    at = to;
                    continue;
                }
                if own == 0 || first {
                    if first {
                        letters = own;
                    }
                    // A name may go on beyond what the register knows (`… آل سعود`).
                    let to = self.name_end(at, to);
                    name = Some((at, to, Some(e)));
                    at = to;
                }
                break;
            }
            // A name that the register gives with its title (`الملك سلمان`).
            if let Some((to, who)) = (i..at).find_map(|t| {
                self.s.matches_at(t).iter().find_map(|m| match m.link {
                    Link::Name(a, NameKind::Full) if self.lex.actors[a as usize].kind == Kind::Person && m.end as usize > at => Some((m.end as usize, a)),
                    _ => None,
                })
            }) {
                let e = self.actor(who);
                name = Some((at, to, Some(e)));
                at = to;
                break;
            }
            // `محامي ترامب مايكل كوهين`: a by-name that runs on into the name of the bearer.
            if let Some((to, e)) = self.served_short(at, short, &roles)
                && self.served_person(at, to, e, &mut roles)
            {
                at = to;
                continue;
            }
            if let Some((m, who)) = self.short_at(at, short, &roles, honorific || !roles.is_empty()) {
                if m.letters == 0 || first {
                    if first {
                        letters = m.letters;
                    }
                    if let Some(e) = who.filter(|_| m.letters == 0)
                        && self.served_person(at, m.end as usize, e, &mut roles)
                    {
                        at = m.end as usize;
                        continue;
                    }
                    let to = self.short_end(at, &m, short);
                    name = Some((at, to, who));
                    at = to;
                }
                break;
            }
            // `وزير الخارجية الأمريكي، جون كيري،`: the name between commas.
            if self.doc().comma(at) && roles.last().is_some_and(|r| r.end as usize == at) {
                // A rank or form of address may stand before the name (`، اللواء فلان،`).
                let mut from = at + 1;
                let mut ranks = Vec::new();
                while from < n && from < at + 4 && self.address(from) {
                    if let Some((m, id, _)) = self.title_at(from) {
                        ranks.push(self.title(from, &m, id).0);
                    }
                    from += 1;
                }
                // `نائب الوزير، المبعوث الخاص إلى …، فلان`: a further office before the name.
                if from == at + 1
                    && let Some((m, which, Count::One(_))) = self.title_at(from).filter(|(m, ..)| m.proclitics.0 & !(Clitic::Article as u8) == 0)
                {
                    let (role, after) = self.title(from, &m, which);
                    let same = roles.iter().all(|r| r.of == role.of || !matches!((&r.of, &role.of), (OfWhom::State(_), OfWhom::State(_))));
                    let named = || match self.doc().comma(after) {
                        true => self.name_between_commas(after + 1, short, std::slice::from_ref(&role)).is_some(),
                        false => self.names_somebody(after, short),
                    };
                    if same && named() {
                        at += 1;
                        continue;
                    }
                }
                if let Some((to, who)) = self.name_between_commas(from, short, &roles) {
                    roles.append(&mut ranks);
                    name = Some((from, to, who));
                    at = to;
                }
                break;
            }
            let titled = honorific || !roles.is_empty();
            let linked = roles.last().is_some_and(|r| self.lex.titles.get(r.title_id as usize).is_some_and(|t| t.link.iter().any(|l| l == self.fold(at))));
            // `المتحدث باسم` and a body that nobody knows.
            if linked {
                let Some((name_at, body)) = self.behind_body(at + 1, at, &roles, short) else { break };
                if let Some(r) = roles.last_mut() {
                    if let (OfWhom::Nobody, Some(body)) = (&r.of, body) {
                        r.of = OfWhom::Ent(body);
                    }
                    r.end = name_at as u32;
                }
                at = name_at;
                continue;
            }
            self.forget_namesake(at, titled);
            let (to, cut) = self.unknown_name(at, titled, first);
            if to == at
                && let Some((name_at, body)) = self.behind_body(at, at, &roles, short)
                && let Some(r) = roles.last_mut()
            {
                if let (OfWhom::Nobody, Some(body)) = (&r.of, body) {
                    r.of = OfWhom::Ent(body);
                }
                r.end = name_at as u32;
                at = name_at;
                continue;
            }
            if to > at {
                if first {
                    letters = cut;
                }
                name = Some((at, to, None));
                at = to;
            }
            break;
        }
        if plural {
            return self.several(i);
        }
        if roles.is_empty() && name.is_none() {
            return None;
        }
        let Some((from, to, who)) = name else {
            return self.title_alone(i, at, letters, roles, feminine, counterpart);
        };
        let own_letters = if from == i { letters } else { 0 };
        let ent = match who {
            Some(e) => e,
            None => {
                let entry = roles.first().map_or_else(|| "given".to_owned(), |r| format!("title:{}", self.lex.titles.get(r.title_id as usize).map_or("", |t| t.id.as_str())));
                self.person_of_words((from, to, own_letters), (entry, if roles.is_empty() { "given-name" } else { "title-and-name" }))
            }
        };
        if self.s.ents[ent as usize].feminine.is_none() {
            self.s.ents[ent as usize].feminine = feminine;
        }
        self.mention(Mention { start: from as u32, end: to as u32, letters: own_letters, ent, by_title: false });
        // Titles after the name, with or without a comma.
        let mut end = to;
        loop {
            let mut next = end;
            if let Some((m, _)) = self.doc().longest(next, |l| matches!(l, Link::Blessing).then_some(())) {
                end = m.end as usize;
                continue;
            }
            if next < n && self.doc().dash(next) && self.doc().longest(next + 1, |l| matches!(l, Link::Blessing).then_some(())).is_some() {
                let blessed = self.doc().longest(next + 1, |l| matches!(l, Link::Blessing).then_some(())).map_or(next + 1, |(m, _)| m.end as usize);
                end = if self.doc().dash(blessed) { blessed + 1 } else { blessed };
                continue;
            }
            let comma = next < n && self.doc().comma(next);
            if comma {
                next += 1;
            }
            let Some((m, title, count)) = self.title_at(next) else { break };
            // `، وهو أيضا عضو …` and `، عضو …` are his; `، ورئيس …` is the next man.
            if m.proclitics.0 & !(Clitic::Article as u8) != 0 || !matches!(count, Count::One(_)) {
                break;
            }
            let (role, after) = self.title(next, &m, title);
            // A title with a name of its own behind it belongs to that name.
            if self.names_somebody(after, short) && (comma || !self.doc().comma(after)) {
                break;
            }
            // `كيم جونغ أون، الرئيس الصيني، شي جين بينغ`: it belongs to whom the register has in that office.
            if comma
                && self.doc().comma(after)
                && self.named_at(after + 1, &[Kind::Person]).is_some_and(|(e, _)| self.s.ents[e as usize].actor.is_some_and(|a| self.held(a, &role)))
            {
                break;
            }
            if self.of_another_state(ent, &roles, &role) {
                break;
            }
            roles.push(role);
            end = after;
        }
        self.add_roles(ent, roles);
        self.phrase(Phrase { start: i as u32, end: end as u32, letters, proclitics: self.clitics_at(i, letters), ents: vec![ent], unnamed: false, plural: false });
        Some(end)
    }

    /// A city at `i` right behind a definite title and before a word of which nothing is known: the first name of the bearer
    /// (`الرئيس أداما سامبو`).
    fn forget_namesake(&mut self, i: usize, titled: bool) {
        let Some((e, to)) = self.named_at(i, &[Kind::Place]) else { return };
        let m = self.s.mentions[self.s.mention_of[i] as usize];
        let capital = self.s.matches_at(i).iter().any(|m| matches!(m.link, Link::Name(_, NameKind::Capital)));
        if titled
            && to == i + 1
            && i > 0
            && m.letters == 0
            && !capital
            && self.s.ents[e as usize].actor.is_some()
            && self.doc().definite(i - 1)
            && self.unread(to)
            && self.name_word(to, false)
        {
            self.forget_places(i, to);
        }
    }

    /// The token behind the form of address at `i`: behind the point of an abbreviation (`د.`), where it has one.
    fn behind_abbreviation(&self, i: usize) -> usize {
        let short = self.fold(i).chars().nth(1).is_none();
        let point = self.s.tokens.get(i + 1).is_some_and(|t| t.glued && (t.is_mark('.') || t.is_mark('/')));
        i + 1 + usize::from(short && point)
    }

    /// Does the form of address at `i` say that a woman is meant (`السيدة`, but not `سعادة`)?
    fn lady(&self, i: usize) -> Option<bool> {
        (self.doc().definite(i) && self.s.tokens[i].closed).then_some(true)
    }

    /// `الرئيسان الأمريكي باراك أوباما والتركي رجب طيب إردوغان`: one title, each with a state and a name.
    fn several(&mut self, i: usize) -> Option<usize> {
        let (m, title, _) = self.title_at(i)?;
        let mut at = m.end as usize;
        let mut ents = Vec::new();
        let n = self.s.tokens.len();
        while at < n {
            let comma = self.doc().comma(at);
            let from = if comma { at + 1 } else { at };
            let Some((c, next, _)) = self.demonym_at(from) else { break };
            let named = self.named_at(next, &[Kind::Person]);
            let (e, to) = match named {
                Some((e, to)) => (e, to),
                None => {
                    let (to, _) = self.unknown_name(next, true, false);
                    if to == next {
                        break;
                    }
                    let e = self.person_of_words((next, to, 0), (format!("title:{}", self.lex.titles[title as usize].id), "shared-title"));
                    self.mention(Mention { start: next as u32, end: to as u32, letters: 0, ent: e, by_title: false });
                    (e, to)
                }
            };
            let role = RoleFound {
                title: self.lex.titles[title as usize].title.clone(),
                title_id: title,
                of: OfWhom::State(self.iso(c)),
                start: i as u32,
                end: next as u32,
                former: false,
            };
            self.add_roles(e, vec![role]);
            ents.push(e);
            at = to;
        }
        if ents.is_empty() {
            return None;
        }
        self.phrase(Phrase { start: i as u32, end: at as u32, letters: m.letters, proclitics: m.proclitics, ents, unnamed: false, plural: true });
        Some(at)
    }

    /// Is this an office of another state than all that the person has or had?
    fn of_another_state(&self, ent: EntId, roles: &[RoleFound], role: &RoleFound) -> bool {
        let OfWhom::State(state) = &role.of else { return false };
        let named = roles.iter().filter_map(|r| if let OfWhom::State(s) = &r.of { Some(s) } else { None });
        if named.clone().next().is_some() {
            return named.clone().all(|s| s != state);
        }
        let mut held =
            self.s.ents[ent as usize].actor.into_iter().flat_map(|a| &self.lex.actors[a as usize].offices).filter_map(|o| o.of.as_deref()).filter(|s| s.len() == 3).peekable();
        held.peek().is_some() && held.all(|s| s != state)
    }

    /// Does a person's name (or honorific and name) begin at `i`?
    pub(super) fn names_somebody(&self, i: usize, short: &[Match]) -> bool {
        let mut at = i;
        for _ in 0..4 {
            // `للشيخ فلان` is somebody else.
            if at >= self.s.tokens.len() || self.begins(at, Shape::ForArticle) {
                return false;
            }
            if let Some((m, _)) = self.doc().longest(at, |l| matches!(l, Link::Honorific).then_some(())) {
                if m.proclitics.0 & !(Clitic::Article as u8) != 0 {
                    return false;
                }
                at = m.end as usize;
                continue;
            }
            if self.doc().flag(at, Flag::Honorific) && self.s.mention_of[at] == NONE && !self.starts_title(at) {
                at = self.behind_abbreviation(at);
                continue;
            }
            if let Some((m, t, Count::One(_))) = self.title_at(at) {
                if m.proclitics.0 & !(Clitic::Article as u8) != 0 {
                    return false;
                }
                at = self.title(at, &m, t).1;
                continue;
            }
            break;
        }
        self.named_at(at, &[Kind::Person]).is_some_and(|_| self.s.mentions[self.s.mention_of[at] as usize].letters == 0)
            || remembered(short, at).is_some_and(|m| m.letters == 0)
            || self.unknown_name(at, true, false).0 > at
    }

    /// Titles without a name: their bearer where the article names one, else an entity of its own.
    fn title_alone(&mut self, i: usize, end: usize, letters: u8, mut roles: Vec<RoleFound>, feminine: Option<bool>, counterpart: Option<(usize, usize)>) -> Option<usize> {
        if roles.iter().all(|r| r.former) {
            return if roles.is_empty() { None } else { Some(end) };
        }
        roles.retain(|r| !r.former);
        // `وزيرا للخارجية` is what somebody becomes.
        if counterpart.is_none() && self.tanwin_title(i, letters) {
            return None;
        }
        // `وهو أيضا عضو …`, `وهو محلل أمني عراقي`: a further office of the person before.
        if let Some(who) = self.he(i) {
            self.add_roles(who, roles);
            return Some(end);
        }
        // `رئيسا`, `زعيم دولة`, `رئيس أمريكي`: any such one, not the bearer.
        let named = |t: usize| self.s.mention_of[t] != NONE;
        if counterpart.is_none()
            && !(i..end).any(|t| {
                self.doc().definite(t)
                    || named(t)
                    || self.begins(t, Shape::ForArticle)
                    || self.clitics_at(t, 0).has(Clitic::Article)
                    || self.doc().readings(t).any(|(a, _)| a.proclitics.has(Clitic::Article) || a.pronoun().is_some())
            })
        {
            return None;
        }
        if counterpart.is_none() {
            // Only an office stands for its bearer, and only as a noun: `السياسة الدبلوماسية`, `مؤتمر صحفي` name nobody.
            roles.retain(|r| self.office(r));
            if roles.is_empty() {
                return None;
            }
        }
        // The honorific is no part of what names him.
        let (i, letters) = match roles.iter().map(|r| r.start as usize).min() {
            Some(first) if first > i && counterpart.is_none() => (first, 0),
            _ => (i, letters),
        };
        let main = roles.iter().find(|r| r.of != OfWhom::Nobody).or(roles.first())?.clone();
        let specific = roles.iter().any(|r| r.of != OfWhom::Nobody);
        // The nearest bearer, looking back and then forward (a headline or a lead names the office first).
        let bears = |e: &Ent| {
            e.kind == Kind::Person
                && e.merged.is_none()
                && (e.roles.iter().any(|r| {
                    // A counterpart is of another state than the one whose title says none.
                    let one_state = |q: &RoleFound| if counterpart.is_some() { r.of == q.of && q.of != OfWhom::Nobody } else { compatible(&r.of, &q.of) };
                    roles.iter().any(|q| (r.title == q.title || broad(&q.title, &r.title)) && one_state(q))
                }) || e.actor.is_some_and(|a| specific && roles.iter().any(|q| self.held(a, q) && e.roles.is_empty())))
        };
        let nearest = |own: bool| {
            let ours = |e: &Ent| e.roles.iter().any(|r| roles.iter().any(|q| q.title == r.title) && !matches!(&r.of, OfWhom::State(s) if Some(s) != self.home.as_ref()));
            self.s
                .phrases
                .iter()
                .rev()
                .take(super::MANY)
                .flat_map(|p| p.ents.iter())
                .map(|&e| self.doc().root(e))
                .find(|&e| bears(&self.s.ents[e as usize]) && (!own || ours(&self.s.ents[e as usize])))
        };
        // A title that says nothing of a state is the home office's, where the outlet has a home and its officer was named.
        let back = nearest(!specific && self.home.is_some()).or_else(|| nearest(false));
        // An office of no state named is not that of the counterpart, who was told of by his own (`نظيره الروسي` … `وزير الخارجية الروسي`).
        let stateless = |e: EntId| self.s.ents[e as usize].nameless && self.s.ents[e as usize].roles.iter().all(|r| r.of == OfWhom::Nobody);
        let same = |e: &Ent| {
            let one = |r: &RoleFound| roles.iter().any(|q| r.title == q.title && r.of == q.of && q.of != OfWhom::Nobody);
            e.nameless && e.merged.is_none() && e.kind == Kind::Person && e.roles.iter().any(one)
        };
        let back = match back {
            Some(e) if specific && stateless(e) => self.s.ents.iter().position(same).map_or(Some(e), |x| Some(x as EntId)),
            other => other,
        };
        let ent = match back {
            Some(e) => e,
            None => {
                let words = end - i;
                // `المنتخب ونظيره الماليزي`: a counterpart without an office is no person.
                if counterpart.is_some() && roles.iter().all(|r| r.title == "other") {
                    return None;
                }
                if !specific && words < 2 && counterpart.is_none() {
                    return None;
                }
                let key = format!("{}|{:?}", main.title, main.of);
                let id = self.lex.titles.get(main.title_id as usize).map_or(String::new(), |t| format!("title:{}", t.id));
                let (e, new) = self.entity(Kind::Person, key, (i, end, letters), (id, "title-alone"));
                if new {
                    self.s.ents[e as usize].nameless = true;
                    self.s.ents[e as usize].feminine = feminine;
                }
                e
            }
        };
        if self.s.ents[ent as usize].nameless {
            self.add_roles(ent, roles);
        }
        self.mention(Mention { start: i as u32, end: end as u32, letters, ent, by_title: true });
        self.phrase(Phrase { start: i as u32, end: end as u32, letters, proclitics: self.clitics_at(i, letters), ents: vec![ent], unnamed: false, plural: false });
        Some(end)
    }

    /// Is the title in the indefinite accusative: a title again without its last alef?
    fn tanwin_title(&self, i: usize, letters: u8) -> bool {
        let word: String = self.fold(i).chars().skip(letters as usize).collect();
        let Some(stem) = self.lex.cut_end(&word, Shape::Accusative) else { return false };
        let node = self.lex.words.get(stem).and_then(|w| self.lex.phrases.step(sijill_lexicon::Trie::ROOT, w));
        node.is_some_and(|n| self.lex.phrases.payloads(n).any(|p| matches!(self.lex.links[p as usize], Link::Title(..))))
    }

    /// The person that `وهو` before token `i` (with an adverb between, at most) takes up.
    fn he(&self, i: usize) -> Option<EntId> {
        let pronoun = |k: usize| self.doc().tag(k, Tag::Relative) && self.ends(k, Shape::TakesUp);
        let at = [1, 2].into_iter().filter_map(|back| i.checked_sub(back)).find(|&k| pronoun(k))?;
        let p = self.latest().iter().filter(|p| (p.end as usize) <= at && p.end as usize + 3 > at).max_by_key(|p| p.end)?;
        match p.ents[..] {
            [one] if self.doc().ent(one).kind == Kind::Person => Some(self.doc().root(one)),
            _ => None,
        }
    }

    /// The person of these words: one met before, else a new one.
    fn person_of_words(&mut self, words: (usize, usize, u8), why: (String, &'static str)) -> EntId {
        let key = self.words_key(words.0, words.1, words.2);
        match self.same_person(&key) {
            Some(e) => e,
            None => self.entity(Kind::Person, key, words, why).0,
        }
    }

    /// A person already met under these words, or under words that these complete or shorten.
    fn same_person(&self, key: &str) -> Option<EntId> {
        if let Some(&e) = self.by_words.get(&(Kind::Person, key.to_owned())) {
            return Some(e);
        }
        let words: Vec<&str> = key.split_whitespace().collect();
        let mut hits: Vec<EntId> = Vec::new();
        // The nearest are meant; a text that names thousands is no article.
        for (e, ent) in self.s.ents.iter().enumerate().rev().take(NEAREST).rev() {
            if ent.kind != Kind::Person || ent.merged.is_some() || ent.nameless {
                continue;
            }
            let label = sijill_text::fold(&ent.label);
            let other: Vec<&str> = label.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()).collect();
            let squeeze = |w: &[&str]| w.concat();
            let same = squeeze(&other) == squeeze(&words)
                // Last name alone, or first and last of a longer name.
                || words.len() == 1 && other.len() > 1 && other.last() == words.last()
                || words.len() > 1 && other.len() > words.len() && other.first() == words.first() && (other.last() == words.last() || words.iter().all(|w| other.contains(w)))
                || words.len() > 1 && other.len() > words.len() && other[other.len() - words.len()..] == words[..];
            if same {
                hits.push(e as EntId);
            }
        }
        match hits[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Is the word the first or the last of the name of somebody whom only the article knows?
    pub(super) fn found_by_word(&self, m: &Match) -> bool {
        let word = self.doc().words(m.start, m.end, m.letters);
        let folded = sijill_text::fold(&word);
        self.s.ents.iter().rev().take(super::MANY / 10).any(|e| {
            let named = e.kind == Kind::Person && e.actor.is_none() && !e.nameless;
            named && {
                let label = sijill_text::fold(&e.label);
                let mut words = label.split(' ');
                words.next() == Some(folded.as_str()) || words.next_back() == Some(folded.as_str())
            }
        })
    }
}

/// The short name that begins at `i`. They are in the order of the text, one at a token.
pub(super) fn remembered(short: &[Match], i: usize) -> Option<&Match> {
    short.binary_search_by_key(&(i as u32), |m| m.start).ok().map(|k| &short[k])
}
