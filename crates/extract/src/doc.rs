//! One article under reading: its tokens and what each stage has found so far.
//!
//! The vectors are a worker's scratch, cleared and filled again for each article. What must not live here: rules.

use crate::calendar::Found;
use sijill_grammar::{Analyses, Analysis, Match, Matches, Summary};
use sijill_lexicon::{Flag, Kind, Lexicon, Link, NONE, Reading, Shape, Tag};
use sijill_text::{Kind as TokenKind, Quote, Sentence, Tokens};

/// Index of a local entity.
pub(crate) type EntId = u32;

/// What is known of an entity of this article.
#[derive(Clone, Debug)]
pub(crate) struct Ent {
    pub kind: Kind,
    /// Its number in the register.
    pub actor: Option<u32>,
    /// ISO code of a country; of a body or place the state it belongs to, where the words say so.
    pub country: Option<String>,
    /// The words that name it first, or name it best.
    pub label: String,
    pub roles: Vec<RoleFound>,
    pub feminine: Option<bool>,
    /// Known only by title: no name in the text.
    pub nameless: bool,
    /// Merged into another entity.
    pub merged: Option<EntId>,
    pub why: (String, &'static str),
}

#[derive(Clone, Debug)]
pub(crate) struct RoleFound {
    pub title: String,
    pub title_id: u32,
    pub of: OfWhom,
    pub start: u32,
    pub end: u32,
    pub former: bool,
}

/// Whose an office is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OfWhom {
    /// ISO code: the state need not be an entity of the article.
    State(String),
    Ent(EntId),
    /// A body of the register, by its number; it need not be an entity of the article.
    Register(u32),
    Nobody,
}

/// Words that name an entity: tokens `start..end`, without the first `letters` letters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub start: u32,
    pub end: u32,
    pub letters: u8,
    pub ent: EntId,
    pub by_title: bool,
}

/// A noun phrase that stands for entities: name with its titles, or several names joined.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub start: u32,
    pub end: u32,
    pub letters: u8,
    pub proclitics: sijill_grammar::Clitics,
    pub ents: Vec<EntId>,
    /// Unnamed people or bodies (`مصادر`): known to speak, not who.
    pub unnamed: bool,
    pub plural: bool,
}

/// The times of the text in token order, with their value as used.
#[derive(Clone, Debug)]
pub(crate) struct TimeFound {
    pub found: Found,
}

#[derive(Default)]
pub(crate) struct Scratch {
    pub tokens: Tokens,
    pub analyses: Analyses,
    pub summaries: Vec<Summary>,
    pub flags: Vec<u32>,
    pub tags: Vec<u64>,
    pub matches: Matches,
    /// The matches that begin at token `i` are those from `match_at[i]` to `match_at[i + 1]`.
    pub match_at: Vec<u32>,
    /// The flags of the matches that begin at each token.
    pub link_flags: Vec<u32>,
    pub sentences: Vec<Sentence>,
    pub quotes: Vec<Quote>,
    pub published: Option<jiff::civil::Date>,
    /// The day that "today" means.
    pub today: Option<jiff::civil::Date>,
    /// Tokens of the dateline.
    pub dateline: Option<(u32, u32)>,
    pub junk: Vec<bool>,
    pub times: Vec<TimeFound>,
    /// Ordinal numbers: token and value.
    pub ordinals: Vec<(u32, u32)>,
    /// Counts: tokens and value.
    pub counts: Vec<(u32, u32, u64)>,
    /// Does a count stand on this token?
    pub cardinal: Vec<bool>,
    /// Index into `times` of the expression that covers a token.
    pub time_of: Vec<u32>,
    pub ents: Vec<Ent>,
    pub mentions: Vec<Mention>,
    /// Index into `mentions` of the mention that covers a token.
    pub mention_of: Vec<u32>,
    pub phrases: Vec<Phrase>,
    /// Index into `phrases` of the phrase that covers a token.
    pub phrase_of: Vec<u32>,
    /// Does a title or honorific end right before this token?
    pub titled: Vec<bool>,
    /// The reading of each token that is a verb; empty until the noun phrases are known (see `clause::verbs`).
    pub verbs: Vec<Option<(Analysis, Reading)>>,
}

/// A read-only view of the article for the rules.
#[derive(Clone, Copy)]
pub(crate) struct Doc<'a> {
    pub lex: &'a Lexicon,
    pub text: &'a str,
    pub s: &'a Scratch,
}

impl Scratch {
    pub fn anchors(&self) -> crate::calendar::Anchors {
        crate::calendar::Anchors { published: self.published, today: self.today }
    }

