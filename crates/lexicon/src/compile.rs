//! Entries to the compiled lexicon: every inflected form is generated, every name and phrase laid into the trie.
//!
//! Order is that of the files' names and of the entries in them, so the same sources give the same bytes. What must not
//! live here: reading files (`read`), reading articles.

use crate::codes::Codes;
use crate::entries::{self as e, File, LemmaSpec, Tag};
use crate::inflect::{Form, Gender, NounSpec, Number, Paradigms, VerbSpec, Voice};
use crate::model::*;
use crate::read::{Fault, Sources};
use crate::table::Trie;
use rustc_hash::{FxHashMap, FxHasher};
use sijill_text::{Kind as TokenKind, Tokens, fold};
use std::hash::Hasher;

/// Compiles all sources. Faults are those of the entries as well as those of the files.
pub fn compile(sources: &Sources) -> Result<Lexicon, Vec<Fault>> {
    let files = sources.parse()?;
    let whole = |message: String| vec![Fault { file: String::new(), line: 0, message }];
    let paradigms = Paradigms::from_sources(|name| sources.get(name)).map_err(whole)?;
    let mut b = Builder {
        paradigms: &paradigms,
        lex: Lexicon { phrases: Trie::new(), ..Lexicon::default() },
        lemmas: FxHashMap::default(),
        readings: Vec::new(),
        verbs: Vec::new(),
        links: FxHashMap::default(),
        joins: Vec::new(),
        tokens: Tokens::default(),
        faults: Vec::new(),
    };
    b.run(sources, &files);
    if !b.faults.is_empty() {
        return Err(b.faults);
    }
    Ok(b.lex)
}

/// The word with letters of one foreign sound made one: words with the same skeleton may be spellings of one name.
pub fn skeleton(word: &str, confusions: &[(char, char)]) -> String {
    word.chars().map(|c| confusions.iter().find(|(a, _)| *a == c).map_or(c, |(_, b)| *b)).collect()
}

/// The kinds of lemma, which may share a spelling.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    /// Verb of this form (0 where the letters tell).
    Verb(u8),
    Noun,
    Function,
}

struct VerbNeed {
    lemma: u32,
    text: String,
    form: Option<u8>,
    imperfect: Option<String>,
    masdar: Option<Vec<String>>,
    file: String,
}

struct Builder<'a> {
    paradigms: &'a Paradigms,
    lex: Lexicon,
    lemmas: FxHashMap<(Sort, String), u32>,
    /// By word.
    readings: Vec<Vec<Reading>>,
    verbs: Vec<VerbNeed>,
    links: FxHashMap<Link, u32>,
    joins: Vec<String>,
    tokens: Tokens,
    faults: Vec<Fault>,
}

const ARTICLE: &str = "\u{0627}\u{0644}";

