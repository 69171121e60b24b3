//! Named policies, programmes and exercises built by rule.

use super::Names;
use crate::doc::*;
use sijill_lexicon::{Clitic, Flag, Kind, NONE, Tag};
use sijill_text::Kind as TokenKind;

impl Names<'_> {
    /// Named policies built by rule (`مجتمع مصير مشترك بين …`, `عام السياحة …`).
    pub(super) fn initiatives(&mut self) {
        let n = self.s.tokens.len();
        for i in 0..n {
            if self.s.junk[i] || self.s.mention_of[i] != NONE || self.s.tokens[i].kind != TokenKind::Word {
                continue;
            }
            let Some((head, after, clitics, letters)) = self.head_at(i, Flag::InitiativeHead) else { continue };
            let h = &self.lex.heads[head as usize];
            let mut end = after;
            let mut complete = false;
            if h.nationality {
                while let Some((_, next, cl)) = self.demonym_at(end) {
                    if cl.joins() {
                        break;
                    }
                    end = next;
                    complete = true;
                    while end < n && self.doc().dash(end) {
                        end += 1;
                    }
                }
                if complete && self.doc().dash(end - 1) {
                    end -= 1;
                }
                // A name that needs closing words is none without them.
                if !h.tails.is_empty() {
                    let tail =
                        h.tails.iter().find(|t| t.iter().enumerate().all(|(k, w)| self.s.tokens.get(end + k).is_some() && self.lex.words.get(self.fold(end + k)) == Some(*w)));
                    match tail {
                        Some(t) if complete => end += t.len(),
                        _ => continue,
                    }
                }
            }
            if !complete
                && h.country
                && self.doc().tag(end, Tag::Between)
                && let Some((_, to)) = self.named_at(end + 1, &[Kind::Country])
            {
                end = to;
                complete = true;
                while let Some((_, to)) = self.named_at(end, &[Kind::Country]).filter(|_| self.s.mentions[self.s.mention_of[end] as usize].letters > 0) {
                    end = to;
                }
            }
            // A name in quotation marks behind its head: `مناورات "…"`, `عملية "…"`.
            if !complete && h.name && self.doc().quote_mark(end) {
                if let Some(close) = (end + 1..(end + 6).min(n)).find(|&t| self.doc().quote_mark(t)) {
                    let words = end + 1..close;
                    let name = !words.is_empty()
                        && words.clone().all(|t| {
                            matches!(self.s.tokens[t].kind, TokenKind::Word | TokenKind::Number | TokenKind::Foreign) && self.s.mention_of[t] == NONE && self.s.tags[t] == 0
                        });
                    if name && self.s.flags[end + 1] & (Flag::Speech as u32 | Flag::Frame as u32) == 0 && (words.len() > 1 || self.unknown(end + 1)) {
                        let why = (format!("initiative_pattern:{}", h.id), "head-and-quoted-name");
                        let (ent, _) = self.entity_of_words(Kind::Initiative, (words.start, words.end, 0), why);
                        self.mention(Mention { start: words.start as u32, end: words.end as u32, letters: 0, ent, by_title: false });
                    }
                }
                continue;
            }
            if !complete && h.name && h.nationality && !clitics.has(Clitic::Article) {
                // Definite words up to an adjective of nationality (`عام السياحة الكازاخستاني`), or words in quotation marks.
                let mut to = end;
                while to < n && to - end < 4 && (self.plain_definite(to) || self.joined_definite(to)) && self.demonym_at(to).is_none() {
                    to += 1;
                }
                if to > end
                    && let Some((_, next, _)) = self.demonym_at(to)
                {
                    end = next;
                    complete = true;
                }
            }
            if !complete {
                continue;
            }
            let (ent, _) = self.entity_of_words(Kind::Initiative, (i, end, letters), (format!("initiative_pattern:{}", h.id), "head-and-complement"));
            let id = self.s.mentions.len() as u32;
            self.s.mentions.push(Mention { start: i as u32, end: end as u32, letters, ent, by_title: false });
            for t in i..end {
                if self.s.mention_of[t] == NONE {
                    self.s.mention_of[t] = id;
                }
            }
        }
    }
}
