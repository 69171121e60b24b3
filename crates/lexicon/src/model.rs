//! The compiled lexicon: what the engine looks things up in.
//!
//! Everything is numbered; names and glosses are kept for records and explanations. What must not live here: how the
//! numbers are made (`compile`), how a text is read with them (`sijill-grammar`, `sijill-extract`).

use crate::calendar::Calendar;
use crate::codes::Codes;
use crate::entries::{Shape, Tag};
use crate::inflect::{Gender, Number, Part, Voice};
use crate::junk::{DatelinePattern, Junk};
use crate::table::{Numbers, Table, Trie};
use serde::{Deserialize, Serialize};

/// The lexicon as the engine uses it: immutable, shared by all threads.
#[derive(Serialize, Deserialize, Default)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// A hash of all source files: two lexicons with the same version give the same records.
    pub version: String,
    /// Folded written forms.
    pub words: Table,
    /// Readings of word `w`: `readings[spans[w]..spans[w + 1]]`.
    pub(crate) spans: Numbers,
    #[serde(with = "packed")]
    pub(crate) readings: Vec<Reading>,
    pub lemmas: Vec<Lemma>,
    /// Sequences of words to numbers of `links`.
    pub phrases: Trie,
    pub links: Vec<Link>,
    pub actors: Vec<Actor>,
    /// The numbers of the actors, in the order of their kinds and ids.
    pub(crate) actors_by_id: Vec<u32>,
    pub titles: Vec<Title>,
    pub frames: Vec<Frame>,
    pub speeches: Vec<Speech>,
    pub lights: Vec<Light>,
    pub modals: Vec<Modal>,
    pub predicates: Vec<Predicate>,
    pub attributions: Vec<Attribution>,
    pub classes: Vec<Class>,
    pub attributes: Vec<Attribute>,
    pub heads: Vec<Head>,
    pub portfolios: Vec<Portfolio>,
    pub levels: Vec<Level>,
    pub relation_heads: Vec<RelationHead>,
    pub founded: Vec<Founded>,
    pub proclitics: Vec<Proclitic>,
    pub enclitics: Vec<Enclitic>,
    /// The prepositions that are written with the next word, as lemmas.
    pub clitic_prepositions: Vec<(Clitic, u32)>,
    /// Letters that replace each other, each with the one that stands for its class.
    pub confusions: Vec<(char, char)>,
    /// Folded letters of each shape, by its number.
    pub(crate) shapes: Vec<Vec<String>>,
    /// Letters that foreign names have or lack from outlet to outlet (long vowels); for names across articles only.
    pub weak: Vec<char>,
    /// Folded words that some join to the next.
    pub joins: Vec<String>,
    /// Skeletons of name words (see `compile::skeleton`), to the word that is listed.
    pub skeletons: Table,
    pub skeleton_words: Vec<u32>,
    pub codes: Codes,
    pub calendar: Calendar,
    pub junk: Vec<Junk>,
    pub datelines: Vec<DatelinePattern>,
}

impl Lexicon {
    /// The readings of a word as written, without clitics.
    #[inline]
    pub fn readings(&self, word: u32) -> &[Reading] {
        self.reading_slice(self.reading_range(word))
    }

    /// Where the readings of a word stand in the table of all.
    #[inline]
    pub fn reading_range(&self, word: u32) -> (u32, u32) {
        let w = word as usize;
        (self.spans.get(w), self.spans.get(w + 1))
    }

    #[inline]
    pub fn reading_slice(&self, range: (u32, u32)) -> &[Reading] {
        &self.readings[range.0 as usize..range.1 as usize]
    }

    #[inline]
    pub fn lemma(&self, r: &Reading) -> &Lemma {
        &self.lemmas[r.lemma as usize]
    }

    /// The year in which two states established relations.
    pub fn founded(&self, a: &str, b: &str) -> Option<i16> {
        let pair = if a < b { [a, b] } else { [b, a] };
        self.founded.iter().find(|f| f.parties[0] == pair[0] && f.parties[1] == pair[1]).and_then(|f| f.date.get(..4)?.parse().ok())
    }

    /// The letters of this shape.
    pub fn letters(&self, shape: Shape) -> &[String] {
        self.shapes.get(shape as usize).map_or(&[], |s| s)
    }