impl Builder<'_> {
    fn run(&mut self, sources: &Sources, files: &[(String, File)]) {
        let mut hash = FxHasher::default();
        for s in &sources.0 {
            hash.write(s.name.as_bytes());
            hash.write(s.text.as_bytes());
        }
        self.lex.version = format!("{:016x}", hash.finish());
        for (_, f) in files {
            for c in &f.confusion {
                let letters: Vec<char> = c.letters.iter().filter_map(|l| fold(l).chars().next()).collect();
                if let Some(&first) = letters.first() {
                    self.lex.confusions.extend(letters.iter().map(|&l| (l, first)));
                }
            }
            for x in &f.shape {
                let n = x.id as usize;
                if self.lex.shapes.len() <= n {
                    self.lex.shapes.resize(n + 1, Vec::new());
                }
                self.lex.shapes[n].extend(x.letters.iter().map(|l| fold(l)));
            }
            self.lex.weak.extend(f.weak.iter().flat_map(|w| w.letters.iter()).filter_map(|l| fold(l).chars().next()));
            self.joins.extend(f.join.iter().flat_map(|j| j.words.iter().map(|w| fold(w))));
            self.clitics(f);
        }
        self.lex.joins = self.joins.clone();
        self.unique_ids(sources, files);
        self.lex.codes = Codes::collect(files);
        for p in self.lex.proclitics.clone() {
            if matches!(p.kind, Clitic::With | Clitic::Like | Clitic::For) {
                let lemma = self.preposition(&p.letter.to_string());
                self.lex.clitic_prepositions.push((p.kind, lemma));
            }
        }
        for (name, f) in files {
            self.actors(f);
            self.titles(f);
            self.grammar(name, f);
            self.speech(name, f);
            self.relations(f);
        }
        // Frames name classes and prepositions of any file.
        for (name, f) in files {
            self.frames(name, f);
        }
        for (_, f) in files {
            if let Some(c) = &f.calendar {
                self.lex.calendar.extend(c);
            }
            self.lex.junk.extend(f.junk.iter().cloned());
            self.lex.datelines.extend(f.dateline.iter().cloned());
        }
        self.conjugate();
        self.finish();
    }

    fn fault(&mut self, file: &str, message: String) {
        self.faults.push(Fault { file: file.to_owned(), line: 0, message });
    }

    /// Ids are permanent and unique in their kind.
    fn unique_ids(&mut self, sources: &Sources, files: &[(String, File)]) {
        let mut seen: FxHashMap<(&str, String), String> = FxHashMap::default();
        for (name, f) in files {
            let mut ids: Vec<(&str, &str)> = Vec::new();
            ids.extend(f.country.iter().map(|x| ("country", x.id.as_str())));
            ids.extend(f.place.iter().map(|x| ("place", x.id.as_str())));
            ids.extend(f.organization.iter().map(|x| ("organization", x.id.as_str())));
            ids.extend(f.forum.iter().map(|x| ("forum", x.id.as_str())));
            ids.extend(f.initiative.iter().map(|x| ("initiative", x.id.as_str())));
            ids.extend(f.person.iter().map(|x| ("person", x.id.as_str())));
            ids.extend(f.title.iter().map(|x| ("title", x.id.as_str())));
            ids.extend(f.frame.iter().map(|x| ("frame", x.id.as_str())));
            ids.extend(f.speech.iter().map(|x| ("speech", x.id.as_str())));
            ids.extend(f.predicate.iter().map(|x| ("predicate", x.id.as_str())));
            ids.extend(f.class.iter().map(|x| ("class", x.id.as_str())));
            for (kind, id) in ids {
                if let Some(first) = seen.insert((kind, id.to_owned()), name.clone()) {
                    let needle = format!("\"{id}\"");
                    let line = sources.get(name).and_then(|t| t.lines().enumerate().filter(|(_, l)| l.contains(&needle)).map(|(i, _)| i + 1).last()).unwrap_or(0);
                    self.faults.push(Fault { file: name.clone(), line, message: format!("expected a new id, found {kind} id {needle} again (first in {first})") });
                }
            }
        }
    }

    fn clitics(&mut self, f: &File) {
        for p in &f.proclitic {
            let kind = match p.kind.as_str() {
                "and" => Clitic::And,
                "then" => Clitic::Then,
                "with" => Clitic::With,
                "like" => Clitic::Like,
                "for" => Clitic::For,
                "future" => Clitic::Future,
                _ => Clitic::Article,
            };
            if let Some(letter) = p.letter.chars().next() {
                self.lex.proclitics.push(Proclitic { letter, kind });
            }
        }
        for x in &f.enclitic {
            let number = match x.number.as_str() {
                "dual" => 2,
                "plural" => 3,
                _ => 1,
            };
            self.lex.enclitics.push(Enclitic { form: fold(&x.form), person: x.person, feminine: x.gender == "feminine", masculine: x.gender == "masculine", number });
        }
    }

    // --- lemmas, readings, phrases -------------------------------------------------------------------------------

    fn lemma(&mut self, sort: Sort, text: &str) -> u32 {
        let key = (sort, text.to_owned());
        if let Some(&id) = self.lemmas.get(&key) {
            return id;
        }
        let id = self.lex.lemmas.len() as u32;
        self.lex.lemmas.push(Lemma { text: text.to_owned(), ..Lemma::default() });
        self.lemmas.insert(key, id);
        id
    }

    fn link(&mut self, lemma: u32, link: Link) {
        let l = &mut self.lex.lemmas[lemma as usize];
        if !l.links.contains(&link) {
            l.links.push(link);
            l.flags |= link.flag();
            if let Link::Tag(t) = link {
                l.tags |= 1 << t as u64;
            }
        }
    }

    fn word(&mut self, folded: &str) -> u32 {
        let w = self.lex.words.intern(folded);
        if self.readings.len() <= w as usize {
            self.readings.resize(w as usize + 1, Vec::new());
        }
        w
    }

    fn reading(&mut self, text: &str, r: Reading) {
        let w = self.word(&fold(text)) as usize;
        if !self.readings[w].contains(&r) {
            self.readings[w].push(r);
        }
    }

    fn forms(&mut self, lemma: u32, forms: &[Form], pos: Option<Pos>) {
        for f in forms {
            let r = Reading::new(lemma, pos.unwrap_or(f.part.into()), f.person, f.gender, f.number, f.voice, f.construct, f.accusative_tanwin);
            self.reading(&f.text, r);
        }
    }

    /// A word of grammar or a word that is used as it is written.
    fn fixed(&mut self, text: &str, sort: Sort, link: Link) -> u32 {
        let lemma = self.lemma(sort, text);
        self.link(lemma, link);
        let pos = if sort == Sort::Function { Pos::Function } else { Pos::Noun };
        self.reading(text, Reading::new(lemma, pos, 0, Gender::Any, Number::Any, Voice::Both, false, false));
        lemma
    }

    /// A noun or adjective in all its forms, or a phrase that begins with one.
    fn noun(&mut self, text: &str, plurals: &[String], adjective: bool, link: Link) {
        let text = text.trim();
        if text.contains(' ') {
            self.noun_phrase(text, link);
            return;
        }
        let bare = text.strip_prefix(ARTICLE).filter(|r| r.chars().count() >= 2).unwrap_or(text);
        let lemma = self.lemma(Sort::Noun, bare);
        self.link(lemma, link);
        let forms = self.paradigms.decline(&NounSpec { lemma: bare, plurals, adjective });
        self.forms(lemma, &forms, Some(if adjective { Pos::Adjective } else { Pos::Noun }));
    }

    /// A phrase with its first word inflected, with and without articles.
    fn noun_phrase(&mut self, text: &str, link: Link) {
        let words: Vec<&str> = text.split_whitespace().collect();
        let Some((first, rest)) = words.split_first() else { return };
        let mut firsts = vec![first.to_string()];
        if !first.starts_with(ARTICLE) && rest.len() < 4 {
            let forms = self.paradigms.decline(&NounSpec { lemma: first, plurals: &[], adjective: false });
            firsts.extend(forms.into_iter().filter(|f| !f.accusative_tanwin && (f.number != Number::Singular || !f.construct)).map(|f| f.text));
        }
        let rest_as_is = rest.join(" ");
        let definite = |w: &str| if w.starts_with(ARTICLE) || w.chars().count() < 3 { w.to_owned() } else { format!("{ARTICLE}{w}") };
        let rest_definite: String = rest.iter().map(|w| definite(w)).collect::<Vec<_>>().join(" ");
        // The accusative: `بيانا مشتركا`, `حكما بالإعدام`.
        let accusative = |b: &Self, w: &str, adjective: bool| {
            b.paradigms.decline(&NounSpec { lemma: w, plurals: &[], adjective }).into_iter().find(|f| f.accusative_tanwin && f.number != Number::Dual).map(|f| f.text)
        };
        if let Some(a) = accusative(self, first, false).filter(|_| !first.starts_with(ARTICLE)) {
            self.phrase(&format!("{a} {rest_as_is}"), link);
            let rest_accusative: Vec<String> = rest.iter().map(|w| accusative(self, w, true).unwrap_or_else(|| (*w).to_owned())).collect();
            self.phrase(&format!("{a} {}", rest_accusative.join(" ")), link);
        }
        for f in firsts {
            self.phrase(&format!("{f} {rest_as_is}"), link);
            self.phrase(&format!("{f} {rest_definite}"), link);
            self.phrase(&format!("{} {rest_definite}", definite(&f)), link);
        }
    }

    /// A phrase in the singular, as it stands and with the article on its last words or on all.
    fn phrase_of_one(&mut self, text: &str, link: Link) {
        self.phrase(text, link);
        let definite = |w: &str| if w.starts_with(ARTICLE) || w.chars().count() < 3 { w.to_owned() } else { format!("{ARTICLE}{w}") };
        let words: Vec<&str> = text.split_whitespace().collect();
        let Some((first, rest)) = words.split_first() else { return };
        let rest = rest.iter().map(|w| definite(w)).collect::<Vec<_>>().join(" ");
        self.phrase(&format!("{first} {rest}"), link);
        self.phrase(&format!("{} {rest}", definite(first)), link);
    }

    fn link_number(&mut self, link: Link) -> u32 {
        if let Some(&n) = self.links.get(&link) {
            return n;
        }
        let n = self.lex.links.len() as u32;
        self.lex.links.push(link);
        self.links.insert(link, n);
        n
    }

    /// The folded words of a phrase. Hyphens are white space to the trie.
    fn split(&mut self, text: &str) -> Vec<String> {
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.read(text);
        let words = (0..tokens.len()).filter(|&i| tokens[i].kind != TokenKind::Break && !tokens[i].is_mark('-')).map(|i| tokens.fold(i).to_owned()).collect();
        self.tokens = tokens;
        words
    }

    /// Lays a phrase into the trie as it is written.
    fn phrase(&mut self, text: &str, link: Link) {
        let words = self.split(text);
        self.phrase_words(&words, link);
    }

    fn phrase_words(&mut self, words: &[String], link: Link) {
        if words.is_empty() {
            return;
        }
        let ids: Vec<u32> = words.iter().map(|w| self.word(w)).collect();
        let n = self.link_number(link);
        self.lex.phrases.insert(&ids, n);
    }

    /// A name in the trie, with joined and separate spellings (`عبد الله`, `عبدالله`).
    fn name(&mut self, text: &str, link: Link) {
        let words = self.split(text);
        let mut variants: Vec<Vec<String>> = vec![Vec::new()];
        let mut i = 0;
        while i < words.len() {
            let w = words[i].clone();
            let joins = self.joins.contains(&w) && i + 1 < words.len();
            let parts = self
                .joins
                .iter()
                .find_map(|j| w.strip_prefix(j.as_str()).filter(|rest| rest.starts_with(ARTICLE) && rest.chars().count() > 4).map(|rest| (j.clone(), rest.to_owned())));
            let mut next = Vec::new();
            for v in &variants {
                let mut with = |more: &[String]| {
                    let mut x = v.clone();
                    x.extend_from_slice(more);
                    next.push(x);
                };
                if joins {
                    with(&[w.clone(), words[i + 1].clone()]);
                    with(&[format!("{w}{}", words[i + 1])]);
                } else if let Some((a, b)) = &parts {
                    with(std::slice::from_ref(&w));
                    with(&[a.clone(), b.clone()]);
                } else {
                    with(std::slice::from_ref(&w));
                }
            }
            i += if joins { 2 } else { 1 };
            variants = next;
            variants.truncate(8);
        }
        for v in variants {
            self.phrase_words(&v, link);
            for w in &v {
                if w.chars().count() >= 4 && !self.lex.confusions.is_empty() {
                    let key = skeleton(w, &self.lex.confusions);
                    let id = self.lex.words.get(w).unwrap_or(0);
                    if self.lex.skeletons.get(&key).is_none() {
                        self.lex.skeletons.intern(&key);
                        self.lex.skeleton_words.push(id);
                    }
                }
            }
        }
    }

    fn verb(&mut self, file: &str, text: &str, form: Option<u8>, imperfect: Option<&str>, masdar: Option<&[String]>, link: Link) -> u32 {
        let key = if text.chars().count() == 3 { form.unwrap_or(1) } else { 0 };
        let lemma = self.lemma(Sort::Verb(key), text);
        self.link(lemma, link);
        let masdar = masdar.filter(|m| !m.is_empty());
        match self.verbs.iter_mut().find(|v| v.lemma == lemma) {
            Some(v) => {
                if v.imperfect.is_none() {
                    v.imperfect = imperfect.map(str::to_owned);
                }
                if let Some(m) = masdar {
                    let known = v.masdar.get_or_insert_default();
                    known.extend(m.iter().filter(|x| !x.contains(' ')).cloned());
                    known.sort();
                    known.dedup();
                }
            }
            None => self.verbs.push(VerbNeed {
                lemma,
                text: text.to_owned(),
                form,
                imperfect: imperfect.map(str::to_owned),
                masdar: masdar.map(|m| m.iter().filter(|x| !x.contains(' ')).cloned().collect()),
                file: file.to_owned(),
            }),
        }
        lemma
    }

    fn lemma_spec(&mut self, file: &str, spec: &LemmaSpec, link: Link) {
        match spec {
            LemmaSpec::Plain(lemma) => self.verb(file, lemma, None, None, None, link),
            LemmaSpec::Full { lemma, imperfect, form, masdar } => self.verb(file, lemma, *form, imperfect.as_deref(), masdar.as_deref(), link),
        };
    }

    fn conjugate(&mut self) {
        for v in std::mem::take(&mut self.verbs) {
            let spec = VerbSpec { lemma: &v.text, imperfect: v.imperfect.as_deref(), form: v.form, masdar: v.masdar.as_deref() };
            match self.paradigms.conjugate(&spec) {
                Ok(forms) => self.forms(v.lemma, &forms, None),
                Err(message) => self.fault(&v.file, message),
            }
        }
    }

    fn finish(&mut self) {
        let words = self.lex.words.len();
        self.readings.resize(words, Vec::new());
        self.lex.spans.push(0);
        for list in std::mem::take(&mut self.readings) {
            self.lex.readings.extend(list);
            self.lex.spans.push(self.lex.readings.len() as u32);
        }
        let actors = &self.lex.actors;
        self.lex.actors_by_id = (0..actors.len() as u32).collect();
        self.lex.actors_by_id.sort_by_key(|&k| (actors[k as usize].kind, &actors[k as usize].id));
    }

    // --- actors --------------------------------------------------------------------------------------------------

    fn actors(&mut self, f: &File) {
        for c in &f.country {
            let actor = self.push_actor(Actor {
                kind: Kind::Country,
                id: c.id.clone(),
                ar: c.ar.clone(),
                en: c.en.clone(),
                country: Some(c.id.clone()),
                sector: Some("GOV".into()),
                sort: None,
                media: false,
                ambiguous: c.ambiguous,
                feminine: c.gender.as_deref() != Some("masculine"),
                offices: Vec::new(),
                editions: Vec::new(),
                about: Vec::new(),
            });
            for n in &c.names {
                self.name(n, Link::Name(actor, NameKind::Full));
            }
            for n in &c.bare {
                self.name(n, Link::Name(actor, NameKind::Bare));
            }
            for n in &c.capital {
                self.name(n, Link::Name(actor, NameKind::Capital));
            }
            for d in &c.demonym {
                self.demonym(d, actor);
            }
            for p in &c.people {
                self.noun(p, &[], false, Link::Demonym(actor));
            }
        }
        for (list, kind) in [(&f.place, Kind::Place), (&f.organization, Kind::Organization), (&f.forum, Kind::Forum), (&f.initiative, Kind::Initiative)] {
            for a in list {
                let actor = self.push_actor(Actor {
                    kind,
                    id: a.id.clone(),
                    ar: a.ar.clone(),
                    en: a.en.clone(),
                    country: a.country_in.clone().or(a.country.clone()),
                    sector: a.sector.clone(),
                    sort: a.kind.clone(),
                    media: a.media,
                    ambiguous: a.ambiguous,
                    feminine: true,
                    offices: Vec::new(),
                    editions: a.edition.iter().map(|x| Edition { n: x.n, date: x.date.clone(), place: x.place.clone() }).collect(),
                    about: a.about.clone(),
                });
                for n in &a.names {
                    let kind = if a.ambiguous_names.contains(n) { NameKind::Bare } else { NameKind::Full };
                    self.name(n, Link::Name(actor, kind));
                }
                for n in &a.short {
                    self.name(n, Link::Name(actor, NameKind::Short));
                }
                for n in &a.adjective {
                    self.noun(n, &[], true, Link::Adjective(actor));
                }
            }
        }
        for p in &f.person {
            let actor = self.push_actor(Actor {
                kind: Kind::Person,
                id: p.id.clone(),
                ar: p.ar.clone(),
                en: p.en.clone(),
                country: None,
                sector: None,
                sort: None,
                media: false,
                ambiguous: p.ambiguous,
                feminine: p.gender.as_deref() == Some("feminine"),
                offices: p
                    .office
                    .iter()
                    .map(|o| Office { title: o.title.clone(), of: o.of.clone(), from: o.from.clone(), until: o.until.clone(), source: o.source.clone() })
                    .collect(),
                editions: Vec::new(),
                about: Vec::new(),
            });
            for n in &p.names {
                // A single name that is listed as a full one is still a short one.
                let kind = if n.contains(' ') { NameKind::Full } else { NameKind::Short };
                self.name(n, Link::Name(actor, kind));
            }
            for n in &p.short {
                self.name(n, Link::Name(actor, NameKind::Short));
            }
        }
    }

    fn push_actor(&mut self, a: Actor) -> u32 {
        self.lex.actors.push(a);
        self.lex.actors.len() as u32 - 1
    }

    fn demonym(&mut self, text: &str, actor: u32) {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words[..] {
            [one] => self.noun(one, &[], true, Link::Demonym(actor)),
            [one, ref rest @ ..] => {
                // Both words agree: pair the forms of equal gender and number, with and without articles.
                let last = rest[rest.len() - 1];
                let middle: String = rest[..rest.len() - 1].iter().map(|w| format!("{w} ")).collect();
                let heads = self.paradigms.decline(&NounSpec { lemma: one, plurals: &[], adjective: true });
                let tails = self.paradigms.decline(&NounSpec { lemma: last, plurals: &[], adjective: true });
                for h in heads.iter().filter(|h| !h.construct) {
                    for t in tails.iter().filter(|t| (t.gender, t.number, t.construct, t.accusative_tanwin) == (h.gender, h.number, h.construct, h.accusative_tanwin)) {
                        self.phrase(&format!("{} {middle}{}", h.text, t.text), Link::Demonym(actor));
                        self.phrase(&format!("{ARTICLE}{} {middle}{ARTICLE}{}", h.text, t.text), Link::Demonym(actor));
                        // A construct demonym (`جنوب أفريقي`): the article stands on the last word alone or on both.
                        self.phrase(&format!("{} {middle}{ARTICLE}{}", h.text, t.text), Link::Demonym(actor));
                    }
                }
                // The first word may stay as it is while the second inflects (`جنوب أفريقية`).
                for t in tails.iter().filter(|t| !t.construct) {
                    for article in ["", ARTICLE] {
                        self.phrase(&format!("{article}{one} {middle}{}", t.text), Link::Demonym(actor));
                        self.phrase(&format!("{article}{one} {middle}{ARTICLE}{}", t.text), Link::Demonym(actor));
                    }
                }
            }
            [] => {}
        }
    }

    // --- titles and name words -----------------------------------------------------------------------------------

    fn titles(&mut self, f: &File) {
        for t in &f.title {
            let id = self.lex.titles.len() as u32;
            let of = match t.of.as_str() {
                "body" => Of::Body,
                "none" => Of::None,
                _ => Of::State,
            };
            self.lex.titles.push(Title { id: t.id.clone(), title: t.title.clone(), of, of_id: t.of_id.clone(), link: t.link.iter().map(|l| fold(l)).collect() });
            for form in &t.forms {
                self.title_form(form, id);
            }
            for p in &t.plurals {
                self.phrase(p, Link::Title(id, Count::Many));
            }
        }
        for (list, link) in [(&f.honorific, Link::Honorific), (&f.blessing, Link::Blessing), (&f.given, Link::Given), (&f.particle, Link::Particle), (&f.second, Link::Second)] {
            for w in list.iter().flat_map(|w| w.words.iter().chain(&w.phrases)) {
                if w.contains(' ') {
                    self.phrase(w, link);
                } else {
                    self.fixed(w, Sort::Noun, link);
                }
            }
        }
        for c in &f.common {
            let link = if c.kind.as_deref() == Some("verb") { Link::Verb } else { Link::Common };
            for w in &c.words {
                let lemma = self.fixed(w, Sort::Noun, link);
                // The accusative of an indefinite word (`كبيرا`); the alef stays where the tanwin is not written.
                if link == Link::Common && !w.starts_with(ARTICLE) && w.chars().count() > 2 && !w.ends_with(['\u{0627}', '\u{0629}', '\u{0649}', '\u{0621}']) {
                    self.reading(&format!("{w}\u{0627}"), Reading::new(lemma, Pos::Noun, 0, Gender::Any, Number::Any, Voice::Both, false, true));
                }
            }
        }
        for (list, which) in [(&f.org_head, 0), (&f.place_head, 1), (&f.initiative_pattern, 2)] {
            for h in list {
                let id = self.lex.heads.len() as u32;
                let has = |s: &str| h.takes.iter().any(|t| t == s);
                let tails = h.tails.iter().map(|t| self.split(t).iter().map(|w| self.word(w)).collect()).collect();
                self.lex.heads.push(Head {
                    id: h.id.clone().unwrap_or_else(|| h.words.first().cloned().unwrap_or_default()),
                    sector: h.sector.clone(),
                    sort: h.kind.clone(),
                    media: h.media,
                    part: h.part.unwrap_or(true),
                    portfolio: has("portfolio"),
                    nationality: has("nationality") || has("adjective"),
                    country: has("country") || has("between"),
                    name: has("name"),
                    definite: has("definite"),
                    phrase: has("phrase"),
                    seat: has("seat"),
                    // Of places and initiatives it is a remark for people.
                    number: has("number") && which == 0,
                    tails,
                });
                let link = [Link::OrgHead(id), Link::PlaceHead(id), Link::InitiativeHead(id)][which];
                for w in &h.words {
                    // A head of several words names one body: its dual and plural are none.
                    if w.contains(' ') {
                        self.phrase_of_one(w, link);
                    } else {
                        self.noun(w, &h.plurals, false, link);
                    }
                }
            }
        }
        for p in &f.portfolio {
            let id = self.lex.portfolios.len() as u32;
            self.lex.portfolios.push(Portfolio { title: p.title.clone(), gloss: p.gloss.clone().unwrap_or_default() });
            for w in &p.words {
                self.phrase(w, Link::Portfolio(id));
                let bare: Vec<String> = w
                    .split_whitespace()
                    .map(|x| {
                        x.strip_prefix(ARTICLE)
                            .map(str::to_owned)
                            .or_else(|| x.strip_prefix("\u{0648}").and_then(|y| y.strip_prefix(ARTICLE)).map(|y| format!("\u{0648}{y}")))
                            .unwrap_or_else(|| x.to_owned())
                    })
                    .collect();
                self.phrase(&bare.join(" "), Link::Portfolio(id));
            }
        }
    }

    /// A title with its first word in both genders and all numbers.
    fn title_form(&mut self, form: &str, id: u32) {
        self.phrase(form, Link::Title(id, Count::One(false)));
        let words: Vec<&str> = form.split_whitespace().collect();
        let Some((first, rest)) = words.split_first() else { return };
        let (article, stem) = first.strip_prefix(ARTICLE).map_or(("", *first), |s| (ARTICLE, s));
        let rest = rest.join(" ");
        for f in self.paradigms.decline(&NounSpec { lemma: stem, plurals: &[], adjective: true }) {
            let count = match (f.number, f.gender) {
                (Number::Dual, _) => Count::Two,
                (Number::Plural, _) => Count::Many,
                (_, g) => Count::One(g == Gender::Feminine),
            };
            // The ending of the construct dual and plural needs a second part; ت before a suffix does not occur here.
            let fits = if rest.is_empty() { !f.construct || count == Count::Two } else { f.construct || !matches!(count, Count::Two | Count::Many) || article == ARTICLE };
            if fits && !(f.construct && matches!(count, Count::One(_))) {
                self.phrase(&format!("{article}{} {rest}", f.text), Link::Title(id, count));
            }
        }
    }

    // --- grammar -------------------------------------------------------------------------------------------------

    /// The lemma of a preposition, of one letter, one word or several.
    fn preposition(&mut self, text: &str) -> u32 {
        let lemma = self.lemma(Sort::Function, text);
        let mut words: Vec<&str> = text.split_whitespace().collect();
        if words.len() > 1 {
            if words.last().is_some_and(|w| w.chars().count() == 1) {
                words.pop();
            }
            self.phrase(&words.join(" "), Link::Preposition(lemma));
        } else if text.chars().count() > 1 {
            self.fixed(text, Sort::Function, Link::Tag(Tag::Preposition));
        }
        lemma
    }

    fn grammar(&mut self, name: &str, f: &File) {
        for x in &f.function {
            for w in &x.words {
                self.fixed(w, Sort::Function, Link::Tag(x.tag));
            }
            for p in &x.phrases {
                self.phrase(p, Link::Tag(x.tag));
            }
        }
        for g in &f.group {
            let count = if g.number.as_deref() == Some("dual") { Count::Two } else { Count::Many };
            for w in &g.words {
                if w.contains(' ') {
                    self.phrase(w, Link::Group(count));
                } else {
                    self.fixed(w, Sort::Noun, Link::Group(count));
                }
            }
        }
        for v in &f.verb {
            self.verb(name, &v.lemma, v.form, v.imperfect.as_deref(), v.masdar.as_deref(), Link::Word);
        }
        for l in &f.light {
            let id = self.lex.lights.len() as u32;
            let prepositions = l.takes.iter().filter(|t| !matches!(t.as_str(), "object" | "subject")).map(|t| self.preposition(t)).collect();
            self.lex.lights.push(Light {
                id: l.id.clone().unwrap_or_else(|| l.lemma.clone()),
                object: l.takes.iter().any(|t| t == "object"),
                prepositions,
                effect: l.effect.clone(),
                impersonal: l.impersonal || l.takes.iter().any(|t| t == "subject"),
                kinds: l.kinds.clone(),
            });
            self.verb(name, &l.lemma, l.form, l.imperfect.as_deref(), None, Link::Light(id));
        }
        for m in &f.modal {
            let id = self.lex.modals.len() as u32;
            let scope = m.scope.as_deref().unwrap_or("both");
            self.lex.modals.push(Modal {
                id: m.id.clone().or_else(|| m.phrases.first().cloned()).or_else(|| m.words.first().cloned()).unwrap_or_default(),
                effect: m.effect.clone(),
                verb: scope != "noun",
                noun: scope != "verb",
            });
            let link = Link::Modal(id);
            for l in &m.lemmas {
                match l {
                    LemmaSpec::Plain(lemma) => drop(self.verb(name, lemma, m.form, m.imperfect.as_deref(), m.masdar.as_deref(), link)),
                    full => self.lemma_spec(name, full, link),
                }
            }
            for w in &m.words {
                self.noun(w, &[], true, link);
            }
            for p in &m.phrases {
                self.any_phrase(p, link);
            }
        }
        for c in &f.class {
            let id = self.lex.classes.len() as u32;
            self.lex.classes.push(Class { id: c.id.clone(), words: c.word.iter().map(|w| (w.word.clone(), w.gloss.clone())).collect() });
            for (i, w) in c.word.iter().enumerate() {
                let link = Link::Class(id, i as u32);
                self.noun(&w.word, &w.plurals, w.adjective, link);
                if w.word.contains(' ') {
                    for p in &w.plurals {
                        self.noun_phrase(p, link);
                    }
                }
            }
        }
        for c in &f.context {
            let id = self.lex.codes.contexts.iter().position(|x| x.id == c.id).unwrap_or(0) as u32;
            for w in &c.word {
                self.noun(&w.word, &w.plurals, w.adjective, Link::Context(id));
            }
        }
        for a in &f.attribute {
            let id = self.lex.attributes.len() as u32;
            self.lex.attributes.push(Attribute { name: a.name.clone(), value: a.value.clone(), kinds: a.kinds.clone() });
            for w in &a.words {
                self.noun(w, &[], true, Link::Attribute(id));
            }
            for p in &a.phrases {
                self.any_phrase(p, Link::Attribute(id));
            }
        }
    }

    /// Fixed wording. A last word of one letter is a proclitic of what follows and is left to the analysis.
    fn any_phrase(&mut self, text: &str, link: Link) {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        if words.len() > 1 && words.last().is_some_and(|w| w.chars().count() == 1) {
            words.pop();
        }
        if let [one] = words[..] {
            let sort = if self.lemmas.contains_key(&(Sort::Function, one.to_owned())) { Sort::Function } else { Sort::Noun };
            self.fixed(one, sort, link);
        }
        self.phrase(&words.join(" "), link);
    }

    // --- speech --------------------------------------------------------------------------------------------------

    fn speech(&mut self, name: &str, f: &File) {
        for s in &f.speech {
            let id = self.lex.speeches.len() as u32;
            let fixed = ["that", "quote", "object"];
            let prepositions = s.takes.iter().filter(|t| !fixed.contains(&t.as_str())).map(|t| self.preposition(t)).collect();
            let addressee = s.addressee.iter().filter(|t| *t != "object").map(|t| self.preposition(t)).collect();
            let takes = |x: &str| s.takes.iter().any(|t| t == x);
            let words = s.words.iter().map(|w| self.head_word(w)).collect();
            let via = s.via.as_deref().map(|v| self.preposition(v));
            let speaker = s.speaker.iter().map(|v| self.preposition(v)).collect();
            self.lex.speeches.push(Speech {
                id: s.id.clone(),
                gloss: s.gloss.clone(),
                force: s.force.clone(),
                neutral: s.neutral,
                that: takes("that"),
                quote: takes("quote"),
                object: takes("object"),
                prepositions,
                addressee_object: s.addressee.iter().any(|t| t == "object"),
                addressee,
                words,
                via,
                speaker,
                act: s.act,
                verdict: s.verdict,
                media: s.media,
                noun: s.noun.is_some(),
            });
            if let Some(l) = &s.lemma {
                self.verb(name, l, s.form, s.imperfect.as_deref(), s.masdar.as_deref(), Link::Speech(id));
            }
            if let Some(n) = &s.noun {
                for n in n.iter() {
                    self.noun(n, &s.plurals, false, Link::Speech(id));
                }
            }
        }
        for p in &f.predicate {
            let id = self.lex.predicates.len() as u32;
            self.lex.predicates.push(Predicate { id: p.id.clone(), force: p.force.clone(), own: p.own, clause: p.clause });
            for l in &p.lemmas {
                self.lemma_spec(name, l, Link::Predicate(id));
            }
            for w in &p.words {
                self.noun(w, &p.plurals, true, Link::Predicate(id));
            }
            for x in &p.phrases {
                self.any_phrase(x, Link::Predicate(id));
            }
        }
        for a in &f.attribution {
            let id = self.lex.attributions.len() as u32;
            self.lex.attributions.push(Attribution { id: a.id.clone() });
            for p in &a.phrases {
                self.any_phrase(p, Link::Attribution(id));
            }
        }
        for (list, link, declined) in [(&f.unnamed_source, Link::UnnamedSource, true), (&f.unnamed_official, Link::UnnamedOfficial, true), (&f.fronting, Link::Fronting, false)] {
            for w in list {
                for x in w.words.iter().chain(&w.phrases) {
                    if declined && !x.contains(' ') {
                        self.noun(x, &w.plurals, true, link);
                    } else {
                        self.any_phrase(x, link);
                    }
                }
            }
        }
    }

    /// The lemma of a noun that an entry asks for.
    fn head_word(&mut self, w: &str) -> u32 {
        if w.contains(' ') {
            let lemma = self.lemma(Sort::Noun, w);
            self.noun_phrase(w, Link::Words(lemma));
            return lemma;
        }
        self.noun(w, &[], false, Link::Word);
        self.lemma(Sort::Noun, w)
    }

    fn relations(&mut self, f: &File) {
        for l in &f.level_part {
            let id = self.lex.levels.len() as u32;
            self.lex.levels.push(Level { part: l.part.clone() });
            for w in &l.words {
                self.noun(w, &[], true, Link::Level(id));
            }
            for p in &l.phrases {
                self.any_phrase(p, Link::Level(id));
            }
        }
        for h in &f.relation_head {
            let id = self.lex.relation_heads.len() as u32;
            self.lex.relation_heads.push(RelationHead { id: h.id.clone(), level: h.level.clone() });
            for w in &h.words {
                self.noun(w, &h.plurals, true, Link::RelationHead(id));
            }
            for p in &h.phrases {
                self.noun_phrase(p, Link::RelationHead(id));
            }
        }
        for x in f.founded.iter().filter(|x| !x.restored) {
            let mut parties = x.parties.clone();
            parties.sort();
            self.lex.founded.push(Founded { parties, date: x.date.clone() });
        }
        for x in &f.establishing {
            for p in &x.phrases {
                self.any_phrase(p, Link::Establishing);
            }
        }
    }

    // --- frames --------------------------------------------------------------------------------------------------

    fn frames(&mut self, name: &str, f: &File) {
        for x in &f.frame {
            let id = self.lex.frames.len() as u32;
            let mut slots = Vec::new();
            for (slot_name, s) in &x.slots {
                let mut accepts = 0u8;
                for a in &s.accepts {
                    accepts |= match a.as_str() {
                        "person" | "title" => 1 << Kind::Person as u8,
                        "country" | "delegation" | "state" => 1 << Kind::Country as u8,
                        "place" => 1 << Kind::Place as u8,
                        "organization" | "organisation" | "body" => 1 << Kind::Organization as u8,
                        "forum" => 1 << Kind::Forum as u8,
                        "initiative" => 1 << Kind::Initiative as u8,
                        other => {
                            self.fault(name, format!("frame {}: slot {slot_name}: expected an entity type in accepts, found {other:?}", x.id));
                            0
                        }
                    };
                }
                let mut classes = Vec::new();
                for c in s.class.iter().flat_map(e::OneOrMany::iter) {
                    match self.lex.classes.iter().position(|k| k.id == c) {
                        Some(i) => classes.push(i as u32),
                        None => self.fault(name, format!("frame {}: slot {slot_name}: expected the id of a class, found {c:?}", x.id)),
                    }
                }
                let words = s.words.iter().map(|w| self.head_word(w)).collect();
                slots.push(Slot {
                    name: slot_name.clone(),
                    role: s.role.clone().filter(|r| !r.is_empty()),
                    subject: s.is.iter().any(|i| i == "subject"),
                    object: s.is.iter().any(|i| i == "object"),
                    prepositions: s.is.iter().filter(|i| !matches!(*i, "subject" | "object")).map(str::to_owned).collect::<Vec<_>>().iter().map(|i| self.preposition(i)).collect(),
                    accepts,
                    classes,
                    words,
                    required: s.required,
                    attribute: s.attribute.clone(),
                });
            }
            for n in x.needs.iter().filter(|n| !x.slots.contains_key(*n)) {
                self.fault(name, format!("frame {}: expected the name of a slot in needs, found {n:?}", x.id));
            }
            let except = x.except.iter().map(|w| self.head_word(w)).collect();
            self.lex.frames.push(Frame {
                anaphoric: x.anaphoric,
                numbered: x.numbered,
                carried: x.carried,
                needs: x.needs.clone(),
                count: x.count.clone(),
                claim: x.claim,
                except,
                id: x.id.clone(),
                gloss: x.gloss.clone(),
                kind: x.kind.clone(),
                status: x.status.clone(),
                plover: x.plover.clone(),
                mode: x.mode.clone(),
                cameo: x.cameo.clone(),
                attributes: x.attributes.iter().map(|(k, v)| (k.clone(), v.clone())).collect(),
                slots,
            });
            if let Some(l) = &x.lemma {
                let lemma = self.verb(name, l, x.form, x.imperfect.as_deref(), x.masdar.as_deref(), Link::Frame(id));
                if x.masdar.as_ref().is_none_or(|m| !m.is_empty()) {
                    self.link(lemma, Link::NounFrame(id));
                }
                for m in x.masdar.iter().flatten().filter(|m| m.contains(' ')) {
                    self.noun_phrase(m, Link::NounFrame(id));
                }
            }
            for n in &x.nouns {
                self.noun(n, &[], false, Link::NounFrame(id));
            }
            for p in &x.phrases {
                self.noun_phrase(p, Link::NounFrame(id));
            }
            if x.lemma.is_none() && x.nouns.is_empty() && x.phrases.is_empty() {
                self.fault(name, format!("frame {}: expected a lemma, nouns or phrases, found none", x.id));
            }
            if x.example.is_empty() || x.counter.is_empty() {
                self.fault(name, format!("frame {}: expected an example and a counter-example", x.id));
            }
        }
    }
}
