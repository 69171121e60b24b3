//! What a single word may be: part of a name, of a body's name, a word of the language. Tests of shape and of the lexicon's flags
//! only; nothing here adds an entity.

use super::Names;
use sijill_grammar::Match;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Clitic, Count, Flag, Link, NONE, Pos, Shape, Tag};
use sijill_text::Kind as TokenKind;

/// The longest name of a person in words, particles included.
const LONGEST_NAME: usize = 7;
/// The written ending of an indefinite accusative.
const TANWIN: char = '\u{064B}';

impl Names<'_> {
    pub(super) fn starts_title(&self, i: usize) -> bool {
        self.s.matches_at(i).iter().any(|m| matches!(m.link, Link::Title(..)) && !self.surname_of_rank(i, m))
    }

    /// A definite word takes no pronoun and opens no construct: the surname `العريفي` is not `العريف`, `الوزيري` are not two ministers.
    fn surname_of_rank(&self, i: usize, m: &Match) -> bool {
        let dual = matches!(m.link, Link::Title(_, Count::Two)) && self.ends(i, Shape::Relational);
        m.end as usize == i + 1 && (m.pronoun != u8::MAX || dual) && self.doc().definite(i)
    }

    /// A definite word that is neither a name nor a title nor a word of grammar.
    pub(super) fn plain_definite(&self, i: usize) -> bool {
        self.doc().definite(i) && self.s.mention_of[i] == NONE && self.s.time_of[i] == NONE && self.s.tags[i] == 0 && !self.starts_title(i) && !self.doc().flag(i, Flag::Honorific)
    }

    /// `و` + definite word, in a series of portfolio nouns.
    pub(super) fn joined_definite(&self, i: usize) -> bool {
        let f = self.fold(i);
        self.s.tokens[i].kind == TokenKind::Word
            && self.lex.cut(f, Shape::And).is_some_and(|r| self.lex.begins(r, Shape::Article) && r.chars().count() > 4)
            && self.s.mention_of[i] == NONE
            // `وزارة المالية والبنك`: the next body.
            && !self.doc().flag(i, Flag::OrgHead)
            && !self.starts_title(i)
    }

    /// Does the folded word end as feminine singulars do?
    pub(super) fn feminine_word(&self, i: usize) -> bool {
        self.ends(i, Shape::Feminine)
    }

    /// Does a long unknown word look like no form of an Arabic one: none of the endings of plurals, duals and pronouns, none of the
    /// letters that open participles and verbs?
    pub(super) fn foreign_shape(&self, i: usize) -> bool {
        self.fold(i).chars().count() >= 6 && !self.begins(i, Shape::NativeStart) && !self.ends(i, Shape::NativeEnd)
    }

    /// Unknown words after a head: its proper name. At most `most`, none of them a known common word.
    pub(super) fn proper_words(&self, from: usize, most: usize) -> usize {
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
    pub(super) fn unknown(&self, i: usize) -> bool {
        // Forms of the second person only (`تشيروا`): no report addresses its readers.
        let mut readings = self.doc().readings(i).peekable();
        if self.s.tags[i] == 0 && readings.peek().is_some() && readings.all(|(a, r)| a.letters == 0 && r.pos().finite() && r.person() == 2) && self.s.matches_at(i).is_empty() {
            return true;
        }
        let flags = self.s.flags[i] & !(Flag::Given as u32 | Flag::Name as u32 | Flag::Particle as u32 | Flag::Second as u32);
        flags == 0 && self.s.tags[i] == 0 && self.fold(i).chars().nth(1).is_some()
    }

    /// Is the word written with the dots of final ya (`علي`, not `على`)?
    pub(super) fn dotted_ya(&self, i: usize) -> bool {
        self.text[self.s.tokens[i].start as usize..self.s.tokens[i].end as usize].ends_with(sijill_text::DOTTED_YA)
    }

    /// The future of an unknown verb (`ستعمل`).
    pub(super) fn verb_shape(&self, i: usize) -> bool {
        let word = self.lex.cut(self.fold(i), Shape::AndThen).unwrap_or(self.fold(i));
        self.lex.cut(word, Shape::FutureVerb).is_some_and(|rest| rest.chars().count() >= 3) && self.s.flags[i] & Flag::Given as u32 == 0
    }

    /// A word that may be `و` and something else.
    pub(super) fn and_word(&self, i: usize) -> bool {
        let f = self.fold(i);
        // (`وعبد` opens another's name.)
        let joins = || self.lex.cut(f, Shape::And).is_some_and(|w| self.lex.joins.iter().any(|j| j == w));
        self.lex.begins(f, Shape::And) && (f.chars().count() > 4 || joins()) && self.s.summaries[i].whole_flags & Flag::Given as u32 == 0
    }

    /// An adjective of relation right behind a given name: a surname (`راشد المناعي`, `وليد المصري`).
    fn nisba(&self, i: usize) -> bool {
        let back = self.s.flags[i - 1];
        let other =
            Flag::OrgHead as u32 | Flag::PlaceHead as u32 | Flag::Unnamed as u32 | Flag::Group as u32 | Flag::Speech as u32 | Flag::Honorific as u32 | Flag::Attribute as u32;
        back & (Flag::Given as u32 | Flag::Second as u32) != 0
            && back & (Flag::Common as u32 | Flag::Class as u32 | Flag::NounFrame as u32 | Flag::Frame as u32 | Flag::Portfolio as u32) == 0
            && self.s.tokens[i - 1].kind == TokenKind::Word
            && !self.doc().definite(i - 1)
            && self.doc().definite(i)
            // With its dots: `الموسيقى` is music.
            && self.dotted_ya(i)
            && self.ends(i, Shape::Relational)
            && !self.ends(i, Shape::RelationalFeminine)
            && self.s.mention_of[i] == NONE
            && self.s.time_of[i] == NONE
            && self.s.tags[i] == 0
            && self.s.flags[i] & other == 0
            && !self.starts_title(i)
            && self.demonym_at(i).is_none_or(|(_, to, _)| to == i + 1)
    }

    /// Two to four words that nothing explains, set beside a title: `كارولين ويتمان، المبعوثة الأمريكية …`, and behind a word of speech
    /// `… نائب رئيس …`.
    fn apposed(&self, i: usize, end: usize) -> bool {
        if !(2..=4).contains(&(end - i)) || !(i..end).all(|t| self.s.tokens[t].kind == TokenKind::Word && self.unknown(t)) {
            return false;
        }
        // The name may stand in quotation marks.
        let quoted = i > 0 && self.doc().quote_mark(i - 1) && self.doc().quote_mark(end);
        let (first, end) = if quoted { (i - 1, end + 1) } else { (i, end) };
        let speech = first > 0 && self.doc().flag(first - 1, Flag::Speech);
        let opens = first == 0 || self.doc().is_break(first - 1) || self.doc().comma(first - 1);
        let comma = self.doc().comma(end);
        let title = self.title_at(if comma { end + 1 } else { end });
        title.is_some_and(|(m, _, c)| {
            let own = m.letters == 0 && matches!(c, Count::One(_));
            own && if comma { speech || opens && m.end > m.start + 1 } else { speech && (m.end > m.start + 1 || self.doc().definite(m.start as usize)) }
        })
    }

    /// A particle that carries a name on, written as it is (`آيت`, not `و` + `آيت`).
    fn particle(&self, i: usize) -> bool {
        self.doc().flag(i, Flag::Particle) && self.s.tags[i] == 0 && self.s.summaries[i].whole_flags & Flag::Particle as u32 != 0
    }

    /// Behind `بن` any word is a name, whatever else it may be (`بن مساعد`, `بن مقدم`).
    pub(super) fn behind_patronymic(&self, i: usize) -> bool {
        let filiation = |i: usize| self.lex.is_shape(self.fold(i - 1), Shape::Filiation) && !self.s.analyses_at(i).iter().any(|a| a.proclitics.governs() || a.proclitics.joins());
        i > 0
            && (self.patronymic(i - 1) || filiation(i))
            && self.s.tokens[i].kind == TokenKind::Word
            && self.s.mention_of[i] == NONE
            && self.s.time_of[i] == NONE
            && self.s.tags[i] == 0
    }

    /// A definite word behind one that is only the first half of a name (`عبد الستار`), whatever else it may mean.
    fn joined_on(&self, i: usize) -> bool {
        let half = self.fold(i - 1);
        // A preposition or conjunction may be written with it (`لعبد الستار`).
        let opens = |w: &str| self.lex.joins.iter().any(|j| j == w);
        let first = opens(half) || super::strip(self.lex, half).any(|(w, _, _)| opens(w));
        first && self.s.tokens[i - 1].kind == TokenKind::Word && self.s.tokens[i].kind == TokenKind::Word && self.doc().definite(i)
    }

    /// A middle name that begins with `و` and is no known word, between names (`صلاح ونسي محمد`).
    fn inner_and(&self, i: usize) -> bool {
        let plain = |k: usize| self.s.flags.get(k).is_some_and(|f| f & Flag::Given as u32 != 0) && self.name_word(k, false);
        self.begins(i, Shape::And)
            && self.s.tokens[i].kind == TokenKind::Word
            // `رونالدو والأرجنتيني …`: and the next.
            && self.lex.cut(self.fold(i), Shape::And).is_some_and(|rest| !self.lex.begins(rest, Shape::Article))
            && self.s.mention_of[i] == NONE
            && self.s.flags[i] & (Flag::Speech as u32 | Flag::Frame as u32 | Flag::Light as u32 | Flag::Given as u32) == 0
            && !self.starts_title(i)
            && plain(i + 1)
            && !self.reads_whole(i)
            // `وعبد الخالق`: the first half of another's name.
            && !self.lex.cut(self.fold(i), Shape::And).is_some_and(|w| self.lex.joins.iter().any(|j| j == w))
            // `ونجله`, `ومعالي`: and another.
            && !self.ends(i, Shape::Possessive)
            && !self.doc().flag(i, Flag::Honorific)
            && i > 0
            && self.s.flags[i - 1] & Flag::Given as u32 != 0
    }

    /// A particle of foreign names that a conjunction and a complementiser are folded like (`فان`, `فإن`), between two words of a name.
    fn foreign_particle(&self, i: usize) -> bool {
        let raw = &self.text[self.s.tokens[i].start as usize..self.s.tokens[i].end as usize];
        let next = i + 1;
        self.doc().flag(i, Flag::Particle)
            && self.doc().tag(i, Tag::That)
            && raw == self.fold(i)
            && next < self.s.tokens.len()
            && self.s.tokens[next].kind == TokenKind::Word
            && self.s.mention_of[next] == NONE
            && self.s.time_of[next] == NONE
            && self.s.tags[next] == 0
            && !self.doc().definite(next)
            && !self.starts_title(next)
            && self.unread(i - 1)
            && self.s.analyses_at(next).iter().all(|a| a.letters == 0 || a.readings.0 == a.readings.1)
    }

    /// Where a name that begins at `from` and is sure up to `to` ends.
    pub(super) fn name_end(&self, from: usize, to: usize) -> usize {
        let n = self.s.tokens.len();
        let mut end = to;
        while end < n && end - from < LONGEST_NAME {
            if self.s.mention_of[end] != NONE || self.s.time_of[end] != NONE || self.s.junk[end] {
                break;
            }
            let particle = self.particle(end) && end + 1 < n && (self.name_word(end + 1, false) || self.behind_patronymic(end + 1));
            // (`مارك فان دام`: with the letters of a word of grammar, but without its hamza.)
            let particle = particle || end > from && self.foreign_particle(end);
            // `الشيخ`, `الحاج` inside or at the end of a name.
            let family = end > from
                && self.doc().definite(end)
                && self.doc().flag(end, Flag::Honorific)
                && self.s.matches_at(end).iter().all(|m| !matches!(m.link, Link::Title(..)) && m.end as usize <= end + 1);
            // The low lines of a hashtag.
            let low = self.s.tokens[end].is_mark('_') && self.s.tokens[end].glued && end + 1 < n && (self.name_word(end + 1, false) || self.particle(end + 1));
            if particle {
                end += 2;
            } else if end > from && self.joined_on(end)
                || low
                || family
                || end > from && self.nisba(end)
                || self.name_word(end, false) && !self.and_word(end)
                || self.inner_and(end)
            {
                end += 1;
            } else if self.s.tokens[end].is_mark('-') && end + 1 < n && self.s.tokens[end].glued && self.s.tokens[end + 1].glued && self.name_word(end + 1, false) {
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    /// May this word be part of a person's name?
    pub(super) fn name_word(&self, i: usize, first: bool) -> bool {
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
        if !first && self.begins(i, Shape::BeforeName) && self.given_behind(i).is_some() {
            return false;
        }
        // A known name behind a proclitic is another's (`شي جين بينغ لتوكاييف`).
        if !first
            && self.s.matches_at(i).iter().any(|m| m.letters > 0 && m.proclitics.governs() && matches!(m.link, Link::Name(..)))
            && !self.s.matches_at(i).iter().any(|m| m.letters == 0 && matches!(m.link, Link::Name(..)))
        {
            return false;
        }
        if self.s.summaries[i].bare_flags & Flag::Given as u32 != 0 {
            // `علي` and `على` fold alike: the dots tell, where the outlet writes them.
            let dotted = self.text[self.s.tokens[i].start as usize..self.s.tokens[i].end as usize].ends_with(sijill_text::DOTTED_YA);
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
        // An accusative with its tanwin written (`متنبهاً`).
        if self.text[self.s.tokens[i].start as usize..self.s.tokens[i].end as usize].contains(TANWIN) {
            return false;
        }
        if first && self.doc().definite(i) {
            return false;
        }
        // A preposition and the article, or `كـ`: no name begins so.
        let f = self.fold(i);
        let letters = f.chars().count();
        if letters > 4 && self.lex.begins(f, Shape::CliticArticle) {
            return false;
        }
        true
    }

    /// A name that no register knows, at `i`. Behind a title any unknown word may begin it, elsewhere only a given name with
    /// another name word behind it; between a verb of speech or a title and where the clause begins, words that make no other sense there.
    /// Returns the token after it and the letters of proclitics before it.
    pub(super) fn unknown_name(&self, i: usize, titled: bool, first: bool) -> (usize, u8) {
        let found = self.likely_name(i, titled, first);
        if found.0 > i + 1 || !(titled || first && self.told_by(i)) {
            return found;
        }
        match self.senseless(i) {
            Some(end) if end > found.0 => (end, 0),
            _ => found,
        }
    }

    /// Is the word before a verb of speech in the third person (`وقال …`)?
    fn told_by(&self, i: usize) -> bool {
        i > 0
            && self.doc().flag(i - 1, Flag::Speech)
            && self.doc().readings(i - 1).any(|(a, r)| r.pos().finite() && r.person() == 3 && a.pronoun().is_none() && self.lex.lemma(&r).has(Flag::Speech))
    }

    /// Two to four words up to a comma, a stop or the clause that is told, none of which can be read where a subject ends: verbs, words with
    /// the pronoun of the first person, words that nothing reads (`إدنا سيكوي`, `جوانا ديمافيليس`).
    fn senseless(&self, i: usize) -> Option<usize> {
        let mine = |a: &sijill_grammar::Analysis| a.pronoun().is_some_and(|p| self.lex.enclitics[p].person == 1);
        let odd = |t: usize| {
            const OTHER: u32 = Flag::OrgHead as u32
                | Flag::PlaceHead as u32
                | Flag::Unnamed as u32
                | Flag::Group as u32
                | Flag::Honorific as u32
                | Flag::Attribute as u32
                | Flag::Demonym as u32
                | Flag::Fronting as u32
                | Flag::Function as u32;
            self.s.tokens[t].kind == TokenKind::Word
                && !self.s.junk[t]
                && self.s.mention_of[t] == NONE
                && self.s.time_of[t] == NONE
                && self.s.tags[t] == 0
                && !self.doc().definite(t)
                && !self.starts_title(t)
                && self.s.flags[t] & OTHER == 0
                && !self.text[self.s.tokens[t].start as usize..self.s.tokens[t].end as usize].contains(TANWIN)
                && self.doc().readings(t).all(|(a, r)| r.pos().finite() || mine(&a) || self.lex.lemma(&r).has(Flag::Given))
        };
        let mut end = i;
        while end < self.s.tokens.len() && end < i + 4 && (odd(end) || end > i && self.nisba(end)) {
            end += 1;
        }
        (end >= i + 2 && end < self.s.tokens.len() && self.stops(end)).then_some(end)
    }

    fn likely_name(&self, i: usize, titled: bool, first: bool) -> (usize, u8) {
        let n = self.s.tokens.len();
        if i >= n || self.s.tokens[i].kind != TokenKind::Word {
            return (i, 0);
        }
        // `عمرها`, `جماله`: with a pronoun it is no name.
        let called = |i: usize| self.doc().readings(i).any(|(a, r)| a.pronoun().is_none() && self.lex.lemma(&r).has(Flag::Given));
        let given = |i: usize| self.s.flags.get(i).is_some_and(|f| f & Flag::Given as u32 != 0) && called(i);
        let particle_first = self.particle(i) && i + 1 < n && (self.name_word(i + 1, false) || self.joined_on(i + 1));
        let mut letters = 0;
        // A given name behind a proclitic (`لسمير`, `ومارك`) is not the name with it.
        let behind = self.given_behind(i);
        if behind.is_some() && !first {
            return (i, 0);
        }
        let patronymic = i + 2 < n && self.s.tags[i] == 0 && self.s.mention_of[i] == NONE && self.s.time_of[i] == NONE && !self.starts_title(i) && self.patronymic(i + 1);
        if !titled && self.patronymic(i) {
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
        let spoken = !titled && first && letters == 0 && self.told_by(i);
        // Behind the halves of one given name, too (`عبد اللطيف حمام`).
        let halves = end == i + 2 && self.joined_on(i + 1);
        if (titled || spoken && self.stops(end + 1)) && (end == i + 1 || halves) && end < n {
            let called = given(i) && (!noun && (self.surname_of_use(end) || self.closing_surname(end)) || self.surname_of_kin(end));
            if called || given(i) && !noun && self.foreign_surname(end) || !given(i) && letters == 0 && self.odd_surname(end) {
                end = self.name_end(i, end + 1);
            }
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
                && self.s.matches_at(i - 1).iter().any(|m| m.end as usize == i && matches!(m.link, Link::Title(..)) && !m.proclitics.has(Clitic::Article))
                && !self.doc().flag(i - 1, Flag::Honorific);
            // `المبعوث سيذهب`: a verb that nothing reads.
            let one_ok = given(i) || !self.verb_shape(i) && self.s.tokens[i].to - self.s.tokens[i].from >= 3 && !indefinite;
            return if end - i >= 2 || one_ok { (end, letters) } else { (i, 0) };
        }
        // `تحسين الارتباطية`: an abstract noun behind a masdar that is a given name as well.
        let abstract_noun = end - i == 2 && self.doc().definite(i + 1) && self.ends(i + 1, Shape::RelationalFeminine) && !given(i + 1);
        let sure = (given(i) || particle_first && end - i >= 3 || patronymic && end - i >= 3) && end - i >= 2 && !abstract_noun && (spoken || !self.other_word(i));
        if sure || letters == 0 && self.apposed(i, end) { (end, letters) } else { (i, 0) }
    }

    /// The letters of the proclitics before a given name, where the word with them is neither a given name nor known.
    fn given_behind(&self, i: usize) -> Option<u8> {
        let word = &self.s.summaries[i];
        let other = word.whole || word.definite || word.flags & !(Flag::Given as u32 | Flag::Name as u32) != 0;
        (word.before_given > 0 && !other).then_some(word.before_given)
    }

    /// Is the given name a word of the language too? The first person of a verb (`أحمد`) is none that reports tell of.
    pub(super) fn other_word(&self, i: usize) -> bool {
        const OTHER: u32 = Flag::Common as u32 | Flag::Frame as u32 | Flag::Speech as u32 | Flag::Function as u32 | Flag::NounFrame as u32 | Flag::Class as u32;
        self.s.flags[i] & OTHER != 0 && self.doc().readings(i).any(|(_, r)| self.lex.lemma(&r).flags & OTHER != 0 && !(r.pos().finite() && r.person() != 3))
    }

    /// A word of the language that ends a titled name at a comma, a clause or a stop (`راجح بادي،`, `أسامة نقلي،`).
    fn closing_surname(&self, i: usize) -> bool {
        let d = self.doc();
        // A noun in the plural or one that tells an act may be an object, though a preposition or a title is behind it.
        let singular = || d.readings(i).all(|(a, r)| a.pronoun().is_some() || r.number() == Number::Singular && !r.pos().finite() && r.pos() != Pos::Masdar);
        let closed = self.stops(i + 1) || singular() && self.closed_by(i + 1);
        closed
            && self.s.tokens[i].kind == TokenKind::Word
            && !self.s.junk[i]
            && self.s.mention_of[i] == NONE
            && self.s.time_of[i] == NONE
            && self.s.tags[i] == 0
            && !d.definite(i)
            && !self.starts_title(i)
            && self.s.flags[i] & (Flag::Speech as u32 | Flag::Honorific as u32 | Flag::Demonym as u32 | Flag::OrgHead as u32 | Flag::PlaceHead as u32 | Flag::Fronting as u32) == 0
            && !self.ends(i, Shape::Accusative)
            && !self.ends(i, Shape::Feminine)
            && !self.ends(i, Shape::Possessive)
            && !self.ends(i, Shape::Oblique)
            && !self.begins(i, Shape::And)
    }

    /// A word of the text's own of which nothing is known: no reading, no name, no day.
    pub(super) fn unread(&self, i: usize) -> bool {
        self.s.tokens[i].kind == TokenKind::Word
            && !self.s.junk[i]
            && self.s.mention_of[i] == NONE
            && self.s.time_of[i] == NONE
            && self.unknown(i)
            && self.given_behind(i).is_none()
            && self.s.matches_at(i).is_empty()
            && self.s.summaries[i].range.0 == self.s.summaries[i].range.1
    }

    /// An unknown word right where a name ends, though its letters look like `و` and a word (`واتسون`), a future (`سيشنز`) or a
    /// preposition and an article (`كاليما`): a surname.
    fn foreign_surname(&self, i: usize) -> bool {
        if !self.unread(i) {
            return false;
        }
        let d = self.doc();
        // (`تيريزا كاليما الاعتراف`: with the letters of a preposition and an article, before a noun or a verb, too.)
        let clitic = || self.lex.begins(self.fold(i), Shape::CliticArticle) && (self.closed_by(i + 1) || self.plain_definite(i + 1));
        d.is_break(i + 1) || d.comma(i + 1) || d.tag(i + 1, Tag::That) || d.mark(i + 1).is_some_and(|m| matches!(m, '.' | ')' | ':')) || clitic()
    }

    /// Does a name before token `i` end there whatever its last word is: a comma, a stop, a clause?
    fn stops(&self, i: usize) -> bool {
        let d = self.doc();
        d.comma(i) || d.tag(i, Tag::That) || d.mark(i).is_some_and(|m| matches!(m, '.' | ':'))
    }

    /// Does what stands at `i` begin something new behind a name: besides a stop a relative, a preposition, a title, a verb?
    fn closed_by(&self, i: usize) -> bool {
        let d = self.doc();
        self.stops(i) || d.is_break(i) || d.tag(i, Tag::Relative) || d.tag(i, Tag::Preposition) || i < self.s.tokens.len() && (self.starts_title(i) || self.acts(i))
    }

    /// Is the word a verb of the third person and nothing else, with no letter before it?
    fn acts(&self, i: usize) -> bool {
        let mut readings = self.doc().readings(i).peekable();
        let reported = self.doc().readings(i).any(|(_, r)| r.person() == 3);
        reported && readings.peek().is_some() && readings.all(|(a, r)| a.letters == 0 && r.pos().finite())
    }

    /// A word behind a given name that says whose kin its bearer is by its form: a definite given name (`يوسف المحمود`), a definite
    /// adjective of relation (`كامل الوزيري`), a noun with the first person's ending, which no report writes (`حسين حبري`).
    fn surname_of_kin(&self, i: usize) -> bool {
        let d = self.doc();
        if self.s.tokens[i].kind != TokenKind::Word || self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.time_of[i] != NONE || self.s.tags[i] != 0 || self.starts_title(i) {
            return false;
        }
        if d.definite(i) {
            let given = self.s.analyses_at(i).iter().filter(|a| a.letters == 0).any(|a| self.lex.reading_slice(a.readings).iter().any(|r| self.lex.lemma(r).has(Flag::Given)));
            let other = Flag::OrgHead as u32 | Flag::PlaceHead as u32 | Flag::Unnamed as u32 | Flag::Honorific as u32 | Flag::Attribute as u32 | Flag::Demonym as u32;
            let nisba = self.dotted_ya(i) && self.ends(i, Shape::Relational) && !self.ends(i, Shape::RelationalFeminine);
            return given && !d.flag(i, Flag::Honorific) || nisba && self.s.flags[i] & other == 0 && d.readings(i).all(|(_, r)| r.pos() != Pos::Adjective);
        }
        let mine = |a: &sijill_grammar::Analysis| a.pronoun().is_some_and(|p| self.lex.enclitics[p].person == 1);
        self.dotted_ya(i)
            && d.readings(i).any(|(a, _)| a.letters == 0 && mine(&a))
            && d.readings(i).all(|(a, r)| a.letters > 0 || mine(&a) || r.pos() == Pos::Noun || r.pos() == Pos::Masdar)
            && !d.flag(i, Flag::Demonym)
            && !d.flag(i, Flag::Function)
    }

    /// A word that nothing reads, though its letters look like `و` and a name or like a future, behind a first name that nothing
    /// knows either (`فريدريكا ويلسون`, `إيزيكيل سيروتي`).
    fn odd_surname(&self, i: usize) -> bool {
        self.unread(i) && (self.foreign_shape(i) || self.closed_by(i + 1))
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
}