    /// Does a folded word begin with the letters of this shape?
    #[inline]
    pub fn begins(&self, word: &str, shape: Shape) -> bool {
        self.letters(shape).iter().any(|l| word.starts_with(l.as_str()))
    }

    /// Does a folded word end with the letters of this shape?
    #[inline]
    pub fn ends(&self, word: &str, shape: Shape) -> bool {
        self.letters(shape).iter().any(|l| word.ends_with(l.as_str()))
    }

    /// Is a folded word one of this shape's?
    pub fn is_shape(&self, word: &str, shape: Shape) -> bool {
        self.letters(shape).iter().any(|l| word == l)
    }

    /// A folded word without the letters of this shape at its beginning.
    pub fn cut<'w>(&self, word: &'w str, shape: Shape) -> Option<&'w str> {
        self.letters(shape).iter().find_map(|l| word.strip_prefix(l.as_str()))
    }

    /// A folded word without the letters of this shape at its end.
    pub fn cut_end<'w>(&self, word: &'w str, shape: Shape) -> Option<&'w str> {
        self.letters(shape).iter().find_map(|l| word.strip_suffix(l.as_str()))
    }

    pub fn actor_by_id(&self, kind: Kind, id: &str) -> Option<u32> {
        let order = |&k: &u32| (self.actors[k as usize].kind, self.actors[k as usize].id.as_str());
        let at = self.actors_by_id.partition_point(|k| order(k) < (kind, id));
        self.actors_by_id.get(at).copied().filter(|k| order(k) == (kind, id))
    }

    /// The compact form that is built into the binary.
    pub fn to_bytes(&self) -> Result<Vec<u8>, String> {
        if self.words.len() > Table::MOST {
            return Err(format!("expected at most {} written forms, found {}", Table::MOST, self.words.len()));
        }
        postcard::to_stdvec(self).map_err(|e| e.to_string())
    }

    /// The lexicon over the bytes of the binary: its tables stay where they are.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, String> {
        postcard::from_bytes(bytes).map_err(|e| e.to_string())
    }
}

/// Readings as bytes, six for each: there are so many of them that to decode field by field would be a large part of the start.
mod packed {
    use super::Reading;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(readings: &[Reading], s: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = readings.iter().flat_map(|r| r.lemma.to_le_bytes().into_iter().chain(r.feats.to_le_bytes())).collect();
        s.serialize_bytes(&bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Reading>, D::Error> {
        let (rows, _) = <&[u8]>::deserialize(d)?.as_chunks();
        Ok(rows.iter().map(|&[a, b, c, d, e, f]| Reading { lemma: u32::from_le_bytes([a, b, c, d]), feats: u16::from_le_bytes([e, f]) }).collect())
    }
}

/// One way to understand a written form.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    pub lemma: u32,
    /// `Pos` in bits 0-3, person 4-5, gender 6-7, number 8-9, voice 10-11, construct 12, tanwin 13.
    feats: u16,
}

/// What a written form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pos {
    Perfect,
    Imperfect,
    Imperative,
    Masdar,
    ActiveParticiple,
    PassiveParticiple,
    Noun,
    Adjective,
    /// A word of grammar, never inflected.
    Function,
}

impl Pos {
    const ALL: [Pos; 9] = [Pos::Perfect, Pos::Imperfect, Pos::Imperative, Pos::Masdar, Pos::ActiveParticiple, Pos::PassiveParticiple, Pos::Noun, Pos::Adjective, Pos::Function];

    #[inline]
    pub fn finite(self) -> bool {
        matches!(self, Self::Perfect | Self::Imperfect | Self::Imperative)
    }
    pub fn participle(self) -> bool {
        matches!(self, Self::ActiveParticiple | Self::PassiveParticiple)
    }
}

impl From<Part> for Pos {
    fn from(p: Part) -> Self {
        match p {
            Part::Perfect => Self::Perfect,
            Part::Imperfect => Self::Imperfect,
            Part::Imperative => Self::Imperative,
            Part::Masdar => Self::Masdar,
            Part::ActiveParticiple => Self::ActiveParticiple,
            Part::PassiveParticiple => Self::PassiveParticiple,
        }
    }
}

