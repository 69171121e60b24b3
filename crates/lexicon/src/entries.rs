//! The entries as they stand in the files: one struct for each table name.
//!
//! A file may hold any mix of tables; the table's name says what an entry is. `docs/lexicon-guide.md` is the description
//! for people. What must not live here: anything derived from an entry (see `compile`).

use serde::Deserialize;
use std::collections::BTreeMap;

/// One lexicon file.
#[derive(Deserialize, Default, Debug)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    pub country: Vec<Country>,
    pub place: Vec<Actor>,
    pub organization: Vec<Actor>,
    pub forum: Vec<Actor>,
    pub initiative: Vec<Actor>,
    pub person: Vec<Person>,
    pub title: Vec<Title>,
    pub honorific: Vec<Words>,
    pub blessing: Vec<Words>,
    pub given: Vec<Words>,
    pub particle: Vec<Words>,
    /// Second parts of given names of two words (`عبد الله`, `نور الدين`): no surnames.
    pub second: Vec<Words>,
    pub common: Vec<Words>,
    pub org_head: Vec<Head>,
    pub place_head: Vec<Head>,
    pub initiative_pattern: Vec<Head>,
    pub portfolio: Vec<Portfolio>,
    pub verb: Vec<Verb>,
    pub frame: Vec<Frame>,
    pub class: Vec<Class>,
    pub attribute: Vec<Attribute>,
    pub light: Vec<Light>,
    pub modal: Vec<Modal>,
    pub speech: Vec<Speech>,
    pub predicate: Vec<Predicate>,
    pub attribution: Vec<Attribution>,
    pub unnamed_source: Vec<Words>,
    pub unnamed_official: Vec<Words>,
    pub fronting: Vec<Words>,
    pub function: Vec<Function>,
    pub group: Vec<Group>,
    pub proclitic: Vec<Proclitic>,
    pub enclitic: Vec<Enclitic>,
    pub confusion: Vec<Confusion>,
    #[serde(default)]
    pub shape: Vec<ShapeEntry>,
    pub weak: Vec<Weak>,
    pub join: Vec<Join>,
    pub kind: Vec<KindCode>,
    pub cameo: Vec<Cameo>,
    pub plover: Vec<PloverType>,
    pub quad_class: Vec<toml::Table>,
    pub force: Vec<ForceCode>,
    pub sector: Vec<Sector>,
    pub context: Vec<Context>,
    pub label: Vec<Label>,
    pub level_part: Vec<LevelPart>,
    pub relation_head: Vec<RelationHead>,
    pub establishing: Vec<Establishing>,
    pub founded: Vec<Founded>,
    pub calendar: Option<crate::calendar::Calendar>,
    pub junk: Vec<crate::junk::Junk>,
    pub dateline: Vec<crate::junk::DatelinePattern>,
}

/// A test sentence and what must be found in it.
#[derive(Deserialize, Debug, Clone, Default)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub text: String,
    #[serde(default)]
    pub expect: BTreeMap<String, toml::Value>,
    /// The day on which the text is taken to be written.
    pub published: Option<String>,
    pub known_failure: Option<String>,
}

