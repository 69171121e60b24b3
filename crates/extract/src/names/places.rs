//! Places built by rule (`محافظة` and a name), and unknown words behind "in" that can only be places.

use super::Names;
use crate::doc::*;
use sijill_lexicon::{Clitic, Flag, Kind, Link, NONE, NameKind, Tag};
use sijill_text::Kind as TokenKind;

impl Names<'_> {
    pub(super) fn places(&mut self) {
        let n = self.s.tokens.len();
        for i in 0..n {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word {
                continue;
            }
            let Some((head, after, clitics, letters)) = self.head_at(i, Flag::PlaceHead) else { continue };
            let h = &self.lex.heads[head as usize];
            if clitics.has(Clitic::Article) && h.part {
                continue;
            }
            // `آدم جامع سفير جيبوتي`: a surname before an office.
            if h.part && h.sort.as_deref() == Some("site") && self.starts_title(after) {
                continue;
            }
            if let Some((e, to)) = self.named_at(after, &[Kind::Place, Kind::Country]) {
                let inner = self.s.mention_of[after];
                if self.s.mentions[inner as usize].letters > 0 {
                    continue;
                }
                // A city goes by its name with and without the word that announces it.
                if !h.part {
                    if self.s.ents[e as usize].kind == Kind::Place && after == i + 1 && !self.doc().definite(i) {
                        self.s.mentions.push(Mention { start: i as u32, end: to as u32, letters, ent: e, by_title: false });
                    }
                    continue;
                }
                // A site is not the city that it is named after (`مطار تمنراست الدولي`), a region is (`محافظة عدن`).
                let site = h.sort.as_deref() == Some("site");
                let mut to = to;
                if site && to < n && self.plain_definite(to) && self.s.flags[to] & Flag::Common as u32 != 0 && self.s.flags[to] & (Flag::Frame as u32 | Flag::Speech as u32) == 0 {
                    to += 1;
                }
                let place = match self.s.ents[e as usize].kind {
                    Kind::Place if !site => Some(e),
                    Kind::Place => Some(self.place_in_state(i, to, letters, &h.id, e)),
                    // A capital gives its name to its region, which is not the government (`منطقة الرياض`).
                    _ => {
                        let inner_end = self.s.mentions[inner as usize].end;
                        let capital = self.s.ents[e as usize]
                            .actor
                            .is_some_and(|a| self.s.matches_at(after).iter().any(|x| x.end == inner_end && x.link == Link::Name(a, NameKind::Capital)));
                        capital.then(|| self.place_in_state(i, to, letters, &h.id, e))
                    }
                };
                let Some(place) = place else { continue };
                // The name without its head is not named here.
                self.s.mentions[inner as usize].end = self.s.mentions[inner as usize].start;
                self.mention(Mention { start: i as u32, end: to as u32, letters, ent: place, by_title: false });
            } else if h.name {
                let mut to = self.proper_words(after, 2);
                if to == after {
                    continue;
                }
                // A man's name that goes on (`شارع خالد بن الوليد`).
                if to < n && self.behind_patronymic(to) {
                    to += 1;
                }
                // A trailing definite adjective belongs to a site's name (`مطار … الدولي`).
                let mut end = to;
                if h.part
                    && h.sort.as_deref() == Some("site")
                    && end < n
                    && self.plain_definite(end)
                    && self.s.flags[end] & Flag::Common as u32 != 0
                    && self.s.flags[end] & (Flag::Frame as u32 | Flag::Speech as u32) == 0
                {
                    end += 1;
                }
                let start = if h.part { i } else { after };
                let letters = if h.part { letters } else { 0 };
                let (ent, _) = self.entity_of_words(Kind::Place, (start, end, letters), (format!("place_head:{}", h.id), "head-and-name"));
                self.mention(Mention { start: start as u32, end: end as u32, letters, ent, by_title: false });
            }
        }
    }

    /// The place of a head and the name of `inner`: it lies in the same state.
    fn place_in_state(&mut self, start: usize, end: usize, letters: u8, head: &str, inner: EntId) -> EntId {
        let (place, new) = self.entity_of_words(Kind::Place, (start, end, letters), (format!("place_head:{head}"), "head-and-name"));
        if new {
            self.s.ents[place as usize].country = self.s.ents[inner as usize].country.clone();
        }
        place
    }

    /// A word that nothing knows behind "in", with a state behind it or a head before it: a place.
    pub(super) fn unknown_places(&mut self) {
        let n = self.s.tokens.len();
        for i in 1..n {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.time_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word || self.covered(i) {
                continue;
            }
            let d = self.doc();
            if !(d.tag(i - 1, Tag::Locative) && !d.tag(i - 1, Tag::Direction))
                || !self.unknown(i)
                || self.s.flags[i] != 0
                || d.definite(i)
                || self.and_word(i)
                || self.verb_shape(i)
                || self.fold(i).chars().count() < 4
            {
                continue;
            }
            if self.s.summaries[i].range.0 != self.s.summaries[i].range.1 {
                continue;
            }
            let alone = i + 1 >= n
                || self.s.tokens[i + 1].kind != TokenKind::Word
                || self.s.flags[i + 1] != 0
                || self.s.tags[i + 1] != 0
                || self.s.mention_of[i + 1] != NONE
                || self.s.time_of[i + 1] != NONE;
            if !alone {
                continue;
            }
            // More must speak for a place: a state or region at its side, a direction, the word again behind "in".
            let beside = |t: usize| {
                t < n && self.s.mention_of[t] != NONE && matches!(self.s.ents[self.s.mentions[self.s.mention_of[t] as usize].ent as usize].kind, Kind::Place | Kind::Country)
            };
            let next = if self.doc().mark(i + 1).is_some_and(|c| c == '(') || self.doc().comma(i + 1) || self.doc().tag(i + 1, Tag::Locative) { i + 2 } else { i + 1 };
            let again = (0..n).any(|t| t != i && t > 0 && self.fold(t) == self.fold(i) && self.doc().tag(t - 1, Tag::Preposition));
            if !(self.foreign_shape(i) || beside(next) || self.doc().tag(i + 1, Tag::Direction) || i + 1 < n && self.demonym_at(i + 1).is_some() || again) {
                continue;
            }
            let (ent, _) = self.entity_of_words(Kind::Place, (i, i + 1, 0), ("function:locative".into(), "unknown-word-behind-locative"));
            self.mention(Mention { start: i as u32, end: i as u32 + 1, letters: 0, ent, by_title: false });
        }
    }

    /// Places in the wording of a title (`خادم الحرمين الشريفين`) are not spoken of.
    pub(super) fn forget_places(&mut self, from: usize, to: usize) {
        for t in from..to {
            let m = self.s.mention_of[t];
            if m != NONE && self.s.ents[self.s.mentions[m as usize].ent as usize].kind == Kind::Place && self.s.mentions[m as usize].end as usize <= to {
                self.s.mention_of[t] = NONE;
                self.s.mentions[m as usize].end = self.s.mentions[m as usize].start;
            }
        }
    }
}
