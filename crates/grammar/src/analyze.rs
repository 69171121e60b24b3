//! One written word to all its readings: proclitics off, pronoun off, stem looked up.
//!
//! News text repeats itself: a word met before is not analysed again. The memory is bounded and forgetting changes nothing but
//! time, so the result is the same whatever was read before.

use rustc_hash::FxHashMap;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Clitic, Flag, Lexicon, NONE, Pos, Reading, Shape};

/// A set of proclitics.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub struct Clitics(pub u8);

impl Clitics {
    #[inline]
    pub fn has(self, c: Clitic) -> bool {
        self.0 & c as u8 != 0
    }
    pub fn with(self, c: Clitic) -> Self {
        Self(self.0 | c as u8)
    }
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// `and` or `then`.
    #[inline]
    pub fn joins(self) -> bool {
        self.has(Clitic::And) || self.has(Clitic::Then)
    }
    /// A preposition written with the word.
    #[inline]
    pub fn governs(self) -> bool {
        self.has(Clitic::With) || self.has(Clitic::For) || self.has(Clitic::Like)
    }
}

/// One way to take a written word apart.
#[derive(Clone, Copy, Debug)]
pub struct Analysis {
    pub proclitics: Clitics,
    /// Letters taken off before the name or stem; the article is not among them.
    pub letters: u8,
    /// Index of the pronoun in `Lexicon::enclitics`, or `NO_PRONOUN`.
    pub pronoun: u8,
    /// The word without its proclitics but with its article, as phrases and names have it; `NONE` where no phrase knows it.
    pub word: u32,
    /// The readings of the stem (without article and pronoun).
    pub readings: (u32, u32),
}

impl Analysis {
    pub const NO_PRONOUN: u8 = u8::MAX;

    #[inline]
    pub fn pronoun(&self) -> Option<usize> {
        (self.pronoun != Self::NO_PRONOUN).then_some(self.pronoun as usize)
    }
}

/// The most words remembered; more than the vocabulary of a month of news.
const MEMORY: usize = 1 << 17;

/// What is known of a written word at a glance.
#[derive(Clone, Copy, Debug, Default)]
pub struct Summary {
    /// Its analyses, for `Analyses::get`; valid until `make_room`.
    pub range: (u32, u32),
    /// Its readings, for `Analyses::readings`; valid as long.
    pub readings: (u32, u32),
    /// The flags of all lemmas it may be a form of.
    pub flags: u32,
    /// The tags of the words of grammar it may be, behind "and" at most.
    pub tags: u64,
    /// The tags of all its readings, whatever is written before them.
    pub any_tags: u64,
    /// The flags of its lemmas with no letter cut off before them, whether or not they fit what is cut off behind.
    pub whole_flags: u32,
    /// The same, with neither article nor pronoun.
    pub bare_flags: u32,
    /// The number of the whole written word; `NONE` where no entry has it.
    pub word: u32,
    /// Some phrase begins with it.
    pub starts: bool,
    /// It is a form of some lemma with no letter cut off before it.
    pub whole: bool,
    /// It begins with the article, behind no other clitic.
    pub definite: bool,
    /// The letters of the proclitics before a given name; 0 where none stand before one.
    pub before_given: u8,
}

/// Analyses by word, for one thread.
#[derive(Default)]
pub struct Analyses {
    known: FxHashMap<Box<str>, Summary>,
    /// Words written with a ta marbuta at the end.
    closed: FxHashMap<Box<str>, Summary>,
    pool: Vec<Analysis>,
    /// Each analysis with each reading that fits its clitics.
    readings: Vec<(Analysis, Reading)>,
    stem: String,
}

