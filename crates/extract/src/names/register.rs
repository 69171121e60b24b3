//! Names that the register lists: which of them the text means.
//!
//! The longest name wins, then the likelier sort of entity; a name that is a common word as well asks for support from the words
//! around it. Short names of people are only remembered here: `short` decides them once the people are known.
//! What must not live here: names that no register has.

use super::Names;
use crate::doc::*;
use sijill_grammar::{Clitics, Match};
use sijill_lexicon::inflect::Gender;
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, NameKind, Shape, Tag};

impl Names<'_> {
    /// Chooses among the register's names: left to right, the longest first. Short names of people are only remembered: they
    /// count where the person is known to be meant.
    pub(super) fn register_names(&mut self) -> Vec<Match> {
        let n = self.s.tokens.len();
        let mut short = Vec::new();
        let mut taken = 0usize;
        self.gather_evidence();
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
                // … but one that stands for a body spoken of before may be a body's short name (`التحالف`).
                if m.end as usize == i + 1 && self.s.tags[i] & !(1 << Tag::BareHead as u64) != 0 && !matches!(self.lex.actors[actor as usize].kind, Kind::Country) {
                    continue;
                }
                // The future particle stands before verbs (`سليم` is not `س` + `ليم`).
                if m.proclitics.has(Clitic::Future) {
                    continue;
                }
                if self.behind_title(i, m, actor) || self.today_there(m, actor) {
                    continue;
                }
                let rank = |m: &Match, actor: u32, kind: NameKind| {
                    (
                        m.end,
                        self.meant_as_outlet(m, actor),
                        self.rank(actor, kind) + self.evidence(actor) + self.meant_by_bare(actor, kind) + self.behind_capital(i, actor, kind) + self.among_states(m, actor, kind),
                        std::cmp::Reverse(m.letters),
                    )
                };
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
            // `سعود بن نايف بن عبدالعزيز`: the father's name within the son's.
            if a.kind == Kind::Person && m.letters == 0 && i > 1 && self.patronymic(i - 1) && self.s.tokens[i - 2].kind == sijill_text::Kind::Word {
                continue;
            }
            // A name that the register gives with its title is entered without it, with the people.
            if a.kind == Kind::Person
                && self.s.matches_at(i).iter().any(|t| matches!(t.link, Link::Title(..) | Link::Honorific) && t.end < m.end)
                && self.lex.begins(&self.doc().words(m.start, m.start + 1, m.letters), Shape::Article)
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

    /// `وصل إلى بغداد اليوم`: a place and a day, where an outlet is called by both words.
    fn today_there(&self, m: &Match, actor: u32) -> bool {
        let d = self.doc();
        let (first, last) = (m.start as usize, m.end as usize - 1);
        self.lex.actors[actor as usize].media && last > first && self.s.time_of[last] != NONE && first > 0 && d.tag(first - 1, Tag::Locative) && !d.tag(first - 1, Tag::Partitive)
    }

    /// The name of an outlet without the word that announces it (`صحيفة`, `وكالة`): where the rest is its name too, and behind
    /// a word for printed matter always.
    fn without_head(&self, m: Match, actor: u32) -> Match {
        let first = m.start as usize;
        if self.lex.actors[actor as usize].kind != Kind::Organization || m.end - m.start < 2 {
            return m;
        }
        let Some((head, after, _, _)) = self.head_at(first, Flag::OrgHead).filter(|(h, after, ..)| self.lex.heads[*h as usize].media && *after < m.end as usize) else { return m };
        // A head of several words belongs to the name (`وكالة أنباء الأناضول`).
        if after > first + 1 {
            return m;
        }
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

    /// Does a name stand alone between quotation marks, brackets or strokes, or between a date and a dash as in a dateline?
    fn wrapped(&self, m: &Match) -> bool {
        let d = self.doc();
        let open = |i: usize| d.quote_mark(i) || d.mark(i) == Some('(');
        let close = |i: usize| d.quote_mark(i) || d.mark(i) == Some(')');
        let stroke = |i: usize| d.mark(i) == Some('/');
        let (before, after) = ((m.start as usize).wrapping_sub(1), m.end as usize);
        m.start > 0 && (open(before) && close(after) || stroke(before) && stroke(after) || self.s.time_of[before] != NONE && d.dash(after))
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

    /// What the article says of its states under other names, for `evidence`: gathered once, for it is asked at every name.
    pub(super) fn gather_evidence(&mut self) {
        let doc = Doc { lex: self.lex, text: self.text, s: self.s };
        for i in (0..doc.len()).filter(|&i| doc.flag(i, Flag::Demonym)) {
            let links = doc.readings(i).flat_map(|(_, r)| &self.lex.lemma(&r).links);
            self.demonyms.extend(links.filter_map(|l| if let Link::Demonym(actor) = l { Some(*actor) } else { None }));
        }
        let country = |actor: u32| self.lex.actors[actor as usize].kind == Kind::Country;
        for m in &self.s.matches.list {
            let Link::Name(actor, kind) = m.link else { continue };
            let another = || self.s.matches_at(m.start as usize).iter().any(|x| x.end == m.end && matches!(x.link, Link::Name(c, NameKind::Full) if country(c)));
            if kind == NameKind::Full && m.end - m.start > 1 || kind == NameKind::Capital && !another() {
                self.unmistaken.insert(actor);
            }
        }
    }

    /// One name, several states (`عمان`): the article speaks of the one whose demonym or other name it has.
    fn evidence(&self, actor: u32) -> u8 {
        if self.lex.actors[actor as usize].kind != Kind::Country || !self.lex.actors[actor as usize].ambiguous {
            return 0;
        }
        if self.unmistaken.contains(&actor) || self.demonyms.contains(&actor) { 4 } else { 0 }
    }

    /// `العاصمة الأردنية عمان`: the capital of the state that the adjective names.
    fn behind_capital(&self, i: usize, actor: u32, kind: NameKind) -> u8 {
        let named = kind == NameKind::Capital && i > 1 && self.doc().flag(i - 2, Flag::PlaceHead) && self.demonym_at(i - 1).is_some_and(|(c, ..)| c == actor);
        if named { 50 } else { 0 }
    }

    /// In a list of states by their names (`قطر وعمان والأردن`) a name that is a state's and another's capital is the state.
    fn among_states(&self, m: &Match, actor: u32, kind: NameKind) -> u8 {
        let a = &self.lex.actors[actor as usize];
        if kind != NameKind::Full || a.kind != Kind::Country || !a.ambiguous {
            return 0;
        }
        let state = |x: &Match| matches!(x.link, Link::Name(c, NameKind::Full) if c != actor && self.lex.actors[c as usize].kind == Kind::Country && !self.lex.actors[c as usize].ambiguous);
        let (start, end) = (m.start as usize, m.end as usize);
        let joined = start > 0 && (m.proclitics.joins() || self.doc().comma(start - 1));
        let last = if start > 1 && self.doc().comma(start - 1) { start - 1 } else { start };
        let before = joined && (1..=3).filter_map(|n| last.checked_sub(n)).any(|b| self.s.matches_at(b).iter().any(|x| x.end as usize == last && state(x)));
        let next = if self.doc().comma(end) { end + 1 } else { end };
        let behind = self.s.matches_at(next).iter().any(|x| x.proclitics.joins() && !x.proclitics.governs() && state(x));
        if before || behind { 40 } else { 0 }
    }

    /// One bare word, several states (`المملكة`): that of the outlet, else the one that the article names most.
    fn meant_by_bare(&self, actor: u32, kind: NameKind) -> u8 {
        let a = &self.lex.actors[actor as usize];
        if kind != NameKind::Bare || a.kind != Kind::Country {
            return 0;
        }
        if self.home.is_some() && self.home == a.country {
            return 100;
        }
        let names = self.s.matches.list.iter().filter(|m| matches!(m.link, Link::Name(x, NameKind::Full | NameKind::Capital) if x == actor)).count();
        names.min(90) as u8
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

    /// Does the article name a state in whose affairs the short names of the actor suffice (`الحوار الوطني` in news of Yemen)?
    fn in_its_affairs(&self, actor: u32, full: &[u32]) -> bool {
        let states = self.lex.actors[actor as usize].about.iter().filter_map(|iso| self.lex.actor_by_id(Kind::Country, iso));
        states.into_iter().any(|c| full.contains(&c) || self.demonyms.contains(&c))
    }

    /// Is a place of several words the beginning of a man's name (`صلاح الدين` and a surname), behind no word of place?
    fn begins_name(&self, i: usize, m: &Match) -> bool {
        let end = m.end as usize;
        let d = self.doc();
        let placed = m.proclitics.governs() || i > 0 && (d.tag(i - 1, Tag::Locative) || d.flag(i - 1, Flag::PlaceHead) || d.tag(i - 1, Tag::Preposition));
        !placed && d.flag(i, Flag::Given) && end < self.s.tokens.len() && self.unknown(end) && self.name_word(end, false) && !self.and_word(end) && !d.definite(end)
    }

    /// Is a man's name the later part of another's (his son's: `أحمد علي عبدالله صالح`, `خالد بن بندر بن سلطان`)?
    fn inside_name(&self, i: usize) -> bool {
        let given = |t: usize| self.doc().flag(t, Flag::Given) && !self.doc().definite(t) && self.s.mention_of[t] == NONE;
        let plain = |t: usize| given(t) && self.s.tags[t] == 0 && !self.starts_title(t) && !self.doc().flag(t, Flag::Honorific) && !self.other_word(t);
        i > 0 && given(i) && (plain(i - 1) || i > 1 && self.patronymic(i - 1) && given(i - 2))
    }

    /// Is it the later part of a man's name (`علي الأحمدي`)?
    fn behind_given(&self, i: usize) -> bool {
        i > 0 && self.doc().definite(i) && self.doc().flag(i - 1, Flag::Given) && !self.doc().definite(i - 1) && (self.s.tags[i - 1] == 0 || self.dotted_ya(i - 1)) && {
            let flags = self.s.flags[i - 1];
            flags & (Flag::Common as u32 | Flag::Class as u32 | Flag::NounFrame as u32 | Flag::PlaceHead as u32 | Flag::OrgHead as u32 | Flag::Frame as u32) == 0
        }
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
            return full.contains(&actor) && !(a.media && one_word) || self.in_its_affairs(actor, full);
        }
        if !one_word {
            return match a.kind {
                Kind::Place => !self.begins_name(i, m),
                Kind::Person => !self.inside_name(i),
                _ => true,
            };
        }
        if a.kind == Kind::Place && self.behind_given(i) {
            return false;
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
        // `طلبت مالي مساعدة`: the verb agrees with a state.
        let agrees = a.kind == Kind::Country
            && a.feminine
            && m.letters == 0
            && before.is_some_and(|b| doc.readings(b).any(|(x, r)| r.pos().finite() && r.gender() == Gender::Feminine && x.pronoun().is_none()));
        let supported = supported || agrees;
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
                && (m.proclitics.0 & !(Clitic::Article as u8) == 0 || m.proclitics.governs() && self.lex.begins(&self.doc().words(m.start, m.end, m.letters), Shape::Article))
    }

    /// A bare word for a state (`المملكة`) is it where the article has its demonym and no other state goes by that word.
    fn evidence_of_bare(&self, actor: u32) -> bool {
        self.demonyms.contains(&actor)
    }

    /// Has the bare word another reading than as a name?
    pub(super) fn reads_otherwise(&self, i: usize, m: &Match) -> bool {
        self.s.analyses_at(i).iter().any(|a| {
            a.letters == m.letters
                && a.readings.0 != a.readings.1
                && self.lex.reading_slice(a.readings).iter().any(|r| {
                    let l = self.lex.lemma(r);
                    // A word that opens names of its sort is none the less a name (`الكونغرس`, `الخليج`).
                    !l.has(Flag::Demonym) && !l.has(Flag::Given) && l.flags & !(Flag::OrgHead as u32 | Flag::PlaceHead as u32 | Flag::Name as u32 | Flag::Context as u32) != 0
                })
        })
    }

    /// Is the whole written word a known word?
    pub(super) fn reads_whole(&self, i: usize) -> bool {
        self.s.summaries[i].whole
    }
}