    /// Tokens, readings, phrases, sentences, quotations: all that needs no rule of extraction.
    pub fn prepare(&mut self, lex: &Lexicon, text: &str) {
        self.analyses.make_room();
        self.tokens.read(text);
        let n = self.tokens.len();
        self.summaries.clear();
        self.flags.clear();
        self.tags.clear();
        for i in 0..n {
            if self.tokens[i].kind == TokenKind::Word {
                let mut summary = self.analyses.of(lex, self.tokens.fold(i), self.tokens[i].closed);
                // The article has a bare alef: a word written with hamza has none (`ألبيرتو`, `إلهامي`).
                summary.definite &= !text[self.tokens[i].start as usize..].starts_with(sijill_text::HAMZAS_ON_ALEF);
                self.summaries.push(summary);
                self.flags.push(summary.flags);
                self.tags.push(summary.tags);
            } else {
                let word = match self.tokens[i].kind {
                    TokenKind::Break => NONE,
                    _ => lex.words.get(self.tokens.fold(i)).unwrap_or(NONE),
                };
                self.summaries.push(Summary { word, ..Summary::default() });
                self.flags.push(0);
                self.tags.push(0);
            }
        }
        self.matches.read(lex, &self.tokens, &self.summaries, &self.analyses);
        self.titled.clear();
        self.titled.resize(n + 1, false);
        self.link_flags.clear();
        self.link_flags.resize(n, 0);
        for m in &self.matches.list {
            self.link_flags[m.start as usize] |= m.link.flag();
            if matches!(m.link, Link::Title(..) | Link::Honorific) {
                self.titled[m.end as usize] = true;
            }
        }
        self.match_at.clear();
        let mut at = 0;
        for i in 0..=n {
            while at < self.matches.list.len() && (self.matches.list[at].start as usize) < i {
                at += 1;
            }
            self.match_at.push(at as u32);
        }
        sijill_text::sentences(&self.tokens, &mut self.sentences);
        sijill_text::quotes(&self.tokens, &mut self.quotes);
        for v in [&mut self.time_of, &mut self.mention_of, &mut self.phrase_of] {
            v.clear();
            v.resize(n, NONE);
        }
        self.junk.clear();
        self.junk.resize(n, false);
        self.published = None;
        self.today = None;
        self.dateline = None;
        self.times.clear();
        self.ents.clear();
        self.mentions.clear();
        self.phrases.clear();
        self.verbs.clear();
    }

    /// The matches that begin at token `i`.
    pub fn matches_at(&self, i: usize) -> &[Match] {
        match self.match_at.get(i..) {
            Some(&[from, to, ..]) => &self.matches.list[from as usize..to as usize],
            _ => &[],
        }
    }

    /// Behind the last token there is no word: none, as for a mark.
    pub fn analyses_at(&self, i: usize) -> &[Analysis] {
        self.summaries.get(i).map_or(&[], |x| self.analyses.get(x.range))
    }
}