impl Analyses {
    /// The analyses of a word and their summary. `closed`: it is written with a ta marbuta at the end.
    #[inline]
    pub fn of(&mut self, lex: &Lexicon, folded: &str, closed: bool) -> Summary {
        // A ta marbuta folds to ha but is no pronoun: such words are kept apart from those that end in ha.
        let known = if closed { &self.closed } else { &self.known };
        if let Some(&known) = known.get(folded) {
            return known;
        }
        let start = self.pool.len() as u32;
        analyze(lex, folded, &mut self.stem, &mut self.pool);
        if closed {
            drop_pronouns(&mut self.pool, start as usize);
        }
        let word = lex.words.get(folded).unwrap_or(NONE);
        let first = self.readings.len() as u32;
        let definite = lex.begins(folded, Shape::Article) && folded.chars().count() > 3;
        let mut summary = Summary { range: (start, self.pool.len() as u32), word, definite, ..Summary::default() };
        for a in &self.pool[start as usize..] {
            let (article, pronoun) = (a.proclitics.has(Clitic::Article), a.pronoun().is_some());
            summary.starts |= a.word != NONE && !pronoun && lex.phrases.step(sijill_lexicon::Trie::ROOT, a.word).is_some();
            let flags = lex.reading_slice(a.readings).iter().fold(0, |all, r| all | lex.lemma(r).flags);
            let bare = !article && !pronoun;
            if a.letters == 0 {
                summary.whole |= a.readings.0 != a.readings.1;
                summary.whole_flags |= flags;
                summary.bare_flags |= if bare { flags } else { 0 };
            } else if bare && !a.proclitics.has(Clitic::Future) && flags & Flag::Given as u32 != 0 && (summary.before_given == 0 || a.letters < summary.before_given) {
                summary.before_given = a.letters;
            }
            for r in lex.reading_slice(a.readings).iter().filter(|r| fits_reading(r, a.proclitics, article, pronoun)) {
                let lemma = lex.lemma(r);
                summary.flags |= lemma.flags;
                summary.any_tags |= lemma.tags;
                if r.pos() == Pos::Function && !a.proclitics.governs() {
                    summary.tags |= lemma.tags;
                }
                self.readings.push((*a, *r));
            }
        }
        summary.readings = (first, self.readings.len() as u32);
        if closed { &mut self.closed } else { &mut self.known }.insert(folded.into(), summary);
        summary
    }

    #[inline]
    pub fn get(&self, range: (u32, u32)) -> &[Analysis] {
        &self.pool[range.0 as usize..range.1 as usize]
    }

    /// The readings that fit their clitics, each with its analysis.
    #[inline]
    pub fn readings(&self, range: (u32, u32)) -> &[(Analysis, Reading)] {
        &self.readings[range.0 as usize..range.1 as usize]
    }

    /// Forgets everything when the memory is full. Call between articles: ranges given before are void afterwards.
    pub fn make_room(&mut self) {
        if self.known.len() + self.closed.len() > MEMORY {
            self.known.clear();
            self.closed.clear();
            self.pool.clear();
            self.readings.clear();
        }
    }
}

/// Takes out, from `first` on, what reads a pronoun at the end. Only the new end is walked: the pool grows with all that was read.
fn drop_pronouns(pool: &mut Vec<Analysis>, first: usize) {
    let mut kept = first;
    for at in first..pool.len() {
        if pool[at].pronoun().is_none() {
            pool.swap(kept, at);
            kept += 1;
        }
    }
    pool.truncate(kept);
}

const ALEF: char = '\u{0627}';
const LAM: char = '\u{0644}';
const TA: char = '\u{062A}';
const HA: char = '\u{0647}';

/// The most rows of proclitics that one word is read with.
const MOST_HEADS: usize = 8;

fn analyze(lex: &Lexicon, folded: &str, stem: &mut String, out: &mut Vec<Analysis>) {
    let first = out.len();
    // Whole word first: the fewest clitics win where a rule takes the first analysis.
    let mut heads = [(Clitics::default(), folded, 0u8); MOST_HEADS];
    let (mut at, mut count) = (0, 1);
    while at < count && count < MOST_HEADS {
        let (set, rest, n) = heads[at];
        at += 1;
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { continue };
        let after = chars.as_str();
        if after.chars().nth(1).is_none() {
            continue; // at least two letters stay
        }
        let Some(p) = lex.proclitics.iter().find(|p| p.letter == c) else { continue };
        let allowed = match p.kind {
            Clitic::And | Clitic::Then => set.is_empty(),
            _ => set.0 & !(Clitic::And as u8 | Clitic::Then as u8) == 0,
        };
        if allowed {
            heads[count] = (set.with(p.kind), after, n + 1);
            count += 1;
        }
    }
    let heads = &heads[..count];
    for &(set, rest, n) in heads {
        if set.has(Clitic::For) {
            // The article after this preposition loses its alef: two lams.
            if let Some(tail) = rest.strip_prefix(LAM) {
                stem.clear();
                stem.push(ALEF);
                stem.push(LAM);
                stem.push_str(tail);
                let restored = std::mem::take(stem);
                one(lex, set, &restored, n - 1, stem, out);
                *stem = restored;
            }
        }
        one(lex, set, rest, n, stem, out);
    }
    // A name in the spelling of another outlet: only for words that nothing explains.
    if out[first..].iter().all(|a| a.readings.0 == a.readings.1 && a.word == NONE) && !lex.confusions.is_empty() {
        for &(set, rest, n) in heads {
            if rest.chars().count() >= 4 {
                let key = sijill_lexicon::skeleton(rest, &lex.confusions);
                if let Some(k) = lex.skeletons.get(&key) {
                    out.push(Analysis { proclitics: set, letters: n, pronoun: Analysis::NO_PRONOUN, word: lex.skeleton_words[k as usize], readings: (0, 0) });
                }
            }
        }
    }
}

