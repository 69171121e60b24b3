//! Events: a verb or event noun with the right things around it.
//!
//! For each anchor every frame of its lemma is tried; the one with the most of its slots filled wins. Status, date and place come
//! from the words around. What must not live here: the codes of other ontologies (see `record`), who says so (`statements`).

mod anchors;
mod around;
mod attributes;
mod choice;
mod doers;
mod fill;
mod items;
mod merge;
mod nominal;
mod report;
mod setting;
mod states;
mod status;
mod verbal;
mod words;

use crate::doc::*;
use crate::statements::Said;
use anchors::anchor_at;
use doers::topic_of;
use items::more_items;
use merge::{fuse, merge, split};
use report::read;
use setting::{inherit, settle};
use sijill_lexicon::{Flag, Link, NONE};
use std::collections::BTreeMap;

/// The most events among which another report of one is looked for; no article has as many.
const NEAREST: usize = 100;

/// An event as found: tokens, local entities.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    pub frame: u32,
    pub kind: String,
    pub status: String,
    pub participants: Vec<(EntId, String)>,
    pub date: Option<String>,
    pub place: Option<EntId>,
    /// Several places of as many events.
    places: Vec<EntId>,
    /// Tokens of the class words that filled its slots.
    lexical: Vec<usize>,
    /// Who filled the subject's slot, and whether two in one phrase are both sides.
    side: Vec<EntId>,
    mutual: bool,
    /// Which item of a list of things agreed it is, from 0.
    item: usize,
    /// Index of its sentence.
    sentence: usize,
    /// Its words tell of victims (`مقتل`, `أصيب`): the violence itself may be told beside it.
    victims: bool,
    /// Somebody takes part by name, not by a pronoun or a guess.
    sure: bool,
    /// Reported as a happening by its own words.
    firm: bool,
    /// Tells only who sat in a meeting told of elsewhere (`حضر جلسة المباحثات …`).
    attended: bool,
    /// Claims or is charged with violence told of elsewhere.
    claim: bool,
    pub evidence: Vec<(u32, u32)>,
    pub attributes: BTreeMap<String, serde_json::Value>,
    pub anchor: u32,
    /// In the headline.
    pub headline: bool,
    pub rule: &'static str,
    /// Index of the statement in whose content it stands.
    pub within: Option<usize>,
}

/// The statements by the words they hold: every event asks where it stands among them.
struct Spoken<'a> {
    said: &'a [Said],
    /// For each token the last statement whose content holds it, or `NONE`.
    holder: Vec<u32>,
    /// The statements by where their content begins.
    order: Vec<u32>,
}

impl<'a> Spoken<'a> {
    fn new(said: &'a [Said], tokens: usize) -> Self {
        let mut holder = vec![NONE; tokens];
        for (k, s) in said.iter().enumerate() {
            if let Some(content) = holder.get_mut(s.content.0 as usize..tokens.min(s.content.1 as usize)) {
                content.fill(k as u32);
            }
        }
        let mut order: Vec<u32> = (0..said.len() as u32).collect();
        order.sort_by_key(|&k| said[k as usize].content.0);
        Self { said, holder, order }
    }

    /// The statement whose content holds token `i`; of nested ones the last.
    fn holding(&self, i: usize) -> Option<usize> {
        self.holder.get(i).filter(|&&k| k != NONE).map(|&k| k as usize)
    }

    /// The contents that begin behind token `i` and before `to`, but for that of statement `but`.
    fn behind(&self, i: usize, to: usize, but: Option<usize>) -> Vec<(usize, usize)> {
        let from = self.order.partition_point(|&k| self.said[k as usize].content.0 as usize <= i);
        let contents = self.order[from..].iter().map(|&k| (k as usize, self.said[k as usize].content));
        contents.take_while(|(_, c)| (c.0 as usize) < to).filter(|(k, _)| Some(*k) != but).map(|(_, c)| (c.0 as usize, c.1 as usize)).collect()
    }
}

pub(crate) fn find(d: &Doc, said: &[Said], headline_end: usize) -> Vec<Happening> {
    let spoken = Spoken::new(said, d.len());
    let mut out = Vec::new();
    let mut topic: Vec<EntId> = Vec::new();
    // Tokens that an event has used as its class word are no events of their own.
    let mut used = vec![false; d.len()];
    for (k, s) in d.s.sentences.iter().enumerate() {
        let (from, to) = (s.start as usize, s.end as usize);
        if d.s.junk[from] {
            continue;
        }
        let own_topic = topic_of(d, from, to);
        let here = if own_topic.is_empty() { topic.clone() } else { own_topic.clone() };
        let mut i = from;
        while i < to {
            let Some(anchor) = (!used[i]).then(|| anchor_at(d, i, from, to)).flatten() else {
                i += 1;
                continue;
            };
            let next = anchor.end.max(i + 1);
            if let Some(mut h) = read(d, &anchor, (from, to, headline_end), &here, &spoken) {
                for &t in &h.lexical {
                    let end = d.links_at(t).filter(|m| matches!(m.link, Link::Class(..) | Link::Words(_))).map(|m| m.end as usize).max().unwrap_or(t + 1);
                    used[t..end.clamp(t + 1, d.len())].fill(true);
                    // `برقيتي تهنئة`: its genitive is no message of its own.
                    if h.kind == "message" && t + 1 < to && d.flag(t + 1, Flag::NounFrame) && !d.definite(t) {
                        used[t + 1] = true;
                    }
                }
                h.headline = to <= headline_end;
                h.sentence = k;
                if split(d, &anchor, &h, from, to, &mut out) {
                    i = next;
                    continue;
                }
                // `مرتين في شيآن وبكين`: one event a place.
                for place in h.places.split_off(h.places.len().min(1)) {
                    out.push(Happening { place: Some(place), places: Vec::new(), ..h.clone() });
                }
                for (n, at) in more_items(d, &anchor, &h, to).into_iter().enumerate() {
                    out.push(Happening { item: n + 1, evidence: vec![(h.evidence[0].0, h.evidence[0].1.max(at + 1))], ..h.clone() });
                }
                out.push(h);
            }
            i = next;
        }
        if !own_topic.is_empty() {
            topic = own_topic;
        }
    }
    let out = fuse(d, out);
    let mut out = merge(d, out);
    inherit(d, &mut out);
    settle(d, &mut out);
    out
}
