//! Statements: who says what, with what force.
//!
//! A cue (verb, participle, noun of speech) is found; then how its content follows, who speaks, where the content ends. A speaker
//! carries over to cues without a subject. What must not live here: the events that statements speak of.

use crate::clause::{self, Governor, Subject};
use crate::doc::*;
use sijill_grammar::Analysis;
use sijill_lexicon::inflect::Number;
use sijill_lexicon::{Flag, Kind, Link, NONE, Pos, Reading, Speech, Tag};
use sijill_text::Kind as TokenKind;

/// A statement as found: tokens, local entities.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub speakers: Vec<EntId>,
    pub force: String,
    pub cue: (u32, u32),
    pub cue_letters: u8,
    /// Tokens of the content, and letters before it that are not part of it.
    pub content: (u32, u32),
    pub content_letters: u8,
    pub direct: bool,
    pub targets: Vec<EntId>,
    pub entry: String,
    pub rule: &'static str,
    /// Where the subject stood, for events in the content that leave theirs out.
    pub times: (u32, u32),
}

/// The cue at a token.
struct Cue<'a> {
    at: usize,
    /// Last token of the cue + 1.
    end: usize,
    analysis: Analysis,
    reading: Reading,
    speech: &'a Speech,
    kind: CueKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum CueKind {
    Verb,
    /// Accusative participle: same speaker, a new statement (`مضيفا أن`).
    Participle,
    /// Masdar or noun, with the speaker behind it or in its pronoun (`قوله إن`).
    Noun,
}

/// How content follows a cue.
#[derive(Clone, Copy, Debug)]
struct Follows {
    start: usize,
    letters: u8,
    how: How,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum How {
    That,
    Quote(u32, u32),
    Noun,
}

pub(crate) fn find(d: &Doc, headline_end: usize) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    let mut last_speaker: Vec<EntId> = Vec::new();
    let mut last_unnamed = false;
    let mut skip_to = 0;
    for s in &d.s.sentences {
        let (from, to) = (s.start as usize, s.end as usize);
        if d.s.junk[from] || to <= headline_end {
            continue;
        }
        let first = out.len();
        let mut i = from;
        // Until where the last nominal or clausal content may still run.
        while i < to {
            if i < skip_to {
                i += 1;
                continue;
            }
            if let Some(end) = attribution(d, i, from, to, &mut out, first) {
                i = end;
                continue;
            }
            let Some(cue) = cue_at(d, i, from, to) else {
                i += 1;
                continue;
            };
            let Some(said) = read(d, &cue, from, to, &last_speaker, last_unnamed, &out[first..]) else {
                i += 1;
                continue;
            };
            let nested = out[first..].iter().any(|o| o.content.0 <= said.cue.0 && said.cue.1 <= o.content.1);
            // The speaker carried over is that of the outer statement.
            if !nested || cue.kind == CueKind::Participle {
                last_speaker = said.speakers.clone();
                last_unnamed = said.speakers.is_empty();
            }
            let next = (said.cue.1 as usize).max(i + 1);
            out.push(said);
            i = next;
        }
        skip_to = 0;
        close(d, &mut out[first..], from, to);
    }
    out.retain(|s| s.content.1 > s.content.0);
    dedup(&mut out);
    out
}

