//! Inflection: from a lemma to all its written forms, by paradigms that stand in `lexicon/grammar/paradigms.toml`
//! and `declension.toml`.
//!
//! The way of a form: the lemma's letters give form and root, a template gives the stem with its vowels in a small
//! transliteration, `join` adds the ending (weak letters melt there), `spell` writes it without vowels and seats the hamzas.
//! What must not live here: any Arabic word, any list of affixes.

use serde::Deserialize;
use sijill_text::TA_MARBUTA;
use std::collections::{BTreeMap, HashMap};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Part {
    Perfect,
    Imperfect,
    Imperative,
    Masdar,
    ActiveParticiple,
    PassiveParticiple,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Voice {
    Active,
    Passive,
    /// The unvocalised spelling serves both.
    Both,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Gender {
    Masculine,
    Feminine,
    Any,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Number {
    Singular,
    Dual,
    Plural,
    Any,
}

#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Form {
    pub text: String,
    pub part: Part,
    pub voice: Voice,
    /// 1, 2, 3; 0 for nominal parts.
    pub person: u8,
    pub gender: Gender,
    pub number: Number,
    /// Occurs only before a genitive or a pronoun suffix.
    pub construct: bool,
    /// Nominal form written with final alef.
    pub accusative_tanwin: bool,
}

pub struct VerbSpec<'a> {
    pub lemma: &'a str,
    pub imperfect: Option<&'a str>,
    pub form: Option<u8>,
    pub masdar: Option<&'a [String]>,
}

pub struct NounSpec<'a> {
    pub lemma: &'a str,
    pub plurals: &'a [String],
    pub adjective: bool,
}

// --- the files -------------------------------------------------------------------------------------------------------

