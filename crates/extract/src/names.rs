//! Who and what the text names: register names, bodies and places built by rule, people found by title and syntax.
//!
//! The order matters and is the order of the functions in `find`: what a later step builds rests on what an earlier one found.
//! What must not live here: who does what to whom (see `phrases`, `events`, `statements`).

use crate::doc::*;
use rustc_hash::FxHashMap;
use sijill_grammar::{Clitics, Match};
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Clitic, Count, Flag, Kind, Lexicon, Link, NONE, NameKind, Of, Pos, Tag};
use sijill_text::Kind as TokenKind;

/// The longest name of a person in words, particles included.
const LONGEST_NAME: usize = 7;
/// The most entities among which a person is looked for under other words.
const NEAREST: usize = 400;

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
    /// Bodies by their words.
    by_words: FxHashMap<(Kind, String), EntId>,
}

/// Finds all entities of the article.
pub(crate) fn find(lex: &Lexicon, text: &str, s: &mut Scratch, outlet: Option<&str>) {
    let tokens = s.tokens.len();
    let mut n = Names { lex, text, s, covered: vec![false; tokens], by_actor: FxHashMap::default(), home: None, by_words: FxHashMap::default() };
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

    // --- register names ------------------------------------------------------------------------------------------

    /// Chooses among the register's names: left to right, the longest first. Short names of people are only remembered: they
    /// count where the person is known to be meant.
    fn register_names(&mut self) -> Vec<Match> {
        let n = self.s.tokens.len();
        let mut short = Vec::new();
        let mut taken = 0usize;
        // Which actors are named in full somewhere: their short names count everywhere.
        let full: Vec<u32> = self
            .s
            .matches
            .list
            .iter()
            .filter_map(|m| match m.link {
                Link::Name(a, NameKind::Full) => Some(a),
                _ => None,
            })
            .collect();
        for i in 0..n {
            if self.s.junk[i] || i < taken {
                continue;
            }
            let mut best: Option<(Match, u32, NameKind)> = None;
            for m in self.s.matches_at(i) {
                let Link::Name(actor, kind) = m.link else { continue };
                // A word of grammar behind `و` is no name of one word (`وأن`, `وإن`).
                if m.end as usize == i + 1 && self.s.tags[i] != 0 && !matches!(self.lex.actors[actor as usize].kind, Kind::Country) {
                    continue;
                }
                // The future particle stands before verbs (`سليم` is not `س` + `ليم`).
                if m.proclitics.has(Clitic::Future) {
                    continue;
                }
                if self.behind_title(i, m, actor) {
                    continue;
                }
                let rank =
                    |m: &Match, actor: u32, kind: NameKind| (m.end, self.meant_as_outlet(m, actor), self.rank(actor, kind) + self.evidence(actor), std::cmp::Reverse(m.letters));
                let better = match &best {
                    None => true,
                    Some((b, other, other_kind)) => rank(m, actor, kind) > rank(b, *other, *other_kind),
                };
                if better {
                    best = Some((*m, actor, kind));
                }
            }
            let Some((m, actor, kind)) = best else { continue };
            let a = &self.lex.actors[actor as usize];
            if self.s.time_of[i] != NONE && a.kind != Kind::Initiative {
                continue;
            }
            if a.kind == Kind::Person && kind == NameKind::Short {
                short.push(m);
                continue;
            }
            if !self.plausible(i, &m, actor, kind, &full) {
                continue;
            }
            // A name that the register gives with its title is entered without it, with the people.
            if a.kind == Kind::Person
                && self.s.matches_at(i).iter().any(|t| matches!(t.link, Link::Title(..) | Link::Honorific) && t.end < m.end)
                && self.doc().words(m.start, m.start + 1, m.letters).starts_with("\u{0627}\u{0644}")
            {
                self.actor(actor);
                continue;
            }
            let m = self.without_clause(self.without_head(m, actor));
            // Inside a longer name a country is entered as well, a continent is not.
            if matches!(a.kind, Kind::Initiative | Kind::Forum) && m.end - m.start > 1 {
                for j in m.start as usize..m.end as usize {
                    let inner = self.s.matches_at(j).iter().filter(|x| x.end <= m.end).find_map(|x| match x.link {
                        Link::Name(c, NameKind::Full) if self.lex.actors[c as usize].kind == Kind::Country => Some((*x, c)),
                        _ => None,
                    });
                    if let Some((x, c)) = inner {
                        let ent = self.actor(c);
                        self.s.mentions.push(Mention { start: x.start, end: x.end, letters: x.letters, ent, by_title: false });
                    }
                }
            }
            let ent = self.actor(actor);
            self.mention(Mention { start: m.start, end: m.end, letters: m.letters, ent, by_title: false });
            taken = m.end as usize;
        }
        short
    }

    /// The name of an outlet without the word that announces it (`صحيفة`, `وكالة`): where the rest is its name too, and behind
    /// a word for printed matter always.
    fn without_head(&self, m: Match, actor: u32) -> Match {
        let first = m.start as usize;
        if self.lex.actors[actor as usize].kind != Kind::Organization || m.end - m.start < 2 {
            return m;
        }
        let Some((head, after, _, _)) = self.head_at(first, Flag::OrgHead).filter(|(h, after, ..)| self.lex.heads[*h as usize].media && *after < m.end as usize) else { return m };
        let rest = self.s.matches_at(after).iter().find(|x| x.end == m.end && x.letters == 0 && matches!(x.link, Link::Name(a, _) if a == actor)).copied();
        // A channel or network is called by its whole name.
        let sort = self.lex.heads[head as usize].sort.as_deref();
        let print = sort == Some("print");
        rest.filter(|_| print || sort == Some("announced")).or_else(|| print.then_some(Match { start: after as u32, letters: 0, proclitics: Clitics::default(), ..m })).unwrap_or(m)
    }

    /// A name that the register gives with a clause (`التحالف الذي تقوده السعودية`) is named by the words before it.
    fn without_clause(&self, m: Match) -> Match {
        let cut = (m.start + 1..m.end).find(|&t| self.doc().tag(t as usize, Tag::Relative));
        cut.map_or(m, |end| Match { end, ..m })
    }

    /// Does a name stand alone between quotation marks or brackets?
    fn wrapped(&self, m: &Match) -> bool {
        let d = self.doc();
        let open = |i: usize| d.quote_mark(i) || d.mark(i) == Some('(');
        let close = |i: usize| d.quote_mark(i) || d.mark(i) == Some(')');
        m.start > 0 && open(m.start as usize - 1) && close(m.end as usize)
    }

    /// A person's name that the register gives with its title (`الملك سلمان`), where a longer name follows the title.
    fn behind_title(&self, i: usize, m: &Match, actor: u32) -> bool {
        self.lex.actors[actor as usize].kind == Kind::Person
            && self.s.matches_at(i).iter().any(|t| {
                matches!(t.link, Link::Title(..) | Link::Honorific)
                    && t.end < m.end
                    && self.s.matches_at(t.end as usize).iter().any(|x| matches!(x.link, Link::Name(p, _) if self.lex.actors[p as usize].kind == Kind::Person && x.end > m.end))
            })
    }

    /// An outlet that calls itself by a word of another meaning (`الشرق الأوسط`, `اليوم`) sets it in quotation marks.
    fn meant_as_outlet(&self, m: &Match, actor: u32) -> bool {
        self.lex.actors[actor as usize].media && self.wrapped(m)
    }

    /// One name, several states (`عمان`): the article speaks of the one whose demonym or other name it has.
    fn evidence(&self, actor: u32) -> u8 {
        if self.lex.actors[actor as usize].kind != Kind::Country || !self.lex.actors[actor as usize].ambiguous {
            return 0;
        }
        let named = self.s.matches.list.iter().any(|m| {
            m.end - m.start > 1 && m.link == Link::Name(actor, NameKind::Full)
                || m.link == Link::Name(actor, NameKind::Capital)
                    && !self
                        .s
                        .matches_at(m.start as usize)
                        .iter()
                        .any(|x| x.end == m.end && matches!(x.link, Link::Name(c, NameKind::Full) if self.lex.actors[c as usize].kind == Kind::Country))
        });
        let demonym =
            || (0..self.s.tokens.len()).any(|i| self.doc().flag(i, Flag::Demonym) && self.doc().readings(i).any(|(_, r)| self.lex.lemma(&r).links.contains(&Link::Demonym(actor))));
        if named || demonym() { 4 } else { 0 }
    }

    /// Among names of equal length: states before places, full names before others.
    fn rank(&self, actor: u32, kind: NameKind) -> u8 {
        let a = &self.lex.actors[actor as usize];
        let base = match a.kind {
            Kind::Country => 12,
            Kind::Forum => 10,
            Kind::Organization => 6,
            Kind::Place => 8,
            Kind::Initiative => 5,
            Kind::Person => 2,
        };
        base + match kind {
            NameKind::Full => 1,
            NameKind::Capital => 0,
            NameKind::Bare => 0,
            NameKind::Short => 0,
        } - if a.ambiguous { 2 } else { 0 }
    }

    /// Is a name that is also a common word meant as a name here?
    fn plausible(&self, i: usize, m: &Match, actor: u32, kind: NameKind, full: &[u32]) -> bool {
        let a = &self.lex.actors[actor as usize];
        let doc = self.doc();
        let one_word = m.end - m.start == 1;
        if kind == NameKind::Bare {
            return match a.kind {
                Kind::Country => self.home.as_deref() == a.country.as_deref() || full.contains(&actor) || self.evidence_of_bare(actor),
                _ => full.contains(&actor),
            };
        }
        if a.media && self.wrapped(m) {
            return true;
        }
        if kind == NameKind::Short {
            return full.contains(&actor) && !(a.media && one_word);
        }
        if !one_word {
            return true;
        }
        // Before the word: a preposition, `و` in a list, a title or a head of place.
        let before = i.checked_sub(1);
        if self.s.dateline.is_some_and(|(a, b)| (a..b).contains(&(i as u32))) {
            return true;
        }
        // A single word with proclitics that is itself a known word is that word (`كبيرا`, not `ك` + `بيرا`).
        if m.letters > 0 && self.reads_whole(i) && !matches!(a.kind, Kind::Country) {
            return false;
        }
        // Behind a definite noun a definite word that may be an adjective is one (`المدينة الجديدة`).
        if a.ambiguous && matches!(a.kind, Kind::Place | Kind::Organization) && self.doc().definite(i) && before.is_some_and(|b| self.doc().definite(b)) {
            return false;
        }
        // In brackets or quotation marks of its own, behind a head or a demonym: a name.
        let sure = before.is_some_and(|b| doc.mark(b) == Some('(') || doc.flag(b, Flag::PlaceHead) || doc.flag(b, Flag::OrgHead) || doc.flag(b, Flag::Group));
        if sure {
            return true;
        }
        let supported = m.proclitics.governs()
            || before.is_some_and(|b| {
                doc.tag(b, Tag::Preposition)
                    || doc.flag(b, Flag::PlaceHead)
                    || doc.flag(b, Flag::OrgHead)
                    || doc.flag(b, Flag::Group)
                    || self.s.mention_of[b] != NONE
                    || doc.flag(b, Flag::Demonym)
            })
            || (m.proclitics.joins() && before.is_some_and(|b| self.s.mention_of[b] != NONE || doc.comma(b)));
        if a.ambiguous {
            let elsewhere = full.iter().filter(|&&x| x == actor).count() > 1;
            return match a.kind {
                Kind::Country => {
                    supported
                        || elsewhere
                        || full.len() > 3 && !self.reads_otherwise(i, m)
                        || self.s.matches_at(i).iter().all(|x| matches!(x.link, Link::Name(..))) && !self.reads_otherwise(i, m)
                }
                _ => supported && !self.reads_otherwise(i, m),
            };
        }
        !self.reads_otherwise(i, m)
            || matches!(a.kind, Kind::Country)
            || supported
                && matches!(a.kind, Kind::Place)
                && (m.proclitics.0 & !(Clitic::Article as u8) == 0 || m.proclitics.governs() && self.doc().words(m.start, m.end, m.letters).starts_with("\u{0627}\u{0644}"))
    }

    /// A bare word for a state (`المملكة`) is it where the article has its demonym and no other state goes by that word.
    fn evidence_of_bare(&self, actor: u32) -> bool {
        (0..self.s.tokens.len()).any(|i| self.doc().flag(i, Flag::Demonym) && self.doc().readings(i).any(|(_, r)| self.lex.lemma(&r).links.contains(&Link::Demonym(actor))))
    }

    /// Has the bare word another reading than as a name?
    fn reads_otherwise(&self, i: usize, m: &Match) -> bool {
        self.s.analyses_at(i).iter().any(|a| {
            a.letters == m.letters
                && a.readings.0 != a.readings.1
                && self.lex.reading_slice(a.readings).iter().any(|r| {
                    let l = self.lex.lemma(r);
                    // A word that opens names of its sort is none the less a name (`الكونغرس`, `الخليج`).
                    !l.has(Flag::Demonym) && !l.has(Flag::Given) && l.flags & !(Flag::OrgHead as u32 | Flag::PlaceHead as u32 | Flag::Name as u32) != 0
                })
        })
    }

    /// Is the whole written word a known word?
    fn reads_whole(&self, i: usize) -> bool {
        self.s.analyses_at(i).iter().any(|a| a.letters == 0 && a.readings.0 != a.readings.1)
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

    fn mint(&mut self, kind: Kind, label: String, why: (String, &'static str)) -> EntId {
        let ent = self.s.ents.len() as EntId;
        self.s.ents.push(Ent { kind, actor: None, country: None, label, roles: Vec::new(), feminine: None, nameless: false, merged: None, why });
        ent
    }

    fn mention(&mut self, m: Mention) -> u32 {
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

    // --- bodies, places, initiatives built by rule ---------------------------------------------------------------

    /// The head links of a kind at token `i`: single nouns by their readings, phrases by the trie.
    fn head_at(&self, i: usize, flag: Flag) -> Option<(u32, usize, Clitics, u8)> {
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

    fn bodies(&mut self) {
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
        let h = self.lex.heads[head as usize].clone();
        let definite = clitics.has(Clitic::Article) || (i..after).any(|t| self.doc().definite(t));
        let mut end = after;
        let mut country = None;
        let mut known: Option<EntId> = None;
        let mut complete = false;
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
            if let Some((e, to)) = self.named_at(end, &[Kind::Organization, Kind::Person, Kind::Country, Kind::Place]) {
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
                    }
                    end = to;
                    complete = true;
                }
            } else if !definite || after > i + 1 || self.doc().quote_mark(end) {
                let to = self.proper_words(end, 4);
                if to > end {
                    end = to;
                    complete = true;
                }
            }
        }
        if h.phrase && !complete {
            let to = if definite && after == i + 1 { end } else { self.definite_nouns(end, !definite, 4) };
            if to > end {
                end = to;
                complete = true;
            }
        }
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
                    // `الوكالة السورية للأنباء`
                    if h.media || h.phrase {
                        end = self.definite_nouns(end, false, 3);
                    }
                }
            }
        }
        if h.country && country.is_none() {
            if let Some((e, to)) = self.named_at(end, &[Kind::Country]) {
                if self.s.mentions[self.s.mention_of[end] as usize].letters == 0 {
                    country = self.s.ents[e as usize].country.clone();
                    end = to;
                    complete = true;
                }
            } else if complete && self.doc().tag(end, Tag::Locative) && self.named_at(end + 1, &[Kind::Country, Kind::Place]).is_some_and(|(_, to)| to > end + 1) {
                let (e, to) = self.named_at(end + 1, &[Kind::Country, Kind::Place])?;
                country = self.s.ents[e as usize].country.clone();
                end = to;
            }
        }
        // `مجلس الوزراء`, `الحرس الوطني`: a head of several words stands alone, with what `ل` adds.
        if !complete && h.definite && definite && after > i + 1 {
            complete = true;
            if let Some((_, to)) = self.named_at(end, &[Kind::Forum, Kind::Organization])
                && self.clitics_at(end, self.s.mentions[self.s.mention_of[end] as usize].letters).has(Clitic::For)
            {
                end = to;
            }
        }
        if !complete {
            return None;
        }
        // A person who only gives the body its name (`حكومة الرئيس فلان`) is left to the people.
        let key = self.words_key(i, end, letters);
        let sector_note = format!("org_head:{}", h.id);
        let ent = match known {
            Some(e) => e,
            None => match self.by_words.get(&(Kind::Organization, key.clone())) {
                Some(&e) => e,
                None => {
                    let label = self.doc().words(i as u32, end as u32, letters);
                    let e = self.mint(Kind::Organization, label, (sector_note, "head-and-complement"));
                    self.s.ents[e as usize].country = country.clone();
                    self.by_words.insert((Kind::Organization, key), e);
                    e
                }
            },
        };
        // Mentions inside keep their entity (a place in `وزارة الصحة في غزة`) but not their tokens.
        self.mention(Mention { start: i as u32, end: end as u32, letters, ent, by_title: false });
        Some(end)
    }

    /// Definite nouns behind a head: in construct (`الأمن الاستراتيجي الوطني`) where `construct`, and what `ل` adds (`للطيران المدني`).
    fn definite_nouns(&self, from: usize, construct: bool, most: usize) -> usize {
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
            let f = self.fold(i);
            self.s.tokens[i].kind == TokenKind::Word
                && f.starts_with("\u{0644}\u{0644}")
                && f.chars().count() > 4
                && self.s.mention_of[i] == NONE
                && self.s.time_of[i] == NONE
                && self.s.flags[i] & (Flag::Common as u32 | Flag::Class as u32 | Flag::Portfolio as u32) != 0
                && !self.starts_title(i)
        };
        // What follows the first noun is an adjective of relation (`المدني`, `الاجتماعية`), else the next phrase of the sentence.
        let related = |i: usize| plain(i) && (self.fold(i).ends_with('\u{064A}') || self.fold(i).ends_with("\u{064A}\u{0647}"));
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

    /// Bodies that a person gives their name (`حكومة الرئيس بشار الأسد`): known once the people are.
    fn bodies_of_people(&mut self) {
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
            let h = self.lex.heads[head as usize].clone();
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
            let ent = match self.by_words.get(&(Kind::Organization, key.clone())) {
                Some(&e) => e,
                None => {
                    let label = self.doc().words(i as u32, end, letters);
                    let e = self.mint(Kind::Organization, label, (format!("org_head:{}", h.id), "head-and-person"));
                    self.s.ents[e as usize].country = country;
                    self.by_words.insert((Kind::Organization, key), e);
                    e
                }
            };
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
        let honoured = self.s.mentions.iter().any(|m| m.ent == who && !m.by_title && m.start as usize > start && (m.end as usize) <= end);
        let (kind, head, letters) = match (place, body) {
            (Some((h, _, _, l)), _) => (Kind::Place, h, l),
            (None, Some((h, _, _, l))) if honoured => (Kind::Organization, h, l),
            _ => return false,
        };
        let mut to = end;
        if self.plain_definite(to.min(self.s.tokens.len() - 1)) && self.s.flags[to] & Flag::Common as u32 != 0 && self.s.flags[to] & (Flag::Frame as u32 | Flag::Speech as u32) == 0
        {
            to += 1;
        }
        let key = self.words_key(i, to, letters);
        let ent = match self.by_words.get(&(kind, key.clone())) {
            Some(&e) => e,
            None => {
                let label = self.doc().words(i as u32, to as u32, letters);
                let id = self.lex.heads[head as usize].id.clone();
                let e = self.mint(kind, label, (format!("{}:{id}", if kind == Kind::Place { "place_head" } else { "org_head" }), "head-and-person"));
                self.by_words.insert((kind, key), e);
                e
            }
        };
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
    fn bare_bodies(&mut self) {
        let n = self.s.tokens.len();
        let mut by_head: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for i in 0..n {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.time_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word || self.covered(i) {
                continue;
            }
            let Some((head, after, clitics, _)) = self.head_at(i, Flag::OrgHead) else { continue };
            if after == i + 1
                && clitics.has(Clitic::Article)
                && self.lex.heads[head as usize].definite
                && !self.s.mentions.iter().any(|m| (m.start as usize) <= i && i < m.end as usize)
            {
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
                        || e.actor.is_some() && sijill_text::fold(&e.label).split(' ').next().is_some_and(|w| w.trim_start_matches("\u{0627}\u{0644}") == sijill_text::fold(id)))
            });
            if fuller {
                continue;
            }
            let Some(state) = self.main_state() else { continue };
            let (_, _, _, letters) = match self.head_at(at[0], Flag::OrgHead) {
                Some(x) => x,
                None => continue,
            };
            let label = self.doc().words(at[0] as u32, at[0] as u32 + 1, letters);
            let ent = self.mint(Kind::Organization, label, (entry.clone(), "bare-head"));
            self.s.ents[ent as usize].country = Some(state);
            for i in at {
                let letters = self.head_at(i, Flag::OrgHead).map_or(0, |x| x.3);
                self.mention(Mention { start: i as u32, end: i as u32 + 1, letters, ent, by_title: false });
            }
        }
    }

    /// The state the article is about, if one is named clearly more than any other.
    fn main_state(&self) -> Option<String> {
        let mut count: FxHashMap<&str, usize> = FxHashMap::default();
        for m in &self.s.mentions {
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

    /// Does the folded word end as feminine singulars do?
    fn feminine_word(&self, i: usize) -> bool {
        self.fold(i).ends_with('\u{0647}') || self.fold(i).ends_with("\u{0627}\u{062A}")
    }

    fn words_key(&self, start: usize, end: usize, letters: u8) -> String {
        sijill_text::fold(&self.doc().words(start as u32, end as u32, letters))
    }

    /// `و` + definite word, in a series of portfolio nouns.
    fn joined_definite(&self, i: usize) -> bool {
        let f = self.fold(i);
        self.s.tokens[i].kind == TokenKind::Word
            && f.strip_prefix('\u{0648}').is_some_and(|r| r.starts_with("\u{0627}\u{0644}") && r.chars().count() > 4)
            && self.s.mention_of[i] == NONE
            && !self.starts_title(i)
    }

    /// A definite word that is neither a name nor a title nor a word of grammar.
    fn plain_definite(&self, i: usize) -> bool {
        self.doc().definite(i) && self.s.mention_of[i] == NONE && self.s.time_of[i] == NONE && self.s.tags[i] == 0 && !self.starts_title(i) && !self.doc().flag(i, Flag::Honorific)
    }

    fn starts_title(&self, i: usize) -> bool {
        self.s.matches_at(i).iter().any(|m| matches!(m.link, Link::Title(..)))
    }

    /// Unknown words after a head: its proper name. At most `most`, none of them a known common word.
    fn proper_words(&self, from: usize, most: usize) -> usize {
        let mut at = from;
        while at < self.s.tokens.len() && at - from < most {
            let t = &self.s.tokens[at];
            let unknown =
                t.kind == TokenKind::Word && self.s.mention_of[at] == NONE && self.s.time_of[at] == NONE && self.unknown(at) && !self.and_word(at) && !self.verb_shape(at);
            let foreign = t.kind == TokenKind::Foreign;
            // A given name behind an unknown word begins something else (`محافظة حفرالباطن عايض`).
            let another = at > from && self.doc().flag(at, Flag::Given) && !self.doc().flag(at - 1, Flag::Given) && !self.particle(at - 1);
            if !(unknown || foreign) || self.s.junk[at] || another {
                break;
            }
            at += 1;
        }
        at
    }

    /// No entry explains the word: a name, most likely.
    fn unknown(&self, i: usize) -> bool {
        let flags = self.s.flags[i] & !(Flag::Given as u32 | Flag::Name as u32 | Flag::Particle as u32 | Flag::Second as u32);
        flags == 0 && self.s.tags[i] == 0 && self.fold(i).chars().nth(1).is_some()
    }

    fn places(&mut self) {
        let n = self.s.tokens.len();
        for i in 0..n {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word {
                continue;
            }
            let Some((head, after, clitics, letters)) = self.head_at(i, Flag::PlaceHead) else { continue };
            let h = self.lex.heads[head as usize].clone();
            if clitics.has(Clitic::Article) && h.part {
                continue;
            }
            if let Some((e, to)) = self.named_at(after, &[Kind::Place, Kind::Country]) {
                let inner = self.s.mention_of[after];
                if !h.part || self.s.mentions[inner as usize].letters > 0 {
                    continue;
                }
                // A site is not the city that it is named after (`مطار تمنراست الدولي`), a region is (`محافظة عدن`).
                let site = h.sort.as_deref() == Some("site");
                let mut to = to;
                if site && to < n && self.plain_definite(to) && self.s.flags[to] & Flag::Common as u32 != 0 && self.s.flags[to] & (Flag::Frame as u32 | Flag::Speech as u32) == 0 {
                    to += 1;
                }
                let place = match self.s.ents[e as usize].kind {
                    Kind::Place if !site => Some(e),
                    Kind::Place => {
                        let key = self.words_key(i, to, letters);
                        Some(match self.by_words.get(&(Kind::Place, key.clone())) {
                            Some(&p) => p,
                            None => {
                                let label = self.doc().words(i as u32, to as u32, letters);
                                let p = self.mint(Kind::Place, label, (format!("place_head:{}", h.id), "head-and-name"));
                                self.s.ents[p as usize].country = self.s.ents[e as usize].country.clone();
                                self.by_words.insert((Kind::Place, key), p);
                                p
                            }
                        })
                    }
                    // A capital gives its name to its region, which is not the government (`منطقة الرياض`).
                    _ => {
                        let inner_end = self.s.mentions[inner as usize].end;
                        let capital = self.s.ents[e as usize]
                            .actor
                            .is_some_and(|a| self.s.matches_at(after).iter().any(|x| x.end == inner_end && x.link == Link::Name(a, NameKind::Capital)));
                        capital.then(|| {
                            let key = self.words_key(i, to, letters);
                            match self.by_words.get(&(Kind::Place, key.clone())) {
                                Some(&p) => p,
                                None => {
                                    let label = self.doc().words(i as u32, to as u32, letters);
                                    let p = self.mint(Kind::Place, label, (format!("place_head:{}", h.id), "head-and-name"));
                                    self.s.ents[p as usize].country = self.s.ents[e as usize].country.clone();
                                    self.by_words.insert((Kind::Place, key), p);
                                    p
                                }
                            }
                        })
                    }
                };
                let Some(place) = place else { continue };
                // The name without its head is not named here.
                self.s.mentions[inner as usize].end = self.s.mentions[inner as usize].start;
                self.mention(Mention { start: i as u32, end: to as u32, letters, ent: place, by_title: false });
            } else if h.name {
                let mut to = self.proper_words(after, 2);
                if to == after {
                    continue;
                }
                // A man's name that goes on (`شارع خالد بن الوليد`).
                if to < n && self.behind_patronymic(to) {
                    to += 1;
                }
                // A trailing definite adjective belongs to a site's name (`مطار … الدولي`).
                let mut end = to;
                if h.part
                    && h.sort.as_deref() == Some("site")
                    && end < n
                    && self.plain_definite(end)
                    && self.s.flags[end] & Flag::Common as u32 != 0
                    && self.s.flags[end] & (Flag::Frame as u32 | Flag::Speech as u32) == 0
                {
                    end += 1;
                }
                let start = if h.part { i } else { after };
                let letters = if h.part { letters } else { 0 };
                let key = self.words_key(start, end, letters);
                let ent = match self.by_words.get(&(Kind::Place, key.clone())) {
                    Some(&e) => e,
                    None => {
                        let label = self.doc().words(start as u32, end as u32, letters);
                        let e = self.mint(Kind::Place, label, (format!("place_head:{}", h.id), "head-and-name"));
                        self.by_words.insert((Kind::Place, key), e);
                        e
                    }
                };
                self.mention(Mention { start: start as u32, end: end as u32, letters, ent, by_title: false });
            }
        }
    }

    /// A word that nothing knows behind "in", with a state behind it or a head before it: a place.
    fn unknown_places(&mut self) {
        let n = self.s.tokens.len();
        for i in 1..n {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.time_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word || self.covered(i) {
                continue;
            }
            let d = self.doc();
            if !(d.tag(i - 1, Tag::Locative) && !d.tag(i - 1, Tag::Direction))
                || !self.unknown(i)
                || self.s.flags[i] != 0
                || d.definite(i)
                || self.and_word(i)
                || self.verb_shape(i)
                || self.fold(i).chars().count() < 4
            {
                continue;
            }
            if self.s.summaries[i].range.0 != self.s.summaries[i].range.1 {
                continue;
            }
            let alone = i + 1 >= n
                || self.s.tokens[i + 1].kind != TokenKind::Word
                || self.s.flags[i + 1] != 0
                || self.s.tags[i + 1] != 0
                || self.s.mention_of[i + 1] != NONE
                || self.s.time_of[i + 1] != NONE;
            if !alone {
                continue;
            }
            // More must speak for a place: a state or region at its side, a direction, the word again behind "in".
            let beside = |t: usize| {
                t < n && self.s.mention_of[t] != NONE && matches!(self.s.ents[self.s.mentions[self.s.mention_of[t] as usize].ent as usize].kind, Kind::Place | Kind::Country)
            };
            let next = if self.doc().mark(i + 1).is_some_and(|c| c == '(') || self.doc().comma(i + 1) || self.doc().tag(i + 1, Tag::Locative) { i + 2 } else { i + 1 };
            let again = (0..n).any(|t| t != i && t > 0 && self.fold(t) == self.fold(i) && self.doc().tag(t - 1, Tag::Preposition));
            if !(self.foreign_shape(i) || beside(next) || self.doc().tag(i + 1, Tag::Direction) || i + 1 < n && self.demonym_at(i + 1).is_some() || again) {
                continue;
            }
            let key = self.words_key(i, i + 1, 0);
            let ent = match self.by_words.get(&(Kind::Place, key.clone())) {
                Some(&e) => e,
                None => {
                    let label = self.doc().words(i as u32, i as u32 + 1, 0);
                    let e = self.mint(Kind::Place, label, ("function:locative".into(), "unknown-word-behind-locative"));
                    self.by_words.insert((Kind::Place, key), e);
                    e
                }
            };
            self.mention(Mention { start: i as u32, end: i as u32 + 1, letters: 0, ent, by_title: false });
        }
    }

    /// Does a long unknown word look like no form of an Arabic one: none of the endings of plurals, duals and pronouns, none of the
    /// letters that open participles and verbs?
    fn foreign_shape(&self, i: usize) -> bool {
        let f = self.fold(i);
        let ends = [
            "\u{0647}\u{0627}",
            "\u{0647}\u{0645}",
            "\u{0627}\u{062A}",
            "\u{064A}\u{0646}",
            "\u{0648}\u{0646}",
            "\u{062A}\u{0647}",
            "\u{064A}\u{0647}",
            "\u{0647}",
            "\u{0627}\u{0621}",
        ];
        f.chars().count() >= 6
            && !f.starts_with(['\u{0645}', '\u{062A}', '\u{0627}', '\u{064A}', '\u{0646}', '\u{0627}', '\u{0628}', '\u{0644}', '\u{0643}', '\u{0648}', '\u{0641}'])
            && !ends.iter().any(|e| f.ends_with(e))
    }

    /// Named policies built by rule (`مجتمع مصير مشترك بين …`, `عام السياحة …`).
    fn initiatives(&mut self) {
        let n = self.s.tokens.len();
        for i in 0..n {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word {
                continue;
            }
            let Some((head, after, clitics, letters)) = self.head_at(i, Flag::InitiativeHead) else { continue };
            let h = self.lex.heads[head as usize].clone();
            let mut end = after;
            let mut complete = false;
            if h.nationality {
                while let Some((_, next, cl)) = self.demonym_at(end) {
                    if cl.joins() {
                        break;
                    }
                    end = next;
                    complete = true;
                    while end < n && self.doc().dash(end) {
                        end += 1;
                    }
                }
                if complete && self.doc().dash(end - 1) {
                    end -= 1;
                }
                // A name that needs closing words is none without them.
                if !h.tails.is_empty() {
                    let tail =
                        h.tails.iter().find(|t| t.iter().enumerate().all(|(k, w)| self.s.tokens.get(end + k).is_some() && self.lex.words.get(self.fold(end + k)) == Some(*w)));
                    match tail {
                        Some(t) if complete => end += t.len(),
                        _ => continue,
                    }
                }
            }
            if !complete
                && h.country
                && self.doc().tag(end, Tag::Between)
                && let Some((_, to)) = self.named_at(end + 1, &[Kind::Country])
            {
                end = to;
                complete = true;
                while let Some((_, to)) = self.named_at(end, &[Kind::Country]).filter(|_| self.s.mentions[self.s.mention_of[end] as usize].letters > 0) {
                    end = to;
                }
            }
            // A name in quotation marks behind its head: `مناورات "…"`, `عملية "…"`.
            if !complete && h.name && self.doc().quote_mark(end) {
                if let Some(close) = (end + 1..(end + 6).min(n)).find(|&t| self.doc().quote_mark(t)) {
                    let words = end + 1..close;
                    let name = !words.is_empty()
                        && words.clone().all(|t| {
                            matches!(self.s.tokens[t].kind, TokenKind::Word | TokenKind::Number | TokenKind::Foreign) && self.s.mention_of[t] == NONE && self.s.tags[t] == 0
                        });
                    if name && self.s.flags[end + 1] & (Flag::Speech as u32 | Flag::Frame as u32) == 0 && (words.len() > 1 || self.unknown(end + 1)) {
                        let key = self.words_key(words.start, words.end, 0);
                        let ent = match self.by_words.get(&(Kind::Initiative, key.clone())) {
                            Some(&e) => e,
                            None => {
                                let label = self.doc().words(words.start as u32, words.end as u32, 0);
                                let e = self.mint(Kind::Initiative, label, (format!("initiative_pattern:{}", h.id), "head-and-quoted-name"));
                                self.by_words.insert((Kind::Initiative, key), e);
                                e
                            }
                        };
                        self.mention(Mention { start: words.start as u32, end: words.end as u32, letters: 0, ent, by_title: false });
                    }
                }
                continue;
            }
            if !complete && h.name && h.nationality && !clitics.has(Clitic::Article) {
                // Definite words up to an adjective of nationality (`عام السياحة الكازاخستاني`), or words in quotation marks.
                let mut to = end;
                while to < n && to - end < 4 && (self.plain_definite(to) || self.joined_definite(to)) && self.demonym_at(to).is_none() {
                    to += 1;
                }
                if to > end
                    && let Some((_, next, _)) = self.demonym_at(to)
                {
                    end = next;
                    complete = true;
                }
            }
            if !complete {
                continue;
            }
            let key = self.words_key(i, end, letters);
            let ent = match self.by_words.get(&(Kind::Initiative, key.clone())) {
                Some(&e) => e,
                None => {
                    let label = self.doc().words(i as u32, end as u32, letters);
                    let e = self.mint(Kind::Initiative, label, (format!("initiative_pattern:{}", h.id), "head-and-complement"));
                    self.by_words.insert((Kind::Initiative, key), e);
                    e
                }
            };
            let id = self.s.mentions.len() as u32;
            self.s.mentions.push(Mention { start: i as u32, end: end as u32, letters, ent, by_title: false });
            for t in i..end {
                if self.s.mention_of[t] == NONE {
                    self.s.mention_of[t] = id;
                }
            }
        }
    }

    /// Bodies named shorter than before (`وزارة الخارجية` after `وزارة الخارجية الصينية`) are the same where only one can be meant.
    fn unify_bodies(&mut self) {
        let bodies: Vec<(EntId, String)> = (0..self.s.ents.len() as u32)
            .filter(|&e| self.s.ents[e as usize].kind == Kind::Organization)
            .flat_map(|e| self.s.mentions.iter().filter(move |m| m.ent == e).map(move |m| (e, *m)).collect::<Vec<_>>())
            .map(|(e, m)| (e, sijill_text::fold(&self.doc().words(m.start, m.end, m.letters))))
            .collect();
        for e in 0..self.s.ents.len() as u32 {
            if self.s.ents[e as usize].actor.is_some() || self.s.ents[e as usize].kind != Kind::Organization || self.s.ents[e as usize].country.is_some() {
                continue;
            }
            let own: Vec<&String> = bodies.iter().filter(|(x, _)| *x == e).map(|(_, w)| w).collect();
            let mut longer: Vec<EntId> =
                bodies.iter().filter(|(x, w)| *x != e && own.iter().any(|o| w.starts_with(o.as_str()) && w[o.len()..].starts_with(' '))).map(|(x, _)| *x).collect();
            longer.sort_unstable();
            longer.dedup();
            if let [one] = longer[..] {
                self.merge(e, one);
            }
        }
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

    // --- people --------------------------------------------------------------------------------------------------

    fn people(&mut self, short: &[Match]) {
        // Full register names first: they tell which short names count.
        let n = self.s.tokens.len();
        let mut i = 0;
        while i < n {
            if self.s.junk[i] || self.s.time_of[i] != NONE {
                i += 1;
                continue;
            }
            i = self.person(i, short).unwrap_or(i + 1).max(i + 1);
        }
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
            let grammar = self.doc().tag(at, Tag::Preposition);
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
                    continue;
                }
            } else if !grammar && self.doc().flag(at, Flag::Honorific) && !self.starts_title(at) && self.s.mention_of[at] == NONE {
                let hit = self.doc().readings(at).find(|(a, r)| free(a.proclitics, first) && a.pronoun().is_none() && self.lex.lemma(r).has(Flag::Honorific)).map(|(a, _)| a);
                if let Some(a) = hit {
                    if first {
                        letters = a.letters;
                    }
                    honorific = true;
                    at += 1;
                    continue;
                }
            }
            if self.doc().tag(at, Tag::Counterpart) && first {
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
            if let Some((m, who)) = self.short_at(at, short, &roles, honorific || !roles.is_empty()) {
                if m.letters == 0 || first {
                    if first {
                        letters = m.letters;
                    }
                    let to = self.name_end(at, m.end as usize);
                    name = Some((at, to, who));
                    at = to;
                }
                break;
            }
            // `وزير الخارجية الأمريكي، جون كيري،`: the name between commas.
            if self.doc().comma(at) && roles.last().is_some_and(|r| r.end as usize == at) {
                if let Some((to, who)) = self.name_between_commas(at + 1, short, &roles) {
                    name = Some((at + 1, to, who));
                    at = to;
                }
                break;
            }
            let titled = honorific || !roles.is_empty();
            let linked = roles.last().is_some_and(|r| self.lex.titles.get(r.title_id as usize).is_some_and(|t| t.link.iter().any(|l| l == self.fold(at))));
            if linked {
                break;
            }
            let (to, cut) = self.unknown_name(at, titled, first);
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
                let key = self.words_key(from, to, own_letters);
                match self.same_person(&key, &roles) {
                    Some(e) => e,
                    None => {
                        let label = self.doc().words(from as u32, to as u32, own_letters);
                        let entry =
                            roles.first().map_or_else(|| "given".to_owned(), |r| format!("title:{}", self.lex.titles.get(r.title_id as usize).map_or("", |t| t.id.as_str())));
                        let e = self.mint(Kind::Person, label, (entry, if roles.is_empty() { "given-name" } else { "title-and-name" }));
                        self.by_words.insert((Kind::Person, key), e);
                        e
                    }
                }
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
            roles.push(role);
            end = after;
        }
        self.add_roles(ent, roles);
        self.phrase(Phrase { start: i as u32, end: end as u32, letters, proclitics: self.clitics_at(i, letters), ents: vec![ent], unnamed: false, plural: false });
        Some(end)
    }

    /// The name that a comma sets off from its title: a known person, or two words of a name before a comma or a stop.
    fn name_between_commas(&mut self, at: usize, short: &[Match], roles: &[RoleFound]) -> Option<(usize, Option<EntId>)> {
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
        if to >= at + 2 && letters == 0 && closed(to) && short.iter().all(|m| m.start as usize != at || m.end as usize <= to) {
            return Some((to, None));
        }
        None
    }

    /// Places in the wording of a title (`خادم الحرمين الشريفين`) are not spoken of.
    fn forget_places(&mut self, from: usize, to: usize) {
        for t in from..to {
            let m = self.s.mention_of[t];
            if m != NONE && self.s.ents[self.s.mentions[m as usize].ent as usize].kind == Kind::Place && self.s.mentions[m as usize].end as usize <= to {
                self.s.mention_of[t] = NONE;
                self.s.mentions[m as usize].end = self.s.mentions[m as usize].start;
            }
        }
    }

    fn clitics_at(&self, i: usize, letters: u8) -> Clitics {
        self.s
            .analyses_at(i)
            .iter()
            .find(|a| a.letters == letters)
            .map(|a| a.proclitics)
            .unwrap_or_else(|| strip(self.fold(i)).into_iter().find(|(_, l, _)| *l == letters).map_or(Clitics::default(), |(_, _, c)| c))
    }

    fn title_at(&self, i: usize) -> Option<(Match, u32, Count)> {
        self.s
            .matches_at(i)
            .iter()
            .filter_map(|m| if let Link::Title(t, c) = m.link { Some((*m, t, c)) } else { None })
            .max_by_key(|(m, _, c)| (m.end, std::cmp::Reverse(m.letters), matches!(c, Count::One(_))))
    }

    /// One title and whose it is. Returns the token after it.
    fn title(&self, i: usize, m: &Match, title: u32) -> (RoleFound, usize) {
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
                        if of == OfWhom::Nobody {
                            of = w;
                        }
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
            if let Some((c, next, cl)) = self.demonym_at(end) {
                if cl.0 & !(Clitic::Article as u8) == 0
                    && !matches!(of, OfWhom::Ent(_))
                    && self.within_title(i, end)
                    && (cl.has(Clitic::Article) || self.doc().definite(end) || self.s.flags[end] & Flag::Given as u32 == 0 || end == i + 1 && !self.doc().definite(i))
                {
                    of = OfWhom::State(self.iso(c));
                    end = next;
                    continue;
                }
                break;
            }
            // Directly, or behind the preposition that such a title takes.
            let kinds = [Kind::Country, Kind::Organization, Kind::Forum, Kind::Place];
            let link = t.link.iter().any(|l| l == self.fold(end));
            let linked = link || self.doc().tag(end, Tag::Locative) || self.doc().tag(end, Tag::Preposition) || self.link_word(end);
            let at = if linked && self.named_at(end, &kinds).is_none() { end + 1 } else { end };
            if let Some((e, next)) = self.named_at(at, &kinds) {
                let letters = self.s.mentions[self.s.mention_of[at] as usize].letters;
                let cl = self.clitics_at(at, letters);
                let ent = &self.s.ents[e as usize];
                let posted = matches!(kind.as_str(), "ambassador" | "envoy");
                let direction = at > end && self.doc().tag(end, Tag::Direction);
                let fits = if link && at > end {
                    true
                } else if at > end || cl.governs() {
                    posted || body && !direction || matches!(ent.kind, Kind::Country | Kind::Place) && !direction && !linked_to_city(ent.kind, at > end)
                } else {
                    !cl.joins()
                };
                if !fits || (letters > 0 && !cl.governs()) {
                    break;
                }
                let fresh = of == OfWhom::Nobody;
                // An ambassador's post is not whose ambassador he is.
                if fresh && !(posted && (at > end || cl.governs()) && ent.kind != Kind::Forum && ent.kind != Kind::Organization) {
                    of = match ent.kind {
                        Kind::Country => OfWhom::State(ent.country.clone().unwrap_or_default()),
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
                let to = self.definite_nouns(end, false, 2);
                if to > end && self.named_at(to, &[Kind::Organization, Kind::Forum]).is_some() {
                    end = to;
                    continue;
                }
            }
            // `الملك`, `الدائم`, `الخاص`: an adjective that goes with the title, where a name or a state follows.
            if self.plain_definite(end)
                && (m.end as usize == end || body)
                && self.doc().definite(m.end as usize - 1)
                && end + 1 < n
                && (self.demonym_at(end + 1).is_some() || self.starts_title(end + 1))
            {
                end += 1;
                continue;
            }
            break;
        }
        (RoleFound { title: kind, title_id: title, of, start: i as u32, end: end as u32, former }, end)
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
        let actor = [Kind::Forum, Kind::Organization].into_iter().find_map(|k| self.lex.actor_by_id(k, id));
        actor.map_or(OfWhom::Nobody, |a| self.by_actor.get(&a).map_or(OfWhom::Register(a), |&e| OfWhom::Ent(e)))
    }

    fn link_word(&self, i: usize) -> bool {
        self.doc().flag(i, Flag::Function) && self.s.tokens[i].kind == TokenKind::Word && self.named_at(i + 1, &[Kind::Organization, Kind::Forum]).is_some()
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
                && self.fold(end).starts_with('\u{0648}')
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

    /// Does a person's name (or honorific and name) begin at `i`?
    fn names_somebody(&self, i: usize, short: &[Match]) -> bool {
        let mut at = i;
        for _ in 0..4 {
            if at >= self.s.tokens.len() {
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
                at += 1;
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
            || short.iter().any(|m| m.start as usize == at && m.letters == 0)
            || self.unknown_name(at, true, false).0 > at
    }

    /// A short register name at `i`: which person it is, if that can be told.
    fn short_at(&mut self, i: usize, short: &[Match], roles: &[RoleFound], titled: bool) -> Option<(Match, Option<EntId>)> {
        if self.s.tags[i] != 0 {
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
        if !short.iter().any(|s| s.start as usize == i) || self.s.mention_of[i] != NONE {
            return None;
        }
        // The name goes on: another person than the bearer of the short name (`هادي البحرة`).
        let goes_on = self.name_end(i, m.end as usize) > m.end as usize;
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
            // A person found by rule whose name ends in this word goes before the register.
            if named.is_empty() && self.found_by_last_word(i, &m) {
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

    /// Does a person hold one of the first offices of a state or body at the article's time?
    fn prominent(&self, actor: u32) -> bool {
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

    /// Is the word written with the dots of final ya (`علي`, not `على`)?
    fn dotted_ya(&self, i: usize) -> bool {
        self.text[self.s.tokens[i].start as usize..self.s.tokens[i].end as usize].ends_with('\u{064A}')
    }

    fn found_by_last_word(&self, i: usize, m: &Match) -> bool {
        let word = self.doc().words(m.start, m.end, m.letters);
        let folded = sijill_text::fold(&word);
        let _ = i;
        self.s.ents.iter().any(|e| e.kind == Kind::Person && e.actor.is_none() && !e.nameless && sijill_text::fold(&e.label).split(' ').next_back() == Some(folded.as_str()))
    }

    /// Did this person ever hold an office of that title and state?
    fn held(&self, actor: u32, role: &RoleFound) -> bool {
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

    /// Where a name that begins at `from` and is sure up to `to` ends.
    fn name_end(&self, from: usize, to: usize) -> usize {
        let n = self.s.tokens.len();
        let mut end = to;
        while end < n && end - from < LONGEST_NAME {
            if self.s.mention_of[end] != NONE || self.s.time_of[end] != NONE || self.s.junk[end] {
                break;
            }
            let particle = self.particle(end) && end + 1 < n && (self.name_word(end + 1, false) || self.behind_patronymic(end + 1));
            // `الشيخ`, `الحاج` inside or at the end of a name.
            let family = end > from
                && self.doc().definite(end)
                && self.doc().flag(end, Flag::Honorific)
                && self.s.matches_at(end).iter().all(|m| !matches!(m.link, Link::Title(..)) && m.end as usize <= end + 1);
            if particle {
                end += 2;
            } else if family || self.name_word(end, false) && !self.and_word(end) || self.inner_and(end) {
                end += 1;
            } else if self.s.tokens[end].is_mark('-') && end + 1 < n && self.s.tokens[end].glued && self.s.tokens[end + 1].glued && self.name_word(end + 1, false) {
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    /// A particle that carries a name on, written as it is (`آيت`, not `و` + `آيت`).
    fn particle(&self, i: usize) -> bool {
        self.doc().flag(i, Flag::Particle)
            && self.s.tags[i] == 0
            && self.s.analyses_at(i).iter().any(|a| a.letters == 0 && self.lex.reading_slice(a.readings).iter().any(|r| self.lex.lemma(r).has(Flag::Particle)))
    }

    /// Behind `بن` any word is a name, whatever else it may be (`بن مساعد`, `بن مقدم`).
    fn behind_patronymic(&self, i: usize) -> bool {
        i > 0
            && self.fold(i - 1) == "\u{0628}\u{0646}"
            && self.s.tokens[i].kind == TokenKind::Word
            && self.s.mention_of[i] == NONE
            && self.s.time_of[i] == NONE
            && self.s.tags[i] == 0
    }

    /// A middle name that begins with `و` and is no known word, between names (`صلاح ونسي محمد`).
    fn inner_and(&self, i: usize) -> bool {
        let plain = |k: usize| self.s.flags.get(k).is_some_and(|f| f & Flag::Given as u32 != 0) && self.name_word(k, false);
        self.fold(i).starts_with('\u{0648}')
            && self.s.tokens[i].kind == TokenKind::Word
            && self.s.mention_of[i] == NONE
            && self.s.flags[i] & (Flag::Speech as u32 | Flag::Frame as u32 | Flag::Light as u32 | Flag::Given as u32) == 0
            && !self.starts_title(i)
            && plain(i + 1)
            && !self.reads_whole(i)
            && i > 0
            && self.s.flags[i - 1] & Flag::Given as u32 != 0
    }

    /// The future of an unknown verb (`ستعمل`).
    fn verb_shape(&self, i: usize) -> bool {
        let mut c = self.fold(i).chars();
        let first = c.next();
        let first = if matches!(first, Some('\u{0648}' | '\u{0641}')) { c.next() } else { first };
        first == Some('\u{0633}') && matches!(c.next(), Some('\u{064A}' | '\u{062A}' | '\u{0646}')) && c.count() >= 3 && self.s.flags[i] & Flag::Given as u32 == 0
    }

    /// A word that may be `و` and something else.
    fn and_word(&self, i: usize) -> bool {
        let f = self.fold(i);
        f.starts_with('\u{0648}')
            && f.chars().count() > 4
            && !self.s.analyses_at(i).iter().any(|a| a.letters == 0 && self.lex.reading_slice(a.readings).iter().any(|r| self.lex.lemma(r).has(Flag::Given)))
    }

    /// May this word be part of a person's name?
    fn name_word(&self, i: usize, first: bool) -> bool {
        let t = &self.s.tokens[i];
        if t.kind != TokenKind::Word || self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.time_of[i] != NONE {
            return false;
        }
        if self.starts_title(i) {
            let long = self.s.matches_at(i).iter().any(|m| matches!(m.link, Link::Title(..)) && m.end as usize > i + 1);
            let place = self.s.flags.get(i + 1).is_some_and(|f| f & Flag::PlaceHead as u32 != 0);
            if long || place || self.s.flags[i] & Flag::Given as u32 == 0 {
                return false;
            }
        }
        if !first && self.verb_shape(i) {
            return false;
        }
        if !first && matches!(self.fold(i).chars().next(), Some('\u{0648}' | '\u{0644}' | '\u{0641}')) && self.given_behind(i).is_some() {
            return false;
        }
        // A known name behind a proclitic is another's (`شي جين بينغ لتوكاييف`).
        if !first
            && self.s.matches_at(i).iter().any(|m| m.letters > 0 && m.proclitics.governs() && matches!(m.link, Link::Name(..)))
            && !self.s.matches_at(i).iter().any(|m| m.letters == 0 && matches!(m.link, Link::Name(..)))
        {
            return false;
        }
        let whole_given = self.s.analyses_at(i).iter().any(|a| {
            a.letters == 0 && a.pronoun().is_none() && !a.proclitics.has(Clitic::Article) && self.lex.reading_slice(a.readings).iter().any(|r| self.lex.lemma(r).has(Flag::Given))
        });
        if whole_given {
            // `علي` and `على` fold alike: the dots tell, where the outlet writes them.
            let dotted = self.text[self.s.tokens[i].start as usize..self.s.tokens[i].end as usize].ends_with('\u{064A}');
            let goes_on = || {
                self.s.flags.get(i + 1).is_some_and(|f| {
                    f & Flag::Given as u32 != 0 || *f == 0 && self.s.tags[i + 1] == 0 && self.s.tokens[i + 1].kind == TokenKind::Word && self.s.mention_of[i + 1] == NONE
                })
            };
            return self.s.tags[i] == 0 || dotted && (!first || goes_on());
        }
        if !self.unknown(i) {
            return false;
        }
        if first && self.doc().definite(i) {
            return false;
        }
        // A preposition and the article, or `كـ`: no name begins so.
        let f = self.fold(i);
        let letters = f.chars().count();
        if letters > 4
            && ["\u{0628}\u{0627}\u{0644}", "\u{0644}\u{0644}", "\u{0648}\u{0627}\u{0644}", "\u{0643}\u{0627}\u{0644}", "\u{0641}\u{0627}\u{0644}"].iter().any(|p| f.starts_with(p))
        {
            return false;
        }
        true
    }

    /// A name that no register knows, at `i`. Behind a title any unknown word may begin it, elsewhere only a given name with
    /// another name word behind it. Returns the token after it and the letters of proclitics before it.
    fn unknown_name(&self, i: usize, titled: bool, first: bool) -> (usize, u8) {
        let n = self.s.tokens.len();
        if i >= n || self.s.tokens[i].kind != TokenKind::Word {
            return (i, 0);
        }
        let given = |i: usize| self.s.flags.get(i).is_some_and(|f| f & Flag::Given as u32 != 0);
        let particle_first = self.particle(i) && i + 1 < n && self.name_word(i + 1, false);
        let mut letters = 0;
        // A given name behind a proclitic (`لسمير`, `ومارك`) is not the name with it.
        let behind = self.given_behind(i);
        if behind.is_some() && !first {
            return (i, 0);
        }
        let patronymic =
            i + 2 < n && self.fold(i + 1) == "\u{0628}\u{0646}" && self.s.tags[i] == 0 && self.s.mention_of[i] == NONE && self.s.time_of[i] == NONE && !self.starts_title(i);
        if self.fold(i) == "\u{0628}\u{0646}" && !titled {
            return (i, 0);
        }
        if self.doc().flag(i, Flag::Second) && self.doc().definite(i) {
            return (i, 0);
        }
        if !first && self.and_word(i) {
            return (i, 0);
        }
        if let (Some(cut), true) = (behind, self.s.mention_of[i] == NONE) {
            letters = cut;
        } else if !self.name_word(i, true) && !particle_first && !patronymic {
            // A proclitic before a given name (`لمحمد الأمين`).
            if !first || !given(i) {
                return (i, 0);
            }
            let Some(a) = self
                .s
                .analyses_at(i)
                .iter()
                .find(|a| a.letters > 0 && !a.proclitics.has(Clitic::Article) && self.lex.reading_slice(a.readings).iter().any(|r| self.lex.lemma(r).has(Flag::Given)))
            else {
                return (i, 0);
            };
            if self.s.flags[i] & !(Flag::Given as u32 | Flag::Name as u32) != 0 || self.s.mention_of[i] != NONE {
                return (i, 0);
            }
            letters = a.letters;
        }
        let mut end = self.name_end(i, i + 1);
        // Behind a title a given name alone takes a definite word for its surname, whatever else that means (`أشرف القدرة`).
        let noun = self
            .doc()
            .readings(i)
            .any(|(a, r)| a.letters == 0 && !r.pos().finite() && self.lex.lemma(&r).flags & (Flag::Common as u32 | Flag::Class as u32 | Flag::NounFrame as u32) != 0);
        if titled && end == i + 1 && given(i) && !noun && end < n && self.surname_of_use(end) {
            end += 1;
        }
        // A given name that is a noun as well needs a further name (`خادم الحرمين وسام الاستحقاق`).
        if titled && end == i + 1 && noun && letters == 0 {
            return (i, 0);
        }
        if titled {
            // One unknown word behind a title alone may be anything; a given name or two words are a name.
            // Behind an indefinite title of one word (`رئيس أسود`, `خبيرا نفطيا`) it is an adjective.
            let indefinite = i > 0
                && !self.doc().definite(i - 1)
                && self.s.matches.list.iter().any(|m| m.end as usize == i && m.end == m.start + 1 && matches!(m.link, Link::Title(..)) && !m.proclitics.has(Clitic::Article))
                && !self.doc().flag(i - 1, Flag::Honorific);
            let one_ok = given(i) || self.s.tokens[i].to - self.s.tokens[i].from >= 3 && !indefinite;
            return if end - i >= 2 || one_ok { (end, letters) } else { (i, 0) };
        }
        // `تحسين الارتباطية`: an abstract noun behind a masdar that is a given name as well.
        let abstract_noun = end - i == 2 && self.doc().definite(i + 1) && self.fold(i + 1).ends_with("\u{064A}\u{0647}") && !given(i + 1);
        let sure = (given(i) || particle_first && end - i >= 3 || patronymic && end - i >= 3)
            && end - i >= 2
            && !abstract_noun
            && self.s.flags[i] & (Flag::Common as u32 | Flag::Frame as u32 | Flag::Speech as u32 | Flag::Function as u32 | Flag::NounFrame as u32 | Flag::Class as u32) == 0;
        if sure { (end, letters) } else { (i, 0) }
    }

    /// The letters of the proclitics before a given name, where the word with them is neither a given name nor known.
    fn given_behind(&self, i: usize) -> Option<u8> {
        let given = |a: &sijill_grammar::Analysis| self.lex.reading_slice(a.readings).iter().any(|r| self.lex.lemma(r).has(Flag::Given));
        let list = self.s.analyses_at(i);
        if list.iter().any(|a| a.letters == 0 && a.readings.0 != a.readings.1) || self.s.flags[i] & !(Flag::Given as u32 | Flag::Name as u32) != 0 || self.doc().definite(i) {
            return None;
        }
        list.iter()
            .filter(|a| a.letters > 0 && !a.proclitics.has(Clitic::Article) && !a.proclitics.has(Clitic::Future) && a.pronoun().is_none() && given(a))
            .map(|a| a.letters)
            .min()
    }

    /// A definite noun of the language that may be a surname: no adjective of nationality, no title, no time.
    fn surname_of_use(&self, i: usize) -> bool {
        let bare = self.s.analyses_at(i).iter().all(|a| a.letters == 0);
        self.plain_definite(i)
            && bare
            && self.demonym_at(i).is_none()
            && self.s.flags[i] & (Flag::OrgHead as u32 | Flag::PlaceHead as u32 | Flag::Unnamed as u32 | Flag::Group as u32 | Flag::Speech as u32 | Flag::Predicate as u32) == 0
            && self.doc().readings(i).all(|(_, r)| !matches!(r.number(), Number::Dual | Number::Plural))
    }

    /// A person already met under these words, or under words that these complete or shorten, with no other title.
    fn same_person(&self, key: &str, roles: &[RoleFound]) -> Option<EntId> {
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
        let _ = roles;
        match hits[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    fn add_roles(&mut self, ent: EntId, mut roles: Vec<RoleFound>) {
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
            if r.of == OfWhom::Nobody && self.lex.titles[r.title_id as usize].of == Of::State && !rank_only(&r) {
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
                "expert" | "expert-body" | "journalist" | "activist" | "official" | "cleric" | "royal-kin" | "athlete-artist" | "tribal-chief" | "militant" | "chief-executive"
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
        near.or_else(|| self.home.clone().filter(|h| self.s.ents.iter().any(|e| e.kind == Kind::Country && e.country.as_ref() == Some(h))))
            .or_else(|| self.main_state())
            .map_or(OfWhom::Nobody, OfWhom::State)
    }

    /// The state whose side was named last before token `i` in its paragraph.
    fn side(&self, i: usize) -> Option<String> {
        let from = (0..i).rev().take(120).find(|&k| self.doc().is_break(k)).unwrap_or(i.saturating_sub(120));
        (from..i).rev().find_map(|k| {
            if !self.doc().readings(k).any(|(_, r)| self.lex.lemma(&r).is(Tag::Side)) {
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

    /// The title that `نظيره` repeats: that of the person named last before it.
    fn counterpart_title(&self, i: usize) -> Option<(String, u32)> {
        let last = self.s.phrases.iter().filter(|p| (p.end as usize) <= i && p.end as usize + 30 > i && p.ents.len() == 1).max_by_key(|p| p.end)?;
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
        // `رئيسا`, `زعيم دولة`, `رئيس أمريكي`: any such one, not the bearer.
        let named = |t: usize| self.s.mention_of[t] != NONE;
        if counterpart.is_none()
            && !(i..end).any(|t| {
                self.doc().definite(t)
                    || named(t)
                    || self.fold(t).starts_with("\u{0644}\u{0644}")
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
        // `وهو أيضا عضو …`: a further office of the person before.
        if let Some(who) = self.he(i) {
            self.add_roles(who, roles);
            return Some(end);
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
                && (e.roles.iter().any(|r| roles.iter().any(|q| (r.title == q.title || broad(&q.title, &r.title)) && compatible(&r.of, &q.of)))
                    || e.actor.is_some_and(|a| specific && roles.iter().any(|q| self.held(a, q) && e.roles.is_empty())))
        };
        let back = self.s.phrases.iter().rev().flat_map(|p| p.ents.iter()).map(|&e| self.doc().root(e)).find(|&e| bears(&self.s.ents[e as usize]));
        let ent = match back {
            Some(e) => e,
            None => {
                let words = end - i;
                if !specific && words < 2 && counterpart.is_none() {
                    return None;
                }
                let key = format!("{}|{:?}", main.title, main.of);
                match self.by_words.get(&(Kind::Person, key.clone())) {
                    Some(&e) => e,
                    None => {
                        let label = self.doc().words(i as u32, end as u32, letters);
                        let id = self.lex.titles.get(main.title_id as usize).map_or(String::new(), |t| format!("title:{}", t.id));
                        let e = self.mint(Kind::Person, label, (id, "title-alone"));
                        self.s.ents[e as usize].nameless = true;
                        self.s.ents[e as usize].feminine = feminine;
                        self.by_words.insert((Kind::Person, key), e);
                        e
                    }
                }
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
        let Some(stem) = word.strip_suffix('\u{0627}') else { return false };
        let node = self.lex.words.get(stem).and_then(|w| self.lex.phrases.step(sijill_lexicon::Trie::ROOT, w));
        node.is_some_and(|n| self.lex.phrases.payloads(n).any(|p| matches!(self.lex.links[p as usize], Link::Title(..))))
    }

    /// The person that `وهو` before token `i` (with an adverb between, at most) takes up.
    fn he(&self, i: usize) -> Option<EntId> {
        let pronoun = |k: usize| self.doc().tag(k, Tag::Relative) && ["\u{0647}\u{0648}", "\u{0647}\u{064A}"].iter().any(|p| self.fold(k).ends_with(p));
        let at = [1, 2].into_iter().filter_map(|back| i.checked_sub(back)).find(|&k| pronoun(k))?;
        let p = self.s.phrases.iter().filter(|p| (p.end as usize) <= at && p.end as usize + 3 > at).max_by_key(|p| p.end)?;
        match p.ents[..] {
            [one] if self.doc().ent(one).kind == Kind::Person => Some(self.doc().root(one)),
            _ => None,
        }
    }

    /// May this title stand for its bearer without a name?
    fn office(&self, r: &RoleFound) -> bool {
        match r.title.as_str() {
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
                    let key = self.words_key(next, to, 0);
                    let e = match self.same_person(&key, &[]) {
                        Some(e) => e,
                        None => {
                            let label = self.doc().words(next as u32, to as u32, 0);
                            let e = self.mint(Kind::Person, label, (format!("title:{}", self.lex.titles[title as usize].id), "shared-title"));
                            self.by_words.insert((Kind::Person, key), e);
                            e
                        }
                    };
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

    // --- names that come back ------------------------------------------------------------------------------------

    /// Surnames and by-names of the people found, and titles whose bearer is named only later.
    fn later_names(&mut self) {
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
            if self.s.tokens[i].kind != TokenKind::Word || self.s.mention_of[i] != NONE || self.s.junk[i] || self.s.time_of[i] != NONE || self.covered(i) {
                continue;
            }
            // Words of grammar, and `عبد`, `الدين` of a given name in two words, are no surnames.
            if self.s.tags[i] != 0 && !self.dotted_ya(i) || self.doc().flag(i, Flag::Second) {
                continue;
            }
            let options = strip(self.fold(i));
            let known_word = self.s.flags[i] & !(Flag::Given as u32 | Flag::Name as u32 | Flag::Particle as u32 | Flag::Second as u32) != 0 || self.s.tags[i] != 0;
            for (rest, letters, clitics) in options {
                let titled = letters == 0 && i > 0 && (self.doc().flag(i - 1, Flag::Honorific) || self.s.titled[i]);
                let hit = by_word.get(rest).copied().flatten().or_else(|| if titled { given.get(rest).copied().flatten() } else { None });
                if let Some(ent) = hit {
                    // A surname that is a common word counts behind a title or with its article.
                    let common = known_word && !titled && self.s.flags[i] & (Flag::Common as u32 | Flag::Frame as u32 | Flag::Speech as u32 | Flag::NounFrame as u32) != 0;
                    if common && !self.doc().definite(i) || rest.chars().count() < 2 {
                        continue;
                    }
                    let start = if titled { self.back_over_titles(i) } else { i };
                    self.mention(Mention { start: i as u32, end: i as u32 + 1, letters, ent, by_title: false });
                    self.phrase(Phrase { start: start as u32, end: i as u32 + 1, letters, proclitics: clitics, ents: vec![ent], unnamed: false, plural: false });
                    break;
                }
            }
        }
        self.bearers_named_later();
        self.given_names_alone();
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
        self.s.matches.list.iter().filter(|m| m.end as usize == i && matches!(m.link, Link::Title(..) | Link::Honorific)).map(|m| m.start as usize).min().unwrap_or(i)
    }

    fn phrase(&mut self, p: Phrase) {
        self.covered[p.start as usize..p.end as usize].fill(true);
        self.s.phrases.push(p);
    }

    fn covered(&self, i: usize) -> bool {
        self.covered.get(i).is_some_and(|c| *c)
    }

    /// An office without a name whose only bearer is named further on is that person.
    fn bearers_named_later(&mut self) {
        for e in 0..self.s.ents.len() as u32 {
            if !self.s.ents[e as usize].nameless || self.s.ents[e as usize].merged.is_some() {
                continue;
            }
            let roles = self.s.ents[e as usize].roles.clone();
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

/// A title that the bare word may stand for (`الوزير` for any minister, `المسؤول` for anybody).
fn broad(word: &str, held: &str) -> bool {
    word == "minister" && matches!(held, "foreign-minister" | "defence-minister") || word == "head-of-state" && held == "monarch"
}

/// `السفير` alone before a name is a rank: it does not say whose.
fn rank_only(r: &RoleFound) -> bool {
    r.title == "ambassador" && r.end - r.start == 1
}

fn compatible(a: &OfWhom, b: &OfWhom) -> bool {
    a == b || matches!(a, OfWhom::Nobody) || matches!(b, OfWhom::Nobody)
}

fn linked_to_city(kind: Kind, linked: bool) -> bool {
    linked && kind == Kind::Place
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
fn strip(folded: &str) -> Vec<(&str, u8, Clitics)> {
    let mut out = vec![(folded, 0, Clitics::default())];
    let and = folded
        .strip_prefix('\u{0648}')
        .map(|r| (r, 1, Clitics::default().with(Clitic::And)))
        .or_else(|| folded.strip_prefix('\u{0641}').map(|r| (r, 1, Clitics::default().with(Clitic::Then))));
    out.extend(and);
    for k in 0..out.len() {
        let (rest, n, c) = out[k];
        for (letter, clitic) in [('\u{0628}', Clitic::With), ('\u{0644}', Clitic::For), ('\u{0643}', Clitic::Like)] {
            if let Some(r) = rest.strip_prefix(letter) {
                out.push((r, n + 1, c.with(clitic)));
            }
        }
    }
    out
}

const _: fn(Pos) -> bool = Pos::finite;
