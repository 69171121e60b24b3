//! Two flat tables: strings to dense numbers, and sequences of numbers to payloads.
//!
//! Both are plain vectors, so that the compiled lexicon in the binary is ready for use as soon as it is copied: no
//! rebuilding of hash maps at the start.

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use std::hash::Hasher;

/// No such entry.
pub const NONE: u32 = u32::MAX;

/// Strings to dense numbers from 0, by open addressing.
#[derive(Serialize, Deserialize, Default, Clone)]
pub struct Table {
    text: String,
    ends: Vec<u32>,
    slots: Vec<u32>,
}

fn hash(s: &str) -> usize {
    let mut h = FxHasher::default();
    h.write(s.as_bytes());
    // The high bits of this hash are the good ones.
    (h.finish() >> 20) as usize
}

impl Table {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    #[inline]
    pub fn name(&self, id: u32) -> &str {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.text[start as usize..self.ends[id] as usize]
    }

    #[inline]
    pub fn get(&self, s: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = hash(s) & mask;
        loop {
            match self.slots[at] {
                NONE => return None,
                id if self.name(id) == s => return Some(id),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The number of `s`, a new one if it has none yet.
    pub fn intern(&mut self, s: &str) -> u32 {
        if let Some(id) = self.get(s) {
            return id;
        }
        let id = self.ends.len() as u32;
        self.text.push_str(s);
        self.ends.push(self.text.len() as u32);
        if self.slots.len() < 2 * self.ends.len() {
            self.grow();
        } else {
            self.place(id);
        }
        id
    }

    fn place(&mut self, id: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash(self.name(id)) & mask;
        while self.slots[at] != NONE {
            at = (at + 1) & mask;
        }
        self.slots[at] = id;
    }

    fn grow(&mut self) {
        let size = (self.ends.len() * 4).next_power_of_two().max(16);
        self.slots = vec![NONE; size];
        for id in 0..self.ends.len() as u32 {
            self.place(id);
        }
    }
}

/// Sequences of word numbers to payload numbers: the longest wins, the walker decides.
#[derive(Serialize, Deserialize, Default, Clone)]
pub struct Trie {
    /// (node, word, next node), by open addressing.
    slots: Vec<(u32, u32, u32)>,
    edges: u32,
    /// For each node the first payload in `links`; payloads of a node are a list linked by index.
    heads: Vec<u32>,
    links: Vec<(u32, u32)>,
}

fn mix(node: u32, word: u32) -> usize {
    let x = (u64::from(node) << 32 | u64::from(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (x >> 24) as usize
}

impl Trie {
    pub const ROOT: u32 = 0;

    pub fn new() -> Self {
        Self { heads: vec![NONE], ..Self::default() }
    }

    #[inline]
    pub fn step(&self, node: u32, word: u32) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = mix(node, word) & mask;
        loop {
            match self.slots[at] {
                (NONE, _, _) => return None,
                (n, w, next) if n == node && w == word => return Some(next),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// The payloads of a node, in the order of their insertion.
    pub fn payloads(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.heads[node as usize];
        std::iter::from_fn(move || {
            if at == NONE {
                return None;
            }
            let (payload, next) = self.links[at as usize];
            at = next;
            Some(payload)
        })
    }

    /// Every sequence with its payloads, in the order in which the nodes were made.
    pub fn sequences(&self) -> Vec<(Vec<u32>, Vec<u32>)> {
        let mut above = vec![(NONE, NONE); self.heads.len()];
        for &(from, word, to) in self.slots.iter().filter(|s| s.0 != NONE) {
            above[to as usize] = (from, word);
        }
        let mut out = Vec::new();
        for node in 0..self.heads.len() as u32 {
            let payloads: Vec<u32> = self.payloads(node).collect();
            if payloads.is_empty() {
                continue;
            }
            let (mut words, mut at) = (Vec::new(), node);
            while at != Self::ROOT && at != NONE {
                let (parent, word) = above[at as usize];
                words.push(word);
                at = parent;
            }
            words.reverse();
            out.push((words, payloads));
        }
        out
    }

    pub fn insert(&mut self, words: &[u32], payload: u32) {
        let mut node = Self::ROOT;
        for &w in words {
            node = match self.step(node, w) {
                Some(n) => n,
                None => {
                    let n = self.heads.len() as u32;
                    self.heads.push(NONE);
                    self.edges += 1;
                    if self.slots.len() < 2 * self.edges as usize {
                        self.grow();
                    }
                    Self::place(&mut self.slots, (node, w, n));
                    n
                }
            };
        }
        // At the end of the node's list, so that the order of the files is the order of the payloads.
        let new = self.links.len() as u32;
        let mut at = self.heads[node as usize];
        if at == NONE {
            self.heads[node as usize] = new;
        } else {
            loop {
                let (p, next) = self.links[at as usize];
                if p == payload {
                    return;
                }
                if next == NONE {
                    self.links[at as usize].1 = new;
                    break;
                }
                at = next;
            }
        }
        self.links.push((payload, NONE));
    }

    fn place(slots: &mut [(u32, u32, u32)], edge: (u32, u32, u32)) {
        let mask = slots.len() - 1;
        let mut at = mix(edge.0, edge.1) & mask;
        while slots[at].0 != NONE {
            at = (at + 1) & mask;
        }
        slots[at] = edge;
    }

    fn grow(&mut self) {
        let size = (self.edges as usize * 4).next_power_of_two().max(64);
        let old = std::mem::replace(&mut self.slots, vec![(NONE, 0, 0); size]);
        for edge in old.into_iter().filter(|e| e.0 != NONE) {
            Self::place(&mut self.slots, edge);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_finds_what_was_put_in_and_nothing_else() {
        let mut t = Table::default();
        let ids: Vec<u32> = (0..2000).map(|i| t.intern(&format!("w{i}"))).collect();
        assert_eq!(ids, (0..2000).collect::<Vec<u32>>());
        assert!((0..2000).all(|i| t.get(&format!("w{i}")) == Some(i) && t.name(i) == format!("w{i}")));
        assert_eq!(t.get("w2000"), None);
    }

    #[test]
    fn trie_keeps_every_payload_once_in_order() {
        let mut t = Trie::new();
        t.insert(&[1, 2], 7);
        t.insert(&[1], 8);
        t.insert(&[1, 2], 9);
        t.insert(&[1, 2], 7);
        let one = t.step(Trie::ROOT, 1).unwrap();
        let two = t.step(one, 2).unwrap();
        assert_eq!(t.payloads(one).collect::<Vec<_>>(), [8]);
        assert_eq!(t.payloads(two).collect::<Vec<_>>(), [7, 9]);
        assert_eq!(t.step(two, 1), None);
        assert_eq!(t.sequences(), [(vec![1, 2], vec![7, 9]), (vec![1], vec![8])]);
    }
}