/// A test sentence in which the entry must find nothing.
#[derive(Deserialize, Debug, Clone, Default)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    pub why: String,
    pub text: String,
    pub known_failure: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Country {
    pub id: String,
    pub en: String,
    pub ar: String,
    pub names: Vec<String>,
    /// Names which mean this state only where the context is its own (`المملكة` in the papers of Saudi Arabia).
    #[serde(default)]
    pub bare: Vec<String>,
    #[serde(default)]
    pub demonym: Vec<String>,
    #[serde(default)]
    pub people: Vec<String>,
    #[serde(default)]
    pub capital: Vec<String>,
    pub capital_en: Option<String>,
    #[serde(default)]
    pub ambiguous: bool,
    pub gender: Option<String>,
    pub source: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    pub id: String,
    pub en: String,
    pub ar: String,
    pub names: Vec<String>,
    #[serde(rename = "in")]
    pub country_in: Option<String>,
    pub kind: Option<String>,
    pub country: Option<String>,
    pub sector: Option<String>,
    #[serde(default)]
    pub media: bool,
    #[serde(default)]
    pub ambiguous: bool,
    #[serde(default)]
    pub ambiguous_names: Vec<String>,
    /// Names that suffice once the article has named it in full.
    #[serde(default)]
    pub short: Vec<String>,
    /// States (ISO code) in whose affairs the short names suffice, once the article names one of them.
    #[serde(default)]
    pub about: Vec<String>,
    /// Adjectives that mean the body (`حوثي`), masculine singular without the article.
    #[serde(default)]
    pub adjective: Vec<String>,
    pub parent: Option<String>,
    #[serde(default)]
    pub edition: Vec<Edition>,
    pub source: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    pub n: u32,
    pub date: Option<String>,
    pub place: Option<String>,
    pub source: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub id: String,
    pub ar: String,
    pub en: String,
    pub names: Vec<String>,
    #[serde(default)]
    pub short: Vec<String>,
    #[serde(default)]
    pub ambiguous: bool,
    #[serde(default)]
    pub office: Vec<Office>,
    pub gender: Option<String>,
    pub source: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub title: String,
    pub of: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub source: String,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Title {
    pub id: String,
    pub title: String,
    pub forms: Vec<String>,
    /// `state`, `body` or `none`.
    pub of: String,
    #[serde(default)]
    pub link: Vec<String>,
    /// The state or body whose title this is, where the words themselves say it (`خادم الحرمين الشريفين`).
    pub of_id: Option<String>,
    /// Broken plurals of the first word (`وزراء`), for groups.
    #[serde(default)]
    pub plurals: Vec<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    pub id: Option<String>,
    /// A fronting phrase that takes along what follows, up to the comma or the cue.
    pub open: bool,
    pub words: Vec<String>,
    pub phrases: Vec<String>,
    pub plurals: Vec<String>,
    pub gloss: Option<String>,
    pub note: Option<String>,
    pub kind: Option<String>,
    pub example: Vec<Example>,
    pub counter: Vec<Counter>,
}

/// A word that opens the name of a body, a place or an initiative.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub id: Option<String>,
    pub words: Vec<String>,
    #[serde(default)]
    pub plurals: Vec<String>,
    pub sector: Option<String>,
    #[serde(default)]
    pub takes: Vec<String>,
    pub gloss: Option<String>,
    /// Wording that closes the name behind adjectives of nationality (`بمستقبل مشترك`).
    #[serde(default)]
    pub tails: Vec<String>,
    /// Opens the name of an outlet or agency.
    #[serde(default)]
    pub media: bool,
    /// Is the head part of the name (`محافظة عدن`), or does it only announce one (`مدينة شيآن`)?
    pub part: Option<bool>,
    pub kind: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Portfolio {
    pub id: Option<String>,
    pub words: Vec<String>,
    pub title: Option<String>,
    pub gloss: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

/// What the conjugation of a verb needs beyond its letters, said once for all entries that use it.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Verb {
    pub lemma: String,
    pub imperfect: Option<String>,
    pub form: Option<u8>,
    pub masdar: Option<Vec<String>>,
    pub gloss: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    pub id: String,
    pub lemma: Option<String>,
    pub imperfect: Option<String>,
    pub form: Option<u8>,
    pub masdar: Option<Vec<String>>,
    #[serde(default)]
    pub nouns: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    pub gloss: String,
    pub kind: String,
    pub status: Option<String>,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    /// Adds its participants to the event of that kind spoken of before (`حضر الاجتماع …`).
    #[serde(default)]
    pub anaphoric: bool,
    /// A number beside the noun is that of the forum's edition in the register.
    #[serde(default)]
    pub numbered: bool,
    /// Of a noun: an event only where a light verb carries it (`شن حربا`); the bare noun is spoken of in general.
    #[serde(default)]
    pub carried: bool,
    /// Tells who is behind violence that is told of elsewhere (`أعلن مسؤوليته عن الهجوم`).
    #[serde(default)]
    pub claim: bool,
    /// The attribute that takes the count of people behind the anchor (`dead`, `injured`).
    pub count: Option<String>,
    /// Slots of which one at least must be filled.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Words near the anchor with which it means something else (`احتل المرتبة`).
    #[serde(default)]
    pub except: Vec<String>,
    /// Fixed attributes which the word itself gives.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub slots: BTreeMap<String, Slot>,
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    pub role: Option<String>,
    #[serde(rename = "is")]
    pub is: OneOrMany,
    #[serde(default)]
    pub accepts: Vec<String>,
    #[serde(default)]
    pub words: Vec<String>,
    pub class: Option<OneOrMany>,
    #[serde(default)]
    pub required: bool,
    pub attribute: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(s) => std::slice::from_ref(s).iter().map(String::as_str),
            Self::Many(v) => v.as_slice().iter().map(String::as_str),
        }
    }
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub id: String,
    pub gloss: Option<String>,
    #[serde(default)]
    pub word: Vec<ClassWord>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ClassWord {
    pub word: String,
    #[serde(default)]
    pub plurals: Vec<String>,
    #[serde(default)]
    pub gloss: String,
    #[serde(default)]
    pub adjective: bool,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    pub id: Option<String>,
    pub name: String,
    pub value: String,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    #[serde(default)]
    pub gloss: Option<String>,
    #[serde(default)]
    pub kinds: Vec<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Light {
    pub id: Option<String>,
    pub lemma: String,
    pub imperfect: Option<String>,
    pub form: Option<u8>,
    pub takes: Vec<String>,
    pub effect: Option<String>,
    #[serde(default)]
    pub impersonal: bool,
    /// Counts only with nouns of events of these kinds.
    #[serde(default)]
    pub kinds: Vec<String>,
    pub gloss: Option<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Modal {
    pub id: Option<String>,
    pub effect: String,
    /// How what it governs follows: `object` or prepositions. Documentation for people; the machinery takes what stands there.
    #[serde(default)]
    pub takes: Vec<String>,
    #[serde(default)]
    pub lemmas: Vec<LemmaSpec>,
    /// Of the lemmas, where the letters do not tell.
    pub imperfect: Option<String>,
    pub form: Option<u8>,
    pub masdar: Option<Vec<String>>,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    pub scope: Option<String>,
    pub gloss: Option<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

/// A verb named by its he-form alone, or with what else its conjugation needs.
#[derive(Deserialize, Debug, Clone)]
#[serde(untagged)]
pub enum LemmaSpec {
    Plain(String),
    Full {
        lemma: String,
        imperfect: Option<String>,
        form: Option<u8>,
        #[serde(default)]
        masdar: Option<Vec<String>>,
    },
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    pub id: String,
    pub lemma: Option<String>,
    pub noun: Option<OneOrMany>,
    #[serde(default)]
    pub plurals: Vec<String>,
    pub imperfect: Option<String>,
    pub form: Option<u8>,
    pub masdar: Option<Vec<String>>,
    pub gloss: String,
    pub force: String,
    #[serde(default)]
    pub neutral: bool,
    pub takes: Vec<String>,
    #[serde(default)]
    pub addressee: Vec<String>,
    /// The entry counts only with one of these nouns as the verb's object (`وجه انتقادات`); `takes` says what follows the noun.
    #[serde(default)]
    pub words: Vec<String>,
    /// The preposition between verb and noun (`توجه بتهنئة`).
    pub via: Option<String>,
    /// The one who speaks stands behind this preposition (`نقلت الوكالة عن الوزير`).
    #[serde(default)]
    pub speaker: Vec<String>,
    /// The verb names acts as well as speech (`دعم`, `وجه`): before a noun it counts only with a subject of its own.
    #[serde(default)]
    pub act: bool,
    /// The code where it is another than the force's.
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    /// A verdict on something named before: it counts with a pronoun for that, in a relative clause too (`ما وصفه بالخطأ`).
    #[serde(default)]
    pub verdict: bool,
    /// Counts only as an outlet's own word (`علمت الصحيفة أن`).
    #[serde(default)]
    pub media: bool,
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    pub id: String,
    pub force: String,
    /// The phrase governs somebody, and a clause must follow (`على الحكومة أن`).
    #[serde(default)]
    pub clause: bool,
    #[serde(default)]
    pub lemmas: Vec<LemmaSpec>,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub plurals: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    #[serde(default)]
    pub own: bool,
    pub gloss: Option<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    pub id: String,
    pub phrases: Vec<String>,
    pub gloss: Option<String>,
    pub note: Option<String>,
    pub force: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

/// Words of grammar: what they do in a clause is their tag.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Function {
    pub tag: Tag,
    pub words: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    pub note: Option<String>,
}

/// What a word of grammar does. The list is closed: each tag is known to a rule of the machinery.
#[derive(Deserialize, serde::Serialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Tag {
    Preposition,
    /// Opens a reported clause.
    That,
    Relative,
    NegationPast,
    NegationFuture,
    Negation,
    Future,
    /// Stands before a finite verb without changing its status.
    VerbParticle,
    /// Auxiliary "to be": its subject may stand between it and the verb.
    Auxiliary,
    Conjunction,
    /// Opens a clause of time or manner.
    Subordinator,
    Conditional,
    Demonstrative,
    Pronoun,
    /// "both, each": opens a list of participants.
    Each,
    /// "between"
    Between,
    /// Quantifiers and other nouns before a genitive that change nothing about who is meant.
    Quantifier,
    /// "respectively"
    Respectively,
    /// Adverbs that may stand anywhere.
    Adverb,
    /// Prepositions of place: a capital after them is the city.
    Locative,
    /// Prepositions of place that say whence or whither.
    Direction,
    /// "his counterpart": a person of the same office in another state.
    Counterpart,
    /// "the two presidents", "the two sides": the pair that the article speaks of.
    Pair,
    /// "his country": the state of the one who speaks.
    OwnCountry,
    /// "on its sidelines", "during": nouns or prepositions that put the event they govern in the background.
    Setting,
    /// "former": the office is past.
    Former,
    /// "twice"
    Twice,
    /// "headed by": before the one who leads a delegation.
    Leading,
    /// "delegation": a country by its delegates.
    Delegation,
    /// "side": a country by its side at the table.
    Side,
    /// "the ministers, the three states": the whole group that was named before.
    Assembly,
    /// "fighters, soldiers": people of a body, who stand for it.
    Members,
    /// "in a … manner": takes its adjective along.
    Manner,
    /// A preposition with its pronoun: it governs nothing that follows.
    Bound,
    /// "that they": the pronoun is the clause's subject.
    ThatThey,
    /// "that he": the pronoun is the clause's subject, where none follows the verb.
    ThatHe,
    /// "of": stands between a count of people and the body they belong to.
    Partitive,
    /// "the movement, the coalition": the body named before that begins with the same word.
    BareHead,
    /// "because of": what stands behind it is another's affair.
    Cause,
    /// "while, as well": sets one report apart from the next.
    Apart,
    /// Names some of those just spoken of (`بينهم`, `أبرزهم`, `في مقدمهم`).
    Among,
    /// The place from which the article is sent (`هنا`).
    Here,
}

/// Groups of officials, named by no name (`زعماء`, `رئيسا`): the states they belong to take part.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub words: Vec<String>,
    pub number: Option<String>,
    pub note: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Proclitic {
    pub letter: String,
    /// `and`, `question`, `future`, `preposition`, `article`, `for` (writes the article with it as one)
    pub kind: String,
    pub gloss: String,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Enclitic {
    pub form: String,
    pub person: u8,
    pub gender: String,
    pub number: String,
}

/// Letters that stand for one foreign sound and replace each other between outlets.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Confusion {
    pub letters: Vec<String>,
    pub note: Option<String>,
}

/// Letters that writers of foreign names put in or leave out.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Weak {
    pub letters: Vec<String>,
    pub note: Option<String>,
}

/// Letters by which a word is judged where no entry explains it.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ShapeEntry {
    pub id: Shape,
    pub letters: Vec<String>,
    pub note: Option<String>,
}