/// The speech entry and reading at token `i`.
fn cue_at<'a>(d: &Doc<'a>, i: usize, from: usize, to: usize) -> Option<Cue<'a>> {
    if !d.flag(i, Flag::Speech) || d.s.phrase_of[i] != NONE || d.s.junk[i] || d.s.time_of[i] != NONE {
        return None;
    }
    let as_verb = clause::verb(d, i);
    let mut best: Option<(u8, Cue)> = None;
    for (a, r) in d.readings(i) {
        let pos = r.pos();
        let kind = match pos {
            Pos::Perfect | Pos::Imperfect => {
                if as_verb.is_none() {
                    continue;
                }
                CueKind::Verb
            }
            Pos::ActiveParticiple => {
                // Behind the article it is a noun (`المتحدث`); bare accusative it continues the speech.
                if a.proclitics.has(sijill_lexicon::Clitic::Article) || a.proclitics.governs() || a.pronoun().is_some() {
                    continue;
                }
                if !(r.tanwin() || r.gender() == sijill_lexicon::inflect::Gender::Feminine || matches!(r.number(), Number::Dual | Number::Plural)) {
                    continue;
                }
                CueKind::Participle
            }
            Pos::Masdar | Pos::Noun => CueKind::Noun,
            _ => continue,
        };
        for l in &d.lex.lemma(&r).links {
            let Link::Speech(id) = *l else { continue };
            let speech = &d.lex.speeches[id as usize];
            let Some(end) = heads(d, i, speech, to) else { continue };
            let score = match kind {
                CueKind::Verb => 3,
                CueKind::Participle => 2,
                CueKind::Noun => 1,
            } * 4
                + u8::from(!speech.words.is_empty()) * 2
                + u8::from(follows(d, end, &a, speech, kind, from, to).is_some());
            if best.as_ref().is_none_or(|(s, _)| score > *s) {
                best = Some((score, Cue { at: i, end, analysis: a, reading: r, speech, kind }));
            }
        }
    }
    best.map(|(_, c)| c)
}

/// Where an entry asks for a noun behind its verb: the token behind that noun.
fn heads(d: &Doc, i: usize, s: &Speech, to: usize) -> Option<usize> {
    if s.words.is_empty() {
        return Some(i + 1);
    }
    for t in i + 1..to.min(i + 14) {
        if d.phrase(t).is_some() {
            continue;
        }
        if d.tag(t, Tag::That) || d.comma(t) {
            return None;
        }
        let hit = d.readings(t).any(|(a, r)| s.words.contains(&r.lemma) && (s.via.is_none() || clause::clitic_preposition(d, a.proclitics) == s.via || clause::preposition(d, t - 1) == s.via));
        if hit {
            return Some(if s.object { t } else { t + 1 });
        }
    }
    None
}