const VERBS: &str = "grammar/paradigms.toml";
const NOUNS: &str = "grammar/declension.toml";

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum GenderName {
    Masculine,
    Feminine,
    Any,
    #[default]
    Own,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum NumberName {
    Singular,
    Dual,
    Plural,
}

impl NumberName {
    fn get(self) -> Number {
        match self {
            Self::Singular => Number::Singular,
            Self::Dual => Number::Dual,
            Self::Plural => Number::Plural,
        }
    }
}

impl GenderName {
    fn or(self, own: Gender) -> Gender {
        match self {
            Self::Masculine => Gender::Masculine,
            Self::Feminine => Gender::Feminine,
            Self::Any => Gender::Any,
            Self::Own => own,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PerfectPerson {
    suffix: String,
    #[serde(default)]
    short: bool,
    person: u8,
    gender: GenderName,
    number: NumberName,
    follows: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImperfectPerson {
    prefix: String,
    suffix: Vec<String>,
    person: u8,
    gender: GenderName,
    number: NumberName,
    follows: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    form: u8,
    class: Class,
    perfect: Vec<String>,
    imperfect: Vec<String>,
    #[serde(default)]
    perfect_passive: Vec<String>,
    #[serde(default)]
    imperfect_passive: Vec<String>,
    active: String,
    passive: Option<String>,
    passive_weak: Option<String>,
    passive_weak_y: Option<String>,
    masdar: Option<String>,
    masdar_weak: Option<String>,
    masdar_weak_y: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
enum Class {
    /// Defective roots as well: their last letter is treated where endings are joined.
    Strong,
    Hollow,
    Geminate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    form: u8,
    lemmas: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbFile {
    letters: BTreeMap<char, char>,
    perfect: Vec<PerfectPerson>,
    imperfect: Vec<ImperfectPerson>,
    template: Vec<Template>,
    told: Vec<Told>,
    #[serde(default, rename = "test")]
    _test: Vec<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ending {
    suffix: String,
    number: NumberName,
    #[serde(default)]
    gender: GenderName,
    #[serde(default)]
    construct: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NounFile {
    before_pronoun: Vec<String>,
    elative: Vec<String>,
    singular_in_at: Vec<String>,
    ending: Vec<Ending>,
    feminine_plural: Vec<Ending>,
    adjective: Vec<Ending>,
    #[serde(default, rename = "test")]
    _test: Vec<toml::Table>,
}

// --- letters ---------------------------------------------------------------------------------------------------------

const ALEF: char = '\u{0627}';
const ALEF_MADDA: char = '\u{0622}';
const HAMZA: char = '\u{0621}';
const ON_ALEF: char = '\u{0623}';
const ON_WAW: char = '\u{0624}';
const UNDER_ALEF: char = '\u{0625}';
const ON_YA: char = '\u{0626}';
const TA: char = '\u{062A}';
const TAH: char = '\u{0637}';
const DAL: char = '\u{062F}';
const THAL: char = '\u{0630}';
const RA: char = '\u{0631}';
const ZAY: char = '\u{0632}';
const SAD: char = '\u{0635}';
const DAD: char = '\u{0636}';
const ZAH: char = '\u{0638}';
const SIN: char = '\u{0633}';
const MIM: char = '\u{0645}';
const NUN: char = '\u{0646}';
const WAW: char = '\u{0648}';
const MAKSURA: char = '\u{0649}';
const YA: char = '\u{064A}';

fn is_hamza(c: char) -> bool {
    matches!(c, HAMZA | ON_ALEF | ON_WAW | UNDER_ALEF | ON_YA)
}

/// `.` is a vowel that is not known: between the letters of a word that came without vowels.
fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u' | 'A' | 'I' | 'U' | 'Y' | '.')
}

/// Root letter in the transliteration: weak letters and hamza as Latin letters, the rest as they are.
fn radical(c: char) -> char {
    match c {
        WAW => 'w',
        YA | MAKSURA => 'y',
        c if is_hamza(c) => '\'',
        c => c,
    }
}

/// Stem and suffix. A weak last letter of the stem (Latin y or w after a short vowel) melts with the suffix.
fn join(stem: &str, suffix: &str) -> String {
    let mut rev = stem.chars().rev();
    let (glide, vowel) = (rev.next().unwrap_or(' '), rev.next().unwrap_or(' '));
    if !matches!((vowel, glide), ('a' | 'i' | 'u', 'y' | 'w')) {
        return if let Some(rest) = suffix.strip_prefix('0') { format!("{stem}{rest}") } else { format!("{stem}{suffix}") };
    }
    let base = &stem[..stem.len() - 2];
    let open = vowel == 'a';
    let bare = suffix.trim_end_matches('-');
    let tail = if suffix.ends_with('-') { "-" } else { "" };
    match bare {
        "0" => format!("{base}{vowel}{tail}"),
        "" | "u" | "a" | "i" if open => {
            let last = if glide == 'y' && tail.is_empty() { 'Y' } else { 'A' };
            format!("{base}{last}{tail}")
        }
        "" | "u" | "i" => format!("{base}{}{tail}", if vowel == 'i' { 'I' } else { 'U' }),
        "at" | "atA" if open => format!("{base}{suffix}"),
        _ if open && (bare.starts_with("aH") || bare.starts_with("aT")) => format!("{base}A{}", &suffix[1..]),
        _ if bare.starts_with(['U', 'I']) => {
            if open {
                format!("{base}a{}{}", if bare.starts_with('U') { 'w' } else { 'y' }, &suffix[1..])
            } else {
                format!("{base}{suffix}")
            }
        }
        _ => format!("{stem}{suffix}"),
    }
}

// --- the generator ---------------------------------------------------------------------------------------------------

/// What is known of a verb from its letters.
struct Root {
    form: u8,
    class: Class,
    /// Three or four; the third of a hollow root is its last letter.
    letters: Vec<char>,
    /// The t of form 8.
    infix: char,
    /// Form 1: long vowel of the hollow imperfect, short vowel before the last letter.
    long: char,
    short: char,
    vowel: char,
    /// Form 1: short vowel before the last letter of the perfect.
    perfect: char,
    /// Form 1 with letters lost in the imperfect: its stem as given.
    imperfect: Option<String>,
    keeps_passive: bool,
}

impl Root {
    fn new(form: u8, class: Class, letters: &[char]) -> Self {
        Self {
            form,
            class,
            letters: letters.iter().map(|&c| radical(c)).collect(),
            infix: TA,
            long: 'U',
            short: 'u',
            vowel: 'u',
            perfect: 'a',
            imperfect: None,
            keeps_passive: true,
        }
    }
    fn last(&self) -> char {
        self.letters.last().copied().unwrap_or(' ')
    }
    fn weak(&self) -> bool {
        self.class == Class::Strong && matches!(self.last(), 'y' | 'w')
    }
    fn fill(&self, template: &str) -> String {
        let get = |i: usize| self.letters.get(i).copied().unwrap_or(' ');
        template
            .chars()
            .map(|c| match c {
                '1' => get(0),
                '2' => get(1),
                '3' => get(if self.class == Class::Hollow { self.letters.len() - 1 } else { 2 }),
                '4' => get(3),
                'T' => self.infix,
                'V' => self.long,
                'v' if self.class == Class::Hollow => self.short,
                'v' => self.vowel,
                'e' => self.perfect,
                c => c,
            })
            .collect()
    }
}

#[derive(Clone, Copy)]
struct Person {
    part: Part,
    voice: Voice,
    person: u8,
    gender: Gender,
    number: Number,
}

/// All of a form but its voice.
type Key = (String, Part, u8, Gender, Number, bool, bool);

/// Forms in the order of their making, each once; what both voices have becomes `Voice::Both`.
#[derive(Default)]
struct Out {
    forms: Vec<Form>,
    index: HashMap<Key, usize>,
}

impl Out {
    fn push(&mut self, text: String, p: Person, construct: bool, accusative_tanwin: bool) {
        if text.is_empty() {
            return;
        }
        let key = (text.clone(), p.part, p.person, p.gender, p.number, construct, accusative_tanwin);
        if construct && self.index.contains_key(&(text.clone(), p.part, p.person, p.gender, p.number, false, accusative_tanwin)) {
            // The free form serves before a suffix too; its voice is already told.
            let i = self.index[&(text, p.part, p.person, p.gender, p.number, false, accusative_tanwin)];
            self.merge(i, p.voice);
            return;
        }
        if let Some(&i) = self.index.get(&key) {
            self.merge(i, p.voice);
            return;
        }
        self.index.insert(key, self.forms.len());
        self.forms.push(Form { text, part: p.part, voice: p.voice, person: p.person, gender: p.gender, number: p.number, construct, accusative_tanwin });
    }
    fn merge(&mut self, i: usize, voice: Voice) {
        let f = &mut self.forms[i];
        if f.voice != voice {
            f.voice = Voice::Both;
        }
    }
}

/// Is this file read here and not as entries?
pub fn owns(name: &str) -> bool {
    matches!(name, VERBS | NOUNS)
}

pub struct Paradigms {
    verbs: VerbFile,
    nouns: NounFile,
    told: HashMap<String, u8>,
}

impl Paradigms {
    /// `get` gives the text of a lexicon file by its name.
    pub fn from_sources<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Result<Self, String> {
        fn read<T: serde::de::DeserializeOwned>(name: &str, text: Option<&str>) -> Result<T, String> {
            let text = text.ok_or_else(|| format!("{name}: expected the paradigms, found no such file"))?;
            toml::from_str(text).map_err(|e| format!("{name}: {e}"))
        }
        let verbs: VerbFile = read(VERBS, get(VERBS))?;
        let nouns: NounFile = read(NOUNS, get(NOUNS))?;
        let told = verbs.told.iter().flat_map(|t| t.lemmas.iter().map(|l| (l.clone(), t.form))).collect();
        Ok(Self { verbs, nouns, told })
    }

    pub fn conjugate(&self, v: &VerbSpec) -> Result<Vec<Form>, String> {
        let root = self.root(v)?;
        let find = |class| self.verbs.template.iter().find(|t| t.form == root.form && t.class == class);
        let t = find(root.class).ok_or_else(|| format!("verb {}: expected a template of form {} for {:?} roots, found none", v.lemma, root.form, root.class))?;
        let mut out = Out::default();
        for (voice, perfect, imperfect) in [(Voice::Active, &t.perfect, &t.imperfect), (Voice::Passive, &t.perfect_passive, &t.imperfect_passive)] {
            let active = voice == Voice::Active;
            if let (Some(long), Some(short)) = (perfect.first(), perfect.last()) {
                let (long, short) = (root.fill(long), root.fill(short));
                // A passive's w is y: duʿiya.
                let (long, short) = if active { (long, short) } else { (soften(long), soften(short)) };
                self.perfect(&long, &short, voice, &mut out);
            }
            if let (Some(long), Some(short)) = (imperfect.first(), imperfect.last()) {
                let (mut long, mut short) = (root.fill(long), root.fill(short));
                if let Some(given) = root.imperfect.as_ref().filter(|_| active || !root.keeps_passive) {
                    long = given.clone();
                    if !active {
                        // ya-CCvC → yu-CCaC
                        let mut c: Vec<char> = long.chars().collect();
                        c[1] = 'u';
                        let n = c.len();
                        c[n - 2] = 'a';
                        long = c.into_iter().collect();
                    }
                    short = long.clone();
                }
                let (long, short) = if active { (long, short) } else { (soften(long), soften(short)) };
                self.imperfect(&long, &short, voice, &mut out);
            }
        }
        self.participles(&root, t, &mut out);
        self.masdars(v, &root, t, &mut out);
        Ok(out.forms)
    }

    fn perfect(&self, long: &str, short: &str, voice: Voice, out: &mut Out) {
        for p in &self.verbs.perfect {
            let who = Person { part: Part::Perfect, voice, person: p.person, gender: p.gender.or(Gender::Any), number: p.number.get() };
            let stem = if p.short { short } else { long };
            self.write(&join(stem, &p.suffix), who, false, false, out);
            if let Some(f) = &p.follows {
                self.write(&join(stem, &format!("{f}-")), who, true, false, out);
            }
        }
    }

    fn imperfect(&self, long: &str, short: &str, voice: Voice, out: &mut Out) {
        for p in &self.verbs.imperfect {
            let who = Person { part: Part::Imperfect, voice, person: p.person, gender: p.gender.or(Gender::Any), number: p.number.get() };
            for s in &p.suffix {
                let stem = if s == "0" { short } else { long };
                let stem = format!("{}{}", p.prefix, stem.strip_prefix('y').unwrap_or(stem));
                self.write(&join(&stem, s), who, false, false, out);
                if matches!(s.as_str(), "u" | "a") {
                    self.write(&join(&stem, &format!("{s}-")), who, true, false, out);
                }
            }
            if let Some(f) = &p.follows {
                let stem = format!("{}{}", p.prefix, long.strip_prefix('y').unwrap_or(long));
                self.write(&join(&stem, &format!("{f}-")), who, true, false, out);
            }
        }
    }

    fn participles(&self, root: &Root, t: &Template, out: &mut Out) {
        let who = |part, voice| Person { part, voice, person: 0, gender: Gender::Masculine, number: Number::Singular };
        self.nominal(&soften(root.fill(&t.active)), who(Part::ActiveParticiple, Voice::Active), true, out);
        let passive = match (root.weak(), root.last()) {
            (true, 'y') => t.passive_weak_y.as_ref().or(t.passive.as_ref()),
            (true, _) => t.passive_weak.as_ref().or(t.passive.as_ref()),
            _ => t.passive.as_ref(),
        };
        if let Some(p) = passive {
            let mut filled = root.fill(p);
            if t.passive_weak.is_none() {
                filled = soften(filled);
            }
            self.nominal(&filled, who(Part::PassiveParticiple, Voice::Passive), true, out);
        }
    }

    fn masdars(&self, v: &VerbSpec, root: &Root, t: &Template, out: &mut Out) {
        let who = Person { part: Part::Masdar, voice: Voice::Both, person: 0, gender: Gender::Masculine, number: Number::Singular };
        let given = v.masdar.unwrap_or_default();
        // Weak masdars of forms 5 and 6 lose their y in writing: the template knows it, the given word does not.
        let lost = root.weak() && matches!(root.form, 5 | 6);
        for m in given {
            let from_template = lost && m.starts_with(TA) && !m.ends_with(TA_MARBUTA);
            if !from_template && !m.contains(' ') {
                self.nominal_word(m, who, false, true, out);
            }
        }
        if v.masdar.is_some() && (given.is_empty() || !lost) {
            return;
        }
        let weak = root.weak() || (root.form == 2 && root.last() == '\'');
        let pattern = if weak && root.letters.get(1) == Some(&'y') && t.masdar_weak_y.is_some() {
            t.masdar_weak_y.as_ref()
        } else if weak && t.masdar_weak.is_some() {
            t.masdar_weak.as_ref()
        } else {
            t.masdar.as_ref()
        };
        let Some(pattern) = pattern else { return };
        let mut stem = root.fill(pattern);
        // A weak letter after a long a becomes hamza.
        if stem.ends_with("Ay") || stem.ends_with("Aw") {
            stem.pop();
            stem.push('\'');
        }
        self.nominal(&soften(stem), who, false, out);
    }

    pub fn decline(&self, n: &NounSpec) -> Vec<Form> {
        let mut out = Out::default();
        let who = Person { part: Part::Masdar, voice: Voice::Both, person: 0, gender: Gender::Masculine, number: Number::Singular };
        let letters: Vec<char> = n.lemma.chars().collect();
        if letters.len() > 3 && letters.ends_with(&[ALEF, TA]) && !self.nouns.singular_in_at.iter().any(|w| w == n.lemma) {
            // A noun that is used in the plural only.
            self.plural_word(n.lemma, who, &mut out);
            return out.forms;
        }
        self.nominal_word(n.lemma, who, n.adjective, n.plurals.is_empty() || n.lemma.ends_with(TA_MARBUTA), &mut out);
        for p in n.plurals {
            self.plural_word(p, who, &mut out);
        }
        out.forms
    }

    /// A word that came without vowels, in the transliteration.
    fn take(&self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        let mut s = String::new();
        for (i, &c) in letters.iter().enumerate() {
            let last = i + 1 == letters.len();
            if i > 0 && !(last && c == HAMZA) {
                s.push('.');
            }
            match c {
                _ if !last && c == ALEF && i + 2 == letters.len() && letters[i + 1] == HAMZA => {
                    s.pop();
                    s.push('A');
                }
                ON_ALEF if last && i > 0 => s.push_str("a'"),
                ON_WAW if last => s.push_str("u'"),
                ON_YA if last => s.push_str("i'"),
                HAMZA if last => s.push('\''),
                TA_MARBUTA if last => {
                    s.pop();
                    s.push_str("aH");
                }
                MAKSURA if last => {
                    s.pop();
                    s.push_str("ay");
                }
                _ => s.push(c),
            }
        }
        s
    }

    fn is_elative(&self, word: &str) -> bool {
        let c: Vec<char> = word.chars().collect();
        self.nouns.elative.iter().any(|e| e == word) || (c.len() == 4 && c[0] == ON_ALEF && !matches!(c[2], WAW | YA | ALEF) && !matches!(c[3], YA | TA_MARBUTA))
    }

    fn nominal_word(&self, word: &str, who: Person, adjective: bool, feminine_plural: bool, out: &mut Out) {
        if adjective && self.is_elative(word) {
            self.write(&self.take(word), who, false, false, out);
            return;
        }
        if word.ends_with(ALEF) {
            self.write(&self.take(word), who, false, false, out);
            return;
        }
        self.nominal_with(&self.take(word), who, adjective, feminine_plural, out);
    }

    fn plural_word(&self, word: &str, who: Person, out: &mut Out) {
        let who = Person { number: Number::Plural, gender: Gender::Any, ..who };
        let letters: Vec<char> = word.chars().collect();
        let sound = letters.len() > 4 && letters.ends_with(&[WAW, NUN]);
        if sound {
            let stem: String = letters[..letters.len() - 2].iter().collect();
            let stem = self.take(&stem);
            let who = Person { gender: Gender::Masculine, ..who };
            for e in self.nouns.adjective.iter().filter(|e| e.suffix.starts_with(['U', 'I'])) {
                self.write(&join(&stem, &e.suffix), who, e.construct, false, out);
            }
            return;
        }
        let stem = self.take(word);
        if letters.len() > 3 && letters.ends_with(&[ALEF, TA]) {
            self.write(&stem, Person { gender: Gender::Feminine, ..who }, false, false, out);
            return;
        }
        if letters.ends_with(&[ALEF]) {
            self.write(&stem, who, false, false, out);
            return;
        }
        self.singular(&stem, who, out);
    }

    fn nominal(&self, stem: &str, who: Person, adjective: bool, out: &mut Out) {
        self.nominal_with(stem, who, adjective, true, out);
    }

    /// The stem as it is, with tanwin, and before a pronoun.
    fn singular(&self, stem: &str, who: Person, out: &mut Out) {
        if let Some(base) = stem.strip_suffix("aH") {
            self.write(&join(base, "aH"), who, false, false, out);
            self.write(&join(base, "aT-"), who, true, false, out);
            return;
        }
        self.write(&join(stem, ""), who, false, false, out);
        if stem.ends_with("iy") {
            self.write(&join(stem, "0"), who, false, false, out);
        }
        if !stem.ends_with("ay") && !stem.ends_with("A'") && !stem.ends_with("a'") {
            self.write(&join(&seat(stem, 'A'), "A"), who, false, true, out);
        }
        for v in &self.nouns.before_pronoun {
            self.write(&join(&seat(stem, v.chars().next().unwrap_or('u')), &format!("{v}-")), who, true, false, out);
        }
    }

    fn nominal_with(&self, stem: &str, who: Person, adjective: bool, feminine_plural: bool, out: &mut Out) {
        let feminine = stem.ends_with("aH");
        let who = Person { gender: if feminine { Gender::Feminine } else { who.gender }, ..who };
        self.singular(stem, who, out);
        let base = stem.strip_suffix("aH").unwrap_or(stem);
        let mut put = |e: &Ending, t: &str| {
            let who = Person { gender: e.gender.or(who.gender), number: e.number.get(), ..who };
            let suffix = format!("{t}{}", e.suffix);
            self.write(&join(&seat(base, suffix.chars().next().unwrap_or('a')), &suffix), who, e.construct, false, out);
        };
        for e in &self.nouns.ending {
            put(e, if feminine { "aT" } else { "" });
        }
        if feminine_plural || adjective {
            for e in &self.nouns.feminine_plural {
                put(e, "");
            }
        }
        if adjective && !feminine {
            for e in &self.nouns.adjective {
                put(e, "");
            }
        }
    }

    fn write(&self, word: &str, who: Person, construct: bool, tanwin: bool, out: &mut Out) {
        out.push(self.spell(word, false), who, construct, tanwin);
        let other = self.spell(word, true);
        out.push(other, who, construct, tanwin);
    }

    /// From the transliteration to letters without vowels. `other`: the second of two customs where usage is divided,
    /// hamza before a long u (two waws, or the seat of the vowel before).
    fn spell(&self, word: &str, other: bool) -> String {
        let more = word.ends_with('-');
        let mut s: Vec<char> = word.trim_end_matches('-').chars().collect();
        if !more && s.len() > 2 && matches!(s.last(), Some('a' | 'i' | 'u')) {
            s.pop();
        }
        // Two hamzas, the second without a vowel: the vowel grows long.
        if s.len() > 3 && s[0] == '\'' && s[2] == '\'' && !is_vowel(s[3]) {
            s[1] = s[1].to_ascii_uppercase();
            s.remove(2);
        }
        let letter = |c: char| self.verbs.letters.get(&c).copied().unwrap_or(c);
        let mut out = String::new();
        let at = |i: usize| s.get(i).copied();
        let mut i = 0;
        while i < s.len() {
            let c = s[i];
            let prev = i.checked_sub(1).and_then(at);
            let next = at(i + 1);
            let closed = next.is_some_and(|n| !is_vowel(n) && letter(n) != letter(c));
            match c {
                'a' | 'i' | 'u' if i == 0 => out.push(ALEF),
                'a' | 'i' | 'u' | '.' => {}
                'A' | '_' => out.push(ALEF),
                'I' => out.push(YA),
                'U' => out.push(WAW),
                'Y' => out.push(if out.ends_with(YA) { ALEF } else { MAKSURA }),
                'H' => out.push(TA_MARBUTA),
                'T' => out.push(TA),
                'w' if prev == Some('i') && closed => out.push(YA),
                'y' if prev == Some('u') && closed => out.push(WAW),
                '\'' => {
                    if next == Some('\'') {
                        i += 1;
                        continue;
                    }
                    // A doubled hamza looks back over its twin.
                    let prev = if prev == Some('\'') { i.checked_sub(2).and_then(at) } else { prev };
                    let after = if i + 1 == s.len() { None } else { next };
                    let seat = hamza(prev, after, other);
                    if seat == ON_ALEF && after == Some('A') {
                        out.push(ALEF_MADDA);
                        i += 1;
                    } else {
                        out.push(seat);
                    }
                }
                c => {
                    if prev.is_none_or(|p| letter(p) != letter(c)) {
                        out.push(letter(c));
                    }
                }
            }
            i += 1;
        }
        out
    }

    // --- the root --------------------------------------------------------------------------------------------------

    fn root(&self, v: &VerbSpec) -> Result<Root, String> {
        let l: Vec<char> = v.lemma.chars().collect();
        let unknown = || format!("verb {}: expected a verb (perfect, he-form) of a known form, found letters that fit none", v.lemma);
        if l.len() < 2 || l.iter().any(|c| c.is_whitespace()) {
            return Err(unknown());
        }
        let form = v.form.unwrap_or_else(|| self.form(v, &l));
        // With the madda undone, every letter stands for itself.
        let weak_last = matches!(l[l.len() - 1], ALEF | MAKSURA);
        let rest = |n: usize| -> Vec<char> {
            let mut r = l.get(n..).unwrap_or_default().to_vec();
            if weak_last && let Some(c) = r.last_mut() {
                *c = YA;
            }
            r
        };
        // Root letters left after the form's own: two are a doubled root, an alef in the middle a hollow one.
        let plain = |form: u8, r: Vec<char>| -> Result<Root, String> {
            match r[..] {
                [a, b] => Ok(Root::new(form, Class::Geminate, &[a, b, b])),
                [a, ALEF, c] => Ok(Root::new(form, Class::Hollow, &[a, WAW, c])),
                [a, b, c] => Ok(Root::new(form, Class::Strong, &[a, b, c])),
                _ => Err(unknown()),
            }
        };
        match form {
            1 => self.root_one(v, &l),
            2 if l.len() == 3 => Ok(Root::new(2, Class::Strong, &rest(0))),
            3 if l[0] == ALEF_MADDA && l.len() == 3 => {
                let r = rest(1);
                Ok(Root::new(3, Class::Strong, &[HAMZA, r[0], r[1]]))
            }
            3 if l.len() >= 3 && l[1] == ALEF => {
                let r = rest(2);
                plain(3, std::iter::once(l[0]).chain(r).collect())
            }
            4 if l[0] == ALEF_MADDA && l.len() == 3 => {
                let r = rest(1);
                Ok(Root::new(4, Class::Strong, &[HAMZA, r[0], r[1]]))
            }
            4 if l[0] == ON_ALEF => plain(4, rest(1)),
            5 if l[0] == TA && l.len() == 4 => Ok(Root::new(5, Class::Strong, &rest(1))),
            6 if l[0] == TA && l.len() == 4 && l[1] == ALEF_MADDA => {
                let r = rest(2);
                Ok(Root::new(6, Class::Strong, &[HAMZA, r[0], r[1]]))
            }
            6 if l[0] == TA && l.len() >= 4 && l[2] == ALEF => plain(6, std::iter::once(l[1]).chain(rest(3)).collect()),
            7 if l.len() >= 4 && l[1] == NUN => plain(7, rest(2)),
            8 if l[0] == ALEF && l.len() >= 4 => {
                // Two letters made one (the t and a first w, t, d): four letters, the third no t.
                if l.len() == 4 && (!is_infix(l[1], l[2]) || (l[1] == TA && l[2] != TA)) {
                    let r = rest(2);
                    let mut root = Root::new(8, if r[0] == ALEF { Class::Hollow } else { Class::Strong }, &[l[1], r[0], r[1]]);
                    root.infix = l[1];
                    return Ok(root);
                }
                let mut root = plain(8, std::iter::once(l[1]).chain(rest(3)).collect())?;
                root.infix = l[2];
                Ok(root)
            }
            9 if l[0] == ALEF && l.len() == 4 => Ok(Root::new(9, Class::Strong, &rest(1))),
            10 if l.len() >= 5 && l[..3] == [ALEF, SIN, TA] => plain(10, rest(3)),
            11 if l.len() == 4 => Ok(Root::new(11, Class::Strong, &rest(0))),
            12 if l.len() == 5 && l[0] == TA => Ok(Root::new(12, Class::Strong, &rest(1))),
            14 if l.len() == 5 && l[0] == ALEF => Ok(Root::new(14, Class::Strong, &rest(1))),
            2 if l.len() == 4 => Ok(Root::new(11, Class::Strong, &rest(0))),
            1.. if v.form.is_some() => Err(format!("verb {}: expected the letters of form {form}, found others", v.lemma)),
            _ => Err(unknown()),
        }
    }

    /// The form by the letters.
    fn form(&self, v: &VerbSpec, l: &[char]) -> u8 {
        if let Some(&f) = self.told.get(v.lemma) {
            return f;
        }
        let masdar = v.masdar.and_then(|m| m.first()).map(String::as_str).unwrap_or_default();
        match l {
            [ALEF_MADDA, _, _] if masdar.starts_with(MIM) => 3,
            [ALEF_MADDA, _, _] => 4,
            [_, ALEF, _, _] => 3,
            [ON_ALEF, b, c] if b == c => 2,
            [ON_ALEF, _, _] => {
                let hamza_lost = v.imperfect.is_some_and(|i| !i.chars().any(is_hamza));
                let waw = v.imperfect.is_some_and(|i| i.chars().nth(1) == Some(ON_WAW));
                if hamza_lost || masdar.starts_with(UNDER_ALEF) && masdar.chars().count() == 5 {
                    4
                } else if waw || masdar.starts_with(TA) {
                    2
                } else {
                    1
                }
            }
            [_, _] => 1,
            // A doubled root of form 1 has two letters; a masdar in t- tells form 2 as well.
            [_, b, c] if b == c => 2,
            [a, _, _] if *a != TA && masdar.starts_with(TA) && matches!(masdar.chars().count(), 4 | 5) && (masdar.ends_with(TA_MARBUTA) || masdar.chars().nth(3) == Some(YA)) => 2,
            [_, _, _] => 1,
            [ON_ALEF, _, _, _] => 4,
            [TA, _, ALEF, _, _] | [TA, ALEF_MADDA, _, _] => 6,
            [TA, _, _, _] => 5,
            [TA, _, _, _, _] => 12,
            [ALEF, NUN, TA, _, _] => 8,
            [ALEF, NUN, _, _] | [ALEF, NUN, _, _, _] => 7,
            [ALEF, SIN, TA, _, _, ..] => 10,
            [ALEF, a, b, _] if is_infix(*a, *b) => 8,
            [ALEF, TA | TAH | DAL | THAL, _, _] => 8,
            [ALEF, _, _, _] => 9,
            [ALEF, a, b, _, _] if is_infix(*a, *b) => 8,
            [ALEF, _, _, _, _] => 14,
            [_, _, _, _] => 11,
            _ => 0,
        }
    }

    fn root_one(&self, v: &VerbSpec, l: &[char]) -> Result<Root, String> {
        let need = || format!("verb {}: expected `imperfect`, found none: a weak root of form 1 does not tell it", v.lemma);
        let imperfect: Option<Vec<char>> = v.imperfect.map(|i| i.chars().collect());
        match *l {
            [a, b] => Ok(Root::new(1, Class::Geminate, &[a, b, b])),
            [a, ALEF, c] => {
                let given = imperfect.ok_or_else(need)?;
                let (long, short) = match given.get(2) {
                    Some(&YA) => ('I', 'i'),
                    Some(&ALEF) => ('A', 'i'),
                    _ => ('U', 'u'),
                };
                let mut root = Root::new(1, Class::Hollow, &[a, WAW, c]);
                (root.long, root.short) = (long, short);
                Ok(root)
            }
            [a, b, c] => {
                let a = if a == ALEF_MADDA { HAMZA } else { a };
                let last = match c {
                    ALEF => WAW,
                    MAKSURA => YA,
                    c => c,
                };
                let mut root = Root::new(1, Class::Strong, &[a, b, last]);
                if matches!(c, YA | ON_YA) || b == ON_YA {
                    root.perfect = 'i';
                }
                let weak = a == WAW || matches!(last, WAW | YA);
                root.vowel = if is_hamza(b) || is_hamza(c) { 'a' } else { 'u' };
                let Some(given) = imperfect else {
                    return if weak { Err(need()) } else { Ok(root) };
                };
                if !weak && given.len() != 3 {
                    return Ok(root);
                }
                // The imperfect as it is given: y, letters, the last one with the vowel it shows.
                let given: Vec<char> = given.iter().flat_map(|&c| if c == ALEF_MADDA { vec![HAMZA, ALEF] } else { vec![c] }).collect();
                let [_, middle @ .., end] = &given[..] else { return Err(need()) };
                let mut stem = String::from("ya");
                stem.extend(middle.iter().map(|&c| radical(c)));
                stem.push_str(&match *end {
                    MAKSURA | ALEF => "ay".to_owned(),
                    WAW => "uw".to_owned(),
                    YA => "iy".to_owned(),
                    ON_YA => "i'".to_owned(),
                    ON_ALEF => "a'".to_owned(),
                    c => format!("{}{}", root.vowel, radical(c)),
                });
                root.keeps_passive = a == WAW || given.len() > 3;
                root.imperfect = Some(stem);
                Ok(root)
            }
            _ => Err(format!("verb {}: expected two or three letters in form 1, found {}", v.lemma, l.len())),
        }
    }
}

/// Is the second letter the t of form 8 after the first?
fn is_infix(first: char, c: char) -> bool {
    match c {
        TA => true,
        TAH => matches!(first, SAD | DAD | TAH | ZAH),
        DAL => matches!(first, ZAY | DAL | THAL),
        _ => false,
    }
}

/// A last w after i or a is y, where the root's own w does not show (passive, participles, masdars).
fn soften(mut stem: String) -> String {
    if stem.ends_with("iw") || stem.ends_with("aw") {
        stem.pop();
        stem.push('y');
    }
    stem
}

/// A final hamza after a consonant or a long vowel, before an ending in a: on ya after a joined letter, alone after another.
fn seat(stem: &str, next: char) -> String {
    let Some(base) = stem.strip_suffix('\'') else { return stem.to_owned() };
    let before = base.chars().last().unwrap_or(' ');
    if is_vowel(before) || is_vowel(next) && !matches!(next, 'A' | 'a') {
        return stem.to_owned();
    }
    let alone = matches!(before, ALEF | DAL | THAL | RA | ZAY | WAW | 'w');
    format!("{base}{}", if alone { HAMZA } else { ON_YA })
}

/// The seat of a hamza between its neighbours; None: the word's begin or end.
fn hamza(prev: Option<char>, next: Option<char>, other: bool) -> char {
    let Some(prev) = prev else {
        return if matches!(next, Some('i' | 'I')) { UNDER_ALEF } else { ON_ALEF };
    };
    let Some(next) = next else {
        return match prev {
            'a' => ON_ALEF,
            'i' => ON_YA,
            'u' => ON_WAW,
            _ => HAMZA,
        };
    };
    let after_y = matches!(prev, 'i' | 'I' | 'y' | YA);
    if after_y || matches!(next, 'i' | 'I') {
        return ON_YA;
    }
    match (prev, next) {
        ('a', 'U') if other => ON_ALEF,
        ('A' | 'U', 'U') if other => HAMZA,
        (p, 'U') if other && !is_vowel(p) => ON_YA,
        ('u', _) | (_, 'u' | 'U') => ON_WAW,
        ('A' | 'U' | 'w' | WAW, 'a' | 'A') => HAMZA,
        ('A' | 'U', _) => HAMZA,
        _ => ON_ALEF,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        lemma: String,
        form: Option<u8>,
        imperfect: Option<String>,
        masdar: Option<Vec<String>>,
        #[serde(default)]
        plurals: Vec<String>,
        #[serde(default)]
        adjective: bool,
        #[serde(default)]
        has: Vec<String>,
        #[serde(default)]
        not: Vec<String>,
        #[serde(default)]
        passive: Vec<String>,
        #[serde(default)]
        both: Vec<String>,
        #[serde(default)]
        construct: Vec<String>,
        #[serde(default)]
        tanwin: Vec<String>,
        error: Option<String>,
    }

    #[derive(Deserialize)]
    struct Cases {
        test: Vec<Case>,
    }

    fn read(name: &str) -> String {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lexicon").join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    fn paradigms() -> Paradigms {
        let (verbs, nouns) = (read(VERBS), read(NOUNS));
        Paradigms::from_sources(|n| if n == VERBS { Some(verbs.as_str()) } else { Some(nouns.as_str()) }).expect("the paradigms")
    }

    fn faults(c: &Case, forms: &[Form]) -> Vec<String> {
        let mut out = Vec::new();
        let finite = |f: &&Form| matches!(f.part, Part::Perfect | Part::Imperfect);
        let mut want = |what: &str, list: &[String], ok: &dyn Fn(&str) -> bool| {
            out.extend(list.iter().filter(|w| !ok(w)).map(|w| format!("{}: {what} {w}", c.lemma)));
        };
        want("expected", &c.has, &|w| forms.iter().any(|f| f.text == w));
        want("must not have", &c.not, &|w| forms.iter().all(|f| f.text != w));
        want("expected passive", &c.passive, &|w| {
            let v: Vec<_> = forms.iter().filter(finite).filter(|f| f.text == w && f.voice == Voice::Passive).collect();
            !v.is_empty()
        });
        want("expected both voices", &c.both, &|w| forms.iter().filter(finite).any(|f| f.text == w && f.voice == Voice::Both));
        want("expected before a suffix", &c.construct, &|w| forms.iter().any(|f| f.text == w && f.construct));
        want("expected with tanwin", &c.tanwin, &|w| forms.iter().any(|f| f.text == w && f.accusative_tanwin));
        let mut seen = std::collections::HashSet::new();
        for f in forms {
            if !seen.insert(f) {
                out.push(format!("{}: twice {f:?}", c.lemma));
            }
            if f.text.chars().any(|x| x.is_ascii() || x == '.') {
                out.push(format!("{}: letters left {f:?}", c.lemma));
            }
        }
        out
    }

    #[test]
    fn inflect_verbs_of_the_test_table() {
        let p = paradigms();
        let cases: Cases = toml::from_str(&read(VERBS)).expect("tests");
        let mut bad = Vec::new();
        for c in &cases.test {
            let got = p.conjugate(&VerbSpec { lemma: &c.lemma, imperfect: c.imperfect.as_deref(), form: c.form, masdar: c.masdar.as_deref() });
            match (got, &c.error) {
                (Ok(forms), None) => bad.extend(faults(c, &forms)),
                (Err(e), Some(want)) if e == *want => {}
                (Err(e), _) => bad.push(e),
                (Ok(_), Some(want)) => bad.push(format!("{}: expected the error {want:?}, found forms", c.lemma)),
            }
        }
        assert!(bad.is_empty(), "\n{}", bad.join("\n"));
    }

    #[test]
    fn inflect_nouns_of_the_test_table() {
        let p = paradigms();
        let cases: Cases = toml::from_str(&read(NOUNS)).expect("tests");
        let bad: Vec<String> = cases.test.iter().flat_map(|c| faults(c, &p.decline(&NounSpec { lemma: &c.lemma, plurals: &c.plurals, adjective: c.adjective }))).collect();
        assert!(bad.is_empty(), "\n{}", bad.join("\n"));
    }

    /// `INFLECT="lemma [imperfect]" cargo test -p sijill-lexicon inflect_shows -- --nocapture` prints the forms of a word.
    #[test]
    fn inflect_shows() {
        let Ok(word) = std::env::var("INFLECT") else { return };
        let mut w = word.split_whitespace();
        let lemma = w.next().unwrap_or_default();
        let (mut form, mut imperfect) = (None, None);
        for x in w {
            match x.parse() {
                Ok(n) => form = Some(n),
                Err(_) => imperfect = Some(x),
            }
        }
        match paradigms().conjugate(&VerbSpec { lemma, imperfect, form, masdar: None }) {
            Ok(forms) => forms.iter().for_each(|f| {
                println!(
                    "{} {:?} {:?} {} {:?} {:?}{}{}",
                    f.text,
                    f.part,
                    f.voice,
                    f.person,
                    f.gender,
                    f.number,
                    if f.construct { " construct" } else { "" },
                    if f.accusative_tanwin { " tanwin" } else { "" }
                )
            }),
            Err(e) => println!("{e}"),
        }
    }
}