impl Reading {
    pub(crate) fn new(lemma: u32, pos: Pos, person: u8, gender: Gender, number: Number, voice: Voice, construct: bool, tanwin: bool) -> Self {
        let g = match gender {
            Gender::Masculine => 1,
            Gender::Feminine => 2,
            Gender::Any => 0,
        };
        let n = match number {
            Number::Singular => 1,
            Number::Dual => 2,
            Number::Plural => 3,
            Number::Any => 0,
        };
        let v = match voice {
            Voice::Active => 1,
            Voice::Passive => 2,
            Voice::Both => 0,
        };
        Self { lemma, feats: pos as u16 | u16::from(person & 3) << 4 | g << 6 | n << 8 | v << 10 | u16::from(construct) << 12 | u16::from(tanwin) << 13 }
    }
    #[inline]
    pub fn pos(&self) -> Pos {
        Pos::ALL[(self.feats & 15) as usize]
    }
    #[inline]
    pub fn person(&self) -> u8 {
        (self.feats >> 4 & 3) as u8
    }
    #[inline]
    pub fn gender(&self) -> Gender {
        match self.feats >> 6 & 3 {
            1 => Gender::Masculine,
            2 => Gender::Feminine,
            _ => Gender::Any,
        }
    }
    #[inline]
    pub fn number(&self) -> Number {
        match self.feats >> 8 & 3 {
            1 => Number::Singular,
            2 => Number::Dual,
            3 => Number::Plural,
            _ => Number::Any,
        }
    }
    #[inline]
    pub fn voice(&self) -> Voice {
        match self.feats >> 10 & 3 {
            1 => Voice::Active,
            2 => Voice::Passive,
            _ => Voice::Both,
        }
    }
    #[inline]
    pub fn construct(&self) -> bool {
        self.feats >> 12 & 1 == 1
    }
    #[inline]
    pub fn tanwin(&self) -> bool {
        self.feats >> 13 & 1 == 1
    }
}

/// A word of the lexicon and all that entries say of it.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct Lemma {
    pub text: String,
    pub links: Vec<Link>,
    /// One bit for each `Tag` among the links, for quick tests.
    pub tags: u64,
    /// The bits of `Flag`.
    pub flags: u32,
}

/// What a word or phrase is to some entry.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// A verb that evokes a frame.
    Frame(u32),
    /// A masdar or noun that evokes a frame.
    NounFrame(u32),
    Speech(u32),
    Light(u32),
    Modal(u32),
    Predicate(u32),
    Attribution(u32),
    /// Class and word in it.
    Class(u32, u32),
    Attribute(u32),
    Tag(Tag),
    OrgHead(u32),
    PlaceHead(u32),
    InitiativeHead(u32),
    Portfolio(u32),
    Group(Count),
    Honorific,
    Blessing,
    Given,
    Particle,
    /// The second part of a given name of two words.
    Second,
    /// A common word: no part of a name.
    Common,
    /// A common verb in one of its forms: no part of a name, and no construct noun.
    Verb,
    UnnamedSource,
    UnnamedOfficial,
    Fronting,
    Name(u32, NameKind),
    Demonym(u32),
    /// The adjective of a body (`حوثي`).
    Adjective(u32),
    Title(u32, Count),
    Level(u32),
    RelationHead(u32),
    Establishing,
    /// A preposition of several words, by its lemma.
    Preposition(u32),
    /// Words of a slot or speech entry that are more than one, by their lemma.
    Words(u32),
    /// A word that says what a story is about: index into `Codes::contexts`.
    Context(u32),
    /// A name word only.
    Word,
}

/// Quick tests on lemmas: which sorts of link it has.
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
pub enum Flag {
    Frame = 1,
    NounFrame = 1 << 1,
    Speech = 1 << 2,
    Light = 1 << 3,
    Modal = 1 << 4,
    Predicate = 1 << 5,
    Class = 1 << 6,
    Attribute = 1 << 7,
    OrgHead = 1 << 8,
    PlaceHead = 1 << 9,
    InitiativeHead = 1 << 10,
    Portfolio = 1 << 11,
    Group = 1 << 12,
    Honorific = 1 << 13,
    Given = 1 << 14,
    Particle = 1 << 15,
    Common = 1 << 16,
    Unnamed = 1 << 17,
    Demonym = 1 << 18,
    Level = 1 << 19,
    RelationHead = 1 << 20,
    Name = 1 << 21,
    Function = 1 << 22,
    Fronting = 1 << 23,
    Verb = 1 << 24,
    Second = 1 << 25,
    Context = 1 << 26,
}