/// Finds how the content follows a cue that ends at `end`.
fn follows(d: &Doc, end: usize, a: &Analysis, s: &Speech, kind: CueKind, from: usize, to: usize) -> Option<Follows> {
    let _ = from;
    let mut t = end;
    let mut object: Option<usize> = None;
    let mut commas = 0;
    while t < to {
        if d.s.junk[t] {
            break;
        }
        if let Some(time) = d.time_at(t) {
            t = (time.found.end as usize).max(t + 1);
            continue;
        }
        // Quotation: its opening mark, where a quotation is known.
        if d.quote_mark(t) {
            if let Some(q) = d.s.quotes.iter().find(|q| q.open as usize == t) {
                let alone = t == end || d.mark(t - 1) == Some(':') || d.phrase(t - 1).is_some() || d.time_at(t - 1).is_some() || d.comma(t - 1) || d.mark(t - 1) == Some(')') || q.close - q.open > 6 || object.is_none();
                if s.quote && alone && object.is_none() {
                    return Some(Follows { start: t + 1, letters: 0, how: How::Quote(q.open, q.close) });
                }
                if object.is_none() && s.object && t > end {
                    return Some(Follows { start: t, letters: 0, how: How::Noun });
                }
                if object.is_none() {
                    t += 1;
                    continue;
                }
                t = q.close as usize + 1;
                continue;
            }
        }
        if d.mark(t) == Some(':') && s.quote && object.is_none() {
            let next = t + 1;
            if next < to {
                if let Some(q) = d.s.quotes.iter().find(|q| q.open as usize == next) {
                    return Some(Follows { start: next + 1, letters: 0, how: How::Quote(q.open, q.close) });
                }
                return Some(Follows { start: next, letters: 0, how: How::That });
            }
        }
        if d.tag(t, Tag::That) && s.that {
            // `على أن`, `إلى أن`, `من أن` are behind a preposition of the entry; any other is as good.
            return Some(Follows { start: t + 1, letters: 0, how: How::That });
        }
        if let Some((_, p)) = d.phrase_at(t) {
            let gov = clause::governor(d, t, p.proclitics);
            if let Governor::Preposition(l) = gov {
                if s.prepositions.contains(&l) && !s.addressee.contains(&l) && object.is_none() {
                    let start = if p.letters > 0 { t } else { t };
                    return Some(Follows { start, letters: p.letters, how: How::Noun });
                }
            }
            t = p.end as usize;
            continue;
        }
        if d.comma(t) {
            commas += 1;
            if object.is_some() || kind == CueKind::Participle && t == end {
                break;
            }
            if commas > 3 {
                break;
            }
            t += 1;
            continue;
        }
        if d.is_word(t) {
            // A noun behind one of the entry's prepositions, written apart or together.
            if let Some(l) = clause::preposition(d, t) {
                if s.prepositions.contains(&l) && object.is_none() {
                    if d.tag(t + 1, Tag::That) {
                        if s.that {
                            return Some(Follows { start: t + 2, letters: 0, how: How::That });
                        }
                    }
                    if t + 1 < to && !d.is_break(t + 1) {
                        return Some(Follows { start: t + 1, letters: 0, how: How::Noun });
                    }
                }
                t += 1;
                // What another preposition governs is passed over with its adjectives.
                if d.phrase_at(t).is_none() && d.time_at(t).is_none() && d.is_word(t) && t < to && !d.tag(t, Tag::That) && !d.quote_mark(t) {
                    t += 1;
                }
                continue;
            }
            let clitic = d.s.analyses_at(t).iter().filter(|x| x.proclitics.governs()).find(|x| x.readings.0 != x.readings.1 || x.word != NONE).or_else(|| d.s.analyses_at(t).iter().find(|x| x.proclitics.governs()));
            let by_letter = clitic.map(|x| (x.proclitics, x.letters)).or_else(|| letter_preposition(d, t));
            if let Some((c, letters)) = by_letter {
                if let Some(l) = clause::clitic_preposition(d, c) {
                    let whole = d.s.analyses_at(t).iter().any(|x| x.letters == 0 && x.readings.0 != x.readings.1 && !d.lex.reading_slice(x.readings).iter().all(|r| d.lex.lemma(r).has(Flag::Name)));
                    if s.prepositions.contains(&l) && object.is_none() && !whole {
                        return Some(Follows { start: t, letters, how: How::Noun });
                    }
                    if !whole {
                        t += 1;
                        continue;
                    }
                }
            }
            // A finite verb ends the search, but for the auxiliary.
            if t > end && clause::verb(d, t).is_some() && !d.tag(t, Tag::Auxiliary) {
                break;
            }
            if d.tag(t, Tag::Relative) && object.is_none() {
                if s.object && t == end {
                    return Some(Follows { start: t, letters: 0, how: How::Noun });
                }
                break;
            }
            if s.object && object.is_none() && (d.s.tags[t] == 0 || d.tag(t, Tag::Quantifier) || d.tag(t, Tag::Negation) || d.tag(t, Tag::Each) || d.tag(t, Tag::Demonstrative)) && !d.flag(t, Flag::Fronting) {
                object = Some(t);
                if !s.that && s.prepositions.is_empty() {
                    break;
                }
                // A clause with أن may still follow at once (`أعلن رسميا أن`): an adverb is no object.
                if !d.tag(t + 1, Tag::That) {
                    break;
                }
                object = None;
            }
        }
        t += 1;
    }
    if let Some(o) = object {
        let letters = if d.s.analyses_at(o).iter().all(|x| x.proclitics.joins()) && !d.s.analyses_at(o).is_empty() { 0 } else { 0 };
        return Some(Follows { start: o, letters, how: How::Noun });
    }
    // The object is an entity (`أدان إسرائيل`), or the pronoun.
    if s.object && a.pronoun().is_some() && kind == CueKind::Verb {
        let start = end;
        if start < to && !d.is_break(start) {
            return Some(Follows { start, letters: 0, how: How::Noun });
        }
    }
    None
}

/// A preposition of one letter before a word that no entry knows.
fn letter_preposition(d: &Doc, t: usize) -> Option<(sijill_grammar::Clitics, u8)> {
    if d.s.ranges[t].0 != d.s.ranges[t].1 {
        return None;
    }
    let f = d.tokens().fold(t);
    for p in &d.lex.proclitics {
        if let Some(rest) = f.strip_prefix(p.letter) {
            let article = rest.starts_with("\u{0627}\u{0644}") || (p.kind == sijill_lexicon::Clitic::For && rest.starts_with('\u{0644}'));
            if article {
                return Some((sijill_grammar::Clitics::default().with(p.kind), 1));
            }
        }
    }
    None
}

