//! Bodies built by rule: a head (`وزارة`, `حزب`) with what completes it, and what is known of them only later.
//!
//! `bodies` runs before the people, for titles speak of bodies; `bodies_of_people`, `unify_bodies` and `bare_bodies` run after them.

use super::Names;
use crate::doc::*;
use rustc_hash::FxHashMap;
use sijill_grammar::Clitics;
use sijill_lexicon::inflect::Gender;
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, NameKind, Pos, Shape, Tag};
use sijill_text::Kind as TokenKind;

/// The most words of a body's name in quotation marks.
const QUOTED_WORDS: usize = 5;

impl Names<'_> {
    pub(super) fn bodies(&mut self) {
        let n = self.s.tokens.len();
        let mut i = 0;
        while i < n {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word {
                i += 1;
                continue;
            }
            let Some((head, after, clitics, letters)) = self.head_at(i, Flag::OrgHead) else {
                i += 1;
                continue;
            };
            i = self.body(i, head, after, clitics, letters).unwrap_or(i + 1);
        }
    }

    fn body(&mut self, i: usize, head: u32, after: usize, clitics: Clitics, letters: u8) -> Option<usize> {
        // A title of the same letters goes before (`الفريق فلان`).
        if self.title_at(i).is_some_and(|(m, _, _)| m.end as usize >= after && self.names_somebody(m.end as usize, &[])) {
            return None;
        }
        let h = &self.lex.heads[head as usize];
        let definite = clitics.has(Clitic::Article) || (i..after).any(|t| self.doc().definite(t));
        let mut end = after;
        let mut country = None;
        let mut known: Option<EntId> = None;
        let mut complete = false;
        // Two states have it together (`مجلس التنسيق السعودي العراقي`).
        let mut joint = false;
        // The token behind the state's adjective or name.
        let mut nation = usize::MAX;
        if h.portfolio
            && let Some((m, _)) = self.doc().longest(end, |l| if let Link::Portfolio(p) = l { Some(p) } else { None }).filter(|(m, _)| m.letters == 0)
        {
            end = m.end as usize;
            complete = true;
            // `وزارة التربية والتعليم والبحث`: definite nouns joined on.
            while end < self.s.tokens.len() && self.joined_definite(end) {
                end += 1;
            }
        }
        if h.name && !complete {
            // A body that the register knows by its bare name takes its head along (`تنظيم داعش`).
            let mission = h.country && !h.definite && h.sector.as_deref() == Some("GOV");
            if mission
                && !definite
                && let Some((_, to)) = self.named_at(end, &[Kind::Forum])
                && self.s.mentions[self.s.mention_of[end] as usize].letters == 0
            {
                // `بعثة مجلس التعاون في اليمن`: with the state that it is sent to.
                let sent = if self.doc().tag(to, Tag::Locative) { self.named_at(to + 1, &[Kind::Country]) } else { None };
                end = sent.map_or(to, |(_, to)| to);
                complete = true;
            } else if let Some((e, to)) = self.named_at(end, &[Kind::Organization, Kind::Person, Kind::Country, Kind::Place]) {
                // A name completes a construct (`حكومة فلان`), not a definite head (`الحكومة`).
                if self.s.mentions[self.s.mention_of[end] as usize].letters == 0 && !(definite && after == i + 1) {
                    if self.s.ents[e as usize].kind == Kind::Organization {
                        // `صحيفة`, `وكالة` only announce a known outlet.
                        if h.media {
                            return None;
                        }
                        known = Some(e);
                    }
                    // What a person gives its name to is entered with the people.
                    if self.s.ents[e as usize].kind == Kind::Person && matches!(h.sector.as_deref(), Some("GOV" | "MIL" | "REB" | "PTY" | "UAF")) {
                        return None;
                    }
                    if self.s.ents[e as usize].kind == Kind::Country {
                        country = self.s.ents[e as usize].country.clone();
                        nation = to;
                    }
                    // The city in `جامعة القاهرة` is not spoken of, nor is its government.
                    let inner = self.s.mention_of[end] as usize;
                    let capital =
                        self.s.ents[e as usize].actor.is_some_and(|a| self.s.matches_at(end).iter().any(|x| x.end as usize == to && x.link == Link::Name(a, NameKind::Capital)));
                    if capital && !matches!(h.sector.as_deref(), Some("GOV" | "MIL" | "REB" | "PTY" | "UAF")) {
                        self.s.mentions[inner].end = self.s.mentions[inner].start;
                    }
                    end = to;
                    complete = true;
                }
            } else if let Some((e, to)) = self.quoted_body(end).filter(|_| !h.media && !(definite && after == i + 1)) {
                (known, end, complete) = (Some(e), to, true);
            } else if let Some(to) = self.quoted_name(end) {
                end = to;
                complete = true;
            } else if (!definite || after > i + 1) && !self.only_qualified(i, end) {
                // A man's by-name is the whole complement (`إدارة ترامب`).
                let to = self.by_name(end).unwrap_or_else(|| self.proper_words(end, 4));
                if to > end {
                    end = to;
                    complete = true;
                }
            }
        }
        if h.number
            && !complete
            && let Some(to) = self.numbered(end, definite && after == i + 1)
        {
            end = to;
            complete = true;
        }
        // What acts is a body, though its name has words of the language only (`أعلنت جماعة أنصار الفرقان`).
        if h.name
            && !complete
            && !definite
            && after == i + 1
            && matches!(h.sector.as_deref(), Some("PTY" | "REB" | "UAF" | "JRN"))
            && h.sort.as_deref() != Some("announced")
            && self.acting(i, h.media, clitics)
        {
            end = self.any_name(end);
            complete = end > after;
        }
        if h.phrase && !complete {
            let to = if definite && after == i + 1 { end } else { self.definite_nouns(end, !definite, 4) };
            if to > end {
                end = to;
                complete = true;
            }
        }
        // What stands before the state's name tells the body, however the state is added.
        let core = if nation == end { after } else { end };
        let full = h.portfolio && !complete;
        if (h.nationality || complete) && !full {
            let mut to = end;
            // An adjective or two may stand between (`القوات المسلحة المصرية`).
            let mut steps = 0;
            while steps < 2 && to < self.s.tokens.len() && self.demonym_at(to).is_none() && self.plain_definite(to) && definite {
                to += 1;
                steps += 1;
            }
            if let Some((c, next, cl)) = self.demonym_at(to) {
                let agrees = cl.has(Clitic::Article) || self.doc().definite(to);
                // A single head and its adjective agree in gender (`الخارجية الروسية`, not `وزير الخارجية الروسي`).
                if to == i + 1 && next == to + 1 && self.feminine_word(i) && !self.feminine_word(to) {
                    return None;
                }
                // An indefinite head with an indefinite adjective names none in particular (`قوات إيرانية`).
                if (agrees && definite || complete) && cl.0 & !(Clitic::Article as u8) == 0 {
                    end = next;
                    country = Some(self.iso(c));
                    complete = true;
                    if let Some(to) = self.second_state(c, next) {
                        (end, country, joint) = (to, None, matches!(h.sector.as_deref(), Some("GOV" | "IGO")));
                    }
                    if to == core {
                        nation = next;
                    }
                    // `الوكالة السورية للأنباء`
                    if h.media || h.phrase || matches!(h.sector.as_deref(), Some("EDU" | "CVL" | "NGO" | "REL" | "BUS" | "LAB" | "MED")) {
                        let to = self.definite_nouns(end, false, 3);
                        end = if to > end { to } else { self.purpose(end) };
                    }
                }
            }
        }
        if h.country && country.is_none() {
            if let Some((e, to)) = self.named_at(end, &[Kind::Country]) {
                if self.s.mentions[self.s.mention_of[end] as usize].letters == 0 {
                    country = self.s.ents[e as usize].country.clone();
                    end = to;
                    nation = to;
                    complete = true;
                }
            } else if complete
                && !(definite && after > i + 1)
                && self.doc().tag(end, Tag::Locative)
                && self.named_at(end + 1, &[Kind::Country, Kind::Place]).is_some_and(|(_, to)| to > end + 1)
            {
                let (e, to) = self.named_at(end + 1, &[Kind::Country, Kind::Place])?;
                country = self.s.ents[e as usize].country.clone();
                end = to;
                if self.s.ents[e as usize].kind == Kind::Country {
                    nation = to;
                }
            }
        }
        // `مجلس الوزراء`, `الحرس الوطني`: a head of several words stands alone, with what `ل` adds.
        if !complete && h.definite && definite && after > i + 1 {
            complete = true;
            if let Some((e, to)) = self.named_at(end, &[Kind::Forum, Kind::Organization])
                && self.clitics_at(end, self.s.mentions[self.s.mention_of[end] as usize].letters).has(Clitic::For)
            {
                end = to;
                // The seat of an international body speaks for it (`الأمانة العامة لمنظمة …`).
                if self.s.ents[e as usize].kind == Kind::Forum {
                    known = Some(e);
                }
            }
        }
        let (named, mut seat) = (end, None);
        if h.seat && complete {
            (end, seat) = self.seat(end, country.is_some());
        }
        if !complete && after > i + 1 && self.spoken_for(i) {
            complete = true;
        }
        // What two states meet in is no body of one.
        if !complete || h.sector.as_deref() == Some("IGO") && !joint {
            return None;
        }
        // A person who only gives the body its name (`حكومة الرئيس فلان`) is left to the people.
        let ent = match known {
            Some(e) => e,
            None => {
                let why = (format!("org_head:{}", h.id), "head-and-complement");
                let kind = if joint { Kind::Forum } else { Kind::Organization };
                // `وزارة الداخلية البحرينية` and `وزارة الداخلية في البحرين` are one.
                let key = match &country {
                    Some(state) if nation == named => {
                        let words = self.words_key(i, core, letters);
                        let bare = self.lex.cut(&words, Shape::Article).unwrap_or(&words);
                        format!("{bare}|{state}")
                    }
                    _ => self.words_key(i, named, letters),
                };
                // `القنصلية السعودية` is the one in Istanbul where the article knows no other.
                let elsewhere = seat.is_some_and(|s| self.by_words.get(&(kind, key.clone())).and_then(|e| self.seats.get(e)).is_some_and(|&other| other != s));
                let key = if let (true, Some(s)) = (elsewhere, seat) { format!("{key}@{s}") } else { key };
                let (e, new) = self.entity(kind, key, (i, end, letters), why);
                if let Some(s) = seat {
                    self.seats.insert(e, s);
                }
                if new {
                    self.s.ents[e as usize].country = country;
                }
                e
            }
        };
        // Mentions inside keep their entity (a place in `وزارة الصحة في غزة`) but not their tokens.
        self.mention(Mention { start: i as u32, end: end as u32, letters, ent, by_title: false });
        Some(end)
    }

    /// The ordinal or number of a unit at `i` (`الفرقة الرابعة`, `اللواء 22`), behind a definite head or in construct (`كتيبة 12`).
    fn numbered(&self, i: usize, definite: bool) -> Option<usize> {
        if i >= self.s.tokens.len() || self.s.time_of[i] != NONE || self.s.mention_of[i] != NONE {
            return None;
        }
        let digits = self.s.tokens[i].kind == TokenKind::Number;
        let ordinal = definite && self.doc().definite(i) && self.s.ordinals.iter().any(|&(t, _)| t as usize == i);
        (digits || ordinal).then_some(i + 1)
    }

    /// Is the head at `i` said to do or to be something that only a body does or is: behind a verb of speech, a title, a word for its people
    /// (`مقاتلو`), or, of an outlet, addressed (`قال لقناة`) or quoted?
    fn acting(&self, i: usize, media: bool, clitics: Clitics) -> bool {
        if clitics.0 != 0 {
            return media && clitics.has(Clitic::For) && !clitics.joins();
        }
        let Some(b) = i.checked_sub(1).filter(|&b| self.s.tokens[b].kind == TokenKind::Word) else { return false };
        let d = self.doc();
        let says = d.flag(b, Flag::Speech) && d.readings(b).any(|(a, r)| r.pos().finite() && r.person() == 3 && a.pronoun().is_none() && self.lex.lemma(&r).has(Flag::Speech));
        let agrees = d.readings(b).any(|(_, r)| r.pos().finite() && (r.gender() == Gender::Feminine) == self.feminine_word(i));
        let of_party = |t: u32| self.lex.titles[t as usize].title == "party-official";
        let titled = self.s.matches_at(b).iter().any(|m| matches!(m.link, Link::Title(t, _) if of_party(t)) && m.end as usize == i) && !d.definite(b);
        let quoted = media && d.flag(b, Flag::Function) && d.tag(b, Tag::Preposition) && b > 0 && d.flag(b - 1, Flag::Speech);
        says && agrees || titled || quoted || d.flag(b, Flag::Group) && !d.definite(b)
    }

    /// A name of whatever words at `i`: a definite one (`النهضة`), or another and a definite one (`أنصار الفرقان`), with adjectives.
    fn any_name(&self, i: usize) -> usize {
        let d = self.doc();
        let n = self.s.tokens.len();
        let open = |t: usize| {
            t < n
                && d.is_word(t)
                && self.s.mention_of[t] == NONE
                && self.s.time_of[t] == NONE
                && self.s.tags[t] == 0
                && !self.s.junk[t]
                && !self.starts_title(t)
                && self.demonym_at(t).is_none()
        };
        let clean = |t: usize| open(t) && self.s.analyses_at(t).iter().all(|a| a.letters == 0 || a.readings.0 == a.readings.1 || !a.proclitics.governs());
        let first = if open(i) && d.definite(i) {
            i + 1
        } else if clean(i) && open(i + 1) && d.definite(i + 1) && ![Shape::Accusative, Shape::Feminine, Shape::Relational].into_iter().any(|shape| self.ends(i, shape)) {
            i + 2
        } else {
            return i;
        };
        let mut to = first;
        while to < first + 2 && open(to) && d.definite(to) && self.ends(to, Shape::Relational) {
            to += 1;
        }
        to
    }

    /// The town that a body stands in and the token behind it: joined on by `ب`, or behind another preposition where its state is told.
    fn seat(&self, end: usize, stated: bool) -> (usize, Option<EntId>) {
        let locative = stated && self.doc().tag(end, Tag::Locative) && !self.doc().tag(end, Tag::Direction);
        let at = if locative { end + 1 } else { end };
        let Some((e, to)) = self.named_at(at, &[Kind::Place, Kind::Country]) else { return (end, None) };
        let letters = self.s.mentions[self.s.mention_of[at] as usize].letters;
        let there = if locative { letters == 0 } else { self.clitics_at(at, letters).has(Clitic::With) };
        if there { (to, Some(e)) } else { (end, None) }
    }

    /// The token behind the adjective of a second state at `i`, bare or behind a dash.
    fn second_state(&self, first: u32, i: usize) -> Option<usize> {
        let at = if self.doc().dash(i) || self.s.tokens.get(i).is_some_and(|t| t.is_mark('-')) { i + 1 } else { i };
        let (c, to, cl) = self.demonym_at(at)?;
        (c != first && cl.0 & !(Clitic::Article as u8) == 0 && (cl.has(Clitic::Article) || self.doc().definite(at))).then_some(to)
    }

    /// Does the link of a title stand before token `i` (`المتحدث باسم`)?
    fn spoken_for(&self, i: usize) -> bool {
        let linked = |m: &sijill_grammar::Match| matches!(m.link, Link::Title(t, _) if self.lex.titles[t as usize].of == sijill_lexicon::Of::Body && self.lex.titles[t as usize].link.iter().any(|l| l.chars().nth(2).is_some() && l == self.fold(i - 1)));
        (2..=5).filter_map(|back| i.checked_sub(back)).any(|t| self.s.matches_at(t).iter().any(|m| m.end as usize + 1 == i && linked(m)))
    }

    /// The token behind a name in quotation marks that begins at `i` (`حزب "النهضة"`): a few words, none of them a verb.
    fn quoted_name(&self, i: usize) -> Option<usize> {
        let d = self.doc();
        let close = d.quote_at(i)?.close as usize;
        let word = |t: usize| self.s.tokens[t].kind == TokenKind::Word || self.s.tokens[t].kind == TokenKind::Foreign;
        // A body that is known by these words is entered already (`حركة "حماس"`).
        let known = |t: usize| {
            let m = self.s.mention_of[t];
            m != NONE && !matches!(self.s.ents[self.s.mentions[m as usize].ent as usize].kind, Kind::Place | Kind::Country)
        };
        let name =
            |t: usize| word(t) && !known(t) && !self.s.junk[t] && self.s.time_of[t] == NONE && !d.tag(t, Tag::That) && !(self.s.mention_of[t] == NONE && d.flag(t, Flag::Speech));
        (close > i + 1 && close <= i + 1 + QUOTED_WORDS && (i + 1..close).all(name)).then_some(close + 1)
    }

    /// The body that the register knows by a name alone in quotation marks at `i` (`تنظيم «داعش»`), and the token behind them.
    fn quoted_body(&self, i: usize) -> Option<(EntId, usize)> {
        let close = self.doc().quote_at(i)?.close as usize;
        self.named_at(i + 1, &[Kind::Organization]).filter(|(e, to)| *to == close && self.s.ents[*e as usize].actor.is_some()).map(|(e, _)| (e, close + 1))
    }

    /// The end of a man's by-name at `i`, written as it stands.
    fn by_name(&self, i: usize) -> Option<usize> {
        let person = |m: &&sijill_grammar::Match| matches!(m.link, Link::Name(a, NameKind::Short) if self.lex.actors[a as usize].kind == Kind::Person);
        self.s.matches_at(i).iter().filter(|m| m.letters == 0 && self.unknown(i)).filter(person).map(|m| m.end as usize).max()
    }

    /// `لجنة قطاعية`, `شبكة حاسوبية`: an indefinite feminine head with an adjective of relation in the same case names none.
    fn only_qualified(&self, i: usize, end: usize) -> bool {
        end == i + 1 && self.feminine_word(i) && end < self.s.tokens.len() && self.ends(end, Shape::RelationalFeminine) && !self.doc().definite(end) && !self.doc().quote_mark(end)
    }

    /// Definite nouns behind a head: in construct (`الأمن الاستراتيجي الوطني`) where `construct`, and what `ل` adds (`للطيران المدني`).
    pub(super) fn definite_nouns(&self, from: usize, construct: bool, most: usize) -> usize {
        let n = self.s.tokens.len();
        let plain = |i: usize| {
            i < n
                && self.plain_definite(i)
                && self.demonym_at(i).is_none()
                && !self.doc().flag(i, Flag::OrgHead)
                && !self.doc().flag(i, Flag::PlaceHead)
                && self.s.flags[i] & (Flag::Common as u32 | Flag::Class as u32 | Flag::NounFrame as u32 | Flag::Portfolio as u32 | Flag::Attribute as u32) != 0
        };
        let lam = |i: usize| {
            self.s.tokens[i].kind == TokenKind::Word
                && self.begins(i, Shape::ForArticle)
                && self.fold(i).chars().count() > 4
                && self.s.mention_of[i] == NONE
                && self.s.time_of[i] == NONE
                && self.s.flags[i] & (Flag::Common as u32 | Flag::Class as u32 | Flag::Portfolio as u32) != 0
                && !self.starts_title(i)
        };
        // What follows the first noun is an adjective of relation (`المدني`, `الاجتماعية`), else the next phrase of the sentence.
        let related = |i: usize| plain(i) && self.ends(i, Shape::Relational);
        let mut at = from;
        if construct && plain(at) {
            at += 1;
            while at - from < most && (related(at) || at < n && self.joined_definite(at) && self.s.flags[at] & Flag::Common as u32 != 0 && self.demonym_at(at).is_none()) {
                at += 1;
            }
        }
        if at < n && lam(at) && (at > from || !construct) {
            at += 1;
            while at - from < most && (related(at) || at < n && self.joined_definite(at) && self.s.flags[at] & Flag::Common as u32 != 0 && self.demonym_at(at).is_none()) {
                at += 1;
            }
        }
        at
    }

    /// What `ل` adds to a body's name, known or not: a definite noun (`للألغام`), a construct (`لحقوق الإنسان`).
    fn purpose(&self, i: usize) -> usize {
        let d = self.doc();
        let another = Flag::OrgHead as u32 | Flag::PlaceHead as u32 | Flag::Group as u32 | Flag::Unnamed as u32 | Flag::Honorific as u32 | Flag::Demonym as u32;
        let open =
            |t: usize| d.is_word(t) && self.s.mention_of[t] == NONE && self.s.time_of[t] == NONE && !self.s.junk[t] && self.s.flags[t] & another == 0 && !self.starts_title(t);
        if !open(i) {
            return i;
        }
        if self.begins(i, Shape::ForArticle) && self.fold(i).chars().count() > 4 {
            return i + 1;
        }
        let noun = d.readings(i).any(|(a, r)| a.proclitics.has(Clitic::For) && !a.proclitics.joins() && !r.pos().finite() && r.pos() != Pos::Function && a.pronoun().is_none());
        let whole = d.readings(i).any(|(a, _)| a.letters == 0);
        if noun && !whole && open(i + 1) && self.plain_definite(i + 1) { i + 2 } else { i }
    }

    /// Bodies that a person gives their name (`حكومة الرئيس بشار الأسد`): known once the people are.
    pub(super) fn bodies_of_people(&mut self) {
        let phrases: Vec<(u32, u32, EntId)> = self.s.phrases.iter().filter(|p| p.letters == 0 && p.ents.len() == 1 && !p.plural).map(|p| (p.start, p.end, p.ents[0])).collect();
        for (start, end, who) in phrases {
            let Some(i) = (start as usize).checked_sub(1) else { continue };
            if self.s.mention_of[i] != NONE || self.s.junk[i] || self.covered(i) || self.doc().root(who) != who && self.s.ents[self.doc().root(who) as usize].kind != Kind::Person {
                continue;
            }
            // `جامعة الملك سعود`, `مطار الملك خالد الدولي`: the man only gives the name.
            if self.named_after(i, start as usize, end as usize, who) {
                continue;
            }
            let Some((head, after, clitics, letters)) = self.head_at(i, Flag::OrgHead) else { continue };
            let h = &self.lex.heads[head as usize];
            if after != start as usize
                || !h.name
                || h.media
                || clitics.has(Clitic::Article)
                || self.doc().definite(i)
                || !matches!(h.sector.as_deref(), Some("GOV" | "MIL" | "REB" | "PTY" | "UAF"))
                || self.doc().ent(who).nameless
            {
                continue;
            }
            let country = crate::phrases::state_of(&self.doc(), who);
            // The same body by a shorter or longer form of the same man's name.
            let key = format!("{}|{}", h.id, self.doc().root(who));
            let (ent, new) = self.entity(Kind::Organization, key, (i, end as usize, letters), (format!("org_head:{}", h.id), "head-and-person"));
            if new {
                self.s.ents[ent as usize].country = country;
            }
            self.s.mentions.push(Mention { start: i as u32, end, letters, ent, by_title: false });
        }
    }

    /// A site or a body of learning, trade or charity that is named after a man: he is not spoken of.
    fn named_after(&mut self, i: usize, start: usize, end: usize, who: EntId) -> bool {
        let place =
            self.head_at(i, Flag::PlaceHead).filter(|(h, after, c, _)| *after == start && self.lex.heads[*h as usize].sort.as_deref() == Some("site") && !c.has(Clitic::Article));
        let body = self.head_at(i, Flag::OrgHead).filter(|(h, after, c, _)| {
            let h = &self.lex.heads[*h as usize];
            *after == start && h.name && !c.has(Clitic::Article) && matches!(h.sector.as_deref(), Some("EDU" | "CVL" | "BUS" | "NGO" | "REL")) && !h.media
        });
        // A company's name may be its owner's; a title says that the name honours somebody.
        let honoured = || self.s.mentions.iter().any(|m| m.ent == who && !m.by_title && m.start as usize > start && (m.end as usize) <= end);
        let (kind, head, letters) = match (place, body) {
            (Some((h, _, _, l)), _) => (Kind::Place, h, l),
            (None, Some((h, _, _, l))) if honoured() => (Kind::Organization, h, l),
            _ => return false,
        };
        let mut to = end;
        if self.plain_definite(to.min(self.s.tokens.len() - 1)) && self.s.flags[to] & Flag::Common as u32 != 0 && self.s.flags[to] & (Flag::Frame as u32 | Flag::Speech as u32) == 0
        {
            to += 1;
        }
        let id = &self.lex.heads[head as usize].id;
        let entry = format!("{}:{id}", if kind == Kind::Place { "place_head" } else { "org_head" });
        let (ent, _) = self.entity_of_words(kind, (i, to, letters), (entry, "head-and-person"));
        for m in &mut self.s.mentions {
            if m.start as usize >= start && m.end as usize <= end {
                m.end = m.start;
            }
        }
        self.s.phrases.retain(|p| !(p.start as usize >= start && p.end as usize <= end));
        self.covered[start..end].fill(false);
        self.mention(Mention { start: i as u32, end: to as u32, letters, ent, by_title: false });
        true
    }

    /// `الجيش`, `الحكومة`, `النظام` alone: a body where no fuller name of one stands in the article and the state is clear.
    pub(super) fn bare_bodies(&mut self) {
        let n = self.s.tokens.len();
        // Some mentions stand inside a longer one and have no token to themselves.
        let mut spoken = vec![false; n];
        for m in &self.s.mentions {
            spoken[m.start as usize..m.end as usize].fill(true);
        }
        let mut by_head: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (i, &spoken) in spoken.iter().enumerate() {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.time_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word || self.covered(i) {
                continue;
            }
            let Some((head, after, clitics, _)) = self.head_at(i, Flag::OrgHead) else { continue };
            if after == i + 1 && clitics.has(Clitic::Article) && self.lex.heads[head as usize].definite && !spoken {
                // An adjective of its own makes it another (`الجيش الحر`, `الحكومة المقبلة`).
                let qualified =
                    after < n && self.plain_definite(after) && self.s.flags[after] & (Flag::Common as u32 | Flag::Attribute as u32) != 0 && self.demonym_at(after).is_none();
                if !qualified {
                    by_head.entry(head).or_default().push(i);
                }
            }
        }
        let mut heads: Vec<(u32, Vec<usize>)> = by_head.into_iter().collect();
        heads.sort_unstable_by_key(|(_, at)| at[0]);
        for (head, at) in heads {
            let id = &self.lex.heads[head as usize].id;
            let entry = format!("org_head:{id}");
            let fuller = self.s.ents.iter().any(|e| {
                e.kind == Kind::Organization
                    && e.merged.is_none()
                    && (e.why.0 == entry
                        || e.actor.is_some()
                            && sijill_text::fold(&e.label).split(' ').next().is_some_and(|w| self.lex.cut(w, Shape::Article).unwrap_or(w) == sijill_text::fold(id)))
            });
            if fuller {
                continue;
            }
            let Some(state) = self.main_state() else { continue };
            let Some((_, _, _, letters)) = self.head_at(at[0], Flag::OrgHead) else { continue };
            let (ent, _) = self.entity_of_words(Kind::Organization, (at[0], at[0] + 1, letters), (entry, "bare-head"));
            self.s.ents[ent as usize].country = Some(state);
            for i in at {
                let letters = self.head_at(i, Flag::OrgHead).map_or(0, |x| x.3);
                self.mention(Mention { start: i as u32, end: i as u32 + 1, letters, ent, by_title: false });
            }
        }
    }

    /// Bodies named shorter than before (`وزارة الخارجية` after `وزارة الخارجية الصينية`) are the same where only one can be meant.
    pub(super) fn unify_bodies(&mut self) {
        let mut bodies: Vec<(String, EntId)> = self
            .s
            .mentions
            .iter()
            // A mention that gave way to a longer one has no words any more.
            .filter(|m| m.start < m.end && self.s.ents[m.ent as usize].kind == Kind::Organization)
            .map(|m| (sijill_text::fold(&self.doc().words(m.start, m.end, m.letters)), m.ent))
            .collect();
        bodies.sort_unstable();
        bodies.dedup();
        let mut names: Vec<Vec<usize>> = vec![Vec::new(); self.s.ents.len()];
        for (k, (_, e)) in bodies.iter().enumerate() {
            names[*e as usize].push(k);
        }
        for e in 0..self.s.ents.len() as u32 {
            if self.s.ents[e as usize].actor.is_some() || self.s.ents[e as usize].kind != Kind::Organization || self.s.ents[e as usize].country.is_some() {
                continue;
            }
            let mut longer: Vec<EntId> = Vec::new();
            for &k in &names[e as usize] {
                let begins = format!("{} ", bodies[k].0);
                let from = bodies.partition_point(|(w, _)| *w < begins);
                longer.extend(bodies[from..].iter().take_while(|(w, _)| w.starts_with(&begins)).map(|(_, x)| *x).filter(|x| *x != e));
            }
            longer.sort_unstable();
            longer.dedup();
            if let [one] = longer[..] {
                self.merge(e, one);
            }
        }
    }
}