/// What the edge of a word tells. The list is closed: each is known to a rule of the machinery, which holds no letters of its own.
#[derive(Deserialize, serde::Serialize, Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Beginnings: the article.
    Article,
    /// The preposition "for" and the article, written as one.
    ForArticle,
    /// A proclitic and the article.
    CliticArticle,
    And,
    AndThen,
    With,
    /// May stand before the complementiser.
    BeforeThat,
    /// May stand before a given name.
    BeforeName,
    /// The future of any verb.
    FutureVerb,
    /// A word of the first person.
    FirstPerson,
    /// Beginnings of native participles and verbs.
    NativeStart,
    /// Endings: of adjectives of relation, both genders.
    Relational,
    /// The same, feminine: of abstract nouns, too.
    RelationalFeminine,
    Feminine,
    /// Dual and sound plural in the accusative and genitive.
    Oblique,
    /// The indefinite accusative.
    Accusative,
    /// A pronoun on a conjunction.
    Possessive,
    /// A pronoun that takes up the person before it.
    TakesUp,
    /// Endings of native plurals, duals and pronouns.
    NativeEnd,
    /// Whole words: "son of", inside a name.
    Patronymic,
    /// Whole words that open the second part of a name, whatever that means: "father of", "house of".
    Filiation,
}

/// Words that some write joined to the next (`عبد`).
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Join {
    pub words: Vec<String>,
    pub note: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct KindCode {
    pub id: String,
    pub ar: String,
    pub en: String,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub note: Option<String>,
    /// The roles that are the recipient; all others act.
    #[serde(default)]
    pub recipients: Vec<String>,
    #[serde(default)]
    pub status: Vec<StatusCode>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct StatusCode {
    pub status: String,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub note: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Cameo {
    pub code: String,
    pub name: String,
    pub goldstein: f32,
    pub root: Option<String>,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub context: Option<String>,
    pub quad: Option<u8>,
    pub quad_class: Option<u8>,
    pub note: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct PloverType {
    #[serde(rename = "type", alias = "id")]
    pub kind: String,
    pub quad: u8,
    pub score: Option<f32>,
    pub note: Option<String>,
    pub ar: Option<String>,
    pub en: Option<String>,
    #[serde(default)]
    pub mode: Vec<PloverMode>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct PloverMode {
    #[serde(alias = "id")]
    pub mode: String,
    pub score: Option<f32>,
    pub note: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ForceCode {
    #[serde(alias = "force")]
    pub id: String,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub ar: Option<String>,
    pub en: Option<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub about: Vec<About>,
}

/// The code of a statement whose content speaks of an act of one of these kinds.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct About {
    pub kinds: Vec<String>,
    /// Only where the speaker is a party to a fight of which the article tells.
    #[serde(default)]
    pub own_fight: bool,
    pub plover: Option<String>,
    pub mode: Option<String>,
    pub cameo: Option<String>,
}

/// A sector or group of actors.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Sector {
    pub code: String,
    pub ar: String,
    pub en: String,
    /// Offices whose holders belong to it, whatever body they serve.
    #[serde(default)]
    pub titles: Vec<String>,
    /// The sector of those who no longer hold their office.
    #[serde(default)]
    pub former: bool,
}

/// What a story is about, in PLOVER's closed list.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Context {
    pub id: String,
    pub ar: String,
    pub en: String,
    /// Kinds of event that always have it.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Words that bring it, where they stand in the event's sentence.
    #[serde(default)]
    pub word: Vec<ClassWord>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub group: String,
    pub id: String,
    pub ar: String,
    pub en: String,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct LevelPart {
    pub part: String,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct RelationHead {
    pub id: String,
    pub level: String,
    #[serde(default)]
    pub words: Vec<String>,
    #[serde(default)]
    pub plurals: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}

/// The day on which two states established diplomatic relations.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Founded {
    pub parties: [String; 2],
    pub date: String,
    pub source: String,
    #[serde(default)]
    pub restored: bool,
    pub note: Option<String>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct Establishing {
    pub id: String,
    pub phrases: Vec<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub example: Vec<Example>,
    #[serde(default)]
    pub counter: Vec<Counter>,
}