#[allow(clippy::too_many_arguments)]
fn read(d: &Doc, cue: &Cue, from: usize, to: usize, carried: &[EntId], carried_unnamed: bool, sofar: &[Said]) -> Option<Said> {
    let s = cue.speech;
    // Nouns of speech count with a pronoun or with their content at once.
    let f = follows(d, cue.end, &cue.analysis, s, cue.kind, from, to)?;
    if cue.kind == CueKind::Noun {
        let at_once = f.start <= cue.end + 2;
        let pronoun = cue.analysis.pronoun().is_some();
        let behind = d.phrase_at(cue.end).is_some_and(|(_, p)| f.start <= p.end as usize + 2 && p.letters == 0);
        if f.how == How::Noun || !(at_once && pronoun || behind && f.how != How::Noun) {
            return None;
        }
    }
    let negated = cue.at > from && (d.tag(cue.at - 1, Tag::NegationPast) || d.tag(cue.at - 1, Tag::NegationFuture));
    if negated && s.force != "reject" {
        return None;
    }
    // Who speaks.
    let mut speakers = Vec::new();
    let mut unknown = false;
    let mut subject = Subject { end: cue.end, ..Subject::default() };
    let mut rule = "cue-and-subject";
    let nested = sofar.iter().rev().find(|o| o.content.0 as usize <= cue.at && cue.at < o.content.1 as usize);
    let mut subject_is_content = false;
    match cue.kind {
        CueKind::Verb => {
            subject = clause::subject(d, cue.at, &cue.reading, from, to);
            // An entity that is itself the content (`أدان الهجوم`) or addressed is no speaker.
            if let Some(p) = subject.phrase.map(|k| &d.s.phrases[k as usize]) {
                unknown = p.unnamed;
                speakers = actors(d, p);
                if f.how == How::Noun && subject.behind && p.start as usize >= f.start {
                    subject_is_content = true;
                }
            } else {
                unknown = subject.unknown && !(f.how == How::Noun && subject.end >= f.start);
            }
            // `X … قوله`: a verb whose speaker stands behind a preposition (`نقلت الوكالة عن الوزير أن`).
            if !s.speaker.is_empty() {
                let other = (cue.end..f.start).find_map(|t| {
                    let (_, p) = d.phrase_at(t)?;
                    matches!(clause::governor(d, t, p.proclitics), Governor::Preposition(l) if s.speaker.contains(&l)).then_some(p)
                });
                if let Some(p) = other {
                    speakers = actors(d, p);
                    unknown = p.unnamed;
                    rule = "speaker-behind-preposition";
                }
            }
        }
        CueKind::Participle => {}
        CueKind::Noun => {
            if cue.analysis.pronoun().is_none() {
                if let Some((_, p)) = d.phrase_at(cue.end) {
                    speakers = actors(d, p);
                    unknown = p.unnamed;
                }
            } else {
                // The last one named before: `نقلت الوكالة عن الرئيس قوله`.
                let near = (from..cue.at).rev().take(14).find_map(|t| d.phrase(t).map(|(_, p)| p).filter(|p| p.end as usize == t + 1));
                if let Some(p) = near {
                    speakers = actors(d, p);
                    unknown = p.unnamed;
                }
            }
            rule = "noun-of-speech";
        }
    }
    if subject_is_content {
        speakers.clear();
        subject = Subject { end: cue.end, ..Subject::default() };
    }
    if speakers.is_empty() && !unknown {
        // In a clause of its own inside another's speech, the one it belongs to speaks; else the speaker goes on.
        let first_person = cue.reading.person() == 1;
        match nested {
            Some(o) if cue.kind != CueKind::Verb || first_person || d.tag(cue.at.saturating_sub(1), Tag::That) => speakers = o.speakers.clone(),
            Some(_) => {
                let near = clause::subject_before(d, cue.at, &cue.reading, from).map(|k| actors(d, &d.s.phrases[k as usize]));
                match near {
                    Some(n) if !n.is_empty() => speakers = n,
                    _ if cue.analysis.proclitics.joins() || d.tag(cue.at - 1, Tag::Conjunction) => speakers = carried.to_vec(),
                    _ => return None,
                }
            }
            None => {
                if carried.is_empty() && !carried_unnamed {
                    // The first subject of the sentence before the cue (`وصل الوزير … وقال`).
                    let near = (from..cue.at).find_map(|t| d.phrase_at(t).map(|(_, p)| p).filter(|p| clause::governor(d, p.start as usize, p.proclitics) == Governor::Bare && !actors(d, p).is_empty()));
                    speakers = near.map(|p| actors(d, p)).unwrap_or_default();
                } else {
                    speakers = carried.to_vec();
                }
            }
        }
        rule = "carried-speaker";
    }
    speakers.dedup();
    // The content.
    let (mut start, mut letters) = (f.start, f.letters);
    let mut direct = false;
    let end = match f.how {
        How::Quote(open, close) => {
            start = open as usize + 1;
            letters = 0;
            // Several quotations in a row, joined by a comma, are one only where the sentence says so; the first counts.
            direct = true;
            close as usize
        }
        How::That | How::Noun => content_end(d, start, from, to, cue),
    };
    // Subject noun phrases between cue and nominal content are not content.
    if f.how == How::Noun && subject.behind && subject.phrase.is_some() && start < subject.end {
        start = subject.end.max(start);
        letters = 0;
        while start < end && d.comma(start) {
            start += 1;
        }
    }
    if f.how == How::That {
        if let Some(q) = d.s.quotes.iter().find(|q| q.open as usize == start && q.close as usize + 2 >= end) {
            direct = true;
            start = q.open as usize + 1;
        }
    }
    while start < end && (d.comma(start) || matches!(d.mark(start), Some('-' | ':'))) {
        start += 1;
    }
    if start >= end {
        return None;
    }
    let force = force(d, s, start, end.min(start + 60), &speakers, f.how);
    let targets = targets(d, cue, s, f.start, &speakers);
    let entry = format!("speech:{}", s.id);
    Some(Said {
        speakers,
        force,
        cue: (cue.at as u32, cue.at as u32 + 1),
        cue_letters: cue.analysis.letters,
        content: (start as u32, end as u32),
        content_letters: letters,
        direct,
        targets,
        entry,
        rule,
        times: (cue.at as u32, f.start as u32),
    })
}