impl Link {
    pub fn flag(self) -> u32 {
        (match self {
            Link::Frame(_) => Flag::Frame,
            Link::NounFrame(_) => Flag::NounFrame,
            Link::Speech(_) => Flag::Speech,
            Link::Light(_) => Flag::Light,
            Link::Modal(_) => Flag::Modal,
            Link::Predicate(_) => Flag::Predicate,
            Link::Class(..) => Flag::Class,
            Link::Attribute(_) => Flag::Attribute,
            Link::OrgHead(_) => Flag::OrgHead,
            Link::PlaceHead(_) => Flag::PlaceHead,
            Link::InitiativeHead(_) => Flag::InitiativeHead,
            Link::Portfolio(_) => Flag::Portfolio,
            Link::Group(_) => Flag::Group,
            Link::Honorific | Link::Blessing => Flag::Honorific,
            Link::Given => Flag::Given,
            Link::Particle => Flag::Particle,
            Link::Second => Flag::Second,
            Link::Common => Flag::Common,
            Link::Verb => Flag::Verb,
            Link::UnnamedSource | Link::UnnamedOfficial => Flag::Unnamed,
            Link::Demonym(_) => Flag::Demonym,
            Link::Level(_) => Flag::Level,
            Link::RelationHead(_) => Flag::RelationHead,
            Link::Name(..) | Link::Word | Link::Words(_) | Link::Title(..) => Flag::Name,
            Link::Tag(_) | Link::Attribution(_) | Link::Establishing | Link::Preposition(_) => Flag::Function,
            Link::Fronting => Flag::Fronting,
            // A word of this kind says what a story is about, and hinders no name.
            Link::Context(_) | Link::Adjective(_) => Flag::Context,
        }) as u32
    }
}

impl Lemma {
    #[inline]
    pub fn has(&self, flag: Flag) -> bool {
        self.flags & flag as u32 != 0
    }
    #[inline]
    pub fn is(&self, tag: Tag) -> bool {
        self.tags & (1 << tag as u64) != 0
    }
}

/// One, two, or more.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// Masculine or unknown, feminine.
    One(bool),
    Two,
    Many,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    Full,
    /// Suffices only once the article is about its bearer.
    Short,
    /// Means its bearer only where the context is the bearer's own.
    Bare,
    /// A capital that may stand for the government.
    Capital,
}