/// The analyses of `rest` behind the proclitics `set`: with and without article, with and without pronoun.
fn one(lex: &Lexicon, set: Clitics, rest: &str, letters: u8, scratch: &mut String, out: &mut Vec<Analysis>) {
    let word = lex.words.get(rest).unwrap_or(NONE);
    let base = Analysis { proclitics: set, letters, pronoun: Analysis::NO_PRONOUN, word, readings: (0, 0) };
    let before = out.len();
    if word != NONE {
        let range = lex.reading_range(word);
        if fits(lex, range, set, false, false) {
            out.push(Analysis { readings: range, ..base });
        }
    }
    let article = rest.strip_prefix(ALEF).and_then(|r| r.strip_prefix(LAM)).filter(|r| r.chars().nth(1).is_some());
    if let Some(stem) = article {
        let set = set.with(Clitic::Article);
        if let Some(w) = lex.words.get(stem) {
            let range = lex.reading_range(w);
            if fits(lex, range, set, true, false) {
                out.push(Analysis { proclitics: set, readings: range, ..base });
            }
        }
    } else {
        for (i, e) in lex.enclitics.iter().enumerate() {
            let Some(stem) = rest.strip_suffix(e.form.as_str()) else { continue };
            if stem.chars().nth(1).is_none() {
                continue;
            }
            if let Some(w) = lex.words.get(stem) {
                let range = lex.reading_range(w);
                if fits(lex, range, set, false, true) {
                    out.push(Analysis { pronoun: i as u8, readings: range, ..base });
                }
            }
            // A ta marbuta that became ta before the pronoun, for stems that only phrases know.
            if let Some(open) = stem.strip_suffix(TA) {
                scratch.clear();
                scratch.push_str(open);
                scratch.push(HA);
                if let Some(w) = lex.words.get(scratch) {
                    out.push(Analysis { pronoun: i as u8, word: w, ..base });
                }
            }
        }
    }
    // A name keeps its own analysis beside the readings with a pronoun that its last letter allows.
    if word != NONE && out[before..].iter().all(|a| a.pronoun().is_some()) {
        out.push(base);
    }
}

/// Is any reading possible behind these proclitics and before a pronoun?
fn fits(lex: &Lexicon, range: (u32, u32), set: Clitics, article: bool, pronoun: bool) -> bool {
    lex.reading_slice(range).iter().any(|r| fits_reading(r, set, article, pronoun))
}

/// Verbs take no article and no preposition but the future (and لِ before the subjunctive); nouns take no future; a
/// tanwin ends a word.
#[inline]
fn fits_reading(r: &Reading, set: Clitics, article: bool, pronoun: bool) -> bool {
    let pos = r.pos();
    if pos.finite() {
        !article
            && !set.has(Clitic::With)
            && !set.has(Clitic::Like)
            && (!set.has(Clitic::Future) || pos == Pos::Imperfect)
            && (!set.has(Clitic::For) || pos == Pos::Imperfect)
            && (pronoun || !r.construct())
    } else if pos == Pos::Function {
        !article && !set.has(Clitic::Future) && !pronoun
    } else {
        !set.has(Clitic::Future)
            && !(r.tanwin() && (article || pronoun))
            && !(r.construct() && article)
            // The construct singular (ta marbuta opened) exists before a pronoun only.
            && !(r.construct() && !pronoun && r.number() == Number::Singular)
    }
}