fn actors(d: &Doc, p: &Phrase) -> Vec<EntId> {
    p.ents.iter().map(|&e| d.root(e)).filter(|&e| matches!(d.ent(e).kind, Kind::Person | Kind::Country | Kind::Organization | Kind::Forum)).collect()
}

/// Where content that begins at `start` ends: at the next cue of the same speaker, at closing attribution, at the sentence's end.
fn content_end(d: &Doc, start: usize, from: usize, to: usize, cue: &Cue) -> usize {
    let mut t = start;
    let quote_end = |t: usize| d.s.quotes.iter().find(|q| q.open as usize == t).map(|q| q.close as usize);
    while t < to {
        if let Some(close) = quote_end(t) {
            // Cues inside a quotation do not end what surrounds it.
            if close < to {
                t = close + 1;
                continue;
            }
        }
        if t > start && d.flag(t, Flag::Speech) && cue_continues(d, t, from, to, cue) {
            let mut end = t;
            // The conjunction before the cue goes with the cue.
            while end > start && (d.comma(end - 1) || d.tag(end - 1, Tag::Conjunction) || d.tag(end - 1, Tag::VerbParticle) || d.tag(end - 1, Tag::Subordinator)) {
                end -= 1;
            }
            return end;
        }
        if t > start && d.links_at(t).any(|m| matches!(m.link, Link::Attribution(_)) && m.proclitics.0 == 0) && (d.comma(t - 1) || closes(d, t, to)) {
            let mut end = t;
            while end > start && d.comma(end - 1) {
                end -= 1;
            }
            return end;
        }
        t += 1;
    }
    trim(d, start, to)
}

/// Without the marks at the end of the sentence.
fn trim(d: &Doc, start: usize, mut end: usize) -> usize {
    while end > start && matches!(d.tokens()[end - 1].kind, TokenKind::Mark | TokenKind::Break) {
        let m = d.tokens()[end - 1].mark;
        // A closing bracket or quotation mark whose opening is inside stays.
        if m == ')' {
            break;
        }
        if d.quote_mark(end - 1) && d.s.quotes.iter().any(|q| q.close as usize == end - 1 && q.open as usize > start) {
            break;
        }
        end -= 1;
    }
    end
}