/// The sort of an actor; the same list as the record's entity types.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Person,
    Country,
    Place,
    Organization,
    Forum,
    Initiative,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Actor {
    pub kind: Kind,
    pub id: String,
    pub ar: String,
    pub en: String,
    /// ISO code: of the country itself, of the state that a place lies in or a body belongs to.
    pub country: Option<String>,
    pub sector: Option<String>,
    /// `city`, `region`… for places.
    pub sort: Option<String>,
    pub media: bool,
    pub ambiguous: bool,
    pub feminine: bool,
    pub offices: Vec<Office>,
    pub editions: Vec<Edition>,
    /// States (ISO code) in whose affairs its short names suffice.
    pub about: Vec<String>,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Office {
    pub title: String,
    pub of: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub source: String,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Edition {
    pub n: u32,
    pub date: Option<String>,
    pub place: Option<String>,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Title {
    pub id: String,
    pub title: String,
    pub of: Of,
    pub of_id: Option<String>,
    /// Folded words that may stand between the title and whose it is.
    pub link: Vec<String>,
}

/// Whose a title is.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    State,
    Body,
    None,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Frame {
    /// Adds its participants to the event spoken of before (`حضر الاجتماع …`).
    pub anaphoric: bool,
    /// A number beside the noun is that of the forum's edition in the register.
    pub numbered: bool,
    /// Of a noun: an event only where a light verb carries it.
    pub carried: bool,
    /// Tells who is behind violence that is told of elsewhere.
    pub claim: bool,
    /// The attribute that takes the count of people behind the anchor.
    pub count: Option<String>,
    /// Slots of which one at least must be filled.
    pub needs: Vec<String>,
    /// Lemmas near the anchor with which it means something else.
    pub except: Vec<u32>,
    pub id: String,
    pub gloss: String,
    pub kind: String,
    pub status: Option<String>,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub attributes: Vec<(String, String)>,
    pub slots: Vec<Slot>,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Slot {
    pub name: String,
    pub role: Option<String>,
    pub subject: bool,
    pub object: bool,
    /// Lemmas of the prepositions.
    pub prepositions: Vec<u32>,
    /// Bits of `Kind`; 0: no entity is wanted.
    pub accepts: u8,
    pub classes: Vec<u32>,
    /// Lemmas of the words.
    pub words: Vec<u32>,
    pub required: bool,
    pub attribute: Option<String>,
}

impl Slot {
    pub fn takes(&self, kind: Kind) -> bool {
        // What a body may do an international body may do.
        let kind = if kind == Kind::Forum && self.role.as_deref() != Some("forum") && self.accepts & (1 << Kind::Forum as u8) == 0 { Kind::Organization } else { kind };
        self.accepts & (1 << kind as u8) != 0
    }
    /// Must the slot be headed by a listed word?
    pub fn lexical(&self) -> bool {
        !self.classes.is_empty() || !self.words.is_empty()
    }
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Speech {
    pub id: String,
    pub gloss: String,
    pub force: String,
    pub neutral: bool,
    pub that: bool,
    pub quote: bool,
    pub object: bool,
    /// Lemmas of the prepositions before a noun.
    pub prepositions: Vec<u32>,
    pub addressee_object: bool,
    pub addressee: Vec<u32>,
    /// Lemmas of the nouns one of which must follow.
    pub words: Vec<u32>,
    /// Lemma of the preposition before that noun.
    pub via: Option<u32>,
    /// Lemmas of the prepositions behind which the speaker stands.
    pub speaker: Vec<u32>,
    /// Names acts as well as speech.
    pub act: bool,
    /// A verdict, which counts with a pronoun for what it is passed on.
    pub verdict: bool,
    /// Only an outlet says it.
    pub media: bool,
    /// A noun for what somebody says or writes, rather than a verb.
    pub noun: bool,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Light {
    pub id: String,
    pub object: bool,
    pub prepositions: Vec<u32>,
    pub effect: Option<String>,
    pub impersonal: bool,
    /// Kinds of the nouns that it carries; empty: any.
    pub kinds: Vec<String>,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Modal {
    pub id: String,
    pub effect: String,
    pub verb: bool,
    pub noun: bool,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Predicate {
    pub id: String,
    pub force: String,
    pub own: bool,
    /// Counts with somebody and a clause behind it.
    pub clause: bool,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Attribution {
    pub id: String,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Class {
    pub id: String,
    /// Word and gloss.
    pub words: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Attribute {
    pub name: String,
    pub value: String,
    pub kinds: Vec<String>,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Head {
    pub id: String,
    pub sector: Option<String>,
    pub sort: Option<String>,
    pub media: bool,
    pub part: bool,
    pub portfolio: bool,
    pub nationality: bool,
    pub country: bool,
    pub name: bool,
    pub definite: bool,
    /// A construct of definite nouns completes it, and what `ل` adds.
    pub phrase: bool,
    /// The town that it stands in belongs to its name (`السفارة الروسية في واشنطن`, `المحكمة الابتدائية بتطوان`).
    pub seat: bool,
    /// An ordinal or a number completes it (`اللواء السابع`, `اللواء 22`).
    pub number: bool,
    /// Words that may close the name behind its adjectives.
    pub tails: Vec<Vec<u32>>,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Portfolio {
    pub title: Option<String>,
    pub gloss: String,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Level {
    pub part: String,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct RelationHead {
    pub id: String,
    pub level: String,
}

/// The day on which two states established diplomatic relations; codes in alphabetical order.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Founded {
    pub parties: [String; 2],
    pub date: String,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub struct Proclitic {
    pub letter: char,
    pub kind: Clitic,
}

/// What a proclitic does. The bits make a set.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Clitic {
    And = 1,
    Then = 1 << 1,
    With = 1 << 2,
    Like = 1 << 3,
    For = 1 << 4,
    Future = 1 << 5,
    Article = 1 << 6,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Enclitic {
    pub form: String,
    pub person: u8,
    pub feminine: bool,
    pub masculine: bool,
    pub number: u8,
}
