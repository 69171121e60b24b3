//! Titles: where one begins, how far it goes, and whose office it is by its words.

use super::Names;
use crate::doc::*;
use sijill_grammar::Match;
use sijill_lexicon::{Clitic, Count, Flag, Kind, Link, NONE, Of, Pos, Shape, Tag, Title};
use sijill_text::Kind as TokenKind;

/// The title that is said of movements as well as of states.
const LEADER: &str = "leader";
/// The most mentions back to which a bare noun for a body reaches.
const NEARBY: usize = 60;
/// How far before `نظيره` the one stands whose counterpart is meant, in tokens.
const REACH: usize = 60;

impl Names<'_> {
    pub(super) fn title_at(&self, i: usize) -> Option<(Match, u32, Count)> {
        self.s
            .matches_at(i)
            .iter()
            .filter_map(|m| if let Link::Title(t, c) = m.link { Some((*m, t, c)) } else { None })
            .max_by_key(|(m, _, c)| (m.end, std::cmp::Reverse(m.letters), matches!(c, Count::One(_))))
    }

    /// One title and whose it is. Returns the token after it.
    pub(super) fn title(&self, i: usize, m: &Match, title: u32) -> (RoleFound, usize) {
        let t = &self.lex.titles[title as usize];
        let n = self.s.tokens.len();
        let mut end = m.end as usize;
        let mut kind = t.title.clone();
        let mut of = t.of_id.as_deref().map_or(OfWhom::Nobody, |id| self.fixed_body(id));
        let mut former = false;
        let mut body = t.of == Of::Body;
        // A minister's portfolio, known or not.
        if matches!(kind.as_str(), "minister" | "deputy-minister") {
            let (to, portfolio) = self.portfolio(end);
            if to > end {
                if let Some(p) = portfolio.and_then(|p| self.lex.portfolios[p as usize].title.clone()).filter(|_| kind == "minister") {
                    kind = p;
                }
                end = to;
            }
        }
        // `وزير الخارجية والتعاون`: what is joined on to a title that has its portfolio in it.
        if matches!(kind.as_str(), "foreign-minister" | "defence-minister") && matches!(m.link, Link::Title(_, Count::One(_))) {
            let joined = |l| matches!(l, Link::Portfolio(_)).then_some(());
            while let Some((p, _)) = self.doc().longest(end, joined).filter(|(p, _)| p.proclitics.has(Clitic::And) && p.letters == 1 && self.joined_definite(end)) {
                end = p.end as usize;
            }
        }
        // `رئيس جمهورية النيجر`, `أمير منطقة الرياض`: the last word of the title opens the name of the state, region or body.
        if end > i {
            let inner = self.s.mention_of[end - 1];
            if inner != NONE {
                let x = self.s.mentions[inner as usize];
                if x.start as usize > i && (x.start as usize) < end && x.end as usize > end {
                    let ent = &self.s.ents[x.ent as usize];
                    let whose = match ent.kind {
                        Kind::Country => Some(OfWhom::State(ent.country.clone().unwrap_or_default())),
                        Kind::Person => None,
                        // The office is the state's where the title is: its body only carries the state's name.
                        Kind::Organization if t.of == Of::State => ent.country.clone().map(OfWhom::State),
                        _ => Some(OfWhom::Ent(x.ent)),
                    };
                    if let Some(w) = whose {
                        // Also where the title's own words mean one (`سفير المملكة`): `سفير المملكة المتحدة`.
                        of = w;
                        end = x.end as usize;
                    }
                }
            }
        }
        for _ in 0..4 {
            if end >= n {
                break;
            }
            if self.doc().tag(end, Tag::Former) {
                former = true;
                end += 1;
                continue;
            }
            // `(البنتاغون)`: another name of the body.
            if self.doc().mark(end) == Some('(') && !matches!(of, OfWhom::Nobody) {
                match (end + 1..(end + 6).min(n)).find(|&t| self.doc().mark(t) == Some(')')) {
                    Some(close) if close + 1 < n && self.s.tokens[close + 1].kind == TokenKind::Word && self.unknown_name(close + 1, true, false).0 > close + 1 => {
                        end = close + 1;
                        continue;
                    }
                    _ => break,
                }
            }
            // `رئيس روسيا`: the state's name, though its letters are also an adjective's in the indefinite accusative.
            let state = self.named_at(end, &[Kind::Country]).is_some();
            if !state && let Some((c, next, cl)) = self.demonym_at(end) {
                if cl.0 & !(Clitic::Article as u8) == 0
                    && !matches!(of, OfWhom::Ent(_))
                    && self.within_title(i, end)
                    && (cl.has(Clitic::Article) || self.doc().definite(end) || self.s.flags[end] & Flag::Given as u32 == 0 || end == i + 1 && !self.doc().definite(i))
                {
                    of = OfWhom::State(self.iso(c));
                    end = next;
                    continue;
                }
                // `ولي عهد السعودية`, `زعيم كوريا الشمالية`: the letters of an adjective, and the state's name.
                if self.named_at(end, &[Kind::Country]).is_none() {
                    break;
                }
            }
            // `المتحدث باسم الرئيس الروسي`, `المستشار السياسي للأمين العام`: he serves an office, and is of its state or body.
            if of == OfWhom::Nobody
                && serves(&kind, &t.id)
                && let Some((at, inner, which)) = self.served_office(i, end, t)
            {
                let (office, after) = self.title(at, &inner, which);
                // `الأمين العام` alone is that of the forum named first.
                of = match office.of {
                    OfWhom::Nobody if office.title == "forum-head" => self.first_forum().map_or(OfWhom::Nobody, OfWhom::Ent),
                    whose => whose,
                };
                end = after;
                continue;
            }
            // `محلل أمني عراقي`: an adjective of his field between an indefinite title and its state.
            if end == m.end as usize && self.field_adjective(end) {
                end += 1;
                continue;
            }
            // Directly, or behind the preposition that such a title takes.
            let kinds = [Kind::Country, Kind::Organization, Kind::Forum, Kind::Place];
            let link = t.link.iter().any(|l| l == self.fold(end));
            // An ambassador's post stands behind the prepositions of a post only (`طلب السفير من المجلس`).
            let preposition = self.doc().tag(end, Tag::Preposition) && !matches!(kind.as_str(), "ambassador" | "envoy");
            let posted = matches!(kind.as_str(), "ambassador" | "envoy");
            let locative = self.doc().tag(end, Tag::Locative) && !(kind == "ambassador" && self.doc().tag(end, Tag::Direction));
            let linked = link || locative || preposition || !posted && self.link_word(end);
            let at = if (linked || self.lone_lam(end)) && self.named_at(end, &kinds).is_none() { end + 1 } else { end };
            // `زعيم «حزب الله» اللبناني`: the body's name alone in quotation marks.
            let quoted = self.doc().quote_at(at).is_some_and(|q| self.named_at(at + 1, &[Kind::Organization, Kind::Forum]).is_some_and(|(_, to)| to == q.close as usize));
            let (at, quoted) = if quoted { (at + 1, 1) } else { (at, 0) };
            if let Some((e, next)) = self.named_at(at, &kinds).map(|(e, to)| (e, to + quoted)) {
                let letters = self.s.mentions[self.s.mention_of[at] as usize].letters;
                let cl = self.clitics_at(at, letters);
                let ent = &self.s.ents[e as usize];
                // He is sent to a state, and goes to a city (`غادر السفير إلى عدن`).
                if kind == "ambassador" && ent.kind == Kind::Place && at > end && self.doc().tag(end, Tag::Direction) {
                    break;
                }
                let direction = at > end && self.doc().tag(end, Tag::Direction);
                // `وزير الدولة بوزارة الخارجية`: the ministry he belongs to.
                let ministry = matches!(kind.as_str(), "minister" | "deputy-minister") && ent.kind == Kind::Organization && cl.has(Clitic::With);
                let fits = if link && at > end || ministry || quoted > 0 && !self.doc().definite(end - 1) {
                    true
                } else if at > end || cl.governs() {
                    posted || body && !direction || matches!(ent.kind, Kind::Country | Kind::Place) && !direction && !linked_to_city(ent.kind, at > end)
                } else {
                    !cl.joins()
                };
                // A definite title is complete: what follows bare is the verb's (`زار وزير الخارجية القاهرة`).
                let complete = at == end
                    && letters == 0
                    && !self.begins(end, Shape::ForArticle)
                    && matches!(ent.kind, Kind::Country | Kind::Place)
                    && self.doc().definite(end - 1)
                    && of == OfWhom::Nobody;
                if !fits || complete || (letters > 0 && !cl.governs()) {
                    break;
                }
                let fresh = of == OfWhom::Nobody;
                // An ambassador's post is not whose ambassador he is.
                // … but `المندوب الدائم للمملكة` is hers.
                let hers = kind == "ambassador" && at == end && (cl.has(Clitic::For) || self.begins(end, Shape::ForArticle));
                if fresh && (hers || !(posted && (at > end || cl.governs()) && ent.kind != Kind::Forum && ent.kind != Kind::Organization)) {
                    of = match ent.kind {
                        Kind::Country => OfWhom::State(ent.country.clone().unwrap_or_default()),
                        _ if ministry => ent.country.clone().map_or(OfWhom::Nobody, OfWhom::State),
                        _ => OfWhom::Ent(e),
                    };
                } else if !fresh && !posted && !body {
                    break;
                }
                end = next;
                if body && at > end {
                    body = false;
                }
                continue;
            }
            // `المبعوث الأمريكي الخاص إلى …`, `رئيس الوزراء العراقي المكلف فلان`: an adjective behind that of the state.
            if matches!(of, OfWhom::State(_))
                && end > m.end as usize
                && end + 1 < n
                && self.plain_definite(end)
                && self.s.flags[end] & Flag::Given as u32 == 0
                && self.demonym_at(end - 1).is_some()
            {
                let next = end + 1;
                let person = self.named_at(next, &[Kind::Person]).is_some() || self.doc().flag(next, Flag::Given) && self.unknown_name(next, true, false).0 > next + 1;
                let post = matches!(kind.as_str(), "ambassador" | "envoy") && (self.doc().tag(next, Tag::Direction) || t.link.iter().any(|l| l == self.fold(next)));
                if person || post {
                    end += 1;
                    continue;
                }
            }
            // `والي كسلا المكلف، الأستاذ فلان`: an adjective before the name that a comma sets off.
            if end > m.end as usize
                && end + 2 < n
                && self.plain_definite(end)
                && self.doc().readings(end).any(|(_, r)| r.pos() == Pos::PassiveParticiple)
                && self.doc().comma(end + 1)
                && self.names_somebody(end + 2, &[])
            {
                end += 1;
                continue;
            }
            // `المتحدث باسم الائتلاف في المنفى فلان`
            if of != OfWhom::Nobody
                && self.doc().tag(end, Tag::Locative)
                && end + 2 < n
                && self.plain_definite(end + 1)
                && self.s.flags[end + 1] & Flag::Common as u32 != 0
                && self.doc().flag(end + 2, Flag::Given)
                && self.unknown_name(end + 2, true, false).0 > end + 3
            {
                end += 2;
                continue;
            }
            // `المسؤول الإعلامي للجناح العسكري لحزب …`: a part of the body before the body.
            if body && of == OfWhom::Nobody {
                let to = self.definite_nouns(end, !self.doc().definite(end - 1), 3);
                // … which may stand behind a preposition (`مدير العمليات الإنسانية في الأمم المتحدة`).
                let at = if self.doc().tag(to, Tag::Locative) && !self.doc().tag(to, Tag::Direction) { to + 1 } else { to };
                if to > end && self.named_at(at, &[Kind::Organization, Kind::Forum]).is_some() {
                    end = to;
                    continue;
                }
            }
            // `الملك`, `الدائم`, `الخاص`: an adjective that goes with the title, where a name or a state follows.
            if self.plain_definite(end)
                && (m.end as usize == end || body)
                && self.doc().definite(m.end as usize - 1)
                && end + 1 < n
                && (self.demonym_at(end + 1).is_some()
                    || self.starts_title(end + 1)
                    // `الرئيس الشرعي فلان`, where the register knows him for one.
                    || t.of == Of::State && self.named_at(end + 1, &[Kind::Person]).is_some_and(|(e, _)| self.s.ents[e as usize].actor.is_some_and(|a| self.lex.actors[a as usize].offices.iter().any(|o| o.title == kind))))
            {
                end += 1;
                continue;
            }
            break;
        }
        if t.of == Of::Body && of == OfWhom::Nobody {
            of = self.body_within(i, end).or_else(|| self.body_meant(end - 1)).map_or(OfWhom::Nobody, OfWhom::Ent);
        }
        if kind == "head-of-state"
            && let OfWhom::Ent(e) = of
        {
            kind = self.headship(e, t.id == LEADER).to_owned();
        }
        // `زعيم الرابطة`: of something that nobody knows, but of no state.
        let noun = |end: usize| end < n && self.doc().definite(end) && self.s.mention_of[end] == NONE && self.s.time_of[end] == NONE && !self.starts_title(end);
        if t.id == LEADER && of == OfWhom::Nobody && end == m.end as usize && !self.doc().definite(end - 1) && noun(end) && self.demonym_at(end).is_none() {
            kind = "party-official".to_owned();
            if let Some(body) = self.body_meant(end) {
                of = OfWhom::Ent(body);
            }
        }
        (RoleFound { title: kind, title_id: title, of, start: i as u32, end: end as u32, former }, end)
    }

    /// `ل` set apart from a name in quotation marks (`الأمين العام لـ"كتائب …"`).
    fn lone_lam(&self, i: usize) -> bool {
        let mark = |p: &sijill_lexicon::Proclitic| p.kind == Clitic::For && self.fold(i).strip_prefix(p.letter) == Some("");
        self.s.tokens[i].kind == TokenKind::Word && self.doc().quote_mark(i + 1) && self.lex.proclitics.iter().any(mark)
    }

    /// The office that the bearer of a title serves, behind the title's own preposition (`باسم الرئيس`), behind `ل`
    /// (`المستشار السياسي للأمين العام`), or in construct (`مبعوث رئيس الوزراء`): where it begins, and which it is.
    fn served_office(&self, i: usize, end: usize, t: &Title) -> Option<(usize, Match, u32)> {
        let linked = t.link.iter().any(|l| l == self.fold(end));
        let at = if linked { end + 1 } else { end };
        let (inner, which, count) = self.title_at(at)?;
        let of = &self.lex.titles[which as usize];
        let bare = inner.letters == 0 && (linked || !self.doc().definite(end - 1));
        let with_lam = !linked && inner.proclitics.has(Clitic::For);
        let fits = inner.start as usize > i && matches!(count, Count::One(_)) && (bare || with_lam) && !serves(&of.title, &of.id);
        fits.then_some((at, inner, which))
    }

    /// The forum that the article names first.
    fn first_forum(&self) -> Option<EntId> {
        (0..self.s.ents.len()).find(|&e| self.s.ents[e].kind == Kind::Forum && self.s.ents[e].merged.is_none()).map(|e| e as EntId)
    }

    /// An indefinite adjective of relation between an indefinite word and an indefinite demonym.
    fn field_adjective(&self, at: usize) -> bool {
        at > 0
            && at + 1 < self.s.tokens.len()
            && self.s.tokens[at].kind == TokenKind::Word
            && !self.doc().definite(at - 1)
            && !self.doc().definite(at)
            && self.ends(at, Shape::Relational)
            && self.s.tags[at] == 0
            && self.s.mention_of[at] == NONE
            && self.s.flags[at] & (Flag::Given as u32 | Flag::Demonym as u32) == 0
            && !self.doc().definite(at + 1)
            && self.s.flags[at + 1] & Flag::Given as u32 == 0
            && self.demonym_at(at + 1).is_some_and(|(_, _, c)| c.0 == 0)
    }

    /// The body whose whole name the words of a title hold (`رئيس الاستخبارات العامة`).
    fn body_within(&self, i: usize, end: usize) -> Option<EntId> {
        (i + 1..end).find_map(|t| {
            let m = self.s.mention_of[t];
            let m = self.s.mentions.get(m as usize).filter(|_| m != NONE)?;
            let body = matches!(self.s.ents[m.ent as usize].kind, Kind::Organization | Kind::Forum);
            (body && m.start as usize == t && m.end as usize <= end).then_some(m.ent)
        })
    }

    /// The body named last whose name begins with the noun that stands bare at `t` (`جمعية البر` … `رئيس الجمعية`).
    pub(super) fn body_meant(&self, t: usize) -> Option<EntId> {
        if !self.doc().flag(t, Flag::OrgHead) || self.s.mention_of[t] != NONE {
            return None;
        }
        let bare = |w: &str| self.lex.cut(w, Shape::Article).unwrap_or(w).to_owned();
        let noun = self.lex.cut(self.fold(t), Shape::Article)?;
        self.s.mentions.iter().rev().take(NEARBY).find_map(|m| {
            let named = m.start < m.end && (m.end as usize) <= t && matches!(self.s.ents[m.ent as usize].kind, Kind::Organization | Kind::Forum);
            let first = || -> String { self.fold(m.start as usize).chars().skip(m.letters as usize).collect() };
            (named && bare(&first()) == noun).then_some(m.ent)
        })
    }

    /// What the head of something that is no state is, by what he heads. `leader`: the word is said of movements.
    fn headship(&self, of: EntId, leader: bool) -> &'static str {
        match self.s.ents[of as usize].kind {
            Kind::Forum => "forum-head",
            Kind::Place => "governor",
            _ if leader => "party-official",
            _ => match self.sector(of) {
                Some("LEG") => "speaker-of-parliament",
                Some("PTY" | "REB" | "UAF" | "OPP") => "party-official",
                _ => "executive",
            },
        }
    }

    /// The sector of a body: the register's, or that of the head of its name.
    fn sector(&self, of: EntId) -> Option<&str> {
        let ent = &self.s.ents[of as usize];
        match ent.actor {
            Some(a) => self.lex.actors[a as usize].sector.as_deref(),
            None => ent.why.0.split_once(':').and_then(|(_, id)| self.lex.heads.iter().find(|h| h.id == id)).and_then(|h| h.sector.as_deref()),
        }
    }

    /// Is token `end` free, or only part of a body whose name began inside the title at `i` (`رئيس مجلس الوزراء السعودي`)?
    fn within_title(&self, i: usize, end: usize) -> bool {
        let m = self.s.mention_of[end];
        m == NONE
            || (self.s.mentions[m as usize].start as usize > i
                && (self.s.mentions[m as usize].start as usize) < end
                && self.s.ents[self.s.mentions[m as usize].ent as usize].kind == Kind::Organization)
    }

    /// The state or body of an office that is always the same one's.
    fn fixed_body(&self, id: &str) -> OfWhom {
        if id.len() == 3 && id.bytes().all(|b| b.is_ascii_uppercase()) {
            return OfWhom::State(id.to_owned());
        }
        let actor = [Kind::Forum, Kind::Organization, Kind::Place].into_iter().find_map(|k| self.lex.actor_by_id(k, id));
        actor.map_or(OfWhom::Nobody, |a| self.by_actor.get(&a).map_or(OfWhom::Register(a), |&e| OfWhom::Ent(e)))
    }

    fn link_word(&self, i: usize) -> bool {
        let clause = [Tag::That, Tag::Relative, Tag::Conjunction, Tag::Subordinator, Tag::Conditional].into_iter().any(|t| self.doc().tag(i, t));
        !clause && self.doc().flag(i, Flag::Function) && self.s.tokens[i].kind == TokenKind::Word && self.named_at(i + 1, &[Kind::Organization, Kind::Forum]).is_some()
    }

    /// The words of a ministry behind `وزير`: known ones, else definite nouns in series.
    fn portfolio(&self, from: usize) -> (usize, Option<u32>) {
        let n = self.s.tokens.len();
        let mut end;
        let mut which = None;
        if let Some((m, p)) = self.doc().longest(from, |l| if let Link::Portfolio(p) = l { Some(p) } else { None }).filter(|(m, _)| m.letters == 0) {
            end = m.end as usize;
            which = Some(p);
        } else if from < n && self.plain_definite(from) && self.demonym_at(from).is_none() && self.s.flags[from] & Flag::Given as u32 == 0 {
            end = from + 1;
        } else {
            return (from, None);
        }
        let mut words = 0;
        while end < n && words < 8 {
            let joined = self.joined_definite(end) && self.demonym_at(end).is_none();
            let plain = self.plain_definite(end) && self.demonym_at(end).is_none() && !self.doc().flag(end, Flag::Given) && self.s.flags[end] & Flag::Common as u32 != 0;
            // `استصلاح الأراضي` joined on: an indefinite noun with its definite second part.
            let construct = end + 1 < n
                && self.begins(end, Shape::And)
                && self.s.flags[end] != 0
                && self.plain_definite(end + 1)
                && self.s.mention_of[end] == NONE
                && !self.starts_title(end)
                && self.s.flags[end] & (Flag::Frame as u32 | Flag::Speech as u32) == 0;
            if construct {
                end += 2;
                words += 2;
            } else if joined || plain {
                end += 1;
                words += 1;
            } else {
                break;
            }
        }
        (end, which)
    }

    /// May this title stand for its bearer without a name?
    pub(super) fn office(&self, r: &RoleFound) -> bool {
        let first = r.start as usize;
        // `ممثلة في المجلس`, `محافظا لعدن`: what somebody or something is, not who.
        let loose = || {
            let next = first + 1;
            // `سفير لاوس`, `سفير جنوب أفريقيا`: the name begins like a preposition.
            let name = self.s.mentions.get(self.s.mention_of[next.min(self.s.tokens.len() - 1)] as usize).is_some_and(|m| m.start as usize == next && m.letters == 0);
            !self.doc().definite(first)
                && !name
                && r.end as usize > next
                && (self.doc().tag(next, Tag::Preposition) || self.s.analyses_at(next).iter().any(|a| a.proclitics.has(Clitic::For)))
        };
        match r.title.as_str() {
            "ambassador" | "envoy" | "governor" | "executive" if loose() => false,
            // `مساعدة الحكومة`: help.
            "adviser" if self.feminine_word(first) && self.lex.titles.get(r.title_id as usize).is_some_and(|t| t.id == "aide") => false,
            "head-of-state"
            | "monarch"
            | "crown-prince"
            | "head-of-government"
            | "deputy-head-of-government"
            | "foreign-minister"
            | "defence-minister"
            | "minister"
            | "deputy-minister"
            | "ambassador"
            | "envoy"
            | "forum-head"
            | "speaker-of-parliament"
            | "governor"
            | "first-lady" => true,
            "spokesperson" => r.of != OfWhom::Nobody,
            // A body or state behind it, directly: not where he is (`صحفي في سنغافورة`) or what it is about.
            "military-officer"
                if r.end - r.start > 1 && self.lex.titles.get(r.title_id as usize).is_some_and(|t| matches!(t.id.as_str(), "chief-of-staff" | "commander-forces")) =>
            {
                true
            }
            "military-officer" if self.lex.titles.get(r.title_id as usize).is_some_and(|t| t.of == Of::None) => false,
            "military-officer" | "party-official" | "legislator" | "adviser" => {
                r.of != OfWhom::Nobody
                    && r.end - r.start > 1
                    && !(r.start + 1..r.end).any(|t| self.doc().tag(t as usize, Tag::Locative))
                    && !self.doc().readings(r.start as usize).any(|(a, _)| a.pronoun().is_some())
            }
            "other" | "executive" => {
                let id = self.lex.titles.get(r.title_id as usize).map_or("", |t| t.id.as_str());
                id == "deputy-crown-prince"
                    || matches!(
                        id,
                        "deputy-crown-prince"
                            | "vice-president"
                            | "deputy-secretary-general"
                            | "chief-of-office"
                            | "intelligence-chief"
                            | "president-elect"
                            | "pm-designate"
                            | "consul"
                            | "icc-prosecutor"
                            | "cia-director"
                            | "fbi-director"
                            | "cleric"
                            | "prosecutor-judge"
                            | "central-bank-governor"
                            | "chief-executive"
                            | "observatory-head"
                    ) && r.of != OfWhom::Nobody
            }
            _ => false,
        }
    }

    /// The title that `نظيره` repeats: that of the person named last before it.
    pub(super) fn counterpart_title(&self, i: usize) -> Option<(String, u32)> {
        let last = self.latest().iter().filter(|p| (p.end as usize) <= i && p.end as usize + REACH > i && p.ents.len() == 1).max_by_key(|p| p.end)?;
        // Who only gives a body its name has no counterpart (`نظام فلان`).
        if (last.start as usize).checked_sub(1).is_some_and(|b| self.doc().flag(b, Flag::OrgHead)) {
            return None;
        }
        let ent = self.doc().ent(last.ents[0]);
        let office = ent.roles.iter().find(|r| matches!(r.of, OfWhom::State(_))).or(ent.roles.first());
        if let Some(r) = office {
            return Some((r.title.clone(), r.title_id));
        }
        let a = ent.actor?;
        let title = self.lex.actors[a as usize].offices.last()?.title.clone();
        let id = self.lex.titles.iter().position(|t| t.title == title)? as u32;
        Some((title, id))
    }
}

/// Is this a title of one who serves another's office?
pub(super) fn serves(kind: &str, id: &str) -> bool {
    matches!(kind, "spokesperson" | "adviser" | "envoy" | "first-lady") || matches!(id, "chief-of-office" | "royal-kin" | "lawyer")
}

fn linked_to_city(kind: Kind, linked: bool) -> bool {
    linked && kind == Kind::Place
}