/// Does an attribution at `t` close the sentence (little follows it but its speaker)?
fn closes(d: &Doc, t: usize, to: usize) -> bool {
    to - t < 14 && d.s.sentences.iter().any(|s| s.end as usize == to) && !(t..to).any(|x| d.tag(x, Tag::That))
}

/// Does a new statement of the same standing begin at `t`?
fn cue_continues(d: &Doc, t: usize, from: usize, to: usize, outer: &Cue) -> bool {
    let Some(c) = cue_at(d, t, from, to) else { return false };
    if follows(d, c.end, &c.analysis, c.speech, c.kind, from, to).is_none() {
        return false;
    }
    match c.kind {
        CueKind::Participle => {
            let b = t - 1;
            let apart = d.comma(b) || d.phrase(b).is_some() || d.is_word(b) && !d.tag(b, Tag::Auxiliary);
            apart && (c.reading.tanwin() || d.comma(b)) && !d.tag(b, Tag::Relative)
        }
        CueKind::Verb => {
            let b = t - 1;
            let joined = c.analysis.proclitics.joins() || d.tag(b, Tag::Conjunction);
            // Behind `و` + verb in a clause of `أن … وأن` the verb is the content's; perfect after perfect is the reporter's.
            let _ = outer;
            joined && c.reading.pos() == Pos::Perfect && c.reading.person() == 3 && !d.tag(b, Tag::Relative) || d.comma(b) && d.tag(b, Tag::Subordinator)
        }
        CueKind::Noun => false,
    }
}

/// The cue's own force, or that of the content's first main predicate that has one.
fn force(d: &Doc, s: &Speech, start: usize, end: usize, speakers: &[EntId], how: How) -> String {
    if !s.neutral {
        return s.force.clone();
    }
    let _ = (speakers, how);
    let mut t = start;
    let mut depth = 0;
    while t < end {
        // Relative clauses and quoted names say nothing of the main predicate.
        if d.tag(t, Tag::Relative) {
            depth = 8;
        }
        if d.comma(t) {
            depth = 0;
        }
        if depth > 0 {
            depth -= 1;
        }
        if depth == 0 || t == start {
            let phrase = d.longest(t, |l| if let Link::Predicate(p) = l { Some(p) } else { None });
            if let Some((_, p)) = phrase {
                return d.lex.predicates[p as usize].force.clone();
            }
            if d.flag(t, Flag::Predicate) && d.s.phrase_of[t] == NONE {
                let hit = d.readings(t).find_map(|(a, r)| {
                    let lemma = d.lex.lemma(&r);
                    let p = lemma.links.iter().find_map(|l| if let Link::Predicate(p) = l { Some(*p) } else { None })?;
                    let pos = r.pos();
                    // A noun counts at the head of nominal content, or indefinite as a predicate; a verb where it is finite.
                    let main = pos.finite() || t < start + 3 || (!a.proclitics.has(sijill_lexicon::Clitic::Article) && !a.proclitics.governs() && matches!(pos, Pos::Adjective | Pos::ActiveParticiple | Pos::PassiveParticiple | Pos::Noun));
                    main.then_some(p)
                });
                if let Some(p) = hit {
                    return d.lex.predicates[p as usize].force.clone();
                }
            }
        }
        t += 1;
    }
    s.force.clone()
}

/// Those whom the words between cue and content address.
fn targets(d: &Doc, cue: &Cue, s: &Speech, until: usize, speakers: &[EntId]) -> Vec<EntId> {
    let mut out = Vec::new();
    let mut t = cue.end;
    let mut bare = 0;
    while t < until {
        if let Some((_, p)) = d.phrase_at(t) {
            let hit = match clause::governor(d, t, p.proclitics) {
                Governor::Preposition(l) => s.addressee.contains(&l),
                Governor::Bare => {
                    bare += 1;
                    s.addressee_object && !actors(d, p).iter().any(|e| speakers.contains(e))
                }
                Governor::Noun(_) => false,
            };
            if hit {
                out.extend(actors(d, p).into_iter().filter(|e| !speakers.contains(e)));
            }
            t = p.end as usize;
        } else {
            t += 1;
        }
    }
    let _ = bare;
    out
}

