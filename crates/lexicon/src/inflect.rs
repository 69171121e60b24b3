//! Inflection: from a lemma to all its written forms, by paradigms that stand in `lexicon/grammar/paradigms.toml`.

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

pub struct Paradigms;

/// Is this file read here and not as entries?
pub fn owns(name: &str) -> bool {
    matches!(name, "grammar/paradigms.toml" | "grammar/declension.toml")
}

impl Paradigms {
    /// `get` gives the text of a lexicon file by its name.
    pub fn from_sources<'a>(_get: impl Fn(&str) -> Option<&'a str>) -> Result<Self, String> {
        Ok(Self)
    }
    pub fn conjugate(&self, _v: &VerbSpec) -> Result<Vec<Form>, String> {
        Ok(Vec::new())
    }
    pub fn decline(&self, _n: &NounSpec) -> Vec<Form> {
        Vec::new()
    }
}