impl<'a> Doc<'a> {
    pub fn tokens(&self) -> &'a Tokens {
        &self.s.tokens
    }

    pub fn len(&self) -> usize {
        self.s.tokens.len()
    }

    /// Readings of token `i` that fit their clitics; none behind the last token.
    pub fn readings(&self, i: usize) -> impl Iterator<Item = (Analysis, Reading)> + 'a {
        self.s.summaries.get(i).into_iter().flat_map(|x| self.s.analyses.readings(x.readings)).copied()
    }

    pub fn flag(&self, i: usize, f: Flag) -> bool {
        self.s.flags.get(i).is_some_and(|x| x & f as u32 != 0)
    }

    /// May a phrase of this sort begin at token `i`? The flag of a link says it; others may share it.
    pub fn opens(&self, i: usize, f: Flag) -> bool {
        self.s.link_flags.get(i).is_some_and(|x| x & f as u32 != 0)
    }

    /// Is token `i` this word of grammar (behind `و`/`ف` at most)?
    pub fn tag(&self, i: usize, t: Tag) -> bool {
        self.s.tags.get(i).is_some_and(|x| x & (1 << t as u64) != 0)
    }

    /// May token `i` be this word, whatever is written before it?
    pub fn tagged(&self, i: usize, t: Tag) -> bool {
        self.s.summaries.get(i).is_some_and(|x| x.any_tags & (1 << t as u64) != 0)
    }

    pub fn is_word(&self, i: usize) -> bool {
        self.tokens().get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    pub fn mark(&self, i: usize) -> Option<char> {
        self.tokens().get(i).filter(|t| t.kind == TokenKind::Mark).map(|t| t.mark)
    }

    pub fn is_break(&self, i: usize) -> bool {
        self.tokens().get(i).is_none_or(|t| t.kind == TokenKind::Break)
    }

    pub fn comma(&self, i: usize) -> bool {
        matches!(self.mark(i), Some('\u{060C}' | ',' | '\u{061B}' | ';'))
    }

    pub fn dash(&self, i: usize) -> bool {
        matches!(self.mark(i), Some('-' | '\u{2013}' | '\u{2014}'))
    }

    /// The conjunction "and" written as a word of its own.
    pub fn lone_and(&self, i: usize) -> bool {
        let fold = self.tokens().fold(i);
        let mut chars = fold.chars();
        let one = chars.next().filter(|_| chars.next().is_none());
        one.is_some_and(|c| self.lex.proclitics.iter().any(|p| p.letter == c && p.kind == sijill_lexicon::Clitic::And))
    }

    pub fn quote_mark(&self, i: usize) -> bool {
        matches!(self.mark(i), Some('"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{00AB}' | '\u{00BB}' | '\u{2039}' | '\u{203A}' | '\u{FF02}'))
    }

    /// Does the folded word begin with the article (behind no other clitic)?
    pub fn definite(&self, i: usize) -> bool {
        self.s.summaries.get(i).is_some_and(|x| x.definite)
    }

    /// Does the folded word begin with the letters of a shape?
    pub fn begins(&self, i: usize, shape: Shape) -> bool {
        self.lex.begins(self.tokens().fold(i), shape)
    }

    /// Does the folded word end with the letters of a shape?
    pub fn ends(&self, i: usize, shape: Shape) -> bool {
        self.lex.ends(self.tokens().fold(i), shape)
    }

    /// The code points of tokens `start..end`, without the first `letters` letters.
    pub fn span(&self, start: u32, end: u32, letters: u8) -> sijill_record::Span {
        let t = self.tokens();
        let (first, last) = (&t[start as usize], &t[end as usize - 1]);
        let mut from = first.from;
        if letters > 0 {
            let mut left = letters;
            let mut skipping_marks = false;
            for c in self.text[first.start as usize..first.end as usize].chars() {
                let folded = sijill_text::fold_char(c);
                let letter = matches!(folded, sijill_text::Folded::Char(_) | sijill_text::Folded::Compat);
                if left == 0 && letter {
                    break;
                }
                if letter && left > 0 {
                    left -= 1;
                    skipping_marks = true;
                } else if !skipping_marks {
                    break;
                }
                from += 1;
            }
        }
        sijill_record::Span::new(from.min(last.to.saturating_sub(1)), last.to)
    }

    /// The words of tokens `start..end`, without the first `letters` letters.
    pub fn words(&self, start: u32, end: u32, letters: u8) -> String {
        let span = self.span(start, end, letters);
        let t = &self.tokens()[start as usize];
        let skip = (span.start - t.from) as usize;
        let slice = &self.text[t.start as usize..self.tokens()[end as usize - 1].end as usize];
        slice.char_indices().nth(skip).map_or("", |(at, _)| &slice[at..]).to_owned()
    }

    /// The quotation that token `i` opens.
    pub fn quote_at(&self, i: usize) -> Option<&'a sijill_text::Quote> {
        let quotes = &self.s.quotes;
        quotes.get(quotes.partition_point(|q| (q.open as usize) < i)).filter(|q| q.open as usize == i)
    }

    /// The entity that another was merged into.
    pub fn root(&self, mut e: EntId) -> EntId {
        while let Some(m) = self.s.ents[e as usize].merged {
            e = m;
        }
        e
    }

    pub fn ent(&self, e: EntId) -> &'a Ent {
        &self.s.ents[self.root(e) as usize]
    }

    /// The phrase that covers token `i`.
    pub fn phrase(&self, i: usize) -> Option<(u32, &'a Phrase)> {
        let p = *self.s.phrase_of.get(i)?;
        (p != NONE).then(|| (p, &self.s.phrases[p as usize]))
    }

    /// The phrase that begins at token `i`.
    pub fn phrase_at(&self, i: usize) -> Option<(u32, &'a Phrase)> {
        self.phrase(i).filter(|(_, p)| p.start as usize == i)
    }

    pub fn time_at(&self, i: usize) -> Option<&'a TimeFound> {
        let t = *self.s.time_of.get(i)?;
        (t != NONE).then(|| &self.s.times[t as usize])
    }

    pub fn links_at(&self, i: usize) -> impl Iterator<Item = &'a Match> + 'a {
        self.s.matches_at(i).iter()
    }

    /// The longest match at `i` for which `pick` gives something.
    pub fn longest<T>(&self, i: usize, pick: impl Fn(Link) -> Option<T>) -> Option<(&'a Match, T)> {
        self.s.matches_at(i).iter().filter_map(|m| pick(m.link).map(|x| (m, x))).max_by_key(|(m, _)| m.end)
    }
}