/// `، وفقا لفلان`, `، حسبما ذكرت الوزارة`, and the same at the sentence's start.
fn attribution(d: &Doc, i: usize, from: usize, to: usize, out: &mut Vec<Said>, first: usize) -> Option<usize> {
    let (m, id) = d.longest(i, |l| if let Link::Attribution(a) = l { Some(a) } else { None }).filter(|(m, _)| m.proclitics.0 == 0 || m.start as usize == from)?;
    // Behind the phrase: the speaker, at once or behind a speech verb.
    let mut t = m.end as usize;
    let mut verb = None;
    while t < to && t < m.end as usize + 4 && d.phrase_at(t).is_none() {
        if d.flag(t, Flag::Speech) && clause::verb(d, t).is_some() {
            verb = clause::verb(d, t);
        } else if !(d.tag(t, Tag::Relative) || d.tag(t, Tag::VerbParticle) || d.is_word(t) && verb.is_some() || d.tag(t, Tag::That)) {
            return None;
        }
        t += 1;
    }
    let (_, p) = d.phrase_at(t)?;
    let speakers = actors(d, p);
    if speakers.is_empty() && !p.unnamed {
        return None;
    }
    let end = p.end as usize;
    // The content: what stands before it in the sentence, without statements that have a speaker of their own.
    let opening = i == from || (i == from + 1 && !d.is_word(from));
    let (start, stop) = if opening {
        let start = if d.comma(end) { end + 1 } else { end };
        (start, trim(d, start, to))
    } else {
        let mut stop = i;
        while stop > from && d.comma(stop - 1) {
            stop -= 1;
        }
        // Behind another statement in the sentence, the attribution covers what follows that.
        let start = out[first..].iter().map(|s| s.content).filter(|c| (c.1 as usize) <= i).map(|c| c.1 as usize).max().filter(|&e| stop.saturating_sub(e) > 3).unwrap_or(from);
        if out[first..].iter().any(|s| s.content.1 as usize + 2 >= stop && s.content.0 as usize <= start) {
            return Some(end);
        }
        (start, stop)
    };
    if stop <= start || stop - start < 2 {
        return Some(end);
    }
    let mut letters = 0;
    if d.s.analyses_at(start).first().is_some() {
        letters = d.s.analyses_at(start).iter().find(|a| a.proclitics.joins() && a.readings.0 != a.readings.1 && !d.s.analyses_at(start).iter().any(|b| b.letters == 0 && b.readings.0 != b.readings.1)).map_or(0, |a| a.letters.min(1));
    }
    out.push(Said {
        speakers,
        force: "state".into(),
        cue: (m.start, t as u32),
        cue_letters: 0,
        content: (start as u32, stop as u32),
        content_letters: letters,
        direct: false,
        targets: Vec::new(),
        entry: format!("attribution:{}", d.lex.attributions[id as usize].id),
        rule: "attribution",
        times: (i as u32, end as u32),
    });
    Some(end)
}

/// Contents of one sentence that overlap without nesting end where the next cue begins.
fn close(d: &Doc, said: &mut [Said], _from: usize, _to: usize) {
    for k in 0..said.len() {
        for j in k + 1..said.len() {
            let next = said[j].cue.0;
            let c = said[k].content;
            // A participle after the content's end was cut already; guard against a cue that sits across a content's end.
            if c.0 < next && next < c.1 && said[j].content.1 > c.1 && !said[j].direct && said[j].content.0 < c.1 {
                let end = said[j].content.1;
                said[k].content.1 = end.max(c.1);
            }
        }
        let c = said[k].content;
        said[k].content.1 = trim(d, c.0 as usize, c.1 as usize) as u32;
    }
}

/// Two cues for one content by one speaker are one statement; the one with the shorter way to its content stays.
fn dedup(out: &mut Vec<Said>) {
    let mut k = 0;
    while k < out.len() {
        let dup = out[..k].iter().any(|o| o.content == out[k].content && (o.speakers == out[k].speakers || out[k].rule == "carried-speaker"));
        if dup {
            out.remove(k);
        } else {
            k += 1;
        }
    }
}
